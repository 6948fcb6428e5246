#include "xq-unit-table.h"

#include "xq-pinyin.h"
#include "xq-unit-private.h"

#include <glib/gi18n-lib.h>

/* Deeper than any tree can be: a parent that is its own descendant must not hang the program. */
#define MAX_DEPTH (XQ_N_LEVELS + 1)

XqUnit *
xq_unit_copy (const XqUnit *unit)
{
  XqUnit *copy = g_new (XqUnit, 1);

  *copy = *unit;
  copy->name = g_strdup (unit->name);
  copy->code = g_strdup (unit->code);
  copy->path = g_strdup (unit->path);
  return copy;
}

void
xq_unit_free (XqUnit *unit)
{
  if (unit == NULL)
    return;
  g_free (unit->name);
  g_free (unit->code);
  g_free (unit->path);
  g_free (unit);
}

void
xq_tree_row_free (XqTreeRow *row)
{
  if (row == NULL)
    return;
  xq_unit_free (row->unit);
  g_free (row);
}

/* The columns every unit is read from, in this order. */
#define UNIT_COLUMNS "u.id, u.parent, u.district, u.level, u.name, u.code"

static XqUnit *
read_unit (XqStatement *statement)
{
  XqUnit *unit = g_new0 (XqUnit, 1);

  unit->id = xq_statement_get_int (statement, 0);
  unit->parent = xq_statement_get_int (statement, 1);
  unit->district = xq_statement_get_int (statement, 2);
  unit->level = (XqLevel)xq_statement_get_int (statement, 3);
  unit->name = g_strdup (xq_statement_get_text (statement, 4));
  unit->code = g_strdup (xq_statement_get_text (statement, 5));
  return unit;
}

static XqUnit *
load_without_path (XqTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT " UNIT_COLUMNS " FROM unit u WHERE u.id = ?1", error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, id);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_DONE)
    g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("The unit is not in the document (any more)"));
  return step == XQ_STEP_ROW ? read_unit (statement) : NULL;
}

GPtrArray *
xq_unit_list_ancestors (XqTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_unit_free);

  for (guint depth = 0; id != 0 && depth < MAX_DEPTH; depth++)
    {
      XqUnit *unit = load_without_path (tx, id, error);

      if (unit == NULL)
        return NULL;
      g_ptr_array_insert (units, 0, unit);
      id = unit->parent;
    }
  return g_steal_pointer (&units);
}

char *
xq_unit_make_path (XqTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) units = xq_unit_list_ancestors (tx, id, error);
  GString *path;

  if (units == NULL)
    return NULL;
  path = g_string_new (NULL);
  for (guint i = 0; i < units->len; i++)
    {
      const XqUnit *unit = g_ptr_array_index (units, i);

      if (i > 0)
        g_string_append_c (path, '/');
      g_string_append (path, unit->name);
    }
  return g_string_free (path, FALSE);
}

XqUnit *
xq_unit_load (XqTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (XqUnit) unit = load_without_path (tx, id, error);

  if (unit == NULL)
    return NULL;
  unit->path = xq_unit_make_path (tx, id, error);
  return unit->path != NULL ? g_steal_pointer (&unit) : NULL;
}

static GPtrArray *
load_all (XqTransaction *tx, const GArray *ids, GError **error)
{
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_unit_free);

  for (guint i = 0; i < ids->len; i++)
    {
      XqUnit *unit = xq_unit_load (tx, g_array_index (ids, gint64, i), error);

      if (unit == NULL)
        return NULL;
      g_ptr_array_add (units, unit);
    }
  return g_steal_pointer (&units);
}

static gboolean
is_in_force (XqTransaction *tx, gint64 unit, const XqUnitDay *day, gboolean *in_force, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "SELECT 1 FROM unit u WHERE u.id = :unit AND " XQ_IN_FORCE ("u"), error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":unit"), unit);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), day->as_of);
  step = xq_statement_step (statement, error);
  *in_force = step == XQ_STEP_ROW;
  return step != XQ_STEP_ERROR;
}

