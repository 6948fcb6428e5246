#include "xq-ledger-page-private.h"

#include <glib/gi18n-lib.h>

#include "xq-ledger-column-choice.h"
#include "xq-ledger-legend.h"
#include "xq-settings.h"
#include "xq-statistics.h"

/* A cursor that runs down the list does not have every compound read on its way. */
#define DETAIL_DELAY 120
/* Shorter waits are not worth a sign. */
#define SPINNER_DELAY 300

G_DEFINE_FINAL_TYPE (XqLedgerPage, xq_ledger_page, XQ_TYPE_PAGE)

XqLedgerKind
xq_ledger_page_get_kind (XqLedgerPage *self)
{
  return self->request != NULL ? xq_ledger_request_get_query (self->request)->kind : XQ_LEDGER_COMPOUNDS;
}

gboolean
xq_ledger_page_get_editable (XqLedgerPage *self)
{
  return xq_page_get_context (XQ_PAGE (self)) != NULL && xq_context_get_editable (xq_page_get_context (XQ_PAGE (self)));
}

/* ---- What the list says of itself ---- */

static void
update_notice (XqLedgerPage *self)
{
  XqPeriod period = xq_page_get_context (XQ_PAGE (self)) != NULL ? xq_context_get_period (xq_page_get_context (XQ_PAGE (self)))
                                                                 : XQ_PERIOD_NONE;
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  g_autofree char *text = NULL;

  if (store != NULL && xq_period_is_set (period))
    {
      g_autofree char *label = xq_period_to_label (period);

      if (xq_context_get_division (xq_page_get_context (XQ_PAGE (self))) == XQ_DIVISION_NOW)
        text = g_strdup_printf (_ ("%s in the present division: read only. Numbers follow each unit to what it has become; what "
                                   "belongs "
                                   "to a compound as a whole is empty where compounds were re-drawn."),
                                label);
      else
        text = g_strdup_printf (_ ("%s is a past period: read only, with the columns that a locked period keeps."), label);
    }
  if (text != NULL)
    gtk_label_set_text (self->notice_text, text);
  gtk_widget_set_visible (self->notice, text != NULL);
}

char *
xq_ledger_page_count_rows (XqLedgerKind kind, gint64 n)
{
  g_autofree char *number = xq_format_count (n);

  switch (kind)
    {
    case XQ_LEDGER_BUILDINGS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s building", "%s buildings", (gulong)n), number);
    case XQ_LEDGER_ORIGINAL_COMPOUNDS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s compound", "%s compounds", (gulong)n), number);
    case XQ_LEDGER_COMPOUNDS:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s unit", "%s units", (gulong)n), number);
    }
}

static void
update_counts (XqLedgerPage *self)
{
  const XqLedgerTotals *totals = xq_ledger_model_get_totals (self->model),
                       *all = xq_ledger_model_get_totals_unfiltered (self->model);
  XqLedgerRequest *listed = xq_ledger_model_get_request (self->model);
  g_autofree char *households = xq_format_count (totals->households);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *rows = NULL;
  g_autoptr (GtkBitset) selected = xq_ledger_grid_dup_selected (self->grid);
  guint64 n_selected = gtk_bitset_get_size (selected);
  XqLedgerKind kind;

  gtk_widget_set_visible (self->set_button, n_selected > 0 && xq_ledger_page_get_editable (self));
  if (listed == NULL)
    {
      gtk_label_set_text (self->count, "");
      gtk_label_set_text (self->scope, "");
      return;
    }
  kind = xq_ledger_request_get_query (listed)->kind;
  if (n_selected > 0)
    g_string_append_printf (text, _ ("%u selected · "), (guint)n_selected);
  if (xq_ledger_request_is_filtered (listed))
    {
      g_autofree char *found = xq_format_count (totals->rows), *of = xq_format_count (all->rows);

      g_string_append_printf (text, _ ("%s of %s · %s households in all"), found, of, households);
    }
  else
    g_string_append_printf (text, _ ("%s households in all"), households);
  gtk_label_set_text (self->count, text->str);

  rows = xq_ledger_page_count_rows (kind, all->rows);
  if (kind == XQ_LEDGER_COMPOUNDS && all->original_compounds != all->rows)
    {
      g_autofree char *originals = xq_ledger_page_count_rows (XQ_LEDGER_ORIGINAL_COMPOUNDS, all->original_compounds);
      g_autofree char *both = g_strdup_printf ("%s · %s", rows, originals);

      gtk_label_set_text (self->scope, both);
    }
  else
    gtk_label_set_text (self->scope, rows);
}

