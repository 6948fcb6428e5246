#include "xq-cli-error.h"

#include <stdio.h>
#include <string.h>

#include <json-glib/json-glib.h>

#include "xq-chart.h"
#include "xq-cli-output.h"
#include "xq-geo-file.h"
#include "xq-period.h"
#include "xq-record.h"
#include "xq-report.h"
#include "xq-scheme.h"
#include "xq-store.h"

G_DEFINE_QUARK (xq-cli-error-quark, xq_cli_error)

typedef struct {
  int status;
  const char *code;
} Meaning;

static Meaning
store_error_meaning (int code)
{
  switch ((XqStoreError) code)
    {
    case XQ_STORE_ERROR_NOT_A_DOCUMENT:
      return (Meaning) { XQ_EXIT_REJECTED, "not-a-document" };
    case XQ_STORE_ERROR_NEWER_VERSION:
      return (Meaning) { XQ_EXIT_REJECTED, "newer-version" };
    case XQ_STORE_ERROR_READ_ONLY:
      return (Meaning) { XQ_EXIT_FAILED, "read-only" };
    case XQ_STORE_ERROR_FULL:
      return (Meaning) { XQ_EXIT_FAILED, "full" };
    case XQ_STORE_ERROR_LOCKED:
      return (Meaning) { XQ_EXIT_FAILED, "locked" };
    case XQ_STORE_ERROR_EXISTS:
      return (Meaning) { XQ_EXIT_FAILED, "exists" };
    case XQ_STORE_ERROR_NOT_FOUND:
      return (Meaning) { XQ_EXIT_REJECTED, "not-found" };
    case XQ_STORE_ERROR_AMBIGUOUS:
      return (Meaning) { XQ_EXIT_REJECTED, "ambiguous" };
    case XQ_STORE_ERROR_INVALID:
      return (Meaning) { XQ_EXIT_REJECTED, "invalid" };
    case XQ_STORE_ERROR_CONFLICT:
      return (Meaning) { XQ_EXIT_FAILED, "conflict" };
    case XQ_STORE_ERROR_NOTHING_TO_UNDO:
      return (Meaning) { XQ_EXIT_FAILED, "nothing-to-undo" };
    case XQ_STORE_ERROR_FAILED:
    default:
      return (Meaning) { XQ_EXIT_FAILED, "failed" };
    }
}

static Meaning
report_error_meaning (int code)
{
  switch ((XqReportError) code)
    {
    case XQ_REPORT_ERROR_UNKNOWN_FORM:
      return (Meaning) { XQ_EXIT_REJECTED, "not-found" };
    case XQ_REPORT_ERROR_LEVEL:
    case XQ_REPORT_ERROR_DIVISION:
      return (Meaning) { XQ_EXIT_REJECTED, "invalid" };
    case XQ_REPORT_ERROR_EXTENSION:
      return (Meaning) { XQ_EXIT_USAGE, "usage" };
    case XQ_REPORT_ERROR_TARGET:
      return (Meaning) { XQ_EXIT_FAILED, "io" };
    case XQ_REPORT_ERROR_FULL:
      return (Meaning) { XQ_EXIT_FAILED, "full" };
    case XQ_REPORT_ERROR_DEFINITION:
    case XQ_REPORT_ERROR_FAILED:
    default:
      return (Meaning) { XQ_EXIT_FAILED, "failed" };
    }
}

static Meaning
error_meaning (const GError *error)
{
  if (error->domain == XQ_CLI_ERROR && error->code == XQ_CLI_ERROR_USAGE)
    return (Meaning) { XQ_EXIT_USAGE, "usage" };
  if (error->domain == XQ_CLI_ERROR && error->code == XQ_CLI_ERROR_REJECTED)
    return (Meaning) { XQ_EXIT_REJECTED, "not-found" };
  if (error->domain == XQ_STORE_ERROR)
    return store_error_meaning (error->code);
  if (error->domain == XQ_REPORT_ERROR)
    return report_error_meaning (error->code);
  if (g_error_matches (error, XQ_CHART_ERROR, XQ_CHART_ERROR_WRITE))
    return (Meaning) { XQ_EXIT_FAILED, "io" };
  if (error->domain == XQ_CHART_ERROR)
    return (Meaning) { XQ_EXIT_USAGE, "usage" };
  if (error->domain == XQ_RECORD_ERROR || error->domain == XQ_SCHEME_ERROR)
    return (Meaning) { XQ_EXIT_REJECTED, "invalid" };
  if (g_error_matches (error, XQ_GEO_ERROR, XQ_GEO_ERROR_READ))
    return (Meaning) { XQ_EXIT_FAILED, "io" };
  if (error->domain == XQ_GEO_ERROR || g_error_matches (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT)
      || g_error_matches (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_GEOMETRY))
    return (Meaning) { XQ_EXIT_REJECTED, "invalid" };
  if (error->domain == XQ_PERIOD_ERROR)
    return (Meaning) { XQ_EXIT_REJECTED, "invalid-period" };
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return (Meaning) { XQ_EXIT_FAILED, "cancelled" };
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return (Meaning) { XQ_EXIT_FAILED, "full" };
  if (error->domain == G_IO_ERROR || error->domain == G_FILE_ERROR)
    return (Meaning) { XQ_EXIT_FAILED, "io" };
  return (Meaning) { XQ_EXIT_FAILED, "failed" };
}

int
xq_cli_error_get_status (const GError *error)
{
  return error_meaning (error).status;
}

const char *
xq_cli_error_get_code (const GError *error)
{
  return error_meaning (error).code;
}

/* Some layers put the file in front of their message; it is said once. */
static const char *
skip_name (const char *message, const char *name)
{
  static const char *const COLONS[] = { ": ", ":", "：" };

  if (!g_str_has_prefix (message, name))
    return message;
  for (guint i = 0; i < G_N_ELEMENTS (COLONS); i++)
    if (g_str_has_prefix (message + strlen (name), COLONS[i]))
      return message + strlen (name) + strlen (COLONS[i]);
  return message;
}

static const char *
skip_where (const char *message, const char *where)
{
  g_autofree char *base = NULL;

  if (where == NULL)
    return message;
  base = g_path_get_basename (where);
  return skip_name (skip_name (message, where), base);
}

void
xq_cli_error_print (const GError *error, const char *where, gboolean json)
{
  const char *message = skip_where (error->message, where);

  if (json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autofree char *text = NULL;

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "error");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "code");
      json_builder_add_string_value (builder, xq_cli_error_get_code (error));
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, message);
      json_builder_set_member_name (builder, "where");
      xq_cli_json_add_text (builder, where);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
      text = xq_cli_json_to_text (builder);
      fprintf (stderr, "%s\n", text);
    }
  else if (where != NULL)
    fprintf (stderr, "%s: %s\n", where, message);
  else
    fprintf (stderr, "xiaoqu-cli: %s\n", message);
}