/* Leaves in @ids those in force; where there are none, @ids stays as it is. */
static gboolean
prefer_in_force (XqTransaction *tx, const XqUnitDay *day, GArray *ids, GError **error)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < ids->len; i++)
    {
      gboolean in_force;

      if (!is_in_force (tx, g_array_index (ids, gint64, i), day, &in_force, error))
        return FALSE;
      if (in_force)
        g_array_append_val (kept, g_array_index (ids, gint64, i));
    }
  if (kept->len > 0)
    {
      g_array_set_size (ids, 0);
      g_array_append_vals (ids, kept->data, kept->len);
    }
  return TRUE;
}

static char *
list_paths (XqTransaction *tx, const GArray *ids, GError **error)
{
  g_autoptr (GString) paths = g_string_new (NULL);

  for (guint i = 0; i < ids->len && i < XQ_UNIT_LISTED_PATHS; i++)
    {
      g_autofree char *path = xq_unit_make_path (tx, g_array_index (ids, gint64, i), error);

      if (path == NULL)
        return NULL;
      if (i > 0)
        g_string_append (paths, _ (", "));
      g_string_append (paths, path);
    }
  if (ids->len > XQ_UNIT_LISTED_PATHS)
    g_string_append (paths, _ (" and others"));
  return g_strdup (paths->str);
}

static void
set_ambiguous (XqTransaction *tx, const char *text, const GArray *ids, GError **error)
{
  g_autofree char *paths = list_paths (tx, ids, error);

  if (paths == NULL)
    return;
  if (*text == '\0')
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_AMBIGUOUS, _ ("The document holds several districts; name one: %s"), paths);
  else
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_AMBIGUOUS, _ ("Several units are called “%s”; give the path of one: %s"),
                 text, paths);
}

static XqUnit *
load_only (XqTransaction *tx, const char *text, const GArray *ids, GError **error)
{
  if (ids->len == 1)
    return xq_unit_load (tx, g_array_index (ids, gint64, 0), error);
  set_ambiguous (tx, text, ids, error);
  return NULL;
}

/* What the name is like is said too: a clerk rarely types the whole of it. */
static void
set_not_found (XqTransaction *tx, const char *text, const XqUnitDay *day, GError **error)
{
  g_autoptr (GArray) ids = xq_search_find (tx, text, day, XQ_UNIT_LISTED_PATHS, error);
  g_autofree char *paths = NULL;

  if (ids == NULL)
    return;
  if (ids->len == 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND,
                   _ ("No unit is called “%s”; give a code, a name, or a path such as district/street/community"), text);
      return;
    }
  paths = list_paths (tx, ids, error);
  if (paths != NULL)
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND,
                 _ ("No unit is called exactly “%s”; give the full name or the path of one like it: %s"), text, paths);
}

