#pragma once

#include "xq-coverage.h"
#include "xq-journal.h"
#include "xq-ledger.h"
#include "xq-record-node.h"
#include "xq-unit-table.h"

G_BEGIN_DECLS

/** A property area with what is in force of it. */
typedef struct {
  XqRecord *area;
  XqRecord *body;    /* or %NULL */
  XqRecord *service; /* or %NULL */
} XqDetailArea;

/** A unit this one came from or became. */
typedef struct {
  XqUnit *unit;
  XqRecord *lineage;
} XqDetailKin;

/** One of the big numbers. */
typedef struct {
  char *text;        /* "993" */
  const char *measure; /* msgid, or %NULL */
  const char *label; /* msgid */
  gboolean generated;
} XqDetailNumber;
#define XQ_DETAIL_NUMBERS 4

/** What a pill of the header says: nick of the cell and its text. */
typedef struct {
  char *nick;
  char *text;
} XqDetailPill;

/** Everything the pane shows of a unit, read in one transaction. */
typedef struct {
  XqUnit *unit;             /* with path */
  gboolean in_force;
  gboolean past;            /* numbers and pills are of a locked period */
  char *working_day;
  XqDetailNumber numbers[XQ_DETAIL_NUMBERS];
  XqDetailPill organisation_pill, body_pill, service_pill;
  char *kit;                /* '1' and '0' an item, or %NULL */
  gboolean three_none;
  gboolean generated;       /* any value shown in the header is made up */

  XqRecord *unit_record;
  XqRecord *attributes;     /* compound or building row, or %NULL */
  GPtrArray *counts;        /* XqRecord of XQ_DECLARED_COUNT */
  XqCoverageState coverage;
  GPtrArray *covered;       /* XqUnit: units the organisation covers, this one too */
  char *higher;             /* name of the organisation above, or %NULL */
  char *confirmed;          /* last confirmation of the contact, or %NULL */
  GPtrArray *joinable;      /* XqRecord of XQ_ORGANISATION: joint branches and groups of the community */
  GPtrArray *areas;         /* XqDetailArea */
  GPtrArray *associations;  /* XqRecord */
  GPtrArray *notes;         /* XqRecord */
  GPtrArray *names;         /* XqRecord of XQ_UNIT_NAME_RECORD */
  GPtrArray *predecessors;  /* XqDetailKin */
  GPtrArray *successors;    /* XqDetailKin */
  GPtrArray *journal;       /* XqJournalEntry, newest first */
  XqRecordSets *sets;       /* what the sections of the tabs show */
} XqDetail;

void xq_detail_free (XqDetail *detail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqDetail, xq_detail_free)

/** Reads @unit; header numbers as of @period (none: the open one), all else as it is today; persons masked in references unless @full. */
XqDetail *xq_detail_load (XqTransaction *tx, gint64 unit, XqPeriod period, gboolean full, GError **error);
/** The declared count of @measure, or %NULL. */
const XqRecord *xq_detail_find_count (const XqDetail *detail, const char *measure);
/** Full members on the scheme's founding basis as declared, -1 when unknown. */
gint64 xq_detail_get_full_members (const XqDetail *detail, const XqScheme *scheme);

G_END_DECLS
