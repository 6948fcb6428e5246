#include "xq-field-row.h"

#include <glib/gi18n-lib.h>

#include "xq-origin-badge.h"

#define EMPTY "—"

struct _XqFieldRow {
  GtkListBoxRow parent_instance;

  /* owned */
  XqRecord *record;
  const XqRecordType *type;
  const XqField *field;
  int index;
  XqFieldCheck check;
  char **nicks;        /* of an enumeration or of options, in the order of the list */
  char **labels;       /* of options, as many; NULL for an enumeration */
  char *display;
  char *advice;
  char *saved;         /* the text of the record's value */
  gboolean editable;
  gboolean optional;
  gboolean showing;    /* the widgets are being set from the record */

  /* borrowed: children */
  GtkWidget *label;
  GtkWidget *value;    /* shown while it cannot be edited */
  GtkWidget *editor;   /* GtkEntry, GtkDropDown or GtkSwitch */
  GtkWidget *calendar_button;
  GtkWidget *measure;
  GtkWidget *badge;
  GtkWidget *problem;
};

enum { SIGNAL_COMMIT, SIGNAL_TYPED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqFieldRow, xq_field_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
is_typed (XqFieldRow *self)
{
  return GTK_IS_ENTRY (self->editor);
}

static void
show_problem (XqFieldRow *self, const char *problem)
{
  const char *text = problem != NULL ? problem : self->advice;

  gtk_label_set_label (GTK_LABEL (self->problem), text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "xq-invalid");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "xq-invalid");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "", -1);
}

/* What is typed, tried on a copy of the record. */
static gboolean
is_valid (XqFieldRow *self, const char *text, GError **error)
{
  g_autoptr (XqRecord) trial = xq_record_copy (self->record);

  if (self->optional && *text == '\0')
    return TRUE;
  return xq_record_parse_field (trial, self->index, text, error) && (self->check == NULL || self->check (trial, error));
}

static void
typed (XqFieldRow *self)
{
  g_autoptr (GError) error = NULL;

  if (self->showing)
    return;
  if (!xq_field_row_get_dirty (self) || is_valid (self, gtk_editable_get_text (GTK_EDITABLE (self->editor)), &error))
    show_problem (self, NULL);
  else
    show_problem (self, error->message);
  g_signal_emit (self, signals[SIGNAL_TYPED], 0);
}

/* What the record holds, as a drop-down knows it. */
static char *
dup_nick (XqFieldRow *self)
{
  const char *text;

  if (self->field->type == XQ_FIELD_REFERENCE)
    return xq_record_is_null (self->record, self->index) ? g_strdup ("") : g_strdup_printf ("%" G_GINT64_FORMAT, xq_record_get_int (self->record, self->index));
  text = xq_record_get_text (self->record, self->index);
  return g_strdup (text != NULL ? text : "");
}

static void
show_saved (XqFieldRow *self)
{
  self->showing = TRUE;
  if (is_typed (self))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->editor), self->saved);
      gtk_widget_set_tooltip_text (self->editor, self->field->type == XQ_FIELD_TEXT && *self->saved != '\0' ? self->saved : NULL);
    }
  else if (GTK_IS_SWITCH (self->editor))
    gtk_switch_set_active (GTK_SWITCH (self->editor), xq_record_get_int (self->record, self->index) != 0);
  else
    {
      g_autofree char *nick = dup_nick (self);
      guint position = GTK_INVALID_LIST_POSITION;

      for (guint i = 0; self->nicks[i] != NULL; i++)
        if (strcmp (self->nicks[i], nick) == 0)
          position = i;
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->editor), position);
    }
  self->showing = FALSE;
  show_problem (self, NULL);
}

static void
take_back (XqFieldRow *self)
{
  show_saved (self);
}

static void
update_widgets (XqFieldRow *self)
{
  gboolean editable = self->editable && (self->field->type != XQ_FIELD_REFERENCE || self->labels != NULL);
  gboolean empty = xq_record_is_null (self->record, self->index);
  const char *shown = self->display != NULL ? self->display : self->saved;

  gtk_widget_set_visible (self->editor, editable);
  gtk_widget_set_visible (self->value, !editable);
  if (self->calendar_button != NULL)
    gtk_widget_set_visible (self->calendar_button, editable);
  gtk_label_set_label (GTK_LABEL (self->value), *shown != '\0' ? shown : EMPTY);
  if (self->measure != NULL)
    gtk_widget_set_visible (self->measure, editable || !empty);
  if (empty)
    xq_origin_badge_clear (XQ_ORIGIN_BADGE (self->badge));
  else
    xq_origin_badge_set_origin (XQ_ORIGIN_BADGE (self->badge), xq_record_get_origin (self->record, self->index));
}

