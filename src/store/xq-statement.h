#pragma once

/* Private to the store: thin wrapper over prepared statements. */

#include "xq-store.h"

G_BEGIN_DECLS

/** A statement prepared once per connection and lent out: g_autoptr gives it back (resets it and clears its bindings). */
typedef struct _XqStatement XqStatement;

typedef enum { XQ_STEP_ERROR = -1, XQ_STEP_DONE = 0, XQ_STEP_ROW = 1 } XqStep;

/** @sql is the cache's key; make statements with a bounded number of texts. A statement already lent out is prepared afresh. */
XqStatement *xq_statement_get (XqTransaction *tx, const char *sql, GError **error);
void xq_statement_release (XqStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqStatement, xq_statement_release)

/* Parameters count from 1; names (":as_of") through xq_statement_parameter. Text is copied. */
int xq_statement_parameter (XqStatement *statement, const char *name);
void xq_statement_bind_int (XqStatement *statement, int parameter, gint64 value);
void xq_statement_bind_text (XqStatement *statement, int parameter, const char *value); /* %NULL binds null */
void xq_statement_bind_blob (XqStatement *statement, int parameter, const void *data, gsize size);
void xq_statement_bind_null (XqStatement *statement, int parameter);

/** Next row. Cancellation of the running job comes out as G_IO_ERROR_CANCELLED, a full disk as %XQ_STORE_ERROR_FULL. */
XqStep xq_statement_step (XqStatement *statement, GError **error);
/** Runs a statement that returns no rows. */
gboolean xq_statement_run (XqStatement *statement, GError **error);
/** Resets it to be bound and stepped again; bindings stay. */
void xq_statement_reset (XqStatement *statement);

/* Columns count from 0. Text is valid until the next step. */
gboolean xq_statement_is_null (XqStatement *statement, int column);
gboolean xq_statement_is_text (XqStatement *statement, int column);
gint64 xq_statement_get_int (XqStatement *statement, int column);
const char *xq_statement_get_text (XqStatement *statement, int column);
const void *xq_statement_get_blob (XqStatement *statement, int column, gsize *size);
int xq_statement_n_columns (XqStatement *statement);

/** Runs one or more statements given as text (schema, temporary tables): not cached. */
gboolean xq_transaction_execute (XqTransaction *tx, const char *sql, GError **error);
/** First column of the first row; @fallback when there is no row or it is null. */
gboolean xq_transaction_query_int (XqTransaction *tx, const char *sql, gint64 fallback, gint64 *value, GError **error);

G_END_DECLS
