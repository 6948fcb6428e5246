/* What a record shows besides its fields: reckoned from them and from what belongs to it. */

#include "xq-record-card.h"

#include <glib/gi18n-lib.h>

#include "xq-owner-vote.h"
#include "xq-pill.h"
#include "xq-points.h"
#include "xq-statistics.h"
#include "xq-term.h"
#include "xq-wrap.h"

/* Areas are kept in hundredths of m². */
#define HUNDRED 100

static void
add_pill (GtkWidget *pills, XqPillKind kind, const char *text)
{
  xq_wrap_append (XQ_WRAP (pills), xq_pill_new (kind, text, NULL));
}

/* A share as a thin bar under a line of words. */
static GtkWidget *
make_bar (const char *name, const char *figures, gint64 part, gint64 whole, gboolean good)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *bar = gtk_progress_bar_new ();
  g_autofree char *accessible = g_strdup_printf ("%s: %s", name, figures);

  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.f, "css-classes",
                                                (const char *const[]){ "xq-caption", NULL }, NULL));
  gtk_box_append (GTK_BOX (line),
                  g_object_new (GTK_TYPE_LABEL, "label", figures, "xalign", 1.f, "hexpand", TRUE, "wrap", TRUE, "wrap-mode",
                                PANGO_WRAP_WORD_CHAR, "css-classes", (const char *const[]){ "xq-dense", NULL }, NULL));
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), whole > 0 ? CLAMP ((double)part / (double)whole, 0, 1) : 0);
  gtk_widget_add_css_class (bar, "xq-ratio");
  if (!good)
    gtk_widget_add_css_class (bar, "short");
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible, -1);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), bar);
  return box;
}

/* Votes */

static gint64
sum_of (const XqRecordNode *vote, int field)
{
  gint64 sum = 0;

  for (guint i = 0; i < vote->children->len; i++)
    sum += xq_record_get_int (((XqRecordNode *)g_ptr_array_index (vote->children, i))->record, field);
  return sum;
}

/* All owners: what the vote says, else its property area, else its buildings together. */
static XqVoteCount
total_of (const XqCardPlace *place, const XqRecordNode *vote)
{
  XqVoteCount total
      = { xq_record_get_int (vote->record, XQ_OWNER_VOTE_HEADS), xq_record_get_int (vote->record, XQ_OWNER_VOTE_AREA) };
  GPtrArray *areas = xq_record_sets_get (place->detail->sets, &XQ_PROPERTY_AREA);

  for (guint i = 0; i < areas->len; i++)
    {
      const XqRecord *area = ((XqRecordNode *)g_ptr_array_index (areas, i))->record;

      if (xq_record_get_id (area) != xq_record_get_int (vote->record, XQ_OWNER_VOTE_PROPERTY_AREA))
        continue;
      if (total.heads == 0)
        total.heads = xq_record_get_int (area, XQ_PROPERTY_AREA_HEADS);
      if (total.area == 0)
        total.area = xq_record_is_null (area, XQ_PROPERTY_AREA_OWNED_AREA)
                         ? HUNDRED * xq_record_get_int (area, XQ_PROPERTY_AREA_FLOOR_AREA)
                         : xq_record_get_int (area, XQ_PROPERTY_AREA_OWNED_AREA);
    }
  if (total.heads == 0)
    total.heads = sum_of (vote, XQ_VOTE_BUILDING_HEADS);
  if (total.area == 0)
    total.area = sum_of (vote, XQ_VOTE_BUILDING_AREA);
  return total;
}

static char *
format_area (gint64 hundredths)
{
  g_autofree char *whole = xq_format_count (hundredths / HUNDRED);
  g_autofree char *exact
      = hundredths % HUNDRED == 0 ? g_strdup (whole) : g_strdup_printf ("%s.%02d", whole, (int)(hundredths % HUNDRED));

  return g_strdup_printf (_ ("%s m²"), exact);
}

