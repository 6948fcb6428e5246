#include "xq-tree-dialog.h"

#include <glib/gi18n-lib.h>

#include "xq-tree-facts.h"
#include "xq-tree-preview-view.h"

struct _XqTreeDialog
{
  AdwWindow parent_instance;

  /* template */
  GtkWidget *apply, *box;
  GtkRevealer *problem_revealer;
  GtkLabel *problem;
  AdwPreferencesGroup *form, *members, *places;
  XqTreePreviewView *preview;

  /* borrowed: rows of the form, where the kind of edit has them */
  GtkEditable *name, *code, *day;
  GtkSwitch *mistake;
  GtkDropDown *target;
  AdwExpanderRow *placing;

  /* owned */
  XqContext *context;
  GtkWidget *opener;
  XqTreeEditKind kind;
  XqTreeFacts *facts;
  GPtrArray *checks;   /* GtkCheckButton: compounds merged, as facts->units then facts->others */
  GPtrArray *parts;    /* AdwEntryRow */
  GPtrArray *shares;   /* GtkSpinButton */
  GPtrArray *drops;    /* GtkDropDown, one a placeable */
  GHashTable *choices; /* conflict → choice */
  XqTreeEdit *ready;   /* what has been checked */
  GCancellable *checking;
  guint timeout;
  gboolean applying;
  gboolean touched; /* nobody is told what is wrong with a form that is not begun */
};

G_DEFINE_FINAL_TYPE (XqTreeDialog, xq_tree_dialog, ADW_TYPE_WINDOW)

/* The edit as it is entered */

static char *
text_of (GtkEditable *editable)
{
  return editable != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (editable))) : NULL;
}

static void
collect_parts (XqTreeDialog *self, XqTreeEdit *edit)
{
  gint64 sum = 0;
  gboolean kept = FALSE;

  for (guint i = 0; i < self->shares->len; i++)
    sum += gtk_spin_button_get_value_as_int (g_ptr_array_index (self->shares, i));
  for (guint i = 0; i < self->parts->len; i++)
    {
      g_autofree char *name = text_of (g_ptr_array_index (self->parts, i));
      gboolean keeps = !kept && g_str_equal (name, xq_tree_facts_unit (self->facts->units, 0)->name);

      kept = kept || keeps;
      xq_tree_edit_add_part (edit, name, gtk_spin_button_get_value_as_int (g_ptr_array_index (self->shares, i)), sum, keeps);
    }
  for (guint i = 0; i < self->drops->len; i++)
    {
      const XqTreePlaceable *placeable = g_ptr_array_index (self->facts->placeables, i);
      guint part = gtk_drop_down_get_selected (g_ptr_array_index (self->drops, i));

      if (part < self->parts->len)
        xq_tree_edit_place (edit, placeable->type, placeable->id, part);
    }
}

