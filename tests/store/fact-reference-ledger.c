#include "fact-reference-private.h"

static gboolean
by (const char *day, const char *limit)
{
  return day == NULL || strcmp (day, limit) <= 0;
}

/* A day that is known and lies in the period. */
static gboolean
in_period (const Reference *r, const char *day)
{
  return day != NULL && strcmp (day, r->from) >= 0 && strcmp (day, r->as_of) <= 0;
}

static gboolean
is_any (const char *text, const char *const *words)
{
  return g_strv_contains (words, text);
}

gint64
reference_count_committee (const Reference *r, const XqRecord *o)
{
  static const char *const posts[] = { "secretary", "deputy_secretary", "committee_member", NULL };
  gboolean listed = FALSE;
  gint64 serving = 0;

  EACH (r, &XQ_POST_HOLDER, h)
  {
    if (REF (h, XQ_POST_HOLDER_ORGANISATION) != xq_record_get_id (o) || !is_any (TEXT (h, XQ_POST_HOLDER_POST), posts)
        || !by (TEXT (h, XQ_POST_HOLDER_VALID_FROM), r->as_of))
      continue;
    listed = listed || IS (h, XQ_POST_HOLDER_POST, "committee_member");
    serving += reference_holds (r, h, XQ_POST_HOLDER_VALID_FROM, XQ_POST_HOLDER_VALID_TO);
  }
  if (listed)
    return serving;
  return xq_record_is_null (o, XQ_ORGANISATION_COMMITTEE_SIZE) ? -1 : REF (o, XQ_ORGANISATION_COMMITTEE_SIZE);
}

static void
set_organisations (const Reference *r, gint64 unit, gint64 *values)
{
  EACH (r, &XQ_ORGANISATION, o)
  {
    if (REF (o, XQ_ORGANISATION_UNIT) != unit || !reference_organisation_lives (r, o))
      continue;
    reference_add (values, "functional_groups", IS (o, XQ_ORGANISATION_KIND, "group") && REF (o, XQ_ORGANISATION_FUNCTIONAL));
    reference_add (values, "big_committees", IS (o, XQ_ORGANISATION_KIND, "big_committee"));
    reference_add (values, "secretary_directors", REF (o, XQ_ORGANISATION_SECRETARY_IS_DIRECTOR));
    reference_add (values, "secretary_directors_known", !xq_record_is_null (o, XQ_ORGANISATION_SECRETARY_IS_DIRECTOR));
    if (reference_is_branch (o) && !IS (o, XQ_ORGANISATION_KIND, "committee"))
      reference_add (values, "committee_members", MAX (reference_count_committee (r, o), 0));
  }
  EACH (r, &XQ_GRID_ROLE, g)
  {
    g_autofree char *column = g_strconcat ("grid_", TEXT (g, XQ_GRID_ROLE_ROLE), NULL);
    const XqRecord *o = reference_find (r, &XQ_ORGANISATION, REF (g, XQ_GRID_ROLE_ORGANISATION));

    if (REF (g, XQ_GRID_ROLE_UNIT) != unit || !reference_holds (r, g, XQ_GRID_ROLE_VALID_FROM, XQ_GRID_ROLE_VALID_TO))
      continue;
    reference_add (values, column, 1);
    reference_add (values, "grids_led", o != NULL && reference_organisation_lives (r, o));
  }
}

static const char *
column_of_post (const char *post)
{
  static const struct
  {
    const char *post, *column;
  } columns[] = { { "secretary", "secretaries" },        { "deputy_secretary", NULL },
                  { "committee_member", NULL },          { "group_leader", "group_leaders" },
                  { "building_head", "building_heads" }, { "entrance_head", "entrance_heads" },
                  { "floor_head", "floor_heads" },       { "health_officer", "officers" },
                  { "publicity_officer", "officers" },   { "culture_officer", "officers" },
                  { "mediation_officer", "officers" },   { "instructor", "instructors" },
                  { "grid_worker", "grid_workers" },     { "member_household", "member_households" } };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_str_equal (columns[i].post, post))
      return columns[i].column;
  return "other_posts";
}

