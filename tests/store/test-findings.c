#include "findings-fixture.h"

#include <locale.h>
#include <string.h>

/*
 * Each case plants one fault by a command, says what is found as of a day, and undoes it: then there is nothing again.
 */

typedef struct
{
  const char *sql;
  const char *expected; /* "" for nothing */
  const char *figures;  /* of the first, or NULL */
  const char *day;      /* NULL: 2024-12-31 */
} Case;

static void
run_cases (Fixture *f, const Case *cases, guint n, const XqRule *rule)
{
  findings_assert (f, LAST_DAY, rule, "", NULL, "the district as it is");
  for (guint i = 0; i < n; i++)
    {
      findings_plant (f, cases[i].sql);
      findings_assert (f, cases[i].day != NULL ? cases[i].day : LAST_DAY, rule, cases[i].expected, cases[i].figures, cases[i].sql);
      findings_undo (f);
    }
  findings_assert (f, LAST_DAY, rule, "", NULL, "all undone");
}

#define CONFIRMED(day)                                                                                                             \
  "INSERT INTO contact_confirmation (id, district, contact, confirmed, origins) VALUES (202, $d, 201, '" day "', 0);"
#define JOINT(units)                                                                                                               \
  "UPDATE declared_count SET value = 2; UPDATE organisation SET dissolved = '2024-10-01' WHERE id IN (22, 23, 24, 25, 26);"        \
  "UPDATE organisation SET kind = 'joint_branch', committee_size = 3 WHERE id = 21; UPDATE organisation_cover SET organisation = " \
  "21 WHERE unit < 11 + " #units ";"                                                                                               \
  "UPDATE organisation_cover SET valid_to = '2024-10-01' WHERE unit >= 11 + " #units ";"

static void
test_coverage (Fixture *f, gconstpointer unused)
{
  static const Case cases[] = {
    /* Three members, counted before the days of grace began; one day less, one member less. */
    { NO_BRANCH MEMBERS (3) "UPDATE declared_count SET counted_on = '2024-10-02' WHERE id = 91", "should_have_branch@甲园",
      "basis=formal_full; members=3; needed=3" },
    { NO_BRANCH MEMBERS (3) "UPDATE declared_count SET counted_on = '2024-10-03' WHERE id = 91", "uncovered@甲园" },
    { NO_BRANCH MEMBERS (2), "uncovered@甲园", "basis=formal_full; members=2" },
    { NO_BRANCH MEMBERS (4), "should_have_branch@甲园" },
    { NO_BRANCH MEMBERS (3) "INSERT INTO founding_exemption (id, district, unit, reason, decided, origins)"
                            " VALUES (204, $d, 11, '拆迁', '2024-06-01', 0)",
      "uncovered@甲园" },
    { NO_BRANCH MEMBERS (3) "INSERT INTO founding_exemption (id, district, unit, reason, decided, valid_to, origins)"
                            " VALUES (204, $d, 11, '拆迁', '2024-06-01', '2024-12-31', 0)",
      "should_have_branch@甲园" },
    /* A joint branch of units that are each short is right; one with enough is to have its own. */
    { "UPDATE organisation SET kind = 'joint_branch' WHERE id = 21;" MEMBERS (2), "" },
    { "UPDATE organisation SET kind = 'joint_branch' WHERE id = 21;" MEMBERS (3), "joint_with_enough@甲园",
      "basis=formal_full; members=3; needed=3; name=甲园党支部" },
    { MEMBERS (2), "short_of_members@甲园", "basis=formal_full; members=2; needed=3; name=甲园党支部" },
    { MEMBERS (3), "" },
    { JOINT (5) "UPDATE declared_count SET value = 2 WHERE id = 96;", "uncovered@己坊" },
    { JOINT (6), "joint_too_large@甲园", "name=甲园党支部; units=6; limit=5" },
    { GROUP ("21"), "" },
    { GROUP ("NULL"), "group_without_branch@甲园", "name=第一组; parent=" },
    { GROUP ("22") "UPDATE organisation SET dissolved = '2024-12-31' WHERE id = 22; UPDATE organisation_cover SET valid_to = "
                   "'2024-12-31'"
                   " WHERE id = 32; UPDATE declared_count SET value = 0 WHERE id = 92",
      "group_without_branch@甲园 uncovered@乙苑" },
    { NO_SEATS "INSERT INTO organisation_cover (id, district, unit, organisation, valid_from, origins)"
               " VALUES (205, $d, 11, 22, '2024-05-01', 0)",
      "covered_twice@甲园", "name=乙苑党支部; other=甲园党支部" },
    { "INSERT INTO organisation_cover (id, district, unit, organisation, valid_from, valid_to, origins)"
      " VALUES (205, $d, 11, 22, '2024-05-01', '2024-12-31', 0)",
      "" },
    { MEMBERS (0) "UPDATE organisation SET dissolved = '2024-12-31' WHERE id = 21", "cover_of_dissolved@甲园 uncovered@甲园" },
    { NO_BRANCH MEMBERS (0) CONTACT ("'社区书记'", "'2024-01-10'") CONFIRMED ("2024-09-30"), "contact_unconfirmed@甲园",
      "post=社区书记; from=2024-10-01" },
    { NO_BRANCH MEMBERS (0) CONTACT ("'社区书记'", "'2024-01-10'") CONFIRMED ("2024-10-01"), "" },
    { NO_BRANCH MEMBERS (0) CONTACT ("'社区书记'", "'2024-01-10'") CONFIRMED ("2024-12-31"), "" },
    { NO_BRANCH MEMBERS (0) CONTACT ("' '", "'2024-01-10'") CONFIRMED ("2024-12-31"), "contact_incomplete@甲园",
      "post=; decided=2024-01-10" },
    { NO_BRANCH MEMBERS (0) CONTACT ("'社区书记'", "NULL") CONFIRMED ("2024-12-31"), "contact_incomplete@甲园",
      "post=社区书记; decided=" },
  };

  run_cases (f, cases, G_N_ELEMENTS (cases), NULL);
}

