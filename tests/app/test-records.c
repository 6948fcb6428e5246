/* Every record of a unit through the pane's own widgets: added, changed, deleted, undone, redone; and what some of them tell besides. */

#include "xq-window-fixture.h"

#include <glib/gi18n-lib.h>

#include "xq-detail-pane.h"
#include "xq-field-row.h"
#include "xq-journal.h"
#include "xq-person-dialog.h"
#include "xq-section-spec.h"
#include "xq-settings.h"
#include "xq-ticket.h"

typedef struct {
  XqWindow *window;
  GtkWidget *host;
  GtkWidget *pane;
  gint64 district, community, compound, building;
  gint64 area, department, member, vote;
  char *message; /* of the last "win.show-error" */
} Fixture;

/* The document: one unit of each level, under a scheme that works with everything. */

static XqScheme *
make_scheme (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) standard = xq_scheme_load_builtin ("standard", &error);
  g_autoptr (GRegex) regex = g_regex_new ("\"mechanisms\": \\[[^]]*\\]", 0, 0, NULL);
  g_autoptr (GString) all = g_string_new ("\"mechanisms\": [");
  g_autofree char *json = NULL;
  XqScheme *scheme;

  g_assert_no_error (error);
  for (int i = 0; i < XQ_N_MECHANISMS; i++)
    g_string_append_printf (all, "%s\"%s\"", i > 0 ? ", " : "", xq_mechanism_to_nick ((XqMechanism)i));
  g_string_append (all, "], \"checklists\": [{\"id\": \"five_set\", \"label\": \"五件套\", \"items\": [{\"id\": \"organisation\", \"label\": \"一套组织体系\"},"
                        " {\"id\": \"space\", \"label\": \"一个共享空间\"}], \"states\": [{\"id\": \"none\", \"label\": \"未建立\"}, {\"id\": \"done\", \"label\": \"已建立\"}]}]");
  json = g_regex_replace_literal (regex, xq_scheme_get_json (standard), -1, 0, all->str, 0, &error);
  g_assert_no_error (error);
  scheme = xq_scheme_parse (json, -1, &error);
  g_assert_no_error (error);
  return scheme;
}

static gint64
insert (XqTransaction *tx, const XqRecordType *type, const char *values, GError **error)
{
  g_autoptr (XqRecord) record = xq_record_new (type);
  g_auto (GStrv) pairs = g_strsplit (values, ";", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      g_assert_true (xq_record_parse_field (record, xq_record_type_find (type, pair[0]), pair[1], error));
    }
  return xq_record_insert (tx, record, error);
}

static gint64
insert_unit (XqTransaction *tx, gint64 parent, XqLevel level, const char *name, GError **error)
{
  g_autoptr (XqRecord) unit = xq_record_new (&XQ_UNIT);

  xq_record_set_int (unit, XQ_UNIT_PARENT, parent);
  xq_record_set_int (unit, XQ_UNIT_LEVEL, level);
  xq_record_set_text (unit, XQ_UNIT_NAME, name);
  return xq_record_insert (tx, unit, error);
}

static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (XqUnit) top = xq_unit_resolve (tx, NULL, error);
  g_autofree char *values = NULL;
  gint64 street;

  f->district = top->id;
  street = insert_unit (tx, top->id, XQ_LEVEL_STREET, "甲街道", error);
  f->community = insert_unit (tx, street, XQ_LEVEL_COMMUNITY, "乙社区", error);
  f->compound = insert_unit (tx, f->community, XQ_LEVEL_COMPOUND, "丙小区", error);
  f->building = insert_unit (tx, f->compound, XQ_LEVEL_BUILDING, "1号楼", error);
#define FOR(format, id) (g_free (values), values = g_strdup_printf (format, (gint64)(id)))
  f->area = insert (tx, &XQ_PROPERTY_AREA, FOR ("unit=%" G_GINT64_FORMAT ";name=一期;heads=300;owned_area=30000", f->compound), error);
  insert (tx, &XQ_OWNERS_BODY, FOR ("property_area=%" G_GINT64_FORMAT ";kind=owners_committee;seats=7;term_years=5;term_started=2019-05-01", f->area), error);
  insert (tx, &XQ_PROPERTY_SERVICE, FOR ("property_area=%" G_GINT64_FORMAT ";mode=firm;firm=示例物业", f->area), error);
  f->department = insert (tx, &XQ_DEPARTMENT, FOR ("unit=%" G_GINT64_FORMAT ";name=示例部门(城管)", top->id), error);
  insert (tx, &XQ_EMPLOYER, FOR ("unit=%" G_GINT64_FORMAT ";name=示例单位", f->community), error);
  f->member = insert (tx, &XQ_MEMBER, FOR ("residence=%" G_GINT64_FORMAT ";stage=full;name=欧阳清扬;phone=13912348765", f->compound), error);
