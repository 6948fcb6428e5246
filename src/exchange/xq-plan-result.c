/* Scenarios out of and into files: block assignment, GeoJSON. */

#include "xq-plan-boundaries-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "xq-geo-shape.h"
#include "xq-geo-table.h"

#define unit_at(scenario, i) (&g_array_index ((scenario)->units, XqScenarioUnit, (guint)(i)))
#define MOST_NUMBER 1000000

/* ---- Assignment in ---- */

static gboolean
fail_line (GError **error, guint line, const char *format, const char *what)
{
  g_autofree char *why = g_strdup_printf (format, what);

  g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("line %u: %s"), line, why);
  return FALSE;
}

static gboolean
check_match (const XqPlanTargets *targets, const XqGeoMatch *match, const XqGeoPair *pair, GError **error)
{
  if (match->target >= 0 && (guint)match->target < targets->rows->len)
    return TRUE;
  if (match->target >= 0)
    return fail_line (error, pair->line, _ ("“%s” holds several base units; write which of them"), pair->first);
  if (match->kind == XQ_GEO_MATCH_AMBIGUOUS)
    return fail_line (error, pair->line, _ ("several base units are called “%s”; write its code, or community/name"), pair->first);
  if (match->kind == XQ_GEO_MATCH_TAKEN)
    return fail_line (error, pair->line, _ ("“%s” stands in the file twice; leave one of the lines out"), pair->first);
  if (match->candidate >= 0 && (guint)match->candidate < targets->rows->len)
    {
      const XqBaseRow *row = g_ptr_array_index (targets->rows, (guint)match->candidate);
      g_autofree char *both = g_strdup_printf (_ ("“%s” (did you mean “%s”?)"), pair->first, row->name);

      return fail_line (error, pair->line, _ ("there is no base unit %s here; correct the name or code"), both);
    }
  return fail_line (error, pair->line, _ ("there is no base unit “%s” here; correct the name or code"), pair->first);
}

/* The unit that the file calls so, made where it is new: a number stays one, anything else is its name. */
static int
intern_unit (XqPlanScenario *scenario, GHashTable *units, const char *text)
{
  XqScenarioUnit unit = { 0 };
  gint64 number;
  gpointer index;

  if (g_hash_table_lookup_extended (units, text, NULL, &index))
    return GPOINTER_TO_INT (index);
  if (g_ascii_string_to_signed (text, 10, 1, MOST_NUMBER, &number, NULL))
    unit.number = (int)number;
  else
    unit.name = g_strdup (text);
  g_array_append_val (scenario->units, unit);
  g_hash_table_insert (units, g_strdup (text), GINT_TO_POINTER ((int)scenario->units->len - 1));
  return (int)scenario->units->len - 1;
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const GArray *units = data;

  return g_array_index (units, XqScenarioUnit, *(const guint *)a).number
         - g_array_index (units, XqScenarioUnit, *(const guint *)b).number;
}

/* Units without a number get those that are free, then all stand in the order of numbers. */
static void
number_units (XqPlanScenario *scenario)
{
  guint n = scenario->units->len;
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);
  g_autofree guint *order = g_new (guint, n + 1);
  g_autofree int *place = g_new (int, n + 1);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (XqScenarioUnit), n);
  int next = 1;

  for (guint i = 0; i < n; i++)
    {
      order[i] = i;
      /* "1" and "01" are two units. */
      if (unit_at (scenario, i)->number > 0 && !g_hash_table_add (used, GINT_TO_POINTER (unit_at (scenario, i)->number)))
        unit_at (scenario, i)->number = 0;
    }
  for (guint i = 0; i < n; i++)
    if (unit_at (scenario, i)->number == 0)
      {
        while (!g_hash_table_add (used, GINT_TO_POINTER (next)))
          next++;
        unit_at (scenario, i)->number = next;
      }
  g_qsort_with_data (order, (int)n, sizeof (guint), compare_places, scenario->units);
  for (guint i = 0; i < n; i++)
    {
      place[order[i]] = (int)i;
      g_array_append_val (sorted, *unit_at (scenario, order[i]));
    }
  for (guint i = 0; i < n; i++)
    *unit_at (scenario, i) = g_array_index (sorted, XqScenarioUnit, i);
  g_array_unref (sorted);
  for (guint i = 0; i < scenario->n_base; i++)
    if (scenario->assignment[i] >= 0)
      scenario->assignment[i] = place[scenario->assignment[i]];
}

