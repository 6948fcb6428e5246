#include "fact-reference.h"

#include "xq-record-types.h"

/* More lists, whose items are called "1", "2" …; the last one has more items than there are slots left. */
#define TICKED(id, items)                                                                                                          \
  " {\"id\": \"" id "\", \"label\": \"L\", \"items\": [" items "], \"states\": [{\"id\": \"none\", \"label\": \"N\"},"             \
  " {\"id\": \"done\", \"label\": \"D\"}]}"
#define FIVE "\"v\", \"w\", \"x\", \"y\", \"z\""
#define LONG FIVE ", " FIVE ", " FIVE ", " FIVE

const char *const REFERENCE_SCHEMES[3] = {
  "{\"id\": \"a\", \"name\": \"A\", \"mechanisms\": [\"tickets\", \"contradictions\", \"petitions\", \"consultations\", "
  "\"projects\","
  " \"public_income\", \"points\", \"pairing\", \"employers\", \"posts\", \"stations\", \"grids\"], \"founding_basis\": "
  "\"resident_full\", \"thresholds\": {\"grace_days\": 90, \"survey_months\": "
  "12}, \"kit\":"
  " {\"label\": \"K\", \"items\": [{\"id\": \"organisation\", \"label\": \"O\"}, {\"id\": \"body\", \"label\": \"B\"}, {\"id\": "
  "\"service\","
  " \"label\": \"S\"}, {\"id\": \"mass\", \"label\": \"M\"}, {\"id\": \"resident\", \"label\": \"R\"}]},"
  " \"checklists\": [{\"id\": \"powers\", \"label\": \"P\", \"items\": [\"x\", \"y\"]},"
  " {\"id\": \"five_set\", \"label\": \"S\", \"items\": [{\"id\": \"i1\", \"label\": \"1\"}, {\"id\": \"i2\", \"label\": \"2\"}, "
  "{\"id\": \"i3\", \"label\": \"3\"},"
  " {\"id\": \"i4\", \"label\": \"4\"}, {\"id\": \"i5\", \"label\": \"5\"}],"
  " \"states\": [{\"id\": \"none\", \"label\": \"N\"}, {\"id\": \"done\", \"label\": \"D\"}]},"
  " {\"id\": \"five_good\", \"label\": \"G\", \"items\": [{\"id\": \"i1\", \"label\": \"1\", \"score\": 5}, {\"id\": \"i2\", "
  "\"label\": \"2\", \"score\": 3}],"
  " \"states\": [{\"id\": \"none\", \"label\": \"N\"}, {\"id\": \"done\", \"label\": \"D\"}]}]}",
  "{\"id\": \"b\", \"name\": \"B\", \"founding_basis\": \"formal_full\", \"thresholds\": {\"founding_members\": 4, \"grace_days\": "
  "0, \"survey_months\": 3},"
  " \"plan\": {\"label\": \"P\", \"indicator\": \"branch_rate\"}}",
  "{\"id\": \"c\", \"name\": \"C\", \"founding_basis\": \"checked_in\", \"thresholds\": {\"founding_members\": 2, \"grace_days\": "
  "30}, \"kit\":"
  " {\"label\": \"K\", \"items\": [{\"id\": \"service\", \"label\": \"S\"}, {\"id\": \"resident\", \"label\": \"R\"}]},"
  " \"checklists\": [{\"id\": \"five_systems\", \"label\": \"S\", \"items\": [{\"id\": \"i1\", \"label\": \"1\"}], \"states\": "
  "[{\"id\": \"none\", \"label\": \"N\"},"
  " {\"id\": \"done\", \"label\": \"D\"}]}," TICKED ("powers", "\"x\", \"y\"") "," TICKED ("more", "\"x\"") "," TICKED (
      "last", "\"x\", \"y\"") "," TICKED ("long", LONG) "]}",
};

#define INT(record, field) xq_record_get_int (record, field)
#define TEXT(record, field) xq_record_get_text (record, field)

