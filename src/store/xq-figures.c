#include "xq-figures.h"

#include <glib/gi18n-lib.h>

#include "xq-carry.h"
#include "xq-expression.h"
#include "xq-fact-tree.h"
#include "xq-published-figure.h"

/* Where figures are read from, and the present one whose units they are carried to; %NULL: the units are those of then. */
typedef struct
{
  XqFactSource *source, *now;
} Sources;

/* An indicator made ready to be evaluated. */
typedef struct
{
  const XqIndicator *indicator;
  XqExpression *numerator, *denominator; /* denominator NULL: a count */
  gint64 groups;                         /* of facts that it rests on */
} Measure;

static void
sources_clear (Sources *sources)
{
  g_clear_pointer (&sources->source, xq_fact_source_free);
  g_clear_pointer (&sources->now, xq_fact_source_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sources, sources_clear)

static gboolean
sources_init (Sources *sources, XqTransaction *tx, XqPeriod period, XqDivision division, GError **error)
{
  sources->source = xq_fact_source_new (tx, period, error);
  if (sources->source == NULL)
    return FALSE;
  if (division == XQ_DIVISION_NOW && sources->source->basis != XQ_BASIS_LIVE)
    sources->now = xq_fact_source_new (tx, XQ_PERIOD_NONE, error);
  return division != XQ_DIVISION_NOW || sources->source->basis == XQ_BASIS_LIVE || sources->now != NULL;
}

/* The one whose units are shown. */
static const XqFactSource *
shown_source (const XqFactSource *source, const XqFactSource *now)
{
  return now != NULL ? now : source;
}

static XqFactTree *
load_tree (XqTransaction *tx, const XqFactSource *source, const XqFactSource *now, gint64 root, XqLevel level, GError **error)
{
  return now != NULL ? xq_carry_load (tx, source, now, root, error) : xq_fact_tree_load (tx, source, root, level, error);
}

static void
measure_free (gpointer data)
{
  Measure *measure = data;

  g_clear_pointer (&measure->numerator, xq_expression_free);
  g_clear_pointer (&measure->denominator, xq_expression_free);
  g_free (measure);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Measure, measure_free)

static void
figure_row_free (gpointer data)
{
  XqFigureRow *row = data;

  xq_unit_free (row->unit);
  g_free (row->figures);
  g_free (row);
}

static void
figure_part_free (gpointer data)
{
  XqFigurePart *part = data;

  xq_unit_free (part->unit);
  g_free (part);
}

void
xq_figure_table_free (XqFigureTable *table)
{
  g_free (table->as_of);
  g_free (table->locked_at);
  g_clear_pointer (&table->set, xq_indicator_set_unref);
  g_clear_pointer (&table->indicators, g_ptr_array_unref);
  g_clear_pointer (&table->rows, g_ptr_array_unref);
  g_free (table);
}

int
xq_figure_table_find (const XqFigureTable *table, const char *id)
{
  for (guint i = 0; i < table->indicators->len; i++)
    if (g_strcmp0 (((const XqIndicator *)g_ptr_array_index (table->indicators, i))->id, id) == 0)
      return (int)i;
  return -1;
}

static const XqIndicator *
find_indicator (const XqIndicatorSet *set, const char *id, GError **error)
{
  const XqIndicator *indicator = xq_indicator_set_find (set, id);
  g_autoptr (GString) known = NULL;

  if (indicator != NULL)
    return indicator;
  known = g_string_new (NULL);
  for (guint i = 0; i < xq_indicator_set_get_size (set); i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", xq_indicator_set_get (set, i)->id);
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("There is no indicator called “%s”; there are %s"), id,
               known->str);
  return NULL;
}

static Measure *
measure_new (XqTransaction *tx, const XqIndicator *indicator, const XqScheme *scheme, GError **error)
{
  g_autoptr (Measure) measure = g_new0 (Measure, 1);
  const char *numerator = indicator->numerator;

  if (!xq_indicator_applies (indicator, scheme))
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("The scheme “%s” does not have what “%s” is about"),
                   xq_scheme_get_name (scheme), xq_indicator_get_label (indicator));
      return NULL;
    }
  if (g_str_equal (numerator, XQ_INDICATOR_PLANNED))
    {
      const XqIndicator *planned = NULL;

      if (xq_scheme_has_plan (scheme))
        {
          planned = find_indicator (xq_indicator_set_get_for_scheme (scheme), xq_scheme_get_plan_indicator (scheme), error);
          if (planned == NULL)
            return NULL;
        }
      /* A plan for the completion of a plan would have no end. */
      if (planned == NULL || g_str_equal (planned->numerator, XQ_INDICATOR_PLANNED))
        {
          g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                       _ ("The scheme's plan does not say which indicator it is about"));
          return NULL;
        }
      numerator = planned->numerator;
    }
  measure->indicator = indicator;
  measure->numerator = xq_expression_new (tx, numerator, indicator->id, _ ("numerator"), error);
  if (measure->numerator == NULL)
    return NULL;
  measure->groups = xq_expression_get_groups (measure->numerator);
  if (indicator->denominator != NULL)
    {
      measure->denominator = xq_expression_new (tx, indicator->denominator, indicator->id, _ ("denominator"), error);
      if (measure->denominator == NULL)
        return NULL;
      measure->groups |= xq_expression_get_groups (measure->denominator);
    }
  return g_steal_pointer (&measure);
}

