#include "xq-fact-sql.h"

#include <string.h>

#include "xq-document.h"
#include "xq-fact-columns.h"
#include "xq-record-types.h"

/*
 * One statement computes the facts of any set of units as of any day. Each intermediate result starts from the units
 * asked for and reaches the records through an index; CROSS JOIN keeps SQLite from turning that round.
 *
 * A unit that is not in force has no facts. Records of members and counts given for a building belong to its compound.
 */

#define BETWEEN(from, to) "(" from " IS NULL OR " from " <= :as_of) AND (" to " IS NULL OR " to " > :as_of)"
#define IN_FORCE(t) BETWEEN (t ".valid_from", t ".valid_to")
#define FOUNDED(t) BETWEEN (t ".founded", t ".dissolved")
#define STANDING(t) BETWEEN (t ".founded", t ".ended")
#define DATE_GENERATED(t, table, field) "(" t "." field " IS NOT NULL AND $generated(" t ":" table "." field "))"

static const char scope_listed[] =
  "scope (unit, district, parent, level, valid_from, origins) AS MATERIALIZED ("
  " SELECT u.id, u.district, u.parent, u.level, u.valid_from, u.origins FROM temp.fact_scope q CROSS JOIN unit u ON u.id = q.unit"
  " WHERE " IN_FORCE ("u") ")";

/* UNION, not UNION ALL: a unit that is its own ancestor must not keep us for ever. */
static const char scope_subtree[] =
  "subtree (unit) AS (VALUES (:unit) UNION SELECT u.id FROM subtree q CROSS JOIN unit u ON u.parent = q.unit),"
  " scope (unit, district, parent, level, valid_from, origins) AS MATERIALIZED ("
  " SELECT u.id, u.district, u.parent, u.level, u.valid_from, u.origins FROM subtree q CROSS JOIN unit u ON u.id = q.unit"
  " WHERE " IN_FORCE ("u") ")";

/* Where the members of a unit are recorded: at itself, and of a compound at its buildings. */
static const char place[] =
  ", place (unit, place) AS MATERIALIZED ("
  " SELECT unit, unit FROM scope WHERE level <= 3"
  " UNION ALL SELECT s.unit, u.id FROM scope s CROSS JOIN unit u ON u.parent = s.unit WHERE s.level = 3 AND " IN_FORCE ("u") ")";

/* Coverage by organisations: 5 own, 4 joint, 3 group, 2 functional; the best counts. A group covers while its parent is live. */
static const char cover[] =
  ", cover (unit, class, founded, generated, dates_generated) AS MATERIALIZED ("
  " SELECT unit, max (class), max (class = 5 OR (class = 2 AND branch AND :basis = 'checked_in')), max (generated), max (dates_generated)"
  " FROM (SELECT s.unit AS unit, CASE"
  "   WHEN o.kind IN ('branch', 'general_branch', 'committee') THEN iif (o.functional IS 1, 2, 5)"
  "   WHEN o.kind = 'joint_branch' THEN iif (o.functional IS 1, 2, 4)"
  "   WHEN o.kind = 'group' AND g.kind IN ('branch', 'general_branch', 'committee', 'joint_branch') AND " FOUNDED ("g")
  "    THEN iif (o.functional IS 1 OR g.functional IS 1, 2, 3)"
  "   ELSE 0 END AS class,"
  "  o.kind <> 'group' AS branch,"
  "  $generated(c:organisation_cover.unit) OR $generated(o:organisation.kind) AS generated,"
  "  " DATE_GENERATED ("c", "organisation_cover", "valid_from") " OR " DATE_GENERATED ("c", "organisation_cover", "valid_to")
  "   OR " DATE_GENERATED ("o", "organisation", "founded") " OR " DATE_GENERATED ("o", "organisation", "dissolved") " AS dates_generated"
  "  FROM scope s CROSS JOIN organisation_cover c ON c.unit = s.unit CROSS JOIN organisation o ON o.id = c.organisation"
  "  LEFT JOIN organisation g ON g.id = o.parent"
  "  WHERE s.level = 3 AND " IN_FORCE ("c") " AND " FOUNDED ("o") ")"
  " WHERE class > 0 GROUP BY unit)";

