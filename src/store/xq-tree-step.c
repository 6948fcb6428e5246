#include "xq-tree-step.h"

#include <glib/gi18n-lib.h>

#include "xq-redraw-step.h"
#include "xq-unit-private.h"

void
xq_tree_step_free (XqTreeStep *step)
{
  g_clear_pointer (&step->units, g_ptr_array_unref);
  g_clear_pointer (&step->targets, g_array_unref);
  g_clear_pointer (&step->names, g_ptr_array_unref);
  g_clear_pointer (&step->redraw, xq_redraw_step_free);
  g_free (step);
}

const char *
xq_tree_step_get_choice (const XqTreeStep *step, const char *conflict, const char *fallback)
{
  const char *chosen = g_hash_table_lookup (step->edit->choices, conflict);

  return chosen != NULL ? chosen : fallback;
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

static const char *
name_of (const XqRecord *unit)
{
  return xq_record_get_text (unit, XQ_UNIT_NAME);
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *copy = g_strdup (text != NULL ? text : "");

  return *g_strstrip (copy) == '\0';
}

static char *
trim (const char *text)
{
  return is_blank (text) ? NULL : g_strstrip (g_strdup (text));
}

/* The last day of what is locked, or "". */
static gboolean
load_locked_until (XqTransaction *tx, char until[static 11], GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "SELECT coalesce (max (as_of), '') FROM snapshot WHERE reopened_at IS NULL", error);

  if (statement == NULL || xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  g_strlcpy (until, xq_statement_get_text (statement, 0), 11);
  return TRUE;
}

/* The day must be a day, not beyond the open period; of a re-draw not before what is locked either. */
gboolean
xq_tree_step_check_day (XqTransaction *tx, const XqTreeEdit *edit, gboolean redraw, GError **error)
{
  XqUnitDay open;
  char locked[11];
  g_autofree char *day = edit->day != NULL ? xq_date_parse (edit->day) : NULL;

  if (day == NULL || !g_str_equal (day, edit->day))
    return refuse (error, _ ("“%s” is no day; enter it as 2024-10-28"), edit->day != NULL ? edit->day : "");
  if (!xq_unit_day_init (&open, tx, XQ_PERIOD_NONE, error) || !load_locked_until (tx, locked, error))
    return FALSE;
  if (strcmp (edit->day, open.as_of) > 0)
    return refuse (error, _ ("%s is after the open period, which ends on %s; enter an earlier date"), edit->day, open.as_of);
  if (redraw && strcmp (edit->day, locked) <= 0)
    return refuse (error, _ ("Everything up to %s is locked; enter a later date, or reopen the period with a reason"), locked);
  return TRUE;
}

/* A unit that stands on the day and has no later history that the edit would contradict. */
static gboolean
check_standing (XqTransaction *tx, const XqRecord *unit, const char *day, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (!xq_record_is_null (unit, XQ_UNIT_VALID_TO))
    return refuse (error, _ ("“%s” ends on %s already; choose the unit that it became"), name_of (unit),
                   xq_record_get_text (unit, XQ_UNIT_VALID_TO));
  if (!xq_record_is_null (unit, XQ_UNIT_VALID_FROM) && strcmp (xq_record_get_text (unit, XQ_UNIT_VALID_FROM), day) > 0)
    return refuse (error, _ ("“%s” is there only from %s; enter that day or a later one"), name_of (unit),
                   xq_record_get_text (unit, XQ_UNIT_VALID_FROM));
  statement = xq_statement_get (tx,
                                "SELECT max (effective) FROM (SELECT effective FROM lineage WHERE successor = ?1"
                                " UNION ALL SELECT effective FROM lineage WHERE predecessor = ?1)",
                                error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, xq_record_get_id (unit));
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW && !xq_statement_is_null (statement, 0) && strcmp (xq_statement_get_text (statement, 0), day) > 0)
    return refuse (error, _ ("“%s” was re-drawn on %s; enter that day or a later one"), name_of (unit),
                   xq_statement_get_text (statement, 0));
  return step != XQ_STEP_ERROR;
}

