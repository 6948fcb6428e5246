-- What rules find: one statement for each rule of the model's XQ_RULES, over one district as of the open period's last day.
-- Not part of the schema.
--
-- A line "--- table: NAME INDEX…" begins a temporary table that the rules share and "--- rule: ID" a rule. A table's statement
-- gives its columns under their names; those it is indexed by stand in the line. A rule's statement gives unit, table and id of the subject, then the rule's figures in their order.
--
-- Written here, filled in by xq-finding-sql.c:
--   $in_force(t) $founded(o) $standing(b) $decided(k)   whether an interval of dates holds :as_of
--   $basis(t)                the count that founds a branch, of a row of facts
--   $term_end(t)             the first day after the term
--   $months_before(t:name)   the day :name months before t
-- Parameters: :district; :as_of and :from are the last and first day of the open period, :today the working day in it; :basis;
-- the thresholds of the scheme under their names; :body_firm, :body_no_firm, :body_three_none the bodies it asks for or null;
-- :kit_organisation and so on its words for the items of the kit or null; :last_year the same period of the year before.

--- table: finding_unit unit parent
-- Units in force.
SELECT u.id AS unit, u.parent AS parent, u.level AS level, u.name AS name, u.code AS code, u.valid_from AS valid_from
FROM unit u
WHERE u.district = :district AND $in_force(u)

--- table: finding_organisation id
-- Live organisations, and the community (or, above, the unit) they are at home in.
SELECT o.id AS id, o.unit AS unit, o.parent AS parent, o.kind AS kind, o.functional IS 1 AS functional, o.name AS name,
  o.founded AS founded, o.committee_size AS committee_size, o.term_started AS term_started, o.term_years AS term_years,
  o.next_election AS next_election,
  CASE s.level WHEN 4 THEN (SELECT c.parent FROM unit c WHERE c.id = s.parent) WHEN 3 THEN s.parent ELSE s.unit END AS place
FROM temp.finding_unit s CROSS JOIN organisation o ON o.unit = s.unit
WHERE $founded(o)

--- table: finding_cover unit organisation
-- Covers in force by live organisations; classes as in facts: 5 own, 4 joint, 3 group, 2 functional.
SELECT c.id AS id, c.unit AS unit, o.id AS organisation, o.name AS name, o.kind AS kind, o.functional IS 1 AS functional,
  c.valid_from AS valid_from,
  CASE
    WHEN o.functional IS 1 THEN 2
    WHEN o.kind IN ('branch', 'general_branch', 'committee') THEN 5
    WHEN o.kind = 'joint_branch' THEN 4
    WHEN o.kind = 'group' THEN 3
    ELSE 0
  END AS class
FROM temp.finding_unit s CROSS JOIN organisation_cover c ON c.unit = s.unit CROSS JOIN organisation o ON o.id = c.organisation
WHERE s.level = 3 AND $in_force(c) AND $founded(o)

--- table: finding_area unit id
SELECT a.id AS id, a.unit AS unit, a.name AS name, a.heads AS heads
FROM temp.finding_unit s CROSS JOIN property_area a ON a.unit = s.unit
WHERE s.level < 4 AND $in_force(a)

--- table: finding_body area unit
SELECT b.id AS id, a.id AS area, a.unit AS unit, a.name AS name, a.heads AS heads, b.kind AS kind, b.seats AS seats,
  b.term_years AS term_years, $term_end(b) AS term_end
FROM temp.finding_area a CROSS JOIN owners_body b ON b.property_area = a.id
WHERE $standing(b)

--- table: finding_service area
SELECT e.id AS id, a.id AS area, a.unit AS unit, a.name AS name, e.mode AS mode, e.contract_end AS contract_end
FROM temp.finding_area a CROSS JOIN property_service e ON e.property_area = a.id
WHERE $in_force(e)

--- table: finding_reading unit
-- What names of units above buildings sound like: filled in by xq-finding-table.c.
SELECT s.unit AS unit, s.name AS reading
FROM temp.finding_unit s
WHERE FALSE