/* The indicators of a query, those the scheme has no use for left out where none are named. */
static GPtrArray *
make_measures (XqTransaction *tx, const XqFigureQuery *query, const XqIndicatorSet *set, const XqScheme *scheme, GError **error)
{
  g_autoptr (GPtrArray) measures = g_ptr_array_new_with_free_func (measure_free);
  guint n = query->only != NULL ? g_strv_length ((char **)query->only) : xq_indicator_set_get_size (set);

  for (guint i = 0; i < n; i++)
    {
      const XqIndicator *indicator
          = query->only != NULL ? find_indicator (set, query->only[i], error) : xq_indicator_set_get (set, i);
      Measure *measure;

      if (indicator == NULL)
        return NULL;
      if (query->only == NULL && !xq_indicator_applies (indicator, scheme))
        continue;
      measure = measure_new (tx, indicator, scheme, error);
      if (measure == NULL)
        return NULL;
      g_ptr_array_add (measures, measure);
    }
  return g_steal_pointer (&measures);
}

static gboolean
is_linear (const Measure *measure)
{
  return xq_expression_is_linear (measure->numerator)
         && (measure->denominator == NULL || xq_expression_is_linear (measure->denominator));
}

static gboolean
is_carried_expression (const XqExpression *expression)
{
  for (const int *term = xq_expression_get_terms (expression); *term >= 0; term++)
    if (XQ_FACT_COLUMNS[*term].carry == XQ_CARRY_NONE)
      return FALSE;
  return TRUE;
}

/* Whether a figure of @node can be told: in the present division what is not carried means nothing where units were re-drawn. */
static gboolean
is_carried (const XqFactNode *node, const Measure *measure)
{
  return !node->redrawn
         || (is_carried_expression (measure->numerator)
             && (measure->denominator == NULL || is_carried_expression (measure->denominator)));
}

static gboolean
knows_expression (const XqFactSource *source, const XqExpression *expression)
{
  for (const int *term = xq_expression_get_terms (expression); *term >= 0; term++)
    if (!xq_fact_source_knows (source, *term))
      return FALSE;
  return TRUE;
}

/* Whether the period that @source reads was locked with what @measure counts. */
static gboolean
is_known (const XqFactSource *source, const Measure *measure)
{
  return knows_expression (source, measure->numerator)
         && (measure->denominator == NULL || knows_expression (source, measure->denominator));
}

/* An expression at one node: of the sums, or where it is no sum of columns, of each compound below. */
static gboolean
evaluate (XqFactTree *tree, guint index, XqExpression *expression, gint64 *value, GError **error)
{
  const XqFactNode *node = xq_fact_tree_get (tree, index);

  if (xq_expression_is_linear (expression) || node->level >= XQ_LEVEL_COMPOUND)
    return xq_expression_evaluate (expression, node->values, value, error);
  *value = 0;
  for (int child = node->first_child; child >= 0; child = xq_fact_tree_get (tree, (guint)child)->next)
    {
      gint64 part;

      if (!evaluate (tree, (guint)child, expression, &part, error))
        return FALSE;
      *value += part;
    }
  return TRUE;
}

