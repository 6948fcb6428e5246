#include "xq-plan.h"

#include "xq-plan-random.h"
#include "xq-plan-scope.h"
#include "xq-plan-work.h"

/* Steps of search for each atom of a piece, where none are given. */
#define STEPS_PER_ATOM 80
#define FEWEST_STEPS 3000
/* Search by turns: rounds of exact regions, each worth so many steps an atom, and steps. */
#define TURNS 3
#define STEPS_PER_ROUND 5
#define MOST_ROUNDS 40
/* Columns of a set partition, of a packing, and of a partition small enough that compactness is proven too where packing would
 * prove the rest. */
#define PARTITION_COLUMNS 500000
#define PACKING_COLUMNS 200000
#define FEW_COLUMNS 12000
/* Telling of progress more often than this costs more than it shows. */
#define NEWS_INTERVAL (50 * G_TIME_SPAN_MILLISECOND)

/* One proposal under way. */
typedef struct
{
  const XqPlanProblem *problem;
  XqPlanModel *model;
  GPtrArray *works; /* XqPlanWork, by piece */
  guint *order;     /* pieces, the largest first */
  XqPlanLimit limit;
  guint n_threads;
  guint n_atoms;

  GMutex mutex; /* guards what follows */
  guint next;
  guint atoms_left;
  GError *error;
  XqPlanProgressFunc progress;
  gpointer user_data;
  int *incumbent; /* label within its piece of each base unit, then numbered through */
  guint parts_done;
  double done;      /* atoms */
  XqPlanPart *told; /* by piece, as last told */
  gint64 told_at;
  gboolean improving; /* the first pass is over */
} Proposal;

const char *
xq_plan_status_to_id (XqPlanStatus status)
{
  static const char *const ids[] = { "optimal", "feasible", "infeasible", "broken" };

  g_return_val_if_fail (status < G_N_ELEMENTS (ids), NULL);
  return ids[status];
}

void
xq_plan_free (XqPlan *plan)
{
  if (plan == NULL)
    return;
  g_free (plan->assignment);
  xq_plan_score_free (plan->score);
  g_clear_pointer (&plan->parts, g_array_unref);
  g_free (plan);
}

/* ----------------------------------------------------------------------------------------------------------------------- parts */

/* Bound of the goal as people see it. */
static gint64
goal_bound (const XqPlanWork *work)
{
  gint64 bound = work->bound[XQ_PLAN_LEVEL_GOAL];

  if (work->piece->model->problem->goal == XQ_PLAN_GOAL_MOST_UNITS)
    return bound == G_MININT64 ? (gint64)work->piece->n_atoms : -bound;
  return MAX (bound, 0);
}

static gint64
goal_value (const XqPlanWork *work)
{
  gint64 value = work->cost.level[XQ_PLAN_LEVEL_GOAL];

  return work->piece->model->problem->goal == XQ_PLAN_GOAL_MOST_UNITS ? -value : value;
}

static XqPlanPart
describe_part (const XqPlanWork *work)
{
  const XqPlanPiece *piece = work->piece;
  XqPlanPart part = {
    .n_base = piece->n_base,
    .n_units = work->n_groups,
    .n_unable = (guint)work->cost.level[XQ_PLAN_LEVEL_UNABLE],
    .first = piece->base[0],
    .value = goal_value (work),
    .unable_bound = work->bound[XQ_PLAN_LEVEL_UNABLE],
  };

  part.community = xq_plan_problem_base (piece->model->problem, piece->base[0])->community;
  for (guint i = 1; i < piece->n_base; i++)
    if (xq_plan_problem_base (piece->model->problem, piece->base[i])->community != part.community)
      part.community = -1;
  part.bound = goal_bound (work);
  if (xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_BROKEN) || work->cost.level[XQ_PLAN_LEVEL_BROKEN] == 0)
    {
      part.proven |= xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_UNABLE) ? XQ_PLAN_PROVEN_UNABLE : 0;
      part.proven |= xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_GOAL) ? XQ_PLAN_PROVEN_GOAL : 0;
      part.proven |= xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_COMPACT) ? XQ_PLAN_PROVEN_COMPACT : 0;
    }
  /* A bound is of divisions that keep the rules; one that does not may be beyond it. */
  if ((part.proven & XQ_PLAN_PROVEN_GOAL)
      || (work->cost.level[XQ_PLAN_LEVEL_BROKEN] > 0
          && (piece->model->problem->goal == XQ_PLAN_GOAL_MOST_UNITS ? part.bound < part.value : part.bound > part.value)))
    part.bound = part.value;
  if (part.proven & XQ_PLAN_PROVEN_UNABLE)
    part.unable_bound = part.n_unable;
  if (work->cost.level[XQ_PLAN_LEVEL_BROKEN] > 0)
    part.status = work->bound[XQ_PLAN_LEVEL_BROKEN] > 0 ? XQ_PLAN_INFEASIBLE : XQ_PLAN_BROKEN;
  else
    part.status = part.proven & XQ_PLAN_PROVEN_GOAL ? XQ_PLAN_OPTIMAL : XQ_PLAN_FEASIBLE;
  return part;
}

