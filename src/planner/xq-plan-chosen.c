#include "xq-plan-chosen.h"

#include <math.h>
#include <string.h>

static guint64
hash_atoms (const guint *atoms, guint n)
{
  guint64 hash = 1469598103934665603u;

  for (guint i = 0; i < n; i++)
    hash = (hash ^ atoms[i]) * 1099511628211u;
  return hash;
}

XqPlanIndex *
xq_plan_index_new (const XqPlanColumns *columns)
{
  XqPlanIndex *index = g_new0 (XqPlanIndex, 1);

  index->columns = columns;
  index->by_hash = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint c = 0; c < xq_plan_columns_count (columns); c++)
    {
      guint n;
      const guint *atoms = xq_plan_columns_get (columns, c, &n);
      guint64 *key = g_new (guint64, 1);

      *key = hash_atoms (atoms, n);
      g_hash_table_insert (index->by_hash, key, GUINT_TO_POINTER (c + 1));
    }
  return index;
}

void
xq_plan_index_free (XqPlanIndex *index)
{
  if (index == NULL)
    return;
  g_hash_table_unref (index->by_hash);
  g_free (index);
}

int
xq_plan_index_find (const XqPlanIndex *index, const guint *atoms, guint n)
{
  guint64 key = hash_atoms (atoms, n);
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (index->by_hash, &key)), n_found;
  const guint *members;

  if (found == 0)
    return -1;
  members = xq_plan_columns_get (index->columns, found - 1, &n_found);
  return n_found == n && memcmp (members, atoms, sizeof (guint) * n) == 0 ? (int)found - 1 : -1;
}

void
xq_plan_work_list_groups (const XqPlanWork *work, guint *start, guint *atoms)
{
  guint n = work->piece->n_atoms;
  g_autofree guint *fill = g_new (guint, work->n_groups + 1);

  memset (start, 0, sizeof (guint) * (work->n_groups + 1));
  for (guint a = 0; a < n; a++)
    start[work->label[a] + 1]++;
  for (guint g = 0; g < work->n_groups; g++)
    start[g + 1] += start[g];
  memcpy (fill, start, sizeof (guint) * (work->n_groups + 1));
  for (guint a = 0; a < n; a++)
    atoms[fill[work->label[a]]++] = a;
}

guint
xq_plan_columns_read (const XqPlanColumns *columns, const double *x, guint n_atoms, int *label)
{
  guint n_groups = 0;

  for (guint a = 0; a < n_atoms; a++)
    label[a] = -1;
  for (guint c = 0; c < xq_plan_columns_count (columns); c++)
    if (x[c] > 0.5)
      {
        guint n;
        const guint *atoms = xq_plan_columns_get (columns, c, &n);

        for (guint i = 0; i < n; i++)
          label[atoms[i]] = (int)n_groups;
        n_groups++;
      }
  return n_groups;
}

gint64
xq_plan_round_bound (double bound)
{
  return isfinite (bound) ? (gint64)ceil (bound - 1e-5 * MAX (1, fabs (bound) * 1e-4)) : G_MININT64;
}