static void
append_share (GtkWidget *card, const char *name, gint64 part, gint64 whole, gint64 missing, gboolean area)
{
  g_autofree char *part_text = area ? format_area (part) : xq_format_count (part);
  g_autofree char *whole_text = area ? format_area (whole) : xq_format_count (whole);
  g_autofree char *missing_text = area ? format_area (missing) : g_strdup_printf (_ ("%d people"), (int)missing);
  g_autofree char *figures = missing > 0 ? g_strdup_printf (_ ("%s of %s, %s short"), part_text, whole_text, missing_text)
                                         : g_strdup_printf (_ ("%s of %s"), part_text, whole_text);

  gtk_box_append (GTK_BOX (card), make_bar (name, figures, part, whole, missing == 0));
}

static void
append_vote_building (const XqCardPlace *place, const XqRecordNode *building, GtkWidget *card, XqCardFunc func)
{
  const XqRecord *record = building->record;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *name = building->references[XQ_VOTE_BUILDING_UNIT] != NULL ? building->references[XQ_VOTE_BUILDING_UNIT]
                                                                         : xq_record_get_text (record, XQ_VOTE_BUILDING_LABEL);
  gint64 heads = xq_record_get_int (record, XQ_VOTE_BUILDING_HEADS), area = xq_record_get_int (record, XQ_VOTE_BUILDING_AREA);
  gint64 taking = xq_record_get_int (record, XQ_VOTE_BUILDING_TAKING_HEADS),
         taking_area = xq_record_get_int (record, XQ_VOTE_BUILDING_TAKING_AREA);
  gint64 agree = xq_record_get_int (record, XQ_VOTE_BUILDING_FOR_HEADS);
  g_autofree char *agree_area = format_area (xq_record_get_int (record, XQ_VOTE_BUILDING_FOR_AREA));
  g_autofree char *taking_text = format_area (taking_area);
  g_autofree char *missing_area = format_area (MAX (0, area - taking_area));
  g_autofree char *figures = g_strdup_printf (_ ("Taking part %d people, %s; in favour %d people, %s"), (int)taking, taking_text,
                                              (int)agree, agree_area);
  g_autofree char *absent = heads > taking || area > taking_area
                                ? g_strdup_printf (_ ("Not yet: %d people, %s"), (int)MAX (0, heads - taking), missing_area)
                                : NULL;

  gtk_widget_add_css_class (line, "xq-record-child");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), xq_record_card_text (name != NULL ? name : "—", "xq-dense"));
  gtk_box_append (GTK_BOX (words), xq_record_card_text (figures, "xq-caption"));
  if (absent != NULL)
    gtk_box_append (GTK_BOX (words), xq_record_card_text (absent, "xq-caption"));
  gtk_box_append (GTK_BOX (line), words);
  if (place->editable)
    {
      gtk_box_append (GTK_BOX (line),
                      xq_record_card_button (place, func, "document-edit-symbolic", _ ("Change"), XQ_CARD_CHANGE, record, NULL));
      gtk_box_append (GTK_BOX (line),
                      xq_record_card_button (place, func, "user-trash-symbolic", _ ("Delete"), XQ_CARD_DELETE, record, NULL));
    }
  gtk_box_append (GTK_BOX (card), line);
}

