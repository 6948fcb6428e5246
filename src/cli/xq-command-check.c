/* check, acknowledge, unacknowledge: what the rules find in a document. */

#include "xq-cli-context.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "xq-finding-file.h"
#include "xq-statistics.h"

static const char *const SEVERITIES[] = { "error", "warning", "notice", NULL };

/* ---- Reading ---- */

typedef struct {
  XqCliScope scope;
  const XqRule *rule;
  XqFindingList *list;
} Check;

static void
check_clear (Check *check)
{
  xq_cli_scope_clear (&check->scope);
  g_clear_pointer (&check->list, xq_finding_list_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

static gpointer
check_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *check = data;

  if (check->scope.unit_text != NULL && !xq_cli_scope_resolve (&check->scope, tx, error))
    return NULL;
  check->list = xq_finding_list_read (
      tx, &(XqFindingQuery){ .unit = check->scope.unit != NULL ? check->scope.unit->id : 0, .rule = check->rule }, error);
  return GINT_TO_POINTER (check->list != NULL);
}

/* --rule, where it is given. */
static gboolean
get_rule (const char *id, const XqRule **rule, GError **error)
{
  g_autoptr (GString) known = NULL;

  *rule = id != NULL ? xq_rule_find (id) : NULL;
  if (id == NULL || *rule != NULL)
    return TRUE;
  known = g_string_new (NULL);
  for (const XqRule *other = XQ_RULES; other->id != NULL; other++)
    g_string_append_printf (known, "%s%s", known->len > 0 ? _ (", ") : "", other->id);
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("there is no rule “%s”; known are %s"), id, known->str);
  return FALSE;
}

/* ---- Writing ---- */

static void
set_figure (JsonBuilder *builder, const XqFindingFigure *figure)
{
  json_builder_set_member_name (builder, figure->name);
  if (figure->is_null)
    json_builder_add_null_value (builder);
  else if (figure->text != NULL)
    json_builder_add_string_value (builder, figure->text);
  else
    json_builder_add_int_value (builder, figure->number);
}

static const char *
state_nick (XqFindingState state)
{
  switch (state)
    {
    case XQ_FINDING_ACKNOWLEDGED:
      return "acknowledged";
    case XQ_FINDING_LAPSED:
      return "lapsed";
    case XQ_FINDING_CHANGED:
      return "changed";
    case XQ_FINDING_OPEN:
    default:
      return "open";
    }
}

