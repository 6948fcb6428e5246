/* The checklists of a scheme. */

#include <glib/gi18n-lib.h>

#include "xq-scheme-private.h"

#define MOST_POINTS 1000

/* The states a point of a list goes through, whatever a scheme calls them. */
static const char *const states[] = { "none", "partial", "done", NULL };

typedef struct
{
  GPtrArray *labels, *ids; /* %NULL-terminated in the end */
  GArray *scores;          /* int */
  gboolean scored;
} Items;

/* Either a text, or an object with an id, a text and its most points. A blank text is left for the district to fill in. */
static gboolean
read_item (XqScheme *scheme, const XqJson *json, Items *items, GError **error)
{
  static const char *const keys[] = { "id", "label", "score", NULL };
  const char *label, *id = NULL;
  int score = 0;

  if (json->node != NULL && JSON_NODE_HOLDS_OBJECT (json->node))
    {
      XqJson id_json = xq_json_member (json, "id"), label_json = xq_json_member (json, "label");
      XqJson score_json = xq_json_member (json, "score");

      if (!xq_json_check_object (json, keys, error) || !xq_scheme_read_id (scheme, &id_json, &id, error)
          || !xq_json_get_text (&label_json, TRUE, &label, error)
          || !xq_scheme_read_number (&score_json, 1, MOST_POINTS, &score, error))
        return FALSE;
      items->scored |= xq_json_is_present (&score_json);
      for (guint i = 0; i < items->ids->len; i++)
        if (g_str_equal (items->ids->pdata[i], id))
          return xq_json_fail (&id_json, error, _ ("“%s” stands in the list twice"), id);
    }
  else
    {
      g_autofree char *number = g_strdup_printf ("%u", items->ids->len + 1);

      if (!xq_json_get_text (json, TRUE, &label, error))
        return FALSE;
      id = g_string_chunk_insert_const (scheme->strings, number);
    }
  g_ptr_array_add (items->labels, g_string_chunk_insert_const (scheme->strings, label));
  g_ptr_array_add (items->ids, (char *)id);
  g_array_append_val (items->scores, score);
  return TRUE;
}

static gboolean
read_states (XqScheme *scheme, const XqJson *json, GArray *read, GError **error)
{
  static const char *const keys[] = { "id", "label", NULL };
  guint n;
  int last = -1;

  if (!xq_json_check_array (json, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (json, i), id = xq_json_member (&element, "id"), label = xq_json_member (&element, "label");
      XqSchemeItem state;
      int index;

      if (!xq_json_check_object (&element, keys, error) || !xq_json_get_choice (&id, states, &index, error)
          || !xq_scheme_read_text (scheme, &label, &state.label, error))
        return FALSE;
      if (index <= last)
        return xq_json_fail (&id, error, _ ("states go from none over partial to done"));
      last = index;
      state.id = states[index];
      g_array_append_val (read, state);
    }
  if (n > 0 && (n < 2 || !g_str_equal (g_array_index (read, XqSchemeItem, n - 1).id, "done")))
    return xq_json_fail (json, error, _ ("must have two states at least, the last of them “done”"));
  return TRUE;
}

static gboolean
read_checklist (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "id", "label", "items", "states", "level", "period", "ours", NULL };
  XqJson id = xq_json_member (json, "id"), label = xq_json_member (json, "label"), items = xq_json_member (json, "items");
  XqJson states_json = xq_json_member (json, "states"), level = xq_json_member (json, "level");
  XqJson period = xq_json_member (json, "period"), ours = xq_json_member (json, "ours");
  XqSchemeChecklist list = { .level = XQ_LEVEL_COMPOUND };
  g_autoptr (GPtrArray) labels = g_ptr_array_new (), ids = g_ptr_array_new ();
  g_autoptr (GArray) scores = g_array_new (FALSE, FALSE, sizeof (int)), read = g_array_new (FALSE, FALSE, sizeof (XqSchemeItem));
  Items made = { .labels = labels, .ids = ids, .scores = scores };

  if (!xq_json_check_object (json, keys, error) || !xq_scheme_read_id (scheme, &id, &list.id, error)
      || !xq_scheme_read_text (scheme, &label, &list.label, error) || !xq_json_check_array (&items, &list.n_items, error)
      || !xq_scheme_check_unique (&id, list.id, scheme->checklists->data, scheme->checklists->len, sizeof list, error))
    return FALSE;
  for (guint i = 0; i < list.n_items; i++)
    {
      XqJson element = xq_json_element (&items, i);

      if (!read_item (scheme, &element, &made, error))
        return FALSE;
    }
  if ((xq_json_is_present (&states_json) && !read_states (scheme, &states_json, read, error))
      || (xq_json_is_present (&level) && !xq_scheme_read_level (&level, &list.level, error))
      || !xq_scheme_read_flag (&ours, &list.ours, error))
    return FALSE;
  list.by_period = xq_json_is_present (&period);
  if (list.by_period && !xq_scheme_read_period_kind (&period, &list.period_kind, error))
    return FALSE;

  g_ptr_array_add (labels, NULL);
  g_ptr_array_add (ids, NULL);
  list.items = (const char *const *)g_ptr_array_steal (labels, NULL);
  list.item_ids = (const char *const *)g_ptr_array_steal (ids, NULL);
  if (made.scored)
    list.scores = (const int *)(gconstpointer)g_array_steal (scores, NULL);
  list.n_states = read->len;
  if (read->len > 0)
    list.states = (const XqSchemeItem *)(gconstpointer)g_array_steal (read, NULL);
  g_array_append_val (scheme->checklists, list);
  return TRUE;
}

gboolean
xq_scheme_read_checklists (XqScheme *scheme, const XqJson *json, GError **error)
{
  guint n;

  if (!xq_json_check_array (json, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (json, i);

      if (!read_checklist (scheme, &element, error))
        return FALSE;
    }
  return TRUE;
}
