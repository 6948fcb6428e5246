/* Scenarios in rows: listed, read, saved as differences, removed. */

#include "xq-plan-document.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-base-table.h"
#include "xq-record-table.h"

#define unit_at(scenario, i) (&g_array_index ((scenario)->units, XqScenarioUnit, (guint)(i)))

/* ---- Lists ---- */

void
xq_plan_scenario_info_free (XqPlanScenarioInfo *info)
{
  g_free (info->name);
  g_free (info->scope_name);
  g_free (info->stage);
  g_free (info);
}

GPtrArray *
xq_plan_scenario_list (XqTransaction *tx, gint64 scope, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_base_table_list_scenarios (tx, scope, error);
  GPtrArray *list;

  if (rows == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_scenario_info_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const XqScenarioRow *row = g_ptr_array_index (rows, i);
      XqPlanScenarioInfo *info = g_new0 (XqPlanScenarioInfo, 1);

      *info = (XqPlanScenarioInfo){ row->id,     row->unit, g_strdup (row->name), g_strdup (row->unit_name), g_strdup (row->stage),
                                    row->n_units };
      g_ptr_array_add (list, info);
    }
  return list;
}

gint64
xq_plan_scenario_resolve (XqTransaction *tx, gint64 scope, const char *text, GError **error)
{
  g_autoptr (GPtrArray) list = xq_plan_scenario_list (tx, scope, error);
  g_autoptr (GString) names = g_string_new (NULL);
  char *end = NULL;
  gint64 id = g_ascii_strtoll (text, &end, 10), found = 0;
  guint n = 0;

  if (list == NULL)
    return 0;
  for (guint i = 0; i < list->len; i++)
    {
      const XqPlanScenarioInfo *info = g_ptr_array_index (list, i);

      if (*text != '\0' && *end == '\0' && info->id == id)
        return id;
      g_string_append_printf (names, "%s%s", i > 0 ? _ (", ") : "", info->name);
      if (!g_str_equal (info->name, text))
        continue;
      found = info->id;
      n++;
    }
  if (n == 1)
    return found;
  if (n > 1)
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_AMBIGUOUS,
                 _ ("%u plans are called “%s”; give the number of one, or rename them"), n, text);
  else if (list->len == 0)
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("There is no plan “%s”: there are no plans here yet"), text);
  else
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("There is no plan “%s”; there are: %s"), text, names->str);
  return 0;
}

/* ---- Reading ---- */

static int
compare_units (gconstpointer a, gconstpointer b)
{
  const XqScenarioUnit *first = a, *second = b;

  if (first->number != second->number)
    return first->number < second->number ? -1 : 1;
  return first->id < second->id ? -1 : first->id > second->id;
}

static GHashTable *
id_table_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
enter (GHashTable *table, gint64 id, guint index)
{
  g_hash_table_insert (table, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (index + 1));
}

/* The index that was entered, or -1. */
static int
look_up (GHashTable *table, gint64 id)
{
  return (int)GPOINTER_TO_UINT (g_hash_table_lookup (table, &id)) - 1;
}

/* Base units of the ground by their rows. */
static GHashTable *
index_sites (const XqPlanGround *ground)
{
  GHashTable *table = id_table_new ();

  for (guint i = 0; i < ground->sites->len; i++)
    if (g_array_index (ground->sites, XqPlanSite, i).base != 0)
      enter (table, g_array_index (ground->sites, XqPlanSite, i).base, i);
  return table;
}

static GPtrArray *
list_children (XqTransaction *tx, const XqRecordType *type, gint64 scenario, GError **error)
{
  return xq_record_list (tx, type, xq_record_type_find (type, type->parent), scenario, error);
}

