#include "xq-finding-row.h"

#include <glib/gi18n-lib.h>

#include "xq-pill.h"

struct _XqFindingRow
{
  GtkWidget parent_instance;

  /* owned: children */
  GtkWidget *severity, *place, *unit, *where, *words, *message, *rule, *state, *mend, *acknowledge;
};

G_DEFINE_FINAL_TYPE (XqFindingRow, xq_finding_row, GTK_TYPE_WIDGET)

#define SEVERITY_WIDTH 64
#define PLACE_WIDTH 190

static void
show_severity (XqFindingRow *self, XqSeverity severity)
{
  static const XqPillKind kinds[] = { XQ_PILL_WARNING, XQ_PILL_CONTACT, XQ_PILL_INFO };
  static const char *const icons[] = { "dialog-error-symbolic", "dialog-warning-symbolic", "dialog-information-symbolic" };

  xq_pill_set (XQ_PILL (self->severity), kinds[severity],
               xq_enum_label (&XQ_ENUM_SEVERITY, xq_enum_nick (&XQ_ENUM_SEVERITY, (int)severity)), icons[severity]);
}

/* "凤凰街道 澜湖社区": what a unit lies in, without the district and itself. */
static char *
where_of (const XqUnit *unit)
{
  g_auto (GStrv) names = g_strsplit (unit->path, "/", -1);
  guint n = g_strv_length (names);
  GString *text = g_string_new (NULL);

  for (guint i = 1; i + 1 < n; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", names[i]);
  return g_string_free (text, FALSE);
}

static char *
describe_state (const XqFinding *finding)
{
  switch (finding->state)
    {
    case XQ_FINDING_ACKNOWLEDGED:
      return finding->until != NULL ? g_strdup_printf (_ ("Acknowledged until %s: %s"), finding->until, finding->reason)
                                    : g_strdup_printf (_ ("Acknowledged: %s"), finding->reason);
    case XQ_FINDING_LAPSED:
      return g_strdup_printf (_ ("Acknowledged until %s, which is over: %s"), finding->until, finding->reason);
    case XQ_FINDING_CHANGED:
      return g_strdup_printf (_ ("Acknowledged with other figures: %s"), finding->reason);
    case XQ_FINDING_OPEN:
    default:
      return NULL;
    }
}

static const char *
state_word (XqFindingState state)
{
  switch (state)
    {
    case XQ_FINDING_ACKNOWLEDGED:
      return C_ ("state of a finding", "Acknowledged");
    case XQ_FINDING_LAPSED:
      return C_ ("state of a finding", "Lapsed");
    case XQ_FINDING_CHANGED:
      return C_ ("state of a finding", "Changed");
    case XQ_FINDING_OPEN:
    default:
      return "";
    }
}

static void
show_buttons (XqFindingRow *self, const XqFinding *finding, gboolean editable)
{
  XqFindingKey key = xq_finding_get_key (finding);
  gboolean acknowledged = finding->state == XQ_FINDING_ACKNOWLEDGED;
  gboolean opens = finding->rule->mend == XQ_MEND_OPEN || acknowledged || !editable;
  g_autoptr (GVariant) target = g_variant_ref_sink (xq_finding_key_to_variant (&key));
  const char *word = acknowledged ? _ ("Take back the acknowledgement") : _ ("Acknowledge…");

  gtk_button_set_label (GTK_BUTTON (self->mend), opens && finding->rule->mend != XQ_MEND_OPEN
                                                     ? C_ ("button of a finding", "Open")
                                                     : xq_rule_get_mend_label (finding->rule));
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->mend), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->mend), opens ? "checks.open" : "checks.mend");
  gtk_button_set_icon_name (GTK_BUTTON (self->acknowledge), acknowledged ? "edit-undo-symbolic" : "object-select-symbolic");
  gtk_widget_set_tooltip_text (self->acknowledge, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->acknowledge), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->acknowledge), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->acknowledge), acknowledged ? "checks.take-back" : "checks.acknowledge-one");
}

static void
xq_finding_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (xq_finding_row_parent_class)->dispose (object);
}

static void
xq_finding_row_class_init (XqFindingRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_finding_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "finding-row");
}

