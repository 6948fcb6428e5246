#include "xq-detail-data.h"

#include <glib/gi18n-lib.h>

#include "xq-figures.h"
#include "xq-record-types.h"
#include "xq-statistics.h"

#define JOURNAL_LIMIT 60

static void
area_free (gpointer data)
{
  XqDetailArea *area = data;

  g_clear_pointer (&area->area, xq_record_free);
  g_clear_pointer (&area->body, xq_record_free);
  g_clear_pointer (&area->service, xq_record_free);
  g_free (area);
}

static void
kin_free (gpointer data)
{
  XqDetailKin *kin = data;

  g_clear_pointer (&kin->unit, xq_unit_free);
  g_clear_pointer (&kin->lineage, xq_record_free);
  g_free (kin);
}

static void
pill_clear (XqDetailPill *pill)
{
  g_clear_pointer (&pill->nick, g_free);
  g_clear_pointer (&pill->text, g_free);
}

void
xq_detail_free (XqDetail *detail)
{
  if (detail == NULL)
    return;
  g_clear_pointer (&detail->unit, xq_unit_free);
  g_clear_pointer (&detail->working_day, g_free);
  for (guint i = 0; i < XQ_DETAIL_NUMBERS; i++)
    g_clear_pointer (&detail->numbers[i].text, g_free);
  pill_clear (&detail->organisation_pill);
  pill_clear (&detail->body_pill);
  pill_clear (&detail->service_pill);
  g_clear_pointer (&detail->kit, g_free);
  g_clear_pointer (&detail->unit_record, xq_record_free);
  g_clear_pointer (&detail->attributes, xq_record_free);
  g_clear_pointer (&detail->counts, g_ptr_array_unref);
  xq_coverage_state_clear (&detail->coverage);
  g_clear_pointer (&detail->covered, g_ptr_array_unref);
  g_clear_pointer (&detail->higher, g_free);
  g_clear_pointer (&detail->confirmed, g_free);
  g_clear_pointer (&detail->joinable, g_ptr_array_unref);
  g_clear_pointer (&detail->areas, g_ptr_array_unref);
  g_clear_pointer (&detail->associations, g_ptr_array_unref);
  g_clear_pointer (&detail->notes, g_ptr_array_unref);
  g_clear_pointer (&detail->names, g_ptr_array_unref);
  g_clear_pointer (&detail->predecessors, g_ptr_array_unref);
  g_clear_pointer (&detail->successors, g_ptr_array_unref);
  g_clear_pointer (&detail->journal, g_ptr_array_unref);
  g_clear_pointer (&detail->sets, xq_record_sets_free);
  g_free (detail);
}

/* Whether @record counts as of @day by the two dates @from and @to. */
static gboolean
in_force (const XqRecord *record, int from, int to, const char *day)
{
  const char *begins = xq_record_get_text (record, from), *ends = xq_record_get_text (record, to);

  return (begins == NULL || strcmp (begins, day) <= 0) && (ends == NULL || strcmp (ends, day) > 0);
}

/* The last of @records that is in force as of @day, taken out of the array; NULL where none is. */
static XqRecord *
take_in_force (GPtrArray *records, int from, int to, const char *day)
{
  for (guint i = records->len; i > 0; i--)
    {
      const XqRecord *record = g_ptr_array_index (records, i - 1);

      if (in_force (record, from, to, day))
        return g_ptr_array_steal_index (records, i - 1);
    }
  return NULL;
}

/* Header */

static void
set_number (XqDetail *detail, guint index, const char *label, const char *measure, char *text, gboolean generated)
{
  XqDetailNumber *number = &detail->numbers[index];

  number->label = label;
  number->measure = measure;
  number->text = text;
  number->generated = generated;
  detail->generated = detail->generated || generated;
}

static void
set_cell_number (XqDetail *detail, guint index, const char *label, const char *measure, const XqLedgerCell *cell)
{
  gboolean present = !cell->is_null && !cell->suppressed;

  set_number (detail, index, label, measure, present ? xq_format_count (cell->number) : NULL, present && cell->origin == XQ_ORIGIN_GENERATED);
}

