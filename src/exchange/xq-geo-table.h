#pragma once

#include "xq-geo-file.h"

G_BEGIN_DECLS

#define XQ_GEO_MAX_ROWS 2000000u

/** A line of a CSV file: its cells, trimmed, and where it stands. */
typedef struct
{
  guint line; /* from 1 */
  char **cells;
} XqGeoRow;

/**
 * Reads a CSV file (RFC 4180; comma, semicolon or tab, whichever the first line has; UTF-8 or GB 18030). Rows of nothing are
 * left out. Element type XqGeoRow. Errors name the line.
 */
GPtrArray *xq_geo_table_read (const char *path, GError **error);
GPtrArray *xq_geo_table_parse (const char *text, GError **error);
/** A cell as RFC 4180 writes it, appended to @text. */
void xq_geo_table_append_cell (GString *text, const char *cell);

/** Points of a CSV file: a column of ids or names and two of coordinates. */
typedef struct
{
  GPtrArray *ids;    /* char * */
  GPtrArray *shapes; /* XqPlanShape of kind POINT */
  GArray *lines;     /* guint */
} XqGeoPoints;
/**
 * The columns are found by their heads: id/code/name, 编码/名称/小区; x/lon/lng/经度, y/lat/纬度. Without such heads the first
 * three columns are id, x, y.
 */
XqGeoPoints *xq_geo_points_read (const char *path, GError **error);
XqGeoPoints *xq_geo_points_parse (const char *text, GError **error);
void xq_geo_points_free (XqGeoPoints *points);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqGeoPoints, xq_geo_points_free)

/** Base unit and the unit it is in, or two neighbours: two columns of ids. */
typedef struct
{
  guint line;
  char *first, *second;
} XqGeoPair;
/**
 * A block-assignment file (`base,unit`) or a list of edges (two ids): the first two columns. @heads: names in lower case, ended
 * by %NULL, by which a first line of heads is known and left out. Element type XqGeoPair.
 */
GPtrArray *xq_geo_pairs_read (const char *path, const char *const *heads, GError **error);
GPtrArray *xq_geo_pairs_parse (const char *text, const char *const *heads, GError **error);
/** Heads of the two kinds of file. */
extern const char *const XQ_GEO_ASSIGNMENT_HEADS[];
extern const char *const XQ_GEO_EDGE_HEADS[];

/** A block-assignment file: `base,unit` and a line a base unit; those in no unit (-1) have an empty second cell. */
GString *xq_geo_assignment_format (const char *const *ids, const int *units, guint n);

G_END_DECLS