/* A contact counts with a post, a decision and a confirmation in the period. */
static const char contacted[] =
  ", contacted (unit, generated, dates_generated) AS MATERIALIZED ("
  " SELECT s.unit, max ($generated(k:contact.unit)), max ($generated(k:contact.decided))"
  " FROM scope s CROSS JOIN contact k ON k.unit = s.unit"
  " WHERE s.level = 3 AND trim (k.post) <> '' AND k.decided <= :as_of AND (k.valid_to IS NULL OR k.valid_to > :as_of)"
  "  AND EXISTS (SELECT 1 FROM contact_confirmation f WHERE f.contact = k.id AND f.confirmed BETWEEN :from AND :as_of)"
  " GROUP BY s.unit)";

/* Organisations at their home. A big committee is a kind of its own and counted nowhere here. */
static const char homes[] =
  ", homes (unit, committees, general_branches, branches, joint_branches, groups, functional_branches, generated, dates_generated)"
  " AS MATERIALIZED ("
  " SELECT s.unit, sum (o.kind = 'committee' AND o.functional IS NOT 1), sum (o.kind = 'general_branch' AND o.functional IS NOT 1),"
  "  sum (o.kind = 'branch' AND o.functional IS NOT 1), sum (o.kind = 'joint_branch' AND o.functional IS NOT 1),"
  "  sum (o.kind = 'group' AND o.functional IS NOT 1), sum (o.kind NOT IN ('group', 'big_committee') AND o.functional IS 1),"
  "  max ($generated(o:organisation.kind)),"
  "  max (" DATE_GENERATED ("o", "organisation", "founded") " OR " DATE_GENERATED ("o", "organisation", "dissolved") ")"
  " FROM scope s CROSS JOIN organisation o ON o.unit = s.unit WHERE " FOUNDED ("o") " GROUP BY s.unit)";

/* A count given for the compound stands; only where there is none those of its buildings are added up. */
#define DECLARED(measure)                                                                                                  \
  " coalesce (sum (d.value) FILTER (WHERE d.measure = '" measure "' AND p.place = p.unit), sum (d.value) FILTER (WHERE d.measure = '" measure "')),"
#define BASIS_SETTLED "d.measure = :basis AND (d.counted_on IS NULL OR d.counted_on <= :settled_by)"
#define DECLARED_GENERATED(measures) " max ($generated(d:declared_count.value)) FILTER (WHERE d.measure IN (" measures "))"
static const char declared[] =
  ", declared (unit, resident_full, resident_probationary, formal_full, formal_probationary, checked_in, settled,"
  "  resident_generated, formal_generated, checked_generated) AS MATERIALIZED ("
  " SELECT p.unit," DECLARED ("resident_full") DECLARED ("resident_probationary") DECLARED ("formal_full") DECLARED ("formal_probationary")
  DECLARED ("checked_in")
  " CASE WHEN count (*) FILTER (WHERE d.measure = :basis AND p.place = p.unit) > 0"
  "  THEN sum (d.value) FILTER (WHERE " BASIS_SETTLED " AND p.place = p.unit) ELSE sum (d.value) FILTER (WHERE " BASIS_SETTLED ") END,"
  DECLARED_GENERATED ("'resident_full', 'resident_probationary'") "," DECLARED_GENERATED ("'formal_full', 'formal_probationary'") ","
  DECLARED_GENERATED ("'checked_in'")
  " FROM place p CROSS JOIN declared_count d ON d.unit = p.place GROUP BY p.unit)";

/*
 * The roster. It has begun for a unit with the first row of any stage, and then says 0 where it has nobody. Settled are
 * those who were there already when the days of grace began.
 */
