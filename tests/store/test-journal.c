#include "store-fixture.h"

#include "xq-journal.h"

/* Commands of the long run; each is undone and redone. */
#define N_COMMANDS 120

typedef struct
{
  char *folder, *path;
  XqStore *store;
  GRand *random;
  GArray *touched; /* of the last "changed" */
  guint kinds, n_changed;
} Fixture;

static void
on_changed (XqStore *store, GArray *units, guint kinds, Fixture *f)
{
  g_array_set_size (f->touched, 0);
  g_array_append_vals (f->touched, units->data, units->len);
  f->kinds = kinds;
  f->n_changed++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  f->store = fixture_create (f->folder, "a.xiaoqu");
  f->random = g_rand_new_with_seed (936545);
  f->touched = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (f->store, "changed", G_CALLBACK (on_changed), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->store);
  g_rand_free (f->random);
  g_array_unref (f->touched);
  g_free (f->path);
  fixture_folder_free (f->folder);
}

static char *
undo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  char *label = xq_store_undo (f->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (label);
  return label;
}

static char *
redo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  char *label = xq_store_redo (f->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (label);
  return label;
}

/* A few random changes; what a rule refuses is left out. */
static gpointer
random_command (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  GRand *random = data;
  int n = g_rand_int_range (random, 1, 6), n_types = 0;

  while (XQ_RECORD_TYPES[n_types] != NULL)
    n_types++;
  for (int i = 0; i < n; i++)
    {
      const XqRecordType *type = XQ_RECORD_TYPES[g_rand_int_range (random, 0, n_types)];
      int action = g_rand_int_range (random, 0, 10);
      gint64 row = fixture_random_row (tx, type, random, error);
      g_autoptr (XqRecord) record = NULL;
      g_autoptr (GError) local = NULL;

      if (action < 6 || row == 0)
        {
          record = fixture_random_record (tx, type, random, error);
          if (record != NULL && xq_record_insert (tx, record, &local) == 0
              && !g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID))
            g_propagate_error (error, g_steal_pointer (&local));
        }
      else if (action < 9)
        {
          record = xq_record_load (tx, type, row, error);
          fixture_change_record (record, random);
          xq_record_update (tx, record, g_rand_boolean (random), error);
        }
      /* Not what all else hangs on: the run would end in an empty document. */
      else if (type != &XQ_UNIT || g_rand_int_range (random, 0, 5) == 0)
        {
          g_autoptr (XqRecord) victim = xq_record_load (tx, type, row, error);

          if (type != &XQ_UNIT || xq_record_get_int (victim, XQ_UNIT_LEVEL) >= XQ_LEVEL_COMMUNITY)
            xq_record_delete (tx, type, row, error);
        }
      if (error != NULL && *error != NULL)
        return NULL;
    }
  return NULL;
}

/* Whatever is done: undone it is as if it had never been, row for row; redone it is there again. */
static void
test_random_commands (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) derived = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;

  g_ptr_array_add (dumps, fixture_dump (f->path));
  g_ptr_array_add (derived, fixture_dump_tables (f->path, "fact rollup search"));
  for (int i = 0; i < N_COMMANDS; i++)
    {
      g_autofree char *label = g_strdup_printf ("command %d", i);
      guint before = f->n_changed;

      fixture_write (f->store, label, random_command, f->random);
      if (f->n_changed == before)
        continue; /* it happened to change nothing */
      n++;
      g_ptr_array_add (dumps, fixture_dump (f->path));
      g_ptr_array_add (derived, fixture_dump_tables (f->path, "fact rollup search"));
    }
  g_assert_cmpuint (n, >, N_COMMANDS / 2);
  for (int round = 0; round < 2; round++)
    {
      for (guint i = n; i > 0; i--)
        {
          g_autofree char *label = undo (f);
          g_autofree char *now = fixture_dump (f->path);
          g_autofree char *now_derived = fixture_dump_tables (f->path, "fact rollup search");

          g_assert_cmpstr (now, ==, g_ptr_array_index (dumps, i - 1));
          g_assert_cmpstr (now_derived, ==, g_ptr_array_index (derived, i - 1));
        }
      for (guint i = 1; i <= n; i++)
        {
          g_autofree char *label = redo (f);
          g_autofree char *now = fixture_dump (f->path);
          g_autofree char *now_derived = fixture_dump_tables (f->path, "fact rollup search");

          g_assert_cmpstr (now, ==, g_ptr_array_index (dumps, i));
          g_assert_cmpstr (now_derived, ==, g_ptr_array_index (derived, i));
        }
    }
}

