#include "xq-redraw-step.h"

#include <glib/gi18n-lib.h>

#include "xq-unit-private.h"

/* Where base units go, and with them what is known to stand in them. */
static const char base_table[] = "CREATE TEMP TABLE IF NOT EXISTS tree_base (base INTEGER PRIMARY KEY, successor INTEGER NOT NULL);"
                                 "DELETE FROM temp.tree_base";
static const char *const base_places[] = {
  "INSERT OR REPLACE INTO temp.tree_place SELECT 'base_unit', base, successor FROM temp.tree_base",
  "INSERT OR REPLACE INTO temp.tree_place SELECT 'property_area', a.id, b.successor FROM temp.tree_base b CROSS JOIN base_unit x"
  " ON x.id = b.base CROSS JOIN property_area a ON a.base = b.base WHERE a.unit = x.unit",
  "INSERT OR REPLACE INTO temp.tree_place SELECT 'unit', e.unit, b.successor FROM temp.tree_base b CROSS JOIN base_unit x"
  " ON x.id = b.base CROSS JOIN building e ON e.base = b.base CROSS JOIN unit u ON u.id = e.unit WHERE u.parent = x.unit",
};

/* What is recorded of a divided unit as a whole, and goes to one of its targets. SQL: ids; binds the unit and the day. */
static const struct
{
  const char *conflict;
  const XqRecordType *type;
  const char *sql;
} DIVIDED[] = {
  { "homes", &XQ_ORGANISATION, "SELECT t.id FROM organisation t WHERE t.unit = ?1 AND (t.dissolved IS NULL OR t.dissolved > ?2)" },
  { "members", &XQ_MEMBER, "SELECT t.id FROM member t WHERE t.residence = ?1 AND (t.valid_to IS NULL OR t.valid_to > ?2)" },
  { "tickets", &XQ_TICKET,
    "SELECT t.id FROM ticket t WHERE t.unit = ?1 AND ?2 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ticket_event e WHERE e.ticket = "
    "t.id AND e.kind = 'close' AND NOT EXISTS (SELECT 1 FROM ticket_event f WHERE f.ticket = t.id AND f.kind = 'reopen'"
    " AND (f.day > e.day OR (f.day = e.day AND f.ordinal > e.ordinal))))" },
  { "surveys", &XQ_SURVEY, "SELECT t.id FROM survey t WHERE t.unit = ?1 AND t.closed >= ?2" },
};

static gint64
unit_id (const XqTreeStep *step, guint unit)
{
  return xq_record_get_id (g_ptr_array_index (step->units, unit));
}

static gint64
target_id (const XqTreeStep *step, guint target)
{
  return g_array_index (step->targets, gint64, target);
}

static guint
number_at (const GArray *array, guint index)
{
  return g_array_index (array, guint, index);
}

static gboolean
is_same (const XqTreeStep *step, guint unit)
{
  return g_array_index (step->redraw->same, gboolean, unit);
}

static gboolean
is_divided (const XqTreeStep *step, guint unit)
{
  return number_at (step->redraw->first_stream, unit) + 1 < number_at (step->redraw->first_stream, unit + 1);
}

/* "members-ID:INDEX": of the unit ID, by the new unit that takes them by default. */
static char *
make_id (const XqTreeStep *step, guint unit, const char *kind)
{
  g_autofree char *whose = g_strdup_printf ("%s-%" G_GINT64_FORMAT, kind, unit_id (step, unit));

  return xq_tree_conflict_make_id (step, number_at (step->redraw->to, unit), whose);
}

/* The target chosen for what is recorded of the unit as a whole; that it goes to anyhow where nothing (or nonsense) was. */
static guint
find_chosen (const XqTreeStep *step, guint unit, const char *kind)
{
  const XqRedrawStep *redraw = step->redraw;
  g_autofree char *id = make_id (step, unit, kind);
  const char *chosen = xq_tree_step_get_choice (step, id, NULL);
  guint64 index;

  if (chosen == NULL || !g_ascii_string_to_unsigned (chosen, 10, 0, G_MAXUINT, &index, NULL))
    return number_at (redraw->to, unit);
  for (guint k = number_at (redraw->first_stream, unit); k < number_at (redraw->first_stream, unit + 1); k++)
    {
      guint target = xq_redraw_step_stream (redraw, k)->target;

      if (number_at (redraw->indices, target) == index)
        return target;
    }
  return number_at (redraw->to, unit);
}