static gboolean
load_units (XqTransaction *tx, XqPlanScenario *self, GHashTable *indices, GError **error)
{
  g_autoptr (GPtrArray) rows = list_children (tx, &XQ_PLAN_UNIT, self->id, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const XqRecord *row = g_ptr_array_index (rows, i);
      XqScenarioUnit unit = { .id = xq_record_get_id (row),
                              .number = (int)xq_record_get_int (row, XQ_PLAN_UNIT_NUMBER),
                              .name = g_strdup (xq_record_get_text (row, XQ_PLAN_UNIT_NAME)),
                              .code = g_strdup (xq_record_get_text (row, XQ_PLAN_UNIT_CODE)),
                              .locked = xq_record_get_int (row, XQ_PLAN_UNIT_LOCKED) != 0,
                              .continues = xq_record_get_int (row, XQ_PLAN_UNIT_CONTINUES) };

      g_array_append_val (self->units, unit);
    }
  g_array_sort (self->units, compare_units);
  for (guint i = 0; i < self->units->len; i++)
    enter (indices, unit_at (self, i)->id, i);
  return TRUE;
}

static gboolean
load_places (XqTransaction *tx, XqPlanScenario *self, GHashTable *sites, GHashTable *units, GError **error)
{
  g_autoptr (GPtrArray) rows = list_children (tx, &XQ_PLAN_PLACE, self->id, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const XqRecord *row = g_ptr_array_index (rows, i);
      int site = look_up (sites, xq_record_get_int (row, XQ_PLAN_PLACE_BASE));

      if (site >= 0)
        self->assignment[site] = look_up (units, xq_record_get_int (row, XQ_PLAN_PLACE_PLAN_UNIT));
    }
  return rows != NULL;
}

static gboolean
load_pairs (XqTransaction *tx, XqPlanScenario *self, GHashTable *sites, GError **error)
{
  g_autoptr (GPtrArray) rows = list_children (tx, &XQ_PLAN_PAIR, self->id, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const XqRecord *row = g_ptr_array_index (rows, i);
      int a = look_up (sites, xq_record_get_int (row, XQ_PLAN_PAIR_BASE)),
          b = look_up (sites, xq_record_get_int (row, XQ_PLAN_PAIR_OTHER));
      XqPlanPair pair = { (guint)a, (guint)b };

      if (a >= 0 && b >= 0)
        g_array_append_val (g_strcmp0 (xq_record_get_text (row, XQ_PLAN_PAIR_KIND), "apart") == 0 ? self->apart : self->together,
                            pair);
    }
  return rows != NULL;
}

/* Units whose base units are all gone or elsewhere are not shown. */
static void
drop_empty (XqPlanScenario *self)
{
  g_autofree int *place = g_new0 (int, self->units->len + 1);
  int kept = 0;

  for (guint i = 0; i < self->n_base; i++)
    if (self->assignment[i] >= 0)
      place[self->assignment[i]] = 1;
  for (guint u = 0; u < self->units->len; u++)
    place[u] = place[u] > 0 ? kept++ : -1;
  for (guint u = self->units->len; u-- > 0;)
    if (place[u] < 0)
      g_array_remove_index (self->units, u);
  for (guint i = 0; i < self->n_base; i++)
    if (self->assignment[i] >= 0)
      self->assignment[i] = place[self->assignment[i]];
}

static gboolean
check_scope (const XqPlanGround *ground, gint64 scope, GError **error)
{
  if (scope == ground->scope)
    return TRUE;
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("The plan is of another area than %s; open it where it belongs"),
               ground->scope_name);
  return FALSE;
}

XqPlanScenario *
xq_plan_scenario_load (XqTransaction *tx, const XqPlanGround *ground, gint64 id, GError **error)
{
  g_autoptr (XqPlanScenario) self = xq_plan_scenario_new_empty (ground);
  g_autoptr (XqRecord) record = xq_record_load (tx, &XQ_PLAN_SCENARIO, id, error);
  g_autoptr (GHashTable) sites = index_sites (ground);
  g_autoptr (GHashTable) units = id_table_new ();

  if (record == NULL || !check_scope (ground, xq_record_get_int (record, XQ_PLAN_SCENARIO_UNIT), error))
    return NULL;
  self->id = id;
  xq_record_free (self->record);
  self->record = g_steal_pointer (&record);
  if (!load_units (tx, self, units, error) || !load_places (tx, self, sites, units, error) || !load_pairs (tx, self, sites, error))
    return NULL;
  drop_empty (self);
  return g_steal_pointer (&self);
}

/* ---- Saving ---- */

