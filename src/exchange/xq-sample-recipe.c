#include "xq-sample-recipe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-day.h"
#include "xq-sample-reader.h"

#define MANY 100000000

G_DEFINE_QUARK (xq - sample - error - quark, xq_sample_error)

/* The division: real streets, communities and villages */

/* A community's name as people use it: 陈桥村委会 → 陈桥村. A residents' committee (居委会) keeps its name, because a community
   (社区) of the same name may stand beside it. What is in brackets is left out. */
static char *
shorten_name (const char *official, gboolean *village)
{
  const char *bracket = strstr (official, "（");
  g_autofree char *name = bracket != NULL ? g_strndup (official, bracket - official) : g_strdup (official);
  static const char *const committees[] = { "居民委员会", "居委会", NULL };

  *village = g_str_has_suffix (name, "村民委员会");
  if (*village)
    return g_strndup (name, strlen (name) - strlen ("村民委员会"));
  for (guint i = 0; committees[i] != NULL; i++)
    {
      gsize length = strlen (name) - MIN (strlen (name), strlen (committees[i]));

      if (g_str_has_suffix (name, committees[i]) && length >= strlen ("社区")
          && strncmp (name + length - strlen ("社区"), "社区", strlen ("社区")) == 0)
        return g_strndup (name, length);
    }
  *village = g_str_has_suffix (name, "村委会");
  if (*village)
    return g_strndup (name, strlen (name) - strlen ("委会"));
  return g_steal_pointer (&name);
}

/* @text without the first of @suffixes that it ends with, unless nothing but one character would be left. */
static char *
strip_suffix (const char *text, const char *const *suffixes)
{
  for (guint i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (text, suffixes[i]) && g_utf8_strlen (text, strlen (text) - strlen (suffixes[i])) >= 2)
      return g_strndup (text, strlen (text) - strlen (suffixes[i]));
  return g_strdup (text);
}

static int
find_street (const XqSampleRecipe *recipe, const char *code)
{
  for (guint i = 0; i < recipe->streets->len; i++)
    if (g_str_equal (xq_sample_street (recipe, i)->code, code))
      return i;
  return -1;
}

static int
find_community (const XqSampleRecipe *recipe, const char *code)
{
  for (guint i = 0; i < recipe->communities->len; i++)
    if (g_str_equal (xq_sample_community (recipe, i)->code, code))
      return i;
  return -1;
}

static const XqSampleProfile *
find_profile (XqSampleReader *reader, const XqSampleRecipe *recipe, const XqJson *json, const char *key)
{
  g_autofree char *id = xq_sample_reader_text (reader, json, key);

  for (guint i = 0; i < recipe->profiles->len; i++)
    {
      const XqSampleProfile *profile = &g_array_index (recipe->profiles, XqSampleProfile, i);

      if (g_str_equal (profile->id, id))
        return profile;
    }
  xq_sample_reader_fail (reader, json, key, _ ("there is no such profile"));
  return NULL;
}

/* Reads the division file: street code, street name, community code, community name; lines that begin with # are remarks. */
static void
read_divisions (XqSampleReader *reader, XqSampleRecipe *recipe, const char *file)
{
  static const char *const street_suffixes[] = { "街道", "经济开发区", "经济区", "镇", "乡", NULL };
  static const char *const community_suffixes[] = { "中心街居委会", "中心街社区", "虚拟社区", "居委会", "社区", "村", NULL };
  g_autoptr (GBytes) bytes = xq_sample_reader_load (reader, file);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean head = TRUE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = NULL;
      XqSampleCommunity community = { 0 };
      int street;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      if (head)
        {
          head = FALSE;
          continue;
        }
      cells = g_strsplit (lines[i], ",", -1);
      if (g_strv_length (cells) != 4 || strlen (cells[0]) != 9 || strlen (cells[2]) != 12 || !g_str_has_prefix (cells[2], cells[0]))
        {
          if (reader->error == NULL)
            g_set_error (&reader->error, XQ_SAMPLE_ERROR, 0,
                         _ ("%s: line %u is not street code, street name, community code, community name"), file, i + 1);
          return;
        }
      street = find_street (recipe, cells[0]);
      if (street < 0)
        {
          XqSampleStreet new_street
              = { .code = g_strdup (cells[0]), .name = g_strdup (cells[1]), .stem = strip_suffix (cells[1], street_suffixes) };

          g_array_append_val (recipe->streets, new_street);
          street = recipe->streets->len - 1;
        }
      community.code = g_strdup (cells[2]);
      community.name = shorten_name (cells[3], &community.village);
      community.official = g_str_equal (community.name, cells[3]) ? NULL : g_strdup (cells[3]);
      community.stem = strip_suffix (community.name, community_suffixes);
      community.street = street;
      g_array_append_val (recipe->communities, community);
    }
}

