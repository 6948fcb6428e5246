#include "xq-checks-page-private.h"

#include <glib/gi18n-lib.h>

#include "xq-acknowledge-dialog.h"
#include "xq-finding-row.h"
#include "xq-record-command.h"
#include "xq-settings.h"
#include "xq-statistics.h"
#include "xq-trace.h"

#define SPINNER_DELAY 300 /* ms: shorter waits are not worth a sign */

G_DEFINE_FINAL_TYPE (XqChecksPage, xq_checks_page, XQ_TYPE_PAGE)

/* ---- Showing ---- */

static guint
active_chip (XqChecksPage *self)
{
  for (guint i = 0; i < XQ_N_CHECKS_CHIPS; i++)
    if (gtk_toggle_button_get_active (self->chip[i]))
      return i;
  return XQ_CHECKS_ALL;
}

static void
show_chips (XqChecksPage *self, const XqFindingTally *tally)
{
  for (guint i = 0; i < XQ_N_CHECKS_CHIPS; i++)
    {
      guint count = i < XQ_N_SEVERITIES ? tally->severities[i] : i == XQ_CHECKS_ALL ? tally->open : tally->acknowledged;
      const char *word = i < XQ_N_SEVERITIES  ? xq_enum_label (&XQ_ENUM_SEVERITY, xq_enum_nick (&XQ_ENUM_SEVERITY, (int)i))
                         : i == XQ_CHECKS_ALL ? C_ ("findings", "All")
                                              : C_ ("state of a finding", "Acknowledged");
      g_autofree char *number = xq_format_count (count);
      g_autofree char *label = g_strdup_printf ("%s %s", word, number);

      gtk_button_set_label (GTK_BUTTON (self->chip[i]), label);
    }
}

/* What the chosen rule means, where it comes from, and which of the scheme's numbers it goes by. */
static void
show_about (XqChecksPage *self)
{
  const XqRule *rule = xq_checks_side_get_rule (self->side);
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  g_autoptr (GString) source = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->about), rule != NULL && store != NULL);
  if (rule == NULL || store == NULL)
    return;
  source = g_string_new (xq_rule_get_source (rule));
  for (guint i = 0; i < rule->n_thresholds; i++)
    {
      int value = xq_scheme_get_threshold (xq_store_get_scheme (store), rule->thresholds[i]);

      g_string_append_printf (source, "%s%s %d", i == 0 ? " · " : _ (", "), xq_rule_threshold_get_label (rule->thresholds[i]),
                              value);
    }
  gtk_label_set_label (self->about_title, xq_rule_get_title (rule));
  gtk_label_set_label (self->about_text, xq_rule_get_meaning (rule));
  gtk_label_set_label (self->about_source, source->str);
}

static void
show_notice (XqChecksPage *self)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  gboolean past = store != NULL && xq_period_is_set (xq_context_get_period (xq_page_get_context (XQ_PAGE (self))));

  gtk_widget_set_visible (GTK_WIDGET (self->notice), past);
  if (past)
    {
      g_autofree char *period = xq_period_to_label (xq_store_get_open_period (store));
      g_autofree char *text = g_strdup_printf (_ ("Findings are those of the open period, %s."), period);

      gtk_label_set_label (self->notice_text, text);
    }
}

static void
show_footer (XqChecksPage *self)
{
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint64 n_selected = gtk_bitset_get_size (selected);
  g_autofree char *count = xq_format_count (shown);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean editable
      = xq_page_get_context (XQ_PAGE (self)) != NULL && xq_context_get_editable (xq_page_get_context (XQ_PAGE (self)));

  g_string_append_printf (text, ngettext ("%s finding", "%s findings", shown), count);
  if (n_selected > 1)
    g_string_append_printf (text, _ (" · %u selected"), (guint)n_selected);
  gtk_label_set_label (self->footer, text->str);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "checks.acknowledge",
                                 editable && n_selected > 0 && active_chip (self) != XQ_CHECKS_ACKNOWLEDGED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "checks.export", shown > 0);
}

