#include "fact-reference-private.h"

const GPtrArray *
reference_all (const Reference *r, const XqRecordType *type)
{
  return g_hash_table_lookup (r->rows, type);
}

Reference *
reference_new (XqTransaction *tx, XqScheme *scheme, XqPeriod period, GError **error)
{
  g_autoptr (Reference) r = g_new0 (Reference, 1);

  r->scheme = xq_scheme_ref (scheme);
  r->as_of = xq_period_last_day (period);
  r->period = xq_period_to_string (period);
  r->from = xq_period_first_day (period);
  r->rows = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    {
      GPtrArray *rows = xq_record_list (tx, XQ_RECORD_TYPES[t], -1, 0, error);

      if (rows == NULL)
        return NULL;
      g_hash_table_insert (r->rows, (gpointer)XQ_RECORD_TYPES[t], rows);
    }
  return g_steal_pointer (&r);
}

void
reference_free (Reference *r)
{
  g_clear_pointer (&r->scheme, xq_scheme_unref);
  g_clear_pointer (&r->rows, g_hash_table_unref);
  g_free (r->as_of);
  g_free (r->period);
  g_free (r->from);
  g_free (r);
}

const GPtrArray *
reference_get_units (const Reference *r)
{
  return reference_all (r, &XQ_UNIT);
}

const XqRecord *
reference_find (const Reference *r, const XqRecordType *type, gint64 id)
{
  EACH (r, type, row)
  if (xq_record_get_id (row) == id)
    return row;
  return NULL;
}

gboolean
reference_holds (const Reference *r, const XqRecord *row, int from, int to)
{
  return (TEXT (row, from) == NULL || strcmp (TEXT (row, from), r->as_of) <= 0)
         && (TEXT (row, to) == NULL || strcmp (TEXT (row, to), r->as_of) > 0);
}

gboolean
reference_is_in_force (const Reference *r, const XqRecord *unit)
{
  return reference_holds (r, unit, XQ_UNIT_VALID_FROM, XQ_UNIT_VALID_TO);
}

static gboolean
unit_in_force (const Reference *r, gint64 id)
{
  return reference_is_in_force (r, reference_find (r, &XQ_UNIT, id));
}

gboolean
reference_organisation_lives (const Reference *r, const XqRecord *organisation)
{
  return reference_holds (r, organisation, XQ_ORGANISATION_FOUNDED, XQ_ORGANISATION_DISSOLVED);
}

static char *
shift (const char *day, int days, int months)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, day);
  if (days > 0)
    g_date_add_days (&date, (guint)days);
  if (months > 0)
    g_date_subtract_months (&date, (guint)months);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

/* A count taken on @day is past the days of grace. */
static gboolean
past_grace (const Reference *r, const char *day)
{
  g_autofree char *due = day != NULL ? shift (day, xq_scheme_get_grace_days (r->scheme), 0) : NULL;

  return due == NULL || strcmp (due, r->as_of) <= 0;
}

/* A branch of any sort, big committees and groups left out. */
gboolean
reference_is_branch (const XqRecord *o)
{
  return !IS (o, XQ_ORGANISATION_KIND, "group") && !IS (o, XQ_ORGANISATION_KIND, "big_committee");
}

static XqCoverage
cover_of (const Reference *r, const XqRecord *o)
{
  const XqRecord *parent;

  if (!reference_organisation_lives (r, o))
    return XQ_COVERAGE_NONE;
  if (reference_is_branch (o))
    return REF (o, XQ_ORGANISATION_FUNCTIONAL)            ? XQ_COVERAGE_FUNCTIONAL
           : IS (o, XQ_ORGANISATION_KIND, "joint_branch") ? XQ_COVERAGE_JOINT
                                                          : XQ_COVERAGE_OWN;
  if (!IS (o, XQ_ORGANISATION_KIND, "group") || xq_record_is_null (o, XQ_ORGANISATION_PARENT))
    return XQ_COVERAGE_NONE;
  parent = reference_find (r, &XQ_ORGANISATION, REF (o, XQ_ORGANISATION_PARENT));
  if (!reference_is_branch (parent) || !reference_organisation_lives (r, parent))
    return XQ_COVERAGE_NONE;
  return REF (o, XQ_ORGANISATION_FUNCTIONAL) || REF (parent, XQ_ORGANISATION_FUNCTIONAL) ? XQ_COVERAGE_FUNCTIONAL
                                                                                         : XQ_COVERAGE_GROUP;
}

