#include "xq-detail-pane.h"

#include <glib/gi18n-lib.h>

#include "xq-detail-tab.h"
#include "xq-pill.h"
#include "xq-settings.h"

#define N_TABS 9

struct _XqDetailPane {
  GtkWidget parent_instance;

  /* template */
  GtkStack *root;
  GtkLabel *title;
  GtkWidget *up;
  GtkLabel *where;
  GtkBox *pills;
  XqPill *sample;
  GtkBox *numbers;
  GtkRevealer *notice_revealer;
  GtkLabel *notice;
  GtkScrolledWindow *strip;
  GtkStackSwitcher *switcher;
  GtkStack *tabs;

  /* owned */
  XqContext *context;
  GCancellable *cancellable;
  XqDetail *detail;
  gint64 unit;
  GtkWidget *tab_widgets[N_TABS];
};

enum { PROP_CONTEXT = 1, PROP_UNIT, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { SIGNAL_CLOSE_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The tabs. One with records of its own is there where the scheme and the unit's level have any of them. */
static const struct {
  const char *name;
  const char *title;
  GType (*get_type) (void);
  gboolean always; /* whatever records there are */
  XqTabId id;
} tabs[N_TABS] = {
  { "basic", NC_ ("tab", "Basics"), xq_basic_tab_get_type, TRUE, XQ_TAB_BASIC },
  { "organisation", NC_ ("tab", "Organisation"), xq_organisation_tab_get_type, FALSE, XQ_TAB_ORGANISATION },
  { "members", NC_ ("tab", "Members"), xq_members_tab_get_type, FALSE, XQ_TAB_MEMBERS },
  { "body", NC_ ("tab", "Owners"), xq_body_tab_get_type, FALSE, XQ_TAB_BODY },
  { "service", NC_ ("tab", "Property"), xq_service_tab_get_type, FALSE, XQ_TAB_SERVICE },
  { "services", NC_ ("tab", "Services"), xq_services_tab_get_type, FALSE, XQ_TAB_SERVICES },
  { "tickets", NC_ ("tab", "Tickets"), xq_tickets_tab_get_type, FALSE, XQ_TAB_TICKETS },
  { "notes", NC_ ("tab", "Notes"), xq_notes_tab_get_type, TRUE, XQ_TAB_BASIC },
  { "lineage", NC_ ("tab", "Lineage"), xq_lineage_tab_get_type, TRUE, XQ_TAB_BASIC },
};

G_DEFINE_FINAL_TYPE (XqDetailPane, xq_detail_pane, GTK_TYPE_WIDGET)

/* Header */

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
add_pill (XqDetailPane *self, XqPillKind kind, const char *text, const char *icon_name, const char *tooltip)
{
  GtkWidget *pill = xq_pill_new (kind, text, icon_name);

  gtk_widget_set_tooltip_text (pill, tooltip);
  gtk_box_append (self->pills, pill);
}

static void
add_kit_pill (XqDetailPane *self, const char *kit)
{
  XqScheme *scheme = xq_store_get_scheme (xq_context_get_store (self->context));
  guint n_items, there = 0;
  const XqSchemeItem *items = xq_scheme_get_kit (scheme, &n_items);
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autofree char *text = NULL, *tooltip = NULL;

  if (kit == NULL || n_items == 0 || strlen (kit) != n_items)
    return;
  for (guint i = 0; i < n_items; i++)
    if (kit[i] == '1')
      there++;
    else
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? "、" : "", items[i].label);
  text = g_strdup_printf ("%s %u/%u", xq_scheme_get_kit_label (scheme), there, n_items);
  tooltip = missing->len > 0 ? g_strdup_printf (_ ("Missing: %s"), missing->str) : g_strdup (_ ("Complete"));
  add_pill (self, there == n_items ? XQ_PILL_OK : XQ_PILL_PLAIN, text, there == n_items ? "object-select-symbolic" : NULL, tooltip);
}

static XqPillKind
organisation_pill_kind (const char *nick)
{
  if (g_strcmp0 (nick, "contact") == 0)
    return XQ_PILL_CONTACT;
  if (g_strcmp0 (nick, "none") == 0)
    return XQ_PILL_WARNING;
  return XQ_PILL_INFO;
}

static void
show_pills (XqDetailPane *self)
{
  const XqDetail *detail = self->detail;

  clear_box (GTK_WIDGET (self->pills));
  if (detail->organisation_pill.nick != NULL)
    add_pill (self, organisation_pill_kind (detail->organisation_pill.nick), detail->organisation_pill.text, NULL, _ ("Party organisation"));
  if (detail->body_pill.nick != NULL && g_strcmp0 (detail->body_pill.nick, "none") != 0)
    add_pill (self, XQ_PILL_PLAIN, detail->body_pill.text, NULL, _ ("Owners' body"));
  else if (detail->unit->level == XQ_LEVEL_COMPOUND && detail->in_force)
    add_pill (self, XQ_PILL_WARNING, _ ("No owners' body"), NULL, NULL);
  if (detail->service_pill.nick != NULL)
    add_pill (self, XQ_PILL_PLAIN, detail->service_pill.text, NULL, _ ("Property service"));
  add_kit_pill (self, detail->kit);
  if (detail->three_none)
    add_pill (self, XQ_PILL_WARNING, _ ("Three-none compound"), NULL, NULL);
  if (!detail->in_force)
    add_pill (self, XQ_PILL_OUTLINE, _ ("No longer in force"), NULL, NULL);
  xq_pill_set (self->sample, XQ_PILL_CONTACT, _ ("Holds sample data"), NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sample), _ ("Sample data, made up by the program; must not be reported"));
  gtk_widget_set_visible (GTK_WIDGET (self->sample), detail->generated);
  gtk_widget_set_visible (GTK_WIDGET (self->pills), gtk_widget_get_first_child (GTK_WIDGET (self->pills)) != NULL);
}

