#include "xq-report-entries.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  const char *key;
  const char *label;
  gboolean by_form; /* each form has its own */
  goffset offset;   /* in XqReportFields */
} Entry;

#define OFFSET(field) G_STRUCT_OFFSET (XqReportFields, field)

static const Entry entries[] = {
  { "reporting_unit", N_ ("Reporting unit"), FALSE, OFFSET (reporting_unit) },
  { "report_date", N_ ("Date of the report"), FALSE, OFFSET (report_date) },
  { "form_number", N_ ("Form number"), TRUE, OFFSET (form_number) },
  { "authority", N_ ("Issuing authority"), TRUE, OFFSET (authority) },
  { "valid_until", N_ ("Valid until"), TRUE, OFFSET (valid_until) },
  { "head", N_ ("Head of the unit"), FALSE, OFFSET (head) },
  { "checked_by", N_ ("Checked by"), FALSE, OFFSET (checked_by) },
  { "filled_by", N_ ("Filled in by"), FALSE, OFFSET (filled_by) },
  { "phone", N_ ("Telephone"), FALSE, OFFSET (phone) },
  { "sent_date", N_ ("Date sent"), FALSE, OFFSET (sent_date) },
};
#define N_ENTRIES G_N_ELEMENTS (entries)

struct _XqReportEntries
{
  GtkWidget parent_instance;
  GtkWidget *list, *expander;
  GtkWidget *fields[N_ENTRIES];
  char *form;
  GHashTable *texts; /* "coverage/form_number" or "phone" → text */
  gboolean setting;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqReportEntries, xq_report_entries, GTK_TYPE_WIDGET)

static char *
make_key (XqReportEntries *self, const Entry *entry)
{
  return entry->by_form ? g_strconcat (self->form != NULL ? self->form : "", "/", entry->key, NULL) : g_strdup (entry->key);
}

static void
update_subtitle (XqReportEntries *self)
{
  guint n = 0;

  for (guint i = 0; i < N_ENTRIES; i++)
    n += gtk_editable_get_text (GTK_EDITABLE (self->fields[i]))[0] != '\0';
  if (n == 0)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->expander), _ ("Left blank, to be filled in by hand"));
  else
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u entry", "%u entries", n), n);

      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->expander), text);
    }
}

static void
on_changed (GtkEditable *editable, gpointer data)
{
  XqReportEntries *self = data;

  if (self->setting)
    return;
  for (guint i = 0; i < N_ENTRIES; i++)
    if (self->fields[i] == GTK_WIDGET (editable))
      {
        g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (editable)));

        g_hash_table_insert (self->texts, make_key (self, &entries[i]), g_steal_pointer (&text));
      }
  update_subtitle (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A name over an entry, which is called by it. */
static GtkWidget *
make_row (XqReportEntries *self, guint index)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (_ (entries[index].label)), *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_widget_add_css_class (label, "subtitle");
  gtk_widget_add_css_class (box, "xq-report-entry");
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  self->fields[index] = entry;
  return row;
}

static void
xq_report_entries_dispose (GObject *object)
{
  XqReportEntries *self = XQ_REPORT_ENTRIES (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->form, g_free);
  G_OBJECT_CLASS (xq_report_entries_parent_class)->dispose (object);
}

static void
xq_report_entries_class_init (XqReportEntriesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_report_entries_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "reportentries");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xq_report_entries_init (XqReportEntries *self)
{
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  self->expander = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander), _ ("Head and signatures"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Head and signatures"), -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->expander);
  for (guint i = 0; i < N_ENTRIES; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self->expander), make_row (self, i));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  update_subtitle (self);
}

GtkWidget *
xq_report_entries_new (void)
{
  return g_object_new (XQ_TYPE_REPORT_ENTRIES, NULL);
}

void
xq_report_entries_set_form (XqReportEntries *self, const char *form)
{
  g_free (self->form);
  self->form = g_strdup (form);
  self->setting = TRUE;
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      g_autofree char *key = make_key (self, &entries[i]);
      const char *text = g_hash_table_lookup (self->texts, key);

      gtk_editable_set_text (GTK_EDITABLE (self->fields[i]), text != NULL ? text : "");
    }
  self->setting = FALSE;
  update_subtitle (self);
}

void
xq_report_entries_set_default_unit (XqReportEntries *self, const char *unit)
{
  /* What stands in the form while nothing is entered. The first entry is the reporting unit. */
  if (!g_hash_table_contains (self->texts, entries[0].key))
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->fields[0]), unit);
}

void
xq_report_entries_get_fields (XqReportEntries *self, XqReportFields *fields)
{
  *fields = (XqReportFields){ NULL };
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      g_autofree char *key = make_key (self, &entries[i]);
      const char *text = g_hash_table_lookup (self->texts, key);

      if (text != NULL && text[0] != '\0')
        G_STRUCT_MEMBER (const char *, fields, entries[i].offset) = text;
    }
}