/* -------------------------------------------------------------------------------------------------------------------- progress */

/* With the mutex held. */
static void
tell (Proposal *proposal, gboolean now)
{
  XqPlanProgress news = { .parts_done = proposal->parts_done, .n_parts = proposal->works->len };
  g_autofree int *incumbent = NULL;
  guint offset = 0;

  if (proposal->progress == NULL || (!now && g_get_monotonic_time () - proposal->told_at < NEWS_INTERVAL))
    return;
  incumbent = g_new (int, proposal->problem->base->len);
  for (guint p = 0; p < proposal->works->len; p++)
    {
      const XqPlanWork *work = g_ptr_array_index (proposal->works, p);
      const XqPlanPiece *piece = work->piece;

      /* Its own copy: the work may be at it on another thread. */
      for (guint i = 0; i < piece->n_base; i++)
        {
          int label = proposal->incumbent[piece->base[i]];

          if (label < 0)
            return;
          incumbent[piece->base[i]] = label + (int)offset;
        }
      offset += piece->n_atoms;
    }
  news.units = xq_plan_renumber (incumbent, proposal->problem->base->len);
  news.incumbent = incumbent;
  for (guint p = 0; p < proposal->works->len; p++)
    {
      news.unable += proposal->told[p].n_unable;
      news.value += proposal->told[p].value;
      news.bound += proposal->told[p].bound;
    }
  news.fraction = proposal->done / MAX (1u, proposal->n_atoms);
  proposal->told_at = g_get_monotonic_time ();
  proposal->progress (&news, proposal->user_data);
}

/* With the mutex held, on the thread of the work. */
static void
remember (Proposal *proposal, const XqPlanWork *work)
{
  XqPlanPart *told = &proposal->told[work->index];

  told->n_unable = (guint)work->cost.level[XQ_PLAN_LEVEL_UNABLE];
  told->value = goal_value (work);
  told->bound = xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_GOAL) ? told->value : goal_bound (work);
}

static void
take_news (XqPlanWork *work, gpointer data)
{
  Proposal *proposal = data;
  const XqPlanPiece *piece = work->piece;

  g_mutex_lock (&proposal->mutex);
  for (guint a = 0; a < piece->n_atoms; a++)
    for (guint i = 0; i < piece->atoms[a].n_base; i++)
      proposal->incumbent[piece->base[piece->atoms[a].first_base + i]] = work->label[a];
  remember (proposal, work);
  if (proposal->improving)
    tell (proposal, FALSE);
  g_mutex_unlock (&proposal->mutex);
}

/* --------------------------------------------------------------------------------------------------------------------- solving */

/* Where anything may be absorbed and all together are too few, one group is all there is to it. */
static gboolean
settle_too_few (XqPlanWork *work)
{
  const XqPlanPiece *piece = work->piece;
  const XqPlanRules *rules = &piece->model->problem->rules;
  g_autofree int *label = NULL;

  if (!xq_plan_piece_may_absorb (piece) || !rules->contiguous
      || (piece->members >= rules->members_floor && piece->households >= rules->households_min))
    return FALSE;
  label = g_new0 (int, piece->n_atoms);
  xq_plan_work_offer (work, label, 1);
  for (int level = 0; level < XQ_PLAN_N_LEVELS; level++)
    xq_plan_work_bound (work, level, work->cost.level[level]);
  return TRUE;
}

