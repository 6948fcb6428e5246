#include "xq-record-card.h"

#include <glib/gi18n-lib.h>

#include "xq-origin-badge.h"
#include "xq-personal.h"
#include "xq-pill.h"
#include "xq-scheme-words.h"
#include "xq-wrap.h"

/* A value longer than this stands on a line of its own. */
#define SHORT_VALUE 13

typedef struct
{
  GtkWidget *host; /* borrowed: the button stands in it */
  XqCardFunc func;
  XqCardAction action;
  XqRecord *record;
  gconstpointer detail;
} Click;

static void
click_free (gpointer data, GClosure *closure)
{
  Click *click = data;

  g_clear_pointer (&click->record, xq_record_free);
  g_free (click);
}

static void
clicked (GtkWidget *button, Click *click)
{
  click->func (click->host, click->action, click->record, click->detail);
}

GtkWidget *
xq_record_card_text (const char *text, const char *css_class)
{
  return g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "selectable",
                       TRUE, "css-classes", (const char *const[]){ css_class, NULL }, NULL);
}

GtkWidget *
xq_record_card_button (const XqCardPlace *place, XqCardFunc func, const char *icon_name, const char *name, XqCardAction action,
                       const XqRecord *record, gconstpointer detail)
{
  GtkWidget *button = icon_name != NULL ? gtk_button_new_from_icon_name (icon_name) : gtk_button_new_with_label (name);
  Click *click = g_new0 (Click, 1);
  XqRecordNode node = { .record = (XqRecord *)record };
  g_autofree char *title = xq_record_card_title (place, &node);
  g_autofree char *full = g_strdup_printf ("%s: %s", name, title);

  click->host = place->host;
  click->func = func;
  click->action = action;
  click->record = xq_record_copy (record);
  click->detail = detail;
  gtk_button_set_has_frame (GTK_BUTTON (button), icon_name == NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (icon_name != NULL)
    gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (clicked), click, click_free, 0);
  return button;
}

/* The period that ends on @day, as people say it; NULL where none of the scheme's does. */
static char *
dup_period (const XqCardPlace *place, const char *day)
{
  static const XqPeriodKind kinds[] = { XQ_PERIOD_MONTH, XQ_PERIOD_QUARTER, XQ_PERIOD_HALF, XQ_PERIOD_YEAR };

  for (guint i = 0; i <= G_N_ELEMENTS (kinds); i++)
    {
      XqPeriod period = xq_period_containing (i == 0 ? xq_scheme_get_period_kind (place->scheme) : kinds[i - 1], day);
      g_autofree char *last = xq_period_last_day (period);

      if (g_strcmp0 (last, day) == 0)
        return xq_period_to_label (period);
    }
  return NULL;
}

/* What has nothing but a day to be called by is called what it names: a pairing by its department. */
static char *
dup_reference_title (const XqRecordNode *node)
{
  int field = xq_record_get_title_field (node->record);
  const XqRecordType *type = xq_record_get_type_of (node->record);

  if (node->references == NULL || (field >= 0 && type->fields[field].type != XQ_FIELD_DATE))
    return NULL;
  for (int i = 0; type->fields[i].name != NULL; i++)
    if (node->references[i] != NULL)
      return g_strdup (node->references[i]);
  return NULL;
}

char *
xq_record_card_title (const XqCardPlace *place, const XqRecordNode *node)
{
  const XqRecordType *type = xq_record_get_type_of (node->record);
  int period = xq_record_type_find (type, "period_end");
  g_autofree char *title = NULL;

  if (period >= 0 && !xq_record_is_null (node->record, period))
    title = dup_period (place, xq_record_get_text (node->record, period));
  if (title == NULL)
    title = dup_reference_title (node);
  if (title == NULL)
    title = xq_scheme_get_record_title (place->scheme, node->record, place->full);
  if (*title != '\0')
    return g_steal_pointer (&title);
  return g_strdup (g_dgettext (GETTEXT_PACKAGE, type->label));
}

/* What is made up in any of its fields is told once, at the title. */
static XqOrigin
origin_of (const XqRecord *record)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  int title = xq_record_get_title_field (record);

  for (int i = 0; type->fields[i].name != NULL; i++)
    if (!xq_record_is_null (record, i) && type->fields[i].type != XQ_FIELD_REFERENCE
        && xq_record_get_origin (record, i) == XQ_ORIGIN_GENERATED)
      return XQ_ORIGIN_GENERATED;
  return title >= 0 ? xq_record_get_origin (record, title) : XQ_ORIGIN_DECLARED;
}

static gboolean
has_ended (const XqCardPlace *place, const XqRecord *record)
{
  static const char *const ends[] = { "valid_to", "ended", "dissolved" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      int field = xq_record_type_find (xq_record_get_type_of (record), ends[i]);

      if (field >= 0 && !xq_record_is_null (record, field)
          && strcmp (xq_record_get_text (record, field), place->detail->working_day) <= 0)
        return TRUE;
    }
  return FALSE;
}

