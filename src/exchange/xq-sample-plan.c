#include "xq-sample-plan.h"

#include <string.h>

/* Districts that repeat the pattern have codes that no district of the statistics office has. */
#define OTHER_CODES 990000

XqSampleDay
xq_sample_day_parse (const char *text)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, text);
  return g_date_valid (&date) ? g_date_get_julian (&date) : 0;
}

const char *
xq_sample_day_format (XqSampleDay day, char text[XQ_SAMPLE_DAY_LENGTH])
{
  GDate date;

  if (day == 0)
    return NULL;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  g_snprintf (text, XQ_SAMPLE_DAY_LENGTH, "%04u-%02u-%02u", (guint)g_date_get_year (&date) % 10000,
              (guint)g_date_get_month (&date) % 100, (guint)g_date_get_day (&date) % 100);
  return text;
}

static void
compound_clear (XqSampleCompound *compound)
{
  g_free (compound->name);
  g_free (compound->code);
}

XqSamplePlan *
xq_sample_plan_new (const XqSampleRecipe *recipe, guint number, GError **error)
{
  g_autoptr (XqSamplePlan) plan = NULL;

  g_return_val_if_fail (recipe != NULL && number >= 1, NULL);

  plan = g_new0 (XqSamplePlan, 1);
  plan->recipe = recipe;
  plan->number = number;
  plan->real = number == 1;
  /* A district or a county: as the real one. */
  plan->name = plan->real ? g_strdup (recipe->name)
                          : g_strdup_printf ("示例%02u%s", number,
                                             g_utf8_find_prev_char (recipe->name, recipe->name + strlen (recipe->name)));
  plan->code = plan->real ? g_strdup (recipe->code) : g_strdup_printf ("%u", OTHER_CODES + number);
  plan->compounds = g_array_new (FALSE, TRUE, sizeof (XqSampleCompound));
  g_array_set_clear_func (plan->compounds, (GDestroyNotify)compound_clear);
  plan->buildings = g_array_new (FALSE, TRUE, sizeof (XqSampleBuilding));
  plan->areas = g_array_new (FALSE, TRUE, sizeof (XqSampleArea));
  plan->associations = g_array_new (FALSE, TRUE, sizeof (XqSampleAssociation));
  plan->redraw_day = recipe->redraw_day != NULL ? xq_sample_day_parse (recipe->redraw_day) : 0;
  plan->first_day = xq_sample_day_parse (xq_sample_stage (recipe, 0)->first_day);
  plan->last_day = xq_sample_day_parse (xq_sample_stage (recipe, recipe->stages->len - 1)->last_day);
  while (plan->first_redrawn < recipe->stages->len && !xq_sample_stage (recipe, plan->first_redrawn)->redrawn)
    plan->first_redrawn++;

  if (!xq_sample_plan_divide (plan, error) || !xq_sample_plan_name (plan, error))
    return NULL;
  if (!xq_sample_plan_furnish (plan, error) || !xq_sample_plan_cover (plan, error))
    return NULL;
  xq_sample_plan_settle_members (plan);
  if (!xq_sample_plan_share_groups (plan, error) || !xq_sample_plan_represent (plan, error))
    return NULL;
  return g_steal_pointer (&plan);
}

void
xq_sample_plan_free (XqSamplePlan *plan)
{
  if (plan == NULL)
    return;
  g_free (plan->name);
  g_free (plan->code);
  g_array_unref (plan->compounds);
  g_array_unref (plan->buildings);
  g_array_unref (plan->areas);
  g_array_unref (plan->associations);
  g_free (plan);
}

gboolean
xq_sample_plan_in_force (const XqSamplePlan *plan, guint compound, guint stage)
{
  return xq_sample_compound (plan, compound)->role != (stage < plan->first_redrawn ? XQ_SAMPLE_MERGED : XQ_SAMPLE_PART);
}

char *
xq_sample_plan_code (const XqSamplePlan *plan, const char *code)
{
  return g_strconcat (plan->code, code + strlen (plan->recipe->code), NULL);
}

void
xq_sample_plan_seed (const XqSamplePlan *plan, const char *purpose, XqSampleRandom *random)
{
  xq_sample_random_init (random, "%s/%u/%s", plan->recipe->id, plan->number, purpose);
}

XqSampleDay
xq_sample_plan_day_in_stage (const XqSamplePlan *plan, guint stage, int built_year, XqSampleRandom *random)
{
  XqSampleDay first = xq_sample_day_parse (xq_sample_stage (plan->recipe, stage)->first_day);
  XqSampleDay last = xq_sample_day_parse (xq_sample_stage (plan->recipe, stage)->last_day) - 4;
  GDate lived_in;

  g_date_clear (&lived_in, 1);
  g_date_set_dmy (&lived_in, 1, G_DATE_JANUARY, built_year + 2);
  if (stage == 0)
    first -= xq_sample_random_chance (random, 600) ? 600 : 1900;
  first = MAX (first, g_date_get_julian (&lived_in));
  return xq_sample_random_range (random, MIN (first, last), last);
}

XqSampleDay
xq_sample_plan_term_start (const XqSamplePlan *plan, XqSampleDay founded, int years)
{
  GDate date;
  XqSampleDay start;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, founded);
  do
    {
      start = g_date_get_julian (&date);
      g_date_add_years (&date, years);
    }
  while (g_date_get_julian (&date) <= plan->last_day);
  return start;
}