static void
read_division (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[] = { "file", "residents", "villages", NULL };
  XqJson json = xq_json_member (root, "divisions");
  g_autofree char *file = xq_sample_reader_text (reader, &json, "file");
  guint residents = xq_sample_reader_int (reader, &json, "residents", 0, MANY);
  guint villages = xq_sample_reader_int (reader, &json, "villages", 0, MANY);
  guint n_villages = 0;

  xq_sample_reader_check (reader, &json, keys);
  read_divisions (reader, recipe, file);
  for (guint i = 0; i < recipe->communities->len; i++)
    n_villages += xq_sample_community (recipe, i)->village;
  if (n_villages != villages || recipe->communities->len - n_villages != residents)
    xq_sample_reader_fail (reader, root, "divisions",
                           _ ("the numbers of residents' committees and villages are not those of the file"));
}

static void
read_streets (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[] = { "code", "residents", "village", "units", "village_units", "satisfaction", NULL };
  static const char *const community_keys[] = { "code", "profile", "stem", NULL };
  XqJson list;
  guint n = xq_sample_reader_list (reader, root, "streets", &list);

  for (guint i = 0; i < n && reader->error == NULL; i++)
    {
      XqJson json = xq_json_element (&list, i);
      g_autofree char *code = xq_sample_reader_text (reader, &json, "code");
      int index = find_street (recipe, code);
      const XqSampleProfile *residents = find_profile (reader, recipe, &json, "residents");
      const XqSampleProfile *village = find_profile (reader, recipe, &json, "village");
      XqSampleStreet *street;

      xq_sample_reader_check (reader, &json, keys);
      if (index < 0)
        {
          xq_sample_reader_fail (reader, &json, "code", _ ("there is no such street"));
          return;
        }
      street = xq_sample_street (recipe, index);
      if (street->named)
        xq_sample_reader_fail (reader, &json, "code", _ ("stands in the list twice"));
      street->named = TRUE;
      street->units = xq_sample_reader_range (reader, &json, "units");
      xq_sample_reader_weights (reader, &json, "village_units", street->village_units, 3);
      street->satisfaction = xq_sample_reader_int (reader, &json, "satisfaction", -500, 500);
      for (guint c = 0; c < recipe->communities->len; c++)
        {
          XqSampleCommunity *community = xq_sample_community (recipe, c);

          if (community->street == (guint)index)
            community->profile = community->village ? village : residents;
        }
    }

  n = xq_sample_reader_list (reader, root, "communities", &list);
  for (guint i = 0; i < n && reader->error == NULL; i++)
    {
      XqJson json = xq_json_element (&list, i);
      g_autofree char *code = xq_sample_reader_text (reader, &json, "code");
      int index = find_community (recipe, code);

      xq_sample_reader_check (reader, &json, community_keys);
      if (index < 0)
        xq_sample_reader_fail (reader, &json, "code", _ ("there is no such community"));
      else
        {
          XqSampleCommunity *community = xq_sample_community (recipe, index);

          community->profile = find_profile (reader, recipe, &json, "profile");
          g_free (community->stem);
          community->stem = xq_sample_reader_text (reader, &json, "stem");
        }
    }
  for (guint i = 0; i < recipe->communities->len; i++)
    if (reader->error == NULL && xq_sample_community (recipe, i)->profile == NULL)
      xq_sample_community (recipe, i)->profile = &g_array_index (recipe->profiles, XqSampleProfile, 0);
}

static void
read_profiles (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[] = { "id", "singles", "parts", NULL };
  XqJson list;
  guint n = xq_sample_reader_list (reader, root, "profiles", &list);

  for (guint i = 0; i < n && reader->error == NULL; i++)
    {
      XqJson json = xq_json_element (&list, i);
      XqSampleProfile profile = { .id = xq_sample_reader_text (reader, &json, "id") };

      xq_sample_reader_check (reader, &json, keys);
      xq_sample_reader_weights_by (reader, &json, "singles", &XQ_ENUM_COMPOUND_KIND, profile.singles);
      xq_sample_reader_weights_by (reader, &json, "parts", &XQ_ENUM_COMPOUND_KIND, profile.parts);
      g_array_append_val (recipe->profiles, profile);
    }
}

