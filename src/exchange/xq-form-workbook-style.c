#include "xq-form-workbook.h"

#define INK 0x222222
#define DIM 0x444444
#define SAMPLE_INK 0x7A6A55 /* sample values: italic, grey-brown */
#define FORMATS 4096        /* roles are below marks in a key */
#define SIDE_MARGIN 0.5     /* inches */
#define END_MARGIN 0.6
#define CHARACTER 7.0 /* pixels */

static const char *
count_format (const XqFormSheet *sheet)
{
  return sheet->table != NULL && sheet->table->form->zero_as_dash ? "#,##0;-#,##0;\"—\"" : "#,##0";
}

static void
set_borders (lxw_format *format, guint marks)
{
  format_set_border_color (format, INK);
  format_set_left (format, marks & XQ_SHEET_LEFT_EDGE ? LXW_BORDER_MEDIUM : LXW_BORDER_THIN);
  format_set_right (format, marks & XQ_SHEET_RIGHT_EDGE ? LXW_BORDER_MEDIUM : LXW_BORDER_THIN);
  format_set_top (format, marks & XQ_SHEET_TOP_EDGE ? LXW_BORDER_MEDIUM : LXW_BORDER_THIN);
  format_set_bottom (format, marks & XQ_SHEET_BOTTOM_EDGE ? LXW_BORDER_MEDIUM : LXW_BORDER_THIN);
}

static void
set_role (XqFormSheet *sheet, lxw_format *format, XqSheetRole role, guint marks)
{
  double size = 10.5;

  format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  switch (role)
    {
    case XQ_SHEET_TITLE:
      size = 18;
      format_set_bold (format);
      format_set_align (format, LXW_ALIGN_CENTER);
      break;
    case XQ_SHEET_PERIOD:
    case XQ_SHEET_ENTRY_MIDDLE:
      format_set_align (format, LXW_ALIGN_CENTER);
      break;
    case XQ_SHEET_ENTRY:
      break;
    case XQ_SHEET_ENTRY_RIGHT:
      format_set_align (format, LXW_ALIGN_RIGHT);
      break;
    case XQ_SHEET_BANNER:
      size = 12;
      format_set_bold (format);
      format_set_align (format, LXW_ALIGN_CENTER);
      format_set_text_wrap (format);
      format_set_border (format, LXW_BORDER_THIN);
      format_set_border_color (format, SAMPLE_INK);
      format_set_font_color (format, SAMPLE_INK);
      return format_set_font_size (format, size);
    case XQ_SHEET_HEAD:
      format_set_bold (format);
      format_set_align (format, LXW_ALIGN_CENTER);
      format_set_text_wrap (format);
      set_borders (format, marks);
      break;
    case XQ_SHEET_NUMBER:
      size = 9;
      format_set_align (format, LXW_ALIGN_CENTER);
      set_borders (format, marks);
      break;
    case XQ_SHEET_NAME:
      format_set_align (format, marks & XQ_SHEET_BOLD ? LXW_ALIGN_CENTER : LXW_ALIGN_LEFT);
      set_borders (format, marks);
      break;
    case XQ_SHEET_TEXT:
      format_set_align (format, LXW_ALIGN_LEFT);
      format_set_num_format (format, "@");
      set_borders (format, marks);
      break;
    case XQ_SHEET_COUNT:
      format_set_align (format, LXW_ALIGN_RIGHT);
      format_set_num_format (format, count_format (sheet));
      set_borders (format, marks);
      break;
    case XQ_SHEET_SHARE:
      format_set_align (format, LXW_ALIGN_RIGHT);
      format_set_num_format (format, "0.0");
      set_borders (format, marks);
      break;
    case XQ_SHEET_RATIO:
      format_set_align (format, LXW_ALIGN_RIGHT);
      format_set_num_format (format, "0.000");
      set_borders (format, marks);
      break;
    case XQ_SHEET_WRAPPED:
    case XQ_SHEET_MIDDLE:
      format_set_align (format, role == XQ_SHEET_MIDDLE ? LXW_ALIGN_CENTER : LXW_ALIGN_LEFT);
      format_set_text_wrap (format);
      format_set_num_format (format, "@");
      set_borders (format, marks);
      break;
    case XQ_SHEET_VERDICT:
      format_set_align (format, LXW_ALIGN_CENTER);
      set_borders (format, marks);
      break;
    case XQ_SHEET_NOTE:
    case XQ_SHEET_SAMPLE_NOTE:
      size = 9;
      format_set_text_wrap (format);
      format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
      break;
    case XQ_SHEET_SECTION:
      size = 12;
      format_set_bold (format);
      break;
    case XQ_SHEET_LABEL:
      format_set_bold (format);
      format_set_text_wrap (format);
      set_borders (format, 0);
      break;
    case XQ_SHEET_VALUE:
      format_set_text_wrap (format);
      format_set_align (format, LXW_ALIGN_LEFT);
      set_borders (format, 0);
      break;
    }
  format_set_font_size (format, size);
  format_set_font_color (format, role == XQ_SHEET_NOTE || role == XQ_SHEET_NUMBER ? DIM : INK);
  if (marks & XQ_SHEET_BOLD)
    format_set_bold (format);
  if ((marks & XQ_SHEET_GENERATED) || role == XQ_SHEET_SAMPLE_NOTE)
    {
      format_set_italic (format);
      format_set_font_color (format, SAMPLE_INK);
    }
}

lxw_format *
xq_form_sheet_format (XqFormSheet *sheet, XqSheetRole role, guint marks)
{
  gpointer key = GUINT_TO_POINTER (marks * FORMATS + role + 1);
  lxw_format *format = g_hash_table_lookup (sheet->formats, key);

  if (format == NULL)
    {
      format = workbook_add_format (sheet->book);
      format_set_font_name (format, XQ_SHEET_SONG);
      set_role (sheet, format, role, marks);
      g_hash_table_insert (sheet->formats, key, format);
    }
  return format;
}

void
xq_form_sheet_set_page (XqFormSheet *sheet, lxw_worksheet *target, guint pages)
{
  g_autofree char *footer = xq_form_words ("page", "n", "&P", "total", "&N", NULL);
  g_autofree char *footer_text = g_strconcat ("&C&9", footer, NULL);

  worksheet_set_landscape (target);
  worksheet_set_paper (target, sheet->table->paper == XQ_REPORT_PAPER_A3 ? 8 : 9);
  worksheet_set_margins (target, SIDE_MARGIN, SIDE_MARGIN, END_MARGIN, END_MARGIN);
  worksheet_center_horizontally (target);
  worksheet_fit_to_pages (target, 1, pages);
  worksheet_set_footer (target, footer_text);
  if (sheet->table->generated)
    {
      g_autofree char *header = g_strconcat ("&R&9", xq_form_word ("sample_banner"), NULL);

      worksheet_set_header (target, header);
    }
}

void
xq_form_sheet_get_paper (const XqFormSheet *sheet, double *width, double *height)
{
  gboolean a3 = sheet->table->paper == XQ_REPORT_PAPER_A3;

  *width = (a3 ? 1190.55 : 841.89) - 144 * SIDE_MARGIN;
  *height = (a3 ? 841.89 : 595.28) - 144 * END_MARGIN;
}

double
xq_form_sheet_get_width (const XqFormSheet *sheet)
{
  double pixels = 0;

  for (lxw_col_t i = 0; i <= sheet->last_column; i++)
    pixels += sheet->widths[i] * CHARACTER + 5;
  return pixels * 0.75;
}
