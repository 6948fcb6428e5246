#include "store-fixture.h"
#include "xq-coverage.h"
#include "xq-ledger.h"
#include "xq-maintenance.h"
#include "xq-redraw.h"
#include "xq-snapshot.h"

/*
 * Any sequence of commands over all record types, the ledger and the tree: after each the derived figures are what a full reckoning
 * gives; undone one by one, each step is as it was, row for row; redone, it is there again. What is refused has changed nothing.
 */

#define N_COMMANDS 45

typedef struct
{
  GRand *random;
  char *what; /* the command that runs, for a failure's message */
} Run;

static gint64
random_unit (XqTransaction *tx, XqLevel level, GRand *random, GError **error)
{
  g_autoptr (GPtrArray) units = xq_record_list (tx, &XQ_UNIT, -1, 0, error);

  g_assert_nonnull (units);
  for (guint i = units->len; i-- > 0;)
    if (xq_record_get_int (g_ptr_array_index (units, i), XQ_UNIT_LEVEL) != level)
      g_ptr_array_remove_index_fast (units, i);
  return units->len > 0 ? xq_record_get_id (g_ptr_array_index (units, g_rand_int_range (random, 0, (gint32)units->len))) : 0;
}

static const char *
random_day (GRand *random)
{
  static const char *const days[]
      = { "2024-10-01", "2024-10-01", "2024-10-15", "2024-11-30", "2024-12-31", "2023-05-05", "2025-01-01" };

  return days[g_rand_int_range (random, 0, G_N_ELEMENTS (days))];
}

static void
run_record (XqTransaction *tx, Run *run, GError **error)
{
  guint n_types = 0;
  const XqRecordType *type;
  int action = g_rand_int_range (run->random, 0, 10);
  g_autoptr (XqRecord) record = NULL;
  gint64 row;

  while (XQ_RECORD_TYPES[n_types] != NULL)
    n_types++;
  type = XQ_RECORD_TYPES[g_rand_int_range (run->random, 0, (gint32)n_types)];
  row = fixture_random_row (tx, type, run->random, error);
  run->what = g_strdup_printf ("%s %s", action < 6 || row == 0 ? "insert" : action < 9 ? "update" : "delete", type->name);
  if (action < 6 || row == 0)
    {
      record = fixture_random_record (tx, type, run->random, error);
      if (record != NULL)
        xq_record_insert (tx, record, error);
      return;
    }
  record = xq_record_load (tx, type, row, error);
  if (record == NULL)
    return;
  if (action < 9)
    {
      fixture_change_record (record, run->random);
      xq_record_update (tx, record, g_rand_boolean (run->random), error);
    }
  /* Not what all else hangs on: the run would end in an empty document. */
  else if (type != &XQ_UNIT || xq_record_get_int (record, XQ_UNIT_LEVEL) >= XQ_LEVEL_COMPOUND)
    xq_record_delete (tx, type, row, error);
}

static void
run_ledger (XqTransaction *tx, Run *run, GError **error)
{
  static const char *const texts[] = { "", "0", "12", "305", "2020-05-01", "一二三园", "是", "否" };
  const XqLedgerColumn *columns = xq_ledger_get_columns ();
  guint n = 0;
  const XqLedgerColumn *column;
  const char *text = texts[g_rand_int_range (run->random, 0, G_N_ELEMENTS (texts))];
  gint64 unit
      = random_unit (tx, g_rand_int_range (run->random, 0, 4) > 0 ? XQ_LEVEL_COMPOUND : XQ_LEVEL_BUILDING, run->random, error);

  while (columns[n].id != NULL)
    n++;
  do
    column = &columns[g_rand_int_range (run->random, 0, (gint32)n)];
  while (!column->editable);
  if (column->values != NULL && g_rand_int_range (run->random, 0, 5) > 0)
    text = xq_enum_nick (column->values, g_rand_int_range (run->random, 0, (gint32)xq_enum_size (column->values)));
  run->what = g_strdup_printf ("ledger %s “%s”", column->id, text);
  if (unit != 0)
    xq_ledger_set_cell (tx, unit, column->id, text, error);
}

