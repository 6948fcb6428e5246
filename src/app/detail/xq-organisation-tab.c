/* The tab of how a compound is covered: its own organisation, a joint one, a contact, or nothing; and the commands on that. */

#include "xq-detail-tab.h"

#include <glib/gi18n-lib.h>

#include "xq-detail-rules.h"
#include "xq-pill.h"
#include "xq-record-dialog.h"
#include "xq-record-types.h"

typedef struct {
  XqDetailTab parent_instance;

  /* What is built: it is built anew when another record covers the unit. */
  char *built;

  /* borrowed: children */
  XqRecordForm *form;
  GtkWidget *term_end;
} XqOrganisationTab;
typedef XqDetailTabClass XqOrganisationTabClass;

G_DEFINE_TYPE (XqOrganisationTab, xq_organisation_tab, XQ_TYPE_DETAIL_TAB)

/* Kinds that one compound may found. */
static const char *const own_kinds[] = { "branch", "general_branch", "committee", NULL };

/* Commands */

typedef enum { COVER_FOUND, COVER_JOIN, COVER_END, COVER_CONTACT, COVER_CONFIRM } CoverKind;

typedef struct {
  CoverKind kind;
  gint64 compound;
  gint64 organisation;
  XqRecord *record; /* what the dialog asked for: an organisation or a contact */
  char *day;        /* NULL: the working day */
} CoverCommand;

static void
cover_command_free (gpointer data)
{
  CoverCommand *command = data;

  g_clear_pointer (&command->record, xq_record_free);
  g_free (command->day);
  g_free (command);
}

