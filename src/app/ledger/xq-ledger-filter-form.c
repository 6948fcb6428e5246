#include "xq-ledger-filter-form.h"

#include <glib/gi18n-lib.h>

#include "xq-ledger-cell-view.h"

#define TYPING_PAUSE 350 /* ms */

/* What can be ticked, in the order of the form. */
static const char *const ticked[] = { "kind", "organisation", "coverage", "body", "service" };

struct _XqLedgerFilterForm
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *name;
  GtkWidget *sections[G_N_ELEMENTS (ticked)];
  GtkWidget *range_section;
  GtkWidget *minimum, *maximum;

  /* owned */
  XqLedgerRequest *request;
  guint typing;
  gboolean filling; /* while the form is set from a request */
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqLedgerFilterForm, xq_ledger_filter_form, GTK_TYPE_WIDGET)

static const XqEnum *
states_of (const char *column)
{
  const XqLedgerColumn *found = xq_ledger_find_column (column);

  return found != NULL ? found->states : &XQ_ENUM_COVERAGE;
}

static gint64
read_number (GtkWidget *entry, gint64 fallback)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  char *end = NULL;
  gint64 number;

  if (normal == NULL || *g_strstrip (normal) == '\0')
    {
      gtk_widget_remove_css_class (entry, "error");
      return fallback;
    }
  number = g_ascii_strtoll (normal, &end, 10);
  if (*end != '\0' || number < 0)
    {
      gtk_widget_add_css_class (entry, "error");
      return fallback;
    }
  gtk_widget_remove_css_class (entry, "error");
  return number;
}

static void
collect_ticks (GtkWidget *section, GPtrArray *values)
{
  for (GtkWidget *child = gtk_widget_get_first_child (section); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_CHECK_BUTTON (child))
        {
          if (gtk_check_button_get_active (GTK_CHECK_BUTTON (child)))
            g_ptr_array_add (values, g_object_get_data (G_OBJECT (child), "nick"));
        }
      else
        collect_ticks (child, values);
    }
}

static void
emit_changed (XqLedgerFilterForm *self)
{
  g_autoptr (XqLedgerRequest) request = NULL;

  g_clear_handle_id (&self->typing, g_source_remove);
  if (self->filling || self->request == NULL)
    return;
  request = xq_ledger_request_copy (self->request);
  xq_ledger_request_set_text (request, gtk_editable_get_text (GTK_EDITABLE (self->name)));
  for (guint i = 0; i < G_N_ELEMENTS (ticked); i++)
    {
      g_autoptr (GPtrArray) values = g_ptr_array_new ();

      if (!gtk_widget_get_visible (self->sections[i]))
        continue;
      collect_ticks (self->sections[i], values);
      g_ptr_array_add (values, NULL);
      xq_ledger_request_set_values (request, ticked[i], (const char *const *)values->pdata);
    }
  xq_ledger_request_set_range (request, "households", read_number (self->minimum, 0), read_number (self->maximum, G_MAXINT64));
  g_signal_emit (self, signals[CHANGED], 0, request);
}

static gboolean
typing_paused (gpointer data)
{
  XqLedgerFilterForm *self = data;

  self->typing = 0;
  emit_changed (self);
  return G_SOURCE_REMOVE;
}

static void
typed (XqLedgerFilterForm *self)
{
  if (self->filling)
    return;
  g_clear_handle_id (&self->typing, g_source_remove);
  self->typing = g_timeout_add (TYPING_PAUSE, typing_paused, self);
}

static void
clear_all (XqLedgerFilterForm *self)
{
  g_autoptr (XqLedgerRequest) request = NULL;

  g_clear_handle_id (&self->typing, g_source_remove);
  if (self->request == NULL)
    return;
  request = xq_ledger_request_copy (self->request);
  xq_ledger_request_clear_filters (request);
  g_signal_emit (self, signals[CHANGED], 0, request);
}

static void
fill_ticks (GtkWidget *section, const XqLedgerFilter *filter)
{
  for (GtkWidget *child = gtk_widget_get_first_child (section); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_CHECK_BUTTON (child))
        gtk_check_button_set_active (GTK_CHECK_BUTTON (child),
                                     filter != NULL && filter->values != NULL
                                         && g_strv_contains (filter->values, g_object_get_data (G_OBJECT (child), "nick")));
      else
        fill_ticks (child, filter);
    }
}

