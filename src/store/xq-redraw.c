#include "xq-redraw.h"

#include <glib/gi18n-lib.h>

#include "xq-base-table.h"
#include "xq-redraw-step.h"

/* How many new units that lie in several communities are told of one by one. */
#define N_TOLD 5

static void
unit_free (gpointer data)
{
  XqRedrawUnit *unit = data;

  g_free (unit->name);
  g_free (unit->code);
  g_array_unref (unit->bases);
  g_free (unit);
}

XqRedraw *
xq_redraw_new (const char *day)
{
  XqRedraw *redraw = g_new0 (XqRedraw, 1);

  redraw->day = g_strdup (day);
  redraw->units = g_ptr_array_new_with_free_func (unit_free);
  redraw->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  redraw->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return redraw;
}

void
xq_redraw_free (XqRedraw *redraw)
{
  if (redraw == NULL)
    return;
  g_free (redraw->day);
  g_ptr_array_unref (redraw->units);
  g_hash_table_unref (redraw->choices);
  g_hash_table_unref (redraw->places);
  g_free (redraw);
}

XqRedrawUnit *
xq_redraw_add (XqRedraw *redraw, const char *name, gint64 continues, gint64 parent, const gint64 *bases, guint n)
{
  XqRedrawUnit *unit = g_new0 (XqRedrawUnit, 1);

  unit->name = g_strdup (name);
  unit->continues = continues;
  unit->parent = parent;
  unit->bases = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (unit->bases, bases, n);
  g_ptr_array_add (redraw->units, unit);
  return unit;
}

void
xq_redraw_choose (XqRedraw *redraw, const char *conflict, const char *choice)
{
  g_hash_table_insert (redraw->choices, g_strdup (conflict), g_strdup (choice));
}

void
xq_redraw_place (XqRedraw *redraw, const XqRecordType *type, gint64 id, guint index)
{
  g_hash_table_insert (redraw->places, g_strdup_printf ("%s:%" G_GINT64_FORMAT, type->name, id), GUINT_TO_POINTER (index));
}

char *
xq_redraw_make_label (const XqRedraw *redraw, guint n_before)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Re-draw %u compound into %u", "Re-draw %u compounds into %u", n_before),
                          n_before, redraw->units->len);
}

void
xq_redraw_preview_free (XqRedrawPreview *preview)
{
  if (preview == NULL)
    return;
  g_clear_pointer (&preview->tree, xq_tree_preview_free);
  g_clear_pointer (&preview->flows, g_ptr_array_unref);
  g_free (preview);
}

static void
flow_free (gpointer data)
{
  XqRedrawFlow *flow = data;

  g_free (flow->before_name);
  g_free (flow->after_name);
  g_free (flow->community);
  g_free (flow);
}

/* The same as an edit of the tree, which shares the choices. */
static XqTreeEdit *
make_edit (const XqRedraw *redraw)
{
  XqTreeEdit *edit = xq_tree_edit_new (XQ_TREE_REDRAW, redraw->day);

  g_hash_table_unref (edit->choices);
  edit->choices = g_hash_table_ref (redraw->choices);
  return edit;
}

static const XqRedrawUnit *
wanted_at (const XqTreeStep *step, guint target)
{
  return g_ptr_array_index (step->redraw->redraw->units, g_array_index (step->redraw->indices, guint, target));
}

/* A unit's name, read once. Owned by @names. */
static const char *
name_unit (XqTransaction *tx, GHashTable *names, gint64 id, GError **error)
{
  char *name = g_hash_table_lookup (names, &id);
  g_autoptr (XqRecord) unit = NULL;

  if (name != NULL)
    return name;
  unit = xq_record_load (tx, &XQ_UNIT, id, error);
  if (unit == NULL)
    return NULL;
  name = g_strdup (xq_record_get_text (unit, XQ_UNIT_NAME));
  g_hash_table_insert (names, g_memdup2 (&id, sizeof id), name);
  return name;
}

static gboolean
list_flows (XqTransaction *tx, const XqTreeStep *step, GHashTable *names, GPtrArray *flows, GError **error)
{
  for (guint k = 0; k < step->redraw->streams->len; k++)
    {
      const XqRedrawStream *stream = xq_redraw_step_stream (step->redraw, k);
      const XqRecord *unit = g_ptr_array_index (step->units, stream->unit);
      const char *community = name_unit (tx, names, wanted_at (step, stream->target)->parent, error);
      XqRedrawFlow *flow;

      if (community == NULL)
        return FALSE;
      flow = g_new0 (XqRedrawFlow, 1);
      flow->before = xq_record_get_id (unit);
      flow->before_name = g_strdup (xq_record_get_text (unit, XQ_UNIT_NAME));
      flow->after_name = g_strdup (g_ptr_array_index (step->names, stream->target));
      flow->community = g_strdup (community);
      flow->after = g_array_index (step->redraw->indices, guint, stream->target);
      flow->households = stream->households;
      flow->numerator = stream->numerator;
      flow->denominator = stream->denominator;
      g_ptr_array_add (flows, flow);
    }
  return TRUE;
}

