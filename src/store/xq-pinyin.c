#include "xq-pinyin.h"

#include <unicode/ucol.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

/* Combinations of readings kept of one name: three characters with two readings each. */
#define MAX_READINGS 8

/* Guards all that follows: ICU's objects are made once, and what each character gave is remembered. */
static GMutex mutex;
static UTransliterator *transliterator;
static UCollator *collator;
static GHashTable *syllables; /* character → GStrv of readings; a character that has none maps to an empty list */

static UTransliterator *
get_transliterator (void)
{
  static gboolean tried;

  if (!tried)
    {
      UErrorCode status = U_ZERO_ERROR;
      static const char name[] = "Han-Latin";
      UChar id[sizeof name];

      tried = TRUE;
      u_charsToUChars (name, id, sizeof name);
      transliterator = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
      if (U_FAILURE (status))
        g_warning ("ICU has no Han-Latin transliteration (%s): units are found by name and code only", u_errorName (status));
    }
  return transliterator;
}

/* The tone marks go; ü becomes v, as one types it. */
static char *
strip_tones (const char *latin)
{
  g_autofree char *decomposed = g_utf8_normalize (latin, -1, G_NORMALIZE_NFD);
  GString *plain = g_string_new (NULL);

  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x308 && plain->len > 0 && plain->str[plain->len - 1] == 'u')
        plain->str[plain->len - 1] = 'v';
      else if (c < 0x80 && g_ascii_isalpha ((char)c))
        g_string_append_c (plain, g_ascii_tolower ((char)c));
    }
  return g_string_free (plain, FALSE);
}

static void
add_reading (GPtrArray *readings, const char *reading)
{
  if (*reading == '\0')
    return;
  for (guint i = 0; i < readings->len; i++)
    if (strcmp (g_ptr_array_index (readings, i), reading) == 0)
      return;
  g_ptr_array_add (readings, g_strdup (reading));
  /* Some type lu for 绿 and nu for 女 */
  if (reading[1] == 'v' && strchr ("ln", reading[0]) != NULL)
    {
      g_autofree char *plain = g_strdup (reading);

      plain[1] = 'u';
      add_reading (readings, plain);
    }
}

static const char *const *
readings_of (gunichar character)
{
  gpointer found = NULL;
  g_autoptr (GPtrArray) readings = NULL;
  UTransliterator *han_latin = get_transliterator ();
  const char *listed;

  if (syllables == NULL)
    syllables = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_strfreev);
  if (g_hash_table_lookup_extended (syllables, GUINT_TO_POINTER (character), NULL, &found))
    return found;

  readings = g_ptr_array_new_with_free_func (g_free);
  listed = xq_pinyin_readings (character);
  if (listed != NULL)
    {
      g_auto (GStrv) each = g_strsplit (listed, " ", -1);

      for (guint i = 0; each[i] != NULL; i++)
        add_reading (readings, each[i]);
    }
  else if (han_latin != NULL)
    {
      UErrorCode status = U_ZERO_ERROR;
      UChar buffer[64] = { 0 };
      gunichar2 *source = g_ucs4_to_utf16 (&character, 1, NULL, NULL, NULL);
      int32_t length = 0, limit;

      for (; source[length] != 0; length++)
        buffer[length] = source[length];
      limit = length;
      g_free (source);
      utrans_transUChars (han_latin, buffer, &length, G_N_ELEMENTS (buffer), 0, &limit, &status);
      if (U_SUCCESS (status))
        {
          g_autofree char *latin = g_utf16_to_utf8 ((const gunichar2 *)buffer, length, NULL, NULL, NULL);
          g_autofree char *plain = latin != NULL ? strip_tones (latin) : g_strdup ("");

          add_reading (readings, plain);
        }
    }
  g_ptr_array_add (readings, NULL);
  found = g_ptr_array_free (g_steal_pointer (&readings), FALSE);
  g_hash_table_insert (syllables, GUINT_TO_POINTER (character), found);
  return found;
}

char *
xq_text_fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = NULL;
  GString *result;

  /* Not UTF-8: nothing that could be found */
  if (normal == NULL)
    return g_strdup ("");
  folded = g_utf8_casefold (normal, -1);
  result = g_string_sized_new (strlen (folded));
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)) && !g_unichar_iscntrl (g_utf8_get_char (p)))
      g_string_append_len (result, p, g_utf8_next_char (p) - p);
  return g_string_free (result, FALSE);
}

