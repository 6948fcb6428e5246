#include "xq-journal-recorder.h"

#include "xq-record-sql.h"
#include "xq-record-types.h"

/* Where the columns of a record's table stand. */
enum
{
  COLUMN_ID,
  COLUMN_DISTRICT,
  FIRST_FIELD
};

/*
 * A reference to a unit touches that unit. What else a row touches is found by a query over its own id (field −1) or over
 * what one of its fields refers to. Each is asked with the values before and after, over the state after: a row that is
 * gone from there is in the same changeset and speaks for itself.
 */
typedef struct
{
  const XqRecordType *type;
  int field;
  const char *sql; /* units for ?1 */
} Via;

static const Via VIAS[] = {
  /* Its facts are at home, but it colours what it covers; so does the branch that a group belongs to. */
  { &XQ_ORGANISATION, -1,
    "SELECT unit FROM organisation_cover WHERE organisation = ?1"
    " UNION SELECT unit FROM organisation WHERE parent = ?1 AND kind = 'group'"
    " UNION SELECT c.unit FROM organisation g JOIN organisation_cover c ON c.organisation = g.id WHERE g.parent = ?1 AND g.kind = "
    "'group'" },
  /* The committee of a branch that covers several units is counted with one of them: with another when that one leaves. */
  { &XQ_ORGANISATION_COVER, XQ_ORGANISATION_COVER_ORGANISATION, "SELECT unit FROM organisation_cover WHERE organisation = ?1" },
  { &XQ_MEMBER, XQ_MEMBER_ORGANISATION,
    "SELECT unit FROM organisation WHERE id = ?1 UNION SELECT unit FROM organisation_cover WHERE organisation = ?1" },
  { &XQ_CONTACT_CONFIRMATION, XQ_CONTACT_CONFIRMATION_CONTACT, "SELECT unit FROM contact WHERE id = ?1" },
  { &XQ_OWNERS_BODY, XQ_OWNERS_BODY_PROPERTY_AREA, "SELECT unit FROM property_area WHERE id = ?1" },
  { &XQ_PROPERTY_SERVICE, XQ_PROPERTY_SERVICE_PROPERTY_AREA, "SELECT unit FROM property_area WHERE id = ?1" },
  { &XQ_SURVEY, -1, "SELECT t.unit FROM survey_question q JOIN survey_tally t ON t.question = q.id WHERE q.survey = ?1" },
  { &XQ_SURVEY_QUESTION, -1, "SELECT unit FROM survey_tally WHERE question = ?1" },
  { &XQ_SURVEY_QUESTION, XQ_SURVEY_QUESTION_SURVEY, "SELECT unit FROM survey WHERE id = ?1" },
  /* A grid counts by the organisation that leads it. */
  { &XQ_ORGANISATION, -1, "SELECT unit FROM grid_role WHERE organisation = ?1" },
  /* Committee members are counted where their organisation is at home, and against the bodies of what it covers. */
  { &XQ_POST_HOLDER, XQ_POST_HOLDER_ORGANISATION,
    "SELECT unit FROM organisation WHERE id = ?1 UNION SELECT unit FROM organisation_cover WHERE organisation = ?1" },
  /* Members name the employer that they are counted with. */
  { &XQ_MEMBER, XQ_MEMBER_EMPLOYER, "SELECT unit FROM employer WHERE id = ?1" },
  { &XQ_APPROVAL, XQ_APPROVAL_ORGANISATION, "SELECT unit FROM organisation WHERE id = ?1" },
  { &XQ_BIG_COMMITTEE_MEMBER, XQ_BIG_COMMITTEE_MEMBER_ORGANISATION, "SELECT unit FROM organisation WHERE id = ?1" },
  { &XQ_APPRAISAL, XQ_APPRAISAL_MEMBER,
    "SELECT residence FROM member WHERE id = ?1 UNION SELECT checked_in FROM member WHERE id = ?1"
    " UNION SELECT o.unit FROM member m JOIN organisation o ON o.id = m.organisation WHERE m.id = ?1" },
  { &XQ_BODY_EVENT, XQ_BODY_EVENT_OWNERS_BODY,
    "SELECT a.unit FROM owners_body b JOIN property_area a ON a.id = b.property_area WHERE b.id = ?1" },
  { &XQ_OWNER_VOTE, XQ_OWNER_VOTE_PROPERTY_AREA, "SELECT unit FROM property_area WHERE id = ?1" },
  { &XQ_VOTE_BUILDING, XQ_VOTE_BUILDING_VOTE,
    "SELECT a.unit FROM owner_vote v JOIN property_area a ON a.id = v.property_area WHERE v.id = ?1" },
  { &XQ_FEE_COLLECTION, XQ_FEE_COLLECTION_PROPERTY_AREA, "SELECT unit FROM property_area WHERE id = ?1" },
  { &XQ_CONSULTATION_PARTY, XQ_CONSULTATION_PARTY_CONSULTATION, "SELECT unit FROM consultation WHERE id = ?1" },
  { &XQ_POLL_OPTION, XQ_POLL_OPTION_POLL, "SELECT unit FROM poll WHERE id = ?1" },
  { &XQ_PROJECT_FUNDING, XQ_PROJECT_FUNDING_PROJECT, "SELECT unit FROM project WHERE id = ?1" },
  { &XQ_POINTS_ENTRY, XQ_POINTS_ENTRY_ACCOUNT, "SELECT unit FROM points_account WHERE id = ?1" },
  { &XQ_TICKET_DEPARTMENT, XQ_TICKET_DEPARTMENT_TICKET, "SELECT unit FROM ticket WHERE id = ?1" },
  { &XQ_TICKET_EVENT, XQ_TICKET_EVENT_TICKET, "SELECT unit FROM ticket WHERE id = ?1" },
  { &XQ_BASE_LINK, XQ_BASE_LINK_BASE, "SELECT unit FROM base_unit WHERE id = ?1" },
  { &XQ_BASE_LINK, XQ_BASE_LINK_OTHER, "SELECT unit FROM base_unit WHERE id = ?1" },
  /* Of a plan its area: what it would do to units changes no figure of theirs. */
  { &XQ_PLAN_UNIT, XQ_PLAN_UNIT_SCENARIO, "SELECT unit FROM plan_scenario WHERE id = ?1" },
  { &XQ_PLAN_PLACE, XQ_PLAN_PLACE_SCENARIO, "SELECT unit FROM plan_scenario WHERE id = ?1" },
  { &XQ_PLAN_PAIR, XQ_PLAN_PAIR_SCENARIO, "SELECT unit FROM plan_scenario WHERE id = ?1" },
};

