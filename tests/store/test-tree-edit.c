#include "store-fixture.h"
#include "xq-coverage.h"
#include "xq-figures.h"
#include "xq-maintenance.h"
#include "xq-snapshot.h"
#include "xq-tree-edit.h"
#include "xq-tree-rule.h"

#define DAY "2024-10-15"

typedef struct
{
  char *folder, *path;
  XqStore *store;
  gint64 district, street, east, west, first, second, third; /* 一号院 二号院 (east), 三号院 (west) */
  gint64 building, other_building, branch, other_branch, area, other_area;
} Fixture;

/* A record from "field", value, …, NULL: values are text, those of references ids. */
static gint64
insert (XqTransaction *tx, const XqRecordType *type, const char *owner_field, gint64 owner, ...)
{
  g_autoptr (XqRecord) record = xq_record_new (type);
  g_autoptr (GError) error = NULL;
  const char *name;
  va_list arguments;
  gint64 id;

  if (owner_field != NULL)
    xq_record_set_int (record, xq_record_type_find (type, owner_field), owner);
  va_start (arguments, owner);
  while ((name = va_arg (arguments, const char *)) != NULL)
    {
      int field = xq_record_type_find (type, name);

      g_assert_cmpint (field, >=, 0);
      if (type->fields[field].type == XQ_FIELD_REFERENCE)
        xq_record_set_int (record, field, va_arg (arguments, gint64));
      else
        {
          const char *value = va_arg (arguments, const char *);

          xq_record_parse_field (record, field, value, &error);
          g_assert_no_error (error);
        }
    }
  va_end (arguments);
  id = xq_record_insert (tx, record, &error);
  g_assert_no_error (error);
  return id;
}

static gint64
insert_unit (XqTransaction *tx, gint64 parent, const char *level, const char *name)
{
  return insert (tx, &XQ_UNIT, "parent", parent, "level", level, "name", name, NULL);
}

static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) top = xq_record_list (tx, &XQ_UNIT, -1, 0, error);
  gint64 committee, west_committee, contact, survey, question, service, department, ticket;

  f->district = xq_record_get_id (g_ptr_array_index (top, 0));
  f->street = insert_unit (tx, f->district, "1", "东街道");
  f->east = insert_unit (tx, f->street, "2", "水社区");
  f->west = insert_unit (tx, f->street, "2", "山社区");
  f->first = insert_unit (tx, f->east, "3", "一号院");
  f->second = insert_unit (tx, f->east, "3", "二号院");
  f->third = insert_unit (tx, f->west, "3", "三号院");
  f->building = insert_unit (tx, f->first, "4", "1栋");
  f->other_building = insert_unit (tx, f->first, "4", "2栋");
  insert (tx, &XQ_BUILDING, "unit", f->building, "households", "60", NULL);
  insert (tx, &XQ_BUILDING, "unit", f->other_building, "households", "30", NULL);
  insert (tx, &XQ_COMPOUND, "unit", f->first, "kind", "commercial", "households", "100", "residents", "301", "built_year", "2005",
          NULL);
  insert (tx, &XQ_COMPOUND, "unit", f->second, "kind", "old", "households", "51", "residents", "120", "built_year", "1988", NULL);
  insert (tx, &XQ_COMPOUND, "unit", f->third, "households", "70", NULL);
  insert (tx, &XQ_DECLARED_COUNT, "unit", f->first, "measure", "resident_full", "value", "7", NULL);
  insert (tx, &XQ_DECLARED_COUNT, "unit", f->second, "measure", "resident_full", "value", "4", NULL);
  insert (tx, &XQ_DECLARED_COUNT, "unit", f->second, "measure", "checked_in", "value", "9", NULL);
  committee = insert (tx, &XQ_ORGANISATION, "unit", f->east, "kind", "committee", "name", "水社区党委", NULL);
  west_committee = insert (tx, &XQ_ORGANISATION, "unit", f->west, "kind", "committee", "name", "山社区党委", NULL);
  g_assert_cmpint (west_committee, !=, 0);
  f->branch = insert (tx, &XQ_ORGANISATION, "unit", f->first, "kind", "branch", "name", "一号院党支部", "parent", committee,
                      "founded", "2020-05-01", NULL);
  f->other_branch = insert (tx, &XQ_ORGANISATION, "unit", f->second, "kind", "branch", "name", "二号院党支部", "parent", committee,
                            "founded", "2021-05-01", NULL);
  insert (tx, &XQ_ORGANISATION_COVER, "unit", f->first, "organisation", f->branch, "valid_from", "2020-05-01", NULL);
  insert (tx, &XQ_ORGANISATION_COVER, "unit", f->second, "organisation", f->other_branch, "valid_from", "2021-05-01", NULL);
  insert (tx, &XQ_MEMBER, "organisation", f->other_branch, "stage", "full", NULL);
  contact = insert (tx, &XQ_CONTACT, "unit", f->third, "post", "社区副书记", "decided", "2024-01-10", NULL);
  insert (tx, &XQ_CONTACT_CONFIRMATION, "contact", contact, "confirmed", "2024-10-08", NULL);
  f->area = insert (tx, &XQ_PROPERTY_AREA, "unit", f->first, "name", "一期", NULL);
  f->other_area = insert (tx, &XQ_PROPERTY_AREA, "unit", f->second, "name", "二期", NULL);
  insert (tx, &XQ_OWNERS_BODY, "property_area", f->area, "kind", "owners_committee", "name", "一期业委会", "founded", "2022-01-01",
          NULL);
  insert (tx, &XQ_OWNERS_BODY, "property_area", f->other_area, "kind", "self_governing", "name", "二期自管小组", NULL);
  service = insert (tx, &XQ_PROPERTY_SERVICE, "property_area", f->area, "mode", "firm", "firm", "甲物业", NULL);
  insert (tx, &XQ_PROPERTY_SERVICE, "property_area", f->other_area, "mode", "firm", "firm", "乙物业", NULL);
  g_assert_cmpint (service, !=, 0);
  insert (tx, &XQ_POST_HOLDER, "unit", f->first, "post", "secretary", "organisation", f->branch, NULL);
  insert (tx, &XQ_POST_HOLDER, "unit", f->second, "post", "secretary", "organisation", f->other_branch, NULL);
  insert (tx, &XQ_POST_HOLDER, "unit", f->second, "post", "building_head", NULL);
  insert (tx, &XQ_ASSOCIATION, "unit", f->first, "kind", "mass", "name", "工会小组", NULL);
  insert (tx, &XQ_ASSOCIATION, "unit", f->first, "kind", "resident", "name", "早散的合唱队", "ended", "2023-01-01", NULL);
  survey = insert (tx, &XQ_SURVEY, "unit", f->district, "name", "2024年调查", "closed", "2024-09-30", NULL);
  question = insert (tx, &XQ_SURVEY_QUESTION, "survey", survey, "text", "总体满意吗", "overall", "是", NULL);
  insert (tx, &XQ_SURVEY_TALLY, "unit", f->first, "question", question, "very_satisfied", "31", "satisfied", "20", "neutral", "3",
          NULL);
  insert (tx, &XQ_SURVEY_TALLY, "unit", f->second, "question", question, "satisfied", "10", "dissatisfied", "5", NULL);
  department = insert (tx, &XQ_DEPARTMENT, "unit", f->district, "name", "示例部门", NULL);
  ticket = insert (tx, &XQ_TICKET, "unit", f->first, "number", "2024-001", "title", "路灯不亮", "raised", "2024-10-02", NULL);
  insert (tx, &XQ_TICKET_EVENT, "ticket", ticket, "ordinal", "1", "kind", "raise", "day", "2024-10-02", NULL);
  insert (tx, &XQ_PAIRING, "unit", f->first, "department", department, NULL);
  insert (tx, &XQ_PAIRING, "unit", f->second, "department", department, NULL);
  insert (tx, &XQ_NOTE, "unit", f->second, "title", "旧事", NULL);
  insert (tx, &XQ_FOUNDING_EXEMPTION, "unit", f->third, "reason", "在建", NULL);
  xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, error);
  return NULL;
}

