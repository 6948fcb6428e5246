#include "xq-finding-private.h"

#include <string.h>

#include "xq-fact-sql.h"
#include "xq-finding-sql.h"
#include "xq-ledger.h"
#include "xq-pinyin.h"

/* What the parameters of the statements stand for. */
typedef struct
{
  XqFactDay *day; /* the open period and the scheme */
  gint64 district;
  char *today;
  char *last_year; /* %NULL where it is not locked */
} Terms;

static void
terms_clear (Terms *terms)
{
  g_clear_pointer (&terms->day, xq_fact_day_free);
  g_clear_pointer (&terms->today, g_free);
  g_clear_pointer (&terms->last_year, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Terms, terms_clear)

/* ---- Parameters ---- */

static gboolean
read_last_year (XqTransaction *tx, XqPeriod period, char **last_year, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "SELECT period FROM snapshot WHERE period = ? AND reopened_at IS NULL", error);
  g_autofree char *text = NULL;
  XqStep step;

  if (statement == NULL)
    return FALSE;
  period.year--;
  text = xq_period_to_string (period);
  xq_statement_bind_text (statement, 1, text);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW)
    *last_year = g_strdup (xq_statement_get_text (statement, 0));
  return step != XQ_STEP_ERROR;
}

static gboolean
terms_init (Terms *terms, XqTransaction *tx, const XqFindingQuery *query, GError **error)
{
  terms->day = xq_fact_day_new (tx, XQ_PERIOD_NONE, error);
  if (terms->day == NULL)
    return FALSE;
  terms->today = query->day != NULL ? g_strdup (query->day) : xq_working_day (tx);
  return read_last_year (tx, terms->day->period, &terms->last_year, error);
}

static void
bind_text (XqStatement *statement, const char *name, const char *value)
{
  int parameter = xq_statement_parameter (statement, name);

  if (parameter > 0)
    xq_statement_bind_text (statement, parameter, value);
}

static void
bind_int (XqStatement *statement, const char *name, gint64 value)
{
  int parameter = xq_statement_parameter (statement, name);

  if (parameter > 0)
    xq_statement_bind_int (statement, parameter, value);
}

static void
bind_kit (XqStatement *statement, const XqScheme *scheme)
{
  guint n;
  const XqSchemeItem *items = xq_scheme_get_kit (scheme, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strconcat (":kit_", items[i].id, NULL);

      bind_text (statement, name, items[i].label);
    }
}

static void
bind_terms (XqStatement *statement, const Terms *terms)
{
  const XqScheme *scheme = terms->day->scheme;

  bind_int (statement, ":district", terms->district);
  bind_text (statement, ":as_of", terms->day->as_of);
  bind_text (statement, ":from", terms->day->from);
  bind_text (statement, ":today", terms->today);
  bind_text (statement, ":last_year", terms->last_year);
  bind_text (statement, ":basis", xq_scheme_get_founding_basis (scheme));
  for (int i = 0; i < XQ_N_THRESHOLDS; i++)
    {
      g_autofree char *name = g_strconcat (":", xq_threshold_to_nick ((XqThreshold)i), NULL);

      bind_int (statement, name, xq_scheme_get_threshold (scheme, (XqThreshold)i));
    }
  bind_text (statement, ":body_firm", xq_scheme_get_required_body (scheme, XQ_BODY_RULE_FIRM));
  bind_text (statement, ":body_no_firm", xq_scheme_get_required_body (scheme, XQ_BODY_RULE_NO_FIRM));
  bind_text (statement, ":body_three_none", xq_scheme_get_required_body (scheme, XQ_BODY_RULE_THREE_NONE));
  bind_kit (statement, scheme);
}

/* ---- Shared tables ---- */

