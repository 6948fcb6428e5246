#pragma once

#include "xq-cli-arguments.h"
#include "xq-cli-error.h"
#include "xq-cli-output.h"
#include "xq-figures.h"
#include "xq-store.h"

G_BEGIN_DECLS

typedef struct _XqCli XqCli;

/** A command: what it is called, what it takes and what it does. */
typedef struct {
  const char *name;
  const char *positionals; /* as the usage line shows them: "FILE PERIOD" */
  const char *required;    /* options that the usage line shows without brackets, or %NULL */
  const char *summary;     /* msgid */
  guint n_positionals;     /* so many must be given */
  guint64 options;         /* bits of XqOption besides the common ones */
  gboolean (*run) (XqCli *cli, GError **error);
  guint n_more;            /* and at most so many may follow */
  guint64 more_options;    /* bits of the options from the 65th on */
} XqCliCommand;

/** Whether the command takes the option; the common ones always. */
gboolean xq_cli_command_takes (const XqCliCommand *command, XqOption option);

/** One run of the program. */
struct _XqCli
{
  const XqCliCommand *command;
  const XqArguments *arguments;
  gboolean json;
  char *where;           /* the file that an error would be about */
  XqProgress *progress;  /* cancelled by Ctrl+C; passed to whatever takes long */
  gboolean has_progress_line; /* a plan's progress stands on the terminal */
};

/** Positional @index after the command. */
const char *xq_cli_get_positional (XqCli *cli, guint index);
const char *xq_cli_get_option (XqCli *cli, XqOption option);
gboolean xq_cli_has_option (XqCli *cli, XqOption option);
/** Says which file what follows is about. */
void xq_cli_set_where (XqCli *cli, const char *where);

/** Opens the document that is the first positional. */
XqStore *xq_cli_open (XqCli *cli, gboolean writing, GError **error);
/** Whether a file may be written to @path at all: it is no folder, and its folder is there. Says which file it is about. */
gboolean xq_cli_check_target (XqCli *cli, const char *path, GError **error);
/** Reads --period (or @text); @period is unset where there is none. */
gboolean xq_cli_get_period (const char *text, XqPeriod *period, GError **error);
/** "2024年四季度 (as of 2024-12-31)" for a heading. */
char *xq_cli_describe_period (XqPeriod period);

/** A unit and a period as the command line names them, resolved in a read of @store: what most commands begin with. */
typedef struct {
  const char *unit_text;  /* --unit or %NULL */
  XqUnit *unit;           /* with path */
  XqPeriod period;        /* --period, or none */
} XqCliScope;
void xq_cli_scope_clear (XqCliScope *scope);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqCliScope, xq_cli_scope_clear)
gboolean xq_cli_scope_init (XqCliScope *scope, XqCli *cli, GError **error);
/** Within a job: looks the unit up. */
gboolean xq_cli_scope_resolve (XqCliScope *scope, XqTransaction *tx, GError **error);
/** The same in a read of its own, for what does not read by itself. */
gboolean xq_cli_scope_resolve_in (XqCliScope *scope, XqStore *store, GError **error);

/* The commands, a file per group. */
extern const XqCliCommand XQ_COMMANDS_RECORD[];   /* record erase */
extern const XqCliCommand XQ_COMMANDS_DOCUMENT[]; /* create sample verify backup */
extern const XqCliCommand XQ_COMMANDS_TREE[];     /* tree */
extern const XqCliCommand XQ_COMMANDS_UNIT[];     /* unit */
extern const XqCliCommand XQ_COMMANDS_SCHEME[];   /* scheme */
extern const XqCliCommand XQ_COMMANDS_FIGURES[];  /* indicators rows */
extern const XqCliCommand XQ_COMMANDS_PERIOD[];   /* confirm confirmations snapshot reopen */
extern const XqCliCommand XQ_COMMANDS_OUTPUT[];   /* report chart */
extern const XqCliCommand XQ_COMMANDS_CHECK[];    /* check acknowledge unacknowledge */
extern const XqCliCommand XQ_COMMANDS_PLAN[];     /* plan-geojson */
extern const XqCliCommand XQ_COMMANDS_SCENARIO[]; /* plan */
extern const XqCliCommand XQ_COMMANDS_IMPORT[];   /* import */
extern const XqCliCommand XQ_COMMANDS_JOURNAL[];  /* history undo redo */

G_END_DECLS
