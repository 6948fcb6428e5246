#include "xq-store-private.h"

#include <glib/gi18n-lib.h>

#include "xq-derived.h"
#include "xq-document.h"
#include "xq-journal-undo.h"
#include "xq-scheme-change-private.h"

XqCommit *
xq_commit_new (void)
{
  XqCommit *commit = g_new0 (XqCommit, 1);

  commit->units = g_array_new (FALSE, FALSE, sizeof (gint64));
  return commit;
}

void
xq_commit_free (XqCommit *commit)
{
  g_array_unref (commit->units);
  g_free (commit->undo_label);
  g_free (commit->redo_label);
  g_free (commit->open_period);
  g_clear_pointer (&commit->scheme, xq_scheme_unref);
  g_free (commit);
}

gboolean
xq_command_describe (XqTransaction *tx, XqCommit *commit, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT open_period FROM document", error);
  gint64 entry;

  if (statement == NULL || xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  g_free (commit->open_period);
  commit->open_period = g_strdup (xq_statement_get_text (statement, 0));
  return xq_journal_find_step (tx, FALSE, &entry, &commit->undo_label, error)
         && xq_journal_find_step (tx, TRUE, &entry, &commit->redo_label, error);
}

/* Every figure stands on the scheme's thresholds. */
static gboolean
follow_scheme (XqTransaction *tx, XqCommit *commit, GError **error)
{
  g_autoptr (XqDocument) document = NULL;

  if (!tx->scheme_changed)
    return TRUE;
  document = xq_document_load (tx, error);
  if (document == NULL || !xq_fact_recompute (tx, error))
    return FALSE;
  g_clear_pointer (&commit->scheme, xq_scheme_unref);
  commit->scheme = xq_scheme_ref (document->scheme);
  commit->kinds |= XQ_CHANGE_SCHEME;
  return TRUE;
}

/* Derived values and journal of a changeset that is already in the tables. */
static gboolean
follow_up (XqTransaction *tx, GBytes *changeset, XqJournalDraft *draft, XqCommit *commit, GError **error)
{
  g_auto (XqTouched) touched = { 0 };
  const gint64 *units;

  draft->kind = tx->kind;
  draft->detail = tx->detail;
  if (!follow_scheme (tx, commit, error))
    return FALSE;
  if (g_bytes_get_size (changeset) == 0)
    return (commit->kinds == 0 && !tx->noted) || xq_journal_insert (tx, draft, error);
  if (!xq_touched_find (tx, changeset, &touched, error))
    return FALSE;
  units = (const gint64 *)(const void *)touched.units->data;
  if (!xq_fact_update (tx, units, touched.units->len, error) || !xq_search_update (tx, units, touched.units->len, error))
    return FALSE;
  draft->changeset = changeset;
  draft->touched = &touched;
  if (!xq_journal_insert (tx, draft, error))
    return FALSE;
  commit->kinds |= touched.kinds;
  g_array_append_vals (commit->units, touched.units->data, touched.units->len);
  return TRUE;
}

/* What came of the job: an entry of the journal with what follows from it, or nothing. */
static gboolean
record_command (XqTransaction *tx, const XqCommandContext *context, XqJournalRecorder *recorder, const char *periods_before,
                XqCommit *commit, GError **error)
{
  g_autoptr (GBytes) changeset = xq_journal_recorder_finish (recorder, error);
  g_autofree char *periods_after = NULL;
  XqJournalDraft draft = { .actor = context->actor, .label = context->label };

  if (changeset == NULL)
    return FALSE;
  periods_after = xq_document_periods_state (tx, error);
  if (periods_after == NULL)
    return FALSE;
  if (strcmp (periods_before, periods_after) != 0)
    commit->kinds |= XQ_CHANGE_PERIODS;
  if (tx->unrecorded)
    commit->kinds |= XQ_CHANGE_RECORDS;
  return follow_up (tx, changeset, &draft, commit, error);
}

gpointer
xq_command_write (const XqCommandContext *context, XqJobFunc func, gpointer data, GDestroyNotify result_free, XqCommit **commit,
                  GError **error)
{
  XqTransaction tx = { 0 };
  g_autoptr (XqCommit) done = xq_commit_new ();
  g_autoptr (XqJournalRecorder) recorder = NULL;
  g_autofree char *periods = NULL;
  gpointer result = NULL;
  GError *local = NULL;

  if (!xq_transaction_begin (&tx, context->store, context->store->writer, TRUE, context->cancellable, error))
    return NULL;
  periods = xq_document_periods_state (&tx, &local);
  if (periods != NULL)
    recorder = xq_journal_recorder_start (&tx, &local);
  tx.recorder = recorder;
  if (recorder != NULL)
    result = func (&tx, data, context->cancellable, &local);
  if (local == NULL)
    record_command (&tx, context, recorder, periods, done, &local);
  /* The session holds the handle's hook until it is gone; the commit must not see it. */
  g_clear_pointer (&recorder, xq_journal_recorder_free);
  if (local == NULL)
    xq_command_describe (&tx, done, &local);
  if (local == NULL)
    xq_transaction_commit (&tx, &local);
  if (local != NULL)
    {
      xq_transaction_rollback (&tx);
      if (result != NULL && result_free != NULL)
        result_free (result);
      g_propagate_error (error, local);
      return NULL;
    }
  *commit = g_steal_pointer (&done);
  return result;
}

/* One entry, @redo or not, in a transaction that is begun. */
static gboolean
step_back (XqTransaction *tx, const XqCommandContext *context, gboolean redo, char **label, XqCommit *commit, GError **error)
{
  g_autoptr (GBytes) changeset = NULL;
  XqJournalDraft draft = { .actor = context->actor };
  gint64 entry = 0;

  if (!xq_journal_find_step (tx, redo, &entry, label, error))
    return FALSE;
  if (entry == 0)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOTHING_TO_UNDO,
                   redo ? _ ("%s: there is nothing to redo") : _ ("%s: there is nothing to undo"), tx->connection->name);
      return FALSE;
    }
  tx->scheme_changed = FALSE;
  tx->kind = NULL;
  g_clear_pointer (&tx->detail, g_free);
  changeset = xq_journal_apply (tx, entry, !redo, error);
  if (changeset == NULL || !xq_scheme_change_apply (tx, entry, !redo, error))
    return FALSE;
  draft.label = *label;
  if (redo)
    draft.redoes = entry;
  else
    draft.undoes = entry;
  return follow_up (tx, changeset, &draft, commit, error);
}

