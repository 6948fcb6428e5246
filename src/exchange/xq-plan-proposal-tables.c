/* The written proposal's tables of units and changes, and what tables are made of. */

#include <math.h>

#include "xq-form.h"
#include "xq-plan-proposal-private.h"
#include "xq-statistics.h"

/* ---- Tables ---- */

static void
cell_clear (gpointer data)
{
  g_free (((XqProposalCell *)data)->text);
}

static void
column_clear (gpointer data)
{
  g_free (((XqProposalColumn *)data)->head);
}

XqProposalTable *
xq_proposal_table_new (const char *title, const char *sheet)
{
  XqProposalTable *table = g_new0 (XqProposalTable, 1);

  table->title = g_strdup (title);
  table->sheet = sheet;
  table->columns = g_array_new (FALSE, TRUE, sizeof (XqProposalColumn));
  g_array_set_clear_func (table->columns, column_clear);
  table->rows = g_array_new (FALSE, TRUE, sizeof (XqProposalCell));
  g_array_set_clear_func (table->rows, cell_clear);
  table->notes = g_ptr_array_new_with_free_func (g_free);
  return table;
}

void
xq_proposal_table_free (XqProposalTable *table)
{
  g_free (table->title);
  g_array_unref (table->columns);
  g_array_unref (table->rows);
  g_ptr_array_unref (table->notes);
  g_free (table);
}

void
xq_proposal_table_add_column (XqProposalTable *table, const char *head, double width)
{
  XqProposalColumn column = { g_strdup (head), width };

  g_array_append_val (table->columns, column);
}

void
xq_proposal_table_add_text (XqProposalTable *table, const char *text)
{
  XqProposalCell cell = { .kind = XQ_PROPOSAL_TEXT, .text = g_strdup (text) };

  g_array_append_val (table->rows, cell);
}

void
xq_proposal_table_add_middle (XqProposalTable *table, const char *text, const char *formula)
{
  XqProposalCell cell = { .kind = XQ_PROPOSAL_MIDDLE, .text = g_strdup (text), .formula = formula };

  g_array_append_val (table->rows, cell);
}

void
xq_proposal_table_add_number (XqProposalTable *table, XqProposalKind kind, double number, const char *formula)
{
  XqProposalCell cell = { .kind = kind, .present = !isnan (number), .number = isnan (number) ? 0 : number, .formula = formula };

  g_array_append_val (table->rows, cell);
}

void
xq_proposal_table_add_empty (XqProposalTable *table, XqProposalKind kind, const char *formula)
{
  XqProposalCell cell = { .kind = kind, .formula = formula };

  g_array_append_val (table->rows, cell);
}

void
xq_proposal_table_add_note (XqProposalTable *table, const char *note)
{
  g_ptr_array_add (table->notes, g_strdup (note));
}

guint
xq_proposal_table_get_n_rows (const XqProposalTable *table)
{
  return table->rows->len / table->columns->len;
}

const XqProposalCell *
xq_proposal_table_get_cell (const XqProposalTable *table, guint row, guint column)
{
  return &g_array_index (table->rows, XqProposalCell, row * table->columns->len + column);
}

char *
xq_proposal_cell_format (const XqProposalCell *cell)
{
  if (cell->text != NULL)
    return g_strdup (cell->text);
  if (cell->kind == XQ_PROPOSAL_TEXT || cell->kind == XQ_PROPOSAL_MIDDLE)
    return g_strdup ("");
  if (!cell->present)
    return g_strdup ("—");
  if (cell->kind == XQ_PROPOSAL_COUNT)
    return xq_format_count ((gint64)cell->number);
  return g_strdup_printf (cell->kind == XQ_PROPOSAL_SHARE ? "%s%.1f" : "%s%.3f", cell->number < 0 ? "−" : "", fabs (cell->number));
}

/* ---- Who goes where ---- */

/* What of a unit of today goes to one unit of the scenario (-1: to none). */
typedef struct
{
  int before, after; /* -1: in none */
  guint n_base;
  gint64 households, members;
  guint first; /* base unit */
} Flow;

