/*
 * The least a window of this kind can do, as a reference:
 *
 * bench-window bare      an empty Adwaita window
 * bench-window columns   a GtkColumnView of twelve columns of plain labels and a thousand rows
 *
 * Prints "painted MICROSECONDS" (on g_get_monotonic_time's clock) after the first frame and ends; for columns also
 * "present MICROSECONDS", when the view was put into the window that stood there already.
 */

#include <stdio.h>

#include <adwaita.h>

enum { N_COLUMNS = 12, N_ROWS = 1000 };

typedef struct {
  gboolean columns;
  GtkWidget *bin;
  int frames;
} Bench;

static void
print_time (const char *name)
{
  printf ("%s %" G_GINT64_FORMAT "\n", name, g_get_monotonic_time ());
  fflush (stdout);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkStringObject *string = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (string));
}

static GtkWidget *
make_columns (void)
{
  GtkStringList *strings = gtk_string_list_new (NULL);
  GtkWidget *view, *scroller = gtk_scrolled_window_new ();

  for (int i = 0; i < N_ROWS; i++)
    {
      g_autofree char *text = g_strdup_printf ("小区 %d", i);

      gtk_string_list_append (strings, text);
    }
  view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (strings))));
  for (int i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column = gtk_column_view_column_new ("列", factory);

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
      g_object_unref (column);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  return scroller;
}

static void
on_after_paint (GdkFrameClock *clock, Bench *bench)
{
  bench->frames++;
  if (bench->columns && bench->frames == 1)
    {
      print_time ("present");
      adw_bin_set_child (ADW_BIN (bench->bin), make_columns ());
      return;
    }
  print_time ("painted");
  g_application_quit (g_application_get_default ());
}

static void
on_activate (GtkApplication *application, Bench *bench)
{
  GtkWidget *window = adw_application_window_new (application);

  bench->bin = adw_bin_new ();
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), bench->bin);
  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint), bench);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  Bench bench = { .columns = argc > 1 && g_str_equal (argv[1], "columns") };
  g_autoptr (AdwApplication) application = adw_application_new ("org.xiaoqu.Bench", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &bench);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
