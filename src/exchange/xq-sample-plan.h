#pragma once

/*
 * Private to the samples: one district thought out in memory, before anything is written. Made from a recipe and a number;
 * the same every time. Knows no store.
 */

#include "xq-sample-random.h"
#include "xq-sample-recipe.h"

G_BEGIN_DECLS

/** A day as the number of days since 0001-01-01 (GDate's); 0: none. */
typedef guint32 XqSampleDay;
#define XQ_SAMPLE_DAY_LENGTH 11
XqSampleDay xq_sample_day_parse (const char *text);
/** Writes YYYY-MM-DD into @text; returns it, or %NULL for no day. */
const char *xq_sample_day_format (XqSampleDay day, char text[XQ_SAMPLE_DAY_LENGTH]);

#define XQ_SAMPLE_NEVER G_MAXUINT /* index of a stage that never comes */
#define XQ_SAMPLE_UNKNOWN G_MININT64

typedef enum
{
  XQ_SAMPLE_SINGLE, /* an original compound that goes on as a unit */
  XQ_SAMPLE_PART,   /* an original compound that was merged with others */
  XQ_SAMPLE_MERGED, /* a unit made of parts */
} XqSampleRole;

typedef struct
{
  guint community;
  XqSampleRole role;
  guint successor;                    /* of a part: its unit's index */
  guint first_part, n_parts;          /* of a merged unit: indices */
  const XqSamplePublished *published; /* or %NULL */
  gboolean contacted;                 /* has no member and stays so */
  gboolean grouped;                   /* covered by a group of a neighbour's branch */
  gboolean aged, firm;                /* an old compound; served by a firm where the recipe says how many are */
  guint joint;                        /* of parts and merged units: 1 + number of the joint branch that covered them, 0: none */

  char *name, *code;
  int kind; /* index in XQ_ENUM_COMPOUND_KIND */
  int built_year;
  gint64 floor_area, households, residents;
  gint64 parking; /* XQ_SAMPLE_UNKNOWN: stays empty */
  gboolean three_none;
  int full, probationary, formal_full, formal_probationary, checked_in;

  /* Coverage. Stages count ends of periods. */
  guint covered;             /* stage by whose end it is covered by an organisation */
  XqSampleDay founded;       /* of its own branch, or of the joint one; 0: never */
  gboolean general;          /* its own is a general branch */
  int committee, background; /* of its own */
  int path;                  /* of its secretary, index in the recipe's paths, or -1 */
  guint n_groups;            /* Party groups of its branch */
  XqSampleDay term_started;
  guint contact_from, contact_to; /* stages at whose end it is in contact: from <= stage < to */
  XqSampleDay contact_decided;
  guint post; /* index in the posts */

  guint first_building, n_buildings; /* of singles and parts */
  guint first_area, n_areas;
  guint first_association, n_associations; /* of singles and merged units */
} XqSampleCompound;

typedef struct
{
  guint compound; /* single or part it stood in from the first */
  guint number;   /* in the compound; in its unit @later_number */
  guint later_number;
  int floors, entrances, built_year;
  gint64 households, residents;
} XqSampleBuilding;

/** A property area with its owners' body and its property service. */
typedef struct
{
  guint compound; /* single or part it belonged to from the first */
  guint number;   /* 0: the only one of its compound */
  gint64 floor_area, heads;

  guint body_stage; /* stage by whose end it has a body, or NEVER */
  int body;         /* index in XQ_ENUM_BODY_KIND */
  XqSampleDay body_founded, body_term_started;
  int seats, party_members, branch_seated, party_in_branch, term_years;
  gboolean legal_entity, bank_account;

  int mode;                               /* index in XQ_ENUM_SERVICE_MODE */
  int firm;                               /* number, 0: none */
  int fee, collection;                    /* -1: none */
  XqSampleDay service_from, contract_end; /* 0: none */
} XqSampleArea;

