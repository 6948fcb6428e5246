#include "xq-overview-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "xq-attention-card.h"
#include "xq-card-layout.h"
#include "xq-chart-card.h"
#include "xq-fact-card.h"
#include "xq-kpi-card.h"
#include "xq-overview-data.h"
#include "xq-trace.h"

#define MOST_KPIS 6
#define SPINNER_DELAY 300 /* ms: shorter waits are not worth a sign */

struct _XqOverviewPage
{
  XqPage parent_instance;

  /* template */
  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *error;
  GtkBox *kpis, *many, *one;
  XqChartCard *coverage, *trend, *satisfaction, *one_trend;
  XqAttentionCard *attention;
  GtkWidget *coverage_switch, *trend_switch;
  GtkToggleButton *counts, *course;
  GtkLabel *past_note, *division_note;
  GtkWidget *page_actions; /* a label */

  /* owned */
  XqOverviewData *data;      /* what is shown */
  GCancellable *cancellable; /* of the job under way */
  GPtrArray *fact_cards;     /* GtkWidget, children of one */
  XqKpiCard *kpi_cards[MOST_KPIS];
  guint spinner_id;
};

G_DEFINE_FINAL_TYPE (XqOverviewPage, xq_overview_page, XQ_TYPE_PAGE)

/* ---- Showing ---- */

static void
show_coverage (XqOverviewPage *self)
{
  gboolean counts = gtk_toggle_button_get_active (self->counts);

  if (self->data == NULL)
    return;
  gtk_widget_set_visible (self->coverage_switch, self->data->coverage_share != NULL);
  xq_chart_card_set_chart (self->coverage,
                           counts || self->data->coverage_share == NULL ? self->data->coverage : self->data->coverage_share);
}

static void
show_trend (XqOverviewPage *self)
{
  gboolean course = gtk_toggle_button_get_active (self->course);

  if (self->data == NULL)
    return;
  gtk_widget_set_visible (self->trend_switch, self->data->sizes != NULL);
  xq_chart_card_set_chart (self->trend, course || self->data->sizes == NULL ? self->data->trend : self->data->sizes);
}

static void
show_kpis (XqOverviewPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->kpis), self->data->kpis->len > 0);
  for (guint i = 0; i < MOST_KPIS; i++)
    {
      gboolean used = i < self->data->kpis->len;

      gtk_widget_set_visible (GTK_WIDGET (self->kpi_cards[i]), used);
      if (used)
        xq_kpi_card_set (self->kpi_cards[i], g_ptr_array_index (self->data->kpis, i));
    }
}

static void
show_sections (XqOverviewPage *self)
{
  for (guint i = 0; i < self->fact_cards->len; i++)
    gtk_box_remove (self->one, g_ptr_array_index (self->fact_cards, i));
  g_ptr_array_set_size (self->fact_cards, 0);
  for (guint i = 0; self->data->sections != NULL && i < self->data->sections->len; i++)
    {
      GtkWidget *card = xq_fact_card_new (g_ptr_array_index (self->data->sections, i));

      /* The organisation, then the course of satisfaction beside it, then the rest. */
      if (i == 0)
        gtk_box_prepend (self->one, card);
      else
        gtk_box_append (self->one, card);
      g_ptr_array_add (self->fact_cards, card);
    }
}

static void
show_division (XqOverviewPage *self)
{
  gboolean now = self->data->division == XQ_DIVISION_NOW;
  g_autofree char *period = NULL, *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->division_note), now);
  if (!now)
    return;
  period = xq_period_to_label (self->data->period);
  text = g_strdup_printf (_ ("%s in the present division: households, members and answers follow each unit to what it has become. What "
                             "belongs to a compound as a whole is not carried where compounds were re-drawn, and shows “—”. The tree "
                             "shows what covers the units today."),
                          period);
  gtk_label_set_label (self->division_note, text);
}