--- table: finding_checklist
-- Items of the scheme's checklists whose states are kept, by level: filled in by xq-finding-table.c.
SELECT s.level AS level, s.level AS position, s.name AS checklist, s.name AS label, s.name AS item, s.name AS item_label
FROM temp.finding_unit s
WHERE FALSE

--- rule: group_without_branch
SELECT o.unit, 'organisation', o.id, o.name, g.name
FROM temp.finding_organisation o LEFT JOIN organisation g ON g.id = o.parent
WHERE o.kind = 'group'
  AND NOT coalesce(g.kind IN ('branch', 'general_branch', 'committee', 'joint_branch') AND $founded(g), 0)

--- rule: should_have_branch
SELECT f.unit, 'unit', f.unit, :basis, $basis(f), :founding_members
FROM temp.finding_unit s CROSS JOIN fact f ON f.unit = s.unit
WHERE s.level = 3 AND f.should_have = 1 AND f.coverage_joint = 0

--- rule: joint_with_enough
SELECT f.unit, 'unit', f.unit, :basis, $basis(f), :founding_members,
  (SELECT min(c.name) FROM temp.finding_cover c WHERE c.unit = f.unit AND c.class = 4)
FROM temp.finding_unit s CROSS JOIN fact f ON f.unit = s.unit
WHERE s.level = 3 AND f.should_have = 1 AND f.coverage_joint = 1

--- rule: short_of_members
SELECT f.unit, 'unit', f.unit, :basis, $basis(f), :founding_members,
  (SELECT c.name FROM temp.finding_cover c WHERE c.unit = f.unit AND c.class IN (2, 5) ORDER BY c.class DESC, c.id LIMIT 1)
FROM temp.finding_unit s CROSS JOIN fact f ON f.unit = s.unit
WHERE s.level = 3 AND f.short_of_three = 1

--- rule: joint_too_large
SELECT o.unit, 'organisation', o.id, o.name, count(DISTINCT c.unit), :joint_units
FROM temp.finding_cover c CROSS JOIN organisation o ON o.id = c.organisation
WHERE c.kind = 'joint_branch'
GROUP BY c.organisation
HAVING count(DISTINCT c.unit) > :joint_units

--- rule: covered_twice
SELECT unit, 'organisation_cover', id, name, first_name
FROM (
  SELECT c.unit AS unit, c.id AS id, c.name AS name, first_value(c.name) OVER sorted AS first_name, row_number() OVER sorted AS rank
  FROM temp.finding_cover c
  WHERE c.class >= 4
  WINDOW sorted AS (PARTITION BY c.unit ORDER BY c.class DESC, coalesce(c.valid_from, ''), c.id)
)
WHERE rank > 1

--- rule: cover_of_dissolved
SELECT c.unit, 'organisation_cover', c.id, o.name, o.dissolved
FROM temp.finding_unit s CROSS JOIN organisation_cover c ON c.unit = s.unit CROSS JOIN organisation o ON o.id = c.organisation
WHERE s.level = 3 AND o.dissolved <= :as_of AND $in_force(c)

--- rule: contact_unconfirmed
SELECT k.unit, 'contact', k.id, k.post, :from
FROM temp.finding_unit s CROSS JOIN fact f ON f.unit = s.unit CROSS JOIN contact k ON k.unit = s.unit
WHERE s.level = 3 AND f.coverage_none = 1 AND $decided(k) AND trim(k.post) <> '' AND k.decided IS NOT NULL

--- rule: contact_incomplete
SELECT k.unit, 'contact', k.id, nullif(trim(k.post), ''), k.decided
FROM temp.finding_unit s CROSS JOIN fact f ON f.unit = s.unit CROSS JOIN contact k ON k.unit = s.unit
WHERE s.level = 3 AND f.coverage_none = 1 AND $decided(k) AND (trim(coalesce(k.post, '')) = '' OR k.decided IS NULL)