static gboolean
has_valid_contact (const Reference *r, gint64 unit)
{
  EACH (r, &XQ_CONTACT, contact)
  {
    g_autofree char *post = g_strstrip (g_strdup (TEXT (contact, XQ_CONTACT_POST) != NULL ? TEXT (contact, XQ_CONTACT_POST) : ""));

    if (REF (contact, XQ_CONTACT_UNIT) != unit || *post == '\0' || TEXT (contact, XQ_CONTACT_DECIDED) == NULL
        || !reference_holds (r, contact, XQ_CONTACT_DECIDED, XQ_CONTACT_VALID_TO))
      continue;
    EACH (r, &XQ_CONTACT_CONFIRMATION, confirmation)
    if (REF (confirmation, XQ_CONTACT_CONFIRMATION_CONTACT) == xq_record_get_id (contact)
        && strcmp (TEXT (confirmation, XQ_CONTACT_CONFIRMATION_CONFIRMED), r->from) >= 0
        && strcmp (TEXT (confirmation, XQ_CONTACT_CONFIRMATION_CONFIRMED), r->as_of) <= 0)
      return TRUE;
  }
  return FALSE;
}

/* Whether records at @place count for @unit: its own, and of a compound those of its buildings in force. */
gboolean
reference_counts_at (const Reference *r, const XqRecord *unit, gint64 place)
{
  const XqRecord *at;

  if (place == xq_record_get_id (unit))
    return REF (unit, XQ_UNIT_LEVEL) != XQ_LEVEL_BUILDING;
  at = reference_find (r, &XQ_UNIT, place);
  return REF (unit, XQ_UNIT_LEVEL) == XQ_LEVEL_COMPOUND && REF (at, XQ_UNIT_PARENT) == xq_record_get_id (unit)
         && reference_is_in_force (r, at);
}

typedef struct
{
  gint64 full, probationary, settled;
  gboolean kept; /* somebody is or was on it */
} Roster;

/* The roster by residence, membership or check-in: the field says which. */
static Roster
count_roster (const Reference *r, const XqRecord *unit, int field)
{
  Roster roster = { 0 };

  EACH (r, &XQ_MEMBER, member)
  {
    const XqRecord *organisation = NULL;
    gint64 place = REF (member, field);
    gboolean present;

    if (xq_record_is_null (member, field)
        || (TEXT (member, XQ_MEMBER_VALID_FROM) != NULL && strcmp (TEXT (member, XQ_MEMBER_VALID_FROM), r->as_of) > 0))
      continue;
    if (field == XQ_MEMBER_ORGANISATION)
      {
        organisation = reference_find (r, &XQ_ORGANISATION, place);
        place = REF (organisation, XQ_ORGANISATION_UNIT);
        if (REF (organisation, XQ_ORGANISATION_FUNCTIONAL))
          continue;
      }
    if (!reference_counts_at (r, unit, place))
      continue;
    roster.kept = TRUE;
    present = reference_holds (r, member, XQ_MEMBER_VALID_FROM, XQ_MEMBER_VALID_TO)
              && (organisation == NULL || reference_organisation_lives (r, organisation));
    if (!present)
      continue;
    if (field == XQ_MEMBER_CHECKED_IN || IS (member, XQ_MEMBER_STAGE, "full"))
      {
        roster.full++;
        roster.settled += past_grace (r, TEXT (member, XQ_MEMBER_VALID_FROM));
      }
    else
      roster.probationary++;
  }
  return roster;
}

