#include "xq-fact-section.h"

#include <glib/gi18n-lib.h>

#include "xq-record-types.h"
#include "xq-statistics.h"

static void
line_free (gpointer data)
{
  XqFactLine *line = data;

  g_free (line->label);
  g_free (line->value);
  g_free (line);
}

void
xq_fact_section_free (XqFactSection *section)
{
  if (section == NULL)
    return;
  g_free (section->title);
  g_free (section->empty);
  g_ptr_array_unref (section->lines);
  g_free (section);
}

static XqFactSection *
add_section (GPtrArray *sections, const char *title, const char *empty)
{
  XqFactSection *section = g_new0 (XqFactSection, 1);

  section->title = g_strdup (title);
  section->empty = g_strdup (empty);
  section->lines = g_ptr_array_new_with_free_func (line_free);
  g_ptr_array_add (sections, section);
  return section;
}

/* Takes @value. */
static void
add_line (XqFactSection *section, const char *label, char *value, XqOrigin origin)
{
  XqFactLine *line = g_new0 (XqFactLine, 1);

  line->label = g_strdup (label);
  line->value = value;
  line->origin = origin;
  g_ptr_array_add (section->lines, line);
}

/* "993 户": a field with its measure, where it holds anything. */
static void
add_field (XqFactSection *section, const XqRecord *record, int field)
{
  const XqField *description;
  g_autofree char *value = NULL;

  if (record == NULL || xq_record_is_null (record, field))
    return;
  description = &xq_record_get_type_of (record)->fields[field];
  if (description->type == XQ_FIELD_INTEGER && description->max > 2200)
    value = xq_format_count (xq_record_get_int (record, field));
  else
    value = xq_record_format_field (record, field);
  add_line (section, g_dgettext (GETTEXT_PACKAGE, description->label),
            description->measure != NULL ? g_strdup_printf ("%s %s", value, g_dgettext (GETTEXT_PACKAGE, description->measure))
                                         : g_strdup (value),
            xq_record_get_origin (record, field));
}