/* What was published */

static XqSampleNote *
read_note (XqSampleReader *reader, const XqJson *json)
{
  XqSampleNote *note = g_new0 (XqSampleNote, 1);

  note->topic = xq_sample_reader_text (reader, json, "topic");
  note->title = xq_sample_reader_text (reader, json, "title");
  note->measure = xq_sample_reader_text_or_null (reader, json, "measure");
  note->text = xq_sample_reader_text_or_null (reader, json, "text");
  note->occurred = xq_sample_reader_text_or_null (reader, json, "occurred");
  note->quantity = xq_sample_reader_int_or (reader, json, "quantity", 0, MANY * G_GINT64_CONSTANT (10), -1);
  return note;
}

static void
note_free (XqSampleNote *note)
{
  g_free (note->topic);
  g_free (note->title);
  g_free (note->measure);
  g_free (note->text);
  g_free (note->occurred);
  g_free (note);
}

static void
published_free (XqSamplePublished *published)
{
  g_free (published->name);
  g_strfreev (published->aliases);
  g_free (published->founded_month);
  g_ptr_array_unref (published->notes);
  g_free (published);
}

/* A period that the history names, by index; -1 where there is no such key. */
static int
read_stage (XqSampleReader *reader, const XqSampleRecipe *recipe, const XqJson *json, const char *key)
{
  g_autofree char *text = xq_sample_reader_text_or_null (reader, json, key);
  XqPeriod period;

  if (text == NULL || reader->error != NULL || !xq_period_parse (text, &period, &reader->error))
    return -1;
  for (guint i = 0; i < recipe->stages->len; i++)
    if (xq_period_equal (xq_sample_stage (recipe, i)->period, period))
      return i;
  xq_sample_reader_fail (reader, json, key, _ ("the history has no such period"));
  return -1;
}

/* What of @published the object @json says; an object is there for what was reported and one for what is assumed. */
static void
read_attributes (XqSampleReader *reader, const XqSampleRecipe *recipe, const XqJson *json, gboolean reported,
                 XqSamplePublished *published)
{
  static const char *const keys[]
      = { "households", "kind",    "built_year",      "organisation", "body",      "service",    "covered_by", "founded_month",
          "body_from",  "parking", "cross_appointed", "floor_area",   "residents", "checked_in", "fee",        NULL };
  gint64 number;
  int choice;

  xq_sample_reader_check (reader, json, keys);
  number = xq_sample_reader_int_or (reader, json, "households", 1, 1000000, -1);
  if (number >= 0)
    published->households = number, published->households_reported = reported;
  number = xq_sample_reader_int_or (reader, json, "built_year", 1840, 2100, -1);
  if (number >= 0)
    published->built_year = number, published->built_year_reported = reported;
  number = xq_sample_reader_int_or (reader, json, "floor_area", 1, MANY, -1);
  if (number >= 0)
    published->floor_area = number, published->floor_area_reported = reported;
  number = xq_sample_reader_int_or (reader, json, "residents", 1, MANY, -1);
  if (number >= 0)
    published->residents = number, published->residents_reported = reported;
  number = xq_sample_reader_int_or (reader, json, "checked_in", 0, 100000, -1);
  if (number >= 0)
    published->checked_in = number, published->checked_in_reported = reported;
  number = xq_sample_reader_int_or (reader, json, "fee", 0, 100000, -1);
  if (number >= 0)
    published->fee = number, published->fee_reported = reported;
  choice = xq_sample_reader_choice (reader, json, "kind", &XQ_ENUM_COMPOUND_KIND);
  if (choice >= 0)
    published->kind = choice, published->kind_reported = reported;
  choice = xq_sample_reader_choice (reader, json, "body", &XQ_ENUM_BODY_KIND);
  if (choice >= 0)
    published->body = choice, published->body_reported = reported;
  choice = xq_sample_reader_choice (reader, json, "service", &XQ_ENUM_SERVICE_MODE);
  if (choice >= 0)
    published->mode = choice, published->mode_reported = reported;
  choice = xq_sample_reader_choice (reader, json, "organisation", &XQ_ENUM_ORGANISATION_KIND);
  if (choice >= 0)
    published->organisation = choice, published->organisation_reported = reported;
  if (reported)
    return;
  published->covered_by = read_stage (reader, recipe, json, "covered_by");
  published->body_from = read_stage (reader, recipe, json, "body_from");
  published->founded_month = xq_sample_reader_text_or_null (reader, json, "founded_month");
  published->no_parking = !xq_sample_reader_flag (reader, json, "parking", TRUE);
  published->cross_appointed = xq_sample_reader_flag (reader, json, "cross_appointed", FALSE);
}

