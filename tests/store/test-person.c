/* 清除个人信息: afterwards no byte of the file, nor of its log, holds the person; the counts stay, and undo still works. */

#include "store-fixture.h"

#include "xq-journal.h"
#include "xq-maintenance.h"
#include "xq-person.h"
#include "xq-record-home.h"

#define NAME "欧阳清扬"
#define OLD_NAME "欧阳青羊"
#define PHONE "13912348765"
#define OTHER "诸葛长明"

typedef struct
{
  char *folder, *path;
  XqStore *store;
  gint64 compound, member, other;
} Fixture;

static gpointer
add_members (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  static const char *const names[] = { OLD_NAME, OTHER };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (XqRecord) member = xq_record_new (&XQ_MEMBER);
      gint64 id;

      xq_record_set_int (member, XQ_MEMBER_RESIDENCE, f->compound);
      xq_record_set_text (member, XQ_MEMBER_NAME, names[i]);
      xq_record_set_text (member, XQ_MEMBER_PHONE, i == 0 ? PHONE : NULL);
      xq_record_set_text (member, XQ_MEMBER_STAGE, "probationary");
      id = xq_record_insert (tx, member, error);
      if (id == 0)
        return NULL;
      *(i == 0 ? &f->member : &f->other) = id;
    }
  return NULL;
}

static gpointer
rename_member (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (XqRecord) member = xq_record_load (tx, &XQ_MEMBER, f->member, error);

  xq_record_set_text (member, XQ_MEMBER_NAME, NAME);
  xq_record_update (tx, member, FALSE, error);
  return NULL;
}

static gpointer
promote_member (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (XqRecord) member = xq_record_load (tx, &XQ_MEMBER, f->member, error);

  xq_record_set_text (member, XQ_MEMBER_STAGE, "full");
  xq_record_update (tx, member, FALSE, error);
  return NULL;
}

static gpointer
add_note (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (XqRecord) note = xq_record_new (&XQ_NOTE);

  xq_record_set_int (note, XQ_NOTE_UNIT, f->compound);
  xq_record_set_text (note, XQ_NOTE_TITLE, "探访");
  xq_record_set_text (note, XQ_NOTE_TEXT, "党员" NAME "带队");
  xq_record_insert (tx, note, error);
  return NULL;
}

static gpointer
delete_member (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_record_delete (tx, &XQ_MEMBER, ((Fixture *)data)->member, error);
  return NULL;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  f->store = fixture_create (f->folder, "a.xiaoqu");
  f->compound = fixture_unit (f->store, "丰润园");
  fixture_write (f->store, "新增党员", add_members, f);
  fixture_write (f->store, "修改 " NAME, rename_member, f);
  fixture_write (f->store, "转正", promote_member, f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->store);
  g_free (f->path);
  fixture_folder_free (f->folder);
}

static gpointer
find (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_person_find (tx, data, error);
}

typedef struct
{
  GArray *rows;
  gboolean everywhere;
  XqPersonErasure erasure;
} Erase;

static gpointer
erase (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Erase *e = data;

  xq_person_erase (tx, (const XqPersonRow *)(gconstpointer)e->rows->data, e->rows->len, e->everywhere, &e->erasure, error);
  return NULL;
}

static XqPersonErasure
erase_person (Fixture *f, const char *name, gboolean everywhere)
{
  g_autoptr (GArray) rows = fixture_read (f->store, find, (gpointer)name);
  Erase e = { .rows = rows, .everywhere = everywhere };
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (rows->len, >, 0);
  fixture_write (f->store, "清除个人信息", erase, &e);
  g_assert_true (xq_store_compact (f->store, NULL, &error));
  g_assert_no_error (error);
  return e.erasure;
}

static gboolean
file_holds (const char *path, const char *text)
{
  g_autofree char *data = NULL;
  gsize size = 0;

  return g_file_get_contents (path, &data, &size, NULL) && size > 0 && memmem (data, size, text, strlen (text)) != NULL;
}

/* In the document itself or in what lies beside it while it is open. */
static gboolean
document_holds (Fixture *f, const char *text)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (f->path, suffixes[i], NULL);

      if (file_holds (path, text))
        return TRUE;
    }
  return FALSE;
}

static gpointer
load_member (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_record_load (tx, &XQ_MEMBER, *(gint64 *)data, error);
}

