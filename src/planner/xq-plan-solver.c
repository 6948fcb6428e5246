#include "xq-plan-solver.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "xq-plan-problem.h"
#include "xq-plan-wire.h"

/* How soon a solver is killed after the word to stop. */
#define WATCH_MS 25

XqPlanProgram *
xq_plan_program_new (guint n_rows)
{
  XqPlanProgram *program = g_new0 (XqPlanProgram, 1);
  guint32 zero = 0;

  program->n_rows = n_rows;
  program->low = g_new0 (double, n_rows + 1);
  program->high = g_new0 (double, n_rows + 1);
  program->cost = g_array_new (FALSE, FALSE, sizeof (double));
  program->start = g_array_new (FALSE, FALSE, sizeof (guint32));
  program->row = g_array_new (FALSE, FALSE, sizeof (guint32));
  program->value = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (program->start, zero);
  return program;
}

void
xq_plan_program_free (XqPlanProgram *program)
{
  if (program == NULL)
    return;
  g_free (program->low);
  g_free (program->high);
  g_array_unref (program->cost);
  g_array_unref (program->start);
  g_array_unref (program->row);
  g_array_unref (program->value);
  g_free (program->hint);
  g_free (program);
}

void
xq_plan_program_add_column (XqPlanProgram *program, double cost)
{
  guint32 end = program->row->len;

  g_array_append_val (program->cost, cost);
  g_array_append_val (program->start, end);
}

void
xq_plan_program_add_entry (XqPlanProgram *program, guint row, double value)
{
  guint32 of = row;

  g_array_append_val (program->row, of);
  g_array_append_val (program->value, value);
  g_array_index (program->start, guint32, program->start->len - 1)++;
}

guint
xq_plan_program_count (const XqPlanProgram *program)
{
  return program->cost->len;
}

void
xq_plan_solution_clear (XqPlanSolution *solution)
{
  g_clear_pointer (&solution->x, g_free);
  g_clear_pointer (&solution->dual, g_free);
}

gboolean
xq_plan_limit_is_reached (XqPlanLimit *limit)
{
  if (g_atomic_int_get (&limit->ran_out))
    return TRUE;
  if (g_get_monotonic_time () < limit->deadline && !(limit->cancellable != NULL && g_cancellable_is_cancelled (limit->cancellable)))
    return FALSE;
  g_atomic_int_set (&limit->ran_out, 1);
  return TRUE;
}

