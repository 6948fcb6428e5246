#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** How a term of office (of a branch, of an owners' body) or a contract stands as of a day. */
typedef enum
{
  XQ_TERM_UNKNOWN, /* its beginning, length or end is not recorded */
  XQ_TERM_RUNNING,
  XQ_TERM_DUE, /* ends within the months of warning: an election is to be prepared */
  XQ_TERM_ENDED,
} XqTermState;

/** Days are YYYY-MM-DD. The first day after a term of @years that began on @started; of 29 February, the 28th. %NULL when unknown.
 */
char *xq_term_end (const char *started, int years);
/** The day from which to remind: @months before @end. %NULL when @end is no day. */
char *xq_term_reminder (const char *end, int months);
/** @end may be %NULL. A term counts until the day before @end. */
XqTermState xq_term_state (const char *end, const char *day, int months);
/** Days from @day to @end, negative when it is past; 0 when either is no day. */
int xq_days_between (const char *day, const char *end);

G_END_DECLS
