#include "xq-ticket-flow.h"

#include <glib/gi18n-lib.h>

#include "xq-enums.h"
#include "xq-term.h"

#define BIT(step) (1u << (step))

G_DEFINE_QUARK (xq - ticket - error - quark, xq_ticket_error)

static const struct
{
  const char *nick;
  XqTicketState leads_to;
} steps[XQ_N_TICKET_STEPS] = {
  [XQ_TICKET_STEP_RAISE] = { "raise", XQ_TICKET_STATE_RAISED },
  [XQ_TICKET_STEP_DISPATCH] = { "dispatch", XQ_TICKET_STATE_DISPATCHED },
  [XQ_TICKET_STEP_RESPOND] = { "respond", XQ_TICKET_STATE_IN_HAND },
  [XQ_TICKET_STEP_REFUSE] = { "refuse", XQ_TICKET_STATE_RAISED },
  [XQ_TICKET_STEP_REDIRECT] = { "redirect", XQ_TICKET_STATE_DISPATCHED },
  [XQ_TICKET_STEP_CLOSE] = { "close", XQ_TICKET_STATE_CLOSED },
  [XQ_TICKET_STEP_VERIFY] = { "verify", XQ_TICKET_STATE_VERIFIED },
  [XQ_TICKET_STEP_REOPEN] = { "reopen", XQ_TICKET_STATE_DISPATCHED },
};

/* What may follow in which state. Reopened, the ticket is with the department that closed it, which may be changed like any. */
static const guint allowed[] = {
  [XQ_TICKET_STATE_NEW] = BIT (XQ_TICKET_STEP_RAISE),
  [XQ_TICKET_STATE_RAISED] = BIT (XQ_TICKET_STEP_DISPATCH),
  [XQ_TICKET_STATE_DISPATCHED] = BIT (XQ_TICKET_STEP_RESPOND) | BIT (XQ_TICKET_STEP_REFUSE) | BIT (XQ_TICKET_STEP_REDIRECT),
  [XQ_TICKET_STATE_IN_HAND] = BIT (XQ_TICKET_STEP_CLOSE) | BIT (XQ_TICKET_STEP_REDIRECT),
  [XQ_TICKET_STATE_CLOSED] = BIT (XQ_TICKET_STEP_VERIFY) | BIT (XQ_TICKET_STEP_REOPEN),
  [XQ_TICKET_STATE_VERIFIED] = BIT (XQ_TICKET_STEP_REOPEN),
};

const char *
xq_ticket_step_to_nick (XqTicketStep step)
{
  g_return_val_if_fail (step < XQ_N_TICKET_STEPS, NULL);
  return steps[step].nick;
}

int
xq_ticket_step_from_nick (const char *nick)
{
  for (int i = 0; i < XQ_N_TICKET_STEPS; i++)
    if (g_strcmp0 (steps[i].nick, nick) == 0)
      return i;
  return -1;
}

gboolean
xq_ticket_step_allowed (XqTicketState state, XqTicketStep step)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (allowed) && step < XQ_N_TICKET_STEPS, FALSE);
  return (allowed[state] & BIT (step)) != 0;
}

XqTicketState
xq_ticket_step_leads_to (XqTicketStep step)
{
  g_return_val_if_fail (step < XQ_N_TICKET_STEPS, XQ_TICKET_STATE_NEW);
  return steps[step].leads_to;
}

void
xq_ticket_standing_clear (XqTicketStanding *standing)
{
  g_clear_pointer (&standing->respond_by, g_free);
  g_clear_pointer (&standing->close_by, g_free);
}

/* A round begins with the dispatch to a department: nothing of an earlier one counts in it. */
static void
begin_round (XqTicketStanding *standing, const char *day)
{
  standing->dispatched_on = day;
  standing->responded_on = standing->closed_on = NULL;
  standing->closed = FALSE;
  standing->solved = standing->satisfied = XQ_ANSWER_UNKNOWN;
}

