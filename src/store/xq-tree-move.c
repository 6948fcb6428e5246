#include "xq-tree-step.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-redraw-step.h"
#include "xq-unit-private.h"

/*
 * tree_move: who goes where by default, each unit once; a closed one nowhere. tree_share: every part of a unit with its share;
 * main: of those that lead to a part the one whose states count there. tree_place: records that go to another part. tree_skip:
 * records that do not begin anew at a part. tree_cover: which covers go on where. tree_own: units that will have an organisation of
 * their own, where contact and joint branch end.
 */
static const char temporary_tables[]
    = "CREATE TEMP TABLE IF NOT EXISTS tree_move (predecessor INTEGER PRIMARY KEY, successor INTEGER, main INTEGER NOT NULL,"
      " day TEXT NOT NULL, step INTEGER NOT NULL);"
      "CREATE INDEX IF NOT EXISTS temp.tree_move_step ON tree_move (step);"
      "CREATE TEMP TABLE IF NOT EXISTS tree_share (predecessor INTEGER NOT NULL, successor INTEGER NOT NULL,"
      " main INTEGER NOT NULL, PRIMARY KEY (predecessor, successor)) WITHOUT ROWID;"
      "CREATE INDEX IF NOT EXISTS temp.tree_share_successor ON tree_share (successor, main);"
      "CREATE TEMP TABLE IF NOT EXISTS tree_place (type TEXT NOT NULL, row INTEGER NOT NULL, successor INTEGER NOT NULL,"
      " PRIMARY KEY (type, row)) WITHOUT ROWID;"
      "CREATE TEMP TABLE IF NOT EXISTS tree_skip (type TEXT NOT NULL, row INTEGER NOT NULL, successor INTEGER NOT NULL,"
      " PRIMARY KEY (type, row, successor)) WITHOUT ROWID;"
      "CREATE TEMP TABLE IF NOT EXISTS tree_cover (successor INTEGER NOT NULL, cover INTEGER NOT NULL, organisation INTEGER NOT "
      "NULL,"
      " PRIMARY KEY (successor, cover)) WITHOUT ROWID;"
      "CREATE TEMP TABLE IF NOT EXISTS tree_own (unit INTEGER PRIMARY KEY);"
      "DELETE FROM temp.tree_skip; DELETE FROM temp.tree_cover; DELETE FROM temp.tree_move; DELETE FROM temp.tree_share; DELETE "
      "FROM temp.tree_place; DELETE FROM temp.tree_own";

/* Kinds of organisations that a unit has for itself. */
#define OWN_KIND(t) t ".kind IN ('branch', 'general_branch', 'committee') AND " t ".functional IS NOT 1"

gboolean
xq_tree_moves_begin (XqTransaction *tx, GError **error)
{
  return xq_transaction_execute (tx, temporary_tables, error);
}

gboolean
xq_tree_moves_insert (XqTransaction *tx, const XqTreeStep *step, gint64 predecessor, gint64 successor, gboolean main,
                      GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "INSERT INTO temp.tree_move VALUES (?1, nullif (?2, 0), ?3, ?4, ?5)", error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, predecessor);
  xq_statement_bind_int (statement, 2, successor);
  xq_statement_bind_int (statement, 3, main);
  xq_statement_bind_text (statement, 4, step->edit->day);
  xq_statement_bind_int (statement, 5, step->number);
  return xq_statement_run (statement, error);
}

gboolean
xq_tree_moves_insert_share (XqTransaction *tx, gint64 predecessor, gint64 successor, gboolean main, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "INSERT INTO temp.tree_share VALUES (?1, ?2, ?3)", error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, predecessor);
  xq_statement_bind_int (statement, 2, successor);
  xq_statement_bind_int (statement, 3, main);
  return xq_statement_run (statement, error);
}