static GtkWidget *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
xq_finding_row_init (XqFindingRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self), *pill_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (widget)), 12);
  self->severity = xq_pill_new (XQ_PILL_PLAIN, "", NULL);
  gtk_widget_set_valign (self->severity, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (pill_box, SEVERITY_WIDTH, -1);
  gtk_box_append (GTK_BOX (pill_box), self->severity);
  gtk_widget_set_parent (pill_box, widget);

  self->place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_size_request (self->place, PLACE_WIDTH, -1);
  gtk_widget_set_valign (self->place, GTK_ALIGN_CENTER);
  self->unit = add_label (self->place, "xq-finding-unit");
  self->where = add_label (self->place, "xq-caption");
  gtk_label_set_max_width_chars (GTK_LABEL (self->unit), 14);
  gtk_label_set_max_width_chars (GTK_LABEL (self->where), 14);
  gtk_widget_set_parent (self->place, widget);

  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  self->message = add_label (self->words, NULL);
  self->rule = add_label (self->words, "xq-caption");
  gtk_widget_set_parent (self->words, widget);

  self->state = xq_pill_new (XQ_PILL_OUTLINE, "", NULL);
  gtk_widget_set_valign (self->state, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->state, widget);

  self->mend = gtk_button_new ();
  gtk_widget_set_valign (self->mend, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->mend, "xq-finding-button");
  gtk_widget_set_parent (self->mend, widget);
  self->acknowledge = gtk_button_new ();
  gtk_widget_set_valign (self->acknowledge, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->acknowledge, "flat");
  gtk_widget_add_css_class (self->acknowledge, "xq-finding-button");
  gtk_widget_set_parent (self->acknowledge, widget);
}

GtkWidget *
xq_finding_row_new (void)
{
  return g_object_new (XQ_TYPE_FINDING_ROW, NULL);
}

void
xq_finding_row_set (XqFindingRow *self, const XqFinding *finding, gboolean editable)
{
  g_autofree char *where = NULL, *message = NULL, *caption = NULL, *state = NULL, *name = NULL;
  const char *severity, *button;

  g_return_if_fail (XQ_IS_FINDING_ROW (self));

  where = where_of (finding->unit);
  message = xq_finding_format (finding);
  state = describe_state (finding);
  caption = state != NULL ? g_strdup_printf ("%s · %s", xq_rule_get_title (finding->rule), state)
                          : g_strdup (xq_rule_get_title (finding->rule));
  show_severity (self, finding->rule->severity);
  gtk_label_set_label (GTK_LABEL (self->unit), finding->unit->name);
  gtk_label_set_label (GTK_LABEL (self->where), where);
  gtk_widget_set_visible (self->where, *where != '\0');
  gtk_widget_set_tooltip_text (self->place, finding->unit->path);
  gtk_label_set_label (GTK_LABEL (self->message), message);
  gtk_widget_set_tooltip_text (self->message, message);
  gtk_label_set_label (GTK_LABEL (self->rule), caption);
  gtk_widget_set_tooltip_text (self->rule, state);
  xq_pill_set (XQ_PILL (self->state), finding->state == XQ_FINDING_ACKNOWLEDGED ? XQ_PILL_OK : XQ_PILL_CONTACT,
               state_word (finding->state), NULL);
  gtk_widget_set_visible (self->state, finding->state != XQ_FINDING_OPEN);
  show_buttons (self, finding, editable);

  severity = xq_enum_label (&XQ_ENUM_SEVERITY, xq_enum_nick (&XQ_ENUM_SEVERITY, (int)finding->rule->severity));
  name = g_strdup_printf ("%s: %s, %s %s", severity, finding->unit->path, message, state != NULL ? state : "");
  button = gtk_button_get_label (GTK_BUTTON (self->mend));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mend), GTK_ACCESSIBLE_PROPERTY_LABEL, button,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, finding->unit->name, -1);
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

GVariant *
xq_finding_key_to_variant (const XqFindingKey *key)
{
  return g_variant_new ("(sxx)", key->rule->id, key->unit, key->subject);
}

void
xq_finding_key_from_variant (GVariant *variant, XqFindingKey *key)
{
  const char *rule;

  g_variant_get (variant, "(&sxx)", &rule, &key->unit, &key->subject);
  key->rule = xq_rule_find (rule);
}
