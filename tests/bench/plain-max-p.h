#pragma once

#include "xq-plan-problem.h"

/**
 * A plain max-p heuristic, for comparison: regions grown from random seeds until they reach the floor, leftovers put beside,
 * many times over, the most regions kept (construction), then simulated annealing of single moves that leave a region able,
 * toward sums that allow another region. Runs until the seconds are over; returns the regions.
 */
guint plain_max_p (const XqPlanProblem *problem, double seconds);