/* Of the units called as the last segment, those whose ancestors are called as the segments before it. A full path wins. */
static gboolean
match_path (XqTransaction *tx, const char *text, GArray **matched, GError **error)
{
  g_auto (GStrv) segments = g_strsplit (text, "/", -1);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) full = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) partial = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) candidates = NULL;

  for (guint i = 0; segments[i] != NULL; i++)
    {
      char *folded = xq_text_fold (segments[i]);

      if (*folded != '\0')
        g_ptr_array_add (wanted, folded);
      else
        g_free (folded);
    }
  if (wanted->len == 0)
    {
      *matched = g_steal_pointer (&full);
      return TRUE;
    }

  /* Names of buildings repeat without end: walk down from the district where the path is a full one. */
  {
    g_autoptr (GArray) level = xq_search_match (tx, g_ptr_array_index (wanted, 0), XQ_MATCH_NAME, error);

    if (level == NULL)
      return FALSE;
    for (guint s = 1; s < wanted->len && level->len > 0; s++)
      {
        g_autoptr (GArray) next = g_array_new (FALSE, FALSE, sizeof (gint64));

        for (guint i = 0; i < level->len; i++)
          {
            g_autoptr (XqStatement) children = NULL;
            XqStep step;

            children = xq_statement_get (tx,
                                         "SELECT u.id FROM unit u JOIN search s ON s.unit = u.id WHERE u.parent = :parent"
                                         " AND substr (s.name, 1, length (:name) + 2) = char (10) || :name || char (10)",
                                         error);
            if (children == NULL)
              return FALSE;
            xq_statement_bind_int (children, xq_statement_parameter (children, ":parent"), g_array_index (level, gint64, i));
            xq_statement_bind_text (children, xq_statement_parameter (children, ":name"), g_ptr_array_index (wanted, s));
            while ((step = xq_statement_step (children, error)) == XQ_STEP_ROW)
              {
                gint64 id = xq_statement_get_int (children, 0);

                g_array_append_val (next, id);
              }
            if (step == XQ_STEP_ERROR)
              return FALSE;
          }
        g_clear_pointer (&level, g_array_unref);
        level = g_steal_pointer (&next);
      }
    candidates = g_steal_pointer (&level);
  }

  for (guint i = 0; i < candidates->len; i++)
    {
      gint64 id = g_array_index (candidates, gint64, i);
      g_autoptr (GPtrArray) chain = xq_unit_list_ancestors (tx, id, error);

      if (chain == NULL)
        return FALSE;
      g_array_append_val (partial, id);
      if (chain->len == wanted->len)
        g_array_append_val (full, id);
    }
  *matched = full->len > 0 ? g_steal_pointer (&full) : g_steal_pointer (&partial);
  return TRUE;
}

static XqUnit *
resolve_top (XqTransaction *tx, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqStep step;

  statement = xq_statement_get (tx,
                                "SELECT u.id FROM unit u LEFT JOIN search s ON s.unit = u.id WHERE u.parent IS NULL"
                                " ORDER BY u.ordinal IS NULL, u.ordinal, s.sort_key, u.id",
                                error);
  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  if (step == XQ_STEP_ERROR)
    return NULL;
  if (ids->len > 1)
    {
      set_ambiguous (tx, "", ids, error);
      return NULL;
    }
  if (ids->len == 0)
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND,
                           _ ("The document holds no unit; import the district's divisions first"));
      return NULL;
    }
  return xq_unit_load (tx, g_array_index (ids, gint64, 0), error);
}

XqUnit *
xq_unit_resolve (XqTransaction *tx, const char *text, GError **error)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : g_strdup ("");
  g_autofree char *folded = NULL;
  XqUnitDay day;

  if (*stripped == '\0')
    return resolve_top (tx, error);
  if (!g_utf8_validate (stripped, -1, NULL))
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("The unit's name is not valid UTF-8 text"));
      return NULL;
    }
  if (!xq_unit_day_init (&day, tx, XQ_PERIOD_NONE, error))
    return NULL;
  folded = xq_text_fold (stripped);

  for (int kind = XQ_MATCH_CODE; *folded != '\0' && kind <= XQ_MATCH_ALIAS; kind++)
    {
      g_autoptr (GArray) ids = xq_search_match (tx, folded, (XqMatchKind)kind, error);

      if (ids == NULL || !prefer_in_force (tx, &day, ids, error))
        return NULL;
      if (ids->len > 0)
        return load_only (tx, stripped, ids, error);
    }
  if (strchr (stripped, '/') != NULL)
    {
      g_autoptr (GArray) ids = NULL;

      if (!match_path (tx, stripped, &ids, error) || !prefer_in_force (tx, &day, ids, error))
        return NULL;
      if (ids->len > 0)
        return load_only (tx, stripped, ids, error);
    }
  set_not_found (tx, stripped, &day, error);
  return NULL;
}

/* The columns of a row of the tree after those of the unit; @t is what has the sums over the subtree. */
#define TREE_COLUMNS(t)                                                                                                            \
  "coalesce (" t ".compounds, 0), coalesce (" t ".coverage_own + " t ".coverage_joint + " t ".coverage_group"                       \
  " + iif (:functional, " t ".coverage_functional, 0), 0),"                                                                        \
  " coalesce (" t ".coverage_contact, 0), coalesce (" t ".original_compounds, 0),"                                                 \
  " CASE WHEN " t ".coverage_own > 0 THEN 5 WHEN " t ".coverage_joint > 0 THEN 4 WHEN " t ".coverage_group > 0 THEN 3"             \
  " WHEN " t ".coverage_functional > 0 THEN 2 WHEN " t ".coverage_contact > 0 THEN 1 ELSE 0 END"

