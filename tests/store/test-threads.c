#include "store-fixture.h"

#include "xq-statement.h"

/* Reads and writes that do not wait for one another, cancelling, progress, and what reaches the main context. */

typedef struct
{
  char *folder, *path;
  XqStore *store;
  gint64 unit;
  GMutex mutex;
  GCond cond;
  gboolean started, go; /* of a job that waits */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  f->store = fixture_create (f->folder, "a.xiaoqu");
  f->unit = fixture_unit (f->store, "丰润园");
  g_mutex_init (&f->mutex);
  g_cond_init (&f->cond);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->store);
  g_mutex_clear (&f->mutex);
  g_cond_clear (&f->cond);
  g_free (f->path);
  fixture_folder_free (f->folder);
}

static gint64
count_notes (XqTransaction *tx, GError **error)
{
  g_autoptr (GPtrArray) notes = xq_record_list (tx, &XQ_NOTE, -1, 0, error);

  return notes != NULL ? (gint64)notes->len : -1;
}

static gpointer
add_note (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (XqRecord) note = xq_record_new (&XQ_NOTE);

  xq_record_set_int (note, XQ_NOTE_UNIT, f->unit);
  xq_record_set_text (note, XQ_NOTE_TITLE, "note");
  xq_record_insert (tx, note, error);
  return NULL;
}

static gpointer
count_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER ((int)count_notes (tx, error));
}

/* A job that stays until it is told to go on. */
static void
wait_inside (Fixture *f)
{
  g_mutex_lock (&f->mutex);
  f->started = TRUE;
  g_cond_broadcast (&f->cond);
  while (!f->go)
    g_cond_wait (&f->cond, &f->mutex);
  g_mutex_unlock (&f->mutex);
}

static void
wait_until_started (Fixture *f)
{
  g_mutex_lock (&f->mutex);
  while (!f->started)
    g_cond_wait (&f->cond, &f->mutex);
  g_mutex_unlock (&f->mutex);
}

static void
let_go (Fixture *f)
{
  g_mutex_lock (&f->mutex);
  f->go = TRUE;
  g_cond_broadcast (&f->cond);
  g_mutex_unlock (&f->mutex);
}

static gpointer
slow_count (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  gint64 before, after;

  g_assert_false (xq_transaction_is_writing (tx));
  before = count_notes (tx, error);
  wait_inside (f);
  after = count_notes (tx, error);
  /* One state throughout, whatever was written meanwhile. */
  g_assert_cmpint (before, ==, after);
  return g_memdup2 (&after, sizeof after);
}

