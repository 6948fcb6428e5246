#include "xq-coverage.h"

#include "xq-unit-private.h"

#include <glib/gi18n-lib.h>

void
xq_coverage_state_clear (XqCoverageState *state)
{
  g_clear_pointer (&state->organisation, xq_record_free);
  g_clear_pointer (&state->contact, xq_record_free);
  state->coverage = XQ_COVERAGE_NONE;
  state->contact_valid = FALSE;
}

/* A row that says that an organisation covers a compound, and the class of coverage that it gives. */
typedef struct
{
  gint64 cover;
  gint64 organisation;
  XqCoverage coverage; /* none: the organisation is not live, or a group's parent is not */
  gboolean own_kind;   /* may be founded by one compound: branch, general branch, committee, not functional */
} Cover;

static const char covers_sql[]
    = "SELECT c.id, o.id, o.kind, coalesce (o.functional, 0),"
      " (o.founded IS NULL OR o.founded <= :as_of) AND (o.dissolved IS NULL OR o.dissolved > :as_of),"
      " p.id IS NOT NULL AND p.kind <> 'big_committee' AND (p.founded IS NULL OR p.founded <= :as_of)"
      " AND (p.dissolved IS NULL OR p.dissolved > :as_of)"
      " FROM organisation_cover c JOIN organisation o ON o.id = c.organisation LEFT JOIN organisation p ON p.id = o.parent"
      " WHERE c.unit = :unit AND " XQ_IN_FORCE ("c") " ORDER BY c.id";

static XqCoverage
coverage_of (const char *kind, gboolean functional, gboolean live, gboolean parent_live)
{
  if (!live)
    return XQ_COVERAGE_NONE;
  if (strcmp (kind, "group") == 0)
    return parent_live ? XQ_COVERAGE_GROUP : XQ_COVERAGE_NONE;
  if (strcmp (kind, "big_committee") == 0)
    return XQ_COVERAGE_NONE;
  if (functional)
    return XQ_COVERAGE_FUNCTIONAL;
  return strcmp (kind, "joint_branch") == 0 ? XQ_COVERAGE_JOINT : XQ_COVERAGE_OWN;
}

/* Everything that is said to cover @compound as of the open period's last day. Element type Cover. */
static GArray *
list_covers (XqTransaction *tx, gint64 compound, const XqUnitDay *day, GError **error)
{
  g_autoptr (GArray) covers = g_array_new (FALSE, TRUE, sizeof (Cover));
  g_autoptr (XqStatement) statement = xq_statement_get (tx, covers_sql, error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":unit"), compound);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), day->as_of);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      const char *kind = xq_statement_get_text (statement, 2);
      gboolean functional = xq_statement_get_int (statement, 3) != 0;
      Cover cover = {
        .cover = xq_statement_get_int (statement, 0),
        .organisation = xq_statement_get_int (statement, 1),
        .coverage
        = coverage_of (kind, functional, xq_statement_get_int (statement, 4) != 0, xq_statement_get_int (statement, 5) != 0),
        .own_kind
        = !functional && (strcmp (kind, "branch") == 0 || strcmp (kind, "general_branch") == 0 || strcmp (kind, "committee") == 0),
      };

      g_array_append_val (covers, cover);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&covers) : NULL;
}

/* The contact in force, or %NULL: see the local error. */
static XqRecord *
find_contact (XqTransaction *tx, gint64 compound, const XqUnitDay *day, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  statement = xq_statement_get (tx,
                                "SELECT id FROM contact WHERE unit = :unit AND (decided IS NULL OR decided <= :as_of)"
                                " AND (valid_to IS NULL OR valid_to > :as_of) ORDER BY decided DESC, id LIMIT 1",
                                error);
  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":unit"), compound);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), day->as_of);
  step = xq_statement_step (statement, error);
  return step == XQ_STEP_ROW ? xq_record_load (tx, &XQ_CONTACT, xq_statement_get_int (statement, 0), error) : NULL;
}

