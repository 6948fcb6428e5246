#include "xq-record-node.h"

#include "xq-personal.h"
#include "xq-scheme-words.h"
#include "xq-statistics.h"
#include "xq-ticket.h"

/* Choices beyond so many are no choice: a name is typed elsewhere. */
#define MOST_OPTIONS 400

struct _XqRecordSets
{
  GHashTable *rows;  /* XqRecordType → GPtrArray of XqRecordNode */
  GHashTable *names; /* "type/id" → what it is called: rows name the same things often */
  gboolean full;
};

static void
node_free (gpointer data)
{
  XqRecordNode *node = data;

  for (guint i = 0; i < xq_record_type_n_fields (xq_record_get_type_of (node->record)); i++)
    g_free (node->references[i]);
  g_free (node->references);
  g_clear_pointer (&node->record, xq_record_free);
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_free (node);
}

void
xq_record_sets_free (XqRecordSets *sets)
{
  g_clear_pointer (&sets->rows, g_hash_table_unref);
  g_clear_pointer (&sets->names, g_hash_table_unref);
  g_free (sets);
}

/* Order */

/* The day that says when a record was; NULL where it has none. */
static const char *
day_of (const XqRecord *record)
{
  const XqRecordType *type = xq_record_get_type_of (record);

  for (int i = 0; type->fields[i].name != NULL; i++)
    if (type->fields[i].type == XQ_FIELD_DATE && !xq_record_is_null (record, i))
      return xq_record_get_text (record, i);
  return NULL;
}

static int
compare_field (const XqRecord *a, const XqRecord *b, const char *name, gboolean falling)
{
  int field = xq_record_type_find (xq_record_get_type_of (a), name);
  gint64 x, y;

  if (field < 0)
    return 0;
  x = xq_record_get_int (a, field);
  y = xq_record_get_int (b, field);
  return falling ? (x < y) - (x > y) : (x > y) - (x < y);
}

/* The first number in @title: 第2党小组 before 第10党小组. */
static int
number_in (const char *title)
{
  while (*title != '\0' && !g_ascii_isdigit (*title))
    title++;
  return (int)strtol (title, NULL, 10);
}

/* Organisations from the highest to groups, those of a kind by number and name; of other records it says nothing. */
static int
compare_kinds (const XqRecord *a, const XqRecord *b)
{
  const char *x, *y;
  int order;

  if (xq_record_get_type_of (a) != &XQ_ORGANISATION)
    return 0;
  order = xq_enum_index (&XQ_ENUM_ORGANISATION_KIND, xq_record_get_text (a, XQ_ORGANISATION_KIND))
          - xq_enum_index (&XQ_ENUM_ORGANISATION_KIND, xq_record_get_text (b, XQ_ORGANISATION_KIND));
  if (order != 0)
    return order;
  x = xq_record_get_text (a, XQ_ORGANISATION_NAME);
  y = xq_record_get_text (b, XQ_ORGANISATION_NAME);
  order = number_in (x) - number_in (y);
  return order != 0 ? order : g_utf8_collate (x, y);
}

static int
compare_nodes (gconstpointer a, gconstpointer b)
{
  const XqRecord *x = (*(XqRecordNode *const *)a)->record, *y = (*(XqRecordNode *const *)b)->record;
  g_autofree char *title_x = NULL, *title_y = NULL;
  int order;

  if ((order = compare_kinds (x, y)) != 0)
    return order;
  /* The last survey first: its name begins with the year. */
  if (xq_record_get_type_of (x) == &XQ_SURVEY_TALLY
      && (order = g_strcmp0 ((*(XqRecordNode *const *)b)->references[XQ_SURVEY_TALLY_QUESTION],
                             (*(XqRecordNode *const *)a)->references[XQ_SURVEY_TALLY_QUESTION]))
             != 0)
    return order;
  if ((order = compare_field (x, y, "ordinal", FALSE)) != 0 || (order = compare_field (x, y, "year", TRUE)) != 0
      || (order = compare_field (x, y, "votes", TRUE)) != 0)
    return order;
  if ((order = g_strcmp0 (day_of (y), day_of (x))) != 0)
    return order;
  title_x = xq_record_get_title (x, TRUE);
  title_y = xq_record_get_title (y, TRUE);
  /* 2号楼 before 10号楼. */
  if ((order = (int)strtol (title_x, NULL, 10) - (int)strtol (title_y, NULL, 10)) != 0
      || (order = g_utf8_collate (title_x, title_y)) != 0)
    return order;
  return (xq_record_get_id (x) > xq_record_get_id (y)) - (xq_record_get_id (x) < xq_record_get_id (y));
}