static void
update_footer (XqLedgerPage *self)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  const XqLedgerLook *look = xq_ledger_grid_get_look (self->grid);
  GPtrArray *columns = xq_ledger_grid_get_columns (self->grid);
  gboolean kit = g_ptr_array_find (columns, xq_ledger_find_column ("kit"), NULL);
  gboolean satisfaction = g_ptr_array_find (columns, xq_ledger_find_column ("satisfaction"), NULL);
  g_autofree char *suppressed = NULL;

  if (kit && look != NULL && look->kit_items[0] != NULL)
    {
      g_autofree char *items = g_strjoinv (" · ", look->kit_items);
      g_autofree char *text = g_strdup_printf (C_ ("filter: column, values", "%s: %s"), look->kit_label, items);

      gtk_label_set_text (self->kit_legend, text);
    }
  else
    gtk_label_set_text (self->kit_legend, "");
  gtk_widget_set_visible (self->legends[XQ_LEDGER_SIGN_THERE], kit);
  gtk_widget_set_visible (self->legends[XQ_LEDGER_SIGN_MISSING], kit);
  suppressed = g_strdup_printf (_ ("fewer than %d answers"),
                                store != NULL ? xq_scheme_get_minimum_sample (xq_store_get_scheme (store)) : 0);
  xq_ledger_legend_set_label (XQ_LEDGER_LEGEND (self->legends[XQ_LEDGER_SIGN_SUPPRESSED]), suppressed);
  gtk_widget_set_visible (self->legends[XQ_LEDGER_SIGN_SUPPRESSED], satisfaction);
  gtk_widget_set_visible (self->legends[XQ_LEDGER_SIGN_SAMPLE], store != NULL && xq_store_get_sample (store) != NULL);
}

static void
update_empty (XqLedgerPage *self)
{
  XqLedgerKind kind = xq_ledger_page_get_kind (self);
  gboolean filtered = self->request != NULL && xq_ledger_request_is_filtered (self->request);
  gboolean past = xq_page_get_context (XQ_PAGE (self)) != NULL
                  && xq_period_is_set (xq_context_get_period (xq_page_get_context (XQ_PAGE (self))));

  gtk_widget_set_visible (self->empty_button, filtered);
  if (filtered)
    {
      adw_status_page_set_title (self->empty, _ ("No row fits the filters"));
      adw_status_page_set_description (self->empty, _ ("Remove a filter, or choose a larger area in the tree."));
    }
  else if (kind == XQ_LEDGER_BUILDINGS && past)
    {
      adw_status_page_set_title (self->empty, _ ("Buildings are not kept in past periods"));
      adw_status_page_set_description (self->empty, _ ("Choose the open period to see them."));
    }
  else
    {
      adw_status_page_set_title (self->empty, kind == XQ_LEDGER_BUILDINGS ? _ ("There are no buildings here")
                                                                          : _ ("There are no compounds here"));
      adw_status_page_set_description (self->empty, _ ("Choose another area in the tree."));
    }
}

static gboolean
show_spinner (gpointer data)
{
  XqLedgerPage *self = data;

  self->spinner_source = 0;
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  return G_SOURCE_REMOVE;
}

static void
update_stack (XqLedgerPage *self)
{
  gboolean loading = xq_ledger_model_get_loading (self->model);

  if (xq_ledger_model_get_n_items (self->model) > 0 && !loading)
    {
      g_clear_handle_id (&self->spinner_source, g_source_remove);
      gtk_spinner_stop (self->spinner);
      gtk_stack_set_visible_child_name (self->stack, "list");
    }
  else if (loading)
    {
      /* The list before stays until the new one is there, unless that takes long. */
      if (self->spinner_source == 0 && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "loading") != 0)
        self->spinner_source = g_timeout_add (SPINNER_DELAY, show_spinner, self);
    }
  else
    {
      g_clear_handle_id (&self->spinner_source, g_source_remove);
      gtk_spinner_stop (self->spinner);
      update_empty (self);
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
}

