#include "xq-plan-explain.h"

#include <glib/gi18n-lib.h>

#include "xq-plan-columns.h"
#include "xq-plan-edit.h"

/* Looks for a group around one base unit before giving up. */
#define MOST_LOOKS 100000
/* Pairs of things to give up that are tried. */
#define MOST_PAIRS 300

void
xq_plan_explanation_free (XqPlanExplanation *explanation)
{
  if (explanation == NULL)
    return;
  g_array_unref (explanation->base);
  g_ptr_array_unref (explanation->ways);
  g_free (explanation->text);
  g_free (explanation);
}

static XqPlanExplanation *
explanation_new (void)
{
  XqPlanExplanation *explanation = g_new0 (XqPlanExplanation, 1);

  explanation->base = g_array_new (FALSE, FALSE, sizeof (guint));
  explanation->ways = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  return explanation;
}

/* ------------------------------------------------------------------------------------------------------------- whether it can be
 */

static const XqPlanPiece *
find_piece (const XqPlanModel *model, guint base, guint *atom)
{
  for (guint p = 0; p < model->pieces->len; p++)
    {
      const XqPlanPiece *piece = g_ptr_array_index (model->pieces, p);

      for (guint a = 0; a < piece->n_atoms; a++)
        for (guint i = 0; i < piece->atoms[a].n_base; i++)
          if (piece->base[piece->atoms[a].first_base + i] == base)
            {
              *atom = a;
              return piece;
            }
    }
  g_return_val_if_reached (NULL);
}

/* Whether @base can be in a unit that keeps every rule and is able. */
static XqPlanFound
can_hold (const XqPlanProblem *problem, guint base, XqPlanLimit *limit, XqPlanSums *sums)
{
  g_autoptr (XqPlanModel) model = xq_plan_model_new (problem);
  guint atom = 0;
  const XqPlanPiece *piece = find_piece (model, base, &atom);
  g_autoptr (XqPlanGroups) groups = xq_plan_groups_new (piece);

  return xq_plan_columns_find (groups, atom, MOST_LOOKS, limit, sums);
}

/* ------------------------------------------------------------------------------------------------------------------- candidates */

static void
add_candidate (GArray *candidates, XqPlanRelaxKind kind, int index)
{
  XqPlanRelax relax = { .kind = kind, .index = index };

  for (guint i = 0; i < candidates->len; i++)
    if (g_array_index (candidates, XqPlanRelax, i).kind == kind && g_array_index (candidates, XqPlanRelax, i).index == index)
      return;
  g_array_append_val (candidates, relax);
}

/* Edges that could be a way and are none: from the piece outwards, the first to each other piece, and inside it. */
static void
add_edges (const XqPlanProblem *problem, const int *piece_of, int own, GArray *candidates)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);

  for (guint e = 0; e < problem->edges->len; e++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);
      int a = piece_of[edge->a], b = piece_of[edge->b], other = a == own ? b : a;

      if ((a != own && b != own) || xq_plan_problem_edge_is_open (problem, edge))
        continue;
      if (other == own || g_hash_table_add (reached, GINT_TO_POINTER (other + 1)))
        add_candidate (candidates, edge->flags & XQ_PLAN_EDGE_CUT ? XQ_PLAN_RELAX_CUT : XQ_PLAN_RELAX_BARRIERS, (int)e);
    }
}

static void
add_pairs (const GArray *pairs, const int *piece_of, int own, XqPlanRelaxKind kind, GArray *candidates)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (pairs, XqPlanPair, i);

      if (piece_of[pair->a] == own || piece_of[pair->b] == own)
        add_candidate (candidates, kind, (int)i);
    }
}

/* Locks in the piece and beside it. */
static void
add_locks (const XqPlanProblem *problem, const int *piece_of, int own, GArray *candidates)
{
  for (guint i = 0; i < problem->base->len; i++)
    if (piece_of[i] == own && xq_plan_problem_base (problem, i)->locked >= 0)
      add_candidate (candidates, XQ_PLAN_RELAX_UNLOCK, xq_plan_problem_base (problem, i)->locked);
  for (guint e = 0; e < problem->edges->len; e++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);

      if (piece_of[edge->a] == own && xq_plan_problem_base (problem, edge->b)->locked >= 0)
        add_candidate (candidates, XQ_PLAN_RELAX_UNLOCK, xq_plan_problem_base (problem, edge->b)->locked);
      if (piece_of[edge->b] == own && xq_plan_problem_base (problem, edge->a)->locked >= 0)
        add_candidate (candidates, XQ_PLAN_RELAX_UNLOCK, xq_plan_problem_base (problem, edge->a)->locked);
    }
  /* Without contiguity anything in the community is beside it. */
  if (!problem->rules.contiguous)
    for (guint i = 0; i < problem->locked_groups->len; i++)
      add_candidate (candidates, XQ_PLAN_RELAX_UNLOCK, (int)i);
}

