#include "xq-form-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-ledger.h"

#define LEDGER_PAGE 512

/* What is needed while a form is filled in. */
typedef struct
{
  XqTransaction *tx;
  const XqForm *form;
  const XqReportOptions *options;
  GCancellable *cancellable;
  XqScheme *scheme;
  XqUnit *unit; /* owned; %NULL: the top of a document of several districts */
  gint64 unit_id;
  XqLevel level;
  GPtrArray *catalogue; /* ids of the program's indicators, %NULL at the end; borrowed */
  GPtrArray *own;       /* ids of the form's */
} Source;

/* Two tables of the same rows: the program's indicators and the form's. */
typedef struct
{
  XqFigureTable *catalogue, *own;
} Figures;

static void
figures_clear (Figures *figures)
{
  g_clear_pointer (&figures->catalogue, xq_figure_table_free);
  g_clear_pointer (&figures->own, xq_figure_table_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Figures, figures_clear)

static void
source_clear (Source *source)
{
  g_clear_pointer (&source->unit, xq_unit_free);
  g_clear_pointer (&source->catalogue, g_ptr_array_unref);
  g_clear_pointer (&source->own, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

static void
add_id (GPtrArray *ids, const char *id)
{
  if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    g_ptr_array_add (ids, (gpointer)id);
}

static void
collect_indicators (Source *source)
{
  source->catalogue = g_ptr_array_new ();
  source->own = g_ptr_array_new ();
  for (guint i = 0; i < source->form->columns->len; i++)
    {
      const XqFormColumn *column = xq_form_get_column (source->form, i);

      if (column->indicator != NULL)
        add_id (column->own_indicator ? source->own : source->catalogue, column->indicator->id);
    }
  g_ptr_array_add (source->catalogue, NULL);
  g_ptr_array_add (source->own, NULL);
}

static gboolean
in_present_division (const Source *source)
{
  return source->options->division == XQ_REPORT_DIVISION_NOW && xq_period_is_set (source->options->period);
}

static gboolean
read_figures (Source *source, gint64 unit, XqLevel by, Figures *figures, GError **error)
{
  XqFigureQuery query
      = { .unit = unit, .by = by, .period = source->options->period, .division = in_present_division (source) ? XQ_DIVISION_NOW : XQ_DIVISION_THEN };

  if (source->catalogue->len > 1 || source->own->len <= 1)
    {
      query.only = (const char *const *)source->catalogue->pdata;
      figures->catalogue = xq_figures_read (source->tx, &query, error);
      if (figures->catalogue == NULL)
        return FALSE;
    }
  if (source->own->len > 1)
    {
      query.only = (const char *const *)source->own->pdata;
      query.set = source->form->indicators;
      figures->own = xq_figures_read (source->tx, &query, error);
      if (figures->own == NULL)
        return FALSE;
    }
  return TRUE;
}

static const XqFigureTable *
main_table (const Figures *figures)
{
  return figures->catalogue != NULL ? figures->catalogue : figures->own;
}

/* Where each column's figures are: index in the table of the program's or of the form's indicators, or -1. */
static int *
map_columns (const Source *source, const Figures *figures)
{
  int *map = g_new (int, source->form->columns->len);

  for (guint i = 0; i < source->form->columns->len; i++)
    {
      const XqFormColumn *column = xq_form_get_column (source->form, i);
      const XqFigureTable *table = column->own_indicator ? figures->own : figures->catalogue;

      map[i] = column->indicator != NULL ? xq_figure_table_find (table, column->indicator->id) : -1;
    }
  return map;
}

/* Whether any row has no figure for the column in the present division. */
static gboolean
is_uncarried (const XqFigureTable *table, int index)
{
  for (guint i = 0; i < table->rows->len; i++)
    if (((const XqFigureRow *)g_ptr_array_index (table->rows, i))->figures[index].uncarried)
      return TRUE;
  return FALSE;
}

/* Nor can a column be left out that was not counted yet when the period was locked. */
static gboolean
check_known (const Source *source, const Figures *figures, GError **error)
{
  g_autofree int *map = map_columns (source, figures);
  g_autofree char *label = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < source->form->columns->len; i++)
    {
      const XqFormColumn *column = xq_form_get_column (source->form, i);
      const XqFigureTable *table = column->own_indicator ? figures->own : figures->catalogue;

      if (map[i] < 0 || table->rows->len == 0
          || !((const XqFigureRow *)g_ptr_array_index (table->rows, 0))->figures[map[i]].unknown)
        continue;
      if (n++ < 3)
        g_string_append_printf (names, "%s%s", n > 1 ? _ (", ") : "", xq_indicator_get_short_label (column->indicator));
    }
  if (n == 0)
    return TRUE;
  label = xq_period_to_label (source->options->period);
  g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_UNKNOWN,
               _ ("%s was locked before %s (%u columns) were counted: what they were then is not known; reopen the period with a reason "
                  "and lock it again to have them counted from the records"),
               label, names->str, n);
  return FALSE;
}

/* A form is whole or not at all: in the present division every column must be such that its past figures could be carried. */
static gboolean
check_carried (const Source *source, const Figures *figures, GError **error)
{
  g_autofree int *map = map_columns (source, figures);
  g_autofree char *label = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  if (!in_present_division (source))
    return TRUE;
  for (guint i = 0; i < source->form->columns->len; i++)
    {
      const XqFormColumn *column = xq_form_get_column (source->form, i);

      if (map[i] < 0 || !is_uncarried (column->own_indicator ? figures->own : figures->catalogue, map[i]))
        continue;
      if (n++ < 3)
        g_string_append_printf (names, "%s%s", n > 1 ? _ (", ") : "", xq_indicator_get_short_label (column->indicator));
    }
  if (n == 0)
    return TRUE;
  label = xq_period_to_label (source->options->period);
  g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_DIVISION,
               _ ("Compounds have been merged or split since %s, and %s (%u columns) belong to each as a whole: for the present ones "
                  "there is no such figure; report that period in the division of its time"),
               label, names->str, n);
  return FALSE;
}

