#include "xq-tree-edit.h"

#include <glib/gi18n-lib.h>

#include "xq-base-table.h"
#include "xq-figures.h"
#include "xq-tree-step.h"

static void
part_free (gpointer data)
{
  XqTreePart *part = data;

  g_free (part->name);
  g_free (part->code);
  g_free (part);
}

XqTreeEdit *
xq_tree_edit_new (XqTreeEditKind kind, const char *day)
{
  XqTreeEdit *edit = g_new0 (XqTreeEdit, 1);

  edit->kind = kind;
  edit->day = g_strdup (day);
  edit->units = g_array_new (FALSE, FALSE, sizeof (gint64));
  edit->parts = g_ptr_array_new_with_free_func (part_free);
  edit->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  edit->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  edit->origin = XQ_ORIGIN_DECLARED;
  return edit;
}

XqTreeEdit *
xq_tree_edit_copy (const XqTreeEdit *edit)
{
  XqTreeEdit *copy = xq_tree_edit_new (edit->kind, edit->day);
  GHashTableIter iter;
  gpointer key, value;

  g_array_append_vals (copy->units, edit->units->data, edit->units->len);
  copy->parent = edit->parent;
  copy->name = g_strdup (edit->name);
  copy->code = g_strdup (edit->code);
  copy->mistake = edit->mistake;
  copy->survivor = edit->survivor;
  copy->main = edit->main;
  copy->origin = edit->origin;
  for (guint i = 0; i < edit->parts->len; i++)
    {
      const XqTreePart *part = g_ptr_array_index (edit->parts, i);
      XqTreePart *other = g_memdup2 (part, sizeof *part);

      other->name = g_strdup (part->name);
      other->code = g_strdup (part->code);
      g_ptr_array_add (copy->parts, other);
    }
  g_hash_table_iter_init (&iter, edit->choices);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy->choices, g_strdup (key), g_strdup (value));
  g_hash_table_iter_init (&iter, edit->places);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy->places, g_strdup (key), value);
  return copy;
}

void
xq_tree_edit_free (XqTreeEdit *edit)
{
  if (edit == NULL)
    return;
  g_free (edit->day);
  g_array_unref (edit->units);
  g_free (edit->name);
  g_free (edit->code);
  g_ptr_array_unref (edit->parts);
  g_hash_table_unref (edit->choices);
  g_hash_table_unref (edit->places);
  g_free (edit);
}

void
xq_tree_edit_add_unit (XqTreeEdit *edit, gint64 unit)
{
  g_array_append_val (edit->units, unit);
}

void
xq_tree_edit_add_part (XqTreeEdit *edit, const char *name, gint64 numerator, gint64 denominator, gboolean keeps)
{
  XqTreePart *part = g_new0 (XqTreePart, 1);

  part->name = g_strdup (name);
  part->numerator = numerator;
  part->denominator = denominator;
  part->keeps = keeps;
  g_ptr_array_add (edit->parts, part);
}

void
xq_tree_edit_choose (XqTreeEdit *edit, const char *conflict, const char *choice)
{
  g_hash_table_insert (edit->choices, g_strdup (conflict), g_strdup (choice));
}

void
xq_tree_edit_place (XqTreeEdit *edit, const XqRecordType *type, gint64 id, guint part)
{
  g_hash_table_insert (edit->places, g_strdup_printf ("%s:%" G_GINT64_FORMAT, type->name, id), GUINT_TO_POINTER (part));
}

char *
xq_tree_edit_make_label (const XqTreeEdit *edit, const char *subject)
{
  const char *called = subject != NULL ? subject : "";

  switch (edit->kind)
    {
    case XQ_TREE_ADD:
      return g_strdup_printf (_ ("New unit “%s”"), edit->name != NULL ? edit->name : "");
    case XQ_TREE_RENAME:
      return g_strdup_printf (_ ("Rename “%s” to “%s”"), called, edit->name != NULL ? edit->name : "");
    case XQ_TREE_RECODE:
      return g_strdup_printf (_ ("New code of “%s”"), called);
    case XQ_TREE_MOVE:
      return edit->units->len > 1
                 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Move %u unit", "Move %u units", edit->units->len),
                                    edit->units->len)
                 : g_strdup_printf (_ ("Move “%s”"), called);
    case XQ_TREE_CLOSE:
      return g_strdup_printf (_ ("Close “%s”"), called);
    case XQ_TREE_MERGE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Merge %u compound into “%s”", "Merge %u compounds into “%s”",
                                           edit->units->len),
                              edit->units->len, edit->survivor == 0 && edit->name != NULL ? edit->name : called);
    case XQ_TREE_REDRAW:
      return g_strdup (_ ("Re-draw compounds"));
    case XQ_TREE_SPLIT:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Split “%s” into %u part", "Split “%s” into %u parts",
                                           edit->parts->len),
                              called, edit->parts->len);
    }
}

