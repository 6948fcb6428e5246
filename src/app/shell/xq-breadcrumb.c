#include "xq-breadcrumb.h"

#include <glib/gi18n-lib.h>

#include "xq-unit-table.h"

struct _XqBreadcrumb {
  GtkWidget parent_instance;

  /* owned */
  XqContext *context;
  GCancellable *cancellable;
  GPtrArray *units; /* XqUnit, from the top */
  GtkWidget *crumbs;
  GtkWidget *here;
  XqBreadcrumbHereFunc here_func;
  gpointer here_data;
};

enum { PROP_CONTEXT = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (XqBreadcrumb, xq_breadcrumb, GTK_TYPE_WIDGET)

static void
remove_crumbs (XqBreadcrumb *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->crumbs)) != NULL)
    gtk_box_remove (GTK_BOX (self->crumbs), child);
}

static void
append_crumb (XqBreadcrumb *self, const char *name, gint64 unit)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", name, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, "width-chars", MIN (g_utf8_strlen (name, -1), 3),
                                   "max-width-chars", 24, NULL);
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-unit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", unit);
  gtk_box_append (GTK_BOX (self->crumbs), button);
  gtk_box_append (GTK_BOX (self->crumbs), g_object_new (GTK_TYPE_IMAGE, "icon-name", "pan-end-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
}

static void
show_units (XqBreadcrumb *self)
{
  remove_crumbs (self);
  for (guint i = 0; self->units != NULL && i < self->units->len; i++)
    {
      const XqUnit *unit = g_ptr_array_index (self->units, i);

      append_crumb (self, unit->name, unit->id);
    }
  xq_breadcrumb_update_here (self);
}

typedef struct {
  gint64 unit;
  XqPeriod period;
} Request;

static gpointer
read_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  gint64 unit = request->unit;
  g_autoptr (XqUnit) top = NULL;

  if (unit == 0)
    {
      top = xq_unit_resolve (tx, NULL, error);
      if (top == NULL)
        return NULL;
      unit = top->id;
    }
  /* As the units were called and placed then. */
  return xq_unit_list_ancestors_in (tx, unit, request->period, error);
}

static void
read_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqBreadcrumb) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) units = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  g_clear_pointer (&self->units, g_ptr_array_unref);
  /* A unit that has just been undone away has no path; the window selects another one. */
  self->units = g_steal_pointer (&units);
  show_units (self);
}

static void
reload (XqBreadcrumb *self)
{
  XqStore *store = xq_context_get_store (self->context);
  Request request = { xq_context_get_unit (self->context), xq_context_get_units_period (self->context) };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL)
    {
      g_clear_pointer (&self->units, g_ptr_array_unref);
      show_units (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  xq_store_read_async (store, read_job, g_memdup2 (&request, sizeof request), g_free, (GDestroyNotify)g_ptr_array_unref, self->cancellable, read_done,
                       g_object_ref (self));
}

static void
xq_breadcrumb_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_CONTEXT)
    xq_breadcrumb_set_context (XQ_BREADCRUMB (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
xq_breadcrumb_dispose (GObject *object)
{
  XqBreadcrumb *self = XQ_BREADCRUMB (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->units, g_ptr_array_unref);
  g_clear_pointer (&self->crumbs, gtk_widget_unparent);
  g_clear_pointer (&self->here, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_breadcrumb_parent_class)->dispose (object);
}

static void
xq_breadcrumb_class_init (XqBreadcrumbClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = xq_breadcrumb_set_property;
  object_class->dispose = xq_breadcrumb_dispose;
  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, XQ_TYPE_CONTEXT, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_NAVIGATION);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "breadcrumb");
}

static void
xq_breadcrumb_init (XqBreadcrumb *self)
{
  self->crumbs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_parent (self->crumbs, GTK_WIDGET (self));
  self->here = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", 2, NULL);
  gtk_widget_add_css_class (self->here, "xq-here");
  gtk_widget_set_parent (self->here, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "xq-breadcrumb");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Path"), -1);
}

void
xq_breadcrumb_set_context (XqBreadcrumb *self, XqContext *context)
{
  g_return_if_fail (XQ_IS_BREADCRUMB (self));
  g_return_if_fail (self->context == NULL && XQ_IS_CONTEXT (context));

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "notify::store", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::unit", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::period", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::division", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::revision", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
}

void
xq_breadcrumb_set_here_func (XqBreadcrumb *self, XqBreadcrumbHereFunc func, gpointer data)
{
  g_return_if_fail (XQ_IS_BREADCRUMB (self));
  self->here_func = func;
  self->here_data = data;
  xq_breadcrumb_update_here (self);
}

void
xq_breadcrumb_update_here (XqBreadcrumb *self)
{
  XqLevel level = XQ_LEVEL_NONE;

  g_return_if_fail (XQ_IS_BREADCRUMB (self));
  if (self->units != NULL && self->units->len > 0)
    level = ((const XqUnit *)g_ptr_array_index (self->units, self->units->len - 1))->level;
  if (self->here_func != NULL)
    gtk_label_set_label (GTK_LABEL (self->here), self->here_func (level, self->here_data));
}

char *
xq_breadcrumb_dup_text (XqBreadcrumb *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (XQ_IS_BREADCRUMB (self), g_string_free (text, FALSE));
  for (guint i = 0; self->units != NULL && i < self->units->len; i++)
    g_string_append_printf (text, "%s › ", ((const XqUnit *)g_ptr_array_index (self->units, i))->name);
  g_string_append (text, gtk_label_get_label (GTK_LABEL (self->here)));
  return g_string_free (text, FALSE);
}
