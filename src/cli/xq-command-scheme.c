/* scheme: the document's governance scheme, printed, and replaced by another. */

#include "xq-cli-context.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-scheme-change.h"
#include "xq-scheme-diff.h"
#include "xq-scheme-members.h"
#include "xq-scheme-whole.h"

/* Printing */

static void
print_thresholds (const XqScheme *scheme)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("llr");

  for (XqThreshold threshold = 0; threshold < XQ_N_THRESHOLDS; threshold++)
    {
      g_autofree char *path = g_strdup_printf ("$.thresholds.%s", xq_threshold_to_nick (threshold));
      g_autofree char *value = g_strdup_printf ("%d", xq_scheme_get_threshold (scheme, threshold));
      const char *cells[] = { path + strlen ("$.thresholds."), xq_scheme_path_get_label (path), value };

      xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
}

/* What a list is called: items and states of a checklist by that. */
static char *
describe_list (const XqScheme *scheme, const XqSchemeMember *member)
{
  g_autofree char *path = g_strdup_printf ("$.%s[]", member->list);
  const char *label = xq_scheme_path_get_label (path);

  if (member->within != NULL)
    return g_strdup_printf ("%s · %s", xq_scheme_find_checklist (scheme, member->within)->label,
                            xq_scheme_field_get_label (g_str_equal (member->list, "checklist_items") ? "items" : "states"));
  return g_strdup (label != NULL ? label : member->list);
}

static void
print_delays (const XqSchemeTicketLevel *level)
{
  printf ("  %s %d, %s %d", xq_scheme_field_get_label ("respond_days"), level->respond_days,
          xq_scheme_field_get_label ("close_days"), level->close_days);
}

static void
print_lists (const XqScheme *scheme)
{
  g_autoptr (GPtrArray) members = xq_scheme_list_members (scheme);
  const XqSchemeMember *last = NULL;

  for (guint i = 0; i < members->len; i++)
    {
      const XqSchemeMember *member = g_ptr_array_index (members, i);
      g_autofree char *list = describe_list (scheme, member);

      if (last == NULL || !g_str_equal (last->list, member->list) || g_strcmp0 (last->within, member->within) != 0)
        printf ("%s%s\n", last != NULL ? "\n" : "", list);
      printf ("  %s  %s", member->id, member->label);
      if (g_str_equal (member->list, "ticket_levels"))
        print_delays (xq_scheme_find_ticket_level (scheme, member->id));
      printf ("\n");
      last = member;
    }
  printf ("\n");
}

static void
print_holidays (const XqScheme *scheme)
{
  guint n;
  const XqSchemeYear *years = xq_scheme_get_holidays (scheme, &n);

  for (guint i = 0; i < n; i++)
    {
      printf ("%d  %s\n", years[i].year, years[i].source);
      for (guint k = 0; k < years[i].n_off; k++)
        printf ("  %s – %s  %s\n", years[i].off[k].from, years[i].off[k].to, years[i].off[k].label);
      for (guint k = 0; k < years[i].n_worked; k++)
        /* Translators: a weekend day that is worked in exchange for a holiday. */
        printf (_ ("  %s  worked\n"), years[i].worked[k]);
    }
  printf ("%s\n", _ ("Of other years only weekends are known to be free."));
}

static gboolean
print_scheme (XqCli *cli, XqStore *store, GError **error)
{
  const XqScheme *scheme = xq_store_get_scheme (store);
  g_autoptr (JsonNode) whole = NULL;

  if (cli->json)
    {
      g_autofree char *text = NULL;

      whole = xq_scheme_whole_parse (xq_scheme_get_json (scheme), error);
      if (whole == NULL)
        return FALSE;
      text = json_to_string (whole, TRUE);
      printf ("%s\n", text);
      return TRUE;
    }
  printf ("%s (%s)\n%s\n\n", xq_scheme_get_name (scheme), xq_scheme_get_id (scheme), xq_scheme_get_department (scheme));
  print_thresholds (scheme);
  printf ("\n");
  print_lists (scheme);
  printf ("%s\n", xq_scheme_path_get_label ("$.holidays[]"));
  print_holidays (scheme);
  return TRUE;
}

/* Replacing */

typedef struct
{
  char *json;
  gboolean preview;
} Change;

static gpointer
change_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Change *change = data;
  gboolean done
      = change->preview ? xq_scheme_change_check (tx, change->json, error) : xq_scheme_change (tx, change->json, error);

  return GINT_TO_POINTER (done);
}

