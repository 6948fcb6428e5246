#include "xq-locale.h"

#include <locale.h>

/* Each case runs in a process of its own: a locale is set once. */
static void
in_process (const char *locale, const char *language, const char *expected_language, gboolean chinese)
{
  if (g_test_subprocess ())
    {
      g_unsetenv ("LC_MESSAGES");
      g_unsetenv ("LC_CTYPE");
      g_unsetenv ("LANG");
      g_unsetenv ("FC_LANG");
      if (locale != NULL)
        g_setenv ("LC_ALL", locale, TRUE);
      else
        g_unsetenv ("LC_ALL");
      if (language != NULL)
        g_setenv ("LANGUAGE", language, TRUE);
      else
        g_unsetenv ("LANGUAGE");
      xq_locale_init ();
      g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, expected_language);
      g_assert_cmpstr (g_getenv ("FC_LANG"), ==, "zh-cn");
      /* What GTK finds when it sets the locale again. */
      g_assert_nonnull (setlocale (LC_ALL, ""));
      g_assert_cmpstr (setlocale (LC_CTYPE, NULL), !=, "C");
      g_assert_cmpint (xq_locale_is_chinese (), ==, chinese);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_missing (void)
{
  in_process ("xx_YY.UTF-8", NULL, "zh_CN", TRUE);
}

static void
test_unset (void)
{
  in_process (NULL, NULL, "zh_CN", TRUE);
}

static void
test_posix (void)
{
  in_process ("POSIX", NULL, "zh_CN", TRUE);
}

static void
test_neutral (void)
{
  in_process ("C.UTF-8", NULL, "zh_CN", TRUE);
}

static void
test_chosen (void)
{
  in_process ("C.UTF-8", "en", "en", FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/locale/missing", test_missing);
  g_test_add_func ("/locale/unset", test_unset);
  g_test_add_func ("/locale/posix", test_posix);
  g_test_add_func ("/locale/neutral", test_neutral);
  g_test_add_func ("/locale/chosen", test_chosen);
  return g_test_run ();
}