static gpointer
lock (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_lock (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, error);
  return NULL;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("standard", &error);

  g_assert_no_error (error);
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  f->store = xq_store_create (f->path, scheme, "试验区", &error);
  g_assert_no_error (error);
  fixture_write (f->store, "fill", fill, f);
  fixture_write (f->store, "lock", lock, NULL);
}

static void
check_sound (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = xq_store_verify (f->store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *)g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
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
  XqTreeEdit *edit;
  GArray *results;
  XqTreePreview *preview;
} Job;

static gpointer
apply_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  job->results = xq_tree_edit_apply (tx, job->edit, error);
  return NULL;
}

static gpointer
preview_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  job->preview = xq_tree_edit_preview (tx, job->edit, error);
  return NULL;
}

static XqTreePreview *
preview (Fixture *f, XqTreeEdit *edit)
{
  Job job = { .edit = edit };

  fixture_read (f->store, preview_job, &job);
  g_assert_nonnull (job.preview);
  return job.preview;
}

static gint64
apply (Fixture *f, XqTreeEdit *edit)
{
  Job job = { .edit = edit };
  g_autofree char *before = fixture_dump (f->path), *after = NULL, *again = NULL, *facts = NULL, *facts_again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  gint64 first;

  fixture_write (f->store, "edit", apply_job, &job);
  g_assert_nonnull (job.results);
  first = job.results->len > 0 ? g_array_index (job.results, gint64, 0) : 0;
  g_array_unref (job.results);
  check_sound (f);
  after = fixture_dump (f->path);
  facts = fixture_dump_tables (f->path, "fact rollup search");
  /* One step, there and back. */
  label = xq_store_undo (f->store, NULL, &error);
  g_assert_no_error (error);
  again = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, again);
  check_sound (f);
  g_free (xq_store_redo (f->store, NULL, &error));
  g_assert_no_error (error);
  g_free (again);
  again = fixture_dump (f->path);
  g_assert_cmpstr (after, ==, again);
  facts_again = fixture_dump_tables (f->path, "fact rollup search");
  g_assert_cmpstr (facts, ==, facts_again);
  return first;
}