static int
compare_flows (gconstpointer a, gconstpointer b)
{
  const Flow *first = a, *second = b;

  if (first->before != second->before)
    return first->before < second->before ? -1 : 1;
  return first->after < second->after ? -1 : first->after > second->after;
}

static GArray *
list_flows (const XqPlanProposal *proposal)
{
  const XqPlanProblem *problem = proposal->problem;
  g_autoptr (GHashTable) index = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GArray *flows = g_array_new (FALSE, TRUE, sizeof (Flow));

  for (guint i = 0; i < problem->base->len; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, i);
      int before = proposal->today[i], after = proposal->scenario->assignment[i];
      gint64 key = (gint64)(before + 1) << 32 | (guint)(after + 1);
      guint at = GPOINTER_TO_UINT (g_hash_table_lookup (index, &key));
      Flow *flow;

      if (at == 0)
        {
          Flow new_flow = { .before = before, .after = after, .first = i };

          g_array_append_val (flows, new_flow);
          at = flows->len;
          g_hash_table_insert (index, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (at));
        }
      flow = &g_array_index (flows, Flow, at - 1);
      flow->n_base++;
      flow->households += base->households;
      flow->members += base->members;
    }
  g_array_sort (flows, compare_flows);
  return flows;
}

/* Base units and households of each unit of today, and in how many units of the scenario they are; and the other way round. */
typedef struct
{
  guint n_base, n_others;
  gint64 households;
} Side;

static Side *
sum_sides (const GArray *flows, guint n, gboolean after)
{
  Side *sides = g_new0 (Side, n + 1);

  for (guint i = 0; i < flows->len; i++)
    {
      const Flow *flow = &g_array_index (flows, Flow, i);
      int which = after ? flow->after : flow->before;

      if (which < 0)
        continue;
      sides[which].n_base += flow->n_base;
      sides[which].households += flow->households;
      sides[which].n_others++;
    }
  return sides;
}

static const char *
before_name (const XqPlanProposal *proposal, int before)
{
  return before >= 0 ? g_ptr_array_index (proposal->problem->current_units, before) : "—";
}

static const char *
after_name (const XqPlanProposal *proposal, int after)
{
  return after >= 0 ? g_ptr_array_index (proposal->names, after) : xq_form_word ("plan_none");
}

static const char *
community_name (const XqPlanProposal *proposal, int unit)
{
  const XqPlanGround *ground = proposal->ground;
  gint64 community = xq_plan_scenario_get_community (proposal->scenario, ground, unit);

  for (guint i = 0; i < ground->communities->len; i++)
    if (g_array_index (ground->communities, gint64, i) == community)
      return g_ptr_array_index (ground->problem->communities, i);
  return "";
}

/* Which unit of the scenario each unit of today goes on as; -1: none. */
static int *
find_successors (const XqPlanProposal *proposal)
{
  const GArray *current = proposal->ground->current;
  int *successors = g_new (int, current->len + 1);
  g_autofree gint64 *continues = xq_plan_scenario_list_continues (proposal->scenario, proposal->ground);

  for (guint i = 0; i < current->len; i++)
    {
      successors[i] = -1;
      for (guint k = 0; k < proposal->scenario->units->len; k++)
        if (continues[k] == g_array_index (current, gint64, i))
          successors[i] = (int)k;
    }
  return successors;
}

/* Units of the scenario by community as the tree has them, then by number. */
static int
compare_units (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint *places = data;
  guint first = *(const guint *)a, second = *(const guint *)b;

  if (places[first] != places[second])
    return places[first] < places[second] ? -1 : 1;
  return first < second ? -1 : first > second;
}

static guint *
order_units (const XqPlanProposal *proposal)
{
  const XqPlanGround *ground = proposal->ground;
  guint n = proposal->scenario->units->len;
  guint *order = g_new (guint, n + 1);
  g_autofree guint *places = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    {
      gint64 community = xq_plan_scenario_get_community (proposal->scenario, ground, (int)i);

      order[i] = i;
      places[i] = 0;
      while (places[i] < ground->communities->len && g_array_index (ground->communities, gint64, places[i]) != community)
        places[i]++;
    }
  g_qsort_with_data (order, (int)n, sizeof (guint), compare_units, places);
  return order;
}

/* ---- Before and after ---- */