static void
collect_members (XqTreeDialog *self, XqTreeEdit *edit)
{
  guint chosen = gtk_drop_down_get_selected (self->target);

  for (guint i = 0; i < self->checks->len; i++)
    {
      const XqUnit *unit = xq_tree_facts_member (self->facts, i);

      if (!gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
        continue;
      xq_tree_edit_add_unit (edit, unit->id);
      /* The first choice is a new compound. */
      if (chosen == edit->units->len)
        edit->survivor = unit->id;
    }
}

static XqTreeEdit *
collect (XqTreeDialog *self)
{
  g_autofree char *typed = text_of (self->day);
  g_autofree char *day = typed != NULL ? xq_date_parse (typed) : NULL;
  XqTreeEdit *edit = xq_tree_edit_new (self->kind, day != NULL ? day : typed);
  GHashTableIter iter;
  gpointer key, value;

  edit->name = text_of (self->name);
  edit->code = text_of (self->code);
  edit->mistake = self->mistake != NULL && gtk_switch_get_active (self->mistake);
  if (self->kind == XQ_TREE_ADD)
    edit->parent = xq_tree_facts_unit (self->facts->units, 0)->id;
  else if (self->kind == XQ_TREE_MERGE)
    collect_members (self, edit);
  else
    for (guint i = 0; i < self->facts->units->len; i++)
      xq_tree_edit_add_unit (edit, xq_tree_facts_unit (self->facts->units, i)->id);
  if (self->kind == XQ_TREE_MOVE)
    {
      const XqUnit *parent = xq_tree_facts_unit (self->facts->others, gtk_drop_down_get_selected (self->target));

      edit->parent = parent != NULL ? parent->id : 0;
    }
  if (self->kind == XQ_TREE_SPLIT)
    collect_parts (self, edit);
  g_hash_table_iter_init (&iter, self->choices);
  while (g_hash_table_iter_next (&iter, &key, &value))
    xq_tree_edit_choose (edit, key, value);
  return edit;
}

/* The preview */

static void update (XqTreeDialog *self);

static void
show_problem (XqTreeDialog *self, const char *message)
{
  gtk_label_set_label (self->problem, message != NULL ? message : "");
  gtk_revealer_set_reveal_child (self->problem_revealer, message != NULL);
}

static void
conflict_chosen (XqTreeDialog *self, const char *conflict, const char *choice)
{
  g_hash_table_insert (self->choices, g_strdup (conflict), g_strdup (choice));
  update (self);
}

static gpointer
preview_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_tree_edit_preview (tx, data, error);
}

typedef struct
{
  XqTreeDialog *dialog;
  XqTreeEdit *edit;
} Check;

static void
check_free (Check *check)
{
  g_object_unref (check->dialog);
  xq_tree_edit_free (check->edit);
  g_free (check);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Check, check_free)

static void
checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Check) check = data;
  XqTreeDialog *self = check->dialog;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqTreePreview) preview = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL)
    return;
  g_clear_object (&self->checking);
  g_clear_pointer (&self->ready, xq_tree_edit_free);
  show_problem (self, error != NULL && self->touched ? error->message : NULL);
  gtk_widget_set_sensitive (self->apply, preview != NULL);
  if (preview == NULL)
    return;
  self->ready = g_steal_pointer (&check->edit);
  xq_tree_preview_view_show (self->preview, preview);
}

static gboolean
check_now (gpointer data)
{
  XqTreeDialog *self = data;
  XqStore *store = xq_context_get_store (self->context);
  Check *check;

  self->timeout = 0;
  if (store == NULL || self->facts == NULL)
    return G_SOURCE_REMOVE;
  check = g_new0 (Check, 1);
  check->dialog = g_object_ref (self);
  check->edit = collect (self);
  xq_store_read_async (store, preview_job, xq_tree_edit_copy (check->edit), (GDestroyNotify)xq_tree_edit_free,
                       (GDestroyNotify)xq_tree_preview_free, self->checking, checked, check);
  return G_SOURCE_REMOVE;
}

/* Checked a moment after the last key. Until then it cannot be applied. */
static void
update (XqTreeDialog *self)
{
  if (self->facts == NULL)
    return;
  if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  self->touched = TRUE;
  self->checking = g_cancellable_new ();
  g_clear_pointer (&self->ready, xq_tree_edit_free);
  gtk_widget_set_sensitive (self->apply, FALSE);
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (120, check_now, self);
}

gboolean
xq_tree_dialog_get_ready (XqTreeDialog *self)
{
  return self->ready != NULL;
}

gboolean
xq_tree_dialog_get_busy (XqTreeDialog *self)
{
  return self->facts == NULL || self->checking != NULL || self->applying;
}

/* The form */

static GtkEditable *
add_entry (XqTreeDialog *self, const char *title, const char *text, const char *name)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  gtk_widget_set_name (row, name);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (xq_tree_dialog_apply), self);
  adw_preferences_group_add (self->form, row);
  return GTK_EDITABLE (row);
}