static gpointer
rename_unit (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  char **arguments = data;
  g_autoptr (GPtrArray) units = xq_record_list (tx, &XQ_UNIT, -1, 0, error);

  for (guint i = 0; i < units->len; i++)
    {
      XqRecord *unit = g_ptr_array_index (units, i);

      if (strcmp (xq_record_get_text (unit, XQ_UNIT_NAME), arguments[0]) == 0)
        {
          xq_record_set_text (unit, XQ_UNIT_NAME, arguments[1]);
          xq_record_update (tx, unit, FALSE, error);
          return NULL;
        }
    }
  g_assert_not_reached ();
}

static void
rename_to (Fixture *f, const char *from, const char *to)
{
  const char *arguments[] = { from, to };

  fixture_write (f->store, to, rename_unit, arguments);
}

static void
assert_labels (Fixture *f, const char *undo_label, const char *redo_label)
{
  g_autofree char *undo_property = NULL;
  g_autofree char *redo_property = NULL;

  g_object_get (f->store, "undo-label", &undo_property, "redo-label", &redo_property, NULL);
  g_assert_cmpstr (xq_store_get_undo_label (f->store), ==, undo_label);
  g_assert_cmpstr (xq_store_get_redo_label (f->store), ==, redo_label);
  g_assert_cmpstr (undo_property, ==, undo_label);
  g_assert_cmpstr (redo_property, ==, redo_label);
}

static void
reopen (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_store_close (f->store, &error));
  g_assert_no_error (error);
  g_object_unref (f->store);
  f->store = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  g_signal_connect (f->store, "changed", G_CALLBACK (on_changed), f);
}

