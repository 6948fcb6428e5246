#include "xq-ledger-grid-private.h"

#include <glib/gi18n-lib.h>

#define CHECK_WIDTH 32

/* What a column needs to find its way back. */
typedef struct
{
  XqLedgerGrid *self; /* borrowed: columns go before the grid does */
  guint index;
} ColumnContext;

/* Check boxes */

void
xq_ledger_grid_update_check_all (XqLedgerGrid *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint64 n_selected = gtk_bitset_get_size (selected);

  self->setting_check = TRUE;
  gtk_check_button_set_active (self->check_all, n_selected > 0 && n_selected == xq_ledger_grid_n_rows (self));
  gtk_check_button_set_inconsistent (self->check_all, n_selected > 0 && n_selected < xq_ledger_grid_n_rows (self));
  self->setting_check = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->check_all), xq_ledger_grid_n_rows (self) > 0);
}

void
xq_ledger_grid_tick (XqLedgerGrid *self, guint top, guint bottom, gboolean selected)
{
  self->ticking = TRUE;
  if (selected)
    gtk_selection_model_select_range (GTK_SELECTION_MODEL (self->selection), top, bottom - top + 1, FALSE);
  else
    gtk_selection_model_unselect_range (GTK_SELECTION_MODEL (self->selection), top, bottom - top + 1);
  self->ticking = FALSE;
}

void
xq_ledger_grid_check_all_toggled (XqLedgerGrid *self)
{
  if (!self->setting_check && xq_ledger_grid_n_rows (self) > 0)
    xq_ledger_grid_tick (self, 0, xq_ledger_grid_n_rows (self) - 1, gtk_check_button_get_active (self->check_all));
}

static void
check_toggled (GtkCheckButton *check, GtkListItem *list_item)
{
  XqLedgerGrid *self = XQ_LEDGER_GRID (gtk_widget_get_ancestor (GTK_WIDGET (check), XQ_TYPE_LEDGER_GRID));
  guint position = gtk_list_item_get_position (list_item);

  if (self == NULL || position == GTK_INVALID_LIST_POSITION
      || gtk_check_button_get_active (check) == gtk_list_item_get_selected (list_item))
    return;
  xq_ledger_grid_tick (self, position, position, gtk_check_button_get_active (check));
}

static void
check_selected_changed (GtkListItem *list_item, GParamSpec *pspec, GtkCheckButton *check)
{
  gtk_check_button_set_active (check, gtk_list_item_get_selected (list_item));
}

/* A row and its box are called as the unit. */
static void
name_row (GtkWidget *check)
{
  XqLedgerItem *item = g_object_get_data (G_OBJECT (check), "item");
  const XqLedgerRow *row = item != NULL ? xq_ledger_item_get_row (item) : NULL;
  GtkWidget *cell = gtk_widget_get_parent (check);
  GtkWidget *list_row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *label = NULL;

  if (row == NULL)
    return;
  label = g_strdup_printf (_ ("Select %s"), row->unit->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (list_row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (list_row), GTK_ACCESSIBLE_PROPERTY_LABEL, row->unit->name, -1);
}

static void
check_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *check = gtk_check_button_new ();

  /* The space bar does what the box does. */
  gtk_widget_set_focusable (check, FALSE);
  gtk_widget_set_focus_on_click (check, FALSE);
  gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Select the row"), -1);
  g_signal_connect (check, "toggled", G_CALLBACK (check_toggled), list_item);
  g_signal_connect_object (list_item, "notify::selected", G_CALLBACK (check_selected_changed), check, 0);
  gtk_list_item_set_child (list_item, check);
}

static void
check_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *check = gtk_list_item_get_child (list_item);
  XqLedgerItem *item = gtk_list_item_get_item (list_item);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), gtk_list_item_get_selected (list_item));
  g_object_set_data_full (G_OBJECT (check), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (item, "changed", G_CALLBACK (name_row), check, G_CONNECT_SWAPPED);
  name_row (check);
}

