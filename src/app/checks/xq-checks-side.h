#pragma once

#include <gtk/gtk.h>

#include "xq-finding.h"

G_BEGIN_DECLS

/**
 * XqChecksSide: the list beside the findings: rules under their headings or the units right below the one looked at, with counts;
 * one of them is chosen or none.
 *
 * Signal "chosen": another is.
 */
#define XQ_TYPE_CHECKS_SIDE (xq_checks_side_get_type ())
G_DECLARE_FINAL_TYPE (XqChecksSide, xq_checks_side, XQ, CHECKS_SIDE, GtkWidget)

/** Counts the open findings of @lists within @scope (0: all). What was chosen stays chosen where it is still there. */
void xq_checks_side_set (XqChecksSide *self, GPtrArray *lists, gint64 scope, gboolean acknowledged);
/** What is chosen; %NULL and 0: nothing. */
const XqRule *xq_checks_side_get_rule (XqChecksSide *self);
gint64 xq_checks_side_get_unit (XqChecksSide *self);
void xq_checks_side_choose_rule (XqChecksSide *self, const XqRule *rule);

G_END_DECLS
