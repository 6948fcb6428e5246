#include "xq-ledger-page-private.h"

#include <glib/gi18n-lib.h>

#include "xq-tree-actions.h"

static const char *const kind_names[] = { "compounds", "originals", "buildings" };

static void
activate_copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_ledger_page_copy (data, FALSE);
}

static void
activate_copy_with_headings (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_ledger_page_copy (data, TRUE);
}

static void
activate_paste (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_ledger_page_paste (data);
}

static void
activate_fill_down (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_ledger_page_fill_down (data);
}

static void
activate_clear (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_ledger_page_clear (data);
}

static void
activate_set (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_ledger_set_dialog_open (data);
}

static void
activate_edit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqLedgerPage *self = data;
  guint position, column;

  if (xq_ledger_grid_get_cursor (self->grid, &position, &column))
    xq_ledger_page_edit (self, position, column, 0);
}

static void
activate_show (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqLedgerPage *self = data;
  guint position, column;

  if (xq_ledger_grid_get_cursor (self->grid, &position, &column))
    g_signal_emit_by_name (self->grid, "activate", position);
}

static void
activate_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_ledger_filter_bar_open (XQ_LEDGER_PAGE (data)->filters);
}

static void
activate_clear_filters (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqLedgerPage *self = data;
  g_autoptr (XqLedgerRequest) request = xq_ledger_request_copy (self->request);

  xq_ledger_request_clear_filters (request);
  xq_ledger_page_set_request (self, request);
}

static void
change_kind (GSimpleAction *action, GVariant *value, gpointer data)
{
  XqLedgerPage *self = data;
  g_autoptr (XqLedgerRequest) request = NULL;

  for (guint kind = 0; kind < G_N_ELEMENTS (kind_names); kind++)
    if (strcmp (g_variant_get_string (value, NULL), kind_names[kind]) == 0 && kind != xq_ledger_page_get_kind (self))
      {
        request = xq_ledger_request_copy (self->request);
        xq_ledger_request_set_kind (request, (XqLedgerKind)kind);
        /* What was gone to in the list before need not be in this one: list the node that is selected. */
        if (xq_page_get_context (XQ_PAGE (self)) != NULL)
          xq_ledger_request_set_unit (request, xq_context_get_unit (xq_page_get_context (XQ_PAGE (self))));
        xq_ledger_page_set_request (self, request);
        return;
      }
}

static void
sort_by (XqLedgerPage *self, const char *column, gboolean descending)
{
  g_autoptr (XqLedgerRequest) request = xq_ledger_request_copy (self->request);

  xq_ledger_request_set_sort (request, *column != '\0' ? column : NULL, descending);
  xq_ledger_page_set_request (self, request);
}

static void
change_sort (GSimpleAction *action, GVariant *value, gpointer data)
{
  XqLedgerPage *self = data;

  sort_by (self, g_variant_get_string (value, NULL), xq_ledger_request_get_query (self->request)->descending);
}

static void
change_descending (GSimpleAction *action, GVariant *value, gpointer data)
{
  XqLedgerPage *self = data;
  const char *sort = xq_ledger_request_get_query (self->request)->sort;

  sort_by (self, sort != NULL ? sort : "", g_variant_get_boolean (value));
}

static void
change_detail (GSimpleAction *action, GVariant *value, gpointer data)
{
  xq_side_fold_set_reveal (XQ_LEDGER_PAGE (data)->fold, g_variant_get_boolean (value));
}

static const GActionEntry entries[] = {
  { .name = "copy", .activate = activate_copy },
  { .name = "copy-with-headings", .activate = activate_copy_with_headings },
  { .name = "paste", .activate = activate_paste },
  { .name = "fill-down", .activate = activate_fill_down },
  { .name = "clear", .activate = activate_clear },
  { .name = "set", .activate = activate_set },
  { .name = "edit", .activate = activate_edit },
  { .name = "show", .activate = activate_show },
  { .name = "filter", .activate = activate_filter },
  { .name = "clear-filters", .activate = activate_clear_filters },
  { .name = "kind", .parameter_type = "s", .state = "'compounds'", .change_state = change_kind },
  { .name = "sort", .parameter_type = "s", .state = "''", .change_state = change_sort },
  { .name = "descending", .state = "false", .change_state = change_descending },
  { .name = "detail", .state = "true", .change_state = change_detail },
};

