#include "xq-expression.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-transaction.h"

/* Longer than anyone writes; keeps SQLite's parser from deep nesting. */
#define MAX_LENGTH 2000

static const char *const words[]
    = { "CASE", "WHEN", "THEN", "ELSE", "END", "AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", NULL };
static const char *const functions[] = { "abs", "min", "max", "coalesce", "ifnull", "nullif", "iif", "round", "sign", NULL };

struct _XqExpression
{
  XqConnection *connection;
  GArray *terms; /* int: of a linear one, ending with −1; else each column once, in the order of parameters */
  gboolean linear;
  sqlite3_stmt *statement; /* of one that is not linear */
};

static gboolean
fail (const char *indicator, const char *part, const char *what, GError **error)
{
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("The %s of the indicator “%s” cannot be used: %s"), part,
               indicator, what);
  return FALSE;
}

static void
add_column (XqExpression *expression, int column, gboolean once)
{
  for (guint i = 0; once && i < expression->terms->len; i++)
    if (g_array_index (expression->terms, int, i) == column)
      return;
  g_array_append_val (expression->terms, column);
}

/* Reads "a + b + c". FALSE without error where it is something else. */
static gboolean
read_linear (XqExpression *expression, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "+", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      int column = xq_fact_column_find (g_strstrip (parts[i]), -1);

      if (column < 0)
        {
          g_array_set_size (expression->terms, 0);
          return FALSE;
        }
      add_column (expression, column, FALSE);
    }
  return expression->terms->len > 0;
}

/*
 * Every token must be one we know and parentheses must match, so that the text stays an expression wherever it is put:
 * no quotes, comments, semicolons or parameters.
 */
static gboolean
read_tokens (XqExpression *expression, const char *text, const char *indicator, const char *part, GError **error)
{
  int depth = 0;

  for (const char *p = text; *p != '\0';)
    {
      gsize length = 1;
      g_autofree char *token = NULL;

      if (g_ascii_isspace (*p))
        {
          p++;
          continue;
        }
      if (g_ascii_isalpha (*p) || *p == '_')
        {
          g_autofree char *upper = NULL;
          g_autofree char *lower = NULL;

          while (g_ascii_isalnum (p[length]) || p[length] == '_')
            length++;
          token = g_strndup (p, length);
          upper = g_ascii_strup (token, -1);
          lower = g_ascii_strdown (token, -1);
          if (xq_fact_column_find (token, -1) >= 0)
            add_column (expression, xq_fact_column_find (token, -1), TRUE);
          else if (!g_strv_contains (words, upper) && !g_strv_contains (functions, lower))
            {
              g_autofree char *what = g_strdup_printf (_ ("“%s” is not a column of figures"), token);

              return fail (indicator, part, what, error);
            }
        }
      else if (g_ascii_isdigit (*p))
        while (g_ascii_isdigit (p[length]))
          length++;
      else if (strchr ("+-*/%<>=!(),", *p) == NULL || g_str_has_prefix (p, "--") || g_str_has_prefix (p, "/*"))
        {
          g_autofree char *what = g_strdup_printf (_ ("it may not hold “%.*s”"), (int)(g_utf8_next_char (p) - p), p);

          return fail (indicator, part, what, error);
        }
      depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
      if (depth < 0)
        break;
      p += length;
    }
  return depth == 0 || fail (indicator, part, _ ("its parentheses do not match"), error);
}

/* The statement reads a row of parameters: there is no table, no column and no function that it would need besides. */
static int
authorize (void *data, int action, const char *first, const char *second, const char *database, const char *trigger)
{
  if (action == SQLITE_SELECT)
    return SQLITE_OK;
  if (action == SQLITE_FUNCTION && second != NULL && g_strv_contains (functions, second))
    return SQLITE_OK;
  return SQLITE_DENY;
}

static gboolean
prepare (XqExpression *expression, const char *text, const char *indicator, const char *part, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT CAST ((");
  const char *tail = NULL;
  gboolean fine;
  int code;

  g_string_append_printf (sql, "%s) AS INTEGER) FROM (SELECT ", text);
  if (expression->terms->len == 0)
    g_string_append (sql, "1");
  for (guint i = 0; i < expression->terms->len; i++)
    g_string_append_printf (sql, "%s?%u AS %s", i > 0 ? ", " : "", i + 1,
                            XQ_FACT_COLUMNS[g_array_index (expression->terms, int, i)].name);
  g_string_append_c (sql, ')');

  sqlite3_set_authorizer (expression->connection->db, authorize, NULL);
  code = sqlite3_prepare_v2 (expression->connection->db, sql->str, -1, &expression->statement, &tail);
  sqlite3_set_authorizer (expression->connection->db, NULL, NULL);
  fine = code == SQLITE_OK && expression->statement != NULL && *tail == '\0' && sqlite3_stmt_readonly (expression->statement);
  return fine
         || fail (indicator, part, code == SQLITE_OK ? _ ("it is no expression") : sqlite3_errmsg (expression->connection->db),
                  error);
}

XqExpression *
xq_expression_new (XqTransaction *tx, const char *text, const char *indicator, const char *part, GError **error)
{
  g_autoptr (XqExpression) expression = g_new0 (XqExpression, 1);
  int end = -1;

  expression->connection = tx->connection;
  expression->terms = g_array_new (FALSE, FALSE, sizeof (int));
  expression->linear = read_linear (expression, text);
  if (!expression->linear)
    {
      if (strlen (text) > MAX_LENGTH)
        {
          fail (indicator, part, _ ("it is too long"), error);
          return NULL;
        }
      if (!read_tokens (expression, text, indicator, part, error) || !prepare (expression, text, indicator, part, error))
        return NULL;
    }
  g_array_append_val (expression->terms, end);
  return g_steal_pointer (&expression);
}

void
xq_expression_free (XqExpression *expression)
{
  sqlite3_finalize (expression->statement);
  g_array_unref (expression->terms);
  g_free (expression);
}

gboolean
xq_expression_is_linear (const XqExpression *expression)
{
  return expression->linear;
}

const int *
xq_expression_get_terms (const XqExpression *expression)
{
  return (const int *)(gconstpointer)expression->terms->data;
}

gint64
xq_expression_get_groups (const XqExpression *expression)
{
  gint64 groups = 0;

  for (const int *term = xq_expression_get_terms (expression); *term >= 0; term++)
    groups |= (gint64)1 << XQ_FACT_COLUMNS[*term].group;
  return groups;
}

gboolean
xq_expression_is_at_home (const XqExpression *expression)
{
  for (const int *term = xq_expression_get_terms (expression); *term >= 0; term++)
    if (!XQ_FACT_COLUMNS[*term].at_home)
      return FALSE;
  return expression->linear;
}

gboolean
xq_expression_evaluate (XqExpression *expression, const gint64 *values, gint64 *result, GError **error)
{
  const int *terms = xq_expression_get_terms (expression);
  int code;

  *result = 0;
  if (expression->linear)
    {
      for (; *terms >= 0; terms++)
        *result += values[*terms];
      return TRUE;
    }
  for (int i = 0; terms[i] >= 0; i++)
    sqlite3_bind_int64 (expression->statement, i + 1, values[terms[i]]);
  code = sqlite3_step (expression->statement);
  if (code == SQLITE_ROW)
    *result = sqlite3_column_int64 (expression->statement, 0);
  sqlite3_reset (expression->statement);
  return code == SQLITE_ROW || xq_connection_fail (expression->connection, code, error);
}
