#include "xq-redraw-step.h"

/* A conflict as a value: what there is to choose and what holds. */

static void
choice_free (gpointer data)
{
  XqTreeChoice *choice = data;

  g_free (choice->id);
  g_free (choice->label);
  g_free (choice);
}

void
xq_tree_conflict_free (XqTreeConflict *conflict)
{
  g_free (conflict->id);
  g_free (conflict->message);
  g_ptr_array_unref (conflict->choices);
  g_free (conflict->chosen);
  g_free (conflict);
}

XqTreeConflict *
xq_tree_conflict_new (const char *id)
{
  XqTreeConflict *conflict = g_new0 (XqTreeConflict, 1);

  conflict->id = g_strdup (id);
  conflict->choices = g_ptr_array_new_with_free_func (choice_free);
  return conflict;
}

void
xq_tree_conflict_add (XqTreeConflict *conflict, const char *id, const char *label)
{
  XqTreeChoice *choice = g_new0 (XqTreeChoice, 1);

  choice->id = g_strdup (id);
  choice->label = g_strdup (label);
  g_ptr_array_add (conflict->choices, choice);
}

void
xq_tree_conflict_decide (XqTreeConflict *conflict, const XqTreeStep *step, const char *fallback)
{
  const char *wanted = xq_tree_step_get_choice (step, conflict->id, fallback);

  for (int round = 0; round < 2 && conflict->chosen == NULL; round++)
    for (guint i = 0; i < conflict->choices->len; i++)
      {
        const XqTreeChoice *choice = g_ptr_array_index (conflict->choices, i);

        if (g_strcmp0 (choice->id, round == 0 ? wanted : fallback) == 0)
          {
            conflict->chosen = g_strdup (choice->id);
            break;
          }
      }
  if (conflict->chosen == NULL)
    conflict->chosen = g_strdup (((XqTreeChoice *)g_ptr_array_index (conflict->choices, 0))->id);
}

char *
xq_tree_conflict_make_id (const XqTreeStep *step, guint target, const char *kind)
{
  return step->redraw != NULL ? g_strdup_printf ("%s:%u", kind, g_array_index (step->redraw->indices, guint, target))
                              : g_strdup (kind);
}
