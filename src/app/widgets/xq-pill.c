#include "xq-pill.h"

struct _XqPill {
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *image;
  GtkWidget *label;
  XqPillKind kind;
};

static const char *const kind_classes[] = { "plain", "info", "ok", "warn", "contact", "acc", "outline" };

G_DEFINE_FINAL_TYPE (XqPill, xq_pill, GTK_TYPE_WIDGET)

static void
xq_pill_dispose (GObject *object)
{
  XqPill *self = XQ_PILL (object);

  g_clear_pointer (&self->image, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_pill_parent_class)->dispose (object);
}

static void
xq_pill_class_init (XqPillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_pill_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "pill-label");
}

static void
xq_pill_init (XqPill *self)
{
  self->image = g_object_new (GTK_TYPE_IMAGE, "visible", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->image, GTK_WIDGET (self));
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self), "xq-pill");
}

GtkWidget *
xq_pill_new (XqPillKind kind, const char *text, const char *icon_name)
{
  XqPill *self = g_object_new (XQ_TYPE_PILL, NULL);

  xq_pill_set (self, kind, text, icon_name);
  return GTK_WIDGET (self);
}

void
xq_pill_set (XqPill *self, XqPillKind kind, const char *text, const char *icon_name)
{
  g_return_if_fail (XQ_IS_PILL (self));

  gtk_widget_remove_css_class (GTK_WIDGET (self), kind_classes[self->kind]);
  self->kind = kind;
  gtk_widget_add_css_class (GTK_WIDGET (self), kind_classes[kind]);
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), icon_name);
  gtk_widget_set_visible (self->image, icon_name != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "", -1);
}

const char *
xq_pill_get_text (XqPill *self)
{
  g_return_val_if_fail (XQ_IS_PILL (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->label));
}

const char *
xq_pill_kind_class (XqPillKind kind)
{
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (kind_classes), NULL);
  return kind_classes[kind];
}
