#include "fact-reference.h"
#include "store-fixture.h"
#include "xq-derived.h"
#include "xq-document.h"
#include "xq-fact-sql.h"
#include "xq-fact-tree.h"
#include "xq-maintenance.h"
#include "xq-snapshot.h"
#include "xq-transaction.h"

#define DATABASE_ROUNDS 18
#define EDITS 100

/* The list of columns and the three tables say the same, in the same order. */
static void
test_columns (void)
{
  static const char *const tables[] = { "fact", "rollup", "snapshot_unit" };
  char *folder = fixture_folder ();
  g_autoptr (XqStore) store = fixture_create (folder, "a.xiaoqu");
  g_autofree char *path = fixture_path (folder, "a.xiaoqu");
  g_autofree char *names = xq_fact_columns_join ("", "");

  g_assert_true (xq_store_close (store, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      /* A locked period does not know what came after it: there columns may be null, and stand behind those of other things. */
      g_autofree char *sql
          = g_strdup_printf ("SELECT group_concat (name, ', ') FROM pragma_table_info ('%s') WHERE name NOT IN ('unit', 'district',"
                             " 'period', 'parent', 'level', 'name', 'code', 'kind', 'organisation', 'body', 'generated')"
                             " AND (dflt_value IS '0' OR (dflt_value IS NULL AND \"notnull\" = 0 AND '%s' = 'snapshot_unit'))",
                             tables[i], tables[i]);
      g_autofree char *columns = fixture_query (path, sql);
      g_autofree char *count = NULL;
      g_autofree char *all
          = g_strdup_printf ("SELECT count (*) FROM pragma_table_info ('%s') WHERE name = 'generated' AND dflt_value = '0'",
                             tables[i]);

      g_assert_cmpstr (columns, ==, names);
      count = fixture_query (path, all);
      g_assert_cmpstr (count, ==, "1");
    }
  for (int i = 0; i < XQ_N_FACT_COLUMNS; i++)
    {
      g_assert_cmpint (xq_fact_column_find (XQ_FACT_COLUMNS[i].name, -1), ==, i);
      g_assert_cmpint (XQ_FACT_COLUMNS[i].group, !=, XQ_FACT_DATES);
      g_assert_cmpint (XQ_FACT_COLUMNS[i].group, !=, XQ_FACT_PLACEMENT);
    }
  g_assert_cmpint (XQ_N_FACT_GROUPS, <=, 62);
  for (int i = 0; i < XQ_N_FACT_GROUPS; i++)
    g_assert_nonnull (XQ_FACT_GROUP_SQL[i].sql);
  fixture_folder_free (folder);
}

typedef struct
{
  guint districts;
  GRand *random;
  char *what;
} Job;

static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  if (reference_fill (tx, job->random, job->districts, error))
    xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 4 }, error);
  return NULL;
}

static XqStore *
create_random (const char *folder, const char *name, const char *scheme_json, Job *job)
{
  g_autofree char *path = fixture_path (folder, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_parse (scheme_json, -1, &error);
  XqStore *store;

  g_assert_no_error (error);
  store = xq_store_create_filled (path, scheme, "试验区", "random", fill, job, NULL, &error);
  g_assert_no_error (error);
  return store;
}

static void
compare (const XqRecord *unit, const char *what, const gint64 *found, const gint64 *wanted)
{
  for (int i = 0; i < XQ_N_FACT_COLUMNS; i++)
    if (found[i] != wanted[i])
      g_error ("%s of unit %" G_GINT64_FORMAT " (level %d): %s is %" G_GINT64_FORMAT ", should be %" G_GINT64_FORMAT, what,
               xq_record_get_id (unit), (int)xq_record_get_int (unit, XQ_UNIT_LEVEL), XQ_FACT_COLUMNS[i].name, found[i], wanted[i]);
}

/* Reads a row of fact or rollup; FALSE when there is none. */
static gboolean
read_row (XqTransaction *tx, const char *table, gint64 unit, gint64 *values)
{
  g_autofree char *names = xq_fact_columns_join ("", "");
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE unit = ?1", names, table);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, NULL);

  xq_statement_bind_int (statement, 1, unit);
  if (xq_statement_step (statement, NULL) != XQ_STEP_ROW)
    return FALSE;
  for (int i = 0; i < XQ_N_FACT_COLUMNS; i++)
    values[i] = xq_statement_get_int (statement, i);
  return TRUE;
}

/* What is stored for every unit is what the slow way gives. */
static gpointer
check_stored (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqDocument) document = xq_document_load (tx, error);
  XqPeriod period;
  g_autoptr (Reference) reference = NULL;
  const GPtrArray *units;
  guint *seen = data;

  if (document == NULL || !xq_period_parse (document->open_period, &period, error))
    return NULL;
  reference = reference_new (tx, document->scheme, period, error);
  if (reference == NULL)
    return NULL;
  units = reference_get_units (reference);
  for (guint i = 0; i < units->len; i++)
    {
      const XqRecord *unit = g_ptr_array_index (units, i);
      gboolean in_force = reference_is_in_force (reference, unit);
      gint64 found[XQ_N_FACT_COLUMNS], wanted[XQ_N_FACT_COLUMNS];

      g_assert_cmpint (read_row (tx, "fact", xq_record_get_id (unit), found), ==, in_force);
      if (in_force)
        {
          reference_get_facts (reference, unit, wanted);
          compare (unit, "fact", found, wanted);
          for (int c = 0; c < XQ_N_FACT_COLUMNS; c++)
            seen[c] += wanted[c] != 0;
        }
      in_force = in_force && xq_record_get_int (unit, XQ_UNIT_LEVEL) < XQ_LEVEL_BUILDING;
      g_assert_cmpint (read_row (tx, "rollup", xq_record_get_id (unit), found), ==, in_force);
      if (in_force)
        {
          reference_get_sums (reference, unit, wanted);
          compare (unit, "sum", found, wanted);
        }
    }
  return NULL;
}

