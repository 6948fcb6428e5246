#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * XqWorkCalendar: which days are worked. Saturdays and Sundays are not, public holidays are not, and a weekend day that is worked
 * in exchange for a holiday (调休) is. Immutable.
 */
typedef struct _XqWorkCalendar XqWorkCalendar;

/**
 * @days, %NULL-terminated (or %NULL), one entry a day or run of days: "2024-10-01" and "2024-10-01/2024-10-07" are holidays,
 * "+2024-10-12" is worked. An error names the entry.
 */
XqWorkCalendar *xq_work_calendar_new (const char *const *days, GError **error);
void xq_work_calendar_free (XqWorkCalendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqWorkCalendar, xq_work_calendar_free)

/** Days are YYYY-MM-DD. @calendar may be %NULL: weekends only. */
gboolean xq_work_calendar_is_worked (const XqWorkCalendar *calendar, const char *day);
/**
 * The last day of a delay of @working_days that begins behind @day: the day itself does not count, so one working day from a Friday
 * is the Monday. 0 gives @day. %NULL when @day is no day.
 */
char *xq_work_calendar_add (const XqWorkCalendar *calendar, const char *day, int working_days);
/** Working days behind @from up to and with @to; 0 when @to is not after @from. */
int xq_work_calendar_count (const XqWorkCalendar *calendar, const char *from, const char *to);

#define XQ_WORK_CALENDAR_ERROR (xq_work_calendar_error_quark ())
GQuark xq_work_calendar_error_quark (void);

G_END_DECLS