/* Days on both sides of what decides: the open period 2024Q4, its days of grace, the year and the quarter of a survey. */
static const char *
random_day (GRand *random)
{
  static const char *const days[]
      = { "2019-05-01", "2023-12-31", "2024-01-01", "2024-09-30", "2024-10-01", "2024-10-02", "2024-10-03",
          "2024-11-30", "2024-12-01", "2024-12-02", "2024-12-30", "2024-12-31", "2025-01-01", "2025-06-30" };

  return days[g_rand_int_range (random, 0, G_N_ELEMENTS (days))];
}

static gint64
random_id (const GPtrArray *rows, GRand *random)
{
  return rows->len > 0 ? xq_record_get_id (g_ptr_array_index (rows, g_rand_int_range (random, 0, (gint32)rows->len))) : 0;
}

/* A unit of the level that records of @type are mostly kept at. */
static gint64
random_unit (XqTransaction *tx, const XqRecordType *type, GRand *random, GError **error)
{
  g_autoptr (GPtrArray) units = xq_record_list (tx, &XQ_UNIT, -1, 0, error);
  gboolean strict = type == &XQ_CONFIRMATION || type == &XQ_COMPOUND || type == &XQ_BUILDING || type == &XQ_LINEAGE || type == &XQ_CONTACT;
  gint64 level = type == &XQ_BUILDING       ? XQ_LEVEL_BUILDING
                 : type == &XQ_CONFIRMATION ? XQ_LEVEL_COMMUNITY
                                            : XQ_LEVEL_COMPOUND;

  if (units == NULL)
    return 0;
  if (!strict && g_rand_int_range (random, 0, 5) == 0)
    level = g_rand_int_range (random, 0, XQ_N_LEVELS);
  for (guint i = units->len; i-- > 0;)
    if (INT ((XqRecord *)g_ptr_array_index (units, i), XQ_UNIT_LEVEL) != level)
      g_ptr_array_remove_index_fast (units, i);
  return random_id (units, random);
}

static gint64
random_number (const XqField *field, GRand *random)
{
  /* Small numbers, so that thresholds are met from both sides. */
  gint64 number = g_rand_int_range (random, 0, 8);

  if (field->type == XQ_FIELD_BOOLEAN)
    return g_rand_int_range (random, 0, 3) == 0;
  /* Fen, of which whole yuan are made. */
  if (field->type == XQ_FIELD_MONEY)
    number = g_rand_int_range (random, 0, 800);
  return field->min == 0 && field->max == 0 ? number : CLAMP (number, field->min, field->max);
}

static void
order_dates (XqRecord *record, const char *first, const char *second)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  int from = xq_record_type_find (type, first), to = xq_record_type_find (type, second);

  if (from >= 0 && to >= 0 && TEXT (record, from) != NULL && TEXT (record, to) != NULL
      && strcmp (TEXT (record, from), TEXT (record, to)) > 0)
    {
      g_autofree char *later = g_strdup (TEXT (record, from));

      xq_record_set_text (record, from, TEXT (record, to));
      xq_record_set_text (record, to, later);
    }
}

/* Words that figures are told by, and one that no scheme knows. */
static const char *
random_word (const char *list, GRand *random)
{
  static const char *const posts[]
      = { "secretary",     "deputy_secretary", "committee_member", "committee_member",  "group_leader",    "building_head",
          "entrance_head", "floor_head",       "health_officer",   "publicity_officer", "culture_officer", "mediation_officer",
          "instructor",    "grid_worker",      "member_household", "rope_dancer" };
  static const char *const checklists[] = { "five_set", "five_set", "five_set", "five_good", "five_systems", "powers",
                                            "more",     "last",     "long",     "long",      "long",         "long" };
  static const char *const items[] = { "i1", "i1", "i2", "i3", "i4", "i5" };

  static const char *const paths[] = { "self", "members", "firm", "community", "street", "stairs" };
  static const char *const grades[] = { "excellent", "qualified", "basic", "unqualified", "poetic" };
  static const char *const levels[] = { "street", "community", "compound", "building", "attic" };
  static const char *const forms[] = { "meeting", "joint_meeting", "assembly" };

  if (g_str_equal (list, "secretary_paths"))
    return paths[g_rand_int_range (random, 0, G_N_ELEMENTS (paths))];
  if (g_str_equal (list, "appraisal_grades"))
    return grades[g_rand_int_range (random, 0, G_N_ELEMENTS (grades))];
  if (g_str_equal (list, "consultation_levels"))
    return levels[g_rand_int_range (random, 0, G_N_ELEMENTS (levels))];
  if (g_str_equal (list, "consultation_forms"))
    return forms[g_rand_int_range (random, 0, G_N_ELEMENTS (forms))];
  if (g_str_equal (list, "posts"))
    return posts[g_rand_int_range (random, 0, G_N_ELEMENTS (posts))];
  if (g_str_equal (list, "checklists"))
    return checklists[g_rand_int_range (random, 0, G_N_ELEMENTS (checklists))];
  return items[g_rand_int_range (random, 0, G_N_ELEMENTS (items))];
}