static gboolean
is_confirmed_between (XqTransaction *tx, gint64 contact, const char *from, const char *to, gboolean *confirmed, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  statement = xq_statement_get (tx, "SELECT 1 FROM contact_confirmation WHERE contact = ?1 AND confirmed BETWEEN ?2 AND ?3", error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, contact);
  xq_statement_bind_text (statement, 2, from);
  xq_statement_bind_text (statement, 3, to);
  step = xq_statement_step (statement, error);
  *confirmed = step == XQ_STEP_ROW;
  return step != XQ_STEP_ERROR;
}

static gboolean
first_day_of_open_period (const XqUnitDay *day, char first[static 11], GError **error)
{
  g_autofree char *text = NULL;
  XqPeriod period;

  if (!xq_period_parse (day->period, &period, error))
    return FALSE;
  text = xq_period_first_day (period);
  g_strlcpy (first, text, 11);
  return TRUE;
}

gboolean
xq_coverage_load (XqTransaction *tx, gint64 compound, XqCoverageState *state, GError **error)
{
  g_auto (XqCoverageState) loaded = { 0 };
  g_autoptr (GArray) covers = NULL;
  GError *local = NULL;
  char first[11];
  XqUnitDay day;

  if (!xq_unit_day_init (&day, tx, XQ_PERIOD_NONE, error) || !first_day_of_open_period (&day, first, error))
    return FALSE;
  covers = list_covers (tx, compound, &day, error);
  if (covers == NULL)
    return FALSE;
  loaded.contact = find_contact (tx, compound, &day, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (loaded.contact != NULL && !xq_record_is_null (loaded.contact, XQ_CONTACT_POST)
      && *xq_record_get_text (loaded.contact, XQ_CONTACT_POST) != '\0' && !xq_record_is_null (loaded.contact, XQ_CONTACT_DECIDED)
      && !is_confirmed_between (tx, xq_record_get_id (loaded.contact), first, day.as_of, &loaded.contact_valid, error))
    return FALSE;

  loaded.coverage = loaded.contact_valid ? XQ_COVERAGE_CONTACT : XQ_COVERAGE_NONE;
  for (guint i = 0; i < covers->len; i++)
    {
      const Cover *cover = &g_array_index (covers, Cover, i);

      if (cover->coverage == XQ_COVERAGE_NONE || cover->coverage <= loaded.coverage)
        continue;
      g_clear_pointer (&loaded.organisation, xq_record_free);
      loaded.organisation = xq_record_load (tx, &XQ_ORGANISATION, cover->organisation, error);
      if (loaded.organisation == NULL)
        return FALSE;
      loaded.coverage = cover->coverage;
    }
  *state = loaded;
  memset (&loaded, 0, sizeof loaded);
  return TRUE;
}

/* Ends a row as of @day: its field @to becomes @day, or it goes if it began (@from) that day or later. */
static gboolean
end_row (XqTransaction *tx, const XqRecordType *type, gint64 id, int from, int to, const char *day, GError **error)
{
  g_autoptr (XqRecord) record = xq_record_load (tx, type, id, error);

  if (record == NULL)
    return FALSE;
  if (!xq_record_is_null (record, from) && strcmp (xq_record_get_text (record, from), day) >= 0)
    return xq_record_delete (tx, type, id, error);
  xq_record_set_text (record, to, day);
  return xq_record_update (tx, record, FALSE, error);
}

static gboolean
is_needed_elsewhere (XqTransaction *tx, gint64 organisation, gint64 compound, gboolean *covers_others, gboolean *referred,
                     GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  statement = xq_statement_get (
      tx,
      "SELECT EXISTS (SELECT 1 FROM organisation_cover WHERE organisation = ?1 AND unit <> ?2 AND valid_to IS NULL),"
      " EXISTS (SELECT 1 FROM organisation_cover WHERE organisation = ?1)"
      " OR EXISTS (SELECT 1 FROM organisation WHERE parent = ?1) OR EXISTS (SELECT 1 FROM member WHERE organisation = ?1)",
      error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, organisation);
  xq_statement_bind_int (statement, 2, compound);
  step = xq_statement_step (statement, error);
  if (step != XQ_STEP_ROW)
    return FALSE;
  *covers_others = xq_statement_get_int (statement, 0) != 0;
  *referred = xq_statement_get_int (statement, 1) != 0;
  return TRUE;
}

/* An own organisation ends with its coverage, unless it covers other compounds as well. */
static gboolean
dissolve (XqTransaction *tx, gint64 organisation, gint64 compound, const char *day, GError **error)
{
  g_autoptr (XqRecord) record = NULL;
  gboolean covers_others, referred;

  if (!is_needed_elsewhere (tx, organisation, compound, &covers_others, &referred, error))
    return FALSE;
  if (covers_others)
    return TRUE;
  record = xq_record_load (tx, &XQ_ORGANISATION, organisation, error);
  if (record == NULL)
    return FALSE;
  if (!xq_record_is_null (record, XQ_ORGANISATION_FOUNDED)
      && strcmp (xq_record_get_text (record, XQ_ORGANISATION_FOUNDED), day) >= 0)
    {
      if (!referred)
        return xq_record_delete (tx, &XQ_ORGANISATION, organisation, error);
      /* Dissolved the day it was founded: it counts for no day, and what refers to it stays. */
      day = xq_record_get_text (record, XQ_ORGANISATION_FOUNDED);
    }
  {
    g_autofree char *dissolved = g_strdup (day);

    xq_record_set_text (record, XQ_ORGANISATION_DISSOLVED, dissolved);
  }
  return xq_record_update (tx, record, FALSE, error);
}

/* Ends coverage by organisations. @keep: an organisation whose coverage stays; @keep_functional: as it says. */
static gboolean
end_covers (XqTransaction *tx, gint64 compound, gint64 keep, gboolean keep_functional, const XqUnitDay *as_of, const char *day,
            GError **error)
{
  g_autoptr (GArray) covers = list_covers (tx, compound, as_of, error);

  if (covers == NULL)
    return FALSE;
  for (guint i = 0; i < covers->len; i++)
    {
      const Cover *cover = &g_array_index (covers, Cover, i);

      if (cover->organisation == keep || (keep_functional && cover->coverage == XQ_COVERAGE_FUNCTIONAL))
        continue;
      if (!end_row (tx, &XQ_ORGANISATION_COVER, cover->cover, XQ_ORGANISATION_COVER_VALID_FROM, XQ_ORGANISATION_COVER_VALID_TO, day,
                    error))
        return FALSE;
      if (cover->own_kind && cover->coverage == XQ_COVERAGE_OWN && !dissolve (tx, cover->organisation, compound, day, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
end_contact (XqTransaction *tx, gint64 compound, const XqUnitDay *as_of, const char *day, GError **error)
{
  for (;;)
    {
      GError *local = NULL;
      g_autoptr (XqRecord) contact = find_contact (tx, compound, as_of, &local);

      if (contact == NULL)
        {
          if (local != NULL)
            g_propagate_error (error, local);
          return local == NULL;
        }
      if (!end_row (tx, &XQ_CONTACT, xq_record_get_id (contact), XQ_CONTACT_DECIDED, XQ_CONTACT_VALID_TO, day, error))
        return FALSE;
    }
}

/* The day must lie in the open period or before it: what begins later would not be seen, what ends later would not have ended. */
static gboolean
check_command (XqTransaction *tx, gint64 compound, const char *day, XqUnitDay *as_of, XqRecord **unit, GError **error)
{
  g_autoptr (XqRecord) record = NULL;

  if (!xq_unit_day_init (as_of, tx, XQ_PERIOD_NONE, error))
    return FALSE;
  record = xq_record_load (tx, &XQ_UNIT, compound, error);
  if (record == NULL)
    return FALSE;
  if (xq_record_get_int (record, XQ_UNIT_LEVEL) != XQ_LEVEL_COMPOUND)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("“%s” is not a compound; coverage is recorded for compounds only"),
                   xq_record_get_text (record, XQ_UNIT_NAME));
      return FALSE;
    }
  if (!xq_record_is_null (record, XQ_UNIT_VALID_TO) && strcmp (xq_record_get_text (record, XQ_UNIT_VALID_TO), as_of->as_of) <= 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("“%s” was closed on %s; edit the unit that it became part of"),
                   xq_record_get_text (record, XQ_UNIT_NAME), xq_record_get_text (record, XQ_UNIT_VALID_TO));
      return FALSE;
    }
  if (strcmp (day, as_of->as_of) > 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("%s is after the open period, which ends on %s; enter an earlier date"), day, as_of->as_of);
      return FALSE;
    }
  if (unit != NULL)
    *unit = g_steal_pointer (&record);
  return TRUE;
}

/* What an organisation is called when nothing else is said: 丰润园小区 + 党支部. */
static char *
default_name (const char *compound, const char *kind)
{
  return g_strdup_printf (C_ ("name of an organisation: compound, kind", "%s %s"), compound,
                          xq_enum_label (&XQ_ENUM_ORGANISATION_KIND, kind));
}

/* The community's committee leads what its compounds found. 0: it has none or several. */
static gboolean
find_leading_committee (XqTransaction *tx, gint64 community, const XqUnitDay *day, gint64 *committee, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  guint n = 0;
  XqStep step;

  *committee = 0;
  statement = xq_statement_get (tx,
                                "SELECT id FROM organisation WHERE unit = :unit AND kind IN ('committee', 'general_branch') AND "
                                "coalesce (functional, 0) = 0"
                                " AND (founded IS NULL OR founded <= :as_of) AND (dissolved IS NULL OR dissolved > :as_of)",
                                error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":unit"), community);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), day->as_of);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      *committee = xq_statement_get_int (statement, 0);
      n++;
    }
  if (n > 1)
    *committee = 0;
  return step == XQ_STEP_DONE;
}

