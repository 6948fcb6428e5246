#pragma once

#include "xq-geo-file.h"

G_BEGIN_DECLS

/** A unit of the document that a feature or line may belong to, by any of its names. */
typedef struct
{
  gint64 unit;
  const char *code, *name;    /* or %NULL */
  const char *path;           /* tells apart units that are called alike, or %NULL */
  const char *const *aliases; /* ended by %NULL, or %NULL */
} XqGeoTarget;

typedef enum
{
  XQ_GEO_MATCH_NONE, /* nothing is called so */
  XQ_GEO_MATCH_CODE,
  XQ_GEO_MATCH_NAME, /* or path */
  XQ_GEO_MATCH_ALIAS,
  XQ_GEO_MATCH_AMBIGUOUS, /* several are */
  XQ_GEO_MATCH_TAKEN,     /* an earlier one was matched with it */
} XqGeoMatchKind;

typedef struct
{
  XqGeoMatchKind kind;
  gint64 unit;   /* 0 where there is none */
  int target;    /* its index, or -1 */
  int candidate; /* where nothing fits: the target that is called most alike, or -1 */
} XqGeoMatch;

/** A match for each of @keys: what a feature or line calls its unit. */
typedef struct
{
  guint n;
  XqGeoMatch *matches;
  guint n_matched;
  GArray *unmatched_keys;    /* guint: indices of keys */
  GArray *unmatched_targets; /* guint: indices of targets */
} XqGeoMatching;

/**
 * Matches by code first, then by name or path, then by alias; widths, spaces and brackets of both kinds count as the same.
 * What could mean several is not guessed at.
 */
XqGeoMatching *xq_geo_match (const char *const *keys, guint n_keys, const XqGeoTarget *targets, guint n_targets);
void xq_geo_matching_free (XqGeoMatching *matching);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqGeoMatching, xq_geo_matching_free)

/** The property of @file by which most features match; %NULL where none matches. Free it. */
char *xq_geo_match_find_property (const XqGeoFile *file, const XqGeoTarget *targets, guint n_targets);

G_END_DECLS