/* What is only of use where its parts fit. */
static void
make_fit (XqRecord *record, GRand *random)
{
  const XqRecordType *type = xq_record_get_type_of (record);

  if (type == &XQ_APPRAISAL)
    xq_record_set_int (record, XQ_APPRAISAL_YEAR, g_rand_int_range (random, 2022, 2025));
  if (type == &XQ_CONFIRMATION)
    xq_record_set_text (record, XQ_CONFIRMATION_PERIOD, g_rand_boolean (random) ? "2024Q4" : "2024Q3");
  if (type == &XQ_CHECKLIST_STATE)
    {
      const char *list = TEXT (record, XQ_CHECKLIST_STATE_CHECKLIST);
      int n = g_str_equal (list, "long") ? 20 : g_str_equal (list, "powers") || g_str_equal (list, "last") ? 2 : 1;
      g_autofree char *item = g_strdup_printf ("%d", g_rand_int_range (random, 1, n + 1));

      if (g_str_equal (list, "long") || g_str_equal (list, "powers") || g_str_equal (list, "last") || g_str_equal (list, "more"))
        {
          xq_record_set_text (record, XQ_CHECKLIST_STATE_ITEM, item);
          if (g_rand_boolean (random))
            xq_record_set_text (record, XQ_CHECKLIST_STATE_STATE, "done");
        }
    }
  /* Nobody agrees who does not take part; and a vote is of so many as its area has, or of its own number. */
  if (type == &XQ_VOTE_BUILDING && g_rand_int_range (random, 0, 4) > 0)
    {
      static const int heads[] = { XQ_VOTE_BUILDING_HEADS, XQ_VOTE_BUILDING_TAKING_HEADS, XQ_VOTE_BUILDING_FOR_HEADS };
      static const int areas[] = { XQ_VOTE_BUILDING_AREA, XQ_VOTE_BUILDING_TAKING_AREA, XQ_VOTE_BUILDING_FOR_AREA };
      gint64 people = g_rand_int_range (random, 2, 8), area = 100 * people;

      for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
        {
          xq_record_set_int (record, heads[i], people);
          xq_record_set_int (record, areas[i], area);
          people -= g_rand_int_range (random, 0, 2);
          area -= g_rand_boolean (random) ? MIN (area, 90) : 0;
        }
    }
  if (type == &XQ_OWNER_VOTE && g_rand_boolean (random))
    {
      xq_record_set_null (record, XQ_OWNER_VOTE_HEADS);
      xq_record_set_null (record, XQ_OWNER_VOTE_AREA);
    }
  /* One or the other. */
  if (type == &XQ_PAIRING && !xq_record_is_null (record, XQ_PAIRING_DEPARTMENT))
    xq_record_set_null (record, g_rand_boolean (random) ? XQ_PAIRING_DEPARTMENT : XQ_PAIRING_EMPLOYER);
}