static const char *
describe_change (const Side *after, const Side *before, const GArray *flows, int unit)
{
  gboolean whole = TRUE;

  for (guint i = 0; i < flows->len; i++)
    {
      const Flow *flow = &g_array_index (flows, Flow, i);

      if (flow->after == unit && (flow->before < 0 || before[flow->before].n_base != flow->n_base))
        whole = FALSE;
    }
  if (whole)
    return xq_form_word (after[unit].n_others == 1 ? "plan_change_same" : "plan_change_merged");
  return xq_form_word (after[unit].n_others == 1 ? "plan_change_split" : "plan_change_redrawn");
}

/* "梧桐苑、老港巷片（部分）": the units of today that it is made of, those it holds most households of first. */
static char *
list_before (const XqPlanProposal *proposal, const Side *before, const GArray *flows, const guint *start, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      const Flow *flow = &g_array_index (flows, Flow, start[i]);
      const char *name = before_name (proposal, flow->before);
      g_autofree char *part = NULL;

      if (flow->before >= 0 && before[flow->before].n_base != flow->n_base)
        part = xq_form_words ("plan_part", "name", name, NULL);
      g_string_append_printf (text, "%s%s", i > 0 ? "、" : "", part != NULL ? part : name);
    }
  return g_string_free (text, FALSE);
}

static int
compare_sizes (gconstpointer a, gconstpointer b, gpointer data)
{
  const GArray *flows = data;
  const Flow *first = &g_array_index (flows, Flow, *(const guint *)a), *second = &g_array_index (flows, Flow, *(const guint *)b);

  if (first->households != second->households)
    return first->households > second->households ? -1 : 1;
  return first->first < second->first ? -1 : first->first > second->first;
}

/* Flows into each unit: indices, those of unit u at [starts[u], starts[u + 1]). */
static guint *
group_flows (GArray *flows, guint n_after, guint **starts)
{
  guint *grouped = g_new (guint, flows->len + 1);
  g_autofree guint *fill = NULL;

  *starts = g_new0 (guint, n_after + 2);
  for (guint i = 0; i < flows->len; i++)
    if (g_array_index (flows, Flow, i).after >= 0)
      (*starts)[g_array_index (flows, Flow, i).after + 1]++;
  for (guint i = 0; i < n_after; i++)
    (*starts)[i + 1] += (*starts)[i];
  fill = g_memdup2 (*starts, (n_after + 1) * sizeof (guint));
  for (guint i = 0; i < flows->len; i++)
    if (g_array_index (flows, Flow, i).after >= 0)
      grouped[fill[g_array_index (flows, Flow, i).after]++] = i;
  for (guint u = 0; u < n_after; u++)
    g_qsort_with_data (grouped + (*starts)[u], (int)((*starts)[u + 1] - (*starts)[u]), sizeof (guint), compare_sizes, flows);
  return grouped;
}

static void
add_units_total (const XqPlanProposal *proposal, XqProposalTable *table)
{
  gint64 households = 0, residents = 0, members = 0;
  guint n_base = 0;

  for (guint i = 0; i < proposal->score->units->len; i++)
    {
      const XqPlanUnit *unit = &g_array_index (proposal->score->units, XqPlanUnit, i);

      n_base += unit->n_base;
      households += unit->households;
      residents += unit->residents;
      members += unit->members;
    }
  table->has_total = TRUE;
  xq_proposal_table_add_middle (table, "", NULL);
  xq_proposal_table_add_middle (table, xq_form_word ("total"), NULL);
  xq_proposal_table_add_text (table, "");
  xq_proposal_table_add_text (table, "");
  xq_proposal_table_add_text (table, "");
  xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, n_base, "=SUM(F{first}:F{last})");
  xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, (double)households, "=SUM(G{first}:G{last})");
  xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, (double)residents, "=SUM(H{first}:H{last})");
  xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, (double)members, "=SUM(I{first}:I{last})");
  xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, proposal->score->n_able, "=COUNTIF(J{first}:J{last},\"能\")");
}