#define TERM(started, years) "UPDATE organisation SET term_started = '" started "', term_years = " #years " WHERE id = 21;"
#define COMMITTEE(members, seats) MEMBERS (members) "UPDATE organisation SET committee_size = " #seats " WHERE id = 21;"
#define SECRETARY(id, from, to)                                                                                                    \
  "INSERT INTO post_holder (id, district, unit, organisation, post, valid_from, valid_to, origins)"                                \
  " VALUES (" #id ", $d, 11, 21, 'secretary', " from ", " to ", 0);"
#define HOLDER(residence, left)                                                                                                    \
  "INSERT INTO member (id, district, residence, checked_in, stage, valid_to, origins) VALUES (206, $d, " residence                 \
  ", 11, 'full', " left ", 0);"                                                                                                    \
  "INSERT INTO post_holder (id, district, unit, member, post, origins) VALUES (207, $d, 111, 206, 'building_head', 0);"

static void
test_organisations (Fixture *f, gconstpointer unused)
{
  static const Case cases[] = {
    { TERM ("2021-12-31", 3), "term_ended@甲园", "name=甲园党支部; end=2024-12-31" },
    { TERM ("2021-12-31", 3), "term_ending@甲园", "name=甲园党支部; end=2024-12-31", "2024-12-30" },
    { TERM ("2022-01-01", 3), "term_ending@甲园" },
    { TERM ("2022-06-30", 3), "term_ending@甲园", NULL, "2024-12-30" },
    { TERM ("2022-06-30", 3), "", NULL, "2024-12-29" },
    /* Of a 29 February the 28th; six months before an end of August the end of February. */
    { TERM ("2020-02-29", 3), "term_ended@甲园", "name=甲园党支部; end=2023-02-28" },
    { TERM ("2022-08-31", 3), "", NULL, "2024-12-31" },
    { TERM ("2021-12-31",
            3) "UPDATE organisation SET dissolved = '2024-12-31' WHERE id = 21; UPDATE organisation_cover SET valid_to ="
               " '2024-12-31' WHERE id = 31;" MEMBERS (0),
      "uncovered@甲园" },
    { "UPDATE organisation SET term_years = NULL, next_election = '2024-12-31' WHERE id = 21", "term_ended@甲园" },
    { COMMITTEE (6, 2), "" },
    { COMMITTEE (6, 3), "committee_size@甲园", "name=甲园党支部; members=6; seats=3; least=1; most=2" },
    { COMMITTEE (7, 2), "committee_size@甲园", "name=甲园党支部; members=7; seats=2; least=3; most=7" },
    { COMMITTEE (7, 3), "" },
    { COMMITTEE (7, 7), "" },
    { COMMITTEE (7, 8), "committee_size@甲园" },
    { COMMITTEE (6, 3) "UPDATE organisation SET functional = 1 WHERE id = 21;", "should_have_branch@甲园" },
    { COMMITTEE (49, 3), "" },
    { COMMITTEE (50, 3), "general_branch_possible@甲园", "name=甲园党支部; members=50; needed=50" },
    { COMMITTEE (99, 3), "general_branch_possible@甲园" },
    { COMMITTEE (100, 3), "committee_possible@甲园", "name=甲园党支部; members=100; needed=100" },
    { COMMITTEE (50, 3) "UPDATE organisation SET kind = 'general_branch' WHERE id = 21;", "" },
    { COMMITTEE (100, 3) "UPDATE organisation SET kind = 'committee' WHERE id = 21;", "" },
    { COMMITTEE (49, 3) "INSERT INTO declared_count (id, district, unit, measure, value, origins)"
                        " VALUES (208, $d, 11, 'formal_probationary', 1, 0)",
      "general_branch_possible@甲园" },
    { "UPDATE organisation SET name = '乙苑党支部', founded = '2024-02-01' WHERE id = 21", "same_organisation@甲园",
      "name=乙苑党支部; count=2" },
    { "UPDATE organisation SET name = '己坊党支部' WHERE id = 21", "" },
    { SECRETARY (209, "'2024-01-01'", "'2024-06-01'") SECRETARY (210, "'2024-06-01'", "NULL"), "" },
    { SECRETARY (209, "'2024-01-01'", "'2024-06-02'") SECRETARY (210, "'2024-06-01'", "NULL"), "overlapping_secretaries@甲园",
      "name=甲园党支部; from=2024-01-01; other_from=2024-06-01" },
    { SECRETARY (209, "NULL", "NULL") SECRETARY (210, "'2024-06-01'", "NULL"), "overlapping_secretaries@甲园" },
    { HOLDER ("112", "NULL"), "" },
    { HOLDER ("11", "'2025-01-01'"), "" },
    { HOLDER ("11", "'2024-12-31'"), "holder_moved@1栋" },
    { HOLDER ("12", "NULL"), "holder_moved@1栋" },
  };

  /* Figures go up and down here: there is no last year to compare with. */
  findings_plant (f, "DELETE FROM snapshot_unit; DELETE FROM snapshot");
  run_cases (f, cases, G_N_ELEMENTS (cases), NULL);
}