static void
refused (Fixture *f, XqTreeEdit *edit, const char *words)
{
  g_autoptr (GError) error = NULL;
  Job job = { .edit = edit };
  g_autofree char *before = fixture_dump (f->path), *after = NULL;

  xq_store_write (f->store, "refused", apply_job, &job, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in “%s”", words, error->message);
  g_clear_error (&error);
  xq_store_read (f->store, preview_job, &job, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
  xq_tree_edit_free (edit);
}

static void
expect (Fixture *f, const char *value, const char *format, ...)
{
  va_list arguments;
  g_autofree char *sql = NULL, *found = NULL;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  found = fixture_query (f->path, sql);
  if (g_strcmp0 (found, value) != 0)
    g_error ("%s: %s, not %s", sql, found, value);
}
#define ID G_GINT64_FORMAT

typedef struct
{
  const char *indicator;
  gint64 unit;
  XqDivision division;
  XqFigure figure;
} Ask;

static gpointer
ask_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask *ask = data;
  const char *only[] = { ask->indicator, NULL };
  XqFigureQuery query = {
    .unit = ask->unit, .by = XQ_LEVEL_NONE, .period = { XQ_PERIOD_QUARTER, 2024, 3 }, .only = only, .division = ask->division
  };
  g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);

  if (table != NULL)
    ask->figure = ((XqFigureRow *)g_ptr_array_index (table->rows, 0))->figures[0];
  return NULL;
}

/* A figure of the locked period in the present division, or then. */
static XqFigure
ask (Fixture *f, const char *indicator, gint64 unit, XqDivision division)
{
  Ask question = { .indicator = indicator, .unit = unit, .division = division };

  fixture_read (f->store, ask_job, &question);
  return question.figure;
}

static XqTreeEdit *
merger (Fixture *f, const char *name, gint64 survivor)
{
  XqTreeEdit *edit = xq_tree_edit_new (XQ_TREE_MERGE, DAY);

  xq_tree_edit_add_unit (edit, f->first);
  xq_tree_edit_add_unit (edit, f->second);
  edit->name = g_strdup (name);
  edit->survivor = survivor;
  return edit;
}

static const XqTreeConflict *
find_conflict (const XqTreePreview *preview, const char *id)
{
  for (guint i = 0; i < preview->conflicts->len; i++)
    if (g_str_equal (((XqTreeConflict *)g_ptr_array_index (preview->conflicts, i))->id, id))
      return g_ptr_array_index (preview->conflicts, i);
  return NULL;
}

static guint
count_moved (const XqTreePreview *preview, const XqRecordType *type, const char *to)
{
  guint n = 0;

  for (guint i = 0; i < preview->movements->len; i++)
    {
      const XqTreeMovement *movement = g_ptr_array_index (preview->movements, i);

      if (movement->type == type && (to == NULL || g_strcmp0 (movement->to, to) == 0))
        n += movement->count;
    }
  return n;
}

static void
test_rules (void)
{
  guint n = 0;

  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    for (int i = 0; XQ_RECORD_TYPES[t]->fields[i].name != NULL; i++)
      {
        const XqField *field = &XQ_RECORD_TYPES[t]->fields[i];

        if (field->type != XQ_FIELD_REFERENCE || !g_str_equal (field->target, "unit"))
          continue;
        n++;
        if (xq_tree_rule_find (XQ_RECORD_TYPES[t], field->name) == NULL)
          g_error ("%s.%s: no rule says what becomes of it when its unit is merged, split or closed (xq-tree-rule.c)",
                   XQ_RECORD_TYPES[t]->name, field->name);
      }
  for (const XqTreeRule *rule = XQ_TREE_RULES; rule->type != NULL; rule++)
    {
      const char *names[] = { rule->field, rule->from, rule->to, rule->with, rule->due };

      n--;
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        g_assert_true (names[i] == NULL || xq_record_type_find (rule->type, names[i]) >= 0);
      for (guint i = 0; i < G_N_ELEMENTS (rule->keys) && rule->keys[i] != NULL; i++)
        g_assert_cmpint (xq_record_type_find (rule->type, rule->keys[i]), >=, 0);
      for (guint i = 0; i < G_N_ELEMENTS (rule->values) && rule->values[i] != NULL; i++)
        g_assert_cmpint (xq_record_type_find (rule->type, rule->values[i]), >=, 0);
      g_assert_true (!rule->ends || rule->to != NULL);
      g_assert_true (rule->kind != XQ_TREE_RENEWED || (rule->from != NULL && rule->to != NULL));
      /* What goes with another is done before that moves. */
      for (const XqTreeRule *other = XQ_TREE_RULES; rule->with != NULL && other < rule; other++)
        g_assert_cmpstr (other->type->name, !=, rule->type->fields[xq_record_type_find (rule->type, rule->with)].target);
    }
  g_assert_cmpuint (n, ==, 0);
}

