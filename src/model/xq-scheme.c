#include "xq-scheme.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-json.h"
#include "xq-model-resources.h"

#define RESOURCE_FOLDER "/org/xiaoqu/model/schemes/"
#define STANDARD "standard"

typedef struct
{
  int founding_members, joint_units, grace_days, minimum_sample, survey_months;
} Thresholds;

/* The keys of "thresholds" and what values make sense. */
static const struct
{
  const char *key;
  gint64 min, max;
  gsize offset;
} threshold_fields[] = {
  { "founding_members", 1, 100, G_STRUCT_OFFSET (Thresholds, founding_members) },
  { "joint_units", 2, 100, G_STRUCT_OFFSET (Thresholds, joint_units) },
  { "grace_days", 0, 3650, G_STRUCT_OFFSET (Thresholds, grace_days) },
  { "minimum_sample", 1, 100000, G_STRUCT_OFFSET (Thresholds, minimum_sample) },
  { "survey_months", 1, 120, G_STRUCT_OFFSET (Thresholds, survey_months) },
};

struct _XqScheme
{
  gatomicrefcount references;
  char *json;
  char *id, *name, *department;
  char *level_labels[XQ_N_LEVELS];
  const char *founding_basis;
  Thresholds thresholds;
  XqPeriodKind period_kind;
  char *kit_label;
  GArray *kit;            /* XqSchemeItem, owning its strings */
  GArray *checklists;     /* XqSchemeChecklist, owning its strings */
  GPtrArray *backgrounds; /* static nicks */
  gboolean has_plan;
  char *plan_label, *plan_indicator;
};

G_DEFINE_QUARK (xq - scheme - error - quark, xq_scheme_error)

static void
clear_item (gpointer data)
{
  XqSchemeItem *item = data;

  g_free ((char *)item->id);
  g_free ((char *)item->label);
}

static void
clear_checklist (gpointer data)
{
  XqSchemeChecklist *list = data;

  g_free ((char *)list->id);
  g_free ((char *)list->label);
  g_strfreev ((char **)list->items);
}

static XqScheme *
scheme_new (void)
{
  XqScheme *scheme = g_new0 (XqScheme, 1);

  g_atomic_ref_count_init (&scheme->references);
  scheme->kit = g_array_new (FALSE, TRUE, sizeof (XqSchemeItem));
  g_array_set_clear_func (scheme->kit, clear_item);
  scheme->checklists = g_array_new (FALSE, TRUE, sizeof (XqSchemeChecklist));
  g_array_set_clear_func (scheme->checklists, clear_checklist);
  scheme->backgrounds = g_ptr_array_new ();
  return scheme;
}

/* What a scheme does not say is as in the standard one; lists of its own (kit, checklists, plan) are not inherited. */
static void
take_defaults (XqScheme *scheme, const XqScheme *defaults)
{
  scheme->department = g_strdup (defaults->department);
  for (int i = 0; i < XQ_N_LEVELS; i++)
    scheme->level_labels[i] = g_strdup (defaults->level_labels[i]);
  scheme->founding_basis = defaults->founding_basis;
  scheme->thresholds = defaults->thresholds;
  scheme->period_kind = defaults->period_kind;
}

static void
set_text (char **target, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*target);
  *target = copy;
}

/* Ids are written in files, settings and columns: keep to lower case letters, digits, - and _. */
static gboolean
read_id (const XqJson *json, char **target, GError **error)
{
  const char *value;

  if (!xq_json_get_text (json, FALSE, &value, error))
    return FALSE;
  for (const char *p = value; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '-' && *p != '_')
      return xq_json_fail (json, error, _ ("may hold lower-case letters a–z, digits, - and _ only"));
  set_text (target, value);
  return TRUE;
}

static gboolean
read_text (const XqJson *json, char **target, GError **error)
{
  const char *value;

  if (!xq_json_get_text (json, FALSE, &value, error))
    return FALSE;
  set_text (target, value);
  return TRUE;
}

