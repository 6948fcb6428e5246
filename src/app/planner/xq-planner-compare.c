#include "xq-planner-compare.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-chart-view.h"
#include "xq-histogram-chart.h"
#include "xq-map-view.h"
#include "xq-planner-comparing.h"
#include "xq-planner-dialogs.h"
#include "xq-statistics.h"

/* As many units that differ are listed. */
#define MOST_CHANGES 400

struct _XqPlannerCompare
{
  AdwWindow parent_instance;

  /* template */
  GtkBox *choices, *shown;
  GtkRevealer *problem_revealer;
  GtkLabel *problem, *summary, *changes_title;
  GtkSpinner *spinner;
  XqMapView *map;
  GtkGrid *metrics;
  XqChartView *sizes;
  GtkListBox *changes;

  /* owned */
  XqPlannerModel *model;
  XqPlannerState *state;
  GArray *ids; /* gint64: what can be chosen, in the order of the choices; the first is today's division */
  GtkDropDown *drops[XQ_PLAN_COMPARE_MOST]; /* in @choices */
  XqPlannerComparing *comparing;
  GCancellable *cancellable;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (XqPlannerCompare, xq_planner_compare, ADW_TYPE_WINDOW)

/* Figures */

static void
clear_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

static char *
format_value (const XqPlanMetric *metric, double value)
{
  if (isnan (value))
    return g_strdup ("—");
  return metric->format == XQ_PLAN_FORMAT_RATIO ? g_strdup_printf ("%.3f", value) : xq_format_count ((gint64)llround (value));
}

/* The last against the first: an arrow, the difference, and a word for those who do not see the colour. */
static GtkWidget *
make_delta (const XqPlanMetric *metric, guint n)
{
  double delta = metric->values[n - 1] - metric->values[0];
  gboolean better = metric->better * delta > 0, worse = metric->better * delta < 0;
  double size = fabs (delta);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (isnan (delta))
    text = g_strdup ("");
  else if (size < (metric->format == XQ_PLAN_FORMAT_RATIO ? 0.0005 : 0.5))
    text = g_strdup ("―");
  else
    {
      number = format_value (metric, size);
      text = g_strdup_printf ("%s %s", delta > 0 ? "▲" : "▼", number);
    }
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "numeric");
  if (better || worse)
    {
      gtk_widget_add_css_class (label, better ? "xq-better" : "xq-worse");
      gtk_widget_set_tooltip_text (label, better ? _ ("Better") : _ ("Worse"));
    }
  gtk_widget_set_halign (label, GTK_ALIGN_END);
  return label;
}

static void
attach_label (XqPlannerCompare *self, const char *text, int column, int row, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_halign (label, column == 0 ? GTK_ALIGN_START : GTK_ALIGN_END);
  gtk_widget_set_hexpand (label, column == 0);
  /* Only names are cut short, never figures. */
  if (column > 0 && row == 0)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), 7);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_widget_set_tooltip_text (label, text);
    }
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (self->metrics, label, column, row, 1, 1);
}

static void
show_metrics (XqPlannerCompare *self)
{
  const XqPlanComparison *comparison = self->comparing->comparison;
  int n = (int)comparison->n;

  clear_children (GTK_WIDGET (self->metrics));
  attach_label (self, _ ("Indicator"), 0, 0, "dim-label");
  for (int i = 0; i < n; i++)
    attach_label (self, xq_planner_comparing_get_name (self->comparing, (guint)i), i + 1, 0, "dim-label");
  attach_label (self, C_ ("plan", "Change"), n + 1, 0, "dim-label");
  for (guint k = 0; k < comparison->metrics->len; k++)
    {
      const XqPlanMetric *metric = &g_array_index (comparison->metrics, XqPlanMetric, k);

      attach_label (self, g_dgettext (GETTEXT_PACKAGE, metric->label), 0, (int)k + 1, NULL);
      for (int i = 0; i < n; i++)
        {
          g_autofree char *text = format_value (metric, metric->values[i]);

          attach_label (self, text, i + 1, (int)k + 1, i == n - 1 ? "heading" : NULL);
        }
      gtk_grid_attach (self->metrics, make_delta (metric, comparison->n), n + 1, (int)k + 1, 1, 1);
    }
}

