#include "xq-ticket.h"

#include <glib/gi18n-lib.h>

#include "xq-ledger.h"
#include "xq-transaction.h"

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const XqRecord *x = *(XqRecord *const *)a, *y = *(XqRecord *const *)b;
  int order = g_strcmp0 (xq_record_get_text (x, XQ_TICKET_EVENT_DAY), xq_record_get_text (y, XQ_TICKET_EVENT_DAY));
  gint64 m = xq_record_get_int (x, XQ_TICKET_EVENT_ORDINAL), n = xq_record_get_int (y, XQ_TICKET_EVENT_ORDINAL);

  return order != 0 ? order : (m > n) - (m < n);
}

void
xq_ticket_sort_events (GPtrArray *events)
{
  g_ptr_array_sort (events, compare_events);
}

GPtrArray *
xq_ticket_list_events (XqTransaction *tx, gint64 ticket, GError **error)
{
  GPtrArray *events = xq_record_list (tx, &XQ_TICKET_EVENT, XQ_TICKET_EVENT_TICKET, ticket, error);

  if (events != NULL)
    xq_ticket_sort_events (events);
  return events;
}

static XqAnswer
answer_of (const XqRecord *event, int field)
{
  return xq_record_is_null (event, field)        ? XQ_ANSWER_UNKNOWN
         : xq_record_get_int (event, field) != 0 ? XQ_ANSWER_YES
                                                 : XQ_ANSWER_NO;
}

gboolean
xq_ticket_stand (const XqScheme *scheme, const char *level, const GPtrArray *events, const char *day, XqTicketStanding *standing,
                 GError **error)
{
  const XqSchemeTicketLevel *found = level != NULL ? xq_scheme_find_ticket_level (scheme, level) : NULL;
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (XqTicketEvent));

  for (guint i = 0; i < events->len; i++)
    {
      const XqRecord *event = g_ptr_array_index (events, i);
      XqTicketEvent step = { .step = (XqTicketStep)xq_ticket_step_from_nick (xq_record_get_text (event, XQ_TICKET_EVENT_KIND)),
                             .day = xq_record_get_text (event, XQ_TICKET_EVENT_DAY),
                             .solved = answer_of (event, XQ_TICKET_EVENT_SOLVED),
                             .satisfied = answer_of (event, XQ_TICKET_EVENT_SATISFIED) };

      g_array_append_val (steps, step);
    }
  return xq_ticket_follow ((const XqTicketEvent *)(gconstpointer)steps->data, steps->len, found != NULL ? found->respond_days : 0,
                           found != NULL ? found->close_days : 0, xq_scheme_get_work_calendar (scheme), day, standing, error);
}

static gboolean
fail (GError **error, GError *reason)
{
  g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, reason->message);
  return FALSE;
}

gboolean
xq_ticket_settle (XqTransaction *tx, gint64 ticket, GError **error)
{
  g_autoptr (XqRecord) record = xq_record_load (tx, &XQ_TICKET, ticket, error);
  g_autoptr (GPtrArray) events = record != NULL ? xq_ticket_list_events (tx, ticket, error) : NULL;
  g_auto (XqTicketStanding) standing = { 0 };
  g_autoptr (GError) refusal = NULL;
  gint64 round = 1;

  if (events == NULL)
    return FALSE;
  if (!xq_ticket_stand (xq_store_get_scheme (xq_transaction_get_store (tx)), xq_record_get_text (record, XQ_TICKET_LEVEL), events,
                        NULL, &standing, &refusal))
    return fail (error, refusal);
  for (guint i = 0; i < events->len; i++)
    {
      XqRecord *event = g_ptr_array_index (events, i);

      if (g_strcmp0 (xq_record_get_text (event, XQ_TICKET_EVENT_KIND), "reopen") == 0)
        round++;
      if (xq_record_get_int (event, XQ_TICKET_EVENT_ROUND) == round)
        continue;
      xq_record_set_int (event, XQ_TICKET_EVENT_ROUND, round);
      if (!xq_record_update (tx, event, TRUE, error))
        return FALSE;
    }
  /* A level without delays leaves a deadline that was agreed on as it is. */
  if (standing.respond_by != NULL)
    xq_record_set_text (record, XQ_TICKET_RESPOND_BY, standing.respond_by);
  if (standing.close_by != NULL)
    xq_record_set_text (record, XQ_TICKET_DEADLINE, standing.close_by);
  return xq_record_update (tx, record, FALSE, error);
}

