#pragma once

#include <gtk/gtk.h>

#include "xq-confirmation.h"
#include "xq-context.h"

G_BEGIN_DECLS

/*
 * What is asked before a community confirms, a period is locked or reopened. @parent is where messages are sent from; each does its
 * command itself when it is answered.
 */

/** Asks by which post and whether nothing has changed; shows the steps since the last confirmation. */
void xq_confirm_dialog_present (GtkWidget *parent, XqContext *context, XqPeriod period, const XqConfirmation *confirmation);
/** Shows who has not confirmed (then a reason is needed) and, of a reopened period, which figures will be corrected. */
void xq_lock_dialog_present (GtkWidget *parent, XqContext *context, XqPeriod period);
/** Asks for the reason. */
void xq_reopen_dialog_present (GtkWidget *parent, XqContext *context, XqPeriod period);
/** Takes the confirmation @record of the community called @name back. */
void xq_confirmation_take_back (GtkWidget *parent, XqContext *context, gint64 record, const char *name);

G_END_DECLS
