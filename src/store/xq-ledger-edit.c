#include "xq-ledger-private.h"

#include "xq-coverage.h"
#include "xq-pinyin.h"

#include <glib/gi18n-lib.h>

/* What setting a cell needs to know. */
typedef struct
{
  XqTransaction *tx;
  const XqLedgerColumn *column;
  XqRecord *unit;
  const char *text; /* trimmed */
  const char *day;  /* the working day */
  const XqUnitDay *as_of;
} Edit;

char *
xq_working_day (XqTransaction *tx)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *first = NULL, *last = NULL;
  XqPeriod period = xq_store_get_open_period (xq_transaction_get_store (tx));

  first = xq_period_first_day (period);
  last = xq_period_last_day (period);
  if (strcmp (today, first) < 0)
    return g_steal_pointer (&first);
  if (strcmp (today, last) > 0)
    return g_steal_pointer (&last);
  return g_steal_pointer (&today);
}

static const char *
unit_name (const Edit *edit)
{
  return xq_record_get_text (edit->unit, XQ_UNIT_NAME);
}

static gint64
unit_id (const Edit *edit)
{
  return xq_record_get_id (edit->unit);
}

/* First id that @sql gives for ?1 = @key as of the open period's last day; 0 when there is none. */
static gboolean
find_id (const Edit *edit, const char *sql, gint64 key, gint64 *id, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (edit->tx, sql, error);
  XqStep step;

  *id = 0;
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":key"), key);
  if (xq_statement_parameter (statement, ":as_of") > 0)
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), edit->as_of->as_of);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW)
    *id = xq_statement_get_int (statement, 0);
  return step != XQ_STEP_ERROR;
}

/* Inserts a new record or writes the changes of one that was loaded. */
static gboolean
save (const Edit *edit, XqRecord *record, GError **error)
{
  if (xq_record_get_id (record) == 0)
    return xq_record_insert (edit->tx, record, error) != 0;
  return xq_record_update (edit->tx, record, FALSE, error);
}

/* Names: unique among the units of one parent, so that a path names one unit. Codes: unique altogether. */
static gboolean
set_unit_field (const Edit *edit, int field, GError **error)
{
  static const char by_name[] = "SELECT x.id FROM unit x WHERE x.parent IS (SELECT parent FROM unit WHERE id = :key) AND x.id <> "
                                ":key AND x.name = :text AND " XQ_IN_FORCE ("x");
  static const char by_code[]
      = "SELECT x.id FROM search s JOIN unit x ON x.id = s.unit WHERE s.code = :text AND x.id <> :key AND " XQ_IN_FORCE ("x");
  g_autofree char *folded = xq_text_fold (edit->text);
  g_autoptr (XqStatement) statement = NULL;
  gint64 taken = 0;
  XqStep step;

  if (!xq_record_parse_field (edit->unit, field, edit->text, error))
    return FALSE;
  if (*edit->text != '\0')
    {
      statement = xq_statement_get (edit->tx, field == XQ_UNIT_NAME ? by_name : by_code, error);
      if (statement == NULL)
        return FALSE;
      xq_statement_bind_int (statement, xq_statement_parameter (statement, ":key"), unit_id (edit));
      xq_statement_bind_text (statement, xq_statement_parameter (statement, ":text"),
                              field == XQ_UNIT_NAME ? xq_record_get_text (edit->unit, field) : folded);
      xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), edit->as_of->as_of);
      step = xq_statement_step (statement, error);
      if (step == XQ_STEP_ERROR)
        return FALSE;
      if (step == XQ_STEP_ROW)
        taken = xq_statement_get_int (statement, 0);
    }
  if (taken != 0)
    {
      g_autofree char *path = xq_unit_make_path (edit->tx, taken, error);

      if (path != NULL)
        g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                     field == XQ_UNIT_NAME ? _ ("“%s” is the name of another unit of the same parent (%s); choose another name")
                                           : _ ("“%s” is the code of another unit (%s); enter another code"),
                     edit->text, path);
      return FALSE;
    }
  return save (edit, edit->unit, error);
}

