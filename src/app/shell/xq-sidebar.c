#include "xq-sidebar.h"

#include <glib/gi18n-lib.h>

#include "xq-coverage-mark.h"
#include "xq-period-selector.h"
#include "xq-tree-menu.h"
#include "xq-unit-row.h"
#include "xq-unit-tree.h"

#define RESULT_LIMIT 50

struct _XqSidebar {
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkListView *tree_view;
  GtkListView *result_view;
  GtkWidget *legend;
  XqPeriodSelector *period;

  /* owned */
  XqContext *context;
  XqUnitTree *tree;
  GtkSingleSelection *selection;
  GListStore *results;
  GtkSingleSelection *result_selection;
  GCancellable *searching;
  gboolean following; /* the selection is being set from the context, not by the user */
  gboolean choose_first; /* Enter was pressed before the results were there */
  guint settling;     /* tick callback that brings what was jumped to into view */
  guint scroll_steps; /* frames left for it */
};

G_DEFINE_FINAL_TYPE (XqSidebar, xq_sidebar, GTK_TYPE_WIDGET)

/* Tree rows */

static void
row_expanded (GtkTreeListRow *row, GParamSpec *pspec, XqSidebar *self)
{
  g_autoptr (XqTreeNode) node = gtk_tree_list_row_get_item (row);

  if (node != NULL && gtk_tree_list_row_get_expanded (row))
    xq_unit_tree_load_children (self->tree, node);
}

static void
tree_item_setup (XqSidebar *self, GtkListItem *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();

  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), xq_unit_row_new (FALSE));
  xq_unit_row_set_findings (XQ_UNIT_ROW (gtk_tree_expander_get_child (GTK_TREE_EXPANDER (expander))),
                            xq_context_get_findings (self->context));
  gtk_list_item_set_child (item, expander);
}

static void
tree_item_bind (XqSidebar *self, GtkListItem *item)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  g_autoptr (XqTreeNode) node = gtk_tree_list_row_get_item (row);

  gtk_tree_expander_set_list_row (expander, row);
  xq_unit_row_set_node (XQ_UNIT_ROW (gtk_tree_expander_get_child (expander)), node);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (row_expanded), self);
}

static void
tree_item_unbind (XqSidebar *self, GtkListItem *item)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  GtkTreeListRow *row = gtk_list_item_get_item (item);

  if (row != NULL)
    g_signal_handlers_disconnect_by_func (row, row_expanded, self);
  xq_unit_row_set_node (XQ_UNIT_ROW (gtk_tree_expander_get_child (expander)), NULL);
  gtk_tree_expander_set_list_row (expander, NULL);
}

static void
result_item_setup (XqSidebar *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, xq_unit_row_new (TRUE));
}

static void
result_item_bind (XqSidebar *self, GtkListItem *item)
{
  xq_unit_row_set_node (XQ_UNIT_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
result_item_unbind (XqSidebar *self, GtkListItem *item)
{
  xq_unit_row_set_node (XQ_UNIT_ROW (gtk_list_item_get_child (item)), NULL);
}

static GtkListItemFactory *
make_factory (XqSidebar *self, GCallback setup, GCallback bind, GCallback unbind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", setup, self);
  g_signal_connect_swapped (factory, "bind", bind, self);
  g_signal_connect_swapped (factory, "unbind", unbind, self);
  return factory;
}

/* Selection ↔ context */

static void
selection_changed (XqSidebar *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (XqTreeNode) node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (!self->following && node != NULL)
    xq_context_set_unit (self->context, xq_tree_node_get_id (node));
}

static void
scroll_to (XqSidebar *self, guint position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->tree_view), "list.scroll-to-item", "u", position);
}

/*
 * A node that has been jumped to is seen together with the one above it, where both have room: the list scrolls only as far
 * as it must, and rows that have just been opened get their place with the next frame. So the one above follows a frame
 * later, and then the node again, which has the last word.
 */
