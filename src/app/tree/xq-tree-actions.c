#include "xq-tree-actions.h"

#include <glib/gi18n-lib.h>

#include "xq-tree-dialog.h"

typedef struct
{
  GtkWidget *widget; /* borrowed: owns us */
  XqContext *context;
  XqTreeUnitsFunc func;
  gpointer data;
  GSimpleActionGroup *group;
} Actions;

typedef struct
{
  const char *name;
  const char *label; /* msgid */
  XqTreeEditKind kind;
  const char *accelerator;
} Entry;

static const Entry entries[] = {
  { "new", N_ ("New unit under this one…"), XQ_TREE_ADD, "<Alt>Insert" },
  { "rename", N_ ("Rename…"), XQ_TREE_RENAME, "<Shift>F2" },
  { "recode", N_ ("New code…"), XQ_TREE_RECODE, NULL },
  { "move", N_ ("Move…"), XQ_TREE_MOVE, "<Control><Shift>m" },
  { "merge", N_ ("Merge compounds…"), XQ_TREE_MERGE, "<Control>m" },
  { "split", N_ ("Split compound…"), XQ_TREE_SPLIT, NULL },
  { "close", N_ ("Close unit…"), XQ_TREE_CLOSE, NULL },
};
/* The menu's sections begin with these. */
static const XqTreeEditKind section_starts[] = { XQ_TREE_ADD, XQ_TREE_RENAME, XQ_TREE_MOVE, XQ_TREE_CLOSE };

static void
actions_free (gpointer data)
{
  Actions *actions = data;

  g_object_unref (actions->context);
  g_object_unref (actions->group);
  g_free (actions);
}

static Actions *
get_actions (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "xq-tree-actions");
}

/* Whether @n units of @level can be edited so. */
static gboolean
is_possible (XqTreeEditKind kind, XqLevel level, guint n)
{
  switch (kind)
    {
    case XQ_TREE_ADD:
      return n == 1 && level < XQ_LEVEL_BUILDING;
    case XQ_TREE_RENAME:
    case XQ_TREE_RECODE:
      return n == 1;
    case XQ_TREE_MOVE:
      return n >= 1 && level > XQ_LEVEL_STREET;
    case XQ_TREE_CLOSE:
      return n == 1 && level > XQ_LEVEL_DISTRICT;
    case XQ_TREE_MERGE:
      return n >= 1 && level == XQ_LEVEL_COMPOUND;
    case XQ_TREE_SPLIT:
    default:
      return n == 1 && level == XQ_LEVEL_COMPOUND;
    }
}

static void
activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Actions *actions = data;
  XqLevel level = XQ_LEVEL_NONE;
  g_autoptr (GArray) units = actions->func (actions->data, &level);

  for (guint i = 0; units != NULL && i < G_N_ELEMENTS (entries); i++)
    if (g_str_equal (entries[i].name, g_action_get_name (G_ACTION (action))) && xq_context_get_editable (actions->context)
        && is_possible (entries[i].kind, level, units->len))
      xq_tree_dialog_open (actions->widget, actions->context, entries[i].kind, (const gint64 *)(gconstpointer)units->data,
                           units->len);
}

void
xq_tree_actions_update (GtkWidget *widget)
{
  Actions *actions = get_actions (widget);
  XqLevel level = XQ_LEVEL_NONE;
  g_autoptr (GArray) units = actions->func (actions->data, &level);
  gboolean editable = xq_context_get_editable (actions->context);

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (actions->group), entries[i].name)),
                                 editable && units != NULL && is_possible (entries[i].kind, level, units->len));
}

GMenuModel *
xq_tree_actions_make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autofree char *action = g_strconcat ("tree.", entries[i].name, NULL);
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (entries[i].label), action);

      for (guint k = 0; k < G_N_ELEMENTS (section_starts); k++)
        if (section_starts[k] == entries[i].kind)
          {
            g_clear_object (&section);
            section = g_menu_new ();
            g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
          }
      if (entries[i].accelerator != NULL)
        g_menu_item_set_attribute (item, "accel", "s", entries[i].accelerator);
      g_menu_append_item (section, item);
    }
  return G_MENU_MODEL (menu);
}

void
xq_tree_actions_add (GtkWidget *widget, XqContext *context, XqTreeUnitsFunc func, gpointer data)
{
  Actions *actions = g_new0 (Actions, 1);
  GtkEventController *controller = gtk_shortcut_controller_new ();

  actions->widget = widget;
  actions->context = g_object_ref (context);
  actions->func = func;
  actions->data = data;
  actions->group = g_simple_action_group_new ();
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (entries[i].name, NULL);
      g_autofree char *detailed = g_strconcat ("tree.", entries[i].name, NULL);

      g_signal_connect (action, "activate", G_CALLBACK (activated), actions);
      g_action_map_add_action (G_ACTION_MAP (actions->group), G_ACTION (action));
      if (entries[i].accelerator != NULL)
        gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                              gtk_shortcut_new (gtk_shortcut_trigger_parse_string (entries[i].accelerator),
                                                                gtk_named_action_new (detailed)));
    }
  gtk_widget_insert_action_group (widget, "tree", G_ACTION_GROUP (actions->group));
  gtk_widget_add_controller (widget, controller);
  g_object_set_data_full (G_OBJECT (widget), "xq-tree-actions", actions, actions_free);
}
