#include "xq-cli-arguments.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-cli-error.h"

/*
 * GOption is not used: its messages come from GLib's own catalogue, which a small system does not have, and an option
 * that stands before the command would have to be known before it is known whose option it is.
 */

typedef struct {
  const char *name;
  const char *argument;    /* %NULL: a flag */
  const char *description; /* msgid */
} OptionInfo;

static const OptionInfo OPTIONS[XQ_N_OPTIONS] = {
  [XQ_OPTION_JSON] = { "json", NULL, N_ ("print one JSON document") },
  [XQ_OPTION_HELP] = { "help", NULL, N_ ("show this help") },
  [XQ_OPTION_VERSION] = { "version", NULL, N_ ("show the version") },
  [XQ_OPTION_SCHEME] = { "scheme", "ID", N_ ("governance scheme of the new document") },
  [XQ_OPTION_NAME] = { "name", "NAME", N_ ("name of the district, or of the unit") },
  [XQ_OPTION_DISTRICTS] = { "districts", "N", N_ ("repeat the pattern for N districts, for load tests (1 to 1000)") },
  [XQ_OPTION_UNIT] = { "unit", "U", N_ ("unit: a code, a unique name or a path such as 鄂城区/凤凰街道 (default: the top)") },
  [XQ_OPTION_DEPTH] = { "depth", "N", N_ ("levels below the unit (default: all)") },
  [XQ_OPTION_BY] = { "by", "LEVEL", N_ ("one row per street, community or compound; of confirm: the post that confirms") },
  [XQ_OPTION_PERIOD] = { "period", "P", N_ ("period: 2024-09, 2024Q3, 2024H2 or 2024 (default: the open period)") },
  [XQ_OPTION_ONLY] = { "only", "ID,…", N_ ("only these indicators") },
  [XQ_OPTION_PART] = { "part", "PART", N_ ("numerator (default) or denominator") },
  [XQ_OPTION_REASON] = { "reason", "TEXT", N_ ("why; kept with the period") },
  [XQ_OPTION_DIVISION] = { "division", "WHICH", N_ ("then: units as they were in the period (default); now: the present ones") },
  [XQ_OPTION_MASK] = { "mask", NULL, N_ ("mask persons' names (default)") },
  [XQ_OPTION_FULL] = { "full", NULL, N_ ("do not mask persons' names") },
  [XQ_OPTION_SIZE] = { "size", "WxH", N_ ("size of the picture in pixels (default: the chart's own)") },
  [XQ_OPTION_DARK] = { "dark", NULL, N_ ("draw for a dark background") },
  [XQ_OPTION_LIMIT] = { "limit", "N", N_ ("at most N entries (default: all)") },
  [XQ_OPTION_SINCE] = { "since", "DAY", N_ ("from this day on, 2024-09-01") },
  [XQ_OPTION_KIND] = { "kind", "K,…", N_ ("of history: edit, undo, import, lock, scheme, make; add, change, delete; or a kind of record. Of import: boundaries, points or ways") },
  [XQ_OPTION_CELLS] = { "cells", NULL, N_ ("with each changed cell, old → new") },
  [XQ_OPTION_TO] = { "to", "ENTRY", N_ ("undo everything done after this step of the history") },
  [XQ_OPTION_NO_CHANGE] = { "no-change", NULL, N_ ("nothing has changed since the last confirmation") },
  [XQ_OPTION_EVERYWHERE] = { "everywhere", NULL, N_ ("also blot out the name wherever else its characters stand") },
  [XQ_OPTION_SEVERITY] = { "severity", "S", N_ ("only findings of this severity: error, warning or notice") },
  [XQ_OPTION_RULE] = { "rule", "ID", N_ ("only findings of this rule") },
  [XQ_OPTION_ALL] = { "all", NULL, N_ ("acknowledged findings too") },
  [XQ_OPTION_OUTPUT] = { "output", "FILE", N_ ("write a file, .csv or .xlsx") },
  [XQ_OPTION_UNTIL] = { "until", "DAY", N_ ("until this day, 2024-10-28 (default: until its figures change)") },
  [XQ_OPTION_ACTOR] = { "actor", "NAME", N_ ("who answers for it") },
  [XQ_OPTION_HOUSEHOLDS] = { "households", "FIELD", N_ ("field with the households of a base unit") },
  [XQ_OPTION_MEMBERS] = { "members", "FIELD", N_ ("field with its full members") },
  [XQ_OPTION_COMMUNITY] = { "community", "FIELD", N_ ("field with its community; no unit lies in two") },
  [XQ_OPTION_ID] = { "id", "FIELD", N_ ("field with its id (default: the feature's own)") },
  [XQ_OPTION_CURRENT] = { "current", "FIELD", N_ ("field with the unit it is in today") },
  [XQ_OPTION_LOCKED] = { "locked", "FIELD", N_ ("field with the unit that is to stay as it is; empty: free") },
  [XQ_OPTION_MIN_MEMBERS] = { "min-members", "N", N_ ("full members that found a branch (default: 3)") },
  [XQ_OPTION_HOUSEHOLDS_MIN] = { "households-min", "N", N_ ("fewest households of a unit (default: any)") },
  [XQ_OPTION_HOUSEHOLDS_MAX] = { "households-max", "N", N_ ("most households of a unit (default: any)") },
  [XQ_OPTION_OBJECTIVE] = { "objective", "GOAL", N_ ("most-units (default), balance or least-change") },
  [XQ_OPTION_TARGET] = { "target", "N", N_ ("households that balance aims at (default: the middle of the range)") },
  [XQ_OPTION_EDGES] = { "edges", "EDGES.csv", N_ ("neighbours: two columns of ids, instead of the shapes") },
  [XQ_OPTION_ADJACENCY] = { "adjacency", "KIND", N_ ("rook (shared border, default), queen (corners too) or gap:METRES") },
  [XQ_OPTION_BARRIERS] = { "barriers", "FILE", N_ ("GeoJSON of roads and rivers that no unit crosses") },
  [XQ_OPTION_EXPLAIN] = { "explain", NULL, N_ ("say why units break a rule or cannot found a branch") },
  [XQ_OPTION_SEED] = { "seed", "N", N_ ("of the search where nothing can be proven (default: 0)") },
  [XQ_OPTION_SECONDS] = { "seconds", "S", N_ ("stop searching after so many seconds (default: a number of steps)") },
  [XQ_OPTION_CODE] = { "code", "CODE", N_ ("statistical code of the unit (empty: none)") },
  [XQ_OPTION_INTO] = { "into", "U", N_ ("the unit to move under, or the compound that goes on when compounds are merged") },
  [XQ_OPTION_DAY] = { "day", "DAY", N_ ("from when it holds (default: today, within the open period)") },
  [XQ_OPTION_MISTAKE] = { "mistake", NULL, N_ ("what it was called was never right: do not keep it") },
  [XQ_OPTION_CHOOSE] = { "choose", "ID=CHOICE,…", N_ ("what to do where the units do not agree, as --preview lists it") },
  [XQ_OPTION_PLACE] = { "place", "NAME=PART,…", N_ ("which part a building or record of a split unit goes to") },
  [XQ_OPTION_PREVIEW] = { "preview", NULL, N_ ("only show what would happen") },
  [XQ_OPTION_PROPERTY_AREA] = { "property-area", "FIELD", N_ ("field with its property area, which is never split; empty: none") },
  [XQ_OPTION_CONTAINMENT] = { "containment", "WHERE", N_ ("how far a unit may reach: none, community or street") },
  [XQ_OPTION_CONTACT_UNITS] = { "contact-units", "N", N_ ("units that may stay short of members (default: as many as need be)") },
  [XQ_OPTION_MAX_BASE] = { "max-base", "N", N_ ("most base units of a unit (default: any)") },
  [XQ_OPTION_IGNORE] = { "ignore", "RULE,…", N_ ("rules that need not be kept: contiguous, barriers, locks, property-areas") },
  [XQ_OPTION_LOCK] = { "lock", "UNIT,…", N_ ("units that stay as they are") },
  [XQ_OPTION_SAVE] = { "save", "NAME", N_ ("keep the proposal as a plan of that name") },
  [XQ_OPTION_FROM] = { "from", "WHAT", N_ ("a plan to copy, or a file of base units and their units (.csv)") },
  [XQ_OPTION_DECIDER] = { "decider", "TEXT", N_ ("who decided on the plan") },
  [XQ_OPTION_STAGE] = { "stage", "STAGE", N_ ("survey, street_review, consultation, approved or withdrawn") },
  [XQ_OPTION_LAYER] = { "layer", "LAYER", N_ ("what the map shows: unit (default), households, members, coverage or satisfaction") },
  [XQ_OPTION_TOGETHER] = { "together", "A=B,…", N_ ("base units that must come into one unit") },
  [XQ_OPTION_APART] = { "apart", "A=B,…", N_ ("base units that must not come into one unit") },
  [XQ_OPTION_APPLY] = { "apply", "NEW.json", N_ ("put this scheme in the place of the document's") },
};

