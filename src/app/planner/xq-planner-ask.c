#include "xq-planner-ask.h"

#include <glib/gi18n-lib.h>

/* Seconds after which a proposal that is not proven ends. */
#define SECONDS 30
#define MOST_SECONDS 3600

typedef struct
{
  XqPlannerModel *model;
  XqPlannerState *state;
  GtkWidget *entry, *all, *chosen, *as_new, *seconds, *list;
  GArray *units, *bases;
  int unit;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->model);
  g_clear_pointer (&question->state, xq_planner_state_unref);
  g_clear_pointer (&question->units, g_array_unref);
  g_clear_pointer (&question->bases, g_array_unref);
  g_free (question);
}

static Question *
question_new (XqPlannerModel *model)
{
  Question *question = g_new0 (Question, 1);
  XqPlannerState *state = xq_planner_model_get_state (model);

  question->model = g_object_ref (model);
  question->state = state != NULL ? xq_planner_state_ref (state) : NULL;
  return question;
}

static void
open_dialog (GtkWidget *parent, Question *question, const char *heading, const char *body, GtkWidget *contents, const char *verb,
             GCallback answered)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), heading, body);

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), contents);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "do", verb, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "do");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "question", question, question_free);
  g_signal_connect (dialog, "response", answered, question);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- Names ---- */

static GtkWidget *
make_entry (const char *text, const char *label)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return entry;
}

static void
name_answered (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->entry))));

  if (strcmp (response, "do") != 0)
    return;
  if (question->unit >= 0)
    xq_planner_model_rename_unit (question->model, question->unit, name);
  else
    xq_planner_model_rename (question->model, name);
}

void
xq_planner_ask_name (GtkWidget *parent, XqPlannerModel *model)
{
  Question *question = question_new (model);
  const char *name = question->state != NULL ? xq_record_get_text (question->state->scenario->record, XQ_PLAN_SCENARIO_NAME) : NULL;

  question->unit = -1;
  question->entry = make_entry (name != NULL ? name : "", _ ("Name of the plan"));
  open_dialog (parent, question, _ ("Rename the plan"), NULL, question->entry, _ ("_Rename"), G_CALLBACK (name_answered));
}

void
xq_planner_ask_unit_name (GtkWidget *parent, XqPlannerModel *model, int unit)
{
  Question *question = question_new (model);

  if (question->state == NULL || unit < 0 || (guint)unit >= question->state->names->len)
    {
      question_free (question);
      return;
    }
  question->unit = unit;
  question->entry = make_entry (g_ptr_array_index (question->state->names, unit), _ ("Name of the unit"));
  open_dialog (parent, question, _ ("Rename the unit"), _ ("Left empty, it is called after the compounds it holds."),
               question->entry, _ ("_Rename"), G_CALLBACK (name_answered));
}

/* ---- A proposal ---- */

static void
proposal_answered (AdwMessageDialog *dialog, const char *response, Question *question)
{
  XqPlannerWish wish = { 0 };
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->entry))));

  if (strcmp (response, "do") != 0)
    return;
  wish.units = gtk_check_button_get_active (GTK_CHECK_BUTTON (question->chosen)) ? question->units : NULL;
  wish.as_new = gtk_switch_get_active (GTK_SWITCH (question->as_new)) || !xq_planner_model_get_editable (question->model);
  wish.name = *name != '\0' ? name : NULL;
  wish.seconds = gtk_spin_button_get_value (GTK_SPIN_BUTTON (question->seconds));
  xq_planner_model_propose (question->model, &wish);
}

static void
add_row (GtkWidget *grid, int row, const char *label, GtkWidget *control)
{
  GtkWidget *name = gtk_label_new (label);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_set_halign (control, GTK_ALIGN_END);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), control, 1, row, 1, 1);
}

static char *
describe_goal (const XqPlannerState *state)
{
  int goal = xq_enum_index (&XQ_ENUM_PLAN_GOAL, xq_record_get_text (state->scenario->record, XQ_PLAN_SCENARIO_GOAL));

  return g_strdup_printf (_ ("%u compounds of %s are drawn into units by the rules of this plan: fewest units without a branch "
                             "first, then “%s”, then compactness."),
                          state->problem->base->len, state->ground->scope_name,
                          g_dgettext (GETTEXT_PACKAGE, XQ_ENUM_PLAN_GOAL.values[MAX (goal, 0)].label));
}