/* Reading */

/* The same is asked in one survey after the other: a question is told with its survey. */
static char *
dup_question (XqTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (XqRecord) question = xq_record_load (tx, &XQ_SURVEY_QUESTION, id, error);
  g_autoptr (XqRecord) survey
      = question != NULL ? xq_record_load (tx, &XQ_SURVEY, xq_record_get_int (question, XQ_SURVEY_QUESTION_SURVEY), error) : NULL;

  if (survey == NULL)
    return NULL;
  return g_strdup_printf ("%s · %s", xq_record_get_text (survey, XQ_SURVEY_NAME),
                          xq_record_get_text (question, XQ_SURVEY_QUESTION_TEXT));
}

static const char *
find_name (XqTransaction *tx, XqRecordSets *sets, const char *target, gint64 id, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s/%" G_GINT64_FORMAT, target, id);
  const char *known = g_hash_table_lookup (sets->names, key);
  char *name;

  if (known != NULL)
    return known;
  name = strcmp (target, XQ_SURVEY_QUESTION.name) == 0
             ? dup_question (tx, id, error)
             : xq_record_describe (tx, xq_record_type_by_name (target), id, sets->full, error);
  if (name != NULL)
    g_hash_table_insert (sets->names, g_steal_pointer (&key), name);
  return name;
}

static XqRecordNode *
make_node (XqTransaction *tx, XqRecordSets *sets, const XqSectionSpec *spec, const XqRecord *record, GError **error)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  XqRecordNode *node = g_new0 (XqRecordNode, 1);

  node->record = xq_record_copy (record);
  node->references = g_new0 (char *, xq_record_type_n_fields (type));
  node->children = g_ptr_array_new_with_free_func (node_free);
  for (int i = 0; type->fields[i].name != NULL; i++)
    if (type->fields[i].type == XQ_FIELD_REFERENCE && !xq_record_is_null (record, i)
        && g_strcmp0 (type->fields[i].name, type->parent) != 0)
      {
        node->references[i] = g_strdup (find_name (tx, sets, type->fields[i].target, xq_record_get_int (record, i), error));
        if (node->references[i] == NULL)
          {
            node_free (node);
            return NULL;
          }
      }
  for (guint c = 0; spec != NULL && c < XQ_MOST_CHILD_TYPES && spec->children[c] != NULL; c++)
    {
      const XqRecordType *child_type = spec->children[c];
      g_autoptr (GPtrArray) rows
          = xq_record_list (tx, child_type, xq_record_type_find (child_type, child_type->parent), xq_record_get_id (record), error);
      g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (node_free);

      for (guint i = 0; rows != NULL && i < rows->len; i++)
        {
          XqRecordNode *child = make_node (tx, sets, NULL, g_ptr_array_index (rows, i), error);

          if (child == NULL)
            {
              node_free (node);
              return NULL;
            }
          g_ptr_array_add (nodes, child);
        }
      if (rows == NULL)
        {
          node_free (node);
          return NULL;
        }
      g_ptr_array_sort (nodes, compare_nodes);
      g_ptr_array_extend_and_steal (node->children, g_steal_pointer (&nodes));
    }
  return node;
}

static gboolean
load_set (XqTransaction *tx, XqRecordSets *sets, const XqSectionSpec *spec, const XqRecordType *type, gint64 unit, GError **error)
{
  g_autoptr (GPtrArray) records = xq_record_list_of_unit (tx, type, unit, error);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (node_free);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      XqRecordNode *node = make_node (tx, sets, spec, g_ptr_array_index (records, i), error);

      if (node == NULL)
        return FALSE;
      g_ptr_array_add (nodes, node);
    }
  g_ptr_array_sort (nodes, compare_nodes);
  g_hash_table_insert (sets->rows, (gpointer)type, g_steal_pointer (&nodes));
  return TRUE;
}

