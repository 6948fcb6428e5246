#include "xq-geo-grid.h"

#include <math.h>
#include <string.h>

#include "xq-plan-projection.h"

#define SEMI_MAJOR 6378137.0 /* CGCS2000 and WGS 84 */
#define FLATTENING_CGCS (1 / 298.257222101)
#define FLATTENING_WGS (1 / 298.257223563)
#define AXIS_XIAN 6378140.0
#define FLATTENING_XIAN (1 / 298.257)
#define DEGREE(radians) ((radians)*180 / G_PI)

/* Runs of codes: each next one is a zone farther east. */
typedef struct
{
  int first, last;
  double meridian, step; /* of the first, degrees */
  double easting;        /* of the first, m; the zone's number stands before the easting where @numbered */
  gboolean numbered, xian;
} Run;

static const Run RUNS[] = {
  { 4491, 4501, 75, 6, 13500000, TRUE, FALSE }, { 4502, 4512, 75, 6, 500000, FALSE, FALSE },
  { 4513, 4533, 75, 3, 25500000, TRUE, FALSE }, { 4534, 4554, 75, 3, 500000, FALSE, FALSE },
  { 2327, 2337, 75, 6, 13500000, TRUE, TRUE },  { 2338, 2348, 75, 6, 500000, FALSE, TRUE },
  { 2349, 2369, 75, 3, 25500000, TRUE, TRUE },  { 2370, 2390, 75, 3, 500000, FALSE, TRUE },
};
#define UTM_FIRST 32601
#define UTM_LAST 32660
#define XIAN_DEGREES 4610

/* The number at the end of "EPSG:4547", "urn:ogc:def:crs:EPSG::4547", ".../EPSG/0/4547"; 0 where there is none. */
static int
find_code (const char *name)
{
  const char *number = name + strlen (name);
  gint64 code;

  while (number > name && g_ascii_isdigit (number[-1]))
    number--;
  return g_ascii_string_to_signed (number, 10, 1, G_MAXINT, &code, NULL) ? (int)code : 0;
}

gboolean
xq_geo_grid_from_name (const char *name, XqGeoGrid *grid)
{
  XqPlanCrs crs;
  int code;

  *grid = (XqGeoGrid){ .kind = XQ_GEO_GRID_DEGREES };
  if (!xq_plan_crs_from_name (name, &crs))
    return FALSE;
  code = find_code (name);
  grid->shifted = code == XIAN_DEGREES;
  if (crs == XQ_PLAN_CRS_DEGREES || code == XIAN_DEGREES)
    return TRUE;
  if (crs == XQ_PLAN_CRS_MERCATOR)
    {
      grid->kind = XQ_GEO_GRID_MERCATOR;
      return TRUE;
    }
  grid->kind = XQ_GEO_GRID_TRANSVERSE;
  if (code >= UTM_FIRST && code <= UTM_LAST)
    {
      *grid
          = (XqGeoGrid){ XQ_GEO_GRID_TRANSVERSE, (code - UTM_FIRST) * 6 - 177, 500000, 0.9996, SEMI_MAJOR, FLATTENING_WGS, FALSE };
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (RUNS); i++)
    {
      const Run *run = &RUNS[i];
      int zone = code - run->first;

      if (code < run->first || code > run->last)
        continue;
      *grid = (XqGeoGrid){ XQ_GEO_GRID_TRANSVERSE,
                           run->meridian + zone * run->step,
                           run->easting + (run->numbered ? zone * 1e6 : 0),
                           1,
                           run->xian ? AXIS_XIAN : SEMI_MAJOR,
                           run->xian ? FLATTENING_XIAN : FLATTENING_CGCS,
                           run->xian };
      return TRUE;
    }
  return FALSE;
}

/* Krüger's series (1912) to the fourth order in n: exact to less than a millimetre within a zone. */
static void
revert_transverse (const XqGeoGrid *grid, XqPlanPoint *point)
{
  double n = grid->flattening / (2 - grid->flattening), n2 = n * n, n3 = n2 * n, n4 = n3 * n;
  double radius = grid->axis / (1 + n) * (1 + n2 / 4 + n4 / 64);
  const double beta[] = { n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360, n2 / 48 + n3 / 15 - 437 * n4 / 1440,
                          17 * n3 / 480 - 37 * n4 / 840, 4397 * n4 / 161280 };
  const double delta[] = { 2 * n - 2 * n2 / 3 - 2 * n3 + 116 * n4 / 45, 7 * n2 / 3 - 8 * n3 / 5 - 227 * n4 / 45,
                           56 * n3 / 15 - 136 * n4 / 35, 4279 * n4 / 630 };
  double xi = point->y / (grid->scale * radius), eta = (point->x - grid->easting) / (grid->scale * radius);
  double xi_conformal = xi, eta_conformal = eta, chi, phi;

  for (guint j = 0; j < G_N_ELEMENTS (beta); j++)
    {
      xi_conformal -= beta[j] * sin (2 * (j + 1) * xi) * cosh (2 * (j + 1) * eta);
      eta_conformal -= beta[j] * cos (2 * (j + 1) * xi) * sinh (2 * (j + 1) * eta);
    }
  chi = asin (sin (xi_conformal) / cosh (eta_conformal));
  phi = chi;
  for (guint j = 0; j < G_N_ELEMENTS (delta); j++)
    phi += delta[j] * sin (2 * (j + 1) * chi);
  point->x = grid->meridian + DEGREE (atan2 (sinh (eta_conformal), cos (xi_conformal)));
  point->y = DEGREE (phi);
}

void
xq_geo_grid_to_degrees (const XqGeoGrid *grid, XqPlanPoint *point)
{
  switch (grid->kind)
    {
    case XQ_GEO_GRID_MERCATOR:
      point->x = DEGREE (point->x / SEMI_MAJOR);
      point->y = DEGREE (2 * atan (exp (point->y / SEMI_MAJOR)) - G_PI / 2);
      break;
    case XQ_GEO_GRID_TRANSVERSE:
      revert_transverse (grid, point);
      break;
    case XQ_GEO_GRID_DEGREES:
    default:
      break;
    }
}