--- rule: uncovered
SELECT f.unit, 'unit', f.unit, :basis, $basis(f)
FROM temp.finding_unit s CROSS JOIN fact f ON f.unit = s.unit
WHERE s.level = 3 AND f.coverage_none = 1 AND f.should_have = 0
  AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.unit = f.unit AND $decided(k))

--- rule: same_organisation
-- Groups are told apart by the branch they belong to.
SELECT unit, 'organisation', id, name, n
FROM (
  SELECT o.unit AS unit, o.id AS id, o.name AS name, count(*) OVER same AS n,
    row_number() OVER (same ORDER BY coalesce(o.founded, '') DESC, o.id DESC) AS rank
  FROM temp.finding_organisation o
  WINDOW same AS (PARTITION BY trim(o.name), iif(o.kind = 'group', o.unit, o.place), iif(o.kind = 'group', coalesce(o.parent, 0), -1))
)
WHERE n > 1 AND rank = 1

--- rule: overlapping_secretaries
SELECT h.unit, 'post_holder', h.id, o.name, e.valid_from, h.valid_from
FROM temp.finding_organisation o
  CROSS JOIN post_holder e ON e.organisation = o.id
  CROSS JOIN post_holder h ON h.organisation = o.id
WHERE e.post = 'secretary' AND h.post = 'secretary' AND (coalesce(e.valid_from, ''), e.id) < (coalesce(h.valid_from, ''), h.id)
  AND (e.valid_to IS NULL OR coalesce(h.valid_from, '') < e.valid_to)
  AND (h.valid_to IS NULL OR (coalesce(e.valid_from, '') < h.valid_to AND coalesce(h.valid_from, '') < h.valid_to))

--- rule: term_ended
-- Where the term is not on record the day of the next election is.
SELECT unit, 'organisation', id, name, term_end
FROM (SELECT o.unit AS unit, o.id AS id, o.name AS name, coalesce($term_end(o), o.next_election) AS term_end FROM temp.finding_organisation o)
WHERE term_end <= :today

--- rule: committee_size
-- Where check-in founds branches a branch that is not functional goes by its own members.
SELECT unit, 'organisation', id, name, members, seats, iif(members < :branch_committee_from, 1, :branch_committee_least),
  iif(members < :branch_committee_from, 2, :branch_committee_most)
FROM (
  SELECT o.unit AS unit, o.id AS id, o.name AS name, o.committee_size AS seats,
    (SELECT sum(iif(:basis = 'resident_full', f.resident_full, f.formal_full))
     FROM temp.finding_cover c CROSS JOIN fact f ON f.unit = c.unit WHERE c.organisation = o.id) AS members
  FROM temp.finding_organisation o
  WHERE o.kind IN ('branch', 'joint_branch') AND NOT o.functional AND o.committee_size IS NOT NULL
)
WHERE members > 0
  AND seats NOT BETWEEN iif(members < :branch_committee_from, 1, :branch_committee_least)
    AND iif(members < :branch_committee_from, 2, :branch_committee_most)

--- rule: holder_moved
-- Of a compound's and its buildings' posts. Where someone lives is told by the compound's name.
SELECT unit, 'post_holder', id, post, coalesce(left_on, elsewhere)
FROM (
  SELECT h.unit AS unit, h.id AS id, h.post AS post, iif(m.valid_to <= :as_of, m.valid_to, NULL) AS left_on,
    (SELECT v.name FROM unit r CROSS JOIN unit v ON v.id = iif(r.level = 4, r.parent, r.id)
     WHERE r.id = m.residence AND r.level >= 3 AND v.id <> iif(s.level = 4, s.parent, s.unit)) AS elsewhere
  FROM temp.finding_unit s CROSS JOIN post_holder h ON h.unit = s.unit CROSS JOIN member m ON m.id = h.member
  WHERE s.level >= 3 AND $in_force(h)
)
WHERE left_on IS NOT NULL OR elsewhere IS NOT NULL

