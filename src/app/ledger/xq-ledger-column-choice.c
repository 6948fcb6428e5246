#include "xq-ledger-column-choice.h"

static const char *const kind_names[] = { "compounds", "originals", "buildings" };

/* What the setting says about @kind: the names, or %NULL when it says nothing. */
static char **
find_names (const char *setting, XqLedgerKind kind)
{
  g_auto (GStrv) parts = g_strsplit (setting != NULL ? setting : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *colon = strchr (parts[i], ':');

      if (colon != NULL && strlen (kind_names[kind]) == (gsize)(colon - parts[i]) && g_str_has_prefix (parts[i], kind_names[kind]))
        return g_strsplit (colon + 1, ",", -1);
    }
  return NULL;
}

static gboolean
is_possible (const XqLedgerColumn *column, XqLedgerKind kind, gboolean locked, guint has)
{
  return (column->kinds & (1u << kind)) != 0 && (column->frozen || !locked)
         && ((has & XQ_LEDGER_HAS_KIT) != 0 || column->type != XQ_LEDGER_CELL_KIT)
         && ((has & XQ_LEDGER_HAS_CHECKLISTS) != 0 || strcmp (column->id, "ticked") != 0)
         && (column->needs == 0 || (has & XQ_LEDGER_HAS_MECHANISM (column->needs - 1)) != 0);
}

guint
xq_ledger_column_choice_ask (const XqScheme *scheme)
{
  guint n_items, has = 0;

  xq_scheme_get_kit (scheme, &n_items);
  if (n_items > 0)
    has |= XQ_LEDGER_HAS_KIT;
  if (xq_scheme_get_ticked_list (scheme, 1) != NULL)
    has |= XQ_LEDGER_HAS_CHECKLISTS;
  for (guint i = 0; i < XQ_N_MECHANISMS; i++)
    if (xq_scheme_has_mechanism (scheme, (XqMechanism)i))
      has |= XQ_LEDGER_HAS_MECHANISM (i);
  return has;
}

GPtrArray *
xq_ledger_column_choice_list (XqLedgerKind kind, gboolean locked, guint has)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (const XqLedgerColumn *column = xq_ledger_get_columns (); column->id != NULL; column++)
    if (is_possible (column, kind, locked, has))
      g_ptr_array_add (columns, (gpointer)column);
  return columns;
}

/* Of the three counts of members the one that founds branches is among the usual columns. */
static gboolean
is_usual (const XqLedgerColumn *column, const char *founding_basis)
{
  static const char *const counts[] = { XQ_MEASURE_RESIDENT_FULL, XQ_MEASURE_FORMAL_FULL, XQ_MEASURE_CHECKED_IN, NULL };

  if (founding_basis == NULL || !g_strv_contains (counts, column->id))
    return column->by_default;
  return strcmp (column->id, founding_basis) == 0;
}

GPtrArray *
xq_ledger_column_choice_read (const char *setting, XqLedgerKind kind, gboolean locked, guint has,
                              const char *founding_basis)
{
  g_auto (GStrv) names = find_names (setting, kind);
  GPtrArray *columns = g_ptr_array_new ();

  for (const XqLedgerColumn *column = xq_ledger_get_columns (); column->id != NULL && columns->len < XQ_LEDGER_MAX_COLUMNS;
       column++)
    {
      /* A row without its name is no row. */
      gboolean chosen = strcmp (column->id, "name") == 0
                        || (names != NULL ? g_strv_contains ((const char *const *)names, column->id)
                                          : is_usual (column, founding_basis));

      if (chosen && is_possible (column, kind, locked, has))
        g_ptr_array_add (columns, (gpointer)column);
    }
  return columns;
}

char *
xq_ledger_column_choice_write (const char *setting, XqLedgerKind kind, GPtrArray *columns)
{
  GString *result = g_string_new (NULL);

  for (guint k = 0; k < G_N_ELEMENTS (kind_names); k++)
    {
      g_auto (GStrv) names = k != kind ? find_names (setting, (XqLedgerKind)k) : NULL;

      if (k == kind && columns != NULL)
        {
          names = g_new0 (char *, columns->len + 1);
          for (guint i = 0; i < columns->len; i++)
            names[i] = g_strdup (((const XqLedgerColumn *)g_ptr_array_index (columns, i))->id);
        }
      if (names != NULL)
        {
          g_autofree char *list = g_strjoinv (",", names);

          g_string_append_printf (result, "%s%s:%s", result->len > 0 ? ";" : "", kind_names[k], list);
        }
    }
  return g_string_free (result, FALSE);
}