static gboolean
show_spinner (gpointer data)
{
  XqChecksPage *self = data;

  self->spinner_id = 0;
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
show_state (XqChecksPage *self, const XqFindingTally *tally)
{
  XqFindings *findings = xq_context_get_findings (xq_page_get_context (XQ_PAGE (self)));
  const GError *error = xq_findings_get_error (findings);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  gboolean waiting = !xq_findings_get_ready (findings) && error == NULL;

  if (!waiting || any)
    {
      g_clear_handle_id (&self->spinner_id, g_source_remove);
      gtk_spinner_stop (self->spinner);
    }
  else if (self->spinner_id == 0 && !gtk_spinner_get_spinning (self->spinner))
    self->spinner_id = g_timeout_add (SPINNER_DELAY, show_spinner, self);
  if (error != NULL)
    adw_status_page_set_description (self->error, error->message);
  if (tally->open + tally->acknowledged == 0)
    {
      adw_status_page_set_title (self->empty, _ ("No findings"));
      adw_status_page_set_description (self->empty, _ ("The rules find nothing here that wants looking at."));
    }
  else
    {
      adw_status_page_set_title (self->empty, _ ("None of these"));
      adw_status_page_set_description (self->empty, _ ("There are findings of other rules, units or kinds."));
    }
  gtk_stack_set_visible_child_name (self->stack, error != NULL ? "error" : any ? "list" : waiting ? "loading" : "empty");
}

static void
show_list (XqChecksPage *self)
{
  guint chip = active_chip (self);
  GPtrArray *lists = xq_findings_get_lists (xq_context_get_findings (xq_page_get_context (XQ_PAGE (self))));
  XqFindingFilter filter = {
    .scope = xq_context_get_unit (xq_page_get_context (XQ_PAGE (self))),
    .unit = xq_checks_side_get_unit (self->side),
    .rule = xq_checks_side_get_rule (self->side),
    .severity = chip < XQ_N_SEVERITIES ? (int)chip : -1,
    .acknowledged = chip == XQ_CHECKS_ACKNOWLEDGED,
    .text = self->text,
  };
  XqFindingTally tally = xq_finding_tally (lists, filter.scope);

  xq_finding_model_set (self->model, lists, &filter);
  show_chips (self, &tally);
  show_about (self);
  show_notice (self);
  show_footer (self);
  show_state (self, &tally);
  xq_trace_painted (GTK_WIDGET (self), "checks");
}

static void
xq_checks_page_reload (XqPage *page)
{
  XqChecksPage *self = XQ_CHECKS_PAGE (page);

  xq_checks_side_set (self->side, xq_findings_get_lists (xq_context_get_findings (xq_page_get_context (XQ_PAGE (self)))),
                      xq_context_get_unit (xq_page_get_context (XQ_PAGE (self))), active_chip (self) == XQ_CHECKS_ACKNOWLEDGED);
  show_list (self);
}

static void
chip_toggled (XqChecksPage *self, GtkToggleButton *chip)
{
  if (gtk_toggle_button_get_active (chip) && xq_page_get_context (XQ_PAGE (self)) != NULL)
    xq_page_reload (XQ_PAGE (self));
}

static void
search_changed (XqChecksPage *self)
{
  g_free (self->text);
  self->text = xq_finding_filter_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  if (xq_page_get_context (XQ_PAGE (self)) != NULL)
    show_list (self);
}

/* ---- Rows ---- */

static void
row_setup (XqChecksPage *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, xq_finding_row_new ());
}

static void
row_bind (XqChecksPage *self, GtkListItem *item)
{
  xq_finding_row_set (XQ_FINDING_ROW (gtk_list_item_get_child (item)), xq_finding_item_get (gtk_list_item_get_item (item)),
                      xq_page_get_context (XQ_PAGE (self)) != NULL
                          && xq_context_get_editable (xq_page_get_context (XQ_PAGE (self))));
}

