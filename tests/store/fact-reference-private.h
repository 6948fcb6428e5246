#pragma once

/* What the files of the slow facts share. */

#include "fact-reference.h"

#include "xq-record-types.h"

G_BEGIN_DECLS

struct _Reference
{
  GHashTable *rows; /* const XqRecordType * → GPtrArray of XqRecord */
  XqScheme *scheme;
  char *as_of, *from, *period;
};

#define REF(record, field) xq_record_get_int (record, field)
#define TEXT(record, field) xq_record_get_text (record, field)
#define IS(record, field, value) (g_strcmp0 (xq_record_get_text (record, field), value) == 0)

/* For each record of a type. */
#define EACH(r, type, name)                                                                                                        \
  for (guint name##_i = 0; name##_i < reference_all (r, type)->len; name##_i++)                                                    \
    for (const XqRecord *name = g_ptr_array_index (reference_all (r, type), name##_i); name != NULL; name = NULL)

const GPtrArray *reference_all (const Reference *r, const XqRecordType *type);
const XqRecord *reference_find (const Reference *r, const XqRecordType *type, gint64 id);
/** Whether the interval of the two dates holds the day. */
gboolean reference_holds (const Reference *r, const XqRecord *row, int from, int to);
gboolean reference_organisation_lives (const Reference *r, const XqRecord *organisation);
/** A branch of any sort, big committees and groups left out. */
gboolean reference_is_branch (const XqRecord *organisation);
/** Whether records at @place count for @unit: its own, and of a compound those of its buildings in force. */
gboolean reference_counts_at (const Reference *r, const XqRecord *unit, gint64 place);
gboolean reference_area_in_force (const Reference *r, const XqRecord *area);
gboolean reference_body_stands (const Reference *r, const XqRecord *body);

/* The column called @name. */
void reference_set (gint64 *values, const char *name, gint64 value);
gint64 reference_get (const gint64 *values, const char *name);
void reference_add (gint64 *values, const char *name, gint64 value);

/** Members of its committee: by the roster once it names an ordinary one, else as it gives them; −1 where nothing is known. */
gint64 reference_count_committee (const Reference *r, const XqRecord *organisation);

/** The facts of posts, stations, fees, tickets and the other records of the ledger. fact-reference-ledger.c */
void reference_set_ledger (const Reference *r, const XqRecord *unit, gint64 *values);
/** The facts of what happened and who there is. fact-reference-counts.c */
void reference_set_counts (const Reference *r, const XqRecord *unit, gint64 *values);

G_END_DECLS
