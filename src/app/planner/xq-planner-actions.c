/* What can be done on the page: actions of the group "planner", the buttons and keys for them. */

#include "xq-planner-page-private.h"

#include <glib/gi18n-lib.h>

#include "xq-planner-ask.h"
#include "xq-planner-dialogs.h"
#include "xq-planner-pairs.h"

static const char *const TOOLS[]
    = { [XQ_MAP_TOOL_SELECT] = "select",   [XQ_MAP_TOOL_LASSO] = "lasso", [XQ_MAP_TOOL_BRUSH] = "brush", [XQ_MAP_TOOL_PAN] = "pan",
        [XQ_MAP_TOOL_MEASURE] = "measure", [XQ_MAP_TOOL_LINE] = "line",   [XQ_MAP_TOOL_LINK] = "link" };

/* ---- What is chosen ---- */

static GArray *
list_units (XqPlannerPage *self)
{
  g_autoptr (GArray) bases = xq_map_view_get_selection (self->map);

  return self->state != NULL ? xq_planner_state_list_units (self->state, (const guint *)bases->data, bases->len)
                             : g_array_new (FALSE, FALSE, sizeof (int));
}

static gboolean
are_locked (XqPlannerPage *self, const GArray *units)
{
  for (guint i = 0; i < units->len; i++)
    if (!g_array_index (self->state->scenario->units, XqScenarioUnit, g_array_index (units, int, i)).locked)
      return FALSE;
  return units->len > 0;
}

/* ---- Commands ---- */

static void
activate_merge (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqPlannerPage *self = data;
  g_autoptr (GArray) bases = xq_map_view_get_selection (self->map);

  xq_planner_model_merge (self->model, (const guint *)bases->data, bases->len);
}

static void
split_into (XqPlannerPage *self, guint k)
{
  g_autoptr (GArray) units = list_units (self);

  if (units->len == 1)
    xq_planner_model_split (self->model, g_array_index (units, int, 0), k, NULL, 0);
}

static void
activate_split (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  split_into (data, 2);
}

static void
activate_split_into (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  split_into (data, g_variant_get_uint32 (parameter));
}

static void
activate_separate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqPlannerPage *self = data;
  g_autoptr (GArray) bases = xq_map_view_get_selection (self->map);

  xq_planner_model_separate (self->model, (const guint *)bases->data, bases->len);
}

static void
activate_take_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqPlannerPage *self = data;
  g_autoptr (GArray) bases = xq_map_view_get_selection (self->map);

  xq_planner_model_move (self->model, (const guint *)bases->data, bases->len, -1);
}

static void
activate_move_to (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqPlannerPage *self = data;
  g_autoptr (GArray) bases = xq_map_view_get_selection (self->map);

  xq_planner_ask_unit (GTK_WIDGET (self), self->model, bases);
}

static void
activate_lock (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqPlannerPage *self = data;
  g_autoptr (GArray) units = list_units (self);

  if (units->len > 0)
    xq_planner_model_set_locked (self->model, (const int *)units->data, units->len, !are_locked (self, units));
}

static void
activate_rename_unit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqPlannerPage *self = data;
  g_autoptr (GArray) units = list_units (self);

  if (units->len == 1)
    xq_planner_ask_unit_name (GTK_WIDGET (self), self->model, g_array_index (units, int, 0));
}

static void
activate_propose (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqPlannerPage *self = data;
  g_autoptr (GArray) units = list_units (self);

  xq_planner_ask_proposal (GTK_WIDGET (self), self->model, units);
}

static void
activate_stop (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_planner_model_stop (XQ_PLANNER_PAGE (data)->model, TRUE);
}

static void
activate_discard (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_planner_model_stop (XQ_PLANNER_PAGE (data)->model, FALSE);
}

static void
set_link (XqPlannerPage *self, XqPlanEdgeFlags flag, gboolean on)
{
  g_autoptr (GArray) bases = xq_map_view_get_selection (self->map);

  if (bases->len == 2)
    xq_planner_model_set_link (self->model, g_array_index (bases, guint, 0), g_array_index (bases, guint, 1), flag, on);
}

static void
activate_link (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_link (data, XQ_PLAN_EDGE_LINK, TRUE);
}

static void
activate_cut (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_link (data, XQ_PLAN_EDGE_CUT, TRUE);
}

/* Flags of the edge between the two that are chosen; 0. */
static guint
read_edge (XqPlannerPage *self, const GArray *bases)
{
  for (guint i = 0; self->state != NULL && bases->len == 2 && i < self->state->problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (self->state->problem->edges, XqPlanEdge, i);

      if (edge->a == g_array_index (bases, guint, 0) && edge->b == g_array_index (bases, guint, 1))
        return edge->flags;
    }
  return 0;
}

