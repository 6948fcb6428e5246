#include "xq-fact-slots.h"

#include <string.h>

char *
xq_fact_slots_describe (const XqScheme *scheme)
{
  GString *text = g_string_new ("[");
  const XqSchemeChecklist *list;

  /* Ids hold no character that JSON would have to escape. */
  for (guint number = 1; (list = xq_scheme_get_ticked_list (scheme, number)) != NULL; number++)
    for (guint i = 0; i < list->n_items; i++)
      g_string_append_printf (text, "%s[%u,\"%s\",\"%s\"]", text->len > 1 ? "," : "", number, list->id, list->item_ids[i]);
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

int
xq_fact_slots_count (const XqScheme *scheme, guint number)
{
  const XqSchemeChecklist *list = xq_scheme_get_ticked_list (scheme, number);

  return list != NULL ? (int)list->n_items : -1;
}

int
xq_fact_slots_get_column (guint number)
{
  char name[16];

  g_snprintf (name, sizeof name, "set_%u", number);
  return xq_fact_column_find (name, -1);
}

int
xq_fact_slots_get_list_column (guint number)
{
  char name[32];

  if (number == 1)
    return xq_fact_column_find ("set_complete", -1);
  g_snprintf (name, sizeof name, "list_%u_complete", number);
  return xq_fact_column_find (name, -1);
}

typedef struct
{
  const char *list, *item; /* borrowed from the words */
  guint number;
} Slot;

/* What @text describes; its words, in threes, are returned in @words. */
static GArray *
read_slots (const char *text, GStrv *words)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "[],\"", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  GArray *slots = g_array_new (FALSE, FALSE, sizeof (Slot));

  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      g_ptr_array_add (kept, g_strdup (*part));
  g_ptr_array_add (kept, NULL);
  for (guint i = 0; i + 3 < kept->len; i += 3)
    {
      Slot slot = { .number = (guint)g_ascii_strtoull (g_ptr_array_index (kept, i), NULL, 10),
                    .list = g_ptr_array_index (kept, i + 1),
                    .item = g_ptr_array_index (kept, i + 2) };

      g_array_append_val (slots, slot);
    }
  *words = (GStrv)g_ptr_array_steal (kept, NULL);
  return slots;
}

/* Where the slots of @then have @list and @item. */
static int
find_item (const GArray *then, const char *list, const char *item)
{
  for (guint i = 0; i < then->len && i < XQ_CHECKLIST_SLOTS; i++)
    if (strcmp (g_array_index (then, Slot, i).list, list) == 0 && strcmp (g_array_index (then, Slot, i).item, item) == 0)
      return xq_fact_slots_get_column (i + 1);
  return -1;
}

static int
find_list (const GArray *then, const char *list)
{
  for (guint i = 0; i < then->len; i++)
    if (strcmp (g_array_index (then, Slot, i).list, list) == 0)
      return xq_fact_slots_get_list_column (g_array_index (then, Slot, i).number);
  return -1;
}

gboolean
xq_fact_slots_map (const XqScheme *scheme, const char *then, int *from)
{
  g_autofree char *now = xq_fact_slots_describe (scheme);
  g_auto (GStrv) present_words = NULL, past_words = NULL;
  g_autoptr (GArray) present = NULL;
  g_autoptr (GArray) past = NULL;

  for (int c = 0; c < XQ_N_FACT_COLUMNS; c++)
    from[c] = c;
  if (then == NULL || strcmp (now, then) == 0)
    return FALSE;
  present = read_slots (now, &present_words);
  past = read_slots (then, &past_words);
  for (guint i = 0; i < present->len && i < XQ_CHECKLIST_SLOTS; i++)
    from[xq_fact_slots_get_column (i + 1)]
        = find_item (past, g_array_index (present, Slot, i).list, g_array_index (present, Slot, i).item);
  for (guint i = 0; i < present->len; i++)
    if (g_array_index (present, Slot, i).number <= XQ_CHECKLIST_LISTS)
      from[xq_fact_slots_get_list_column (g_array_index (present, Slot, i).number)]
          = find_list (past, g_array_index (present, Slot, i).list);
  return TRUE;
}
