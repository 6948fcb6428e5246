#include "xq-finding-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-coverage.h"
#include "xq-ledger.h"

/* "rule/unit/subject": what an acknowledgement is found by. */
static char *
key_text (const char *rule, gint64 unit, const char *subject)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT "/%s", rule, unit, subject != NULL ? subject : "");
}

static char *
subject_text (gint64 subject)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, subject);
}

/* Acknowledgements by their keys; of several of one finding the latest. */
static GHashTable *
index_acknowledgements (GPtrArray *records)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      XqRecord *record = g_ptr_array_index (records, i);
      g_autofree char *key = key_text (xq_record_get_text (record, XQ_FINDING_ACKNOWLEDGEMENT_RULE),
                                       xq_record_get_int (record, XQ_FINDING_ACKNOWLEDGEMENT_UNIT),
                                       xq_record_get_text (record, XQ_FINDING_ACKNOWLEDGEMENT_SUBJECT));
      XqRecord *known = g_hash_table_lookup (index, key);

      if (known == NULL
          || g_strcmp0 (xq_record_get_text (known, XQ_FINDING_ACKNOWLEDGEMENT_DECIDED),
                        xq_record_get_text (record, XQ_FINDING_ACKNOWLEDGEMENT_DECIDED))
                 <= 0)
        g_hash_table_replace (index, g_steal_pointer (&key), record);
    }
  return index;
}

static void
take_acknowledgement (XqFinding *finding, const XqRecord *record, const char *day)
{
  g_autofree char *figures = xq_rule_fingerprint (finding->rule, finding->figures, finding->n_figures);
  const char *then = xq_record_get_text (record, XQ_FINDING_ACKNOWLEDGEMENT_FIGURES);
  const char *until = xq_record_get_text (record, XQ_FINDING_ACKNOWLEDGEMENT_VALID_TO);

  finding->acknowledgement = xq_record_get_id (record);
  finding->reason = g_strdup (xq_record_get_text (record, XQ_FINDING_ACKNOWLEDGEMENT_REASON));
  finding->until = g_strdup (until);
  finding->decided = g_strdup (xq_record_get_text (record, XQ_FINDING_ACKNOWLEDGEMENT_DECIDED));
  finding->by = g_strdup (xq_record_get_text (record, XQ_FINDING_ACKNOWLEDGEMENT_POST));
  if (until != NULL && strcmp (until, day) <= 0)
    finding->state = XQ_FINDING_LAPSED;
  else if (then != NULL && strcmp (then, figures) != 0)
    finding->state = XQ_FINDING_CHANGED;
  else
    finding->state = XQ_FINDING_ACKNOWLEDGED;
}

gboolean
xq_finding_list_take_acknowledgements (XqFindingList *list, XqTransaction *tx, GError **error)
{
  g_autoptr (GPtrArray) records = xq_record_list (tx, &XQ_FINDING_ACKNOWLEDGEMENT, -1, 0, error);
  g_autoptr (GHashTable) index = NULL;

  if (records == NULL)
    return FALSE;
  index = index_acknowledgements (records);
  for (guint i = 0; g_hash_table_size (index) > 0 && i < xq_finding_list_get_size (list); i++)
    {
      XqFinding *finding = (XqFinding *)xq_finding_list_get (list, i);
      g_autofree char *subject = subject_text (finding->subject);
      g_autofree char *key = key_text (finding->rule->id, finding->unit->id, subject);
      const XqRecord *record = g_hash_table_lookup (index, key);

      if (record != NULL)
        take_acknowledgement (finding, record, xq_finding_list_get_day (list));
    }
  return TRUE;
}

/* The finding as it is now: it may have gone since it was shown. */
static const XqFinding *
find_finding (XqFindingList *list, const XqFindingKey *key, GError **error)
{
  for (guint i = 0; i < xq_finding_list_get_size (list); i++)
    {
      const XqFinding *finding = xq_finding_list_get (list, i);

      if (finding->rule == key->rule && finding->unit->id == key->unit && finding->subject == key->subject)
        return finding;
    }
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND,
               _ ("The finding “%s” is no longer there; it has been mended meanwhile"), xq_rule_get_title (key->rule));
  return NULL;
}

