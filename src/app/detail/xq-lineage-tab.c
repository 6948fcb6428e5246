/* The tab of where a unit comes from: predecessors and successors, earlier names, and the journal's entries about it. */

#include "xq-detail-tab.h"

#include <glib/gi18n-lib.h>

#include "xq-personal.h"
#include "xq-record-types.h"

typedef struct {
  XqDetailTab parent_instance;

  GCancellable *cancellable; /* of reading an entry's changes */
} XqLineageTab;
typedef XqDetailTabClass XqLineageTabClass;

G_DEFINE_TYPE (XqLineageTab, xq_lineage_tab, XQ_TYPE_DETAIL_TAB)

static GtkWidget *
append_list (XqDetailTab *tab, const char *title)
{
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "css-classes", (const char *const[]){ "xq-fields", NULL }, NULL);

  xq_detail_tab_append_title (tab, title, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  xq_detail_tab_append (tab, list);
  return list;
}

static void
append_kin (XqDetailTab *tab, const char *title, GPtrArray *kin)
{
  GtkWidget *list;

  if (kin->len == 0)
    return;
  list = append_list (tab, title);
  for (guint i = 0; i < kin->len; i++)
    {
      const XqDetailKin *relative = g_ptr_array_index (kin, i);
      gint64 part = xq_record_get_int (relative->lineage, XQ_LINEAGE_SHARE_NUMERATOR);
      gint64 whole = xq_record_get_int (relative->lineage, XQ_LINEAGE_SHARE_DENOMINATOR);
      const char *day = xq_record_get_text (relative->lineage, XQ_LINEAGE_EFFECTIVE);
      g_autofree char *share = part == whole ? g_strdup (_ ("whole")) : g_strdup_printf ("%d/%d", (int)part, (int)whole);
      g_autofree char *value = g_strdup_printf (_ ("%s, from %s"), share, day);

      gtk_list_box_append (GTK_LIST_BOX (list), xq_detail_value_row (relative->unit->name, value));
    }
}

static void
append_names (XqDetailTab *tab, GPtrArray *names)
{
  GtkWidget *list;

  if (names->len == 0)
    return;
  list = append_list (tab, _ ("Other names and codes"));
  for (guint i = 0; i < names->len; i++)
    {
      const XqRecord *name = g_ptr_array_index (names, i);
      const char *until = xq_record_get_text (name, XQ_UNIT_NAME_VALID_TO);
      g_autofree char *value = until != NULL ? g_strdup_printf (_ ("%s, until %s"), xq_record_get_text (name, XQ_UNIT_NAME_VALUE), until)
                                             : g_strdup (xq_record_get_text (name, XQ_UNIT_NAME_VALUE));

      gtk_list_box_append (GTK_LIST_BOX (list), xq_detail_value_row (xq_enum_label (&XQ_ENUM_NAME_KIND, xq_record_get_text (name, XQ_UNIT_NAME_KIND)), value));
    }
}

/* Journal */

static gpointer
changes_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_journal_list_changes (tx, *(gint64 *)data, error);
}

/* A value as it is stored, in words: nicks become labels, scaled numbers what they stand for. */
static char *
value_in_words (const XqRecordType *type, int field, const char *stored)
{
  g_autoptr (XqRecord) record = NULL;
  const XqField *description;

  if (stored == NULL)
    return g_strdup ("—");
  if (type == NULL || field < 0)
    return g_strdup (stored);
  description = &type->fields[field];
  record = xq_record_new (type);
  if (description->type == XQ_FIELD_TEXT || description->type == XQ_FIELD_DATE || description->type == XQ_FIELD_ENUM)
    xq_record_set_text (record, field, stored);
  else
    xq_record_set_int (record, field, g_ascii_strtoll (stored, NULL, 10));
  /* Whoever may see persons sees them in their rows: the history tells that a name was changed, not to what. */
  return xq_record_format_shown (record, field, FALSE);
}

static void
show_changes (GtkWidget *box, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const XqJournalChange *change = g_ptr_array_index (changes, i);
      const XqRecordType *type = xq_record_type_by_name (change->table);
      int field = type != NULL && change->column != NULL ? xq_record_type_find (type, change->column) : -1;
      g_autofree char *old_value = NULL, *new_value = NULL, *text = NULL;

      /* Whose a row is and where its values come from is no news to the reader. */
      if (field < 0 || type->fields[field].type == XQ_FIELD_REFERENCE || (change->old_value == NULL && change->new_value == NULL))
        continue;
      old_value = value_in_words (type, field, change->old_value);
      new_value = value_in_words (type, field, change->new_value);
      text = g_strdup_printf (_ ("%s: %s → %s"), g_dgettext (GETTEXT_PACKAGE, type->fields[field].label), old_value, new_value);
      gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                                   "selectable", TRUE, NULL));
    }
  if (gtk_widget_get_first_child (box) == NULL)
    gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", _ ("No values of the record itself"), "xalign", 0.f, NULL));
}