#define BODY(founded, ended)                                                                                                       \
  "INSERT INTO owners_body (id, district, property_area, kind, founded, ended, seats, origins)"                                    \
  " VALUES (211, $d, 41, 'owners_committee', '" founded "', " ended ", 5, 0);"
#define BODY_TERM(started, years) "UPDATE owners_body SET term_started = '" started "', term_years = " #years " WHERE id = 51;"
#define SEATS(n) "UPDATE owners_body SET seats = " #n " WHERE id = 51;"

static void
test_owners (Fixture *f, gconstpointer unused)
{
  static const Case cases[] = {
    { BODY ("2020-01-01", "'2024-01-01'"), "" },
    { BODY ("2020-01-01", "'2024-01-02'"), "overlapping_bodies@甲园",
      "area=甲园; body=owners_committee; from=2020-01-01; other_from=2024-01-01" },
    { BODY ("2020-01-01", "'2024-01-02'") "UPDATE owners_body SET kind = 'management' WHERE id = 211", "" },
    { BODY_TERM ("2021-12-31", 3), "body_term_ended@甲园", "area=甲园; body=owners_committee; end=2024-12-31" },
    { BODY_TERM ("2022-01-01", 3), "body_term_ending@甲园" },
    { BODY_TERM ("2022-03-31", 3), "body_term_ending@甲园" },
    { BODY_TERM ("2022-04-01", 3), "" },
    { BODY_TERM ("2022-04-01", 5), "" },
    { BODY_TERM ("2022-04-01", 6), "body_term_too_long@甲园", "area=甲园; body=owners_committee; years=6; limit=5" },
    { SEATS (3), "body_seats@甲园" },
    { SEATS (4), "body_seats@甲园 body_seats_even@甲园" },
    { SEATS (5), "" },
    { SEATS (6), "body_seats_even@甲园", "area=甲园; seats=6" },
    { SEATS (11), "" },
    { SEATS (12), "body_seats@甲园 body_seats_even@甲园" },
    { SEATS (13), "body_seats@甲园", "area=甲园; seats=13; least=5; most=11; households=100" },
    { SEATS (13) "UPDATE owners_body SET kind = 'self_governing' WHERE id = 51", "" },
    { CONTRACT ("2024-12-30"), "contract_ended@甲园", "area=甲园; end=2024-12-30" },
    { CONTRACT ("2024-12-31"), "contract_ending@甲园" },
    { CONTRACT ("2025-03-31"), "contract_ending@甲园", "area=甲园; end=2025-03-31" },
    { CONTRACT ("2025-04-01"), "" },
    { CONTRACT ("2024-06-01") "UPDATE property_service SET valid_to = '2024-06-01' WHERE id = 61", "" },
    { "INSERT INTO property_service (id, district, property_area, mode, valid_from, origins) VALUES (212, $d, 41, 'self', "
      "'2024-06-01', 0)",
      "overlapping_services@甲园", "area=甲园; count=2" },
    { "UPDATE property_service SET valid_to = '2024-06-01' WHERE id = 61; INSERT INTO property_service (id, district, "
      "property_area, mode,"
      " valid_from, origins) VALUES (212, $d, 41, 'self', '2024-06-01', 0)",
      "" },
  };

  run_cases (f, cases, G_N_ELEMENTS (cases), NULL);
}

