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
  guint n_columns;   /* of the table whose changes are being read */
  const char *table; /* its name, in the data itself */
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
  r->table = (const char *)r->p;
  r->p = end + 1;
  return TRUE;
}

gboolean
xq_changeset_count (gconstpointer data, gsize size, const char *table, XqChangesetCounts *counts)
{
  Reader r = { .p = data, .end = (const guint8 *)data + size };

  *counts = (XqChangesetCounts){ 0 };
  while (r.p < r.end)
    {
      guint8 operation = *r.p;

      if (operation == 'T')
        {
          r.p++;
          if (!read_table (&r))
            return FALSE;
          continue;
        }
      if (r.n_columns == 0 || !read_change (&r))
        return FALSE;
      if (table != NULL && strcmp (table, r.table) != 0)
        continue;
      if (operation == SQLITE_INSERT)
        counts->inserted++;
      else if (operation == SQLITE_DELETE)
        counts->deleted++;
      else
        counts->updated++;
    }
  return TRUE;
}

gboolean
xq_changeset_check (gconstpointer data, gsize size, guint *changes)
{
  XqChangesetCounts counts;
  gboolean whole = xq_changeset_count (data, size, NULL, &counts);

  *changes = counts.inserted + counts.updated + counts.deleted;
  return whole;
}

/* Scrubbing */

typedef struct
{
  Reader reader;
  GByteArray *out;
  XqScrubFunc func;
  gpointer data;
  gboolean scrubbed;
} Scrubber;

static gint64
read_key (const guint8 *value)
{
  guint64 key = 0;

  for (int i = 1; i <= 8; i++)
    key = key << 8 | value[i];
  return (gint64)key;
}

static void
append_text (GByteArray *out, const char *text, gsize length)
{
  guint8 head[6] = { VALUE_TEXT };
  guint n = 1;

  for (int shift = 28; shift >= 0; shift -= 7)
    if (length >> shift != 0 || shift == 0)
      head[n++] = (guint8)((length >> shift & 0x7f) | (shift > 0 ? 0x80 : 0));
  g_byte_array_append (out, head, n);
  g_byte_array_append (out, (const guint8 *)text, (guint)length);
}

/* One value, checked before: what stands for it. @cleared is whether it went. */
static void
scrub_value (Scrubber *s, gint64 key, guint column, gboolean *cleared)
{
  const guint8 *start = s->reader.p;
  guint8 kind;
  Reader text = { .p = start + 1, .end = s->reader.end };
  gsize length;
  g_autofree char *replacement = NULL;
  guint8 null = VALUE_NULL;

  *cleared = FALSE;
  read_value (&s->reader, &kind);
  if (kind == VALUE_TEXT && read_length (&text, &length))
    {
      switch (s->func (s->reader.table, key, column, (const char *)text.p, length, &replacement, s->data))
        {
        case XQ_SCRUB_CLEAR:
          g_byte_array_append (s->out, &null, 1);
          *cleared = s->scrubbed = TRUE;
          return;
        case XQ_SCRUB_REPLACE:
          append_text (s->out, replacement, strlen (replacement));
          s->scrubbed = TRUE;
          return;
        case XQ_SCRUB_KEEP:
          break;
        }
    }
  g_byte_array_append (s->out, start, (guint)(s->reader.p - start));
}

static void
scrub_row (Scrubber *s)
{
  gint64 key = read_key (s->reader.p);
  gboolean cleared;

  for (guint i = 0; i < s->reader.n_columns; i++)
    scrub_value (s, key, i, &cleared);
}

/* Both halves of an update name the same columns: one that goes from either goes from both. %FALSE when nothing is left of it. */
static gboolean
scrub_update (Scrubber *s)
{
  guint n = s->reader.n_columns;
  g_autofree gboolean *gone = g_new0 (gboolean, n);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);
  gint64 key = read_key (s->reader.p);
  GByteArray *out = s->out;
  gboolean left = FALSE;
  guint8 undefined = VALUE_UNDEFINED;

  for (guint i = 0; i < 2 * n; i++)
    {
      gboolean cleared;

      s->out = g_byte_array_new ();
      g_ptr_array_add (values, s->out);
      scrub_value (s, key, i % n, &cleared);
      gone[i % n] = gone[i % n] || cleared;
    }
  s->out = out;
  /* What was changed from one text to another may be the same after both have been replaced. */
  for (guint i = 1; i < n; i++)
    {
      const GByteArray *before = g_ptr_array_index (values, i), *after = g_ptr_array_index (values, i + n);

      if (before->data[0] != VALUE_UNDEFINED && before->len == after->len && memcmp (before->data, after->data, before->len) == 0)
        gone[i] = TRUE;
      left = left || (!gone[i] && after->data[0] != VALUE_UNDEFINED);
    }
  for (guint i = 0; left && i < 2 * n; i++)
    {
      const GByteArray *value = g_ptr_array_index (values, i);

      if (gone[i % n])
        g_byte_array_append (out, &undefined, 1);
      else
        g_byte_array_append (out, value->data, value->len);
    }
  return left;
}

GBytes *
xq_changeset_scrub (gconstpointer data, gsize size, XqScrubFunc func, gpointer func_data, guint *n, gboolean *scrubbed)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  Scrubber s = { .reader = { .p = data, .end = (const guint8 *)data + size }, .out = out, .func = func, .data = func_data };

  if (!xq_changeset_check (data, size, n))
    return NULL;
  *n = 0;
  while (s.reader.p < s.reader.end)
    {
      const guint8 *start = s.reader.p;
      guint written = out->len;
      gboolean left = TRUE;

      if (*start == 'T')
        {
          s.reader.p++;
          read_table (&s.reader);
          g_byte_array_append (out, start, (guint)(s.reader.p - start));
          continue;
        }
      s.reader.p += 2;
      g_byte_array_append (out, start, 2);
      if (*start == SQLITE_UPDATE)
        left = scrub_update (&s);
      else
        scrub_row (&s);
      if (left)
        (*n)++;
      else
        g_byte_array_set_size (out, written);
    }
  *scrubbed = s.scrubbed;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