/* Fields of the dialog that founding itself does not set: approval, term, committee. */
static gboolean
complete_founded (XqTransaction *tx, gint64 id, const XqRecord *asked, GError **error)
{
  g_autoptr (XqRecord) founded = xq_record_load (tx, &XQ_ORGANISATION, id, error);
  static const int dates[] = { XQ_ORGANISATION_APPROVAL_DATE, XQ_ORGANISATION_TERM_STARTED };
  static const int texts[] = { XQ_ORGANISATION_NAME, XQ_ORGANISATION_APPROVAL_NUMBER, XQ_ORGANISATION_APPROVAL_AUTHORITY };

  if (founded == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!xq_record_is_null (asked, texts[i]))
      xq_record_set_text (founded, texts[i], xq_record_get_text (asked, texts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    if (!xq_record_is_null (asked, dates[i]))
      xq_record_set_text (founded, dates[i], xq_record_get_text (asked, dates[i]));
  if (!xq_record_is_null (asked, XQ_ORGANISATION_TERM_YEARS))
    xq_record_set_int (founded, XQ_ORGANISATION_TERM_YEARS, xq_record_get_int (asked, XQ_ORGANISATION_TERM_YEARS));
  return xq_record_update (tx, founded, FALSE, error);
}

static gpointer
cover_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  CoverCommand *command = data;
  g_autofree char *today = xq_working_day (tx);
  const char *day = command->day != NULL ? command->day : today;

  switch (command->kind)
    {
    case COVER_FOUND:
      {
        const XqRecord *asked = command->record;
        gint64 id = xq_coverage_set_own (tx, command->compound, xq_record_get_text (asked, XQ_ORGANISATION_KIND),
                                         xq_record_get_text (asked, XQ_ORGANISATION_NAME), day, error);

        if (id != 0)
          complete_founded (tx, id, asked, error);
        break;
      }
    case COVER_JOIN:
      xq_coverage_join (tx, command->compound, command->organisation, day, error);
      break;
    case COVER_END:
      xq_coverage_end (tx, command->compound, day, error);
      break;
    case COVER_CONTACT:
      xq_coverage_set_contact (tx, command->compound, xq_record_get_text (command->record, XQ_CONTACT_POST),
                               xq_record_get_text (command->record, XQ_CONTACT_DECIDED), day, error);
      break;
    case COVER_CONFIRM:
      xq_coverage_confirm_contact (tx, command->compound, day, error);
      break;
    }
  return NULL;
}

static void
run_cover (XqOrganisationTab *self, CoverCommand *command, const char *what)
{
  XqDetailTab *tab = (XqDetailTab *)self;
  g_autofree char *label = NULL;

  if (xq_detail_tab_get_detail (tab) == NULL)
    {
      cover_command_free (command);
      return;
    }
  label = xq_command_label (xq_detail_tab_get_unit_name (tab), what);
  command->compound = xq_detail_tab_get_detail (tab)->unit->id;
  xq_command_run (xq_detail_tab_get_context (tab), label, cover_job, command, cover_command_free, GTK_WIDGET (self));
}

/* Dialogs */

static void
found_accepted (XqRecord *record, gpointer data)
{
  CoverCommand *command = g_new0 (CoverCommand, 1);

  command->kind = COVER_FOUND;
  command->record = record;
  command->day = g_strdup (xq_record_get_text (record, XQ_ORGANISATION_FOUNDED));
  run_cover (data, command, _ ("Found a Party organisation"));
}

static void
found_clicked (XqOrganisationTab *self)
{
  static const int fields[] = { XQ_ORGANISATION_KIND, XQ_ORGANISATION_NAME, XQ_ORGANISATION_FOUNDED, XQ_ORGANISATION_APPROVAL_NUMBER,
                                XQ_ORGANISATION_APPROVAL_AUTHORITY, XQ_ORGANISATION_APPROVAL_DATE, XQ_ORGANISATION_TERM_YEARS, -1 };
  const XqDetail *detail = xq_detail_tab_get_detail ((XqDetailTab *)self);
  XqRecord *record = xq_record_new (&XQ_ORGANISATION);
  g_autofree char *name = g_strconcat (detail->unit->name, xq_enum_label (&XQ_ENUM_ORGANISATION_KIND, "branch"), NULL);
  AdwMessageDialog *dialog;

  xq_record_set_text (record, XQ_ORGANISATION_KIND, "branch");
  xq_record_set_text (record, XQ_ORGANISATION_NAME, name);
  xq_record_set_text (record, XQ_ORGANISATION_FOUNDED, detail->working_day);
  dialog = xq_record_dialog_show (GTK_WIDGET (self), _ ("Found a Party Organisation"), _ ("What covers the compound until then ends on that day."), _ ("_Found"),
                                  record, fields, found_accepted, self);
  xq_record_dialog_limit (dialog, XQ_ORGANISATION_KIND, own_kinds);
}

static void
contact_accepted (XqRecord *record, gpointer data)
{
  CoverCommand *command = g_new0 (CoverCommand, 1);

  command->kind = COVER_CONTACT;
  command->record = record;
  run_cover (data, command, _ ("Put under contact"));
}

static void
contact_clicked (XqOrganisationTab *self)
{
  static const int fields[] = { XQ_CONTACT_POST, XQ_CONTACT_DECIDED, -1 };
  const XqDetail *detail = xq_detail_tab_get_detail ((XqDetailTab *)self);
  XqRecord *record = xq_record_new (&XQ_CONTACT);

  xq_record_set_text (record, XQ_CONTACT_POST, _ ("The community's two committees"));
  xq_record_set_text (record, XQ_CONTACT_DECIDED, detail->working_day);
  xq_record_dialog_show (GTK_WIDGET (self), _ ("Put under Contact"),
                         _ ("A contact counts only with a post, the day it was decided and a confirmation in the period; it is confirmed with this."),
                         _ ("_Put under Contact"), record, fields, contact_accepted, self);
}

static void
confirm_clicked (XqOrganisationTab *self)
{
  CoverCommand *command = g_new0 (CoverCommand, 1);

  command->kind = COVER_CONFIRM;
  run_cover (self, command, _ ("Confirm the contact"));
}

static void
end_response (XqOrganisationTab *self, const char *response, GtkWidget *dialog)
{
  CoverCommand *command;

  if (g_strcmp0 (response, "end") != 0)
    return;
  command = g_new0 (CoverCommand, 1);
  command->kind = COVER_END;
  run_cover (self, command, g_object_get_data (G_OBJECT (dialog), "what"));
}

static void
ask_to_end (XqOrganisationTab *self, const char *heading, const char *what, const char *accept)
{
  const XqDetail *detail = xq_detail_tab_get_detail ((XqDetailTab *)self);
  g_autofree char *body = g_strdup_printf (_ ("%s: from %s the compound is not covered until something else is set up. The history stays."), detail->unit->name,
                                           detail->working_day);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "end", accept, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "end", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog), "what", (gpointer)what);
  g_signal_connect_object (dialog, "response", G_CALLBACK (end_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
dissolve_clicked (XqOrganisationTab *self)
{
  ask_to_end (self, _ ("Dissolve the Party Organisation?"), _ ("Dissolve the Party organisation"), _ ("_Dissolve"));
}

static void
leave_clicked (XqOrganisationTab *self)
{
  ask_to_end (self, _ ("Leave the Joint Organisation?"), _ ("Leave the joint organisation"), _ ("_Leave"));
}

static void
end_coverage_clicked (XqOrganisationTab *self)
{
  ask_to_end (self, _ ("End the Coverage?"), _ ("End the coverage"), _ ("_End"));
}

static void
end_contact_clicked (XqOrganisationTab *self)
{
  ask_to_end (self, _ ("End the Contact?"), _ ("End the contact"), _ ("_End"));
}

static void
join_response (XqOrganisationTab *self, const char *response, GtkWidget *dialog)
{
  AdwComboRow *choice = g_object_get_data (G_OBJECT (dialog), "choice");
  GArray *ids = g_object_get_data (G_OBJECT (dialog), "ids");
  guint selected = adw_combo_row_get_selected (choice);
  CoverCommand *command;

  if (g_strcmp0 (response, "join") != 0 || selected >= ids->len)
    return;
  command = g_new0 (CoverCommand, 1);
  command->kind = COVER_JOIN;
  command->organisation = g_array_index (ids, gint64, selected);
  run_cover (self, command, _ ("Join a joint organisation"));
}

static void
join_clicked (XqOrganisationTab *self)
{
  const XqDetail *detail = xq_detail_tab_get_detail ((XqDetailTab *)self);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Join a Joint Organisation"),
                                              _ ("A joint branch has compounds that are each short of members, at most five of them."));
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "css-classes", (const char *const[]){ "boxed-list", NULL }, NULL);
  GtkWidget *choice = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < detail->joinable->len; i++)
    {
      const XqRecord *organisation = g_ptr_array_index (detail->joinable, i);
      gint64 id = xq_record_get_id (organisation);

      g_array_append_val (ids, id);
      gtk_string_list_append (names, xq_record_get_text (organisation, XQ_ORGANISATION_NAME));
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (choice), _ ("Organisation"));
  adw_combo_row_set_model (ADW_COMBO_ROW (choice), G_LIST_MODEL (names));
  gtk_list_box_append (GTK_LIST_BOX (list), choice);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "join", _ ("_Join"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "join", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog), "choice", choice);
  g_object_set_data_full (G_OBJECT (dialog), "ids", ids, (GDestroyNotify)g_array_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (join_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What is shown */

/* The kind is not simply a value: changing it is a command of its own, so that what depends on it is seen to. */
static void
kind_entered (XqOrganisationTab *self, const XqRecord *organisation, const char *text)
{
  CoverCommand *command;
  XqRecord *asked = xq_record_new (&XQ_ORGANISATION);

  xq_record_set_text (asked, XQ_ORGANISATION_KIND, text);
  xq_record_set_text (asked, XQ_ORGANISATION_NAME, xq_record_get_text (organisation, XQ_ORGANISATION_NAME));
  command = g_new0 (CoverCommand, 1);
  command->kind = COVER_FOUND;
  command->record = asked;
  run_cover (self, command, _ ("Kind of organisation"));
}

static void
field_entered (XqOrganisationTab *self, int field, const char *text, XqFieldRow *row)
{
  XqDetailTab *tab = (XqDetailTab *)self;
  const XqDetail *detail = xq_detail_tab_get_detail (tab);
  const XqRecord *organisation = detail != NULL ? detail->coverage.organisation : NULL;
  XqRecordTarget target = { .type = &XQ_ORGANISATION, .preset_field = -1 };

  if (organisation == NULL)
    return;
  if (field == XQ_ORGANISATION_KIND)
    {
      kind_entered (self, organisation, text);
      return;
    }
  target.id = xq_record_get_id (organisation);
  xq_command_set_field (xq_detail_tab_get_context (tab), &target, xq_detail_tab_get_unit_name (tab),
                        g_dgettext (GETTEXT_PACKAGE, XQ_ORGANISATION.fields[field].label), field, text, row);
}

static void
append_organisation_form (XqOrganisationTab *self, const XqDetail *detail, gboolean own)
{
  static const int fields[] = {
    XQ_ORGANISATION_NAME, XQ_ORGANISATION_KIND, XQ_ORGANISATION_FUNCTIONAL, XQ_ORGANISATION_FOUNDED, XQ_ORGANISATION_APPROVAL_NUMBER,
    XQ_ORGANISATION_APPROVAL_AUTHORITY, XQ_ORGANISATION_APPROVAL_DATE, XQ_ORGANISATION_SECRETARY_BACKGROUND, XQ_ORGANISATION_COMMITTEE_SIZE,
    XQ_ORGANISATION_TERM_STARTED, XQ_ORGANISATION_TERM_YEARS, -1,
  };
  GtkWidget *form = xq_record_form_new (&XQ_ORGANISATION, fields, _ ("Party organisation"));

  if (own)
    xq_field_row_set_choices (xq_record_form_get_row (XQ_RECORD_FORM (form), XQ_ORGANISATION_KIND), own_kinds);
  g_signal_connect_object (form, "commit", G_CALLBACK (field_entered), self, G_CONNECT_SWAPPED);
  self->form = XQ_RECORD_FORM (form);
  self->term_end = xq_detail_value_row (_ ("Term ends"), NULL);
  xq_record_form_insert (self->form, self->term_end, -1);
  if (detail->higher != NULL)
    xq_record_form_insert (self->form, xq_detail_value_row (_ ("Higher organisation"), detail->higher), -1);
  xq_detail_tab_append ((XqDetailTab *)self, form);
}

static void
append_covered (XqOrganisationTab *self, const XqDetail *detail)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u compound covered", "%u compounds covered", detail->covered->len), detail->covered->len);
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "css-classes", (const char *const[]){ "xq-fields", NULL }, NULL);

  xq_detail_tab_append_title ((XqDetailTab *)self, title, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (guint i = 0; i < detail->covered->len; i++)
    {
      const XqUnit *unit = g_ptr_array_index (detail->covered, i);

      gtk_list_box_append (GTK_LIST_BOX (list), xq_detail_value_row (unit->name, unit->code));
    }
  xq_detail_tab_append ((XqDetailTab *)self, list);
}

static void
append_contact (XqOrganisationTab *self, const XqDetail *detail, gboolean editable)
{
  static const int fields[] = { XQ_CONTACT_POST, XQ_CONTACT_DECIDED, -1 };
  XqDetailTab *tab = (XqDetailTab *)self;
  XqRecordTarget target = { .type = &XQ_CONTACT, .id = xq_record_get_id (detail->coverage.contact), .preset_field = -1 };

  xq_detail_tab_append_title (tab, _ ("Contact"), xq_pill_new (detail->coverage.contact_valid ? XQ_PILL_CONTACT : XQ_PILL_WARNING,
                                                               detail->coverage.contact_valid ? _ ("Valid") : _ ("Not valid"), NULL));
  self->form = xq_detail_tab_append_form (tab, &target, fields, _ ("Contact"));
  xq_record_form_insert (self->form, xq_detail_value_row (_ ("Last confirmed"), detail->confirmed), -1);
  if (!detail->coverage.contact_valid)
    xq_detail_tab_append_remark (tab, _ ("A contact counts only with a post, the day it was decided and a confirmation in the period. Until then the compound counts as not covered."));
  if (editable)
    {
      GtkWidget *buttons = xq_detail_tab_append_buttons (tab);

      xq_detail_tab_add_button (tab, buttons, _ ("_Confirm for This Period"), !detail->coverage.contact_valid, G_CALLBACK (confirm_clicked));
      xq_detail_tab_add_button (tab, buttons, _ ("_Found Organisation…"), FALSE, G_CALLBACK (found_clicked));
      xq_detail_tab_add_button (tab, buttons, _ ("_End Contact…"), FALSE, G_CALLBACK (end_contact_clicked));
    }
}

static void
append_nothing (XqOrganisationTab *self, const XqDetail *detail, gboolean editable)
{
  XqDetailTab *tab = (XqDetailTab *)self;
  XqScheme *scheme = xq_store_get_scheme (xq_context_get_store (xq_detail_tab_get_context (tab)));
  gint64 members = xq_detail_get_full_members (detail, scheme);
  GtkWidget *buttons;

  xq_detail_tab_append_title (tab, _ ("Not covered"), NULL);
  if (members >= xq_scheme_get_founding_members (scheme))
    {
      g_autofree char *text = g_strdup_printf (_ ("%d full members: a branch should be founded (from %d on)."), (int)members, xq_scheme_get_founding_members (scheme));

      xq_detail_tab_append_remark (tab, text);
    }
  else
    {
      g_autofree char *text = g_strdup_printf (_ ("With %d full members or more it founds a branch; with fewer it joins a joint branch or is put under contact."),
                                               xq_scheme_get_founding_members (scheme));

      xq_detail_tab_append_remark (tab, text);
    }
  if (!editable)
    return;
  buttons = xq_detail_tab_append_buttons (tab);
  xq_detail_tab_add_button (tab, buttons, _ ("_Found Organisation…"), members >= xq_scheme_get_founding_members (scheme), G_CALLBACK (found_clicked));
  xq_detail_tab_add_button (tab, buttons, _ ("Put under _Contact…"), FALSE, G_CALLBACK (contact_clicked));
  if (detail->joinable->len > 0)
    xq_detail_tab_add_button (tab, buttons, _ ("_Join…"), FALSE, G_CALLBACK (join_clicked));
}

static void
build (XqOrganisationTab *self, const XqDetail *detail, gboolean editable)
{
  XqDetailTab *tab = (XqDetailTab *)self;
  gboolean own = detail->coverage.coverage == XQ_COVERAGE_OWN;
  GtkWidget *buttons;

  xq_detail_tab_clear (tab);
  self->form = NULL;
  self->term_end = NULL;
  if (detail->coverage.organisation == NULL)
    {
      if (detail->coverage.contact != NULL)
        append_contact (self, detail, editable);
      else
        append_nothing (self, detail, editable);
      return;
    }
  append_organisation_form (self, detail, own);
  if (detail->covered->len > 1)
    append_covered (self, detail);
  if (!editable)
    return;
  buttons = xq_detail_tab_append_buttons (tab);
  if (own)
    xq_detail_tab_add_button (tab, buttons, _ ("_Dissolve…"), FALSE, G_CALLBACK (dissolve_clicked));
  else
    {
      gboolean functional = detail->coverage.coverage == XQ_COVERAGE_FUNCTIONAL && detail->covered->len <= 1;
      const char *basis = xq_scheme_get_founding_basis (xq_store_get_scheme (xq_context_get_store (xq_detail_tab_get_context (tab))));

      /* Where checked-in members found a branch, it is the functional one: there is no other to be founded. */
      if (!functional || strcmp (basis, XQ_MEASURE_CHECKED_IN) != 0)
        xq_detail_tab_add_button (tab, buttons, _ ("_Found Organisation…"), FALSE, G_CALLBACK (found_clicked));
      if (functional)
        xq_detail_tab_add_button (tab, buttons, _ ("_End Coverage…"), FALSE, G_CALLBACK (end_coverage_clicked));
      else
        xq_detail_tab_add_button (tab, buttons, _ ("_Leave…"), FALSE, G_CALLBACK (leave_clicked));
    }
}

/* The last day of the term, from its start and length; NULL where either is unknown. */
static char *
dup_term_end (const XqRecord *organisation)
{
  const char *started = xq_record_get_text (organisation, XQ_ORGANISATION_TERM_STARTED);
  int year, month, day;
  g_autoptr (GDateTime) start = NULL;
  g_autoptr (GDateTime) end = NULL;

  if (started == NULL || xq_record_is_null (organisation, XQ_ORGANISATION_TERM_YEARS) || sscanf (started, "%d-%d-%d", &year, &month, &day) != 3)
    return NULL;
  start = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (start == NULL)
    return NULL;
  end = g_date_time_add_years (start, (int)xq_record_get_int (organisation, XQ_ORGANISATION_TERM_YEARS));
  return g_date_time_format (end, "%Y-%m-%d");
}

static void
xq_organisation_tab_update (XqDetailTab *tab)
{
  XqOrganisationTab *self = (XqOrganisationTab *)tab;
  const XqDetail *detail = xq_detail_tab_get_detail (tab);
  gboolean editable = xq_detail_tab_get_editable (tab);
  const XqRecord *shown = NULL;
  g_autofree char *wanted = NULL;

  /* Only compounds are covered. */
  if (detail->unit->level != XQ_LEVEL_COMPOUND)
    {
      xq_detail_tab_clear (tab);
      g_clear_pointer (&self->built, g_free);
      self->form = NULL;
      return;
    }
  shown = detail->coverage.organisation != NULL ? detail->coverage.organisation : detail->coverage.contact;
  wanted = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%d/%d/%d/%s/%u/%" G_GINT64_FORMAT, detail->unit->id,
                                             shown != NULL ? xq_record_get_id (shown) : 0, detail->coverage.coverage, detail->coverage.contact_valid, editable,
                                             detail->confirmed != NULL ? detail->confirmed : "", detail->covered->len,
                                             shown == NULL ? xq_detail_get_full_members (detail, xq_store_get_scheme (xq_context_get_store (xq_detail_tab_get_context (tab)))) : 0);

  if (g_strcmp0 (self->built, wanted) != 0)
    {
      build (self, detail, editable);
      g_free (self->built);
      self->built = g_steal_pointer (&wanted);
    }
  if (self->form == NULL)
    return;
  xq_record_form_set_record (self->form, shown);
  xq_record_form_set_editable (self->form, editable);
  if (detail->coverage.organisation != NULL)
    {
      XqScheme *scheme = xq_store_get_scheme (xq_context_get_store (xq_detail_tab_get_context (tab)));
      g_autofree char *advice = xq_detail_advise (shown, XQ_ORGANISATION_COMMITTEE_SIZE, xq_detail_get_full_members (detail, scheme));
      g_autofree char *end = dup_term_end (shown);

      xq_field_row_set_advice (xq_record_form_get_row (self->form, XQ_ORGANISATION_COMMITTEE_SIZE), advice);
      xq_detail_value_row_set (self->term_end, end);
      if (detail->coverage.coverage != XQ_COVERAGE_OWN)
        xq_field_row_set_editable (xq_record_form_get_row (self->form, XQ_ORGANISATION_KIND), FALSE);
    }
}

static void
xq_organisation_tab_finalize (GObject *object)
{
  g_free (((XqOrganisationTab *)object)->built);
  G_OBJECT_CLASS (xq_organisation_tab_parent_class)->finalize (object);
}

static void
xq_organisation_tab_class_init (XqOrganisationTabClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_organisation_tab_finalize;
  klass->update = xq_organisation_tab_update;
}

static void
xq_organisation_tab_init (XqOrganisationTab *self)
{
  xq_detail_tab_set_sections ((XqDetailTab *)self, XQ_TAB_ORGANISATION);
}