static const int OUTCOME[] = { XQ_PLAN_SCENARIO_STATUS, XQ_PLAN_SCENARIO_PROVEN, XQ_PLAN_SCENARIO_VALUE, XQ_PLAN_SCENARIO_BOUND,
                               XQ_PLAN_SCENARIO_UNABLE_BOUND };

static gboolean
outcome_differs (const XqRecord *a, const XqRecord *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (OUTCOME); i++)
    if (!xq_record_equal_field (a, b, OUTCOME[i]))
      return TRUE;
  return FALSE;
}

static gboolean
rules_differ (const XqRecord *a, const XqRecord *b)
{
  for (int field = XQ_PLAN_SCENARIO_GOAL; field <= XQ_PLAN_SCENARIO_GAP; field++)
    if (!xq_record_equal_field (a, b, field))
      return TRUE;
  return FALSE;
}

static gboolean
save_unit (XqTransaction *tx, const XqPlanScenario *self, XqScenarioUnit *unit, GHashTable *stored, GError **error)
{
  const XqRecord *before = unit->id != 0 ? g_hash_table_lookup (stored, &unit->id) : NULL;
  g_autoptr (XqRecord) record = before != NULL ? xq_record_copy (before) : xq_record_new (&XQ_PLAN_UNIT);

  xq_record_set_int (record, XQ_PLAN_UNIT_SCENARIO, self->id);
  xq_record_set_int (record, XQ_PLAN_UNIT_NUMBER, unit->number);
  xq_record_set_text (record, XQ_PLAN_UNIT_NAME, unit->name);
  xq_record_set_text (record, XQ_PLAN_UNIT_CODE, unit->code);
  if (unit->locked || (before != NULL && !xq_record_is_null (before, XQ_PLAN_UNIT_LOCKED)))
    xq_record_set_int (record, XQ_PLAN_UNIT_LOCKED, unit->locked ? 1 : 0);
  if (unit->continues != 0)
    xq_record_set_int (record, XQ_PLAN_UNIT_CONTINUES, unit->continues);
  else
    xq_record_set_null (record, XQ_PLAN_UNIT_CONTINUES);
  if (before != NULL)
    {
      g_hash_table_remove (stored, &unit->id);
      for (int field = XQ_PLAN_UNIT_NUMBER; field <= XQ_PLAN_UNIT_CONTINUES; field++)
        if (!xq_record_equal_field (record, before, field))
          return xq_record_update (tx, record, FALSE, error);
      return TRUE;
    }
  /* A unit whose row is gone (undone meanwhile) gets the same one again. */
  xq_record_set_id (record, unit->id);
  unit->id = xq_record_insert (tx, record, error);
  return unit->id != 0;
}

/* Rows by id; a row that is needed no longer is left in it. */
static GHashTable *
index_rows (GPtrArray *rows)
{
  GHashTable *table = id_table_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      gint64 id = xq_record_get_id (g_ptr_array_index (rows, i));

      g_hash_table_insert (table, g_memdup2 (&id, sizeof id), g_ptr_array_index (rows, i));
    }
  return table;
}

static gboolean
insert_row (XqTransaction *tx, const XqRecordType *type, gint64 scenario, gint64 base, gint64 other, const char *kind,
            GError **error)
{
  g_autoptr (XqRecord) record = xq_record_new (type);

  xq_record_set_int (record, 0, scenario);
  xq_record_set_int (record, 1, base);
  xq_record_set_int (record, 2, other);
  if (kind != NULL)
    xq_record_set_text (record, 3, kind);
  return xq_record_insert (tx, record, error) != 0;
}
G_STATIC_ASSERT (XQ_PLAN_PLACE_SCENARIO == 0 && XQ_PLAN_PLACE_BASE == 1 && XQ_PLAN_PLACE_PLAN_UNIT == 2);
G_STATIC_ASSERT (XQ_PLAN_PAIR_SCENARIO == 0 && XQ_PLAN_PAIR_BASE == 1 && XQ_PLAN_PAIR_OTHER == 2 && XQ_PLAN_PAIR_KIND == 3);