static void
run_coverage (XqTransaction *tx, Run *run, GError **error)
{
  gint64 unit = random_unit (tx, XQ_LEVEL_COMPOUND, run->random, error);
  gint64 organisation = fixture_random_row (tx, &XQ_ORGANISATION, run->random, error);
  const char *day = random_day (run->random);
  int action = g_rand_int_range (run->random, 0, 4);

  run->what = g_strdup_printf ("coverage %d", action);
  if (unit == 0)
    return;
  if (action == 0)
    xq_coverage_set_own (tx, unit, g_rand_boolean (run->random) ? "branch" : "general_branch", NULL, day, error);
  else if (action == 1 && organisation != 0)
    xq_coverage_join (tx, unit, organisation, day, error);
  else if (action == 2)
    xq_coverage_end (tx, unit, day, error);
  else
    xq_coverage_set_contact (tx, unit, "社区副书记", day, day, error);
}

/* Makes every choice that the preview offers at random. */
static void
choose (XqTransaction *tx, XqTreeEdit *edit, GRand *random)
{
  g_autoptr (XqTreePreview) preview = xq_tree_edit_preview (tx, edit, NULL);

  for (guint i = 0; preview != NULL && i < preview->conflicts->len; i++)
    {
      const XqTreeConflict *conflict = g_ptr_array_index (preview->conflicts, i);
      const XqTreeChoice *choice
          = g_ptr_array_index (conflict->choices, g_rand_int_range (random, 0, (gint32)conflict->choices->len));

      xq_tree_edit_choose (edit, conflict->id, choice->id);
    }
}

static void
place (XqTransaction *tx, XqTreeEdit *edit, GRand *random)
{
  g_autoptr (GPtrArray) list = xq_tree_edit_list_placeable (tx, g_array_index (edit->units, gint64, 0), edit->day, NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const XqTreePlaceable *placeable = g_ptr_array_index (list, i);

      if (g_rand_boolean (random))
        xq_tree_edit_place (edit, placeable->type, placeable->id, (guint)g_rand_int_range (random, 0, (gint32)edit->parts->len));
    }
}

static void
run_tree (XqTransaction *tx, Run *run, GError **error)
{
  static const char *const names[] = { "add", "rename", "recode", "move", "close", "merge", "split" };
  /* Mostly what moves records. */
  static const XqTreeEditKind kinds[]
      = { XQ_TREE_ADD,   XQ_TREE_RENAME, XQ_TREE_RECODE, XQ_TREE_MOVE,  XQ_TREE_CLOSE, XQ_TREE_MERGE,
          XQ_TREE_MERGE, XQ_TREE_MERGE,  XQ_TREE_SPLIT,  XQ_TREE_SPLIT, XQ_TREE_SPLIT };
  XqTreeEditKind kind = kinds[g_rand_int_range (run->random, 0, G_N_ELEMENTS (kinds))];
  g_autoptr (XqTreeEdit) edit = xq_tree_edit_new (kind, random_day (run->random));
  g_autoptr (GArray) results = NULL;
  int n = kind == XQ_TREE_MERGE ? g_rand_int_range (run->random, 2, 5) : 1;

  edit->name = g_strdup_printf ("新园%d", g_rand_int_range (run->random, 0, 1000));
  edit->code = g_strdup_printf ("4207%d", g_rand_int_range (run->random, 0, 1000));
  edit->mistake = g_rand_int_range (run->random, 0, 4) == 0;
  for (int i = 0; i < n && kind != XQ_TREE_ADD; i++)
    {
      gint64 unit = random_unit (tx, XQ_LEVEL_COMPOUND, run->random, error);

      if (unit != 0)
        xq_tree_edit_add_unit (edit, unit);
    }
  if (kind == XQ_TREE_ADD || kind == XQ_TREE_MOVE)
    edit->parent = random_unit (tx, XQ_LEVEL_COMMUNITY, run->random, error);
  if (kind == XQ_TREE_MERGE && g_rand_boolean (run->random) && edit->units->len > 0)
    edit->survivor = g_array_index (edit->units, gint64, 0);
  if (kind == XQ_TREE_SPLIT && edit->units->len > 0)
    {
      int parts = g_rand_int_range (run->random, 2, 4), kept = g_rand_int_range (run->random, -1, parts);

      for (int i = 0; i < parts; i++)
        {
          g_autofree char *name = g_strdup_printf ("%s%d", edit->name, i);

          xq_tree_edit_add_part (edit, name, g_rand_int_range (run->random, 1, 5), 4, i == kept);
        }
      place (tx, edit, run->random);
    }
  run->what = g_strdup_printf ("tree %s", names[kind]);
  choose (tx, edit, run->random);
  results = xq_tree_edit_apply (tx, edit, error);
}

