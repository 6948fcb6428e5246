#include "xq-tree-step.h"

#include <glib/gi18n-lib.h>

#include "xq-unit-private.h"

#define ALL "all"
#define OWN_KIND(t) t ".kind IN ('branch', 'general_branch', 'committee') AND " t ".functional IS NOT 1"
/* What a query over the units of a step begins with; it binds the step's number. */
#define OF_STEP " FROM temp.tree_move m CROSS JOIN "

static void
choice_free (gpointer data)
{
  XqTreeChoice *choice = data;

  g_free (choice->id);
  g_free (choice->label);
  g_free (choice);
}

void
xq_tree_conflict_free (XqTreeConflict *conflict)
{
  g_free (conflict->id);
  g_free (conflict->message);
  g_ptr_array_unref (conflict->choices);
  g_free (conflict->chosen);
  g_free (conflict);
}

XqTreeConflict *
xq_tree_conflict_new (const char *id)
{
  XqTreeConflict *conflict = g_new0 (XqTreeConflict, 1);

  conflict->id = g_strdup (id);
  conflict->choices = g_ptr_array_new_with_free_func (choice_free);
  return conflict;
}

void
xq_tree_conflict_add (XqTreeConflict *conflict, const char *id, const char *label)
{
  XqTreeChoice *choice = g_new0 (XqTreeChoice, 1);

  choice->id = g_strdup (id);
  choice->label = g_strdup (label);
  g_ptr_array_add (conflict->choices, choice);
}

void
xq_tree_conflict_decide (XqTreeConflict *conflict, const XqTreeStep *step, const char *fallback)
{
  const char *wanted = xq_tree_step_get_choice (step, conflict->id, fallback);

  for (int round = 0; round < 2 && conflict->chosen == NULL; round++)
    for (guint i = 0; i < conflict->choices->len; i++)
      {
        const XqTreeChoice *choice = g_ptr_array_index (conflict->choices, i);

        if (g_strcmp0 (choice->id, round == 0 ? wanted : fallback) == 0)
          {
            conflict->chosen = g_strdup (choice->id);
            break;
          }
      }
  if (conflict->chosen == NULL)
    conflict->chosen = g_strdup (((XqTreeChoice *)g_ptr_array_index (conflict->choices, 0))->id);
}

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

