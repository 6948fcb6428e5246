#pragma once

/* Private to the written proposal: what it says, as tables that the workbook and the PDF both write. */

#include "xq-output-file.h"
#include "xq-plan-compare.h"
#include "xq-plan-explain.h"
#include "xq-plan-proposal.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_PROPOSAL_TEXT,
  XQ_PROPOSAL_MIDDLE, /* text in the middle of its column */
  XQ_PROPOSAL_COUNT,
  XQ_PROPOSAL_SHARE, /* one decimal */
  XQ_PROPOSAL_RATIO, /* three decimals */
} XqProposalKind;

/**
 * A cell: a text or a number, or neither ("—"). A formula is written with it in workbooks; {r} stands for its row, {first} and
 * {last} for those of the body, {floor} for the cell with the members that a branch needs.
 */
typedef struct
{
  XqProposalKind kind;
  gboolean present; /* of a number */
  double number;
  char *text;
  const char *formula; /* static, or %NULL */
} XqProposalCell;

typedef struct
{
  char *head;
  double width; /* characters of the workbook; shares of the page in print */
} XqProposalColumn;

typedef struct
{
  char *title;
  const char *sheet; /* name of the worksheet it begins, or %NULL: below the one before */
  GArray *columns;   /* XqProposalColumn */
  GArray *rows;      /* XqProposalCell, by rows; the total first where there is one */
  gboolean has_total;
  GPtrArray *notes; /* char *, below */
} XqProposalTable;

XqProposalTable *xq_proposal_table_new (const char *title, const char *sheet);
void xq_proposal_table_free (XqProposalTable *table);
void xq_proposal_table_add_column (XqProposalTable *table, const char *head, double width);
/* The next cell; rows follow from the number of columns. */
void xq_proposal_table_add_text (XqProposalTable *table, const char *text);
void xq_proposal_table_add_middle (XqProposalTable *table, const char *text, const char *formula);
void xq_proposal_table_add_number (XqProposalTable *table, XqProposalKind kind, double number, const char *formula);
void xq_proposal_table_add_empty (XqProposalTable *table, XqProposalKind kind, const char *formula);
void xq_proposal_table_add_note (XqProposalTable *table, const char *note);
guint xq_proposal_table_get_n_rows (const XqProposalTable *table);
const XqProposalCell *xq_proposal_table_get_cell (const XqProposalTable *table, guint row, guint column);
/* How the cell reads on paper. Free it. */
char *xq_proposal_cell_format (const XqProposalCell *cell);

/* A line of the head: what it is and what it says (blank: to be filled in by hand). */
typedef struct
{
  const char *label;
  char *value;
} XqProposalEntry;

struct _XqPlanProposal
{
  const XqPlanGround *ground;
  const XqPlanScenario *scenario;
  char *title;
  gboolean sample;
  gint64 floor;
  const char *basis; /* the measure that founds a branch */
  GArray *entries;   /* XqProposalEntry: form number, authority, approval */
  GArray *facts;     /* XqProposalEntry: scenario, stage, decider, day, as of */
  GPtrArray *tables; /* XqProposalTable: units, changes, rules, faults, metrics, sizes */
  GPtrArray *map_notes;
  char *reporting_unit;

  /* While it is put together */
  XqPlanProblem *problem;
  int *today; /* unit of today of each base unit */
  XqPlanScore *score;
  XqPlanComparison *comparison;
  GPtrArray *names; /* char *, of the scenario's units */
};

enum
{
  XQ_PROPOSAL_UNITS,
  XQ_PROPOSAL_FLOWS,
  XQ_PROPOSAL_RULES,
  XQ_PROPOSAL_FAULTS,
  XQ_PROPOSAL_METRICS,
  XQ_PROPOSAL_SIZES,
};

/* The tables, xq-plan-proposal-tables.c and -rules.c. */
XqProposalTable *xq_proposal_make_units (XqPlanProposal *proposal);
XqProposalTable *xq_proposal_make_flows (XqPlanProposal *proposal);
XqProposalTable *xq_proposal_make_rules (XqPlanProposal *proposal);
XqProposalTable *xq_proposal_make_faults (XqPlanProposal *proposal, GCancellable *cancellable);
XqProposalTable *xq_proposal_make_metrics (XqPlanProposal *proposal);
XqProposalTable *xq_proposal_make_sizes (XqPlanProposal *proposal);

gboolean xq_proposal_workbook_write (XqPlanProposal *proposal, XqOutputFile *file, const char *path, GCancellable *cancellable,
                                     GError **error);
gboolean xq_proposal_pdf_write (XqPlanProposal *proposal, XqOutputFile *file, const char *path, GCancellable *cancellable,
                                GError **error);

G_END_DECLS
