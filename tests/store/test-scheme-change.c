/* A changed scheme in a document: what records use stays, by whatever list; deadlines of open tickets follow its days. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store-fixture.h"
#include "xq-scheme-change.h"
#include "xq-scheme-draft.h"
#include "xq-scheme-usage.h"
#include "xq-scheme-words.h"
#include "xq-ticket.h"

typedef struct
{
  char *folder, *path;
  XqStore *store;
  gint64 compound, area;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->store = fixture_create (f->folder, "a.xiaoqu");
  f->path = fixture_path (f->folder, "a.xiaoqu");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  xq_store_close (f->store, &error);
  g_assert_no_error (error);
  g_clear_object (&f->store);
  g_free (f->path);
  fixture_folder_free (f->folder);
}

static XqScheme *
scheme_of (Fixture *f)
{
  return xq_store_get_scheme (f->store);
}

static XqSchemeDraft *
draft_of (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  XqSchemeDraft *draft = xq_scheme_draft_new (xq_scheme_get_json (scheme_of (f)), &error);

  g_assert_no_error (error);
  return draft;
}

static gpointer
change_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_scheme_change (tx, data, error);
  return NULL;
}

static gpointer
check_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_scheme_change_check (tx, data, error);
  return NULL;
}

/* Makes what @draft says the scheme. */
static void
change (Fixture *f, XqSchemeDraft *draft)
{
  g_autofree char *json = xq_scheme_draft_to_json (draft);

  fixture_write (f->store, "scheme", change_job, json);
}

static void
undo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = xq_store_undo (f->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (label);
}

/* The same must be refused, when it is written and when it is only looked at, with @words in the error. */
static void
change_refused (Fixture *f, XqSchemeDraft *draft, const char *words)
{
  g_autofree char *json = xq_scheme_draft_to_json (draft), *before = fixture_dump (f->path), *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) looked = NULL;

  xq_store_write (f->store, "scheme", change_job, json, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in “%s”", words, error->message);
  xq_store_read (f->store, check_job, json, NULL, &looked);
  g_assert_cmpstr (looked->message, ==, error->message);
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
}

/* What is used */

/* A record of each kind that names a member of a list; %s is that member's id. */
static const struct
{
  const char *list;   /* of the draft */
  guint index;        /* the member that is used */
  const char *key;    /* that it is told by */
  const char *insert; /* with ids of what it belongs to: $u the compound, $d the district */
  const char *path;   /* that the refusal names, with the id */
} USES[] = {
  { "$.posts", 1, "id", "INSERT INTO declared_post (id, district, unit, post, value, origins) VALUES (900, $d, $u, '%s', 3, 0)",
    "$.posts[%s]" },
  { "$.ticket_levels", 0, "id",
    "INSERT INTO ticket (id, district, unit, number, title, raised, level, origins) VALUES (901, $d, $u, 'T', 't', '2024-09-01', "
    "'%s', 0)",
    "$.ticket_levels[%s]" },
  { "$.ticket_categories", 2, "id",
    "INSERT INTO ticket (id, district, unit, number, title, raised, category, origins) VALUES (902, $d, $u, 'T', 't', "
    "'2024-09-01', '%s', 0)",
    "$.ticket_categories[%s]" },
  { "$.consultation_forms", 0, "id",
    "INSERT INTO consultation (id, district, unit, form, topic, held, origins) VALUES (903, $d, $u, '%s', 't', '2024-09-01', 0)",
    "$.consultation_forms[%s]" },
  { "$.consultation_levels", 1, "id",
    "INSERT INTO consultation (id, district, unit, form, level, topic, held, origins) VALUES (904, $d, $u, 'meeting', '%s', 't', "
    "'2024-09-01', 0)",
    "$.consultation_levels[%s]" },
  { "$.departments", 0, "id",
    "INSERT INTO department (id, district, unit, name, kind, origins) VALUES (905, $d, $u, '住建局', '%s', 0)",
    "$.departments[%s]" },
  { "$.topics", 0, "id",
    "INSERT INTO consultation (id, district, unit, form, topic, topic_code, held, origins) VALUES (906, $d, $u, 'meeting', 't', "
    "'%s', '2024-09-01', 0)",
    "$.topics[%s]" },
  { "$.grids", 0, "role", "INSERT INTO grid_role (id, district, unit, role, origins) VALUES (907, $d, $u, '%s', 0)",
    "$.grids[%s]" },
  { "$.checklists[0].items", 6, "id",
    "INSERT INTO checklist_state (id, district, unit, checklist, item, state, origins) VALUES (908, $d, $u, 'six', '%s', 'done', "
    "0)",
    "$.checklists[six].items[%s]" },
  { "$.checklists[0].states", 1, "id",
    "INSERT INTO checklist_state (id, district, unit, checklist, item, state, origins) VALUES (909, $d, $u, 'six', 'a', '%s', 0)",
    "$.checklists[six].states[%s]" },
  { "$.organisations", 2, NULL,
    "INSERT INTO organisation (id, district, unit, kind, functional, name, origins) VALUES (910, $d, $u, '%s', 0, '党支部', 0)",
    "$.organisations[compound/%s]" },
};

