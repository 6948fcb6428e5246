#include "xq-scheme-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-scheme-change.h"
#include "xq-scheme-dialogs.h"
#include "xq-scheme-editor.h"
#include "xq-scheme-usage.h"

struct _XqSchemePage
{
  XqPage parent_instance;

  /* template */
  GtkWidget *page_actions, *revert_button, *save_button;
  GtkLabel *state, *problem;
  GtkRevealer *problem_revealer;
  GtkListBox *navigation;
  GtkScrolledWindow *scroller;
  XqSchemeEditor *editor;

  /* owned */
  XqSchemeDraft *draft;
  XqScheme *scheme;    /* the document's */
  char *saved;         /* its JSON as a draft writes it */
  GPtrArray *sections; /* XqSchemeSection */
  char *section_id;    /* that is shown */
  char *problem_path;  /* of what is wrong, or NULL */
  char *focus_path;    /* where the work goes on when the section is shown again, or NULL */
  guint rebuild_id;
  guint generation; /* of the draft's structure */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (XqSchemePage, xq_scheme_page, XQ_TYPE_PAGE)

/* State */

static gboolean
is_writable (XqSchemePage *self)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));

  return store != NULL && !xq_store_get_read_only (store);
}

/* What the draft says otherwise than the document, or NULL. */
static GPtrArray *
list_differences (XqSchemePage *self)
{
  g_autofree char *json = self->draft != NULL ? xq_scheme_draft_to_json (self->draft) : NULL;

  return json != NULL && strcmp (json, self->saved) != 0 ? xq_scheme_diff_list (self->saved, json, NULL) : NULL;
}

static const XqSchemeSection *
find_section (XqSchemePage *self, const char *id, guint *index)
{
  for (guint i = 0; self->sections != NULL && i < self->sections->len; i++)
    {
      const XqSchemeSection *section = g_ptr_array_index (self->sections, i);

      if (g_strcmp0 (section->id, id) == 0)
        {
          if (index != NULL)
            *index = i;
          return section;
        }
    }
  return NULL;
}

/* The section in which @path, or what it is part of, is edited. */
static const XqSchemeSection *
find_owner (XqSchemePage *self, const char *path)
{
  g_autofree char *part = g_strdup (path);

  while (*part != '\0')
    {
      char *dot = strrchr (part, '.'), *bracket = strrchr (part, '[');

      for (guint i = 0; self->sections != NULL && i < self->sections->len; i++)
        if (xq_scheme_section_owns (g_ptr_array_index (self->sections, i), part))
          return g_ptr_array_index (self->sections, i);
      if (dot == NULL && bracket == NULL)
        return NULL;
      *MAX (dot, bracket) = '\0';
    }
  return NULL;
}

/* Navigation */

typedef struct
{
  GtkLabel *title, *count;
  GtkWidget *warning;
} NavigationRow;

static GtkWidget *
make_navigation_row (const XqSchemeSection *section)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  NavigationRow *parts = g_new0 (NavigationRow, 1);

  parts->title = GTK_LABEL (gtk_label_new (NULL));
  parts->count = GTK_LABEL (gtk_label_new (NULL));
  parts->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_label_set_xalign (parts->title, 0);
  gtk_label_set_ellipsize (parts->title, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (parts->title), TRUE);
  gtk_widget_set_margin_start (GTK_WIDGET (parts->title), section->depth > 0 ? 14 : 0);
  gtk_widget_add_css_class (GTK_WIDGET (parts->count), "xq-caption");
  gtk_widget_add_css_class (GTK_WIDGET (parts->count), "numeric");
  gtk_widget_set_tooltip_text (parts->warning, _ ("Something is wrong here"));
  gtk_widget_set_visible (parts->warning, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->title));
  gtk_box_append (GTK_BOX (box), parts->warning);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->count));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "parts", parts, g_free);
  return row;
}