static gboolean
insert_cover (XqTransaction *tx, gint64 compound, gint64 organisation, const char *day, GError **error)
{
  g_autoptr (XqRecord) cover = xq_record_new (&XQ_ORGANISATION_COVER);

  xq_record_set_int (cover, XQ_ORGANISATION_COVER_UNIT, compound);
  xq_record_set_int (cover, XQ_ORGANISATION_COVER_ORGANISATION, organisation);
  xq_record_set_text (cover, XQ_ORGANISATION_COVER_VALID_FROM, day);
  return xq_record_insert (tx, cover, error) != 0;
}

static gint64
found_own (XqTransaction *tx, const XqRecord *unit, const char *kind, const char *name, const XqUnitDay *as_of, const char *day,
           GError **error)
{
  g_autoptr (XqRecord) organisation = xq_record_new (&XQ_ORGANISATION);
  g_autofree char *called
      = name != NULL && *name != '\0' ? g_strdup (name) : default_name (xq_record_get_text (unit, XQ_UNIT_NAME), kind);
  gint64 compound = xq_record_get_id (unit);
  gint64 committee, id;

  if (!find_leading_committee (tx, xq_record_get_int (unit, XQ_UNIT_PARENT), as_of, &committee, error))
    return 0;
  xq_record_set_int (organisation, XQ_ORGANISATION_UNIT, compound);
  if (committee != 0)
    xq_record_set_int (organisation, XQ_ORGANISATION_PARENT, committee);
  xq_record_set_text (organisation, XQ_ORGANISATION_KIND, kind);
  xq_record_set_text (organisation, XQ_ORGANISATION_NAME, called);
  xq_record_set_text (organisation, XQ_ORGANISATION_FOUNDED, day);
  id = xq_record_insert (tx, organisation, error);
  if (id == 0 || !insert_cover (tx, compound, id, day, error))
    return 0;
  return id;
}