/* On the day it was split a unit cannot be re-drawn again: which came first could not be told later. */
static gboolean
check_not_split (XqTransaction *tx, const XqRecord *unit, const char *day, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "SELECT 1 FROM lineage WHERE predecessor = ?1 AND successor <> ?1 AND effective = ?2 LIMIT 1", error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, xq_record_get_id (unit));
  xq_statement_bind_text (statement, 2, day);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW)
    return refuse (error, _ ("“%s” was split on that very day; enter a later day"), name_of (unit));
  return step != XQ_STEP_ERROR;
}

/* No other unit in force under @parent is called @name; those of the step may be, they end. */
static gboolean
check_name (XqTransaction *tx, const XqTreeStep *step, gint64 parent, const char *name, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  g_autofree char *trimmed = trim (name);
  XqUnitDay open;
  XqStep found;

  if (trimmed == NULL)
    return refuse (error, _ ("The unit has no name; enter one"));
  if (!xq_unit_day_init (&open, tx, XQ_PERIOD_NONE, error))
    return FALSE;
  statement = xq_statement_get (tx,
                                "SELECT u.id, p.name FROM unit u JOIN unit p ON p.id = u.parent WHERE u.parent = :parent"
                                " AND u.name = :name AND " XQ_IN_FORCE ("u"),
                                error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":parent"), parent);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":name"), trimmed);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), open.as_of);
  while ((found = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gboolean own = FALSE;

      for (guint i = 0; i < step->units->len; i++)
        own = own || xq_record_get_id (unit_at (step, i)) == xq_statement_get_int (statement, 0);
      if (!own)
        return refuse (error, _ ("There is a unit called “%s” in “%s” already; choose another name"), trimmed,
                       xq_statement_get_text (statement, 1));
    }
  return found != XQ_STEP_ERROR;
}

/* @parent is a unit in force of the level above @level. */
gboolean
xq_tree_step_check_parent (XqTransaction *tx, gint64 parent, gint64 level, GError **error)
{
  g_autoptr (XqRecord) above = xq_record_load (tx, &XQ_UNIT, parent, error);

  if (above == NULL)
    return FALSE;
  if (xq_record_get_int (above, XQ_UNIT_LEVEL) != level - 1)
    return refuse (error, _ ("“%s” is not of the level above; choose another unit for it to belong to"), name_of (above));
  if (!xq_record_is_null (above, XQ_UNIT_VALID_TO))
    return refuse (error, _ ("“%s” ends on %s; choose another unit for it to belong to"), name_of (above),
                   xq_record_get_text (above, XQ_UNIT_VALID_TO));
  return TRUE;
}

static void
add_target (XqTreeStep *step, gint64 id, const char *name)
{
  g_array_append_val (step->targets, id);
  g_ptr_array_add (step->names, trim (name));
}

/* Of units to be made nothing is known but that they are others. */
static gint64
placeholder (const XqTreeStep *step, guint index)
{
  return -((gint64)step->number * 1000 + index + 1);
}

static gboolean
check_added (XqTransaction *tx, XqTreeStep *step, GError **error)
{
  const XqTreeEdit *edit = step->edit;
  g_autoptr (XqRecord) above = xq_record_load (tx, &XQ_UNIT, edit->parent, error);

  if (above == NULL)
    return FALSE;
  if (xq_record_get_int (above, XQ_UNIT_LEVEL) >= XQ_LEVEL_BUILDING)
    return refuse (error, _ ("“%s” can have nothing below it; choose a higher unit"), name_of (above));
  if (!xq_tree_step_check_parent (tx, edit->parent, xq_record_get_int (above, XQ_UNIT_LEVEL) + 1, error)
      || !check_name (tx, step, edit->parent, edit->name, error))
    return FALSE;
  add_target (step, placeholder (step, 0), edit->name);
  return is_blank (edit->day) || xq_tree_step_check_day (tx, edit, FALSE, error);
}

