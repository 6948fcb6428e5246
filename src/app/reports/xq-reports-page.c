#include "xq-reports-page-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-report-print.h"
#include "xq-settings.h"
#include "xq-side-fold.h"
#include "xq-unit-table.h"

#define TYPING_DELAY 350 /* ms: not at every letter */

G_DEFINE_FINAL_TYPE (XqReportsPage, xq_reports_page, XQ_TYPE_PAGE)

static void reload_soon (XqReportsPage *self, guint delay);

/* Preview */

static gboolean
update_pager (gpointer data)
{
  XqReportsPage *self = data;
  guint n = xq_paper_view_get_n_pages (self->paper), page = xq_paper_view_get_page (self->paper);
  g_autofree char *pages = g_strdup_printf (_ ("Page %u of %u"), MIN (page + 1, n), n);
  g_autofree char *zoom = g_strdup_printf ("%.0f%%", round (xq_paper_view_get_zoom (self->paper) * 100));

  self->pager_source = 0;
  gtk_label_set_label (GTK_LABEL (self->page_label), pages);
  gtk_label_set_label (GTK_LABEL (self->zoom_label), zoom);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reports.previous-page", page > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reports.next-page", page + 1 < n);
  return G_SOURCE_REMOVE;
}

/* The view tells of its page and zoom while it is laid out, when no label may change its size. */
static void
on_paper_changed (XqReportsPage *self)
{
  if (!self->setting && self->pager_source == 0)
    self->pager_source = g_idle_add (update_pager, self);
}

static void
show_problem (XqReportsPage *self, const GError *error)
{
  adw_status_page_set_title (self->problem, g_error_matches (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_DIVISION)
                                                ? _ ("Not in the present division")
                                            : g_error_matches (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_UNKNOWN)
                                                ? _ ("Not counted then")
                                                : _ ("No form for this unit"));
  adw_status_page_set_description (self->problem, error->message);
  gtk_widget_set_visible (self->parent_button, g_error_matches (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_LEVEL));
  gtk_stack_set_visible_child_name (self->stack, "problem");
  xq_report_checks_set_table (self->checks, NULL);
}

/* The levels that rows can have below the unit, the one shown now selected. */
static void
update_levels (XqReportsPage *self)
{
  XqScheme *scheme = xq_store_get_scheme (xq_page_get_store (XQ_PAGE (self)));
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  g_array_set_size (self->levels, 0);
  for (XqLevel level = self->table->unit_level + 1; level <= XQ_LEVEL_COMPOUND; level++)
    {
      if (!(self->table->form->levels & (1u << level)))
        continue;
      if (level == self->table->level)
        selected = self->levels->len;
      g_array_append_val (self->levels, level);
      gtk_string_list_append (labels, xq_scheme_get_level_label (scheme, level));
    }
  self->setting = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->level_row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->level_row), selected);
  gtk_widget_set_sensitive (self->level_row, self->levels->len > 1);
  self->setting = FALSE;
}

static void
update_heading (XqReportsPage *self)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  XqPeriod period = store != NULL ? xq_context_get_period (xq_page_get_context (XQ_PAGE (self))) : XQ_PERIOD_NONE;
  g_autofree char *label = NULL;
  g_autofree char *heading = NULL;

  if (store == NULL)
    return;
  label = xq_period_to_label (xq_period_is_set (period) ? period : xq_store_get_open_period (store));
  heading = g_strdup_printf (_ ("Reports · %s"), label);
  gtk_label_set_label (GTK_LABEL (self->list_heading), heading);
}

static void
show_table (XqReportsPage *self)
{
  XqFormTable *table = self->table;

  xq_paper_view_set_layout (self->paper, self->layout);
  gtk_stack_set_visible_child_name (self->stack, "paper");
  xq_report_checks_set_table (self->checks, table);
  update_levels (self);
  xq_reports_page_suggest_name (self);
  gtk_widget_set_visible (self->mask_box, table->form->sample >= 0);
  if (table->form->sample >= 0)
    {
      g_autofree char *title = g_strdup_printf (_ ("Samples of fewer than %d"), table->minimum);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->mask_row), title);
    }
  xq_report_entries_set_default_unit (self->entries, table->entries.reporting_unit);
  on_paper_changed (self);
}

/* Reading */