static void
show_sizes (XqPlannerCompare *self)
{
  guint last = self->comparing->n - 1;
  g_autoptr (GArray) before = xq_planner_comparing_list_sizes (self->comparing, 0);
  g_autoptr (GArray) after = xq_planner_comparing_list_sizes (self->comparing, last);
  XqHistogramOptions options = {
    .name = xq_planner_comparing_get_name (self->comparing, last),
    .outline_name = xq_planner_comparing_get_name (self->comparing, 0),
    .measure = "",
    .size_measure = _ ("households"),
  };
  g_autoptr (XqChart) chart
      = xq_histogram_chart_new ((const gint64 *)after->data, after->len, (const gint64 *)before->data, before->len, &options);

  xq_chart_set_title (chart, _ ("Households of units"));
  xq_chart_view_set_chart (self->sizes, chart);
}

/* What differs */

/* Of two the one against the other; of three the first against the last. */
static const XqPlanDifference *
get_difference (XqPlannerCompare *self)
{
  return self->comparing->comparison->differences[self->comparing->n == 2 ? 0 : 1];
}

static void
show_summary (XqPlannerCompare *self)
{
  const XqPlanDifference *difference = get_difference (self);
  g_autofree char *same = xq_format_count (difference->n_same_units);
  g_autofree char *text
      = g_strdup_printf (_ ("%s units hold the same in both · %.1f%% of households stay with theirs · %u base units differ"), same,
                         100 * difference->overlap, difference->n_differs);

  gtk_label_set_label (self->summary, text);
}

static char *
describe_change (XqPlannerCompare *self, const XqPlanUnitChange *change)
{
  const XqPlanScenario *other = self->comparing->scenarios[self->comparing->n - 1];
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < change->went_to->len; i++)
    {
      const XqPlanOverlap *overlap = &g_array_index (change->went_to, XqPlanOverlap, i);
      g_autofree char *name
          = overlap->b >= 0 ? xq_plan_scenario_name_unit (other, self->state->ground, overlap->b) : g_strdup (_ ("in no unit"));
      g_autofree char *households = xq_format_count (overlap->households);

      if (i > 0)
        g_string_append (text, _ (", "));
      if (i == 4)
        {
          g_string_append (text, "…");
          break;
        }
      g_string_append_printf (text, _ ("%s %s households"), name, households);
    }
  return g_string_free (text, FALSE);
}

static void
clear_changes (XqPlannerCompare *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->changes, 0)) != NULL)
    gtk_list_box_remove (self->changes, GTK_WIDGET (row));
}

static void
show_changes (XqPlannerCompare *self)
{
  const XqPlanDifference *difference = get_difference (self);
  guint n = difference->changes->len;
  g_autofree char *title = g_strdup_printf (_ ("Units that differ: %u"), n);

  clear_changes (self);
  gtk_label_set_label (self->changes_title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->changes), n > 0);
  for (guint i = 0; i < MIN (n, MOST_CHANGES); i++)
    {
      const XqPlanUnitChange *change = g_ptr_array_index (difference->changes, i);
      g_autofree char *name = xq_plan_scenario_name_unit (self->comparing->scenarios[0], self->state->ground, change->unit);
      g_autofree char *escaped = g_markup_escape_text (name, -1);
      g_autofree char *went = describe_change (self, change);
      g_autofree char *below = g_markup_escape_text (went, -1);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (self->changes, row);
    }
}

/* All base units of the unit, where it is on the map. */
static void
change_activated (XqPlannerCompare *self, GtkListBoxRow *row)
{
  const XqPlanUnitChange *change = g_ptr_array_index (get_difference (self)->changes, gtk_list_box_row_get_index (row));
  const XqPlanScenario *one = self->comparing->scenarios[0];
  g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < one->n_base; i++)
    if (one->assignment[i] == change->unit)
      g_array_append_val (bases, i);
  xq_map_view_set_selection (self->map, (const guint *)bases->data, bases->len);
  xq_map_view_show (self->map, (const guint *)bases->data, bases->len);
}

