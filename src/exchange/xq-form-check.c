#include "xq-form-table.h"

/*
 * 表内核对. Checks are made while the table is filled, on the true values: before anything is suppressed. A form that
 * suppresses names the rows that fail but not their figures.
 *
 * The checks stand in this order: one a rule of the form that has a printed column, one a formula that has to agree
 * with an indicator, one for the total.
 */

#define MAX_FAILURES 20

/* The names of columns in a rule; lent out of the table's strings. */
static const char *
printed_label (guint index, gpointer data)
{
  XqFormTable *table = data;
  int printed = xq_form_table_find_printed (table, index);
  g_autofree char *label = NULL;

  if (printed < 0)
    return NULL;
  label = xq_form_table_short_label (table, printed);
  return g_string_chunk_insert_const (table->strings, label);
}

static void
count_printed (guint index, gpointer data)
{
  gpointer *pair = data;

  if (xq_form_table_find_printed (pair[0], index) >= 0)
    ++*(guint *)pair[1];
}

static gboolean
is_printed (XqFormTable *table, const XqFormRule *rule)
{
  guint left = 0, right = 0;
  gpointer on_left[] = { table, &left }, on_right[] = { table, &right };

  xq_form_node_visit (rule->left, count_printed, on_left);
  xq_form_node_visit (rule->right, count_printed, on_right);
  return left > 0 && right > 0;
}

static XqReportCheck *
add_check (XqFormTable *table, XqReportCheckKind kind, char *rule, char *label)
{
  XqReportCheck *check = g_new0 (XqReportCheck, 1);

  check->kind = kind;
  check->rule = rule;
  check->label = label;
  check->passed = TRUE;
  check->failures = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (table->checks, check);
  return check;
}

static void
add_failure (const XqFormTable *table, XqReportCheck *check, const char *where, gint64 left, const char *sign, gint64 right)
{
  check->passed = FALSE;
  check->n_failures++;
  if (check->failures->len >= MAX_FAILURES)
    return;
  if (table->form->sample >= 0)
    g_ptr_array_add (check->failures, g_strdup (where));
  else
    g_ptr_array_add (check->failures, g_strdup_printf ("%s: %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT, where, left, sign, right));
}

static char *
rule_text (const XqFormRule *rule, XqFormReferenceFunc reference, XqFormTable *table)
{
  g_autofree char *left = xq_form_node_to_text (rule->left, reference, table);
  g_autofree char *right = xq_form_node_to_text (rule->right, reference, table);

  return g_strconcat (left, rule->less ? "≤" : "=", right, NULL);
}

/* A formula that has to agree with an indicator of two parts. */
static gboolean
is_compared (const XqFormPrinted *printed)
{
  return printed->column != NULL && printed->column->formula != NULL && printed->column->indicator != NULL;
}

static void
check_rule (XqFormTable *table, XqReportCheck *check, const XqFormRule *rule, const char *where, XqFormEvaluation *evaluation)
{
  gint64 left = xq_form_node_sum (rule->left, xq_form_operand, evaluation);
  gint64 right = xq_form_node_sum (rule->right, xq_form_operand, evaluation);

  check->n_places++;
  if (rule->less ? left > right : left != right)
    add_failure (table, check, where, left, rule->less ? ">" : "≠", right);
}

static void
check_indicator (XqFormTable *table, XqReportCheck *check, const XqFormPrinted *printed, const char *where,
                 XqFormEvaluation *evaluation, const XqFormValue *indicator)
{
  const XqFormNode *formula = printed->column->formula;
  gint64 numerator, denominator = 0;

  check->n_places++;
  if (!xq_form_node_is_share (formula))
    {
      numerator = xq_form_node_sum (formula, xq_form_operand, evaluation);
      if (numerator != indicator->numerator)
        add_failure (table, check, where, numerator, "≠", indicator->numerator);
      return;
    }
  numerator = xq_form_node_sum (formula->left, xq_form_operand, evaluation);
  denominator = xq_form_node_sum (formula->right, xq_form_operand, evaluation);
  if (numerator != indicator->numerator)
    add_failure (table, check, where, numerator, "≠", indicator->numerator);
  else if (denominator != indicator->denominator)
    add_failure (table, check, where, denominator, "≠", indicator->denominator);
}

static void
check_values (XqFormTable *table, const char *where, const XqFormValue *values, const XqFormValue *indicators)
{
  XqFormEvaluation evaluation = { table->form, values };
  guint next = 0;

  for (guint i = 0; i < table->form->rules->len; i++)
    {
      const XqFormRule *rule = g_ptr_array_index (table->form->rules, i);

      if (is_printed (table, rule))
        check_rule (table, g_ptr_array_index (table->checks, next++), rule, where, &evaluation);
    }
  for (guint i = 0; i < table->n_columns; i++)
    if (is_compared (&table->columns[i]))
      check_indicator (table, g_ptr_array_index (table->checks, next++), &table->columns[i], where, &evaluation,
                       &indicators[table->columns[i].index]);
}

void
xq_form_check_begin (XqFormTable *table)
{
  for (guint i = 0; i < table->form->rules->len; i++)
    {
      const XqFormRule *rule = g_ptr_array_index (table->form->rules, i);

      if (is_printed (table, rule))
        add_check (table, XQ_REPORT_CHECK_BALANCE, rule_text (rule, xq_form_printed_number, table),
                   rule_text (rule, printed_label, table));
    }
  for (guint i = 0; i < table->n_columns; i++)
    {
      const XqFormPrinted *printed = &table->columns[i];
      g_autofree char *label = NULL;

      if (!is_compared (printed))
        continue;
      label = xq_form_table_full_label (table, i);
      add_check (table, XQ_REPORT_CHECK_INDICATOR, g_strdup (printed->number),
                 xq_form_words ("check_indicator", "column", label, "indicator", printed->column->indicator->label_zh, NULL));
    }
  add_check (table, XQ_REPORT_CHECK_TOTAL, g_strdup (""), g_strdup (xq_form_word ("check_total")));
}

void
xq_form_check_row (XqFormTable *table, const char *name, const XqFormValue *values)
{
  check_values (table, name, values, values);
}

void
xq_form_check_total (XqFormTable *table, const XqFormValue *own)
{
  XqReportCheck *check = g_ptr_array_index (table->checks, table->checks->len - 1);

  check_values (table, xq_form_word ("check_total_row"), table->sums, own);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const XqFormPrinted *printed = &table->columns[i];
      const XqFormColumn *column = printed->column;
      gboolean below;
      gint64 sum, single;

      if (column == NULL || column->source != XQ_FORM_SOURCE_INDICATOR || !column->summed)
        continue;
      below = column->part == XQ_FORM_PART_DENOMINATOR;
      sum = below ? table->sums[printed->index].denominator : table->sums[printed->index].numerator;
      single = below ? own[printed->index].denominator : own[printed->index].numerator;
      check->n_places++;
      if (sum != single)
        {
          g_autofree char *label = xq_form_table_full_label (table, i);

          add_failure (table, check, label, sum, "≠", single);
        }
    }
}
