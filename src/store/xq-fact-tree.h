#pragma once

/*
 * Private to the store: facts of a subtree in memory, in tree order, from wherever a period is read. Figures, the rows
 * behind them, trends and verification are made from it.
 */

#include "xq-fact-columns.h"
#include "xq-fact-sql.h"
#include "xq-figures.h"
#include "xq-unit-private.h"

G_BEGIN_DECLS

/**
 * A unit's name and code as of the day, from the unit u: an earlier one that had not ended yet, else the present one. An
 * earlier name without an end says nothing about when.
 */
/* clang-format off */
#define XQ_DATED_(kind, column)                                                                                            \
  "coalesce ((SELECT d.value FROM unit_name d WHERE d.unit = u.id AND d.kind = '" kind "' AND d.valid_to > :as_of"         \
  " AND (d.valid_from IS NULL OR d.valid_from <= :as_of) ORDER BY d.valid_to LIMIT 1), u." column ")"
#define XQ_DATED_NAME XQ_DATED_ ("former_name", "name")
#define XQ_DATED_CODE XQ_DATED_ ("code", "code")
/* clang-format on */

/** Where a period is read from. */
typedef struct
{
  XqBasis basis;
  XqPeriod period; /* as asked for */
  XqFactDay *day;  /* rules and last day */
  char *snapshot;  /* the locked period that serves it, or %NULL */
  char *locked_at;
  /* Of a locked period, or %NULL: the column that each of the present ones is read from (XQ_N_FACT_COLUMNS), −1 where the period
   * was locked before that was counted. */
  int *from;
} XqFactSource;
/**
 * None or the open period is live; a locked one as it stood, which also serves other periods with the same last day, as
 * the open one does. Refused: a period that ends after the open one.
 */
XqFactSource *xq_fact_source_new (XqTransaction *tx, XqPeriod period, GError **error);
/** Makes @source one of the locked period called @period: what of the present figures it has is read. */
gboolean xq_fact_source_set_snapshot (XqTransaction *tx, XqFactSource *source, const char *period, GError **error);
/** Whether the period has the figures of @column. */
gboolean xq_fact_source_knows (const XqFactSource *source, int column);
void xq_fact_source_free (XqFactSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFactSource, xq_fact_source_free)

typedef struct
{
  gint64 id, parent, district;
  XqLevel level;
  const char *name, *code; /* as of the day; %NULL when they were not asked for */
  gint64 generated;
  gint64 values[XQ_N_FACT_COLUMNS];
  int first_child, last_child, next; /* indices, -1 for none */
  /* Only of a past period in the present division (xq-carry.h): columns that are not carried are unknown; it did not exist then,
   * nor did anything it came of; what it counts came to it by generated lineage. */
  gboolean redrawn, absent, guessed;
} XqFactNode;

typedef struct _XqFactTree XqFactTree;
void xq_fact_tree_free (XqFactTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFactTree, xq_fact_tree_free)
/** Home values of @root and all below it, computed from records; no names, no particular order. */
XqFactTree *xq_fact_tree_compute (XqTransaction *tx, const XqFactDay *day, gint64 root, GError **error);
/** Adds every node's values to its parent's. */
void xq_fact_tree_sum_up (XqFactTree *tree);
/**
 * Sums over the subtree for @root and the levels below it down to @level (buildings: home values), with names, children
 * in the order of the tree. Empty when @root is not in force. Locked periods hold no buildings.
 */
XqFactTree *xq_fact_tree_load (XqTransaction *tx, const XqFactSource *source, gint64 root, XqLevel level, GError **error);
guint xq_fact_tree_get_size (const XqFactTree *tree);
/** The root is the first. */
XqFactNode *xq_fact_tree_get (const XqFactTree *tree, guint index);
/** Names from the district to @root joined by '/', as of the day. */
char *xq_fact_tree_make_root_path (XqTransaction *tx, const XqFactSource *source, gint64 root, GError **error);
/** The units without a parent in force, in order. Element type gint64. */
GArray *xq_fact_tree_list_tops (XqTransaction *tx, const XqFactSource *source, GError **error);

G_END_DECLS
