#include "xq-record-sections.h"

#include <glib/gi18n-lib.h>

#include "xq-statistics.h"

/* So many cards are built at once; the rest is asked for. */
#define CARDS_SHOWN 30

typedef struct
{
  const XqSectionSpec *spec;
  GtkWidget *box;
  char *signature;
  guint most; /* cards */
} Section;

struct _XqRecordSections
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *box;
  GtkWidget *checklists;
  XqContext *context;
  GPtrArray *sections; /* Section */
  XqTabId tab;
  gint64 unit;
  char *checklist_signature;

  /* borrowed */
  const XqDetail *detail;
  gboolean editable;
};

G_DEFINE_FINAL_TYPE (XqRecordSections, xq_record_sections, GTK_TYPE_WIDGET)

static void
section_free (gpointer data)
{
  Section *section = data;

  g_free (section->signature);
  g_free (section);
}

static const XqScheme *
get_scheme (XqRecordSections *self)
{
  return xq_store_get_scheme (xq_context_get_store (self->context));
}

static XqRecordEdit
make_edit (XqRecordSections *self)
{
  return (XqRecordEdit){ GTK_WIDGET (self), self->context, self->detail->unit, xq_record_sets_get_full (self->detail->sets) };
}

/* A click on a card. */
static void
card_action (GtkWidget *host, XqCardAction action, const XqRecord *record, gconstpointer detail)
{
  XqRecordSections *self = XQ_RECORD_SECTIONS (host);
  XqRecordEdit edit;

  if (self->detail == NULL)
    return;
  edit = make_edit (self);
  switch (action)
    {
    case XQ_CARD_CHANGE:
      xq_record_edit_change (&edit, record);
      break;
    case XQ_CARD_DELETE:
      xq_record_edit_delete (&edit, record);
      break;
    case XQ_CARD_ADD_CHILD:
      xq_record_edit_add (&edit, detail, xq_record_get_id (record));
      break;
    case XQ_CARD_STEP:
      xq_record_edit_step (&edit, record, (XqTicketStep)GPOINTER_TO_UINT (detail));
      break;
    }
}

static void
add_clicked (XqRecordSections *self, GtkWidget *button)
{
  const XqRecordType *type = g_object_get_data (G_OBJECT (button), "type");
  XqRecordEdit edit;

  if (self->detail == NULL)
    return;
  edit = make_edit (self);
  xq_record_edit_add (&edit, type, 0);
}

static void update_section (XqRecordSections *self, Section *section, gboolean again);

static void
more_clicked (XqRecordSections *self, GtkWidget *button)
{
  Section *section = g_object_get_data (G_OBJECT (button), "section");

  if (self->detail == NULL)
    return;
  section->most = G_MAXUINT;
  update_section (self, section, TRUE);
}

static void
append_heading (XqRecordSections *self, Section *section, guint n)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *title = g_dpgettext2 (GETTEXT_PACKAGE, "section", section->spec->title);
  g_autofree char *count = n > 0 ? xq_format_count (n) : g_strdup (_ ("none"));

  gtk_widget_add_css_class (line, "xq-section-head");
  gtk_box_append (GTK_BOX (line),
                  g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                "css-classes", (const char *const[]){ "xq-section-title", NULL }, NULL));
  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", count, "xalign", 0.f, "hexpand", TRUE, "css-classes",
                                                (const char *const[]){ "xq-caption", NULL }, NULL));
  if (self->editable && section->spec->use == XQ_USE_ENTERED)
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
      g_autofree char *name = g_strdup_printf (_ ("Add: %s"), g_dgettext (GETTEXT_PACKAGE, section->spec->type->label));

      gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
      gtk_widget_add_css_class (button, "xq-small-button");
      gtk_widget_set_name (button, section->spec->type->name);
      gtk_widget_set_tooltip_text (button, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_object_set_data (G_OBJECT (button), "type", (gpointer)section->spec->type);
      g_signal_connect_object (button, "clicked", G_CALLBACK (add_clicked), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (line), button);
    }
  gtk_box_append (GTK_BOX (section->box), line);
}

/* Votes are counted against their property areas: what is shown of a type may rest on another. */
static char *
sign (XqRecordSections *self, const XqSectionSpec *spec)
{
  g_autofree char *own = xq_record_sets_sign (self->detail->sets, spec->type);
  g_autofree char *areas = spec->extra == XQ_EXTRA_VOTE ? xq_record_sets_sign (self->detail->sets, &XQ_PROPERTY_AREA) : NULL;

  return g_strdup_printf ("%" G_GINT64_FORMAT "/%d/%s/%s/%s", self->detail->unit->id, self->editable, self->detail->working_day,
                          own, areas != NULL ? areas : "");
}