#undef FOR
  return NULL;
}

/* The pane's window has no window's actions: what it is asked to show is kept. */
static void
error_shown (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Fixture *f = data;
  const char *heading, *message;

  g_variant_get (parameter, "(&s&s)", &heading, &message);
  g_free (f->message);
  f->message = g_strdup (message);
}

static gboolean
shows_unit (gpointer data)
{
  return xq_find_label (data, "编码") != NULL;
}

static void
show_unit (Fixture *f, gint64 unit)
{
  g_object_set (f->pane, "unit", unit, NULL);
  xq_settle (150);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("records-%u.xiaoqu", ++n);
  g_autofree char *path = xq_scratch_path (name);
  g_autoptr (XqScheme) scheme = make_scheme ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) show_error = g_simple_action_new ("show-error", G_VARIANT_TYPE ("(ss)"));
  XqStore *store = xq_store_create (path, scheme, "测试区", &error);

  g_assert_no_error (error);
  xq_store_write (store, "准备", fill, f, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (xq_store_close (store, &error));
  g_object_unref (store);
  f->window = xq_open_document_window (path);
  f->host = gtk_window_new ();
  f->pane = xq_detail_pane_new ();
  g_signal_connect (show_error, "activate", G_CALLBACK (error_shown), f);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (show_error));
  gtk_widget_insert_action_group (f->host, "win", G_ACTION_GROUP (actions));
  gtk_window_set_default_size (GTK_WINDOW (f->host), 400, 2400);
  gtk_window_set_child (GTK_WINDOW (f->host), f->pane);
  g_object_set (f->pane, "context", xq_window_get_context (f->window), "unit", f->compound, NULL);
  gtk_window_present (GTK_WINDOW (f->host));
  xq_wait_until (shows_unit, f->pane, "the unit");
  xq_settle (50);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_set (xq_settings_get_default (), "persons-allowed", FALSE, NULL);
  gtk_window_destroy (GTK_WINDOW (f->host));
  xq_close_window (f->window);
  g_free (f->message);
}

static void
show_tab (Fixture *f, XqTabId tab)
{
  static const char *const names[] = {
    [XQ_TAB_BASIC] = "basic",     [XQ_TAB_ORGANISATION] = "organisation", [XQ_TAB_MEMBERS] = "members", [XQ_TAB_BODY] = "body",
    [XQ_TAB_SERVICE] = "service", [XQ_TAB_SERVICES] = "services",         [XQ_TAB_TICKETS] = "tickets",
  };

  gtk_stack_set_visible_child_name (GTK_STACK (xq_find_widget (f->pane, GTK_TYPE_STACK, "tabs")), names[tab]);
  xq_settle (50);
}

/* Widgets */

/* The first widget of @type shown below @root whose name is @name. */
static GtkWidget *
find_named (GtkWidget *root, GType type, const char *name)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && strcmp (gtk_widget_get_name (root), name) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static guint
count_named (GtkWidget *root, GType type, const char *name)
{
  guint n = gtk_widget_get_mapped (root) && g_type_is_a (G_OBJECT_TYPE (root), type) && strcmp (gtk_widget_get_name (root), name) == 0 ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_named (child, type, name);
  return n;
}

