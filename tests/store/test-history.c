#include "store-fixture.h"

#include "xq-journal-view.h"
#include "xq-maintenance.h"
#include "xq-scheme-change.h"
#include "xq-snapshot.h"

typedef struct
{
  char *folder, *path;
  XqStore *store;
  gint64 compound;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  f->store = fixture_create (f->folder, "a.xiaoqu");
  f->compound = fixture_unit (f->store, "丰润园");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->store);
  g_free (f->path);
  fixture_folder_free (f->folder);
}

typedef struct
{
  gint64 compound, row;
  const char *text;
  int number;
} Step;

static gpointer
add_member (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Step *step = data;
  g_autoptr (XqRecord) member = xq_record_new (&XQ_MEMBER);

  xq_record_set_int (member, XQ_MEMBER_RESIDENCE, step->compound);
  xq_record_set_text (member, XQ_MEMBER_NAME, step->text);
  xq_record_set_text (member, XQ_MEMBER_STAGE, "full");
  step->row = xq_record_insert (tx, member, error);
  return NULL;
}

static gpointer
set_households (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Step *step = data;
  g_autoptr (XqRecord) compound = xq_record_find (tx, &XQ_COMPOUND, XQ_COMPOUND_UNIT, step->compound, error);

  if (compound == NULL && *error == NULL)
    {
      compound = xq_record_new (&XQ_COMPOUND);
      xq_record_set_int (compound, XQ_COMPOUND_UNIT, step->compound);
      xq_record_set_int (compound, XQ_COMPOUND_HOUSEHOLDS, step->number);
      xq_record_insert (tx, compound, error);
    }
  else if (compound != NULL)
    {
      xq_record_set_int (compound, XQ_COMPOUND_HOUSEHOLDS, step->number);
      xq_record_update (tx, compound, FALSE, error);
    }
  return NULL;
}

static gpointer
delete_member (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_record_delete (tx, &XQ_MEMBER, ((Step *)data)->row, error);
  return NULL;
}

static gpointer
lock (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_lock (tx, xq_store_get_open_period (xq_transaction_get_store (tx)), error);
  return NULL;
}

static gpointer
import (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_transaction_set_import (tx, error) ? set_households (tx, data, cancellable, error) : NULL;
}

typedef struct
{
  XqJournalQuery query;
  gboolean more;
} Search;

static gpointer
find (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Search *search = data;

  return xq_journal_find (tx, &search->query, &search->more, error);
}

/* Labels of what @query finds, newest first. */
static char *
labels (Fixture *f, XqJournalQuery query, gboolean *more)
{
  Search search = { .query = query };
  g_autoptr (GPtrArray) entries = fixture_read (f->store, find, &search);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", ((XqJournalEntry *)g_ptr_array_index (entries, i))->label);
  if (more != NULL)
    *more = search.more;
  return g_string_free (text, FALSE);
}

static void
check_found (Fixture *f, XqJournalQuery query, const char *expected)
{
  g_autofree char *found = labels (f, query, NULL);

  g_assert_cmpstr (found, ==, expected);
}

static gint64
newest (Fixture *f, const char *label)
{
  Search search = { 0 };
  g_autoptr (GPtrArray) entries = fixture_read (f->store, find, &search);

  for (guint i = 0; i < entries->len; i++)
    {
      const XqJournalEntry *entry = g_ptr_array_index (entries, i);

      if (g_str_equal (entry->label, label) && entry->undoes == 0)
        return entry->entry;
    }
  g_assert_not_reached ();
}

static void
do_steps (Fixture *f, Step *member)
{
  Step few = { .compound = f->compound, .number = 100 }, many = { .compound = f->compound, .number = 250 };

  *member = (Step){ .compound = f->compound, .text = "欧阳某" };
  fixture_write (f->store, "few", set_households, &few);
  fixture_write (f->store, "add", add_member, member);
  xq_store_set_actor (f->store, "李四");
  fixture_write (f->store, "many", import, &many);
  fixture_write (f->store, "remove", delete_member, member);
}

