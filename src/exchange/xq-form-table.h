#pragma once

#include "xq-form.h"

G_BEGIN_DECLS

/*
 * A form filled in: what every writer prints. Made in one go (new, add rows, finish) and immutable afterwards; the preview,
 * the workbook, the CSV and the PDF all read the same cells, so that they show the same.
 */

typedef enum
{
  XQ_FORM_CELL_VALUE,
  XQ_FORM_CELL_EMPTY,      /* nothing recorded, or a rate without denominator: "—" ("" for text) */
  XQ_FORM_CELL_SUPPRESSED, /* too small a sample, or hidden with it: "—"; the value is forgotten */
} XqFormCellState;

typedef struct
{
  gint64 number;                 /* a count; tenths of a rate or margin */
  gint64 numerator, denominator; /* of a rate or margin */
  const char *text;              /* of a text; owned by the table */
  guint8 state;                  /* XqFormCellState */
  guint8 generated;              /* rests on a sample value */
} XqFormCell;

typedef struct
{
  gint64 unit, parent;            /* 0 for the total and the merged row */
  const char *name, *code, *path; /* owned by the table; code and path may be %NULL */
  gboolean name_generated;
  gboolean suppressed;
  XqFormCell *cells; /* one per printed column */
} XqFormRow;

/** What a column is given for a row: both parts of the indicator (of a formula: of the indicator it has to agree with), or a number
 * or text of the ledger. */
typedef struct
{
  gint64 numerator, denominator;
  const char *text;
  gboolean present, generated;
} XqFormValue;

/** A column as printed. */
typedef struct
{
  const XqFormColumn *column; /* %NULL: the one that says what the unit belongs to */
  guint index;                /* of the form's column */
  char *label;
  char *number; /* 乙, 1 */
} XqFormPrinted;

/** A cell of the head; column 0 is the units' names, printed column i is i + 1. */
typedef struct
{
  guint row, column, rows, columns;
  const char *label; /* owned by the table or form */
} XqFormHeadCell;

/** A point of a trend. */
typedef struct
{
  XqPeriod period;
  gint64 numerator, denominator, compounds;
  gboolean has_value, breaks, generated;
} XqFormPoint;

/** What the head and foot say; %NULL is blank. Owned by the table. */
typedef struct
{
  char *form_number, *authority, *valid_until, *reporting_unit, *report_date, *filled_by, *checked_by, *head, *phone, *sent_date;
} XqFormEntries;

struct _XqFormTable
{
  gatomicrefcount references;
  const XqForm *form; /* borrowed: lives as long as the program, or as the test */
  GStringChunk *strings;

  /* What it is about */
  char *unit_name, *unit_path;
  XqLevel unit_level; /* of the unit */
  XqLevel level;      /* of the rows */
  char *level_label;  /* 镇街 */
  XqPeriod period;
  char *as_of, *locked_at;                           /* YYYY-MM-DD; time or %NULL */
  int basis;                                         /* XqBasis */
  gboolean carried;                                  /* in the present division */
  char *made_at;                                     /* time it was read, YYYY-MM-DD HH:MM */
  char *scheme_name, *document_name, *document_path; /* path may be %NULL */
  int minimum;                                       /* least sample */
  gboolean generated;                                /* any value is */
  XqReportPaper paper;
  gboolean with_chart, mask;
  XqFormEntries entries;

  /* The table */
  guint n_columns, n_stubs; /* printed, the names not counted */
  XqFormPrinted *columns;
  guint n_head_rows;
  GArray *head;    /* XqFormHeadCell */
  GPtrArray *rows; /* XqFormRow * */
  XqFormRow *total;
  XqFormRow *merged; /* the suppressed rows in one, or %NULL */
  guint n_merged;
  GPtrArray *trends; /* one a chart of the form: GArray of XqFormPoint, or %NULL */
  GPtrArray *checks; /* XqReportCheck * */

  /* While it is made */
  gboolean *used;    /* one a form column */
  XqFormValue *sums; /* one a form column */

  /* Found out when first asked for */
  GMutex lock;
  char *fingerprint;
  gboolean fingerprint_has_wal;
};

/** Everything about a table but its rows. Borrowed; copied. */
typedef struct
{
  const XqForm *form;
  const char *unit_name, *unit_path;
  XqLevel unit_level, level;
  const char *level_label;
  const char *belongs_label; /* 所属镇街: adds a column with what rows belong to; %NULL: none */
  const gboolean *used;      /* one a form column: whether it is other than 0 in the document; %NULL: all are */
  XqPeriod period;
  const char *as_of, *locked_at, *made_at;
  int basis;
  gboolean carried;
  const char *scheme_name, *document_name, *document_path, *reporting_unit;
  int minimum;
  XqReportPaper paper;
  gboolean with_chart, mask;
  const XqReportFields *fields;
} XqFormSubject;