/* What is declared: for the unit itself, else all its buildings together. −1 where nothing is. */
static gint64
count_declared (const Reference *r, const XqRecord *unit, const char *measure, gint64 *settled)
{
  for (int own = 1; own >= 0; own--)
    {
      gint64 sum = -1;

      *settled = 0;
      EACH (r, &XQ_DECLARED_COUNT, count)
      {
        gint64 place = REF (count, XQ_DECLARED_COUNT_UNIT);

        if (!IS (count, XQ_DECLARED_COUNT_MEASURE, measure) || !reference_counts_at (r, unit, place)
            || (own && place != xq_record_get_id (unit)))
          continue;
        sum = MAX (sum, 0) + REF (count, XQ_DECLARED_COUNT_VALUE);
        if (past_grace (r, TEXT (count, XQ_DECLARED_COUNT_COUNTED_ON)))
          *settled += REF (count, XQ_DECLARED_COUNT_VALUE);
      }
      if (sum >= 0)
        return sum;
    }
  return -1;
}

/* Sets the column called @name. */
void
reference_set (gint64 *values, const char *name, gint64 value)
{
  int column = xq_fact_column_find (name, -1);

  g_assert_cmpint (column, >=, 0);
  values[column] = value;
}

gint64
reference_get (const gint64 *values, const char *name)
{
  return values[xq_fact_column_find (name, -1)];
}

void
reference_add (gint64 *values, const char *name, gint64 value)
{
  reference_set (values, name, reference_get (values, name) + value);
}

