#include "xq-derived.h"
#include "xq-pinyin.h"
#include "xq-record-types.h"
#include "xq-unit-private.h"

#include <glib/gi18n-lib.h>

/*
 * The table that names are looked up in. One row a unit: `name` is the folded name, then each alias and earlier name,
 * with a newline before, between and behind; `pinyin` and `initials` hold every reading with spaces likewise, so that one
 * search tells the whole of a name, its beginning and its middle apart; `code` is the folded code.
 *
 * Search is a plain scan of the index search_scan, which has what is searched side by side and compounds and what is
 * above them before buildings. A large document has several times as many buildings as other units, and their names
 * tell little (3栋), so these are found by the beginning of name or code only: two seeks in the index.
 */

#define MAX_MATCHES 200
#define MAX_PROBLEMS 20

typedef struct
{
  int level;
  char *name, *pinyin, *initials, *code;
  GBytes *sort_key;
} SearchRow;

static void
search_row_clear (SearchRow *row)
{
  g_clear_pointer (&row->name, g_free);
  g_clear_pointer (&row->pinyin, g_free);
  g_clear_pointer (&row->initials, g_free);
  g_clear_pointer (&row->code, g_free);
  g_clear_pointer (&row->sort_key, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SearchRow, search_row_clear)

/* @list stays empty, or begins and ends with @separator. */
static void
append_list (GString *list, const char *word, char separator)
{
  if (*word == '\0')
    return;
  if (list->len == 0)
    g_string_append_c (list, separator);
  g_string_append (list, word);
  g_string_append_c (list, separator);
}

/* What the row of a unit is to hold. */
static gboolean
search_row_make (XqTransaction *tx, gint64 unit, int level, const char *name, const char *code, SearchRow *row, GError **error)
{
  g_autoptr (XqStatement) aliases = NULL;
  g_autofree char *folded = xq_text_fold (name);
  GString *names = g_string_new (NULL);
  GString *pinyin = g_string_new (NULL);
  GString *initials = g_string_new (NULL);
  XqStep step;

  append_list (names, folded, '\n');
  row->level = level;
  row->code = code != NULL ? xq_text_fold (code) : g_strdup ("");
  row->sort_key = xq_collation_key (name);
  if (level < XQ_LEVEL_BUILDING)
    {
      g_autofree char *p = NULL, *i = NULL;

      xq_pinyin_index (name, &p, &i);
      append_list (pinyin, p, ' ');
      append_list (initials, i, ' ');
    }

  aliases = xq_statement_get (tx, "SELECT value FROM unit_name WHERE unit = ?1 AND kind <> 'code' ORDER BY id", error);
  step = XQ_STEP_ERROR;
  if (aliases != NULL)
    {
      xq_statement_bind_int (aliases, 1, unit);
      while ((step = xq_statement_step (aliases, error)) == XQ_STEP_ROW)
        {
          g_autofree char *alias = xq_text_fold (xq_statement_get_text (aliases, 0));
          g_autofree char *p = NULL, *i = NULL;

          append_list (names, alias, '\n');
          xq_pinyin_index (alias, &p, &i);
          append_list (pinyin, p, ' ');
          append_list (initials, i, ' ');
        }
    }
  row->name = g_string_free (names, FALSE);
  row->pinyin = g_string_free (pinyin, FALSE);
  row->initials = g_string_free (initials, FALSE);
  return step == XQ_STEP_DONE;
}

static gboolean
search_row_write (XqTransaction *tx, gint64 unit, const SearchRow *row, GError **error)
{
  g_autoptr (XqStatement) insert = NULL;
  gsize size;
  const void *key = g_bytes_get_data (row->sort_key, &size);

  insert = xq_statement_get (tx,
                             "INSERT OR REPLACE INTO search (unit, level, name, pinyin, initials, code, sort_key)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                             error);
  if (insert == NULL)
    return FALSE;
  xq_statement_bind_int (insert, 1, unit);
  xq_statement_bind_int (insert, 2, row->level);
  xq_statement_bind_text (insert, 3, row->name);
  xq_statement_bind_text (insert, 4, row->pinyin);
  xq_statement_bind_text (insert, 5, row->initials);
  xq_statement_bind_text (insert, 6, row->code);
  xq_statement_bind_blob (insert, 7, key, size);
  return xq_statement_run (insert, error);
}

gboolean
xq_search_update (XqTransaction *tx, const gint64 *units, guint n_units, GError **error)
{
  for (guint i = 0; i < n_units; i++)
    {
      g_autoptr (XqStatement) select = xq_statement_get (tx, "SELECT level, name, code FROM unit WHERE id = ?1", error);
      XqStep step;

      if (select == NULL)
        return FALSE;
      xq_statement_bind_int (select, 1, units[i]);
      step = xq_statement_step (select, error);
      if (step == XQ_STEP_ERROR)
        return FALSE;
      if (step == XQ_STEP_ROW)
        {
          g_auto (SearchRow) row = { 0 };

          if (!search_row_make (tx, units[i], (int)xq_statement_get_int (select, 0), xq_statement_get_text (select, 1),
                                xq_statement_get_text (select, 2), &row, error)
              || !search_row_write (tx, units[i], &row, error))
            return FALSE;
        }
      else
        {
          g_autoptr (XqStatement) delete = xq_statement_get (tx, "DELETE FROM search WHERE unit = ?1", error);

          if (delete == NULL)
            return FALSE;
          xq_statement_bind_int (delete, 1, units[i]);
          if (!xq_statement_run (delete, error))
            return FALSE;
        }
    }
  return TRUE;
}

gboolean
xq_search_recompute (XqTransaction *tx, GError **error)
{
  g_autoptr (XqStatement) select = NULL;
  XqStep step;

  if (!xq_transaction_execute (tx, "DELETE FROM search", error))
    return FALSE;
  select = xq_statement_get (tx, "SELECT id, level, name, code FROM unit", error);
  if (select == NULL)
    return FALSE;
  while ((step = xq_statement_step (select, error)) == XQ_STEP_ROW)
    {
      g_auto (SearchRow) row = { 0 };
      gint64 unit = xq_statement_get_int (select, 0);

      if (!search_row_make (tx, unit, (int)xq_statement_get_int (select, 1), xq_statement_get_text (select, 2),
                            xq_statement_get_text (select, 3), &row, error)
          || !search_row_write (tx, unit, &row, error))
        return FALSE;
    }
  return step == XQ_STEP_DONE;
}

gboolean
xq_search_verify (XqTransaction *tx, GPtrArray *problems, GError **error)
{
  g_autoptr (XqStatement) select = NULL;
  gint64 strays = 0;
  guint found = 0;
  XqStep step;

  select = xq_statement_get (tx,
                             "SELECT u.id, u.level, u.name, u.code, s.level, s.name, s.pinyin, s.initials, s.code, s.sort_key"
                             " FROM unit u LEFT JOIN search s ON s.unit = u.id",
                             error);
  if (select == NULL)
    return FALSE;
  while ((step = xq_statement_step (select, error)) == XQ_STEP_ROW && found < MAX_PROBLEMS)
    {
      g_auto (SearchRow) row = { 0 };
      gsize stored_size = 0, size;
      const void *stored_key, *key;

      if (!search_row_make (tx, xq_statement_get_int (select, 0), (int)xq_statement_get_int (select, 1),
                            xq_statement_get_text (select, 2), xq_statement_get_text (select, 3), &row, error))
        return FALSE;
      stored_key = xq_statement_get_blob (select, 9, &stored_size);
      key = g_bytes_get_data (row.sort_key, &size);
      if (!xq_statement_is_null (select, 4) && xq_statement_get_int (select, 4) == row.level
          && g_strcmp0 (xq_statement_get_text (select, 5), row.name) == 0
          && g_strcmp0 (xq_statement_get_text (select, 6), row.pinyin) == 0
          && g_strcmp0 (xq_statement_get_text (select, 7), row.initials) == 0
          && g_strcmp0 (xq_statement_get_text (select, 8), row.code) == 0 && stored_size == size
          && memcmp (stored_key, key, size) == 0)
        continue;
      g_ptr_array_add (problems, g_strdup_printf (_ ("Search does not know “%s” as it is now"), xq_statement_get_text (select, 2)));
      found++;
    }
  if (step == XQ_STEP_ERROR)
    return FALSE;
  if (!xq_transaction_query_int (tx, "SELECT count (*) FROM search WHERE unit NOT IN (SELECT id FROM unit)", 0, &strays, error))
    return FALSE;
  if (strays > 0)
    g_ptr_array_add (problems, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Search knows %d unit that does not exist",
                                                             "Search knows %d units that do not exist", strays),
                                                (int)strays));
  return TRUE;
}