gboolean
xq_tree_moves_insert_place (XqTransaction *tx, const char *place, gint64 successor, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "INSERT OR REPLACE INTO temp.tree_place VALUES (?1, ?2, ?3)", error);
  const char *colon = strchr (place, ':');
  g_autofree char *type = NULL;

  if (statement == NULL || colon == NULL)
    return statement != NULL;
  type = g_strndup (place, (gsize)(colon - place));
  xq_statement_bind_text (statement, 1, type);
  xq_statement_bind_int (statement, 2, g_ascii_strtoll (colon + 1, NULL, 10));
  xq_statement_bind_int (statement, 3, successor);
  return xq_statement_run (statement, error);
}

static gboolean
add_split (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  const XqTreeEdit *edit = step->edit;
  GHashTableIter iter;
  gpointer key, value;

  if (!xq_tree_moves_insert (tx, step, step->main_unit, g_array_index (step->targets, gint64, step->main_target), TRUE, error))
    return FALSE;
  for (guint i = 0; i < edit->parts->len; i++)
    if (!xq_tree_moves_insert_share (tx, step->main_unit, g_array_index (step->targets, gint64, i), TRUE, error))
      return FALSE;
  g_hash_table_iter_init (&iter, edit->places);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (value) < step->targets->len
        && !xq_tree_moves_insert_place (tx, key, g_array_index (step->targets, gint64, GPOINTER_TO_UINT (value)), error))
      return FALSE;
  return TRUE;
}

/* A compound is closed with its buildings. */
static gboolean
add_closed (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  gint64 unit = xq_record_get_id (g_ptr_array_index (step->units, 0));
  g_autoptr (XqStatement) statement = NULL;

  if (!xq_tree_moves_insert (tx, step, unit, 0, TRUE, error))
    return FALSE;
  statement = xq_statement_get (tx,
                                "INSERT INTO temp.tree_move SELECT id, NULL, 0, ?2, ?3 FROM unit"
                                " WHERE parent = ?1 AND (valid_to IS NULL OR valid_to > ?2)",
                                error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, unit);
  xq_statement_bind_text (statement, 2, step->edit->day);
  xq_statement_bind_int (statement, 3, step->number);
  return xq_statement_run (statement, error);
}

gboolean
xq_tree_moves_add (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  switch (step->edit->kind)
    {
    case XQ_TREE_MERGE:
      for (guint i = 0; i < step->units->len; i++)
        {
          gint64 unit = xq_record_get_id (g_ptr_array_index (step->units, i));
          gint64 target = g_array_index (step->targets, gint64, 0);

          gboolean main = unit == step->main_unit;

          if (!xq_tree_moves_insert (tx, step, unit, target, main, error)
              || !xq_tree_moves_insert_share (tx, unit, target, main, error))
            return FALSE;
        }
      return TRUE;
    case XQ_TREE_SPLIT:
      return add_split (tx, step, error);
    case XQ_TREE_CLOSE:
      return add_closed (tx, step, error);
    case XQ_TREE_REDRAW:
      return xq_redraw_places_add (tx, step, error);
    default:
      return TRUE;
    }
}

/* Where the record t is placed by hand or by its base unit, if its unit leads there. */
static char *
build_place (const XqTreeRule *rule)
{
  return g_strdup_printf ("(SELECT a.successor FROM temp.tree_place a WHERE a.type = '%s' AND a.row = t.id AND EXISTS (SELECT 1 "
                          "FROM"
                          " temp.tree_share y WHERE y.predecessor = m.predecessor AND y.successor = a.successor))",
                          rule->type->name);
}

/* Where a record that goes with another goes: where that goes, as long as it is still where it was and its own unit leads there. */
static char *
build_with (const XqTreeRule *rule)
{
  const XqField *field;

  if (rule->with == NULL)
    return g_strdup ("NULL");
  field = &rule->type->fields[xq_record_type_find (rule->type, rule->with)];
  return g_strdup_printf ("(SELECT g.place FROM (SELECT coalesce ((SELECT a.successor FROM temp.tree_place a WHERE a.type = '%s' "
                          "AND"
                          " a.row = w.id), x.successor) AS place FROM %s w CROSS JOIN temp.tree_move x ON x.predecessor = w.unit"
                          " WHERE w.id = t.%s) g WHERE EXISTS (SELECT 1 FROM temp.tree_share y WHERE y.predecessor = m.predecessor"
                          " AND y.successor = g.place))",
                          field->target, field->target, rule->with);
}