static void
set_enabled (XqLedgerPage *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static void
set_state (XqLedgerPage *self, const char *name, GVariant *state)
{
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), state);
}

void
xq_ledger_page_update_actions (XqLedgerPage *self)
{
  const XqLedgerQuery *query = self->request != NULL ? xq_ledger_request_get_query (self->request) : NULL;
  gboolean rows = xq_ledger_model_get_n_items (self->model) > 0;
  /* Closed compounds are history; those that go on are edited as units. */
  gboolean editable = rows && xq_ledger_page_get_editable (self) && xq_ledger_page_get_kind (self) != XQ_LEDGER_ORIGINAL_COMPOUNDS;
  static const char *const reading[] = { "copy", "copy-with-headings", "show" };
  static const char *const writing[] = { "paste", "fill-down", "clear", "set", "edit" };
  static const char *const listing[] = { "filter", "kind", "sort" };

  for (guint i = 0; i < G_N_ELEMENTS (reading); i++)
    set_enabled (self, reading[i], rows);
  for (guint i = 0; i < G_N_ELEMENTS (writing); i++)
    set_enabled (self, writing[i], editable);
  for (guint i = 0; i < G_N_ELEMENTS (listing); i++)
    set_enabled (self, listing[i], query != NULL);
  set_enabled (self, "descending", query != NULL && query->sort != NULL);
  set_enabled (self, "clear-filters", self->request != NULL && xq_ledger_request_is_filtered (self->request));
  if (query != NULL)
    {
      set_state (self, "kind", g_variant_new_string (kind_names[query->kind]));
      set_state (self, "sort", g_variant_new_string (query->sort != NULL ? query->sort : ""));
      set_state (self, "descending", g_variant_new_boolean (query->descending));
    }
  set_state (self, "detail", g_variant_new_boolean (xq_side_fold_get_reveal (self->fold)));
  if (xq_page_get_context (XQ_PAGE (self)) != NULL)
    xq_tree_actions_update (GTK_WIDGET (self));
}

void
xq_ledger_page_add_actions (XqLedgerPage *self)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } shortcuts[] = {
    { GDK_KEY_f, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "ledger.filter" },
    { GDK_KEY_F8, 0, "ledger.detail" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "ledger", G_ACTION_GROUP (self->actions));
  /* The buttons in the context bar are not inside the page. */
  gtk_widget_insert_action_group (self->page_actions, "ledger", G_ACTION_GROUP (self->actions));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (shortcuts[i].key, shortcuts[i].modifiers),
                                                            gtk_named_action_new (shortcuts[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* The units of the rows that are meant. Old compounds that were closed are no units any more. */
static GArray *
chosen_units (gpointer data, XqLevel *level)
{
  XqLedgerPage *self = data;
  GArray *units = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GtkBitset) rows = NULL;
  GtkBitsetIter iter;
  guint position;

  if (self->request == NULL || xq_ledger_page_get_kind (self) == XQ_LEDGER_ORIGINAL_COMPOUNDS)
    return units;
  *level = xq_ledger_page_get_kind (self) == XQ_LEDGER_BUILDINGS ? XQ_LEVEL_BUILDING : XQ_LEVEL_COMPOUND;
  rows = xq_ledger_page_dup_rows (self);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, rows, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = xq_ledger_model_get_id (self->model, position);

      g_array_append_val (units, id);
    }
  return units;
}

void
xq_ledger_page_add_tree_actions (XqLedgerPage *self)
{
  g_autoptr (GMenuModel) menu = xq_tree_actions_make_menu ();

  xq_tree_actions_add (GTK_WIDGET (self), xq_page_get_context (XQ_PAGE (self)), chosen_units, self);
  g_menu_append_submenu (G_MENU (self->row_menu), C_ ("menu", "Unit"), menu);
}