static gboolean
collect_ids (XqStatement *statement, GArray *ids, GError **error)
{
  XqStep step;

  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }
  return step == XQ_STEP_DONE;
}

GArray *
xq_search_match (XqTransaction *tx, const char *folded, XqMatchKind kind, GError **error)
{
  static const char *const sql[] = {
    [XQ_MATCH_CODE] = "SELECT unit FROM search WHERE code = :q LIMIT " G_STRINGIFY (MAX_MATCHES),
    [XQ_MATCH_NAME]
    = "SELECT unit FROM search WHERE level IN (0, 1, 2, 3, 4)"
      " AND name >= char (10) || :q || char (10) AND name < char (10) || :q || char (11) LIMIT " G_STRINGIFY (MAX_MATCHES),
    [XQ_MATCH_ALIAS] = "SELECT unit FROM search WHERE level < 4 AND instr (name, char (10) || :q || char (10)) > 0"
                       " UNION"
                       " SELECT unit FROM unit_name WHERE kind = 'code' AND lower (replace (value, ' ', '')) = :q"
                       " LIMIT " G_STRINGIFY (MAX_MATCHES),
  };
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql[kind], error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (statement == NULL)
    return NULL;
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":q"), folded);
  return collect_ids (statement, ids, error) ? g_steal_pointer (&ids) : NULL;
}

