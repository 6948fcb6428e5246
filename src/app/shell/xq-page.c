#include "xq-page.h"

#include <stdarg.h>

typedef struct
{
  XqContext *context;
  GtkWidget *actions;
  guint reload_id;
  gboolean stale;
} XqPagePrivate;

enum
{
  PROP_CONTEXT = 1,
  PROP_PAGE_ACTIONS,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (XqPage, xq_page, GTK_TYPE_WIDGET)

static gboolean
reload_due (gpointer data)
{
  XqPagePrivate *priv = xq_page_get_instance_private (data);

  priv->reload_id = 0;
  xq_page_reload (data);
  return G_SOURCE_REMOVE;
}

static void
xq_page_map (GtkWidget *widget)
{
  XqPagePrivate *priv = xq_page_get_instance_private (XQ_PAGE (widget));

  GTK_WIDGET_CLASS (xq_page_parent_class)->map (widget);
  if (priv->stale)
    xq_page_reload (XQ_PAGE (widget));
}

static void
xq_page_constructed (GObject *object)
{
  XqPagePrivate *priv = xq_page_get_instance_private (XQ_PAGE (object));

  G_OBJECT_CLASS (xq_page_parent_class)->constructed (object);
  if (priv->context != NULL && XQ_PAGE_GET_CLASS (object)->context_set != NULL)
    XQ_PAGE_GET_CLASS (object)->context_set (XQ_PAGE (object), priv->context);
}

static void
xq_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  XqPagePrivate *priv = xq_page_get_instance_private (XQ_PAGE (object));

  switch (prop_id)
    {
    case PROP_CONTEXT:
      g_value_set_object (value, priv->context);
      break;
    case PROP_PAGE_ACTIONS:
      g_value_set_object (value, priv->actions);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xq_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  XqPagePrivate *priv = xq_page_get_instance_private (XQ_PAGE (object));

  switch (prop_id)
    {
    case PROP_CONTEXT:
      priv->context = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xq_page_dispose (GObject *object)
{
  XqPagePrivate *priv = xq_page_get_instance_private (XQ_PAGE (object));
  GtkWidget *child;

  g_clear_handle_id (&priv->reload_id, g_source_remove);
  g_clear_object (&priv->actions);
  g_clear_object (&priv->context);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (xq_page_parent_class)->dispose (object);
}

static void
xq_page_class_init (XqPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = xq_page_constructed;
  object_class->get_property = xq_page_get_property;
  object_class->set_property = xq_page_set_property;
  object_class->dispose = xq_page_dispose;
  widget_class->map = xq_page_map;
  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, XQ_TYPE_CONTEXT,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAGE_ACTIONS]
      = g_param_spec_object ("page-actions", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
xq_page_init (XqPage *self)
{
  XqPagePrivate *priv = xq_page_get_instance_private (self);

  priv->stale = TRUE;
}

XqContext *
xq_page_get_context (XqPage *self)
{
  XqPagePrivate *priv = xq_page_get_instance_private (self);

  g_return_val_if_fail (XQ_IS_PAGE (self), NULL);
  return priv->context;
}

XqStore *
xq_page_get_store (XqPage *self)
{
  XqPagePrivate *priv = xq_page_get_instance_private (self);

  g_return_val_if_fail (XQ_IS_PAGE (self), NULL);
  return priv->context != NULL ? xq_context_get_store (priv->context) : NULL;
}

void
xq_page_set_actions (XqPage *self, GtkWidget *actions)
{
  XqPagePrivate *priv = xq_page_get_instance_private (self);

  g_return_if_fail (XQ_IS_PAGE (self) && GTK_IS_WIDGET (actions) && priv->actions == NULL);
  priv->actions = g_object_ref_sink (actions);
}

void
xq_page_reload_on (XqPage *self, const char *signal, ...)
{
  XqPagePrivate *priv = xq_page_get_instance_private (self);
  va_list signals;

  g_return_if_fail (XQ_IS_PAGE (self) && priv->context != NULL);
  va_start (signals, signal);
  for (; signal != NULL; signal = va_arg (signals, const char *))
    g_signal_connect_object (priv->context, signal, G_CALLBACK (xq_page_queue_reload), self, G_CONNECT_SWAPPED);
  va_end (signals);
}

void
xq_page_queue_reload (XqPage *self)
{
  XqPagePrivate *priv = xq_page_get_instance_private (self);

  g_return_if_fail (XQ_IS_PAGE (self));
  priv->stale = TRUE;
  /* Before the next frame, and after all who hear of the same change. */
  if (priv->reload_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    priv->reload_id = g_idle_add_full (G_PRIORITY_DEFAULT, reload_due, self, NULL);
}

void
xq_page_reload (XqPage *self)
{
  XqPagePrivate *priv = xq_page_get_instance_private (self);

  g_return_if_fail (XQ_IS_PAGE (self));
  g_clear_handle_id (&priv->reload_id, g_source_remove);
  priv->stale = TRUE;
  if (priv->context == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  priv->stale = FALSE;
  if (XQ_PAGE_GET_CLASS (self)->reload != NULL)
    XQ_PAGE_GET_CLASS (self)->reload (self);
}

gboolean
xq_page_get_stale (XqPage *self)
{
  XqPagePrivate *priv = xq_page_get_instance_private (self);

  g_return_val_if_fail (XQ_IS_PAGE (self), FALSE);
  return priv->stale;
}