XqProposalTable *
xq_proposal_make_units (XqPlanProposal *proposal)
{
  XqProposalTable *table = xq_proposal_table_new (proposal->title, xq_form_word ("plan_sheet_units"));
  guint n = proposal->scenario->units->len, row = 0;
  g_autoptr (GArray) flows = list_flows (proposal);
  g_autofree Side *before = sum_sides (flows, proposal->problem->current_units->len, FALSE), *after = sum_sides (flows, n, TRUE);
  g_autofree guint *starts = NULL;
  g_autofree guint *grouped = group_flows (flows, n, &starts);
  g_autofree guint *order = order_units (proposal);
  g_autofree char *basis = g_strconcat ("plan_basis_", proposal->basis, NULL);
  g_autofree char *members = xq_form_words ("plan_members", "basis", xq_form_word (basis), NULL);
  g_autofree char *note = xq_form_words ("plan_note_basis", "basis", xq_form_word (basis), NULL);

  xq_proposal_table_add_column (table, xq_form_word ("plan_number"), 6);
  xq_proposal_table_add_column (table, xq_form_word ("plan_unit"), 22);
  xq_proposal_table_add_column (table, xq_form_word ("plan_community"), 16);
  xq_proposal_table_add_column (table, xq_form_word ("plan_change"), 8);
  xq_proposal_table_add_column (table, xq_form_word ("plan_before"), 46);
  xq_proposal_table_add_column (table, xq_form_word ("plan_bases"), 10);
  xq_proposal_table_add_column (table, xq_form_word ("plan_households"), 10);
  xq_proposal_table_add_column (table, xq_form_word ("plan_residents"), 10);
  xq_proposal_table_add_column (table, members, 12);
  xq_proposal_table_add_column (table, xq_form_word ("plan_able"), 12);
  add_units_total (proposal, table);
  for (guint i = 0; i < n; i++)
    {
      guint unit = order[i];
      const XqPlanUnit *figures
          = unit < proposal->score->units->len ? &g_array_index (proposal->score->units, XqPlanUnit, unit) : NULL;
      g_autofree char *from = NULL;

      if (figures == NULL || figures->n_base == 0)
        continue;
      from = list_before (proposal, before, flows, grouped + starts[unit], starts[unit + 1] - starts[unit]);
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, ++row, NULL);
      xq_proposal_table_add_text (table, after_name (proposal, (int)unit));
      xq_proposal_table_add_text (table, community_name (proposal, (int)unit));
      xq_proposal_table_add_middle (table, describe_change (after, before, flows, (int)unit), NULL);
      xq_proposal_table_add_text (table, from);
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, figures->n_base, NULL);
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, (double)figures->households, NULL);
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, (double)figures->residents, NULL);
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, (double)figures->members, NULL);
      xq_proposal_table_add_middle (table, xq_form_word (figures->able ? "plan_yes" : "plan_no"),
                                    "=IF(I{r}>={floor},\"能\",\"不能\")");
    }
  xq_proposal_table_add_note (table, note);
  xq_proposal_table_add_note (table, xq_form_word ("plan_note_draft"));
  return table;
}

/* ---- Changes ---- */

/* The base units that go this way, by name. */
static char *
list_bases (const XqPlanProposal *proposal, const Flow *flow)
{
  GString *text = g_string_new (NULL);

  for (guint i = flow->first; i < proposal->problem->base->len; i++)
    if (proposal->today[i] == flow->before && proposal->scenario->assignment[i] == flow->after)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "、" : "", xq_plan_problem_label (proposal->problem, i));
  return g_string_free (text, FALSE);
}

static const char *
describe_flow (const Flow *flow, const Side *before, const Side *after, const int *successors)
{
  gboolean whole = flow->before >= 0 && before[flow->before].n_base == flow->n_base;

  if (flow->after < 0)
    return xq_form_word ("plan_how_none");
  if (flow->before >= 0 && successors[flow->before] == flow->after)
    return xq_form_word (whole ? "plan_how_core" : "plan_how_core_part");
  if (whole)
    return xq_form_word ("plan_how_whole");
  return xq_form_word (after[flow->after].n_others == 1 ? "plan_how_new" : "plan_how_part");
}

static double
share_of (gint64 part, gint64 whole)
{
  /* Per cent with one decimal, half up, exact. */
  return whole == 0 ? NAN : (double)((part * 2000 + whole) / (whole * 2)) / 10;
}