static void
set_people (const Reference *r, const XqRecord *unit, gint64 *values, gint64 *basis, gint64 *settled)
{
  static const struct
  {
    int field;
    const char *full, *probationary;
  } kinds[] = { { XQ_MEMBER_RESIDENCE, "resident_full", "resident_probationary" },
                { XQ_MEMBER_ORGANISATION, "formal_full", "formal_probationary" },
                { XQ_MEMBER_CHECKED_IN, "checked_in", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Roster roster = count_roster (r, unit, kinds[i].field);
      gint64 declared_settled, unused;
      gint64 declared = count_declared (r, unit, kinds[i].full, &declared_settled);

      reference_add (values, "roster_members", roster.full + roster.probationary);
      reference_set (values, kinds[i].full, roster.kept ? roster.full : MAX (declared, 0));
      if (kinds[i].probationary != NULL)
        reference_set (values, kinds[i].probationary,
             roster.kept ? roster.probationary : MAX (count_declared (r, unit, kinds[i].probationary, &unused), 0));
      if (g_str_equal (xq_scheme_get_founding_basis (r->scheme), kinds[i].full))
        {
          *basis = roster.kept ? roster.full : declared;
          *settled = roster.kept ? roster.settled : declared_settled;
        }
    }
}

static void
set_coverage (const Reference *r, const XqRecord *unit, gint64 *values, gboolean *founded)
{
  static const char *const names[]
      = { "coverage_none", "coverage_contact", "coverage_functional", "coverage_group", "coverage_joint", "coverage_own" };
  gint64 id = xq_record_get_id (unit);
  XqCoverage best = XQ_COVERAGE_NONE;
  gboolean contact = has_valid_contact (r, id);

  *founded = FALSE;
  EACH (r, &XQ_ORGANISATION_COVER, cover)
  {
    const XqRecord *o = reference_find (r, &XQ_ORGANISATION, REF (cover, XQ_ORGANISATION_COVER_ORGANISATION));
    XqCoverage class;

    if (REF (cover, XQ_ORGANISATION_COVER_UNIT) != id
        || !reference_holds (r, cover, XQ_ORGANISATION_COVER_VALID_FROM, XQ_ORGANISATION_COVER_VALID_TO))
      continue;
    class = cover_of (r, o);
    best = MAX (best, class);
    if (class == XQ_COVERAGE_OWN
        || (class == XQ_COVERAGE_FUNCTIONAL && reference_is_branch (o)
            && g_str_equal (xq_scheme_get_founding_basis (r->scheme), "checked_in")))
      *founded = TRUE;
  }
  if (best == XQ_COVERAGE_NONE && contact)
    best = XQ_COVERAGE_CONTACT;
  reference_set (values, names[best], 1);
  reference_set (values, "functional_contacts", best == XQ_COVERAGE_FUNCTIONAL && contact);
}

static void
set_organisations (const Reference *r, gint64 unit, gint64 *values)
{
  static const struct
  {
    const char *kind, *column;
  } kinds[] = { { "committee", "committees" },
                { "general_branch", "general_branches" },
                { "branch", "branches" },
                { "joint_branch", "joint_branches" },
                { "group", "groups" } };

  EACH (r, &XQ_ORGANISATION, o)
  {
    if (REF (o, XQ_ORGANISATION_UNIT) != unit || !reference_organisation_lives (r, o))
      continue;
    if (REF (o, XQ_ORGANISATION_FUNCTIONAL))
      reference_add (values, "functional_branches", reference_is_branch (o));
    else
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        reference_add (values, kinds[i].column, IS (o, XQ_ORGANISATION_KIND, kinds[i].kind));
  }
}

gboolean
reference_area_in_force (const Reference *r, const XqRecord *area)
{
  return reference_holds (r, area, XQ_PROPERTY_AREA_VALID_FROM, XQ_PROPERTY_AREA_VALID_TO);
}

gboolean
reference_body_stands (const Reference *r, const XqRecord *body)
{
  return reference_holds (r, body, XQ_OWNERS_BODY_FOUNDED, XQ_OWNERS_BODY_ENDED);
}

/* Bodies in areas of @unit; *@seated counts the branch committee's seats in them. */
static gboolean
count_bodies (const Reference *r, gint64 unit, gint64 *seated)
{
  gboolean any = FALSE;

  EACH (r, &XQ_PROPERTY_AREA, area)
  {
    if (REF (area, XQ_PROPERTY_AREA_UNIT) != unit || !reference_area_in_force (r, area))
      continue;
    EACH (r, &XQ_OWNERS_BODY, body)
    if (REF (body, XQ_OWNERS_BODY_PROPERTY_AREA) == xq_record_get_id (area) && reference_body_stands (r, body))
      {
        any = TRUE;
        *seated += REF (body, XQ_OWNERS_BODY_BRANCH_COMMITTEE_SEATED);
      }
  }
  return any;
}

static void
set_property (const Reference *r, gint64 unit, gint64 *values)
{
  EACH (r, &XQ_PROPERTY_AREA, area)
  {
    gboolean body_found = FALSE, firm = FALSE, service = FALSE;

    if (REF (area, XQ_PROPERTY_AREA_UNIT) != unit || !reference_area_in_force (r, area))
      continue;
    EACH (r, &XQ_OWNERS_BODY, body)
    {
      if (REF (body, XQ_OWNERS_BODY_PROPERTY_AREA) != xq_record_get_id (area) || !reference_body_stands (r, body))
        continue;
      body_found = TRUE;
      if (xq_record_is_null (body, XQ_OWNERS_BODY_PARTY_MEMBERS))
        continue;
      reference_add (values, "cross_body_members", REF (body, XQ_OWNERS_BODY_PARTY_MEMBERS));
      reference_add (values, "cross_body_seated", REF (body, XQ_OWNERS_BODY_PARTY_IN_BRANCH_COMMITTEE));
    }
    EACH (r, &XQ_PROPERTY_SERVICE, s)
    {
      if (REF (s, XQ_PROPERTY_SERVICE_PROPERTY_AREA) != xq_record_get_id (area)
          || !reference_holds (r, s, XQ_PROPERTY_SERVICE_VALID_FROM, XQ_PROPERTY_SERVICE_VALID_TO))
        continue;
      firm = firm || IS (s, XQ_PROPERTY_SERVICE_MODE, "firm");
      service = service || !IS (s, XQ_PROPERTY_SERVICE_MODE, "none");
    }
    reference_add (values, "property_areas", 1);
    reference_add (values, "areas_with_body", body_found);
    reference_add (values, "areas_with_firm", firm);
    reference_add (values, "areas_with_service", service);
  }
}

/* The unit at which a branch committee is counted: its home, else the smallest id, of those covered that have a body. */
static gint64
committee_home (const Reference *r, const XqRecord *o, gint64 *seated)
{
  gint64 home = 0;

  *seated = 0;
  EACH (r, &XQ_ORGANISATION_COVER, cover)
  {
    gint64 unit = REF (cover, XQ_ORGANISATION_COVER_UNIT);

    if (REF (cover, XQ_ORGANISATION_COVER_ORGANISATION) != xq_record_get_id (o)
        || !reference_holds (r, cover, XQ_ORGANISATION_COVER_VALID_FROM, XQ_ORGANISATION_COVER_VALID_TO) || !unit_in_force (r, unit)
        || !count_bodies (r, unit, seated))
      continue;
    if (home == 0 || unit == REF (o, XQ_ORGANISATION_UNIT) || (home != REF (o, XQ_ORGANISATION_UNIT) && unit < home))
      home = unit;
  }
  return home;
}

static void
set_cross (const Reference *r, gint64 unit, gint64 *values)
{
  EACH (r, &XQ_ORGANISATION_COVER, cover)
  {
    const XqRecord *o = reference_find (r, &XQ_ORGANISATION, REF (cover, XQ_ORGANISATION_COVER_ORGANISATION));
    gint64 seated;

    if (REF (cover, XQ_ORGANISATION_COVER_UNIT) != unit
        || !reference_holds (r, cover, XQ_ORGANISATION_COVER_VALID_FROM, XQ_ORGANISATION_COVER_VALID_TO) || !reference_organisation_lives (r, o)
        || !reference_is_branch (o) || REF (o, XQ_ORGANISATION_FUNCTIONAL) || reference_count_committee (r, o) < 0
        || committee_home (r, o, &seated) != unit)
      continue;
    reference_add (values, "cross_branch_members", reference_count_committee (r, o));
    reference_add (values, "cross_branch_seated", MIN (seated, reference_count_committee (r, o)));
  }
}

static void
set_kit (const Reference *r, gint64 unit, gint64 *values)
{
  guint n;
  const XqSchemeItem *kit = xq_scheme_get_kit (r->scheme, &n);
  gboolean complete = n > 0;

  reference_set (values, "kit_organisation", reference_get (values, "coverage_own") + reference_get (values, "coverage_joint") + reference_get (values, "coverage_group"));
  reference_set (values, "kit_body", reference_get (values, "areas_with_body") > 0);
  reference_set (values, "kit_service", reference_get (values, "areas_with_service") > 0);
  EACH (r, &XQ_ASSOCIATION, a)
  if (REF (a, XQ_ASSOCIATION_UNIT) == unit && reference_holds (r, a, XQ_ASSOCIATION_FOUNDED, XQ_ASSOCIATION_ENDED))
    reference_set (values, IS (a, XQ_ASSOCIATION_KIND, "mass") ? "kit_mass" : "kit_resident", 1);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *column = g_strconcat ("kit_", kit[i].id, NULL);

      complete = complete && reference_get (values, column) == 1;
    }
  reference_set (values, "kit_complete", complete);
}