static void
show_navigation_row (XqSchemePage *self, guint index)
{
  const XqSchemeSection *section = g_ptr_array_index (self->sections, index);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->navigation, (int)index);
  NavigationRow *parts = g_object_get_data (G_OBJECT (row), "parts");
  g_autofree char *count
      = section->list != NULL ? g_strdup_printf ("%u", xq_scheme_draft_get_size (self->draft, section->list)) : g_strdup ("");
  gboolean wrong = self->problem_path != NULL && find_owner (self, self->problem_path) == section;

  gtk_label_set_label (parts->title, section->title);
  gtk_label_set_label (parts->count, count);
  gtk_widget_set_visible (parts->warning, wrong);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, section->title, -1);
}

static void
read_sections (XqSchemePage *self)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));

  g_clear_pointer (&self->sections, g_ptr_array_unref);
  if (self->draft != NULL && store != NULL)
    self->sections = xq_scheme_section_list (self->draft, self->scheme, xq_store_get_open_period (store).year);
}

/* As many rows as sections, each with its title, count and warning. */
static void
fill_navigation (XqSchemePage *self)
{
  guint n = self->sections != NULL ? self->sections->len : 0;
  GtkListBoxRow *row;

  for (guint i = 0; i < n; i++)
    {
      row = gtk_list_box_get_row_at_index (self->navigation, (int)i);
      if (row == NULL)
        gtk_list_box_append (self->navigation, make_navigation_row (g_ptr_array_index (self->sections, i)));
      else
        {
          NavigationRow *parts = g_object_get_data (G_OBJECT (row), "parts");
          const XqSchemeSection *section = g_ptr_array_index (self->sections, i);

          gtk_widget_set_margin_start (GTK_WIDGET (parts->title), section->depth > 0 ? 14 : 0);
        }
      show_navigation_row (self, i);
    }
  while ((row = gtk_list_box_get_row_at_index (self->navigation, (int)n)) != NULL)
    gtk_list_box_remove (self->navigation, GTK_WIDGET (row));
}

/* Validation */

/* Holds the draft against the scheme's rules: what is wrong is said beside it, and where it is out of sight over the page. */
static gboolean
validate (XqSchemePage *self)
{
  g_autofree char *json = xq_scheme_draft_to_json (self->draft);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_parse (json, -1, &error);
  g_autofree char *message = NULL, *text = NULL;
  const XqSchemeSection *section;
  gboolean elsewhere;

  g_clear_pointer (&self->problem_path, g_free);
  if (scheme == NULL)
    message = xq_scheme_error_say (error, &self->problem_path);
  section = self->problem_path != NULL ? find_owner (self, self->problem_path) : NULL;
  elsewhere = scheme == NULL && (section == NULL || g_strcmp0 (section->id, self->section_id) != 0);
  xq_scheme_editor_set_problem (self->editor, elsewhere ? NULL : self->problem_path, message);
  if (message != NULL)
    text = section != NULL ? g_strdup_printf (_ ("%s: %s"), section->title, message) : g_strdup (message);
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_revealer_set_reveal_child (self->problem_revealer, elsewhere);
  return scheme != NULL;
}

static void
update (XqSchemePage *self)
{
  g_autoptr (GPtrArray) differences = list_differences (self);
  guint n = differences != NULL ? differences->len : 0;
  gboolean valid = self->draft != NULL && validate (self);
  g_autofree char *text
      = n > 0 ? g_strdup_printf (ngettext ("%u change is not saved", "%u changes are not saved", n), n) : g_strdup ("");

  if (self->draft == NULL)
    gtk_revealer_set_reveal_child (self->problem_revealer, FALSE);
  gtk_label_set_label (self->state, text);
  gtk_widget_set_sensitive (self->save_button, n > 0 && valid && is_writable (self));
  gtk_widget_set_sensitive (self->revert_button, n > 0);
}

/* Showing */

static void
show_section (XqSchemePage *self)
{
  const XqSchemeSection *section = find_section (self, self->section_id, NULL);

  xq_scheme_editor_show (self->editor, self->draft, section, is_writable (self));
}

