/* What a field of a generated record comes to. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-sample-ledger.h"

#define MANY G_GINT64_CONSTANT (1000000000000)

gboolean
xq_sample_ledger_fail (XqSampleWriter *writer, const XqJson *json, const char *message)
{
  if (writer->error == NULL)
    xq_json_fail (json, &writer->error, "%s", message);
  return FALSE;
}

gboolean
xq_sample_ledger_read_range (XqSampleWriter *writer, const XqJson *json, gint64 *low, gint64 *high)
{
  guint n;

  if (json->node != NULL && !JSON_NODE_HOLDS_ARRAY (json->node))
    {
      if (!xq_json_get_int (json, 0, MANY, low, &writer->error))
        return FALSE;
      *high = *low;
      return TRUE;
    }
  if (!xq_json_check_array (json, &n, &writer->error))
    return FALSE;
  if (n == 2)
    {
      XqJson first = xq_json_element (json, 0), second = xq_json_element (json, 1);

      if (!xq_json_get_int (&first, 0, MANY, low, &writer->error) || !xq_json_get_int (&second, *low, MANY, high, &writer->error))
        return FALSE;
      return TRUE;
    }
  return xq_sample_ledger_fail (writer, json, _ ("must be a number or two of them"));
}

/* The field @name names: of the record at hand, "^" of the one it belongs to, "<" of the one before it. */
static gboolean
find_field (const XqSampleContext *context, const XqJson *json, const char *name, const XqRecord **record, int *field)
{
  *record = name[0] == '^' ? context->parent : name[0] == '<' ? context->before : context->record;
  if (name[0] == '^' || name[0] == '<')
    name++;
  if (*record == NULL)
    {
      *field = -1;
      return TRUE;
    }
  *field = xq_record_type_find (xq_record_get_type_of (*record), name);
  return *field >= 0 || xq_sample_ledger_fail (context->writer, json, _ ("there is no such field"));
}

static gboolean
set_day (const XqSampleContext *context, XqSampleDay day, XqSampleValue *value)
{
  char text[XQ_SAMPLE_DAY_LENGTH];

  if (day > context->writer->plan->last_day)
    return TRUE;
  value->kind = XQ_SAMPLE_TEXT;
  value->text = g_strdup (xq_sample_day_format (day, text));
  return TRUE;
}

static gboolean
reckon_day (const XqSampleContext *context, const XqJson *json, XqSampleValue *value)
{
  XqSampleDay days[2];
  guint n;

  if (!xq_json_check_array (json, &n, &context->writer->error))
    return FALSE;
  if (n != 2)
    return xq_sample_ledger_fail (context->writer, json, _ ("must be two days"));
  for (guint i = 0; i < 2; i++)
    {
      XqJson element = xq_json_element (json, i);
      const char *text;

      if (!xq_json_get_text (&element, FALSE, &text, &context->writer->error))
        return FALSE;
      days[i] = xq_sample_day_parse (text);
      if (days[i] == 0 || days[i] < days[0])
        return xq_sample_ledger_fail (context->writer, &element, _ ("is no day, or before the one before it"));
    }
  return set_day (context, xq_sample_random_range (context->random, days[0], days[1]), value);
}

static gboolean
reckon_after (const XqSampleContext *context, const XqJson *json, const XqJson *days, XqSampleValue *value)
{
  const char *name, *text;
  const XqRecord *record;
  gint64 low, high;
  int field;

  if (!xq_json_get_text (json, FALSE, &name, &context->writer->error)
      || !xq_sample_ledger_read_range (context->writer, days, &low, &high) || !find_field (context, json, name, &record, &field))
    return FALSE;
  text = field >= 0 ? xq_record_get_text (record, field) : NULL;
  /* The first of a chain has none before it: it counts from the record that the chain belongs to. */
  if (record == NULL || text == NULL)
    return TRUE;
  return set_day (context, xq_sample_day_parse (text) + xq_sample_random_range (context->random, low, high), value);
}

static gboolean
reckon_text (const XqSampleContext *context, const XqJson *json, XqSampleValue *value)
{
  g_autofree char *number = g_strdup_printf ("%03u", context->number);
  const char *pattern;
  GString *text;

  if (!xq_json_get_text (json, FALSE, &pattern, &context->writer->error))
    return FALSE;
  text = g_string_new (pattern);
  g_string_replace (text, "{n}", number, 0);
  g_string_replace (text, "{unit}", context->home->name, 0);
  g_string_replace (text, "{code}", context->home->code, 0);
  value->kind = XQ_SAMPLE_TEXT;
  value->text = g_string_free (text, FALSE);
  return TRUE;
}