/* One base unit for each compound that has none, a second one now and then. */
static gboolean
make_bases (XqTransaction *tx, Run *run, gint64 unit, GArray *bases, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_record_list (tx, &XQ_BASE_UNIT, XQ_BASE_UNIT_UNIT, unit, error);
  guint n = rows != NULL ? rows->len : 0, wanted = MAX (n, (guint)g_rand_int_range (run->random, 1, 4));

  for (guint i = 0; i < n; i++)
    g_array_append_vals (bases, (gint64[]){ xq_record_get_id (g_ptr_array_index (rows, i)) }, 1);
  for (guint i = n; rows != NULL && i < wanted; i++)
    {
      g_autoptr (XqRecord) base = xq_record_new (&XQ_BASE_UNIT);

      xq_record_set_int (base, XQ_BASE_UNIT_UNIT, unit);
      xq_record_set_text (base, XQ_BASE_UNIT_NAME, "基础小区");
      xq_record_set_int (base, XQ_BASE_UNIT_HOUSEHOLDS, g_rand_int_range (run->random, 0, 300));
      if (xq_record_insert (tx, base, error) == 0)
        return FALSE;
      g_array_append_vals (bases, (gint64[]){ xq_record_get_id (base) }, 1);
    }
  return rows != NULL;
}

/* Compounds become others by the base units that they hold, with every choice made at random. */
static void
run_redraw (XqTransaction *tx, Run *run, GError **error)
{
  g_autoptr (XqRedraw) redraw = xq_redraw_new (random_day (run->random));
  g_autoptr (XqRedrawPreview) preview = NULL;
  g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (gint64)), results = NULL;
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 first = 0;

  run->what = g_strdup ("redraw");
  for (int i = g_rand_int_range (run->random, 1, 5); i > 0; i--)
    {
      gint64 unit = random_unit (tx, XQ_LEVEL_COMPOUND, run->random, error);

      if (unit == 0 || !g_hash_table_add (taken, g_memdup2 (&unit, sizeof unit)))
        continue;
      if (!make_bases (tx, run, unit, bases, error))
        return;
      first = first == 0 ? unit : first;
    }
  for (guint i = 0, next; i < bases->len; i = next)
    {
      g_autofree char *name = g_strdup_printf ("划园%d", g_rand_int_range (run->random, 0, 100000));
      guint other = (guint)g_rand_int_range (run->random, (gint32)i, (gint32)bases->len);
      gint64 base = g_array_index (bases, gint64, other);
      gint64 community = random_unit (tx, XQ_LEVEL_COMMUNITY, run->random, error);

      /* The first goes on with what it had first. */
      if (i > 0)
        {
          g_array_index (bases, gint64, other) = g_array_index (bases, gint64, i);
          g_array_index (bases, gint64, i) = base;
        }
      next = i + (guint)g_rand_int_range (run->random, 1, 3);
      next = MIN (next, bases->len);
      xq_redraw_add (redraw, name, i == 0 && g_rand_boolean (run->random) ? first : 0, community, &g_array_index (bases, gint64, i),
                     next - i);
    }
  preview = xq_redraw_preview (tx, redraw, NULL);
  for (guint i = 0; preview != NULL && i < preview->tree->conflicts->len; i++)
    {
      const XqTreeConflict *conflict = g_ptr_array_index (preview->tree->conflicts, i);
      const XqTreeChoice *choice
          = g_ptr_array_index (conflict->choices, g_rand_int_range (run->random, 0, (gint32)conflict->choices->len));

      xq_redraw_choose (redraw, conflict->id, choice->id);
    }
  results = xq_redraw_apply (tx, redraw, error);
}

static gpointer
command (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Run *run = data;
  int kind = g_rand_int_range (run->random, 0, 12);

  if (kind < 5)
    run_record (tx, run, error);
  else if (kind < 6)
    run_ledger (tx, run, error);
  else if (kind < 7)
    run_coverage (tx, run, error);
  else if (kind < 10)
    run_tree (tx, run, error);
  else
    run_redraw (tx, run, error);
  return NULL;
}

