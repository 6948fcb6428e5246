#include "xq-scheme-editor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-scheme-diff.h"

#define MOST 1000000

/* A value or list that is shown: where what is wrong with it is said. */
typedef struct
{
  GtkWidget *control;
  GtkWidget *message;
} Field;

struct _XqSchemeEditor
{
  GtkWidget parent_instance;

  GtkWidget *box;
  XqSchemeDraft *draft; /* borrowed */
  GHashTable *fields;   /* JSON path → Field */
  Field *wrong;         /* borrowed: that says so */
  gboolean writable;
};

enum
{
  EDITED,
  RESTRUCTURED,
  REMOVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqSchemeEditor, xq_scheme_editor, GTK_TYPE_WIDGET)

/* Controls */

static const char *
path_of (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "path");
}

static void
set_path (GtkWidget *widget, const char *path)
{
  g_object_set_data_full (G_OBJECT (widget), "path", g_strdup (path), g_free);
}

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
remember (XqSchemeEditor *self, const char *path, GtkWidget *control, GtkWidget *message)
{
  Field *field = g_new0 (Field, 1);

  field->control = control;
  field->message = message;
  g_hash_table_insert (self->fields, g_strdup (path), field);
}

static GtkWidget *
make_message (void)
{
  GtkWidget *message = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (message), 0);
  gtk_label_set_wrap (GTK_LABEL (message), TRUE);
  gtk_widget_set_visible (message, FALSE);
  gtk_widget_add_css_class (message, "xq-field-error");
  return message;
}

static void
text_changed (XqSchemeEditor *self, GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (self->draft == NULL)
    return;
  xq_scheme_draft_set_text (self->draft, path_of (entry), text);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
number_changed (XqSchemeEditor *self, GtkSpinButton *spin)
{
  if (self->draft == NULL)
    return;
  xq_scheme_draft_set_int (self->draft, path_of (spin), gtk_spin_button_get_value_as_int (spin));
  g_signal_emit (self, signals[EDITED], 0);
}

/* No points: the item is not scored. */
static void
points_changed (XqSchemeEditor *self, GtkSpinButton *spin)
{
  int value = gtk_spin_button_get_value_as_int (spin);

  if (self->draft == NULL)
    return;
  if (value > 0)
    xq_scheme_draft_set_int (self->draft, path_of (spin), value);
  else
    xq_scheme_draft_unset (self->draft, path_of (spin));
  g_signal_emit (self, signals[EDITED], 0);
}

static void
flag_changed (XqSchemeEditor *self, GtkCheckButton *check)
{
  if (self->draft == NULL)
    return;
  xq_scheme_draft_set_flag (self->draft, path_of (check), gtk_check_button_get_active (check));
  g_signal_emit (self, signals[EDITED], 0);
}

static void
choice_changed (XqSchemeEditor *self, GParamSpec *pspec, GtkDropDown *dropdown)
{
  GStrv ids = g_object_get_data (G_OBJECT (dropdown), "ids");
  guint selected = gtk_drop_down_get_selected (dropdown);

  if (self->draft == NULL || selected >= g_strv_length (ids))
    return;
  if (*ids[selected] != '\0')
    xq_scheme_draft_set_text (self->draft, path_of (dropdown), ids[selected]);
  else
    xq_scheme_draft_unset (self->draft, path_of (dropdown));
  g_signal_emit (self, signals[EDITED], 0);
}

static GtkWidget *
make_entry (XqSchemeEditor *self, const char *path, gboolean day)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *text = xq_scheme_draft_get (self->draft, path);

  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), day ? 11 : 12);
  if (day)
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "2024-10-01");
  else
    gtk_widget_set_hexpand (entry, TRUE);
  gtk_editable_set_editable (GTK_EDITABLE (entry), self->writable);
  g_signal_connect_object (entry, "changed", G_CALLBACK (text_changed), self, G_CONNECT_SWAPPED);
  return entry;
}

static GtkWidget *
make_spin (XqSchemeEditor *self, const char *path, gboolean points)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, MOST, 1);
  g_autofree char *text = xq_scheme_draft_get (self->draft, path);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), text != NULL ? (double)g_ascii_strtoll (text, NULL, 10) : 0);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 4);
  gtk_widget_set_sensitive (spin, self->writable);
  g_signal_connect_object (spin, "value-changed", points ? G_CALLBACK (points_changed) : G_CALLBACK (number_changed), self,
                           G_CONNECT_SWAPPED);
  return spin;
}

