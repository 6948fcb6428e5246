#include "store-fixture.h"

#include <stdarg.h>

#include "xq-fact-columns.h"
#include "xq-figures.h"
#include "xq-maintenance.h"
#include "xq-snapshot.h"
#include "xq-transaction.h"

/* What counts and what does not, each rule at its edge. The open period is 2024Q4: 1 October to 31 December. */

#define FROM "2024-10-01"
#define AS_OF "2024-12-31"

static const char scheme_json[]
    = "{\"id\": \"t\", \"name\": \"T\", \"founding_basis\": \"formal_full\", \"mechanisms\": [\"posts\", \"tickets\", \"points\"],"
      " \"checklists\": [{\"id\": \"powers\", \"label\": \"P\", \"items\": [\"a\", \"b\"]},"
      " {\"id\": \"five_set\", \"label\": \"五件套\", \"items\": [{\"id\": \"one\", \"label\": \"1\"}, {\"id\": \"two\", "
      "\"label\": \"2\"}],"
      " \"states\": [{\"id\": \"none\", \"label\": \"无\"}, {\"id\": \"partial\", \"label\": \"半\"}, {\"id\": \"done\", "
      "\"label\": \"有\"}]}]}";

typedef struct
{
  char *folder;
  XqStore *store;
  gint64 district, community, compound, building;
} Fixture;

/* One command: records of a type, pairs of a field's index and a text (or of a reference an id), ended by −1. */
typedef struct
{
  const XqRecordType *type;
  gint64 row; /* 0: a new one */
  gboolean remove;
  int n;
  int fields[16];
  char *texts[16];
  gint64 numbers[16];
  gint64 made;
} Command;

static gpointer
run_command (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Command *c = data;
  g_autoptr (XqRecord) record = NULL;

  if (c->remove)
    return xq_record_delete (tx, c->type, c->row, error) ? c : NULL;
  record = c->row != 0 ? xq_record_load (tx, c->type, c->row, error) : xq_record_new (c->type);
  for (int i = 0; i < c->n; i++)
    {
      if (c->texts[i] == NULL)
        xq_record_set_int (record, c->fields[i], c->numbers[i]);
      else if (!xq_record_parse_field (record, c->fields[i], c->texts[i], error))
        return NULL;
    }
  if (c->row != 0)
    return xq_record_update (tx, record, FALSE, error) ? c : NULL;
  c->made = xq_record_insert (tx, record, error);
  return c->made != 0 ? c : NULL;
}

static gint64
run_va (Fixture *f, const XqRecordType *type, gint64 row, GError **error, va_list args)
{
  Command c = { .type = type, .row = row };
  int field;

  while ((field = va_arg (args, int)) >= 0)
    {
      c.fields[c.n] = field;
      if (type->fields[field].type == XQ_FIELD_REFERENCE)
        c.numbers[c.n] = va_arg (args, gint64);
      else
        c.texts[c.n] = va_arg (args, char *);
      c.n++;
    }
  xq_store_write (f->store, "edit", run_command, &c, NULL, error);
  return c.made;
}

static gint64
add (Fixture *f, const XqRecordType *type, ...)
{
  g_autoptr (GError) error = NULL;
  va_list args;
  gint64 made;

  va_start (args, type);
  made = run_va (f, type, 0, &error, args);
  va_end (args);
  g_assert_no_error (error);
  return made;
}

static void
change (Fixture *f, const XqRecordType *type, gint64 row, ...)
{
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, row);
  run_va (f, type, row, &error, args);
  va_end (args);
  g_assert_no_error (error);
}

static void
assert_refused (Fixture *f, const XqRecordType *type, gint64 row, ...)
{
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, row);
  run_va (f, type, row, &error, args);
  va_end (args);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  g_test_message ("%s", error->message);
}

static gboolean
try_remove (Fixture *f, const XqRecordType *type, gint64 row)
{
  Command c = { .type = type, .row = row, .remove = TRUE };
  g_autoptr (GError) error = NULL;

  xq_store_write (f->store, "delete", run_command, &c, NULL, &error);
  if (error != NULL)
    g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  return error == NULL;
}

typedef struct
{
  gint64 unit;
  const char *column;
} Question;

static gpointer
ask (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *q = data;
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM rollup WHERE unit = %" G_GINT64_FORMAT, q->column, q->unit);
  gint64 *value = g_new0 (gint64, 1);

  xq_transaction_query_int (tx, sql, 0, value, error);
  return value;
}

