#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Fills that there are for telling neighbours apart; the last ones are kept for maps that need them. */
#define XQ_MAP_N_COLOURS 8

/**
 * Colours @n units so that neighbours differ. @pairs: 2 × @n_pairs unit numbers that touch; pairs of a unit with itself are
 * passed over. @before (or %NULL): colours they had, kept where they still do, -1 for none. Five are enough for nearly every
 * map, more are taken only where they are not. The same input gives the same colours. Free it.
 */
int *xq_map_colour_units (guint n, const guint *pairs, guint n_pairs, const int *before);

G_END_DECLS