static GtkWidget *
make_check (XqSchemeEditor *self, const char *path)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), xq_scheme_draft_get_flag (self->draft, path));
  gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (check, self->writable);
  g_signal_connect_object (check, "toggled", G_CALLBACK (flag_changed), self, G_CONNECT_SWAPPED);
  return check;
}

static GtkWidget *
make_choice (XqSchemeEditor *self, const char *path, XqSchemeChoices choices, const char *otherwise)
{
  g_autofree char *present = xq_scheme_draft_get (self->draft, path);
  const char *chosen = present != NULL ? present : otherwise;
  g_auto (GStrv) labels = NULL;
  GStrv ids;
  GtkWidget *dropdown;
  guint selected = GTK_INVALID_LIST_POSITION;

  xq_scheme_choices_list (self->draft, choices, &ids, &labels);
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_strcmp0 (ids[i], chosen) == 0)
      selected = i;
  dropdown = gtk_drop_down_new_from_strings ((const char *const *)labels);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (dropdown), selected);
  g_object_set_data_full (G_OBJECT (dropdown), "ids", ids, (GDestroyNotify)g_strfreev);
  gtk_widget_set_sensitive (dropdown, self->writable);
  g_signal_connect_object (dropdown, "notify::selected", G_CALLBACK (choice_changed), self, G_CONNECT_SWAPPED);
  return dropdown;
}

/* One of a fixed few: what it is called, to be read. */
static GtkWidget *
make_name (XqSchemeEditor *self, const char *path, XqSchemeChoices choices)
{
  g_autofree char *present = xq_scheme_draft_get (self->draft, path);
  g_auto (GStrv) ids = NULL, labels = NULL;
  GtkWidget *label = gtk_label_new (present);

  xq_scheme_choices_list (self->draft, choices, &ids, &labels);
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_strcmp0 (ids[i], present) == 0)
      gtk_label_set_label (GTK_LABEL (label), labels[i]);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
make_control (XqSchemeEditor *self, const char *path, XqSchemeInput input, XqSchemeChoices choices, const char *otherwise)
{
  GtkWidget *control;

  switch (input)
    {
    case XQ_SCHEME_INPUT_NUMBER:
    case XQ_SCHEME_INPUT_POINTS:
      control = make_spin (self, path, input == XQ_SCHEME_INPUT_POINTS);
      break;
    case XQ_SCHEME_INPUT_FLAG:
      control = make_check (self, path);
      break;
    case XQ_SCHEME_INPUT_CHOICE:
      control = make_choice (self, path, choices, otherwise);
      break;
    case XQ_SCHEME_INPUT_NAME:
      control = make_name (self, path, choices);
      break;
    case XQ_SCHEME_INPUT_DAY:
    case XQ_SCHEME_INPUT_TEXT:
    default:
      control = make_entry (self, path, input == XQ_SCHEME_INPUT_DAY);
      break;
    }
  set_path (control, path);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  return control;
}

/* Single values: a row each, the name on the left. */

static void
add_value (XqSchemeEditor *self, GtkWidget *list, GtkSizeGroup *sizes, const char *path)
{
  const char *title = xq_scheme_path_get_label (path);
  GtkWidget *row = gtk_list_box_row_new (), *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *label = gtk_label_new (title), *message = make_message ();
  XqSchemeChoices choices;
  XqSchemeInput input = xq_scheme_field_get_input (path, &choices);
  GtkWidget *control = make_control (self, path, input, choices, NULL);

  set_name (control, title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_hexpand (control, FALSE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  if (input == XQ_SCHEME_INPUT_TEXT)
    gtk_editable_set_width_chars (GTK_EDITABLE (control), 28);
  else
    gtk_size_group_add_widget (sizes, control);
  gtk_widget_set_halign (message, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), control);
  gtk_box_append (GTK_BOX (column), line);
  gtk_box_append (GTK_BOX (column), message);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), column);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  remember (self, path, control, message);
}

static void
add_values (XqSchemeEditor *self, const char *const *paths)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GtkSizeGroup) sizes = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "xq-scheme-values");
  for (guint i = 0; paths[i] != NULL; i++)
    add_value (self, list, sizes, paths[i]);
  gtk_box_append (GTK_BOX (self->box), list);
}

/* Lists: a table, a line for each member and one below it for what is wrong. */

#define LINE(index) (2 * (int)(index) + 1)