static gboolean
check_renamed (XqTransaction *tx, XqTreeStep *step, GError **error)
{
  const XqTreeEdit *edit = step->edit;
  const char *kind = edit->kind == XQ_TREE_RENAME ? "former_name" : "code";
  XqRecord *unit = unit_at (step, 0);
  g_autofree char *wanted = trim (edit->kind == XQ_TREE_RENAME ? edit->name : edit->code);
  g_autoptr (XqStatement) statement = NULL;
  XqStep found;

  if (edit->kind == XQ_TREE_RENAME && xq_record_get_int (unit, XQ_UNIT_PARENT) != 0
      && !check_name (tx, step, xq_record_get_int (unit, XQ_UNIT_PARENT), edit->name, error))
    return FALSE;
  if (edit->kind == XQ_TREE_RENAME && wanted == NULL)
    return refuse (error, _ ("The unit has no name; enter one"));
  if (g_strcmp0 (wanted, xq_record_get_text (unit, edit->kind == XQ_TREE_RENAME ? XQ_UNIT_NAME : XQ_UNIT_CODE)) == 0)
    return refuse (error,
                   edit->kind == XQ_TREE_RENAME ? _ ("“%s” is what the unit is called; enter another name")
                                                : _ ("“%s” is the unit's code; enter another one"),
                   wanted != NULL ? wanted : "");
  add_target (step, xq_record_get_id (unit), name_of (unit));
  if (edit->mistake)
    return TRUE;
  if (!xq_tree_step_check_day (tx, edit, FALSE, error))
    return FALSE;
  if (!xq_record_is_null (unit, XQ_UNIT_VALID_FROM) && strcmp (xq_record_get_text (unit, XQ_UNIT_VALID_FROM), edit->day) > 0)
    return refuse (error, _ ("“%s” is there only from %s; enter that day or a later one"), name_of (unit),
                   xq_record_get_text (unit, XQ_UNIT_VALID_FROM));
  statement = xq_statement_get (tx, "SELECT max (valid_to) FROM unit_name WHERE unit = ?1 AND kind = ?2", error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, xq_record_get_id (unit));
  xq_statement_bind_text (statement, 2, kind);
  found = xq_statement_step (statement, error);
  if (found == XQ_STEP_ROW && !xq_statement_is_null (statement, 0) && strcmp (xq_statement_get_text (statement, 0), edit->day) > 0)
    return refuse (error, _ ("“%s” was changed on %s; enter that day or a later one"), name_of (unit),
                   xq_statement_get_text (statement, 0));
  return found != XQ_STEP_ERROR;
}

static gboolean
check_moved (XqTransaction *tx, XqTreeStep *step, GError **error)
{
  const XqTreeEdit *edit = step->edit;

  for (guint i = 0; i < step->units->len; i++)
    {
      const XqRecord *unit = unit_at (step, i);

      if (xq_record_is_null (unit, XQ_UNIT_PARENT))
        return refuse (error, _ ("“%s” is the top of the tree and cannot be moved"), name_of (unit));
      if (!xq_record_is_null (unit, XQ_UNIT_VALID_TO))
        return refuse (error, _ ("“%s” ends on %s already; choose the unit that it became"), name_of (unit),
                       xq_record_get_text (unit, XQ_UNIT_VALID_TO));
      if (!xq_tree_step_check_parent (tx, edit->parent, xq_record_get_int (unit, XQ_UNIT_LEVEL), error))
        return FALSE;
      if (xq_record_get_int (unit, XQ_UNIT_PARENT) == edit->parent)
        return refuse (error, _ ("“%s” belongs there already; choose another unit"), name_of (unit));
      if (!check_name (tx, step, edit->parent, name_of (unit), error))
        return FALSE;
      add_target (step, xq_record_get_id (unit), name_of (unit));
    }
  return TRUE;
}