#define UNIT_CODE(id, code) "UPDATE unit SET code = '" code "' WHERE id = " #id ";"
#define COMPOUND(set) "UPDATE compound SET " set " WHERE id = 71;"

static void
test_data (Fixture *f, gconstpointer unused)
{
  static const Case cases[] = {
    { "UPDATE unit SET valid_to = '2025-01-01' WHERE id = 4", "" },
    { "UPDATE unit SET valid_to = '2024-12-31' WHERE id = 4", "orphan@己坊", "parent=月畔社区" },
    { "UPDATE unit SET parent = NULL WHERE id = 4", "orphan@月畔社区", "parent=" },
    { "UPDATE unit SET parent = 3 WHERE id = 2", "cycle@凤凰街道", "steps=2" },
    { "UPDATE unit SET parent = 111 WHERE id = 11", "cycle@甲园", "steps=2" },
    { "UPDATE unit SET parent = 2 WHERE id = 16", "wrong_level@己坊", "parent=凤凰街道; level=compound; parent_level=street" },
    { "INSERT INTO declared_count (id, district, unit, measure, value, origins) VALUES (213, $d, 11, 'resident_full', 300, 0)",
      "" },
    { "INSERT INTO declared_count (id, district, unit, measure, value, origins) VALUES (213, $d, 11, 'resident_full', 301, 0)",
      "members_above_residents@甲园", "members=301; residents=300" },
    { "INSERT INTO declared_count (id, district, unit, measure, value, origins) VALUES (213, $d, 11, 'resident_full', 300, 0),"
      " (214, $d, 11, 'resident_probationary', 1, 0)",
      "members_above_residents@甲园" },
    { COMPOUND ("residents = NULL") "INSERT INTO declared_count (id, district, unit, measure, value, origins)"
                                    " VALUES (213, $d, 11, 'resident_full', 301, 0)",
      /* A figure that is gone is a change too. */
      "year_jump@甲园" },
    { COMPOUND ("households = 101"), "households_differ@甲园", "households=101; sum=100; buildings=2" },
    { COMPOUND ("households = 99"), "households_differ@甲园" },
    { COMPOUND ("households = NULL"), "" },
    { "UPDATE building SET households = NULL WHERE id = 82", "" },
    { "UPDATE building SET households = NULL WHERE id = 82; UPDATE building SET households = 101 WHERE id = 81",
      "households_differ@甲园" },
    { "UPDATE unit SET valid_to = '2024-06-01' WHERE id = 112", "households_differ@甲园" },
    { "UPDATE unit SET name = '乙苑' WHERE id = 11", "same_name@乙苑" },
    { "UPDATE unit SET name = '佳园' WHERE id = 12", "same_name@佳园", "other=甲园; reading=jiayuan" },
    { "UPDATE unit SET name = '己方' WHERE id = 12", "" },
    { "UPDATE unit SET name = '己坊' WHERE id = 12", "" },
    /* 长 is read chang and zhang. */
    { "UPDATE unit SET name = '长乐' WHERE id = 11; UPDATE unit SET name = '常乐' WHERE id = 12", "same_name@常乐" },
    { "UPDATE unit SET name = '1栋' WHERE id = 112", "same_name@1栋" },
    { UNIT_CODE (3, "42070400107"), "code_shape@澜湖社区", "code=42070400107; digits=12" },
    { UNIT_CODE (3, "42070400100A"), "code_shape@澜湖社区" },
    { UNIT_CODE (3, "420704002007"), "code_prefix@澜湖社区", "code=420704002007; parent=420704001" },
    { UNIT_CODE (2, "420704001000"), "" },
    { UNIT_CODE (2, "4207040010"), "code_shape@凤凰街道" },
    { UNIT_CODE (11, "420704001007-01"), "" },
    { UNIT_CODE (11, "420704001008-01"), "code_prefix@甲园" },
    { UNIT_CODE (11, "420704001007-01") UNIT_CODE (12, "420704001007-01"), "same_code@乙苑", "code=420704001007-01; other=甲园" },
    /* 50 % and at least 20: more than half, from 20 on. */
    { "UPDATE compound SET residents = 450 WHERE id = 72", "" },
    { "UPDATE compound SET residents = 451 WHERE id = 72", "year_jump@乙苑",
      "what=residents; before=300; now=451; percent=50; period=2023Q4" },
    { "UPDATE compound SET residents = 149 WHERE id = 72", "year_jump@乙苑",
      "what=residents; before=300; now=149; percent=-50; period=2023Q4" },
    { "UPDATE declared_count SET value = 23 WHERE id = 92; UPDATE organisation SET committee_size = 3 WHERE id = 22", "" },
    { "UPDATE declared_count SET value = 24 WHERE id = 92; UPDATE organisation SET committee_size = 3 WHERE id = 22",
      "year_jump@乙苑" },
    { "UPDATE compound SET residents = 451 WHERE id = 72; INSERT INTO lineage (id, district, predecessor, successor, "
      "share_numerator,"
      " share_denominator, effective, origins) VALUES (215, $d, 13, 12, 1, 1, '2024-04-01', 0)",
      "" },
  };

  run_cases (f, cases, G_N_ELEMENTS (cases), NULL);
}