/* Other names of options. */
static const struct
{
  const char *name;
  XqOption option;
} ALIASES[] = {
  { "date", XQ_OPTION_DAY },
  { "dry-run", XQ_OPTION_PREVIEW },
};

G_STATIC_ASSERT (XQ_N_OPTIONS <= 128); /* a command's options are bits of two words */

static int
find_option (const char *name, gsize length)
{
  for (int i = 0; i < XQ_N_OPTIONS; i++)
    if (strlen (OPTIONS[i].name) == length && strncmp (OPTIONS[i].name, name, length) == 0)
      return i;
  for (guint i = 0; i < G_N_ELEMENTS (ALIASES); i++)
    if (strlen (ALIASES[i].name) == length && strncmp (ALIASES[i].name, name, length) == 0)
      return (int) ALIASES[i].option;
  return -1;
}

XqArguments *
xq_arguments_new (void)
{
  XqArguments *arguments = g_new0 (XqArguments, 1);

  arguments->positionals = g_ptr_array_new_with_free_func (g_free);
  return arguments;
}

void
xq_arguments_free (XqArguments *arguments)
{
  g_clear_pointer (&arguments->positionals, g_ptr_array_unref);
  for (int i = 0; i < XQ_N_OPTIONS; i++)
    g_clear_pointer (&arguments->options[i], g_free);
  g_free (arguments);
}