/* Adds row @index of @figures to @values, one a form column. */
static void
add_values (const Source *source, const Figures *figures, const int *map, guint index, XqFormValue *values)
{
  for (guint i = 0; i < source->form->columns->len; i++)
    {
      const XqFormColumn *column = xq_form_get_column (source->form, i);
      const XqFigureTable *table = column->own_indicator ? figures->own : figures->catalogue;
      const XqFigureRow *row;

      if (map[i] < 0)
        continue;
      row = g_ptr_array_index (table->rows, index);
      values[i].present = TRUE;
      values[i].numerator += row->figures[map[i]].numerator;
      values[i].denominator += row->figures[map[i]].denominator;
      values[i].generated |= row->figures[map[i]].generated;
    }
}

/* The sum over the rows for @unit itself: one, or one a district at the top of several. */
static XqFormValue *
read_own_values (Source *source, gint64 unit, GError **error)
{
  g_auto (Figures) figures = { NULL };
  g_autofree int *map = NULL;
  XqFormValue *values;

  if (!read_figures (source, unit, XQ_LEVEL_NONE, &figures, error)
      || (unit == source->unit_id && (!check_carried (source, &figures, error) || !check_known (source, &figures, error))))
    return NULL;
  map = map_columns (source, &figures);
  values = g_new0 (XqFormValue, source->form->columns->len);
  for (guint i = 0; i < main_table (&figures)->rows->len; i++)
    add_values (source, &figures, map, i, values);
  return values;
}

/* Whether each column is other than 0 in the whole document: forms of its units then have the same columns. */
static gboolean *
find_used (Source *source, GError **error)
{
  g_autofree XqFormValue *values = read_own_values (source, 0, error);
  gboolean *used;

  if (values == NULL)
    return NULL;
  used = g_new0 (gboolean, source->form->columns->len);
  for (guint i = 0; i < source->form->columns->len; i++)
    used[i] = values[i].numerator != 0 || values[i].denominator != 0;
  return used;
}

