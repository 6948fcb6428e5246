/* Roads, rivers and railways into documents. */

#include "xq-plan-boundaries-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-base-table.h"
#include "xq-geo-shape.h"
#include "xq-record-table.h"
#include "xq-unit-table.h"

static const char *const KIND_FIELDS[] = { "kind", "类型", "种类", "type", "class", "fclass", NULL };
static const char *const NAME_FIELDS[] = { "name", "名称", "路名", "name:zh", NULL };
static const char *const BREADTH_FIELDS[] = { "breadth", "width", "宽度", "est_width", NULL };
static const char *const BARRIER_FIELDS[] = { "barrier", "阻隔", "是否阻隔", NULL };
/* What OpenStreetMap calls them: the field alone says what it is. */
static const struct
{
  const char *field, *kind;
} OSM_FIELDS[] = { { "waterway", "river" }, { "water", "river" }, { "railway", "railway" }, { "highway", "road" } };
/* Words for the kinds, with what can be crossed on foot at any place (FALSE) and what not. */
static const struct
{
  const char *word, *kind;
  gboolean barrier;
} WORDS[] = {
  { "river", "river", TRUE },
  { "canal", "river", TRUE },
  { "stream", "river", FALSE },
  { "lake", "river", TRUE },
  { "water", "river", TRUE },
  { "河流", "river", TRUE },
  { "河", "river", TRUE },
  { "江", "river", TRUE },
  { "湖", "river", TRUE },
  { "水系", "river", TRUE },
  { "渠", "river", TRUE },
  { "railway", "railway", TRUE },
  { "rail", "railway", TRUE },
  { "铁路", "railway", TRUE },
  { "motorway", "road", TRUE },
  { "trunk", "road", TRUE },
  { "primary", "road", TRUE },
  { "secondary", "road", TRUE },
  { "高速", "road", TRUE },
  { "高速公路", "road", TRUE },
  { "快速路", "road", TRUE },
  { "主干道", "road", TRUE },
  { "主干路", "road", TRUE },
  { "次干道", "road", TRUE },
  { "次干路", "road", TRUE },
  { "road", "road", TRUE },
  { "道路", "road", TRUE },
  { "tertiary", "road", FALSE },
  { "residential", "road", FALSE },
  { "service", "road", FALSE },
  { "footway", "road", FALSE },
  { "path", "road", FALSE },
  { "支路", "road", FALSE },
  { "unclassified", "road", FALSE },
  { "living_street", "road", FALSE },
  { "pedestrian", "road", FALSE },
};

/* The text of the first of @fields that the feature has; NULL. Free it. */
static char *
find_text (const XqGeoFeature *feature, const char *const *fields)
{
  for (guint i = 0; fields[i] != NULL; i++)
    {
      char *text = xq_geo_feature_get_text (feature, fields[i]);

      if (text != NULL && *text != '\0')
        return text;
      g_free (text);
    }
  return NULL;
}

static char *
find_field (const XqGeoFeature *feature, const char *field, const char *const *fields)
{
  const char *const own[] = { field, NULL };

  return find_text (feature, field != NULL ? own : fields);
}

/* What a word means; FALSE: nothing that is known. */
static gboolean
read_word (const char *text, const char **kind, gboolean *barrier)
{
  g_autofree char *folded = text != NULL ? g_utf8_strdown (text, -1) : NULL;
  const char *nick = text != NULL ? xq_enum_match (&XQ_ENUM_WAY_KIND, text) : NULL;

  for (guint i = 0; folded != NULL && i < G_N_ELEMENTS (WORDS); i++)
    if (g_str_equal (WORDS[i].word, folded))
      {
        *kind = WORDS[i].kind;
        *barrier = WORDS[i].barrier;
        return TRUE;
      }
  if (nick == NULL)
    return FALSE;
  *kind = nick;
  *barrier = !g_str_equal (nick, "other");
  return TRUE;
}

static void
read_kind (XqPlanInputLine *line, const XqGeoFeature *feature, const char *field)
{
  g_autofree char *text = find_field (feature, field, KIND_FIELDS);
  const char *kind = NULL;

  if (!read_word (text, &kind, &line->barrier))
    for (guint i = 0; kind == NULL && i < G_N_ELEMENTS (OSM_FIELDS); i++)
      {
        g_autofree char *value = xq_geo_feature_get_text (feature, OSM_FIELDS[i].field);
        const char *word_kind;

        if (value == NULL || *value == '\0')
          continue;
        kind = OSM_FIELDS[i].kind;
        line->barrier = TRUE;
        read_word (value, &word_kind, &line->barrier);
      }
  if (kind == NULL)
    {
      kind = "other";
      line->note
          = text != NULL ? g_strdup_printf (_ ("“%s” is no kind of way that is known; it is kept as another way"), text) : NULL;
    }
  line->way_kind = g_strdup (kind);
}

/* Said by a field of its own: 1, true, yes, 是. */
static void
read_barrier (XqPlanInputLine *line, const XqGeoFeature *feature)
{
  static const char *const yes[] = { "1", "true", "yes", "是", "y", NULL }, *const no[] = { "0", "false", "no", "否", "n", NULL };
  g_autofree char *text = find_text (feature, BARRIER_FIELDS);
  g_autofree char *folded = text != NULL ? g_utf8_strdown (text, -1) : NULL;

  if (folded != NULL && g_strv_contains (yes, folded))
    line->barrier = TRUE;
  else if (folded != NULL && g_strv_contains (no, folded))
    line->barrier = FALSE;
}

