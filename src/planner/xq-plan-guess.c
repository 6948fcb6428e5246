/* What the coordinates of a file are, where it does not say or says what cannot be. */

#include "xq-plan-geometry-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#define FAR 4.0 /* spans: what lies farther off is in another system */

typedef struct
{
  XqPlanPoint low, high;
  guint n;
} Box;

static void
join (Box *box, const XqPlanPoint *low, const XqPlanPoint *high)
{
  if (box->n++ == 0)
    {
      box->low = *low;
      box->high = *high;
      return;
    }
  box->low.x = MIN (box->low.x, low->x);
  box->low.y = MIN (box->low.y, low->y);
  box->high.x = MAX (box->high.x, high->x);
  box->high.y = MAX (box->high.y, high->y);
}

static double
span (const Box *box)
{
  return MAX (box->high.x - box->low.x, box->high.y - box->low.y);
}

static double
distance (const Box *a, const Box *b)
{
  double dx = MAX (MAX (a->low.x - b->high.x, b->low.x - a->high.x), 0);
  double dy = MAX (MAX (a->low.y - b->high.y, b->low.y - a->high.y), 0);

  return hypot (dx, dy);
}

static gboolean
fits_degrees (const XqPlanPoint *low, const XqPlanPoint *high)
{
  return low->x >= -180 && high->x <= 180 && low->y >= -90 && high->y <= 90;
}

/* All of it in China with latitude first, where some "latitude" is beyond the pole. */
static gboolean
looks_swapped (const Box *box)
{
  return box->n > 0 && box->low.x >= 3 && box->high.x <= 54 && box->low.y >= 73 && box->high.y <= 136 && box->high.y > 90;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

/* The middle of the data: medians, so that one shape far off does not pull it. */
static XqPlanPoint
find_centre (const XqPlanShape *const *shapes, guint n, const gboolean *foreign)
{
  g_autoptr (GArray) xs = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) ys = g_array_new (FALSE, FALSE, sizeof (double));
  XqPlanPoint low, high;

  for (guint i = 0; i < n; i++)
    if (!foreign[i] && shapes[i] != NULL && xq_plan_shape_get_box (shapes[i], &low, &high))
      {
        double x = low.x / 2 + high.x / 2, y = low.y / 2 + high.y / 2;

        g_array_append_val (xs, x);
        g_array_append_val (ys, y);
      }
  if (xs->len == 0)
    return (XqPlanPoint){ 0, 0 };
  g_array_sort (xs, compare_doubles);
  g_array_sort (ys, compare_doubles);
  return (XqPlanPoint){ g_array_index (xs, double, xs->len / 2), g_array_index (ys, double, ys->len / 2) };
}

void
xq_plan_projection_guess (XqPlanProjection *projection, const XqPlanShape *const *shapes, guint n, const char *name,
                          gboolean *foreign, char **remark)
{
  Box small = { .n = 0 }, large = { .n = 0 }, all = { .n = 0 };
  XqPlanCrs crs = XQ_PLAN_CRS_DEGREES;
  gboolean named = xq_plan_crs_from_name (name, &crs), mixed, swapped = FALSE, outside;
  XqPlanPoint low, high, centre;

  *remark = NULL;
  for (guint i = 0; i < n; i++)
    if (shapes[i] != NULL && xq_plan_shape_get_box (shapes[i], &low, &high))
      {
        join (fits_degrees (&low, &high) ? &small : &large, &low, &high);
        join (&all, &low, &high);
      }

  /* Some in degrees and some in metres: millions apart where either group is some kilometres wide. */
  mixed = small.n > 0 && large.n > 0 && distance (&small, &large) > FAR * MAX (span (&small), span (&large))
          && distance (&small, &large) > 1000;
  outside = mixed ? large.n > small.n || (large.n == small.n && named && crs != XQ_PLAN_CRS_DEGREES) : large.n > 0;
  for (guint i = 0; i < n; i++)
    foreign[i]
        = mixed && shapes[i] != NULL && xq_plan_shape_get_box (shapes[i], &low, &high) && fits_degrees (&low, &high) == outside;

  if (outside && crs == XQ_PLAN_CRS_DEGREES)
    {
      if (!mixed && looks_swapped (&all))
        {
          swapped = TRUE;
          *remark = g_strdup (_ ("latitude stands before longitude in this file; they were exchanged"));
        }
      else
        {
          crs = XQ_PLAN_CRS_METRES;
          *remark = g_strdup (
              named ? _ ("the file names a system in degrees but its numbers cannot be degrees; they were taken for metres")
                    : _ ("the numbers cannot be degrees; they were taken for metres"));
        }
    }
  else if (!outside && named && crs == XQ_PLAN_CRS_MERCATOR && small.n > 0)
    {
      crs = XQ_PLAN_CRS_DEGREES;
      *remark = g_strdup (_ ("the file names a system in metres but its numbers look like degrees; they were taken for degrees"));
    }
  else if (name != NULL && !named)
    *remark = g_strdup_printf (_ ("the coordinate system “%s” is not known; the numbers were taken for degrees"), name);

  centre = find_centre (shapes, n, foreign);
  if (swapped)
    centre = (XqPlanPoint){ centre.y, centre.x };
  xq_plan_projection_init (projection, crs, &centre);
  projection->swapped = swapped;
}