/* Gives every field, or some where @some, a new value. FALSE without error: there is nothing to refer to. */
static gboolean
randomize (XqTransaction *tx, XqRecord *record, gboolean some, GRand *random, GError **error)
{
  const XqRecordType *type = xq_record_get_type_of (record);

  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      const XqField *field = &type->fields[i];
      gboolean empty = !field->required && g_rand_int_range (random, 0, field->type == XQ_FIELD_DATE ? 2 : 4) == 0;
      g_autoptr (GPtrArray) targets = NULL;
      gint64 target;

      if (some && g_rand_boolean (random))
        continue;
      if (empty)
        {
          xq_record_set_null (record, i);
          continue;
        }
      switch (field->type)
        {
        case XQ_FIELD_REFERENCE:
          if (g_str_equal (field->target, "unit"))
            target = random_unit (tx, type, random, error);
          else
            {
              targets = xq_record_list (tx, xq_record_type_by_name (field->target), -1, 0, error);
              target = targets != NULL ? random_id (targets, random) : 0;
            }
          /* An organisation is above another only where it comes before: never above itself. */
          if (type == &XQ_ORGANISATION && i == XQ_ORGANISATION_PARENT && some)
            continue;
          if (target != 0)
            xq_record_set_int (record, i, target);
          else if (field->required)
            return FALSE;
          break;
        case XQ_FIELD_DATE:
          xq_record_set_text (record, i, random_day (random));
          break;
        case XQ_FIELD_ENUM:
          xq_record_set_text (record, i,
                              xq_enum_nick (field->values, g_rand_int_range (random, 0, (gint32)xq_enum_size (field->values))));
          /* What spans several units is what is easily missed. */
          if (type == &XQ_ORGANISATION && i == XQ_ORGANISATION_KIND && g_rand_boolean (random))
            xq_record_set_text (record, i, g_rand_boolean (random) ? "joint_branch" : "group");
          break;
        case XQ_FIELD_TEXT:
          xq_record_set_text (record, i, g_rand_int_range (random, 0, 5) == 0 ? " " : "岗位");
          if (field->words != NULL)
            xq_record_set_text (record, i, random_word (field->words, random));
          if (type == &XQ_TARGET && i == XQ_TARGET_INDICATOR)
            xq_record_set_text (record, i, g_rand_int_range (random, 0, 4) == 0 ? "compounds" : "branch_rate");
          break;
        default:
          xq_record_set_int (record, i, random_number (field, random));
          break;
        }
    }
  order_dates (record, "valid_from", "valid_to");
  order_dates (record, "founded", "dissolved");
  order_dates (record, "founded", "ended");
  order_dates (record, "decided", "valid_to");
  order_dates (record, "opened", "closed");
  order_dates (record, "started", "finished");
  order_dates (record, "raised", "resolved");
  make_fit (record, random);
  if (type == &XQ_PAIRING && xq_record_is_null (record, XQ_PAIRING_DEPARTMENT) && xq_record_is_null (record, XQ_PAIRING_EMPLOYER))
    return FALSE;
  if (type == &XQ_MEMBER && xq_record_is_null (record, XQ_MEMBER_RESIDENCE))
    {
      gint64 residence = random_unit (tx, type, random, error);

      if (residence == 0)
        return FALSE;
      xq_record_set_int (record, XQ_MEMBER_RESIDENCE, residence);
    }
  xq_record_set_all_origins (record, g_rand_boolean (random) ? XQ_ORIGIN_GENERATED : XQ_ORIGIN_IMPORTED);
  return TRUE;
}

/* Whether another row has what may only be there once. */
static gboolean
is_taken (XqTransaction *tx, const XqRecord *record, GError **error)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  g_autoptr (GPtrArray) rows = NULL;

  if (type != &XQ_COMPOUND && type != &XQ_BUILDING && type != &XQ_DECLARED_COUNT && type != &XQ_DECLARED_POST
      && type != &XQ_SURVEY_TALLY)
    return FALSE;
  rows = xq_record_list (tx, type, 0, INT (record, 0), error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const XqRecord *row = g_ptr_array_index (rows, i);

      if (xq_record_get_id (row) != xq_record_get_id (record)
          && (type == &XQ_COMPOUND || type == &XQ_BUILDING || xq_record_equal_field (row, record, 1)))
        return TRUE;
    }
  return rows == NULL;
}

/* Ids are random, but the same again for the same seed. */
static void
set_random_id (XqRecord *record, GRand *random)
{
  xq_record_set_id (record, ((gint64)(g_rand_int (random) >> 1) << 32 | g_rand_int (random)) + 1);
}