static gpointer
slow_add (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;

  g_assert_true (xq_transaction_is_writing (tx));
  add_note (tx, f, cancellable, error);
  wait_inside (f);
  return g_memdup2 (&f->unit, sizeof f->unit);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_long_read (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  g_autofree gint64 *count = NULL;

  xq_store_read_async (f->store, slow_count, f, NULL, g_free, NULL, keep_result, &result);
  wait_until_started (f);
  /* While it reads, three commands are written and one undone. */
  for (int i = 0; i < 3; i++)
    fixture_write (f->store, "note", add_note, f);
  g_free (xq_store_undo (f->store, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (result);
  let_go (f);
  wait_for (&result);
  count = xq_store_read_finish (f->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (*count, ==, 0);
  g_object_unref (result);
  g_assert_cmpint (GPOINTER_TO_INT (fixture_read (f->store, count_job, NULL)), ==, 2);
}

static void
test_long_write (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  g_autofree gint64 *unit = NULL;

  xq_store_write_async (f->store, "slow", slow_add, f, NULL, g_free, NULL, keep_result, &result);
  wait_until_started (f);
  /* What is not committed is not seen. */
  g_assert_cmpint (GPOINTER_TO_INT (fixture_read (f->store, count_job, NULL)), ==, 0);
  g_assert_null (result);
  let_go (f);
  wait_for (&result);
  unit = xq_store_write_finish (f->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (*unit, ==, f->unit);
  g_object_unref (result);
  g_assert_cmpint (GPOINTER_TO_INT (fixture_read (f->store, count_job, NULL)), ==, 1);
}

/* A statement that would run for hours. */
static gpointer
endless (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (XqStatement) statement = NULL;

  if (xq_transaction_is_writing (tx))
    add_note (tx, f, cancellable, error);
  statement = xq_statement_get (
      tx, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000) SELECT count(*) FROM n", error);
  g_mutex_lock (&f->mutex);
  f->started = TRUE;
  g_cond_broadcast (&f->cond);
  g_mutex_unlock (&f->mutex);
  xq_statement_step (statement, error);
  return NULL;
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  for (int writing = 0; writing < 2; writing++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *before = fixture_dump_tables (f->path, "note journal journal_unit");
      g_autofree char *after = NULL;
      GAsyncResult *result = NULL;

      f->started = FALSE;
      if (writing)
        xq_store_write_async (f->store, "endless", endless, f, NULL, NULL, cancellable, keep_result, &result);
      else
        xq_store_read_async (f->store, endless, f, NULL, NULL, cancellable, keep_result, &result);
      wait_until_started (f);
      /* The other connection is not touched by it. */
      if (writing)
        g_assert_cmpint (GPOINTER_TO_INT (fixture_read (f->store, count_job, NULL)), ==, 1);
      else
        fixture_write (f->store, "note", add_note, f);
      g_free (before);
      before = fixture_dump_tables (f->path, "note journal journal_unit");
      g_cancellable_cancel (cancellable);
      wait_for (&result);
      if (writing)
        xq_store_write_finish (f->store, result, &error);
      else
        xq_store_read_finish (f->store, result, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_object_unref (result);
      after = fixture_dump_tables (f->path, "note journal journal_unit");
      g_assert_cmpstr (before, ==, after);
      /* The next job is not the one that was cancelled. */
      fixture_read (f->store, count_job, NULL);
    }
  fixture_write (f->store, "note", add_note, f);
  g_assert_cmpint (GPOINTER_TO_INT (fixture_read (f->store, count_job, NULL)), ==, 2);
}

static gpointer
cancel_itself (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  add_note (tx, data, cancellable, error);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Cancelled before the commit: nothing has happened. Cancelled before it began: it never runs. */
static void
test_cancel_late (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  xq_store_write (f->store, "note", cancel_itself, f, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  xq_store_write (f->store, "note", add_note, f, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (GPOINTER_TO_INT (fixture_read (f->store, count_job, NULL)), ==, 0);
}

#define REPORTS 20000

static gpointer
report (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + 400 * 1000;

  for (int i = 1; i <= REPORTS; i++)
    {
      xq_transaction_progress (tx, i, REPORTS);
      if (g_get_monotonic_time () < end)
        g_usleep (15);
    }
  return NULL;
}

static void
on_done (XqProgress *progress, GParamSpec *pspec, gpointer data)
{
  guint *count = data;

  g_assert_true (g_main_context_is_owner (NULL));
  (*count)++;
}

static void
test_progress (Fixture *f, gconstpointer data)
{
  g_autoptr (XqProgress) progress = xq_progress_new ();
  GAsyncResult *result = NULL;
  guint count = 0;
  gint64 start = g_get_monotonic_time (), took;

  g_signal_connect (progress, "notify::done", G_CALLBACK (on_done), &count);
  xq_store_read_async (f->store, report, NULL, NULL, NULL, G_CANCELLABLE (progress), keep_result, &result);
  wait_for (&result);
  took = g_get_monotonic_time () - start;
  xq_store_read_finish (f->store, result, NULL);
  g_object_unref (result);
  while (xq_progress_get_done (progress) < REPORTS)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (xq_progress_get_total (progress), ==, REPORTS);
  g_assert_cmpuint (count, >=, 2);
  g_assert_cmpuint (count, <=, (guint)(took / 50000) + 3);
  /* Whatever is no XqProgress is passed over. */
  xq_progress_report (NULL, 1, 2);
}

typedef struct
{
  Fixture *f;
  GThread *main_thread;
  guint n;
  char *label;
} Watch;

static void
on_changed (XqStore *store, GArray *units, guint kinds, gpointer data)
{
  Watch *watch = data;

  g_assert_true (g_thread_self () == watch->main_thread);
  g_assert_cmpuint (kinds, ==, XQ_CHANGE_RECORDS);
  g_assert_cmpuint (units->len, ==, 1);
  g_assert_cmpint (g_array_index (units, gint64, 0), ==, watch->f->unit);
  watch->n++;
  g_free (watch->label);
  watch->label = g_strdup (xq_store_get_undo_label (store));
}

static void
check_told (GObject *source, GAsyncResult *result, gpointer data)
{
  Watch *watch = data;

  /* Whoever hears that the command is done finds everything as it is after it. */
  g_assert_cmpuint (watch->n, ==, 1);
  g_assert_cmpstr (xq_store_get_undo_label (XQ_STORE (source)), ==, "one");
  xq_store_write_finish (XQ_STORE (source), result, NULL);
  watch->n = 100;
}

static void
test_changed (Fixture *f, gconstpointer data)
{
  Watch watch = { .f = f, .main_thread = g_thread_self () };

  g_signal_connect (f->store, "changed", G_CALLBACK (on_changed), &watch);
  xq_store_write_async (f->store, "one", add_note, f, NULL, NULL, NULL, check_told, &watch);
  while (watch.n < 100)
    g_main_context_iteration (NULL, TRUE);
  /* A blocking call tells before it returns; what went before it, first. */
  xq_store_write_async (f->store, "two", add_note, f, NULL, NULL, NULL, NULL, NULL);
  fixture_write (f->store, "three", add_note, f);
  g_assert_cmpuint (watch.n, ==, 102);
  g_assert_cmpstr (watch.label, ==, "three");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (watch.n, ==, 102);
  g_free (watch.label);
}

/* The last reference goes while a job runs: the job is done, the file closed. */
static void
test_last_reference (Fixture *f, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autofree char *names = NULL;
  g_autofree char *notes = NULL;
  XqStore *store = g_steal_pointer (&f->store);
  gpointer weak = store;

  g_object_add_weak_pointer (G_OBJECT (store), &weak);
  xq_store_write_async (store, "note", add_note, f, NULL, NULL, NULL, keep_result, &result);
  g_object_unref (store);
  wait_for (&result);
  g_object_unref (result);
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
  names = fixture_list (f->folder);
  g_assert_cmpstr (names, ==, "a.xiaoqu");
  notes = fixture_query (f->path, "SELECT count(*) FROM note");
  g_assert_cmpstr (notes, ==, "1");
}

/* Closing waits for what was asked before. */
static void
test_close_waits (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *results[20] = { NULL };
  g_autofree char *notes = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    xq_store_write_async (f->store, "note", add_note, f, NULL, NULL, NULL, keep_result, &results[i]);
  g_assert_true (xq_store_close (f->store, &error));
  g_assert_no_error (error);
  notes = fixture_query (f->path, "SELECT count(*) FROM note");
  g_assert_cmpstr (notes, ==, "20");
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      wait_for (&results[i]);
      xq_store_write_finish (f->store, results[i], &error);
      g_assert_no_error (error);
      g_object_unref (results[i]);
    }
}

static gpointer
write_from_thread (gpointer data)
{
  Fixture *f = data;

  for (int i = 0; i < 25; i++)
    {
      fixture_write (f->store, "note", add_note, f);
      g_assert_cmpint (GPOINTER_TO_INT (fixture_read (f->store, count_job, NULL)), >, i);
    }
  return NULL;
}

/* Blocking calls from several threads at once. */
static void
test_many_threads (Fixture *f, gconstpointer data)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("caller", write_from_thread, f);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (GPOINTER_TO_INT (fixture_read (f->store, count_job, NULL)), ==, 100);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (xq_store_get_undo_label (f->store), ==, "note");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/threads/long-read", Fixture, NULL, set_up, test_long_read, tear_down);
  g_test_add ("/store/threads/long-write", Fixture, NULL, set_up, test_long_write, tear_down);
  g_test_add ("/store/threads/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/store/threads/cancel-late", Fixture, NULL, set_up, test_cancel_late, tear_down);
  g_test_add ("/store/threads/progress", Fixture, NULL, set_up, test_progress, tear_down);
  g_test_add ("/store/threads/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/store/threads/last-reference", Fixture, NULL, set_up, test_last_reference, tear_down);
  g_test_add ("/store/threads/close-waits", Fixture, NULL, set_up, test_close_waits, tear_down);
  g_test_add ("/store/threads/many-threads", Fixture, NULL, set_up, test_many_threads, tear_down);
  return g_test_run ();
}
