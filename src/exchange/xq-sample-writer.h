#pragma once

/* Private to the samples: a plan becomes records. */

#include "xq-record-table.h"
#include "xq-sample-plan.h"

G_BEGIN_DECLS

/**
 * Writes the records of a district. Everything is marked as generated except what is really published. @done counts
 * communities written, for progress; a cancelled job stops between two of them.
 */
gboolean xq_sample_write_district (XqTransaction *tx, const XqSamplePlan *plan, gint64 *done, gint64 total, GError **error);

/* What the parts of the writer share. */

/** Where records can be at home, for the rules of the ledger. Only what is in force at the end. */
typedef enum
{
  XQ_SAMPLE_AT_DISTRICT,
  XQ_SAMPLE_AT_STREET,
  XQ_SAMPLE_AT_COMMUNITY,
  XQ_SAMPLE_AT_COMPOUND,
  XQ_SAMPLE_AT_BUILDING,
  XQ_SAMPLE_AT_AREA,
} XqSampleAt;
#define XQ_SAMPLE_N_AT 6

typedef struct
{
  gint64 unit;
  const char *name, *code; /* owned by the writer */
  guint community;         /* index; G_MAXUINT above communities */
  guint compound;          /* index; G_MAXUINT above compounds */
  gint64 households;
  gint64 organisation, area, body, service; /* ids of its own; 0: none */
  int body_kind, mode;                      /* index of the enumeration, or -1 */
} XqSampleHome;

/** A district on its way into the document. The first error is kept; what is added after it is dropped. */
typedef struct
{
  XqTransaction *tx;
  const XqSamplePlan *plan;
  GError *error;
  XqSampleRandom random;
  gint64 last_id;
  gint64 district;
  gint64 *communities;   /* ids of units, by index */
  gint64 *organisations; /* ids of the communities' own, by index */
  gint64 *compounds;     /* ids of units, by index */
  gint64 *streets;
  gint64 *branches; /* ids of own branches, by index of the compound */
  XqSampleRandom ground_random; /* base units and what stands on them have ids of their own: those of all else stay what they are */
  gint64 ground_last_id;
  struct _XqSampleGround *ground;
  gint64 *bases; /* ids of base units, by index of the compound; 0 for merged units */
  GStringChunk *names;
  GArray *homes[XQ_SAMPLE_N_AT]; /* XqSampleHome */
} XqSampleWriter;

/** Remembers a home; the pointer is good until the next one is added. */
XqSampleHome *xq_sample_writer_add_home (XqSampleWriter *writer, XqSampleAt at, gint64 unit, const char *name, const char *code,
                                         guint community, guint compound, gint64 households);

/** A record of the district with an id and every cell marked as generated. */
XqRecord *xq_sample_writer_new (XqSampleWriter *writer, const XqRecordType *type);
void xq_sample_writer_set_day (XqRecord *record, int field, XqSampleDay day);
void xq_sample_writer_set_nick (XqRecord *record, int field, int index);
/** Marks the cells as published: fields, ended by -1. */
void xq_sample_writer_mark_reported (XqRecord *record, ...);
/** Inserts and frees the record; returns its id. */
gint64 xq_sample_writer_add (XqSampleWriter *writer, XqRecord *record);

/* xq-sample-ground.c: base units with their shapes, roads and rivers, the plans of the re-draw */
void xq_sample_writer_begin_ground (XqSampleWriter *writer);
void xq_sample_writer_add_bases (XqSampleWriter *writer, guint first, guint end);
void xq_sample_writer_add_map_and_plans (XqSampleWriter *writer);
void xq_sample_writer_end_ground (XqSampleWriter *writer);

/* xq-sample-writer-records.c: what belongs to the compounds and to the district */
void xq_sample_writer_add_compound (XqSampleWriter *writer, guint index);
void xq_sample_writer_add_joint_branch (XqSampleWriter *writer, guint merged);
/** Groups of the branches of the compounds from @first to @end, those that cover a neighbour among them. */
void xq_sample_writer_add_groups (XqSampleWriter *writer, guint first, guint end);
void xq_sample_writer_add_surveys (XqSampleWriter *writer);
/** What the recipe's rules make besides. xq-sample-ledger.c */
void xq_sample_writer_add_ledger (XqSampleWriter *writer);

G_END_DECLS
