#include "xq-planner-rules.h"

#include <glib/gi18n-lib.h>

/* Changes of one number follow each other: they are one step once they pause for so many ms. */
#define PAUSE 600
#define MOST_MEMBERS 999
#define MOST_HOUSEHOLDS 99999
#define MOST_BASE 999
#define MOST_CONTACTS 9999
#define MOST_GAP 1000

typedef enum
{
  KIND_NUMBER,
  KIND_LIMIT, /* a number that 0 switches off: null */
  KIND_OPEN,  /* a number for which −1, shown in words, stands for none: null */
  KIND_SWITCH,
  KIND_ENUM,
} Kind;

/* What of the scenario a control stands for. */
static const struct
{
  int field;
  Kind kind;
  const XqEnum *values;
} CONTROLS[] = {
  { XQ_PLAN_SCENARIO_MEMBERS_FLOOR, KIND_NUMBER, NULL },
  { XQ_PLAN_SCENARIO_CONTACT_UNITS, KIND_OPEN, NULL },
  { XQ_PLAN_SCENARIO_HOUSEHOLDS_MIN, KIND_LIMIT, NULL },
  { XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX, KIND_LIMIT, NULL },
  { XQ_PLAN_SCENARIO_CONTAINMENT, KIND_ENUM, &XQ_ENUM_PLAN_CONTAINMENT },
  { XQ_PLAN_SCENARIO_BARRIERS, KIND_SWITCH, NULL },
  { XQ_PLAN_SCENARIO_CONTIGUOUS, KIND_SWITCH, NULL },
  { XQ_PLAN_SCENARIO_PROPERTY_AREAS, KIND_SWITCH, NULL },
  { XQ_PLAN_SCENARIO_LOCKS, KIND_SWITCH, NULL },
  { XQ_PLAN_SCENARIO_MAX_BASE, KIND_LIMIT, NULL },
  { XQ_PLAN_SCENARIO_ADJACENCY, KIND_ENUM, &XQ_ENUM_PLAN_ADJACENCY },
  { XQ_PLAN_SCENARIO_GAP, KIND_NUMBER, NULL },
  { XQ_PLAN_SCENARIO_GOAL, KIND_ENUM, &XQ_ENUM_PLAN_GOAL },
  { XQ_PLAN_SCENARIO_TARGET_HOUSEHOLDS, KIND_NUMBER, NULL },
};
#define N_CONTROLS G_N_ELEMENTS (CONTROLS)

struct _XqPlannerRules
{
  GtkWidget parent_instance;

  /* owned by the tree of widgets */
  GtkWidget *box, *target_row, *gap_row, *pairs_row;
  GtkLabel *pairs;
  GtkWidget *controls[N_CONTROLS];

  /* owned */
  XqPlannerModel *model;
  gint64 shown; /* the scenario that the controls were filled from */
  guint pause_id;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (XqPlannerRules, xq_planner_rules, GTK_TYPE_WIDGET)

static GtkWidget **
find_control (XqPlannerRules *self, int field)
{
  for (guint i = 0; i < N_CONTROLS; i++)
    if (CONTROLS[i].field == field)
      return &self->controls[i];
  g_return_val_if_reached (NULL);
}

/* ---- Between controls and scenario ---- */

static void
write_control (XqPlannerRules *self, guint i, XqRecord *record)
{
  GtkWidget *control = self->controls[i];
  gint64 number;

  switch (CONTROLS[i].kind)
    {
    case KIND_SWITCH:
      xq_record_set_int (record, CONTROLS[i].field, gtk_switch_get_active (GTK_SWITCH (control)));
      break;
    case KIND_ENUM:
      xq_record_set_text (record, CONTROLS[i].field,
                          CONTROLS[i].values->values[gtk_drop_down_get_selected (GTK_DROP_DOWN (control))].nick);
      break;
    case KIND_OPEN:
      number = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (control));
      if (number < 0)
        xq_record_set_null (record, CONTROLS[i].field);
      else
        xq_record_set_int (record, CONTROLS[i].field, number);
      break;
    case KIND_NUMBER:
    case KIND_LIMIT:
      number = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (control));
      if (number == 0 && (CONTROLS[i].kind == KIND_LIMIT || xq_record_is_null (record, CONTROLS[i].field)))
        xq_record_set_null (record, CONTROLS[i].field);
      else
        xq_record_set_int (record, CONTROLS[i].field, number);
      break;
    }
}

