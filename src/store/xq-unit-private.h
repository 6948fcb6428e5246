#pragma once

/* Private to the store: the day that units are looked at. */

#include "xq-statement.h"
#include "xq-unit-table.h"

G_BEGIN_DECLS

/**
 * Where a period is read from. Fill in with xq_unit_day_init; nothing to free. Neither live nor locked (a period that was
 * reopened): computed, see xq_unit_day_reckon.
 */
typedef struct
{
  gboolean live;   /* the open period, or one that ends with it: facts and rollups */
  gboolean locked; /* a locked one, or one that ends with it: snapshot_unit rows of @period */
  char as_of[11];  /* its last day */
  char period[12]; /* as the file writes it */
} XqUnitDay;

/** Refused: a period that ends after the open one. */
gboolean xq_unit_day_init (XqUnitDay *day, XqTransaction *tx, XqPeriod period, GError **error);
/**
 * Computes the figures of @root (0: all) and what is below it as of @day into temp.reckoned, which has the columns of rollup and a
 * row for each building too.
 */
gboolean xq_unit_day_reckon (const XqUnitDay *day, XqTransaction *tx, gint64 root, GError **error);

/** The same condition everywhere: an interval [valid_from, valid_to) that holds :as_of. @t is the table's alias. */
#define XQ_IN_FORCE(t)                                                                                                             \
  "(" t ".valid_from IS NULL OR " t ".valid_from <= :as_of) AND (" t ".valid_to IS NULL OR " t ".valid_to > :as_of)"

/** Names from the district down to @id joined by '/', and the district's id; %NULL with %XQ_STORE_ERROR_NOT_FOUND. */
char *xq_unit_make_path (XqTransaction *tx, gint64 id, GError **error);

/** Adds what --unit could mean to the message of an ambiguous name: at most five paths. */
#define XQ_UNIT_LISTED_PATHS 5

/* xq-search-table.c */
/** Ids of the units whose folded name is @folded, or that have it as an alias, earlier name or code: see @kind. */
typedef enum
{
  XQ_MATCH_CODE,
  XQ_MATCH_NAME,
  XQ_MATCH_ALIAS
} XqMatchKind;
GArray *xq_search_match (XqTransaction *tx, const char *folded, XqMatchKind kind, GError **error);
/** Ids that @text finds in force on @day, best first. */
GArray *xq_search_find (XqTransaction *tx, const char *text, const XqUnitDay *day, guint limit, GError **error);

G_END_DECLS