static void
read_published (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[]
      = { "community", "name", "aliases", "buildings", "reported", "assumed", "notes", "records", "place", "entrances", NULL };
  static const char *const places[] = { "reported", "assumed", NULL };
  XqJson list, notes, place;
  guint n = xq_sample_reader_list (reader, root, "published", &list), n_notes;
  int choice;

  for (guint i = 0; i < n && reader->error == NULL; i++)
    {
      XqJson json = xq_json_element (&list, i);
      XqJson reported = xq_json_member (&json, "reported"), assumed = xq_json_member (&json, "assumed");
      g_autofree char *community = xq_sample_reader_text (reader, &json, "community");
      XqSamplePublished *published = g_new0 (XqSamplePublished, 1);

      published->notes = g_ptr_array_new_with_free_func ((GDestroyNotify)note_free);
      g_ptr_array_add (recipe->published, published);
      published->households = published->floor_area = published->residents = published->checked_in = published->fee = -1;
      published->records = xq_json_member (&json, "records");
      published->kind = published->built_year = published->organisation = published->body = published->mode = -1;
      xq_sample_reader_check (reader, &json, keys);
      published->community = MAX (find_community (recipe, community), 0);
      if (find_community (recipe, community) < 0)
        xq_sample_reader_fail (reader, &json, "community", _ ("there is no such community"));
      published->name = xq_sample_reader_text (reader, &json, "name");
      place = xq_json_member (&json, "aliases");
      published->aliases = xq_json_is_present (&place) ? xq_sample_reader_strings (reader, &json, "aliases") : g_new0 (char *, 1);
      published->n_entrances = xq_sample_reader_int_or (reader, &json, "entrances", 1, 10000, 0);
      place = xq_json_member (&json, "place");
      if (xq_json_is_present (&place) && reader->error == NULL && xq_json_get_choice (&place, places, &choice, &reader->error))
        published->place_assumed = choice == 1;
      published->n_buildings = xq_sample_reader_int_or (reader, &json, "buildings", 1, 1000, 0);
      read_attributes (reader, recipe, &reported, TRUE, published);
      read_attributes (reader, recipe, &assumed, FALSE, published);
      n_notes = xq_sample_reader_list (reader, &json, "notes", &notes);
      for (guint j = 0; j < n_notes && reader->error == NULL; j++)
        {
          XqJson note = xq_json_element (&notes, j);

          g_ptr_array_add (published->notes, read_note (reader, &note));
        }
    }

  n_notes = xq_sample_reader_list (reader, root, "notes", &notes);
  for (guint j = 0; j < n_notes && reader->error == NULL; j++)
    {
      XqJson note = xq_json_element (&notes, j);
      char *unit = xq_sample_reader_text (reader, &note, "unit");

      g_ptr_array_add (recipe->note_units, unit);
      g_ptr_array_add (recipe->notes, read_note (reader, &note));
      if (!g_str_equal (unit, recipe->code) && find_street (recipe, unit) < 0 && find_community (recipe, unit) < 0)
        xq_sample_reader_fail (reader, &note, "unit", _ ("there is no such unit"));
    }
}

/* The re-draw and the history */

static void
read_plans (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *redraw)
{
  static const char *const keys[] = { "decider", "surveyed", "decided", "households", NULL };
  XqJson json = xq_json_member (redraw, "plans");

  if (!xq_json_is_present (&json))
    return;
  xq_sample_reader_check (reader, &json, keys);
  recipe->decider = xq_sample_reader_text (reader, &json, "decider");
  recipe->surveyed = xq_sample_reader_text (reader, &json, "surveyed");
  recipe->decided = xq_sample_reader_text (reader, &json, "decided");
  recipe->unit_households = xq_sample_reader_range (reader, &json, "households");
}

/* Hundredths of a degree: a town is not that small. */
static void
read_map (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[] = { "longitude", "latitude", NULL };
  XqJson json = xq_json_member (root, "map");

  xq_sample_reader_check (reader, &json, keys);
  recipe->longitude = (double)xq_sample_reader_int (reader, &json, "longitude", 7000, 14000) / 100;
  recipe->latitude = (double)xq_sample_reader_int (reader, &json, "latitude", 1500, 5500) / 100;
}

