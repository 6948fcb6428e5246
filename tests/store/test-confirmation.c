#include "store-fixture.h"

#include "xq-confirmation.h"
#include "xq-correction.h"
#include "xq-maintenance.h"
#include "xq-snapshot.h"

typedef struct
{
  char *folder, *path;
  XqStore *store;
  gint64 community, compound;

  /* What a job is asked for */
  XqPeriod period;
  gboolean no_change;
  const char *post, *text;
  int number;
  gint64 record;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  f->store = fixture_create (f->folder, "a.xiaoqu");
  f->community = fixture_unit (f->store, "澜湖社区");
  f->compound = fixture_unit (f->store, "丰润园");
  f->post = "社区书记";
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->store);
  g_free (f->path);
  fixture_folder_free (f->folder);
}

static gpointer
confirm (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;

  f->record = xq_confirmation_confirm (tx, f->community, f->period, f->no_change, f->post, NULL, error);
  return NULL;
}

static gpointer
withdraw (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_confirmation_withdraw (tx, ((Fixture *)data)->record, error);
  return NULL;
}

static gpointer
set_households (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (XqRecord) compound = xq_record_find (tx, &XQ_COMPOUND, XQ_COMPOUND_UNIT, f->compound, error);

  if (compound == NULL)
    {
      compound = xq_record_new (&XQ_COMPOUND);
      xq_record_set_int (compound, XQ_COMPOUND_UNIT, f->compound);
      xq_record_set_int (compound, XQ_COMPOUND_HOUSEHOLDS, f->number);
      xq_record_insert (tx, compound, error);
    }
  else
    {
      xq_record_set_int (compound, XQ_COMPOUND_HOUSEHOLDS, f->number);
      xq_record_update (tx, compound, FALSE, error);
    }
  return NULL;
}

static gpointer
list (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_confirmation_list (tx, 0, ((Fixture *)data)->period, error);
}

static gpointer
list_changes (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;

  return xq_confirmation_list_changes (tx, f->community, f->period, error);
}

static gpointer
lock (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;

  xq_snapshot_lock_confirmed (tx, f->period, f->text, error);
  return NULL;
}

static gpointer
reopen (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;

  xq_snapshot_reopen (tx, f->period, f->text, error);
  return NULL;
}

static gpointer
periods (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_snapshot_list (tx, error);
}

static gpointer
corrections (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_correction_list (tx, ((Fixture *)data)->period, error);
}

static gpointer
kept (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_correction_list_kept (tx, ((Fixture *)data)->period, error);
}

static void
check_state (Fixture *f, XqConfirmationState state, guint n_changes)
{
  g_autoptr (GPtrArray) found = fixture_read (f->store, list, f);
  const XqConfirmation *confirmation = g_ptr_array_index (found, 0);

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (confirmation->unit->id, ==, f->community);
  g_assert_cmpstr (confirmation->street, ==, "凤凰街道");
  g_assert_true (g_str_has_suffix (confirmation->unit->path, "/凤凰街道/澜湖社区"));
  g_assert_cmpint (confirmation->state, ==, state);
  g_assert_cmpuint (confirmation->n_changes, ==, n_changes);
  g_assert_cmpstr (confirmation->post, ==, state == XQ_CONFIRMATION_MISSING ? NULL : "社区书记");
}

static void
write_households (Fixture *f, int number)
{
  f->number = number;
  fixture_write (f->store, "households", set_households, f);
}

static void
undo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = xq_store_undo (f->store, NULL, &error);

  g_assert_no_error (error);
}

static void
fails (Fixture *f, XqJobFunc func, int code)
{
  g_autoptr (GError) error = NULL;

  xq_store_write (f->store, "fails", func, f, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, code);
}

/* Confirmed, changed since, the change undone, changed before and undone after; taken back and undone. */
static void
test_states (Fixture *f, gconstpointer data)
{
  fixture_write (f->store, "confirm", confirm, f);
  check_state (f, XQ_CONFIRMATION_DATA, 0);
  write_households (f, 100);
  check_state (f, XQ_CONFIRMATION_DATA, 1);
  undo (f);
  check_state (f, XQ_CONFIRMATION_DATA, 0);
  write_households (f, 100);
  fixture_write (f->store, "again", confirm, f);
  check_state (f, XQ_CONFIRMATION_DATA, 0);
  undo (f);
  check_state (f, XQ_CONFIRMATION_DATA, 1);
  undo (f);
  check_state (f, XQ_CONFIRMATION_DATA, 0);
  {
    g_autoptr (GPtrArray) found = fixture_read (f->store, list, f);

    f->record = ((XqConfirmation *)g_ptr_array_index (found, 0))->record;
  }
  fixture_write (f->store, "withdraw", withdraw, f);
  check_state (f, XQ_CONFIRMATION_MISSING, 1); /* the tree was made since the document was */
  undo (f);
  check_state (f, XQ_CONFIRMATION_DATA, 0);
}

/* What has changed since is told step by step, also a step from before that was undone after. */
static void
test_changes (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) steps = NULL;

  fixture_write (f->store, "confirm", confirm, f);
  write_households (f, 100);
  write_households (f, 200);
  steps = fixture_read (f->store, list_changes, f);
  g_assert_cmpuint (steps->len, ==, 2);
  g_assert_cmpstr (((XqJournalEntry *)g_ptr_array_index (steps, 0))->label, ==, "households");
  g_assert_cmpint (((XqJournalEntry *)g_ptr_array_index (steps, 0))->entry, >,
                   ((XqJournalEntry *)g_ptr_array_index (steps, 1))->entry);
}

