#include "xq-ledger-cell-view.h"

#include <glib/gi18n-lib.h>

/* Headings in a few characters; what is not here is called in full. */
static const struct
{
  const char *id;
  const char *title;
} titles[] = {
  { "kind", NC_ ("column", "Kind") },
  { "buildings", NC_ ("column", "Bldgs") },
  { "households", NC_ ("column", "Households") },
  { "residents", NC_ ("column", "Residents") },
  { "resident_full", NC_ ("column", "Members") },
  { "formal_full", NC_ ("column", "Formal") },
  { "checked_in", NC_ ("column", "Checked in") },
  { "organisation", NC_ ("column", "Organisation") },
  { "organisation_name", NC_ ("column", "Organisation's name") },
  { "founded", NC_ ("column", "Founded") },
  { "body", NC_ ("column", "Owners' body") },
  { "body_name", NC_ ("column", "Body's name") },
  { "body_term_end", NC_ ("column", "Term ends") },
  { "service", NC_ ("column", "Property") },
  { "firm", NC_ ("column", "Firm") },
  { "satisfaction", NC_ ("column", "Satisfaction") },
  { "three_none", NC_ ("column", "Three-none") },
  { "original_compounds", NC_ ("column", "Originals") },
};

XqLedgerLook *
xq_ledger_look_new (const XqScheme *scheme)
{
  XqLedgerLook *look = g_new0 (XqLedgerLook, 1);
  const char *basis = xq_scheme_get_founding_basis (scheme);
  const XqSchemeItem *items;
  guint n_items;

  look->founding_members = xq_scheme_get_founding_members (scheme);
  look->founding_column = g_strdup (basis);
  look->kit_label = g_strdup (xq_scheme_get_kit_label (scheme));
  items = xq_scheme_get_kit (scheme, &n_items);
  look->kit_items = g_new0 (char *, n_items + 1);
  for (guint i = 0; i < n_items; i++)
    look->kit_items[i] = g_strdup (items[i].label);
  return look;
}

void
xq_ledger_look_free (XqLedgerLook *look)
{
  if (look == NULL)
    return;
  g_free (look->founding_column);
  g_free (look->kit_label);
  g_strfreev (look->kit_items);
  g_free (look);
}

const char *
xq_ledger_look_get_title (const XqLedgerLook *look, const XqLedgerColumn *column)
{
  if (column->type == XQ_LEDGER_CELL_KIT && look != NULL && look->kit_label != NULL)
    return look->kit_label;
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].id, column->id) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "column", titles[i].title);
  return g_dgettext (GETTEXT_PACKAGE, column->label);
}

static void
append_kit (GString *words, const XqLedgerLook *look, const char *marks)
{
  for (guint i = 0; look->kit_items[i] != NULL && marks[i] != '\0'; i++)
    g_string_append_printf (words, "%s%s%s", i > 0 ? _ (", ") : "", look->kit_items[i], marks[i] == '1' ? "✓" : "✗");
}

char *
xq_ledger_look_describe (const XqLedgerLook *look, const XqLedgerColumn *column, const XqLedgerRow *row, int index)
{
  const XqLedgerCell *cell = &row->cells[index];
  GString *words = g_string_new (NULL);

  if (cell->is_null)
    g_string_append (words, _ ("no entry"));
  else if (column->type == XQ_LEDGER_CELL_KIT && look != NULL)
    append_kit (words, look, cell->text);
  else if (column->type == XQ_LEDGER_CELL_SATISFACTION && cell->suppressed)
    g_string_append_printf (words, _ ("too few answers (%d)"), (int)cell->denominator);
  else if (column->type == XQ_LEDGER_CELL_SATISFACTION)
    g_string_append_printf (words, _ ("%s of %d answers"), cell->text, (int)cell->denominator);
  else
    g_string_append (words, cell->text);
  if (column->type == XQ_LEDGER_CELL_BODY && cell->denominator > 1)
    g_string_append_printf (words, _ (" (%d of %d property areas)"), (int)cell->number, (int)cell->denominator);
  if (strcmp (column->id, "name") == 0 && row->unit->level == XQ_LEVEL_COMPOUND && row->in_force && row->is_covered_known)
    g_string_append_printf (words, "%s%s", _ (", "),
                            xq_enum_label (&XQ_ENUM_COVERAGE, xq_enum_nick (&XQ_ENUM_COVERAGE, row->coverage)));
  return g_string_free (words, FALSE);
}