#define TREE_ORDER " ORDER BY u.ordinal IS NULL, u.ordinal, n.sort_key, u.id"

/* `IS`, so that the districts are found under null. A building's households are its home value: it has no rollup. */
static const char live_children[]
    = "SELECT " UNIT_COLUMNS ", " TREE_COLUMNS ("r") ", coalesce (r.households, f.households, 0),"
                                                     " EXISTS (SELECT 1 FROM unit c WHERE c.parent = u.id AND " XQ_IN_FORCE (
                                                         "c") ")"
                                                              " FROM unit u LEFT JOIN rollup r ON r.unit = u.id LEFT JOIN fact f "
                                                              "ON f.unit = u.id LEFT JOIN search n ON n.unit = u.id"
                                                              " WHERE u.parent IS :parent AND " XQ_IN_FORCE ("u") TREE_ORDER;

static const char reckoned_children[]
    = "SELECT " UNIT_COLUMNS
      ", " TREE_COLUMNS ("r") ", coalesce (r.households, 0),"
                              " EXISTS (SELECT 1 FROM unit c WHERE c.parent = u.id AND " XQ_IN_FORCE (
                                  "c") ")"
                                       " FROM unit u LEFT JOIN temp.reckoned r ON r.unit = u.id LEFT JOIN search n ON n.unit = u.id"
                                       " WHERE u.parent IS :parent AND " XQ_IN_FORCE ("u") TREE_ORDER;

static const char locked_children[] = "SELECT s.unit, s.parent, s.district, s.level, s.name, s.code, " TREE_COLUMNS (
    "s") ", s.households,"
         " EXISTS (SELECT 1 FROM snapshot_unit c WHERE c.period = :period AND c.parent = s.unit)"
         " FROM snapshot_unit s LEFT JOIN unit u ON u.id = s.unit LEFT JOIN search n ON n.unit = s.unit"
         " WHERE s.period = :period AND s.parent IS :parent" TREE_ORDER;

GPtrArray *
xq_unit_list_children (XqTransaction *tx, gint64 parent, XqPeriod period, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_tree_row_free);
  g_autoptr (XqStatement) statement = NULL;
  XqUnitDay day;
  XqStep step;

  if (!xq_unit_day_init (&day, tx, period, error))
    return NULL;
  if (!day.live && !day.locked && !xq_unit_day_reckon (&day, tx, parent, error))
    return NULL;
  statement = xq_statement_get (tx, day.live ? live_children : day.locked ? locked_children : reckoned_children, error);
  if (statement == NULL)
    return NULL;
  if (day.locked)
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":period"), day.period);
  else
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), day.as_of);
  if (parent != 0)
    xq_statement_bind_int (statement, xq_statement_parameter (statement, ":parent"), parent);
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":functional"),
                         xq_scheme_is_functional (xq_store_get_scheme (xq_transaction_get_store (tx))));

  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqTreeRow *row = g_new0 (XqTreeRow, 1);

      row->unit = read_unit (statement);
      row->compounds = xq_statement_get_int (statement, 6);
      row->covered = xq_statement_get_int (statement, 7);
      row->contacted = xq_statement_get_int (statement, 8);
      row->original_compounds = xq_statement_get_int (statement, 9);
      row->coverage = (XqCoverage)xq_statement_get_int (statement, 10);
      row->households = xq_statement_get_int (statement, 11);
      row->has_children = xq_statement_get_int (statement, 12) != 0;
      g_ptr_array_add (rows, row);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

GPtrArray *
xq_unit_search (XqTransaction *tx, const char *text, guint limit, GError **error)
{
  g_autoptr (GArray) ids = NULL;
  XqUnitDay day;

  if (!xq_unit_day_init (&day, tx, XQ_PERIOD_NONE, error))
    return NULL;
  ids = xq_search_find (tx, text != NULL ? text : "", &day, limit, error);
  return ids != NULL ? load_all (tx, ids, error) : NULL;
}