/* "Compared with Q3 2024" in the context bar. */
static void
show_compared (XqOverviewPage *self)
{
  g_autofree char *period = NULL, *text = NULL;

  if (xq_period_is_set (self->data->compared))
    {
      period = xq_period_to_label (self->data->compared);
      text = g_strdup_printf (_ ("Compared with %s"), period);
    }
  gtk_label_set_label (GTK_LABEL (self->page_actions), text != NULL ? text : "");
}

/* Findings are known to the context; the job has read what is none, and what a locked period keeps. */
static void
show_attention (XqOverviewPage *self)
{
  const XqAttentionList *read = self->data != NULL ? self->data->attention : NULL;
  g_autoptr (XqAttentionList) all = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->attention), read != NULL);
  if (read != NULL && xq_period_equal (self->data->period, xq_store_get_open_period (xq_page_get_store (XQ_PAGE (self)))))
    all = xq_attention_list_with_findings (read,
                                           xq_findings_get_lists (xq_context_get_findings (xq_page_get_context (XQ_PAGE (self)))),
                                           self->data->unit != NULL ? self->data->unit->id : 0);
  xq_attention_card_set_list (self->attention, all != NULL ? all : read);
}

static void
findings_changed (XqOverviewPage *self)
{
  if (self->data != NULL && self->data->level < XQ_LEVEL_COMPOUND && xq_page_get_store (XQ_PAGE (self)) != NULL)
    show_attention (self);
}

static void
show_data (XqOverviewPage *self)
{
  gboolean many = self->data->level < XQ_LEVEL_COMPOUND;

  gtk_widget_set_visible (GTK_WIDGET (self->many), many);
  gtk_widget_set_visible (GTK_WIDGET (self->one), !many);
  gtk_widget_set_visible (GTK_WIDGET (self->past_note), !many && self->data->past);
  show_kpis (self);
  show_sections (self);
  show_compared (self);
  show_division (self);
  if (many)
    {
      show_coverage (self);
      show_trend (self);
      xq_chart_card_set_chart (self->satisfaction, self->data->satisfaction);
      show_attention (self);
    }
  else
    {
      gtk_widget_set_visible (GTK_WIDGET (self->one_trend), self->data->trend != NULL);
      xq_chart_card_set_chart (self->one_trend, self->data->trend);
    }
  gtk_stack_set_visible_child_name (self->stack, "content");
  xq_trace_painted (GTK_WIDGET (self), "overview");
}

/* ---- Reading ---- */

static void
stop_waiting (XqOverviewPage *self)
{
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  gtk_spinner_stop (self->spinner);
}

static gboolean
show_spinner (gpointer data)
{
  XqOverviewPage *self = data;

  self->spinner_id = 0;
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

/* Who asked, and with what: the answer may be ready before it hears that it is no longer wanted. */
typedef struct
{
  XqOverviewPage *page;
  GCancellable *cancellable;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->page);
  g_object_unref (question->cancellable);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
data_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqOverviewData) data = xq_store_read_finish (XQ_STORE (source), result, &error);
  XqOverviewPage *self = question->page;

  if (g_cancellable_is_cancelled (question->cancellable) || self->stack == NULL)
    return;
  stop_waiting (self);
  if (data == NULL)
    {
      adw_status_page_set_description (self->error, error != NULL ? error->message : NULL);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  g_clear_pointer (&self->data, xq_overview_data_free);
  self->data = g_steal_pointer (&data);
  show_data (self);
}

