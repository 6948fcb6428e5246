#include "xq-sample-ledger.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MANY 1000000

typedef struct
{
  XqSampleWriter *writer;
  GHashTable *made;
} Ledger;

/* A row to be made by a rule. */
typedef struct
{
  const XqSampleHome *home;
  guint stage;
} Row;

static gboolean run_rule (Ledger *ledger, const XqJson *rule, guint only, const char *stream);

/* Where. */

static gboolean
holds_text (Ledger *ledger, const XqJson *list, const char *text, gboolean *found)
{
  guint n;

  if (!xq_json_check_array (list, &n, &ledger->writer->error))
    return FALSE;
  *found = FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (list, i);
      const char *value;

      if (!xq_json_get_text (&element, FALSE, &value, &ledger->writer->error))
        return FALSE;
      *found |= g_strcmp0 (value, text) == 0;
    }
  return TRUE;
}

/* Whether @home is one of those the rule means. */
static gboolean
matches (Ledger *ledger, const XqJson *where, const XqSampleHome *home, gboolean *match)
{
  static const char *const keys[] = { "branch", "organisation", "grouped",     "three_none", "published",  "mode",
                                      "body",   "kinds",        "communities", "compounds",  "households", NULL };
  const XqSamplePlan *plan = ledger->writer->plan;
  const XqSampleCompound *compound = home->compound != G_MAXUINT ? xq_sample_compound (plan, home->compound) : NULL;
  const XqSampleCommunity *community = home->community != G_MAXUINT ? xq_sample_community (plan->recipe, home->community) : NULL;
  const struct
  {
    const char *key;
    gboolean value;
  } flags[] = {
    { "branch", compound != NULL && ledger->writer->branches[home->compound] != 0 },
    { "organisation", home->organisation != 0 },
    { "grouped", compound != NULL && compound->grouped },
    { "three_none", compound != NULL && compound->three_none },
    { "published", compound != NULL && compound->published != NULL },
  };
  const struct
  {
    const char *key, *value;
  } texts[] = {
    { "mode", home->mode >= 0 ? xq_enum_nick (&XQ_ENUM_SERVICE_MODE, home->mode) : NULL },
    { "body", home->body_kind >= 0 ? xq_enum_nick (&XQ_ENUM_BODY_KIND, home->body_kind) : NULL },
    { "kinds", compound != NULL ? xq_enum_nick (&XQ_ENUM_COMPOUND_KIND, compound->kind) : NULL },
    { "communities", community != NULL ? community->code : NULL },
    { "compounds", compound != NULL ? compound->name : NULL },
  };
  XqJson member;

  *match = TRUE;
  if (!xq_json_is_present (where))
    return TRUE;
  if (!xq_json_check_object (where, keys, &ledger->writer->error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      gboolean wanted;

      member = xq_json_member (where, flags[i].key);
      if (!xq_json_is_present (&member))
        continue;
      if (!xq_json_get_boolean (&member, &wanted, &ledger->writer->error))
        return FALSE;
      *match = *match && !wanted == !flags[i].value;
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gboolean found;

      member = xq_json_member (where, texts[i].key);
      if (!xq_json_is_present (&member))
        continue;
      if (!holds_text (ledger, &member, texts[i].value, &found))
        return FALSE;
      *match = *match && found;
    }
  member = xq_json_member (where, "households");
  if (xq_json_is_present (&member))
    {
      gint64 least;

      if (!xq_json_get_int (&member, 0, MANY, &least, &ledger->writer->error))
        return FALSE;
      *match = *match && home->households >= least;
    }
  return TRUE;
}

/* The homes that a rule means, in their order; of @only's compound where that is given. */
static GPtrArray *
list_homes (Ledger *ledger, const XqJson *rule, guint only, XqSampleRandom *random)
{
  static const char *const places[] = { "district", "street", "community", "compound", "building", "area", NULL };
  g_autoptr (GPtrArray) homes = g_ptr_array_new ();
  XqJson at = xq_json_member (rule, "at"), where = xq_json_member (rule, "where"), some = xq_json_member (rule, "homes");
  int index = XQ_SAMPLE_AT_COMPOUND;
  gint64 n;

  if (xq_json_is_present (&at) && !xq_json_get_choice (&at, places, &index, &ledger->writer->error))
    return NULL;
  for (guint i = 0; i < ledger->writer->homes[index]->len; i++)
    {
      XqSampleHome *home = &g_array_index (ledger->writer->homes[index], XqSampleHome, i);
      gboolean match;

      if (only != G_MAXUINT && home->compound != only)
        continue;
      if (!matches (ledger, &where, home, &match))
        return NULL;
      if (match)
        g_ptr_array_add (homes, home);
    }
  if (xq_json_is_present (&some))
    {
      g_autofree guint *order = g_new0 (guint, homes->len + 1);
      g_autofree gboolean *taken = g_new0 (gboolean, homes->len + 1);
      GPtrArray *chosen = g_ptr_array_new ();

      if (!xq_json_get_int (&some, 0, homes->len, &n, &ledger->writer->error))
        return NULL;
      for (guint i = 0; i < homes->len; i++)
        order[i] = i;
      xq_sample_random_shuffle (random, order, homes->len);
      for (guint i = 0; i < n; i++)
        taken[order[i]] = TRUE;
      for (guint i = 0; i < homes->len; i++)
        if (taken[i])
          g_ptr_array_add (chosen, homes->pdata[i]);
      g_ptr_array_unref (homes);
      homes = chosen;
    }
  return g_steal_pointer (&homes);
}

/* How many. */

static gboolean
find_stage (Ledger *ledger, const XqJson *json, guint *stage)
{
  const XqSampleRecipe *recipe = ledger->writer->plan->recipe;
  const char *text;
  XqPeriod period;

  if (!xq_json_get_text (json, FALSE, &text, &ledger->writer->error))
    return FALSE;
  if (xq_period_parse (text, &period, NULL))
    for (guint i = 0; i < recipe->stages->len; i++)
      if (xq_period_equal (xq_sample_stage (recipe, i)->period, period))
        {
          *stage = i;
          return TRUE;
        }
  return xq_sample_ledger_fail (ledger->writer, json, _ ("the history has no such period"));
}

/* The rows of a rule at @homes. */
static GArray *
list_rows (Ledger *ledger, const XqJson *rule, const GPtrArray *homes, XqSampleRandom *random)
{
  const XqSampleRecipe *recipe = ledger->writer->plan->recipe;
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_autofree gint64 *weights = g_new0 (gint64, homes->len + 1), *shares = g_new0 (gint64, homes->len + 1);
  XqJson total = xq_json_member (rule, "total"), each = xq_json_member (rule, "each"), chance = xq_json_member (rule, "chance");
  XqJson periods = xq_json_member (rule, "periods");
  guint first = recipe->stages->len - 1, end = recipe->stages->len;
  gint64 low = 1, high = 1, permille = 1000, sum = 0;

  if ((xq_json_is_present (&each) && !xq_sample_ledger_read_range (ledger->writer, &each, &low, &high))
      || (xq_json_is_present (&chance) && !xq_json_get_int (&chance, 0, 1000, &permille, &ledger->writer->error))
      || (xq_json_is_present (&periods) && !find_stage (ledger, &periods, &first)))
    return NULL;
  if (xq_json_is_present (&total))
    {
      if (!xq_json_get_int (&total, 0, MANY, &sum, &ledger->writer->error))
        return NULL;
      if (sum > 0 && homes->len == 0)
        {
          xq_sample_ledger_fail (ledger->writer, rule, _ ("there is no such place"));
          return NULL;
        }
      for (guint i = 0; i < homes->len; i++)
        weights[i] = 1 + ((const XqSampleHome *)homes->pdata[i])->households;
      low = sum >= homes->len ? 1 : 0;
      if (homes->len > 0)
        xq_sample_apportion (sum - low * homes->len, weights, NULL, shares, homes->len);
    }
  for (guint i = 0; i < homes->len; i++)
    {
      gint64 n = xq_json_is_present (&total) ? low + shares[i]
                                             : (permille == 1000 || xq_sample_random_chance (random, (int)permille)
                                                    ? xq_sample_random_range (random, low, high)
                                                    : 0);

      for (gint64 k = 0; k < n; k++)
        for (guint s = first; s < end; s++)
          {
            Row row = { .home = homes->pdata[i], .stage = s };

            g_array_append_val (rows, row);
          }
    }
  return g_steal_pointer (&rows);
}

/* What. */

static gboolean
set_value (XqRecord *record, int field, XqSampleValue *value)
{
  XqFieldType type = xq_record_get_type_of (record)->fields[field].type;
  gboolean text = type == XQ_FIELD_TEXT || type == XQ_FIELD_DATE || type == XQ_FIELD_ENUM;

  if (value->kind == XQ_SAMPLE_NO_VALUE)
    return TRUE;
  if (text != (value->kind == XQ_SAMPLE_TEXT))
    return FALSE;
  if (text)
    xq_record_set_text (record, field, value->text);
  else
    xq_record_set_int (record, field, value->number);
  return TRUE;
}

/* The reference that says whose the record is. */
static gboolean
set_owner (const XqSampleContext *context, const XqJson *rule, XqRecord *record)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  int field = type->parent != NULL ? xq_record_type_find (type, type->parent) : -1;
  const char *target = field >= 0 ? type->fields[field].target : NULL;
  const struct
  {
    const char *target;
    gint64 id;
  } owners[] = {
    { context->parent != NULL ? xq_record_get_type_of (context->parent)->name : "",
      context->parent != NULL ? xq_record_get_id (context->parent) : 0 },
    { "unit", context->home->unit },
    { "organisation", context->home->organisation },
    { "property_area", context->home->area },
    { "owners_body", context->home->body },
    { "property_service", context->home->service },
  };

  for (guint i = 0; target != NULL && i < G_N_ELEMENTS (owners); i++)
    if (g_str_equal (owners[i].target, target) && owners[i].id != 0)
      {
        xq_record_set_int (record, field, owners[i].id);
        return TRUE;
      }
  return xq_sample_ledger_fail (context->writer, rule, _ ("there is nothing there that such a record belongs to"));
}