static guint
index_of (gpointer widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "index"));
}

/* Where the work goes on in the member at @index: at its first value. */
static void
restructured (XqSchemeEditor *self, const char *list, guint index)
{
  const XqSchemeColumn *columns = xq_scheme_list_spec_find (list)->columns;
  const XqSchemeColumn *first = columns[0].input == XQ_SCHEME_INPUT_NAME ? &columns[1] : &columns[0];
  g_autofree char *path
      = *first->key != '\0' ? g_strdup_printf ("%s[%u].%s", list, index, first->key) : g_strdup_printf ("%s[%u]", list, index);

  g_signal_emit (self, signals[RESTRUCTURED], 0, path);
}

static void
move (XqSchemeEditor *self, const char *list, guint index, int by)
{
  guint to = index + (guint)by;

  if (self->draft != NULL && self->writable && xq_scheme_draft_move (self->draft, list, index, to))
    restructured (self, list, to);
}

static void
up_clicked (XqSchemeEditor *self, GtkWidget *button)
{
  move (self, path_of (button), index_of (button), -1);
}

static void
down_clicked (XqSchemeEditor *self, GtkWidget *button)
{
  move (self, path_of (button), index_of (button), 1);
}

static void
remove_clicked (XqSchemeEditor *self, GtkWidget *button)
{
  g_signal_emit (self, signals[REMOVE], 0, path_of (button), index_of (button));
}

static void
add_clicked (XqSchemeEditor *self, GtkWidget *button)
{
  g_autofree char *list = g_strdup (path_of (button));
  int place = self->draft != NULL ? xq_scheme_draft_append (self->draft, list) : -1;

  if (place >= 0)
    restructured (self, list, (guint)place);
}