static GtkWidget *
find_icon_button (GtkWidget *root, const char *icon_name)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (root)), icon_name) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_icon_button (child, icon_name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
collect_rows (GtkWidget *root, GPtrArray *rows)
{
  if (XQ_IS_FIELD_ROW (root))
    g_ptr_array_add (rows, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_rows (child, rows);
}

static gboolean
dialog_is_open (gpointer data)
{
  return xq_find_dialog () != NULL;
}

static gboolean
dialog_is_closed (gpointer data)
{
  return xq_find_dialog () == NULL;
}

static XqFieldRow *
find_row (AdwMessageDialog *dialog, int field)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  collect_rows (GTK_WIDGET (dialog), rows);
  for (guint i = 0; i < rows->len; i++)
    if (xq_field_row_get_field (g_ptr_array_index (rows, i)) == field)
      return g_ptr_array_index (rows, i);
  return NULL;
}

static void
enter (AdwMessageDialog *dialog, int field, const char *text)
{
  XqFieldRow *row = find_row (dialog, field);
  GtkWidget *entry = row != NULL ? xq_find_widget (GTK_WIDGET (row), GTK_TYPE_ENTRY, NULL) : NULL;

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
choose (AdwMessageDialog *dialog, int field, guint position)
{
  XqFieldRow *row = find_row (dialog, field);
  GtkWidget *list = row != NULL ? xq_find_widget (GTK_WIDGET (row), GTK_TYPE_DROP_DOWN, NULL) : NULL;

  g_assert_nonnull (list);
  g_assert_cmpuint (position, <, g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (list))));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), position);
}

/* Fills in whatever must be there. */
static void
fill_dialog (AdwMessageDialog *dialog, const XqRecordType *type)
{
  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      XqFieldRow *row = find_row (dialog, i);
      GtkWidget *list = row != NULL ? xq_find_widget (GTK_WIDGET (row), GTK_TYPE_DROP_DOWN, NULL) : NULL;

      /* A pairing is with one of the two. */
      if (row == NULL || (!type->fields[i].required && !(type == &XQ_PAIRING && i == XQ_PAIRING_DEPARTMENT)))
        continue;
      if (list != NULL)
        {
          if (gtk_drop_down_get_selected (GTK_DROP_DOWN (list)) == GTK_INVALID_LIST_POSITION || type->fields[i].type == XQ_FIELD_REFERENCE
              || type->fields[i].words != NULL)
            gtk_drop_down_set_selected (GTK_DROP_DOWN (list), g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (list))) - 1);
        }
      else if (type->fields[i].type == XQ_FIELD_TEXT)
        enter (dialog, i, "测试甲");
      else if (type->fields[i].type == XQ_FIELD_DATE)
        enter (dialog, i, "2024-11-20");
      else
        enter (dialog, i, "2024");
    }
}

/* Another value for a field that a change can be told by; the field, or -1. */
static int
change_dialog (AdwMessageDialog *dialog, const XqRecordType *type)
{
  static const XqFieldType order[] = { XQ_FIELD_TEXT, XQ_FIELD_INTEGER, XQ_FIELD_DATE, XQ_FIELD_MONEY };

  for (guint k = 0; k < G_N_ELEMENTS (order); k++)
    for (int i = 0; type->fields[i].name != NULL; i++)
      if (type->fields[i].type == order[k] && type->fields[i].words == NULL && find_row (dialog, i) != NULL)
        {
          enter (dialog, i, order[k] == XQ_FIELD_TEXT ? "改过的" : order[k] == XQ_FIELD_DATE ? "2024-10-09" : "2023");
          return i;
        }
  return -1;
}

typedef struct {
  Fixture *f;
  const char *type;
  guint n;
} Cards;

static gboolean
has_cards (gpointer data)
{
  Cards *cards = data;

  return count_named (cards->f->pane, GTK_TYPE_BOX, cards->type) == cards->n;
}

static void
wait_for_cards (Fixture *f, const XqRecordType *type, guint n)
{
  Cards cards = { f, type->name, n };

  xq_wait_until (has_cards, &cards, type->name);
}

/* As a click on the button: the dialog answers and goes. */
static void
respond (const char *response)
{
  AdwMessageDialog *dialog = xq_find_dialog ();

  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  xq_wait_until (dialog_is_closed, NULL, "the dialog to close");
}

static void
accept (void)
{
  AdwMessageDialog *dialog = xq_find_dialog ();

  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "accept"));
  respond ("accept");
}

