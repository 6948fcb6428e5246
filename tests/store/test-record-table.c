#include "store-fixture.h"

typedef struct
{
  char *folder, *path;
  XqStore *store;
  GRand *random;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  f->store = fixture_create (f->folder, "a.xiaoqu");
  f->random = g_rand_new_with_seed (20240930);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->store);
  g_rand_free (f->random);
  g_free (f->path);
  fixture_folder_free (f->folder);
}

static void
assert_same (const XqRecord *a, const XqRecord *b)
{
  const XqRecordType *type = xq_record_get_type_of (a);

  g_assert_true (type == xq_record_get_type_of (b));
  g_assert_cmpint (xq_record_get_id (a), ==, xq_record_get_id (b));
  g_assert_cmpint (xq_record_get_district (a), ==, xq_record_get_district (b));
  g_assert_cmpint (xq_record_get_origins (a), ==, xq_record_get_origins (b));
  for (int i = 0; type->fields[i].name != NULL; i++)
    if (!xq_record_equal_field (a, b, i))
      g_error ("%s.%s differs", type->name, type->fields[i].name);
}

/* Random rows of every type, in and out; and again after some fields were changed. */
static gpointer
round_trip (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) top = xq_record_list (tx, &XQ_UNIT, -1, 0, error);
  gint64 district = xq_record_get_district (g_ptr_array_index (top, 0));

  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    for (int k = 0; k < 3; k++)
      {
        const XqRecordType *type = XQ_RECORD_TYPES[t];
        g_autoptr (XqRecord) made = fixture_random_record (tx, type, f->random, error);
        g_autoptr (XqRecord) read = NULL;
        g_autoptr (XqRecord) again = NULL;
        g_autoptr (GError) local = NULL;
        gint64 id;

        g_assert_nonnull (made);
        id = xq_record_insert (tx, made, &local);
        if (id == 0 && g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID))
          continue; /* a second row where a unit has one */
        g_assert_no_error (local);
        g_assert_cmpint (id, >, 0);
        g_assert_cmpint (xq_record_get_district (made), ==, district);
        read = xq_record_load (tx, type, id, error);
        g_assert_nonnull (read);
        assert_same (made, read);

        fixture_change_record (read, f->random);
        g_assert_true (xq_record_update (tx, read, k > 0, error));
        again = xq_record_load (tx, type, id, error);
        g_assert_nonnull (again);
        assert_same (read, again);
      }
  return NULL;
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  fixture_write (f->store, "round trip", round_trip, f);
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) > 0 FROM %s", XQ_RECORD_TYPES[t]->name);
      g_autofree char *some = fixture_query (f->path, sql);

      g_assert_cmpstr (some, ==, "1");
    }
}

static XqRecord *
new_compound (gint64 unit)
{
  XqRecord *record = xq_record_new (&XQ_COMPOUND);

  xq_record_set_int (record, XQ_COMPOUND_UNIT, unit);
  xq_record_set_int (record, XQ_COMPOUND_HOUSEHOLDS, 993);
  xq_record_set_int (record, XQ_COMPOUND_RESIDENTS, 3000);
  xq_record_set_all_origins (record, XQ_ORIGIN_GENERATED);
  xq_record_set_origin (record, XQ_COMPOUND_HOUSEHOLDS, XQ_ORIGIN_REPORTED);
  return record;
}

typedef struct
{
  gint64 unit, row;
} Ids;