const char *
xq_tree_carry_describe (XqTreeCarryKind kind)
{
  switch (kind)
    {
    case XQ_TREE_CARRY_SUM:
      return _ ("added up");
    case XQ_TREE_CARRY_SHARE:
      return _ ("parted by share");
    case XQ_TREE_CARRY_NONE:
      return _ ("only in the division of its time");
    case XQ_TREE_CARRY_ABOVE:
      return _ ("counts at the unit above");
    case XQ_TREE_CARRY_KEEP:
    default:
      return _ ("unchanged");
    }
}

static void
movement_free (gpointer data)
{
  XqTreeMovement *movement = data;

  g_free (movement->label);
  g_free (movement->to);
  g_strfreev (movement->examples);
  g_free (movement);
}

XqTreePreview *
xq_tree_preview_new (void)
{
  XqTreePreview *preview = g_new0 (XqTreePreview, 1);

  preview->movements = g_ptr_array_new_with_free_func (movement_free);
  preview->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_tree_conflict_free);
  preview->carries = g_ptr_array_new_with_free_func (g_free);
  preview->notices = g_ptr_array_new_with_free_func (g_free);
  return preview;
}

void
xq_tree_preview_free (XqTreePreview *preview)
{
  g_ptr_array_unref (preview->movements);
  g_ptr_array_unref (preview->conflicts);
  g_ptr_array_unref (preview->carries);
  g_ptr_array_unref (preview->notices);
  g_free (preview);
}

gboolean
xq_tree_carries_list (XqTransaction *tx, XqTreeEditKind kind, GPtrArray *carries, GError **error)
{
  g_autoptr (GArray) indicators = NULL;

  if (kind == XQ_TREE_ADD || kind == XQ_TREE_RENAME || kind == XQ_TREE_RECODE)
    return TRUE;
  indicators = xq_figures_list_carries (tx, error);
  for (guint i = 0; indicators != NULL && i < indicators->len; i++)
    {
      const XqIndicatorCarry *indicator = &g_array_index (indicators, XqIndicatorCarry, i);
      XqTreeCarry *carry = g_new0 (XqTreeCarry, 1);

      carry->indicator = indicator->indicator;
      if (kind == XQ_TREE_MOVE)
        carry->kind = XQ_TREE_CARRY_KEEP;
      else if (kind == XQ_TREE_CLOSE)
        carry->kind = XQ_TREE_CARRY_ABOVE;
      else if (!indicator->carried)
        carry->kind = XQ_TREE_CARRY_NONE;
      else
        carry->kind = kind == XQ_TREE_MERGE ? XQ_TREE_CARRY_SUM : XQ_TREE_CARRY_SHARE;
      g_ptr_array_add (carries, carry);
    }
  return indicators != NULL;
}

/* The committee that leads what is below @unit: its only one. 0: none or several. */
gboolean
xq_tree_find_committee (XqTransaction *tx, gint64 unit, gint64 *committee, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT min (id), count (*) FROM organisation WHERE unit = ?1 AND kind IN ('committee', 'general_branch')"
                          " AND functional IS NOT 1 AND dissolved IS NULL",
                          error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, unit);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  *committee = xq_statement_get_int (statement, 1) == 1 ? xq_statement_get_int (statement, 0) : 0;
  return TRUE;
}

/* Organisations of a moved unit that the old parent's committees lead: they come under the new one's. */
#define LED                                                                                                                        \
  " FROM organisation o WHERE o.unit = ?1 AND o.dissolved IS NULL AND o.parent IN (SELECT p.id FROM organisation p WHERE p.unit "  \
  "= ?2)"

static gboolean
count_led (XqTransaction *tx, const XqRecord *unit, gint64 *n, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT count (*)" LED, error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, xq_record_get_id (unit));
  xq_statement_bind_int (statement, 2, xq_record_get_int (unit, XQ_UNIT_PARENT));
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  *n = xq_statement_get_int (statement, 0);
  return TRUE;
}