static void
test_merge_new (Fixture *f, gconstpointer data)
{
  g_autoptr (XqTreeEdit) edit = merger (f, "和园", 0);
  g_autoptr (XqTreePreview) seen = preview (f, edit);
  gint64 unit;

  g_assert_nonnull (find_conflict (seen, "organisations"));
  g_assert_cmpstr (find_conflict (seen, "organisations")->chosen, ==, "all");
  g_assert_cmpuint (find_conflict (seen, "organisations")->choices->len, ==, 4);
  g_assert_cmpuint (find_conflict (seen, "bodies")->choices->len, ==, 1);
  g_assert_cmpuint (find_conflict (seen, "services")->choices->len, ==, 3);
  g_assert_nonnull (find_conflict (seen, "kind"));
  g_assert_null (find_conflict (seen, "secretaries")); /* each of an organisation of its own */
  g_assert_cmpuint (count_moved (seen, &XQ_UNIT, "和园"), ==, 2);
  g_assert_cmpuint (count_moved (seen, &XQ_ASSOCIATION, "和园"), ==, 1);
  g_assert_cmpuint (count_moved (seen, &XQ_POST_HOLDER, "和园"), ==, 3);
  unit = apply (f, edit);
  expect (f, "和园", "SELECT name FROM unit WHERE id = %" ID " AND valid_from = '" DAY "' AND parent = %" ID, unit, f->east);
  expect (f, DAY " " DAY, "SELECT group_concat (valid_to, ' ') FROM unit WHERE id IN (%" ID ", %" ID ")", f->first, f->second);
  expect (f, "2 1/1",
          "SELECT count (*) || ' ' || max (share_numerator) || '/' || max (share_denominator) FROM lineage WHERE successor = %" ID
          " AND effective = '" DAY "'",
          unit);
  expect (f, "2", "SELECT count (*) FROM unit WHERE parent = %" ID " AND level = 4", unit);
  expect (f, "151 421 1988 commercial",
          "SELECT households || ' ' || residents || ' ' || built_year || ' ' || kind FROM compound WHERE unit = %" ID, unit);
  expect (f, "100", "SELECT households FROM compound WHERE unit = %" ID, f->first); /* stays as history */
  expect (f, "11", "SELECT value FROM declared_count WHERE unit = %" ID " AND measure = 'resident_full'", unit);
  expect (f, "9", "SELECT value FROM declared_count WHERE unit = %" ID " AND measure = 'checked_in'", unit);
  expect (f, "31 30 3 5",
          "SELECT very_satisfied || ' ' || satisfied || ' ' || neutral || ' ' || dissatisfied FROM survey_tally WHERE unit = %" ID,
          unit);
  expect (f, "2", "SELECT count (*) FROM organisation WHERE unit = %" ID " AND dissolved IS NULL", unit);
  expect (f, "2 2",
          "SELECT count (*) || ' ' || (SELECT count (*) FROM organisation_cover WHERE valid_to = '" DAY "') FROM organisation_cover"
          " WHERE unit = %" ID " AND valid_from = '" DAY "'",
          unit);
  expect (f, "2", "SELECT count (*) FROM property_area WHERE unit = %" ID, unit);
  expect (f, "1", "SELECT count (*) FROM pairing WHERE unit = %" ID " AND valid_from = '" DAY "'", unit); /* the same thing once */
  expect (f, "1 1",
          "SELECT (SELECT count (*) FROM association WHERE unit = %" ID
          ") || ' ' || (SELECT count (*) FROM association WHERE unit = %" ID ")",
          unit, f->first); /* what had ended stays */
  expect (f, "1", "SELECT count (*) FROM ticket WHERE unit = %" ID, unit);
  expect (f, "2 1 1", "SELECT original_compounds || ' ' || merged_compounds || ' ' || coverage_own FROM fact WHERE unit = %" ID,
          unit);
  expect (f, "151", "SELECT households FROM rollup WHERE unit = %" ID, unit);
  /* The past: then as it stood, now added up; what cannot be carried says so. */
  g_assert_cmpint (ask (f, "households", unit, XQ_DIVISION_NOW).numerator, ==, 151);
  g_assert_cmpint (ask (f, "resident_full_members", unit, XQ_DIVISION_NOW).numerator, ==, 11);
  g_assert_cmpint (ask (f, "satisfaction", unit, XQ_DIVISION_NOW).denominator, ==, 69);
  g_assert_true (ask (f, "branch_rate", unit, XQ_DIVISION_NOW).uncarried);
  g_assert_cmpint (ask (f, "households", f->first, XQ_DIVISION_THEN).numerator, ==, 100);
  g_assert_cmpint (ask (f, "branch_rate", f->district, XQ_DIVISION_THEN).denominator, ==, 3);
  g_assert_true (ask (f, "branch_rate", f->district, XQ_DIVISION_NOW).uncarried);
  g_assert_cmpint (ask (f, "households", f->district, XQ_DIVISION_NOW).numerator, ==,
                   ask (f, "households", f->district, XQ_DIVISION_THEN).numerator);
  g_assert_true (ask (f, "branch_rate", f->west, XQ_DIVISION_NOW).has_value); /* untouched */
}

