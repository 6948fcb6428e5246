-- What facts are made from: one statement for any set of units as of any day. Not part of the schema.
--
-- Each intermediate result starts from the units asked for and reaches the records through an index; CROSS JOIN keeps
-- SQLite from turning that round. A unit that is not in force has no facts. Records of members and counts given for a
-- building belong to its compound.
--
-- Written here, filled in by xq-fact-sql.c:
--   $scope                        the units asked for: those listed, or one with all below it
--   $columns, $building_columns   the columns of xq-fact-columns.c
--   $in_force(t) $founded(o) $standing(b) $decided(e) $open(p)   whether an interval of dates holds :as_of
--   $generated(t:table.field)     whether the value is made by the sample generator
--   $date_generated(t:table.field) the same of a date that may be empty
-- Parameters: :as_of and :from are the last and first day of the period; :survey_after is the day up to which surveys have
-- lapsed, :settled_by the day up to which counts are past the days of grace; :basis, :founding_members, :kit (bits) and
-- :plan (an indicator or null) are the scheme's. :year_before is the day up to which yearly figures have lapsed. :slots are the
-- items of the checklists that are ticked, in order ([[list, checklist, item], …]), :list_1 to :list_4 how many items each has (or
-- null); :scored is the checklist it gives points for (or null) and :scored_maximum how many at most. :period is the period as
-- it is written in records.

WITH RECURSIVE
$scope,

-- Where the members of a unit are recorded: at itself, and of a compound at its buildings.
place (unit, place) AS MATERIALIZED (
  SELECT unit, unit FROM scope WHERE level <= 3
  UNION ALL
  SELECT s.unit, u.id FROM scope s CROSS JOIN unit u ON u.parent = s.unit WHERE s.level = 3 AND $in_force(u)
),

-- Coverage by organisations: 5 own, 4 joint, 3 group, 2 functional; the best counts. A group covers while its parent is live.
-- Where checked-in members found a branch, it is a functional one that they found.
cover (unit, class, founded, generated, dates_generated) AS MATERIALIZED (
  SELECT unit, max(class), max(class = 5 OR (class = 2 AND branch AND :basis = 'checked_in')), max(generated),
    max(dates_generated)
  FROM (
    SELECT s.unit AS unit,
      CASE
        WHEN o.kind IN ('branch', 'general_branch', 'committee') THEN iif(o.functional IS 1, 2, 5)
        WHEN o.kind = 'joint_branch' THEN iif(o.functional IS 1, 2, 4)
        WHEN o.kind = 'group' AND g.kind IN ('branch', 'general_branch', 'committee', 'joint_branch') AND $founded(g)
          THEN iif(o.functional IS 1 OR g.functional IS 1, 2, 3)
        ELSE 0
      END AS class,
      o.kind <> 'group' AS branch,
      $generated(c:organisation_cover.unit) OR $generated(o:organisation.kind) AS generated,
      $date_generated(c:organisation_cover.valid_from) OR $date_generated(c:organisation_cover.valid_to)
        OR $date_generated(o:organisation.founded) OR $date_generated(o:organisation.dissolved) AS dates_generated
    FROM scope s
      CROSS JOIN organisation_cover c ON c.unit = s.unit
      CROSS JOIN organisation o ON o.id = c.organisation
      LEFT JOIN organisation g ON g.id = o.parent
    WHERE s.level = 3 AND $in_force(c) AND $founded(o)
  )
  WHERE class > 0
  GROUP BY unit
),

-- A contact counts with a post, a decision and a confirmation in the period.
contacted (unit, generated, dates_generated) AS MATERIALIZED (
  SELECT s.unit, max($generated(k:contact.unit)), max($generated(k:contact.decided))
  FROM scope s CROSS JOIN contact k ON k.unit = s.unit
  WHERE s.level = 3 AND trim(k.post) <> '' AND k.decided <= :as_of AND (k.valid_to IS NULL OR k.valid_to > :as_of)
    AND EXISTS (SELECT 1 FROM contact_confirmation f WHERE f.contact = k.id AND f.confirmed BETWEEN :from AND :as_of)
  GROUP BY s.unit
),

-- Organisations at their home. A big committee is a kind of its own.
homes (unit, committees, general_branches, branches, joint_branches, groups, functional_branches, functional_groups,
    big_committees, directors, directors_known, generated, dates_generated) AS MATERIALIZED (
  SELECT s.unit,
    sum(o.kind = 'committee' AND o.functional IS NOT 1),
    sum(o.kind = 'general_branch' AND o.functional IS NOT 1),
    sum(o.kind = 'branch' AND o.functional IS NOT 1),
    sum(o.kind = 'joint_branch' AND o.functional IS NOT 1),
    sum(o.kind = 'group' AND o.functional IS NOT 1),
    sum(o.kind NOT IN ('group', 'big_committee') AND o.functional IS 1),
    sum(o.kind = 'group' AND o.functional IS 1),
    sum(o.kind = 'big_committee'),
    sum(o.secretary_is_director IS 1),
    sum(o.secretary_is_director IS NOT NULL),
    max($generated(o:organisation.kind)
      OR (o.secretary_is_director IS NOT NULL AND $generated(o:organisation.secretary_is_director))),
    max($date_generated(o:organisation.founded) OR $date_generated(o:organisation.dissolved))
  FROM scope s CROSS JOIN organisation o ON o.unit = s.unit
  WHERE $founded(o)
  GROUP BY s.unit
),

-- Committees of branches at their home: by the roster once it names an ordinary member, else as the organisation gives it.
committees (unit, members, generated) AS MATERIALIZED (
  SELECT unit, sum(iif(listed > 0, serving, coalesce(declared, 0))),
    max(iif(listed > 0, roster_generated, declared IS NOT NULL AND declared_generated))
  FROM (
    SELECT s.unit AS unit, o.committee_size AS declared, $generated(o:organisation.committee_size) AS declared_generated,
      sum(h.post IS 'committee_member') AS listed, sum(h.id IS NOT NULL AND $in_force(h)) AS serving,
      max($generated(h:post_holder.organisation)) AS roster_generated
    FROM scope s
      CROSS JOIN organisation o ON o.unit = s.unit
      LEFT JOIN post_holder h ON h.organisation = o.id AND h.post IN ('secretary', 'deputy_secretary', 'committee_member')
        AND (h.valid_from IS NULL OR h.valid_from <= :as_of)
    WHERE o.kind IN ('branch', 'general_branch', 'joint_branch') AND $founded(o)
    GROUP BY o.id
  )
  GROUP BY unit
),