/* A figure of the compound, which is also the district's. */
static void
assert_fact (Fixture *f, const char *column, gint64 wanted)
{
  Question here = { f->compound, column }, top = { f->district, column };
  g_autofree gint64 *found = fixture_read (f->store, ask, &here);
  g_autofree gint64 *sum = fixture_read (f->store, ask, &top);

  if (*found != wanted)
    g_error ("%s is %" G_GINT64_FORMAT ", it should be %" G_GINT64_FORMAT, column, *found, wanted);
  g_assert_cmpint (*sum, ==, wanted);
}

static void
assert_top (Fixture *f, const char *column, gint64 wanted)
{
  Question top = { f->district, column };
  g_autofree gint64 *sum = fixture_read (f->store, ask, &top);

  if (*sum != wanted)
    g_error ("%s is %" G_GINT64_FORMAT ", it should be %" G_GINT64_FORMAT, column, *sum, wanted);
}

static gpointer
open_period (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 4 }, error);
  return NULL;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_parse (scheme_json, -1, &error);
  g_autofree char *path = NULL;
  gint64 street;

  g_assert_no_error (error);
  f->folder = fixture_folder ();
  path = fixture_path (f->folder, "a.xiaoqu");
  f->store = xq_store_create (path, scheme, "试验区", &error);
  g_assert_no_error (error);
  f->district = fixture_unit (f->store, "试验区");
  street = add (f, &XQ_UNIT, XQ_UNIT_PARENT, f->district, XQ_UNIT_LEVEL, "1", XQ_UNIT_NAME, "街道", -1);
  f->community = add (f, &XQ_UNIT, XQ_UNIT_PARENT, street, XQ_UNIT_LEVEL, "2", XQ_UNIT_NAME, "社区", -1);
  f->compound = add (f, &XQ_UNIT, XQ_UNIT_PARENT, f->community, XQ_UNIT_LEVEL, "3", XQ_UNIT_NAME, "小区", -1);
  f->building = add (f, &XQ_UNIT, XQ_UNIT_PARENT, f->compound, XQ_UNIT_LEVEL, "4", XQ_UNIT_NAME, "1号楼", -1);
  fixture_write (f->store, "period", open_period, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = xq_store_verify (f->store, NULL, &error);

  /* However it came about: it is what a full computation gives. */
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_clear_object (&f->store);
  fixture_folder_free (f->folder);
}

/* The roster wins for a post once somebody is or was in it; until then what is declared stands, the compound's own first. */
static void
test_posts (Fixture *f, gconstpointer data)
{
  gint64 holder;

  add (f, &XQ_DECLARED_POST, XQ_DECLARED_POST_UNIT, f->building, XQ_DECLARED_POST_POST, "building_head", XQ_DECLARED_POST_VALUE,
       "4", -1);
  assert_fact (f, "building_heads", 4);
  add (f, &XQ_DECLARED_POST, XQ_DECLARED_POST_UNIT, f->compound, XQ_DECLARED_POST_POST, "building_head", XQ_DECLARED_POST_VALUE,
       "10", -1);
  add (f, &XQ_DECLARED_POST, XQ_DECLARED_POST_UNIT, f->compound, XQ_DECLARED_POST_POST, "group_leader", XQ_DECLARED_POST_VALUE, "3",
       -1);
  assert_fact (f, "building_heads", 10);
  assert_fact (f, "roster_posts", 0);
  holder = add (f, &XQ_POST_HOLDER, XQ_POST_HOLDER_UNIT, f->building, XQ_POST_HOLDER_POST, "building_head",
                XQ_POST_HOLDER_VALID_FROM, "2025-01-01", -1);
  assert_fact (f, "building_heads", 10);
  change (f, &XQ_POST_HOLDER, holder, XQ_POST_HOLDER_VALID_FROM, AS_OF, -1);
  assert_fact (f, "building_heads", 1);
  assert_fact (f, "roster_posts", 1);
  assert_fact (f, "group_leaders", 3);
  change (f, &XQ_POST_HOLDER, holder, XQ_POST_HOLDER_VALID_FROM, FROM, XQ_POST_HOLDER_VALID_TO, AS_OF, -1);
  assert_fact (f, "building_heads", 0);
  change (f, &XQ_POST_HOLDER, holder, XQ_POST_HOLDER_VALID_TO, "2025-01-01", -1);
  assert_fact (f, "building_heads", 1);
  /* The four officers together; a post of the district's own apart; those of a committee are no post holders. */
  add (f, &XQ_POST_HOLDER, XQ_POST_HOLDER_UNIT, f->compound, XQ_POST_HOLDER_POST, "health_officer", -1);
  add (f, &XQ_DECLARED_POST, XQ_DECLARED_POST_UNIT, f->compound, XQ_DECLARED_POST_POST, "mediation_officer", XQ_DECLARED_POST_VALUE,
       "2", -1);
  add (f, &XQ_POST_HOLDER, XQ_POST_HOLDER_UNIT, f->compound, XQ_POST_HOLDER_POST, "rope_dancer", -1);
  add (f, &XQ_POST_HOLDER, XQ_POST_HOLDER_UNIT, f->compound, XQ_POST_HOLDER_POST, "deputy_secretary", -1);
  assert_fact (f, "officers", 3);
  assert_fact (f, "other_posts", 1);
  assert_fact (f, "secretaries", 0);
  /* A building that is no more takes its people with it: then what is declared stands again. */
  change (f, &XQ_UNIT, f->building, XQ_UNIT_VALID_TO, AS_OF, -1);
  assert_fact (f, "building_heads", 10);
}