/* The draft may have other lists: sections, navigation and the section itself anew. */
static void
rebuild (XqSchemePage *self)
{
  double position = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
  guint index = 0;
  GtkWidget *field;

  self->generation++;
  self->filling = TRUE;
  read_sections (self);
  if (self->sections != NULL && find_section (self, self->section_id, &index) == NULL)
    {
      g_free (self->section_id);
      self->section_id = g_strdup (((XqSchemeSection *)g_ptr_array_index (self->sections, 0))->id);
    }
  show_section (self);
  update (self);
  fill_navigation (self);
  gtk_list_box_select_row (self->navigation, gtk_list_box_get_row_at_index (self->navigation, (int)index));
  self->filling = FALSE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), position);
  field = self->focus_path != NULL ? xq_scheme_editor_get_field (self->editor, self->focus_path) : NULL;
  g_clear_pointer (&self->focus_path, g_free);
  if (field != NULL)
    gtk_widget_grab_focus (field);
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
rebuild_soon (XqSchemePage *self, const char *focus_path)
{
  g_free (self->focus_path);
  self->focus_path = g_strdup (focus_path);
  if (self->rebuild_id == 0)
    self->rebuild_id = g_idle_add (rebuild_idle, self);
}

static void
go_to (XqSchemePage *self, const char *section_id)
{
  if (g_strcmp0 (section_id, self->section_id) == 0)
    return;
  g_free (self->section_id);
  self->section_id = g_strdup (section_id);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  rebuild (self);
}

static void
section_selected (XqSchemePage *self, GtkListBoxRow *row)
{
  const XqSchemeSection *section;

  if (self->filling || row == NULL || self->sections == NULL)
    return;
  section = g_ptr_array_index (self->sections, (guint)gtk_list_box_row_get_index (row));
  go_to (self, section->id);
}

static void
show_problem_clicked (XqSchemePage *self)
{
  g_autofree char *path = g_strdup (self->problem_path);
  const XqSchemeSection *section = path != NULL ? find_owner (self, path) : NULL;
  GtkWidget *field;

  if (section == NULL)
    return;
  go_to (self, section->id);
  field = xq_scheme_editor_get_field (self->editor, path);
  if (field != NULL)
    gtk_widget_grab_focus (field);
}

/* Editing */

static void
edited (XqSchemePage *self)
{
  read_sections (self);
  update (self);
  fill_navigation (self);
}

static void
restructured (XqSchemePage *self, const char *path)
{
  rebuild_soon (self, path);
}

static void
take_out (XqSchemePage *self, const char *list, guint index)
{
  if (xq_scheme_draft_remove (self->draft, list, index))
    rebuild_soon (self, list);
}

static char *
get_text (XqSchemePage *self, const char *member, const char *key)
{
  g_autofree char *path = g_strdup_printf ("%s.%s", member, key);

  return xq_scheme_draft_get (self->draft, path);
}

/* What records would name the member at @index of @list by, if they name it at all and the document has it already. */
static XqSchemeMember *
find_member (XqSchemePage *self, const char *list, guint index)
{
  g_autofree char *member = g_strdup_printf ("%s[%u]", list, index);
  g_autofree char *owner = g_str_has_prefix (list, "$.checklists[") ? g_strndup (list, strcspn (list, "]") + 1) : NULL;
  g_autofree char *within = owner != NULL ? get_text (self, owner, "id") : NULL;
  g_autofree char *label = get_text (self, member, "label"), *key = NULL;
  g_autoptr (XqSchemeMember) found = NULL;
  g_autoptr (GPtrArray) known = xq_scheme_list_members (self->scheme);

  if (strcmp (list, "$.organisations") == 0)
    {
      g_autofree char *level = get_text (self, member, "level"), *kind = get_text (self, member, "kind");

      key = g_strdup_printf ("%s/%s", level, kind);
    }
  else
    key = get_text (self, member, strcmp (list, "$.grids") == 0 ? "role" : "id");
  found = xq_scheme_member_at (list, within, key, label != NULL ? label : "");
  for (guint i = 0; found != NULL && i < known->len; i++)
    if (strcmp (((XqSchemeMember *)known->pdata[i])->path, found->path) == 0)
      return g_steal_pointer (&found);
  return NULL;
}