static void
fill_control (XqPlannerRules *self, guint i, const XqRecord *record)
{
  GtkWidget *control = self->controls[i];
  int index;

  switch (CONTROLS[i].kind)
    {
    case KIND_SWITCH:
      gtk_switch_set_active (GTK_SWITCH (control), xq_record_get_int (record, CONTROLS[i].field) != 0);
      break;
    case KIND_ENUM:
      index = xq_record_is_null (record, CONTROLS[i].field)
                  ? 0
                  : xq_enum_index (CONTROLS[i].values, xq_record_get_text (record, CONTROLS[i].field));
      gtk_drop_down_set_selected (GTK_DROP_DOWN (control), (guint)MAX (index, 0));
      break;
    case KIND_OPEN:
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (control), xq_record_is_null (record, CONTROLS[i].field)
                                                                ? -1
                                                                : (double)xq_record_get_int (record, CONTROLS[i].field));
      break;
    case KIND_NUMBER:
    case KIND_LIMIT:
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (control), (double)xq_record_get_int (record, CONTROLS[i].field));
      break;
    }
}

static void
update_rows (XqPlannerRules *self)
{
  guint goal = gtk_drop_down_get_selected (GTK_DROP_DOWN (*find_control (self, XQ_PLAN_SCENARIO_GOAL)));
  guint adjacency = gtk_drop_down_get_selected (GTK_DROP_DOWN (*find_control (self, XQ_PLAN_SCENARIO_ADJACENCY)));

  gtk_widget_set_visible (self->target_row, goal == (guint)xq_enum_index (&XQ_ENUM_PLAN_GOAL, "balance"));
  gtk_widget_set_visible (self->gap_row, adjacency == (guint)xq_enum_index (&XQ_ENUM_PLAN_ADJACENCY, "gap"));
}

/* How many pairs must stay together or apart; they are made on the map. */
static void
update_pairs (XqPlannerRules *self, const XqPlanScenario *scenario)
{
  g_autofree char *text = g_strdup_printf (_ ("%u together, %u apart"), scenario->together->len, scenario->apart->len);

  gtk_label_set_label (self->pairs, text);
  gtk_widget_set_visible (self->pairs_row, scenario->together->len + scenario->apart->len > 0);
}

static gboolean
pause_over (gpointer data)
{
  XqPlannerRules *self = data;
  XqPlanScenario *scenario = xq_planner_model_begin (self->model);

  self->pause_id = 0;
  if (scenario == NULL)
    return G_SOURCE_REMOVE;
  for (guint i = 0; i < N_CONTROLS; i++)
    write_control (self, i, scenario->record);
  xq_planner_model_commit (self->model, scenario, _ ("Change the plan's rules"));
  return G_SOURCE_REMOVE;
}

static void
control_changed (XqPlannerRules *self)
{
  if (self->filling)
    return;
  update_rows (self);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE, pause_over, self);
}

static void
model_changed (XqPlannerRules *self)
{
  XqPlannerState *state = xq_planner_model_get_state (self->model);

  gtk_widget_set_sensitive (self->box, xq_planner_model_get_editable (self->model));
  /* What was typed for one scenario is not another's. */
  if (self->pause_id != 0 && state != NULL && state->scenario->id != self->shown && self->shown != 0)
    g_clear_handle_id (&self->pause_id, g_source_remove);
  if (state == NULL || self->pause_id != 0)
    return;
  self->shown = state->scenario->id;
  self->filling = TRUE;
  for (guint i = 0; i < N_CONTROLS; i++)
    fill_control (self, i, state->scenario->record);
  update_rows (self);
  update_pairs (self, state->scenario);
  self->filling = FALSE;
}

/* ---- Making the form ---- */

static GtkWidget *
add_row (GtkWidget *list, const char *title, const char *caption)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (title);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (box, "xq-field");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  if (caption != NULL)
    {
      GtkWidget *more = gtk_label_new (caption);

      gtk_widget_add_css_class (more, "xq-caption");
      gtk_label_set_ellipsize (GTK_LABEL (more), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (box), more);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return box;
}