static void
test_committees (Fixture *f, gconstpointer data)
{
  gint64 branch = add (f, &XQ_ORGANISATION, XQ_ORGANISATION_UNIT, f->compound, XQ_ORGANISATION_KIND, "branch", XQ_ORGANISATION_NAME,
                       "支部", XQ_ORGANISATION_COMMITTEE_SIZE, "5", -1);
  gint64 member, area;

  add (f, &XQ_ORGANISATION, XQ_ORGANISATION_UNIT, f->compound, XQ_ORGANISATION_KIND, "committee", XQ_ORGANISATION_NAME, "党委",
       XQ_ORGANISATION_COMMITTEE_SIZE, "7", XQ_ORGANISATION_SECRETARY_IS_DIRECTOR, "是", -1);
  add (f, &XQ_ORGANISATION, XQ_ORGANISATION_UNIT, f->compound, XQ_ORGANISATION_KIND, "big_committee", XQ_ORGANISATION_NAME,
       "大党委", XQ_ORGANISATION_SECRETARY_IS_DIRECTOR, "否", -1);
  assert_fact (f, "committee_members", 5);
  assert_fact (f, "secretary_directors", 1);
  assert_fact (f, "secretary_directors_known", 2);
  assert_fact (f, "big_committees", 1);
  assert_fact (f, "committees", 1);
  /* Seats in the owners' body are of so many members, by the roster too. */
  add (f, &XQ_ORGANISATION_COVER, XQ_ORGANISATION_COVER_UNIT, f->compound, XQ_ORGANISATION_COVER_ORGANISATION, branch, -1);
  area = add (f, &XQ_PROPERTY_AREA, XQ_PROPERTY_AREA_UNIT, f->compound, XQ_PROPERTY_AREA_NAME, "一期", -1);
  add (f, &XQ_OWNERS_BODY, XQ_OWNERS_BODY_PROPERTY_AREA, area, XQ_OWNERS_BODY_KIND, "owners_committee",
       XQ_OWNERS_BODY_BRANCH_COMMITTEE_SEATED, "4", -1);
  assert_fact (f, "cross_branch_members", 5);
  assert_fact (f, "cross_branch_seated", 4);
  /* A secretary alone says nothing of the committee. */
  add (f, &XQ_POST_HOLDER, XQ_POST_HOLDER_UNIT, f->community, XQ_POST_HOLDER_ORGANISATION, branch, XQ_POST_HOLDER_POST, "secretary",
       -1);
  assert_fact (f, "committee_members", 5);
  member = add (f, &XQ_POST_HOLDER, XQ_POST_HOLDER_UNIT, f->community, XQ_POST_HOLDER_ORGANISATION, branch, XQ_POST_HOLDER_POST,
                "committee_member", -1);
  assert_fact (f, "committee_members", 2);
  assert_fact (f, "cross_branch_members", 2);
  assert_fact (f, "cross_branch_seated", 2);
  change (f, &XQ_POST_HOLDER, member, XQ_POST_HOLDER_VALID_TO, AS_OF, -1);
  assert_fact (f, "committee_members", 1);
  change (f, &XQ_ORGANISATION, branch, XQ_ORGANISATION_DISSOLVED, AS_OF, -1);
  assert_fact (f, "committee_members", 0);
}

static gint64
step (Fixture *f, gint64 ticket, const char *ordinal, const char *kind, const char *day)
{
  return add (f, &XQ_TICKET_EVENT, XQ_TICKET_EVENT_TICKET, ticket, XQ_TICKET_EVENT_ORDINAL, ordinal, XQ_TICKET_EVENT_KIND, kind,
              XQ_TICKET_EVENT_DAY, day, -1);
}