/* -1 where the roster has not begun. */
static gint64
count_roster (const Reference *r, const XqRecord *unit, const char *post)
{
  gint64 n = -1;

  EACH (r, &XQ_POST_HOLDER, h)
  if (IS (h, XQ_POST_HOLDER_POST, post) && by (TEXT (h, XQ_POST_HOLDER_VALID_FROM), r->as_of)
      && reference_counts_at (r, unit, REF (h, XQ_POST_HOLDER_UNIT)))
    n = MAX (n, 0) + reference_holds (r, h, XQ_POST_HOLDER_VALID_FROM, XQ_POST_HOLDER_VALID_TO);
  return n;
}

static gint64
count_declared (const Reference *r, const XqRecord *unit, const char *post)
{
  gint64 own = -1, below = 0;

  EACH (r, &XQ_DECLARED_POST, d)
  if (IS (d, XQ_DECLARED_POST_POST, post) && reference_counts_at (r, unit, REF (d, XQ_DECLARED_POST_UNIT)))
    {
      if (REF (d, XQ_DECLARED_POST_UNIT) == xq_record_get_id (unit))
        own = REF (d, XQ_DECLARED_POST_VALUE);
      else
        below += REF (d, XQ_DECLARED_POST_VALUE);
    }
  return own >= 0 ? own : below;
}

static void
set_posts (const Reference *r, const XqRecord *unit, gint64 *values)
{
  g_autoptr (GHashTable) posts = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer post;

  EACH (r, &XQ_POST_HOLDER, h)
  g_hash_table_add (posts, (gpointer)TEXT (h, XQ_POST_HOLDER_POST));
  EACH (r, &XQ_DECLARED_POST, d)
  g_hash_table_add (posts, (gpointer)TEXT (d, XQ_DECLARED_POST_POST));
  g_hash_table_iter_init (&iter, posts);
  while (g_hash_table_iter_next (&iter, &post, NULL))
    {
      gint64 listed = count_roster (r, unit, post);
      const char *column = column_of_post (post);

      reference_add (values, "roster_posts", MAX (listed, 0));
      if (column != NULL)
        reference_add (values, column, listed >= 0 ? listed : count_declared (r, unit, post));
    }
}

static void
set_employers (const Reference *r, gint64 unit, gint64 *values)
{
  EACH (r, &XQ_EMPLOYER, e)
  {
    gint64 n = -1;

    if (REF (e, XQ_EMPLOYER_UNIT) != unit || !reference_holds (r, e, XQ_EMPLOYER_VALID_FROM, XQ_EMPLOYER_VALID_TO))
      continue;
    EACH (r, &XQ_MEMBER, m)
    if (REF (m, XQ_MEMBER_EMPLOYER) == xq_record_get_id (e) && by (TEXT (m, XQ_MEMBER_VALID_FROM), r->as_of))
      n = MAX (n, 0)
          + (!xq_record_is_null (m, XQ_MEMBER_CHECKED_IN) && reference_holds (r, m, XQ_MEMBER_VALID_FROM, XQ_MEMBER_VALID_TO));
    reference_add (values, "employers", 1);
    reference_add (values, "employer_members", n >= 0 ? n : REF (e, XQ_EMPLOYER_CHECKED_IN));
  }
}

/* How many areas of the unit there are, and how many have a body of @kind, or for which @flag is set. */
static gint64
count_areas (const Reference *r, gint64 unit, const char *kind, int flag)
{
  gint64 n = 0;

  EACH (r, &XQ_PROPERTY_AREA, area)
  {
    gboolean found = FALSE;

    if (REF (area, XQ_PROPERTY_AREA_UNIT) != unit || !reference_area_in_force (r, area))
      continue;
    EACH (r, &XQ_OWNERS_BODY, body)
    found = found
            || (REF (body, XQ_OWNERS_BODY_PROPERTY_AREA) == xq_record_get_id (area) && reference_body_stands (r, body)
                && (kind != NULL ? IS (body, XQ_OWNERS_BODY_KIND, kind) : REF (body, flag) == 1));
    n += found;
  }
  return n;
}

