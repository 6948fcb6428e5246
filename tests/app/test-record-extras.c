/* What some records tell besides their fields, and who may see persons; through the pane's own widgets. */

#include "xq-record-fixture.h"

#include <glib/gi18n-lib.h>

#include "xq-journal.h"
#include "xq-person-dialog.h"
#include "xq-record-table.h"
#include "xq-settings.h"
#include "xq-ticket.h"

/* Votes */

static gpointer
add_vote (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PaneFixture *f = data;
  g_autofree char *values = g_strdup_printf ("property_area=%" G_GINT64_FORMAT ";topic=增设停车位;matter=special", f->area);
  g_autofree char *building = NULL;

  f->vote = pane_insert (tx, &XQ_OWNER_VOTE, values, error);
  building = g_strdup_printf ("vote=%" G_GINT64_FORMAT
                              ";label=1号楼;heads=300;area=30000;taking_heads=199;taking_area=20000;for_heads=150;for_area=15000",
                              f->vote);
  pane_insert (tx, &XQ_VOTE_BUILDING, building, error);
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
test_vote (PaneFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *building;

  xq_store_write (xq_window_store (f->window), "表决", add_vote, f, NULL, &error);
  g_assert_no_error (error);
  pane_show_tab (f, XQ_TAB_BODY);
  xq_wait_until (is_one_short, f->pane, "the shortfall");
  building = xq_find_label (pane_find (f->pane, GTK_TYPE_BOX, XQ_OWNER_VOTE.name), "1号楼");
  g_assert_nonnull (building);
  while (pane_find_icon_button (building, "document-edit-symbolic") == NULL)
    building = gtk_widget_get_parent (building);
  {
    g_autofree char *area = g_strdup_printf (_ ("%s m²"), "10,000");

    g_assert_true (shows (building, _ ("Not yet: %d people, %s"), 101, area));
  }
  g_signal_emit_by_name (pane_find_icon_button (building, "document-edit-symbolic"), "clicked");
  xq_wait_until (pane_dialog_is_open, NULL, "the form");
  pane_enter (xq_find_dialog (), XQ_VOTE_BUILDING_TAKING_HEADS, "200");
  pane_accept ();
  xq_wait_until (is_carried, f->pane, "the vote to be carried");
}

/* Tickets */

static gboolean
shows_dispatch (gpointer data)
{
  return pane_find (data, GTK_TYPE_BUTTON, "dispatch") != NULL;
}

static gboolean
shows_respond (gpointer data)
{
  return pane_find (data, GTK_TYPE_BUTTON, "respond") != NULL && shows (data, "%s", C_ ("ticket state", "To be responded to"));
}

static gboolean
shows_close (gpointer data)
{
  return pane_find (data, GTK_TYPE_BUTTON, "close") != NULL && shows (data, "%s", C_ ("ticket state", "In hand"));
}

static void
test_ticket (PaneFixture *f, gconstpointer data)
{
  AdwMessageDialog *dialog;

  pane_show_tab (f, XQ_TAB_TICKETS);
  dialog = pane_open_add (f, &XQ_TICKET);
  /* The number is the next of the month. */
  g_assert_nonnull (pane_find_row (dialog, XQ_TICKET_NUMBER));
  pane_enter (dialog, XQ_TICKET_TITLE, "路灯损坏");
  pane_choose (dialog, XQ_TICKET_LEVEL, 1);
  pane_accept ();
  xq_wait_until (shows_dispatch, f->pane, "the ticket with its next step");
  g_assert_null (pane_find (f->pane, GTK_TYPE_BUTTON, "close"));
  g_assert_nonnull (xq_find_label (f->pane, "-0001"));

  /* Without a department it can not be dispatched, and says so. */
  g_signal_emit_by_name (pane_find (f->pane, GTK_TYPE_BUTTON, "dispatch"), "clicked");
  xq_wait_until (pane_dialog_is_open, NULL, "the form of the step");
  g_assert_null (pane_find_row (xq_find_dialog (), XQ_TICKET_EVENT_SOLVED));
  pane_choose (xq_find_dialog (), XQ_TICKET_EVENT_DEPARTMENT, 1);
  pane_accept ();
  xq_wait_until (shows_respond, f->pane, "the dispatched ticket");
  g_assert_nonnull (xq_find_label (f->pane, "示例部门(城管)"));
  g_signal_emit_by_name (pane_find (f->pane, GTK_TYPE_BUTTON, "respond"), "clicked");
  xq_wait_until (pane_dialog_is_open, NULL, "the form of the step");
  pane_accept ();
  xq_wait_until (shows_close, f->pane, "the ticket in hand");
  /* Each step is a step of the history. */
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  xq_wait_until (shows_respond, f->pane, "the step undone");
}

/* Points */

static gpointer
add_account (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PaneFixture *f = data;
  g_autofree char *values = g_strdup_printf ("unit=%" G_GINT64_FORMAT ";label=志愿者001", f->compound);
  gint64 account = pane_insert (tx, &XQ_POINTS_ACCOUNT, values, error);
  g_autofree char *entry = g_strdup_printf ("account=%" G_GINT64_FORMAT ";day=2024-10-01;kind=earned;points=30", account);

  pane_insert (tx, &XQ_POINTS_ENTRY, entry, error);
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
  return ((PaneFixture *)data)->message != NULL;
}

/* An account does not go below nothing: the window says why and by how much. */
static void
test_points (PaneFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  AdwMessageDialog *dialog;

  xq_store_write (xq_window_store (f->window), "积分", add_account, f, NULL, &error);
  g_assert_no_error (error);
  pane_show_tab (f, XQ_TAB_SERVICES);
  xq_wait_until (balance_is_30, f->pane, "the balance");
  g_signal_emit_by_name (pane_find_icon_button (pane_find (f->pane, GTK_TYPE_BOX, XQ_POINTS_ACCOUNT.name), "list-add-symbolic"),
                         "clicked");
  xq_wait_until (pane_dialog_is_open, NULL, "the form");
  dialog = xq_find_dialog ();
  pane_choose (dialog, XQ_POINTS_ENTRY_KIND, 1);
  pane_enter (dialog, XQ_POINTS_ENTRY_POINTS, "31");
  pane_accept ();
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
test_checklist (PaneFixture *f, gconstpointer data)
{
  GtkWidget *list;

  pane_show_tab (f, XQ_TAB_SERVICES);
  xq_wait_until (is_none, f->pane, "the checklist");
  list = xq_find_widget (pane_find (f->pane, GTK_TYPE_BOX, "five_set"), GTK_TYPE_DROP_DOWN, NULL);
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

  xq_wait_until (pane_dialog_is_open, NULL, "the question");
  entry = xq_find_widget (GTK_WIDGET (xq_find_dialog ()), ADW_TYPE_ENTRY_ROW, NULL);
  g_assert_false (adw_message_dialog_get_response_enabled (xq_find_dialog (), "accept"));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  pane_accept ();
}

static gpointer
last_label (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) entries = xq_journal_list (tx, 0, 1, error);

  return g_strdup (((XqJournalEntry *)g_ptr_array_index (entries, 0))->label);
}

static void
test_persons (PaneFixture *f, gconstpointer data)
{
  g_autofree char *label = NULL;
  GtkWidget *button;

  pane_show_tab (f, XQ_TAB_MEMBERS);
  xq_wait_until (is_masked, f->pane, "the masked member");
  /* Not allowed in the preferences: there is not even a button. */
  g_assert_null (pane_find (f->pane, GTK_TYPE_BUTTON, "persons"));
  /* What is masked can not be written over. */
  g_signal_emit_by_name (pane_find_icon_button (pane_find (f->pane, GTK_TYPE_BOX, XQ_MEMBER.name), "document-edit-symbolic"),
                         "clicked");
  xq_wait_until (pane_dialog_is_open, NULL, "the form");
  g_assert_null (pane_find_row (xq_find_dialog (), XQ_MEMBER_NAME));
  g_assert_nonnull (pane_find_row (xq_find_dialog (), XQ_MEMBER_STAGE));
  pane_respond ("cancel");

  g_object_set (xq_settings_get_default (), "persons-allowed", TRUE, NULL);
  xq_settle (150);
  g_assert_true (is_masked (f->pane));
  button = pane_find (f->pane, GTK_TYPE_BUTTON, "persons");
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
test_erase (PaneFixture *f, gconstpointer data)
{
  pane_show_tab (f, XQ_TAB_MEMBERS);
  xq_wait_until (is_masked, f->pane, "the masked member");
  xq_person_ask_to_erase (f->host, xq_window_get_context (f->window));
  give_text ("欧阳清扬");
  xq_wait_until (asks_who, NULL, "the choice");
  g_assert_true (adw_message_dialog_get_response_enabled (xq_find_dialog (), "clear"));
  pane_respond ("clear");
  xq_wait_until (has_no_name, f->pane, "the member without a name");
  /* The member is still counted. */
  pane_wait_for_cards (f, &XQ_MEMBER, 1);
  g_assert_null (f->message);
}

/* The strip of tabs is not wider than the pane: what does not fit is scrolled to. */
static void
test_strip (PaneFixture *f, gconstpointer data)
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

      pane_show_tab (f, tab);
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
#define ADD(name, func) g_test_add ("/record-extras/" name, PaneFixture, NULL, pane_set_up, func, pane_tear_down)
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