/* A ticket that was reopened is one ticket, open until it is closed again. */
static void
test_tickets (Fixture *f, gconstpointer data)
{
  gint64 ticket = add (f, &XQ_TICKET, XQ_TICKET_UNIT, f->building, XQ_TICKET_NUMBER, "1", XQ_TICKET_TITLE, "漏水", XQ_TICKET_RAISED,
                       FROM, XQ_TICKET_DEADLINE, AS_OF, -1);
  gint64 verified;

  assert_fact (f, "tickets_raised", 1);
  assert_fact (f, "tickets_responded", 0);
  assert_fact (f, "tickets_due", 1);
  assert_fact (f, "tickets_open", 1);
  assert_fact (f, "tickets_overdue", 1);
  step (f, ticket, "1", "raise", FROM);
  step (f, ticket, "2", "respond", "2025-01-01");
  assert_fact (f, "tickets_responded", 0);
  step (f, ticket, "3", "respond", "2024-10-02");
  assert_fact (f, "tickets_responded", 1);
  step (f, ticket, "4", "close", "2024-11-01");
  assert_fact (f, "tickets_closed_on_time", 1);
  assert_fact (f, "tickets_open", 0);
  verified = step (f, ticket, "5", "verify", "2024-11-02");
  assert_fact (f, "tickets_verified", 0);
  change (f, &XQ_TICKET_EVENT, verified, XQ_TICKET_EVENT_SOLVED, "是", -1);
  assert_fact (f, "tickets_verified", 1);
  assert_fact (f, "tickets_solved", 1);
  assert_fact (f, "tickets_rated", 0);
  /* On the same day, later: the order is the steps' own. */
  step (f, ticket, "6", "reopen", "2024-11-02");
  assert_fact (f, "tickets_raised", 1);
  assert_fact (f, "tickets_closed_on_time", 0);
  assert_fact (f, "tickets_open", 1);
  assert_fact (f, "tickets_verified", 0);
  step (f, ticket, "7", "close", AS_OF);
  assert_fact (f, "tickets_closed_on_time", 1);
  assert_fact (f, "tickets_overdue", 0);
  verified = add (f, &XQ_TICKET_EVENT, XQ_TICKET_EVENT_TICKET, ticket, XQ_TICKET_EVENT_ORDINAL, "8", XQ_TICKET_EVENT_KIND, "verify",
                  XQ_TICKET_EVENT_DAY, AS_OF, XQ_TICKET_EVENT_SOLVED, "否", XQ_TICKET_EVENT_SATISFIED, "是", -1);
  assert_fact (f, "tickets_verified", 1);
  assert_fact (f, "tickets_solved", 0);
  assert_fact (f, "tickets_rated", 1);
  assert_fact (f, "tickets_satisfied", 1);
  change (f, &XQ_TICKET, ticket, XQ_TICKET_DEADLINE, "2024-12-30", -1);
  assert_fact (f, "tickets_due", 1);
  assert_fact (f, "tickets_closed_on_time", 0);
  /* Raised before the period, and due behind it: it is of neither, and open all the same. */
  g_assert_true (try_remove (f, &XQ_TICKET, ticket));
  ticket = add (f, &XQ_TICKET, XQ_TICKET_UNIT, f->compound, XQ_TICKET_NUMBER, "2", XQ_TICKET_TITLE, "灯", XQ_TICKET_RAISED,
                "2024-09-30", XQ_TICKET_DEADLINE, "2025-01-01", -1);
  assert_fact (f, "tickets_raised", 0);
  assert_fact (f, "tickets_due", 0);
  assert_fact (f, "tickets_open", 1);
  assert_fact (f, "tickets_overdue", 0);
  change (f, &XQ_TICKET, ticket, XQ_TICKET_RAISED, "2025-01-01", -1);
  assert_fact (f, "tickets_open", 0);
}

