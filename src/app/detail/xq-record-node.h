#pragma once

#include "xq-record-home.h"
#include "xq-section-spec.h"

G_BEGIN_DECLS

/** A record with what is shown of it: what its references are called, and the records that belong to it. */
typedef struct _XqRecordNode XqRecordNode;
struct _XqRecordNode
{
  XqRecord *record;
  char **references;   /* one a field: what a reference is called, else %NULL */
  GPtrArray *children; /* XqRecordNode, in the order of the section's types */
};

/** A choice of a field: what is stored and what people read. */
typedef struct
{
  char *value;
  char *label;
} XqRecordOption;

/** Records of a unit by type. */
typedef struct _XqRecordSets XqRecordSets;

void xq_record_sets_free (XqRecordSets *sets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqRecordSets, xq_record_sets_free)

/** Reads what the sections of @level show of @unit. Persons are masked in references unless @full. */
XqRecordSets *xq_record_sets_load (XqTransaction *tx, gint64 unit, XqLevel level, gboolean full, GError **error);
/** The rows of @type, newest first; empty where there is no such section. Element type XqRecordNode. */
GPtrArray *xq_record_sets_get (XqRecordSets *sets, const XqRecordType *type);
/** Whether persons are shown in full. */
gboolean xq_record_sets_get_full (XqRecordSets *sets);
/** A text that differs when anything that is shown of the rows of @type differs. */
char *xq_record_sets_sign (XqRecordSets *sets, const XqRecordType *type);
/** What @field of @node is read as: a reference's name, a word's label, masked where personal unless @full. */
char *xq_record_node_format (const XqRecordNode *node, int field, const XqScheme *scheme, gboolean full);

/**
 * What the reference @field of a record of @type, which is to belong to @unit, may name: rows of the unit, of what is above it and
 * of what covers it. Element type XqRecordOption.
 */
GPtrArray *xq_record_options_load (XqTransaction *tx, const XqRecordType *type, int field, gint64 unit, gboolean full,
                                   GError **error);

G_END_DECLS