static void
set_survey (const Reference *r, gint64 unit, gint64 *values)
{
  g_autofree char *lapsed = shift (r->as_of, 0, xq_scheme_get_survey_months (r->scheme));
  const XqRecord *best = NULL, *best_survey = NULL, *best_question = NULL;

  EACH (r, &XQ_SURVEY_TALLY, tally)
  {
    const XqRecord *question = reference_find (r, &XQ_SURVEY_QUESTION, REF (tally, XQ_SURVEY_TALLY_QUESTION));
    const XqRecord *survey = reference_find (r, &XQ_SURVEY, REF (question, XQ_SURVEY_QUESTION_SURVEY));
    const char *closed = TEXT (survey, XQ_SURVEY_CLOSED);
    int later;

    if (REF (tally, XQ_SURVEY_TALLY_UNIT) != unit || !REF (question, XQ_SURVEY_QUESTION_OVERALL) || strcmp (closed, r->as_of) > 0
        || strcmp (closed, lapsed) <= 0)
      continue;
    later = best == NULL ? 1 : strcmp (closed, TEXT (best_survey, XQ_SURVEY_CLOSED));
    if (later == 0 && survey != best_survey)
      later = xq_record_get_id (survey) > xq_record_get_id (best_survey) ? 1 : -1;
    if (later == 0)
      later = xq_record_get_id (question) < xq_record_get_id (best_question) ? 1 : -1;
    if (later > 0)
      {
        best = tally;
        best_survey = survey;
        best_question = question;
      }
  }
  if (best == NULL)
    return;
  reference_set (values, "survey_very_satisfied", REF (best, XQ_SURVEY_TALLY_VERY_SATISFIED));
  reference_set (values, "survey_satisfied", REF (best, XQ_SURVEY_TALLY_SATISFIED));
  reference_set (values, "survey_neutral", REF (best, XQ_SURVEY_TALLY_NEUTRAL));
  reference_set (values, "survey_dissatisfied", REF (best, XQ_SURVEY_TALLY_DISSATISFIED));
  reference_set (values, "survey_very_dissatisfied", REF (best, XQ_SURVEY_TALLY_VERY_DISSATISFIED));
  reference_set (values, "survey_invalid", REF (best, XQ_SURVEY_TALLY_INVALID));
}