static const char *
level_label (const Source *source, XqLevel level)
{
  return xq_scheme_get_level_label (source->scheme, level);
}

/* "鄂城区" and "区委组织部" → 鄂城区委组织部 */
static char *
join_department (const char *name, const char *department)
{
  gunichar first = g_utf8_get_char (department);
  const char *last = name[0] != '\0' ? g_utf8_prev_char (name + strlen (name)) : name;

  if (name[0] != '\0' && g_utf8_get_char (last) == first)
    return g_strconcat (name, g_utf8_next_char (department), NULL);
  return g_strconcat (name, department, NULL);
}

static gboolean
resolve_unit (Source *source, GError **error)
{
  const XqReportOptions *options = source->options;

  if (options->unit != 0)
    source->unit = xq_unit_load (source->tx, options->unit, error);
  else if (options->unit_text != NULL && options->unit_text[0] != '\0')
    source->unit = xq_unit_resolve (source->tx, options->unit_text, error);
  else
    {
      g_autoptr (GPtrArray) districts = xq_unit_list_children (source->tx, 0, options->period, error);

      if (districts == NULL)
        return FALSE;
      if (districts->len != 1)
        return TRUE;
      source->unit = xq_unit_load (source->tx, ((XqTreeRow *)g_ptr_array_index (districts, 0))->unit->id, error);
    }
  source->unit_id = source->unit != NULL ? source->unit->id : 0;
  return source->unit != NULL;
}

/* The level below the unit, or the one asked for. */
static gboolean
choose_level (Source *source, GError **error)
{
  XqLevel own = source->unit != NULL ? source->unit->level : XQ_LEVEL_DISTRICT;
  XqLevel wanted = source->options->by;

  source->level = wanted > XQ_LEVEL_DISTRICT ? wanted : own + 1;
  /* Skip levels that the form does not have, such as buildings' superiors in a scheme of four. */
  while (wanted <= XQ_LEVEL_DISTRICT && source->level < XQ_LEVEL_BUILDING && !(source->form->levels & (1u << source->level)))
    source->level++;
  if (source->level > own && source->level <= XQ_LEVEL_COMPOUND && (source->form->levels & (1u << source->level)))
    return TRUE;
  if (source->level <= own || source->level <= XQ_LEVEL_COMPOUND)
    g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_LEVEL,
                 _ ("The form “%s” has no rows of the level “%s” below “%s”; choose a higher unit or another level"),
                 source->form->short_title, level_label (source, source->level), source->unit != NULL ? source->unit->name : "");
  else
    g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_LEVEL,
                 _ ("The form “%s” has no rows below “%s”: its smallest rows are compounds. Choose the community it belongs to, or "
                    "a higher unit"),
                 source->form->short_title, source->unit->name);
  return FALSE;
}

/* The names between the unit of the form and the row: 凤凰街道/澜湖社区. Free. */
static char *
find_belongs (const Source *source, const XqUnit *row)
{
  const char *rest = row->path;
  const char *end = rest != NULL ? strrchr (rest, '/') : NULL;

  if (end == NULL)
    return NULL;
  if (source->unit != NULL && source->unit->path != NULL && g_str_has_prefix (rest, source->unit->path))
    {
      rest += strlen (source->unit->path);
      if (*rest == '/')
        rest++;
    }
  return rest < end ? g_strndup (rest, end - rest) : NULL;
}

/* What rows stand under when they are not the unit's children. */
static char *
find_belongs_label (const Source *source)
{
  XqLevel own = source->unit != NULL ? source->unit->level : XQ_LEVEL_NONE;

  if (source->level <= own + 1)
    return NULL;
  return xq_form_words ("belongs_to", "level", level_label (source, source->level - 1), NULL);
}