XqRecordSets *
xq_record_sets_load (XqTransaction *tx, gint64 unit, XqLevel level, gboolean full, GError **error)
{
  g_autoptr (XqRecordSets) sets = g_new0 (XqRecordSets, 1);
  XqScheme *scheme = xq_store_get_scheme (xq_transaction_get_store (tx));
  guint n;
  const XqSectionSpec *specs = xq_section_specs_get (&n);

  sets->rows = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  sets->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sets->full = full;
  for (guint i = 0; i < n; i++)
    if (xq_section_spec_applies (&specs[i], scheme, level) && !load_set (tx, sets, &specs[i], specs[i].type, unit, error))
      return NULL;
  if (!load_set (tx, sets, NULL, &XQ_CHECKLIST_STATE, unit, error))
    return NULL;
  return g_steal_pointer (&sets);
}

GPtrArray *
xq_record_sets_get (XqRecordSets *sets, const XqRecordType *type)
{
  GPtrArray *rows = g_hash_table_lookup (sets->rows, type);

  if (rows == NULL)
    {
      rows = g_ptr_array_new_with_free_func (node_free);
      g_hash_table_insert (sets->rows, (gpointer)type, rows);
    }
  return rows;
}

gboolean
xq_record_sets_get_full (XqRecordSets *sets)
{
  return sets->full;
}

static void
sign_node (GString *text, const XqRecordNode *node)
{
  const XqRecordType *type = xq_record_get_type_of (node->record);

  g_string_append_printf (text, "%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, type->name, xq_record_get_id (node->record),
                          xq_record_get_origins (node->record));
  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      g_autofree char *value = xq_record_format_field (node->record, i);

      g_string_append_printf (text, "|%s%s", value, node->references[i] != NULL ? node->references[i] : "");
    }
  for (guint i = 0; i < node->children->len; i++)
    sign_node (text, g_ptr_array_index (node->children, i));
}

char *
xq_record_sets_sign (XqRecordSets *sets, const XqRecordType *type)
{
  const GPtrArray *rows = xq_record_sets_get (sets, type);
  g_autoptr (GString) text = g_string_new (sets->full ? "full" : "");

  for (guint i = 0; i < rows->len; i++)
    sign_node (text, g_ptr_array_index (rows, i));
  return g_compute_checksum_for_string (G_CHECKSUM_SHA1, text->str, (gssize)text->len);
}

/* Hundredths with separators, without a fraction that says nothing: "1,080,000", "0.80". */
static char *
format_hundredths (gint64 value)
{
  g_autofree char *whole = xq_format_count (value / 100);

  return value % 100 == 0 ? g_steal_pointer (&whole) : g_strdup_printf ("%s.%02d", whole, (int)(value % 100));
}

char *
xq_record_node_format (const XqRecordNode *node, int field, const XqScheme *scheme, gboolean full)
{
  const XqField *description = &xq_record_get_type_of (node->record)->fields[field];

  if (xq_record_is_null (node->record, field))
    return g_strdup ("");
  if (node->references[field] != NULL)
    return g_strdup (node->references[field]);
  if (description->type == XQ_FIELD_MONEY)
    return format_hundredths (xq_record_get_int (node->record, field));
  /* A year has no measure and no separator. */
  if (description->type == XQ_FIELD_INTEGER && (description->measure != NULL || xq_record_get_int (node->record, field) >= 10000))
    return xq_format_count (xq_record_get_int (node->record, field));
  return xq_scheme_format_field (scheme, node->record, field, full);
}

/* Choices */

static void
option_free (gpointer data)
{
  XqRecordOption *option = data;

  g_free (option->value);
  g_free (option->label);
  g_free (option);
}

static void
add_option (GPtrArray *options, gint64 id, char *label)
{
  XqRecordOption *option = g_new0 (XqRecordOption, 1);

  option->value = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  option->label = label;
  for (guint i = 0; i < options->len; i++)
    if (strcmp (((XqRecordOption *)g_ptr_array_index (options, i))->value, option->value) == 0)
      {
        option_free (option);
        return;
      }
  g_ptr_array_add (options, option);
}

/* The unit itself and what is directly below it: a building of a vote, a member's home. */
static gboolean
add_units (XqTransaction *tx, GPtrArray *options, gint64 unit, GError **error)
{
  g_autoptr (XqUnit) self = xq_unit_load (tx, unit, error);
  g_autoptr (GPtrArray) children = self != NULL ? xq_unit_list_children (tx, unit, XQ_PERIOD_NONE, error) : NULL;

  if (children == NULL)
    return FALSE;
  add_option (options, unit, g_strdup (self->name));
  for (guint i = 0; i < children->len && i < MOST_OPTIONS; i++)
    {
      const XqTreeRow *row = g_ptr_array_index (children, i);

      add_option (options, row->unit->id, g_strdup (row->unit->name));
    }
  return TRUE;
}

