#include "xq-tree-step.h"

#include <glib/gi18n-lib.h>

#include "xq-redraw-step.h"
#include "xq-tree-candidate.h"
#include "xq-unit-private.h"

#define OWN_KIND(t) t ".kind IN ('branch', 'general_branch', 'committee') AND " t ".functional IS NOT 1"
#define OF_STEP XQ_TREE_OF_STEP

static void
candidate_clear (gpointer data)
{
  XqTreeCandidate *candidate = data;

  g_free (candidate->label);
  g_free (candidate->whose);
  g_free (candidate->group);
}

/* @sql: id, label, unit's name, group; binds @key. Element type XqTreeCandidate. */
static GArray *
list_by_key (XqTransaction *tx, gint64 key, const char *sql, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (XqTreeCandidate));
  XqStep found;

  if (statement == NULL)
    return NULL;
  g_array_set_clear_func (candidates, candidate_clear);
  xq_statement_bind_int (statement, 1, key);
  while ((found = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqTreeCandidate candidate = { .id = xq_statement_get_int (statement, 0),
                                    .label = g_strdup (xq_statement_get_text (statement, 1)),
                                    .whose = g_strdup (xq_statement_get_text (statement, 2)),
                                    .group = g_strdup (xq_statement_get_text (statement, 3)) };

      g_array_append_val (candidates, candidate);
    }
  return found == XQ_STEP_DONE ? g_steal_pointer (&candidates) : NULL;
}

static gint64
target_id (const XqTreeStep *step, guint target)
{
  return g_array_index (step->targets, gint64, target);
}

/* Those of the target at @target. @type: whose way there is to be asked, where @sql has room for it; else NULL. */
static GArray *
list_there (XqTransaction *tx, const XqTreeStep *step, guint target, const XqRecordType *type, const char *sql, GError **error)
{
  g_autofree char *way = NULL;
  g_auto (GStrv) halves = NULL;
  g_autofree char *whole = NULL;

  if (type == NULL)
    return list_by_key (tx, target_id (step, target), sql, error);
  way = xq_tree_moves_build_destination (xq_tree_rule_find (type, "unit"));
  halves = g_strsplit (sql, "%s", 2);
  whole = g_strconcat (halves[0], way, halves[1], NULL);
  return list_by_key (tx, target_id (step, target), whole, error);
}

/* What was chosen of @kind for the target, or @fallback. */
const char *
xq_tree_candidates_get_choice (const XqTreeStep *step, guint target, const char *kind, const char *fallback)
{
  g_autofree char *id = xq_tree_conflict_make_id (step, target, kind);

  return xq_tree_step_get_choice (step, id, fallback);
}

/* Keeps those that share their group with another. */
void
xq_tree_candidates_keep_groups (GArray *candidates)
{
  for (guint i = candidates->len; i-- > 0;)
    {
      gboolean shared = FALSE;

      for (guint k = 0; k < candidates->len; k++)
        shared = shared
                 || (k != i
                     && g_strcmp0 (g_array_index (candidates, XqTreeCandidate, k).group,
                                   g_array_index (candidates, XqTreeCandidate, i).group)
                            == 0);
      if (!shared)
        g_array_remove_index (candidates, i);
    }
}

/*
 * What would stand side by side at one target, whose id is bound: SQL with the columns of a candidate. q: who leads there, m: the
 * same unit, t: the record, of the type at hand; %s: where that goes.
 */
#define OF_TARGET                                                                                                                  \
  "temp.tree_share q CROSS JOIN temp.tree_move m ON m.predecessor = q.predecessor CROSS JOIN unit u ON u.id = "                    \
  "m.predecessor CROSS JOIN "
