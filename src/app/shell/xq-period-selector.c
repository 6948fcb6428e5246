#include "xq-period-selector.h"

#include <glib/gi18n-lib.h>

#include "xq-figures.h"
#include "xq-snapshot.h"

struct _XqPeriodSelector {
  GtkWidget parent_instance;

  /* owned */
  XqContext *context;
  GCancellable *cancellable;
  GPtrArray *periods; /* XqPeriodInfo, oldest first */
  gboolean two;       /* the units of the period shown are others than those of today */
  GtkWidget *box;     /* holds all below */
  GtkWidget *back, *forward, *button, *label;
  GtkWidget *popover, *list;
  GtkWidget *divisions, *then, *now;
  GtkWidget *as_of, *lock, *state;
};

enum { PROP_CONTEXT = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (XqPeriodSelector, xq_period_selector, GTK_TYPE_WIDGET)

/* Index of the period shown, or -1. */
static int
find_shown (XqPeriodSelector *self)
{
  XqPeriod shown = xq_context_get_period (self->context);

  for (guint i = 0; self->periods != NULL && i < self->periods->len; i++)
    {
      const XqPeriodInfo *info = g_ptr_array_index (self->periods, i);

      if (xq_period_is_set (shown) ? xq_period_equal (info->period, shown) : info->open)
        return (int)i;
    }
  return -1;
}

/* "9月30日" of 2024-09-30 in the year shown beside it. */
static char *
format_day (const char *day)
{
  g_autoptr (GDate) date = g_date_new ();
  int year, month, day_of_month;

  if (day == NULL || sscanf (day, "%d-%d-%d", &year, &month, &day_of_month) != 3 || !g_date_valid_dmy (day_of_month, month, year))
    return g_strdup ("—");
  /* Translators: month and day, as in 9月30日 */
  return g_strdup_printf (_ ("%1$d-%2$d"), month, day_of_month);
}

/* The menu button and the button inside it, which is what is found and pressed. */
static void
name_button (XqPeriodSelector *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->button)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update_divisions (XqPeriodSelector *self)
{
  gboolean both = self->two && xq_period_is_set (xq_context_get_period (self->context)), now;

  /* What cannot be seen to be chosen is not. */
  if (!both)
    xq_context_set_division (self->context, XQ_DIVISION_THEN);
  now = xq_context_get_division (self->context) == XQ_DIVISION_NOW;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (now ? self->now : self->then), TRUE);
  gtk_widget_set_visible (self->divisions, both);
}

static void
division_toggled (XqPeriodSelector *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button) && self->context != NULL)
    xq_context_set_division (self->context, GTK_WIDGET (button) == self->now ? XQ_DIVISION_NOW : XQ_DIVISION_THEN);
}

static void
update (XqPeriodSelector *self)
{
  int shown = find_shown (self);
  const XqPeriodInfo *info = shown >= 0 ? g_ptr_array_index (self->periods, shown) : NULL;
  XqStore *store = xq_context_get_store (self->context);
  gboolean sample = store != NULL && xq_store_get_sample (store) != NULL;
  g_autofree char *label = NULL, *day = NULL, *as_of = NULL, *state = NULL;
  gboolean locked;

  gtk_widget_set_sensitive (self->back, shown > 0);
  gtk_widget_set_sensitive (self->forward, shown >= 0 && (guint)shown + 1 < self->periods->len);
  gtk_widget_set_sensitive (self->button, info != NULL);
  update_divisions (self);
  if (info == NULL)
    return;
  locked = info->locked && !info->open;
  label = xq_period_to_label (info->period);
  day = format_day (info->as_of);
  as_of = g_strdup_printf (_ ("Data as of %s"), day);
  state = sample ? g_strdup_printf ("%s · %s", locked ? _ ("Locked") : _ ("Open for entry"), _ ("Sample data"))
                 : g_strdup (locked ? _ ("Locked") : _ ("Open for entry"));
  gtk_label_set_label (GTK_LABEL (self->label), label);
  gtk_label_set_label (GTK_LABEL (self->as_of), as_of);
  gtk_label_set_label (GTK_LABEL (self->state), state);
  gtk_widget_set_visible (self->lock, locked);
  name_button (self, label);
  for (int i = 0; self->list != NULL; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i);

      if (row == NULL)
        break;
      if ((int)self->periods->len - 1 - i == shown)
        gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
    }
}

