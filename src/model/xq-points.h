#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** One line of a points account: earned (positive) or redeemed (negative) on a day, YYYY-MM-DD. */
typedef struct
{
  const char *day;
  gint64 points;
} XqPointsLine;

/** What is left after all @lines. */
gint64 xq_points_balance (const XqPointsLine *lines, guint n);
/**
 * An account is never overdrawn, not on the last day only but on each: whether the balance stays at 0 or above after every day.
 * What is earned on a day may be redeemed on it. @lines may stand in any order. The error names the day and what is lacking.
 */
gboolean xq_points_check (const XqPointsLine *lines, guint n, GError **error);

#define XQ_POINTS_ERROR (xq_points_error_quark ())
GQuark xq_points_error_quark (void);

G_END_DECLS
