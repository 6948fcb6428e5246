#include "xq-map-colours.h"

#include <string.h>

#define USUAL 5

typedef struct
{
  guint n;
  guint *starts, *neighbours;
  int *colours;
} Graph;

static void
graph_init (Graph *graph, guint n, const guint *pairs, guint n_pairs)
{
  g_autofree guint *fill = NULL;

  graph->n = n;
  graph->starts = g_new0 (guint, n + 2);
  graph->neighbours = g_new (guint, 2 * n_pairs + 1);
  graph->colours = g_new (int, n + 1);
  for (guint i = 0; i < n; i++)
    graph->colours[i] = -1;
  for (guint i = 0; i < n_pairs; i++)
    if (pairs[2 * i] != pairs[2 * i + 1])
      {
        graph->starts[pairs[2 * i] + 1]++;
        graph->starts[pairs[2 * i + 1] + 1]++;
      }
  for (guint i = 0; i < n; i++)
    graph->starts[i + 1] += graph->starts[i];
  fill = g_memdup2 (graph->starts, (n + 1) * sizeof (guint));
  for (guint i = 0; i < n_pairs; i++)
    if (pairs[2 * i] != pairs[2 * i + 1])
      {
        graph->neighbours[fill[pairs[2 * i]]++] = pairs[2 * i + 1];
        graph->neighbours[fill[pairs[2 * i + 1]]++] = pairs[2 * i];
      }
}

/* Colours that neighbours have, as bits. */
static guint
taken (const Graph *graph, guint unit)
{
  guint bits = 0;

  for (guint i = graph->starts[unit]; i < graph->starts[unit + 1]; i++)
    if (graph->colours[graph->neighbours[i]] >= 0)
      bits |= 1u << graph->colours[graph->neighbours[i]];
  return bits;
}

/* Exchanges two colours in the piece of them that hangs together with @from. */
static void
exchange (Graph *graph, guint from, int first, int second)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint8 *seen = g_new0 (guint8, graph->n + 1);

  g_array_append_val (stack, from);
  seen[from] = TRUE;
  while (stack->len > 0)
    {
      guint unit = g_array_index (stack, guint, stack->len - 1);

      g_array_set_size (stack, stack->len - 1);
      graph->colours[unit] = graph->colours[unit] == first ? second : first;
      for (guint i = graph->starts[unit]; i < graph->starts[unit + 1]; i++)
        {
          guint other = graph->neighbours[i];

          if (!seen[other] && (graph->colours[other] == first || graph->colours[other] == second))
            {
              seen[other] = TRUE;
              g_array_append_val (stack, other);
            }
        }
    }
}

/* Tries to free one of the usual colours round @unit by exchanging two among its neighbours (Kempe). */
static gboolean
free_colour (Graph *graph, guint unit)
{
  for (int first = 0; first < USUAL; first++)
    for (int second = 0; second < USUAL; second++)
      for (guint i = graph->starts[unit]; first != second && i < graph->starts[unit + 1]; i++)
        {
          guint other = graph->neighbours[i];

          if (graph->colours[other] != first)
            continue;
          exchange (graph, other, first, second);
          if ((taken (graph, unit) & 1u << first) == 0)
            return TRUE;
          exchange (graph, other, second, first);
        }
  return FALSE;
}

static int
choose (Graph *graph, guint unit, const guint *used)
{
  guint bits = taken (graph, unit);
  int best = -1;

  if ((bits & ((1u << USUAL) - 1)) == (1u << USUAL) - 1 && free_colour (graph, unit))
    bits = taken (graph, unit);
  /* Of the usual ones that are free the one used least: an even picture. */
  for (int colour = 0; colour < USUAL; colour++)
    if ((bits & 1u << colour) == 0 && (best < 0 || used[colour] < used[best]))
      best = colour;
  for (int colour = USUAL; best < 0 && colour < XQ_MAP_N_COLOURS; colour++)
    if ((bits & 1u << colour) == 0)
      best = colour;
  return MAX (best, 0);
}

int *
xq_map_colour_units (guint n, const guint *pairs, guint n_pairs, const int *before)
{
  Graph graph;
  guint used[XQ_MAP_N_COLOURS] = { 0 };
  g_autofree guint *degree = g_new0 (guint, n + 1);
  g_autofree guint *order = g_new (guint, n + 1);
  guint n_ordered = 0;
  g_autofree guint8 *removed = g_new0 (guint8, n + 1);

  graph_init (&graph, n, pairs, n_pairs);
  for (guint i = 0; i < n; i++)
    degree[i] = graph.starts[i + 1] - graph.starts[i];
  /* Those of few neighbours last: on a plane map one of five or fewer is always left. Buckets keep it linear. */
  {
    guint most = 0;
    g_autofree GQueue *buckets = NULL;

    for (guint i = 0; i < n; i++)
      most = MAX (most, degree[i]);
    buckets = g_new0 (GQueue, most + 1);
    for (guint i = 0; i < n; i++)
      g_queue_push_tail (&buckets[degree[i]], GUINT_TO_POINTER (i));
    for (guint level = 0; n_ordered < n;)
      {
        guint unit;

        if (g_queue_is_empty (&buckets[level]))
          {
            level++;
            continue;
          }
        unit = GPOINTER_TO_UINT (g_queue_pop_head (&buckets[level]));
        if (removed[unit] || degree[unit] != level)
          continue;
        removed[unit] = TRUE;
        order[n_ordered++] = unit;
        for (guint k = graph.starts[unit]; k < graph.starts[unit + 1]; k++)
          {
            guint other = graph.neighbours[k];

            if (!removed[other])
              g_queue_push_tail (&buckets[--degree[other]], GUINT_TO_POINTER (other));
          }
        level = level > 0 ? level - 1 : 0;
      }
    for (guint level = 0; level <= most; level++)
      g_queue_clear (&buckets[level]);
  }
  /* Those that may keep theirs come first, so that an edit does not turn the whole map another colour. */
  for (guint i = 0; before != NULL && i < n; i++)
    if (before[i] >= 0 && before[i] < XQ_MAP_N_COLOURS && (taken (&graph, i) & 1u << before[i]) == 0)
      {
        graph.colours[i] = before[i];
        used[before[i]]++;
      }
  for (guint i = n; i > 0; i--)
    if (graph.colours[order[i - 1]] < 0)
      {
        graph.colours[order[i - 1]] = choose (&graph, order[i - 1], used);
        used[graph.colours[order[i - 1]]]++;
      }
  g_free (graph.starts);
  g_free (graph.neighbours);
  return graph.colours;
}
