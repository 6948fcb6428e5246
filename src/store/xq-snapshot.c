#include "xq-snapshot.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-confirmation.h"
#include "xq-correction.h"
#include "xq-derived.h"
#include "xq-fact-slots.h"
#include "xq-fact-tree.h"
#include "xq-store-private.h"
#include "xq-unit-private.h"

/* clang-format off */
/*
 * What a locked period keeps beside figures: names and codes as of its last day, a compound's kind, and nicks of its
 * organisation (committee general_branch branch joint_branch group functional contact none) and of its owners' body.
 */
#define STANDING(t, to) "(" t ".founded IS NULL OR " t ".founded <= :as_of) AND (" t "." to " IS NULL OR " t "." to " > :as_of)"
#define FUNCTIONAL "o.functional IS 1 OR (o.kind = 'group' AND g.functional IS 1)"
#define ORGANISATION                                                                                                       \
  "(SELECT CASE WHEN " FUNCTIONAL " THEN 'functional' ELSE o.kind END"                                                     \
  " FROM organisation_cover k CROSS JOIN organisation o ON o.id = k.organisation LEFT JOIN organisation g ON g.id = o.parent" \
  " WHERE k.unit = u.id AND " XQ_IN_FORCE ("k") " AND " STANDING ("o", "dissolved") " AND o.kind <> 'big_committee'"       \
  " AND (o.kind <> 'group' OR (g.kind IN ('branch', 'general_branch', 'committee', 'joint_branch')"                        \
  " AND " STANDING ("g", "dissolved") "))"                                                                                 \
  " ORDER BY CASE WHEN " FUNCTIONAL " THEN 3 WHEN o.kind = 'group' THEN 2 WHEN o.kind = 'joint_branch' THEN 1 ELSE 0 END," \
  " k.id LIMIT 1)"
#define BODY                                                                                                               \
  "(SELECT b.kind FROM property_area a CROSS JOIN owners_body b ON b.property_area = a.id"                                 \
  " WHERE a.unit = u.id AND " XQ_IN_FORCE ("a") " AND " STANDING ("b", "ended") " ORDER BY a.id, b.id LIMIT 1)"
#define KEPT(contact)                                                                                                      \
  "u.id, :period, u.parent, u.district, u.level, " XQ_DATED_NAME ", " XQ_DATED_CODE ", c.kind,"                            \
  " CASE WHEN u.level = 3 THEN coalesce (" ORGANISATION ", iif (" contact ", 'contact', 'none')) END,"                     \
  " CASE WHEN u.level = 3 THEN " BODY " END, "
#define COLUMNS "unit, period, parent, district, level, name, code, kind, organisation, body, "
/* clang-format on */

static void
period_info_clear (XqPeriodInfo *info)
{
  g_free (info->as_of);
  g_free (info->locked_at);
  g_free (info->actor);
  g_free (info->reopened_at);
  g_free (info->reason);
  g_free (info->note);
}

void
xq_period_info_free (XqPeriodInfo *info)
{
  if (info == NULL)
    return;
  period_info_clear (info);
  g_free (info);
}

static int
compare_infos (gconstpointer a, gconstpointer b)
{
  return xq_period_compare ((*(const XqPeriodInfo *const *)a)->period, (*(const XqPeriodInfo *const *)b)->period);
}

/* What the journal keeps of a step that changes no record. */
static gboolean
set_detail (XqTransaction *tx, const char *period, const char *reason, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT json_object ('period', ?, 'reason', ?)", error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, period);
  xq_statement_bind_text (statement, 2, reason);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  tx->kind = "lock";
  g_free (tx->detail);
  tx->detail = g_strdup (xq_statement_get_text (statement, 0));
  return TRUE;
}

static gboolean
load_open_period (XqTransaction *tx, XqPeriod *period, GError **error)
{
  g_autoptr (XqDocument) document = xq_document_load (tx, error);

  return document != NULL && xq_period_parse (document->open_period, period, error);
}

