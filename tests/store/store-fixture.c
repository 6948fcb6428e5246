#include "store-fixture.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

char *
fixture_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("xq-store-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
fixture_folder_free (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) != 0)
        g_rmdir (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

char *
fixture_path (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

char *
fixture_list (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **)names->pdata);
}

static gint64
add_unit (XqTransaction *tx, gint64 parent, XqLevel level, const char *name, GError **error)
{
  g_autoptr (XqRecord) unit = xq_record_new (&XQ_UNIT);

  xq_record_set_int (unit, XQ_UNIT_PARENT, parent);
  xq_record_set_int (unit, XQ_UNIT_LEVEL, level);
  xq_record_set_text (unit, XQ_UNIT_NAME, name);
  return xq_record_insert (tx, unit, error);
}

static gpointer
add_tree (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const names[] = { NULL, "凤凰街道", "澜湖社区", "丰润园", "1号楼" };
  g_autoptr (GPtrArray) top = xq_record_list (tx, &XQ_UNIT, -1, 0, error);
  gint64 parent;

  if (top == NULL)
    return NULL;
  parent = xq_record_get_id (g_ptr_array_index (top, 0));
  for (int level = XQ_LEVEL_STREET; level <= XQ_LEVEL_BUILDING; level++)
    {
      gint64 unit = add_unit (tx, parent, level, names[level], error);

      if (unit == 0 || (level == XQ_LEVEL_BUILDING && add_unit (tx, parent, level, "2号楼", error) == 0))
        return NULL;
      parent = unit;
    }
  return NULL;
}

XqStore *
fixture_create (const char *folder, const char *name)
{
  g_autofree char *path = fixture_path (folder, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("standard", &error);
  XqStore *store;

  g_assert_no_error (error);
  store = xq_store_create (path, scheme, "鄂城区", &error);
  g_assert_no_error (error);
  fixture_write (store, "tree", add_tree, NULL);
  return store;
}

static sqlite3 *
open_database (const char *path, int flags)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, flags, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 10000);
  return db;
}

static void
dump_table (sqlite3 *db, const char *table, GString *out)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2", table);
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append (out, table);
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        {
          const char *text = (const char *)sqlite3_column_text (statement, i);

          g_string_append_printf (out, "|%d:%s", sqlite3_column_type (statement, i), text != NULL ? text : "");
        }
      g_string_append_c (out, '\n');
    }
  sqlite3_finalize (statement);
}

char *
fixture_dump_tables (const char *path, const char *tables)
{
  sqlite3 *db = open_database (path, SQLITE_OPEN_READONLY);
  g_auto (GStrv) names = g_strsplit (tables, " ", -1);
  GString *out = g_string_new (NULL);

  g_assert_cmpint (sqlite3_exec (db, "BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
  for (guint i = 0; names[i] != NULL; i++)
    dump_table (db, names[i], out);
  sqlite3_close (db);
  return g_string_free (out, FALSE);
}

char *
fixture_dump (const char *path)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    g_string_append_printf (names, "%s%s", t > 0 ? " " : "", XQ_RECORD_TYPES[t]->name);
  return fixture_dump_tables (path, names->str);
}

char *
fixture_query (const char *path, const char *sql)
{
  sqlite3 *db = open_database (path, SQLITE_OPEN_READONLY);
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return text;
}

void
fixture_execute (const char *path, const char *sql)
{
  sqlite3 *db = open_database (path, SQLITE_OPEN_READWRITE);
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
  sqlite3_close (db);
}

static gpointer
find_unit (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) units = xq_record_list (tx, &XQ_UNIT, -1, 0, error);

  for (guint i = 0; units != NULL && i < units->len; i++)
    if (strcmp (xq_record_get_text (g_ptr_array_index (units, i), XQ_UNIT_NAME), data) == 0)
      return g_memdup2 (&(gint64){ xq_record_get_id (g_ptr_array_index (units, i)) }, sizeof (gint64));
  return NULL;
}

gint64
fixture_unit (XqStore *store, const char *name)
{
  g_autofree gint64 *id = fixture_read (store, find_unit, (gpointer)name);

  g_assert_nonnull (id);
  return *id;
}

void
fixture_write (XqStore *store, const char *label, XqJobFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  xq_store_write (store, label, func, data, NULL, &error);
  g_assert_no_error (error);
}

gpointer
fixture_read (XqStore *store, XqJobFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gpointer result = xq_store_read (store, func, data, NULL, &error);

  g_assert_no_error (error);
  return result;
}

gint64
fixture_random_row (XqTransaction *tx, const XqRecordType *type, GRand *random, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_record_list (tx, type, -1, 0, error);

  if (rows == NULL || rows->len == 0)
    return 0;
  return xq_record_get_id (g_ptr_array_index (rows, g_rand_int_range (random, 0, (gint32)rows->len)));
}