/* The map */

static void
shown_toggled (GtkToggleButton *button, XqPlannerCompare *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));

  if (!self->filling && gtk_toggle_button_get_active (button) && self->comparing != NULL)
    xq_map_view_set_look (self->map, self->comparing->looks[index]);
}

static void
fill_shown (XqPlannerCompare *self)
{
  GtkToggleButton *first = NULL;
  guint last = self->comparing->n - 1;

  self->filling = TRUE;
  clear_children (GTK_WIDGET (self->shown));
  for (guint i = 0; i <= last; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (xq_planner_comparing_get_name (self->comparing, i));

      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (button);
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (i));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == last);
      g_signal_connect (button, "toggled", G_CALLBACK (shown_toggled), self);
      gtk_box_append (self->shown, button);
    }
  self->filling = FALSE;
  xq_map_view_set_look (self->map, self->comparing->looks[last]);
}

/* What a base unit is in words, for those who go over the map with keys. */
static char *
describe_base (guint base, gpointer data)
{
  XqPlannerCompare *self = data;
  GString *text;

  if (self->comparing == NULL)
    return NULL;
  text = g_string_new (xq_plan_problem_label (self->state->problem, base));
  for (guint i = 0; i < self->comparing->n; i++)
    {
      const XqPlanScenario *scenario = self->comparing->scenarios[i];
      g_autofree char *name = scenario->assignment[base] >= 0
                                  ? xq_plan_scenario_name_unit (scenario, self->state->ground, scenario->assignment[base])
                                  : g_strdup (_ ("in no unit"));

      g_string_append_printf (text, _ (", %s: %s"), xq_planner_comparing_get_name (self->comparing, i), name);
    }
  if (self->comparing->comparison->differs[base])
    g_string_append (text, _ (", differs"));
  return g_string_free (text, FALSE);
}

/* Choosing */

static void
made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqPlannerCompare) self = data;
  g_autoptr (GError) error = NULL;
  XqPlannerComparing *comparing = xq_planner_comparing_make_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->map == NULL)
    {
      g_clear_pointer (&comparing, xq_planner_comparing_free);
      return;
    }
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  gtk_label_set_label (self->problem, error != NULL ? error->message : "");
  gtk_revealer_set_reveal_child (self->problem_revealer, error != NULL);
  if (comparing == NULL)
    return;
  g_clear_pointer (&self->comparing, xq_planner_comparing_free);
  self->comparing = comparing;
  fill_shown (self);
  show_summary (self);
  show_metrics (self);
  show_sizes (self);
  show_changes (self);
}

static void
compare (XqPlannerCompare *self)
{
  XqStore *store = xq_context_get_store (xq_planner_model_get_context (self->model));
  gint64 ids[XQ_PLAN_COMPARE_MOST];
  guint n = 0;

  if (self->filling || store == NULL)
    return;
  for (guint i = 0; i < XQ_PLAN_COMPARE_MOST; i++)
    {
      guint selected = gtk_drop_down_get_selected (self->drops[i]);

      /* The third has a first choice of none. */
      if (i == 2)
        {
          if (selected == 0)
            continue;
          selected--;
        }
      if (selected < self->ids->len)
        ids[n++] = g_array_index (self->ids, gint64, selected);
    }
  if (n < 2)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  xq_planner_comparing_make_async (store, self->state, ids, n, self->cancellable, made, g_object_ref (self));
}

gboolean
xq_planner_compare_get_busy (XqPlannerCompare *self)
{
  return self->cancellable != NULL;
}

void
xq_planner_compare_choose (XqPlannerCompare *self, const gint64 *ids, guint n)
{
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->drops[2], 0);
  for (guint i = 0; i < MIN (n, XQ_PLAN_COMPARE_MOST); i++)
    for (guint k = 0; k < self->ids->len; k++)
      if (g_array_index (self->ids, gint64, k) == ids[i])
        gtk_drop_down_set_selected (self->drops[i], i == 2 ? k + 1 : k);
  self->filling = FALSE;
  compare (self);
}

