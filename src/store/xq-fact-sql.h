#pragma once

/* Private to the store: the statements that compute facts from records, and the day they are computed for. */

#include "xq-scheme.h"
#include "xq-statement.h"

G_BEGIN_DECLS

/** What facts depend on besides the records: a day and the scheme's rules. */
typedef struct
{
  XqPeriod period;
  char *as_of, *from; /* last and first day of the period */
  char *survey_after; /* a survey closed up to this day has lapsed */
  char *year_before;  /* a yearly figure of a period that ended up to this day has lapsed */
  char *settled_by;   /* a count taken up to this day is past the days of grace */
  XqScheme *scheme;
} XqFactDay;

/** The rules of the document for @period; none: the open one. */
XqFactDay *xq_fact_day_new (XqTransaction *tx, XqPeriod period, GError **error);
void xq_fact_day_free (XqFactDay *day);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFactDay, xq_fact_day_free)

/** Which units: those in temp.fact_scope, or one with all below it (parameter :unit). */
typedef enum
{
  XQ_FACT_SCOPE_LISTED,
  XQ_FACT_SCOPE_SUBTREE
} XqFactScope;

/**
 * The statement that evaluates facts of the units in force: unit, district, parent, level, the columns of
 * XQ_FACT_COLUMNS, generated. Static.
 */
const char *xq_fact_sql_get (XqFactScope scope);
/** The same as INSERT INTO fact. Static. */
const char *xq_fact_sql_get_insert (XqFactScope scope);
/** Binds all parameters but :unit. */
void xq_fact_day_bind (const XqFactDay *day, XqStatement *statement);

G_END_DECLS