static void
set_pill (XqDetail *detail, XqDetailPill *pill, const XqLedgerCell *cell)
{
  pill->nick = g_strdup (cell->nick);
  pill->text = g_strdup (cell->text);
  detail->generated = detail->generated || (!cell->is_null && cell->origin == XQ_ORIGIN_GENERATED);
}

static gboolean
load_compound_header (XqTransaction *tx, XqDetail *detail, XqPeriod period, GError **error)
{
  /* Of the three counts of members the one that founds a branch here. */
  const char *basis = xq_scheme_get_founding_basis (xq_store_get_scheme (xq_transaction_get_store (tx)));
  const char *const columns[] = { "buildings", "households", basis, "satisfaction", "organisation", "body", "service", "kit", "three_none", NULL };
  const char *members = XQ_ENUM_MEASURE.values[xq_enum_index (&XQ_ENUM_MEASURE, basis)].label;
  XqLedgerQuery query = { .kind = detail->in_force ? XQ_LEDGER_COMPOUNDS : XQ_LEDGER_ORIGINAL_COMPOUNDS, .period = period };
  g_autoptr (GPtrArray) rows = xq_ledger_load_rows (tx, &query, &detail->unit->id, 1, columns, error);
  const XqLedgerCell *cells;
  g_autofree char *share = NULL;

  if (rows == NULL)
    return FALSE;
  set_number (detail, 0, N_ ("Buildings"), N_ ("buildings"), NULL, FALSE);
  set_number (detail, 1, N_ ("Households"), N_ ("households"), NULL, FALSE);
  set_number (detail, 2, members, N_ ("people"), NULL, FALSE);
  set_number (detail, 3, N_ ("Satisfaction"), "%", NULL, FALSE);
  if (rows->len == 0)
    return TRUE;
  cells = ((XqLedgerRow *)g_ptr_array_index (rows, 0))->cells;
  set_cell_number (detail, 0, N_ ("Buildings"), N_ ("buildings"), &cells[0]);
  set_cell_number (detail, 1, N_ ("Households"), N_ ("households"), &cells[1]);
  set_cell_number (detail, 2, members, N_ ("people"), &cells[2]);
  if (!cells[3].is_null && !cells[3].suppressed && cells[3].denominator > 0)
    share = g_strdup_printf ("%.1f", 100.0 * (double)cells[3].number / (double)cells[3].denominator);
  set_number (detail, 3, N_ ("Satisfaction"), "%", g_steal_pointer (&share), !cells[3].is_null && cells[3].origin == XQ_ORIGIN_GENERATED);
  set_pill (detail, &detail->organisation_pill, &cells[4]);
  set_pill (detail, &detail->body_pill, &cells[5]);
  set_pill (detail, &detail->service_pill, &cells[6]);
  detail->kit = cells[7].is_null ? NULL : g_strdup (cells[7].text);
  detail->three_none = g_strcmp0 (cells[8].nick, "yes") == 0;
  return TRUE;
}

static void
load_building_header (XqDetail *detail)
{
  static const struct {
    int field;
    const char *label, *measure;
  } numbers[XQ_DETAIL_NUMBERS] = {
    { XQ_BUILDING_FLOORS, N_ ("Floors"), N_ ("floors") },
    { XQ_BUILDING_ENTRANCES, N_ ("Entrances"), N_ ("entrances") },
    { XQ_BUILDING_HOUSEHOLDS, N_ ("Households"), N_ ("households") },
    { XQ_BUILDING_RESIDENTS, N_ ("Residents"), N_ ("people") },
  };

  for (guint i = 0; i < XQ_DETAIL_NUMBERS; i++)
    {
      const XqRecord *record = detail->attributes;
      gboolean present = record != NULL && !xq_record_is_null (record, numbers[i].field);

      set_number (detail, i, numbers[i].label, numbers[i].measure, present ? xq_format_count (xq_record_get_int (record, numbers[i].field)) : NULL,
                  present && xq_record_get_origin (record, numbers[i].field) == XQ_ORIGIN_GENERATED);
    }
}