--- rule: term_ending
SELECT unit, 'organisation', id, name, term_end
FROM (SELECT o.unit AS unit, o.id AS id, o.name AS name, coalesce($term_end(o), o.next_election) AS term_end FROM temp.finding_organisation o)
WHERE term_end > :today AND $months_before(term_end:term_reminder_months) <= :today

--- rule: general_branch_possible
SELECT unit, 'organisation', id, name, members, :general_branch_members
FROM (
  SELECT o.unit AS unit, o.id AS id, o.name AS name,
    (SELECT sum(iif(:basis = 'resident_full', f.resident_full + f.resident_probationary, f.formal_full + f.formal_probationary))
     FROM temp.finding_cover c CROSS JOIN fact f ON f.unit = c.unit WHERE c.organisation = o.id) AS members
  FROM temp.finding_organisation o
  WHERE o.kind IN ('branch', 'joint_branch') AND NOT o.functional
)
WHERE members >= :general_branch_members AND members < :committee_members

--- rule: committee_possible
SELECT unit, 'organisation', id, name, members, :committee_members
FROM (
  SELECT o.unit AS unit, o.id AS id, o.name AS name,
    (SELECT sum(iif(:basis = 'resident_full', f.resident_full + f.resident_probationary, f.formal_full + f.formal_probationary))
     FROM temp.finding_cover c CROSS JOIN fact f ON f.unit = c.unit WHERE c.organisation = o.id) AS members
  FROM temp.finding_organisation o
  WHERE o.kind IN ('branch', 'joint_branch', 'general_branch') AND NOT o.functional
)
WHERE members >= :committee_members

--- rule: overlapping_bodies
SELECT a.unit, 'owners_body', b.id, a.name, b.kind, p.founded, b.founded
FROM temp.finding_area a
  CROSS JOIN owners_body p ON p.property_area = a.id
  CROSS JOIN owners_body b ON b.property_area = a.id
WHERE b.kind = p.kind AND (coalesce(p.founded, ''), p.id) < (coalesce(b.founded, ''), b.id)
  AND (p.ended IS NULL OR coalesce(b.founded, '') < p.ended) AND (b.ended IS NULL OR coalesce(p.founded, '') < b.ended)
  AND (b.founded IS NULL OR b.ended IS NULL OR b.founded < b.ended)

--- rule: body_term_ended
SELECT b.unit, 'owners_body', b.id, b.name, b.kind, b.term_end
FROM temp.finding_body b
WHERE b.term_end <= :today

--- rule: body_term_too_long
SELECT b.unit, 'owners_body', b.id, b.name, b.kind, b.term_years, :body_term_years
FROM temp.finding_body b
WHERE b.kind = 'owners_committee' AND b.term_years > :body_term_years

--- rule: body_seats
-- An area has as many households as it has heads; where they are not on record, as its compound.
SELECT unit, 'owners_body', id, name, seats, least, :body_seats_most, households
FROM (
  SELECT unit, id, name, seats, households,
    iif(:body_small_seats > 0 AND households > 0 AND households < :body_small_households, :body_small_seats, :body_seats_least) AS least
  FROM (
    SELECT b.unit AS unit, b.id AS id, b.name AS name, b.seats AS seats, coalesce(b.heads, r.households) AS households
    FROM temp.finding_body b LEFT JOIN rollup r ON r.unit = b.unit
    WHERE b.kind = 'owners_committee' AND b.seats IS NOT NULL
  )
)
WHERE seats NOT BETWEEN least AND :body_seats_most

--- rule: body_seats_even
SELECT b.unit, 'owners_body', b.id, b.name, b.seats
FROM temp.finding_body b
WHERE b.kind = 'owners_committee' AND b.seats % 2 = 0

