#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-plan-edit-private.h"

#define NO_BASE G_MAXUINT
/* A sentence names this many base units, then says how many more. */
#define NAMED 3

const char *
xq_plan_violation_kind_to_id (XqPlanViolationKind kind)
{
  static const char *const ids[XQ_PLAN_N_VIOLATIONS] = {
    "unassigned",          "not-contiguous", "across-barrier", "below-floor",  "households-few", "households-many",
    "several-communities", "lock-changed",   "property-split", "not-together", "not-apart",      "too-many-base",
  };

  g_return_val_if_fail (kind < XQ_PLAN_N_VIOLATIONS, NULL);
  return ids[kind];
}

void
xq_plan_violation_free (XqPlanViolation *violation)
{
  if (violation == NULL)
    return;
  g_array_unref (violation->base);
  g_free (violation);
}

XqPlanViolation *
xq_plan_violation_copy (const XqPlanViolation *violation)
{
  XqPlanViolation *copy = g_memdup2 (violation, sizeof *violation);

  copy->base = g_array_copy (violation->base);
  return copy;
}

gboolean
xq_plan_violation_covers (const XqPlanViolation *violation, const XqPlanViolation *other)
{
  if (violation->kind != other->kind || violation->unit != other->unit || violation->amount < other->amount)
    return FALSE;
  if (violation->unit >= 0)
    return TRUE;
  return violation->base->len == other->base->len
         && memcmp (violation->base->data, other->base->data, sizeof (guint) * other->base->len) == 0;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;

  return x < y ? -1 : x > y;
}

static XqPlanViolation *
violation_new (GPtrArray *into, XqPlanViolationKind kind, int unit, gint64 amount)
{
  XqPlanViolation *violation = g_new0 (XqPlanViolation, 1);

  violation->kind = kind;
  violation->unit = unit;
  violation->amount = amount;
  violation->base = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (into, violation);
  return violation;
}

static void
add_of_unit (XqPlanEdit *edit, GPtrArray *into, XqPlanViolationKind kind, int unit, gint64 amount)
{
  XqPlanViolation *violation = violation_new (into, kind, unit, amount);

  for (guint i = edit->units[unit].head; i != NO_BASE; i = edit->next[i])
    g_array_append_val (violation->base, i);
  g_array_sort (violation->base, compare_numbers);
}

static void
list_unit (XqPlanEdit *edit, int number, GPtrArray *into)
{
  const XqPlanRules *rules = &edit->problem->rules;
  const XqPlanEditUnit *unit = &edit->units[number];
  const XqPlanUnit *figures = &unit->figures;

  if (figures->n_base == 0)
    return;
  if (unit->pieces > 1)
    add_of_unit (edit, into, unit->across_barrier ? XQ_PLAN_ACROSS_BARRIER : XQ_PLAN_NOT_CONTIGUOUS, number, unit->pieces - 1);
  if (unit->below)
    add_of_unit (edit, into, XQ_PLAN_HOUSEHOLDS_FEW, number, rules->households_min - figures->households);
  if (unit->above)
    add_of_unit (edit, into, XQ_PLAN_HOUSEHOLDS_MANY, number, figures->households - rules->households_max);
  if (rules->containment && unit->several_communities)
    add_of_unit (edit, into, XQ_PLAN_SEVERAL_COMMUNITIES, number, 0);
  if (rules->max_base_units > 0 && figures->n_base > (guint)rules->max_base_units)
    add_of_unit (edit, into, XQ_PLAN_TOO_MANY_BASE, number, figures->n_base - (guint)rules->max_base_units);
}

/* Of the units short of members those that are one too many: the last by number. */
static void
list_below_floor (XqPlanEdit *edit, GPtrArray *into)
{
  int allowed = edit->problem->rules.contact_units;
  guint seen = 0;

  if (allowed < 0 || edit->totals.n_unable <= (guint)allowed)
    return;
  for (guint u = 0; u <= edit->problem->base->len; u++)
    {
      const XqPlanUnit *figures = &edit->units[u].figures;

      if (figures->n_base > 0 && !figures->able && ++seen > (guint)allowed)
        add_of_unit (edit, into, XQ_PLAN_BELOW_FLOOR, (int)u, edit->problem->rules.members_floor - figures->members);
    }
}

