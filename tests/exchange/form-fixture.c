#include "form-fixture.h"

#include "xq-figures.h"

XqFormSubject
form_fixture_subject (const XqForm *form)
{
  return (XqFormSubject){ .form = form,
                          .unit_name = "试验区",
                          .unit_path = "试验区",
                          .unit_level = XQ_LEVEL_DISTRICT,
                          .level = XQ_LEVEL_STREET,
                          .level_label = "镇街",
                          .period = { XQ_PERIOD_QUARTER, 2024, 3 },
                          .as_of = "2024-09-30",
                          .locked_at = "2024-10-08 09:00",
                          .made_at = "2024-10-08 10:00",
                          .basis = XQ_BASIS_LOCKED,
                          .scheme_name = "试验",
                          .document_name = "试验区",
                          .reporting_unit = "试验区委组织部",
                          .minimum = 30 };
}

void
form_fixture_values (const XqForm *form, const FormFixtureValue *given, gboolean generated, XqFormValue *values)
{
  for (guint i = 0; i < form->columns->len; i++)
    values[i] = (XqFormValue){ .present = TRUE, .generated = generated };
  for (; given->column != NULL; given++)
    {
      int index = xq_form_find_column (form, given->column);

      g_assert_cmpint (index, >=, 0);
      values[index].numerator = given->numerator;
      values[index].denominator = given->denominator;
    }
}

void
form_fixture_add_coverage (XqFormTable *table, const FormFixtureCoverage *row, gint64 unit, gboolean generated, XqFormValue *sum)
{
  const XqForm *form = table->form;
  g_autofree XqFormValue *values = g_new0 (XqFormValue, form->columns->len);
  gint64 covered = row->own + row->joint + row->groups;
  const FormFixtureValue given[] = {
    { "units", row->units, 0 },
    { "multiple", row->multiple, 0 },
    { "own", row->own, 0 },
    { "joint", row->joint, 0 },
    { "groups", row->groups, 0 },
    { "contact", row->contact, 0 },
    { "none", row->none, 0 },
    { "branch_rate", row->own, row->units },
    { "organisational", covered, row->units },
    { "work", covered + row->contact, row->units },
    { "bodies", row->bodies, row->areas },
    { "areas", row->bodies, row->areas },
    { "body_rate", row->bodies, row->areas },
    { "households", row->households, 0 },
    { "members", row->members, 0 },
    { NULL, 0, 0 },
  };
  const XqFormRow names = { .unit = unit, .parent = 1, .name = row->name, .code = "420704001" };

  form_fixture_values (form, given, generated, values);
  for (guint i = 0; i < form->columns->len; i++)
    {
      sum[i].present = TRUE;
      sum[i].numerator += values[i].numerator;
      sum[i].denominator += values[i].denominator;
    }
  xq_form_table_add_row (table, &names, NULL, values);
}

XqFormTable *
form_fixture_coverage (guint n, const XqFormSubject *changes)
{
  const XqForm *form = xq_form_get_builtin ("coverage", NULL);
  XqFormSubject subject = changes != NULL ? *changes : form_fixture_subject (form);
  g_autofree gboolean *used = g_new (gboolean, form->columns->len);
  g_autofree XqFormValue *sum = g_new0 (XqFormValue, form->columns->len);
  XqFormTable *table;

  for (guint i = 0; i < form->columns->len; i++)
    used[i] = !g_str_has_prefix (xq_form_get_column (form, i)->id, "functional");
  if (subject.used == NULL)
    subject.used = used;
  table = xq_form_table_new (&subject);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("第%u街道", i + 1);
      const FormFixtureCoverage row = { .name = name,
                                        .units = 20 + i % 7,
                                        .multiple = i % 7,
                                        .own = 18 + i % 7,
                                        .groups = 1,
                                        .contact = 1,
                                        .bodies = 20,
                                        .areas = 22,
                                        .households = 3000 + 17 * i,
                                        .members = 150 + i };

      form_fixture_add_coverage (table, &row, 100 + i, FALSE, sum);
    }
  xq_form_table_finish (table, sum);
  return table;
}

XqFormTable *
form_fixture_satisfaction (const gint64 *samples, const gint64 *parents, guint n, gboolean with_chart)
{
  const XqForm *form = xq_form_get_builtin ("satisfaction", NULL);
  XqFormSubject subject = form_fixture_subject (form);
  g_autofree XqFormValue *sum = g_new0 (XqFormValue, form->columns->len);
  g_autofree XqFormValue *values = g_new0 (XqFormValue, form->columns->len);
  XqFormTable *table;

  subject.with_chart = with_chart;
  table = xq_form_table_new (&subject);
  for (guint i = 0; i < n; i++)
    {
      gint64 valid = samples[i], neutral = valid / 10, bad = valid / 20, satisfied = valid - neutral - bad;
      g_autofree char *name = g_strdup_printf ("第%u街道", i + 1);
      const XqFormRow names = { .unit = 100 + i, .parent = parents != NULL ? parents[i] : 1, .name = name };
      const FormFixtureValue given[] = {
        { "invalid", 2, 0 },
        { "valid", satisfied, valid },
        { "very_satisfied", satisfied / 2, 0 },
        { "satisfied", satisfied - satisfied / 2, 0 },
        { "neutral", neutral, 0 },
        { "dissatisfied", bad, 0 },
        { "rate", satisfied, valid },
        { NULL, 0, 0 },
      };

      form_fixture_values (form, given, FALSE, values);
      for (guint c = 0; c < form->columns->len; c++)
        {
          sum[c].present = TRUE;
          sum[c].numerator += values[c].numerator;
          sum[c].denominator += values[c].denominator;
        }
      xq_form_table_add_row (table, &names, NULL, values);
    }
  xq_form_table_finish (table, sum);
  return table;
}
