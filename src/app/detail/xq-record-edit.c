#include "xq-record-edit.h"

#include <glib/gi18n-lib.h>

#include "xq-personal.h"
#include "xq-record-dialog.h"
#include "xq-scheme-words.h"

/* One editing: from the click to the command. */
typedef struct
{
  GtkWidget *widget; /* weak */
  XqContext *context;
  XqUnit *unit;
  XqRecord *record;
  gboolean is_new;
  gboolean full;
  int step;            /* an XqTicketStep that is taken, or -1 */
  char *day;           /* the working day */
  GPtrArray **options; /* one a field: choices of a reference, or NULL */
} Editing;

static void
editing_free (gpointer data)
{
  Editing *editing = data;

  for (guint i = 0; editing->options != NULL && i < xq_record_type_n_fields (xq_record_get_type_of (editing->record)); i++)
    g_clear_pointer (&editing->options[i], g_ptr_array_unref);
  g_free (editing->options);
  g_clear_weak_pointer (&editing->widget);
  g_clear_object (&editing->context);
  g_clear_pointer (&editing->unit, xq_unit_free);
  g_clear_pointer (&editing->record, xq_record_free);
  g_free (editing->day);
  g_free (editing);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Editing, editing_free)

/* What a step is called in the history: the kind of record and, where it is nobody's, its title. */
static char *
dup_what (const XqScheme *scheme, const char *verb, const XqRecord *record)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  const char *label = g_dgettext (GETTEXT_PACKAGE, type->label);
  int field = xq_record_get_title_field (record);
  g_autofree char *title = NULL;

  if (field < 0 || type->fields[field].type != XQ_FIELD_TEXT || xq_field_get_personal (type, field) != XQ_PERSONAL_NONE)
    return g_strdup_printf ("%s %s", verb, label);
  title = xq_scheme_get_record_title (scheme, record, FALSE);
  return g_strdup_printf ("%s %s “%s”", verb, label, title);
}

static char *
dup_label (Editing *editing, const char *verb)
{
  g_autofree char *what = dup_what (xq_store_get_scheme (xq_context_get_store (editing->context)), verb, editing->record);

  return xq_command_label (editing->unit->name, what);
}

/* Saving */

typedef struct
{
  XqRecord *event;
} StepCommand;

static void
step_command_free (gpointer data)
{
  g_clear_pointer (&((StepCommand *)data)->event, xq_record_free);
  g_free (data);
}

static XqAnswer
answer_of (const XqRecord *event, int field)
{
  return xq_record_is_null (event, field)        ? XQ_ANSWER_UNKNOWN
         : xq_record_get_int (event, field) != 0 ? XQ_ANSWER_YES
                                                 : XQ_ANSWER_NO;
}

static gpointer
step_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const XqRecord *event = ((StepCommand *)data)->event;
  XqTicketMove move = { .step = (XqTicketStep)xq_ticket_step_from_nick (xq_record_get_text (event, XQ_TICKET_EVENT_KIND)),
                        .day = xq_record_get_text (event, XQ_TICKET_EVENT_DAY),
                        .department = xq_record_get_int (event, XQ_TICKET_EVENT_DEPARTMENT),
                        .text = xq_record_get_text (event, XQ_TICKET_EVENT_TEXT),
                        .solved = answer_of (event, XQ_TICKET_EVENT_SOLVED),
                        .satisfied = answer_of (event, XQ_TICKET_EVENT_SATISFIED) };

  xq_ticket_take_step (tx, xq_record_get_int (event, XQ_TICKET_EVENT_TICKET), &move, error);
  return NULL;
}

static void
accepted (XqRecord *record, gpointer data)
{
  Editing *editing = data;
  g_autofree char *label = NULL;

  if (editing->widget == NULL || xq_context_get_store (editing->context) == NULL)
    {
      xq_record_free (record);
      return;
    }
  xq_record_free (editing->record);
  editing->record = xq_record_copy (record);
  if (editing->step >= 0)
    {
      StepCommand *command = g_new0 (StepCommand, 1);

      command->event = record;
      label = xq_command_label (editing->unit->name,
                                xq_enum_label (&XQ_ENUM_TICKET_STEP, xq_ticket_step_to_nick ((XqTicketStep)editing->step)));
      xq_command_run (editing->context, label, step_job, command, step_command_free, editing->widget);
      return;
    }
  label = dup_label (editing, editing->is_new ? _ ("add") : _ ("change"));
  if (editing->is_new)
    xq_command_insert (editing->context, record, label, editing->widget);
  else
    xq_command_update (editing->context, record, label, editing->widget);
}

