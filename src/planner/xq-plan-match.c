#include "xq-plan-match.h"

#include <string.h>

/* Households first, then base units: one number that sums exactly. */
__extension__ typedef __int128 Weight;

/*
 * Maximum-weight matching by shortest augmenting paths with potentials. Each a may also stay alone, at weight 0 on an end of its
 * own, so that every a is matched in the end and the heaviest is a cheapest perfect one.
 */
typedef struct
{
  const GArray *overlaps;
  guint *start;           /* of each a, in overlaps */
  Weight *value;          /* of each overlap */
  Weight *of_a, *of_b;    /* potentials: of_a + of_b ≥ value, equal where matched; of_b ≥ 0 */
  int *match_a, *match_b; /* match_a: overlap + 1, or 0 (alone) */
  Weight *slack;          /* by b */
  guint *from;            /* overlap by which b was reached */
  guint *seen_b, now;     /* b in the tree */
  guint *tree_a;
  Weight *given_at; /* by place in the tree */
  guint *reached;   /* b that have a slack and are not in the tree */
  guint *touched;
} Match;

static const XqPlanOverlap *
overlap_at (const Match *match, guint index)
{
  return &g_array_index (match->overlaps, XqPlanOverlap, index);
}

/* Swaps the matching along the way by which b was reached. */
static void
augment (Match *match, int b)
{
  while (b >= 0)
    {
      guint overlap = match->from[b];
      int a = overlap_at (match, overlap)->a,
          before = match->match_a[a] == 0 ? -1 : overlap_at (match, (guint)match->match_a[a] - 1)->b;

      match->match_a[a] = (int)overlap + 1;
      match->match_b[b] = a;
      b = before;
    }
}

/* Matches one more a, or leaves another alone for it. What has to be given up grows by steps; all is measured from the start. */
static void
match_one (Match *match, guint root)
{
  guint n_tree = 0, n_reached = 0, now = ++match->now;
  guint alone = root;
  Weight given = 0, least_alone = 0;
  int end = -1;

  match->tree_a[n_tree] = root;
  match->given_at[n_tree++] = 0;
  for (guint at = 0; end < 0;)
    {
      guint next = G_MAXUINT;

      /* Those that came into the tree since; what each of them would be alone, and whom it reaches. */
      for (; at < n_tree; at++)
        {
          guint a = match->tree_a[at];

          if (at == 0 || match->of_a[a] + given < least_alone)
            {
              alone = a;
              least_alone = match->of_a[a] + given;
            }
          for (guint k = match->start[a]; k < match->start[a + 1]; k++)
            {
              guint b = (guint)overlap_at (match, k)->b;
              Weight slack = match->of_a[a] + match->of_b[b] - match->value[k] + given;

              if (match->seen_b[b] == now)
                continue;
              if (match->touched[b] != now)
                {
                  match->touched[b] = now;
                  match->reached[n_reached++] = b;
                }
              else if (slack >= match->slack[b])
                continue;
              match->slack[b] = slack;
              match->from[b] = k;
            }
        }
      for (guint i = 0; i < n_reached; i++)
        if (match->slack[match->reached[i]] < (next == G_MAXUINT ? least_alone : match->slack[match->reached[next]]))
          next = i;
      if (next == G_MAXUINT)
        {
          given = least_alone;
          break;
        }
      given = match->slack[match->reached[next]];
      if (match->match_b[match->reached[next]] < 0)
        {
          end = (int)match->reached[next];
          break;
        }
      match->seen_b[match->reached[next]] = now;
      match->tree_a[n_tree] = (guint)match->match_b[match->reached[next]];
      match->given_at[n_tree++] = given;
      match->reached[next] = match->reached[--n_reached];
    }
  /* Each by what was given up since it came into the tree; the b of an a came with it. */
  for (guint i = 0; i < n_tree; i++)
    {
      guint a = match->tree_a[i];

      match->of_a[a] -= given - match->given_at[i];
      if (match->match_a[a] != 0)
        match->of_b[overlap_at (match, (guint)match->match_a[a] - 1)->b] += given - match->given_at[i];
    }
  if (end < 0)
    {
      /* @alone gives its b up to whoever reached it. */
      if (match->match_a[alone] != 0)
        end = overlap_at (match, (guint)match->match_a[alone] - 1)->b;
      match->match_a[alone] = 0;
    }
  augment (match, end);
}

void
xq_plan_match (const GArray *overlaps, guint n_a, guint n_b, int *match_a, int *match_b)
{
  g_autofree guint *start = g_new0 (guint, n_a + 1), *tree_a = g_new (guint, n_a + 1), *from = g_new (guint, n_b + 1),
                   *seen_b = g_new0 (guint, n_b + 1), *touched = g_new0 (guint, n_b + 1), *reached = g_new (guint, n_b + 1);
  g_autofree Weight *value = g_new0 (Weight, overlaps->len + 1), *of_a = g_new0 (Weight, n_a + 1),
                    *given_at = g_new (Weight, n_a + 1), *of_b = g_new0 (Weight, n_b + 1), *slack = g_new0 (Weight, n_b + 1);
  Match match = {
    .overlaps = overlaps,
    .start = start,
    .value = value,
    .of_a = of_a,
    .of_b = of_b,
    .match_a = match_a,
    .match_b = match_b,
    .slack = slack,
    .from = from,
    .seen_b = seen_b,
    .tree_a = tree_a,
    .given_at = given_at,
    .reached = reached,
    .touched = touched,
  };
  gint64 n_base = 1;

  for (guint k = 0; k < overlaps->len; k++)
    n_base += overlap_at (&match, k)->n_base;
  for (guint k = 0; k < overlaps->len; k++)
    {
      const XqPlanOverlap *overlap = overlap_at (&match, k);

      value[k] = (Weight)overlap->households * n_base + overlap->n_base;
      start[overlap->a + 1]++;
      if (value[k] > of_a[overlap->a])
        of_a[overlap->a] = value[k];
    }
  for (guint a = 0; a < n_a; a++)
    start[a + 1] += start[a];
  memset (match_a, 0, sizeof (int) * n_a);
  for (guint b = 0; b < n_b; b++)
    match_b[b] = -1;
  for (guint a = 0; a < n_a; a++)
    if (start[a] < start[a + 1])
      match_one (&match, a);
  for (guint a = 0; a < n_a; a++)
    match_a[a] = match_a[a] == 0 ? -1 : overlap_at (&match, (guint)match_a[a] - 1)->b;
}
