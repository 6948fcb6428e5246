/* The tab of noted circumstances (纪实): each a card with its quantity, text and source; added, changed and deleted in a form. */

#include "xq-detail-tab.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "xq-origin-badge.h"
#include "xq-pill.h"
#include "xq-record-dialog.h"
#include "xq-record-types.h"
#include "xq-statistics.h"

typedef struct {
  XqDetailTab parent_instance;
} XqNotesTab;
typedef XqDetailTabClass XqNotesTabClass;

G_DEFINE_TYPE (XqNotesTab, xq_notes_tab, XQ_TYPE_DETAIL_TAB)

static const XqRecord *
find_note (XqNotesTab *self, GtkWidget *button)
{
  const XqDetail *detail = xq_detail_tab_get_detail ((XqDetailTab *)self);
  gint64 id = *(gint64 *)g_object_get_data (G_OBJECT (button), "id");

  for (guint i = 0; i < detail->notes->len; i++)
    if (xq_record_get_id (g_ptr_array_index (detail->notes, i)) == id)
      return g_ptr_array_index (detail->notes, i);
  return NULL;
}

static char *
dup_label (XqNotesTab *self, const char *what, const XqRecord *note)
{
  const char *title = xq_record_get_text (note, XQ_NOTE_TITLE);
  g_autofree char *full = g_strdup_printf ("%s “%s”", what, title != NULL ? title : "");

  return xq_command_label (xq_detail_tab_get_unit_name ((XqDetailTab *)self), full);
}

static void
added (XqRecord *record, gpointer data)
{
  XqDetailTab *tab = data;
  g_autofree char *label = NULL;

  if (xq_detail_tab_get_detail (tab) == NULL)
    {
      xq_record_free (record);
      return;
    }
  label = dup_label (data, _ ("note"), record);
  xq_record_set_int (record, XQ_NOTE_UNIT, xq_detail_tab_get_detail (tab)->unit->id);
  xq_command_insert (xq_detail_tab_get_context (tab), record, label, GTK_WIDGET (tab));
}

static void
changed (XqRecord *record, gpointer data)
{
  g_autofree char *label = NULL;

  if (xq_detail_tab_get_detail (data) == NULL)
    {
      xq_record_free (record);
      return;
    }
  label = dup_label (data, _ ("note"), record);
  xq_command_update (xq_detail_tab_get_context (data), record, label, GTK_WIDGET (data));
}

static void
add_clicked (XqNotesTab *self)
{
  xq_record_dialog_show (GTK_WIDGET (self), _ ("New Note"), xq_detail_tab_get_unit_name ((XqDetailTab *)self), _ ("_Add"), xq_record_new (&XQ_NOTE), NULL,
                         added, self);
}

static void
edit_clicked (XqNotesTab *self, GtkWidget *button)
{
  const XqRecord *note = find_note (self, button);

  if (note != NULL)
    xq_record_dialog_show (GTK_WIDGET (self), _ ("Change Note"), xq_detail_tab_get_unit_name ((XqDetailTab *)self), _ ("_Save"), xq_record_copy (note), NULL,
                           changed, self);
}

/* No question is asked: the step is named in the history and one key takes it back. */
static void
delete_clicked (XqNotesTab *self, GtkWidget *button)
{
  const XqRecord *note = find_note (self, button);
  g_autofree char *label = NULL;

  if (note == NULL)
    return;
  label = dup_label (self, _ ("delete note"), note);
  xq_command_delete (xq_detail_tab_get_context ((XqDetailTab *)self), &XQ_NOTE, xq_record_get_id (note), label, GTK_WIDGET (self));
}

static GtkWidget *
make_button (XqNotesTab *self, const char *icon_name, const char *name, const XqRecord *note, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);
  g_autofree char *full = g_strdup_printf ("%s: %s", name, xq_record_get_text (note, XQ_NOTE_TITLE));
  gint64 id = xq_record_get_id (note);

  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_text (const char *text, const char *css_class)
{
  return g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable", TRUE,
                       "css-classes", (const char *const[]){ css_class, NULL }, NULL);
}