static gboolean
insert_random (XqTransaction *tx, const XqRecordType *type, GRand *random, GError **error)
{
  g_autoptr (XqRecord) record = xq_record_new (type);
  GError *local = NULL;

  if (!randomize (tx, record, FALSE, random, &local) || is_taken (tx, record, &local))
    {
      if (local != NULL)
        g_propagate_error (error, local);
      return local == NULL;
    }
  set_random_id (record, random);
  if (xq_record_insert (tx, record, &local) != 0)
    return TRUE;
  /* Points that are not there can not be redeemed. */
  if (type == &XQ_POINTS_ENTRY && g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID))
    {
      g_error_free (local);
      return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

/* A unit's dates: mostly none. */
static void
randomize_unit_dates (XqRecord *unit, GRand *random)
{
  xq_record_set_text (unit, XQ_UNIT_VALID_FROM, g_rand_int_range (random, 0, 4) == 0 ? random_day (random) : NULL);
  xq_record_set_text (unit, XQ_UNIT_VALID_TO, g_rand_int_range (random, 0, 4) == 0 ? random_day (random) : NULL);
  order_dates (unit, "valid_from", "valid_to");
}

static gboolean
add_units (XqTransaction *tx, gint64 parent, int level, GRand *random, GError **error)
{
  static const int numbers[] = { 1, 2, 2, 4, 2 };
  int n = level == XQ_LEVEL_DISTRICT ? 1 : g_rand_int_range (random, level == XQ_LEVEL_BUILDING ? 0 : 1, numbers[level] + 1);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (XqRecord) unit = xq_record_new (&XQ_UNIT);
      g_autofree char *name = g_strdup_printf ("层%d单元%d", level, i);

      if (parent != 0)
        xq_record_set_int (unit, XQ_UNIT_PARENT, parent);
      xq_record_set_int (unit, XQ_UNIT_LEVEL, level);
      xq_record_set_text (unit, XQ_UNIT_NAME, name);
      xq_record_set_all_origins (unit, g_rand_boolean (random) ? XQ_ORIGIN_GENERATED : XQ_ORIGIN_IMPORTED);
      if (level > XQ_LEVEL_DISTRICT)
        randomize_unit_dates (unit, random);
      set_random_id (unit, random);
      if (xq_record_insert (tx, unit, error) == 0
          || (level < XQ_LEVEL_BUILDING && !add_units (tx, xq_record_get_id (unit), level + 1, random, error)))
        return FALSE;
    }
  return TRUE;
}

static const struct
{
  const XqRecordType *type;
  int number;
} amounts[] = {
  { &XQ_COMPOUND, 14 },
  { &XQ_BUILDING, 14 },
  { &XQ_LINEAGE, 6 },
  { &XQ_ORGANISATION, 26 },
  { &XQ_ORGANISATION_COVER, 50 },
  { &XQ_CONTACT, 14 },
  { &XQ_CONTACT_CONFIRMATION, 20 },
  { &XQ_FOUNDING_EXEMPTION, 5 },
  { &XQ_DECLARED_COUNT, 40 },
  { &XQ_DEPARTMENT, 2 },
  { &XQ_EMPLOYER, 8 },
  { &XQ_MEMBER, 24 },
  { &XQ_PROPERTY_AREA, 24 },
  { &XQ_OWNERS_BODY, 30 },
  { &XQ_PROPERTY_SERVICE, 16 },
  { &XQ_ASSOCIATION, 18 },
  { &XQ_SURVEY, 4 },
  { &XQ_SURVEY_QUESTION, 8 },
  { &XQ_SURVEY_TALLY, 40 },
  { &XQ_TARGET, 10 },
  { &XQ_PAIRING, 8 },
  { &XQ_POST_HOLDER, 40 },
  { &XQ_DECLARED_POST, 40 },
  { &XQ_GRID_ROLE, 12 },
  { &XQ_FEE_COLLECTION, 24 },
  { &XQ_SPACE, 14 },
  { &XQ_CHECKLIST_STATE, 160 },
  { &XQ_CONSULTATION, 8 },
  { &XQ_PROJECT, 8 },
  { &XQ_PROJECT_FUNDING, 12 },
  { &XQ_PUBLIC_INCOME, 6 },
  { &XQ_POINTS_ACCOUNT, 6 },
  { &XQ_POINTS_ENTRY, 16 },
  { &XQ_TICKET, 14 },
  { &XQ_TICKET_EVENT, 60 },
  { &XQ_CONTRADICTION, 8 },
  { &XQ_PETITION_COUNT, 8 },
  { &XQ_APPRAISAL, 24 },
  { &XQ_BIG_COMMITTEE_MEMBER, 16 },
  { &XQ_APPROVAL, 14 },
  { &XQ_BODY_EVENT, 12 },
  { &XQ_OWNER_VOTE, 24 },
  { &XQ_VOTE_BUILDING, 40 },
  { &XQ_POLL, 6 },
  { &XQ_ACTIVITY, 18 },
  { &XQ_CONFIRMATION, 10 },
};

