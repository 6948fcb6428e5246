#include "xq-record-home.h"

#include <glib/gi18n-lib.h>

#include "xq-personal.h"
#include "xq-transaction.h"

/* Owners between a record and its unit are few; a circle of references ends here. */
#define DEEPEST 6

static int
owner_field (const XqRecordType *type)
{
  return type->parent != NULL ? xq_record_type_find (type, type->parent) : -1;
}

static gboolean
owner_is_certain (const XqRecordType *type)
{
  int field = owner_field (type);

  return field >= 0 && type->fields[field].required;
}

/* Whether rows of @type may belong to something through @field. */
static gboolean
is_owner (const XqRecordType *type, int field)
{
  if (type->fields[field].type != XQ_FIELD_REFERENCE || strcmp (type->fields[field].target, type->name) == 0)
    return FALSE;
  return field == owner_field (type) || !owner_is_certain (type);
}

static gboolean
find_home (XqTransaction *tx, const XqRecord *record, guint depth, gint64 *unit, GError **error)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  int first = owner_field (type);

  *unit = 0;
  if (type == &XQ_UNIT)
    {
      *unit = xq_record_get_id (record);
      return TRUE;
    }
  /* The owner proper before all other references. */
  for (int pass = 0; pass < 2 && *unit == 0 && depth < DEEPEST; pass++)
    for (int i = 0; type->fields[i].name != NULL && *unit == 0; i++)
      {
        g_autoptr (XqRecord) owner = NULL;

        if ((pass == 0) != (i == first) || !is_owner (type, i) || xq_record_is_null (record, i))
          continue;
        if (strcmp (type->fields[i].target, XQ_UNIT.name) == 0)
          {
            *unit = xq_record_get_int (record, i);
            continue;
          }
        owner = xq_record_load (tx, xq_record_type_by_name (type->fields[i].target), xq_record_get_int (record, i), error);
        if (owner == NULL || !find_home (tx, owner, depth + 1, unit, error))
          return FALSE;
      }
  return TRUE;
}

gboolean
xq_record_find_home (XqTransaction *tx, const XqRecord *record, gint64 *unit, GError **error)
{
  return find_home (tx, record, 0, unit, error);
}

/* Takes what is in @rows and not in @known over to @records. */
static void
take_new (GPtrArray *records, GHashTable *known, GPtrArray *rows)
{
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      XqRecord *record = g_ptr_array_index (rows, i);
      gint64 id = xq_record_get_id (record);

      if (g_hash_table_add (known, g_memdup2 (&id, sizeof id)))
        g_ptr_array_add (records, record);
      else
        xq_record_free (record);
    }
  g_ptr_array_set_size (rows, 0);
}

static gboolean list_of_unit (XqTransaction *tx, const XqRecordType *type, gint64 unit, guint depth, GHashTable *known,
                              GPtrArray *records, GError **error);

static gboolean
list_through (XqTransaction *tx, const XqRecordType *type, int field, gint64 unit, guint depth, GHashTable *known,
              GPtrArray *records, GError **error)
{
  const XqRecordType *target = xq_record_type_by_name (type->fields[field].target);
  g_autoptr (GHashTable) known_owners = NULL;
  g_autoptr (GPtrArray) owners = NULL;

  if (target == &XQ_UNIT)
    {
      g_autoptr (GPtrArray) rows = xq_record_list (tx, type, field, unit, error);

      if (rows == NULL)
        return FALSE;
      take_new (records, known, rows);
      return TRUE;
    }
  known_owners = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  owners = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);
  if (!list_of_unit (tx, target, unit, depth + 1, known_owners, owners, error))
    return FALSE;
  for (guint i = 0; i < owners->len; i++)
    {
      g_autoptr (GPtrArray) rows = xq_record_list (tx, type, field, xq_record_get_id (g_ptr_array_index (owners, i)), error);

      if (rows == NULL)
        return FALSE;
      take_new (records, known, rows);
    }
  return TRUE;
}