static void
test_property (Fixture *f, gconstpointer data)
{
  gint64 area, body, service, fee;

  add (f, &XQ_COMPOUND, XQ_COMPOUND_UNIT, f->compound, XQ_COMPOUND_THREE_NONE, "是", XQ_COMPOUND_AGED, "是", XQ_COMPOUND_KIND,
       "self_built", -1);
  assert_fact (f, "old_compounds", 1);
  /* Nothing is known of its property areas: it is neither with nor without a firm. */
  assert_fact (f, "no_firm_compounds", 0);
  area = add (f, &XQ_PROPERTY_AREA, XQ_PROPERTY_AREA_UNIT, f->compound, XQ_PROPERTY_AREA_NAME, "一期", -1);
  assert_fact (f, "no_firm_compounds", 1);
  assert_fact (f, "no_firm_with_body", 0);
  body = add (f, &XQ_OWNERS_BODY, XQ_OWNERS_BODY_PROPERTY_AREA, area, XQ_OWNERS_BODY_KIND, "cobuilding",
              XQ_OWNERS_BODY_BANK_ACCOUNT, "是", -1);
  assert_fact (f, "no_firm_with_body", 1);
  assert_fact (f, "three_none_with_cobuilding", 1);
  assert_fact (f, "areas_with_cobuilding", 1);
  assert_fact (f, "areas_with_account", 1);
  assert_fact (f, "areas_with_legal_body", 0);
  service = add (f, &XQ_PROPERTY_SERVICE, XQ_PROPERTY_SERVICE_PROPERTY_AREA, area, XQ_PROPERTY_SERVICE_MODE, "firm",
                 XQ_PROPERTY_SERVICE_VALID_FROM, AS_OF, -1);
  assert_fact (f, "firm_compounds", 1);
  assert_fact (f, "firm_with_committee", 0);
  assert_fact (f, "no_firm_compounds", 0);
  assert_fact (f, "no_firm_with_body", 0);
  change (f, &XQ_OWNERS_BODY, body, XQ_OWNERS_BODY_KIND, "owners_committee", -1);
  assert_fact (f, "firm_with_committee", 1);
  assert_fact (f, "three_none_with_cobuilding", 0);
  change (f, &XQ_OWNERS_BODY, body, XQ_OWNERS_BODY_ENDED, AS_OF, -1);
  assert_fact (f, "firm_with_committee", 0);
  change (f, &XQ_PROPERTY_SERVICE, service, XQ_PROPERTY_SERVICE_VALID_FROM, "2025-01-01", -1);
  assert_fact (f, "no_firm_compounds", 1);
  /* Fees: the latest period of the last year, and only where both numbers are there. */
  fee = add (f, &XQ_FEE_COLLECTION, XQ_FEE_COLLECTION_PROPERTY_AREA, area, XQ_FEE_COLLECTION_PERIOD_END, "2023-12-31",
             XQ_FEE_COLLECTION_AMOUNT_DUE, "100", XQ_FEE_COLLECTION_AMOUNT_COLLECTED, "30", -1);
  assert_fact (f, "fees_due", 0);
  change (f, &XQ_FEE_COLLECTION, fee, XQ_FEE_COLLECTION_PERIOD_END, "2024-01-01", -1);
  assert_fact (f, "fees_due", 10000);
  assert_fact (f, "fees_collected", 3000);
  fee = add (f, &XQ_FEE_COLLECTION, XQ_FEE_COLLECTION_PROPERTY_AREA, area, XQ_FEE_COLLECTION_PERIOD_END, AS_OF,
             XQ_FEE_COLLECTION_AMOUNT_DUE, "100", XQ_FEE_COLLECTION_HOUSEHOLDS_DUE, "50", XQ_FEE_COLLECTION_HOUSEHOLDS_PAID, "40",
             -1);
  assert_fact (f, "fees_due", 0);
  assert_fact (f, "fee_households_paid", 40);
  change (f, &XQ_FEE_COLLECTION, fee, XQ_FEE_COLLECTION_AMOUNT_COLLECTED, "80", -1);
  assert_fact (f, "fees_due", 10000);
  assert_fact (f, "fees_collected", 8000);
  change (f, &XQ_FEE_COLLECTION, fee, XQ_FEE_COLLECTION_PERIOD_END, "2025-01-01", -1);
  assert_fact (f, "fees_collected", 3000);
}

static gint64
tick (Fixture *f, const char *checklist, const char *item, const char *state, const char *day)
{
  return add (f, &XQ_CHECKLIST_STATE, XQ_CHECKLIST_STATE_UNIT, f->compound, XQ_CHECKLIST_STATE_CHECKLIST, checklist,
              XQ_CHECKLIST_STATE_ITEM, item, XQ_CHECKLIST_STATE_STATE, state, XQ_CHECKLIST_STATE_ASSESSED, day, -1);
}

static void
test_checklists (Fixture *f, gconstpointer data)
{
  tick (f, "powers", "1", "done", FROM);
  assert_fact (f, "set_1", 0);
  tick (f, "five_set", "one", "done", "");
  tick (f, "five_set", "two", "partial", "2024-06-30");
  assert_fact (f, "set_1", 1);
  assert_fact (f, "set_2", 0);
  assert_fact (f, "set_complete", 0);
  tick (f, "five_set", "two", "done", "2025-01-01");
  assert_fact (f, "set_complete", 0);
  tick (f, "five_set", "two", "done", AS_OF);
  assert_fact (f, "set_complete", 1);
  /* What was there before any day is known gives way to what is found later. */
  tick (f, "five_set", "one", "none", "2001-01-01");
  assert_fact (f, "set_1", 0);
  assert_fact (f, "set_complete", 0);
}