static gboolean
key_pressed (XqSchemeEditor *self, guint keyval, guint keycode, GdkModifierType state, GtkEventController *controller)
{
  GtkWidget *grid = gtk_event_controller_get_widget (controller);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (grid));
  int column, row, width, height;

  if ((state & GDK_ALT_MASK) == 0 || (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;
  while (focus != NULL && gtk_widget_get_parent (focus) != grid)
    focus = gtk_widget_get_parent (focus);
  if (focus == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_grid_query_child (GTK_GRID (grid), focus, &column, &row, &width, &height);
  if (row < 1)
    return GDK_EVENT_PROPAGATE;
  move (self, path_of (grid), (guint)(row - 1) / 2, keyval == GDK_KEY_Up ? -1 : 1);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_button (XqSchemeEditor *self, const char *icon, const char *tooltip, const char *list, guint index, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "xq-scheme-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  set_name (button, tooltip);
  set_path (button, list);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  gtk_widget_set_sensitive (button, self->writable);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static const char *
column_title (const XqSchemeColumn *column)
{
  return column->title != NULL ? _ (column->title) : xq_scheme_field_get_label (column->key);
}

static guint
count_columns (const XqSchemeListSpec *spec)
{
  guint n = 0;

  while (n < XQ_SCHEME_MOST_COLUMNS && spec->columns[n].key != NULL)
    n++;
  return n;
}

/* Flags are as narrow as their titles: those may take two lines. */
static void
add_titles (GtkWidget *grid, const XqSchemeListSpec *spec)
{
  for (guint c = 0; c < count_columns (spec); c++)
    {
      GtkWidget *title = gtk_label_new (column_title (&spec->columns[c]));

      gtk_label_set_xalign (GTK_LABEL (title), spec->columns[c].input == XQ_SCHEME_INPUT_FLAG ? 0.5f : 0);
      gtk_widget_add_css_class (title, "xq-caption-strong");
      gtk_grid_attach (GTK_GRID (grid), title, (int)c + 1, 0, 1, 1);
    }
}

/* What a member is told by: its words, or its number where it has none yet. */
static char *
member_name (XqSchemeEditor *self, const char *member, const XqSchemeListSpec *spec, guint index)
{
  for (guint c = 0; c < count_columns (spec); c++)
    {
      g_autofree char *path
          = *spec->columns[c].key != '\0' ? g_strdup_printf ("%s.%s", member, spec->columns[c].key) : g_strdup (member);
      g_autofree char *text = spec->columns[c].input != XQ_SCHEME_INPUT_NAME ? xq_scheme_draft_get (self->draft, path) : NULL;

      if (text != NULL && *text != '\0')
        return g_steal_pointer (&text);
    }
  return g_strdup_printf ("%u", index + 1);
}

static void
add_member_buttons (XqSchemeEditor *self, GtkWidget *grid, const XqSchemeListSpec *spec, const char *list, guint index, guint n,
                    const char *name)
{
  int column = (int)count_columns (spec) + 1;

  if (spec->ordered)
    {
      g_autofree char *up_text = g_strdup_printf (_ ("Move “%s” up (Alt+Up)"), name);
      g_autofree char *down_text = g_strdup_printf (_ ("Move “%s” down (Alt+Down)"), name);
      GtkWidget *up = make_button (self, "go-up-symbolic", up_text, list, index, G_CALLBACK (up_clicked));
      GtkWidget *down = make_button (self, "go-down-symbolic", down_text, list, index, G_CALLBACK (down_clicked));

      gtk_widget_set_sensitive (up, self->writable && index > 0);
      gtk_widget_set_sensitive (down, self->writable && index + 1 < n);
      gtk_grid_attach (GTK_GRID (grid), up, column, LINE (index), 1, 1);
      gtk_grid_attach (GTK_GRID (grid), down, column + 1, LINE (index), 1, 1);
    }
  if (!spec->settled)
    {
      g_autofree char *text = g_strdup_printf (_ ("Remove “%s”"), name);

      gtk_grid_attach (GTK_GRID (grid), make_button (self, "list-remove-symbolic", text, list, index, G_CALLBACK (remove_clicked)),
                       column + 2, LINE (index), 1, 1);
    }
}

static void
add_member (XqSchemeEditor *self, GtkWidget *grid, const XqSchemeListSpec *spec, const char *list, guint index, guint n)
{
  g_autofree char *member = g_strdup_printf ("%s[%u]", list, index);
  g_autofree char *name = member_name (self, member, spec, index);
  g_autofree char *number_text = g_strdup_printf ("%u", index + 1);
  GtkWidget *number = gtk_label_new (number_text), *message = make_message ();
  guint n_columns = count_columns (spec);

  gtk_widget_add_css_class (number, "xq-caption");
  gtk_widget_add_css_class (number, "numeric");
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_grid_attach (GTK_GRID (grid), number, 0, LINE (index), 1, 1);
  for (guint c = 0; c < n_columns; c++)
    {
      const XqSchemeColumn *column = &spec->columns[c];
      g_autofree char *path = *column->key != '\0' ? g_strdup_printf ("%s.%s", member, column->key) : g_strdup (member);
      g_autofree char *spoken = g_strdup_printf ("%s, %s", name, column_title (column));
      GtkWidget *control = make_control (self, path, column->input, column->choices, column->otherwise);

      set_name (control, spoken);
      gtk_grid_attach (GTK_GRID (grid), control, (int)c + 1, LINE (index), 1, 1);
      remember (self, path, control, message);
    }
  gtk_grid_attach (GTK_GRID (grid), message, 1, LINE (index) + 1, (int)n_columns + 3, 1);
  if (g_hash_table_lookup (self->fields, member) == NULL)
    remember (self, member, gtk_grid_get_child_at (GTK_GRID (grid), 1, LINE (index)), message);
  add_member_buttons (self, grid, spec, list, index, n, name);
}

static void
add_foot (XqSchemeEditor *self, GtkWidget *card, const char *list, const char *title)
{
  GtkWidget *button = gtk_button_new (), *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *name = g_strdup_printf (_ ("Add to “%s”"), title);

  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (content), gtk_label_new (_ ("Add")));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_name (button, "xq-scheme-add");
  set_name (button, name);
  set_path (button, list);
  gtk_widget_set_sensitive (button, self->writable && xq_scheme_draft_can_append (self->draft, list));
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_clicked), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (card), button);
}

static void
add_list (XqSchemeEditor *self, const char *list, const char *section_title)
{
  const XqSchemeListSpec *spec = xq_scheme_list_spec_find (list);
  const char *title = spec->title != NULL ? _ (spec->title) : section_title;
  guint n = xq_scheme_draft_get_size (self->draft, list);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *grid = gtk_grid_new (), *message = make_message ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  if (spec->title != NULL)
    {
      GtkWidget *heading = gtk_label_new (title);

      gtk_label_set_xalign (GTK_LABEL (heading), 0);
      gtk_widget_add_css_class (heading, "heading");
      gtk_box_append (GTK_BOX (self->box), heading);
    }
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "xq-scheme-list");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  set_path (grid, list);
  set_name (grid, title);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (grid, keys);
  if (n > 0)
    add_titles (grid, spec);
  for (guint i = 0; i < n; i++)
    add_member (self, grid, spec, list, i, n);
  gtk_box_append (GTK_BOX (card), grid);
  if (n == 0)
    {
      GtkWidget *none = gtk_label_new (_ ("Nothing is in this list."));

      gtk_label_set_xalign (GTK_LABEL (none), 0);
      gtk_widget_add_css_class (none, "dim-label");
      gtk_box_append (GTK_BOX (card), none);
    }
  gtk_box_append (GTK_BOX (card), message);
  if (!spec->settled)
    add_foot (self, card, list, title);
  gtk_box_append (GTK_BOX (self->box), card);
  remember (self, list, grid, message);
}