static void
append_vote (const XqCardPlace *place, const XqRecordNode *node, GtkWidget *card, GtkWidget *pills, XqCardFunc func)
{
  XqOwnerVote vote = { .special = g_strcmp0 (xq_record_get_text (node->record, XQ_OWNER_VOTE_MATTER), "special") == 0,
                       .total = total_of (place, node),
                       .taking_part = { sum_of (node, XQ_VOTE_BUILDING_TAKING_HEADS), sum_of (node, XQ_VOTE_BUILDING_TAKING_AREA) },
                       .in_favour = { sum_of (node, XQ_VOTE_BUILDING_FOR_HEADS), sum_of (node, XQ_VOTE_BUILDING_FOR_AREA) } };
  XqVoteStanding standing = xq_owner_vote_count (&vote);
  g_autoptr (GError) error = NULL;

  switch (standing.result)
    {
    case XQ_VOTE_CARRIED:
      add_pill (pills, XQ_PILL_OK, _ ("Carried"));
      break;
    case XQ_VOTE_NOT_CARRIED:
      add_pill (pills, XQ_PILL_WARNING, _ ("Too few in favour"));
      break;
    case XQ_VOTE_TOO_FEW:
      add_pill (pills, XQ_PILL_WARNING, _ ("Too few take part"));
      break;
    case XQ_VOTE_UNKNOWN:
      add_pill (pills, XQ_PILL_OUTLINE, _ ("Not yet countable"));
      break;
    }
  if (!xq_owner_vote_check (&vote, &error))
    gtk_box_append (GTK_BOX (card), xq_record_card_text (error->message, "xq-field-error"));
  else
    {
      append_share (card, _ ("Owners taking part"), vote.taking_part.heads, vote.total.heads, standing.missing_taking_part.heads,
                    FALSE);
      append_share (card, _ ("Area taking part"), vote.taking_part.area, vote.total.area, standing.missing_taking_part.area, TRUE);
      append_share (card, _ ("Owners in favour"), vote.in_favour.heads,
                    MAX (vote.taking_part.heads, standing.needed_taking_part.heads), standing.missing_in_favour.heads, FALSE);
      append_share (card, _ ("Area in favour"), vote.in_favour.area, MAX (vote.taking_part.area, standing.needed_taking_part.area),
                    standing.missing_in_favour.area, TRUE);
      gtk_box_append (GTK_BOX (card),
                      xq_record_card_text (vote.special ? _ ("Two thirds of owners and area must take part; of them three quarters "
                                                             "must agree (Civil Code, article 278).")
                                                        : _ ("Two thirds of owners and area must take part; of them more than half "
                                                             "must agree (Civil Code, article 278)."),
                                           "xq-caption"));
    }
  for (guint i = 0; i < node->children->len; i++)
    append_vote_building (place, g_ptr_array_index (node->children, i), card, func);
}

/* Tickets */

static void
append_ticket_pills (GtkWidget *pills, const XqTicketStanding *standing)
{
  static const struct
  {
    XqPillKind kind;
    const char *text;
  } states[] = {
    [XQ_TICKET_STATE_NEW] = { XQ_PILL_OUTLINE, NC_ ("ticket state", "New") },
    [XQ_TICKET_STATE_RAISED] = { XQ_PILL_OUTLINE, NC_ ("ticket state", "To be dispatched") },
    [XQ_TICKET_STATE_DISPATCHED] = { XQ_PILL_CONTACT, NC_ ("ticket state", "To be responded to") },
    [XQ_TICKET_STATE_IN_HAND] = { XQ_PILL_INFO, NC_ ("ticket state", "In hand") },
    [XQ_TICKET_STATE_CLOSED] = { XQ_PILL_INFO, NC_ ("ticket state", "To be verified") },
    [XQ_TICKET_STATE_VERIFIED] = { XQ_PILL_OK, NC_ ("ticket state", "Verified") },
  };

  add_pill (pills, states[standing->state].kind, g_dpgettext2 (GETTEXT_PACKAGE, "ticket state", states[standing->state].text));
  if (standing->days_left < 0)
    {
      g_autofree char *overdue
          = g_strdup_printf (ngettext ("%d day overdue", "%d days overdue", -standing->days_left), -standing->days_left);

      xq_wrap_append (XQ_WRAP (pills), xq_pill_new (XQ_PILL_WARNING, overdue, "alarm-symbolic"));
    }
  else if (standing->days_left > 0)
    {
      g_autofree char *left = g_strdup_printf (ngettext ("%d day left", "%d days left", standing->days_left), standing->days_left);

      add_pill (pills, XQ_PILL_PLAIN, left);
    }
  if (standing->reopened > 0)
    {
      g_autofree char *reopened
          = g_strdup_printf (ngettext ("Reopened %u time", "Reopened %u times", standing->reopened), standing->reopened);

      add_pill (pills, XQ_PILL_CONTACT, reopened);
    }
}