GPtrArray *
xq_snapshot_list (XqTransaction *tx, GError **error)
{
  g_autoptr (GPtrArray) infos = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_period_info_free);
  g_autoptr (XqStatement) statement = NULL;
  XqPeriodInfo *open;
  XqStep step;

  statement = xq_statement_get (tx, "SELECT period, as_of, locked_at, actor, reopened_at, reason, note FROM snapshot", error);
  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqPeriodInfo *info = g_new0 (XqPeriodInfo, 1);

      g_ptr_array_add (infos, info);
      if (!xq_period_parse (xq_statement_get_text (statement, 0), &info->period, error))
        return NULL;
      info->as_of = g_strdup (xq_statement_get_text (statement, 1));
      info->locked_at = g_strdup (xq_statement_get_text (statement, 2));
      info->actor = g_strdup (xq_statement_get_text (statement, 3));
      info->reopened_at = g_strdup (xq_statement_get_text (statement, 4));
      info->reason = g_strdup (xq_statement_get_text (statement, 5));
      info->note = g_strdup (xq_statement_get_text (statement, 6));
      info->locked = info->reopened_at == NULL;
    }
  if (step == XQ_STEP_ERROR)
    return NULL;
  open = g_new0 (XqPeriodInfo, 1);
  g_ptr_array_add (infos, open);
  open->open = TRUE;
  if (!load_open_period (tx, &open->period, error))
    return NULL;
  open->as_of = xq_period_last_day (open->period);
  g_ptr_array_sort (infos, compare_infos);
  return g_steal_pointer (&infos);
}

/* Live figures are in the rollups: one statement freezes them. */
static gboolean
freeze_live (XqTransaction *tx, const XqFactSource *source, const char *period, GError **error)
{
  g_autofree char *names = xq_fact_columns_join ("", "");
  g_autofree char *values = xq_fact_columns_join ("r.", "");
  g_autofree char *sql = g_strdup_printf ("INSERT INTO snapshot_unit (" COLUMNS "%s, generated) SELECT " KEPT (
                                              "r.coverage_contact > 0") "%s, r.generated"
                                                                        " FROM rollup r CROSS JOIN unit u ON u.id = r.unit LEFT "
                                                                        "JOIN compound c ON u.level = 3 AND c.unit = u.id",
                                          names, values);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":period"), period);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), source->day->as_of);
  return xq_statement_run (statement, error);
}

/* A year that ends with a locked quarter is what that quarter was. */
static gboolean
freeze_copy (XqTransaction *tx, const XqFactSource *source, const char *period, GError **error)
{
  g_autofree char *names = xq_fact_columns_join ("", "");
  g_autofree char *sql = g_strdup_printf ("INSERT INTO snapshot_unit (" COLUMNS
                                          "%s, generated) SELECT unit, ?1, parent, district, level, name, code, kind,"
                                          " organisation, body, %s, generated FROM snapshot_unit WHERE period = ?2",
                                          names, names);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, period);
  xq_statement_bind_text (statement, 2, source->snapshot);
  return xq_statement_run (statement, error);
}

