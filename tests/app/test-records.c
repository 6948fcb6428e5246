/* Every record of a unit through the pane's own widgets: added, changed, deleted, undone, redone. */

#include "xq-record-fixture.h"

#include "xq-rule.h"

/* Fills in whatever must be there. */
static void
fill_dialog (AdwMessageDialog *dialog, const XqRecordType *type)
{
  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      XqFieldRow *row = pane_find_row (dialog, i);
      GtkWidget *list = row != NULL ? xq_find_widget (GTK_WIDGET (row), GTK_TYPE_DROP_DOWN, NULL) : NULL;

      /* A pairing is with one of the two. */
      if (row == NULL || (!type->fields[i].required && !(type == &XQ_PAIRING && i == XQ_PAIRING_DEPARTMENT)))
        continue;
      if (list != NULL)
        {
          guint n = g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (list)));

          /* Where nothing is chosen yet an empty entry stands first. */
          gtk_drop_down_set_selected (GTK_DROP_DOWN (list), type->fields[i].type == XQ_FIELD_ENUM ? 0 : n - 1);
        }
      else if (type->fields[i].type == XQ_FIELD_TEXT)
        pane_enter (dialog, i, "测试甲");
      else if (type->fields[i].type == XQ_FIELD_DATE)
        pane_enter (dialog, i, "2024-11-20");
      else
        pane_enter (dialog, i, "2024");
    }
}

/* Another value for a field that a change can be told by; the field, or -1. */
static int
change_dialog (AdwMessageDialog *dialog, const XqRecordType *type)
{
  static const XqFieldType order[] = { XQ_FIELD_TEXT, XQ_FIELD_INTEGER, XQ_FIELD_DATE, XQ_FIELD_MONEY };

  for (guint k = 0; k < G_N_ELEMENTS (order); k++)
    for (int i = 0; type->fields[i].name != NULL; i++)
      if (type->fields[i].type == order[k] && type->fields[i].words == NULL && pane_find_row (dialog, i) != NULL)
        {
          pane_enter (dialog, i, order[k] == XQ_FIELD_TEXT ? "改过的" : order[k] == XQ_FIELD_DATE ? "2024-10-09" : "2023");
          return i;
        }
  return -1;
}

typedef struct
{
  PaneFixture *f;
  char *label;
} Label;

static gboolean
label_differs (gpointer data)
{
  Label *label = data;

  return g_strcmp0 (xq_store_get_undo_label (xq_window_store (label->f->window)), label->label) != 0;
}

static gboolean
label_is_back (gpointer data)
{
  return !label_differs (data);
}

/* What belongs to a record: added and taken back. */
static void
exercise_children (PaneFixture *f, const XqSectionSpec *spec)
{
  for (guint c = 0; c < XQ_MOST_CHILD_TYPES && spec->children[c] != NULL; c++)
    {
      GtkWidget *button = pane_find (pane_find (f->pane, GTK_TYPE_BOX, spec->type->name), GTK_TYPE_BUTTON, spec->children[c]->name);
      Label label = { f, NULL };

      /* A ticket's steps are taken, and only a big committee has seats. */
      g_assert_true (button != NULL || spec->children[c] == &XQ_TICKET_EVENT || spec->children[c] == &XQ_BIG_COMMITTEE_MEMBER);
      if (button == NULL)
        continue;
      g_test_message ("… %s", spec->children[c]->name);
      label.label = g_strdup (xq_store_get_undo_label (xq_window_store (f->window)));
      g_signal_emit_by_name (button, "clicked");
      xq_wait_until (pane_dialog_is_open, NULL, "the form");
      fill_dialog (xq_find_dialog (), spec->children[c]);
      pane_accept ();
      xq_wait_until (label_differs, &label, "what belongs to it");
      gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
      xq_wait_until (label_is_back, &label, "the step undone");
      g_assert_null (f->message);
      g_free (label.label);
    }
}

/* One section: added, changed, deleted, undone, redone. */
static void
exercise (PaneFixture *f, const XqSectionSpec *spec)
{
  const XqRecordType *type = spec->type;
  guint before;
  GtkWidget *card;
  Label label = { f, NULL };

  g_test_message ("%s", type->name);
  pane_show_tab (f, spec->tab);
  before = pane_count (f->pane, GTK_TYPE_BOX, type->name);
  fill_dialog (pane_open_add (f, type), type);
  pane_accept ();
  pane_wait_for_cards (f, type, before + 1);
  g_assert_nonnull (strstr (xq_store_get_undo_label (xq_window_store (f->window)), "·"));
  exercise_children (f, spec);
  pane_wait_for_cards (f, type, before + 1);

  card = pane_find (f->pane, GTK_TYPE_BOX, type->name);
  g_signal_emit_by_name (pane_find_icon_button (card, "document-edit-symbolic"), "clicked");
  xq_wait_until (pane_dialog_is_open, NULL, "the form");
  label.label = g_strdup (xq_store_get_undo_label (xq_window_store (f->window)));
  if (change_dialog (xq_find_dialog (), type) >= 0)
    {
      pane_accept ();
      xq_wait_until (label_differs, &label, "the change");
    }
  else
    pane_respond ("cancel");
  xq_settle (60);

  card = pane_find (f->pane, GTK_TYPE_BOX, type->name);
  g_signal_emit_by_name (pane_find_icon_button (card, "user-trash-symbolic"), "clicked");
  pane_wait_for_cards (f, type, before);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  pane_wait_for_cards (f, type, before + 1);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.redo", NULL);
  pane_wait_for_cards (f, type, before);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  pane_wait_for_cards (f, type, before + 1);
  g_assert_null (f->message);
  g_free (label.label);
}

