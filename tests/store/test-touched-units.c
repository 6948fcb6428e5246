#include "store-fixture.h"

/* Which units a change of each kind of record touches: their figures are computed again, and it is their history. */

typedef struct
{
  char *folder, *path;
  XqStore *store;
  GArray *touched; /* of the last "changed" */
  guint kinds;
} Fixture;

static void
on_changed (XqStore *store, GArray *units, guint kinds, Fixture *f)
{
  g_array_set_size (f->touched, 0);
  g_array_append_vals (f->touched, units->data, units->len);
  f->kinds = kinds;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  f->store = fixture_create (f->folder, "a.xiaoqu");
  f->touched = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (f->store, "changed", G_CALLBACK (on_changed), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->store);
  g_array_unref (f->touched);
  g_free (f->path);
  fixture_folder_free (f->folder);
}

static gboolean
is_touched (Fixture *f, gint64 unit)
{
  for (guint i = 0; i < f->touched->len; i++)
    if (g_array_index (f->touched, gint64, i) == unit)
      return TRUE;
  return FALSE;
}

typedef struct
{
  gint64 home, covered, other, branch, group, cover, member, area, body, survey, question, tally, contact;
} World;

static gint64
add (XqTransaction *tx, const XqRecordType *type, GError **error, ...)
{
  g_autoptr (XqRecord) record = xq_record_new (type);
  va_list arguments;
  int field;

  va_start (arguments, error);
  while ((field = va_arg (arguments, int)) >= 0)
    {
      if (type->fields[field].type == XQ_FIELD_REFERENCE || type->fields[field].type == XQ_FIELD_INTEGER)
        xq_record_set_int (record, field, va_arg (arguments, gint64));
      else
        xq_record_set_text (record, field, va_arg (arguments, const char *));
    }
  va_end (arguments);
  return xq_record_insert (tx, record, error);
}

static gint64
add_compound (XqTransaction *tx, gint64 community, const char *name, GError **error)
{
  return add (tx, &XQ_UNIT, error, XQ_UNIT_PARENT, community, XQ_UNIT_LEVEL, (gint64)XQ_LEVEL_COMPOUND, XQ_UNIT_NAME, name, -1);
}

static gpointer
make_world (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  World *w = data;

  w->covered = add_compound (tx, w->home, "A", error);
  w->other = add_compound (tx, w->home, "B", error);
  w->branch = add (tx, &XQ_ORGANISATION, error, XQ_ORGANISATION_UNIT, w->home, XQ_ORGANISATION_KIND, "branch", XQ_ORGANISATION_NAME,
                   "b", -1);
  w->group = add (tx, &XQ_ORGANISATION, error, XQ_ORGANISATION_UNIT, w->home, XQ_ORGANISATION_PARENT, w->branch,
                  XQ_ORGANISATION_KIND, "group", XQ_ORGANISATION_NAME, "g", -1);
  w->cover = add (tx, &XQ_ORGANISATION_COVER, error, XQ_ORGANISATION_COVER_UNIT, w->covered, XQ_ORGANISATION_COVER_ORGANISATION,
                  w->group, -1);
  w->member = add (tx, &XQ_MEMBER, error, XQ_MEMBER_ORGANISATION, w->group, XQ_MEMBER_STAGE, "full", -1);
  w->area = add (tx, &XQ_PROPERTY_AREA, error, XQ_PROPERTY_AREA_UNIT, w->covered, XQ_PROPERTY_AREA_NAME, "p", -1);
  w->body = add (tx, &XQ_OWNERS_BODY, error, XQ_OWNERS_BODY_PROPERTY_AREA, w->area, XQ_OWNERS_BODY_KIND, "cobuilding", -1);
  w->survey = add (tx, &XQ_SURVEY, error, XQ_SURVEY_UNIT, w->home, XQ_SURVEY_NAME, "s", XQ_SURVEY_CLOSED, "2024-09-30", -1);
  w->question = add (tx, &XQ_SURVEY_QUESTION, error, XQ_SURVEY_QUESTION_SURVEY, w->survey, XQ_SURVEY_QUESTION_TEXT, "q", -1);
  w->tally = add (tx, &XQ_SURVEY_TALLY, error, XQ_SURVEY_TALLY_UNIT, w->other, XQ_SURVEY_TALLY_QUESTION, w->question, -1);
  w->contact = add (tx, &XQ_CONTACT, error, XQ_CONTACT_UNIT, w->other, XQ_CONTACT_POST, "p", -1);
  return NULL;
}

typedef struct
{
  const XqRecordType *type;
  gint64 row;
  int field;
  const char *text; /* NULL: delete it */
  gint64 number;    /* for references */
} Edit;