static void
add_finding_json (JsonBuilder *builder, const XqFinding *finding)
{
  g_autofree char *message = xq_finding_format (finding);

  json_builder_begin_object (builder);
  xq_cli_json_set_text (builder, "rule", finding->rule->id);
  xq_cli_json_set_text (builder, "severity", xq_enum_nick (&XQ_ENUM_SEVERITY, finding->rule->severity));
  xq_cli_json_set_unit (builder, finding->unit, NULL);
  xq_cli_json_set_text (builder, "message", message);
  json_builder_set_member_name (builder, "figures");
  json_builder_begin_object (builder);
  for (guint i = 0; i < finding->n_figures; i++)
    set_figure (builder, &finding->figures[i]);
  json_builder_end_object (builder);
  xq_cli_json_set_text (builder, "source", xq_rule_get_source (finding->rule));
  json_builder_set_member_name (builder, "subject");
  json_builder_begin_object (builder);
  xq_cli_json_set_text (builder, "table", finding->table);
  xq_cli_json_set_id (builder, "id", finding->subject);
  json_builder_end_object (builder);
  xq_cli_json_set_text (builder, "state", state_nick (finding->state));
  if (finding->acknowledgement != 0)
    {
      json_builder_set_member_name (builder, "acknowledgement");
      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "reason", finding->reason);
      xq_cli_json_set_text (builder, "until", finding->until);
      xq_cli_json_set_text (builder, "decided", finding->decided);
      xq_cli_json_set_text (builder, "by", finding->by);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
print_json (GPtrArray *findings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    add_finding_json (builder, g_ptr_array_index (findings, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

static void
print_text (GPtrArray *findings, guint acknowledged)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("llll");
  g_autofree char *count = xq_format_count (findings->len);

  for (guint i = 0; i < findings->len; i++)
    {
      const XqFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *message = xq_finding_format (finding);
      const char *cells[4] = { xq_enum_label (&XQ_ENUM_SEVERITY, xq_enum_nick (&XQ_ENUM_SEVERITY, finding->rule->severity)),
                               xq_rule_get_title (finding->rule), finding->unit->path, message };

      xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
  if (findings->len == 0)
    printf ("%s\n", _ ("No findings"));
  else
    printf (ngettext ("%s finding\n", "%s findings\n", findings->len), count);
  if (acknowledged > 0)
    printf (ngettext ("%u more is acknowledged (--all shows it)\n", "%u more are acknowledged (--all shows them)\n", acknowledged),
            acknowledged);
}

/* What is asked for of the list: borrowed from it. */
static GPtrArray *
choose (const XqFindingList *list, int severity, gboolean all, guint *acknowledged)
{
  GPtrArray *findings = g_ptr_array_new ();

  *acknowledged = 0;
  for (guint i = 0; i < xq_finding_list_get_size (list); i++)
    {
      const XqFinding *finding = xq_finding_list_get (list, i);

      if (severity >= 0 && finding->rule->severity != (XqSeverity) severity)
        continue;
      if (all || xq_finding_is_open (finding))
        g_ptr_array_add (findings, (gpointer) finding);
      else
        (*acknowledged)++;
    }
  return findings;
}

static gboolean
write_file (XqCli *cli, XqStore *store, GPtrArray *findings, const char *path, GError **error)
{
  if (!xq_finding_file_write (store, findings, path, G_CANCELLABLE (cli->progress), error))
    {
      xq_cli_set_where (cli, path);
      return FALSE;
    }
  if (!cli->json)
    printf (_ ("%s: %u findings written\n"), path, findings->len);
  return TRUE;
}

static gboolean
run_check (XqCli *cli, GError **error)
{
  g_auto (Check) check = { { 0 } };
  g_autoptr (XqStore) store = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  const char *output = xq_cli_get_option (cli, XQ_OPTION_OUTPUT);
  int severity = -1;
  guint acknowledged;

  if (!get_rule (xq_cli_get_option (cli, XQ_OPTION_RULE), &check.rule, error) || !xq_cli_scope_init (&check.scope, cli, error))
    return FALSE;
  if (xq_cli_has_option (cli, XQ_OPTION_SEVERITY))
    {
      severity = xq_arguments_get_choice (cli->arguments, XQ_OPTION_SEVERITY, SEVERITIES, 0, error);
      if (severity < 0)
        return FALSE;
    }
  if (output != NULL && !xq_cli_check_target (cli, output, error))
    return FALSE;
  store = xq_cli_open (cli, FALSE, error);
  if (store == NULL || xq_store_read (store, check_job, &check, G_CANCELLABLE (cli->progress), error) == NULL)
    return FALSE;
  findings = choose (check.list, severity, xq_cli_has_option (cli, XQ_OPTION_ALL), &acknowledged);
  if (output != NULL && !write_file (cli, store, findings, output, error))
    return FALSE;
  if (cli->json)
    print_json (findings);
  else if (output == NULL)
    print_text (findings, acknowledged);
  return xq_store_close (store, error);
}

/* ---- Acknowledging ---- */

typedef struct {
  Check check;
  const char *reason, *until, *by;
  gboolean take_back;
  guint n;
} Acknowledgement;

/* All findings of the rule at the unit itself: several property areas of a compound are one thing to those who answer for it. */
static gpointer
acknowledge_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Acknowledgement *self = data;

  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (XqFindingKey));

  if (check_job (tx, &self->check, cancellable, error) == NULL)
    return NULL;
  for (guint i = 0; i < xq_finding_list_get_size (self->check.list); i++)
    {
      const XqFinding *finding = xq_finding_list_get (self->check.list, i);
      XqFindingKey key = xq_finding_get_key (finding);

      if (finding->unit->id != self->check.scope.unit->id || (self->take_back && finding->acknowledgement == 0))
        continue;
      if (self->take_back && !xq_finding_unacknowledge (tx, &key, error))
        return NULL;
      g_array_append_val (keys, key);
    }
  self->n = keys->len;
  if (!self->take_back
      && !xq_finding_acknowledge (tx, (const XqFindingKey *) (gconstpointer) keys->data, keys->len, self->reason, self->until, self->by, error))
    return NULL;
  if (self->n > 0)
    return self;
  if (self->take_back)
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("The finding “%s” has not been acknowledged"),
                 xq_rule_get_title (self->check.rule));
  else
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("“%s” has no finding “%s”; see “check”"), self->check.scope.unit->path,
                 xq_rule_get_title (self->check.rule));
  return NULL;
}

