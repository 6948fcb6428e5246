#include "xq-plan-problem.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (xq - plan - error - quark, xq_plan_error)

/* So that sums of all base units, and products with a percentage, stay far inside 64 bits and exact in a double. */
#define LARGEST_COUNT G_GINT64_CONSTANT (1000000000000)

static void
clear_base (gpointer data)
{
  XqPlanBase *base = data;

  g_clear_pointer (&base->id, g_free);
  g_clear_pointer (&base->name, g_free);
}

XqPlanProblem *
xq_plan_problem_new (void)
{
  XqPlanProblem *problem = g_new0 (XqPlanProblem, 1);

  problem->base = g_array_new (FALSE, TRUE, sizeof (XqPlanBase));
  g_array_set_clear_func (problem->base, clear_base);
  problem->edges = g_array_new (FALSE, TRUE, sizeof (XqPlanEdge));
  problem->together = g_array_new (FALSE, TRUE, sizeof (XqPlanPair));
  problem->apart = g_array_new (FALSE, TRUE, sizeof (XqPlanPair));
  problem->communities = g_ptr_array_new_with_free_func (g_free);
  problem->locked_groups = g_ptr_array_new_with_free_func (g_free);
  problem->property_areas = g_ptr_array_new_with_free_func (g_free);
  problem->current_units = g_ptr_array_new_with_free_func (g_free);
  problem->rules = (XqPlanRules){
    .contiguous = TRUE,
    .barriers = TRUE,
    .containment = TRUE,
    .locks = TRUE,
    .property_areas = TRUE,
    .together = TRUE,
    .apart = TRUE,
    .members_floor = 3,
    .contact_units = -1,
  };
  return problem;
}

void
xq_plan_problem_free (XqPlanProblem *problem)
{
  if (problem == NULL)
    return;
  g_array_unref (problem->base);
  g_array_unref (problem->edges);
  g_array_unref (problem->together);
  g_array_unref (problem->apart);
  g_ptr_array_unref (problem->communities);
  g_ptr_array_unref (problem->locked_groups);
  g_ptr_array_unref (problem->property_areas);
  g_ptr_array_unref (problem->current_units);
  g_free (problem);
}

static gpointer
copy_text (gconstpointer text, gpointer data)
{
  return g_strdup (text);
}

XqPlanProblem *
xq_plan_problem_copy (const XqPlanProblem *problem)
{
  XqPlanProblem *copy = g_new0 (XqPlanProblem, 1);

  *copy = *problem;
  copy->base = g_array_new (FALSE, TRUE, sizeof (XqPlanBase));
  g_array_set_clear_func (copy->base, clear_base);
  g_array_append_vals (copy->base, problem->base->data, problem->base->len);
  for (guint i = 0; i < copy->base->len; i++)
    {
      XqPlanBase *base = xq_plan_problem_base (copy, i);

      base->id = g_strdup (base->id);
      base->name = g_strdup (base->name);
    }
  copy->edges = g_array_copy (problem->edges);
  copy->together = g_array_copy (problem->together);
  copy->apart = g_array_copy (problem->apart);
  copy->communities = g_ptr_array_copy (problem->communities, copy_text, NULL);
  copy->locked_groups = g_ptr_array_copy (problem->locked_groups, copy_text, NULL);
  copy->property_areas = g_ptr_array_copy (problem->property_areas, copy_text, NULL);
  copy->current_units = g_ptr_array_copy (problem->current_units, copy_text, NULL);
  return copy;
}

guint
xq_plan_problem_add_base (XqPlanProblem *problem, const char *id)
{
  XqPlanBase base = { .id = g_strdup (id), .community = -1, .locked = -1, .property_area = -1, .current = -1 };

  g_array_append_val (problem->base, base);
  return problem->base->len - 1;
}

void
xq_plan_problem_add_edge (XqPlanProblem *problem, guint a, guint b, double length, guint flags)
{
  XqPlanEdge edge = { .a = MIN (a, b), .b = MAX (a, b), .length = length, .flags = flags };

  /* Those who build edges give each border's pieces one after the other, so twins are close to the end. */
  for (guint back = 0; back < 64 && back < problem->edges->len; back++)
    {
      XqPlanEdge *other = &g_array_index (problem->edges, XqPlanEdge, problem->edges->len - 1 - back);

      if (other->a == edge.a && other->b == edge.b)
        {
          other->length += length;
          other->flags |= flags;
          return;
        }
    }
  g_array_append_val (problem->edges, edge);
}

int
xq_plan_problem_intern (GPtrArray *names, const char *name)
{
  if (name == NULL || *name == '\0')
    return -1;
  for (guint back = names->len; back > 0; back--)
    if (strcmp (g_ptr_array_index (names, back - 1), name) == 0)
      return (int)back - 1;
  g_ptr_array_add (names, g_strdup (name));
  return (int)names->len - 1;
}

int
xq_plan_problem_find (const XqPlanProblem *problem, const char *id)
{
  for (guint i = 0; i < problem->base->len; i++)
    if (strcmp (xq_plan_problem_base (problem, i)->id, id) == 0)
      return (int)i;
  return -1;
}

