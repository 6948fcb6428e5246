#include "xq-form.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "xq-exchange-resources.h"
#include "xq-json.h"

#define FOLDER "/org/xiaoqu/exchange/forms/"

static const char *const builtin_ids[] = { "coverage", "satisfaction" };

static XqForm *builtin[G_N_ELEMENTS (builtin_ids)];
static XqReportInfo infos[G_N_ELEMENTS (builtin_ids) + 1];
static GHashTable *words; /* char * → char * */

static GBytes *
load_resource (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, ".json", NULL);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_resource_lookup_data (xq_exchange_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (bytes == NULL)
    g_error ("%s is not among the resources: %s", path, error->message);
  return bytes;
}

static XqForm *
load_builtin (const char *id)
{
  g_autoptr (GBytes) bytes = load_resource (id);
  g_autoptr (GError) error = NULL;
  XqForm *form = xq_form_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);

  if (form == NULL)
    g_error ("forms/%s.json: %s", id, error->message);
  return form;
}

/* The forms and words that come with the program are part of it: what is wrong in them is found by the tests. */
static void
load_all (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (builtin_ids); i++)
    {
      builtin[i] = load_builtin (builtin_ids[i]);
      infos[i] = (XqReportInfo){ builtin[i]->id, builtin[i]->title, builtin[i]->short_title, builtin[i]->description };
    }
  g_once_init_leave (&once, 1);
}

static GHashTable *
read_words (void)
{
  g_autoptr (GBytes) bytes = load_resource ("words");
  g_autoptr (GError) error = NULL;
  g_autoptr (GList) keys = NULL;
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  XqJson root;
  g_autoptr (JsonNode) node
      = xq_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), XQ_REPORT_ERROR, &root, &error);

  if (node == NULL)
    g_error ("forms/words.json: %s", error->message);
  keys = json_object_get_members (json_node_get_object (node));
  for (GList *l = keys; l != NULL; l = l->next)
    {
      XqJson member = xq_json_member (&root, l->data);
      const char *text;

      if (!xq_json_get_text (&member, FALSE, &text, &error))
        g_error ("forms/words.json: %s", error->message);
      g_hash_table_insert (table, g_strdup (l->data), g_strdup (text));
    }
  return table;
}

static void
rule_free (gpointer data)
{
  XqFormRule *rule = data;

  xq_form_node_free (rule->left);
  xq_form_node_free (rule->right);
  g_free (rule);
}

static void
column_free (gpointer data)
{
  XqFormColumn *column = data;

  g_free (column->id);
  g_free (column->label);
  g_free (column->measure);
  g_free (column->definition);
  g_free (column->basis);
  g_free (column->attribute);
  xq_form_node_free (column->formula);
  g_free (column);
}

static void
heading_free (gpointer data)
{
  XqFormHeading *heading = data;

  g_free (heading->label);
  g_clear_pointer (&heading->children, g_ptr_array_unref);
  g_free (heading);
}

static void
chart_free (gpointer data)
{
  XqFormChart *chart = data;

  g_free (chart->title);
  g_free (chart->print_title);
  g_clear_pointer (&chart->columns, g_array_unref);
  g_free (chart);
}

static char *
fill (const char *text, va_list args)
{
  GString *filled = g_string_new (text);
  const char *name;

  while ((name = va_arg (args, const char *)) != NULL)
    {
      const char *value = va_arg (args, const char *);
      g_autofree char *key = g_strdup_printf ("{%s}", name);

      g_string_replace (filled, key, value, 0);
    }
  return g_string_free (filled, FALSE);
}

XqForm *
xq_form_new (void)
{
  XqForm *form = g_new0 (XqForm, 1);

  form->columns = g_ptr_array_new_with_free_func (column_free);
  form->headings = g_ptr_array_new_with_free_func (heading_free);
  form->rules = g_ptr_array_new_with_free_func (rule_free);
  form->notes = g_ptr_array_new_with_free_func (g_free);
  form->charts = g_ptr_array_new_with_free_func (chart_free);
  form->sample = -1;
  return form;
}

XqFormHeading *
xq_form_heading_new (const char *label, int column)
{
  XqFormHeading *heading = g_new0 (XqFormHeading, 1);

  heading->label = g_strdup (label);
  heading->column = column;
  if (column < 0)
    heading->children = g_ptr_array_new_with_free_func (heading_free);
  return heading;
}

