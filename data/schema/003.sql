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