typedef struct
{
  GString *pinyin;
  GString *initials;
} Reading;

static void
reading_free (Reading *reading)
{
  g_string_free (reading->pinyin, TRUE);
  g_string_free (reading->initials, TRUE);
  g_free (reading);
}

static Reading *
reading_copy (const Reading *reading)
{
  Reading *copy = g_new (Reading, 1);

  copy->pinyin = g_string_new_len (reading->pinyin->str, reading->pinyin->len);
  copy->initials = g_string_new_len (reading->initials->str, reading->initials->len);
  return copy;
}

/* Appends @text unless it is one of the space-separated words already there. */
static void
append_word (GString *list, const char *text)
{
  g_auto (GStrv) words = g_strsplit (list->str, " ", -1);

  if (*text == '\0' || g_strv_contains ((const char *const *)words, text))
    return;
  if (list->len > 0)
    g_string_append_c (list, ' ');
  g_string_append (list, text);
}

void
xq_pinyin_index (const char *name, char **pinyin, char **initials)
{
  g_autofree char *folded = xq_text_fold (name);
  g_autoptr (GPtrArray) variants = g_ptr_array_new_with_free_func ((GDestroyNotify)reading_free);
  Reading *first = g_new (Reading, 1);
  GString *all_pinyin = g_string_new (NULL);
  GString *all_initials = g_string_new (NULL);
  gboolean has_han = FALSE;

  first->pinyin = g_string_new (NULL);
  first->initials = g_string_new (NULL);
  g_ptr_array_add (variants, first);

  g_mutex_lock (&mutex);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      guint n = variants->len;
      const char *const *readings;

      if (c < 0x80)
        {
          if (g_ascii_isalnum ((char)c))
            for (guint v = 0; v < n; v++)
              {
                Reading *reading = g_ptr_array_index (variants, v);

                g_string_append_c (reading->pinyin, (char)c);
                g_string_append_c (reading->initials, (char)c);
              }
          continue;
        }
      readings = readings_of (c);
      if (readings[0] == NULL)
        continue;
      has_han = TRUE;
      /* The first reading continues what is there; each further one doubles it while there is room. */
      for (guint r = 1; readings[r] != NULL; r++)
        for (guint v = 0; v < n && variants->len < MAX_READINGS; v++)
          {
            Reading *copy = reading_copy (g_ptr_array_index (variants, v));

            g_string_append (copy->pinyin, readings[r]);
            g_string_append_c (copy->initials, readings[r][0]);
            g_ptr_array_add (variants, copy);
          }
      for (guint v = 0; v < n; v++)
        {
          Reading *reading = g_ptr_array_index (variants, v);

          g_string_append (reading->pinyin, readings[0]);
          g_string_append_c (reading->initials, readings[0][0]);
        }
    }
  g_mutex_unlock (&mutex);

  /* A name without a Chinese character is found by the name itself. */
  for (guint v = 0; has_han && v < variants->len; v++)
    {
      Reading *reading = g_ptr_array_index (variants, v);

      append_word (all_pinyin, reading->pinyin->str);
      append_word (all_initials, reading->initials->str);
    }
  *pinyin = g_string_free (all_pinyin, FALSE);
  *initials = g_string_free (all_initials, FALSE);
}

static UCollator *
get_collator (void)
{
  static gboolean tried;

  if (!tried)
    {
      UErrorCode status = U_ZERO_ERROR;

      tried = TRUE;
      collator = ucol_open ("zh", &status);
      if (U_SUCCESS (status))
        ucol_setAttribute (collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
      if (U_FAILURE (status))
        g_warning ("ICU has no Chinese collation (%s): names are sorted by code point", u_errorName (status));
    }
  return collator;
}

GBytes *
xq_collation_key (const char *text)
{
  g_autofree gunichar2 *source = g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);
  UCollator *chinese;
  guint8 *key = NULL;
  int32_t size = 0;

  g_mutex_lock (&mutex);
  chinese = get_collator ();
  if (chinese != NULL && source != NULL)
    {
      size = ucol_getSortKey (chinese, (const UChar *)source, -1, NULL, 0);
      key = g_malloc (size);
      ucol_getSortKey (chinese, (const UChar *)source, -1, key, size);
    }
  g_mutex_unlock (&mutex);

  if (key == NULL)
    return g_bytes_new (text, strlen (text));
  /* without the closing zero */
  return g_bytes_new_take (key, size - 1);
}
