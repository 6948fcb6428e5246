#pragma once

#include "xq-enums.h"
#include "xq-scheme.h"

G_BEGIN_DECLS

/** How much a finding (疑点) weighs. */
typedef enum
{
  XQ_SEVERITY_ERROR,   /* 错误: the data contradict themselves or the rule */
  XQ_SEVERITY_WARNING, /* 警告: something has to be done */
  XQ_SEVERITY_NOTICE,  /* 提醒: something is coming up or worth a look */
} XqSeverity;
#define XQ_N_SEVERITIES 3

extern const XqEnum XQ_ENUM_SEVERITY; /* error warning notice */

/** What a rule is about: the headings that rules are listed under. */
typedef enum
{
  XQ_RULE_GROUP_COVERAGE,      /* 组织覆盖 */
  XQ_RULE_GROUP_ORGANISATIONS, /* 班子与任期 */
  XQ_RULE_GROUP_OWNERS,        /* 业主组织与物业 */
  XQ_RULE_GROUP_SERVICE,       /* 服务与办理 */
  XQ_RULE_GROUP_DATA,          /* 数据质量 */
} XqRuleGroup;
#define XQ_N_RULE_GROUPS 5
const char *xq_rule_group_get_label (XqRuleGroup group);

/** What one click does to a finding beside opening what it is about. */
typedef enum
{
  XQ_MEND_OPEN,            /* only opens it */
  XQ_MEND_CONFIRM_CONTACT, /* confirms the contact (the subject) for this period */
  XQ_MEND_END_COVER,       /* ends the cover (the subject) */
} XqMend;

#define XQ_RULE_MAX_FIGURES 8
#define XQ_RULE_MAX_THRESHOLDS 4

/**
 * One rule: what it means and how it is told of. How it is evaluated is in data/schema/findings.sql under the same id; the columns
 * there are the figures here.
 */
typedef struct
{
  const char *id; /* should_have_branch: part of the command line's contract */
  XqRuleGroup group;
  XqSeverity severity;
  const char *title;   /* msgid: 应建未建 */
  const char *meaning; /* msgid: when it is found, in a sentence */
  const char *message; /* msgid: about one finding, with {figure} for its figures */
  const char *source;  /* msgid: where the rule comes from */
  /* Names of its figures, in the order of the columns; %NULL behind the last one. None changes by itself from day to day: a
   * finding that was acknowledged is compared with how it is now by them. */
  const char *figures[XQ_RULE_MAX_FIGURES + 1];
  XqThreshold thresholds[XQ_RULE_MAX_THRESHOLDS]; /* what of the scheme it goes by */
  guint n_thresholds;
  const char *tab; /* of the detail pane where it is mended */
  XqMend mend;
  const char *mend_label; /* msgid of the button, %NULL for "Open" */
} XqRule;

/** All rules by group, the weightiest first in each; a %NULL id ends the list. */
extern const XqRule XQ_RULES[];
/** The rule called @id, or %NULL. */
const XqRule *xq_rule_find (const char *id);
/** Its place in the list. */
guint xq_rule_get_index (const XqRule *rule);
guint xq_rule_count (void);
const char *xq_rule_get_title (const XqRule *rule);
const char *xq_rule_get_meaning (const XqRule *rule);
const char *xq_rule_get_source (const XqRule *rule);
/** What the button that mends a finding says. */
const char *xq_rule_get_mend_label (const XqRule *rule);
/** Whether @rule holds under @scheme: some need something that a scheme may lack (a kit, a rule about owners' bodies). */
gboolean xq_rule_applies (const XqRule *rule, const XqScheme *scheme);

/** What a threshold is called beside its number. */
const char *xq_rule_threshold_get_label (XqThreshold threshold);

/** A figure of a finding: a whole number, or text (a name, a day, a nick of a list, a scheme's words). */
typedef struct
{
  const char *name; /* of the rule's figures; static */
  gint64 number;
  char *text; /* %NULL: a number, or nothing where @is_null */
  gboolean is_null;
} XqFindingFigure;
void xq_finding_figures_free (XqFindingFigure *figures, guint n_figures);
/** A figure as it is shown: "1,234", "2024-10-28", "常住正式党员", "—". */
char *xq_finding_figure_format (const XqFindingFigure *figure);
/** The rule's message with @figures filled in, in the user's language. */
char *xq_rule_format_message (const XqRule *rule, const XqFindingFigure *figures, guint n_figures);
/** The figures as one text: what a finding is compared by with how it was when it was acknowledged. */
char *xq_rule_fingerprint (const XqRule *rule, const XqFindingFigure *figures, guint n_figures);

G_END_DECLS