static void
take_step (XqTicketStanding *standing, const XqTicketEvent *event)
{
  switch (event->step)
    {
    case XQ_TICKET_STEP_RAISE:
      standing->raised_on = event->day;
      break;
    case XQ_TICKET_STEP_DISPATCH:
    case XQ_TICKET_STEP_REDIRECT:
      begin_round (standing, event->day);
      break;
    case XQ_TICKET_STEP_RESPOND:
      standing->responded_on = event->day;
      standing->responded = TRUE;
      break;
    case XQ_TICKET_STEP_REFUSE:
      begin_round (standing, NULL);
      break;
    case XQ_TICKET_STEP_CLOSE:
      standing->closed_on = event->day;
      standing->closed = TRUE;
      break;
    case XQ_TICKET_STEP_VERIFY:
      standing->solved = event->solved;
      standing->satisfied = event->satisfied;
      break;
    case XQ_TICKET_STEP_REOPEN:
      begin_round (standing, event->day);
      standing->reopened++;
      break;
    }
  standing->state = steps[event->step].leads_to;
}

/* Whether it happened by its deadline; still open while neither has come. */
static XqAnswer
in_time (const char *happened, const char *deadline, const char *as_of)
{
  if (deadline == NULL)
    return XQ_ANSWER_UNKNOWN;
  if (happened != NULL)
    return strcmp (happened, deadline) <= 0 ? XQ_ANSWER_YES : XQ_ANSWER_NO;
  return as_of != NULL && strcmp (as_of, deadline) > 0 ? XQ_ANSWER_NO : XQ_ANSWER_UNKNOWN;
}

gboolean
xq_ticket_follow (const XqTicketEvent *events, guint n, int respond_days, int close_days, const XqWorkCalendar *calendar,
                  const char *as_of, XqTicketStanding *standing, GError **error)
{
  *standing = (XqTicketStanding){ .solved = XQ_ANSWER_UNKNOWN, .satisfied = XQ_ANSWER_UNKNOWN };
  for (guint i = 0; i < n; i++)
    {
      const char *label = xq_enum_label (&XQ_ENUM_TICKET_STEP, steps[events[i].step].nick);

      if (!xq_ticket_step_allowed (standing->state, events[i].step))
        {
          if (i == 0)
            g_set_error (error, XQ_TICKET_ERROR, 0, _ ("“%s” can not be the first step of a ticket; it is raised first"), label);
          else
            g_set_error (error, XQ_TICKET_ERROR, 0, _ ("“%s” can not follow “%s”; choose another step"), label,
                         xq_enum_label (&XQ_ENUM_TICKET_STEP, steps[events[i - 1].step].nick));
          return FALSE;
        }
      if (i > 0 && g_strcmp0 (events[i].day, events[i - 1].day) < 0)
        {
          g_set_error (error, XQ_TICKET_ERROR, 0, _ ("“%s” (%s) is before “%s” (%s); correct one of the days"), label,
                       events[i].day, xq_enum_label (&XQ_ENUM_TICKET_STEP, steps[events[i - 1].step].nick), events[i - 1].day);
          return FALSE;
        }
      take_step (standing, &events[i]);
    }
  if (standing->dispatched_on != NULL && respond_days > 0)
    standing->respond_by = xq_work_calendar_add (calendar, standing->dispatched_on, respond_days);
  if (standing->dispatched_on != NULL && close_days > 0)
    standing->close_by = xq_work_calendar_add (calendar, standing->dispatched_on, close_days);
  standing->responded_on_time = in_time (standing->responded_on, standing->respond_by, as_of);
  standing->closed_on_time = in_time (standing->closed_on, standing->close_by, as_of);
  if (standing->state == XQ_TICKET_STATE_DISPATCHED && standing->respond_by != NULL)
    standing->days_left = xq_days_between (as_of, standing->respond_by);
  else if ((standing->state == XQ_TICKET_STATE_DISPATCHED || standing->state == XQ_TICKET_STATE_IN_HAND)
           && standing->close_by != NULL)
    standing->days_left = xq_days_between (as_of, standing->close_by);
  return TRUE;
}
