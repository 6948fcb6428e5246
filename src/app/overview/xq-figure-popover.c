#include "xq-figure-popover.h"

#include <glib/gi18n-lib.h>

#include "xq-figures.h"
#include "xq-statistics.h"

/* More rows than these are looked at in the ledger. */
#define ROW_LIMIT 2000

/* ---- One row, as an item of a list ---- */

#define XQ_TYPE_FIGURE_ROW_ITEM (xq_figure_row_item_get_type ())
G_DECLARE_FINAL_TYPE (XqFigureRowItem, xq_figure_row_item, XQ, FIGURE_ROW_ITEM, GObject)

struct _XqFigureRowItem
{
  GObject parent_instance;

  gint64 unit, amount;
  char *name, *place;
};

G_DEFINE_FINAL_TYPE (XqFigureRowItem, xq_figure_row_item, G_TYPE_OBJECT)

static void
xq_figure_row_item_finalize (GObject *object)
{
  XqFigureRowItem *item = XQ_FIGURE_ROW_ITEM (object);

  g_free (item->name);
  g_free (item->place);
  G_OBJECT_CLASS (xq_figure_row_item_parent_class)->finalize (object);
}

static void
xq_figure_row_item_class_init (XqFigureRowItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_figure_row_item_finalize;
}

static void
xq_figure_row_item_init (XqFigureRowItem *item)
{
}

/* ---- Reading ---- */

typedef enum
{
  PART_NUMERATOR,
  PART_DENOMINATOR,
  PART_REST
} Part; /* rest: what the denominator has beyond the numerator */

typedef struct
{
  char *indicator;
  gint64 unit;
  XqPeriod period;
  XqDivision division;
  Part part;
} Request;

typedef struct
{
  GPtrArray *items; /* XqFigureRowItem, at most ROW_LIMIT */
  guint n_rows;
  gint64 sum;
} Result;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->indicator);
  g_free (request);
}

static void
result_free (Result *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->items);
  g_free (result);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Result, result_free)

/* Takes from the amounts of @parts those of @less, and drops what has nothing left. */
static void
subtract (GPtrArray *parts, const GPtrArray *less)
{
  g_autoptr (GHashTable) amounts = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < less->len; i++)
    {
      XqFigurePart *part = g_ptr_array_index (less, i);

      g_hash_table_insert (amounts, &part->unit->id, part);
    }
  for (guint i = parts->len; i-- > 0;)
    {
      XqFigurePart *part = g_ptr_array_index (parts, i);
      const XqFigurePart *other = g_hash_table_lookup (amounts, &part->unit->id);

      if (other != NULL)
        part->amount -= other->amount;
      if (part->amount == 0)
        g_ptr_array_remove_index (parts, i);
    }
}

static XqFigureRowItem *
create_item (const XqFigurePart *part)
{
  XqFigureRowItem *item = g_object_new (XQ_TYPE_FIGURE_ROW_ITEM, NULL);
  const char *path = part->unit->path, *slash = path != NULL ? strrchr (path, '/') : NULL;

  item->unit = part->unit->id;
  item->amount = part->amount;
  item->name = g_strdup (part->unit->name);
  /* What it lies in: the path without its own name. */
  item->place = slash != NULL ? g_strndup (path, slash - path) : g_strdup ("");
  g_strdelimit (item->place, "/", ' ');
  return item;
}

static GPtrArray *
list_parts (XqTransaction *tx, const Request *request, gboolean denominator, GError **error)
{
  return (request->division == XQ_DIVISION_NOW ? xq_figures_list_rows_now : xq_figures_list_rows) (
      tx, request->indicator, request->unit, denominator, request->period, error);
}

