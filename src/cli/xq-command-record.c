/* record: every record of a document, listed, entered, changed and deleted without a display. */

#include "xq-cli-context.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "xq-person.h"
#include "xq-record-home.h"
#include "xq-scheme-words.h"
#include "xq-ticket.h"

/* Positionals before what an action takes of its own: FILE ACTION TYPE. */
#define FIRST_OWN 3

typedef struct
{
  XqCli *cli;
  const XqRecordType *type;
  XqCliScope scope;
  gint64 id; /* of set and delete */
  gint64 limit;
  gboolean full;        /* persons are shown */
  JsonBuilder *builder; /* or %NULL */
  XqCliTable *table;    /* or %NULL */
  guint n_rows;
  const char *name; /* of erase */
  gboolean everywhere;
  GArray *persons; /* XqPersonRow */
  XqPersonErasure erasure;
} Request;

static void
request_clear (Request *request)
{
  xq_cli_scope_clear (&request->scope);
  g_clear_object (&request->builder);
  g_clear_pointer (&request->table, xq_cli_table_free);
  g_clear_pointer (&request->persons, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static const XqRecordType *
find_type (const char *name, GError **error)
{
  const XqRecordType *type = xq_record_type_by_name (name);

  for (guint i = 0; type == NULL && XQ_RECORD_TYPES[i] != NULL; i++)
    if (strcmp (g_dgettext (GETTEXT_PACKAGE, XQ_RECORD_TYPES[i]->label), name) == 0)
      type = XQ_RECORD_TYPES[i];
  if (type == NULL)
    g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED,
                 _ ("there are no records called “%s”; see “xiaoqu-cli record FILE types”"), name);
  return type;
}

static gboolean
read_id (const char *text, gint64 *id, GError **error)
{
  char *end = NULL;

  *id = g_ascii_strtoll (text, &end, 10);
  if (end != text && *end == '\0' && *id > 0)
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE,
               _ ("“%s” is no number of a record; “record FILE list TYPE” shows the numbers"), text);
  return FALSE;
}

/* Showing */

/* What a reference names, as people call it. */
static char *
format_reference (XqTransaction *tx, const Request *request, const XqRecord *record, int field, GError **error)
{
  const char *target = request->type->fields[field].target;
  gint64 id = xq_record_get_int (record, field);

  if (strcmp (target, XQ_UNIT.name) == 0)
    {
      g_autoptr (XqUnit) unit = xq_unit_load (tx, id, error);

      return unit != NULL ? g_strdup (unit->path) : NULL;
    }
  return xq_record_describe (tx, xq_record_type_by_name (target), id, request->full, error);
}

static char *
format_value (XqTransaction *tx, const Request *request, const XqRecord *record, int field, GError **error)
{
  if (request->type->fields[field].type == XQ_FIELD_REFERENCE && !xq_record_is_null (record, field))
    return format_reference (tx, request, record, field, error);
  return xq_scheme_format_field (xq_store_get_scheme (xq_transaction_get_store (tx)), record, field, request->full);
}

/* Numbers as they are stored: money and areas in hundredths, shares in thousandths, a reference as the row's number. */
static void
add_json_value (const Request *request, const XqRecord *record, int field)
{
  const XqField *description = &request->type->fields[field];
  JsonBuilder *builder = request->builder;

  if (xq_record_is_null (record, field))
    xq_cli_json_set_text (builder, description->name, NULL);
  else if (description->type == XQ_FIELD_REFERENCE)
    xq_cli_json_set_id (builder, description->name, xq_record_get_int (record, field));
  else if (description->type == XQ_FIELD_BOOLEAN)
    xq_cli_json_set_boolean (builder, description->name, xq_record_get_int (record, field) != 0);
  else if (description->type == XQ_FIELD_INTEGER || description->type == XQ_FIELD_MONEY || description->type == XQ_FIELD_PERMILLE)
    xq_cli_json_set_int (builder, description->name, xq_record_get_int (record, field));
  else if (xq_field_get_personal (request->type, field) != XQ_PERSONAL_NONE)
    {
      g_autofree char *shown = xq_record_format_shown (record, field, request->full);

      xq_cli_json_set_text (builder, description->name, shown);
    }
  else
    xq_cli_json_set_text (builder, description->name, xq_record_get_text (record, field));
}

