#include "xq-form-expression.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "xq-report.h"
#include "xq-statistics.h"

/* z of xq_wilson_interval, as it stands in the formulas. */
#define Z "1.959964"
#define MAX_DEPTH 32

typedef struct
{
  const char *text;
  const char *at;
  XqFormFindFunc find;
  gpointer data;
  int depth;
} Parser;

static XqFormNode *parse_sum (Parser *parser, GError **error);

static XqFormNode *
node_new (XqFormNodeKind kind, XqFormNode *left, XqFormNode *right)
{
  XqFormNode *node = g_new0 (XqFormNode, 1);

  node->kind = kind;
  node->left = left;
  node->right = right;
  return node;
}

static gpointer
fail (Parser *parser, GError **error, const char *what)
{
  g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_DEFINITION, _ ("“%s”, character %ld: %s"), parser->text,
               (long)g_utf8_pointer_to_offset (parser->text, parser->at) + 1, what);
  return NULL;
}

static void
skip_space (Parser *parser)
{
  while (g_ascii_isspace (*parser->at))
    parser->at++;
}

static gboolean
take (Parser *parser, char c)
{
  skip_space (parser);
  if (*parser->at != c)
    return FALSE;
  parser->at++;
  return TRUE;
}

static XqFormNode *
parse_number (Parser *parser, GError **error)
{
  g_autoptr (XqFormNode) node = node_new (XQ_FORM_NODE_NUMBER, NULL, NULL);
  char *end;

  node->number = g_ascii_strtoll (parser->at, &end, 10);
  if (node->number > G_MAXINT32)
    return fail (parser, error, _ ("the number is too large"));
  parser->at = end;
  return g_steal_pointer (&node);
}

static XqFormNode *
parse_column (Parser *parser, GError **error)
{
  const char *start = parser->at;
  g_autofree char *id = NULL;
  XqFormNode *node;
  int column;

  while (g_ascii_isalnum (*parser->at) || *parser->at == '_')
    parser->at++;
  id = g_strndup (start, parser->at - start);
  column = parser->find (id, parser->data);
  if (column < 0)
    {
      parser->at = start;
      return fail (parser, error, _ ("there is no such column"));
    }
  node = node_new (XQ_FORM_NODE_COLUMN, NULL, NULL);
  node->column = column;
  return node;
}

static XqFormNode *
parse_term (Parser *parser, GError **error)
{
  g_autoptr (XqFormNode) node = NULL;

  skip_space (parser);
  if (g_ascii_isdigit (*parser->at))
    return parse_number (parser, error);
  if (g_ascii_isalpha (*parser->at))
    return parse_column (parser, error);
  if (!take (parser, '('))
    return fail (parser, error, _ ("a column, a number or “(” is expected"));
  if (++parser->depth > MAX_DEPTH)
    return fail (parser, error, _ ("too many brackets"));
  node = parse_sum (parser, error);
  if (node == NULL)
    return NULL;
  parser->depth--;
  if (!take (parser, ')'))
    return fail (parser, error, _ ("“)” is missing"));
  return g_steal_pointer (&node);
}

static XqFormNode *
parse_sum (Parser *parser, GError **error)
{
  g_autoptr (XqFormNode) node = parse_term (parser, error);

  while (node != NULL)
    {
      gboolean add = take (parser, '+');
      XqFormNode *right;

      if (!add && !take (parser, '-'))
        break;
      right = parse_term (parser, error);
      if (right == NULL)
        return NULL;
      node = node_new (add ? XQ_FORM_NODE_ADD : XQ_FORM_NODE_SUBTRACT, g_steal_pointer (&node), right);
    }
  return g_steal_pointer (&node);
}

static XqFormNode *
parse_share (Parser *parser, XqFormNodeKind kind, GError **error)
{
  g_autoptr (XqFormNode) left = NULL;
  g_autoptr (XqFormNode) right = NULL;

  left = parse_sum (parser, error);
  if (left == NULL)
    return NULL;
  if (!take (parser, ','))
    return fail (parser, error, _ ("“,” is missing"));
  right = parse_sum (parser, error);
  if (right == NULL)
    return NULL;
  if (!take (parser, ')'))
    return fail (parser, error, _ ("“)” is missing"));
  return node_new (kind, g_steal_pointer (&left), g_steal_pointer (&right));
}

/* Whether @name and an opening bracket come next; moves behind them. */
static gboolean
take_call (Parser *parser, const char *name)
{
  const char *start;

  skip_space (parser);
  start = parser->at;
  if (!g_str_has_prefix (parser->at, name))
    return FALSE;
  parser->at += strlen (name);
  if (take (parser, '('))
    return TRUE;
  parser->at = start;
  return FALSE;
}

/* A reference or sum without brackets where none are needed. */
static void
append_sum (GString *text, const XqFormNode *node, gboolean bracket, XqFormReferenceFunc reference, gpointer data)
{
  g_autoptr (GString) left = NULL;
  g_autoptr (GString) right = NULL;

  switch (node->kind)
    {
    case XQ_FORM_NODE_NUMBER:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, node->number);
      return;
    case XQ_FORM_NODE_COLUMN:
      {
        const char *name = reference (node->column, data);

        if (name != NULL)
          g_string_append (text, name);
        return;
      }
    case XQ_FORM_NODE_ADD:
    case XQ_FORM_NODE_SUBTRACT:
      break;
    case XQ_FORM_NODE_RATE:
    case XQ_FORM_NODE_MARGIN:
      g_return_if_reached ();
    }

  /* Terms that are not printed come out empty and drop away. */
  left = g_string_new (NULL);
  right = g_string_new (NULL);
  append_sum (left, node->left, FALSE, reference, data);
  append_sum (right, node->right, node->kind == XQ_FORM_NODE_SUBTRACT, reference, data);
  if (right->len == 0)
    bracket = bracket && (node->left->kind == XQ_FORM_NODE_ADD || node->left->kind == XQ_FORM_NODE_SUBTRACT);
  else if (left->len == 0)
    bracket = bracket && node->kind == XQ_FORM_NODE_SUBTRACT;
  if (bracket)
    g_string_append_c (text, '(');
  g_string_append (text, left->str);
  if (right->len > 0 && (left->len > 0 || node->kind == XQ_FORM_NODE_SUBTRACT))
    g_string_append_c (text, node->kind == XQ_FORM_NODE_ADD ? '+' : '-');
  g_string_append (text, right->str);
  if (bracket)
    g_string_append_c (text, ')');
}

