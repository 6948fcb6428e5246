#include "xq-coverage-mark.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#define MARK_SIZE 12

struct _XqCoverageMark {
  GtkWidget parent_instance;

  XqCoverage coverage;
};

enum { PROP_COVERAGE = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (XqCoverageMark, xq_coverage_mark, GTK_TYPE_WIDGET)

static GdkRGBA
lookup_color (GtkWidget *widget, const char *name)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color))
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  return color;
}

static void
rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
outline (cairo_t *cr, const GdkRGBA *color, double line_width, const double *dashes, int n_dashes)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, line_width);
  cairo_set_dash (cr, dashes, n_dashes, 0);
  rounded (cr, 1.6, 1.6, 8.8, 8.8, 2.2);
  cairo_stroke (cr);
}

/* The left @share of the square filled, the whole outlined. */
static void
draw_part (cairo_t *cr, const GdkRGBA *color, double share)
{
  outline (cr, color, 1.3, NULL, 0);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, 1 + 10 * share, MARK_SIZE);
  cairo_clip (cr);
  rounded (cr, 1, 1, 10, 10, 2.5);
  cairo_fill (cr);
  cairo_restore (cr);
}

/* 45° stripes, 5 px apart and 2 px wide: the sign of contact everywhere in the program. */
static void
draw_contact (cairo_t *cr, const GdkRGBA *fill, const GdkRGBA *paper)
{
  rounded (cr, 1.5, 1.5, 9, 9, 2.2);
  gdk_cairo_set_source_rgba (cr, paper);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  gdk_cairo_set_source_rgba (cr, fill);
  cairo_set_line_width (cr, 2);
  for (double x = -MARK_SIZE; x < 2 * MARK_SIZE; x += 5 * G_SQRT2)
    {
      cairo_move_to (cr, x, MARK_SIZE);
      cairo_line_to (cr, x + MARK_SIZE, 0);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
  gdk_cairo_set_source_rgba (cr, fill);
  rounded (cr, 1.5, 1.5, 9, 9, 2.2);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
xq_coverage_mark_snapshot (GtkSnapshot *snapshot, GtkWidget *widget, XqCoverage coverage, float x, float y)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (x, y, MARK_SIZE, MARK_SIZE));
  GdkRGBA own = lookup_color (widget, "xq_cover_own");

  cairo_translate (cr, x, y);
  switch (coverage)
    {
    case XQ_COVERAGE_OWN:
      gdk_cairo_set_source_rgba (cr, &own);
      rounded (cr, 1, 1, 10, 10, 2.5);
      cairo_fill (cr);
      break;
    case XQ_COVERAGE_JOINT:
      draw_part (cr, &own, 0.5);
      break;
    case XQ_COVERAGE_GROUP:
      draw_part (cr, &own, 0.25);
      break;
    case XQ_COVERAGE_FUNCTIONAL:
      outline (cr, &own, 1.3, NULL, 0);
      cairo_arc (cr, 6, 6, 2.2, 0, 2 * G_PI);
      cairo_fill (cr);
      break;
    case XQ_COVERAGE_CONTACT:
      {
        GdkRGBA fill = lookup_color (widget, "xq_cover_contact");
        GdkRGBA paper = lookup_color (widget, "xq_cover_contact_paper");

        draw_contact (cr, &fill, &paper);
        break;
      }
    case XQ_COVERAGE_NONE:
      {
        GdkRGBA none = lookup_color (widget, "xq_cover_none");

        outline (cr, &none, 1.2, (const double[]){ 2.2, 1.6 }, 2);
        break;
      }
    }
  cairo_destroy (cr);
}

static void
xq_coverage_mark_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = MARK_SIZE;
}

static void
xq_coverage_mark_do_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XqCoverageMark *self = XQ_COVERAGE_MARK (widget);

  xq_coverage_mark_snapshot (snapshot, widget, self->coverage, floorf ((gtk_widget_get_width (widget) - MARK_SIZE) / 2.f),
                             floorf ((gtk_widget_get_height (widget) - MARK_SIZE) / 2.f));
}

static void
update_accessible (XqCoverageMark *self)
{
  const char *label = xq_enum_label (&XQ_ENUM_COVERAGE, xq_enum_nick (&XQ_ENUM_COVERAGE, self->coverage));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
}

static void
xq_coverage_mark_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_COVERAGE)
    g_value_set_int (value, XQ_COVERAGE_MARK (object)->coverage);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
xq_coverage_mark_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_COVERAGE)
    xq_coverage_mark_set_coverage (XQ_COVERAGE_MARK (object), (XqCoverage)g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
xq_coverage_mark_class_init (XqCoverageMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = xq_coverage_mark_get_property;
  object_class->set_property = xq_coverage_mark_set_property;
  widget_class->measure = xq_coverage_mark_measure;
  widget_class->snapshot = xq_coverage_mark_do_snapshot;

  properties[PROP_COVERAGE] = g_param_spec_int ("coverage", NULL, NULL, 0, XQ_N_COVERAGES - 1, XQ_COVERAGE_NONE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "coverage-mark");
}

static void
xq_coverage_mark_init (XqCoverageMark *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  update_accessible (self);
}

GtkWidget *
xq_coverage_mark_new (XqCoverage coverage)
{
  return g_object_new (XQ_TYPE_COVERAGE_MARK, "coverage", (int)coverage, NULL);
}

XqCoverage
xq_coverage_mark_get_coverage (XqCoverageMark *self)
{
  g_return_val_if_fail (XQ_IS_COVERAGE_MARK (self), XQ_COVERAGE_NONE);
  return self->coverage;
}

void
xq_coverage_mark_set_coverage (XqCoverageMark *self, XqCoverage coverage)
{
  g_return_if_fail (XQ_IS_COVERAGE_MARK (self));
  if (self->coverage == coverage)
    return;
  self->coverage = coverage;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COVERAGE]);
}