/* Asking */

/* Fields that follow from others, or are what the record is about to begin with. */
static gboolean
is_asked (Editing *editing, int field)
{
  const XqRecordType *type = xq_record_get_type_of (editing->record);
  const XqField *description = &type->fields[field];
  gboolean empty = xq_record_is_null (editing->record, field);

  if (type == &XQ_TICKET_EVENT)
    {
      if (field == XQ_TICKET_EVENT_DEPARTMENT)
        return editing->step == XQ_TICKET_STEP_DISPATCH || editing->step == XQ_TICKET_STEP_REDIRECT;
      if (field == XQ_TICKET_EVENT_SOLVED || field == XQ_TICKET_EVENT_SATISFIED)
        return editing->step == XQ_TICKET_STEP_VERIFY;
      return field == XQ_TICKET_EVENT_DAY || field == XQ_TICKET_EVENT_TEXT;
    }
  /* What was acknowledged, and the figures that it was acknowledged with, stay. */
  if (type == &XQ_FINDING_ACKNOWLEDGEMENT)
    return field == XQ_FINDING_ACKNOWLEDGEMENT_REASON || field == XQ_FINDING_ACKNOWLEDGEMENT_VALID_TO
           || field == XQ_FINDING_ACKNOWLEDGEMENT_POST;
  if (type == &XQ_TICKET && (field == XQ_TICKET_DEADLINE || field == XQ_TICKET_RESPOND_BY))
    return FALSE;
  if (description->type == XQ_FIELD_REFERENCE && (editing->options[field] == NULL || editing->options[field]->len == 0))
    return FALSE;
  if (g_strcmp0 (description->name, type->parent) == 0 && !empty && description->required)
    return FALSE;
  /* What is masked is not to be written over by who can not see it. */
  return empty || editing->full || xq_field_get_personal (type, field) == XQ_PERSONAL_NONE;
}

static void
set_options (AdwMessageDialog *dialog, Editing *editing, int field, GArray *words)
{
  const XqField *description = &xq_record_get_type_of (editing->record)->fields[field];
  g_autofree char *present = xq_record_format_field (editing->record, field);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GPtrArray *rows = editing->options[field];
  gboolean known = *present == '\0';

  if (!description->required || *present == '\0')
    {
      g_ptr_array_add (values, (gpointer) "");
      g_ptr_array_add (labels, (gpointer) "");
    }
  for (guint i = 0; words != NULL && i < words->len; i++)
    {
      const XqSchemeItem *word = &g_array_index (words, XqSchemeItem, i);

      if (word->closed && strcmp (word->id, present) != 0)
        continue;
      g_ptr_array_add (values, (gpointer)word->id);
      g_ptr_array_add (labels, (gpointer)(*word->label != '\0' ? word->label : word->id));
    }
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const XqRecordOption *option = g_ptr_array_index (rows, i);

      g_ptr_array_add (values, option->value);
      g_ptr_array_add (labels, option->label);
    }
  for (guint i = 0; !known && i < values->len; i++)
    known = g_strcmp0 (g_ptr_array_index (values, i), present) == 0;
  if (!known)
    {
      g_ptr_array_add (values, present);
      g_ptr_array_add (labels, present);
    }
  g_ptr_array_add (values, NULL);
  g_ptr_array_add (labels, NULL);
  xq_record_dialog_set_options (dialog, field, (const char *const *)values->pdata, (const char *const *)labels->pdata);
}