static void
set_fees (const Reference *r, gint64 unit, gint64 *values)
{
  static const struct
  {
    int due, paid;
    const char *due_column, *paid_column;
  } pairs[]
      = { { XQ_FEE_COLLECTION_AMOUNT_DUE, XQ_FEE_COLLECTION_AMOUNT_COLLECTED, "fees_due", "fees_collected" },
          { XQ_FEE_COLLECTION_HOUSEHOLDS_DUE, XQ_FEE_COLLECTION_HOUSEHOLDS_PAID, "fee_households_due", "fee_households_paid" } };
  GDate date;
  char lapsed[11];

  g_date_clear (&date, 1);
  g_date_set_parse (&date, r->as_of);
  g_date_subtract_years (&date, 1);
  g_date_strftime (lapsed, sizeof lapsed, "%Y-%m-%d", &date);
  EACH (r, &XQ_PROPERTY_AREA, area)
  {
    const char *latest = NULL;

    if (REF (area, XQ_PROPERTY_AREA_UNIT) != unit || !reference_area_in_force (r, area))
      continue;
    for (int round = 0; round < 2; round++)
      EACH (r, &XQ_FEE_COLLECTION, fee)
      {
        const char *end = TEXT (fee, XQ_FEE_COLLECTION_PERIOD_END);

        if (REF (fee, XQ_FEE_COLLECTION_PROPERTY_AREA) != xq_record_get_id (area) || !by (end, r->as_of) || by (end, lapsed))
          continue;
        if (round == 0)
          latest = latest == NULL || strcmp (end, latest) > 0 ? end : latest;
        else if (strcmp (end, latest) == 0)
          for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
            if (!xq_record_is_null (fee, pairs[i].due) && !xq_record_is_null (fee, pairs[i].paid))
              {
                reference_add (values, pairs[i].due_column, REF (fee, pairs[i].due));
                reference_add (values, pairs[i].paid_column, REF (fee, pairs[i].paid));
              }
      }
  }
}

static void
set_property (const Reference *r, const XqRecord *unit, gint64 *values)
{
  gint64 id = xq_record_get_id (unit), committees, bodies;
  gboolean firm = reference_get (values, "areas_with_firm") > 0, any = reference_get (values, "property_areas") > 0;

  committees = count_areas (r, id, "owners_committee", -1);
  bodies = reference_get (values, "areas_with_body");
  reference_set (values, "areas_with_committee", committees);
  reference_set (values, "areas_with_self_governing", count_areas (r, id, "self_governing", -1));
  reference_set (values, "areas_with_cobuilding", count_areas (r, id, "cobuilding", -1));
  reference_set (values, "areas_with_management", count_areas (r, id, "management", -1));
  reference_set (values, "areas_with_legal_body", count_areas (r, id, NULL, XQ_OWNERS_BODY_LEGAL_ENTITY));
  reference_set (values, "areas_with_account", count_areas (r, id, NULL, XQ_OWNERS_BODY_BANK_ACCOUNT));
  set_fees (r, id, values);
  if (REF (unit, XQ_UNIT_LEVEL) != XQ_LEVEL_COMPOUND)
    return;
  reference_set (values, "firm_compounds", firm);
  reference_set (values, "firm_with_committee", firm && committees > 0);
  reference_set (values, "no_firm_compounds", any && !firm);
  reference_set (values, "no_firm_with_body", any && !firm && bodies > 0);
  EACH (r, &XQ_COMPOUND, compound)
  if (REF (compound, XQ_COMPOUND_UNIT) == id)
    reference_set (values, "three_none_with_cobuilding",
                   REF (compound, XQ_COMPOUND_THREE_NONE) && reference_get (values, "areas_with_cobuilding") > 0);
}

