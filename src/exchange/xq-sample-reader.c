#include "xq-sample-reader.h"

#include <glib/gi18n-lib.h>

#include "xq-sample-resources.h"

#define RESOURCE_PATH "/org/xiaoqu/samples/"
#define WEIGHT_MAX 1000000

GBytes *
xq_sample_reader_load (XqSampleReader *reader, const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_PATH, name, NULL);

  if (reader->error != NULL)
    return g_bytes_new_static ("", 0);
  GBytes *bytes = g_resource_lookup_data (xq_sample_data_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, &reader->error);
  return bytes != NULL ? bytes : g_bytes_new_static ("", 0);
}

JsonNode *
xq_sample_reader_parse (XqSampleReader *reader, const char *name, XqJson *root)
{
  g_autoptr (GBytes) bytes = xq_sample_reader_load (reader, name);
  JsonNode *node = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  *root = (XqJson){ .path = "$", .domain = XQ_SAMPLE_ERROR };
  if (reader->error == NULL)
    node = xq_json_parse (text, length, XQ_SAMPLE_ERROR, root, &reader->error);
  if (reader->error != NULL)
    g_prefix_error (&reader->error, "%s: ", name);
  return node;
}

gint64
xq_sample_reader_int (XqSampleReader *reader, const XqJson *json, const char *key, gint64 low, gint64 high)
{
  XqJson member = xq_json_member (json, key);
  gint64 value = low;

  if (reader->error == NULL)
    xq_json_get_int (&member, low, high, &value, &reader->error);
  return value;
}

gint64
xq_sample_reader_int_or (XqSampleReader *reader, const XqJson *json, const char *key, gint64 low, gint64 high, gint64 fallback)
{
  XqJson member = xq_json_member (json, key);

  return xq_json_is_present (&member) ? xq_sample_reader_int (reader, json, key, low, high) : fallback;
}

gboolean
xq_sample_reader_flag (XqSampleReader *reader, const XqJson *json, const char *key, gboolean fallback)
{
  XqJson member = xq_json_member (json, key);
  gboolean value = fallback;

  if (reader->error == NULL && xq_json_is_present (&member))
    xq_json_get_boolean (&member, &value, &reader->error);
  return value;
}

char *
xq_sample_reader_text (XqSampleReader *reader, const XqJson *json, const char *key)
{
  XqJson member = xq_json_member (json, key);
  const char *value = "";

  if (reader->error == NULL && !xq_json_get_text (&member, FALSE, &value, &reader->error))
    value = "";
  return g_strdup (value);
}

char *
xq_sample_reader_text_or_null (XqSampleReader *reader, const XqJson *json, const char *key)
{
  XqJson member = xq_json_member (json, key);

  return xq_json_is_present (&member) ? xq_sample_reader_text (reader, json, key) : NULL;
}

int
xq_sample_reader_choice (XqSampleReader *reader, const XqJson *json, const char *key, const XqEnum *values)
{
  XqJson member = xq_json_member (json, key);
  const char *nick;
  int index = -1;

  if (reader->error != NULL || !xq_json_is_present (&member) || !xq_json_get_text (&member, FALSE, &nick, &reader->error))
    return -1;
  index = xq_enum_index (values, nick);
  if (index < 0)
    xq_json_fail (&member, &reader->error, _ ("“%s” is no value of “%s”"), nick, values->name);
  return index;
}

/* The whole numbers at @key. */
static int *
read_ints (XqSampleReader *reader, const XqJson *json, const char *key, guint *n)
{
  XqJson list;
  int *values;

  *n = xq_sample_reader_list (reader, json, key, &list);
  values = g_new0 (int, MAX (*n, 1));
  for (guint i = 0; i < *n && reader->error == NULL; i++)
    {
      XqJson element = xq_json_element (&list, i);
      gint64 value = 0;

      xq_json_get_int (&element, 0, WEIGHT_MAX, &value, &reader->error);
      values[i] = value;
    }
  return values;
}