/* ---- Columns and order ---- */

static guint
ask_scheme (XqLedgerPage *self)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));

  return store != NULL ? xq_ledger_column_choice_ask (xq_store_get_scheme (store)) : 0;
}

static gboolean
is_past (XqLedgerPage *self)
{
  return self->request != NULL && xq_period_is_set (xq_ledger_request_get_query (self->request)->period);
}

static void
update_sort_menu (XqLedgerPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new (), by = g_menu_new (), way = g_menu_new ();
  GPtrArray *columns = xq_ledger_grid_get_columns (self->grid);

  g_menu_append (by, _ ("As in the tree"), "ledger.sort::");
  for (guint i = 0; i < columns->len; i++)
    {
      const XqLedgerColumn *column = g_ptr_array_index (columns, i);
      g_autofree char *action = g_strdup_printf ("ledger.sort::%s", column->id);

      g_menu_append (by, xq_ledger_look_get_title (xq_ledger_grid_get_look (self->grid), column), action);
    }
  g_menu_append (way, _ ("Largest first"), "ledger.descending");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (by));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (way));
  gtk_menu_button_set_menu_model (self->sort_button, G_MENU_MODEL (menu));
}

void
xq_ledger_page_update_columns (XqLedgerPage *self)
{
  const XqLedgerQuery *query = xq_ledger_request_get_query (self->request);
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  g_autofree char *setting = NULL;
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (GPtrArray) possible = NULL;

  g_object_get (xq_settings_get_default (), "ledger-columns", &setting, NULL);
  shown = xq_ledger_column_choice_read (setting, query->kind, is_past (self), ask_scheme (self),
                                        store != NULL ? xq_scheme_get_founding_basis (xq_store_get_scheme (store)) : NULL);
  possible = xq_ledger_column_choice_list (query->kind, is_past (self), ask_scheme (self));
  xq_ledger_grid_set_columns (self->grid, shown, store != NULL ? xq_ledger_look_new (xq_store_get_scheme (store)) : NULL);
  xq_ledger_grid_set_sort (self->grid, query->sort, query->descending);
  xq_ledger_column_chooser_set (self->chooser, possible, shown, xq_ledger_grid_get_look (self->grid));
  update_sort_menu (self);
  update_footer (self);
  self->columns_stale = FALSE;
}

static void
columns_chosen (XqLedgerPage *self, GPtrArray *columns)
{
  g_autofree char *setting = NULL;
  g_autofree char *changed = NULL;

  g_object_get (xq_settings_get_default (), "ledger-columns", &setting, NULL);
  changed = xq_ledger_column_choice_write (setting, xq_ledger_page_get_kind (self), columns);
  g_object_set (xq_settings_get_default (), "ledger-columns", changed, NULL);
}

static void
setting_changed (XqLedgerPage *self)
{
  if (self->request != NULL)
    xq_ledger_page_update_columns (self);
}

static void
heading_clicked (XqLedgerPage *self, const char *column, gboolean descending)
{
  g_autoptr (XqLedgerRequest) request = xq_ledger_request_copy (self->request);

  xq_ledger_request_set_sort (request, column, descending);
  xq_ledger_page_set_request (self, request);
}

/* ---- Listing ---- */

static void
xq_ledger_page_reload (XqPage *page)
{
  XqLedgerPage *self = XQ_LEDGER_PAGE (page);

  if (self->selected == NULL)
    self->selected = xq_ledger_grid_dup_selected_ids (self->grid);
  if (self->columns_stale)
    {
      /* Rows of the list before need no cells of the columns to come. */
      xq_ledger_model_load (self->model, NULL, NULL);
      xq_ledger_page_update_columns (self);
    }
  xq_ledger_model_load (self->model, xq_page_get_store (XQ_PAGE (self)), self->request);
}

