#include "xq-record-fixture.h"

#include "xq-detail-pane.h"
#include "xq-record-table.h"
#include "xq-settings.h"

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
  g_string_append (all, "], \"checklists\": [{\"id\": \"five_set\", \"label\": \"五件套\", \"items\": [{\"id\": \"organisation\", "
                        "\"label\": \"一套组织体系\"},"
                        " {\"id\": \"space\", \"label\": \"一个共享空间\"}], \"states\": [{\"id\": \"none\", \"label\": "
                        "\"未建立\"}, {\"id\": \"done\", \"label\": \"已建立\"}]}]");
  json = g_regex_replace_literal (regex, xq_scheme_get_json (standard), -1, 0, all->str, 0, &error);
  g_assert_no_error (error);
  scheme = xq_scheme_parse (json, -1, &error);
  g_assert_no_error (error);
  return scheme;
}

gint64
pane_insert (XqTransaction *tx, const XqRecordType *type, const char *values, GError **error)
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
  PaneFixture *f = data;
  g_autoptr (XqUnit) top = xq_unit_resolve (tx, NULL, error);
  g_autofree char *values = NULL;
  gint64 street, survey;

  f->district = top->id;
  street = insert_unit (tx, top->id, XQ_LEVEL_STREET, "甲街道", error);
  f->community = insert_unit (tx, street, XQ_LEVEL_COMMUNITY, "乙社区", error);
  f->compound = insert_unit (tx, f->community, XQ_LEVEL_COMPOUND, "丙小区", error);
  f->building = insert_unit (tx, f->compound, XQ_LEVEL_BUILDING, "1号楼", error);
#define FOR(format, id) (g_free (values), values = g_strdup_printf (format, (gint64)(id)))
  f->area = pane_insert (tx, &XQ_PROPERTY_AREA, FOR ("unit=%" G_GINT64_FORMAT ";name=一期;heads=300;owned_area=30000", f->compound),
                         error);
  pane_insert (tx, &XQ_OWNERS_BODY,
               FOR ("property_area=%" G_GINT64_FORMAT ";kind=owners_committee;seats=7;term_years=5;term_started=2019-05-01",
                    f->area),
               error);
  pane_insert (tx, &XQ_PROPERTY_SERVICE, FOR ("property_area=%" G_GINT64_FORMAT ";mode=firm;firm=示例物业", f->area), error);
  f->department = pane_insert (tx, &XQ_DEPARTMENT, FOR ("unit=%" G_GINT64_FORMAT ";name=示例部门(城管)", top->id), error);
  pane_insert (tx, &XQ_EMPLOYER, FOR ("unit=%" G_GINT64_FORMAT ";name=示例单位", f->community), error);
  f->member = pane_insert (tx, &XQ_MEMBER,
                           FOR ("residence=%" G_GINT64_FORMAT ";stage=full;name=欧阳清扬;phone=13912348765", f->compound), error);
  survey = pane_insert (tx, &XQ_SURVEY, FOR ("unit=%" G_GINT64_FORMAT ";name=年度测评;closed=2024-11-30", f->district), error);
  pane_insert (tx, &XQ_SURVEY_QUESTION, FOR ("survey=%" G_GINT64_FORMAT ";text=总体满意吗;overall=1", survey), error);
  pane_insert (tx, &XQ_ORGANISATION, FOR ("unit=%" G_GINT64_FORMAT ";kind=joint_branch;name=联合党支部", f->community), error);
  pane_insert (tx, &XQ_CONFIRMATION,
               FOR ("unit=%" G_GINT64_FORMAT ";period=2024Q3;kind=no_change;confirmed=2024-09-29", f->community), error);
  pane_insert (tx, &XQ_CORRECTION,
               FOR ("unit=%" G_GINT64_FORMAT ";period=2024Q2;subject=households;reason=漏报;old_value=300;new_value=310", f->compound),
               error);
  pane_insert (tx, &XQ_FINDING_ACKNOWLEDGEMENT,
               FOR ("unit=%" G_GINT64_FORMAT ";rule=should_have_branch;reason=正在筹建;decided=2024-10-01", f->compound), error);