/* A field of the one row that a unit has in a table of its own (compound, building). */
static gboolean
set_own_field (const Edit *edit, const XqRecordType *type, int owner, int field, GError **error)
{
  GError *local = NULL;
  g_autoptr (XqRecord) record = xq_record_find (edit->tx, type, owner, unit_id (edit), &local);

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (record == NULL)
    {
      if (*edit->text == '\0')
        return TRUE;
      record = xq_record_new (type);
      xq_record_set_int (record, owner, unit_id (edit));
    }
  return xq_record_parse_field (record, field, edit->text, error) && save (edit, record, error);
}

/* A roster, where one is kept, counts; a number beside it would say something else. */
static gboolean
set_declared_count (const Edit *edit, const char *measure, GError **error)
{
  static const char roster_residents[] = "SELECT id FROM member WHERE residence = :key AND " XQ_IN_FORCE ("member") " LIMIT 1";
  static const char roster_checked_in[] = "SELECT id FROM member WHERE checked_in = :key AND " XQ_IN_FORCE ("member") " LIMIT 1";
  static const char roster_formal[] = "SELECT z.id FROM organisation_cover k JOIN member z ON z.organisation = k.organisation "
                                      "WHERE k.unit = :key AND " XQ_IN_FORCE ("k") " AND " XQ_IN_FORCE ("z") " LIMIT 1";
  static const char resident_row[] = "SELECT id FROM declared_count WHERE unit = :key AND measure = '" XQ_MEASURE_RESIDENT_FULL "'";
  static const char formal_row[] = "SELECT id FROM declared_count WHERE unit = :key AND measure = '" XQ_MEASURE_FORMAL_FULL "'";
  static const char checked_in_row[] = "SELECT id FROM declared_count WHERE unit = :key AND measure = '" XQ_MEASURE_CHECKED_IN "'";
  const char *roster = strcmp (measure, XQ_MEASURE_RESIDENT_FULL) == 0 ? roster_residents
                       : strcmp (measure, XQ_MEASURE_FORMAL_FULL) == 0 ? roster_formal
                                                                       : roster_checked_in;
  const char *row = strcmp (measure, XQ_MEASURE_RESIDENT_FULL) == 0 ? resident_row
                    : strcmp (measure, XQ_MEASURE_FORMAL_FULL) == 0 ? formal_row
                                                                    : checked_in_row;
  g_autoptr (XqRecord) record = NULL;
  gint64 member, id;

  if (!find_id (edit, roster, unit_id (edit), &member, error) || !find_id (edit, row, unit_id (edit), &id, error))
    return FALSE;
  if (member != 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("“%s” of %s is counted from the roster; change the roster instead"),
                   g_dgettext (GETTEXT_PACKAGE, edit->column->label), unit_name (edit));
      return FALSE;
    }
  if (*edit->text == '\0')
    return id == 0 || xq_record_delete (edit->tx, &XQ_DECLARED_COUNT, id, error);
  if (id != 0)
    {
      g_autoptr (XqRecord) before = NULL;

      record = xq_record_load (edit->tx, &XQ_DECLARED_COUNT, id, error);
      if (record == NULL || !xq_record_parse_field (record, XQ_DECLARED_COUNT_VALUE, edit->text, error))
        return FALSE;
      before = xq_record_load (edit->tx, &XQ_DECLARED_COUNT, id, error);
      if (before == NULL)
        return FALSE;
      /* The same count typed again is no new count. */
      if (xq_record_equal_field (record, before, XQ_DECLARED_COUNT_VALUE))
        return TRUE;
    }
  else
    {
      record = xq_record_new (&XQ_DECLARED_COUNT);
      xq_record_set_int (record, XQ_DECLARED_COUNT_UNIT, unit_id (edit));
      xq_record_set_text (record, XQ_DECLARED_COUNT_MEASURE, measure);
      if (!xq_record_parse_field (record, XQ_DECLARED_COUNT_VALUE, edit->text, error))
        return FALSE;
    }
  xq_record_set_text (record, XQ_DECLARED_COUNT_COUNTED_ON, edit->day);
  return save (edit, record, error);
}