/* A scheme with something in every list. */
static void
fill_scheme (Fixture *f)
{
  g_autoptr (XqSchemeDraft) draft = draft_of (f);
  g_autoptr (XqSchemeDraft) full = NULL;
  g_autofree char *json = xq_scheme_draft_to_json (draft);
  GString *text = g_string_new (json);

  /* the last brace is the scheme's own */
  g_string_truncate (text, (gsize)(strrchr (text->str, '}') - text->str));
  g_string_append (text, ", \"departments\": [{\"id\": \"housing\", \"label\": \"示例部门\"}],"
                         " \"topics\": [{\"level\": \"compound\", \"label\": \"停车(示例)\"}],"
                         " \"grids\": [{\"role\": \"general\", \"label\": \"网格\", \"organisation\": \"党支部\", \"level\": "
                         "\"compound\"}],"
                         " \"checklists\": [{\"id\": \"six\", \"label\": \"六件套\", \"items\": [");
  for (char c = 'a'; c <= 'g'; c++)
    g_string_append_printf (text, "%s{\"id\": \"%c\", \"label\": \"%c\"}", c == 'a' ? "" : ", ", c, c);
  g_string_append (text, "], \"states\": [{\"id\": \"none\", \"label\": \"无\"}, {\"id\": \"partial\", \"label\": \"半\"},"
                         " {\"id\": \"done\", \"label\": \"有\"}]}]}");
  {
    g_autoptr (GError) error = NULL;
    /* whatever stands twice, stands as it was said last */
    g_autofree char *written = g_string_free (text, FALSE);

    full = xq_scheme_draft_new (written, &error);
    g_assert_no_error (error);
  }
  change (f, full);
}

static gpointer
delete_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    {
      g_autoptr (GPtrArray) records = xq_record_list (tx, XQ_RECORD_TYPES[t], -1, 0, error);

      for (guint i = 0; records != NULL && i < records->len; i++)
        {
          gint64 id = xq_record_get_id (g_ptr_array_index (records, i));

          if (id >= 900 && id < 1000 && !xq_record_delete (tx, XQ_RECORD_TYPES[t], id, error))
            return NULL;
        }
    }
  return NULL;
}

static void
reopen (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  f->store = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
}

static void
insert_raw (Fixture *f, const char *pattern, const char *id)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *unit = fixture_query (f->path, "SELECT id FROM unit WHERE level = 3");
  g_autofree char *district = fixture_query (f->path, "SELECT id FROM unit WHERE level = 0");

  g_string_printf (sql, pattern, id);
  g_string_replace (sql, "$d", district, 0);
  g_string_replace (sql, "$u", unit, 0);
  xq_store_close (f->store, &error);
  g_assert_no_error (error);
  g_clear_object (&f->store);
  fixture_execute (f->path, sql->str);
  reopen (f);
}

