#include "xq-record-sql.h"

gboolean
xq_field_is_text (const XqField *field)
{
  return field->type == XQ_FIELD_TEXT || field->type == XQ_FIELD_DATE || field->type == XQ_FIELD_ENUM;
}

static void
find_references (const XqRecordType *target, XqRecordSql *sql)
{
  GArray *references = g_array_new (FALSE, FALSE, sizeof (XqRecordReference));

  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    for (int f = 0; XQ_RECORD_TYPES[t]->fields[f].name != NULL; f++)
      if (g_strcmp0 (XQ_RECORD_TYPES[t]->fields[f].target, target->name) == 0)
        {
          XqRecordReference reference = { XQ_RECORD_TYPES[t], f };

          g_array_append_val (references, reference);
        }
  sql->n_references = references->len;
  sql->references = (XqRecordReference *)(void *)g_array_free (references, FALSE);
}

static XqRecordSql *
record_sql_new (const XqRecordType *type)
{
  XqRecordSql *sql = g_new0 (XqRecordSql, 1);
  guint n = xq_record_type_n_fields (type);
  g_autoptr (GString) columns = g_string_new ("id, district, origins");
  g_autoptr (GString) marks = g_string_new ("?, ?, ?");
  g_autoptr (GString) sets = g_string_new ("origins = ?");
  g_autoptr (GString) json = g_string_new ("[\"id\",\"district\"");

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (columns, ", %s", type->fields[i].name);
      g_string_append (marks, ", ?");
      g_string_append_printf (sets, ", %s = ?", type->fields[i].name);
      g_string_append_printf (json, ",\"%s\"", type->fields[i].name);
    }
  g_string_append (json, ",\"origins\"]");

  sql->load = g_strdup_printf ("SELECT %s FROM %s WHERE id = ?", columns->str, type->name);
  sql->all = g_strdup_printf ("SELECT %s FROM %s ORDER BY id", columns->str, type->name);
  sql->insert = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", type->name, columns->str, marks->str);
  sql->update = g_strdup_printf ("UPDATE %s SET %s WHERE id = ?", type->name, sets->str);
  sql->remove = g_strdup_printf ("DELETE FROM %s WHERE id = ?", type->name);
  sql->district = g_strdup_printf ("SELECT district FROM %s WHERE id = ?", type->name);
  sql->columns = g_string_free (g_steal_pointer (&json), FALSE);
  sql->list = g_new0 (char *, n);
  sql->list_ids = g_new0 (char *, n);
  sql->clear = g_new0 (char *, n);
  for (guint i = 0; i < n; i++)
    {
      if (type->fields[i].type != XQ_FIELD_REFERENCE)
        continue;
      sql->list[i] = g_strdup_printf ("SELECT %s FROM %s WHERE %s = ? ORDER BY id", columns->str, type->name, type->fields[i].name);
      sql->list_ids[i] = g_strdup_printf ("SELECT id FROM %s WHERE %s = ? ORDER BY id", type->name, type->fields[i].name);
      sql->clear[i] = g_strdup_printf ("UPDATE %s SET %s = NULL WHERE id = ?", type->name, type->fields[i].name);
    }
  find_references (type, sql);
  return sql;
}

static gpointer
make_all (gpointer unused)
{
  GHashTable *all = g_hash_table_new (NULL, NULL);

  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    g_hash_table_insert (all, (gpointer)XQ_RECORD_TYPES[t], record_sql_new (XQ_RECORD_TYPES[t]));
  return all;
}

const XqRecordSql *
xq_record_sql_get (const XqRecordType *type)
{
  static GOnce once = G_ONCE_INIT;
  const XqRecordSql *sql = g_hash_table_lookup (g_once (&once, make_all, NULL), type);

  g_assert (sql != NULL);
  return sql;
}