static void
test_merge_one_branch (Fixture *f, gconstpointer data)
{
  g_autoptr (XqTreeEdit) edit = merger (f, NULL, f->first);
  g_autofree char *kept = g_strdup_printf ("%" ID, f->branch);
  g_autoptr (XqTreePreview) seen = NULL;
  const XqTreeConflict *secretaries;

  xq_tree_edit_choose (edit, "organisations", kept);
  xq_tree_edit_choose (edit, "kind", "old");
  seen = preview (f, edit);
  /* With one organisation there is one secretary too many. */
  secretaries = find_conflict (seen, "secretaries");
  g_assert_nonnull (secretaries);
  g_assert_cmpuint (secretaries->choices->len, ==, 3);
  xq_tree_edit_choose (edit, "secretaries", ((XqTreeChoice *)g_ptr_array_index (secretaries->choices, 1))->id);
  g_assert_cmpint (apply (f, edit), ==, f->first);
  expect (f, NULL, "SELECT valid_to FROM unit WHERE id = %" ID, f->first);
  expect (f, DAY, "SELECT dissolved FROM organisation WHERE id = %" ID, f->other_branch);
  expect (f, "merger", "SELECT event FROM approval WHERE organisation = %" ID " AND successor = %" ID, f->other_branch, f->branch);
  expect (f, "1", "SELECT count (*) FROM member WHERE organisation = %" ID, f->branch);
  expect (f, "1", "SELECT count (*) FROM post_holder WHERE post = 'secretary' AND valid_to IS NULL");
  expect (f, "1", "SELECT count (*) FROM organisation_cover WHERE unit = %" ID " AND valid_to IS NULL", f->first);
  expect (f, "151 old", "SELECT households || ' ' || kind FROM compound WHERE unit = %" ID, f->first);
  /* It goes on, and so is said; it is two old compounds now. */
  expect (f, "2", "SELECT count (*) FROM lineage WHERE successor = %" ID, f->first);
  expect (f, "2 1", "SELECT original_compounds || ' ' || merged_compounds FROM fact WHERE unit = %" ID, f->first);
  expect (f, "3", "SELECT original_compounds FROM rollup WHERE unit = %" ID, f->district);
  g_assert_cmpint (ask (f, "households", f->first, XQ_DIVISION_NOW).numerator, ==, 151);
  g_assert_true (ask (f, "compounds", f->first, XQ_DIVISION_NOW).uncarried);
}

static void
test_merge_with_contact (Fixture *f, gconstpointer data)
{
  g_autoptr (XqTreeEdit) edit = xq_tree_edit_new (XQ_TREE_MERGE, DAY);
  gint64 unit;

  /* A contacted one and one with a branch, of two communities. */
  xq_tree_edit_add_unit (edit, f->third);
  xq_tree_edit_add_unit (edit, f->second);
  edit->name = g_strdup ("山水园");
  edit->main = f->second;
  unit = apply (f, edit);
  expect (f, "1", "SELECT count (*) FROM unit WHERE id = %" ID " AND parent = %" ID, unit, f->east);
  expect (f, DAY, "SELECT valid_to FROM contact WHERE unit = %" ID, f->third);
  expect (f, "0", "SELECT count (*) FROM contact WHERE unit = %" ID, unit);
  expect (f, "1", "SELECT coverage_own FROM fact WHERE unit = %" ID, unit);
  g_assert_cmpint (ask (f, "households", f->east, XQ_DIVISION_NOW).numerator, ==, 221);
  g_assert_cmpint (ask (f, "households", f->west, XQ_DIVISION_NOW).numerator, ==, 0);
}