#define THERE " WHERE q.successor = ?1 AND %s = ?1 AND "
/* Organisations of their own, the highest of each unit. */
static const char organisations_sql[]
    = "SELECT t.id, t.name, u.name, t.kind FROM " OF_TARGET "organisation t ON t.unit = m.predecessor" THERE OWN_KIND (
        "t") " AND (t.dissolved IS NULL OR t.dissolved > m.day) AND NOT EXISTS (SELECT 1 FROM organisation p WHERE p.id = t.parent"
             " AND p.unit = t.unit AND (p.dissolved IS NULL OR p.dissolved > m.day)) ORDER BY q.main DESC, t.id";
static const char contacts_sql[]
    = "SELECT t.id, coalesce (t.post, ''), u.name, '' FROM " OF_TARGET
      "contact t ON t.unit = m.predecessor WHERE q.successor = ?1 AND coalesce ((SELECT a.successor FROM temp.tree_place a"
      " WHERE a.type = 'contact' AND a.row = t.id), ?1) = ?1 AND (t.valid_to IS NULL OR t.valid_to > m.day)"
      " ORDER BY t.decided DESC, q.main DESC, t.id";
/* Those of one organisation, and those of none, must agree. %s: ids of organisations that become one, and that one's. */
static const char secretaries_sql[]
    = "SELECT t.id, coalesce (o.name, ''), u.name, CASE WHEN t.organisation IN (%s) THEN '%s' ELSE coalesce (t.organisation, '') "
      "END FROM " OF_TARGET "post_holder t ON t.unit = m.predecessor LEFT JOIN organisation o ON o.id = t.organisation" THERE
      "t.post = 'secretary' AND (t.valid_to IS NULL OR t.valid_to > m.day) ORDER BY t.organisation IS '%s' DESC, q.main DESC, t.id";
static const char bodies_sql[]
    = "SELECT b.id, coalesce (b.name, t.name), u.name, '' FROM " OF_TARGET
      "property_area t ON t.unit = m.predecessor CROSS JOIN owners_body b ON b.property_area = t.id" THERE
      "(t.valid_to IS NULL OR t.valid_to > m.day) AND (b.ended IS NULL OR b.ended > m.day) ORDER BY q.main DESC, b.id";
static const char services_sql[]
    = "SELECT s.id, coalesce (s.firm, t.name), u.name, '' FROM " OF_TARGET
      "property_area t ON t.unit = m.predecessor CROSS JOIN property_service s ON s.property_area = t.id" THERE
      "s.mode = 'firm' AND (t.valid_to IS NULL OR t.valid_to > m.day) AND (s.valid_to IS NULL OR s.valid_to > m.day)"
      " ORDER BY q.main DESC, s.id";
static const char grids_sql[]
    = "SELECT t.id, t.role || coalesce (' ' || t.name, ''), u.name, t.role FROM " OF_TARGET
      "grid_role t ON t.unit = m.predecessor" THERE "(t.valid_to IS NULL OR t.valid_to > m.day) ORDER BY q.main DESC, t.id";
/* These need not be asked where they go. */
static const char kinds_sql[]
    = "SELECT t.unit, t.kind, u.name, '' FROM " OF_TARGET
      "compound t ON t.unit = m.predecessor WHERE q.successor = ?1 AND t.kind IS NOT NULL ORDER BY q.main DESC, t.unit";
static const char joint_sql[]
    = "SELECT o.id, o.name, min (u.name), '' FROM temp.tree_cover c CROSS JOIN organisation_cover t ON t.id = c.cover CROSS JOIN"
      " organisation o ON o.id = c.organisation CROSS JOIN unit u ON u.id = t.unit CROSS JOIN temp.tree_share q ON q.predecessor = "
      "t.unit AND q.successor = c.successor WHERE c.successor = ?1 AND o.kind = 'joint_branch' AND o.functional IS NOT 1"
      " GROUP BY o.id ORDER BY max (q.main) DESC, o.id";
static const char own_covers_sql[]
    = "SELECT o.id, o.name, '', '' FROM temp.tree_cover c CROSS JOIN organisation o ON o.id = c.organisation WHERE c.successor = ?1"
      " AND " OWN_KIND ("o") " ORDER BY o.id";
