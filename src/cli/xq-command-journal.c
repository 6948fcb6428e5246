/* history, undo and redo. */

#include "xq-cli-context.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-history-csv.h"
#include "xq-journal-view.h"

typedef struct {
  XqCliScope scope;
  XqJournalQuery query;
  gboolean cells, full;
  const char *output;
  GPtrArray *entries;
  GPtrArray *rows; /* GPtrArray of XqJournalRow for each entry, where cells are wanted */
} History;

static gboolean
read_rows (XqTransaction *tx, History *history, GError **error)
{
  history->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < history->entries->len; i++)
    {
      const XqJournalEntry *entry = g_ptr_array_index (history->entries, i);
      GPtrArray *rows = xq_journal_describe (tx, entry->entry, 0, 0, history->full, NULL, error);

      if (rows == NULL)
        return FALSE;
      g_ptr_array_add (history->rows, rows);
    }
  return TRUE;
}

static gpointer
history_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  History *history = data;

  /* Without --unit: everything, also what touched no unit. */
  if (history->scope.unit_text != NULL)
    {
      if (!xq_cli_scope_resolve (&history->scope, tx, error))
        return NULL;
      history->query.unit = history->scope.unit->id;
    }
  if (history->output != NULL)
    return GINT_TO_POINTER (xq_history_csv_write (tx, &history->query, history->full, history->output, error));
  history->entries = xq_journal_find (tx, &history->query, NULL, error);
  return GINT_TO_POINTER (history->entries != NULL && (!history->cells || read_rows (tx, history, error)));
}

/* One word of --kind. */
static gboolean
read_kind (XqJournalQuery *query, const char *word, GError **error)
{
  XqJournalKinds kind = xq_journal_kind_from_nick (word);
  XqJournalOperations operation = xq_journal_operation_from_nick (word);

  query->kinds |= kind;
  query->operations |= operation;
  if (kind != 0 || operation != 0)
    return TRUE;
  for (guint i = 0; XQ_RECORD_TYPES[i] != NULL; i++)
    if (strcmp (XQ_RECORD_TYPES[i]->name, word) == 0
        || strcmp (g_dgettext (GETTEXT_PACKAGE, XQ_RECORD_TYPES[i]->label), word) == 0)
      {
        if (query->type != NULL && strcmp (query->type, XQ_RECORD_TYPES[i]->name) != 0)
          {
            g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("--kind takes one kind of record; leave out “%s”"), word);
            return FALSE;
          }
        query->type = XQ_RECORD_TYPES[i]->name;
        return TRUE;
      }
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE,
               _ ("“%s” is no kind of step; give edit, undo, import, lock, scheme, make, add, change, delete or a kind of record such "
                  "as compound"),
               word);
  return FALSE;
}

