#include "redraw-fixture.h"
#include "xq-fact-columns.h"
#include "xq-figures.h"
#include "xq-maintenance.h"
#include "xq-statistics.h"

#define ID G_GINT64_FORMAT

typedef struct
{
  XqRedraw *redraw;
  GArray *results;
  XqRedrawPreview *preview;
} Job;

static gpointer
apply_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  job->results = xq_redraw_apply (tx, job->redraw, error);
  return NULL;
}

static gpointer
preview_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  job->preview = xq_redraw_preview (tx, job->redraw, error);
  return NULL;
}

static XqRedrawPreview *
preview (RedrawWorld *world, XqRedraw *redraw)
{
  Job job = { .redraw = redraw };

  fixture_read (world->store, preview_job, &job);
  g_assert_nonnull (job.preview);
  return job.preview;
}

static void
check_sound (RedrawWorld *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = xq_store_verify (world->store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *)g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

static void G_GNUC_PRINTF (3, 4) expect (RedrawWorld *world, const char *value, const char *format, ...)
{
  va_list arguments;
  g_autofree char *sql = NULL, *found = NULL;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  found = fixture_query (world->path, sql);
  if (g_strcmp0 (found, value) != 0)
    g_error ("%s: %s, not %s", sql, found, value);
}

static gint64
ask (RedrawWorld *world, const char *sql)
{
  g_autofree char *text = fixture_query (world->path, sql);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* There and back: one entry of the journal, the same rows and figures. */
static GArray *
apply (RedrawWorld *world, XqRedraw *redraw)
{
  Job job = { .redraw = redraw };
  g_autofree char *before = fixture_dump (world->path), *after = NULL, *again = NULL, *facts = NULL, *facts_again = NULL;
  gint64 entries = ask (world, "SELECT count (*) FROM journal");
  g_autoptr (GError) error = NULL;

  fixture_write (world->store, "redraw", apply_job, &job);
  g_assert_nonnull (job.results);
  g_assert_cmpuint (job.results->len, ==, redraw->units->len);
  g_assert_cmpint (ask (world, "SELECT count (*) FROM journal"), ==, entries + 1);
  check_sound (world);
  after = fixture_dump (world->path);
  facts = fixture_dump_tables (world->path, "fact rollup search");
  g_free (xq_store_undo (world->store, NULL, &error));
  g_assert_no_error (error);
  again = fixture_dump (world->path);
  g_assert_cmpstr (before, ==, again);
  check_sound (world);
  g_free (xq_store_redo (world->store, NULL, &error));
  g_assert_no_error (error);
  g_free (again);
  again = fixture_dump (world->path);
  g_assert_cmpstr (after, ==, again);
  facts_again = fixture_dump_tables (world->path, "fact rollup search");
  g_assert_cmpstr (facts, ==, facts_again);
  return job.results;
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
refused (RedrawWorld *world, XqRedraw *redraw, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  Job job = { .redraw = redraw };
  g_autofree char *before = fixture_dump (world->path), *after = NULL;

  xq_store_write (world->store, "refused", apply_job, &job, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in “%s”", words, error->message);
  g_clear_error (&error);
  xq_store_read (world->store, preview_job, &job, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, code);
  after = fixture_dump (world->path);
  g_assert_cmpstr (before, ==, after);
  xq_redraw_free (redraw);
}

/* Two of one community of two base units each, one of another: A (60 and 40 of 100 households), B (51 and 20 of 71), C (70). */
typedef struct
{
  RedrawWorld world;
  gint64 a, b, c, a1, a2, b1, b2, c1, a_branch, b_branch, a_building, b_building, a_area, b_area, ticket;
} Small;

static gpointer
fill_small (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Small *s = data;
  gint64 east = s->world.communities[0], west = s->world.communities[1], committee, west_committee;

  s->a = redraw_insert (tx, &XQ_UNIT, "parent", east, "level", "3", "name", "甲园", "code", "A", NULL);
  s->b = redraw_insert (tx, &XQ_UNIT, "parent", east, "level", "3", "name", "乙园", NULL);
  s->c = redraw_insert (tx, &XQ_UNIT, "parent", west, "level", "3", "name", "丙园", NULL);
  s->a1 = redraw_insert (tx, &XQ_BASE_UNIT, "unit", s->a, "name", "甲园一期", "households", "60", "resident_full", "1", NULL);
  s->a2 = redraw_insert (tx, &XQ_BASE_UNIT, "unit", s->a, "name", "甲园二期", "households", "40", "resident_full", "4", NULL);
  s->b1 = redraw_insert (tx, &XQ_BASE_UNIT, "unit", s->b, "name", "乙园一期", "households", "51", NULL);
  s->b2 = redraw_insert (tx, &XQ_BASE_UNIT, "unit", s->b, "name", "乙园二期", "households", "20", NULL);
  s->c1 = redraw_insert (tx, &XQ_BASE_UNIT, "unit", s->c, "name", "丙园", NULL);
  redraw_insert (tx, &XQ_COMPOUND, "unit", s->a, "kind", "commercial", "households", "100", "parking_spaces", "31", NULL);
  redraw_insert (tx, &XQ_COMPOUND, "unit", s->b, "kind", "old", "households", "71", NULL);
  redraw_insert (tx, &XQ_COMPOUND, "unit", s->c, "households", "70", NULL);
  redraw_insert (tx, &XQ_DECLARED_COUNT, "unit", s->a, "measure", "resident_full", "value", "10", NULL);
  redraw_insert (tx, &XQ_DECLARED_COUNT, "unit", s->b, "measure", "resident_full", "value", "7", NULL);
  committee = ask (&s->world,
                   "SELECT id FROM organisation WHERE kind = 'committee' AND unit = (SELECT id FROM unit WHERE name = '社区0')");
  west_committee
      = ask (&s->world,
             "SELECT id FROM organisation WHERE kind = 'committee' AND unit = (SELECT id FROM unit WHERE name = '社区1')");
  g_assert_cmpint (west_committee, !=, committee);
  s->a_branch = redraw_insert (tx, &XQ_ORGANISATION, "unit", s->a, "kind", "branch", "name", "甲支部", "parent", committee, NULL);
  s->b_branch = redraw_insert (tx, &XQ_ORGANISATION, "unit", s->b, "kind", "branch", "name", "乙支部", "parent", committee, NULL);
  redraw_insert (tx, &XQ_ORGANISATION_COVER, "unit", s->a, "organisation", s->a_branch, NULL);
  redraw_insert (tx, &XQ_ORGANISATION_COVER, "unit", s->b, "organisation", s->b_branch, NULL);
  redraw_insert (tx, &XQ_POST_HOLDER, "unit", s->a, "post", "secretary", "organisation", s->a_branch, NULL);
  redraw_insert (tx, &XQ_POST_HOLDER, "unit", s->b, "post", "secretary", "organisation", s->b_branch, NULL);
  s->a_building = redraw_insert (tx, &XQ_UNIT, "parent", s->a, "level", "4", "name", "1栋", NULL);
  s->b_building = redraw_insert (tx, &XQ_UNIT, "parent", s->b, "level", "4", "name", "2栋", NULL);
  redraw_insert (tx, &XQ_BUILDING, "unit", s->a_building, "households", "12", "base", s->a2, NULL);
  redraw_insert (tx, &XQ_BUILDING, "unit", s->b_building, "households", "30", "base", s->b2, NULL);
  redraw_insert (tx, &XQ_MEMBER, "checked_in", s->b_building, "stage", "full", NULL);
  s->a_area = redraw_insert (tx, &XQ_PROPERTY_AREA, "unit", s->a, "name", "甲区", "base", s->a2, NULL);
  s->b_area = redraw_insert (tx, &XQ_PROPERTY_AREA, "unit", s->b, "name", "乙区", NULL);
  redraw_insert (tx, &XQ_OWNERS_BODY, "property_area", s->a_area, "kind", "owners_committee", "name", "甲业委会", NULL);
  redraw_insert (tx, &XQ_OWNERS_BODY, "property_area", s->b_area, "kind", "owners_committee", "name", "乙业委会", NULL);
  redraw_insert (tx, &XQ_PROPERTY_SERVICE, "property_area", s->a_area, "mode", "firm", "firm", "甲物业", NULL);
  redraw_insert (tx, &XQ_PROPERTY_SERVICE, "property_area", s->b_area, "mode", "firm", "firm", "乙物业", NULL);
  s->ticket = redraw_insert (tx, &XQ_TICKET, "unit", s->a, "number", "7", "title", "路灯", "raised", "2024-10-01", NULL);
  redraw_insert (tx, &XQ_TICKET_EVENT, "ticket", s->ticket, "ordinal", "1", "kind", "raise", "day", "2024-10-01", NULL);
  redraw_insert (tx, &XQ_SURVEY, "unit", s->a, "name", "院内调查", "closed", "2024-11-30", NULL);
  return NULL;
}

static void
small_init (Small *s)
{
  *s = (Small){ 0 };
  redraw_world_init (&s->world, 1, 0, TRUE);
  fixture_write (s->world.store, "fill", fill_small, s);
}

/* 甲园 goes on with its first part and the second of 乙园; what is left of both is new. */
static XqRedraw *
exchange (const Small *s)
{
  XqRedraw *redraw = xq_redraw_new (REDRAW_DAY);

  xq_redraw_add (redraw, NULL, s->a, s->world.communities[0], (gint64[]){ s->a1, s->b2 }, 2);
  xq_redraw_add (redraw, "和园", 0, s->world.communities[0], (gint64[]){ s->b1, s->a2 }, 2);
  xq_redraw_add (redraw, "丙园", s->c, s->world.communities[1], &s->c1, 1);
  return redraw;
}

static const XqTreeConflict *
find_conflict (const XqRedrawPreview *seen, const char *format, ...)
{
  va_list arguments;
  g_autofree char *id = NULL;

  va_start (arguments, format);
  id = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  for (guint i = 0; i < seen->tree->conflicts->len; i++)
    if (g_str_equal (((XqTreeConflict *)g_ptr_array_index (seen->tree->conflicts, i))->id, id))
      return g_ptr_array_index (seen->tree->conflicts, i);
  return NULL;
}

static void
test_exchange (void)
{
  Small s;
  g_autoptr (XqRedraw) redraw = NULL;
  g_autoptr (XqRedrawPreview) seen = NULL;
  g_autoptr (GArray) units = NULL;
  g_autofree char *label = NULL;
  gint64 made;

  small_init (&s);
  redraw = exchange (&s);
  seen = preview (&s.world, redraw);
  g_assert_cmpuint (seen->n_before, ==, 3);
  g_assert_cmpuint (seen->n_after, ==, 3);
  g_assert_cmpuint (seen->n_closed, ==, 1);
  g_assert_cmpuint (seen->n_new, ==, 1);
  g_assert_cmpuint (seen->n_continued, ==, 1);
  g_assert_cmpuint (seen->n_unchanged, ==, 1);
  g_assert_cmpuint (seen->flows->len, ==, 4);
  /* 乙园's branch goes with most of it; so the new unit has its own, and so has 甲园. */
  g_assert_null (find_conflict (seen, "covers:1"));
  g_assert_nonnull (find_conflict (seen, "kind:0"));
  g_assert_nonnull (find_conflict (seen, "homes-%" ID ":0", s.a));
  g_assert_nonnull (find_conflict (seen, "tickets-%" ID ":0", s.a));
  g_assert_nonnull (find_conflict (seen, "surveys-%" ID ":0", s.a));
  g_assert_cmpuint (find_conflict (seen, "tickets-%" ID ":0", s.a)->choices->len, ==, 2);
  /* 甲区 stands in the second part of 甲园, 乙区 somewhere in 乙园: both come to the new unit, side by side. */
  g_assert_nonnull (find_conflict (seen, "bodies:1"));
  g_assert_cmpuint (find_conflict (seen, "bodies:1")->choices->len, ==, 1);
  g_assert_nonnull (find_conflict (seen, "services:1"));
  g_assert_cmpstr (find_conflict (seen, "services:1")->chosen, ==, "all");
  label = xq_redraw_make_label (redraw, seen->n_before);
  g_assert_cmpstr (label, ==, "Re-draw 3 compounds into 3");

  units = apply (&s.world, redraw);
  made = g_array_index (units, gint64, 1);
  g_assert_cmpint (g_array_index (units, gint64, 0), ==, s.a);
  g_assert_cmpint (g_array_index (units, gint64, 2), ==, s.c);
  expect (&s.world, "甲园 A", "SELECT name || ' ' || code FROM unit WHERE id = %" ID " AND valid_to IS NULL", s.a);
  expect (&s.world, REDRAW_DAY, "SELECT valid_to FROM unit WHERE id = %" ID, s.b);
  expect (&s.world, "和园", "SELECT name FROM unit WHERE id = %" ID " AND valid_from = '" REDRAW_DAY "'", made);
  /* 30 households of the building are more than the 20 of the part it stands in. */
  expect (&s.world, "90", "SELECT households FROM compound WHERE unit = %" ID, s.a);
  expect (&s.world, "81", "SELECT households FROM compound WHERE unit = %" ID, made);
  expect (&s.world, "71", "SELECT households FROM compound WHERE unit = %" ID, s.b); /* stays as history */
  /* Members by what is stored of them (1 to 4 of 10), else by households (51 to 20 of 7). */
  expect (&s.world, "4", "SELECT value FROM declared_count WHERE unit = %" ID, s.a);
  expect (&s.world, "13", "SELECT value FROM declared_count WHERE unit = %" ID, made);
  expect (&s.world, "commercial 19", "SELECT kind || ' ' || parking_spaces FROM compound WHERE unit = %" ID, s.a);
  expect (&s.world, "old 12", "SELECT kind || ' ' || parking_spaces FROM compound WHERE unit = %" ID, made);
  /* Who stood in which part. */
  expect (&s.world, "2", "SELECT count (*) FROM base_unit WHERE unit = %" ID " AND id IN (%" ID ", %" ID ")", s.a, s.a1, s.b2);
  expect (&s.world, "2", "SELECT count (*) FROM base_unit WHERE unit = %" ID " AND former IS NULL", made);
  expect (&s.world, "1", "SELECT count (*) FROM unit WHERE id = %" ID " AND parent = %" ID, s.a_building, made);
  expect (&s.world, "1", "SELECT count (*) FROM unit WHERE id = %" ID " AND parent = %" ID, s.b_building, s.a);
  expect (&s.world, "2", "SELECT count (*) FROM property_area WHERE unit = %" ID, made);
  expect (&s.world, "2",
          "SELECT count (*) FROM owners_body b JOIN property_area a ON a.id = b.property_area WHERE a.unit = %" ID
          " AND b.ended IS NULL",
          made);
  /* What is of the unit as a whole stays with the one that goes on, else goes to the greater part. */
  expect (&s.world, "1", "SELECT count (*) FROM organisation WHERE id = %" ID " AND unit = %" ID, s.a_branch, s.a);
  expect (&s.world, "1", "SELECT count (*) FROM organisation WHERE id = %" ID " AND unit = %" ID, s.b_branch, made);
  expect (&s.world, "1", "SELECT count (*) FROM ticket WHERE unit = %" ID, s.a);
  expect (&s.world, "1 1",
          "SELECT (SELECT coverage_own FROM fact WHERE unit = %" ID ") || ' ' || (SELECT coverage_own FROM fact WHERE"
          " unit = %" ID ")",
          s.a, made);
  /* Who came of whom. */
  expect (&s.world, "60/100 40/100 51/71 20/71",
          "SELECT group_concat (share_numerator || '/' || share_denominator, ' ') FROM (SELECT * FROM lineage WHERE effective = "
          "'" REDRAW_DAY "' AND redraw = 1 ORDER BY predecessor = %" ID ", share_numerator DESC)",
          s.b);
  redraw_world_clear (&s.world);
}

static void
test_choices (void)
{
  Small s;
  g_autoptr (XqRedraw) redraw = NULL;
  g_autoptr (XqRedrawPreview) seen = NULL;
  g_autoptr (GArray) units = NULL;
  g_autofree char *kept = NULL, *tickets = NULL;
  const XqTreeConflict *secretaries;
  gint64 made;

  small_init (&s);
  redraw = xq_redraw_new (REDRAW_DAY);
  /* Three into two across communities; the smaller part of 甲园 has no branch left. */
  xq_redraw_add (redraw, "大园", 0, s.world.communities[1], (gint64[]){ s.a1, s.b1, s.b2, s.c1 }, 4);
  xq_redraw_add (redraw, "小园", 0, s.world.communities[0], &s.a2, 1);
  seen = preview (&s.world, redraw);
  g_assert_nonnull (find_conflict (seen, "organisations:0"));
  g_assert_cmpuint (find_conflict (seen, "organisations:0")->choices->len, ==, 4);
  g_assert_nonnull (find_conflict (seen, "covers:1"));
  g_assert_cmpstr (find_conflict (seen, "covers:1")->chosen, ==, "one");
  g_assert_nonnull (find_conflict (seen, "leading:0"));
  g_assert_null (find_conflict (seen, "leading:1"));
  g_assert_cmpuint (seen->tree->notices->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (seen->tree->notices, 0), "several communities"));
  kept = g_strdup_printf ("%" ID, s.a_branch);
  xq_redraw_choose (redraw, "organisations:0", kept);
  xq_redraw_choose (redraw, "covers:1", kept);
  tickets = g_strdup_printf ("tickets-%" ID ":0", s.a);
  xq_redraw_choose (redraw, tickets, "1");
  g_clear_pointer (&seen, xq_redraw_preview_free);
  seen = preview (&s.world, redraw);
  secretaries = find_conflict (seen, "secretaries:0");
  g_assert_nonnull (secretaries);
  xq_redraw_choose (redraw, "secretaries:0", ((XqTreeChoice *)g_ptr_array_index (secretaries->choices, 1))->id);
  units = apply (&s.world, redraw);
  made = g_array_index (units, gint64, 0);
  expect (&s.world, REDRAW_DAY, "SELECT dissolved FROM organisation WHERE id = %" ID, s.b_branch);
  expect (&s.world, "1", "SELECT count (*) FROM approval WHERE organisation = %" ID " AND successor = %" ID, s.b_branch,
          s.a_branch);
  expect (&s.world, "1", "SELECT count (*) FROM post_holder WHERE post = 'secretary' AND valid_to IS NULL AND unit = %" ID, made);
  expect (&s.world, "社区1",
          "SELECT u.name FROM organisation o JOIN organisation p ON p.id = o.parent JOIN unit u ON u.id = p.unit"
          " WHERE o.id = %" ID,
          s.a_branch);
  expect (&s.world, "1", "SELECT count (*) FROM ticket WHERE unit = %" ID, g_array_index (units, gint64, 1));
  expect (&s.world, "2", "SELECT count (*) FROM organisation_cover WHERE organisation = %" ID " AND valid_to IS NULL", s.a_branch);
  expect (&s.world, "1", "SELECT coverage_own FROM fact WHERE unit = %" ID, g_array_index (units, gint64, 1));
  /* 丙园 was a base unit by itself. */
  expect (&s.world, "1", "SELECT count (*) FROM base_unit WHERE id = %" ID " AND former = %" ID, s.c1, s.c);
  redraw_world_clear (&s.world);
}

static void
test_refused (void)
{
  Small s;
  XqRedraw *redraw;

  small_init (&s);
  redraw = exchange (&s);
  g_array_remove_index (((XqRedrawUnit *)g_ptr_array_index (redraw->units, 1))->bases, 0);
  refused (&s.world, redraw, XQ_STORE_ERROR_INVALID, "“乙园一期” of “乙园” is in no new unit");
  redraw = exchange (&s);
  xq_redraw_add (redraw, "又园", 0, s.world.communities[0], &s.a1, 1);
  refused (&s.world, redraw, XQ_STORE_ERROR_INVALID, "“甲园一期” is in two new units");
  redraw = exchange (&s);
  g_ptr_array_remove_range (redraw->units, 0, 2);
  refused (&s.world, redraw, XQ_STORE_ERROR_INVALID, "nothing to put into force");
  redraw = exchange (&s);
  ((XqRedrawUnit *)g_ptr_array_index (redraw->units, 1))->continues = s.c;
  refused (&s.world, redraw, XQ_STORE_ERROR_INVALID, "“丙园” can go on only as a unit that holds some of it");
  redraw = exchange (&s);
  ((XqRedrawUnit *)g_ptr_array_index (redraw->units, 1))->continues = s.a;
  refused (&s.world, redraw, XQ_STORE_ERROR_INVALID, "“甲园” can go on as one unit only");
  redraw = exchange (&s);
  set_text (&((XqRedrawUnit *)g_ptr_array_index (redraw->units, 1))->name, "甲园");
  refused (&s.world, redraw, XQ_STORE_ERROR_INVALID, "Two new units of one community are called “甲园”");
  redraw = exchange (&s);
  set_text (&((XqRedrawUnit *)g_ptr_array_index (redraw->units, 1))->name, " ");
  refused (&s.world, redraw, XQ_STORE_ERROR_INVALID, "has no name");
  redraw = exchange (&s);
  ((XqRedrawUnit *)g_ptr_array_index (redraw->units, 1))->parent = s.world.street;
  refused (&s.world, redraw, XQ_STORE_ERROR_INVALID, "level above");
  redraw = exchange (&s);
  set_text (&redraw->day, "2024-09-30");
  refused (&s.world, redraw, XQ_STORE_ERROR_INVALID, "is locked");
  redraw = exchange (&s);
  set_text (&redraw->day, "2025-01-01");
  refused (&s.world, redraw, XQ_STORE_ERROR_INVALID, "after the open period");
  redraw = exchange (&s);
  xq_redraw_add (redraw, "鬼园", 0, s.world.communities[0], (gint64[]){ 42 }, 1);
  refused (&s.world, redraw, XQ_STORE_ERROR_NOT_FOUND, "42");
  refused (&s.world, xq_redraw_new (REDRAW_DAY), XQ_STORE_ERROR_INVALID, "No unit is chosen");
  /* A unit that ends leaves its name to another. */
  redraw = exchange (&s);
  set_text (&((XqRedrawUnit *)g_ptr_array_index (redraw->units, 1))->name, "乙园");
  g_array_unref (apply (&s.world, redraw));
  xq_redraw_free (redraw);
  redraw_world_clear (&s.world);
}

/* Only a name, only a place: no lineage. */
static void
test_same (void)
{
  Small s;
  g_autoptr (XqRedraw) redraw = NULL;

  small_init (&s);
  redraw = xq_redraw_new (REDRAW_DAY);
  xq_redraw_add (redraw, "丙新园", s.c, s.world.communities[0], &s.c1, 1)->code = g_strdup ("C2");
  xq_redraw_add (redraw, NULL, s.a, s.world.communities[0], (gint64[]){ s.a1, s.a2 }, 2);
  g_array_unref (apply (&s.world, redraw));
  expect (&s.world, "丙新园 C2", "SELECT name || ' ' || code FROM unit WHERE id = %" ID " AND parent = %" ID, s.c,
          s.world.communities[0]);
  expect (&s.world, "丙园", "SELECT value FROM unit_name WHERE unit = %" ID " AND kind = 'former_name'", s.c);
  expect (&s.world, "0", "SELECT count (*) FROM lineage");
  redraw_world_clear (&s.world);
}

typedef struct
{
  GString *text;
  XqDivision division;
} Reading;

/* Every figure of every compound of the locked quarter. */
static gpointer
read_figures (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;

  for (int level = XQ_LEVEL_DISTRICT; level <= XQ_LEVEL_COMPOUND; level++)
    {
      XqFigureQuery query = { .by = level == XQ_LEVEL_DISTRICT ? XQ_LEVEL_NONE : level,
                              .period = { XQ_PERIOD_QUARTER, 2024, 3 },
                              .division = reading->division };
      g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);

      if (table == NULL)
        return NULL;
      for (guint i = 0; i < table->rows->len; i++)
        {
          const XqFigureRow *row = g_ptr_array_index (table->rows, i);

          g_string_append_printf (reading->text, "%" ID " %s", row->unit->id, row->unit->name);
          for (guint k = 0; k < table->indicators->len; k++)
            g_string_append_printf (reading->text, " %" ID "/%" ID, row->figures[k].numerator, row->figures[k].denominator);
          g_string_append_c (reading->text, '\n');
        }
    }
  return NULL;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* By id: in which order units stand is a matter of what they are called today. */
static char *
figures_then (RedrawWorld *world)
{
  Reading reading = { g_string_new (NULL), XQ_DIVISION_THEN };
  g_auto (GStrv) lines = NULL;

  fixture_read (world->store, read_figures, &reading);
  lines = g_strsplit (reading.text->str, "\n", -1);
  g_string_free (reading.text, TRUE);
  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
  return g_strjoinv ("\n", lines);
}

typedef struct
{
  GHashTable *households; /* unit → gint64 */
  XqDivision division;
} Counted;

static gpointer
count_households (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Counted *counted = data;
  const char *only[] = { "households", NULL };
  XqFigureQuery query
      = { .by = XQ_LEVEL_COMPOUND, .period = { XQ_PERIOD_QUARTER, 2024, 3 }, .only = only, .division = counted->division };
  g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);

  for (guint i = 0; table != NULL && i < table->rows->len; i++)
    {
      const XqFigureRow *row = g_ptr_array_index (table->rows, i);

      g_hash_table_insert (counted->households, g_memdup2 (&row->unit->id, sizeof (gint64)),
                           g_memdup2 (&row->figures[0].numerator, sizeof (gint64)));
    }
  return NULL;
}

static GHashTable *
households_of (RedrawWorld *world, XqDivision division)
{
  Counted counted = { g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free), division };

  fixture_read (world->store, count_households, &counted);
  return counted.households;
}

/* The past in the division of now, from the lineage that was written: every unit's parts of what it counted then, at once. */
static void
check_carried (RedrawWorld *world)
{
  g_autoptr (GHashTable) then = households_of (world, XQ_DIVISION_THEN), now = households_of (world, XQ_DIVISION_NOW);
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autofree char *rows = fixture_query (
      world->path,
      "SELECT group_concat (r, ' ') FROM (SELECT predecessor || ',' || successor || ',' || share_numerator || ',' ||"
      " share_denominator AS r FROM lineage ORDER BY predecessor, CAST (share_numerator AS REAL) / share_denominator DESC,"
      " successor)");
  g_auto (GStrv) lines = g_strsplit (rows, " ", -1);
  GHashTableIter iter;
  gpointer key, value;

  for (guint first = 0, next; lines[first] != NULL; first = next)
    {
      gint64 successors[REDRAW_MAX_BASES], weights[REDRAW_MAX_BASES], parts[REDRAW_MAX_BASES];
      gint64 predecessor = g_ascii_strtoll (lines[first], NULL, 10), most = 1;
      const gint64 *held = g_hash_table_lookup (then, &predecessor);
      guint n = 0;

      g_assert_nonnull (held);
      for (next = first; lines[next] != NULL && g_ascii_strtoll (lines[next], NULL, 10) == predecessor; next++, n++)
        {
          g_auto (GStrv) fields = g_strsplit (lines[next], ",", -1);

          successors[n] = g_ascii_strtoll (fields[1], NULL, 10);
          weights[n] = g_ascii_strtoll (fields[2], NULL, 10);
          parts[n] = g_ascii_strtoll (fields[3], NULL, 10);
          most = parts[n] < 1000000000 ? MAX (most, parts[n]) : most;
        }
      /* All of one unit's fractions have one denominator, but those that are next to nothing. */
      for (guint i = 0; i < n; i++)
        weights[i] = parts[i] == most ? weights[i] * 1000000 : parts[i] == 1000000000 ? 0 : -1;
      for (guint i = 0; i < n; i++)
        g_assert_cmpint (weights[i], >=, 0);
      xq_largest_remainder (*held, weights, n, parts);
      g_hash_table_remove (then, &predecessor);
      for (guint i = 0; i < n; i++)
        {
          gint64 *sum = g_hash_table_lookup (wanted, &successors[i]);

          if (sum == NULL)
            {
              sum = g_new0 (gint64, 1);
              g_hash_table_insert (wanted, g_memdup2 (&successors[i], sizeof (gint64)), sum);
            }
          *sum += parts[i];
        }
    }
  /* Whom nothing happened to. */
  g_hash_table_iter_init (&iter, then);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (wanted, g_memdup2 (key, sizeof (gint64)), g_memdup2 (value, sizeof (gint64)));
  g_assert_cmpuint (g_hash_table_size (wanted), ==, g_hash_table_size (now));
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const gint64 *found = g_hash_table_lookup (now, key);

      g_assert_nonnull (found);
      g_assert_cmpint (*found, ==, *(gint64 *)value);
    }
}

