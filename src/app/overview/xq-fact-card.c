#include "xq-fact-card.h"

#include "xq-origin-badge.h"

static void
go_to_unit (GtkWidget *button, gpointer data)
{
  gint64 unit = *(const gint64 *)data;

  gtk_widget_activate_action (button, "win.show-unit", "x", unit);
}

static void
free_unit (gpointer data, GClosure *closure)
{
  g_free (data);
}

static GtkWidget *
create_value (const XqFactLine *line)
{
  GtkWidget *value;

  if (line->unit != 0)
    {
      value = gtk_button_new_with_label (line->value);
      gtk_widget_add_css_class (value, "flat");
      gtk_widget_add_css_class (value, "xq-text-button");
      gtk_widget_add_css_class (value, "xq-link");
      g_signal_connect_data (value, "clicked", G_CALLBACK (go_to_unit), g_memdup2 (&line->unit, sizeof line->unit), free_unit, 0);
      return value;
    }
  value = gtk_label_new (line->value);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (value), 40);
  gtk_widget_set_can_focus (value, FALSE);
  return value;
}

static GtkWidget *
create_line (const XqFactLine *line)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (line->label),
            *badge = xq_origin_badge_new ();

  gtk_widget_add_css_class (row, "xq-fact");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  xq_origin_badge_set_origin (XQ_ORIGIN_BADGE (badge), line->origin);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), create_value (line));
  gtk_box_append (GTK_BOX (row), badge);
  return row;
}

GtkWidget *
xq_fact_card_new (const XqFactSection *section)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *title = gtk_label_new (section->title);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "xq-fact-card");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (title, "xq-card-head");
  gtk_box_append (GTK_BOX (card), title);
  for (guint i = 0; i < section->lines->len; i++)
    gtk_box_append (GTK_BOX (card), create_line (g_ptr_array_index (section->lines, i)));
  if (section->lines->len == 0)
    {
      GtkWidget *empty = gtk_label_new (section->empty);

      gtk_label_set_wrap (GTK_LABEL (empty), TRUE);
      gtk_widget_add_css_class (empty, "dim-label");
      gtk_widget_set_vexpand (empty, TRUE);
      gtk_widget_set_margin_top (empty, 24);
      gtk_widget_set_margin_bottom (empty, 32);
      gtk_box_append (GTK_BOX (card), empty);
    }
  return card;
}
