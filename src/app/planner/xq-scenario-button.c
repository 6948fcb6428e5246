#include "xq-scenario-button.h"

#include <glib/gi18n-lib.h>

#define NAME_CHARS 16

struct _XqScenarioButton
{
  GtkWidget parent_instance;

  /* owned by the tree of widgets */
  GtkWidget *button, *popover;
  GtkLabel *name;
  GtkListBox *list;

  /* owned */
  XqPlannerModel *model;
};

G_DEFINE_FINAL_TYPE (XqScenarioButton, xq_scenario_button, GTK_TYPE_WIDGET)

static gint64
read_id (GtkListBoxRow *row)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "scenario");

  return *id;
}

static void
add_row (XqScenarioButton *self, gint64 id, const char *name, const char *caption, gboolean shown)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *title = gtk_label_new (name), *more = gtk_label_new (caption);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 28);
  gtk_label_set_xalign (GTK_LABEL (more), 0);
  gtk_widget_add_css_class (more, "xq-caption");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), more);
  gtk_widget_set_opacity (mark, shown ? 1 : 0);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_widget_add_css_class (box, "xq-entry");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  caption, -1);
  g_object_set_data_full (G_OBJECT (row), "scenario", g_memdup2 (&id, sizeof id), g_free);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
  gtk_list_box_append (self->list, row);
}

static char *
describe (const XqPlanScenarioInfo *info)
{
  int stage = info->stage != NULL ? xq_enum_index (&XQ_ENUM_PLAN_STAGE, info->stage) : -1;
  g_autofree char *units
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u plan unit", "%u plan units", info->n_units), info->n_units);

  return stage >= 0 ? g_strdup_printf ("%s · %s · %s", info->scope_name, units,
                                       g_dgettext (GETTEXT_PACKAGE, XQ_ENUM_PLAN_STAGE.values[stage].label))
                    : g_strdup_printf ("%s · %s", info->scope_name, units);
}

static void
model_changed (XqScenarioButton *self)
{
  XqPlannerState *state = xq_planner_model_get_state (self->model);
  GPtrArray *scenarios = xq_planner_model_get_scenarios (self->model);
  gint64 shown = state != NULL ? state->scenario->id : 0;
  const char *name = state != NULL ? xq_record_get_text (state->scenario->record, XQ_PLAN_SCENARIO_NAME) : NULL;
  g_autofree char *tooltip = NULL;
  GtkListBoxRow *row;

  gtk_label_set_label (self->name, name != NULL ? name : C_ ("plan", "Plan"));
  tooltip = g_strdup_printf (_ ("Plan shown: %s"), name != NULL ? name : "—");
  gtk_widget_set_tooltip_text (self->button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_widget_set_sensitive (self->button, state != NULL);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  add_row (self, 0, _ ("Today's division"), _ ("as it is in force"), state != NULL && state->scenario->id == 0);
  for (guint i = 0; scenarios != NULL && i < scenarios->len; i++)
    {
      const XqPlanScenarioInfo *info = g_ptr_array_index (scenarios, i);
      g_autofree char *caption = describe (info);

      add_row (self, info->id, info->name, caption, info->id == shown && shown != 0);
    }
}

static void
row_activated (XqScenarioButton *self, GtkListBoxRow *row)
{
  gint64 id = read_id (row);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  xq_planner_model_show_scenario (self->model, id);
}

char **
xq_scenario_button_list (XqScenarioButton *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    g_strv_builder_add (names, g_object_get_data (G_OBJECT (row), "name"));
  return g_strv_builder_end (names);
}

/* ---- Object ---- */

static void
add_command (XqScenarioButton *self, GtkWidget *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "xq-menu-button");
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_popover_popdown), self->popover, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
make_commands (XqScenarioButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  add_command (self, box, _ ("New plan from today"), "planner.new");
  add_command (self, box, _ ("Copy this plan"), "planner.copy");
  add_command (self, box, _ ("New plan by program…"), "planner.propose");
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  add_command (self, box, _ ("Rename…"), "planner.rename");
  add_command (self, box, _ ("Stage and decider…"), "planner.properties");
  add_command (self, box, _ ("Delete"), "planner.delete");
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  add_command (self, box, _ ("Import boundaries…"), "planner.import");
  add_command (self, box, _ ("Export…"), "planner.export");
  return box;
}

static void
xq_scenario_button_dispose (GObject *object)
{
  XqScenarioButton *self = XQ_SCENARIO_BUTTON (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_scenario_button_parent_class)->dispose (object);
}

static void
xq_scenario_button_class_init (XqScenarioButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_scenario_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
xq_scenario_button_init (XqScenarioButton *self)
{
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->name = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->name, NAME_CHARS);
  gtk_box_append (GTK_BOX (face), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (face), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  self->popover = gtk_popover_new ();
  gtk_widget_add_css_class (self->popover, "menu");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "xq-menu-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Plans"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 280);
  gtk_widget_set_size_request (scroller, 280, -1);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), make_commands (self));
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), face);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_add_css_class (self->button, "xq-scenario-button");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

void
xq_scenario_button_set_model (XqScenarioButton *self, XqPlannerModel *model)
{
  g_return_if_fail (XQ_IS_SCENARIO_BUTTON (self) && self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "changed", G_CALLBACK (model_changed), self, G_CONNECT_SWAPPED);
  model_changed (self);
}