static AdwMessageDialog *
open_add (Fixture *f, const XqRecordType *type)
{
  GtkWidget *button = find_named (f->pane, GTK_TYPE_BUTTON, type->name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  xq_wait_until (dialog_is_open, NULL, "the form");
  return xq_find_dialog ();
}

typedef struct {
  Fixture *f;
  char *label;
} Label;

static gboolean
label_differs (gpointer data)
{
  Label *label = data;

  return g_strcmp0 (xq_store_get_undo_label (xq_window_store (label->f->window)), label->label) != 0;
}

/* One section: added, changed, deleted, undone, redone. */
static void
exercise (Fixture *f, const XqSectionSpec *spec)
{
  const XqRecordType *type = spec->type;
  guint before;
  GtkWidget *card;
  Label label = { f, NULL };

  g_test_message ("%s", type->name);
  show_tab (f, spec->tab);
  before = count_named (f->pane, GTK_TYPE_BOX, type->name);
  fill_dialog (open_add (f, type), type);
  accept ();
  wait_for_cards (f, type, before + 1);
  g_assert_nonnull (strstr (xq_store_get_undo_label (xq_window_store (f->window)), "·"));

  card = find_named (f->pane, GTK_TYPE_BOX, type->name);
  g_signal_emit_by_name (find_icon_button (card, "document-edit-symbolic"), "clicked");
  xq_wait_until (dialog_is_open, NULL, "the form");
  label.label = g_strdup (xq_store_get_undo_label (xq_window_store (f->window)));
  if (change_dialog (xq_find_dialog (), type) >= 0)
    {
      accept ();
      xq_wait_until (label_differs, &label, "the change");
    }
  else
    respond ("cancel");
  xq_settle (60);

  card = find_named (f->pane, GTK_TYPE_BOX, type->name);
  g_signal_emit_by_name (find_icon_button (card, "user-trash-symbolic"), "clicked");
  wait_for_cards (f, type, before);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  wait_for_cards (f, type, before + 1);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.redo", NULL);
  wait_for_cards (f, type, before);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  wait_for_cards (f, type, before + 1);
  g_assert_null (f->message);
  g_free (label.label);
}

static void
exercise_level (Fixture *f, XqLevel level, gint64 unit, guint first, guint step)
{
  XqScheme *scheme = xq_store_get_scheme (xq_window_store (f->window));
  guint n, seen = 0;
  const XqSectionSpec *specs = xq_section_specs_get (&n);

  show_unit (f, unit);
  for (guint i = 0; i < n; i++)
    if (xq_section_spec_applies (&specs[i], scheme, level) && seen++ % step == first)
      exercise (f, &specs[i]);
  g_assert_cmpuint (seen, >, 0);
}

/* The sections of a compound, in two halves so that neither takes long. */
static void
test_compound_first (Fixture *f, gconstpointer data)
{
  exercise_level (f, XQ_LEVEL_COMPOUND, f->compound, 0, 2);
}

static void
test_compound_second (Fixture *f, gconstpointer data)
{
  exercise_level (f, XQ_LEVEL_COMPOUND, f->compound, 1, 2);
}

/* What only stands higher up. */
static void
test_above (Fixture *f, gconstpointer data)
{
  guint n;
  const XqSectionSpec *specs = xq_section_specs_get (&n);

  show_unit (f, f->community);
  for (guint i = 0; i < n; i++)
    if (specs[i].type == &XQ_EMPLOYER || specs[i].type == &XQ_ORGANISATION)
      exercise (f, &specs[i]);
  show_unit (f, f->district);
  for (guint i = 0; i < n; i++)
    if (specs[i].type == &XQ_DEPARTMENT)
      exercise (f, &specs[i]);
}

/* A scheme that does not work with something does not show it. */
static void
test_mechanisms (void)
{
  g_autoptr (XqScheme) echeng = xq_scheme_load_builtin ("echeng", NULL);
  g_autoptr (XqScheme) bishan = xq_scheme_load_builtin ("bishan", NULL);
  g_autoptr (XqScheme) hongan = xq_scheme_load_builtin ("hongan", NULL);
  guint n;
  const XqSectionSpec *specs = xq_section_specs_get (&n);

  for (guint i = 0; i < n; i++)
    {
      if (specs[i].type == &XQ_TICKET)
        {
          g_assert_true (xq_section_spec_applies (&specs[i], bishan, XQ_LEVEL_COMPOUND));
          g_assert_false (xq_section_spec_applies (&specs[i], echeng, XQ_LEVEL_COMPOUND));
        }
      if (specs[i].type == &XQ_POINTS_ACCOUNT)
        {
          g_assert_true (xq_section_spec_applies (&specs[i], hongan, XQ_LEVEL_COMPOUND));
          g_assert_false (xq_section_spec_applies (&specs[i], bishan, XQ_LEVEL_COMPOUND));
        }
      /* What belongs to a property area can not stand elsewhere. */
      if (specs[i].type == &XQ_OWNER_VOTE)
        g_assert_false (xq_section_spec_applies (&specs[i], echeng, XQ_LEVEL_COMMUNITY));
    }
}

/* Votes */

static gpointer
add_vote (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autofree char *values = g_strdup_printf ("property_area=%" G_GINT64_FORMAT ";topic=增设停车位;matter=special", f->area);
  g_autofree char *building = NULL;

  f->vote = insert (tx, &XQ_OWNER_VOTE, values, error);
  building = g_strdup_printf ("vote=%" G_GINT64_FORMAT ";label=1号楼;heads=300;area=30000;taking_heads=199;taking_area=20000;for_heads=150;for_area=15000", f->vote);
  insert (tx, &XQ_VOTE_BUILDING, building, error);
  return NULL;
}

/* What is looked for is found in whatever language the catalogue has. */
static gboolean
shows (gpointer pane, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return xq_find_label (pane, text) != NULL;
}

static gboolean
is_one_short (gpointer data)
{
  g_autofree char *one = g_strdup_printf (_ ("%d people"), 1);

  return shows (data, "%s", _ ("Too few take part")) && shows (data, _ ("%s of %s, %s short"), "199", "300", one);
}

static gboolean
is_carried (gpointer data)
{
  return shows (data, "%s", _ ("Carried")) && shows (data, _ ("%s of %s"), "200", "300");
}

/* One head short of two thirds; entered, the vote is carried at once. */
static void
test_vote (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *building;

  xq_store_write (xq_window_store (f->window), "表决", add_vote, f, NULL, &error);
  g_assert_no_error (error);
  show_tab (f, XQ_TAB_BODY);
  xq_wait_until (is_one_short, f->pane, "the shortfall");
  building = xq_find_label (find_named (f->pane, GTK_TYPE_BOX, XQ_OWNER_VOTE.name), "1号楼");
  g_assert_nonnull (building);
  while (find_icon_button (building, "document-edit-symbolic") == NULL)
    building = gtk_widget_get_parent (building);
  {
    g_autofree char *area = g_strdup_printf (_ ("%s m²"), "10,000");

    g_assert_true (shows (building, _ ("Not yet: %d people, %s"), 101, area));
  }
  g_signal_emit_by_name (find_icon_button (building, "document-edit-symbolic"), "clicked");
  xq_wait_until (dialog_is_open, NULL, "the form");
  enter (xq_find_dialog (), XQ_VOTE_BUILDING_TAKING_HEADS, "200");
  accept ();
  xq_wait_until (is_carried, f->pane, "the vote to be carried");
}

/* Tickets */

static gboolean
shows_dispatch (gpointer data)
{
  return find_named (data, GTK_TYPE_BUTTON, "dispatch") != NULL;
}

static gboolean
shows_respond (gpointer data)
{
  return find_named (data, GTK_TYPE_BUTTON, "respond") != NULL && shows (data, "%s", C_ ("ticket state", "To be responded to"));
}

static gboolean
shows_close (gpointer data)
{
  return find_named (data, GTK_TYPE_BUTTON, "close") != NULL && shows (data, "%s", C_ ("ticket state", "In hand"));
}

static void
test_ticket (Fixture *f, gconstpointer data)
{
  AdwMessageDialog *dialog;

  show_tab (f, XQ_TAB_TICKETS);
  dialog = open_add (f, &XQ_TICKET);
  /* The number is the next of the month. */
  g_assert_nonnull (find_row (dialog, XQ_TICKET_NUMBER));
  enter (dialog, XQ_TICKET_TITLE, "路灯损坏");
  choose (dialog, XQ_TICKET_LEVEL, 1);
  accept ();
  xq_wait_until (shows_dispatch, f->pane, "the ticket with its next step");
  g_assert_null (find_named (f->pane, GTK_TYPE_BUTTON, "close"));
  g_assert_nonnull (xq_find_label (f->pane, "-0001"));

  /* Without a department it can not be dispatched, and says so. */
  g_signal_emit_by_name (find_named (f->pane, GTK_TYPE_BUTTON, "dispatch"), "clicked");
  xq_wait_until (dialog_is_open, NULL, "the form of the step");
  g_assert_null (find_row (xq_find_dialog (), XQ_TICKET_EVENT_SOLVED));
  choose (xq_find_dialog (), XQ_TICKET_EVENT_DEPARTMENT, 1);
  accept ();
  xq_wait_until (shows_respond, f->pane, "the dispatched ticket");
  g_assert_nonnull (xq_find_label (f->pane, "示例部门(城管)"));
  g_signal_emit_by_name (find_named (f->pane, GTK_TYPE_BUTTON, "respond"), "clicked");
  xq_wait_until (dialog_is_open, NULL, "the form of the step");
  accept ();
  xq_wait_until (shows_close, f->pane, "the ticket in hand");
  /* Each step is a step of the history. */
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  xq_wait_until (shows_respond, f->pane, "the step undone");
}

/* Points */

static gpointer
add_account (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autofree char *values = g_strdup_printf ("unit=%" G_GINT64_FORMAT ";label=志愿者001", f->compound);
  gint64 account = insert (tx, &XQ_POINTS_ACCOUNT, values, error);
  g_autofree char *entry = g_strdup_printf ("account=%" G_GINT64_FORMAT ";day=2024-10-01;kind=earned;points=30", account);

  insert (tx, &XQ_POINTS_ENTRY, entry, error);
  return NULL;
}

static gboolean
balance_is_30 (gpointer data)
{
  return shows (data, _ ("Balance %s"), "30");
}

static gboolean
has_message (gpointer data)
{
  return ((Fixture *)data)->message != NULL;
}

/* An account does not go below nothing: the window says why and by how much. */
static void
test_points (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  AdwMessageDialog *dialog;

  xq_store_write (xq_window_store (f->window), "积分", add_account, f, NULL, &error);
  g_assert_no_error (error);
  show_tab (f, XQ_TAB_SERVICES);
  xq_wait_until (balance_is_30, f->pane, "the balance");
  g_signal_emit_by_name (find_icon_button (find_named (f->pane, GTK_TYPE_BOX, XQ_POINTS_ACCOUNT.name), "list-add-symbolic"), "clicked");
  xq_wait_until (dialog_is_open, NULL, "the form");
  dialog = xq_find_dialog ();
  choose (dialog, XQ_POINTS_ENTRY_KIND, 1);
  enter (dialog, XQ_POINTS_ENTRY_POINTS, "31");
  accept ();
  xq_wait_until (has_message, f, "the refusal");
  g_assert_nonnull (strstr (f->message, "1"));
  g_assert_true (balance_is_30 (f->pane));
}

/* Checklists */

static gboolean
is_half (gpointer data)
{
  return xq_find_label (data, "1/2") != NULL;
}

static gboolean
is_none (gpointer data)
{
  return xq_find_label (data, "0/2") != NULL;
}

static void
test_checklist (Fixture *f, gconstpointer data)
{
  GtkWidget *list;

  show_tab (f, XQ_TAB_SERVICES);
  xq_wait_until (is_none, f->pane, "the checklist");
  list = xq_find_widget (find_named (f->pane, GTK_TYPE_BOX, "five_set"), GTK_TYPE_DROP_DOWN, NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), 1);
  xq_wait_until (is_half, f->pane, "the item to be there");
  g_assert_nonnull (strstr (xq_store_get_undo_label (xq_window_store (f->window)), "五件套"));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  xq_wait_until (is_none, f->pane, "the state undone");
}