static void
append_fact (GtkWidget *line, const char *name, const char *value)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (cell), xq_record_card_text (name, "xq-caption"));
  gtk_box_append (GTK_BOX (cell), xq_record_card_text (value, "xq-dense"));
  gtk_box_append (GTK_BOX (line), cell);
}

static const char *
answer_text (XqAnswer answer)
{
  return answer == XQ_ANSWER_YES ? _ ("Yes") : answer == XQ_ANSWER_NO ? _ ("No") : "—";
}

/* Four facts: none of them follows from another. */
static void
append_facts (GtkWidget *card, const XqTicketStanding *standing)
{
  GtkWidget *line = g_object_new (GTK_TYPE_BOX, "homogeneous", TRUE, "spacing", 6, NULL);
  const char *responded = !standing->responded ? _ ("No") : standing->responded_on_time == XQ_ANSWER_NO ? _ ("Late") : _ ("Yes");
  const char *closed = !standing->closed ? _ ("No") : standing->closed_on_time == XQ_ANSWER_NO ? _ ("Late") : _ ("Yes");

  append_fact (line, _ ("Responded"), responded);
  append_fact (line, C_ ("ticket fact", "Closed"), closed);
  append_fact (line, _ ("Solved"), answer_text (standing->solved));
  append_fact (line, _ ("Satisfied"), answer_text (standing->satisfied));
  gtk_box_append (GTK_BOX (card), line);
}

static void
append_event (GtkWidget *card, const XqRecordNode *event, gboolean last)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  const char *department = event->references[XQ_TICKET_EVENT_DEPARTMENT],
             *text = xq_record_get_text (event->record, XQ_TICKET_EVENT_TEXT);

  gtk_widget_add_css_class (line, "xq-timeline");
  gtk_widget_add_css_class (mark, "xq-timeline-mark");
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_accessible_update_state (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  if (last)
    gtk_widget_add_css_class (line, "last");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (head),
                  g_object_new (GTK_TYPE_LABEL, "label",
                                xq_enum_label (&XQ_ENUM_TICKET_STEP, xq_record_get_text (event->record, XQ_TICKET_EVENT_KIND)),
                                "xalign", 0.f, "hexpand", TRUE, "css-classes", (const char *const[]){ "xq-record-title", NULL },
                                NULL));
  gtk_box_append (GTK_BOX (head), xq_record_card_text (xq_record_get_text (event->record, XQ_TICKET_EVENT_DAY), "xq-caption"));
  gtk_box_append (GTK_BOX (words), head);
  if (department != NULL)
    gtk_box_append (GTK_BOX (words), xq_record_card_text (department, "xq-caption"));
  if (text != NULL)
    gtk_box_append (GTK_BOX (words), xq_record_card_text (text, "xq-dense"));
  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (card), line);
}

static void
append_ticket (const XqCardPlace *place, const XqRecordNode *node, GtkWidget *card, GtkWidget *pills, XqCardFunc func)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  g_auto (XqTicketStanding) standing = { 0 };
  g_autoptr (GError) error = NULL;
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  guint shown = 0;

  for (guint i = 0; i < node->children->len; i++)
    {
      XqRecordNode *child = g_ptr_array_index (node->children, i);

      if (xq_record_get_type_of (child->record) == &XQ_TICKET_EVENT)
        g_ptr_array_add (events, child->record);
    }
  xq_ticket_sort_events (events);
  if (!xq_ticket_stand (place->scheme, xq_record_get_text (node->record, XQ_TICKET_LEVEL), events, place->detail->working_day,
                        &standing, &error))
    gtk_box_append (GTK_BOX (card), xq_record_card_text (error->message, "xq-field-error"));
  append_ticket_pills (pills, &standing);
  append_facts (card, &standing);
  for (guint e = 0; e < events->len; e++)
    for (guint i = 0; i < node->children->len; i++)
      {
        XqRecordNode *child = g_ptr_array_index (node->children, i);

        if (child->record == g_ptr_array_index (events, e))
          append_event (card, child, ++shown == events->len);
      }
  for (guint step = 0; place->editable && error == NULL && step < XQ_N_TICKET_STEPS; step++)
    if (xq_ticket_step_allowed (standing.state, (XqTicketStep)step))
      {
        GtkWidget *button
            = xq_record_card_button (place, func, NULL,
                                     xq_enum_label (&XQ_ENUM_TICKET_STEP, xq_ticket_step_to_nick ((XqTicketStep)step)),
                                     XQ_CARD_STEP, node->record, GUINT_TO_POINTER (step));

        gtk_widget_add_css_class (button, "xq-dense");
        gtk_widget_set_name (button, xq_ticket_step_to_nick ((XqTicketStep)step));
        gtk_widget_set_hexpand (button, TRUE);
        gtk_box_append (GTK_BOX (buttons), button);
      }
  gtk_box_append (GTK_BOX (card), buttons);
}