static gboolean
reckon_share (const XqSampleContext *context, const XqJson *json, const XqJson *least_json, XqSampleValue *value)
{
  g_autofree gint64 *shares = g_new0 (gint64, context->n_rows);
  gint64 total, least = 0;

  if (!xq_json_get_int (json, 0, MANY, &total, &context->writer->error)
      || (xq_json_is_present (least_json) && !xq_json_get_int (least_json, 0, MANY, &least, &context->writer->error)))
    return FALSE;
  if (total < least * context->n_rows)
    return xq_sample_ledger_fail (context->writer, json, _ ("is less than the records need"));
  xq_sample_apportion (total - least * context->n_rows, context->weights, NULL, shares, context->n_rows);
  value->kind = XQ_SAMPLE_NUMBER;
  value->number = least + shares[context->row];
  return TRUE;
}

static gboolean
reckon_part (const XqSampleContext *context, const XqJson *json, const XqJson *permille, XqSampleValue *value)
{
  const char *name;
  const XqRecord *record = NULL;
  gint64 low, high, whole;
  int field = -1;

  if (!xq_json_get_text (json, FALSE, &name, &context->writer->error)
      || !xq_sample_ledger_read_range (context->writer, permille, &low, &high))
    return FALSE;
  if (g_str_equal (name, "home.households"))
    whole = context->home->households;
  else if (!find_field (context, json, name, &record, &field))
    return FALSE;
  else if (field < 0 || xq_record_is_null (record, field))
    return TRUE;
  else
    whole = xq_record_get_int (record, field);
  value->kind = XQ_SAMPLE_NUMBER;
  value->number = whole * xq_sample_random_range (context->random, low, high) / 1000;
  return TRUE;
}

static gboolean
reckon_home (const XqSampleContext *context, const XqJson *json, XqSampleValue *value)
{
  static const char *const names[] = { "unit", "organisation", "area", "body", "service", "groups", "households", NULL };
  const XqSampleHome *home = context->home;
  const XqSampleCompound *compound
      = home->compound != G_MAXUINT ? xq_sample_compound (context->writer->plan, home->compound) : NULL;
  int index;

  if (!xq_json_get_choice (json, names, &index, &context->writer->error))
    return FALSE;
  value->number
      = (const gint64[]){ home->unit,      home->organisation, home->area,
                          home->body,      home->service,      compound != NULL ? compound->n_groups + compound->grouped : 0,
                          home->households }[index];
  /* Nothing has the id 0. */
  if (value->number != 0 || index > 4)
    value->kind = XQ_SAMPLE_NUMBER;
  return TRUE;
}

static gboolean
reckon_reference (const XqSampleContext *context, const XqJson *json, const XqJson *near_json, XqSampleValue *value)
{
  gboolean near = FALSE;
  const char *type;
  GArray *made;
  guint n = 0, wanted;

  if (!xq_json_get_text (json, FALSE, &type, &context->writer->error)
      || (xq_json_is_present (near_json) && !xq_json_get_boolean (near_json, &near, &context->writer->error)))
    return FALSE;
  made = g_hash_table_lookup (context->made, type);
  if (made == NULL)
    return xq_sample_ledger_fail (context->writer, json, _ ("no rule before has made such records"));
  for (guint i = 0; near && i < made->len; i++)
    n += g_array_index (made, XqSampleMade, i).community == context->home->community;
  near = n > 0;
  wanted = xq_sample_random_range (context->random, 0, (near ? n : made->len) - 1);
  for (guint i = 0; i < made->len; i++)
    {
      const XqSampleMade *one = &g_array_index (made, XqSampleMade, i);

      if ((!near || one->community == context->home->community) && wanted-- == 0)
        value->number = one->id;
    }
  value->kind = XQ_SAMPLE_NUMBER;
  return TRUE;
}

