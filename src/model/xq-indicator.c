#include "xq-indicator-private.h"

#include <gio/gio.h>
#include <string.h>

#include "xq-json.h"
#include "xq-locale.h"
#include "xq-model-resources.h"
#include "xq-scheme.h"
#include "xq-statistics.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (xq - indicator - error - quark, xq_indicator_error)

void
xq_indicator_free (gpointer data)
{
  XqIndicator *indicator = data;

  g_free (indicator->id);
  g_free (indicator->label_zh);
  g_free (indicator->label_en);
  g_free (indicator->short_zh);
  g_free (indicator->measure_zh);
  g_free (indicator->measure_en);
  g_free (indicator->numerator);
  g_free (indicator->denominator);
  g_free (indicator->definition_zh);
  g_free (indicator->definition_en);
  g_free (indicator->source);
  g_free (indicator->needs_checklist);
  g_free (indicator);
}

/* {"zh": …, "en": …} */
static gboolean
read_pair (const XqJson *json, char **zh, char **en, GError **error)
{
  static const char *const keys[] = { "zh", "en", NULL };
  XqJson member;
  const char *text;

  if (!xq_json_check_object (json, keys, error))
    return FALSE;
  member = xq_json_member (json, "zh");
  if (!xq_json_get_text (&member, FALSE, &text, error))
    return FALSE;
  *zh = g_strdup (text);
  member = xq_json_member (json, "en");
  if (!xq_json_get_text (&member, FALSE, &text, error))
    return FALSE;
  *en = g_strdup (text);
  return TRUE;
}

static gboolean
read_string (const XqJson *json, char **target, GError **error)
{
  const char *text;

  if (!xq_json_get_text (json, FALSE, &text, error))
    return FALSE;
  *target = g_strdup (text);
  return TRUE;
}

/* A mechanism's word, or nothing: −1. */
static gboolean
read_mechanism (const XqJson *json, int *mechanism, GError **error)
{
  const char *text;

  *mechanism = -1;
  if (!xq_json_is_present (json))
    return TRUE;
  if (!xq_json_get_text (json, FALSE, &text, error))
    return FALSE;
  for (int i = 0; i < XQ_N_MECHANISMS; i++)
    if (strcmp (xq_mechanism_to_nick ((XqMechanism)i), text) == 0)
      *mechanism = i;
  if (*mechanism < 0)
    return xq_json_fail (json, error, _ ("there is no mechanism “%s”"), text);
  return TRUE;
}

static XqIndicator *
read_indicator (const XqJson *json, GError **error)
{
  static const char *const keys[]
      = { "id",         "label",  "short",      "kind",      "direction",       "measure",         "numerator", "denominator",
          "definition", "source", "needs_plan", "needs_kit", "needs_mechanism", "needs_checklist", NULL };
  static const char *const kinds[] = { "count", "rate", "satisfaction", NULL };
  static const char *const directions[] = { "neutral", "up", "down", NULL };
  XqIndicator *indicator = g_new0 (XqIndicator, 1);
  XqJson id = xq_json_member (json, "id"), label = xq_json_member (json, "label"), brief = xq_json_member (json, "short"),
         kind = xq_json_member (json, "kind"), direction = xq_json_member (json, "direction"),
         measure = xq_json_member (json, "measure"), numerator = xq_json_member (json, "numerator"),
         denominator = xq_json_member (json, "denominator"), definition = xq_json_member (json, "definition"),
         source = xq_json_member (json, "source"), plan = xq_json_member (json, "needs_plan"),
         kit = xq_json_member (json, "needs_kit"), mechanism = xq_json_member (json, "needs_mechanism"),
         checklist = xq_json_member (json, "needs_checklist");
  int index = 0;

  if (!xq_json_check_object (json, keys, error) || !read_string (&id, &indicator->id, error)
      || !read_pair (&label, &indicator->label_zh, &indicator->label_en, error)
      || !read_string (&brief, &indicator->short_zh, error) || !xq_json_get_choice (&kind, kinds, &index, error))
    goto failed;
  indicator->kind = (XqIndicatorKind)index;
  if (!xq_json_get_choice (&direction, directions, &index, error)
      || !read_pair (&measure, &indicator->measure_zh, &indicator->measure_en, error)
      || !read_string (&numerator, &indicator->numerator, error)
      || !read_pair (&definition, &indicator->definition_zh, &indicator->definition_en, error)
      || !read_string (&source, &indicator->source, error))
    goto failed;
  indicator->direction = (XqDirection)index;
  if (indicator->kind == XQ_INDICATOR_COUNT)
    {
      if (xq_json_is_present (&denominator))
        {
          xq_json_fail (&denominator, error, _ ("a count has no denominator"));
          goto failed;
        }
    }
  else if (!read_string (&denominator, &indicator->denominator, error))
    goto failed;
  if ((xq_json_is_present (&plan) && !xq_json_get_boolean (&plan, &indicator->needs_plan, error))
      || (xq_json_is_present (&kit) && !xq_json_get_boolean (&kit, &indicator->needs_kit, error))
      || !read_mechanism (&mechanism, &indicator->needs_mechanism, error)
      || (xq_json_is_present (&checklist) && !read_string (&checklist, &indicator->needs_checklist, error)))
    goto failed;
  return indicator;

failed:
  xq_indicator_free (indicator);
  return NULL;
}

