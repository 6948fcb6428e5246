/* xiaoqu-cli: every capability of the program without a display (DESIGN §6). */

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "xq-cli-context.h"
#include "xq-locale.h"

static const XqCliCommand *const GROUPS[] = {
  XQ_COMMANDS_DOCUMENT, XQ_COMMANDS_TREE,    XQ_COMMANDS_FIGURES, XQ_COMMANDS_PERIOD,
  XQ_COMMANDS_OUTPUT,   XQ_COMMANDS_JOURNAL, XQ_COMMANDS_CHECK,
  XQ_COMMANDS_RECORD,
  XQ_COMMANDS_PLAN,
  XQ_COMMANDS_SCENARIO,
  XQ_COMMANDS_IMPORT,
  XQ_COMMANDS_UNIT,
  XQ_COMMANDS_SCHEME,
};

static const XqCliCommand *
find_command (const char *name)
{
  for (guint g = 0; g < G_N_ELEMENTS (GROUPS); g++)
    for (const XqCliCommand *command = GROUPS[g]; command->name != NULL; command++)
      if (strcmp (command->name, name) == 0)
        return command;
  return NULL;
}

/* The usage line: what must stand there, then what may, in brackets. */
static char *
usage_line (const XqCliCommand *command)
{
  GString *line = g_string_new (NULL);

  g_string_printf (line, "xiaoqu-cli %s %s", command->name, command->positionals);
  if (command->required != NULL)
    g_string_append_printf (line, " %s", command->required);
  for (int i = 0; i < XQ_N_OPTIONS; i++)
    {
      g_autofree char *option = xq_option_format (i);

      if (i != XQ_OPTION_JSON && i != XQ_OPTION_HELP && i != XQ_OPTION_VERSION && xq_cli_command_takes (command, i)
          && (command->required == NULL || strstr (command->required, option) == NULL))
        g_string_append_printf (line, " [%s]", option);
    }
  return g_string_free (line, FALSE);
}

static void
print_help (void)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("lll");

  printf (_ ("Usage: xiaoqu-cli COMMAND … [OPTION …]\n\n"));
  for (guint g = 0; g < G_N_ELEMENTS (GROUPS); g++)
    for (const XqCliCommand *command = GROUPS[g]; command->name != NULL; command++)
      {
        const char *cells[] = { "", command->name, _ (command->summary) };

        xq_cli_table_add_row (table, cells);
      }
  xq_cli_table_print (table);
  printf ("\n%s\n%s\n", _ ("“xiaoqu-cli COMMAND --help” shows what a command takes; --json prints one JSON document."),
          _ ("Exit status: 0 done, 1 failed, 2 wrong usage, 3 input rejected (nothing was changed)."));
  printf ("%s\n", _ ("Classified information must not be entered or processed; this does not replace the national information "
                     "system of Party members."));
}

static void
print_command_help (const XqCliCommand *command)
{
  g_autofree char *usage = usage_line (command);
  g_autoptr (XqCliTable) table = xq_cli_table_new ("lll");

  printf (_ ("Usage: %s\n"), usage);
  printf ("%s\n\n", _ (command->summary));
  for (int i = 0; i < XQ_N_OPTIONS; i++)
    {
      g_autofree char *option = xq_option_format (i);
      const char *cells[] = { "", option, xq_option_get_description (i) };

      if (xq_cli_command_takes (command, i))
        xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
}

/* Finds the command and holds what was given against what it takes. */
static const XqCliCommand *
choose_command (const XqArguments *arguments, GError **error)
{
  const GPtrArray *positionals = arguments->positionals;
  const XqCliCommand *command;

  if (positionals->len == 0)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("no command given; see --help"));
      return NULL;
    }
  command = find_command (g_ptr_array_index (positionals, 0));
  if (command == NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("there is no command “%s”; see --help"),
                   (const char *) g_ptr_array_index (positionals, 0));
      return NULL;
    }
  if (arguments->options[XQ_OPTION_HELP] != NULL)
    return command;
  for (int i = 0; i < XQ_N_OPTIONS; i++)
    if (arguments->options[i] != NULL && !xq_cli_command_takes (command, i))
      {
        g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” takes no option “--%s”; see “%s”"), command->name,
                     xq_option_get_name (i), "--help");
        return NULL;
      }
  if (positionals->len < command->n_positionals + 1 || positionals->len - command->n_positionals - 1 > command->n_more)
    {
      g_autofree char *usage = usage_line (command);

      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("wrong number of arguments; write “%s”"), usage);
      return NULL;
    }
  return command;
}