static gboolean
takes_force (const Reference *r, const XqRecord *lineage)
{
  return strcmp (TEXT (lineage, XQ_LINEAGE_EFFECTIVE), r->as_of) <= 0;
}

/* Whether @unit itself went on when it was re-drawn on @day. */
static gboolean
goes_on (const Reference *r, gint64 unit, const char *day)
{
  EACH (r, &XQ_LINEAGE, l)
  if (REF (l, XQ_LINEAGE_PREDECESSOR) == unit && REF (l, XQ_LINEAGE_SUCCESSOR) == unit && IS (l, XQ_LINEAGE_EFFECTIVE, day))
    return TRUE;
  return FALSE;
}

/* Whether the old compound of @lineage is counted with its successor: it does not go on, and no other has a greater share. */
static gboolean
is_heir (const Reference *r, const XqRecord *lineage)
{
  gint64 predecessor = REF (lineage, XQ_LINEAGE_PREDECESSOR);

  if (goes_on (r, predecessor, TEXT (lineage, XQ_LINEAGE_EFFECTIVE)))
    return FALSE;
  EACH (r, &XQ_LINEAGE, l)
  {
    gint64 more = REF (l, XQ_LINEAGE_SHARE_NUMERATOR) * REF (lineage, XQ_LINEAGE_SHARE_DENOMINATOR)
                  - REF (lineage, XQ_LINEAGE_SHARE_NUMERATOR) * REF (l, XQ_LINEAGE_SHARE_DENOMINATOR);

    if (REF (l, XQ_LINEAGE_PREDECESSOR) != predecessor || REF (l, XQ_LINEAGE_SUCCESSOR) == predecessor || !takes_force (r, l))
      continue;
    if (more > 0 || (more == 0 && REF (l, XQ_LINEAGE_SUCCESSOR) < REF (lineage, XQ_LINEAGE_SUCCESSOR)))
      return FALSE;
  }
  return TRUE;
}

