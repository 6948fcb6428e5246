#pragma once

/*
 * Private to the samples: what makes one sample district differ from another is data (data/samples). A recipe holds its
 * real division, its published facts and the manner in which the rest is generated. Read once, immutable.
 */

#include "xq-json.h"
#include "xq-period.h"
#include "xq-scheme.h"

G_BEGIN_DECLS

#define XQ_SAMPLE_ERROR (xq_sample_error_quark ())
GQuark xq_sample_error_quark (void);

#define XQ_SAMPLE_N_KINDS 8 /* of compounds */
#define XQ_SAMPLE_N_BODIES 4
#define XQ_SAMPLE_N_MODES 4 /* of property service */
#define XQ_SAMPLE_N_BACKGROUNDS 5
#define XQ_SAMPLE_N_PATHS 5

typedef struct
{
  int low, high;
} XqSampleRange;

/** Rising, evenly spaced quantiles of a distribution. */
typedef struct
{
  int *values;
  guint n;
} XqSampleQuantiles;

/** What compounds of a kind are commonly like. Percentages are in thousandths. */
typedef struct
{
  XqSampleQuantiles households;      /* of one that stays as it is */
  XqSampleQuantiles part_households; /* of one that is merged with others */
  XqSampleRange per_building;        /* households; 0: buildings are not registered */
  XqSampleRange floors;
  XqSampleRange people; /* residents of ten households */
  XqSampleRange area;   /* m² a household */
  XqSampleQuantiles built;
  XqSampleRange members;            /* resident full members of a thousand residents */
  XqSampleRange formal, checked_in; /* of a thousand resident members */
  XqSampleRange parking;            /* places for a thousand households */
  int areas[3];                     /* weights of one, two, three property areas */
  int bodies[XQ_SAMPLE_N_BODIES];   /* weights, in the order of XQ_ENUM_BODY_KIND */
  int modes[XQ_SAMPLE_N_MODES];     /* weights, in the order of XQ_ENUM_SERVICE_MODE */
  XqSampleRange fee;                /* fen per m² and month */
  XqSampleRange collection;
  int satisfaction; /* thousandths above the district's */
  int early;        /* how much earlier than others they found a branch */
  char **names;     /* patterns */
} XqSampleKind;

typedef struct
{
  char *id;
  int singles[XQ_SAMPLE_N_KINDS]; /* weights, in the order of XQ_ENUM_COMPOUND_KIND */
  int parts[XQ_SAMPLE_N_KINDS];
} XqSampleProfile;

/** A real community or village. */
typedef struct
{
  char *code, *name; /* as shown */
  char *official;    /* as published, or %NULL where it is shown so */
  char *stem;        /* what compounds there are called after: without 社区, 居委会, 村 */
  gboolean village;
  guint street;
  const XqSampleProfile *profile;
} XqSampleCommunity;

typedef struct
{
  char *code, *name, *stem;
  gboolean named;       /* by the recipe; others have no compounds but reported ones */
  XqSampleRange units;  /* relative sizes of residents' communities, in units */
  int village_units[3]; /* weights of no, one, two units in a village */
  int satisfaction;     /* thousandths above the district's */
  guint n_contacts;     /* of the units left without members */
} XqSampleStreet;

typedef struct
{
  char *topic, *title, *measure, *text, *occurred; /* %NULL where there is none */
  gint64 quantity;                                 /* -1: none */
} XqSampleNote;

/** A figure that was published of the district. */
typedef struct
{
  char *indicator, *as_of, *text; /* text: or %NULL */
  gint64 numerator, denominator;  /* -1: none */
} XqSampleFigure;

/** A compound that was reported on: what was published of it, and what the sample assumes besides. */
typedef struct
{
  guint community;
  char *name;
  char **aliases;
  gboolean place_assumed;                         /* which community it is in was not reported */
  guint n_entrances;                              /* of all buildings; 0: as generated */
  guint n_buildings;                              /* 0: as generated */
  gint64 households;                              /* -1: as generated; likewise below */
  int kind, built_year, organisation, body, mode; /* enumerations: index of the value */
  gint64 floor_area, residents;
  int checked_in, fee; /* fee in fen */
  gboolean floor_area_reported, residents_reported, checked_in_reported, fee_reported;
  gboolean households_reported, kind_reported, built_year_reported, organisation_reported, body_reported, mode_reported;
  int covered_by;      /* index of the period by whose end it has its branch, or -1 */
  char *founded_month; /* or %NULL */
  int body_from;       /* index of the period in which its owners' body is founded, or -1 */
  gboolean no_parking; /* parking places stay empty */
  gboolean cross_appointed;
  GPtrArray *notes; /* XqSampleNote */
  XqJson records;   /* rules of xq-sample-ledger.c, for this compound; absent where there are none */
} XqSamplePublished;

