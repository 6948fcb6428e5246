#include "xq-attention.h"

#include <glib/gi18n-lib.h>

#include "xq-chart-figures.h"
#include "xq-coverage.h"
#include "xq-ledger.h"

struct _XqAttention
{
  GObject parent_instance;

  XqAttentionKind kind;
  gint64 unit;
  char *title, *subtitle, *due;
};

G_DEFINE_FINAL_TYPE (XqAttention, xq_attention, G_TYPE_OBJECT)

/* The indicator whose rows a kind lists; NULL: none does. */
static const char *const INDICATORS[XQ_N_ATTENTION_KINDS] = {
  [XQ_ATTENTION_SHOULD_HAVE] = "should_have_branch",
  [XQ_ATTENTION_SHORT] = "short_of_three",
  [XQ_ATTENTION_CONTACT] = "coverage_contact",
};

static void
xq_attention_finalize (GObject *object)
{
  XqAttention *self = XQ_ATTENTION (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->due);
  G_OBJECT_CLASS (xq_attention_parent_class)->finalize (object);
}

static void
xq_attention_class_init (XqAttentionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_attention_finalize;
}

static void
xq_attention_init (XqAttention *self)
{
}

XqAttentionKind
xq_attention_get_kind (XqAttention *self)
{
  return self->kind;
}

gint64
xq_attention_get_unit (XqAttention *self)
{
  return self->unit;
}

const char *
xq_attention_get_title (XqAttention *self)
{
  return self->title;
}

const char *
xq_attention_get_subtitle (XqAttention *self)
{
  return self->subtitle;
}

const char *
xq_attention_get_due (XqAttention *self)
{
  return self->due;
}

const char *
xq_attention_kind_label (XqAttentionKind kind)
{
  switch (kind)
    {
    case XQ_ATTENTION_SHOULD_HAVE:
      return _ ("Should have a branch");
    case XQ_ATTENTION_SHORT:
      return _ ("Short of members");
    case XQ_ATTENTION_TERM:
      return _ ("Term ends");
    case XQ_ATTENTION_OTHER:
      return _ ("Other findings");
    case XQ_ATTENTION_CONTACT:
    default:
      return xq_enum_label (&XQ_ENUM_COVERAGE, "contact");
    }
}

const char *
xq_attention_kind_icon (XqAttentionKind kind)
{
  switch (kind)
    {
    case XQ_ATTENTION_SHOULD_HAVE:
      return "xq-flag-symbolic";
    case XQ_ATTENTION_TERM:
      return "x-office-calendar-symbolic";
    case XQ_ATTENTION_OTHER:
      return "dialog-warning-symbolic";
    case XQ_ATTENTION_SHORT:
    case XQ_ATTENTION_CONTACT:
    default:
      return "system-users-symbolic";
    }
}

/* ---- Reading ---- */

void
xq_attention_list_free (XqAttentionList *list)
{
  if (list == NULL)
    return;
  g_ptr_array_unref (list->items);
  g_free (list);
}

