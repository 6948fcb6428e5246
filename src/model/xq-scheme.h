#pragma once

#include "xq-enums.h"
#include "xq-period.h"
#include "xq-work-calendar.h"

G_BEGIN_DECLS

/**
 * XqScheme: a district's way of doing it (治理模式), read from JSON and copied
 * into each document. Immutable; reference counted. What a scheme does not say
 * takes the defaults of DESIGN §4, which are in data/schemes/standard.json; what
 * a scheme alone has (kit, checklists, grids, plan, required bodies) is not inherited.
 * Labels are shown as they are: schemes are written in the users' language.
 */
typedef struct _XqScheme XqScheme;

/** Something with an id, which is what records hold, and what people call it. */
typedef struct
{
  const char *id;
  const char *label;
  gboolean closed; /* records that hold it keep it; new ones are not offered it */
} XqSchemeItem;

/** Lists of words of one kind. Their order is the scheme's. */
typedef enum
{
  XQ_SCHEME_SECRETARY_PATHS, /* 自己荐 党员推 物业派 社区选 街道引: organisation.secretary_path, post_holder.path */
  XQ_SCHEME_TICKET_CATEGORIES,    /* 消防安全 环境卫生 … */
  XQ_SCHEME_DEPARTMENTS,          /* 示例部门… : departments a new document starts with */
  XQ_SCHEME_CONSULTATION_FORMS,   /* 五方联动 联席会议 业主大会 … */
  XQ_SCHEME_CONSULTATION_PARTIES, /* 社区 小区党组织 业委会 物业 居民代表 */
  XQ_SCHEME_CONSULTATION_LEVELS,  /* 镇街 村社 小区 */
  XQ_SCHEME_APPRAISAL_GRADES,     /* 优秀 合格 基本合格 不合格 */
} XqSchemeList;
#define XQ_SCHEME_N_LISTS 7

/**
 * A list of what a scheme asks of a unit or an organisation: a branch's powers (五职权) and duties (八职责), 五件套, 五好.
 * An item that the district has not filled in yet has the label "" and is shown as an empty line.
 */
typedef struct
{
  const char *id;
  const char *label;
  const char *const *items;    /* labels, %NULL-terminated */
  const char *const *item_ids; /* as many: what records hold; "1", "2" … where the scheme gives none */
  guint n_items;
  const int *scores;          /* the most points of each item; %NULL where it is not scored */
  const XqSchemeItem *states; /* from nothing to done: the last one is complete; ids are none, partial, done */
  guint n_states;             /* 0: words only, no state is kept of them */
  XqLevel level;              /* of the units it is kept for */
  gboolean by_period;         /* states are of a period of @period_kind; otherwise they stand until changed */
  XqPeriodKind period_kind;
  gboolean ours; /* the scoring is this program's, not the district's: shown as 示例 */
} XqSchemeChecklist;

/** A post (岗位) that people serve in. */
typedef struct
{
  const char *id;
  const char *label;
  XqLevel level;    /* where it stands */
  gboolean officer; /* one of the "two heads four officers" (两长四员) */
  gboolean closed;  /* as of XqSchemeItem */
} XqSchemePost;

/** A step of the hierarchy of Party organisations, from the top: 街道党工委 — 社区党委 — 小区党支部 — 楼栋党小组. */
typedef struct
{
  XqLevel level;    /* of the units it is at home in */
  const char *kind; /* nick of XQ_ENUM_ORGANISATION_KIND */
  const char *label;
  gboolean functional;
} XqSchemeOrganisation;

/** A role that units play in the 3+1 grids (总网格 一般网格 微网格 专属网格), and what organisation belongs to it. */
typedef struct
{
  const char *role; /* total, general, micro, dedicated */
  const char *label;
  const char *organisation; /* 社区总网格党委 … */
  XqLevel level;            /* of the units that play it */
} XqSchemeGrid;

/** A level of tickets. Days are working days. */
typedef struct
{
  const char *id; /* blue, yellow, red */
  const char *label;
  int respond_days, close_days;
} XqSchemeTicketLevel;

/** An entry of the topic directory of consultations (协商议题目录). */
typedef struct
{
  const char *id;    /* what records hold: the label as it was at first where the scheme gives none */
  const char *level; /* an id of XQ_SCHEME_CONSULTATION_LEVELS */
  const char *label;
  gboolean closed; /* as of XqSchemeItem */
} XqSchemeTopic;

/** Days in a row that are not worked: a public holiday with the days moved to it. Days are YYYY-MM-DD. */
typedef struct
{
  const char *label; /* 国庆节 */
  const char *from, *to;
} XqSchemeDaysOff;

/** What is published of a year: holidays, and the weekend days that are worked in exchange (调休). */
typedef struct
{
  int year;
  const char *source; /* the notice it is taken from; "" where none is named */
  const XqSchemeDaysOff *off;
  guint n_off;
  const char *const *worked; /* %NULL-terminated */
  guint n_worked;
} XqSchemeYear;