static void
assert_sound (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = xq_store_verify (f->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_gone (Fixture *f, gconstpointer data)
{
  XqPersonErasure erasure;

  /* The test can fail: everything is there before. */
  g_assert_true (document_holds (f, NAME));
  g_assert_true (document_holds (f, OLD_NAME));
  g_assert_true (document_holds (f, PHONE));
  erasure = erase_person (f, NAME, FALSE);
  g_assert_cmpuint (erasure.rows, ==, 1);
  /* The insertion and the renaming. */
  g_assert_cmpuint (erasure.entries, ==, 2);
  g_assert_false (document_holds (f, NAME));
  g_assert_false (document_holds (f, OLD_NAME));
  g_assert_false (document_holds (f, PHONE));
  /* Who was not meant is still there, and the member is still counted. */
  g_assert_true (document_holds (f, OTHER));
  {
    g_autoptr (XqRecord) member = fixture_read (f->store, load_member, &f->member);

    g_assert_true (xq_record_is_null (member, XQ_MEMBER_NAME));
    g_assert_true (xq_record_is_null (member, XQ_MEMBER_PHONE));
    g_assert_cmpstr (xq_record_get_text (member, XQ_MEMBER_STAGE), ==, "full");
  }
  assert_sound (f);
  g_clear_object (&f->store);
  g_assert_false (document_holds (f, NAME));
  g_assert_false (document_holds (f, PHONE));
}

/* What the history names, but no row does any more. */
static void
test_deleted_before (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) rows = NULL;

  fixture_write (f->store, "删除党员", delete_member, f);
  rows = fixture_read (f->store, find, (gpointer)OLD_NAME);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (g_array_index (rows, XqPersonRow, 0).gone);
  erase_person (f, OLD_NAME, FALSE);
  g_assert_false (document_holds (f, NAME));
  g_assert_false (document_holds (f, OLD_NAME));
  assert_sound (f);
}

static void
undo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = xq_store_undo (f->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (label);
}

/* The steps before can be undone and redone as ever, only without the person; the clearing itself can not. */
static void
test_undo (Fixture *f, gconstpointer data)
{
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;
  g_autoptr (XqRecord) member = NULL;

  erase_person (f, NAME, FALSE);
  after = fixture_dump (f->path);
  g_assert_cmpstr (xq_store_get_undo_label (f->store), ==, "转正");
  undo (f);
  member = fixture_read (f->store, load_member, &f->member);
  g_assert_cmpstr (xq_record_get_text (member, XQ_MEMBER_STAGE), ==, "probationary");
  g_assert_true (xq_record_is_null (member, XQ_MEMBER_NAME));
  /* The renaming, of which nothing is left, and the insertion. */
  undo (f);
  undo (f);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *label = xq_store_redo (f->store, NULL, &error);

      g_assert_no_error (error);
    }
  again = fixture_dump (f->path);
  g_assert_cmpstr (after, ==, again);
  g_assert_false (document_holds (f, NAME));
  assert_sound (f);
}

static void
test_everywhere (Fixture *f, gconstpointer data)
{
  XqPersonErasure erasure;

  fixture_write (f->store, "纪实", add_note, f);
  erasure = erase_person (f, NAME, FALSE);
  /* Free text is left alone unless asked for. */
  g_assert_true (document_holds (f, NAME));
  g_assert_cmpuint (erasure.texts, ==, 1);
}

static void
test_everywhere_asked (Fixture *f, gconstpointer data)
{
  XqPersonErasure erasure;

  fixture_write (f->store, "纪实", add_note, f);
  erasure = erase_person (f, NAME, TRUE);
  g_assert_false (document_holds (f, NAME));
  g_assert_true (document_holds (f, "党员**带队"));
  g_assert_cmpuint (erasure.texts, ==, 2);
  undo (f);
  assert_sound (f);
}

static gpointer
home (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (XqRecord) member = xq_record_load (tx, &XQ_MEMBER, f->member, error);
  g_autoptr (GPtrArray) members = xq_record_list_of_unit (tx, &XQ_MEMBER, f->compound, error);
  g_autoptr (XqUnit) community = xq_unit_load (tx, f->compound, error);
  g_autoptr (GPtrArray) above = xq_record_list_of_unit (tx, &XQ_MEMBER, community->parent, error);
  g_autoptr (GPtrArray) below = xq_record_list_below (tx, &XQ_MEMBER, community->parent, error);
  gint64 unit = 0;

  g_assert_true (xq_record_find_home (tx, member, &unit, error));
  g_assert_cmpint (unit, ==, f->compound);
  g_assert_cmpuint (members->len, ==, 2);
  g_assert_cmpuint (above->len, ==, 0);
  g_assert_cmpuint (below->len, ==, 2);
  g_assert_cmpint (xq_record_resolve (tx, &XQ_MEMBER, NAME, f->compound, error), ==, f->member);
  g_assert_cmpint (xq_record_resolve (tx, &XQ_UNIT, "丰润园", 0, error), ==, f->compound);
  g_assert_cmpint (xq_record_resolve (tx, &XQ_MEMBER, "查无此人", f->compound, NULL), ==, 0);
  {
    g_autofree char *masked = xq_record_describe (tx, &XQ_MEMBER, f->member, FALSE, error);
    g_autofree char *full = xq_record_describe (tx, &XQ_MEMBER, f->member, TRUE, error);

    g_assert_cmpstr (masked, ==, "欧**");
    g_assert_cmpstr (full, ==, NAME);
  }
  return NULL;
}

static void
test_home (Fixture *f, gconstpointer data)
{
  fixture_read (f->store, home, f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/person/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("gone", test_gone);
  ADD ("deleted-before", test_deleted_before);
  ADD ("undo", test_undo);
  ADD ("everywhere", test_everywhere);
  ADD ("everywhere-asked", test_everywhere_asked);
  ADD ("home", test_home);
#undef ADD
  return g_test_run ();
}