/** What stands at the end of a period. */
typedef struct
{
  XqPeriod period;
  char *first_day, *last_day;
  gboolean redrawn; /* after the re-draw */
  guint covered, joint, worked;
  int bodies;       /* thousandths of the property areas */
  int satisfaction; /* thousandths of the answers */
  char *month;      /* YYYY-MM in which the branches of this stage were founded, or %NULL */
} XqSampleStage;

typedef struct
{
  char *name;
  int offset;
} XqSampleDimension;

typedef struct
{
  char *id, *scheme, *name, *code, *source;
  XqPeriod open_period;

  GArray *streets;       /* XqSampleStreet */
  GArray *communities;   /* XqSampleCommunity, by street and code */
  GArray *stages;        /* XqSampleStage */
  GArray *profiles;      /* XqSampleProfile */
  GPtrArray *published;  /* XqSamplePublished */
  GPtrArray *notes;      /* XqSampleNote of @note_units */
  GPtrArray *note_units; /* char *, codes */
  char *published_source;

  double longitude, latitude; /* the middle of the generated map */
  char *redraw_day;           /* %NULL: compounds have always been as they are */
  /* The plans that the re-draw is told by: who decided on it, when it was found out what there was, when it was decided, how many
   * households a unit was to have. @decider %NULL: none are made. */
  char *decider;
  char *surveyed, *decided;
  XqSampleRange unit_households;
  guint originals, units, merged_units, merged_from, most_parts;
  int *parts; /* weights of two, three … parts */
  guint own, contacts, joint_groups;
  guint grouped;                /* units covered by a group of a neighbour's branch */
  gboolean contacts_anywhere;   /* no streets are given for them */
  const char *basis;            /* the scheme's, see XQ_MEASURE_* */
  gboolean functional;          /* own branches are functional ones */
  XqSampleRange committee;      /* seats of own branches; 0: by their size */
  int least_members;            /* on any count, of units with an own branch; 0: what the basis asks for */
  int paths[XQ_SAMPLE_N_PATHS]; /* weights of secretaries' paths; all 0: none are given */
  gboolean has_paths;
  guint groups; /* Party groups, those of @grouped included */
  gboolean groups_in_buildings, groups_functional;
  enum
  {
    XQ_SAMPLE_COMMITTEES_ALL,   /* each community has its organisation */
    XQ_SAMPLE_COMMITTEES_HOMES, /* those with compounds */
    XQ_SAMPLE_COMMITTEES_NONE
  } committees;
  char **big_committees;   /* codes of communities */
  gint64 checked_in;       /* 0: as generated */
  gboolean property_given; /* then @firms and @three_none hold */
  guint firms, three_none;
  const char *required_bodies[3]; /* the scheme's, by XqBodyRule */
  guint aged;                     /* old compounds; 0: as generated */
  JsonNode *node;                 /* the file: what is below borrows from it */
  XqJson ledger;                  /* rules of xq-sample-ledger.c, or absent */
  GArray *figures;                /* XqSampleFigure */
  XqScheme *model;
  gint64 households, buildings;
  guint general_branch_members;
  XqSampleRange answers; /* of a thousand households */
  guint small_samples;   /* units with fewer answers than are shown */
  int enough;            /* answers that the others have at least */

  /* Common to all samples */
  XqSampleKind kinds[XQ_SAMPLE_N_KINDS];
  GHashTable *pools; /* char * → char ** */
  char **stem_suffixes;
  char **merged_suffixes;
  char **residents_posts, **village_posts;
  char **mass_names, **resident_names;
  int with_mass, with_resident;
  int backgrounds[XQ_SAMPLE_N_BACKGROUNDS];
  char *firm_format;
  int n_firms;
  char *survey_format, *survey_method, *overall_text, *question_format;
  GArray *dimensions; /* XqSampleDimension */
} XqSampleRecipe;

/** One of those that come with the program. */
XqSampleRecipe *xq_sample_recipe_load (const char *id, GError **error);
void xq_sample_recipe_free (XqSampleRecipe *recipe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSampleRecipe, xq_sample_recipe_free)

#define xq_sample_street(recipe, i) (&g_array_index ((recipe)->streets, XqSampleStreet, i))
#define xq_sample_community(recipe, i) (&g_array_index ((recipe)->communities, XqSampleCommunity, i))
#define xq_sample_stage(recipe, i) (&g_array_index ((recipe)->stages, XqSampleStage, i))

G_END_DECLS