/* A few compounds and one record or two of every type to begin with. */
static gpointer
begin (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Run *run = data;
  gint64 community = random_unit (tx, XQ_LEVEL_COMMUNITY, run->random, error);

  for (int i = 0; i < 5; i++)
    {
      g_autoptr (XqRecord) unit = xq_record_new (&XQ_UNIT);
      g_autofree char *name = g_strdup_printf ("%d号院", i);

      xq_record_set_int (unit, XQ_UNIT_PARENT, community);
      xq_record_set_int (unit, XQ_UNIT_LEVEL, XQ_LEVEL_COMPOUND);
      xq_record_set_text (unit, XQ_UNIT_NAME, name);
      if (xq_record_insert (tx, unit, error) == 0)
        return NULL;
    }
  for (int round = 0; round < 3; round++)
    for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
      {
        g_autoptr (XqRecord) record = fixture_random_record (tx, XQ_RECORD_TYPES[t], run->random, NULL);
        g_autoptr (GError) local = NULL;

        /* What is refused is not there. */
        if (record != NULL && XQ_RECORD_TYPES[t] != &XQ_UNIT && XQ_RECORD_TYPES[t] != &XQ_LINEAGE)
          xq_record_insert (tx, record, &local);
      }
  xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 4 }, error);
  return NULL;
}

static void
check_derived (XqStore *store, guint seed, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = xq_store_verify (store, NULL, &error);

  g_assert_no_error (error);
  if (problems->len > 0)
    g_error ("seed %u, after %s: %s", seed, what, (char *)g_ptr_array_index (problems, 0));
}

/* Refused is what a rule or the table does not allow; anything else is a fault of ours. */
static gboolean
is_refusal (const GError *error)
{
  return error->domain == XQ_RECORD_ERROR || g_error_matches (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID)
         || g_error_matches (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
}

static void
run_seed (guint seed, guint *n_done)
{
  char *folder = fixture_folder ();
  g_autofree char *path = fixture_path (folder, "a.xiaoqu");
  g_autoptr (XqStore) store = fixture_create (folder, "a.xiaoqu");
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Run run = { .random = random };

  fixture_write (store, "begin", begin, &run);
  g_ptr_array_add (states, fixture_dump (path));
  for (int i = 0; i < N_COMMANDS; i++)
    {
      g_autofree char *label = g_strdup_printf ("command %d", i);
      g_autofree char *state = NULL;
      const char *last = g_ptr_array_index (states, states->len - 1);

      g_clear_pointer (&run.what, g_free);
      xq_store_write (store, label, command, &run, NULL, &error);
      state = fixture_dump (path);
      if (error != NULL)
        {
          if (!is_refusal (error))
            g_error ("seed %u, %s: %s", seed, run.what, error->message);
          g_assert_cmpstr (state, ==, last);
          g_clear_error (&error);
          continue;
        }
      check_derived (store, seed, run.what);
      if (g_str_equal (state, last))
        continue; /* it happened to change nothing */
      g_ptr_array_add (states, g_steal_pointer (&state));
      (*n_done)++;
    }
  for (guint i = states->len - 1; i > 0; i--)
    {
      g_autofree char *label = xq_store_undo (store, NULL, &error), *state = fixture_dump (path);

      g_assert_no_error (error);
      g_assert_nonnull (label);
      if (!g_str_equal (state, g_ptr_array_index (states, i - 1)))
        g_error ("seed %u: undoing %s does not give back what was", seed, label);
    }
  check_derived (store, seed, "undoing all");
  for (guint i = 1; i < states->len; i++)
    {
      g_autofree char *label = xq_store_redo (store, NULL, &error), *state = fixture_dump (path);

      g_assert_no_error (error);
      if (!g_str_equal (state, g_ptr_array_index (states, i)))
        g_error ("seed %u: redoing %s does not give what it gave", seed, label);
    }
  check_derived (store, seed, "redoing all");
  g_free (run.what);
  g_clear_object (&store);
  fixture_folder_free (folder);
}

static void
test_random (void)
{
  guint first = (guint)g_test_rand_int_range (0, 1 << 20), runs = g_test_slow () ? 100 : 3, n = 0;

  for (guint seed = first; seed < first + runs; seed++)
    {
      g_test_message ("seed %u", seed);
      run_seed (seed, &n);
    }
  g_test_message ("%u commands done", n);
  g_assert_cmpuint (n, >, runs * N_COMMANDS / 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands/random", test_random);
  return g_test_run ();
}