#define NOW(t) "(" t ".valid_to IS NULL OR " t ".valid_to > :as_of)"
#define BEGUN(t) "(" t ".valid_from IS NULL OR " t ".valid_from <= :as_of)"
#define SETTLED(t) "(" t ".valid_from IS NULL OR " t ".valid_from <= :settled_by)"
static const char roster[] =
  ", resident (unit, full, probationary, settled, generated) AS MATERIALIZED ("
  " SELECT p.unit, sum (r.stage = 'full' AND " NOW ("r") "), sum (r.stage = 'probationary' AND " NOW ("r") "),"
  "  sum (r.stage = 'full' AND " NOW ("r") " AND " SETTLED ("r") "), max ($generated(r:member.residence))"
  " FROM place p CROSS JOIN member r ON r.residence = p.place WHERE " BEGUN ("r") " GROUP BY p.unit)"
  ", formal (unit, full, probationary, settled, generated) AS MATERIALIZED ("
  " SELECT p.unit, sum (r.stage = 'full' AND " NOW ("r") " AND " FOUNDED ("o") "), sum (r.stage = 'probationary' AND " NOW ("r") " AND " FOUNDED ("o") "),"
  "  sum (r.stage = 'full' AND " NOW ("r") " AND " FOUNDED ("o") " AND " SETTLED ("r") "), max ($generated(r:member.organisation))"
  " FROM place p CROSS JOIN organisation o ON o.unit = p.place CROSS JOIN member r ON r.organisation = o.id"
  " WHERE o.functional IS NOT 1 AND " BEGUN ("r") " GROUP BY p.unit)"
  ", checked (unit, members, settled, generated) AS MATERIALIZED ("
  " SELECT p.unit, sum (" NOW ("r") "), sum (" NOW ("r") " AND " SETTLED ("r") "), max ($generated(r:member.checked_in))"
  " FROM place p CROSS JOIN member r ON r.checked_in = p.place WHERE " BEGUN ("r") " GROUP BY p.unit)";

/* The three counts, never added together; the scheme says which founds a branch. Null: not known. */
#define BASIS(resident, formal, checked) " CASE :basis WHEN 'resident_full' THEN " resident " WHEN 'formal_full' THEN " formal " ELSE " checked " END"
static const char people[] =
  ", people (unit, resident_full, resident_probationary, formal_full, formal_probationary, checked_in, roster, basis, settled,"
  "  resident_generated, formal_generated, checked_generated, roster_generated, basis_generated) AS MATERIALIZED ("
  " SELECT unit, resident_full, resident_probationary, formal_full, formal_probationary, checked_in, roster,"
  BASIS ("resident_full", "formal_full", "checked_in") ", settled, resident_generated, formal_generated, checked_generated, roster_generated,"
  BASIS ("resident_generated", "formal_generated", "checked_generated")
  " FROM (SELECT s.unit AS unit,"
  "  iif (r.unit IS NULL, d.resident_full, r.full) AS resident_full, iif (r.unit IS NULL, d.resident_probationary, r.probationary) AS resident_probationary,"
  "  iif (f.unit IS NULL, d.formal_full, f.full) AS formal_full, iif (f.unit IS NULL, d.formal_probationary, f.probationary) AS formal_probationary,"
  "  iif (k.unit IS NULL, d.checked_in, k.members) AS checked_in,"
  "  coalesce (r.full + r.probationary, 0) + coalesce (f.full + f.probationary, 0) + coalesce (k.members, 0) AS roster,"
  BASIS ("iif (r.unit IS NULL, d.settled, r.settled)", "iif (f.unit IS NULL, d.settled, f.settled)", "iif (k.unit IS NULL, d.settled, k.settled)")
  "  AS settled, iif (r.unit IS NULL, d.resident_generated, r.generated) AS resident_generated,"
  "  iif (f.unit IS NULL, d.formal_generated, f.generated) AS formal_generated,"
  "  iif (k.unit IS NULL, d.checked_generated, k.generated) AS checked_generated,"
  "  coalesce (r.generated, 0) OR coalesce (f.generated, 0) OR coalesce (k.generated, 0) AS roster_generated"
  "  FROM scope s LEFT JOIN declared d ON d.unit = s.unit LEFT JOIN resident r ON r.unit = s.unit LEFT JOIN formal f ON f.unit = s.unit"
  "  LEFT JOIN checked k ON k.unit = s.unit WHERE s.level <= 3))";

/* Property areas at their unit, which is no building; of each what bodies and services it has. */
#define PARTY_GENERATED                                                                                                    \
  "b.party_members IS NOT NULL AND ($generated(b:owners_body.party_members) OR $generated(b:owners_body.party_in_branch_committee))"