-- Who serves in a post: by the roster once it has begun for the unit and the post, else as declared; of declared numbers the
-- compound's own stands against those of its buildings.
post_roster (unit, post, holders, generated) AS MATERIALIZED (
  SELECT p.unit, h.post, sum($in_force(h)), max($generated(h:post_holder.post))
  FROM place p CROSS JOIN post_holder h ON h.unit = p.place
  WHERE h.valid_from IS NULL OR h.valid_from <= :as_of
  GROUP BY p.unit, h.post
),
post_declared (unit, post, holders, generated) AS MATERIALIZED (
  SELECT p.unit, d.post, coalesce(sum(d.value) FILTER (WHERE p.place = p.unit), sum(d.value)),
    max($generated(d:declared_post.value))
  FROM place p CROSS JOIN declared_post d ON d.unit = p.place
  GROUP BY p.unit, d.post
),
posts (unit, secretaries, group_leaders, building_heads, entrance_heads, floor_heads, officers, instructors, grid_workers,
    member_households, other_posts, roster, generated) AS MATERIALIZED (
  SELECT unit,
    sum(holders) FILTER (WHERE post = 'secretary'),
    sum(holders) FILTER (WHERE post = 'group_leader'),
    sum(holders) FILTER (WHERE post = 'building_head'),
    sum(holders) FILTER (WHERE post = 'entrance_head'),
    sum(holders) FILTER (WHERE post = 'floor_head'),
    sum(holders) FILTER (WHERE post IN ('health_officer', 'publicity_officer', 'culture_officer', 'mediation_officer')),
    sum(holders) FILTER (WHERE post = 'instructor'),
    sum(holders) FILTER (WHERE post = 'grid_worker'),
    sum(holders) FILTER (WHERE post = 'member_household'),
    sum(holders) FILTER (WHERE post NOT IN ('secretary', 'deputy_secretary', 'committee_member', 'group_leader', 'building_head',
      'entrance_head', 'floor_head', 'health_officer', 'publicity_officer', 'culture_officer', 'mediation_officer', 'instructor',
      'grid_worker', 'member_household')),
    sum(roster), max(generated)
  FROM (
    SELECT unit, post, holders, holders AS roster, generated FROM post_roster
    UNION ALL
    SELECT d.unit, d.post, d.holders, 0, d.generated
    FROM post_declared d LEFT JOIN post_roster r ON r.unit = d.unit AND r.post = d.post
    WHERE r.unit IS NULL
  )
  GROUP BY unit
),

-- Employers, and their members: those of the roster once it has begun, else as the employer gives them.
employed (unit, employers, members, generated) AS MATERIALIZED (
  SELECT unit, count(*), sum(iif(listed > 0, checked_in, coalesce(declared, 0))), max(generated)
  FROM (
    SELECT s.unit AS unit, e.checked_in AS declared, count(r.id) AS listed,
      sum(r.id IS NOT NULL AND $in_force(r) AND r.checked_in IS NOT NULL) AS checked_in,
      $generated(e:employer.unit) OR coalesce(max($generated(r:member.employer)),
        e.checked_in IS NOT NULL AND $generated(e:employer.checked_in)) AS generated
    FROM scope s
      CROSS JOIN employer e ON e.unit = s.unit
      LEFT JOIN member r ON r.employer = e.id AND (r.valid_from IS NULL OR r.valid_from <= :as_of)
    WHERE s.level < 4 AND $in_force(e)
    GROUP BY e.id
  )
  GROUP BY unit
),

roomed (unit, service_stations, practice_stations, spaces, generated) AS MATERIALIZED (
  SELECT p.unit, sum(x.kind = 'service_station'), sum(x.kind = 'practice_station'), count(*), max($generated(x:space.kind))
  FROM place p CROSS JOIN space x ON x.unit = p.place
  WHERE $open(x)
  GROUP BY p.unit
),

-- Grids by role, and how many of them an organisation leads that exists.
gridded (unit, total, general, micro, dedicated, led, generated) AS MATERIALIZED (
  SELECT s.unit, sum(g.role = 'total'), sum(g.role = 'general'), sum(g.role = 'micro'), sum(g.role = 'dedicated'),
    sum(o.id IS NOT NULL AND $founded(o)), max($generated(g:grid_role.role))
  FROM scope s
    CROSS JOIN grid_role g ON g.unit = s.unit
    LEFT JOIN organisation o ON o.id = g.organisation
  WHERE $in_force(g)
  GROUP BY s.unit
),

-- A count given for the compound stands; only where there is none those of its buildings are added up.
declared (unit, resident_full, resident_probationary, formal_full, formal_probationary, checked_in, settled,
    resident_generated, formal_generated, checked_generated) AS MATERIALIZED (
  SELECT p.unit,
    coalesce(sum(d.value) FILTER (WHERE d.measure = 'resident_full' AND p.place = p.unit),
      sum(d.value) FILTER (WHERE d.measure = 'resident_full')),
    coalesce(sum(d.value) FILTER (WHERE d.measure = 'resident_probationary' AND p.place = p.unit),
      sum(d.value) FILTER (WHERE d.measure = 'resident_probationary')),
    coalesce(sum(d.value) FILTER (WHERE d.measure = 'formal_full' AND p.place = p.unit),
      sum(d.value) FILTER (WHERE d.measure = 'formal_full')),
    coalesce(sum(d.value) FILTER (WHERE d.measure = 'formal_probationary' AND p.place = p.unit),
      sum(d.value) FILTER (WHERE d.measure = 'formal_probationary')),
    coalesce(sum(d.value) FILTER (WHERE d.measure = 'checked_in' AND p.place = p.unit),
      sum(d.value) FILTER (WHERE d.measure = 'checked_in')),
    CASE
      WHEN count(*) FILTER (WHERE d.measure = :basis AND p.place = p.unit) > 0
        THEN sum(d.value) FILTER (WHERE d.measure = :basis AND p.place = p.unit
          AND (d.counted_on IS NULL OR d.counted_on <= :settled_by))
      ELSE sum(d.value) FILTER (WHERE d.measure = :basis AND (d.counted_on IS NULL OR d.counted_on <= :settled_by))
    END,
    max($generated(d:declared_count.value)) FILTER (WHERE d.measure IN ('resident_full', 'resident_probationary')),
    max($generated(d:declared_count.value)) FILTER (WHERE d.measure IN ('formal_full', 'formal_probationary')),
    max($generated(d:declared_count.value)) FILTER (WHERE d.measure = 'checked_in')
  FROM place p CROSS JOIN declared_count d ON d.unit = p.place
  GROUP BY p.unit
),