/* Organisations of a divided unit that go on elsewhere. */
static const char left_covers_sql[]
    = "SELECT o.id, o.name, min (u.name), '' FROM temp.tree_share q CROSS JOIN unit u ON u.id = q.predecessor CROSS JOIN "
      "temp.tree_share"
      " y ON y.predecessor = q.predecessor CROSS JOIN temp.tree_cover c ON c.successor = y.successor CROSS JOIN organisation_cover "
      "t"
      " ON t.id = c.cover AND t.unit = q.predecessor CROSS JOIN organisation o ON o.id = c.organisation WHERE q.successor = ?1"
      " AND y.successor <> ?1 AND " OWN_KIND ("o") " GROUP BY o.id ORDER BY max (q.main) DESC, o.id";
/* Of a unit that is closed or split. */
static const char held_sql[]
    = "SELECT o.id, o.name, u.name, ''" OF_STEP "organisation o ON o.unit = m.predecessor CROSS JOIN unit u ON u.id = m.predecessor"
      " WHERE m.step = ?1 AND (o.dissolved IS NULL OR o.dissolved > m.day) ORDER BY o.id";
static const char tickets_sql[]
    = "SELECT t.id, t.number, u.name, ''" OF_STEP "ticket t ON t.unit = m.predecessor CROSS JOIN unit u ON u.id = m.predecessor"
      " WHERE m.step = ?1 AND NOT EXISTS (SELECT 1 FROM ticket_event e WHERE e.ticket = t.id AND e.kind = 'close'"
      " AND NOT EXISTS (SELECT 1 FROM ticket_event f WHERE f.ticket = t.id AND f.kind = 'reopen'"
      " AND (f.day > e.day OR (f.day = e.day AND f.ordinal > e.ordinal)))) ORDER BY t.id";
static const char covers_sql[]
    = "SELECT o.id, o.name, u.name, ''" OF_STEP
      "organisation_cover c ON c.unit = m.predecessor CROSS JOIN organisation o ON o.id = "
      "c.organisation CROSS JOIN unit u ON u.id = m.predecessor WHERE m.step = ?1 AND " OWN_KIND (
          "o") " AND (c.valid_to IS NULL OR c.valid_to > m.day) AND (o.dissolved IS NULL OR o.dissolved > m.day) ORDER BY o.id";

/* What is asked by step (one that is closed or split) comes last; all else by target. */
static const struct
{
  const XqRecordType *type; /* whose way to the target is asked, where the SQL has room for it */
  const char *sql;
} QUESTIONS[] = {
  [XQ_TREE_ORGANISATIONS] = { &XQ_ORGANISATION, organisations_sql },
  [XQ_TREE_JOINT] = { NULL, joint_sql },
  [XQ_TREE_CONTACTS] = { NULL, contacts_sql },
  [XQ_TREE_BODIES] = { &XQ_PROPERTY_AREA, bodies_sql },
  [XQ_TREE_SERVICES] = { &XQ_PROPERTY_AREA, services_sql },
  [XQ_TREE_GRIDS] = { &XQ_GRID_ROLE, grids_sql },
  [XQ_TREE_KINDS] = { NULL, kinds_sql },
  [XQ_TREE_OWN] = { NULL, own_covers_sql },
  [XQ_TREE_LEFT] = { NULL, left_covers_sql },
  [XQ_TREE_HELD] = { NULL, held_sql },
  [XQ_TREE_TICKETS] = { NULL, tickets_sql },
  [XQ_TREE_COVERS] = { NULL, covers_sql },
};

GArray *
xq_tree_candidates_list (XqTransaction *tx, const XqTreeStep *step, guint target, XqTreeCandidateKind kind, GError **error)
{
  if (kind >= XQ_TREE_HELD)
    return list_by_key (tx, step->number, QUESTIONS[kind].sql, error);
  return list_there (tx, step, target, QUESTIONS[kind].type, QUESTIONS[kind].sql, error);
}