static void
test_split (Fixture *f, gconstpointer data)
{
  g_autoptr (XqTreeEdit) edit = xq_tree_edit_new (XQ_TREE_SPLIT, DAY);
  g_autoptr (XqTreePreview) seen = NULL;
  gint64 parts[2];

  xq_tree_edit_add_unit (edit, f->first);
  xq_tree_edit_add_part (edit, "一号院南区", 2, 3, FALSE);
  xq_tree_edit_add_part (edit, "一号院北区", 1, 3, FALSE);
  xq_tree_edit_place (edit, &XQ_UNIT, f->other_building, 1);
  xq_tree_edit_place (edit, &XQ_PROPERTY_AREA, f->area, 1);
  seen = preview (f, edit);
  g_assert_cmpuint (count_moved (seen, &XQ_UNIT, "一号院南区"), ==, 1);
  g_assert_cmpuint (count_moved (seen, &XQ_UNIT, "一号院北区"), ==, 1);
  g_assert_cmpuint (count_moved (seen, &XQ_PROPERTY_AREA, "一号院北区"), ==, 1);
  g_assert_cmpstr (find_conflict (seen, "covers")->chosen, ==, "one");
  parts[0] = apply (f, edit);
  {
    g_autofree char *text = fixture_query (f->path, "SELECT id FROM unit WHERE name = '一号院北区'");

    parts[1] = g_ascii_strtoll (text, NULL, 10);
  }
  expect (f, "1栋", "SELECT name FROM unit WHERE parent = %" ID, parts[0]);
  expect (f, "2栋", "SELECT name FROM unit WHERE parent = %" ID, parts[1]);
  /* 90 of 100 households are in buildings: the 10 others by share, 7 and 3. */
  expect (f, "67", "SELECT households FROM compound WHERE unit = %" ID, parts[0]);
  expect (f, "33", "SELECT households FROM compound WHERE unit = %" ID, parts[1]);
  expect (f, "201", "SELECT residents FROM compound WHERE unit = %" ID, parts[0]);
  expect (f, "5", "SELECT value FROM declared_count WHERE unit = %" ID, parts[0]);
  expect (f, "2", "SELECT value FROM declared_count WHERE unit = %" ID, parts[1]);
  expect (f, "1", "SELECT count (*) FROM property_area WHERE unit = %" ID, parts[1]);
  expect (f, "1 1",
          "SELECT coverage_own || ' ' || (SELECT coverage_none FROM fact WHERE unit = %" ID ") FROM fact WHERE unit = %" ID,
          parts[1], parts[0]);
  expect (f, "2", "SELECT count (*) FROM pairing WHERE valid_from = '" DAY "'"); /* goes on for both */
  expect (f, "3", "SELECT original_compounds FROM rollup WHERE unit = %" ID, f->district);
  g_assert_cmpint (ask (f, "households", parts[0], XQ_DIVISION_NOW).numerator, ==, 67);
  g_assert_cmpint (ask (f, "households", parts[1], XQ_DIVISION_NOW).numerator, ==, 33);
  g_assert_cmpint (ask (f, "households", f->east, XQ_DIVISION_NOW).numerator, ==, 151);
  g_assert_true (ask (f, "branch_rate", parts[0], XQ_DIVISION_NOW).uncarried);
}

static void
test_split_keeping (Fixture *f, gconstpointer data)
{
  g_autoptr (XqTreeEdit) edit = xq_tree_edit_new (XQ_TREE_SPLIT, DAY);

  xq_tree_edit_add_unit (edit, f->first);
  xq_tree_edit_add_part (edit, "一号新院", 3, 4, FALSE);
  xq_tree_edit_add_part (edit, "一号老院", 1, 4, TRUE);
  xq_tree_edit_choose (edit, "covers", "all");
  apply (f, edit);
  expect (f, "一号老院", "SELECT name FROM unit WHERE id = %" ID " AND valid_to IS NULL", f->first);
  expect (f, "一号院", "SELECT value FROM unit_name WHERE unit = %" ID " AND valid_to = '" DAY "'", f->first);
  /* What goes along stays with the one that goes on. */
  expect (f, "2", "SELECT count (*) FROM unit WHERE parent = %" ID " AND level = 4", f->first);
  expect (f, "2", "SELECT count (*) FROM organisation_cover WHERE organisation = %" ID " AND valid_to IS NULL", f->branch);
  expect (f, "1", "SELECT original_compounds FROM fact WHERE unit = %" ID, f->first);
  expect (f, "3", "SELECT original_compounds FROM rollup WHERE unit = %" ID, f->district);
  g_assert_cmpint (ask (f, "households", f->first, XQ_DIVISION_NOW).numerator, ==, 25);
  /* Which came first could not be told. */
  {
    XqTreeEdit *again = xq_tree_edit_new (XQ_TREE_MERGE, DAY);

    xq_tree_edit_add_unit (again, f->first);
    xq_tree_edit_add_unit (again, f->second);
    again->survivor = f->first;
    refused (f, again, "on that very day");
  }
}

static void
test_chain_of_a_day (Fixture *f, gconstpointer data)
{
  g_autoptr (XqTreeEdit) one = merger (f, NULL, f->first);
  g_autoptr (XqTreeEdit) two = xq_tree_edit_new (XQ_TREE_SPLIT, DAY);

  /* Into one of them and, the same day, that one split and gone on. */
  apply (f, one);
  xq_tree_edit_add_unit (two, f->first);
  xq_tree_edit_add_part (two, NULL, 1, 2, TRUE);
  xq_tree_edit_add_part (two, "二区", 1, 2, FALSE);
  apply (f, two);
  expect (f, "1/2", "SELECT share_numerator || '/' || share_denominator FROM lineage WHERE predecessor = successor");
  /* Of two halves of 151 the lower id has one more. */
  g_assert_cmpint (ask (f, "households", f->first, XQ_DIVISION_NOW).numerator, >=, 75);
  g_assert_cmpint (ask (f, "households", f->first, XQ_DIVISION_NOW).numerator, <=, 76);
  g_assert_cmpint (ask (f, "households", f->east, XQ_DIVISION_NOW).numerator, ==, 151);
}

