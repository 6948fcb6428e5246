/* The slow facts of what happened and who there is: members by category, appraisals, secretaries, votes, events, activities. */

#include "fact-reference-private.h"

#include "xq-owner-vote.h"

static gboolean
by (const char *day, const char *limit)
{
  return day == NULL || strcmp (day, limit) <= 0;
}

static gboolean
in_period (const Reference *r, const char *day)
{
  return day != NULL && strcmp (day, r->from) >= 0 && strcmp (day, r->as_of) <= 0;
}

/* Adds 1 to "@prefix@word" where the facts have such a column. */
static void
add_word (gint64 *values, const char *prefix, const char *word)
{
  g_autofree char *name = word != NULL ? g_strconcat (prefix, word, NULL) : NULL;

  if (name != NULL && xq_fact_column_find (name, -1) >= 0)
    reference_add (values, name, 1);
}

/* The place that a member of the roster counts at, 0 for none. */
static gint64
place_of (const Reference *r, const XqRecord *m)
{
  if (!xq_record_is_null (m, XQ_MEMBER_CHECKED_IN))
    return REF (m, XQ_MEMBER_CHECKED_IN);
  if (!xq_record_is_null (m, XQ_MEMBER_RESIDENCE))
    return REF (m, XQ_MEMBER_RESIDENCE);
  if (!xq_record_is_null (m, XQ_MEMBER_ORGANISATION))
    return REF (reference_find (r, &XQ_ORGANISATION, REF (m, XQ_MEMBER_ORGANISATION)), XQ_ORGANISATION_UNIT);
  return 0;
}

/* The last appraisal entered of a member for @year, or NULL. */
static const XqRecord *
find_appraisal (const Reference *r, const XqRecord *m, int year)
{
  const XqRecord *last = NULL;

  EACH (r, &XQ_APPRAISAL, a)
  if (REF (a, XQ_APPRAISAL_MEMBER) == xq_record_get_id (m) && REF (a, XQ_APPRAISAL_YEAR) == year
      && (last == NULL || xq_record_get_id (a) > xq_record_get_id (last)))
    last = a;
  return last;
}

static void
set_members (const Reference *r, const XqRecord *unit, gint64 *values)
{
  int year = (int)g_ascii_strtoll (r->as_of, NULL, 10);

  /* The last year that is over. */
  if (!g_str_has_suffix (r->as_of, "-12-31"))
    year--;
  EACH (r, &XQ_MEMBER, m)
  {
    const XqRecord *a;

    if (!reference_counts_at (r, unit, place_of (r, m)))
      continue;
    if (reference_holds (r, m, XQ_MEMBER_VALID_FROM, XQ_MEMBER_VALID_TO))
      {
        g_autofree char *post = g_strstrip (g_strdup (TEXT (m, XQ_MEMBER_POST) != NULL ? TEXT (m, XQ_MEMBER_POST) : ""));

        if (IS (m, XQ_MEMBER_CATEGORY, "in_service") || IS (m, XQ_MEMBER_CATEGORY, "retired")
            || IS (m, XQ_MEMBER_CATEGORY, "resident") || IS (m, XQ_MEMBER_CATEGORY, "floating")
            || IS (m, XQ_MEMBER_CATEGORY, "other"))
          add_word (values, "members_", TEXT (m, XQ_MEMBER_CATEGORY));
        reference_add (values, "members_posted", !xq_record_is_null (m, XQ_MEMBER_CHECKED_IN) && *post != '\0');
      }
    a = find_appraisal (r, m, year);
    if (a == NULL)
      continue;
    reference_add (values, "appraisals", 1);
    if (!IS (a, XQ_APPRAISAL_GRADE, "fed_back") && !IS (a, XQ_APPRAISAL_GRADE, "counted"))
      add_word (values, "appraisals_", TEXT (a, XQ_APPRAISAL_GRADE));
    reference_add (values, "appraisals_fed_back",
                   TEXT (a, XQ_APPRAISAL_FED_BACK) != NULL && by (TEXT (a, XQ_APPRAISAL_FED_BACK), r->as_of));
    reference_add (values, "appraisals_counted", REF (a, XQ_APPRAISAL_EMPLOYER_COUNTED));
  }
}

