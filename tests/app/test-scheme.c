/* The scheme page: values and lists are edited, held against the rules as they are entered, previewed, saved as one step. */

#include "xq-window-fixture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-scheme-page.h"

typedef struct
{
  XqWindow *window;
  XqSchemePage *page;
  GtkWidget *save, *revert;
  XqScheme *known; /* before what is waited for */
} Fixture;

static XqScheme *
scheme_of (Fixture *f)
{
  return xq_store_get_scheme (xq_window_store (f->window));
}

/* Finding */

typedef gboolean (*Matches) (GtkWidget *widget, const char *text);

static GtkWidget *
find (GtkWidget *root, Matches matches, const char *text)
{
  if (gtk_widget_get_visible (root) && matches (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, matches, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_button (GtkWidget *widget, const char *label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
has_tooltip (GtkWidget *widget, const char *tooltip)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0;
}

static gboolean
is_navigation (GtkWidget *widget, const char *title)
{
  return GTK_IS_LIST_BOX_ROW (widget) && xq_find_label (widget, title) != NULL
         && gtk_widget_has_css_class (gtk_widget_get_parent (widget), "navigation-sidebar");
}

static const char *
say (const char *msgid)
{
  return g_dgettext ("xiaoqu", msgid);
}

/* Doing */

static gboolean
page_is_shown (gpointer data)
{
  Fixture *f = data;
  GtkWidget *page = xq_find_widget (GTK_WIDGET (f->window), XQ_TYPE_SCHEME_PAGE, NULL);

  f->page = page != NULL && gtk_widget_get_mapped (page) ? XQ_SCHEME_PAGE (page) : NULL;
  return f->page != NULL && xq_scheme_page_get_field (f->page, "$.name") != NULL;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->window = xq_open_sample_window ();
  xq_window_show_page (f->window, "scheme");
  xq_wait_until (page_is_shown, f, "the page");
  f->save = find (GTK_WIDGET (f->window), is_button, say ("_Save"));
  f->revert = find (GTK_WIDGET (f->window), is_button, say ("Revert"));
  g_assert_nonnull (f->save);
  g_assert_nonnull (f->revert);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  xq_close_window (f->window);
}

static GtkWidget *
field (Fixture *f, const char *path)
{
  GtkWidget *control = xq_scheme_page_get_field (f->page, path);

  if (control == NULL)
    g_error ("no field %s", path);
  return control;
}

static void
type (Fixture *f, const char *path, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (field (f, path)), text);
}

static void
click (GtkWidget *button)
{
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  xq_settle (20);
}

/* The button beside what is called @name. */
static void
click_member (Fixture *f, const char *msgid, const char *name)
{
  g_autofree char *tooltip = g_strdup_printf (say (msgid), name);

  click (find (GTK_WIDGET (f->page), has_tooltip, tooltip));
}

static gboolean
dialog_is_open (gpointer data)
{
  return xq_find_dialog () != NULL;
}

static void
answer (const char *response)
{
  AdwMessageDialog *dialog;

  xq_wait_until (dialog_is_open, NULL, "a dialog");
  dialog = xq_find_dialog ();
  g_assert_true (adw_message_dialog_has_response (dialog, response));
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  xq_settle (20);
}

static gboolean
scheme_is_another (gpointer data)
{
  Fixture *f = data;

  return scheme_of (f) != f->known && !gtk_widget_get_sensitive (f->save);
}

static void
wait_for_scheme (Fixture *f)
{
  xq_wait_until (scheme_is_another, f, "another scheme");
  xq_settle (20);
}

/* Saves what has been edited, through the preview. */
static void
save (Fixture *f)
{
  f->known = scheme_of (f);
  click (f->save);
  answer ("apply");
  wait_for_scheme (f);
}

static void
undo (Fixture *f, gboolean redo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  f->known = scheme_of (f);
  label = redo ? xq_store_redo (xq_window_store (f->window), NULL, &error)
               : xq_store_undo (xq_window_store (f->window), NULL, &error);
  g_assert_no_error (error);
  wait_for_scheme (f);
}

static char *
list_posts (Fixture *f)
{
  GString *text = g_string_new (NULL);
  guint n;
  const XqSchemePost *posts = xq_scheme_get_posts (scheme_of (f), &n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", posts[i].id, posts[i].closed ? "!" : "");
  return g_string_free (text, FALSE);
}

static void
check_posts (Fixture *f, const char *expected)
{
  g_autofree char *posts = list_posts (f);

  g_assert_cmpstr (posts, ==, expected);
}

/* Tests */

/* A threshold: refused beside the field in the field's words, previewed, saved, undone. */
static void
test_value (Fixture *f, gconstpointer data)
{
  GtkWidget *spin = field (f, "$.thresholds.founding_members");
  AdwMessageDialog *dialog;

  g_assert_false (gtk_widget_get_sensitive (f->save));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 0);
  g_assert_false (gtk_widget_get_sensitive (f->save));
  g_assert_true (gtk_widget_has_css_class (spin, "error"));
  g_assert_nonnull (xq_find_label (GTK_WIDGET (f->page), "100"));
  g_assert_null (xq_find_label (GTK_WIDGET (f->page), "$."));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 5);
  g_assert_false (gtk_widget_has_css_class (spin, "error"));
  g_assert_true (gtk_widget_get_sensitive (f->save));
  /* the preview says what would be different, and may be left */
  f->known = scheme_of (f);
  click (f->save);
  xq_wait_until (dialog_is_open, NULL, "the preview");
  dialog = xq_find_dialog ();
  g_assert_nonnull (xq_find_label (GTK_WIDGET (dialog), "3 → 5"));
  answer ("cancel");
  g_assert_true (scheme_of (f) == f->known);
  save (f);
  g_assert_cmpint (xq_scheme_get_founding_members (scheme_of (f)), ==, 5);
  undo (f, FALSE);
  g_assert_cmpint (xq_scheme_get_founding_members (scheme_of (f)), ==, 3);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (field (f, "$.thresholds.founding_members"))), ==, 3);
  undo (f, TRUE);
  g_assert_cmpint (xq_scheme_get_founding_members (scheme_of (f)), ==, 5);
}

