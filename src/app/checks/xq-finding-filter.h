#pragma once

#include "xq-finding.h"

G_BEGIN_DECLS

/** Which findings the page shows. Pure: no widget knows more than it is told. */
typedef struct
{
  gint64 scope;          /* the unit looked at and all below it; 0: all */
  gint64 unit;           /* of these, one below it; 0: all */
  const XqRule *rule;    /* %NULL: all */
  int severity;          /* %XqSeverity; −1: all */
  gboolean acknowledged; /* those acknowledged, instead of the open ones */
  const char *text;      /* folded (xq_finding_filter_fold); %NULL or "": any */
} XqFindingFilter;

/** Text as it is searched for. */
char *xq_finding_filter_fold (const char *text);
gboolean xq_finding_filter_matches (const XqFindingFilter *filter, const XqFindingList *list, const XqFinding *finding);

/** What stands beside the list: how many there are of each kind within the scope, whatever else is chosen. */
typedef struct
{
  guint severities[XQ_N_SEVERITIES]; /* open */
  guint open, acknowledged;
} XqFindingTally;
XqFindingTally xq_finding_tally (GPtrArray *lists, gint64 scope);

G_END_DECLS
