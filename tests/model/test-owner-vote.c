/* Article 278 around each of its thresholds, in whole numbers. */

#include "xq-owner-vote.h"

typedef struct {
  const char *what;
  gboolean special;
  gint64 heads, area, part_heads, part_area, for_heads, for_area;
  XqVoteResult result;
  gint64 missing_part_heads, missing_part_area, missing_for_heads, missing_for_area;
} Case;

static const Case cases[] = {
  /* Taking part: two thirds of 300 heads are 200, of 30 000 m² 20 000. */
  { "exactly two thirds, all agree", FALSE, 300, 30000, 200, 20000, 200, 20000, XQ_VOTE_CARRIED, 0, 0, 0, 0 },
  { "one head short", FALSE, 300, 30000, 199, 20000, 199, 20000, XQ_VOTE_TOO_FEW, 1, 0, 0, 0 },
  { "one m² short", FALSE, 300, 30000, 200, 19999, 200, 19999, XQ_VOTE_TOO_FEW, 0, 1, 0, 0 },
  { "both short", FALSE, 300, 30000, 199, 19999, 199, 19999, XQ_VOTE_TOO_FEW, 1, 1, 0, 0 },
  { "heads enough, area far from it", FALSE, 300, 30000, 300, 10000, 300, 10000, XQ_VOTE_TOO_FEW, 0, 10000, 0, 1 },
  /* Two thirds that are no whole number: 67 of 100, 6 667 of 10 000. */
  { "66 of 100", FALSE, 100, 9999, 66, 9999, 66, 9999, XQ_VOTE_TOO_FEW, 1, 0, 0, 0 },
  { "67 of 100", FALSE, 100, 9999, 67, 9999, 67, 9999, XQ_VOTE_CARRIED, 0, 0, 0, 0 },
  { "6 666 of 10 000", FALSE, 99, 10000, 99, 6666, 99, 6666, XQ_VOTE_TOO_FEW, 0, 1, 0, 0 },
  { "6 667 of 10 000", FALSE, 99, 10000, 99, 6667, 99, 6667, XQ_VOTE_CARRIED, 0, 0, 0, 0 },
  { "2 of 3", FALSE, 3, 3, 2, 2, 2, 2, XQ_VOTE_CARRIED, 0, 0, 0, 0 },
  { "1 of 1", FALSE, 1, 1, 1, 1, 1, 1, XQ_VOTE_CARRIED, 0, 0, 0, 0 },
  { "1 of 2", FALSE, 2, 2, 1, 1, 1, 1, XQ_VOTE_TOO_FEW, 1, 1, 1, 1 },
  /* Ordinary matters: more than half. */
  { "exactly half of the heads", FALSE, 300, 30000, 200, 20000, 100, 10001, XQ_VOTE_NOT_CARRIED, 0, 0, 1, 0 },
  { "one head more than half", FALSE, 300, 30000, 200, 20000, 101, 10001, XQ_VOTE_CARRIED, 0, 0, 0, 0 },
  { "exactly half of the area", FALSE, 300, 30000, 200, 20000, 101, 10000, XQ_VOTE_NOT_CARRIED, 0, 0, 0, 1 },
  { "one m² more than half", FALSE, 300, 30000, 200, 20000, 101, 10001, XQ_VOTE_CARRIED, 0, 0, 0, 0 },
  { "half of an odd number", FALSE, 301, 30001, 201, 20001, 100, 10000, XQ_VOTE_NOT_CARRIED, 0, 0, 1, 1 },
  { "the larger half of an odd number", FALSE, 301, 30001, 201, 20001, 101, 10001, XQ_VOTE_CARRIED, 0, 0, 0, 0 },
  { "nobody agrees", FALSE, 300, 30000, 200, 20000, 0, 0, XQ_VOTE_NOT_CARRIED, 0, 0, 101, 10001 },
  /* Special matters: at least three quarters. */
  { "exactly three quarters", TRUE, 300, 30000, 200, 20000, 150, 15000, XQ_VOTE_CARRIED, 0, 0, 0, 0 },
  { "three quarters, one head short", TRUE, 300, 30000, 200, 20000, 149, 15000, XQ_VOTE_NOT_CARRIED, 0, 0, 1, 0 },
  { "three quarters, one m² short", TRUE, 300, 30000, 200, 20000, 150, 14999, XQ_VOTE_NOT_CARRIED, 0, 0, 0, 1 },
  { "three quarters of 201 are 151", TRUE, 300, 30000, 201, 20001, 150, 15001, XQ_VOTE_NOT_CARRIED, 0, 0, 1, 0 },
  { "151 of 201, 15 001 of 20 001", TRUE, 300, 30000, 201, 20001, 151, 15001, XQ_VOTE_CARRIED, 0, 0, 0, 0 },
  { "three quarters of 202 are 152", TRUE, 300, 30000, 202, 20002, 151, 15002, XQ_VOTE_NOT_CARRIED, 0, 0, 1, 0 },
  { "three quarters of 203 are 153", TRUE, 300, 30000, 203, 20003, 152, 15003, XQ_VOTE_NOT_CARRIED, 0, 0, 1, 0 },
  { "what carries an ordinary matter", TRUE, 300, 30000, 200, 20000, 101, 10001, XQ_VOTE_NOT_CARRIED, 0, 0, 49, 4999 },
  /* Nobody takes part: three quarters of nothing are nothing, and yet nothing is decided. */
  { "zero participants", FALSE, 300, 30000, 0, 0, 0, 0, XQ_VOTE_TOO_FEW, 200, 20000, 101, 10001 },
  { "zero participants, special", TRUE, 300, 30000, 0, 0, 0, 0, XQ_VOTE_TOO_FEW, 200, 20000, 150, 15000 },
  /* No owners, no vote. */
  { "no heads", FALSE, 0, 30000, 0, 0, 0, 0, XQ_VOTE_UNKNOWN, 0, 0, 0, 0 },
  { "no area", FALSE, 300, 0, 0, 0, 0, 0, XQ_VOTE_UNKNOWN, 0, 0, 0, 0 },
  { "nothing at all", TRUE, 0, 0, 0, 0, 0, 0, XQ_VOTE_UNKNOWN, 0, 0, 0, 0 },
  /* What can not be. */
  { "more take part than there are", FALSE, 300, 30000, 301, 20000, 200, 20000, XQ_VOTE_UNKNOWN, 0, 0, 0, 0 },
  { "more agree than take part", FALSE, 300, 30000, 200, 20000, 201, 20000, XQ_VOTE_UNKNOWN, 0, 0, 0, 0 },
  { "negative", FALSE, 300, 30000, -1, 20000, -1, 20000, XQ_VOTE_UNKNOWN, 0, 0, 0, 0 },
  /* Where floating point would err: a third of these areas has no end, and they are beyond 2^53 when multiplied. */
  { "large, exactly two thirds", FALSE, 3, G_GINT64_CONSTANT (999999999999999), 3, G_GINT64_CONSTANT (666666666666666), 3,
    G_GINT64_CONSTANT (666666666666666), XQ_VOTE_CARRIED, 0, 0, 0, 0 },
  { "large, one short", FALSE, 3, G_GINT64_CONSTANT (999999999999999), 3, G_GINT64_CONSTANT (666666666666665), 3,
    G_GINT64_CONSTANT (666666666666665), XQ_VOTE_TOO_FEW, 0, 1, 0, 0 },
};