static void
check_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *check = gtk_list_item_get_child (list_item);

  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), name_row, check);
  g_object_set_data (G_OBJECT (check), "item", NULL);
}

/* Cells */

static void
cell_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, ColumnContext *context)
{
  gtk_list_item_set_child (list_item,
                           xq_ledger_cell_view_new (g_ptr_array_index (context->self->columns, context->index), context->index));
}

static void
cell_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, ColumnContext *context)
{
  XqLedgerGrid *self = context->self;
  XqLedgerCellView *cell = XQ_LEDGER_CELL_VIEW (gtk_list_item_get_child (list_item));
  const XqLedgerColumn *column = g_ptr_array_index (self->columns, context->index);

  xq_ledger_cell_view_bind (cell, list_item, xq_ledger_model_column_index (self->model, column), self->look);
  xq_ledger_grid_update_cell (self, cell);
  g_hash_table_add (self->cells, cell);
}

static void
cell_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, ColumnContext *context)
{
  XqLedgerCellView *cell = XQ_LEDGER_CELL_VIEW (gtk_list_item_get_child (list_item));

  g_hash_table_remove (context->self->cells, cell);
  xq_ledger_cell_view_unbind (cell);
}

/*
 * A column view's sorter does not say by which column it sorts. It asks the sorters of its columns, the first one first: so each
 * notes that it was asked and calls the first of two dummies the smaller; what comes back tells the direction.
 */
static int
probe_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  ColumnContext *context = data;

  if (context->self->probed_column < 0)
    context->self->probed_column = (int)context->index;
  return GTK_ORDERING_SMALLER;
}

void
xq_ledger_grid_sorter_changed (XqLedgerGrid *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  GtkOrdering order;

  if (self->setting_sort)
    return;
  self->probed_column = -1;
  order = gtk_sorter_compare (sorter, self->dummies[0], self->dummies[1]);
  if (self->probed_column < 0)
    g_signal_emit_by_name (self, "sort", NULL, FALSE);
  else
    g_signal_emit_by_name (self, "sort", ((const XqLedgerColumn *)g_ptr_array_index (self->columns, self->probed_column))->id,
                           order == GTK_ORDERING_LARGER);
}

static gboolean
has_kit (XqLedgerGrid *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (((const XqLedgerColumn *)g_ptr_array_index (self->columns, i))->type == XQ_LEDGER_CELL_KIT)
      return TRUE;
  return FALSE;
}

/* Widths that hold what stands in the column in the ordinary case; where there is no kit, in any case. */
static int
column_width (XqLedgerGrid *self, const XqLedgerColumn *column)
{
  static const struct
  {
    const char *id;
    int width;
  } widths[] = {
    { "name", 120 },       { "community", 60 },      { "street", 78 },       { "kind", 75 },
    { "buildings", 40 },   { "built_year", 58 },     { "floor_area", 78 },   { "floors", 52 },
    { "entrances", 60 },   { "households", 54 },     { "residents", 60 },    { "resident_full", 44 },
    { "formal_full", 56 }, { "checked_in", 56 },     { "organisation", 78 }, { "organisation_name", 150 },
    { "founded", 84 },     { "body", 67 },           { "body_name", 140 },   { "body_term_end", 84 },
    { "service", 66 },     { "firm", 140 },          { "kit", 80 },          { "satisfaction", 80 },
    { "code", 120 },       { "parking_spaces", 60 }, { "three_none", 60 },   { "original_compounds", 60 },
    { "successor", 140 },  { "valid_from", 84 },     { "valid_to", 84 },
  };

  if (strcmp (column->id, "kind") == 0 && !has_kit (self))
    return 94;
  if (column->type == XQ_LEDGER_CELL_ORGANISATION && !has_kit (self))
    return 106;
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    if (strcmp (widths[i].id, column->id) == 0)
      return widths[i].width;
  return 80;
}

