#include "xq-finding-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-form-csv.h"
#include "xq-form-table.h"
#include "xq-report.h"
#include "xq-workbook-file.h"

/* A line of the list: what stands in it, in the order of the columns. */
enum
{
  SEVERITY,
  RULE,
  STREET,
  COMMUNITY,
  UNIT,
  CODE,
  MESSAGE,
  SOURCE,
  STATE,
  REASON,
  UNTIL,
  N_COLUMNS
};

static const struct
{
  const char *head; /* msgid */
  double width;     /* characters */
} columns[N_COLUMNS] = {
  [SEVERITY] = { NC_ ("column of the list of findings", "Severity"), 8 },
  [RULE] = { NC_ ("column of the list of findings", "Rule"), 22 },
  [STREET] = { NC_ ("column of the list of findings", "Street"), 14 },
  [COMMUNITY] = { NC_ ("column of the list of findings", "Community"), 16 },
  [UNIT] = { NC_ ("column of the list of findings", "Unit"), 20 },
  [CODE] = { NC_ ("column of the list of findings", "Code"), 20 },
  [MESSAGE] = { NC_ ("column of the list of findings", "Finding"), 56 },
  [SOURCE] = { NC_ ("column of the list of findings", "Source of the rule"), 36 },
  [STATE] = { NC_ ("column of the list of findings", "State"), 14 },
  [REASON] = { NC_ ("column of the list of findings", "Reason"), 28 },
  [UNTIL] = { NC_ ("column of the list of findings", "Until"), 12 },
};

static const char *
state_label (XqFindingState state)
{
  switch (state)
    {
    case XQ_FINDING_ACKNOWLEDGED:
      return C_ ("state of a finding", "Acknowledged");
    case XQ_FINDING_LAPSED:
      return C_ ("state of a finding", "Acknowledgement lapsed");
    case XQ_FINDING_CHANGED:
      return C_ ("state of a finding", "Changed since acknowledged");
    case XQ_FINDING_OPEN:
    default:
      return C_ ("state of a finding", "Open");
    }
}

/* The cells of a finding; free each. */
static void
fill_line (const XqFinding *finding, char *cells[N_COLUMNS])
{
  g_auto (GStrv) names = g_strsplit (finding->unit->path, "/", -1);
  guint n = g_strv_length (names);

  cells[SEVERITY] = g_strdup (xq_enum_label (&XQ_ENUM_SEVERITY, xq_enum_nick (&XQ_ENUM_SEVERITY, (int)finding->rule->severity)));
  cells[RULE] = g_strdup (xq_rule_get_title (finding->rule));
  cells[STREET] = g_strdup (n > 1 ? names[1] : "");
  cells[COMMUNITY] = g_strdup (n > 2 ? names[2] : "");
  /* A building is known by its compound. */
  cells[UNIT] = n > 4 ? g_strdup_printf ("%s/%s", names[3], names[4]) : g_strdup (finding->unit->name);
  cells[CODE] = g_strdup (finding->unit->code != NULL ? finding->unit->code : "");
  cells[MESSAGE] = xq_finding_format (finding);
  cells[SOURCE] = g_strdup (xq_rule_get_source (finding->rule));
  cells[STATE] = g_strdup (state_label (finding->state));
  cells[REASON] = g_strdup (finding->reason != NULL ? finding->reason : "");
  cells[UNTIL] = g_strdup (finding->until != NULL ? finding->until : "");
}

static void
clear_line (char *cells[N_COLUMNS])
{
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_pointer (&cells[i], g_free);
}

static const char *
head (guint column)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "column of the list of findings", columns[column].head);
}

/* "鄂城区 疑点清单 2024年四季度" */
static char *
make_title (XqStore *store)
{
  g_autofree char *period = xq_period_to_label (xq_store_get_open_period (store));

  return g_strdup_printf (_ ("%s: findings, %s"), xq_store_get_name (store), period);
}

