-- The second version: the records of the whole ledger. Tables that were there are made anew where a column stands before
-- origins or a list of values is longer; rows, ids and origins are kept. References are looked at when all is done.

PRAGMA defer_foreign_keys = ON;

CREATE TABLE department (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT,
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE employer (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT CHECK (kind IN ('government', 'institution', 'state_firm', 'private_firm', 'social', 'other')),
  party_organisation TEXT,
  checked_in INTEGER CHECK (checked_in BETWEEN 0 AND 1000000),
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TEMP TABLE kept AS SELECT * FROM compound;
DROP TABLE compound;
CREATE TABLE compound (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  kind TEXT CHECK (kind IN ('commercial', 'old', 'self_built', 'work_unit', 'resettlement', 'mixed', 'affordable', 'village')),
  built_year INTEGER CHECK (built_year BETWEEN 1840 AND 2100),
  floor_area INTEGER CHECK (floor_area BETWEEN 0 AND 1000000000),
  households INTEGER CHECK (households BETWEEN 0 AND 1000000),
  residents INTEGER CHECK (residents BETWEEN 0 AND 10000000),
  parking_spaces INTEGER CHECK (parking_spaces BETWEEN 0 AND 1000000),
  three_none INTEGER CHECK (three_none IN (0, 1)),
  aged INTEGER CHECK (aged IN (0, 1)),
  entrances INTEGER CHECK (entrances BETWEEN 0 AND 1000000),
  origins INTEGER NOT NULL,
  UNIQUE (unit)
) STRICT;
INSERT INTO compound (id, district, unit, kind, built_year, floor_area, households, residents, parking_spaces, three_none,
    origins)
  SELECT id, district, unit, kind, built_year, floor_area, households, residents, parking_spaces, three_none, origins FROM
    temp.kept;
DROP TABLE temp.kept;

CREATE TEMP TABLE kept AS SELECT * FROM organisation;
DROP TABLE organisation;
CREATE TABLE organisation (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  parent INTEGER REFERENCES organisation (id),
  kind TEXT NOT NULL CHECK (kind IN ('committee', 'general_branch', 'branch', 'joint_branch', 'group', 'big_committee')),
  functional INTEGER CHECK (functional IN (0, 1)),
  name TEXT NOT NULL CHECK (name <> ''),
  founded TEXT CHECK (founded GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  dissolved TEXT CHECK (dissolved GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  approval_number TEXT,
  approval_authority TEXT,
  approval_date TEXT CHECK (approval_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  committee_size INTEGER CHECK (committee_size BETWEEN 0 AND 99),
  secretary_background TEXT CHECK (secretary_background IN ('retired_cadre', 'body_member', 'manager', 'five_elders', 'other')),
  term_years INTEGER CHECK (term_years BETWEEN 1 AND 10),
  term_started TEXT CHECK (term_started GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  secretary_path TEXT,
  secretary_is_director INTEGER CHECK (secretary_is_director IN (0, 1)),
  deputies INTEGER CHECK (deputies BETWEEN 0 AND 99),
  origin TEXT CHECK (origin IN ('regular', 'temporary', 'epidemic')),
  first_secretary TEXT,
  next_election TEXT CHECK (next_election GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;
INSERT INTO organisation (id, district, unit, parent, kind, functional, name, founded, dissolved, approval_number,
    approval_authority, approval_date, committee_size, secretary_background, term_years, term_started, origins)
  SELECT id, district, unit, parent, kind, functional, name, founded, dissolved, approval_number, approval_authority,
    approval_date, committee_size, secretary_background, term_years, term_started, origins FROM temp.kept;
DROP TABLE temp.kept;

CREATE TEMP TABLE kept AS SELECT * FROM member;
DROP TABLE member;
CREATE TABLE member (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  residence INTEGER REFERENCES unit (id),
  organisation INTEGER REFERENCES organisation (id),
  checked_in INTEGER REFERENCES unit (id),
  name TEXT,
  stage TEXT NOT NULL CHECK (stage IN ('full', 'probationary')),
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  employer INTEGER REFERENCES employer (id),
  category TEXT CHECK (category IN ('in_service', 'retired', 'resident', 'floating', 'other')),
  post TEXT,
  phone TEXT,
  checked_in_on TEXT CHECK (checked_in_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;
INSERT INTO member (id, district, residence, organisation, checked_in, name, stage, valid_from, valid_to, origins)
  SELECT id, district, residence, organisation, checked_in, name, stage, valid_from, valid_to, origins FROM temp.kept;
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
  origins INTEGER NOT NULL
) STRICT;
INSERT INTO property_area (id, district, unit, name, floor_area, heads, valid_from, valid_to, origins)
  SELECT id, district, unit, name, floor_area, heads, valid_from, valid_to, origins FROM temp.kept;
DROP TABLE temp.kept;

CREATE TEMP TABLE kept AS SELECT * FROM owners_body;
DROP TABLE owners_body;
CREATE TABLE owners_body (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  property_area INTEGER NOT NULL REFERENCES property_area (id),
  kind TEXT NOT NULL CHECK (kind IN ('owners_committee', 'self_governing', 'cobuilding', 'management')),
  name TEXT,
  founded TEXT CHECK (founded GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  ended TEXT CHECK (ended GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  seats INTEGER CHECK (seats BETWEEN 1 AND 99),
  party_members INTEGER CHECK (party_members BETWEEN 0 AND 99),
  branch_committee_seated INTEGER CHECK (branch_committee_seated BETWEEN 0 AND 99),
  party_in_branch_committee INTEGER CHECK (party_in_branch_committee BETWEEN 0 AND 99),
  legal_entity INTEGER CHECK (legal_entity IN (0, 1)),
  bank_account INTEGER CHECK (bank_account IN (0, 1)),
  term_years INTEGER CHECK (term_years BETWEEN 1 AND 10),
  term_started TEXT CHECK (term_started GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  alternates INTEGER CHECK (alternates BETWEEN 0 AND 99),
  tax_invoice INTEGER CHECK (tax_invoice IN (0, 1)),
  legal_form TEXT,
  filing_number TEXT,
  filed TEXT CHECK (filed GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;
INSERT INTO owners_body (id, district, property_area, kind, name, founded, ended, seats, party_members,
    branch_committee_seated, party_in_branch_committee, legal_entity, bank_account, term_years, term_started, origins)
  SELECT id, district, property_area, kind, name, founded, ended, seats, party_members, branch_committee_seated,
    party_in_branch_committee, legal_entity, bank_account, term_years, term_started, origins FROM temp.kept;
DROP TABLE temp.kept;

CREATE TEMP TABLE kept AS SELECT * FROM property_service;
DROP TABLE property_service;
CREATE TABLE property_service (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  property_area INTEGER NOT NULL REFERENCES property_area (id),
  mode TEXT NOT NULL CHECK (mode IN ('firm', 'self', 'entrusted', 'none')),
  firm TEXT,
  fee INTEGER CHECK (fee BETWEEN 0 AND 1000000),
  collection INTEGER CHECK (collection BETWEEN 0 AND 1000),
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  contract_end TEXT CHECK (contract_end GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  instructor TEXT,
  firm_organisation TEXT,
  firm_members INTEGER CHECK (firm_members BETWEEN 0 AND 10000),
  manager_in_branch INTEGER CHECK (manager_in_branch IN (0, 1)),
  satisfaction INTEGER CHECK (satisfaction BETWEEN 0 AND 1000),
  origins INTEGER NOT NULL
) STRICT;
INSERT INTO property_service (id, district, property_area, mode, firm, fee, collection, valid_from, valid_to, contract_end,
    origins)
  SELECT id, district, property_area, mode, firm, fee, collection, valid_from, valid_to, contract_end, origins FROM
    temp.kept;
DROP TABLE temp.kept;

CREATE TEMP TABLE kept AS SELECT * FROM association;
DROP TABLE association;
CREATE TABLE association (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('mass', 'resident', 'volunteer', 'supervision')),
  name TEXT NOT NULL CHECK (name <> ''),
  headcount INTEGER CHECK (headcount BETWEEN 0 AND 1000000),
  founded TEXT CHECK (founded GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  ended TEXT CHECK (ended GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  topic TEXT,
  led_by_members INTEGER CHECK (led_by_members IN (0, 1)),
  origins INTEGER NOT NULL
) STRICT;
INSERT INTO association (id, district, unit, kind, name, headcount, founded, ended, origins)
  SELECT id, district, unit, kind, name, headcount, founded, ended, origins FROM temp.kept;
DROP TABLE temp.kept;

CREATE TABLE pairing (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  department INTEGER REFERENCES department (id),
  employer INTEGER REFERENCES employer (id),
  task TEXT,
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE approval (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  organisation INTEGER NOT NULL REFERENCES organisation (id),
  event TEXT NOT NULL CHECK (event IN ('founding', 'election', 'by_election', 'merger', 'change', 'dissolution')),
  number TEXT,
  authority TEXT,
  decided TEXT CHECK (decided GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  eligible INTEGER CHECK (eligible BETWEEN 0 AND 1000000),
  voted INTEGER CHECK (voted BETWEEN 0 AND 1000000),
  elected INTEGER CHECK (elected BETWEEN 0 AND 99),
  successor INTEGER REFERENCES organisation (id),
  text TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE big_committee_member (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  organisation INTEGER NOT NULL REFERENCES organisation (id),
  kind TEXT NOT NULL CHECK (kind IN ('first_secretary', 'resident_unit', 'property_firm', 'police', 'city_management', 'other')),
  name TEXT NOT NULL CHECK (name <> ''),
  employer INTEGER REFERENCES employer (id),
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE post_holder (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  organisation INTEGER REFERENCES organisation (id),
  member INTEGER REFERENCES member (id),
  post TEXT NOT NULL CHECK (post <> ''),
  name TEXT,
  background TEXT CHECK (background IN ('retired_cadre', 'body_member', 'manager', 'five_elders', 'other')),
  path TEXT,
  party_member INTEGER CHECK (party_member IN (0, 1)),
  elected INTEGER CHECK (elected IN (0, 1)),
  director INTEGER CHECK (director IN (0, 1)),
  employer INTEGER REFERENCES employer (id),
  firm TEXT,
  place TEXT,
  phone TEXT,
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE declared_post (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  post TEXT NOT NULL CHECK (post <> ''),
  value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 10000000),
  counted_on TEXT CHECK (counted_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL,
  UNIQUE (unit, post)
) STRICT;

CREATE TABLE appraisal (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  member INTEGER NOT NULL REFERENCES member (id),
  year INTEGER NOT NULL CHECK (year BETWEEN 1921 AND 2100),
  grade TEXT,
  fed_back TEXT CHECK (fed_back GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  employer_counted INTEGER CHECK (employer_counted IN (0, 1)),
  text TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE grid_role (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  role TEXT NOT NULL CHECK (role IN ('total', 'general', 'micro', 'dedicated')),
  organisation INTEGER REFERENCES organisation (id),
  name TEXT,
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE body_event (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  owners_body INTEGER NOT NULL REFERENCES owners_body (id),
  event TEXT NOT NULL CHECK (event IN ('preparation', 'election', 're_election', 'by_election', 'filing', 'end')),
  held TEXT CHECK (held GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  seats INTEGER CHECK (seats BETWEEN 0 AND 99),
  alternates INTEGER CHECK (alternates BETWEEN 0 AND 99),
  number TEXT,
  text TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE owner_vote (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  property_area INTEGER NOT NULL REFERENCES property_area (id),
  body INTEGER REFERENCES owners_body (id),
  topic TEXT NOT NULL CHECK (topic <> ''),
  matter TEXT NOT NULL CHECK (matter IN ('ordinary', 'special')),
  held TEXT CHECK (held GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  method TEXT,
  heads INTEGER CHECK (heads BETWEEN 0 AND 1000000),
  area INTEGER CHECK (area BETWEEN 0 AND 100000000000),
  text TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE vote_building (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  vote INTEGER NOT NULL REFERENCES owner_vote (id),
  unit INTEGER REFERENCES unit (id),
  label TEXT,
  heads INTEGER CHECK (heads BETWEEN 0 AND 1000000),
  area INTEGER CHECK (area BETWEEN 0 AND 100000000000),
  taking_heads INTEGER CHECK (taking_heads BETWEEN 0 AND 1000000),
  taking_area INTEGER CHECK (taking_area BETWEEN 0 AND 100000000000),
  for_heads INTEGER CHECK (for_heads BETWEEN 0 AND 1000000),
  for_area INTEGER CHECK (for_area BETWEEN 0 AND 100000000000),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE fee_collection (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  property_area INTEGER NOT NULL REFERENCES property_area (id),
  service INTEGER REFERENCES property_service (id),
  period_end TEXT NOT NULL CHECK (period_end GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  households_due INTEGER CHECK (households_due BETWEEN 0 AND 1000000),
  households_paid INTEGER CHECK (households_paid BETWEEN 0 AND 1000000),
  amount_due INTEGER CHECK (amount_due BETWEEN 0 AND 1000000000000),
  amount_collected INTEGER CHECK (amount_collected BETWEEN 0 AND 1000000000000),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE space (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('service_station', 'practice_station', 'neighbour_station', 'activity_centre',
    'consultation_room', 'canteen', 'care', 'other')),
  name TEXT NOT NULL CHECK (name <> ''),
  area INTEGER CHECK (area BETWEEN 0 AND 10000000),
  shared INTEGER CHECK (shared IN (0, 1)),
  opened TEXT CHECK (opened GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  closed TEXT CHECK (closed GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  text TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE checklist_state (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  organisation INTEGER REFERENCES organisation (id),
  checklist TEXT NOT NULL CHECK (checklist <> ''),
  item TEXT NOT NULL CHECK (item <> ''),
  state TEXT NOT NULL CHECK (state IN ('none', 'partial', 'done')),
  score INTEGER CHECK (score BETWEEN 0 AND 10000),
  assessed TEXT CHECK (assessed GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  text TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE consultation (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  form TEXT NOT NULL CHECK (form <> ''),
  level TEXT,
  topic TEXT NOT NULL CHECK (topic <> ''),
  topic_code TEXT,
  held TEXT NOT NULL CHECK (held GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  attendance INTEGER CHECK (attendance BETWEEN 0 AND 1000000),
  outcome TEXT,
  resolved TEXT CHECK (resolved GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE consultation_party (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  consultation INTEGER NOT NULL REFERENCES consultation (id),
  party TEXT NOT NULL CHECK (party <> ''),
  headcount INTEGER CHECK (headcount BETWEEN 0 AND 1000000),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE poll (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL CHECK (name <> ''),
  closed TEXT NOT NULL CHECK (closed GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  ballots INTEGER CHECK (ballots BETWEEN 0 AND 1000000),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE poll_option (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  poll INTEGER NOT NULL REFERENCES poll (id),
  problem TEXT NOT NULL CHECK (problem <> ''),
  votes INTEGER CHECK (votes BETWEEN 0 AND 1000000),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE project (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT,
  started TEXT CHECK (started GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  finished TEXT CHECK (finished GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  before_quantity INTEGER CHECK (before_quantity BETWEEN 0 AND 1000000000),
  after_quantity INTEGER CHECK (after_quantity BETWEEN 0 AND 1000000000),
  converted INTEGER CHECK (converted BETWEEN 0 AND 1000000000),
  measure TEXT,
  text TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE project_funding (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  project INTEGER NOT NULL REFERENCES project (id),
  source TEXT NOT NULL CHECK (source IN ('residents', 'firm', 'higher', 'matched', 'employers', 'other')),
  amount INTEGER NOT NULL CHECK (amount BETWEEN 0 AND 1000000000000),
  funder TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE public_income (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  property_area INTEGER REFERENCES property_area (id),
  period_end TEXT NOT NULL CHECK (period_end GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  source TEXT,
  income INTEGER CHECK (income BETWEEN 0 AND 1000000000000),
  spent INTEGER CHECK (spent BETWEEN 0 AND 1000000000000),
  spent_on TEXT,
  published TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE points_account (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  member INTEGER REFERENCES member (id),
  label TEXT NOT NULL CHECK (label <> ''),
  opened TEXT CHECK (opened GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  closed TEXT CHECK (closed GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE points_entry (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  account INTEGER NOT NULL REFERENCES points_account (id),
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  kind TEXT NOT NULL CHECK (kind IN ('earned', 'redeemed')),
  points INTEGER NOT NULL CHECK (points BETWEEN 1 AND 1000000),
  reason TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  number TEXT NOT NULL CHECK (number <> ''),
  level TEXT,
  category TEXT,
  title TEXT NOT NULL CHECK (title <> ''),
  raised TEXT NOT NULL CHECK (raised GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  deadline TEXT CHECK (deadline GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  respond_by TEXT CHECK (respond_by GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  source TEXT,
  urgent INTEGER CHECK (urgent IN (0, 1)),
  text TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE ticket_department (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  department INTEGER NOT NULL REFERENCES department (id),
  role TEXT NOT NULL CHECK (role IN ('lead', 'co')),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE ticket_event (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 1 AND 100000),
  kind TEXT NOT NULL CHECK (kind IN ('raise', 'dispatch', 'respond', 'refuse', 'redirect', 'close', 'verify', 'reopen')),
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  department INTEGER REFERENCES department (id),
  round INTEGER CHECK (round BETWEEN 1 AND 1000),
  text TEXT,
  solved INTEGER CHECK (solved IN (0, 1)),
  satisfied INTEGER CHECK (satisfied IN (0, 1)),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE contradiction (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  category TEXT,
  title TEXT NOT NULL CHECK (title <> ''),
  raised TEXT NOT NULL CHECK (raised GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  resolved TEXT CHECK (resolved GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  method TEXT,
  ticket INTEGER REFERENCES ticket (id),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE petition_count (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  period_end TEXT NOT NULL CHECK (period_end GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  batches INTEGER CHECK (batches BETWEEN 0 AND 1000000),
  people INTEGER CHECK (people BETWEEN 0 AND 1000000),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE activity (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  organisation INTEGER REFERENCES organisation (id),
  kind TEXT NOT NULL CHECK (kind IN ('activity_day', 'award', 'volunteer', 'neighbour', 'other')),
  name TEXT NOT NULL CHECK (name <> ''),
  held TEXT CHECK (held GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  attendance INTEGER CHECK (attendance BETWEEN 0 AND 1000000),
  text TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE confirmation (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  period TEXT NOT NULL CHECK (period <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('data', 'no_change')),
  post TEXT,
  confirmed TEXT NOT NULL CHECK (confirmed GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  period TEXT NOT NULL CHECK (period <> ''),
  subject TEXT NOT NULL CHECK (subject <> ''),
  reason TEXT NOT NULL CHECK (reason <> ''),
  old_value TEXT,
  new_value TEXT,
  corrected TEXT CHECK (corrected GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE finding_acknowledgement (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  rule TEXT NOT NULL CHECK (rule <> ''),
  subject TEXT,
  reason TEXT NOT NULL CHECK (reason <> ''),
  decided TEXT CHECK (decided GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  post TEXT,
  figures TEXT,
  origins INTEGER NOT NULL
) STRICT;

-- What was published of a unit: the figure computed from rows that comes to the same is no sample figure, though the rows behind
-- it may be made by the generator.
CREATE TABLE published_figure (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  indicator TEXT NOT NULL CHECK (indicator <> ''),
  as_of TEXT NOT NULL CHECK (as_of GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  numerator INTEGER NOT NULL CHECK (numerator BETWEEN 0 AND 10000000),
  denominator INTEGER CHECK (denominator BETWEEN 0 AND 10000000),
  text TEXT,
  source TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE INDEX organisation_unit ON organisation (unit);
CREATE INDEX organisation_parent ON organisation (parent);
CREATE INDEX member_residence ON member (residence);
CREATE INDEX member_organisation ON member (organisation);
CREATE INDEX member_checked_in ON member (checked_in);
CREATE INDEX property_area_unit ON property_area (unit);
CREATE INDEX owners_body_property_area ON owners_body (property_area);
CREATE INDEX property_service_property_area ON property_service (property_area);
CREATE INDEX association_unit ON association (unit);
CREATE INDEX member_employer ON member (employer);
CREATE INDEX department_unit ON department (unit);
CREATE INDEX employer_unit ON employer (unit);
CREATE INDEX pairing_unit ON pairing (unit);
CREATE INDEX pairing_department ON pairing (department);
CREATE INDEX pairing_employer ON pairing (employer);
CREATE INDEX approval_organisation ON approval (organisation);
CREATE INDEX approval_successor ON approval (successor);
CREATE INDEX big_committee_member_organisation ON big_committee_member (organisation);
CREATE INDEX big_committee_member_employer ON big_committee_member (employer);
CREATE INDEX post_holder_unit ON post_holder (unit);
CREATE INDEX post_holder_organisation ON post_holder (organisation);
CREATE INDEX post_holder_member ON post_holder (member);
CREATE INDEX post_holder_employer ON post_holder (employer);
CREATE INDEX appraisal_member ON appraisal (member);
CREATE INDEX grid_role_unit ON grid_role (unit);
CREATE INDEX grid_role_organisation ON grid_role (organisation);
CREATE INDEX body_event_owners_body ON body_event (owners_body);
CREATE INDEX owner_vote_property_area ON owner_vote (property_area);
CREATE INDEX owner_vote_body ON owner_vote (body);
CREATE INDEX vote_building_vote ON vote_building (vote);
CREATE INDEX vote_building_unit ON vote_building (unit);
CREATE INDEX fee_collection_property_area ON fee_collection (property_area, period_end);
CREATE INDEX fee_collection_service ON fee_collection (service);
CREATE INDEX space_unit ON space (unit);
CREATE INDEX checklist_state_unit ON checklist_state (unit, checklist, item, assessed);
CREATE INDEX checklist_state_organisation ON checklist_state (organisation);
CREATE INDEX consultation_unit ON consultation (unit, held);
CREATE INDEX consultation_party_consultation ON consultation_party (consultation);
CREATE INDEX poll_unit ON poll (unit);
CREATE INDEX poll_option_poll ON poll_option (poll);
CREATE INDEX project_unit ON project (unit);
CREATE INDEX project_funding_project ON project_funding (project);
CREATE INDEX public_income_unit ON public_income (unit, period_end);
CREATE INDEX public_income_property_area ON public_income (property_area);
CREATE INDEX points_account_unit ON points_account (unit);
CREATE INDEX points_account_member ON points_account (member);
CREATE INDEX points_entry_account ON points_entry (account, day);
CREATE INDEX ticket_unit ON ticket (unit, raised);
CREATE INDEX ticket_department_ticket ON ticket_department (ticket);
CREATE INDEX ticket_department_department ON ticket_department (department);
CREATE INDEX ticket_event_ticket ON ticket_event (ticket, day, ordinal);
CREATE INDEX ticket_event_department ON ticket_event (department);
CREATE INDEX contradiction_unit ON contradiction (unit);
CREATE INDEX contradiction_ticket ON contradiction (ticket);
CREATE INDEX petition_count_unit ON petition_count (unit, period_end);
CREATE INDEX activity_unit ON activity (unit);
CREATE INDEX activity_organisation ON activity (organisation);
CREATE INDEX confirmation_unit ON confirmation (unit);
CREATE INDEX correction_unit ON correction (unit);
CREATE INDEX finding_acknowledgement_unit ON finding_acknowledgement (unit);
CREATE INDEX published_figure_unit ON published_figure (unit);

-- What kind of step an entry is (import, lock, scheme, make; NULL: an edit, or written before kinds were), and what it did besides
-- changing records: JSON.
ALTER TABLE journal ADD COLUMN kind TEXT;
ALTER TABLE journal ADD COLUMN detail TEXT;
-- Why a period was locked although not everybody has confirmed, or NULL.
ALTER TABLE snapshot ADD COLUMN note TEXT;

-- More facts. Those of units and their sums are computed again; of locked periods only what was known then is kept.
DROP TABLE fact;
CREATE TABLE fact (
  unit INTEGER PRIMARY KEY REFERENCES unit (id),
  district INTEGER NOT NULL,
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
  functional_groups INTEGER NOT NULL DEFAULT 0,
  big_committees INTEGER NOT NULL DEFAULT 0,
  secretary_directors INTEGER NOT NULL DEFAULT 0,
  secretary_directors_known INTEGER NOT NULL DEFAULT 0,
  committee_members INTEGER NOT NULL DEFAULT 0,
  secretaries INTEGER NOT NULL DEFAULT 0,
  group_leaders INTEGER NOT NULL DEFAULT 0,
  building_heads INTEGER NOT NULL DEFAULT 0,
  entrance_heads INTEGER NOT NULL DEFAULT 0,
  floor_heads INTEGER NOT NULL DEFAULT 0,
  officers INTEGER NOT NULL DEFAULT 0,
  other_posts INTEGER NOT NULL DEFAULT 0,
  instructors INTEGER NOT NULL DEFAULT 0,
  grid_workers INTEGER NOT NULL DEFAULT 0,
  member_households INTEGER NOT NULL DEFAULT 0,
  roster_posts INTEGER NOT NULL DEFAULT 0,
  employers INTEGER NOT NULL DEFAULT 0,
  employer_members INTEGER NOT NULL DEFAULT 0,
  service_stations INTEGER NOT NULL DEFAULT 0,
  practice_stations INTEGER NOT NULL DEFAULT 0,
  spaces INTEGER NOT NULL DEFAULT 0,
  grid_total INTEGER NOT NULL DEFAULT 0,
  grid_general INTEGER NOT NULL DEFAULT 0,
  grid_micro INTEGER NOT NULL DEFAULT 0,
  grid_dedicated INTEGER NOT NULL DEFAULT 0,
  grids_led INTEGER NOT NULL DEFAULT 0,
  firm_compounds INTEGER NOT NULL DEFAULT 0,
  firm_with_committee INTEGER NOT NULL DEFAULT 0,
  no_firm_compounds INTEGER NOT NULL DEFAULT 0,
  no_firm_with_body INTEGER NOT NULL DEFAULT 0,
  three_none_with_cobuilding INTEGER NOT NULL DEFAULT 0,
  areas_with_committee INTEGER NOT NULL DEFAULT 0,
  areas_with_self_governing INTEGER NOT NULL DEFAULT 0,
  areas_with_cobuilding INTEGER NOT NULL DEFAULT 0,
  areas_with_management INTEGER NOT NULL DEFAULT 0,
  areas_with_legal_body INTEGER NOT NULL DEFAULT 0,
  areas_with_account INTEGER NOT NULL DEFAULT 0,
  set_1 INTEGER NOT NULL DEFAULT 0,
  set_2 INTEGER NOT NULL DEFAULT 0,
  set_3 INTEGER NOT NULL DEFAULT 0,
  set_4 INTEGER NOT NULL DEFAULT 0,
  set_5 INTEGER NOT NULL DEFAULT 0,
  set_complete INTEGER NOT NULL DEFAULT 0,
  score_points INTEGER NOT NULL DEFAULT 0,
  score_maximum INTEGER NOT NULL DEFAULT 0,
  fees_due INTEGER NOT NULL DEFAULT 0,
  fees_collected INTEGER NOT NULL DEFAULT 0,
  fee_households_due INTEGER NOT NULL DEFAULT 0,
  fee_households_paid INTEGER NOT NULL DEFAULT 0,
  tickets_raised INTEGER NOT NULL DEFAULT 0,
  tickets_responded INTEGER NOT NULL DEFAULT 0,
  tickets_due INTEGER NOT NULL DEFAULT 0,
  tickets_closed_on_time INTEGER NOT NULL DEFAULT 0,
  tickets_open INTEGER NOT NULL DEFAULT 0,
  tickets_overdue INTEGER NOT NULL DEFAULT 0,
  tickets_verified INTEGER NOT NULL DEFAULT 0,
  tickets_solved INTEGER NOT NULL DEFAULT 0,
  tickets_rated INTEGER NOT NULL DEFAULT 0,
  tickets_satisfied INTEGER NOT NULL DEFAULT 0,
  contradictions INTEGER NOT NULL DEFAULT 0,
  contradictions_resolved INTEGER NOT NULL DEFAULT 0,
  petitions INTEGER NOT NULL DEFAULT 0,
  petition_people INTEGER NOT NULL DEFAULT 0,
  consultations INTEGER NOT NULL DEFAULT 0,
  consultations_resolved INTEGER NOT NULL DEFAULT 0,
  projects INTEGER NOT NULL DEFAULT 0,
  projects_finished INTEGER NOT NULL DEFAULT 0,
  project_funds INTEGER NOT NULL DEFAULT 0,
  project_funds_residents INTEGER NOT NULL DEFAULT 0,
  public_income INTEGER NOT NULL DEFAULT 0,
  public_spent INTEGER NOT NULL DEFAULT 0,
  points_accounts INTEGER NOT NULL DEFAULT 0,
  points_earned INTEGER NOT NULL DEFAULT 0,
  points_redeemed INTEGER NOT NULL DEFAULT 0,
  paired_compounds INTEGER NOT NULL DEFAULT 0,
  generated INTEGER NOT NULL DEFAULT 0
) STRICT;

DROP TABLE rollup;
CREATE TABLE rollup (
  unit INTEGER PRIMARY KEY REFERENCES unit (id),
  district INTEGER NOT NULL,
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
  functional_groups INTEGER NOT NULL DEFAULT 0,
  big_committees INTEGER NOT NULL DEFAULT 0,
  secretary_directors INTEGER NOT NULL DEFAULT 0,
  secretary_directors_known INTEGER NOT NULL DEFAULT 0,
  committee_members INTEGER NOT NULL DEFAULT 0,
  secretaries INTEGER NOT NULL DEFAULT 0,
  group_leaders INTEGER NOT NULL DEFAULT 0,
  building_heads INTEGER NOT NULL DEFAULT 0,
  entrance_heads INTEGER NOT NULL DEFAULT 0,
  floor_heads INTEGER NOT NULL DEFAULT 0,
  officers INTEGER NOT NULL DEFAULT 0,
  other_posts INTEGER NOT NULL DEFAULT 0,
  instructors INTEGER NOT NULL DEFAULT 0,
  grid_workers INTEGER NOT NULL DEFAULT 0,
  member_households INTEGER NOT NULL DEFAULT 0,
  roster_posts INTEGER NOT NULL DEFAULT 0,
  employers INTEGER NOT NULL DEFAULT 0,
  employer_members INTEGER NOT NULL DEFAULT 0,
  service_stations INTEGER NOT NULL DEFAULT 0,
  practice_stations INTEGER NOT NULL DEFAULT 0,
  spaces INTEGER NOT NULL DEFAULT 0,
  grid_total INTEGER NOT NULL DEFAULT 0,
  grid_general INTEGER NOT NULL DEFAULT 0,
  grid_micro INTEGER NOT NULL DEFAULT 0,
  grid_dedicated INTEGER NOT NULL DEFAULT 0,
  grids_led INTEGER NOT NULL DEFAULT 0,
  firm_compounds INTEGER NOT NULL DEFAULT 0,
  firm_with_committee INTEGER NOT NULL DEFAULT 0,
  no_firm_compounds INTEGER NOT NULL DEFAULT 0,
  no_firm_with_body INTEGER NOT NULL DEFAULT 0,
  three_none_with_cobuilding INTEGER NOT NULL DEFAULT 0,
  areas_with_committee INTEGER NOT NULL DEFAULT 0,
  areas_with_self_governing INTEGER NOT NULL DEFAULT 0,
  areas_with_cobuilding INTEGER NOT NULL DEFAULT 0,
  areas_with_management INTEGER NOT NULL DEFAULT 0,
  areas_with_legal_body INTEGER NOT NULL DEFAULT 0,
  areas_with_account INTEGER NOT NULL DEFAULT 0,
  set_1 INTEGER NOT NULL DEFAULT 0,
  set_2 INTEGER NOT NULL DEFAULT 0,
  set_3 INTEGER NOT NULL DEFAULT 0,
  set_4 INTEGER NOT NULL DEFAULT 0,
  set_5 INTEGER NOT NULL DEFAULT 0,
  set_complete INTEGER NOT NULL DEFAULT 0,
  score_points INTEGER NOT NULL DEFAULT 0,
  score_maximum INTEGER NOT NULL DEFAULT 0,
  fees_due INTEGER NOT NULL DEFAULT 0,
  fees_collected INTEGER NOT NULL DEFAULT 0,
  fee_households_due INTEGER NOT NULL DEFAULT 0,
  fee_households_paid INTEGER NOT NULL DEFAULT 0,
  tickets_raised INTEGER NOT NULL DEFAULT 0,
  tickets_responded INTEGER NOT NULL DEFAULT 0,
  tickets_due INTEGER NOT NULL DEFAULT 0,
  tickets_closed_on_time INTEGER NOT NULL DEFAULT 0,
  tickets_open INTEGER NOT NULL DEFAULT 0,
  tickets_overdue INTEGER NOT NULL DEFAULT 0,
  tickets_verified INTEGER NOT NULL DEFAULT 0,
  tickets_solved INTEGER NOT NULL DEFAULT 0,
  tickets_rated INTEGER NOT NULL DEFAULT 0,
  tickets_satisfied INTEGER NOT NULL DEFAULT 0,
  contradictions INTEGER NOT NULL DEFAULT 0,
  contradictions_resolved INTEGER NOT NULL DEFAULT 0,
  petitions INTEGER NOT NULL DEFAULT 0,
  petition_people INTEGER NOT NULL DEFAULT 0,
  consultations INTEGER NOT NULL DEFAULT 0,
  consultations_resolved INTEGER NOT NULL DEFAULT 0,
  projects INTEGER NOT NULL DEFAULT 0,
  projects_finished INTEGER NOT NULL DEFAULT 0,
  project_funds INTEGER NOT NULL DEFAULT 0,
  project_funds_residents INTEGER NOT NULL DEFAULT 0,
  public_income INTEGER NOT NULL DEFAULT 0,
  public_spent INTEGER NOT NULL DEFAULT 0,
  points_accounts INTEGER NOT NULL DEFAULT 0,
  points_earned INTEGER NOT NULL DEFAULT 0,
  points_redeemed INTEGER NOT NULL DEFAULT 0,
  paired_compounds INTEGER NOT NULL DEFAULT 0,
  generated INTEGER NOT NULL DEFAULT 0
) STRICT;

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
  functional_groups INTEGER NOT NULL DEFAULT 0,
  big_committees INTEGER NOT NULL DEFAULT 0,
  secretary_directors INTEGER NOT NULL DEFAULT 0,
  secretary_directors_known INTEGER NOT NULL DEFAULT 0,
  committee_members INTEGER NOT NULL DEFAULT 0,
  secretaries INTEGER NOT NULL DEFAULT 0,
  group_leaders INTEGER NOT NULL DEFAULT 0,
  building_heads INTEGER NOT NULL DEFAULT 0,
  entrance_heads INTEGER NOT NULL DEFAULT 0,
  floor_heads INTEGER NOT NULL DEFAULT 0,
  officers INTEGER NOT NULL DEFAULT 0,
  other_posts INTEGER NOT NULL DEFAULT 0,
  instructors INTEGER NOT NULL DEFAULT 0,
  grid_workers INTEGER NOT NULL DEFAULT 0,
  member_households INTEGER NOT NULL DEFAULT 0,
  roster_posts INTEGER NOT NULL DEFAULT 0,
  employers INTEGER NOT NULL DEFAULT 0,
  employer_members INTEGER NOT NULL DEFAULT 0,
  service_stations INTEGER NOT NULL DEFAULT 0,
  practice_stations INTEGER NOT NULL DEFAULT 0,
  spaces INTEGER NOT NULL DEFAULT 0,
  grid_total INTEGER NOT NULL DEFAULT 0,
  grid_general INTEGER NOT NULL DEFAULT 0,
  grid_micro INTEGER NOT NULL DEFAULT 0,
  grid_dedicated INTEGER NOT NULL DEFAULT 0,
  grids_led INTEGER NOT NULL DEFAULT 0,
  firm_compounds INTEGER NOT NULL DEFAULT 0,
  firm_with_committee INTEGER NOT NULL DEFAULT 0,
  no_firm_compounds INTEGER NOT NULL DEFAULT 0,
  no_firm_with_body INTEGER NOT NULL DEFAULT 0,
  three_none_with_cobuilding INTEGER NOT NULL DEFAULT 0,
  areas_with_committee INTEGER NOT NULL DEFAULT 0,
  areas_with_self_governing INTEGER NOT NULL DEFAULT 0,
  areas_with_cobuilding INTEGER NOT NULL DEFAULT 0,
  areas_with_management INTEGER NOT NULL DEFAULT 0,
  areas_with_legal_body INTEGER NOT NULL DEFAULT 0,
  areas_with_account INTEGER NOT NULL DEFAULT 0,
  set_1 INTEGER NOT NULL DEFAULT 0,
  set_2 INTEGER NOT NULL DEFAULT 0,
  set_3 INTEGER NOT NULL DEFAULT 0,
  set_4 INTEGER NOT NULL DEFAULT 0,
  set_5 INTEGER NOT NULL DEFAULT 0,
  set_complete INTEGER NOT NULL DEFAULT 0,
  score_points INTEGER NOT NULL DEFAULT 0,
  score_maximum INTEGER NOT NULL DEFAULT 0,
  fees_due INTEGER NOT NULL DEFAULT 0,
  fees_collected INTEGER NOT NULL DEFAULT 0,
  fee_households_due INTEGER NOT NULL DEFAULT 0,
  fee_households_paid INTEGER NOT NULL DEFAULT 0,
  tickets_raised INTEGER NOT NULL DEFAULT 0,
  tickets_responded INTEGER NOT NULL DEFAULT 0,
  tickets_due INTEGER NOT NULL DEFAULT 0,
  tickets_closed_on_time INTEGER NOT NULL DEFAULT 0,
  tickets_open INTEGER NOT NULL DEFAULT 0,
  tickets_overdue INTEGER NOT NULL DEFAULT 0,
  tickets_verified INTEGER NOT NULL DEFAULT 0,
  tickets_solved INTEGER NOT NULL DEFAULT 0,
  tickets_rated INTEGER NOT NULL DEFAULT 0,
  tickets_satisfied INTEGER NOT NULL DEFAULT 0,
  contradictions INTEGER NOT NULL DEFAULT 0,
  contradictions_resolved INTEGER NOT NULL DEFAULT 0,
  petitions INTEGER NOT NULL DEFAULT 0,
  petition_people INTEGER NOT NULL DEFAULT 0,
  consultations INTEGER NOT NULL DEFAULT 0,
  consultations_resolved INTEGER NOT NULL DEFAULT 0,
  projects INTEGER NOT NULL DEFAULT 0,
  projects_finished INTEGER NOT NULL DEFAULT 0,
  project_funds INTEGER NOT NULL DEFAULT 0,
  project_funds_residents INTEGER NOT NULL DEFAULT 0,
  public_income INTEGER NOT NULL DEFAULT 0,
  public_spent INTEGER NOT NULL DEFAULT 0,
  points_accounts INTEGER NOT NULL DEFAULT 0,
  points_earned INTEGER NOT NULL DEFAULT 0,
  points_redeemed INTEGER NOT NULL DEFAULT 0,
  paired_compounds INTEGER NOT NULL DEFAULT 0,
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
    target_units, generated)
  SELECT unit, period, parent, district, level, name, code, kind, organisation, body, compounds, original_compounds,
    merged_compounds, old_compounds, three_none_compounds, buildings, households, residents, resident_full,
    resident_probationary, formal_full, formal_probationary, checked_in, roster_members, coverage_own, coverage_joint,
    coverage_group, coverage_functional, functional_contacts, coverage_contact, coverage_none, committees, general_branches,
    branches, joint_branches, groups, functional_branches, should_have, short_of_three, property_areas, areas_with_body,
    areas_with_firm, areas_with_service, cross_branch_seated, cross_branch_members, cross_body_seated, cross_body_members,
    kit_organisation, kit_body, kit_service, kit_mass, kit_resident, kit_complete, survey_very_satisfied, survey_satisfied,
    survey_neutral, survey_dissatisfied, survey_very_dissatisfied, survey_invalid, target_units, generated FROM temp.kept;
DROP TABLE temp.kept;
CREATE INDEX snapshot_unit_tree ON snapshot_unit (period, parent);
