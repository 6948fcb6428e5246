#pragma once

#include "xq-record-table.h"
#include "xq-ticket-flow.h"

G_BEGIN_DECLS

/*
 * Tickets in the document: their steps are records (ticket_event), which rules of xq-ticket-flow.h hold together. Whoever writes
 * steps goes through here, so that order, rounds and deadlines are right.
 */

/** A step to be taken. Texts may be %NULL. */
typedef struct
{
  XqTicketStep step;
  const char *day;
  gint64 department; /* of a dispatch or redirection: to whom; 0: none */
  const char *text;
  XqAnswer solved, satisfied; /* of a verification */
} XqTicketMove;

/** The steps of @ticket in their order. Element type XqRecord (%XQ_TICKET_EVENT). */
GPtrArray *xq_ticket_list_events (XqTransaction *tx, gint64 ticket, GError **error);
/** Puts @events in the order in which they happened. */
void xq_ticket_sort_events (GPtrArray *events);
/** How the ticket of @level (an id of the scheme, or %NULL) with @events (sorted) stands as of @day. Texts of @standing are those
 * of the records. */
gboolean xq_ticket_stand (const XqScheme *scheme, const char *level, const GPtrArray *events, const char *day,
                          XqTicketStanding *standing, GError **error);

/** Inserts a new ticket and its first step. Without a day it is raised on the working day; an empty number becomes the next of its
 * month. Returns the id, or 0. Keeps @ticket the caller's. */
gint64 xq_ticket_raise (XqTransaction *tx, XqRecord *ticket, GError **error);
/** Takes a step; dispatched or redirected, the ticket's leading department is @move's. Refused where the step can not follow, or
 * names no department it needs. */
gboolean xq_ticket_take_step (XqTransaction *tx, gint64 ticket, const XqTicketMove *move, GError **error);
/** Behind a change of the steps by other means: refuses what can not be, and sets deadlines and rounds. */
gboolean xq_ticket_settle (XqTransaction *tx, gint64 ticket, GError **error);
/** Sets the deadlines of the tickets that a department has in hand by the delays and holidays of @scheme, which is to be the
 * document's. Those whose steps do not hold together are left as they are. */
gboolean xq_ticket_settle_open (XqTransaction *tx, const XqScheme *scheme, GError **error);
/** "2410-0007": the next number of the month of @day. %NULL on error. */
char *xq_ticket_next_number (XqTransaction *tx, const char *day, GError **error);

G_END_DECLS
