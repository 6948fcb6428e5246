#include "xq-kpi-card.h"

#include <glib/gi18n-lib.h>

#include "xq-chart-view.h"
#include "xq-figure-popover.h"

struct _XqKpiCard
{
  GtkButton parent_instance;

  /* template */
  GtkLabel *name, *note, *number, *measure, *detail, *delta, *since;
  XqChartView *spark;

  /* owned */
  XqContext *context;
  char *indicator;
  XqFigurePopover *popover; /* made when first asked for */
};

G_DEFINE_FINAL_TYPE (XqKpiCard, xq_kpi_card, GTK_TYPE_BUTTON)

/* Style class of a change, or NULL. */
static const char *
delta_class (XqDeltaKind kind)
{
  switch (kind)
    {
    case XQ_DELTA_BETTER:
      return "xq-better";
    case XQ_DELTA_WORSE:
      return "xq-worse";
    case XQ_DELTA_UNCERTAIN:
    case XQ_DELTA_BROKEN:
      return "xq-uncertain";
    case XQ_DELTA_NONE:
    case XQ_DELTA_FLAT:
    case XQ_DELTA_NEUTRAL:
    default:
      return NULL;
    }
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
xq_kpi_card_clicked (GtkButton *button)
{
  XqKpiCard *self = XQ_KPI_CARD (button);

  if (self->indicator == NULL)
    return;
  if (self->popover == NULL)
    {
      self->popover = XQ_FIGURE_POPOVER (xq_figure_popover_new (self->context));
      gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
    }
  xq_figure_popover_show (self->popover, self->indicator);
}

static void
xq_kpi_card_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XqKpiCard *self = XQ_KPI_CARD (widget);

  GTK_WIDGET_CLASS (xq_kpi_card_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
xq_kpi_card_dispose (GObject *object)
{
  XqKpiCard *self = XQ_KPI_CARD (object);

  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  g_clear_object (&self->context);
  g_clear_pointer (&self->indicator, g_free);
  G_OBJECT_CLASS (xq_kpi_card_parent_class)->dispose (object);
}

static void
xq_kpi_card_class_init (XqKpiCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_kpi_card_dispose;
  GTK_BUTTON_CLASS (klass)->clicked = xq_kpi_card_clicked;
  widget_class->size_allocate = xq_kpi_card_size_allocate;
  g_type_ensure (XQ_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/overview/xq-kpi-card.ui");
  gtk_widget_class_bind_template_child (widget_class, XqKpiCard, name);
  gtk_widget_class_bind_template_child (widget_class, XqKpiCard, note);
  gtk_widget_class_bind_template_child (widget_class, XqKpiCard, number);
  gtk_widget_class_bind_template_child (widget_class, XqKpiCard, measure);
  gtk_widget_class_bind_template_child (widget_class, XqKpiCard, spark);
  gtk_widget_class_bind_template_child (widget_class, XqKpiCard, detail);
  gtk_widget_class_bind_template_child (widget_class, XqKpiCard, delta);
  gtk_widget_class_bind_template_child (widget_class, XqKpiCard, since);
}

static void
xq_kpi_card_init (XqKpiCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
xq_kpi_card_new (XqContext *context)
{
  XqKpiCard *self = g_object_new (XQ_TYPE_KPI_CARD, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

void
xq_kpi_card_set (XqKpiCard *self, const XqKpi *kpi)
{
  g_autoptr (GString) tooltip = NULL;
  g_autoptr (GString) label = g_string_new (NULL);
  const char *parts[] = { kpi->note, kpi->detail, kpi->delta.text, kpi->delta.since };

  g_return_if_fail (XQ_IS_KPI_CARD (self));

  g_free (self->indicator);
  self->indicator = g_strdup (kpi->indicator);
  set_text (self->name, kpi->name);
  set_text (self->note, kpi->note);
  set_text (self->number, kpi->number);
  set_text (self->measure, kpi->measure);
  set_text (self->detail, kpi->detail);
  set_text (self->delta, kpi->delta.text);
  /* Beside a detail there is no room to say since when: the tooltip does. */
  set_text (self->since, kpi->detail == NULL ? kpi->delta.since : NULL);
  gtk_widget_set_css_classes (GTK_WIDGET (self->delta),
                              (const char *[]){ "xq-caption-strong", delta_class (kpi->delta.kind), NULL });
  xq_chart_view_set_chart (self->spark, kpi->spark);

  tooltip = g_string_new (kpi->definition);
  if (kpi->reason != NULL)
    g_string_append_printf (tooltip, "\n%s", kpi->reason);
  if (kpi->delta.text != NULL)
    g_string_append_printf (tooltip, "\n%s %s", kpi->delta.text, kpi->delta.since != NULL ? kpi->delta.since : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip->str);

  g_string_append_printf (label, "%s %s%s", kpi->name, kpi->number, kpi->measure);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_string_append_printf (label, "%s%s", C_ ("list", ", "), parts[i]);
  if (kpi->generated)
    g_string_append_printf (label, "%s%s", C_ ("list", ", "), _ ("Sample data"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
  if (kpi->reason != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, kpi->reason, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}