/* Ledger columns that compounds' rows show: the name first, for its origin. %NULL-terminated, borrowed. */
static GPtrArray *
list_attributes (const Source *source)
{
  GPtrArray *attributes = g_ptr_array_new ();

  g_ptr_array_add (attributes, (gpointer) "name");
  for (guint i = 0; i < source->form->columns->len; i++)
    if (xq_form_get_column (source->form, i)->attribute != NULL)
      g_ptr_array_add (attributes, xq_form_get_column (source->form, i)->attribute);
  g_ptr_array_add (attributes, NULL);
  return attributes;
}

static void
take_attributes (const Source *source, const XqLedgerRow *ledger, XqFormRow *names, XqFormValue *values)
{
  guint next = 1;

  names->name_generated = ledger->cells[0].origin == XQ_ORIGIN_GENERATED;
  for (guint i = 0; i < source->form->columns->len; i++)
    {
      const XqFormColumn *column = xq_form_get_column (source->form, i);
      const XqLedgerCell *cell;

      if (column->attribute == NULL)
        continue;
      cell = &ledger->cells[next++];
      values[i].present = !cell->is_null;
      values[i].numerator = cell->number;
      values[i].text = cell->text;
      values[i].generated = !cell->is_null && cell->origin == XQ_ORIGIN_GENERATED;
    }
}

/* The ledger rows of the units of figure rows from @first on, at most a page. Compounds only. */
static GPtrArray *
load_page (const Source *source, const GPtrArray *rows, guint first, const GPtrArray *attributes, GError **error)
{
  /* In the present division the rows are present compounds, and what is said of them besides figures is of the present. */
  XqLedgerQuery query = { .kind = XQ_LEDGER_COMPOUNDS,
                          .unit = source->unit_id,
                          .period = in_present_division (source) ? XQ_PERIOD_NONE : source->options->period };
  gint64 ids[LEDGER_PAGE];
  guint n = MIN (rows->len - first, LEDGER_PAGE);

  for (guint i = 0; i < n; i++)
    ids[i] = ((const XqFigureRow *)g_ptr_array_index (rows, first + i))->unit->id;
  return xq_ledger_load_rows (source->tx, &query, ids, n, (const char *const *)attributes->pdata, error);
}

static gboolean
add_rows (Source *source, XqFormTable *table, const Figures *figures, GError **error)
{
  const GPtrArray *rows = main_table (figures)->rows;
  guint n_columns = source->form->columns->len;
  g_autofree int *map = map_columns (source, figures);
  g_autofree XqFormValue *values = g_new0 (XqFormValue, n_columns);
  g_autoptr (GPtrArray) attributes = list_attributes (source);
  g_autoptr (GPtrArray) page = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const XqUnit *unit = ((const XqFigureRow *)g_ptr_array_index (rows, i))->unit;
      XqFormRow names = { .unit = unit->id, .parent = unit->parent, .name = unit->name, .code = unit->code, .path = unit->path };
      g_autofree char *belongs = find_belongs (source, unit);

      memset (values, 0, n_columns * sizeof *values);
      add_values (source, figures, map, i, values);
      if (source->level == XQ_LEVEL_COMPOUND)
        {
          if (i % LEDGER_PAGE == 0)
            {
              if (xq_transaction_check_cancelled (source->tx, error))
                return FALSE;
              xq_transaction_progress (source->tx, i, rows->len);
              g_clear_pointer (&page, g_ptr_array_unref);
              page = load_page (source, rows, i, attributes, error);
              if (page == NULL)
                return FALSE;
            }
          take_attributes (source, g_ptr_array_index (page, i % LEDGER_PAGE), &names, values);
        }
      xq_form_table_add_row (table, &names, belongs, values);
    }
  return TRUE;
}

