#pragma once

/*
 * Private to the store: a re-draw (xq-redraw.h) on its way into the document. It is a step of the tree's edits (xq-tree-step.h)
 * with many units and many targets; which unit goes where is told by the base units that it holds.
 */

#include "xq-redraw.h"
#include "xq-tree-step.h"

G_BEGIN_DECLS

/** What is stored of a base unit's part of its unit, by column. */
typedef enum
{
  XQ_PART_HOUSEHOLDS,
  XQ_PART_RESIDENTS,
  XQ_PART_RESIDENT_FULL,
  XQ_PART_FORMAL_FULL,
  XQ_PART_CHECKED_IN,
  XQ_N_PARTS,
  XQ_PART_NONE = -1, /* no column tells it: by households */
} XqRedrawPart;

/** A base unit of a unit of the step. */
typedef struct
{
  gint64 id;
  guint unit, target; /* indices into units and targets of the step */
  gint64 stored[XQ_N_PARTS];
  gint64 households; /* its part of what its unit counts now */
} XqRedrawBase;

/** What goes from one unit to one target. */
typedef struct
{
  guint unit, target;
  guint n_bases;
  gint64 households;
  gint64 numerator, denominator; /* share of the unit; at least 1 */
} XqRedrawStream;

struct _XqRedrawStep
{
  const XqRedraw *redraw;
  GArray *indices;      /* guint by target: which unit of the re-draw it is */
  GArray *mains;        /* guint by target: the unit whose states count and whose place is taken */
  GArray *bases;        /* XqRedrawBase by unit, then as plans list them */
  GArray *first_base;   /* guint by unit and one more */
  GArray *streams;      /* XqRedrawStream by unit, then target */
  GArray *first_stream; /* guint by unit and one more */
  GArray *to;           /* guint by unit: target of what is not placed elsewhere */
  GArray *same;         /* gboolean by unit: it keeps what it holds and gets nothing; only its name, code or place differ */
  gint64 number;        /* of the re-draw on its day */
  guint n_unchanged;    /* units of the re-draw that stay exactly as they are and are no targets */
};
void xq_redraw_step_free (XqRedrawStep *redraw);

static inline XqRedrawStream *
xq_redraw_step_stream (const XqRedrawStep *redraw, guint index)
{
  return &g_array_index (redraw->streams, XqRedrawStream, index);
}

/* xq-redraw-step.c */
/** Checks @redraw against the document. @edit: one of XQ_TREE_REDRAW with its day and choices; kept. */
XqTreeStep *xq_redraw_step_new (XqTransaction *tx, const XqRedraw *redraw, const XqTreeEdit *edit, GError **error);
gboolean xq_redraw_step_make_units (XqTransaction *tx, XqTreeStep *step, GError **error);
/** Lineage, ends of units, where those that go on hang, base units that were a compound. Before base units move. */
gboolean xq_redraw_step_finish (XqTransaction *tx, const XqTreeStep *step, GError **error);
/** The target at @unit of the re-draw, or −1 where that stays as it is. */
int xq_redraw_step_find_target (const XqTreeStep *step, guint unit);

/* xq-redraw-place.c */
/** Who goes where: units, their shares, what is placed by base unit, by choice and by hand. */
gboolean xq_redraw_places_add (XqTransaction *tx, const XqTreeStep *step, GError **error);
/** Conflicts of units that are divided: which of their targets takes members, organisations, open tickets, running surveys. */
gboolean xq_redraw_places_list (XqTransaction *tx, const XqTreeStep *step, GPtrArray *conflicts, GError **error);
/** Organisations at home in a unit that come under another community: who leads them. Lists, or (@conflicts %NULL) does it. */
gboolean xq_redraw_leading (XqTransaction *tx, const XqTreeStep *step, GPtrArray *conflicts, GError **error);

/* xq-redraw-sum.c */
/**
 * @whole among @n base units of one unit by what is stored of them: largest remainder, the sum kept. Where nothing is stored by
 * @households, where they have none evenly.
 */
void xq_redraw_part (gint64 whole, const gint64 *stored, const gint64 *households, guint n, gint64 *parts);
gboolean xq_redraw_sums_run (XqTransaction *tx, const XqTreeStep *step, GError **error);

G_END_DECLS