static gboolean
settle_deadlines (XqTransaction *tx, const XqScheme *scheme, gint64 ticket, GError **error)
{
  g_autoptr (XqRecord) record = xq_record_load (tx, &XQ_TICKET, ticket, error);
  g_autoptr (GPtrArray) events = record != NULL ? xq_ticket_list_events (tx, ticket, error) : NULL;
  g_auto (XqTicketStanding) standing = { 0 };

  if (events == NULL)
    return FALSE;
  if (!xq_ticket_stand (scheme, xq_record_get_text (record, XQ_TICKET_LEVEL), events, NULL, &standing, NULL))
    return TRUE;
  if (standing.respond_by != NULL)
    xq_record_set_text (record, XQ_TICKET_RESPOND_BY, standing.respond_by);
  if (standing.close_by != NULL)
    xq_record_set_text (record, XQ_TICKET_DEADLINE, standing.close_by);
  /* Only the day is another: it is as well known as before. */
  return xq_record_update (tx, record, TRUE, error);
}

gboolean
xq_ticket_settle_open (XqTransaction *tx, const XqScheme *scheme, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (
      tx,
      "SELECT t.id FROM ticket t WHERE t.level IS NOT NULL AND (SELECT e.kind FROM ticket_event e WHERE e.ticket = t.id"
      " ORDER BY e.day DESC, e.ordinal DESC LIMIT 1) IN ('dispatch', 'respond', 'redirect', 'reopen')",
      error);
  g_autoptr (GArray) tickets = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_get_int (statement, 0);

      g_array_append_val (tickets, id);
    }
  if (step == XQ_STEP_ERROR)
    return FALSE;
  for (guint i = 0; i < tickets->len; i++)
    if (!settle_deadlines (tx, scheme, g_array_index (tickets, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* The department that leads is the one it was sent to last. */
static gboolean
set_lead (XqTransaction *tx, gint64 ticket, gint64 department, GError **error)
{
  g_autoptr (GPtrArray) departments = xq_record_list (tx, &XQ_TICKET_DEPARTMENT, XQ_TICKET_DEPARTMENT_TICKET, ticket, error);
  g_autoptr (XqRecord) lead = NULL;

  if (departments == NULL)
    return FALSE;
  for (guint i = 0; i < departments->len; i++)
    {
      XqRecord *present = g_ptr_array_index (departments, i);

      if (g_strcmp0 (xq_record_get_text (present, XQ_TICKET_DEPARTMENT_ROLE), "lead") != 0)
        continue;
      xq_record_set_int (present, XQ_TICKET_DEPARTMENT_DEPARTMENT, department);
      return xq_record_update (tx, present, FALSE, error);
    }
  lead = xq_record_new (&XQ_TICKET_DEPARTMENT);
  xq_record_set_int (lead, XQ_TICKET_DEPARTMENT_TICKET, ticket);
  xq_record_set_int (lead, XQ_TICKET_DEPARTMENT_DEPARTMENT, department);
  xq_record_set_text (lead, XQ_TICKET_DEPARTMENT_ROLE, "lead");
  return xq_record_insert (tx, lead, error) != 0;
}

gboolean
xq_ticket_take_step (XqTransaction *tx, gint64 ticket, const XqTicketMove *move, GError **error)
{
  g_autoptr (GPtrArray) events = xq_ticket_list_events (tx, ticket, error);
  g_autoptr (XqRecord) event = NULL;
  gboolean sends = move->step == XQ_TICKET_STEP_DISPATCH || move->step == XQ_TICKET_STEP_REDIRECT;
  gint64 ordinal = 0;

  if (events == NULL)
    return FALSE;
  if (sends && move->department == 0)
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                           _ ("Which department is to deal with it is missing; choose one"));
      return FALSE;
    }
  for (guint i = 0; i < events->len; i++)
    ordinal = MAX (ordinal, xq_record_get_int (g_ptr_array_index (events, i), XQ_TICKET_EVENT_ORDINAL));
  event = xq_record_new (&XQ_TICKET_EVENT);
  xq_record_set_int (event, XQ_TICKET_EVENT_TICKET, ticket);
  xq_record_set_int (event, XQ_TICKET_EVENT_ORDINAL, ordinal + 1);
  xq_record_set_text (event, XQ_TICKET_EVENT_KIND, xq_ticket_step_to_nick (move->step));
  xq_record_set_text (event, XQ_TICKET_EVENT_DAY, move->day);
  if (move->department != 0)
    xq_record_set_int (event, XQ_TICKET_EVENT_DEPARTMENT, move->department);
  xq_record_set_text (event, XQ_TICKET_EVENT_TEXT, move->text);
  if (move->step == XQ_TICKET_STEP_VERIFY && move->solved != XQ_ANSWER_UNKNOWN)
    xq_record_set_int (event, XQ_TICKET_EVENT_SOLVED, move->solved == XQ_ANSWER_YES);
  if (move->step == XQ_TICKET_STEP_VERIFY && move->satisfied != XQ_ANSWER_UNKNOWN)
    xq_record_set_int (event, XQ_TICKET_EVENT_SATISFIED, move->satisfied == XQ_ANSWER_YES);
  return xq_record_insert (tx, event, error) != 0 && (!sends || set_lead (tx, ticket, move->department, error))
         && xq_ticket_settle (tx, ticket, error);
}

char *
xq_ticket_next_number (XqTransaction *tx, const char *day, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  g_autofree char *prefix = NULL;
  XqStep step;

  g_return_val_if_fail (day != NULL && strlen (day) == 10, NULL);
  prefix = g_strdup_printf ("%.2s%.2s", day + 2, day + 5);
  statement
      = xq_statement_get (tx, "SELECT max (CAST (substr (number, 6) AS INTEGER)) FROM ticket WHERE number GLOB ?1 || '-[0-9]*'",
                          error);
  if (statement == NULL)
    return NULL;
  xq_statement_bind_text (statement, 1, prefix);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ERROR)
    return NULL;
  return g_strdup_printf ("%s-%04d", prefix,
                          step == XQ_STEP_ROW && !xq_statement_is_null (statement, 0) ? (int)xq_statement_get_int (statement, 0) + 1
                                                                                      : 1);
}

gint64
xq_ticket_raise (XqTransaction *tx, XqRecord *ticket, GError **error)
{
  XqTicketMove move = { .step = XQ_TICKET_STEP_RAISE, .solved = XQ_ANSWER_UNKNOWN, .satisfied = XQ_ANSWER_UNKNOWN };
  gint64 id;

  if (xq_record_is_null (ticket, XQ_TICKET_RAISED))
    {
      g_autofree char *today = xq_working_day (tx);

      xq_record_set_text (ticket, XQ_TICKET_RAISED, today);
    }
  move.day = xq_record_get_text (ticket, XQ_TICKET_RAISED);
  if (xq_record_is_null (ticket, XQ_TICKET_NUMBER))
    {
      g_autofree char *number = xq_ticket_next_number (tx, move.day, error);

      if (number == NULL)
        return 0;
      xq_record_set_text (ticket, XQ_TICKET_NUMBER, number);
    }
  id = xq_record_insert (tx, ticket, error);
  return id != 0 && xq_ticket_take_step (tx, id, &move, error) ? id : 0;
}
