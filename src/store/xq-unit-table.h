#pragma once

#include "xq-indicator.h"
#include "xq-record-table.h"

G_BEGIN_DECLS

/** XqUnit: a node of the tree as lists show it. */
typedef struct
{
  gint64 id;
  gint64 parent; /* 0 at the top */
  gint64 district;
  XqLevel level;
  char *name;
  char *code; /* or %NULL */
  char *path; /* names from the district joined by '/'; %NULL in lists that do not ask for it */
} XqUnit;

XqUnit *xq_unit_copy (const XqUnit *unit);
void xq_unit_free (XqUnit *unit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqUnit, xq_unit_free)

/** A row of the sidebar's tree: a unit, what its mark shows, whether it can be expanded. */
typedef struct
{
  XqUnit *unit;
  gboolean has_children;
  gint64 compounds, covered; /* in force in the subtree; covered by an organisation (own, joint, group; functional where the scheme's are) */
  gint64 contacted;          /* valid contacts in the subtree */
  XqCoverage coverage;       /* of a compound */
  gint64 original_compounds; /* old compounds a compound is made of */
  gint64 households;
} XqTreeRow;
void xq_tree_row_free (XqTreeRow *row);

/** Where figures and the tree are read: the open period live, or a locked period as it stood. */
/** All take units in force as of the last day of @period (%XQ_PERIOD_NONE: the open period). Ordered as the tree is (ordinal, then
 * Chinese order). */

/** With its path. %XQ_STORE_ERROR_NOT_FOUND. */
XqUnit *xq_unit_load (XqTransaction *tx, gint64 id, GError **error);
/**
 * What --unit takes: a code, a unique name or alias, or a path (names from the district joined by '/', or the end of such a
 * path where that is unique). NULL or "" gives the top unit. A unit that is closed is found when none in force is called so
 * (past periods are asked for it). %XQ_STORE_ERROR_NOT_FOUND names units that are called alike, %XQ_STORE_ERROR_AMBIGUOUS up to
 * five of those meant; a file of several districts has no top unit and is ambiguous too.
 */
XqUnit *xq_unit_resolve (XqTransaction *tx, const char *text, GError **error);
/** Children of @parent (0: the districts). Element type XqTreeRow. Costs what is listed, not what is below it. */
GPtrArray *xq_unit_list_children (XqTransaction *tx, gint64 parent, XqPeriod period, GError **error);
/** From the top to the unit itself: the breadcrumb. Element type XqUnit. */
GPtrArray *xq_unit_list_ancestors (XqTransaction *tx, gint64 id, GError **error);
/** By name, pinyin (full or initials), alias or code; best first; at most @limit. Element type XqUnit with path. Units in force
 * only. */
GPtrArray *xq_unit_search (XqTransaction *tx, const char *text, guint limit, GError **error);
/**
 * The same two as of @period (none: the open one): of a locked period with the names and parents of then, units that are no more
 * among them. What a locked period does not know is told as it is today.
 */
GPtrArray *xq_unit_list_ancestors_in (XqTransaction *tx, gint64 id, XqPeriod period, GError **error);
GPtrArray *xq_unit_search_in (XqTransaction *tx, const char *text, XqPeriod period, guint limit, GError **error);

G_END_DECLS
