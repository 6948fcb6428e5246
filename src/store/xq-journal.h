#pragma once

#include "xq-store.h"

G_BEGIN_DECLS

typedef struct {
  gint64 entry;
  char *actor, *time, *label;
  gint64 undoes, redoes;   /* 0: neither */
  gboolean undone;         /* now undone */
  guint n_units, n_cells;  /* touched units; rows changed (0: cannot be undone) */
} XqJournalEntry;
void xq_journal_entry_free (XqJournalEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqJournalEntry, xq_journal_entry_free)

/** Newest first; of entries that touched @unit or anything below it, 0: all. Element type XqJournalEntry. */
GPtrArray *xq_journal_list (XqTransaction *tx, gint64 unit, guint limit, GError **error);

typedef struct {
  char *table;            /* record type name */
  gint64 row;
  char operation;         /* 'i' insert, 'u' update, 'd' delete */
  char *column;           /* one change per changed column */
  char *old_value, *new_value; /* as stored; %NULL for null */
} XqJournalChange;
void xq_journal_change_free (XqJournalChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqJournalChange, xq_journal_change_free)
/** Which cells @entry changed, old → new, as they were called then. Element type XqJournalChange. */
GPtrArray *xq_journal_list_changes (XqTransaction *tx, gint64 entry, GError **error);

G_END_DECLS