/* Points are neither overdrawn on any day nor by taking away what was earned. */
static void
test_points (Fixture *f, gconstpointer data)
{
  gint64 account = add (f, &XQ_POINTS_ACCOUNT, XQ_POINTS_ACCOUNT_UNIT, f->compound, XQ_POINTS_ACCOUNT_LABEL, "1-101", -1);
  gint64 other = add (f, &XQ_POINTS_ACCOUNT, XQ_POINTS_ACCOUNT_UNIT, f->compound, XQ_POINTS_ACCOUNT_LABEL, "1-102", -1);
  gint64 earned, redeemed;

#define ENTRY(day, kind, points)                                                                                                   \
  XQ_POINTS_ENTRY_ACCOUNT, account, XQ_POINTS_ENTRY_DAY, day, XQ_POINTS_ENTRY_KIND, kind, XQ_POINTS_ENTRY_POINTS, points, -1
  earned = add (f, &XQ_POINTS_ENTRY, ENTRY ("2024-11-10", "earned", "10"));
  assert_refused (f, &XQ_POINTS_ENTRY, 0, ENTRY ("2024-11-10", "redeemed", "11"));
  assert_refused (f, &XQ_POINTS_ENTRY, 0, ENTRY ("2024-11-09", "redeemed", "1"));
  assert_fact (f, "points_redeemed", 0);
  redeemed = add (f, &XQ_POINTS_ENTRY, ENTRY ("2024-11-10", "redeemed", "10"));
  assert_fact (f, "points_earned", 10);
  assert_fact (f, "points_redeemed", 10);
  assert_refused (f, &XQ_POINTS_ENTRY, earned, XQ_POINTS_ENTRY_POINTS, "9", -1);
  assert_refused (f, &XQ_POINTS_ENTRY, earned, XQ_POINTS_ENTRY_ACCOUNT, other, -1);
  assert_refused (f, &XQ_POINTS_ENTRY, redeemed, XQ_POINTS_ENTRY_ACCOUNT, other, -1);
  g_assert_false (try_remove (f, &XQ_POINTS_ENTRY, earned));
  assert_fact (f, "points_earned", 10);
  /* Only what lies in the period. */
  add (f, &XQ_POINTS_ENTRY, ENTRY ("2024-09-30", "earned", "5"));
  add (f, &XQ_POINTS_ENTRY, ENTRY (FROM, "redeemed", "5"));
  assert_fact (f, "points_earned", 10);
  assert_fact (f, "points_redeemed", 15);
  change (f, &XQ_POINTS_ACCOUNT, other, XQ_POINTS_ACCOUNT_CLOSED, AS_OF, -1);
  assert_fact (f, "points_accounts", 1);
  /* An account goes with all that is in it. */
  g_assert_true (try_remove (f, &XQ_POINTS_ACCOUNT, account));
  assert_fact (f, "points_accounts", 0);
  assert_fact (f, "points_redeemed", 0);
}

