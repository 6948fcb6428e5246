#include "xq-card-layout.h"

struct _XqCardLayout
{
  GtkLayoutManager parent_instance;

  int least_width, wide_width, most_height, spacing;
};

enum
{
  PROP_LEAST_WIDTH = 1,
  PROP_WIDE_WIDTH,
  PROP_MOST_HEIGHT,
  PROP_SPACING,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (XqCardLayout, xq_card_layout, GTK_TYPE_LAYOUT_MANAGER)

/* A row of cards: the heights it needs and would like. */
typedef struct
{
  int minimum, natural, height;
} Row;

guint
xq_card_layout_columns (guint n, int width, int least_width, int wide_width, int spacing)
{
  guint columns, rows;

  if (n <= 1)
    return MAX (n, 1);
  columns = (guint)CLAMP ((width + spacing) / MAX (least_width + spacing, 1), 1, (int)n);
  if (columns > 2 && wide_width > least_width)
    columns = (guint)MAX (2, MIN ((int)columns, (width + spacing) / (wide_width + spacing)));
  rows = (n + columns - 1) / columns;
  return (n + rows - 1) / rows;
}

static GPtrArray *
list_children (GtkWidget *widget)
{
  GPtrArray *children = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      g_ptr_array_add (children, child);
  return children;
}

/* Left edge of column @index of @columns; the width of what lies between two edges differs by a pixel at most. */
static int
column_edge (const XqCardLayout *self, guint index, guint columns, int width)
{
  return (int)((gint64)(width + self->spacing) * index / columns);
}

static int
column_width (const XqCardLayout *self, guint index, guint columns, int width)
{
  return column_edge (self, index + 1, columns, width) - column_edge (self, index, columns, width) - self->spacing;
}

/* Cards in the row that begins with @first: the last one may have fewer, which then share its width. */
static guint
row_length (guint first, guint n, guint columns)
{
  return MIN (columns, n - first);
}

static GArray *
measure_rows (XqCardLayout *self, GPtrArray *children, int width)
{
  guint columns = xq_card_layout_columns (children->len, width, self->least_width, self->wide_width, self->spacing);
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (Row));

  for (guint first = 0; first < children->len; first += columns)
    {
      guint length = row_length (first, children->len, columns);
      Row row = { 0 };

      for (guint i = 0; i < length; i++)
        {
          int minimum, natural;

          gtk_widget_measure (g_ptr_array_index (children, first + i), GTK_ORIENTATION_VERTICAL,
                              column_width (self, i, length, width), &minimum, &natural, NULL, NULL);
          row.minimum = MAX (row.minimum, minimum);
          row.natural = MAX (row.natural, natural);
        }
      g_array_append_val (rows, row);
    }
  return rows;
}

static GtkSizeRequestMode
xq_card_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
xq_card_layout_measure (GtkLayoutManager *layout, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  XqCardLayout *self = XQ_CARD_LAYOUT (layout);
  g_autoptr (GPtrArray) children = list_children (widget);
  int widest = 0, sum = 0;

  for (guint i = 0; i < children->len; i++)
    {
      int child_minimum, child_natural;

      gtk_widget_measure (g_ptr_array_index (children, i), GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL,
                          NULL);
      widest = MAX (widest, child_minimum);
      sum += MAX (child_natural, self->least_width) + (i > 0 ? self->spacing : 0);
    }
  *minimum = *natural = widest;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = MAX (widest, sum);
      return;
    }
  {
    g_autoptr (GArray) rows = measure_rows (self, children, for_size >= 0 ? for_size : MAX (widest, sum));

    *minimum = *natural = rows->len > 1 ? (int)(rows->len - 1) * self->spacing : 0;
    for (guint i = 0; i < rows->len; i++)
      {
        *minimum += g_array_index (rows, Row, i).minimum;
        *natural += g_array_index (rows, Row, i).natural;
      }
  }
}

/* What is there beyond the minimum goes to what would like it, then to all alike. */
static void
share_height (XqCardLayout *self, GArray *rows, int height)
{
  int minimum = 0, wish = 0, extra;

  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      minimum += row->minimum + (i > 0 ? self->spacing : 0);
      wish += row->natural - row->minimum;
    }
  extra = MAX (0, height - minimum);
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);
      int more = row->natural - row->minimum;

      if (extra < wish)
        row->height = row->minimum + (wish > 0 ? (int)((gint64)extra * more / wish) : 0);
      else
        row->height = row->natural + (extra - wish) / (int)rows->len;
      if (self->most_height > 0)
        row->height = MAX (row->minimum, MIN (row->height, MAX (self->most_height, row->natural)));
    }
}

static void
xq_card_layout_allocate (GtkLayoutManager *layout, GtkWidget *widget, int width, int height, int baseline)
{
  XqCardLayout *self = XQ_CARD_LAYOUT (layout);
  g_autoptr (GPtrArray) children = list_children (widget);
  g_autoptr (GArray) rows = measure_rows (self, children, width);
  guint columns = xq_card_layout_columns (children->len, width, self->least_width, self->wide_width, self->spacing);
  int y = 0;

  share_height (self, rows, height);
  for (guint r = 0; r < rows->len; r++)
    {
      guint first = r * columns, length = row_length (first, children->len, columns);
      int row_height = g_array_index (rows, Row, r).height;

      for (guint i = 0; i < length; i++)
        gtk_widget_size_allocate (g_ptr_array_index (children, first + i),
                                  &(GtkAllocation){ column_edge (self, i, length, width), y, column_width (self, i, length, width),
                                                    row_height },
                                  -1);
      y += row_height + self->spacing;
    }
}

static int *
field_of (XqCardLayout *self, guint prop_id)
{
  switch (prop_id)
    {
    case PROP_LEAST_WIDTH:
      return &self->least_width;
    case PROP_WIDE_WIDTH:
      return &self->wide_width;
    case PROP_MOST_HEIGHT:
      return &self->most_height;
    case PROP_SPACING:
      return &self->spacing;
    default:
      return NULL;
    }
}

static void
xq_card_layout_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  int *field = field_of (XQ_CARD_LAYOUT (object), prop_id);

  if (field != NULL)
    g_value_set_int (value, *field);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
xq_card_layout_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  int *field = field_of (XQ_CARD_LAYOUT (object), prop_id);

  if (field == NULL)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  *field = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
}

static void
xq_card_layout_class_init (XqCardLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = xq_card_layout_get_property;
  object_class->set_property = xq_card_layout_set_property;
  layout_class->get_request_mode = xq_card_layout_get_request_mode;
  layout_class->measure = xq_card_layout_measure;
  layout_class->allocate = xq_card_layout_allocate;
  properties[PROP_LEAST_WIDTH] = g_param_spec_int ("least-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_WIDE_WIDTH] = g_param_spec_int ("wide-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_MOST_HEIGHT] = g_param_spec_int ("most-height", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xq_card_layout_init (XqCardLayout *self)
{
}