static gboolean
fail_without_row (const XqPlanGround *ground, guint index, GError **error)
{
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT,
               _ ("%s is not a base unit of the document (any more); open the plan again"),
               xq_plan_problem_label (ground->problem, index));
  return FALSE;
}

/* Base units that are not on the ground keep their places: they may come back by undo. */
static gboolean
save_places (XqTransaction *tx, const XqPlanGround *ground, const XqPlanScenario *self, gboolean *changed, GError **error)
{
  g_autoptr (GPtrArray) rows = list_children (tx, &XQ_PLAN_PLACE, self->id, error);
  g_autoptr (GHashTable) sites = index_sites (ground);
  g_autofree gboolean *seen = g_new0 (gboolean, self->n_base + 1);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      XqRecord *row = g_ptr_array_index (rows, i);
      int site = look_up (sites, xq_record_get_int (row, XQ_PLAN_PLACE_BASE));
      gint64 wanted;

      if (site < 0)
        continue;
      wanted = self->assignment[site] >= 0 && !seen[site] ? unit_at (self, self->assignment[site])->id : 0;
      seen[site] = TRUE;
      if (xq_record_get_int (row, XQ_PLAN_PLACE_PLAN_UNIT) == wanted)
        continue;
      *changed = TRUE;
      if (wanted == 0)
        {
          if (!xq_record_delete (tx, &XQ_PLAN_PLACE, xq_record_get_id (row), error))
            return FALSE;
          continue;
        }
      xq_record_set_int (row, XQ_PLAN_PLACE_PLAN_UNIT, wanted);
      if (!xq_record_update (tx, row, FALSE, error))
        return FALSE;
    }
  for (guint i = 0; rows != NULL && i < self->n_base; i++)
    {
      gint64 base = g_array_index (ground->sites, XqPlanSite, i).base;

      if (seen[i] || self->assignment[i] < 0)
        continue;
      *changed = TRUE;
      if (base == 0)
        return fail_without_row (ground, i, error);
      if (!insert_row (tx, &XQ_PLAN_PLACE, self->id, base, unit_at (self, self->assignment[i])->id, NULL, error))
        return FALSE;
    }
  return rows != NULL;
}