/* Where the record t of the predecessor m goes. */
char *
xq_tree_moves_build_destination (const XqTreeRule *rule)
{
  g_autofree char *place = build_place (rule);
  g_autofree char *with = build_with (rule);

  return g_strdup_printf ("coalesce (%s, %s, m.successor)", place, with);
}

/* Whether the record t still stands on the day. */
static char *
build_running (const XqTreeRule *rule)
{
  if (rule->due != NULL)
    return g_strdup_printf ("t.%s >= m.day", rule->due);
  return rule->to != NULL ? g_strdup_printf ("(t.%s IS NULL OR t.%s > m.day)", rule->to, rule->to) : g_strdup ("1");
}

/* Rows that go along: m and t joined, with what must hold. */
static char *
build_following (const XqTreeRule *rule)
{
  g_autofree char *running = build_running (rule);
  g_autofree char *main = rule->kind != XQ_TREE_MAIN ? g_strdup ("")
                          : rule->with != NULL       ? g_strdup_printf (" AND (m.main OR t.%s IS NOT NULL)", rule->with)
                                                     : g_strdup (" AND m.main");

  return g_strdup_printf ("FROM temp.tree_move m CROSS JOIN %s t ON t.%s = m.predecessor WHERE m.successor IS NOT NULL AND %s%s",
                          rule->type->name, rule->field, running, main);
}

static gboolean
run (XqTransaction *tx, const char *sql, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);

  return statement != NULL && xq_statement_run (statement, error);
}

static gboolean
run_following (XqTransaction *tx, const XqTreeRule *rule, GError **error)
{
  g_autofree char *destination = xq_tree_moves_build_destination (rule);
  g_autofree char *following = build_following (rule);
  g_autofree char *sql
      = g_strdup_printf ("UPDATE %s SET %s = (SELECT %s FROM %s t CROSS JOIN temp.tree_move m ON m.predecessor = t.%s"
                         " WHERE t.id = %s.id) WHERE id IN (SELECT t.id %s AND %s <> t.%s)",
                         rule->type->name, rule->field, destination, rule->type->name, rule->field, rule->type->name, following,
                         destination, rule->field);

  return run (tx, sql, error);
}

/*
 * Rows that begin anew: record, destination; one line for each part of the unit that it goes on for. What is of an organisation
 * that moves goes with it; else for every part, or for one.
 */
static char *
build_renewed (const XqTreeRule *rule)
{
  g_autofree char *with = build_with (rule);
  g_autofree char *running = build_running (rule);
  g_autofree char *place = build_place (rule);
  g_autofree char *wanted = NULL;
  const char *needed = "1";

  if (rule->type == &XQ_ORGANISATION_COVER)
    needed = "NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = t.organisation AND (o.dissolved <= m.day OR (o.kind = "
             "'joint_branch'"
             " AND o.functional IS NOT 1 AND s.successor IN (SELECT unit FROM temp.tree_own))))";
  else if (rule->type == &XQ_CONTACT)
    needed = "s.successor NOT IN (SELECT unit FROM temp.tree_own)";
  wanted = g_strdup_printf ("%s AND NOT EXISTS (SELECT 1 FROM temp.tree_skip k WHERE k.type = '%s' AND k.row = t.id"
                            " AND k.successor = s.successor)",
                            needed, rule->type->name);
  return g_strdup_printf ("SELECT t.id AS id, t.%s AS unit, CASE WHEN %s THEN s.successor END AS successor, m.day AS day"
                          " FROM temp.tree_move m CROSS JOIN %s t ON t.%s = m.predecessor CROSS JOIN temp.tree_share s ON "
                          "s.predecessor = m.predecessor"
                          " WHERE %s AND s.successor = coalesce (%s, %s, %s)",
                          rule->field, wanted, rule->type->name, rule->field, running, place, with,
                          rule->everywhere ? "s.successor" : "m.successor");
}