static gboolean
add_json_record (XqTransaction *tx, const Request *request, const XqRecord *record, GError **error)
{
  JsonBuilder *builder = request->builder;
  g_autoptr (XqUnit) unit = NULL;
  gint64 home;

  if (!xq_record_find_home (tx, record, &home, error))
    return FALSE;
  if (home != 0)
    {
      unit = xq_unit_load (tx, home, error);
      if (unit == NULL)
        return FALSE;
    }
  json_builder_begin_object (builder);
  xq_cli_json_set_id (builder, "id", xq_record_get_id (record));
  json_builder_set_member_name (builder, "unit");
  if (unit != NULL)
    {
      json_builder_begin_object (builder);
      xq_cli_json_set_id (builder, "id", unit->id);
      xq_cli_json_set_text (builder, "level", xq_level_to_nick (unit->level));
      xq_cli_json_set_text (builder, "code", unit->code);
      xq_cli_json_set_text (builder, "name", unit->name);
      xq_cli_json_set_text (builder, "path", unit->path);
      json_builder_end_object (builder);
    }
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "values");
  json_builder_begin_object (builder);
  for (int i = 0; request->type->fields[i].name != NULL; i++)
    add_json_value (request, record, i);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "origins");
  json_builder_begin_object (builder);
  for (int i = 0; request->type->fields[i].name != NULL; i++)
    if (!xq_record_is_null (record, i))
      xq_cli_json_set_text (builder, request->type->fields[i].name,
                            xq_enum_nick (&XQ_ENUM_ORIGIN, xq_record_get_origin (record, i)));
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return TRUE;
}

/* One line a record: its number, then every field that it has, named. */
static gboolean
add_table_record (XqTransaction *tx, const Request *request, const XqRecord *record, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, xq_record_get_id (record));
  g_autoptr (GString) values = g_string_new (NULL);
  const char *cells[2] = { number, NULL };

  for (int i = 0; request->type->fields[i].name != NULL; i++)
    {
      g_autofree char *value = NULL;

      if (xq_record_is_null (record, i))
        continue;
      value = format_value (tx, request, record, i, error);
      if (value == NULL)
        return FALSE;
      g_string_append_printf (values, "%s%s=%s", values->len > 0 ? "  " : "",
                              g_dgettext (GETTEXT_PACKAGE, request->type->fields[i].label), value);
    }
  cells[1] = values->str;
  xq_cli_table_add_row (request->table, cells);
  return TRUE;
}

static gboolean
add_record (XqTransaction *tx, Request *request, const XqRecord *record, GError **error)
{
  request->n_rows++;
  return request->builder != NULL ? add_json_record (tx, request, record, error) : add_table_record (tx, request, record, error);
}

static gpointer
list_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (GPtrArray) records = NULL;

  if (request->scope.unit_text == NULL)
    records = xq_record_list (tx, request->type, -1, 0, error);
  else if (xq_cli_scope_resolve (&request->scope, tx, error))
    records = xq_record_list_below (tx, request->type, request->scope.unit->id, error);
  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len && i < request->limit; i++)
    if (!add_record (tx, request, g_ptr_array_index (records, i), error))
      return NULL;
  return request;
}

/* That persons were shown, and why, belongs in the history; of whom does not. */
static gpointer
mark_shown (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_person_note_shown (tx, error);
  return NULL;
}