gint64
xq_coverage_set_own (XqTransaction *tx, gint64 compound, const char *kind, const char *name, const char *day, GError **error)
{
  g_auto (XqCoverageState) state = { 0 };
  g_autoptr (XqRecord) unit = NULL;
  XqUnitDay as_of;
  gint64 organisation;

  if (g_strcmp0 (kind, "branch") != 0 && g_strcmp0 (kind, "general_branch") != 0 && g_strcmp0 (kind, "committee") != 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("A compound's own organisation is a branch, a general branch or a committee, not “%s”"),
                   xq_enum_label (&XQ_ENUM_ORGANISATION_KIND, kind));
      return 0;
    }
  if (!check_command (tx, compound, day, &as_of, &unit, error) || !xq_coverage_load (tx, compound, &state, error))
    return 0;
  if (state.coverage != XQ_COVERAGE_OWN)
    {
      if (!end_covers (tx, compound, 0, TRUE, &as_of, day, error) || !end_contact (tx, compound, &as_of, day, error))
        return 0;
      return found_own (tx, unit, kind, name, &as_of, day, error);
    }

  organisation = xq_record_get_id (state.organisation);
  if (name != NULL && *name != '\0')
    xq_record_set_text (state.organisation, XQ_ORGANISATION_NAME, name);
  else
    {
      /* A name made of the kind follows it. */
      const char *old_kind = xq_record_get_text (state.organisation, XQ_ORGANISATION_KIND);
      const char *old_label = xq_enum_label (&XQ_ENUM_ORGANISATION_KIND, old_kind);
      const char *old_name = xq_record_get_text (state.organisation, XQ_ORGANISATION_NAME);

      if (g_str_has_suffix (old_name, old_label) && strcmp (old_kind, kind) != 0)
        {
          g_autofree char *stem = g_strndup (old_name, strlen (old_name) - strlen (old_label));
          g_autofree char *renamed = g_strconcat (stem, xq_enum_label (&XQ_ENUM_ORGANISATION_KIND, kind), NULL);

          xq_record_set_text (state.organisation, XQ_ORGANISATION_NAME, renamed);
        }
    }
  xq_record_set_text (state.organisation, XQ_ORGANISATION_KIND, kind);
  if (!xq_record_update (tx, state.organisation, FALSE, error) || !end_contact (tx, compound, &as_of, day, error))
    return 0;
  return organisation;
}

