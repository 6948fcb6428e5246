#pragma once

/* Private to the store: the statements of data/schema/findings.sql. */

#include "xq-rule.h"

G_BEGIN_DECLS

/** A temporary table that rules share: it is made anew for every evaluation. */
typedef struct
{
  char *create; /* several statements without parameters; does nothing where it is there */
  char *clear, *fill;
} XqFindingTable;

/** In the order of the file; @n gets how many. */
const XqFindingTable *xq_finding_sql_get_tables (guint *n);
/** The statement of @rule. Never %NULL for a rule of XQ_RULES: a test reads them all. */
const char *xq_finding_sql_get (const XqRule *rule);

G_END_DECLS