/* @sql: id, label, unit's name, group; binds the step's number. Element type Candidate. */
static GArray *
list_candidates (XqTransaction *tx, const XqTreeStep *step, const char *sql, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  XqStep found;

  if (statement == NULL)
    return NULL;
  g_array_set_clear_func (candidates, candidate_clear);
  xq_statement_bind_int (statement, 1, step->number);
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

/* Organisations of their own, the highest of each unit. */
static const char organisations_sql[]
    = "SELECT o.id, o.name, u.name, ''" OF_STEP "organisation o ON o.unit = m.predecessor CROSS JOIN unit u ON u.id = m.predecessor"
      " WHERE m.step = ?1 AND m.successor IS NOT NULL AND " OWN_KIND (
          "o") " AND (o.dissolved IS NULL OR o.dissolved > m.day)"
               " AND NOT EXISTS (SELECT 1 FROM organisation p WHERE p.id = o.parent AND p.unit = o.unit AND (p.dissolved IS NULL "
               "OR p.dissolved > "
               "m.day)) ORDER BY m.main DESC, o.id";
static const char joint_sql[]
    = "SELECT o.id, o.name, min (u.name), ''" OF_STEP
      "organisation_cover c ON c.unit = m.predecessor CROSS JOIN organisation o ON o.id = "
      "c.organisation CROSS JOIN unit u ON u.id = m.predecessor WHERE m.step = ?1 AND m.successor IS NOT NULL"
      " AND o.kind = 'joint_branch' AND o.functional IS NOT 1 AND (c.valid_to IS NULL OR c.valid_to > m.day)"
      " AND (o.dissolved IS NULL OR o.dissolved > m.day) GROUP BY o.id ORDER BY max (m.main) DESC, o.id";
static const char contacts_sql[]
    = "SELECT c.id, coalesce (c.post, ''), u.name, ''" OF_STEP "contact c ON c.unit = m.predecessor CROSS JOIN unit u ON u.id = "
      "m.predecessor WHERE m.step = ?1 AND m.successor IS NOT NULL AND (c.valid_to IS NULL OR c.valid_to > m.day)"
      " ORDER BY c.decided DESC, m.main DESC, c.id";
/* Those of one organisation, and those of none, must agree. %s: ids of organisations that become one, and that one's. */
static const char secretaries_sql[]
    = "SELECT h.id, coalesce (o.name, ''), u.name, CASE WHEN h.organisation IN (%s) THEN '%s' ELSE coalesce (h.organisation, '') "
      "END" OF_STEP
      "post_holder h ON h.unit = m.predecessor CROSS JOIN unit u ON u.id = m.predecessor LEFT JOIN organisation o ON o.id = "
      "h.organisation WHERE m.step = ?1 AND m.successor IS NOT NULL AND h.post = 'secretary'"
      " AND (h.valid_to IS NULL OR h.valid_to > m.day) ORDER BY h.organisation IS '%s' DESC, m.main DESC, h.id";
static const char bodies_sql[]
    = "SELECT b.id, coalesce (b.name, a.name), u.name, ''" OF_STEP
      "property_area a ON a.unit = m.predecessor CROSS JOIN owners_body b ON "
      "b.property_area = a.id CROSS JOIN unit u ON u.id = m.predecessor WHERE m.step = ?1 AND m.successor IS NOT NULL"
      " AND (a.valid_to IS NULL OR a.valid_to > m.day) AND (b.ended IS NULL OR b.ended > m.day) ORDER BY m.main DESC, b.id";
static const char services_sql[]
    = "SELECT s.id, coalesce (s.firm, a.name), u.name, ''" OF_STEP
      "property_area a ON a.unit = m.predecessor CROSS JOIN property_service s "
      "ON s.property_area = a.id CROSS JOIN unit u ON u.id = m.predecessor WHERE m.step = ?1 AND m.successor IS NOT NULL"
      " AND s.mode = 'firm' AND (a.valid_to IS NULL OR a.valid_to > m.day) AND (s.valid_to IS NULL OR s.valid_to > m.day)"
      " ORDER BY m.main DESC, s.id";
static const char grids_sql[]
    = "SELECT g.id, g.role || coalesce (' ' || g.name, ''), u.name, g.role" OF_STEP
      "grid_role g ON g.unit = m.predecessor CROSS JOIN unit u "
      "ON u.id = m.predecessor WHERE m.step = ?1 AND m.successor IS NOT NULL AND (g.valid_to IS NULL OR g.valid_to > m.day)"
      " ORDER BY m.main DESC, g.id";
static const char kinds_sql[]
    = "SELECT c.unit, c.kind, u.name, ''" OF_STEP "compound c ON c.unit = m.predecessor CROSS JOIN unit u ON u.id = m.predecessor"
      " WHERE m.step = ?1 AND m.successor IS NOT NULL AND c.kind IS NOT NULL ORDER BY m.main DESC, c.unit";
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
add_one_of (GPtrArray *conflicts, const XqTreeStep *step, const char *id, char *message, const char *all, const GArray *candidates,
            gboolean each)
{
  XqTreeConflict *conflict = xq_tree_conflict_new (id);

  conflict->message = message;
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
find_merged_organisations (XqTransaction *tx, const XqTreeStep *step, char **merged, char **kept, GError **error)
{
  g_autoptr (GArray) candidates = list_candidates (tx, step, organisations_sql, error);
  const char *chosen = xq_tree_step_get_choice (step, "organisations", ALL);
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
  known = known && step->edit->kind == XQ_TREE_MERGE;
  *merged = known ? g_string_free (g_steal_pointer (&ids), FALSE) : g_strdup ("0");
  *kept = g_strdup (known ? chosen : "0");
  return TRUE;
}

static GArray *
list_secretaries (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  g_autofree char *merged = NULL, *kept = NULL, *sql = NULL;
  GArray *candidates;

  if (!find_merged_organisations (tx, step, &merged, &kept, error))
    return NULL;
  sql = g_strdup_printf (secretaries_sql, merged, kept, kept);
  candidates = list_candidates (tx, step, sql, error);
  if (candidates != NULL)
    keep_groups (candidates);
  return candidates;
}

static gboolean
has_own (XqTransaction *tx, const XqTreeStep *step, gboolean *own, GError **error)
{
  g_autoptr (GArray) covers = list_candidates (tx, step, covers_sql, error);

  *own = covers != NULL && covers->len > 0;
  return covers != NULL;
}

static GArray *
list_kinds (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  GArray *kinds = list_candidates (tx, step, kinds_sql, error);

  /* Each kind once. */
  for (guint i = 0; kinds != NULL && i < kinds->len; i++)
    for (guint k = kinds->len; k-- > i + 1;)
      if (g_str_equal (g_array_index (kinds, Candidate, i).label, g_array_index (kinds, Candidate, k).label))
        g_array_remove_index (kinds, k);
  return kinds;
}

gboolean
xq_tree_conflicts_get_kind (XqTransaction *tx, const XqTreeStep *step, char **kind, GError **error)
{
  g_autoptr (GArray) kinds = list_kinds (tx, step, error);
  const char *chosen = xq_tree_step_get_choice (step, "kind", NULL);

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
list_merged (XqTransaction *tx, const XqTreeStep *step, GPtrArray *conflicts, GError **error)
{
  g_autoptr (GArray) organisations = list_candidates (tx, step, organisations_sql, error);
  g_autoptr (GArray) joint = list_candidates (tx, step, joint_sql, error);
  g_autoptr (GArray) contacts = list_candidates (tx, step, contacts_sql, error);
  g_autoptr (GArray) secretaries = list_secretaries (tx, step, error);
  g_autoptr (GArray) bodies = list_candidates (tx, step, bodies_sql, error);
  g_autoptr (GArray) services = list_candidates (tx, step, services_sql, error);
  g_autoptr (GArray) grids = list_candidates (tx, step, grids_sql, error);
  g_autoptr (GArray) kinds = list_kinds (tx, step, error);
  gboolean own;

  if (organisations == NULL || joint == NULL || contacts == NULL || secretaries == NULL || bodies == NULL || services == NULL
      || grids == NULL || kinds == NULL || !has_own (tx, step, &own, error))
    return FALSE;
  keep_groups (grids);
  if (organisations->len > 1)
    add_one_of (conflicts, step, "organisations",
                g_strdup_printf (_ ("The unit would have %u Party organisations of its own"), organisations->len),
                _ ("All go on side by side"), organisations, TRUE);
  if (joint->len > 1 && !own)
    add_one_of (conflicts, step, "joint", g_strdup_printf (_ ("The compounds are covered by %u joint branches"), joint->len),
                _ ("All go on covering the unit"), joint, TRUE);
  if (secretaries->len > 1)
    add_one_of (conflicts, step, "secretaries", g_strdup_printf (_ ("There would be %u secretaries"), secretaries->len),
                _ ("All go on"), secretaries, TRUE);
  if (contacts->len > 1 && !own)
    add_one_of (conflicts, step, "contacts", g_strdup_printf (_ ("%u contacts are in force"), contacts->len), NULL, contacts, TRUE);
  if (bodies->len > 1)
    add_one_of (conflicts, step, "bodies",
                g_strdup_printf (_ ("There are %u owners' bodies; each belongs to its own property area"), bodies->len),
                _ ("All go on: a merger of compounds does not merge owners' assemblies"), bodies, FALSE);
  if (services->len > 1)
    add_one_of (conflicts, step, "services", g_strdup_printf (_ ("There are %u contracts with property firms"), services->len),
                _ ("All go on, each for its property area"), services, TRUE);
  if (grids->len > 1)
    add_one_of (conflicts, step, "grids", g_strdup_printf (_ ("The unit would be %u grids of one kind"), grids->len),
                _ ("All go on"), grids, TRUE);
  if (kinds->len > 1)
    {
      XqTreeConflict *conflict = xq_tree_conflict_new ("kind");

      conflict->message = g_strdup (_ ("The compounds are of different kinds"));
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
      return list_merged (tx, step, conflicts, error) && note_rosters (tx, step, notices, error);
    case XQ_TREE_SPLIT:
      return list_split (tx, step, conflicts, error);
    case XQ_TREE_CLOSE:
      return list_closed (tx, step, conflicts, error) && note_members (tx, step, notices, error);
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

/* Ends all of @sql's candidates but the chosen one; without a choice none, or with @must all but the first. */
static gboolean
keep_one (XqTransaction *tx, const XqTreeStep *step, const char *conflict, GArray *candidates, const XqRecordType *type,
          const char *from, const char *to, gboolean must, GError **error)
{
  const char *chosen = xq_tree_step_get_choice (step, conflict, ALL);
  gint64 kept = 0;

  if (candidates == NULL)
    return FALSE;
  if (candidates->len < 2)
    return TRUE;
  for (guint i = 0; i < candidates->len; i++)
    {
      g_autofree char *row = id_text (g_array_index (candidates, Candidate, i).id);

      if (g_str_equal (row, chosen))
        kept = g_array_index (candidates, Candidate, i).id;
    }
  if (kept == 0 && must)
    kept = g_array_index (candidates, Candidate, 0).id;
  for (guint i = 0; kept != 0 && i < candidates->len; i++)
    if (g_array_index (candidates, Candidate, i).id != kept
        && !end_row (tx, type, g_array_index (candidates, Candidate, i).id, from, to, step->edit->day, error))
      return FALSE;
  return TRUE;
}

static gboolean
resolve_joint (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  g_autoptr (GArray) joint = list_candidates (tx, step, joint_sql, error);
  const char *chosen = xq_tree_step_get_choice (step, "joint", ALL);
  gboolean known = FALSE;

  if (joint == NULL)
    return FALSE;
  for (guint i = 0; i < joint->len; i++)
    {
      g_autofree char *row = id_text (g_array_index (joint, Candidate, i).id);

      known = known || g_str_equal (row, chosen);
    }
  for (guint i = 0; known && i < joint->len; i++)
    {
      gint64 id = g_array_index (joint, Candidate, i).id;
      g_autofree char *row = id_text (id);

      if (!g_str_equal (row, chosen)
          && !run_pair (tx,
                        "UPDATE organisation_cover SET valid_to = max (?3, coalesce (valid_from, '')) WHERE organisation = ?1"
                        " AND (valid_to IS NULL OR valid_to > ?3) AND unit IN (SELECT predecessor FROM temp.tree_move WHERE step = "
                        "?2)",
                        id, step->number, step->edit->day, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
resolve_merged (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  g_autoptr (GArray) organisations = list_candidates (tx, step, organisations_sql, error);
  g_autoptr (GArray) secretaries = list_secretaries (tx, step, error);
  g_autoptr (GArray) contacts = list_candidates (tx, step, contacts_sql, error);
  g_autoptr (GArray) services = list_candidates (tx, step, services_sql, error);
  g_autoptr (GArray) grids = list_candidates (tx, step, grids_sql, error);
  g_autofree char *merged = NULL, *kept = NULL;
  gint64 survivor;
  gboolean own;

  if (organisations == NULL || grids == NULL || !find_merged_organisations (tx, step, &merged, &kept, error)
      || !has_own (tx, step, &own, error))
    return FALSE;
  keep_groups (grids);
  survivor = g_ascii_strtoll (kept, NULL, 10);
  /* Who is secretary is decided while it is still known whose. */
  if (!keep_one (tx, step, "secretaries", secretaries, &XQ_POST_HOLDER, "valid_from", "valid_to", FALSE, error)
      || !keep_one (tx, step, "services", services, &XQ_PROPERTY_SERVICE, "valid_from", "valid_to", FALSE, error)
      || !keep_one (tx, step, "grids", grids, &XQ_GRID_ROLE, "valid_from", "valid_to", FALSE, error)
      || (!own && !keep_one (tx, step, "contacts", contacts, &XQ_CONTACT, "decided", "valid_to", TRUE, error))
      || !resolve_joint (tx, step, error))
    return FALSE;
  for (guint i = 0; survivor != 0 && i < organisations->len; i++)
    {
      gint64 id = g_array_index (organisations, Candidate, i).id;

      if (id != survivor && !merge_organisation (tx, id, survivor, step->edit->day, error))
        return FALSE;
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
        g_autoptr (XqRecord) cover = xq_record_new (&XQ_ORGANISATION_COVER);

        /* Its own part is covered as what goes along with it. */
        if (k == step->main_target || g_array_index (step->targets, gint64, k) == step->main_unit)
          continue;
        xq_record_set_int (cover, XQ_ORGANISATION_COVER_UNIT, g_array_index (step->targets, gint64, k));
        xq_record_set_int (cover, XQ_ORGANISATION_COVER_ORGANISATION, g_array_index (covers, Candidate, i).id);
        xq_record_set_text (cover, XQ_ORGANISATION_COVER_VALID_FROM, step->edit->day);
        if (xq_record_insert (tx, cover, error) == 0)
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
      return resolve_merged (tx, step, error);
    case XQ_TREE_SPLIT:
      return resolve_split (tx, step, error);
    case XQ_TREE_CLOSE:
      return resolve_closed (tx, step, error);
    default:
      return TRUE;
    }
}
