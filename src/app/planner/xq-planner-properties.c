#include <glib/gi18n-lib.h>

#include "xq-planner-dialogs.h"
#include "xq-record-dialog.h"

/*
 * What a scenario is called, how far it has got on its way to approval, and who decides: re-sizing is decided by those above, so a
 * scenario names its stage and its decider.
 */

static const int FIELDS[] = {
  XQ_PLAN_SCENARIO_NAME,
  XQ_PLAN_SCENARIO_STAGE,
  XQ_PLAN_SCENARIO_DECIDER,
  XQ_PLAN_SCENARIO_DECIDED,
  XQ_PLAN_SCENARIO_EFFECTIVE,
  XQ_PLAN_SCENARIO_NOTE,
  -1,
};

static void
filled_in (XqRecord *record, gpointer data)
{
  XqPlannerModel *model = data;
  XqPlanScenario *scenario = xq_planner_model_begin (model);
  g_autofree char *label
      = g_strdup_printf (_ ("Properties of the scenario “%s”"), xq_record_get_text (record, XQ_PLAN_SCENARIO_NAME));

  if (scenario != NULL)
    {
      /* Rules may have been changed meanwhile: only what the form has is taken. */
      for (const int *field = FIELDS; *field >= 0; field++)
        if (!xq_record_equal_field (scenario->record, record, *field))
          {
            xq_record_set_text (scenario->record, *field, xq_record_get_text (record, *field));
            xq_record_set_origin (scenario->record, *field, XQ_ORIGIN_DECLARED);
          }
      xq_planner_model_commit (model, scenario, label);
    }
  xq_record_free (record);
}

void
xq_planner_properties_open (GtkWidget *parent, XqPlannerModel *model)
{
  /* A scenario is put into force by its own dialog, never by naming its stage. */
  static const char *const stages[] = { "survey", "street_review", "consultation", "approved", "withdrawn", NULL };
  AdwMessageDialog *dialog;

  if (xq_planner_model_get_phase (model) != XQ_PLANNER_READY || !xq_planner_model_get_editable (model))
    return;
  dialog = xq_record_dialog_show (parent, _ ("Properties of the Scenario"), NULL, _ ("_Save"),
                                  xq_record_copy (xq_planner_model_get_state (model)->scenario->record), FIELDS, filled_in, model);
  xq_record_dialog_limit (dialog, XQ_PLAN_SCENARIO_STAGE, stages);
}