/* The latest state of an item, or NULL. */
static const XqRecord *
find_state (const Reference *r, gint64 unit, const char *checklist, const char *item)
{
  const XqRecord *latest = NULL;

  EACH (r, &XQ_CHECKLIST_STATE, k)
  {
    int order;

    if (REF (k, XQ_CHECKLIST_STATE_UNIT) != unit || !IS (k, XQ_CHECKLIST_STATE_CHECKLIST, checklist)
        || !IS (k, XQ_CHECKLIST_STATE_ITEM, item) || !by (TEXT (k, XQ_CHECKLIST_STATE_ASSESSED), r->as_of))
      continue;
    order = latest == NULL ? 1 : g_strcmp0 (TEXT (k, XQ_CHECKLIST_STATE_ASSESSED), TEXT (latest, XQ_CHECKLIST_STATE_ASSESSED));
    if (order > 0 || (order == 0 && xq_record_get_id (k) > xq_record_get_id (latest)))
      latest = k;
  }
  return latest;
}

static void
set_checklists (const Reference *r, gint64 unit, gint64 *values)
{
  guint n;
  const XqSchemeChecklist *lists = xq_scheme_get_checklists (r->scheme, &n);
  guint slot = 0, number = 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 maximum = 0, points = 0;
      gboolean complete = lists[i].scores == NULL, scored = FALSE;

      if (lists[i].scores == NULL && lists[i].n_states == 0)
        continue;
      number += lists[i].scores == NULL;
      for (guint k = 0; k < lists[i].n_items; k++)
        {
          const XqRecord *state = find_state (r, unit, lists[i].id, lists[i].item_ids[k]);
          g_autofree char *column = g_strdup_printf ("set_%u", slot + 1);
          gboolean done = state != NULL && IS (state, XQ_CHECKLIST_STATE_STATE, "done");

          slot += lists[i].scores == NULL;
          if (lists[i].scores == NULL && slot <= 24)
            reference_set (values, column, done);
          else if (lists[i].scores != NULL)
            maximum += lists[i].scores[k];
          complete = complete && done;
        }
      if (complete && number <= 4)
        {
          g_autofree char *column = number == 1 ? g_strdup ("set_complete") : g_strdup_printf ("list_%u_complete", number);

          reference_set (values, column, 1);
        }
      if (lists[i].scores == NULL)
        continue;
      /* Points of an item that the scheme has no more are points. */
      EACH (r, &XQ_CHECKLIST_STATE, k)
      if (REF (k, XQ_CHECKLIST_STATE_UNIT) == unit && IS (k, XQ_CHECKLIST_STATE_CHECKLIST, lists[i].id)
          && find_state (r, unit, lists[i].id, TEXT (k, XQ_CHECKLIST_STATE_ITEM)) == k)
        {
          points += REF (k, XQ_CHECKLIST_STATE_SCORE);
          scored = scored || !xq_record_is_null (k, XQ_CHECKLIST_STATE_SCORE);
        }
      reference_set (values, "score_points", points);
      reference_set (values, "score_maximum", scored ? maximum : 0);
    }
}

/* The last of two kinds of step up to the day, or NULL. */
static const XqRecord *
find_last_step (const Reference *r, const XqRecord *ticket, const char *kind, const char *or_kind)
{
  const XqRecord *last = NULL;

  EACH (r, &XQ_TICKET_EVENT, e)
  {
    int order;

    if (REF (e, XQ_TICKET_EVENT_TICKET) != xq_record_get_id (ticket) || !by (TEXT (e, XQ_TICKET_EVENT_DAY), r->as_of)
        || !(IS (e, XQ_TICKET_EVENT_KIND, kind) || IS (e, XQ_TICKET_EVENT_KIND, or_kind)))
      continue;
    order = last == NULL ? 1 : strcmp (TEXT (e, XQ_TICKET_EVENT_DAY), TEXT (last, XQ_TICKET_EVENT_DAY));
    if (order == 0)
      order = (REF (e, XQ_TICKET_EVENT_ORDINAL) > REF (last, XQ_TICKET_EVENT_ORDINAL))
              - (REF (e, XQ_TICKET_EVENT_ORDINAL) < REF (last, XQ_TICKET_EVENT_ORDINAL));
    if (order > 0 || (order == 0 && xq_record_get_id (e) > xq_record_get_id (last)))
      last = e;
  }
  return last;
}