static void
test_close (Fixture *f, gconstpointer data)
{
  g_autoptr (XqTreeEdit) edit = xq_tree_edit_new (XQ_TREE_CLOSE, DAY);
  g_autoptr (XqTreePreview) seen = NULL;
  XqTreeEdit *above;

  above = xq_tree_edit_new (XQ_TREE_CLOSE, DAY);
  xq_tree_edit_add_unit (above, f->east);
  refused (f, above, "2 units below it");
  xq_tree_edit_add_unit (edit, f->first);
  seen = preview (f, edit);
  g_assert_cmpstr (find_conflict (seen, "organisations")->chosen, ==, "dissolve");
  g_assert_cmpstr (find_conflict (seen, "tickets")->chosen, ==, "above");
  g_assert_cmpuint (seen->notices->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (seen->notices, 0), "7 Party members"));
  g_assert_cmpuint (count_moved (seen, &XQ_UNIT, NULL), ==, 2);
  xq_tree_edit_choose (edit, "organisations", "above");
  apply (f, edit);
  expect (f, "3", "SELECT count (*) FROM unit WHERE valid_to = '" DAY "'");
  expect (f, "1", "SELECT count (*) FROM organisation WHERE id = %" ID " AND unit = %" ID " AND dissolved IS NULL", f->branch,
          f->east);
  expect (f, "1", "SELECT count (*) FROM ticket WHERE unit = %" ID, f->east);
  expect (f, DAY, "SELECT ended FROM owners_body WHERE property_area = %" ID, f->area);
  expect (f, DAY, "SELECT valid_to FROM property_service WHERE property_area = %" ID, f->area);
  expect (f, DAY, "SELECT valid_to FROM organisation_cover WHERE unit = %" ID, f->first);
  expect (f, "2023-01-01 " DAY,
          "SELECT group_concat (ended, ' ') FROM (SELECT ended FROM association WHERE unit = %" ID " ORDER BY 1)", f->first);
  /* What it counted then is its community's. */
  g_assert_cmpint (ask (f, "households", f->east, XQ_DIVISION_NOW).numerator, ==, 151);
  g_assert_true (ask (f, "branch_rate", f->east, XQ_DIVISION_NOW).has_value);
}

static void
test_move (Fixture *f, gconstpointer data)
{
  g_autoptr (XqTreeEdit) edit = xq_tree_edit_new (XQ_TREE_MOVE, DAY);
  g_autoptr (XqTreePreview) seen = NULL;
  XqTreeEdit *wrong = xq_tree_edit_new (XQ_TREE_MOVE, DAY);

  xq_tree_edit_add_unit (wrong, f->first);
  wrong->parent = f->street;
  refused (f, wrong, "level above");
  xq_tree_edit_add_unit (edit, f->first);
  xq_tree_edit_add_unit (edit, f->second);
  edit->parent = f->west;
  seen = preview (f, edit);
  g_assert_nonnull (find_conflict (seen, "leading"));
  apply (f, edit);
  expect (f, "2", "SELECT count (*) FROM organisation o JOIN organisation p ON p.id = o.parent WHERE p.unit = %" ID, f->west);
  expect (f, "221", "SELECT households FROM rollup WHERE unit = %" ID, f->west);
  g_assert_cmpint (ask (f, "households", f->west, XQ_DIVISION_NOW).numerator, ==, 221);
  g_assert_cmpint (ask (f, "households", f->west, XQ_DIVISION_THEN).numerator, ==, 70);
  g_assert_cmpint (ask (f, "branch_rate", f->west, XQ_DIVISION_NOW).denominator, ==, 3); /* moved, not re-drawn */
}

