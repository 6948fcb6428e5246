#include "xq-wrap.h"

struct _XqWrap
{
  GtkWidget parent_instance;
  int spacing;
};

G_DEFINE_FINAL_TYPE (XqWrap, xq_wrap, GTK_TYPE_WIDGET)

/* Places the children in lines of @width, or only finds out how high they are together. */
static int
lay_out (XqWrap *self, int width, gboolean allocate)
{
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted, height;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      wanted = MAX (least, MIN (wanted, width));
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, wanted, &height, NULL, NULL, NULL);
      if (x > 0 && x + wanted > width)
        {
          y += line + self->spacing;
          x = line = 0;
        }
      if (allocate)
        gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, wanted, height }, -1);
      x += wanted + self->spacing;
      line = MAX (line, height);
    }
  return y + line;
}

static GtkSizeRequestMode
xq_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
xq_wrap_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                 int *natural_baseline)
{
  XqWrap *self = XQ_WRAP (widget);
  int least = 0, sum = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_least, child_wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_least, &child_wanted, NULL, NULL);
      least = MAX (least, child_least);
      sum += (sum > 0 ? self->spacing : 0) + child_wanted;
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = MAX (least, sum);
    }
  else
    *minimum = *natural = lay_out (self, for_size >= 0 ? for_size : MAX (least, sum), FALSE);
  *minimum_baseline = *natural_baseline = -1;
}

static void
xq_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (XQ_WRAP (widget), width, TRUE);
}

static void
xq_wrap_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (xq_wrap_parent_class)->dispose (object);
}

static void
xq_wrap_class_init (XqWrapClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_wrap_dispose;
  GTK_WIDGET_CLASS (klass)->get_request_mode = xq_wrap_get_request_mode;
  GTK_WIDGET_CLASS (klass)->measure = xq_wrap_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = xq_wrap_size_allocate;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "wrap");
}

static void
xq_wrap_init (XqWrap *self)
{
}

GtkWidget *
xq_wrap_new (int spacing)
{
  XqWrap *self = g_object_new (XQ_TYPE_WRAP, NULL);

  self->spacing = spacing;
  return GTK_WIDGET (self);
}

void
xq_wrap_append (XqWrap *self, GtkWidget *child)
{
  g_return_if_fail (XQ_IS_WRAP (self));
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
