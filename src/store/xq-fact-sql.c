#include "xq-fact-sql.h"

#include <stdio.h>
#include <string.h>

#include "xq-document.h"
#include "xq-fact-columns.h"
#include "xq-fact-slots.h"
#include "xq-record-types.h"
#include "xq-store-resources.h"

/*
 * The statement itself is data/schema/facts.sql; here the marks in it are filled in. "$name(argument)" or "$name".
 */

#define BETWEEN "((%1$s.%2$s IS NULL OR %1$s.%2$s <= :as_of) AND (%1$s.%3$s IS NULL OR %1$s.%3$s > :as_of))"

static const struct
{
  const char *name, *from, *to;
} intervals[] = {
  { "in_force", "valid_from", "valid_to" }, { "founded", "founded", "dissolved" }, { "standing", "founded", "ended" },
  { "decided", "decided", "valid_to" },     { "open", "opened", "closed" },
};

/* UNION, not UNION ALL: a unit that is its own ancestor must not keep us for ever. */
static const char *const scopes[] = {
  [XQ_FACT_SCOPE_LISTED] = "scope (unit, district, parent, level, valid_from, origins) AS MATERIALIZED ("
                           "SELECT u.id, u.district, u.parent, u.level, u.valid_from, u.origins"
                           " FROM temp.fact_scope q CROSS JOIN unit u ON u.id = q.unit WHERE $in_force(u))",
  [XQ_FACT_SCOPE_SUBTREE] = "subtree (unit) AS (VALUES (:unit)"
                            " UNION SELECT u.id FROM subtree q CROSS JOIN unit u ON u.parent = q.unit),"
                            " scope (unit, district, parent, level, valid_from, origins) AS MATERIALIZED ("
                            "SELECT u.id, u.district, u.parent, u.level, u.valid_from, u.origins"
                            " FROM subtree q CROSS JOIN unit u ON u.id = q.unit WHERE $in_force(u))",
};

static void append_expanded (GString *sql, const char *text, XqFactScope scope, gboolean insert);

/* $generated(t:table.field) is the test of that field's two bits in t.origins: fields are counted by the record types. */
static void
append_generated (GString *sql, const char *argument, gboolean of_date)
{
  g_auto (GStrv) parts = g_strsplit_set (argument, ":.", 3);
  const XqRecordType *type = g_strv_length (parts) == 3 ? xq_record_type_by_name (parts[1]) : NULL;
  int field = type != NULL ? xq_record_type_find (type, parts[2]) : -1;

  if (field < 0)
    g_error ("facts: there is no field %s", argument);
  if (of_date)
    g_string_append_printf (sql, "(%s.%s IS NOT NULL AND ", parts[0], parts[2]);
  g_string_append_printf (sql, "(((%s.origins >> %d) & 3) = %d)", parts[0], 2 * field, XQ_ORIGIN_GENERATED);
  if (of_date)
    g_string_append_c (sql, ')');
}

static void
append_columns (GString *sql, gboolean buildings, XqFactScope scope, gboolean insert)
{
  g_string_append (sql, insert ? "s.unit, s.district" : "s.unit, s.district, s.parent, s.level");
  for (int i = 0; i < XQ_N_FACT_COLUMNS; i++)
    {
      const char *text = buildings ? XQ_FACT_COLUMNS[i].building_sql : XQ_FACT_COLUMNS[i].sql;

      g_string_append_printf (sql, ", %s", text != NULL ? text : "0");
    }
  g_string_append (sql, ", 0");
  for (int i = 0; i < XQ_N_FACT_GROUPS; i++)
    {
      const char *text = buildings ? XQ_FACT_GROUP_SQL[i].building_sql : XQ_FACT_GROUP_SQL[i].sql;

      if (text == NULL)
        continue;
      g_string_append (sql, " | ((coalesce ((");
      append_expanded (sql, text, scope, insert);
      g_string_append_printf (sql, "), 0) <> 0) << %d)", i);
    }
}

static void
append_mark (GString *sql, const char *name, const char *argument, XqFactScope scope, gboolean insert)
{
  if (g_str_equal (name, "scope"))
    append_expanded (sql, scopes[scope], scope, insert);
  else if (g_str_equal (name, "columns") || g_str_equal (name, "building_columns"))
    append_columns (sql, g_str_equal (name, "building_columns"), scope, insert);
  else if (g_str_equal (name, "generated") || g_str_equal (name, "date_generated"))
    append_generated (sql, argument, g_str_equal (name, "date_generated"));
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
        if (g_str_equal (name, intervals[i].name))
          {
            g_string_append_printf (sql, BETWEEN, argument, intervals[i].from, intervals[i].to);
            return;
          }
      g_error ("facts: there is no mark $%s", name);
    }
}

static void
append_expanded (GString *sql, const char *text, XqFactScope scope, gboolean insert)
{
  for (const char *p = text; *p != '\0';)
    {
      g_autofree char *name = NULL;
      g_autofree char *argument = NULL;
      gsize length = 1;

      if (g_str_has_prefix (p, "--"))
        {
          p += strcspn (p, "\n");
          continue;
        }
      if (*p != '$')
        {
          g_string_append_c (sql, *p++);
          continue;
        }
      while (g_ascii_isalpha (p[length]) || p[length] == '_')
        length++;
      name = g_strndup (p + 1, length - 1);
      p += length;
      if (*p == '(')
        {
          argument = g_strndup (p + 1, strcspn (p + 1, ")"));
          p += strlen (argument) + 2;
        }
      append_mark (sql, name, argument, scope, insert);
    }
}