static gpointer
edit (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Edit *e = data;
  g_autoptr (XqRecord) record = NULL;

  if (e->row == 0)
    return GINT_TO_POINTER (add (tx, e->type, error, e->field, e->number, XQ_CONTACT_CONFIRMATION_CONFIRMED, e->text, -1) != 0);
  if (e->text == NULL && e->number == 0)
    return GINT_TO_POINTER (xq_record_delete (tx, e->type, e->row, error));
  record = xq_record_load (tx, e->type, e->row, error);
  if (record == NULL)
    return NULL;
  if (e->number != 0)
    xq_record_set_int (record, e->field, e->number);
  else
    xq_record_set_text (record, e->field, e->text);
  return GINT_TO_POINTER (xq_record_update (tx, record, FALSE, error));
}

static void
assert_touches (Fixture *f, const XqRecordType *type, gint64 row, int field, const char *text, gint64 number, guint n, ...)
{
  Edit e = { type, row, field, text, number };
  va_list arguments;

  /* The same for the edit, its undo, its redo, and its undo again, which leaves the world as it was. */
  for (int round = 0; round < 4; round++)
    {
      g_array_set_size (f->touched, 0);
      if (round == 0)
        fixture_write (f->store, "edit", edit, &e);
      else
        {
          g_autoptr (GError) error = NULL;

          g_free (round == 2 ? xq_store_redo (f->store, NULL, &error) : xq_store_undo (f->store, NULL, &error));
          g_assert_no_error (error);
        }
      va_start (arguments, n);
      for (guint i = 0; i < n; i++)
        g_assert_true (is_touched (f, va_arg (arguments, gint64)));
      va_end (arguments);
      g_assert_cmpuint (f->touched->len, ==, n);
    }
}

static void
test_touched (Fixture *f, gconstpointer data)
{
  World w = { .home = fixture_unit (f->store, "澜湖社区") };
  gint64 compound = fixture_unit (f->store, "丰润园"), building = fixture_unit (f->store, "1号楼"),
         street = fixture_unit (f->store, "凤凰街道");

  fixture_write (f->store, "world", make_world, &w);
  /* A branch colours what it covers and what the groups below it cover; its home counts it. */
  assert_touches (f, &XQ_ORGANISATION, w.branch, XQ_ORGANISATION_NAME, "c", 0, 2, w.home, w.covered);
  assert_touches (f, &XQ_ORGANISATION, w.group, XQ_ORGANISATION_DISSOLVED, "2024-01-01", 0, 2, w.home, w.covered);
  assert_touches (f, &XQ_ORGANISATION, w.group, -1, NULL, 0, 2, w.home, w.covered);
  /* Moved: before and after. */
  assert_touches (f, &XQ_ORGANISATION_COVER, w.cover, XQ_ORGANISATION_COVER_UNIT, NULL, w.other, 2, w.covered, w.other);
  assert_touches (f, &XQ_ORGANISATION, w.group, XQ_ORGANISATION_UNIT, NULL, w.other, 3, w.home, w.other, w.covered);
  /* A member counts where it lives, where it checked in, and at what its organisation covers. */
  assert_touches (f, &XQ_MEMBER, w.member, XQ_MEMBER_STAGE, "probationary", 0, 2, w.home, w.covered);
  assert_touches (f, &XQ_MEMBER, w.member, XQ_MEMBER_CHECKED_IN, NULL, w.other, 3, w.home, w.covered, w.other);
  assert_touches (f, &XQ_OWNERS_BODY, w.body, XQ_OWNERS_BODY_NAME, "n", 0, 1, w.covered);
  assert_touches (f, &XQ_OWNERS_BODY, w.body, -1, NULL, 0, 1, w.covered);
  assert_touches (f, &XQ_PROPERTY_AREA, w.area, -1, NULL, 0, 1, w.covered);
  assert_touches (f, &XQ_CONTACT_CONFIRMATION, 0, XQ_CONTACT_CONFIRMATION_CONTACT, "2024-09-01", w.contact, 1, w.other);
  assert_touches (f, &XQ_SURVEY, w.survey, XQ_SURVEY_CLOSED, "2024-06-30", 0, 2, w.home, w.other);
  assert_touches (f, &XQ_SURVEY_QUESTION, w.question, XQ_SURVEY_QUESTION_TEXT, "r", 0, 2, w.home, w.other);
  assert_touches (f, &XQ_SURVEY_TALLY, w.tally, -1, NULL, 0, 1, w.other);
  /* A unit touches the one above it; a building its compound. */
  assert_touches (f, &XQ_UNIT, building, XQ_UNIT_NAME, "x", 0, 2, building, compound);
  assert_touches (f, &XQ_UNIT, w.home, XQ_UNIT_NAME, "x", 0, 2, w.home, street);
  assert_touches (f, &XQ_UNIT, building, XQ_UNIT_PARENT, NULL, w.other, 3, building, compound, w.other);
  g_assert_cmpuint (f->kinds, ==, XQ_CHANGE_RECORDS | XQ_CHANGE_TREE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/touched/each-kind", Fixture, NULL, set_up, test_touched, tear_down);
  return g_test_run ();
}