gboolean
xq_coverage_join (XqTransaction *tx, gint64 compound, gint64 organisation, const char *day, GError **error)
{
  g_autoptr (XqRecord) record = NULL;
  g_autoptr (GArray) covers = NULL;
  const char *kind;
  XqUnitDay as_of;

  if (!check_command (tx, compound, day, &as_of, NULL, error))
    return FALSE;
  record = xq_record_load (tx, &XQ_ORGANISATION, organisation, error);
  if (record == NULL)
    return FALSE;
  kind = xq_record_get_text (record, XQ_ORGANISATION_KIND);
  if (strcmp (kind, "joint_branch") != 0 && strcmp (kind, "group") != 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("“%s” is neither a joint branch nor a group; only these cover several compounds"),
                   xq_record_get_text (record, XQ_ORGANISATION_NAME));
      return FALSE;
    }
  if (!xq_record_is_null (record, XQ_ORGANISATION_DISSOLVED)
      && strcmp (xq_record_get_text (record, XQ_ORGANISATION_DISSOLVED), as_of.as_of) <= 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("“%s” was dissolved on %s; choose another organisation"),
                   xq_record_get_text (record, XQ_ORGANISATION_NAME), xq_record_get_text (record, XQ_ORGANISATION_DISSOLVED));
      return FALSE;
    }
  if (!end_covers (tx, compound, organisation, TRUE, &as_of, day, error) || !end_contact (tx, compound, &as_of, day, error))
    return FALSE;
  covers = list_covers (tx, compound, &as_of, error);
  if (covers == NULL)
    return FALSE;
  for (guint i = 0; i < covers->len; i++)
    if (g_array_index (covers, Cover, i).organisation == organisation)
      return TRUE;
  return insert_cover (tx, compound, organisation, day, error);
}