/* Sums of what is renewed for every part of a divided unit, the same thing only once for a new unit: their number may change. */
static gboolean
is_renewed (const char *column)
{
  static const char *const names[] = { "pairings", "pairings_department", "pairings_employer" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (column, names[i]))
      return TRUE;
  return FALSE;
}

static gint64 *
district_sums (RedrawWorld *world)
{
  gint64 *sums = g_new (gint64, XQ_N_FACT_COLUMNS);

  for (int c = 0; c < XQ_N_FACT_COLUMNS; c++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %s FROM rollup WHERE unit = %" ID, XQ_FACT_COLUMNS[c].name, world->district);

      sums[c] = ask (world, sql);
    }
  return sums;
}

static void
test_random (void)
{
  guint runs = g_test_slow () ? 150 : 12, first = (guint)g_test_rand_int_range (0, 1 << 20);

  for (guint seed = first; seed < first + runs; seed++)
    {
      RedrawWorld world;
      g_autoptr (XqRedraw) redraw = NULL;
      g_autoptr (XqRedrawPreview) seen = NULL;
      g_autofree char *then = NULL, *then_again = NULL;
      g_autofree gint64 *before = NULL, *after = NULL;
      g_autoptr (GArray) units = NULL;

      g_test_message ("seed %u", seed);
      redraw_world_init (&world, seed, 14, FALSE);
      redraw = redraw_world_draw (&world, 70, 0.5 + 0.25 * (seed % 6));
      then = figures_then (&world);
      before = district_sums (&world);
      seen = preview (&world, redraw);
      g_assert_cmpuint (seen->n_before, ==, seen->n_closed + seen->n_continued + seen->n_unchanged);
      units = apply (&world, redraw);
      after = district_sums (&world);
      for (int c = 0; c < XQ_N_FACT_COLUMNS; c++)
        if (XQ_FACT_COLUMNS[c].carry == XQ_CARRY_SUM && !is_renewed (XQ_FACT_COLUMNS[c].name) && before[c] != after[c])
          g_error ("seed %u: %s of the district were %" ID " and are %" ID, seed, XQ_FACT_COLUMNS[c].name, before[c], after[c]);
      then_again = figures_then (&world);
      if (!g_str_equal (then, then_again))
        g_error ("seed %u: the past reads otherwise in the division of then", seed);
      check_carried (&world);
      /* Every base unit is where it was to be. */
      for (guint i = 0; i < redraw->units->len; i++)
        {
          const XqRedrawUnit *unit = g_ptr_array_index (redraw->units, i);

          for (guint k = 0; k < unit->bases->len; k++)
            expect (&world, "1", "SELECT count (*) FROM base_unit WHERE id = %" ID " AND unit = %" ID,
                    g_array_index (unit->bases, gint64, k), g_array_index (units, gint64, i));
        }
      expect (&world, "0", "SELECT count (*) FROM property_area a JOIN base_unit b ON b.id = a.base WHERE a.unit <> b.unit");
      expect (&world, "0",
              "SELECT count (*) FROM building e JOIN unit u ON u.id = e.unit JOIN base_unit b ON b.id = e.base"
              " WHERE u.parent <> b.unit");
      redraw_world_clear (&world);
    }
}