static gpointer
read_rows (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (GPtrArray) parts = list_parts (tx, request, request->part != PART_NUMERATOR, error);
  Result *result;

  if (parts == NULL)
    return NULL;
  if (request->part == PART_REST)
    {
      g_autoptr (GPtrArray) numerator = list_parts (tx, request, FALSE, error);

      if (numerator == NULL)
        return NULL;
      subtract (parts, numerator);
    }
  result = g_new0 (Result, 1);
  result->items = g_ptr_array_new_with_free_func (g_object_unref);
  result->n_rows = parts->len;
  for (guint i = 0; i < parts->len; i++)
    {
      const XqFigurePart *part = g_ptr_array_index (parts, i);

      result->sum += part->amount;
      if (i < ROW_LIMIT)
        g_ptr_array_add (result->items, create_item (part));
    }
  return result;
}

/* ---- Popover ---- */

struct _XqFigurePopover
{
  GtkPopover parent_instance;

  /* template */
  GtkLabel *title, *definition, *empty, *total;
  GtkWidget *parts;
  GtkToggleButton *numerator, *denominator, *rest;
  GtkStack *stack;
  GtkListView *list;

  /* owned */
  XqContext *context;
  char *indicator;
  GCancellable *cancellable; /* of the reading under way */
  GListStore *rows;
};

G_DEFINE_FINAL_TYPE (XqFigurePopover, xq_figure_popover, GTK_TYPE_POPOVER)

static void
show_result (XqFigurePopover *self, const Result *result)
{
  g_autofree char *sum = xq_format_count (result->sum), *count = xq_format_count (result->n_rows), *text = NULL;
  gboolean rest = gtk_toggle_button_get_active (self->rest);

  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), result->items->pdata,
                       result->items->len);
  gtk_stack_set_visible_child_name (self->stack, result->n_rows > 0 ? "rows" : "empty");
  gtk_label_set_label (self->empty, rest ? _ ("Every unit is counted") : _ ("No unit adds to this figure"));
  if (result->n_rows > ROW_LIMIT)
    text = g_strdup_printf (_ ("%s rows, sum %s; the first %d are shown, all are in the ledger"), count, sum, ROW_LIMIT);
  else
    text = g_strdup_printf (_ ("%s rows, sum %s"), count, sum);
  gtk_label_set_label (self->total, text);
  gtk_widget_set_visible (GTK_WIDGET (self->total), result->n_rows > 0);
}

/* Who asked, and with what: the answer may be ready before it hears that it is no longer wanted. */
typedef struct
{
  XqFigurePopover *popover;
  GCancellable *cancellable;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->popover);
  g_object_unref (question->cancellable);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
rows_read (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Result) result = xq_store_read_finish (XQ_STORE (source), async_result, &error);
  XqFigurePopover *self = question->popover;

  if (g_cancellable_is_cancelled (question->cancellable))
    return;
  if (result == NULL)
    {
      gtk_label_set_label (self->empty, error != NULL ? error->message : "");
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  show_result (self, result);
}

static void
load (XqFigurePopover *self)
{
  XqStore *store = xq_context_get_store (self->context);
  Question *question;
  Request *request;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL || self->indicator == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  request = g_new0 (Request, 1);
  request->indicator = g_strdup (self->indicator);
  request->unit = xq_context_get_unit (self->context);
  request->period = xq_context_get_period (self->context);
  request->division = xq_context_get_division (self->context);
  request->part = gtk_toggle_button_get_active (self->rest)          ? PART_REST
                  : gtk_toggle_button_get_active (self->denominator) ? PART_DENOMINATOR
                                                                     : PART_NUMERATOR;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_widget_set_visible (GTK_WIDGET (self->total), FALSE);
  question = g_new0 (Question, 1);
  question->popover = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  xq_store_read_async (store, read_rows, request, request_free, (GDestroyNotify)result_free, self->cancellable, rows_read,
                       question);
}

static void
part_toggled (XqFigurePopover *self, GtkToggleButton *button)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)) && gtk_toggle_button_get_active (button))
    load (self);
}

