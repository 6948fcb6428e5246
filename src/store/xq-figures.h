#pragma once

#include "xq-unit-table.h"

G_BEGIN_DECLS

/** What figures are read from. */
typedef enum
{
  XQ_BASIS_LIVE,     /* the open period */
  XQ_BASIS_LOCKED,   /* a locked period, as it stood */
  XQ_BASIS_RECKONED, /* neither: computed from dated records as of the period's last day */
} XqBasis;

typedef struct
{
  gint64 unit;             /* 0: the top (each district where a file holds several) */
  XqLevel by;              /* XQ_LEVEL_NONE: one row for the unit itself; else one per unit of this level below it */
  XqPeriod period;         /* none: the open period */
  const char *const *only; /* indicator ids, or %NULL for all that the scheme has */
  XqIndicatorSet *set;     /* the catalogue they are from; %NULL: the program's. A form has indicators of its own */
} XqFigureQuery;

typedef struct
{
  XqUnit *unit;      /* with path */
  XqFigure *figures; /* one per indicator of the table */
} XqFigureRow;

typedef struct
{
  XqPeriod period;
  XqBasis basis;
  char *as_of;           /* last day of the period */
  char *locked_at;       /* or %NULL */
  XqIndicatorSet *set;   /* what the indicators are of */
  GPtrArray *indicators; /* const XqIndicator * */
  GPtrArray *rows;       /* XqFigureRow * in tree order */
} XqFigureTable;
void xq_figure_table_free (XqFigureTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFigureTable, xq_figure_table_free)
/*
 * What makes a figure one of sample data (XqFigure.generated): an input made by the sample generator. The number of units
 * rests on their level's origin, coverage on organisation_cover.unit, organisation.kind and contact.unit, and so on (see
 * xq-fact-columns.c). Figures of streets and communities also rest on unit.parent of what lies below them, those of
 * periods other than the open one on the dates.
 */

/** Index of the indicator called @id in @table, or -1. */
int xq_figure_table_find (const XqFigureTable *table, const char *id);

/**
 * A locked period also serves others with the same last day (a half-year, a year), with its satisfaction as frozen; the open
 * one likewise. Errors: %XQ_STORE_ERROR_NOT_FOUND for a unit that was not in force then and an unknown indicator,
 * %XQ_STORE_ERROR_INVALID for a level that is not below the unit, a period after the open one, a bad expression.
 */
XqFigureTable *xq_figures_read (XqTransaction *tx, const XqFigureQuery *query, GError **error);

/** One of the rows behind a figure. */
typedef struct
{
  XqUnit *unit; /* with path */
  gint64 amount;
} XqFigurePart;
/** The units that make up a part of a figure, each with what it adds; amounts sum to it. Element type XqFigurePart. */
GPtrArray *xq_figures_list_rows (XqTransaction *tx, const char *indicator, gint64 unit, gboolean denominator, XqPeriod period,
                                 GError **error);

/** An indicator through time: every locked period and, last, the open one. */
typedef struct
{
  XqPeriod period;
  XqFigure figure;
  gboolean locked;
  gboolean breaks;  /* the division was re-drawn between the point before and this one */
  gint64 compounds; /* units in force: what changes at a break */
  gint64 target;    /* of the plan at the period's end, -1 where there is none */
} XqTrendPoint;
/**
 * Element type XqTrendPoint, by time. Of a unit that came of a re-draw only its own existence is shown, beginning with a
 * break. @unit 0: all districts together.
 */
GPtrArray *xq_figures_trend (XqTransaction *tx, gint64 unit, const char *indicator, GError **error);

/** Households of each compound in force below @unit: for the unit-size histogram. Element type gint64. */
GArray *xq_figures_compound_sizes (XqTransaction *tx, gint64 unit, XqPeriod period, GError **error);

/**
 * Computes facts and rollups of all units anew (open period's last day). The incremental update in a write gives the same;
 * xq_store_verify compares.
 */
gboolean xq_figures_recompute (XqTransaction *tx, GError **error);

G_END_DECLS