static void
set_secretary (const Reference *r, const XqRecord *o, gint64 *values)
{
  const char *background = TEXT (o, XQ_ORGANISATION_SECRETARY_BACKGROUND), *path = TEXT (o, XQ_ORGANISATION_SECRETARY_PATH);
  const XqRecord *in_office = NULL;

  EACH (r, &XQ_POST_HOLDER, h)
  if (REF (h, XQ_POST_HOLDER_ORGANISATION) == xq_record_get_id (o) && IS (h, XQ_POST_HOLDER_POST, "secretary")
      && reference_holds (r, h, XQ_POST_HOLDER_VALID_FROM, XQ_POST_HOLDER_VALID_TO)
      && (in_office == NULL || xq_record_get_id (h) > xq_record_get_id (in_office)))
    in_office = h;
  if (in_office != NULL && TEXT (in_office, XQ_POST_HOLDER_BACKGROUND) != NULL)
    background = TEXT (in_office, XQ_POST_HOLDER_BACKGROUND);
  if (in_office != NULL && TEXT (in_office, XQ_POST_HOLDER_PATH) != NULL)
    path = TEXT (in_office, XQ_POST_HOLDER_PATH);
  add_word (values, "secretaries_", background);
  add_word (values, "secretaries_by_", path);
}

static void
set_approvals (const Reference *r, const XqRecord *o, gint64 *values)
{
  gboolean founding = FALSE;

  EACH (r, &XQ_APPROVAL, a)
  {
    if (REF (a, XQ_APPROVAL_ORGANISATION) != xq_record_get_id (o))
      continue;
    founding = founding || IS (a, XQ_APPROVAL_EVENT, "founding");
    if (!in_period (r, TEXT (a, XQ_APPROVAL_DECIDED)))
      continue;
    reference_add (values, "approvals", 1);
    reference_add (values, "approvals_founding", IS (a, XQ_APPROVAL_EVENT, "founding"));
    reference_add (values, "approvals_election", IS (a, XQ_APPROVAL_EVENT, "election") || IS (a, XQ_APPROVAL_EVENT, "by_election"));
    reference_add (values, "approvals_merger", IS (a, XQ_APPROVAL_EVENT, "merger"));
  }
  if (!founding && in_period (r, TEXT (o, XQ_ORGANISATION_APPROVAL_DATE)))
    {
      reference_add (values, "approvals", 1);
      reference_add (values, "approvals_founding", 1);
    }
}

static void
set_organisations (const Reference *r, gint64 unit, gint64 *values)
{
  EACH (r, &XQ_ORGANISATION, o)
  {
    gboolean big = IS (o, XQ_ORGANISATION_KIND, "big_committee");

    if (REF (o, XQ_ORGANISATION_UNIT) != unit)
      continue;
    set_approvals (r, o, values);
    if (!reference_organisation_lives (r, o))
      continue;
    if (!big && !IS (o, XQ_ORGANISATION_KIND, "group"))
      set_secretary (r, o, values);
    EACH (r, &XQ_BIG_COMMITTEE_MEMBER, m)
    reference_add (values, "big_committee_seats",
                   big && REF (m, XQ_BIG_COMMITTEE_MEMBER_ORGANISATION) == xq_record_get_id (o)
                       && reference_holds (r, m, XQ_BIG_COMMITTEE_MEMBER_VALID_FROM, XQ_BIG_COMMITTEE_MEMBER_VALID_TO));
  }
}

/* The vote as the window counts it. */
static XqVoteResult
count_vote (const Reference *r, const XqRecord *v, const XqRecord *area)
{
  XqOwnerVote vote = { .special = IS (v, XQ_OWNER_VOTE_MATTER, "special"),
                       .total = { REF (v, XQ_OWNER_VOTE_HEADS), REF (v, XQ_OWNER_VOTE_AREA) } };
  XqVoteCount all = { 0 };

  EACH (r, &XQ_VOTE_BUILDING, b)
  {
    XqVoteCount taking = { REF (b, XQ_VOTE_BUILDING_TAKING_HEADS), REF (b, XQ_VOTE_BUILDING_TAKING_AREA) };
    XqVoteCount agree = { REF (b, XQ_VOTE_BUILDING_FOR_HEADS), REF (b, XQ_VOTE_BUILDING_FOR_AREA) };
    XqVoteCount whole = { REF (b, XQ_VOTE_BUILDING_HEADS), REF (b, XQ_VOTE_BUILDING_AREA) };

    if (REF (b, XQ_VOTE_BUILDING_VOTE) != xq_record_get_id (v))
      continue;
    xq_vote_count_add (&vote.taking_part, &taking);
    xq_vote_count_add (&vote.in_favour, &agree);
    xq_vote_count_add (&all, &whole);
  }
  if (vote.total.heads == 0)
    vote.total.heads = REF (area, XQ_PROPERTY_AREA_HEADS);
  if (vote.total.heads == 0)
    vote.total.heads = all.heads;
  if (vote.total.area == 0)
    vote.total.area = xq_record_is_null (area, XQ_PROPERTY_AREA_OWNED_AREA) ? 100 * REF (area, XQ_PROPERTY_AREA_FLOOR_AREA)
                                                                            : REF (area, XQ_PROPERTY_AREA_OWNED_AREA);
  if (vote.total.area == 0)
    vote.total.area = all.area;
  return xq_owner_vote_count (&vote).result;
}

