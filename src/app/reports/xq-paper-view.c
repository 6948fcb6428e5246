#include "xq-paper-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-paper-renderer.h"

#define POINT (96.0 / 72.0) /* pixels at zoom 1 */
#define MARGIN 14.0         /* round the pages */
#define GAP 18.0            /* between them */
#define MOST_SHEETS 12      /* drawn pages that are kept */
#define LEAST_ZOOM 0.25
#define MOST_ZOOM 3.0
#define WHEEL_STEP 60.0

static const double zoom_steps[] = { 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.25, 1.5, 2, 2.5, 3 };

/* A page that has been drawn. */
typedef struct
{
  guint page;
  double scale;
  GdkTexture *texture;
  guint64 used;
} Sheet;

struct _XqPaperView
{
  GtkWidget parent_instance;

  /* Owned */
  GtkAdjustment *hadjustment, *vadjustment;
  XqFormLayout *layout;
  XqPaperRenderer *renderer;
  GArray *sheets; /* Sheet */
  GArray *wanted; /* guint: pages asked of the renderer */

  GtkScrollablePolicy hpolicy, vpolicy;
  double zoom;
  double wanted_scale;
  gboolean fit_width;
  guint page;
  guint64 clock;
};

enum
{
  PROP_0,
  PROP_ZOOM,
  PROP_FIT_WIDTH,
  PROP_PAGE,
  PROP_N_PAGES,
  N_PROPS,
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HPOLICY,
  PROP_VPOLICY
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (XqPaperView, xq_paper_view, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static void
sheet_clear (gpointer data)
{
  Sheet *sheet = data;

  g_clear_object (&sheet->texture);
}

/* Size of a page on the screen. */
static void
get_page_size (XqPaperView *self, double *width, double *height)
{
  *width = *height = 0;
  if (self->layout == NULL)
    return;
  xq_form_layout_get_page_size (self->layout, width, height);
  *width *= self->zoom * POINT;
  *height *= self->zoom * POINT;
}

static double
page_top (XqPaperView *self, guint page)
{
  double width, height;

  get_page_size (self, &width, &height);
  return MARGIN + page * (height + GAP);
}

static double
total_height (XqPaperView *self)
{
  guint n = xq_paper_view_get_n_pages (self);
  double width, height;

  get_page_size (self, &width, &height);
  return n > 0 ? 2 * MARGIN + n * height + (n - 1) * GAP : 0;
}

static double
value_of (GtkAdjustment *adjustment)
{
  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

/* Pixels a point that a page is drawn with now. */
static double
get_scale (XqPaperView *self)
{
  return self->zoom * POINT * gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

static Sheet *
find_sheet (XqPaperView *self, guint page)
{
  for (guint i = 0; i < self->sheets->len; i++)
    if (g_array_index (self->sheets, Sheet, i).page == page)
      return &g_array_index (self->sheets, Sheet, i);
  return NULL;
}

/* First and last page in sight. */
static gboolean
find_visible (XqPaperView *self, guint *first, guint *last)
{
  guint n = xq_paper_view_get_n_pages (self);
  double width, height, top, bottom;

  get_page_size (self, &width, &height);
  if (n == 0 || height <= 0)
    return FALSE;
  top = value_of (self->vadjustment) - MARGIN;
  bottom = top + gtk_widget_get_height (GTK_WIDGET (self));
  *first = CLAMP (floor (top / (height + GAP)), 0, n - 1);
  *last = CLAMP (floor (bottom / (height + GAP)), 0, n - 1);
  return TRUE;
}

static gboolean
is_wanted (const GArray *wanted, guint page)
{
  for (guint i = 0; i < wanted->len; i++)
    if (g_array_index (wanted, guint, i) == page)
      return TRUE;
  return FALSE;
}

/* Asks for the pages in sight that are not drawn yet at this scale. */
static void
request_pages (XqPaperView *self)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  double scale = get_scale (self);
  gboolean same = scale == self->wanted_scale;
  guint first, last;

  if (!find_visible (self, &first, &last))
    return;
  for (guint page = first; page <= last; page++)
    {
      const Sheet *sheet = find_sheet (self, page);

      if (sheet == NULL || sheet->scale != scale)
        g_array_append_val (wanted, page);
    }
  for (guint i = 0; i < wanted->len; i++)
    same = same && is_wanted (self->wanted, g_array_index (wanted, guint, i));
  if (same)
    return;
  xq_paper_renderer_forget (self->renderer);
  for (guint i = 0; i < wanted->len; i++)
    xq_paper_renderer_request (self->renderer, g_array_index (wanted, guint, i), scale);
  g_array_set_size (self->wanted, 0);
  g_array_append_vals (self->wanted, wanted->data, wanted->len);
  self->wanted_scale = scale;
}

/* Lets the page that was longest out of sight go. */
static void
drop_oldest (XqPaperView *self)
{
  guint oldest = 0;

  if (self->sheets->len <= MOST_SHEETS)
    return;
  for (guint i = 1; i < self->sheets->len; i++)
    if (g_array_index (self->sheets, Sheet, i).used < g_array_index (self->sheets, Sheet, oldest).used)
      oldest = i;
  g_array_remove_index_fast (self->sheets, oldest);
}

static void
on_drawn (guint page, double scale, GdkTexture *texture, gpointer data)
{
  XqPaperView *self = data;
  Sheet *sheet = find_sheet (self, page);

  for (guint i = 0; i < self->wanted->len; i++)
    if (g_array_index (self->wanted, guint, i) == page)
      {
        g_array_remove_index_fast (self->wanted, i);
        break;
      }
  if (sheet == NULL)
    {
      Sheet fresh = { .page = page, .used = ++self->clock };

      g_array_append_val (self->sheets, fresh);
      sheet = &g_array_index (self->sheets, Sheet, self->sheets->len - 1);
    }
  g_set_object (&sheet->texture, texture);
  sheet->scale = scale;
  sheet->used = ++self->clock;
  drop_oldest (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_page (XqPaperView *self, guint page)
{
  if (self->page == page)
    return;
  self->page = page;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAGE]);
}

static void
update_label (XqPaperView *self)
{
  g_autofree char *label = NULL;
  guint n = xq_paper_view_get_n_pages (self);

  if (n == 0)
    label = g_strdup (_ ("Preview"));
  else
    label = g_strdup_printf (_ ("Preview of %s, page %u of %u"), xq_form_layout_get_table (self->layout)->form->title,
                             self->page + 1, n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* The page that takes the most of the view. */
static void
update_page (XqPaperView *self)
{
  double width, height, middle;
  guint n = xq_paper_view_get_n_pages (self);

  get_page_size (self, &width, &height);
  if (n == 0)
    set_page (self, 0);
  else
    {
      middle = value_of (self->vadjustment) + MIN (gtk_widget_get_height (GTK_WIDGET (self)), height) / 2 - MARGIN;
      set_page (self, CLAMP (floor (middle / (height + GAP)), 0, n - 1));
    }
  update_label (self);
}

static void
on_scrolled (GtkAdjustment *adjustment, gpointer data)
{
  XqPaperView *self = data;

  update_page (self);
  request_pages (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_adjustment (XqPaperView *self, GtkAdjustment **where, GtkAdjustment *adjustment)
{
  if (*where == adjustment)
    return;
  if (*where != NULL)
    {
      g_signal_handlers_disconnect_by_func (*where, on_scrolled, self);
      g_clear_object (where);
    }
  if (adjustment != NULL)
    {
      *where = g_object_ref_sink (adjustment);
      g_signal_connect (adjustment, "value-changed", G_CALLBACK (on_scrolled), self);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Room for a page and its margins decides the zoom. */
static void
follow_width (XqPaperView *self, int width)
{
  double page_width, page_height, zoom;

  if (!self->fit_width || self->layout == NULL)
    return;
  xq_form_layout_get_page_size (self->layout, &page_width, &page_height);
  zoom = CLAMP ((width - 2 * MARGIN) / (page_width * POINT), LEAST_ZOOM, MOST_ZOOM);
  if (fabs (zoom - self->zoom) < 1e-4)
    return;
  self->zoom = zoom;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ZOOM]);
}

/* Zoom and scrolling for a view of that size. */
static void
place (XqPaperView *self, int width, int height)
{
  double page_width, page_height;

  follow_width (self, width);
  get_page_size (self, &page_width, &page_height);
  /* A page that fits must not be a hair too wide: a scrollbar would come and go. */
  if (self->hadjustment != NULL)
    gtk_adjustment_configure (self->hadjustment, value_of (self->hadjustment), 0, MAX (floor (page_width + 2 * MARGIN), width),
                              WHEEL_STEP, width * 0.9, width);
  if (self->vadjustment != NULL)
    gtk_adjustment_configure (self->vadjustment, value_of (self->vadjustment), 0, MAX (floor (total_height (self)), height),
                              WHEEL_STEP, height * 0.9, height);
  update_page (self);
  request_pages (self);
}

/*
 * What changes the size of the pages is reckoned at once and not when the view is next laid out: scrollbars then come
 * and go in time for that.
 */
static void
place_again (XqPaperView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (gtk_widget_get_width (widget) > 0)
    place (self, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  gtk_widget_queue_draw (widget);
}

/* Changes the zoom about the middle of the view. */
static void
change_zoom (XqPaperView *self, double zoom)
{
  double width, height, at, middle = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  zoom = CLAMP (zoom, LEAST_ZOOM, MOST_ZOOM);
  if (fabs (zoom - self->zoom) < 1e-4)
    return;
  get_page_size (self, &width, &height);
  at = height > 0 ? (value_of (self->vadjustment) + middle - MARGIN) / (height + GAP) : 0;
  self->zoom = zoom;
  place_again (self);
  get_page_size (self, &width, &height);
  if (self->vadjustment != NULL)
    gtk_adjustment_set_value (self->vadjustment, MARGIN + at * (height + GAP) - middle);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ZOOM]);
}

static gboolean
on_wheel (GtkEventControllerScroll *controller, double dx, double dy, gpointer data)
{
  XqPaperView *self = data;

  if (!(gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller)) & GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  xq_paper_view_step_zoom (self, dy < 0 ? 1 : -1);
  return GDK_EVENT_STOP;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, gpointer data)
{
  XqPaperView *self = data;
  guint n = xq_paper_view_get_n_pages (self);
  double step = 0;

  if (n == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)))
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Page_Down:
      xq_paper_view_go_to_page (self, MIN (self->page + 1, n - 1));
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      xq_paper_view_go_to_page (self, self->page > 0 ? self->page - 1 : 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      xq_paper_view_go_to_page (self, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      xq_paper_view_go_to_page (self, n - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
      step = WHEEL_STEP;
      break;
    case GDK_KEY_Up:
      step = -WHEEL_STEP;
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  gtk_adjustment_set_value (self->vadjustment, value_of (self->vadjustment) + step);
  return GDK_EVENT_STOP;
}

static void
snapshot_page (XqPaperView *self, GtkSnapshot *snapshot, guint page, double x, double y, double width, double height)
{
  const GskShadow shadow = { .color = { 0, 0, 0, 0.28 }, .dx = 0, .dy = 1, .radius = 3 };
  graphene_rect_t area = GRAPHENE_RECT_INIT (x, y, width, height);
  const GdkRGBA white = { 1, 1, 1, 1 };
  Sheet *sheet = find_sheet (self, page);

  gtk_snapshot_push_shadow (snapshot, &shadow, 1);
  gtk_snapshot_append_color (snapshot, &white, &area);
  gtk_snapshot_pop (snapshot);
  if (sheet == NULL)
    return;
  /* One drawn for another zoom stands in, scaled, until the right one is there. */
  sheet->used = ++self->clock;
  gtk_snapshot_append_texture (snapshot, sheet->texture, &area);
}

static void
xq_paper_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XqPaperView *self = XQ_PAPER_VIEW (widget);
  int view_width = gtk_widget_get_width (widget), view_height = gtk_widget_get_height (widget);
  double width, height, x;
  guint first, last;

  if (!find_visible (self, &first, &last))
    return;
  get_page_size (self, &width, &height);
  x = width + 2 * MARGIN > view_width ? MARGIN - value_of (self->hadjustment) : (view_width - width) / 2;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, view_width, view_height));
  for (guint page = first; page <= last; page++)
    snapshot_page (self, snapshot, page, round (x), round (page_top (self, page) - value_of (self->vadjustment)), round (width),
                   round (height));
  gtk_snapshot_pop (snapshot);
}

static void
xq_paper_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  place (XQ_PAPER_VIEW (widget), width, height);
}

static void
xq_paper_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = 120;
  *natural = 600;
}

static void
xq_paper_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  XqPaperView *self = XQ_PAPER_VIEW (object);

  switch (id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    case PROP_FIT_WIDTH:
      g_value_set_boolean (value, self->fit_width);
      break;
    case PROP_PAGE:
      g_value_set_uint (value, self->page);
      break;
    case PROP_N_PAGES:
      g_value_set_uint (value, xq_paper_view_get_n_pages (self));
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HPOLICY:
      g_value_set_enum (value, self->hpolicy);
      break;
    case PROP_VPOLICY:
      g_value_set_enum (value, self->vpolicy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
xq_paper_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  XqPaperView *self = XQ_PAPER_VIEW (object);

  switch (id)
    {
    case PROP_ZOOM:
      xq_paper_view_set_zoom (self, g_value_get_double (value));
      break;
    case PROP_FIT_WIDTH:
      xq_paper_view_set_fit_width (self, g_value_get_boolean (value));
      break;
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HPOLICY:
      self->hpolicy = g_value_get_enum (value);
      break;
    case PROP_VPOLICY:
      self->vpolicy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
xq_paper_view_dispose (GObject *object)
{
  XqPaperView *self = XQ_PAPER_VIEW (object);

  g_clear_pointer (&self->renderer, xq_paper_renderer_free);
  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
  g_clear_pointer (&self->layout, xq_form_layout_unref);
  g_clear_pointer (&self->sheets, g_array_unref);
  g_clear_pointer (&self->wanted, g_array_unref);
  G_OBJECT_CLASS (xq_paper_view_parent_class)->dispose (object);
}

static void
xq_paper_view_class_init (XqPaperViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = xq_paper_view_get_property;
  object_class->set_property = xq_paper_view_set_property;
  object_class->dispose = xq_paper_view_dispose;
  widget_class->measure = xq_paper_view_measure;
  widget_class->size_allocate = xq_paper_view_size_allocate;
  widget_class->snapshot = xq_paper_view_snapshot;

  props[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, LEAST_ZOOM, MOST_ZOOM, 1,
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_FIT_WIDTH]
      = g_param_spec_boolean ("fit-width", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_PAGE] = g_param_spec_uint ("page", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_N_PAGES] = g_param_spec_uint ("n-pages", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HPOLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VPOLICY, "vscroll-policy");

  gtk_widget_class_set_css_name (widget_class, "paperview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
xq_paper_view_init (XqPaperView *self)
{
  GtkEventController *wheel
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->zoom = 1;
  self->fit_width = TRUE;
  self->renderer = xq_paper_renderer_new (on_drawn, self);
  self->sheets = g_array_new (FALSE, FALSE, sizeof (Sheet));
  g_array_set_clear_func (self->sheets, sheet_clear);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (wheel, "scroll", G_CALLBACK (on_wheel), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), wheel);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  update_label (self);
}

GtkWidget *
xq_paper_view_new (void)
{
  return g_object_new (XQ_TYPE_PAPER_VIEW, NULL);
}

void
xq_paper_view_set_layout (XqPaperView *self, XqFormLayout *layout)
{
  if (layout == self->layout)
    return;
  if (layout != NULL)
    xq_form_layout_ref (layout);
  g_clear_pointer (&self->layout, xq_form_layout_unref);
  self->layout = layout;
  /* Pages drawn before stand in until the new ones are there: a changed option does not make the paper flash. */
  for (guint i = 0; i < self->sheets->len; i++)
    g_array_index (self->sheets, Sheet, i).scale = 0;
  if (layout == NULL)
    g_array_set_size (self->sheets, 0);
  g_array_set_size (self->wanted, 0);
  self->wanted_scale = 0;
  xq_paper_renderer_set_layout (self->renderer, layout);
  if (self->vadjustment != NULL && value_of (self->vadjustment) > total_height (self))
    gtk_adjustment_set_value (self->vadjustment, 0);
  place_again (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_PAGES]);
}

double
xq_paper_view_get_zoom (XqPaperView *self)
{
  return self->zoom;
}

void
xq_paper_view_set_zoom (XqPaperView *self, double zoom)
{
  xq_paper_view_set_fit_width (self, FALSE);
  change_zoom (self, zoom);
}

void
xq_paper_view_step_zoom (XqPaperView *self, int direction)
{
  double zoom = self->zoom;

  if (direction > 0)
    {
      for (guint i = 0; i < G_N_ELEMENTS (zoom_steps) && zoom <= self->zoom + 1e-3; i++)
        zoom = MAX (self->zoom, zoom_steps[i]);
    }
  else
    {
      for (guint i = G_N_ELEMENTS (zoom_steps); i > 0 && zoom >= self->zoom - 1e-3; i--)
        zoom = MIN (self->zoom, zoom_steps[i - 1]);
    }
  xq_paper_view_set_zoom (self, zoom);
}

gboolean
xq_paper_view_get_fit_width (XqPaperView *self)
{
  return self->fit_width;
}

void
xq_paper_view_set_fit_width (XqPaperView *self, gboolean fit)
{
  if (self->fit_width == fit)
    return;
  self->fit_width = fit;
  place_again (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FIT_WIDTH]);
}

guint
xq_paper_view_get_page (XqPaperView *self)
{
  return self->page;
}

guint
xq_paper_view_get_n_pages (XqPaperView *self)
{
  return self->layout != NULL ? xq_form_layout_get_n_pages (self->layout) : 0;
}

void
xq_paper_view_go_to_page (XqPaperView *self, guint page)
{
  if (self->vadjustment != NULL && page < xq_paper_view_get_n_pages (self))
    gtk_adjustment_set_value (self->vadjustment, page_top (self, page) - MARGIN);
}