XqFormTable *xq_form_table_new (const XqFormSubject *subject);
/** @values: one per column of the form. @belongs may be %NULL. Of @names, cells and marks are not looked at. */
void xq_form_table_add_row (XqFormTable *table, const XqFormRow *names, const char *belongs, const XqFormValue *values);
/** Takes a trend's points for the form's chart @chart. */
void xq_form_table_set_trend (XqFormTable *table, guint chart, GArray *points);
/** @own: the unit's own indicators, against which the total is checked. Adds up, checks, then suppresses. */
void xq_form_table_finish (XqFormTable *table, const XqFormValue *own);

/** Width of the widest line of @text in ems of Song type, estimated: the same wherever it is printed. */
double xq_form_text_ems (const char *text);
guint xq_form_text_lines (const char *text);
/** As printed: "1,234", "99.1", "—". Column is a printed one. */
char *xq_form_cell_format (const XqFormTable *table, const XqFormCell *cell, guint column);
XqFormKind xq_form_table_get_kind (const XqFormTable *table, guint column);
/** Printed column of the form's column @index, or -1. */
int xq_form_table_find_printed (const XqFormTable *table, guint index);
/** Rows between the total and the notes: those of the units, and the merged one. */
guint xq_form_table_n_body_rows (const XqFormTable *table);
const XqFormRow *xq_form_table_get_body_row (const XqFormTable *table, guint index);
/** "治理单元数 合计": label with the headings over it, in one line. */
char *xq_form_table_full_label (const XqFormTable *table, guint column);
/** 合计: the column's own label in one line. */
char *xq_form_table_short_label (const XqFormTable *table, guint column);
/** Rules and formulas by column numbers: "1=2+3；8=4÷1×100". */
char *xq_form_table_balance_text (const XqFormTable *table);
/** The form's notes, filled in. Element type char *. */
GPtrArray *xq_form_table_list_notes (const XqFormTable *table);
/** 所属, 期末已锁定 …: what the figures rest on. */
const char *xq_form_table_basis_word (const XqFormTable *table);
/** Whether the form's chart @chart is drawn: only where a picture of so many rows can be read. */
gboolean xq_form_table_has_chart (const XqFormTable *table, guint chart);
/** @printed: for paper, not for a workbook. */
char *xq_form_table_chart_title (const XqFormTable *table, guint chart, gboolean printed);
/** Charts, numbered, stand on a page of their own from this many rows. */
#define XQ_FORM_CHART_MAX_ROWS 40
/** SHA-256 of the document's file (and what its WAL holds); %NULL when it has no path or cannot be read. Blocks. */
const char *xq_form_table_get_fingerprint (XqFormTable *table, GCancellable *cancellable);

/* For the parts of a table: xq-form-check.c, xq-form-suppression.c. */

/** Values of one row, as data of the functions that walk an expression. */
typedef struct
{
  const XqForm *form;
  const XqFormValue *values;
} XqFormEvaluation;
/** XqFormValueFunc: the whole number in a column, formulas computed. @data is an #XqFormEvaluation. */
gint64 xq_form_operand (guint index, gpointer data);
/** XqFormReferenceFunc: the column's number as printed. @data is the #XqFormTable. */
const char *xq_form_printed_number (guint index, gpointer data);
/** The cell of the form's column @index, formulas computed. */
XqFormCell xq_form_cell_compute (const XqForm *form, guint index, const XqFormValue *values);
/** A new row without cells' values, not yet in the table. */
XqFormRow *xq_form_table_make_row (XqFormTable *table, const XqFormRow *names);
void xq_form_check_begin (XqFormTable *table);
void xq_form_check_row (XqFormTable *table, const char *name, const XqFormValue *values);
/** The total row's rules, and the sums against the unit's @own indicators. */
void xq_form_check_total (XqFormTable *table, const XqFormValue *own);
void xq_form_suppress (XqFormTable *table);
/** Which of @n rows with @samples answers are hidden, by rows of the same @parents: pure. @hidden is cleared first. */
void xq_form_choose_hidden (const gint64 *samples, const gint64 *parents, guint n, int minimum, gboolean *hidden);

G_END_DECLS