XqSampleRange
xq_sample_reader_range (XqSampleReader *reader, const XqJson *json, const char *key)
{
  guint n;
  g_autofree int *values = read_ints (reader, json, key, &n);

  if (reader->error == NULL && (n != 2 || values[0] > values[1]))
    xq_sample_reader_fail (reader, json, key, _ ("must be two whole numbers, the lower first"));
  return n == 2 ? (XqSampleRange){ values[0], values[1] } : (XqSampleRange){ 0, 0 };
}

XqSampleQuantiles
xq_sample_reader_quantiles (XqSampleReader *reader, const XqJson *json, const char *key)
{
  XqSampleQuantiles quantiles = { 0 };

  quantiles.values = read_ints (reader, json, key, &quantiles.n);
  if (reader->error == NULL && quantiles.n < 2)
    xq_sample_reader_fail (reader, json, key, _ ("must be at least two whole numbers"));
  for (guint i = 1; i < quantiles.n && reader->error == NULL; i++)
    if (quantiles.values[i] < quantiles.values[i - 1])
      xq_sample_reader_fail (reader, json, key, _ ("must not fall"));
  return quantiles;
}

/* Refuses weights that are all 0. */
static void
check_weights (XqSampleReader *reader, const XqJson *json, const char *key, const int *weights, guint n)
{
  gint64 sum = 0;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  if (reader->error == NULL && sum == 0)
    xq_sample_reader_fail (reader, json, key, _ ("must not be all 0"));
}

void
xq_sample_reader_weights (XqSampleReader *reader, const XqJson *json, const char *key, int *weights, guint n)
{
  guint n_found;
  g_autofree int *values = read_ints (reader, json, key, &n_found);

  if (reader->error == NULL && n_found != n)
    xq_sample_reader_fail (reader, json, key, _ ("has the wrong number of elements"));
  for (guint i = 0; i < n; i++)
    weights[i] = i < n_found ? values[i] : 0;
  check_weights (reader, json, key, weights, n);
}

void
xq_sample_reader_weights_by (XqSampleReader *reader, const XqJson *json, const char *key, const XqEnum *values, int *weights)
{
  XqJson object = xq_json_member (json, key);
  guint n = xq_enum_size (values);
  g_autofree const char **nicks = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    nicks[i] = xq_enum_nick (values, i);
  xq_sample_reader_check (reader, &object, nicks);
  for (guint i = 0; i < n; i++)
    weights[i] = xq_sample_reader_int_or (reader, &object, nicks[i], 0, WEIGHT_MAX, 0);
  check_weights (reader, json, key, weights, n);
}

char **
xq_sample_reader_strings (XqSampleReader *reader, const XqJson *json, const char *key)
{
  XqJson list;
  guint n = xq_sample_reader_list (reader, json, key, &list);
  GStrvBuilder *builder = g_strv_builder_new ();
  char **strings;

  for (guint i = 0; i < n && reader->error == NULL; i++)
    {
      XqJson element = xq_json_element (&list, i);
      const char *text;

      if (xq_json_get_text (&element, FALSE, &text, &reader->error))
        g_strv_builder_add (builder, text);
    }
  strings = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  if (reader->error == NULL && n == 0)
    xq_sample_reader_fail (reader, json, key, _ ("must not be empty"));
  return strings;
}

guint
xq_sample_reader_list (XqSampleReader *reader, const XqJson *json, const char *key, XqJson *list)
{
  guint n = 0;

  *list = xq_json_member (json, key);
  if (reader->error != NULL || !xq_json_check_array (list, &n, &reader->error))
    return 0;
  return n;
}

void
xq_sample_reader_check (XqSampleReader *reader, const XqJson *json, const char *const *keys)
{
  if (reader->error == NULL)
    xq_json_check_object (json, keys, &reader->error);
}

void
xq_sample_reader_fail (XqSampleReader *reader, const XqJson *json, const char *key, const char *message)
{
  XqJson member = xq_json_member (json, key);

  if (reader->error == NULL)
    xq_json_fail (&member, &reader->error, "%s", message);
}
