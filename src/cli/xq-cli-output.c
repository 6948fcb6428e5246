#include "xq-cli-output.h"

#include <stdio.h>
#include <string.h>

struct _XqCliTable
{
  char *alignment;
  guint n_columns;
  int *widths;
  GPtrArray *rows; /* char ** of n_columns, %NULL for a rule */
};

static void
row_free (gpointer row)
{
  g_strfreev (row);
}

static void
print_spaces (int n)
{
  for (int i = 0; i < n; i++)
    putchar (' ');
}

XqCliTable *
xq_cli_table_new (const char *alignment)
{
  XqCliTable *table = g_new0 (XqCliTable, 1);

  table->alignment = g_strdup (alignment);
  table->n_columns = strlen (alignment);
  table->widths = g_new0 (int, table->n_columns);
  table->rows = g_ptr_array_new_with_free_func (row_free);
  return table;
}

void
xq_cli_table_free (XqCliTable *table)
{
  g_clear_pointer (&table->alignment, g_free);
  g_clear_pointer (&table->widths, g_free);
  g_clear_pointer (&table->rows, g_ptr_array_unref);
  g_free (table);
}

void
xq_cli_table_add_row (XqCliTable *table, const char *const *cells)
{
  char **row = g_new0 (char *, table->n_columns + 1);

  for (guint i = 0; i < table->n_columns; i++)
    {
      row[i] = g_strdup (cells[i] != NULL ? cells[i] : "");
      table->widths[i] = MAX (table->widths[i], xq_cli_text_width (row[i]));
    }
  g_ptr_array_add (table->rows, row);
}

void
xq_cli_table_add_rule (XqCliTable *table)
{
  g_ptr_array_add (table->rows, NULL);
}

void
xq_cli_table_print (XqCliTable *table)
{
  int total = 0;

  for (guint i = 0; i < table->n_columns; i++)
    total += table->widths[i] + (i > 0 ? 2 : 0);
  for (guint r = 0; r < table->rows->len; r++)
    {
      char **row = g_ptr_array_index (table->rows, r);
      int owed = 0; /* spaces not yet printed: a line does not end in them */

      if (row == NULL)
        {
          for (int i = 0; i < total; i++)
            fputs ("─", stdout);
          putchar ('\n');
          continue;
        }
      for (guint i = 0; i < table->n_columns; i++)
        {
          int pad = table->widths[i] - xq_cli_text_width (row[i]);

          if (table->alignment[i] == 'r')
            owed += pad;
          if (row[i][0] != '\0')
            {
              print_spaces (owed);
              owed = 0;
              fputs (row[i], stdout);
            }
          if (table->alignment[i] != 'r')
            owed += pad;
          owed += 2;
        }
      putchar ('\n');
    }
}

int
xq_cli_text_width (const char *text)
{
  int width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

void
xq_cli_json_add_text (JsonBuilder *builder, const char *text)
{
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
xq_cli_json_set_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  xq_cli_json_add_text (builder, text);
}

void
xq_cli_json_set_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
xq_cli_json_set_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
xq_cli_json_set_id (JsonBuilder *builder, const char *name, gint64 id)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, id);
  xq_cli_json_set_text (builder, name, text);
}

void
xq_cli_json_set_unit (JsonBuilder *builder, const XqUnit *unit, const char *path)
{
  json_builder_set_member_name (builder, "unit");
  json_builder_begin_object (builder);
  xq_cli_json_set_id (builder, "id", unit->id);
  xq_cli_json_set_text (builder, "level", xq_level_to_nick (unit->level));
  xq_cli_json_set_text (builder, "code", unit->code);
  xq_cli_json_set_text (builder, "name", unit->name);
  xq_cli_json_set_text (builder, "path", path != NULL ? path : unit->path);
  json_builder_end_object (builder);
}

char *
xq_cli_json_to_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

void
xq_cli_json_print (JsonBuilder *builder)
{
  g_autofree char *text = xq_cli_json_to_text (builder);

  fputs (text, stdout);
  putchar ('\n');
}