void
xq_ledger_page_set_request (XqLedgerPage *self, XqLedgerRequest *request)
{
  const XqLedgerQuery *old = self->request != NULL ? xq_ledger_request_get_query (self->request) : NULL;
  const XqLedgerQuery *new = xq_ledger_request_get_query (request);

  if (old == NULL || old->kind != new->kind || xq_period_is_set (old->period) != xq_period_is_set (new->period))
    self->columns_stale = TRUE;
  xq_ledger_request_ref (request);
  g_clear_pointer (&self->request, xq_ledger_request_unref);
  self->request = request;
  xq_ledger_filter_bar_set_request (self->filters, request);
  if (!self->columns_stale)
    xq_ledger_grid_set_sort (self->grid, new->sort, new->descending);
  xq_page_reload (XQ_PAGE (self));
  xq_ledger_page_update_actions (self);
}

static void
filters_changed (XqLedgerPage *self, XqLedgerRequest *request)
{
  xq_ledger_page_set_request (self, request);
}

static void
listed (XqLedgerPage *self, gint64 focus)
{
  XqLedgerRequest *request = xq_ledger_model_get_request (self->model);
  gboolean anew = request != self->listed;

  update_stack (self);
  update_counts (self);
  /* A list made anew begins at its first row, or where it was asked for; the same list read again leaves the cursor alone. */
  if (anew)
    {
      guint position = xq_ledger_model_find (self->model, focus);

      xq_ledger_request_ref (request);
      g_clear_pointer (&self->listed, xq_ledger_request_unref);
      self->listed = request;
      /* A view selects places; the rows that were selected may be in others now, or not in the list at all. */
      if (self->selected != NULL)
        xq_ledger_grid_select_ids (self->grid, self->selected);
      g_clear_pointer (&self->selected, g_hash_table_unref);
      xq_ledger_grid_show_row (self->grid, position != GTK_INVALID_LIST_POSITION ? position : 0);
    }
  xq_ledger_page_update_actions (self);
}

static void
failed (XqLedgerPage *self, const GError *error)
{
  update_stack (self);
  update_counts (self);
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  adw_status_page_set_title (self->empty, _ ("The list cannot be shown"));
  adw_status_page_set_description (self->empty, error->message);
}

/* ---- Pane ---- */

static gboolean
update_detail (gpointer data)
{
  XqLedgerPage *self = data;
  guint position, column;

  self->detail_source = 0;
  if (xq_side_fold_get_reveal (self->fold) && xq_ledger_grid_get_cursor (self->grid, &position, &column))
    xq_detail_pane_set_unit (self->detail, xq_ledger_model_get_id (self->model, position));
  return G_SOURCE_REMOVE;
}

static void
cursor_moved (XqLedgerPage *self)
{
  if (self->detail_source == 0)
    self->detail_source = g_timeout_add (DETAIL_DELAY, update_detail, self);
}

static void
reveal_changed (XqLedgerPage *self)
{
  if (!xq_side_fold_get_folded (self->fold))
    g_object_set (xq_settings_get_default (), "ledger-pane", xq_side_fold_get_reveal (self->fold), NULL);
  cursor_moved (self);
  xq_ledger_page_update_actions (self);
}