/* The heading of numbers stands over them. GTK has no setting for it: the title's box is the first child of the heading. */
static void
align_headings (XqLedgerGrid *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; title != NULL && i <= self->columns->len; i++, title = gtk_widget_get_next_sibling (title))
    {
      const XqLedgerColumn *column = i > 0 ? g_ptr_array_index (self->columns, i - 1) : NULL;
      GtkWidget *box = gtk_widget_get_first_child (title);

      if (column != NULL && column->type == XQ_LEDGER_CELL_NUMBER && box != NULL)
        gtk_widget_set_halign (box, GTK_ALIGN_END);
    }
}

static void
append_column (XqLedgerGrid *self, guint index)
{
  const XqLedgerColumn *column = g_ptr_array_index (self->columns, index);
  ColumnContext *context = g_new (ColumnContext, 1);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = NULL;
  g_autoptr (GtkSorter) sorter = NULL;

  context->self = self;
  context->index = index;
  g_object_set_data_full (G_OBJECT (factory), "context", context, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (cell_setup), context);
  g_signal_connect (factory, "bind", G_CALLBACK (cell_bind), context);
  g_signal_connect (factory, "unbind", G_CALLBACK (cell_unbind), context);
  view_column = gtk_column_view_column_new (xq_ledger_look_get_title (self->look, column), factory);
  sorter = GTK_SORTER (gtk_custom_sorter_new (probe_compare, g_memdup2 (context, sizeof *context), g_free));
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_fixed_width (view_column, column_width (self, column));
  /* Room that is left goes to names. */
  gtk_column_view_column_set_expand (view_column, strcmp (column->id, "name") == 0 || strcmp (column->id, "community") == 0
                                                      || g_str_has_suffix (column->id, "_name"));
  gtk_column_view_append_column (self->view, view_column);
}

static void
append_check_column (XqLedgerGrid *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (check_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (check_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (check_unbind), NULL);
  /* The box over it is its heading. */
  view_column = gtk_column_view_column_new (" ", factory);
  gtk_column_view_column_set_fixed_width (view_column, CHECK_WIDTH);
  gtk_column_view_append_column (self->view, view_column);
}

void
xq_ledger_grid_remove_columns (XqLedgerGrid *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

void
xq_ledger_grid_set_columns (XqLedgerGrid *self, GPtrArray *columns, XqLedgerLook *look)
{
  g_return_if_fail (XQ_IS_LEDGER_GRID (self));

  self->setting_sort = TRUE;
  gtk_column_view_set_model (self->view, NULL);
  xq_ledger_grid_remove_columns (self);
  g_ptr_array_set_size (self->columns, 0);
  for (guint i = 0; i < columns->len; i++)
    g_ptr_array_add (self->columns, g_ptr_array_index (columns, i));
  g_clear_pointer (&self->look, xq_ledger_look_free);
  self->look = look;
  append_check_column (self);
  for (guint i = 0; i < self->columns->len; i++)
    append_column (self, i);
  align_headings (self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  self->setting_sort = FALSE;
  if (self->has_cursor)
    xq_ledger_grid_place_cursor (self, self->cursor_position, self->cursor_column, FALSE);
}

GPtrArray *
xq_ledger_grid_get_columns (XqLedgerGrid *self)
{
  return self->columns;
}

const XqLedgerLook *
xq_ledger_grid_get_look (XqLedgerGrid *self)
{
  return self->look;
}

void
xq_ledger_grid_set_sort (XqLedgerGrid *self, const char *column, gboolean descending)
{
  GListModel *view_columns = gtk_column_view_get_columns (self->view);
  g_autoptr (GtkColumnViewColumn) found = NULL;

  for (guint i = 0; column != NULL && i < self->columns->len; i++)
    if (strcmp (((const XqLedgerColumn *)g_ptr_array_index (self->columns, i))->id, column) == 0)
      found = g_list_model_get_item (view_columns, i + 1);
  self->setting_sort = TRUE;
  gtk_column_view_sort_by_column (self->view, found, descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->setting_sort = FALSE;
}
