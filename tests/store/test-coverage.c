#include "xq-coverage.h"
#include "xq-ledger-fixture.h"

/* What a step does to a compound, and what it is to come to. */
typedef struct
{
  const char *command; /* own, end, contact, confirm, join, load */
  gint64 compound;
  const char *argument;
  const char *day;
  XqCoverage coverage;
  gint64 organisation; /* for join; result of own */
} Step;

static gpointer
run_step (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Step *step = data;
  g_auto (XqCoverageState) state = { 0 };
  GError *local = NULL;

  if (strcmp (step->command, "own") == 0)
    step->organisation = xq_coverage_set_own (tx, step->compound, step->argument, NULL, step->day, &local);
  else if (strcmp (step->command, "end") == 0)
    xq_coverage_end (tx, step->compound, step->day, &local);
  else if (strcmp (step->command, "contact") == 0)
    xq_coverage_set_contact (tx, step->compound, step->argument, "2024-10-08", step->day, &local);
  else if (strcmp (step->command, "confirm") == 0)
    xq_coverage_confirm_contact (tx, step->compound, step->day, &local);
  else if (strcmp (step->command, "join") == 0)
    xq_coverage_join (tx, step->compound, step->organisation, step->day, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  g_assert_true (xq_coverage_load (tx, step->compound, &state, &local));
  g_assert_no_error (local);
  g_assert_cmpint (state.coverage, ==, step->coverage);
  g_assert_cmpint (state.organisation != NULL, ==, step->coverage >= XQ_COVERAGE_FUNCTIONAL);
  return NULL;
}

static gint64
do_step (Fixture *f, const char *command, gint64 compound, const char *argument, const char *day, XqCoverage coverage)
{
  Step step = { command, compound, argument, day, coverage, 0 };

  fixture_write (f, run_step, &step);
  return step.organisation;
}

static void
assert_refused (Fixture *f, const char *command, gint64 compound, const char *argument, const char *day)
{
  Step step = { command, compound, argument, day, XQ_COVERAGE_NONE, 0 };
  g_autoptr (GError) error = fixture_write_failing (f, run_step, &step);

  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
}

typedef struct
{
  const XqRecordType *type;
  int field;
  gint64 owner;
  GPtrArray *records;
} List;

static gpointer
list (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  List *wanted = data;

  wanted->records = xq_record_list (tx, wanted->type, wanted->field, wanted->owner, error);
  return NULL;
}

static GPtrArray *
list_records (Fixture *f, const XqRecordType *type, int field, gint64 owner)
{
  List wanted = { type, field, owner, NULL };

  fixture_read (f, list, &wanted);
  return wanted.records;
}

static void
assert_text (GPtrArray *records, guint index, int field, const char *expected)
{
  g_assert_cmpuint (index, <, records->len);
  g_assert_cmpstr (xq_record_get_text (g_ptr_array_index (records, index), field), ==, expected);
}

static void
test_own (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) organisations = NULL;
  g_autoptr (GPtrArray) covers = NULL;
  gint64 first, second;

  first = do_step (f, "own", f->fengrun, "branch", "2024-10-15", XQ_COVERAGE_OWN);
  organisations = list_records (f, &XQ_ORGANISATION, XQ_ORGANISATION_UNIT, f->fengrun);
  covers = list_records (f, &XQ_ORGANISATION_COVER, XQ_ORGANISATION_COVER_UNIT, f->fengrun);
  g_assert_cmpuint (organisations->len, ==, 1);
  g_assert_cmpuint (covers->len, ==, 1);
  assert_text (organisations, 0, XQ_ORGANISATION_KIND, "branch");
  assert_text (organisations, 0, XQ_ORGANISATION_FOUNDED, "2024-10-15");
  assert_text (covers, 0, XQ_ORGANISATION_COVER_VALID_FROM, "2024-10-15");

  /* A general branch is the same organisation with another kind. */
  second = do_step (f, "own", f->fengrun, "general_branch", "2024-11-01", XQ_COVERAGE_OWN);
  g_assert_cmpint (second, ==, first);
  g_clear_pointer (&organisations, g_ptr_array_unref);
  organisations = list_records (f, &XQ_ORGANISATION, XQ_ORGANISATION_UNIT, f->fengrun);
  g_assert_cmpuint (organisations->len, ==, 1);
  assert_text (organisations, 0, XQ_ORGANISATION_KIND, "general_branch");
  assert_text (organisations, 0, XQ_ORGANISATION_FOUNDED, "2024-10-15");
  {
    const char *name = xq_record_get_text (g_ptr_array_index (organisations, 0), XQ_ORGANISATION_NAME);

    g_assert_true (g_str_has_prefix (name, "丰润园小区"));
    g_assert_true (g_str_has_suffix (name, xq_enum_label (&XQ_ENUM_ORGANISATION_KIND, "general_branch")));
  }
}

