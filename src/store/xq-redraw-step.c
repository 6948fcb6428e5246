#include "xq-redraw-step.h"

#include <glib/gi18n-lib.h>

#include "xq-unit-private.h"

/* What a share is that no household goes with: next to nothing, so that lineage tells of it and no count does. */
#define NEXT_TO_NOTHING 1000000000

void
xq_redraw_step_free (XqRedrawStep *redraw)
{
  g_array_unref (redraw->indices);
  g_array_unref (redraw->mains);
  g_array_unref (redraw->bases);
  g_array_unref (redraw->first_base);
  g_array_unref (redraw->streams);
  g_array_unref (redraw->first_stream);
  g_array_unref (redraw->to);
  g_array_unref (redraw->same);
  g_free (redraw);
}

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, message);
  return FALSE;
}

static XqRecord *
unit_at (const XqTreeStep *step, guint index)
{
  return g_ptr_array_index (step->units, index);
}

static const XqRedrawUnit *
wanted_at (const XqTreeStep *step, guint target)
{
  return g_ptr_array_index (step->redraw->redraw->units, g_array_index (step->redraw->indices, guint, target));
}

static XqRedrawBase *
base_at (const XqRedrawStep *redraw, guint index)
{
  return &g_array_index (redraw->bases, XqRedrawBase, index);
}

static guint
number_at (const GArray *array, guint index)
{
  return g_array_index (array, guint, index);
}

static char *
trim (const char *text)
{
  g_autofree char *copy = g_strstrip (g_strdup (text != NULL ? text : ""));

  return *copy != '\0' ? g_steal_pointer (&copy) : NULL;
}

int
xq_redraw_step_find_target (const XqTreeStep *step, guint unit)
{
  guint low = 0, high = step->redraw->indices->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (number_at (step->redraw->indices, middle) < unit)
        low = middle + 1;
      else
        high = middle;
    }
  return low < step->redraw->indices->len && number_at (step->redraw->indices, low) == unit ? (int)low : -1;
}

/* What the base units asked for are, each by its unit of the re-draw. */
typedef struct
{
  GHashTable *wanted; /* base → index of the re-draw's unit + 1 */
  GHashTable *units;  /* unit of today → index into the step's units + 1 */
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->wanted, g_hash_table_unref);
  g_clear_pointer (&reading->units, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
load_name (XqTransaction *tx, gint64 base, gint64 *unit, char **name, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT unit, name FROM base_unit WHERE id = ?1", error);
  XqStep found;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, base);
  found = xq_statement_step (statement, error);
  if (found == XQ_STEP_DONE)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, base);

      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("There is no base unit %s"), id);
    }
  if (found != XQ_STEP_ROW)
    return FALSE;
  *unit = xq_statement_get_int (statement, 0);
  *name = g_strdup (xq_statement_get_text (statement, 1));
  return TRUE;
}

/* The units of today that hold what is asked for. */
static gboolean
read_units (XqTransaction *tx, XqTreeStep *step, Reading *reading, GError **error)
{
  const XqRedraw *redraw = step->redraw->redraw;

  for (guint i = 0; i < redraw->units->len; i++)
    {
      const XqRedrawUnit *unit = g_ptr_array_index (redraw->units, i);

      if (unit->bases->len == 0)
        return refuse (error, _ ("“%s” holds no base unit; give it one or leave it out"), unit->name != NULL ? unit->name : "");
      for (guint k = 0; k < unit->bases->len; k++)
        {
          gint64 base = g_array_index (unit->bases, gint64, k), holder;
          g_autofree char *name = NULL;
          XqRecord *record;

          if (!load_name (tx, base, &holder, &name, error))
            return FALSE;
          if (g_hash_table_contains (reading->wanted, &base))
            return refuse (error, _ ("“%s” is in two new units; leave it in one"), name);
          g_hash_table_insert (reading->wanted, &g_array_index (unit->bases, gint64, k), GUINT_TO_POINTER (i + 1));
          if (g_hash_table_contains (reading->units, &holder))
            continue;
          record = xq_record_load (tx, &XQ_UNIT, holder, error);
          if (record == NULL)
            return FALSE;
          g_ptr_array_add (step->units, record);
          g_hash_table_insert (reading->units, g_memdup2 (&holder, sizeof holder), GUINT_TO_POINTER (step->units->len));
        }
    }
  return TRUE;
}

/* All base units of a unit of today, in the order in which plans part among them, with what is stored of each and what it counts.
 */
