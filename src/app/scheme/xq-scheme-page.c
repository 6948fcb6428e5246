#include "xq-scheme-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-scheme-change.h"
#include "xq-scheme-draft.h"

struct _XqSchemePage
{
  XqPage parent_instance;

  /* template */
  GtkWidget *page_actions, *revert_button, *save_button;
  GtkLabel *state, *problem;
  GtkRevealer *problem_revealer;
  GtkScrolledWindow *scroller;
  GtkBox *groups;

  /* owned */
  XqSchemeDraft *draft;
  XqScheme *scheme;   /* that is shown */
  char *saved;        /* its JSON as the draft writes it */
  GHashTable *fields; /* JSON path → GtkWidget, borrowed */
  GHashTable *open;   /* paths of lists that are expanded */
  guint rebuild_id;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (XqSchemePage, xq_scheme_page, XQ_TYPE_PAGE)

/* What is edited. Thresholds up to the first reminder are rules, the rest are terms and reminders. */
static const char *const NAMES[]
    = { "$.name",           "$.department", "$.levels.district", "$.levels.street", "$.levels.community", "$.levels.compound",
        "$.levels.building" };
static const XqThreshold TERMS[]
    = { XQ_THRESHOLD_BRANCH_TERM_YEARS,   XQ_THRESHOLD_COMMUNITY_TERM_YEARS, XQ_THRESHOLD_TERM_REMINDER_MONTHS,
        XQ_THRESHOLD_BODY_TERM_YEARS,     XQ_THRESHOLD_BODY_REMINDER_MONTHS, XQ_THRESHOLD_CONTRACT_REMINDER_DAYS,
        XQ_THRESHOLD_TICKET_REMINDER_DAYS };
static const char *const LISTS[]
    = { "$.departments",         "$.posts",  "$.ticket_categories", "$.consultation_forms", "$.consultation_parties",
        "$.consultation_levels", "$.topics", "$.appraisal_grades",  "$.secretary_paths" };
static const char *const BASES[] = { XQ_MEASURE_RESIDENT_FULL, XQ_MEASURE_FORMAL_FULL, XQ_MEASURE_CHECKED_IN };

static void rebuild_soon (XqSchemePage *self);

/* State */

static gboolean
is_changed (XqSchemePage *self)
{
  g_autofree char *json = self->draft != NULL ? xq_scheme_draft_to_json (self->draft) : NULL;

  return json != NULL && strcmp (json, self->saved) != 0;
}

static gboolean
is_writable (XqSchemePage *self)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));

  return store != NULL && !xq_store_get_read_only (store);
}

/* The field that an error's path names, or whose list or object it is in. */
static GtkWidget *
find_field (XqSchemePage *self, const char *message)
{
  g_autofree char *path = g_strndup (message, strcspn (message, ": "));

  while (*path != '\0')
    {
      GtkWidget *field = g_hash_table_lookup (self->fields, path);
      char *dot = strrchr (path, '.'), *bracket = strrchr (path, '[');

      if (field != NULL)
        return field;
      if (dot == NULL && bracket == NULL)
        return NULL;
      *MAX (dot, bracket) = '\0';
    }
  return NULL;
}

/* Holds the draft against the scheme's rules: the message stands over the page, in the field's words, and the field is marked. */
static gboolean
validate (XqSchemePage *self)
{
  g_autofree char *json = xq_scheme_draft_to_json (self->draft);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_parse (json, -1, &error);
  GHashTableIter iter;
  gpointer field;

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, NULL, &field))
    gtk_widget_remove_css_class (field, "error");
  if (scheme == NULL)
    {
      g_autofree char *path = g_strndup (error->message, strcspn (error->message, ": "));
      const char *label = xq_scheme_path_get_label (path);
      const char *rest = strchr (error->message, ' ');
      g_autofree char *text = label != NULL && rest != NULL ? g_strdup_printf ("%s:%s", label, rest) : g_strdup (error->message);
      GtkWidget *wrong = find_field (self, error->message);

      gtk_label_set_label (self->problem, text);
      if (wrong != NULL)
        gtk_widget_add_css_class (wrong, "error");
    }
  gtk_revealer_set_reveal_child (self->problem_revealer, scheme == NULL);
  return scheme != NULL;
}

static void
update (XqSchemePage *self)
{
  gboolean changed = is_changed (self);
  gboolean valid = self->draft != NULL && validate (self);
  g_autofree char *json = self->draft != NULL ? xq_scheme_draft_to_json (self->draft) : NULL;
  g_autoptr (GPtrArray) differences = changed ? xq_scheme_diff_list (self->saved, json, NULL) : NULL;
  guint n = differences != NULL ? differences->len : 0;
  g_autofree char *text
      = n > 0 ? g_strdup_printf (ngettext ("%u change is not saved", "%u changes are not saved", n), n) : g_strdup ("");

  gtk_label_set_label (self->state, text);
  gtk_widget_set_sensitive (self->save_button, changed && valid && is_writable (self));
  gtk_widget_set_sensitive (self->revert_button, changed);
}