static gboolean
list_of_unit (XqTransaction *tx, const XqRecordType *type, gint64 unit, guint depth, GHashTable *known, GPtrArray *records,
              GError **error)
{
  for (int i = 0; type->fields[i].name != NULL && depth < DEEPEST; i++)
    if (is_owner (type, i) && !list_through (tx, type, i, unit, depth, known, records, error))
      return FALSE;
  return TRUE;
}

static GPtrArray *
list_of_units (XqTransaction *tx, const XqRecordType *type, GArray *units, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < units->len; i++)
    {
      gint64 unit = g_array_index (units, gint64, i);

      if (type == &XQ_UNIT)
        {
          XqRecord *record = xq_record_load (tx, type, unit, error);

          if (record == NULL)
            return NULL;
          g_ptr_array_add (records, record);
        }
      else if (!list_of_unit (tx, type, unit, 0, known, records, error) || xq_transaction_check_cancelled (tx, error))
        return NULL;
    }
  return g_steal_pointer (&records);
}

GPtrArray *
xq_record_list_of_unit (XqTransaction *tx, const XqRecordType *type, gint64 unit, GError **error)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof unit);

  g_array_append_val (units, unit);
  return list_of_units (tx, type, units, error);
}

GPtrArray *
xq_record_list_below (XqTransaction *tx, const XqRecordType *type, gint64 unit, GError **error)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof unit);
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "WITH RECURSIVE below (id) AS (SELECT ?1 UNION SELECT u.id FROM below b JOIN unit u ON u.parent"
                          " = b.id) SELECT id FROM below",
                          error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, unit);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_get_int (statement, 0);

      g_array_append_val (units, id);
    }
  return step == XQ_STEP_DONE ? list_of_units (tx, type, units, error) : NULL;
}

/* References by text */

/* @text as an id, or 0. */
static gint64
read_id (const char *text)
{
  char *end = NULL;
  gint64 id = g_ascii_strtoll (text, &end, 10);

  return end != text && *end == '\0' && id > 0 ? id : 0;
}

static gint64
choose_by_title (GPtrArray *records, const char *text, guint *n)
{
  gint64 found = 0;

  *n = 0;
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *title = xq_record_get_title (g_ptr_array_index (records, i), TRUE);

      if (g_strcmp0 (title, text) != 0)
        continue;
      found = xq_record_get_id (g_ptr_array_index (records, i));
      (*n)++;
    }
  return *n == 1 ? found : 0;
}

gint64
xq_record_resolve (XqTransaction *tx, const XqRecordType *type, const char *text, gint64 unit, GError **error)
{
  const char *label = g_dgettext (GETTEXT_PACKAGE, type->label);
  gint64 id = read_id (text);
  guint n = 0;

  if (id != 0)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (XqRecord) record = xq_record_load (tx, type, id, &local);

      if (record != NULL)
        return id;
      if (!g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return 0;
        }
    }
  if (type == &XQ_UNIT)
    {
      g_autoptr (XqUnit) found = xq_unit_resolve (tx, text, error);

      return found != NULL ? found->id : 0;
    }
  for (int pass = unit != 0 ? 0 : 1; pass < 2; pass++)
    {
      g_autoptr (GPtrArray) records
          = pass == 0 ? xq_record_list_of_unit (tx, type, unit, error) : xq_record_list (tx, type, -1, 0, error);

      if (records == NULL)
        return 0;
      id = choose_by_title (records, text, &n);
      if (n > 0)
        break;
    }
  if (n > 1)
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_AMBIGUOUS,
                 ngettext ("%s: %u row is called “%s”; give its number", "%s: %u rows are called “%s”; give the number of one", n),
                 label, n, text);
  else if (n == 0)
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND,
                 _ ("%s: nothing is called “%s”; look at the list and give a name or number from it"), label, text);
  return id;
}

char *
xq_record_describe (XqTransaction *tx, const XqRecordType *type, gint64 id, gboolean full, GError **error)
{
  g_autoptr (XqRecord) record = xq_record_load (tx, type, id, error);
  g_autofree char *title = record != NULL ? xq_record_get_title (record, full) : NULL;

  if (record == NULL)
    return NULL;
  return *title != '\0' ? g_steal_pointer (&title) : g_strdup_printf ("%" G_GINT64_FORMAT, id);
}
