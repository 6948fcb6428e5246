#include "store-fixture.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "xq-file-system.h"
#include "xq-maintenance.h"

/*
 * A process that edits is killed at random moments, again and again. Afterwards the document opens and is sound, every edit that
 * was acknowledged is there, and none is there by half: each writes three rows of two tables, and undoes and redoes some.
 */

#define N_EDITS 1000
/* The longest a process lives; most are killed earlier. */
#define LONGEST_MS 250

typedef struct
{
  gint64 unit;
  int number;
} Step;

static gpointer
make_edit (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Step *step = data;
  g_autoptr (XqRecord) compound = xq_record_find (tx, &XQ_COMPOUND, XQ_COMPOUND_UNIT, step->unit, error);

  if (compound == NULL)
    {
      compound = xq_record_new (&XQ_COMPOUND);
      xq_record_set_int (compound, XQ_COMPOUND_UNIT, step->unit);
      if (xq_record_insert (tx, compound, error) == 0)
        return NULL;
    }
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (XqRecord) note = xq_record_new (&XQ_NOTE);
      g_autofree char *title = g_strdup_printf ("edit %d", step->number);

      xq_record_set_int (note, XQ_NOTE_UNIT, step->unit);
      xq_record_set_text (note, XQ_NOTE_TITLE, title);
      xq_record_set_int (note, XQ_NOTE_QUANTITY, step->number);
      if (xq_record_insert (tx, note, error) == 0)
        return NULL;
      if (i == 0)
        {
          xq_record_set_int (compound, XQ_COMPOUND_HOUSEHOLDS, step->number);
          if (!xq_record_update (tx, compound, FALSE, error))
            return NULL;
        }
    }
  return NULL;
}

/* The process that edits: says the number of each edit once it is done. */
static int
edit_until_killed (const char *path, int first, int last, gboolean network)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) store = NULL;
  Step step;

  xq_file_system_override_network (network);
  store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  if (store == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  step.unit = fixture_unit (store, "丰润园");
  for (step.number = first; step.number <= last; step.number++)
    {
      g_autofree char *line = g_strdup_printf ("%d\n", step.number);

      fixture_write (store, "edit", make_edit, &step);
      /* Some take the way over undo and redo, which are commands, too. */
      if (step.number % 7 == 0)
        {
          g_free (xq_store_undo (store, NULL, &error));
          g_assert_no_error (error);
          g_free (xq_store_redo (store, NULL, &error));
          g_assert_no_error (error);
        }
      if (write (STDOUT_FILENO, line, strlen (line)) < 0)
        return 1;
    }
  return 0;
}

typedef struct
{
  const char *program;
  int n_edits;
  gboolean network;
} Run;

/* Runs it until it is killed or done; the last number it said, or @last. */
static int
run_and_kill (const Run *run, const char *path, int last, GRand *random)
{
  g_autofree char *first = g_strdup_printf ("%d", last + 1);
  g_autofree char *end = g_strdup_printf ("%d", run->n_edits);
  const char *const arguments[] = { run->program, "--edit", path, first, end, run->network ? "1" : "0", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) said = g_string_new (NULL);
  int out, status, lines = 0;
  GPid child;
  char buffer[4096];
  ssize_t n;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **)arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child, NULL,
                                           &out, NULL, &error));
  g_assert_no_error (error);
  /* From the first sign of life on, so that not all are killed before they have begun; but some while they open. */
  if (g_rand_int_range (random, 0, 5) > 0 && (n = read (out, buffer, sizeof buffer)) > 0)
    g_string_append_len (said, buffer, n);
  g_usleep ((gulong)g_rand_int_range (random, 0, LONGEST_MS * 1000));
  kill (child, SIGKILL);
  while ((n = read (out, buffer, sizeof buffer)) > 0)
    g_string_append_len (said, buffer, n);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0);
  close (out);
  g_spawn_close_pid (child);
  for (char *line = said->str; *line != '\0'; line = strchr (line, '\n') + 1, lines++)
    g_assert_cmpint (atoi (line), ==, last + 1 + lines);
  return last + lines;
}

static void
assert_whole (const char *path, int acknowledged, int *present)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *edits = NULL;
  g_autofree char *pairs = NULL;
  g_autofree char *households = NULL;
  g_autofree char *facts = NULL;

  g_assert_no_error (error);
  problems = xq_store_verify (store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *)g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_true (xq_store_close (store, &error));
  g_assert_no_error (error);

  edits = fixture_query (path, "SELECT ifnull(max(quantity), 0) FROM note");
  *present = atoi (edits);
  /* The kill may have come between the commit and the word. */
  g_assert_cmpint (*present, >=, acknowledged);
  g_assert_cmpint (*present, <=, acknowledged + 1);
  pairs = fixture_query (path, "SELECT count(*) FROM (SELECT quantity FROM note GROUP BY quantity HAVING count(*) = 2)");
  g_assert_cmpint (atoi (pairs), ==, *present);
  households = fixture_query (path, "SELECT ifnull(max(households), 0) FROM compound");
  g_assert_cmpint (atoi (households), ==, *present);
  facts = fixture_query (path, "SELECT households FROM fact WHERE unit = (SELECT id FROM unit WHERE name = '丰润园')");
  g_assert_cmpint (atoi (facts), ==, *present);
}

static void
test_kill (gconstpointer data)
{
  const Run *run = data;
  char *folder = fixture_folder ();
  g_autofree char *path = fixture_path (folder, "a.xiaoqu");
  g_autofree char *names = NULL;
  GRand *random = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  int present = 0, kills = 0;

  g_object_unref (fixture_create (folder, "a.xiaoqu"));
  while (present < run->n_edits)
    {
      int acknowledged = run_and_kill (run, path, present, random);

      assert_whole (path, acknowledged, &present);
      kills++;
    }
  g_test_message ("%d edits, %d kills", present, kills);
  g_assert_cmpint (kills, >, 1);
  names = fixture_list (folder);
  g_assert_cmpstr (names, ==, "a.xiaoqu");
  g_rand_free (random);
  fixture_folder_free (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 6 && strcmp (argv[1], "--edit") == 0)
    return edit_until_killed (argv[2], atoi (argv[3]), atoi (argv[4]), atoi (argv[5]));
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store/kill/edits", &(Run){ argv[0], N_EDITS, FALSE }, test_kill);
  /* The rollback journal of a network file system is another way to be whole. */
  g_test_add_data_func ("/store/kill/edits-exclusive", &(Run){ argv[0], N_EDITS / 10, TRUE }, test_kill);
  return g_test_run ();
}