/* Random documents under three schemes: every column against every rule. And every column has been something else than 0. */
static void
test_reference (void)
{
  char *folder = fixture_folder ();
  guint seen[XQ_N_FACT_COLUMNS] = { 0 };

  for (guint round = 0; round < DATABASE_ROUNDS; round++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (round + 1);
      Job job = { .random = random, .districts = 1 + round % 2 };
      g_autofree char *name = g_strdup_printf ("%u.xiaoqu", round);
      g_autoptr (XqStore) store = create_random (folder, name, REFERENCE_SCHEMES[round % 3], &job);

      g_test_message ("round %u", round);
      fixture_read (store, check_stored, seen);
      g_assert_true (xq_store_close (store, NULL));
    }
  for (int i = 0; i < XQ_N_FACT_COLUMNS; i++)
    {
      g_test_message ("%s: %u", XQ_FACT_COLUMNS[i].name, seen[i]);
      g_assert_cmpuint (seen[i], >, 0);
    }
  fixture_folder_free (folder);
}

static gpointer
check_reckoned (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const XqPeriod periods[]
      = { { XQ_PERIOD_QUARTER, 2024, 3 }, { XQ_PERIOD_MONTH, 2024, 11 }, { XQ_PERIOD_YEAR, 2023, 1 }, { XQ_PERIOD_YEAR, 2024, 1 } };
  g_autoptr (XqDocument) document = xq_document_load (tx, error);

  for (guint p = 0; document != NULL && p < G_N_ELEMENTS (periods); p++)
    {
      g_autoptr (Reference) reference = reference_new (tx, document->scheme, periods[p], error);
      g_autoptr (XqFactDay) day = xq_fact_day_new (tx, periods[p], error);
      const GPtrArray *units = reference_get_units (reference);
      g_autoptr (GHashTable) wanted_units = g_hash_table_new (g_int64_hash, g_int64_equal);
      guint n = 0, found = 0;

      for (guint i = 0; i < units->len; i++)
        {
          const XqRecord *unit = g_ptr_array_index (units, i);
          g_autofree gint64 *id = g_memdup2 (&(gint64){ xq_record_get_id (unit) }, sizeof (gint64));

          n += reference_is_in_force (reference, unit);
          if (xq_record_is_null (unit, XQ_UNIT_PARENT))
            {
              g_autoptr (XqFactTree) tree = xq_fact_tree_compute (tx, day, *id, error);

              g_assert_nonnull (tree);
              for (guint t = 0; t < xq_fact_tree_get_size (tree); t++)
                for (guint u = 0; u < units->len; u++)
                  if (xq_record_get_id (g_ptr_array_index (units, u)) == xq_fact_tree_get (tree, t)->id)
                    {
                      gint64 wanted[XQ_N_FACT_COLUMNS];

                      found++;
                      reference_get_facts (reference, g_ptr_array_index (units, u), wanted);
                      compare (g_ptr_array_index (units, u), "reckoned fact", xq_fact_tree_get (tree, t)->values, wanted);
                    }
            }
        }
      g_assert_cmpuint (found, ==, n);
    }
  return NULL;
}