static void
show_numbers (XqDetailPane *self)
{
  clear_box (GTK_WIDGET (self->numbers));
  for (guint i = 0; i < XQ_DETAIL_NUMBERS; i++)
    {
      const XqDetailNumber *number = &self->detail->numbers[i];
      GtkWidget *column, *line;
      g_autofree char *accessible = NULL;
      const char *measure, *label;

      if (number->label == NULL)
        continue;
      label = g_dgettext (GETTEXT_PACKAGE, number->label);
      measure = number->text != NULL && number->measure != NULL ? g_dgettext (GETTEXT_PACKAGE, number->measure) : "";
      column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      line = g_object_new (GTK_TYPE_BOX, "spacing", 1, "halign", GTK_ALIGN_CENTER, NULL);
      gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", number->text != NULL ? number->text : "—", "valign", GTK_ALIGN_BASELINE,
                                                    "css-classes", (const char *const[]){ "xq-number", NULL }, NULL));
      gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", measure, "valign", GTK_ALIGN_BASELINE,
                                                    "css-classes", (const char *const[]){ "xq-number-unit", NULL }, NULL));
      gtk_box_append (GTK_BOX (column), line);
      gtk_box_append (GTK_BOX (column), g_object_new (GTK_TYPE_LABEL, "label", label, "ellipsize", PANGO_ELLIPSIZE_END, "tooltip-text", label,
                                                      "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL));
      accessible = g_strdup_printf ("%s %s%s", label, number->text != NULL ? number->text : "—", measure);
      gtk_accessible_update_property (GTK_ACCESSIBLE (column), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible, -1);
      gtk_widget_set_hexpand (column, TRUE);
      gtk_box_append (GTK_BOX (self->numbers), column);
    }
}

static void
show_where (XqDetailPane *self)
{
  const XqUnit *unit = self->detail->unit;
  g_auto (GStrv) names = g_strsplit (unit->path != NULL ? unit->path : "", "/", -1);
  guint n = g_strv_length (names);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = n > 2 ? 1 : 0; i + 1 < n; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", names[i]);
  if (unit->code != NULL)
    {
      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append_printf (text, _ ("Code %s"), unit->code);
    }
  gtk_label_set_label (self->where, text->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->where), unit->path);
}

/* Why nothing can be edited, where that is so. */
static void
show_notice (XqDetailPane *self, gboolean editable)
{
  XqStore *store = xq_context_get_store (self->context);
  g_autofree char *text = NULL;

  if (!self->detail->in_force)
    text = g_strdup (_ ("This unit is no longer in force; it is shown as it was, to read only."));
  else if (xq_context_get_division (self->context) == XQ_DIVISION_NOW)
    {
      g_autofree char *period = xq_period_to_label (xq_context_get_period (self->context));

      text = g_strdup_printf (_ ("The list shows %s. All that stands here is recorded of the unit today, to read only."), period);
    }
  else if (self->detail->past)
    {
      g_autofree char *period = xq_period_to_label (xq_context_get_period (self->context));

      text = g_strdup_printf (_ ("%s is locked. Above are its figures as locked; below is what is recorded today, to read only."), period);
    }
  else if (!editable && store != NULL && xq_store_get_read_only (store))
    text = g_strdup (_ ("The file is read-only."));
  gtk_label_set_label (self->notice, text != NULL ? text : "");
  gtk_revealer_set_reveal_child (self->notice_revealer, text != NULL);
}

