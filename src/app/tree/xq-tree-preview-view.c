#include "xq-tree-preview-view.h"

#include <glib/gi18n-lib.h>

#include "xq-statistics.h"

/* As many conflicts of one kind have a row each; more are unfolded. */
#define FEW 3
/* And as many movements of one kind, by where to. */
#define MANY 6

struct _XqTreePreviewView
{
  GtkBox parent_instance;

  AdwPreferencesGroup *conflicts, *movements, *carries; /* children */
  GPtrArray *rows;                                      /* in the groups, borrowed */
  char *asked; /* the conflicts shown, so that they are only built anew when they are others */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (XqTreePreviewView, xq_tree_preview_view, GTK_TYPE_BOX)

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Rows */

static void
clear_rows (XqTreePreviewView *self, AdwPreferencesGroup *group)
{
  for (guint i = self->rows->len; i-- > 0;)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP) != GTK_WIDGET (group))
        continue;
      adw_preferences_group_remove (group, row);
      g_ptr_array_remove_index (self->rows, i);
    }
  gtk_widget_set_visible (GTK_WIDGET (group), FALSE);
}

static void
add_to_group (XqTreePreviewView *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
}

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *below = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

/* Conflicts */

static const char *
name_kind (const char *kind)
{
  static const struct
  {
    const char *kind, *label;
  } names[] = {
    { "organisations", N_ ("Several Party organisations in one unit") },
    { "joint", N_ ("Joint branches") },
    { "secretaries", N_ ("Several secretaries") },
    { "contacts", N_ ("Several contacts") },
    { "bodies", N_ ("Several owners' bodies") },
    { "services", N_ ("Several property services") },
    { "kind", N_ ("Different kinds of compound") },
    { "grids", N_ ("Several grids of one kind") },
    { "covers", N_ ("Coverage of divided units") },
    { "tickets", N_ ("Open tickets") },
    { "surveys", N_ ("Running surveys") },
    { "homes", N_ ("Party organisations of divided units") },
    { "members", N_ ("Members of divided units") },
    { "leading", N_ ("Organisations led from elsewhere") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].kind, kind))
      return _ (names[i].label);
  return kind;
}

/* "secretaries:12" is of the kind "secretaries", and "homes-4711:12" of the kind "homes". */
static char *
dup_kind (const XqTreeConflict *conflict)
{
  return g_strndup (conflict->id, strcspn (conflict->id, ":-"));
}

static void
drop_chosen (GtkDropDown *drop, GParamSpec *pspec, XqTreePreviewView *self)
{
  const GPtrArray *conflicts = g_object_get_data (G_OBJECT (drop), "conflicts");
  const GPtrArray *choices = g_object_get_data (G_OBJECT (drop), "choices");
  guint selected = gtk_drop_down_get_selected (drop);

  if (self->filling || selected >= choices->len || *(const char *)g_ptr_array_index (choices, selected) == '\0')
    return;
  for (guint i = 0; i < conflicts->len; i++)
    g_signal_emit (self, signals[CHOSEN], 0, g_ptr_array_index (conflicts, i), g_ptr_array_index (choices, selected));
}

/* @ids, @choices: taken; an empty choice stands for "each as it is". */
static GtkWidget *
make_drop (XqTreePreviewView *self, GPtrArray *ids, GPtrArray *choices, GtkStringList *labels, guint selected, const char *name)
{
  GtkWidget *drop = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);

  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (drop, 220, -1);
  gtk_widget_set_name (drop, g_ptr_array_index (ids, 0));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), selected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (drop), "conflicts", ids, (GDestroyNotify)g_ptr_array_unref);
  g_object_set_data_full (G_OBJECT (drop), "choices", choices, (GDestroyNotify)g_ptr_array_unref);
  g_signal_connect (drop, "notify::selected", G_CALLBACK (drop_chosen), self);
  return drop;
}