static void
forget_table (XqReportsPage *self)
{
  g_clear_pointer (&self->table, xq_form_table_unref);
  g_clear_pointer (&self->layout, xq_form_layout_unref);
}

static void
end_loading (XqReportsPage *self)
{
  if (self->loading != NULL && xq_page_get_context (XQ_PAGE (self)) != NULL)
    xq_context_end_progress (xq_page_get_context (XQ_PAGE (self)), self->loading);
  g_clear_object (&self->loading);
}

static void
make_layout (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, xq_form_layout_new (data), (GDestroyNotify)xq_form_layout_unref);
}

static void
table_unref (gpointer data)
{
  xq_form_table_unref (data);
}

static void
on_laid_out (GObject *source, GAsyncResult *result, gpointer data)
{
  XqReportsPage *self = XQ_REPORTS_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqFormLayout) layout = g_task_propagate_pointer (G_TASK (result), &error);

  /* Something newer is on its way. */
  if (g_task_get_cancellable (G_TASK (result)) != G_CANCELLABLE (self->loading))
    return;
  end_loading (self);
  /* Cancelled by the user: what was shown stays. Or the document has been closed meanwhile. */
  if (layout == NULL || xq_page_get_store (XQ_PAGE (self)) == NULL)
    {
      xq_reports_page_update_actions (self);
      return;
    }
  forget_table (self);
  self->table = xq_form_table_ref (xq_form_layout_get_table (layout));
  self->layout = g_steal_pointer (&layout);
  show_table (self);
  xq_reports_page_update_actions (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  XqReportsPage *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  XqFormTable *table = xq_report_build_table_finish (XQ_STORE (source), result, &error);

  if (table != NULL)
    {
      /* Where pages break is reckoned off the main loop: a form may have tens of thousands of rows. */
      g_task_set_task_data (task, table, table_unref);
      g_task_run_in_thread (task, make_layout);
      return;
    }
  if (g_task_get_cancellable (task) == G_CANCELLABLE (self->loading))
    {
      end_loading (self);
      /* Cancelled by the user: what was shown stays. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          forget_table (self);
          show_problem (self, error);
        }
      xq_reports_page_update_actions (self);
    }
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", error->message);
}

static void
xq_reports_page_reload (XqPage *page)
{
  XqReportsPage *self = XQ_REPORTS_PAGE (page);
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  XqReportFields fields;
  XqReportOptions options;

  if (self->loading != NULL)
    g_cancellable_cancel (G_CANCELLABLE (self->loading));
  end_loading (self);
  update_heading (self);
  if (store == NULL || self->form == NULL)
    {
      forget_table (self);
      xq_paper_view_set_layout (self->paper, NULL);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      xq_reports_page_update_actions (self);
      return;
    }
  /* The level was chosen for another unit: rows are what is below this one again. */
  if (self->unit != xq_context_get_unit (xq_page_get_context (XQ_PAGE (self))))
    {
      self->unit = xq_context_get_unit (xq_page_get_context (XQ_PAGE (self)));
      self->by = XQ_LEVEL_DISTRICT;
    }
  xq_report_entries_get_fields (self->entries, &fields);
  options = (XqReportOptions){
    .form = self->form,
    .unit = self->unit,
    .period = xq_context_get_period (xq_page_get_context (XQ_PAGE (self))),
    .division = xq_context_get_division (xq_page_get_context (XQ_PAGE (self))) == XQ_DIVISION_NOW ? XQ_REPORT_DIVISION_NOW
                                                                                                  : XQ_REPORT_DIVISION_THEN,
    .by = self->by,
    .paper = adw_combo_row_get_selected (ADW_COMBO_ROW (self->paper_row)) == 1 ? XQ_REPORT_PAPER_A3 : XQ_REPORT_PAPER_A4,
    .with_chart = gtk_switch_get_active (GTK_SWITCH (self->chart_switch)),
    .mask = TRUE,
    .fields = &fields,
  };
  self->loading = xq_progress_new ();
  xq_context_begin_progress (xq_page_get_context (XQ_PAGE (self)), self->loading, _ ("Filling in the form"));
  xq_report_build_table_async (store, &options, G_CANCELLABLE (self->loading), on_read,
                               g_task_new (self, G_CANCELLABLE (self->loading), on_laid_out, NULL));
}

static gboolean
on_reload_due (gpointer data)
{
  XqReportsPage *self = data;

  self->reload_source = 0;
  xq_page_reload (XQ_PAGE (self));
  return G_SOURCE_REMOVE;
}

static void
reload_soon (XqReportsPage *self, guint delay)
{
  g_clear_handle_id (&self->reload_source, g_source_remove);
  self->reload_source = g_timeout_add (delay, on_reload_due, self);
}

static void
on_unit_changed (XqReportsPage *self)
{
  /* A name given for one unit's form would overwrite it with another's. */
  self->name_edited = FALSE;
  xq_page_queue_reload (XQ_PAGE (self));
}

/* Options */

static void
on_option_changed (XqReportsPage *self)
{
  if (!self->setting)
    reload_soon (self, 0);
}

static void
on_level_selected (XqReportsPage *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->level_row));

  if (self->setting || selected >= self->levels->len)
    return;
  self->by = g_array_index (self->levels, XqLevel, selected);
  reload_soon (self, 0);
}