/* ---- Actions ---- */

static const XqFinding *
find (XqChecksPage *self, const XqFindingKey *key)
{
  guint position = xq_finding_model_find (self->model, key);

  return position != G_MAXUINT ? g_ptr_array_index (xq_finding_model_get_findings (self->model), position) : NULL;
}

/* Where the finding is mended: the unit in the ledger, with the right tab. */
static void
open_finding (XqChecksPage *self, const XqFindingKey *key)
{
  xq_context_ask_tab (xq_page_get_context (XQ_PAGE (self)), key->unit, key->rule->tab);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-unit", "x", key->unit);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "ledger");
}

static void
row_activated (XqChecksPage *self, guint position)
{
  g_autoptr (XqFindingItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (item != NULL)
    {
      XqFindingKey key = xq_finding_get_key (xq_finding_item_get (item));

      open_finding (self, &key);
    }
}

static void
open_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqFindingKey key;

  xq_finding_key_from_variant (parameter, &key);
  if (key.rule != NULL)
    open_finding (XQ_CHECKS_PAGE (widget), &key);
}

static gpointer
mend_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_finding_mend (tx, data, error);
  return NULL;
}

static void
mend_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqChecksPage *self = XQ_CHECKS_PAGE (widget);
  const XqFinding *finding;
  XqFindingKey key;
  g_autofree char *label = NULL;

  xq_finding_key_from_variant (parameter, &key);
  finding = key.rule != NULL ? find (self, &key) : NULL;
  if (finding == NULL)
    return;
  label = xq_command_label (finding->unit->name, xq_rule_get_mend_label (key.rule));
  xq_command_run (xq_page_get_context (XQ_PAGE (self)), label, mend_job, g_memdup2 (&key, sizeof key), g_free, widget);
}

/* What is acknowledged by one command. */
typedef struct
{
  GArray *keys;
  char *reason, *until, *by; /* @reason %NULL: takes back */
} Acknowledgement;

static void
acknowledgement_free (gpointer data)
{
  Acknowledgement *acknowledgement = data;

  g_array_unref (acknowledgement->keys);
  g_free (acknowledgement->reason);
  g_free (acknowledgement->until);
  g_free (acknowledgement->by);
  g_free (acknowledgement);
}

static gpointer
acknowledge_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Acknowledgement *wanted = data;
  const XqFindingKey *keys = (const XqFindingKey *)(gconstpointer)wanted->keys->data;

  if (wanted->reason != NULL)
    {
      xq_finding_acknowledge (tx, keys, wanted->keys->len, wanted->reason, wanted->until, wanted->by, error);
      return NULL;
    }
  for (guint i = 0; i < wanted->keys->len; i++)
    if (!xq_finding_unacknowledge (tx, &keys[i], error))
      return NULL;
  return NULL;
}

/* "确认疑点：任期届满（3 条）" */
static char *
acknowledge_label (GArray *keys, gboolean take_back)
{
  const XqFindingKey *first = &g_array_index (keys, XqFindingKey, 0);
  const char *title = xq_rule_get_title (first->rule);

  if (take_back)
    return g_strdup_printf (_ ("Take back acknowledgement: %s"), title);
  if (keys->len == 1)
    return g_strdup_printf (_ ("Acknowledge: %s"), title);
  return g_strdup_printf (ngettext ("Acknowledge %u finding", "Acknowledge %u findings", keys->len), keys->len);
}

