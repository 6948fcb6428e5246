#pragma once

#include <xlsxwriter.h>

#include "xq-form-table.h"
#include "xq-output-file.h"

G_BEGIN_DECLS

/** Writes @table as a workbook into @file; @path is for messages. */
gboolean xq_form_workbook_write (XqFormTable *table, XqOutputFile *file, const char *path, GCancellable *cancellable,
                                 GError **error);

/* For the parts of the workbook: xq-form-workbook-{style,notes,charts}.c. */

typedef enum
{
  XQ_SHEET_TITLE,
  XQ_SHEET_PERIOD,
  XQ_SHEET_ENTRY, /* 填报单位 … */
  XQ_SHEET_ENTRY_MIDDLE,
  XQ_SHEET_ENTRY_RIGHT,
  XQ_SHEET_BANNER, /* 示例数据，不得上报 */
  XQ_SHEET_HEAD,
  XQ_SHEET_NUMBER, /* 甲, 1, 2 */
  XQ_SHEET_NAME,
  XQ_SHEET_TEXT,
  XQ_SHEET_COUNT,
  XQ_SHEET_SHARE,
  XQ_SHEET_NOTE,
  XQ_SHEET_SAMPLE_NOTE,
  XQ_SHEET_SECTION, /* on the notes sheet */
  XQ_SHEET_LABEL,
  XQ_SHEET_VALUE,
  XQ_SHEET_RATIO,   /* three decimals */
  XQ_SHEET_WRAPPED, /* text of a table, in several lines where it is long */
  XQ_SHEET_MIDDLE,
  XQ_SHEET_VERDICT, /* a word that a formula gives */
} XqSheetRole;

/** What is added to a role. */
enum
{
  XQ_SHEET_BOLD = 1 << 0,
  XQ_SHEET_GENERATED = 1 << 1,
  XQ_SHEET_LEFT_EDGE = 1 << 2,
  XQ_SHEET_RIGHT_EDGE = 1 << 3,
  XQ_SHEET_TOP_EDGE = 1 << 4,
  XQ_SHEET_BOTTOM_EDGE = 1 << 5,
};

#define XQ_SHEET_SONG "宋体"

typedef struct
{
  XqFormTable *table;
  GCancellable *cancellable;
  lxw_workbook *book;
  lxw_worksheet *sheet; /* the form */
  lxw_worksheet *notes; /* 说明 */
  lxw_worksheet *data;  /* 图表数据, made when a chart needs it */
  char *quoted_name;    /* of the form's sheet, for references */
  GHashTable *formats;
  lxw_row_t data_row; /* next free row of @data */
  /* Where things stand on the form's sheet */
  lxw_row_t head_row, number_row, total_row, body_row, next_row;
  lxw_col_t last_column;
  double *widths;    /* of the columns, in characters */
  double height;     /* of the rows so far, in points */
  gboolean one_page; /* made to fit a single page */
} XqFormSheet;

#define XQ_SHEET_ROW 18.0 /* points */

/** Of @sheet only the book and the formats must be there. */
lxw_format *xq_form_sheet_format (XqFormSheet *sheet, XqSheetRole role, guint marks);
/** Landscape, one page wide (and @pages high; 0: any number), page numbers, the banner where there are sample values. */
void xq_form_sheet_set_page (XqFormSheet *sheet, lxw_worksheet *target, guint pages);
/** Size of what can be printed on one page, in points. */
void xq_form_sheet_get_paper (const XqFormSheet *sheet, double *width, double *height);
double xq_form_sheet_get_width (const XqFormSheet *sheet);
void xq_form_sheet_write_notes (XqFormSheet *sheet);
/**
 * Puts the charts from @next_row on and moves it behind them; where the page has no room for them, on a sheet of their own,
 * as they stand on a page of their own in print.
 */
void xq_form_sheet_add_charts (XqFormSheet *sheet);

G_END_DECLS
