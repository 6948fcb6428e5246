#include "xq-confirmation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-changeset.h"
#include "xq-document.h"
#include "xq-record-table.h"
#include "xq-unit-private.h"

void
xq_confirmation_free (XqConfirmation *confirmation)
{
  g_clear_pointer (&confirmation->unit, xq_unit_free);
  g_free (confirmation->street);
  g_free (confirmation->post);
  g_free (confirmation->day);
  g_free (confirmation);
}

/* Whether the entry at the statement's column 1 brings or changes the row @record. */
static gboolean
names_record (XqStatement *statement, gint64 record)
{
  sqlite3_changeset_iter *iter = NULL;
  const void *data;
  gsize size;
  guint n;
  gboolean found = FALSE;

  data = xq_statement_get_blob (statement, 1, &size);
  if (size == 0 || !xq_changeset_check (data, size, &n) || sqlite3changeset_start (&iter, (int)size, (void *)data) != SQLITE_OK)
    return FALSE;
  while (!found && sqlite3changeset_next (iter) == SQLITE_ROW)
    {
      const char *table;
      int n_columns, operation;
      sqlite3_value *id = NULL;

      sqlite3changeset_op (iter, &table, &n_columns, &operation, NULL);
      if (strcmp (table, XQ_CONFIRMATION.name) != 0)
        continue;
      if (operation == SQLITE_INSERT)
        sqlite3changeset_new (iter, 0, &id);
      else
        sqlite3changeset_old (iter, 0, &id);
      found = id != NULL && sqlite3_value_int64 (id) == record;
    }
  sqlite3changeset_finalize (iter);
  return found;
}

/* The step that wrote @record as it is and still stands; one that was there from the beginning goes with the first entry. */
static gboolean
find_entry (XqTransaction *tx, gint64 community, gint64 record, gint64 *entry, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT j.entry, j.changeset FROM journal_unit t JOIN journal j ON j.entry = t.entry WHERE t.unit = ?1"
                          " AND instr (j.columns, '\"confirmation\":') > 0 AND j.undoes IS NULL AND j.redoes IS NULL"
                          " AND NOT coalesce ((SELECT r.undoes IS NOT NULL FROM journal r WHERE r.undoes = j.entry"
                          " OR r.redoes = j.entry ORDER BY r.entry DESC LIMIT 1), 0) ORDER BY j.entry DESC",
                          error);
  XqStep step;

  *entry = 1;
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, community);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    if (names_record (statement, record))
      {
        *entry = xq_statement_get_int (statement, 0);
        return TRUE;
      }
  return step == XQ_STEP_DONE;
}

/* The last locking of a period before @period: from there on changes count where nobody has confirmed yet. 0: there is none. */
static gboolean
find_last_lock (XqTransaction *tx, gint64 *entry, GError **error)
{
  XqJournalQuery query = { .kinds = XQ_JOURNAL_LOCK | XQ_JOURNAL_MAKE, .limit = 1 };
  g_autoptr (GPtrArray) found = xq_journal_find (tx, &query, NULL, error);

  *entry = found != NULL && found->len > 0 ? ((const XqJournalEntry *)g_ptr_array_index (found, 0))->entry : 0;
  return found != NULL;
}

/* Which confirmation of @community counts for @period: its own, else the last one of an earlier period. */
typedef struct
{
  XqRecord *own, *earlier; /* or NULL */
} Found;