/* A member is added, named, put elsewhere, taken out again: one step, undone and redone. */
static void
test_list (Fixture *f, gconstpointer data)
{
  static const char before[] = "secretary group_leader building_head entrance_head women_representative grid_worker";
  static const char after[] = "group_leader secretary building_head entrance_head women_representative grid_worker item_1";

  check_posts (f, before);
  field (f, "$.posts");
  click_member (f, "Add to “%s”", C_ ("scheme", "Posts"));
  xq_settle (20);
  /* without a name it is not valid, and that is said beside it */
  g_assert_true (gtk_widget_has_css_class (field (f, "$.posts[6].label"), "error"));
  g_assert_false (gtk_widget_get_sensitive (f->save));
  type (f, "$.posts[6].label", "卫生员");
  g_assert_true (gtk_widget_get_sensitive (f->save));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (field (f, "$.posts[6].officer")), TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (field (f, "$.posts[6].level")), XQ_LEVEL_BUILDING);
  click_member (f, "Move “%s” up (Alt+Up)", "党小组长");
  save (f);
  check_posts (f, after);
  g_assert_true (xq_scheme_find_post (scheme_of (f), "item_1")->officer);
  g_assert_cmpint (xq_scheme_find_post (scheme_of (f), "item_1")->level, ==, XQ_LEVEL_BUILDING);
  undo (f, FALSE);
  check_posts (f, before);
  g_assert_null (xq_scheme_page_get_field (f->page, "$.posts[6].label"));
  undo (f, TRUE);
  check_posts (f, after);
  /* nobody serves in it: it goes without a question */
  field (f, "$.posts");
  click_member (f, "Remove “%s”", "卫生员");
  xq_settle (50);
  while (xq_scheme_page_get_field (f->page, "$.posts[6].label") != NULL)
    xq_settle (10);
  g_assert_null (xq_find_dialog ());
  save (f);
  check_posts (f, "group_leader secretary building_head entrance_head women_representative grid_worker");
}

/* What records use is not taken out; it may be closed for new ones. */
static void
test_used (Fixture *f, gconstpointer data)
{
  AdwMessageDialog *dialog;

  field (f, "$.posts");
  click_member (f, "Remove “%s”", "楼栋长");
  xq_wait_until (dialog_is_open, NULL, "what uses it");
  dialog = xq_find_dialog ();
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "540"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "鄂城区/"));
  answer ("close");
  xq_settle (20);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (field (f, "$.posts[2].closed"))));
  save (f);
  check_posts (f, "secretary group_leader building_head! entrance_head women_representative grid_worker");
  /* an item of a checklist can only stay */
  field (f, "$.checklists[0].items");
  click_member (f, "Remove “%s”", "重大事项商议");
  xq_wait_until (dialog_is_open, NULL, "what uses it");
  g_assert_false (adw_message_dialog_has_response (xq_find_dialog (), "close"));
  answer ("cancel");
  g_assert_nonnull (xq_scheme_page_get_field (f->page, "$.checklists[0].items[4].label"));
  g_assert_false (gtk_widget_get_sensitive (f->save));
}