static void
read_breadth (XqPlanInputLine *line, const XqGeoFeature *feature)
{
  g_autofree char *text = find_text (feature, BREADTH_FIELDS);
  double breadth = text != NULL ? g_ascii_strtod (text, NULL) : 0;

  line->breadth = breadth > 0 && breadth <= 10000 ? (gint64)(breadth + 0.5) : 0;
}

/* ---- Reading ---- */

static gpointer
read_ways (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_base_table_list_ways (tx, *(gint64 *)data, error);
}

/* A line needs two places, an outline three and the first again; all are numbers. */
static gboolean
is_usable (const XqPlanShape *shape)
{
  guint least = shape != NULL && shape->kind == XQ_PLAN_SHAPE_POLYGON ? 4 : 2;

  if (shape == NULL || (shape->kind != XQ_PLAN_SHAPE_LINE && shape->kind != XQ_PLAN_SHAPE_POLYGON) || shape->rings->len == 0)
    return FALSE;
  for (guint r = 0; r < shape->rings->len; r++)
    if (xq_plan_shape_ring (shape, r)->n < least)
      return FALSE;
  for (guint p = 0; p < shape->points->len; p++)
    if (!isfinite (xq_plan_shape_point (shape, p)->x) || !isfinite (xq_plan_shape_point (shape, p)->y))
      return FALSE;
  return TRUE;
}

static void
add_way (XqPlanInput *self, const XqPlanInputOptions *options, const XqGeoFeature *feature, guint number, const XqPlanShape *shape,
         GHashTable *known)
{
  g_autofree char *name = find_field (feature, options->way_name, NAME_FIELDS);
  XqPlanInputLine *line = xq_plan_input_add_line (self, number, name);

  read_kind (line, feature, options->way_kind);
  read_barrier (line, feature);
  read_breadth (line, feature);
  line->name = g_strdup (name);
  line->shape = is_usable (shape) ? xq_geo_shape_format (shape) : NULL;
  if (line->shape == NULL)
    {
      g_free (line->note);
      line->note = g_strdup (_ ("it is no line and no area; draw it with two points at least, or leave it out"));
      line->state = XQ_PLAN_INPUT_REFUSED;
      self->n_refused++;
    }
  else if (g_hash_table_contains (known, line->shape))
    {
      line->state = self->replace ? XQ_PLAN_INPUT_TWICE : XQ_PLAN_INPUT_SAME;
      self->n_same++;
    }
  else
    {
      line->state = XQ_PLAN_INPUT_NEW;
      self->n_written++;
      g_hash_table_add (known, g_strdup (line->shape));
    }
}

gboolean
xq_plan_input_read_ways (XqPlanInput *self, XqStore *store, const XqPlanInputOptions *options, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (XqGeoFile) file = xq_geo_file_read (options->path, error);
  g_autoptr (GPtrArray) shapes = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_shape_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) ways = NULL;
  gint64 scope = self->scope;

  if (file == NULL)
    return FALSE;
  if (xq_geo_file_get_n (file) == 0)
    {
      g_set_error_literal (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("the map has no features; export it again"));
      return FALSE;
    }
  for (guint i = 0; i < xq_geo_file_get_n (file); i++)
    g_ptr_array_add (shapes, xq_plan_shape_copy (xq_geo_file_get_feature (file, i)->shape));
  if (!xq_plan_input_to_degrees (shapes, xq_geo_file_get_crs (file), self->notes, error))
    return FALSE;
  ways = xq_store_read (store, read_ways, &scope, cancellable, error);
  if (ways == NULL)
    return FALSE;
  self->n_removed = self->replace ? ways->len : 0;
  for (guint i = 0; !self->replace && i < ways->len; i++)
    g_hash_table_add (known, g_strdup (((XqMapWayRow *)ways->pdata[i])->shape));
  for (guint i = 0; i < shapes->len; i++)
    add_way (self, options, xq_geo_file_get_feature (file, i), i + 1, g_ptr_array_index (shapes, i), known);
  return TRUE;
}

/* ---- Writing ---- */

static gboolean
remove_ways (XqTransaction *tx, gint64 scope, GError **error)
{
  g_autoptr (GPtrArray) ways = xq_base_table_list_ways (tx, scope, error);

  for (guint i = 0; ways != NULL && i < ways->len; i++)
    if (!xq_record_delete (tx, &XQ_MAP_WAY, ((XqMapWayRow *)ways->pdata[i])->id, error))
      return FALSE;
  return ways != NULL;
}

gboolean
xq_plan_input_apply_ways (XqTransaction *tx, const XqPlanInput *self, GError **error)
{
  g_autoptr (XqUnit) unit = xq_unit_load (tx, self->scope, error);

  if (unit == NULL || (self->replace && !remove_ways (tx, self->scope, error)))
    return FALSE;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const XqPlanInputLine *line = g_ptr_array_index (self->lines, i);
      g_autoptr (XqRecord) record = NULL;

      if (!xq_plan_input_state_is_written (line->state))
        continue;
      record = xq_record_new (&XQ_MAP_WAY);
      xq_record_set_all_origins (record, XQ_ORIGIN_IMPORTED);
      xq_record_set_int (record, XQ_MAP_WAY_UNIT, unit->district);
      xq_record_set_text (record, XQ_MAP_WAY_KIND, line->way_kind);
      xq_record_set_text (record, XQ_MAP_WAY_NAME, line->name);
      xq_record_set_int (record, XQ_MAP_WAY_BARRIER, line->barrier ? 1 : 0);
      if (line->breadth > 0)
        xq_record_set_int (record, XQ_MAP_WAY_BREADTH, line->breadth);
      xq_record_set_text (record, XQ_MAP_WAY_SHAPE, line->shape);
      if (xq_record_insert (tx, record, error) == 0)
        return FALSE;
    }
  return TRUE;
}