/*
 * What makes a figure rest on generated values: its groups; since when things stand, in any period but the open one; under
 * which street and community, where the figure is of one of those.
 */
static gboolean
is_generated (const XqFactNode *node, gint64 groups, XqBasis basis)
{
  if (basis != XQ_BASIS_LIVE)
    groups |= (gint64)1 << XQ_FACT_DATES;
  if (node->level == XQ_LEVEL_STREET || node->level == XQ_LEVEL_COMMUNITY)
    groups |= (gint64)1 << XQ_FACT_PLACEMENT;
  return (node->generated & groups) != 0 || (node->guessed && node->level == XQ_LEVEL_COMPOUND);
}

static gboolean
fill_figure (XqFactTree *tree, guint index, const Measure *measure, const XqFactSource *source,
             const XqPublishedFigures *published, XqFigure *figure, GError **error)
{
  const XqFactNode *node = xq_fact_tree_get (tree, index);
  gint64 numerator, denominator = 0;

  /* What was not there then has no figure; what cannot be carried has none either, and says so. */
  *figure = (XqFigure){ .uncarried = !node->absent && !is_carried (node, measure),
                        .unknown = !node->absent && !is_known (source, measure) };
  if (node->absent || figure->uncarried || figure->unknown)
    return TRUE;
  if (!evaluate (tree, index, measure->numerator, &numerator, error)
      || (measure->denominator != NULL && !evaluate (tree, index, measure->denominator, &denominator, error)))
    return FALSE;
  figure->generated = is_generated (node, measure->groups, source->basis)
                      && !xq_published_figures_hold (published, node->id, measure->indicator->id, source->day->as_of, numerator,
                                                     measure->denominator != NULL, denominator);
  xq_figure_set (figure, measure->indicator, numerator, denominator, xq_scheme_get_minimum_sample (source->day->scheme));
  return TRUE;
}

static XqUnit *
make_unit (const XqFactNode *node, const char *path)
{
  XqUnit *unit = g_new0 (XqUnit, 1);

  unit->id = node->id;
  unit->parent = node->parent;
  unit->district = node->district;
  unit->level = node->level;
  unit->name = g_strdup (node->name);
  unit->code = g_strdup (node->code);
  unit->path = g_strdup (path);
  return unit;
}

/* Goes through a tree in order with each node's path. */
typedef struct _Walk Walk;
struct _Walk
{
  XqFactTree *tree;
  gboolean (*visit) (Walk *walk, guint index, const char *path, GError **error);
  gpointer data;
};

static gboolean
walk_from (Walk *walk, guint index, const char *path, GError **error)
{
  if (!walk->visit (walk, index, path, error))
    return FALSE;
  for (int child = xq_fact_tree_get (walk->tree, index)->first_child; child >= 0;
       child = xq_fact_tree_get (walk->tree, (guint)child)->next)
    {
      g_autofree char *below = g_strconcat (path, "/", xq_fact_tree_get (walk->tree, (guint)child)->name, NULL);

      if (!walk_from (walk, (guint)child, below, error))
        return FALSE;
    }
  return TRUE;
}

/* The roots of a query: the unit, or every district for 0. */
static GArray *
list_roots (XqTransaction *tx, const XqFactSource *source, gint64 unit, GError **error)
{
  GArray *roots;

  if (unit == 0)
    return xq_fact_tree_list_tops (tx, source, error);
  roots = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (roots, unit);
  return roots;
}

static void
set_not_in_force (XqTransaction *tx, const XqFactSource *source, gint64 unit, GError **error)
{
  g_autoptr (XqUnit) found = xq_unit_load (tx, unit, error);
  g_autofree char *label = NULL;

  if (found == NULL)
    return;
  label = xq_period_to_label (source->period);
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND,
               _ ("“%s” was not in force on %s (%s); choose another period or unit"), found->name, source->day->as_of, label);
}