static gboolean
note_shown (Request *request, XqStore *store, GError **error)
{
  const char *reason = xq_cli_get_option (request->cli, XQ_OPTION_REASON);
  g_autofree char *label = NULL;
  g_autoptr (GError) local = NULL;

  if (!request->full || !xq_record_type_is_personal (request->type))
    return TRUE;
  label = g_strdup_printf (_ ("Persons shown unmasked: %s"), reason);
  xq_store_write (store, label, mark_shown, NULL, NULL, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
run_list (Request *request, GError **error)
{
  XqCli *cli = request->cli;
  g_autoptr (XqStore) store = NULL;

  request->limit = G_MAXINT32;
  if (!xq_arguments_get_int (cli->arguments, XQ_OPTION_LIMIT, 1, G_MAXINT32, &request->limit, error)
      || !xq_cli_scope_init (&request->scope, cli, error))
    return FALSE;
  request->full = xq_cli_has_option (cli, XQ_OPTION_FULL);
  if (request->full && (xq_cli_get_option (cli, XQ_OPTION_REASON) == NULL || *xq_cli_get_option (cli, XQ_OPTION_REASON) == '\0'))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE,
                   _ ("persons are shown only for a reason, which is kept in the history; add --reason TEXT"));
      return FALSE;
    }
  store = xq_cli_open (cli, request->full && xq_record_type_is_personal (request->type), error);
  if (store == NULL || !note_shown (request, store, error))
    return FALSE;
  if (cli->json)
    {
      request->builder = json_builder_new ();
      json_builder_begin_object (request->builder);
      xq_cli_json_set_text (request->builder, "type", request->type->name);
      json_builder_set_member_name (request->builder, "rows");
      json_builder_begin_array (request->builder);
    }
  else
    request->table = xq_cli_table_new ("rl");
  if (xq_store_read (store, list_job, request, G_CANCELLABLE (cli->progress), error) == NULL)
    return FALSE;
  if (cli->json)
    {
      json_builder_end_array (request->builder);
      json_builder_end_object (request->builder);
      xq_cli_json_print (request->builder);
    }
  else if (request->n_rows == 0)
    printf ("%s\n", _ ("There are none."));
  else
    xq_cli_table_print (request->table);
  return xq_store_close (store, error);
}

/* Entering */

static int
find_field (const XqRecordType *type, const char *name, GError **error)
{
  int field = xq_record_type_find (type, name);

  for (int i = 0; field < 0 && type->fields[i].name != NULL; i++)
    if (strcmp (g_dgettext (GETTEXT_PACKAGE, type->fields[i].label), name) == 0)
      field = i;
  if (field < 0)
    g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("%s has no field “%s”; see “xiaoqu-cli record FILE types %s”"),
                 g_dgettext (GETTEXT_PACKAGE, type->label), name, type->name);
  return field;
}

static gboolean
take_value (XqTransaction *tx, const Request *request, XqRecord *record, int field, const char *text, gint64 near, GError **error)
{
  const XqField *description = &request->type->fields[field];

  if (description->type == XQ_FIELD_REFERENCE && *text != '\0')
    {
      gint64 id = xq_record_resolve (tx, xq_record_type_by_name (description->target), text, near, error);

      if (id != 0)
        xq_record_set_int (record, field, id);
      return id != 0;
    }
  if (description->words != NULL && *text != '\0')
    text = xq_scheme_match_word (xq_store_get_scheme (xq_transaction_get_store (tx)), record, field, text);
  return xq_record_parse_field (record, field, text, error);
}

/* FIELD=VALUE … from the @first positional on. The unit that is named with --unit is whose record it is. */
static gboolean
take_values (XqTransaction *tx, const Request *request, XqRecord *record, guint first, gint64 near, GError **error)
{
  const GPtrArray *positionals = request->cli->arguments->positionals;

  for (guint i = first + 1; i < positionals->len; i++)
    {
      const char *argument = g_ptr_array_index (positionals, i);
      const char *equals = strchr (argument, '=');
      g_autofree char *name = equals != NULL ? g_strndup (argument, (gsize)(equals - argument)) : NULL;
      int field;

      if (equals == NULL)
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” is not of the form FIELD=VALUE; write for example name=…"),
                       argument);
          return FALSE;
        }
      field = find_field (request->type, name, error);
      if (field < 0 || !take_value (tx, request, record, field, equals + 1, near, error))
        return FALSE;
    }
  return TRUE;
}

/* --unit names the owner where that is a unit; else the owner is looked for in it: it must be the only one there or be given as a
 * field. */