-- The roster. It has begun for a unit with the first row of any stage, and then says 0 where it has nobody. Settled are those
-- who were there already when the days of grace began.
resident (unit, full, probationary, settled, generated) AS MATERIALIZED (
  SELECT p.unit, sum(r.stage = 'full' AND $in_force(r)), sum(r.stage = 'probationary' AND $in_force(r)),
    sum(r.stage = 'full' AND $in_force(r) AND (r.valid_from IS NULL OR r.valid_from <= :settled_by)),
    max($generated(r:member.residence))
  FROM place p CROSS JOIN member r ON r.residence = p.place
  WHERE r.valid_from IS NULL OR r.valid_from <= :as_of
  GROUP BY p.unit
),
formal (unit, full, probationary, settled, generated) AS MATERIALIZED (
  SELECT p.unit, sum(r.stage = 'full' AND $in_force(r) AND $founded(o)),
    sum(r.stage = 'probationary' AND $in_force(r) AND $founded(o)),
    sum(r.stage = 'full' AND $in_force(r) AND $founded(o) AND (r.valid_from IS NULL OR r.valid_from <= :settled_by)),
    max($generated(r:member.organisation))
  FROM place p
    CROSS JOIN organisation o ON o.unit = p.place
    CROSS JOIN member r ON r.organisation = o.id
  WHERE o.functional IS NOT 1 AND (r.valid_from IS NULL OR r.valid_from <= :as_of)
  GROUP BY p.unit
),
checked (unit, members, settled, generated) AS MATERIALIZED (
  SELECT p.unit, sum($in_force(r)), sum($in_force(r) AND (r.valid_from IS NULL OR r.valid_from <= :settled_by)),
    max($generated(r:member.checked_in))
  FROM place p CROSS JOIN member r ON r.checked_in = p.place
  WHERE r.valid_from IS NULL OR r.valid_from <= :as_of
  GROUP BY p.unit
),

-- The three counts, never added together; the scheme says which founds a branch. Null: not known.
people (unit, resident_full, resident_probationary, formal_full, formal_probationary, checked_in, roster, basis, settled,
    resident_generated, formal_generated, checked_generated, roster_generated, basis_generated) AS MATERIALIZED (
  SELECT unit, resident_full, resident_probationary, formal_full, formal_probationary, checked_in, roster,
    CASE :basis WHEN 'resident_full' THEN resident_full WHEN 'formal_full' THEN formal_full ELSE checked_in END,
    settled, resident_generated, formal_generated, checked_generated, roster_generated,
    CASE :basis WHEN 'resident_full' THEN resident_generated WHEN 'formal_full' THEN formal_generated ELSE checked_generated END
  FROM (
    SELECT s.unit AS unit,
      iif(r.unit IS NULL, d.resident_full, r.full) AS resident_full,
      iif(r.unit IS NULL, d.resident_probationary, r.probationary) AS resident_probationary,
      iif(f.unit IS NULL, d.formal_full, f.full) AS formal_full,
      iif(f.unit IS NULL, d.formal_probationary, f.probationary) AS formal_probationary,
      iif(k.unit IS NULL, d.checked_in, k.members) AS checked_in,
      coalesce(r.full + r.probationary, 0) + coalesce(f.full + f.probationary, 0) + coalesce(k.members, 0) AS roster,
      CASE :basis
        WHEN 'resident_full' THEN iif(r.unit IS NULL, d.settled, r.settled)
        WHEN 'formal_full' THEN iif(f.unit IS NULL, d.settled, f.settled)
        ELSE iif(k.unit IS NULL, d.settled, k.settled)
      END AS settled,
      iif(r.unit IS NULL, d.resident_generated, r.generated) AS resident_generated,
      iif(f.unit IS NULL, d.formal_generated, f.generated) AS formal_generated,
      iif(k.unit IS NULL, d.checked_generated, k.generated) AS checked_generated,
      coalesce(r.generated, 0) OR coalesce(f.generated, 0) OR coalesce(k.generated, 0) AS roster_generated
    FROM scope s
      LEFT JOIN declared d ON d.unit = s.unit
      LEFT JOIN resident r ON r.unit = s.unit
      LEFT JOIN formal f ON f.unit = s.unit
      LEFT JOIN checked k ON k.unit = s.unit
    WHERE s.level <= 3
  )
),

-- Property areas at their unit, which is no building; of each what bodies and services it has.
areas (unit, area, generated) AS MATERIALIZED (
  SELECT s.unit, a.id, $generated(a:property_area.unit)
  FROM scope s CROSS JOIN property_area a ON a.unit = s.unit
  WHERE s.level < 4 AND $in_force(a)
),
bodied (area, seated, members, committee, self_governing, cobuilding, management, legal, account, generated,
    kinds_generated, flags_generated, party_generated, dates_generated) AS MATERIALIZED (
  SELECT a.area,
    sum(CASE WHEN b.party_members IS NOT NULL THEN coalesce(b.party_in_branch_committee, 0) END),
    sum(b.party_members),
    max(b.kind = 'owners_committee'), max(b.kind = 'self_governing'), max(b.kind = 'cobuilding'), max(b.kind = 'management'),
    max(b.legal_entity IS 1), max(b.bank_account IS 1),
    max($generated(b:owners_body.property_area)),
    max($generated(b:owners_body.kind)),
    max((b.legal_entity IS NOT NULL AND $generated(b:owners_body.legal_entity))
      OR (b.bank_account IS NOT NULL AND $generated(b:owners_body.bank_account))),
    max(b.party_members IS NOT NULL
      AND ($generated(b:owners_body.party_members) OR $generated(b:owners_body.party_in_branch_committee))),
    max($date_generated(b:owners_body.founded) OR $date_generated(b:owners_body.ended))
  FROM areas a CROSS JOIN owners_body b ON b.property_area = a.area
  WHERE $standing(b)
  GROUP BY a.area
),
serviced (area, firms, services, generated) AS MATERIALIZED (
  SELECT a.area, max(e.mode = 'firm'), max(e.mode <> 'none'), max(e.mode <> 'none' AND $generated(e:property_service.mode))
  FROM areas a CROSS JOIN property_service e ON e.property_area = a.area
  WHERE $in_force(e)
  GROUP BY a.area
),
property (unit, areas, bodies, firms, services, body_seated, body_members, committees, self_governing, cobuildings, managements,
    legal, accounts, areas_generated, bodies_generated, kinds_generated, flags_generated, services_generated, cross_generated,
    dates_generated) AS MATERIALIZED (
  SELECT a.unit, count(*), count(b.area), sum(coalesce(e.firms, 0)), sum(coalesce(e.services, 0)), sum(b.seated),
    sum(b.members), sum(b.committee), sum(b.self_governing), sum(b.cobuilding), sum(b.management), sum(b.legal), sum(b.account),
    max(a.generated), max(b.generated), max(b.kinds_generated), max(b.flags_generated), max(e.generated),
    max(b.party_generated), max(b.dates_generated)
  FROM areas a LEFT JOIN bodied b ON b.area = a.area LEFT JOIN serviced e ON e.area = a.area
  GROUP BY a.unit
),