--- rule: body_for_firm
SELECT a.unit, 'property_area', a.id, a.name, :body_firm
FROM temp.finding_area a
WHERE EXISTS (SELECT 1 FROM temp.finding_service e WHERE e.area = a.id AND e.mode = 'firm')
  AND NOT EXISTS (SELECT 1 FROM temp.finding_body b WHERE b.area = a.id AND b.kind = :body_firm)

--- rule: body_for_three_none
SELECT s.unit, 'unit', s.unit, :body_three_none
FROM temp.finding_unit s CROSS JOIN compound c ON c.unit = s.unit
WHERE s.level = 3 AND c.three_none = 1
  AND NOT EXISTS (SELECT 1 FROM temp.finding_body b WHERE b.unit = s.unit AND b.kind = :body_three_none)

--- rule: body_for_no_firm
-- A compound without any property area has neither.
SELECT s.unit, iif(a.id IS NULL, 'unit', 'property_area'), coalesce(a.id, s.unit), coalesce(a.name, s.name), :body_no_firm
FROM temp.finding_unit s LEFT JOIN compound c ON c.unit = s.unit LEFT JOIN temp.finding_area a ON a.unit = s.unit
WHERE s.level = 3 AND (c.three_none IS NOT 1 OR :body_three_none IS NULL)
  AND NOT EXISTS (SELECT 1 FROM temp.finding_service e WHERE e.area = a.id AND e.mode = 'firm')
  AND NOT EXISTS (SELECT 1 FROM temp.finding_body b WHERE b.area = a.id AND b.kind = :body_no_firm)

--- rule: overlapping_services
SELECT e.unit, 'property_area', e.area, e.name, count(*)
FROM temp.finding_service e
GROUP BY e.area
HAVING count(*) > 1

--- rule: contract_ended
SELECT e.unit, 'property_service', e.id, e.name, e.contract_end
FROM temp.finding_service e
WHERE e.mode = 'firm' AND e.contract_end < :today

--- rule: body_term_ending
SELECT b.unit, 'owners_body', b.id, b.name, b.kind, b.term_end
FROM temp.finding_body b
WHERE b.term_end > :today AND $months_before(b.term_end:body_reminder_months) <= :today

--- rule: contract_ending
SELECT e.unit, 'property_service', e.id, e.name, e.contract_end
FROM temp.finding_service e
WHERE e.mode = 'firm' AND e.contract_end >= :today AND e.contract_end <= date(:today, '+' || :contract_reminder_days || ' days')

--- rule: kit_incomplete
SELECT unit, 'unit', unit, substr(missing, 2), there, wanted
FROM (
  SELECT f.unit AS unit,
    iif(f.kit_organisation = 0, coalesce('、' || :kit_organisation, ''), '') || iif(f.kit_body = 0, coalesce('、' || :kit_body, ''), '')
      || iif(f.kit_service = 0, coalesce('、' || :kit_service, ''), '') || iif(f.kit_mass = 0, coalesce('、' || :kit_mass, ''), '')
      || iif(f.kit_resident = 0, coalesce('、' || :kit_resident, ''), '') AS missing,
    (f.kit_organisation AND :kit_organisation IS NOT NULL) + (f.kit_body AND :kit_body IS NOT NULL)
      + (f.kit_service AND :kit_service IS NOT NULL) + (f.kit_mass AND :kit_mass IS NOT NULL)
      + (f.kit_resident AND :kit_resident IS NOT NULL) AS there,
    (:kit_organisation IS NOT NULL) + (:kit_body IS NOT NULL) + (:kit_service IS NOT NULL) + (:kit_mass IS NOT NULL)
      + (:kit_resident IS NOT NULL) AS wanted
  FROM temp.finding_unit s CROSS JOIN fact f ON f.unit = s.unit
  WHERE s.level = 3 AND f.kit_complete = 0
)