static GtkWidget *
make_conflict_row (XqTreePreviewView *self, const XqTreeConflict *conflict)
{
  const XqTreeChoice *only = g_ptr_array_index (conflict->choices, 0);
  gboolean several = conflict->choices->len > 1;
  GtkWidget *row = make_row (conflict->message, several ? NULL : only->label), *drop;
  GPtrArray *ids, *choices;
  GtkStringList *labels;
  guint selected = 0;

  if (!several)
    return row;
  ids = g_ptr_array_new_with_free_func (g_free);
  choices = g_ptr_array_new_with_free_func (g_free);
  labels = gtk_string_list_new (NULL);
  g_ptr_array_add (ids, g_strdup (conflict->id));
  for (guint i = 0; i < conflict->choices->len; i++)
    {
      const XqTreeChoice *choice = g_ptr_array_index (conflict->choices, i);

      gtk_string_list_append (labels, choice->label);
      g_ptr_array_add (choices, g_strdup (choice->id));
      if (g_str_equal (choice->id, conflict->chosen))
        selected = i;
    }
  drop = make_drop (self, ids, choices, labels, selected, conflict->message);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), drop);
  return row;
}

static gboolean
has_choice (const XqTreeConflict *conflict, const char *id)
{
  for (guint i = 0; i < conflict->choices->len; i++)
    if (g_str_equal (((XqTreeChoice *)g_ptr_array_index (conflict->choices, i))->id, id))
      return TRUE;
  return FALSE;
}

/* Decides all of a kind alike, where they have choices in common. */
static void
add_common_choice (XqTreePreviewView *self, GtkWidget *expander, const GPtrArray *conflicts)
{
  const XqTreeConflict *first = g_ptr_array_index (conflicts, 0);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _ ("Each as below"));
  g_ptr_array_add (choices, g_strdup (""));
  for (guint i = 0; i < conflicts->len; i++)
    g_ptr_array_add (ids, g_strdup (((XqTreeConflict *)g_ptr_array_index (conflicts, i))->id));
  for (guint i = 0; i < first->choices->len; i++)
    {
      const XqTreeChoice *choice = g_ptr_array_index (first->choices, i);
      gboolean common = TRUE;

      /* What is called by a row's number is a choice of that unit alone. */
      for (guint k = 1; k < conflicts->len && common; k++)
        common = has_choice (g_ptr_array_index (conflicts, k), choice->id);
      if (!common)
        continue;
      gtk_string_list_append (labels, choice->label);
      g_ptr_array_add (choices, g_strdup (choice->id));
    }
  if (choices->len < 3)
    return;
  adw_expander_row_add_action (ADW_EXPANDER_ROW (expander), make_drop (self, g_steal_pointer (&ids), g_steal_pointer (&choices),
                                                                       g_steal_pointer (&labels), 0, _ ("Decide all alike")));
}

/* The rows of a kind are made when it is unfolded: there may be hundreds. */
static void
expander_unfolded (GtkWidget *expander, GParamSpec *pspec, XqTreePreviewView *self)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (expander)))
    return;
  rows = g_object_steal_data (G_OBJECT (expander), "unmade");
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_conflict_row (self, g_ptr_array_index (rows, i)));
}

static XqTreeConflict *
copy_conflict (const XqTreeConflict *conflict)
{
  XqTreeConflict *copy = g_new0 (XqTreeConflict, 1);

  copy->id = g_strdup (conflict->id);
  copy->message = g_strdup (conflict->message);
  copy->chosen = g_strdup (conflict->chosen);
  copy->choices = g_ptr_array_new ();
  for (guint i = 0; i < conflict->choices->len; i++)
    {
      const XqTreeChoice *choice = g_ptr_array_index (conflict->choices, i);
      XqTreeChoice *other = g_new0 (XqTreeChoice, 1);

      other->id = g_strdup (choice->id);
      other->label = g_strdup (choice->label);
      g_ptr_array_add (copy->choices, other);
    }
  return copy;
}

static void
free_conflict (XqTreeConflict *conflict)
{
  for (guint i = 0; i < conflict->choices->len; i++)
    {
      XqTreeChoice *choice = g_ptr_array_index (conflict->choices, i);

      g_free (choice->id);
      g_free (choice->label);
      g_free (choice);
    }
  g_ptr_array_unref (conflict->choices);
  g_free (conflict->id);
  g_free (conflict->message);
  g_free (conflict->chosen);
  g_free (conflict);
}