/* Fields */

static const char *
path_of (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "path");
}

static void
remember (XqSchemePage *self, GtkWidget *widget, const char *path)
{
  g_object_set_data_full (G_OBJECT (widget), "path", g_strdup (path), g_free);
  g_hash_table_insert (self->fields, g_strdup (path), widget);
}

static void
text_changed (XqSchemePage *self, GtkEditable *entry)
{
  if (self->filling)
    return;
  xq_scheme_draft_set_text (self->draft, path_of (entry), gtk_editable_get_text (entry));
  update (self);
}

static void
number_changed (XqSchemePage *self, GtkSpinButton *spin)
{
  if (self->filling)
    return;
  xq_scheme_draft_set_int (self->draft, path_of (spin), gtk_spin_button_get_value_as_int (spin));
  update (self);
}

static void
basis_changed (XqSchemePage *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  if (self->filling || selected >= G_N_ELEMENTS (BASES))
    return;
  xq_scheme_draft_set_text (self->draft, "$.founding_basis", BASES[selected]);
  update (self);
}

static GtkWidget *
make_entry (XqSchemePage *self, const char *title, const char *path)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *text = xq_scheme_draft_get (self->draft, path);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  gtk_editable_set_editable (GTK_EDITABLE (row), is_writable (self));
  remember (self, row, path);
  g_signal_connect_object (row, "changed", G_CALLBACK (text_changed), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_spin (XqSchemePage *self, const char *name, const char *path, int value)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 100000, 1);
  g_autofree char *text = xq_scheme_draft_get (self->draft, path);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), text != NULL ? g_ascii_strtoll (text, NULL, 10) : value);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (spin, is_writable (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  remember (self, spin, path);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (number_changed), self, G_CONNECT_SWAPPED);
  return spin;
}

static GtkWidget *
add_group (XqSchemePage *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->groups, group);
  return group;
}

static void
add_threshold (XqSchemePage *self, GtkWidget *group, XqThreshold threshold)
{
  g_autofree char *path = g_strdup_printf ("$.thresholds.%s", xq_threshold_to_nick (threshold));
  const char *label = xq_scheme_path_get_label (path);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_spin (self, label, path, xq_scheme_get_threshold (self->scheme, threshold)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static gboolean
is_term (XqThreshold threshold)
{
  for (guint i = 0; i < G_N_ELEMENTS (TERMS); i++)
    if (TERMS[i] == threshold)
      return TRUE;
  return FALSE;
}

static void
add_basis (XqSchemePage *self, GtkWidget *group)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (BASES); i++)
    {
      gtk_string_list_append (list, xq_enum_label (&XQ_ENUM_MEASURE, BASES[i]));
      if (strcmp (BASES[i], xq_scheme_get_founding_basis (self->scheme)) == 0)
        selected = i;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), xq_scheme_path_get_label ("$.founding_basis"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  gtk_widget_set_sensitive (row, is_writable (self));
  remember (self, row, "$.founding_basis");
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (basis_changed), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* Lists */

static void
remove_clicked (XqSchemePage *self, GtkWidget *button)
{
  xq_scheme_draft_remove (self->draft, path_of (button), GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index")));
  rebuild_soon (self);
}

static void
add_clicked (XqSchemePage *self, GtkWidget *button)
{
  xq_scheme_draft_append (self->draft, path_of (button));
  rebuild_soon (self);
}

static void
expanded (XqSchemePage *self, GParamSpec *pspec, AdwExpanderRow *row)
{
  if (adw_expander_row_get_expanded (row))
    g_hash_table_add (self->open, g_strdup (path_of (row)));
  else
    g_hash_table_remove (self->open, path_of (row));
}

static void
add_member (XqSchemePage *self, GtkWidget *expander, const char *list, guint index)
{
  g_autofree char *member = g_strdup_printf ("%s[%u]", list, index);
  g_autofree char *path = g_strdup_printf ("%s.label", member);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  g_autofree char *text = xq_scheme_draft_get (self->draft, path);
  g_autofree char *name = g_strdup_printf (_ ("Remove “%s”"), text != NULL ? text : number);
  GtkWidget *row = make_entry (self, number, path), *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");

  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, name);
  gtk_widget_set_sensitive (remove, is_writable (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (remove), "path", g_strdup (list), g_free);
  g_object_set_data (G_OBJECT (remove), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_clicked), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), remove);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
}

static GtkWidget *
make_expander (XqSchemePage *self, const char *title, const char *path, guint n)
{
  GtkWidget *expander = adw_expander_row_new ();
  g_autofree char *count = g_strdup_printf ("%u", n);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), count);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), g_hash_table_contains (self->open, path));
  remember (self, expander, path);
  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (expanded), self, G_CONNECT_SWAPPED);
  return expander;
}

