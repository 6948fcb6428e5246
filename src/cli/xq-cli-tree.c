#include "xq-cli-tree.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "xq-statistics.h"

static const char *
carry_id (XqTreeCarryKind kind)
{
  static const char *const ids[] = { "keep", "sum", "share", "none", "above" };

  return ids[kind];
}

void
xq_cli_tree_add_preview (JsonBuilder *builder, const XqTreePreview *preview)
{
  json_builder_set_member_name (builder, "movements");
  json_builder_begin_array (builder);
  for (guint i = 0; i < preview->movements->len; i++)
    {
      const XqTreeMovement *movement = g_ptr_array_index (preview->movements, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "type", movement->type->name);
      xq_cli_json_set_text (builder, "label", movement->label);
      xq_cli_json_set_int (builder, "count", movement->count);
      xq_cli_json_set_text (builder, "how", movement->how);
      xq_cli_json_set_text (builder, "to", movement->to);
      json_builder_set_member_name (builder, "examples");
      json_builder_begin_array (builder);
      for (guint k = 0; movement->examples[k] != NULL; k++)
        json_builder_add_string_value (builder, movement->examples[k]);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "conflicts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < preview->conflicts->len; i++)
    {
      const XqTreeConflict *conflict = g_ptr_array_index (preview->conflicts, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "id", conflict->id);
      xq_cli_json_set_text (builder, "message", conflict->message);
      xq_cli_json_set_text (builder, "chosen", conflict->chosen);
      json_builder_set_member_name (builder, "choices");
      json_builder_begin_array (builder);
      for (guint k = 0; k < conflict->choices->len; k++)
        {
          const XqTreeChoice *choice = g_ptr_array_index (conflict->choices, k);

          json_builder_begin_object (builder);
          xq_cli_json_set_text (builder, "id", choice->id);
          xq_cli_json_set_text (builder, "label", choice->label);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "carries");
  json_builder_begin_object (builder);
  for (guint i = 0; i < preview->carries->len; i++)
    {
      const XqTreeCarry *carry = g_ptr_array_index (preview->carries, i);

      xq_cli_json_set_text (builder, carry->indicator->id, carry_id (carry->kind));
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "notices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < preview->notices->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (preview->notices, i));
  json_builder_end_array (builder);
}

static void
print_movements (const XqTreePreview *preview)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("lrlll");
  const char *heading[] = { _ ("What"), _ ("Number"), _ ("How"), _ ("To"), _ ("For example") };

  if (preview->movements->len == 0)
    return;
  xq_cli_table_add_row (table, heading);
  xq_cli_table_add_rule (table);
  for (guint i = 0; i < preview->movements->len; i++)
    {
      const XqTreeMovement *movement = g_ptr_array_index (preview->movements, i);
      g_autofree char *number = xq_format_count (movement->count);
      g_autofree char *examples = g_strjoinv (_ (", "), movement->examples);
      const char *cells[] = { movement->label, number, movement->how, movement->to, examples };

      xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
}

/* Indicators that are carried alike on one line. */
static void
print_carries (const XqTreePreview *preview)
{
  for (XqTreeCarryKind kind = XQ_TREE_CARRY_KEEP; kind <= XQ_TREE_CARRY_ABOVE; kind++)
    {
      g_autoptr (GString) names = g_string_new (NULL);

      for (guint i = 0; i < preview->carries->len; i++)
        {
          const XqTreeCarry *carry = g_ptr_array_index (preview->carries, i);

          if (carry->kind == kind)
            g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "", xq_indicator_get_short_label (carry->indicator));
        }
      if (names->len > 0)
        printf (_ ("Past figures, %s: %s\n"), xq_tree_carry_describe (kind), names->str);
    }
}

void
xq_cli_tree_print_preview (const XqTreePreview *preview)
{
  print_movements (preview);
  for (guint i = 0; i < preview->conflicts->len; i++)
    {
      const XqTreeConflict *conflict = g_ptr_array_index (preview->conflicts, i);

      printf ("%s: %s\n", conflict->id, conflict->message);
      for (guint k = 0; k < conflict->choices->len; k++)
        {
          const XqTreeChoice *choice = g_ptr_array_index (conflict->choices, k);

          printf ("  %s %s=%s  %s\n", g_str_equal (choice->id, conflict->chosen) ? "*" : " ", conflict->id, choice->id,
                  choice->label);
        }
    }
  print_carries (preview);
  for (guint i = 0; i < preview->notices->len; i++)
    printf ("%s\n", (char *)g_ptr_array_index (preview->notices, i));
}
