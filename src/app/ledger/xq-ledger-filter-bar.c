#include "xq-ledger-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "xq-ledger-filter-form.h"

struct _XqLedgerFilterBar
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *chips;
  GtkWidget *button;
  XqLedgerFilterForm *form;

  /* owned */
  XqLedgerRequest *request;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqLedgerFilterBar, xq_ledger_filter_bar, GTK_TYPE_WIDGET)

static const char *
filter_title (const char *column)
{
  const XqLedgerColumn *found = xq_ledger_find_column (column);

  return found != NULL ? xq_ledger_look_get_title (NULL, found) : _ ("Coverage");
}

static const XqEnum *
filter_states (const char *column)
{
  const XqLedgerColumn *found = xq_ledger_find_column (column);

  return found != NULL ? found->states : &XQ_ENUM_COVERAGE;
}

/* "Kind: old, self-built", "Households: 300–900" */
static char *
describe_filter (const XqLedgerFilter *filter)
{
  const XqEnum *states = filter_states (filter->column);
  const char *title = filter_title (filter->column);
  GString *text = g_string_new (NULL);

  if (filter->values != NULL && states != NULL)
    for (guint i = 0; filter->values[i] != NULL; i++)
      g_string_append_printf (text, "%s%s", i > 0 ? _ (", ") : "", xq_enum_label (states, filter->values[i]));
  else if (filter->maximum == G_MAXINT64)
    g_string_append_printf (text, "≥ %" G_GINT64_FORMAT, filter->minimum);
  else if (filter->minimum <= 0)
    g_string_append_printf (text, "≤ %" G_GINT64_FORMAT, filter->maximum);
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT, filter->minimum, filter->maximum);
  {
    g_autofree char *values = g_string_free (text, FALSE);

    return g_strdup_printf (C_ ("filter: column, values", "%s: %s"), title, values);
  }
}

static void
emit_changed (XqLedgerFilterBar *self, XqLedgerRequest *request)
{
  g_signal_emit (self, signals[CHANGED], 0, request);
}

static void
chip_clicked (GtkButton *chip, XqLedgerFilterBar *self)
{
  const char *column = g_object_get_data (G_OBJECT (chip), "column");
  g_autoptr (XqLedgerRequest) request = xq_ledger_request_copy (self->request);

  if (column == NULL)
    xq_ledger_request_set_text (request, NULL);
  else
    {
      xq_ledger_request_set_values (request, column, NULL);
      xq_ledger_request_set_range (request, column, 0, G_MAXINT64);
    }
  /* The chip goes with the click: the focus stays in the row. */
  gtk_widget_grab_focus (self->button);
  emit_changed (self, request);
}

static void
add_chip (XqLedgerFilterBar *self, const char *column, const char *text)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *icon = gtk_image_new_from_icon_name ("window-close-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Remove the filter “%s”"), text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 12);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "xq-filter-chip");
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (chip), "column", (gpointer)column);
  g_signal_connect (chip, "clicked", G_CALLBACK (chip_clicked), self);
  gtk_box_append (GTK_BOX (self->chips), chip);
}

static void
form_changed (XqLedgerFilterBar *self, XqLedgerRequest *request)
{
  emit_changed (self, request);
}

void
xq_ledger_filter_bar_set_request (XqLedgerFilterBar *self, XqLedgerRequest *request)
{
  const XqLedgerQuery *query;
  GtkWidget *child;

  g_return_if_fail (XQ_IS_LEDGER_FILTER_BAR (self));
  xq_ledger_request_ref (request);
  g_clear_pointer (&self->request, xq_ledger_request_unref);
  self->request = request;
  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), child);

  query = xq_ledger_request_get_query (request);
  if (query->text != NULL)
    {
      g_autofree char *text = g_strdup_printf (C_ ("filter: column, values", "%s: %s"), _ ("Name"), query->text);

      add_chip (self, NULL, text);
    }
  for (guint i = 0; i < query->n_filters; i++)
    {
      g_autofree char *text = describe_filter (&query->filters[i]);

      add_chip (self, query->filters[i].column, text);
    }
  gtk_widget_set_visible (self->chips, gtk_widget_get_first_child (self->chips) != NULL);
  xq_ledger_filter_form_set_request (self->form, request);
}

void
xq_ledger_filter_bar_open (XqLedgerFilterBar *self)
{
  g_return_if_fail (XQ_IS_LEDGER_FILTER_BAR (self));
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  xq_ledger_filter_form_focus (self->form);
}

static void
xq_ledger_filter_bar_dispose (GObject *object)
{
  XqLedgerFilterBar *self = XQ_LEDGER_FILTER_BAR (object);

  g_clear_pointer (&self->chips, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->request, xq_ledger_request_unref);
  G_OBJECT_CLASS (xq_ledger_filter_bar_parent_class)->dispose (object);
}

static void
xq_ledger_filter_bar_class_init (XqLedgerFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_ledger_filter_bar_dispose;
  /* The request is borrowed for the emission. */
  signals[CHANGED]
      = g_signal_new ("changed", XQ_TYPE_LEDGER_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "filter-bar");
}

static void
xq_ledger_filter_bar_init (XqLedgerFilterBar *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *popover = gtk_popover_new ();

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 7);
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  gtk_widget_set_parent (self->chips, GTK_WIDGET (self));

  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (content), gtk_label_new (_ ("Filter")));
  self->form = XQ_LEDGER_FILTER_FORM (xq_ledger_filter_form_new ());
  g_signal_connect_swapped (self->form, "changed", G_CALLBACK (form_changed), self);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->form));
  gtk_widget_add_css_class (popover, "xq-filter-popover");
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), content);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_add_css_class (self->button, "xq-filter-button");
  gtk_widget_set_tooltip_text (self->button, _ ("Choose which rows are listed (Ctrl+Shift+F)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Filter"), -1);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
xq_ledger_filter_bar_new (void)
{
  return g_object_new (XQ_TYPE_LEDGER_FILTER_BAR, NULL);
}
