#pragma once

/* Private to the store: an edit of the tree on its way into the document (xq-tree-edit.h). */

#include "xq-record-table.h"
#include "xq-statement.h"
#include "xq-transaction.h"
#include "xq-tree-edit.h"
#include "xq-tree-rule.h"

G_BEGIN_DECLS

/** What only a re-draw of many into many knows (xq-redraw-step.h). */
typedef struct _XqRedrawStep XqRedrawStep;

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
  XqRedrawStep *redraw; /* %NULL but for XQ_TREE_REDRAW, where each unit and each target has its own main one */
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
/* What an edit's checks are made of; errors name the unit. */
/** That the day is a day, not beyond the open period; @redraw: nor in what is locked. */
gboolean xq_tree_step_check_day (XqTransaction *tx, const XqTreeEdit *edit, gboolean redraw, GError **error);
/** That all units of @step are compounds of one district that stand on the day and can be re-drawn. */
gboolean xq_tree_step_check_compounds (XqTransaction *tx, const XqTreeStep *step, GError **error);
/** That @parent is a unit in force of the level above @level. */
gboolean xq_tree_step_check_parent (XqTransaction *tx, gint64 parent, gint64 level, GError **error);
/** Makes the new unit of the target at @index, standing where @model stood, and sets its id. @origin: of its level. */
gboolean xq_tree_step_make_unit (XqTransaction *tx, XqTreeStep *step, guint index, gint64 parent, XqLevel level, const char *code,
                                 const XqRecord *model, XqOrigin origin, GError **error);
/** Gives @unit another name or code (@field); what it had is kept as @kind until the day, unless it was a mistake. */
gboolean xq_tree_step_rename_unit (XqTransaction *tx, XqRecord *unit, int field, const char *kind, const char *value,
                                   const char *day, gboolean mistake, GError **error);
/** A row of lineage from the day on. @redraw: number of the re-draw of many into many that it is of, or 0. */
gboolean xq_tree_step_write_lineage (XqTransaction *tx, const char *day, gint64 predecessor, gint64 successor, gint64 numerator,
                                     gint64 denominator, gint64 redraw, XqOrigin origin, GError **error);
/** Ends the unit on the day. */
gboolean xq_tree_step_end_unit (XqTransaction *tx, const XqTreeStep *step, gint64 id, GError **error);
/** The id chosen for @conflict, or @fallback. */
const char *xq_tree_step_get_choice (const XqTreeStep *step, const char *conflict, const char *fallback);

/* xq-tree-edit.c */
XqTreePreview *xq_tree_preview_new (void);
/** How the scheme's indicators of past periods are carried over an edit of @kind. */
gboolean xq_tree_carries_list (XqTransaction *tx, XqTreeEditKind kind, GPtrArray *carries, GError **error);
/** The committee that leads what is below @unit: its only one. 0: none or several. */
gboolean xq_tree_find_committee (XqTransaction *tx, gint64 unit, gint64 *committee, GError **error);

/* xq-tree-move.c: who goes where stands in temporary tables, so that records are moved for all steps at once */
gboolean xq_tree_moves_begin (XqTransaction *tx, GError **error);
/** Fills them in from a merger, a split or (without successors) a closing. */
gboolean xq_tree_moves_add (XqTransaction *tx, const XqTreeStep *step, GError **error);
/** One unit's line: where what is not placed goes (0: nowhere), and whether its states are those that count there. */
gboolean xq_tree_moves_insert (XqTransaction *tx, const XqTreeStep *step, gint64 predecessor, gint64 successor, gboolean main,
                               GError **error);
/** One of the targets that it leads to, and whether it is the main one of those that lead there. */
gboolean xq_tree_moves_insert_share (XqTransaction *tx, gint64 predecessor, gint64 successor, gboolean main, GError **error);
/** @place: "record type:id". */
gboolean xq_tree_moves_insert_place (XqTransaction *tx, const char *place, gint64 successor, GError **error);
/** Once all are in: which covers begin anew where, which units will have an organisation of their own. */
gboolean xq_tree_moves_settle (XqTransaction *tx, GError **error);
/** SQL for where the record t of the predecessor m goes by @rule. */
char *xq_tree_moves_build_destination (const XqTreeRule *rule);
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

/* xq-tree-choice.c */
XqTreeConflict *xq_tree_conflict_new (const char *id);
void xq_tree_conflict_free (XqTreeConflict *conflict);
void xq_tree_conflict_add (XqTreeConflict *conflict, const char *choice, const char *label);
/** What the user chose, if it is one of the choices; else @fallback; else the first. */
void xq_tree_conflict_decide (XqTreeConflict *conflict, const XqTreeStep *step, const char *fallback);
/** The kind chosen for the compound of a target, a nick, or %NULL where there is nothing to choose. Free. */
gboolean xq_tree_conflicts_get_kind (XqTransaction *tx, const XqTreeStep *step, guint target, char **kind, GError **error);
/** Id of a conflict of one target: that of a re-draw ends in ":" and the index of the unit. Free. */
char *xq_tree_conflict_make_id (const XqTreeStep *step, guint target, const char *kind);

G_END_DECLS
