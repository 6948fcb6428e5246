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
  /* Records of the ledger. */
  gint64 employer, department, seat, holder, approval, appraisal, grid, event, vote, vote_building, fee, consultation, party, poll,
      option, project, funding, account, entry, ticket, handler, step, pairing;
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
      if (type->fields[field].type == XQ_FIELD_REFERENCE || type->fields[field].type == XQ_FIELD_INTEGER
          || type->fields[field].type == XQ_FIELD_MONEY)
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

/* All of @w->other, or of what belongs to @w->covered. */
static void
make_ledger (XqTransaction *tx, World *w, GError **error)
{
  w->department = add (tx, &XQ_DEPARTMENT, error, XQ_DEPARTMENT_UNIT, w->home, XQ_DEPARTMENT_NAME, "d", -1);
  w->employer = add (tx, &XQ_EMPLOYER, error, XQ_EMPLOYER_UNIT, w->home, XQ_EMPLOYER_NAME, "e", -1);
  w->pairing = add (tx, &XQ_PAIRING, error, XQ_PAIRING_UNIT, w->other, XQ_PAIRING_DEPARTMENT, w->department, -1);
  w->seat = add (tx, &XQ_BIG_COMMITTEE_MEMBER, error, XQ_BIG_COMMITTEE_MEMBER_ORGANISATION, w->branch, XQ_BIG_COMMITTEE_MEMBER_KIND,
                 "police", XQ_BIG_COMMITTEE_MEMBER_NAME, "p", -1);
  w->holder = add (tx, &XQ_POST_HOLDER, error, XQ_POST_HOLDER_UNIT, w->other, XQ_POST_HOLDER_ORGANISATION, w->branch,
                   XQ_POST_HOLDER_POST, "secretary", -1);
  w->approval = add (tx, &XQ_APPROVAL, error, XQ_APPROVAL_ORGANISATION, w->branch, XQ_APPROVAL_EVENT, "founding", -1);
  w->appraisal = add (tx, &XQ_APPRAISAL, error, XQ_APPRAISAL_MEMBER, w->member, XQ_APPRAISAL_YEAR, (gint64)2024, -1);
  w->grid = add (tx, &XQ_GRID_ROLE, error, XQ_GRID_ROLE_UNIT, w->other, XQ_GRID_ROLE_ROLE, "micro", XQ_GRID_ROLE_ORGANISATION,
                 w->group, -1);
  w->event = add (tx, &XQ_BODY_EVENT, error, XQ_BODY_EVENT_OWNERS_BODY, w->body, XQ_BODY_EVENT_EVENT, "filing", -1);
  w->vote = add (tx, &XQ_OWNER_VOTE, error, XQ_OWNER_VOTE_PROPERTY_AREA, w->area, XQ_OWNER_VOTE_TOPIC, "t", XQ_OWNER_VOTE_MATTER,
                 "ordinary", -1);
  w->vote_building = add (tx, &XQ_VOTE_BUILDING, error, XQ_VOTE_BUILDING_VOTE, w->vote, XQ_VOTE_BUILDING_LABEL, "1", -1);
  w->fee = add (tx, &XQ_FEE_COLLECTION, error, XQ_FEE_COLLECTION_PROPERTY_AREA, w->area, XQ_FEE_COLLECTION_PERIOD_END, "2024-06-30",
                -1);
  w->consultation = add (tx, &XQ_CONSULTATION, error, XQ_CONSULTATION_UNIT, w->other, XQ_CONSULTATION_FORM, "f",
                         XQ_CONSULTATION_TOPIC, "t", XQ_CONSULTATION_HELD, "2024-06-30", -1);
  w->party = add (tx, &XQ_CONSULTATION_PARTY, error, XQ_CONSULTATION_PARTY_CONSULTATION, w->consultation,
                  XQ_CONSULTATION_PARTY_PARTY, "p", -1);
  w->poll = add (tx, &XQ_POLL, error, XQ_POLL_UNIT, w->other, XQ_POLL_NAME, "n", XQ_POLL_CLOSED, "2024-06-30", -1);
  w->option = add (tx, &XQ_POLL_OPTION, error, XQ_POLL_OPTION_POLL, w->poll, XQ_POLL_OPTION_PROBLEM, "p", -1);
  w->project = add (tx, &XQ_PROJECT, error, XQ_PROJECT_UNIT, w->other, XQ_PROJECT_NAME, "n", -1);
  w->funding = add (tx, &XQ_PROJECT_FUNDING, error, XQ_PROJECT_FUNDING_PROJECT, w->project, XQ_PROJECT_FUNDING_SOURCE, "firm",
                    XQ_PROJECT_FUNDING_AMOUNT, (gint64)100, -1);
  w->account = add (tx, &XQ_POINTS_ACCOUNT, error, XQ_POINTS_ACCOUNT_UNIT, w->other, XQ_POINTS_ACCOUNT_LABEL, "a", -1);
  w->entry = add (tx, &XQ_POINTS_ENTRY, error, XQ_POINTS_ENTRY_ACCOUNT, w->account, XQ_POINTS_ENTRY_DAY, "2024-06-30",
                  XQ_POINTS_ENTRY_KIND, "earned", XQ_POINTS_ENTRY_POINTS, (gint64)5, -1);
  w->ticket = add (tx, &XQ_TICKET, error, XQ_TICKET_UNIT, w->other, XQ_TICKET_NUMBER, "1", XQ_TICKET_TITLE, "t", XQ_TICKET_RAISED,
                   "2024-06-30", -1);
  w->handler = add (tx, &XQ_TICKET_DEPARTMENT, error, XQ_TICKET_DEPARTMENT_TICKET, w->ticket, XQ_TICKET_DEPARTMENT_DEPARTMENT,
                    w->department, XQ_TICKET_DEPARTMENT_ROLE, "lead", -1);
  w->step = add (tx, &XQ_TICKET_EVENT, error, XQ_TICKET_EVENT_TICKET, w->ticket, XQ_TICKET_EVENT_ORDINAL, (gint64)1,
                 XQ_TICKET_EVENT_KIND, "raise", XQ_TICKET_EVENT_DAY, "2024-06-30", -1);
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

static gpointer
make_world_with_ledger (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  make_world (tx, data, cancellable, error);
  make_ledger (tx, data, error);
  return NULL;
}

/* Records that hang on others touch the unit at the end of the way. */
static void
test_ledger (Fixture *f, gconstpointer data)
{
  World w = { .home = fixture_unit (f->store, "澜湖社区") };
  gint64 building = fixture_unit (f->store, "1号楼"), compound = fixture_unit (f->store, "丰润园");

  fixture_write (f->store, "world", make_world_with_ledger, &w);
  /* A grid counts by the organisation that leads it. */
  assert_touches (f, &XQ_ORGANISATION, w.group, XQ_ORGANISATION_NAME, "h", 0, 3, w.home, w.covered, w.other);
  /* A member is counted with its employer, and a committee where its organisation is at home. */
  assert_touches (f, &XQ_MEMBER, w.member, XQ_MEMBER_EMPLOYER, NULL, w.employer, 2, w.home, w.covered);
  assert_touches (f, &XQ_POST_HOLDER, w.holder, XQ_POST_HOLDER_POST, "deputy_secretary", 0, 2, w.other, w.home);
  assert_touches (f, &XQ_APPROVAL, w.approval, -1, NULL, 0, 1, w.home);
  assert_touches (f, &XQ_BIG_COMMITTEE_MEMBER, w.seat, -1, NULL, 0, 1, w.home);
  assert_touches (f, &XQ_APPRAISAL, w.appraisal, -1, NULL, 0, 1, w.home);
  assert_touches (f, &XQ_GRID_ROLE, w.grid, -1, NULL, 0, 1, w.other);
  assert_touches (f, &XQ_BODY_EVENT, w.event, -1, NULL, 0, 1, w.covered);
  assert_touches (f, &XQ_OWNER_VOTE, w.vote, -1, NULL, 0, 1, w.covered);
  assert_touches (f, &XQ_VOTE_BUILDING, w.vote_building, XQ_VOTE_BUILDING_UNIT, NULL, building, 3, w.covered, building, compound);
  assert_touches (f, &XQ_FEE_COLLECTION, w.fee, -1, NULL, 0, 1, w.covered);
  assert_touches (f, &XQ_CONSULTATION_PARTY, w.party, -1, NULL, 0, 1, w.other);
  assert_touches (f, &XQ_POLL_OPTION, w.option, -1, NULL, 0, 1, w.other);
  assert_touches (f, &XQ_PROJECT_FUNDING, w.funding, -1, NULL, 0, 1, w.other);
  assert_touches (f, &XQ_POINTS_ENTRY, w.entry, -1, NULL, 0, 1, w.other);
  assert_touches (f, &XQ_TICKET_DEPARTMENT, w.handler, -1, NULL, 0, 1, w.other);
  assert_touches (f, &XQ_TICKET_EVENT, w.step, -1, NULL, 0, 1, w.other);
  /* What goes with another row speaks for itself. */
  assert_touches (f, &XQ_TICKET, w.ticket, -1, NULL, 0, 1, w.other);
  assert_touches (f, &XQ_DEPARTMENT, w.department, -1, NULL, 0, 2, w.home, w.other);
  assert_touches (f, &XQ_EMPLOYER, w.employer, -1, NULL, 0, 1, w.home);
}

typedef struct
{
  World world;
  gint64 base, far, former, link, way, scenario, unit, place, pair;
} PlanWorld;

static gpointer
make_plan_world (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanWorld *w = data;

  make_world (tx, &w->world, cancellable, error);
  w->former = add_compound (tx, w->world.home, "C", error);
  w->base = add (tx, &XQ_BASE_UNIT, error, XQ_BASE_UNIT_UNIT, w->world.covered, XQ_BASE_UNIT_NAME, "1", -1);
  w->far = add (tx, &XQ_BASE_UNIT, error, XQ_BASE_UNIT_UNIT, w->world.other, XQ_BASE_UNIT_NAME, "2", XQ_BASE_UNIT_FORMER, w->former,
                -1);
  w->link = add (tx, &XQ_BASE_LINK, error, XQ_BASE_LINK_BASE, w->base, XQ_BASE_LINK_OTHER, w->far, XQ_BASE_LINK_KIND, "link", -1);
  w->way = add (tx, &XQ_MAP_WAY, error, XQ_MAP_WAY_UNIT, w->world.home, XQ_MAP_WAY_KIND, "road", XQ_MAP_WAY_SHAPE, "{}", -1);
  w->scenario = add (tx, &XQ_PLAN_SCENARIO, error, XQ_PLAN_SCENARIO_UNIT, w->world.home, XQ_PLAN_SCENARIO_NAME, "s", -1);
  w->unit = add (tx, &XQ_PLAN_UNIT, error, XQ_PLAN_UNIT_SCENARIO, w->scenario, XQ_PLAN_UNIT_NUMBER, (gint64)1, -1);
  w->place = add (tx, &XQ_PLAN_PLACE, error, XQ_PLAN_PLACE_SCENARIO, w->scenario, XQ_PLAN_PLACE_BASE, w->base,
                  XQ_PLAN_PLACE_PLAN_UNIT, w->unit, -1);
  w->pair = add (tx, &XQ_PLAN_PAIR, error, XQ_PLAN_PAIR_SCENARIO, w->scenario, XQ_PLAN_PAIR_BASE, w->base, XQ_PLAN_PAIR_OTHER, w->far,
                 XQ_PLAN_PAIR_KIND, "apart", -1);
  return NULL;
}

/* A plan is of its area and touches no unit that it would change; base units are of the unit that holds them. */
static void
test_plans (Fixture *f, gconstpointer data)
{
  PlanWorld w = { .world = { .home = fixture_unit (f->store, "澜湖社区") } };

  fixture_write (f->store, "world", make_plan_world, &w);
  assert_touches (f, &XQ_BASE_UNIT, w.base, XQ_BASE_UNIT_NAME, "3", 0, 1, w.world.covered);
  assert_touches (f, &XQ_BASE_UNIT, w.base, XQ_BASE_UNIT_UNIT, NULL, w.world.other, 2, w.world.covered, w.world.other);
  assert_touches (f, &XQ_BASE_LINK, w.link, XQ_BASE_LINK_KIND, "cut", 0, 2, w.world.covered, w.world.other);
  assert_touches (f, &XQ_MAP_WAY, w.way, XQ_MAP_WAY_NAME, "n", 0, 1, w.world.home);
  assert_touches (f, &XQ_PLAN_PLACE, w.place, -1, NULL, 0, 1, w.world.home);
  assert_touches (f, &XQ_PLAN_PAIR, w.pair, XQ_PLAN_PAIR_KIND, "together", 0, 1, w.world.home);
  assert_touches (f, &XQ_PLAN_UNIT, w.unit, XQ_PLAN_UNIT_NAME, "n", 0, 1, w.world.home);
  /* With all that belongs to it. */
  assert_touches (f, &XQ_PLAN_SCENARIO, w.scenario, -1, NULL, 0, 1, w.world.home);
  assert_touches (f, &XQ_BASE_UNIT, w.far, -1, NULL, 0, 4, w.world.covered, w.world.other, w.former, w.world.home);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/touched/each-kind", Fixture, NULL, set_up, test_touched, tear_down);
  g_test_add ("/store/touched/ledger", Fixture, NULL, set_up, test_ledger, tear_down);
  g_test_add ("/store/touched/plans", Fixture, NULL, set_up, test_plans, tear_down);
  return g_test_run ();
}
