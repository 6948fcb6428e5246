#pragma once

#include <stdlib.h>
#include <time.h>

#include <glib.h>

/* Times of one thing done several times; the median is what is told. */
typedef struct {
  double samples[1001];
  int n;
} BenchTimer;

/** Seconds on @clock: CLOCK_MONOTONIC, or CLOCK_PROCESS_CPUTIME_ID for work without waiting for the disk. */
static inline double
bench_now (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec + (double) time.tv_nsec * 1e-9;
}

static inline void
bench_timer_add (BenchTimer *timer, double seconds)
{
  g_assert (timer->n < (int) G_N_ELEMENTS (timer->samples));
  timer->samples[timer->n++] = seconds;
}

static inline int
bench_compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/** Milliseconds. */
static inline double
bench_timer_median (BenchTimer *timer)
{
  qsort (timer->samples, timer->n, sizeof timer->samples[0], bench_compare);
  return timer->samples[timer->n / 2] * 1000;
}