#undef FOR
  return NULL;
}

/* The pane's window has no window's actions: what it is asked to show is kept. */
static void
error_shown (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PaneFixture *f = data;
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

void
pane_show_unit (PaneFixture *f, gint64 unit)
{
  g_object_set (f->pane, "unit", unit, NULL);
  xq_settle (150);
}

void
pane_set_up (PaneFixture *f, gconstpointer data)
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

void
pane_tear_down (PaneFixture *f, gconstpointer data)
{
  g_object_set (xq_settings_get_default (), "persons-allowed", FALSE, NULL);
  gtk_window_destroy (GTK_WINDOW (f->host));
  xq_close_window (f->window);
  g_free (f->message);
}

void
pane_show_tab (PaneFixture *f, XqTabId tab)
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
GtkWidget *
pane_find (GtkWidget *root, GType type, const char *name)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && strcmp (gtk_widget_get_name (root), name) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = pane_find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

guint
pane_count (GtkWidget *root, GType type, const char *name)
{
  guint n
      = gtk_widget_get_mapped (root) && g_type_is_a (G_OBJECT_TYPE (root), type) && strcmp (gtk_widget_get_name (root), name) == 0
            ? 1
            : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += pane_count (child, type, name);
  return n;
}

GtkWidget *
pane_find_icon_button (GtkWidget *root, const char *icon_name)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (root)), icon_name) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = pane_find_icon_button (child, icon_name);

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

gboolean
pane_dialog_is_open (gpointer data)
{
  return xq_find_dialog () != NULL;
}

static gboolean
dialog_is_closed (gpointer data)
{
  return xq_find_dialog () == NULL;
}

XqFieldRow *
pane_find_row (AdwMessageDialog *dialog, int field)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  collect_rows (GTK_WIDGET (dialog), rows);
  for (guint i = 0; i < rows->len; i++)
    if (xq_field_row_get_field (g_ptr_array_index (rows, i)) == field)
      return g_ptr_array_index (rows, i);
  return NULL;
}

void
pane_enter (AdwMessageDialog *dialog, int field, const char *text)
{
  XqFieldRow *row = pane_find_row (dialog, field);
  GtkWidget *entry = row != NULL ? xq_find_widget (GTK_WIDGET (row), GTK_TYPE_ENTRY, NULL) : NULL;

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

void
pane_choose (AdwMessageDialog *dialog, int field, guint position)
{
  XqFieldRow *row = pane_find_row (dialog, field);
  GtkWidget *list = row != NULL ? xq_find_widget (GTK_WIDGET (row), GTK_TYPE_DROP_DOWN, NULL) : NULL;

  g_assert_nonnull (list);
  g_assert_cmpuint (position, <, g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (list))));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), position);
}

typedef struct
{
  PaneFixture *f;
  const char *type;
  guint n;
} Cards;

static gboolean
has_cards (gpointer data)
{
  Cards *cards = data;

  return pane_count (cards->f->pane, GTK_TYPE_BOX, cards->type) == cards->n;
}

void
pane_wait_for_cards (PaneFixture *f, const XqRecordType *type, guint n)
{
  Cards cards = { f, type->name, n };

  xq_wait_until (has_cards, &cards, type->name);
}

void
pane_respond (const char *response)
{
  AdwMessageDialog *dialog = xq_find_dialog ();

  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  xq_wait_until (dialog_is_closed, NULL, "the dialog to close");
}

void
pane_accept (void)
{
  AdwMessageDialog *dialog = xq_find_dialog ();

  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "accept"));
  pane_respond ("accept");
}

AdwMessageDialog *
pane_open_add (PaneFixture *f, const XqRecordType *type)
{
  GtkWidget *button = pane_find (f->pane, GTK_TYPE_BUTTON, type->name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  xq_wait_until (pane_dialog_is_open, NULL, "the form");
  return xq_find_dialog ();
}