/* Loads and walks the trees of a query. */
static gboolean
walk_all (XqTransaction *tx, const Sources *sources, gint64 unit, XqLevel level, XqLevel by, Walk *walk, GError **error)
{
  const XqFactSource *source = shown_source (sources->source, sources->now);
  g_autoptr (GArray) roots = list_roots (tx, source, unit, error);

  if (roots == NULL)
    return FALSE;
  for (guint i = 0; i < roots->len; i++)
    {
      gint64 root = g_array_index (roots, gint64, i);
      g_autoptr (XqFactTree) tree = NULL;
      g_autofree char *path = NULL;

      if (xq_transaction_check_cancelled (tx, error))
        return FALSE;
      tree = load_tree (tx, sources->source, sources->now, root, level, error);
      if (tree == NULL)
        return FALSE;
      if (xq_fact_tree_get_size (tree) == 0)
        {
          set_not_in_force (tx, source, root, error);
          return FALSE;
        }
      if (by != XQ_LEVEL_NONE && by <= xq_fact_tree_get (tree, 0)->level)
        {
          g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("“%s” has no units of the level “%s” below it"),
                       xq_fact_tree_get (tree, 0)->name, xq_scheme_get_level_label (source->day->scheme, by));
          return FALSE;
        }
      path = xq_fact_tree_make_root_path (tx, source, root, error);
      walk->tree = tree;
      if (path == NULL || !walk_from (walk, 0, path, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const XqFactSource *source;
  XqLevel by;
  const GPtrArray *measures;
  const XqPublishedFigures *published;
  XqFigureTable *table;
} Reading;

static gboolean
visit_figures (Walk *walk, guint index, const char *path, GError **error)
{
  Reading *reading = walk->data;
  const XqFactNode *node = xq_fact_tree_get (walk->tree, index);
  XqFigureRow *row;

  if (reading->by == XQ_LEVEL_NONE ? index != 0 : node->level != reading->by)
    return TRUE;
  row = g_new0 (XqFigureRow, 1);
  g_ptr_array_add (reading->table->rows, row);
  row->unit = make_unit (node, path);
  row->figures = g_new0 (XqFigure, reading->measures->len);
  for (guint i = 0; i < reading->measures->len; i++)
    if (!fill_figure (walk->tree, index, g_ptr_array_index (reading->measures, i), reading->source, reading->published, &row->figures[i],
                      error))
      return FALSE;
  return TRUE;
}

static gboolean
check_level (const Sources *sources, XqLevel by, GError **error)
{
  const XqFactSource *source = sources->source;

  if (by != XQ_LEVEL_BUILDING || (source->basis != XQ_BASIS_LOCKED && sources->now == NULL))
    return TRUE;
  if (sources->now != NULL)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("In the present division past figures are kept down to “%s”; choose a higher level than “%s”"),
                   xq_scheme_get_level_label (source->day->scheme, XQ_LEVEL_COMPOUND),
                   xq_scheme_get_level_label (source->day->scheme, by));
      return FALSE;
    }
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
               _ ("Locked periods keep no figures of the level “%s”; choose a higher level"),
               xq_scheme_get_level_label (source->day->scheme, by));
  return FALSE;
}

