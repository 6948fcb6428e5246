/*
 * xq-edit FILE UNIT COLUMN TEXT   sets one cell as the ledger does, as one step of the journal
 * xq-edit FILE --hold             holds the document open for writing until its input ends
 */

#include <stdio.h>
#include <string.h>

#include "xq-ledger.h"
#include "xq-locale.h"

typedef struct {
  const char *unit;
  const char *column;
  const char *text;
} Edit;

static gpointer
edit_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Edit *edit = data;
  g_autoptr (XqUnit) unit = xq_unit_resolve (tx, edit->unit, error);

  if (unit == NULL)
    return NULL;
  return GINT_TO_POINTER (xq_ledger_set_cell (tx, unit->id, edit->column, edit->text, error));
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_autoptr (XqStore) store = xq_store_open (argv[1], XQ_STORE_READ_WRITE, error);

  if (store == NULL)
    return FALSE;
  if (strcmp (argv[2], "--hold") == 0)
    {
      puts ("open");
      fflush (stdout);
      while (getchar () != EOF)
        ;
    }
  else
    {
      Edit edit = { argv[2], argv[3], argv[4] };
      g_autofree char *label = g_strdup_printf ("%s: %s", argv[2], argv[3]);

      if (xq_store_write (store, label, edit_job, &edit, NULL, error) == NULL)
        return FALSE;
    }
  return xq_store_close (store, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  xq_locale_init ();
  if (argc != 5 && argc != 3)
    {
      fputs ("xq-edit FILE UNIT COLUMN TEXT | FILE --hold\n", stderr);
      return 2;
    }
  if (run (argc, argv, &error))
    return 0;
  fprintf (stderr, "%s\n", error->message);
  return 1;
}
