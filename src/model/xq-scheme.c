#include "xq-scheme.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-model-resources.h"
#include "xq-scheme-private.h"

#define RESOURCE_FOLDER "/org/xiaoqu/model/schemes/"
#define STANDARD "standard"

G_DEFINE_QUARK (xq - scheme - error - quark, xq_scheme_error)

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
const XqScheme *
xq_scheme_get_standard (void)
{
  static gsize once;
  static XqScheme *standard;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = lookup (STANDARD, &error);

      if (bytes != NULL)
        standard = xq_scheme_parse_with_defaults (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL, &error);
      if (standard == NULL)
        g_error ("the standard scheme: %s", error->message);
      g_once_init_leave (&once, 1);
    }
  return standard;
}

XqScheme *
xq_scheme_parse (const char *json, gssize length, GError **error)
{
  return xq_scheme_parse_with_defaults (json, length, xq_scheme_get_standard (), error);
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
  g_array_unref (scheme->kit);
  g_array_unref (scheme->checklists);
  g_ptr_array_unref (scheme->backgrounds);
  g_array_unref (scheme->targets);
  for (guint i = 0; i < XQ_SCHEME_N_LISTS; i++)
    g_array_unref (scheme->lists[i]);
  g_array_unref (scheme->posts);
  g_array_unref (scheme->organisations);
  g_array_unref (scheme->grids);
  g_array_unref (scheme->ticket_levels);
  g_array_unref (scheme->topics);
  g_array_unref (scheme->holidays);
  g_clear_pointer (&scheme->calendar, xq_work_calendar_free);
  g_string_chunk_free (scheme->strings);
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
xq_scheme_get_threshold (const XqScheme *scheme, XqThreshold threshold)
{
  g_return_val_if_fail (threshold < XQ_N_THRESHOLDS, 0);
  return scheme->thresholds[threshold];
}

int
xq_scheme_get_founding_members (const XqScheme *scheme)
{
  return scheme->thresholds[XQ_THRESHOLD_FOUNDING_MEMBERS];
}

int
xq_scheme_get_joint_units (const XqScheme *scheme)
{
  return scheme->thresholds[XQ_THRESHOLD_JOINT_UNITS];
}

int
xq_scheme_get_grace_days (const XqScheme *scheme)
{
  return scheme->thresholds[XQ_THRESHOLD_GRACE_DAYS];
}

int
xq_scheme_get_minimum_sample (const XqScheme *scheme)
{
  return scheme->thresholds[XQ_THRESHOLD_MINIMUM_SAMPLE];
}

int
xq_scheme_get_survey_months (const XqScheme *scheme)
{
  return scheme->thresholds[XQ_THRESHOLD_SURVEY_MONTHS];
}

XqPeriodKind
xq_scheme_get_period_kind (const XqScheme *scheme)
{
  return scheme->period_kind;
}

gboolean
xq_scheme_has_mechanism (const XqScheme *scheme, XqMechanism mechanism)
{
  g_return_val_if_fail (mechanism < XQ_N_MECHANISMS, FALSE);
  return (scheme->mechanisms >> mechanism) & 1;
}

const char *
xq_scheme_get_kit_label (const XqScheme *scheme)
{
  return scheme->kit_label;
}

gboolean
xq_scheme_has_plan (const XqScheme *scheme)
{
  return scheme->plan_indicator != NULL;
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

const char *const *
xq_scheme_get_secretary_backgrounds (const XqScheme *scheme)
{
  return (const char *const *)scheme->backgrounds->pdata;
}

const char *
xq_scheme_get_required_body (const XqScheme *scheme, XqBodyRule rule)
{
  g_return_val_if_fail (rule < XQ_N_BODY_RULES, NULL);
  return scheme->bodies[rule];
}

/* Lists. */

static gconstpointer
elements (const GArray *array, guint *n)
{
  *n = array->len;
  return array->data;
}

const XqSchemeItem *
xq_scheme_get_kit (const XqScheme *scheme, guint *n_items)
{
  return elements (scheme->kit, n_items);
}

const XqSchemeTarget *
xq_scheme_get_plan_targets (const XqScheme *scheme, guint *n_targets)
{
  return elements (scheme->targets, n_targets);
}

const XqSchemeChecklist *
xq_scheme_get_checklists (const XqScheme *scheme, guint *n_checklists)
{
  return elements (scheme->checklists, n_checklists);
}

const XqSchemeItem *
xq_scheme_get_list (const XqScheme *scheme, XqSchemeList list, guint *n_items)
{
  g_return_val_if_fail (list < XQ_SCHEME_N_LISTS, NULL);
  return elements (scheme->lists[list], n_items);
}

const XqSchemePost *
xq_scheme_get_posts (const XqScheme *scheme, guint *n_posts)
{
  return elements (scheme->posts, n_posts);
}

const XqSchemeOrganisation *
xq_scheme_get_organisations (const XqScheme *scheme, guint *n_organisations)
{
  return elements (scheme->organisations, n_organisations);
}

gboolean
xq_scheme_is_functional (const XqScheme *scheme)
{
  guint n = 0, functional = 0;

  for (guint i = 0; i < scheme->organisations->len; i++)
    {
      const XqSchemeOrganisation *step = &g_array_index (scheme->organisations, XqSchemeOrganisation, i);

      n += step->level == XQ_LEVEL_COMPOUND;
      functional += step->level == XQ_LEVEL_COMPOUND && step->functional;
    }
  return n > 0 && functional == n;
}

gboolean
xq_scheme_has_compound_organisation (const XqScheme *scheme, const char *kind)
{
  for (guint i = 0; i < scheme->organisations->len; i++)
    {
      const XqSchemeOrganisation *step = &g_array_index (scheme->organisations, XqSchemeOrganisation, i);

      if (step->level == XQ_LEVEL_COMPOUND && g_str_equal (step->kind, kind))
        return TRUE;
    }
  return FALSE;
}

const XqSchemeGrid *
xq_scheme_get_grids (const XqScheme *scheme, guint *n_grids)
{
  return elements (scheme->grids, n_grids);
}

const XqSchemeTicketLevel *
xq_scheme_get_ticket_levels (const XqScheme *scheme, guint *n_levels)
{
  return elements (scheme->ticket_levels, n_levels);
}

const XqSchemeTopic *
xq_scheme_get_topics (const XqScheme *scheme, guint *n_topics)
{
  return elements (scheme->topics, n_topics);
}

const XqSchemeYear *
xq_scheme_get_holidays (const XqScheme *scheme, guint *n_years)
{
  return elements (scheme->holidays, n_years);
}

gboolean
xq_scheme_has_holidays (const XqScheme *scheme, int year)
{
  for (guint i = 0; i < scheme->holidays->len; i++)
    if (g_array_index (scheme->holidays, XqSchemeYear, i).year == year)
      return TRUE;
  return FALSE;
}

const XqWorkCalendar *
xq_scheme_get_work_calendar (const XqScheme *scheme)
{
  return scheme->calendar;
}

/* The element of @array, a struct of @size that begins with its id, or %NULL. */
static gconstpointer
find (const GArray *array, const char *id)
{
  gsize size = g_array_get_element_size ((GArray *)array);

  for (guint i = 0; id != NULL && i < array->len; i++)
    {
      const char *element = array->data + i * size;

      if (g_str_equal (*(const char *const *)(gconstpointer)element, id))
        return element;
    }
  return NULL;
}

const XqSchemeChecklist *
xq_scheme_find_checklist (const XqScheme *scheme, const char *id)
{
  return find (scheme->checklists, id);
}

const XqSchemePost *
xq_scheme_find_post (const XqScheme *scheme, const char *id)
{
  return find (scheme->posts, id);
}

const XqSchemeTicketLevel *
xq_scheme_find_ticket_level (const XqScheme *scheme, const char *id)
{
  return find (scheme->ticket_levels, id);
}

const char *
xq_scheme_get_list_label (const XqScheme *scheme, XqSchemeList list, const char *id)
{
  const XqSchemeItem *item;

  g_return_val_if_fail (list < XQ_SCHEME_N_LISTS, NULL);
  item = find (scheme->lists[list], id);
  return item != NULL ? item->label : id != NULL ? id : "";
}
