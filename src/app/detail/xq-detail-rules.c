#include "xq-detail-rules.h"

#include <glib/gi18n-lib.h>

/* A member committee needs this many full members; with fewer a branch has a secretary (and a deputy) only. */
#define COMMITTEE_MEMBERS 7
#define COMMITTEE_MINIMUM 3
#define COMMITTEE_MAXIMUM 7
/* Owners' committees: 5 to 11, an odd number; term at most 5 years. */
#define SEATS_MINIMUM 5
#define SEATS_MAXIMUM 11
#define BODY_TERM_YEARS 5

static const char *
label_of (const XqRecord *record, int field)
{
  return g_dgettext (GETTEXT_PACKAGE, xq_record_get_type_of (record)->fields[field].label);
}

/* @first must be before @second where both are known. */
static gboolean
check_order (const XqRecord *record, const char *first, const char *second, GError **error)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  int a = xq_record_type_find (type, first), b = xq_record_type_find (type, second);

  if (a < 0 || b < 0 || xq_record_is_null (record, a) || xq_record_is_null (record, b)
      || strcmp (xq_record_get_text (record, a), xq_record_get_text (record, b)) <= 0)
    return TRUE;
  g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_RANGE, _ ("“%s” (%s) must not be before “%s” (%s)"), label_of (record, b),
               xq_record_get_text (record, b), label_of (record, a), xq_record_get_text (record, a));
  return FALSE;
}

/* @part must not exceed @whole where both are known. */
static gboolean
check_part (const XqRecord *record, int part, int whole, GError **error)
{
  if (xq_record_is_null (record, part) || xq_record_is_null (record, whole) || xq_record_get_int (record, part) <= xq_record_get_int (record, whole))
    return TRUE;
  g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_RANGE, _ ("“%s” (%d) must not exceed “%s” (%d)"), label_of (record, part),
               (int)xq_record_get_int (record, part), label_of (record, whole), (int)xq_record_get_int (record, whole));
  return FALSE;
}

gboolean
xq_detail_check (const XqRecord *record, GError **error)
{
  static const struct {
    const char *first, *second;
  } orders[] = {
    { "valid_from", "valid_to" }, { "founded", "dissolved" }, { "founded", "ended" }, { "valid_from", "contract_end" }, { "decided", "valid_to" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (!check_order (record, orders[i].first, orders[i].second, error))
      return FALSE;
  if (xq_record_get_type_of (record) == &XQ_OWNERS_BODY)
    return check_part (record, XQ_OWNERS_BODY_PARTY_MEMBERS, XQ_OWNERS_BODY_SEATS, error)
           && check_part (record, XQ_OWNERS_BODY_BRANCH_COMMITTEE_SEATED, XQ_OWNERS_BODY_SEATS, error)
           && check_part (record, XQ_OWNERS_BODY_PARTY_IN_BRANCH_COMMITTEE, XQ_OWNERS_BODY_PARTY_MEMBERS, error);
  return TRUE;
}

static char *
advise_body (const XqRecord *record, int field)
{
  gint64 seats = xq_record_get_int (record, XQ_OWNERS_BODY_SEATS);

  if (g_strcmp0 (xq_record_get_text (record, XQ_OWNERS_BODY_KIND), "owners_committee") != 0)
    return NULL;
  if (field == XQ_OWNERS_BODY_SEATS && !xq_record_is_null (record, field) && (seats < SEATS_MINIMUM || seats > SEATS_MAXIMUM || seats % 2 == 0))
    return g_strdup_printf (_ ("An owners' committee has %d to %d members, an odd number"), SEATS_MINIMUM, SEATS_MAXIMUM);
  if (field == XQ_OWNERS_BODY_TERM_YEARS && xq_record_get_int (record, field) > BODY_TERM_YEARS)
    return g_strdup_printf (_ ("The term of an owners' committee is at most %d years"), BODY_TERM_YEARS);
  return NULL;
}

static char *
advise_organisation (const XqRecord *record, int field, gint64 full_members)
{
  gint64 size = xq_record_get_int (record, XQ_ORGANISATION_COMMITTEE_SIZE);

  if (field != XQ_ORGANISATION_COMMITTEE_SIZE || xq_record_is_null (record, field) || xq_record_get_int (record, XQ_ORGANISATION_FUNCTIONAL) != 0
      || g_strcmp0 (xq_record_get_text (record, XQ_ORGANISATION_KIND), "branch") != 0)
    return NULL;
  if (full_members >= 0 && full_members < COMMITTEE_MEMBERS && size >= COMMITTEE_MINIMUM)
    return g_strdup_printf (_ ("With fewer than %d full members a branch has a secretary (and a deputy), no committee"), COMMITTEE_MEMBERS);
  if (size > COMMITTEE_MAXIMUM)
    return g_strdup_printf (_ ("A branch committee has %d to 5, at most %d members"), COMMITTEE_MINIMUM, COMMITTEE_MAXIMUM);
  return NULL;
}

char *
xq_detail_advise (const XqRecord *record, int field, gint64 full_members)
{
  if (xq_record_get_type_of (record) == &XQ_OWNERS_BODY)
    return advise_body (record, field);
  if (xq_record_get_type_of (record) == &XQ_ORGANISATION)
    return advise_organisation (record, field, full_members);
  return NULL;
}
