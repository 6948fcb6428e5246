#include "xq-tree-facts.h"

#include "xq-ledger.h"

XqTreeFacts *
xq_tree_facts_new (XqTreeEditKind kind, const gint64 *ids, guint n_ids)
{
  XqTreeFacts *facts = g_new0 (XqTreeFacts, 1);

  facts->kind = kind;
  facts->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (facts->ids, ids, n_ids);
  return facts;
}

void
xq_tree_facts_free (XqTreeFacts *facts)
{
  g_array_unref (facts->ids);
  g_clear_pointer (&facts->units, g_ptr_array_unref);
  g_clear_pointer (&facts->others, g_ptr_array_unref);
  g_clear_pointer (&facts->placeables, g_ptr_array_unref);
  g_free (facts->day);
  g_free (facts);
}

const XqUnit *
xq_tree_facts_unit (const GPtrArray *units, guint index)
{
  return index < units->len ? g_ptr_array_index (units, index) : NULL;
}

const XqUnit *
xq_tree_facts_member (const XqTreeFacts *facts, guint index)
{
  if (index < facts->units->len)
    return g_ptr_array_index (facts->units, index);
  return facts->others != NULL ? xq_tree_facts_unit (facts->others, index - facts->units->len) : NULL;
}

/* Units of @level in force in the district of @unit, by path: where it may move to. */
static GPtrArray *
list_level (XqTransaction *tx, const XqUnit *unit, XqLevel level, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_unit_free);
  g_autoptr (GPtrArray) todo = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_unit_free);
  XqUnit *top = xq_unit_load (tx, unit->district, error);

  if (top == NULL)
    return NULL;
  g_ptr_array_add (todo, top);
  for (guint i = 0; i < todo->len; i++)
    {
      const XqUnit *at = g_ptr_array_index (todo, i);
      g_autoptr (GPtrArray) rows = NULL;

      if (at->level == level)
        {
          g_ptr_array_add (found, xq_unit_copy (at));
          continue;
        }
      rows = xq_unit_list_children (tx, at->id, XQ_PERIOD_NONE, error);
      if (rows == NULL)
        return NULL;
      for (guint k = 0; k < rows->len; k++)
        {
          XqUnit *child = xq_unit_copy (((XqTreeRow *)g_ptr_array_index (rows, k))->unit);

          g_free (child->path);
          child->path = at->level == XQ_LEVEL_DISTRICT ? g_strdup (child->name) : g_strconcat (at->path, "/", child->name, NULL);
          g_ptr_array_add (todo, child);
        }
    }
  return g_steal_pointer (&found);
}

static gboolean
holds (const GPtrArray *units, gint64 id)
{
  for (guint i = 0; i < units->len; i++)
    if (xq_tree_facts_unit (units, i)->id == id)
      return TRUE;
  return FALSE;
}

/* Other compounds of the same communities. */
static GPtrArray *
list_neighbours (XqTransaction *tx, const GPtrArray *units, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_unit_free);

  for (guint i = 0; i < units->len; i++)
    {
      g_autoptr (GPtrArray) rows = xq_unit_list_children (tx, xq_tree_facts_unit (units, i)->parent, XQ_PERIOD_NONE, error);

      if (rows == NULL)
        return NULL;
      for (guint k = 0; k < rows->len; k++)
        {
          const XqUnit *unit = ((XqTreeRow *)g_ptr_array_index (rows, k))->unit;

          if (unit->level == XQ_LEVEL_COMPOUND && !holds (units, unit->id) && !holds (found, unit->id))
            g_ptr_array_add (found, xq_unit_copy (unit));
        }
    }
  return g_steal_pointer (&found);
}

gpointer
xq_tree_facts_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const XqTreeFacts *asked = data;
  XqTreeFacts *facts = g_new0 (XqTreeFacts, 1);
  gboolean fine = TRUE;

  facts->kind = asked->kind;
  facts->ids = g_array_ref (asked->ids);
  facts->units = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_unit_free);
  facts->day = xq_working_day (tx);
  for (guint i = 0; i < facts->ids->len && fine; i++)
    {
      XqUnit *unit = xq_unit_load (tx, g_array_index (facts->ids, gint64, i), error);

      fine = unit != NULL;
      if (fine)
        g_ptr_array_add (facts->units, unit);
    }
  if (fine && facts->kind == XQ_TREE_MOVE)
    {
      facts->others = list_level (tx, xq_tree_facts_unit (facts->units, 0), xq_tree_facts_unit (facts->units, 0)->level - 1, error);
      fine = facts->others != NULL;
    }
  else if (fine && facts->kind == XQ_TREE_MERGE)
    {
      facts->others = list_neighbours (tx, facts->units, error);
      fine = facts->others != NULL;
    }
  else if (fine && facts->kind == XQ_TREE_SPLIT)
    {
      facts->placeables = xq_tree_edit_list_placeable (tx, xq_tree_facts_unit (facts->units, 0)->id, facts->day, error);
      fine = facts->placeables != NULL;
    }
  if (!fine)
    g_clear_pointer (&facts, xq_tree_facts_free);
  return facts;
}