static gboolean
settle_scroll (GtkWidget *tree_view, GdkFrameClock *clock, gpointer data)
{
  XqSidebar *self = data;
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (GtkTreeListRow) parent = row != NULL ? gtk_tree_list_row_get_parent (row) : NULL;

  switch (self->scroll_steps--)
    {
    case 3:
      if (parent != NULL)
        scroll_to (self, gtk_tree_list_row_get_position (parent));
      break;
    case 1:
      if (row != NULL)
        scroll_to (self, gtk_tree_list_row_get_position (row));
      self->settling = 0;
      return G_SOURCE_REMOVE;
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

static void
tree_revealed (XqSidebar *self, guint position, gint64 unit)
{
  gint64 asked = xq_context_get_unit (self->context);
  gboolean moved = gtk_single_selection_get_selected (self->selection) != position;

  self->following = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->following = FALSE;
  /* Where it was selected all along, as in the next period, the list stays where the user has scrolled it to. */
  if (moved && position != GTK_INVALID_LIST_POSITION && gtk_widget_get_mapped (GTK_WIDGET (self->tree_view)))
    {
      scroll_to (self, position);
      self->scroll_steps = 4;
      if (self->settling == 0)
        self->settling = gtk_widget_add_tick_callback (GTK_WIDGET (self->tree_view), settle_scroll, self, NULL);
    }
  /* The period shown does not have the unit that was selected: the nearest above it is. */
  if (asked != 0 && unit != asked)
    xq_context_set_unit (self->context, unit);
}

static void search_changed (XqSidebar *self);

static void
unit_changed (XqSidebar *self)
{
  gint64 unit = xq_context_get_unit (self->context);
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (XqTreeNode) node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (node == NULL || xq_tree_node_get_id (node) != unit)
    xq_unit_tree_reveal (self->tree, unit);
  else
    xq_unit_tree_set_revealed (self->tree, unit);
}

/* Another period or division may not have the unit that is selected. */
static void
units_changed (XqSidebar *self)
{
  search_changed (self);
  xq_unit_tree_reveal (self->tree, xq_context_get_unit (self->context));
}

static void
tree_loaded (XqSidebar *self)
{
  GtkTreeListModel *model = GTK_TREE_LIST_MODEL (xq_unit_tree_get_model (self->tree));
  g_autoptr (GtkTreeListRow) top = gtk_tree_list_model_get_child_row (model, 0);

  if (top != NULL && xq_unit_tree_get_n_tops (self->tree) == 1)
    {
      g_autoptr (XqTreeNode) node = gtk_tree_list_row_get_item (top);

      gtk_tree_list_row_set_expanded (top, TRUE);
      xq_unit_tree_load_children (self->tree, node);
    }
  xq_unit_tree_reveal (self->tree, xq_context_get_unit (self->context));
}

static void
tree_failed (XqSidebar *self, GError *error)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The tree could not be read"), error->message);
}

/* In 4.8 the list keeps Left and Right for itself: they open and close rows here, as in every tree. */
static gboolean
tree_key_pressed (XqSidebar *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  gboolean expandable;

  if (row == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  expandable = gtk_tree_list_row_is_expandable (row);
  switch (keyval)
    {
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      if (expandable)
        gtk_tree_list_row_set_expanded (row, TRUE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      if (expandable && gtk_tree_list_row_get_expanded (row))
        gtk_tree_list_row_set_expanded (row, FALSE);
      else
        {
          g_autoptr (GtkTreeListRow) parent = gtk_tree_list_row_get_parent (row);

          if (parent != NULL)
            {
              guint position = gtk_tree_list_row_get_position (parent);

              gtk_single_selection_set_selected (self->selection, position);
              scroll_to (self, position);
            }
        }
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Activating a row (Enter, double click) opens or closes it. */
static void
tree_activated (XqSidebar *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (xq_unit_tree_get_model (self->tree), position);

  if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

/* Search */

static void
show_found (XqSidebar *self, guint position)
{
  g_autoptr (XqTreeNode) node = g_list_model_get_item (G_LIST_MODEL (self->results), position);

  if (node == NULL)
    return;
  xq_context_set_unit (self->context, xq_tree_node_get_id (node));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_stack_set_visible_child_name (self->stack, "tree");
  xq_unit_tree_reveal (self->tree, xq_context_get_unit (self->context));
}

typedef struct {
  char *text;
  XqPeriod period;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->text);
  g_free (search);
}

static gpointer
search_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Search *search = data;

  return xq_unit_search_in (tx, search->text, search->period, RESULT_LIMIT, error);
}

static void
search_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqSidebar) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) units = xq_store_read_finish (XQ_STORE (source), result, &error);
  gboolean choose = self->choose_first;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  g_clear_object (&self->searching);
  self->choose_first = FALSE;
  g_list_store_remove_all (self->results);
  if (units == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The search failed"), error != NULL ? error->message : "");
      return;
    }
  for (guint i = 0; i < units->len; i++)
    {
      g_autoptr (XqTreeNode) node = xq_tree_node_new_for_unit (g_ptr_array_index (units, i));

      g_list_store_append (self->results, node);
    }
  gtk_stack_set_visible_child_name (self->stack, units->len > 0 ? "results" : "nothing");
  if (units->len > 0)
    gtk_single_selection_set_selected (self->result_selection, 0);
  if (choose && units->len > 0)
    show_found (self, 0);
}

static void
search_changed (XqSidebar *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  XqStore *store = self->context != NULL ? xq_context_get_store (self->context) : NULL;
  Search *search;

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (*text == '\0' || store == NULL)
    {
      self->choose_first = FALSE;
      gtk_stack_set_visible_child_name (self->stack, "tree");
      return;
    }
  self->searching = g_cancellable_new ();
  search = g_new0 (Search, 1);
  search->text = g_steal_pointer (&text);
  search->period = xq_context_get_units_period (self->context);
  xq_store_read_async (store, search_job, search, search_free, (GDestroyNotify)g_ptr_array_unref, self->searching, search_done,
                       g_object_ref (self));
}

/* Enter: what is selected among the results, which is the first unless the arrows moved it. */
static void
search_activated (XqSidebar *self)
{
  guint selected = gtk_single_selection_get_selected (self->result_selection);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    return;
  if (self->searching == NULL && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "results") == 0)
    {
      show_found (self, selected == GTK_INVALID_LIST_POSITION ? 0 : selected);
      return;
    }
  /* Typed faster than it was searched: the search now runs, and its first result is taken. */
  self->choose_first = TRUE;
  if (self->searching == NULL)
    search_changed (self);
}