/* Public */

void
xq_scheme_editor_show (XqSchemeEditor *self, XqSchemeDraft *draft, const XqSchemeSection *section, gboolean writable)
{
  GtkWidget *child, *title, *description;

  g_return_if_fail (XQ_IS_SCHEME_EDITOR (self));
  /* Controls that go still tell what is in them. */
  self->draft = NULL;
  self->wrong = NULL;
  g_hash_table_remove_all (self->fields);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  if (draft == NULL || section == NULL)
    return;
  self->draft = draft;
  self->writable = writable;
  title = gtk_label_new (section->title);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "title-3");
  gtk_box_append (GTK_BOX (self->box), title);
  if (section->description != NULL)
    {
      description = gtk_label_new (section->description);
      gtk_label_set_xalign (GTK_LABEL (description), 0);
      gtk_label_set_wrap (GTK_LABEL (description), TRUE);
      gtk_widget_add_css_class (description, "dim-label");
      gtk_box_append (GTK_BOX (self->box), description);
    }
  if (section->fields[0] != NULL)
    add_values (self, (const char *const *)section->fields);
  for (guint i = 0; section->lists[i] != NULL; i++)
    add_list (self, section->lists[i], section->title);
}

GtkWidget *
xq_scheme_editor_get_field (XqSchemeEditor *self, const char *path)
{
  Field *field;

  g_return_val_if_fail (XQ_IS_SCHEME_EDITOR (self), NULL);
  field = g_hash_table_lookup (self->fields, path);
  return field != NULL ? field->control : NULL;
}

/* What is at @path, or what that is part of. */
static Field *
find_field (XqSchemeEditor *self, const char *path)
{
  g_autofree char *part = g_strdup (path);

  while (*part != '\0')
    {
      Field *field = g_hash_table_lookup (self->fields, part);
      char *dot = strrchr (part, '.'), *bracket = strrchr (part, '[');

      if (field != NULL)
        return field;
      if (dot == NULL && bracket == NULL)
        return NULL;
      *MAX (dot, bracket) = '\0';
    }
  return NULL;
}

void
xq_scheme_editor_set_problem (XqSchemeEditor *self, const char *path, const char *message)
{
  Field *field;

  g_return_if_fail (XQ_IS_SCHEME_EDITOR (self));
  field = path != NULL ? find_field (self, path) : NULL;
  if (self->wrong != NULL)
    {
      gtk_widget_remove_css_class (self->wrong->control, "error");
      gtk_widget_set_visible (self->wrong->message, FALSE);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self->wrong->control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
  self->wrong = field;
  if (field == NULL)
    return;
  gtk_widget_add_css_class (field->control, "error");
  gtk_label_set_label (GTK_LABEL (field->message), message);
  gtk_widget_set_visible (field->message, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field->control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
}

/* Object */

static void
xq_scheme_editor_dispose (GObject *object)
{
  XqSchemeEditor *self = XQ_SCHEME_EDITOR (object);

  self->draft = NULL;
  self->wrong = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  G_OBJECT_CLASS (xq_scheme_editor_parent_class)->dispose (object);
}

static void
xq_scheme_editor_class_init (XqSchemeEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_scheme_editor_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[EDITED] = g_signal_new ("edited", XQ_TYPE_SCHEME_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTRUCTURED]
      = g_signal_new ("restructured", XQ_TYPE_SCHEME_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REMOVE] = g_signal_new ("remove", XQ_TYPE_SCHEME_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_UINT);
}

static void
xq_scheme_editor_init (XqSchemeEditor *self)
{
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_add_css_class (self->box, "xq-scheme-section");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