void
xq_form_free (XqForm *form)
{
  if (form == NULL)
    return;
  g_free (form->id);
  g_free (form->title);
  g_free (form->short_title);
  g_free (form->description);
  g_free (form->measures);
  g_ptr_array_unref (form->columns);
  g_ptr_array_unref (form->headings);
  g_ptr_array_unref (form->rules);
  g_ptr_array_unref (form->notes);
  g_ptr_array_unref (form->charts);
  g_clear_pointer (&form->indicators, xq_indicator_set_unref);
  g_free (form);
}

const XqForm *
xq_form_get_builtin (const char *id, GError **error)
{
  g_autofree char *known = NULL;

  load_all ();
  for (guint i = 0; i < G_N_ELEMENTS (builtin_ids); i++)
    if (g_strcmp0 (builtin_ids[i], id) == 0)
      return builtin[i];
  known = g_strjoin (", ", builtin_ids[0], builtin_ids[1], NULL);
  g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_UNKNOWN_FORM, _ ("there is no form “%s”; the forms are: %s"),
               id != NULL ? id : "", known);
  return NULL;
}

const XqReportInfo *
xq_report_list (void)
{
  load_all ();
  return infos;
}

const XqReportInfo *
xq_report_find (const char *id)
{
  for (const XqReportInfo *info = xq_report_list (); info->id != NULL; info++)
    if (g_strcmp0 (info->id, id) == 0)
      return info;
  return NULL;
}

int
xq_form_find_column (const XqForm *form, const char *id)
{
  for (guint i = 0; i < form->columns->len; i++)
    if (g_strcmp0 (xq_form_get_column (form, i)->id, id) == 0)
      return i;
  return -1;
}

const XqFormColumn *
xq_form_get_column (const XqForm *form, guint index)
{
  return g_ptr_array_index (form->columns, index);
}

const char *
xq_form_word (const char *key)
{
  static gsize once;
  const char *word;

  if (g_once_init_enter (&once))
    {
      words = read_words ();
      g_once_init_leave (&once, 1);
    }
  word = g_hash_table_lookup (words, key);
  if (word == NULL)
    g_error ("forms/words.json has no word “%s”", key);
  return word;
}

char *
xq_form_words (const char *key, ...)
{
  va_list args;
  char *filled;

  va_start (args, key);
  filled = fill (xq_form_word (key), args);
  va_end (args);
  return filled;
}

char *
xq_form_fill (const char *text, ...)
{
  va_list args;
  char *filled;

  va_start (args, text);
  filled = fill (text, args);
  va_end (args);
  return filled;
}

char *
xq_form_period_label (XqPeriod period)
{
  g_autofree char *year = g_strdup_printf ("%d", period.year);
  g_autofree char *index = g_strdup_printf ("%d", period.index);
  g_autofree char *key = NULL;

  switch (period.kind)
    {
    case XQ_PERIOD_MONTH:
      key = g_strdup ("month");
      break;
    case XQ_PERIOD_QUARTER:
      key = g_strconcat ("quarter_", index, NULL);
      break;
    case XQ_PERIOD_HALF:
      key = g_strconcat ("half_", index, NULL);
      break;
    case XQ_PERIOD_YEAR:
      key = g_strdup ("year");
      break;
    }
  return xq_form_words (key, "year", year, "n", index, NULL);
}

char *
xq_form_date_label (const char *date)
{
  int year, month, day, length = 0;
  g_autofree char *y = NULL;
  g_autofree char *m = NULL;
  g_autofree char *d = NULL;

  if (date == NULL || sscanf (date, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 || length != 10 || date[length] != '\0')
    return g_strdup (date != NULL ? date : "");
  y = g_strdup_printf ("%d", year);
  m = g_strdup_printf ("%d", month);
  d = g_strdup_printf ("%d", day);
  return xq_form_words ("date", "year", y, "month", m, "day", d, NULL);
}

char *
xq_form_number_label (guint position, guint n_stubs)
{
  const char *letters = xq_form_word ("stub_letters");

  if (position >= n_stubs)
    return g_strdup_printf ("%u", position - n_stubs + 1);
  return g_utf8_substring (letters, position, position + 1);
}