/* The unit as a locked period keeps it; %NULL without error when it does not. */
static gboolean
load_locked (XqTransaction *tx, gint64 id, const XqUnitDay *day, XqUnit **unit, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (
      tx, "SELECT unit, parent, district, level, name, code FROM snapshot_unit WHERE unit = :unit AND period = :period", error);
  XqStep step;

  *unit = NULL;
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":unit"), id);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":period"), day->period);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW)
    *unit = read_unit (statement);
  return step != XQ_STEP_ERROR;
}

static GPtrArray *
list_locked_ancestors (XqTransaction *tx, gint64 id, const XqUnitDay *day, GError **error)
{
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_unit_free);

  for (guint depth = 0; id != 0 && depth < MAX_DEPTH; depth++)
    {
      XqUnit *unit = NULL;

      if (!load_locked (tx, id, day, &unit, error))
        return NULL;
      /* A building, or what came later. */
      if (unit == NULL)
        unit = load_without_path (tx, id, error);
      if (unit == NULL)
        return NULL;
      g_ptr_array_insert (units, 0, unit);
      id = unit->parent;
    }
  return g_steal_pointer (&units);
}

GPtrArray *
xq_unit_list_ancestors_in (XqTransaction *tx, gint64 id, XqPeriod period, GError **error)
{
  XqUnitDay day;

  if (!xq_unit_day_init (&day, tx, period, error))
    return NULL;
  return day.locked ? list_locked_ancestors (tx, id, &day, error) : xq_unit_list_ancestors (tx, id, error);
}

static char *
join_names (const GPtrArray *units)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < units->len; i++)
    g_ptr_array_add (names, ((const XqUnit *)g_ptr_array_index (units, i))->name);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("/", (char **)names->pdata);
}

/* What is called otherwise today and keeps no alias is found by what it was called then. */
static gboolean
add_former_names (XqTransaction *tx, const char *text, const XqUnitDay *day, guint limit, GArray *ids, GError **error)
{
  g_autofree char *wanted = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (*wanted == '\0')
    return TRUE;
  statement = xq_statement_get (tx,
                                "SELECT unit FROM snapshot_unit WHERE period = :period AND instr (name, :text) > 0"
                                " ORDER BY name <> :text, level, name LIMIT :limit",
                                error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":period"), day->period);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":text"), wanted);
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":limit"), limit);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_get_int (statement, 0);
      gboolean known = FALSE;

      for (guint i = 0; i < ids->len && !known; i++)
        known = g_array_index (ids, gint64, i) == id;
      if (!known)
        g_array_append_val (ids, id);
    }
  return step == XQ_STEP_DONE;
}

GPtrArray *
xq_unit_search_in (XqTransaction *tx, const char *text, XqPeriod period, guint limit, GError **error)
{
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_unit_free);
  g_autoptr (GArray) ids = NULL;
  XqUnitDay day;

  if (!xq_unit_day_init (&day, tx, period, error))
    return NULL;
  ids = xq_search_find (tx, text != NULL ? text : "", &day, limit, error);
  if (ids == NULL || !day.locked)
    return ids != NULL ? load_all (tx, ids, error) : NULL;
  if (ids->len < limit && !add_former_names (tx, text, &day, limit, ids, error))
    return NULL;
  for (guint i = 0; i < ids->len && units->len < limit; i++)
    {
      g_autoptr (XqUnit) unit = NULL;
      g_autoptr (GPtrArray) above = NULL;

      if (!load_locked (tx, g_array_index (ids, gint64, i), &day, &unit, error))
        return NULL;
      if (unit == NULL)
        continue; /* a building: a locked period keeps none */
      above = list_locked_ancestors (tx, unit->id, &day, error);
      if (above == NULL)
        return NULL;
      unit->path = join_names (above);
      g_ptr_array_add (units, g_steal_pointer (&unit));
    }
  return g_steal_pointer (&units);
}
