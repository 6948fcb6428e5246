#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * XqLevel: the five levels of the tree, from the top (DESIGN: 层级).
 *
 * The names shown to people come from the scheme, because the top level is a
 * district in one place and a county in another.
 */
typedef enum {
  XQ_LEVEL_NONE = -1,
  XQ_LEVEL_DISTRICT = 0,
  XQ_LEVEL_STREET,
  XQ_LEVEL_COMMUNITY,
  XQ_LEVEL_COMPOUND,
  XQ_LEVEL_BUILDING,
} XqLevel;
#define XQ_N_LEVELS 5

/**
 * XqOrigin: where a value comes from. Kept for every cell of every record
 * (two bits a field); a figure that rests on any generated value is generated.
 */
typedef enum {
  XQ_ORIGIN_REPORTED = 0, /* 公开报道 / 上报: published or officially reported */
  XQ_ORIGIN_DECLARED = 1, /* 填报: typed in by a user */
  XQ_ORIGIN_IMPORTED = 2, /* 导入: read from a file */
  XQ_ORIGIN_GENERATED = 3, /* 示例: made by the sample generator */
} XqOrigin;

/** XqCoverage: how a compound is covered by Party organisations (DESIGN §3). */
typedef enum {
  XQ_COVERAGE_NONE = 0,   /* 空白 */
  XQ_COVERAGE_CONTACT,    /* 包联, only while valid */
  XQ_COVERAGE_FUNCTIONAL, /* 功能型支部: a column of its own */
  XQ_COVERAGE_GROUP,      /* 党小组 whose parent branch is live */
  XQ_COVERAGE_JOINT,      /* 联建 */
  XQ_COVERAGE_OWN,        /* 单建 */
} XqCoverage;
#define XQ_N_COVERAGES 6

/** One allowed value of an enumerated field: @nick is what is stored, @label the msgid shown. */
typedef struct {
  const char *nick;
  const char *label;
} XqEnumValue;

/** A closed list of values. @values ends with a %NULL nick. */
typedef struct {
  const char *name;
  const XqEnumValue *values;
} XqEnum;

extern const XqEnum XQ_ENUM_LEVEL;             /* district street community compound building */
extern const XqEnum XQ_ENUM_ORIGIN;            /* reported declared imported generated */
extern const XqEnum XQ_ENUM_COVERAGE;          /* none contact functional group joint own */
extern const XqEnum XQ_ENUM_COMPOUND_KIND;     /* commercial old self_built work_unit resettlement mixed affordable village */
extern const XqEnum XQ_ENUM_ORGANISATION_KIND; /* committee general_branch branch joint_branch group big_committee */
extern const XqEnum XQ_ENUM_BODY_KIND;         /* owners_committee self_governing cobuilding management */
extern const XqEnum XQ_ENUM_SERVICE_MODE;      /* firm self entrusted none */
extern const XqEnum XQ_ENUM_MEMBER_STAGE;      /* full probationary */
extern const XqEnum XQ_ENUM_ASSOCIATION_KIND;  /* mass resident volunteer supervision */
extern const XqEnum XQ_ENUM_SECRETARY_BACKGROUND; /* retired_cadre body_member manager five_elders other */
extern const XqEnum XQ_ENUM_MEASURE;           /* what a declared count counts; see XQ_MEASURE_* */
extern const XqEnum XQ_ENUM_NAME_KIND;         /* former_name alias code */
extern const XqEnum XQ_ENUM_ORGANISATION_ORIGIN; /* regular temporary epidemic */
extern const XqEnum XQ_ENUM_MEMBER_CATEGORY; /* in_service retired resident floating other */
extern const XqEnum XQ_ENUM_EMPLOYER_KIND; /* government institution state_firm private_firm social other */
extern const XqEnum XQ_ENUM_APPROVAL_EVENT; /* founding election by_election merger change dissolution */
extern const XqEnum XQ_ENUM_GRID_ROLE; /* total general micro dedicated */
extern const XqEnum XQ_ENUM_SEAT_KIND; /* first_secretary resident_unit property_firm police city_management other */
extern const XqEnum XQ_ENUM_BODY_EVENT; /* preparation election re_election by_election filing end */
extern const XqEnum XQ_ENUM_VOTE_MATTER; /* ordinary special */
extern const XqEnum XQ_ENUM_SPACE_KIND; /* service_station practice_station neighbour_station activity_centre consultation_room canteen care other */
extern const XqEnum XQ_ENUM_CHECK_STATE; /* none partial done */
extern const XqEnum XQ_ENUM_FUNDING_SOURCE; /* residents firm higher matched employers other */
extern const XqEnum XQ_ENUM_POINTS_KIND; /* earned redeemed */
extern const XqEnum XQ_ENUM_TICKET_ROLE; /* lead co */
extern const XqEnum XQ_ENUM_TICKET_STEP; /* raise dispatch respond refuse redirect close verify reopen */
extern const XqEnum XQ_ENUM_CONFIRMATION_KIND; /* data no_change */
extern const XqEnum XQ_ENUM_ACTIVITY_KIND; /* activity_day award volunteer neighbour other */
extern const XqEnum XQ_ENUM_LINK_KIND; /* link cut */
extern const XqEnum XQ_ENUM_WAY_KIND; /* road river railway other */
extern const XqEnum XQ_ENUM_PLAN_STAGE; /* survey street_review consultation approved in_force withdrawn: 摸底 街道初审 征求意见 批准 … */
extern const XqEnum XQ_ENUM_PLAN_SOURCE; /* today proposal copy file sample */
extern const XqEnum XQ_ENUM_PLAN_GOAL; /* most_units balance least_change */
extern const XqEnum XQ_ENUM_PLAN_CONTAINMENT; /* none community street */
extern const XqEnum XQ_ENUM_PLAN_ADJACENCY; /* rook queen gap */
extern const XqEnum XQ_ENUM_PLAN_STATUS; /* optimal feasible infeasible broken */
extern const XqEnum XQ_ENUM_PLAN_PAIR; /* together apart */

