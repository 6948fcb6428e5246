/* The way of a ticket: which step may follow, the four facts, deadlines in working days. */

#include "xq-ticket-flow.h"

/* 2024-09-06 is a Friday. */
#define RAISED                                                                                                                     \
  {                                                                                                                                \
    XQ_TICKET_STEP_RAISE, "2024-09-06", -1, -1                                                                                     \
  }
#define DISPATCHED                                                                                                                 \
  {                                                                                                                                \
    XQ_TICKET_STEP_DISPATCH, "2024-09-06", -1, -1                                                                                  \
  }
#define RESPONDED(day)                                                                                                             \
  {                                                                                                                                \
    XQ_TICKET_STEP_RESPOND, day, -1, -1                                                                                            \
  }
#define CLOSED(day)                                                                                                                \
  {                                                                                                                                \
    XQ_TICKET_STEP_CLOSE, day, -1, -1                                                                                              \
  }

static XqTicketStanding
follow (const XqTicketEvent *events, guint n, const char *as_of)
{
  XqTicketStanding standing;
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_ticket_follow (events, n, 2, 10, NULL, as_of, &standing, &error));
  g_assert_no_error (error);
  return standing;
}

static void
test_allowed (void)
{
  /* One line a state, one letter a step in the order of XqTicketStep. */
  static const char *const expected[] = {
    [XQ_TICKET_STATE_NEW] = "1.......",     [XQ_TICKET_STATE_RAISED] = ".1......", [XQ_TICKET_STATE_DISPATCHED] = "..111...",
    [XQ_TICKET_STATE_IN_HAND] = "....11..", [XQ_TICKET_STATE_CLOSED] = "......11", [XQ_TICKET_STATE_VERIFIED] = ".......1",
  };

  for (guint state = 0; state < G_N_ELEMENTS (expected); state++)
    for (guint step = 0; step < XQ_N_TICKET_STEPS; step++)
      g_assert_cmpint (xq_ticket_step_allowed (state, step), ==, expected[state][step] == '1');
  for (guint step = 0; step < XQ_N_TICKET_STEPS; step++)
    g_assert_cmpint (xq_ticket_step_from_nick (xq_ticket_step_to_nick (step)), ==, (int)step);
  g_assert_cmpint (xq_ticket_step_from_nick ("forget"), ==, -1);
  g_assert_cmpint (xq_ticket_step_from_nick (NULL), ==, -1);
}

static void
test_way (void)
{
  static const XqTicketEvent events[] = { RAISED,
                                          DISPATCHED,
                                          RESPONDED ("2024-09-10"),
                                          CLOSED ("2024-09-20"),
                                          { XQ_TICKET_STEP_VERIFY, "2024-09-25", XQ_ANSWER_YES, XQ_ANSWER_NO } };
  g_auto (XqTicketStanding) none = follow (NULL, 0, "2024-09-06");
  g_auto (XqTicketStanding) raised = follow (events, 1, "2024-09-06");
  g_auto (XqTicketStanding) dispatched = follow (events, 2, "2024-09-09");
  g_auto (XqTicketStanding) late = follow (events, 2, "2024-09-11");
  g_auto (XqTicketStanding) in_hand = follow (events, 3, "2024-09-21");
  g_auto (XqTicketStanding) closed = follow (events, 4, "2024-09-22");
  g_auto (XqTicketStanding) verified = follow (events, 5, "2024-12-31");

  g_assert_cmpint (none.state, ==, XQ_TICKET_STATE_NEW);
  g_assert_cmpint (raised.state, ==, XQ_TICKET_STATE_RAISED);
  g_assert_null (raised.close_by);
  g_assert_false (raised.responded);
  /* Two working days from a Friday. */
  g_assert_cmpstr (dispatched.respond_by, ==, "2024-09-10");
  g_assert_cmpstr (dispatched.close_by, ==, "2024-09-20");
  g_assert_cmpint (dispatched.responded_on_time, ==, XQ_ANSWER_UNKNOWN);
  g_assert_cmpint (dispatched.days_left, ==, 1);
  g_assert_cmpint (late.responded_on_time, ==, XQ_ANSWER_NO);
  g_assert_cmpint (late.days_left, ==, -1);
  g_assert_cmpint (in_hand.responded_on_time, ==, XQ_ANSWER_YES);
  g_assert_cmpint (in_hand.closed_on_time, ==, XQ_ANSWER_NO);
  g_assert_cmpint (in_hand.days_left, ==, -1);
  g_assert_false (in_hand.closed);
  /* Closed on the last day, not yet said to be solved. */
  g_assert_cmpint (closed.closed_on_time, ==, XQ_ANSWER_YES);
  g_assert_true (closed.closed);
  g_assert_cmpint (closed.solved, ==, XQ_ANSWER_UNKNOWN);
  /* Solved and yet not satisfied: neither follows from the other. */
  g_assert_cmpint (verified.solved, ==, XQ_ANSWER_YES);
  g_assert_cmpint (verified.satisfied, ==, XQ_ANSWER_NO);
  g_assert_cmpint (verified.state, ==, XQ_TICKET_STATE_VERIFIED);
}