/* Persons */

static gboolean
is_masked (gpointer data)
{
  return xq_find_label (data, "欧**") != NULL && xq_find_label (data, "139****8765") != NULL;
}

static gboolean
is_full (gpointer data)
{
  return xq_find_label (data, "欧阳清扬") != NULL && xq_find_label (data, "13912348765") != NULL;
}

static void
give_text (const char *text)
{
  GtkWidget *entry;

  xq_wait_until (dialog_is_open, NULL, "the question");
  entry = xq_find_widget (GTK_WIDGET (xq_find_dialog ()), ADW_TYPE_ENTRY_ROW, NULL);
  g_assert_false (adw_message_dialog_get_response_enabled (xq_find_dialog (), "accept"));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  accept ();
}

static gpointer
last_label (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) entries = xq_journal_list (tx, 0, 1, error);

  return g_strdup (((XqJournalEntry *)g_ptr_array_index (entries, 0))->label);
}

static void
test_persons (Fixture *f, gconstpointer data)
{
  g_autofree char *label = NULL;
  GtkWidget *button;

  show_tab (f, XQ_TAB_MEMBERS);
  xq_wait_until (is_masked, f->pane, "the masked member");
  /* Not allowed in the preferences: there is not even a button. */
  g_assert_null (find_named (f->pane, GTK_TYPE_BUTTON, "persons"));
  /* What is masked can not be written over. */
  g_signal_emit_by_name (find_icon_button (find_named (f->pane, GTK_TYPE_BOX, XQ_MEMBER.name), "document-edit-symbolic"), "clicked");
  xq_wait_until (dialog_is_open, NULL, "the form");
  g_assert_null (find_row (xq_find_dialog (), XQ_MEMBER_NAME));
  g_assert_nonnull (find_row (xq_find_dialog (), XQ_MEMBER_STAGE));
  respond ("cancel");

  g_object_set (xq_settings_get_default (), "persons-allowed", TRUE, NULL);
  xq_settle (150);
  g_assert_true (is_masked (f->pane));
  button = find_named (f->pane, GTK_TYPE_BUTTON, "persons");
  g_signal_emit_by_name (button, "clicked");
  give_text ("核对名册");
  xq_wait_until (is_full, f->pane, "the member in full");
  label = xq_store_read (xq_window_store (f->window), last_label, NULL, NULL, NULL);
  g_assert_nonnull (strstr (label, "核对名册"));
  g_assert_null (strstr (label, "欧阳"));
  /* The preference off masks at once. */
  g_object_set (xq_settings_get_default (), "persons-allowed", FALSE, NULL);
  xq_wait_until (is_masked, f->pane, "the masked member again");
}