static gboolean
read_bases (XqTransaction *tx, XqTreeStep *step, guint unit, GHashTable *wanted, GError **error)
{
  static const char sql[] = "SELECT b.id, b.name, b.households, b.residents, b.resident_full, b.formal_full, b.checked_in,"
                            " coalesce (r.households, 0) FROM base_unit b LEFT JOIN rollup r ON r.unit = b.unit WHERE b.unit = ?1"
                            " ORDER BY b.code IS NULL, b.code, b.name, b.id";
  XqRedrawStep *redraw = step->redraw;
  guint first = redraw->bases->len, n;
  gint64 households = 0;
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  g_autofree gint64 *stored = NULL;
  g_autofree gint64 *parts = NULL;
  XqStep found;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, xq_record_get_id (unit_at (step, unit)));
  while ((found = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqRedrawBase base = { .id = xq_statement_get_int (statement, 0), .unit = unit };
      guint target = GPOINTER_TO_UINT (g_hash_table_lookup (wanted, &base.id));

      if (target == 0)
        return refuse (error, _ ("“%s” of “%s” is in no new unit; put it into one"), xq_statement_get_text (statement, 1),
                       xq_record_get_text (unit_at (step, unit), XQ_UNIT_NAME));
      base.target = target - 1;
      for (int c = 0; c < XQ_N_PARTS; c++)
        base.stored[c] = xq_statement_get_int (statement, 2 + c);
      households = xq_statement_get_int (statement, 7);
      g_array_append_val (redraw->bases, base);
    }
  if (found == XQ_STEP_ERROR)
    return FALSE;
  g_array_append_val (redraw->first_base, redraw->bases->len);
  n = redraw->bases->len - first;
  stored = g_new (gint64, n);
  parts = g_new (gint64, n);
  for (guint i = 0; i < n; i++)
    stored[i] = base_at (redraw, first + i)->stored[XQ_PART_HOUSEHOLDS];
  xq_redraw_part (MAX (households, 0), stored, NULL, n, parts);
  for (guint i = 0; i < n; i++)
    base_at (redraw, first + i)->households = parts[i];
  return TRUE;
}

/* What goes from the unit to each target, in the order of targets. */
static void
find_streams (XqTreeStep *step, guint unit)
{
  XqRedrawStep *redraw = step->redraw;
  guint first = redraw->streams->len, from = number_at (redraw->first_base, unit), to = number_at (redraw->first_base, unit + 1);
  gint64 households = 0;

  for (guint i = from; i < to; i++)
    {
      const XqRedrawBase *base = base_at (redraw, i);
      guint k = first;

      while (k < redraw->streams->len && xq_redraw_step_stream (redraw, k)->target < base->target)
        k++;
      if (k == redraw->streams->len || xq_redraw_step_stream (redraw, k)->target != base->target)
        {
          XqRedrawStream stream = { .unit = unit, .target = base->target };

          g_array_insert_val (redraw->streams, k, stream);
        }
      xq_redraw_step_stream (redraw, k)->n_bases++;
      xq_redraw_step_stream (redraw, k)->households += base->households;
      households += base->households;
    }
  for (guint k = first; k < redraw->streams->len; k++)
    {
      XqRedrawStream *stream = xq_redraw_step_stream (redraw, k);

      if (k == first && redraw->streams->len == first + 1)
        stream->numerator = stream->denominator = 1;
      else if (households == 0)
        {
          stream->numerator = stream->n_bases;
          stream->denominator = to - from;
        }
      else
        {
          stream->numerator = MAX (stream->households, 1);
          stream->denominator = stream->households > 0 ? households : NEXT_TO_NOTHING;
        }
    }
  g_array_append_val (redraw->first_stream, redraw->streams->len);
}

/* Whether more of a unit goes with @a. */
static gboolean
is_greater (const XqRedrawStream *a, const XqRedrawStream *b)
{
  return a->households != b->households ? a->households > b->households : a->n_bases > b->n_bases;
}

/* Where what cannot be parted of a unit goes: to itself where it goes on, else where most of its households go. */
static void
find_way (XqTreeStep *step, guint unit, gint64 id)
{
  XqRedrawStep *redraw = step->redraw;
  const XqRedrawStream *best = NULL;

  for (guint k = number_at (redraw->first_stream, unit); k < number_at (redraw->first_stream, unit + 1); k++)
    {
      const XqRedrawStream *stream = xq_redraw_step_stream (redraw, k);

      if (wanted_at (step, stream->target)->continues == id)
        {
          best = stream;
          break;
        }
      if (best == NULL || is_greater (stream, best))
        best = stream;
    }
  g_array_append_val (redraw->to, best->target);
}