/* Whether @list has the pair, either way round; then it is taken out. */
static gboolean
take_pair (GArray *list, int a, int b)
{
  for (guint i = 0; i < list->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (list, XqPlanPair, i);

      if (((int)pair->a == a && (int)pair->b == b) || ((int)pair->a == b && (int)pair->b == a))
        {
          g_array_remove_index (list, i);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
save_pairs (XqTransaction *tx, const XqPlanGround *ground, const XqPlanScenario *self, gboolean *changed, GError **error)
{
  g_autoptr (GPtrArray) rows = list_children (tx, &XQ_PLAN_PAIR, self->id, error);
  g_autoptr (GHashTable) sites = index_sites (ground);
  g_autoptr (GArray) together = g_array_copy (self->together);
  g_autoptr (GArray) apart = g_array_copy (self->apart);
  GArray *lists[] = { together, apart };
  static const char *const kinds[] = { "together", "apart" };

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const XqRecord *row = g_ptr_array_index (rows, i);
      int a = look_up (sites, xq_record_get_int (row, XQ_PLAN_PAIR_BASE)),
          b = look_up (sites, xq_record_get_int (row, XQ_PLAN_PAIR_OTHER));
      int kind = g_strcmp0 (xq_record_get_text (row, XQ_PLAN_PAIR_KIND), "apart") == 0 ? 1 : 0;

      if (a < 0 || b < 0 || take_pair (lists[kind], a, b))
        continue;
      *changed = TRUE;
      if (!xq_record_delete (tx, &XQ_PLAN_PAIR, xq_record_get_id (row), error))
        return FALSE;
    }
  for (guint k = 0; rows != NULL && k < G_N_ELEMENTS (lists); k++)
    for (guint i = 0; i < lists[k]->len; i++)
      {
        const XqPlanPair *pair = &g_array_index (lists[k], XqPlanPair, i);
        gint64 a = g_array_index (ground->sites, XqPlanSite, pair->a).base,
               b = g_array_index (ground->sites, XqPlanSite, pair->b).base;

        *changed = TRUE;
        if (a == 0 || b == 0)
          return fail_without_row (ground, a == 0 ? pair->a : pair->b, error);
        if (!insert_row (tx, &XQ_PLAN_PAIR, self->id, a, b, kinds[k], error))
          return FALSE;
      }
  return rows != NULL;
}

static gboolean
save_record (XqTransaction *tx, XqPlanScenario *self, const XqRecord *before, GError **error)
{
  const XqRecordType *type = &XQ_PLAN_SCENARIO;

  for (int field = 0; type->fields[field].name != NULL; field++)
    if (!xq_record_equal_field (self->record, before, field))
      return xq_record_update (tx, self->record, FALSE, error);
  return TRUE;
}

/* The row as it stands, or as it has just been made. */
static XqRecord *
ensure_record (XqTransaction *tx, XqPlanScenario *self, GError **error)
{
  if (self->id != 0)
    return xq_record_load (tx, &XQ_PLAN_SCENARIO, self->id, error);
  xq_record_set_id (self->record, 0);
  xq_record_set_district (self->record, 0);
  xq_record_set_int (self->record, XQ_PLAN_SCENARIO_UNIT, self->scope);
  self->id = xq_record_insert (tx, self->record, error);
  return self->id != 0 ? xq_record_copy (self->record) : NULL;
}

static gboolean
save_rows (XqTransaction *tx, const XqPlanGround *ground, XqPlanScenario *self, GError **error)
{
  gboolean made = self->id == 0, changed = FALSE;
  g_autoptr (XqRecord) before = ensure_record (tx, self, error);
  g_autoptr (GPtrArray) rows = before != NULL ? list_children (tx, &XQ_PLAN_UNIT, self->id, error) : NULL;
  g_autoptr (GHashTable) stored = rows != NULL ? index_rows (rows) : NULL;
  GHashTableIter iter;
  gpointer id;

  if (stored == NULL)
    return FALSE;
  for (guint i = 0; i < self->units->len; i++)
    if (!save_unit (tx, self, unit_at (self, i), stored, error))
      return FALSE;
  if (!save_places (tx, ground, self, &changed, error) || !save_pairs (tx, ground, self, &changed, error))
    return FALSE;
  g_hash_table_iter_init (&iter, stored);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!xq_record_delete (tx, &XQ_PLAN_UNIT, *(gint64 *)id, error))
      return FALSE;
  if (!made && !self->proposed && (changed || rules_differ (self->record, before)) && !outcome_differs (self->record, before))
    for (guint i = 0; i < G_N_ELEMENTS (OUTCOME); i++)
      xq_record_set_null (self->record, OUTCOME[i]);
  return save_record (tx, self, before, error);
}

gboolean
xq_plan_scenario_save (XqTransaction *tx, const XqPlanGround *ground, XqPlanScenario *self, GError **error)
{
  g_autoptr (XqPlanScenario) copy = NULL;

  if (!check_scope (ground, self->scope, error))
    return FALSE;
  g_return_val_if_fail (self->n_base == ground->sites->len, FALSE);
  /* What fails is rolled back: then the value keeps no ids of rows that are not there. */
  copy = xq_plan_scenario_copy (self);
  if (!save_rows (tx, ground, copy, error))
    return FALSE;
  self->id = copy->id;
  for (guint i = 0; i < self->units->len; i++)
    unit_at (self, i)->id = unit_at (copy, i)->id;
  xq_record_free (self->record);
  self->record = xq_record_copy (copy->record);
  self->proposed = FALSE;
  return TRUE;
}

gboolean
xq_plan_scenario_delete (XqTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (XqRecord) record = xq_record_load (tx, &XQ_PLAN_SCENARIO, id, error);

  if (record == NULL)
    return FALSE;
  if (g_strcmp0 (xq_record_get_text (record, XQ_PLAN_SCENARIO_STAGE), "in_force") == 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("“%s” is in force: it is part of the history and stays. Undo putting it into force first."),
                   xq_record_get_text (record, XQ_PLAN_SCENARIO_NAME));
      return FALSE;
    }
  return xq_record_delete (tx, &XQ_PLAN_SCENARIO, id, error);
}