XqFigureTable *
xq_figures_read (XqTransaction *tx, const XqFigureQuery *query, GError **error)
{
  g_autoptr (XqFigureTable) table = g_new0 (XqFigureTable, 1);
  g_auto (Sources) sources = { 0 };
  const XqFactSource *source;
  g_autoptr (GPtrArray) measures = NULL;
  g_autoptr (XqPublishedFigures) published = NULL;
  Reading reading = { .by = query->by, .table = table };
  Walk walk = { .visit = visit_figures, .data = &reading };
  XqLevel level = query->by;

  if (!sources_init (&sources, tx, query->period, query->division, error) || !check_level (&sources, query->by, error))
    return NULL;
  if (query->frozen && sources.source->basis == XQ_BASIS_RECKONED)
    {
      g_autofree char *period = xq_period_to_string (sources.source->period);

      if (!xq_fact_source_set_snapshot (tx, sources.source, period, error))
        return NULL;
    }
  source = reading.source = sources.source;
  table->set = xq_indicator_set_ref (query->set != NULL ? query->set : xq_indicator_set_get_for_scheme (source->day->scheme));
  measures = make_measures (tx, query, table->set, source->day->scheme, error);
  if (measures == NULL)
    return NULL;
  reading.measures = measures;
  reading.published = published = xq_published_figures_load (tx, error);
  if (published == NULL)
    return NULL;
  table->period = source->period;
  table->division = query->division;
  table->basis = source->basis;
  table->as_of = g_strdup (source->day->as_of);
  table->locked_at = g_strdup (source->locked_at);
  table->rows = g_ptr_array_new_with_free_func (figure_row_free);
  table->indicators = g_ptr_array_new ();
  for (guint i = 0; i < measures->len; i++)
    {
      const Measure *measure = g_ptr_array_index (measures, i);

      g_ptr_array_add (table->indicators, (gpointer)measure->indicator);
      if (!is_linear (measure))
        level = MAX (level, XQ_LEVEL_COMPOUND);
    }
  if (!walk_all (tx, &sources, query->unit, level, query->by, &walk, error))
    return NULL;
  return g_steal_pointer (&table);
}

GArray *
xq_figures_list_carries (XqTransaction *tx, GError **error)
{
  g_autoptr (XqFactDay) day = xq_fact_day_new (tx, XQ_PERIOD_NONE, error);
  g_autoptr (GPtrArray) measures = NULL;
  g_autoptr (GArray) carries = g_array_new (FALSE, TRUE, sizeof (XqIndicatorCarry));
  XqFigureQuery query = { 0 };

  if (day == NULL)
    return NULL;
  measures = make_measures (tx, &query, xq_indicator_set_get_for_scheme (day->scheme), day->scheme, error);
  for (guint i = 0; measures != NULL && i < measures->len; i++)
    {
      const Measure *measure = g_ptr_array_index (measures, i);
      XqIndicatorCarry carry = { .indicator = measure->indicator,
                                 .carried = is_carried (&(XqFactNode){ .redrawn = TRUE }, measure) };

      g_array_append_val (carries, carry);
    }
  return measures != NULL ? g_steal_pointer (&carries) : NULL;
}

char *
xq_figures_explain_uncarried (const XqIndicator *indicator)
{
  return g_strdup_printf (_ ("“%s” belongs to each compound as a whole and can be neither added up nor parted where compounds were "
                             "merged or split: it exists only in the division of its time"),
                          xq_indicator_get_label (indicator));
}

char *
xq_figures_explain_unknown (const XqIndicator *indicator)
{
  return g_strdup_printf (_ ("“%s” was not counted yet when the period was locked; reopen the period with a reason and lock it again "
                             "to have it counted from the records"),
                          xq_indicator_get_label (indicator));
}

char *
xq_figures_explain_missing (const XqIndicator *indicator, const XqFigure *figure)
{
  return figure->uncarried ? xq_figures_explain_uncarried (indicator)
         : figure->unknown ? xq_figures_explain_unknown (indicator)
                           : NULL;
}

typedef struct
{
  XqExpression *expression;
  gboolean at_home;
  GPtrArray *parts;
  const XqIndicator *indicator;
} Listing;

/* What a node adds itself: all of it at the lowest level shown, above that what its children leave. */
static gboolean
visit_parts (Walk *walk, guint index, const char *path, GError **error)
{
  Listing *listing = walk->data;
  const XqFactNode *node = xq_fact_tree_get (walk->tree, index);
  XqFigurePart *part;
  gint64 amount;

  if (node->redrawn && !is_carried_expression (listing->expression))
    {
      g_autofree char *why = xq_figures_explain_uncarried (listing->indicator);

      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, why);
      return FALSE;
    }
  if (!evaluate (walk->tree, index, listing->expression, &amount, error))
    return FALSE;
  for (int child = node->first_child; child >= 0; child = xq_fact_tree_get (walk->tree, (guint)child)->next)
    {
      gint64 below;

      if (!evaluate (walk->tree, (guint)child, listing->expression, &below, error))
        return FALSE;
      amount -= below;
    }
  if (amount == 0)
    return TRUE;
  part = g_new0 (XqFigurePart, 1);
  part->unit = make_unit (node, path);
  part->amount = amount;
  g_ptr_array_add (listing->parts, part);
  return TRUE;
}

