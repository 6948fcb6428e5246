#include "xq-planner-units.h"

#include <glib/gi18n-lib.h>

#include "xq-statistics.h"

/* ---- A unit as a row ---- */

#define XQ_TYPE_UNIT_ITEM (xq_unit_item_get_type ())
G_DECLARE_FINAL_TYPE (XqUnitItem, xq_unit_item, XQ, UNIT_ITEM, GObject)

struct _XqUnitItem
{
  GObject parent_instance;
  int number; /* of the scenario's unit: what it is known by */
  int index;  /* in the state */
  char *name, *state;
  guint n_base;
  gint64 households, members;
  gboolean locked, flagged;
};

enum
{
  ITEM_CHANGED,
  N_ITEM_SIGNALS
};
static guint item_signals[N_ITEM_SIGNALS];

G_DEFINE_FINAL_TYPE (XqUnitItem, xq_unit_item, G_TYPE_OBJECT)

static void
xq_unit_item_finalize (GObject *object)
{
  XqUnitItem *self = XQ_UNIT_ITEM (object);

  g_free (self->name);
  g_free (self->state);
  G_OBJECT_CLASS (xq_unit_item_parent_class)->finalize (object);
}

static void
xq_unit_item_class_init (XqUnitItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_unit_item_finalize;
  item_signals[ITEM_CHANGED] = g_signal_new ("changed", XQ_TYPE_UNIT_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xq_unit_item_init (XqUnitItem *self)
{
}

typedef enum
{
  COLUMN_NAME,
  COLUMN_BASE,
  COLUMN_HOUSEHOLDS,
  COLUMN_MEMBERS,
  COLUMN_STATE,
  N_COLUMNS
} Column;

static const char *const TITLES[N_COLUMNS] = { NC_ ("units", "Unit"), NC_ ("units", "Compounds"), NC_ ("units", "Households"),
                                               NC_ ("units", "Members"), NC_ ("units", "State") };

/* Pixels; the name has what is left. */
static const int WIDTHS[N_COLUMNS] = { [COLUMN_BASE] = 46, [COLUMN_HOUSEHOLDS] = 60, [COLUMN_MEMBERS] = 50, [COLUMN_STATE] = 78 };

struct _XqPlannerUnits
{
  GtkWidget parent_instance;

  /* owned by the tree of widgets */
  GtkWidget *scroller;
  GtkColumnView *view;

  /* owned */
  XqPlannerModel *model;
  XqPlannerState *state;
  GListStore *items; /* XqUnitItem, by number */
  GtkMultiSelection *selection;
  gboolean selecting;
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqPlannerUnits, xq_planner_units, GTK_TYPE_WIDGET)

/* ---- Filling ---- */

/* The first violation of each unit, or NULL. */
static const XqPlanViolation **
list_violations (const XqPlannerState *state)
{
  const XqPlanViolation **first = g_new0 (const XqPlanViolation *, state->scenario->units->len + 1);

  for (guint i = 0; i < state->score->violations->len; i++)
    {
      const XqPlanViolation *violation = g_ptr_array_index (state->score->violations, i);

      if (violation->unit >= 0 && (guint)violation->unit < state->scenario->units->len && first[violation->unit] == NULL)
        first[violation->unit] = violation;
    }
  return first;
}

static void
fill_item (XqUnitItem *item, const XqPlannerState *state, int unit, const XqPlanViolation *violation)
{
  const XqPlanUnit *figures = xq_planner_state_get_unit (state, unit);

  item->number = g_array_index (state->scenario->units, XqScenarioUnit, unit).number;
  item->index = unit;
  g_free (item->name);
  item->name = g_strdup (g_ptr_array_index (state->names, unit));
  item->n_base = figures->n_base;
  item->households = figures->households;
  item->members = figures->members;
  item->locked = g_array_index (state->scenario->units, XqScenarioUnit, unit).locked;
  item->flagged = violation != NULL || !figures->able;
  g_free (item->state);
  item->state = violation != NULL ? xq_planner_violation_to_words (violation)
                                  : g_strdup (!figures->able    ? _ ("contact")
                                              : figures->exempt ? _ ("exempt")
                                                                : _ ("branch"));
}

static int
compare_numbers (gconstpointer a, gconstpointer b, gpointer data)
{
  const XqScenarioUnit *units = data;
  int first = units[*(const int *)a].number, second = units[*(const int *)b].number;

  return first < second ? -1 : first > second;
}

/* Units that hold some of what one looks at, by number. */
static GArray *
list_shown (XqPlannerUnits *self)
{
  g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *units;

  for (guint i = 0; i < self->state->scenario->n_base; i++)
    if (xq_planner_model_in_focus (self->model, i))
      g_array_append_val (bases, i);
  units = xq_planner_state_list_units (self->state, (const guint *)bases->data, bases->len);
  g_array_sort_with_data (units, compare_numbers, self->state->scenario->units->data);
  return units;
}

/* Rows that stay are filled again where they stand; others come and go. */
static void
fill (XqPlannerUnits *self)
{
  g_autoptr (GArray) units = list_shown (self);
  g_autofree const XqPlanViolation **violations = list_violations (self->state);
  guint at = 0;

  for (guint i = 0; i < units->len; i++)
    {
      int unit = g_array_index (units, int, i), number = g_array_index (self->state->scenario->units, XqScenarioUnit, unit).number;
      guint stale = at;

      while (stale < g_list_model_get_n_items (G_LIST_MODEL (self->items)))
        {
          g_autoptr (XqUnitItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), stale);

          if (item->number >= number)
            break;
          stale++;
        }
      if (stale > at)
        g_list_store_splice (self->items, at, stale - at, NULL, 0);
      {
        g_autoptr (XqUnitItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), at);

        if (item == NULL || item->number != number)
          {
            g_set_object (&item, NULL);
            item = g_object_new (XQ_TYPE_UNIT_ITEM, NULL);
            fill_item (item, self->state, unit, violations[unit]);
            g_list_store_insert (self->items, at, item);
          }
        else
          {
            fill_item (item, self->state, unit, violations[unit]);
            g_signal_emit (item, item_signals[ITEM_CHANGED], 0);
          }
      }
      at++;
    }
  if (at < g_list_model_get_n_items (G_LIST_MODEL (self->items)))
    g_list_store_splice (self->items, at, g_list_model_get_n_items (G_LIST_MODEL (self->items)) - at, NULL, 0);
}