static XqOwnerVote
vote_of (const Case *c)
{
  return (XqOwnerVote){ .special = c->special, .total = { c->heads, c->area }, .taking_part = { c->part_heads, c->part_area }, .in_favour = { c->for_heads, c->for_area } };
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      XqOwnerVote vote = vote_of (c);
      XqVoteStanding standing = xq_owner_vote_count (&vote);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", c->what);
      g_assert_cmpint (standing.result, ==, c->result);
      g_assert_cmpint (standing.missing_taking_part.heads, ==, c->missing_part_heads);
      g_assert_cmpint (standing.missing_taking_part.area, ==, c->missing_part_area);
      g_assert_cmpint (standing.missing_in_favour.heads, ==, c->missing_for_heads);
      g_assert_cmpint (standing.missing_in_favour.area, ==, c->missing_for_area);
      g_assert_true (xq_owner_vote_check (&vote, &error) == (c->result != XQ_VOTE_UNKNOWN));
      g_assert_true ((error != NULL) == (c->result == XQ_VOTE_UNKNOWN));
    }
}

/* What is said to be missing suffices, and nothing less does. */
static void
test_smallest (void)
{
  for (gint64 total = 1; total <= 30; total++)
    for (gint64 part = 0; part <= total; part++)
      for (gint64 favour = 0; favour <= part; favour++)
        for (int special = 0; special < 2; special++)
          {
            XqOwnerVote vote = { special, { total, 1000 }, { part, 1000 }, { favour, 1000 } };
            XqVoteStanding standing = xq_owner_vote_count (&vote);
            gint64 more = standing.missing_taking_part.heads;

            g_assert_cmpint (3 * (part + more), >=, 2 * total);
            g_assert_true (more == 0 || 3 * (part + more - 1) < 2 * total);
            vote.taking_part.heads += more;
            vote.in_favour.heads += standing.missing_in_favour.heads;
            g_assert_cmpint (xq_owner_vote_count (&vote).result, ==, XQ_VOTE_CARRIED);
            if (standing.missing_in_favour.heads > 0)
              {
                vote.in_favour.heads--;
                g_assert_cmpint (xq_owner_vote_count (&vote).result, ==, XQ_VOTE_NOT_CARRIED);
              }
          }
}

static void
test_buildings (void)
{
  static const XqVoteCount buildings[] = { { 40, 4000 }, { 35, 3600 }, { 0, 0 } };
  XqVoteCount sum = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (buildings); i++)
    xq_vote_count_add (&sum, &buildings[i]);
  g_assert_cmpint (sum.heads, ==, 75);
  g_assert_cmpint (sum.area, ==, 7600);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/owner-vote/table", test_table);
  g_test_add_func ("/owner-vote/smallest", test_smallest);
  g_test_add_func ("/owner-vote/buildings", test_buildings);
  return g_test_run ();
}