XqIndicatorSet *
xq_indicator_set_parse (const char *json, gssize length, GError **error)
{
  static const char *const keys[] = { "indicators", NULL };
  g_autoptr (XqIndicatorSet) set = g_new0 (XqIndicatorSet, 1);
  g_autoptr (JsonNode) node = NULL;
  XqJson root, list;
  guint n;

  g_atomic_ref_count_init (&set->references);
  set->indicators = g_ptr_array_new_with_free_func (xq_indicator_free);
  set->by_id = g_hash_table_new (g_str_hash, g_str_equal);

  node = xq_json_parse (json, length, XQ_INDICATOR_ERROR, &root, error);
  if (node == NULL || !xq_json_check_object (&root, keys, error))
    return NULL;
  list = xq_json_member (&root, "indicators");
  if (!xq_json_check_array (&list, &n, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (&list, i);
      XqIndicator *indicator = read_indicator (&element, error);

      if (indicator == NULL)
        return NULL;
      g_ptr_array_add (set->indicators, indicator);
      if (!g_hash_table_insert (set->by_id, indicator->id, indicator))
        {
          xq_json_fail (&element, error, _ ("“%s” stands in the list twice"), indicator->id);
          return NULL;
        }
    }
  return g_steal_pointer (&set);
}

XqIndicatorSet *
xq_indicator_set_get_builtin (void)
{
  static gsize once;
  static XqIndicatorSet *builtin;

  if (g_once_init_enter (&once))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_resource_lookup_data (xq_model_get_resource (), "/org/xiaoqu/model/indicators.json",
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

      if (bytes != NULL)
        builtin = xq_indicator_set_parse (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), &error);
      if (builtin == NULL)
        g_error ("the list of indicators: %s", error->message);
      g_once_init_leave (&once, 1);
    }
  return builtin;
}

XqIndicatorSet *
xq_indicator_set_ref (XqIndicatorSet *set)
{
  g_atomic_ref_count_inc (&set->references);
  return set;
}

void
xq_indicator_set_unref (XqIndicatorSet *set)
{
  if (!g_atomic_ref_count_dec (&set->references))
    return;
  g_hash_table_unref (set->by_id);
  g_ptr_array_unref (set->indicators);
  g_free (set);
}

guint
xq_indicator_set_get_size (const XqIndicatorSet *set)
{
  return set->indicators->len;
}

const XqIndicator *
xq_indicator_set_get (const XqIndicatorSet *set, guint index)
{
  g_return_val_if_fail (index < set->indicators->len, NULL);
  return g_ptr_array_index (set->indicators, index);
}

const XqIndicator *
xq_indicator_set_find (const XqIndicatorSet *set, const char *id)
{
  return id != NULL ? g_hash_table_lookup (set->by_id, id) : NULL;
}

gboolean
xq_indicator_applies (const XqIndicator *indicator, const XqScheme *scheme)
{
  guint n_items;

  xq_scheme_get_kit (scheme, &n_items);
  return (!indicator->needs_plan || xq_scheme_has_plan (scheme)) && (!indicator->needs_kit || n_items > 0)
         && (indicator->needs_mechanism < 0 || xq_scheme_has_mechanism (scheme, (XqMechanism)indicator->needs_mechanism))
         && (indicator->needs_checklist == NULL || xq_scheme_find_checklist (scheme, indicator->needs_checklist) != NULL);
}

const char *
xq_indicator_get_label (const XqIndicator *indicator)
{
  return xq_locale_is_chinese () ? indicator->label_zh : indicator->label_en;
}

const char *
xq_indicator_get_short_label (const XqIndicator *indicator)
{
  return xq_locale_is_chinese () ? indicator->short_zh : indicator->label_en;
}

const char *
xq_indicator_get_measure (const XqIndicator *indicator)
{
  return xq_locale_is_chinese () ? indicator->measure_zh : indicator->measure_en;
}

const char *
xq_indicator_get_definition (const XqIndicator *indicator)
{
  return xq_locale_is_chinese () ? indicator->definition_zh : indicator->definition_en;
}

void
xq_figure_set (XqFigure *figure, const XqIndicator *indicator, gint64 numerator, gint64 denominator, int minimum_sample)
{
  gboolean generated = figure->generated;

  *figure = (XqFigure){ .numerator = numerator, .generated = generated };
  if (indicator->kind == XQ_INDICATOR_COUNT)
    {
      figure->has_value = TRUE;
      figure->value = (double)numerator;
      return;
    }
  figure->denominator = denominator;
  if (denominator <= 0)
    return;
  if (indicator->kind == XQ_INDICATOR_SATISFACTION)
    {
      if (denominator < minimum_sample)
        {
          figure->suppressed = TRUE;
          return;
        }
      xq_wilson_interval (numerator, denominator, &figure->low, &figure->high);
    }
  figure->has_value = TRUE;
  figure->value = (double)numerator / (double)denominator;
}

char *
xq_figure_format (const XqFigure *figure, const XqIndicator *indicator)
{
  if (!figure->has_value)
    return g_strdup ("—");
  if (indicator->kind == XQ_INDICATOR_COUNT)
    return xq_format_count (figure->numerator);
  return xq_format_share (figure->value);
}