static gboolean
read_day (XqCli *cli, XqOption option, char **day, GError **error)
{
  const char *text = xq_cli_get_option (cli, option);

  *day = text != NULL ? xq_date_parse (text) : NULL;
  if (text == NULL || *day != NULL)
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” is no day; write it as 2024-09-30"), text);
  return FALSE;
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
print_cells_json (JsonBuilder *builder, GPtrArray *rows)
{
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const XqJournalRow *row = g_ptr_array_index (rows, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "record", row->table);
      xq_cli_json_set_id (builder, "id", row->row);
      xq_cli_json_set_text (builder, "operation", xq_journal_operation_to_nick (row->operation));
      xq_cli_json_set_text (builder, "unit", row->path);
      json_builder_set_member_name (builder, "cells");
      json_builder_begin_array (builder);
      for (guint c = 0; c < row->cells->len; c++)
        {
          const XqJournalCell *cell = g_ptr_array_index (row->cells, c);

          json_builder_begin_object (builder);
          xq_cli_json_set_text (builder, "field", cell->field);
          xq_cli_json_set_text (builder, "old", cell->old_text);
          xq_cli_json_set_text (builder, "new", cell->new_text);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_history_json (const History *history)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "entries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < history->entries->len; i++)
    {
      const XqJournalEntry *entry = g_ptr_array_index (history->entries, i);

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
      xq_cli_json_set_text (builder, "kind", xq_journal_kind_to_nick (entry->kind));
      xq_cli_json_set_int (builder, "added", entry->n_added);
      xq_cli_json_set_int (builder, "changed", entry->n_changed);
      xq_cli_json_set_int (builder, "deleted", entry->n_deleted);
      if (history->rows != NULL)
        print_cells_json (builder, g_ptr_array_index (history->rows, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

static void
print_cells_text (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const XqJournalRow *row = g_ptr_array_index (rows, i);

      printf ("    %s %s  %s\n", xq_history_get_operation_label (row->operation), row->label, row->path != NULL ? row->path : "");
      for (guint c = 0; c < row->cells->len; c++)
        {
          const XqJournalCell *cell = g_ptr_array_index (row->cells, c);

          printf ("      %s: %s → %s\n", cell->field, cell->old_text != NULL ? cell->old_text : "—",
                  cell->new_text != NULL ? cell->new_text : "—");
        }
    }
}

/* @format takes the number of the entry undone or redone, and its label. */
static char *
format_step (const char *format, gint64 of, const char *label)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, of);

  return g_strdup_printf (format, number, label);
}

static char *
dup_step (const XqJournalEntry *entry)
{
  if (entry->undoes != 0)
    return format_step (_ ("Undo %s: %s"), entry->undoes, entry->label);
  if (entry->redoes != 0)
    return format_step (_ ("Redo %s: %s"), entry->redoes, entry->label);
  if (entry->undone)
    return g_strdup_printf (_ ("%s (undone)"), entry->label);
  return g_strdup (entry->label);
}

static void
print_history_text (const History *history)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("rllrl");
  const char *heading[] = { _ ("No."), _ ("Time"), _ ("Who"), _ ("Changes"), _ ("Step") };

  xq_cli_table_add_row (table, heading);
  xq_cli_table_add_rule (table);
  for (guint i = 0; i < history->entries->len; i++)
    {
      const XqJournalEntry *entry = g_ptr_array_index (history->entries, i);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->entry);
      g_autofree char *time = local_time (entry->time);
      g_autofree char *changes = g_strdup_printf ("%u", entry->n_cells);
      g_autofree char *step = dup_step (entry);
      const char *cells[5] = { number, time, entry->actor, changes, step };

      if (history->rows != NULL)
        {
          printf ("%s  %s  %s  %s\n", number, time, entry->actor, step);
          print_cells_text (g_ptr_array_index (history->rows, i));
        }
      else
        xq_cli_table_add_row (table, cells);
    }
  if (history->rows == NULL)
    xq_cli_table_print (table);
}

static void
print_history (XqCli *cli, const History *history)
{
  if (history->output != NULL)
    {
      if (!cli->json)
        printf (_ ("Written to %s\n"), history->output);
      return;
    }
  if (cli->json)
    print_history_json (history);
  else if (history->entries->len == 0)
    printf ("%s\n", _ ("No step of the history is like that."));
  else
    print_history_text (history);
}

static gboolean
read_filters (XqCli *cli, History *history, char **since, char **until, GError **error)
{
  const char *kind = xq_cli_get_option (cli, XQ_OPTION_KIND);
  gint64 limit = 0;

  if (!xq_arguments_get_int (cli->arguments, XQ_OPTION_LIMIT, 1, G_MAXINT32, &limit, error) || !read_day (cli, XQ_OPTION_SINCE, since, error)
      || !read_day (cli, XQ_OPTION_UNTIL, until, error))
    return FALSE;
  history->query.limit = (guint) limit;
  history->query.actor = xq_cli_get_option (cli, XQ_OPTION_ACTOR);
  history->query.since = *since;
  history->query.until = *until;
  history->cells = xq_cli_has_option (cli, XQ_OPTION_CELLS);
  history->full = xq_cli_has_option (cli, XQ_OPTION_FULL);
  history->output = xq_cli_get_option (cli, XQ_OPTION_OUTPUT);
  if (kind != NULL)
    {
      g_auto (GStrv) words = g_strsplit (kind, ",", -1);

      for (guint i = 0; words[i] != NULL; i++)
        if (!read_kind (&history->query, g_strstrip (words[i]), error))
          return FALSE;
    }
  return xq_cli_scope_init (&history->scope, cli, error)
         && (history->output == NULL || xq_cli_check_target (cli, history->output, error));
}

static gboolean
run_history (XqCli *cli, GError **error)
{
  g_autoptr (XqStore) store = NULL;
  g_autofree char *since = NULL, *until = NULL;
  History history = { 0 };
  gboolean done;

  if (!read_filters (cli, &history, &since, &until, error))
    return FALSE;
  store = xq_cli_open (cli, FALSE, error);
  if (store == NULL)
    return FALSE;
  done = xq_store_read (store, history_job, &history, G_CANCELLABLE (cli->progress), error) != NULL;
  if (done)
    print_history (cli, &history);
  g_clear_pointer (&history.entries, g_ptr_array_unref);
  g_clear_pointer (&history.rows, g_ptr_array_unref);
  xq_cli_scope_clear (&history.scope);
  return done && xq_store_close (store, error);
}

/* Everything since an entry, in one transaction. */
static gboolean
undo_to (XqCli *cli, const char *text, GError **error)
{
  g_autoptr (XqStore) store = NULL;
  gint64 entry = 0;

  if (!xq_arguments_get_int (cli->arguments, XQ_OPTION_TO, 1, G_MAXINT32, &entry, error))
    return FALSE;
  store = xq_cli_open (cli, TRUE, error);
  if (store == NULL || !xq_store_undo_to (store, entry, G_CANCELLABLE (cli->progress), error) || !xq_store_close (store, error))
    return FALSE;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_id (builder, "undone_to", entry);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    printf (_ ("Undone back to step %s\n"), text);
  return TRUE;
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
  const char *to = xq_cli_get_option (cli, XQ_OPTION_TO);

  if (to != NULL)
    return undo_to (cli, to, error);
  return step (cli, FALSE, error);
}

static gboolean
run_redo (XqCli *cli, GError **error)
{
  return step (cli, TRUE, error);
}

const XqCliCommand XQ_COMMANDS_JOURNAL[] = {
  { "history", "FILE", NULL, N_ ("list who changed what and when, newest first"), 1,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_LIMIT) | XQ_OPTION_BIT (XQ_OPTION_ACTOR) | XQ_OPTION_BIT (XQ_OPTION_SINCE)
        | XQ_OPTION_BIT (XQ_OPTION_UNTIL) | XQ_OPTION_BIT (XQ_OPTION_KIND) | XQ_OPTION_BIT (XQ_OPTION_CELLS) | XQ_OPTION_BIT (XQ_OPTION_FULL)
        | XQ_OPTION_BIT (XQ_OPTION_OUTPUT),
    run_history },
  { "undo", "FILE", NULL, N_ ("undo the last step, or all steps after one"), 1, XQ_OPTION_BIT (XQ_OPTION_TO), run_undo },
  { "redo", "FILE", NULL, N_ ("redo the step undone last"), 1, 0, run_redo },
  { NULL },
};
