#include "xq-history-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-history-csv.h"
#include "xq-pill.h"

GtkWidget *
xq_history_operation_pill_new (XqJournalOperations operation)
{
  const char *word = xq_history_get_operation_label (operation);

  switch (operation)
    {
    case XQ_JOURNAL_ADDED:
      return xq_pill_new (XQ_PILL_OK, word, NULL);
    case XQ_JOURNAL_DELETED:
      return xq_pill_new (XQ_PILL_WARNING, word, NULL);
    case XQ_JOURNAL_CHANGED:
    default:
      return xq_pill_new (XQ_PILL_INFO, word, NULL);
    }
}

static GtkWidget *
label (const char *text, const char *style, gboolean wrap)
{
  GtkWidget *widget = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (widget), 0);
  gtk_label_set_wrap (GTK_LABEL (widget), wrap);
  gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (widget), FALSE);
  if (style != NULL)
    gtk_widget_add_css_class (widget, style);
  return widget;
}

/* Names from below the district on: it is the same for all. */
static const char *
below_district (const char *path)
{
  const char *slash = path != NULL ? strchr (path, '/') : NULL;

  return slash != NULL ? slash + 1 : path;
}

static GtkWidget *
make_head (const XqJournalRow *row, gboolean open_unit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *name
      = row->title != NULL && *row->title != '\0' ? g_strdup_printf ("%s “%s”", row->label, row->title) : g_strdup (row->label);
  GtkWidget *what = label (name, "xq-section-title", FALSE);

  gtk_label_set_ellipsize (GTK_LABEL (what), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (what, name);
  gtk_box_append (GTK_BOX (box), xq_history_operation_pill_new (row->operation));
  gtk_box_append (GTK_BOX (box), what);
  if (row->path != NULL)
    {
      GtkWidget *where = label (below_district (row->path), "xq-caption", FALSE);

      gtk_label_set_ellipsize (GTK_LABEL (where), PANGO_ELLIPSIZE_START);
      gtk_label_set_xalign (GTK_LABEL (where), 1);
      gtk_widget_set_hexpand (where, TRUE);
      gtk_widget_set_tooltip_text (where, row->path);
      gtk_box_append (GTK_BOX (box), where);
      if (open_unit)
        {
          GtkWidget *button = gtk_button_new_from_icon_name ("pan-end-symbolic");
          g_autofree char *tooltip = g_strdup_printf (_ ("Go to %s"), below_district (row->path));

          gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-unit");
          gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", row->unit);
          gtk_widget_set_tooltip_text (button, tooltip);
          gtk_widget_add_css_class (button, "flat");
          gtk_widget_add_css_class (button, "xq-small-button");
          gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
          gtk_box_append (GTK_BOX (box), button);
        }
    }
  gtk_widget_add_css_class (box, "xq-history-head");
  return box;
}

GtkWidget *
xq_history_row_new (const XqJournalRow *row, gboolean open_unit)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *grid = gtk_grid_new ();

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "xq-history-card");
  gtk_box_append (GTK_BOX (card), make_head (row, open_unit));
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_widget_add_css_class (grid, "xq-history-cells");
  for (guint i = 0; i < row->cells->len; i++)
    {
      const XqJournalCell *cell = g_ptr_array_index (row->cells, i);
      GtkWidget *field = label (cell->field, "xq-caption", TRUE);
      GtkWidget *values = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_widget_set_size_request (field, 120, -1);
      gtk_label_set_max_width_chars (GTK_LABEL (field), 14);
      gtk_widget_set_valign (field, GTK_ALIGN_START);
      gtk_widget_set_hexpand (values, TRUE);
      if (cell->old_text != NULL)
        gtk_box_append (GTK_BOX (values), label (cell->old_text, "xq-change-old", TRUE));
      if (cell->old_text != NULL && cell->new_text != NULL)
        gtk_box_append (GTK_BOX (values), label ("→", "xq-caption", FALSE));
      if (cell->new_text != NULL)
        gtk_box_append (GTK_BOX (values), label (cell->new_text, "xq-change-new", TRUE));
      else if (row->operation == XQ_JOURNAL_CHANGED)
        gtk_box_append (GTK_BOX (values), label (_ ("→ (empty)"), "xq-caption", FALSE));
      gtk_grid_attach (GTK_GRID (grid), field, 0, (int)i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), values, 1, (int)i, 1, 1);
    }
  gtk_box_append (GTK_BOX (card), grid);
  return card;
}