static void
add_list (XqSchemePage *self, GtkWidget *group, const char *title, const char *path)
{
  guint n = xq_scheme_draft_get_size (self->draft, path);
  GtkWidget *expander = make_expander (self, title, path, n), *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Add to “%s”"), title);

  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (add, name);
  gtk_widget_set_sensitive (add, is_writable (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (add), "path", g_strdup (path), g_free);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_clicked), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (expander), add);
  for (guint i = 0; i < n; i++)
    add_member (self, expander, path, i);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), expander);
}

/* Levels of tickets have days. */
static void
add_ticket_levels (XqSchemePage *self, GtkWidget *group)
{
  static const struct
  {
    const char *key, *label;
  } days[] = { { "respond_days", N_ ("Reply within (working days)") }, { "close_days", N_ ("Close within (working days)") } };
  guint n = xq_scheme_draft_get_size (self->draft, "$.ticket_levels");
  GtkWidget *expander;

  if (n == 0)
    return;
  expander = make_expander (self, xq_scheme_path_get_label ("$.ticket_levels[]"), "$.ticket_levels", n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = g_strdup_printf ("$.ticket_levels[%u].label", i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_entry (self, number, label));
      for (guint d = 0; d < G_N_ELEMENTS (days); d++)
        {
          g_autofree char *path = g_strdup_printf ("$.ticket_levels[%u].%s", i, days[d].key);
          GtkWidget *row = adw_action_row_new ();

          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (days[d].label));
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_spin (self, _ (days[d].label), path, 0));
          adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
        }
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), expander);
}

/* What the plan asks for, by day. */
static void
add_plan (XqSchemePage *self, GtkWidget *group)
{
  guint n = xq_scheme_draft_get_size (self->draft, "$.plan.targets");
  GtkWidget *expander;

  if (n == 0)
    return;
  expander = make_expander (self, xq_scheme_path_get_label ("$.plan.targets[]"), "$.plan.targets", n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *due = g_strdup_printf ("$.plan.targets[%u].due", i);
      g_autofree char *value = g_strdup_printf ("$.plan.targets[%u].value", i);
      g_autofree char *day = xq_scheme_draft_get (self->draft, due);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), day);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_spin (self, day, value, 0));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), expander);
}

static void
add_lists (XqSchemePage *self)
{
  GtkWidget *group = add_group (self, _ ("Lists"));
  guint n = xq_scheme_draft_get_size (self->draft, "$.checklists");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = g_strdup_printf ("$.checklists[%u].label", i);
      g_autofree char *items = g_strdup_printf ("$.checklists[%u].items", i);
      g_autofree char *title = xq_scheme_draft_get (self->draft, label);

      add_list (self, group, title != NULL ? title : "", items);
    }
  for (guint i = 0; i < G_N_ELEMENTS (LISTS); i++)
    {
      g_autofree char *path = g_strconcat (LISTS[i], "[]", NULL);

      /* Departments may be added to any scheme; what else a scheme does not have, it does not work with. */
      if (i == 0 || xq_scheme_draft_get_size (self->draft, LISTS[i]) > 0)
        add_list (self, group, xq_scheme_path_get_label (path), LISTS[i]);
    }
  add_ticket_levels (self, group);
  add_plan (self, group);
}

static void
rebuild (XqSchemePage *self)
{
  double position = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
  GtkWidget *child, *group, *terms;

  self->filling = TRUE;
  g_hash_table_remove_all (self->fields);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  if (self->draft != NULL)
    {
      group = add_group (self, _ ("Names"));
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _ ("What the district may set itself. A change is a "
                                                                               "step of the history: it can be undone, "
                                                                               "and all figures are computed again."));
      for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_entry (self, xq_scheme_path_get_label (NAMES[i]), NAMES[i]));
      group = add_group (self, _ ("Thresholds"));
      add_basis (self, group);
      terms = add_group (self, _ ("Terms and reminders"));
      for (XqThreshold threshold = 0; threshold < XQ_N_THRESHOLDS; threshold++)
        add_threshold (self, is_term (threshold) ? terms : group, threshold);
      add_lists (self);
    }
  self->filling = FALSE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), position);
  update (self);
}