/* What a finding has asked to be shown of this unit. */
static void
show_asked_tab (XqDetailPane *self)
{
  g_autofree char *tab = self->detail != NULL ? xq_context_take_tab (self->context, self->detail->unit->id) : NULL;
  GtkWidget *child = tab != NULL ? gtk_stack_get_child_by_name (self->tabs, tab) : NULL;

  if (child != NULL && gtk_stack_page_get_visible (gtk_stack_get_page (self->tabs, child)))
    gtk_stack_set_visible_child (self->tabs, child);
}

static void
show_detail (XqDetailPane *self)
{
  const XqScheme *scheme;
  gboolean editable;

  if (self->detail == NULL)
    {
      for (guint i = 0; i < N_TABS; i++)
        if (self->context != NULL && self->tab_widgets[i] != NULL)
          xq_detail_tab_show (XQ_DETAIL_TAB (self->tab_widgets[i]), self->context, NULL, FALSE);
      gtk_stack_set_visible_child_name (self->root, "empty");
      return;
    }
  scheme = xq_store_get_scheme (xq_context_get_store (self->context));
  editable = xq_context_get_editable (self->context) && self->detail->in_force;
  gtk_label_set_label (self->title, self->detail->unit->name);
  gtk_widget_set_visible (self->up, self->detail->unit->parent != 0);
  show_where (self);
  show_pills (self);
  show_numbers (self);
  show_notice (self, editable);
  for (guint i = 0; i < N_TABS; i++)
    {
      gboolean shown = tabs[i].always || xq_section_tab_applies (tabs[i].id, scheme, self->detail->unit->level);

      gtk_stack_page_set_visible (gtk_stack_get_page (self->tabs, self->tab_widgets[i]), shown);
      if (shown)
        xq_detail_tab_show (XQ_DETAIL_TAB (self->tab_widgets[i]), self->context, self->detail, editable);
    }
  if (gtk_stack_get_visible_child (self->tabs) == NULL)
    gtk_stack_set_visible_child_name (self->tabs, "basic");
  show_asked_tab (self);
  gtk_stack_set_visible_child_name (self->root, "detail");
}

/* Where the tabs are wider than the pane the one that is shown is scrolled to. */
static void
show_selected_tab (XqDetailPane *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->strip);

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->switcher)); button != NULL; button = gtk_widget_get_next_sibling (button))
    {
      graphene_rect_t bounds;

      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)) && gtk_widget_compute_bounds (button, GTK_WIDGET (self->switcher), &bounds))
        gtk_adjustment_clamp_page (adjustment, bounds.origin.x - 10, bounds.origin.x + bounds.size.width + 10);
    }
}

/* Reading */

typedef struct {
  gint64 unit;
  XqPeriod period;
  gboolean full;
} Request;

static gpointer
read_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  return xq_detail_load (tx, request->unit, request->period, request->full, error);
}

static void
read_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqDetailPane) self = data;
  g_autoptr (GError) error = NULL;
  XqDetail *detail = xq_store_read_finish (XQ_STORE (source), result, &error);
  XqDetail *old;

  /* What was read before the document went is no use any more, even where it was too late to cancel. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL
      || xq_context_get_store (self->context) != XQ_STORE (source))
    {
      xq_detail_free (detail);
      return;
    }
  /* A unit that has been undone away is simply not shown any more. */
  if (error != NULL && !g_error_matches (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The unit could not be read"), error->message);
  old = self->detail;
  self->detail = detail;
  show_detail (self);
  xq_detail_free (old);
}

static void
reload (XqDetailPane *self)
{
  XqStore *store = self->context != NULL ? xq_context_get_store (self->context) : NULL;
  Request *request;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL || self->unit == 0)
    {
      g_autoptr (XqDetail) old = g_steal_pointer (&self->detail);

      show_detail (self);
      return;
    }
  request = g_new0 (Request, 1);
  request->unit = self->unit;
  request->period = xq_context_get_units_period (self->context);
  request->full = xq_context_get_persons_shown (self->context);
  self->cancellable = g_cancellable_new ();
  xq_store_read_async (store, read_job, request, g_free, (GDestroyNotify)xq_detail_free, self->cancellable, read_done, g_object_ref (self));
}