static gboolean
check_closed (XqTransaction *tx, XqTreeStep *step, GError **error)
{
  const XqRecord *unit = unit_at (step, 0);
  g_autoptr (XqStatement) statement = NULL;
  gint64 n = 0;

  if (!xq_tree_step_check_day (tx, step->edit, TRUE, error) || !check_standing (tx, unit, step->edit->day, error))
    return FALSE;
  if (xq_record_is_null (unit, XQ_UNIT_PARENT))
    return refuse (error, _ ("“%s” is the top of the tree and cannot be closed"), name_of (unit));
  if (xq_record_get_int (unit, XQ_UNIT_LEVEL) >= XQ_LEVEL_COMPOUND)
    return TRUE;
  statement = xq_statement_get (tx, "SELECT count (*) FROM unit WHERE parent = ?1 AND (valid_to IS NULL OR valid_to > ?2)", error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, xq_record_get_id (unit));
  xq_statement_bind_text (statement, 2, step->edit->day);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  n = xq_statement_get_int (statement, 0);
  if (n > 0)
    return refuse (error,
                   g_dngettext (GETTEXT_PACKAGE, "“%s” still has %u unit below it; move or close it first",
                                "“%s” still has %u units below it; move or close them first", (gulong)n),
                   name_of (unit), (guint)n);
  return TRUE;
}

gboolean
xq_tree_step_check_compounds (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  for (guint i = 0; i < step->units->len; i++)
    {
      const XqRecord *unit = unit_at (step, i);

      if (xq_record_get_int (unit, XQ_UNIT_LEVEL) != XQ_LEVEL_COMPOUND)
        return refuse (error, _ ("“%s” is not a compound; only compounds are merged and split"), name_of (unit));
      if (xq_record_get_district (unit) != xq_record_get_district (unit_at (step, 0)))
        return refuse (error, _ ("“%s” belongs to another district; choose compounds of one district"), name_of (unit));
      if (!check_standing (tx, unit, step->edit->day, error) || !check_not_split (tx, unit, step->edit->day, error))
        return FALSE;
    }
  return TRUE;
}

/* The one with most households, as its compound row says. */
static gboolean
find_greatest (XqTransaction *tx, const XqTreeStep *step, gint64 *greatest, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT coalesce (c.households, (SELECT sum (b.households) FROM unit u JOIN building b ON b.unit = u.id"
                          " WHERE u.parent = ?1 AND u.valid_to IS NULL), 0) FROM (SELECT 1) LEFT JOIN compound c ON c.unit = ?1",
                          error);
  gint64 most = -1;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < step->units->len; i++)
    {
      gint64 id = xq_record_get_id (unit_at (step, i));

      xq_statement_bind_int (statement, 1, id);
      if (xq_statement_step (statement, error) != XQ_STEP_ROW)
        return FALSE;
      if (xq_statement_get_int (statement, 0) > most)
        {
          most = xq_statement_get_int (statement, 0);
          *greatest = id;
        }
      xq_statement_reset (statement);
    }
  return TRUE;
}

static XqRecord *
find_unit (const XqTreeStep *step, gint64 id)
{
  for (guint i = 0; i < step->units->len; i++)
    if (xq_record_get_id (unit_at (step, i)) == id)
      return unit_at (step, i);
  return NULL;
}

static gint64
merged_parent (const XqTreeStep *step)
{
  return step->edit->parent != 0 ? step->edit->parent : xq_record_get_int (find_unit (step, step->main_unit), XQ_UNIT_PARENT);
}

