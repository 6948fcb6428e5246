#include "xq-origin-badge.h"

#include <glib/gi18n-lib.h>

struct _XqOriginBadge {
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *label;
};

/* What is written and what the tooltip says; nothing for what was typed in. */
static const struct {
  const char *word;
  const char *explanation;
  const char *css_class;
} origins[] = {
  [XQ_ORIGIN_REPORTED] = { N_ ("Published"), N_ ("From published reports"), "info" },
  [XQ_ORIGIN_DECLARED] = { NULL, NULL, "plain" },
  [XQ_ORIGIN_IMPORTED] = { N_ ("Imported"), N_ ("Read from an imported file"), "plain" },
  [XQ_ORIGIN_GENERATED] = { N_ ("Sample"), N_ ("Sample data, made up by the program; must not be reported"), "sample" },
};

G_DEFINE_FINAL_TYPE (XqOriginBadge, xq_origin_badge, GTK_TYPE_WIDGET)

static void
xq_origin_badge_dispose (GObject *object)
{
  XqOriginBadge *self = XQ_ORIGIN_BADGE (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_origin_badge_parent_class)->dispose (object);
}

static void
xq_origin_badge_class_init (XqOriginBadgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_origin_badge_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "origin-badge");
}

static void
xq_origin_badge_init (XqOriginBadge *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "xq-origin");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
xq_origin_badge_new (void)
{
  return g_object_new (XQ_TYPE_ORIGIN_BADGE, NULL);
}

void
xq_origin_badge_set_origin (XqOriginBadge *self, XqOrigin origin)
{
  g_return_if_fail (XQ_IS_ORIGIN_BADGE (self));
  g_return_if_fail ((guint)origin < G_N_ELEMENTS (origins));

  for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), origins[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), origins[origin].css_class);
  gtk_widget_set_visible (GTK_WIDGET (self), origins[origin].word != NULL);
  if (origins[origin].word == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (self->label), _ (origins[origin].word));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ (origins[origin].explanation));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (origins[origin].explanation), -1);
}

void
xq_origin_badge_clear (XqOriginBadge *self)
{
  g_return_if_fail (XQ_IS_ORIGIN_BADGE (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
