#pragma once

/* Private to the store: expressions over fact columns, of the program's indicators and of others'. */

#include "xq-fact-columns.h"
#include "xq-statement.h"

G_BEGIN_DECLS

/**
 * A sum of columns joined by + is linear: it may be taken from sums over a subtree. Anything else ("CASE WHEN
 * households > 500 THEN 1 ELSE 0 END") is evaluated at each compound and added up.
 *
 * It may hold fact columns, whole numbers, + - * / %, comparisons, AND OR NOT IN BETWEEN CASE and a few functions; it is
 * prepared by SQLite behind an authorizer that lets nothing else be read or called. Results are whole numbers.
 */
typedef struct _XqExpression XqExpression;

/** @indicator and @part ("numerator") are for the error. */
XqExpression *xq_expression_new (XqTransaction *tx, const char *text, const char *indicator, const char *part, GError **error);
void xq_expression_free (XqExpression *expression);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqExpression, xq_expression_free)

gboolean xq_expression_is_linear (const XqExpression *expression);
/** Bits of the groups its columns belong to. */
gint64 xq_expression_get_groups (const XqExpression *expression);
/** Whether all its columns are shown where their values have their home. */
gboolean xq_expression_is_at_home (const XqExpression *expression);
/** Its columns as indices of XQ_FACT_COLUMNS, each as often as it is added. Linear ones only. Ends with −1. */
const int *xq_expression_get_terms (const XqExpression *expression);
gboolean xq_expression_evaluate (XqExpression *expression, const gint64 *values, gint64 *result, GError **error);

G_END_DECLS
