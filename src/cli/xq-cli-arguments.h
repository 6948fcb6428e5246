#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Every option of every command. One list, so that an option means the same wherever it stands and may precede the command. */
typedef enum {
  XQ_OPTION_JSON,
  XQ_OPTION_HELP,
  XQ_OPTION_VERSION,
  XQ_OPTION_SCHEME,
  XQ_OPTION_NAME,
  XQ_OPTION_DISTRICTS,
  XQ_OPTION_UNIT,
  XQ_OPTION_DEPTH,
  XQ_OPTION_BY,
  XQ_OPTION_PERIOD,
  XQ_OPTION_ONLY,
  XQ_OPTION_PART,
  XQ_OPTION_REASON,
  XQ_OPTION_DIVISION,
  XQ_OPTION_MASK,
  XQ_OPTION_FULL,
  XQ_OPTION_SIZE,
  XQ_OPTION_DARK,
  XQ_OPTION_LIMIT,
  XQ_OPTION_SINCE,
  XQ_OPTION_KIND,
  XQ_OPTION_CELLS,
  XQ_OPTION_TO,
  XQ_OPTION_NO_CHANGE,
  XQ_OPTION_EVERYWHERE,
  XQ_OPTION_SEVERITY,
  XQ_OPTION_RULE,
  XQ_OPTION_ALL,
  XQ_OPTION_OUTPUT,
  XQ_OPTION_UNTIL,
  XQ_OPTION_ACTOR,
  XQ_OPTION_HOUSEHOLDS,
  XQ_OPTION_MEMBERS,
  XQ_OPTION_COMMUNITY,
  XQ_OPTION_ID,
  XQ_OPTION_CURRENT,
  XQ_OPTION_LOCKED,
  XQ_OPTION_MIN_MEMBERS,
  XQ_OPTION_HOUSEHOLDS_MIN,
  XQ_OPTION_HOUSEHOLDS_MAX,
  XQ_OPTION_OBJECTIVE,
  XQ_OPTION_TARGET,
  XQ_OPTION_EDGES,
  XQ_OPTION_ADJACENCY,
  XQ_OPTION_BARRIERS,
  XQ_OPTION_EXPLAIN,
  XQ_OPTION_SEED,
  XQ_OPTION_SECONDS,
  XQ_OPTION_CODE,
  XQ_OPTION_INTO,
  XQ_OPTION_DAY,
  XQ_OPTION_MISTAKE,
  XQ_OPTION_CHOOSE,
  XQ_OPTION_PLACE,
  XQ_OPTION_PREVIEW,
  XQ_OPTION_PROPERTY_AREA,
  XQ_OPTION_CONTAINMENT,
  XQ_OPTION_CONTACT_UNITS,
  XQ_OPTION_MAX_BASE,
  XQ_OPTION_IGNORE,
  XQ_OPTION_LOCK,
  XQ_OPTION_SAVE,
  XQ_OPTION_FROM,
  XQ_OPTION_DECIDER, /* the 64th: from here on XQ_OPTION_MORE_BIT */
  XQ_OPTION_STAGE,
  XQ_OPTION_LAYER,
  XQ_OPTION_TOGETHER,
  XQ_OPTION_APART,
  XQ_OPTION_APPLY,
  XQ_N_OPTIONS,
} XqOption;

/* A command's options are bits of two words. */
#define XQ_OPTION_BIT(option) (G_GUINT64_CONSTANT (1) << (option))
#define XQ_OPTION_MORE_BIT(option) (G_GUINT64_CONSTANT (1) << ((option) - 64))
/** What every command accepts. */
#define XQ_OPTIONS_COMMON (XQ_OPTION_BIT (XQ_OPTION_JSON) | XQ_OPTION_BIT (XQ_OPTION_HELP) | XQ_OPTION_BIT (XQ_OPTION_VERSION))

/** What stood on the command line. */
typedef struct {
  GPtrArray *positionals;        /* char *, the command first */
  char *options[XQ_N_OPTIONS];   /* the value, "" for one without, %NULL where not given */
} XqArguments;

XqArguments *xq_arguments_new (void);
void xq_arguments_free (XqArguments *arguments);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqArguments, xq_arguments_free)

/**
 * Reads @argv into @arguments: `--name value` and `--name=value`, before or after positionals; after `--` everything is a
 * positional. What could be read stays in @arguments on error (a caller wants to know whether --json was among it).
 */
gboolean xq_arguments_parse (XqArguments *arguments, int argc, char **argv, GError **error);

/** "--unit U": how the option is written in a help text. */
char *xq_option_format (XqOption option);
/** One translated line about the option. */
const char *xq_option_get_description (XqOption option);
/** The option's long name without dashes. */
const char *xq_option_get_name (XqOption option);

/** The value as a whole number from @min to @max; %FALSE with a usage error. @value is left alone where the option is not given. */
gboolean xq_arguments_get_int (const XqArguments *arguments, XqOption option, int min, int max, gint64 *value, GError **error);
/** The index of the value in @choices (%NULL-terminated), @fallback where the option is not given, -1 with a usage error. */
int xq_arguments_get_choice (const XqArguments *arguments, XqOption option, const char *const *choices, int fallback, GError **error);

G_END_DECLS
