#pragma once

/* Private to the chart layer: the insides of a map. */

#include "xq-map.h"

G_BEGIN_DECLS

typedef struct
{
  XqMapFeatureKind kind;
  guint first, n; /* x, y pairs in points */
  gboolean closed;
  double breadth;
  char *name;
} XqMapFeature;

struct _XqMap
{
  gatomicrefcount references;
  XqMapTopology *topology; /* an area a base unit; empty for points */
  guint n;
  GArray *dots;     /* double x, y: of points; NAN for areas */
  GArray *features; /* XqMapFeature */
  GArray *points;   /* double x, y of features */
  double *centres;  /* x, y */
  double low_x, low_y, high_x, high_y;
};

G_END_DECLS