static GtkWidget *
make_heading (const XqCardPlace *place, const XqRecordNode *node, XqCardFunc func)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *badge = xq_origin_badge_new ();
  g_autofree char *title = xq_record_card_title (place, node);

  gtk_box_append (GTK_BOX (line),
                  g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.f, "hexpand", TRUE, "wrap", TRUE, "wrap-mode",
                                PANGO_WRAP_WORD_CHAR, "css-classes", (const char *const[]){ "xq-record-title", NULL }, NULL));
  xq_origin_badge_set_origin (XQ_ORIGIN_BADGE (badge), origin_of (node->record));
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), badge);
  if (place->editable)
    {
      gtk_box_append (GTK_BOX (line), xq_record_card_button (place, func, "document-edit-symbolic", _ ("Change"), XQ_CARD_CHANGE,
                                                             node->record, NULL));
      gtk_box_append (GTK_BOX (line),
                      xq_record_card_button (place, func, "user-trash-symbolic", _ ("Delete"), XQ_CARD_DELETE, node->record, NULL));
    }
  return line;
}

/* A value with its unit of measure; NULL where there is none to be shown. */
static char *
dup_value (const XqCardPlace *place, const XqRecordNode *node, int field)
{
  const XqField *description = &xq_record_get_type_of (node->record)->fields[field];
  g_autofree char *text = NULL;

  if (xq_record_is_null (node->record, field))
    return NULL;
  text = xq_record_node_format (node, field, place->scheme, place->full);
  if (description->measure == NULL)
    return g_steal_pointer (&text);
  return strcmp (description->measure, "%") == 0
             ? g_strdup_printf ("%s%%", text)
             : g_strdup_printf ("%s %s", text, g_dgettext (GETTEXT_PACKAGE, description->measure));
}

/* A field that says nothing beyond the title, or is told by pills. */
static gboolean
is_shown (const XqRecord *record, int field)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  const XqField *description = &type->fields[field];

  if (xq_record_is_null (record, field) || field == xq_record_get_title_field (record)
      || g_strcmp0 (description->name, type->parent) == 0)
    return FALSE;
  if (strcmp (description->name, "period_end") == 0)
    return FALSE;
  /* By which a finding is known again; not for people. */
  if (type == &XQ_FINDING_ACKNOWLEDGEMENT
      && (field == XQ_FINDING_ACKNOWLEDGEMENT_SUBJECT || field == XQ_FINDING_ACKNOWLEDGEMENT_FIGURES))
    return FALSE;
  return description->type != XQ_FIELD_BOOLEAN || xq_record_get_int (record, field) == 0;
}

/* What is so: a word each. What is not so stands among the fields. */
static void
append_flags (GtkWidget *pills, const XqRecord *record)
{
  const XqRecordType *type = xq_record_get_type_of (record);

  for (int i = 0; type->fields[i].name != NULL; i++)
    if (type->fields[i].type == XQ_FIELD_BOOLEAN && xq_record_get_int (record, i) != 0)
      xq_wrap_append (XQ_WRAP (pills), xq_pill_new (XQ_PILL_PLAIN, g_dgettext (GETTEXT_PACKAGE, type->fields[i].label), NULL));
}

static GtkWidget *
make_grid (const XqCardPlace *place, const XqRecordNode *node)
{
  const XqRecordType *type = xq_record_get_type_of (node->record);
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "column-homogeneous", TRUE, "column-spacing", 10, "row-spacing", 4, NULL);
  g_autofree char *title = xq_record_card_title (place, node);
  int row = 0, column = 0;

  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      /* What the title says already is not said again. */
      gboolean told = type->fields[i].type == XQ_FIELD_REFERENCE && g_strcmp0 (node->references[i], title) == 0;
      g_autofree char *value = !told && is_shown (node->record, i) ? dup_value (place, node, i) : NULL;
      const char *label = g_dgettext (GETTEXT_PACKAGE, type->fields[i].label);
      GtkWidget *cell;
      gboolean wide;

      if (value == NULL)
        continue;
      wide = g_utf8_strlen (value, -1) > SHORT_VALUE || g_utf8_strlen (label, -1) > SHORT_VALUE;
      cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      gtk_box_append (GTK_BOX (cell),
                      g_object_new (GTK_TYPE_LABEL, "label", label, "xalign", 0.f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                    "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL));
      gtk_box_append (GTK_BOX (cell), xq_record_card_text (value, "xq-dense"));
      if (wide && column == 1)
        {
          row++;
          column = 0;
        }
      gtk_grid_attach (GTK_GRID (grid), cell, column, row, wide ? 2 : 1, 1);
      column = wide ? 2 : column + 1;
      if (column >= 2)
        {
          row++;
          column = 0;
        }
    }
  return grid;
}