--- rule: points_overdrawn
-- What is earned on a day may be redeemed on it: balances are those at the end of days. The bare columns are those of min's row.
SELECT unit, 'points_account', account, day, min(balance)
FROM (
  SELECT unit, account, day, sum(points) OVER (PARTITION BY account ORDER BY day) AS balance
  FROM (
    SELECT a.unit AS unit, a.id AS account, e.day AS day, sum(iif(e.kind = 'redeemed', -e.points, e.points)) AS points
    FROM temp.finding_unit s CROSS JOIN points_account a ON a.unit = s.unit CROSS JOIN points_entry e ON e.account = a.id
    GROUP BY a.id, e.day
  )
)
WHERE balance < 0
GROUP BY account

--- rule: ticket_overdue
SELECT t.unit, 'ticket', t.id, t.number, t.title, t.deadline
FROM temp.finding_unit s CROSS JOIN ticket t ON t.unit = s.unit
WHERE t.deadline < :today AND t.raised <= :today
  AND coalesce((SELECT e.kind FROM ticket_event e WHERE e.ticket = t.id AND e.day <= :today ORDER BY e.ordinal DESC LIMIT 1), 'raise')
    NOT IN ('close', 'verify')

--- rule: ticket_unanswered
-- A ticket that is past its deadline is told of as that.
SELECT t.unit, 'ticket', t.id, t.number, t.title, t.respond_by
FROM temp.finding_unit s CROSS JOIN ticket t ON t.unit = s.unit
WHERE t.respond_by < :today AND t.raised <= :today AND (t.deadline IS NULL OR t.deadline >= :today)
  AND coalesce((SELECT e.kind FROM ticket_event e WHERE e.ticket = t.id AND e.day <= :today ORDER BY e.ordinal DESC LIMIT 1), 'raise')
    NOT IN ('respond', 'close', 'verify')

--- rule: checklist_incomplete
-- Of each item the state that was assessed last counts; what has none is not there. Checklists stand in the scheme's order.
SELECT unit, 'unit', unit, group_concat(label || '：' || missing, '；'), sum(done), sum(n)
FROM (
  SELECT unit, label, group_concat(iif(state IS 'done', NULL, item_label), '、') AS missing, sum(state IS 'done') AS done, count(*) AS n
  FROM (
    SELECT s.unit AS unit, k.checklist AS checklist, k.label AS label, k.item_label AS item_label, k.position AS position,
      (SELECT c.state FROM checklist_state c
       WHERE c.unit = s.unit AND c.checklist = k.checklist AND c.item = k.item AND (c.assessed IS NULL OR c.assessed <= :as_of)
       ORDER BY c.assessed DESC, c.id DESC LIMIT 1) AS state
    FROM temp.finding_checklist k CROSS JOIN temp.finding_unit s ON s.level = k.level
    ORDER BY s.unit, k.position
  )
  GROUP BY unit, checklist
  ORDER BY unit, position
)
WHERE done < n
GROUP BY unit

--- rule: small_sample
SELECT unit, 'unit', unit, answers, :minimum_sample
FROM (
  SELECT f.unit AS unit, f.survey_very_satisfied + f.survey_satisfied + f.survey_neutral + f.survey_dissatisfied
    + f.survey_very_dissatisfied AS answers
  FROM temp.finding_unit s CROSS JOIN fact f ON f.unit = s.unit
  WHERE s.level = 3
)
WHERE answers > 0 AND answers < :minimum_sample

--- rule: orphan
SELECT s.unit, 'unit', s.unit, (SELECT u.name FROM unit u WHERE u.id = s.parent)
FROM temp.finding_unit s LEFT JOIN temp.finding_unit p ON p.unit = s.parent
WHERE s.level > 0 AND p.unit IS NULL