static char *
build (XqFactScope scope, gboolean insert)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = g_resource_lookup_data (xq_store_data_get_resource (), "/org/xiaoqu/store/schema/facts.sql",
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  GString *sql = g_string_new (NULL);
  g_autofree char *statement = NULL;

  /* It is part of the program. */
  if (text == NULL)
    g_error ("facts: %s", error->message);
  statement = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  if (insert)
    {
      g_autofree char *names = xq_fact_columns_join ("", "");

      g_string_append_printf (sql, "INSERT INTO fact (unit, district, %s, generated) ", names);
    }
  append_expanded (sql, statement, scope, insert);
  return g_string_free (sql, FALSE);
}

static const char *
get (XqFactScope scope, gboolean insert)
{
  static char *texts[2][2];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (int i = 0; i < 4; i++)
        texts[i / 2][i % 2] = build ((XqFactScope)(i / 2), i % 2 == 1);
      g_once_init_leave (&once, 1);
    }
  return texts[scope][insert ? 1 : 0];
}

static char *
days_before (const char *day, int days, int months)
{
  int year, month, day_of_month;
  GDate date;

  if (sscanf (day, "%d-%d-%d", &year, &month, &day_of_month) != 3)
    g_assert_not_reached (); /* a period's last day */
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day_of_month, (GDateMonth)month, (GDateYear)year);
  g_date_subtract_months (&date, (guint)months);
  g_date_subtract_days (&date, (guint)days);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

XqFactDay *
xq_fact_day_new (XqTransaction *tx, XqPeriod period, GError **error)
{
  g_autoptr (XqDocument) document = xq_document_load (tx, error);
  g_autoptr (XqFactDay) day = NULL;

  if (document == NULL)
    return NULL;
  day = g_new0 (XqFactDay, 1);
  day->scheme = g_steal_pointer (&document->scheme);
  day->period = period;
  if (!xq_period_is_set (period) && !xq_period_parse (document->open_period, &day->period, error))
    return NULL;
  day->as_of = xq_period_last_day (day->period);
  day->from = xq_period_first_day (day->period);
  day->survey_after = days_before (day->as_of, 0, xq_scheme_get_survey_months (day->scheme));
  day->year_before = days_before (day->as_of, 0, 12);
  day->settled_by = days_before (day->as_of, xq_scheme_get_grace_days (day->scheme), 0);
  return g_steal_pointer (&day);
}

void
xq_fact_day_free (XqFactDay *day)
{
  g_clear_pointer (&day->scheme, xq_scheme_unref);
  g_free (day->as_of);
  g_free (day->from);
  g_free (day->survey_after);
  g_free (day->year_before);
  g_free (day->settled_by);
  g_free (day);
}

const char *
xq_fact_sql_get (XqFactScope scope)
{
  return get (scope, FALSE);
}

const char *
xq_fact_sql_get_insert (XqFactScope scope)
{
  return get (scope, TRUE);
}

/* The checklists that figures are made from: those of compounds that are ticked, and the first that is scored. */
static void
bind_checklists (const XqScheme *scheme, XqStatement *statement)
{
  guint n;
  const XqSchemeChecklist *all = xq_scheme_get_checklists (scheme, &n), *scored = NULL;
  g_autofree char *slots = xq_fact_slots_describe (scheme);
  gint64 maximum = 0;

  for (guint i = 0; i < n && scored == NULL; i++)
    if (all[i].level == XQ_LEVEL_COMPOUND && all[i].scores != NULL)
      scored = &all[i];
  for (guint i = 0; scored != NULL && i < scored->n_items; i++)
    maximum += scored->scores[i];
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":slots"), slots);
  for (guint number = 1; number <= XQ_CHECKLIST_LISTS; number++)
    {
      int count = xq_fact_slots_count (scheme, number);
      char name[16];

      g_snprintf (name, sizeof name, ":list_%u", number);
      if (count >= 0)
        xq_statement_bind_int (statement, xq_statement_parameter (statement, name), count);
      else
        xq_statement_bind_text (statement, xq_statement_parameter (statement, name), NULL);
    }
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":scored"), scored != NULL ? scored->id : NULL);
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":scored_maximum"), maximum);
}

void
xq_fact_day_bind (const XqFactDay *day, XqStatement *statement)
{
  static const char *const items[] = { "organisation", "body", "service", "mass", "resident" };
  guint n_items;
  const XqSchemeItem *kit = xq_scheme_get_kit (day->scheme, &n_items);
  g_autofree char *period = xq_period_to_string (day->period);
  gint64 wanted = 0;

  for (guint i = 0; i < n_items; i++)
    for (guint j = 0; j < G_N_ELEMENTS (items); j++)
      if (g_str_equal (kit[i].id, items[j]))
        wanted |= (gint64)1 << j;
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), day->as_of);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":from"), day->from);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":period"), period);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":survey_after"), day->survey_after);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":year_before"), day->year_before);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":settled_by"), day->settled_by);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":basis"), xq_scheme_get_founding_basis (day->scheme));
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":founding_members"),
                         xq_scheme_get_founding_members (day->scheme));
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":kit"), wanted);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":plan"), xq_scheme_get_plan_indicator (day->scheme));
  bind_checklists (day->scheme, statement);
}