static gboolean
acknowledge (XqCli *cli, Acknowledgement *self, GError **error)
{
  g_autoptr (XqStore) store = NULL;
  g_autofree char *label = NULL;

  if (!get_rule (xq_cli_get_positional (cli, 1), &self->check.rule, error) || !xq_cli_scope_init (&self->check.scope, cli, error))
    return FALSE;
  if (self->check.scope.unit_text == NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("which unit? give --unit"));
      return FALSE;
    }
  store = xq_cli_open (cli, TRUE, error);
  if (store == NULL)
    return FALSE;
  label = g_strdup_printf (self->take_back ? _ ("Take back acknowledgement: %s") : _ ("Acknowledge: %s"),
                           xq_rule_get_title (self->check.rule));
  if (xq_store_write (store, label, acknowledge_job, self, G_CANCELLABLE (cli->progress), error) == NULL || !xq_store_close (store, error))
    return FALSE;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "rule", self->check.rule->id);
      xq_cli_json_set_unit (builder, self->check.scope.unit, NULL);
      xq_cli_json_set_int (builder, self->take_back ? "reopened" : "acknowledged", self->n);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    printf ("%s · %s\n", label, self->check.scope.unit->path);
  return TRUE;
}

static gboolean
run_acknowledge (XqCli *cli, GError **error)
{
  Acknowledgement self = { .reason = xq_cli_get_option (cli, XQ_OPTION_REASON), .until = xq_cli_get_option (cli, XQ_OPTION_UNTIL),
                           .by = xq_cli_get_option (cli, XQ_OPTION_ACTOR) };
  gboolean done = FALSE;

  if (self.reason == NULL)
    g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("a finding is acknowledged for a reason: give --reason"));
  else
    done = acknowledge (cli, &self, error);
  check_clear (&self.check);
  return done;
}

static gboolean
run_unacknowledge (XqCli *cli, GError **error)
{
  Acknowledgement self = { .take_back = TRUE };
  gboolean done = acknowledge (cli, &self, error);

  check_clear (&self.check);
  return done;
}

const XqCliCommand XQ_COMMANDS_CHECK[] = {
  { "check", "FILE", NULL, N_ ("list what the rules find in a document"), 1,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_SEVERITY) | XQ_OPTION_BIT (XQ_OPTION_RULE) | XQ_OPTION_BIT (XQ_OPTION_ALL)
        | XQ_OPTION_BIT (XQ_OPTION_OUTPUT),
    run_check },
  { "acknowledge", "FILE RULE", "--unit U --reason TEXT", N_ ("acknowledge a unit's finding of a rule, for a reason"), 2,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_REASON) | XQ_OPTION_BIT (XQ_OPTION_UNTIL) | XQ_OPTION_BIT (XQ_OPTION_ACTOR),
    run_acknowledge },
  { "unacknowledge", "FILE RULE", "--unit U", N_ ("take an acknowledgement back"), 2, XQ_OPTION_BIT (XQ_OPTION_UNIT), run_unacknowledge },
  { NULL },
};