#define SURVEY                                                                                                                     \
  "INSERT INTO survey (id, district, unit, name, closed, origins) VALUES (216, $d, 2, '调查', '2024-09-01', 0);"                 \
  "INSERT INTO survey_question (id, district, survey, text, overall, origins) VALUES (217, $d, 216, '总体', 1, 0);"
#define TALLY(answers, invalid)                                                                                                    \
  SURVEY                                                                                                                           \
  "INSERT INTO survey_tally (id, district, unit, question, satisfied, invalid, origins) VALUES (218, $d, 11, 217, " #answers       \
  ", " #invalid ", 0)"
#define ACCOUNT "INSERT INTO points_account (id, district, unit, label, origins) VALUES (219, $d, 11, '001', 0);"
#define ENTRY(id, day, kind, points)                                                                                               \
  "INSERT INTO points_entry (id, district, account, day, kind, points, origins) VALUES (" #id ", $d, 219, '" day "', '" kind       \
  "', " #points ", 0);"
#define TICKET(respond_by, deadline)                                                                                               \
  "INSERT INTO ticket (id, district, unit, number, title, raised, respond_by, deadline, origins)"                                  \
  " VALUES (222, $d, 11, 'T-1', '路灯', '2024-10-08', " respond_by ", " deadline ", 0);" EVENT (1, "raise", "2024-10-08")
#define EVENT(n, kind, day)                                                                                                        \
  "INSERT INTO ticket_event (id, district, ticket, ordinal, kind, day, origins) VALUES (222" #n ", $d, 222, " #n ", '" kind        \
  "', '" day "', 0);"