/* "凤凰街道 澜湖社区": what a unit lies in, without the district and itself. */
static char *
place_of (const XqUnit *unit)
{
  g_auto (GStrv) names = g_strsplit (unit->path != NULL ? unit->path : "", "/", -1);
  guint n = g_strv_length (names);
  GString *text = g_string_new (NULL);

  for (guint i = 1; i + 1 < n; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", names[i]);
  return g_string_free (text, FALSE);
}

char *
xq_attention_due (const char *day, const char *as_of)
{
  g_autoptr (GDateTime) due = NULL, now = NULL;
  g_autofree char *due_text = g_strconcat (day, "T00:00:00Z", NULL), *now_text = g_strconcat (as_of, "T00:00:00Z", NULL);
  int days;

  due = g_date_time_new_from_iso8601 (due_text, NULL);
  now = g_date_time_new_from_iso8601 (now_text, NULL);
  if (due == NULL || now == NULL)
    return NULL;
  days = (int)(g_date_time_difference (due, now) / G_TIME_SPAN_DAY);
  if (days > 0)
    return g_strdup_printf (_ ("%d days left"), days);
  if (days < 0)
    return g_strdup_printf (_ ("%d days over"), -days);
  return g_strdup (_ ("today"));
}

static void
add_item (XqAttentionList *list, XqAttentionKind kind, const XqUnit *unit, const char *what, const char *more, const char *due)
{
  XqAttention *item = g_object_new (XQ_TYPE_ATTENTION, NULL);
  g_autofree char *place = place_of (unit);

  item->kind = kind;
  item->unit = unit->id;
  item->title = what != NULL ? g_strdup_printf ("%s · %s", unit->name, what) : g_strdup (unit->name);
  item->subtitle = more != NULL ? g_strdup_printf ("%s · %s", place, more) : g_strdup (place);
  item->due = g_strdup (due);
  g_ptr_array_add (list->items, item);
}

/* What is asked: of which units, and when. */
typedef struct
{
  gint64 unit;
  XqPeriod period;
  XqDivision division;
  gboolean live;
} Question;

/* "常住正式党员 4 人" of each of the compounds @parts, by the count that founds a branch. Rows in the same order. */
static GPtrArray *
read_members (XqTransaction *tx, const GPtrArray *parts, guint n, const Question *question, GError **error)
{
  /* The ledger's columns of the three counts are called as the counts themselves. */
  const char *columns[] = { xq_scheme_get_founding_basis (xq_store_get_scheme (xq_transaction_get_store (tx))), NULL };
  const XqLedgerQuery query
      = { .kind = XQ_LEDGER_COMPOUNDS, .unit = question->unit, .period = question->period, .division = question->division };
  g_autofree gint64 *ids = g_new (gint64, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    ids[i] = ((const XqFigurePart *)g_ptr_array_index (parts, i))->unit->id;
  return xq_ledger_load_rows (tx, &query, ids, n, columns, error);
}

/* Who keeps the contact: known of the open period only. */
static gboolean
read_post (XqTransaction *tx, gint64 compound, char **post, GError **error)
{
  g_auto (XqCoverageState) state = { 0 };
  const char *text;

  if (!xq_coverage_load (tx, compound, &state, error))
    return FALSE;
  text = state.contact != NULL ? xq_record_get_text (state.contact, XQ_CONTACT_POST) : NULL;
  *post = text != NULL ? g_strdup_printf (_ ("contact: %s"), text) : NULL;
  return TRUE;
}

/* How many there are: known from the sums, without looking at each unit. */
static gboolean
read_count (XqTransaction *tx, XqAttentionKind kind, const Question *question, gint64 *count, GError **error)
{
  const char *only[] = { INDICATORS[kind], NULL };
  g_autoptr (XqFigureTable) table
      = xq_figures_read (tx,
                         &(XqFigureQuery){ .unit = question->unit, .by = XQ_LEVEL_NONE, .period = question->period, .only = only },
                         error);

  if (table == NULL)
    return FALSE;
  *count = table->rows->len > 0 ? ((const XqFigureRow *)g_ptr_array_index (table->rows, 0))->figures[0].numerator : 0;
  return TRUE;
}

static void
part_free (gpointer data)
{
  XqFigurePart *part = data;

  xq_unit_free (part->unit);
  g_free (part);
}

/* Unit by unit: of those above units that were re-drawn it is not known. Element type XqFigurePart. */
static GPtrArray *
read_parts_now (XqTransaction *tx, XqAttentionList *list, XqAttentionKind kind, const Question *question, GError **error)
{
  const char *only[] = { INDICATORS[kind], NULL };
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr (XqFigureTable) table = xq_figures_read (tx,
                                                     &(XqFigureQuery){ .unit = question->unit,
                                                                       .by = XQ_LEVEL_COMPOUND,
                                                                       .period = question->period,
                                                                       .only = only,
                                                                       .division = XQ_DIVISION_NOW },
                                                     error);

  if (table == NULL)
    return NULL;
  list->n_redrawn = 0;
  for (guint i = 0; i < table->rows->len; i++)
    {
      XqFigureRow *row = g_ptr_array_index (table->rows, i);
      XqFigurePart *part;

      list->n_redrawn += row->figures[0].uncarried;
      if (row->figures[0].uncarried || row->figures[0].numerator <= 0)
        continue;
      part = g_new0 (XqFigurePart, 1);
      part->unit = g_steal_pointer (&row->unit);
      part->amount = row->figures[0].numerator;
      g_ptr_array_add (parts, part);
    }
  list->counts[kind] = parts->len;
  return g_steal_pointer (&parts);
}

/* The units of @kind, and how many they are. %NULL without error: none. */
static GPtrArray *
read_parts (XqTransaction *tx, XqAttentionList *list, XqAttentionKind kind, const Question *question, GError **error)
{
  if (question->division == XQ_DIVISION_NOW)
    return read_parts_now (tx, list, kind, question, error);
  if (!read_count (tx, kind, question, &list->counts[kind], error) || list->counts[kind] == 0)
    return NULL;
  return xq_figures_list_rows (tx, INDICATORS[kind], question->unit, FALSE, question->period, error);
}

static gboolean
read_kind (XqTransaction *tx, XqAttentionList *list, XqAttentionKind kind, const Question *question, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) rows = read_parts (tx, list, kind, question, &local);
  g_autoptr (GPtrArray) ledger = NULL;
  const XqIndicator *basis = xq_chart_figures_founding_indicator (xq_store_get_scheme (xq_transaction_get_store (tx)));
  guint n;

  list->known[kind] = TRUE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (rows == NULL)
    return TRUE;
  n = MIN (rows->len, XQ_ATTENTION_LIMIT);
  ledger = read_members (tx, rows, n, question, error);
  if (ledger == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const XqFigurePart *part = g_ptr_array_index (rows, i);
      const XqLedgerCell *count = i < ledger->len ? &((const XqLedgerRow *)g_ptr_array_index (ledger, i))->cells[0] : NULL;
      g_autofree char *members = NULL, *more = NULL;

      if (xq_transaction_check_cancelled (tx, error))
        return FALSE;
      members = count != NULL && !count->is_null ? g_strdup_printf ("%s %s %s", xq_indicator_get_short_label (basis), count->text,
                                                                    xq_indicator_get_measure (basis))
                                                 : NULL;
      if (kind == XQ_ATTENTION_CONTACT && question->live && !read_post (tx, part->unit->id, &more, error))
        return FALSE;
      if (kind == XQ_ATTENTION_SHOULD_HAVE)
        more = g_strdup (_ ("a branch is to be founded"));
      else if (kind == XQ_ATTENTION_SHORT)
        more = g_strdup (_ ("fewer members than a branch needs"));
      add_item (list, kind, part->unit, members, more, NULL);
    }
  return TRUE;
}

/* Which of the card's kinds a finding belongs to; XQ_N_ATTENTION_KINDS: none, a reminder that stays on its page. */
static guint
kind_of (const XqRule *rule)
{
  static const struct
  {
    const char *rule;
    XqAttentionKind kind;
  } kinds[] = {
    { "should_have_branch", XQ_ATTENTION_SHOULD_HAVE },
    { "joint_with_enough", XQ_ATTENTION_SHOULD_HAVE },
    { "short_of_members", XQ_ATTENTION_SHORT },
    { "term_ended", XQ_ATTENTION_TERM },
    { "term_ending", XQ_ATTENTION_TERM },
    { "body_term_ended", XQ_ATTENTION_TERM },
    { "body_term_ending", XQ_ATTENTION_TERM },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].rule, rule->id))
      return kinds[i].kind;
  return rule->severity == XQ_SEVERITY_NOTICE ? XQ_N_ATTENTION_KINDS : XQ_ATTENTION_OTHER;
}

