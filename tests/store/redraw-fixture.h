#pragma once

/* Districts to be re-drawn: compounds of one to four base units with records of every kind that a re-draw must find a place for. */

#include "store-fixture.h"
#include "xq-redraw.h"

G_BEGIN_DECLS

#define REDRAW_DAY "2024-10-15"
#define REDRAW_COMMUNITIES 4
#define REDRAW_MAX_BASES 4

typedef struct
{
  gint64 id, community;
  guint n_bases;
  gint64 bases[REDRAW_MAX_BASES];
} RedrawCompound;

typedef struct
{
  char *folder, *path;
  XqStore *store;
  GRand *random;
  gint64 district, street, communities[REDRAW_COMMUNITIES];
  GArray *compounds; /* RedrawCompound */
  gboolean plain;    /* compounds with a household count, a building and a note only: for times */
} RedrawWorld;

/** A record from "field", value, …, NULL: values are text, those of references ids. */
gint64 redraw_insert (XqTransaction *tx, const XqRecordType *type, const char *owner_field, gint64 owner, ...);

/** A district of @n compounds, its third quarter of 2024 locked. */
void redraw_world_init (RedrawWorld *world, guint seed, guint n, gboolean plain);
void redraw_world_clear (RedrawWorld *world);
/** Some compounds (@share of all, in percent) become others: about @groups new units for each of them. At random. */
XqRedraw *redraw_world_draw (RedrawWorld *world, guint percent, double groups);

G_END_DECLS