static gboolean
place_chosen (XqTransaction *tx, const XqTreeStep *step, guint unit, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (DIVIDED); i++)
    {
      guint target = find_chosen (step, unit, DIVIDED[i].conflict);
      g_autofree char *sql = NULL;
      g_autoptr (XqStatement) statement = NULL;

      if (target == number_at (step->redraw->to, unit))
        continue;
      sql = g_strdup_printf ("INSERT OR REPLACE INTO temp.tree_place SELECT '%s', r.id, ?3 FROM (%s) r", DIVIDED[i].type->name,
                             DIVIDED[i].sql);
      statement = xq_statement_get (tx, sql, error);
      if (statement == NULL)
        return FALSE;
      xq_statement_bind_int (statement, 1, unit_id (step, unit));
      xq_statement_bind_text (statement, 2, step->edit->day);
      xq_statement_bind_int (statement, 3, target_id (step, target));
      if (!xq_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
place_bases (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;

  if (!xq_transaction_execute (tx, base_table, error))
    return FALSE;
  statement = xq_statement_get (tx, "INSERT INTO temp.tree_base VALUES (?1, ?2)", error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < step->redraw->bases->len; i++)
    {
      const XqRedrawBase *base = &g_array_index (step->redraw->bases, XqRedrawBase, i);

      if (is_same (step, base->unit))
        continue;
      xq_statement_bind_int (statement, 1, base->id);
      xq_statement_bind_int (statement, 2, target_id (step, base->target));
      if (!xq_statement_run (statement, error))
        return FALSE;
      xq_statement_reset (statement);
    }
  for (guint i = 0; i < G_N_ELEMENTS (base_places); i++)
    {
      g_autoptr (XqStatement) place = xq_statement_get (tx, base_places[i], error);

      if (place == NULL || !xq_statement_run (place, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
xq_redraw_places_add (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  const XqRedrawStep *redraw = step->redraw;
  GHashTableIter iter;
  gpointer key, value;

  for (guint u = 0; u < step->units->len; u++)
    {
      guint to = number_at (redraw->to, u);

      if (!is_same (step, u)
          && !xq_tree_moves_insert (tx, step, unit_id (step, u), target_id (step, to), number_at (redraw->mains, to) == u, error))
        return FALSE;
    }
  for (guint k = 0; k < redraw->streams->len; k++)
    {
      const XqRedrawStream *stream = xq_redraw_step_stream (redraw, k);

      if (!is_same (step, stream->unit)
          && !xq_tree_moves_insert_share (tx, unit_id (step, stream->unit), target_id (step, stream->target),
                                          number_at (redraw->mains, stream->target) == stream->unit, error))
        return FALSE;
    }
  if (!place_bases (tx, step, error))
    return FALSE;
  for (guint u = 0; u < step->units->len; u++)
    if (is_divided (step, u) && !place_chosen (tx, step, u, error))
      return FALSE;
  g_hash_table_iter_init (&iter, redraw->redraw->places);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      int target = xq_redraw_step_find_target (step, GPOINTER_TO_UINT (value));

      if (target >= 0 && !xq_tree_moves_insert_place (tx, key, target_id (step, (guint)target), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_rows (XqTransaction *tx, const XqTreeStep *step, guint unit, const char *ids, guint *n, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM (%s)", ids);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, unit_id (step, unit));
  xq_statement_bind_text (statement, 2, step->edit->day);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  *n = (guint)xq_statement_get_int (statement, 0);
  return TRUE;
}

static char *
describe_divided (const XqRecordType *type, guint n, const char *name)
{
  if (type == &XQ_ORGANISATION)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "“%2$s” is divided: %1$u Party organisation is at home there",
                                         "“%2$s” is divided: %1$u Party organisations are at home there", n),
                            n, name);
  if (type == &XQ_MEMBER)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "“%2$s” is divided: of %1$u member it is not known in which building",
                                         "“%2$s” is divided: of %1$u members it is not known in which building", n),
                            n, name);
  if (type == &XQ_TICKET)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "“%2$s” is divided: %1$u ticket is still open",
                                         "“%2$s” is divided: %1$u tickets are still open", n),
                            n, name);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "“%2$s” is divided: %1$u survey is still running",
                                       "“%2$s” is divided: %1$u surveys are still running", n),
                          n, name);
}

gboolean
xq_redraw_places_list (XqTransaction *tx, const XqTreeStep *step, GPtrArray *conflicts, GError **error)
{
  const XqRedrawStep *redraw = step->redraw;

  for (guint u = 0; u < step->units->len; u++)
    for (guint i = 0; is_divided (step, u) && i < G_N_ELEMENTS (DIVIDED); i++)
      {
        g_autofree char *id = make_id (step, u, DIVIDED[i].conflict);
        g_autofree char *fallback = g_strdup_printf ("%u", number_at (redraw->indices, number_at (redraw->to, u)));
        XqTreeConflict *conflict;
        guint n;

        if (!count_rows (tx, step, u, DIVIDED[i].sql, &n, error))
          return FALSE;
        if (n == 0)
          continue;
        conflict = xq_tree_conflict_new (id);
        conflict->message
            = describe_divided (DIVIDED[i].type, n, xq_record_get_text (g_ptr_array_index (step->units, u), XQ_UNIT_NAME));
        for (guint k = number_at (redraw->first_stream, u); k < number_at (redraw->first_stream, u + 1); k++)
          {
            guint target = xq_redraw_step_stream (redraw, k)->target;
            g_autofree char *choice = g_strdup_printf ("%u", number_at (redraw->indices, target));
            g_autofree char *label = g_strdup_printf (_ ("Goes to “%s”"), (char *)g_ptr_array_index (step->names, target));

            xq_tree_conflict_add (conflict, choice, label);
          }
        xq_tree_conflict_decide (conflict, step, fallback);
        g_ptr_array_add (conflicts, conflict);
      }
  return TRUE;
}

/* Whether anything comes to the target from another community. */
static void
find_comers (const XqTreeStep *step, gboolean *comers)
{
  for (guint k = 0; k < step->redraw->streams->len; k++)
    {
      const XqRedrawStream *stream = xq_redraw_step_stream (step->redraw, k);
      const XqRedrawUnit *wanted
          = g_ptr_array_index (step->redraw->redraw->units, number_at (step->redraw->indices, stream->target));

      if (xq_record_get_int (g_ptr_array_index (step->units, stream->unit), XQ_UNIT_PARENT) != wanted->parent)
        comers[stream->target] = TRUE;
    }
}

/* %s: the organisations at home in the target ?1, before they move or behind it. ?2: the community it will be of. */
#define LED                                                                                                                        \
  " AND t.dissolved IS NULL AND t.parent IN (SELECT p.id FROM organisation p CROSS JOIN unit c ON c.id = p.unit WHERE c.level = 2" \
  " AND p.unit <> ?2)"

static gboolean
list_led (XqTransaction *tx, const XqTreeStep *step, guint target, gint64 community, GPtrArray *conflicts, GError **error)
{
  g_autofree char *way = xq_tree_moves_build_destination (xq_tree_rule_find (&XQ_ORGANISATION, "unit"));
  g_autofree char *came
      = g_strdup_printf ("SELECT (SELECT count (*) FROM temp.tree_share q CROSS JOIN temp.tree_move m ON m.predecessor"
                         " = q.predecessor CROSS JOIN organisation t ON t.unit = m.predecessor WHERE q.successor = ?1"
                         " AND %s = ?1" LED ") + (SELECT count (*) FROM organisation t WHERE t.unit = ?1 AND NOT EXISTS"
                         " (SELECT 1 FROM temp.tree_move m WHERE m.predecessor = ?1)" LED ")",
                         way);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, came, error);
  g_autofree char *id = xq_tree_conflict_make_id (step, target, "leading");
  XqTreeConflict *conflict;
  guint n;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, target_id (step, target));
  xq_statement_bind_int (statement, 2, community);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  n = (guint)xq_statement_get_int (statement, 0);
  if (n == 0)
    return TRUE;
  conflict = xq_tree_conflict_new (id);
  conflict->message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%2$s: %1$u organisation is led from another community",
                                                    "%2$s: %1$u organisations are led from another community", n),
                                       n, (char *)g_ptr_array_index (step->names, target));
  xq_tree_conflict_add (conflict, "new", _ ("They come under the committee there"));
  xq_tree_conflict_add (conflict, "keep", _ ("They stay under the committee they have"));
  xq_tree_conflict_decide (conflict, step, "new");
  g_ptr_array_add (conflicts, conflict);
  return TRUE;
}