static void
place_control (GtkWidget *box, GtkWidget *control, const char *name, gboolean first)
{
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (control, first);
  gtk_widget_set_halign (control, first ? GTK_ALIGN_END : GTK_ALIGN_FILL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), control);
}

static void
add_number (XqPlannerRules *self, GtkWidget *box, int field, const char *name, double most, double step, gboolean first)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, step);

  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 4);
  gtk_editable_set_alignment (GTK_EDITABLE (spin), 1);
  gtk_widget_add_css_class (spin, "xq-small-spin");
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (control_changed), self, G_CONNECT_SWAPPED);
  *find_control (self, field) = spin;
  place_control (box, spin, name, first);
}

/* "any" in place of −1. */
static gboolean
show_open (GtkSpinButton *spin)
{
  if (gtk_spin_button_get_value_as_int (spin) >= 0)
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (spin), _ ("any"));
  return TRUE;
}

static int
read_open (GtkSpinButton *spin, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));

  if (*text != '\0' && !g_str_equal (text, _ ("any")))
    return FALSE;
  *value = -1;
  return TRUE;
}

static void
add_open (XqPlannerRules *self, GtkWidget *box, int field, const char *name)
{
  GtkWidget *spin;

  add_number (self, box, field, name, MOST_CONTACTS, 1, TRUE);
  spin = *find_control (self, field);
  gtk_widget_set_name (spin, "contact-units");
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), FALSE);
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (spin), -1, MOST_CONTACTS);
  g_signal_connect (spin, "output", G_CALLBACK (show_open), NULL);
  g_signal_connect (spin, "input", G_CALLBACK (read_open), NULL);
}

static void
add_pairs (XqPlannerRules *self, GtkWidget *list)
{
  GtkWidget *box = add_row (list, _ ("Compounds bound to each other"), NULL), *label = gtk_label_new (NULL);
  GtkWidget *clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");

  gtk_widget_add_css_class (label, "numeric");
  place_control (box, label, _ ("Compounds bound to each other"), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "planner.free-all");
  gtk_widget_set_tooltip_text (clear, _ ("Free all of each other"));
  gtk_widget_add_css_class (clear, "flat");
  place_control (box, clear, _ ("Free all of each other"), FALSE);
  self->pairs = GTK_LABEL (label);
  self->pairs_row = gtk_widget_get_parent (box);
}

static void
add_switch (XqPlannerRules *self, GtkWidget *list, int field, const char *title, const char *caption)
{
  GtkWidget *box = add_row (list, title, caption), *toggle = gtk_switch_new ();

  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (control_changed), self, G_CONNECT_SWAPPED);
  *find_control (self, field) = toggle;
  place_control (box, toggle, title, TRUE);
}

static void
add_choice (XqPlannerRules *self, GtkWidget *box, int field, const XqEnum *values, const char *name)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget *choice;

  for (guint i = 0; values->values[i].nick != NULL; i++)
    gtk_string_list_append (labels, g_dgettext (GETTEXT_PACKAGE, values->values[i].label));
  choice = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (control_changed), self, G_CONNECT_SWAPPED);
  *find_control (self, field) = choice;
  place_control (box, choice, name, TRUE);
}

static GtkWidget *
make_list (GtkWidget *box, const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "xq-fields");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), list);
  return list;
}

static void
add_title (GtkWidget *box, const char *title, const char *caption)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (title), *more = gtk_label_new (caption);

  gtk_widget_add_css_class (label, "xq-strong");
  gtk_widget_add_css_class (more, "xq-caption");
  gtk_label_set_ellipsize (GTK_LABEL (more), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (more, TRUE);
  gtk_label_set_xalign (GTK_LABEL (more), 1);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), more);
  gtk_widget_add_css_class (head, "xq-planner-title");
  gtk_box_append (GTK_BOX (box), head);
}