static void
test_rename_and_add (Fixture *f, gconstpointer data)
{
  g_autoptr (XqTreeEdit) name = xq_tree_edit_new (XQ_TREE_RENAME, DAY), mistake = xq_tree_edit_new (XQ_TREE_RENAME, DAY);
  g_autoptr (XqTreeEdit) code = xq_tree_edit_new (XQ_TREE_RECODE, DAY), again = xq_tree_edit_new (XQ_TREE_RECODE, "2024-11-01");
  g_autoptr (XqTreeEdit) added = xq_tree_edit_new (XQ_TREE_ADD, DAY);
  XqTreeEdit *taken = xq_tree_edit_new (XQ_TREE_RENAME, DAY), *below = xq_tree_edit_new (XQ_TREE_ADD, DAY);
  gint64 unit;

  xq_tree_edit_add_unit (taken, f->first);
  taken->name = g_strdup (" 二号院 ");
  refused (f, taken, "called “二号院”");
  xq_tree_edit_add_unit (name, f->first);
  name->name = g_strdup (" 新一号院 ");
  apply (f, name);
  expect (f, "新一号院", "SELECT name FROM unit WHERE id = %" ID, f->first);
  expect (f, "一号院 " DAY, "SELECT value || ' ' || valid_to FROM unit_name WHERE unit = %" ID " AND kind = 'former_name'",
          f->first);
  xq_tree_edit_add_unit (mistake, f->first);
  mistake->name = g_strdup ("新壹号院");
  mistake->mistake = TRUE;
  apply (f, mistake);
  expect (f, "1", "SELECT count (*) FROM unit_name WHERE unit = %" ID, f->first);
  xq_tree_edit_add_unit (code, f->first);
  code->code = g_strdup ("420704001001");
  apply (f, code);
  xq_tree_edit_add_unit (again, f->first);
  apply (f, again);
  expect (f, NULL, "SELECT code FROM unit WHERE id = %" ID, f->first);
  expect (f, "420704001001 2024-11-01", "SELECT value || ' ' || valid_to FROM unit_name WHERE unit = %" ID " AND kind = 'code'",
          f->first);
  below->parent = f->building;
  below->name = g_strdup ("一层");
  refused (f, below, "nothing below it");
  added->parent = f->west;
  added->name = g_strdup ("四号院");
  added->code = g_strdup ("");
  unit = apply (f, added);
  expect (f, "3 1", "SELECT level || ' ' || (code IS NULL) FROM unit WHERE id = %" ID, unit);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  XqTreeEdit *edit = merger (f, "和园", 0);

  g_free (edit->day);
  edit->day = g_strdup ("2024-09-30");
  refused (f, edit, "is locked");
  edit = merger (f, "和园", 0);
  g_free (edit->day);
  edit->day = g_strdup ("2025-01-01");
  refused (f, edit, "after the open period");
  edit = merger (f, "和园", 0);
  g_free (edit->day);
  edit->day = g_strdup ("2024-10-32");
  refused (f, edit, "is no day");
  refused (f, merger (f, " ", 0), "has no name");
  edit = merger (f, "和园", 0);
  xq_tree_edit_add_unit (edit, f->building);
  refused (f, edit, "is not a compound");
  edit = merger (f, NULL, f->third);
  refused (f, edit, "must be one of them");
  edit = xq_tree_edit_new (XQ_TREE_MERGE, DAY);
  xq_tree_edit_add_unit (edit, f->first);
  xq_tree_edit_add_unit (edit, f->first);
  edit->name = g_strdup ("和园");
  refused (f, edit, "Two or more");
  edit = xq_tree_edit_new (XQ_TREE_SPLIT, DAY);
  xq_tree_edit_add_unit (edit, f->first);
  xq_tree_edit_add_part (edit, "甲", 1, 2, FALSE);
  xq_tree_edit_add_part (edit, "甲", 1, 2, FALSE);
  refused (f, edit, "Two parts");
  edit = xq_tree_edit_new (XQ_TREE_CLOSE, DAY);
  xq_tree_edit_add_unit (edit, f->district);
  refused (f, edit, "top of the tree");
}

typedef struct
{
  Fixture *f;
  GPtrArray *edits;
} Many;

static gpointer
fill_many (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Many *many = data;

  for (int i = 0; i < 600; i++)
    {
      XqTreeEdit *edit = xq_tree_edit_new (XQ_TREE_MERGE, DAY);

      for (int k = 0; k < 3; k++)
        {
          g_autofree char *name = g_strdup_printf ("%d-%d院", i, k);
          gint64 unit = insert_unit (tx, many->f->east, "3", name);

          insert (tx, &XQ_COMPOUND, "unit", unit, "households", "10", NULL);
          insert (tx, &XQ_NOTE, "unit", unit, "title", "纪实", NULL);
          insert (tx, &XQ_UNIT, "parent", unit, "level", "4", "name", "1栋", NULL);
          xq_tree_edit_add_unit (edit, unit);
        }
      edit->name = g_strdup_printf ("%d园", i);
      g_ptr_array_add (many->edits, edit);
    }
  return NULL;
}

static gpointer
apply_many (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Many *many = data;
  g_autoptr (GArray) results
      = xq_tree_edit_apply_all (tx, (const XqTreeEdit *const *)(gconstpointer)many->edits->pdata, many->edits->len, error);

  g_assert_true (results == NULL || results->len == many->edits->len);
  return NULL;
}

/* A whole re-draw in one step. */
static void
test_many (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_tree_edit_free);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  Many many = { f, edits };
  gint64 start;

  fixture_write (f->store, "many", fill_many, &many);
  before = fixture_dump (f->path);
  start = g_get_monotonic_time ();
  fixture_write (f->store, "apply", apply_many, &many);
  g_test_message ("1800 compounds into 600: %.2f s", (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  check_sound (f);
  expect (f, "600 18000",
          "SELECT count (*) || ' ' || sum (households) FROM compound WHERE unit IN (SELECT successor FROM lineage)");
  expect (f, "600", "SELECT count (DISTINCT parent) FROM unit WHERE name = '1栋' AND parent IN (SELECT successor FROM lineage)");
  g_free (xq_store_undo (f->store, NULL, &error));
  g_assert_no_error (error);
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/tree-edit/merge/new", test_merge_new },
    { "/tree-edit/merge/one-branch", test_merge_one_branch },
    { "/tree-edit/merge/contact", test_merge_with_contact },
    { "/tree-edit/split", test_split },
    { "/tree-edit/split/keeping", test_split_keeping },
    { "/tree-edit/chain", test_chain_of_a_day },
    { "/tree-edit/close", test_close },
    { "/tree-edit/move", test_move },
    { "/tree-edit/rename", test_rename_and_add },
    { "/tree-edit/refused", test_refused },
    { "/tree-edit/many", test_many },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tree-edit/rules", test_rules);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
