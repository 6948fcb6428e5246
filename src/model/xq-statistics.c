#include "xq-statistics.h"

#include <math.h>

#define Z95 1.959963984540054

void
xq_wilson_interval (gint64 k, gint64 n, double *low, double *high)
{
  double p, z2, centre, half;

  g_return_if_fail (n >= 0 && k >= 0 && k <= n);

  if (n == 0)
    {
      *low = 0;
      *high = 1;
      return;
    }
  p = (double)k / (double)n;
  z2 = Z95 * Z95;
  centre = (p + z2 / (2.0 * n)) / (1 + z2 / n);
  half = Z95 * sqrt (p * (1 - p) / n + z2 / (4.0 * n * n)) / (1 + z2 / n);
  /* The bound at the very end is exact; rounding must not leave it a hair off. */
  *low = k == 0 ? 0 : MAX (0, centre - half);
  *high = k == n ? 1 : MIN (1, centre + half);
}

double
xq_two_proportion_z (gint64 k1, gint64 n1, gint64 k2, gint64 n2)
{
  double pooled, variance;

  if (n1 <= 0 || n2 <= 0)
    return 0;
  pooled = (double)(k1 + k2) / (double)(n1 + n2);
  variance = pooled * (1 - pooled) * (1.0 / n1 + 1.0 / n2);
  if (variance <= 0)
    return 0;
  return ((double)k1 / n1 - (double)k2 / n2) / sqrt (variance);
}

void
xq_largest_remainder (gint64 whole, const gint64 *weights, guint n, gint64 *shares)
{
  __extension__ typedef __int128 wide;
  g_autofree gint64 *remainders = NULL;
  gboolean negative = whole < 0;
  gint64 rest = negative ? -whole : whole;
  wide total = 0;
  gint64 given = 0;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      g_return_if_fail (weights[i] >= 0);
      total += weights[i];
    }

  remainders = g_new (gint64, n);
  for (guint i = 0; i < n; i++)
    {
      /* Where nothing weighs anything all weigh the same. */
      wide product = (wide)rest * (total > 0 ? weights[i] : 1);
      wide base = total > 0 ? total : n;

      shares[i] = (gint64)(product / base);
      remainders[i] = (gint64)(product % base);
      given += shares[i];
    }
  for (rest -= given; rest > 0; rest--)
    {
      guint best = 0;

      for (guint i = 1; i < n; i++)
        if (remainders[i] > remainders[best])
          best = i;
      shares[best]++;
      remainders[best] = -1;
    }
  if (negative)
    for (guint i = 0; i < n; i++)
      shares[i] = -shares[i];
}

double
xq_nice_step (double low, double high, int wanted)
{
  static const double multiples[] = { 1, 2, 5, 10 };
  double range = high - low, raw, magnitude;

  if (!(range > 0) || !isfinite (range))
    return 1;
  raw = range / MAX (wanted, 1);
  magnitude = pow (10, floor (log10 (raw)));
  for (guint i = 0; i < G_N_ELEMENTS (multiples); i++)
    /* A hair of tolerance: 0.6 / 3 must give 0.2, not 0.5. */
    if (multiples[i] * magnitude >= raw * (1 - 1e-9))
      return multiples[i] * magnitude;
  return 10 * magnitude;
}

char *
xq_format_count (gint64 value)
{
  GString *text = g_string_new (NULL);
  guint64 magnitude = value < 0 ? (guint64)0 - (guint64)value : (guint64)value;

  g_string_printf (text, "%" G_GUINT64_FORMAT, magnitude);
  for (gssize at = (gssize)text->len - 3; at > 0; at -= 3)
    g_string_insert_c (text, at, ',');
  if (value < 0)
    g_string_prepend (text, "\xe2\x88\x92");
  return g_string_free (text, FALSE);
}

char *
xq_format_share (double share)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (share))
    return g_strdup ("—");
  return g_strconcat (g_ascii_formatd (digits, sizeof digits, "%.1f", share * 100), "%", NULL);
}

char *
xq_format_points (double difference)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  double tenths = round (difference * 1000);

  if (!isfinite (difference))
    return g_strdup ("—");
  g_ascii_formatd (digits, sizeof digits, "%.1f", fabs (tenths) / 10);
  return g_strconcat (tenths > 0 ? "+" : tenths < 0 ? "\xe2\x88\x92" : "", digits, NULL);
}
