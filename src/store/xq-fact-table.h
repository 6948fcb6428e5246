#pragma once

/* Private to the store: what facts need of a connection. Their computation is declared in xq-derived.h. */

#include <sqlite3.h>

#include "xq-connection.h"

G_BEGIN_DECLS

/** Registers the aggregate bit_or: marks of generated values are joined up the tree. Called for every connection. */
gboolean xq_fact_register_functions (XqConnection *connection, GError **error);

G_END_DECLS