static void
on_entries_changed (XqReportsPage *self)
{
  if (!self->setting)
    reload_soon (self, TYPING_DELAY);
}

static void
on_name_changed (XqReportsPage *self)
{
  if (self->setting)
    return;
  /* Emptied, it is proposed again. */
  self->name_edited = gtk_editable_get_text (GTK_EDITABLE (self->name_entry))[0] != '\0';
}

static void
on_format_toggled (XqReportsPage *self)
{
  XqReportFormat format = xq_reports_page_get_format (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name_entry));
  XqReportFormat old = xq_report_format_from_path (text);

  if (self->name_edited && old != XQ_REPORT_FORMAT_NONE && old != format)
    {
      /* The user's name, with the new ending. */
      g_autofree char *stem = g_strndup (text, strlen (text) - strlen (xq_report_format_get_extension (old)));
      g_autofree char *name = g_strconcat (stem, xq_report_format_get_extension (format), NULL);

      gtk_editable_set_text (GTK_EDITABLE (self->name_entry), name);
    }
  xq_reports_page_suggest_name (self);
  xq_reports_page_update_actions (self);
}

/* The list of forms */

static GtkWidget *
make_form_row (const XqReportInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "x-office-spreadsheet-symbolic", "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *title = gtk_label_new (info->short_title), *caption = gtk_label_new (info->description);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_lines (GTK_LABEL (caption), 2);
  gtk_label_set_ellipsize (GTK_LABEL (caption), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "xq-report-title");
  gtk_widget_add_css_class (caption, "xq-caption");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 3);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), caption);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, info->description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, info->short_title, -1);
  g_object_set_data (G_OBJECT (row), "form", (gpointer)info->id);
  return row;
}

static gboolean
filter_form (GtkListBoxRow *row, gpointer data)
{
  XqReportsPage *self = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const XqReportInfo *info = xq_report_find (g_object_get_data (G_OBJECT (row), "form"));
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  g_autofree char *name = g_utf8_casefold (info->title, -1);
  g_autofree char *description = g_utf8_casefold (info->description, -1);

  g_strstrip (wanted);
  return wanted[0] == '\0' || strstr (name, wanted) != NULL || strstr (description, wanted) != NULL;
}

static void
on_search_changed (XqReportsPage *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

static void
on_form_selected (XqReportsPage *self)
{
  GtkListBoxRow *row = self->setting ? NULL : gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  const char *id = row != NULL ? g_object_get_data (G_OBJECT (row), "form") : NULL;

  if (id == NULL || g_strcmp0 (id, self->form) == 0)
    return;
  g_free (self->form);
  self->form = g_strdup (id);
  self->name_edited = FALSE;
  xq_report_entries_set_form (self->entries, id);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->done_revealer), FALSE);
  reload_soon (self, 0);
}

/* Going to the unit above */

static gpointer
find_parent (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 unit = *(gint64 *)data;
  g_autoptr (GPtrArray) path = xq_unit_list_ancestors (tx, unit, error);
  gint64 *parent;

  if (path == NULL || path->len == 0)
    return NULL;
  /* The last one that is above the compounds. */
  parent = g_new0 (gint64, 1);
  for (guint i = 0; i < path->len; i++)
    {
      const XqUnit *step = g_ptr_array_index (path, i);

      if (step->level < XQ_LEVEL_COMPOUND)
        *parent = step->id;
    }
  return parent;
}