/** What a plan asks for by a day: @value units with the plan's indicator. */
typedef struct
{
  const char *due;
  int value;
} XqSchemeTarget;

/** Numbers that rules go by. */
typedef enum
{
  XQ_THRESHOLD_FOUNDING_MEMBERS,       /* 3: from so many on the basis on there is to be a branch */
  XQ_THRESHOLD_JOINT_UNITS,            /* 5: most units of a joint branch */
  XQ_THRESHOLD_GRACE_DAYS,             /* 90: days from a count to 应建未建 */
  XQ_THRESHOLD_MINIMUM_SAMPLE,         /* 30: below it satisfaction is suppressed */
  XQ_THRESHOLD_SURVEY_MONTHS,          /* 12: how long a survey's result stands */
  XQ_THRESHOLD_GENERAL_BRANCH_MEMBERS, /* 50 of all kinds: reminder that a general branch may be set up */
  XQ_THRESHOLD_COMMITTEE_MEMBERS,      /* 100 of all kinds: the same of a committee */
  XQ_THRESHOLD_BRANCH_COMMITTEE_FROM,  /* 7 full members: below, a secretary (and a deputy) only */
  XQ_THRESHOLD_BRANCH_COMMITTEE_LEAST, /* 3 seats */
  XQ_THRESHOLD_BRANCH_COMMITTEE_MOST,  /* 7 seats; 3 to 5 are usual */
  XQ_THRESHOLD_BRANCH_TERM_YEARS,      /* 3 */
  XQ_THRESHOLD_COMMUNITY_TERM_YEARS,   /* 5 */
  XQ_THRESHOLD_TERM_REMINDER_MONTHS,   /* 6: how long ahead an organisation's election is called to mind */
  XQ_THRESHOLD_BODY_SEATS_LEAST,       /* 5; the number is odd */
  XQ_THRESHOLD_BODY_SEATS_MOST,        /* 11 */
  XQ_THRESHOLD_BODY_SMALL_SEATS,       /* 3 allowed in small areas; 0: not allowed */
  XQ_THRESHOLD_BODY_SMALL_HOUSEHOLDS,  /* 100: an area with fewer is small */
  XQ_THRESHOLD_BODY_TERM_YEARS,        /* 5 at most */
  XQ_THRESHOLD_BODY_REMINDER_MONTHS,   /* 3: how long ahead an owners' body's election is called to mind */
  XQ_THRESHOLD_CONTRACT_REMINDER_DAYS, /* 90: how long ahead of a property contract's end */
  XQ_THRESHOLD_JUMP_PERCENT,           /* 50: a change from year to year beyond it is asked about … */
  XQ_THRESHOLD_JUMP_LEAST,             /* 20: … if it is of so many at least */
  XQ_THRESHOLD_TICKET_REMINDER_DAYS,   /* 1 working day before a deadline */
} XqThreshold;
#define XQ_N_THRESHOLDS 23

/** What a scheme works with: a page or tab of something that it lacks is not shown. */
typedef enum
{
  XQ_MECHANISM_TICKETS,           /* 吹哨报到, 工单 */
  XQ_MECHANISM_CONTRADICTIONS,    /* 矛盾纠纷台账 */
  XQ_MECHANISM_PETITIONS,         /* 信访 */
  XQ_MECHANISM_CONSULTATIONS,     /* 协商议事 */
  XQ_MECHANISM_POLLS,             /* 民意调查 */
  XQ_MECHANISM_PROJECTS,          /* 民生实事 */
  XQ_MECHANISM_VOTES,             /* 业主共同决定 */
  XQ_MECHANISM_PUBLIC_INCOME,     /* 公共收益 */
  XQ_MECHANISM_POINTS,            /* 志愿积分 */
  XQ_MECHANISM_PAIRING,           /* 结对包建 */
  XQ_MECHANISM_EMPLOYERS,         /* 双报到 */
  XQ_MECHANISM_APPRAISALS,        /* 评议与反馈单位 */
  XQ_MECHANISM_POSTS,             /* 岗位 */
  XQ_MECHANISM_MEMBER_HOUSEHOLDS, /* 党员中心户 */
  XQ_MECHANISM_INSTRUCTORS,       /* 党建指导员 */
  XQ_MECHANISM_STATIONS,          /* 阵地: 服务站, 文明实践站, 共享空间 */
  XQ_MECHANISM_GRIDS,             /* 3+1 网格 */
  XQ_MECHANISM_BIG_COMMITTEES,    /* 社区大党委 */
  XQ_MECHANISM_SATISFACTION,      /* 满意度 */
} XqMechanism;
#define XQ_N_MECHANISMS 19

/** Where a rule of the scheme asks for an owners' body of a certain kind. */
typedef enum
{
  XQ_BODY_RULE_FIRM,       /* a property area that a firm serves */
  XQ_BODY_RULE_NO_FIRM,    /* one without a firm (in a compound that is not a three-none one, where there is a rule for those) */
  XQ_BODY_RULE_THREE_NONE, /* one in a three-none compound */
} XqBodyRule;
#define XQ_N_BODY_RULES 3