static void
test_filters (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *undone = NULL, *page = NULL, *next = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  Step member;
  gboolean more;

  do_steps (f, &member);
  undone = xq_store_undo (f->store, NULL, &error);
  g_assert_no_error (error);
  fixture_write (f->store, "lock", lock, NULL);

  check_found (f, (XqJournalQuery){ .kinds = XQ_JOURNAL_LOCK }, "lock");
  check_found (f, (XqJournalQuery){ .kinds = XQ_JOURNAL_UNDO }, "remove");
  check_found (f, (XqJournalQuery){ .kinds = XQ_JOURNAL_IMPORT }, "many");
  check_found (f, (XqJournalQuery){ .unit = f->compound }, "remove remove many add few tree");
  check_found (f, (XqJournalQuery){ .unit = f->compound, .actor = "李四" }, "remove remove many");
  check_found (f, (XqJournalQuery){ .unit = f->compound, .type = "member" }, "remove remove add");
  check_found (f, (XqJournalQuery){ .unit = f->compound, .operations = XQ_JOURNAL_CHANGED }, "many");
  check_found (f, (XqJournalQuery){ .type = "member", .operations = XQ_JOURNAL_DELETED, .kinds = XQ_JOURNAL_EDIT }, "remove");
  check_found (f, (XqJournalQuery){ .type = "compound", .operations = XQ_JOURNAL_DELETED }, "");
  check_found (f, (XqJournalQuery){ .unit = f->compound, .since = today, .until = today, .kinds = XQ_JOURNAL_EDIT },
               "remove add few tree");
  check_found (f, (XqJournalQuery){ .since = "2999-01-01" }, "");
  check_found (f, (XqJournalQuery){ .until = "1999-12-31" }, "");

  page = labels (f, (XqJournalQuery){ .unit = f->compound, .limit = 3 }, &more);
  g_assert_cmpstr (page, ==, "remove remove many");
  g_assert_true (more);
  next = labels (f, (XqJournalQuery){ .unit = f->compound, .limit = 3, .before = newest (f, "many") }, &more);
  g_assert_cmpstr (next, ==, "add few tree");
  g_assert_false (more);
}