/* New units that take in compounds of several communities. */
static gboolean
note_communities (XqTransaction *tx, const XqTreeStep *step, GHashTable *names, GPtrArray *notices, GError **error)
{
  g_autofree gint64 *first = g_new0 (gint64, step->targets->len);
  g_autofree gboolean *several = g_new0 (gboolean, step->targets->len);
  guint n = 0;

  for (guint k = 0; k < step->redraw->streams->len; k++)
    {
      const XqRedrawStream *stream = xq_redraw_step_stream (step->redraw, k);
      gint64 community = xq_record_get_int (g_ptr_array_index (step->units, stream->unit), XQ_UNIT_PARENT);

      if (first[stream->target] == 0)
        first[stream->target] = community;
      several[stream->target] = several[stream->target] || first[stream->target] != community;
    }
  for (guint i = 0; i < step->targets->len; i++)
    if (several[i] && ++n <= N_TOLD)
      {
        const char *community = name_unit (tx, names, wanted_at (step, i)->parent, error);

        if (community == NULL)
          return FALSE;
        g_ptr_array_add (notices, g_strdup_printf (_ ("“%s” takes in compounds of several communities; it will belong to “%s”"),
                                                   (char *)g_ptr_array_index (step->names, i), community));
      }
  if (n > N_TOLD)
    g_ptr_array_add (notices,
                     g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more unit takes in compounds of several communities",
                                                   "%u more units take in compounds of several communities", n - N_TOLD),
                                      n - N_TOLD));
  return TRUE;
}

static void
count_units (const XqTreeStep *step, XqRedrawPreview *preview)
{
  for (guint i = 0; i < step->targets->len; i++)
    if (wanted_at (step, i)->continues != 0)
      preview->n_continued++;
    else
      preview->n_new++;
  preview->n_unchanged = step->redraw->n_unchanged;
  preview->n_before = step->units->len + preview->n_unchanged;
  preview->n_after = step->targets->len + preview->n_unchanged;
  preview->n_closed = step->units->len - preview->n_continued;
}

static gboolean
divides (const XqTreeStep *step)
{
  for (guint k = 0; k < step->redraw->streams->len; k++)
    if (xq_redraw_step_stream (step->redraw, k)->denominator > 1)
      return TRUE;
  return FALSE;
}

XqRedrawPreview *
xq_redraw_preview (XqTransaction *tx, const XqRedraw *redraw, GError **error)
{
  g_autoptr (XqRedrawPreview) preview = g_new0 (XqRedrawPreview, 1);
  g_autoptr (XqTreeEdit) edit = make_edit (redraw);
  g_autoptr (XqTreeStep) step = xq_redraw_step_new (tx, redraw, edit, error);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  if (step == NULL)
    return NULL;
  preview->tree = xq_tree_preview_new ();
  preview->flows = g_ptr_array_new_with_free_func (flow_free);
  count_units (step, preview);
  if (!xq_tree_moves_begin (tx, error) || !xq_tree_moves_add (tx, step, error) || !xq_tree_moves_settle (tx, error)
      || !xq_tree_moves_list (tx, step, preview->tree->movements, error)
      || !xq_tree_conflicts_list (tx, step, preview->tree->conflicts, preview->tree->notices, error)
      || !note_communities (tx, step, names, preview->tree->notices, error)
      || !xq_tree_carries_list (tx, divides (step) ? XQ_TREE_SPLIT : XQ_TREE_MERGE, preview->tree->carries, error)
      || !list_flows (tx, step, names, preview->flows, error))
    return NULL;
  return g_steal_pointer (&preview);
}

GArray *
xq_redraw_apply (XqTransaction *tx, const XqRedraw *redraw, GError **error)
{
  g_autoptr (XqTreeEdit) edit = make_edit (redraw);
  g_autoptr (XqTreeStep) step = NULL;
  g_autoptr (GArray) results = g_array_new (FALSE, TRUE, sizeof (gint64));

  if (!xq_transaction_check_writing (tx, error))
    return NULL;
  step = xq_redraw_step_new (tx, redraw, edit, error);
  /* What was chosen and what is counted looks at where things were; then all that moves moves at once. */
  if (step == NULL || !xq_base_table_keep_parts (tx, step->units, error) || !xq_tree_moves_begin (tx, error)
      || !xq_redraw_step_make_units (tx, step, error)
      || !xq_tree_moves_add (tx, step, error) || !xq_tree_moves_settle (tx, error) || !xq_tree_conflicts_resolve (tx, step, error)
      || !xq_tree_sums_run (tx, step, error) || !xq_tree_moves_run (tx, error) || !xq_redraw_step_finish (tx, step, error))
    return NULL;
  for (guint i = 0; i < redraw->units->len; i++)
    {
      const XqRedrawUnit *unit = g_ptr_array_index (redraw->units, i);
      int target = xq_redraw_step_find_target (step, i);

      /* One that stays exactly as it is is its own. */
      if (target >= 0)
        g_array_append_val (results, g_array_index (step->targets, gint64, target));
      else
        g_array_append_val (results, unit->continues);
    }
  return g_steal_pointer (&results);
}
