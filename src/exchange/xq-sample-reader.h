#pragma once

/*
 * Private to the samples: reading their data files. The first error is kept and everything read after it comes out empty,
 * so that the caller looks once, at the end.
 */

#include "xq-json.h"
#include "xq-sample-recipe.h"

G_BEGIN_DECLS

typedef struct
{
  GError *error; /* the first one */
} XqSampleReader;

/** The embedded file @name, as text. */
GBytes *xq_sample_reader_load (XqSampleReader *reader, const char *name);
JsonNode *xq_sample_reader_parse (XqSampleReader *reader, const char *name, XqJson *root);

gint64 xq_sample_reader_int (XqSampleReader *reader, const XqJson *json, const char *key, gint64 low, gint64 high);
/** @fallback where there is no such key. */
gint64 xq_sample_reader_int_or (XqSampleReader *reader, const XqJson *json, const char *key, gint64 low, gint64 high,
                                gint64 fallback);
gboolean xq_sample_reader_flag (XqSampleReader *reader, const XqJson *json, const char *key, gboolean fallback);
/** Never %NULL: "" after an error. */
char *xq_sample_reader_text (XqSampleReader *reader, const XqJson *json, const char *key);
/** %NULL where there is no such key. */
char *xq_sample_reader_text_or_null (XqSampleReader *reader, const XqJson *json, const char *key);
/** Index in @values, or -1 where there is no such key. */
int xq_sample_reader_choice (XqSampleReader *reader, const XqJson *json, const char *key, const XqEnum *values);
XqSampleRange xq_sample_reader_range (XqSampleReader *reader, const XqJson *json, const char *key);
XqSampleQuantiles xq_sample_reader_quantiles (XqSampleReader *reader, const XqJson *json, const char *key);
/** Exactly @n whole numbers that are not negative and not all 0. */
void xq_sample_reader_weights (XqSampleReader *reader, const XqJson *json, const char *key, int *weights, guint n);
/** An object whose keys are nicks of @values; a missing one weighs nothing. */
void xq_sample_reader_weights_by (XqSampleReader *reader, const XqJson *json, const char *key, const XqEnum *values, int *weights);
char **xq_sample_reader_strings (XqSampleReader *reader, const XqJson *json, const char *key);
/** Number of elements of the list at @key; @list is set to it. */
guint xq_sample_reader_list (XqSampleReader *reader, const XqJson *json, const char *key, XqJson *list);
/** Refuses other keys than @keys. */
void xq_sample_reader_check (XqSampleReader *reader, const XqJson *json, const char *const *keys);
/** A complaint about the value at @key. */
void xq_sample_reader_fail (XqSampleReader *reader, const XqJson *json, const char *key, const char *message);

/** What all samples have in common. xq-sample-recipe-common.c */
void xq_sample_reader_read_common (XqSampleReader *reader, XqSampleRecipe *recipe);

G_END_DECLS