static gboolean
check_merged (XqTransaction *tx, XqTreeStep *step, GError **error)
{
  const XqTreeEdit *edit = step->edit;

  if (step->units->len < 2)
    return refuse (error, _ ("Two or more compounds are needed for a merger; choose another one"));
  if (!xq_tree_step_check_day (tx, edit, TRUE, error) || !xq_tree_step_check_compounds (tx, step, error))
    return FALSE;
  if ((edit->survivor != 0 && find_unit (step, edit->survivor) == NULL)
      || (edit->main != 0 && find_unit (step, edit->main) == NULL))
    return refuse (error, _ ("What the compounds are merged into must be one of them or a new one"));
  step->main_unit = edit->survivor != 0 ? edit->survivor : edit->main;
  if (step->main_unit == 0 && !find_greatest (tx, step, &step->main_unit, error))
    return FALSE;
  if (edit->survivor != 0)
    {
      const XqRecord *survivor = find_unit (step, edit->survivor);

      add_target (step, edit->survivor, name_of (survivor));
      return TRUE;
    }
  add_target (step, placeholder (step, 0), edit->name);
  return xq_tree_step_check_parent (tx, merged_parent (step), XQ_LEVEL_COMPOUND, error)
         && check_name (tx, step, merged_parent (step), edit->name, error);
}

static gboolean
check_split (XqTransaction *tx, XqTreeStep *step, GError **error)
{
  const XqTreeEdit *edit = step->edit;
  const XqRecord *unit = unit_at (step, 0);
  const XqTreePart *main_part = NULL;
  guint keeping = 0;

  if (edit->parts->len < 2)
    return refuse (error, _ ("A compound is split into two or more parts; add another one"));
  if (edit->parts->len > 100)
    return refuse (error, _ ("A compound cannot be split into more than 100 parts"));
  if (!xq_tree_step_check_day (tx, edit, TRUE, error) || !xq_tree_step_check_compounds (tx, step, error))
    return FALSE;
  step->main_unit = xq_record_get_id (unit);
  for (guint i = 0; i < edit->parts->len; i++)
    {
      const XqTreePart *part = g_ptr_array_index (edit->parts, i);
      g_autofree char *called = trim (part->name);
      const char *name = part->keeps && called == NULL ? name_of (unit) : called;

      if (part->numerator < 1 || part->denominator < 1 || part->numerator > 1000000000 || part->denominator > 1000000000)
        return refuse (error, _ ("A part's share must be more than nothing; enter a whole number from 1"));
      if (part->keeps && keeping++ > 0)
        return refuse (error, _ ("The compound can go on as one of the parts only"));
      if (!check_name (tx, step, xq_record_get_int (unit, XQ_UNIT_PARENT), name, error))
        return FALSE;
      for (guint k = 0; k < step->names->len; k++)
        if (g_str_equal (g_ptr_array_index (step->names, k), name))
          return refuse (error, _ ("Two parts are called “%s”; give one of them another name"), name);
      add_target (step, part->keeps ? xq_record_get_id (unit) : placeholder (step, i), name);
      /* a / b > c / d */
      if (main_part == NULL
          || (!main_part->keeps
              && (part->keeps || part->numerator * main_part->denominator > main_part->numerator * part->denominator)))
        {
          main_part = part;
          step->main_target = i;
        }
    }
  return TRUE;
}

/* Its units are told by the base units that they hold, which an edit does not know. */
static gboolean
check_redrawn (XqTransaction *tx, XqTreeStep *step, GError **error)
{
  return refuse (error, _ ("A re-draw of many compounds into many is put together from base units"));
}