static void
add_mistake (XqTreeDialog *self)
{
  GtkWidget *row = adw_action_row_new (), *widget = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("It was a mistake"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("What stood there was never right and is not kept"));
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_name (widget, "mistake");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), widget);
  g_signal_connect_swapped (widget, "notify::active", G_CALLBACK (update), self);
  adw_preferences_group_add (self->form, row);
  self->mistake = GTK_SWITCH (widget);
}

static void
add_target (XqTreeDialog *self, const char *title, GtkStringList *labels, gboolean searched)
{
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (GtkExpression) expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *drop = gtk_drop_down_new (G_LIST_MODEL (labels), g_steal_pointer (&expression));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop), searched);
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (drop, 280, -1);
  gtk_widget_set_name (drop, "target");
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_swapped (drop, "notify::selected", G_CALLBACK (update), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), drop);
  adw_preferences_group_add (self->form, row);
  self->target = GTK_DROP_DOWN (drop);
}

/* A new compound, or one of those that are ticked. */
static void
fill_survivors (XqTreeDialog *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = gtk_drop_down_get_selected (self->target);

  gtk_string_list_append (labels, _ ("A new compound"));
  for (guint i = 0; i < self->checks->len; i++)
    {
      const XqUnit *unit = xq_tree_facts_member (self->facts, i);

      if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
        gtk_string_list_append (labels, unit->name);
    }
  gtk_drop_down_set_model (self->target, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->target, selected < g_list_model_get_n_items (G_LIST_MODEL (labels)) ? selected : 0);
}

static void
survivor_chosen (XqTreeDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->name), gtk_drop_down_get_selected (self->target) == 0);
}

static void
member_toggled (XqTreeDialog *self)
{
  fill_survivors (self);
  update (self);
}

static void
add_member (XqTreeDialog *self, const XqUnit *unit, gboolean active)
{
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();
  g_autofree char *title = g_markup_escape_text (unit->name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, unit->name, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (member_toggled), self);
  if (active)
    adw_preferences_group_add (self->members, row);
  else
    adw_expander_row_add_row (self->placing, row);
  g_ptr_array_add (self->checks, check);
}

static void
build_merge (XqTreeDialog *self)
{
  add_target (self, _ ("Becomes"), gtk_string_list_new (NULL), FALSE);
  self->name = add_entry (self, _ ("Name of the new compound"), NULL, "name");
  adw_preferences_group_set_title (self->members, _ ("Compounds that are merged"));
  gtk_widget_set_visible (GTK_WIDGET (self->members), TRUE);
  self->placing = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->placing), _ ("Others of the same community"));
  for (guint i = 0; i < self->facts->units->len; i++)
    add_member (self, xq_tree_facts_unit (self->facts->units, i), TRUE);
  for (guint i = 0; i < self->facts->others->len; i++)
    add_member (self, xq_tree_facts_unit (self->facts->others, i), FALSE);
  adw_preferences_group_add (self->members, GTK_WIDGET (self->placing));
  gtk_widget_set_visible (GTK_WIDGET (self->placing), self->facts->others->len > 0);
  adw_expander_row_set_expanded (self->placing, self->facts->units->len == 1);
  fill_survivors (self);
  g_signal_connect_swapped (self->target, "notify::selected", G_CALLBACK (survivor_chosen), self);
}

/* The names of the parts, where records are placed. */
static void
fill_places (XqTreeDialog *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      g_autofree char *name = text_of (g_ptr_array_index (self->parts, i));
      g_autofree char *unnamed = g_strdup_printf (_ ("Part %u"), i + 1);

      gtk_string_list_append (labels, *name != '\0' ? name : unnamed);
    }
  for (guint i = 0; i < self->drops->len; i++)
    {
      GtkDropDown *drop = g_ptr_array_index (self->drops, i);
      guint selected = gtk_drop_down_get_selected (drop);

      gtk_drop_down_set_model (drop, G_LIST_MODEL (labels));
      gtk_drop_down_set_selected (drop, selected < self->parts->len ? selected : 0);
    }
}

