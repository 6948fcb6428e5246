#include "xq-plan-proposal-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-form.h"
#include "xq-report.h"

static void
entry_clear (gpointer data)
{
  g_free (((XqProposalEntry *)data)->value);
}

static void
add_entry (GArray *entries, const char *label, char *value)
{
  XqProposalEntry entry = { xq_form_word (label), value };

  g_array_append_val (entries, entry);
}

/* "鄂城区" and "区委组织部" make 鄂城区委组织部. */
static char *
join_department (const char *name, const char *department)
{
  const char *last = name[0] != '\0' ? g_utf8_prev_char (name + strlen (name)) : name;

  if (name[0] != '\0' && g_utf8_get_char (last) == g_utf8_get_char (department))
    return g_strconcat (name, g_utf8_next_char (department), NULL);
  return g_strconcat (name, department, NULL);
}

static void
fill_head (XqPlanProposal *self, XqStore *store)
{
  const XqRecord *record = self->scenario->record;
  const char *effective = xq_record_get_text (record, XQ_PLAN_SCENARIO_EFFECTIVE);
  const char *stage = xq_record_get_text (record, XQ_PLAN_SCENARIO_STAGE);
  g_autofree char *end = xq_period_last_day (xq_store_get_open_period (store));

  self->title = xq_form_words ("plan_title", "scope", self->ground->scope_name, NULL);
  self->reporting_unit = join_department (xq_store_get_name (store), xq_scheme_get_department (xq_store_get_scheme (store)));
  add_entry (self->entries, "form_number", NULL);
  add_entry (self->entries, "authority", NULL);
  add_entry (self->entries, "plan_approval", NULL);
  add_entry (self->facts, "plan_scenario", g_strdup (xq_record_get_text (record, XQ_PLAN_SCENARIO_NAME)));
  add_entry (self->facts, "plan_stage", stage != NULL ? g_strdup (xq_enum_label (&XQ_ENUM_PLAN_STAGE, stage)) : NULL);
  add_entry (self->facts, "plan_decider", g_strdup (xq_record_get_text (record, XQ_PLAN_SCENARIO_DECIDER)));
  add_entry (self->facts, "plan_effective", effective != NULL ? xq_form_date_label (effective) : NULL);
  add_entry (self->facts, "plan_as_of", xq_form_date_label (end));
}

XqPlanProposal *
xq_plan_proposal_new (XqStore *store, const XqPlanGround *ground, const XqPlanScenario *scenario, GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (XqPlanProposal) self = g_new0 (XqPlanProposal, 1);
  const int *assignments[2];

  self->ground = ground;
  self->scenario = scenario;
  self->sample = ground->sample || xq_store_get_sample (store) != NULL;
  self->basis = xq_scheme_get_founding_basis (xq_store_get_scheme (store));
  self->entries = g_array_new (FALSE, TRUE, sizeof (XqProposalEntry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->facts = g_array_new (FALSE, TRUE, sizeof (XqProposalEntry));
  g_array_set_clear_func (self->facts, entry_clear);
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_proposal_table_free);
  self->map_notes = g_ptr_array_new_with_free_func (g_free);
  self->problem = xq_plan_scenario_make_problem (ground, scenario);
  self->floor = self->problem->rules.members_floor;
  self->score = xq_plan_score_new (self->problem, scenario->assignment);
  if (self->score->n_units == 0)
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FAILED, _ ("“%s” has no units yet; put the compounds into units first"),
                   xq_record_get_text (scenario->record, XQ_PLAN_SCENARIO_NAME));
      return NULL;
    }
  self->today = g_new (int, ground->problem->base->len + 1);
  for (guint i = 0; i < ground->problem->base->len; i++)
    self->today[i] = xq_plan_problem_base (ground->problem, i)->current;
  assignments[0] = self->today;
  assignments[1] = scenario->assignment;
  self->comparison = xq_plan_comparison_new (self->problem, assignments, 2);
  fill_head (self, store);
  self->names = xq_plan_scenario_list_names (scenario, ground);
  g_ptr_array_add (self->tables, xq_proposal_make_units (self));
  g_ptr_array_add (self->tables, xq_proposal_make_flows (self));
  g_ptr_array_add (self->tables, xq_proposal_make_rules (self));
  g_ptr_array_add (self->tables, xq_proposal_make_faults (self, cancellable));
  g_ptr_array_add (self->tables, xq_proposal_make_metrics (self));
  g_ptr_array_add (self->tables, xq_proposal_make_sizes (self));
  g_ptr_array_add (self->map_notes, g_strdup (xq_form_word ("plan_map_note")));
  if (ground->laid_out)
    g_ptr_array_add (self->map_notes, g_strdup (xq_form_word ("plan_map_diagram")));
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
xq_plan_proposal_free (XqPlanProposal *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->facts, g_array_unref);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  g_clear_pointer (&self->map_notes, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->comparison, xq_plan_comparison_free);
  g_clear_pointer (&self->score, xq_plan_score_free);
  g_clear_pointer (&self->problem, xq_plan_problem_free);
  g_free (self->today);
  g_free (self->title);
  g_free (self->reporting_unit);
  g_free (self);
}

gboolean
xq_plan_proposal_write (XqPlanProposal *self, const char *path, GCancellable *cancellable, GError **error)
{
  XqReportFormat format = xq_report_format_from_path (path);
  g_autoptr (XqOutputFile) file = NULL;
  gboolean done;

  if (format != XQ_REPORT_FORMAT_XLSX && format != XQ_REPORT_FORMAT_PDF)
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_EXTENSION, _ ("%s: the name must end in .xlsx or .pdf"), path);
      return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  file = xq_output_file_new (path, error);
  if (file == NULL)
    return FALSE;
  done = format == XQ_REPORT_FORMAT_XLSX ? xq_proposal_workbook_write (self, file, path, cancellable, error)
                                         : xq_proposal_pdf_write (self, file, path, cancellable, error);
  return done && xq_output_file_finish (file, NULL, error);
}