static GPtrArray *
list_rows (XqTransaction *tx, const char *indicator, gint64 unit, gboolean denominator, XqPeriod period, XqDivision division,
           GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (figure_part_free);
  g_auto (Sources) sources = { 0 };
  g_autoptr (Measure) measure = NULL;
  Listing listing = { .parts = parts };
  Walk walk = { .visit = visit_parts, .data = &listing };
  const XqIndicator *found;
  XqLevel level;

  if (!sources_init (&sources, tx, period, division, error))
    return NULL;
  found = find_indicator (xq_indicator_set_get_for_scheme (sources.source->day->scheme), indicator, error);
  if (found == NULL)
    return NULL;
  measure = measure_new (tx, found, sources.source->day->scheme, error);
  if (measure == NULL)
    return NULL;
  listing.indicator = found;
  listing.expression = denominator ? measure->denominator : measure->numerator;
  if (listing.expression == NULL)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("“%s” is a count and has no denominator"),
                   xq_indicator_get_label (found));
      return NULL;
    }
  if (!knows_expression (sources.source, listing.expression))
    {
      g_autofree char *why = xq_figures_explain_unknown (found);

      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, why);
      return NULL;
    }
  level = xq_expression_is_at_home (listing.expression) ? XQ_LEVEL_BUILDING : XQ_LEVEL_COMPOUND;
  if (!walk_all (tx, &sources, unit, level, XQ_LEVEL_NONE, &walk, error))
    return NULL;
  return g_steal_pointer (&parts);
}

GPtrArray *
xq_figures_list_rows (XqTransaction *tx, const char *indicator, gint64 unit, gboolean denominator, XqPeriod period, GError **error)
{
  return list_rows (tx, indicator, unit, denominator, period, XQ_DIVISION_THEN, error);
}

GPtrArray *
xq_figures_list_rows_now (XqTransaction *tx, const char *indicator, gint64 unit, gboolean denominator, XqPeriod period,
                          GError **error)
{
  return list_rows (tx, indicator, unit, denominator, period, XQ_DIVISION_NOW, error);
}

/* Adds the days on which a re-draw took force in what is below @unit. */
static gboolean
find_breaks (XqTransaction *tx, gint64 unit, GPtrArray *days, GError **error)
{
  /* A district's are in an index; of others the units below are fewer than the district's re-draws. */
  static const char sql[]
      = "WITH RECURSIVE subtree (unit, level) AS (SELECT id, level FROM unit WHERE id = ?1 AND level > 0"
        " UNION SELECT u.id, q.level + 1 FROM subtree q CROSS JOIN unit u ON u.parent = q.unit WHERE q.level < 3)"
        " SELECT l.effective FROM unit v CROSS JOIN lineage l ON l.district = v.id WHERE v.id = ?1 AND v.level = 0"
        " UNION SELECT l.effective FROM subtree q CROSS JOIN lineage l ON l.successor = q.unit"
        " UNION SELECT l.effective FROM subtree q CROSS JOIN lineage l ON l.predecessor = q.unit";
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, unit);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (days, g_strdup (xq_statement_get_text (statement, 0)));
  return step == XQ_STEP_DONE;
}

/* Whether one of @days lies in (@after, @until]. */
static gboolean
has_break (const GPtrArray *days, const char *after, const char *until)
{
  for (guint i = 0; i < days->len; i++)
    if (strcmp (g_ptr_array_index (days, i), after) > 0 && strcmp (g_ptr_array_index (days, i), until) <= 0)
      return TRUE;
  return FALSE;
}

/* The periods of a trend: of locked ones with the same last day one, that of the scheme's kind if there is one; last the open one.
 */