static void
test_reopen (void)
{
  static const XqTicketEvent events[] = {
    RAISED,
    DISPATCHED,
    RESPONDED ("2024-09-10"),
    CLOSED ("2024-09-20"),
    { XQ_TICKET_STEP_VERIFY, "2024-09-25", XQ_ANSWER_NO, XQ_ANSWER_NO },
    { XQ_TICKET_STEP_REOPEN, "2024-09-27", -1, -1 },
    RESPONDED ("2024-09-30"),
    CLOSED ("2024-10-12"),
  };
  g_auto (XqTicketStanding) reopened = follow (events, 6, "2024-09-27");
  g_auto (XqTicketStanding) again = follow (events, 8, "2024-10-12");

  g_assert_cmpint (reopened.state, ==, XQ_TICKET_STATE_DISPATCHED);
  g_assert_cmpuint (reopened.reopened, ==, 1);
  /* It was responded to once; what was closed is open again, what was said of it is not said of the new round. */
  g_assert_true (reopened.responded);
  g_assert_null (reopened.responded_on);
  g_assert_false (reopened.closed);
  g_assert_cmpint (reopened.solved, ==, XQ_ANSWER_UNKNOWN);
  g_assert_cmpstr (reopened.raised_on, ==, "2024-09-06");
  g_assert_cmpstr (reopened.close_by, ==, "2024-10-11");
  g_assert_cmpint (again.closed_on_time, ==, XQ_ANSWER_NO);
}

static void
test_refuse_and_redirect (void)
{
  static const XqTicketEvent refused[]
      = { RAISED, DISPATCHED, { XQ_TICKET_STEP_REFUSE, "2024-09-09", -1, -1 }, { XQ_TICKET_STEP_DISPATCH, "2024-09-12", -1, -1 } };
  static const XqTicketEvent redirected[]
      = { RAISED, DISPATCHED, RESPONDED ("2024-09-10"), { XQ_TICKET_STEP_REDIRECT, "2024-09-11", -1, -1 } };
  g_auto (XqTicketStanding) back = follow (refused, 3, "2024-09-30");
  g_auto (XqTicketStanding) anew = follow (refused, 4, "2024-09-12");
  g_auto (XqTicketStanding) other = follow (redirected, 4, "2024-09-11");

  g_assert_cmpint (back.state, ==, XQ_TICKET_STATE_RAISED);
  /* While nobody has it no department is late. */
  g_assert_null (back.respond_by);
  g_assert_cmpint (back.responded_on_time, ==, XQ_ANSWER_UNKNOWN);
  g_assert_cmpint (back.days_left, ==, 0);
  g_assert_cmpstr (anew.respond_by, ==, "2024-09-16");
  g_assert_cmpint (other.state, ==, XQ_TICKET_STATE_DISPATCHED);
  g_assert_null (other.responded_on);
  g_assert_cmpstr (other.respond_by, ==, "2024-09-13");
}

static void
test_refused_events (void)
{
  static const XqTicketEvent not_first[] = { CLOSED ("2024-09-06") };
  static const XqTicketEvent skipped[] = { RAISED, RESPONDED ("2024-09-10") };
  static const XqTicketEvent twice[] = { RAISED, RAISED };
  static const XqTicketEvent backwards[] = { RAISED, { XQ_TICKET_STEP_DISPATCH, "2024-09-05", -1, -1 } };
  static const struct
  {
    const XqTicketEvent *events;
    guint n;
  } cases[] = { { not_first, 1 }, { skipped, 2 }, { twice, 2 }, { backwards, 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (XqTicketStanding) standing = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (xq_ticket_follow (cases[i].events, cases[i].n, 2, 10, NULL, "2024-12-31", &standing, &error));
      g_assert_error (error, XQ_TICKET_ERROR, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ticket-flow/allowed", test_allowed);
  g_test_add_func ("/ticket-flow/way", test_way);
  g_test_add_func ("/ticket-flow/reopen", test_reopen);
  g_test_add_func ("/ticket-flow/refuse-and-redirect", test_refuse_and_redirect);
  g_test_add_func ("/ticket-flow/refused-events", test_refused_events);
  return g_test_run ();
}