static void
changes_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) box = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || gtk_widget_get_root (box) == NULL)
    return;
  if (changes != NULL)
    show_changes (box, changes);
  else
    gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", error->message, "xalign", 0.f, "wrap", TRUE, NULL));
}

static void
entry_expanded (XqLineageTab *self, GParamSpec *pspec, GtkExpander *expander)
{
  XqContext *context = xq_detail_tab_get_context ((XqDetailTab *)self);
  GtkWidget *box = gtk_expander_get_child (expander);
  gint64 *entry = g_object_get_data (G_OBJECT (expander), "entry");

  if (!gtk_expander_get_expanded (expander) || gtk_widget_get_first_child (box) != NULL || xq_context_get_store (context) == NULL)
    return;
  xq_store_read_async (xq_context_get_store (context), changes_job, g_memdup2 (entry, sizeof *entry), g_free, (GDestroyNotify)g_ptr_array_unref,
                       self->cancellable, changes_done, g_object_ref (box));
}

/* The journal keeps UTC; people read their own clock. */
static char *
local_time (const char *stored)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (stored, utc);
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup (stored);
}

static void
append_entry (XqLineageTab *self, GtkWidget *list, const XqJournalEntry *entry)
{
  GtkWidget *expander = gtk_expander_new (NULL);
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "activatable", FALSE, "focusable", FALSE, NULL);
  g_autofree char *time = local_time (entry->time);
  g_autofree char *foot = g_strdup_printf ("%s · %s%s%s", time, entry->actor, entry->undone ? " · " : "", entry->undone ? _ ("undone") : "");
  g_autofree char *verb = g_strdup_printf ("%s%s", entry->undoes != 0 ? _ ("Undone: ") : entry->redoes != 0 ? _ ("Redone: ") : "", entry->label);

  gtk_box_append (GTK_BOX (heading), g_object_new (GTK_TYPE_LABEL, "label", verb, "xalign", 0.f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL));
  gtk_box_append (GTK_BOX (heading), g_object_new (GTK_TYPE_LABEL, "label", foot, "xalign", 0.f, "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL));
  gtk_expander_set_label_widget (GTK_EXPANDER (expander), heading);
  gtk_expander_set_child (GTK_EXPANDER (expander), g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 2, "margin-start", 20,
                                                                 "margin-bottom", 4, "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, verb, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, foot, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, verb, -1);
  g_object_set_data_full (G_OBJECT (expander), "entry", g_memdup2 (&entry->entry, sizeof entry->entry), g_free);
  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (entry_expanded), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (expander, "xq-entry");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), expander);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static void
xq_lineage_tab_update (XqDetailTab *tab)
{
  XqLineageTab *self = (XqLineageTab *)tab;
  const XqDetail *detail = xq_detail_tab_get_detail (tab);
  GtkWidget *list;

  xq_detail_tab_clear (tab);
  append_kin (tab, _ ("Came from"), detail->predecessors);
  append_kin (tab, _ ("Became"), detail->successors);
  if (detail->predecessors->len == 0 && detail->successors->len == 0 && detail->unit->level == XQ_LEVEL_COMPOUND)
    xq_detail_tab_append_remark (tab, _ ("Neither merged nor split since it is recorded."));
  append_names (tab, detail->names);
  if (detail->journal->len == 0)
    return;
  list = append_list (tab, _ ("Changes"));
  for (guint i = 0; i < detail->journal->len; i++)
    append_entry (self, list, g_ptr_array_index (detail->journal, i));
}

static void
xq_lineage_tab_dispose (GObject *object)
{
  XqLineageTab *self = (XqLineageTab *)object;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (xq_lineage_tab_parent_class)->dispose (object);
}

static void
xq_lineage_tab_class_init (XqLineageTabClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_lineage_tab_dispose;
  klass->update = xq_lineage_tab_update;
}

static void
xq_lineage_tab_init (XqLineageTab *self)
{
  self->cancellable = g_cancellable_new ();
}
