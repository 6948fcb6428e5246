#include "xq-history-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "xq-history-csv.h"
#include "xq-history-detail.h"
#include "xq-history-model.h"
#include "xq-pill.h"
#include "xq-settings.h"

/* Typing a day is over after so many ms. */
#define TYPING_DELAY 400

struct _XqHistoryPage
{
  XqPage parent_instance;

  /* template */
  GtkWidget *page_actions;
  GtkDropDown *kind, *operation, *type, *actor, *span;
  GtkWidget *days;
  GtkEditable *since, *until;
  GtkLabel *count;
  GtkStack *stack;
  GtkListView *list;
  XqHistoryDetail *detail;

  /* owned */
  XqHistoryModel *model;
  GtkSingleSelection *selection;
  GPtrArray *types; /* const XqRecordType *, as the drop-down lists them */
  GtkFileChooserNative *chooser;
  gint64 shown_entry; /* to be selected again after a reload */
  guint reload_id;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (XqHistoryPage, xq_history_page, XQ_TYPE_PAGE)

enum
{
  SPAN_ALL,
  SPAN_TODAY,
  SPAN_WEEK,
  SPAN_MONTH,
  SPAN_YEAR,
  SPAN_CHOSEN
};

static const XqJournalKinds KINDS[]
    = { 0, XQ_JOURNAL_EDIT, XQ_JOURNAL_UNDO, XQ_JOURNAL_IMPORT, XQ_JOURNAL_LOCK, XQ_JOURNAL_SCHEME, XQ_JOURNAL_MAKE };
static const XqJournalOperations OPERATIONS[] = { 0, XQ_JOURNAL_ADDED, XQ_JOURNAL_CHANGED, XQ_JOURNAL_DELETED };

/* Filter */

static char *
dup_day_before (int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) day = g_date_time_add_days (now, -days);

  return g_date_time_format (day, "%Y-%m-%d");
}

/* A day as it was typed, or NULL where the entry is empty or no day yet; says which by the entry's look. */
static char *
read_day (GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);
  char *day = xq_date_parse (text);

  if (*text != '\0' && day == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  return day;
}

static void
read_span (XqHistoryPage *self, XqHistoryFilter *filter)
{
  guint span = gtk_drop_down_get_selected (self->span);

  gtk_widget_set_visible (self->days, span == SPAN_CHOSEN);
  switch (span)
    {
    case SPAN_TODAY:
      filter->since = dup_day_before (0);
      break;
    case SPAN_WEEK:
      filter->since = dup_day_before (6);
      break;
    case SPAN_MONTH:
      filter->since = dup_day_before (29);
      break;
    case SPAN_YEAR:
      {
        g_autoptr (GDateTime) now = g_date_time_new_now_local ();

        filter->since = g_strdup_printf ("%d-01-01", g_date_time_get_year (now));
        break;
      }
    case SPAN_CHOSEN:
      filter->since = read_day (self->since);
      filter->until = read_day (self->until);
      break;
    default:
      break;
    }
}

static void
read_filter (XqHistoryPage *self, XqHistoryFilter *filter)
{
  guint kind = gtk_drop_down_get_selected (self->kind), operation = gtk_drop_down_get_selected (self->operation),
        type = gtk_drop_down_get_selected (self->type), actor = gtk_drop_down_get_selected (self->actor);
  GtkStringList *actors = GTK_STRING_LIST (gtk_drop_down_get_model (self->actor));

  *filter = (XqHistoryFilter){ 0 };
  filter->kinds = kind < G_N_ELEMENTS (KINDS) ? KINDS[kind] : 0;
  filter->operations = operation < G_N_ELEMENTS (OPERATIONS) ? OPERATIONS[operation] : 0;
  if (type > 0 && type <= self->types->len)
    filter->type = g_strdup (((const XqRecordType *)g_ptr_array_index (self->types, type - 1))->name);
  if (actor > 0 && actor != GTK_INVALID_LIST_POSITION)
    filter->actor = g_strdup (gtk_string_list_get_string (actors, actor));
  read_span (self, filter);
}