static void
part_changed (XqTreeDialog *self)
{
  fill_places (self);
  update (self);
}

static void
add_part (XqTreeDialog *self, const char *name)
{
  GtkWidget *row = adw_entry_row_new (), *share = gtk_spin_button_new_with_range (1, 1000000, 1);
  g_autofree char *title = g_strdup_printf (_ ("Name of part %u, and its share"), self->parts->len + 1);
  g_autofree char *id = g_strdup_printf ("part-%u", self->parts->len);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), name);
  gtk_widget_set_name (row, id);
  gtk_widget_set_valign (share, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (share), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Share"), -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), share);
  g_ptr_array_add (self->parts, row);
  g_ptr_array_add (self->shares, share);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (part_changed), self);
  g_signal_connect_swapped (share, "value-changed", G_CALLBACK (update), self);
  adw_preferences_group_add (self->members, row);
}

static void
add_part_clicked (XqTreeDialog *self)
{
  add_part (self, "");
  part_changed (self);
  gtk_widget_grab_focus (g_ptr_array_index (self->parts, self->parts->len - 1));
}

static void
add_place (XqTreeDialog *self, const XqTreePlaceable *placeable)
{
  GtkWidget *row = adw_action_row_new (), *drop = gtk_drop_down_new (NULL, NULL);
  g_autofree char *title = g_markup_escape_text (placeable->label, -1);
  g_autofree char *households
      = placeable->households > 0
            ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u household", "%u households", (gulong)placeable->households),
                               (guint)placeable->households)
            : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), households != NULL ? households
                                                     : placeable->type == &XQ_UNIT
                                                         ? _ ("Building")
                                                         : g_dgettext (GETTEXT_PACKAGE, placeable->type->label));
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (drop, 180, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL, placeable->label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), drop);
  adw_expander_row_add_row (self->placing, row);
  g_ptr_array_add (self->drops, drop);
}

static void
build_split (XqTreeDialog *self)
{
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  const XqUnit *unit = xq_tree_facts_unit (self->facts->units, 0);

  adw_preferences_group_set_title (self->members, _ ("Parts"));
  adw_preferences_group_set_description (self->members, _ ("The part that is called as before goes on as the compound. What is "
                                                           "counted is parted by the "
                                                           "shares, buildings and records go to one part."));
  gtk_widget_set_tooltip_text (add, _ ("Another part"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Another part"), -1);
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  gtk_widget_set_name (add, "add-part");
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_part_clicked), self);
  adw_preferences_group_set_header_suffix (self->members, add);
  gtk_widget_set_visible (GTK_WIDGET (self->members), TRUE);
  add_part (self, unit->name);
  add_part (self, "");
  if (self->facts->placeables->len == 0)
    return;
  self->placing = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->placing), _ ("What goes to which part"));
  adw_preferences_group_add (self->places, GTK_WIDGET (self->placing));
  gtk_widget_set_visible (GTK_WIDGET (self->places), TRUE);
  for (guint i = 0; i < self->facts->placeables->len; i++)
    add_place (self, g_ptr_array_index (self->facts->placeables, i));
  fill_places (self);
  for (guint i = 0; i < self->drops->len; i++)
    g_signal_connect_swapped (g_ptr_array_index (self->drops, i), "notify::selected", G_CALLBACK (update), self);
}

static void
build_move (XqTreeDialog *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint here = 0;

  for (guint i = 0; i < self->facts->others->len; i++)
    {
      const XqUnit *unit = xq_tree_facts_unit (self->facts->others, i);

      gtk_string_list_append (labels, unit->path);
      if (unit->id == xq_tree_facts_unit (self->facts->units, 0)->parent)
        here = i;
    }
  add_target (self, _ ("Belongs to"), g_steal_pointer (&labels), TRUE);
  gtk_drop_down_set_selected (self->target, here);
}