/* Last in, first out; a new command forgets what was undone; all of it survives closing. */
static void
test_order (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_labels (f, "tree", NULL);
  rename_to (f, "丰润园", "A");
  rename_to (f, "A", "B");
  rename_to (f, "B", "C");
  assert_labels (f, "C", NULL);
  g_free (undo (f));
  assert_labels (f, "B", "C");
  g_free (undo (f));
  assert_labels (f, "A", "B");
  g_free (redo (f));
  assert_labels (f, "B", "C");
  reopen (f);
  assert_labels (f, "B", "C");
  rename_to (f, "B", "D");
  assert_labels (f, "D", NULL);
  g_assert_null (xq_store_redo (f->store, NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOTHING_TO_UNDO);
  g_clear_error (&error);
  g_free (undo (f));
  g_free (undo (f));
  g_free (undo (f));
  assert_labels (f, "tree", "A");
  g_free (undo (f));
  assert_labels (f, NULL, "tree");
  g_assert_null (xq_store_undo (f->store, NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOTHING_TO_UNDO);
  reopen (f);
  assert_labels (f, NULL, "tree");
  for (int i = 0; i < 3; i++)
    g_free (redo (f));
  assert_labels (f, "B", "D");
}

static gint64
last_entry (Fixture *f)
{
  g_autofree char *entry = fixture_query (f->path, "SELECT max(entry) FROM journal");

  return g_ascii_strtoll (entry, NULL, 10);
}

/* Back to a step: all at once or not at all. */
static void
test_undo_to (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *found = NULL;
  g_autofree char *again = NULL;
  gint64 first, second;

  rename_to (f, "丰润园", "A");
  first = last_entry (f);
  wanted = fixture_dump (f->path);
  rename_to (f, "A", "B");
  second = last_entry (f);
  rename_to (f, "B", "C");
  g_free (undo (f));
  rename_to (f, "B", "D");
  g_assert_true (xq_store_undo_to (f->store, first, NULL, &error));
  g_assert_no_error (error);
  found = fixture_dump (f->path);
  g_assert_cmpstr (wanted, ==, found);
  assert_labels (f, "A", "B");
  /* What is undone itself is no place to go back to; where one is, there is nothing to do. */
  g_assert_false (xq_store_undo_to (f->store, second, NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (xq_store_undo_to (f->store, first, NULL, &error));
  g_assert_no_error (error);
  again = fixture_dump (f->path);
  g_assert_cmpstr (wanted, ==, again);
  g_free (redo (f));
  g_free (redo (f));
  assert_labels (f, "D", NULL);
}

static gpointer
do_nothing (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) units = xq_record_list (tx, &XQ_UNIT, -1, 0, error);
  XqRecord *unit = g_ptr_array_index (units, 0);
  g_autofree char *name = g_strdup (xq_record_get_text (unit, XQ_UNIT_NAME));

  /* There and back again is nothing, too. */
  xq_record_set_text (unit, XQ_UNIT_NAME, "elsewhere");
  if (!xq_record_update (tx, unit, TRUE, error))
    return NULL;
  xq_record_set_text (unit, XQ_UNIT_NAME, name);
  xq_record_update (tx, unit, TRUE, error);
  return NULL;
}

static gpointer
fail_half_way (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *arguments[] = { "丰润园", "half" };

  rename_unit (tx, arguments, cancellable, error);
  g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, "no");
  return NULL;
}

static void
test_nothing (Fixture *f, gconstpointer data)
{
  g_autofree char *before = fixture_dump_tables (f->path, "journal journal_unit unit");
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  fixture_write (f->store, "nothing", do_nothing, NULL);
  g_assert_cmpuint (f->n_changed, ==, 0);
  xq_store_write (f->store, "half", fail_half_way, NULL, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  g_assert_cmpuint (f->n_changed, ==, 0);
  after = fixture_dump_tables (f->path, "journal journal_unit unit");
  g_assert_cmpstr (before, ==, after);
  assert_labels (f, "tree", NULL);
}

/* Something that the journal does not know of has changed the rows: undo says so and does nothing. */
static void
assert_conflict (Fixture *f, const char *sql, const char *word)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_store_close (f->store, NULL));
  g_clear_object (&f->store);
  fixture_execute (f->path, sql);
  f->store = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  before = fixture_dump_tables (f->path, "unit journal fact search");
  g_assert_null (xq_store_undo (f->store, NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
  after = fixture_dump_tables (f->path, "unit journal fact search");
  g_assert_cmpstr (before, ==, after);
}

static void
test_conflict_changed (Fixture *f, gconstpointer data)
{
  rename_to (f, "丰润园", "A");
  assert_conflict (f, "UPDATE unit SET name = 'Z' WHERE name = 'A'", "Z");
}

static void
test_conflict_deleted (Fixture *f, gconstpointer data)
{
  rename_to (f, "2号楼", "A");
  assert_conflict (f,
                   "DELETE FROM fact WHERE unit IN (SELECT id FROM unit WHERE name = 'A');"
                   "DELETE FROM rollup WHERE unit IN (SELECT id FROM unit WHERE name = 'A');"
                   "DELETE FROM search WHERE unit IN (SELECT id FROM unit WHERE name = 'A'); DELETE FROM unit WHERE name = 'A'",
                   "A");
}

static void
test_conflict_depends (Fixture *f, gconstpointer data)
{
  /* The last command made the tree: a row of a table that undo does not look at hangs on one of its units. */
  assert_conflict (f,
                   "INSERT INTO note (id, district, unit, title, origins) SELECT 1, district, id, 't', 0 FROM unit WHERE name = "
                   "'2号楼'",
                   "tree");
}

static void
test_conflict_schema (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  /* Written by an earlier schema version: undo does not reach past a migration. */
  rename_to (f, "丰润园", "A");
  g_assert_true (xq_store_close (f->store, NULL));
  g_clear_object (&f->store);
  fixture_execute (f->path, "UPDATE journal SET schema_version = 0");
  f->store = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  assert_labels (f, NULL, NULL);
  g_assert_null (xq_store_undo (f->store, NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOTHING_TO_UNDO);
}

/* A journal that was tampered with: an error or another change, but no crash and nothing by half. */
static void
test_damaged_changeset (Fixture *f, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize size;

  for (int i = 0; i < 5; i++)
    fixture_write (f->store, "random", random_command, f->random);
  g_assert_true (xq_store_close (f->store, NULL));
  g_clear_object (&f->store);
  g_assert_true (g_file_get_contents (f->path, &whole, &size, NULL));
  for (int i = 0; i < 100; i++)
    {
      g_autofree char *sql = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *label = NULL;
      g_autoptr (GError) error = NULL;
      int place = g_rand_int_range (f->random, 1, 200);

      g_assert_true (g_file_set_contents (f->path, whole, (gssize)size, NULL));
      sql = g_strdup_printf ("UPDATE journal SET changeset = CAST (substr (changeset, 1, %d) || x'%02x' || substr (changeset, %d) "
                             "AS BLOB)"
                             " WHERE length (changeset) > %d",
                             place - 1, g_rand_int_range (f->random, 0, 256), place + g_rand_int_range (f->random, 0, 3), place);
      fixture_execute (f->path, sql);
      f->store = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
      g_assert_no_error (error);
      before = fixture_dump (f->path);
      label = xq_store_undo (f->store, NULL, &error);
      after = fixture_dump (f->path);
      if (error != NULL)
        {
          g_assert_true (error->domain == XQ_STORE_ERROR);
          g_assert_cmpstr (before, ==, after);
        }
      g_clear_object (&f->store);
    }
  f->store = NULL;
}

/* Undo goes past what has no changeset: it touched no record. */
static void
test_without_changeset (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  rename_to (f, "丰润园", "A");
  g_assert_true (xq_store_close (f->store, NULL));
  g_clear_object (&f->store);
  fixture_execute (f->path, "INSERT INTO journal (actor, time, label, schema_version, changes, columns)"
                            " SELECT 'x', '2024-10-01T00:00:00Z', 'lock', schema_version, 0, '{}' FROM journal LIMIT 1");
  f->store = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  assert_labels (f, "A", NULL);
  g_free (undo (f));
  name = fixture_query (f->path, "SELECT name FROM unit WHERE name = '丰润园'");
  g_assert_cmpstr (name, ==, "丰润园");
  assert_labels (f, "tree", "A");
}

static gpointer
move_period (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  /* Stands for a lock: changes what is not recorded. */
  xq_transaction_set_sample (tx, "echeng", "somewhere", error);
  return NULL;
}

static void
test_unrecorded_change (Fixture *f, gconstpointer data)
{
  g_autofree char *entry = NULL;

  fixture_write (f->store, "lock", move_period, NULL);
  g_assert_cmpuint (f->n_changed, ==, 1);
  g_assert_cmpuint (f->kinds, ==, XQ_CHANGE_PERIODS);
  entry = fixture_query (f->path,
                         "SELECT label || ' ' || (changeset IS NULL) || ' ' || changes FROM journal ORDER BY entry DESC LIMIT 1");
  g_assert_cmpstr (entry, ==, "lock 1 0");
  assert_labels (f, "tree", NULL);
}

typedef struct
{
  gint64 unit;
  GPtrArray *entries, *changes;
} History;

static gpointer
read_history (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  History *history = data;

  history->entries = xq_journal_list (tx, history->unit, 100, error);
  if (history->entries != NULL && history->entries->len > 0)
    history->changes = xq_journal_list_changes (tx, ((XqJournalEntry *)g_ptr_array_index (history->entries, 0))->entry, error);
  return NULL;
}

static void
test_history (Fixture *f, gconstpointer data)
{
  History history = { .unit = 0 };
  XqJournalEntry *entry;
  XqJournalChange *change;

  xq_store_set_actor (f->store, "李雷");
  rename_to (f, "1号楼", "一号楼");
  rename_to (f, "凤凰街道", "凤凰");
  g_free (undo (f));
  fixture_read (f->store, read_history, &history);
  g_assert_cmpuint (history.entries->len, ==, 5);
  entry = g_ptr_array_index (history.entries, 0);
  g_assert_cmpstr (entry->label, ==, "凤凰");
  g_assert_cmpstr (entry->actor, ==, "李雷");
  g_assert_cmpint (entry->undoes, ==, ((XqJournalEntry *)g_ptr_array_index (history.entries, 1))->entry);
  g_assert_false (entry->undone);
  entry = g_ptr_array_index (history.entries, 1);
  g_assert_true (entry->undone);
  g_assert_cmpuint (entry->n_cells, ==, 1);
  /* What the undo changed, old → new. */
  g_assert_cmpuint (history.changes->len, ==, 1);
  change = g_ptr_array_index (history.changes, 0);
  g_assert_cmpstr (change->table, ==, "unit");
  g_assert_cmpstr (change->column, ==, "name");
  g_assert_cmpint (change->operation, ==, 'u');
  g_assert_cmpstr (change->old_value, ==, "凤凰");
  g_assert_cmpstr (change->new_value, ==, "凤凰街道");
  g_ptr_array_unref (history.entries);
  g_ptr_array_unref (history.changes);

  /* Of a unit and what is below it: the building's edit is the compound's history, not the other building's. */
  history.unit = fixture_unit (f->store, "丰润园");
  fixture_read (f->store, read_history, &history);
  g_assert_cmpuint (history.entries->len, ==, 2);
  g_assert_cmpstr (((XqJournalEntry *)g_ptr_array_index (history.entries, 0))->label, ==, "一号楼");
  g_ptr_array_unref (history.entries);
  g_ptr_array_unref (history.changes);
  history.unit = fixture_unit (f->store, "2号楼");
  fixture_read (f->store, read_history, &history);
  g_assert_cmpuint (history.entries->len, ==, 1);
  entry = g_ptr_array_index (history.entries, 0);
  g_assert_cmpstr (entry->label, ==, "tree");
  g_assert_cmpuint (entry->n_cells, ==, 5);
  g_ptr_array_unref (history.entries);
  g_ptr_array_unref (history.changes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/journal/random-commands", Fixture, NULL, set_up, test_random_commands, tear_down);
  g_test_add ("/store/journal/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/store/journal/undo-to", Fixture, NULL, set_up, test_undo_to, tear_down);
  g_test_add ("/store/journal/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/store/journal/conflict-changed", Fixture, NULL, set_up, test_conflict_changed, tear_down);
  g_test_add ("/store/journal/conflict-deleted", Fixture, NULL, set_up, test_conflict_deleted, tear_down);
  g_test_add ("/store/journal/conflict-depends", Fixture, NULL, set_up, test_conflict_depends, tear_down);
  g_test_add ("/store/journal/conflict-schema", Fixture, NULL, set_up, test_conflict_schema, tear_down);
  g_test_add ("/store/journal/damaged-changeset", Fixture, NULL, set_up, test_damaged_changeset, tear_down);
  g_test_add ("/store/journal/without-changeset", Fixture, NULL, set_up, test_without_changeset, tear_down);
  g_test_add ("/store/journal/unrecorded-change", Fixture, NULL, set_up, test_unrecorded_change, tear_down);
  g_test_add ("/store/journal/history", Fixture, NULL, set_up, test_history, tear_down);
  return g_test_run ();
}