/* The day a term ends, or %NULL. */
static const char *
end_of (const XqFinding *finding)
{
  for (guint i = 0; i < finding->n_figures; i++)
    if (g_str_equal (finding->figures[i].name, "end"))
      return finding->figures[i].text;
  return NULL;
}

static void
add_finding (XqAttentionList *list, XqAttentionKind kind, const XqFinding *finding, const char *day)
{
  const char *end = end_of (finding);
  g_autofree char *message = xq_finding_format (finding), *due = NULL;

  list->counts[kind]++;
  if (list->counts[kind] > XQ_ATTENTION_LIMIT)
    return;
  due = end != NULL ? xq_attention_due (end, day) : NULL;
  add_item (list, kind, finding->unit, xq_rule_get_title (finding->rule), message, due);
}

/* By their last day, those that are over first. */
static int
compare_ends (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (end_of (*(XqFinding *const *)a), end_of (*(XqFinding *const *)b));
}

static void
add_findings (XqAttentionList *list, XqAttentionKind kind, GPtrArray *lists, gint64 unit)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint l = 0; l < lists->len; l++)
    {
      const XqFindingList *findings = g_ptr_array_index (lists, l);

      for (guint i = 0; xq_finding_list_holds (findings, unit) && i < xq_finding_list_get_size (findings); i++)
        {
          const XqFinding *finding = xq_finding_list_get (findings, i);

          if (xq_finding_is_open (finding) && kind_of (finding->rule) == kind && xq_finding_list_is_below (findings, finding, unit))
            g_ptr_array_add (found, (gpointer)finding);
        }
    }
  if (kind == XQ_ATTENTION_TERM)
    g_ptr_array_sort (found, compare_ends);
  for (guint i = 0; i < found->len; i++)
    add_finding (list, kind, g_ptr_array_index (found, i), xq_finding_list_get_day (g_ptr_array_index (lists, 0)));
}