static gboolean
freeze_tree (XqFactTree *tree, const XqFactSource *source, const char *period, XqStatement *insert, GError **error)
{
  int contact = xq_fact_column_find ("coverage_contact", -1);
  int first = xq_statement_parameter (insert, ":v0");

  for (guint i = 0; i < xq_fact_tree_get_size (tree); i++)
    {
      const XqFactNode *node = xq_fact_tree_get (tree, i);

      xq_statement_bind_int (insert, xq_statement_parameter (insert, ":unit"), node->id);
      xq_statement_bind_text (insert, xq_statement_parameter (insert, ":period"), period);
      xq_statement_bind_text (insert, xq_statement_parameter (insert, ":as_of"), source->day->as_of);
      xq_statement_bind_int (insert, xq_statement_parameter (insert, ":contact"), node->values[contact] > 0);
      for (int c = 0; c < XQ_N_FACT_COLUMNS; c++)
        xq_statement_bind_int (insert, first + c, node->values[c]);
      xq_statement_bind_int (insert, first + XQ_N_FACT_COLUMNS, node->generated);
      if (!xq_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

/* Any other day: computed from the dated records. */
static gboolean
freeze_reckoned (XqTransaction *tx, const XqFactSource *source, const char *period, GError **error)
{
  g_autofree char *names = xq_fact_columns_join ("", "");
  g_autoptr (GArray) tops = xq_fact_tree_list_tops (tx, source, error);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (XqStatement) insert = NULL;

  if (tops == NULL)
    return FALSE;
  g_string_printf (sql, "INSERT INTO snapshot_unit (" COLUMNS "%s, generated) SELECT " KEPT (":contact"), names);
  for (int i = 0; i <= XQ_N_FACT_COLUMNS; i++)
    g_string_append_printf (sql, "%s:v%d", i > 0 ? ", " : "", i);
  g_string_append (sql, " FROM unit u LEFT JOIN compound c ON u.level = 3 AND c.unit = u.id WHERE u.id = :unit");
  insert = xq_statement_get (tx, sql->str, error);
  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < tops->len; i++)
    {
      g_autoptr (XqFactTree) tree = xq_fact_tree_load (tx, source, g_array_index (tops, gint64, i), XQ_LEVEL_COMPOUND, error);

      if (tree == NULL || !freeze_tree (tree, source, period, insert, error))
        return FALSE;
    }
  return TRUE;
}

static char *
get_actor (XqTransaction *tx)
{
  XqStore *store = tx->store;
  char *actor;

  g_mutex_lock (&store->mutex);
  actor = g_strdup (store->actor);
  g_mutex_unlock (&store->mutex);
  return actor;
}

/* What the items of checklists in @period's figures are; a copy of them has the same. */
static gboolean
load_slots (XqTransaction *tx, const char *period, char **slots, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT slots FROM snapshot WHERE period = ?1", error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, period);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW)
    *slots = g_strdup (xq_statement_get_text (statement, 0));
  return step != XQ_STEP_ERROR;
}

static gboolean
insert_snapshot (XqTransaction *tx, const XqFactSource *source, const char *period, GError **error)
{
  g_autofree char *actor = get_actor (tx);
  g_autofree char *now = xq_document_now ();
  g_autofree char *slots = NULL;
  g_autoptr (XqStatement) forget = NULL;
  g_autoptr (XqStatement) statement = NULL;

  forget = xq_statement_get (tx, "DELETE FROM snapshot_unit WHERE period = ?1", error);
  if (forget == NULL)
    return FALSE;
  xq_statement_bind_text (forget, 1, period);
  if (!xq_statement_run (forget, error))
    return FALSE;

  /* The reason of an earlier reopening stays: it is part of the period's history. */
  statement = xq_statement_get (tx,
                                "INSERT INTO snapshot (period, as_of, locked_at, actor, slots) VALUES (?1, ?2, ?3, ?4, ?5)"
                                " ON CONFLICT (period) DO UPDATE SET locked_at = excluded.locked_at, actor = excluded.actor, "
                                "slots = excluded.slots, reopened_at = NULL",
                                error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, period);
  xq_statement_bind_text (statement, 2, source->day->as_of);
  xq_statement_bind_text (statement, 3, tx->time != NULL ? tx->time : now);
  xq_statement_bind_text (statement, 4, tx->actor != NULL ? tx->actor : actor);
  if (source->basis == XQ_BASIS_LOCKED && !load_slots (tx, source->snapshot, &slots, error))
    return FALSE;
  if (source->basis != XQ_BASIS_LOCKED)
    slots = xq_fact_slots_describe (source->day->scheme);
  xq_statement_bind_text (statement, 5, slots);
  return xq_statement_run (statement, error);
}

static gboolean
set_open_period (XqTransaction *tx, XqPeriod period, GError **error)
{
  g_autofree char *text = xq_period_to_string (period);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "UPDATE document SET open_period = ?1", error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, text);
  return xq_statement_run (statement, error) && xq_fact_recompute (tx, error);
}

gboolean
xq_snapshot_lock (XqTransaction *tx, XqPeriod period, GError **error)
{
  g_autoptr (XqFactSource) source = NULL;
  g_autofree char *text = NULL;
  XqPeriod open;
  gboolean fine = FALSE;

  g_return_val_if_fail (xq_period_is_set (period), FALSE);

  if (!xq_transaction_check_writing (tx, error) || !load_open_period (tx, &open, error))
    return FALSE;
  text = xq_period_to_string (period);
  if (xq_period_compare (period, open) > 0)
    {
      g_autofree char *label = xq_period_to_label (period);
      g_autofree char *latest = xq_period_to_label (open);

      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s cannot be locked yet; lock the open period %s first"),
                   label, latest);
      return FALSE;
    }
  source = xq_fact_source_new (tx, period, error);
  if (source == NULL)
    return FALSE;
  if (source->basis == XQ_BASIS_LOCKED && g_str_equal (source->snapshot, text))
    {
      g_autofree char *label = xq_period_to_label (period);

      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s is locked already; reopen it with a reason to change it"),
                   label);
      return FALSE;
    }
  if (!insert_snapshot (tx, source, text, error) || !set_detail (tx, text, NULL, error))
    return FALSE;
  switch (source->basis)
    {
    case XQ_BASIS_LIVE:
      fine = freeze_live (tx, source, text, error);
      break;
    case XQ_BASIS_LOCKED:
      fine = freeze_copy (tx, source, text, error);
      break;
    case XQ_BASIS_RECKONED:
      fine = freeze_reckoned (tx, source, text, error);
      break;
    }
  return fine && (!xq_period_equal (period, open) || set_open_period (tx, xq_period_next (open), error));
}

static gboolean
load_reason (XqTransaction *tx, const char *period, char **reason, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "SELECT reason FROM snapshot WHERE period = ?1 AND reopened_at IS NOT NULL", error);
  XqStep step;

  *reason = NULL;
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, period);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW)
    *reason = g_strdup (xq_statement_get_text (statement, 0));
  return step != XQ_STEP_ERROR;
}