char *
xq_tree_candidate_make_row (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

/* Ids of the organisations that are merged into the chosen one, joined by commas, and that one; both "0" where all go on. */
gboolean
xq_tree_candidates_find_merged (XqTransaction *tx, const XqTreeStep *step, guint target, char **merged, char **kept, GError **error)
{
  g_autoptr (GArray) candidates = xq_tree_candidates_list (tx, step, target, XQ_TREE_ORGANISATIONS, error);
  const char *chosen = xq_tree_candidates_get_choice (step, target, "organisations", XQ_TREE_ALL);
  g_autoptr (GString) ids = g_string_new (NULL);
  gboolean known = FALSE;

  if (candidates == NULL)
    return FALSE;
  for (guint i = 0; i < candidates->len; i++)
    {
      g_autofree char *row = xq_tree_candidate_make_row (g_array_index (candidates, XqTreeCandidate, i).id);

      known = known || g_str_equal (row, chosen);
      g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", row);
    }
  *merged = known ? g_string_free (g_steal_pointer (&ids), FALSE) : g_strdup ("0");
  *kept = g_strdup (known ? chosen : "0");
  return TRUE;
}

GArray *
xq_tree_candidates_list_secretaries (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error)
{
  g_autofree char *merged = NULL, *kept = NULL, *sql = NULL;
  GArray *candidates;

  if (!xq_tree_candidates_find_merged (tx, step, target, &merged, &kept, error))
    return NULL;
  sql = g_strdup_printf (secretaries_sql, merged, kept, "%s", kept);
  candidates = list_there (tx, step, target, &XQ_POST_HOLDER, sql, error);
  if (candidates != NULL)
    xq_tree_candidates_keep_groups (candidates);
  return candidates;
}

gboolean
xq_tree_candidates_have_own (XqTransaction *tx, const XqTreeStep *step, guint target, gboolean *own, GError **error)
{
  g_autoptr (GArray) covers = xq_tree_candidates_list (tx, step, target, XQ_TREE_OWN, error);

  *own = covers != NULL && covers->len > 0;
  return covers != NULL;
}

GArray *
xq_tree_candidates_list_kinds (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error)
{
  GArray *kinds = xq_tree_candidates_list (tx, step, target, XQ_TREE_KINDS, error);

  /* Each kind once. */
  for (guint i = 0; kinds != NULL && i < kinds->len; i++)
    for (guint k = kinds->len; k-- > i + 1;)
      if (g_str_equal (g_array_index (kinds, XqTreeCandidate, i).label, g_array_index (kinds, XqTreeCandidate, k).label))
        g_array_remove_index (kinds, k);
  return kinds;
}

gboolean
xq_tree_conflicts_get_kind (XqTransaction *tx, const XqTreeStep *step, guint target, char **kind, GError **error)
{
  g_autoptr (GArray) kinds = xq_tree_candidates_list_kinds (tx, step, target, error);
  const char *chosen = xq_tree_candidates_get_choice (step, target, "kind", NULL);

  if (kinds == NULL)
    return FALSE;
  *kind = kinds->len > 0 ? g_strdup (g_array_index (kinds, XqTreeCandidate, 0).label) : NULL;
  for (guint i = 0; i < kinds->len; i++)
    if (g_strcmp0 (g_array_index (kinds, XqTreeCandidate, i).label, chosen) == 0)
      {
        g_free (*kind);
        *kind = g_strdup (chosen);
      }
  return TRUE;
}

/* Two branches or more may go on under a general branch that is founded above them. */
gboolean
xq_tree_candidates_are_branches (const GArray *organisations)
{
  for (guint i = 0; i < organisations->len; i++)
    if (!g_str_equal (g_array_index (organisations, XqTreeCandidate, i).group, "branch"))
      return FALSE;
  return organisations->len > 1;
}