/* What has a past is ended and kept; what began the same day goes. */
static void
test_end (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) organisations = NULL;
  g_autoptr (GPtrArray) covers = NULL;

  do_step (f, "own", f->fengrun, "branch", "2024-10-15", XQ_COVERAGE_OWN);
  do_step (f, "end", f->fengrun, NULL, "2024-12-01", XQ_COVERAGE_NONE);
  organisations = list_records (f, &XQ_ORGANISATION, XQ_ORGANISATION_UNIT, f->fengrun);
  covers = list_records (f, &XQ_ORGANISATION_COVER, XQ_ORGANISATION_COVER_UNIT, f->fengrun);
  assert_text (organisations, 0, XQ_ORGANISATION_DISSOLVED, "2024-12-01");
  assert_text (covers, 0, XQ_ORGANISATION_COVER_VALID_TO, "2024-12-01");

  do_step (f, "own", f->jiahe, "branch", "2024-12-01", XQ_COVERAGE_OWN);
  do_step (f, "end", f->jiahe, NULL, "2024-12-01", XQ_COVERAGE_NONE);
  g_clear_pointer (&organisations, g_ptr_array_unref);
  g_clear_pointer (&covers, g_ptr_array_unref);
  organisations = list_records (f, &XQ_ORGANISATION, XQ_ORGANISATION_UNIT, f->jiahe);
  covers = list_records (f, &XQ_ORGANISATION_COVER, XQ_ORGANISATION_COVER_UNIT, f->jiahe);
  g_assert_cmpuint (organisations->len, ==, 0);
  g_assert_cmpuint (covers->len, ==, 0);

  /* Nothing to end is no error. */
  do_step (f, "end", f->jiahe, NULL, "2024-12-01", XQ_COVERAGE_NONE);
  /* Founded anew after the end: a second organisation. */
  do_step (f, "own", f->fengrun, "branch", "2024-12-20", XQ_COVERAGE_OWN);
  g_clear_pointer (&organisations, g_ptr_array_unref);
  organisations = list_records (f, &XQ_ORGANISATION, XQ_ORGANISATION_UNIT, f->fengrun);
  g_assert_cmpuint (organisations->len, ==, 2);
}

static void
test_contact (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) contacts = NULL;

  do_step (f, "contact", f->lane, "社区书记", "2024-10-20", XQ_COVERAGE_CONTACT);
  do_step (f, "confirm", f->lane, NULL, "2024-11-20", XQ_COVERAGE_CONTACT);
  /* Another post is another contact; the first one ends. */
  do_step (f, "contact", f->lane, "社区主任", "2024-12-01", XQ_COVERAGE_CONTACT);
  contacts = list_records (f, &XQ_CONTACT, XQ_CONTACT_UNIT, f->lane);
  g_assert_cmpuint (contacts->len, ==, 2);
  /* An own branch ends it. */
  do_step (f, "own", f->lane, "branch", "2024-12-10", XQ_COVERAGE_OWN);
  do_step (f, "end", f->lane, NULL, "2024-12-12", XQ_COVERAGE_NONE);
  /* A contact ends what an organisation covers. */
  do_step (f, "own", f->lane, "branch", "2024-12-13", XQ_COVERAGE_OWN);
  do_step (f, "contact", f->lane, "社区主任", "2024-12-14", XQ_COVERAGE_CONTACT);
}

typedef struct
{
  Fixture *f;
  const char *kind, *parent_kind;
  gboolean functional;
  gint64 organisation;
  gint64 cover;
} NewOrganisation;

static gpointer
add_organisation (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  NewOrganisation *wanted = data;
  g_autoptr (XqRecord) organisation = xq_record_new (&XQ_ORGANISATION);
  gint64 parent = 0;

  if (wanted->parent_kind != NULL)
    {
      g_autoptr (XqRecord) higher = xq_record_new (&XQ_ORGANISATION);

      xq_record_set_int (higher, XQ_ORGANISATION_UNIT, wanted->f->lanhu);
      xq_record_set_text (higher, XQ_ORGANISATION_KIND, wanted->parent_kind);
      xq_record_set_text (higher, XQ_ORGANISATION_NAME, "上级");
      parent = xq_record_insert (tx, higher, error);
    }
  xq_record_set_int (organisation, XQ_ORGANISATION_UNIT, wanted->f->lanhu);
  xq_record_set_text (organisation, XQ_ORGANISATION_KIND, wanted->kind);
  xq_record_set_text (organisation, XQ_ORGANISATION_NAME, "澜湖片区");
  xq_record_set_int (organisation, XQ_ORGANISATION_FUNCTIONAL, wanted->functional);
  xq_record_set_text (organisation, XQ_ORGANISATION_FOUNDED, "2024-01-01");
  if (parent != 0)
    xq_record_set_int (organisation, XQ_ORGANISATION_PARENT, parent);
  wanted->organisation = xq_record_insert (tx, organisation, error);
  if (wanted->cover != 0)
    {
      g_autoptr (XqRecord) cover = xq_record_new (&XQ_ORGANISATION_COVER);

      xq_record_set_int (cover, XQ_ORGANISATION_COVER_UNIT, wanted->cover);
      xq_record_set_int (cover, XQ_ORGANISATION_COVER_ORGANISATION, wanted->organisation);
      xq_record_set_text (cover, XQ_ORGANISATION_COVER_VALID_FROM, "2024-01-01");
      xq_record_insert (tx, cover, error);
    }
  return NULL;
}