/* Date picker */

static void
calendar_shown (XqFieldRow *self, GtkWidget *popover)
{
  GtkCalendar *calendar = GTK_CALENDAR (gtk_popover_get_child (GTK_POPOVER (popover)));
  g_autofree char *day = xq_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->editor)));
  int year, month, day_of_month;

  if (day != NULL && sscanf (day, "%d-%d-%d", &year, &month, &day_of_month) == 3)
    {
      g_autoptr (GDateTime) date = g_date_time_new_local (year, month, day_of_month, 0, 0, 0);

      self->showing = TRUE;
      if (date != NULL)
        gtk_calendar_select_day (calendar, date);
      self->showing = FALSE;
    }
}

static void
day_selected (XqFieldRow *self, GtkCalendar *calendar)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *day = NULL;

  if (self->showing)
    return;
  date = gtk_calendar_get_date (calendar);
  day = g_date_time_format (date, "%Y-%m-%d");
  gtk_editable_set_text (GTK_EDITABLE (self->editor), day);
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (calendar), GTK_TYPE_POPOVER)));
  xq_field_row_commit (self);
}

static GtkWidget *
make_calendar_button (XqFieldRow *self, const char *title)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();
  g_autofree char *name = g_strdup_printf (_ ("Choose: %s"), title);

  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (calendar), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (popover, "show", G_CALLBACK (calendar_shown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected), self, G_CONNECT_SWAPPED);
  return button;
}

/* Editors */

static void
chosen (XqFieldRow *self)
{
  if (!self->showing)
    xq_field_row_commit (self);
}

static void
fill_choices (XqFieldRow *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; self->nicks[i] != NULL; i++)
    gtk_string_list_append (labels, *self->nicks[i] == '\0' ? EMPTY : self->labels != NULL ? self->labels[i] : xq_enum_label (self->field->values, self->nicks[i]));
  self->showing = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->editor), G_LIST_MODEL (labels));
  self->showing = FALSE;
}

static GtkWidget *
make_drop_down (XqFieldRow *self)
{
  g_autoptr (GPtrArray) nicks = g_ptr_array_new ();

  if (!self->field->required)
    g_ptr_array_add (nicks, g_strdup (""));
  for (guint i = 0; i < xq_enum_size (self->field->values); i++)
    g_ptr_array_add (nicks, g_strdup (xq_enum_nick (self->field->values, (int)i)));
  g_ptr_array_add (nicks, NULL);
  self->nicks = (char **)g_ptr_array_steal (nicks, NULL);
  self->editor = gtk_drop_down_new (NULL, NULL);
  fill_choices (self);
  g_signal_connect_object (self->editor, "notify::selected", G_CALLBACK (chosen), self, G_CONNECT_SWAPPED);
  return self->editor;
}

static void
focus_left (XqFieldRow *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && xq_field_row_get_dirty (self))
    xq_field_row_commit (self);
}

static gboolean
escape_pressed (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  XqFieldRow *self = data;

  if (!xq_field_row_get_dirty (self))
    return GDK_EVENT_PROPAGATE;
  take_back (self);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_text (XqFieldRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->editor = g_object_new (GTK_TYPE_ENTRY, "xalign", 1.f, "hexpand", TRUE, "width-chars", 4, "has-frame", FALSE,
                               "placeholder-text", self->field->type == XQ_FIELD_DATE ? _ ("Year-month-day") : EMPTY, NULL);
  gtk_widget_add_css_class (self->editor, "xq-field-value");
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "activate", G_CALLBACK (xq_field_row_commit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->editor, focus);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (escape_pressed, self, NULL)));
  gtk_widget_add_controller (self->editor, keys);
  return self->editor;
}

static GtkWidget *
make_editor (XqFieldRow *self)
{
  switch (self->field->type)
    {
    case XQ_FIELD_ENUM:
      return make_drop_down (self);
    case XQ_FIELD_BOOLEAN:
      self->editor = g_object_new (GTK_TYPE_SWITCH, "valign", GTK_ALIGN_CENTER, NULL);
      g_signal_connect_object (self->editor, "notify::active", G_CALLBACK (chosen), self, G_CONNECT_SWAPPED);
      return self->editor;
    case XQ_FIELD_INTEGER:
    case XQ_FIELD_TEXT:
    case XQ_FIELD_DATE:
    case XQ_FIELD_REFERENCE:
    case XQ_FIELD_MONEY:
    case XQ_FIELD_PERMILLE:
      break;
    }
  return make_text (self);
}