/* The backgrounds of secretaries that the scheme speaks of. */
static void
limit_backgrounds (AdwMessageDialog *dialog, Editing *editing, int field, const XqScheme *scheme)
{
  const char *const *backgrounds = xq_scheme_get_secretary_backgrounds (scheme);
  const char *present = xq_record_get_text (editing->record, field);
  g_autoptr (GPtrArray) nicks = g_ptr_array_new ();

  g_ptr_array_add (nicks, (gpointer) "");
  for (guint i = 0; backgrounds[i] != NULL; i++)
    g_ptr_array_add (nicks, (gpointer)backgrounds[i]);
  if (present != NULL && !g_strv_contains (backgrounds, present))
    g_ptr_array_add (nicks, (gpointer)present);
  g_ptr_array_add (nicks, NULL);
  if (nicks->len > 2)
    xq_record_dialog_limit (dialog, field, (const char *const *)nicks->pdata);
}

static char *
dup_heading (const Editing *editing)
{
  const char *label = g_dgettext (GETTEXT_PACKAGE, xq_record_get_type_of (editing->record)->label);

  if (editing->step >= 0)
    return g_strdup (xq_enum_label (&XQ_ENUM_TICKET_STEP, xq_ticket_step_to_nick ((XqTicketStep)editing->step)));
  /* Translators: what is added or changed, as in 新增：党员 */
  return g_strdup_printf (editing->is_new ? _ ("Add: %s") : _ ("Change: %s"), label);
}

static void
ask (Editing *editing)
{
  const XqRecordType *type = xq_record_get_type_of (editing->record);
  XqScheme *scheme = xq_store_get_scheme (xq_context_get_store (editing->context));
  g_autofree char *heading = dup_heading (editing);
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (int));
  AdwMessageDialog *dialog;
  int end = -1;

  for (int i = 0; type->fields[i].name != NULL; i++)
    if (is_asked (editing, i))
      g_array_append_val (fields, i);
  g_array_append_val (fields, end);
  dialog = xq_record_dialog_show (editing->widget, heading, editing->unit->name, editing->is_new ? _ ("_Add") : _ ("_Save"),
                                  xq_record_copy (editing->record), (const int *)(gconstpointer)fields->data, accepted, editing);
  g_object_set_data_full (G_OBJECT (dialog), "editing", editing, editing_free);
  for (guint i = 0; g_array_index (fields, int, i) >= 0; i++)
    {
      int field = g_array_index (fields, int, i);
      g_autoptr (GArray) words = xq_scheme_list_words (scheme, editing->record, field);

      if (type->fields[field].type == XQ_FIELD_REFERENCE || words->len > 0)
        set_options (dialog, editing, field, words);
      else if (type->fields[field].values == &XQ_ENUM_SECRETARY_BACKGROUND)
        limit_backgrounds (dialog, editing, field, scheme);
    }
}

/* Reading what the form offers */

static gpointer
options_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Editing *editing = data;
  const XqRecordType *type = xq_record_get_type_of (editing->record);

  editing->day = xq_working_day (tx);
  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      if (type->fields[i].type != XQ_FIELD_REFERENCE
          || (g_strcmp0 (type->fields[i].name, type->parent) == 0 && !xq_record_is_null (editing->record, i)))
        continue;
      editing->options[i] = xq_record_options_load (tx, type, i, editing->unit->id, editing->full, error);
      if (editing->options[i] == NULL)
        return NULL;
    }
  if (type == &XQ_TICKET && editing->is_new)
    {
      g_autofree char *number = xq_ticket_next_number (tx, editing->day, error);

      xq_record_set_text (editing->record, XQ_TICKET_NUMBER, number);
    }
  return editing;
}

/* What stands in a new record before anything is typed: the day, and the only owner there is. */
static void
preset (Editing *editing)
{
  const XqRecordType *type = xq_record_get_type_of (editing->record);
  int owner = xq_record_type_find (type, type->parent);

  if (owner >= 0 && xq_record_is_null (editing->record, owner) && editing->options[owner] != NULL && type->fields[owner].required)
    {
      GPtrArray *owners = editing->options[owner];

      if (owners->len > 0)
        xq_record_set_int (editing->record, owner,
                           g_ascii_strtoll (((XqRecordOption *)g_ptr_array_index (owners, 0))->value, NULL, 10));
      if (owners->len == 1)
        g_clear_pointer (&editing->options[owner], g_ptr_array_unref);
    }
  for (int i = 0; type->fields[i].name != NULL; i++)
    if (type->fields[i].type == XQ_FIELD_DATE && type->fields[i].required && xq_record_is_null (editing->record, i))
      xq_record_set_text (editing->record, i, editing->day);
}

