#include "xq-record-table.h"

#include <glib/gi18n-lib.h>

#include "xq-derived.h"
#include "xq-points.h"
#include "xq-record-sql.h"
#include "xq-transaction.h"

/* The statements' columns before the fields. */
enum
{
  COLUMN_ID,
  COLUMN_DISTRICT,
  COLUMN_ORIGINS,
  FIRST_FIELD
};

static XqRecord *
read_row (XqStatement *statement, const XqRecordType *type)
{
  XqRecord *record = xq_record_new (type);

  xq_record_set_id (record, xq_statement_get_int (statement, COLUMN_ID));
  xq_record_set_district (record, xq_statement_get_int (statement, COLUMN_DISTRICT));
  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      if (xq_statement_is_null (statement, FIRST_FIELD + i))
        xq_record_set_null (record, i);
      else if (xq_field_is_text (&type->fields[i]))
        xq_record_set_text (record, i, xq_statement_get_text (statement, FIRST_FIELD + i));
      else
        xq_record_set_int (record, i, xq_statement_get_int (statement, FIRST_FIELD + i));
    }
  xq_record_set_origins (record, xq_statement_get_int (statement, COLUMN_ORIGINS));
  return record;
}

static void
bind_fields (XqStatement *statement, int first, const XqRecord *record)
{
  const XqRecordType *type = xq_record_get_type_of (record);

  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      if (xq_record_is_null (record, i))
        xq_statement_bind_null (statement, first + i);
      else if (xq_field_is_text (&type->fields[i]))
        xq_statement_bind_text (statement, first + i, xq_record_get_text (record, i));
      else
        xq_statement_bind_int (statement, first + i, xq_record_get_int (record, i));
    }
}

static gboolean
fail_missing (XqTransaction *tx, const XqRecordType *type, gint64 id, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND,
               _ ("%s: there is no such row any more (%s %s); look at the list again"), tx->connection->name,
               g_dgettext (GETTEXT_PACKAGE, type->label), number);
  return FALSE;
}

/* First row of a statement with one parameter, or NULL; NULL with @error set when it failed. */
static XqRecord *
load_one (XqTransaction *tx, const XqRecordType *type, const char *sql, gint64 key, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, key);
  return xq_statement_step (statement, error) == XQ_STEP_ROW ? read_row (statement, type) : NULL;
}

XqRecord *
xq_record_load (XqTransaction *tx, const XqRecordType *type, gint64 id, GError **error)
{
  GError *local = NULL;
  XqRecord *record = load_one (tx, type, xq_record_sql_get (type)->load, id, &local);

  if (local != NULL)
    g_propagate_error (error, local);
  else if (record == NULL)
    fail_missing (tx, type, id, error);
  return record;
}

XqRecord *
xq_record_find (XqTransaction *tx, const XqRecordType *type, int field, gint64 owner, GError **error)
{
  g_return_val_if_fail (type->fields[field].type == XQ_FIELD_REFERENCE, NULL);
  return load_one (tx, type, xq_record_sql_get (type)->list[field], owner, error);
}

GPtrArray *
xq_record_list (XqTransaction *tx, const XqRecordType *type, int field, gint64 owner, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);
  const XqRecordSql *sql = xq_record_sql_get (type);
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  g_return_val_if_fail (field < 0 || type->fields[field].type == XQ_FIELD_REFERENCE, NULL);
  statement = xq_statement_get (tx, field < 0 ? sql->all : sql->list[field], error);
  if (statement == NULL)
    return NULL;
  if (field >= 0)
    xq_statement_bind_int (statement, 1, owner);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (records, read_row (statement, type));
  return step == XQ_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

/* District of the row @id of @type; 0 without error when there is none. */
static gboolean
load_district (XqTransaction *tx, const XqRecordType *type, gint64 id, gint64 *district, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, xq_record_sql_get (type)->district, error);
  XqStep step;

  *district = 0;
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, id);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW)
    *district = xq_statement_get_int (statement, 0);
  return step != XQ_STEP_ERROR;
}

