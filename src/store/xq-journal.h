#pragma once

#include "xq-record-types.h"
#include "xq-store.h"

G_BEGIN_DECLS

/** What kind of step an entry is. Written with the entry; a step that says nothing is an edit. */
typedef enum {
  XQ_JOURNAL_EDIT = 1 << 0,
  XQ_JOURNAL_UNDO = 1 << 1,   /* an undo or a redo */
  XQ_JOURNAL_IMPORT = 1 << 2, /* read from a file */
  XQ_JOURNAL_LOCK = 1 << 3,   /* a period was locked or reopened, or the open period moved */
  XQ_JOURNAL_SCHEME = 1 << 4, /* the district's scheme was changed */
  XQ_JOURNAL_MAKE = 1 << 5,   /* the document was made */
} XqJournalKinds;
/** "edit", "undo", "import", "lock", "scheme", "make"; 0 for what is none of them. */
XqJournalKinds xq_journal_kind_from_nick (const char *nick);
const char *xq_journal_kind_to_nick (XqJournalKinds kind);
/** The translated word. */
const char *xq_journal_kind_get_label (XqJournalKinds kind);

/** What happened to a row. */
typedef enum {
  XQ_JOURNAL_ADDED = 1 << 0,
  XQ_JOURNAL_CHANGED = 1 << 1,
  XQ_JOURNAL_DELETED = 1 << 2,
} XqJournalOperations;
/** "add", "change", "delete"; 0 for what is none of them. */
XqJournalOperations xq_journal_operation_from_nick (const char *nick);
const char *xq_journal_operation_to_nick (XqJournalOperations operation);

typedef struct {
  gint64 entry;
  char *actor, *time, *label;
  XqJournalKinds kind;
  gint64 undoes, redoes;   /* 0: neither */
  gboolean undone;         /* now undone */
  gboolean undoable;       /* is or was a step that can be undone */
  guint n_units, n_cells;  /* touched units; rows changed (0: cannot be undone) */
  guint n_added, n_changed, n_deleted; /* rows; 0 in what xq_journal_list gives */
  char *detail;            /* JSON of steps that are no change of records, or %NULL */
} XqJournalEntry;
void xq_journal_entry_free (XqJournalEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqJournalEntry, xq_journal_entry_free)

/** Newest first; of entries that touched @unit or anything below it, 0: all. Element type XqJournalEntry. */
GPtrArray *xq_journal_list (XqTransaction *tx, gint64 unit, guint limit, GError **error);

/** Which entries are wanted. Zeroed: all. Texts are borrowed. */
typedef struct {
  gint64 unit;              /* it or anything below it was touched; 0: all */
  const char *actor;        /* exactly, or %NULL */
  const char *since, *until; /* days as YYYY-MM-DD of the reader's clock, both included, or %NULL */
  guint kinds;              /* bits of XqJournalKinds; 0: all */
  const char *type;         /* name of a record type that it changes, or %NULL */
  guint operations;         /* bits of XqJournalOperations: rows (of @type) came, changed, went; 0: any */
  gint64 before;            /* only entries older than this one: the next page; 0: from the newest */
  guint limit;              /* 0: all */
} XqJournalQuery;
/**
 * A page of the journal, newest first, with what each entry did to how many rows. *@more (or %NULL) says whether older ones follow.
 * Element type XqJournalEntry.
 */
GPtrArray *xq_journal_find (XqTransaction *tx, const XqJournalQuery *query, gboolean *more, GError **error);
/** Who has written to the journal, by name. Element type char *. */
GPtrArray *xq_journal_list_actors (XqTransaction *tx, GError **error);
/** One entry; %XQ_STORE_ERROR_NOT_FOUND. */
XqJournalEntry *xq_journal_load (XqTransaction *tx, gint64 entry, GError **error);

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