static gboolean
load_area_header (XqTransaction *tx, XqDetail *detail, XqPeriod period, GError **error)
{
  static const char *const only[] = { "compounds", "households", "organisational_coverage", "satisfaction", NULL };
  XqFigureQuery query = { .unit = detail->unit->id, .by = XQ_LEVEL_NONE, .period = period, .only = only };
  g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);

  if (table == NULL)
    return FALSE;
  for (guint i = 0; i < XQ_DETAIL_NUMBERS && i < table->indicators->len && table->rows->len > 0; i++)
    {
      const XqIndicator *indicator = g_ptr_array_index (table->indicators, i);
      const XqFigure *figure = &((XqFigureRow *)g_ptr_array_index (table->rows, 0))->figures[i];
      gboolean rate = indicator->kind != XQ_INDICATOR_COUNT;

      set_number (detail, i, xq_indicator_get_short_label (indicator), rate ? "%" : xq_indicator_get_measure (indicator),
                  !figure->has_value ? NULL : rate ? g_strdup_printf ("%.1f", 100 * figure->value) : xq_format_count (figure->numerator), figure->generated);
    }
  return TRUE;
}

/* Records */

static gboolean
load_covered (XqTransaction *tx, XqDetail *detail, GError **error)
{
  g_autoptr (GPtrArray) covers = NULL;
  XqRecord *organisation = detail->coverage.organisation;

  if (organisation == NULL)
    return TRUE;
  covers = xq_record_list (tx, &XQ_ORGANISATION_COVER, XQ_ORGANISATION_COVER_ORGANISATION, xq_record_get_id (organisation), error);
  if (covers == NULL)
    return FALSE;
  for (guint i = 0; i < covers->len; i++)
    {
      const XqRecord *cover = g_ptr_array_index (covers, i);
      XqUnit *unit;

      if (!in_force (cover, XQ_ORGANISATION_COVER_VALID_FROM, XQ_ORGANISATION_COVER_VALID_TO, detail->working_day))
        continue;
      unit = xq_unit_load (tx, xq_record_get_int (cover, XQ_ORGANISATION_COVER_UNIT), error);
      if (unit == NULL)
        return FALSE;
      g_ptr_array_add (detail->covered, unit);
    }
  if (!xq_record_is_null (organisation, XQ_ORGANISATION_PARENT))
    {
      g_autoptr (XqRecord) higher = xq_record_load (tx, &XQ_ORGANISATION, xq_record_get_int (organisation, XQ_ORGANISATION_PARENT), error);

      if (higher == NULL)
        return FALSE;
      detail->higher = g_strdup (xq_record_get_text (higher, XQ_ORGANISATION_NAME));
    }
  return TRUE;
}

static gboolean
load_confirmation (XqTransaction *tx, XqDetail *detail, GError **error)
{
  g_autoptr (GPtrArray) confirmations = NULL;

  if (detail->coverage.contact == NULL)
    return TRUE;
  confirmations = xq_record_list (tx, &XQ_CONTACT_CONFIRMATION, XQ_CONTACT_CONFIRMATION_CONTACT, xq_record_get_id (detail->coverage.contact), error);
  if (confirmations == NULL)
    return FALSE;
  for (guint i = 0; i < confirmations->len; i++)
    {
      const char *day = xq_record_get_text (g_ptr_array_index (confirmations, i), XQ_CONTACT_CONFIRMATION_CONFIRMED);

      if (detail->confirmed == NULL || strcmp (day, detail->confirmed) > 0)
        {
          g_free (detail->confirmed);
          detail->confirmed = g_strdup (day);
        }
    }
  return TRUE;
}