XqTreeStep *
xq_tree_step_new (XqTransaction *tx, const XqTreeEdit *edit, guint number, GError **error)
{
  static gboolean (*const checks[]) (XqTransaction *, XqTreeStep *, GError **)
      = { [XQ_TREE_ADD] = check_added,   [XQ_TREE_RENAME] = check_renamed, [XQ_TREE_RECODE] = check_renamed,
          [XQ_TREE_MOVE] = check_moved,  [XQ_TREE_CLOSE] = check_closed,   [XQ_TREE_MERGE] = check_merged,
          [XQ_TREE_SPLIT] = check_split, [XQ_TREE_REDRAW] = check_redrawn };
  g_autoptr (XqTreeStep) step = g_new0 (XqTreeStep, 1);

  step->edit = edit;
  step->number = number;
  step->units = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);
  step->targets = g_array_new (FALSE, FALSE, sizeof (gint64));
  step->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < edit->units->len; i++)
    {
      gint64 id = g_array_index (edit->units, gint64, i);
      XqRecord *unit;

      if (find_unit (step, id) != NULL)
        continue;
      unit = xq_record_load (tx, &XQ_UNIT, id, error);
      if (unit == NULL)
        return NULL;
      g_ptr_array_add (step->units, unit);
    }
  if (edit->kind != XQ_TREE_ADD && step->units->len == 0)
    {
      refuse (error, _ ("No unit is chosen; choose one"));
      return NULL;
    }
  return checks[edit->kind](tx, step, error) ? g_steal_pointer (&step) : NULL;
}

/* A new unit is of the sample where what it is made of is: it must not pass for a reported one. */
static XqOrigin
level_origin (const XqTreeStep *step)
{
  for (guint i = 0; i < step->units->len; i++)
    if (xq_record_get_origin (unit_at (step, i), XQ_UNIT_LEVEL) == XQ_ORIGIN_GENERATED)
      return XQ_ORIGIN_GENERATED;
  return step->edit->origin;
}

gboolean
xq_tree_step_make_unit (XqTransaction *tx, XqTreeStep *step, guint index, gint64 parent, XqLevel level, const char *code,
                        const XqRecord *model, XqOrigin origin, GError **error)
{
  g_autoptr (XqRecord) unit = xq_record_new (&XQ_UNIT);
  g_autofree char *trimmed = trim (code);

  xq_record_set_all_origins (unit, step->edit->origin);
  xq_record_set_int (unit, XQ_UNIT_PARENT, parent);
  xq_record_set_int (unit, XQ_UNIT_LEVEL, level);
  xq_record_set_origin (unit, XQ_UNIT_LEVEL, origin);
  xq_record_set_text (unit, XQ_UNIT_NAME, g_ptr_array_index (step->names, index));
  xq_record_set_text (unit, XQ_UNIT_CODE, trimmed);
  xq_record_set_text (unit, XQ_UNIT_VALID_FROM, is_blank (step->edit->day) ? NULL : step->edit->day);
  /* It stands where what it is made of stood. */
  if (model != NULL && !xq_record_is_null (model, XQ_UNIT_ORDINAL) && xq_record_get_int (model, XQ_UNIT_PARENT) == parent)
    {
      xq_record_set_int (unit, XQ_UNIT_ORDINAL, xq_record_get_int (model, XQ_UNIT_ORDINAL));
      xq_record_set_origin (unit, XQ_UNIT_ORDINAL, xq_record_get_origin (model, XQ_UNIT_ORDINAL));
    }
  if (model != NULL && xq_record_get_int (model, XQ_UNIT_PARENT) == parent)
    xq_record_set_origin (unit, XQ_UNIT_PARENT, xq_record_get_origin (model, XQ_UNIT_PARENT));
  g_array_index (step->targets, gint64, index) = xq_record_insert (tx, unit, error);
  return g_array_index (step->targets, gint64, index) != 0;
}

static gboolean
make_unit (XqTransaction *tx, XqTreeStep *step, guint index, gint64 parent, XqLevel level, const char *code, GError **error)
{
  const XqRecord *model = step->units->len > 0 ? find_unit (step, step->main_unit) : NULL;

  return xq_tree_step_make_unit (tx, step, index, parent, level, code, model, level_origin (step), error);
}

