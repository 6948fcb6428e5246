#include "xq-tree-menu.h"

#include "xq-tree-actions.h"
#include "xq-unit-row.h"

typedef struct
{
  GtkListView *view; /* borrowed: owns us */
  GtkSingleSelection *selection;
  GtkWidget *popover;
} Menu;

static void
menu_free (gpointer data)
{
  Menu *menu = data;

  g_clear_pointer (&menu->popover, gtk_widget_unparent);
  g_object_unref (menu->selection);
  g_free (menu);
}

static GArray *
selected_unit (gpointer data, XqLevel *level)
{
  Menu *menu = data;
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (menu->selection);
  g_autoptr (XqTreeNode) node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  GArray *units = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (node != NULL)
    {
      gint64 id = xq_tree_node_get_id (node);

      *level = xq_tree_node_get_row (node)->unit->level;
      g_array_append_val (units, id);
    }
  return units;
}

static void
popup (Menu *menu, const GdkRectangle *at)
{
  if (menu->popover == NULL)
    {
      g_autoptr (GMenuModel) model = xq_tree_actions_make_menu ();

      menu->popover = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (menu->popover), FALSE);
      gtk_widget_set_halign (menu->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (menu->popover, GTK_WIDGET (menu->view));
    }
  xq_tree_actions_update (GTK_WIDGET (menu->view));
  gtk_popover_set_pointing_to (GTK_POPOVER (menu->popover), at);
  gtk_popover_popup (GTK_POPOVER (menu->popover));
}

static void
select_node (Menu *menu, XqTreeNode *wanted)
{
  GListModel *model = G_LIST_MODEL (menu->selection);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (model, i);
      g_autoptr (XqTreeNode) node = gtk_tree_list_row_get_item (row);

      if (node == wanted)
        {
          gtk_single_selection_set_selected (menu->selection, i);
          return;
        }
    }
}

static void
pressed (GtkGestureClick *gesture, int n, double x, double y, Menu *menu)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (menu->view), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, XQ_TYPE_UNIT_ROW) : NULL;

  if (row == NULL || xq_unit_row_get_node (XQ_UNIT_ROW (row)) == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  select_node (menu, xq_unit_row_get_node (XQ_UNIT_ROW (row)));
  popup (menu, &(GdkRectangle){ (int)x, (int)y, 1, 1 });
}

/* At the row that has the focus. */
static gboolean
popup_by_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  Menu *menu = data;
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GdkRectangle at = { 24, 24, 1, 1 };
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_is_ancestor (focus, widget) && gtk_widget_compute_bounds (focus, widget, &bounds))
    at = (GdkRectangle){ (int)bounds.origin.x + 24, (int)(bounds.origin.y + bounds.size.height), 1, 1 };
  popup (menu, &at);
  return GDK_EVENT_STOP;
}

void
xq_tree_menu_attach (GtkListView *view, GtkSingleSelection *selection, XqContext *context)
{
  Menu *menu = g_new0 (Menu, 1);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  static const char *const triggers[] = { "Menu", "<Shift>F10" };

  menu->view = view;
  menu->selection = g_object_ref (selection);
  xq_tree_actions_add (GTK_WIDGET (view), context, selected_unit, menu);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), menu);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (triggers[i]),
                                                            gtk_callback_action_new (popup_by_key, menu, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
  g_object_set_data_full (G_OBJECT (view), "xq-tree-menu", menu, menu_free);
}