static void
make_rules (XqPlannerRules *self)
{
  GtkWidget *list, *row;

  add_title (self->box, _ ("Rules"), _ ("adjoining · manageable · of moderate size"));
  list = make_list (self->box, _ ("Rules"));
  row = add_row (list, _ ("Fewest full members"), NULL);
  add_number (self, row, XQ_PLAN_SCENARIO_MEMBERS_FLOOR, _ ("Fewest full members"), MOST_MEMBERS, 1, TRUE);
  row = add_row (list, _ ("Units without a branch at most"), NULL);
  add_open (self, row, XQ_PLAN_SCENARIO_CONTACT_UNITS, _ ("Units without a branch at most"));
  row = add_row (list, C_ ("plan", "Households"), NULL);
  add_number (self, row, XQ_PLAN_SCENARIO_HOUSEHOLDS_MIN, _ ("Fewest households; 0: no limit"), MOST_HOUSEHOLDS, 50, TRUE);
  add_number (self, row, XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX, _ ("Most households; 0: no limit"), MOST_HOUSEHOLDS, 50, FALSE);
  row = add_row (list, _ ("Units lie"), NULL);
  add_choice (self, row, XQ_PLAN_SCENARIO_CONTAINMENT, &XQ_ENUM_PLAN_CONTAINMENT, _ ("Units lie"));
  add_switch (self, list, XQ_PLAN_SCENARIO_BARRIERS, _ ("Not across main roads and rivers"), NULL);
  add_switch (self, list, XQ_PLAN_SCENARIO_CONTIGUOUS, _ ("In one piece"), NULL);
  add_switch (self, list, XQ_PLAN_SCENARIO_PROPERTY_AREAS, _ ("Property areas stay whole"), NULL);
  add_switch (self, list, XQ_PLAN_SCENARIO_LOCKS, _ ("Locked units stay"), NULL);
  row = add_row (list, _ ("Single compounds stay whole"), _ ("exempt above the limit"));
  place_control (row, gtk_image_new_from_icon_name ("emblem-ok-symbolic"), _ ("Always"), TRUE);
  row = add_row (list, _ ("Most compounds in a unit"), NULL);
  add_number (self, row, XQ_PLAN_SCENARIO_MAX_BASE, _ ("Most compounds in a unit; 0: no limit"), MOST_BASE, 1, TRUE);
  add_pairs (self, list);
  row = add_row (list, _ ("Neighbours have"), NULL);
  add_choice (self, row, XQ_PLAN_SCENARIO_ADJACENCY, &XQ_ENUM_PLAN_ADJACENCY, _ ("Neighbours have"));
  self->gap_row = add_row (list, _ ("Metres between neighbours"), NULL);
  add_number (self, self->gap_row, XQ_PLAN_SCENARIO_GAP, _ ("Metres between neighbours at most"), MOST_GAP, 5, TRUE);
  self->gap_row = gtk_widget_get_parent (self->gap_row);
}

static void
make_priorities (XqPlannerRules *self)
{
  GtkWidget *list, *row;

  add_title (self->box, _ ("Priorities"), _ ("in this order"));
  list = make_list (self->box, _ ("Priorities"));
  add_row (list, _ ("1  Fewest units without a branch"), NULL);
  row = add_row (list, "2", NULL);
  add_choice (self, row, XQ_PLAN_SCENARIO_GOAL, &XQ_ENUM_PLAN_GOAL, _ ("Second priority"));
  gtk_widget_set_halign (*find_control (self, XQ_PLAN_SCENARIO_GOAL), GTK_ALIGN_START);
  self->target_row = add_row (list, _ ("Households aimed at"), NULL);
  add_number (self, self->target_row, XQ_PLAN_SCENARIO_TARGET_HOUSEHOLDS, _ ("Households aimed at"), MOST_HOUSEHOLDS, 50, TRUE);
  self->target_row = gtk_widget_get_parent (self->target_row);
  add_row (list, _ ("3  Most compact"), NULL);
}

static void
xq_planner_rules_dispose (GObject *object)
{
  XqPlannerRules *self = XQ_PLANNER_RULES (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_object (&self->model);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_planner_rules_parent_class)->dispose (object);
}

static void
xq_planner_rules_class_init (XqPlannerRulesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_planner_rules_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
xq_planner_rules_init (XqPlannerRules *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  make_rules (self);
  make_priorities (self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

void
xq_planner_rules_set_model (XqPlannerRules *self, XqPlannerModel *model)
{
  g_return_if_fail (XQ_IS_PLANNER_RULES (self) && self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "changed", G_CALLBACK (model_changed), self, G_CONNECT_SWAPPED);
  model_changed (self);
}