/* What could be in the way of the piece's base units; what is told first comes first. */
static GArray *
list_candidates (const XqPlanProblem *problem, const XqPlanModel *model, const XqPlanPiece *piece)
{
  const XqPlanRules *rules = &problem->rules;
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (XqPlanRelax));
  g_autofree int *piece_of = g_new (int, problem->base->len);
  int own = -1;

  for (guint p = 0; p < model->pieces->len; p++)
    {
      const XqPlanPiece *other = g_ptr_array_index (model->pieces, p);

      own = other == piece ? (int)p : own;
      for (guint i = 0; i < other->n_base; i++)
        piece_of[other->base[i]] = (int)p;
    }
  if (rules->locks)
    add_locks (problem, piece_of, own, candidates);
  add_edges (problem, piece_of, own, candidates);
  if (rules->apart)
    add_pairs (problem->apart, piece_of, own, XQ_PLAN_RELAX_APART, candidates);
  if (rules->together)
    add_pairs (problem->together, piece_of, own, XQ_PLAN_RELAX_TOGETHER, candidates);
  for (guint i = 0; rules->property_areas && i < piece->n_base; i++)
    if (xq_plan_problem_base (problem, piece->base[i])->property_area >= 0)
      add_candidate (candidates, XQ_PLAN_RELAX_PROPERTY, xq_plan_problem_base (problem, piece->base[i])->property_area);
  if (rules->max_base_units > 0)
    add_candidate (candidates, XQ_PLAN_RELAX_MAX_BASE, -1);
  if (rules->households_max > 0)
    add_candidate (candidates, XQ_PLAN_RELAX_HOUSEHOLDS_MAX, -1);
  if (rules->households_min > 0)
    add_candidate (candidates, XQ_PLAN_RELAX_HOUSEHOLDS_MIN, -1);
  if (rules->containment)
    add_candidate (candidates, XQ_PLAN_RELAX_CONTAINMENT, -1);
  if (rules->members_floor > 0)
    add_candidate (candidates, XQ_PLAN_RELAX_CONTACT, -1);
  if (rules->contiguous)
    add_candidate (candidates, XQ_PLAN_RELAX_CONTIGUOUS, -1);
  return candidates;
}

/* ------------------------------------------------------------------------------------------------------------------------- ways */

static XqPlanFound
try_way (const XqPlanProblem *problem, guint base, const GArray *way, XqPlanLimit *limit, XqPlanSums *sums)
{
  g_autoptr (XqPlanProblem) relaxed = xq_plan_problem_relax (problem, way);

  return can_hold (relaxed, base, limit, sums);
}

static gint64 *
amount_of_sums (XqPlanRelaxKind kind, XqPlanSums *sums, gint64 *room)
{
  switch (kind)
    {
    case XQ_PLAN_RELAX_HOUSEHOLDS_MIN:
    case XQ_PLAN_RELAX_HOUSEHOLDS_MAX:
      *room = sums->households;
      return room;
    case XQ_PLAN_RELAX_MAX_BASE:
      *room = sums->n_base;
      return room;
    default:
      return NULL;
    }
}

/* The closest limit that will do, for those of the way that have one; @sums: of a group found with none at all. */
static void
settle_amounts (const XqPlanProblem *problem, guint base, GArray *way, XqPlanSums sums, XqPlanLimit *limit)
{
  for (guint i = 0; i < way->len; i++)
    {
      XqPlanRelax *relax = &g_array_index (way, XqPlanRelax, i);
      gint64 step = relax->kind == XQ_PLAN_RELAX_HOUSEHOLDS_MIN ? 1 : -1, room;

      if (amount_of_sums (relax->kind, &sums, &room) == NULL)
        continue;
      relax->amount = room;
      for (;;)
        {
          XqPlanSums closer;
          gint64 kept = relax->amount;

          relax->amount += step;
          if (relax->amount <= 0 || try_way (problem, base, way, limit, &closer) != XQ_PLAN_FOUND)
            {
              relax->amount = kept;
              break;
            }
          sums = closer;
          amount_of_sums (relax->kind, &sums, &room);
          relax->amount = step < 0 ? MIN (room, relax->amount) : MAX (room, relax->amount);
        }
    }
}