gboolean
xq_tree_step_rename_unit (XqTransaction *tx, XqRecord *unit, int field, const char *kind, const char *value, const char *day,
                          gboolean mistake, GError **error)
{
  const char *old = xq_record_get_text (unit, field);

  if (!mistake && old != NULL)
    {
      g_autoptr (XqRecord) former = xq_record_new (&XQ_UNIT_NAME_RECORD);
      g_autoptr (XqStatement) statement
          = xq_statement_get (tx, "SELECT max (valid_to) FROM unit_name WHERE unit = ?1 AND kind = ?2", error);
      const char *from = xq_record_get_text (unit, XQ_UNIT_VALID_FROM);

      if (statement == NULL)
        return FALSE;
      xq_statement_bind_int (statement, 1, xq_record_get_id (unit));
      xq_statement_bind_text (statement, 2, kind);
      if (xq_statement_step (statement, error) != XQ_STEP_ROW)
        return FALSE;
      if (!xq_statement_is_null (statement, 0))
        from = xq_statement_get_text (statement, 0);
      /* What it was called for no day need not be kept. */
      if (from == NULL || strcmp (from, day) < 0)
        {
          xq_record_set_int (former, XQ_UNIT_NAME_UNIT, xq_record_get_id (unit));
          xq_record_set_text (former, XQ_UNIT_NAME_KIND, kind);
          xq_record_set_text (former, XQ_UNIT_NAME_VALUE, old);
          xq_record_set_text (former, XQ_UNIT_NAME_VALID_FROM, from);
          xq_record_set_text (former, XQ_UNIT_NAME_VALID_TO, day);
          if (xq_record_insert (tx, former, error) == 0)
            return FALSE;
        }
    }
  xq_record_set_text (unit, field, value);
  return xq_record_update (tx, unit, FALSE, error);
}

gboolean
xq_tree_step_make_units (XqTransaction *tx, XqTreeStep *step, GError **error)
{
  const XqTreeEdit *edit = step->edit;
  g_autofree char *name = trim (edit->name), *code = trim (edit->code);

  switch (edit->kind)
    {
    case XQ_TREE_ADD:
      {
        g_autoptr (XqRecord) above = xq_record_load (tx, &XQ_UNIT, edit->parent, error);

        return above != NULL
               && make_unit (tx, step, 0, edit->parent, (XqLevel)(xq_record_get_int (above, XQ_UNIT_LEVEL) + 1), code, error);
      }
    case XQ_TREE_RENAME:
      return xq_tree_step_rename_unit (tx, unit_at (step, 0), XQ_UNIT_NAME, "former_name", name, edit->day, edit->mistake, error);
    case XQ_TREE_RECODE:
      return xq_tree_step_rename_unit (tx, unit_at (step, 0), XQ_UNIT_CODE, "code", code, edit->day, edit->mistake, error);
    case XQ_TREE_MERGE:
      return edit->survivor != 0 || make_unit (tx, step, 0, merged_parent (step), XQ_LEVEL_COMPOUND, code, error);
    case XQ_TREE_SPLIT:
      for (guint i = 0; i < edit->parts->len; i++)
        {
          const XqTreePart *part = g_ptr_array_index (edit->parts, i);
          XqRecord *unit = unit_at (step, 0);
          const char *called = g_ptr_array_index (step->names, i);

          if (!part->keeps
              && !make_unit (tx, step, i, xq_record_get_int (unit, XQ_UNIT_PARENT), XQ_LEVEL_COMPOUND, part->code, error))
            return FALSE;
          if (part->keeps && !g_str_equal (called, name_of (unit))
              && !xq_tree_step_rename_unit (tx, unit, XQ_UNIT_NAME, "former_name", called, edit->day, FALSE, error))
            return FALSE;
        }
      return TRUE;
    case XQ_TREE_MOVE:
    case XQ_TREE_CLOSE:
    case XQ_TREE_REDRAW:
    default:
      return TRUE;
    }
}

static void
set_redraw (XqRecord *lineage, gint64 redraw)
{
  if (redraw != 0)
    xq_record_set_int (lineage, XQ_LINEAGE_REDRAW, redraw);
  else
    xq_record_set_null (lineage, XQ_LINEAGE_REDRAW);
}