static void
search_stopped (XqSidebar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_stack_set_visible_child_name (self->stack, "tree");
  gtk_widget_grab_focus (GTK_WIDGET (self->tree_view));
}

/* The arrows move through the results while the focus stays in the entry. */
static gboolean
search_key_pressed (XqSidebar *self, guint keyval, guint keycode, GdkModifierType state)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->results));
  guint selected = gtk_single_selection_get_selected (self->result_selection);
  int step = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;

  if (step == 0 || n == 0 || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "results") != 0)
    return GDK_EVENT_PROPAGATE;
  selected = selected == GTK_INVALID_LIST_POSITION ? 0 : (guint)CLAMP ((int)selected + step, 0, (int)n - 1);
  gtk_single_selection_set_selected (self->result_selection, selected);
  gtk_widget_activate_action (GTK_WIDGET (self->result_view), "list.scroll-to-item", "u", selected);
  return GDK_EVENT_STOP;
}

/* What the marks mean: only those that a district of this scheme can have. */
static void
fill_legend (XqSidebar *self)
{
  XqStore *store = self->context != NULL ? xq_context_get_store (self->context) : NULL;
  const XqScheme *scheme = store != NULL ? xq_store_get_scheme (store) : NULL;
  gboolean functional = scheme != NULL && xq_scheme_is_functional (scheme);
  gboolean groups = scheme != NULL && !functional && xq_scheme_has_compound_organisation (scheme, "group");
  const struct {
    XqCoverage coverage;
    const char *label;
    gboolean shown;
  } marks[] = {
    { XQ_COVERAGE_OWN, NC_ ("legend", "Own"), !functional },
    { XQ_COVERAGE_JOINT, NC_ ("legend", "Joint"), !functional && !groups },
    { XQ_COVERAGE_GROUP, NC_ ("legend", "Group"), groups },
    { XQ_COVERAGE_FUNCTIONAL, NC_ ("legend", "Functional"), functional },
    { XQ_COVERAGE_CONTACT, NC_ ("legend", "Contact"), TRUE },
    { XQ_COVERAGE_NONE, NC_ ("legend", "None"), TRUE },
  };
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->legend)) != NULL)
    gtk_box_remove (GTK_BOX (self->legend), child);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      GtkWidget *entry;

      if (!marks[i].shown)
        continue;
      entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
      gtk_box_append (GTK_BOX (entry), xq_coverage_mark_new (marks[i].coverage));
      gtk_box_append (GTK_BOX (entry), g_object_new (GTK_TYPE_LABEL, "label", g_dpgettext2 (GETTEXT_PACKAGE, "legend", marks[i].label),
                                                     "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL));
      gtk_box_append (GTK_BOX (self->legend), entry);
    }
}