static void
test_reckoned (void)
{
  char *folder = fixture_folder ();

  for (guint round = 0; round < 6; round++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (round + 100);
      Job job = { .random = random, .districts = 1 };
      g_autofree char *name = g_strdup_printf ("%u.xiaoqu", round);
      g_autoptr (XqStore) store = create_random (folder, name, REFERENCE_SCHEMES[round % 3], &job);

      fixture_read (store, check_reckoned, NULL);
      g_assert_true (xq_store_close (store, NULL));
    }
  fixture_folder_free (folder);
}

static gpointer
edit (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  int n = g_rand_int_range (job->random, 0, 10) == 0 ? 6 : 1;

  for (int i = 0; i < n; i++)
    {
      g_clear_pointer (&job->what, g_free);
      if (!reference_edit (tx, job->random, &job->what, error))
        break;
    }
  return NULL;
}

static void
check_sound (XqStore *store, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = xq_store_verify (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("after %s: %s", what, (char *)g_ptr_array_index (problems, i));
  if (problems->len > 0)
    g_error ("after %s: %s", what, (char *)g_ptr_array_index (problems, 0));
}

/* After every edit, undo and redo the stored facts are those of a full computation; at the end those of the slow way. */
static void
test_incremental (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data), seen[XQ_N_FACT_COLUMNS] = { 0 };
  char *folder = fixture_folder ();
  g_autoptr (GRand) random = g_rand_new_with_seed (which + 7000);
  Job job = { .random = random, .districts = 2 };
  g_autoptr (XqStore) store = create_random (folder, "a.xiaoqu", REFERENCE_SCHEMES[which], &job);

  for (guint i = 0; i < EDITS; i++)
    {
      g_autoptr (GError) error = NULL;
      int action = g_rand_int_range (random, 0, 8);
      g_autofree char *label = NULL;

      if (action == 0)
        label = xq_store_undo (store, NULL, &error);
      else if (action == 1)
        label = xq_store_redo (store, NULL, &error);
      if (error != NULL)
        g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOTHING_TO_UNDO);
      if (action > 1)
        {
          xq_store_write (store, "edit", edit, &job, NULL, &error);
          g_assert_no_error (error);
        }
      check_sound (store, action == 0 ? "undo" : action == 1 ? "redo" : job.what);
    }
  fixture_read (store, check_stored, seen);
  g_free (job.what);
  g_assert_true (xq_store_close (store, NULL));
  fixture_folder_free (folder);
}

typedef struct
{
  gint64 compounds[3], areas[3], bodies[3], covers[3];
} Joint;

static gint64
insert (XqTransaction *tx, XqRecord *record, GError **error)
{
  g_autoptr (XqRecord) owned = record;

  return xq_record_insert (tx, owned, error);
}

static gint64
insert_unit (XqTransaction *tx, gint64 parent, int level, const char *name, GError **error)
{
  XqRecord *unit = xq_record_new (&XQ_UNIT);

  if (parent != 0)
    xq_record_set_int (unit, XQ_UNIT_PARENT, parent);
  xq_record_set_int (unit, XQ_UNIT_LEVEL, level);
  xq_record_set_text (unit, XQ_UNIT_NAME, name);
  return insert (tx, unit, error);
}

static gint64
insert_body (XqTransaction *tx, gint64 area, GError **error)
{
  XqRecord *body = xq_record_new (&XQ_OWNERS_BODY);

  xq_record_set_int (body, XQ_OWNERS_BODY_PROPERTY_AREA, area);
  xq_record_set_text (body, XQ_OWNERS_BODY_KIND, "self_governing");
  xq_record_set_int (body, XQ_OWNERS_BODY_BRANCH_COMMITTEE_SEATED, 2);
  return insert (tx, body, error);
}