/* Tries one set of things to give up; keeps it where it is enough. */
static gboolean
keep_way (XqPlanExplanation *explanation, const XqPlanProblem *problem, guint base, const XqPlanRelax *relaxes, guint n,
          XqPlanLimit *limit)
{
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (XqPlanRelax));
  XqPlanSums sums;

  g_array_append_vals (way, relaxes, n);
  if (try_way (problem, base, way, limit, &sums) != XQ_PLAN_FOUND)
    return FALSE;
  settle_amounts (problem, base, way, sums, limit);
  g_ptr_array_add (explanation->ways, g_steal_pointer (&way));
  return TRUE;
}

static void
find_ways (XqPlanExplanation *explanation, const XqPlanProblem *problem, guint base, const GArray *candidates, XqPlanLimit *limit)
{
  g_autofree gboolean *enough = g_new0 (gboolean, candidates->len + 1);
  guint tried = 0;

  for (guint i = 0; i < candidates->len; i++)
    enough[i] = keep_way (explanation, problem, base, &g_array_index (candidates, XqPlanRelax, i), 1, limit);
  /* A contact unit is always a way out of a floor: what would spare it is worth two. */
  if (explanation->ways->len > 1
      || (explanation->ways->len == 1
          && g_array_index ((GArray *)g_ptr_array_index (explanation->ways, 0), XqPlanRelax, 0).kind != XQ_PLAN_RELAX_CONTACT))
    return;
  for (guint i = 0; i < candidates->len; i++)
    for (guint k = i + 1; k < candidates->len && tried < MOST_PAIRS; k++)
      {
        XqPlanRelax pair[] = { g_array_index (candidates, XqPlanRelax, i), g_array_index (candidates, XqPlanRelax, k) };

        if (enough[i] || enough[k] || xq_plan_limit_is_reached (limit))
          continue;
        tried++;
        keep_way (explanation, problem, base, pair, 2, limit);
      }
}

/* ------------------------------------------------------------------------------------------------------------------------ words */