static const char property[] =
  ", areas (unit, area, generated) AS MATERIALIZED ("
  " SELECT s.unit, a.id, $generated(a:property_area.unit) FROM scope s CROSS JOIN property_area a ON a.unit = s.unit"
  " WHERE s.level < 4 AND " IN_FORCE ("a") ")"
  ", bodied (area, seated, members, generated, party_generated, dates_generated) AS MATERIALIZED ("
  " SELECT a.area, sum (CASE WHEN b.party_members IS NOT NULL THEN coalesce (b.party_in_branch_committee, 0) END), sum (b.party_members),"
  "  max ($generated(b:owners_body.property_area)), max (" PARTY_GENERATED "),"
  "  max (" DATE_GENERATED ("b", "owners_body", "founded") " OR " DATE_GENERATED ("b", "owners_body", "ended") ")"
  " FROM areas a CROSS JOIN owners_body b ON b.property_area = a.area WHERE " STANDING ("b") " GROUP BY a.area)"
  ", serviced (area, firms, services, generated) AS MATERIALIZED ("
  " SELECT a.area, max (e.mode = 'firm'), max (e.mode <> 'none'), max (e.mode <> 'none' AND $generated(e:property_service.mode))"
  " FROM areas a CROSS JOIN property_service e ON e.property_area = a.area WHERE " IN_FORCE ("e") " GROUP BY a.area)"
  ", property (unit, areas, bodies, firms, services, body_seated, body_members, areas_generated, bodies_generated, services_generated,"
  "  cross_generated, dates_generated) AS MATERIALIZED ("
  " SELECT a.unit, count (*), count (b.area), sum (coalesce (e.firms, 0)), sum (coalesce (e.services, 0)), sum (b.seated), sum (b.members),"
  "  max (a.generated), max (b.generated), max (e.generated), max (b.party_generated), max (b.dates_generated)"
  " FROM areas a LEFT JOIN bodied b ON b.area = a.area LEFT JOIN serviced e ON e.area = a.area GROUP BY a.unit)";

/*
 * Branch committee members seated in owners' bodies. A committee is counted once, however many units its branch covers:
 * where the branch is at home if there is a body, else at the first covered unit that has one. Seats of all bodies of the
 * covered units count, up to the size of the committee.
 */
#define HAS_BODY(unit)                                                                                                     \
  "EXISTS (SELECT 1 FROM property_area a CROSS JOIN owners_body b ON b.property_area = a.id"                               \
  " WHERE a.unit = " unit " AND " IN_FORCE ("a") " AND " STANDING ("b") ")"
static const char cross[] =
  ", crossed (unit, seated, members, generated) AS MATERIALIZED ("
  " SELECT s.unit, sum (min (o.committee_size, ("
  "  SELECT coalesce (sum (b.branch_committee_seated), 0) FROM organisation_cover d CROSS JOIN unit u ON u.id = d.unit"
  "   CROSS JOIN property_area a ON a.unit = d.unit CROSS JOIN owners_body b ON b.property_area = a.id"
  "   WHERE d.organisation = o.id AND " IN_FORCE ("d") " AND " IN_FORCE ("u") " AND " IN_FORCE ("a") " AND " STANDING ("b") "))),"
  "  sum (o.committee_size), max ($generated(o:organisation.committee_size) OR coalesce (("
  "  SELECT max ($generated(b:owners_body.branch_committee_seated)) FROM organisation_cover d"
  "   CROSS JOIN property_area a ON a.unit = d.unit CROSS JOIN owners_body b ON b.property_area = a.id"
  "   WHERE d.organisation = o.id AND " IN_FORCE ("d") " AND " IN_FORCE ("a") " AND " STANDING ("b") "), 0))"
  " FROM scope s CROSS JOIN organisation_cover c ON c.unit = s.unit CROSS JOIN organisation o ON o.id = c.organisation"
  " WHERE s.level = 3 AND o.kind IN ('branch', 'general_branch', 'committee', 'joint_branch') AND o.functional IS NOT 1"
  "  AND o.committee_size IS NOT NULL AND " IN_FORCE ("c") " AND " FOUNDED ("o")
  "  AND s.unit = (SELECT unit FROM (SELECT d.unit AS unit, d.unit <> o.unit AS away FROM organisation_cover d CROSS JOIN unit u ON u.id = d.unit"
  "   WHERE d.organisation = o.id AND " IN_FORCE ("d") " AND " IN_FORCE ("u") " AND " HAS_BODY ("d.unit") ")"
  "   ORDER BY away, unit LIMIT 1)"
  " GROUP BY s.unit)";