static gboolean
lead (XqTransaction *tx, const XqTreeStep *step, guint target, gint64 community, gint64 committee, GError **error)
{
  g_autofree char *id = xq_tree_conflict_make_id (step, target, "leading");
  g_autoptr (XqStatement) statement = NULL;

  if (g_str_equal (xq_tree_step_get_choice (step, id, "new"), "keep"))
    return TRUE;
  statement
      = xq_statement_get (tx,
                          "UPDATE organisation SET parent = ?3 WHERE id IN (SELECT t.id FROM organisation t WHERE t.unit = ?1" LED
                          ")",
                          error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, target_id (step, target));
  xq_statement_bind_int (statement, 2, community);
  xq_statement_bind_int (statement, 3, committee);
  return xq_statement_run (statement, error);
}

gboolean
xq_redraw_leading (XqTransaction *tx, const XqTreeStep *step, GPtrArray *conflicts, GError **error)
{
  g_autofree gboolean *comers = g_new0 (gboolean, step->targets->len);

  find_comers (step, comers);
  for (guint i = 0; i < step->targets->len; i++)
    {
      const XqRedrawUnit *wanted = g_ptr_array_index (step->redraw->redraw->units, number_at (step->redraw->indices, i));
      gint64 committee;

      if (!comers[i])
        continue;
      if (!xq_tree_find_committee (tx, wanted->parent, &committee, error))
        return FALSE;
      if (committee == 0)
        continue;
      if (!(conflicts != NULL ? list_led (tx, step, i, wanted->parent, conflicts, error)
                              : lead (tx, step, i, wanted->parent, committee, error)))
        return FALSE;
    }
  return TRUE;
}