-- Property fees of the latest period that has not lapsed. What was due counts with what came in, and not without.
fees (unit, due, collected, households_due, households_paid, generated) AS MATERIALIZED (
  SELECT a.unit,
    sum(f.amount_due) FILTER (WHERE f.amount_collected IS NOT NULL),
    sum(f.amount_collected) FILTER (WHERE f.amount_due IS NOT NULL),
    sum(f.households_due) FILTER (WHERE f.households_paid IS NOT NULL),
    sum(f.households_paid) FILTER (WHERE f.households_due IS NOT NULL),
    max($generated(f:fee_collection.amount_due) OR $generated(f:fee_collection.amount_collected)
      OR $generated(f:fee_collection.households_due) OR $generated(f:fee_collection.households_paid))
  FROM areas a CROSS JOIN fee_collection f ON f.property_area = a.area
    AND f.period_end = (
      SELECT max(l.period_end)
      FROM fee_collection l
      WHERE l.property_area = a.area AND l.period_end <= :as_of AND l.period_end > :year_before
    )
  GROUP BY a.unit
),

-- Branch committee members seated in owners' bodies. A committee is counted once, however many units its branch covers: where
-- the branch is at home if there is a body, else at the first covered unit that has one. Seats in all bodies of the covered
-- units count, up to the size of the committee, which is the roster's once it names an ordinary member.
crossed (unit, seated, members, generated) AS MATERIALIZED (
  SELECT unit, sum(min(members, seated)), sum(members), max(generated)
  FROM (
    SELECT s.unit AS unit,
      (
        SELECT iif(sum(h.post = 'committee_member') > 0, sum($in_force(h)), o.committee_size)
        FROM post_holder h
        WHERE h.organisation = o.id AND h.post IN ('secretary', 'deputy_secretary', 'committee_member')
          AND (h.valid_from IS NULL OR h.valid_from <= :as_of)
      ) AS members,
      (
        SELECT coalesce(sum(b.branch_committee_seated), 0)
        FROM organisation_cover d
          CROSS JOIN unit u ON u.id = d.unit
          CROSS JOIN property_area a ON a.unit = d.unit
          CROSS JOIN owners_body b ON b.property_area = a.id
        WHERE d.organisation = o.id AND $in_force(d) AND $in_force(u) AND $in_force(a) AND $standing(b)
      ) AS seated,
      (
        SELECT iif(sum(h.post = 'committee_member') > 0, max($generated(h:post_holder.organisation)),
          $generated(o:organisation.committee_size))
        FROM post_holder h
        WHERE h.organisation = o.id AND h.post IN ('secretary', 'deputy_secretary', 'committee_member')
          AND (h.valid_from IS NULL OR h.valid_from <= :as_of)
      ) OR coalesce((
        SELECT max($generated(b:owners_body.branch_committee_seated))
        FROM organisation_cover d
          CROSS JOIN property_area a ON a.unit = d.unit
          CROSS JOIN owners_body b ON b.property_area = a.id
        WHERE d.organisation = o.id AND $in_force(d) AND $in_force(a) AND $standing(b)
      ), 0) AS generated
    FROM scope s
      CROSS JOIN organisation_cover c ON c.unit = s.unit
      CROSS JOIN organisation o ON o.id = c.organisation
    WHERE s.level = 3 AND o.kind IN ('branch', 'general_branch', 'committee', 'joint_branch') AND o.functional IS NOT 1
      AND $in_force(c) AND $founded(o)
      AND s.unit = (
        SELECT unit
        FROM (
          SELECT d.unit AS unit, d.unit <> o.unit AS away
          FROM organisation_cover d CROSS JOIN unit u ON u.id = d.unit
          WHERE d.organisation = o.id AND $in_force(d) AND $in_force(u)
            AND EXISTS (
              SELECT 1
              FROM property_area a CROSS JOIN owners_body b ON b.property_area = a.id
              WHERE a.unit = d.unit AND $in_force(a) AND $standing(b)
            )
        )
        ORDER BY away, unit
        LIMIT 1
      )
  )
  WHERE members IS NOT NULL
  GROUP BY unit
),

joined (unit, mass, resident, generated) AS MATERIALIZED (
  SELECT s.unit, max(a.kind = 'mass'), max(a.kind <> 'mass'), max($generated(a:association.unit))
  FROM scope s CROSS JOIN association a ON a.unit = s.unit
  WHERE s.level = 3 AND $standing(a)
  GROUP BY s.unit
),

exempt (unit) AS MATERIALIZED (
  SELECT DISTINCT s.unit
  FROM scope s CROSS JOIN founding_exemption e ON e.unit = s.unit
  WHERE s.level = 3 AND $decided(e)
),

-- The tally of the latest survey that still stands, of its first overall question: the bare columns are those of max's row.
surveyed (unit, latest, very_satisfied, satisfied, neutral, dissatisfied, very_dissatisfied, invalid,
    generated) AS MATERIALIZED (
  SELECT s.unit, max(v.closed || printf('%019d%019d', v.id, 9223372036854775807 - q.id)),
    t.very_satisfied, t.satisfied, t.neutral, t.dissatisfied, t.very_dissatisfied, t.invalid,
    $generated(t:survey_tally.very_satisfied) OR $generated(t:survey_tally.satisfied) OR $generated(t:survey_tally.neutral)
      OR $generated(t:survey_tally.dissatisfied) OR $generated(t:survey_tally.very_dissatisfied)
  FROM scope s
    CROSS JOIN survey_tally t ON t.unit = s.unit
    CROSS JOIN survey_question q ON q.id = t.question
    CROSS JOIN survey v ON v.id = q.survey
  WHERE q.overall = 1 AND v.closed <= :as_of AND v.closed > :survey_after
  GROUP BY s.unit
),