static void
detail_closed (XqLedgerPage *self)
{
  xq_side_fold_set_reveal (self->fold, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
row_activated (XqLedgerPage *self, guint position)
{
  gint64 unit = xq_ledger_model_get_id (self->model, position);

  xq_side_fold_set_reveal (self->fold, TRUE);
  if (unit != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-unit", "x", unit);
}

/* ---- Context ---- */

static void
update_from_context (XqLedgerPage *self, gboolean new_document)
{
  g_autoptr (XqLedgerRequest) request = NULL;

  if (new_document || self->request == NULL)
    request = xq_ledger_request_new (xq_ledger_page_get_kind (self), 0, XQ_PERIOD_NONE);
  else
    request = xq_ledger_request_copy (self->request);
  xq_ledger_request_set_unit (request, xq_context_get_unit (xq_page_get_context (XQ_PAGE (self))));
  xq_ledger_request_set_period (request, xq_context_get_period (xq_page_get_context (XQ_PAGE (self))),
                                xq_context_get_division (xq_page_get_context (XQ_PAGE (self))));
  xq_ledger_page_set_request (self, request);
}

static void
store_changed (XqLedgerPage *self)
{
  self->columns_stale = TRUE;
  update_notice (self);
  update_from_context (self, TRUE);
  update_footer (self);
}

/* A compound that is in the list already is gone to; anything else is listed. */
static void
unit_changed (XqLedgerPage *self)
{
  gint64 unit = xq_context_get_unit (xq_page_get_context (XQ_PAGE (self)));
  guint position = xq_page_get_stale (XQ_PAGE (self)) || xq_ledger_model_get_loading (self->model)
                       ? GTK_INVALID_LIST_POSITION
                       : xq_ledger_model_find (self->model, unit);

  if (position == GTK_INVALID_LIST_POSITION)
    update_from_context (self, FALSE);
  else if (!xq_ledger_grid_get_cursor (self->grid, &(guint){ 0 }, &(guint){ 0 }) || xq_detail_pane_get_unit (self->detail) != unit)
    xq_ledger_grid_show_row (self->grid, position);
}

static void
period_changed (XqLedgerPage *self)
{
  update_notice (self);
  update_from_context (self, FALSE);
}

static void
revision_changed (XqLedgerPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !xq_page_get_stale (XQ_PAGE (self)))
    xq_ledger_model_reload (self->model);
  else
    xq_page_queue_reload (XQ_PAGE (self));
}

static void
editable_changed (XqLedgerPage *self)
{
  update_notice (self);
  update_counts (self);
  xq_ledger_page_update_actions (self);
}

static void
xq_ledger_page_context_set (XqPage *page, XqContext *context)
{
  XqLedgerPage *self = XQ_LEDGER_PAGE (page);
  static const struct
  {
    const char *signal;
    GCallback callback;
  } handlers[] = {
    { "notify::store", G_CALLBACK (store_changed) },       { "notify::unit", G_CALLBACK (unit_changed) },
    { "notify::period", G_CALLBACK (period_changed) },     { "notify::revision", G_CALLBACK (revision_changed) },
    { "notify::editable", G_CALLBACK (editable_changed) }, { "notify::division", G_CALLBACK (period_changed) },
  };

  xq_ledger_page_add_tree_actions (self);
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (context, handlers[i].signal, handlers[i].callback, self, G_CONNECT_SWAPPED);
  g_object_set (self->detail, "context", context, NULL);
  store_changed (self);
}

/* ---- Object ---- */

static gboolean
xq_ledger_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (XQ_LEDGER_PAGE (widget)->grid));
}

static void
xq_ledger_page_dispose (GObject *object)
{
  XqLedgerPage *self = XQ_LEDGER_PAGE (object);

  g_clear_handle_id (&self->detail_source, g_source_remove);
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->editor != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->editor));
  self->editor = NULL;
  if (self->page_actions != NULL)
    gtk_widget_insert_action_group (self->page_actions, "ledger", NULL);
  self->page_actions = NULL;
  if (self->fold != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->fold, self);
      gtk_widget_unparent (GTK_WIDGET (self->fold));
    }
  self->fold = NULL;
  g_clear_object (&self->model);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->request, xq_ledger_request_unref);
  g_clear_pointer (&self->listed, xq_ledger_request_unref);
  g_clear_pointer (&self->selected, g_hash_table_unref);
  G_OBJECT_CLASS (xq_ledger_page_parent_class)->dispose (object);
}