static const char associations[] =
  ", joined (unit, mass, resident, generated) AS MATERIALIZED ("
  " SELECT s.unit, max (a.kind = 'mass'), max (a.kind = 'resident'), max ($generated(a:association.unit))"
  " FROM scope s CROSS JOIN association a ON a.unit = s.unit WHERE s.level = 3 AND " STANDING ("a") " GROUP BY s.unit)";

static const char exempt[] =
  ", exempt (unit) AS MATERIALIZED ("
  " SELECT DISTINCT s.unit FROM scope s CROSS JOIN founding_exemption e ON e.unit = s.unit"
  " WHERE s.level = 3 AND " BETWEEN ("e.decided", "e.valid_to") ")";

/* The tally of the latest survey that still stands, of its first overall question: the bare columns are those of max's row. */
#define TALLY_GENERATED(field) "$generated(t:survey_tally." field ")"
static const char surveyed[] =
  ", surveyed (unit, latest, very_satisfied, satisfied, neutral, dissatisfied, very_dissatisfied, invalid, generated) AS MATERIALIZED ("
  " SELECT s.unit, max (v.closed || printf ('%019d%019d', v.id, 9223372036854775807 - q.id)), t.very_satisfied, t.satisfied, t.neutral,"
  "  t.dissatisfied, t.very_dissatisfied, t.invalid,"
  "  " TALLY_GENERATED ("very_satisfied") " OR " TALLY_GENERATED ("satisfied") " OR " TALLY_GENERATED ("neutral")
  " OR " TALLY_GENERATED ("dissatisfied") " OR " TALLY_GENERATED ("very_dissatisfied")
  " FROM scope s CROSS JOIN survey_tally t ON t.unit = s.unit CROSS JOIN survey_question q ON q.id = t.question"
  "  CROSS JOIN survey v ON v.id = q.survey"
  " WHERE q.overall = 1 AND v.closed <= :as_of AND v.closed > :survey_after GROUP BY s.unit)";

/* What its buildings account for of a compound's households and residents. */
static const char below[] =
  ", below (unit, households, residents) AS MATERIALIZED ("
  " SELECT s.unit, sum (e.households), sum (e.residents) FROM scope s CROSS JOIN unit u ON u.parent = s.unit CROSS JOIN building e ON e.unit = u.id"
  " WHERE s.level = 3 AND " IN_FORCE ("u") " GROUP BY s.unit)";

/*
 * The old compounds a unit is made of, back to those that come from none. Where one was split it is counted once, with
 * the successor that has the greatest share (the first of equals).
 */
static const char lineage[] =
  ", roots (unit, ancestor) AS ("
  " SELECT unit, unit FROM scope WHERE level = 3"
  " UNION SELECT r.unit, l.predecessor FROM roots r CROSS JOIN lineage l ON l.successor = r.ancestor"
  " WHERE l.effective <= :as_of AND NOT EXISTS (SELECT 1 FROM lineage m WHERE m.predecessor = l.predecessor AND m.effective <= :as_of"
  "  AND (m.share_numerator * l.share_denominator > l.share_numerator * m.share_denominator"
  "   OR (m.share_numerator * l.share_denominator = l.share_numerator * m.share_denominator AND m.successor < l.successor))))"
  ", descent (unit, originals, predecessors, generated) AS MATERIALIZED ("
  " SELECT r.unit, sum (NOT EXISTS (SELECT 1 FROM lineage l WHERE l.successor = r.ancestor AND l.effective <= :as_of)),"
  "  (SELECT count (DISTINCT l.predecessor) FROM lineage l WHERE l.successor = r.unit AND l.effective <= :as_of),"
  "  (SELECT max ($generated(l:lineage.predecessor)) FROM lineage l WHERE l.successor = r.unit AND l.effective <= :as_of)"
  " FROM roots r GROUP BY r.unit)";