static gboolean
check_acknowledgement (const char *reason, const char *until, const char *today, char **until_day, GError **error)
{
  if (reason == NULL || *reason == '\0')
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                           _ ("A finding is acknowledged for a reason; enter the reason"));
      return FALSE;
    }
  if (until == NULL || *until == '\0')
    return TRUE;
  *until_day = xq_date_parse (until);
  if (*until_day == NULL)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("“%s” is no date; write it as 2024-10-28"), until);
      return FALSE;
    }
  if (strcmp (*until_day, today) <= 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("A finding is acknowledged until a day after %s; enter a later day"), today);
      return FALSE;
    }
  return TRUE;
}

static gboolean
acknowledge (XqTransaction *tx, const XqFinding *finding, const char *reason, const char *until, const char *by, const char *today,
             GError **error)
{
  g_autofree char *figures = xq_rule_fingerprint (finding->rule, finding->figures, finding->n_figures);
  g_autofree char *subject = subject_text (finding->subject);
  g_autoptr (XqRecord) record = NULL;

  if (finding->acknowledgement != 0)
    record = xq_record_load (tx, &XQ_FINDING_ACKNOWLEDGEMENT, finding->acknowledgement, error);
  else
    record = xq_record_new (&XQ_FINDING_ACKNOWLEDGEMENT);
  if (record == NULL)
    return FALSE;
  xq_record_set_int (record, XQ_FINDING_ACKNOWLEDGEMENT_UNIT, finding->unit->id);
  xq_record_set_text (record, XQ_FINDING_ACKNOWLEDGEMENT_RULE, finding->rule->id);
  xq_record_set_text (record, XQ_FINDING_ACKNOWLEDGEMENT_SUBJECT, subject);
  xq_record_set_text (record, XQ_FINDING_ACKNOWLEDGEMENT_REASON, reason);
  xq_record_set_text (record, XQ_FINDING_ACKNOWLEDGEMENT_DECIDED, today);
  xq_record_set_text (record, XQ_FINDING_ACKNOWLEDGEMENT_VALID_TO, until);
  xq_record_set_text (record, XQ_FINDING_ACKNOWLEDGEMENT_POST, by);
  xq_record_set_text (record, XQ_FINDING_ACKNOWLEDGEMENT_FIGURES, figures);
  return finding->acknowledgement != 0 ? xq_record_update (tx, record, FALSE, error) : xq_record_insert (tx, record, error) != 0;
}

/* What is found now in the district of @unit, of @rule (%NULL: of all); read once. @lists: district → XqFindingList. */
static XqFindingList *
list_of (XqTransaction *tx, GHashTable *lists, gint64 unit, const XqRule *rule, GError **error)
{
  g_autoptr (XqUnit) found = xq_unit_load (tx, unit, error);
  XqFindingList *list;

  if (found == NULL)
    return NULL;
  list = g_hash_table_lookup (lists, &found->district);
  if (list != NULL)
    return list;
  list = xq_finding_list_read (tx, &(XqFindingQuery){ .unit = found->district, .rule = rule }, error);
  if (list != NULL)
    g_hash_table_insert (lists, g_memdup2 (&found->district, sizeof (gint64)), list);
  return list;
}