static gboolean
read_levels (XqScheme *scheme, const XqJson *json, GError **error)
{
  const char *keys[XQ_N_LEVELS + 1] = { NULL };

  for (int i = 0; i < XQ_N_LEVELS; i++)
    keys[i] = xq_level_to_nick ((XqLevel)i);
  if (!xq_json_check_object (json, keys, error))
    return FALSE;
  for (int i = 0; i < XQ_N_LEVELS; i++)
    {
      XqJson member = xq_json_member (json, keys[i]);

      if (xq_json_is_present (&member) && !read_text (&member, &scheme->level_labels[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_basis (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const bases[] = { XQ_MEASURE_RESIDENT_FULL, XQ_MEASURE_FORMAL_FULL, XQ_MEASURE_CHECKED_IN, NULL };
  int index;

  if (!xq_json_get_choice (json, bases, &index, error))
    return FALSE;
  scheme->founding_basis = bases[index];
  return TRUE;
}

static gboolean
read_thresholds (XqScheme *scheme, const XqJson *json, GError **error)
{
  const char *keys[G_N_ELEMENTS (threshold_fields) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (threshold_fields); i++)
    keys[i] = threshold_fields[i].key;
  if (!xq_json_check_object (json, keys, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (threshold_fields); i++)
    {
      XqJson member = xq_json_member (json, threshold_fields[i].key);
      gint64 value;

      if (!xq_json_is_present (&member))
        continue;
      if (!xq_json_get_int (&member, threshold_fields[i].min, threshold_fields[i].max, &value, error))
        return FALSE;
      G_STRUCT_MEMBER (int, &scheme->thresholds, threshold_fields[i].offset) = (int)value;
    }
  return TRUE;
}

static gboolean
read_period (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const kinds[] = { "month", "quarter", "half", "year", NULL };
  int index;

  if (!xq_json_get_choice (json, kinds, &index, error))
    return FALSE;
  scheme->period_kind = (XqPeriodKind)index;
  return TRUE;
}

static gboolean
read_kit (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "label", "items", NULL };
  static const char *const item_keys[] = { "id", "label", NULL };
  static const char *const ids[] = { "organisation", "body", "service", "mass", "resident", NULL };
  XqJson label, items;
  guint n;

  if (!xq_json_check_object (json, keys, error))
    return FALSE;
  label = xq_json_member (json, "label");
  items = xq_json_member (json, "items");
  if (!read_text (&label, &scheme->kit_label, error) || !xq_json_check_array (&items, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (&items, i), id, text;
      XqSchemeItem item;
      const char *value;
      int index;

      if (!xq_json_check_object (&element, item_keys, error))
        return FALSE;
      id = xq_json_member (&element, "id");
      text = xq_json_member (&element, "label");
      if (!xq_json_get_choice (&id, ids, &index, error) || !xq_json_get_text (&text, FALSE, &value, error))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (g_str_equal (g_array_index (scheme->kit, XqSchemeItem, j).id, ids[index]))
          return xq_json_fail (&id, error, _ ("“%s” stands in the list twice"), ids[index]);
      item = (XqSchemeItem){ .id = g_strdup (ids[index]), .label = g_strdup (value) };
      g_array_append_val (scheme->kit, item);
    }
  return TRUE;
}

static gboolean
read_checklist (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "id", "label", "items", NULL };
  XqJson id = xq_json_member (json, "id"), label = xq_json_member (json, "label"), items = xq_json_member (json, "items");
  g_autofree char *id_text = NULL;
  g_autofree char *label_text = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  XqSchemeChecklist list;
  guint n;

  if (!xq_json_check_object (json, keys, error) || !read_id (&id, &id_text, error) || !read_text (&label, &label_text, error)
      || !xq_json_check_array (&items, &n, error))
    return FALSE;
  for (guint i = 0; i < scheme->checklists->len; i++)
    if (g_str_equal (g_array_index (scheme->checklists, XqSchemeChecklist, i).id, id_text))
      return xq_json_fail (&id, error, _ ("“%s” stands in the list twice"), id_text);
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (&items, i);
      const char *text;

      /* Blank: left for the district to fill in. */
      if (!xq_json_get_text (&element, TRUE, &text, error))
        return FALSE;
      g_strv_builder_add (builder, text);
    }
  list = (XqSchemeChecklist){ .id = g_steal_pointer (&id_text),
                              .label = g_steal_pointer (&label_text),
                              .items = (const char *const *)g_strv_builder_end (builder) };
  g_array_append_val (scheme->checklists, list);
  return TRUE;
}

static gboolean
read_checklists (XqScheme *scheme, const XqJson *json, GError **error)
{
  guint n;

  if (!xq_json_check_array (json, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (json, i);

      if (!read_checklist (scheme, &element, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_backgrounds (XqScheme *scheme, const XqJson *json, GError **error)
{
  g_autoptr (GPtrArray) nicks = g_ptr_array_new ();
  guint n;

  for (guint i = 0; i < xq_enum_size (&XQ_ENUM_SECRETARY_BACKGROUND); i++)
    g_ptr_array_add (nicks, (char *)xq_enum_nick (&XQ_ENUM_SECRETARY_BACKGROUND, (int)i));
  g_ptr_array_add (nicks, NULL);
  if (!xq_json_check_array (json, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (json, i);
      int index;

      if (!xq_json_get_choice (&element, (const char *const *)nicks->pdata, &index, error))
        return FALSE;
      g_ptr_array_add (scheme->backgrounds, (char *)xq_enum_nick (&XQ_ENUM_SECRETARY_BACKGROUND, index));
    }
  return TRUE;
}

static gboolean
read_plan (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "label", "indicator", NULL };
  XqJson label = xq_json_member (json, "label"), indicator = xq_json_member (json, "indicator");

  if (!xq_json_check_object (json, keys, error) || !read_text (&label, &scheme->plan_label, error)
      || !read_id (&indicator, &scheme->plan_indicator, error))
    return FALSE;
  scheme->has_plan = TRUE;
  return TRUE;
}

/* The keys of a scheme. What the standard scheme must say and others may leave out is marked. */
static gboolean
read_department (XqScheme *scheme, const XqJson *json, GError **error)
{
  return read_text (json, &scheme->department, error);
}

static gboolean
read_scheme_id (XqScheme *scheme, const XqJson *json, GError **error)
{
  return read_id (json, &scheme->id, error);
}

static gboolean
read_name (XqScheme *scheme, const XqJson *json, GError **error)
{
  return read_text (json, &scheme->name, error);
}

static const struct
{
  const char *key;
  enum
  {
    ALWAYS,
    IN_STANDARD,
    OPTIONAL
  } needed;
  gboolean (*read) (XqScheme *, const XqJson *, GError **);
} scheme_keys[] = {
  { "id", ALWAYS, read_scheme_id },
  { "name", ALWAYS, read_name },
  { "department", IN_STANDARD, read_department },
  { "levels", IN_STANDARD, read_levels },
  { "founding_basis", IN_STANDARD, read_basis },
  { "thresholds", IN_STANDARD, read_thresholds },
  { "period", IN_STANDARD, read_period },
  { "kit", OPTIONAL, read_kit },
  { "checklists", OPTIONAL, read_checklists },
  { "secretary_backgrounds", OPTIONAL, read_backgrounds },
  { "plan", OPTIONAL, read_plan },
};

static XqScheme *
parse (const char *json, gssize length, const XqScheme *defaults, GError **error)
{
  g_autoptr (XqScheme) scheme = scheme_new ();
  g_autoptr (JsonNode) node = NULL;
  const char *keys[G_N_ELEMENTS (scheme_keys) + 1] = { NULL };
  XqJson root;

  node = xq_json_parse (json, length, XQ_SCHEME_ERROR, &root, error);
  if (node == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (scheme_keys); i++)
    keys[i] = scheme_keys[i].key;
  if (!xq_json_check_object (&root, keys, error))
    return NULL;
  if (defaults != NULL)
    take_defaults (scheme, defaults);
  for (guint i = 0; i < G_N_ELEMENTS (scheme_keys); i++)
    {
      XqJson member = xq_json_member (&root, scheme_keys[i].key);
      gboolean needed = scheme_keys[i].needed == ALWAYS || (scheme_keys[i].needed == IN_STANDARD && defaults == NULL);

      if ((needed || xq_json_is_present (&member)) && !scheme_keys[i].read (scheme, &member, error))
        return NULL;
    }
  /* A scheme that names no backgrounds knows them all. */
  if (scheme->backgrounds->len == 0)
    for (guint i = 0; i < xq_enum_size (&XQ_ENUM_SECRETARY_BACKGROUND); i++)
      g_ptr_array_add (scheme->backgrounds, (char *)xq_enum_nick (&XQ_ENUM_SECRETARY_BACKGROUND, (int)i));
  g_ptr_array_add (scheme->backgrounds, NULL);
  scheme->json = length < 0 ? g_strdup (json) : g_strndup (json, (gsize)length);
  return g_steal_pointer (&scheme);
}

static GBytes *
lookup (const char *id, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, id, ".json", NULL);
  GBytes *bytes = g_resource_lookup_data (xq_model_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    {
      g_auto (GStrv) ids = xq_scheme_list_builtin ();
      g_autofree char *known = g_strjoinv (", ", ids);

      g_set_error (error, XQ_SCHEME_ERROR, 0, _ ("there is no scheme called “%s”; there are %s"), id, known);
    }
  return bytes;
}

/* The standard scheme is part of the program: a test reads it. */
static const XqScheme *
get_standard (void)
{
  static gsize once;
  static XqScheme *standard;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = lookup (STANDARD, &error);

      if (bytes != NULL)
        standard = parse (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL, &error);
      if (standard == NULL)
        g_error ("the standard scheme: %s", error->message);
      g_once_init_leave (&once, 1);
    }
  return standard;
}

XqScheme *
xq_scheme_parse (const char *json, gssize length, GError **error)
{
  return parse (json, length, get_standard (), error);
}

XqScheme *
xq_scheme_load_builtin (const char *id, GError **error)
{
  g_autoptr (GBytes) bytes = lookup (id, error);

  if (bytes == NULL)
    return NULL;
  return xq_scheme_parse (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char **
xq_scheme_list_builtin (void)
{
  g_auto (GStrv) names
      = g_resource_enumerate_children (xq_model_get_resource (), RESOURCE_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_ptr_array_add (ids, g_strndup (names[i], strlen (names[i]) - strlen (".json")));
  g_ptr_array_sort (ids, compare_names);
  g_ptr_array_add (ids, NULL);
  return (char **)g_ptr_array_steal (ids, NULL);
}

XqScheme *
xq_scheme_ref (XqScheme *scheme)
{
  g_atomic_ref_count_inc (&scheme->references);
  return scheme;
}

void
xq_scheme_unref (XqScheme *scheme)
{
  if (!g_atomic_ref_count_dec (&scheme->references))
    return;
  g_free (scheme->json);
  g_free (scheme->id);
  g_free (scheme->name);
  g_free (scheme->department);
  for (int i = 0; i < XQ_N_LEVELS; i++)
    g_free (scheme->level_labels[i]);
  g_free (scheme->kit_label);
  g_array_unref (scheme->kit);
  g_array_unref (scheme->checklists);
  g_ptr_array_unref (scheme->backgrounds);
  g_free (scheme->plan_label);
  g_free (scheme->plan_indicator);
  g_free (scheme);
}

const char *
xq_scheme_get_id (const XqScheme *scheme)
{
  return scheme->id;
}

const char *
xq_scheme_get_name (const XqScheme *scheme)
{
  return scheme->name;
}

const char *
xq_scheme_get_json (const XqScheme *scheme)
{
  return scheme->json;
}

const char *
xq_scheme_get_department (const XqScheme *scheme)
{
  return scheme->department;
}

const char *
xq_scheme_get_level_label (const XqScheme *scheme, XqLevel level)
{
  g_return_val_if_fail (level >= 0 && level < XQ_N_LEVELS, NULL);
  return scheme->level_labels[level];
}

const char *
xq_scheme_get_founding_basis (const XqScheme *scheme)
{
  return scheme->founding_basis;
}

int
xq_scheme_get_founding_members (const XqScheme *scheme)
{
  return scheme->thresholds.founding_members;
}

int
xq_scheme_get_joint_units (const XqScheme *scheme)
{
  return scheme->thresholds.joint_units;
}

int
xq_scheme_get_grace_days (const XqScheme *scheme)
{
  return scheme->thresholds.grace_days;
}

int
xq_scheme_get_minimum_sample (const XqScheme *scheme)
{
  return scheme->thresholds.minimum_sample;
}

int
xq_scheme_get_survey_months (const XqScheme *scheme)
{
  return scheme->thresholds.survey_months;
}

XqPeriodKind
xq_scheme_get_period_kind (const XqScheme *scheme)
{
  return scheme->period_kind;
}

const char *
xq_scheme_get_kit_label (const XqScheme *scheme)
{
  return scheme->kit_label;
}

const XqSchemeItem *
xq_scheme_get_kit (const XqScheme *scheme, guint *n_items)
{
  *n_items = scheme->kit->len;
  return (const XqSchemeItem *)(gconstpointer)scheme->kit->data;
}

gboolean
xq_scheme_has_plan (const XqScheme *scheme)
{
  return scheme->has_plan;
}

const char *
xq_scheme_get_plan_label (const XqScheme *scheme)
{
  return scheme->plan_label;
}

const char *
xq_scheme_get_plan_indicator (const XqScheme *scheme)
{
  return scheme->plan_indicator;
}

const XqSchemeChecklist *
xq_scheme_get_checklists (const XqScheme *scheme, guint *n_checklists)
{
  *n_checklists = scheme->checklists->len;
  return (const XqSchemeChecklist *)(gconstpointer)scheme->checklists->data;
}

const char *const *
xq_scheme_get_secretary_backgrounds (const XqScheme *scheme)
{
  return (const char *const *)scheme->backgrounds->pdata;
}