static void
set_areas (const Reference *r, gint64 unit, gint64 *values)
{
  EACH (r, &XQ_PROPERTY_AREA, area)
  {
    if (REF (area, XQ_PROPERTY_AREA_UNIT) != unit || !reference_area_in_force (r, area))
      continue;
    EACH (r, &XQ_OWNER_VOTE, v)
    {
      XqVoteResult result;

      if (REF (v, XQ_OWNER_VOTE_PROPERTY_AREA) != xq_record_get_id (area) || !in_period (r, TEXT (v, XQ_OWNER_VOTE_HELD)))
        continue;
      result = count_vote (r, v, area);
      reference_add (values, "votes_held", 1);
      reference_add (values, "votes_counted", result != XQ_VOTE_UNKNOWN);
      reference_add (values, "votes_carried", result == XQ_VOTE_CARRIED);
      reference_add (values, "votes_too_few", result == XQ_VOTE_TOO_FEW);
    }
    EACH (r, &XQ_BODY_EVENT, e)
    {
      const XqRecord *body = reference_find (r, &XQ_OWNERS_BODY, REF (e, XQ_BODY_EVENT_OWNERS_BODY));

      if (REF (body, XQ_OWNERS_BODY_PROPERTY_AREA) != xq_record_get_id (area) || !in_period (r, TEXT (e, XQ_BODY_EVENT_HELD)))
        continue;
      reference_add (values, "body_events", 1);
      reference_add (values, "body_elections",
                     IS (e, XQ_BODY_EVENT_EVENT, "election") || IS (e, XQ_BODY_EVENT_EVENT, "re_election")
                         || IS (e, XQ_BODY_EVENT_EVENT, "by_election"));
      reference_add (values, "body_filings", IS (e, XQ_BODY_EVENT_EVENT, "filing"));
    }
  }
}

static void
set_meetings (const Reference *r, const XqRecord *unit, gint64 *values)
{
  EACH (r, &XQ_CONSULTATION, c)
  if (in_period (r, TEXT (c, XQ_CONSULTATION_HELD)) && reference_counts_at (r, unit, REF (c, XQ_CONSULTATION_UNIT)))
    {
      g_autofree char *outcome
          = g_strstrip (g_strdup (TEXT (c, XQ_CONSULTATION_OUTCOME) != NULL ? TEXT (c, XQ_CONSULTATION_OUTCOME) : ""));

      if (!IS (c, XQ_CONSULTATION_LEVEL, "joint") && !IS (c, XQ_CONSULTATION_LEVEL, "resolved"))
        add_word (values, "consultations_", TEXT (c, XQ_CONSULTATION_LEVEL));
      reference_add (values, "consultations_joint", IS (c, XQ_CONSULTATION_FORM, "joint_meeting"));
      reference_add (values, "consultations_assembly", IS (c, XQ_CONSULTATION_FORM, "assembly"));
      reference_add (values, "consultations_concluded", *outcome != '\0');
      reference_add (values, "consultation_people", REF (c, XQ_CONSULTATION_ATTENDANCE));
    }
  EACH (r, &XQ_POLL, p)
  if (in_period (r, TEXT (p, XQ_POLL_CLOSED)) && reference_counts_at (r, unit, REF (p, XQ_POLL_UNIT)))
    {
      reference_add (values, "polls", 1);
      reference_add (values, "poll_ballots", REF (p, XQ_POLL_BALLOTS));
    }
  EACH (r, &XQ_SURVEY, s)
  reference_add (values, "surveys",
                 in_period (r, TEXT (s, XQ_SURVEY_CLOSED)) && reference_counts_at (r, unit, REF (s, XQ_SURVEY_UNIT)));
  EACH (r, &XQ_ACTIVITY, a)
  {
    gboolean award = IS (a, XQ_ACTIVITY_KIND, "award");

    if (!in_period (r, TEXT (a, XQ_ACTIVITY_HELD)) || !reference_counts_at (r, unit, REF (a, XQ_ACTIVITY_UNIT)))
      continue;
    reference_add (values, award ? "awards" : "activities", 1);
    reference_add (values, "activity_days", IS (a, XQ_ACTIVITY_KIND, "activity_day"));
    reference_add (values, "volunteer_activities", IS (a, XQ_ACTIVITY_KIND, "volunteer"));
    reference_add (values, "neighbour_activities", IS (a, XQ_ACTIVITY_KIND, "neighbour"));
    reference_add (values, "activity_people", award ? 0 : REF (a, XQ_ACTIVITY_ATTENDANCE));
  }
}