typedef struct
{
  GCancellable *cancellable;
  gulong wait; /* µs */
} Stopping;

static gpointer
stop (gpointer data)
{
  const Stopping *stopping = data;

  g_usleep (stopping->wait);
  g_cancellable_cancel (stopping->cancellable);
  return NULL;
}

static gpointer
break_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (XqRecord) wrong = xq_record_new (&XQ_COMPOUND);

  job->results = xq_redraw_apply (tx, job->redraw, error);
  if (job->results == NULL)
    return NULL;
  /* A second compound row of one unit is against the table. */
  xq_record_set_int (wrong, XQ_COMPOUND_UNIT, g_array_index (job->results, gint64, 0));
  xq_record_insert (tx, wrong, error);
  g_clear_pointer (&job->results, g_array_unref);
  return NULL;
}

/* Whatever goes wrong, nothing is left of it. */
static void
test_failures (void)
{
  RedrawWorld world;
  g_autoptr (XqRedraw) redraw = NULL;
  g_autofree char *before = NULL, *facts = NULL;
  Job job = { 0 };
  guint n_cancelled = 0;

  redraw_world_init (&world, 7, 60, FALSE);
  redraw = job.redraw = redraw_world_draw (&world, 100, 1);
  before = fixture_dump (world.path);
  facts = fixture_dump_tables (world.path, "fact rollup search journal lineage");
  /* Stopped later and later, until it was done before. */
  for (gulong wait = 500; job.results == NULL; wait *= 2)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Stopping stopping = { cancellable, wait };
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL, *facts_after = NULL;
      GThread *thread = g_thread_new ("stop", stop, &stopping);

      xq_store_write (world.store, "cancelled", apply_job, &job, cancellable, &error);
      g_thread_join (thread);
      if (error == NULL)
        break;
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      /* It may have been stopped while figures were computed behind it. */
      g_clear_pointer (&job.results, g_array_unref);
      n_cancelled++;
      after = fixture_dump (world.path);
      facts_after = fixture_dump_tables (world.path, "fact rollup search journal lineage");
      g_assert_cmpstr (before, ==, after);
      g_assert_cmpstr (facts, ==, facts_after);
    }
  g_assert_cmpuint (n_cancelled, >, 0);
  g_test_message ("cancelled %u times", n_cancelled);
  check_sound (&world);
  {
    g_autoptr (GError) error = NULL;

    g_free (xq_store_undo (world.store, NULL, &error));
    g_assert_no_error (error);
    g_clear_pointer (&job.results, g_array_unref);
  }
  {
    g_autoptr (GError) error = NULL;
    g_autofree char *after = NULL;

    xq_store_write (world.store, "broken", break_job, &job, NULL, &error);
    g_assert_nonnull (error);
    after = fixture_dump (world.path);
    g_assert_cmpstr (before, ==, after);
    check_sound (&world);
  }
  redraw_world_clear (&world);
}