static void
print_differences (XqCli *cli, const GPtrArray *differences, gboolean applied)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      for (guint i = 0; i < differences->len; i++)
        {
          const XqSchemeDifference *difference = g_ptr_array_index (differences, i);

          printf ("%s  %s: %s → %s\n", difference->path, difference->label,
                  difference->old_text != NULL ? difference->old_text : "—",
                  difference->new_text != NULL ? difference->new_text : "—");
        }
      if (differences->len == 0)
        printf ("%s\n", _ ("Nothing would be different; nothing was changed."));
      else if (applied)
        printf (ngettext ("%u change was made; it can be undone\n", "%u changes were made; they can be undone in one step\n",
                          differences->len),
                differences->len);
      else
        printf (ngettext ("%u change would be made\n", "%u changes would be made\n", differences->len), differences->len);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  xq_cli_json_set_boolean (builder, "applied", applied);
  json_builder_set_member_name (builder, "differences");
  json_builder_begin_array (builder);
  for (guint i = 0; i < differences->len; i++)
    {
      const XqSchemeDifference *difference = g_ptr_array_index (differences, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "path", difference->path);
      xq_cli_json_set_text (builder, "label", difference->label);
      xq_cli_json_set_text (builder, "old", difference->old_text);
      xq_cli_json_set_text (builder, "new", difference->new_text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

/* What is written out in @path and said by the standard scheme likewise goes on being taken from there. */
static char *
read_successor (const char *path, const char *present, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) whole = NULL;
  g_autoptr (JsonNode) original = NULL;
  g_autoptr (XqScheme) scheme = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("this is no text in UTF-8; save it as such"));
      return NULL;
    }
  /* Errors are to name places in the file as it is. */
  scheme = xq_scheme_parse (text, -1, error);
  whole = scheme != NULL ? xq_scheme_whole_parse (text, error) : NULL;
  if (whole == NULL)
    return NULL;
  original = json_from_string (present, NULL);
  return xq_scheme_whole_to_json (whole, original);
}

static gboolean
apply_scheme (XqCli *cli, XqStore *store, const char *path, GError **error)
{
  const char *present = xq_scheme_get_json (xq_store_get_scheme (store));
  Change change = { .preview = xq_cli_has_option (cli, XQ_OPTION_PREVIEW) };
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GError) refusal = NULL;
  gboolean applied = FALSE;

  xq_cli_set_where (cli, path);
  change.json = read_successor (path, present, error);
  differences = change.json != NULL ? xq_scheme_diff_list (present, change.json, error) : NULL;
  if (differences != NULL && differences->len > 0 && change.preview)
    xq_store_read (store, change_job, &change, G_CANCELLABLE (cli->progress), &refusal);
  else if (differences != NULL && differences->len > 0)
    applied = xq_store_write (store, _ ("Change the governance scheme"), change_job, &change, G_CANCELLABLE (cli->progress), &refusal)
              != NULL;
  g_free (change.json);
  if (differences == NULL)
    return FALSE;
  if (refusal != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  print_differences (cli, differences, applied);
  return TRUE;
}

static gboolean
run_scheme (XqCli *cli, GError **error)
{
  const char *path = xq_cli_get_option (cli, XQ_OPTION_APPLY);
  g_autoptr (XqStore) store = NULL;
  gboolean done;

  if (path == NULL && xq_cli_has_option (cli, XQ_OPTION_PREVIEW))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” needs --%s; see --help"), "--preview", "apply");
      return FALSE;
    }
  store = xq_cli_open (cli, path != NULL && !xq_cli_has_option (cli, XQ_OPTION_PREVIEW), error);
  if (store == NULL)
    return FALSE;
  done = path != NULL ? apply_scheme (cli, store, path, error) : print_scheme (cli, store, error);
  if (!done)
    return FALSE;
  return xq_store_close (store, error);
}

const XqCliCommand XQ_COMMANDS_SCHEME[] = {
  { .name = "scheme",
    .positionals = "FILE",
    .summary = N_ ("print the governance scheme, or put another in its place"),
    .n_positionals = 1,
    .options = XQ_OPTION_BIT (XQ_OPTION_PREVIEW),
    .more_options = XQ_OPTION_MORE_BIT (XQ_OPTION_APPLY),
    .run = run_scheme },
  { NULL },
};