static gboolean
set_fields (XqSampleContext *context, const XqJson *fields, XqRecord *record)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  g_autoptr (GList) names = NULL;

  if (fields->node == NULL || !JSON_NODE_HOLDS_OBJECT (fields->node))
    return xq_sample_ledger_fail (context->writer, fields, _ ("must be an object {…}"));
  names = json_object_get_members (json_node_get_object (fields->node));
  context->record = record;
  for (GList *l = names; l != NULL; l = l->next)
    {
      XqJson spec = xq_json_member (fields, l->data);
      int field = xq_record_type_find (type, l->data);
      XqSampleValue value;
      gboolean fits;

      if (field < 0)
        return xq_sample_ledger_fail (context->writer, &spec, _ ("there is no such field"));
      if (!xq_sample_value_reckon (context, &spec, &value))
        return FALSE;
      fits = set_value (record, field, &value);
      g_free (value.text);
      if (!fits)
        return xq_sample_ledger_fail (context->writer, &spec, _ ("is not of the field's type"));
    }
  return TRUE;
}

static gboolean
mark_reported (XqSampleWriter *writer, const XqJson *reported, XqRecord *record)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  guint n;

  if (!xq_json_is_present (reported))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (reported->node))
    {
      gboolean all;

      if (!xq_json_get_boolean (reported, &all, &writer->error))
        return FALSE;
      if (all)
        xq_record_set_all_origins (record, XQ_ORIGIN_REPORTED);
      return TRUE;
    }
  xq_json_check_array (reported, &n, NULL);
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (reported, i);
      const char *name;
      int field;

      if (!xq_json_get_text (&element, FALSE, &name, &writer->error))
        return FALSE;
      field = xq_record_type_find (type, name);
      if (field < 0)
        return xq_sample_ledger_fail (writer, &element, _ ("there is no such field"));
      xq_record_set_origin (record, field, XQ_ORIGIN_REPORTED);
    }
  return TRUE;
}