/* Beside the program that runs: installed, or in the build directory (src/cli, src/app, tests/…). */
static char *
find_beside (void)
{
  static const char *const places[] = {
    "../libexec/xiaoqu-solve", "../lib/xiaoqu-solve", "xiaoqu-solve", "../planner/xiaoqu-solve", "../../src/planner/xiaoqu-solve",
  };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static const char *
find_program (void)
{
  static gsize once;
  static char *program;

  if (g_once_init_enter (&once))
    {
      const char *given = g_getenv ("XIAOQU_SOLVE");

      program = given != NULL ? g_strdup (given) : find_beside ();
      if (program == NULL)
        program = g_strdup (XIAOQU_LIBEXECDIR "/xiaoqu-solve");
      g_once_init_leave (&once, 1);
    }
  return program;
}

/* FALSE when it has to stop, or the other end is gone. */
static gboolean
wait_for (int file, short event, XqPlanLimit *limit)
{
  for (;;)
    {
      struct pollfd entry = { .fd = file, .events = event };

      if (xq_plan_limit_is_reached (limit))
        return FALSE;
      if (poll (&entry, 1, WATCH_MS) > 0)
        return (entry.revents & (event | POLLHUP)) != 0;
    }
}

static gboolean
send_all (int file, gconstpointer from, gsize size, XqPlanLimit *limit)
{
  const char *at = from;

  while (size > 0)
    {
      gssize put;

      if (!wait_for (file, POLLOUT, limit))
        return FALSE;
      put = send (file, at, size, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (put < 0 && (errno == EAGAIN || errno == EINTR))
        continue;
      if (put <= 0)
        return FALSE;
      at += put;
      size -= (gsize)put;
    }
  return TRUE;
}

static gboolean
receive_all (int file, gpointer into, gsize size, XqPlanLimit *limit)
{
  char *at = into;

  while (size > 0)
    {
      gssize got;

      if (!wait_for (file, POLLIN, limit))
        return FALSE;
      got = recv (file, at, size, MSG_DONTWAIT);
      if (got < 0 && (errno == EAGAIN || errno == EINTR))
        continue;
      if (got <= 0)
        return FALSE;
      at += got;
      size -= (gsize)got;
    }
  return TRUE;
}

static gboolean
talk (int file, const XqPlanProgram *program, XqPlanLimit *limit, XqPlanSolution *solution)
{
  guint n = xq_plan_program_count (program);
  XqPlanWireRequest request = {
    .magic = XQ_PLAN_WIRE_MAGIC,
    .n_rows = program->n_rows,
    .n_columns = n,
    .n_entries = program->row->len,
    .integer = program->integer,
    .max_nodes = program->max_nodes,
    .max_iterations = program->max_iterations,
    .has_hint = program->hint != NULL,
  };
  XqPlanWireReply reply;

  if (!send_all (file, &request, sizeof request, limit) || !send_all (file, program->low, sizeof (double) * program->n_rows, limit)
      || !send_all (file, program->high, sizeof (double) * program->n_rows, limit)
      || !send_all (file, program->cost->data, sizeof (double) * n, limit)
      || !send_all (file, program->start->data, sizeof (guint32) * (n + 1), limit)
      || !send_all (file, program->row->data, sizeof (guint32) * program->row->len, limit)
      || !send_all (file, program->value->data, sizeof (double) * program->value->len, limit)
      || (program->hint != NULL && !send_all (file, program->hint, sizeof (double) * n, limit)))
    return FALSE;
  if (!receive_all (file, &reply, sizeof reply, limit) || reply.magic != XQ_PLAN_WIRE_MAGIC || reply.status == XQ_PLAN_WIRE_FAILED)
    return FALSE;
  if (reply.has_x)
    {
      solution->x = g_new (double, n + 1);
      if (!receive_all (file, solution->x, sizeof (double) * n, limit))
        return FALSE;
    }
  if (reply.has_dual)
    {
      solution->dual = g_new (double, program->n_rows + 1);
      if (!receive_all (file, solution->dual, sizeof (double) * program->n_rows, limit))
        return FALSE;
    }
  solution->objective = reply.objective;
  solution->bound = reply.bound;
  solution->status = reply.status == XQ_PLAN_WIRE_OPTIMAL      ? XQ_PLAN_SOLVED_OPTIMAL
                     : reply.status == XQ_PLAN_WIRE_INFEASIBLE ? XQ_PLAN_SOLVED_INFEASIBLE
                                                               : XQ_PLAN_SOLVED_LIMIT;
  return TRUE;
}

/* FALSE with @error where the program cannot be started. */
static gboolean
try_once (const XqPlanProgram *program, XqPlanLimit *limit, XqPlanSolution *solution, gboolean *answered, GError **error)
{
  const char *const command[] = { find_program (), NULL };
  int ends[2], status;
  GPid child;
  g_autoptr (GError) trouble = NULL;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_SOLVER, _ ("The solver cannot be started: %s"), g_strerror (errno));
      return FALSE;
    }
  if (!g_spawn_async_with_fds (NULL, (char **)command, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child, ends[1], ends[1], -1,
                               &trouble))
    {
      close (ends[0]);
      close (ends[1]);
      g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_SOLVER, _ ("The solver cannot be started: %s; install the program again"),
                   trouble->message);
      return FALSE;
    }
  close (ends[1]);
  *answered = talk (ends[0], program, limit, solution);
  close (ends[0]);
  if (!*answered)
    {
      xq_plan_solution_clear (solution);
      kill (child, SIGKILL);
    }
  while (waitpid (child, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (child);
  return TRUE;
}

gboolean
xq_plan_solve (const XqPlanProgram *program, XqPlanLimit *limit, XqPlanSolution *solution, GError **error)
{
  /* A crash is often not repeated. */
  for (int attempt = 0; attempt < 2; attempt++)
    {
      gboolean answered;

      *solution = (XqPlanSolution){ .status = XQ_PLAN_SOLVED_FAILED, .bound = -INFINITY };
      if (xq_plan_limit_is_reached (limit))
        {
          solution->status = XQ_PLAN_SOLVED_STOPPED;
          return TRUE;
        }
      if (!try_once (program, limit, solution, &answered, error))
        return FALSE;
      if (answered)
        return TRUE;
    }
  solution->status = xq_plan_limit_is_reached (limit) ? XQ_PLAN_SOLVED_STOPPED : XQ_PLAN_SOLVED_FAILED;
  return TRUE;
}
