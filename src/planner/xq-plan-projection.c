#include "xq-plan-projection.h"

#include <math.h>
#include <string.h>

#define SEMI_MAJOR 6378137.0
#define FLATTENING (1 / 298.257223563)
#define ECCENTRICITY_2 (FLATTENING * (2 - FLATTENING))
#define RADIAN(degrees) ((degrees)*G_PI / 180)
#define DEGREE(radians) ((radians)*180 / G_PI)

/* Geographic systems met with in China, and the ones that software writes by itself. */
static const int GEOGRAPHIC_CODES[] = { 4326, 4490, 4610, 4214, 4555, 4979, 4480, 4267, 4269, 4258, 4258, 4737 };
static const int MERCATOR_CODES[] = { 3857, 3785, 900913, 102100, 102113 };

static gboolean
is_listed (int code, const int *codes, guint n)
{
  for (guint i = 0; i < n; i++)
    if (codes[i] == code)
      return TRUE;
  return FALSE;
}

gboolean
xq_plan_crs_from_name (const char *name, XqPlanCrs *crs)
{
  g_autofree char *folded = name != NULL ? g_ascii_strup (name, -1) : NULL;
  const char *epsg, *number;
  gint64 code;

  if (folded == NULL)
    return FALSE;
  if (strstr (folded, "CRS84") != NULL || strstr (folded, "CRS83") != NULL || strstr (folded, "CRS27") != NULL)
    {
      *crs = XQ_PLAN_CRS_DEGREES;
      return TRUE;
    }
  epsg = strstr (folded, "EPSG");
  if (epsg == NULL)
    epsg = strstr (folded, "ESRI");
  /* "EPSG:4547", "urn:ogc:def:crs:EPSG::4547", "urn:ogc:def:crs:EPSG:6.9:4547", ".../EPSG/0/4547": the code comes last. */
  number = epsg != NULL ? epsg + strlen (epsg) : NULL;
  while (number != NULL && number > epsg && g_ascii_isdigit (number[-1]))
    number--;
  if (number == NULL || !g_ascii_string_to_signed (number, 10, 1, G_MAXINT, &code, NULL))
    return FALSE;
  if (is_listed (code, GEOGRAPHIC_CODES, G_N_ELEMENTS (GEOGRAPHIC_CODES)))
    *crs = XQ_PLAN_CRS_DEGREES;
  else if (is_listed (code, MERCATOR_CODES, G_N_ELEMENTS (MERCATOR_CODES)))
    *crs = XQ_PLAN_CRS_MERCATOR;
  else
    *crs = XQ_PLAN_CRS_METRES;
  return TRUE;
}

/* Snyder, Map Projections: A Working Manual (1987), 3-12 and 24-17 ff. */

static double
authalic_q (double sine)
{
  double e = sqrt (ECCENTRICITY_2);

  return (1 - ECCENTRICITY_2) * (sine / (1 - ECCENTRICITY_2 * sine * sine) - log ((1 - e * sine) / (1 + e * sine)) / (2 * e));
}

static void
to_degrees (XqPlanCrs crs, double *x, double *y)
{
  if (crs != XQ_PLAN_CRS_MERCATOR)
    return;
  *x = DEGREE (*x / SEMI_MAJOR);
  *y = DEGREE (2 * atan (exp (*y / SEMI_MAJOR)) - G_PI / 2);
}

void
xq_plan_projection_init (XqPlanProjection *self, XqPlanCrs crs, const XqPlanPoint *centre)
{
  double sine, beta;

  *self = (XqPlanProjection){ .crs = crs, .centre = *centre };
  if (crs == XQ_PLAN_CRS_METRES)
    return;
  to_degrees (crs, &self->centre.x, &self->centre.y);
  /* At a pole the formulas divide by nothing. */
  self->centre.y = CLAMP (self->centre.y, -89.9, 89.9);
  sine = sin (RADIAN (self->centre.y));
  self->q_pole = authalic_q (1);
  beta = asin (CLAMP (authalic_q (sine) / self->q_pole, -1, 1));
  self->sin_beta = sin (beta);
  self->cos_beta = cos (beta);
  self->radius = SEMI_MAJOR * sqrt (self->q_pole / 2);
  self->factor
      = SEMI_MAJOR * cos (RADIAN (self->centre.y)) / sqrt (1 - ECCENTRICITY_2 * sine * sine) / (self->radius * self->cos_beta);
}

gboolean
xq_plan_projection_apply (const XqPlanProjection *self, double x, double y, XqPlanPoint *metres)
{
  double beta, lambda, below, b;

  if (self->swapped)
    {
      double other = x;

      x = y;
      y = other;
    }
  if (!isfinite (x) || !isfinite (y))
    return FALSE;
  if (self->crs == XQ_PLAN_CRS_METRES)
    {
      *metres = (XqPlanPoint){ x - self->centre.x, y - self->centre.y };
      return fabs (metres->x) < 1e9 && fabs (metres->y) < 1e9;
    }
  to_degrees (self->crs, &x, &y);
  if (fabs (x) > 540 || fabs (y) > 90)
    return FALSE;
  beta = asin (CLAMP (authalic_q (sin (RADIAN (y))) / self->q_pole, -1, 1));
  lambda = RADIAN (x - self->centre.x);
  below = 1 + self->sin_beta * sin (beta) + self->cos_beta * cos (beta) * cos (lambda);
  if (below < 0.01)
    return FALSE;
  b = self->radius * sqrt (2 / below);
  metres->x = b * self->factor * cos (beta) * sin (lambda);
  metres->y = b / self->factor * (self->cos_beta * sin (beta) - self->sin_beta * cos (beta) * cos (lambda));
  return TRUE;
}

void
xq_plan_projection_revert (const XqPlanProjection *self, const XqPlanPoint *metres, double *x, double *y)
{
  double longitude = metres->x + self->centre.x, latitude = metres->y + self->centre.y;

  if (self->crs != XQ_PLAN_CRS_METRES)
    {
      double u = metres->x / self->factor, v = metres->y * self->factor, rho = hypot (u, v);
      double c = 2 * asin (CLAMP (rho / (2 * self->radius), -1, 1));
      double sine = rho > 0 ? cos (c) * self->sin_beta + v * sin (c) * self->cos_beta / rho : self->sin_beta;
      double q = self->q_pole * CLAMP (sine, -1, 1), phi = asin (CLAMP (q / 2, -1, 1));

      /* 3-16: converges in three or four steps away from the poles. */
      for (int i = 0; i < 12; i++)
        {
          double s = sin (phi), w = 1 - ECCENTRICITY_2 * s * s, e = sqrt (ECCENTRICITY_2), step;

          if (fabs (cos (phi)) < 1e-12)
            break;
          step = w * w / (2 * cos (phi)) * (q / (1 - ECCENTRICITY_2) - s / w + log ((1 - e * s) / (1 + e * s)) / (2 * e));
          phi += step;
          if (fabs (step) < 1e-14)
            break;
        }
      latitude = DEGREE (phi);
      longitude = self->centre.x + DEGREE (atan2 (u * sin (c), rho * self->cos_beta * cos (c) - v * self->sin_beta * sin (c)));
      if (rho == 0)
        longitude = self->centre.x;
    }
  if (self->crs == XQ_PLAN_CRS_MERCATOR)
    {
      longitude = RADIAN (longitude) * SEMI_MAJOR;
      latitude = log (tan (G_PI / 4 + RADIAN (latitude) / 2)) * SEMI_MAJOR;
    }
  *x = self->swapped ? latitude : longitude;
  *y = self->swapped ? longitude : latitude;
}
