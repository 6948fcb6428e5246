/* tree: the units below a unit. */

#include "xq-cli-context.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "xq-statistics.h"

/* A row and the rows below it. */
typedef struct {
  XqTreeRow *row;
  char *path;
  GPtrArray *children; /* Node *, %NULL at the depth asked for */
} Node;

typedef struct {
  XqCliScope scope;
  gint64 depth;
  GPtrArray *tops; /* Node * */
} Tree;

static void
node_free (gpointer data)
{
  Node *node = data;

  g_clear_pointer (&node->row, xq_tree_row_free);
  g_clear_pointer (&node->path, g_free);
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_free (node);
}

static GPtrArray *load_nodes (XqTransaction *tx, Tree *tree, gint64 parent, gint64 only, const char *path, gint64 depth, GError **error);

static Node *
load_node (XqTransaction *tx, Tree *tree, XqTreeRow *row, const char *parent_path, gint64 depth, GError **error)
{
  Node *node = g_new0 (Node, 1);

  node->row = row;
  node->path = parent_path != NULL ? g_strdup_printf ("%s/%s", parent_path, row->unit->name) : g_strdup (row->unit->name);
  if (depth == 0 || !row->has_children)
    return node;
  node->children = load_nodes (tx, tree, row->unit->id, 0, node->path, depth - 1, error);
  if (node->children == NULL)
    g_clear_pointer (&node, node_free);
  return node;
}

/* The nodes below @parent, or of them @only where it is not 0. */
static GPtrArray *
load_nodes (XqTransaction *tx, Tree *tree, gint64 parent, gint64 only, const char *path, gint64 depth, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_unit_list_children (tx, parent, tree->scope.period, error);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (node_free);

  if (rows == NULL)
    return NULL;
  g_ptr_array_set_free_func (rows, (GDestroyNotify) xq_tree_row_free);
  while (rows->len > 0)
    {
      XqTreeRow *row = g_ptr_array_steal_index (rows, 0);
      Node *node;

      if (only != 0 && row->unit->id != only)
        {
          xq_tree_row_free (row);
          continue;
        }
      node = load_node (tx, tree, row, path, depth, error);
      if (node == NULL)
        return NULL;
      g_ptr_array_add (nodes, node);
    }
  return g_steal_pointer (&nodes);
}

static gpointer
tree_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Tree *tree = data;
  g_autofree char *parent_path = NULL;

  if (tree->scope.unit_text == NULL)
    {
      tree->tops = load_nodes (tx, tree, 0, 0, NULL, tree->depth, error);
      return GINT_TO_POINTER (tree->tops != NULL);
    }
  if (!xq_cli_scope_resolve (&tree->scope, tx, error))
    return NULL;
  if (tree->scope.unit->parent != 0)
    parent_path = g_path_get_dirname (tree->scope.unit->path);
  tree->tops = load_nodes (tx, tree, tree->scope.unit->parent, tree->scope.unit->id, parent_path, tree->depth, error);
  if (tree->tops != NULL && tree->tops->len == 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("“%s” is not in force in this period; choose another period"),
                   tree->scope.unit->path);
      return NULL;
    }
  return GINT_TO_POINTER (tree->tops != NULL);
}

static void
add_json (JsonBuilder *builder, GPtrArray *nodes)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < nodes->len; i++)
    {
      const Node *node = g_ptr_array_index (nodes, i);
      const XqTreeRow *row = node->row;

      json_builder_begin_object (builder);
      xq_cli_json_set_unit (builder, row->unit, node->path);
      if (row->unit->level < XQ_LEVEL_BUILDING)
        {
          xq_cli_json_set_int (builder, "compounds", row->compounds);
          xq_cli_json_set_int (builder, "covered", row->covered);
          xq_cli_json_set_int (builder, "contacted", row->contacted);
        }
      if (row->unit->level == XQ_LEVEL_COMPOUND)
        {
          xq_cli_json_set_text (builder, "coverage", xq_enum_nick (&XQ_ENUM_COVERAGE, row->coverage));
          xq_cli_json_set_int (builder, "original_compounds", row->original_compounds);
        }
      if (row->unit->level >= XQ_LEVEL_COMPOUND)
        xq_cli_json_set_int (builder, "households", row->households);
      xq_cli_json_set_boolean (builder, "has_children", row->has_children);
      if (node->children != NULL)
        {
          json_builder_set_member_name (builder, "children");
          add_json (builder, node->children);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_rows (XqCliTable *table, GPtrArray *nodes, const char *indent, gboolean top)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      const Node *node = g_ptr_array_index (nodes, i);
      const XqTreeRow *row = node->row;
      gboolean last = i + 1 == nodes->len;
      const char *branch = top ? "" : last ? "└─ " : "├─ ";
      g_autofree char *name = g_strconcat (indent, branch, row->unit->name, NULL);
      g_autofree char *count = xq_format_count (row->households);
      g_autofree char *households = g_strdup_printf (_ ("%s households"), count);
      g_autofree char *covered = NULL;
      const char *cells[4] = { name, NULL, NULL, row->unit->code };

      if (row->unit->level < XQ_LEVEL_COMPOUND)
        {
          covered = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, row->covered, row->compounds);
          cells[1] = covered;
        }
      else
        {
          if (row->unit->level == XQ_LEVEL_COMPOUND)
            cells[1] = xq_enum_label (&XQ_ENUM_COVERAGE, xq_enum_nick (&XQ_ENUM_COVERAGE, row->coverage));
          cells[2] = households;
        }
      xq_cli_table_add_row (table, cells);
      if (node->children != NULL)
        {
          g_autofree char *deeper = g_strconcat (indent, top ? "" : last ? "   " : "│  ", NULL);

          add_rows (table, node->children, deeper, FALSE);
        }
    }
}

static void
print_tree (XqCli *cli, XqStore *store, const Tree *tree)
{
  XqPeriod period = xq_period_is_set (tree->scope.period) ? tree->scope.period : xq_store_get_open_period (store);

  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autofree char *text = xq_period_to_string (period);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "period", text);
      json_builder_set_member_name (builder, "units");
      add_json (builder, tree->tops);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    {
      g_autoptr (XqCliTable) table = xq_cli_table_new ("lrrl");
      g_autofree char *heading = xq_cli_describe_period (period);

      printf ("%s\n", heading);
      add_rows (table, tree->tops, "", TRUE);
      xq_cli_table_print (table);
    }
}

static gboolean
run_tree (XqCli *cli, GError **error)
{
  Tree tree = { .depth = XQ_N_LEVELS };
  g_autoptr (XqStore) store = NULL;
  gboolean done;

  if (!xq_arguments_get_int (cli->arguments, XQ_OPTION_DEPTH, 0, XQ_N_LEVELS, &tree.depth, error)
      || !xq_cli_scope_init (&tree.scope, cli, error))
    return FALSE;
  store = xq_cli_open (cli, FALSE, error);
  if (store == NULL)
    return FALSE;
  done = xq_store_read (store, tree_job, &tree, G_CANCELLABLE (cli->progress), error) != NULL;
  if (done)
    print_tree (cli, store, &tree);
  g_clear_pointer (&tree.tops, g_ptr_array_unref);
  xq_cli_scope_clear (&tree.scope);
  return done && xq_store_close (store, error);
}

const XqCliCommand XQ_COMMANDS_TREE[] = {
  { "tree", "FILE", NULL, N_ ("show the tree below a unit with its coverage"), 1,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_DEPTH) | XQ_OPTION_BIT (XQ_OPTION_PERIOD), run_tree },
  { NULL },
};
