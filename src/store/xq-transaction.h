#pragma once

/* Private to the store: what a job is given. */

#include "xq-connection.h"
#include "xq-statement.h"

G_BEGIN_DECLS

struct _XqTransaction
{
  XqStore *store;             /* borrowed; %NULL while a document is made or opened */
  XqConnection *connection;   /* borrowed */
  GCancellable *cancellable;  /* borrowed, or %NULL */
  gboolean writing;
  const char *actor, *time;   /* what it is signed with: borrowed; %NULL: the user, now */
  const char *kind;           /* of the journal's entry: a literal, or %NULL */
  char *detail;               /* JSON for it, or %NULL; freed at its end */
  gboolean scheme_changed;    /* all facts are to be computed again, the store to be told */
  struct _XqJournalRecorder *recorder; /* borrowed, in a command; else %NULL */
  gboolean unrecorded;        /* something was written that must not be recorded: a person was erased */
  gboolean noted;             /* the command is entered in the journal although it changes nothing */
};

/** Begins a transaction: a read sees one state throughout, a write waits a little for another program to finish. */
gboolean xq_transaction_begin (XqTransaction *tx, XqStore *store, XqConnection *connection, gboolean writing, GCancellable *cancellable,
                               GError **error);
/** Commits; on error everything has been rolled back. A read that has written is refused. */
gboolean xq_transaction_commit (XqTransaction *tx, GError **error);
/** Undoes everything, quietly: the reason is the caller's. */
void xq_transaction_rollback (XqTransaction *tx);
/** %FALSE with @error in a read transaction: for functions that need the other kind. */
gboolean xq_transaction_check_writing (XqTransaction *tx, GError **error);

G_END_DECLS
