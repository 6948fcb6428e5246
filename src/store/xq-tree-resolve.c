#include "xq-redraw-step.h"
#include "xq-tree-candidate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ALL XQ_TREE_ALL
#define GENERAL XQ_TREE_GENERAL

/* What was chosen is done here. */

static gint64
target_id (const XqTreeStep *step, guint target)
{
  return g_array_index (step->targets, gint64, target);
}

/* Ends @to of the row, not before it began. */
static gboolean
end_row (XqTransaction *tx, const XqRecordType *type, gint64 id, const char *from, const char *to, const char *day, GError **error)
{
  g_autoptr (XqRecord) record = xq_record_load (tx, type, id, error);
  int began = xq_record_type_find (type, from);
  const char *first;

  if (record == NULL)
    return FALSE;
  first = began >= 0 ? xq_record_get_text (record, began) : NULL;
  {
    g_autofree char *last = g_strdup (first != NULL && strcmp (first, day) > 0 ? first : day);

    xq_record_set_text (record, xq_record_type_find (type, to), last);
  }
  return xq_record_update (tx, record, TRUE, error);
}

static gboolean
run_pair (XqTransaction *tx, const char *sql, gint64 first, gint64 second, const char *day, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, first);
  xq_statement_bind_int (statement, 2, second);
  if (day != NULL)
    xq_statement_bind_text (statement, 3, day);
  return xq_statement_run (statement, error);
}