static char *
make_description (XqTreeDialog *self)
{
  const XqUnit *unit = xq_tree_facts_unit (self->facts->units, 0);
  guint n = self->facts->units->len;

  if (self->kind == XQ_TREE_ADD)
    return g_strdup_printf (_ ("Under %s"), unit->path);
  return n > 1 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s and %u other", "%s and %u others", n - 1), unit->name, n - 1)
               : g_strdup (unit->path);
}

static void
build (XqTreeDialog *self)
{
  const XqUnit *unit = xq_tree_facts_unit (self->facts->units, 0);
  g_autofree char *description = make_description (self);
  g_autofree char *escaped = g_markup_escape_text (description, -1);
  static const char *const verbs[]
      = { N_ ("_Add"), N_ ("_Rename"), N_ ("_Set"), N_ ("_Move"), N_ ("C_lose unit"), N_ ("_Merge"), N_ ("_Split") };

  gtk_button_set_label (GTK_BUTTON (self->apply), _ (verbs[self->kind]));
  adw_preferences_group_set_description (self->form, escaped);
  switch (self->kind)
    {
    case XQ_TREE_ADD:
      self->name = add_entry (self, _ ("Name"), NULL, "name");
      self->code = add_entry (self, _ ("Code"), NULL, "code");
      break;
    case XQ_TREE_RENAME:
      self->name = add_entry (self, _ ("Name"), unit->name, "name");
      add_mistake (self);
      break;
    case XQ_TREE_RECODE:
      self->code = add_entry (self, _ ("Code"), unit->code, "code");
      add_mistake (self);
      break;
    case XQ_TREE_MOVE:
      build_move (self);
      break;
    case XQ_TREE_MERGE:
      build_merge (self);
      break;
    case XQ_TREE_SPLIT:
      build_split (self);
      break;
    case XQ_TREE_CLOSE:
    default:
      break;
    }
  if (self->kind != XQ_TREE_MOVE)
    self->day = add_entry (self, self->kind == XQ_TREE_CLOSE ? _ ("Ends on") : _ ("In force from"), self->facts->day, "day");
  if (self->kind == XQ_TREE_CLOSE)
    {
      gtk_widget_remove_css_class (self->apply, "suggested-action");
      gtk_widget_add_css_class (self->apply, "destructive-action");
    }
  if (self->name != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->name));
  update (self);
  self->touched = FALSE;
}

static void
facts_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqTreeDialog) self = data;
  g_autoptr (GError) error = NULL;
  XqTreeFacts *facts = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (self->box == NULL)
    {
      g_clear_pointer (&facts, xq_tree_facts_free);
      return;
    }
  if (facts == NULL)
    {
      show_problem (self, error->message);
      return;
    }
  self->facts = facts;
  build (self);
}

/* Applying */

static gpointer
apply_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_tree_edit_apply (tx, data, error);
}

typedef struct
{
  XqTreeDialog *dialog;
  char *label;
} Applying;

static void
applied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Applying *applying = data;
  g_autoptr (XqTreeDialog) self = applying->dialog;
  g_autofree char *label = applying->label;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) units = xq_store_write_finish (XQ_STORE (source), result, &error);

  self->applying = FALSE;
  if (units == NULL)
    {
      if (self->box != NULL)
        {
          show_problem (self, error->message);
          gtk_widget_set_sensitive (self->box, TRUE);
          gtk_widget_set_sensitive (self->apply, TRUE);
        }
      return;
    }
  if (self->opener != NULL && gtk_widget_get_root (self->opener) != NULL)
    gtk_widget_activate_action (self->opener, "win.show-step", "s", label);
  /* What came of it is what one wants to see next. */
  if (units->len > 0 && xq_context_get_store (self->context) == XQ_STORE (source))
    xq_context_set_unit (self->context, g_array_index (units, gint64, 0));
  if (self->box != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}