gboolean
xq_coverage_end (XqTransaction *tx, gint64 compound, const char *day, GError **error)
{
  XqUnitDay as_of;

  return check_command (tx, compound, day, &as_of, NULL, error) && end_covers (tx, compound, 0, FALSE, &as_of, day, error)
         && end_contact (tx, compound, &as_of, day, error);
}

static gboolean
confirm (XqTransaction *tx, gint64 contact, const char *day, GError **error)
{
  g_autoptr (XqRecord) confirmation = NULL;
  gboolean confirmed;

  if (!is_confirmed_between (tx, contact, day, day, &confirmed, error))
    return FALSE;
  if (confirmed)
    return TRUE;
  confirmation = xq_record_new (&XQ_CONTACT_CONFIRMATION);
  xq_record_set_int (confirmation, XQ_CONTACT_CONFIRMATION_CONTACT, contact);
  xq_record_set_text (confirmation, XQ_CONTACT_CONFIRMATION_CONFIRMED, day);
  return xq_record_insert (tx, confirmation, error) != 0;
}

gboolean
xq_coverage_set_contact (XqTransaction *tx, gint64 compound, const char *post, const char *decided, const char *day, GError **error)
{
  g_autoptr (XqRecord) contact = NULL;
  g_autofree char *stripped = g_strstrip (g_strdup (post != NULL ? post : ""));
  g_autofree char *decision = decided != NULL ? xq_date_parse (decided) : NULL;
  GError *local = NULL;
  XqUnitDay as_of;

  if (*stripped == '\0')
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                           _ ("A contact needs the post in charge of it; enter the post"));
      return FALSE;
    }
  if (decision == NULL)
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                           _ ("A contact needs the day it was decided on; enter it as 2024-10-28"));
      return FALSE;
    }
  if (!check_command (tx, compound, day, &as_of, NULL, error))
    return FALSE;
  if (strcmp (decision, day) > 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("The contact cannot be confirmed on %s before it is decided on %s; change one of the dates"), day, decision);
      return FALSE;
    }
  if (!end_covers (tx, compound, 0, FALSE, &as_of, day, error))
    return FALSE;
  contact = find_contact (tx, compound, &as_of, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (contact != NULL
      && (g_strcmp0 (xq_record_get_text (contact, XQ_CONTACT_POST), stripped) != 0
          || g_strcmp0 (xq_record_get_text (contact, XQ_CONTACT_DECIDED), decision) != 0))
    {
      if (!end_contact (tx, compound, &as_of, day, error))
        return FALSE;
      g_clear_pointer (&contact, xq_record_free);
    }
  if (contact == NULL)
    {
      contact = xq_record_new (&XQ_CONTACT);
      xq_record_set_int (contact, XQ_CONTACT_UNIT, compound);
      xq_record_set_text (contact, XQ_CONTACT_POST, stripped);
      xq_record_set_text (contact, XQ_CONTACT_DECIDED, decision);
      if (xq_record_insert (tx, contact, error) == 0)
        return FALSE;
    }
  return confirm (tx, xq_record_get_id (contact), day, error);
}

gboolean
xq_coverage_confirm_contact (XqTransaction *tx, gint64 compound, const char *day, GError **error)
{
  g_autoptr (XqRecord) contact = NULL;
  GError *local = NULL;
  XqUnitDay as_of;

  if (!check_command (tx, compound, day, &as_of, NULL, error))
    return FALSE;
  contact = find_contact (tx, compound, &as_of, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (contact == NULL)
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                           _ ("The compound has no contact that could be confirmed; set one first"));
      return FALSE;
    }
  return confirm (tx, xq_record_get_id (contact), day, error);
}