--- rule: cycle
-- What hangs below a cycle is reached from nowhere either; only what comes back to itself is one, told of once at its highest unit.
WITH RECURSIVE
reached (unit) AS (
  SELECT s.unit FROM temp.finding_unit s LEFT JOIN temp.finding_unit p ON p.unit = s.parent WHERE p.unit IS NULL
  UNION
  SELECT s.unit FROM reached r CROSS JOIN temp.finding_unit s ON s.parent = r.unit
),
lost (unit, parent, level) AS MATERIALIZED (
  SELECT s.unit, s.parent, s.level FROM temp.finding_unit s WHERE s.unit NOT IN (SELECT unit FROM reached)
),
up (start, at, steps) AS (
  SELECT unit, parent, 1 FROM lost
  UNION
  SELECT u.start, l.parent, u.steps + 1 FROM up u CROSS JOIN lost l ON l.unit = u.at
  WHERE u.at <> u.start AND u.steps < 100
),
ring (unit, level, steps) AS MATERIALIZED (SELECT l.unit, l.level, u.steps FROM up u JOIN lost l ON l.unit = u.start WHERE u.at = u.start)
SELECT r.unit, 'unit', r.unit, r.steps
FROM ring r
WHERE NOT EXISTS (
  SELECT 1 FROM up u JOIN ring q ON q.unit = u.at WHERE u.start = r.unit AND (q.level, q.unit) < (r.level, r.unit)
)

--- rule: wrong_level
-- Within a cycle levels cannot be right: that is told of as a cycle.
WITH RECURSIVE
wrong (unit, parent, name, level, parent_level) AS MATERIALIZED (
  SELECT s.unit, s.parent, p.name, s.level, p.level
  FROM temp.finding_unit s CROSS JOIN temp.finding_unit p ON p.unit = s.parent
  WHERE p.level <> s.level - 1
),
up (start, at, steps) AS (
  SELECT unit, parent, 1 FROM wrong
  UNION
  SELECT u.start, s.parent, u.steps + 1 FROM up u CROSS JOIN temp.finding_unit s ON s.unit = u.at
  WHERE u.at <> u.start AND u.steps < 100
)
SELECT w.unit, 'unit', w.unit, w.name,
  CASE w.level WHEN 0 THEN 'district' WHEN 1 THEN 'street' WHEN 2 THEN 'community' WHEN 3 THEN 'compound' ELSE 'building' END,
  CASE w.parent_level WHEN 0 THEN 'district' WHEN 1 THEN 'street' WHEN 2 THEN 'community' WHEN 3 THEN 'compound' ELSE 'building' END
FROM wrong w
WHERE NOT EXISTS (SELECT 1 FROM up u WHERE u.start = w.unit AND u.at = w.unit)

--- rule: members_above_residents
SELECT f.unit, 'unit', f.unit, f.resident_full + f.resident_probationary, r.residents
FROM temp.finding_unit s CROSS JOIN fact f ON f.unit = s.unit CROSS JOIN rollup r ON r.unit = s.unit
WHERE s.level = 3 AND r.residents > 0 AND f.resident_full + f.resident_probationary > r.residents

--- rule: households_differ
-- Where a building's households are not on record the sum may be smaller, never larger.
SELECT unit, 'compound', id, households, total, buildings
FROM (
  SELECT s.unit AS unit, c.id AS id, c.households AS households, count(*) AS buildings, sum(b.households) AS total,
    count(*) - count(b.households) AS unknown
  FROM temp.finding_unit s
    CROSS JOIN compound c ON c.unit = s.unit
    CROSS JOIN temp.finding_unit u ON u.parent = s.unit
    LEFT JOIN building b ON b.unit = u.unit
  WHERE s.level = 3 AND c.households IS NOT NULL
  GROUP BY s.unit
)
WHERE total > households OR (total < households AND unknown = 0)

--- rule: same_name
-- temp.finding_reading holds what a name sounds like, of units above buildings; buildings are compared by their names.
SELECT unit, 'unit', unit, min(first_name), reading
FROM (
  SELECT s.unit AS unit, g.reading AS reading, first_value(s.name) OVER same AS first_name, row_number() OVER same AS rank
  FROM temp.finding_reading g CROSS JOIN temp.finding_unit s ON s.unit = g.unit
  WINDOW same AS (PARTITION BY s.parent, g.reading ORDER BY coalesce(s.valid_from, ''), s.unit)
)
WHERE rank > 1
GROUP BY unit
UNION ALL
SELECT unit, 'unit', unit, name, NULL
FROM (
  SELECT s.unit AS unit, s.name AS name, row_number() OVER (PARTITION BY s.parent, s.name ORDER BY coalesce(s.valid_from, ''), s.unit) AS rank
  FROM temp.finding_unit s
  WHERE s.level = 4
)
WHERE rank > 1