static void
update_section (XqRecordSections *self, Section *section, gboolean again)
{
  GPtrArray *nodes = xq_record_sets_get (self->detail->sets, section->spec->type);
  XqCardPlace place
      = { GTK_WIDGET (self), self->detail, get_scheme (self), self->editable && section->spec->use != XQ_USE_SHOWN,
          xq_record_sets_get_full (self->detail->sets) };
  g_autofree char *signature = sign (self, section->spec);
  GtkWidget *child;

  if (!again && g_strcmp0 (signature, section->signature) == 0)
    return;
  g_free (section->signature);
  section->signature = g_steal_pointer (&signature);
  while ((child = gtk_widget_get_first_child (section->box)) != NULL)
    gtk_box_remove (GTK_BOX (section->box), child);
  append_heading (self, section, nodes->len);
  gtk_widget_set_visible (section->box, section->spec->use == XQ_USE_ENTERED || nodes->len > 0);
  for (guint i = 0; i < nodes->len && i < section->most; i++)
    gtk_box_append (GTK_BOX (section->box), xq_record_card_new (&place, section->spec, g_ptr_array_index (nodes, i), card_action));
  if (nodes->len > section->most)
    {
      guint left = nodes->len - section->most;
      g_autofree char *label = g_strdup_printf (ngettext ("Show %u more", "Show %u more", left), left);
      GtkWidget *more = gtk_button_new_with_label (label);

      gtk_widget_add_css_class (more, "xq-dense");
      g_object_set_data (G_OBJECT (more), "section", section);
      g_signal_connect_object (more, "clicked", G_CALLBACK (more_clicked), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (section->box), more);
    }
}

/* Which sections there are depends on the scheme and the unit's level. */
static void
choose_sections (XqRecordSections *self)
{
  guint n;
  const XqSectionSpec *specs = xq_section_specs_get (&n);
  GtkWidget *child;

  g_ptr_array_set_size (self->sections, 0);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  self->checklists = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_visible (self->checklists, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->checklists);
  g_clear_pointer (&self->checklist_signature, g_free);
  for (guint i = 0; i < n; i++)
    if (specs[i].tab == self->tab && xq_section_spec_applies (&specs[i], get_scheme (self), self->detail->unit->level))
      {
        Section *section = g_new0 (Section, 1);

        section->spec = &specs[i];
        section->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
        section->most = CARDS_SHOWN;
        g_ptr_array_add (self->sections, section);
        gtk_box_append (GTK_BOX (self->box), section->box);
      }
}

static void
update_checklists (XqRecordSections *self)
{
  guint n;
  const XqSchemeChecklist *checklists = xq_scheme_get_checklists (get_scheme (self), &n);
  g_autofree char *states = xq_record_sets_sign (self->detail->sets, &XQ_CHECKLIST_STATE);
  g_autofree char *signature = g_strdup_printf ("%d/%s", self->editable, states);
  GtkWidget *child;

  if (self->tab != XQ_TAB_SERVICES || g_strcmp0 (signature, self->checklist_signature) == 0)
    return;
  g_free (self->checklist_signature);
  self->checklist_signature = g_steal_pointer (&signature);
  while ((child = gtk_widget_get_first_child (self->checklists)) != NULL)
    gtk_box_remove (GTK_BOX (self->checklists), child);
  for (guint i = 0; i < n; i++)
    if (xq_section_checklist_applies (&checklists[i], self->detail->unit->level))
      gtk_box_append (GTK_BOX (self->checklists),
                      xq_checklist_section_new (self->context, self->detail, &checklists[i], self->editable));
  gtk_widget_set_visible (self->checklists, gtk_widget_get_first_child (self->checklists) != NULL);
}

void
xq_record_sections_show (XqRecordSections *self, XqContext *context, const XqDetail *detail, gboolean editable)
{
  g_return_if_fail (XQ_IS_RECORD_SECTIONS (self));
  g_set_object (&self->context, context);
  self->detail = detail;
  self->editable = editable;
  if (detail == NULL)
    return;
  if (self->unit != detail->unit->id)
    {
      self->unit = detail->unit->id;
      choose_sections (self);
    }
  update_checklists (self);
  for (guint i = 0; i < self->sections->len; i++)
    update_section (self, g_ptr_array_index (self->sections, i), FALSE);
}

static void
xq_record_sections_dispose (GObject *object)
{
  XqRecordSections *self = XQ_RECORD_SECTIONS (object);

  self->detail = NULL;
  g_clear_object (&self->context);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_clear_pointer (&self->checklist_signature, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_record_sections_parent_class)->dispose (object);
}

static void
xq_record_sections_class_init (XqRecordSectionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_record_sections_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "record-sections");
}

static void
xq_record_sections_init (XqRecordSections *self)
{
  self->sections = g_ptr_array_new_with_free_func (section_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
xq_record_sections_new (XqTabId tab)
{
  XqRecordSections *self = g_object_new (XQ_TYPE_RECORD_SECTIONS, NULL);

  self->tab = tab;
  return GTK_WIDGET (self);
}