XqProposalTable *
xq_proposal_make_flows (XqPlanProposal *proposal)
{
  XqProposalTable *table = xq_proposal_table_new (xq_form_word ("plan_title_flows"), xq_form_word ("plan_sheet_flows"));
  g_autoptr (GArray) flows = list_flows (proposal);
  g_autofree Side *before = sum_sides (flows, proposal->problem->current_units->len, FALSE),
                  *after = sum_sides (flows, proposal->scenario->units->len, TRUE);
  g_autofree int *successors = find_successors (proposal);
  g_autofree char *basis = g_strconcat ("plan_basis_", proposal->basis, NULL);
  g_autofree char *members = xq_form_words ("plan_members", "basis", xq_form_word (basis), NULL);
  gint64 households = 0, sum_members = 0;
  guint same = 0, row = 0;

  xq_proposal_table_add_column (table, xq_form_word ("plan_number"), 6);
  xq_proposal_table_add_column (table, xq_form_word ("plan_old_unit"), 22);
  xq_proposal_table_add_column (table, xq_form_word ("plan_unit"), 22);
  xq_proposal_table_add_column (table, xq_form_word ("plan_community"), 16);
  xq_proposal_table_add_column (table, xq_form_word ("plan_moved_bases"), 34);
  xq_proposal_table_add_column (table, xq_form_word ("plan_moved_households"), 11);
  xq_proposal_table_add_column (table, xq_form_word ("plan_old_households"), 12);
  xq_proposal_table_add_column (table, xq_form_word ("plan_share"), 11);
  xq_proposal_table_add_column (table, members, 12);
  xq_proposal_table_add_column (table, xq_form_word ("plan_how"), 20);
  for (guint i = 0; i < flows->len; i++)
    {
      const Flow *flow = &g_array_index (flows, Flow, i);

      if (flow->before >= 0 && flow->after >= 0 && before[flow->before].n_others == 1 && after[flow->after].n_others == 1)
        {
          same++;
          continue;
        }
      households += flow->households;
      sum_members += flow->members;
      row++;
    }
  table->has_total = row > 0;
  if (row > 0)
    {
      xq_proposal_table_add_middle (table, "", NULL);
      xq_proposal_table_add_middle (table, xq_form_word ("total"), NULL);
      xq_proposal_table_add_text (table, "");
      xq_proposal_table_add_text (table, "");
      xq_proposal_table_add_text (table, "");
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, (double)households, "=SUM(F{first}:F{last})");
      xq_proposal_table_add_text (table, "");
      xq_proposal_table_add_text (table, "");
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, (double)sum_members, "=SUM(I{first}:I{last})");
      xq_proposal_table_add_text (table, "");
    }
  row = 0;
  for (guint i = 0; i < flows->len; i++)
    {
      const Flow *flow = &g_array_index (flows, Flow, i);
      gint64 whole = flow->before >= 0 ? before[flow->before].households : 0;
      g_autofree char *bases = NULL;

      if (flow->before >= 0 && flow->after >= 0 && before[flow->before].n_others == 1 && after[flow->after].n_others == 1)
        continue;
      bases = list_bases (proposal, flow);
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, ++row, NULL);
      xq_proposal_table_add_text (table, before_name (proposal, flow->before));
      xq_proposal_table_add_text (table, after_name (proposal, flow->after));
      xq_proposal_table_add_text (table, flow->after >= 0 ? community_name (proposal, flow->after) : "");
      xq_proposal_table_add_text (table, bases);
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, (double)flow->households, NULL);
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, (double)whole, NULL);
      xq_proposal_table_add_number (table, XQ_PROPOSAL_SHARE, share_of (flow->households, whole),
                                    "=IF(G{r}=0,\"—\",ROUND(100*F{r}/G{r},1))");
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, (double)flow->members, NULL);
      xq_proposal_table_add_text (table, describe_flow (flow, before, after, successors));
    }
  if (same > 0)
    {
      g_autofree char *n = xq_format_count (same);
      g_autofree char *note = xq_form_words ("plan_unchanged", "n", n, NULL);

      xq_proposal_table_add_note (table, note);
    }
  return table;
}
