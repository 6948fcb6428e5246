#include "xq-tree-node.h"

#include "xq-statistics.h"

#include <glib/gi18n-lib.h>

struct _XqTreeNode {
  GObject parent_instance;

  /* owned */
  XqTreeRow *row;
  GListStore *children;
  gboolean loaded;
  guint stamp;
};

enum { PROP_STAMP = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (XqTreeNode, xq_tree_node, G_TYPE_OBJECT)

static void
xq_tree_node_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_STAMP)
    g_value_set_uint (value, XQ_TREE_NODE (object)->stamp);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
xq_tree_node_finalize (GObject *object)
{
  XqTreeNode *self = XQ_TREE_NODE (object);

  g_clear_pointer (&self->row, xq_tree_row_free);
  g_clear_object (&self->children);
  G_OBJECT_CLASS (xq_tree_node_parent_class)->finalize (object);
}

static void
xq_tree_node_class_init (XqTreeNodeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = xq_tree_node_get_property;
  object_class->finalize = xq_tree_node_finalize;
  properties[PROP_STAMP] = g_param_spec_uint ("stamp", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xq_tree_node_init (XqTreeNode *self)
{
}

XqTreeNode *
xq_tree_node_new (XqTreeRow *row)
{
  XqTreeNode *self = g_object_new (XQ_TYPE_TREE_NODE, NULL);

  xq_tree_node_update (self, row);
  return self;
}

XqTreeNode *
xq_tree_node_new_for_unit (const XqUnit *unit)
{
  XqTreeRow *row = g_new0 (XqTreeRow, 1);

  row->unit = xq_unit_copy (unit);
  return xq_tree_node_new (row);
}

gboolean
xq_tree_node_update (XqTreeNode *self, XqTreeRow *row)
{
  gboolean had_children;

  g_return_val_if_fail (XQ_IS_TREE_NODE (self), FALSE);
  g_return_val_if_fail (row != NULL, FALSE);

  had_children = self->children != NULL;
  g_clear_pointer (&self->row, xq_tree_row_free);
  self->row = row;
  if (row->has_children && self->children == NULL)
    self->children = g_list_store_new (XQ_TYPE_TREE_NODE);
  else if (!row->has_children)
    {
      g_clear_object (&self->children);
      self->loaded = FALSE;
    }
  self->stamp++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAMP]);
  return had_children != (self->children != NULL);
}

const XqTreeRow *
xq_tree_node_get_row (XqTreeNode *self)
{
  g_return_val_if_fail (XQ_IS_TREE_NODE (self), NULL);
  return self->row;
}

gint64
xq_tree_node_get_id (XqTreeNode *self)
{
  g_return_val_if_fail (XQ_IS_TREE_NODE (self), 0);
  return self->row->unit->id;
}

char *
xq_tree_node_dup_count (XqTreeNode *self)
{
  const XqTreeRow *row;
  g_autofree char *number = NULL;

  g_return_val_if_fail (XQ_IS_TREE_NODE (self), NULL);
  row = self->row;
  if (row->unit->level < XQ_LEVEL_COMPOUND)
    {
      g_autofree char *covered = xq_format_count (row->covered);

      number = xq_format_count (row->compounds);
      return row->compounds > 0 ? g_strdup_printf ("%s/%s", covered, number) : g_strdup ("");
    }
  if (row->original_compounds > 1)
    return g_strdup_printf (ngettext ("%d compound", "%d compounds", (gulong)row->original_compounds), (int)row->original_compounds);
  if (row->households <= 0)
    return g_strdup ("");
  number = xq_format_count (row->households);
  return g_strdup_printf (ngettext ("%s household", "%s households", (gulong)row->households), number);
}

GListStore *
xq_tree_node_get_children (XqTreeNode *self)
{
  g_return_val_if_fail (XQ_IS_TREE_NODE (self), NULL);
  return self->children;
}

gboolean
xq_tree_node_get_loaded (XqTreeNode *self)
{
  g_return_val_if_fail (XQ_IS_TREE_NODE (self), FALSE);
  return self->loaded;
}

void
xq_tree_node_set_loaded (XqTreeNode *self, gboolean loaded)
{
  g_return_if_fail (XQ_IS_TREE_NODE (self));
  self->loaded = loaded;
}