static GPtrArray *
list_sources (XqTransaction *tx, GError **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_fact_source_free);
  g_autoptr (XqFactSource) open = xq_fact_source_new (tx, XQ_PERIOD_NONE, error);
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (open == NULL)
    return NULL;
  statement = xq_statement_get (
      tx, "SELECT period, as_of FROM snapshot WHERE reopened_at IS NULL AND as_of < ?1 ORDER BY as_of, period", error);
  if (statement == NULL)
    return NULL;
  xq_statement_bind_text (statement, 1, open->day->as_of);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqFactSource *last = sources->len > 0 ? g_ptr_array_index (sources, sources->len - 1) : NULL;
      g_autoptr (XqFactSource) source = g_new0 (XqFactSource, 1);

      if (!xq_period_parse (xq_statement_get_text (statement, 0), &source->period, error))
        return NULL;
      source->day = g_new0 (XqFactDay, 1);
      source->day->period = source->period;
      source->day->as_of = g_strdup (xq_statement_get_text (statement, 1));
      source->day->scheme = xq_scheme_ref (open->day->scheme);
      if (!xq_fact_source_set_snapshot (tx, source, xq_statement_get_text (statement, 0), error))
        return NULL;
      if (last != NULL && g_str_equal (last->day->as_of, source->day->as_of))
        {
          if (source->period.kind != xq_scheme_get_period_kind (open->day->scheme))
            continue;
          g_ptr_array_set_size (sources, (int)sources->len - 1);
        }
      g_ptr_array_add (sources, g_steal_pointer (&source));
    }
  if (step == XQ_STEP_ERROR)
    return NULL;
  g_ptr_array_add (sources, g_steal_pointer (&open));
  return g_steal_pointer (&sources);
}

/* One point: the sums over @roots that were in force then. NULL without error where none was. @now: in its division, or NULL. */
static XqTrendPoint *
make_point (XqTransaction *tx, const XqFactSource *source, const XqFactSource *now, const GArray *roots, const Measure *measure,
            const XqPublishedFigures *published, GError **error)
{
  g_autofree XqTrendPoint *point = g_new0 (XqTrendPoint, 1);
  const int compounds = xq_fact_column_find ("compounds", -1), target = xq_fact_column_find ("target_units", -1);
  gint64 numerator = 0, denominator = 0, targets = 0;
  gboolean in_force = FALSE, uncarried = FALSE, unknown = FALSE;

  for (guint i = 0; i < roots->len; i++)
    {
      gint64 root = g_array_index (roots, gint64, i);
      g_autoptr (XqFactTree) tree
          = load_tree (tx, source, now, root, is_linear (measure) ? XQ_LEVEL_NONE : XQ_LEVEL_COMPOUND, error);
      XqFigure figure = { 0 };
      const XqFactNode *node;

      if (tree == NULL)
        return NULL;
      if (xq_fact_tree_get_size (tree) == 0 || xq_fact_tree_get (tree, 0)->absent)
        continue;
      in_force = TRUE;
      node = xq_fact_tree_get (tree, 0);
      if (!fill_figure (tree, 0, measure, source, published, &figure, error))
        return NULL;
      numerator += figure.numerator;
      denominator += figure.denominator;
      point->figure.generated = point->figure.generated || figure.generated;
      uncarried = uncarried || figure.uncarried;
      unknown = unknown || figure.unknown;
      point->compounds += node->values[compounds];
      targets += node->values[target];
    }
  if (!in_force)
    return NULL;
  point->period = source->period;
  point->locked = source->basis == XQ_BASIS_LOCKED;
  if (uncarried || unknown)
    point->figure = (XqFigure){ .uncarried = uncarried, .unknown = unknown };
  else
    xq_figure_set (&point->figure, measure->indicator, numerator, denominator,
                   xq_scheme_get_minimum_sample (source->day->scheme));
  point->target = -1;
  if (targets > 0 && g_strcmp0 (xq_scheme_get_plan_indicator (source->day->scheme), measure->indicator->id) == 0)
    point->target = targets;
  return g_steal_pointer (&point);
}