-- Items of the scheme's checklists: of each the latest state counts. Every item of a list that is ticked has its slot, the lists one
-- after the other.
slots (slot, list, checklist, item) AS MATERIALIZED (
  SELECT e.key + 1, e.value ->> 0, e.value ->> 1, e.value ->> 2 FROM json_each(:slots) e
),
ticked (unit, checklist, item, latest, done, score, generated) AS MATERIALIZED (
  SELECT s.unit, k.checklist, k.item, max(coalesce(k.assessed, '0000-00-00') || printf('%019d', k.id)), k.state = 'done', k.score,
    $generated(k:checklist_state.state)
  FROM scope s CROSS JOIN checklist_state k ON k.unit = s.unit
  WHERE s.level = 3 AND (k.assessed IS NULL OR k.assessed <= :as_of)
    AND (k.checklist IS :scored OR k.checklist IN (SELECT checklist FROM slots))
  GROUP BY s.unit, k.checklist, k.item
),
checklists (unit, item_1, item_2, item_3, item_4, item_5, item_6, item_7, item_8, item_9, item_10, item_11, item_12,
    item_13, item_14, item_15, item_16, item_17, item_18, item_19, item_20, item_21, item_22, item_23, item_24,
    done_1, done_2, done_3, done_4, points, scored, generated) AS MATERIALIZED (
  SELECT k.unit,
    max(k.done) FILTER (WHERE i.slot = 1),
    max(k.done) FILTER (WHERE i.slot = 2),
    max(k.done) FILTER (WHERE i.slot = 3),
    max(k.done) FILTER (WHERE i.slot = 4),
    max(k.done) FILTER (WHERE i.slot = 5),
    max(k.done) FILTER (WHERE i.slot = 6),
    max(k.done) FILTER (WHERE i.slot = 7),
    max(k.done) FILTER (WHERE i.slot = 8),
    max(k.done) FILTER (WHERE i.slot = 9),
    max(k.done) FILTER (WHERE i.slot = 10),
    max(k.done) FILTER (WHERE i.slot = 11),
    max(k.done) FILTER (WHERE i.slot = 12),
    max(k.done) FILTER (WHERE i.slot = 13),
    max(k.done) FILTER (WHERE i.slot = 14),
    max(k.done) FILTER (WHERE i.slot = 15),
    max(k.done) FILTER (WHERE i.slot = 16),
    max(k.done) FILTER (WHERE i.slot = 17),
    max(k.done) FILTER (WHERE i.slot = 18),
    max(k.done) FILTER (WHERE i.slot = 19),
    max(k.done) FILTER (WHERE i.slot = 20),
    max(k.done) FILTER (WHERE i.slot = 21),
    max(k.done) FILTER (WHERE i.slot = 22),
    max(k.done) FILTER (WHERE i.slot = 23),
    max(k.done) FILTER (WHERE i.slot = 24),
    sum(k.done) FILTER (WHERE i.list = 1),
    sum(k.done) FILTER (WHERE i.list = 2),
    sum(k.done) FILTER (WHERE i.list = 3),
    sum(k.done) FILTER (WHERE i.list = 4),
    sum(k.score) FILTER (WHERE k.checklist = :scored),
    max(k.score IS NOT NULL) FILTER (WHERE k.checklist = :scored),
    max(k.generated)
  FROM ticked k LEFT JOIN slots i ON i.checklist = k.checklist AND i.item = k.item
  GROUP BY k.unit
),

-- Tickets of the period: raised in it, due in it, verified in it; a reopened one is the same ticket, and open until it is
-- closed again. Steps of a day follow in their own order.
tickets (unit, raised, responded, due, closed_on_time, open, overdue, verified, solved, rated, satisfied,
    generated) AS MATERIALIZED (
  SELECT p.unit,
    sum(t.raised >= :from),
    sum(t.raised >= :from AND EXISTS (
      SELECT 1 FROM ticket_event e WHERE e.ticket = t.id AND e.kind = 'respond' AND e.day <= :as_of)),
    sum(t.deadline BETWEEN :from AND :as_of),
    sum(t.deadline BETWEEN :from AND :as_of AND x.kind IS 'close' AND x.day <= t.deadline),
    sum(x.kind IS NOT 'close'),
    sum(x.kind IS NOT 'close' AND t.deadline <= :as_of),
    sum(v.kind IS 'verify' AND v.day >= :from AND v.solved IS NOT NULL),
    sum(v.kind IS 'verify' AND v.day >= :from AND v.solved IS 1),
    sum(v.kind IS 'verify' AND v.day >= :from AND v.satisfied IS NOT NULL),
    sum(v.kind IS 'verify' AND v.day >= :from AND v.satisfied IS 1),
    max($generated(t:ticket.raised) OR coalesce($generated(x:ticket_event.day), 0) OR coalesce($generated(v:ticket_event.day), 0))
  FROM place p
    CROSS JOIN ticket t ON t.unit = p.place
    LEFT JOIN ticket_event x ON x.id = (
      SELECT e.id
      FROM ticket_event e
      WHERE e.ticket = t.id AND e.kind IN ('close', 'reopen') AND e.day <= :as_of
      ORDER BY e.day DESC, e.ordinal DESC, e.id DESC
      LIMIT 1
    )
    LEFT JOIN ticket_event v ON v.id = (
      SELECT e.id
      FROM ticket_event e
      WHERE e.ticket = t.id AND e.kind IN ('verify', 'reopen') AND e.day <= :as_of
      ORDER BY e.day DESC, e.ordinal DESC, e.id DESC
      LIMIT 1
    )
  WHERE t.raised <= :as_of
  GROUP BY p.unit
),
disputes (unit, raised, resolved, generated) AS MATERIALIZED (
  SELECT p.unit, count(*), sum(d.resolved IS NOT NULL AND d.resolved <= :as_of), max($generated(d:contradiction.raised))
  FROM place p CROSS JOIN contradiction d ON d.unit = p.place
  WHERE d.raised <= :as_of
  GROUP BY p.unit
),
petitioned (unit, batches, people, generated) AS MATERIALIZED (
  SELECT p.unit, sum(n.batches), sum(n.people),
    max($generated(n:petition_count.batches) OR (n.people IS NOT NULL AND $generated(n:petition_count.people)))
  FROM place p CROSS JOIN petition_count n ON n.unit = p.place
  WHERE n.period_end BETWEEN :from AND :as_of
  GROUP BY p.unit
),
consulted (unit, held, resolved, at_street, at_community, at_compound, at_building, joint, assembly, concluded, people, generated,
    kinds_generated) AS MATERIALIZED (
  SELECT p.unit, count(*), sum(n.resolved IS NOT NULL AND n.resolved <= :as_of),
    sum(n.level IS 'street'), sum(n.level IS 'community'), sum(n.level IS 'compound'), sum(n.level IS 'building'),
    sum(n.form = 'joint_meeting'), sum(n.form = 'assembly'), sum(trim(n.outcome) <> ''), sum(n.attendance),
    max($generated(n:consultation.held)),
    max($generated(n:consultation.held) OR $generated(n:consultation.form)
      OR (n.level IS NOT NULL AND $generated(n:consultation.level))
      OR (n.outcome IS NOT NULL AND $generated(n:consultation.outcome))
      OR (n.attendance IS NOT NULL AND $generated(n:consultation.attendance)))
  FROM place p CROSS JOIN consultation n ON n.unit = p.place
  WHERE n.held BETWEEN :from AND :as_of
  GROUP BY p.unit
),