static void
add_of_bucket (GPtrArray *into, XqPlanViolationKind kind, const XqPlanBuckets *buckets, guint group)
{
  XqPlanViolation *violation = violation_new (into, kind, -1, 0);

  g_array_append_vals (violation->base, buckets->list + buckets->start[group], buckets->start[group + 1] - buckets->start[group]);
}

static void
add_of_pair (GPtrArray *into, XqPlanViolationKind kind, const GArray *pairs, guint index)
{
  XqPlanViolation *violation = violation_new (into, kind, -1, 0);
  const XqPlanPair *pair = &g_array_index (pairs, XqPlanPair, index);
  guint base[] = { MIN (pair->a, pair->b), MAX (pair->a, pair->b) };

  g_array_append_vals (violation->base, base, 2);
}

static void
list_groups (XqPlanEdit *edit, GPtrArray *into)
{
  const XqPlanProblem *problem = edit->problem;

  for (guint i = 0; i < problem->locked_groups->len; i++)
    if (xq_plan_edit_lock_is_changed (edit, i))
      add_of_bucket (into, XQ_PLAN_LOCK_CHANGED, &edit->locked_groups, i);
  for (guint i = 0; i < problem->property_areas->len; i++)
    if (xq_plan_edit_property_is_split (edit, i))
      add_of_bucket (into, XQ_PLAN_PROPERTY_SPLIT, &edit->property_areas, i);
  for (guint i = 0; i < problem->together->len; i++)
    if (xq_plan_edit_pair_is_broken (edit, problem->together, i))
      add_of_pair (into, XQ_PLAN_NOT_TOGETHER, problem->together, i);
  for (guint i = 0; i < problem->apart->len; i++)
    if (xq_plan_edit_pair_is_broken (edit, problem->apart, i))
      add_of_pair (into, XQ_PLAN_NOT_APART, problem->apart, i);
}

static void
list_unassigned (XqPlanEdit *edit, GPtrArray *into)
{
  XqPlanViolation *violation;

  if (edit->n_unassigned == 0)
    return;
  violation = violation_new (into, XQ_PLAN_UNASSIGNED, -1, edit->n_unassigned);
  for (guint i = 0; i < edit->problem->base->len; i++)
    if (edit->assignment[i] < 0)
      g_array_append_val (violation->base, i);
}

static int
compare_violations (gconstpointer a, gconstpointer b)
{
  const XqPlanViolation *x = *(XqPlanViolation *const *)a, *y = *(XqPlanViolation *const *)b;

  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  if (x->unit != y->unit)
    return x->unit < y->unit ? -1 : 1;
  for (guint i = 0; i < x->base->len && i < y->base->len; i++)
    {
      guint p = g_array_index (x->base, guint, i), q = g_array_index (y->base, guint, i);

      if (p != q)
        return p < q ? -1 : 1;
    }
  return 0;
}

GPtrArray *
xq_plan_edit_list_violations (XqPlanEdit *edit)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_violation_free);

  list_unassigned (edit, list);
  for (guint u = 0; u <= edit->problem->base->len; u++)
    list_unit (edit, (int)u, list);
  list_below_floor (edit, list);
  list_groups (edit, list);
  g_ptr_array_sort (list, compare_violations);
  return list;
}