static void
fill_number (GtkWidget *entry, gint64 number, gint64 none)
{
  g_autofree char *text = number == none ? g_strdup ("") : g_strdup_printf ("%" G_GINT64_FORMAT, number);

  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static gboolean
same_text (GtkWidget *entry, const char *text)
{
  g_autofree char *typed_text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  return strcmp (typed_text, text != NULL ? text : "") == 0;
}

/* Which conditions the list knows: not every one of a locked period, none of bodies for buildings. */
static gboolean
is_offered (const XqLedgerQuery *query, const char *column)
{
  const XqLedgerColumn *found = xq_ledger_find_column (column);

  if (found == NULL)
    return query->kind == XQ_LEDGER_COMPOUNDS;
  return (found->kinds & (1u << query->kind)) != 0 && (found->frozen || !xq_period_is_set (query->period));
}

void
xq_ledger_filter_form_set_request (XqLedgerFilterForm *self, XqLedgerRequest *request)
{
  const XqLedgerQuery *query = xq_ledger_request_get_query (request);
  const XqLedgerFilter *households;

  g_return_if_fail (XQ_IS_LEDGER_FILTER_FORM (self));
  xq_ledger_request_ref (request);
  g_clear_pointer (&self->request, xq_ledger_request_unref);
  self->request = request;

  self->filling = TRUE;
  /* What is being typed is not taken from under the fingers. */
  if (self->typing == 0 && !same_text (self->name, query->text))
    gtk_editable_set_text (GTK_EDITABLE (self->name), query->text != NULL ? query->text : "");
  for (guint i = 0; i < G_N_ELEMENTS (ticked); i++)
    {
      gtk_widget_set_visible (self->sections[i], is_offered (query, ticked[i]));
      fill_ticks (self->sections[i], xq_ledger_request_find_filter (request, ticked[i]));
    }
  gtk_widget_set_visible (self->range_section, is_offered (query, "households"));
  households = xq_ledger_request_find_filter (request, "households");
  if (self->typing == 0)
    {
      fill_number (self->minimum, households != NULL ? households->minimum : 0, 0);
      fill_number (self->maximum, households != NULL ? households->maximum : G_MAXINT64, G_MAXINT64);
    }
  self->filling = FALSE;
}

void
xq_ledger_filter_form_focus (XqLedgerFilterForm *self)
{
  gtk_widget_grab_focus (self->name);
}

static GtkWidget *
make_section (const char *title)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "xq-caption-strong");
  gtk_box_append (GTK_BOX (section), label);
  return section;
}

static GtkWidget *
make_ticks (XqLedgerFilterForm *self, const char *column)
{
  const XqLedgerColumn *found = xq_ledger_find_column (column);
  const char *title = found != NULL ? xq_ledger_look_get_title (NULL, found) : _ ("Coverage");
  const XqEnum *states = states_of (column);
  GtkWidget *section = make_section (title);
  GtkWidget *flow = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (flow), 12);
  gtk_grid_set_row_spacing (GTK_GRID (flow), 2);
  gtk_grid_set_column_homogeneous (GTK_GRID (flow), TRUE);
  for (guint i = 0; i < xq_enum_size (states); i++)
    {
      /* Coverage is numbered from the weakest on; people read it the other way. */
      guint index = found != NULL ? i : xq_enum_size (states) - 1 - i;
      const char *nick = xq_enum_nick (states, (int)index);
      GtkWidget *check = gtk_check_button_new_with_label (xq_enum_label (states, nick));

      g_object_set_data (G_OBJECT (check), "nick", (gpointer)nick);
      gtk_widget_add_css_class (check, "xq-dense");
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (emit_changed), self);
      gtk_grid_attach (GTK_GRID (flow), check, (int)i % 3, (int)i / 3, 1, 1);
    }
  gtk_box_append (GTK_BOX (section), flow);
  return section;
}

static GtkWidget *
make_number (XqLedgerFilterForm *self, const char *hint, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 7);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (typed), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (emit_changed), self);
  return entry;
}

static void
xq_ledger_filter_form_dispose (GObject *object)
{
  XqLedgerFilterForm *self = XQ_LEDGER_FILTER_FORM (object);

  g_clear_handle_id (&self->typing, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->request, xq_ledger_request_unref);
  G_OBJECT_CLASS (xq_ledger_filter_form_parent_class)->dispose (object);
}

static void
xq_ledger_filter_form_class_init (XqLedgerFilterFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_ledger_filter_form_dispose;
  signals[CHANGED] = g_signal_new ("changed", XQ_TYPE_LEDGER_FILTER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
xq_ledger_filter_form_init (XqLedgerFilterForm *self)
{
  GtkWidget *section, *range, *clear;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  section = make_section (_ ("Name, pinyin or code contains"));
  self->name = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name, pinyin or code contains"),
                                  -1);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (typed), self);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (emit_changed), self);
  gtk_box_append (GTK_BOX (section), self->name);
  gtk_box_append (GTK_BOX (self->box), section);

  for (guint i = 0; i < G_N_ELEMENTS (ticked); i++)
    {
      self->sections[i] = make_ticks (self, ticked[i]);
      gtk_box_append (GTK_BOX (self->box), self->sections[i]);
    }

  self->range_section = make_section (_ ("Households"));
  range = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->minimum = make_number (self, _ ("from"), _ ("Households from"));
  self->maximum = make_number (self, _ ("to"), _ ("Households to"));
  gtk_box_append (GTK_BOX (range), self->minimum);
  gtk_box_append (GTK_BOX (range), gtk_label_new ("–"));
  gtk_box_append (GTK_BOX (range), self->maximum);
  gtk_box_append (GTK_BOX (self->range_section), range);
  gtk_box_append (GTK_BOX (self->box), self->range_section);

  clear = gtk_button_new_with_label (_ ("Clear all filters"));
  gtk_widget_set_halign (clear, GTK_ALIGN_END);
  g_signal_connect_swapped (clear, "clicked", G_CALLBACK (clear_all), self);
  gtk_box_append (GTK_BOX (self->box), clear);
}

GtkWidget *
xq_ledger_filter_form_new (void)
{
  return g_object_new (XQ_TYPE_LEDGER_FILTER_FORM, NULL);
}
