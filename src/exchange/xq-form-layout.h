#pragma once

#include "xq-form-table.h"

G_BEGIN_DECLS

/*
 * Where everything of a form stands on paper. Pure: made from the table alone, without fonts, so that the preview, the
 * printer and the PDF break pages at the same rows. Lengths are points (1/72 inch) from the page's top left.
 */
typedef struct _XqFormLayout XqFormLayout;

typedef enum
{
  XQ_FORM_ITEM_TEXT,
  XQ_FORM_ITEM_RULE,
  XQ_FORM_ITEM_BOX,
  XQ_FORM_ITEM_CHART
} XqFormItemKind;
typedef enum
{
  XQ_FORM_ALIGN_START,
  XQ_FORM_ALIGN_MIDDLE,
  XQ_FORM_ALIGN_END
} XqFormAlign;

typedef struct
{
  XqFormItemKind kind;
  double x, y, width, height; /* a text stands in the middle of its height; a rule is as long or as high as it says */
  const char *text;           /* owned by the list */
  double size;                /* of text */
  XqFormAlign align;
  gboolean bold, wrap;     /* wrapped text begins at the top */
  gboolean tinted, italic; /* tinted: in the colour of sample data; sample values are both */
  gboolean faint;          /* of a rule: within the table */
  double thickness;        /* of a rule or box */
  guint chart;             /* of the form */
} XqFormItem;

/** The items of a page. */
typedef struct
{
  GArray *items; /* XqFormItem */
  GStringChunk *strings;
} XqFormPage;
void xq_form_page_free (XqFormPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFormPage, xq_form_page_free)

/** Rows of the body [first, last) on a page. */
typedef struct
{
  guint first, last;
  gboolean has_table, has_tail, has_charts;
} XqFormPageRange;

XqFormLayout *xq_form_layout_new (XqFormTable *table);
XqFormLayout *xq_form_layout_ref (XqFormLayout *layout);
void xq_form_layout_unref (XqFormLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFormLayout, xq_form_layout_unref)

XqFormTable *xq_form_layout_get_table (XqFormLayout *layout);
guint xq_form_layout_get_n_pages (XqFormLayout *layout);
void xq_form_layout_get_page_size (XqFormLayout *layout, double *width, double *height);
const XqFormPageRange *xq_form_layout_get_range (XqFormLayout *layout, guint page);
/** What stands on @page (from 0); made when asked for. */
XqFormPage *xq_form_layout_get_page (XqFormLayout *layout, guint page);
/** Size of the body's text. */
double xq_form_layout_get_text_size (XqFormLayout *layout);

G_END_DECLS