/* What @record refers to must be there; its owner's district is its own. */
static gboolean
resolve_references (XqTransaction *tx, XqRecord *record, const XqRecord *stored, GError **error)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  gint64 district = xq_record_get_district (record);

  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      const XqField *field = &type->fields[i];
      gint64 found = 0;

      if (field->type != XQ_FIELD_REFERENCE || xq_record_is_null (record, i)
          || (stored != NULL && xq_record_equal_field (record, stored, i)))
        continue;
      if (!load_district (tx, xq_record_type_by_name (field->target), xq_record_get_int (record, i), &found, error))
        return FALSE;
      if (found == 0)
        {
          g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                       _ ("%s: “%s” names a row that does not exist; choose another"), g_dgettext (GETTEXT_PACKAGE, type->label),
                       g_dgettext (GETTEXT_PACKAGE, field->label));
          return FALSE;
        }
      if (district == 0)
        district = found;
      else if (stored != NULL && found != district && g_strcmp0 (field->name, type->parent) == 0)
        {
          /* Every row below carries its district too: moving between districts is not a change of one cell. */
          g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                       _ ("%s: “%s” belongs to another district; choose one of the same district"),
                       g_dgettext (GETTEXT_PACKAGE, type->label), g_dgettext (GETTEXT_PACKAGE, field->label));
          return FALSE;
        }
    }
  xq_record_set_district (record, district);
  return TRUE;
}

/* A unit hangs under a unit of the level above; only a district hangs under none. */
static gboolean
check_unit (XqTransaction *tx, const XqRecord *record, GError **error)
{
  gint64 level = xq_record_get_int (record, XQ_UNIT_LEVEL), above = -1;

  if (!xq_record_is_null (record, XQ_UNIT_PARENT))
    {
      g_autoptr (XqRecord) parent = xq_record_load (tx, &XQ_UNIT, xq_record_get_int (record, XQ_UNIT_PARENT), error);

      if (parent == NULL)
        return FALSE;
      above = xq_record_get_int (parent, XQ_UNIT_LEVEL);
    }
  if (above == level - 1)
    return TRUE;
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
               _ ("“%s” must belong to a unit of the level directly above it; choose another parent"),
               xq_record_get_text (record, XQ_UNIT_NAME));
  return FALSE;
}

/* An organisation must not be above itself, however many steps away. */
static gboolean
check_organisation (XqTransaction *tx, const XqRecord *record, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (xq_record_is_null (record, XQ_ORGANISATION_PARENT))
    return TRUE;
  statement = xq_statement_get (tx,
                                "WITH RECURSIVE above (id) AS (SELECT :parent UNION SELECT o.parent FROM above a JOIN organisation "
                                "o ON o.id = a.id"
                                " WHERE o.parent IS NOT NULL) SELECT 1 FROM above WHERE id = :self",
                                error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":parent"),
                         xq_record_get_int (record, XQ_ORGANISATION_PARENT));
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":self"), xq_record_get_id (record));
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW)
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                 _ ("“%s” would be above itself; choose another higher organisation"),
                 xq_record_get_text (record, XQ_ORGANISATION_NAME));
  return step == XQ_STEP_DONE;
}

/* An interval does not end before it begins. One that ends the day it began counts for no day. */
static gboolean
check_interval (const XqRecord *record, GError **error)
{
  static const struct
  {
    const char *from, *to;
  } intervals[] = { { "valid_from", "valid_to" }, { "founded", "dissolved" }, { "founded", "ended" },   { "opened", "closed" },
                    { "started", "finished" },    { "raised", "resolved" },   { "decided", "valid_to" } };
  const XqRecordType *type = xq_record_get_type_of (record);

  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    {
      int from = xq_record_type_find (type, intervals[i].from), to = xq_record_type_find (type, intervals[i].to);

      if (from < 0 || to < 0 || xq_record_is_null (record, from) || xq_record_is_null (record, to)
          || strcmp (xq_record_get_text (record, from), xq_record_get_text (record, to)) <= 0)
        continue;
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s: “%s” (%s) is before “%s” (%s); change one of them"),
                   g_dgettext (GETTEXT_PACKAGE, type->label), g_dgettext (GETTEXT_PACKAGE, type->fields[to].label),
                   xq_record_get_text (record, to), g_dgettext (GETTEXT_PACKAGE, type->fields[from].label),
                   xq_record_get_text (record, from));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_pairing (const XqRecord *record, GError **error)
{
  if (xq_record_is_null (record, XQ_PAIRING_DEPARTMENT) != xq_record_is_null (record, XQ_PAIRING_EMPLOYER))
    return TRUE;
  g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                       _ ("A pairing is with a department or with an employer; choose one of the two"));
  return FALSE;
}

static XqPointsLine
points_line (const XqRecord *entry)
{
  gint64 points = xq_record_get_int (entry, XQ_POINTS_ENTRY_POINTS);
  gboolean redeemed = strcmp (xq_record_get_text (entry, XQ_POINTS_ENTRY_KIND), "redeemed") == 0;

  return (XqPointsLine){ xq_record_get_text (entry, XQ_POINTS_ENTRY_DAY), redeemed ? -points : points };
}

