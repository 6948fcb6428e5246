/* Which units touch, and so must differ in colour. */

#include "xq-map-colours.h"
#include "xq-map-private.h"

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const guint *first = a, *second = b;

  if (first[0] != second[0])
    return first[0] < second[0] ? -1 : 1;
  return first[1] < second[1] ? -1 : first[1] > second[1];
}

void
xq_map_look_finish (XqMapLook *look, const XqMap *map, const XqMapLook *before)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, 2 * sizeof (guint));
  g_autofree int *old = NULL;
  guint n_units = look->unit_looks->len, n_pairs = 0;

  g_return_if_fail (look->n_base == map->n && look->colours == NULL);

  for (guint i = 0; i < look->n_base; i++)
    n_units = MAX (n_units, (guint)(look->units[i] + 1));
  g_array_set_size (look->unit_looks, n_units);
  for (guint i = 0; i < xq_map_topology_get_n_arcs (map->topology); i++)
    {
      const XqMapArc *arc = xq_map_topology_get_arc (map->topology, i);
      int left = arc->left >= 0 ? look->units[arc->left] : -1, right = arc->right >= 0 ? look->units[arc->right] : -1;
      const guint pair[] = { (guint)MIN (left, right), (guint)MAX (left, right) };

      if (left >= 0 && right >= 0 && left != right)
        g_array_append_vals (pairs, pair, 1);
    }
  g_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      const guint *pair = (const guint *)pairs->data + 2 * i;

      if (i > 0 && pair[0] == pair[-2] && pair[1] == pair[-1])
        continue;
      ((guint *)pairs->data)[2 * n_pairs] = pair[0];
      ((guint *)pairs->data)[2 * n_pairs + 1] = pair[1];
      n_pairs++;
    }
  /* The unit keeps its number, or else the colour of the unit that most of it was in: what one sees stays. */
  if (before != NULL && before->colours != NULL && before->n_base == look->n_base)
    {
      old = g_new (int, n_units + 1);
      for (guint i = 0; i < n_units; i++)
        old[i] = -1;
      for (guint i = 0; i < look->n_base; i++)
        if (look->units[i] >= 0 && old[look->units[i]] < 0 && before->units[i] >= 0)
          old[look->units[i]] = before->colours[before->units[i]];
    }
  look->colours = xq_map_colour_units (n_units, (const guint *)pairs->data, n_pairs, old);
}