/* Another scenario, or another place: all rows are others. */
static void
fill_anew (XqPlannerUnits *self)
{
  g_autoptr (GArray) units = list_shown (self);
  g_autofree const XqPlanViolation **violations = list_violations (self->state);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < units->len; i++)
    {
      XqUnitItem *item = g_object_new (XQ_TYPE_UNIT_ITEM, NULL);

      fill_item (item, self->state, g_array_index (units, int, i), violations[g_array_index (units, int, i)]);
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
}

static void
model_changed (XqPlannerUnits *self)
{
  XqPlannerState *state = xq_planner_model_get_state (self->model);
  gboolean same = state != NULL && self->state != NULL && state->ground->map == self->state->ground->map
                  && state->scenario->id == self->state->scenario->id
                  && ABS ((int)state->scenario->units->len - (int)self->state->scenario->units->len) < 32;

  g_clear_pointer (&self->state, xq_planner_state_unref);
  self->state = state != NULL ? xq_planner_state_ref (state) : NULL;
  self->selecting = TRUE;
  if (state == NULL)
    g_list_store_remove_all (self->items);
  else if (same)
    fill (self);
  else
    fill_anew (self);
  self->selecting = FALSE;
}

/* ---- Columns ---- */

static gint64
read_number (const XqUnitItem *item, Column column)
{
  switch (column)
    {
    case COLUMN_BASE:
      return item->n_base;
    case COLUMN_HOUSEHOLDS:
      return item->households;
    case COLUMN_MEMBERS:
      return item->members;
    case COLUMN_NAME:
    case COLUMN_STATE:
    case N_COLUMNS:
      break;
    }
  return 0;
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  const XqUnitItem *first = a, *second = b;
  Column column = (Column)GPOINTER_TO_INT (data);
  gint64 left = read_number (first, column), right = read_number (second, column);

  if (column == COLUMN_NAME)
    return g_utf8_collate (first->name, second->name);
  if (column == COLUMN_STATE)
    return first->flagged != second->flagged ? (first->flagged ? -1 : 1) : g_utf8_collate (first->state, second->state);
  return left < right ? -1 : left > right;
}

static void
show_cell (GtkListItem *cell)
{
  XqUnitItem *item = gtk_list_item_get_item (cell);
  GtkWidget *child = gtk_list_item_get_child (cell), *sign = gtk_widget_get_first_child (child);
  GtkLabel *label = GTK_LABEL (gtk_widget_get_last_child (child));
  Column column = (Column)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (cell), "column"));
  g_autofree char *number = NULL;

  if (item == NULL)
    return;
  if (column == COLUMN_NAME || column == COLUMN_STATE)
    {
      gtk_label_set_label (label, column == COLUMN_NAME ? item->name : item->state);
      gtk_widget_set_tooltip_text (child, column == COLUMN_NAME ? item->name : item->state);
    }
  else
    {
      number = xq_format_count (read_number (item, column));
      gtk_label_set_label (label, number);
    }
  if (column == COLUMN_NAME)
    gtk_widget_set_visible (sign, item->locked);
  else if (column == COLUMN_STATE)
    {
      gtk_widget_set_visible (sign, item->flagged);
      if (item->flagged)
        gtk_widget_add_css_class (child, "xq-worse");
      else
        gtk_widget_remove_css_class (child, "xq-worse");
    }
}