/* Of which unit states that cannot be added count at each target. */
static void
find_mains (XqTreeStep *step)
{
  XqRedrawStep *redraw = step->redraw;
  g_autofree const XqRedrawStream **best = g_new0 (const XqRedrawStream *, step->targets->len);

  for (guint k = 0; k < redraw->streams->len; k++)
    {
      const XqRedrawStream *stream = xq_redraw_step_stream (redraw, k), **kept = &best[stream->target];
      gint64 continues = wanted_at (step, stream->target)->continues;
      gboolean home = number_at (redraw->to, stream->unit) == stream->target;
      gboolean other_home = *kept != NULL && number_at (redraw->to, (*kept)->unit) == stream->target;

      if (*kept != NULL && continues != 0 && xq_record_get_id (unit_at (step, (*kept)->unit)) == continues)
        continue;
      if (*kept == NULL || (continues != 0 && xq_record_get_id (unit_at (step, stream->unit)) == continues) || (home && !other_home)
          || (home == other_home && is_greater (stream, *kept)))
        *kept = stream;
    }
  for (guint i = 0; i < step->targets->len; i++)
    g_array_append_val (redraw->mains, best[i]->unit);
}

/* Gives up the units of the re-draw that are units of today just as they are. */
static gboolean
find_targets (XqTreeStep *step, const Reading *reading, GError **error)
{
  XqRedrawStep *redraw = step->redraw;
  const XqRedraw *wanted = redraw->redraw;
  g_autoptr (GHashTable) going_on = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < wanted->units->len; i++)
    {
      const XqRedrawUnit *unit = g_ptr_array_index (wanted->units, i);
      g_autofree char *name = trim (unit->name);
      guint index = GPOINTER_TO_UINT (g_hash_table_lookup (reading->units, &unit->continues));
      gint64 id = -(gint64)(i + 1);

      if (unit->continues != 0)
        {
          gboolean own = FALSE;

          for (guint k = index > 0 ? number_at (redraw->first_base, index - 1) : 0;
               index > 0 && k < number_at (redraw->first_base, index) && !own; k++)
            own = base_at (redraw, k)->target == i;
          if (!own)
            return refuse (error, _ ("“%s” can go on only as a unit that holds some of it; choose another unit or a new one"),
                           index > 0 ? xq_record_get_text (unit_at (step, index - 1), XQ_UNIT_NAME) : (name != NULL ? name : ""));
          if (!g_hash_table_add (going_on, (gpointer)&unit->continues))
            return refuse (error, _ ("“%s” can go on as one unit only"),
                           xq_record_get_text (unit_at (step, index - 1), XQ_UNIT_NAME));
          if (name == NULL)
            name = g_strdup (xq_record_get_text (unit_at (step, index - 1), XQ_UNIT_NAME));
          id = unit->continues;
        }
      if (name == NULL)
        return refuse (error, _ ("The unit has no name; enter one"));
      g_array_append_val (redraw->indices, i);
      g_array_append_val (step->targets, id);
      g_ptr_array_add (step->names, g_steal_pointer (&name));
    }
  return TRUE;
}

static gboolean
keeps_all (const XqTreeStep *step, guint unit)
{
  const XqRedrawStep *redraw = step->redraw;
  const XqRedrawStream *only = xq_redraw_step_stream (redraw, number_at (redraw->first_stream, unit));

  if (number_at (redraw->first_stream, unit) + 1 != number_at (redraw->first_stream, unit + 1))
    return FALSE;
  return wanted_at (step, only->target)->continues == xq_record_get_id (unit_at (step, unit))
         && wanted_at (step, only->target)->bases->len == only->n_bases;
}

/* Name, code and place of a unit that goes on are what they were. */
static gboolean
is_called_so (const XqTreeStep *step, guint target, const XqRecord *unit)
{
  const XqRedrawUnit *wanted = wanted_at (step, target);
  g_autofree char *code = trim (wanted->code);

  return g_str_equal (g_ptr_array_index (step->names, target), xq_record_get_text (unit, XQ_UNIT_NAME))
         && (code == NULL || g_strcmp0 (code, xq_record_get_text (unit, XQ_UNIT_CODE)) == 0)
         && wanted->parent == xq_record_get_int (unit, XQ_UNIT_PARENT);
}