typedef struct
{
  guint compound;
  gboolean mass;
  guint name; /* index in the recipe's names */
  int headcount;
  XqSampleDay founded;
} XqSampleAssociation;

typedef struct
{
  const XqSampleRecipe *recipe;
  guint number; /* 1: the district itself; others repeat its pattern */
  char *name, *code;
  gboolean real;     /* names, codes and published facts are those of the district */
  GArray *compounds; /* XqSampleCompound: in each community singles, then parts, then merged units */
  GArray *buildings; /* XqSampleBuilding, those of a compound together */
  GArray *areas;     /* XqSampleArea, likewise */
  GArray *associations;
  guint first_redrawn;                         /* the first stage after the re-draw */
  XqSampleDay redraw_day, first_day, last_day; /* of the history */
} XqSamplePlan;

/** @number from 1. Fails only where the recipe asks for what cannot be. */
XqSamplePlan *xq_sample_plan_new (const XqSampleRecipe *recipe, guint number, GError **error);
void xq_sample_plan_free (XqSamplePlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSamplePlan, xq_sample_plan_free)

#define xq_sample_compound(plan, i) (&g_array_index ((plan)->compounds, XqSampleCompound, i))
#define xq_sample_building(plan, i) (&g_array_index ((plan)->buildings, XqSampleBuilding, i))
#define xq_sample_area(plan, i) (&g_array_index ((plan)->areas, XqSampleArea, i))
#define xq_sample_association(plan, i) (&g_array_index ((plan)->associations, XqSampleAssociation, i))

/** Whether the compound is in force at the end of the stage. */
gboolean xq_sample_plan_in_force (const XqSamplePlan *plan, guint compound, guint stage);
/** A district's, street's or community's code in this district: another prefix for those that repeat the pattern. Free it. */
char *xq_sample_plan_code (const XqSamplePlan *plan, const char *code);
/** A seed for a purpose of this district. */
void xq_sample_plan_seed (const XqSamplePlan *plan, const char *purpose, XqSampleRandom *random);

/** A day in the stage, not before the compound built in @built_year is lived in; the first stage reaches back some years. */
XqSampleDay xq_sample_plan_day_in_stage (const XqSamplePlan *plan, guint stage, int built_year, XqSampleRandom *random);
/** When the term began that runs at the end, with elections on time since @founded. */
XqSampleDay xq_sample_plan_term_start (const XqSamplePlan *plan, XqSampleDay founded, int years);

/* The steps, each in a file of its own; called in this order. */
gboolean xq_sample_plan_divide (XqSamplePlan *plan, GError **error); /* xq-sample-division.c: compounds, kinds, sizes, members */
gboolean xq_sample_plan_name (XqSamplePlan *plan, GError **error);   /* xq-sample-names.c */
gboolean xq_sample_plan_furnish (XqSamplePlan *plan,
                                 GError **error); /* xq-sample-property.c: buildings, areas, services, associations */
gboolean xq_sample_plan_cover (XqSamplePlan *plan, GError **error); /* xq-sample-history.c: branches, contacts through time */
void xq_sample_plan_settle_members (XqSamplePlan *plan);            /* xq-sample-division.c */
gboolean xq_sample_plan_share_groups (XqSamplePlan *plan, GError **error); /* xq-sample-history.c */
gboolean xq_sample_plan_represent (XqSamplePlan *plan, GError **error);    /* xq-sample-property.c: owners' bodies through time */

/** Answers of a unit to one question. */
typedef struct
{
  guint compound;
  int answers[6]; /* very satisfied … very dissatisfied, invalid */
} XqSampleTally;
/**
 * Answers of each compound in force to the overall question (@dimension -1) or to that of a dimension, at @stage. Together they
 * come to the recipe's share. Element type XqSampleTally. xq-sample-survey.c
 */
GArray *xq_sample_plan_survey (const XqSamplePlan *plan, guint stage, int dimension);

G_END_DECLS