/* The plan: of each unit the target with the next due day, else the last. Those below a unit that has one are part of it. */
static const char targets[] =
  ", planned (unit, parent) AS MATERIALIZED ("
  " SELECT DISTINCT g.unit, u.parent FROM (SELECT DISTINCT district FROM scope) q CROSS JOIN target g ON g.district = q.district"
  "  AND g.indicator = :plan CROSS JOIN unit u ON u.id = g.unit WHERE " IN_FORCE ("u") ")"
  ", asked (unit, value, generated) AS MATERIALIZED ("
  " SELECT unit, (SELECT g.value FROM target g WHERE g.unit = q.unit AND g.indicator = :plan"
  "  ORDER BY g.due < :as_of, iif (g.due < :as_of, NULL, g.due), g.due DESC, g.id LIMIT 1),"
  "  (SELECT $generated(g:target.value) FROM target g WHERE g.unit = q.unit AND g.indicator = :plan"
  "  ORDER BY g.due < :as_of, iif (g.due < :as_of, NULL, g.due), g.due DESC, g.id LIMIT 1) FROM planned q)"
  ", holder (unit, at) AS ("
  " SELECT unit, parent FROM planned"
  " UNION SELECT h.unit, u.parent FROM holder h CROSS JOIN unit u ON u.id = h.at WHERE h.at NOT IN (SELECT unit FROM planned))"
  ", held (unit, value) AS MATERIALIZED ("
  " SELECT h.at, sum (q.value) FROM holder h CROSS JOIN asked q ON q.unit = h.unit WHERE h.at IN (SELECT unit FROM planned) GROUP BY h.at)"
  ", due (unit, value, below, generated) AS MATERIALIZED ("
  " SELECT q.unit, q.value, w.value, q.generated FROM asked q LEFT JOIN held w ON w.unit = q.unit)";

/* Buildings are most of the units and have little of their own: they are joined with that only. */
static const char from[] =
  " FROM scope s LEFT JOIN compound c ON s.level = 3 AND c.unit = s.unit"
  " LEFT JOIN below b ON b.unit = s.unit LEFT JOIN people m ON m.unit = s.unit LEFT JOIN cover v ON v.unit = s.unit"
  " LEFT JOIN contacted k ON k.unit = s.unit LEFT JOIN homes o ON o.unit = s.unit LEFT JOIN property p ON p.unit = s.unit"
  " LEFT JOIN crossed i ON i.unit = s.unit LEFT JOIN joined a ON a.unit = s.unit LEFT JOIN exempt x ON x.unit = s.unit"
  " LEFT JOIN surveyed y ON y.unit = s.unit LEFT JOIN descent l ON l.unit = s.unit LEFT JOIN due t ON t.unit = s.unit WHERE s.level < 4";
static const char from_buildings[] =
  " FROM scope s LEFT JOIN building h ON h.unit = s.unit LEFT JOIN homes o ON o.unit = s.unit LEFT JOIN surveyed y ON y.unit = s.unit"
  " LEFT JOIN due t ON t.unit = s.unit WHERE s.level = 4";

/* $generated(t:table.field) becomes the test of that field's two bits in t.origins: fields are counted by the record types. */
static char *
expand (const char *text)
{
  static const char mark[] = "$generated(";
  GString *sql = g_string_new (NULL);
  const char *start;

  while ((start = strstr (text, mark)) != NULL)
    {
      const char *end = strchr (start, ')');
      g_autofree char *inside = g_strndup (start + strlen (mark), (gsize)(end - start) - strlen (mark));
      g_auto (GStrv) parts = g_strsplit_set (inside, ":.", 3);
      const XqRecordType *type = xq_record_type_by_name (parts[1]);
      int field = type != NULL ? xq_record_type_find (type, parts[2]) : -1;

      if (field < 0)
        g_error ("facts: there is no field %s", inside);
      g_string_append_len (sql, text, start - text);
      g_string_append_printf (sql, "(((%s.origins >> %d) & 3) = %d)", parts[0], 2 * field, XQ_ORIGIN_GENERATED);
      text = end + 1;
    }
  g_string_append (sql, text);
  return g_string_free (sql, FALSE);
}

static void
append_select (GString *sql, gboolean insert, gboolean buildings)
{
  g_string_append (sql, insert ? " SELECT s.unit, s.district" : " SELECT s.unit, s.district, s.parent, s.level");
  for (int i = 0; i < XQ_N_FACT_COLUMNS; i++)
    {
      const char *text = buildings ? XQ_FACT_COLUMNS[i].building_sql : XQ_FACT_COLUMNS[i].sql;

      g_string_append_printf (sql, ", %s", text != NULL ? text : "0");
    }
  g_string_append (sql, ", 0");
  for (int i = 0; i < XQ_N_FACT_GROUPS; i++)
    {
      const char *text = buildings ? XQ_FACT_GROUP_SQL[i].building_sql : XQ_FACT_GROUP_SQL[i].sql;

      if (text != NULL)
        g_string_append_printf (sql, " | ((coalesce ((%s), 0) <> 0) << %d)", text, i);
    }
  g_string_append (sql, buildings ? from_buildings : from);
}

