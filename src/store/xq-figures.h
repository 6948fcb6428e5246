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

/**
 * In which division a past period is shown. Of the open period both are the same.
 *
 * In the present division the units are those of the open period, and a past figure follows the lineage to where it is now: what
 * may be added up and parted (households, members, answers: fact columns whose carry is sum) by the shares in whole numbers, the
 * total kept; a unit that only moved takes its past along; what a unit that was closed counted is its community's. What belongs to
 * a unit as a whole (how it is covered, how many compounds there are: carry none) cannot be carried through a merger or a
 * split: there an indicator that rests on it has no value in the units re-draws led to and above them, and its figure is
 * marked `uncarried`; xq_figures_explain_uncarried says why. Units no re-draw has touched have all their figures.
 */
typedef enum
{
  XQ_DIVISION_THEN, /* the units as they stood in the period */
  XQ_DIVISION_NOW,  /* the units of the open period */
} XqDivision;

typedef struct
{
  gint64 unit;             /* 0: the top (each district where a file holds several) */
  XqLevel by;              /* XQ_LEVEL_NONE: one row for the unit itself; else one per unit of this level below it */
  XqPeriod period;         /* none: the open period */
  const char *const *only; /* indicator ids, or %NULL for all that the scheme has */
  XqIndicatorSet *set;     /* the catalogue they are from; %NULL: the scheme's. A form has indicators of its own */
  XqDivision division;     /* units are looked for, named and ordered in it */
  gboolean frozen;         /* of a reopened period: the figures that had been locked, not those that the records give now */
} XqFigureQuery;

typedef struct
{
  XqUnit *unit;      /* with path */
  XqFigure *figures; /* one per indicator of the table */
} XqFigureRow;

typedef struct
{
  XqPeriod period;
  XqDivision division;
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
 * xq-fact-columns.c); none where that very figure was published of the unit (XQ_PUBLISHED_FIGURE). Figures of streets and communities also rest on unit.parent of what lies below them, those of
 * periods other than the open one on the dates.
 */

/** An indicator of the scheme and whether past figures of it are carried through mergers and splits. */
typedef struct
{
  const XqIndicator *indicator;
  gboolean carried;
} XqIndicatorCarry;
/** All that the scheme has. Element type XqIndicatorCarry. */
GArray *xq_figures_list_carries (XqTransaction *tx, GError **error);
/** Why @indicator has no value where its figure is uncarried: a sentence for a tooltip or a note. */
char *xq_figures_explain_uncarried (const XqIndicator *indicator);
/** Why @indicator has no value where its figure is unknown: the period was locked before it was counted. */
char *xq_figures_explain_unknown (const XqIndicator *indicator);
/** The one of the two that holds of @figure, or %NULL where it lacks nothing. */
char *xq_figures_explain_missing (const XqIndicator *indicator, const XqFigure *figure);

/** Index of the indicator called @id in @table, or -1. */
int xq_figure_table_find (const XqFigureTable *table, const char *id);

/**
 * A locked period also serves others with the same last day (a half-year, a year), with its satisfaction as frozen; the open
 * one likewise. Errors: %XQ_STORE_ERROR_NOT_FOUND for a unit that was not in force then (in the present division: is not in
 * force now) and an unknown indicator,
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
/**
 * The same in the present division: present units, each with what was carried to it; down to compounds. Refused with
 * %XQ_STORE_ERROR_INVALID and the reason where the figure is uncarried.
 */
GPtrArray *xq_figures_list_rows_now (XqTransaction *tx, const char *indicator, gint64 unit, gboolean denominator, XqPeriod period,
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
/**
 * The same in the present division: nothing breaks, @compounds is the present number throughout, and a unit's past goes back beyond
 * its own founding to what it came of. Where a figure is not carried its point has no value and is marked uncarried.
 */
GPtrArray *xq_figures_trend_now (XqTransaction *tx, gint64 unit, const char *indicator, GError **error);

/**
 * Whether the units of @period down to compounds, or what they stood in, are others than those of the open one: only then are there two
 * divisions to choose from.
 */
gboolean xq_figures_has_two_divisions (XqTransaction *tx, XqPeriod period, gboolean *two, GError **error);

/** Households of each compound in force below @unit: for the unit-size histogram. Element type gint64. */
GArray *xq_figures_compound_sizes (XqTransaction *tx, gint64 unit, XqPeriod period, GError **error);
/** The same in the present division: of each present one that was there, or that something then led to. */
GArray *xq_figures_compound_sizes_now (XqTransaction *tx, gint64 unit, XqPeriod period, GError **error);

/**
 * Computes facts and rollups of all units anew (open period's last day). The incremental update in a write gives the same;
 * xq_store_verify compares.
 */
gboolean xq_figures_recompute (XqTransaction *tx, GError **error);

G_END_DECLS
