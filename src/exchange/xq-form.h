#pragma once

#include "xq-form-expression.h"
#include "xq-indicator.h"
#include "xq-report.h"

G_BEGIN_DECLS

/*
 * A form as data/forms/<id>.json defines it: what is printed round the table, its head of merged cells, and what each column
 * is bound to. Forms are written in the language they are printed in. Immutable once read.
 */

typedef enum
{
  XQ_FORM_SOURCE_INDICATOR, /* a part of an indicator */
  XQ_FORM_SOURCE_ATTRIBUTE, /* a ledger column, of compounds */
  XQ_FORM_SOURCE_FORMULA,   /* other columns */
} XqFormSource;

typedef enum
{
  XQ_FORM_PART_NUMERATOR,
  XQ_FORM_PART_DENOMINATOR,
  XQ_FORM_PART_VALUE
} XqFormPart;

typedef enum
{
  XQ_FORM_KIND_COUNT,  /* whole numbers */
  XQ_FORM_KIND_RATE,   /* per cent, one decimal */
  XQ_FORM_KIND_MARGIN, /* percentage points, one decimal */
  XQ_FORM_KIND_TEXT,
} XqFormKind;

typedef enum
{
  XQ_FORM_PERSONAL_NONE,
  XQ_FORM_PERSONAL_NAME,
  XQ_FORM_PERSONAL_PHONE
} XqFormPersonal;

typedef struct
{
  char *id;
  char *label;      /* as printed; "\n" breaks the line */
  char *measure;    /* 个, %; "" for text */
  char *definition; /* what the notes say of it */
  char *basis;      /* source of the definition, or %NULL */
  XqFormSource source;
  XqFormKind kind;
  XqFormPart part;
  const XqIndicator *indicator; /* that it shows, or that a formula has to agree with; or %NULL */
  gboolean own_indicator;       /* @indicator is the form's, not the program's */
  char *attribute;              /* ledger column, or %NULL */
  XqFormNode *formula;          /* or %NULL */
  gboolean summed;              /* the total row adds the rows up */
  int used_by;                  /* printed only where that column is other than 0 in the document; -1: always */
  guint levels;                 /* 1 << XqLevel of the rows it is printed for */
  XqFormPersonal personal;      /* masked on demand */
} XqFormColumn;

/** A heading: over a column, or over several headings. */
typedef struct
{
  char *label;
  int column;          /* or -1: a group */
  GPtrArray *children; /* XqFormHeading *, or %NULL */
} XqFormHeading;

/** "units = single + multiple", or with @less "bodies <= areas". */
typedef struct
{
  XqFormNode *left, *right;
  gboolean less;
} XqFormRule;

typedef enum
{
  XQ_FORM_CHART_STACKED,     /* columns side by side in one bar a row */
  XQ_FORM_CHART_COMPOSITION, /* the same, each bar 100 % */
  XQ_FORM_CHART_TREND,       /* an indicator through the locked periods */
} XqFormChartKind;
typedef enum
{
  XQ_FORM_PALETTE_COVERAGE,
  XQ_FORM_PALETTE_LIKERT
} XqFormPalette;

typedef struct
{
  XqFormChartKind kind;
  char *title;       /* {rows}: what a row is called */
  char *print_title; /* on paper, where a composition is shown as shares with their interval; or %NULL */
  XqFormPalette palette;
  GArray *columns;              /* guint, of constants: chart series point at cells that hold values */
  const XqIndicator *indicator; /* of a trend */
  guint levels;                 /* 1 << XqLevel of the rows it is drawn for */
} XqFormChart;

typedef struct
{
  char *id, *title, *short_title, *description;
  char *measures; /* 计量单位 of the whole form */
  gboolean zero_as_dash;
  guint levels;               /* 1 << XqLevel of the rows it can have */
  guint n_stubs;              /* the first columns, beside the unit's name */
  GPtrArray *columns;         /* XqFormColumn *, stubs first */
  GPtrArray *headings;        /* XqFormHeading *: over the columns behind the stubs */
  GPtrArray *rules;           /* XqFormRule * */
  GPtrArray *notes;           /* char *; {minimum}: least sample */
  GPtrArray *charts;          /* XqFormChart * */
  int sample;                 /* column with the number of answers that decides on suppression, or -1 */
  XqIndicatorSet *indicators; /* the form's own, or %NULL */
} XqForm;

/** Reads a definition; an error is %XQ_REPORT_ERROR_DEFINITION and names the JSON path. */
XqForm *xq_form_parse (const char *json, gssize length, GError **error);
void xq_form_free (XqForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqForm, xq_form_free)

/** One that comes with the program; read once and shared. %XQ_REPORT_ERROR_UNKNOWN_FORM. */
const XqForm *xq_form_get_builtin (const char *id, GError **error);

/** Index of the column called @id, or -1. */
int xq_form_find_column (const XqForm *form, const char *id);
const XqFormColumn *xq_form_get_column (const XqForm *form, guint index);

/**
 * The fixed words of forms (data/forms/words.json): forms are printed in Chinese whatever language the program speaks.
 * A key that is not there is a programming error.
 */
const char *xq_form_word (const char *key);
/** The word with {name} replaced, from name, value pairs ending with %NULL. */
char *xq_form_words (const char *key, ...) G_GNUC_NULL_TERMINATED;
/** The same for any text. */
char *xq_form_fill (const char *text, ...) G_GNUC_NULL_TERMINATED;
/** 2024年三季度 */
char *xq_form_period_label (XqPeriod period);
/** "2024-10-08" → 2024年10月8日; anything else as it is. */
char *xq_form_date_label (const char *date);
/** 甲, 乙 …, then numbers from 1 for columns behind the stubs. */
char *xq_form_number_label (guint position, guint n_stubs);

/* For the parser, xq-form-parse.c: a form and a heading without contents; @column −1 makes a group. */
XqForm *xq_form_new (void);
XqFormHeading *xq_form_heading_new (const char *label, int column);

G_END_DECLS