static gboolean
reckon_pick (const XqSampleContext *context, const XqJson *json, const XqJson *weights_json, XqSampleValue *value)
{
  g_autofree int *weights = NULL;
  XqJson element;
  guint n, n_weights;

  if (!xq_json_check_array (json, &n, &context->writer->error))
    return FALSE;
  if (n == 0)
    return xq_sample_ledger_fail (context->writer, json, _ ("must not be empty"));
  weights = g_new0 (int, n);
  for (guint i = 0; i < n; i++)
    weights[i] = 1;
  if (xq_json_is_present (weights_json))
    {
      if (!xq_json_check_array (weights_json, &n_weights, &context->writer->error))
        return FALSE;
      for (guint i = 0; i < n && i < n_weights; i++)
        {
          gint64 weight;

          element = xq_json_element (weights_json, i);
          if (!xq_json_get_int (&element, 0, 1000000, &weight, &context->writer->error))
            return FALSE;
          weights[i] = (int)weight;
        }
    }
  element = xq_json_element (json, xq_sample_random_pick (context->random, weights, n));
  return xq_sample_value_reckon (context, &element, value);
}

static gboolean
reckon_period (const XqSampleContext *context, const XqJson *json, XqSampleValue *value)
{
  static const char *const days[] = { "last_day", "first_day", NULL };
  const XqSampleStage *stage = xq_sample_stage (context->writer->plan->recipe, context->stage);
  int index;

  if (!xq_json_get_choice (json, days, &index, &context->writer->error))
    return FALSE;
  value->kind = XQ_SAMPLE_TEXT;
  value->text = g_strdup (index == 0 ? stage->last_day : stage->first_day);
  return TRUE;
}

static gboolean
reckon_literal (const XqSampleContext *context, const XqJson *spec, XqSampleValue *value)
{
  GType type = spec->node != NULL && JSON_NODE_HOLDS_VALUE (spec->node) ? json_node_get_value_type (spec->node) : G_TYPE_NONE;

  if (type == G_TYPE_STRING)
    {
      value->kind = XQ_SAMPLE_TEXT;
      value->text = g_strdup (json_node_get_string (spec->node));
    }
  else if (type == G_TYPE_INT64 || type == G_TYPE_BOOLEAN)
    {
      value->kind = XQ_SAMPLE_NUMBER;
      value->number = type == G_TYPE_INT64 ? json_node_get_int (spec->node) : json_node_get_boolean (spec->node);
    }
  else if (spec->node == NULL || !JSON_NODE_HOLDS_NULL (spec->node))
    return xq_sample_ledger_fail (context->writer, spec, _ ("is no value"));
  return TRUE;
}

gboolean
xq_sample_value_reckon (const XqSampleContext *context, const XqJson *spec, XqSampleValue *value)
{
  static const char *const keys[] = { "range", "pick",     "weights", "day", "text", "share",  "least",  "after", "days",
                                      "of",    "permille", "home",    "ref", "near", "period", "chance", NULL };
  XqJson chance, member;
  gint64 low, high;

  *value = (XqSampleValue){ .kind = XQ_SAMPLE_NO_VALUE };
  if (spec->node == NULL || !JSON_NODE_HOLDS_OBJECT (spec->node))
    return reckon_literal (context, spec, value);
  if (!xq_json_check_object (spec, keys, &context->writer->error))
    return FALSE;
  chance = xq_json_member (spec, "chance");
  if (xq_json_is_present (&chance))
    {
      gint64 permille;

      if (!xq_json_get_int (&chance, 0, 1000, &permille, &context->writer->error))
        return FALSE;
      if (!xq_sample_random_chance (context->random, (int)permille))
        return TRUE;
    }
#define PRESENT(key) (member = xq_json_member (spec, key), xq_json_is_present (&member))
  if (PRESENT ("range"))
    {
      if (!xq_sample_ledger_read_range (context->writer, &member, &low, &high))
        return FALSE;
      value->kind = XQ_SAMPLE_NUMBER;
      value->number = xq_sample_random_range (context->random, low, high);
      return TRUE;
    }
#define WITH(key, other, function)                                                                                                 \
  if (PRESENT (key))                                                                                                               \
    {                                                                                                                              \
      XqJson more = xq_json_member (spec, other);                                                                                  \
                                                                                                                                   \
      return function (context, &member, &more, value);                                                                            \
    }
  WITH ("pick", "weights", reckon_pick)
  WITH ("share", "least", reckon_share)
  WITH ("after", "days", reckon_after)
  WITH ("of", "permille", reckon_part)
  WITH ("ref", "near", reckon_reference)
#undef WITH
  if (PRESENT ("day"))
    return reckon_day (context, &member, value);
  if (PRESENT ("text"))
    return reckon_text (context, &member, value);
  if (PRESENT ("home"))
    return reckon_home (context, &member, value);
  if (PRESENT ("period"))
    return reckon_period (context, &member, value);
#undef PRESENT
  return xq_sample_ledger_fail (context->writer, spec, _ ("says no value"));
}