static void
store_changed (XqDetailPane *self)
{
  self->unit = 0;
  reload (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNIT]);
}

/* Once the preference is off nobody is shown, whatever reason was given before. */
static void
persons_allowed_changed (XqDetailPane *self)
{
  gboolean allowed;

  g_object_get (xq_settings_get_default (), "persons-allowed", &allowed, NULL);
  if (!allowed)
    xq_context_set_persons_shown (self->context, FALSE);
  reload (self);
}

/* What is above a compound has records of its own, and no row in the ledger. */
static void
up_clicked (XqDetailPane *self)
{
  if (self->detail != NULL && self->detail->unit->parent != 0)
    xq_detail_pane_set_unit (self, self->detail->unit->parent);
}

static void
close_clicked (XqDetailPane *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSE_REQUESTED], 0);
}

static void
set_context (XqDetailPane *self, XqContext *context)
{
  if (context == NULL || self->context == context)
    return;
  g_return_if_fail (self->context == NULL);
  self->context = g_object_ref (context);
  g_signal_connect_object (context, "notify::store", G_CALLBACK (store_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::period", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::division", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::revision", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::persons-shown", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "tab-asked", G_CALLBACK (show_asked_tab), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (xq_settings_get_default (), "notify::persons-allowed", G_CALLBACK (persons_allowed_changed), self, G_CONNECT_SWAPPED);
  reload (self);
}

static void
xq_detail_pane_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  XqDetailPane *self = XQ_DETAIL_PANE (object);

  switch (prop_id)
    {
    case PROP_CONTEXT:
      g_value_set_object (value, self->context);
      break;
    case PROP_UNIT:
      g_value_set_int64 (value, self->unit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xq_detail_pane_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  XqDetailPane *self = XQ_DETAIL_PANE (object);

  switch (prop_id)
    {
    case PROP_CONTEXT:
      set_context (self, g_value_get_object (value));
      break;
    case PROP_UNIT:
      xq_detail_pane_set_unit (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xq_detail_pane_dispose (GObject *object)
{
  XqDetailPane *self = XQ_DETAIL_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->root != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->root));
  self->root = NULL;
  g_clear_pointer (&self->detail, xq_detail_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (xq_detail_pane_parent_class)->dispose (object);
}

static void
xq_detail_pane_class_init (XqDetailPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = xq_detail_pane_get_property;
  object_class->set_property = xq_detail_pane_set_property;
  object_class->dispose = xq_detail_pane_dispose;
  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, XQ_TYPE_CONTEXT, flags);
  properties[PROP_UNIT] = g_param_spec_int64 ("unit", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CLOSE_REQUESTED] = g_signal_new ("close-requested", XQ_TYPE_DETAIL_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (XQ_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/detail/xq-detail-pane.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "detail-pane");
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, root);
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, title);
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, where);
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, pills);
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, sample);
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, numbers);
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, notice);
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, strip);
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, switcher);
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, tabs);
  gtk_widget_class_bind_template_child (widget_class, XqDetailPane, up);
  gtk_widget_class_bind_template_callback (widget_class, up_clicked);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked);
}

static void
xq_detail_pane_init (XqDetailPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "xq-detail");
  for (guint i = 0; i < N_TABS; i++)
    {
      self->tab_widgets[i] = g_object_new (tabs[i].get_type (), NULL);
      gtk_stack_add_titled (self->tabs, self->tab_widgets[i], tabs[i].name, g_dpgettext2 (GETTEXT_PACKAGE, "tab", tabs[i].title));
    }
  g_signal_connect_object (self->tabs, "notify::visible-child", G_CALLBACK (show_selected_tab), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

GtkWidget *
xq_detail_pane_new (void)
{
  return g_object_new (XQ_TYPE_DETAIL_PANE, NULL);
}

gint64
xq_detail_pane_get_unit (XqDetailPane *self)
{
  g_return_val_if_fail (XQ_IS_DETAIL_PANE (self), 0);
  return self->unit;
}

void
xq_detail_pane_set_unit (XqDetailPane *self, gint64 unit)
{
  g_return_if_fail (XQ_IS_DETAIL_PANE (self));
  if (self->unit == unit)
    return;
  self->unit = unit;
  reload (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNIT]);
}