static void
activate_unlink (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqPlannerPage *self = data;
  g_autoptr (GArray) bases = xq_map_view_get_selection (self->map);

  set_link (self, (read_edge (self, bases) & XQ_PLAN_EDGE_CUT) != 0 ? XQ_PLAN_EDGE_CUT : XQ_PLAN_EDGE_LINK, FALSE);
}

static void
bind_chosen (XqPlannerPage *self, XqPlannerBond bond)
{
  g_autoptr (GArray) bases = xq_map_view_get_selection (self->map);

  xq_planner_pairs_bind (self->model, (const guint *)bases->data, bases->len, bond);
}

static void
activate_together (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bind_chosen (data, XQ_PLANNER_TOGETHER);
}

static void
activate_apart (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bind_chosen (data, XQ_PLANNER_APART);
}

static void
activate_free (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bind_chosen (data, XQ_PLANNER_FREE);
}

static void
activate_free_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_planner_pairs_clear (XQ_PLANNER_PAGE (data)->model);
}

static void
activate_new (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_planner_model_create_today (XQ_PLANNER_PAGE (data)->model, NULL);
}

static void
activate_copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_planner_model_create_copy (XQ_PLANNER_PAGE (data)->model, NULL);
}

static void
activate_rename (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqPlannerPage *self = data;

  xq_planner_ask_name (GTK_WIDGET (self), self->model);
}

static void
activate_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqPlannerPage *self = data;
  g_autofree char *label = NULL;

  if (self->state == NULL)
    return;
  label = g_strdup_printf (_ ("Plan “%s” is deleted"), xq_record_get_text (self->state->scenario->record, XQ_PLAN_SCENARIO_NAME));
  xq_planner_model_delete (self->model);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-step", "s", label);
}

static void
activate_find (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqPlannerPage *self = data;

  if (!xq_planner_problems_locate_next (self->problems))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-toast", "s", _ ("Every rule is kept."));
}

static void
activate_reload (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_planner_model_reload (XQ_PLANNER_PAGE (data)->model);
}

static void
change_tool (GSimpleAction *action, GVariant *value, gpointer data)
{
  XqPlannerPage *self = data;

  for (guint tool = 0; tool < G_N_ELEMENTS (TOOLS); tool++)
    if (strcmp (TOOLS[tool], g_variant_get_string (value, NULL)) == 0)
      {
        g_simple_action_set_state (action, value);
        xq_map_view_set_tool (self->map, (XqMapTool)tool);
        xq_planner_page_show_card (self);
      }
}

static void
change_whole (GSimpleAction *action, GVariant *value, gpointer data)
{
  g_simple_action_set_state (action, value);
  xq_map_view_set_whole_units (XQ_PLANNER_PAGE (data)->map, g_variant_get_boolean (value));
}

/* ---- Dialogs ---- */

static void
activate_compare (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_planner_compare_open (data, XQ_PLANNER_PAGE (data)->model);
}

static void
activate_apply (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_planner_apply_open (data, XQ_PLANNER_PAGE (data)->model);
}

static void
activate_import (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_planner_import_open (data, XQ_PLANNER_PAGE (data)->model);
}

static void
activate_export (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_planner_export_open (data, XQ_PLANNER_PAGE (data)->model);
}

static void
activate_properties (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_planner_properties_open (data, XQ_PLANNER_PAGE (data)->model);
}

/* ---- Setting up ---- */

void
xq_planner_page_install_actions (XqPlannerPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "merge", .activate = activate_merge },
    { .name = "split", .activate = activate_split },
    { .name = "split-into", .activate = activate_split_into, .parameter_type = "u" },
    { .name = "separate", .activate = activate_separate },
    { .name = "take-out", .activate = activate_take_out },
    { .name = "move-to", .activate = activate_move_to },
    { .name = "lock", .activate = activate_lock },
    { .name = "rename-unit", .activate = activate_rename_unit },
    { .name = "propose", .activate = activate_propose },
    { .name = "improve", .activate = activate_propose },
    { .name = "stop", .activate = activate_stop },
    { .name = "discard", .activate = activate_discard },
    { .name = "link", .activate = activate_link },
    { .name = "cut", .activate = activate_cut },
    { .name = "unlink", .activate = activate_unlink },
    { .name = "together", .activate = activate_together },
    { .name = "apart", .activate = activate_apart },
    { .name = "free", .activate = activate_free },
    { .name = "free-all", .activate = activate_free_all },
    { .name = "new", .activate = activate_new },
    { .name = "copy", .activate = activate_copy },
    { .name = "rename", .activate = activate_rename },
    { .name = "delete", .activate = activate_delete },
    { .name = "find", .activate = activate_find },
    { .name = "reload", .activate = activate_reload },
    { .name = "compare", .activate = activate_compare },
    { .name = "apply", .activate = activate_apply },
    { .name = "import", .activate = activate_import },
    { .name = "export", .activate = activate_export },
    { .name = "properties", .activate = activate_properties },
    { .name = "tool", .parameter_type = "s", .state = "'select'", .change_state = change_tool },
    { .name = "whole", .state = "true", .change_state = change_whole },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "planner", G_ACTION_GROUP (self->actions));
  gtk_widget_insert_action_group (self->page_actions, "planner", G_ACTION_GROUP (self->actions));
}

