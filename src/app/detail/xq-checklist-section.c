/* A checklist of the scheme (五件套, 五好, 五个体系) for a unit: what is there of it, item by item. */

#include "xq-record-sections.h"

#include <glib/gi18n-lib.h>

#include "xq-pill.h"

/* What a choice in a row is about. */
typedef struct
{
  XqContext *context;
  gint64 unit;
  char *unit_name;
  char *day;
  const XqSchemeChecklist *checklist; /* of the store's scheme */
  guint item;
  gint64 present; /* the row that counts now, 0: none */
  gboolean today; /* it was assessed on the working day: it is changed; else a new one is made */
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_clear_object (&choice->context);
  g_free (choice->unit_name);
  g_free (choice->day);
  g_free (choice);
}

/* The row of @item that counts on the working day: the latest up to it; of a list kept by period, of the same period. */
static const XqRecord *
find_state (const XqDetail *detail, const XqSchemeChecklist *checklist, const char *item)
{
  GPtrArray *rows = xq_record_sets_get (detail->sets, &XQ_CHECKLIST_STATE);
  const XqRecord *found = NULL;
  XqPeriod now = xq_period_containing (checklist->period_kind, detail->working_day);

  for (guint i = 0; i < rows->len; i++)
    {
      const XqRecord *row = ((XqRecordNode *)g_ptr_array_index (rows, i))->record;
      const char *day = xq_record_get_text (row, XQ_CHECKLIST_STATE_ASSESSED);

      if (g_strcmp0 (xq_record_get_text (row, XQ_CHECKLIST_STATE_CHECKLIST), checklist->id) != 0
          || g_strcmp0 (xq_record_get_text (row, XQ_CHECKLIST_STATE_ITEM), item) != 0 || g_strcmp0 (day, detail->working_day) > 0)
        continue;
      if (checklist->by_period && (day == NULL || !xq_period_equal (xq_period_containing (checklist->period_kind, day), now)))
        continue;
      if (found == NULL || g_strcmp0 (day, xq_record_get_text (found, XQ_CHECKLIST_STATE_ASSESSED)) >= 0)
        found = row;
    }
  return found;
}

/* Saving */

static void
save (const Choice *choice, GtkWidget *widget, const char *state, gint64 score)
{
  XqRecord *record = xq_record_new (&XQ_CHECKLIST_STATE);
  const char *item = choice->checklist->items[choice->item];
  g_autofree char *what
      = g_strdup_printf ("%s · %s", choice->checklist->label, *item != '\0' ? item : choice->checklist->item_ids[choice->item]);
  g_autofree char *label = xq_command_label (choice->unit_name, what);

  xq_record_set_int (record, XQ_CHECKLIST_STATE_UNIT, choice->unit);
  xq_record_set_text (record, XQ_CHECKLIST_STATE_CHECKLIST, choice->checklist->id);
  xq_record_set_text (record, XQ_CHECKLIST_STATE_ITEM, choice->checklist->item_ids[choice->item]);
  xq_record_set_text (record, XQ_CHECKLIST_STATE_STATE, state);
  xq_record_set_text (record, XQ_CHECKLIST_STATE_ASSESSED, choice->day);
  if (score >= 0)
    xq_record_set_int (record, XQ_CHECKLIST_STATE_SCORE, score);
  xq_record_set_id (record, choice->today ? choice->present : 0);
  if (choice->today)
    xq_command_update (choice->context, record, label, widget);
  else
    xq_command_insert (choice->context, record, label, widget);
}

static gint64
score_of (GtkWidget *row)
{
  GtkWidget *spin = g_object_get_data (G_OBJECT (row), "score");

  return spin != NULL ? gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin)) : -1;
}

static const char *
state_of (GtkWidget *row, const Choice *choice)
{
  GtkWidget *list = g_object_get_data (G_OBJECT (row), "state");

  return choice->checklist->states[gtk_drop_down_get_selected (GTK_DROP_DOWN (list))].id;
}

static void
state_chosen (GtkWidget *row)
{
  const Choice *choice = g_object_get_data (G_OBJECT (row), "choice");

  save (choice, row, state_of (row, choice), score_of (row));
}

/* Points are taken when the row is left: each step of a spin button would be a step of the history. */
static void
score_left (GtkWidget *row)
{
  const Choice *choice = g_object_get_data (G_OBJECT (row), "choice");
  GtkWidget *spin = g_object_get_data (G_OBJECT (row), "score");

  gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
  if (gtk_widget_get_mapped (row) && score_of (row) != GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "saved")))
    {
      g_object_set_data (G_OBJECT (row), "saved", GINT_TO_POINTER ((int)score_of (row)));
      save (choice, row, state_of (row, choice), score_of (row));
    }
}

/* Building */

