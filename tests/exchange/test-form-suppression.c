#include <locale.h>

#include "form-fixture.h"

static gint64
number_of (const XqFormTable *table, const XqFormRow *row, const char *id)
{
  return row->cells[xq_form_table_find_printed (table, xq_form_find_column (table->form, id))].number;
}

static void
assert_hidden (const gint64 *samples, const gint64 *parents, guint n, const char *expected)
{
  g_autofree gint64 *one = g_new0 (gint64, n);
  g_autofree gboolean *hidden = g_new0 (gboolean, n);
  g_autoptr (GString) found = g_string_new (NULL);

  xq_form_choose_hidden (samples, parents != NULL ? parents : one, n, 30, hidden);
  for (guint i = 0; i < n; i++)
    g_string_append_c (found, hidden[i] ? 'x' : '.');
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_choice (void)
{
  const gint64 fine[] = { 30, 400, 31 };
  const gint64 one[] = { 400, 12, 300, 200 };     /* the smallest of the others goes too */
  const gint64 two_tiny[] = { 5, 6, 400, 300 };   /* together still below 30 */
  const gint64 two[] = { 20, 15, 400 };           /* together enough */
  const gint64 none[] = { 0, 400, 300 };          /* nothing to hide, nothing to show */
  const gint64 with_none[] = { 0, 12, 400, 300 }; /* one without a sample protects nobody */
  const gint64 equal[] = { 12, 50, 50, 50 };      /* the earlier of equals */
  const gint64 all[] = { 12, 400 };
  const gint64 single[] = { 400 };

  assert_hidden (fine, NULL, 3, "...");
  assert_hidden (one, NULL, 4, ".x.x");
  assert_hidden (two_tiny, NULL, 4, "xx.x");
  assert_hidden (two, NULL, 3, "xx.");
  assert_hidden (none, NULL, 3, "x..");
  assert_hidden (with_none, NULL, 4, "xx.x");
  assert_hidden (equal, NULL, 4, "xx..");
  assert_hidden (all, NULL, 2, "xx");
  assert_hidden (single, NULL, 1, ".");
}

/* Rows of several superiors: each superior's form must not give a hidden one away either. */
static void
test_families (void)
{
  const gint64 samples[] = { 12, 400, 300, 15, 500, 60 };
  const gint64 parents[] = { 1, 1, 1, 2, 2, 2 };
  const gint64 lone[] = { 12, 400, 300 };
  const gint64 lone_parents[] = { 1, 2, 2 };

  assert_hidden (samples, parents, 6, "x.xx.x");
  /* Alone under its superior: another's row has to go. */
  assert_hidden (lone, lone_parents, 3, "x.x");
}

/* Whatever the samples: hidden rows are never fewer than two with answers, and never fewer answers than the least sample. */
static void
test_never_derivable (void)
{
  GRand *rand = g_rand_new_with_seed (20240930);

  for (guint round = 0; round < 4000; round++)
    {
      guint n = g_rand_int_range (rand, 1, 14), count = 0;
      gint64 samples[14], parents[14], sum = 0, total = 0;
      gboolean hidden[14];
      gboolean everything = TRUE;

      for (guint i = 0; i < n; i++)
        {
          samples[i] = g_rand_boolean (rand) ? g_rand_int_range (rand, 0, 40) : g_rand_int_range (rand, 0, 600);
          parents[i] = g_rand_int_range (rand, 0, 3);
        }
      xq_form_choose_hidden (samples, parents, n, 30, hidden);
      for (guint i = 0; i < n; i++)
        {
          total += samples[i];
          g_assert_true (hidden[i] || samples[i] >= 30);
          everything = everything && (hidden[i] || samples[i] == 0);
          if (hidden[i] && samples[i] > 0)
            {
              sum += samples[i];
              count++;
            }
        }
      if (count > 0 && !everything)
        {
          g_assert_cmpuint (count, >=, 2);
          g_assert_cmpint (sum, >=, 30);
        }
    }
  g_rand_free (rand);
}

static void
test_large (void)
{
  guint n = 60000;
  g_autofree gint64 *samples = g_new (gint64, n);
  g_autofree gint64 *parents = g_new (gint64, n);
  g_autofree gboolean *hidden = g_new (gboolean, n);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      samples[i] = i % 97;
      parents[i] = i / 5;
    }
  xq_form_choose_hidden (samples, parents, n, 30, hidden);
  /* Linear: rows under some ten thousand superiors. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

/* In the table: no value is left in a hidden cell, the merged row takes their place, the total stays true. */
static void
test_table (void)
{
  const gint64 samples[] = { 400, 12, 300, 200 };
  g_autoptr (XqFormTable) table = form_fixture_satisfaction (samples, NULL, 4, FALSE);
  gint64 sum = 0;

  g_assert_nonnull (table->merged);
  g_assert_cmpuint (table->n_merged, ==, 2);
  g_assert_cmpstr (table->merged->name, ==, "合并列示（2个）");
  g_assert_cmpint (number_of (table, table->merged, "valid"), ==, 212);
  g_assert_cmpint (number_of (table, table->merged, "returned"), ==, 216);
  g_assert_cmpint (number_of (table, table->total, "valid"), ==, 912);
  for (guint i = 0; i < xq_form_table_n_body_rows (table); i++)
    {
      const XqFormRow *row = xq_form_table_get_body_row (table, i);

      for (guint c = 0; c < table->n_columns && row->suppressed; c++)
        {
          g_autofree char *text = xq_form_cell_format (table, &row->cells[c], c);

          g_assert_cmpint (row->cells[c].state, ==, XQ_FORM_CELL_SUPPRESSED);
          g_assert_cmpint (row->cells[c].number, ==, 0);
          g_assert_cmpint (row->cells[c].numerator, ==, 0);
          g_assert_cmpint (row->cells[c].denominator, ==, 0);
          g_assert_cmpstr (text, ==, "—");
        }
      if (!row->suppressed)
        sum += number_of (table, row, "valid");
    }
  /* What stands in the column adds up to the total: a live sum is right. */
  g_assert_cmpint (sum, ==, 912);
}

static void
test_total_too_small (void)
{
  const gint64 samples[] = { 9, 12, 3 };
  g_autoptr (XqFormTable) table = form_fixture_satisfaction (samples, NULL, 3, TRUE);

  g_assert_true (table->total->suppressed);
  g_assert_null (table->merged);
  for (guint i = 0; i < table->rows->len; i++)
    g_assert_true (((XqFormRow *)g_ptr_array_index (table->rows, i))->suppressed);
  g_assert_false (xq_form_table_has_chart (table, 0));
}

/* A check that fails on a hidden row names it and no figure. */
static void
test_checks_keep_secret (void)
{
  const XqForm *form = xq_form_get_builtin ("satisfaction", NULL);
  XqFormSubject subject = form_fixture_subject (form);
  g_autofree XqFormValue *values = g_new0 (XqFormValue, form->columns->len);
  g_autoptr (XqFormTable) table = xq_form_table_new (&subject);
  const FormFixtureValue given[] = { { "valid", 9, 12 }, { "very_satisfied", 7, 0 }, { NULL, 0, 0 } };
  const XqFormRow names = { .unit = 1, .name = "甲社区" };
  const XqReportCheck *check = g_ptr_array_index (table->checks, 1);

  form_fixture_values (form, given, FALSE, values);
  xq_form_table_add_row (table, &names, NULL, values);
  xq_form_table_finish (table, values);
  g_assert_false (check->passed);
  g_assert_cmpstr (g_ptr_array_index (check->failures, 0), ==, "甲社区");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-suppression/choice", test_choice);
  g_test_add_func ("/form-suppression/families", test_families);
  g_test_add_func ("/form-suppression/never-derivable", test_never_derivable);
  g_test_add_func ("/form-suppression/large", test_large);
  g_test_add_func ("/form-suppression/table", test_table);
  g_test_add_func ("/form-suppression/total-too-small", test_total_too_small);
  g_test_add_func ("/form-suppression/checks-keep-secret", test_checks_keep_secret);
  return g_test_run ();
}
