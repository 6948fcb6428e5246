#include "xq-changeset.h"

#include <sqlite3.h>
#include <string.h>

#include "xq-record.h"

/* Columns of a record's table besides its fields. */
#define OWN_COLUMNS 3

/* How a value begins; see "changeset format" in SQLite's session extension. */
enum
{
  VALUE_UNDEFINED,
  VALUE_INTEGER,
  VALUE_REAL,
  VALUE_TEXT,
  VALUE_BLOB,
  VALUE_NULL
};

typedef struct
{
  const guint8 *p, *end;
  guint n_columns; /* of the table whose changes are being read */
} Reader;

static gboolean
skip (Reader *r, gsize n)
{
  if ((gsize)(r->end - r->p) < n)
    return FALSE;
  r->p += n;
  return TRUE;
}

/* Seven bits a byte, the highest first; the longest that a length here can take is five. */
static gboolean
read_length (Reader *r, gsize *length)
{
  gsize value = 0;

  for (int i = 0; i < 5 && r->p < r->end; i++)
    {
      guint8 byte = *r->p++;

      value = value << 7 | (byte & 0x7f);
      if (!(byte & 0x80))
        {
          *length = value;
          return value <= G_MAXINT32;
        }
    }
  return FALSE;
}

static gboolean
read_value (Reader *r, guint8 *kind)
{
  gsize length;

  if (r->p == r->end)
    return FALSE;
  *kind = *r->p++;
  switch (*kind)
    {
    case VALUE_UNDEFINED:
    case VALUE_NULL:
      return TRUE;
    case VALUE_INTEGER:
    case VALUE_REAL:
      return skip (r, 8);
    case VALUE_TEXT:
    case VALUE_BLOB:
      return read_length (r, &length) && skip (r, length);
    default:
      return FALSE;
    }
}

/* The values of a row before or after; only an update may leave some out, and the key only of what comes after. */
static gboolean
read_row (Reader *r, gboolean partial, gboolean keyed)
{
  for (guint i = 0; i < r->n_columns; i++)
    {
      guint8 kind;

      if (!read_value (r, &kind) || (kind == VALUE_UNDEFINED && !partial))
        return FALSE;
      if (i == 0 && kind != (keyed ? VALUE_INTEGER : VALUE_UNDEFINED))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_change (Reader *r)
{
  guint8 operation = *r->p;

  /* The second byte says whether a trigger did it. */
  if (!skip (r, 2))
    return FALSE;
  switch (operation)
    {
    case SQLITE_INSERT:
    case SQLITE_DELETE:
      return read_row (r, FALSE, TRUE);
    case SQLITE_UPDATE:
      return read_row (r, TRUE, TRUE) && read_row (r, TRUE, FALSE);
    default:
      return FALSE;
    }
}

static gboolean
read_table (Reader *r)
{
  const guint8 *end;
  gsize n;

  if (!read_length (r, &n) || n <= OWN_COLUMNS || n > XQ_MAX_FIELDS + OWN_COLUMNS || (gsize)(r->end - r->p) < n)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (r->p[i] != (i == 0 ? 1 : 0))
      return FALSE;
  r->n_columns = (guint)n;
  r->p += n;
  end = memchr (r->p, '\0', (gsize)(r->end - r->p));
  if (end == NULL || end == r->p || !g_utf8_validate ((const char *)r->p, end - r->p, NULL))
    return FALSE;
  r->p = end + 1;
  return TRUE;
}

gboolean
xq_changeset_check (gconstpointer data, gsize size, guint *changes)
{
  Reader r = { .p = data, .end = (const guint8 *)data + size };

  *changes = 0;
  while (r.p < r.end)
    {
      if (*r.p == 'T')
        {
          r.p++;
          if (!read_table (&r))
            return FALSE;
          continue;
        }
      if (r.n_columns == 0 || !read_change (&r))
        return FALSE;
      (*changes)++;
    }
  return TRUE;
}