/* Whether a required field is empty: its day would be past the end. */
static gboolean
is_incomplete (const XqRecord *record)
{
  const XqRecordType *type = xq_record_get_type_of (record);

  for (guint i = 0; type->fields[i].name != NULL; i++)
    if (type->fields[i].required && xq_record_is_null (record, (int)i))
      return TRUE;
  return FALSE;
}

static const XqRecordType *
read_type (Ledger *ledger, const XqJson *rule)
{
  static const char *const keys[]
      = { "type", "at", "where", "homes", "total", "each", "chance", "fields", "reported", "children", "chain", "periods", NULL };
  XqJson member = xq_json_member (rule, "type");
  const XqRecordType *type;
  const char *name;

  if (!xq_json_check_object (rule, keys, &ledger->writer->error)
      || !xq_json_get_text (&member, FALSE, &name, &ledger->writer->error))
    return NULL;
  type = xq_record_type_by_name (name);
  if (type == NULL)
    xq_sample_ledger_fail (ledger->writer, &member, _ ("there is no such type of record"));
  return type;
}

static gboolean add_children (Ledger *ledger, const XqJson *rule, const XqSampleContext *context, const XqRecord *record);

/* Adds a record; @added is a copy of it that the caller owns, or %NULL where it was left out. */
static gboolean
add_record (Ledger *ledger, const XqJson *rule, const XqRecordType *type, XqSampleContext *context, XqRecord **added)
{
  XqSampleWriter *writer = ledger->writer;
  XqJson fields = xq_json_member (rule, "fields"), reported = xq_json_member (rule, "reported");
  XqJson chain = xq_json_member (rule, "chain");
  g_autoptr (XqRecord) record = xq_sample_writer_new (writer, type);
  XqSampleMade made = { .community = context->home->community };
  GArray *all;

  *added = NULL;
  if (!set_owner (context, rule, record) || !set_fields (context, &fields, record) || !mark_reported (writer, &reported, record))
    return FALSE;
  if (xq_json_is_present (&chain) && is_incomplete (record))
    return TRUE;
  made.id = xq_sample_writer_add (writer, xq_record_copy (record));
  if (writer->error != NULL)
    {
      g_prefix_error (&writer->error, "%s: ", rule->path);
      return FALSE;
    }
  all = g_hash_table_lookup (ledger->made, type->name);
  if (all == NULL)
    {
      all = g_array_new (FALSE, FALSE, sizeof (XqSampleMade));
      g_hash_table_insert (ledger->made, (gpointer)type->name, all);
    }
  g_array_append_val (all, made);
  *added = g_steal_pointer (&record);
  return add_children (ledger, rule, context, *added);
}