gboolean
reference_fill (XqTransaction *tx, GRand *random, guint districts, GError **error)
{
  for (guint i = 0; i < districts; i++)
    if (!add_units (tx, 0, XQ_LEVEL_DISTRICT, random, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    for (int n = amounts[i].number; n > 0; n--)
      if (!insert_random (tx, amounts[i].type, random, error))
        return FALSE;
  return TRUE;
}

/* A unit moves under another of its parent's level, or opens and closes. */
static gboolean
change_unit (XqTransaction *tx, XqRecord *unit, GRand *random, GError **error)
{
  g_autoptr (GPtrArray) units = xq_record_list (tx, &XQ_UNIT, -1, 0, error);

  if (units == NULL)
    return FALSE;
  if (g_rand_boolean (random))
    randomize_unit_dates (unit, random);
  else if (!xq_record_is_null (unit, XQ_UNIT_PARENT))
    {
      for (guint i = units->len; i-- > 0;)
        {
          const XqRecord *other = g_ptr_array_index (units, i);

          if (INT (other, XQ_UNIT_LEVEL) != INT (unit, XQ_UNIT_LEVEL) - 1
              || xq_record_get_district (other) != xq_record_get_district (unit))
            g_ptr_array_remove_index_fast (units, i);
        }
      if (units->len > 0)
        xq_record_set_int (unit, XQ_UNIT_PARENT, random_id (units, random));
    }
  xq_record_set_all_origins (unit, g_rand_boolean (random) ? XQ_ORIGIN_GENERATED : XQ_ORIGIN_IMPORTED);
  return xq_record_update (tx, unit, TRUE, error);
}

gboolean
reference_edit (XqTransaction *tx, GRand *random, char **what, GError **error)
{
  const XqRecordType *type
      = g_rand_int_range (random, 0, 8) == 0 ? &XQ_UNIT : amounts[g_rand_int_range (random, 0, G_N_ELEMENTS (amounts))].type;
  g_autoptr (GPtrArray) rows = xq_record_list (tx, type, -1, 0, error);
  g_autoptr (XqRecord) record = NULL;
  g_autoptr (GError) local = NULL;
  int action = g_rand_int_range (random, 0, 6);
  gint64 id;

  if (rows == NULL)
    return FALSE;
  id = random_id (rows, random);
  *what = g_strdup_printf ("%s %s %" G_GINT64_FORMAT, action == 0 ? "insert" : action == 1 ? "delete" : "update", type->name, id);
  if (action == 0 && type != &XQ_UNIT)
    return insert_random (tx, type, random, error);
  if (id == 0)
    return TRUE;
  record = xq_record_load (tx, type, id, error);
  if (record == NULL)
    return FALSE;
  if (action == 1 && !(type == &XQ_UNIT && INT (record, XQ_UNIT_LEVEL) < XQ_LEVEL_COMMUNITY))
    {
      if (xq_record_delete (tx, type, id, &local))
        return TRUE;
      if (type == &XQ_POINTS_ENTRY && g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (type == &XQ_UNIT)
    return change_unit (tx, record, random, error);
  if (!randomize (tx, record, TRUE, random, error) || is_taken (tx, record, error))
    return error == NULL || *error == NULL;
  if (xq_record_update (tx, record, TRUE, &local))
    return TRUE;
  /* Another district's owner is refused: that is no edit. */
  if (g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