static gboolean
add_trends (Source *source, XqFormTable *table, GError **error)
{
  for (guint c = 0; c < source->form->charts->len; c++)
    {
      const XqFormChart *chart = g_ptr_array_index (source->form->charts, c);
      g_autoptr (GPtrArray) trend = NULL;
      GArray *points;

      if (chart->kind != XQ_FORM_CHART_TREND)
        continue;
      trend = (in_present_division (source) ? xq_figures_trend_now : xq_figures_trend) (source->tx, source->unit_id,
                                                                                          chart->indicator->id, error);
      if (trend == NULL)
        return FALSE;
      points = g_array_new (FALSE, FALSE, sizeof (XqFormPoint));
      for (guint i = 0; i < trend->len; i++)
        {
          const XqTrendPoint *from = g_ptr_array_index (trend, i);
          XqFormPoint point = { .period = from->period,
                                .compounds = from->compounds,
                                .has_value = from->figure.has_value && !from->figure.suppressed,
                                .breaks = from->breaks,
                                .generated = from->figure.generated };

          /* A form for a period shows nothing that came after. */
          if (xq_period_compare (from->period, table->period) > 0)
            break;
          if (point.has_value)
            {
              point.numerator = from->figure.numerator;
              point.denominator = from->figure.denominator;
            }
          g_array_append_val (points, point);
        }
      xq_form_table_set_trend (table, c, points);
    }
  return TRUE;
}

static XqFormTable *
make_table (Source *source, const Figures *figures, const gboolean *used)
{
  XqStore *store = xq_transaction_get_store (source->tx);
  const XqFigureTable *main = main_table (figures);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *made_at = g_date_time_format (now, "%Y-%m-%d %H:%M");
  g_autofree char *reporting_unit = join_department (xq_store_get_name (store), xq_scheme_get_department (source->scheme));
  g_autofree char *belongs_label = find_belongs_label (source);
  XqFormSubject subject = {
    .form = source->form,
    .unit_name = source->unit != NULL ? source->unit->name : xq_store_get_name (store),
    .unit_path = source->unit != NULL && source->unit->path != NULL ? source->unit->path : xq_store_get_name (store),
    .unit_level = source->unit != NULL ? source->unit->level : XQ_LEVEL_DISTRICT,
    .level = source->level,
    .level_label = level_label (source, source->level),
    .belongs_label = belongs_label,
    .used = used,
    .period = main->period,
    .as_of = main->as_of,
    .locked_at = main->locked_at,
    .made_at = made_at,
    .basis = main->basis,
    .carried = in_present_division (source),
    .scheme_name = xq_scheme_get_name (source->scheme),
    .document_name = xq_store_get_name (store),
    .document_path = xq_store_get_path (store),
    .reporting_unit = reporting_unit,
    .minimum = xq_scheme_get_minimum_sample (source->scheme),
    .paper = source->options->paper,
    .with_chart = source->options->with_chart,
    .mask = source->options->mask,
    .fields = source->options->fields,
  };

  return xq_form_table_new (&subject);
}

XqFormTable *
xq_form_table_read (XqTransaction *tx, const XqForm *form, const XqReportOptions *options, GCancellable *cancellable,
                    GError **error)
{
  g_auto (Source) source = { .tx = tx, .form = form, .options = options, .cancellable = cancellable };
  g_auto (Figures) figures = { NULL };
  g_autoptr (XqFormTable) table = NULL;
  g_autofree XqFormValue *own = NULL;
  g_autofree gboolean *used = NULL;

  source.scheme = xq_store_get_scheme (xq_transaction_get_store (tx));
  collect_indicators (&source);
  if (!resolve_unit (&source, error))
    return NULL;
  source.unit_id = source.unit != NULL ? source.unit->id : 0;
  if (!choose_level (&source, error))
    return NULL;
  used = find_used (&source, error);
  if (used == NULL || !read_figures (&source, source.unit_id, source.level, &figures, error)
      || !check_carried (&source, &figures, error) || !check_known (&source, &figures, error))
    return NULL;
  own = read_own_values (&source, source.unit_id, error);
  if (own == NULL)
    return NULL;
  table = make_table (&source, &figures, used);
  if (!add_rows (&source, table, &figures, error) || !add_trends (&source, table, error))
    return NULL;
  xq_form_table_finish (table, own);
  return g_steal_pointer (&table);
}
