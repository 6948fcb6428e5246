#include "xq-chart-card.h"

/* Asked for so that fifteen rows fit; what does not is shown on demand. */
#define CHART_HEIGHT 280

struct _XqChartCard
{
  GtkWidget parent_instance;

  /* template */
  GtkBox *head;
  GtkLabel *title, *caption;
  GtkWidget *fold_button;
  XqChartView *view;
};

enum
{
  SIGNAL_MARK_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void xq_chart_card_buildable_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (XqChartCard, xq_chart_card, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, xq_chart_card_buildable_init))

static void
set_expanded (XqChartCard *self, gboolean expanded)
{
  xq_chart_view_set_expanded (self->view, expanded);
  gtk_widget_set_visible (self->fold_button, expanded);
}

static void
mark_activated (XqChartCard *self, gint64 unit, const char *key)
{
  if (g_strcmp0 (key, "more") == 0)
    set_expanded (self, TRUE);
  else
    g_signal_emit (self, signals[SIGNAL_MARK_ACTIVATED], 0, unit, key);
}

static void
fold_clicked (XqChartCard *self)
{
  set_expanded (self, FALSE);
}

static void
xq_chart_card_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  XqChartCard *self = XQ_CHART_CARD (buildable);

  if (g_strcmp0 (type, "switch") == 0)
    gtk_box_append (self->head, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
xq_chart_card_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = xq_chart_card_add_child;
}

static void
xq_chart_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (xq_chart_card_parent_class)->dispose (object);
}

static void
xq_chart_card_class_init (XqChartCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_chart_card_dispose;
  g_type_ensure (XQ_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/overview/xq-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, XqChartCard, head);
  gtk_widget_class_bind_template_child (widget_class, XqChartCard, title);
  gtk_widget_class_bind_template_child (widget_class, XqChartCard, caption);
  gtk_widget_class_bind_template_child (widget_class, XqChartCard, fold_button);
  gtk_widget_class_bind_template_child (widget_class, XqChartCard, view);
  gtk_widget_class_bind_template_callback (widget_class, mark_activated);
  gtk_widget_class_set_css_name (widget_class, "chart-card");
  signals[SIGNAL_MARK_ACTIVATED] = g_signal_new ("mark-activated", XQ_TYPE_CHART_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
}

static void
xq_chart_card_init (XqChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self->view), -1, CHART_HEIGHT);
  g_signal_connect_swapped (self->fold_button, "clicked", G_CALLBACK (fold_clicked), self);
}

void
xq_chart_card_set_chart (XqChartCard *self, XqChart *chart)
{
  const char *title = chart != NULL ? xq_chart_get_title (chart) : NULL,
             *caption = chart != NULL ? xq_chart_get_caption (chart) : NULL;
  XqChart *last;

  g_return_if_fail (XQ_IS_CHART_CARD (self));

  /* What has been unfolded stays so while the same thing is shown anew. */
  last = xq_chart_view_get_chart (self->view);
  if (last == NULL || chart == NULL || g_strcmp0 (xq_chart_get_title (last), title) != 0
      || g_strcmp0 (xq_chart_get_subject (last), xq_chart_get_subject (chart)) != 0)
    set_expanded (self, FALSE);
  gtk_label_set_label (self->title, title != NULL ? title : "");
  gtk_label_set_label (self->caption, caption != NULL ? caption : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->caption), caption);
  xq_chart_view_set_chart (self->view, chart);
}