/* Whether @note is needed and there. */
static gboolean
check_confirmed (XqTransaction *tx, XqPeriod period, const char *note, GError **error)
{
  g_autoptr (GPtrArray) confirmations = NULL;
  guint missing = 0;
  gboolean used;

  if (!xq_confirmation_is_used (tx, &used, error))
    return FALSE;
  if (!used || note != NULL)
    return TRUE;
  confirmations = xq_confirmation_list (tx, 0, period, error);
  if (confirmations == NULL)
    return FALSE;
  for (guint i = 0; i < confirmations->len; i++)
    missing += ((const XqConfirmation *)g_ptr_array_index (confirmations, i))->state == XQ_CONFIRMATION_MISSING;
  if (missing == 0)
    return TRUE;
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
               ngettext ("%u community has not confirmed yet; let it confirm, or give a reason to lock nevertheless",
                         "%u communities have not confirmed yet; let them confirm, or give a reason to lock nevertheless", missing),
               missing);
  return FALSE;
}

gboolean
xq_snapshot_lock_confirmed (XqTransaction *tx, XqPeriod period, const char *note, GError **error)
{
  g_autofree char *text = xq_period_to_string (period);
  g_autofree char *stripped = g_strstrip (g_strdup (note != NULL ? note : ""));
  const char *kept = *stripped != '\0' ? stripped : NULL;
  g_autofree char *reason = NULL;
  g_autoptr (GPtrArray) corrections = NULL;
  g_autoptr (XqStatement) statement = NULL;

  if (!xq_transaction_check_writing (tx, error) || !load_reason (tx, text, &reason, error) || !check_confirmed (tx, period, kept, error))
    return FALSE;
  corrections = xq_correction_list (tx, period, error);
  if (corrections == NULL || !xq_snapshot_lock (tx, period, error)
      || (corrections->len > 0 && !xq_correction_keep (tx, period, corrections, reason, error)))
    return FALSE;
  statement = xq_statement_get (tx, "UPDATE snapshot SET note = ?2 WHERE period = ?1", error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, text);
  xq_statement_bind_text (statement, 2, kept);
  return xq_statement_run (statement, error) && set_detail (tx, text, kept, error);
}

gboolean
xq_snapshot_reopen (XqTransaction *tx, XqPeriod period, const char *reason, GError **error)
{
  g_autofree char *text = xq_period_to_string (period);
  g_autofree char *stripped = g_strstrip (g_strdup (reason != NULL ? reason : ""));
  g_autofree char *now = xq_document_now ();
  g_autoptr (XqStatement) find = NULL;
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (!xq_transaction_check_writing (tx, error))
    return FALSE;
  if (*stripped == '\0')
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                           _ ("A reason is needed to reopen a locked period; give one"));
      return FALSE;
    }
  find = xq_statement_get (tx, "SELECT 1 FROM snapshot WHERE period = ?1 AND reopened_at IS NULL", error);
  if (find == NULL)
    return FALSE;
  xq_statement_bind_text (find, 1, text);
  step = xq_statement_step (find, error);
  if (step == XQ_STEP_ERROR)
    return FALSE;
  if (step == XQ_STEP_DONE)
    {
      g_autofree char *label = xq_period_to_label (period);

      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("%s is not locked; there is nothing to reopen"), label);
      return FALSE;
    }
  statement = xq_statement_get (tx, "UPDATE snapshot SET reopened_at = ?2, reason = ?3 WHERE period = ?1", error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, text);
  xq_statement_bind_text (statement, 2, now);
  xq_statement_bind_text (statement, 3, stripped);
  return xq_statement_run (statement, error) && set_detail (tx, text, stripped, error);
}

gboolean
xq_snapshot_set_open_period (XqTransaction *tx, XqPeriod period, GError **error)
{
  g_autofree char *last = NULL;
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  g_return_val_if_fail (xq_period_is_set (period), FALSE);

  if (!xq_transaction_check_writing (tx, error))
    return FALSE;
  last = xq_period_last_day (period);
  statement
      = xq_statement_get (tx, "SELECT period FROM snapshot WHERE reopened_at IS NULL AND as_of >= ?1 ORDER BY as_of DESC LIMIT 1",
                          error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, last);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ERROR)
    return FALSE;
  if (step == XQ_STEP_ROW)
    {
      g_autofree char *label = xq_period_to_label (period);
      g_autofree char *locked_label = NULL;
      XqPeriod locked;

      if (!xq_period_parse (xq_statement_get_text (statement, 0), &locked, error))
        return FALSE;
      locked_label = xq_period_to_label (locked);
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s cannot be the open period: %s is locked already"), label,
                   locked_label);
      return FALSE;
    }
  return set_open_period (tx, period, error);
}