XqAttentionList *
xq_attention_list_with_findings (const XqAttentionList *list, GPtrArray *lists, gint64 unit)
{
  XqAttentionList *all = g_new0 (XqAttentionList, 1);

  all->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint kind = 0; kind < XQ_N_ATTENTION_KINDS; kind++)
    if (kind == XQ_ATTENTION_CONTACT)
      {
        all->counts[kind] = list->counts[kind];
        all->known[kind] = list->known[kind];
      }
    else if (lists->len > 0)
      {
        all->known[kind] = TRUE;
        add_findings (all, (XqAttentionKind)kind, lists, unit);
      }
  for (guint i = 0; i < list->items->len; i++)
    if (xq_attention_get_kind (g_ptr_array_index (list->items, i)) == XQ_ATTENTION_CONTACT)
      g_ptr_array_add (all->items, g_object_ref (g_ptr_array_index (list->items, i)));
  return all;
}

XqAttentionList *
xq_attention_list_read (XqTransaction *tx, gint64 unit, XqPeriod period, XqDivision division, GError **error)
{
  g_autoptr (XqAttentionList) list = g_new0 (XqAttentionList, 1);
  Question question = { .unit = unit, .period = period };

  question.live = !xq_period_is_set (period) || xq_period_equal (period, xq_store_get_open_period (xq_transaction_get_store (tx)));
  question.division = question.live ? XQ_DIVISION_THEN : division;
  list->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint kind = 0; kind < XQ_N_ATTENTION_KINDS; kind++)
    {
      /* What is a finding is known without asking again. */
      if (question.live && kind != XQ_ATTENTION_CONTACT)
        continue;
      if (INDICATORS[kind] != NULL && !read_kind (tx, list, (XqAttentionKind)kind, &question, error))
        return NULL;
    }
  return g_steal_pointer (&list);
}