/* Projects */

static void
append_project (const XqRecordNode *node, GtkWidget *card, GtkWidget *pills)
{
  const XqRecord *project = node->record;
  const char *measure = xq_record_get_text (project, XQ_PROJECT_MEASURE);
  gint64 sum = sum_of (node, XQ_PROJECT_FUNDING_AMOUNT);
  gint64 before = xq_record_get_int (project, XQ_PROJECT_BEFORE_QUANTITY),
         after = xq_record_get_int (project, XQ_PROJECT_AFTER_QUANTITY);

  if (!xq_record_is_null (project, XQ_PROJECT_FINISHED))
    add_pill (pills, XQ_PILL_OK, _ ("Finished"));
  else if (!xq_record_is_null (project, XQ_PROJECT_STARTED))
    add_pill (pills, XQ_PILL_INFO, _ ("Under way"));
  /* A bar only of what was counted before and after: what was converted from something else is another fact. */
  if (!xq_record_is_null (project, XQ_PROJECT_BEFORE_QUANTITY) && !xq_record_is_null (project, XQ_PROJECT_AFTER_QUANTITY))
    for (int i = 0; i < 2; i++)
      {
        g_autofree char *count = xq_format_count (i == 0 ? before : after);
        g_autofree char *figures = g_strdup_printf ("%s %s", count, measure != NULL ? measure : "");

        gtk_box_append (GTK_BOX (card), make_bar (i == 0 ? _ ("Before") : _ ("After"), figures, i == 0 ? before : after,
                                                  MAX (before, after), TRUE));
      }
  if (sum <= 0)
    return;
  {
    g_autofree char *total = xq_format_count (sum / HUNDRED);
    g_autofree char *text = g_strdup_printf (_ ("Money: %s yuan"), total);

    gtk_box_append (GTK_BOX (card), xq_record_card_text (text, "xq-record-title"));
  }
  for (const XqEnumValue *source = XQ_ENUM_FUNDING_SOURCE.values; source->nick != NULL; source++)
    {
      gint64 part = 0;
      g_autofree char *count = NULL;
      g_autofree char *figures = NULL;

      for (guint i = 0; i < node->children->len; i++)
        {
          const XqRecord *funding = ((XqRecordNode *)g_ptr_array_index (node->children, i))->record;

          if (g_strcmp0 (xq_record_get_text (funding, XQ_PROJECT_FUNDING_SOURCE), source->nick) == 0)
            part += xq_record_get_int (funding, XQ_PROJECT_FUNDING_AMOUNT);
        }
      if (part == 0)
        continue;
      count = xq_format_count (part / HUNDRED);
      figures = g_strdup_printf (_ ("%s yuan, %.0f%%"), count, 100.0 * (double)part / (double)sum);
      gtk_box_append (GTK_BOX (card), make_bar (xq_enum_label (&XQ_ENUM_FUNDING_SOURCE, source->nick), figures, part, sum, TRUE));
    }
}

/* Fees, points, polls, terms */

