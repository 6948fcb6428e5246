#pragma once

/*
 * Private to the store: the columns of fact, rollup and snapshot_unit, once. The statements that compute, sum up and
 * freeze facts are made from this list; a test compares it with the schema.
 */

#include <glib.h>

G_BEGIN_DECLS

/**
 * What a column rests on: `generated` has one bit for each group, set when any value of the group is made by the
 * sample generator. Two are conditions, not groups of columns.
 */
typedef enum
{
  XQ_FACT_UNITS,
  XQ_FACT_ORIGINALS,
  XQ_FACT_ATTRIBUTES,
  XQ_FACT_HOUSEHOLDS,
  XQ_FACT_RESIDENTS,
  XQ_FACT_RESIDENT_MEMBERS,
  XQ_FACT_FORMAL_MEMBERS,
  XQ_FACT_CHECKED_IN,
  XQ_FACT_ROSTER,
  XQ_FACT_COVERAGE,
  XQ_FACT_ORGANISATIONS,
  XQ_FACT_FOUNDING,
  XQ_FACT_AREAS,
  XQ_FACT_BODIES,
  XQ_FACT_SERVICES,
  XQ_FACT_CROSS,
  XQ_FACT_KIT,
  XQ_FACT_SURVEY,
  XQ_FACT_TARGETS,
  XQ_FACT_DATES,     /* since when: counts against figures of every period but the open one */
  XQ_FACT_PLACEMENT, /* under which unit: counts against streets and communities, not against the district that holds all */
  /* Groups that came later: bits of locked periods keep their places. */
  XQ_FACT_COMMITTEE_MEMBERS,
  XQ_FACT_POSTS,
  XQ_FACT_EMPLOYERS,
  XQ_FACT_SPACES,
  XQ_FACT_GRIDS,
  XQ_FACT_BODY_RULES,
  XQ_FACT_BODY_KINDS,
  XQ_FACT_CHECKLISTS,
  XQ_FACT_FEES,
  XQ_FACT_TICKETS,
  XQ_FACT_CONTRADICTIONS,
  XQ_FACT_PETITIONS,
  XQ_FACT_CONSULTATIONS,
  XQ_FACT_PROJECTS,
  XQ_FACT_INCOME,
  XQ_FACT_POINTS,
  XQ_FACT_PAIRING,
  XQ_FACT_ASSOCIATIONS,
  XQ_FACT_MEMBER_CATEGORIES,
  XQ_FACT_APPRAISALS,
  XQ_FACT_SECRETARIES,
  XQ_FACT_BIG_COMMITTEE_SEATS,
  XQ_FACT_APPROVALS,
  XQ_FACT_BODY_EVENTS,
  XQ_FACT_VOTES,
  XQ_FACT_CONSULTATION_KINDS,
  XQ_FACT_POLLS,
  XQ_FACT_SURVEYS,
  XQ_FACT_FUNDING,
  XQ_FACT_PAIRINGS,
  XQ_FACT_DEPARTMENTS,
  XQ_FACT_ACTIVITIES,
  XQ_FACT_CONFIRMATIONS,
  XQ_N_FACT_GROUPS,
} XqFactGroup;

typedef struct
{
  const char *name;
  XqFactGroup group;
  /* Past figures in the present division: the column may be split by share of lineage (sum), or may not (none). */
  enum
  {
    XQ_CARRY_NONE,
    XQ_CARRY_SUM
  } carry;
  /* The rows behind a figure are the units where the value has its home, buildings too; else they stop at compounds. */
  gboolean at_home;
  /* Over the intermediate results of data/schema/facts.sql: of one unit, as of :as_of. Never null. */
  const char *sql;
  /* The same for buildings, which are most of the units and have little of their own; NULL: always 0. */
  const char *building_sql;
} XqFactColumn;

#define XQ_N_FACT_COLUMNS 216
extern const XqFactColumn XQ_FACT_COLUMNS[XQ_N_FACT_COLUMNS];
/** Index of the column called @name (@length bytes of it, -1 for all), or -1. */
int xq_fact_column_find (const char *name, gssize length);

/** What sets a group's bit, over the same intermediate results; null counts as false. */
typedef struct
{
  const char *sql;
  const char *building_sql; /* or NULL */
} XqFactGroupSql;
extern const XqFactGroupSql XQ_FACT_GROUP_SQL[XQ_N_FACT_GROUPS];

/** "c1, c2, …" with @prefix before and @suffix behind each: ("sum (", ")"). Without `generated`. */
char *xq_fact_columns_join (const char *prefix, const char *suffix);

G_END_DECLS
