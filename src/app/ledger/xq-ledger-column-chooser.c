#include "xq-ledger-column-chooser.h"

#include <glib/gi18n-lib.h>

#include "xq-ledger-column-choice.h"

struct _XqLedgerColumnChooser
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *note;
  GtkWidget *list;

  gboolean filling;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqLedgerColumnChooser, xq_ledger_column_chooser, GTK_TYPE_WIDGET)

static GPtrArray *
collect (XqLedgerColumnChooser *self)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (GtkWidget *check = gtk_widget_get_first_child (self->list); check != NULL; check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      g_ptr_array_add (columns, g_object_get_data (G_OBJECT (check), "column"));
  return columns;
}

/* When as many are shown as can be, the others wait for one of them to go. */
static void
update_sensitive (XqLedgerColumnChooser *self)
{
  g_autoptr (GPtrArray) columns = collect (self);
  gboolean full = columns->len >= XQ_LEDGER_MAX_COLUMNS;

  for (GtkWidget *check = gtk_widget_get_first_child (self->list); check != NULL; check = gtk_widget_get_next_sibling (check))
    {
      const XqLedgerColumn *column = g_object_get_data (G_OBJECT (check), "column");

      gtk_widget_set_sensitive (check, strcmp (column->id, "name") != 0
                                           && (!full || gtk_check_button_get_active (GTK_CHECK_BUTTON (check))));
    }
}

static void
toggled (XqLedgerColumnChooser *self)
{
  g_autoptr (GPtrArray) columns = NULL;

  if (self->filling)
    return;
  update_sensitive (self);
  columns = collect (self);
  g_signal_emit (self, signals[CHANGED], 0, columns);
}

static void
reset (XqLedgerColumnChooser *self)
{
  g_signal_emit (self, signals[CHANGED], 0, NULL);
}

void
xq_ledger_column_chooser_set (XqLedgerColumnChooser *self, GPtrArray *possible, GPtrArray *shown, const XqLedgerLook *look)
{
  GtkWidget *child;
  gboolean same = TRUE;
  guint n = 0;

  g_return_if_fail (XQ_IS_LEDGER_COLUMN_CHOOSER (self));
  self->filling = TRUE;
  /* While the user ticks, the boxes stay the same ones. */
  for (child = gtk_widget_get_first_child (self->list); child != NULL; child = gtk_widget_get_next_sibling (child), n++)
    same = same && n < possible->len && g_object_get_data (G_OBJECT (child), "column") == g_ptr_array_index (possible, n);
  if (!same || n != possible->len)
    {
      while ((child = gtk_widget_get_first_child (self->list)) != NULL)
        gtk_grid_remove (GTK_GRID (self->list), child);
      for (guint i = 0; i < possible->len; i++)
        {
          const XqLedgerColumn *column = g_ptr_array_index (possible, i);
          GtkWidget *check
              = gtk_check_button_new_with_label (column->type == XQ_LEDGER_CELL_KIT ? xq_ledger_look_get_title (look, column)
                                                                                    : g_dgettext (GETTEXT_PACKAGE, column->label));

          gtk_widget_add_css_class (check, "xq-dense");
          g_object_set_data (G_OBJECT (check), "column", (gpointer)column);
          g_signal_connect_swapped (check, "toggled", G_CALLBACK (toggled), self);
          gtk_grid_attach (GTK_GRID (self->list), check, (int)i % 2, (int)i / 2, 1, 1);
        }
    }
  for (child = gtk_widget_get_first_child (self->list); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (child),
                                 g_ptr_array_find (shown, g_object_get_data (G_OBJECT (child), "column"), NULL));
  self->filling = FALSE;
  update_sensitive (self);
}

static void
xq_ledger_column_chooser_dispose (GObject *object)
{
  g_clear_pointer (&XQ_LEDGER_COLUMN_CHOOSER (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_ledger_column_chooser_parent_class)->dispose (object);
}

static void
xq_ledger_column_chooser_class_init (XqLedgerColumnChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_ledger_column_chooser_dispose;
  signals[CHANGED] = g_signal_new ("changed", XQ_TYPE_LEDGER_COLUMN_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
xq_ledger_column_chooser_init (XqLedgerColumnChooser *self)
{
  g_autofree char *note = g_strdup_printf (_ ("Up to %d columns at once"), XQ_LEDGER_MAX_COLUMNS);
  GtkWidget *button = gtk_button_new_with_label (_ ("Usual columns"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->note = gtk_label_new (note);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_widget_add_css_class (self->note, "xq-caption");
  self->list = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->list), 18);
  gtk_grid_set_row_spacing (GTK_GRID (self->list), 2);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (reset), self);
  gtk_box_append (GTK_BOX (self->box), self->note);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), button);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
xq_ledger_column_chooser_new (void)
{
  return g_object_new (XQ_TYPE_LEDGER_COLUMN_CHOOSER, NULL);
}