static void
exercise_level (PaneFixture *f, XqLevel level, gint64 unit, guint first, guint step)
{
  XqScheme *scheme = xq_store_get_scheme (xq_window_store (f->window));
  guint n, seen = 0;
  const XqSectionSpec *specs = xq_section_specs_get (&n);

  pane_show_unit (f, unit);
  for (guint i = 0; i < n; i++)
    if (specs[i].use == XQ_USE_ENTERED && xq_section_spec_applies (&specs[i], scheme, level) && seen++ % step == first)
      exercise (f, &specs[i]);
  g_assert_cmpuint (seen, >, 0);
}

/* The sections of a compound, in two halves so that neither takes long. */
static void
test_compound_first (PaneFixture *f, gconstpointer data)
{
  exercise_level (f, XQ_LEVEL_COMPOUND, f->compound, 0, 2);
}

static void
test_compound_second (PaneFixture *f, gconstpointer data)
{
  exercise_level (f, XQ_LEVEL_COMPOUND, f->compound, 1, 2);
}

/* What only stands higher up. */
static void
test_above (PaneFixture *f, gconstpointer data)
{
  guint n;
  const XqSectionSpec *specs = xq_section_specs_get (&n);

  pane_show_unit (f, f->community);
  for (guint i = 0; i < n; i++)
    if (specs[i].type == &XQ_EMPLOYER || specs[i].type == &XQ_ORGANISATION || specs[i].type == &XQ_SURVEY)
      exercise (f, &specs[i]);
  pane_show_unit (f, f->district);
  for (guint i = 0; i < n; i++)
    if (specs[i].type == &XQ_DEPARTMENT)
      exercise (f, &specs[i]);
}

/* What a rule has made is to be read, in words, and not to be touched; what was acknowledged may be changed and withdrawn. */
static void
test_made_elsewhere (PaneFixture *f, gconstpointer data)
{
  GtkWidget *card;
  AdwMessageDialog *dialog;
  Label label = { f, NULL };

  pane_show_tab (f, XQ_TAB_BASIC);
  card = pane_find (f->pane, GTK_TYPE_BOX, XQ_CORRECTION.name);
  g_assert_nonnull (card);
  g_assert_null (pane_find_icon_button (card, "document-edit-symbolic"));
  g_assert_null (pane_find_icon_button (card, "user-trash-symbolic"));
  g_assert_null (pane_find (f->pane, GTK_TYPE_BUTTON, XQ_CORRECTION.name));
  g_assert_nonnull (xq_find_label (card, "2024年二季度"));
  g_assert_nonnull (xq_find_label (card, "户数"));
  g_assert_nonnull (xq_find_label (card, "漏报"));

  card = pane_find (f->pane, GTK_TYPE_BOX, XQ_FINDING_ACKNOWLEDGEMENT.name);
  g_assert_nonnull (xq_find_label (card, xq_rule_get_title (xq_rule_find ("should_have_branch"))));
  g_assert_null (pane_find (f->pane, GTK_TYPE_BUTTON, XQ_FINDING_ACKNOWLEDGEMENT.name));
  label.label = g_strdup (xq_store_get_undo_label (xq_window_store (f->window)));
  g_signal_emit_by_name (pane_find_icon_button (card, "document-edit-symbolic"), "clicked");
  xq_wait_until (pane_dialog_is_open, NULL, "the form");
  dialog = xq_find_dialog ();
  g_assert_null (pane_find_row (dialog, XQ_FINDING_ACKNOWLEDGEMENT_RULE));
  g_assert_null (pane_find_row (dialog, XQ_FINDING_ACKNOWLEDGEMENT_FIGURES));
  pane_enter (dialog, XQ_FINDING_ACKNOWLEDGEMENT_REASON, "已报批");
  pane_accept ();
  xq_wait_until (label_differs, &label, "the change");
  xq_settle (60);
  g_signal_emit_by_name (pane_find_icon_button (pane_find (f->pane, GTK_TYPE_BOX, XQ_FINDING_ACKNOWLEDGEMENT.name),
                                                "user-trash-symbolic"),
                         "clicked");
  pane_wait_for_cards (f, &XQ_FINDING_ACKNOWLEDGEMENT, 0);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.undo", NULL);
  pane_wait_for_cards (f, &XQ_FINDING_ACKNOWLEDGEMENT, 1);
  g_free (label.label);

  pane_show_unit (f, f->community);
  pane_show_tab (f, XQ_TAB_BASIC);
  card = pane_find (f->pane, GTK_TYPE_BOX, XQ_CONFIRMATION.name);
  g_assert_nonnull (card);
  g_assert_nonnull (xq_find_label (card, "2024年三季度"));
  g_assert_null (pane_find_icon_button (card, "document-edit-symbolic"));
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

int
main (int argc, char *argv[])
{
  xq_window_fixture_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/records/" name, PaneFixture, NULL, pane_set_up, func, pane_tear_down)
  ADD ("compound-first", test_compound_first);
  ADD ("compound-second", test_compound_second);
  ADD ("above", test_above);
  ADD ("made-elsewhere", test_made_elsewhere);
  g_test_add_func ("/records/mechanisms", test_mechanisms);
#undef ADD
  return g_test_run ();
}