static void
read_redraw (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[]
      = { "effective", "originals", "units", "merged_units", "merged_from", "most_parts", "parts", "plans", NULL };
  XqJson json = xq_json_member (root, "redraw");

  if (!xq_json_is_present (&json))
    {
      recipe->units = recipe->originals = xq_sample_reader_int (reader, root, "units", 1, MANY);
      recipe->most_parts = 2;
      recipe->parts = g_new0 (int, recipe->most_parts);
      return;
    }
  xq_sample_reader_check (reader, &json, keys);
  recipe->redraw_day = xq_sample_reader_text (reader, &json, "effective");
  read_plans (reader, recipe, &json);
  recipe->originals = xq_sample_reader_int (reader, &json, "originals", 1, MANY);
  recipe->units = xq_sample_reader_int (reader, &json, "units", 1, MANY);
  recipe->merged_units = xq_sample_reader_int (reader, &json, "merged_units", 0, recipe->units);
  recipe->merged_from = xq_sample_reader_int (reader, &json, "merged_from", 0, recipe->originals);
  recipe->most_parts = xq_sample_reader_int (reader, &json, "most_parts", 2, 100);
  recipe->parts = g_new0 (int, recipe->most_parts);
  xq_sample_reader_weights (reader, &json, "parts", recipe->parts, recipe->most_parts - 1);
  if (recipe->originals - recipe->merged_from != recipe->units - recipe->merged_units
      || recipe->merged_from < 2 * recipe->merged_units || recipe->merged_from > recipe->most_parts * recipe->merged_units)
    xq_sample_reader_fail (reader, root, "redraw", _ ("the numbers do not fit together"));
}

static void
read_history (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[] = { "period", "covered", "joint", "worked", "bodies", "satisfaction", "month", NULL };
  XqJson list;
  guint n = xq_sample_reader_list (reader, root, "history", &list);

  for (guint i = 0; i < n && reader->error == NULL; i++)
    {
      XqJson json = xq_json_element (&list, i);
      g_autofree char *text = xq_sample_reader_text (reader, &json, "period");
      XqSampleStage stage = { 0 };
      guint units;

      xq_sample_reader_check (reader, &json, keys);
      if (reader->error != NULL || !xq_period_parse (text, &stage.period, &reader->error))
        return;
      stage.first_day = xq_period_first_day (stage.period);
      stage.last_day = xq_period_last_day (stage.period);
      stage.redrawn = recipe->redraw_day == NULL || strcmp (stage.last_day, recipe->redraw_day) >= 0;
      units = stage.redrawn ? recipe->units : recipe->originals;
      stage.covered = xq_sample_reader_int (reader, &json, "covered", 0, units);
      stage.joint = xq_sample_reader_int_or (reader, &json, "joint", 0, stage.covered, 0);
      stage.month = xq_sample_reader_text_or_null (reader, &json, "month");
      stage.worked = xq_sample_reader_int (reader, &json, "worked", stage.covered, units);
      stage.bodies = xq_sample_reader_int (reader, &json, "bodies", 0, 1000);
      stage.satisfaction = xq_sample_reader_int (reader, &json, "satisfaction", 0, 1000);
      g_array_append_val (recipe->stages, stage);
    }
  if (reader->error == NULL && (n == 0 || !xq_period_equal (xq_sample_stage (recipe, n - 1)->period, recipe->open_period)))
    xq_sample_reader_fail (reader, root, "history", _ ("must end with the open period"));
  if (reader->error == NULL && recipe->own + recipe->contacts + recipe->grouped > recipe->units)
    xq_sample_reader_fail (reader, root, "own", _ ("the numbers do not fit together"));
}

static void
read_contacts (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[] = { "units", "streets", NULL };
  XqJson json = xq_json_member (root, "contact");
  XqJson list = xq_json_member (&json, "streets");
  g_auto (GStrv) streets = NULL;

  xq_sample_reader_check (reader, &json, keys);
  recipe->contacts = xq_sample_reader_int (reader, &json, "units", 0, recipe->units);
  recipe->contacts_anywhere = !xq_json_is_present (&list);
  if (recipe->contacts_anywhere)
    return;
  streets = xq_sample_reader_strings (reader, &json, "streets");
  for (guint i = 0; streets[i] != NULL; i++)
    {
      int street = find_street (recipe, streets[i]);

      if (street < 0)
        xq_sample_reader_fail (reader, &json, "streets", _ ("there is no such street"));
      else
        xq_sample_street (recipe, street)->n_contacts++;
    }
  if (g_strv_length (streets) != recipe->contacts)
    xq_sample_reader_fail (reader, &json, "streets", _ ("must name a street for each unit"));
}