/* Joint branches and groups at home in the unit's community or in one of its compounds. */
static gboolean
load_joinable (XqTransaction *tx, XqDetail *detail, GError **error)
{
  g_autoptr (GPtrArray) siblings = xq_unit_list_children (tx, detail->unit->parent, XQ_PERIOD_NONE, error);

  if (siblings == NULL)
    return FALSE;
  for (guint i = 0; i <= siblings->len; i++)
    {
      gint64 home = i < siblings->len ? ((XqTreeRow *)g_ptr_array_index (siblings, i))->unit->id : detail->unit->parent;
      g_autoptr (GPtrArray) organisations = xq_record_list (tx, &XQ_ORGANISATION, XQ_ORGANISATION_UNIT, home, error);

      if (organisations == NULL)
        return FALSE;
      for (guint j = 0; j < organisations->len; j++)
        {
          const XqRecord *organisation = g_ptr_array_index (organisations, j);
          const char *kind = xq_record_get_text (organisation, XQ_ORGANISATION_KIND);

          if ((strcmp (kind, "joint_branch") == 0 || strcmp (kind, "group") == 0)
              && in_force (organisation, XQ_ORGANISATION_FOUNDED, XQ_ORGANISATION_DISSOLVED, detail->working_day))
            g_ptr_array_add (detail->joinable, xq_record_copy (organisation));
        }
    }
  return TRUE;
}

static gboolean
load_areas (XqTransaction *tx, XqDetail *detail, GError **error)
{
  g_autoptr (GPtrArray) areas = xq_record_list (tx, &XQ_PROPERTY_AREA, XQ_PROPERTY_AREA_UNIT, detail->unit->id, error);

  if (areas == NULL)
    return FALSE;
  for (guint i = 0; i < areas->len; i++)
    {
      const XqRecord *record = g_ptr_array_index (areas, i);
      g_autoptr (GPtrArray) bodies = NULL;
      g_autoptr (GPtrArray) services = NULL;
      XqDetailArea *area;

      if (!in_force (record, XQ_PROPERTY_AREA_VALID_FROM, XQ_PROPERTY_AREA_VALID_TO, detail->working_day))
        continue;
      bodies = xq_record_list (tx, &XQ_OWNERS_BODY, XQ_OWNERS_BODY_PROPERTY_AREA, xq_record_get_id (record), error);
      if (bodies == NULL)
        return FALSE;
      services = xq_record_list (tx, &XQ_PROPERTY_SERVICE, XQ_PROPERTY_SERVICE_PROPERTY_AREA, xq_record_get_id (record), error);
      if (services == NULL)
        return FALSE;
      area = g_new0 (XqDetailArea, 1);
      area->area = xq_record_copy (record);
      area->body = take_in_force (bodies, XQ_OWNERS_BODY_FOUNDED, XQ_OWNERS_BODY_ENDED, detail->working_day);
      area->service = take_in_force (services, XQ_PROPERTY_SERVICE_VALID_FROM, XQ_PROPERTY_SERVICE_VALID_TO, detail->working_day);
      g_ptr_array_add (detail->areas, area);
    }
  return TRUE;
}

static gboolean
load_kin (XqTransaction *tx, XqDetail *detail, int mine, int other, GPtrArray *kin, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_record_list (tx, &XQ_LINEAGE, mine, detail->unit->id, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const XqRecord *lineage = g_ptr_array_index (rows, i);
      XqUnit *unit = xq_unit_load (tx, xq_record_get_int (lineage, other), error);
      XqDetailKin *relative;

      if (unit == NULL)
        return FALSE;
      relative = g_new0 (XqDetailKin, 1);
      relative->unit = unit;
      relative->lineage = xq_record_copy (lineage);
      g_ptr_array_add (kin, relative);
    }
  return TRUE;
}