static void
test_used (Fixture *f, gconstpointer data)
{
  fill_scheme (f);
  for (guint i = 0; i < G_N_ELEMENTS (USES); i++)
    {
      g_autofree char *key_path
          = g_strdup_printf ("%s[%u].%s", USES[i].list, USES[i].index, USES[i].key != NULL ? USES[i].key : "kind");
      g_autoptr (XqSchemeDraft) without = draft_of (f);
      g_autoptr (XqSchemeDraft) again = NULL;
      g_autofree char *id = xq_scheme_draft_get (without, key_path);
      g_autofree char *path = g_strdup_printf (USES[i].path, id);

      g_test_message ("%s", path);
      g_assert_nonnull (id);
      insert_raw (f, USES[i].insert, id);
      g_assert_true (xq_scheme_draft_remove (without, USES[i].list, USES[i].index));
      change_refused (f, without, path);
      change_refused (f, without, "1 record uses it");
      /* another name is not another member, nor is another order */
      again = draft_of (f);
      if (USES[i].index > 0 && strcmp (USES[i].list, "$.organisations") != 0 && !g_str_has_suffix (USES[i].list, "states"))
        g_assert_true (xq_scheme_draft_move (again, USES[i].list, USES[i].index, 0)
                       && xq_scheme_draft_move (again, USES[i].list, 0, USES[i].index));
      {
        g_autofree char *label = g_strdup_printf ("%s[%u].label", USES[i].list, USES[i].index);

        g_assert_true (xq_scheme_draft_set_text (again, label, "改名"));
      }
      change (f, again);
      /* nobody uses it any more: it goes, and comes back by undo */
      fixture_write (f->store, "delete", delete_job, NULL);
      g_clear_pointer (&again, xq_scheme_draft_free);
      again = draft_of (f);
      g_assert_true (xq_scheme_draft_remove (again, USES[i].list, USES[i].index));
      change (f, again);
      undo (f);
      g_clear_pointer (&without, xq_scheme_draft_free);
      without = draft_of (f);
      g_assert_cmpuint (xq_scheme_draft_get_size (without, USES[i].list), ==, xq_scheme_draft_get_size (again, USES[i].list) + 1);
    }
}

/* What is in use may be closed: then it is not offered, and what holds it still finds it. */
static void
test_closed (Fixture *f, gconstpointer data)
{
  g_autoptr (XqSchemeDraft) draft = draft_of (f);

  insert_raw (f, USES[0].insert, "group_leader");
  g_assert_true (xq_scheme_draft_set_flag (draft, "$.posts[1].closed", TRUE));
  change (f, draft);
  g_assert_true (xq_scheme_find_post (scheme_of (f), "group_leader")->closed);
  g_assert_false (xq_scheme_find_post (scheme_of (f), "secretary")->closed);
  {
    g_autoptr (XqRecord) record = xq_record_new (&XQ_DECLARED_POST);
    g_autoptr (GArray) words = xq_scheme_list_words (scheme_of (f), record, XQ_DECLARED_POST_POST);
    guint closed = 0;

    for (guint i = 0; i < words->len; i++)
      closed += g_array_index (words, XqSchemeItem, i).closed;
    g_assert_cmpuint (closed, ==, 1);
    xq_record_set_text (record, XQ_DECLARED_POST_POST, "group_leader");
    g_assert_cmpstr (xq_scheme_get_word_label (scheme_of (f), record, XQ_DECLARED_POST_POST), ==, "党小组长");
  }
}

static void
test_other_id (Fixture *f, gconstpointer data)
{
  g_autoptr (XqSchemeDraft) draft = draft_of (f);

  g_assert_true (xq_scheme_draft_set_text (draft, "$.id", "another"));
  change_refused (f, draft, "$.id: ");
}

/* Deadlines */

typedef struct
{
  Fixture *f;
  gint64 unit, department, open, closed;
} Tickets;