static void
xq_ledger_page_class_init (XqLedgerPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  XqPageClass *page_class = XQ_PAGE_CLASS (klass);

  object_class->dispose = xq_ledger_page_dispose;
  page_class->context_set = xq_ledger_page_context_set;
  page_class->reload = xq_ledger_page_reload;
  widget_class->grab_focus = xq_ledger_page_grab_focus;

  g_type_ensure (XQ_TYPE_SIDE_FOLD);
  g_type_ensure (XQ_TYPE_DETAIL_PANE);
  g_type_ensure (XQ_TYPE_LEDGER_FILTER_BAR);
  g_type_ensure (XQ_TYPE_LEDGER_GRID);
  g_type_ensure (XQ_TYPE_LEDGER_COLUMN_CHOOSER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/ledger/xq-ledger-page.ui");
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, fold);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, detail);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, notice);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, notice_text);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, filters);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, set_button);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, count);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, grid);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, empty);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, footer);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, kit_legend);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, row_menu);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, page_actions);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, scope);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, sort_button);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, columns_button);
  gtk_widget_class_bind_template_child (widget_class, XqLedgerPage, chooser);
  gtk_widget_class_set_css_name (widget_class, "ledger-page");
}

static void
selection_changed (XqLedgerPage *self)
{
  update_counts (self);
  xq_ledger_page_update_actions (self);
}

static void
xq_ledger_page_init (XqLedgerPage *self)
{
  XqSettings *settings = xq_settings_get_default ();
  gboolean pane;

  gtk_widget_init_template (GTK_WIDGET (self));
  xq_page_set_actions (XQ_PAGE (self), self->page_actions);

  self->legends[XQ_LEDGER_SIGN_THERE] = xq_ledger_legend_new (XQ_LEDGER_SIGN_THERE, C_ ("item of a kit", "there"));
  self->legends[XQ_LEDGER_SIGN_MISSING] = xq_ledger_legend_new (XQ_LEDGER_SIGN_MISSING, C_ ("item of a kit", "missing"));
  self->legends[XQ_LEDGER_SIGN_SUPPRESSED] = xq_ledger_legend_new (XQ_LEDGER_SIGN_SUPPRESSED, "");
  self->legends[XQ_LEDGER_SIGN_SAMPLE] = xq_ledger_legend_new (XQ_LEDGER_SIGN_SAMPLE, xq_enum_label (&XQ_ENUM_ORIGIN, "generated"));
  for (guint i = 0; i < G_N_ELEMENTS (self->legends); i++)
    gtk_box_append (self->footer, self->legends[i]);

  self->model = xq_ledger_model_new ();
  g_signal_connect_swapped (self->model, "listed", G_CALLBACK (listed), self);
  g_signal_connect_swapped (self->model, "failed", G_CALLBACK (failed), self);
  g_signal_connect_swapped (self->model, "notify::loading", G_CALLBACK (update_stack), self);
  xq_ledger_grid_set_model (self->grid, self->model);
  xq_ledger_grid_set_menu (self->grid, self->row_menu);
  g_signal_connect_swapped (self->grid, "cursor-moved", G_CALLBACK (cursor_moved), self);
  g_signal_connect_swapped (self->grid, "edit", G_CALLBACK (xq_ledger_page_edit), self);
  g_signal_connect_swapped (self->grid, "activate", G_CALLBACK (row_activated), self);
  g_signal_connect_swapped (self->grid, "sort", G_CALLBACK (heading_clicked), self);
  g_signal_connect_object (xq_ledger_grid_get_selection (self->grid), "selection-changed", G_CALLBACK (selection_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->filters, "changed", G_CALLBACK (filters_changed), self);
  g_signal_connect_swapped (self->chooser, "changed", G_CALLBACK (columns_chosen), self);
  g_signal_connect_swapped (self->detail, "close-requested", G_CALLBACK (detail_closed), self);
  g_signal_connect_object (settings, "notify::ledger-columns", G_CALLBACK (setting_changed), self, G_CONNECT_SWAPPED);

  xq_ledger_page_add_actions (self);
  g_object_get (settings, "ledger-pane", &pane, NULL);
  xq_side_fold_set_reveal (self->fold, pane);
  g_signal_connect_swapped (self->fold, "notify::reveal", G_CALLBACK (reveal_changed), self);
  xq_ledger_page_update_actions (self);
}

GtkWidget *
xq_ledger_page_new (XqContext *context)
{
  return g_object_new (XQ_TYPE_LEDGER_PAGE, "context", context, NULL);
}