#define XQ_SCHEME_ERROR (xq_scheme_error_quark ())
GQuark xq_scheme_error_quark (void);

/** Reads JSON; an error names the JSON path ("$.thresholds.founding_members: must be a whole number of at least 1"). */
XqScheme *xq_scheme_parse (const char *json, gssize length, GError **error);
/** One of those that come with the program: standard, echeng, bishan, xianan, longquanyi, hongan. */
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

int xq_scheme_get_threshold (const XqScheme *scheme, XqThreshold threshold);
/** Its key in the JSON: founding_members. */
const char *xq_threshold_to_nick (XqThreshold threshold);
int xq_scheme_get_founding_members (const XqScheme *scheme); /* these: as get_threshold */
int xq_scheme_get_joint_units (const XqScheme *scheme);
int xq_scheme_get_grace_days (const XqScheme *scheme);
int xq_scheme_get_minimum_sample (const XqScheme *scheme);
int xq_scheme_get_survey_months (const XqScheme *scheme);
XqPeriodKind xq_scheme_get_period_kind (const XqScheme *scheme); /* how often data is locked */

gboolean xq_scheme_has_mechanism (const XqScheme *scheme, XqMechanism mechanism);
/** Its word in the JSON: tickets. */
const char *xq_mechanism_to_nick (XqMechanism mechanism);

/** The kit of a compound (五方配套 in Echeng): name and items; 0 items where the scheme has none. Ids: organisation, body, service,
 * mass, resident. */
const char *xq_scheme_get_kit_label (const XqScheme *scheme);
const XqSchemeItem *xq_scheme_get_kit (const XqScheme *scheme, guint *n_items);

/** Whether the scheme has a plan with targets: without one no plan line is drawn. */
gboolean xq_scheme_has_plan (const XqScheme *scheme);
const char *xq_scheme_get_plan_label (const XqScheme *scheme);
/** Id of the indicator whose numerator the plan's targets ask for; %NULL without a plan. */
const char *xq_scheme_get_plan_indicator (const XqScheme *scheme);
/** What the plan asks of the whole district, by date; a document's own targets are records. */
const XqSchemeTarget *xq_scheme_get_plan_targets (const XqScheme *scheme, guint *n_targets);

/** The checklists in the order of the scheme. */
const XqSchemeChecklist *xq_scheme_get_checklists (const XqScheme *scheme, guint *n_checklists);
/** The checklist called @id, or %NULL. */
const XqSchemeChecklist *xq_scheme_find_checklist (const XqScheme *scheme, const char *id);
/** The secretaries' backgrounds this scheme knows: nicks of %XQ_ENUM_SECRETARY_BACKGROUND, %NULL-terminated. */
const char *const *xq_scheme_get_secretary_backgrounds (const XqScheme *scheme);

const XqSchemeItem *xq_scheme_get_list (const XqScheme *scheme, XqSchemeList list, guint *n_items);
/** What @id is called in @list; @id itself where the scheme does not know it, "" for %NULL. */
const char *xq_scheme_get_list_label (const XqScheme *scheme, XqSchemeList list, const char *id);
const XqSchemePost *xq_scheme_get_posts (const XqScheme *scheme, guint *n_posts);
/** The post called @id, or %NULL. */
const XqSchemePost *xq_scheme_find_post (const XqScheme *scheme, const char *id);
const XqSchemeOrganisation *xq_scheme_get_organisations (const XqScheme *scheme, guint *n_organisations);
/** Whether the organisations of compounds are functional ones: coverage is told by them, never by formal branches. */
gboolean xq_scheme_is_functional (const XqScheme *scheme);
/** Whether organisations of @kind are at home in compounds. */
gboolean xq_scheme_has_compound_organisation (const XqScheme *scheme, const char *kind);
const XqSchemeGrid *xq_scheme_get_grids (const XqScheme *scheme, guint *n_grids);
const XqSchemeTicketLevel *xq_scheme_get_ticket_levels (const XqScheme *scheme, guint *n_levels);
/** The level called @id, or %NULL. */
const XqSchemeTicketLevel *xq_scheme_find_ticket_level (const XqScheme *scheme, const char *id);
const XqSchemeTopic *xq_scheme_get_topics (const XqScheme *scheme, guint *n_topics);
/** The years whose holidays the scheme lists, earliest first. */
const XqSchemeYear *xq_scheme_get_holidays (const XqScheme *scheme, guint *n_years);
/** Whether @year is among them: of any other only weekends are known to be free. */
gboolean xq_scheme_has_holidays (const XqScheme *scheme, int year);
/** Which days are worked, by those lists. Borrowed from @scheme. */
const XqWorkCalendar *xq_scheme_get_work_calendar (const XqScheme *scheme);
/** Nick of %XQ_ENUM_BODY_KIND of the body that is asked for, or %NULL where the scheme has no such rule. */
const char *xq_scheme_get_required_body (const XqScheme *scheme, XqBodyRule rule);

G_END_DECLS
