#include "xq-finding-sql.h"

#include <gio/gio.h>
#include <string.h>

#include "xq-store-resources.h"

/*
 * The file is cut at its "--- table:" and "--- rule:" lines and the marks in it are filled in: "$name(argument)".
 */

#define BETWEEN "((%1$s.%2$s IS NULL OR %1$s.%2$s <= :as_of) AND (%1$s.%3$s IS NULL OR %1$s.%3$s > :as_of))"

static const struct
{
  const char *name, *from, *to;
} intervals[] = {
  { "in_force", "valid_from", "valid_to" },
  { "founded", "founded", "dissolved" },
  { "standing", "founded", "ended" },
  { "decided", "decided", "valid_to" },
};

/*
 * Months and years are counted as people do: the month's last day stands for days it lacks. SQLite goes on into the next month
 * instead, so of the two the earlier one is right.
 */
#define TERM_END                                                                                                                   \
  "min (date (%1$s.term_started, '+' || %1$s.term_years || ' years'), date (%1$s.term_started, 'start of month', '+' || "          \
  "%1$s.term_years || ' years', '+1 month', '-1 day'))"
#define MONTHS_BEFORE                                                                                                              \
  "min (date (%1$s, '-' || :%2$s || ' months'), date (%1$s, 'start of month', '-' || :%2$s || ' months', '+1 month', '-1 day'))"
#define BASIS                                                                                                                      \
  "CASE :basis WHEN 'resident_full' THEN %1$s.resident_full WHEN 'formal_full' THEN %1$s.formal_full ELSE %1$s.checked_in END"

typedef struct
{
  GArray *tables;    /* XqFindingTable */
  char **statements; /* by rule */
} Statements;

static void
append_mark (GString *sql, const char *name, const char *argument)
{
  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    if (g_str_equal (name, intervals[i].name))
      {
        g_string_append_printf (sql, BETWEEN, argument, intervals[i].from, intervals[i].to);
        return;
      }
  if (g_str_equal (name, "basis"))
    g_string_append_printf (sql, BASIS, argument);
  else if (g_str_equal (name, "term_end"))
    g_string_append_printf (sql, TERM_END, argument);
  else if (g_str_equal (name, "months_before"))
    {
      g_auto (GStrv) parts = g_strsplit (argument, ":", 2);

      g_string_append_printf (sql, MONTHS_BEFORE, parts[0], parts[1]);
    }
  else
    g_error ("findings: there is no mark $%s", name);
}

/* @text up to @end, without comments, marks filled in. */
static void
append_expanded (GString *sql, const char *text, const char *end)
{
  for (const char *p = text; p < end;)
    {
      g_autofree char *name = NULL;
      g_autofree char *argument = NULL;
      gsize length = 1;

      if (g_str_has_prefix (p, "--"))
        {
          p += strcspn (p, "\n");
          continue;
        }
      if (*p != '$')
        {
          g_string_append_c (sql, *p++);
          continue;
        }
      while (g_ascii_isalpha (p[length]) || p[length] == '_')
        length++;
      name = g_strndup (p + 1, length - 1);
      p += length;
      argument = g_strndup (p + 1, strcspn (p + 1, ")"));
      p += strlen (argument) + 2;
      append_mark (sql, name, argument);
    }
}

static void
add_section (Statements *all, const char *kind, const char *name, const char *text, const char *end)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  append_expanded (sql, text, end);
  if (g_str_equal (kind, "table"))
    {
      g_auto (GStrv) words = g_strsplit (name, " ", -1);
      g_autoptr (GString) create = g_string_new (NULL);
      XqFindingTable table;

      /* Made by the statement that fills it: its parameters are null then, so that nothing is in force and there are no rows. */
      g_string_append_printf (create, "CREATE TEMP TABLE IF NOT EXISTS %s AS %s;\n", words[0], sql->str);
      for (guint i = 1; words[i] != NULL; i++)
        g_string_append_printf (create, "CREATE INDEX IF NOT EXISTS temp.%s_%s ON %s (%s);\n", words[0], words[i], words[0],
                                words[i]);
      table.create = g_string_free (g_steal_pointer (&create), FALSE);
      table.clear = g_strdup_printf ("DELETE FROM temp.%s", words[0]);
      table.fill = g_strdup_printf ("INSERT INTO temp.%s %s", words[0], sql->str);
      g_array_append_val (all->tables, table);
      return;
    }
  if (!g_str_equal (kind, "rule") || xq_rule_find (name) == NULL)
    g_error ("findings: there is no %s %s", kind, name);
  all->statements[xq_rule_get_index (xq_rule_find (name))] = g_strdup (sql->str);
}

static Statements *
build (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (xq_store_data_get_resource (), "/org/xiaoqu/store/schema/findings.sql",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autofree char *text = NULL;
  Statements *all = g_new0 (Statements, 1);

  /* It is part of the program. */
  if (bytes == NULL)
    g_error ("findings: %s", error->message);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  all->tables = g_array_new (FALSE, TRUE, sizeof (XqFindingTable));
  all->statements = g_new0 (char *, xq_rule_count () + 1);
  for (const char *section = strstr (text, "\n--- "); section != NULL;)
    {
      const char *line = section + strlen ("\n--- "), *begin = strchr (line, '\n'), *next = strstr (line, "\n--- ");
      g_autofree char *heading = g_strndup (line, begin - line);
      g_auto (GStrv) words = g_strsplit (heading, ": ", 2);

      add_section (all, words[0], words[1], begin, next != NULL ? next : text + strlen (text));
      section = next;
    }
  return all;
}

static const Statements *
get (void)
{
  static Statements *all;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      all = build ();
      g_once_init_leave (&once, 1);
    }
  return all;
}

const XqFindingTable *
xq_finding_sql_get_tables (guint *n)
{
  *n = get ()->tables->len;
  return &g_array_index (get ()->tables, XqFindingTable, 0);
}

const char *
xq_finding_sql_get (const XqRule *rule)
{
  return get ()->statements[xq_rule_get_index (rule)];
}
