#include "xq-plan-picture.h"

#include <glib/gi18n-lib.h>

#include "xq-chart.h"
#include "xq-statistics.h"

/* Everything that is drawn, made once. */
typedef struct
{
  XqMapLook *look;
  XqMapCaption caption;
  char *title, *subtitle;
} Picture;

static void
picture_clear (Picture *picture)
{
  g_clear_pointer (&picture->look, xq_map_look_unref);
  g_clear_pointer (&picture->title, g_free);
  g_clear_pointer (&picture->subtitle, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static const char *
name_values (XqPlanLayer layer)
{
  switch (layer)
    {
    case XQ_PLAN_LAYER_HOUSEHOLDS:
      return C_ ("map", "Households of the unit");
    case XQ_PLAN_LAYER_MEMBERS:
      return C_ ("map", "Full members of the unit");
    case XQ_PLAN_LAYER_SATISFACTION:
      return C_ ("map", "Satisfaction");
    case XQ_PLAN_LAYER_UNIT:
    case XQ_PLAN_LAYER_COVERAGE:
    default:
      return NULL;
    }
}

/* "545 units · 540 can found a branch · 2 rules broken" */
static char *
describe (const XqPlanScore *score)
{
  g_autofree char *units = xq_format_count (score->n_units), *able = xq_format_count (score->n_able);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%s unit", "%s units", score->n_units), units);
  g_string_append (text, " · ");
  g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%s can found a branch", "%s can found a branch", score->n_able),
                          able);
  if (score->n_violations > 0)
    {
      g_autofree char *broken = xq_format_count (score->n_violations);

      g_string_append (text, " · ");
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "rules broken in %s place", "rules broken in %s places",
                                           score->n_violations),
                              broken);
    }
  return g_string_free (text, FALSE);
}

static void
picture_init (Picture *picture, const XqPlanGround *ground, const XqPlanScenario *scenario, const XqPlanPictureOptions *options)
{
  XqPlanLayer layer = options != NULL ? options->layer : XQ_PLAN_LAYER_UNIT;
  g_autoptr (XqPlanProblem) problem = xq_plan_scenario_make_problem (ground, scenario);
  g_autoptr (XqPlanScore) score = xq_plan_score_new (problem, scenario->assignment);

  picture->look = xq_plan_scenario_make_look (scenario, ground, score, layer, options != NULL ? options->values : NULL, NULL);
  picture->title = g_strdup_printf ("%s · %s", ground->scope_name, xq_record_get_text (scenario->record, XQ_PLAN_SCENARIO_NAME));
  picture->subtitle = describe (score);
  picture->caption = (XqMapCaption){
    .title = picture->title,
    .subtitle = picture->subtitle,
    .values = name_values (layer),
    .percent = layer == XQ_PLAN_LAYER_SATISFACTION,
    .note = ground->laid_out ? _ ("diagram of which compounds are neighbours, not a map")
                             : _ ("sketch map, no evidence of administrative boundaries"),
    .diagram = ground->laid_out,
  };
}

gboolean
xq_plan_picture_write (const XqPlanGround *ground, const XqPlanScenario *scenario, const XqPlanPictureOptions *options,
                       const char *path, GError **error)
{
  g_auto (Picture) picture = { 0 };

  picture_init (&picture, ground, scenario, options);
  return xq_map_write_sheet (ground->map, picture.look, &picture.caption, path, options != NULL ? options->width : 0,
                             options != NULL ? options->height : 0, options != NULL && options->dark, error);
}

GBytes *
xq_plan_picture_render (const XqPlanGround *ground, const XqPlanScenario *scenario, const XqPlanPictureOptions *options,
                        double scale, int *width, int *height, GError **error)
{
  g_auto (Picture) picture = { 0 };
  int own_width, own_height;

  picture_init (&picture, ground, scenario, options);
  xq_map_get_sheet_size (ground->map, &own_width, &own_height);
  if (options != NULL && options->width > 0)
    own_width = options->width;
  if (options != NULL && options->height > 0)
    own_height = options->height;
  if (width != NULL)
    *width = own_width;
  if (height != NULL)
    *height = own_height;
  return xq_map_render_sheet (ground->map, picture.look, &picture.caption, own_width, own_height, scale,
                              options != NULL && options->dark, error);
}

void
xq_plan_picture_draw (const XqPlanGround *ground, const XqPlanScenario *scenario, const XqPlanPictureOptions *options, cairo_t *cr,
                      double width, double height)
{
  g_auto (Picture) picture = { 0 };

  picture_init (&picture, ground, scenario, options);
  xq_map_draw_sheet (ground->map, picture.look, &picture.caption, cr, width, height, options != NULL && options->dark);
}
