#pragma once

/* Private to the store: an edit of the tree on its way into the document (xq-tree-edit.h). */

#include "xq-record-table.h"
#include "xq-statement.h"
#include "xq-transaction.h"
#include "xq-tree-edit.h"
#include "xq-tree-rule.h"

G_BEGIN_DECLS

/** An edit that has been checked. */
typedef struct
{
  const XqTreeEdit *edit;
  guint number;      /* among those applied together */
  GPtrArray *units;  /* XqRecord of the units edited, in their order */
  GArray *targets;   /* gint64: what they lead to; negative: to be made */
  GPtrArray *names;  /* of the targets */
  guint main_target; /* index: takes what is not placed elsewhere */
  gint64 main_unit;
} XqTreeStep;
void xq_tree_step_free (XqTreeStep *step);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqTreeStep, xq_tree_step_free)

/* xq-tree-step.c */
/** Checks @edit against the document. */
XqTreeStep *xq_tree_step_new (XqTransaction *tx, const XqTreeEdit *edit, guint number, GError **error);
/** Makes the units that are new and writes who came of whom. Sets the targets' ids. */
gboolean xq_tree_step_make_units (XqTransaction *tx, XqTreeStep *step, GError **error);
/** Ends the units that are no more and writes lineage. */
gboolean xq_tree_step_finish (XqTransaction *tx, const XqTreeStep *step, GError **error);
/** The id chosen for @conflict, or @fallback. */
const char *xq_tree_step_get_choice (const XqTreeStep *step, const char *conflict, const char *fallback);

/* xq-tree-move.c: who goes where stands in temporary tables, so that records are moved for all steps at once */
gboolean xq_tree_moves_begin (XqTransaction *tx, GError **error);
/** Fills them in from a merger, a split or (without successors) a closing. */
gboolean xq_tree_moves_add (XqTransaction *tx, const XqTreeStep *step, GError **error);
/** What the rules will move, as of now. */
gboolean xq_tree_moves_list (XqTransaction *tx, const XqTreeStep *step, GPtrArray *movements, GError **error);
/** Moves, renews and ends by the rules. */
gboolean xq_tree_moves_run (XqTransaction *tx, GError **error);

/* xq-tree-sum.c */
/** Counts of the units: added up for a merger, parted for a split. Buildings must not have moved yet. */
gboolean xq_tree_sums_run (XqTransaction *tx, const XqTreeStep *step, GError **error);

/* xq-tree-conflict.c */
/** What the units do not agree on. Element type XqTreeConflict. */
gboolean xq_tree_conflicts_list (XqTransaction *tx, const XqTreeStep *step, GPtrArray *conflicts, GPtrArray *notices,
                                 GError **error);
/** Does what was chosen, before anything moves. */
gboolean xq_tree_conflicts_resolve (XqTransaction *tx, const XqTreeStep *step, GError **error);
XqTreeConflict *xq_tree_conflict_new (const char *id);
void xq_tree_conflict_free (XqTreeConflict *conflict);
void xq_tree_conflict_add (XqTreeConflict *conflict, const char *choice, const char *label);
/** What the user chose, if it is one of the choices; else @fallback; else the first. */
void xq_tree_conflict_decide (XqTreeConflict *conflict, const XqTreeStep *step, const char *fallback);
/** The compound's kind that was chosen, a nick, or %NULL where there is nothing to choose. Free. */
gboolean xq_tree_conflicts_get_kind (XqTransaction *tx, const XqTreeStep *step, char **kind, GError **error);

G_END_DECLS