static gboolean
load_compound (XqTransaction *tx, XqDetail *detail, XqPeriod period, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 id = detail->unit->id;

  detail->attributes = xq_record_find (tx, &XQ_COMPOUND, XQ_COMPOUND_UNIT, id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  detail->counts = xq_record_list (tx, &XQ_DECLARED_COUNT, XQ_DECLARED_COUNT_UNIT, id, error);
  detail->associations = detail->counts != NULL ? xq_record_list (tx, &XQ_ASSOCIATION, XQ_ASSOCIATION_UNIT, id, error) : NULL;
  return detail->associations != NULL && xq_coverage_load (tx, id, &detail->coverage, error) && load_covered (tx, detail, error)
         && load_confirmation (tx, detail, error) && load_joinable (tx, detail, error) && load_areas (tx, detail, error)
         && load_compound_header (tx, detail, period, error);
}

static gboolean
load_building (XqTransaction *tx, XqDetail *detail, GError **error)
{
  g_autoptr (GError) local = NULL;

  detail->attributes = xq_record_find (tx, &XQ_BUILDING, XQ_BUILDING_UNIT, detail->unit->id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  load_building_header (detail);
  return TRUE;
}

XqDetail *
xq_detail_load (XqTransaction *tx, gint64 unit, XqPeriod period, gboolean full, GError **error)
{
  g_autoptr (XqDetail) detail = g_new0 (XqDetail, 1);
  gboolean loaded;

  detail->covered = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_unit_free);
  detail->joinable = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);
  detail->areas = g_ptr_array_new_with_free_func (area_free);
  detail->predecessors = g_ptr_array_new_with_free_func (kin_free);
  detail->successors = g_ptr_array_new_with_free_func (kin_free);
  detail->past = xq_period_is_set (period);
  detail->working_day = xq_working_day (tx);
  detail->unit = xq_unit_load (tx, unit, error);
  if (detail->unit == NULL)
    return NULL;
  detail->unit_record = xq_record_load (tx, &XQ_UNIT, unit, error);
  if (detail->unit_record == NULL)
    return NULL;
  detail->in_force = in_force (detail->unit_record, XQ_UNIT_VALID_FROM, XQ_UNIT_VALID_TO, detail->working_day);
  if (detail->unit->level == XQ_LEVEL_COMPOUND)
    loaded = load_compound (tx, detail, period, error);
  else if (detail->unit->level == XQ_LEVEL_BUILDING)
    loaded = load_building (tx, detail, error);
  else
    loaded = load_area_header (tx, detail, period, error);
  if (!loaded)
    return NULL;
  detail->notes = xq_record_list (tx, &XQ_NOTE, XQ_NOTE_UNIT, unit, error);
  detail->names = detail->notes != NULL ? xq_record_list (tx, &XQ_UNIT_NAME_RECORD, XQ_UNIT_NAME_UNIT, unit, error) : NULL;
  detail->journal = detail->names != NULL ? xq_journal_list (tx, unit, JOURNAL_LIMIT, error) : NULL;
  if (detail->journal == NULL || !load_kin (tx, detail, XQ_LINEAGE_SUCCESSOR, XQ_LINEAGE_PREDECESSOR, detail->predecessors, error)
      || !load_kin (tx, detail, XQ_LINEAGE_PREDECESSOR, XQ_LINEAGE_SUCCESSOR, detail->successors, error))
    return NULL;
  detail->sets = xq_record_sets_load (tx, unit, detail->unit->level, full, error);
  return detail->sets != NULL ? g_steal_pointer (&detail) : NULL;
}

const XqRecord *
xq_detail_find_count (const XqDetail *detail, const char *measure)
{
  for (guint i = 0; detail->counts != NULL && i < detail->counts->len; i++)
    {
      const XqRecord *count = g_ptr_array_index (detail->counts, i);

      if (g_strcmp0 (xq_record_get_text (count, XQ_DECLARED_COUNT_MEASURE), measure) == 0)
        return count;
    }
  return NULL;
}

gint64
xq_detail_get_full_members (const XqDetail *detail, const XqScheme *scheme)
{
  const XqRecord *count = xq_detail_find_count (detail, xq_scheme_get_founding_basis (scheme));

  return count != NULL ? xq_record_get_int (count, XQ_DECLARED_COUNT_VALUE) : -1;
}