/* The nick meant by the text among @choices; sets the error when it is none of them. */
static const char *
match_choice (const Edit *edit, const XqEnum *choices, GError **error)
{
  const char *nick = xq_enum_match (choices, edit->text);
  GString *list;

  if (nick != NULL)
    return nick;
  list = g_string_new (NULL);
  for (guint i = 0; i < xq_enum_size (choices); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? _ (", ") : "", xq_enum_label (choices, xq_enum_nick (choices, i)));
  g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_INVALID, _ ("“%s” is none of the values of “%s”; choose one of: %s"),
               edit->text, g_dgettext (GETTEXT_PACKAGE, edit->column->label), list->str);
  g_string_free (list, TRUE);
  return NULL;
}

static gboolean
set_organisation (const Edit *edit, GError **error)
{
  g_auto (XqCoverageState) state = { 0 };
  const char *kind = "none";

  if (*edit->text != '\0')
    {
      const char *known = xq_enum_match (&XQ_LEDGER_ORGANISATION_STATES, edit->text);

      if (!xq_coverage_load (edit->tx, unit_id (edit), &state, error))
        return FALSE;
      /* What the cell shows may be pasted back, also where it cannot be chosen. */
      if ((g_strcmp0 (known, "contact") == 0 && state.coverage == XQ_COVERAGE_CONTACT)
          || (g_strcmp0 (known, "joint_branch") == 0 && state.coverage == XQ_COVERAGE_JOINT)
          || (g_strcmp0 (known, "group") == 0 && state.coverage == XQ_COVERAGE_GROUP)
          || (g_strcmp0 (known, "functional") == 0 && state.coverage == XQ_COVERAGE_FUNCTIONAL))
        return TRUE;
      if (g_strcmp0 (known, "contact") == 0)
        {
          g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                       _ ("A contact of %s needs a post and the day it was decided; enter it in the compound's pane"),
                       unit_name (edit));
          return FALSE;
        }
      if (g_strcmp0 (known, "joint_branch") == 0 || g_strcmp0 (known, "group") == 0 || g_strcmp0 (known, "functional") == 0)
        {
          g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                       _ ("“%s” cannot be set in the list, because it must be said which; choose it in the compound's pane"),
                       xq_enum_label (&XQ_LEDGER_ORGANISATION_STATES, known));
          return FALSE;
        }
      kind = match_choice (edit, &XQ_LEDGER_ORGANISATION_CHOICES, error);
      if (kind == NULL)
        return FALSE;
    }
  if (strcmp (kind, "none") == 0)
    return xq_coverage_end (edit->tx, unit_id (edit), edit->day, error);
  return xq_coverage_set_own (edit->tx, unit_id (edit), kind, NULL, edit->day, error) != 0;
}

/* Name and founding date of the organisation that covers the compound. */
static gboolean
set_organisation_field (const Edit *edit, int field, GError **error)
{
  g_auto (XqCoverageState) state = { 0 };
  g_autofree char *old = NULL;

  if (!xq_coverage_load (edit->tx, unit_id (edit), &state, error))
    return FALSE;
  if (state.organisation == NULL)
    {
      if (*edit->text == '\0')
        return TRUE;
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s has no organisation; set its Party organisation first"),
                   unit_name (edit));
      return FALSE;
    }
  old = g_strdup (xq_record_get_text (state.organisation, field));
  if (!xq_record_parse_field (state.organisation, field, edit->text, error))
    return FALSE;
  if (field == XQ_ORGANISATION_FOUNDED)
    {
      const char *founded = xq_record_get_text (state.organisation, XQ_ORGANISATION_FOUNDED);

      if (founded != NULL && strcmp (founded, edit->as_of->as_of) > 0)
        {
          g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                       _ ("%s is after the open period, which ends on %s; enter an earlier date"), founded, edit->as_of->as_of);
          return FALSE;
        }
      /* Coverage that began with the founding begins with it still. */
      if (founded != NULL && old != NULL)
        {
          g_autoptr (GPtrArray) covers = xq_record_list (edit->tx, &XQ_ORGANISATION_COVER, XQ_ORGANISATION_COVER_ORGANISATION,
                                                         xq_record_get_id (state.organisation), error);

          if (covers == NULL)
            return FALSE;
          for (guint i = 0; i < covers->len; i++)
            {
              XqRecord *cover = g_ptr_array_index (covers, i);

              if (g_strcmp0 (xq_record_get_text (cover, XQ_ORGANISATION_COVER_VALID_FROM), old) != 0)
                continue;
              xq_record_set_text (cover, XQ_ORGANISATION_COVER_VALID_FROM, founded);
              if (!save (edit, cover, error))
                return FALSE;
            }
        }
    }
  return save (edit, state.organisation, error);
}