static gboolean
has_no_name (gpointer data)
{
  return xq_find_label (data, "欧**") == NULL && xq_find_label (data, "139****8765") == NULL;
}

static gboolean
asks_who (gpointer data)
{
  AdwMessageDialog *dialog = xq_find_dialog ();

  return dialog != NULL && xq_find_widget (GTK_WIDGET (dialog), GTK_TYPE_CHECK_BUTTON, NULL) != NULL;
}

static void
test_erase (Fixture *f, gconstpointer data)
{
  show_tab (f, XQ_TAB_MEMBERS);
  xq_wait_until (is_masked, f->pane, "the masked member");
  xq_person_ask_to_erase (f->host, xq_window_get_context (f->window));
  give_text ("欧阳清扬");
  xq_wait_until (asks_who, NULL, "the choice");
  g_assert_true (adw_message_dialog_get_response_enabled (xq_find_dialog (), "clear"));
  respond ("clear");
  xq_wait_until (has_no_name, f->pane, "the member without a name");
  /* The member is still counted. */
  wait_for_cards (f, &XQ_MEMBER, 1);
  g_assert_null (f->message);
}

/* The strip of tabs is not wider than the pane: what does not fit is scrolled to. */
static void
test_strip (Fixture *f, gconstpointer data)
{
  GtkWidget *strip = xq_find_widget (f->pane, GTK_TYPE_SCROLLED_WINDOW, "strip");
  GtkWidget *stack = xq_find_widget (f->pane, GTK_TYPE_STACK, "tabs");
  int minimum;

  gtk_widget_measure (f->pane, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 376);
  for (XqTabId tab = XQ_TAB_BASIC; tab <= XQ_TAB_TICKETS; tab++)
    {
      GtkWidget *button;
      graphene_rect_t bounds;

      show_tab (f, tab);
      xq_settle (50);
      button = gtk_widget_get_first_child (xq_find_widget (strip, GTK_TYPE_STACK_SWITCHER, NULL));
      while (button != NULL && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
        button = gtk_widget_get_next_sibling (button);
      g_assert_nonnull (button);
      g_assert_true (gtk_widget_compute_bounds (button, strip, &bounds));
      g_assert_cmpfloat (bounds.origin.x, >=, -1);
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (strip) + 1);
      g_assert_nonnull (gtk_stack_get_visible_child (GTK_STACK (stack)));
    }
}

int
main (int argc, char *argv[])
{
  xq_window_fixture_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/records/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("compound-first", test_compound_first);
  ADD ("compound-second", test_compound_second);
  ADD ("above", test_above);
  g_test_add_func ("/records/mechanisms", test_mechanisms);
  ADD ("vote", test_vote);
  ADD ("ticket", test_ticket);
  ADD ("points", test_points);
  ADD ("checklist", test_checklist);
  ADD ("persons", test_persons);
  ADD ("erase", test_erase);
  ADD ("strip", test_strip);
#undef ADD
  return g_test_run ();
}