/*
 * Ctrl+C ends long work in good order: a half-made file is taken away again. The commands block, so a thread of its own
 * waits for signals, and on a terminal shows how far the work has come.
 */
typedef struct {
  GMainContext *context;
  XqProgress *progress;
  gint64 shown; /* percent */
} Watch;

static gboolean
on_signal (gpointer data)
{
  XqProgress *progress = data;

  if (g_cancellable_is_cancelled (G_CANCELLABLE (progress)))
    _exit (XQ_EXIT_FAILED); /* asked a second time */
  g_cancellable_cancel (G_CANCELLABLE (progress));
  return G_SOURCE_CONTINUE;
}

static void
on_progress (XqProgress *progress, GParamSpec *pspec, Watch *self)
{
  gint64 total = xq_progress_get_total (progress);
  gint64 percent = total > 0 ? xq_progress_get_done (progress) * 100 / total : 0;

  if (percent == self->shown)
    return;
  self->shown = percent;
  fprintf (stderr, percent < 100 ? "\r%3" G_GINT64_FORMAT "%%" : "\r    \r", percent);
}

static gpointer
run_watch (gpointer data)
{
  Watch *self = data;
  g_autoptr (GMainLoop) loop = g_main_loop_new (self->context, FALSE);

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (loop); /* until the program ends */
  return NULL;
}

static void
start_watching (Watch *self)
{
  static const int SIGNALS[] = { SIGINT, SIGTERM };

  for (guint i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    {
      g_autoptr (GSource) source = g_unix_signal_source_new (SIGNALS[i]);

      g_source_set_callback (source, on_signal, self->progress, NULL);
      g_source_attach (source, self->context);
    }
  if (isatty (STDERR_FILENO))
    g_signal_connect (self->progress, "notify", G_CALLBACK (on_progress), self);
  g_thread_unref (g_thread_new ("watch", run_watch, self));
}

/* Progress is notified in the context that it was made in: the watching thread's. */
static void
init_watch (Watch *self)
{
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->progress = xq_progress_new ();
  g_main_context_pop_thread_default (self->context);
}

/* What was printed must have reached its file: a full disk is an error too. */
static gboolean
flush_output (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_FAILED, _ ("the output could not be written; make room on the disk and try again"));
  return FALSE;
}

static gboolean
run (XqCli *cli, XqArguments *arguments, Watch *watch, int argc, char **argv, GError **error)
{
  gboolean parsed = xq_arguments_parse (arguments, argc, argv, error);

  cli->json = arguments->options[XQ_OPTION_JSON] != NULL;
  if (!parsed)
    return FALSE;
  if (arguments->options[XQ_OPTION_VERSION] != NULL)
    {
      printf ("xiaoqu-cli %s\n", XIAOQU_VERSION);
      return flush_output (error);
    }
  if (arguments->options[XQ_OPTION_HELP] != NULL && arguments->positionals->len == 0)
    {
      print_help ();
      return flush_output (error);
    }
  cli->command = choose_command (arguments, error);
  if (cli->command == NULL)
    return FALSE;
  if (arguments->options[XQ_OPTION_HELP] != NULL)
    {
      print_command_help (cli->command);
      return flush_output (error);
    }
  start_watching (watch);
  return cli->command->run (cli, error) && flush_output (error);
}

int
main (int argc, char **argv)
{
  static Watch watch; /* the watching thread lives as long as the program */
  g_autoptr (XqArguments) arguments = NULL;
  g_autoptr (GError) error = NULL;
  XqCli cli = { 0 };
  int status = XQ_EXIT_DONE;

  xq_locale_init ();
  /* Past a file size limit a write is to fail like any other, not to kill the program. */
  signal (SIGXFSZ, SIG_IGN);
  arguments = xq_arguments_new ();
  init_watch (&watch);
  cli.arguments = arguments;
  cli.progress = watch.progress;
  if (!run (&cli, arguments, &watch, argc, argv, &error))
    {
      /* What was printed before stands before the error. */
      fflush (stdout);
      xq_cli_error_print (error, cli.where, cli.json);
      status = xq_cli_error_get_status (error);
    }
  g_free (cli.where);
  return status;
}
