/* What features and lines of files may call the base units of a document. */

#include "xq-plan-boundaries-private.h"

void
xq_plan_targets_clear (XqPlanTargets *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  for (guint i = 0; self->targets != NULL && i < self->targets->len; i++)
    g_free ((gpointer)g_array_index (self->targets, XqGeoTarget, i).aliases);
  g_clear_pointer (&self->targets, g_array_unref);
  g_clear_pointer (&self->first_rows, g_array_unref);
  g_clear_pointer (&self->texts, g_string_chunk_free);
}

static void
add_text (GPtrArray *list, const char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (list, (gpointer)text);
}

static const char *
join (XqPlanTargets *self, const char *first, const char *second)
{
  g_autofree char *text = g_strconcat (first, "/", second, NULL);

  return g_string_chunk_insert_const (self->texts, text);
}

/* Other names of the unit, and of the compound that the base unit was. */
static void
add_aliases (XqPlanTargets *self, GHashTable *by_unit, gint64 unit, GPtrArray *list)
{
  GPtrArray *names = g_hash_table_lookup (by_unit, &unit);

  for (guint i = 0; names != NULL && i < names->len; i++)
    add_text (list, g_ptr_array_index (names, i));
}

static void
add_target (XqPlanTargets *self, GHashTable *by_unit, const XqBaseRow *row, gboolean whole)
{
  const char *name = whole ? row->unit_name : row->name, *in_community = join (self, row->community_name, name);
  const char *in_street = join (self, row->street_name, in_community);
  gboolean alone = row->n_siblings == 1;
  XqGeoTarget target = { .unit = whole ? row->unit : row->base, .code = whole ? NULL : row->code, .name = name, .path = in_street };
  GPtrArray *aliases = g_ptr_array_new ();
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, row->base != 0 ? row->base : row->unit);

  add_text (aliases, in_community);
  if (!whole)
    {
      add_text (aliases, g_string_chunk_insert_const (self->texts, id));
      add_text (aliases, row->former_name);
      add_text (aliases, row->former_code);
      if (alone)
        {
          add_text (aliases, row->unit_name);
          add_text (aliases, join (self, row->community_name, row->unit_name));
        }
    }
  if (whole || alone)
    add_aliases (self, by_unit, row->unit, aliases);
  g_ptr_array_add (aliases, NULL);
  target.aliases = (const char *const *)g_ptr_array_free (aliases, FALSE);
  g_array_append_val (self->targets, target);
}

/* Whether one of the base units of a unit, the first of which is @first, is called as the unit: then the name means that one. */
static gboolean
has_namesake (const XqPlanTargets *self, guint first)
{
  const XqBaseRow *row = g_ptr_array_index (self->rows, first);

  for (guint i = first; i < first + row->n_siblings; i++)
    if (g_strcmp0 (((XqBaseRow *)self->rows->pdata[i])->name, row->unit_name) == 0)
      return TRUE;
  return FALSE;
}

static void
free_names (gpointer data)
{
  g_ptr_array_unref (data);
}

gboolean
xq_plan_targets_load (XqPlanTargets *self, XqTransaction *tx, gint64 scope, GError **error)
{
  g_autoptr (GHashTable) by_unit = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_names);

  self->rows = xq_base_table_list (tx, scope, error);
  if (self->rows == NULL)
    return FALSE;
  self->names = xq_base_table_list_names (tx, scope, error);
  if (self->names == NULL)
    return FALSE;
  self->texts = g_string_chunk_new (4096);
  self->targets = g_array_new (FALSE, FALSE, sizeof (XqGeoTarget));
  self->first_rows = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->names->len; i++)
    {
      const XqBaseNameRow *row = g_ptr_array_index (self->names, i);
      GPtrArray *list = g_hash_table_lookup (by_unit, &row->unit);

      if (list == NULL)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (by_unit, g_memdup2 (&row->unit, sizeof row->unit), list);
        }
      g_ptr_array_add (list, row->name);
    }
  for (guint i = 0; i < self->rows->len; i++)
    add_target (self, by_unit, g_ptr_array_index (self->rows, i), FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const XqBaseRow *row = g_ptr_array_index (self->rows, i);

      if (row->n_siblings < 2 || (i > 0 && ((XqBaseRow *)self->rows->pdata[i - 1])->unit == row->unit) || has_namesake (self, i))
        continue;
      g_array_append_val (self->first_rows, i);
      add_target (self, by_unit, row, TRUE);
    }
  return TRUE;
}