static char *
number_text (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

/* Takes @sentence. */
static void
append_sentence (GString *text, char *sentence)
{
  g_autofree char *own = sentence, *before = NULL;

  if (text->len == 0)
    {
      g_string_assign (text, own);
      return;
    }
  before = g_strdup (text->str);
  g_string_printf (text, C_ ("one sentence after the other", "%s %s"), before, own);
}

static void
append_ways (GString *text, const XqPlanProblem *problem, const XqPlanExplanation *explanation)
{
  g_autoptr (GString) ways = g_string_new (NULL);

  for (guint i = 0; i < explanation->ways->len; i++)
    {
      g_autofree char *way = xq_plan_way_to_text (problem, g_ptr_array_index (explanation->ways, i));

      if (i > 0)
        g_string_append (ways, C_ ("between ways out", "; or "));
      g_string_append (ways, way);
    }
  append_sentence (text, explanation->ways->len == 0 ? g_strdup (_ ("Nothing that could be given up near it would be enough."))
                                                     : g_strdup_printf (_ ("What would mend it: %s."), ways->str));
}

/* What is around it, in a sentence. */
static char *
describe_place (const XqPlanProblem *problem, const XqPlanPiece *piece, guint atom, guint base)
{
  int locked = xq_plan_problem_base (problem, base)->locked;
  g_autofree char *members = number_text (piece->members), *households = number_text (piece->households);

  if (piece->atoms[atom].conflict > 0)
    return g_strdup (_ ("What it must be together with contradicts another rule."));
  if (problem->rules.locks && locked >= 0)
    return g_strdup_printf (_ ("It is locked in %s."), (const char *)g_ptr_array_index (problem->locked_groups, (guint)locked));
  if (problem->rules.households_max > 0 && piece->n_base == 1 && piece->households > problem->rules.households_max)
    return g_strdup (_ ("By itself it has more households than a unit may have."));
  if (piece->n_atoms == 1)
    return g_strdup (_ ("It has no neighbour that it may be put with."));
  return g_strdup_printf (_ ("With all that can be reached from it there are %s full members and %s households."), members,
                          households);
}

static void
describe_base (XqPlanExplanation *explanation, const XqPlanProblem *problem, const XqPlanPiece *piece, guint atom, guint base)
{
  const XqPlanBase *of = xq_plan_problem_base (problem, base);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *members = number_text (of->members), *households = number_text (of->households);

  append_sentence (text, g_strdup_printf (_ ("%s has %s full members and %s households."), xq_plan_problem_label (problem, base),
                                          members, households));
  append_sentence (text, describe_place (problem, piece, atom, base));
  append_ways (text, problem, explanation);
  explanation->text = g_string_free (g_steal_pointer (&text), FALSE);
}

/* @known: FALSE where the looks were over before it was clear. */
static XqPlanExplanation *
explain_base (const XqPlanProblem *problem, guint base, GCancellable *cancellable, gboolean *known)
{
  g_autoptr (XqPlanModel) model = NULL;
  g_autoptr (XqPlanGroups) groups = NULL;
  g_autoptr (XqPlanExplanation) explanation = NULL;
  g_autoptr (GArray) candidates = NULL;
  XqPlanLimit limit = { .cancellable = cancellable, .deadline = G_MAXINT64 };
  const XqPlanPiece *piece;
  XqPlanFound found;
  XqPlanSums sums;
  guint atom = 0;

  model = xq_plan_model_new (problem);
  piece = find_piece (model, base, &atom);
  groups = xq_plan_groups_new (piece);
  found = xq_plan_columns_find (groups, atom, MOST_LOOKS, &limit, &sums);
  *known = found != XQ_PLAN_NOT_KNOWN;
  if (found != XQ_PLAN_NONE)
    return NULL;
  explanation = explanation_new ();
  g_array_append_val (explanation->base, base);
  candidates = list_candidates (problem, model, piece);
  find_ways (explanation, problem, base, candidates, &limit);
  describe_base (explanation, problem, piece, atom, base);
  return g_steal_pointer (&explanation);
}

XqPlanExplanation *
xq_plan_explain_base (const XqPlanProblem *problem, guint base, GCancellable *cancellable)
{
  gboolean known;

  g_return_val_if_fail (base < problem->base->len, NULL);
  return explain_base (problem, base, cancellable, &known);
}

/* ------------------------------------------------------------------------------------------------------------------------- plans
 */

/* One unit: the first of its base units that cannot be helped, or that they cannot all be. */
static XqPlanExplanation *
explain_unit (const XqPlanProblem *problem, const int *assignment, int unit, GCancellable *cancellable)
{
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (guint));
  XqPlanExplanation *explanation = NULL;
  gboolean all_known = TRUE, known;

  for (guint i = 0; i < problem->base->len; i++)
    if (assignment[i] == unit)
      g_array_append_val (own, i);
  for (guint i = 0; i < own->len && explanation == NULL && !g_cancellable_is_cancelled (cancellable); i++)
    {
      explanation = explain_base (problem, g_array_index (own, guint, i), cancellable, &known);
      all_known &= known;
    }
  if (explanation == NULL)
    {
      const char *first = xq_plan_problem_label (problem, g_array_index (own, guint, 0));

      explanation = explanation_new ();
      explanation->text
          = all_known
                ? g_strdup_printf (_ ("%s and what is with it could each be in a unit that keeps every rule, but not all "
                                      "of them at once without others falling short."),
                                   first)
                : g_strdup_printf (_ ("Around %s no unit that keeps every rule was found, nor a proof that there is none."), first);
    }
  g_array_set_size (explanation->base, 0);
  g_array_append_vals (explanation->base, own->data, own->len);
  return explanation;
}