/* A joint branch at home in the first of three compounds; the last two have owners' bodies. */
static gpointer
fill_joint (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Joint *joint = data;
  gint64 parent = 0, branch = 0;

  for (int level = XQ_LEVEL_DISTRICT; level <= XQ_LEVEL_COMMUNITY; level++)
    if ((parent = insert_unit (tx, parent, level, "上级", error)) == 0)
      return NULL;
  for (int i = 0; i < 3; i++)
    {
      XqRecord *area = xq_record_new (&XQ_PROPERTY_AREA), *cover = xq_record_new (&XQ_ORGANISATION_COVER);

      joint->compounds[i] = insert_unit (tx, parent, XQ_LEVEL_COMPOUND, "小区", error);
      xq_record_set_int (area, XQ_PROPERTY_AREA_UNIT, joint->compounds[i]);
      xq_record_set_text (area, XQ_PROPERTY_AREA_NAME, "区域");
      joint->areas[i] = insert (tx, area, error);
      if (i == 0)
        {
          XqRecord *organisation = xq_record_new (&XQ_ORGANISATION);

          xq_record_set_int (organisation, XQ_ORGANISATION_UNIT, joint->compounds[0]);
          xq_record_set_text (organisation, XQ_ORGANISATION_KIND, "joint_branch");
          xq_record_set_text (organisation, XQ_ORGANISATION_NAME, "联合党支部");
          xq_record_set_int (organisation, XQ_ORGANISATION_COMMITTEE_SIZE, 5);
          branch = insert (tx, organisation, error);
        }
      else
        joint->bodies[i] = insert_body (tx, joint->areas[i], error);
      xq_record_set_int (cover, XQ_ORGANISATION_COVER_UNIT, joint->compounds[i]);
      xq_record_set_int (cover, XQ_ORGANISATION_COVER_ORGANISATION, branch);
      joint->covers[i] = insert (tx, cover, error);
    }
  return NULL;
}

static gpointer
add_first_body (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Joint *joint = data;

  joint->bodies[0] = insert_body (tx, joint->areas[0], error);
  return NULL;
}

static gpointer
delete_first_cover (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_record_delete (tx, &XQ_ORGANISATION_COVER, ((Joint *)data)->covers[0], error);
  return NULL;
}

static gpointer
end_second_body (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Joint *joint = data;
  gint64 which = joint->compounds[1] < joint->compounds[2] ? 1 : 2;
  g_autoptr (XqRecord) body = xq_record_load (tx, &XQ_OWNERS_BODY, joint->bodies[which], error);

  if (body != NULL)
    {
      xq_record_set_text (body, XQ_OWNERS_BODY_ENDED, "2020-01-01");
      xq_record_update (tx, body, FALSE, error);
    }
  return NULL;
}

/* Where the committee of a joint branch is counted hangs on its other units: a change of one moves it to another. */
static void
test_joint (void)
{
  static const XqJobFunc steps[] = { add_first_body, delete_first_cover, end_second_body };
  static const char *const sums[] = { "4/5", "5/5", "4/5", "2/5" };
  static const char query[]
      = "SELECT cross_branch_seated || '/' || cross_branch_members FROM rollup r JOIN unit u ON u.id = r.unit WHERE u.level = 0";
  char *folder = fixture_folder ();
  g_autofree char *path = fixture_path (folder, "a.xiaoqu");
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("echeng", NULL);
  Joint joint = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) store = xq_store_create_filled (path, scheme, "试验区", "joint", fill_joint, &joint, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i <= G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *sum = NULL;

      if (i > 0)
        fixture_write (store, "step", steps[i - 1], &joint);
      sum = fixture_query (path, query);
      g_assert_cmpstr (sum, ==, sums[i]);
      check_sound (store, sums[i]);
    }
  for (guint i = G_N_ELEMENTS (steps); i-- > 0;)
    {
      g_autofree char *label = xq_store_undo (store, NULL, &error);
      g_autofree char *sum = fixture_query (path, query);

      g_assert_no_error (error);
      g_assert_cmpstr (sum, ==, sums[i]);
      check_sound (store, "undo");
    }
  g_assert_true (xq_store_close (store, NULL));
  fixture_folder_free (folder);
}

#define CLONES 40