-- Projects begun by the day, and their money in whole yuan.
projected (unit, started, finished, funds, residents, firm, higher, matched, employers, other, generated) AS MATERIALIZED (
  SELECT p.unit, count(*), sum(j.finished IS NOT NULL AND j.finished <= :as_of),
    (sum((SELECT sum(m.amount) FROM project_funding m WHERE m.project = j.id)) + 50) / 100,
    (sum((SELECT sum(m.amount) FROM project_funding m WHERE m.project = j.id AND m.source = 'residents')) + 50) / 100,
    (sum((SELECT sum(m.amount) FROM project_funding m WHERE m.project = j.id AND m.source = 'firm')) + 50) / 100,
    (sum((SELECT sum(m.amount) FROM project_funding m WHERE m.project = j.id AND m.source = 'higher')) + 50) / 100,
    (sum((SELECT sum(m.amount) FROM project_funding m WHERE m.project = j.id AND m.source = 'matched')) + 50) / 100,
    (sum((SELECT sum(m.amount) FROM project_funding m WHERE m.project = j.id AND m.source = 'employers')) + 50) / 100,
    (sum((SELECT sum(m.amount) FROM project_funding m WHERE m.project = j.id AND m.source = 'other')) + 50) / 100,
    max($generated(j:project.name)
      OR coalesce((SELECT max($generated(m:project_funding.amount)) FROM project_funding m WHERE m.project = j.id), 0))
  FROM place p CROSS JOIN project j ON j.unit = p.place
  WHERE j.started IS NULL OR j.started <= :as_of
  GROUP BY p.unit
),
earned (unit, income, spent, generated) AS MATERIALIZED (
  SELECT p.unit, (sum(n.income) + 50) / 100, (sum(n.spent) + 50) / 100,
    max((n.income IS NOT NULL AND $generated(n:public_income.income))
      OR (n.spent IS NOT NULL AND $generated(n:public_income.spent)))
  FROM place p CROSS JOIN public_income n ON n.unit = p.place
  WHERE n.period_end BETWEEN :from AND :as_of
  GROUP BY p.unit
),
pointed (unit, accounts, earned, redeemed, generated) AS MATERIALIZED (
  SELECT unit, sum(open), sum(earned), sum(redeemed), max(generated)
  FROM (
    SELECT p.unit AS unit, $open(n) AS open,
      sum(iif(l.kind = 'earned', l.points, 0)) AS earned, sum(iif(l.kind = 'redeemed', l.points, 0)) AS redeemed,
      $generated(n:points_account.label) OR coalesce(max($generated(l:points_entry.points)), 0) AS generated
    FROM place p
      CROSS JOIN points_account n ON n.unit = p.place
      LEFT JOIN points_entry l ON l.account = n.id AND l.day BETWEEN :from AND :as_of
    GROUP BY n.id
  )
  GROUP BY unit
),
paired (unit, generated) AS MATERIALIZED (
  SELECT s.unit, max($generated(n:pairing.unit))
  FROM scope s CROSS JOIN pairing n ON n.unit = s.unit
  WHERE s.level = 3 AND $in_force(n)
  GROUP BY s.unit
),

-- Mass organisations and residents' groups by kind.
associated (unit, mass, resident, volunteer, supervision, people, generated) AS MATERIALIZED (
  SELECT p.unit, sum(a.kind = 'mass'), sum(a.kind = 'resident'), sum(a.kind = 'volunteer'), sum(a.kind = 'supervision'),
    sum(a.headcount),
    max($generated(a:association.kind) OR (a.headcount IS NOT NULL AND $generated(a:association.headcount)))
  FROM place p CROSS JOIN association a ON a.unit = p.place
  WHERE $standing(a)
  GROUP BY p.unit
),

-- The Party members of the roster, each once: where checked in, else at home, else where the organisation is.
listed (unit, member, category, post, checked_in, valid_from, valid_to, origins) AS MATERIALIZED (
  SELECT p.unit, r.id, r.category, r.post, r.checked_in, r.valid_from, r.valid_to, r.origins
  FROM place p CROSS JOIN member r ON r.checked_in = p.place
  UNION ALL
  SELECT p.unit, r.id, r.category, r.post, r.checked_in, r.valid_from, r.valid_to, r.origins
  FROM place p CROSS JOIN member r ON r.residence = p.place
  WHERE r.checked_in IS NULL
  UNION ALL
  SELECT p.unit, r.id, r.category, r.post, r.checked_in, r.valid_from, r.valid_to, r.origins
  FROM place p CROSS JOIN organisation o ON o.unit = p.place CROSS JOIN member r ON r.organisation = o.id
  WHERE r.checked_in IS NULL AND r.residence IS NULL
),
enrolled (unit, in_service, retired, resident, floating, other, posted, generated) AS MATERIALIZED (
  SELECT r.unit, sum(r.category IS 'in_service'), sum(r.category IS 'retired'), sum(r.category IS 'resident'),
    sum(r.category IS 'floating'), sum(r.category IS 'other'), sum(r.checked_in IS NOT NULL AND trim(r.post) <> ''),
    max((r.category IS NOT NULL AND $generated(r:member.category)) OR (r.post IS NOT NULL AND $generated(r:member.post)))
  FROM listed r
  WHERE $in_force(r)
  GROUP BY r.unit
),

-- Appraisals of the last year that is over by the day; of several of one member and year the one entered last.
appraised (unit, appraisals, excellent, qualified, basic, unqualified, fed_back, counted, generated) AS MATERIALIZED (
  SELECT r.unit, count(*), sum(a.grade IS 'excellent'), sum(a.grade IS 'qualified'), sum(a.grade IS 'basic'),
    sum(a.grade IS 'unqualified'), sum(a.fed_back IS NOT NULL AND a.fed_back <= :as_of), sum(a.employer_counted IS 1),
    max($generated(a:appraisal.year) OR (a.grade IS NOT NULL AND $generated(a:appraisal.grade))
      OR (a.fed_back IS NOT NULL AND $generated(a:appraisal.fed_back))
      OR (a.employer_counted IS NOT NULL AND $generated(a:appraisal.employer_counted)))
  FROM listed r CROSS JOIN appraisal a ON a.member = r.member
  WHERE a.year || '-12-31' <= :as_of AND a.year || '-12-31' > :year_before
    AND NOT EXISTS (SELECT 1 FROM appraisal b WHERE b.member = a.member AND b.year = a.year AND b.id > a.id)
  GROUP BY r.unit
),

-- Secretaries by background and by how they came: by the one in office of the roster, else as the organisation gives it.
headed (unit, retired_cadre, body_member, manager, five_elders, other, by_self, by_members, by_firm, by_community, by_street,
    generated) AS MATERIALIZED (
  SELECT unit,
    sum(background IS 'retired_cadre'), sum(background IS 'body_member'), sum(background IS 'manager'),
    sum(background IS 'five_elders'), sum(background IS 'other'),
    sum(path IS 'self'), sum(path IS 'members'), sum(path IS 'firm'), sum(path IS 'community'), sum(path IS 'street'),
    max(generated)
  FROM (
    SELECT s.unit AS unit, coalesce(h.background, o.secretary_background) AS background,
      coalesce(h.path, o.secretary_path) AS path,
      iif(h.background IS NULL, o.secretary_background IS NOT NULL AND $generated(o:organisation.secretary_background),
        $generated(h:post_holder.background))
      OR iif(h.path IS NULL, o.secretary_path IS NOT NULL AND $generated(o:organisation.secretary_path),
        $generated(h:post_holder.path)) AS generated
    FROM scope s
      CROSS JOIN organisation o ON o.unit = s.unit
      LEFT JOIN post_holder h ON h.id = (
        SELECT max(x.id) FROM post_holder x WHERE x.organisation = o.id AND x.post = 'secretary' AND $in_force(x)
      )
    WHERE o.kind NOT IN ('group', 'big_committee') AND $founded(o)
  )
  GROUP BY unit
),
seated (unit, seats, generated) AS MATERIALIZED (
  SELECT s.unit, count(*), max($generated(m:big_committee_member.kind))
  FROM scope s
    CROSS JOIN organisation o ON o.unit = s.unit
    CROSS JOIN big_committee_member m ON m.organisation = o.id
  WHERE o.kind = 'big_committee' AND $founded(o) AND $in_force(m)
  GROUP BY s.unit
),