static void
xq_field_row_finalize (GObject *object)
{
  XqFieldRow *self = XQ_FIELD_ROW (object);

  g_clear_pointer (&self->record, xq_record_free);
  g_clear_pointer (&self->nicks, g_strfreev);
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->display, g_free);
  g_clear_pointer (&self->advice, g_free);
  g_clear_pointer (&self->saved, g_free);
  G_OBJECT_CLASS (xq_field_row_parent_class)->finalize (object);
}

static void
xq_field_row_class_init (XqFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_field_row_finalize;
  signals[SIGNAL_COMMIT] = g_signal_new ("commit", XQ_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_TYPED] = g_signal_new ("typed", XQ_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xq_field_row_init (XqFieldRow *self)
{
  self->saved = g_strdup ("");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

GtkWidget *
xq_field_row_new (const XqRecordType *type, int field, const char *title)
{
  XqFieldRow *self = g_object_new (XQ_TYPE_FIELD_ROW, NULL);
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *name;

  self->type = type;
  self->field = &type->fields[field];
  self->index = field;
  self->record = xq_record_new (type);
  name = title != NULL ? title : g_dgettext (GETTEXT_PACKAGE, self->field->label);

  gtk_widget_add_css_class (outer, "xq-field");
  gtk_box_append (GTK_BOX (outer), line);
  self->label = g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "max-width-chars", 12,
                              "css-classes", (const char *const[]){ "xq-field-label", NULL }, NULL);
  gtk_box_append (GTK_BOX (line), self->label);
  self->badge = xq_origin_badge_new ();
  gtk_box_append (GTK_BOX (line), self->badge);
  self->value = g_object_new (GTK_TYPE_LABEL, "xalign", 1.f, "hexpand", TRUE, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable", TRUE,
                              "margin-top", 5, "margin-bottom", 5, NULL);
  gtk_box_append (GTK_BOX (line), self->value);
  make_editor (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* The button inside a drop-down is what is found and pressed. */
  if (GTK_IS_DROP_DOWN (self->editor))
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->editor)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (!is_typed (self))
    g_object_set (self->editor, "hexpand", TRUE, "halign", GTK_ALIGN_END, NULL);
  gtk_box_append (GTK_BOX (line), self->editor);
  if (self->field->measure != NULL)
    {
      self->measure = g_object_new (GTK_TYPE_LABEL, "label", g_dgettext (GETTEXT_PACKAGE, self->field->measure),
                                    "css-classes", (const char *const[]){ "xq-field-label", NULL }, NULL);
      gtk_box_append (GTK_BOX (line), self->measure);
    }
  if (self->field->type == XQ_FIELD_DATE)
    {
      self->calendar_button = make_calendar_button (self, name);
      gtk_box_append (GTK_BOX (line), self->calendar_button);
    }
  self->problem = g_object_new (GTK_TYPE_LABEL, "xalign", 1.f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible", FALSE,
                                "css-classes", (const char *const[]){ "xq-field-error", NULL }, NULL);
  gtk_box_append (GTK_BOX (outer), self->problem);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), outer);
  xq_field_row_set_record (self, NULL);
  return GTK_WIDGET (self);
}

void
xq_field_row_set_optional (XqFieldRow *self, gboolean optional)
{
  g_return_if_fail (XQ_IS_FIELD_ROW (self));
  self->optional = optional;
}

void
xq_field_row_mark_required (XqFieldRow *self)
{
  g_autofree char *marked = NULL;

  g_return_if_fail (XQ_IS_FIELD_ROW (self));
  marked = g_strconcat (gtk_label_get_label (GTK_LABEL (self->label)), " *", NULL);
  gtk_label_set_label (GTK_LABEL (self->label), marked);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE, -1);
}

void
xq_field_row_set_check (XqFieldRow *self, XqFieldCheck check)
{
  g_return_if_fail (XQ_IS_FIELD_ROW (self));
  self->check = check;
}

void
xq_field_row_set_choices (XqFieldRow *self, const char *const *nicks)
{
  g_return_if_fail (XQ_IS_FIELD_ROW (self));
  g_return_if_fail (GTK_IS_DROP_DOWN (self->editor));

  g_strfreev (self->nicks);
  self->nicks = g_strdupv ((char **)nicks);
  fill_choices (self);
  show_saved (self);
}

/* So many choices are looked through by typing. */
#define SEARCHED_OPTIONS 12