/* A record that belongs to something else than the unit can only be entered where that is there. What is missing; −1: nothing. */
static int
find_missing (Editing *editing)
{
  const XqRecordType *type = xq_record_get_type_of (editing->record);

  for (int i = 0; type->fields[i].name != NULL; i++)
    if (type->fields[i].type == XQ_FIELD_REFERENCE && type->fields[i].required && xq_record_is_null (editing->record, i)
        && (editing->options[i] == NULL || editing->options[i]->len == 0))
      return i;
  return -1;
}

static void
options_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Editing) editing = data;
  g_autoptr (GError) error = NULL;
  const XqRecordType *type = xq_record_get_type_of (editing->record);
  int missing;

  xq_store_read_finish (XQ_STORE (source), result, &error);
  if (editing->widget == NULL || gtk_widget_get_root (editing->widget) == NULL
      || xq_context_get_store (editing->context) != XQ_STORE (source))
    return;
  if (error != NULL)
    {
      gtk_widget_activate_action (editing->widget, "win.show-error", "(ss)", _ ("The form cannot be shown"), error->message);
      return;
    }
  if (editing->is_new)
    preset (editing);
  missing = find_missing (editing);
  if (missing >= 0)
    {
      const XqField *owner = &type->fields[missing];
      g_autofree char *message = g_strdup_printf (_ ("This belongs to a %s, and %s has none yet; enter that first."),
                                                  g_dgettext (GETTEXT_PACKAGE, owner->label), editing->unit->name);

      gtk_widget_activate_action (editing->widget, "win.show-error", "(ss)", _ ("Not yet possible"), message);
      return;
    }
  ask (g_steal_pointer (&editing));
}

static void
start (const XqRecordEdit *edit, XqRecord *record, gboolean is_new, int step)
{
  Editing *editing = g_new0 (Editing, 1);

  g_set_weak_pointer (&editing->widget, edit->widget);
  editing->context = g_object_ref (edit->context);
  editing->unit = xq_unit_copy (edit->unit);
  editing->record = record;
  editing->is_new = is_new;
  editing->full = edit->full;
  editing->step = step;
  editing->options = g_new0 (GPtrArray *, xq_record_type_n_fields (xq_record_get_type_of (record)));
  xq_store_read_async (xq_context_get_store (edit->context), options_job, editing, NULL, NULL, NULL, options_read, editing);
}

void
xq_record_edit_add (const XqRecordEdit *edit, const XqRecordType *type, gint64 owner)
{
  XqRecord *record = xq_record_new (type);
  int field = xq_record_type_find (type, type->parent);

  if (owner == 0 && field >= 0 && strcmp (type->fields[field].target, XQ_UNIT.name) == 0)
    owner = edit->unit->id;
  if (owner != 0)
    xq_record_set_int (record, field, owner);
  start (edit, record, TRUE, -1);
}

void
xq_record_edit_change (const XqRecordEdit *edit, const XqRecord *record)
{
  start (edit, xq_record_copy (record), FALSE, -1);
}

void
xq_record_edit_delete (const XqRecordEdit *edit, const XqRecord *record)
{
  g_autofree char *what = dup_what (xq_store_get_scheme (xq_context_get_store (edit->context)), _ ("delete"), record);
  g_autofree char *label = xq_command_label (edit->unit->name, what);

  xq_command_delete (edit->context, xq_record_get_type_of (record), xq_record_get_id (record), label, edit->widget);
}

void
xq_record_edit_step (const XqRecordEdit *edit, const XqRecord *ticket, XqTicketStep step)
{
  XqRecord *event = xq_record_new (&XQ_TICKET_EVENT);

  xq_record_set_int (event, XQ_TICKET_EVENT_TICKET, xq_record_get_id (ticket));
  xq_record_set_int (event, XQ_TICKET_EVENT_ORDINAL, 1);
  xq_record_set_text (event, XQ_TICKET_EVENT_KIND, xq_ticket_step_to_nick (step));
  start (edit, event, TRUE, (int)step);
}