static gboolean
add_rows_of (XqTransaction *tx, GPtrArray *options, const XqRecordType *target, gint64 unit, gboolean full, GError **error)
{
  XqScheme *scheme = xq_store_get_scheme (xq_transaction_get_store (tx));
  g_autoptr (GPtrArray) rows = xq_record_list_of_unit (tx, target, unit, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len && options->len < MOST_OPTIONS; i++)
    {
      const XqRecord *record = g_ptr_array_index (rows, i);
      char *label = target == &XQ_SURVEY_QUESTION ? dup_question (tx, xq_record_get_id (record), error)
                                                  : xq_scheme_get_record_title (scheme, record, full);

      if (label == NULL)
        return FALSE;
      add_option (options, xq_record_get_id (record), label);
    }
  return TRUE;
}

/* Organisations at home elsewhere that cover the unit. */
static gboolean
add_covering (XqTransaction *tx, GPtrArray *options, gint64 unit, GError **error)
{
  g_autoptr (GPtrArray) covers = xq_record_list (tx, &XQ_ORGANISATION_COVER, XQ_ORGANISATION_COVER_UNIT, unit, error);

  if (covers == NULL)
    return FALSE;
  for (guint i = 0; i < covers->len; i++)
    {
      gint64 id = xq_record_get_int (g_ptr_array_index (covers, i), XQ_ORGANISATION_COVER_ORGANISATION);
      char *label = xq_record_describe (tx, &XQ_ORGANISATION, id, FALSE, error);

      if (label == NULL)
        return FALSE;
      add_option (options, id, label);
    }
  return TRUE;
}

/* Joint branches and groups of the compounds beside the unit: they may cover it too. */
static gboolean
add_beside (XqTransaction *tx, GPtrArray *options, gint64 unit, GError **error)
{
  g_autoptr (XqUnit) self = xq_unit_load (tx, unit, error);
  g_autoptr (GPtrArray) beside
      = self != NULL ? xq_unit_list_children (tx, self->parent, XQ_PERIOD_NONE, error) : NULL;

  for (guint i = 0; beside != NULL && i < beside->len; i++)
    {
      g_autoptr (GPtrArray) rows = xq_record_list (tx, &XQ_ORGANISATION, XQ_ORGANISATION_UNIT,
                                                   ((XqTreeRow *)g_ptr_array_index (beside, i))->unit->id, error);

      if (rows == NULL)
        return FALSE;
      for (guint k = 0; k < rows->len && options->len < MOST_OPTIONS; k++)
        {
          const XqRecord *record = g_ptr_array_index (rows, k);
          const char *kind = xq_record_get_text (record, XQ_ORGANISATION_KIND);

          if (strcmp (kind, "joint_branch") == 0 || strcmp (kind, "group") == 0)
            add_option (options, xq_record_get_id (record), g_strdup (xq_record_get_text (record, XQ_ORGANISATION_NAME)));
        }
    }
  return beside != NULL;
}

GPtrArray *
xq_record_options_load (XqTransaction *tx, const XqRecordType *type, int field, gint64 unit, gboolean full, GError **error)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func (option_free);
  const XqRecordType *target = xq_record_type_by_name (type->fields[field].target);
  g_autoptr (GPtrArray) ancestors = NULL;

  if (target == &XQ_UNIT)
    return add_units (tx, options, unit, error) ? g_steal_pointer (&options) : NULL;
  if (target == &XQ_ORGANISATION && !add_covering (tx, options, unit, error))
    return NULL;
  ancestors = xq_unit_list_ancestors (tx, unit, error);
  if (ancestors == NULL)
    return NULL;
  /* From the unit itself upwards. */
  for (guint i = ancestors->len; i > 0; i--)
    if (!add_rows_of (tx, options, target, ((XqUnit *)g_ptr_array_index (ancestors, i - 1))->id, full, error))
      return NULL;
  if (type == &XQ_ORGANISATION_COVER && !add_beside (tx, options, unit, error))
    return NULL;
  return g_steal_pointer (&options);
}
