#include "store-fixture.h"

#include "xq-connection.h"
#include "xq-migration.h"

/*
 * Session undo breaks on tables that do not keep these rules: each table of records has an explicit primary key, is STRICT,
 * has no trigger, generated column or reference that cascades, and is UNIQUE only over columns that no command edits.
 */

/* UNIQUE only over these: what a row is about, set when it is made. */
static const struct
{
  const char *table, *columns;
} UNIQUE_COLUMNS[] = {
  { "compound", "unit" },
  { "building", "unit" },
  { "declared_count", "unit,measure" },
  { "declared_post", "unit,post" },
  { "survey_tally", "question,unit" },
};

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (XqStore) store = NULL;

  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  store = fixture_create (f->folder, "a.xiaoqu");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->path);
  fixture_folder_free (f->folder);
}

static char *
ask (Fixture *f, const char *format, const char *table)
{
  g_autofree char *sql = g_strdup_printf (format, table);

  return fixture_query (f->path, sql);
}

static void
check_unique (Fixture *f, const char *table)
{
  g_autofree char *found
      = ask (f,
             "SELECT group_concat(c, ';') FROM (SELECT (SELECT group_concat(name) FROM pragma_index_info(l.name)) AS c"
             " FROM pragma_index_list('%s') l WHERE l.\"unique\" AND l.origin <> 'pk')",
             table);
  const char *allowed = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (UNIQUE_COLUMNS); i++)
    if (strcmp (UNIQUE_COLUMNS[i].table, table) == 0)
      allowed = UNIQUE_COLUMNS[i].columns;
  g_assert_cmpstr (found, ==, allowed);
}

static void
check_columns (Fixture *f, const XqRecordType *type)
{
  g_autofree char *found
      = ask (f, "SELECT group_concat(name) FROM (SELECT name FROM pragma_table_xinfo('%s') ORDER BY cid)", type->name);
  g_autoptr (GString) wanted = g_string_new ("id,district");

  for (int i = 0; type->fields[i].name != NULL; i++)
    g_string_append_printf (wanted, ",%s", type->fields[i].name);
  g_string_append (wanted, ",origins");
  g_assert_cmpstr (found, ==, wanted->str);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Every reference of the description is one of the table, and the other way about. */
static void
check_references (Fixture *f, const XqRecordType *type)
{
  g_autofree char *found = ask (f,
                                "SELECT ifnull(group_concat(c), '') FROM (SELECT \"from\" || '>' || \"table\" AS c FROM "
                                "pragma_foreign_key_list('%s') ORDER BY 1)",
                                type->name);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;

  for (int i = 0; type->fields[i].name != NULL; i++)
    if (type->fields[i].type == XQ_FIELD_REFERENCE)
      g_ptr_array_add (wanted, g_strdup_printf ("%s>%s", type->fields[i].name, type->fields[i].target));
  g_ptr_array_sort (wanted, compare_names);
  g_ptr_array_add (wanted, NULL);
  joined = g_strjoinv (",", (char **)wanted->pdata);
  g_assert_cmpstr (found, ==, joined);
}

/* Every reference is the first column of an index: what refers to a row is found, and let go of, without a look at all rows. */
static void
check_indexes (Fixture *f, const XqRecordType *type)
{
  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      g_autofree char *format
          = g_strdup_printf ("SELECT count(*) FROM pragma_index_list('%%s') l, pragma_index_info(l.name) i WHERE i.seqno = 0"
                             " AND i.name = '%s'",
                             type->fields[i].name);
      g_autofree char *n = NULL;

      if (type->fields[i].type != XQ_FIELD_REFERENCE)
        continue;
      n = ask (f, format, type->name);
      if (g_str_equal (n, "0"))
        g_error ("%s.%s has no index", type->name, type->fields[i].name);
    }
}

static void
test_rules (Fixture *f, gconstpointer data)
{
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    {
      const char *table = XQ_RECORD_TYPES[t]->name;
      g_autofree char *strict = ask (f, "SELECT strict FROM pragma_table_list WHERE name = '%s' AND schema = 'main'", table);
      g_autofree char *key = ask (f, "SELECT group_concat(name) FROM pragma_table_info('%s') WHERE pk > 0", table);
      g_autofree char *triggers = ask (f, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '%s'", table);
      g_autofree char *generated = ask (f, "SELECT count(*) FROM pragma_table_xinfo('%s') WHERE hidden <> 0", table);
      g_autofree char *actions
          = ask (f, "SELECT count(*) FROM pragma_foreign_key_list('%s') WHERE on_update <> 'NO ACTION' OR on_delete <> 'NO ACTION'",
                 table);

      g_test_message ("%s", table);
      g_assert_cmpstr (strict, ==, "1");
      g_assert_cmpstr (key, ==, "id");
      g_assert_cmpstr (triggers, ==, "0");
      g_assert_cmpstr (generated, ==, "0");
      g_assert_cmpstr (actions, ==, "0");
      check_unique (f, table);
      check_columns (f, XQ_RECORD_TYPES[t]);
      check_references (f, XQ_RECORD_TYPES[t]);
      check_indexes (f, XQ_RECORD_TYPES[t]);
    }
}

/* All tables are strict, also those that are not recorded; and nothing runs by itself. */
static void
test_whole_schema (Fixture *f, gconstpointer data)
{
  g_autofree char *loose
      = fixture_query (f->path, "SELECT group_concat(name) FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                                " AND NOT strict AND name NOT LIKE 'sqlite_%'");
  g_autofree char *code = fixture_query (f->path, "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')");
  g_autofree char *id = fixture_query (f->path, "PRAGMA application_id");
  g_autofree char *version = fixture_query (f->path, "PRAGMA user_version");
  g_autofree char *wanted_id = g_strdup_printf ("%d", XQ_APPLICATION_ID);
  g_autofree char *wanted_version = g_strdup_printf ("%d", xq_migration_get_current ());

  g_assert_cmpstr (loose, ==, NULL);
  g_assert_cmpstr (code, ==, "0");
  g_assert_cmpstr (id, ==, wanted_id);
  g_assert_cmpstr (version, ==, wanted_version);
  g_assert_cmpint (xq_migration_get_current (), >=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/schema/journal-rules", Fixture, NULL, set_up, test_rules, tear_down);
  g_test_add ("/store/schema/whole", Fixture, NULL, set_up, test_whole_schema, tear_down);
  return g_test_run ();
}