static void
run_acknowledgement (XqChecksPage *self, const char *reason, const char *until)
{
  Acknowledgement *wanted;
  g_autofree char *label = NULL;

  if (self->asking == NULL || self->asking->len == 0)
    return;
  label = acknowledge_label (self->asking, reason == NULL);
  wanted = g_new0 (Acknowledgement, 1);
  wanted->keys = g_steal_pointer (&self->asking);
  wanted->reason = g_strdup (reason);
  wanted->until = g_strdup (until);
  wanted->by = g_strdup (xq_settings_get_actor (xq_settings_get_default ()));
  xq_command_run (xq_page_get_context (XQ_PAGE (self)), label, acknowledge_job, wanted, acknowledgement_free, GTK_WIDGET (self));
}

static void
agreed (const char *reason, const char *until, gpointer data)
{
  run_acknowledgement (data, reason, until);
}

static void
ask (XqChecksPage *self)
{
  GPtrArray *lists = xq_findings_get_lists (xq_context_get_findings (xq_page_get_context (XQ_PAGE (self))));
  g_autofree char *heading = NULL;

  if (self->asking->len == 0 || lists->len == 0)
    return;
  heading = acknowledge_label (self->asking, FALSE);
  xq_acknowledge_dialog_show (GTK_WIDGET (self), heading, self->asking->len, xq_finding_list_get_day (g_ptr_array_index (lists, 0)),
                              agreed, self);
}

static void
ask_about (XqChecksPage *self)
{
  g_clear_pointer (&self->asking, g_array_unref);
  self->asking = g_array_new (FALSE, FALSE, sizeof (XqFindingKey));
}

static void
acknowledge_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqChecksPage *self = XQ_CHECKS_PAGE (widget);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GPtrArray *findings = xq_finding_model_get_findings (self->model);

  ask_about (self);
  for (guint64 i = 0; i < gtk_bitset_get_size (selected); i++)
    {
      guint position = gtk_bitset_get_nth (selected, (guint)i);
      XqFindingKey key;

      if (position >= findings->len)
        continue;
      key = xq_finding_get_key (g_ptr_array_index (findings, position));
      g_array_append_val (self->asking, key);
    }
  ask (self);
}

static void
acknowledge_one_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqChecksPage *self = XQ_CHECKS_PAGE (widget);
  XqFindingKey key;

  xq_finding_key_from_variant (parameter, &key);
  if (key.rule == NULL)
    return;
  ask_about (self);
  g_array_append_val (self->asking, key);
  ask (self);
}

static void
take_back_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqChecksPage *self = XQ_CHECKS_PAGE (widget);
  XqFindingKey key;

  xq_finding_key_from_variant (parameter, &key);
  if (key.rule == NULL)
    return;
  ask_about (self);
  g_array_append_val (self->asking, key);
  run_acknowledgement (self, NULL, NULL);
}

static void
export_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_checks_page_export (XQ_CHECKS_PAGE (widget));
}

static void
choose_rule_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqChecksPage *self = XQ_CHECKS_PAGE (widget);

  xq_checks_side_choose_rule (self->side, xq_rule_find (g_variant_get_string (parameter, NULL)));
}

/* One function says what may be done. */
static void
update_actions (XqChecksPage *self)
{
  gboolean editable
      = xq_page_get_context (XQ_PAGE (self)) != NULL && xq_context_get_editable (xq_page_get_context (XQ_PAGE (self)));
  static const char *const writing[] = { "checks.mend", "checks.acknowledge-one", "checks.take-back" };

  for (guint i = 0; i < G_N_ELEMENTS (writing); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), writing[i], editable);
  show_footer (self);
}

/* ---- Object ---- */

static void
xq_checks_page_context_set (XqPage *page, XqContext *context)
{
  g_signal_connect_object (context, "notify::editable", G_CALLBACK (update_actions), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (xq_context_get_findings (context), "notify::stamp", G_CALLBACK (xq_page_queue_reload), page,
                           G_CONNECT_SWAPPED);
  xq_page_reload_on (page, "notify::store", "notify::unit", "notify::period", NULL);
  update_actions (XQ_CHECKS_PAGE (page));
}

static void
xq_checks_page_dispose (GObject *object)
{
  XqChecksPage *self = XQ_CHECKS_PAGE (object);

  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->asking, g_array_unref);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (xq_checks_page_parent_class)->dispose (object);
}