static void
xq_sidebar_dispose (GObject *object)
{
  XqSidebar *self = XQ_SIDEBAR (object);

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (self->tree_view != NULL)
    {
      if (self->settling != 0)
        gtk_widget_remove_tick_callback (GTK_WIDGET (self->tree_view), self->settling);
      self->settling = 0;
      gtk_list_view_set_model (self->tree_view, NULL);
      gtk_list_view_set_model (self->result_view, NULL);
    }
  g_clear_object (&self->selection);
  g_clear_object (&self->result_selection);
  g_clear_object (&self->results);
  if (self->tree != NULL)
    g_object_run_dispose (G_OBJECT (self->tree));
  g_clear_object (&self->tree);
  g_clear_object (&self->context);
  self->tree_view = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_sidebar_parent_class)->dispose (object);
}

static void
xq_sidebar_class_init (XqSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_sidebar_dispose;
  g_type_ensure (XQ_TYPE_PERIOD_SELECTOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/shell/xq-sidebar.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sidebar");
  gtk_widget_class_bind_template_child (widget_class, XqSidebar, box);
  gtk_widget_class_bind_template_child (widget_class, XqSidebar, search);
  gtk_widget_class_bind_template_child (widget_class, XqSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, XqSidebar, tree_view);
  gtk_widget_class_bind_template_child (widget_class, XqSidebar, result_view);
  gtk_widget_class_bind_template_child (widget_class, XqSidebar, legend);
  gtk_widget_class_bind_template_child (widget_class, XqSidebar, period);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_activated);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, search_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, tree_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, tree_activated);
  gtk_widget_class_bind_template_callback (widget_class, show_found);
}

static void
xq_sidebar_init (XqSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "xq-sidebar");
  fill_legend (self);
}

void
xq_sidebar_set_context (XqSidebar *self, XqContext *context)
{
  g_autoptr (GtkListItemFactory) tree_factory = NULL;
  g_autoptr (GtkListItemFactory) result_factory = NULL;

  g_return_if_fail (XQ_IS_SIDEBAR (self));
  g_return_if_fail (self->context == NULL && XQ_IS_CONTEXT (context));

  self->context = g_object_ref (context);
  self->tree = xq_unit_tree_new (context);
  self->selection = gtk_single_selection_new (g_object_ref (xq_unit_tree_get_model (self->tree)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  self->results = g_list_store_new (XQ_TYPE_TREE_NODE);
  self->result_selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->results)));
  tree_factory = make_factory (self, G_CALLBACK (tree_item_setup), G_CALLBACK (tree_item_bind), G_CALLBACK (tree_item_unbind));
  result_factory = make_factory (self, G_CALLBACK (result_item_setup), G_CALLBACK (result_item_bind), G_CALLBACK (result_item_unbind));
  gtk_list_view_set_factory (self->tree_view, tree_factory);
  gtk_list_view_set_factory (self->result_view, result_factory);
  gtk_list_view_set_model (self->tree_view, GTK_SELECTION_MODEL (self->selection));
  gtk_list_view_set_model (self->result_view, GTK_SELECTION_MODEL (self->result_selection));
  xq_tree_menu_attach (self->tree_view, self->selection, context);
  xq_period_selector_set_context (self->period, context);

  g_signal_connect_object (self->tree, "loaded", G_CALLBACK (tree_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tree, "revealed", G_CALLBACK (tree_revealed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tree, "failed", G_CALLBACK (tree_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::unit", G_CALLBACK (unit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::store", G_CALLBACK (search_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::store", G_CALLBACK (fill_legend), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::period", G_CALLBACK (units_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::division", G_CALLBACK (units_changed), self, G_CONNECT_SWAPPED);
}

void
xq_sidebar_focus_search (XqSidebar *self)
{
  g_return_if_fail (XQ_IS_SIDEBAR (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

void
xq_sidebar_step_period (XqSidebar *self, int steps)
{
  g_return_if_fail (XQ_IS_SIDEBAR (self));
  xq_period_selector_step (self->period, steps);
}