const char *
xq_plan_problem_label (const XqPlanProblem *problem, guint index)
{
  const XqPlanBase *base = xq_plan_problem_base (problem, index);

  return base->name != NULL && *base->name != '\0' ? base->name : base->id;
}

gboolean
xq_plan_problem_edge_is_open (const XqPlanProblem *problem, const XqPlanEdge *edge)
{
  if (edge->flags & XQ_PLAN_EDGE_CUT)
    return FALSE;
  return !problem->rules.barriers || !(edge->flags & XQ_PLAN_EDGE_BARRIER) || (edge->flags & XQ_PLAN_EDGE_LINK);
}

gboolean
xq_plan_problem_has_shapes (const XqPlanProblem *problem)
{
  for (guint i = 0; i < problem->base->len; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, i);

      if (!(base->area > 0) || !(base->perimeter > 0))
        return FALSE;
    }
  return problem->base->len > 0;
}

static gboolean
check_index (int index, GPtrArray *names, const char *id, const char *list, GError **error)
{
  if (index >= -1 && index < (int)names->len)
    return TRUE;
  g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT, _ ("%s: its %s does not exist (number %d)"), id, list, index);
  return FALSE;
}

static gboolean
check_base (const XqPlanProblem *problem, const XqPlanBase *base, GHashTable *ids, GError **error)
{
  const gint64 counts[] = { base->households, base->members, base->residents };
  const char *const names[] = { N_ ("households"), N_ ("full members"), N_ ("residents") };
  const double measures[] = { base->area, base->perimeter, base->x, base->y };

  if (base->id == NULL || *base->id == '\0')
    {
      g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT, _ ("Base unit %u has no id; give each an id of its own"),
                   g_hash_table_size (ids) + 1);
      return FALSE;
    }
  if (!g_hash_table_add (ids, base->id))
    {
      g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT, _ ("%s: two base units have this id; give each an id of its own"),
                   base->id);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] < 0 || counts[i] > LARGEST_COUNT)
      {
        g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT, _ ("%s: %s cannot be this number; enter a whole number from 0"),
                     base->id, _ (names[i]));
        return FALSE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    if (!isfinite (measures[i]) || (i < 2 && measures[i] < 0))
      {
        g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT,
                     _ ("%s: its area, outline or place is not a number; mend its shape"), base->id);
        return FALSE;
      }
  return check_index (base->community, problem->communities, base->id, _ ("community"), error)
         && check_index (base->locked, problem->locked_groups, base->id, _ ("locked unit"), error)
         && check_index (base->property_area, problem->property_areas, base->id, _ ("property area"), error)
         && check_index (base->current, problem->current_units, base->id, _ ("unit of today"), error);
}

static gboolean
check_pairs (const XqPlanProblem *problem, const GArray *pairs, GError **error)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (pairs, XqPlanPair, i);

      if (pair->a >= problem->base->len || pair->b >= problem->base->len || pair->a == pair->b)
        {
          g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT,
                       _ ("Pair %u of base units that must be together or apart does not name two base units"), i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_edges (const XqPlanProblem *problem, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);
      gint64 *key;

      if (edge->a >= edge->b || edge->b >= problem->base->len || !isfinite (edge->length) || edge->length < 0)
        {
          g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT, _ ("Edge %u does not join two base units"), i + 1);
          return FALSE;
        }
      key = g_new (gint64, 1);
      *key = ((gint64)edge->a << 32) | edge->b;
      if (!g_hash_table_add (seen, key))
        {
          g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT, _ ("%s and %s: the edge between them is given twice"),
                       xq_plan_problem_base (problem, edge->a)->id, xq_plan_problem_base (problem, edge->b)->id);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_rules (const XqPlanProblem *problem, GError **error)
{
  const XqPlanRules *rules = &problem->rules;

  if (rules->members_floor < 0 || rules->households_min < 0 || rules->households_max < 0 || rules->max_base_units < 0
      || problem->target_households < 0 || rules->contact_units < -1)
    {
      g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT, _ ("A limit of the rules is below 0; enter a number from 0"));
      return FALSE;
    }
  if (rules->households_max > 0 && rules->households_max < rules->households_min)
    {
      g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT,
                   _ ("The most households of a unit are fewer than the fewest; change one of the two"));
      return FALSE;
    }
  if (problem->goal == XQ_PLAN_GOAL_BALANCE && problem->target_households == 0)
    {
      g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT, _ ("Balance needs a target: how many households a unit should have"));
      return FALSE;
    }
  return TRUE;
}

gboolean
xq_plan_problem_validate (const XqPlanProblem *problem, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  if (problem->base->len == 0)
    {
      g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT, _ ("There is nothing to divide: no base unit was given"));
      return FALSE;
    }
  for (guint i = 0; i < problem->base->len; i++)
    if (!check_base (problem, xq_plan_problem_base (problem, i), ids, error))
      return FALSE;
  return check_edges (problem, error) && check_pairs (problem, problem->together, error)
         && check_pairs (problem, problem->apart, error) && check_rules (problem, error);
}