gboolean
xq_finding_acknowledge (XqTransaction *tx, const XqFindingKey *keys, guint n_keys, const char *reason, const char *until,
                        const char *by, GError **error)
{
  g_autofree char *today = xq_working_day (tx), *until_day = NULL;
  g_autofree char *stripped = g_strstrip (g_strdup (reason != NULL ? reason : ""));
  g_autoptr (GHashTable) lists = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)xq_finding_list_unref);
  const XqRule *rule = n_keys > 0 ? keys[0].rule : NULL;

  if (!check_acknowledgement (stripped, until, today, &until_day, error))
    return FALSE;
  for (guint i = 1; i < n_keys; i++)
    if (keys[i].rule != rule)
      rule = NULL;
  for (guint i = 0; i < n_keys; i++)
    {
      XqFindingList *list = list_of (tx, lists, keys[i].unit, rule, error);
      const XqFinding *finding = list != NULL ? find_finding (list, &keys[i], error) : NULL;

      if (finding == NULL || !acknowledge (tx, finding, stripped, until_day, by, today, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
xq_finding_unacknowledge (XqTransaction *tx, const XqFindingKey *key, GError **error)
{
  g_autoptr (GPtrArray) records
      = xq_record_list (tx, &XQ_FINDING_ACKNOWLEDGEMENT, XQ_FINDING_ACKNOWLEDGEMENT_UNIT, key->unit, error);
  g_autofree char *subject = subject_text (key->subject);
  guint n = 0;

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      const XqRecord *record = g_ptr_array_index (records, i);

      if (g_strcmp0 (xq_record_get_text (record, XQ_FINDING_ACKNOWLEDGEMENT_RULE), key->rule->id) != 0
          || g_strcmp0 (xq_record_get_text (record, XQ_FINDING_ACKNOWLEDGEMENT_SUBJECT), subject) != 0)
        continue;
      if (!xq_record_delete (tx, &XQ_FINDING_ACKNOWLEDGEMENT, xq_record_get_id (record), error))
        return FALSE;
      n++;
    }
  if (n == 0)
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("The finding “%s” has not been acknowledged"),
                 xq_rule_get_title (key->rule));
  return n > 0;
}

static gboolean
end_cover (XqTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (XqRecord) cover = xq_record_load (tx, &XQ_ORGANISATION_COVER, id, error);
  g_autoptr (XqRecord) organisation = NULL;
  g_autofree char *day = xq_working_day (tx);
  const char *dissolved, *from;

  if (cover == NULL)
    return FALSE;
  organisation = xq_record_load (tx, &XQ_ORGANISATION, xq_record_get_int (cover, XQ_ORGANISATION_COVER_ORGANISATION), error);
  if (organisation == NULL)
    return FALSE;
  /* With its organisation, where that has ended before. */
  dissolved = xq_record_get_text (organisation, XQ_ORGANISATION_DISSOLVED);
  if (dissolved != NULL && strcmp (dissolved, day) < 0)
    {
      g_free (day);
      day = g_strdup (dissolved);
    }
  from = xq_record_get_text (cover, XQ_ORGANISATION_COVER_VALID_FROM);
  if (from != NULL && strcmp (from, day) >= 0)
    return xq_record_delete (tx, &XQ_ORGANISATION_COVER, id, error);
  xq_record_set_text (cover, XQ_ORGANISATION_COVER_VALID_TO, day);
  return xq_record_update (tx, cover, FALSE, error);
}

gboolean
xq_finding_mend (XqTransaction *tx, const XqFindingKey *key, GError **error)
{
  g_autoptr (XqFindingList) list = xq_finding_list_read (tx, &(XqFindingQuery){ .unit = key->unit, .rule = key->rule }, error);
  g_autofree char *day = xq_working_day (tx);
  g_autoptr (XqRecord) confirmation = NULL;

  if (list == NULL || find_finding (list, key, error) == NULL)
    return FALSE;
  switch (key->rule->mend)
    {
    case XQ_MEND_CONFIRM_CONTACT:
      confirmation = xq_record_new (&XQ_CONTACT_CONFIRMATION);
      xq_record_set_int (confirmation, XQ_CONTACT_CONFIRMATION_CONTACT, key->subject);
      xq_record_set_text (confirmation, XQ_CONTACT_CONFIRMATION_CONFIRMED, day);
      return xq_record_insert (tx, confirmation, error) != 0;
    case XQ_MEND_END_COVER:
      return end_cover (tx, key->subject, error);
    case XQ_MEND_OPEN:
    default:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("“%s” is mended where it is recorded; open it"),
                   xq_rule_get_title (key->rule));
      return FALSE;
    }
}