static gboolean
move_units (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  gint64 committee;

  if (!xq_tree_find_committee (tx, step->edit->parent, &committee, error))
    return FALSE;
  for (guint i = 0; i < step->units->len; i++)
    {
      XqRecord *unit = g_ptr_array_index (step->units, i);
      gint64 old = xq_record_get_int (unit, XQ_UNIT_PARENT);

      if (committee != 0 && !g_str_equal (xq_tree_step_get_choice (step, "leading", "new"), "keep"))
        {
          g_autoptr (XqStatement) lead
              = xq_statement_get (tx, "UPDATE organisation SET parent = ?3 WHERE id IN (SELECT o.id" LED ")", error);

          if (lead == NULL)
            return FALSE;
          xq_statement_bind_int (lead, 1, xq_record_get_id (unit));
          xq_statement_bind_int (lead, 2, old);
          xq_statement_bind_int (lead, 3, committee);
          if (!xq_statement_run (lead, error))
            return FALSE;
        }
      xq_record_set_int (unit, XQ_UNIT_PARENT, step->edit->parent);
      if (!xq_record_update (tx, unit, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
preview_move (XqTransaction *tx, const XqTreeStep *step, XqTreePreview *preview, GError **error)
{
  g_autoptr (XqRecord) parent = xq_record_load (tx, &XQ_UNIT, step->edit->parent, error);
  XqTreeMovement *movement;
  gint64 committee, led = 0;

  if (parent == NULL || !xq_tree_find_committee (tx, step->edit->parent, &committee, error))
    return FALSE;
  movement = g_new0 (XqTreeMovement, 1);
  movement->type = &XQ_UNIT;
  movement->label = g_strdup (_ ("Units with all they hold"));
  movement->how = xq_tree_rule_describe (XQ_TREE_FOLLOWS);
  movement->count = step->units->len;
  movement->to = g_strdup (xq_record_get_text (parent, XQ_UNIT_NAME));
  movement->examples = g_new0 (char *, MIN (step->units->len, 3) + 1);
  for (guint i = 0; i < step->units->len; i++)
    {
      gint64 n;

      if (i < 3)
        movement->examples[i] = g_strdup (xq_record_get_text (g_ptr_array_index (step->units, i), XQ_UNIT_NAME));
      if (!count_led (tx, g_ptr_array_index (step->units, i), &n, error))
        {
          movement_free (movement);
          return FALSE;
        }
      led += n;
    }
  g_ptr_array_add (preview->movements, movement);
  if (led > 0 && committee != 0)
    {
      XqTreeConflict *conflict = xq_tree_conflict_new ("leading");

      xq_tree_conflict_add (conflict, "new", _ ("They come under the committee there"));
      xq_tree_conflict_add (conflict, "keep", _ ("They stay under the committee they have"));
      xq_tree_conflict_decide (conflict, step, "new");
      conflict->message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u organisation is led from where the unit belongs now",
                                                        "%u organisations are led from where the units belong now", (gulong)led),
                                           (guint)led);
      g_ptr_array_add (preview->conflicts, conflict);
    }
  g_ptr_array_add (preview->notices,
                   g_strdup (_ ("Where a unit belongs has no date: the move holds at once; locked periods stay as "
                                "they were")));
  return TRUE;
}

static gboolean
changes_records (const XqTreeEdit *edit)
{
  return edit->kind == XQ_TREE_MERGE || edit->kind == XQ_TREE_SPLIT || edit->kind == XQ_TREE_CLOSE;
}

XqTreePreview *
xq_tree_edit_preview (XqTransaction *tx, const XqTreeEdit *edit, GError **error)
{
  g_autoptr (XqTreePreview) preview = xq_tree_preview_new ();
  g_autoptr (XqTreeStep) step = NULL;

  step = xq_tree_step_new (tx, edit, 0, error);
  if (step == NULL)
    return NULL;
  if (changes_records (edit)
      && (!xq_tree_moves_begin (tx, error) || !xq_tree_moves_add (tx, step, error) || !xq_tree_moves_settle (tx, error)
          || !xq_tree_moves_list (tx, step, preview->movements, error)
          || !xq_tree_conflicts_list (tx, step, preview->conflicts, preview->notices, error)))
    return NULL;
  if (edit->kind == XQ_TREE_MOVE && !preview_move (tx, step, preview, error))
    return NULL;
  if (!xq_tree_carries_list (tx, edit->kind, preview->carries, error))
    return NULL;
  return g_steal_pointer (&preview);
}

GArray *
xq_tree_edit_apply (XqTransaction *tx, const XqTreeEdit *edit, GError **error)
{
  return xq_tree_edit_apply_all (tx, &edit, 1, error);
}

/* The same unit must not go two ways. */
static gboolean
check_apart (const GPtrArray *steps, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const XqTreeStep *step = g_ptr_array_index (steps, i);

      for (guint k = 0; k < step->units->len; k++)
        {
          gint64 id = xq_record_get_id (g_ptr_array_index (step->units, k));

          if (g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
            continue;
          g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("“%s” is in two of the changes; leave it in one"),
                       xq_record_get_text (g_ptr_array_index (step->units, k), XQ_UNIT_NAME));
          return FALSE;
        }
    }
  return TRUE;
}

GArray *
xq_tree_edit_apply_all (XqTransaction *tx, const XqTreeEdit *const *edits, guint n_edits, GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_tree_step_free);
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!xq_transaction_check_writing (tx, error) || !xq_tree_moves_begin (tx, error))
    return NULL;
  for (guint i = 0; i < n_edits; i++)
    {
      XqTreeStep *step = xq_tree_step_new (tx, edits[i], i, error);

      if (step == NULL)
        return NULL;
      g_ptr_array_add (steps, step);
      if ((edits[i]->kind == XQ_TREE_MERGE && !xq_base_table_keep_parts (tx, step->units, error))
          || !xq_tree_step_make_units (tx, step, error) || !xq_tree_moves_add (tx, step, error)
          || xq_transaction_check_cancelled (tx, error))
        return NULL;
    }
  if (!check_apart (steps, error) || !xq_tree_moves_settle (tx, error))
    return NULL;
  /* What was chosen and what is counted looks at where things were; then all that moves moves at once. */
  for (guint i = 0; i < steps->len; i++)
    {
      XqTreeStep *step = g_ptr_array_index (steps, i);

      if (!xq_tree_conflicts_resolve (tx, step, error) || !xq_tree_sums_run (tx, step, error))
        return NULL;
      xq_transaction_progress (tx, i + 1, 2 * (gint64)steps->len);
    }
  if (!xq_tree_moves_run (tx, error))
    return NULL;
  for (guint i = 0; i < steps->len; i++)
    {
      XqTreeStep *step = g_ptr_array_index (steps, i);

      if ((step->edit->kind == XQ_TREE_MOVE && !move_units (tx, step, error)) || !xq_tree_step_finish (tx, step, error))
        return NULL;
      g_array_append_vals (results, step->targets->data, step->targets->len);
      xq_transaction_progress (tx, steps->len + i + 1, 2 * (gint64)steps->len);
    }
  return g_steal_pointer (&results);
}