static gboolean
take_lines (XqPlanScenario *scenario, const XqPlanGround *ground, const XqPlanTargets *targets, const GPtrArray *pairs,
            GError **error)
{
  g_autofree const char **keys = g_new0 (const char *, pairs->len + 1);
  g_autoptr (GHashTable) units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (XqGeoMatching) matching = NULL;

  for (guint i = 0; i < pairs->len; i++)
    keys[i] = ((const XqGeoPair *)pairs->pdata[i])->first;
  matching = xq_geo_match (keys, pairs->len, (const XqGeoTarget *)(gpointer)targets->targets->data, targets->targets->len);
  for (guint i = 0; i < pairs->len; i++)
    {
      const XqGeoPair *pair = g_ptr_array_index (pairs, i);
      const XqBaseRow *row;
      int base;

      if (!check_match (targets, &matching->matches[i], pair, error))
        return FALSE;
      row = g_ptr_array_index (targets->rows, (guint)matching->matches[i].target);
      base = xq_plan_ground_find (ground, row->base != 0 ? row->base : row->unit);
      if (base < 0)
        return fail_line (error, pair->line, _ ("“%s” has changed meanwhile; read the file again"), pair->first);
      if (*pair->second != '\0')
        scenario->assignment[base] = intern_unit (scenario, units, pair->second);
    }
  number_units (scenario);
  return TRUE;
}

XqPlanScenario *
xq_plan_scenario_read_assignment (XqTransaction *tx, const XqPlanGround *ground, const char *name, const char *path, GError **error)
{
  g_autoptr (GPtrArray) pairs = xq_geo_pairs_read (path, XQ_GEO_ASSIGNMENT_HEADS, error);
  g_autoptr (XqPlanScenario) scenario = NULL;
  g_auto (XqPlanTargets) targets = { 0 };
  g_autofree int *nobody = g_new (int, ground->sites->len + 1);

  if (pairs == NULL || !xq_plan_targets_load (&targets, tx, ground->scope, error))
    return NULL;
  if (pairs->len == 0)
    {
      g_set_error_literal (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("the file has no lines; write base,unit in each"));
      return NULL;
    }
  for (guint i = 0; i < ground->sites->len; i++)
    nobody[i] = -1;
  scenario = xq_plan_scenario_new_from (ground, xq_store_get_scheme (xq_transaction_get_store (tx)), name, nobody);
  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_SOURCE, "file");
  return take_lines (scenario, ground, &targets, pairs, error) ? g_steal_pointer (&scenario) : NULL;
}

/* ---- Assignment out ---- */

GString *
xq_plan_scenario_format_assignment (const XqPlanScenario *scenario, const XqPlanGround *ground)
{
  g_autoptr (GPtrArray) names = xq_plan_scenario_list_names (scenario, ground);
  GString *text = g_string_new ("base,unit,base_name,unit_name,community\r\n");

  for (guint i = 0; i < scenario->n_base; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (ground->problem, i);
      int unit = scenario->assignment[i];
      g_autofree char *number = unit >= 0 ? g_strdup_printf ("%d", unit_at (scenario, unit)->number) : g_strdup ("");
      const char *cells[]
          = { base->id, number, xq_plan_problem_label (ground->problem, i), unit >= 0 ? names->pdata[unit] : "",
              base->community >= 0 ? g_ptr_array_index (ground->problem->communities, (guint)base->community) : "" };

      for (guint c = 0; c < G_N_ELEMENTS (cells); c++)
        {
          if (c > 0)
            g_string_append_c (text, ',');
          xq_geo_table_append_cell (text, cells[c]);
        }
      g_string_append (text, "\r\n");
    }
  return text;
}

/* ---- GeoJSON out ---- */

static void
append_string (GString *text, const char *string)
{
  g_string_append_c (text, '"');
  for (const char *p = string; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (text, "\\%c", *p);
    else if ((guchar)*p < 0x20)
      g_string_append_printf (text, "\\u%04x", (guint)*p);
    else
      g_string_append_c (text, *p);
  g_string_append_c (text, '"');
}

static void
append_text (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, ",\"%s\":", name);
  append_string (text, value);
}

static void
append_int (GString *text, const char *name, gint64 value)
{
  g_string_append_printf (text, ",\"%s\":%" G_GINT64_FORMAT, name, value);
}

/* Outsides against the clock's hands, holes with them (RFC 7946, 3.1.6). */
static void
orient (XqPlanShape *shape)
{
  for (guint r = 0; shape->kind == XQ_PLAN_SHAPE_POLYGON && r < shape->rings->len; r++)
    {
      const XqPlanRing *ring = xq_plan_shape_ring (shape, r);
      gboolean outside = r == 0 || xq_plan_shape_ring (shape, r - 1)->part != ring->part;

      if ((xq_plan_shape_ring_area (shape, r) > 0) == outside)
        continue;
      for (guint i = 0; i < ring->n / 2; i++)
        {
          XqPlanPoint *a = xq_plan_shape_point (shape, ring->first + i),
                      *b = xq_plan_shape_point (shape, ring->first + ring->n - 1 - i);
          XqPlanPoint kept = *a;

          *a = *b;
          *b = kept;
        }
    }
}