/* What happens in a period happens on its days, the first and the last among them. */
static void
test_periods (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *day;
    int counts;
  } days[] = { { "2024-09-30", 0 }, { FROM, 1 }, { AS_OF, 1 }, { "2025-01-01", 0 } };
  int sum = 0;
  gint64 project;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      sum += days[i].counts;
      add (f, &XQ_CONSULTATION, XQ_CONSULTATION_UNIT, f->building, XQ_CONSULTATION_FORM, "five_party", XQ_CONSULTATION_TOPIC,
           "停车", XQ_CONSULTATION_HELD, days[i].day, XQ_CONSULTATION_RESOLVED, i == 2 ? "2025-01-01" : days[i].day, -1);
      add (f, &XQ_PETITION_COUNT, XQ_PETITION_COUNT_UNIT, f->compound, XQ_PETITION_COUNT_PERIOD_END, days[i].day,
           XQ_PETITION_COUNT_BATCHES, "3", XQ_PETITION_COUNT_PEOPLE, "7", -1);
      add (f, &XQ_PUBLIC_INCOME, XQ_PUBLIC_INCOME_UNIT, f->compound, XQ_PUBLIC_INCOME_PERIOD_END, days[i].day,
           XQ_PUBLIC_INCOME_INCOME, "100", XQ_PUBLIC_INCOME_SPENT, "40.4", -1);
      assert_fact (f, "consultations", sum);
      assert_fact (f, "petitions", 3 * sum);
      assert_fact (f, "petition_people", 7 * sum);
      assert_fact (f, "public_income", 100 * sum);
    }
  assert_fact (f, "consultations_resolved", 1);
  /* Whole yuan of the sum, not of each row. */
  assert_fact (f, "public_spent", 81);
  /* Projects and contradictions: all up to the day. */
  project = add (f, &XQ_PROJECT, XQ_PROJECT_UNIT, f->compound, XQ_PROJECT_NAME, "车棚", XQ_PROJECT_STARTED, AS_OF,
                 XQ_PROJECT_FINISHED, "2025-01-01", -1);
  add (f, &XQ_PROJECT_FUNDING, XQ_PROJECT_FUNDING_PROJECT, project, XQ_PROJECT_FUNDING_SOURCE, "residents",
       XQ_PROJECT_FUNDING_AMOUNT, "1080000", -1);
  add (f, &XQ_PROJECT_FUNDING, XQ_PROJECT_FUNDING_PROJECT, project, XQ_PROJECT_FUNDING_SOURCE, "firm", XQ_PROJECT_FUNDING_AMOUNT,
       "20000.50", -1);
  assert_fact (f, "projects", 1);
  assert_fact (f, "projects_finished", 0);
  assert_fact (f, "project_funds", 1100001);
  assert_fact (f, "project_funds_residents", 1080000);
  change (f, &XQ_PROJECT, project, XQ_PROJECT_STARTED, "2025-01-01", -1);
  assert_fact (f, "project_funds", 0);
  add (f, &XQ_CONTRADICTION, XQ_CONTRADICTION_UNIT, f->compound, XQ_CONTRADICTION_TITLE, "噪声", XQ_CONTRADICTION_RAISED,
       "2001-01-01", XQ_CONTRADICTION_RESOLVED, AS_OF, -1);
  add (f, &XQ_CONTRADICTION, XQ_CONTRADICTION_UNIT, f->compound, XQ_CONTRADICTION_TITLE, "犬", XQ_CONTRADICTION_RAISED, AS_OF,
       XQ_CONTRADICTION_RESOLVED, "2025-01-01", -1);
  assert_fact (f, "contradictions", 2);
  assert_fact (f, "contradictions_resolved", 1);
}

static void
test_places (Fixture *f, gconstpointer data)
{
  gint64 employer, member, grid, branch, space, pairing, department;

  employer = add (f, &XQ_EMPLOYER, XQ_EMPLOYER_UNIT, f->community, XQ_EMPLOYER_NAME, "一中", XQ_EMPLOYER_CHECKED_IN, "12", -1);
  assert_top (f, "employers", 1);
  assert_top (f, "employer_members", 12);
  member = add (f, &XQ_MEMBER, XQ_MEMBER_RESIDENCE, f->compound, XQ_MEMBER_STAGE, "full", XQ_MEMBER_EMPLOYER, employer, -1);
  assert_top (f, "employer_members", 0);
  change (f, &XQ_MEMBER, member, XQ_MEMBER_CHECKED_IN, f->compound, -1);
  assert_top (f, "employer_members", 1);
  change (f, &XQ_MEMBER, member, XQ_MEMBER_VALID_FROM, "2025-01-01", -1);
  assert_top (f, "employer_members", 12);
  change (f, &XQ_EMPLOYER, employer, XQ_EMPLOYER_VALID_TO, AS_OF, -1);
  assert_top (f, "employers", 0);

  branch = add (f, &XQ_ORGANISATION, XQ_ORGANISATION_UNIT, f->community, XQ_ORGANISATION_KIND, "group", XQ_ORGANISATION_NAME,
                "小组", -1);
  grid = add (f, &XQ_GRID_ROLE, XQ_GRID_ROLE_UNIT, f->building, XQ_GRID_ROLE_ROLE, "micro", XQ_GRID_ROLE_ORGANISATION, branch, -1);
  add (f, &XQ_GRID_ROLE, XQ_GRID_ROLE_UNIT, f->compound, XQ_GRID_ROLE_ROLE, "general", -1);
  assert_fact (f, "grid_micro", 1);
  assert_fact (f, "grid_general", 1);
  assert_fact (f, "grids_led", 1);
  change (f, &XQ_ORGANISATION, branch, XQ_ORGANISATION_DISSOLVED, AS_OF, -1);
  assert_fact (f, "grids_led", 0);
  change (f, &XQ_GRID_ROLE, grid, XQ_GRID_ROLE_VALID_TO, AS_OF, -1);
  assert_fact (f, "grid_micro", 0);

  space = add (f, &XQ_SPACE, XQ_SPACE_UNIT, f->building, XQ_SPACE_KIND, "service_station", XQ_SPACE_NAME, "站", XQ_SPACE_OPENED,
               AS_OF, -1);
  assert_fact (f, "service_stations", 1);
  assert_fact (f, "spaces", 1);
  change (f, &XQ_SPACE, space, XQ_SPACE_CLOSED, AS_OF, -1);
  assert_fact (f, "spaces", 0);

  department = add (f, &XQ_DEPARTMENT, XQ_DEPARTMENT_UNIT, f->district, XQ_DEPARTMENT_NAME, "示例部门", -1);
  assert_refused (f, &XQ_PAIRING, 0, XQ_PAIRING_UNIT, f->compound, -1);
  assert_refused (f, &XQ_PAIRING, 0, XQ_PAIRING_UNIT, f->compound, XQ_PAIRING_DEPARTMENT, department, XQ_PAIRING_EMPLOYER, employer,
                  -1);
  pairing = add (f, &XQ_PAIRING, XQ_PAIRING_UNIT, f->compound, XQ_PAIRING_DEPARTMENT, department, -1);
  add (f, &XQ_PAIRING, XQ_PAIRING_UNIT, f->compound, XQ_PAIRING_EMPLOYER, employer, XQ_PAIRING_VALID_TO, AS_OF, -1);
  assert_fact (f, "paired_compounds", 1);
  /* With the department goes what was agreed with it. */
  g_assert_true (try_remove (f, &XQ_DEPARTMENT, department));
  assert_fact (f, "paired_compounds", 0);
  g_assert_cmpint (pairing, !=, 0);
}

