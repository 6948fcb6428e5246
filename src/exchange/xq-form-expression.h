#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a form says about its columns in arithmetic: "own + joint", "rate(covered, units)". Kept as a tree, because the same
 * expression is computed, written into a workbook as a live formula and printed by column numbers (4÷1×100).
 *
 *   expression := rate(sum, sum) | margin(sum, sum) | sum
 *   sum        := term { (+|-) term }
 *   term       := column | whole number | ( sum )
 */

typedef enum
{
  XQ_FORM_NODE_NUMBER,
  XQ_FORM_NODE_COLUMN,
  XQ_FORM_NODE_ADD,
  XQ_FORM_NODE_SUBTRACT,
  XQ_FORM_NODE_RATE,   /* left per cent of right, one decimal; "—" where right is 0 */
  XQ_FORM_NODE_MARGIN, /* half the Wilson 95 % interval of left among right, percentage points, one decimal */
} XqFormNodeKind;

typedef struct _XqFormNode
{
  XqFormNodeKind kind;
  gint64 number;
  guint column;                     /* index of the form's column */
  struct _XqFormNode *left, *right; /* owned */
} XqFormNode;

/** Index of the column called @id, or -1. */
typedef int (*XqFormFindFunc) (const char *id, gpointer data);
/** The whole number in @column. */
typedef gint64 (*XqFormValueFunc) (guint column, gpointer data);
/** How @column is written; %NULL leaves it out as 0: a column that is not printed. Borrowed until the next call but one. */
typedef const char *(*XqFormReferenceFunc) (guint column, gpointer data);
typedef void (*XqFormVisitFunc) (guint column, gpointer data);

/** Errors are %XQ_REPORT_ERROR_DEFINITION and say where in @text. */
XqFormNode *xq_form_node_parse (const char *text, XqFormFindFunc find, gpointer data, GError **error);
void xq_form_node_free (XqFormNode *node);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFormNode, xq_form_node_free)

/** Whether the root divides: the result is a percentage (rate, margin), not a whole number. */
gboolean xq_form_node_is_share (const XqFormNode *node);
/** Value of a sum. Not for the root of a share: take its sides. */
gint64 xq_form_node_sum (const XqFormNode *node, XqFormValueFunc value, gpointer data);
/** Calls @visit for each column named, in order. */
void xq_form_node_visit (const XqFormNode *node, XqFormVisitFunc visit, gpointer data);

/**
 * As a spreadsheet formula, e.g. =IF(B7=0,"—",ROUND(100*E7/B7,1)). Where @minimum is above 1 a share over a smaller
 * denominator is "—" too.
 */
char *xq_form_node_to_formula (const XqFormNode *node, int minimum, XqFormReferenceFunc reference, gpointer data);
/** As printed under the form: 5+6, 4÷1×100; %NULL for a margin, which has no short notation. */
char *xq_form_node_to_text (const XqFormNode *node, XqFormReferenceFunc reference, gpointer data);

/** 100·numerator/denominator in tenths, half away from zero, exact. @denominator > 0. */
gint64 xq_form_rate_tenths (gint64 numerator, gint64 denominator);
/** Half the Wilson interval in tenths of a percentage point. @denominator > 0. */
gint64 xq_form_margin_tenths (gint64 numerator, gint64 denominator);

G_END_DECLS