void
xq_tree_dialog_apply (XqTreeDialog *self)
{
  XqStore *store = xq_context_get_store (self->context);
  Applying *applying;
  const char *subject;

  if (self->ready == NULL || self->applying || store == NULL)
    return;
  subject = xq_tree_facts_unit (self->facts->units, 0)->name;
  for (guint i = 0; i < self->facts->units->len + (self->facts->others != NULL ? self->facts->others->len : 0); i++)
    {
      const XqUnit *unit = xq_tree_facts_member (self->facts, i);

      if (unit->id == self->ready->survivor)
        subject = unit->name;
    }
  applying = g_new0 (Applying, 1);
  applying->dialog = g_object_ref (self);
  applying->label = xq_tree_edit_make_label (self->ready, subject);
  self->applying = TRUE;
  gtk_widget_set_sensitive (self->box, FALSE);
  gtk_widget_set_sensitive (self->apply, FALSE);
  xq_store_write_async (store, applying->label, apply_job, xq_tree_edit_copy (self->ready), (GDestroyNotify)xq_tree_edit_free,
                        (GDestroyNotify)g_array_unref, NULL, applied, applying);
}

static void
apply_clicked (XqTreeDialog *self)
{
  xq_tree_dialog_apply (self);
}

static void
xq_tree_dialog_dispose (GObject *object)
{
  XqTreeDialog *self = XQ_TREE_DIALOG (object);

  self->box = NULL;
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  g_clear_object (&self->context);
  g_clear_object (&self->opener);
  g_clear_pointer (&self->facts, xq_tree_facts_free);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->shares, g_ptr_array_unref);
  g_clear_pointer (&self->drops, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_hash_table_unref);
  g_clear_pointer (&self->ready, xq_tree_edit_free);
  G_OBJECT_CLASS (xq_tree_dialog_parent_class)->dispose (object);
}

static void
xq_tree_dialog_class_init (XqTreeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (XQ_TYPE_TREE_PREVIEW_VIEW);
  G_OBJECT_CLASS (klass)->dispose = xq_tree_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/tree/xq-tree-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, XqTreeDialog, apply);
  gtk_widget_class_bind_template_child (widget_class, XqTreeDialog, box);
  gtk_widget_class_bind_template_child (widget_class, XqTreeDialog, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, XqTreeDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, XqTreeDialog, form);
  gtk_widget_class_bind_template_child (widget_class, XqTreeDialog, members);
  gtk_widget_class_bind_template_child (widget_class, XqTreeDialog, places);
  gtk_widget_class_bind_template_child (widget_class, XqTreeDialog, preview);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked);
  gtk_widget_class_bind_template_callback (widget_class, conflict_chosen);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
xq_tree_dialog_init (XqTreeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->checks = g_ptr_array_new ();
  self->parts = g_ptr_array_new ();
  self->shares = g_ptr_array_new ();
  self->drops = g_ptr_array_new ();
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

XqTreeDialog *
xq_tree_dialog_open (GtkWidget *widget, XqContext *context, XqTreeEditKind kind, const gint64 *units, guint n_units)
{
  static const char *const titles[] = { N_ ("New Unit"),   N_ ("Rename"),          N_ ("New Code"),      N_ ("Move"),
                                        N_ ("Close Unit"), N_ ("Merge Compounds"), N_ ("Split Compound") };
  XqTreeDialog *self = g_object_new (XQ_TYPE_TREE_DIALOG, "title", _ (titles[kind]), NULL);
  GtkRoot *root = gtk_widget_get_root (widget);

  self->context = g_object_ref (context);
  self->opener = g_object_ref (widget);
  self->kind = kind;
  if (kind == XQ_TREE_ADD || kind == XQ_TREE_RENAME || kind == XQ_TREE_RECODE)
    gtk_window_set_default_size (GTK_WINDOW (self), 520, 360);
  else if (kind == XQ_TREE_MOVE)
    gtk_window_set_default_size (GTK_WINDOW (self), 640, 560);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  xq_store_read_async (xq_context_get_store (context), xq_tree_facts_job, xq_tree_facts_new (kind, units, n_units),
                       (GDestroyNotify)xq_tree_facts_free, (GDestroyNotify)xq_tree_facts_free, NULL, facts_read,
                       g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