static void
set_lineage (const Reference *r, gint64 unit, gint64 *values)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) direct = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 roots = 0;

  g_array_append_val (todo, unit);
  g_hash_table_add (seen, g_memdup2 (&unit, sizeof unit));
  for (guint i = 0; i < todo->len; i++)
    {
      gint64 at = g_array_index (todo, gint64, i);
      gboolean root = TRUE;

      EACH (r, &XQ_LINEAGE, l)
      {
        gint64 before = REF (l, XQ_LINEAGE_PREDECESSOR);

        if (REF (l, XQ_LINEAGE_SUCCESSOR) != at || !takes_force (r, l))
          continue;
        if (at == unit)
          g_hash_table_add (direct, g_memdup2 (&before, sizeof before));
        if (before == at)
          continue;
        /* What it took in while it went on does not make it less an original one. */
        root = root && goes_on (r, at, TEXT (l, XQ_LINEAGE_EFFECTIVE));
        if (is_heir (r, l) && g_hash_table_add (seen, g_memdup2 (&before, sizeof before)))
          g_array_append_val (todo, before);
      }
      roots += root;
    }
  reference_set (values, "original_compounds", roots);
  reference_set (values, "merged_compounds", g_hash_table_size (direct) > 1);
}

/* What the plan asks of a unit in force; −1 for nothing. */
static gint64
target_of (const Reference *r, gint64 unit)
{
  const XqRecord *best = NULL;

  if (!xq_scheme_has_plan (r->scheme) || !unit_in_force (r, unit))
    return -1;
  EACH (r, &XQ_TARGET, target)
  {
    const char *due = TEXT (target, XQ_TARGET_DUE), *best_due = best != NULL ? TEXT (best, XQ_TARGET_DUE) : NULL;
    gboolean ahead = strcmp (due, r->as_of) >= 0, best_ahead = best != NULL && strcmp (best_due, r->as_of) >= 0;
    gboolean better;

    if (REF (target, XQ_TARGET_UNIT) != unit || !IS (target, XQ_TARGET_INDICATOR, xq_scheme_get_plan_indicator (r->scheme)))
      continue;
    if (best == NULL || ahead != best_ahead)
      better = best == NULL || ahead;
    else if (strcmp (due, best_due) != 0)
      better = ahead ? strcmp (due, best_due) < 0 : strcmp (due, best_due) > 0;
    else
      better = xq_record_get_id (target) < xq_record_get_id (best);
    if (better)
      best = target;
  }
  return best != NULL ? REF (best, XQ_TARGET_VALUE) : -1;
}

static void
set_target (const Reference *r, gint64 unit, gint64 *values)
{
  gint64 own = target_of (r, unit);

  if (own < 0)
    return;
  EACH (r, &XQ_UNIT, other)
  {
    gint64 asked = target_of (r, xq_record_get_id (other));
    const XqRecord *above = other;

    if (asked < 0)
      continue;
    do
      above = xq_record_is_null (above, XQ_UNIT_PARENT) ? NULL : reference_find (r, &XQ_UNIT, REF (above, XQ_UNIT_PARENT));
    while (above != NULL && target_of (r, xq_record_get_id (above)) < 0);
    if (above != NULL && xq_record_get_id (above) == unit)
      own -= asked;
  }
  reference_set (values, "target_units", own);
}