static void
test_service (Fixture *f, gconstpointer unused)
{
  static const Case cases[] = {
    { TALLY (29, 9), "small_sample@甲园", "answers=29; needed=30" },
    { TALLY (30, 0), "" },
    { TALLY (0, 5), "" },
    { ACCOUNT ENTRY (220, "2024-10-01", "earned", 5) ENTRY (221, "2024-10-01", "redeemed", 5), "" },
    { ACCOUNT ENTRY (220, "2024-10-01", "earned", 5) ENTRY (221, "2024-10-01", "redeemed", 6), "points_overdrawn@甲园",
      "day=2024-10-01; balance=-1" },
    /* What is earned later does not make good what was redeemed before. */
    { ACCOUNT ENTRY (220, "2024-10-02", "earned", 5) ENTRY (221, "2024-10-01", "redeemed", 5), "points_overdrawn@甲园",
      "day=2024-10-01; balance=-5" },
    { TICKET ("NULL", "'2024-12-31'"), "" },
    { TICKET ("NULL", "'2024-12-30'"), "ticket_overdue@甲园", "number=T-1; title=路灯; deadline=2024-12-30" },
    { TICKET ("NULL", "'2024-12-30'") EVENT (2, "close", "2024-12-31"), "" },
    { TICKET ("NULL", "'2024-12-30'") EVENT (2, "close", "2024-12-20") EVENT (3, "reopen", "2024-12-21"), "ticket_overdue@甲园" },
    { TICKET ("'2024-12-30'", "'2025-01-10'"), "ticket_unanswered@甲园" },
    { TICKET ("'2024-12-30'", "'2025-01-10'") EVENT (2, "respond", "2024-12-31"), "" },
    { TICKET ("'2024-12-31'", "'2025-01-10'"), "" },
  };

  run_cases (f, cases, G_N_ELEMENTS (cases), NULL);
}

/* Rules that a scheme asks for. */
static const char asking[]
    = "{\"id\": \"asking\", \"name\": \"要求\", \"required_bodies\": {\"firm\": \"owners_committee\", \"no_firm\": "
      "\"self_governing\","
      " \"three_none\": \"cobuilding\"}, \"thresholds\": {\"body_small_seats\": 3, \"body_small_households\": 100},"
      " \"checklists\": [{\"id\": \"five\", \"label\": \"五件套\", \"level\": \"compound\", \"states\": [{\"id\": \"none\", "
      "\"label\":"
      " \"未建\"}, {\"id\": \"partial\", \"label\": \"在建\"}, {\"id\": \"done\", \"label\": \"已建\"}], \"items\": [{\"id\": "
      "\"a\","
      " \"label\": \"组织体系\"}, {\"id\": \"b\", \"label\": \"协商机制\"}]}], \"kit\": {\"label\": \"五方\", \"items\": [{\"id\":"
      " \"organisation\", \"label\": \"党组织\"}, {\"id\": \"body\", \"label\": \"业委会\"}]}}";

#define NO_BODY "UPDATE owners_body SET ended = '2024-12-31' WHERE id = 51;"
#define NO_FIRM "UPDATE property_service SET mode = 'self', contract_end = NULL WHERE id = 61;"
#define NEW_BODY(kind)                                                                                                             \
  "INSERT INTO owners_body (id, district, property_area, kind, founded, origins) VALUES (223, $d, 41, '" kind "', '2024-01-01', "  \
  "0);"
#define STATE(id, unit, item, state, day)                                                                                          \
  "INSERT INTO checklist_state (id, district, unit, checklist, item, state, assessed, origins)"                                    \
  " VALUES (" #id ", $d, " #unit ", 'five', '" item "', '" state "', '" day "', 0);"
#define ALL_DONE                                                                                                                   \
  "INSERT INTO checklist_state (id, district, unit, checklist, item, state, assessed, origins)"                                    \
  " SELECT 300 + u.id * 2 + (i.column1 = 'b'), u.district, u.id, 'five', i.column1, 'done', '2024-03-01', 0"                       \
  " FROM unit u, (VALUES ('a'), ('b')) i WHERE u.level = 3;"