/* How Party organisations are in this district. What is not said is as where a branch is founded by three. */
static void
read_organisations (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[]
      = { "functional", "committee", "least_members", "paths", "groups", "communities", "big_committees", NULL };
  static const char *const group_keys[] = { "total", "at", "functional", NULL };
  static const char *const homes[] = { "compound", "building", NULL }, *const communities[] = { "all", "homes", "none", NULL };
  XqJson json = xq_json_member (root, "organisations"), groups, member;
  guint n_paths = 0;
  int index = 0;

  if (!xq_json_is_present (&json))
    return;
  xq_sample_reader_check (reader, &json, keys);
  recipe->functional = xq_sample_reader_flag (reader, &json, "functional", FALSE);
  member = xq_json_member (&json, "committee");
  if (xq_json_is_present (&member))
    recipe->committee = xq_sample_reader_range (reader, &json, "committee");
  recipe->least_members = xq_sample_reader_int_or (reader, &json, "least_members", 0, 90, 0);
  member = xq_json_member (&json, "paths");
  recipe->has_paths = xq_json_is_present (&member);
  if (recipe->has_paths)
    xq_sample_reader_weights (reader, &json, "paths", recipe->paths, XQ_SAMPLE_N_PATHS);
  if (reader->error == NULL)
    xq_scheme_get_list (recipe->model, XQ_SCHEME_SECRETARY_PATHS, &n_paths);
  if (recipe->has_paths && n_paths != XQ_SAMPLE_N_PATHS)
    xq_sample_reader_fail (reader, &json, "paths", _ ("must have a weight for each of the scheme's paths"));
  groups = xq_json_member (&json, "groups");
  if (xq_json_is_present (&groups))
    {
      xq_sample_reader_check (reader, &groups, group_keys);
      recipe->groups = xq_sample_reader_int (reader, &groups, "total", recipe->grouped, MANY);
      recipe->groups_functional = xq_sample_reader_flag (reader, &groups, "functional", FALSE);
      member = xq_json_member (&groups, "at");
      if (reader->error == NULL && xq_json_get_choice (&member, homes, &index, &reader->error))
        recipe->groups_in_buildings = index == 1;
    }
  member = xq_json_member (&json, "communities");
  if (xq_json_is_present (&member) && reader->error == NULL && xq_json_get_choice (&member, communities, &index, &reader->error))
    recipe->committees = index;
  member = xq_json_member (&json, "big_committees");
  if (xq_json_is_present (&member))
    {
      recipe->big_committees = xq_sample_reader_strings (reader, &json, "big_committees");
      for (guint i = 0; recipe->big_committees[i] != NULL; i++)
        if (find_community (recipe, recipe->big_committees[i]) < 0)
          xq_sample_reader_fail (reader, &json, "big_committees", _ ("there is no such community"));
    }
}

static void
read_property (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[] = { "firm", "three_none", NULL };
  XqJson json = xq_json_member (root, "property");

  recipe->property_given = xq_json_is_present (&json);
  if (!recipe->property_given)
    return;
  xq_sample_reader_check (reader, &json, keys);
  recipe->firms = xq_sample_reader_int (reader, &json, "firm", 0, recipe->units);
  recipe->three_none = xq_sample_reader_int_or (reader, &json, "three_none", 0, recipe->units - recipe->firms, 0);
}

static void
read_figures (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[] = { "indicator", "numerator", "denominator", "text", "as_of", NULL };
  XqJson list;
  guint n = xq_sample_reader_list (reader, root, "published_figures", &list);
  GDate day;

  for (guint i = 0; i < n && reader->error == NULL; i++)
    {
      XqJson json = xq_json_element (&list, i);
      XqSampleFigure figure = { .indicator = xq_sample_reader_text (reader, &json, "indicator"),
                                .as_of = xq_sample_reader_text (reader, &json, "as_of"),
                                .text = xq_sample_reader_text_or_null (reader, &json, "text"),
                                .numerator = xq_sample_reader_int (reader, &json, "numerator", 0, MANY),
                                .denominator = xq_sample_reader_int_or (reader, &json, "denominator", 0, MANY, -1) };

      xq_sample_reader_check (reader, &json, keys);
      if (reader->error == NULL && !xq_day_read (figure.as_of, &day))
        xq_sample_reader_fail (reader, &json, "as_of", _ ("is no day"));
      g_array_append_val (recipe->figures, figure);
    }
}

/* Faults that are in the sample on purpose, for tests and for those who try the program out: the rule that finds each, where, why.
 */