/* What a compound declares less what its buildings hold; a building's own. */
static void
set_homes (const Reference *r, const XqRecord *unit, gint64 *values)
{
  static const struct
  {
    const char *column;
    int compound, building;
  } kinds[] = { { "households", XQ_COMPOUND_HOUSEHOLDS, XQ_BUILDING_HOUSEHOLDS },
                { "residents", XQ_COMPOUND_RESIDENTS, XQ_BUILDING_RESIDENTS } };
  gint64 id = xq_record_get_id (unit), level = REF (unit, XQ_UNIT_LEVEL);

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      EACH (r, &XQ_BUILDING, building)
      if (level == XQ_LEVEL_BUILDING && REF (building, XQ_BUILDING_UNIT) == id)
        reference_set (values, kinds[k].column, REF (building, kinds[k].building));
      EACH (r, &XQ_COMPOUND, compound)
      {
        if (level != XQ_LEVEL_COMPOUND || REF (compound, XQ_COMPOUND_UNIT) != id || xq_record_is_null (compound, kinds[k].compound))
          continue;
        reference_set (values, kinds[k].column, REF (compound, kinds[k].compound));
        EACH (r, &XQ_BUILDING, part)
        {
          const XqRecord *at = reference_find (r, &XQ_UNIT, REF (part, XQ_BUILDING_UNIT));

          if (REF (at, XQ_UNIT_PARENT) == id && reference_is_in_force (r, at))
            reference_add (values, kinds[k].column, -REF (part, kinds[k].building));
        }
      }
    }
  EACH (r, &XQ_COMPOUND, compound)
  if (level == XQ_LEVEL_COMPOUND && REF (compound, XQ_COMPOUND_UNIT) == id)
    {
      reference_set (values, "old_compounds", IS (compound, XQ_COMPOUND_KIND, "old") || REF (compound, XQ_COMPOUND_AGED));
      reference_set (values, "three_none_compounds", REF (compound, XQ_COMPOUND_THREE_NONE));
    }
}

void
reference_get_facts (const Reference *r, const XqRecord *unit, gint64 *values)
{
  gint64 id = xq_record_get_id (unit), level = REF (unit, XQ_UNIT_LEVEL), basis = -1, settled = 0;
  gint64 wanted = xq_scheme_get_founding_members (r->scheme);
  gboolean founded, exempt = FALSE;

  memset (values, 0, XQ_N_FACT_COLUMNS * sizeof *values);
  reference_set (values, "buildings", level == XQ_LEVEL_BUILDING);
  set_homes (r, unit, values);
  set_organisations (r, id, values);
  if (level != XQ_LEVEL_BUILDING)
    set_property (r, id, values);
  reference_set_ledger (r, unit, values);
  reference_set_counts (r, unit, values);
  set_survey (r, id, values);
  set_target (r, id, values);
  if (level <= XQ_LEVEL_COMPOUND)
    set_people (r, unit, values, &basis, &settled);
  if (level != XQ_LEVEL_COMPOUND)
    return;
  reference_set (values, "compounds", 1);
  set_lineage (r, id, values);
  set_coverage (r, unit, values, &founded);
  set_cross (r, id, values);
  set_kit (r, id, values);
  EACH (r, &XQ_FOUNDING_EXEMPTION, exemption)
  exempt = exempt
           || (REF (exemption, XQ_FOUNDING_EXEMPTION_UNIT) == id
               && reference_holds (r, exemption, XQ_FOUNDING_EXEMPTION_DECIDED, XQ_FOUNDING_EXEMPTION_VALID_TO));
  reference_set (values, "should_have", settled >= wanted && !founded && !exempt);
  reference_set (values, "short_of_three", founded && basis >= 0 && basis < wanted);
}

void
reference_get_sums (const Reference *r, const XqRecord *unit, gint64 *values)
{
  reference_get_facts (r, unit, values);
  EACH (r, &XQ_UNIT, child)
  {
    gint64 below[XQ_N_FACT_COLUMNS];

    if (REF (child, XQ_UNIT_PARENT) != xq_record_get_id (unit) || xq_record_is_null (child, XQ_UNIT_PARENT)
        || !reference_is_in_force (r, child))
      continue;
    reference_get_sums (r, child, below);
    for (int i = 0; i < XQ_N_FACT_COLUMNS; i++)
      values[i] += below[i];
  }
}
