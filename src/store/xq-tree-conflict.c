#include "xq-redraw-step.h"
#include "xq-tree-candidate.h"

#include <glib/gi18n-lib.h>

#include "xq-unit-private.h"

#define ALL XQ_TREE_ALL
#define GENERAL XQ_TREE_GENERAL
#define OF_STEP XQ_TREE_OF_STEP

/* A conflict's message says of which new unit it is where there are several. Takes @message. */
static char *
name_target (const XqTreeStep *step, guint target, char *message)
{
  char *named;

  if (step->redraw == NULL)
    return message;
  named = g_strdup_printf (_ ("%s: %s"), (char *)g_ptr_array_index (step->names, target), message);
  g_free (message);
  return named;
}

static char *
candidate_label (const XqTreeCandidate *candidate)
{
  return *candidate->label != '\0' ? g_strdup_printf (_ ("%s (%s)"), candidate->label, candidate->whose)
                                   : g_strdup (candidate->whose);
}

/* One of several is to be chosen. @all: what it is called that all stay, or NULL where that cannot be. */
static void
add_one_of (GPtrArray *conflicts, const XqTreeStep *step, guint target, const char *kind, char *message, const char *all,
            const GArray *candidates, gboolean each)
{
  g_autofree char *id = xq_tree_conflict_make_id (step, target, kind);
  XqTreeConflict *conflict = xq_tree_conflict_new (id);

  conflict->message = name_target (step, target, message);
  if (all != NULL)
    xq_tree_conflict_add (conflict, ALL, all);
  for (guint i = 0; each && i < candidates->len; i++)
    {
      const XqTreeCandidate *candidate = &g_array_index (candidates, XqTreeCandidate, i);
      g_autofree char *name = candidate_label (candidate);
      g_autofree char *row = xq_tree_candidate_make_row (candidate->id);

      g_autofree char *only = g_strdup_printf (_ ("Only %s goes on"), name);

      xq_tree_conflict_add (conflict, row, only);
    }
  xq_tree_conflict_decide (conflict, step, NULL);
  g_ptr_array_add (conflicts, conflict);
}

static gboolean
list_merged (XqTransaction *tx, const XqTreeStep *step, guint target, GPtrArray *conflicts, GError **error)
{
  g_autoptr (GArray) organisations = xq_tree_candidates_list (tx, step, target, XQ_TREE_ORGANISATIONS, error);
  g_autoptr (GArray) joint = xq_tree_candidates_list (tx, step, target, XQ_TREE_JOINT, error);
  g_autoptr (GArray) contacts = xq_tree_candidates_list (tx, step, target, XQ_TREE_CONTACTS, error);
  g_autoptr (GArray) secretaries = xq_tree_candidates_list_secretaries (tx, step, target, error);
  g_autoptr (GArray) bodies = xq_tree_candidates_list (tx, step, target, XQ_TREE_BODIES, error);
  g_autoptr (GArray) services = xq_tree_candidates_list (tx, step, target, XQ_TREE_SERVICES, error);
  g_autoptr (GArray) grids = xq_tree_candidates_list (tx, step, target, XQ_TREE_GRIDS, error);
  g_autoptr (GArray) kinds = xq_tree_candidates_list_kinds (tx, step, target, error);
  gboolean own;

  if (organisations == NULL || joint == NULL || contacts == NULL || secretaries == NULL || bodies == NULL || services == NULL
      || grids == NULL || kinds == NULL || !xq_tree_candidates_have_own (tx, step, target, &own, error))
    return FALSE;
  xq_tree_candidates_keep_groups (grids);
  if (organisations->len > 1)
    add_one_of (conflicts, step, target, "organisations",
                g_strdup_printf (_ ("The unit would have %u Party organisations of its own"), organisations->len),
                _ ("All go on side by side"), organisations, TRUE);
  if (xq_tree_candidates_are_branches (organisations))
    {
      XqTreeConflict *conflict = g_ptr_array_index (conflicts, conflicts->len - 1);

      xq_tree_conflict_add (conflict, GENERAL, _ ("All go on under a general branch that is founded above them"));
      g_clear_pointer (&conflict->chosen, g_free);
      xq_tree_conflict_decide (conflict, step, NULL);
    }
  if (joint->len > 1 && !own)
    add_one_of (conflicts, step, target, "joint",
                g_strdup_printf (_ ("The compounds are covered by %u joint branches"), joint->len),
                _ ("All go on covering the unit"), joint, TRUE);
  if (secretaries->len > 1)
    add_one_of (conflicts, step, target, "secretaries", g_strdup_printf (_ ("There would be %u secretaries"), secretaries->len),
                _ ("All go on"), secretaries, TRUE);
  if (contacts->len > 1 && !own)
    add_one_of (conflicts, step, target, "contacts", g_strdup_printf (_ ("%u contacts are in force"), contacts->len), NULL,
                contacts, TRUE);
  if (bodies->len > 1)
    add_one_of (conflicts, step, target, "bodies",
                g_strdup_printf (_ ("There are %u owners' bodies; each belongs to its own property area"), bodies->len),
                _ ("All go on: a merger of compounds does not merge owners' assemblies"), bodies, FALSE);
  if (services->len > 1)
    add_one_of (conflicts, step, target, "services",
                g_strdup_printf (_ ("There are %u contracts with property firms"), services->len),
                _ ("All go on, each for its property area"), services, TRUE);
  if (grids->len > 1)
    add_one_of (conflicts, step, target, "grids", g_strdup_printf (_ ("The unit would be %u grids of one kind"), grids->len),
                _ ("All go on"), grids, TRUE);
  if (kinds->len > 1)
    {
      g_autofree char *id = xq_tree_conflict_make_id (step, target, "kind");
      XqTreeConflict *conflict = xq_tree_conflict_new (id);

      conflict->message = name_target (step, target, g_strdup (_ ("The compounds are of different kinds")));
      for (guint i = 0; i < kinds->len; i++)
        {
          const char *nick = g_array_index (kinds, XqTreeCandidate, i).label;

          xq_tree_conflict_add (conflict, nick, xq_enum_label (&XQ_ENUM_COMPOUND_KIND, nick));
        }
      xq_tree_conflict_decide (conflict, step, NULL);
      g_ptr_array_add (conflicts, conflict);
    }
  return TRUE;
}

