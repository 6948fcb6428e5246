#include "xq-planner-metrics.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-chart-view.h"
#include "xq-histogram-chart.h"
#include "xq-statistics.h"

#define CHART_HEIGHT 158

typedef enum
{
  FORMAT_COUNT,
  FORMAT_SHARE, /* 0–1, shown in per cent; the change in points */
  FORMAT_RATIO, /* two decimals */
} Format;

enum
{
  ROW_UNITS,
  ROW_ABLE,
  ROW_UNABLE,
  ROW_MEDIAN,
  ROW_SPREAD,
  ROW_COMPACTNESS,
  ROW_CROSSINGS,
  ROW_VIOLATIONS,
  N_ROWS
};

static const struct
{
  const char *label, *tooltip;
  Format format;
  int better; /* 1: more is; −1: less is; 0: neither */
} ROWS[N_ROWS] = {
  [ROW_UNITS] = { N_ ("Governance units"), NULL, FORMAT_COUNT, 0 },
  [ROW_ABLE] = { N_ ("Able to found a branch"), N_ ("Share of units with enough full members to found a branch"), FORMAT_SHARE, 1 },
  [ROW_UNABLE] = { N_ ("In need of a contact"), N_ ("Units with too few full members: two members of the committees keep contact"),
                   FORMAT_COUNT, -1 },
  [ROW_MEDIAN] = { N_ ("Median households"), NULL, FORMAT_COUNT, 0 },
  [ROW_SPREAD]
  = { N_ ("Spread of households"), N_ ("Standard deviation of the units' households over their mean"), FORMAT_RATIO, -1 },
  [ROW_COMPACTNESS] = { N_ ("Compactness"), N_ ("Mean Polsby–Popper of the units' outlines: 1 is a circle"), FORMAT_RATIO, 1 },
  [ROW_CROSSINGS]
  = { N_ ("Across roads and rivers"), N_ ("Neighbours inside a unit with a main road or river between them"), FORMAT_COUNT, -1 },
  [ROW_VIOLATIONS] = { N_ ("Rules broken"), N_ ("Each unit that breaks a rule, once for each rule"), FORMAT_COUNT, -1 },
};

struct _XqPlannerMetrics
{
  GtkWidget parent_instance;

  /* owned by the tree of widgets */
  GtkWidget *box;
  GtkLabel *scope, *today[N_ROWS], *plan[N_ROWS], *change[N_ROWS];
  XqChartView *chart;
};

G_DEFINE_FINAL_TYPE (XqPlannerMetrics, xq_planner_metrics, GTK_TYPE_WIDGET)

static double
read_row (const XqPlanScore *score, int row)
{
  switch (row)
    {
    case ROW_UNITS:
      return score->n_units;
    case ROW_ABLE:
      return score->n_units > 0 ? (double)score->n_able / score->n_units : NAN;
    case ROW_UNABLE:
      return score->n_unable;
    case ROW_MEDIAN:
      return score->n_units > 0 ? (double)score->households_median : NAN;
    case ROW_SPREAD:
      return xq_planner_score_get_spread (score);
    case ROW_COMPACTNESS:
      return score->compactness;
    case ROW_CROSSINGS:
      return score->barrier_crossings;
    default:
      return score->n_violations;
    }
}

static char *
format_value (double value, Format format)
{
  if (isnan (value))
    return g_strdup ("—");
  switch (format)
    {
    case FORMAT_SHARE:
      return xq_format_share (value);
    case FORMAT_RATIO:
      return g_strdup_printf ("%.2f", value);
    case FORMAT_COUNT:
    default:
      return xq_format_count ((gint64)value);
    }
}

static char *
format_amount (double amount, Format format)
{
  switch (format)
    {
    case FORMAT_SHARE:
      return g_strdup_printf ("%.1f", amount * 100);
    case FORMAT_RATIO:
      return g_strdup_printf ("%.2f", amount);
    case FORMAT_COUNT:
    default:
      return xq_format_count ((gint64)amount);
    }
}

/* "▲ 37.7": blue for better, orange for worse; a plain number with its sign where neither is. */
static void
show_change (XqPlannerMetrics *self, int row, double today, double plan)
{
  double change = plan - today, step = ROWS[row].format == FORMAT_COUNT ? 1 : ROWS[row].format == FORMAT_SHARE ? 0.001 : 0.01;
  g_autofree char *amount = isnan (change) ? NULL : format_amount (fabs (change), ROWS[row].format), *text = NULL;
  gboolean better = change * ROWS[row].better > 0;
  GtkWidget *label = GTK_WIDGET (self->change[row]);

  gtk_widget_remove_css_class (label, "xq-better");
  gtk_widget_remove_css_class (label, "xq-worse");
  gtk_widget_set_tooltip_text (label, NULL);
  if (amount == NULL)
    text = g_strdup ("—");
  else if (fabs (change) < step / 2)
    text = g_strdup ("―");
  else if (ROWS[row].better == 0)
    text = g_strconcat (change > 0 ? "+" : "\u2212", amount, NULL);
  else
    {
      text = g_strconcat (change > 0 ? "▲ " : "▼ ", amount, NULL);
      gtk_widget_add_css_class (label, better ? "xq-better" : "xq-worse");
      gtk_widget_set_tooltip_text (label, better ? _ ("Better than today") : _ ("Worse than today"));
    }
  gtk_label_set_label (self->change[row], text);
}