static GPtrArray *
read_trend (XqTransaction *tx, gint64 unit, const char *indicator, XqDivision division, GError **error)
{
  g_autoptr (GPtrArray) points = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) breaks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (GArray) roots = NULL;
  g_autoptr (Measure) measure = NULL;
  g_autoptr (XqPublishedFigures) published = NULL;
  const XqIndicator *found;
  const XqFactSource *open;

  sources = list_sources (tx, error);
  if (sources == NULL)
    return NULL;
  open = g_ptr_array_index (sources, sources->len - 1);
  found = find_indicator (xq_indicator_set_get_for_scheme (open->day->scheme), indicator, error);
  if (found == NULL)
    return NULL;
  measure = measure_new (tx, found, open->day->scheme, error);
  if (measure == NULL)
    return NULL;
  published = xq_published_figures_load (tx, error);
  if (published == NULL)
    return NULL;
  if (unit != 0)
    {
      g_autoptr (XqUnit) known = xq_unit_load (tx, unit, error);

      if (known == NULL)
        return NULL;
    }
  roots = list_roots (tx, open, unit, error);
  if (roots == NULL)
    return NULL;
  for (guint i = 0; division == XQ_DIVISION_THEN && i < roots->len; i++)
    if (!find_breaks (tx, g_array_index (roots, gint64, i), breaks, error))
      return NULL;
  for (guint i = 0; i < sources->len; i++)
    {
      const XqFactSource *source = g_ptr_array_index (sources, i);
      const XqFactSource *before = i > 0 ? g_ptr_array_index (sources, i - 1) : NULL;
      GError *local = NULL;
      const XqFactSource *now = division == XQ_DIVISION_NOW && source != open ? open : NULL;
      XqTrendPoint *point = make_point (tx, source, now, roots, measure, published, &local);

      if (local != NULL)
        {
          g_propagate_error (error, local);
          return NULL;
        }
      if (point == NULL)
        continue;
      point->breaks = before != NULL && has_break (breaks, before->day->as_of, source->day->as_of);
      g_ptr_array_add (points, point);
    }
  /* One division throughout: that of the last point. */
  for (guint i = 0; division == XQ_DIVISION_NOW && i < points->len; i++)
    ((XqTrendPoint *)g_ptr_array_index (points, i))->compounds
        = ((XqTrendPoint *)g_ptr_array_index (points, points->len - 1))->compounds;
  return g_steal_pointer (&points);
}

GPtrArray *
xq_figures_trend (XqTransaction *tx, gint64 unit, const char *indicator, GError **error)
{
  return read_trend (tx, unit, indicator, XQ_DIVISION_THEN, error);
}

GPtrArray *
xq_figures_trend_now (XqTransaction *tx, gint64 unit, const char *indicator, GError **error)
{
  return read_trend (tx, unit, indicator, XQ_DIVISION_NOW, error);
}

typedef struct
{
  int column;
  GArray *sizes;
} Sizing;

static gboolean
visit_sizes (Walk *walk, guint index, const char *path, GError **error)
{
  Sizing *sizing = walk->data;
  const XqFactNode *node = xq_fact_tree_get (walk->tree, index);

  if (node->level == XQ_LEVEL_COMPOUND && !node->absent)
    g_array_append_val (sizing->sizes, node->values[sizing->column]);
  return TRUE;
}

static GArray *
list_sizes (XqTransaction *tx, gint64 unit, XqPeriod period, XqDivision division, GError **error)
{
  g_auto (Sources) sources = { 0 };
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (gint64));
  Sizing sizing = { .column = xq_fact_column_find ("households", -1), .sizes = sizes };
  Walk walk = { .visit = visit_sizes, .data = &sizing };

  if (!sources_init (&sources, tx, period, division, error)
      || !walk_all (tx, &sources, unit, XQ_LEVEL_COMPOUND, XQ_LEVEL_NONE, &walk, error))
    return NULL;
  return g_steal_pointer (&sizes);
}

GArray *
xq_figures_compound_sizes (XqTransaction *tx, gint64 unit, XqPeriod period, GError **error)
{
  return list_sizes (tx, unit, period, XQ_DIVISION_THEN, error);
}

GArray *
xq_figures_compound_sizes_now (XqTransaction *tx, gint64 unit, XqPeriod period, GError **error)
{
  return list_sizes (tx, unit, period, XQ_DIVISION_NOW, error);
}