static void
found_clear (Found *found)
{
  g_clear_pointer (&found->own, xq_record_free);
  g_clear_pointer (&found->earlier, xq_record_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

static gboolean
find_records (XqTransaction *tx, gint64 community, XqPeriod period, Found *found, GError **error)
{
  g_autoptr (GPtrArray) records = xq_record_list (tx, &XQ_CONFIRMATION, XQ_CONFIRMATION_UNIT, community, error);
  XqPeriod last = XQ_PERIOD_NONE;

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      const XqRecord *record = g_ptr_array_index (records, i);
      XqPeriod of;

      if (!xq_period_parse (xq_record_get_text (record, XQ_CONFIRMATION_PERIOD), &of, NULL))
        continue;
      if (xq_period_equal (of, period))
        {
          g_clear_pointer (&found->own, xq_record_free);
          found->own = xq_record_copy (record);
        }
      else if (xq_period_compare (of, period) < 0 && (!xq_period_is_set (last) || xq_period_compare (of, last) > 0))
        {
          g_clear_pointer (&found->earlier, xq_record_free);
          found->earlier = xq_record_copy (record);
          last = of;
        }
    }
  return TRUE;
}

/* From which entry on changes of @community count; 0: from none. */
static gboolean
find_since (XqTransaction *tx, gint64 community, const Found *found, gint64 last_lock, gint64 *since, GError **error)
{
  const XqRecord *record = found->own != NULL ? found->own : found->earlier;

  *since = last_lock;
  return record == NULL || find_entry (tx, community, xq_record_get_id (record), since, error);
}

/*
 * The steps after ?2 that have changed something below ?1 and still stand. An edit that was undone since is none; undoing an edit
 * from before is one. Tables other than confirmation's must be among what was changed.
 */
#define CHANGES                                                                                                                    \
  "WITH RECURSIVE below (id) AS (SELECT ?1 UNION SELECT u.id FROM below b JOIN unit u ON u.parent = b.id)"                         \
  " SELECT j.entry FROM journal j WHERE j.entry > ?2 AND j.changeset IS NOT NULL"                                                  \
  " AND EXISTS (SELECT 1 FROM below b JOIN journal_unit t ON t.unit = b.id AND t.entry = j.entry)"                                 \
  " AND EXISTS (SELECT 1 FROM json_each (j.columns) c WHERE c.key NOT IN ('confirmation', 'finding_acknowledgement'))"             \
  " AND CASE WHEN j.undoes IS NOT NULL THEN j.undoes <= ?2 WHEN j.redoes IS NOT NULL THEN 0"                                       \
  " ELSE 1 END"                                                                                                                    \
  " AND coalesce ((SELECT r.undoes IS NOT NULL FROM journal r WHERE r.undoes = coalesce (j.undoes, j.entry)"                       \
  " OR r.redoes = coalesce (j.undoes, j.entry) ORDER BY r.entry DESC LIMIT 1), 0) = (j.undoes IS NOT NULL)"                        \
  " ORDER BY j.entry DESC"

static GArray *
list_changes (XqTransaction *tx, gint64 community, gint64 since, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (XqStatement) statement = xq_statement_get (tx, CHANGES, error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, community);
  xq_statement_bind_int (statement, 2, since);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 entry = xq_statement_get_int (statement, 0);

      g_array_append_val (entries, entry);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

static gboolean
settle_period (XqTransaction *tx, XqPeriod *period, GError **error)
{
  if (!xq_period_is_set (*period))
    {
      g_autoptr (XqDocument) document = xq_document_load (tx, error);

      return document != NULL && xq_period_parse (document->open_period, period, error);
    }
  return TRUE;
}

/* How one community stands. The journal is only looked at where something was written since. */
static gboolean
fill (XqTransaction *tx, XqConfirmation *confirmation, XqPeriod period, gint64 last_lock, gint64 newest, GError **error)
{
  g_auto (Found) found = { 0 };
  g_autoptr (GArray) changes = NULL;
  gint64 since;

  if (!find_records (tx, confirmation->unit->id, period, &found, error)
      || !find_since (tx, confirmation->unit->id, &found, last_lock, &since, error))
    return FALSE;
  if (found.own != NULL)
    {
      const char *kind = xq_record_get_text (found.own, XQ_CONFIRMATION_KIND);

      confirmation->state = strcmp (kind, "no_change") == 0 ? XQ_CONFIRMATION_NO_CHANGE : XQ_CONFIRMATION_DATA;
      confirmation->record = xq_record_get_id (found.own);
      confirmation->post = g_strdup (xq_record_get_text (found.own, XQ_CONFIRMATION_POST));
      confirmation->day = g_strdup (xq_record_get_text (found.own, XQ_CONFIRMATION_CONFIRMED));
    }
  confirmation->known = since > 0;
  if (since == 0 || since >= newest)
    return TRUE;
  changes = list_changes (tx, confirmation->unit->id, since, error);
  if (changes == NULL)
    return FALSE;
  confirmation->n_changes = changes->len;
  return TRUE;
}

static gboolean
add_communities (XqTransaction *tx, GPtrArray *list, gint64 parent, const char *street, XqPeriod period, const char *path,
                 GError **error)
{
  g_autoptr (GPtrArray) rows = xq_unit_list_children (tx, parent, period, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const XqTreeRow *row = g_ptr_array_index (rows, i);
      g_autofree char *below = path != NULL ? g_strdup_printf ("%s/%s", path, row->unit->name) : g_strdup (row->unit->name);

      if (row->unit->level < XQ_LEVEL_COMMUNITY)
        {
          if (!add_communities (tx, list, row->unit->id, row->unit->name, period, below, error))
            return FALSE;
        }
      else if (row->unit->level == XQ_LEVEL_COMMUNITY)
        {
          XqConfirmation *confirmation = g_new0 (XqConfirmation, 1);

          confirmation->unit = xq_unit_copy (row->unit);
          confirmation->unit->path = g_steal_pointer (&below);
          confirmation->street = g_strdup (street);
          g_ptr_array_add (list, confirmation);
        }
    }
  return TRUE;
}

/* The communities of @unit; itself where it is one. */
static gboolean
add_all (XqTransaction *tx, GPtrArray *list, gint64 unit, XqPeriod period, GError **error)
{
  g_autoptr (XqUnit) loaded = NULL;
  g_autoptr (XqUnit) street = NULL;
  XqConfirmation *confirmation;

  if (unit == 0)
    return add_communities (tx, list, 0, NULL, period, NULL, error);
  loaded = xq_unit_load (tx, unit, error);
  while (loaded != NULL && loaded->level > XQ_LEVEL_COMMUNITY)
    {
      gint64 parent = loaded->parent;

      xq_unit_free (g_steal_pointer (&loaded));
      loaded = xq_unit_load (tx, parent, error);
    }
  if (loaded == NULL)
    return FALSE;
  if (loaded->level < XQ_LEVEL_COMMUNITY)
    return add_communities (tx, list, loaded->id, loaded->name, period, loaded->path, error);
  street = loaded->parent != 0 ? xq_unit_load (tx, loaded->parent, error) : NULL;
  if (loaded->parent != 0 && street == NULL)
    return FALSE;
  confirmation = g_new0 (XqConfirmation, 1);
  confirmation->street = g_strdup (street != NULL ? street->name : NULL);
  confirmation->unit = g_steal_pointer (&loaded);
  g_ptr_array_add (list, confirmation);
  return TRUE;
}

GPtrArray *
xq_confirmation_list (XqTransaction *tx, gint64 unit, XqPeriod period, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_confirmation_free);
  gint64 last_lock, newest;

  if (!settle_period (tx, &period, error) || !add_all (tx, list, unit, period, error) || !find_last_lock (tx, &last_lock, error)
      || !xq_transaction_query_int (tx, "SELECT max (entry) FROM journal", 0, &newest, error))
    return NULL;
  for (guint i = 0; i < list->len; i++)
    if (!fill (tx, g_ptr_array_index (list, i), period, last_lock, newest, error))
      return NULL;
  return g_steal_pointer (&list);
}

GPtrArray *
xq_confirmation_list_changes (XqTransaction *tx, gint64 community, XqPeriod period, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_journal_entry_free);
  g_auto (Found) found = { 0 };
  g_autoptr (GArray) changes = NULL;
  gint64 last_lock, since;

  if (!settle_period (tx, &period, error) || !find_records (tx, community, period, &found, error)
      || !find_last_lock (tx, &last_lock, error) || !find_since (tx, community, &found, last_lock, &since, error))
    return NULL;
  if (since == 0)
    return g_steal_pointer (&entries);
  changes = list_changes (tx, community, since, error);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      XqJournalEntry *entry = xq_journal_load (tx, g_array_index (changes, gint64, i), error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return changes != NULL ? g_steal_pointer (&entries) : NULL;
}

/* Whether @community may confirm @period. */
static gboolean
check (XqTransaction *tx, gint64 community, XqPeriod period, const char *post, GError **error)
{
  g_autoptr (XqUnit) unit = xq_unit_load (tx, community, error);
  XqUnitDay day;

  if (unit == NULL || !xq_unit_day_init (&day, tx, period, error))
    return FALSE;
  if (unit->level != XQ_LEVEL_COMMUNITY)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("“%s” is no community; each community confirms for itself"),
                   unit->path);
      return FALSE;
    }
  if (day.locked)
    {
      g_autofree char *label = xq_period_to_label (period);

      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s is locked; it can no longer be confirmed"), label);
      return FALSE;
    }
  if (post == NULL || *post == '\0')
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("Who confirms is missing; give the post"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_unchanged (XqTransaction *tx, gint64 community, const Found *found, GError **error)
{
  Found before = { .earlier = found->earlier };
  g_autoptr (GArray) changes = NULL;
  gint64 last_lock, since;

  if (!find_last_lock (tx, &last_lock, error) || !find_since (tx, community, &before, last_lock, &since, error))
    return FALSE;
  changes = list_changes (tx, community, since, error);
  if (changes == NULL)
    return FALSE;
  if (changes->len == 0)
    return TRUE;
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
               ngettext ("%u step has changed something since the last confirmation; confirm the data instead",
                         "%u steps have changed something since the last confirmation; confirm the data instead", changes->len),
               changes->len);
  return FALSE;
}