static const char areas_sql[] = "SELECT a.id FROM property_area a WHERE a.unit = :key AND " XQ_IN_FORCE ("a") " ORDER BY a.id";

/* The compound's one property area. Where it has none and @make, one is made that is called like the compound; 0 without. */
static gboolean
find_area (const Edit *edit, gboolean make, gint64 *area, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (edit->tx, areas_sql, error);
  g_autoptr (XqRecord) record = NULL;
  guint n = 0;
  XqStep step;

  *area = 0;
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":key"), unit_id (edit));
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), edit->as_of->as_of);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      *area = xq_statement_get_int (statement, 0);
      n++;
    }
  if (step == XQ_STEP_ERROR)
    return FALSE;
  if (n > 1)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("%s has %u property areas, each with its own body and service; edit them in the compound's pane"),
                   unit_name (edit), n);
      return FALSE;
    }
  if (n == 1 || !make)
    return TRUE;
  record = xq_record_new (&XQ_PROPERTY_AREA);
  xq_record_set_int (record, XQ_PROPERTY_AREA_UNIT, unit_id (edit));
  xq_record_set_text (record, XQ_PROPERTY_AREA_NAME, unit_name (edit));
  *area = xq_record_insert (edit->tx, record, error);
  return *area != 0;
}

/* Ends a record as of the working day, or deletes it where it began that day. */
static gboolean
end_record (const Edit *edit, XqRecord *record, int from, int to, GError **error)
{
  if (!xq_record_is_null (record, from) && strcmp (xq_record_get_text (record, from), edit->day) >= 0)
    return xq_record_delete (edit->tx, xq_record_get_type_of (record), xq_record_get_id (record), error);
  xq_record_set_text (record, to, edit->day);
  return save (edit, record, error);
}

static const char body_sql[]
    = "SELECT x.id FROM owners_body x WHERE x.property_area = :key AND (x.founded IS NULL OR x.founded <= :as_of)"
      " AND (x.ended IS NULL OR x.ended > :as_of) ORDER BY x.id LIMIT 1";
static const char service_sql[]
    = "SELECT x.id FROM property_service x WHERE x.property_area = :key AND " XQ_IN_FORCE ("x") " ORDER BY x.id LIMIT 1";

/* What is in force of a compound's area: %NULL without error where there is nothing. */
static gboolean
load_of_area (const Edit *edit, const XqRecordType *type, const char *sql, gint64 area, XqRecord **record, GError **error)
{
  gint64 id = 0;

  *record = NULL;
  if (area == 0)
    return TRUE;
  if (!find_id (edit, sql, area, &id, error))
    return FALSE;
  if (id != 0)
    *record = xq_record_load (edit->tx, type, id, error);
  return id == 0 || *record != NULL;
}