static void
add_kind (XqTreePreviewView *self, const char *kind, const GPtrArray *conflicts)
{
  GtkWidget *expander = adw_expander_row_new ();
  g_autofree char *number = xq_format_count (conflicts->len);
  GtkWidget *count = gtk_label_new (number);
  GPtrArray *unmade = g_ptr_array_new_with_free_func ((GDestroyNotify)free_conflict);
  const XqTreeConflict *first = g_ptr_array_index (conflicts, 0);
  g_autofree char *example = g_markup_escape_text (first->message, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), name_kind (kind));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), example);
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_set_name (expander, kind);
  add_common_choice (self, expander, conflicts);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (expander), count);
  for (guint i = 0; i < conflicts->len; i++)
    g_ptr_array_add (unmade, copy_conflict (g_ptr_array_index (conflicts, i)));
  g_object_set_data_full (G_OBJECT (expander), "unmade", unmade, (GDestroyNotify)g_ptr_array_unref);
  g_signal_connect (expander, "notify::expanded", G_CALLBACK (expander_unfolded), self);
  add_to_group (self, self->conflicts, expander);
}

static char *
describe_asked (const GPtrArray *conflicts)
{
  GString *asked = g_string_new (NULL);

  for (guint i = 0; i < conflicts->len; i++)
    {
      const XqTreeConflict *conflict = g_ptr_array_index (conflicts, i);

      g_string_append_printf (asked, "%s:", conflict->id);
      for (guint k = 0; k < conflict->choices->len; k++)
        g_string_append_printf (asked, "%s,", ((XqTreeChoice *)g_ptr_array_index (conflict->choices, k))->id);
    }
  return g_string_free (asked, FALSE);
}

static void
show_conflicts (XqTreePreviewView *self, const GPtrArray *conflicts)
{
  g_autofree char *asked = describe_asked (conflicts);
  g_autoptr (GPtrArray) kinds = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) by_kind = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

  if (g_strcmp0 (asked, self->asked) == 0)
    return;
  g_free (self->asked);
  self->asked = g_steal_pointer (&asked);
  self->filling = TRUE;
  clear_rows (self, self->conflicts);
  for (guint i = 0; i < conflicts->len; i++)
    {
      g_autofree char *kind = dup_kind (g_ptr_array_index (conflicts, i));
      GPtrArray *same = g_hash_table_lookup (by_kind, kind);

      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (by_kind, g_strdup (kind), same);
          g_ptr_array_add (kinds, g_strdup (kind));
        }
      g_ptr_array_add (same, g_ptr_array_index (conflicts, i));
    }
  for (guint i = 0; i < kinds->len; i++)
    {
      const GPtrArray *same = g_hash_table_lookup (by_kind, g_ptr_array_index (kinds, i));

      if (same->len > FEW)
        add_kind (self, g_ptr_array_index (kinds, i), same);
      else
        for (guint k = 0; k < same->len; k++)
          add_to_group (self, self->conflicts, make_conflict_row (self, g_ptr_array_index (same, k)));
    }
  self->filling = FALSE;
}

/* What moves, and how past figures are carried */