static void
test_no_change (Fixture *f, gconstpointer data)
{
  f->no_change = TRUE;
  f->period = xq_store_get_open_period (f->store);
  fixture_write (f->store, "lock", lock, f);
  f->period = XQ_PERIOD_NONE;
  fixture_write (f->store, "confirm", confirm, f);
  check_state (f, XQ_CONFIRMATION_NO_CHANGE, 0);
  write_households (f, 300);
  check_state (f, XQ_CONFIRMATION_NO_CHANGE, 1);
  fails (f, confirm, XQ_STORE_ERROR_INVALID);
  f->no_change = FALSE;
  fixture_write (f->store, "confirm", confirm, f);
  check_state (f, XQ_CONFIRMATION_DATA, 0);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  gint64 community = f->community;

  f->post = "  ";
  fails (f, confirm, XQ_STORE_ERROR_INVALID);
  f->post = "社区书记";
  f->community = f->compound;
  fails (f, confirm, XQ_STORE_ERROR_INVALID);
  f->community = community;
  f->period = (XqPeriod){ XQ_PERIOD_QUARTER, 2199, 4 };
  fails (f, confirm, XQ_STORE_ERROR_INVALID);
}

/* The open period, so that a job has a name for it. */
static XqPeriod
open_period (Fixture *f)
{
  return xq_store_get_open_period (f->store);
}

/* Who has not confirmed holds a locking up unless there is a reason, which is kept. */
static void
test_lock (Fixture *f, gconstpointer data)
{
  XqPeriod first = open_period (f);

  f->period = first;
  fixture_write (f->store, "confirm", confirm, f);
  fixture_write (f->store, "lock", lock, f);
  g_assert_true (xq_period_equal (open_period (f), xq_period_next (first)));
  fails (f, confirm, XQ_STORE_ERROR_INVALID);
  f->period = open_period (f);
  fails (f, lock, XQ_STORE_ERROR_INVALID);
  f->text = "社区换届，下期补确认";
  fixture_write (f->store, "lock", lock, f);
  {
    g_autoptr (GPtrArray) infos = fixture_read (f->store, periods, NULL);
    const XqPeriodInfo *before = g_ptr_array_index (infos, 0), *after = g_ptr_array_index (infos, 1);

    g_assert_null (before->note);
    g_assert_cmpstr (after->note, ==, "社区换届，下期补确认");
  }
}

static guint
count (Fixture *f, XqJobFunc func)
{
  g_autoptr (GPtrArray) found = fixture_read (f->store, func, f);

  return found->len;
}

/* Reopened with a reason, corrected, the difference seen, locked again: kept with the reason, and no step to be undone. */
static void
test_correction (Fixture *f, gconstpointer data)
{
  XqPeriod first = open_period (f);

  write_households (f, 100);
  f->period = first;
  fixture_write (f->store, "lock", lock, f);
  g_assert_cmpuint (count (f, corrections), ==, 0);
  f->text = "漏报";
  fixture_write (f->store, "reopen", reopen, f);
  g_assert_cmpuint (count (f, corrections), ==, 0);
  write_households (f, 130);
  {
    g_autoptr (GPtrArray) found = fixture_read (f->store, corrections, f);
    const XqCorrection *top = g_ptr_array_index (found, 0);

    g_assert_cmpuint (found->len, ==, 4); /* households of the district, street, community and compound */
    g_assert_cmpstr (top->indicator->id, ==, "households");
    g_assert_cmpint (top->unit->level, ==, XQ_LEVEL_DISTRICT);
    g_assert_cmpint (top->before.numerator, ==, 100);
    g_assert_cmpint (top->after.numerator, ==, 130);
  }
  f->text = NULL;
  fixture_write (f->store, "lock", lock, f);
  g_assert_cmpuint (count (f, corrections), ==, 0);
  {
    g_autoptr (GPtrArray) records = fixture_read (f->store, kept, f);
    const XqRecord *record = g_ptr_array_index (records, 0);

    g_assert_cmpuint (records->len, ==, 4);
    g_assert_cmpstr (xq_record_get_text (record, XQ_CORRECTION_REASON), ==, "漏报");
    g_assert_cmpstr (xq_record_get_text (record, XQ_CORRECTION_SUBJECT), ==, "households");
    g_assert_cmpstr (xq_record_get_text (record, XQ_CORRECTION_OLD_VALUE), ==, "100");
    g_assert_cmpstr (xq_record_get_text (record, XQ_CORRECTION_NEW_VALUE), ==, "130");
  }
  /* Undo goes past the locking to the edit; what was kept stays. */
  g_assert_cmpstr (xq_store_get_undo_label (f->store), ==, "households");
  undo (f);
  g_assert_cmpuint (count (f, kept), ==, 4);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) problems = xq_store_verify (f->store, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (problems->len, ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/confirmation/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/store/confirmation/changes", Fixture, NULL, set_up, test_changes, tear_down);
  g_test_add ("/store/confirmation/no-change", Fixture, NULL, set_up, test_no_change, tear_down);
  g_test_add ("/store/confirmation/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/store/confirmation/lock", Fixture, NULL, set_up, test_lock, tear_down);
  g_test_add ("/store/confirmation/correction", Fixture, NULL, set_up, test_correction, tear_down);
  return g_test_run ();
}