/* Thousands at once, all of which hang together. */
static void
test_many (gconstpointer data)
{
  const guint *sizes = data;
  RedrawWorld world;
  g_autoptr (XqRedraw) redraw = NULL;
  g_autoptr (XqRedrawPreview) seen = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  Job job = { 0 };
  gint64 start, middle, households;

  redraw_world_init (&world, 3, sizes[0], TRUE);
  redraw = redraw_world_draw (&world, 100, (double)sizes[1] / sizes[0]);
  before = fixture_dump (world.path);
  households = ask (&world, "SELECT households FROM rollup r JOIN unit u ON u.id = r.unit WHERE u.level = 0");
  start = g_get_monotonic_time ();
  seen = preview (&world, redraw);
  middle = g_get_monotonic_time ();
  job.redraw = redraw;
  fixture_write (world.store, "redraw", apply_job, &job);
  g_test_message ("%u compounds into %u: previewed in %.2f s, in force in %.2f s", seen->n_before, seen->n_after,
                  (double)(middle - start) / G_USEC_PER_SEC, (double)(g_get_monotonic_time () - middle) / G_USEC_PER_SEC);
  check_sound (&world);
  g_assert_cmpint (ask (&world, "SELECT households FROM rollup r JOIN unit u ON u.id = r.unit WHERE u.level = 0"), ==, households);
  start = g_get_monotonic_time ();
  g_free (xq_store_undo (world.store, NULL, &error));
  g_assert_no_error (error);
  g_test_message ("undone in %.2f s", (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  after = fixture_dump (world.path);
  g_assert_cmpstr (before, ==, after);
  g_clear_pointer (&job.results, g_array_unref);
  redraw_world_clear (&world);
}

int
main (int argc, char **argv)
{
  static const guint echeng[] = { 936, 545 }, great[] = { 1800, 600 };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redraw/exchange", test_exchange);
  g_test_add_func ("/redraw/choices", test_choices);
  g_test_add_func ("/redraw/refused", test_refused);
  g_test_add_func ("/redraw/same", test_same);
  g_test_add_func ("/redraw/random", test_random);
  g_test_add_func ("/redraw/failures", test_failures);
  g_test_add_data_func ("/redraw/many/936", echeng, test_many);
  g_test_add_data_func ("/redraw/many/1800", great, test_many);
  return g_test_run ();
}