static void
on_parent_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqReportsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *parent = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-unit", "x", *parent);
  else if (error != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The unit above was not found"), error->message);
}

static void
on_parent_clicked (XqReportsPage *self)
{
  gint64 *unit = g_new (gint64, 1);

  *unit = xq_context_get_unit (xq_page_get_context (XQ_PAGE (self)));
  xq_store_read_async (xq_page_get_store (XQ_PAGE (self)), find_parent, unit, g_free, g_free, NULL, on_parent_found,
                       g_object_ref (self));
}

/* Actions */

static void
on_print_failed (const char *message, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (data), "win.show-error", "(ss)", _ ("The form was not printed"), message);
}

static void
print (XqReportsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->layout != NULL)
    xq_report_print (self->layout, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, on_print_failed, self);
}

static void
on_print_clicked (XqReportsPage *self)
{
  print (self);
}

static void
on_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqReportsPage *self = XQ_REPORTS_PAGE (widget);
  guint page = xq_paper_view_get_page (self->paper);

  if (g_str_equal (name, "reports.export"))
    xq_reports_page_export (self);
  else if (g_str_equal (name, "reports.choose-file"))
    xq_reports_page_choose_file (self);
  else if (g_str_equal (name, "reports.open-file"))
    xq_reports_page_open_file (self);
  else if (g_str_equal (name, "reports.open-folder"))
    xq_reports_page_open_folder (self);
  else if (g_str_equal (name, "reports.print"))
    print (self);
  else if (g_str_equal (name, "reports.previous-page") && page > 0)
    xq_paper_view_go_to_page (self->paper, page - 1);
  else if (g_str_equal (name, "reports.next-page"))
    xq_paper_view_go_to_page (self->paper, page + 1);
  else if (g_str_equal (name, "reports.zoom-in"))
    xq_paper_view_step_zoom (self->paper, 1);
  else if (g_str_equal (name, "reports.zoom-out"))
    xq_paper_view_step_zoom (self->paper, -1);
  else if (g_str_equal (name, "reports.zoom-fit"))
    xq_paper_view_set_fit_width (self->paper, TRUE);
}

XqReportFormat
xq_reports_page_get_format (XqReportsPage *self)
{
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->pdf_toggle)))
    return XQ_REPORT_FORMAT_PDF;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->csv_toggle)))
    return XQ_REPORT_FORMAT_CSV;
  return XQ_REPORT_FORMAT_XLSX;
}

void
xq_reports_page_update_actions (XqReportsPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean ready = self->table != NULL;
  XqReportFormat format = xq_reports_page_get_format (self);
  const char *label = format == XQ_REPORT_FORMAT_PDF   ? _ ("Export PDF")
                      : format == XQ_REPORT_FORMAT_CSV ? _ ("Export CSV")
                                                       : _ ("Export Excel");

  gtk_widget_action_set_enabled (widget, "reports.export", ready && self->exporting == NULL);
  gtk_widget_action_set_enabled (widget, "reports.print", ready);
  gtk_widget_action_set_enabled (widget, "reports.choose-file", ready);
  gtk_widget_action_set_enabled (widget, "reports.open-file", self->exported != NULL);
  gtk_widget_action_set_enabled (widget, "reports.open-folder", self->exported != NULL);
  gtk_widget_set_sensitive (self->print_button, ready);
  /* A CSV holds neither charts nor pages. */
  gtk_widget_set_sensitive (self->chart_row, format != XQ_REPORT_FORMAT_CSV);
  gtk_widget_set_sensitive (self->paper_row, format != XQ_REPORT_FORMAT_CSV);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->chart_row),
                               format == XQ_REPORT_FORMAT_XLSX ? _ ("Native charts that can be edited") : _ ("As in the preview"));
  adw_button_content_set_label (self->export_content, label);
}

/* The widget */

static void
xq_reports_page_context_set (XqPage *page, XqContext *context)
{
  static const char *const signals[] = { "notify::store", "notify::unit", "notify::period", "notify::division" };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (context, signals[i], G_CALLBACK (on_unit_changed), page, G_CONNECT_SWAPPED);
  xq_page_reload_on (page, "notify::revision", NULL);
}