gint64
xq_confirmation_confirm (XqTransaction *tx, gint64 community, XqPeriod period, gboolean no_change, const char *post,
                         const char *day, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (post != NULL ? post : ""));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *text = NULL;
  g_auto (Found) found = { 0 };
  g_autoptr (XqRecord) record = NULL;

  if (!xq_transaction_check_writing (tx, error) || !settle_period (tx, &period, error)
      || !check (tx, community, period, stripped, error) || !find_records (tx, community, period, &found, error)
      || (no_change && !check_unchanged (tx, community, &found, error)))
    return 0;
  text = xq_period_to_string (period);
  record = found.own != NULL ? xq_record_copy (found.own) : xq_record_new (&XQ_CONFIRMATION);
  xq_record_set_int (record, XQ_CONFIRMATION_UNIT, community);
  xq_record_set_text (record, XQ_CONFIRMATION_PERIOD, text);
  xq_record_set_text (record, XQ_CONFIRMATION_KIND, no_change ? "no_change" : "data");
  xq_record_set_text (record, XQ_CONFIRMATION_POST, stripped);
  xq_record_set_text (record, XQ_CONFIRMATION_CONFIRMED, day != NULL ? day : today);
  /* Confirmed once more on the same day by the same post is a confirmation of its own: from it on changes count. */
  if (found.own != NULL)
    {
      if (!xq_record_delete (tx, &XQ_CONFIRMATION, xq_record_get_id (found.own), error))
        return 0;
      xq_record_set_id (record, 0);
    }
  return xq_record_insert (tx, record, error);
}

gboolean
xq_confirmation_withdraw (XqTransaction *tx, gint64 record, GError **error)
{
  return xq_record_delete (tx, &XQ_CONFIRMATION, record, error);
}

gboolean
xq_confirmation_is_used (XqTransaction *tx, gboolean *used, GError **error)
{
  gint64 any;

  if (!xq_transaction_query_int (tx, "SELECT EXISTS (SELECT 1 FROM confirmation)", 0, &any, error))
    return FALSE;
  *used = any != 0;
  return TRUE;
}
