#pragma once

/* Private to the store: what would stand side by side where units become others, asked from the temporary tables of moves. */

#include "xq-tree-step.h"

G_BEGIN_DECLS

/** Ids of choices. */
#define XQ_TREE_ALL "all"
#define XQ_TREE_GENERAL "general"
/** What a query over the units of a step begins with; it binds the step's number. */
#define XQ_TREE_OF_STEP " FROM temp.tree_move m CROSS JOIN "

typedef struct
{
  gint64 id;
  char *label; /* what it is called; of kinds the kind */
  char *whose; /* the unit's name */
  char *group; /* what it must agree within, or ""; of organisations their kind */
} XqTreeCandidate;

typedef enum
{
  XQ_TREE_ORGANISATIONS, /* of their own, the highest of each unit */
  XQ_TREE_JOINT,         /* joint branches that would cover the target */
  XQ_TREE_CONTACTS,
  XQ_TREE_BODIES,
  XQ_TREE_SERVICES, /* contracts with property firms */
  XQ_TREE_GRIDS,
  XQ_TREE_KINDS, /* of compounds */
  XQ_TREE_OWN,   /* organisations of its own that will cover the target */
  XQ_TREE_LEFT,  /* organisations of units that it has parts of, which go on elsewhere */
  /* These are asked of a step, not of a target. */
  XQ_TREE_HELD,    /* organisations at home in a closed unit */
  XQ_TREE_TICKETS, /* open tickets of it */
  XQ_TREE_COVERS,  /* organisations of its own that cover a split one */
} XqTreeCandidateKind;

/** The main unit's first. Element type XqTreeCandidate. */
GArray *xq_tree_candidates_list (XqTransaction *tx, const XqTreeStep *step, guint target, XqTreeCandidateKind kind, GError **error);
/** Secretaries of one organisation, or of none; those of organisations that are to be merged are of one. */
GArray *xq_tree_candidates_list_secretaries (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error);
/** Each kind of compound once. */
GArray *xq_tree_candidates_list_kinds (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error);
/** Whether the target will have an organisation of its own. */
gboolean xq_tree_candidates_have_own (XqTransaction *tx, const XqTreeStep *step, guint target, gboolean *own, GError **error);
/** Ids of the organisations that are merged into the chosen one, joined by commas, and that one; both "0" where all go on. */
gboolean xq_tree_candidates_find_merged (XqTransaction *tx, const XqTreeStep *step, guint target, char **merged, char **kept,
                                         GError **error);
/** Keeps those that share their group with another. */
void xq_tree_candidates_keep_groups (GArray *candidates);
/** Whether all are branches, two or more: they may go on under a general branch that is founded above them. */
gboolean xq_tree_candidates_are_branches (const GArray *organisations);
/** What was chosen of @kind for the target, or @fallback. */
const char *xq_tree_candidates_get_choice (const XqTreeStep *step, guint target, const char *kind, const char *fallback);
/** The id of a choice that is a row. */
char *xq_tree_candidate_make_row (gint64 id);

G_END_DECLS