/* A unit that has only parts of others, none of which brings its organisation along. */
static gboolean
list_uncovered (XqTransaction *tx, const XqTreeStep *step, guint target, GPtrArray *conflicts, GError **error)
{
  g_autoptr (GArray) left = xq_tree_candidates_list (tx, step, target, XQ_TREE_LEFT, error);
  g_autofree char *id = xq_tree_conflict_make_id (step, target, "covers");
  XqTreeConflict *conflict;
  gboolean own;

  if (left == NULL || !xq_tree_candidates_have_own (tx, step, target, &own, error))
    return FALSE;
  if (own || left->len == 0)
    return TRUE;
  conflict = xq_tree_conflict_new (id);
  conflict->message = name_target (step, target, g_strdup (_ ("The organisations that covered its parts go on elsewhere")));
  xq_tree_conflict_add (conflict, "one", _ ("It stays uncovered until something is decided"));
  for (guint i = 0; i < left->len; i++)
    {
      g_autofree char *row = xq_tree_candidate_make_row (g_array_index (left, XqTreeCandidate, i).id);
      g_autofree char *label = g_strdup_printf (_ ("“%s” goes on covering it too"), g_array_index (left, XqTreeCandidate, i).label);

      xq_tree_conflict_add (conflict, row, label);
    }
  xq_tree_conflict_decide (conflict, step, "one");
  g_ptr_array_add (conflicts, conflict);
  return TRUE;
}

/* Rosters and mere numbers in one new unit. */
static gboolean
note_mixed (XqTransaction *tx, GPtrArray *notices, GError **error)
{
  static const char sql[]
      = "SELECT count (*) FROM (SELECT max (EXISTS (SELECT 1 FROM member r WHERE r.residence = q.predecessor)) AS roster,"
        " max (NOT EXISTS (SELECT 1 FROM member r WHERE r.residence = q.predecessor) AND EXISTS (SELECT 1 FROM declared_count d"
        " WHERE d.unit = q.predecessor AND d.value > 0 AND d.measure IN ('resident_full', 'resident_probationary'))) AS number"
        " FROM temp.tree_share q GROUP BY q.successor) WHERE roster AND number";
  gint64 n;

  if (!xq_transaction_query_int (tx, sql, 0, &n, error))
    return FALSE;
  if (n > 0)
    g_ptr_array_add (
        notices, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                               "%u new unit takes in both a roster of members and a mere number: there the roster "
                                               "counts, so enter the others too",
                                               "%u new units take in both a roster of members and a mere number: there the roster "
                                               "counts, so enter the others too",
                                               (gulong)n),
                                  (guint)n));
  return TRUE;
}

static gboolean
list_redrawn (XqTransaction *tx, const XqTreeStep *step, GPtrArray *conflicts, GPtrArray *notices, GError **error)
{
  for (guint i = 0; i < step->targets->len; i++)
    if (!list_merged (tx, step, i, conflicts, error) || !list_uncovered (tx, step, i, conflicts, error)
        || xq_transaction_check_cancelled (tx, error))
      return FALSE;
  return xq_redraw_places_list (tx, step, conflicts, error) && xq_redraw_leading (tx, step, conflicts, error)
         && note_mixed (tx, notices, error);
}

static gboolean
list_split (XqTransaction *tx, const XqTreeStep *step, GPtrArray *conflicts, GError **error)
{
  g_autoptr (GArray) covers = xq_tree_candidates_list (tx, step, 0, XQ_TREE_COVERS, error);
  XqTreeConflict *conflict;

  if (covers == NULL || covers->len == 0)
    return covers != NULL;
  conflict = xq_tree_conflict_new ("covers");
  conflict->message = g_strdup_printf (_ ("“%s” is the organisation of one part; the others have none yet"),
                                       g_array_index (covers, XqTreeCandidate, 0).label);
  xq_tree_conflict_add (conflict, "one", _ ("The other parts stay uncovered until something is decided"));
  xq_tree_conflict_add (conflict, ALL, _ ("It goes on covering all parts"));
  xq_tree_conflict_decide (conflict, step, "one");
  g_ptr_array_add (conflicts, conflict);
  return TRUE;
}

