#include "xq-ledger-request.h"

struct _XqLedgerRequest
{
  gatomicrefcount references;
  XqLedgerQuery query; /* borrows from what follows */
  char *text;
  const char *sort; /* static: a column's id */
  GArray *filters;  /* XqLedgerFilter; columns static, values owned */
};

static void
filter_clear (XqLedgerFilter *filter)
{
  g_strfreev ((char **)filter->values);
}

/* The query points into the request. */
static void
update_query (XqLedgerRequest *request)
{
  request->query.text = request->text;
  request->query.filters = (const XqLedgerFilter *)request->filters->data;
  request->query.n_filters = request->filters->len;
  request->query.sort = request->sort;
}

XqLedgerRequest *
xq_ledger_request_new (XqLedgerKind kind, gint64 unit, XqPeriod period)
{
  XqLedgerRequest *request = g_new0 (XqLedgerRequest, 1);

  g_atomic_ref_count_init (&request->references);
  request->filters = g_array_new (FALSE, TRUE, sizeof (XqLedgerFilter));
  g_array_set_clear_func (request->filters, (GDestroyNotify)filter_clear);
  request->query.kind = kind;
  request->query.unit = unit;
  request->query.period = period;
  update_query (request);
  return request;
}

XqLedgerRequest *
xq_ledger_request_copy (const XqLedgerRequest *request)
{
  XqLedgerRequest *copy = xq_ledger_request_new (request->query.kind, request->query.unit, request->query.period);

  copy->text = g_strdup (request->text);
  copy->query.division = request->query.division;
  copy->sort = request->sort;
  copy->query.descending = request->query.descending;
  for (guint i = 0; i < request->filters->len; i++)
    {
      XqLedgerFilter filter = g_array_index (request->filters, XqLedgerFilter, i);

      filter.values = (const char *const *)g_strdupv ((char **)filter.values);
      g_array_append_val (copy->filters, filter);
    }
  update_query (copy);
  return copy;
}

XqLedgerRequest *
xq_ledger_request_ref (XqLedgerRequest *request)
{
  g_atomic_ref_count_inc (&request->references);
  return request;
}

void
xq_ledger_request_unref (XqLedgerRequest *request)
{
  if (request == NULL || !g_atomic_ref_count_dec (&request->references))
    return;
  g_free (request->text);
  g_array_unref (request->filters);
  g_free (request);
}

/* Which filters and orders a list of @kind knows; "coverage" is no column. */
static gboolean
applies (XqLedgerKind kind, const char *column)
{
  const XqLedgerColumn *found = xq_ledger_find_column (column);

  return found != NULL ? (found->kinds & (1u << kind)) != 0 : kind == XQ_LEDGER_COMPOUNDS;
}

/* What does not apply to the list any more is forgotten. */
static void
drop_inapplicable (XqLedgerRequest *request)
{
  gboolean locked = xq_period_is_set (request->query.period);

  for (guint i = request->filters->len; i-- > 0;)
    {
      const char *column = g_array_index (request->filters, XqLedgerFilter, i).column;
      const XqLedgerColumn *found = xq_ledger_find_column (column);

      if (!applies (request->query.kind, column) || (locked && found != NULL && !found->frozen))
        g_array_remove_index (request->filters, i);
    }
  if (request->sort != NULL
      && (!applies (request->query.kind, request->sort) || (locked && !xq_ledger_find_column (request->sort)->frozen)))
    request->sort = NULL;
  update_query (request);
}

void
xq_ledger_request_set_kind (XqLedgerRequest *request, XqLedgerKind kind)
{
  request->query.kind = kind;
  drop_inapplicable (request);
}

void
xq_ledger_request_set_unit (XqLedgerRequest *request, gint64 unit)
{
  request->query.unit = unit;
}

void
xq_ledger_request_set_period (XqLedgerRequest *request, XqPeriod period, XqDivision division)
{
  request->query.division = division;
  request->query.period = period;
  drop_inapplicable (request);
}

void
xq_ledger_request_set_text (XqLedgerRequest *request, const char *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  g_free (request->text);
  request->text = stripped != NULL && *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
  update_query (request);
}

