/* Those sections of a scheme that are lists of things with an id. */

#include <glib/gi18n-lib.h>

#include "xq-scheme-private.h"

#define MOST_WORKING_DAYS 250

/* Reads each element with @read. What a scheme lists stands in place of the standard one's. */
static gboolean
read_all (XqScheme *scheme, const XqJson *json, GArray *list, gboolean (*read) (XqScheme *, const XqJson *, GError **),
          GError **error)
{
  guint n;

  if (!xq_json_check_array (json, &n, error))
    return FALSE;
  g_array_set_size (list, 0);
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (json, i);

      if (!read (scheme, &element, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
xq_scheme_read_list (XqScheme *scheme, XqSchemeList list, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "id", "label", "closed", NULL };
  GArray *items = scheme->lists[list];
  guint n;

  if (!xq_json_check_array (json, &n, error))
    return FALSE;
  g_array_set_size (items, 0);
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (json, i), id = xq_json_member (&element, "id"), label = xq_json_member (&element, "label");
      XqJson closed = xq_json_member (&element, "closed");
      XqSchemeItem item = { 0 };

      if (!xq_json_check_object (&element, keys, error) || !xq_scheme_read_id (scheme, &id, &item.id, error)
          || !xq_scheme_read_text (scheme, &label, &item.label, error) || !xq_scheme_read_flag (&closed, &item.closed, error)
          || !xq_scheme_check_unique (&id, item.id, items->data, items->len, sizeof item, error))
        return FALSE;
      g_array_append_val (items, item);
    }
  return TRUE;
}

static gboolean
read_post (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "id", "label", "level", "officer", "closed", NULL };
  XqJson id = xq_json_member (json, "id"), label = xq_json_member (json, "label"), level = xq_json_member (json, "level");
  XqJson officer = xq_json_member (json, "officer"), closed = xq_json_member (json, "closed");
  XqSchemePost post = { 0 };

  if (!xq_json_check_object (json, keys, error) || !xq_scheme_read_id (scheme, &id, &post.id, error)
      || !xq_scheme_read_text (scheme, &label, &post.label, error) || !xq_scheme_read_level (&level, &post.level, error)
      || !xq_scheme_read_flag (&officer, &post.officer, error) || !xq_scheme_read_flag (&closed, &post.closed, error)
      || !xq_scheme_check_unique (&id, post.id, scheme->posts->data, scheme->posts->len, sizeof post, error))
    return FALSE;
  g_array_append_val (scheme->posts, post);
  return TRUE;
}

gboolean
xq_scheme_read_posts (XqScheme *scheme, const XqJson *json, GError **error)
{
  return read_all (scheme, json, scheme->posts, read_post, error);
}

static gboolean
read_organisation (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "level", "kind", "label", "functional", NULL };
  XqJson level = xq_json_member (json, "level"), kind = xq_json_member (json, "kind"), label = xq_json_member (json, "label");
  XqJson functional = xq_json_member (json, "functional");
  XqSchemeOrganisation step = { 0 };
  guint n = scheme->organisations->len;

  if (!xq_json_check_object (json, keys, error) || !xq_scheme_read_level (&level, &step.level, error)
      || !xq_scheme_read_nick (&kind, &XQ_ENUM_ORGANISATION_KIND, &step.kind, error)
      || !xq_scheme_read_text (scheme, &label, &step.label, error) || !xq_scheme_read_flag (&functional, &step.functional, error))
    return FALSE;
  if (n > 0 && g_array_index (scheme->organisations, XqSchemeOrganisation, n - 1).level > step.level)
    return xq_json_fail (&level, error, _ ("stands above the level before it; the list goes from the top down"));
  g_array_append_val (scheme->organisations, step);
  return TRUE;
}

gboolean
xq_scheme_read_organisations (XqScheme *scheme, const XqJson *json, GError **error)
{
  return read_all (scheme, json, scheme->organisations, read_organisation, error);
}

