#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  XQ_PERIOD_MONTH,
  XQ_PERIOD_QUARTER,
  XQ_PERIOD_HALF,
  XQ_PERIOD_YEAR
} XqPeriodKind;

/**
 * A calendar period. Written 2024-09, 2024Q3, 2024H2 and 2024; also read from
 * 2024年9月, 2024年三季度 / 2024年3季度, 2024年下半年, 2024年. A value type: copy it freely.
 * A zeroed period (year 0) means "none given".
 */
typedef struct
{
  XqPeriodKind kind;
  int year;  /* 1900–2199 */
  int index; /* 1–12, 1–4, 1–2, or 1 */
} XqPeriod;

#define XQ_PERIOD_NONE ((XqPeriod){ 0 })
#define XQ_PERIOD_ERROR (xq_period_error_quark ())
GQuark xq_period_error_quark (void);

/** Reads @text; the error says which forms are accepted. */
gboolean xq_period_parse (const char *text, XqPeriod *period, GError **error);
gboolean xq_period_is_set (XqPeriod period);
gboolean xq_period_equal (XqPeriod a, XqPeriod b);
/** By last day, then by length. */
int xq_period_compare (XqPeriod a, XqPeriod b);
/** 2024Q3 */
char *xq_period_to_string (XqPeriod period);
/** 2024年三季度, translated. */
char *xq_period_to_label (XqPeriod period);
/** First and last day as YYYY-MM-DD. */
char *xq_period_first_day (XqPeriod period);
char *xq_period_last_day (XqPeriod period);
XqPeriod xq_period_next (XqPeriod period);
XqPeriod xq_period_previous (XqPeriod period);
/** The period of @kind whose last day is not before @period's and that contains it (quarter → its year), or of the same length. */
XqPeriod xq_period_containing (XqPeriodKind kind, const char *day);

G_END_DECLS
