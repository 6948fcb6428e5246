#pragma once

#include "xq-journal.h"

G_BEGIN_DECLS

/*
 * What steps of the journal did, in words: each row that came, changed or went with its cells old → new, labels of fields, names
 * behind references, values as they are shown. Persons' names stand masked unless the caller may show them.
 */

typedef struct
{
  char *field;               /* translated label; the column's name where the field is no more */
  char *old_text, *new_text; /* as shown; %NULL: nothing */
  gboolean personal;         /* of a person: masked unless asked for in full */
} XqJournalCell;

typedef struct
{
  char *table; /* record type's name; "scheme" for what the scheme says */
  char *label; /* of the type, translated */
  char *title; /* what the row is called, or %NULL */
  gint64 row;
  XqJournalOperations operation;
  gint64 unit;      /* whose row it is, 0 where that is not known any more */
  char *path;       /* of the unit as it is called now, or %NULL */
  GPtrArray *cells; /* XqJournalCell, in the order of the fields */
} XqJournalRow;
void xq_journal_row_free (XqJournalRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqJournalRow, xq_journal_row_free)

/**
 * Rows @offset to @offset + @limit (0: to the end) of what @entry changed. Element type XqJournalRow. An import has many: ask for
 * pages. *@n_rows (or %NULL) gets how many there are in all.
 */
GPtrArray *xq_journal_describe (XqTransaction *tx, gint64 entry, guint offset, guint limit, gboolean unmasked, guint *n_rows,
                                GError **error);

/** What "undo to here" would do. */
typedef struct
{
  XqJournalEntry *target; /* stays */
  GPtrArray *entries;     /* XqJournalEntry: to be undone, newest first */
  GPtrArray *rows;        /* XqJournalRow: what is different afterwards, all steps taken together; at most as many as asked for */
  guint n_rows, n_cells;  /* all that differ */
  GPtrArray *units;       /* char *: paths of the units they belong to, each once; of @rows */
  gboolean crosses_lock;  /* a period was locked or reopened since: that stays as it is */
} XqUndoPreview;
void xq_undo_preview_free (XqUndoPreview *preview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqUndoPreview, xq_undo_preview_free)

/** %XQ_STORE_ERROR_INVALID with the words xq_store_undo_to() would use when it cannot be undone to @entry. Changes nothing. */
XqUndoPreview *xq_journal_preview_undo_to (XqTransaction *tx, gint64 entry, guint limit, gboolean unmasked, GError **error);

G_END_DECLS
