#include "xq-tree-step.h"

#include <glib/gi18n-lib.h>

#include "xq-redraw-step.h"
#include "xq-unit-private.h"

#define ALL "all"
#define OWN_KIND(t) t ".kind IN ('branch', 'general_branch', 'committee') AND " t ".functional IS NOT 1"
/* What a query over the units of a step begins with; it binds the step's number. */
#define OF_STEP " FROM temp.tree_move m CROSS JOIN "

typedef struct
{
  gint64 id;
  char *label; /* what it is called */
  char *whose; /* the unit's name */
  char *group; /* what it must agree within, or "" */
} Candidate;

static void
candidate_clear (gpointer data)
{
  Candidate *candidate = data;

  g_free (candidate->label);
  g_free (candidate->whose);
  g_free (candidate->group);
}

/* @sql: id, label, unit's name, group; binds @key. Element type Candidate. */
static GArray *
list_by_key (XqTransaction *tx, gint64 key, const char *sql, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  XqStep found;

  if (statement == NULL)
    return NULL;
  g_array_set_clear_func (candidates, candidate_clear);
  xq_statement_bind_int (statement, 1, key);
  while ((found = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      Candidate candidate = { .id = xq_statement_get_int (statement, 0),
                              .label = g_strdup (xq_statement_get_text (statement, 1)),
                              .whose = g_strdup (xq_statement_get_text (statement, 2)),
                              .group = g_strdup (xq_statement_get_text (statement, 3)) };

      g_array_append_val (candidates, candidate);
    }
  return found == XQ_STEP_DONE ? g_steal_pointer (&candidates) : NULL;
}

static GArray *
list_candidates (XqTransaction *tx, const XqTreeStep *step, const char *sql, GError **error)
{
  return list_by_key (tx, step->number, sql, error);
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
static const char *
get_choice (const XqTreeStep *step, guint target, const char *kind, const char *fallback)
{
  g_autofree char *id = xq_tree_conflict_make_id (step, target, kind);

  return xq_tree_step_get_choice (step, id, fallback);
}

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

/* Keeps those that share their group with another. */
static void
keep_groups (GArray *candidates)
{
  for (guint i = candidates->len; i-- > 0;)
    {
      gboolean shared = FALSE;

      for (guint k = 0; k < candidates->len; k++)
        shared = shared
                 || (k != i
                     && g_strcmp0 (g_array_index (candidates, Candidate, k).group, g_array_index (candidates, Candidate, i).group)
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
    = "SELECT t.id, t.name, u.name, '' FROM " OF_TARGET "organisation t ON t.unit = m.predecessor" THERE OWN_KIND (
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

static char *
candidate_label (const Candidate *candidate)
{
  return *candidate->label != '\0' ? g_strdup_printf (_ ("%s (%s)"), candidate->label, candidate->whose)
                                   : g_strdup (candidate->whose);
}

static char *
id_text (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
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
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      g_autofree char *name = candidate_label (candidate);
      g_autofree char *row = id_text (candidate->id);

      g_autofree char *only = g_strdup_printf (_ ("Only %s goes on"), name);

      xq_tree_conflict_add (conflict, row, only);
    }
  xq_tree_conflict_decide (conflict, step, NULL);
  g_ptr_array_add (conflicts, conflict);
}

/* Ids of the organisations that are merged into the chosen one, joined by commas, and that one; both "0" where all go on. */
static gboolean
find_merged_organisations (XqTransaction *tx, const XqTreeStep *step, guint target, char **merged, char **kept, GError **error)
{
  g_autoptr (GArray) candidates = list_there (tx, step, target, &XQ_ORGANISATION, organisations_sql, error);
  const char *chosen = get_choice (step, target, "organisations", ALL);
  g_autoptr (GString) ids = g_string_new (NULL);
  gboolean known = FALSE;

  if (candidates == NULL)
    return FALSE;
  for (guint i = 0; i < candidates->len; i++)
    {
      g_autofree char *row = id_text (g_array_index (candidates, Candidate, i).id);

      known = known || g_str_equal (row, chosen);
      g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", row);
    }
  *merged = known ? g_string_free (g_steal_pointer (&ids), FALSE) : g_strdup ("0");
  *kept = g_strdup (known ? chosen : "0");
  return TRUE;
}

static GArray *
list_secretaries (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error)
{
  g_autofree char *merged = NULL, *kept = NULL, *sql = NULL;
  GArray *candidates;

  if (!find_merged_organisations (tx, step, target, &merged, &kept, error))
    return NULL;
  sql = g_strdup_printf (secretaries_sql, merged, kept, "%s", kept);
  candidates = list_there (tx, step, target, &XQ_POST_HOLDER, sql, error);
  if (candidates != NULL)
    keep_groups (candidates);
  return candidates;
}

static gboolean
has_own (XqTransaction *tx, const XqTreeStep *step, guint target, gboolean *own, GError **error)
{
  g_autoptr (GArray) covers = list_there (tx, step, target, NULL, own_covers_sql, error);

  *own = covers != NULL && covers->len > 0;
  return covers != NULL;
}

static GArray *
list_kinds (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error)
{
  GArray *kinds = list_there (tx, step, target, NULL, kinds_sql, error);

  /* Each kind once. */
  for (guint i = 0; kinds != NULL && i < kinds->len; i++)
    for (guint k = kinds->len; k-- > i + 1;)
      if (g_str_equal (g_array_index (kinds, Candidate, i).label, g_array_index (kinds, Candidate, k).label))
        g_array_remove_index (kinds, k);
  return kinds;
}

gboolean
xq_tree_conflicts_get_kind (XqTransaction *tx, const XqTreeStep *step, guint target, char **kind, GError **error)
{
  g_autoptr (GArray) kinds = list_kinds (tx, step, target, error);
  const char *chosen = get_choice (step, target, "kind", NULL);

  if (kinds == NULL)
    return FALSE;
  *kind = kinds->len > 0 ? g_strdup (g_array_index (kinds, Candidate, 0).label) : NULL;
  for (guint i = 0; i < kinds->len; i++)
    if (g_strcmp0 (g_array_index (kinds, Candidate, i).label, chosen) == 0)
      {
        g_free (*kind);
        *kind = g_strdup (chosen);
      }
  return TRUE;
}

static gboolean
list_merged (XqTransaction *tx, const XqTreeStep *step, guint target, GPtrArray *conflicts, GError **error)
{
  g_autoptr (GArray) organisations = list_there (tx, step, target, &XQ_ORGANISATION, organisations_sql, error);
  g_autoptr (GArray) joint = list_there (tx, step, target, NULL, joint_sql, error);
  g_autoptr (GArray) contacts = list_there (tx, step, target, NULL, contacts_sql, error);
  g_autoptr (GArray) secretaries = list_secretaries (tx, step, target, error);
  g_autoptr (GArray) bodies = list_there (tx, step, target, &XQ_PROPERTY_AREA, bodies_sql, error);
  g_autoptr (GArray) services = list_there (tx, step, target, &XQ_PROPERTY_AREA, services_sql, error);
  g_autoptr (GArray) grids = list_there (tx, step, target, &XQ_GRID_ROLE, grids_sql, error);
  g_autoptr (GArray) kinds = list_kinds (tx, step, target, error);
  gboolean own;

  if (organisations == NULL || joint == NULL || contacts == NULL || secretaries == NULL || bodies == NULL || services == NULL
      || grids == NULL || kinds == NULL || !has_own (tx, step, target, &own, error))
    return FALSE;
  keep_groups (grids);
  if (organisations->len > 1)
    add_one_of (conflicts, step, target, "organisations",
                g_strdup_printf (_ ("The unit would have %u Party organisations of its own"), organisations->len),
                _ ("All go on side by side"), organisations, TRUE);
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
          const char *nick = g_array_index (kinds, Candidate, i).label;

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
  g_autoptr (GArray) left = list_there (tx, step, target, NULL, left_covers_sql, error);
  g_autofree char *id = xq_tree_conflict_make_id (step, target, "covers");
  XqTreeConflict *conflict;
  gboolean own;

  if (left == NULL || !has_own (tx, step, target, &own, error))
    return FALSE;
  if (own || left->len == 0)
    return TRUE;
  conflict = xq_tree_conflict_new (id);
  conflict->message = name_target (step, target, g_strdup (_ ("The organisations that covered its parts go on elsewhere")));
  xq_tree_conflict_add (conflict, "one", _ ("It stays uncovered until something is decided"));
  for (guint i = 0; i < left->len; i++)
    {
      g_autofree char *row = id_text (g_array_index (left, Candidate, i).id);
      g_autofree char *label = g_strdup_printf (_ ("“%s” goes on covering it too"), g_array_index (left, Candidate, i).label);

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
  g_autoptr (GArray) covers = list_candidates (tx, step, covers_sql, error);
  XqTreeConflict *conflict;

  if (covers == NULL || covers->len == 0)
    return covers != NULL;
  conflict = xq_tree_conflict_new ("covers");
  conflict->message = g_strdup_printf (_ ("“%s” is the organisation of one part; the others have none yet"),
                                       g_array_index (covers, Candidate, 0).label);
  xq_tree_conflict_add (conflict, "one", _ ("The other parts stay uncovered until something is decided"));
  xq_tree_conflict_add (conflict, ALL, _ ("It goes on covering all parts"));
  xq_tree_conflict_decide (conflict, step, "one");
  g_ptr_array_add (conflicts, conflict);
  return TRUE;
}

static gboolean
list_closed (XqTransaction *tx, const XqTreeStep *step, GPtrArray *conflicts, GError **error)
{
  g_autoptr (GArray) held = list_candidates (tx, step, held_sql, error);
  g_autoptr (GArray) tickets = list_candidates (tx, step, tickets_sql, error);
  XqTreeConflict *conflict;

  if (held == NULL || tickets == NULL)
    return FALSE;
  if (held->len > 0)
    {
      conflict = xq_tree_conflict_new ("organisations");
      conflict->message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u Party organisation is at home here: %s",
                                                        "%u Party organisations are at home here, among them %s", held->len),
                                           held->len, g_array_index (held, Candidate, 0).label);
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
  const char *chosen = get_choice (step, target, conflict, ALL);

  for (guint i = 0; candidates->len > 1 && i < candidates->len; i++)
    {
      g_autofree char *row = id_text (g_array_index (candidates, Candidate, i).id);

      if (g_str_equal (row, chosen))
        return g_array_index (candidates, Candidate, i).id;
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
    if (g_array_index (candidates, Candidate, i).id != kept
        && !end_row (tx, type, g_array_index (candidates, Candidate, i).id, from, to, step->edit->day, error))
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
  g_autoptr (GArray) contacts = list_there (tx, step, target, NULL, contacts_sql, error);
  gint64 kept;

  if (contacts == NULL)
    return FALSE;
  kept = find_kept (step, target, "contacts", contacts);
  if (kept == 0 && contacts->len > 0)
    kept = g_array_index (contacts, Candidate, 0).id;
  for (guint i = 0; i < contacts->len; i++)
    {
      gint64 id = g_array_index (contacts, Candidate, i).id;

      if (id != kept && !skip_rows (tx, &XQ_CONTACT, target_id (step, target), id, "SELECT ?2 AS id", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
resolve_joint (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error)
{
  g_autoptr (GArray) joint = list_there (tx, step, target, NULL, joint_sql, error);
  gint64 kept;

  if (joint == NULL)
    return FALSE;
  kept = find_kept (step, target, "joint", joint);
  for (guint i = 0; kept != 0 && i < joint->len; i++)
    {
      gint64 id = g_array_index (joint, Candidate, i).id;

      if (id != kept
          && !skip_rows (tx, &XQ_ORGANISATION_COVER, target_id (step, target), id,
                         "SELECT c.cover AS id FROM temp.tree_cover c WHERE c.successor = ?1 AND c.organisation = ?2", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
resolve_merged (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error)
{
  g_autoptr (GArray) organisations = list_there (tx, step, target, &XQ_ORGANISATION, organisations_sql, error);
  g_autoptr (GArray) secretaries = list_secretaries (tx, step, target, error);
  g_autoptr (GArray) services = list_there (tx, step, target, &XQ_PROPERTY_AREA, services_sql, error);
  g_autoptr (GArray) grids = list_there (tx, step, target, &XQ_GRID_ROLE, grids_sql, error);
  g_autofree char *merged = NULL, *kept = NULL;
  gint64 survivor;
  gboolean own;

  if (organisations == NULL || grids == NULL || !find_merged_organisations (tx, step, target, &merged, &kept, error)
      || !has_own (tx, step, target, &own, error))
    return FALSE;
  keep_groups (grids);
  survivor = g_ascii_strtoll (kept, NULL, 10);
  /* Who is secretary is decided while it is still known whose. */
  if (!keep_one (tx, step, target, "secretaries", secretaries, &XQ_POST_HOLDER, "valid_from", "valid_to", error)
      || !keep_one (tx, step, target, "services", services, &XQ_PROPERTY_SERVICE, "valid_from", "valid_to", error)
      || !keep_one (tx, step, target, "grids", grids, &XQ_GRID_ROLE, "valid_from", "valid_to", error)
      || (!own && !resolve_contacts (tx, step, target, error)) || !resolve_joint (tx, step, target, error))
    return FALSE;
  for (guint i = 0; survivor != 0 && i < organisations->len; i++)
    {
      gint64 id = g_array_index (organisations, Candidate, i).id;

      if (id != survivor && !merge_organisation (tx, id, survivor, step->edit->day, error))
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

static gboolean
resolve_uncovered (XqTransaction *tx, const XqTreeStep *step, guint target, GError **error)
{
  g_autoptr (GArray) left = list_there (tx, step, target, NULL, left_covers_sql, error);
  const char *chosen = get_choice (step, target, "covers", "one");
  gboolean own;

  if (left == NULL || !has_own (tx, step, target, &own, error))
    return FALSE;
  for (guint i = 0; !own && i < left->len; i++)
    {
      g_autofree char *row = id_text (g_array_index (left, Candidate, i).id);

      if (g_str_equal (row, chosen) && !cover (tx, step, target, g_array_index (left, Candidate, i).id, error))
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
  g_autoptr (GArray) covers = list_candidates (tx, step, covers_sql, error);

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
        if (!cover (tx, step, k, g_array_index (covers, Candidate, i).id, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
resolve_closed (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  const XqRecord *unit = g_ptr_array_index (step->units, 0);
  gint64 above = xq_record_get_int (unit, XQ_UNIT_PARENT);
  g_autoptr (GArray) held = list_candidates (tx, step, held_sql, error);
  g_autoptr (GArray) tickets = list_candidates (tx, step, tickets_sql, error);
  gboolean dissolve = g_str_equal (xq_tree_step_get_choice (step, "organisations", "dissolve"), "dissolve");
  gboolean stay = g_str_equal (xq_tree_step_get_choice (step, "tickets", "above"), "stay");

  if (held == NULL || tickets == NULL)
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    {
      gint64 id = g_array_index (held, Candidate, i).id;

      if (!(dissolve ? end_row (tx, &XQ_ORGANISATION, id, "founded", "dissolved", step->edit->day, error)
                     : run_pair (tx, "UPDATE organisation SET unit = ?2 WHERE id = ?1", id, above, NULL, error)))
        return FALSE;
    }
  for (guint i = 0; !stay && i < tickets->len; i++)
    if (!run_pair (tx, "UPDATE ticket SET unit = ?2 WHERE id = ?1", g_array_index (tickets, Candidate, i).id, above, NULL, error))
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