static void
xq_checks_page_class_init (XqChecksPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  XqPageClass *page_class = XQ_PAGE_CLASS (klass);

  object_class->dispose = xq_checks_page_dispose;
  page_class->context_set = xq_checks_page_context_set;
  page_class->reload = xq_checks_page_reload;

  gtk_widget_class_install_action (widget_class, "checks.open", "(sxx)", open_activated);
  gtk_widget_class_install_action (widget_class, "checks.mend", "(sxx)", mend_activated);
  gtk_widget_class_install_action (widget_class, "checks.acknowledge", NULL, acknowledge_activated);
  gtk_widget_class_install_action (widget_class, "checks.acknowledge-one", "(sxx)", acknowledge_one_activated);
  gtk_widget_class_install_action (widget_class, "checks.take-back", "(sxx)", take_back_activated);
  gtk_widget_class_install_action (widget_class, "checks.export", NULL, export_activated);
  gtk_widget_class_install_action (widget_class, "checks.choose-rule", "s", choose_rule_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, GDK_CONTROL_MASK, "checks.acknowledge", NULL);

  g_type_ensure (XQ_TYPE_CHECKS_SIDE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/checks/xq-checks-page.ui");
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, root);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, side);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, chips);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, notice);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, notice_text);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, about);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, about_title);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, about_text);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, about_source);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, search);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, stack);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, empty);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, error);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, list);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, footer);
  gtk_widget_class_bind_template_child (widget_class, XqChecksPage, acknowledge_selected);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, show_list);
  gtk_widget_class_set_css_name (widget_class, "checks-page");
}

static void
add_chips (XqChecksPage *self)
{
  /* All first, then the weightiest. */
  static const guint order[XQ_N_CHECKS_CHIPS]
      = { XQ_CHECKS_ALL, XQ_SEVERITY_ERROR, XQ_SEVERITY_WARNING, XQ_SEVERITY_NOTICE, XQ_CHECKS_ACKNOWLEDGED };

  for (guint i = 0; i < XQ_N_CHECKS_CHIPS; i++)
    {
      GtkWidget *chip = gtk_toggle_button_new ();

      gtk_widget_add_css_class (chip, "flat");
      gtk_widget_add_css_class (chip, "xq-chip");
      self->chip[order[i]] = GTK_TOGGLE_BUTTON (chip);
      if (order[i] != XQ_CHECKS_ALL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), self->chip[XQ_CHECKS_ALL]);
      gtk_box_append (self->chips, chip);
    }
  gtk_toggle_button_set_active (self->chip[XQ_CHECKS_ALL], TRUE);
  for (guint i = 0; i < XQ_N_CHECKS_CHIPS; i++)
    g_signal_connect_swapped (self->chip[i], "toggled", G_CALLBACK (chip_toggled), self);
}

static void
xq_checks_page_init (XqChecksPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *export = gtk_button_new ();
  GtkWidget *content
      = g_object_new (ADW_TYPE_BUTTON_CONTENT, "icon-name", "document-save-symbolic", "label", _ ("Export List…"), NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  /* In the window's bar it is no child of the page: it asks the page all the same. */
  xq_page_set_actions (XQ_PAGE (self), export);
  gtk_button_set_child (GTK_BUTTON (export), content);
  gtk_widget_set_tooltip_text (export, _ ("Write the findings shown as a workbook or CSV"));
  g_signal_connect_object (export, "clicked", G_CALLBACK (xq_checks_page_export), self, G_CONNECT_SWAPPED);
  self->model = xq_finding_model_new ();
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (row_setup), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (row_bind), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (show_footer), self, G_CONNECT_SWAPPED);
  add_chips (self);
}
