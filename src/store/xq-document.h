#pragma once

/* Private to the store: the one row that says what the document is. */

#include "xq-transaction.h"

G_BEGIN_DECLS

typedef struct {
  char *name;
  XqScheme *scheme;
  char *open_period;      /* 2024Q4 */
  char *sample, *source;  /* or %NULL */
} XqDocument;

/** Reads the row. A document without one, or with a scheme that cannot be read, is damaged. */
XqDocument *xq_document_load (XqTransaction *tx, GError **error);
/** Writes the row of a new document. */
gboolean xq_document_insert (XqTransaction *tx, XqScheme *scheme, const char *name, GError **error);
void xq_document_free (XqDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqDocument, xq_document_free)

/**
 * A text that differs when periods were locked or reopened or the open period moved: what a command may change
 * besides records.
 */
char *xq_document_periods_state (XqTransaction *tx, GError **error);

/** Now, as the document writes times: UTC, ISO 8601, to the second. */
char *xq_document_now (void);

G_END_DECLS