static void
append_fee (const XqRecord *fee, GtkWidget *card)
{
  gboolean money = xq_record_get_int (fee, XQ_FEE_COLLECTION_AMOUNT_DUE) > 0;
  gint64 due = xq_record_get_int (fee, money ? XQ_FEE_COLLECTION_AMOUNT_DUE : XQ_FEE_COLLECTION_HOUSEHOLDS_DUE);
  gint64 paid = xq_record_get_int (fee, money ? XQ_FEE_COLLECTION_AMOUNT_COLLECTED : XQ_FEE_COLLECTION_HOUSEHOLDS_PAID);
  g_autofree char *rate = NULL;

  if (due <= 0)
    return;
  rate = g_strdup_printf ("%.1f%%", 100.0 * (double)paid / (double)due);
  gtk_box_append (GTK_BOX (card), make_bar (money ? _ ("Rate by amount") : _ ("Rate by households"), rate, paid, due, TRUE));
}

static void
append_points (const XqRecordNode *node, GtkWidget *pills)
{
  gint64 balance = 0;
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < node->children->len; i++)
    {
      const XqRecord *entry = ((XqRecordNode *)g_ptr_array_index (node->children, i))->record;
      gint64 points = xq_record_get_int (entry, XQ_POINTS_ENTRY_POINTS);

      balance += g_strcmp0 (xq_record_get_text (entry, XQ_POINTS_ENTRY_KIND), "redeemed") == 0 ? -points : points;
    }
  count = xq_format_count (balance);
  text = g_strdup_printf (_ ("Balance %s"), count);
  add_pill (pills, XQ_PILL_INFO, text);
}

static void
append_poll (const XqCardPlace *place, const XqRecordNode *node, GtkWidget *card, XqCardFunc func)
{
  gint64 ballots = xq_record_get_int (node->record, XQ_POLL_BALLOTS);

  for (guint i = 0; i < node->children->len; i++)
    {
      const XqRecord *option = ((XqRecordNode *)g_ptr_array_index (node->children, i))->record;
      gint64 votes = xq_record_get_int (option, XQ_POLL_OPTION_VOTES);
      g_autofree char *count = xq_format_count (votes);
      g_autofree char *figures = ballots > 0
                                     ? g_strdup_printf (_ ("%s votes, %.0f%%"), count, 100.0 * (double)votes / (double)ballots)
                                     : g_strdup_printf (_ ("%s votes"), count);
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *bar = make_bar (xq_record_get_text (option, XQ_POLL_OPTION_PROBLEM), figures, votes, ballots, TRUE);

      gtk_widget_set_hexpand (bar, TRUE);
      gtk_box_append (GTK_BOX (line), bar);
      if (place->editable)
        {
          gtk_box_append (GTK_BOX (line), xq_record_card_button (place, func, "document-edit-symbolic", _ ("Change"),
                                                                 XQ_CARD_CHANGE, option, NULL));
          gtk_box_append (GTK_BOX (line),
                          xq_record_card_button (place, func, "user-trash-symbolic", _ ("Delete"), XQ_CARD_DELETE, option, NULL));
        }
      gtk_box_append (GTK_BOX (card), line);
    }
}

/* When something ends, and a reminder while there is time. */
static void
append_end (const XqCardPlace *place, const char *end, int months, const char *ends, const char *ended, GtkWidget *pills)
{
  g_autofree char *text = NULL;

  switch (xq_term_state (end, place->detail->working_day, months))
    {
    case XQ_TERM_UNKNOWN:
      return;
    case XQ_TERM_RUNNING:
      text = g_strdup_printf (ends, end);
      add_pill (pills, XQ_PILL_PLAIN, text);
      return;
    case XQ_TERM_DUE:
      text = g_strdup_printf (ends, end);
      xq_wrap_append (XQ_WRAP (pills), xq_pill_new (XQ_PILL_CONTACT, text, "alarm-symbolic"));
      return;
    case XQ_TERM_ENDED:
      text = g_strdup_printf (ended, end);
      xq_wrap_append (XQ_WRAP (pills), xq_pill_new (XQ_PILL_WARNING, text, "alarm-symbolic"));
      return;
    }
}

