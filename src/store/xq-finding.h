#pragma once

#include "xq-rule.h"
#include "xq-unit-table.h"

G_BEGIN_DECLS

/*
 * Findings (疑点): what the rules of XQ_RULES find in a document, as of the last day of the open period; terms and contracts are
 * held against the working day in it (xq_working_day). They are reckoned when asked for and kept nowhere.
 */

/** How a finding stands. */
typedef enum
{
  XQ_FINDING_OPEN,
  XQ_FINDING_ACKNOWLEDGED, /* it is known and stands for a reason */
  XQ_FINDING_LAPSED,       /* open again: the day until which it was acknowledged is over */
  XQ_FINDING_CHANGED,      /* open again: its figures are not those it was acknowledged with */
} XqFindingState;

typedef struct
{
  const XqRule *rule;
  const XqUnit *unit; /* with path; of the list */
  const char *table;  /* of the subject: name of a record type; static */
  gint64 subject;     /* row of @table */
  XqFindingFigure *figures;
  guint n_figures;

  XqFindingState state;
  /* Of the acknowledgement, where there is one */
  gint64 acknowledgement;
  char *reason, *until, *decided, *by; /* any may be %NULL */
} XqFinding;

/** Whether it wants attention: not acknowledged, or no longer. */
gboolean xq_finding_is_open (const XqFinding *finding);
/** What it says, in the user's language. */
char *xq_finding_format (const XqFinding *finding);

/** Counts by severity. */
typedef struct
{
  guint counts[XQ_N_SEVERITIES];
} XqFindingCounts;
guint xq_finding_counts_total (const XqFindingCounts *counts);

/** What was found in one district or one unit's subtree. Immutable; reference counted: read on one thread, shown on another. */
typedef struct _XqFindingList XqFindingList;
XqFindingList *xq_finding_list_ref (XqFindingList *list);
void xq_finding_list_unref (XqFindingList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFindingList, xq_finding_list_unref)
guint xq_finding_list_get_size (const XqFindingList *list);
/** By severity, then in the order of the rules, then as the units stand in the tree. Those acknowledged are among them. */
const XqFinding *xq_finding_list_get (const XqFindingList *list, guint index);
/** Open findings of @unit and all below it; @unit 0: all. */
XqFindingCounts xq_finding_list_count (const XqFindingList *list, gint64 unit);
/** The same for every unit that has some, itself or below it: gint64 (by address) → XqFindingCounts. */
GHashTable *xq_finding_list_count_units (const XqFindingList *list);
/** Whether the list may have findings of @unit and below it: of several districts' lists most have none. @unit 0: it may. */
gboolean xq_finding_list_holds (const XqFindingList *list, gint64 unit);
/** Whether the finding is of @unit or of something below it. */
gboolean xq_finding_list_is_below (const XqFindingList *list, const XqFinding *finding, gint64 unit);
/**
 * The unit right below @unit that the finding belongs to, or @unit itself; with @unit 0 what is right below its
 * district. %NULL when it is not below @unit.
 */
const XqUnit *xq_finding_list_get_part (const XqFindingList *list, const XqFinding *finding, gint64 unit);
/** The working day that terms were held against. */
const char *xq_finding_list_get_day (const XqFindingList *list);

typedef struct
{
  gint64 unit;        /* 0: all districts */
  const char *day;    /* instead of the working day; %NULL */
  const XqRule *rule; /* only this one; %NULL: all that apply */
} XqFindingQuery;

/** Evaluates the rules. Costs a district, whatever is asked for of it. */
XqFindingList *xq_finding_list_read (XqTransaction *tx, const XqFindingQuery *query, GError **error);
/** The districts of the document in their order, for those who read one after the other. Element type gint64. */
GArray *xq_finding_list_districts (XqTransaction *tx, GError **error);
/** What a finding is known by from one reading to the next. */
typedef struct
{
  const XqRule *rule;
  gint64 unit, subject;
} XqFindingKey;
XqFindingKey xq_finding_get_key (const XqFinding *finding);

/*
 * Commands; all need a write transaction.
 */

/**
 * Acknowledges findings as they are now, all or none: they are not counted until @until (YYYY-MM-DD, the first day it is open again; %NULL: until
 * its figures change). Replaces an earlier acknowledgement. @by: who answers for it, %NULL for nobody named.
 */
gboolean xq_finding_acknowledge (XqTransaction *tx, const XqFindingKey *keys, guint n_keys, const char *reason, const char *until,
                                 const char *by, GError **error);
/** Takes the acknowledgement back. %XQ_STORE_ERROR_NOT_FOUND where there is none. */
gboolean xq_finding_unacknowledge (XqTransaction *tx, const XqFindingKey *key, GError **error);
/** Does what the rule's one click does (not for %XQ_MEND_OPEN). */
gboolean xq_finding_mend (XqTransaction *tx, const XqFindingKey *key, GError **error);

G_END_DECLS