static void
xq_history_page_reload (XqPage *page)
{
  XqHistoryPage *self = XQ_HISTORY_PAGE (page);
  XqHistoryFilter filter;

  g_clear_handle_id (&self->reload_id, g_source_remove);
  read_filter (self, &filter);
  xq_history_model_load (self->model, xq_page_get_store (XQ_PAGE (self)),
                         xq_context_get_unit (xq_page_get_context (XQ_PAGE (self))), &filter);
  xq_history_filter_clear (&filter);
}

static void
store_changed (XqHistoryPage *self)
{
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->kind, 0);
  gtk_drop_down_set_selected (self->operation, 0);
  gtk_drop_down_set_selected (self->type, 0);
  gtk_drop_down_set_selected (self->actor, 0);
  gtk_drop_down_set_selected (self->span, 0);
  self->filling = FALSE;
  self->shown_entry = 0;
  xq_history_detail_set_item (self->detail, NULL);
  xq_page_queue_reload (XQ_PAGE (self));
}

static void
filter_changed (XqHistoryPage *self)
{
  if (!self->filling && xq_page_get_context (XQ_PAGE (self)) != NULL)
    xq_page_reload (XQ_PAGE (self));
}

static gboolean
typed (gpointer data)
{
  XqHistoryPage *self = data;

  self->reload_id = 0;
  xq_page_reload (XQ_PAGE (self));
  return G_SOURCE_REMOVE;
}

static void
days_changed (XqHistoryPage *self)
{
  g_clear_handle_id (&self->reload_id, g_source_remove);
  self->reload_id = g_timeout_add (TYPING_DELAY, typed, self);
}

/* The list */

static void
fill_actors (XqHistoryPage *self)
{
  GPtrArray *actors = xq_history_model_get_actors (self->model);
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (self->actor));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  if (actors == NULL)
    return;
  /* Who is chosen stays chosen: names are only ever added, sorted as they come. */
  if (n == actors->len + 1)
    return;
  {
    guint selected = gtk_drop_down_get_selected (self->actor);
    g_autofree char *chosen = selected > 0 && selected < n ? g_strdup (gtk_string_list_get_string (list, selected)) : NULL;

    self->filling = TRUE;
    gtk_string_list_splice (list, 1, n - 1, NULL);
    for (guint i = 0; i < actors->len; i++)
      {
        const char *name = g_ptr_array_index (actors, i);

        gtk_string_list_append (list, name);
        if (g_strcmp0 (chosen, name) == 0)
          gtk_drop_down_set_selected (self->actor, i + 1);
      }
    self->filling = FALSE;
  }
}

static void
select_again (XqHistoryPage *self)
{
  GListModel *list = xq_history_model_get_list (self->model);

  for (guint i = 0; self->shown_entry != 0 && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (XqHistoryItem) item = g_list_model_get_item (list, i);

      if (xq_history_item_get_entry (item)->entry == self->shown_entry)
        {
          gtk_single_selection_set_selected (self->selection, i);
          return;
        }
    }
  if (g_list_model_get_n_items (list) > 0)
    gtk_single_selection_set_selected (self->selection, 0);
}

static void
selection_changed (XqHistoryPage *self)
{
  XqHistoryItem *item = gtk_single_selection_get_selected_item (self->selection);

  /* While a page is replaced nothing is selected; what is shown stays until the new page is there. */
  if (item == NULL)
    return;
  self->shown_entry = xq_history_item_get_entry (item)->entry;
  xq_history_detail_set_item (self->detail, item);
}

static void
loaded (XqHistoryPage *self)
{
  guint n = g_list_model_get_n_items (xq_history_model_get_list (self->model));
  gboolean more = xq_history_model_has_more (self->model);
  g_autofree char *count = NULL;

  fill_actors (self);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "nothing");
  count = more ? g_strdup_printf (_ ("the newest %u steps; scroll for more"), n)
               : g_strdup_printf (ngettext ("%u step", "%u steps", n), n);
  gtk_label_set_label (self->count, count);
  gtk_widget_set_sensitive (self->page_actions, n > 0);
  if (n == 0)
    {
      self->shown_entry = 0;
      xq_history_detail_set_item (self->detail, NULL);
    }
  else
    select_again (self);
  selection_changed (self);
}

static void
failed (XqHistoryPage *self, GError *error)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The history could not be read"), error->message);
}

static void
edge_reached (XqHistoryPage *self, GtkPositionType edge)
{
  if (edge == GTK_POS_BOTTOM)
    xq_history_model_load_more (self->model);
}