static gboolean
write_csv (XqStore *store, GPtrArray *findings, XqOutputFile *file, GError **error)
{
  g_autoptr (GString) text = g_string_new ("\xef\xbb\xbf");
  gboolean token, done;

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      xq_csv_append_text (text, head (i));
    }
  if (xq_store_get_sample (store) != NULL)
    {
      g_string_append_c (text, ',');
      xq_csv_append_text (text, xq_form_word ("sample_banner"));
    }
  g_string_append (text, "\r\n");
  for (guint i = 0; i < findings->len; i++)
    {
      char *cells[N_COLUMNS];

      fill_line (g_ptr_array_index (findings, i), cells);
      for (guint c = 0; c < N_COLUMNS; c++)
        {
          if (c > 0)
            g_string_append_c (text, ',');
          xq_csv_append_text (text, cells[c]);
        }
      if (xq_store_get_sample (store) != NULL)
        g_string_append_c (text, ',');
      g_string_append (text, "\r\n");
      clear_line (cells);
    }
  token = xq_output_file_begin_limit ();
  done = xq_output_file_write (file, text->str, text->len, error);
  xq_output_file_end_limit (token);
  return done;
}

static lxw_format *
add_format (lxw_workbook *book, gboolean bold, gboolean bordered)
{
  lxw_format *format = workbook_add_format (book);

  format_set_font_name (format, "宋体");
  format_set_font_size (format, 10.5);
  format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_text_wrap (format);
  format_set_num_format (format, "@");
  if (bold)
    {
      format_set_bold (format);
      format_set_align (format, LXW_ALIGN_CENTER);
    }
  if (bordered)
    format_set_border (format, LXW_BORDER_THIN);
  return format;
}

static void
fill_workbook (lxw_workbook *book, XqStore *store, GPtrArray *findings)
{
  lxw_worksheet *sheet = workbook_add_worksheet (book, C_ ("name of a worksheet", "Findings"));
  lxw_format *bold = add_format (book, TRUE, TRUE), *plain = add_format (book, FALSE, TRUE),
             *title_format = add_format (book, TRUE, FALSE);
  g_autofree char *title = make_title (store);
  lxw_row_t row = 0;

  format_set_font_size (title_format, 16);
  worksheet_merge_range (sheet, row, 0, row, N_COLUMNS - 1, title, title_format);
  worksheet_set_row (sheet, row++, 28, NULL);
  if (xq_store_get_sample (store) != NULL)
    worksheet_merge_range (sheet, row, 0, row, N_COLUMNS - 1, xq_form_word ("sample_banner"), bold), row++;
  for (lxw_col_t i = 0; i < N_COLUMNS; i++)
    {
      worksheet_set_column (sheet, i, i, columns[i].width, NULL);
      worksheet_write_string (sheet, row, i, head (i), bold);
    }
  worksheet_freeze_panes (sheet, row + 1, 0);
  worksheet_autofilter (sheet, row, 0, row + findings->len, N_COLUMNS - 1);
  worksheet_repeat_rows (sheet, row, row);
  row++;
  for (guint i = 0; i < findings->len; i++, row++)
    {
      char *cells[N_COLUMNS];

      fill_line (g_ptr_array_index (findings, i), cells);
      for (lxw_col_t c = 0; c < N_COLUMNS; c++)
        worksheet_write_string (sheet, row, c, cells[c], plain);
      clear_line (cells);
    }
  worksheet_set_landscape (sheet);
  worksheet_set_paper (sheet, 9);
  worksheet_fit_to_pages (sheet, 1, 0);
}

gboolean
xq_finding_file_write (XqStore *store, GPtrArray *findings, const char *path, GCancellable *cancellable, GError **error)
{
  XqReportFormat format = xq_report_format_from_path (path);
  g_autoptr (XqOutputFile) file = NULL;
  lxw_workbook *book;

  if (format != XQ_REPORT_FORMAT_CSV && format != XQ_REPORT_FORMAT_XLSX)
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_EXTENSION, _ ("%s: the name must end in .xlsx or .csv"), path);
      return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  file = xq_output_file_new (path, error);
  if (file == NULL)
    return FALSE;
  if (format == XQ_REPORT_FORMAT_CSV)
    return write_csv (store, findings, file, error) && xq_output_file_finish (file, NULL, error);
  book = xq_workbook_file_new (file, error);
  if (book == NULL)
    return FALSE;
  fill_workbook (book, store, findings);
  return xq_workbook_file_close (book, file, path, error) && xq_output_file_finish (file, NULL, error);
}
