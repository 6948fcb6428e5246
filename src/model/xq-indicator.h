#pragma once

#include "xq-enums.h"
#include "xq-scheme.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_INDICATOR_COUNT,        /* numerator only */
  XQ_INDICATOR_RATE,         /* numerator / denominator */
  XQ_INDICATOR_SATISFACTION, /* a rate of answers: Wilson interval, suppressed below the minimum sample */
} XqIndicatorKind;

#define XQ_INDICATOR_ERROR (xq_indicator_error_quark ())
GQuark xq_indicator_error_quark (void);

typedef enum
{
  XQ_DIRECTION_NEUTRAL,
  XQ_DIRECTION_UP,
  XQ_DIRECTION_DOWN
} XqDirection;

/**
 * One indicator of data/indicators.json: numerator and denominator are sums
 * over fact columns, never an average of averages.
 */
typedef struct
{
  char *id;
  char *label_zh, *label_en;
  char *short_zh; /* for narrow columns and cards */
  XqIndicatorKind kind;
  XqDirection direction;         /* which way is better */
  char *measure_zh, *measure_en; /* 个, 户, 人, % */
  char *numerator;   /* expression over fact columns: a sum of them, or one that is evaluated at each compound and added up */
  char *denominator; /* or %NULL */
  char *definition_zh, *definition_en;
  char *source;        /* of the rule */
  gboolean needs_plan; /* only where the scheme has a plan */
  gboolean needs_kit;  /* only where the scheme has a kit */
  int needs_mechanism; /* only where the scheme has this one (XqMechanism); -1: everywhere */
  char *needs_checklist; /* only where the scheme has the checklist of this id, or %NULL */
} XqIndicator;

/** The catalogue: indicators in the order of the file. Immutable; reference counted. */
typedef struct _XqIndicatorSet XqIndicatorSet;

/** Instead of a numerator: that of the indicator the scheme's plan is about (xq_scheme_get_plan_indicator). */
#define XQ_INDICATOR_PLANNED "@planned"

/**
 * Reads the catalogue; an error names the JSON path. The store checks the expressions when they are used: it knows
 * the columns.
 */
XqIndicatorSet *xq_indicator_set_parse (const char *json, gssize length, GError **error);
/** The program's own, read once and shared. Never fails: a test reads it. */
XqIndicatorSet *xq_indicator_set_get_builtin (void);
/* Items of a scheme's checklists that have figures of their own, and lists of which it is counted whether all is done. */
#define XQ_CHECKLIST_SLOTS 24
#define XQ_CHECKLIST_LISTS 4
/**
 * The checklist with @number (from 1) of those that are ticked at compounds, not scored; %NULL behind the last. Their items have the
 * columns set_1, set_2 … one list after the other; the lists set_complete, list_2_complete ….
 */
const XqSchemeChecklist *xq_scheme_get_ticked_list (const XqScheme *scheme, guint number);
/**
 * The program's own and, for each checklist of @scheme that is ticked at compounds, whether it is complete ("LIST_complete") and each of
 * its items ("LIST_1", "LIST_2" …), where the program has no indicator of that name. Lives as long as the program.
 */
XqIndicatorSet *xq_indicator_set_get_for_scheme (const XqScheme *scheme);
XqIndicatorSet *xq_indicator_set_ref (XqIndicatorSet *set);
void xq_indicator_set_unref (XqIndicatorSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqIndicatorSet, xq_indicator_set_unref)
guint xq_indicator_set_get_size (const XqIndicatorSet *set);
const XqIndicator *xq_indicator_set_get (const XqIndicatorSet *set, guint index);
/** The indicator with @id, or %NULL. */
const XqIndicator *xq_indicator_set_find (const XqIndicatorSet *set, const char *id);
/** Whether @scheme has what @indicator is about: a plan, a kit, a mechanism, a checklist. */
gboolean xq_indicator_applies (const XqIndicator *indicator, const XqScheme *scheme);
/** Label in the language of the locale (zh where messages are Chinese). */
const char *xq_indicator_get_label (const XqIndicator *indicator);
const char *xq_indicator_get_short_label (const XqIndicator *indicator);
const char *xq_indicator_get_measure (const XqIndicator *indicator);
const char *xq_indicator_get_definition (const XqIndicator *indicator);

/**
 * XqFigure: an indicator's value. @numerator and @denominator are whole
 * numbers summed over the subtree; a count has denominator 0.
 */
typedef struct
{
  gint64 numerator, denominator;
  gboolean has_value;  /* %FALSE: no denominator, or suppressed */
  double value;        /* count, or share 0–1 (not percent) */
  double low, high;    /* Wilson 95 %; both 0 where the kind has none */
  gboolean suppressed; /* fewer answers than the minimum sample */
  gboolean generated;  /* rests on a generated value: 示例 */
  gboolean uncarried;  /* a past figure that does not exist in the present division; has no value either */
  gboolean unknown;    /* of a period that was locked before this was counted; has no value either */
} XqFigure;

/** Computes value, interval and suppression of @indicator from the two sums. */
void xq_figure_set (XqFigure *figure, const XqIndicator *indicator, gint64 numerator, gint64 denominator, int minimum_sample);
/** "99.1%", "1,234", "—": as TOKENS formats numbers. */
char *xq_figure_format (const XqFigure *figure, const XqIndicator *indicator);

G_END_DECLS