/* The day a term that began on @started ends, or NULL. */
static char *
term_end (const XqRecord *record, int years, int started)
{
  const char *day = xq_record_get_text (record, started);
  GDate date;

  if (day == NULL || xq_record_is_null (record, years))
    return NULL;
  g_date_clear (&date, 1);
  g_date_set_parse (&date, day);
  if (!g_date_valid (&date))
    return NULL;
  g_date_add_years (&date, (guint)xq_record_get_int (record, years));
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

static void
add_term_end (XqFactSection *section, const XqRecord *record, int years, int started)
{
  char *end = term_end (record, years, started);

  if (end != NULL)
    add_line (section, _ ("Term ends"), end, xq_record_get_origin (record, started));
}

static void
add_organisation (GPtrArray *sections, const XqDetail *detail)
{
  static const int fields[]
      = { XQ_ORGANISATION_KIND, XQ_ORGANISATION_FOUNDED, XQ_ORGANISATION_COMMITTEE_SIZE, XQ_ORGANISATION_SECRETARY_BACKGROUND };
  XqFactSection *section = add_section (sections, _ ("Party organisation"), _ ("Not covered by any Party organisation"));
  const XqRecord *organisation = detail->coverage.organisation, *contact = detail->coverage.contact;

  add_line (section, _ ("Coverage"),
            g_strdup (xq_enum_label (&XQ_ENUM_COVERAGE, xq_enum_nick (&XQ_ENUM_COVERAGE, detail->coverage.coverage))),
            organisation != NULL ? xq_record_get_origin (organisation, XQ_ORGANISATION_KIND)
            : contact != NULL    ? xq_record_get_origin (contact, XQ_CONTACT_UNIT)
                                 : XQ_ORIGIN_DECLARED);
  if (organisation != NULL)
    {
      add_field (section, organisation, XQ_ORGANISATION_NAME);
      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        add_field (section, organisation, fields[i]);
      add_term_end (section, organisation, XQ_ORGANISATION_TERM_YEARS, XQ_ORGANISATION_TERM_STARTED);
      if (detail->higher != NULL)
        add_line (section, _ ("Higher organisation"), g_strdup (detail->higher),
                  xq_record_get_origin (organisation, XQ_ORGANISATION_PARENT));
      if (detail->covered != NULL && detail->covered->len > 1)
        add_line (section, _ ("Covers"), g_strdup_printf (_ ("%u compounds"), detail->covered->len), XQ_ORIGIN_DECLARED);
    }
  if (contact != NULL)
    {
      add_field (section, contact, XQ_CONTACT_POST);
      add_field (section, contact, XQ_CONTACT_DECIDED);
      if (detail->confirmed != NULL)
        add_line (section, _ ("Last confirmed"), g_strdup (detail->confirmed), xq_record_get_origin (contact, XQ_CONTACT_DECIDED));
      if (!detail->coverage.contact_valid && organisation == NULL)
        add_line (section, _ ("Validity"), g_strdup (_ ("not valid: needs a post, a decision and a confirmation in the period")),
                  XQ_ORIGIN_DECLARED);
    }
}

static void
add_areas (GPtrArray *sections, const XqDetail *detail)
{
  static const int body_fields[] = { XQ_OWNERS_BODY_FOUNDED, XQ_OWNERS_BODY_SEATS, XQ_OWNERS_BODY_PARTY_MEMBERS };
  static const int service_fields[] = { XQ_PROPERTY_SERVICE_FIRM, XQ_PROPERTY_SERVICE_FEE, XQ_PROPERTY_SERVICE_COLLECTION };
  XqFactSection *section = add_section (sections, _ ("Owners' body and property service"), _ ("No property area is recorded"));

  for (guint i = 0; detail->areas != NULL && i < detail->areas->len; i++)
    {
      const XqDetailArea *area = g_ptr_array_index (detail->areas, i);

      if (detail->areas->len > 1)
        add_field (section, area->area, XQ_PROPERTY_AREA_NAME);
      if (area->body != NULL)
        {
          const char *name = xq_record_get_text (area->body, XQ_OWNERS_BODY_NAME);
          const char *kind = xq_enum_label (&XQ_ENUM_BODY_KIND, xq_record_get_text (area->body, XQ_OWNERS_BODY_KIND));

          add_line (section, _ ("Owners' body"), g_strdup (name != NULL ? name : kind),
                    xq_record_get_origin (area->body, XQ_OWNERS_BODY_KIND));
          for (guint field = 0; field < G_N_ELEMENTS (body_fields); field++)
            add_field (section, area->body, body_fields[field]);
          add_term_end (section, area->body, XQ_OWNERS_BODY_TERM_YEARS, XQ_OWNERS_BODY_TERM_STARTED);
        }
      else
        add_line (section, _ ("Owners' body"), g_strdup (_ ("Not set up")), XQ_ORIGIN_DECLARED);
      if (area->service != NULL)
        {
          add_field (section, area->service, XQ_PROPERTY_SERVICE_MODE);
          for (guint field = 0; field < G_N_ELEMENTS (service_fields); field++)
            add_field (section, area->service, service_fields[field]);
        }
    }
}

static void
add_kin (XqFactSection *section, const GPtrArray *kin, const char *label)
{
  for (guint i = 0; kin != NULL && i < kin->len; i++)
    {
      const XqDetailKin *one = g_ptr_array_index (kin, i);
      XqFactLine *line;

      add_line (section, i == 0 ? label : "", g_strdup (one->unit->name),
                xq_record_get_origin (one->lineage, XQ_LINEAGE_PREDECESSOR));
      line = g_ptr_array_index (section->lines, section->lines->len - 1);
      line->unit = one->unit->id;
    }
}

static void
add_basics (GPtrArray *sections, const XqDetail *detail)
{
  static const int compound_fields[]
      = { XQ_COMPOUND_KIND, XQ_COMPOUND_BUILT_YEAR, XQ_COMPOUND_FLOOR_AREA, XQ_COMPOUND_PARKING_SPACES, XQ_COMPOUND_THREE_NONE };
  static const int building_fields[]
      = { XQ_BUILDING_FLOORS, XQ_BUILDING_ENTRANCES, XQ_BUILDING_HOUSEHOLDS, XQ_BUILDING_RESIDENTS, XQ_BUILDING_BUILT_YEAR };
  XqFactSection *section = add_section (sections, _ ("Basics"), _ ("Nothing is recorded yet"));
  gboolean building = detail->unit->level == XQ_LEVEL_BUILDING;
  guint n = building ? G_N_ELEMENTS (building_fields) : G_N_ELEMENTS (compound_fields);

  if (detail->unit->code != NULL)
    add_line (section, _ ("Code"), g_strdup (detail->unit->code), xq_record_get_origin (detail->unit_record, XQ_UNIT_CODE));
  for (guint i = 0; i < n; i++)
    add_field (section, detail->attributes, building ? building_fields[i] : compound_fields[i]);
  add_kin (section, detail->predecessors, _ ("Formed from"));
  add_kin (section, detail->successors, _ ("Became"));
}

/* What happened and was noted, each with its figure or its text. */
static void
add_notes (GPtrArray *sections, const XqDetail *detail)
{
  XqFactSection *section = add_section (sections, _ ("Records"), _ ("No record has been noted"));

  for (guint i = 0; detail->notes != NULL && i < detail->notes->len; i++)
    {
      const XqRecord *note = g_ptr_array_index (detail->notes, i);
      const char *text = xq_record_get_text (note, XQ_NOTE_TEXT), *measure = xq_record_get_text (note, XQ_NOTE_MEASURE);
      const char *title = xq_record_get_text (note, XQ_NOTE_TITLE);

      if (!xq_record_is_null (note, XQ_NOTE_QUANTITY))
        {
          g_autofree char *count = xq_format_count (xq_record_get_int (note, XQ_NOTE_QUANTITY));

          add_line (section, title, g_strdup_printf ("%s %s", count, measure != NULL ? measure : ""),
                    xq_record_get_origin (note, XQ_NOTE_QUANTITY));
        }
      else
        add_line (section, title, g_strdup (text != NULL ? text : ""), xq_record_get_origin (note, XQ_NOTE_TITLE));
    }
}

GPtrArray *
xq_fact_section_list (const XqDetail *detail)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_fact_section_free);

  if (detail->unit->level == XQ_LEVEL_COMPOUND)
    {
      add_organisation (sections, detail);
      add_areas (sections, detail);
    }
  add_basics (sections, detail);
  add_notes (sections, detail);
  return sections;
}
