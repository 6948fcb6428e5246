#include "xq-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-json.h"
#include "xq-ledger.h"

#define MAX_COLUMNS 60
#define MAX_HEADING_DEPTH 4

/* What a column says of others, kept until all columns are known. */
typedef struct
{
  XqFormColumn *column;
  char *formula, *formula_path;
  char *used_by, *used_by_path;
} Pending;

typedef struct
{
  XqForm *form;
  GArray *pending; /* Pending, one a column */
} Reader;

static const char *const level_nicks[] = { "district", "street", "community", "compound", "building", NULL };
static const char *const part_nicks[] = { "numerator", "denominator", "value", NULL };
static const char *const zero_nicks[] = { "digit", "dash", NULL };
static const char *const total_nicks[] = { "none", "sum", NULL };
static const char *const chart_nicks[] = { "stacked", "composition", "trend", NULL };
static const char *const palette_nicks[] = { "coverage", "likert", NULL };
static const char *const personal_nicks[] = { "none", "name", "phone", NULL };

static void
pending_clear (gpointer data)
{
  Pending *pending = data;

  g_free (pending->formula);
  g_free (pending->formula_path);
  g_free (pending->used_by);
  g_free (pending->used_by_path);
}

static gboolean
read_text (const XqJson *parent, const char *key, gboolean required, char **value, GError **error)
{
  XqJson json = xq_json_member (parent, key);
  const char *text;

  if (!required && !xq_json_is_present (&json))
    return TRUE;
  if (!xq_json_get_text (&json, FALSE, &text, error))
    return FALSE;
  *value = g_strdup (text);
  return TRUE;
}

static gboolean
read_choice (const XqJson *parent, const char *key, const char *const *nicks, int *index, GError **error)
{
  XqJson json = xq_json_member (parent, key);

  return !xq_json_is_present (&json) || xq_json_get_choice (&json, nicks, index, error);
}

static gboolean
read_levels (const XqJson *parent, guint *levels, GError **error)
{
  XqJson json = xq_json_member (parent, "levels");
  guint n;

  if (!xq_json_is_present (&json))
    return TRUE;
  if (!xq_json_check_array (&json, &n, error))
    return FALSE;
  *levels = 0;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (&json, i);
      int level;

      if (!xq_json_get_choice (&element, level_nicks, &level, error))
        return FALSE;
      if (level < XQ_LEVEL_STREET || level > XQ_LEVEL_COMPOUND)
        return xq_json_fail (&element, error, _ ("rows are streets, communities or compounds"));
      *levels |= 1u << level;
    }
  if (*levels == 0)
    return xq_json_fail (&json, error, _ ("must name at least one level"));
  return TRUE;
}

static const XqIndicator *
find_indicator (const XqForm *form, const char *id, gboolean *own)
{
  const XqIndicator *indicator = xq_indicator_set_find (xq_indicator_set_get_builtin (), id);

  *own = FALSE;
  if (indicator == NULL && form->indicators != NULL)
    {
      indicator = xq_indicator_set_find (form->indicators, id);
      *own = indicator != NULL;
    }
  return indicator;
}

static gboolean
read_indicator (const XqForm *form, const XqJson *parent, const XqIndicator **indicator, gboolean *own, GError **error)
{
  XqJson json = xq_json_member (parent, "indicator");
  const char *id;

  if (!xq_json_is_present (&json))
    return TRUE;
  if (!xq_json_get_text (&json, FALSE, &id, error))
    return FALSE;
  *indicator = find_indicator (form, id, own);
  if (*indicator == NULL)
    return xq_json_fail (&json, error, _ ("there is no indicator “%s”"), id);
  return TRUE;
}

/* What the column is bound to: exactly one of an indicator, an attribute and a formula; a formula may name the indicator it has to
 * agree with. */
