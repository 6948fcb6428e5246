#pragma once

#include "xq-work-calendar.h"

G_BEGIN_DECLS

/**
 * The way of a ticket (工单, 吹哨事项): raised by a unit, dispatched to a department, which responds, or refuses, or is not the
 * right one; closed with what was done; verified with those who raised it; reopened under the same number when it was not solved.
 * What has happened is told by the ticket's events in their order; everything else is reckoned from them.
 */
typedef enum
{
  XQ_TICKET_STEP_RAISE,    /* 吹哨 */
  XQ_TICKET_STEP_DISPATCH, /* 派单 */
  XQ_TICKET_STEP_RESPOND,  /* 报到 */
  XQ_TICKET_STEP_REFUSE,   /* 退单: goes back to whoever dispatches */
  XQ_TICKET_STEP_REDIRECT, /* 转办: another department has it now, with its whole delay */
  XQ_TICKET_STEP_CLOSE,    /* 办结 */
  XQ_TICKET_STEP_VERIFY,   /* 核实: solved or not, satisfied or not */
  XQ_TICKET_STEP_REOPEN,   /* 重办 */
} XqTicketStep;
#define XQ_N_TICKET_STEPS 8

typedef enum
{
  XQ_TICKET_STATE_NEW,        /* no event yet */
  XQ_TICKET_STATE_RAISED,     /* waits to be dispatched */
  XQ_TICKET_STATE_DISPATCHED, /* waits for the department */
  XQ_TICKET_STATE_IN_HAND,    /* the department has responded */
  XQ_TICKET_STATE_CLOSED,     /* waits to be verified */
  XQ_TICKET_STATE_VERIFIED,
} XqTicketState;

/** The steps' words in documents: raise, dispatch, respond, refuse, redirect, close, verify, reopen. */
const char *xq_ticket_step_to_nick (XqTicketStep step);
/** −1 for none of them. */
int xq_ticket_step_from_nick (const char *nick);
/** Whether @step may follow in @state. */
gboolean xq_ticket_step_allowed (XqTicketState state, XqTicketStep step);
/** The state behind @step. */
XqTicketState xq_ticket_step_leads_to (XqTicketStep step);

/** Yes, no, or not known yet. */
typedef enum
{
  XQ_ANSWER_UNKNOWN = -1,
  XQ_ANSWER_NO = 0,
  XQ_ANSWER_YES = 1
} XqAnswer;

typedef struct
{
  XqTicketStep step;
  const char *day;    /* YYYY-MM-DD */
  XqAnswer solved;    /* of %XQ_TICKET_STEP_VERIFY */
  XqAnswer satisfied; /* of %XQ_TICKET_STEP_VERIFY */
} XqTicketEvent;

/** How a ticket stands as of a day: the four facts are separate, none follows from another. Texts are the events' own or owned as
 * said. */
typedef struct
{
  XqTicketState state;
  guint reopened;              /* how often */
  const char *raised_on;       /* the first event's day; %NULL without events */
  const char *dispatched_on;   /* from which the delays of the present round run; %NULL before */
  const char *responded_on;    /* in the present round */
  const char *closed_on;       /* in the present round */
  gboolean responded, closed;  /* ever, for the rates: a reopened ticket is not closed */
  XqAnswer solved, satisfied;  /* of the last verification in the present round */
  char *respond_by, *close_by; /* deadlines of the present round, %NULL while not dispatched or without delay; owned */
  XqAnswer responded_on_time, closed_on_time; /* no from the deadline on while it has not happened */
  int days_left; /* calendar days to the deadline of what is being waited for, negative when overdue; 0 where none */
} XqTicketStanding;
void xq_ticket_standing_clear (XqTicketStanding *standing);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqTicketStanding, xq_ticket_standing_clear)

/**
 * Follows @events. Delays in working days (0: none): to respond and to close, from the dispatch (or the redirection, or the
 * reopening). %FALSE with @error when an event stands where it can not, or before the one ahead of it; the error names both.
 */
gboolean xq_ticket_follow (const XqTicketEvent *events, guint n, int respond_days, int close_days, const XqWorkCalendar *calendar,
                           const char *as_of, XqTicketStanding *standing, GError **error);

#define XQ_TICKET_ERROR (xq_ticket_error_quark ())
GQuark xq_ticket_error_quark (void);

G_END_DECLS