/* A shape of the map's plane as GeoJSON in degrees; "null" for none. */
static char *
format_shape (const XqPlanGround *ground, const XqPlanShape *plane)
{
  g_autoptr (XqPlanShape) shape = plane != NULL ? xq_plan_shape_copy (plane) : NULL;
  char *text;

  if (shape == NULL)
    return g_strdup ("null");
  orient (shape);
  for (guint p = 0; p < shape->points->len; p++)
    {
      XqPlanPoint *point = xq_plan_shape_point (shape, p), metres = *point;

      xq_plan_projection_revert (xq_plan_geometry_get_projection (ground->geometry), &metres, &point->x, &point->y);
    }
  text = xq_geo_shape_format (shape);
  return text != NULL ? text : g_strdup ("null");
}

static void
append_base (GString *text, const XqPlanScenario *scenario, const XqPlanGround *ground, const GPtrArray *names, guint index)
{
  const XqPlanBase *base = xq_plan_problem_base (ground->problem, index);
  int unit = scenario->assignment[index];
  g_autofree char *shape
      = format_shape (ground, ground->geometry != NULL ? xq_plan_geometry_get_shape (ground->geometry, index) : NULL);

  g_string_append (text, "{\"type\":\"Feature\",\"id\":");
  append_string (text, base->id);
  g_string_append (text, ",\"properties\":{\"kind\":\"base\"");
  append_text (text, "name", xq_plan_problem_label (ground->problem, index));
  if (base->community >= 0)
    append_text (text, "community", g_ptr_array_index (ground->problem->communities, (guint)base->community));
  append_int (text, "households", base->households);
  append_int (text, "residents", base->residents);
  append_int (text, "members", base->members);
  if (unit >= 0)
    {
      append_int (text, "unit", unit_at (scenario, unit)->number);
      append_text (text, "unit_name", names->pdata[unit]);
    }
  else
    g_string_append (text, ",\"unit\":null");
  g_string_append_printf (text, "},\"geometry\":%s}", shape);
}

static void
append_unit (GString *text, const XqPlanScenario *scenario, const XqPlanGround *ground, const GPtrArray *names, guint unit)
{
  g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (XqPlanShape) outline = NULL;
  g_autofree char *shape = NULL;
  gint64 households = 0, residents = 0, members = 0;

  for (guint i = 0; i < scenario->n_base; i++)
    if (scenario->assignment[i] == (int)unit)
      {
        const XqPlanBase *base = xq_plan_problem_base (ground->problem, i);

        g_array_append_val (bases, i);
        households += base->households;
        residents += base->residents;
        members += base->members;
      }
  outline = ground->geometry != NULL ? xq_plan_geometry_unite (ground->geometry, (const guint *)(gpointer)bases->data, bases->len)
                                     : NULL;
  shape = format_shape (ground, outline);
  g_string_append (text, "{\"type\":\"Feature\",\"properties\":{\"kind\":\"unit\"");
  append_text (text, "name", names->pdata[unit]);
  append_int (text, "unit", unit_at (scenario, unit)->number);
  append_int (text, "base_units", bases->len);
  append_int (text, "households", households);
  append_int (text, "residents", residents);
  append_int (text, "members", members);
  g_string_append_printf (text, "},\"geometry\":%s}", shape);
}

GString *
xq_plan_scenario_format_geojson (const XqPlanScenario *scenario, const XqPlanGround *ground, gboolean dissolved)
{
  g_autoptr (GPtrArray) names = xq_plan_scenario_list_names (scenario, ground);
  const char *name = xq_record_get_text (scenario->record, XQ_PLAN_SCENARIO_NAME);
  GString *text = g_string_new ("{\"type\":\"FeatureCollection\"");

  append_text (text, "name", name != NULL ? name : "");
  if (ground->sample)
    append_text (text, "note", _ ("Sample data: not to be reported. A sketch, no boundary of record."));
  g_string_append (text, ",\"features\":[\n");
  for (guint i = 0; i < scenario->n_base; i++)
    {
      if (i > 0)
        g_string_append (text, ",\n");
      append_base (text, scenario, ground, names, i);
    }
  for (guint i = 0; dissolved && i < scenario->units->len; i++)
    {
      g_string_append (text, ",\n");
      append_unit (text, scenario, ground, names, i);
    }
  g_string_append (text, "\n]}\n");
  return text;
}