/* @gone is merged into @kept: whoever belongs to it belongs to that; what it covered elsewhere that covers. */
static gboolean
merge_organisation (XqTransaction *tx, gint64 gone, gint64 kept, const char *day, GError **error)
{
  static const char *const moves[] = {
    "UPDATE member SET organisation = ?2 WHERE organisation = ?1",
    "UPDATE organisation SET parent = ?2 WHERE parent = ?1 AND id <> ?2",
    "UPDATE post_holder SET organisation = ?2 WHERE organisation = ?1",
  };
  g_autoptr (XqRecord) survivor = xq_record_load (tx, &XQ_ORGANISATION, kept, error);
  g_autoptr (XqRecord) lost = xq_record_load (tx, &XQ_ORGANISATION, gone, error);
  g_autoptr (GPtrArray) covers = NULL;
  g_autoptr (XqRecord) approval = xq_record_new (&XQ_APPROVAL);

  if (survivor == NULL || lost == NULL)
    return FALSE;
  /* What is kept cannot hang under what is gone. */
  if (xq_record_get_int (survivor, XQ_ORGANISATION_PARENT) == gone)
    {
      if (xq_record_is_null (lost, XQ_ORGANISATION_PARENT))
        xq_record_set_null (survivor, XQ_ORGANISATION_PARENT);
      else
        xq_record_set_int (survivor, XQ_ORGANISATION_PARENT, xq_record_get_int (lost, XQ_ORGANISATION_PARENT));
      if (!xq_record_update (tx, survivor, TRUE, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (!run_pair (tx, moves[i], gone, kept, NULL, error))
      return FALSE;
  covers = xq_record_list (tx, &XQ_ORGANISATION_COVER, XQ_ORGANISATION_COVER_ORGANISATION, gone, error);
  if (covers == NULL)
    return FALSE;
  for (guint i = 0; i < covers->len; i++)
    {
      XqRecord *cover = g_ptr_array_index (covers, i);
      const char *to = xq_record_get_text (cover, XQ_ORGANISATION_COVER_VALID_TO);

      if (to != NULL && strcmp (to, day) <= 0)
        continue;
      if (!end_row (tx, &XQ_ORGANISATION_COVER, xq_record_get_id (cover), "valid_from", "valid_to", day, error)
          || !run_pair (tx, "DELETE FROM organisation_cover WHERE id = ?1 AND ?2 AND valid_from >= ?3", xq_record_get_id (cover), 1,
                        day, error))
        return FALSE;
      xq_record_set_id (cover, 0);
      xq_record_set_int (cover, XQ_ORGANISATION_COVER_ORGANISATION, kept);
      xq_record_set_text (cover, XQ_ORGANISATION_COVER_VALID_FROM, day);
      if (xq_record_insert (tx, cover, error) == 0)
        return FALSE;
    }
  xq_record_set_int (approval, XQ_APPROVAL_ORGANISATION, gone);
  xq_record_set_text (approval, XQ_APPROVAL_EVENT, "merger");
  xq_record_set_text (approval, XQ_APPROVAL_DECIDED, day);
  xq_record_set_int (approval, XQ_APPROVAL_SUCCESSOR, kept);
  return xq_record_insert (tx, approval, error) != 0 && end_row (tx, &XQ_ORGANISATION, gone, "founded", "dissolved", day, error);
}

/* The chosen one of two or more, 0: all. */
static gint64
find_kept (const XqTreeStep *step, guint target, const char *conflict, const GArray *candidates)
{
  const char *chosen = xq_tree_candidates_get_choice (step, target, conflict, ALL);

  for (guint i = 0; candidates->len > 1 && i < candidates->len; i++)
    {
      g_autofree char *row = xq_tree_candidate_make_row (g_array_index (candidates, XqTreeCandidate, i).id);

      if (g_str_equal (row, chosen))
        return g_array_index (candidates, XqTreeCandidate, i).id;
    }
  return 0;
}

/* Ends all candidates but the chosen one; without a choice none. */
static gboolean
keep_one (XqTransaction *tx, const XqTreeStep *step, guint target, const char *conflict, GArray *candidates,
          const XqRecordType *type, const char *from, const char *to, GError **error)
{
  gint64 kept;

  if (candidates == NULL)
    return FALSE;
  kept = find_kept (step, target, conflict, candidates);
  for (guint i = 0; kept != 0 && i < candidates->len; i++)
    if (g_array_index (candidates, XqTreeCandidate, i).id != kept
        && !end_row (tx, type, g_array_index (candidates, XqTreeCandidate, i).id, from, to, step->edit->day, error))
      return FALSE;
  return TRUE;
}
/* Records that do not go on at the target; elsewhere they may. @sql: ids; binds the target and @key. */
static gboolean
skip_rows (XqTransaction *tx, const XqRecordType *type, gint64 target, gint64 key, const char *sql, GError **error)
{
  g_autofree char *whole
      = g_strdup_printf ("INSERT OR IGNORE INTO temp.tree_skip SELECT '%s', k.id, ?1 FROM (%s) k", type->name, sql);

  return run_pair (tx, whole, target, key, NULL, error);
}

/* Of several contacts one goes on: the chosen, else the first. */
static gboolean
resolve_contacts (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error)
{
  g_autoptr (GArray) contacts = xq_tree_candidates_list (tx, step, target, XQ_TREE_CONTACTS, error);
  gint64 kept;

  if (contacts == NULL)
    return FALSE;
  kept = find_kept (step, target, "contacts", contacts);
  if (kept == 0 && contacts->len > 0)
    kept = g_array_index (contacts, XqTreeCandidate, 0).id;
  for (guint i = 0; i < contacts->len; i++)
    {
      gint64 id = g_array_index (contacts, XqTreeCandidate, i).id;

      if (id != kept && !skip_rows (tx, &XQ_CONTACT, target_id (step, target), id, "SELECT ?2 AS id", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
resolve_joint (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error)
{
  g_autoptr (GArray) joint = xq_tree_candidates_list (tx, step, target, XQ_TREE_JOINT, error);
  gint64 kept;

  if (joint == NULL)
    return FALSE;
  kept = find_kept (step, target, "joint", joint);
  for (guint i = 0; kept != 0 && i < joint->len; i++)
    {
      gint64 id = g_array_index (joint, XqTreeCandidate, i).id;

      if (id != kept
          && !skip_rows (tx, &XQ_ORGANISATION_COVER, target_id (step, target), id,
                         "SELECT c.cover AS id FROM temp.tree_cover c WHERE c.successor = ?1 AND c.organisation = ?2", error))
        return FALSE;
    }
  return TRUE;
}

/* @organisation covers the target from the day on, which then needs neither contact nor joint branch. */
static gboolean
cover (XqTransaction *tx, const XqTreeStep *step, guint target, gint64 organisation, GError **error)
{
  g_autoptr (XqRecord) row = xq_record_new (&XQ_ORGANISATION_COVER);
  g_autofree char *place = NULL;

  xq_record_set_int (row, XQ_ORGANISATION_COVER_UNIT, target_id (step, target));
  xq_record_set_int (row, XQ_ORGANISATION_COVER_ORGANISATION, organisation);
  xq_record_set_text (row, XQ_ORGANISATION_COVER_VALID_FROM, step->edit->day);
  if (xq_record_insert (tx, row, error) == 0)
    return FALSE;
  /* Where the target is a unit that goes on, it stays with that. */
  place = g_strdup_printf ("organisation_cover:%" G_GINT64_FORMAT, xq_record_get_id (row));
  return xq_tree_moves_insert_place (tx, place, target_id (step, target), error)
         && run_pair (tx, "INSERT OR IGNORE INTO temp.tree_own SELECT ?1 WHERE ?2", target_id (step, target), 1, NULL, error);
}

/* A general branch above the branches, led by who leads the community's. */
static gboolean
found_general (XqTransaction *tx, const XqTreeStep *step, guint target, const GArray *branches, GError **error)
{
  g_autoptr (XqRecord) unit = xq_record_load (tx, &XQ_UNIT, target_id (step, target), error);
  g_autoptr (XqRecord) general = xq_record_new (&XQ_ORGANISATION);
  g_autofree char *name = g_strdup_printf (_ ("General branch of %s"), (char *)g_ptr_array_index (step->names, target));
  gint64 committee, id;

  if (unit == NULL || !xq_tree_find_committee (tx, xq_record_get_int (unit, XQ_UNIT_PARENT), &committee, error))
    return FALSE;
  xq_record_set_all_origins (general, step->edit->origin);
  xq_record_set_int (general, XQ_ORGANISATION_UNIT, target_id (step, target));
  if (committee != 0)
    xq_record_set_int (general, XQ_ORGANISATION_PARENT, committee);
  xq_record_set_text (general, XQ_ORGANISATION_KIND, "general_branch");
  xq_record_set_text (general, XQ_ORGANISATION_NAME, name);
  xq_record_set_text (general, XQ_ORGANISATION_FOUNDED, step->edit->day);
  id = xq_record_insert (tx, general, error);
  if (id == 0 || !cover (tx, step, target, id, error))
    return FALSE;
  for (guint i = 0; i < branches->len; i++)
    if (!run_pair (tx, "UPDATE organisation SET parent = ?2 WHERE id = ?1", g_array_index (branches, XqTreeCandidate, i).id, id,
                   NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
resolve_merged (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error)
{
  g_autoptr (GArray) organisations = xq_tree_candidates_list (tx, step, target, XQ_TREE_ORGANISATIONS, error);
  g_autoptr (GArray) secretaries = xq_tree_candidates_list_secretaries (tx, step, target, error);
  g_autoptr (GArray) services = xq_tree_candidates_list (tx, step, target, XQ_TREE_SERVICES, error);
  g_autoptr (GArray) grids = xq_tree_candidates_list (tx, step, target, XQ_TREE_GRIDS, error);
  g_autofree char *merged = NULL, *kept = NULL;
  gint64 survivor;
  gboolean own;

  if (organisations == NULL || grids == NULL || !xq_tree_candidates_find_merged (tx, step, target, &merged, &kept, error)
      || !xq_tree_candidates_have_own (tx, step, target, &own, error))
    return FALSE;
  xq_tree_candidates_keep_groups (grids);
  survivor = g_ascii_strtoll (kept, NULL, 10);
  /* Who is secretary is decided while it is still known whose. */
  if (!keep_one (tx, step, target, "secretaries", secretaries, &XQ_POST_HOLDER, "valid_from", "valid_to", error)
      || !keep_one (tx, step, target, "services", services, &XQ_PROPERTY_SERVICE, "valid_from", "valid_to", error)
      || !keep_one (tx, step, target, "grids", grids, &XQ_GRID_ROLE, "valid_from", "valid_to", error)
      || (!own && !resolve_contacts (tx, step, target, error)) || !resolve_joint (tx, step, target, error))
    return FALSE;
  if (xq_tree_candidates_are_branches (organisations)
      && g_str_equal (xq_tree_candidates_get_choice (step, target, "organisations", ALL), GENERAL)
      && !found_general (tx, step, target, organisations, error))
    return FALSE;
  for (guint i = 0; survivor != 0 && i < organisations->len; i++)
    {
      gint64 id = g_array_index (organisations, XqTreeCandidate, i).id;

      if (id != survivor && !merge_organisation (tx, id, survivor, step->edit->day, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
resolve_uncovered (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error)
{
  g_autoptr (GArray) left = xq_tree_candidates_list (tx, step, target, XQ_TREE_LEFT, error);
  const char *chosen = xq_tree_candidates_get_choice (step, target, "covers", "one");
  gboolean own;

  if (left == NULL || !xq_tree_candidates_have_own (tx, step, target, &own, error))
    return FALSE;
  for (guint i = 0; !own && i < left->len; i++)
    {
      g_autofree char *row = xq_tree_candidate_make_row (g_array_index (left, XqTreeCandidate, i).id);

      if (g_str_equal (row, chosen) && !cover (tx, step, target, g_array_index (left, XqTreeCandidate, i).id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
resolve_redrawn (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  for (guint i = 0; i < step->targets->len; i++)
    {
      if (!resolve_uncovered (tx, step, i, error) || !resolve_merged (tx, step, i, error)
          || xq_transaction_check_cancelled (tx, error))
        return FALSE;
      xq_transaction_progress (tx, i + 1, 4 * (gint64)step->targets->len);
    }
  return TRUE;
}

static gboolean
resolve_split (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  g_autoptr (GArray) covers = xq_tree_candidates_list (tx, step, 0, XQ_TREE_COVERS, error);

  if (covers == NULL)
    return FALSE;
  if (!g_str_equal (xq_tree_step_get_choice (step, "covers", "one"), ALL))
    return TRUE;
  for (guint i = 0; i < covers->len; i++)
    for (guint k = 0; k < step->targets->len; k++)
      {
        /* Its own part is covered as what goes along with it. */
        if (k == step->main_target || target_id (step, k) == step->main_unit)
          continue;
        if (!cover (tx, step, k, g_array_index (covers, XqTreeCandidate, i).id, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
resolve_closed (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  const XqRecord *unit = g_ptr_array_index (step->units, 0);
  gint64 above = xq_record_get_int (unit, XQ_UNIT_PARENT);
  g_autoptr (GArray) held = xq_tree_candidates_list (tx, step, 0, XQ_TREE_HELD, error);
  g_autoptr (GArray) tickets = xq_tree_candidates_list (tx, step, 0, XQ_TREE_TICKETS, error);
  gboolean dissolve = g_str_equal (xq_tree_step_get_choice (step, "organisations", "dissolve"), "dissolve");
  gboolean stay = g_str_equal (xq_tree_step_get_choice (step, "tickets", "above"), "stay");

  if (held == NULL || tickets == NULL)
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    {
      gint64 id = g_array_index (held, XqTreeCandidate, i).id;

      if (!(dissolve ? end_row (tx, &XQ_ORGANISATION, id, "founded", "dissolved", step->edit->day, error)
                     : run_pair (tx, "UPDATE organisation SET unit = ?2 WHERE id = ?1", id, above, NULL, error)))
        return FALSE;
    }
  for (guint i = 0; !stay && i < tickets->len; i++)
    if (!run_pair (tx, "UPDATE ticket SET unit = ?2 WHERE id = ?1", g_array_index (tickets, XqTreeCandidate, i).id, above, NULL,
                   error))
      return FALSE;
  return TRUE;
}

gboolean
xq_tree_conflicts_resolve (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  switch (step->edit->kind)
    {
    case XQ_TREE_MERGE:
      return resolve_merged (tx, step, 0, error);
    case XQ_TREE_SPLIT:
      return resolve_split (tx, step, error);
    case XQ_TREE_CLOSE:
      return resolve_closed (tx, step, error);
    case XQ_TREE_REDRAW:
      return resolve_redrawn (tx, step, error);
    default:
      return TRUE;
    }
}