-- Approvals given in the period; that of the founding may stand on the organisation itself.
approved (unit, approvals, founding, elections, mergers, generated) AS MATERIALIZED (
  SELECT unit, count(*), sum(event = 'founding'), sum(event IN ('election', 'by_election')), sum(event = 'merger'), max(generated)
  FROM (
    SELECT s.unit AS unit, a.event AS event, $generated(a:approval.event) OR $generated(a:approval.decided) AS generated
    FROM scope s CROSS JOIN organisation o ON o.unit = s.unit CROSS JOIN approval a ON a.organisation = o.id
    WHERE a.decided BETWEEN :from AND :as_of
    UNION ALL
    SELECT s.unit, 'founding', $generated(o:organisation.approval_date)
    FROM scope s CROSS JOIN organisation o ON o.unit = s.unit
    WHERE o.approval_date BETWEEN :from AND :as_of
      AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.organisation = o.id AND a.event = 'founding')
  )
  GROUP BY unit
),

-- What happened in the period with the owners' bodies of the property areas in force.
happened (unit, events, elections, filings, generated) AS MATERIALIZED (
  SELECT a.unit, count(*), sum(e.event IN ('election', 're_election', 'by_election')), sum(e.event = 'filing'),
    max($generated(e:body_event.event) OR $generated(e:body_event.held))
  FROM areas a CROSS JOIN owners_body b ON b.property_area = a.area CROSS JOIN body_event e ON e.owners_body = b.id
  WHERE e.held BETWEEN :from AND :as_of
  GROUP BY a.unit
),

-- Owners' votes of the period, counted as xq-owner-vote.c does: how many owners and how much area there are is what the vote
-- says, else its property area, else its buildings together. A vote whose numbers do not fit is held and not counted.
ballots (unit, special, heads, area, taking_heads, taking_area, for_heads, for_area, generated) AS MATERIALIZED (
  SELECT a.unit, v.matter = 'special',
    coalesce(nullif(v.heads, 0), nullif(g.heads, 0), sum(b.heads), 0),
    coalesce(nullif(v.area, 0), nullif(coalesce(g.owned_area, 100 * g.floor_area), 0), sum(b.area), 0),
    coalesce(sum(b.taking_heads), 0), coalesce(sum(b.taking_area), 0), coalesce(sum(b.for_heads), 0), coalesce(sum(b.for_area), 0),
    $generated(v:owner_vote.topic) OR coalesce(max($generated(b:vote_building.taking_heads) OR $generated(b:vote_building.for_heads)
      OR $generated(b:vote_building.taking_area) OR $generated(b:vote_building.for_area)), 0)
  FROM areas a
    CROSS JOIN property_area g ON g.id = a.area
    CROSS JOIN owner_vote v ON v.property_area = a.area
    LEFT JOIN vote_building b ON b.vote = v.id
  WHERE v.held BETWEEN :from AND :as_of
  GROUP BY v.id
),
voted (unit, held, counted, carried, too_few, generated) AS MATERIALIZED (
  SELECT unit, count(*), sum(sound), sum(sound AND enough AND agreed), sum(sound AND NOT enough), max(generated)
  FROM (
    SELECT unit, generated,
      heads > 0 AND area > 0 AND taking_heads <= heads AND taking_area <= area AND for_heads <= taking_heads
        AND for_area <= taking_area AND heads <= 1000000000000000 AND area <= 1000000000000000 AS sound,
      3 * taking_heads >= 2 * heads AND 3 * taking_area >= 2 * area AS enough,
      iif(special, 4 * for_heads >= 3 * taking_heads AND 4 * for_area >= 3 * taking_area,
        2 * for_heads > taking_heads AND 2 * for_area > taking_area) AS agreed
    FROM ballots
  )
  GROUP BY unit
),
polled (unit, polls, ballots, generated) AS MATERIALIZED (
  SELECT p.unit, count(*), sum(n.ballots),
    max($generated(n:poll.closed) OR (n.ballots IS NOT NULL AND $generated(n:poll.ballots)))
  FROM place p CROSS JOIN poll n ON n.unit = p.place
  WHERE n.closed BETWEEN :from AND :as_of
  GROUP BY p.unit
),
questioned (unit, surveys, generated) AS MATERIALIZED (
  SELECT p.unit, count(*), max($generated(v:survey.closed))
  FROM place p CROSS JOIN survey v ON v.unit = p.place
  WHERE v.closed BETWEEN :from AND :as_of
  GROUP BY p.unit
),
pairs (unit, pairings, departments, employers, generated) AS MATERIALIZED (
  SELECT p.unit, count(*), sum(n.department IS NOT NULL), sum(n.employer IS NOT NULL), max($generated(n:pairing.unit))
  FROM place p CROSS JOIN pairing n ON n.unit = p.place
  WHERE $in_force(n)
  GROUP BY p.unit
),
officed (unit, departments, generated) AS MATERIALIZED (
  SELECT s.unit, count(*), max($generated(d:department.name))
  FROM scope s CROSS JOIN department d ON d.unit = s.unit
  WHERE s.level < 4 AND $in_force(d)
  GROUP BY s.unit
),
-- An award is no activity.
active (unit, activities, days, volunteer, neighbour, people, awards, generated) AS MATERIALIZED (
  SELECT p.unit, sum(n.kind <> 'award'), sum(n.kind = 'activity_day'), sum(n.kind = 'volunteer'), sum(n.kind = 'neighbour'),
    sum(iif(n.kind <> 'award', n.attendance, 0)), sum(n.kind = 'award'),
    max($generated(n:activity.kind) OR $generated(n:activity.held)
      OR (n.attendance IS NOT NULL AND $generated(n:activity.attendance)))
  FROM place p CROSS JOIN activity n ON n.unit = p.place
  WHERE n.held BETWEEN :from AND :as_of
  GROUP BY p.unit
),
-- What a community has said of its data of the period; the word given last counts.
confirmed (unit, confirmed, unchanged, latest, generated) AS MATERIALIZED (
  SELECT s.unit, 1, n.kind = 'no_change', max(n.id), $generated(n:confirmation.kind)
  FROM scope s CROSS JOIN confirmation n ON n.unit = s.unit
  WHERE s.level = 2 AND n.period = :period
  GROUP BY s.unit
),

-- What its buildings account for of a compound's households and residents.
below (unit, households, residents) AS MATERIALIZED (
  SELECT s.unit, sum(e.households), sum(e.residents)
  FROM scope s CROSS JOIN unit u ON u.parent = s.unit CROSS JOIN building e ON e.unit = u.id
  WHERE s.level = 3 AND $in_force(u)
  GROUP BY s.unit
),

