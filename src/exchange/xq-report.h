#pragma once

#include "xq-figures.h"

G_BEGIN_DECLS

/*
 * Report forms in and out: what the command line and the report page use. A report is a form (data/forms) filled in for a
 * unit and a period and written as a workbook, CSV or PDF. The layers below are in xq-form*.h.
 */

#define XQ_REPORT_ERROR (xq_report_error_quark ())
typedef enum
{
  XQ_REPORT_ERROR_FAILED,       /* anything else */
  XQ_REPORT_ERROR_UNKNOWN_FORM, /* no form of that id: the message lists those there are */
  XQ_REPORT_ERROR_DEFINITION,   /* a form's JSON is wrong: the message names the path in it */
  XQ_REPORT_ERROR_LEVEL,        /* the form has no rows below that unit, or not at that level */
  XQ_REPORT_ERROR_UNKNOWN,      /* the period was locked before a column of the form was counted */
  XQ_REPORT_ERROR_DIVISION,     /* the figures of that period do not exist in the present division */
  XQ_REPORT_ERROR_EXTENSION,    /* the file's name ends neither in .xlsx nor .csv nor .pdf */
  XQ_REPORT_ERROR_TARGET,       /* the target is a folder, its folder is missing, or it may not be written */
  XQ_REPORT_ERROR_FULL,         /* no room on the disk, or a size limit */
} XqReportError;
GQuark xq_report_error_quark (void);

/** One of the forms that come with the program; owned by it. */
typedef struct
{
  const char *id;          /* coverage, satisfaction */
  const char *title;       /* as printed */
  const char *short_title; /* for lists and file names */
  const char *description; /* one sentence, in the user's language */
} XqReportInfo;

/** The forms, in order; ends with a %NULL id. */
const XqReportInfo *xq_report_list (void);
const XqReportInfo *xq_report_find (const char *id);

typedef enum
{
  XQ_REPORT_FORMAT_NONE,
  XQ_REPORT_FORMAT_XLSX,
  XQ_REPORT_FORMAT_CSV,
  XQ_REPORT_FORMAT_PDF
} XqReportFormat;
/** By the extension of @path, whatever its case; %XQ_REPORT_FORMAT_NONE when it is none of them. */
XqReportFormat xq_report_format_from_path (const char *path);
/** ".xlsx" */
const char *xq_report_format_get_extension (XqReportFormat format);

typedef enum
{
  XQ_REPORT_PAPER_A4,
  XQ_REPORT_PAPER_A3
} XqReportPaper; /* both landscape */
typedef enum
{
  XQ_REPORT_DIVISION_THEN, /* units as they stood in the period */
  XQ_REPORT_DIVISION_NOW,  /* the present division: refused where a column's past figures cannot be carried (see xq-figures.h) */
} XqReportDivision;

/**
 * What the user enters in the form's head and foot. Every one may be %NULL: blank, to be filled in by hand, except
 * @reporting_unit (then district and department) and @report_date (then today). Borrowed.
 */
typedef struct
{
  const char *form_number;    /* 表号 */
  const char *authority;      /* 制定机关 */
  const char *valid_until;    /* 有效期至 */
  const char *reporting_unit; /* 填报单位 */
  const char *report_date;    /* 填报日期 */
  const char *filled_by;      /* 填表人 */
  const char *checked_by;     /* 审核人 */
  const char *head;           /* 单位负责人 */
  const char *phone;          /* 联系电话 */
  const char *sent_date;      /* 报出日期 */
} XqReportFields;

/** Zeroed apart from @form it means: the top unit, the open period, rows of the level below, A4, no chart. */
typedef struct
{
  const char *form;      /* id */
  gint64 unit;           /* 0: @unit_text, or the top */
  const char *unit_text; /* a code, a unique name or a path, or %NULL */
  XqPeriod period;       /* none: the open one */
  XqReportDivision division;
  XqLevel by; /* level of the rows; XQ_LEVEL_DISTRICT (0) or NONE: the one below the unit */
  XqReportPaper paper;
  gboolean with_chart;
  gboolean mask;                /* names and telephone numbers of persons are masked (张*, 138****0000) */
  const XqReportFields *fields; /* or %NULL */
} XqReportOptions;

typedef enum
{
  XQ_REPORT_CHECK_BALANCE,   /* 表内平衡: a rule between columns, in every row */
  XQ_REPORT_CHECK_TOTAL,     /* 合计核对: the total row against the indicators of the unit itself */
  XQ_REPORT_CHECK_INDICATOR, /* 指标核对: a rate computed in the form against the indicator, in every row */
} XqReportCheckKind;

typedef struct
{
  XqReportCheckKind kind;
  char *rule;  /* "1=2+3" by column numbers */
  char *label; /* the same in words */
  gboolean passed;
  guint n_places; /* cells looked at */
  guint n_failures;
  GPtrArray *failures; /* char *: where and how, in words; at most 20 */
} XqReportCheck;

typedef struct
{
  char *path;
  guint n_rows, n_columns; /* of the form, without head and total */
  guint n_pages;           /* of a PDF */
  gint64 size;             /* bytes */
  gboolean generated;      /* holds sample values: marked 示例数据，不得上报 */
  gboolean balanced;       /* every check passed */
  GPtrArray *checks;       /* XqReportCheck * */
} XqReportResult;
void xq_report_result_clear (XqReportResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqReportResult, xq_report_result_clear)

/**
 * Fills in the form and writes it to @path; its extension says as what. The file is written beside @path and renamed, so
 * that on error or cancellation an older file is untouched and nothing is left behind; an existing file is replaced.
 * A form that fails its own checks is written all the same (@result and the file say so). Blocks; not for the main loop.
 * @cancellable may be an #XqProgress. Errors: %XQ_REPORT_ERROR, %XQ_STORE_ERROR, %G_IO_ERROR_CANCELLED.
 */
gboolean xq_report_write (XqStore *store, const XqReportOptions *options, const char *path, XqReportResult *result,
                          GCancellable *cancellable, GError **error);
/** The same off the main loop; @options are copied. */
void xq_report_write_async (XqStore *store, const XqReportOptions *options, const char *path, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean xq_report_write_finish (XqStore *store, GAsyncResult *result, XqReportResult *report, GError **error);

/** A filled-in form (xq-form-table.h): values, marks and checks; immutable, may be used from any thread. */
typedef struct _XqFormTable XqFormTable;
XqFormTable *xq_form_table_ref (XqFormTable *table);
void xq_form_table_unref (XqFormTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFormTable, xq_form_table_unref)

/** In a job: fills in the form. */
XqFormTable *xq_report_build_table (XqTransaction *tx, const XqReportOptions *options, GCancellable *cancellable, GError **error);
/** Off the main loop, for a preview; @options are copied. */
void xq_report_build_table_async (XqStore *store, const XqReportOptions *options, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
XqFormTable *xq_report_build_table_finish (XqStore *store, GAsyncResult *result, GError **error);
/** Writes a table that has been built. @path decides the format. Blocks. */
gboolean xq_report_write_table (XqFormTable *table, const char *path, XqReportResult *result, GCancellable *cancellable,
                                GError **error);

/** The same off the main loop: what a preview shows is what is written. */
void xq_report_write_table_async (XqFormTable *table, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean xq_report_write_table_finish (GAsyncResult *result, XqReportResult *report, GError **error);

/** A proper name for the file: "鄂城区-党组织覆盖情况统计表-2024Q4.xlsx". */
char *xq_report_suggest_name (const XqFormTable *table, XqReportFormat format);

G_END_DECLS