/* Readings of names do not change: those that have been asked for are kept. The thread that reads is one. */
static char **
get_readings (const char *name)
{
  static GMutex mutex;
  static GHashTable *known; /* name → its readings */
  char **readings;

  g_mutex_lock (&mutex);
  if (known == NULL)
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
  readings = g_hash_table_lookup (known, name);
  if (readings == NULL)
    {
      g_autofree char *pinyin = NULL, *initials = NULL;

      xq_pinyin_index (name, &pinyin, &initials);
      readings = g_strsplit (g_strstrip (pinyin), " ", -1);
      g_hash_table_insert (known, g_strdup (name), readings);
    }
  g_mutex_unlock (&mutex);
  return readings; /* never freed */
}

static gboolean
fill_readings (XqTransaction *tx, GError **error)
{
  g_autoptr (XqStatement) select
      = xq_statement_get (tx, "SELECT unit, name FROM temp.finding_unit WHERE level BETWEEN 1 AND 3", error);
  g_autoptr (XqStatement) insert = NULL;
  XqStep step;

  if (select == NULL)
    return FALSE;
  insert = xq_statement_get (tx, "INSERT INTO temp.finding_reading (unit, reading) VALUES (?, ?)", error);
  if (insert == NULL)
    return FALSE;
  while ((step = xq_statement_step (select, error)) == XQ_STEP_ROW)
    {
      char **readings = get_readings (xq_statement_get_text (select, 1));

      if (xq_transaction_check_cancelled (tx, error))
        return FALSE;

      for (guint i = 0; readings[i] != NULL; i++)
        {
          if (readings[i][0] == '\0')
            continue;
          xq_statement_bind_int (insert, 1, xq_statement_get_int (select, 0));
          xq_statement_bind_text (insert, 2, readings[i]);
          if (!xq_statement_run (insert, error))
            return FALSE;
        }
    }
  return step == XQ_STEP_DONE;
}