static GtkWidget *
make_movement_row (const XqTreeMovement *movement)
{
  g_autofree char *number = xq_format_count (movement->count);
  g_autofree char *examples = g_strjoinv (_ (", "), movement->examples);
  g_autofree char *where
      = movement->to != NULL ? g_strdup_printf ("%s → %s", movement->how, movement->to) : g_strdup (movement->how);
  g_autofree char *subtitle = *examples != '\0' ? g_strdup_printf ("%s · %s%s", where, examples,
                                                                   movement->count > g_strv_length (movement->examples) ? " …" : "")
                                                : g_strdup (where);
  GtkWidget *row = make_row (movement->label, subtitle), *label = gtk_label_new (number);

  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

/* Of one kind to many places: one row with the sum. */
static GtkWidget *
make_movements_row (const GPtrArray *same)
{
  const XqTreeMovement *first = g_ptr_array_index (same, 0);
  g_autofree char *subtitle
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, to %u unit", "%s, to %u units", same->len), first->how, same->len);
  g_autofree char *number = NULL;
  GtkWidget *row = make_row (first->label, subtitle), *label;
  guint sum = 0;

  for (guint i = 0; i < same->len; i++)
    sum += ((XqTreeMovement *)g_ptr_array_index (same, i))->count;
  number = xq_format_count (sum);
  label = gtk_label_new (number);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static void
show_movements (XqTreePreviewView *self, const XqTreePreview *preview)
{
  g_autoptr (GHashTable) by_kind = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();

  clear_rows (self, self->movements);
  for (guint i = 0; i < preview->movements->len; i++)
    {
      XqTreeMovement *movement = g_ptr_array_index (preview->movements, i);
      g_autofree char *kind = g_strdup_printf ("%s\n%s", movement->label, movement->how);
      GPtrArray *same = g_hash_table_lookup (by_kind, kind);

      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (by_kind, g_steal_pointer (&kind), same);
          g_ptr_array_add (kinds, same);
        }
      g_ptr_array_add (same, movement);
    }
  for (guint i = 0; i < kinds->len; i++)
    {
      const GPtrArray *same = g_ptr_array_index (kinds, i);

      if (same->len > MANY)
        add_to_group (self, self->movements, make_movements_row (same));
      else
        for (guint k = 0; k < same->len; k++)
          add_to_group (self, self->movements, make_movement_row (g_ptr_array_index (same, k)));
    }
  for (guint i = 0; i < preview->notices->len; i++)
    add_to_group (self, self->movements, make_row (_ ("Note"), g_ptr_array_index (preview->notices, i)));
}

/* Indicators that are carried alike in one row. */
static void
show_carries (XqTreePreviewView *self, const GPtrArray *carries)
{
  clear_rows (self, self->carries);
  for (XqTreeCarryKind kind = XQ_TREE_CARRY_KEEP; kind <= XQ_TREE_CARRY_ABOVE; kind++)
    {
      g_autoptr (GString) names = g_string_new (NULL);
      guint n = 0;

      for (guint i = 0; i < carries->len; i++)
        {
          const XqTreeCarry *carry = g_ptr_array_index (carries, i);

          if (carry->kind != kind)
            continue;
          if (n++ < 6)
            g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "", xq_indicator_get_short_label (carry->indicator));
        }
      if (n > 6)
        {
          g_autofree char *more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, " and %u more", " and %u more", n - 6), n - 6);

          g_string_append (names, more);
        }
      if (n > 0)
        add_to_group (self, self->carries, make_row (xq_tree_carry_describe (kind), names->str));
    }
}

void
xq_tree_preview_view_show (XqTreePreviewView *self, const XqTreePreview *preview)
{
  show_conflicts (self, preview->conflicts);
  show_movements (self, preview);
  show_carries (self, preview->carries);
}

static void
xq_tree_preview_view_dispose (GObject *object)
{
  XqTreePreviewView *self = XQ_TREE_PREVIEW_VIEW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->asked, g_free);
  G_OBJECT_CLASS (xq_tree_preview_view_parent_class)->dispose (object);
}

static void
xq_tree_preview_view_class_init (XqTreePreviewViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_tree_preview_view_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", XQ_TYPE_TREE_PREVIEW_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_STRING);
}

static AdwPreferencesGroup *
add_group (XqTreePreviewView *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_widget_set_visible (group, FALSE);
  gtk_box_append (GTK_BOX (self), group);
  return ADW_PREFERENCES_GROUP (group);
}

static void
xq_tree_preview_view_init (XqTreePreviewView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
  self->rows = g_ptr_array_new ();
  self->conflicts = add_group (self, _ ("To be decided"));
  self->movements = add_group (self, _ ("What moves"));
  self->carries = add_group (self, _ ("Past figures in the present division"));
}

GtkWidget *
xq_tree_preview_view_new (void)
{
  return g_object_new (XQ_TYPE_TREE_PREVIEW_VIEW, NULL);
}