static void
test_join (Fixture *f, gconstpointer unused)
{
  NewOrganisation joint = { f, "joint_branch" }, group = { f, "group", "branch" }, orphan = { f, "group" },
                  branch = { f, "branch" };
  Step step = { "join", f->lane, NULL, "2024-12-01", XQ_COVERAGE_JOINT };
  g_autoptr (GPtrArray) covers = NULL;
  g_autoptr (GError) error = NULL;

  fixture_write (f, add_organisation, &joint);
  fixture_write (f, add_organisation, &group);
  fixture_write (f, add_organisation, &orphan);
  fixture_write (f, add_organisation, &branch);

  step.organisation = joint.organisation;
  fixture_write (f, run_step, &step);
  /* Twice is once. */
  fixture_write (f, run_step, &step);
  covers = list_records (f, &XQ_ORGANISATION_COVER, XQ_ORGANISATION_COVER_UNIT, f->lane);
  g_assert_cmpuint (covers->len, ==, 1);

  step.organisation = group.organisation;
  step.coverage = XQ_COVERAGE_GROUP;
  fixture_write (f, run_step, &step);
  /* A group without a live parent covers nothing. */
  step.organisation = orphan.organisation;
  step.coverage = XQ_COVERAGE_NONE;
  fixture_write (f, run_step, &step);

  /* An ordinary branch is founded by one compound; it is not joined. */
  step.organisation = branch.organisation;
  error = fixture_write_failing (f, run_step, &step);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);

  /* Joining dissolves the compound's own organisation. */
  do_step (f, "own", f->jiahe, "branch", "2024-10-15", XQ_COVERAGE_OWN);
  step = (Step){ "join", f->jiahe, NULL, "2024-12-01", XQ_COVERAGE_JOINT, joint.organisation };
  fixture_write (f, run_step, &step);
}

/* A functional branch stands beside an own one and gives way to it in the order of precedence. */
static void
test_functional (Fixture *f, gconstpointer unused)
{
  NewOrganisation functional = { f, "branch", NULL, TRUE, 0, f->jiahe };

  fixture_write (f, add_organisation, &functional);
  do_step (f, "load", f->jiahe, NULL, NULL, XQ_COVERAGE_FUNCTIONAL);
  do_step (f, "own", f->jiahe, "branch", "2024-10-15", XQ_COVERAGE_OWN);
  do_step (f, "end", f->jiahe, NULL, "2024-12-15", XQ_COVERAGE_NONE);
}

static void
test_refused (Fixture *f, gconstpointer unused)
{
  assert_refused (f, "own", f->fengrun, "joint_branch", "2024-10-15");
  assert_refused (f, "own", f->fengrun, "branch", "2025-01-15");
  assert_refused (f, "own", f->lanhu, "branch", "2024-10-15");
  assert_refused (f, "own", f->old_harbour, "branch", "2024-10-15");
  assert_refused (f, "contact", f->fengrun, "  ", "2024-10-15");
  /* decided on 10-08 */
  assert_refused (f, "contact", f->fengrun, "社区书记", "2024-10-01");
  assert_refused (f, "confirm", f->fengrun, NULL, "2024-10-15");
  do_step (f, "load", f->fengrun, NULL, NULL, XQ_COVERAGE_NONE);
}

static void
test_undo (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  do_step (f, "own", f->fengrun, "branch", "2024-10-15", XQ_COVERAGE_OWN);
  do_step (f, "contact", f->fengrun, "社区书记", "2024-12-15", XQ_COVERAGE_CONTACT);
  g_free (xq_store_undo (f->store, NULL, &error));
  g_assert_no_error (error);
  do_step (f, "load", f->fengrun, NULL, NULL, XQ_COVERAGE_OWN);
  g_free (xq_store_undo (f->store, NULL, &error));
  g_assert_no_error (error);
  do_step (f, "load", f->fengrun, NULL, NULL, XQ_COVERAGE_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/coverage/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("own", test_own);
  ADD ("end", test_end);
  ADD ("contact", test_contact);
  ADD ("join", test_join);
  ADD ("functional", test_functional);
  ADD ("refused", test_refused);
  ADD ("undo", test_undo);
  return g_test_run ();
}
