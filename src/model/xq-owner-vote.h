#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * A vote of owners by article 278 of the Civil Code. Owners who hold at least two thirds of the area and are at least two
 * thirds of the heads must take part. Among those who take part, more than half of the area and of the heads must agree;
 * for raising maintenance money, rebuilding, and changing the use of common parts or doing business with them
 * (items 6 to 8), at least three quarters of both.
 *
 * All is whole numbers compared by cross-multiplication: nothing is rounded at a threshold. Area may be counted in any unit
 * (m², 0.01 m²) as long as it is one and the same; results are in that unit. No number may exceed 10^15.
 */
typedef struct
{
  gint64 heads, area; /* area in the caller's unit */
} XqVoteCount;

typedef struct
{
  gboolean special;  /* three quarters are asked for */
  XqVoteCount total; /* all owners of the property area */
  XqVoteCount taking_part;
  XqVoteCount in_favour; /* among those who take part */
} XqOwnerVote;

typedef enum
{
  XQ_VOTE_UNKNOWN,     /* numbers are missing or contradict one another: see xq_owner_vote_check() */
  XQ_VOTE_TOO_FEW,     /* fewer than two thirds take part: no decision */
  XQ_VOTE_NOT_CARRIED, /* enough take part, too few agree */
  XQ_VOTE_CARRIED,
} XqVoteResult;

/** How a vote stands. What is missing are the smallest whole numbers that suffice, 0 where nothing is. */
typedef struct
{
  XqVoteResult result;
  XqVoteCount needed_taking_part; /* at least so many must take part */
  XqVoteCount needed_in_favour;   /* at least so many must agree, of those who take part or, while they are too few, must */
  XqVoteCount missing_taking_part;
  XqVoteCount missing_in_favour;
} XqVoteStanding;

/** Whether the numbers can be those of a vote: nothing negative, owners and area there, no part greater than its whole. */
gboolean xq_owner_vote_check (const XqOwnerVote *vote, GError **error);
XqVoteStanding xq_owner_vote_count (const XqOwnerVote *vote);

/** Adds @part (a building's) to @sum. */
void xq_vote_count_add (XqVoteCount *sum, const XqVoteCount *part);

#define XQ_OWNER_VOTE_ERROR (xq_owner_vote_error_quark ())
GQuark xq_owner_vote_error_quark (void);

G_END_DECLS