static gboolean
set_body (const Edit *edit, GError **error)
{
  g_autoptr (XqRecord) body = NULL;
  const char *kind = *edit->text != '\0' ? match_choice (edit, &XQ_LEDGER_BODY_STATES, error) : "none";
  gint64 area;

  if (kind == NULL)
    return FALSE;
  if (!find_area (edit, strcmp (kind, "none") != 0, &area, error)
      || !load_of_area (edit, &XQ_OWNERS_BODY, body_sql, area, &body, error))
    return FALSE;
  if (strcmp (kind, "none") == 0)
    return body == NULL || end_record (edit, body, XQ_OWNERS_BODY_FOUNDED, XQ_OWNERS_BODY_ENDED, error);
  if (body == NULL)
    {
      body = xq_record_new (&XQ_OWNERS_BODY);
      xq_record_set_int (body, XQ_OWNERS_BODY_PROPERTY_AREA, area);
      xq_record_set_text (body, XQ_OWNERS_BODY_FOUNDED, edit->day);
    }
  xq_record_set_text (body, XQ_OWNERS_BODY_KIND, kind);
  return save (edit, body, error);
}

static gboolean
set_body_name (const Edit *edit, GError **error)
{
  g_autoptr (XqRecord) body = NULL;
  gint64 area;

  if (!find_area (edit, FALSE, &area, error) || !load_of_area (edit, &XQ_OWNERS_BODY, body_sql, area, &body, error))
    return FALSE;
  if (body == NULL)
    {
      if (*edit->text == '\0')
        return TRUE;
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s has no owners' body; set one up first"), unit_name (edit));
      return FALSE;
    }
  return xq_record_parse_field (body, XQ_OWNERS_BODY_NAME, edit->text, error) && save (edit, body, error);
}

static XqRecord *
new_service (const Edit *edit, gint64 area, const char *mode)
{
  XqRecord *service = xq_record_new (&XQ_PROPERTY_SERVICE);

  xq_record_set_int (service, XQ_PROPERTY_SERVICE_PROPERTY_AREA, area);
  xq_record_set_text (service, XQ_PROPERTY_SERVICE_MODE, mode);
  xq_record_set_text (service, XQ_PROPERTY_SERVICE_VALID_FROM, edit->day);
  return service;
}

static gboolean
set_service (const Edit *edit, GError **error)
{
  g_autoptr (XqRecord) service = NULL;
  const char *mode = NULL;
  gint64 area;

  if (*edit->text != '\0')
    {
      mode = match_choice (edit, &XQ_ENUM_SERVICE_MODE, error);
      if (mode == NULL)
        return FALSE;
    }
  if (!find_area (edit, mode != NULL, &area, error)
      || !load_of_area (edit, &XQ_PROPERTY_SERVICE, service_sql, area, &service, error))
    return FALSE;
  if (mode == NULL)
    return service == NULL || end_record (edit, service, XQ_PROPERTY_SERVICE_VALID_FROM, XQ_PROPERTY_SERVICE_VALID_TO, error);
  if (service == NULL)
    service = new_service (edit, area, mode);
  xq_record_set_text (service, XQ_PROPERTY_SERVICE_MODE, mode);
  /* Only a firm has a name and a contract. */
  if (strcmp (mode, "firm") != 0)
    {
      xq_record_set_null (service, XQ_PROPERTY_SERVICE_FIRM);
      xq_record_set_null (service, XQ_PROPERTY_SERVICE_CONTRACT_END);
    }
  return save (edit, service, error);
}

static gboolean
set_firm (const Edit *edit, GError **error)
{
  g_autoptr (XqRecord) service = NULL;
  gint64 area;

  if (!find_area (edit, *edit->text != '\0', &area, error)
      || !load_of_area (edit, &XQ_PROPERTY_SERVICE, service_sql, area, &service, error))
    return FALSE;
  if (service == NULL)
    {
      if (*edit->text == '\0')
        return TRUE;
      service = new_service (edit, area, "firm");
    }
  if (*edit->text != '\0' && strcmp (xq_record_get_text (service, XQ_PROPERTY_SERVICE_MODE), "firm") != 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("%s is not managed by a firm (%s); set its property service to “%s” first"), unit_name (edit),
                   xq_enum_label (&XQ_ENUM_SERVICE_MODE, xq_record_get_text (service, XQ_PROPERTY_SERVICE_MODE)),
                   xq_enum_label (&XQ_ENUM_SERVICE_MODE, "firm"));
      return FALSE;
    }
  return xq_record_parse_field (service, XQ_PROPERTY_SERVICE_FIRM, edit->text, error) && save (edit, service, error);
}