/* A button that is being clicked must not go under its own signal. */
static gboolean
rebuild_idle (gpointer data)
{
  XqSchemePage *self = data;

  self->rebuild_id = 0;
  rebuild (self);
  return G_SOURCE_REMOVE;
}

static void
rebuild_soon (XqSchemePage *self)
{
  if (self->rebuild_id == 0)
    self->rebuild_id = g_idle_add (rebuild_idle, self);
}

/* The document's scheme, when it is another than the one shown. */
static void
load (XqSchemePage *self, gboolean anyway)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  XqScheme *scheme = store != NULL ? xq_store_get_scheme (store) : NULL;
  g_autoptr (GError) error = NULL;

  if (scheme == self->scheme && !anyway)
    return;
  g_clear_pointer (&self->draft, xq_scheme_draft_free);
  g_clear_pointer (&self->saved, g_free);
  g_clear_pointer (&self->scheme, xq_scheme_unref);
  if (scheme != NULL)
    {
      self->scheme = xq_scheme_ref (scheme);
      self->draft = xq_scheme_draft_new (xq_scheme_get_json (scheme), &error);
      if (self->draft == NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The scheme could not be read"),
                                    error->message);
      else
        self->saved = xq_scheme_draft_to_json (self->draft);
    }
  rebuild (self);
}

static void
store_changed (XqSchemePage *self)
{
  load (self, FALSE);
}

/* Saving */

static gpointer
save_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_scheme_change (tx, data, error);
  return NULL;
}

typedef struct
{
  XqSchemePage *self;
  XqProgress *progress;
} Saving;

static void
save_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Saving *saving = data;
  g_autoptr (XqSchemePage) self = saving->self;
  g_autoptr (XqProgress) progress = saving->progress;
  g_autoptr (GError) error = NULL;

  xq_store_write_finish (XQ_STORE (source), result, &error);
  if (xq_page_get_context (XQ_PAGE (self)) == NULL)
    return;
  xq_context_end_progress (xq_page_get_context (XQ_PAGE (self)), progress);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The scheme was not changed"), error->message);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-toast", "s",
                                _ ("The scheme is changed; all figures have been computed again"));
}

static void
save_clicked (XqSchemePage *self)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  Saving *saving;

  if (store == NULL || self->draft == NULL || !is_changed (self) || !validate (self))
    return;
  saving = g_new0 (Saving, 1);
  saving->self = g_object_ref (self);
  saving->progress = xq_progress_new ();
  xq_context_begin_progress (xq_page_get_context (XQ_PAGE (self)), saving->progress, _ ("Changing the scheme"));
  xq_store_write_async (store, _ ("Change the governance scheme"), save_job, xq_scheme_draft_to_json (self->draft), g_free, NULL,
                        G_CANCELLABLE (saving->progress), save_done, saving);
}

static void
revert_clicked (XqSchemePage *self)
{
  load (self, TRUE);
}

/* Object */

static void
xq_scheme_page_context_set (XqPage *page, XqContext *context)
{
  g_signal_connect_object (context, "notify::store", G_CALLBACK (store_changed), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::revision", G_CALLBACK (store_changed), page, G_CONNECT_SWAPPED);
  load (XQ_SCHEME_PAGE (page), FALSE);
}

static void
xq_scheme_page_dispose (GObject *object)
{
  XqSchemePage *self = XQ_SCHEME_PAGE (object);

  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  self->filling = TRUE;
  /* Fields tell the draft what is in them until they are gone. */
  G_OBJECT_CLASS (xq_scheme_page_parent_class)->dispose (object);
  g_clear_pointer (&self->draft, xq_scheme_draft_free);
  g_clear_pointer (&self->scheme, xq_scheme_unref);
  g_clear_pointer (&self->saved, g_free);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_clear_pointer (&self->open, g_hash_table_unref);
}

static void
xq_scheme_page_class_init (XqSchemePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  XqPageClass *page_class = XQ_PAGE_CLASS (klass);

  object_class->dispose = xq_scheme_page_dispose;
  page_class->context_set = xq_scheme_page_context_set;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/scheme/xq-scheme-page.ui");
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, page_actions);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, revert_button);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, save_button);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, state);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, problem);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, groups);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, revert_clicked);
}

static void
xq_scheme_page_init (XqSchemePage *self)
{
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  xq_page_set_actions (XQ_PAGE (self), self->page_actions);
}

GtkWidget *
xq_scheme_page_get_field (XqSchemePage *self, const char *path)
{
  g_return_val_if_fail (XQ_IS_SCHEME_PAGE (self), NULL);
  return g_hash_table_lookup (self->fields, path);
}
