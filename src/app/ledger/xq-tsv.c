#include "xq-tsv.h"

#include <string.h>

static GPtrArray *
add_row (GPtrArray *rows)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (rows, row);
  return row;
}

/* A cell that begins with a quote ends at the next single one; a doubled quote is one. Returns what follows the cell. */
static const char *
read_quoted (const char *p, GString *cell)
{
  for (p++; *p != '\0'; p++)
    {
      if (*p == '"' && p[1] == '"')
        p++;
      else if (*p == '"')
        return p + 1;
      g_string_append_c (cell, *p);
    }
  return p;
}

/* Whether the quote that begins @p is closed before a tab or line end that follows: else it is only a character. */
static gboolean
is_quoted (const char *p)
{
  g_autoptr (GString) unused = g_string_new (NULL);
  const char *end = read_quoted (p, unused);

  return end[-1] == '"' && end > p + 1 && (*end == '\0' || strchr ("\t\r\n", *end) != NULL);
}

GPtrArray *
xq_tsv_parse (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  GPtrArray *row = NULL;
  const char *p = text;

  while (*p != '\0')
    {
      GString *cell = g_string_new (NULL);

      if (row == NULL)
        row = add_row (rows);
      if (*p == '"' && is_quoted (p))
        p = read_quoted (p, cell);
      else
        for (; *p != '\0' && strchr ("\t\r\n", *p) == NULL; p++)
          g_string_append_c (cell, *p);
      g_ptr_array_add (row, g_string_free (cell, FALSE));
      if (*p == '\t')
        {
          p++;
          /* A tab at the very end is followed by an empty cell. */
          if (*p == '\0' || *p == '\r' || *p == '\n')
            g_ptr_array_add (row, g_strdup (""));
        }
      if (*p == '\r' || *p == '\n')
        {
          p += *p == '\r' && p[1] == '\n' ? 2 : 1;
          row = NULL;
        }
    }
  return rows;
}

void
xq_tsv_append_cell (GString *tsv, const char *text)
{
  if (*text != '"' && strpbrk (text, "\t\r\n") == NULL)
    {
      g_string_append (tsv, text);
      return;
    }
  g_string_append_c (tsv, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (tsv, '"');
      g_string_append_c (tsv, *text);
    }
  g_string_append_c (tsv, '"');
}