static GtkWidget *
make_states (const XqSchemeChecklist *checklist, const XqRecord *present, const char *name)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *list;
  guint selected = 0;

  for (guint i = 0; i < checklist->n_states; i++)
    {
      gtk_string_list_append (labels, checklist->states[i].label);
      if (present != NULL && g_strcmp0 (xq_record_get_text (present, XQ_CHECKLIST_STATE_STATE), checklist->states[i].id) == 0)
        selected = i;
    }
  list = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), selected);
  gtk_widget_set_valign (list, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (list)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

static GtkWidget *
make_score (GtkWidget *row, const XqSchemeChecklist *checklist, guint item, const XqRecord *present, const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, checklist->scores[item], 1);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  int score = present != NULL ? (int)xq_record_get_int (present, XQ_CHECKLIST_STATE_SCORE) : 0;
  g_autofree char *accessible = g_strdup_printf (_ ("%s, points of %d"), name, checklist->scores[item]);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), score);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible, -1);
  g_object_set_data (G_OBJECT (row), "saved", GINT_TO_POINTER (score));
  g_signal_connect_object (focus, "leave", G_CALLBACK (score_left), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (spin, "activate", G_CALLBACK (score_left), row, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (spin, focus);
  return spin;
}

static GtkWidget *
make_item (XqContext *context, const XqDetail *detail, const XqSchemeChecklist *checklist, guint item, const XqRecord *present,
           gboolean editable)
{
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "activatable", FALSE, "focusable", FALSE, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *name = *checklist->items[item] != '\0' ? checklist->items[item] : _ ("(to be named by the district)");
  gboolean done
      = present != NULL
        && g_strcmp0 (xq_record_get_text (present, XQ_CHECKLIST_STATE_STATE), checklist->states[checklist->n_states - 1].id) == 0;
  Choice *choice = g_new0 (Choice, 1);

  choice->context = g_object_ref (context);
  choice->unit = detail->unit->id;
  choice->unit_name = g_strdup (detail->unit->name);
  choice->day = g_strdup (detail->working_day);
  choice->checklist = checklist;
  choice->item = item;
  choice->present = present != NULL ? xq_record_get_id (present) : 0;
  choice->today
      = present != NULL && g_strcmp0 (xq_record_get_text (present, XQ_CHECKLIST_STATE_ASSESSED), detail->working_day) == 0;
  g_object_set_data_full (G_OBJECT (row), "choice", choice, choice_free);

  gtk_widget_add_css_class (line, "xq-field");
  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.f, "hexpand", TRUE, "wrap", TRUE,
                                                "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (editable)
    {
      GtkWidget *states = make_states (checklist, present, name);

      g_object_set_data (G_OBJECT (row), "state", states);
      if (checklist->scores != NULL)
        {
          GtkWidget *score = make_score (row, checklist, item, present, name);

          g_object_set_data (G_OBJECT (row), "score", score);
          gtk_box_append (GTK_BOX (line), score);
        }
      gtk_box_append (GTK_BOX (line), states);
      g_signal_connect_object (states, "notify::selected", G_CALLBACK (state_chosen), row, G_CONNECT_SWAPPED);
    }
  else
    {
      const char *state = checklist->states[0].label;

      for (guint i = 0; present != NULL && i < checklist->n_states; i++)
        if (g_strcmp0 (xq_record_get_text (present, XQ_CHECKLIST_STATE_STATE), checklist->states[i].id) == 0)
          state = checklist->states[i].label;
      gtk_box_append (GTK_BOX (line), xq_pill_new (done ? XQ_PILL_OK : XQ_PILL_PLAIN, state, NULL));
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  return row;
}

GtkWidget *
xq_checklist_section_new (XqContext *context, const XqDetail *detail, const XqSchemeChecklist *checklist, gboolean editable)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "css-classes",
                                  (const char *const[]){ "xq-fields", NULL }, NULL);
  guint there = 0;
  gint64 score = 0, most = 0;
  g_autofree char *count = NULL;

  gtk_widget_set_name (box, checklist->id);
  for (guint i = 0; i < checklist->n_items; i++)
    {
      const XqRecord *present = find_state (detail, checklist, checklist->item_ids[i]);

      if (present != NULL
          && g_strcmp0 (xq_record_get_text (present, XQ_CHECKLIST_STATE_STATE), checklist->states[checklist->n_states - 1].id) == 0)
        there++;
      if (checklist->scores != NULL)
        {
          score += present != NULL ? xq_record_get_int (present, XQ_CHECKLIST_STATE_SCORE) : 0;
          most += checklist->scores[i];
        }
      gtk_list_box_append (GTK_LIST_BOX (list), make_item (context, detail, checklist, i, present, editable));
    }
  count = checklist->scores != NULL ? g_strdup_printf (_ ("%d of %d points"), (int)score, (int)most)
                                    : g_strdup_printf ("%u/%u", there, checklist->n_items);
  gtk_box_append (GTK_BOX (head), g_object_new (GTK_TYPE_LABEL, "label", checklist->label, "xalign", 0.f, "css-classes",
                                                (const char *const[]){ "xq-section-title", NULL }, NULL));
  gtk_box_append (GTK_BOX (head), xq_pill_new (there == checklist->n_items ? XQ_PILL_OK : XQ_PILL_PLAIN, count,
                                               there == checklist->n_items ? "object-select-symbolic" : NULL));
  if (checklist->ours)
    gtk_box_append (GTK_BOX (head), xq_pill_new (XQ_PILL_CONTACT, _ ("Scoring is a sample"), NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, checklist->label, -1);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), list);
  return box;
}
