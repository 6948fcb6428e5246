/* history, undo and redo. */

#include "xq-cli-context.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "xq-journal.h"

typedef struct {
  XqCliScope scope;
  guint limit;
  GPtrArray *entries;
} History;

static gpointer
history_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  History *history = data;
  gint64 unit = 0;

  /* Without --unit: everything, also what touched no unit. */
  if (history->scope.unit_text != NULL)
    {
      if (!xq_cli_scope_resolve (&history->scope, tx, error))
        return NULL;
      unit = history->scope.unit->id;
    }
  history->entries = xq_journal_list (tx, unit, history->limit, error);
  return GINT_TO_POINTER (history->entries != NULL);
}

/* The journal keeps UTC; people read their own clock. */
static char *
local_time (const char *utc)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (utc, zone);
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup (utc);
}

static void
print_history_json (GPtrArray *entries)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "entries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    {
      const XqJournalEntry *entry = g_ptr_array_index (entries, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_id (builder, "entry", entry->entry);
      xq_cli_json_set_text (builder, "time", entry->time);
      xq_cli_json_set_text (builder, "actor", entry->actor);
      xq_cli_json_set_text (builder, "label", entry->label);
      if (entry->undoes != 0)
        xq_cli_json_set_id (builder, "undoes", entry->undoes);
      else
        xq_cli_json_set_text (builder, "undoes", NULL);
      if (entry->redoes != 0)
        xq_cli_json_set_id (builder, "redoes", entry->redoes);
      else
        xq_cli_json_set_text (builder, "redoes", NULL);
      xq_cli_json_set_boolean (builder, "undone", entry->undone);
      xq_cli_json_set_int (builder, "units", entry->n_units);
      xq_cli_json_set_int (builder, "changes", entry->n_cells);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

/* @format takes the number of the entry undone or redone, and its label. */
static char *
format_step (const char *format, gint64 of, const char *label)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, of);

  return g_strdup_printf (format, number, label);
}

static void
print_history_text (GPtrArray *entries)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("rllrl");
  const char *heading[] = { _ ("No."), _ ("Time"), _ ("Who"), _ ("Changes"), _ ("Step") };

  xq_cli_table_add_row (table, heading);
  xq_cli_table_add_rule (table);
  for (guint i = 0; i < entries->len; i++)
    {
      const XqJournalEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->entry);
      g_autofree char *time = local_time (entry->time);
      g_autofree char *changes = g_strdup_printf ("%u", entry->n_cells);
      g_autofree char *step = NULL;
      const char *cells[5] = { number, time, entry->actor, changes, NULL };

      if (entry->undoes != 0)
        step = format_step (_ ("Undo %s: %s"), entry->undoes, entry->label);
      else if (entry->redoes != 0)
        step = format_step (_ ("Redo %s: %s"), entry->redoes, entry->label);
      else if (entry->undone)
        step = g_strdup_printf (_ ("%s (undone)"), entry->label);
      else
        step = g_strdup (entry->label);
      cells[4] = step;
      xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
}

static gboolean
run_history (XqCli *cli, GError **error)
{
  g_autoptr (XqStore) store = NULL;
  gint64 limit = G_MAXINT32;
  History history = { 0 };
  gboolean done;

  if (!xq_arguments_get_int (cli->arguments, XQ_OPTION_LIMIT, 1, G_MAXINT32, &limit, error)
      || !xq_cli_scope_init (&history.scope, cli, error))
    return FALSE;
  history.limit = (guint) limit;
  store = xq_cli_open (cli, FALSE, error);
  if (store == NULL)
    return FALSE;
  done = xq_store_read (store, history_job, &history, G_CANCELLABLE (cli->progress), error) != NULL;
  if (done)
    {
      if (cli->json)
        print_history_json (history.entries);
      else if (history.entries->len == 0)
        printf ("%s\n", _ ("Nothing has been changed yet."));
      else
        print_history_text (history.entries);
    }
  g_clear_pointer (&history.entries, g_ptr_array_unref);
  xq_cli_scope_clear (&history.scope);
  return done && xq_store_close (store, error);
}

static gboolean
step (XqCli *cli, gboolean redo, GError **error)
{
  g_autoptr (XqStore) store = xq_cli_open (cli, TRUE, error);
  g_autofree char *label = NULL;

  if (store == NULL)
    return FALSE;
  label = redo ? xq_store_redo (store, G_CANCELLABLE (cli->progress), error) : xq_store_undo (store, G_CANCELLABLE (cli->progress), error);
  if (label == NULL || !xq_store_close (store, error))
    return FALSE;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, redo ? "redone" : "undone", label);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    printf (redo ? _ ("Redone: %s\n") : _ ("Undone: %s\n"), label);
  return TRUE;
}

static gboolean
run_undo (XqCli *cli, GError **error)
{
  return step (cli, FALSE, error);
}

static gboolean
run_redo (XqCli *cli, GError **error)
{
  return step (cli, TRUE, error);
}

const XqCliCommand XQ_COMMANDS_JOURNAL[] = {
  { "history", "FILE", NULL, N_ ("list who changed what and when, newest first"), 1,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_LIMIT), run_history },
  { "undo", "FILE", NULL, N_ ("undo the last step"), 1, 0, run_undo },
  { "redo", "FILE", NULL, N_ ("redo the step undone last"), 1, 0, run_redo },
  { NULL },
};