/* Columns that are fields of the compound's or the building's own row. */
static const struct
{
  const char *column;
  int compound; /* -1: it has none */
  int building;
} own_fields[] = {
  { "kind", XQ_COMPOUND_KIND, -1 },
  { "built_year", XQ_COMPOUND_BUILT_YEAR, XQ_BUILDING_BUILT_YEAR },
  { "floor_area", XQ_COMPOUND_FLOOR_AREA, -1 },
  { "households", XQ_COMPOUND_HOUSEHOLDS, XQ_BUILDING_HOUSEHOLDS },
  { "residents", XQ_COMPOUND_RESIDENTS, XQ_BUILDING_RESIDENTS },
  { "parking_spaces", XQ_COMPOUND_PARKING_SPACES, -1 },
  { "three_none", XQ_COMPOUND_THREE_NONE, -1 },
  { "floors", -1, XQ_BUILDING_FLOORS },
  { "entrances", -1, XQ_BUILDING_ENTRANCES },
};

static gboolean
set_not_editable (const Edit *edit, GError **error)
{
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("“%s” cannot be edited in this list"),
               g_dgettext (GETTEXT_PACKAGE, edit->column->label));
  return FALSE;
}

static gboolean
dispatch (const Edit *edit, GError **error)
{
  const char *id = edit->column->id;
  gboolean is_building = xq_record_get_int (edit->unit, XQ_UNIT_LEVEL) == XQ_LEVEL_BUILDING;

  if (!edit->column->editable)
    return set_not_editable (edit, error);
  if (strcmp (id, "name") == 0)
    return set_unit_field (edit, XQ_UNIT_NAME, error);
  if (strcmp (id, "code") == 0)
    return set_unit_field (edit, XQ_UNIT_CODE, error);
  for (guint i = 0; i < G_N_ELEMENTS (own_fields); i++)
    {
      int field = is_building ? own_fields[i].building : own_fields[i].compound;

      if (strcmp (own_fields[i].column, id) != 0)
        continue;
      if (field < 0)
        return set_not_editable (edit, error);
      return is_building ? set_own_field (edit, &XQ_BUILDING, XQ_BUILDING_UNIT, field, error)
                         : set_own_field (edit, &XQ_COMPOUND, XQ_COMPOUND_UNIT, field, error);
    }
  if (is_building)
    return set_not_editable (edit, error);
  if (strcmp (id, "resident_full") == 0)
    return set_declared_count (edit, XQ_MEASURE_RESIDENT_FULL, error);
  if (strcmp (id, "formal_full") == 0)
    return set_declared_count (edit, XQ_MEASURE_FORMAL_FULL, error);
  if (strcmp (id, "checked_in") == 0)
    return set_declared_count (edit, XQ_MEASURE_CHECKED_IN, error);
  if (strcmp (id, "organisation") == 0)
    return set_organisation (edit, error);
  if (strcmp (id, "organisation_name") == 0)
    return set_organisation_field (edit, XQ_ORGANISATION_NAME, error);
  if (strcmp (id, "founded") == 0)
    return set_organisation_field (edit, XQ_ORGANISATION_FOUNDED, error);
  if (strcmp (id, "body") == 0)
    return set_body (edit, error);
  if (strcmp (id, "body_name") == 0)
    return set_body_name (edit, error);
  if (strcmp (id, "service") == 0)
    return set_service (edit, error);
  if (strcmp (id, "firm") == 0)
    return set_firm (edit, error);
  return set_not_editable (edit, error);
}