static void
row_activated (XqFigurePopover *self, guint position)
{
  g_autoptr (XqFigureRowItem) item = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (item == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-unit", "x", item->unit);
}

/* ---- Cells ---- */

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (NULL), *place = gtk_label_new (NULL), *amount = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (place), 0);
  gtk_label_set_ellipsize (GTK_LABEL (place), PANGO_ELLIPSIZE_START);
  gtk_widget_add_css_class (place, "xq-caption");
  gtk_widget_add_css_class (amount, "numeric");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (words), place);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), amount);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  XqFigureRowItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *box = gtk_list_item_get_child (list_item), *words = gtk_widget_get_first_child (box);
  g_autofree char *amount = xq_format_count (item->amount), *name = g_strdup_printf ("%s, %s: %s", item->name, item->place, amount);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (words)), item->name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (words)), item->place);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), amount);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* ---- Object ---- */

static void
xq_figure_popover_closed (GtkPopover *popover)
{
  XqFigurePopover *self = XQ_FIGURE_POPOVER (popover);

  /* Rows that nobody sees need not be read to the end, nor kept. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->rows != NULL)
    g_list_store_remove_all (self->rows);
}

static void
xq_figure_popover_dispose (GObject *object)
{
  XqFigurePopover *self = XQ_FIGURE_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->indicator, g_free);
  G_OBJECT_CLASS (xq_figure_popover_parent_class)->dispose (object);
}

static void
xq_figure_popover_class_init (XqFigurePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_figure_popover_dispose;
  GTK_POPOVER_CLASS (klass)->closed = xq_figure_popover_closed;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/overview/xq-figure-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, XqFigurePopover, title);
  gtk_widget_class_bind_template_child (widget_class, XqFigurePopover, definition);
  gtk_widget_class_bind_template_child (widget_class, XqFigurePopover, empty);
  gtk_widget_class_bind_template_child (widget_class, XqFigurePopover, total);
  gtk_widget_class_bind_template_child (widget_class, XqFigurePopover, parts);
  gtk_widget_class_bind_template_child (widget_class, XqFigurePopover, numerator);
  gtk_widget_class_bind_template_child (widget_class, XqFigurePopover, denominator);
  gtk_widget_class_bind_template_child (widget_class, XqFigurePopover, rest);
  gtk_widget_class_bind_template_child (widget_class, XqFigurePopover, stack);
  gtk_widget_class_bind_template_child (widget_class, XqFigurePopover, list);
}

static void
xq_figure_popover_init (XqFigurePopover *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_list_store_new (XQ_TYPE_FIGURE_ROW_ITEM);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (row_activated), self);
  g_signal_connect_swapped (self->numerator, "toggled", G_CALLBACK (part_toggled), self);
  g_signal_connect_swapped (self->denominator, "toggled", G_CALLBACK (part_toggled), self);
  g_signal_connect_swapped (self->rest, "toggled", G_CALLBACK (part_toggled), self);
}

GtkWidget *
xq_figure_popover_new (XqContext *context)
{
  XqFigurePopover *self = g_object_new (XQ_TYPE_FIGURE_POPOVER, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

void
xq_figure_popover_show (XqFigurePopover *self, const char *id)
{
  const XqIndicator *indicator;

  g_return_if_fail (XQ_IS_FIGURE_POPOVER (self));
  indicator = xq_indicator_set_find (
      xq_indicator_set_get_for_scheme (xq_store_get_scheme (xq_context_get_store (self->context))), id);
  g_return_if_fail (indicator != NULL);

  g_free (self->indicator);
  self->indicator = g_strdup (id);
  gtk_label_set_label (self->title, xq_indicator_get_label (indicator));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, xq_indicator_get_label (indicator), -1);
  gtk_label_set_label (self->definition, xq_indicator_get_definition (indicator));
  gtk_widget_set_visible (self->parts, indicator->kind != XQ_INDICATOR_COUNT);
  gtk_toggle_button_set_active (self->numerator, TRUE);
  gtk_popover_popup (GTK_POPOVER (self));
  load (self);
}