static GtkWidget *
make_heading (XqNotesTab *self, const XqRecord *note, gboolean editable)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *topic = xq_record_get_text (note, XQ_NOTE_TOPIC);
  GtkWidget *badge = xq_origin_badge_new ();

  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", xq_record_get_text (note, XQ_NOTE_TITLE), "xalign", 0.f, "hexpand", TRUE, "wrap", TRUE,
                                                "wrap-mode", PANGO_WRAP_WORD_CHAR, "css-classes", (const char *const[]){ "heading", NULL }, NULL));
  xq_origin_badge_set_origin (XQ_ORIGIN_BADGE (badge), xq_record_get_origin (note, XQ_NOTE_TITLE));
  gtk_box_append (GTK_BOX (line), badge);
  if (topic != NULL)
    gtk_box_append (GTK_BOX (line), xq_pill_new (XQ_PILL_PLAIN, topic, NULL));
  if (editable)
    {
      gtk_box_append (GTK_BOX (line), make_button (self, "document-edit-symbolic", _ ("Change"), note, G_CALLBACK (edit_clicked)));
      gtk_box_append (GTK_BOX (line), make_button (self, "user-trash-symbolic", _ ("Delete"), note, G_CALLBACK (delete_clicked)));
    }
  return line;
}

static void
append_note (XqNotesTab *self, const XqRecord *note, gboolean editable)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  const char *text = xq_record_get_text (note, XQ_NOTE_TEXT);
  const char *measure = xq_record_get_text (note, XQ_NOTE_MEASURE);
  g_autoptr (GString) foot = g_string_new (xq_record_get_text (note, XQ_NOTE_OCCURRED));

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "xq-note");
  gtk_box_append (GTK_BOX (card), make_heading (self, note, editable));
  if (!xq_record_is_null (note, XQ_NOTE_QUANTITY))
    {
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
      g_autofree char *quantity = xq_format_count (xq_record_get_int (note, XQ_NOTE_QUANTITY));

      gtk_box_append (GTK_BOX (line), make_text (quantity, "xq-note-quantity"));
      gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", measure != NULL ? measure : "", "valign", GTK_ALIGN_BASELINE,
                                                    "css-classes", (const char *const[]){ "xq-number-unit", NULL }, NULL));
      gtk_box_append (GTK_BOX (card), line);
    }
  if (text != NULL)
    gtk_box_append (GTK_BOX (card), make_text (text, "xq-dense"));
  if (!xq_record_is_null (note, XQ_NOTE_SOURCE))
    g_string_append_printf (foot, "%s%s", foot->len > 0 ? " · " : "", xq_record_get_text (note, XQ_NOTE_SOURCE));
  if (foot->len > 0)
    gtk_box_append (GTK_BOX (card), make_text (foot->str, "xq-caption"));
  xq_detail_tab_append ((XqDetailTab *)self, card);
}

static void
xq_notes_tab_update (XqDetailTab *tab)
{
  XqNotesTab *self = (XqNotesTab *)tab;
  const XqDetail *detail = xq_detail_tab_get_detail (tab);
  gboolean editable = xq_detail_tab_get_editable (tab);

  xq_detail_tab_clear (tab);
  for (guint i = 0; i < detail->notes->len; i++)
    append_note (self, g_ptr_array_index (detail->notes, i), editable);
  if (detail->notes->len == 0)
    xq_detail_tab_append_remark (tab, _ ("Nothing has been noted of this unit yet."));
  if (editable)
    xq_detail_tab_add_button (tab, xq_detail_tab_append_buttons (tab), _ ("_New Note…"), FALSE, G_CALLBACK (add_clicked));
}

static void
xq_notes_tab_class_init (XqNotesTabClass *klass)
{
  klass->update = xq_notes_tab_update;
}

static void
xq_notes_tab_init (XqNotesTab *self)
{
}