/* What a search has found before it is known whether it is in force. */
typedef struct
{
  gint64 unit;
  int rank;
  int level;
  int length;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->rank != y->rank)
    return x->rank - y->rank;
  if (x->level != y->level)
    return x->level - y->level;
  if (x->length != y->length)
    return x->length - y->length;
  return x->unit < y->unit ? -1 : x->unit > y->unit;
}

/*
 * The whole name before its beginning before its middle; in each a name before its pinyin. :name and :word are the text between
 * separators, :name_start and :word_start the text behind one: bound, for they stand in every row's tests.
 */
#define ORDER " ORDER BY 2, level, length (name), unit LIMIT :limit"

static const char by_name[] = "SELECT unit, CASE WHEN instr (name, :name) > 0 THEN 0 WHEN instr (name, :name_start) > 0 THEN 2 "
                              "ELSE 4 END, level, length (name)"
                              " FROM search WHERE level < 4 AND instr (name, :q) > 0" ORDER;
#define KEYBOARD_RANK                                                                                                              \
  "CASE WHEN instr (initials, :word) > 0 OR instr (pinyin, :word) > 0 THEN 1 WHEN instr (initials, :word_start) > 0"               \
  " OR instr (pinyin, :word_start) > 0 THEN 3 WHEN instr (name, :q) = 0 THEN 5 WHEN instr (name, :name) > 0 THEN 0"                \
  " WHEN instr (name, :name_start) > 0 THEN 2 ELSE 4 END"
static const char by_keyboard[]
    = "SELECT unit, " KEYBOARD_RANK ", level, length (name) FROM search"
      " WHERE level < 4 AND (instr (initials, :q) > 0 OR instr (pinyin, :q) > 0 OR instr (name, :q) > 0)" ORDER;
/* One or two letters stand somewhere in every other name: these must be at the beginning. */
static const char by_few_keys[]
    = "SELECT unit, " KEYBOARD_RANK ", level, length (name) FROM search"
      " WHERE level < 4 AND (instr (initials, :word_start) > 0 OR instr (pinyin, :word_start) > 0 OR instr (name, :q) > 0)" ORDER;
static const char by_code[] = "SELECT unit, CASE WHEN code = :q THEN 0 ELSE 2 END, level, length (code) FROM search"
                              " WHERE code >= :q AND code < :q || char (1114111) ORDER BY code LIMIT :limit";
static const char by_building[]
    = "SELECT unit, CASE WHEN substr (name, 1, length (:name)) = :name THEN 0 ELSE 2 END, level, length (name) FROM search"
      " WHERE level = 4 AND name >= :name_start AND name < :name_start || char (1114111) ORDER BY name LIMIT :limit";