/* One row for each pair and day: that a unit goes on as itself is said once, with its share. */
gboolean
xq_tree_step_write_lineage (XqTransaction *tx, const char *day, gint64 predecessor, gint64 successor, gint64 numerator,
                            gint64 denominator, gint64 redraw, XqOrigin origin, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT id FROM lineage WHERE predecessor = ?1 AND successor = ?2 AND effective = ?3 ORDER BY id LIMIT 1",
                          error);
  g_autoptr (XqRecord) lineage = NULL;
  XqStep found;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, predecessor);
  xq_statement_bind_int (statement, 2, successor);
  xq_statement_bind_text (statement, 3, day);
  found = xq_statement_step (statement, error);
  if (found == XQ_STEP_ERROR)
    return FALSE;
  if (found == XQ_STEP_ROW)
    {
      lineage = xq_record_load (tx, &XQ_LINEAGE, xq_statement_get_int (statement, 0), error);
      if (lineage == NULL)
        return FALSE;
      xq_record_set_int (lineage, XQ_LINEAGE_SHARE_NUMERATOR, numerator);
      xq_record_set_int (lineage, XQ_LINEAGE_SHARE_DENOMINATOR, denominator);
      set_redraw (lineage, redraw);
      return xq_record_update (tx, lineage, FALSE, error);
    }
  lineage = xq_record_new (&XQ_LINEAGE);
  xq_record_set_all_origins (lineage, origin);
  xq_record_set_int (lineage, XQ_LINEAGE_PREDECESSOR, predecessor);
  xq_record_set_int (lineage, XQ_LINEAGE_SUCCESSOR, successor);
  xq_record_set_int (lineage, XQ_LINEAGE_SHARE_NUMERATOR, numerator);
  xq_record_set_int (lineage, XQ_LINEAGE_SHARE_DENOMINATOR, denominator);
  xq_record_set_text (lineage, XQ_LINEAGE_EFFECTIVE, day);
  set_redraw (lineage, redraw);
  return xq_record_insert (tx, lineage, error) != 0;
}

static gboolean
write_lineage (XqTransaction *tx, const XqTreeStep *step, gint64 predecessor, gint64 successor, gint64 numerator,
               gint64 denominator, GError **error)
{
  return xq_tree_step_write_lineage (tx, step->edit->day, predecessor, successor, numerator, denominator, 0, level_origin (step),
                                     error);
}

gboolean
xq_tree_step_end_unit (XqTransaction *tx, const XqTreeStep *step, gint64 id, GError **error)
{
  g_autoptr (XqRecord) unit = xq_record_load (tx, &XQ_UNIT, id, error);

  if (unit == NULL)
    return FALSE;
  xq_record_set_text (unit, XQ_UNIT_VALID_TO, step->edit->day);
  return xq_record_update (tx, unit, FALSE, error);
}

gboolean
xq_tree_step_finish (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  const XqTreeEdit *edit = step->edit;
  gboolean kept = FALSE;

  if (edit->kind == XQ_TREE_CLOSE)
    return xq_tree_step_end_unit (tx, step, xq_record_get_id (unit_at (step, 0)), error);
  if (edit->kind == XQ_TREE_MERGE)
    for (guint i = 0; i < step->units->len; i++)
      {
        gint64 id = xq_record_get_id (unit_at (step, i));

        if (!write_lineage (tx, step, id, g_array_index (step->targets, gint64, 0), 1, 1, error)
            || (id != edit->survivor && !xq_tree_step_end_unit (tx, step, id, error)))
          return FALSE;
      }
  if (edit->kind != XQ_TREE_SPLIT)
    return TRUE;
  for (guint i = 0; i < edit->parts->len; i++)
    {
      const XqTreePart *part = g_ptr_array_index (edit->parts, i);

      kept = kept || part->keeps;
      if (!write_lineage (tx, step, step->main_unit, g_array_index (step->targets, gint64, i), part->numerator, part->denominator,
                          error))
        return FALSE;
    }
  return kept || xq_tree_step_end_unit (tx, step, step->main_unit, error);
}