/* Copies the whole document beside itself, with all references of the copies among themselves. */
static gboolean
clone_all (XqTransaction *tx, int n, GError **error)
{
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    {
      const XqRecordType *type = XQ_RECORD_TYPES[t];
      g_autoptr (GString) names = g_string_new ("id, district, origins");
      g_autoptr (GString) values = g_string_new (NULL);
      g_autofree char *sql = NULL;

      g_string_printf (values, "(id + %d) & 0x7fffffffffffffff, (district + %d) & 0x7fffffffffffffff, origins", n, n);
      for (int i = 0; type->fields[i].name != NULL; i++)
        {
          g_string_append_printf (names, ", %s", type->fields[i].name);
          if (type->fields[i].type == XQ_FIELD_REFERENCE)
            g_string_append_printf (values, ", (%s + %d) & 0x7fffffffffffffff", type->fields[i].name, n);
          else
            g_string_append_printf (values, ", %s", type->fields[i].name);
        }
      /* The originals are those of the first round: their ids end in 0 behind the point where copies are made. */
      sql = g_strdup_printf ("INSERT INTO %s (%s) SELECT %s FROM %s WHERE id & 1023 = 0", type->name, names->str, values->str,
                             type->name);
      if (!xq_transaction_execute (tx, sql, error))
        return FALSE;
    }
  return TRUE;
}

static int
count_steps (unsigned int what, void *data, void *statement, void *unused)
{
  *(gint64 *)data += sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_VM_STEP, 1);
  return 0;
}

typedef struct
{
  gint64 edit, rows, figures, trend;
} Cost;

/* What each costs in steps of SQLite's machine: the same whenever it is run. */
static gpointer
measure (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Cost *cost = data;
  g_autoptr (GPtrArray) compounds = xq_record_list (tx, &XQ_COMPOUND, -1, 0, error);
  gint64 unit = G_MAXINT64, community = 0, steps = 0;
  g_autoptr (XqRecord) record = NULL;
  g_autoptr (XqFigureTable) table = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GPtrArray) points = NULL;

  for (guint i = 0; i < compounds->len; i++)
    {
      gint64 id = xq_record_get_int (g_ptr_array_index (compounds, i), XQ_COMPOUND_UNIT);
      g_autoptr (XqRecord) candidate = xq_record_load (tx, &XQ_UNIT, id, error);

      /* Of the originals the first that is in force with all above it. */
      if ((id & 1023) == 0 && id < unit && read_row (tx, "rollup", id, (gint64[XQ_N_FACT_COLUMNS]){ 0 })
          && read_row (tx, "rollup", xq_record_get_int (candidate, XQ_UNIT_PARENT), (gint64[XQ_N_FACT_COLUMNS]){ 0 }))
        unit = id;
    }
  record = xq_record_load (tx, &XQ_UNIT, unit, error);
  community = xq_record_get_int (record, XQ_UNIT_PARENT);
  /* Once without counting: statements are prepared. */
  for (int round = 0; round < 2; round++)
    {
      sqlite3_trace_v2 (tx->connection->db, SQLITE_TRACE_PROFILE, count_steps, &steps);
      steps = 0;
      g_assert_true (xq_fact_update (tx, &unit, 1, error));
      cost->edit = steps;
      steps = 0;
      g_clear_pointer (&table, xq_figure_table_free);
      table = xq_figures_read (tx, &(XqFigureQuery){ .unit = community, .by = XQ_LEVEL_COMPOUND }, error);
      cost->figures = steps;
      steps = 0;
      g_clear_pointer (&parts, g_ptr_array_unref);
      parts = xq_figures_list_rows (tx, "compounds", community, FALSE, XQ_PERIOD_NONE, error);
      cost->rows = steps;
      steps = 0;
      g_clear_pointer (&points, g_ptr_array_unref);
      points = xq_figures_trend (tx, community, "households", error);
      cost->trend = steps;
      sqlite3_trace_v2 (tx->connection->db, 0, NULL, NULL);
    }
  g_assert_true (table != NULL && parts != NULL && points != NULL);
  return NULL;
}

static gpointer
fill_once (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  if (!reference_fill (tx, job->random, 1, error))
    return NULL;
  /* Room behind every id for those of the copies. */
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    {
      const XqRecordType *type = XQ_RECORD_TYPES[t];
      g_autoptr (GString) sql = g_string_new (NULL);

      g_string_printf (sql, "PRAGMA defer_foreign_keys = ON; UPDATE %s SET id = id & ~1023, district = district & ~1023",
                       type->name);
      for (int i = 0; type->fields[i].name != NULL; i++)
        if (type->fields[i].type == XQ_FIELD_REFERENCE)
          g_string_append_printf (sql, ", %s = %s & ~1023", type->fields[i].name, type->fields[i].name);
      if (!xq_transaction_execute (tx, sql->str, error))
        return NULL;
    }
  xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 4 }, error);
  return NULL;
}

