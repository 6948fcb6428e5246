#include <signal.h>

#include "xq-application.h"
#include "xq-locale.h"

int
main (int argc, char *argv[])
{
  g_autoptr (XqApplication) application = NULL;

  /* Before GTK looks at the locale. */
  xq_locale_init ();
  /* Past a file size limit a write is to fail like any other, not to kill the program. */
  signal (SIGXFSZ, SIG_IGN);
  application = xq_application_new (G_APPLICATION_DEFAULT_FLAGS);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