/* Children */

/* The rest of a child's fields behind its title. */
static char *
dup_rest (const XqCardPlace *place, const XqRecordNode *node)
{
  const XqRecordType *type = xq_record_get_type_of (node->record);
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      g_autofree char *value = NULL;

      if (xq_record_is_null (node->record, i) || i == xq_record_get_title_field (node->record)
          || g_strcmp0 (type->fields[i].name, type->parent) == 0)
        continue;
      value
          = type->fields[i].type == XQ_FIELD_BOOLEAN
                ? (xq_record_get_int (node->record, i) != 0 ? g_strdup (g_dgettext (GETTEXT_PACKAGE, type->fields[i].label)) : NULL)
                : dup_value (place, node, i);
      if (value != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_child (const XqCardPlace *place, const XqRecordNode *node, XqCardFunc func)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *title = xq_record_card_title (place, node);
  g_autofree char *rest = dup_rest (place, node);

  gtk_widget_add_css_class (line, "xq-record-child");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), xq_record_card_text (title, "xq-dense"));
  if (*rest != '\0')
    gtk_box_append (GTK_BOX (words), xq_record_card_text (rest, "xq-caption"));
  gtk_box_append (GTK_BOX (line), words);
  if (place->editable)
    {
      gtk_box_append (GTK_BOX (line), xq_record_card_button (place, func, "document-edit-symbolic", _ ("Change"), XQ_CARD_CHANGE,
                                                             node->record, NULL));
      gtk_box_append (GTK_BOX (line),
                      xq_record_card_button (place, func, "user-trash-symbolic", _ ("Delete"), XQ_CARD_DELETE, node->record, NULL));
    }
  return line;
}

/* A big committee alone has seats of that kind. */
static gboolean
may_have (const XqRecord *record, const XqRecordType *child)
{
  return child != &XQ_BIG_COMMITTEE_MEMBER || g_strcmp0 (xq_record_get_text (record, XQ_ORGANISATION_KIND), "big_committee") == 0;
}

static void
append_children (const XqCardPlace *place, const XqRecordNode *node, const XqRecordType *type, GtkWidget *card, gboolean listed,
                 XqCardFunc func)
{
  const char *label = g_dgettext (GETTEXT_PACKAGE, type->label);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  guint n = 0;

  for (guint i = 0; i < node->children->len; i++)
    n += xq_record_get_type_of (((XqRecordNode *)g_ptr_array_index (node->children, i))->record) == type ? 1 : 0;
  if ((n == 0 || !listed) && !place->editable)
    return;
  gtk_widget_add_css_class (head, "xq-record-children");
  gtk_box_append (GTK_BOX (head),
                  g_object_new (GTK_TYPE_LABEL, "label", label, "xalign", 0.f, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END,
                                "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL));
  if (place->editable)
    {
      g_autofree char *name = g_strdup_printf (_ ("Add: %s"), label);

      GtkWidget *button = xq_record_card_button (place, func, "list-add-symbolic", name, XQ_CARD_ADD_CHILD, node->record, type);

      gtk_widget_set_name (button, type->name);
      gtk_box_append (GTK_BOX (head), button);
    }
  gtk_box_append (GTK_BOX (card), head);
  for (guint i = 0; listed && i < node->children->len; i++)
    {
      const XqRecordNode *child = g_ptr_array_index (node->children, i);

      if (xq_record_get_type_of (child->record) == type)
        gtk_box_append (GTK_BOX (card), make_child (place, child, func));
    }
}

GtkWidget *
xq_record_card_new (const XqCardPlace *place, const XqSectionSpec *spec, const XqRecordNode *node, XqCardFunc func)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *pills = xq_wrap_new (4);
  g_autofree char *title = xq_record_card_title (place, node);
  gboolean with_children;

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "xq-record");
  gtk_widget_set_name (card, spec->type->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pills), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("State"), -1);
  gtk_box_append (GTK_BOX (card), make_heading (place, node, func));
  gtk_box_append (GTK_BOX (card), pills);
  if (has_ended (place, node->record))
    xq_wrap_append (XQ_WRAP (pills), xq_pill_new (XQ_PILL_OUTLINE, C_ ("record", "Ended"), NULL));
  gtk_box_append (GTK_BOX (card), make_grid (place, node));
  with_children = xq_record_extra_append (place, spec->extra, node, card, pills, func);
  append_flags (pills, node->record);
  gtk_widget_set_visible (pills, gtk_widget_get_first_child (pills) != NULL);
  for (guint i = 0; i < XQ_MOST_CHILD_TYPES && spec->children[i] != NULL; i++)
    if (spec->children[i] != &XQ_TICKET_EVENT && may_have (node->record, spec->children[i]))
      append_children (place, node, spec->children[i], card, !with_children || spec->children[i] == &XQ_TICKET_DEPARTMENT, func);
  return card;
}