static void
setup_cell (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer data)
{
  Column column = (Column)GPOINTER_TO_INT (data);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4), *label = gtk_label_new (NULL), *sign;

  sign = gtk_image_new_from_icon_name (column == COLUMN_NAME ? "changes-prevent-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_visible (sign, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (sign), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  column == COLUMN_NAME ? _ ("Locked") : _ ("Look at this"), -1);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           column == COLUMN_NAME || column == COLUMN_STATE ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), column == COLUMN_NAME || column == COLUMN_STATE ? 0 : 1);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), sign);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (cell, box);
  g_object_set_data (G_OBJECT (cell), "column", data);
}

static void
bind_cell (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer data)
{
  g_signal_connect_swapped (gtk_list_item_get_item (cell), "changed", G_CALLBACK (show_cell), cell);
  show_cell (cell);
}

static void
unbind_cell (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (cell), show_cell, cell);
}

static void
add_column (XqPlannerUnits *self, Column column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) made = NULL;
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_items, GINT_TO_POINTER (column), NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), GINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell), NULL);
  made = gtk_column_view_column_new (g_dpgettext2 (GETTEXT_PACKAGE, "units", TITLES[column]), factory);
  gtk_column_view_column_set_sorter (made, sorter);
  if (column != COLUMN_NAME)
    gtk_column_view_column_set_fixed_width (made, WIDTHS[column]);
  gtk_column_view_column_set_expand (made, column == COLUMN_NAME);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_append_column (self->view, made);
}

/* ---- Selection ---- */

GArray *
xq_planner_units_get_selected (XqPlannerUnits *self)
{
  GArray *units = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (XqUnitItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      g_array_append_val (units, item->index);
    }
  return units;
}

static void
selection_changed (XqPlannerUnits *self)
{
  g_autoptr (GArray) units = NULL;

  if (self->selecting)
    return;
  units = xq_planner_units_get_selected (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, units);
}

static void
row_activated (XqPlannerUnits *self, guint position)
{
  g_autoptr (XqUnitItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, item->index);
}

void
xq_planner_units_select (XqPlannerUnits *self, const int *units, guint n)
{
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty (), mask = NULL;
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection)), first = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < n; i++)
    g_hash_table_add (wanted, GINT_TO_POINTER (units[i] + 1));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (XqUnitItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (!g_hash_table_contains (wanted, GINT_TO_POINTER (item->index + 1)))
        continue;
      gtk_bitset_add (chosen, i);
      first = MIN (first, i);
    }
  mask = gtk_bitset_new_range (0, n_items);
  self->selecting = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), chosen, mask);
  self->selecting = FALSE;
  if (first != GTK_INVALID_LIST_POSITION && gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", first);
}

guint
xq_planner_units_get_n (XqPlannerUnits *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

/* ---- Object ---- */

/* Rows cost time to make: not before somebody looks at them. */
static void
xq_planner_units_map (GtkWidget *widget)
{
  XqPlannerUnits *self = XQ_PLANNER_UNITS (widget);

  if (gtk_column_view_get_model (self->view) == NULL)
    gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  GTK_WIDGET_CLASS (xq_planner_units_parent_class)->map (widget);
}

static void
xq_planner_units_dispose (GObject *object)
{
  XqPlannerUnits *self = XQ_PLANNER_UNITS (object);

  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  g_clear_object (&self->model);
  g_clear_pointer (&self->state, xq_planner_state_unref);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_planner_units_parent_class)->dispose (object);
}

static void
xq_planner_units_class_init (XqPlannerUnitsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_planner_units_dispose;
  GTK_WIDGET_CLASS (klass)->map = xq_planner_units_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHOSEN]
      = g_signal_new ("chosen", XQ_TYPE_PLANNER_UNITS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  signals[SIGNAL_ACTIVATED]
      = g_signal_new ("activated", XQ_TYPE_PLANNER_UNITS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
xq_planner_units_init (XqPlannerUnits *self)
{
  GtkSortListModel *sorted;

  self->items = g_list_store_new (XQ_TYPE_UNIT_ITEM);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  for (guint column = 0; column < N_COLUMNS; column++)
    add_column (self, (Column)column);
  sorted
      = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->items)), g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "xq-planner-units");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Units of the plan"), -1);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (row_activated), self, G_CONNECT_SWAPPED);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

void
xq_planner_units_set_model (XqPlannerUnits *self, XqPlannerModel *model)
{
  g_return_if_fail (XQ_IS_PLANNER_UNITS (self) && self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "changed", G_CALLBACK (model_changed), self, G_CONNECT_SWAPPED);
  model_changed (self);
}