static gboolean
list_closed (XqTransaction *tx, const XqTreeStep *step, GPtrArray *conflicts, GError **error)
{
  g_autoptr (GArray) held = xq_tree_candidates_list (tx, step, 0, XQ_TREE_HELD, error);
  g_autoptr (GArray) tickets = xq_tree_candidates_list (tx, step, 0, XQ_TREE_TICKETS, error);
  XqTreeConflict *conflict;

  if (held == NULL || tickets == NULL)
    return FALSE;
  if (held->len > 0)
    {
      conflict = xq_tree_conflict_new ("organisations");
      conflict->message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u Party organisation is at home here: %s",
                                                        "%u Party organisations are at home here, among them %s", held->len),
                                           held->len, g_array_index (held, XqTreeCandidate, 0).label);
      xq_tree_conflict_add (conflict, "dissolve", _ ("Dissolved on that day"));
      xq_tree_conflict_add (conflict, "above", _ ("Goes to the unit above"));
      xq_tree_conflict_decide (conflict, step, "dissolve");
      g_ptr_array_add (conflicts, conflict);
    }
  if (tickets->len > 0)
    {
      conflict = xq_tree_conflict_new ("tickets");
      conflict->message
          = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u ticket is still open", "%u tickets are still open", tickets->len),
                             tickets->len);
      xq_tree_conflict_add (conflict, "above", _ ("Goes to the unit above"));
      xq_tree_conflict_add (conflict, "stay", _ ("Stays with the closed unit"));
      xq_tree_conflict_decide (conflict, step, "above");
      g_ptr_array_add (conflicts, conflict);
    }
  return TRUE;
}

/* A roster in one compound and a mere number in another: what the roster does not name would no longer count. */
static gboolean
note_rosters (XqTransaction *tx, const XqTreeStep *step, GPtrArray *notices, GError **error)
{
  static const char sql[]
      = "SELECT (SELECT count (DISTINCT m.predecessor)" OF_STEP "member r ON r.residence = m.predecessor WHERE m.step = ?1),"
        " (SELECT coalesce (sum (d.value), 0)" OF_STEP "declared_count d ON d.unit = m.predecessor WHERE m.step = ?1"
        " AND d.measure IN ('resident_full', 'resident_probationary')"
        " AND NOT EXISTS (SELECT 1 FROM member r WHERE r.residence = m.predecessor))";
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, step->number);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  if (xq_statement_get_int (statement, 0) > 0 && xq_statement_get_int (statement, 1) > 0)
    g_ptr_array_add (notices, g_strdup_printf (_ ("One compound has a roster of members and another only a number (%u): in the "
                                                  "merged unit the "
                                                  "roster counts, so enter the others too"),
                                               (guint)xq_statement_get_int (statement, 1)));
  return TRUE;
}

/* Members that a closed unit counts: they are nobody's then. */
static gboolean
note_members (XqTransaction *tx, const XqTreeStep *step, GPtrArray *notices, GError **error)
{
  static const char sql[] = "SELECT (SELECT count (*)" OF_STEP "member r ON r.residence = m.predecessor WHERE m.step = ?1"
                            " AND (r.valid_to IS NULL OR r.valid_to > m.day)) + (SELECT coalesce (sum (d.value), 0)" OF_STEP
                            "declared_count d ON d.unit = m.predecessor WHERE m.step = ?1 AND d.measure = 'resident_full'"
                            " AND NOT EXISTS (SELECT 1 FROM member r WHERE r.residence = m.predecessor))";
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  guint n;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, step->number);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  n = (guint)xq_statement_get_int (statement, 0);
  if (n > 0)
    g_ptr_array_add (notices, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                            "%u Party member is counted here and no longer will be; where people "
                                                            "live on in another compound, merge the two instead",
                                                            "%u Party members are counted here and no longer will be; where people "
                                                            "live on in another compound, merge the two instead",
                                                            n),
                                               n));
  return TRUE;
}

gboolean
xq_tree_conflicts_list (XqTransaction *tx, const XqTreeStep *step, GPtrArray *conflicts, GPtrArray *notices, GError **error)
{
  switch (step->edit->kind)
    {
    case XQ_TREE_MERGE:
      return list_merged (tx, step, 0, conflicts, error) && note_rosters (tx, step, notices, error);
    case XQ_TREE_SPLIT:
      return list_split (tx, step, conflicts, error);
    case XQ_TREE_CLOSE:
      return list_closed (tx, step, conflicts, error) && note_members (tx, step, notices, error);
    case XQ_TREE_REDRAW:
      return list_redrawn (tx, step, conflicts, notices, error);
    default:
      return TRUE;
    }
}
