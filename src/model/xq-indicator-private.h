#pragma once

/* What the files of the catalogue of indicators share. */

#include "xq-indicator.h"

G_BEGIN_DECLS

struct _XqIndicatorSet
{
  gatomicrefcount references;
  GPtrArray *indicators;
  GHashTable *by_id; /* borrows from indicators */
};

/** Frees an XqIndicator. */
void xq_indicator_free (gpointer data);

G_END_DECLS