static void
append_row (XqPeriodSelector *self, const XqPeriodInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *name = xq_period_to_label (info->period);
  const char *state = info->open ? _ ("Open for entry") : info->locked ? _ ("Locked") : _ ("Reopened");
  g_autofree char *accessible = g_strdup_printf ("%s · %s", name, state);

  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "icon-name", info->open || !info->locked ? "document-edit-symbolic" : "changes-prevent-symbolic",
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.f, "hexpand", TRUE, NULL));
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", state, "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
show_periods (XqPeriodSelector *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = self->periods != NULL ? self->periods->len : 0; i > 0; i--)
    append_row (self, g_ptr_array_index (self->periods, i - 1));
  update (self);
}

typedef struct {
  GPtrArray *periods;
  gboolean two;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  if (answer == NULL)
    return;
  g_clear_pointer (&answer->periods, g_ptr_array_unref);
  g_free (answer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static gpointer
read_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const XqPeriod *shown = data;
  g_autoptr (Answer) answer = g_new0 (Answer, 1);

  answer->periods = xq_snapshot_list (tx, error);
  if (answer->periods == NULL
      || (xq_period_is_set (*shown) && !xq_figures_has_two_divisions (tx, *shown, &answer->two, error)))
    return NULL;
  return g_steal_pointer (&answer);
}

static void
read_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqPeriodSelector) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Answer) answer = xq_store_read_finish (XQ_STORE (source), result, &error);

  /* What was read before it was cancelled is of another period. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) || self->context == NULL)
    return;
  if (error != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The periods could not be read"), error->message);
      return;
    }
  g_clear_pointer (&self->periods, g_ptr_array_unref);
  self->periods = g_steal_pointer (&answer->periods);
  self->two = answer->two;
  show_periods (self);
}

static void
reload (XqPeriodSelector *self)
{
  XqStore *store = xq_context_get_store (self->context);
  XqPeriod shown = xq_context_get_period (self->context);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL)
    {
      g_clear_pointer (&self->periods, g_ptr_array_unref);
      show_periods (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  xq_store_read_async (store, read_job, g_memdup2 (&shown, sizeof shown), g_free, answer_free, self->cancellable, read_done, g_object_ref (self));
}

static void
row_activated (XqPeriodSelector *self, GtkListBoxRow *row)
{
  guint position = (guint)gtk_list_box_row_get_index (row);
  const XqPeriodInfo *info;

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (self->periods == NULL || position >= self->periods->len)
    return;
  info = g_ptr_array_index (self->periods, self->periods->len - 1 - position);
  xq_context_set_period (self->context, info->open ? XQ_PERIOD_NONE : info->period);
}

static void
back_clicked (XqPeriodSelector *self)
{
  xq_period_selector_step (self, -1);
}

static void
forward_clicked (XqPeriodSelector *self)
{
  xq_period_selector_step (self, 1);
}

static GtkWidget *
make_step_button (XqPeriodSelector *self, const char *icon_name, const char *name, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_popover (XqPeriodSelector *self)
{
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                                      "max-content-height", 420, "min-content-width", 236, NULL);

  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_SINGLE, "css-classes", (const char *const[]){ "xq-period-list", NULL }, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Periods"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Periods"), -1);
  return self->popover;
}

static GtkWidget *
make_division_button (XqPeriodSelector *self, const char *name, const char *tooltip)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (name);

  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip, -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (division_toggled), self, G_CONNECT_SWAPPED);
  return button;
}

/* Shown where the units of the period are others than those of today. */
static GtkWidget *
make_divisions (XqPeriodSelector *self)
{
  self->divisions = g_object_new (GTK_TYPE_BOX, "homogeneous", TRUE, "visible", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                  "css-classes", (const char *const[]){ "linked", "xq-small-toggles", "xq-period-divisions", NULL }, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->divisions), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Division"), -1);
  self->then = make_division_button (self, _ ("Division of then"), _ ("Units as they were in the period"));
  self->now = make_division_button (self, _ ("Present division"), _ ("The period's figures carried into the units of today"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->now), GTK_TOGGLE_BUTTON (self->then));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->then), TRUE);
  gtk_box_append (GTK_BOX (self->divisions), self->then);
  gtk_box_append (GTK_BOX (self->divisions), self->now);
  return self->divisions;
}

