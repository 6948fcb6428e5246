#pragma once

#include "xq-tree-edit.h"

G_BEGIN_DECLS

/** What the dialog of an edit of the tree shows beside the edit itself: read once. */
typedef struct
{
  XqTreeEditKind kind;
  GArray *ids;
  GPtrArray *units;      /* XqUnit, those edited */
  GPtrArray *others;     /* XqUnit: parents to choose from, or compounds that could be merged as well; or %NULL */
  GPtrArray *placeables; /* XqTreePlaceable of a unit to be split; or %NULL */
  char *day;
} XqTreeFacts;

/** Of which only what it is about is set: to be given to the job. */
XqTreeFacts *xq_tree_facts_new (XqTreeEditKind kind, const gint64 *ids, guint n_ids);
void xq_tree_facts_free (XqTreeFacts *facts);
/** XqJobFunc: of the facts given as data a new one that is filled in. */
gpointer xq_tree_facts_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error);

/** The unit at @index of an array of them, or %NULL. */
const XqUnit *xq_tree_facts_unit (const GPtrArray *units, guint index);
/** Of a merger: those edited, then those that could be merged as well. */
const XqUnit *xq_tree_facts_member (const XqTreeFacts *facts, guint index);

G_END_DECLS