-- The old compounds a unit is made of, back to those that come from none. Where one was split it is counted once: with itself
-- where it goes on (lineage to itself of that day), else with the successor that has the greatest share (the first of equals).
-- What a unit took in later does not make it any less one of its own.
roots (unit, ancestor) AS (
  SELECT unit, unit FROM scope WHERE level = 3
  UNION
  SELECT r.unit, l.predecessor
  FROM roots r CROSS JOIN lineage l ON l.successor = r.ancestor
  WHERE l.effective <= :as_of AND l.predecessor <> l.successor
    AND NOT EXISTS (
      SELECT 1
      FROM lineage m
      WHERE m.predecessor = l.predecessor AND m.effective <= :as_of
        AND CASE
          WHEN m.successor = m.predecessor THEN m.effective = l.effective
          ELSE m.share_numerator * l.share_denominator > l.share_numerator * m.share_denominator
            OR (m.share_numerator * l.share_denominator = l.share_numerator * m.share_denominator AND m.successor < l.successor)
        END
    )
),
descent (unit, originals, predecessors, generated) AS MATERIALIZED (
  SELECT r.unit,
    sum(NOT EXISTS (
      SELECT 1
      FROM lineage l
      WHERE l.successor = r.ancestor AND l.predecessor <> l.successor AND l.effective <= :as_of
        AND NOT EXISTS (
          SELECT 1
          FROM lineage i
          WHERE i.predecessor = r.ancestor AND i.successor = r.ancestor AND i.effective = l.effective
        )
    )),
    (SELECT count(DISTINCT l.predecessor) FROM lineage l WHERE l.successor = r.unit AND l.effective <= :as_of),
    (SELECT max($generated(l:lineage.predecessor)) FROM lineage l WHERE l.successor = r.unit AND l.effective <= :as_of)
  FROM roots r
  GROUP BY r.unit
),

-- The plan: of each unit the target with the next due day, else the last. A target stands for all below its unit; the targets
-- of units below are parts of it, and its own part is what they leave.
planned (unit, parent) AS MATERIALIZED (
  SELECT DISTINCT g.unit, u.parent
  FROM (SELECT DISTINCT district FROM scope) q
    CROSS JOIN target g ON g.district = q.district AND g.indicator = :plan
    CROSS JOIN unit u ON u.id = g.unit
  WHERE $in_force(u)
),
asked (unit, value, generated) AS MATERIALIZED (
  SELECT q.unit, g.value, $generated(g:target.value)
  FROM planned q
    CROSS JOIN target g ON g.id = (
      SELECT x.id
      FROM target x
      WHERE x.unit = q.unit AND x.indicator = :plan
      ORDER BY x.due < :as_of, iif(x.due < :as_of, NULL, x.due), x.due DESC, x.id
      LIMIT 1
    )
),
holder (unit, at) AS (
  SELECT unit, parent FROM planned
  UNION
  SELECT h.unit, u.parent FROM holder h CROSS JOIN unit u ON u.id = h.at WHERE h.at NOT IN (SELECT unit FROM planned)
),
held (unit, value) AS MATERIALIZED (
  SELECT h.at, sum(q.value)
  FROM holder h CROSS JOIN asked q ON q.unit = h.unit
  WHERE h.at IN (SELECT unit FROM planned)
  GROUP BY h.at
),
due (unit, value, below, generated) AS MATERIALIZED (
  SELECT q.unit, q.value, w.value, q.generated FROM asked q LEFT JOIN held w ON w.unit = q.unit
)

SELECT $columns
FROM scope s
  LEFT JOIN compound c ON s.level = 3 AND c.unit = s.unit
  LEFT JOIN below b ON b.unit = s.unit
  LEFT JOIN people m ON m.unit = s.unit
  LEFT JOIN cover v ON v.unit = s.unit
  LEFT JOIN contacted k ON k.unit = s.unit
  LEFT JOIN homes o ON o.unit = s.unit
  LEFT JOIN property p ON p.unit = s.unit
  LEFT JOIN crossed i ON i.unit = s.unit
  LEFT JOIN joined a ON a.unit = s.unit
  LEFT JOIN exempt x ON x.unit = s.unit
  LEFT JOIN surveyed y ON y.unit = s.unit
  LEFT JOIN descent l ON l.unit = s.unit
  LEFT JOIN due t ON t.unit = s.unit
  LEFT JOIN committees e ON e.unit = s.unit
  LEFT JOIN posts w ON w.unit = s.unit
  LEFT JOIN employed j ON j.unit = s.unit
  LEFT JOIN roomed sp ON sp.unit = s.unit
  LEFT JOIN gridded g ON g.unit = s.unit
  LEFT JOIN checklists ck ON ck.unit = s.unit
  LEFT JOIN fees fe ON fe.unit = s.unit
  LEFT JOIN tickets ti ON ti.unit = s.unit
  LEFT JOIN disputes cd ON cd.unit = s.unit
  LEFT JOIN petitioned pe ON pe.unit = s.unit
  LEFT JOIN consulted co ON co.unit = s.unit
  LEFT JOIN projected pj ON pj.unit = s.unit
  LEFT JOIN earned pi ON pi.unit = s.unit
  LEFT JOIN pointed po ON po.unit = s.unit
  LEFT JOIN paired pa ON pa.unit = s.unit
  LEFT JOIN associated an ON an.unit = s.unit
  LEFT JOIN enrolled en ON en.unit = s.unit
  LEFT JOIN appraised ap ON ap.unit = s.unit
  LEFT JOIN headed he ON he.unit = s.unit
  LEFT JOIN seated se ON se.unit = s.unit
  LEFT JOIN approved av ON av.unit = s.unit
  LEFT JOIN happened be ON be.unit = s.unit
  LEFT JOIN voted vo ON vo.unit = s.unit
  LEFT JOIN polled pl ON pl.unit = s.unit
  LEFT JOIN questioned su ON su.unit = s.unit
  LEFT JOIN pairs pr ON pr.unit = s.unit
  LEFT JOIN officed de ON de.unit = s.unit
  LEFT JOIN active ac ON ac.unit = s.unit
  LEFT JOIN confirmed cf ON cf.unit = s.unit
WHERE s.level < 4

-- Buildings are most of the units and have little of their own: they are joined with that only.
UNION ALL
SELECT $building_columns
FROM scope s
  LEFT JOIN building h ON h.unit = s.unit
  LEFT JOIN homes o ON o.unit = s.unit
  LEFT JOIN surveyed y ON y.unit = s.unit
  LEFT JOIN due t ON t.unit = s.unit
  LEFT JOIN committees e ON e.unit = s.unit
  LEFT JOIN gridded g ON g.unit = s.unit
  LEFT JOIN headed he ON he.unit = s.unit
  LEFT JOIN seated se ON se.unit = s.unit
  LEFT JOIN approved av ON av.unit = s.unit
WHERE s.level = 4