/* Reads the option at @argv[@i]; returns how many arguments it took, 0 with @error. */
static int
parse_option (XqArguments *arguments, int i, int argc, char **argv, GError **error)
{
  const char *name = argv[i] + 2;
  const char *equals = strchr (name, '=');
  gsize length = equals != NULL ? (gsize) (equals - name) : strlen (name);
  int option = find_option (name, length);
  const char *value = equals != NULL ? equals + 1 : NULL;
  int taken = 1;

  if (option < 0)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("unknown option “--%.*s”; see --help"), (int) length, name);
      return 0;
    }
  if (OPTIONS[option].argument == NULL && value != NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("the option “--%s” takes no value; leave out “=%s”"), OPTIONS[option].name,
                   value);
      return 0;
    }
  if (OPTIONS[option].argument != NULL && value == NULL)
    {
      if (i + 1 >= argc)
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("the option “--%s” needs a value; write “--%s %s”"),
                       OPTIONS[option].name, OPTIONS[option].name, OPTIONS[option].argument);
          return 0;
        }
      value = argv[i + 1];
      taken = 2;
    }
  if (arguments->options[option] != NULL && OPTIONS[option].argument != NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("the option “--%s” stands there twice; give it once"),
                   OPTIONS[option].name);
      return 0;
    }
  g_free (arguments->options[option]);
  arguments->options[option] = g_strdup (value != NULL ? value : "");
  return taken;
}

gboolean
xq_arguments_parse (XqArguments *arguments, int argc, char **argv, GError **error)
{
  gboolean only_positionals = FALSE;
  g_autoptr (GError) first = NULL;

  for (int i = 1; i < argc;)
    {
      if (!g_utf8_validate (argv[i], -1, NULL) && first == NULL)
        g_set_error (&first, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("argument %d is not UTF-8 text; set a UTF-8 locale"), i);
      if (only_positionals || strncmp (argv[i], "-", 1) != 0 || strcmp (argv[i], "-") == 0)
        {
          g_ptr_array_add (arguments->positionals, g_strdup (argv[i]));
          i++;
        }
      else if (strcmp (argv[i], "--") == 0)
        {
          only_positionals = TRUE;
          i++;
        }
      else if (strcmp (argv[i], "-h") == 0)
        {
          g_free (arguments->options[XQ_OPTION_HELP]);
          arguments->options[XQ_OPTION_HELP] = g_strdup ("");
          i++;
        }
      else if (strncmp (argv[i], "--", 2) == 0)
        {
          /* Goes on after an error: whether --json comes later decides how the error is printed. */
          int taken = parse_option (arguments, i, argc, argv, first == NULL ? &first : NULL);

          i += MAX (taken, 1);
        }
      else
        {
          if (first == NULL)
            g_set_error (&first, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("unknown option “%s”; see --help"), argv[i]);
          i++;
        }
    }
  if (first != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&first));
      return FALSE;
    }
  return TRUE;
}

char *
xq_option_format (XqOption option)
{
  if (OPTIONS[option].argument == NULL)
    return g_strdup_printf ("--%s", OPTIONS[option].name);
  return g_strdup_printf ("--%s %s", OPTIONS[option].name, OPTIONS[option].argument);
}

const char *
xq_option_get_description (XqOption option)
{
  return _ (OPTIONS[option].description);
}

const char *
xq_option_get_name (XqOption option)
{
  return OPTIONS[option].name;
}

gboolean
xq_arguments_get_int (const XqArguments *arguments, XqOption option, int min, int max, gint64 *value, GError **error)
{
  const char *text = arguments->options[option];

  if (text == NULL || g_ascii_string_to_signed (text, 10, min, max, value, NULL))
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” is no value for --%s; give a whole number from %d to %d"), text,
               OPTIONS[option].name, min, max);
  return FALSE;
}

int
xq_arguments_get_choice (const XqArguments *arguments, XqOption option, const char *const *choices, int fallback, GError **error)
{
  const char *text = arguments->options[option];
  g_autofree char *list = NULL;

  if (text == NULL)
    return fallback;
  for (int i = 0; choices[i] != NULL; i++)
    if (strcmp (choices[i], text) == 0)
      return i;
  list = g_strjoinv (_ (", "), (char **) choices);
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” is no value for --%s; give one of %s"), text, OPTIONS[option].name, list);
  return -1;
}
