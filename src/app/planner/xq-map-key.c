#include "xq-map-key.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define PADDING_X 12
#define PADDING_Y 5
#define LEAST_WIDTH 180
#define MOST_WIDTH 590

struct _XqMapKey
{
  GtkWidget parent_instance;

  /* owned */
  XqMap *map;
  XqMapLook *look;
  char *values, *flag;
  gboolean percent;
  int width, height; /* of what is drawn */
};

G_DEFINE_FINAL_TYPE (XqMapKey, xq_map_key, GTK_TYPE_WIDGET)

static double
draw (XqMapKey *self, cairo_t *cr, double width)
{
  XqChartStyle style = { .dark = adw_style_manager_get_dark (adw_style_manager_get_default ()) };
  XqMapCaption caption = { .values = self->values, .percent = self->percent, .flag = self->flag };

  return xq_map_draw_legend (self->map, self->look, &caption, cr, &style, PADDING_X, PADDING_Y, width);
}

/* As narrow as it is without another row. */
static void
find_size (XqMapKey *self)
{
  double least = LEAST_WIDTH, most = MOST_WIDTH, height = draw (self, NULL, most);

  while (most - least > 8)
    {
      double middle = (least + most) / 2;

      if (draw (self, NULL, middle) > height)
        least = middle;
      else
        most = middle;
    }
  self->width = (int)most + 1;
  self->height = (int)height;
}

void
xq_map_key_show (XqMapKey *self, XqMap *map, XqMapLook *look, const char *values, gboolean percent, gint64 floor)
{
  g_return_if_fail (XQ_IS_MAP_KEY (self));

  if (self->look == look && self->map == map)
    return;
  g_clear_pointer (&self->look, xq_map_look_unref);
  g_clear_pointer (&self->map, xq_map_unref);
  g_free (self->values);
  g_free (self->flag);
  self->map = xq_map_ref (map);
  self->look = xq_map_look_ref (look);
  self->values = g_strdup (values);
  self->percent = percent;
  self->flag
      = floor > 0 ? g_strdup_printf (_ ("fewer than %d members, or a rule broken"), (int)floor) : g_strdup (_ ("a rule broken"));
  find_size (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
xq_map_key_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                    int *natural_baseline)
{
  XqMapKey *self = XQ_MAP_KEY (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width + 2 * PADDING_X : self->height + 2 * PADDING_Y;
}

static void
xq_map_key_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XqMapKey *self = XQ_MAP_KEY (widget);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget), (float)gtk_widget_get_height (widget));
  cairo_t *cr;

  if (self->look == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &all);
  draw (self, cr, self->width);
  cairo_destroy (cr);
}

static void
xq_map_key_dispose (GObject *object)
{
  XqMapKey *self = XQ_MAP_KEY (object);

  g_clear_pointer (&self->look, xq_map_look_unref);
  g_clear_pointer (&self->map, xq_map_unref);
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->flag, g_free);
  G_OBJECT_CLASS (xq_map_key_parent_class)->dispose (object);
}

static void
xq_map_key_class_init (XqMapKeyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_map_key_dispose;
  widget_class->measure = xq_map_key_measure;
  widget_class->snapshot = xq_map_key_snapshot;
  gtk_widget_class_set_css_name (widget_class, "map-key");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
xq_map_key_init (XqMapKey *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "xq-map-card");
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Legend"), -1);
}