static gpointer
check_origins (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Ids *ids = data;
  g_autoptr (XqRecord) record = new_compound (ids->unit);
  g_autoptr (XqRecord) stored = NULL;

  ids->row = xq_record_insert (tx, record, error);
  if (ids->row == 0)
    return NULL;
  /* What is typed over a generated or reported value is declared; what is left alone stays what it was. */
  xq_record_set_int (record, XQ_COMPOUND_HOUSEHOLDS, 994);
  xq_record_set_origin (record, XQ_COMPOUND_KIND, XQ_ORIGIN_IMPORTED);
  g_assert_true (xq_record_update (tx, record, FALSE, error));
  stored = xq_record_load (tx, &XQ_COMPOUND, ids->row, error);
  assert_same (record, stored);
  g_assert_cmpint (xq_record_get_origin (stored, XQ_COMPOUND_HOUSEHOLDS), ==, XQ_ORIGIN_DECLARED);
  g_assert_cmpint (xq_record_get_origin (stored, XQ_COMPOUND_RESIDENTS), ==, XQ_ORIGIN_GENERATED);
  g_assert_cmpint (xq_record_get_origin (stored, XQ_COMPOUND_KIND), ==, XQ_ORIGIN_GENERATED);
  /* An import says so itself. */
  xq_record_set_int (record, XQ_COMPOUND_RESIDENTS, 3001);
  xq_record_set_origin (record, XQ_COMPOUND_RESIDENTS, XQ_ORIGIN_IMPORTED);
  g_assert_true (xq_record_update (tx, record, FALSE, error));
  g_assert_cmpint (xq_record_get_origin (record, XQ_COMPOUND_RESIDENTS), ==, XQ_ORIGIN_IMPORTED);
  /* With the origins kept a generator may write its own. */
  xq_record_set_int (record, XQ_COMPOUND_RESIDENTS, 3002);
  xq_record_set_origin (record, XQ_COMPOUND_RESIDENTS, XQ_ORIGIN_GENERATED);
  g_assert_true (xq_record_update (tx, record, TRUE, error));
  g_assert_cmpint (xq_record_get_origin (record, XQ_COMPOUND_RESIDENTS), ==, XQ_ORIGIN_GENERATED);
  return NULL;
}

static void
test_origins (Fixture *f, gconstpointer data)
{
  Ids ids = { .unit = fixture_unit (f->store, "丰润园") };

  fixture_write (f->store, "origins", check_origins, &ids);
}

static gpointer
insert_given (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_record_insert (tx, data, error);
  return NULL;
}

static void
assert_refused (Fixture *f, XqRecord *record, GQuark domain, int code)
{
  g_autoptr (XqRecord) owned = record;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (f->path);
  g_autofree char *after = NULL;

  xq_store_write (f->store, "refused", insert_given, owned, NULL, &error);
  g_assert_error (error, domain, code);
  g_assert_cmpstr (error->message, !=, "");
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
}