/* A checklist of more than five, with its own section; holidays of a year, wrong ones refused where they stand. */
static void
test_parts (Fixture *f, gconstpointer data)
{
  const XqSchemeChecklist *lists;
  guint n;

  field (f, "$.checklists[0].items");
  click_member (f, "Add to “%s”", say ("Items"));
  type (f, "$.checklists[0].items[5].label", "重要事项监督");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field (f, "$.checklists[0].items[5].score")), 10);
  field (f, "$.holidays");
  click_member (f, "Add to “%s”", C_ ("scheme", "Holidays"));
  xq_settle (20);
  type (f, "$.holidays[5].source", "通知");
  field (f, "$.holidays[5].worked");
  click_member (f, "Add to “%s”", say ("Weekend days that are worked"));
  type (f, "$.holidays[5].worked[0]", "2027-01-04");
  g_assert_true (gtk_widget_has_css_class (field (f, "$.holidays[5].worked[0]"), "error"));
  g_assert_nonnull (xq_find_label (GTK_WIDGET (f->page), "“2027-01-04”"));
  /* out of sight it is said over the page, and leads back */
  field (f, "$.name");
  g_assert_true (
      gtk_revealer_get_reveal_child (GTK_REVEALER (xq_find_widget (GTK_WIDGET (f->page), GTK_TYPE_REVEALER, "problem_revealer"))));
  g_assert_false (gtk_widget_get_sensitive (f->save));
  click (find (GTK_WIDGET (f->page), is_button, say ("Show It")));
  type (f, "$.holidays[5].worked[0]", "2027-01-09");
  g_assert_true (gtk_widget_get_sensitive (f->save));
  g_assert_nonnull (find (GTK_WIDGET (f->page), is_navigation, "2027"));
  save (f);
  lists = xq_scheme_get_checklists (scheme_of (f), &n);
  g_assert_cmpuint (lists[0].n_items, ==, 6);
  g_assert_cmpint (lists[0].scores[5], ==, 10);
  g_assert_true (xq_work_calendar_is_worked (xq_scheme_get_work_calendar (scheme_of (f)), "2027-01-09"));
  undo (f, FALSE);
  g_assert_false (xq_scheme_has_holidays (scheme_of (f), 2027));
  g_assert_null (find (GTK_WIDGET (f->page), is_navigation, "2027"));
}

/* What is being edited outlives another change of the scheme, and can be taken back. */
static void
test_unsaved (Fixture *f, gconstpointer data)
{
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field (f, "$.thresholds.founding_members")), 4);
  save (f);
  type (f, "$.name", "试行");
  f->known = scheme_of (f);
  {
    g_autofree char *label = xq_store_undo (xq_window_store (f->window), NULL, NULL);

    g_assert_nonnull (label);
  }
  xq_settle (50);
  g_assert_true (scheme_of (f) != f->known);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field (f, "$.name"))), ==, "试行");
  g_assert_true (gtk_widget_get_sensitive (f->save));
  click (f->revert);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field (f, "$.name"))), ==, xq_scheme_get_name (scheme_of (f)));
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (field (f, "$.thresholds.founding_members"))), ==, 3);
  g_assert_false (gtk_widget_get_sensitive (f->save));
  g_assert_false (gtk_widget_get_sensitive (f->revert));
}

int
main (int argc, char **argv)
{
  xq_window_fixture_init (&argc, &argv);
  g_test_add ("/app/scheme/value", Fixture, NULL, set_up, test_value, tear_down);
  g_test_add ("/app/scheme/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/app/scheme/used", Fixture, NULL, set_up, test_used, tear_down);
  g_test_add ("/app/scheme/parts", Fixture, NULL, set_up, test_parts, tear_down);
  g_test_add ("/app/scheme/unsaved", Fixture, NULL, set_up, test_unsaved, tear_down);
  return g_test_run ();
}