static void
add_drop (XqPlannerCompare *self, guint index, const char *const *names)
{
  static const char *const labels[] = { N_ ("First division"), N_ ("Second division"), N_ ("Third division") };
  GtkWidget *drop = gtk_drop_down_new_from_strings (names);

  gtk_widget_set_tooltip_text (drop, _ (labels[index]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (labels[index]), -1);
  g_signal_connect_swapped (drop, "notify::selected", G_CALLBACK (compare), self);
  gtk_box_append (self->choices, drop);
  self->drops[index] = GTK_DROP_DOWN (drop);
}

/* Today's division, and the scenarios of the same scope. */
static void
fill_choices (XqPlannerCompare *self)
{
  const GPtrArray *scenarios = xq_planner_model_get_scenarios (self->model);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  gint64 today = 0;

  g_ptr_array_add (names, (char *)_ ("No third"));
  g_ptr_array_add (names, (char *)_ ("Today's division"));
  g_array_append_val (self->ids, today);
  for (guint i = 0; i < scenarios->len; i++)
    {
      const XqPlanScenarioInfo *info = g_ptr_array_index (scenarios, i);

      if (info->scope != self->state->ground->scope)
        continue;
      g_ptr_array_add (names, info->name);
      g_array_append_val (self->ids, info->id);
    }
  g_ptr_array_add (names, NULL);
  for (guint i = 0; i < XQ_PLAN_COMPARE_MOST; i++)
    add_drop (self, i, (const char *const *)names->pdata + (i == 2 ? 0 : 1));
}

static void
xq_planner_compare_dispose (GObject *object)
{
  XqPlannerCompare *self = XQ_PLANNER_COMPARE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->map != NULL)
    xq_map_view_set_describe_func (self->map, NULL, NULL);
  self->map = NULL;
  g_clear_pointer (&self->comparing, xq_planner_comparing_free);
  g_clear_pointer (&self->state, xq_planner_state_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (xq_planner_compare_parent_class)->dispose (object);
}

static void
xq_planner_compare_class_init (XqPlannerCompareClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (XQ_TYPE_MAP_VIEW);
  g_type_ensure (XQ_TYPE_CHART_VIEW);
  G_OBJECT_CLASS (klass)->dispose = xq_planner_compare_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/planner/xq-planner-compare.ui");
  gtk_widget_class_bind_template_child (widget_class, XqPlannerCompare, choices);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerCompare, shown);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerCompare, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerCompare, problem);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerCompare, summary);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerCompare, changes_title);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerCompare, spinner);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerCompare, map);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerCompare, metrics);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerCompare, sizes);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerCompare, changes);
  gtk_widget_class_bind_template_callback (widget_class, change_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
xq_planner_compare_init (XqPlannerCompare *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
}

XqPlannerCompare *
xq_planner_compare_new (GtkWidget *parent, XqPlannerModel *model)
{
  XqPlannerCompare *self = g_object_new (XQ_TYPE_PLANNER_COMPARE, NULL);
  GtkRoot *root = gtk_widget_get_root (parent);
  gint64 ids[2] = { 0, xq_planner_model_get_scenario (model) };

  self->model = g_object_ref (model);
  self->state = xq_planner_state_ref (xq_planner_model_get_state (model));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  xq_map_view_set_describe_func (self->map, describe_base, self);
  xq_map_view_set_map (self->map, self->state->ground->map);
  fill_choices (self);
  /* Today's division beside itself says nothing: the latest scenario, then. */
  if (ids[1] == 0 && self->ids->len > 1)
    ids[1] = g_array_index (self->ids, gint64, 1);
  xq_planner_compare_choose (self, ids, 2);
  return self;
}

void
xq_planner_compare_open (GtkWidget *parent, XqPlannerModel *model)
{
  if (xq_planner_model_get_phase (model) == XQ_PLANNER_READY && xq_planner_model_get_settled (model))
    gtk_window_present (GTK_WINDOW (xq_planner_compare_new (parent, model)));
}
