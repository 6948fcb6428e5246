#include "xq-sample-random.h"

void
xq_sample_random_init (XqSampleRandom *random, const char *format, ...)
{
  g_autofree char *seed = NULL;
  va_list args;

  va_start (args, format);
  seed = g_strdup_vprintf (format, args);
  va_end (args);

  /* FNV-1a */
  random->state = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  for (const char *p = seed; *p != '\0'; p++)
    random->state = (random->state ^ (guchar)*p) * G_GUINT64_CONSTANT (0x100000001b3);
}

/* SplitMix64, by Sebastiano Vigna (public domain). */
guint64
xq_sample_random_next (XqSampleRandom *random)
{
  guint64 z;

  random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  z = random->state;
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

gint64
xq_sample_random_range (XqSampleRandom *random, gint64 low, gint64 high)
{
  g_return_val_if_fail (low <= high, low);

  /* The bias of the remainder does not matter at these sizes. */
  return low + (gint64)(xq_sample_random_next (random) % (guint64)(high - low + 1));
}

gboolean
xq_sample_random_chance (XqSampleRandom *random, int permille)
{
  return xq_sample_random_range (random, 0, 999) < permille;
}

guint
xq_sample_random_pick (XqSampleRandom *random, const int *weights, guint n)
{
  gint64 sum = 0, at;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  g_return_val_if_fail (sum > 0, 0);

  at = xq_sample_random_range (random, 0, sum - 1);
  for (guint i = 0; i < n; i++)
    {
      at -= weights[i];
      if (at < 0)
        return i;
    }
  g_return_val_if_reached (0);
}

gint64
xq_sample_random_quantile (XqSampleRandom *random, const int *quantiles, guint n)
{
  gint64 at = xq_sample_random_range (random, 0, (n - 1) * G_GINT64_CONSTANT (1000) - 1);
  guint i = at / 1000;

  return quantiles[i] + (quantiles[i + 1] - quantiles[i]) * (at % 1000) / 1000;
}

gint64
xq_sample_random_wobble (XqSampleRandom *random, gint64 spread)
{
  gint64 a = xq_sample_random_range (random, -spread, spread), b = xq_sample_random_range (random, -spread, spread);

  return (a + b) / 2;
}

void
xq_sample_random_shuffle (XqSampleRandom *random, guint *values, guint n)
{
  for (guint i = n; i > 1; i--)
    {
      guint j = xq_sample_random_range (random, 0, i - 1), kept = values[i - 1];

      values[i - 1] = values[j];
      values[j] = kept;
    }
}

typedef struct
{
  gint64 remainder;
  guint index;
} Remainder;

static int
compare_remainders (gconstpointer a, gconstpointer b)
{
  const Remainder *x = a, *y = b;

  if (x->remainder != y->remainder)
    return x->remainder > y->remainder ? -1 : 1;
  return x->index < y->index ? -1 : 1;
}

void
xq_sample_apportion (gint64 total, const gint64 *weights, const gint64 *limits, gint64 *shares, guint n)
{
  g_autofree Remainder *remainders = g_new (Remainder, n);
  gint64 left = total;

  for (guint i = 0; i < n; i++)
    shares[i] = 0;
  /* Those that are full drop out; what is left goes to the others in a further round. */
  while (left > 0)
    {
      gint64 sum = 0, round = left;
      guint open = 0;

      for (guint i = 0; i < n; i++)
        if (weights[i] > 0 && (limits == NULL || shares[i] < limits[i]))
          sum += weights[i];
      g_return_if_fail (sum > 0);
      for (guint i = 0; i < n; i++)
        {
          gint64 share;

          if (weights[i] <= 0 || (limits != NULL && shares[i] >= limits[i]))
            continue;
          share = round * weights[i] / sum;
          remainders[open++] = (Remainder){ round * weights[i] % sum, i };
          if (limits != NULL)
            share = MIN (share, limits[i] - shares[i]);
          shares[i] += share;
          left -= share;
        }
      qsort (remainders, open, sizeof (Remainder), compare_remainders);
      for (guint i = 0; i < open && left > 0; i++)
        if (limits == NULL || shares[remainders[i].index] < limits[remainders[i].index])
          {
            shares[remainders[i].index]++;
            left--;
          }
    }
}