static gboolean
undo_to (XqTransaction *tx, const XqCommandContext *context, gint64 last, XqCommit *commit, GError **error)
{
  for (;;)
    {
      g_autofree char *label = NULL;
      gint64 entry = 0;

      if (!xq_journal_find_step (tx, FALSE, &entry, &label, error))
        return FALSE;
      if (entry == last)
        return TRUE;
      if (entry < last)
        {
          xq_journal_set_not_undoable (tx, last, error);
          return FALSE;
        }
      if (!step_back (tx, context, FALSE, &label, commit, error))
        return FALSE;
    }
}

gboolean
xq_command_undo_to (const XqCommandContext *context, gint64 entry, XqCommit **commit, GError **error)
{
  XqTransaction tx = { 0 };
  g_autoptr (XqCommit) done = xq_commit_new ();

  if (!xq_transaction_begin (&tx, context->store, context->store->writer, TRUE, context->cancellable, error))
    return FALSE;
  if (!undo_to (&tx, context, entry, done, error) || !xq_command_describe (&tx, done, error))
    {
      xq_transaction_rollback (&tx);
      return FALSE;
    }
  if (!xq_transaction_commit (&tx, error))
    return FALSE;
  *commit = g_steal_pointer (&done);
  return TRUE;
}

char *
xq_command_step_back (const XqCommandContext *context, gboolean redo, XqCommit **commit, GError **error)
{
  XqTransaction tx = { 0 };
  g_autoptr (XqCommit) done = xq_commit_new ();
  g_autofree char *label = NULL;

  if (!xq_transaction_begin (&tx, context->store, context->store->writer, TRUE, context->cancellable, error))
    return NULL;
  if (!step_back (&tx, context, redo, &label, done, error) || !xq_command_describe (&tx, done, error))
    {
      xq_transaction_rollback (&tx);
      return NULL;
    }
  if (!xq_transaction_commit (&tx, error))
    return NULL;
  *commit = g_steal_pointer (&done);
  return g_steal_pointer (&label);
}