/* The first pass: what is quick, so that there is something for every piece. */
static void
start_piece (XqPlanWork *work)
{
  if (xq_plan_exact_small (work) || settle_too_few (work))
    return;
  xq_plan_construct (work);
  xq_plan_work_bound_by_sums (work);
}

static gboolean
prove_piece (XqPlanWork *work, GError **error)
{
  const XqPlanProblem *problem = work->piece->model->problem;
  gboolean absorbs = problem->goal == XQ_PLAN_GOAL_MOST_UNITS && xq_plan_piece_may_absorb (work->piece);

  if (!xq_plan_exact_partition (work, absorbs ? FEW_COLUMNS : PARTITION_COLUMNS, error))
    return FALSE;
  if (absorbs && !xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_GOAL))
    return xq_plan_exact_packing (work, PACKING_COLUMNS, error);
  if (problem->goal == XQ_PLAN_GOAL_MOST_UNITS && !xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_GOAL))
    return xq_plan_bound_packing (work, PACKING_COLUMNS, error);
  return TRUE;
}

/* The second pass: search, proof, and search again with what is left. */
static gboolean
improve_piece (XqPlanWork *work, GError **error)
{
  XqPlanLimit *limit = work->limit, part = *limit;
  guint rounds = (guint)MIN (MOST_ROUNDS, work->steps / STEPS_PER_ROUND / work->piece->n_atoms);
  gboolean started;

  if (xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_COMPACT))
    return TRUE;
  xq_plan_search (work, work->steps / 8, FALSE);
  xq_plan_work_bound_by_sums (work);
  /* The proof must leave time for the rest. */
  if (limit->deadline != G_MAXINT64)
    part.deadline = g_get_monotonic_time () + MAX (0, limit->deadline - g_get_monotonic_time ()) / 2;
  work->limit = &part;
  started = prove_piece (work, error);
  work->limit = limit;
  if (!started)
    return FALSE;
  for (guint turn = 0; turn < TURNS && !xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_GOAL); turn++)
    {
      if (!xq_plan_search_rounds (work, rounds, error))
        return FALSE;
      xq_plan_search (work, work->steps / 4 / TURNS, FALSE);
      xq_plan_work_bound_by_sums (work);
    }
  if (!xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_COMPACT))
    xq_plan_search (work, work->steps / 4, TRUE);
  if (part.ran_out)
    g_atomic_int_set (&limit->ran_out, 1);
  return TRUE;
}

/* Part of the time that is left which goes to a piece about to start. */
static XqPlanLimit
share_of_time (const Proposal *proposal, const XqPlanWork *work)
{
  XqPlanLimit limit = proposal->limit;
  gint64 now = g_get_monotonic_time ();

  /* That another ran out of its share is nothing to this one. */
  limit.ran_out = 0;
  if (limit.deadline == G_MAXINT64 || limit.deadline <= now)
    return limit;
  limit.deadline = now
                   + (gint64)((double)(limit.deadline - now)
                              * MIN (1.0, (double)work->piece->n_atoms * proposal->n_threads / MAX (1u, proposal->atoms_left)));
  return limit;
}

static gpointer
run_pass (gpointer data)
{
  Proposal *proposal = data;

  for (;;)
    {
      XqPlanWork *work;
      XqPlanLimit limit;
      g_autoptr (GError) error = NULL;

      g_mutex_lock (&proposal->mutex);
      if (proposal->next == proposal->works->len || proposal->error != NULL)
        {
          g_mutex_unlock (&proposal->mutex);
          return NULL;
        }
      work = g_ptr_array_index (proposal->works, proposal->order[proposal->next++]);
      limit = share_of_time (proposal, work);
      proposal->atoms_left -= work->piece->n_atoms;
      g_mutex_unlock (&proposal->mutex);

      work->limit = &limit;
      if (!proposal->improving)
        start_piece (work);
      else
        improve_piece (work, &error);
      work->limit = &proposal->limit;

      g_mutex_lock (&proposal->mutex);
      if (limit.ran_out)
        g_atomic_int_set (&proposal->limit.ran_out, 1);
      if (error != NULL && proposal->error == NULL)
        proposal->error = g_steal_pointer (&error);
      /* The first pass is quick. */
      proposal->done += work->piece->n_atoms * (proposal->improving ? 0.9 : 0.1);
      proposal->parts_done += proposal->improving;
      remember (proposal, work);
      if (proposal->improving)
        tell (proposal, FALSE);
      g_mutex_unlock (&proposal->mutex);
    }
}