static void
xq_period_selector_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_CONTEXT)
    xq_period_selector_set_context (XQ_PERIOD_SELECTOR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
xq_period_selector_dispose (GObject *object)
{
  XqPeriodSelector *self = XQ_PERIOD_SELECTOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->periods, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->list = NULL;
  G_OBJECT_CLASS (xq_period_selector_parent_class)->dispose (object);
}

static void
xq_period_selector_class_init (XqPeriodSelectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = xq_period_selector_set_property;
  object_class->dispose = xq_period_selector_dispose;
  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, XQ_TYPE_CONTEXT, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "period-selector");
}

static void
xq_period_selector_init (XqPeriodSelector *self)
{
  GtkWidget *linked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *caption = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  gtk_widget_add_css_class (GTK_WIDGET (self), "xq-period");
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  gtk_widget_add_css_class (linked, "linked");
  self->back = make_step_button (self, "go-previous-symbolic", _ ("Previous period"), G_CALLBACK (back_clicked));
  self->forward = make_step_button (self, "go-next-symbolic", _ ("Next period"), G_CALLBACK (forward_clicked));
  gtk_widget_set_halign (content, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (content), g_object_new (GTK_TYPE_IMAGE, "icon-name", "x-office-calendar-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->label = gtk_label_new ("—");
  gtk_box_append (GTK_BOX (content), self->label);
  gtk_box_append (GTK_BOX (content), g_object_new (GTK_TYPE_IMAGE, "icon-name", "pan-down-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->button = g_object_new (GTK_TYPE_MENU_BUTTON, "child", content, "hexpand", TRUE, "direction", GTK_ARROW_UP, "popover", make_popover (self),
                               "tooltip-text", _ ("Choose the period"), NULL);
  name_button (self, _ ("Choose the period"));
  gtk_box_append (GTK_BOX (linked), self->back);
  gtk_box_append (GTK_BOX (linked), self->button);
  gtk_box_append (GTK_BOX (linked), self->forward);
  gtk_box_append (GTK_BOX (self->box), linked);
  /* Above: the buttons that step through the periods stay where they are when it comes and goes. */
  gtk_box_prepend (GTK_BOX (self->box), make_divisions (self));

  gtk_widget_add_css_class (caption, "xq-period-caption");
  self->as_of = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "hexpand", TRUE, "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL);
  self->lock = g_object_new (GTK_TYPE_IMAGE, "icon-name", "changes-prevent-symbolic", "visible", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->state = g_object_new (GTK_TYPE_LABEL, "xalign", 1.f, "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL);
  gtk_box_append (GTK_BOX (caption), self->as_of);
  gtk_box_append (GTK_BOX (caption), self->lock);
  gtk_box_append (GTK_BOX (caption), self->state);
  gtk_box_append (GTK_BOX (self->box), caption);
}

void
xq_period_selector_set_context (XqPeriodSelector *self, XqContext *context)
{
  g_return_if_fail (XQ_IS_PERIOD_SELECTOR (self));
  g_return_if_fail (self->context == NULL && XQ_IS_CONTEXT (context));

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "notify::store", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::revision", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::period", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::period", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::division", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  reload (self);
}

void
xq_period_selector_step (XqPeriodSelector *self, int steps)
{
  int shown;
  const XqPeriodInfo *info;

  g_return_if_fail (XQ_IS_PERIOD_SELECTOR (self));
  shown = find_shown (self);
  if (shown < 0)
    return;
  info = g_ptr_array_index (self->periods, CLAMP (shown + steps, 0, (int)self->periods->len - 1));
  xq_context_set_period (self->context, info->open ? XQ_PERIOD_NONE : info->period);
}

guint
xq_period_selector_get_n_periods (XqPeriodSelector *self)
{
  g_return_val_if_fail (XQ_IS_PERIOD_SELECTOR (self), 0);
  return self->periods != NULL ? self->periods->len : 0;
}