static gboolean
add_children (Ledger *ledger, const XqJson *rule, const XqSampleContext *context, const XqRecord *record)
{
  XqJson children = xq_json_member (rule, "children");
  g_autoptr (XqRecord) before = NULL;
  guint n;

  if (!xq_json_is_present (&children))
    return TRUE;
  if (!xq_json_check_array (&children, &n, &ledger->writer->error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson child = xq_json_element (&children, i), each = xq_json_member (&child, "each");
      XqJson chance = xq_json_member (&child, "chance"), chain = xq_json_member (&child, "chain");
      const XqRecordType *type = read_type (ledger, &child);
      gint64 low = 1, high = 1, permille = 1000;
      guint count;

      if (type == NULL || (xq_json_is_present (&each) && !xq_sample_ledger_read_range (ledger->writer, &each, &low, &high))
          || (xq_json_is_present (&chance) && !xq_json_get_int (&chance, 0, 1000, &permille, &ledger->writer->error)))
        return FALSE;
      count = permille == 1000 || xq_sample_random_chance (context->random, (int)permille)
                  ? (guint)xq_sample_random_range (context->random, low, high)
                  : 0;
      if (count == 0 && xq_json_is_present (&chain))
        return TRUE;
      for (guint k = 0; k < count; k++)
        {
          XqSampleContext inner = *context;
          XqRecord *added;

          inner.parent = record;
          inner.before = before;
          inner.number = k + 1;
          inner.row = 0;
          inner.n_rows = 1;
          inner.weights = (const gint64[]){ 1 };
          if (!add_record (ledger, &child, type, &inner, &added))
            return FALSE;
          if (added == NULL && xq_json_is_present (&chain))
            return TRUE;
          if (added != NULL)
            {
              g_clear_pointer (&before, xq_record_free);
              before = added;
            }
        }
    }
  return TRUE;
}

static gboolean
run_rule (Ledger *ledger, const XqJson *rule, guint only, const char *stream)
{
  const XqRecordType *type = read_type (ledger, rule);
  g_autoptr (GPtrArray) homes = NULL;
  g_autoptr (GArray) rows = NULL;
  g_autofree gint64 *weights = NULL;
  XqSampleRandom random;

  if (type == NULL)
    return FALSE;
  xq_sample_plan_seed (ledger->writer->plan, stream, &random);
  homes = list_homes (ledger, rule, only, &random);
  rows = homes != NULL ? list_rows (ledger, rule, homes, &random) : NULL;
  if (rows == NULL)
    return FALSE;
  weights = g_new0 (gint64, rows->len + 1);
  for (guint i = 0; i < rows->len; i++)
    weights[i] = 1 + g_array_index (rows, Row, i).home->households;
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      XqSampleContext context = { .writer = ledger->writer,
                                  .random = &random,
                                  .made = ledger->made,
                                  .home = row->home,
                                  .number = i + 1,
                                  .stage = row->stage,
                                  .row = i,
                                  .n_rows = rows->len,
                                  .weights = weights };
      XqRecord *added = NULL;
      gboolean done = add_record (ledger, rule, type, &context, &added);

      g_clear_pointer (&added, xq_record_free);
      if (!done)
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_rules (Ledger *ledger, const XqJson *rules, guint only, const char *stream)
{
  guint n;

  if (!xq_json_is_present (rules))
    return TRUE;
  if (!xq_json_check_array (rules, &n, &ledger->writer->error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson rule = xq_json_element (rules, i);
      g_autofree char *own = g_strdup_printf ("%s/%u", stream, i);

      if (!run_rule (ledger, &rule, only, own))
        return FALSE;
    }
  return TRUE;
}

/* What only now is known of the homes: own branches, and the first area of a compound. */
static void
complete_homes (XqSampleWriter *writer)
{
  for (guint at = XQ_SAMPLE_AT_COMPOUND; at < XQ_SAMPLE_N_AT; at++)
    for (guint i = 0; i < writer->homes[at]->len; i++)
      {
        XqSampleHome *home = &g_array_index (writer->homes[at], XqSampleHome, i);

        /* A building's may be a group of its own. */
        if (home->organisation == 0 && at != XQ_SAMPLE_AT_BUILDING)
          home->organisation = writer->branches[home->compound];
      }
  for (guint i = 0, c = 0; i < writer->homes[XQ_SAMPLE_AT_COMPOUND]->len; i++)
    {
      XqSampleHome *home = &g_array_index (writer->homes[XQ_SAMPLE_AT_COMPOUND], XqSampleHome, i);
      const GArray *areas = writer->homes[XQ_SAMPLE_AT_AREA];

      for (c = 0; c < areas->len && home->area == 0; c++)
        {
          const XqSampleHome *area = &g_array_index (areas, XqSampleHome, c);

          if (area->compound != home->compound)
            continue;
          home->area = area->area;
          home->body = area->body;
          home->service = area->service;
          home->body_kind = area->body_kind;
          home->mode = area->mode;
        }
    }
}

static void
free_made (gpointer array)
{
  g_array_unref (array);
}

/* The rules for the district, then those of each reported compound. */
static gboolean
run_all (Ledger *ledger)
{
  const XqSamplePlan *plan = ledger->writer->plan;

  if (!run_rules (ledger, &plan->recipe->ledger, G_MAXUINT, "ledger"))
    return FALSE;
  for (guint i = 0; plan->real && i < plan->compounds->len; i++)
    {
      const XqSamplePublished *published = xq_sample_compound (plan, i)->published;
      g_autofree char *stream = published != NULL ? g_strdup_printf ("published/%s", published->name) : NULL;

      if (published != NULL && !run_rules (ledger, &published->records, i, stream))
        return FALSE;
    }
  return TRUE;
}

void
xq_sample_writer_add_ledger (XqSampleWriter *writer)
{
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_made);
  Ledger ledger = { .writer = writer, .made = made };

  complete_homes (writer);
  if (!run_all (&ledger) && !g_error_matches (writer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_prefix_error (&writer->error, "%s.json: ", writer->plan->recipe->id);
}