static void
run_threads (Proposal *proposal, gboolean improving)
{
  guint n = MIN (proposal->n_threads, proposal->works->len);
  g_autofree GThread **threads = g_new0 (GThread *, n + 1);

  proposal->next = 0;
  proposal->improving = improving;
  proposal->atoms_left = proposal->n_atoms;
  for (guint i = 1; i < n; i++)
    threads[i] = g_thread_new ("xq-plan-part", run_pass, proposal);
  run_pass (proposal);
  for (guint i = 1; i < n; i++)
    g_thread_join (threads[i]);
}

static int
compare_pieces (gconstpointer a, gconstpointer b, gpointer data)
{
  GPtrArray *works = data;
  guint x = *(const guint *)a, y = *(const guint *)b;
  guint n_x = ((XqPlanWork *)g_ptr_array_index (works, x))->piece->n_atoms;
  guint n_y = ((XqPlanWork *)g_ptr_array_index (works, y))->piece->n_atoms;

  if (n_x != n_y)
    return n_x > n_y ? -1 : 1;
  return x < y ? -1 : x > y;
}

static void
make_works (Proposal *proposal)
{
  const XqPlanBudget *budget = &proposal->problem->budget;

  for (guint p = 0; p < proposal->model->pieces->len; p++)
    proposal->n_atoms += ((XqPlanPiece *)g_ptr_array_index (proposal->model->pieces, p))->n_atoms;
  for (guint p = 0; p < proposal->model->pieces->len; p++)
    {
      const XqPlanPiece *piece = g_ptr_array_index (proposal->model->pieces, p);
      XqPlanWork *work = xq_plan_work_new (piece, &proposal->limit, xq_plan_mix (budget->seed * 7919 + p));

      work->steps = budget->steps > 0 ? budget->steps * piece->n_atoms / proposal->n_atoms
                                      : MAX (FEWEST_STEPS, (guint64)STEPS_PER_ATOM * piece->n_atoms);
      /* Only one that is most of it all is searched by several threads. */
      work->n_threads = 2 * piece->n_atoms >= proposal->n_atoms ? proposal->n_threads : 1;
      work->index = p;
      work->news = take_news;
      work->news_data = proposal;
      g_ptr_array_add (proposal->works, work);
    }
  proposal->order = g_new (guint, proposal->works->len);
  for (guint p = 0; p < proposal->works->len; p++)
    proposal->order[p] = p;
  g_qsort_with_data (proposal->order, (int)proposal->works->len, sizeof (guint), compare_pieces, proposal->works);
}

/* --------------------------------------------------------------------------------------------------------------------- results */

static void
settle_status (XqPlan *plan, const XqPlanProblem *problem)
{
  int allowed = problem->rules.contact_units;
  gboolean infeasible = FALSE, broken = FALSE;

  plan->proven = XQ_PLAN_PROVEN_UNABLE | XQ_PLAN_PROVEN_GOAL | XQ_PLAN_PROVEN_COMPACT;
  for (guint i = 0; i < plan->parts->len; i++)
    {
      const XqPlanPart *part = &g_array_index (plan->parts, XqPlanPart, i);

      plan->proven &= part->proven;
      plan->value += part->value;
      plan->bound += part->bound;
      plan->unable_bound += part->unable_bound;
      infeasible |= part->status == XQ_PLAN_INFEASIBLE;
      broken |= part->status == XQ_PLAN_BROKEN;
    }
  if (allowed >= 0 && plan->score->n_unable > (guint)allowed)
    {
      infeasible |= plan->unable_bound > allowed;
      broken = TRUE;
    }
  plan->gap = plan->value != 0 ? (double)ABS (plan->bound - plan->value) / (double)ABS (plan->value) : plan->bound != plan->value;
  plan->status = infeasible                             ? XQ_PLAN_INFEASIBLE
                 : broken                               ? XQ_PLAN_BROKEN
                 : (plan->proven & XQ_PLAN_PROVEN_GOAL) ? XQ_PLAN_OPTIMAL
                                                        : XQ_PLAN_FEASIBLE;
}