--- rule: code_shape
SELECT s.unit, 'unit', s.unit, s.code, CASE s.level WHEN 0 THEN 6 WHEN 1 THEN 9 ELSE 12 END
FROM temp.finding_unit s
WHERE s.level < 3 AND s.code IS NOT NULL
  AND (s.code GLOB '*[^0-9]*'
    OR NOT CASE s.level
      WHEN 0 THEN length(s.code) = 6 OR s.code GLOB '??????000000'
      WHEN 1 THEN length(s.code) = 9 OR s.code GLOB '?????????000'
      ELSE length(s.code) = 12
    END)

--- rule: code_prefix
-- Codes of the wrong shape are told of as that.
SELECT s.unit, 'unit', s.unit, s.code, p.prefix
FROM temp.finding_unit s CROSS JOIN (
  SELECT unit, level, CASE level WHEN 0 THEN substr(code, 1, 6) WHEN 1 THEN substr(code, 1, 9) ELSE code END AS prefix
  FROM temp.finding_unit
  WHERE level > 2 OR (code NOT GLOB '*[^0-9]*' AND length(code) IN (6, 9, 12))
) p ON p.unit = s.parent
WHERE s.level = p.level + 1 AND substr(s.code, 1, length(p.prefix)) <> p.prefix
  AND (s.level > 2 OR (s.code NOT GLOB '*[^0-9]*' AND length(s.code) IN (6, 9, 12)))

--- rule: same_code
SELECT unit, 'unit', unit, code, first_name
FROM (
  SELECT s.unit AS unit, s.code AS code, first_value(s.name) OVER same AS first_name, row_number() OVER same AS rank
  FROM temp.finding_unit s
  WHERE s.code <> ''
  WINDOW same AS (PARTITION BY s.code ORDER BY coalesce(s.valid_from, ''), s.unit)
)
WHERE rank > 1

--- rule: year_jump
-- The greatest change of a compound that has not been made of others since: the bare columns are those of max's row.
SELECT unit, 'unit', unit, what, was, is_now, max(change * 100 / was) * sign, :last_year
FROM (
  SELECT unit, what, was, is_now, abs(is_now - was) AS change, iif(is_now < was, -1, 1) AS sign
  FROM (
    SELECT s.unit AS unit, 'households' AS what, t.households AS was, r.households AS is_now
    FROM temp.finding_unit s CROSS JOIN snapshot_unit t ON t.unit = s.unit AND t.period = :last_year CROSS JOIN rollup r ON r.unit = s.unit
    WHERE s.level = 3
    UNION ALL
    SELECT s.unit, 'residents', t.residents, r.residents
    FROM temp.finding_unit s CROSS JOIN snapshot_unit t ON t.unit = s.unit AND t.period = :last_year CROSS JOIN rollup r ON r.unit = s.unit
    WHERE s.level = 3
    UNION ALL
    SELECT s.unit, :basis, $basis(t), $basis(r)
    FROM temp.finding_unit s CROSS JOIN snapshot_unit t ON t.unit = s.unit AND t.period = :last_year CROSS JOIN rollup r ON r.unit = s.unit
    WHERE s.level = 3
  )
)
WHERE was > 0 AND change >= :jump_least AND change * 100 > was * :jump_percent
  AND NOT EXISTS (
    SELECT 1 FROM lineage l CROSS JOIN snapshot p ON p.period = :last_year WHERE l.successor = unit AND l.effective > p.as_of
  )
GROUP BY unit
