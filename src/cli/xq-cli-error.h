#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define XQ_CLI_ERROR (xq_cli_error_quark ())
typedef enum {
  XQ_CLI_ERROR_USAGE,    /* the command line itself */
  XQ_CLI_ERROR_REJECTED, /* what it asks for: an unknown form, chart, sample or indicator */
  XQ_CLI_ERROR_FAILED,   /* it could not be done */
} XqCliError;
GQuark xq_cli_error_quark (void);

/* Exit status of the program (DESIGN §6). */
enum {
  XQ_EXIT_DONE = 0,
  XQ_EXIT_FAILED = 1,
  XQ_EXIT_USAGE = 2,
  XQ_EXIT_REJECTED = 3,
};

/** The status that @error ends the program with. */
int xq_cli_error_get_status (const GError *error);
/** A word for programs: usage, not-a-document, newer-version, read-only, full, locked, … */
const char *xq_cli_error_get_code (const GError *error);
/** Prints @error to stderr: `where: what is wrong; what to do`, or as the JSON error document. @where may be %NULL. */
void xq_cli_error_print (const GError *error, const char *where, gboolean json);

G_END_DECLS