static void
set_enabled (XqPlannerPage *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

void
xq_planner_page_update_actions (XqPlannerPage *self)
{
  XqContext *context = xq_page_get_context (XQ_PAGE (self));
  gboolean ready = self->state != NULL && context != NULL, running = ready && xq_planner_model_get_running (self->model);
  gboolean writable = ready && !running && xq_context_get_editable (context);
  gboolean editable = ready && xq_planner_model_get_editable (self->model);
  gboolean written = ready && self->state->scenario->id != 0;
  g_autoptr (GArray) bases = xq_map_view_get_selection (self->map), units = list_units (self);
  guint edge = read_edge (self, bases);
  gboolean one = editable && units->len == 1;

  set_enabled (self, "merge", editable && units->len > 1);
  set_enabled (self, "split", one && xq_planner_state_get_unit (self->state, g_array_index (units, int, 0))->n_base > 1);
  set_enabled (self, "split-into", one && xq_planner_state_get_unit (self->state, g_array_index (units, int, 0))->n_base > 1);
  set_enabled (self, "separate", editable && bases->len > 0);
  set_enabled (self, "take-out", editable && units->len > 0);
  set_enabled (self, "move-to", editable && bases->len > 0);
  set_enabled (self, "lock", editable && units->len > 0);
  set_enabled (self, "rename-unit", one);
  set_enabled (self, "improve", editable && units->len > 0);
  set_enabled (self, "propose", writable);
  set_enabled (self, "stop", running);
  set_enabled (self, "discard", running);
  set_enabled (self, "link", writable && bases->len == 2);
  set_enabled (self, "cut", writable && bases->len == 2);
  set_enabled (self, "unlink", writable && bases->len == 2 && (edge & (XQ_PLAN_EDGE_CUT | XQ_PLAN_EDGE_LINK)) != 0);
  set_enabled (self, "together", editable && bases->len >= 2);
  set_enabled (self, "apart", editable && bases->len >= 2);
  set_enabled (self, "free",
               editable && xq_planner_pairs_count (self->state->scenario, (const guint *)bases->data, bases->len) > 0);
  set_enabled (self, "free-all", editable && xq_planner_pairs_count (self->state->scenario, NULL, 0) > 0);
  set_enabled (self, "new", writable);
  set_enabled (self, "copy", writable && written);
  set_enabled (self, "rename", editable && written);
  set_enabled (self, "delete", editable && written);
  set_enabled (self, "find", ready);
  set_enabled (self, "compare", ready && !running);
  set_enabled (self, "apply", writable && editable && written);
  set_enabled (self, "import", writable);
  set_enabled (self, "export", ready && !running);
  set_enabled (self, "properties", editable && written);
}

/* ---- Buttons ---- */

static void
add_tool (XqPlannerPage *self, const char *tool, const char *icon, const char *name, const char *tooltip)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", tool);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "planner.tool");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (self->tools), button);
}

/* The map's own actions are found from the map: its buttons call it. */
static void
zoom_clicked (GtkButton *button, XqPlannerPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->map), g_object_get_data (G_OBJECT (button), "action"), NULL);
}

static void
add_zoom (XqPlannerPage *self, const char *action, const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  g_object_set_data (G_OBJECT (button), "action", (gpointer)action);
  g_signal_connect_object (button, "clicked", G_CALLBACK (zoom_clicked), self, 0);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (self->tools), button);
}

static void
add_command (GtkWidget *box, const char *label, const char *icon, const char *action, const char *target, const char *tooltip,
             gboolean wide)
{
  GtkWidget *button = target != NULL ? gtk_toggle_button_new () : gtk_button_new ();

  if (wide)
    {
      GtkWidget *content = adw_button_content_new ();

      adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
      adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
      gtk_button_set_child (GTK_BUTTON (button), content);
    }
  else
    gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (GTK_BOX (box), button);
}