static void
append_term (const XqCardPlace *place, const XqRecord *record, GtkWidget *pills)
{
  gboolean body = xq_record_get_type_of (record) == &XQ_OWNERS_BODY;
  g_autofree char *end
      = xq_term_end (xq_record_get_text (record, body ? XQ_OWNERS_BODY_TERM_STARTED : XQ_ORGANISATION_TERM_STARTED),
                     (int)xq_record_get_int (record, body ? XQ_OWNERS_BODY_TERM_YEARS : XQ_ORGANISATION_TERM_YEARS));
  int months
      = xq_scheme_get_threshold (place->scheme, body ? XQ_THRESHOLD_BODY_REMINDER_MONTHS : XQ_THRESHOLD_TERM_REMINDER_MONTHS);

  if (!xq_record_is_null (record, body ? XQ_OWNERS_BODY_ENDED : XQ_ORGANISATION_DISSOLVED))
    return;
  append_end (place, end, months, _ ("Term ends %s"), _ ("Term ended %s"), pills);
}

/* How many of those who answered are satisfied; under the scheme's minimum no share is told. */
static void
append_tally (const XqCardPlace *place, const XqRecord *tally, GtkWidget *card)
{
  gint64 satisfied
      = xq_record_get_int (tally, XQ_SURVEY_TALLY_VERY_SATISFIED) + xq_record_get_int (tally, XQ_SURVEY_TALLY_SATISFIED);
  gint64 valid = satisfied + xq_record_get_int (tally, XQ_SURVEY_TALLY_NEUTRAL)
                 + xq_record_get_int (tally, XQ_SURVEY_TALLY_DISSATISFIED)
                 + xq_record_get_int (tally, XQ_SURVEY_TALLY_VERY_DISSATISFIED);
  int minimum = xq_scheme_get_minimum_sample (place->scheme);
  g_autofree char *figures = NULL;
  double low, high;

  if (valid < minimum)
    {
      g_autofree char *count = xq_format_count (valid);

      figures = g_strdup_printf (_ ("%s valid answers, fewer than %d: no share is told"), count, minimum);
      gtk_box_append (GTK_BOX (card), xq_record_card_text (figures, "xq-caption"));
      return;
    }
  xq_wilson_interval (satisfied, valid, &low, &high);
  figures = g_strdup_printf ("%.1f%%  (%.1f–%.1f)", 100.0 * (double)satisfied / (double)valid, 100 * low, 100 * high);
  gtk_box_append (GTK_BOX (card), make_bar (_ ("Satisfied"), figures, satisfied, valid, TRUE));
}

gboolean
xq_record_extra_append (const XqCardPlace *place, XqExtra extra, const XqRecordNode *node, GtkWidget *card, GtkWidget *pills,
                        XqCardFunc func)
{
  switch (extra)
    {
    case XQ_EXTRA_VOTE:
      append_vote (place, node, card, pills, func);
      return TRUE;
    case XQ_EXTRA_TICKET:
      append_ticket (place, node, card, pills, func);
      return TRUE;
    case XQ_EXTRA_PROJECT:
      append_project (node, card, pills);
      return FALSE;
    case XQ_EXTRA_FEE:
      append_fee (node->record, card);
      return FALSE;
    case XQ_EXTRA_POINTS:
      append_points (node, pills);
      return FALSE;
    case XQ_EXTRA_POLL:
      append_poll (place, node, card, func);
      return TRUE;
    case XQ_EXTRA_TERM:
      append_term (place, node->record, pills);
      return FALSE;
    case XQ_EXTRA_CONTRACT:
      if (xq_record_is_null (node->record, XQ_PROPERTY_SERVICE_VALID_TO))
        append_end (place, xq_record_get_text (node->record, XQ_PROPERTY_SERVICE_CONTRACT_END),
                    (xq_scheme_get_threshold (place->scheme, XQ_THRESHOLD_CONTRACT_REMINDER_DAYS) + 29) / 30,
                    _ ("Contract ends %s"), _ ("Contract ended %s"), pills);
      return FALSE;
    case XQ_EXTRA_TALLY:
      append_tally (place, node->record, card);
      return FALSE;
    case XQ_EXTRA_NONE:
      break;
    }
  return FALSE;
}