/* Leaves out units that stay exactly as they are, and numbers what is left anew. */
static gboolean
leave_out (XqTreeStep *step, GError **error)
{
  XqRedrawStep *redraw = step->redraw;
  guint n = step->targets->len, n_units = step->units->len, kept_units = 0, kept_bases = 0;
  g_autofree int *new_target = g_new (int, n);
  g_autofree gboolean *out = g_new0 (gboolean, n);
  g_autoptr (GPtrArray) units = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);

  for (guint u = 0; u < n_units; u++)
    {
      guint target = xq_redraw_step_stream (redraw, number_at (redraw->first_stream, u))->target;

      out[target] = keeps_all (step, u) && is_called_so (step, target, unit_at (step, u));
      redraw->n_unchanged += out[target];
    }
  for (guint u = 0; u < n_units; u++)
    {
      guint first = number_at (redraw->first_base, u), last = number_at (redraw->first_base, u + 1);
      gboolean same = keeps_all (step, u);

      if (out[base_at (redraw, first)->target])
        continue;
      for (guint k = first; k < last; k++)
        {
          XqRedrawBase base = *base_at (redraw, k);

          base.unit = kept_units;
          *base_at (redraw, kept_bases++) = base;
        }
      g_array_append_val (redraw->same, same);
      g_ptr_array_add (units, xq_record_copy (unit_at (step, u)));
      kept_units++;
      g_array_index (redraw->first_base, guint, kept_units) = kept_bases;
    }
  for (guint i = n; i-- > 0;)
    if (out[i])
      {
        g_array_remove_index (step->targets, i);
        g_array_remove_index (redraw->indices, i);
        g_ptr_array_remove_index (step->names, i);
      }
  for (guint i = 0, next = 0; i < n; i++)
    new_target[i] = out[i] ? -1 : (int)next++;
  g_ptr_array_unref (step->units);
  step->units = g_steal_pointer (&units);
  g_array_set_size (redraw->first_base, kept_units + 1);
  g_array_set_size (redraw->bases, kept_bases);
  for (guint k = 0; k < kept_bases; k++)
    base_at (redraw, k)->target = (guint)new_target[base_at (redraw, k)->target];
  if (kept_units == 0)
    return refuse (error, _ ("Every unit stays as it is: there is nothing to put into force"));
  return TRUE;
}

static gboolean
check_parents (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < step->targets->len; i++)
    {
      const XqRedrawUnit *wanted = wanted_at (step, i);
      g_autoptr (XqRecord) above = NULL;

      if (!g_hash_table_add (seen, (gpointer)&wanted->parent))
        continue;
      if (!xq_tree_step_check_parent (tx, wanted->parent, XQ_LEVEL_COMPOUND, error))
        return FALSE;
      above = xq_record_load (tx, &XQ_UNIT, wanted->parent, error);
      if (above == NULL)
        return FALSE;
      if (xq_record_get_district (above) != xq_record_get_district (unit_at (step, 0)))
        return refuse (error, _ ("“%s” belongs to another district; choose compounds of one district"),
                       xq_record_get_text (above, XQ_UNIT_NAME));
    }
  return TRUE;
}

/* No two units in force under one are called the same; those that end or are called anew do not count. */
static gboolean
check_names (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) own = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (XqStatement) statement = NULL;
  XqUnitDay open;

  if (!xq_unit_day_init (&open, tx, XQ_PERIOD_NONE, error))
    return FALSE;
  statement
      = xq_statement_get (tx, "SELECT u.id FROM unit u WHERE u.parent = :parent AND u.name = :name AND " XQ_IN_FORCE ("u"), error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), open.as_of);
  for (guint u = 0; u < step->units->len; u++)
    g_hash_table_add (own, g_memdup2 (&(gint64){ xq_record_get_id (unit_at (step, u)) }, sizeof (gint64)));
  for (guint i = 0; i < step->targets->len; i++)
    {
      const XqRedrawUnit *wanted = wanted_at (step, i);
      const char *name = g_ptr_array_index (step->names, i);
      XqStep found;

      if (!g_hash_table_add (seen, g_strdup_printf ("%" G_GINT64_FORMAT " %s", wanted->parent, name)))
        return refuse (error, _ ("Two new units of one community are called “%s”; give one of them another name"), name);
      xq_statement_bind_int (statement, xq_statement_parameter (statement, ":parent"), wanted->parent);
      xq_statement_bind_text (statement, xq_statement_parameter (statement, ":name"), name);
      while ((found = xq_statement_step (statement, error)) == XQ_STEP_ROW)
        if (!g_hash_table_contains (own, &(gint64){ xq_statement_get_int (statement, 0) }))
          return refuse (error, _ ("There is a unit called “%s” in its community already; choose another name"), name);
      if (found == XQ_STEP_ERROR)
        return FALSE;
      xq_statement_reset (statement);
    }
  return TRUE;
}