static gpointer
bad_day (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqJournalQuery query = { .since = "yesterday" };
  g_autoptr (GError) local = NULL;

  g_assert_null (xq_journal_find (tx, &query, NULL, &local));
  g_assert_error (local, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  return NULL;
}

static void
test_bad_day (Fixture *f, gconstpointer data)
{
  fixture_read (f->store, bad_day, NULL);
}

typedef struct
{
  gint64 entry;
  guint offset, limit, n_rows;
  gboolean unmasked;
} Opening;

static gpointer
describe (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Opening *o = data;

  return xq_journal_describe (tx, o->entry, o->offset, o->limit, o->unmasked, &o->n_rows, error);
}

static const XqJournalCell *
find_cell (const XqJournalRow *row, const char *field)
{
  for (guint i = 0; i < row->cells->len; i++)
    {
      const XqJournalCell *cell = g_ptr_array_index (row->cells, i);

      if (g_str_equal (cell->field, field))
        return cell;
    }
  return NULL;
}

/* Old → new in words; a person's name only where it is asked for, also as what the row is called. */
static void
test_described (Fixture *f, gconstpointer data)
{
  Step member;
  Opening opening;

  do_steps (f, &member);
  opening = (Opening){ .entry = newest (f, "many") };
  {
    g_autoptr (GPtrArray) rows = fixture_read (f->store, describe, &opening);
    const XqJournalRow *row = g_ptr_array_index (rows, 0);
    const XqJournalCell *cell = find_cell (row, "Households");

    g_assert_cmpuint (rows->len, ==, 1);
    g_assert_cmpuint (opening.n_rows, ==, 1);
    g_assert_cmpint (row->operation, ==, XQ_JOURNAL_CHANGED);
    g_assert_cmpint (row->unit, ==, f->compound);
    g_assert_true (g_str_has_suffix (row->path, "/丰润园"));
    g_assert_nonnull (cell);
    g_assert_cmpstr (cell->old_text, ==, "100 households");
    g_assert_cmpstr (cell->new_text, ==, "250 households");
    g_assert_cmpuint (row->cells->len, ==, 1);
  }
  for (int unmasked = 0; unmasked < 2; unmasked++)
    {
      opening = (Opening){ .entry = newest (f, "remove"), .unmasked = unmasked };
      g_autoptr (GPtrArray) rows = fixture_read (f->store, describe, &opening);
      const XqJournalRow *row = g_ptr_array_index (rows, 0);
      const XqJournalCell *name = find_cell (row, "Full name"), *lives = find_cell (row, "Lives in");

      g_assert_cmpint (row->operation, ==, XQ_JOURNAL_DELETED);
      g_assert_true (name->personal);
      g_assert_cmpstr (name->old_text, ==, unmasked ? "欧阳某" : "欧**");
      g_assert_null (name->new_text);
      g_assert_cmpstr (row->title, ==, unmasked ? "欧阳某" : "欧**");
      g_assert_true (g_str_has_suffix (lives->old_text, "丰润园"));
      g_assert_false (lives->personal);
    }
}

static gpointer
preview (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Opening *o = data;

  return xq_journal_preview_undo_to (tx, o->entry, 100, FALSE, error);
}

static gpointer
preview_fails (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Opening *o = data;
  g_autoptr (GError) local = NULL;

  g_assert_null (xq_journal_preview_undo_to (tx, o->entry, 100, FALSE, &local));
  g_assert_error (local, XQ_STORE_ERROR, (int)o->limit);
  return NULL;
}

/* What the preview says is what undoing does: the steps, and the sum of their cells. */
static void
test_preview (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  Step member;
  Opening opening;

  {
    Step few = { .compound = f->compound, .number = 100 };

    fixture_write (f->store, "few", set_households, &few);
    before = fixture_dump (f->path);
  }
  {
    Step two = { .compound = f->compound, .number = 200 }, three = { .compound = f->compound, .number = 300 };

    member = (Step){ .compound = f->compound, .text = "欧阳某" };
    fixture_write (f->store, "two", set_households, &two);
    fixture_write (f->store, "add", add_member, &member);
    fixture_write (f->store, "remove", delete_member, &member);
    fixture_write (f->store, "three", set_households, &three);
    fixture_write (f->store, "lock", lock, NULL);
  }
  opening = (Opening){ .entry = newest (f, "few") };
  {
    g_autoptr (XqUndoPreview) p = fixture_read (f->store, preview, &opening);
    const XqJournalRow *row;
    const XqJournalCell *cell;

    g_assert_cmpuint (p->entries->len, ==, 4);
    g_assert_cmpstr (((XqJournalEntry *)g_ptr_array_index (p->entries, 0))->label, ==, "three");
    g_assert_cmpuint (p->n_rows, ==, 1); /* the member came and went */
    g_assert_cmpuint (p->n_cells, ==, 1);
    g_assert_cmpuint (p->units->len, ==, 1);
    g_assert_true (p->crosses_lock);
    row = g_ptr_array_index (p->rows, 0);
    cell = find_cell (row, "Households");
    g_assert_cmpstr (cell->old_text, ==, "300 households");
    g_assert_cmpstr (cell->new_text, ==, "100 households");
  }
  g_assert_true (xq_store_undo_to (f->store, opening.entry, NULL, &error));
  g_assert_no_error (error);
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
  opening.entry = newest (f, "two");
  opening.limit = XQ_STORE_ERROR_INVALID;
  fixture_read (f->store, preview_fails, &opening);
  opening.entry = 9999;
  opening.limit = XQ_STORE_ERROR_NOT_FOUND;
  fixture_read (f->store, preview_fails, &opening);
}

static gpointer
change_scheme (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_scheme_change (tx, data, error);
  return NULL;
}

/* A threshold is a step like any other: journaled, undone, redone, and all facts follow. */
static void
test_scheme (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  XqScheme *first = xq_store_get_scheme (f->store);
  g_autofree char *before = g_strdup (xq_scheme_get_json (first));
  g_auto (GStrv) halves = g_strsplit (before, "\"founding_members\": 3", 2);
  g_autofree char *after = g_strjoin ("\"founding_members\": 9", halves[0], halves[1], NULL);
  g_autofree char *facts = fixture_dump_tables (f->path, "fact rollup"), *again = NULL;
  g_autofree char *label = NULL, *redone = NULL;
  Opening opening;

  g_assert_cmpint (xq_scheme_get_founding_members (first), ==, 3);
  fixture_write (f->store, "scheme", change_scheme, after);
  g_assert_cmpint (xq_scheme_get_founding_members (xq_store_get_scheme (f->store)), ==, 9);
  g_assert_cmpint (xq_scheme_get_founding_members (first), ==, 3); /* what was lent out stays */
  g_assert_cmpstr (xq_store_get_undo_label (f->store), ==, "scheme");
  check_found (f, (XqJournalQuery){ .kinds = XQ_JOURNAL_SCHEME }, "scheme");
  opening = (Opening){ .entry = newest (f, "scheme") };
  {
    g_autoptr (GPtrArray) rows = fixture_read (f->store, describe, &opening);
    const XqJournalRow *row = g_ptr_array_index (rows, 0);
    const XqJournalCell *cell = find_cell (row, "Members that found a branch");

    g_assert_cmpuint (rows->len, ==, 1);
    g_assert_nonnull (cell);
    g_assert_cmpstr (cell->old_text, ==, "3");
    g_assert_cmpstr (cell->new_text, ==, "9");
  }
  label = xq_store_undo (f->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "scheme");
  g_assert_cmpint (xq_scheme_get_founding_members (xq_store_get_scheme (f->store)), ==, 3);
  again = fixture_dump_tables (f->path, "fact rollup");
  g_assert_cmpstr (facts, ==, again);
  redone = xq_store_redo (f->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (xq_scheme_get_founding_members (xq_store_get_scheme (f->store)), ==, 9);

  /* What is in the file is read again. */
  g_assert_true (xq_store_close (f->store, &error));
  g_clear_object (&f->store);
  f->store = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (xq_scheme_get_founding_members (xq_store_get_scheme (f->store)), ==, 9);
  {
    g_autoptr (GPtrArray) problems = xq_store_verify (f->store, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (problems->len, ==, 0);
  }
}

static void
test_bad_scheme (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *label = xq_store_get_undo_label (f->store);

  xq_store_write (f->store, "scheme", change_scheme, (gpointer) "{\"id\": \"x\", \"name\": \"\"}", NULL, &error);
  g_assert_error (error, XQ_SCHEME_ERROR, 0);
  g_assert_nonnull (strstr (error->message, "$."));
  g_assert_cmpstr (xq_store_get_undo_label (f->store), ==, label);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/history/filters", Fixture, NULL, set_up, test_filters, tear_down);
  g_test_add ("/store/history/bad-day", Fixture, NULL, set_up, test_bad_day, tear_down);
  g_test_add ("/store/history/described", Fixture, NULL, set_up, test_described, tear_down);
  g_test_add ("/store/history/preview", Fixture, NULL, set_up, test_preview, tear_down);
  g_test_add ("/store/history/scheme", Fixture, NULL, set_up, test_scheme, tear_down);
  g_test_add ("/store/history/bad-scheme", Fixture, NULL, set_up, test_bad_scheme, tear_down);
  return g_test_run ();
}