GPtrArray *
xq_plan_edit_list_violations_of (XqPlanEdit *edit, GHashTable *touched, const guint *base, guint n_base)
{
  const XqPlanProblem *problem = edit->problem;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_violation_free);
  g_autoptr (GHashTable) locks = g_hash_table_new (NULL, NULL), areas = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      int unit = GPOINTER_TO_INT (key);

      if (unit < 0)
        continue;
      list_unit (edit, unit, list);
      for (guint i = edit->units[unit].head; i != NO_BASE; i = edit->next[i])
        if (xq_plan_problem_base (problem, i)->locked >= 0)
          g_hash_table_add (locks, GINT_TO_POINTER (xq_plan_problem_base (problem, i)->locked));
    }
  list_below_floor (edit, list);
  for (guint i = 0; i < n_base; i++)
    {
      const XqPlanBase *of = xq_plan_problem_base (problem, base[i]);

      if (of->locked >= 0)
        g_hash_table_add (locks, GINT_TO_POINTER (of->locked));
      if (of->property_area >= 0)
        g_hash_table_add (areas, GINT_TO_POINTER (of->property_area));
      for (guint k = edit->together.start[base[i]]; k < edit->together.start[base[i] + 1]; k++)
        if (xq_plan_edit_pair_is_broken (edit, problem->together, edit->together.list[k]))
          add_of_pair (list, XQ_PLAN_NOT_TOGETHER, problem->together, edit->together.list[k]);
      for (guint k = edit->apart.start[base[i]]; k < edit->apart.start[base[i] + 1]; k++)
        if (xq_plan_edit_pair_is_broken (edit, problem->apart, edit->apart.list[k]))
          add_of_pair (list, XQ_PLAN_NOT_APART, problem->apart, edit->apart.list[k]);
    }
  g_hash_table_iter_init (&iter, locks);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (xq_plan_edit_lock_is_changed (edit, GPOINTER_TO_UINT (key)))
      add_of_bucket (list, XQ_PLAN_LOCK_CHANGED, &edit->locked_groups, GPOINTER_TO_UINT (key));
  g_hash_table_iter_init (&iter, areas);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (xq_plan_edit_property_is_split (edit, GPOINTER_TO_UINT (key)))
      add_of_bucket (list, XQ_PLAN_PROPERTY_SPLIT, &edit->property_areas, GPOINTER_TO_UINT (key));
  g_ptr_array_sort (list, compare_violations);
  return list;
}

/* --------------------------------------------------------------------------------------------------------------------- words */

static char *
name_base (const XqPlanProblem *problem, const GArray *base)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < base->len && i < NAMED; i++)
    {
      if (i > 0)
        g_string_append (text, C_ ("between names", ", "));
      g_string_append (text, xq_plan_problem_label (problem, g_array_index (base, guint, i)));
    }
  if (base->len > NAMED)
    g_string_append_printf (text, ngettext (" and %u more", " and %u more", base->len - NAMED), base->len - NAMED);
  return g_string_free (text, FALSE);
}

char *
xq_plan_violation_to_text (const XqPlanProblem *problem, const XqPlanViolation *violation)
{
  g_autofree char *names = name_base (problem, violation->base);
  g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT, violation->amount);

  switch (violation->kind)
    {
    case XQ_PLAN_UNASSIGNED:
      return g_strdup_printf (_ ("%s: in no unit"), names);
    case XQ_PLAN_NOT_CONTIGUOUS:
      return g_strdup_printf (_ ("Unit of %s: not in one piece"), names);
    case XQ_PLAN_ACROSS_BARRIER:
      return g_strdup_printf (_ ("Unit of %s: a road or river runs through it"), names);
    case XQ_PLAN_BELOW_FLOOR:
      return g_strdup_printf (_ ("Unit of %s: %s full members short of a branch, and no contact unit is left"), names, amount);
    case XQ_PLAN_HOUSEHOLDS_FEW:
      return g_strdup_printf (_ ("Unit of %s: %s households too few"), names, amount);
    case XQ_PLAN_HOUSEHOLDS_MANY:
      return g_strdup_printf (_ ("Unit of %s: %s households too many"), names, amount);
    case XQ_PLAN_SEVERAL_COMMUNITIES:
      return g_strdup_printf (_ ("Unit of %s: lies in several communities"), names);
    case XQ_PLAN_LOCK_CHANGED:
      return g_strdup_printf (_ ("%s: locked, but changed"), names);
    case XQ_PLAN_PROPERTY_SPLIT:
      return g_strdup_printf (_ ("%s: one property area in several units"), names);
    case XQ_PLAN_NOT_TOGETHER:
      return g_strdup_printf (_ ("%s: must be together"), names);
    case XQ_PLAN_NOT_APART:
      return g_strdup_printf (_ ("%s: must be apart"), names);
    case XQ_PLAN_TOO_MANY_BASE:
      return g_strdup_printf (_ ("Unit of %s: %s base units too many"), names, amount);
    case XQ_PLAN_N_VIOLATIONS:
    default:
      g_return_val_if_reached (NULL);
    }
}