static void
set_associations (const Reference *r, const XqRecord *unit, gint64 *values)
{
  static const struct
  {
    const char *kind, *column;
  } kinds[] = { { "mass", "mass_organisations" },
                { "resident", "resident_groups" },
                { "volunteer", "volunteer_teams" },
                { "supervision", "supervision_groups" } };

  EACH (r, &XQ_ASSOCIATION, a)
  {
    if (!reference_counts_at (r, unit, REF (a, XQ_ASSOCIATION_UNIT))
        || !reference_holds (r, a, XQ_ASSOCIATION_FOUNDED, XQ_ASSOCIATION_ENDED))
      continue;
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
      reference_add (values, kinds[i].column, IS (a, XQ_ASSOCIATION_KIND, kinds[i].kind));
    reference_add (values, "association_people", REF (a, XQ_ASSOCIATION_HEADCOUNT));
  }
  EACH (r, &XQ_PAIRING, p)
  if (reference_counts_at (r, unit, REF (p, XQ_PAIRING_UNIT)) && reference_holds (r, p, XQ_PAIRING_VALID_FROM, XQ_PAIRING_VALID_TO))
    {
      reference_add (values, "pairings", 1);
      reference_add (values, "pairings_department", !xq_record_is_null (p, XQ_PAIRING_DEPARTMENT));
      reference_add (values, "pairings_employer", !xq_record_is_null (p, XQ_PAIRING_EMPLOYER));
    }
  EACH (r, &XQ_DEPARTMENT, d)
  reference_add (values, "departments",
                 REF (d, XQ_DEPARTMENT_UNIT) == xq_record_get_id (unit)
                     && reference_holds (r, d, XQ_DEPARTMENT_VALID_FROM, XQ_DEPARTMENT_VALID_TO));
}

static void
set_funds (const Reference *r, const XqRecord *unit, gint64 *values)
{
  static const char *const sources[] = { "firm", "higher", "matched", "employers", "other" };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *column = g_strconcat ("project_funds_", sources[i], NULL);
      gint64 fen = 0;

      EACH (r, &XQ_PROJECT_FUNDING, f)
      {
        const XqRecord *p = reference_find (r, &XQ_PROJECT, REF (f, XQ_PROJECT_FUNDING_PROJECT));

        if (IS (f, XQ_PROJECT_FUNDING_SOURCE, sources[i]) && by (TEXT (p, XQ_PROJECT_STARTED), r->as_of)
            && reference_counts_at (r, unit, REF (p, XQ_PROJECT_UNIT)))
          fen += REF (f, XQ_PROJECT_FUNDING_AMOUNT);
      }
      reference_set (values, column, (fen + 50) / 100);
    }
}

static void
set_confirmation (const Reference *r, const XqRecord *unit, gint64 *values)
{
  const XqRecord *last = NULL;

  if (REF (unit, XQ_UNIT_LEVEL) != XQ_LEVEL_COMMUNITY)
    return;
  reference_set (values, "communities", 1);
  EACH (r, &XQ_CONFIRMATION, c)
  if (REF (c, XQ_CONFIRMATION_UNIT) == xq_record_get_id (unit) && IS (c, XQ_CONFIRMATION_PERIOD, r->period)
      && (last == NULL || xq_record_get_id (c) > xq_record_get_id (last)))
    last = c;
  reference_set (values, "communities_confirmed", last != NULL);
  reference_set (values, "communities_unchanged", last != NULL && IS (last, XQ_CONFIRMATION_KIND, "no_change"));
}

void
reference_set_counts (const Reference *r, const XqRecord *unit, gint64 *values)
{
  set_organisations (r, xq_record_get_id (unit), values);
  if (REF (unit, XQ_UNIT_LEVEL) == XQ_LEVEL_BUILDING)
    return;
  set_members (r, unit, values);
  set_areas (r, xq_record_get_id (unit), values);
  set_meetings (r, unit, values);
  set_associations (r, unit, values);
  set_funds (r, unit, values);
  set_confirmation (r, unit, values);
}