static gboolean
read_grid (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "role", "label", "organisation", "level", NULL };
  static const char *const roles[] = { "total", "general", "micro", "dedicated", NULL };
  XqJson role = xq_json_member (json, "role"), label = xq_json_member (json, "label"), level = xq_json_member (json, "level");
  XqJson organisation = xq_json_member (json, "organisation");
  XqSchemeGrid grid = { 0 };
  int index;

  if (!xq_json_check_object (json, keys, error) || !xq_json_get_choice (&role, roles, &index, error)
      || !xq_scheme_read_text (scheme, &label, &grid.label, error)
      || !xq_scheme_read_text (scheme, &organisation, &grid.organisation, error)
      || !xq_scheme_read_level (&level, &grid.level, error)
      || !xq_scheme_check_unique (&role, roles[index], scheme->grids->data, scheme->grids->len, sizeof grid, error))
    return FALSE;
  grid.role = roles[index];
  g_array_append_val (scheme->grids, grid);
  return TRUE;
}

gboolean
xq_scheme_read_grids (XqScheme *scheme, const XqJson *json, GError **error)
{
  return read_all (scheme, json, scheme->grids, read_grid, error);
}

static gboolean
read_ticket_level (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "id", "label", "respond_days", "close_days", NULL };
  static const char *const ids[] = { "blue", "yellow", "red", NULL };
  XqJson id = xq_json_member (json, "id"), label = xq_json_member (json, "label");
  XqJson respond = xq_json_member (json, "respond_days"), close = xq_json_member (json, "close_days");
  XqSchemeTicketLevel level = { 0 };
  gint64 days[2];
  int index;

  if (!xq_json_check_object (json, keys, error) || !xq_json_get_choice (&id, ids, &index, error)
      || !xq_scheme_read_text (scheme, &label, &level.label, error)
      || !xq_json_get_int (&respond, 0, MOST_WORKING_DAYS, &days[0], error)
      || !xq_json_get_int (&close, 0, MOST_WORKING_DAYS, &days[1], error)
      || !xq_scheme_check_unique (&id, ids[index], scheme->ticket_levels->data, scheme->ticket_levels->len, sizeof level, error))
    return FALSE;
  if (days[1] < days[0])
    return xq_json_fail (&close, error, _ ("must not be less than respond_days"));
  level.id = ids[index];
  level.respond_days = (int)days[0];
  level.close_days = (int)days[1];
  g_array_append_val (scheme->ticket_levels, level);
  return TRUE;
}

gboolean
xq_scheme_read_ticket_levels (XqScheme *scheme, const XqJson *json, GError **error)
{
  return read_all (scheme, json, scheme->ticket_levels, read_ticket_level, error);
}

static gboolean
read_topic (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "id", "level", "label", "closed", NULL };
  XqJson id = xq_json_member (json, "id"), level = xq_json_member (json, "level"), label = xq_json_member (json, "label");
  XqJson closed = xq_json_member (json, "closed");
  const GArray *levels = scheme->lists[XQ_SCHEME_CONSULTATION_LEVELS];
  XqSchemeTopic topic = { 0 };
  gboolean known = FALSE;

  if (!xq_json_check_object (json, keys, error) || !xq_scheme_read_id (scheme, &level, &topic.level, error)
      || !xq_scheme_read_text (scheme, &label, &topic.label, error) || !xq_scheme_read_flag (&closed, &topic.closed, error))
    return FALSE;
  topic.id = topic.label;
  if ((xq_json_is_present (&id) && !xq_scheme_read_text (scheme, &id, &topic.id, error))
      || !xq_scheme_check_unique (&id, topic.id, scheme->topics->data, scheme->topics->len, sizeof topic, error))
    return FALSE;
  for (guint i = 0; i < levels->len; i++)
    known |= g_str_equal (g_array_index (levels, XqSchemeItem, i).id, topic.level);
  if (!known)
    return xq_json_fail (&level, error, _ ("“%s” is none of $.consultation_levels"), topic.level);
  g_array_append_val (scheme->topics, topic);
  return TRUE;
}

gboolean
xq_scheme_read_topics (XqScheme *scheme, const XqJson *json, GError **error)
{
  return read_all (scheme, json, scheme->topics, read_topic, error);
}

gboolean
xq_scheme_read_bodies (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "firm", "no_firm", "three_none", NULL };

  G_STATIC_ASSERT (G_N_ELEMENTS (keys) == XQ_N_BODY_RULES + 1);
  if (!xq_json_check_object (json, keys, error))
    return FALSE;
  for (guint i = 0; i < XQ_N_BODY_RULES; i++)
    {
      XqJson member = xq_json_member (json, keys[i]);

      if (xq_json_is_present (&member) && !xq_scheme_read_nick (&member, &XQ_ENUM_BODY_KIND, &scheme->bodies[i], error))
        return FALSE;
    }
  return TRUE;
}