static char *
sum_to_text (const XqFormNode *node, gboolean bracket, XqFormReferenceFunc reference, gpointer data)
{
  GString *text = g_string_new (NULL);

  append_sum (text, node, bracket, reference, data);
  if (text->len == 0)
    g_string_append_c (text, '0');
  return g_string_free (text, FALSE);
}

XqFormNode *
xq_form_node_parse (const char *text, XqFormFindFunc find, gpointer data, GError **error)
{
  Parser parser = { .text = text, .at = text, .find = find, .data = data };
  g_autoptr (XqFormNode) node = NULL;

  if (take_call (&parser, "rate"))
    node = parse_share (&parser, XQ_FORM_NODE_RATE, error);
  else if (take_call (&parser, "margin"))
    node = parse_share (&parser, XQ_FORM_NODE_MARGIN, error);
  else
    node = parse_sum (&parser, error);
  if (node == NULL)
    return NULL;
  skip_space (&parser);
  if (*parser.at != '\0')
    return fail (&parser, error, _ ("this does not belong to the expression"));
  return g_steal_pointer (&node);
}

void
xq_form_node_free (XqFormNode *node)
{
  if (node == NULL)
    return;
  xq_form_node_free (node->left);
  xq_form_node_free (node->right);
  g_free (node);
}

gboolean
xq_form_node_is_share (const XqFormNode *node)
{
  return node->kind == XQ_FORM_NODE_RATE || node->kind == XQ_FORM_NODE_MARGIN;
}

gint64
xq_form_node_sum (const XqFormNode *node, XqFormValueFunc value, gpointer data)
{
  switch (node->kind)
    {
    case XQ_FORM_NODE_NUMBER:
      return node->number;
    case XQ_FORM_NODE_COLUMN:
      return value (node->column, data);
    case XQ_FORM_NODE_ADD:
      return xq_form_node_sum (node->left, value, data) + xq_form_node_sum (node->right, value, data);
    case XQ_FORM_NODE_SUBTRACT:
      return xq_form_node_sum (node->left, value, data) - xq_form_node_sum (node->right, value, data);
    case XQ_FORM_NODE_RATE:
    case XQ_FORM_NODE_MARGIN:
      break;
    }
  g_return_val_if_reached (0);
}

void
xq_form_node_visit (const XqFormNode *node, XqFormVisitFunc visit, gpointer data)
{
  if (node == NULL)
    return;
  if (node->kind == XQ_FORM_NODE_COLUMN)
    visit (node->column, data);
  xq_form_node_visit (node->left, visit, data);
  xq_form_node_visit (node->right, visit, data);
}

char *
xq_form_node_to_formula (const XqFormNode *node, int minimum, XqFormReferenceFunc reference, gpointer data)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  g_autofree char *guard = NULL;
  g_autofree char *plain = NULL;

  if (!xq_form_node_is_share (node))
    {
      plain = sum_to_text (node, FALSE, reference, data);
      return g_strconcat ("=", plain, NULL);
    }
  left = sum_to_text (node->left, TRUE, reference, data);
  right = sum_to_text (node->right, TRUE, reference, data);
  guard = minimum > 1 ? g_strdup_printf ("%s<%d", right, minimum) : g_strdup_printf ("%s=0", right);
  if (node->kind == XQ_FORM_NODE_RATE)
    return g_strdup_printf ("=IF(%s,\"—\",ROUND(100*%s/%s,1))", guard, left, right);
  return g_strdup_printf ("=IF(%s,\"—\",ROUND(100*" Z "/(1+" Z "^2/%s)*SQRT(%s*(%s-%s)/%s^3+" Z "^2/(4*%s^2)),1))", guard, right,
                          left, right, left, right, right);
}

char *
xq_form_node_to_text (const XqFormNode *node, XqFormReferenceFunc reference, gpointer data)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  if (node->kind == XQ_FORM_NODE_MARGIN)
    return NULL;
  if (node->kind != XQ_FORM_NODE_RATE)
    return sum_to_text (node, FALSE, reference, data);
  left = sum_to_text (node->left, TRUE, reference, data);
  right = sum_to_text (node->right, TRUE, reference, data);
  return g_strdup_printf ("%s÷%s×100", left, right);
}

gint64
xq_form_rate_tenths (gint64 numerator, gint64 denominator)
{
  g_return_val_if_fail (denominator > 0, 0);
  if (numerator < 0)
    return -xq_form_rate_tenths (-numerator, denominator);
  return (numerator * 2000 + denominator) / (denominator * 2);
}

gint64
xq_form_margin_tenths (gint64 numerator, gint64 denominator)
{
  double low, high;

  g_return_val_if_fail (denominator > 0, 0);
  xq_wilson_interval (numerator, denominator, &low, &high);
  return (gint64)floor ((high - low) / 2 * 1000 + 0.5);
}