static gint64
raise_ticket (XqTransaction *tx, Tickets *tickets, gboolean close, GError **error)
{
  g_autoptr (XqRecord) ticket = xq_record_new (&XQ_TICKET);
  XqTicketMove sent = { .step = XQ_TICKET_STEP_DISPATCH, .day = "2024-09-27", .department = tickets->department };
  XqTicketMove answered = { .step = XQ_TICKET_STEP_RESPOND, .day = "2024-09-29" };
  XqTicketMove done = { .step = XQ_TICKET_STEP_CLOSE, .day = "2024-09-30" };
  gint64 id;

  xq_record_set_int (ticket, XQ_TICKET_UNIT, tickets->unit);
  xq_record_set_text (ticket, XQ_TICKET_TITLE, "路灯不亮");
  xq_record_set_text (ticket, XQ_TICKET_LEVEL, "blue");
  xq_record_set_text (ticket, XQ_TICKET_RAISED, "2024-09-27");
  id = xq_ticket_raise (tx, ticket, error);
  if (id == 0 || !xq_ticket_take_step (tx, id, &sent, error))
    return 0;
  if (close && (!xq_ticket_take_step (tx, id, &answered, error) || !xq_ticket_take_step (tx, id, &done, error)))
    return 0;
  return id;
}

static gpointer
raise_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Tickets *tickets = data;
  g_autoptr (XqRecord) department = xq_record_new (&XQ_DEPARTMENT);

  xq_record_set_int (department, XQ_DEPARTMENT_UNIT, tickets->unit);
  xq_record_set_text (department, XQ_DEPARTMENT_NAME, "示例部门");
  tickets->department = xq_record_insert (tx, department, error);
  if (tickets->department != 0)
    tickets->open = raise_ticket (tx, tickets, FALSE, error);
  if (tickets->open != 0)
    tickets->closed = raise_ticket (tx, tickets, TRUE, error);
  return NULL;
}

static void
check_deadlines (Fixture *f, gint64 ticket, const char *respond, const char *close)
{
  g_autofree char *sql = g_strdup_printf ("SELECT respond_by || ' ' || deadline FROM ticket WHERE id = %" G_GINT64_FORMAT, ticket);
  g_autofree char *expected = g_strdup_printf ("%s %s", respond, close), *found = fixture_query (f->path, sql);

  g_assert_cmpstr (found, ==, expected);
}

/* Blue: to be answered in 3 working days, closed in 15. From Friday 27 September 2024, 29 September and 12 October are worked and
 * 1 to 7 October are not. */
static void
test_deadlines (Fixture *f, gconstpointer data)
{
  Tickets tickets = { f };
  g_autoptr (XqSchemeDraft) days = draft_of (f);
  g_autoptr (XqSchemeDraft) holidays = NULL;
  g_autofree char *before = NULL, *after = NULL, *unit = fixture_query (f->path, "SELECT id FROM unit WHERE level = 3");

  tickets.unit = g_ascii_strtoll (unit, NULL, 10);
  fixture_write (f->store, "tickets", raise_job, &tickets);
  check_deadlines (f, tickets.open, "2024-10-08", "2024-10-23");
  check_deadlines (f, tickets.closed, "2024-10-08", "2024-10-23");
  before = fixture_dump (f->path);
  /* fewer days: the open one follows, the closed one was measured by what held */
  g_assert_true (xq_scheme_draft_set_int (days, "$.ticket_levels[0].respond_days", 2));
  change (f, days);
  check_deadlines (f, tickets.open, "2024-09-30", "2024-10-23");
  check_deadlines (f, tickets.closed, "2024-10-08", "2024-10-23");
  /* without the list of 2024 only weekends are free */
  holidays = draft_of (f);
  g_assert_true (xq_scheme_draft_remove (holidays, "$.holidays", 2));
  change (f, holidays);
  g_assert_false (xq_scheme_has_holidays (scheme_of (f), 2024));
  check_deadlines (f, tickets.open, "2024-10-01", "2024-10-18");
  undo (f);
  check_deadlines (f, tickets.open, "2024-09-30", "2024-10-23");
  undo (f);
  check_deadlines (f, tickets.open, "2024-10-08", "2024-10-23");
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
  g_free (xq_store_redo (f->store, NULL, NULL));
  check_deadlines (f, tickets.open, "2024-09-30", "2024-10-23");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/scheme-change/used", Fixture, NULL, set_up, test_used, tear_down);
  g_test_add ("/store/scheme-change/closed", Fixture, NULL, set_up, test_closed, tear_down);
  g_test_add ("/store/scheme-change/other-id", Fixture, NULL, set_up, test_other_id, tear_down);
  g_test_add ("/store/scheme-change/deadlines", Fixture, NULL, set_up, test_deadlines, tear_down);
  return g_test_run ();
}