/* Items whose states the district keeps; what is scored has no state that is complete. */
static gboolean
fill_checklists (XqTransaction *tx, const XqScheme *scheme, GError **error)
{
  g_autoptr (XqStatement) insert = xq_statement_get (tx,
                                                     "INSERT INTO temp.finding_checklist (level, position, checklist, label, item,"
                                                     " item_label) SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS"
                                                     " (SELECT 1 FROM checklist_state c WHERE c.checklist = ?3)",
                                                     error);
  guint n, position = 0;
  const XqSchemeChecklist *lists = xq_scheme_get_checklists (scheme, &n);

  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < lists[i].n_items && lists[i].n_states > 0 && lists[i].scores == NULL; j++)
      {
        /* Left blank by the district. */
        if (lists[i].items[j][0] == '\0')
          continue;
        xq_statement_bind_int (insert, 1, lists[i].level);
        xq_statement_bind_int (insert, 2, position++);
        xq_statement_bind_text (insert, 3, lists[i].id);
        xq_statement_bind_text (insert, 4, lists[i].label);
        xq_statement_bind_text (insert, 5, lists[i].item_ids[j]);
        xq_statement_bind_text (insert, 6, lists[i].items[j]);
        if (!xq_statement_run (insert, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
create_tables (XqTransaction *tx, GError **error)
{
  guint n;
  const XqFindingTable *tables = xq_finding_sql_get_tables (&n);
  gint64 there;

  /* A temporary table is no part of the document: it may be made and filled in a read too. */
  if (!xq_transaction_query_int (tx, "SELECT count(*) FROM temp.sqlite_schema WHERE name = 'finding_checklist'", 0, &there, error))
    return FALSE;
  for (guint i = 0; there == 0 && i < n; i++)
    if (!xq_transaction_execute (tx, tables[i].create, error))
      return FALSE;
  return TRUE;
}

static gboolean
fill_tables (XqTransaction *tx, const Terms *terms, GError **error)
{
  guint n;
  const XqFindingTable *tables = xq_finding_sql_get_tables (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (XqStatement) clear = xq_statement_get (tx, tables[i].clear, error);
      g_autoptr (XqStatement) fill = NULL;

      if (clear == NULL || !xq_statement_run (clear, error))
        return FALSE;
      fill = xq_statement_get (tx, tables[i].fill, error);
      if (fill == NULL)
        return FALSE;
      bind_terms (fill, terms);
      if (!xq_statement_run (fill, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- Units ---- */

static XqUnit *
read_unit (XqStatement *statement, gint64 district)
{
  XqUnit *unit = g_new0 (XqUnit, 1);

  unit->id = xq_statement_get_int (statement, 0);
  unit->parent = xq_statement_get_int (statement, 1);
  unit->district = district;
  unit->level = (XqLevel)xq_statement_get_int (statement, 2);
  unit->name = g_strdup (xq_statement_get_text (statement, 3));
  unit->code = g_strdup (xq_statement_get_text (statement, 4));
  return unit;
}

/* Gives @unit and all that hang below it their places, in tree order. @below: parent → GPtrArray of XqUnit in order. */
static void
place_units (XqFindingList *list, GHashTable *below, XqUnit *unit, guint *rank)
{
  const GPtrArray *children;
  gint64 id = unit->id;

  /* What is below itself is placed once. */
  if (xq_finding_list_has_unit (list, id))
    return;
  xq_finding_list_add_unit (list, unit, (*rank)++);
  children = g_hash_table_lookup (below, &id);
  for (guint i = 0; children != NULL && i < children->len; i++)
    place_units (list, below, g_ptr_array_index (children, i), rank);
}

/* Units above buildings, all of them: few, and findings of one place follow each other as in the tree. */
static gboolean
read_places (XqTransaction *tx, XqFindingList *list, gint64 district, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT s.unit, s.parent, s.level, s.name, s.code FROM temp.finding_unit s JOIN unit u ON u.id = s.unit"
                          " LEFT JOIN search n ON n.unit = s.unit WHERE s.level < 4"
                          " ORDER BY u.ordinal IS NULL, u.ordinal, n.sort_key, u.id",
                          error);
  g_autoptr (GHashTable) below = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  guint rank = 0;
  XqStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqUnit *unit = read_unit (statement, district);
      GPtrArray *siblings = g_hash_table_lookup (below, &unit->parent);

      if (siblings == NULL)
        {
          siblings = g_ptr_array_new ();
          g_hash_table_insert (below, g_memdup2 (&unit->parent, sizeof (gint64)), siblings);
        }
      g_ptr_array_add (siblings, unit);
      g_ptr_array_add (all, unit);
    }
  for (guint i = 0; i < all->len; i++)
    {
      XqUnit *unit = g_ptr_array_index (all, i);

      /* From the top; then what hangs from nowhere, in the order it comes. */
      if (unit->level == XQ_LEVEL_DISTRICT && !xq_finding_list_has_unit (list, unit->id))
        place_units (list, below, unit, &rank);
    }
  for (guint i = 0; i < all->len; i++)
    if (!xq_finding_list_has_unit (list, ((XqUnit *)g_ptr_array_index (all, i))->id))
      place_units (list, below, g_ptr_array_index (all, i), &rank);
  return step == XQ_STEP_DONE;
}

/* A building, or a unit that is not in force but holds something that is. It stands with its parent. */
static gboolean
ensure_unit (XqTransaction *tx, XqFindingList *list, gint64 id, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (xq_finding_list_has_unit (list, id))
    return TRUE;
  statement = xq_statement_get (tx, "SELECT id, parent, level, name, code, district FROM unit WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, id);
  step = xq_statement_step (statement, error);
  if (step != XQ_STEP_ROW)
    return FALSE;
  {
    XqUnit *unit = read_unit (statement, xq_statement_get_int (statement, 5));

    xq_finding_list_add_unit (list, unit, unit->parent != 0 ? xq_finding_list_get_rank (list, unit->parent) : G_MAXUINT);
  }
  return TRUE;
}

/* ---- Rules ---- */

static XqFinding *
read_finding (XqStatement *statement, const XqRule *rule, const XqScheme *scheme)
{
  XqFinding *finding = g_new0 (XqFinding, 1);

  finding->rule = rule;
  finding->table = g_intern_string (xq_statement_get_text (statement, 1));
  finding->subject = xq_statement_get_int (statement, 2);
  while (rule->figures[finding->n_figures] != NULL)
    finding->n_figures++;
  finding->figures = g_new0 (XqFindingFigure, finding->n_figures);
  for (guint i = 0; i < finding->n_figures; i++)
    {
      XqFindingFigure *figure = &finding->figures[i];
      int column = 3 + (int)i;

      figure->name = rule->figures[i];
      figure->is_null = xq_statement_is_null (statement, column);
      if (xq_statement_is_text (statement, column))
        {
          const char *text = xq_statement_get_text (statement, column);
          /* A post is a word of the scheme, or what was written. */
          const XqSchemePost *post = strcmp (figure->name, "post") == 0 ? xq_scheme_find_post (scheme, text) : NULL;

          figure->text = g_strdup (post != NULL ? post->label : text);
        }
      else
        figure->number = xq_statement_get_int (statement, column);
    }
  return finding;
}

static gboolean
evaluate (XqTransaction *tx, XqFindingList *list, const XqRule *rule, const Terms *terms, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, xq_finding_sql_get (rule), error);
  XqStep step;

  if (statement == NULL || xq_transaction_check_cancelled (tx, error))
    return FALSE;
  bind_terms (statement, terms);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 unit = xq_statement_get_int (statement, 0);

      if (!ensure_unit (tx, list, unit, error))
        return FALSE;
      xq_finding_list_add (list, read_finding (statement, rule, terms->day->scheme), unit);
    }
  return step == XQ_STEP_DONE;
}

static gboolean
read_district (XqTransaction *tx, XqFindingList *list, const XqFindingQuery *query, const Terms *terms, GError **error)
{
  if (!fill_tables (tx, terms, error) || !fill_checklists (tx, terms->day->scheme, error)
      || !read_places (tx, list, terms->district, error))
    return FALSE;
  if ((query->rule == NULL || strcmp (query->rule->id, "same_name") == 0) && !fill_readings (tx, error))
    return FALSE;
  for (const XqRule *rule = XQ_RULES; rule->id != NULL; rule++)
    if ((query->rule == NULL || query->rule == rule) && xq_rule_applies (rule, terms->day->scheme)
        && !evaluate (tx, list, rule, terms, error))
      return FALSE;
  return TRUE;
}

GArray *
xq_finding_list_districts (XqTransaction *tx, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT u.id FROM unit u LEFT JOIN search n ON n.unit = u.id WHERE u.level = 0"
                          " ORDER BY u.ordinal IS NULL, u.ordinal, n.sort_key, u.id",
                          error);
  g_autoptr (GArray) districts = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_get_int (statement, 0);

      g_array_append_val (districts, id);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&districts) : NULL;
}

XqFindingList *
xq_finding_list_read (XqTransaction *tx, const XqFindingQuery *query, GError **error)
{
  g_auto (Terms) terms = { 0 };
  g_autoptr (XqFindingList) list = NULL;
  g_autoptr (GArray) districts = NULL;

  if (!terms_init (&terms, tx, query, error) || !create_tables (tx, error))
    return NULL;
  list = xq_finding_list_new (terms.today);
  if (query->unit != 0)
    {
      g_autoptr (XqUnit) unit = xq_unit_load (tx, query->unit, error);

      if (unit == NULL)
        return NULL;
      districts = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_array_append_val (districts, unit->district);
    }
  else
    districts = xq_finding_list_districts (tx, error);
  for (guint i = 0; districts != NULL && i < districts->len; i++)
    {
      terms.district = g_array_index (districts, gint64, i);
      if (!read_district (tx, list, query, &terms, error))
        return NULL;
    }
  if (districts == NULL || !xq_finding_list_take_acknowledgements (list, tx, error))
    return NULL;
  xq_finding_list_finish (list, query->unit);
  return g_steal_pointer (&list);
}
