#pragma once

#include <gio/gio.h>

#include "xq-figures.h"
#include "xq-finding.h"

G_BEGIN_DECLS

/** Why a unit wants looking at, the most urgent first. */
typedef enum
{
  XQ_ATTENTION_SHOULD_HAVE, /* 应建未建 */
  XQ_ATTENTION_SHORT,       /* has a branch, fewer than three members */
  XQ_ATTENTION_TERM,        /* a term has ended or soon ends */
  XQ_ATTENTION_OTHER,       /* other errors and warnings that the rules find */
  XQ_ATTENTION_CONTACT,     /* 两委包联 */
} XqAttentionKind;
#define XQ_N_ATTENTION_KINDS 5

/** XqAttention: one unit that wants looking at, as a row of a list. Immutable. */
#define XQ_TYPE_ATTENTION (xq_attention_get_type ())
G_DECLARE_FINAL_TYPE (XqAttention, xq_attention, XQ, ATTENTION, GObject)

XqAttentionKind xq_attention_get_kind (XqAttention *self);
gint64 xq_attention_get_unit (XqAttention *self);
const char *xq_attention_get_title (XqAttention *self);
const char *xq_attention_get_subtitle (XqAttention *self);
/** "3 days left", or %NULL. */
const char *xq_attention_get_due (XqAttention *self);

/** Word of the chip and pill: 应建未建. */
const char *xq_attention_kind_label (XqAttentionKind kind);
const char *xq_attention_kind_icon (XqAttentionKind kind);

typedef struct
{
  GPtrArray *items;                     /* XqAttention; at most XQ_ATTENTION_LIMIT of a kind */
  gint64 counts[XQ_N_ATTENTION_KINDS];  /* all */
  gboolean known[XQ_N_ATTENTION_KINDS]; /* terms and other findings are not kept in locked periods */
  gint64 n_redrawn;                     /* in the present division of a past period: units of which it cannot be said */
} XqAttentionList;
#define XQ_ATTENTION_LIMIT 100

void xq_attention_list_free (XqAttentionList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqAttentionList, xq_attention_list_free)

/**
 * What of the subtree of @unit wanted looking at as of @period; in the present division the units are those of now that are what
 * they were then. For a read job. In the open period all but contacts are findings, which are known already: see
 * xq_attention_list_with_findings.
 */
XqAttentionList *xq_attention_list_read (XqTransaction *tx, gint64 unit, XqPeriod period, XqDivision division, GError **error);
/** @list with the open findings of @lists (XqFindingList) in the subtree of @unit (0: all) put before its contacts. */
XqAttentionList *xq_attention_list_with_findings (const XqAttentionList *list, GPtrArray *lists, gint64 unit);
/** "3 days left", "9 days over", "today"; days are YYYY-MM-DD. */
char *xq_attention_due (const char *day, const char *as_of);

G_END_DECLS