typedef struct
{
  XqSchemePage *self;
  char *list;
  guint index, generation;
  XqSchemeMember *member;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->self);
  g_free (removal->list);
  xq_scheme_member_free (removal->member);
  g_free (removal);
}

static gpointer
usage_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_scheme_usage_load (tx, data, error);
}

/* The member is closed instead. */
static void
used_response (Removal *removal, const char *response)
{
  XqSchemePage *self = removal->self;
  g_autofree char *path = g_strdup_printf ("%s[%u].closed", removal->list, removal->index);

  if (strcmp (response, "close") != 0 || removal->generation != self->generation || self->draft == NULL)
    return;
  xq_scheme_draft_set_flag (self->draft, path, TRUE);
  rebuild_soon (self, path);
}

static void
free_removal (gpointer data, GClosure *closure)
{
  removal_free (data);
}

static void
usage_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Removal *removal = data;
  XqSchemePage *self = removal->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqSchemeUsage) usage = xq_store_read_finish (XQ_STORE (source), result, &error);
  g_autofree char *text = NULL;
  AdwMessageDialog *dialog;

  if (xq_page_get_store (XQ_PAGE (self)) != XQ_STORE (source) || removal->generation != self->generation)
    {
      removal_free (removal);
      return;
    }
  if (usage == NULL || usage->n_records == 0)
    {
      if (usage != NULL)
        take_out (self, removal->list, removal->index);
      else if (error != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The scheme could not be read"),
                                    error->message);
      removal_free (removal);
      return;
    }
  text = xq_scheme_usage_describe (usage);
  dialog = xq_scheme_dialog_used (GTK_WIDGET (self), removal->member->label, text, removal->member->closeable);
  g_signal_connect_data (dialog, "response", G_CALLBACK (used_response), removal, free_removal, G_CONNECT_SWAPPED);
}

/* What records may use is asked of the document first. */
static void
remove_requested (XqSchemePage *self, const char *list, guint index)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  g_autoptr (XqSchemeMember) member = self->draft != NULL ? find_member (self, list, index) : NULL;
  Removal *removal;

  if (store == NULL || self->draft == NULL)
    return;
  if (member == NULL)
    {
      take_out (self, list, index);
      return;
    }
  removal = g_new0 (Removal, 1);
  removal->self = g_object_ref (self);
  removal->list = g_strdup (list);
  removal->index = index;
  removal->generation = self->generation;
  removal->member = g_steal_pointer (&member);
  /* The job reads the member, which lives until it has answered. */
  xq_store_read_async (store, usage_job, removal->member, NULL, (GDestroyNotify)xq_scheme_usage_free, NULL, usage_done, removal);
}

/* Loading */

