#include "xq-tooltips.h"

#define WIDTH_CHARS 64

static GtkWidget *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *label = find_label (child);

      if (label != NULL)
        return label;
    }
  return NULL;
}

/* GTK sets the limit anew with each text. */
static void
limit_changed (GtkLabel *label)
{
  if (gtk_label_get_max_width_chars (label) != WIDTH_CHARS)
    gtk_label_set_max_width_chars (label, WIDTH_CHARS);
}

/* A display has one tooltip window for all its tooltips, which is reached only from inside it. */
static gboolean
tooltip_queried (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GtkTooltip *tooltip = g_value_get_object (&values[n_values - 1]);
  GtkWidget *probe = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  GtkWidget *label;

  gtk_tooltip_set_custom (tooltip, probe);
  label = find_label (GTK_WIDGET (gtk_widget_get_native (probe)));
  if (label != NULL && g_object_get_data (G_OBJECT (label), "xq-limit") == NULL)
    {
      g_object_set_data (G_OBJECT (label), "xq-limit", GINT_TO_POINTER (TRUE));
      g_signal_connect (label, "notify::max-width-chars", G_CALLBACK (limit_changed), NULL);
    }
  gtk_tooltip_set_custom (tooltip, NULL);
  /* Once is enough, unless the label was not there yet. */
  return label == NULL;
}

void
xq_tooltips_init (void)
{
  GTypeClass *klass = g_type_class_ref (GTK_TYPE_WIDGET);

  g_signal_add_emission_hook (g_signal_lookup ("query-tooltip", GTK_TYPE_WIDGET), 0, tooltip_queried, NULL, NULL);
  g_type_class_unref (klass);
}
