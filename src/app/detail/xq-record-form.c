#include "xq-record-form.h"

#include "xq-detail-rules.h"

struct _XqRecordForm {
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *list;
  GPtrArray *rows; /* XqFieldRow, borrowed from the list */
};

enum { SIGNAL_COMMIT, SIGNAL_TYPED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqRecordForm, xq_record_form, GTK_TYPE_WIDGET)

static void
row_committed (XqRecordForm *self, const char *text, XqFieldRow *row)
{
  g_signal_emit (self, signals[SIGNAL_COMMIT], 0, xq_field_row_get_field (row), text, row);
}

static void
row_typed (XqRecordForm *self)
{
  g_signal_emit (self, signals[SIGNAL_TYPED], 0);
}

static void
append_field (XqRecordForm *self, const XqRecordType *type, int field)
{
  GtkWidget *row = xq_field_row_new (type, field, NULL);

  xq_field_row_set_check (XQ_FIELD_ROW (row), xq_detail_check);
  g_signal_connect_object (row, "commit", G_CALLBACK (row_committed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "typed", G_CALLBACK (row_typed), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
xq_record_form_dispose (GObject *object)
{
  XqRecordForm *self = XQ_RECORD_FORM (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_record_form_parent_class)->dispose (object);
}

static void
xq_record_form_class_init (XqRecordFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_record_form_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "record-form");
  signals[SIGNAL_COMMIT] = g_signal_new ("commit", XQ_TYPE_RECORD_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT,
                                         G_TYPE_STRING, XQ_TYPE_FIELD_ROW);
  signals[SIGNAL_TYPED] = g_signal_new ("typed", XQ_TYPE_RECORD_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xq_record_form_init (XqRecordForm *self)
{
  self->rows = g_ptr_array_new ();
  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "css-classes", (const char *const[]){ "xq-fields", NULL }, NULL);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

GtkWidget *
xq_record_form_new (const XqRecordType *type, const int *fields, const char *name)
{
  XqRecordForm *self = g_object_new (XQ_TYPE_RECORD_FORM, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (guint i = 0; fields != NULL && fields[i] >= 0; i++)
    append_field (self, type, fields[i]);
  for (guint i = 0; fields == NULL && i < xq_record_type_n_fields (type); i++)
    if (type->fields[i].type != XQ_FIELD_REFERENCE)
      append_field (self, type, (int)i);
  return GTK_WIDGET (self);
}

void
xq_record_form_set_record (XqRecordForm *self, const XqRecord *record)
{
  g_return_if_fail (XQ_IS_RECORD_FORM (self));
  for (guint i = 0; i < self->rows->len; i++)
    xq_field_row_set_record (g_ptr_array_index (self->rows, i), record);
}

void
xq_record_form_set_editable (XqRecordForm *self, gboolean editable)
{
  g_return_if_fail (XQ_IS_RECORD_FORM (self));
  for (guint i = 0; i < self->rows->len; i++)
    xq_field_row_set_editable (g_ptr_array_index (self->rows, i), editable);
}

XqFieldRow *
xq_record_form_get_row (XqRecordForm *self, int field)
{
  g_return_val_if_fail (XQ_IS_RECORD_FORM (self), NULL);
  for (guint i = 0; i < self->rows->len; i++)
    if (xq_field_row_get_field (g_ptr_array_index (self->rows, i)) == field)
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

void
xq_record_form_insert (XqRecordForm *self, GtkWidget *row, int position)
{
  g_return_if_fail (XQ_IS_RECORD_FORM (self));
  gtk_list_box_insert (GTK_LIST_BOX (self->list), row, position);
}

gboolean
xq_record_form_commit (XqRecordForm *self)
{
  gboolean valid = TRUE;

  g_return_val_if_fail (XQ_IS_RECORD_FORM (self), FALSE);
  for (guint i = 0; i < self->rows->len; i++)
    valid = xq_field_row_commit (g_ptr_array_index (self->rows, i)) && valid;
  return valid;
}