static void
read_planted (XqSampleReader *reader, const XqJson *root)
{
  static const char *const keys[] = { "rule", "unit", "why", NULL };
  XqJson list;
  guint n = xq_sample_reader_list (reader, root, "planted", &list);

  for (guint i = 0; i < n && reader->error == NULL; i++)
    {
      XqJson json = xq_json_element (&list, i);

      xq_sample_reader_check (reader, &json, keys);
      for (guint k = 0; keys[k] != NULL; k++)
        g_free (xq_sample_reader_text (reader, &json, keys[k]));
    }
}

/* What follows from the scheme. */
static void
read_scheme (XqSampleReader *reader, XqSampleRecipe *recipe)
{
  if (reader->error != NULL)
    return;
  recipe->model = xq_scheme_load_builtin (recipe->scheme, &reader->error);
  if (recipe->model == NULL)
    return;
  recipe->basis = xq_scheme_get_founding_basis (recipe->model);
  for (guint i = 0; i < XQ_N_BODY_RULES; i++)
    recipe->required_bodies[i] = xq_scheme_get_required_body (recipe->model, (XqBodyRule)i);
}

static void
read_sample (XqSampleReader *reader, XqSampleRecipe *recipe, const char *id)
{
  static const char *const keys[] = { "id",
                                      "scheme",
                                      "name",
                                      "code",
                                      "source",
                                      "divisions",
                                      "open_period",
                                      "map",
                                      "redraw",
                                      "units",
                                      "own",
                                      "grouped",
                                      "contact",
                                      "joint_groups",
                                      "organisations",
                                      "property",
                                      "checked_in",
                                      "aged",
                                      "households",
                                      "buildings",
                                      "general_branch_members",
                                      "history",
                                      "survey",
                                      "profiles",
                                      "streets",
                                      "communities",
                                      "published_source",
                                      "published_figures",
                                      "published",
                                      "notes",
                                      "ledger",
                                      "planted",
                                      NULL };
  g_autofree char *file = g_strconcat (id, ".json", NULL);
  g_autofree char *open_period = NULL;
  XqJson root, json;

  recipe->node = xq_sample_reader_parse (reader, file, &root);
  open_period = xq_sample_reader_text (reader, &root, "open_period");

  xq_sample_reader_check (reader, &root, keys);
  recipe->id = xq_sample_reader_text (reader, &root, "id");
  recipe->scheme = xq_sample_reader_text (reader, &root, "scheme");
  recipe->name = xq_sample_reader_text (reader, &root, "name");
  recipe->code = xq_sample_reader_text (reader, &root, "code");
  recipe->source = xq_sample_reader_text (reader, &root, "source");
  recipe->published_source = xq_sample_reader_text (reader, &root, "published_source");
  if (reader->error == NULL)
    xq_period_parse (open_period, &recipe->open_period, &reader->error);
  read_profiles (reader, recipe, &root);
  read_division (reader, recipe, &root);
  read_streets (reader, recipe, &root);
  read_map (reader, recipe, &root);
  read_redraw (reader, recipe, &root);
  read_contacts (reader, recipe, &root);
  recipe->own = xq_sample_reader_int (reader, &root, "own", 0, recipe->units);
  recipe->grouped = xq_sample_reader_int_or (reader, &root, "grouped", 0, recipe->units, 0);
  recipe->joint_groups = xq_sample_reader_int_or (reader, &root, "joint_groups", 0, recipe->merged_units, 0);
  recipe->checked_in = xq_sample_reader_int_or (reader, &root, "checked_in", 1, MANY, 0);
  recipe->aged = xq_sample_reader_int_or (reader, &root, "aged", 1, recipe->units, 0);
  read_scheme (reader, recipe);
  read_organisations (reader, recipe, &root);
  read_property (reader, recipe, &root);
  recipe->ledger = xq_json_member (&root, "ledger");
  read_figures (reader, recipe, &root);
  read_planted (reader, &root);
  recipe->households = xq_sample_reader_int (reader, &root, "households", 1, MANY);
  recipe->buildings = xq_sample_reader_int (reader, &root, "buildings", 0, MANY);
  recipe->general_branch_members = xq_sample_reader_int (reader, &root, "general_branch_members", 1, MANY);
  read_history (reader, recipe, &root);
  json = xq_json_member (&root, "survey");
  recipe->answers = xq_sample_reader_range (reader, &json, "answers");
  recipe->small_samples = xq_sample_reader_int (reader, &json, "small_samples", 0, recipe->units);
  recipe->enough = xq_sample_reader_int (reader, &json, "enough", 1, 1000);
  read_published (reader, recipe, &root);
  if (reader->error != NULL)
    g_prefix_error (&reader->error, "%s: ", file);
}