static gboolean
read_binding (Reader *reader, const XqJson *json, XqFormColumn *column, Pending *pending, GError **error)
{
  const XqJson formula = xq_json_member (json, "formula");
  const XqJson attribute = xq_json_member (json, "attribute");
  const XqJson part = xq_json_member (json, "part");
  int index = XQ_FORM_PART_NUMERATOR;

  if (!read_indicator (reader->form, json, &column->indicator, &column->own_indicator, error)
      || !read_text (json, "formula", FALSE, &pending->formula, error)
      || !read_text (json, "attribute", FALSE, &column->attribute, error) || !read_choice (json, "part", part_nicks, &index, error))
    return FALSE;
  column->part = index;
  if (pending->formula != NULL)
    {
      if (column->attribute != NULL || xq_json_is_present (&part))
        return xq_json_fail (json, error, _ ("a formula goes with neither “attribute” nor “part”"));
      column->source = XQ_FORM_SOURCE_FORMULA;
      pending->formula_path = g_strdup (formula.path);
      return TRUE;
    }
  if (column->attribute != NULL)
    {
      const XqLedgerColumn *ledger = xq_ledger_find_column (column->attribute);

      if (column->indicator != NULL || xq_json_is_present (&part))
        return xq_json_fail (json, error, _ ("an attribute goes with neither “indicator” nor “part”"));
      if (ledger == NULL || !(ledger->kinds & (1u << XQ_LEDGER_COMPOUNDS)))
        return xq_json_fail (&attribute, error, _ ("the ledger has no column “%s”"), column->attribute);
      column->source = XQ_FORM_SOURCE_ATTRIBUTE;
      column->kind = ledger->type == XQ_LEDGER_CELL_NUMBER ? XQ_FORM_KIND_COUNT : XQ_FORM_KIND_TEXT;
      column->levels &= 1u << XQ_LEVEL_COMPOUND;
      return TRUE;
    }
  if (column->indicator == NULL)
    return xq_json_fail (json, error, _ ("a column needs “indicator”, “attribute” or “formula”"));
  if (column->indicator->denominator == NULL && column->part == XQ_FORM_PART_DENOMINATOR)
    return xq_json_fail (&part, error, _ ("“%s” is a count and has no denominator"), column->indicator->id);
  column->source = XQ_FORM_SOURCE_INDICATOR;
  column->kind
      = column->part == XQ_FORM_PART_VALUE && column->indicator->denominator != NULL ? XQ_FORM_KIND_RATE : XQ_FORM_KIND_COUNT;
  return TRUE;
}

static gboolean
read_column (Reader *reader, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "id",      "label",  "measure",    "indicator", "part",     "attribute", "formula",
                                      "used_by", "levels", "definition", "total",     "personal", NULL };
  const XqJson id = xq_json_member (json, "id");
  XqFormColumn *column = g_new0 (XqFormColumn, 1);
  Pending pending = { .column = column };
  int summed = -1, personal = XQ_FORM_PERSONAL_NONE;
  gboolean done;

  g_ptr_array_add (reader->form->columns, column);
  column->used_by = -1;
  column->levels = reader->form->levels;
  done = xq_json_check_object (json, keys, error) && read_text (json, "id", TRUE, &column->id, error)
         && read_text (json, "label", TRUE, &column->label, error) && read_text (json, "measure", FALSE, &column->measure, error)
         && read_text (json, "definition", FALSE, &column->definition, error) && read_levels (json, &column->levels, error)
         && read_text (json, "used_by", FALSE, &pending.used_by, error) && read_choice (json, "total", total_nicks, &summed, error)
         && read_choice (json, "personal", personal_nicks, &personal, error)
         && read_binding (reader, json, column, &pending, error);
  if (pending.used_by != NULL)
    pending.used_by_path = g_strdup (xq_json_member (json, "used_by").path);
  g_array_append_val (reader->pending, pending);
  if (!done)
    return FALSE;

  for (guint i = 0; i + 1 < reader->form->columns->len; i++)
    if (g_str_equal (xq_form_get_column (reader->form, i)->id, column->id))
      return xq_json_fail (&id, error, _ ("two columns are called “%s”"), column->id);
  if (reader->form->columns->len > MAX_COLUMNS)
    return xq_json_fail (json, error, _ ("a form has at most %d columns"), MAX_COLUMNS);
  column->personal = personal;
  column->summed = summed >= 0 ? summed : column->source != XQ_FORM_SOURCE_FORMULA && column->kind == XQ_FORM_KIND_COUNT;
  if (column->measure == NULL)
    column->measure = g_strdup ("");
  if (column->definition == NULL)
    column->definition = g_strdup (column->indicator != NULL ? column->indicator->definition_zh : "");
  if (column->indicator != NULL)
    column->basis = g_strdup (column->indicator->source);
  return TRUE;
}

