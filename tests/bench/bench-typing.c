/*
 * bench-typing FILE [all]: the real window on FILE (which it writes to), the ledger of its first district or of all: a cell is
 * edited as someone types it, and the time told is from Enter until the frame that shows the new value has been painted. The next
 * cell is begun once the findings have been read anew, which the window does when nobody has typed for a moment.
 *
 * Prints "typing MILLISECONDS", the median over several rows, "typing-cpu MILLISECONDS", the processor time of the whole program
 * meanwhile, and "rows NUMBER" of the list. Whatever is waited for has a limit;
 * past it, or when the window shows a message instead, the program ends with what went wrong.
 */

#include "bench-timer.h"

#include <stdio.h>

#include "xq-application.h"
#include "xq-finding.h"
#include "xq-ledger-editor.h"
#include "xq-ledger-grid.h"
#include "xq-ledger-page.h"
#include "xq-locale.h"
#include "xq-window.h"

enum
{
  ROUNDS = 20,
  WARM_UP = 2,
  PATIENCE_S = 60,
  FINDINGS_PATIENCE_S = 300,
  CHECK_EVERY_MS = 100
};

static const char COLUMN[] = "households";

typedef struct
{
  XqWindow *window;
  GtkWidget *page;
  XqLedgerGrid *grid;
  guint column;       /* where COLUMN stands */
  guint position;     /* the row that is edited */
  gint64 expected;    /* what its cell is to show */
  gboolean in_frame;  /* the row held it when the frame began */
  double painted;     /* when that frame was done; 0: not yet */
  double painted_cpu; /* the processor time used by then */
  guint stamp;        /* of the findings before the edit */
} Bench;

typedef gboolean (*Condition) (Bench *bench);

/* ---- Waiting ---- */

static G_GNUC_PRINTF (1, 2) void die (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vfprintf (stderr, format, arguments);
  va_end (arguments);
  fputc ('\n', stderr);
  exit (1);
}

/* Ends where the window shows a message: what is waited for will not come. */
static void
die_of_message (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (ADW_IS_MESSAGE_DIALOG (link->data))
      die ("the window shows a message: %s: %s", adw_message_dialog_get_heading (link->data),
           adw_message_dialog_get_body (link->data));
}

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_within (Bench *bench, Condition condition, int seconds, const char *what)
{
  double end = bench_now (CLOCK_MONOTONIC) + seconds;
  guint source = g_timeout_add (CHECK_EVERY_MS, wake, NULL);

  while (!condition (bench))
    {
      die_of_message ();
      if (bench_now (CLOCK_MONOTONIC) > end)
        die ("waited %d s in vain for %s", seconds, what);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (source);
}

static void
wait_for (Bench *bench, Condition condition, const char *what)
{
  wait_within (bench, condition, PATIENCE_S, what);
}

/* ---- What is waited for ---- */

static XqContext *
context_of (Bench *bench)
{
  return xq_window_get_context (bench->window);
}

static XqLedgerModel *
model_of (Bench *bench)
{
  return XQ_LEDGER_MODEL (gtk_multi_selection_get_model (GTK_MULTI_SELECTION (xq_ledger_grid_get_selection (bench->grid))));
}

static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_store (Bench *bench)
{
  return xq_context_get_store (context_of (bench)) != NULL;
}

static gboolean
has_page (Bench *bench)
{
  bench->page = find_widget (GTK_WIDGET (bench->window), XQ_TYPE_LEDGER_PAGE);
  return bench->page != NULL && gtk_widget_get_mapped (bench->page);
}

static gboolean
has_findings (Bench *bench)
{
  return xq_findings_get_ready (xq_context_get_findings (context_of (bench)));
}

static gboolean
is_listed (Bench *bench)
{
  XqLedgerModel *model = model_of (bench);

  return !xq_ledger_model_get_loading (model) && xq_ledger_model_get_request (model) != NULL
         && xq_ledger_request_get_query (xq_ledger_model_get_request (model))->unit == xq_context_get_unit (context_of (bench))
         && xq_ledger_model_peek_row (model, bench->position) != NULL;
}

static guint
get_stamp (Bench *bench)
{
  guint stamp;

  g_object_get (xq_context_get_findings (context_of (bench)), "stamp", &stamp, NULL);
  return stamp;
}

static gboolean
has_new_findings (Bench *bench)
{
  return get_stamp (bench) != bench->stamp;
}

static gboolean
has_cursor (Bench *bench)
{
  guint position, column;
  GdkRectangle area;

  return xq_ledger_grid_get_cursor (bench->grid, &position, &column) && position == bench->position && column == bench->column
         && xq_ledger_grid_get_cell_area (bench->grid, position, column, &area);
}

static GtkWidget *
editor_of (Bench *bench)
{
  return find_widget (GTK_WIDGET (bench->grid), XQ_TYPE_LEDGER_EDITOR);
}

static gboolean
is_editing (Bench *bench)
{
  GtkWidget *editor = editor_of (bench);

  return editor != NULL && gtk_widget_get_mapped (editor);
}

static gboolean
is_painted (Bench *bench)
{
  return bench->painted > 0;
}

static gboolean
is_done (Bench *bench)
{
  return !is_editing (bench) && is_listed (bench);
}

/* ---- Frames ---- */

static const XqLedgerCell *
peek_cell (Bench *bench)
{
  const XqLedgerColumn *column = g_ptr_array_index (xq_ledger_grid_get_columns (bench->grid), bench->column);
  const XqLedgerRow *row = xq_ledger_model_peek_row (model_of (bench), bench->position);

  return row != NULL ? &row->cells[xq_ledger_model_column_index (model_of (bench), column)] : NULL;
}

/* A row that takes a value has its cells drawn in the next frame: the one that begins with the value in the row. */
static void
on_before_paint (GdkFrameClock *clock, Bench *bench)
{
  const XqLedgerCell *cell = bench->expected != 0 ? peek_cell (bench) : NULL;

  bench->in_frame = cell != NULL && !cell->is_null && cell->number == bench->expected;
}

static void
on_after_paint (GdkFrameClock *clock, Bench *bench)
{
  GdkRectangle area;

  if (!bench->in_frame || is_painted (bench))
    return;
  if (!xq_ledger_grid_get_cell_area (bench->grid, bench->position, bench->column, &area))
    die ("row %u is not in view", bench->position);
  bench->painted = bench_now (CLOCK_MONOTONIC);
  bench->painted_cpu = bench_now (CLOCK_PROCESS_CPUTIME_ID);
}

/* ---- The run ---- */

static gpointer
districts_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_finding_list_districts (tx, error);
}