static void
placeable_free (gpointer data)
{
  XqTreePlaceable *placeable = data;

  g_free (placeable->label);
  g_free (placeable);
}

GPtrArray *
xq_tree_edit_list_placeable (XqTransaction *tx, gint64 unit, const char *day, GError **error)
{
  static const struct
  {
    const XqRecordType *type;
    const char *sql;
  } kinds[] = {
    { &XQ_UNIT, "SELECT u.id, u.name, coalesce (b.households, 0) FROM unit u LEFT JOIN building b ON b.unit = u.id"
                " LEFT JOIN search n ON n.unit = u.id WHERE u.parent = ?1 AND (u.valid_to IS NULL OR u.valid_to > ?2)"
                " ORDER BY u.ordinal IS NULL, u.ordinal, n.sort_key, u.id" },
    { &XQ_PROPERTY_AREA,
      "SELECT id, name, 0 FROM property_area WHERE unit = ?1 AND (valid_to IS NULL OR valid_to > ?2) ORDER BY name, id" },
    { &XQ_ORGANISATION,
      "SELECT id, name, 0 FROM organisation WHERE unit = ?1 AND (dissolved IS NULL OR dissolved > ?2) ORDER BY name, id" },
    { &XQ_ASSOCIATION, "SELECT id, name, 0 FROM association WHERE unit = ?1 AND (ended IS NULL OR ended > ?2) ORDER BY name, id" },
    { &XQ_SPACE, "SELECT id, name, 0 FROM space WHERE unit = ?1 AND (closed IS NULL OR closed > ?2) ORDER BY name, id" },
    { &XQ_PROJECT, "SELECT id, name, 0 FROM project WHERE unit = ?1 AND ?2 IS NOT NULL ORDER BY name, id" },
    { &XQ_TICKET, "SELECT id, number || ' ' || title, 0 FROM ticket WHERE unit = ?1 AND ?2 IS NOT NULL ORDER BY number, id" },
  };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (placeable_free);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (XqStatement) statement = xq_statement_get (tx, kinds[i].sql, error);
      XqStep step;

      if (statement == NULL)
        return NULL;
      xq_statement_bind_int (statement, 1, unit);
      xq_statement_bind_text (statement, 2, day);
      while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
        {
          XqTreePlaceable *placeable = g_new0 (XqTreePlaceable, 1);

          placeable->type = kinds[i].type;
          placeable->id = xq_statement_get_int (statement, 0);
          placeable->label = g_strdup (xq_statement_get_text (statement, 1));
          placeable->households = xq_statement_get_int (statement, 2);
          g_ptr_array_add (list, placeable);
        }
      if (step == XQ_STEP_ERROR)
        return NULL;
    }
  return g_steal_pointer (&list);
}