static gboolean
take_owner (XqTransaction *tx, Request *request, XqRecord *record, GError **error)
{
  int field = request->type->parent != NULL ? xq_record_type_find (request->type, request->type->parent) : -1;
  g_autoptr (GPtrArray) owners = NULL;

  if (field < 0 || request->scope.unit_text == NULL)
    return TRUE;
  if (!xq_cli_scope_resolve (&request->scope, tx, error))
    return FALSE;
  if (strcmp (request->type->fields[field].target, XQ_UNIT.name) == 0)
    {
      xq_record_set_int (record, field, request->scope.unit->id);
      return TRUE;
    }
  owners
      = xq_record_list_of_unit (tx, xq_record_type_by_name (request->type->fields[field].target), request->scope.unit->id, error);
  if (owners == NULL)
    return FALSE;
  if (owners->len == 1)
    xq_record_set_int (record, field, xq_record_get_id (g_ptr_array_index (owners, 0)));
  return TRUE;
}

/* The steps of a ticket hold together: a change of one is looked at with the others. */
static gboolean
settle (XqTransaction *tx, const XqRecord *record, GError **error)
{
  if (xq_record_get_type_of (record) == &XQ_TICKET)
    return xq_ticket_settle (tx, xq_record_get_id (record), error);
  if (xq_record_get_type_of (record) == &XQ_TICKET_EVENT)
    return xq_ticket_settle (tx, xq_record_get_int (record, XQ_TICKET_EVENT_TICKET), error);
  return TRUE;
}

static gpointer
add_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (XqRecord) record = xq_record_new (request->type);

  if (!take_owner (tx, request, record, error)
      || !take_values (tx, request, record, FIRST_OWN, request->scope.unit != NULL ? request->scope.unit->id : 0, error))
    return NULL;
  if (request->type == &XQ_TICKET)
    request->id = xq_ticket_raise (tx, record, error);
  else
    request->id = xq_record_insert (tx, record, error);
  if (request->id != 0)
    settle (tx, record, error);
  return NULL;
}

static gpointer
set_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (XqRecord) record = xq_record_load (tx, request->type, request->id, error);
  gint64 home = 0;

  if (record != NULL && xq_record_find_home (tx, record, &home, error)
      && take_values (tx, request, record, FIRST_OWN + 1, home, error))
    if (xq_record_update (tx, record, FALSE, error))
      settle (tx, record, error);
  return NULL;
}

static gpointer
delete_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (XqRecord) record = xq_record_load (tx, request->type, request->id, error);

  if (record != NULL && xq_record_delete (tx, request->type, request->id, error) && request->type != &XQ_TICKET)
    settle (tx, record, error);
  return NULL;
}

/* The history tells what kind of record it was and what was done, never what it held. */
static gboolean
write_record (Request *request, const char *format, XqJobFunc func, GError **error)
{
  XqCli *cli = request->cli;
  g_autofree char *label = g_strdup_printf (format, g_dgettext (GETTEXT_PACKAGE, request->type->label));
  g_autoptr (XqStore) store = NULL;
  g_autoptr (GError) local = NULL;

  if (!xq_cli_scope_init (&request->scope, cli, error))
    return FALSE;
  store = xq_cli_open (cli, TRUE, error);
  if (store == NULL)
    return FALSE;
  xq_store_write (store, label, func, request, G_CANCELLABLE (cli->progress), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!xq_store_close (store, error))
    return FALSE;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "done", label);
      xq_cli_json_set_text (builder, "type", request->type->name);
      xq_cli_json_set_id (builder, "id", request->id);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, request->id);

      printf (_ ("%s: no. %s\n"), label, number);
    }
  return TRUE;
}

/* Describing */