static void
test_asked_for (Fixture *f, gconstpointer unused)
{
  static const Case cases[] = {
    { NO_BODY, "body_for_firm@甲园 kit_incomplete@甲园" },
    { NO_BODY NEW_BODY ("management"), "body_for_firm@甲园" },
    { NO_FIRM, "body_for_no_firm@甲园", "area=甲园; body=self_governing" },
    { NO_FIRM NEW_BODY ("self_governing"), "" },
    { "UPDATE property_area SET valid_to = '2024-12-31' WHERE id = 41", "body_for_no_firm@甲园 kit_incomplete@甲园" },
    { NO_FIRM COMPOUND ("three_none = 1"), "body_for_three_none@甲园", "body=cobuilding" },
    { NO_FIRM COMPOUND ("three_none = 1") NEW_BODY ("cobuilding"), "" },
    /* Three seats are enough in an area of fewer than a hundred households. */
    { SEATS (3) "UPDATE property_area SET heads = 99 WHERE id = 41", "" },
    { SEATS (3) "UPDATE property_area SET heads = 100 WHERE id = 41", "body_seats@甲园" },
    { SEATS (3), "body_seats@甲园" },
    { SEATS (3) "UPDATE compound SET households = 99 WHERE id = 71; UPDATE building SET households = 39 WHERE id = 82", "" },
    { SEATS (2) "UPDATE property_area SET heads = 99 WHERE id = 41", "body_seats@甲园 body_seats_even@甲园" },
    /* A checklist that nobody keeps is not asked for; then each unit's last state counts. */
    { ALL_DONE, "" },
    { ALL_DONE STATE (400, 11, "b", "partial", "2024-06-01"), "checklist_incomplete@甲园",
      "missing=五件套：协商机制; there=1; all=2" },
    { ALL_DONE STATE (400, 11, "b", "partial", "2024-06-01") STATE (401, 11, "b", "done", "2024-07-01"), "" },
    { ALL_DONE STATE (400, 11, "b", "partial", "2025-01-01"), "" },
    { "UPDATE organisation_cover SET valid_to = '2024-12-31' WHERE id = 31;" CONTACT ("'书记'", "'2024-12-31'")
          CONFIRMED ("2024-12-31") MEMBERS (0),
      "kit_incomplete@甲园", "missing=党组织; there=1; all=2" },
  };

  run_cases (f, cases, G_N_ELEMENTS (cases), NULL);
}

/* ---- The descriptions and the statements ---- */

static gpointer
check_statements (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  for (const XqRule *rule = XQ_RULES; rule->id != NULL; rule++)
    {
      const char *sql = xq_finding_sql_get (rule);
      g_autoptr (XqStatement) statement = NULL;
      guint n = 0;

      g_test_message ("%s", rule->id);
      g_assert_nonnull (sql);
      statement = xq_statement_get (tx, sql, error);
      if (statement == NULL)
        return NULL;
      while (rule->figures[n] != NULL)
        n++;
      /* Unit, table and id of the subject, then the figures. */
      g_assert_cmpint (xq_statement_n_columns (statement), ==, 3 + (int)n);
      for (guint i = 0; i < rule->n_thresholds; i++)
        g_assert_nonnull (xq_rule_threshold_get_label (rule->thresholds[i]));
    }
  return NULL;
}

static void
test_statements (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  /* It makes the tables that rules share. */
  g_autoptr (XqFindingList) list = findings_list (f, LAST_DAY, NULL);

  xq_store_read (f->store, check_statements, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (xq_rule_find ("no_such_rule"));
}

/* Every figure that a message names is one of the rule's; ids are told apart. */
static void
test_descriptions (void)
{
  for (const XqRule *rule = XQ_RULES; rule->id != NULL; rule++)
    {
      g_assert_true (xq_rule_find (rule->id) == rule);
      for (const char *p = strchr (rule->message, '{'); p != NULL; p = strchr (p + 1, '{'))
        {
          g_autofree char *name = g_strndup (p + 1, strcspn (p + 1, "}"));

          g_assert_true (g_strv_contains (rule->figures, name));
        }
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/findings/descriptions", test_descriptions);
  g_test_add ("/findings/statements", Fixture, "standard", findings_set_up, test_statements, findings_tear_down);
  g_test_add ("/findings/coverage", Fixture, "standard", findings_set_up, test_coverage, findings_tear_down);
  g_test_add ("/findings/organisations", Fixture, "standard", findings_set_up, test_organisations, findings_tear_down);
  g_test_add ("/findings/owners", Fixture, "standard", findings_set_up, test_owners, findings_tear_down);
  g_test_add ("/findings/data", Fixture, "standard", findings_set_up, test_data, findings_tear_down);
  g_test_add ("/findings/service", Fixture, "standard", findings_set_up, test_service, findings_tear_down);
  g_test_add ("/findings/asked-for", Fixture, asking, findings_set_up, test_asked_for, findings_tear_down);
  return g_test_run ();
}
