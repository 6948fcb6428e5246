#include "xq-locale.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

/* A locale that says nothing about the language people read. */
static gboolean
is_neutral (const char *locale)
{
  return locale == NULL || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX") || g_ascii_strcasecmp (locale, "C.UTF-8") == 0
         || g_ascii_strcasecmp (locale, "C.utf8") == 0;
}

void
xq_locale_init (void)
{
  const char *set = setlocale (LC_ALL, "");
  const char *language = g_getenv ("LANGUAGE");
  const char *directory = g_getenv ("XIAOQU_LOCALEDIR");

  if (set == NULL || is_neutral (setlocale (LC_MESSAGES, NULL)))
    {
      /* GTK calls setlocale again: it must find the same in the environment. LANGUAGE is ignored in C, not in C.UTF-8. */
      g_setenv ("LC_ALL", "C.UTF-8", TRUE);
      if (language == NULL || *language == '\0')
        g_setenv ("LANGUAGE", "zh_CN", TRUE);
      if (setlocale (LC_ALL, "") == NULL)
        setlocale (LC_ALL, "C");
    }
  /* Names are Chinese whatever the language of the messages: without this fontconfig may pick Japanese glyph forms. */
  g_setenv ("FC_LANG", "zh-cn", FALSE);

  bindtextdomain (GETTEXT_PACKAGE, directory != NULL && *directory != '\0' ? directory : XIAOQU_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

gboolean
xq_locale_is_chinese (void)
{
  const char *const *names = g_get_language_names ();

  return names[0] != NULL && g_str_has_prefix (names[0], "zh");
}
