#pragma once

#include "xq-figures.h"

G_BEGIN_DECLS

/*
 * The ledger: one row a compound (or building), columns from several record types. A column is what the ledger page
 * shows, what a block is pasted into and what a form binds an attribute to.
 */

typedef enum
{
  XQ_LEDGER_COMPOUNDS,
  XQ_LEDGER_ORIGINAL_COMPOUNDS,
  XQ_LEDGER_BUILDINGS
} XqLedgerKind;

typedef enum
{
  XQ_LEDGER_CELL_TEXT,
  XQ_LEDGER_CELL_NUMBER,
  XQ_LEDGER_CELL_DATE,
  XQ_LEDGER_CELL_ENUM,         /* plain words */
  XQ_LEDGER_CELL_ORGANISATION, /* pill: kind of organisation, joint, contact or none */
  XQ_LEDGER_CELL_BODY,         /* pill: kind of body or none */
  XQ_LEDGER_CELL_KIT,          /* marks: one character a kit item, '1' there, '0' not */
  XQ_LEDGER_CELL_SATISFACTION, /* bar and share; suppressed as hatch and n */
} XqLedgerCellType;

typedef struct
{
  const char *id;    /* name community street kind buildings built_year floor_area households residents resident_full formal_full
                        checked_in organisation organisation_name founded body body_name body_term_end service firm kit satisfaction
                        code parking_spaces three_none entrances floors original_compounds successor valid_from valid_to
                        ticked associations volunteer_teams activities consultations polls projects votes_held tickets_open
                        appraisals pairings */
  const char *label; /* msgid */
  XqLedgerCellType type;
  guint kinds;          /* 1 << XqLedgerKind it is a column of */
  gboolean editable;    /* of a compound or building in force, in the open period */
  const XqEnum *values; /* what may be chosen, or %NULL */
  gboolean by_default;  /* shown unless the user chooses otherwise */
  const XqEnum *states; /* what a filter may name, or %NULL: what may be chosen and what only comes about */
  gboolean frozen;      /* kept in locked periods */
  guint needs;          /* 1 + the XqMechanism that the scheme must have; 0: none */
} XqLedgerColumn;

/* Nicks of cells beside those of the model's lists. */
extern const XqEnum XQ_LEDGER_ORGANISATION_STATES;  /* committee general_branch branch joint_branch group functional contact none */
extern const XqEnum XQ_LEDGER_ORGANISATION_CHOICES; /* committee general_branch branch none */
extern const XqEnum XQ_LEDGER_BODY_STATES;          /* the kinds of bodies and none */
extern const XqEnum XQ_LEDGER_YES_NO;               /* yes no */

/** All columns; %NULL id ends the list. */
const XqLedgerColumn *xq_ledger_get_columns (void);
const XqLedgerColumn *xq_ledger_find_column (const char *id);

/** A condition of a filter chip: @values are nicks, joined by or; conditions are joined by and. */
typedef struct
{
  const char *column; /* kind organisation body service coverage (XQ_ENUM_COVERAGE) or a number column with minimum/maximum */
  const char *const *values;
  gint64 minimum, maximum; /* for numbers; maximum G_MAXINT64 for none */
} XqLedgerFilter;

typedef struct
{
  XqLedgerKind kind;
  gint64 unit;      /* 0: all */
  XqPeriod period;  /* none or the open one: live; a locked one: as it stood (frozen columns only) */
  /* Of the list of compounds in a past period: in the present one the units are those of now with what is carried to them
     (xq-figures.h); a cell of what is not carried, or of a unit that nothing then led to, is null. */
  XqDivision division;
  const char *text; /* part of a name, pinyin or code; %NULL: no condition */
  const XqLedgerFilter *filters;
  guint n_filters;
  const char *sort; /* column id; %NULL: tree order */
  gboolean descending;
} XqLedgerQuery;

/** The ids that match, in order: fetched once, then pages by id. Element type gint64. */
GArray *xq_ledger_list_ids (XqTransaction *tx, const XqLedgerQuery *query, GError **error);

typedef struct
{
  char *text;         /* as shown; "" for empty */
  gint64 number;      /* for numbers, dates as yyyymmdd; satisfied answers for satisfaction; areas with a body; kit items there */
  gint64 denominator; /* valid answers for satisfaction; property areas for a body; kit items in all */
  gboolean is_null;
  gboolean suppressed;
  const char *nick; /* enum nick, or %NULL (static) */
  XqOrigin origin;
} XqLedgerCell;

typedef struct
{
  XqUnit *unit;        /* path set */
  gboolean in_force;   /* %FALSE: a compound that was closed */
  gboolean is_covered_known; /* %FALSE: @coverage is not carried to the present division, or the compound was closed */
  XqCoverage coverage;       /* of a compound in force */
  guint n_cells;
  XqLedgerCell *cells; /* one per column asked */
} XqLedgerRow;
XqLedgerRow *xq_ledger_row_ref (XqLedgerRow *row);
void xq_ledger_row_unref (XqLedgerRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqLedgerRow, xq_ledger_row_unref)

/** The rows of @ids in that order with @columns (ids, %NULL-terminated); one that has gone meanwhile is left out. Element type
 * XqLedgerRow. */
GPtrArray *xq_ledger_load_rows (XqTransaction *tx, const XqLedgerQuery *query, const gint64 *ids, guint n_ids,
                                const char *const *columns, GError **error);

/** Sums under the list: rows, households, members… of all that match. */
typedef struct
{
  gint64 rows, households;
  gint64 original_compounds; /* in the present division of a past period, where it is not known: as many as rows */
} XqLedgerTotals;
gboolean xq_ledger_total (XqTransaction *tx, const XqLedgerQuery *query, XqLedgerTotals *totals, GError **error);
/** Ids and sums of what matches, read at once. @totals may be %NULL. Element type gint64. */
GArray *xq_ledger_list (XqTransaction *tx, const XqLedgerQuery *query, XqLedgerTotals *totals, GError **error);

/**
 * Sets one cell from what the user typed or chose; "" clears. Needs a write transaction. Setting `organisation` founds,
 * changes or dissolves (branch, general_branch, committee, none; contact needs a post and is set with xq_coverage_set_contact);
 * setting `body` likewise. Dates of such changes are the working day (xq_working_day).
 * Errors: %XQ_RECORD_ERROR or %XQ_STORE_ERROR_INVALID, in words for the user; nothing is changed.
 */
gboolean xq_ledger_set_cell (XqTransaction *tx, gint64 unit, const char *column, const char *text, GError **error);

/** One cell of a block that is pasted, filled down or set on many rows. */
typedef struct
{
  gint64 unit;
  const char *column;
  const char *text;
} XqLedgerEdit;

/** Why an edit cannot be done. */
typedef struct
{
  guint edit; /* index in the block */
  char *message;
} XqLedgerProblem;
void xq_ledger_problem_free (XqLedgerProblem *problem);

/**
 * Does all of @edits or none: where one is refused, every problem is added to @problems (element type XqLedgerProblem), %FALSE is
 * returned with the first problem's error, and the command must fail. @n_changed (may be %NULL) counts the cells that were
 * not already as they are set to. With @dry_run everything is tried and undone again: what a preview shows.
 * Needs a write transaction, a dry run too.
 */
gboolean xq_ledger_apply (XqTransaction *tx, const XqLedgerEdit *edits, guint n_edits, gboolean dry_run, GPtrArray *problems,
                          guint *n_changed, GError **error);

/** Today, brought into the open period: what is entered now takes effect on it. YYYY-MM-DD. */
char *xq_working_day (XqTransaction *tx);

G_END_DECLS