static void
add_ticket (const Reference *r, const XqRecord *ticket, gint64 *values)
{
  const char *deadline = TEXT (ticket, XQ_TICKET_DEADLINE);
  gboolean raised = in_period (r, TEXT (ticket, XQ_TICKET_RAISED)), due = in_period (r, deadline);
  const XqRecord *step = find_last_step (r, ticket, "close", "reopen");
  gboolean closed = step != NULL && IS (step, XQ_TICKET_EVENT_KIND, "close");
  const XqRecord *verified = find_last_step (r, ticket, "verify", "reopen");

  reference_add (values, "tickets_raised", raised);
  reference_add (values, "tickets_responded", raised && find_last_step (r, ticket, "respond", "respond") != NULL);
  reference_add (values, "tickets_due", due);
  reference_add (values, "tickets_closed_on_time", due && closed && strcmp (TEXT (step, XQ_TICKET_EVENT_DAY), deadline) <= 0);
  reference_add (values, "tickets_open", !closed);
  reference_add (values, "tickets_overdue", !closed && deadline != NULL && by (deadline, r->as_of));
  if (verified == NULL || !IS (verified, XQ_TICKET_EVENT_KIND, "verify") || !in_period (r, TEXT (verified, XQ_TICKET_EVENT_DAY)))
    return;
  reference_add (values, "tickets_verified", !xq_record_is_null (verified, XQ_TICKET_EVENT_SOLVED));
  reference_add (values, "tickets_solved", REF (verified, XQ_TICKET_EVENT_SOLVED));
  reference_add (values, "tickets_rated", !xq_record_is_null (verified, XQ_TICKET_EVENT_SATISFIED));
  reference_add (values, "tickets_satisfied", REF (verified, XQ_TICKET_EVENT_SATISFIED));
}

static void
to_yuan (gint64 *values, const char *column)
{
  reference_set (values, column, (reference_get (values, column) + 50) / 100);
}

/* What happened in the period, and projects and contradictions up to its end. */
static void
set_events (const Reference *r, const XqRecord *unit, gint64 *values)
{
  EACH (r, &XQ_TICKET, t)
  if (by (TEXT (t, XQ_TICKET_RAISED), r->as_of) && reference_counts_at (r, unit, REF (t, XQ_TICKET_UNIT)))
    add_ticket (r, t, values);
  EACH (r, &XQ_CONTRADICTION, c)
  if (by (TEXT (c, XQ_CONTRADICTION_RAISED), r->as_of) && reference_counts_at (r, unit, REF (c, XQ_CONTRADICTION_UNIT)))
    {
      const char *resolved = TEXT (c, XQ_CONTRADICTION_RESOLVED);

      reference_add (values, "contradictions", 1);
      reference_add (values, "contradictions_resolved", resolved != NULL && by (resolved, r->as_of));
    }
  EACH (r, &XQ_PETITION_COUNT, p)
  if (in_period (r, TEXT (p, XQ_PETITION_COUNT_PERIOD_END)) && reference_counts_at (r, unit, REF (p, XQ_PETITION_COUNT_UNIT)))
    {
      reference_add (values, "petitions", REF (p, XQ_PETITION_COUNT_BATCHES));
      reference_add (values, "petition_people", REF (p, XQ_PETITION_COUNT_PEOPLE));
    }
  EACH (r, &XQ_CONSULTATION, c)
  if (in_period (r, TEXT (c, XQ_CONSULTATION_HELD)) && reference_counts_at (r, unit, REF (c, XQ_CONSULTATION_UNIT)))
    {
      const char *resolved = TEXT (c, XQ_CONSULTATION_RESOLVED);

      reference_add (values, "consultations", 1);
      reference_add (values, "consultations_resolved", resolved != NULL && by (resolved, r->as_of));
    }
  EACH (r, &XQ_PUBLIC_INCOME, i)
  if (in_period (r, TEXT (i, XQ_PUBLIC_INCOME_PERIOD_END)) && reference_counts_at (r, unit, REF (i, XQ_PUBLIC_INCOME_UNIT)))
    {
      reference_add (values, "public_income", REF (i, XQ_PUBLIC_INCOME_INCOME));
      reference_add (values, "public_spent", REF (i, XQ_PUBLIC_INCOME_SPENT));
    }
  to_yuan (values, "public_income");
  to_yuan (values, "public_spent");
}