static gpointer
read_indicators (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqFigureQuery query = { .by = XQ_LEVEL_NONE };
  g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) local = NULL;
  const char *only[] = { "grid_micro", NULL };
  gboolean tickets = FALSE;

  g_assert_nonnull (table);
  for (guint i = 0; i < table->indicators->len; i++)
    {
      const XqIndicator *indicator = g_ptr_array_index (table->indicators, i);

      tickets = tickets || g_str_equal (indicator->id, "tickets_solved");
      g_assert_cmpstr (indicator->id, !=, "grid_micro");
      g_assert_cmpstr (indicator->id, !=, "five_systems_complete");
    }
  g_assert_true (tickets);
  query.only = only;
  g_assert_null (xq_figures_read (tx, &query, &local));
  g_assert_error (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
  /* The rows behind a figure stand where it is counted. */
  rows = xq_figures_list_rows (tx, "post_holders", 0, FALSE, XQ_PERIOD_NONE, error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((XqFigurePart *)g_ptr_array_index (rows, 0))->unit->name, ==, "小区");
  g_assert_cmpint (((XqFigurePart *)g_ptr_array_index (rows, 0))->amount, ==, 5);
  g_ptr_array_unref (rows);
  rows = xq_figures_list_rows (tx, "employers", 0, FALSE, XQ_PERIOD_NONE, error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((XqFigurePart *)g_ptr_array_index (rows, 0))->unit->name, ==, "社区");
  return NULL;
}

/* A scheme's indicators are of what it has; what was named all the same is refused. */
static void
test_indicators (Fixture *f, gconstpointer data)
{
  add (f, &XQ_DECLARED_POST, XQ_DECLARED_POST_UNIT, f->building, XQ_DECLARED_POST_POST, "floor_head", XQ_DECLARED_POST_VALUE, "4",
       -1);
  add (f, &XQ_POST_HOLDER, XQ_POST_HOLDER_UNIT, f->compound, XQ_POST_HOLDER_POST, "culture_officer", -1);
  add (f, &XQ_EMPLOYER, XQ_EMPLOYER_UNIT, f->community, XQ_EMPLOYER_NAME, "一中", -1);
  fixture_read (f->store, read_indicators, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/fact-rules/posts", Fixture, NULL, set_up, test_posts, tear_down);
  g_test_add ("/store/fact-rules/committees", Fixture, NULL, set_up, test_committees, tear_down);
  g_test_add ("/store/fact-rules/tickets", Fixture, NULL, set_up, test_tickets, tear_down);
  g_test_add ("/store/fact-rules/property", Fixture, NULL, set_up, test_property, tear_down);
  g_test_add ("/store/fact-rules/checklists", Fixture, NULL, set_up, test_checklists, tear_down);
  g_test_add ("/store/fact-rules/points", Fixture, NULL, set_up, test_points, tear_down);
  g_test_add ("/store/fact-rules/periods", Fixture, NULL, set_up, test_periods, tear_down);
  g_test_add ("/store/fact-rules/places", Fixture, NULL, set_up, test_places, tear_down);
  g_test_add ("/store/fact-rules/indicators", Fixture, NULL, set_up, test_indicators, tear_down);
  return g_test_run ();
}