static char *
build (XqFactScope scope, gboolean insert)
{
  GString *sql = g_string_new (NULL);
  g_autofree char *text = NULL;

  if (insert)
    {
      g_autofree char *names = xq_fact_columns_join ("", "");

      g_string_append_printf (sql, "INSERT INTO fact (unit, district, %s, generated) ", names);
    }
  g_string_append (sql, "WITH RECURSIVE ");
  g_string_append (sql, scope == XQ_FACT_SCOPE_LISTED ? scope_listed : scope_subtree);
  for (const char *const *part = (const char *const[]){ place, cover, contacted, homes, declared, roster, people, property, cross, associations,
                                                        exempt, surveyed, below, lineage, targets, NULL };
       *part != NULL; part++)
    g_string_append (sql, *part);
  append_select (sql, insert, FALSE);
  g_string_append (sql, " UNION ALL");
  append_select (sql, insert, TRUE);
  text = g_string_free (sql, FALSE);
  return expand (text);
}

static const char *
get (XqFactScope scope, gboolean insert)
{
  static char *texts[2][2];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (int i = 0; i < 4; i++)
        texts[i / 2][i % 2] = build ((XqFactScope)(i / 2), i % 2 == 1);
      g_once_init_leave (&once, 1);
    }
  return texts[scope][insert ? 1 : 0];
}

static char *
days_before (const char *day, int days, int months)
{
  GDate date;
  char text[11];

  g_date_clear (&date, 1);
  g_date_set_parse (&date, day);
  g_date_subtract_months (&date, (guint)months);
  g_date_subtract_days (&date, (guint)days);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  return g_strdup (text);
}

XqFactDay *
xq_fact_day_new (XqTransaction *tx, XqPeriod period, GError **error)
{
  g_autoptr (XqDocument) document = xq_document_load (tx, error);
  g_autoptr (XqFactDay) day = NULL;

  if (document == NULL)
    return NULL;
  day = g_new0 (XqFactDay, 1);
  day->scheme = g_steal_pointer (&document->scheme);
  day->period = period;
  if (!xq_period_is_set (period) && !xq_period_parse (document->open_period, &day->period, error))
    return NULL;
  day->as_of = xq_period_last_day (day->period);
  day->from = xq_period_first_day (day->period);
  day->survey_after = days_before (day->as_of, 0, xq_scheme_get_survey_months (day->scheme));
  day->settled_by = days_before (day->as_of, xq_scheme_get_grace_days (day->scheme), 0);
  return g_steal_pointer (&day);
}

void
xq_fact_day_free (XqFactDay *day)
{
  g_clear_pointer (&day->scheme, xq_scheme_unref);
  g_free (day->as_of);
  g_free (day->from);
  g_free (day->survey_after);
  g_free (day->settled_by);
  g_free (day);
}

const char *
xq_fact_sql_get (XqFactScope scope)
{
  return get (scope, FALSE);
}

const char *
xq_fact_sql_get_insert (XqFactScope scope)
{
  return get (scope, TRUE);
}

void
xq_fact_day_bind (const XqFactDay *day, XqStatement *statement)
{
  static const char *const items[] = { "organisation", "body", "service", "mass", "resident" };
  guint n_items;
  const XqSchemeItem *kit = xq_scheme_get_kit (day->scheme, &n_items);
  gint64 wanted = 0;

  for (guint i = 0; i < n_items; i++)
    for (guint j = 0; j < G_N_ELEMENTS (items); j++)
      if (g_str_equal (kit[i].id, items[j]))
        wanted |= (gint64)1 << j;
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), day->as_of);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":from"), day->from);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":survey_after"), day->survey_after);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":settled_by"), day->settled_by);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":basis"), xq_scheme_get_founding_basis (day->scheme));
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":founding_members"), xq_scheme_get_founding_members (day->scheme));
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":kit"), wanted);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":plan"), xq_scheme_get_plan_indicator (day->scheme));
}
