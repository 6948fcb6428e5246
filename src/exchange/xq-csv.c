#include "xq-csv.h"

#include <string.h>

#include "xq-output-file.h"

GString *
xq_csv_new (void)
{
  return g_string_new ("\xef\xbb\xbf");
}

static void
append_cell (GString *text, const char *value)
{
  gboolean formula = value[0] != '\0' && strchr ("=+-@\t", value[0]) != NULL;

  if (!formula && strpbrk (value, ",\"\r\n") == NULL && value[0] != ' ')
    {
      g_string_append (text, value);
      return;
    }
  g_string_append_c (text, '"');
  if (formula)
    g_string_append_c (text, '\'');
  for (; *value != '\0'; value++)
    {
      if (*value == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *value);
    }
  g_string_append_c (text, '"');
}

void
xq_csv_add_row (GString *text, const char *const *cells, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      if (cells[i] != NULL)
        append_cell (text, cells[i]);
    }
  g_string_append (text, "\r\n");
}

gboolean
xq_csv_write (const GString *text, const char *path, GError **error)
{
  g_autoptr (XqOutputFile) file = xq_output_file_new (path, error);
  gboolean token, written;

  if (file == NULL)
    return FALSE;
  token = xq_output_file_begin_limit ();
  written = xq_output_file_write (file, text->str, text->len, error) && xq_output_file_finish (file, NULL, error);
  xq_output_file_end_limit (token);
  return written;
}