static char *
describe_values (const XqField *field)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (field->type == XQ_FIELD_REFERENCE)
    return g_strdup_printf (_ ("a %s: its number or name"),
                            g_dgettext (GETTEXT_PACKAGE, xq_record_type_by_name (field->target)->label));
  if (field->type == XQ_FIELD_DATE)
    return g_strdup (_ ("a day: 2024-10-28"));
  if (field->type == XQ_FIELD_BOOLEAN)
    return g_strdup (_ ("yes or no"));
  if (field->words != NULL)
    return g_strdup (_ ("a word of the scheme, or any text"));
  if (field->type == XQ_FIELD_ENUM)
    for (const XqEnumValue *value = field->values->values; value->nick != NULL; value++)
      g_string_append_printf (text, "%s%s (%s)", text->len > 0 ? ", " : "", value->nick,
                              g_dgettext (GETTEXT_PACKAGE, value->label));
  else if (field->measure != NULL)
    g_string_append (text, g_dgettext (GETTEXT_PACKAGE, field->measure));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
field_type_nick (const XqField *field)
{
  static const char *const nicks[] = {
    [XQ_FIELD_INTEGER] = "integer",  [XQ_FIELD_BOOLEAN] = "boolean",      [XQ_FIELD_TEXT] = "text",
    [XQ_FIELD_DATE] = "date",        [XQ_FIELD_ENUM] = "choice",          [XQ_FIELD_REFERENCE] = "reference",
    [XQ_FIELD_MONEY] = "hundredths", [XQ_FIELD_PERMILLE] = "thousandths",
  };

  return nicks[field->type];
}

static void
print_type_json (JsonBuilder *builder, const XqRecordType *type)
{
  json_builder_begin_object (builder);
  xq_cli_json_set_text (builder, "type", type->name);
  xq_cli_json_set_text (builder, "label", g_dgettext (GETTEXT_PACKAGE, type->label));
  xq_cli_json_set_text (builder, "owner", type->parent);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      const XqField *field = &type->fields[i];

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "name", field->name);
      xq_cli_json_set_text (builder, "label", g_dgettext (GETTEXT_PACKAGE, field->label));
      xq_cli_json_set_text (builder, "type", field_type_nick (field));
      xq_cli_json_set_boolean (builder, "required", field->required);
      xq_cli_json_set_text (builder, "target", field->target);
      xq_cli_json_set_text (builder, "words", field->words);
      json_builder_set_member_name (builder, "choices");
      json_builder_begin_array (builder);
      for (guint k = 0; field->type == XQ_FIELD_ENUM && field->values->values[k].nick != NULL; k++)
        json_builder_add_string_value (builder, field->values->values[k].nick);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static gboolean
run_types (Request *request, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (XqCliTable) table = xq_cli_table_new ("lll");

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "types");
  json_builder_begin_array (builder);
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    {
      const XqRecordType *type = XQ_RECORD_TYPES[t];

      if (request->type != NULL && request->type != type)
        continue;
      print_type_json (builder, type);
      if (request->type == NULL)
        {
          const char *cells[3] = { type->name, g_dgettext (GETTEXT_PACKAGE, type->label), type->parent };

          xq_cli_table_add_row (table, cells);
        }
      for (int i = 0; request->type != NULL && type->fields[i].name != NULL; i++)
        {
          g_autofree char *name = g_strconcat (type->fields[i].name, type->fields[i].required ? " *" : "", NULL);
          g_autofree char *values = describe_values (&type->fields[i]);
          const char *cells[3] = { name, g_dgettext (GETTEXT_PACKAGE, type->fields[i].label), values };

          xq_cli_table_add_row (table, cells);
        }
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (request->cli->json)
    xq_cli_json_print (builder);
  else
    xq_cli_table_print (table);
  return TRUE;
}

/* Persons */

static gpointer
erase_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  request->persons = xq_person_find (tx, request->name, error);
  if (request->persons == NULL)
    return NULL;
  for (guint i = request->persons->len; i > 0; i--)
    if (request->type != NULL
        && (g_array_index (request->persons, XqPersonRow, i - 1).type != request->type
            || (request->id != 0 && g_array_index (request->persons, XqPersonRow, i - 1).id != request->id)))
      g_array_remove_index (request->persons, i - 1);
  if (request->persons->len == 0)
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND,
                 _ ("nobody of that name is in the document or its history; write the name in full"));
  else
    xq_person_erase (tx, (const XqPersonRow *)(gconstpointer)request->persons->data, request->persons->len, request->everywhere,
                     &request->erasure, error);
  return NULL;
}