GPtrArray *
xq_plan_explain_plan (const XqPlanProblem *problem, const int *assignment, GCancellable *cancellable)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_explanation_free);
  g_autoptr (XqPlanScore) score = xq_plan_score_new (problem, assignment);
  g_autofree gboolean *breaks = g_new0 (gboolean, score->units->len + 1);

  for (guint i = 0; i < score->violations->len; i++)
    {
      const XqPlanViolation *violation = g_ptr_array_index (score->violations, i);

      for (guint k = 0; k < violation->base->len; k++)
        {
          int unit = assignment[g_array_index (violation->base, guint, k)];

          if (unit >= 0)
            breaks[unit] = TRUE;
        }
    }
  for (guint u = 0; u < score->units->len && !g_cancellable_is_cancelled (cancellable); u++)
    {
      const XqPlanUnit *unit = &g_array_index (score->units, XqPlanUnit, u);

      if (unit->n_base > 0 && (breaks[u] || !unit->able))
        g_ptr_array_add (list, explain_unit (problem, assignment, (int)u, cancellable));
    }
  return list;
}

/* ----------------------------------------------------------------------------------------------------------------------- merging
 */

/* Ways between the two: −2 where there is one, else an edge that could be made one, or −1. */
static int
find_way_between (const XqPlanProblem *problem, const int *assignment, int a, int b)
{
  int could = -1;

  for (guint e = 0; e < problem->edges->len; e++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);
      int from = assignment[edge->a], to = assignment[edge->b];

      if (!((from == a && to == b) || (from == b && to == a)))
        continue;
      if (xq_plan_problem_edge_is_open (problem, edge))
        return -2;
      if (could < 0)
        could = (int)e;
    }
  return could;
}

XqPlanExplanation *
xq_plan_explain_merge (const XqPlanProblem *problem, const int *assignment, int a, int b)
{
  const XqPlanRules *rules = &problem->rules;
  g_autoptr (XqPlanExplanation) explanation = explanation_new ();
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (XqPlanRelax));
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 households = 0;
  int community = -2, edge, first[2] = { -1, -1 };

  g_return_val_if_fail (a != b && a >= 0 && b >= 0, NULL);
  for (guint i = 0; i < problem->base->len; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, i);

      if (assignment[i] != a && assignment[i] != b)
        continue;
      if (first[assignment[i] == b] < 0)
        first[assignment[i] == b] = (int)i;
      g_array_append_val (explanation->base, i);
      households += base->households;
      if (rules->locks && base->locked >= 0)
        add_candidate (way, XQ_PLAN_RELAX_UNLOCK, base->locked);
      if (rules->containment && community != -2 && base->community != community)
        add_candidate (way, XQ_PLAN_RELAX_CONTAINMENT, -1);
      community = base->community;
    }
  g_return_val_if_fail (first[0] >= 0 && first[1] >= 0, NULL);
  edge = rules->contiguous ? find_way_between (problem, assignment, a, b) : -2;
  if (edge >= 0)
    add_candidate (way,
                   g_array_index (problem->edges, XqPlanEdge, edge).flags & XQ_PLAN_EDGE_CUT ? XQ_PLAN_RELAX_CUT
                                                                                             : XQ_PLAN_RELAX_BARRIERS,
                   edge);
  else if (edge == -1)
    add_candidate (way, XQ_PLAN_RELAX_CONTIGUOUS, -1);
  for (guint i = 0; rules->apart && i < problem->apart->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (problem->apart, XqPlanPair, i);
      int from = assignment[pair->a], to = assignment[pair->b];

      if ((from == a && to == b) || (from == b && to == a))
        add_candidate (way, XQ_PLAN_RELAX_APART, (int)i);
    }
  if (rules->households_max > 0 && households > rules->households_max)
    {
      add_candidate (way, XQ_PLAN_RELAX_HOUSEHOLDS_MAX, -1);
      g_array_index (way, XqPlanRelax, way->len - 1).amount = households;
    }
  if (rules->max_base_units > 0 && explanation->base->len > (guint)rules->max_base_units)
    {
      add_candidate (way, XQ_PLAN_RELAX_MAX_BASE, -1);
      g_array_index (way, XqPlanRelax, way->len - 1).amount = explanation->base->len;
    }
  if (way->len == 0)
    return NULL;
  g_string_append_printf (text, _ ("The units of %s and %s may not be merged."), xq_plan_problem_label (problem, (guint)first[0]),
                          xq_plan_problem_label (problem, (guint)first[1]));
  g_ptr_array_add (explanation->ways, g_steal_pointer (&way));
  append_ways (text, problem, explanation);
  explanation->text = g_string_free (g_steal_pointer (&text), FALSE);
  return g_steal_pointer (&explanation);
}
