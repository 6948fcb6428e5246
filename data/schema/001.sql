-- The first version of a district file. Forward only: later versions add numbered files.
--
-- Tables of records come first. Each has id (a random 63-bit integer), district, and origins: two bits a
-- field that say where the value comes from. They are the tables the journal records, so none has a trigger,
-- a generated column or a cascading reference, and UNIQUE stands only over columns that no command edits.

CREATE TABLE unit (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  parent INTEGER REFERENCES unit (id),
  level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4),
  name TEXT NOT NULL CHECK (name <> ''),
  code TEXT,
  ordinal INTEGER CHECK (ordinal BETWEEN 0 AND 1000000),
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE unit_name (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('former_name', 'alias', 'code')),
  value TEXT NOT NULL CHECK (value <> ''),
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE lineage (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  predecessor INTEGER NOT NULL REFERENCES unit (id),
  successor INTEGER NOT NULL REFERENCES unit (id),
  share_numerator INTEGER NOT NULL CHECK (share_numerator BETWEEN 1 AND 1000000000),
  share_denominator INTEGER NOT NULL CHECK (share_denominator BETWEEN 1 AND 1000000000),
  effective TEXT NOT NULL CHECK (effective GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

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
  origins INTEGER NOT NULL,
  UNIQUE (unit)
) STRICT;

CREATE TABLE building (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  floors INTEGER CHECK (floors BETWEEN 1 AND 200),
  entrances INTEGER CHECK (entrances BETWEEN 0 AND 200),
  households INTEGER CHECK (households BETWEEN 0 AND 1000000),
  residents INTEGER CHECK (residents BETWEEN 0 AND 10000000),
  built_year INTEGER CHECK (built_year BETWEEN 1840 AND 2100),
  origins INTEGER NOT NULL,
  UNIQUE (unit)
) STRICT;

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
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE organisation_cover (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  organisation INTEGER NOT NULL REFERENCES organisation (id),
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  post TEXT,
  decided TEXT CHECK (decided GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE contact_confirmation (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  contact INTEGER NOT NULL REFERENCES contact (id),
  confirmed TEXT NOT NULL CHECK (confirmed GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE founding_exemption (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  reason TEXT NOT NULL CHECK (reason <> ''),
  decided TEXT CHECK (decided GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE declared_count (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  measure TEXT NOT NULL CHECK (measure IN ('resident_full', 'resident_probationary', 'formal_full', 'formal_probationary', 'checked_in')),
  value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 10000000),
  counted_on TEXT CHECK (counted_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL,
  UNIQUE (unit, measure)
) STRICT;

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
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE property_area (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL CHECK (name <> ''),
  floor_area INTEGER CHECK (floor_area BETWEEN 0 AND 1000000000),
  heads INTEGER CHECK (heads BETWEEN 0 AND 1000000),
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

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
  origins INTEGER NOT NULL
) STRICT;

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
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE association (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('mass', 'resident')),
  name TEXT NOT NULL CHECK (name <> ''),
  headcount INTEGER CHECK (headcount BETWEEN 0 AND 1000000),
  founded TEXT CHECK (founded GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  ended TEXT CHECK (ended GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE survey (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL CHECK (name <> ''),
  closed TEXT NOT NULL CHECK (closed GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  method TEXT,
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE survey_question (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  survey INTEGER NOT NULL REFERENCES survey (id),
  dimension TEXT,
  text TEXT NOT NULL CHECK (text <> ''),
  overall INTEGER CHECK (overall IN (0, 1)),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE survey_tally (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  question INTEGER NOT NULL REFERENCES survey_question (id),
  very_satisfied INTEGER CHECK (very_satisfied BETWEEN 0 AND 1000000),
  satisfied INTEGER CHECK (satisfied BETWEEN 0 AND 1000000),
  neutral INTEGER CHECK (neutral BETWEEN 0 AND 1000000),
  dissatisfied INTEGER CHECK (dissatisfied BETWEEN 0 AND 1000000),
  very_dissatisfied INTEGER CHECK (very_dissatisfied BETWEEN 0 AND 1000000),
  invalid INTEGER CHECK (invalid BETWEEN 0 AND 1000000),
  origins INTEGER NOT NULL,
  UNIQUE (question, unit)
) STRICT;

CREATE TABLE target (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  indicator TEXT NOT NULL CHECK (indicator <> ''),
  due TEXT NOT NULL CHECK (due GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 10000000),
  origins INTEGER NOT NULL
) STRICT;

CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  district INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  topic TEXT,
  title TEXT NOT NULL CHECK (title <> ''),
  quantity INTEGER CHECK (quantity BETWEEN 0 AND 1000000000),
  measure TEXT,
  text TEXT,
  occurred TEXT,
  source TEXT,
  origins INTEGER NOT NULL
) STRICT;

-- With the dates in it, children in force are found without a look at their rows.
CREATE INDEX unit_parent ON unit (parent, valid_from, valid_to);
CREATE INDEX unit_name_unit ON unit_name (unit);
CREATE INDEX lineage_predecessor ON lineage (predecessor);
CREATE INDEX lineage_successor ON lineage (successor);
CREATE INDEX lineage_effective ON lineage (district, effective);
CREATE INDEX organisation_unit ON organisation (unit);
CREATE INDEX organisation_parent ON organisation (parent);
CREATE INDEX organisation_cover_unit ON organisation_cover (unit);
CREATE INDEX organisation_cover_organisation ON organisation_cover (organisation);
CREATE INDEX contact_unit ON contact (unit);
CREATE INDEX contact_confirmation_contact ON contact_confirmation (contact);
CREATE INDEX founding_exemption_unit ON founding_exemption (unit);
CREATE INDEX member_residence ON member (residence);
CREATE INDEX member_organisation ON member (organisation);
CREATE INDEX member_checked_in ON member (checked_in);
CREATE INDEX property_area_unit ON property_area (unit);
CREATE INDEX owners_body_property_area ON owners_body (property_area);
CREATE INDEX property_service_property_area ON property_service (property_area);
CREATE INDEX association_unit ON association (unit);
CREATE INDEX survey_unit ON survey (unit);
CREATE INDEX survey_question_survey ON survey_question (survey);
-- With the question in it, tallies of surveys long past are passed over without a look at their rows.
CREATE INDEX survey_tally_unit ON survey_tally (unit, question);
CREATE INDEX survey_tally_question ON survey_tally (question);
CREATE INDEX target_unit ON target (unit);
CREATE INDEX target_indicator ON target (district, indicator);
CREATE INDEX note_unit ON note (unit);

-- What follows is not journaled: derived from the records, or frozen from them.

-- The document itself and its copy of the scheme.
CREATE TABLE document (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  scheme_id TEXT NOT NULL,
  scheme TEXT NOT NULL,          -- JSON
  open_period TEXT NOT NULL,     -- e.g. 2024Q4: live figures are as of its last day
  sample TEXT,                   -- id of the sample it was made from, or NULL
  source TEXT,                   -- where reported values come from
  created TEXT NOT NULL
) STRICT;

-- Facts (home values) of units in force as of the open period's last day: one live row per unit of any level, holding only what
-- has its home there. generated has a bit for each group of fact columns that rests on a generated value.
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
  generated INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The same columns summed over the subtree, for levels down to compound.
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
  generated INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE search (
  unit INTEGER PRIMARY KEY REFERENCES unit (id),
  level INTEGER NOT NULL,
  name TEXT NOT NULL,            -- folded, then aliases: a newline before, between and behind
  pinyin TEXT NOT NULL,          -- syllables without spaces; a space before, between and behind the readings
  initials TEXT NOT NULL,
  code TEXT NOT NULL,
  sort_key BLOB NOT NULL         -- ICU collation zh
) STRICT;
-- What a search reads lies side by side, compounds and what is above them first.
CREATE INDEX search_scan ON search (level, name, pinyin, initials, code);
CREATE INDEX search_code ON search (code);

-- Locked periods. A reopened period keeps its row with reopened set; locking it again replaces its snapshot.
CREATE TABLE snapshot (
  period TEXT PRIMARY KEY,
  as_of TEXT NOT NULL,
  locked_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  reopened_at TEXT,
  reason TEXT
) STRICT, WITHOUT ROWID;

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
  generated INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (unit, period)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshot_unit_tree ON snapshot_unit (period, parent);

-- The audit trail, append-only.
CREATE TABLE journal (
  entry INTEGER PRIMARY KEY,
  actor TEXT NOT NULL,
  time TEXT NOT NULL,            -- UTC, ISO 8601
  label TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  undoes INTEGER REFERENCES journal (entry),
  redoes INTEGER REFERENCES journal (entry),
  changes INTEGER NOT NULL,      -- rows in the changeset
  columns TEXT NOT NULL,         -- JSON: column names of the tables changed, in order
  changeset BLOB                 -- NULL where nothing can be undone (locking a period)
) STRICT;
CREATE INDEX journal_undoes ON journal (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX journal_redoes ON journal (redoes) WHERE redoes IS NOT NULL;
CREATE TABLE journal_unit (
  entry INTEGER NOT NULL REFERENCES journal (entry),
  unit INTEGER NOT NULL,
  PRIMARY KEY (entry, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_unit_unit ON journal_unit (unit, entry);