/* An account is never overdrawn on any day: whether that holds when @entry (or NULL) stands in it for the row @except. */
static gboolean
check_account (XqTransaction *tx, gint64 account, gint64 except, const XqRecord *entry, GError **error)
{
  g_autoptr (GPtrArray) entries = xq_record_list (tx, &XQ_POINTS_ENTRY, XQ_POINTS_ENTRY_ACCOUNT, account, error);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (XqPointsLine));
  GError *local = NULL;

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    if (xq_record_get_id (g_ptr_array_index (entries, i)) != except)
      {
        XqPointsLine line = points_line (g_ptr_array_index (entries, i));

        g_array_append_val (lines, line);
      }
  if (entry != NULL)
    {
      XqPointsLine line = points_line (entry);

      g_array_append_val (lines, line);
    }
  if (xq_points_check ((const XqPointsLine *)(void *)lines->data, lines->len, &local))
    return TRUE;
  g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, local->message);
  g_error_free (local);
  return FALSE;
}

static gboolean
check_points (XqTransaction *tx, const XqRecord *record, const XqRecord *stored, GError **error)
{
  gint64 id = xq_record_get_id (record), account = xq_record_get_int (record, XQ_POINTS_ENTRY_ACCOUNT);

  return check_account (tx, account, id, record, error)
         && (stored == NULL || xq_record_equal_field (record, stored, XQ_POINTS_ENTRY_ACCOUNT)
             || check_account (tx, xq_record_get_int (stored, XQ_POINTS_ENTRY_ACCOUNT), id, NULL, error));
}

static gboolean
check_rules (XqTransaction *tx, XqRecord *record, const XqRecord *stored, GError **error)
{
  const XqRecordType *type = xq_record_get_type_of (record);

  if (!xq_record_validate (record, error) || !check_interval (record, error) || !resolve_references (tx, record, stored, error))
    return FALSE;
  if (type == &XQ_UNIT
      && (stored == NULL || !xq_record_equal_field (record, stored, XQ_UNIT_PARENT)
          || !xq_record_equal_field (record, stored, XQ_UNIT_LEVEL)))
    return check_unit (tx, record, error);
  if (type == &XQ_ORGANISATION && stored != NULL && !xq_record_equal_field (record, stored, XQ_ORGANISATION_PARENT))
    return check_organisation (tx, record, error);
  if (type == &XQ_PAIRING)
    return check_pairing (record, error);
  if (type == &XQ_POINTS_ENTRY)
    return check_points (tx, record, stored, error);
  return TRUE;
}

/* Random, so that rows made in two offices can meet in one file. */
static gint64
random_id (void)
{
  gint64 id;

  do
    {
      sqlite3_randomness (sizeof id, &id);
      id &= G_MAXINT64;
    }
  while (id == 0);
  return id;
}

gint64
xq_record_insert (XqTransaction *tx, XqRecord *record, GError **error)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  g_autoptr (XqStatement) statement = NULL;

  if (!xq_transaction_check_writing (tx, error) || !check_rules (tx, record, NULL, error))
    return 0;
  if (xq_record_get_id (record) == 0)
    xq_record_set_id (record, random_id ());
  if (xq_record_get_district (record) == 0)
    {
      /* Only a district's unit refers to nothing above it. */
      if (type != &XQ_UNIT)
        {
          g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s: belongs to nothing; say what it belongs to"),
                       g_dgettext (GETTEXT_PACKAGE, type->label));
          return 0;
        }
      xq_record_set_district (record, xq_record_get_id (record));
    }
  statement = xq_statement_get (tx, xq_record_sql_get (type)->insert, error);
  if (statement == NULL)
    return 0;
  xq_statement_bind_int (statement, 1 + COLUMN_ID, xq_record_get_id (record));
  xq_statement_bind_int (statement, 1 + COLUMN_DISTRICT, xq_record_get_district (record));
  xq_statement_bind_int (statement, 1 + COLUMN_ORIGINS, xq_record_get_origins (record));
  bind_fields (statement, 1 + FIRST_FIELD, record);
  return xq_statement_run (statement, error) ? xq_record_get_id (record) : 0;
}

/* Origins as they are to be stored; %FALSE when nothing at all differs. */
static gboolean
merge_origins (XqRecord *record, const XqRecord *stored, gboolean keep_origins)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  gboolean differs = FALSE;

  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      gboolean changed = !xq_record_equal_field (record, stored, i);
      XqOrigin origin = xq_record_get_origin (record, i);

      if (!keep_origins && !changed)
        origin = xq_record_get_origin (stored, i);
      else if (!keep_origins && (origin == XQ_ORIGIN_GENERATED || origin == XQ_ORIGIN_REPORTED))
        origin = XQ_ORIGIN_DECLARED;
      xq_record_set_origin (record, i, origin);
      differs = differs || changed || origin != xq_record_get_origin (stored, i);
    }
  return differs;
}

