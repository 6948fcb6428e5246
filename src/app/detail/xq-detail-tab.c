#include "xq-detail-tab.h"

#include <glib/gi18n-lib.h>

#include "xq-record-sections.h"

typedef struct {
  /* owned */
  GtkWidget *scroller;
  GtkWidget *column;   /* box and sections */
  GtkWidget *box;
  GtkWidget *sections; /* or NULL */
  XqContext *context;

  /* borrowed */
  const XqDetail *detail;
  gboolean editable;
} XqDetailTabPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (XqDetailTab, xq_detail_tab, GTK_TYPE_WIDGET)

#define PRIVATE(self) ((XqDetailTabPrivate *)xq_detail_tab_get_instance_private (self))

static void
xq_detail_tab_dispose (GObject *object)
{
  XqDetailTabPrivate *priv = PRIVATE (XQ_DETAIL_TAB (object));

  g_clear_object (&priv->context);
  g_clear_pointer (&priv->scroller, gtk_widget_unparent);
  priv->box = priv->column = priv->sections = NULL;
  priv->detail = NULL;
  G_OBJECT_CLASS (xq_detail_tab_parent_class)->dispose (object);
}

static void
xq_detail_tab_class_init (XqDetailTabClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_detail_tab_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "detail-tab");
}

static void
xq_detail_tab_init (XqDetailTab *self)
{
  XqDetailTabPrivate *priv = PRIVATE (self);

  priv->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, NULL);
  gtk_widget_set_parent (priv->scroller, GTK_WIDGET (self));
  priv->column = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 14, "margin-start", 16, "margin-end", 16,
                               "margin-top", 12, "margin-bottom", 16, NULL);
  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_box_append (GTK_BOX (priv->column), priv->box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (priv->scroller), priv->column);
}

void
xq_detail_tab_show (XqDetailTab *self, XqContext *context, const XqDetail *detail, gboolean editable)
{
  XqDetailTabPrivate *priv = PRIVATE (self);

  g_return_if_fail (XQ_IS_DETAIL_TAB (self));
  g_set_object (&priv->context, context);
  priv->detail = detail;
  priv->editable = editable;
  if (detail != NULL)
    XQ_DETAIL_TAB_GET_CLASS (self)->update (self);
  if (priv->sections != NULL)
    xq_record_sections_show (XQ_RECORD_SECTIONS (priv->sections), context, detail, editable);
  gtk_widget_set_visible (priv->box, gtk_widget_get_first_child (priv->box) != NULL);
}

void
xq_detail_tab_set_sections (XqDetailTab *self, XqTabId tab)
{
  XqDetailTabPrivate *priv = PRIVATE (self);

  g_return_if_fail (priv->sections == NULL);
  priv->sections = xq_record_sections_new (tab);
  gtk_box_append (GTK_BOX (priv->column), priv->sections);
}

XqContext *
xq_detail_tab_get_context (XqDetailTab *self)
{
  return PRIVATE (self)->context;
}

const XqDetail *
xq_detail_tab_get_detail (XqDetailTab *self)
{
  return PRIVATE (self)->detail;
}

gboolean
xq_detail_tab_get_editable (XqDetailTab *self)
{
  return PRIVATE (self)->editable;
}

const char *
xq_detail_tab_get_unit_name (XqDetailTab *self)
{
  return PRIVATE (self)->detail->unit->name;
}

void
xq_detail_tab_clear (XqDetailTab *self)
{
  XqDetailTabPrivate *priv = PRIVATE (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (priv->box)) != NULL)
    gtk_box_remove (GTK_BOX (priv->box), child);
}

void
xq_detail_tab_append (XqDetailTab *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (PRIVATE (self)->box), widget);
}

void
xq_detail_tab_append_title (XqDetailTab *self, const char *title, GtkWidget *button)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.f, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END,
                                                "css-classes", (const char *const[]){ "xq-section-title", NULL }, NULL));
  if (button != NULL)
    gtk_box_append (GTK_BOX (line), button);
  xq_detail_tab_append (self, line);
}

void
xq_detail_tab_append_remark (XqDetailTab *self, const char *text)
{
  xq_detail_tab_append (self, g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                            "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL));
}

GtkWidget *
xq_detail_tab_append_buttons (XqDetailTab *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  xq_detail_tab_append (self, box);
  return box;
}

GtkWidget *
xq_detail_tab_add_button (XqDetailTab *self, GtkWidget *box, const char *label, gboolean suggested, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "xq-dense");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
field_entered (XqDetailTab *self, int field, const char *text, XqFieldRow *row, XqRecordForm *form)
{
  const XqRecordTarget *target = g_object_get_data (G_OBJECT (form), "target");

  /* The unit has just gone from the pane, and with it the focus from the row. */
  if (PRIVATE (self)->detail == NULL)
    return;
  xq_command_set_field (PRIVATE (self)->context, target, xq_detail_tab_get_unit_name (self),
                        g_dgettext (GETTEXT_PACKAGE, target->type->fields[field].label), field, text, row);
}

XqRecordForm *
xq_detail_tab_append_form (XqDetailTab *self, const XqRecordTarget *target, const int *fields, const char *name)
{
  GtkWidget *form = xq_record_form_new (target->type, fields, name);

  g_object_set_data_full (G_OBJECT (form), "target", g_memdup2 (target, sizeof *target), g_free);
  g_signal_connect_object (form, "commit", G_CALLBACK (field_entered), self, G_CONNECT_SWAPPED);
  xq_detail_tab_append (self, form);
  return XQ_RECORD_FORM (form);
}

GtkWidget *
xq_detail_value_row (const char *label, const char *value)
{
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "activatable", FALSE, "focusable", FALSE, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = g_object_new (GTK_TYPE_LABEL, "xalign", 1.f, "hexpand", TRUE, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable", TRUE,
                                  "margin-top", 5, "margin-bottom", 5, NULL);

  gtk_widget_add_css_class (line, "xq-field");
  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", label, "xalign", 0.f, "css-classes", (const char *const[]){ "xq-field-label", NULL }, NULL));
  gtk_box_append (GTK_BOX (line), text);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (row), "text", text);
  xq_detail_value_row_set (row, value);
  return row;
}

void
xq_detail_value_row_set (GtkWidget *row, const char *value)
{
  gtk_label_set_label (g_object_get_data (G_OBJECT (row), "text"), value != NULL && *value != '\0' ? value : "—");
}
