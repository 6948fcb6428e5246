#pragma once

#include "xq-form-table.h"

G_BEGIN_DECLS

/** Values of one row by column ids; unnamed columns are 0. */
typedef struct
{
  const char *column;
  gint64 numerator, denominator;
} FormFixtureValue;

/** A subject of a form of streets, without a document behind it. */
XqFormSubject form_fixture_subject (const XqForm *form);
/** Fills @values (one a form column, cleared first) from @given, which ends with a %NULL column. */
void form_fixture_values (const XqForm *form, const FormFixtureValue *given, gboolean generated, XqFormValue *values);

/** What a row of coverage is made of; the rates' indicators follow. */
typedef struct
{
  const char *name;
  gint64 units, multiple, own, joint, groups, contact, none, bodies, areas, households, members;
} FormFixtureCoverage;
void form_fixture_add_coverage (XqFormTable *table, const FormFixtureCoverage *row, gint64 unit, gboolean generated,
                                XqFormValue *sum);
/** @n rows of a plausible coverage form. */
XqFormTable *form_fixture_coverage (guint n, const XqFormSubject *changes);
/** A satisfaction form of rows with @samples answers under @parents (%NULL: one parent). */
XqFormTable *form_fixture_satisfaction (const gint64 *samples, const gint64 *parents, guint n, gboolean with_chart);

G_END_DECLS