/* The document's scheme, when it is another than the one shown. What is being edited stays and is held against the other one. */
static void
load (XqSchemePage *self, gboolean anyway)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  XqScheme *scheme = store != NULL ? xq_store_get_scheme (store) : NULL;
  g_autoptr (XqSchemeDraft) draft = NULL;
  g_autoptr (GPtrArray) unsaved = NULL;
  g_autoptr (GError) error = NULL;
  gboolean same_document;

  if (scheme == self->scheme && !anyway)
    return;
  same_document
      = scheme != NULL && self->scheme != NULL && strcmp (xq_scheme_get_id (scheme), xq_scheme_get_id (self->scheme)) == 0;
  unsaved = same_document && !anyway ? list_differences (self) : NULL;
  if (scheme != NULL)
    xq_scheme_ref (scheme);
  g_clear_pointer (&self->scheme, xq_scheme_unref);
  self->scheme = scheme;
  draft = scheme != NULL ? xq_scheme_draft_new (xq_scheme_get_json (scheme), &error) : NULL;
  if (error != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The scheme could not be read"), error->message);
  g_clear_pointer (&self->saved, g_free);
  self->saved = draft != NULL ? xq_scheme_draft_to_json (draft) : NULL;
  if (draft == NULL || unsaved == NULL || unsaved->len == 0)
    {
      xq_scheme_editor_show (self->editor, NULL, NULL, FALSE);
      g_clear_pointer (&self->draft, xq_scheme_draft_free);
      self->draft = g_steal_pointer (&draft);
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
    {
      g_autofree char *text = xq_scheme_error_say (error, NULL);

      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The scheme was not changed"), text);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-toast", "s",
                                _ ("The scheme is changed; all figures have been computed again"));
}

static void
preview_response (XqSchemePage *self, const char *response)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  Saving *saving;

  if (strcmp (response, "apply") != 0 || store == NULL || self->draft == NULL)
    return;
  saving = g_new0 (Saving, 1);
  saving->self = g_object_ref (self);
  saving->progress = xq_progress_new ();
  xq_context_begin_progress (xq_page_get_context (XQ_PAGE (self)), saving->progress, _ ("Changing the scheme"));
  xq_store_write_async (store, _ ("Change the governance scheme"), save_job, xq_scheme_draft_to_json (self->draft), g_free, NULL,
                        G_CANCELLABLE (saving->progress), save_done, saving);
}

static void
save_clicked (XqSchemePage *self)
{
  g_autoptr (GPtrArray) differences = list_differences (self);
  AdwMessageDialog *dialog;

  if (differences == NULL || differences->len == 0 || !validate (self))
    return;
  dialog = xq_scheme_dialog_preview (GTK_WIDGET (self), differences);
  g_signal_connect_object (dialog, "response", G_CALLBACK (preview_response), self, G_CONNECT_SWAPPED);
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
  if (self->editor != NULL)
    xq_scheme_editor_show (self->editor, NULL, NULL, FALSE);
  G_OBJECT_CLASS (xq_scheme_page_parent_class)->dispose (object);
  self->editor = NULL;
  g_clear_pointer (&self->draft, xq_scheme_draft_free);
  g_clear_pointer (&self->scheme, xq_scheme_unref);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_clear_pointer (&self->saved, g_free);
  g_clear_pointer (&self->section_id, g_free);
  g_clear_pointer (&self->problem_path, g_free);
  g_clear_pointer (&self->focus_path, g_free);
}

static void
xq_scheme_page_class_init (XqSchemePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  XqPageClass *page_class = XQ_PAGE_CLASS (klass);

  object_class->dispose = xq_scheme_page_dispose;
  page_class->context_set = xq_scheme_page_context_set;
  g_type_ensure (XQ_TYPE_SCHEME_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/scheme/xq-scheme-page.ui");
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, page_actions);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, revert_button);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, save_button);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, state);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, problem);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, navigation);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, XqSchemePage, editor);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, revert_clicked);
  gtk_widget_class_bind_template_callback (widget_class, show_problem_clicked);
  gtk_widget_class_bind_template_callback (widget_class, section_selected);
  gtk_widget_class_bind_template_callback (widget_class, edited);
  gtk_widget_class_bind_template_callback (widget_class, restructured);
  gtk_widget_class_bind_template_callback (widget_class, remove_requested);
}

static void
xq_scheme_page_init (XqSchemePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  xq_page_set_actions (XQ_PAGE (self), self->page_actions);
}

GtkWidget *
xq_scheme_page_get_field (XqSchemePage *self, const char *path)
{
  const XqSchemeSection *section;

  g_return_val_if_fail (XQ_IS_SCHEME_PAGE (self), NULL);
  section = find_owner (self, path);
  if (section == NULL)
    return NULL;
  go_to (self, section->id);
  return xq_scheme_editor_get_field (self->editor, path);
}