static gpointer
add_clones (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  for (int n = 1; n <= CLONES; n++)
    if (!clone_all (tx, n, error))
      return NULL;
  xq_figures_recompute (tx, error);
  return NULL;
}

/* Cost follows what is touched and shown, not what there is: among forty times the records it is the same. */
static void
test_cost (gconstpointer data)
{
  char *folder = fixture_folder ();
  g_autofree char *path = fixture_path (folder, "a.xiaoqu");
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_parse (REFERENCE_SCHEMES[GPOINTER_TO_UINT (data)], -1, &error);
  Job job = { .random = random, .districts = 1 };
  g_autoptr (XqStore) store = xq_store_create_filled (path, scheme, "试验区", "one", fill_once, &job, NULL, &error);
  Cost alone = { 0 }, among = { 0 };

  g_assert_no_error (error);
  fixture_write (store, "measure", measure, &alone);
  fixture_write (store, "clone", add_clones, NULL);
  fixture_write (store, "measure", measure, &among);
  g_test_message ("edit %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ", figures %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                  ", rows %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ", trend %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                  alone.edit, among.edit, alone.figures, among.figures, alone.rows, among.rows, alone.trend, among.trend);
  g_assert_cmpint (alone.edit, >, 0);
  g_assert_cmpint (among.edit * 10, <=, alone.edit * 11);
  g_assert_cmpint (among.figures * 10, <=, alone.figures * 11);
  g_assert_cmpint (among.rows * 10, <=, alone.rows * 11);
  g_assert_cmpint (among.trend * 10, <=, alone.trend * 11);
  check_sound (store, "cloning");
  g_assert_true (xq_store_close (store, NULL));
  fixture_folder_free (folder);
}

/* A wrong stored value is found and named, and recomputing mends it. */
static gpointer
recompute (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_figures_recompute (tx, error);
  return NULL;
}

static void
test_verify (void)
{
  static const char *const damages[] = {
    "UPDATE fact SET households = households + 1 WHERE unit = (SELECT min (unit) FROM fact)",
    "UPDATE rollup SET coverage_own = coverage_own + 1 WHERE unit = (SELECT max (unit) FROM rollup)",
    "UPDATE rollup SET generated = generated + 1 WHERE unit = (SELECT max (unit) FROM rollup)",
    "DELETE FROM fact WHERE unit = (SELECT min (unit) FROM fact)",
    "DELETE FROM rollup WHERE unit = (SELECT min (unit) FROM rollup)",
    "INSERT INTO rollup (unit, district) SELECT id, district FROM unit WHERE level = 4 LIMIT 1",
  };
  char *folder = fixture_folder ();
  g_autofree char *path = fixture_path (folder, "a.xiaoqu");

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (4);
      Job job = { .random = random, .districts = 1 };
      g_autoptr (XqStore) store = NULL;
      g_autoptr (GPtrArray) problems = NULL;

      if (i == 0)
        {
          store = create_random (folder, "a.xiaoqu", REFERENCE_SCHEMES[0], &job);
          g_assert_true (xq_store_close (store, NULL));
          g_clear_object (&store);
        }
      fixture_execute (path, damages[i]);
      store = xq_store_open (path, XQ_STORE_READ_WRITE, NULL);
      g_assert_nonnull (store);
      problems = xq_store_verify (store, NULL, NULL);
      g_assert_cmpuint (problems->len, >, 0);
      g_test_message ("%s", (char *)g_ptr_array_index (problems, 0));
      fixture_write (store, "recompute", recompute, NULL);
      check_sound (store, damages[i]);
      g_assert_true (xq_store_close (store, NULL));
    }
  fixture_folder_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facts/columns", test_columns);
  g_test_add_func ("/facts/reference", test_reference);
  g_test_add_func ("/facts/reckoned", test_reckoned);
  g_test_add_data_func ("/facts/incremental/resident", GUINT_TO_POINTER (0), test_incremental);
  g_test_add_data_func ("/facts/incremental/formal", GUINT_TO_POINTER (1), test_incremental);
  g_test_add_data_func ("/facts/incremental/checked-in", GUINT_TO_POINTER (2), test_incremental);
  g_test_add_func ("/facts/joint", test_joint);
  g_test_add_data_func ("/facts/cost", GUINT_TO_POINTER (0), test_cost);
  g_test_add_data_func ("/facts/cost-with-plan", GUINT_TO_POINTER (1), test_cost);
  g_test_add_func ("/facts/verify", test_verify);
  return g_test_run ();
}