static void
cancel (XqOverviewPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
xq_overview_page_reload (XqPage *page)
{
  XqOverviewPage *self = XQ_OVERVIEW_PAGE (page);
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  XqOverviewRequest *request;
  Question *question;

  cancel (self);
  if (store == NULL)
    {
      g_clear_pointer (&self->data, xq_overview_data_free);
      stop_waiting (self);
      gtk_stack_set_visible_child_name (self->stack, "loading");
      return;
    }
  if (self->data == NULL && self->spinner_id == 0)
    self->spinner_id = g_timeout_add (SPINNER_DELAY, show_spinner, self);
  request = g_new0 (XqOverviewRequest, 1);
  request->unit = xq_context_get_unit (xq_page_get_context (XQ_PAGE (self)));
  request->period = xq_context_get_period (xq_page_get_context (XQ_PAGE (self)));
  request->division = xq_context_get_division (xq_page_get_context (XQ_PAGE (self)));
  self->cancellable = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->page = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  xq_store_read_async (store, xq_overview_data_job, request, g_free, (GDestroyNotify)xq_overview_data_free, self->cancellable,
                       data_read, question);
}

/* What is under way is of no use any more, looked at or not. */
static void
context_changed (XqOverviewPage *self)
{
  cancel (self);
  xq_page_queue_reload (XQ_PAGE (self));
}

/* Nothing of one document, or division, is shown under the name of another. */
static void
store_changed (XqOverviewPage *self)
{
  g_clear_pointer (&self->data, xq_overview_data_free);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  context_changed (self);
}

/* ---- Going on from a chart ---- */

static void
mark_activated (XqOverviewPage *self, gint64 unit, const char *key)
{
  XqPeriod period;

  if (unit != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-unit", "x", unit);
  else if (key != NULL && xq_period_parse (key, &period, NULL))
    xq_context_set_period (xq_page_get_context (XQ_PAGE (self)), period);
}

/* ---- Object ---- */

static void
xq_overview_page_context_set (XqPage *page, XqContext *context)
{
  XqOverviewPage *self = XQ_OVERVIEW_PAGE (page);
  static const char *const signals[] = { "notify::unit", "notify::period", "notify::revision" };

  g_signal_connect_object (context, "notify::store", G_CALLBACK (store_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::division", G_CALLBACK (store_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (xq_context_get_findings (context), "notify::stamp", G_CALLBACK (findings_changed), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (context, signals[i], G_CALLBACK (context_changed), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < MOST_KPIS; i++)
    {
      self->kpi_cards[i] = XQ_KPI_CARD (xq_kpi_card_new (context));
      gtk_box_append (self->kpis, GTK_WIDGET (self->kpi_cards[i]));
    }
}

static void
xq_overview_page_dispose (GObject *object)
{
  XqOverviewPage *self = XQ_OVERVIEW_PAGE (object);

  cancel (self);
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;
  g_clear_pointer (&self->data, xq_overview_data_free);
  g_clear_pointer (&self->fact_cards, g_ptr_array_unref);
  G_OBJECT_CLASS (xq_overview_page_parent_class)->dispose (object);
}

static void
xq_overview_page_class_init (XqOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  XqPageClass *page_class = XQ_PAGE_CLASS (klass);

  object_class->dispose = xq_overview_page_dispose;
  page_class->context_set = xq_overview_page_context_set;
  page_class->reload = xq_overview_page_reload;

  g_type_ensure (XQ_TYPE_CARD_LAYOUT);
  g_type_ensure (XQ_TYPE_CHART_CARD);
  g_type_ensure (XQ_TYPE_ATTENTION_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/overview/xq-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, error);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, kpis);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, many);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, one);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, coverage);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, trend);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, satisfaction);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, one_trend);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, attention);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, coverage_switch);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, trend_switch);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, counts);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, course);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, past_note);
  gtk_widget_class_bind_template_child (widget_class, XqOverviewPage, division_note);
  gtk_widget_class_bind_template_callback (widget_class, mark_activated);
  gtk_widget_class_bind_template_callback (widget_class, show_coverage);
  gtk_widget_class_bind_template_callback (widget_class, show_trend);
  gtk_widget_class_set_css_name (widget_class, "overview-page");
}

static void
xq_overview_page_init (XqOverviewPage *self)
{
  self->fact_cards = g_ptr_array_new ();
  self->page_actions = gtk_label_new (NULL);
  xq_page_set_actions (XQ_PAGE (self), self->page_actions);
  gtk_widget_add_css_class (self->page_actions, "xq-caption");
  gtk_widget_init_template (GTK_WIDGET (self));
}