/* The ledger of @all or of the first district, with everything read that is read when a document is opened. */
static void
open_ledger (Bench *bench, const char *path, gboolean all)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) districts = NULL;
  GPtrArray *columns;

  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1440, 900);
  gtk_window_present (GTK_WINDOW (bench->window));
  xq_window_open (bench->window, path, NULL, NULL);
  wait_for (bench, has_store, "the document to open");
  districts = xq_store_read (xq_context_get_store (context_of (bench)), districts_job, NULL, NULL, &error);
  if (districts == NULL || districts->len == 0)
    die ("%s", error != NULL ? error->message : "there is no district");
  gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.show-unit", "x", all ? 0 : g_array_index (districts, gint64, 0));
  gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.show-page", "s", "ledger");
  wait_for (bench, has_page, "the ledger");
  bench->grid = XQ_LEDGER_GRID (find_widget (bench->page, XQ_TYPE_LEDGER_GRID));
  wait_for (bench, is_listed, "its list");
  wait_within (bench, has_findings, FINDINGS_PATIENCE_S, "the findings");
  columns = xq_ledger_grid_get_columns (bench->grid);
  while (bench->column < columns->len
         && !g_str_equal (((const XqLedgerColumn *)g_ptr_array_index (columns, bench->column))->id, COLUMN))
    bench->column++;
  if (bench->column == columns->len)
    die ("the ledger does not show the column %s", COLUMN);
}

/* Types another number into a row and presses Enter; adds the time until it is painted. */
static void
edit_row (Bench *bench, guint position, BenchTimer *timer, BenchTimer *cpu)
{
  g_autofree char *text = NULL;
  GtkWidget *entry;
  const XqLedgerCell *cell;
  double start, start_cpu;

  bench->position = position;
  wait_for (bench, is_listed, "the row");
  xq_ledger_grid_move_cursor (bench->grid, position, bench->column, TRUE);
  wait_for (bench, has_cursor, "the cursor");
  gtk_widget_activate_action (GTK_WIDGET (bench->grid), "ledger.edit", NULL);
  wait_for (bench, is_editing, "the editor");
  cell = peek_cell (bench);
  text = g_strdup_printf ("%" G_GINT64_FORMAT, (cell->is_null ? 0 : cell->number) + 1);
  entry = find_widget (editor_of (bench), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  bench->expected = g_ascii_strtoll (text, NULL, 10);
  bench->painted = 0;
  bench->stamp = get_stamp (bench);
  start_cpu = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  start = bench_now (CLOCK_MONOTONIC);
  g_signal_emit_by_name (entry, "activate");
  wait_for (bench, is_painted, "the new value");
  bench->expected = 0;
  wait_for (bench, is_done, "the editor to close");
  wait_for (bench, has_new_findings, "the findings after the edit");
  bench_timer_add (timer, bench->painted - start);
  bench_timer_add (cpu, bench->painted_cpu - start_cpu);
}

static gboolean
is_closed (Bench *bench)
{
  return bench->window == NULL;
}

/* Closes the document as a user does, so that it is whole for the next run. */
static void
close_window (Bench *bench)
{
  g_object_add_weak_pointer (G_OBJECT (bench->window), (gpointer *)&bench->window);
  gtk_window_close (GTK_WINDOW (bench->window));
  wait_for (bench, is_closed, "the window to close");
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  BenchTimer timer = { .n = 0 }, cpu = { .n = 0 };
  g_autoptr (XqApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  GdkFrameClock *clock;

  if (argc < 2 || argc > 3 || (argc == 3 && !g_str_equal (argv[2], "all")))
    return 2;
  xq_locale_init ();
  application = xq_application_new (G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    die ("%s", error->message);
  g_application_hold (G_APPLICATION (application));
  bench.window = XQ_WINDOW (xq_window_new (GTK_APPLICATION (application)));
  open_ledger (&bench, argv[1], argc == 3);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench.window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), &bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &bench);
  for (guint i = 0; i < WARM_UP + ROUNDS; i++)
    {
      /* The first ones fill caches. */
      if (i == WARM_UP)
        timer.n = cpu.n = 0;
      edit_row (&bench, i, &timer, &cpu);
    }
  printf ("typing %.3f\n", bench_timer_median (&timer));
  printf ("typing-cpu %.3f\n", bench_timer_median (&cpu));
  printf ("rows %u\n", xq_ledger_model_get_n_items (model_of (&bench)));
  g_signal_handlers_disconnect_by_data (clock, &bench);
  close_window (&bench);
  return 0;
}
