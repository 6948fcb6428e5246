#include "xq-ledger-legend.h"

#include <math.h>

#define SAMPLE_DOT 3

struct _XqLedgerLegend
{
  GtkWidget parent_instance;

  GtkWidget *label; /* child */
  XqLedgerSign sign;
};

G_DEFINE_FINAL_TYPE (XqLedgerLegend, xq_ledger_legend, GTK_TYPE_WIDGET)

GdkRGBA
xq_ledger_sign_color (GtkWidget *widget, const char *name)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA color;

  if (name == NULL || !gtk_style_context_lookup_color (style, name, &color))
    gtk_style_context_get_color (style, &color);
  return color;
}

void
xq_ledger_sign_draw_round (GtkSnapshot *snapshot, float x, float y, float width, float height, float radius, const GdkRGBA *color)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, y, width, height), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

void
xq_ledger_sign_draw_kit (GtkSnapshot *snapshot, GtkWidget *widget, const char *marks, float x, float y)
{
  GdkRGBA there = xq_ledger_sign_color (widget, "xq_cover_own"), missing = xq_ledger_sign_color (widget, "xq_cover_none");
  cairo_t *cr = NULL;

  for (guint i = 0; marks[i] != '\0'; i++)
    {
      float left = x + (float)i * (XQ_LEDGER_SIGN_SIZE + XQ_LEDGER_SIGN_GAP);

      if (marks[i] == '1')
        {
          xq_ledger_sign_draw_round (snapshot, left + 1, y + 1, XQ_LEDGER_SIGN_SIZE - 2, XQ_LEDGER_SIGN_SIZE - 2, 2, &there);
          continue;
        }
      if (cr == NULL)
        {
          float width = (float)strlen (marks) * (XQ_LEDGER_SIGN_SIZE + XQ_LEDGER_SIGN_GAP);

          cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (x, y, width, XQ_LEDGER_SIGN_SIZE));
          gdk_cairo_set_source_rgba (cr, &missing);
          cairo_set_line_width (cr, 1.2);
          cairo_set_dash (cr, (const double[]){ 2.2, 1.6 }, 2, 0);
        }
      cairo_rectangle (cr, left + 1.6, y + 1.6, XQ_LEDGER_SIGN_SIZE - 3.2, XQ_LEDGER_SIGN_SIZE - 3.2);
      cairo_stroke (cr);
    }
  if (cr != NULL)
    cairo_destroy (cr);
}

void
xq_ledger_sign_draw_suppressed (GtkSnapshot *snapshot, GtkWidget *widget, float x, float y, float width, float height)
{
  GdkRGBA line = xq_ledger_sign_color (widget, "xq_cover_none");
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (x, y, width, height));

  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_set_line_width (cr, 1);
  for (float offset = -height; offset < width; offset += 5)
    {
      cairo_move_to (cr, x + offset, y);
      cairo_line_to (cr, x + offset + height, y + height);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

void
xq_ledger_sign_draw_sample (GtkSnapshot *snapshot, GtkWidget *widget, float x, float y)
{
  GdkRGBA dot = xq_ledger_sign_color (widget, "xq_faint");

  xq_ledger_sign_draw_round (snapshot, x - SAMPLE_DOT / 2.f, y - SAMPLE_DOT / 2.f, SAMPLE_DOT, SAMPLE_DOT, SAMPLE_DOT / 2.f, &dot);
}

static int
sign_width (XqLedgerSign sign)
{
  switch (sign)
    {
    case XQ_LEDGER_SIGN_SUPPRESSED:
      return 20;
    case XQ_LEDGER_SIGN_SAMPLE:
      return 6;
    case XQ_LEDGER_SIGN_THERE:
    case XQ_LEDGER_SIGN_MISSING:
    default:
      return XQ_LEDGER_SIGN_SIZE;
    }
}

#define LABEL_GAP 5

static void
xq_ledger_legend_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  XqLedgerLegend *self = XQ_LEDGER_LEGEND (widget);

  gtk_widget_measure (self->label, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum += sign_width (self->sign) + LABEL_GAP;
      *natural += sign_width (self->sign) + LABEL_GAP;
    }
}

static void
xq_ledger_legend_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XqLedgerLegend *self = XQ_LEDGER_LEGEND (widget);
  int left = sign_width (self->sign) + LABEL_GAP;

  gtk_widget_allocate (self->label, MAX (0, width - left), height, baseline,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (left, 0)));
}

static void
xq_ledger_legend_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XqLedgerLegend *self = XQ_LEDGER_LEGEND (widget);
  float height = gtk_widget_get_height (widget);
  float top = floorf ((height - XQ_LEDGER_SIGN_SIZE) / 2);

  switch (self->sign)
    {
    case XQ_LEDGER_SIGN_THERE:
      xq_ledger_sign_draw_kit (snapshot, widget, "1", 0, top);
      break;
    case XQ_LEDGER_SIGN_MISSING:
      xq_ledger_sign_draw_kit (snapshot, widget, "0", 0, top);
      break;
    case XQ_LEDGER_SIGN_SUPPRESSED:
      xq_ledger_sign_draw_suppressed (snapshot, widget, 0, floorf ((height - 8) / 2), 20, 8);
      break;
    case XQ_LEDGER_SIGN_SAMPLE:
      xq_ledger_sign_draw_sample (snapshot, widget, 3, height / 2);
      break;
    default:
      break;
    }
  gtk_widget_snapshot_child (widget, self->label, snapshot);
}

static void
xq_ledger_legend_dispose (GObject *object)
{
  g_clear_pointer (&XQ_LEDGER_LEGEND (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_ledger_legend_parent_class)->dispose (object);
}

static void
xq_ledger_legend_class_init (XqLedgerLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_ledger_legend_dispose;
  widget_class->measure = xq_ledger_legend_measure;
  widget_class->size_allocate = xq_ledger_legend_size_allocate;
  widget_class->snapshot = xq_ledger_legend_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
xq_ledger_legend_init (XqLedgerLegend *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->label, "xq-caption");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

void
xq_ledger_legend_set_label (XqLedgerLegend *self, const char *label)
{
  g_return_if_fail (XQ_IS_LEDGER_LEGEND (self));
  gtk_label_set_text (GTK_LABEL (self->label), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

GtkWidget *
xq_ledger_legend_new (XqLedgerSign sign, const char *label)
{
  XqLedgerLegend *self = g_object_new (XQ_TYPE_LEDGER_LEGEND, NULL);

  self->sign = sign;
  xq_ledger_legend_set_label (self, label);
  return GTK_WIDGET (self);
}