static void
test_rules (Fixture *f, gconstpointer data)
{
  gint64 compound = fixture_unit (f->store, "丰润园"), community = fixture_unit (f->store, "澜湖社区");
  XqRecord *record;

  /* A building under a community: a level is left out. */
  record = xq_record_new (&XQ_UNIT);
  xq_record_set_int (record, XQ_UNIT_PARENT, community);
  xq_record_set_int (record, XQ_UNIT_LEVEL, XQ_LEVEL_BUILDING);
  xq_record_set_text (record, XQ_UNIT_NAME, "3号楼");
  assert_refused (f, record, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  /* A street under nothing. */
  record = xq_record_new (&XQ_UNIT);
  xq_record_set_int (record, XQ_UNIT_LEVEL, XQ_LEVEL_STREET);
  xq_record_set_text (record, XQ_UNIT_NAME, "古楼街道");
  assert_refused (f, record, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  /* What it refers to is not there. */
  assert_refused (f, new_compound (4711), XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  /* A required field is missing. */
  record = xq_record_new (&XQ_ASSOCIATION);
  xq_record_set_int (record, XQ_ASSOCIATION_UNIT, compound);
  xq_record_set_text (record, XQ_ASSOCIATION_KIND, "mass");
  assert_refused (f, record, XQ_RECORD_ERROR, XQ_RECORD_ERROR_REQUIRED);
  /* Ends before it begins. */
  record = xq_record_new (&XQ_PROPERTY_AREA);
  xq_record_set_int (record, XQ_PROPERTY_AREA_UNIT, compound);
  xq_record_set_text (record, XQ_PROPERTY_AREA_NAME, "一期");
  xq_record_set_text (record, XQ_PROPERTY_AREA_VALID_FROM, "2024-05-01");
  xq_record_set_text (record, XQ_PROPERTY_AREA_VALID_TO, "2024-04-30");
  assert_refused (f, record, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  /* A person who belongs to nothing. */
  record = xq_record_new (&XQ_MEMBER);
  xq_record_set_text (record, XQ_MEMBER_STAGE, "full");
  assert_refused (f, record, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  /* Two rows where a unit has one. */
  record = new_compound (compound);
  fixture_write (f->store, "first", insert_given, record);
  xq_record_free (record);
  assert_refused (f, new_compound (compound), XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
}

typedef struct
{
  gint64 unit, upper, lower, member, guest, cover, area, body;
} Graph;

static gint64
add (XqTransaction *tx, XqRecord *record, GError **error)
{
  g_autoptr (XqRecord) owned = record;

  return xq_record_insert (tx, owned, error);
}

static XqRecord *
new_organisation (gint64 unit, gint64 parent, const char *kind)
{
  XqRecord *record = xq_record_new (&XQ_ORGANISATION);

  xq_record_set_int (record, XQ_ORGANISATION_UNIT, unit);
  if (parent != 0)
    xq_record_set_int (record, XQ_ORGANISATION_PARENT, parent);
  xq_record_set_text (record, XQ_ORGANISATION_KIND, kind);
  xq_record_set_text (record, XQ_ORGANISATION_NAME, kind);
  return record;
}

static XqRecord *
new_member (gint64 residence, gint64 organisation)
{
  XqRecord *record = xq_record_new (&XQ_MEMBER);

  if (residence != 0)
    xq_record_set_int (record, XQ_MEMBER_RESIDENCE, residence);
  xq_record_set_int (record, XQ_MEMBER_ORGANISATION, organisation);
  xq_record_set_text (record, XQ_MEMBER_STAGE, "full");
  return record;
}

static gpointer
make_graph (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Graph *g = data;
  XqRecord *record;

  g->upper = add (tx, new_organisation (g->unit, 0, "branch"), error);
  g->lower = add (tx, new_organisation (g->unit, g->upper, "group"), error);
  g->member = add (tx, new_member (g->unit, g->upper), error);
  g->guest = add (tx, new_member (0, g->upper), error);
  record = xq_record_new (&XQ_ORGANISATION_COVER);
  xq_record_set_int (record, XQ_ORGANISATION_COVER_UNIT, g->unit);
  xq_record_set_int (record, XQ_ORGANISATION_COVER_ORGANISATION, g->upper);
  g->cover = add (tx, record, error);
  record = xq_record_new (&XQ_PROPERTY_AREA);
  xq_record_set_int (record, XQ_PROPERTY_AREA_UNIT, g->unit);
  xq_record_set_text (record, XQ_PROPERTY_AREA_NAME, "一期");
  g->area = add (tx, record, error);
  record = xq_record_new (&XQ_OWNERS_BODY);
  xq_record_set_int (record, XQ_OWNERS_BODY_PROPERTY_AREA, g->area);
  xq_record_set_text (record, XQ_OWNERS_BODY_KIND, "owners_committee");
  g->body = add (tx, record, error);
  return NULL;
}

static gboolean
is_there (XqTransaction *tx, const XqRecordType *type, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqRecord) record = xq_record_load (tx, type, id, &error);

  if (record == NULL)
    g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
  return record != NULL;
}

static gpointer
delete_branch (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Graph *g = data;
  g_autoptr (XqRecord) member = NULL;
  g_autoptr (XqRecord) lower = NULL;

  g_assert_true (xq_record_delete (tx, &XQ_ORGANISATION, g->upper, error));
  /* What it covered goes with it; who was in it, or below it, only loses it; who was nothing but its member goes. */
  g_assert_false (is_there (tx, &XQ_ORGANISATION_COVER, g->cover));
  g_assert_false (is_there (tx, &XQ_MEMBER, g->guest));
  member = xq_record_load (tx, &XQ_MEMBER, g->member, error);
  g_assert_true (xq_record_is_null (member, XQ_MEMBER_ORGANISATION));
  g_assert_cmpint (xq_record_get_int (member, XQ_MEMBER_RESIDENCE), ==, g->unit);
  lower = xq_record_load (tx, &XQ_ORGANISATION, g->lower, error);
  g_assert_true (xq_record_is_null (lower, XQ_ORGANISATION_PARENT));
  g_assert_true (is_there (tx, &XQ_OWNERS_BODY, g->body));
  return NULL;
}

static gpointer
delete_unit (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Graph *g = data;

  g_assert_true (xq_record_delete (tx, &XQ_UNIT, g->unit, error));
  g_assert_false (is_there (tx, &XQ_ORGANISATION, g->lower));
  g_assert_false (is_there (tx, &XQ_MEMBER, g->member));
  g_assert_false (is_there (tx, &XQ_PROPERTY_AREA, g->area));
  g_assert_false (is_there (tx, &XQ_OWNERS_BODY, g->body));
  return NULL;
}

static void
test_delete (Fixture *f, gconstpointer data)
{
  Graph graph = { .unit = fixture_unit (f->store, "丰润园") };
  g_autofree char *start = NULL;
  g_autofree char *units = NULL;
  g_autofree char *end = NULL;
  g_autoptr (GError) error = NULL;

  fixture_write (f->store, "make", make_graph, &graph);
  start = fixture_dump (f->path);
  fixture_write (f->store, "branch", delete_branch, &graph);
  fixture_write (f->store, "unit", delete_unit, &graph);
  /* Its buildings went too: district, street and community are left. */
  units = fixture_query (f->path, "SELECT count(*) FROM unit");
  g_assert_cmpstr (units, ==, "3");
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *label = xq_store_undo (f->store, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (label);
    }
  end = fixture_dump (f->path);
  g_assert_cmpstr (start, ==, end);
}

static gpointer
check_missing (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqRecord) record = new_compound (1);
  g_autoptr (GError) local = NULL;
  gint64 *unit = data;

  g_assert_null (xq_record_find (tx, &XQ_COMPOUND, XQ_COMPOUND_UNIT, *unit, &local));
  g_assert_no_error (local);
  g_assert_null (xq_record_load (tx, &XQ_COMPOUND, 1, &local));
  g_assert_error (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
  g_clear_error (&local);
  /* A read cannot write. */
  g_assert_cmpint (xq_record_insert (tx, record, &local), ==, 0);
  g_assert_error (local, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY);
  return NULL;
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  gint64 unit = fixture_unit (f->store, "丰润园");

  fixture_read (f->store, check_missing, &unit);
}

static gpointer
check_circle (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Graph *g = data;
  g_autoptr (XqRecord) upper = xq_record_load (tx, &XQ_ORGANISATION, g->upper, error);

  xq_record_set_int (upper, XQ_ORGANISATION_PARENT, g->lower);
  xq_record_update (tx, upper, FALSE, error);
  return NULL;
}

static void
test_circle (Fixture *f, gconstpointer data)
{
  Graph graph = { .unit = fixture_unit (f->store, "丰润园") };
  g_autoptr (GError) error = NULL;

  fixture_write (f->store, "make", make_graph, &graph);
  xq_store_write (f->store, "circle", check_circle, &graph, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/record/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/store/record/origins", Fixture, NULL, set_up, test_origins, tear_down);
  g_test_add ("/store/record/rules", Fixture, NULL, set_up, test_rules, tear_down);
  g_test_add ("/store/record/delete", Fixture, NULL, set_up, test_delete, tear_down);
  g_test_add ("/store/record/missing", Fixture, NULL, set_up, test_missing, tear_down);
  g_test_add ("/store/record/circle", Fixture, NULL, set_up, test_circle, tear_down);
  return g_test_run ();
}
