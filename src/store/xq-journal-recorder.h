#pragma once

/* Private to the store: what a command has done to the records, and what follows from it. */

#include "xq-transaction.h"

G_BEGIN_DECLS

/** Watches the tables of XQ_RECORD_TYPES on a transaction's handle. */
typedef struct _XqJournalRecorder XqJournalRecorder;

XqJournalRecorder *xq_journal_recorder_start (XqTransaction *tx, GError **error);
/** The net changes since the start; empty when all is as it was. %NULL on error. */
GBytes *xq_journal_recorder_finish (XqJournalRecorder *recorder, GError **error);
/** Nothing that is written from now on is recorded. */
void xq_journal_recorder_pause (XqJournalRecorder *recorder);
void xq_journal_recorder_free (XqJournalRecorder *recorder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqJournalRecorder, xq_journal_recorder_free)

/** What a changeset touches. */
typedef struct {
  GArray *units;      /* gint64, sorted, each once */
  char *columns;      /* JSON: column names of each table in it */
  guint changes;      /* rows */
  XqChangeKinds kinds;
} XqTouched;
void xq_touched_clear (XqTouched *touched);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqTouched, xq_touched_clear)

/**
 * Maps the rows of @changeset, which has just been recorded or applied, to units: from what they were and from what
 * they are. See xq-touched-units.c for what belongs to what.
 */
gboolean xq_touched_find (XqTransaction *tx, GBytes *changeset, XqTouched *touched, GError **error);

/** An entry to be written. */
typedef struct {
  const char *actor, *label;
  gint64 undoes, redoes;   /* 0: neither */
  GBytes *changeset;       /* %NULL: cannot be undone */
  const XqTouched *touched; /* %NULL with @changeset %NULL */
  const char *kind;        /* import, lock, scheme or make; %NULL: an edit */
  const char *detail;      /* JSON, or %NULL */
} XqJournalDraft;
gboolean xq_journal_insert (XqTransaction *tx, const XqJournalDraft *draft, GError **error);

G_END_DECLS