static GArray *
list_sizes (const XqPlanScore *score)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < score->units->len; i++)
    if (g_array_index (score->units, XqPlanUnit, i).n_base > 0)
      g_array_append_val (sizes, g_array_index (score->units, XqPlanUnit, i).households);
  return sizes;
}

static void
show_chart (XqPlannerMetrics *self, const XqPlannerState *state)
{
  g_autoptr (GArray) sizes = list_sizes (state->score), before = list_sizes (state->today_score);
  XqHistogramOptions options = { .name = C_ ("plan", "Plan"),
                                 .outline_name = C_ ("plan", "Today"),
                                 .measure = "",
                                 .size_measure = _ ("households"),
                                 .least = state->problem->rules.households_min,
                                 .most = state->problem->rules.households_max,
                                 .n_exempt = state->score->n_exempt };
  g_autoptr (XqChart) chart
      = xq_histogram_chart_new ((const gint64 *)sizes->data, sizes->len, (const gint64 *)before->data, before->len, &options);

  xq_chart_set_title (chart, _ ("Households per unit"));
  xq_chart_set_subject (chart, state->ground->scope_name);
  xq_chart_set_sample (chart, state->ground->sample);
  xq_chart_view_set_chart (self->chart, chart);
}

void
xq_planner_metrics_show (XqPlannerMetrics *self, XqPlannerState *state)
{
  g_autofree char *scope = state != NULL ? g_strdup_printf (_ ("Figures (%s)"), state->ground->scope_name) : g_strdup ("");

  g_return_if_fail (XQ_IS_PLANNER_METRICS (self));
  gtk_label_set_label (self->scope, scope);
  for (int row = 0; row < N_ROWS; row++)
    {
      double before = state != NULL ? read_row (state->today_score, row) : NAN,
             plan = state != NULL ? read_row (state->score, row) : NAN;
      g_autofree char *today_text = format_value (before, ROWS[row].format), *plan_text = format_value (plan, ROWS[row].format);

      gtk_label_set_label (self->today[row], today_text);
      gtk_label_set_label (self->plan[row], plan_text);
      show_change (self, row, before, plan);
    }
  if (state != NULL)
    show_chart (self, state);
  else
    xq_chart_view_set_chart (self->chart, NULL);
}

/* ---- Object ---- */

static GtkLabel *
add_label (GtkGrid *grid, int column, int row, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, column == 0);
  if (column == 0)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (grid, label, column, row, 1, 1);
  return GTK_LABEL (label);
}

static void
add_rule (GtkGrid *grid, int row)
{
  GtkWidget *rule = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  gtk_grid_attach (grid, rule, 0, row, 4, 1);
}

static GtkWidget *
make_table (XqPlannerMetrics *self)
{
  GtkWidget *grid = gtk_grid_new ();

  self->scope = add_label (GTK_GRID (grid), 0, 0, "", "xq-caption-strong");
  add_label (GTK_GRID (grid), 1, 0, C_ ("plan", "Today"), "xq-caption-strong");
  add_label (GTK_GRID (grid), 2, 0, C_ ("plan", "Plan"), "xq-caption-strong");
  add_label (GTK_GRID (grid), 3, 0, C_ ("plan", "Change"), "xq-caption-strong");
  for (int row = 0; row < N_ROWS; row++)
    {
      GtkLabel *name;

      add_rule (GTK_GRID (grid), 2 * row + 1);
      name = add_label (GTK_GRID (grid), 0, 2 * row + 2, g_dgettext (GETTEXT_PACKAGE, ROWS[row].label), NULL);
      if (ROWS[row].tooltip != NULL)
        gtk_widget_set_tooltip_text (GTK_WIDGET (name), g_dgettext (GETTEXT_PACKAGE, ROWS[row].tooltip));
      self->today[row] = add_label (GTK_GRID (grid), 1, 2 * row + 2, "", "numeric");
      gtk_widget_add_css_class (GTK_WIDGET (self->today[row]), "dim-label");
      self->plan[row] = add_label (GTK_GRID (grid), 2, 2 * row + 2, "", "xq-strong");
      self->change[row] = add_label (GTK_GRID (grid), 3, 2 * row + 2, "", "numeric");
    }
  gtk_widget_add_css_class (grid, "card");
  gtk_widget_add_css_class (grid, "xq-metrics");
  return grid;
}

static GtkWidget *
make_chart (XqPlannerMetrics *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gtk_label_new (_ ("Households per unit")), *caption = gtk_label_new (_ ("groups of 100 households"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "xq-strong");
  gtk_widget_add_css_class (caption, "xq-caption");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), caption);
  gtk_box_append (GTK_BOX (card), head);
  self->chart = XQ_CHART_VIEW (xq_chart_view_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->chart), -1, CHART_HEIGHT);
  gtk_widget_set_vexpand (GTK_WIDGET (self->chart), FALSE);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->chart));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "xq-planner-card");
  return card;
}

static void
xq_planner_metrics_dispose (GObject *object)
{
  g_clear_pointer (&XQ_PLANNER_METRICS (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_planner_metrics_parent_class)->dispose (object);
}

static void
xq_planner_metrics_class_init (XqPlannerMetricsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_planner_metrics_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
xq_planner_metrics_init (XqPlannerMetrics *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_box_append (GTK_BOX (self->box), make_table (self));
  gtk_box_append (GTK_BOX (self->box), make_chart (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  xq_planner_metrics_show (self, NULL);
}