gboolean
xq_record_update (XqTransaction *tx, XqRecord *record, gboolean keep_origins, GError **error)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  g_autoptr (XqRecord) stored = NULL;
  g_autoptr (XqStatement) statement = NULL;

  if (!xq_transaction_check_writing (tx, error))
    return FALSE;
  stored = xq_record_load (tx, type, xq_record_get_id (record), error);
  if (stored == NULL)
    return FALSE;
  xq_record_set_district (record, xq_record_get_district (stored));
  if (!merge_origins (record, stored, keep_origins))
    return TRUE;
  if (!check_rules (tx, record, stored, error))
    return FALSE;
  statement = xq_statement_get (tx, xq_record_sql_get (type)->update, error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, xq_record_get_origins (record));
  bind_fields (statement, 2, record);
  xq_statement_bind_int (statement, 2 + (int)xq_record_type_n_fields (type), xq_record_get_id (record));
  return xq_statement_run (statement, error);
}

static gboolean
run_with_id (XqTransaction *tx, const char *sql, gint64 id, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, id);
  return xq_statement_run (statement, error);
}

static GArray *
list_ids (XqTransaction *tx, const char *sql, gint64 owner, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, owner);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* Whether the row refers to anything besides through @field. */
static gboolean
has_other_reference (const XqRecord *record, int field)
{
  const XqRecordType *type = xq_record_get_type_of (record);

  /* A pairing is with one of two, and nothing without. */
  if (type == &XQ_PAIRING)
    return FALSE;
  for (int i = 0; type->fields[i].name != NULL; i++)
    if (i != field && type->fields[i].type == XQ_FIELD_REFERENCE && !xq_record_is_null (record, i))
      return TRUE;
  return FALSE;
}

static gboolean delete_row (XqTransaction *tx, const XqRecordType *type, gint64 id, GError **error);

static gboolean
release_reference (XqTransaction *tx, const XqRecordReference *reference, gint64 id, GError **error)
{
  const XqRecordType *type = reference->type;

  if (!type->fields[reference->field].required)
    {
      g_autoptr (XqRecord) record = xq_record_load (tx, type, id, error);

      if (record == NULL)
        return FALSE;
      if (has_other_reference (record, reference->field))
        return run_with_id (tx, xq_record_sql_get (type)->clear[reference->field], id, error);
    }
  return delete_row (tx, type, id, error);
}

static gboolean
delete_row (XqTransaction *tx, const XqRecordType *type, gint64 id, GError **error)
{
  const XqRecordSql *sql = xq_record_sql_get (type);
  gint64 district;

  if (!load_district (tx, type, id, &district, error))
    return FALSE;
  if (district == 0)
    return fail_missing (tx, type, id, error);
  for (guint i = 0; i < sql->n_references; i++)
    {
      const XqRecordReference *reference = &sql->references[i];
      g_autoptr (GArray) ids = list_ids (tx, xq_record_sql_get (reference->type)->list_ids[reference->field], id, error);

      if (ids == NULL)
        return FALSE;
      for (guint k = 0; k < ids->len; k++)
        {
          /* A row that refers to it twice (lineage of a unit to itself) went with the first reference. */
          if (!load_district (tx, reference->type, g_array_index (ids, gint64, k), &district, error))
            return FALSE;
          if (district != 0 && !release_reference (tx, reference, g_array_index (ids, gint64, k), error))
            return FALSE;
        }
    }
  if (type == &XQ_UNIT && !xq_derived_drop_unit (tx, id, error))
    return FALSE;
  return run_with_id (tx, sql->remove, id, error);
}

gboolean
xq_record_delete (XqTransaction *tx, const XqRecordType *type, gint64 id, GError **error)
{
  if (!xq_transaction_check_writing (tx, error))
    return FALSE;
  /* Of an account that goes as a whole nothing needs to be left. */
  if (type == &XQ_POINTS_ENTRY)
    {
      g_autoptr (XqRecord) entry = xq_record_load (tx, type, id, error);

      if (entry == NULL || !check_account (tx, xq_record_get_int (entry, XQ_POINTS_ENTRY_ACCOUNT), id, NULL, error))
        return FALSE;
    }
  return delete_row (tx, type, id, error);
}