void
xq_planner_ask_proposal (GtkWidget *parent, XqPlannerModel *model, const GArray *units)
{
  Question *question = question_new (model);
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *name = NULL, *body = NULL, *chosen = NULL;

  if (question->state == NULL)
    {
      g_object_ref_sink (grid);
      g_object_unref (grid);
      question_free (question);
      return;
    }
  gtk_grid_set_row_spacing (GTK_GRID (grid), 10);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  question->units = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (int)), units->data, units->len);
  question->all = gtk_check_button_new_with_label (C_ ("plan", "All units"));
  chosen = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Only the unit chosen (%u)", "Only the units chosen (%u)", units->len),
                            units->len);
  question->chosen = gtk_check_button_new_with_label (chosen);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (question->chosen), GTK_CHECK_BUTTON (question->all));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (units->len > 1 ? question->chosen : question->all), TRUE);
  gtk_widget_set_sensitive (question->chosen, units->len > 0);
  gtk_grid_attach (GTK_GRID (grid), question->all, 0, 0, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), question->chosen, 0, 1, 2, 1);
  question->as_new = gtk_switch_new ();
  gtk_switch_set_active (GTK_SWITCH (question->as_new), units->len <= 1);
  add_row (grid, 2, _ ("Keep as a new plan"), question->as_new);
  name = xq_planner_model_suggest_name (model);
  question->entry = make_entry (name, _ ("Name of the new plan"));
  g_object_bind_property (question->as_new, "active", question->entry, "sensitive", G_BINDING_SYNC_CREATE);
  add_row (grid, 3, _ ("Name of the new plan"), question->entry);
  question->seconds = gtk_spin_button_new_with_range (1, MOST_SECONDS, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (question->seconds), SECONDS);
  add_row (grid, 4, _ ("Seconds at most"), question->seconds);
  body = describe_goal (question->state);
  open_dialog (parent, question, _ ("Draw units by program"), body, grid, _ ("_Draw"), G_CALLBACK (proposal_answered));
}

/* ---- Another unit for base units: the brush by keys ---- */

static void
unit_answered (AdwMessageDialog *dialog, const char *response, Question *question)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (question->list));

  if (strcmp (response, "do") == 0 && at < question->units->len)
    xq_planner_model_move (question->model, (const guint *)question->bases->data, question->bases->len,
                           g_array_index (question->units, int, at));
}

/* Units that touch the base units and hold none of them. */
static GArray *
list_units_beside (const XqPlannerState *state, const GArray *bases)
{
  g_autofree gboolean *chosen = g_new0 (gboolean, state->scenario->n_base),
                      *own = g_new0 (gboolean, state->scenario->units->len + 1),
                      *beside = g_new0 (gboolean, state->scenario->units->len + 1);
  GArray *units = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < bases->len; i++)
    {
      guint base = g_array_index (bases, guint, i);

      chosen[base] = TRUE;
      if (state->scenario->assignment[base] >= 0)
        own[state->scenario->assignment[base]] = TRUE;
    }
  for (guint i = 0; i < state->problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (state->problem->edges, XqPlanEdge, i);

      if (chosen[edge->a] != chosen[edge->b])
        {
          int unit = state->scenario->assignment[chosen[edge->a] ? edge->b : edge->a];

          if (unit >= 0)
            beside[unit] = TRUE;
        }
    }
  for (int unit = 0; (guint)unit < state->scenario->units->len; unit++)
    if (beside[unit] && !own[unit])
      g_array_append_val (units, unit);
  return units;
}

void
xq_planner_ask_unit (GtkWidget *parent, XqPlannerModel *model, const GArray *bases)
{
  Question *question = question_new (model);
  GtkStringList *names = NULL;

  if (question->state != NULL)
    question->units = list_units_beside (question->state, bases);
  if (question->units == NULL || question->units->len == 0)
    {
      question_free (question);
      gtk_widget_activate_action (parent, "win.show-toast", "s", _ ("No other unit lies beside what is chosen."));
      return;
    }
  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < question->units->len; i++)
    gtk_string_list_append (names, g_ptr_array_index (question->state->names, g_array_index (question->units, int, i)));
  question->bases = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (guint)), bases->data, bases->len);
  question->list = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Unit"), -1);
  open_dialog (parent, question, _ ("Put into another unit"), _ ("Units that lie beside what is chosen:"), question->list,
               _ ("_Put"), G_CALLBACK (unit_answered));
}