static void
bind_text_if (XqStatement *statement, const char *name, const char *before, const char *text, const char *behind)
{
  int parameter = xq_statement_parameter (statement, name);
  g_autofree char *whole = g_strconcat (before, text, behind, NULL);

  if (parameter > 0)
    xq_statement_bind_text (statement, parameter, whole);
}

static gboolean
collect_candidates (XqTransaction *tx, const char *sql, const char *folded, guint limit, GHashTable *seen, GArray *found,
                    guint *n_rows, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  *n_rows = 0;
  bind_text_if (statement, ":q", "", folded, "");
  bind_text_if (statement, ":name", "\n", folded, "\n");
  bind_text_if (statement, ":name_start", "\n", folded, "");
  bind_text_if (statement, ":word", " ", folded, " ");
  bind_text_if (statement, ":word_start", " ", folded, "");
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":limit"), limit);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      Candidate candidate = {
        .unit = xq_statement_get_int (statement, 0),
        .rank = (int)xq_statement_get_int (statement, 1),
        .level = (int)xq_statement_get_int (statement, 2),
        .length = (int)xq_statement_get_int (statement, 3),
      };

      /* Whatever it is called, a building does not come before a compound. */
      if (candidate.level == XQ_LEVEL_BUILDING)
        candidate.rank += 10;
      ++*n_rows;
      if (g_hash_table_add (seen, g_memdup2 (&candidate.unit, sizeof candidate.unit)))
        g_array_append_val (found, candidate);
    }
  return step == XQ_STEP_DONE;
}

static gboolean
keep_in_force (XqTransaction *tx, const GArray *found, const XqUnitDay *day, guint limit, GArray *ids, GError **error)
{
  for (guint i = 0; i < found->len && ids->len < limit; i++)
    {
      const Candidate *candidate = &g_array_index (found, Candidate, i);
      g_autoptr (XqStatement) statement
          = xq_statement_get (tx, "SELECT 1 FROM unit u WHERE u.id = :unit AND " XQ_IN_FORCE ("u"), error);
      XqStep step;

      if (statement == NULL)
        return FALSE;
      xq_statement_bind_int (statement, xq_statement_parameter (statement, ":unit"), candidate->unit);
      xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), day->as_of);
      step = xq_statement_step (statement, error);
      if (step == XQ_STEP_ERROR)
        return FALSE;
      if (step == XQ_STEP_ROW)
        g_array_append_val (ids, candidate->unit);
    }
  return TRUE;
}

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar)*text >= 0x80)
      return FALSE;
  return TRUE;
}

/* Apostrophes and hyphens between syllables are not in the table. */
static char *
strip_syllable_marks (const char *folded)
{
  GString *result = g_string_new (NULL);

  for (; *folded != '\0'; folded++)
    if (*folded != '\'')
      g_string_append_c (result, *folded);
  return g_string_free (result, FALSE);
}

GArray *
xq_search_find (XqTransaction *tx, const char *text, const XqUnitDay *day, guint limit, GError **error)
{
  g_autofree char *folded = xq_text_fold (text);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean ascii = is_ascii (folded);
  const char *scan;

  if (ascii)
    {
      char *plain = strip_syllable_marks (folded);

      g_free (folded);
      folded = plain;
    }
  if (*folded == '\0' || limit == 0)
    return g_steal_pointer (&ids);
  scan = !ascii ? by_name : strlen (folded) <= 2 ? by_few_keys : by_keyboard;

  /* Units that are no longer in force stand in the table too: ask for more than is wanted, and more again if too few are left. */
  for (guint wanted = 4 * limit + 40;; wanted *= 8)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Candidate));
      guint n_names = 0, n_codes = 0, n_buildings = 0;

      if (!collect_candidates (tx, scan, folded, wanted, seen, found, &n_names, error)
          || (ascii && !collect_candidates (tx, by_code, folded, wanted, seen, found, &n_codes, error))
          || !collect_candidates (tx, by_building, folded, wanted, seen, found, &n_buildings, error))
        return NULL;
      g_array_sort (found, compare_candidates);
      g_array_set_size (ids, 0);
      if (!keep_in_force (tx, found, day, limit, ids, error))
        return NULL;
      if (ids->len == limit || MAX (n_names, MAX (n_codes, n_buildings)) < wanted)
        return g_steal_pointer (&ids);
    }
}