static XqPlan *
make_plan (Proposal *proposal, gint64 started)
{
  XqPlan *plan = g_new0 (XqPlan, 1);
  guint offset = 0;

  plan->n_base = proposal->problem->base->len;
  plan->assignment = g_new (int, plan->n_base);
  plan->parts = g_array_new (FALSE, FALSE, sizeof (XqPlanPart));
  for (guint p = 0; p < proposal->works->len; p++)
    {
      const XqPlanWork *work = g_ptr_array_index (proposal->works, p);
      XqPlanPart part = describe_part (work);

      for (guint a = 0; a < work->piece->n_atoms; a++)
        for (guint i = 0; i < work->piece->atoms[a].n_base; i++)
          plan->assignment[work->piece->base[work->piece->atoms[a].first_base + i]] = work->label[a] + (int)offset;
      offset += work->n_groups;
      plan->steps += work->used;
      g_array_append_val (plan->parts, part);
    }
  xq_plan_renumber (plan->assignment, plan->n_base);
  plan->score = xq_plan_score_new (proposal->problem, plan->assignment);
  plan->deterministic = !g_atomic_int_get (&proposal->limit.ran_out);
  settle_status (plan, proposal->problem);
  plan->seconds = (double)(g_get_monotonic_time () - started) / G_TIME_SPAN_SECOND;
  return plan;
}

XqPlan *
xq_plan_propose (const XqPlanProblem *problem, XqPlanProgressFunc progress, gpointer user_data, GCancellable *cancellable,
                 GError **error)
{
  gint64 started = g_get_monotonic_time ();
  Proposal proposal = { .problem = problem, .progress = progress, .user_data = user_data };
  const XqPlanBudget *budget = &problem->budget;
  XqPlan *plan = NULL;

  if (!xq_plan_problem_validate (problem, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  proposal.limit.cancellable = cancellable;
  proposal.limit.deadline = budget->seconds > 0 ? started + (gint64)(budget->seconds * G_TIME_SPAN_SECOND) : G_MAXINT64;
  proposal.n_threads = budget->threads > 0 ? budget->threads : CLAMP (g_get_num_processors (), 1, 8);
  proposal.model = xq_plan_model_new (problem);
  proposal.works = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_work_free);
  proposal.incumbent = g_new (int, problem->base->len);
  for (guint i = 0; i < problem->base->len; i++)
    proposal.incumbent[i] = -1;
  g_mutex_init (&proposal.mutex);
  make_works (&proposal);
  proposal.told = g_new0 (XqPlanPart, proposal.works->len + 1);

  run_threads (&proposal, FALSE);
  g_mutex_lock (&proposal.mutex);
  tell (&proposal, TRUE);
  g_mutex_unlock (&proposal.mutex);
  run_threads (&proposal, TRUE);
  if (proposal.error != NULL)
    g_propagate_error (error, g_steal_pointer (&proposal.error));
  else
    plan = make_plan (&proposal, started);

  g_mutex_clear (&proposal.mutex);
  g_ptr_array_unref (proposal.works);
  g_free (proposal.order);
  g_free (proposal.incumbent);
  g_free (proposal.told);
  xq_plan_model_free (proposal.model);
  return plan;
}

/* --------------------------------------------------------------------------------------------------------------------- a part */

XqPlan *
xq_plan_improve (const XqPlanProblem *problem, const int *assignment, const int *units, guint n_units, XqPlanProgressFunc progress,
                 gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqPlanScope) scope = xq_plan_scope_new_units (problem, assignment, units, n_units);
  g_autoptr (XqPlan) plan = xq_plan_propose (scope->problem, progress, user_data, cancellable, error);
  g_autofree int *part = NULL;

  if (plan == NULL)
    return NULL;
  part = g_steal_pointer (&plan->assignment);
  plan->n_base = problem->base->len;
  plan->assignment = xq_plan_scope_put_back (scope, assignment, part);
  xq_plan_renumber (plan->assignment, plan->n_base);
  /* What was proven is of the part; the figures are of the whole. */
  g_clear_pointer (&plan->score, xq_plan_score_free);
  plan->score = xq_plan_score_new (problem, plan->assignment);
  return g_steal_pointer (&plan);
}