static gboolean
run_erase (XqCli *cli, GError **error)
{
  g_auto (Request) request = { .cli = cli };
  const GPtrArray *positionals = cli->arguments->positionals;
  g_autoptr (XqStore) store = NULL;
  g_autoptr (GError) local = NULL;

  request.name = xq_cli_get_positional (cli, 1);
  request.everywhere = xq_cli_has_option (cli, XQ_OPTION_EVERYWHERE);
  if (*request.name == '\0')
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("no name given; write the person's name in full"));
      return FALSE;
    }
  if (positionals->len > 3 && (request.type = find_type (xq_cli_get_positional (cli, 2), error)) == NULL)
    return FALSE;
  if (positionals->len > 4 && !read_id (xq_cli_get_positional (cli, 3), &request.id, error))
    return FALSE;
  store = xq_cli_open (cli, TRUE, error);
  if (store == NULL)
    return FALSE;
  xq_store_write (store, _ ("Clear personal information"), erase_job, &request, G_CANCELLABLE (cli->progress), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!xq_store_compact (store, G_CANCELLABLE (cli->progress), error) || !xq_store_close (store, error))
    return FALSE;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_int (builder, "rows", request.erasure.rows);
      xq_cli_json_set_int (builder, "history", request.erasure.entries);
      xq_cli_json_set_int (builder, "texts", request.erasure.texts);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    {
      printf (_ ("Cleared: %u rows, %u steps of the history, %u other texts.\n"), request.erasure.rows, request.erasure.entries,
              request.erasure.texts);
      printf ("%s\n", _ ("Backups and copies made earlier still hold the person; delete them too."));
    }
  return TRUE;
}

static gboolean
run_record (XqCli *cli, GError **error)
{
  static const struct
  {
    const char *name;
    guint least, most; /* positionals behind FILE ACTION */
  } actions[] = { { "types", 0, 1 }, { "list", 1, 1 }, { "add", 1, G_MAXUINT }, { "set", 3, G_MAXUINT }, { "delete", 2, 2 } };
  g_auto (Request) request = { .cli = cli };
  const char *action = xq_cli_get_positional (cli, 1);
  guint n = cli->arguments->positionals->len - 3, which = 0;

  while (which < G_N_ELEMENTS (actions) && strcmp (actions[which].name, action) != 0)
    which++;
  if (which == G_N_ELEMENTS (actions) || n < actions[which].least || n > actions[which].most)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE,
                   _ ("write “record FILE types [TYPE]”, “list TYPE”, “add TYPE FIELD=VALUE …”, “set TYPE NUMBER FIELD=VALUE …” or "
                      "“delete TYPE NUMBER”"));
      return FALSE;
    }
  if (n > 0 && (request.type = find_type (xq_cli_get_positional (cli, 2), error)) == NULL)
    return FALSE;
  if (which >= 3 && !read_id (xq_cli_get_positional (cli, 3), &request.id, error))
    return FALSE;
  switch (which)
    {
    case 0:
      return run_types (&request, error);
    case 1:
      return run_list (&request, error);
    case 2:
      return write_record (&request, _ ("Add: %s"), add_job, error);
    case 3:
      return write_record (&request, _ ("Change: %s"), set_job, error);
    default:
      return write_record (&request, _ ("Delete: %s"), delete_job, error);
    }
}

const XqCliCommand XQ_COMMANDS_RECORD[] = {
  { "record", "FILE ACTION [TYPE …]", NULL, N_ ("list, add, change or delete records of any type"), 2,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_LIMIT) | XQ_OPTION_BIT (XQ_OPTION_FULL)
        | XQ_OPTION_BIT (XQ_OPTION_REASON),
    run_record, G_MAXUINT },
  { "erase", "FILE NAME [TYPE [NUMBER]]", NULL, N_ ("clear a person out of the document and its history for good"), 2,
    XQ_OPTION_BIT (XQ_OPTION_EVERYWHERE), run_erase, 2 },
  { NULL },
};
