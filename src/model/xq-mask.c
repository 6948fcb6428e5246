#include "xq-mask.h"

#include <string.h>

/* Digits shown in front and behind; a number must have more than these and four besides to show them. */
#define FRONT 3
#define BACK 4
#define LEAST_HIDDEN 3
#define LONGEST_NAME 4

static char *
mask_name (const char *text)
{
  if (g_utf8_strlen (text, -1) < 2)
    return g_strdup ("**");
  return g_strdup_printf ("%.*s**", (int)(g_utf8_next_char (text) - text), text);
}

/* Names of persons are of two to four characters, none of them a digit. */
static gboolean
may_be_name (const char *text)
{
  if (g_utf8_strlen (text, -1) > LONGEST_NAME)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static char *
mask_phone (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (p));

      if (digit >= 0)
        g_string_append_c (digits, (char)('0' + digit));
    }
  if (digits->len < FRONT + BACK + LEAST_HIDDEN)
    return digits->len >= 2 * BACK - 1 ? g_strdup_printf ("****%s", digits->str + digits->len - 2) : g_strdup ("****");
  return g_strdup_printf ("%.*s****%s", FRONT, digits->str, digits->str + digits->len - BACK);
}

char *
xq_mask (XqPersonalKind kind, const char *text)
{
  g_autofree char *trimmed = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (trimmed == NULL || *trimmed == '\0')
    return g_strdup ("");
  switch (kind)
    {
    case XQ_PERSONAL_NAME:
      return mask_name (trimmed);
    case XQ_PERSONAL_PHONE:
      return mask_phone (trimmed);
    case XQ_PERSONAL_LABEL:
      return may_be_name (trimmed) ? mask_name (trimmed) : g_steal_pointer (&trimmed);
    case XQ_PERSONAL_NONE:
      break;
    }
  return g_steal_pointer (&trimmed);
}