/*
 * Posts (post_holder.post, declared_post.post): these are counted by name; a scheme may have posts of its own, which are
 * counted together. Secretary, deputy and committee members are those of the organisation named.
 */
#define XQ_POST_SECRETARY "secretary"                 /* 书记 */
#define XQ_POST_DEPUTY_SECRETARY "deputy_secretary"   /* 副书记 */
#define XQ_POST_COMMITTEE_MEMBER "committee_member"   /* 支部委员, the secretary and deputies not among them */
#define XQ_POST_GROUP_LEADER "group_leader"           /* 党小组长 */
#define XQ_POST_BUILDING_HEAD "building_head"         /* 楼栋长 */
#define XQ_POST_ENTRANCE_HEAD "entrance_head"         /* 单元长 */
#define XQ_POST_FLOOR_HEAD "floor_head"               /* 楼层长 */
#define XQ_POST_HEALTH_OFFICER "health_officer"       /* 卫生员 */
#define XQ_POST_PUBLICITY_OFFICER "publicity_officer" /* 宣传员 */
#define XQ_POST_CULTURE_OFFICER "culture_officer"     /* 文体员 */
#define XQ_POST_MEDIATION_OFFICER "mediation_officer" /* 调解员 */
#define XQ_POST_INSTRUCTOR "instructor"               /* 党建指导员 */
#define XQ_POST_GRID_WORKER "grid_worker"             /* 网格员 */
#define XQ_POST_MEMBER_HOUSEHOLD "member_household"   /* 党员中心户 */

/* Declared counts (declared_count.measure). Never added to one another (DESIGN §4: three counts). */
#define XQ_MEASURE_RESIDENT_FULL "resident_full"                 /* 常住正式党员 */
#define XQ_MEASURE_RESIDENT_PROBATIONARY "resident_probationary" /* 常住预备党员 */
#define XQ_MEASURE_FORMAL_FULL "formal_full"                     /* 组织关系在支部的正式党员 */
#define XQ_MEASURE_FORMAL_PROBATIONARY "formal_probationary"     /* 组织关系在支部的预备党员 */
#define XQ_MEASURE_CHECKED_IN "checked_in"                       /* 报到党员 */

/** Index of @nick in @type, or -1 if it is none of its values (or %NULL). */
int xq_enum_index (const XqEnum *type, const char *nick);
/** The nick at @index. */
const char *xq_enum_nick (const XqEnum *type, int index);
/** The translated label of @nick; @nick itself when it is not in the list, "" for %NULL. */
const char *xq_enum_label (const XqEnum *type, const char *nick);
/** Number of values. */
guint xq_enum_size (const XqEnum *type);
/** The nick whose translated label, msgid or nick is @text (what a user types or pastes), or %NULL. */
const char *xq_enum_match (const XqEnum *type, const char *text);

XqLevel xq_level_from_nick (const char *nick);
const char *xq_level_to_nick (XqLevel level);

G_END_DECLS
