#pragma once

/* Private to the planner: numbers that are the same on every machine (splitmix64). */

#include <glib.h>

G_BEGIN_DECLS

static inline guint64
xq_plan_mix (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static inline guint64
xq_plan_random (guint64 *state)
{
  *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return xq_plan_mix (*state);
}

/** 0 … @below − 1. */
static inline guint
xq_plan_random_below (guint64 *state, guint below)
{
  return (guint)(((xq_plan_random (state) >> 32) * below) >> 32);
}

G_END_DECLS
