-- The third version: drawing units anew. Base units with their shapes, roads and rivers, scenarios. Buildings and property areas know
-- the base unit they stand in: both tables are made anew, rows, ids and origins are kept. References are looked at when all is done.

PRAGMA defer_foreign_keys = ON;

-- What a re-draw never splits: a physical compound, of which a governance unit (a unit of the compound level) holds one or more.
CREATE TABLE base_unit (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),          -- that holds it now
  name TEXT NOT NULL CHECK (name <> ''),
  code TEXT,
  former INTEGER REFERENCES unit (id),                 -- that it was by itself until a re-draw
  households INTEGER CHECK (households BETWEEN 0 AND 1000000),
  residents INTEGER CHECK (residents BETWEEN 0 AND 10000000),
  resident_full INTEGER CHECK (resident_full BETWEEN 0 AND 1000000),
  formal_full INTEGER CHECK (formal_full BETWEEN 0 AND 1000000),
  checked_in INTEGER CHECK (checked_in BETWEEN 0 AND 1000000),
  shape TEXT,                                          -- GeoJSON geometry, degrees (RFC 7946), nothing between its tokens
  note TEXT,
  origins INTEGER NOT NULL
) STRICT;

-- Neighbours made or cut by hand, for all scenarios.
CREATE TABLE base_link (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  base INTEGER NOT NULL REFERENCES base_unit (id),
  other INTEGER NOT NULL REFERENCES base_unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('link', 'cut')),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE map_way (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('road', 'river', 'railway', 'other')),
  name TEXT,
  barrier INTEGER CHECK (barrier IN (0, 1)),
  breadth INTEGER CHECK (breadth BETWEEN 0 AND 10000),
  shape TEXT NOT NULL CHECK (shape <> ''),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE plan_scenario (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),          -- the scope
  name TEXT NOT NULL CHECK (name <> ''),
  stage TEXT CHECK (stage IN ('survey', 'street_review', 'consultation', 'approved', 'in_force', 'withdrawn')),
  decider TEXT,
  decided TEXT CHECK (decided GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  effective TEXT CHECK (effective GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  source TEXT CHECK (source IN ('today', 'proposal', 'copy', 'file', 'sample')),
  goal TEXT CHECK (goal IN ('most_units', 'balance', 'least_change')),
  members_floor INTEGER CHECK (members_floor BETWEEN 0 AND 1000000),
  households_min INTEGER CHECK (households_min BETWEEN 0 AND 1000000),
  households_max INTEGER CHECK (households_max BETWEEN 0 AND 1000000),
  contact_units INTEGER CHECK (contact_units BETWEEN 0 AND 1000000),
  max_base INTEGER CHECK (max_base BETWEEN 0 AND 1000000),
  target_households INTEGER CHECK (target_households BETWEEN 0 AND 1000000),
  contiguous INTEGER CHECK (contiguous IN (0, 1)),
  barriers INTEGER CHECK (barriers IN (0, 1)),
  locks INTEGER CHECK (locks IN (0, 1)),
  property_areas INTEGER CHECK (property_areas IN (0, 1)),
  containment TEXT CHECK (containment IN ('none', 'community', 'street')),
  adjacency TEXT CHECK (adjacency IN ('rook', 'queen', 'gap')),
  gap INTEGER CHECK (gap BETWEEN 0 AND 10000),
  seed INTEGER CHECK (seed BETWEEN 0 AND 1000000000000),
  status TEXT CHECK (status IN ('optimal', 'feasible', 'infeasible', 'broken')),
  proven INTEGER CHECK (proven BETWEEN 0 AND 7),
  value INTEGER CHECK (value BETWEEN 0 AND 1000000000000),
  bound INTEGER CHECK (bound BETWEEN 0 AND 1000000000000),
  unable_bound INTEGER CHECK (unable_bound BETWEEN 0 AND 1000000),
  note TEXT,
  created TEXT CHECK (created GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE plan_unit (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  scenario INTEGER NOT NULL REFERENCES plan_scenario (id),
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 1000000),
  name TEXT,
  code TEXT,
  locked INTEGER CHECK (locked IN (0, 1)),
  continues INTEGER REFERENCES unit (id),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE plan_place (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  scenario INTEGER NOT NULL REFERENCES plan_scenario (id),
  base INTEGER NOT NULL REFERENCES base_unit (id),
  plan_unit INTEGER NOT NULL REFERENCES plan_unit (id),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE plan_pair (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  scenario INTEGER NOT NULL REFERENCES plan_scenario (id),
  base INTEGER NOT NULL REFERENCES base_unit (id),
  other INTEGER NOT NULL REFERENCES base_unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('together', 'apart')),
  origins INTEGER NOT NULL
) STRICT;

-- Rows of one re-draw of many units into many share a number: they happen at once, not one after the other.
CREATE TEMP TABLE kept AS SELECT * FROM lineage;
DROP TABLE lineage;
CREATE TABLE lineage (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  predecessor INTEGER NOT NULL REFERENCES unit (id),
  successor INTEGER NOT NULL REFERENCES unit (id),
  share_numerator INTEGER NOT NULL CHECK (share_numerator BETWEEN 1 AND 1000000000),
  share_denominator INTEGER NOT NULL CHECK (share_denominator BETWEEN 1 AND 1000000000),
  effective TEXT NOT NULL CHECK (effective GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  redraw INTEGER CHECK (redraw BETWEEN 1 AND 1000000),
  origins INTEGER NOT NULL
) STRICT;
INSERT INTO lineage (id, district, predecessor, successor, share_numerator, share_denominator, effective, origins)
  SELECT id, district, predecessor, successor, share_numerator, share_denominator, effective, origins FROM temp.kept;
DROP TABLE temp.kept;

CREATE TEMP TABLE kept AS SELECT * FROM building;
DROP TABLE building;
CREATE TABLE building (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  floors INTEGER CHECK (floors BETWEEN 1 AND 200),
  entrances INTEGER CHECK (entrances BETWEEN 0 AND 200),
  households INTEGER CHECK (households BETWEEN 0 AND 1000000),
  residents INTEGER CHECK (residents BETWEEN 0 AND 10000000),
  built_year INTEGER CHECK (built_year BETWEEN 1840 AND 2100),
  base INTEGER REFERENCES base_unit (id),
  origins INTEGER NOT NULL,
  UNIQUE (unit)
) STRICT;
INSERT INTO building (id, district, unit, floors, entrances, households, residents, built_year, origins)
  SELECT id, district, unit, floors, entrances, households, residents, built_year, origins FROM temp.kept;
DROP TABLE temp.kept;

CREATE TEMP TABLE kept AS SELECT * FROM property_area;
DROP TABLE property_area;
CREATE TABLE property_area (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL CHECK (name <> ''),
  floor_area INTEGER CHECK (floor_area BETWEEN 0 AND 1000000000),
  heads INTEGER CHECK (heads BETWEEN 0 AND 1000000),
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  owned_area INTEGER CHECK (owned_area BETWEEN 0 AND 100000000000),
  maintenance_fund INTEGER CHECK (maintenance_fund BETWEEN 0 AND 1000000000000),
  base INTEGER REFERENCES base_unit (id),
  origins INTEGER NOT NULL
) STRICT;
INSERT INTO property_area (id, district, unit, name, floor_area, heads, valid_from, valid_to, owned_area, maintenance_fund, origins)
  SELECT id, district, unit, name, floor_area, heads, valid_from, valid_to, owned_area, maintenance_fund, origins FROM temp.kept;
DROP TABLE temp.kept;

CREATE INDEX lineage_predecessor ON lineage (predecessor);
CREATE INDEX lineage_successor ON lineage (successor);
CREATE INDEX lineage_effective ON lineage (district, effective);
CREATE INDEX base_unit_unit ON base_unit (unit);
CREATE INDEX base_unit_former ON base_unit (former);
CREATE INDEX base_link_base ON base_link (base);
CREATE INDEX base_link_other ON base_link (other);
CREATE INDEX map_way_unit ON map_way (unit);
CREATE INDEX plan_scenario_unit ON plan_scenario (unit);
CREATE INDEX plan_unit_scenario ON plan_unit (scenario);
CREATE INDEX plan_unit_continues ON plan_unit (continues);
CREATE INDEX plan_place_scenario ON plan_place (scenario);
CREATE INDEX plan_place_base ON plan_place (base);
CREATE INDEX plan_place_plan_unit ON plan_place (plan_unit);
CREATE INDEX plan_pair_scenario ON plan_pair (scenario);
CREATE INDEX plan_pair_base ON plan_pair (base);
CREATE INDEX plan_pair_other ON plan_pair (other);
CREATE INDEX building_base ON building (base);
CREATE INDEX property_area_unit ON property_area (unit);
CREATE INDEX property_area_base ON property_area (base);

-- Figures of records that were not counted before. What a district has now is computed anew; a locked period has nothing to compute them
-- from: there they are null, which is not known and not 0.
ALTER TABLE fact ADD COLUMN mass_organisations INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN resident_groups INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN volunteer_teams INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN supervision_groups INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN association_people INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN members_in_service INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN members_retired INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN members_resident INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN members_floating INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN members_other INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN members_posted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN appraisals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN appraisals_excellent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN appraisals_qualified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN appraisals_basic INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN appraisals_unqualified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN appraisals_fed_back INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN appraisals_counted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN secretaries_retired_cadre INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN secretaries_body_member INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN secretaries_manager INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN secretaries_five_elders INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN secretaries_other INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN secretaries_by_self INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN secretaries_by_members INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN secretaries_by_firm INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN secretaries_by_community INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN secretaries_by_street INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN big_committee_seats INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN approvals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN approvals_founding INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN approvals_election INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN approvals_merger INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN body_events INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN body_elections INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN body_filings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN votes_held INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN votes_counted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN votes_carried INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN votes_too_few INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN consultations_street INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN consultations_community INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN consultations_compound INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN consultations_building INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN consultations_joint INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN consultations_assembly INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN consultations_concluded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN consultation_people INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN polls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN poll_ballots INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN surveys INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN project_funds_firm INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN project_funds_higher INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN project_funds_matched INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN project_funds_employers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN project_funds_other INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN pairings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN pairings_department INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN pairings_employer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN departments INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN activities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN activity_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN volunteer_activities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN neighbour_activities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN activity_people INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN awards INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN communities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN communities_confirmed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN communities_unchanged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_6 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_7 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_8 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_9 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_10 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_11 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_12 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_13 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_14 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_15 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_16 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_17 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_18 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_19 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_20 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_21 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_22 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_23 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN set_24 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN list_2_complete INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN list_3_complete INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN list_4_complete INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN mass_organisations INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN resident_groups INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN volunteer_teams INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN supervision_groups INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN association_people INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN members_in_service INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN members_retired INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN members_resident INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN members_floating INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN members_other INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN members_posted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN appraisals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN appraisals_excellent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN appraisals_qualified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN appraisals_basic INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN appraisals_unqualified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN appraisals_fed_back INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN appraisals_counted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN secretaries_retired_cadre INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN secretaries_body_member INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN secretaries_manager INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN secretaries_five_elders INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN secretaries_other INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN secretaries_by_self INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN secretaries_by_members INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN secretaries_by_firm INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN secretaries_by_community INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN secretaries_by_street INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN big_committee_seats INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN approvals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN approvals_founding INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN approvals_election INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN approvals_merger INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN body_events INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN body_elections INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN body_filings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN votes_held INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN votes_counted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN votes_carried INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN votes_too_few INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN consultations_street INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN consultations_community INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN consultations_compound INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN consultations_building INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN consultations_joint INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN consultations_assembly INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN consultations_concluded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN consultation_people INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN polls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN poll_ballots INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN surveys INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN project_funds_firm INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN project_funds_higher INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN project_funds_matched INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN project_funds_employers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN project_funds_other INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN pairings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN pairings_department INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN pairings_employer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN departments INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN activities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN activity_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN volunteer_activities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN neighbour_activities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN activity_people INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN awards INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN communities INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN communities_confirmed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN communities_unchanged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_6 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_7 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_8 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_9 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_10 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_11 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_12 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_13 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_14 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_15 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_16 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_17 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_18 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_19 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_20 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_21 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_22 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_23 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN set_24 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN list_2_complete INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN list_3_complete INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN list_4_complete INTEGER NOT NULL DEFAULT 0;
-- What the items of checklists in the figures of a locked period stand for (xq-fact-slots.h); null: it was locked before there was more
-- than one list.
ALTER TABLE snapshot ADD COLUMN slots TEXT;

CREATE TEMP TABLE kept AS SELECT * FROM snapshot_unit;
DROP TABLE snapshot_unit;
CREATE TABLE snapshot_unit (
  unit INTEGER NOT NULL,
  period TEXT NOT NULL REFERENCES snapshot (period),
  parent INTEGER,
  district INTEGER NOT NULL,
  level INTEGER NOT NULL,
  name TEXT NOT NULL,
  code TEXT,
  kind TEXT,                     -- of a compound
  organisation TEXT,             -- labels that the ledger shows
  body TEXT,
  compounds INTEGER NOT NULL DEFAULT 0,
  original_compounds INTEGER NOT NULL DEFAULT 0,
  merged_compounds INTEGER NOT NULL DEFAULT 0,
  old_compounds INTEGER NOT NULL DEFAULT 0,
  three_none_compounds INTEGER NOT NULL DEFAULT 0,
  buildings INTEGER NOT NULL DEFAULT 0,
  households INTEGER NOT NULL DEFAULT 0,
  residents INTEGER NOT NULL DEFAULT 0,
  resident_full INTEGER NOT NULL DEFAULT 0,
  resident_probationary INTEGER NOT NULL DEFAULT 0,
  formal_full INTEGER NOT NULL DEFAULT 0,
  formal_probationary INTEGER NOT NULL DEFAULT 0,
  checked_in INTEGER NOT NULL DEFAULT 0,
  roster_members INTEGER NOT NULL DEFAULT 0,
  coverage_own INTEGER NOT NULL DEFAULT 0,
  coverage_joint INTEGER NOT NULL DEFAULT 0,
  coverage_group INTEGER NOT NULL DEFAULT 0,
  coverage_functional INTEGER NOT NULL DEFAULT 0,
  functional_contacts INTEGER NOT NULL DEFAULT 0,
  coverage_contact INTEGER NOT NULL DEFAULT 0,
  coverage_none INTEGER NOT NULL DEFAULT 0,
  committees INTEGER NOT NULL DEFAULT 0,
  general_branches INTEGER NOT NULL DEFAULT 0,
  branches INTEGER NOT NULL DEFAULT 0,
  joint_branches INTEGER NOT NULL DEFAULT 0,
  groups INTEGER NOT NULL DEFAULT 0,
  functional_branches INTEGER NOT NULL DEFAULT 0,
  should_have INTEGER NOT NULL DEFAULT 0,
  short_of_three INTEGER NOT NULL DEFAULT 0,
  property_areas INTEGER NOT NULL DEFAULT 0,
  areas_with_body INTEGER NOT NULL DEFAULT 0,
  areas_with_firm INTEGER NOT NULL DEFAULT 0,
  areas_with_service INTEGER NOT NULL DEFAULT 0,
  cross_branch_seated INTEGER NOT NULL DEFAULT 0,
  cross_branch_members INTEGER NOT NULL DEFAULT 0,
  cross_body_seated INTEGER NOT NULL DEFAULT 0,
  cross_body_members INTEGER NOT NULL DEFAULT 0,
  kit_organisation INTEGER NOT NULL DEFAULT 0,
  kit_body INTEGER NOT NULL DEFAULT 0,
  kit_service INTEGER NOT NULL DEFAULT 0,
  kit_mass INTEGER NOT NULL DEFAULT 0,
  kit_resident INTEGER NOT NULL DEFAULT 0,
  kit_complete INTEGER NOT NULL DEFAULT 0,
  survey_very_satisfied INTEGER NOT NULL DEFAULT 0,
  survey_satisfied INTEGER NOT NULL DEFAULT 0,
  survey_neutral INTEGER NOT NULL DEFAULT 0,
  survey_dissatisfied INTEGER NOT NULL DEFAULT 0,
  survey_very_dissatisfied INTEGER NOT NULL DEFAULT 0,
  survey_invalid INTEGER NOT NULL DEFAULT 0,
  target_units INTEGER NOT NULL DEFAULT 0,
  functional_groups INTEGER,
  big_committees INTEGER,
  secretary_directors INTEGER,
  secretary_directors_known INTEGER,
  committee_members INTEGER,
  secretaries INTEGER,
  group_leaders INTEGER,
  building_heads INTEGER,
  entrance_heads INTEGER,
  floor_heads INTEGER,
  officers INTEGER,
  other_posts INTEGER,
  instructors INTEGER,
  grid_workers INTEGER,
  member_households INTEGER,
  roster_posts INTEGER,
  employers INTEGER,
  employer_members INTEGER,
  service_stations INTEGER,
  practice_stations INTEGER,
  spaces INTEGER,
  grid_total INTEGER,
  grid_general INTEGER,
  grid_micro INTEGER,
  grid_dedicated INTEGER,
  grids_led INTEGER,
  firm_compounds INTEGER,
  firm_with_committee INTEGER,
  no_firm_compounds INTEGER,
  no_firm_with_body INTEGER,
  three_none_with_cobuilding INTEGER,
  areas_with_committee INTEGER,
  areas_with_self_governing INTEGER,
  areas_with_cobuilding INTEGER,
  areas_with_management INTEGER,
  areas_with_legal_body INTEGER,
  areas_with_account INTEGER,
  set_1 INTEGER,
  set_2 INTEGER,
  set_3 INTEGER,
  set_4 INTEGER,
  set_5 INTEGER,
  set_complete INTEGER,
  score_points INTEGER,
  score_maximum INTEGER,
  fees_due INTEGER,
  fees_collected INTEGER,
  fee_households_due INTEGER,
  fee_households_paid INTEGER,
  tickets_raised INTEGER,
  tickets_responded INTEGER,
  tickets_due INTEGER,
  tickets_closed_on_time INTEGER,
  tickets_open INTEGER,
  tickets_overdue INTEGER,
  tickets_verified INTEGER,
  tickets_solved INTEGER,
  tickets_rated INTEGER,
  tickets_satisfied INTEGER,
  contradictions INTEGER,
  contradictions_resolved INTEGER,
  petitions INTEGER,
  petition_people INTEGER,
  consultations INTEGER,
  consultations_resolved INTEGER,
  projects INTEGER,
  projects_finished INTEGER,
  project_funds INTEGER,
  project_funds_residents INTEGER,
  public_income INTEGER,
  public_spent INTEGER,
  points_accounts INTEGER,
  points_earned INTEGER,
  points_redeemed INTEGER,
  paired_compounds INTEGER,
  mass_organisations INTEGER,
  resident_groups INTEGER,
  volunteer_teams INTEGER,
  supervision_groups INTEGER,
  association_people INTEGER,
  members_in_service INTEGER,
  members_retired INTEGER,
  members_resident INTEGER,
  members_floating INTEGER,
  members_other INTEGER,
  members_posted INTEGER,
  appraisals INTEGER,
  appraisals_excellent INTEGER,
  appraisals_qualified INTEGER,
  appraisals_basic INTEGER,
  appraisals_unqualified INTEGER,
  appraisals_fed_back INTEGER,
  appraisals_counted INTEGER,
  secretaries_retired_cadre INTEGER,
  secretaries_body_member INTEGER,
  secretaries_manager INTEGER,
  secretaries_five_elders INTEGER,
  secretaries_other INTEGER,
  secretaries_by_self INTEGER,
  secretaries_by_members INTEGER,
  secretaries_by_firm INTEGER,
  secretaries_by_community INTEGER,
  secretaries_by_street INTEGER,
  big_committee_seats INTEGER,
  approvals INTEGER,
  approvals_founding INTEGER,
  approvals_election INTEGER,
  approvals_merger INTEGER,
  body_events INTEGER,
  body_elections INTEGER,
  body_filings INTEGER,
  votes_held INTEGER,
  votes_counted INTEGER,
  votes_carried INTEGER,
  votes_too_few INTEGER,
  consultations_street INTEGER,
  consultations_community INTEGER,
  consultations_compound INTEGER,
  consultations_building INTEGER,
  consultations_joint INTEGER,
  consultations_assembly INTEGER,
  consultations_concluded INTEGER,
  consultation_people INTEGER,
  polls INTEGER,
  poll_ballots INTEGER,
  surveys INTEGER,
  project_funds_firm INTEGER,
  project_funds_higher INTEGER,
  project_funds_matched INTEGER,
  project_funds_employers INTEGER,
  project_funds_other INTEGER,
  pairings INTEGER,
  pairings_department INTEGER,
  pairings_employer INTEGER,
  departments INTEGER,
  activities INTEGER,
  activity_days INTEGER,
  volunteer_activities INTEGER,
  neighbour_activities INTEGER,
  activity_people INTEGER,
  awards INTEGER,
  communities INTEGER,
  communities_confirmed INTEGER,
  communities_unchanged INTEGER,
  set_6 INTEGER,
  set_7 INTEGER,
  set_8 INTEGER,
  set_9 INTEGER,
  set_10 INTEGER,
  set_11 INTEGER,
  set_12 INTEGER,
  set_13 INTEGER,
  set_14 INTEGER,
  set_15 INTEGER,
  set_16 INTEGER,
  set_17 INTEGER,
  set_18 INTEGER,
  set_19 INTEGER,
  set_20 INTEGER,
  set_21 INTEGER,
  set_22 INTEGER,
  set_23 INTEGER,
  set_24 INTEGER,
  list_2_complete INTEGER,
  list_3_complete INTEGER,
  list_4_complete INTEGER,
  generated INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (unit, period)
) STRICT, WITHOUT ROWID;
INSERT INTO snapshot_unit (unit, period, parent, district, level, name, code, kind, organisation, body, compounds,
    original_compounds, merged_compounds, old_compounds, three_none_compounds, buildings, households, residents,
    resident_full, resident_probationary, formal_full, formal_probationary, checked_in, roster_members, coverage_own,
    coverage_joint, coverage_group, coverage_functional, functional_contacts, coverage_contact, coverage_none, committees,
    general_branches, branches, joint_branches, groups, functional_branches, should_have, short_of_three, property_areas,
    areas_with_body, areas_with_firm, areas_with_service, cross_branch_seated, cross_branch_members, cross_body_seated,
    cross_body_members, kit_organisation, kit_body, kit_service, kit_mass, kit_resident, kit_complete,
    survey_very_satisfied, survey_satisfied, survey_neutral, survey_dissatisfied, survey_very_dissatisfied, survey_invalid,
    target_units, functional_groups, big_committees, secretary_directors, secretary_directors_known, committee_members,
    secretaries, group_leaders, building_heads, entrance_heads, floor_heads, officers, other_posts, instructors,
    grid_workers, member_households, roster_posts, employers, employer_members, service_stations, practice_stations, spaces,
    grid_total, grid_general, grid_micro, grid_dedicated, grids_led, firm_compounds, firm_with_committee, no_firm_compounds,
    no_firm_with_body, three_none_with_cobuilding, areas_with_committee, areas_with_self_governing, areas_with_cobuilding,
    areas_with_management, areas_with_legal_body, areas_with_account, set_1, set_2, set_3, set_4, set_5, set_complete,
    score_points, score_maximum, fees_due, fees_collected, fee_households_due, fee_households_paid, tickets_raised,
    tickets_responded, tickets_due, tickets_closed_on_time, tickets_open, tickets_overdue, tickets_verified, tickets_solved,
    tickets_rated, tickets_satisfied, contradictions, contradictions_resolved, petitions, petition_people, consultations,
    consultations_resolved, projects, projects_finished, project_funds, project_funds_residents, public_income,
    public_spent, points_accounts, points_earned, points_redeemed, paired_compounds, generated)
  SELECT unit, period, parent, district, level, name, code, kind, organisation, body, compounds, original_compounds,
    merged_compounds, old_compounds, three_none_compounds, buildings, households, residents, resident_full,
    resident_probationary, formal_full, formal_probationary, checked_in, roster_members, coverage_own, coverage_joint,
    coverage_group, coverage_functional, functional_contacts, coverage_contact, coverage_none, committees, general_branches,
    branches, joint_branches, groups, functional_branches, should_have, short_of_three, property_areas, areas_with_body,
    areas_with_firm, areas_with_service, cross_branch_seated, cross_branch_members, cross_body_seated, cross_body_members,
    kit_organisation, kit_body, kit_service, kit_mass, kit_resident, kit_complete, survey_very_satisfied, survey_satisfied,
    survey_neutral, survey_dissatisfied, survey_very_dissatisfied, survey_invalid, target_units, functional_groups,
    big_committees, secretary_directors, secretary_directors_known, committee_members, secretaries, group_leaders,
    building_heads, entrance_heads, floor_heads, officers, other_posts, instructors, grid_workers, member_households,
    roster_posts, employers, employer_members, service_stations, practice_stations, spaces, grid_total, grid_general,
    grid_micro, grid_dedicated, grids_led, firm_compounds, firm_with_committee, no_firm_compounds, no_firm_with_body,
    three_none_with_cobuilding, areas_with_committee, areas_with_self_governing, areas_with_cobuilding,
    areas_with_management, areas_with_legal_body, areas_with_account, set_1, set_2, set_3, set_4, set_5, set_complete,
    score_points, score_maximum, fees_due, fees_collected, fee_households_due, fee_households_paid, tickets_raised,
    tickets_responded, tickets_due, tickets_closed_on_time, tickets_open, tickets_overdue, tickets_verified, tickets_solved,
    tickets_rated, tickets_satisfied, contradictions, contradictions_resolved, petitions, petition_people, consultations,
    consultations_resolved, projects, projects_finished, project_funds, project_funds_residents, public_income,
    public_spent, points_accounts, points_earned, points_redeemed, paired_compounds, generated FROM temp.kept;
DROP TABLE temp.kept;
CREATE INDEX snapshot_unit_tree ON snapshot_unit (period, parent);
-- The same holds of periods that were locked when documents were of the first version. Then all that the second version added is 0
-- in all units, and nothing had been written by the second version yet.
UPDATE snapshot_unit SET
  functional_groups = NULL, big_committees = NULL, secretary_directors = NULL, secretary_directors_known = NULL,
  committee_members = NULL, secretaries = NULL, group_leaders = NULL, building_heads = NULL, entrance_heads = NULL,
  floor_heads = NULL, officers = NULL, other_posts = NULL, instructors = NULL, grid_workers = NULL,
  member_households = NULL, roster_posts = NULL, employers = NULL, employer_members = NULL, service_stations = NULL,
  practice_stations = NULL, spaces = NULL, grid_total = NULL, grid_general = NULL, grid_micro = NULL, grid_dedicated = NULL,
  grids_led = NULL, firm_compounds = NULL, firm_with_committee = NULL, no_firm_compounds = NULL, no_firm_with_body = NULL,
  three_none_with_cobuilding = NULL, areas_with_committee = NULL, areas_with_self_governing = NULL,
  areas_with_cobuilding = NULL, areas_with_management = NULL, areas_with_legal_body = NULL, areas_with_account = NULL,
  set_1 = NULL, set_2 = NULL, set_3 = NULL, set_4 = NULL, set_5 = NULL, set_complete = NULL, score_points = NULL,
  score_maximum = NULL, fees_due = NULL, fees_collected = NULL, fee_households_due = NULL, fee_households_paid = NULL,
  tickets_raised = NULL, tickets_responded = NULL, tickets_due = NULL, tickets_closed_on_time = NULL, tickets_open = NULL,
  tickets_overdue = NULL, tickets_verified = NULL, tickets_solved = NULL, tickets_rated = NULL, tickets_satisfied = NULL,
  contradictions = NULL, contradictions_resolved = NULL, petitions = NULL, petition_people = NULL, consultations = NULL,
  consultations_resolved = NULL, projects = NULL, projects_finished = NULL, project_funds = NULL,
  project_funds_residents = NULL, public_income = NULL, public_spent = NULL, points_accounts = NULL, points_earned = NULL,
  points_redeemed = NULL, paired_compounds = NULL
WHERE period IN (
  SELECT s.period
  FROM snapshot s
  WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.schema_version >= 2 AND j.time <= s.locked_at)
    AND NOT EXISTS (
      SELECT 1
      FROM snapshot_unit u
      WHERE u.period = s.period
        AND (functional_groups | big_committees | secretary_directors | secretary_directors_known |
          committee_members | secretaries | group_leaders | building_heads |
          entrance_heads | floor_heads | officers | other_posts |
          instructors | grid_workers | member_households | roster_posts |
          employers | employer_members | service_stations | practice_stations |
          spaces | grid_total | grid_general | grid_micro |
          grid_dedicated | grids_led | firm_compounds | firm_with_committee |
          no_firm_compounds | no_firm_with_body | three_none_with_cobuilding | areas_with_committee |
          areas_with_self_governing | areas_with_cobuilding | areas_with_management | areas_with_legal_body |
          areas_with_account | set_1 | set_2 | set_3 | set_4 | set_5 | set_complete | score_points |
          score_maximum | fees_due | fees_collected | fee_households_due |
          fee_households_paid | tickets_raised | tickets_responded | tickets_due |
          tickets_closed_on_time | tickets_open | tickets_overdue | tickets_verified |
          tickets_solved | tickets_rated | tickets_satisfied | contradictions |
          contradictions_resolved | petitions | petition_people | consultations |
          consultations_resolved | projects | projects_finished | project_funds |
          project_funds_residents | public_income | public_spent | points_accounts |
          points_earned | points_redeemed | paired_compounds) <> 0
    )
);