static gboolean
find_number (XqTransaction *tx, XqTreeStep *step, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "SELECT coalesce (max (redraw), 0) + 1 FROM lineage WHERE district = ?1 AND effective = ?2", error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, xq_record_get_district (unit_at (step, 0)));
  xq_statement_bind_text (statement, 2, step->edit->day);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  step->redraw->number = xq_statement_get_int (statement, 0);
  return TRUE;
}

static void
stream_all (XqTreeStep *step)
{
  const guint none = 0;

  g_array_set_size (step->redraw->streams, 0);
  g_array_set_size (step->redraw->first_stream, 0);
  g_array_append_val (step->redraw->first_stream, none);
  for (guint u = 0; u < step->units->len; u++)
    find_streams (step, u);
}

XqTreeStep *
xq_redraw_step_new (XqTransaction *tx, const XqRedraw *redraw, const XqTreeEdit *edit, GError **error)
{
  g_autoptr (XqTreeStep) step = g_new0 (XqTreeStep, 1);
  g_auto (Reading) reading = { .wanted = g_hash_table_new (g_int64_hash, g_int64_equal),
                               .units = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL) };
  XqRedrawStep *own = step->redraw = g_new0 (XqRedrawStep, 1);
  const guint none = 0;

  step->edit = edit;
  step->units = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);
  step->targets = g_array_new (FALSE, FALSE, sizeof (gint64));
  step->names = g_ptr_array_new_with_free_func (g_free);
  own->redraw = redraw;
  own->indices = g_array_new (FALSE, FALSE, sizeof (guint));
  own->mains = g_array_new (FALSE, FALSE, sizeof (guint));
  own->bases = g_array_new (FALSE, FALSE, sizeof (XqRedrawBase));
  own->first_base = g_array_new (FALSE, FALSE, sizeof (guint));
  own->streams = g_array_new (FALSE, FALSE, sizeof (XqRedrawStream));
  own->first_stream = g_array_new (FALSE, FALSE, sizeof (guint));
  own->to = g_array_new (FALSE, FALSE, sizeof (guint));
  own->same = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_array_append_val (own->first_base, none);
  if (redraw->units->len == 0)
    {
      refuse (error, _ ("No unit is chosen; choose one"));
      return NULL;
    }
  if (!xq_tree_step_check_day (tx, edit, TRUE, error) || !read_units (tx, step, &reading, error))
    return NULL;
  for (guint u = 0; u < step->units->len; u++)
    if (!read_bases (tx, step, u, reading.wanted, error) || xq_transaction_check_cancelled (tx, error))
      return NULL;
  if (!find_targets (step, &reading, error))
    return NULL;
  stream_all (step);
  if (!leave_out (step, error))
    return NULL;
  stream_all (step);
  for (guint u = 0; u < step->units->len; u++)
    find_way (step, u, xq_record_get_id (unit_at (step, u)));
  find_mains (step);
  if (!xq_tree_step_check_compounds (tx, step, error) || !check_parents (tx, step, error) || !check_names (tx, step, error)
      || !find_number (tx, step, error))
    return NULL;
  return g_steal_pointer (&step);
}

/* A new unit is of the sample where any of what it is made of is: it must not pass for a reported one. */
static gboolean
find_origins (const XqTreeStep *step, XqOrigin *origins)
{
  for (guint i = 0; i < step->targets->len; i++)
    origins[i] = step->edit->origin;
  for (guint k = 0; k < step->redraw->streams->len; k++)
    {
      const XqRedrawStream *stream = xq_redraw_step_stream (step->redraw, k);

      if (xq_record_get_origin (unit_at (step, stream->unit), XQ_UNIT_LEVEL) == XQ_ORIGIN_GENERATED)
        origins[stream->target] = XQ_ORIGIN_GENERATED;
    }
  return TRUE;
}