typedef struct
{
  XqTransaction *tx;
  GArray *units;
  GHashTable *asked[G_N_ELEMENTS (VIAS)]; /* gint64 keys a query has been asked with: an import names the same one often */
} Finder;

void
xq_touched_clear (XqTouched *touched)
{
  g_clear_pointer (&touched->units, g_array_unref);
  g_clear_pointer (&touched->columns, g_free);
}

static void
finder_clear (Finder *finder)
{
  g_clear_pointer (&finder->units, g_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (VIAS); i++)
    g_clear_pointer (&finder->asked[i], g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finder, finder_clear)

static void
add_unit (Finder *finder, gint64 unit)
{
  g_array_append_val (finder->units, unit);
}

static gboolean
add_result (Finder *finder, XqStatement *statement, GError **error)
{
  XqStep step;

  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    if (!xq_statement_is_null (statement, 0))
      add_unit (finder, xq_statement_get_int (statement, 0));
  return step == XQ_STEP_DONE;
}

static gboolean
add_via (Finder *finder, guint via, gint64 key, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;

  if (finder->asked[via] == NULL)
    finder->asked[via] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (!g_hash_table_add (finder->asked[via], g_memdup2 (&key, sizeof key)))
    return TRUE;
  statement = xq_statement_get (finder->tx, VIAS[via].sql, error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, key);
  return add_result (finder, statement, error);
}

/* One value of a reference field, @field −1: of the id. */
static gboolean
add_reference (Finder *finder, const XqRecordType *type, int field, gint64 value, GError **error)
{
  if (field >= 0 && g_strcmp0 (type->fields[field].target, "unit") == 0)
    add_unit (finder, value);
  for (guint i = 0; i < G_N_ELEMENTS (VIAS); i++)
    if (VIAS[i].type == type && VIAS[i].field == field && !add_via (finder, i, value, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_value (Finder *finder, const XqRecordType *type, int field, sqlite3_value *value, GError **error)
{
  return value == NULL || sqlite3_value_type (value) != SQLITE_INTEGER
         || add_reference (finder, type, field, sqlite3_value_int64 (value), error);
}

/* A changeset says of an updated row only what has changed: the references that have not are read from the row. */
static gboolean
add_present_row (Finder *finder, const XqRecordType *type, gint64 id, const gboolean *wanted, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (finder->tx, xq_record_sql_get (type)->load, error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, id);
  step = xq_statement_step (statement, error);
  for (int i = 0; step == XQ_STEP_ROW && type->fields[i].name != NULL; i++)
    if (wanted[i] && !xq_statement_is_null (statement, FIRST_FIELD + 1 + i)
        && !add_reference (finder, type, i, xq_statement_get_int (statement, FIRST_FIELD + 1 + i), error))
      return FALSE;
  return step != XQ_STEP_ERROR;
}

static gboolean
add_row (Finder *finder, const XqRecordType *type, sqlite3_changeset_iter *iter, int operation, GError **error)
{
  gboolean unchanged[XQ_MAX_FIELDS] = { FALSE }, look = FALSE;
  sqlite3_value *value = NULL;
  gint64 id;

  if (operation == SQLITE_INSERT)
    sqlite3changeset_new (iter, COLUMN_ID, &value);
  else
    sqlite3changeset_old (iter, COLUMN_ID, &value);
  id = value != NULL ? sqlite3_value_int64 (value) : 0;
  if (type == &XQ_UNIT)
    add_unit (finder, id);
  if (!add_reference (finder, type, -1, id, error))
    return FALSE;
  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      sqlite3_value *old_value = NULL, *new_value = NULL;

      if (type->fields[i].type != XQ_FIELD_REFERENCE)
        continue;
      if (operation != SQLITE_INSERT)
        sqlite3changeset_old (iter, FIRST_FIELD + i, &old_value);
      if (operation != SQLITE_DELETE)
        sqlite3changeset_new (iter, FIRST_FIELD + i, &new_value);
      unchanged[i] = operation == SQLITE_UPDATE && old_value == NULL && new_value == NULL;
      look = look || unchanged[i];
      if (!add_value (finder, type, i, old_value, error) || !add_value (finder, type, i, new_value, error))
        return FALSE;
    }
  return !look || add_present_row (finder, type, id, unchanged, error);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

static void
sort_units (GArray *units)
{
  guint n = 0;

  g_array_sort (units, compare_ids);
  for (guint i = 0; i < units->len; i++)
    if (n == 0 || g_array_index (units, gint64, i) != g_array_index (units, gint64, n - 1))
      g_array_index (units, gint64, n++) = g_array_index (units, gint64, i);
  g_array_set_size (units, n);
}

/* What a building holds is part of its compound's figures. */
static gboolean
add_compounds_of_buildings (Finder *finder, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (finder->tx, "SELECT parent FROM unit WHERE id = ? AND level = 4", error);
  guint n = finder->units->len;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      xq_statement_bind_int (statement, 1, g_array_index (finder->units, gint64, i));
      if (!add_result (finder, statement, error))
        return FALSE;
      xq_statement_reset (statement);
    }
  return TRUE;
}

static gboolean
add_all (Finder *finder, sqlite3_changeset_iter *iter, XqTouched *touched, GString *columns, GError **error)
{
  const XqRecordType *last = NULL;
  int code;

  while ((code = sqlite3changeset_next (iter)) == SQLITE_ROW)
    {
      const char *table;
      int n_columns, operation;
      const XqRecordType *type;

      sqlite3changeset_op (iter, &table, &n_columns, &operation, NULL);
      type = last != NULL && strcmp (last->name, table) == 0 ? last : xq_record_type_by_name (table);
      if (type == NULL)
        return xq_connection_set_error (error, finder->tx->connection->name, SQLITE_CORRUPT, 0, NULL);
      if (type != last)
        g_string_append_printf (columns, "%s\"%s\":%s", columns->len > 1 ? "," : "", type->name, xq_record_sql_get (type)->columns);
      last = type;
      touched->changes++;
      touched->kinds |= XQ_CHANGE_RECORDS;
      if (type == &XQ_UNIT)
        touched->kinds |= XQ_CHANGE_TREE;
      if (!add_row (finder, type, iter, operation, error))
        return FALSE;
      if (touched->changes % 4096 == 0 && xq_transaction_check_cancelled (finder->tx, error))
        return FALSE;
    }
  return code == SQLITE_DONE || xq_connection_fail (finder->tx->connection, code, error);
}

gboolean
xq_touched_find (XqTransaction *tx, GBytes *changeset, XqTouched *touched, GError **error)
{
  g_auto (Finder) finder = { .tx = tx, .units = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  g_autoptr (GString) columns = g_string_new ("{");
  sqlite3_changeset_iter *iter = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (changeset, &size);
  int code = sqlite3changeset_start (&iter, (int)size, (void *)data);
  gboolean ok;

  *touched = (XqTouched){ 0 };
  if (code != SQLITE_OK)
    return xq_connection_fail (tx->connection, code, error);
  ok = add_all (&finder, iter, touched, columns, error);
  sqlite3changeset_finalize (iter);
  if (!ok)
    return FALSE;
  sort_units (finder.units);
  if (!add_compounds_of_buildings (&finder, error))
    return FALSE;
  sort_units (finder.units);
  g_string_append_c (columns, '}');
  touched->columns = g_string_free (g_steal_pointer (&columns), FALSE);
  touched->units = g_steal_pointer (&finder.units);
  return TRUE;
}
