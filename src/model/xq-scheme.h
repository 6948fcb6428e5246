#pragma once

#include "xq-enums.h"
#include "xq-period.h"

G_BEGIN_DECLS

/**
 * XqScheme: a district's way of doing it (治理模式), read from JSON and copied
 * into each document. Immutable; reference counted. What a scheme does not say
 * takes the defaults of DESIGN §4, which are in data/schemes/standard.json.
 */
typedef struct _XqScheme XqScheme;

/** One item of a checklist, e.g. 五方配套: how the item is known to be there. */
typedef struct
{
  const char *id;    /* organisation, body, service, mass, resident */
  const char *label; /* shown as is: schemes are written in the users' language */
} XqSchemeItem;

/**
 * A list of what a scheme names in words: a branch's powers (五职权) and duties (八职责). @items ends with %NULL;
 * an item that the district has not filled in yet is "" and is shown as an empty line.
 */
typedef struct
{
  const char *id;
  const char *label;
  const char *const *items;
} XqSchemeChecklist;

#define XQ_SCHEME_ERROR (xq_scheme_error_quark ())
GQuark xq_scheme_error_quark (void);

/** Reads JSON; an error names the JSON path ("$.thresholds.founding_members: must be a whole number of at least 1"). */
XqScheme *xq_scheme_parse (const char *json, gssize length, GError **error);
/** One of those that come with the program: standard, echeng (others follow). */
XqScheme *xq_scheme_load_builtin (const char *id, GError **error);
/** Ids of those that come with the program. */
char **xq_scheme_list_builtin (void);
XqScheme *xq_scheme_ref (XqScheme *scheme);
void xq_scheme_unref (XqScheme *scheme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqScheme, xq_scheme_unref)

const char *xq_scheme_get_id (const XqScheme *scheme);
const char *xq_scheme_get_name (const XqScheme *scheme);
/** The JSON it was read from. */
const char *xq_scheme_get_json (const XqScheme *scheme);
/** The department that owns a document, e.g. 区委组织部; written behind the district's name. */
const char *xq_scheme_get_department (const XqScheme *scheme);
/** What a level is called: 区, 镇街, 社区(村), 治理单元, 楼栋. */
const char *xq_scheme_get_level_label (const XqScheme *scheme, XqLevel level);
/** Which of the three counts founds a branch: a measure (XQ_MEASURE_*). */
const char *xq_scheme_get_founding_basis (const XqScheme *scheme);
int xq_scheme_get_founding_members (const XqScheme *scheme);     /* 3 */
int xq_scheme_get_joint_units (const XqScheme *scheme);          /* 5: most units of a joint branch */
int xq_scheme_get_grace_days (const XqScheme *scheme);           /* days from a count to 应建未建 */
int xq_scheme_get_minimum_sample (const XqScheme *scheme);       /* below it satisfaction is suppressed */
int xq_scheme_get_survey_months (const XqScheme *scheme);        /* how long a survey's result stands */
XqPeriodKind xq_scheme_get_period_kind (const XqScheme *scheme); /* how often data is locked */
/** The kit of a compound (五方配套 in Echeng): name and items; 0 items where the scheme has none. */
const char *xq_scheme_get_kit_label (const XqScheme *scheme);
const XqSchemeItem *xq_scheme_get_kit (const XqScheme *scheme, guint *n_items);
/** Whether the scheme has a plan with targets: without one no plan line is drawn. */
gboolean xq_scheme_has_plan (const XqScheme *scheme);
const char *xq_scheme_get_plan_label (const XqScheme *scheme);
/** Id of the indicator whose numerator the plan's targets ask for; %NULL without a plan. */
const char *xq_scheme_get_plan_indicator (const XqScheme *scheme);
/** The checklists in the order of the scheme. */
const XqSchemeChecklist *xq_scheme_get_checklists (const XqScheme *scheme, guint *n_checklists);
/** The secretaries' backgrounds this scheme knows: nicks of %XQ_ENUM_SECRETARY_BACKGROUND, %NULL-terminated. */
const char *const *xq_scheme_get_secretary_backgrounds (const XqScheme *scheme);

G_END_DECLS
