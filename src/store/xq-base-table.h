#pragma once

#include "xq-record-table.h"
#include "xq-store.h"

G_BEGIN_DECLS

/*
 * What the planner reads of a document below one unit: base units with their figures, what people linked and cut, property areas
 * that lie over several base units, roads and rivers. Works in read and write transactions; all as of the open period's last day.
 */

typedef enum
{
  XQ_BASE_HOUSEHOLDS,
  XQ_BASE_RESIDENTS,
  XQ_BASE_RESIDENT_FULL,
  XQ_BASE_FORMAL_FULL,
  XQ_BASE_CHECKED_IN,
} XqBaseFigure;
#define XQ_BASE_N_FIGURES 5

/** XqBaseRow: a base unit: a row of base_unit, or a compound in force that has none and is one base unit by itself. */
typedef struct
{
  gint64 base; /* 0: the compound itself */
  gint64 unit, community, street, district;
  char *name, *code; /* code or %NULL */
  char *unit_name, *community_name, *street_name;
  char *former_name, *former_code; /* of the compound that it was until a re-draw; or %NULL */
  char *shape;                     /* GeoJSON geometry, or %NULL */
  gboolean generated;              /* the shape is sample data */
  guint n_siblings;                /* base units of its unit, itself among them */
  /*
   * Alone in its unit: the unit's. One of several: its part of the unit's by what is stored of each, in whole numbers that sum to
   * it (largest remainder); where nothing is stored by their households, where nothing is known of those evenly.
   */
  gint64 figures[XQ_BASE_N_FIGURES];
} XqBaseRow;

/** In the order of the tree, within a unit by code, name and id. Element type XqBaseRow. */
GPtrArray *xq_base_table_list (XqTransaction *tx, gint64 scope, GError **error);

/**
 * Stores with the base units of the compounds (element type XqRecord) what each counts now, where nothing is stored yet: before the
 * compounds become others, for then their parts could not be told any more. In a write transaction.
 */
gboolean xq_base_table_keep_parts (XqTransaction *tx, const GPtrArray *units, GError **error);

typedef struct
{
  gint64 base, other;
  gboolean cut; /* or linked */
} XqBaseLinkRow;
/** Links and cuts between base units, one of which at least is below @scope, by id. Element type XqBaseLinkRow. */
GArray *xq_base_table_list_links (XqTransaction *tx, gint64 scope, GError **error);

typedef struct
{
  gint64 unit;
  char *name, *unit_name;
} XqBaseAreaRow;
/**
 * Property areas in force of which it is not said in which base unit they lie, of units that hold several: they may lie over all
 * of them. Element type XqBaseAreaRow.
 */
GPtrArray *xq_base_table_list_spanning_areas (XqTransaction *tx, gint64 scope, GError **error);

typedef struct
{
  gint64 id;
  char *kind, *name, *shape; /* name or %NULL */
  gboolean barrier, generated;
  gint64 breadth; /* m; 0: not known */
} XqMapWayRow;
/** Roads and rivers of the district that @scope lies in, by id. Element type XqMapWayRow. */
GPtrArray *xq_base_table_list_ways (XqTransaction *tx, gint64 scope, GError **error);

/** Units of a scenario of @scope or of what lies below it (0: of the whole document), the latest first. */
typedef struct
{
  gint64 id, unit;
  char *name, *unit_name, *stage;
  guint n_units;
} XqScenarioRow;
/** Element type XqScenarioRow. */
GPtrArray *xq_base_table_list_scenarios (XqTransaction *tx, gint64 scope, GError **error);

/** A unit that names or codes in a file may mean, with what else it is or was called. */
typedef struct
{
  gint64 unit;
  char *name; /* name, earlier name, alias or code */
} XqBaseNameRow;
/** Earlier names, aliases and codes of compounds below @scope and of what they were until a re-draw. Element type XqBaseNameRow. */
GPtrArray *xq_base_table_list_names (XqTransaction *tx, gint64 scope, GError **error);

/** How compounds in force below @scope are covered: gint64 unit → XqCoverage + 1 as a pointer. */
GHashTable *xq_base_table_list_coverage (XqTransaction *tx, gint64 scope, GError **error);

G_END_DECLS
