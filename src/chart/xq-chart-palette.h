#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A colour, each part 0–1. Alpha 0 stands for "not painted". */
typedef struct
{
  double red, green, blue, alpha;
} XqChartColour;

#define XQ_CHART_NO_COLOUR ((XqChartColour){ 0, 0, 0, 0 })

/**
 * XqChartPalette: every colour a chart may use, in its light and its dark form. The pairs are chosen to stay apart for
 * protan, deutan and tritan eyes; no meaning is carried by colour alone.
 */
typedef struct
{
  XqChartColour card; /* what the chart stands on */
  XqChartColour ink;  /* names and values */
  XqChartColour dim;  /* axis labels, captions, column heads */
  XqChartColour grid, axis, rule;

  /* Coverage, in the fixed order of the stack. */
  XqChartColour own, joint, group, group_edge, functional, contact, contact_paper, none;
  XqChartColour on_own, on_joint, on_group, on_functional;                       /* text inside a segment */
  XqChartColour own_text, joint_text, group_text, functional_text, contact_text; /* text of that class on the card */

  XqChartColour category[6];
  XqChartColour good, bad, neutral; /* signal points: better, worse, not significant */
  XqChartColour warn_text;
  XqChartColour ribbon; /* interval along a line */
  XqChartColour band;   /* interval of the parent's value */
} XqChartPalette;

/** The palette of light (or @dark) surroundings. Static. */
const XqChartPalette *xq_chart_palette_get (gboolean dark);

/** @colour with its alpha multiplied by @alpha. */
XqChartColour xq_chart_colour_fade (XqChartColour colour, double alpha);

G_END_DECLS