gboolean
xq_redraw_step_make_units (XqTransaction *tx, XqTreeStep *step, GError **error)
{
  g_autofree XqOrigin *origins = g_new (XqOrigin, step->targets->len);

  find_origins (step, origins);
  for (guint i = 0; i < step->targets->len; i++)
    {
      const XqRedrawUnit *wanted = wanted_at (step, i);
      XqRecord *unit = unit_at (step, number_at (step->redraw->mains, i));
      const char *name = g_ptr_array_index (step->names, i);
      g_autofree char *code = trim (wanted->code);

      if (wanted->continues == 0)
        {
          if (!xq_tree_step_make_unit (tx, step, i, wanted->parent, XQ_LEVEL_COMPOUND, wanted->code, unit, origins[i], error))
            return FALSE;
          continue;
        }
      if (!g_str_equal (name, xq_record_get_text (unit, XQ_UNIT_NAME))
          && !xq_tree_step_rename_unit (tx, unit, XQ_UNIT_NAME, "former_name", name, step->edit->day, FALSE, error))
        return FALSE;
      if (code != NULL && g_strcmp0 (code, xq_record_get_text (unit, XQ_UNIT_CODE)) != 0
          && !xq_tree_step_rename_unit (tx, unit, XQ_UNIT_CODE, "code", code, step->edit->day, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

/* A base unit that was a compound of its own keeps that compound in mind once it is closed. */
static gboolean
remember_former (XqTransaction *tx, const XqTreeStep *step, guint unit, GError **error)
{
  const XqRedrawStep *redraw = step->redraw;
  g_autoptr (XqRecord) base = NULL;

  if (number_at (redraw->first_base, unit) + 1 != number_at (redraw->first_base, unit + 1))
    return TRUE;
  base = xq_record_load (tx, &XQ_BASE_UNIT, base_at (redraw, number_at (redraw->first_base, unit))->id, error);
  if (base == NULL)
    return FALSE;
  if (!xq_record_is_null (base, XQ_BASE_UNIT_FORMER))
    return TRUE;
  xq_record_set_int (base, XQ_BASE_UNIT_FORMER, xq_record_get_id (unit_at (step, unit)));
  return xq_record_update (tx, base, TRUE, error);
}

/* @going_on: by unit, whether it is a target. */
static gboolean
write_streams (XqTransaction *tx, const XqTreeStep *step, const XqOrigin *origins, gboolean *going_on, GError **error)
{
  const XqRedrawStep *redraw = step->redraw;

  for (guint k = 0; k < redraw->streams->len; k++)
    {
      const XqRedrawStream *stream = xq_redraw_step_stream (redraw, k);
      gint64 from = xq_record_get_id (unit_at (step, stream->unit)), to = g_array_index (step->targets, gint64, stream->target);

      going_on[stream->unit] = going_on[stream->unit] || from == to;
      if (!g_array_index (redraw->same, gboolean, stream->unit)
          && !xq_tree_step_write_lineage (tx, step->edit->day, from, to, stream->numerator, stream->denominator, redraw->number,
                                          origins[stream->target], error))
        return FALSE;
    }
  return TRUE;
}

gboolean
xq_redraw_step_finish (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  g_autofree XqOrigin *origins = g_new (XqOrigin, step->targets->len);
  g_autofree gboolean *going_on = g_new0 (gboolean, step->units->len);

  find_origins (step, origins);
  if (!write_streams (tx, step, origins, going_on, error))
    return FALSE;
  for (guint u = 0; u < step->units->len; u++)
    {
      gint64 id = xq_record_get_id (unit_at (step, u));

      if (!going_on[u] && (!xq_tree_step_end_unit (tx, step, id, error) || !remember_former (tx, step, u, error)))
        return FALSE;
      xq_transaction_progress (tx, 3 * (gint64)step->units->len + u + 1, 4 * (gint64)step->units->len);
    }
  for (guint i = 0; i < step->targets->len; i++)
    {
      gint64 id = g_array_index (step->targets, gint64, i);
      g_autoptr (XqRecord) unit = NULL;

      if (wanted_at (step, i)->continues == 0)
        continue;
      unit = xq_record_load (tx, &XQ_UNIT, id, error);
      if (unit == NULL)
        return FALSE;
      if (xq_record_get_int (unit, XQ_UNIT_PARENT) == wanted_at (step, i)->parent)
        continue;
      xq_record_set_int (unit, XQ_UNIT_PARENT, wanted_at (step, i)->parent);
      if (!xq_record_update (tx, unit, FALSE, error))
        return FALSE;
    }
  return xq_redraw_leading (tx, step, NULL, error);
}