static void
set_random_value (XqRecord *record, int field, GRand *random)
{
  const XqField *f = &xq_record_get_type_of (record)->fields[field];
  g_autofree char *text = NULL;

  switch (f->type)
    {
    case XQ_FIELD_TEXT:
      /* Quotes, a tab and characters of every width must come back as they went in. */
      text = g_strdup_printf ("%s'\"\t𠮷 %d", g_rand_boolean (random) ? "小区" : "Ünit", g_rand_int_range (random, 0, 1000000));
      xq_record_set_text (record, field, text);
      break;
    case XQ_FIELD_DATE:
      /* Later fields come later, so that no interval ends before it begins. */
      text = g_strdup_printf ("20%02d-%02d-%02d", MIN (10 + field * 3, 99), g_rand_int_range (random, 1, 13),
                              g_rand_int_range (random, 1, 29));
      xq_record_set_text (record, field, text);
      break;
    case XQ_FIELD_ENUM:
      xq_record_set_text (record, field, xq_enum_nick (f->values, g_rand_int_range (random, 0, (gint32)xq_enum_size (f->values))));
      break;
    case XQ_FIELD_BOOLEAN:
      xq_record_set_int (record, field, g_rand_boolean (random));
      break;
    case XQ_FIELD_INTEGER:
    case XQ_FIELD_MONEY:
    case XQ_FIELD_PERMILLE:
      xq_record_set_int (record, field, f->min + (gint64)(g_rand_double (random) * (double)(f->max - f->min)));
      break;
    case XQ_FIELD_REFERENCE:
    default:
      break;
    }
}

static gboolean
place_unit (XqTransaction *tx, XqRecord *unit, GRand *random, GError **error)
{
  gint64 id = fixture_random_row (tx, &XQ_UNIT, random, error);
  g_autoptr (XqRecord) above = xq_record_load (tx, &XQ_UNIT, id, error);

  if (above == NULL)
    return FALSE;
  while (xq_record_get_int (above, XQ_UNIT_LEVEL) == XQ_LEVEL_BUILDING)
    {
      XqRecord *higher = xq_record_load (tx, &XQ_UNIT, xq_record_get_int (above, XQ_UNIT_PARENT), error);

      if (higher == NULL)
        return FALSE;
      xq_record_free (above);
      above = higher;
    }
  xq_record_set_int (unit, XQ_UNIT_PARENT, xq_record_get_id (above));
  xq_record_set_int (unit, XQ_UNIT_LEVEL, xq_record_get_int (above, XQ_UNIT_LEVEL) + 1);
  return TRUE;
}

/* A pairing is with one of two. */
static gboolean
choose_partner (XqTransaction *tx, XqRecord *pairing, GRand *random, GError **error)
{
  gint64 department = fixture_random_row (tx, &XQ_DEPARTMENT, random, error);

  xq_record_set_null (pairing, XQ_PAIRING_EMPLOYER);
  if (department == 0)
    return FALSE;
  xq_record_set_int (pairing, XQ_PAIRING_DEPARTMENT, department);
  return TRUE;
}

XqRecord *
fixture_random_record (XqTransaction *tx, const XqRecordType *type, GRand *random, GError **error)
{
  g_autoptr (XqRecord) record = xq_record_new (type);

  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      gint64 target;

      if (type->fields[i].type != XQ_FIELD_REFERENCE)
        {
          if (type->fields[i].required || g_rand_int_range (random, 0, 4) > 0)
            set_random_value (record, i, random);
          continue;
        }
      if (type == &XQ_UNIT)
        continue;
      target = fixture_random_row (tx, xq_record_type_by_name (type->fields[i].target), random, error);
      if (target == 0 && type->fields[i].required)
        return NULL;
      /* A member without any reference belongs to nothing: the first is always set. */
      if (target != 0 && (type->fields[i].required || i == 0 || g_rand_boolean (random)))
        xq_record_set_int (record, i, target);
    }
  if (type == &XQ_UNIT && !place_unit (tx, record, random, error))
    return NULL;
  if (type == &XQ_PAIRING && !choose_partner (tx, record, random, error))
    return NULL;
  /* What is earned never overdraws an account. */
  if (type == &XQ_POINTS_ENTRY)
    xq_record_set_text (record, XQ_POINTS_ENTRY_KIND, "earned");
  xq_record_set_all_origins (record, (XqOrigin)g_rand_int_range (random, 0, 4));
  return g_steal_pointer (&record);
}

void
fixture_change_record (XqRecord *record, GRand *random)
{
  const XqRecordType *type = xq_record_get_type_of (record);

  for (int i = 0; type->fields[i].name != NULL; i++)
    {
      gboolean fixed = (type == &XQ_UNIT && i == XQ_UNIT_LEVEL) || (type == &XQ_DECLARED_COUNT && i == XQ_DECLARED_COUNT_MEASURE)
                       || (type == &XQ_DECLARED_POST && i == XQ_DECLARED_POST_POST)
                       || (type == &XQ_POINTS_ENTRY && i == XQ_POINTS_ENTRY_KIND);

      if (fixed || type->fields[i].type == XQ_FIELD_REFERENCE || g_rand_int_range (random, 0, 3) > 0)
        continue;
      if (!type->fields[i].required && g_rand_int_range (random, 0, 4) == 0)
        xq_record_set_null (record, i);
      else
        set_random_value (record, i, random);
    }
}

static gboolean
write_text (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY);
  gboolean ok = fd >= 0 && write (fd, text, strlen (text)) == (ssize_t)strlen (text);

  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
fixture_enter_private_mounts (void)
{
  g_autofree char *users = g_strdup_printf ("0 %d 1", (int)getuid ());
  g_autofree char *groups = g_strdup_printf ("0 %d 1", (int)getgid ());

  if (getuid () == 0)
    {
      if (unshare (CLONE_NEWNS) != 0)
        return FALSE;
    }
  else if (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0 || !write_text ("/proc/self/setgroups", "deny")
           || !write_text ("/proc/self/uid_map", users) || !write_text ("/proc/self/gid_map", groups))
    return FALSE;
  return mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}