void
xq_field_row_set_options (XqFieldRow *self, const char *const *values, const char *const *labels)
{
  GtkWidget *line, *old;
  const char *name;

  g_return_if_fail (XQ_IS_FIELD_ROW (self));
  g_return_if_fail (self->field->type == XQ_FIELD_TEXT || self->field->type == XQ_FIELD_REFERENCE);
  g_strfreev (self->nicks);
  g_strfreev (self->labels);
  self->nicks = g_strdupv ((char **)values);
  self->labels = g_strdupv ((char **)labels);
  old = self->editor;
  line = gtk_widget_get_parent (old);
  self->editor = g_object_new (GTK_TYPE_DROP_DOWN, "hexpand", TRUE, "halign", GTK_ALIGN_END, NULL);
  if (g_strv_length (self->nicks) > SEARCHED_OPTIONS)
    g_object_set (self->editor, "expression", gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"), "enable-search", TRUE, NULL);
  fill_choices (self);
  gtk_box_insert_child_after (GTK_BOX (line), self->editor, self->value);
  gtk_box_remove (GTK_BOX (line), old);
  name = g_dgettext (GETTEXT_PACKAGE, self->field->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->editor)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (self->editor, "notify::selected", G_CALLBACK (chosen), self, G_CONNECT_SWAPPED);
  show_saved (self);
  update_widgets (self);
}

void
xq_field_row_set_record (XqFieldRow *self, const XqRecord *record)
{
  gboolean dirty;

  g_return_if_fail (XQ_IS_FIELD_ROW (self));
  g_return_if_fail (record == NULL || xq_record_get_type_of (record) == self->type);

  /* Another row of the table: what was being typed belongs to the one that was shown before. */
  dirty = xq_field_row_get_dirty (self) && record != NULL && xq_record_get_id (record) == xq_record_get_id (self->record);
  xq_record_free (self->record);
  self->record = record != NULL ? xq_record_copy (record) : xq_record_new (self->type);
  g_free (self->saved);
  self->saved = xq_record_format_field (self->record, self->index);
  if (!dirty)
    show_saved (self);
  update_widgets (self);
}

void
xq_field_row_set_editable (XqFieldRow *self, gboolean editable)
{
  g_return_if_fail (XQ_IS_FIELD_ROW (self));
  self->editable = editable;
  update_widgets (self);
}

void
xq_field_row_set_display (XqFieldRow *self, const char *text)
{
  g_return_if_fail (XQ_IS_FIELD_ROW (self));
  g_free (self->display);
  self->display = g_strdup (text);
  update_widgets (self);
}

void
xq_field_row_set_advice (XqFieldRow *self, const char *advice)
{
  g_return_if_fail (XQ_IS_FIELD_ROW (self));
  g_free (self->advice);
  self->advice = g_strdup (advice);
  if (!gtk_widget_has_css_class (GTK_WIDGET (self), "xq-invalid"))
    show_problem (self, NULL);
}

void
xq_field_row_set_problem (XqFieldRow *self, const char *message)
{
  g_return_if_fail (XQ_IS_FIELD_ROW (self));
  g_free (self->saved);
  self->saved = xq_record_format_field (self->record, self->index);
  if (!is_typed (self))
    show_saved (self);
  show_problem (self, message);
}

gboolean
xq_field_row_get_dirty (XqFieldRow *self)
{
  g_return_val_if_fail (XQ_IS_FIELD_ROW (self), FALSE);
  return is_typed (self) && strcmp (gtk_editable_get_text (GTK_EDITABLE (self->editor)), self->saved) != 0;
}

gboolean
xq_field_row_commit (XqFieldRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (XQ_IS_FIELD_ROW (self), FALSE);
  if (is_typed (self))
    {
      if (!xq_field_row_get_dirty (self))
        return TRUE;
      text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->editor)));
    }
  else if (GTK_IS_SWITCH (self->editor))
    text = g_strdup (gtk_switch_get_active (GTK_SWITCH (self->editor)) ? "1" : "0");
  else
    {
      guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->editor));

      text = g_strdup (selected != GTK_INVALID_LIST_POSITION ? self->nicks[selected] : "");
    }
  if (!is_valid (self, text, &error))
    {
      show_problem (self, error->message);
      return FALSE;
    }
  show_problem (self, NULL);
  /* Given out, it is no longer the row's alone: leaving the row now must not give it out again. */
  g_free (self->saved);
  self->saved = g_strdup (text);
  g_signal_emit (self, signals[SIGNAL_COMMIT], 0, text);
  return TRUE;
}

int
xq_field_row_get_field (XqFieldRow *self)
{
  g_return_val_if_fail (XQ_IS_FIELD_ROW (self), -1);
  return self->index;
}