static gboolean
check_unit (const Edit *edit, GError **error)
{
  gint64 level = xq_record_get_int (edit->unit, XQ_UNIT_LEVEL);
  const char *from = xq_record_get_text (edit->unit, XQ_UNIT_VALID_FROM);
  const char *to = xq_record_get_text (edit->unit, XQ_UNIT_VALID_TO);

  if (level != XQ_LEVEL_COMPOUND && level != XQ_LEVEL_BUILDING)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("“%s” is neither a compound nor a building; the ledger has no row of it"), unit_name (edit));
      return FALSE;
    }
  if (to != NULL && strcmp (to, edit->as_of->as_of) <= 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("“%s” was closed on %s; edit the unit that it became part of"),
                   unit_name (edit), to);
      return FALSE;
    }
  if (from != NULL && strcmp (from, edit->as_of->as_of) > 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("“%s” is in force from %s on, after the open period; edit it then"), unit_name (edit), from);
      return FALSE;
    }
  return TRUE;
}

static gboolean
run (XqTransaction *tx, const char *sql, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);

  return statement != NULL && xq_statement_run (statement, error);
}

gboolean
xq_ledger_set_cell (XqTransaction *tx, gint64 unit, const char *column, const char *text, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autofree char *day = xq_working_day (tx);
  g_autoptr (XqRecord) record = NULL;
  XqUnitDay as_of;
  Edit edit = { .tx = tx, .column = xq_ledger_find_column (column), .text = trimmed, .day = day, .as_of = &as_of };

  if (edit.column == NULL)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("The ledger has no column “%s”; choose another"), column);
      return FALSE;
    }
  if (!xq_unit_day_init (&as_of, tx, XQ_PERIOD_NONE, error))
    return FALSE;
  record = xq_record_load (tx, &XQ_UNIT, unit, error);
  if (record == NULL)
    return FALSE;
  edit.unit = record;
  if (!check_unit (&edit, error) || !run (tx, "SAVEPOINT ledger_cell", error))
    return FALSE;
  if (dispatch (&edit, error))
    return run (tx, "RELEASE ledger_cell", error);
  /* The error of the edit is what the user is to hear of; without the savepoint the whole command fails. */
  if (run (tx, "ROLLBACK TO ledger_cell", NULL))
    run (tx, "RELEASE ledger_cell", NULL);
  return FALSE;
}

void
xq_ledger_problem_free (XqLedgerProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->message);
  g_free (problem);
}

static gboolean
count_changes (XqTransaction *tx, gint64 *changes, GError **error)
{
  return xq_transaction_query_int (tx, "SELECT total_changes ()", 0, changes, error);
}

gboolean
xq_ledger_apply (XqTransaction *tx, const XqLedgerEdit *edits, guint n_edits, gboolean dry_run, GPtrArray *problems,
                 guint *n_changed, GError **error)
{
  g_autoptr (GError) first = NULL;
  guint changed = 0;

  if (!run (tx, "SAVEPOINT ledger_block", error))
    return FALSE;
  for (guint i = 0; i < n_edits; i++)
    {
      g_autoptr (GError) local = NULL;
      gint64 before, after;

      if (xq_transaction_check_cancelled (tx, error) || !count_changes (tx, &before, error))
        return FALSE;
      if (xq_ledger_set_cell (tx, edits[i].unit, edits[i].column, edits[i].text, &local))
        {
          if (!count_changes (tx, &after, error))
            return FALSE;
          changed += after != before;
        }
      else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)
               || g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_FULL))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      else
        {
          XqLedgerProblem *problem = g_new (XqLedgerProblem, 1);

          problem->edit = i;
          problem->message = g_strdup (local->message);
          g_ptr_array_add (problems, problem);
          if (first == NULL)
            first = g_steal_pointer (&local);
        }
      xq_transaction_progress (tx, i + 1, n_edits);
    }
  if (n_changed != NULL)
    *n_changed = changed;
  if ((first != NULL || dry_run) && !run (tx, "ROLLBACK TO ledger_block", error))
    return FALSE;
  if (!run (tx, "RELEASE ledger_block", error))
    return FALSE;
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