/* Where covers go on; where organisations of their own cover, neither contact nor joint branch is needed. */
gboolean
xq_tree_moves_settle (XqTransaction *tx, GError **error)
{
  g_autofree char *renewed = build_renewed (xq_tree_rule_find (&XQ_ORGANISATION_COVER, "unit"));
  g_autofree char *covers
      = g_strdup_printf ("INSERT OR IGNORE INTO temp.tree_cover SELECT r.successor, r.id, c.organisation FROM (%s) r"
                         " CROSS JOIN organisation_cover c ON c.id = r.id WHERE r.successor IS NOT NULL",
                         renewed);

  return run (tx, "DELETE FROM temp.tree_cover", error) && run (tx, covers, error)
         && run (tx,
                 "INSERT OR IGNORE INTO temp.tree_own SELECT q.successor FROM temp.tree_cover q CROSS JOIN organisation o"
                 " ON o.id = q.organisation WHERE " OWN_KIND ("o"),
                 error);
}

typedef struct
{
  gint64 id, unit, successor; /* successor 0: none needs it */
  char day[11];
} Renewal;

static GArray *
list_renewals (XqTransaction *tx, const XqTreeRule *rule, GError **error)
{
  g_autofree char *renewed = build_renewed (rule);
  g_autofree char *sql = g_strdup_printf ("%s ORDER BY 1, 3", renewed);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  g_autoptr (GArray) renewals = g_array_new (FALSE, TRUE, sizeof (Renewal));
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      Renewal renewal = { .id = xq_statement_get_int (statement, 0),
                          .unit = xq_statement_get_int (statement, 1),
                          .successor = xq_statement_get_int (statement, 2) };

      g_strlcpy (renewal.day, xq_statement_get_text (statement, 3), sizeof renewal.day);
      g_array_append_val (renewals, renewal);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&renewals) : NULL;
}

/* Whether @unit has the same thing already on the day. */
static gboolean
has_same (XqTransaction *tx, const XqTreeRule *rule, const XqRecord *record, gint64 unit, const char *day, gboolean *same,
          GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  g_string_printf (sql, "SELECT 1 FROM %s t WHERE t.%s = ?1 AND (t.%s IS NULL OR t.%s > ?2)", rule->type->name, rule->field,
                   rule->to, rule->to);
  for (guint k = 0; k < G_N_ELEMENTS (rule->keys) && rule->keys[k] != NULL; k++)
    g_string_append_printf (sql, " AND t.%s IS ?%u", rule->keys[k], 3 + k);
  statement = xq_statement_get (tx, sql->str, error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, unit);
  xq_statement_bind_text (statement, 2, day);
  for (guint k = 0; k < G_N_ELEMENTS (rule->keys) && rule->keys[k] != NULL; k++)
    {
      int field = xq_record_type_find (rule->type, rule->keys[k]);

      if (xq_record_is_null (record, field))
        xq_statement_bind_null (statement, 3 + (int)k);
      else if (rule->type->fields[field].type == XQ_FIELD_REFERENCE)
        xq_statement_bind_int (statement, 3 + (int)k, xq_record_get_int (record, field));
      else
        xq_statement_bind_text (statement, 3 + (int)k, xq_record_get_text (record, field));
    }
  step = xq_statement_step (statement, error);
  *same = step == XQ_STEP_ROW;
  return step != XQ_STEP_ERROR;
}