static void
setup_item (XqHistoryPage *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gtk_label_new (NULL), *caption = gtk_label_new (NULL), *time = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_ellipsize (GTK_LABEL (caption), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (caption, "xq-caption");
  gtk_widget_add_css_class (time, "xq-caption");
  gtk_box_append (GTK_BOX (top), title);
  gtk_box_append (GTK_BOX (top), xq_pill_new (XQ_PILL_PLAIN, "", NULL));
  gtk_box_append (GTK_BOX (top), time);
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_list_item_set_child (item, box);
}

static void
bind_item (XqHistoryPage *self, GtkListItem *list_item)
{
  XqHistoryItem *item = gtk_list_item_get_item (list_item);
  const XqJournalEntry *entry = xq_history_item_get_entry (item);
  GtkWidget *box = gtk_list_item_get_child (list_item), *top = gtk_widget_get_first_child (box);
  GtkWidget *title = gtk_widget_get_first_child (top), *pill = gtk_widget_get_next_sibling (title);
  g_autofree char *text = xq_history_item_dup_title (item);
  g_autofree char *summary = xq_history_item_dup_summary (item);
  g_autofree char *time = xq_history_format_time (entry->time);
  g_autofree char *caption = *summary != '\0' ? g_strdup_printf ("%s · %s", entry->actor, summary) : g_strdup (entry->actor);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s", text, time, caption);

  gtk_label_set_label (GTK_LABEL (title), text);
  if (entry->undone)
    gtk_widget_add_css_class (title, "xq-change-old");
  else
    gtk_widget_remove_css_class (title, "xq-change-old");
  gtk_widget_set_visible (pill, entry->undone || entry->kind != XQ_JOURNAL_EDIT);
  if (entry->undone)
    xq_pill_set (XQ_PILL (pill), XQ_PILL_CONTACT, _ ("Undone"), NULL);
  else
    xq_pill_set (XQ_PILL (pill), entry->kind == XQ_JOURNAL_LOCK ? XQ_PILL_INFO : XQ_PILL_PLAIN,
                 xq_journal_kind_get_label (entry->kind), NULL);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (top)), time);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Export */

typedef struct
{
  gint64 unit;
  XqHistoryFilter filter;
  char *path;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  xq_history_filter_clear (&export->filter);
  g_free (export->path);
  g_free (export);
}

static gpointer
export_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Export *export = data;
  XqJournalQuery query;

  if (!xq_history_make_query (tx, export->unit, &export->filter, &query, error)
      || !xq_history_csv_write (tx, &query, FALSE, export->path, error))
    return NULL;
  return g_path_get_basename (export->path);
}

typedef struct
{
  XqHistoryPage *self;
  XqProgress *progress;
} Exporting;

static void
export_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Exporting *exporting = data;
  g_autoptr (XqHistoryPage) self = exporting->self;
  g_autoptr (XqProgress) progress = exporting->progress;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (xq_page_get_context (XQ_PAGE (self)) == NULL)
    return;
  xq_context_end_progress (xq_page_get_context (XQ_PAGE (self)), progress);
  if (name != NULL)
    {
      g_autofree char *message = g_strdup_printf (_ ("Written to %s"), name);

      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-toast", "s", message);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The history was not exported"), error->message);
}

void
xq_history_page_export_to (XqHistoryPage *self, const char *path)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  Export *export;
  Exporting *exporting;

  if (store == NULL)
    return;
  export = g_new0 (Export, 1);
  exporting = g_new0 (Exporting, 1);
  export->unit = xq_context_get_unit (xq_page_get_context (XQ_PAGE (self)));
  read_filter (self, &export->filter);
  export->path = g_strdup (path);
  exporting->self = g_object_ref (self);
  exporting->progress = xq_progress_new ();
  xq_context_begin_progress (xq_page_get_context (XQ_PAGE (self)), exporting->progress, _ ("Exporting the history"));
  xq_store_read_async (store, export_job, export, export_free, g_free, G_CANCELLABLE (exporting->progress), export_done, exporting);
}

static void
file_chosen (XqHistoryPage *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (path != NULL)
    xq_history_page_export_to (self, path);
}

