#pragma once

/* Private to the store: where the ledger's columns come from. */

#include "xq-fact-columns.h"
#include "xq-ledger.h"
#include "xq-record-types.h"
#include "xq-unit-private.h"

G_BEGIN_DECLS

/* Tables that a column is read from besides the row's own; each join may need those before it. Bits of a mask. */
typedef enum
{
  XQ_LEDGER_JOIN_COMPOUND = 1 << 0,     /* c: compound */
  XQ_LEDGER_JOIN_BUILDING = 1 << 1,     /* b: building */
  XQ_LEDGER_JOIN_ORGANISATION = 1 << 2, /* o: the organisation that gives the coverage */
  XQ_LEDGER_JOIN_BODY = 1 << 3,         /* y: the owners' body in office of the first property area that has one */
  XQ_LEDGER_JOIN_SERVICE = 1 << 4,      /* v: the property service in force likewise */
  XQ_LEDGER_JOIN_RESIDENT = 1 << 5,     /* d1, d2, d3: declared counts */
  XQ_LEDGER_JOIN_FORMAL = 1 << 6,
  XQ_LEDGER_JOIN_CHECKED_IN = 1 << 7,
} XqLedgerJoins;

typedef enum
{
  XQ_LEDGER_SORT_VALUE = 0, /* by the value, or by `sort` where it is given */
  XQ_LEDGER_SORT_STATES,    /* in the order of the column's states */
  XQ_LEDGER_SORT_CHINESE,   /* by collation keys made for the purpose: text that `search` has no key of */
} XqLedgerSorting;

/**
 * How a column is read. Expressions may use: u (unit), r (figures of the subtree: rollup, or the snapshot's row), m, t, d
 * (community, street, district), p (a building's compound), n, nm, nt (their rows in search), what @joins adds, :as_of and
 * :minimum_sample.
 */
typedef struct
{
  const char *value;   /* SQL; nick for enumerations */
  const char *extra;   /* SQL: denominator of satisfaction, "bodies/areas" of a body; or %NULL */
  const char *origins; /* SQL: the packed origins of the record it comes from; %NULL: derived */
  int field;           /* in @origins */
  XqFactGroup group;   /* whose bit of `generated` tells, where @origins is %NULL or null */
  guint joins;
  const char *sort; /* SQL, or %NULL */
  XqLedgerSorting sorting;
} XqLedgerSource;

/** How @column is read in a list of @kind, live or in a locked period; %NULL: it is not there. */
const XqLedgerSource *xq_ledger_get_source (const XqLedgerColumn *column, XqLedgerKind kind, gboolean locked);
/** Nick of the coverage class (XQ_ENUM_COVERAGE); null where it is not carried. */
extern const char XQ_LEDGER_COVERAGE_SQL[];
/** Its number. */
extern const char XQ_LEDGER_COVERAGE_NUMBER_SQL[];

/** What is the same for every statement of a list. */
typedef struct
{
  XqUnitDay day;      /* locked, too, where figures are carried to the present division */
  const char *frozen; /* the table that a locked period is read from: snapshot_unit, or temp.carried */
  gboolean carried;
  int minimum_sample;
} XqLedgerBasis;
/** Computes the figures of a period that is neither live nor locked, and what is carried to the present division. */
gboolean xq_ledger_basis_init (XqLedgerBasis *basis, XqTransaction *tx, const XqLedgerQuery *query, GError **error);
/** Binds what of :as_of, :period and :minimum_sample the statement has. */
void xq_ledger_basis_bind (const XqLedgerBasis *basis, XqStatement *statement);

/**
 * The tables of a list, to stand behind FROM: the row's own first (u, or r in a locked period), then what may be joined to it.
 * Uses :as_of, and :period where it is locked.
 */
void xq_ledger_append_tables (GString *sql, XqLedgerKind kind, const XqLedgerBasis *basis, guint joins);
/** Whether the row's own table is the frozen one: r.unit is its id, else u.id. */
#define XQ_LEDGER_IS_FROZEN(kind, locked) ((locked) && (kind) != XQ_LEDGER_ORIGINAL_COMPOUNDS)

G_END_DECLS