/* Element clearing */

static void
street_clear (XqSampleStreet *street)
{
  g_free (street->code);
  g_free (street->name);
  g_free (street->stem);
}

static void
community_clear (XqSampleCommunity *community)
{
  g_free (community->code);
  g_free (community->name);
  g_free (community->official);
  g_free (community->stem);
}

static void
stage_clear (XqSampleStage *stage)
{
  g_free (stage->first_day);
  g_free (stage->last_day);
  g_free (stage->month);
}

static void
profile_clear (XqSampleProfile *profile)
{
  g_free (profile->id);
}

static void
dimension_clear (XqSampleDimension *dimension)
{
  g_free (dimension->name);
}

static void
figure_clear (XqSampleFigure *figure)
{
  g_free (figure->indicator);
  g_free (figure->as_of);
  g_free (figure->text);
}

static GArray *
new_array (gsize size, gpointer clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  g_array_set_clear_func (array, (GDestroyNotify)clear);
  return array;
}

XqSampleRecipe *
xq_sample_recipe_load (const char *id, GError **error)
{
  g_autoptr (XqSampleRecipe) recipe = g_new0 (XqSampleRecipe, 1);
  XqSampleReader reader = { 0 };

  g_return_val_if_fail (id != NULL, NULL);

  recipe->streets = new_array (sizeof (XqSampleStreet), street_clear);
  recipe->communities = new_array (sizeof (XqSampleCommunity), community_clear);
  recipe->stages = new_array (sizeof (XqSampleStage), stage_clear);
  recipe->profiles = new_array (sizeof (XqSampleProfile), profile_clear);
  recipe->figures = new_array (sizeof (XqSampleFigure), figure_clear);
  recipe->dimensions = new_array (sizeof (XqSampleDimension), dimension_clear);
  recipe->published = g_ptr_array_new_with_free_func ((GDestroyNotify)published_free);
  recipe->notes = g_ptr_array_new_with_free_func ((GDestroyNotify)note_free);
  recipe->note_units = g_ptr_array_new_with_free_func (g_free);
  recipe->pools = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);

  xq_sample_reader_read_common (&reader, recipe);
  read_sample (&reader, recipe, id);
  if (reader.error != NULL)
    {
      g_propagate_error (error, reader.error);
      return NULL;
    }
  return g_steal_pointer (&recipe);
}

void
xq_sample_recipe_free (XqSampleRecipe *recipe)
{
  if (recipe == NULL)
    return;
  g_array_unref (recipe->streets);
  g_array_unref (recipe->communities);
  g_array_unref (recipe->stages);
  g_array_unref (recipe->profiles);
  g_array_unref (recipe->dimensions);
  g_array_unref (recipe->figures);
  g_ptr_array_unref (recipe->published);
  g_ptr_array_unref (recipe->notes);
  g_ptr_array_unref (recipe->note_units);
  g_hash_table_unref (recipe->pools);
  for (guint i = 0; i < XQ_SAMPLE_N_KINDS; i++)
    {
      XqSampleKind *kind = &recipe->kinds[i];

      g_free (kind->households.values);
      g_free (kind->part_households.values);
      g_free (kind->built.values);
      g_strfreev (kind->names);
    }
  g_strfreev (recipe->stem_suffixes);
  g_strfreev (recipe->residents_posts);
  g_strfreev (recipe->village_posts);
  g_strfreev (recipe->mass_names);
  g_strfreev (recipe->resident_names);
  g_strfreev (recipe->merged_suffixes);
  g_free (recipe->firm_format);
  g_free (recipe->survey_format);
  g_free (recipe->survey_method);
  g_free (recipe->overall_text);
  g_free (recipe->question_format);
  g_free (recipe->parts);
  g_free (recipe->redraw_day);
  g_free (recipe->decider);
  g_free (recipe->surveyed);
  g_free (recipe->decided);
  g_free (recipe->id);
  g_free (recipe->scheme);
  g_free (recipe->name);
  g_free (recipe->code);
  g_free (recipe->source);
  g_free (recipe->published_source);
  g_strfreev (recipe->big_committees);
  g_clear_pointer (&recipe->model, xq_scheme_unref);
  g_clear_pointer (&recipe->node, json_node_unref);
  g_free (recipe);
}