static void
export_clicked (XqHistoryPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *folder = xq_settings_dup_export_folder (xq_settings_get_default ());
  g_autoptr (GFile) start_folder = g_file_new_for_path (folder);
  g_autofree char *day = dup_day_before (0);
  g_autofree char *name = NULL;

  if (self->chooser != NULL || xq_page_get_store (XQ_PAGE (self)) == NULL)
    return;
  name = g_strdup_printf (_ ("%s history %s.csv"), xq_store_get_name (xq_page_get_store (XQ_PAGE (self))), day);
  self->chooser = gtk_file_chooser_native_new (_ ("Export the History"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), start_folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Object */

static void
xq_history_page_context_set (XqPage *page, XqContext *context)
{
  XqHistoryPage *self = XQ_HISTORY_PAGE (page);

  xq_history_detail_set_context (self->detail, context);
  g_signal_connect_object (context, "notify::store", G_CALLBACK (store_changed), self, G_CONNECT_SWAPPED);
  xq_page_reload_on (page, "notify::unit", "notify::revision", NULL);
}

static void
xq_history_page_dispose (GObject *object)
{
  XqHistoryPage *self = XQ_HISTORY_PAGE (object);

  g_clear_handle_id (&self->reload_id, g_source_remove);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  g_clear_object (&self->selection);
  if (self->model != NULL)
    g_object_run_dispose (G_OBJECT (self->model));
  g_clear_object (&self->model);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  G_OBJECT_CLASS (xq_history_page_parent_class)->dispose (object);
}

static void
xq_history_page_class_init (XqHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  XqPageClass *page_class = XQ_PAGE_CLASS (klass);

  object_class->dispose = xq_history_page_dispose;
  page_class->context_set = xq_history_page_context_set;
  page_class->reload = xq_history_page_reload;

  g_type_ensure (XQ_TYPE_HISTORY_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/history/xq-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, page_actions);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, kind);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, operation);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, type);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, actor);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, span);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, days);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, since);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, until);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, count);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, days_changed);
  gtk_widget_class_bind_template_callback (widget_class, edge_reached);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked);
}

static void
fill_drop_downs (XqHistoryPage *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) operations = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) types = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) actors = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) spans = gtk_string_list_new (NULL);

  self->filling = TRUE;
  gtk_string_list_append (kinds, _ ("All steps"));
  for (guint i = 1; i < G_N_ELEMENTS (KINDS); i++)
    gtk_string_list_append (kinds, xq_journal_kind_get_label (KINDS[i]));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (kinds));
  gtk_string_list_append (operations, _ ("Added, changed or deleted"));
  for (guint i = 1; i < G_N_ELEMENTS (OPERATIONS); i++)
    gtk_string_list_append (operations, xq_history_get_operation_label (OPERATIONS[i]));
  gtk_drop_down_set_model (self->operation, G_LIST_MODEL (operations));
  gtk_string_list_append (types, _ ("All records"));
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    {
      g_ptr_array_add (self->types, (gpointer)XQ_RECORD_TYPES[t]);
      gtk_string_list_append (types, g_dgettext (GETTEXT_PACKAGE, XQ_RECORD_TYPES[t]->label));
    }
  gtk_drop_down_set_model (self->type, G_LIST_MODEL (types));
  gtk_string_list_append (actors, _ ("Everybody"));
  gtk_drop_down_set_model (self->actor, G_LIST_MODEL (actors));
  gtk_string_list_append (spans, _ ("At any time"));
  gtk_string_list_append (spans, _ ("Today"));
  gtk_string_list_append (spans, _ ("The last 7 days"));
  gtk_string_list_append (spans, _ ("The last 30 days"));
  gtk_string_list_append (spans, _ ("This year"));
  gtk_string_list_append (spans, _ ("Days from … until …"));
  gtk_drop_down_set_model (self->span, G_LIST_MODEL (spans));
  self->filling = FALSE;
}

static void
xq_history_page_init (XqHistoryPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkExpression) name = NULL;

  self->types = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  xq_page_set_actions (XQ_PAGE (self), self->page_actions);
  fill_drop_downs (self);
  name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  gtk_drop_down_set_expression (self->type, name);
  self->model = xq_history_model_new ();
  self->selection = gtk_single_selection_new (g_object_ref (xq_history_model_get_list (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_item), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_item), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selection_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "loaded", G_CALLBACK (loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "failed", G_CALLBACK (failed), self, G_CONNECT_SWAPPED);
}
