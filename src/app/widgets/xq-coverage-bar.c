#include "xq-coverage-bar.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#define BAR_WIDTH 28
#define BAR_HEIGHT 6
#define TIP_WIDTH 5
#define TIP_GAP 1

struct _XqCoverageBar {
  GtkWidget parent_instance;

  gint64 total, covered, contacted;
};

G_DEFINE_FINAL_TYPE (XqCoverageBar, xq_coverage_bar, GTK_TYPE_WIDGET)

static GdkRGBA
lookup_color (GtkWidget *widget, const char *name)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color))
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  return color;
}

static void
append_box (GtkSnapshot *snapshot, float x, float y, float width, float height, const GdkRGBA *color)
{
  GskRoundedRect box;

  if (width <= 0)
    return;
  gsk_rounded_rect_init_from_rect (&box, &GRAPHENE_RECT_INIT (x, y, width, height), 1.5f);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, color, &box.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
append_outline (GtkSnapshot *snapshot, float x, float y, float width, float height, const GdkRGBA *color)
{
  GskRoundedRect box;

  gsk_rounded_rect_init_from_rect (&box, &GRAPHENE_RECT_INIT (x, y, width, height), 1.f);
  gtk_snapshot_append_border (snapshot, &box, (float[]){ 1, 1, 1, 1 }, (GdkRGBA[]){ *color, *color, *color, *color });
}

static void
xq_coverage_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? BAR_WIDTH : BAR_HEIGHT;
}

static void
xq_coverage_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XqCoverageBar *self = XQ_COVERAGE_BAR (widget);
  GdkRGBA own = lookup_color (widget, "xq_cover_own");
  GdkRGBA none = lookup_color (widget, "xq_cover_none");
  float y = floorf ((gtk_widget_get_height (widget) - BAR_HEIGHT) / 2.f);
  float full = BAR_WIDTH, filled;

  if (self->total <= 0)
    return;
  if (self->contacted > 0)
    {
      GdkRGBA fill = lookup_color (widget, "xq_cover_contact");
      GdkRGBA paper = lookup_color (widget, "xq_cover_contact_paper");

      full -= TIP_WIDTH + TIP_GAP;
      append_box (snapshot, BAR_WIDTH - TIP_WIDTH, y, TIP_WIDTH, BAR_HEIGHT, &paper);
      append_outline (snapshot, BAR_WIDTH - TIP_WIDTH, y, TIP_WIDTH, BAR_HEIGHT, &fill);
    }
  /* What is under contact has its tip; the rest that is not covered stays open, at least a pixel wide. */
  filled = full;
  if (self->covered + self->contacted < self->total)
    {
      filled = MIN (full - 3, roundf (full * self->covered / (float)(self->total - self->contacted)));
      append_outline (snapshot, 0, y, full, BAR_HEIGHT, &none);
    }
  append_box (snapshot, 0, y, filled, BAR_HEIGHT, &own);
}

static void
xq_coverage_bar_class_init (XqCoverageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = xq_coverage_bar_measure;
  widget_class->snapshot = xq_coverage_bar_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "coverage-bar");
}

static void
xq_coverage_bar_init (XqCoverageBar *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Coverage"), -1);
}

GtkWidget *
xq_coverage_bar_new (void)
{
  return g_object_new (XQ_TYPE_COVERAGE_BAR, NULL);
}

void
xq_coverage_bar_set (XqCoverageBar *self, gint64 total, gint64 covered, gint64 contacted)
{
  g_autofree char *label = NULL;

  g_return_if_fail (XQ_IS_COVERAGE_BAR (self));
  if (self->total == total && self->covered == covered && self->contacted == contacted)
    return;
  self->total = total;
  self->covered = covered;
  self->contacted = contacted;
  label = g_strdup_printf (_ ("%d of %d covered, %d in contact"), (int)covered, (int)total, (int)contacted);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
