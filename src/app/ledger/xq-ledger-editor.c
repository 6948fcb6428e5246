#include "xq-ledger-editor.h"

#include <glib/gi18n-lib.h>

#define MIN_ENTRY_WIDTH 140

struct _XqLedgerEditor
{
  GtkPopover parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *entry;
  GtkWidget *list;
  GtkWidget *error;

  /* borrowed */
  const XqLedgerColumn *column;
};

enum
{
  COMMIT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqLedgerEditor, xq_ledger_editor, GTK_TYPE_POPOVER)

const char *
xq_ledger_editor_get_hint (const XqLedgerColumn *column)
{
  switch (column->type)
    {
    case XQ_LEDGER_CELL_DATE:
      return _ ("e.g. 2024-10-28");
    case XQ_LEDGER_CELL_NUMBER:
      return strcmp (column->id, "built_year") == 0 ? _ ("e.g. 1998") : _ ("a whole number");
    case XQ_LEDGER_CELL_TEXT:
    case XQ_LEDGER_CELL_ENUM:
    case XQ_LEDGER_CELL_ORGANISATION:
    case XQ_LEDGER_CELL_BODY:
    case XQ_LEDGER_CELL_KIT:
    case XQ_LEDGER_CELL_SATISFACTION:
    default:
      return NULL;
    }
}

static void
commit (XqLedgerEditor *self, const char *text, int columns)
{
  gtk_widget_set_visible (self->error, FALSE);
  g_signal_emit (self, signals[COMMIT], 0, text, columns);
}

static void
entry_activated (XqLedgerEditor *self)
{
  commit (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)), 0);
}

static void
row_activated (XqLedgerEditor *self, GtkListBoxRow *row)
{
  const char *nick = g_object_get_data (G_OBJECT (row), "nick");

  commit (self, nick != NULL ? xq_enum_label (self->column->values, nick) : "", 0);
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, XqLedgerEditor *self)
{
  if (key == GDK_KEY_Tab || key == GDK_KEY_ISO_Left_Tab)
    {
      int columns = key == GDK_KEY_Tab ? 1 : -1;

      if (gtk_widget_get_visible (self->entry))
        commit (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)), columns);
      else
        {
          GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
          const char *nick = row != NULL ? g_object_get_data (G_OBJECT (row), "nick") : NULL;

          commit (self, nick != NULL ? xq_enum_label (self->column->values, nick) : "", columns);
        }
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* What the editor does not use is not for the list behind it either: Delete clears no cell while its editor is open. */
static gboolean
key_unused (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, XqLedgerEditor *self)
{
  return key == GDK_KEY_Escape ? GDK_EVENT_PROPAGATE : GDK_EVENT_STOP;
}

static void
add_choice (XqLedgerEditor *self, const char *nick, const char *label, const char *current)
{
  GtkWidget *text = gtk_label_new (label);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (row), "nick", (gpointer)nick);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  if (strcmp (label, current) == 0)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
}

static gboolean
has_none (const XqEnum *values)
{
  return xq_enum_index (values, "none") >= 0;
}

static void
fill_choices (XqLedgerEditor *self, const char *current)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < xq_enum_size (self->column->values); i++)
    {
      const char *nick = xq_enum_nick (self->column->values, (int)i);

      add_choice (self, nick, xq_enum_label (self->column->values, nick), current);
    }
  if (!has_none (self->column->values))
    add_choice (self, NULL, _ ("No entry"), *current == '\0' ? _ ("No entry") : current);
}

void
xq_ledger_editor_open (XqLedgerEditor *self, const GdkRectangle *area, const XqLedgerColumn *column, const char *title,
                       const char *text, gboolean replace)
{
  gboolean choose = column->values != NULL;

  g_return_if_fail (XQ_IS_LEDGER_EDITOR (self));
  self->column = column;
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_widget_set_visible (self->error, FALSE);
  gtk_widget_set_visible (self->entry, !choose);
  gtk_widget_set_visible (self->list, choose);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), area);
  if (choose)
    fill_choices (self, text);
  else
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), xq_ledger_editor_get_hint (column));
      gtk_entry_set_input_purpose (GTK_ENTRY (self->entry),
                                   column->type == XQ_LEDGER_CELL_NUMBER ? GTK_INPUT_PURPOSE_DIGITS : GTK_INPUT_PURPOSE_FREE_FORM);
      gtk_widget_set_size_request (self->entry, MAX (MIN_ENTRY_WIDTH, area->width), -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    }
  gtk_popover_popup (GTK_POPOVER (self));
  if (choose)
    {
      GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

      if (row == NULL)
        row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);
      gtk_widget_grab_focus (GTK_WIDGET (row));
    }
  else
    {
      gtk_widget_grab_focus (self->entry);
      if (replace)
        gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
    }
}

void
xq_ledger_editor_show_error (XqLedgerEditor *self, const char *message)
{
  g_return_if_fail (XQ_IS_LEDGER_EDITOR (self));
  gtk_label_set_text (GTK_LABEL (self->error), message);
  gtk_widget_set_visible (self->error, TRUE);
  if (gtk_widget_get_visible (self->entry))
    gtk_widget_grab_focus (self->entry);
}

void
xq_ledger_editor_close (XqLedgerEditor *self)
{
  g_return_if_fail (XQ_IS_LEDGER_EDITOR (self));
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
xq_ledger_editor_class_init (XqLedgerEditorClass *klass)
{
  signals[COMMIT] = g_signal_new ("commit", XQ_TYPE_LEDGER_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_INT);
}

static void
xq_ledger_editor_init (XqLedgerEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *unused = gtk_event_controller_key_new ();

  gtk_widget_add_css_class (GTK_WIDGET (self), "xq-ledger-editor");
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->title), 28);
  gtk_widget_add_css_class (self->title, "xq-caption");

  self->entry = gtk_entry_new ();
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_activated), self);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Values"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated), self);

  self->error = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->error), 0);
  gtk_label_set_wrap (GTK_LABEL (self->error), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->error), 28);
  gtk_widget_add_css_class (self->error, "xq-field-error");
  gtk_widget_set_visible (self->error, FALSE);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_box_append (GTK_BOX (self->box), self->title);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), self->error);
  gtk_popover_set_child (GTK_POPOVER (self), self->box);

  g_signal_connect (unused, "key-pressed", G_CALLBACK (key_unused), self);
  gtk_widget_add_controller (self->box, unused);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
xq_ledger_editor_new (void)
{
  return g_object_new (XQ_TYPE_LEDGER_EDITOR, NULL);
}