/* The confirmations of the open period hold for the contact that goes on. */
static gboolean
copy_confirmations (XqTransaction *tx, gint64 from, gint64 to, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_record_list (tx, &XQ_CONTACT_CONFIRMATION, XQ_CONTACT_CONFIRMATION_CONTACT, from, error);
  g_autofree char *first = NULL;
  XqUnitDay open;
  XqPeriod period;

  if (rows == NULL || !xq_unit_day_init (&open, tx, XQ_PERIOD_NONE, error) || !xq_period_parse (open.period, &period, error))
    return FALSE;
  first = xq_period_first_day (period);
  for (guint i = 0; i < rows->len; i++)
    {
      XqRecord *row = g_ptr_array_index (rows, i);

      if (strcmp (xq_record_get_text (row, XQ_CONTACT_CONFIRMATION_CONFIRMED), first) < 0)
        continue;
      xq_record_set_id (row, 0);
      xq_record_set_int (row, XQ_CONTACT_CONFIRMATION_CONTACT, to);
      if (xq_record_insert (tx, row, error) == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
renew (XqTransaction *tx, const XqTreeRule *rule, const XqRecord *record, const Renewal *renewal, GError **error)
{
  g_autoptr (XqRecord) copy = xq_record_copy (record);
  int field = xq_record_type_find (rule->type, rule->field), from = xq_record_type_find (rule->type, rule->from);
  gboolean same;

  if (!has_same (tx, rule, record, renewal->successor, renewal->day, &same, error))
    return FALSE;
  if (same)
    return TRUE;
  xq_record_set_id (copy, 0);
  xq_record_set_int (copy, field, renewal->successor);
  /* A contact was decided when it was decided. */
  if (rule->type != &XQ_CONTACT
      && (xq_record_is_null (record, from) || strcmp (xq_record_get_text (record, from), renewal->day) < 0))
    xq_record_set_text (copy, from, renewal->day);
  return xq_record_insert (tx, copy, error) != 0
         && (rule->type != &XQ_CONTACT || copy_confirmations (tx, xq_record_get_id (record), xq_record_get_id (copy), error));
}

/* A record that began on the day or later has not stood for the unit that was. */
static gboolean
end_record (XqTransaction *tx, const XqTreeRule *rule, XqRecord *record, const char *day, GError **error)
{
  int from = xq_record_type_find (rule->type, rule->from), to = xq_record_type_find (rule->type, rule->to);

  if (!xq_record_is_null (record, from) && strcmp (xq_record_get_text (record, from), day) >= 0)
    return xq_record_delete (tx, rule->type, xq_record_get_id (record), error);
  xq_record_set_text (record, to, day);
  return xq_record_update (tx, record, TRUE, error);
}

static gboolean
run_renewals (XqTransaction *tx, const XqTreeRule *rule, GError **error)
{
  g_autoptr (GArray) renewals = list_renewals (tx, rule, error);

  if (renewals == NULL)
    return FALSE;
  for (guint first = 0, next; first < renewals->len; first = next)
    {
      const Renewal *renewal = &g_array_index (renewals, Renewal, first);
      g_autoptr (XqRecord) record = xq_record_load (tx, rule->type, renewal->id, error);
      gboolean stays = FALSE;

      if (record == NULL)
        return FALSE;
      for (next = first; next < renewals->len && g_array_index (renewals, Renewal, next).id == renewal->id; next++)
        {
          const Renewal *one = &g_array_index (renewals, Renewal, next);

          if (one->successor == one->unit)
            stays = TRUE;
          else if (one->successor != 0 && !renew (tx, rule, record, one, error))
            return FALSE;
        }
      if (!stays && !end_record (tx, rule, record, renewal->day, error))
        return FALSE;
    }
  return TRUE;
}

/* What ends with a unit that nothing takes over. */
static gboolean
run_endings (XqTransaction *tx, const XqTreeRule *rule, GError **error)
{
  g_autofree char *sql = NULL;

  if (!rule->ends)
    return TRUE;
  sql = g_strdup_printf ("UPDATE %s SET %s = (SELECT max (m.day, coalesce (%s.%s, '')) FROM temp.tree_move m"
                         " WHERE m.predecessor = %s.%s) WHERE id IN (SELECT t.id FROM temp.tree_move m CROSS JOIN %s t"
                         " ON t.%s = m.predecessor WHERE m.successor IS NULL AND (t.%s IS NULL OR t.%s > m.day))",
                         rule->type->name, rule->to, rule->type->name, rule->from, rule->type->name, rule->field, rule->type->name,
                         rule->field, rule->to, rule->to);
  return run (tx, sql, error);
}

/* Bodies and services of property areas that end. */
static gboolean
run_area_endings (XqTransaction *tx, GError **error)
{
  static const char *const sql[] = {
    "UPDATE owners_body SET ended = (SELECT max (m.day, coalesce (owners_body.founded, '')) FROM property_area a"
    " CROSS JOIN temp.tree_move m ON m.predecessor = a.unit WHERE a.id = owners_body.property_area) WHERE id IN ("
    "SELECT t.id FROM temp.tree_move m CROSS JOIN property_area a ON a.unit = m.predecessor"
    " CROSS JOIN owners_body t ON t.property_area = a.id"
    " WHERE m.successor IS NULL AND (a.valid_to IS NULL OR a.valid_to > m.day) AND (t.ended IS NULL OR t.ended > m.day))",
    "UPDATE property_service SET valid_to = (SELECT max (m.day, coalesce (property_service.valid_from, '')) FROM property_area a"
    " CROSS JOIN temp.tree_move m ON m.predecessor = a.unit WHERE a.id = property_service.property_area) WHERE id IN ("
    "SELECT t.id FROM temp.tree_move m CROSS JOIN property_area a ON a.unit = m.predecessor"
    " CROSS JOIN property_service t ON t.property_area = a.id"
    " WHERE m.successor IS NULL AND (a.valid_to IS NULL OR a.valid_to > m.day) AND (t.valid_to IS NULL OR t.valid_to > m.day))"
  };

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    if (!run (tx, sql[i], error))
      return FALSE;
  return TRUE;
}

gboolean
xq_tree_moves_run (XqTransaction *tx, GError **error)
{
  if (!xq_tree_moves_settle (tx, error) || !run_area_endings (tx, error))
    return FALSE;
  for (const XqTreeRule *rule = XQ_TREE_RULES; rule->type != NULL; rule++)
    {
      gboolean fine = TRUE;

      if (rule->kind == XQ_TREE_RENEWED)
        fine = run_renewals (tx, rule, error);
      else if (rule->kind == XQ_TREE_FOLLOWS || rule->kind == XQ_TREE_MAIN)
        fine = run_following (tx, rule, error);
      if (!fine || !run_endings (tx, rule, error) || xq_transaction_check_cancelled (tx, error))
        return FALSE;
    }
  return TRUE;
}

/* What a record is called, for a few examples; NULL: it would be a person. */
static const char *
label_column (const XqRecordType *type)
{
  static const char *const columns[] = { "name", "title", "topic", "post", "firm", "indicator", "number" };

  if (type == &XQ_MEMBER || type == &XQ_POST_HOLDER)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (xq_record_type_find (type, columns[i]) >= 0)
      return columns[i];
  return NULL;
}

static const char *
find_name (const XqTreeStep *step, gint64 target)
{
  for (guint i = 0; i < step->targets->len; i++)
    if (g_array_index (step->targets, gint64, i) == target)
      return g_ptr_array_index (step->names, i);
  return NULL;
}

static void
add_movement (GPtrArray *movements, const XqTreeStep *step, const XqTreeRule *rule, gint64 to, gint64 count, const char *how,
              const char *examples)
{
  XqTreeMovement *movement = g_new0 (XqTreeMovement, 1);
  gboolean buildings = rule->type == &XQ_UNIT;

  movement->type = rule->type;
  movement->label = g_strdup (buildings ? _ ("Buildings") : g_dgettext (GETTEXT_PACKAGE, rule->type->label));
  movement->how = how;
  movement->count = (guint)count;
  movement->to
      = g_strdup (rule->kind == XQ_TREE_SUMMED && step->edit->kind == XQ_TREE_SPLIT ? _ ("every part") : find_name (step, to));
  movement->examples = examples != NULL ? g_strsplit (examples, "\n", -1) : g_new0 (char *, 1);
  g_ptr_array_add (movements, movement);
}

/* @sql: destination, number, a few names. */
static gboolean
list_from (XqTransaction *tx, const XqTreeStep *step, const XqTreeRule *rule, const char *sql, const char *how,
           GPtrArray *movements, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  XqStep found;

  if (statement == NULL)
    return FALSE;
  while ((found = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    if (xq_statement_get_int (statement, 1) > 0)
      {
        g_autofree char *names = g_strdup (xq_statement_get_text (statement, 2));

        add_movement (movements, step, rule, xq_statement_get_int (statement, 0), xq_statement_get_int (statement, 1), how, names);
      }
  return found == XQ_STEP_DONE;
}

gboolean
xq_tree_moves_list (XqTransaction *tx, const XqTreeStep *step, GPtrArray *movements, GError **error)
{
  for (const XqTreeRule *rule = XQ_TREE_RULES; rule->type != NULL; rule++)
    {
      const char *label = label_column (rule->type);
      g_autofree char *name = label != NULL ? g_strdup_printf ("t.%s", label) : g_strdup ("NULL");
      g_autofree char *rows = NULL;
      g_autofree char *sql = NULL;
      gboolean closing = step->edit->kind == XQ_TREE_CLOSE;

      if (closing && rule->ends)
        rows = g_strdup_printf ("SELECT NULL AS place, %s AS name FROM temp.tree_move m CROSS JOIN %s t ON t.%s = m.predecessor"
                                " WHERE t.%s IS NULL OR t.%s > m.day",
                                name, rule->type->name, rule->field, rule->to, rule->to);
      else if (!closing && (rule->kind == XQ_TREE_FOLLOWS || rule->kind == XQ_TREE_MAIN))
        {
          g_autofree char *destination = xq_tree_moves_build_destination (rule);
          g_autofree char *following = build_following (rule);

          rows = g_strdup_printf ("SELECT %s AS place, %s AS name %s AND %s <> t.%s", destination, name, following, destination,
                                  rule->field);
        }
      else if (!closing && rule->kind == XQ_TREE_RENEWED)
        {
          g_autofree char *renewed = build_renewed (rule);

          rows = g_strdup_printf ("SELECT r.successor AS place, %s AS name FROM (%s) r CROSS JOIN %s t ON t.id = r.id"
                                  " WHERE r.successor IS NOT r.unit",
                                  name, renewed, rule->type->name);
        }
      else if (!closing && rule->kind == XQ_TREE_SUMMED)
        {
          g_autofree char *running = build_running (rule);

          rows = g_strdup_printf ("SELECT %s AS place, NULL AS name FROM temp.tree_move m CROSS JOIN %s t"
                                  " ON t.%s = m.predecessor WHERE %s",
                                  step->edit->kind == XQ_TREE_SPLIT ? "NULL" : "m.successor", rule->type->name, rule->field,
                                  running);
        }
      if (rows == NULL)
        continue;
      sql = g_strdup_printf ("SELECT place, count (*), group_concat (iif (nth <= 3, name, NULL), char (10)) FROM (SELECT place, "
                             "name,"
                             " row_number () OVER (PARTITION BY place) AS nth FROM (%s)) GROUP BY place",
                             rows);
      if (!list_from (tx, step, rule, sql, closing ? _ ("ends") : xq_tree_rule_describe (rule->kind), movements, error))
        return FALSE;
    }
  return TRUE;
}
