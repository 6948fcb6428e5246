#include "xq-owner-vote.h"

#include <glib/gi18n-lib.h>

/* Four times it still fits into 64 bits. */
#define LARGEST G_GINT64_CONSTANT (1000000000000000)

G_DEFINE_QUARK (xq - owner - vote - error - quark, xq_owner_vote_error)

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, XQ_OWNER_VOTE_ERROR, 0, message);
  return FALSE;
}

static gboolean
is_sound (const XqVoteCount *count)
{
  return count->heads >= 0 && count->area >= 0 && count->heads <= LARGEST && count->area <= LARGEST;
}

gboolean
xq_owner_vote_check (const XqOwnerVote *vote, GError **error)
{
  if (!is_sound (&vote->total) || !is_sound (&vote->taking_part) || !is_sound (&vote->in_favour))
    return fail (error, _ ("A number of the vote is negative or too large; correct it"));
  if (vote->total.heads == 0 || vote->total.area == 0)
    return fail (error, _ ("How many owners there are and how much area they hold is missing; enter both for the property area"));
  if (vote->taking_part.heads > vote->total.heads || vote->taking_part.area > vote->total.area)
    return fail (error, _ ("More take part than there are owners or area; correct one of the two"));
  if (vote->in_favour.heads > vote->taking_part.heads || vote->in_favour.area > vote->taking_part.area)
    return fail (error, _ ("More agree than take part; correct one of the two"));
  return TRUE;
}

/* The smallest n with 3 n ≥ 2 @total. */
static gint64
two_thirds (gint64 total)
{
  return (2 * total + 2) / 3;
}

/* The smallest n with 2 n > @taking_part, or 4 n ≥ 3 @taking_part. */
static gint64
majority (gint64 taking_part, gboolean special)
{
  return special ? (3 * taking_part + 3) / 4 : taking_part / 2 + 1;
}

XqVoteStanding
xq_owner_vote_count (const XqOwnerVote *vote)
{
  XqVoteStanding standing = { .result = XQ_VOTE_UNKNOWN };

  if (!xq_owner_vote_check (vote, NULL))
    return standing;
  standing.needed_taking_part.heads = two_thirds (vote->total.heads);
  standing.needed_taking_part.area = two_thirds (vote->total.area);
  standing.missing_taking_part.heads = MAX (0, standing.needed_taking_part.heads - vote->taking_part.heads);
  standing.missing_taking_part.area = MAX (0, standing.needed_taking_part.area - vote->taking_part.area);
  standing.needed_in_favour.heads = majority (MAX (vote->taking_part.heads, standing.needed_taking_part.heads), vote->special);
  standing.needed_in_favour.area = majority (MAX (vote->taking_part.area, standing.needed_taking_part.area), vote->special);
  standing.missing_in_favour.heads = MAX (0, standing.needed_in_favour.heads - vote->in_favour.heads);
  standing.missing_in_favour.area = MAX (0, standing.needed_in_favour.area - vote->in_favour.area);
  if (standing.missing_taking_part.heads > 0 || standing.missing_taking_part.area > 0)
    standing.result = XQ_VOTE_TOO_FEW;
  else if (standing.missing_in_favour.heads > 0 || standing.missing_in_favour.area > 0)
    standing.result = XQ_VOTE_NOT_CARRIED;
  else
    standing.result = XQ_VOTE_CARRIED;
  return standing;
}

void
xq_vote_count_add (XqVoteCount *sum, const XqVoteCount *part)
{
  sum->heads += part->heads;
  sum->area += part->area;
}
