#pragma once

#include "xq-plan-document.h"

G_BEGIN_DECLS

/*
 * The written proposal (划分调整方案) for approval upward: units before and after, the list of changes, the rules and whether they
 * are kept, figures beside today's, and the map. As a workbook, in which every total and verdict is a live formula, or as a PDF of
 * the same. Form number, authority and approval number stay blank. With sample data both say that they may not be reported.
 */

/** XqPlanProposal: what it says, put together once; both files are written from it. */
typedef struct _XqPlanProposal XqPlanProposal;

/**
 * Puts the proposal for @scenario together; borrows @ground and @scenario, which must outlive it and stay as they are. Takes time
 * (it explains what breaks a rule): on a thread. Errors: XQ_REPORT_ERROR_FAILED where nothing is assigned at all; cancellation.
 */
XqPlanProposal *xq_plan_proposal_new (XqStore *store, const XqPlanGround *ground, const XqPlanScenario *scenario,
                                      GCancellable *cancellable, GError **error);
void xq_plan_proposal_free (XqPlanProposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanProposal, xq_plan_proposal_free)

/** Writes it, whole or not at all: .xlsx or .pdf by the end of @path. Errors are XQ_REPORT_ERROR. */
gboolean xq_plan_proposal_write (XqPlanProposal *proposal, const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