static void
set_projects (const Reference *r, const XqRecord *unit, gint64 *values)
{
  EACH (r, &XQ_PROJECT, p)
  {
    const char *finished = TEXT (p, XQ_PROJECT_FINISHED);

    if (!by (TEXT (p, XQ_PROJECT_STARTED), r->as_of) || !reference_counts_at (r, unit, REF (p, XQ_PROJECT_UNIT)))
      continue;
    reference_add (values, "projects", 1);
    reference_add (values, "projects_finished", finished != NULL && by (finished, r->as_of));
    EACH (r, &XQ_PROJECT_FUNDING, f)
    if (REF (f, XQ_PROJECT_FUNDING_PROJECT) == xq_record_get_id (p))
      {
        reference_add (values, "project_funds", REF (f, XQ_PROJECT_FUNDING_AMOUNT));
        if (IS (f, XQ_PROJECT_FUNDING_SOURCE, "residents"))
          reference_add (values, "project_funds_residents", REF (f, XQ_PROJECT_FUNDING_AMOUNT));
      }
  }
  to_yuan (values, "project_funds");
  to_yuan (values, "project_funds_residents");
}

static void
set_rooms_and_points (const Reference *r, const XqRecord *unit, gint64 *values)
{
  EACH (r, &XQ_SPACE, s)
  if (reference_counts_at (r, unit, REF (s, XQ_SPACE_UNIT)) && reference_holds (r, s, XQ_SPACE_OPENED, XQ_SPACE_CLOSED))
    {
      reference_add (values, "spaces", 1);
      reference_add (values, "service_stations", IS (s, XQ_SPACE_KIND, "service_station"));
      reference_add (values, "practice_stations", IS (s, XQ_SPACE_KIND, "practice_station"));
    }
  EACH (r, &XQ_POINTS_ACCOUNT, a)
  {
    if (!reference_counts_at (r, unit, REF (a, XQ_POINTS_ACCOUNT_UNIT)))
      continue;
    reference_add (values, "points_accounts", reference_holds (r, a, XQ_POINTS_ACCOUNT_OPENED, XQ_POINTS_ACCOUNT_CLOSED));
    EACH (r, &XQ_POINTS_ENTRY, e)
    if (REF (e, XQ_POINTS_ENTRY_ACCOUNT) == xq_record_get_id (a) && in_period (r, TEXT (e, XQ_POINTS_ENTRY_DAY)))
      reference_add (values, IS (e, XQ_POINTS_ENTRY_KIND, "earned") ? "points_earned" : "points_redeemed",
                     REF (e, XQ_POINTS_ENTRY_POINTS));
  }
}

void
reference_set_ledger (const Reference *r, const XqRecord *unit, gint64 *values)
{
  gint64 id = xq_record_get_id (unit);

  set_organisations (r, id, values);
  if (REF (unit, XQ_UNIT_LEVEL) == XQ_LEVEL_BUILDING)
    return;
  set_posts (r, unit, values);
  set_employers (r, id, values);
  set_property (r, unit, values);
  set_events (r, unit, values);
  set_projects (r, unit, values);
  set_rooms_and_points (r, unit, values);
  if (REF (unit, XQ_UNIT_LEVEL) != XQ_LEVEL_COMPOUND)
    return;
  set_checklists (r, id, values);
  EACH (r, &XQ_PAIRING, p)
  if (REF (p, XQ_PAIRING_UNIT) == id && reference_holds (r, p, XQ_PAIRING_VALID_FROM, XQ_PAIRING_VALID_TO))
    reference_set (values, "paired_compounds", 1);
}