static void
add_commands (GtkWidget *box, gboolean wide)
{
  add_command (box, _ ("Merge"), "xq-unite-symbolic", "planner.merge", NULL, _ ("Merge the units chosen into one (M)"), wide);
  add_command (box, _ ("Split"), "xq-split-symbolic", "planner.split", NULL, _ ("Split the unit chosen into two (S)"), wide);
  add_command (box, _ ("Brush"), "xq-brush-symbolic", "planner.tool", "brush",
               _ ("Begin in a unit and paint: what is painted over comes into it (B)"), wide);
  add_command (box, _ ("Lock"), "changes-prevent-symbolic", "planner.lock", NULL, _ ("Lock the units chosen, or unlock them (K)"),
               wide);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  add_command (box, _ ("By program"), "xq-propose-symbolic", "planner.propose", NULL,
               _ ("Let the program draw units by the rules (A)"), wide);
}

static void
add_key (GtkEventController *controller, guint key, const char *action, const char *target)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, 0), gtk_named_action_new (action));

  if (target != NULL)
    gtk_shortcut_set_arguments (shortcut, g_variant_new_string (target));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/* Letters are keys of the map while it has the focus: elsewhere they are typed. */
static void
add_keys (XqPlannerPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  add_key (controller, GDK_KEY_m, "planner.merge", NULL);
  add_key (controller, GDK_KEY_s, "planner.split", NULL);
  add_key (controller, GDK_KEY_u, "planner.separate", NULL);
  add_key (controller, GDK_KEY_k, "planner.lock", NULL);
  add_key (controller, GDK_KEY_a, "planner.propose", NULL);
  add_key (controller, GDK_KEY_t, "planner.move-to", NULL);
  add_key (controller, GDK_KEY_n, "planner.find", NULL);
  add_key (controller, GDK_KEY_F2, "planner.rename-unit", NULL);
  add_key (controller, GDK_KEY_w, "planner.whole", NULL);
  add_key (controller, GDK_KEY_v, "planner.tool", "select");
  add_key (controller, GDK_KEY_l, "planner.tool", "lasso");
  add_key (controller, GDK_KEY_b, "planner.tool", "brush");
  add_key (controller, GDK_KEY_h, "planner.tool", "pan");
  add_key (controller, GDK_KEY_r, "planner.tool", "measure");
  add_key (controller, GDK_KEY_x, "planner.tool", "line");
  add_key (controller, GDK_KEY_j, "planner.tool", "link");
  gtk_widget_add_controller (GTK_WIDGET (self->map), controller);
}

void
xq_planner_page_make_tools (XqPlannerPage *self)
{
  GtkWidget *whole = gtk_toggle_button_new ();

  add_tool (self, "select", "xq-arrow-symbolic", _ ("Choose"), _ ("Choose units; Shift adds, Alt chooses one compound (V)"));
  add_tool (self, "lasso", "xq-lasso-symbolic", _ ("Lasso"), _ ("Choose what is inside an outline (L)"));
  add_tool (self, "brush", "xq-brush-symbolic", _ ("Brush"),
            _ ("Begin in a unit and paint: what is painted over comes into it (B)"));
  add_tool (self, "line", "xq-split-symbolic", _ ("Split along a line"), _ ("Draw a line through a unit to split it (X)"));
  add_tool (self, "link", "xq-link-symbolic", _ ("Neighbours"),
            _ ("Draw from one compound to another: neighbours are parted, others made neighbours (J)"));
  add_tool (self, "pan", "xq-hand-symbolic", _ ("Move the map"), _ ("Move the map (H)"));
  add_tool (self, "measure", "xq-ruler-symbolic", _ ("Measure"), _ ("Measure a distance (R)"));
  gtk_box_append (GTK_BOX (self->tools), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_button_set_icon_name (GTK_BUTTON (whole), "xq-unite-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (whole), "planner.whole");
  gtk_widget_set_tooltip_text (whole, _ ("Choose whole units; off: single compounds (W)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (whole), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Choose whole units"), -1);
  gtk_widget_add_css_class (whole, "flat");
  gtk_box_append (GTK_BOX (self->tools), whole);
  gtk_box_append (GTK_BOX (self->tools), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  add_zoom (self, "map.zoom-in", "zoom-in-symbolic", _ ("Closer (+)"));
  add_zoom (self, "map.zoom-out", "zoom-out-symbolic", _ ("Farther (−)"));
  add_zoom (self, "map.fit", "zoom-fit-best-symbolic", _ ("All of it (0)"));
  add_commands (self->wide_commands, TRUE);
  add_commands (self->narrow_commands, FALSE);
  add_keys (self);
}