static void
xq_reports_page_dispose (GObject *object)
{
  XqReportsPage *self = XQ_REPORTS_PAGE (object);

  /* Children that go tell of changes: nothing is to follow from them. */
  self->setting = TRUE;
  g_clear_handle_id (&self->pager_source, g_source_remove);
  if (self->loading != NULL)
    g_cancellable_cancel (G_CANCELLABLE (self->loading));
  end_loading (self);
  g_clear_object (&self->exporting);
  g_clear_object (&self->chooser);
  g_clear_handle_id (&self->reload_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), XQ_TYPE_REPORTS_PAGE);
  forget_table (self);
  g_clear_pointer (&self->levels, g_array_unref);
  g_clear_pointer (&self->form, g_free);
  g_clear_pointer (&self->exported, g_free);
  g_clear_pointer (&self->pending, g_free);
  G_OBJECT_CLASS (xq_reports_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, "/org/xiaoqu/Xiaoqu/reports/xq-reports-page.ui");
#define BIND(name) gtk_widget_class_bind_template_child (klass, XqReportsPage, name)
  BIND (page_actions);
  BIND (print_button);
  BIND (toasts);
  BIND (search);
  BIND (list_heading);
  BIND (list);
  BIND (stack);
  BIND (problem);
  BIND (parent_button);
  BIND (paper);
  BIND (page_label);
  BIND (zoom_label);
  BIND (fold);
  BIND (checks);
  BIND (xlsx_toggle);
  BIND (pdf_toggle);
  BIND (csv_toggle);
  BIND (chart_row);
  BIND (chart_switch);
  BIND (paper_row);
  BIND (level_row);
  BIND (entries);
  BIND (mask_box);
  BIND (mask_row);
  BIND (folder_entry);
  BIND (name_entry);
  BIND (done_revealer);
  BIND (done_label);
  BIND (export_content);
#undef BIND
  gtk_widget_class_bind_template_callback (klass, on_search_changed);
  gtk_widget_class_bind_template_callback (klass, on_form_selected);
  gtk_widget_class_bind_template_callback (klass, on_paper_changed);
  gtk_widget_class_bind_template_callback (klass, on_option_changed);
  gtk_widget_class_bind_template_callback (klass, on_level_selected);
  gtk_widget_class_bind_template_callback (klass, on_entries_changed);
  gtk_widget_class_bind_template_callback (klass, on_name_changed);
  gtk_widget_class_bind_template_callback (klass, on_format_toggled);
  gtk_widget_class_bind_template_callback (klass, on_parent_clicked);
  gtk_widget_class_bind_template_callback (klass, on_print_clicked);
}

static void
xq_reports_page_class_init (XqReportsPageClass *klass)
{
  static const char *const actions[]
      = { "reports.export",        "reports.choose-file", "reports.open-file", "reports.open-folder", "reports.print",
          "reports.previous-page", "reports.next-page",   "reports.zoom-in",   "reports.zoom-out",    "reports.zoom-fit" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  XqPageClass *page_class = XQ_PAGE_CLASS (klass);

  object_class->dispose = xq_reports_page_dispose;
  page_class->context_set = xq_reports_page_context_set;
  page_class->reload = xq_reports_page_reload;

  g_type_ensure (XQ_TYPE_PAPER_VIEW);
  g_type_ensure (XQ_TYPE_REPORT_CHECKS);
  g_type_ensure (XQ_TYPE_REPORT_ENTRIES);
  g_type_ensure (XQ_TYPE_SIDE_FOLD);
  bind_children (widget_class);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, on_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "reports.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "reports.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK, "reports.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "reports.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "reports.zoom-fit", NULL);
  gtk_widget_class_set_css_name (widget_class, "reportspage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
xq_reports_page_init (XqReportsPage *self)
{
  g_autofree char *folder = xq_settings_dup_export_folder (xq_settings_get_default ());

  self->levels = g_array_new (FALSE, FALSE, sizeof (XqLevel));
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  xq_page_set_actions (XQ_PAGE (self), self->page_actions);
  self->setting = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->folder_entry), folder);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_form, self, NULL);
  for (const XqReportInfo *info = xq_report_list (); info->id != NULL; info++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_form_row (info));
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
  xq_reports_page_update_actions (self);
}

GtkWidget *
xq_reports_page_new (XqContext *context)
{
  return g_object_new (XQ_TYPE_REPORTS_PAGE, "context", context, NULL);
}

void
xq_reports_page_select_form (XqReportsPage *self, const char *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "form"), id) == 0)
      gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
}