void
xq_ledger_request_set_sort (XqLedgerRequest *request, const char *column, gboolean descending)
{
  const XqLedgerColumn *found = xq_ledger_find_column (column);

  request->sort = found != NULL ? found->id : NULL;
  request->query.descending = descending;
  update_query (request);
}

static const char *
static_name (const char *column)
{
  const XqLedgerColumn *found = xq_ledger_find_column (column);

  return found != NULL ? found->id : g_intern_string (column);
}

static void
remove_filter (XqLedgerRequest *request, const char *column)
{
  for (guint i = 0; i < request->filters->len; i++)
    if (strcmp (g_array_index (request->filters, XqLedgerFilter, i).column, column) == 0)
      {
        g_array_remove_index (request->filters, i);
        break;
      }
  update_query (request);
}

/* A condition that is changed keeps its place among the chips. */
static void
put_filter (XqLedgerRequest *request, XqLedgerFilter filter)
{
  for (guint i = 0; i < request->filters->len; i++)
    {
      XqLedgerFilter *existing = &g_array_index (request->filters, XqLedgerFilter, i);

      if (strcmp (existing->column, filter.column) != 0)
        continue;
      filter_clear (existing);
      *existing = filter;
      update_query (request);
      return;
    }
  g_array_append_val (request->filters, filter);
  update_query (request);
}

void
xq_ledger_request_set_values (XqLedgerRequest *request, const char *column, const char *const *values)
{
  if (values == NULL || values[0] == NULL)
    remove_filter (request, column);
  else
    put_filter (request, (XqLedgerFilter){ .column = static_name (column),
                                           .values = (const char *const *)g_strdupv ((char **)values),
                                           .maximum = G_MAXINT64 });
}

void
xq_ledger_request_set_range (XqLedgerRequest *request, const char *column, gint64 minimum, gint64 maximum)
{
  if (minimum <= 0 && maximum == G_MAXINT64)
    remove_filter (request, column);
  else
    put_filter (request, (XqLedgerFilter){ .column = static_name (column), .minimum = minimum, .maximum = maximum });
}

void
xq_ledger_request_clear_filters (XqLedgerRequest *request)
{
  g_array_set_size (request->filters, 0);
  g_clear_pointer (&request->text, g_free);
  update_query (request);
}

const XqLedgerQuery *
xq_ledger_request_get_query (const XqLedgerRequest *request)
{
  return &request->query;
}

const XqLedgerFilter *
xq_ledger_request_find_filter (const XqLedgerRequest *request, const char *column)
{
  for (guint i = 0; i < request->filters->len; i++)
    {
      const XqLedgerFilter *filter = &g_array_index (request->filters, XqLedgerFilter, i);

      if (strcmp (filter->column, column) == 0)
        return filter;
    }
  return NULL;
}

gboolean
xq_ledger_request_is_filtered (const XqLedgerRequest *request)
{
  return request->text != NULL || request->filters->len > 0;
}

gboolean
xq_ledger_request_resolve (const XqLedgerRequest *request, XqTransaction *tx, XqLedgerQuery *query, gint64 *focus, GError **error)
{
  XqPeriod units = request->query.division == XQ_DIVISION_NOW ? XQ_PERIOD_NONE : request->query.period;
  g_autoptr (GPtrArray) path = NULL;
  const XqUnit *unit;

  *query = request->query;
  *focus = 0;
  if (query->unit == 0)
    return TRUE;
  /* What stood above it in the period: it may have been moved since. */
  path = xq_unit_list_ancestors_in (tx, query->unit, units, error);
  if (path == NULL)
    return FALSE;
  unit = g_ptr_array_index (path, path->len - 1);
  if (unit->level == XQ_LEVEL_BUILDING)
    *focus = unit->id;
  while (path->len > 1 && unit->level > (query->kind == XQ_LEDGER_BUILDINGS ? XQ_LEVEL_COMPOUND : XQ_LEVEL_COMMUNITY))
    {
      if (unit->level == XQ_LEVEL_COMPOUND)
        *focus = unit->id;
      g_ptr_array_set_size (path, (int)path->len - 1);
      unit = g_ptr_array_index (path, path->len - 1);
    }
  query->unit = unit->id;
  return TRUE;
}