/* A heading with "columns" is a group, any other is a column. */
static gboolean
read_headings (Reader *reader, const XqJson *json, GPtrArray *headings, guint depth, GError **error)
{
  static const char *const group_keys[] = { "label", "columns", NULL };
  guint n;

  if (!xq_json_check_array (json, &n, error))
    return FALSE;
  if (n == 0)
    return xq_json_fail (json, error, _ ("must not be empty"));
  if (depth > MAX_HEADING_DEPTH)
    return xq_json_fail (json, error, _ ("headings are at most %d deep"), MAX_HEADING_DEPTH);
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (json, i);
      XqJson columns = xq_json_member (&element, "columns");
      g_autofree char *label = NULL;
      XqFormHeading *heading;

      if (!xq_json_is_present (&columns))
        {
          if (!read_column (reader, &element, error))
            return FALSE;
          g_ptr_array_add (headings, xq_form_heading_new (xq_form_get_column (reader->form, reader->form->columns->len - 1)->label,
                                                          reader->form->columns->len - 1));
          continue;
        }
      if (!xq_json_check_object (&element, group_keys, error) || !read_text (&element, "label", TRUE, &label, error))
        return FALSE;
      heading = xq_form_heading_new (label, -1);
      g_ptr_array_add (headings, heading);
      if (!read_headings (reader, &columns, heading->children, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_stubs (Reader *reader, const XqJson *root, GError **error)
{
  XqJson json = xq_json_member (root, "stubs");
  guint n = 0;

  if (xq_json_is_present (&json) && !xq_json_check_array (&json, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (&json, i);

      if (!read_column (reader, &element, error))
        return FALSE;
      if (xq_form_get_column (reader->form, i)->source != XQ_FORM_SOURCE_ATTRIBUTE)
        return xq_json_fail (&element, error, _ ("a stub column shows an attribute"));
    }
  reader->form->n_stubs = n;
  return TRUE;
}

static int
find_column (const char *id, gpointer data)
{
  return xq_form_find_column (data, id);
}

typedef struct
{
  const XqForm *form;
  guint self;
  gboolean wrong;
} Operands;

static void
check_operand (guint index, gpointer data)
{
  Operands *operands = data;
  const XqFormColumn *column = xq_form_get_column (operands->form, index);

  if (index == operands->self || column->kind != XQ_FORM_KIND_COUNT)
    operands->wrong = TRUE;
}

/* A formula adds and divides counts. */
static gboolean
check_formula (const XqForm *form, const XqFormNode *formula, guint self, const XqJson *at, GError **error)
{
  Operands operands = { .form = form, .self = self };

  xq_form_node_visit (formula, check_operand, &operands);
  if (operands.wrong)
    return xq_json_fail (at, error, _ ("only columns of whole numbers can be added and divided, and none by itself"));
  return TRUE;
}

static gboolean
depends_on (const XqForm *form, const XqFormNode *node, guint index, guint depth)
{
  if (node == NULL)
    return FALSE;
  if (depth > MAX_COLUMNS)
    return TRUE;
  if (node->kind == XQ_FORM_NODE_COLUMN)
    return node->column == index || depends_on (form, xq_form_get_column (form, node->column)->formula, index, depth + 1);
  return depends_on (form, node->left, index, depth) || depends_on (form, node->right, index, depth);
}

static gboolean
resolve_formulas (Reader *reader, GError **error)
{
  XqForm *form = reader->form;

  for (guint i = 0; i < reader->pending->len; i++)
    {
      const Pending *pending = &g_array_index (reader->pending, Pending, i);

      if (pending->formula != NULL)
        {
          pending->column->formula = xq_form_node_parse (pending->formula, find_column, form, error);
          if (pending->column->formula == NULL)
            {
              g_prefix_error (error, "%s: ", pending->formula_path);
              return FALSE;
            }
          pending->column->kind = pending->column->formula->kind == XQ_FORM_NODE_RATE     ? XQ_FORM_KIND_RATE
                                  : pending->column->formula->kind == XQ_FORM_NODE_MARGIN ? XQ_FORM_KIND_MARGIN
                                                                                          : XQ_FORM_KIND_COUNT;
        }
      if (pending->used_by != NULL)
        {
          pending->column->used_by = xq_form_find_column (form, pending->used_by);
          if (pending->column->used_by < 0
              || xq_form_get_column (form, pending->column->used_by)->source != XQ_FORM_SOURCE_INDICATOR)
            {
              g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_DEFINITION,
                           _ ("%s: there is no column “%s” that shows an indicator"), pending->used_by_path, pending->used_by);
              return FALSE;
            }
        }
    }
  for (guint i = 0; i < reader->pending->len; i++)
    {
      const Pending *pending = &g_array_index (reader->pending, Pending, i);
      XqJson at = { .domain = XQ_REPORT_ERROR };

      if (pending->formula == NULL)
        continue;
      g_strlcpy (at.path, pending->formula_path, sizeof at.path);
      if (!check_formula (form, pending->column->formula, i, &at, error))
        return FALSE;
      if (depends_on (form, pending->column->formula, i, 0))
        return xq_json_fail (&at, error, _ ("the formula depends on itself"));
    }
  return TRUE;
}

static gboolean
read_rule (XqForm *form, const XqJson *json, GError **error)
{
  g_autofree char *left = NULL;
  const char *text, *sign;
  XqFormRule *rule;

  if (!xq_json_get_text (json, FALSE, &text, error))
    return FALSE;
  sign = strchr (text, '=');
  if (sign == NULL || sign == text)
    return xq_json_fail (json, error, _ ("must be of the form “units = single + multiple” or “bodies <= areas”"));
  rule = g_new0 (XqFormRule, 1);
  g_ptr_array_add (form->rules, rule);
  rule->less = sign[-1] == '<';
  left = g_strndup (text, sign - text - (rule->less ? 1 : 0));
  rule->left = xq_form_node_parse (left, find_column, form, error);
  if (rule->left != NULL)
    rule->right = xq_form_node_parse (sign + 1, find_column, form, error);
  if (rule->right == NULL)
    {
      g_prefix_error (error, "%s: ", json->path);
      return FALSE;
    }
  if (xq_form_node_is_share (rule->left) || xq_form_node_is_share (rule->right))
    return xq_json_fail (json, error, _ ("rules compare whole numbers"));
  return check_formula (form, rule->left, G_MAXUINT, json, error) && check_formula (form, rule->right, G_MAXUINT, json, error);
}

static gboolean
read_rules (Reader *reader, const XqJson *root, GError **error)
{
  XqJson json = xq_json_member (root, "balance");
  guint n = 0;

  if (xq_json_is_present (&json) && !xq_json_check_array (&json, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (&json, i);

      if (!read_rule (reader->form, &element, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_notes (Reader *reader, const XqJson *root, GError **error)
{
  XqJson json = xq_json_member (root, "notes");
  guint n = 0;

  if (xq_json_is_present (&json) && !xq_json_check_array (&json, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (&json, i);
      const char *text;

      if (!xq_json_get_text (&element, FALSE, &text, error))
        return FALSE;
      g_ptr_array_add (reader->form->notes, g_strdup (text));
    }
  return TRUE;
}

static gboolean
read_chart_columns (const XqForm *form, const XqJson *chart_json, XqFormChart *chart, GError **error)
{
  XqJson json = xq_json_member (chart_json, "columns");
  guint n;

  if (!xq_json_check_array (&json, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (&json, i);
      const char *id;
      guint index;
      int found;

      if (!xq_json_get_text (&element, FALSE, &id, error))
        return FALSE;
      found = xq_form_find_column (form, id);
      if (found < 0 || xq_form_get_column (form, found)->source != XQ_FORM_SOURCE_INDICATOR
          || xq_form_get_column (form, found)->kind != XQ_FORM_KIND_COUNT)
        return xq_json_fail (&element, error, _ ("“%s” is no column of whole numbers bound to an indicator"), id);
      index = found;
      g_array_append_val (chart->columns, index);
    }
  if (n == 0)
    return xq_json_fail (&json, error, _ ("must not be empty"));
  return TRUE;
}

static gboolean
read_chart (XqForm *form, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "kind", "title", "print_title", "palette", "columns", "indicator", "levels", NULL };
  const XqJson kind_json = xq_json_member (json, "kind");
  XqFormChart *chart = g_new0 (XqFormChart, 1);
  int kind, palette = XQ_FORM_PALETTE_COVERAGE;
  gboolean own = FALSE;

  g_ptr_array_add (form->charts, chart);
  chart->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  chart->levels = form->levels;
  if (!xq_json_check_object (json, keys, error) || !xq_json_get_choice (&kind_json, chart_nicks, &kind, error)
      || !read_text (json, "title", TRUE, &chart->title, error)
      || !read_text (json, "print_title", FALSE, &chart->print_title, error)
      || !read_choice (json, "palette", palette_nicks, &palette, error)
      || !read_indicator (form, json, &chart->indicator, &own, error) || !read_levels (json, &chart->levels, error))
    return FALSE;
  chart->kind = kind;
  chart->palette = palette;
  if (chart->kind != XQ_FORM_CHART_TREND)
    return read_chart_columns (form, json, chart, error);
  if (chart->indicator == NULL || own)
    return xq_json_fail (json, error, _ ("a trend needs one of the program's indicators"));
  return TRUE;
}

static gboolean
read_charts (Reader *reader, const XqJson *root, GError **error)
{
  XqJson json = xq_json_member (root, "charts");
  guint n = 0;

  if (xq_json_is_present (&json) && !xq_json_check_array (&json, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (&json, i);

      if (!read_chart (reader->form, &element, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_suppression (XqForm *form, const XqJson *root, GError **error)
{
  static const char *const keys[] = { "sample", NULL };
  XqJson json = xq_json_member (root, "suppression");
  XqJson sample = xq_json_member (&json, "sample");
  const char *id;

  if (!xq_json_is_present (&json))
    return TRUE;
  if (!xq_json_check_object (&json, keys, error) || !xq_json_get_text (&sample, FALSE, &id, error))
    return FALSE;
  form->sample = xq_form_find_column (form, id);
  if (form->sample < 0 || xq_form_get_column (form, form->sample)->kind != XQ_FORM_KIND_COUNT)
    return xq_json_fail (&sample, error, _ ("there is no column “%s” of whole numbers"), id);
  return TRUE;
}

/* The form's own indicators are written as in the program's catalogue. */
static gboolean
read_indicators (XqForm *form, const XqJson *root, GError **error)
{
  XqJson json = xq_json_member (root, "indicators");
  g_autoptr (JsonNode) catalogue = NULL;
  g_autoptr (GError) inner = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;
  guint n;

  if (!xq_json_is_present (&json))
    return TRUE;
  if (!xq_json_check_array (&json, &n, error))
    return FALSE;
  object = json_object_new ();
  json_object_set_member (object, "indicators", json_node_copy (json.node));
  catalogue = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  text = json_to_string (catalogue, FALSE);
  form->indicators = xq_indicator_set_parse (text, -1, &inner);
  if (form->indicators == NULL)
    {
      g_set_error_literal (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_DEFINITION, inner->message);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_form (Reader *reader, const XqJson *root, GError **error)
{
  static const char *const keys[]
      = { "id",    "title",   "short_title", "description", "measures", "zero",        "levels", "indicators",
          "stubs", "columns", "balance",     "notes",       "charts",   "suppression", NULL };
  const XqJson columns = xq_json_member (root, "columns");
  XqForm *form = reader->form;
  int zero = 0;

  if (!xq_json_check_object (root, keys, error) || !read_text (root, "id", TRUE, &form->id, error)
      || !read_text (root, "title", TRUE, &form->title, error) || !read_text (root, "short_title", TRUE, &form->short_title, error)
      || !read_text (root, "description", TRUE, &form->description, error)
      || !read_text (root, "measures", TRUE, &form->measures, error) || !read_choice (root, "zero", zero_nicks, &zero, error))
    return FALSE;
  form->zero_as_dash = zero == 1;
  form->levels = (1u << XQ_LEVEL_STREET) | (1u << XQ_LEVEL_COMMUNITY) | (1u << XQ_LEVEL_COMPOUND);
  return read_levels (root, &form->levels, error) && read_indicators (form, root, error) && read_stubs (reader, root, error)
         && read_headings (reader, &columns, form->headings, 1, error) && resolve_formulas (reader, error)
         && read_rules (reader, root, error) && read_notes (reader, root, error) && read_charts (reader, root, error)
         && read_suppression (form, root, error);
}

XqForm *
xq_form_parse (const char *json, gssize length, GError **error)
{
  g_autoptr (XqForm) form = xq_form_new ();
  Reader reader = { .form = form, .pending = g_array_new (FALSE, TRUE, sizeof (Pending)) };
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) inner = NULL;
  XqJson root;
  gboolean done;

  g_array_set_clear_func (reader.pending, pending_clear);
  node = xq_json_parse (json, length, XQ_REPORT_ERROR, &root, &inner);
  done = node != NULL && read_form (&reader, &root, &inner);
  g_array_unref (reader.pending);
  if (done)
    return g_steal_pointer (&form);
  g_set_error_literal (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_DEFINITION, inner->message);
  return NULL;
}
