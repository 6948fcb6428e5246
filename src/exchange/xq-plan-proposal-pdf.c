/* The written proposal on paper: pages of tables as the forms have them, sizes of units as a chart, the map. */

#include <cairo-pdf.h>
#include <math.h>

#include <glib/gi18n-lib.h>

#include "xq-chart.h"
#include "xq-form-paint.h"
#include "xq-histogram-chart.h"
#include "xq-plan-picture.h"
#include "xq-plan-proposal-private.h"
#include "xq-report.h"

#define PAGE_WIDTH 841.89 /* points: A4, landscape */
#define PAGE_HEIGHT 595.28
#define SIDE 36.0
#define TOP 34.0
#define BOTTOM 40.0
#define TITLE 20.0
#define CONTINUED 12.0
#define BODY 8.8
#define LINE 13.0 /* of text in a table */
#define ROW_PADDING 5.0
#define CELL_PADDING 3.5
#define ENTRY 9.5
#define ENTRY_LINE 14.5
#define NOTE 8.5
#define OUTER_RULE 1.2
#define INNER_RULE 0.5
#define CHART_HEIGHT 190.0
#define LEAST_CHART 100.0
#define CHART_SCALE 0.8
#define FAMILY "Noto Serif CJK SC, 宋体, SimSun, serif"

typedef enum
{
  PICTURE_NONE,
  PICTURE_SIZES,
  PICTURE_MAP,
} Picture;

typedef struct
{
  XqFormPage *items;
  Picture picture;
  double y, height; /* of the picture */
} Page;

typedef struct
{
  XqPlanProposal *proposal;
  GArray *pages; /* Page */
  XqFormPage *page;
  double y;
} Paper;

/* ---- Items ---- */

static XqFormPage *
new_items (void)
{
  XqFormPage *items = g_new0 (XqFormPage, 1);

  items->items = g_array_new (FALSE, TRUE, sizeof (XqFormItem));
  items->strings = g_string_chunk_new (4096);
  return items;
}

static XqFormItem *
add_text (XqFormPage *page, double x, double y, double width, double height, const char *text, double size, XqFormAlign align)
{
  XqFormItem item = { .kind = XQ_FORM_ITEM_TEXT,
                      .x = x,
                      .y = y,
                      .width = width,
                      .height = height,
                      .text = g_string_chunk_insert (page->strings, text),
                      .size = size,
                      .align = align };

  g_array_append_val (page->items, item);
  return &g_array_index (page->items, XqFormItem, page->items->len - 1);
}

static void
add_rule (XqFormPage *page, double x, double y, double width, double height, gboolean outer)
{
  XqFormItem item = { .kind = XQ_FORM_ITEM_RULE,
                      .x = x,
                      .y = y,
                      .width = width,
                      .height = height,
                      .faint = !outer,
                      .thickness = outer ? OUTER_RULE : INNER_RULE };

  g_array_append_val (page->items, item);
}

static void
page_clear (gpointer data)
{
  g_clear_pointer (&((Page *)data)->items, xq_form_page_free);
}

static void
new_page (Paper *paper)
{
  Page page = { .items = new_items () };

  g_array_append_val (paper->pages, page);
  paper->page = page.items;
  paper->y = TOP;
}

/* ---- Tables ---- */

static guint
count_lines (const char *text, double width)
{
  return text == NULL ? 1 : MAX (1, (guint)ceil (xq_form_text_ems (text) * BODY * 1.02 / width));
}

/* Left edges of the columns, and one more. */
static double *
place_columns (const XqProposalTable *table)
{
  guint n = table->columns->len;
  double *edges = g_new (double, n + 1), sum = 0, at = SIDE;

  for (guint i = 0; i < n; i++)
    sum += g_array_index (table->columns, XqProposalColumn, i).width;
  for (guint i = 0; i < n; i++)
    {
      edges[i] = at;
      at += g_array_index (table->columns, XqProposalColumn, i).width / sum * (PAGE_WIDTH - 2 * SIDE);
    }
  edges[n] = PAGE_WIDTH - SIDE;
  return edges;
}

static void
add_cell (XqFormPage *page, double x, double y, double width, double height, const char *text, XqFormAlign align, gboolean bold)
{
  double inside = width - 2 * CELL_PADDING;
  guint lines = count_lines (text, inside);
  XqFormItem *item;

  if (text[0] == '\0')
    return;
  if (lines == 1)
    item = add_text (page, x + CELL_PADDING, y, inside, height, text, BODY, align);
  else
    {
      double tall = lines * LINE;

      item = add_text (page, x + CELL_PADDING, y + (height - tall) / 2, inside, tall, text, BODY, align);
      item->wrap = TRUE;
    }
  item->bold = bold;
}

static double
add_head (Paper *paper, const XqProposalTable *table, const double *edges)
{
  guint n = table->columns->len, lines = 1;
  double height;

  for (guint i = 0; i < n; i++)
    lines = MAX (lines, count_lines (g_array_index (table->columns, XqProposalColumn, i).head,
                                     edges[i + 1] - edges[i] - 2 * CELL_PADDING));
  height = lines * LINE + 2 * ROW_PADDING;
  for (guint i = 0; i < n; i++)
    add_cell (paper->page, edges[i], paper->y, edges[i + 1] - edges[i], height,
              g_array_index (table->columns, XqProposalColumn, i).head, XQ_FORM_ALIGN_MIDDLE, TRUE);
  add_rule (paper->page, SIDE, paper->y, PAGE_WIDTH - 2 * SIDE, 0, TRUE);
  paper->y += height;
  add_rule (paper->page, SIDE, paper->y, PAGE_WIDTH - 2 * SIDE, 0, FALSE);
  return height;
}

/* The upright rules of the table from @top to where the paper is now. */
static void
close_table (Paper *paper, const XqProposalTable *table, const double *edges, double top)
{
  for (guint i = 1; i < table->columns->len; i++)
    add_rule (paper->page, edges[i], top, 0, paper->y - top, FALSE);
  add_rule (paper->page, SIDE, top, 0, paper->y - top, TRUE);
  add_rule (paper->page, PAGE_WIDTH - SIDE, top, 0, paper->y - top, TRUE);
  add_rule (paper->page, SIDE, paper->y, PAGE_WIDTH - 2 * SIDE, 0, TRUE);
}

static double
measure_row (const XqProposalTable *table, guint row, const double *edges)
{
  guint lines = 1;

  for (guint i = 0; i < table->columns->len; i++)
    lines = MAX (lines, count_lines (xq_proposal_table_get_cell (table, row, i)->text, edges[i + 1] - edges[i] - 2 * CELL_PADDING));
  return lines * LINE + ROW_PADDING;
}

static void
add_row (Paper *paper, const XqProposalTable *table, guint row, const double *edges, double height)
{
  gboolean total = row == 0 && table->has_total;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const XqProposalCell *cell = xq_proposal_table_get_cell (table, row, i);
      g_autofree char *text = xq_proposal_cell_format (cell);

      add_cell (paper->page, edges[i], paper->y, edges[i + 1] - edges[i], height, text,
                cell->kind == XQ_PROPOSAL_TEXT     ? XQ_FORM_ALIGN_START
                : cell->kind == XQ_PROPOSAL_MIDDLE ? XQ_FORM_ALIGN_MIDDLE
                                                   : XQ_FORM_ALIGN_END,
                total);
    }
  paper->y += height;
}

static double
measure_note (const char *text)
{
  return LINE * ceil (xq_form_text_ems (text) * NOTE * 1.02 / (PAGE_WIDTH - 2 * SIDE));
}

static void
add_notes (Paper *paper, const GPtrArray *notes)
{
  paper->y += 4;
  for (guint i = 0; i < notes->len; i++)
    {
      const char *text = g_ptr_array_index (notes, i);
      double width = PAGE_WIDTH - 2 * SIDE, height = measure_note (text);
      XqFormItem *item;

      if (paper->y + height > PAGE_HEIGHT - BOTTOM)
        new_page (paper);
      item = add_text (paper->page, SIDE, paper->y, width, height, text, NOTE, XQ_FORM_ALIGN_START);
      item->wrap = TRUE;
      paper->y += height;
    }
}

static void
add_continued (Paper *paper, const XqProposalTable *table)
{
  g_autofree char *title = g_strconcat (table->title, xq_form_word ("continued"), NULL);
  XqFormItem *item = add_text (paper->page, SIDE, paper->y, PAGE_WIDTH - 2 * SIDE, 20, title, CONTINUED, XQ_FORM_ALIGN_MIDDLE);

  item->bold = TRUE;
  paper->y += 24;
}

/* The table from here on, over as many pages as it takes, the head again on each. */
static void
add_table (Paper *paper, const XqProposalTable *table)
{
  guint n = xq_proposal_table_get_n_rows (table);
  g_autofree double *edges = place_columns (table);
  double top = paper->y, notes = 4;

  for (guint i = 0; i < table->notes->len; i++)
    notes += measure_note (g_ptr_array_index (table->notes, i));
  if (n > 0)
    add_head (paper, table, edges);
  for (guint i = 0; i < n; i++)
    {
      double height = measure_row (table, i, edges);

      /* The last row keeps its notes company. */
      if (paper->y + height + (i + 1 == n ? notes : 0) > PAGE_HEIGHT - BOTTOM)
        {
          close_table (paper, table, edges, top);
          new_page (paper);
          add_continued (paper, table);
          top = paper->y;
          add_head (paper, table, edges);
        }
      if (paper->y > top && i > 0)
        add_rule (paper->page, SIDE, paper->y, PAGE_WIDTH - 2 * SIDE, 0, FALSE);
      add_row (paper, table, i, edges, height);
    }
  if (n > 0)
    close_table (paper, table, edges, top);
  add_notes (paper, table->notes);
}

/* ---- Heads ---- */

static void
add_title (Paper *paper, const char *title)
{
  XqFormItem *item = add_text (paper->page, SIDE, paper->y, PAGE_WIDTH - 2 * SIDE, 28, title, TITLE, XQ_FORM_ALIGN_MIDDLE);

  item->bold = TRUE;
  paper->y += 34;
}

static void
add_banner (Paper *paper, double x, double y, double width, double height)
{
  XqFormItem box = { .kind = XQ_FORM_ITEM_BOX, .x = x, .y = y, .width = width, .height = height, .tinted = TRUE, .thickness = 1 };
  XqFormItem *item = add_text (paper->page, x, y, width, height, xq_form_word ("sample_banner"), 11, XQ_FORM_ALIGN_MIDDLE);

  item->bold = item->tinted = TRUE;
  g_array_append_val (paper->page->items, box);
}

static char *
entry_text (const XqProposalEntry *entry)
{
  return g_strconcat (entry->label, "：", entry->value != NULL ? entry->value : "", NULL);
}

static void
add_first_head (Paper *paper)
{
  const XqPlanProposal *proposal = paper->proposal;
  g_autofree char *unit = g_strconcat (xq_form_word ("reporting_unit"), "：", proposal->reporting_unit, NULL);
  g_autofree char *date = g_strconcat (xq_form_word ("report_date"), "：", NULL);
  g_autofree char *floor = g_strdup_printf ("%s：%" G_GINT64_FORMAT, xq_form_word ("plan_floor"), proposal->floor);
  double right = PAGE_WIDTH - SIDE - 150, width = PAGE_WIDTH - 2 * SIDE;

  add_title (paper, proposal->title);
  if (proposal->sample)
    add_banner (paper, SIDE, paper->y, 140, 3 * ENTRY_LINE - 6);
  for (guint i = 0; i < proposal->entries->len; i++)
    {
      g_autofree char *text = entry_text (&g_array_index (proposal->entries, XqProposalEntry, i));

      add_text (paper->page, right, paper->y + i * ENTRY_LINE, 150, ENTRY_LINE, text, ENTRY, XQ_FORM_ALIGN_START);
    }
  for (guint i = 0; i < proposal->facts->len; i++)
    {
      g_autofree char *text = entry_text (&g_array_index (proposal->facts, XqProposalEntry, i));

      add_text (paper->page, SIDE + (i < 3 ? 160 : 390), paper->y + i % 3 * ENTRY_LINE, i < 3 ? 220 : 180, ENTRY_LINE, text, ENTRY,
                XQ_FORM_ALIGN_START);
    }
  paper->y += 3 * ENTRY_LINE + 6;
  add_text (paper->page, SIDE, paper->y, width, ENTRY_LINE, unit, ENTRY, XQ_FORM_ALIGN_START);
  add_text (paper->page, SIDE, paper->y, width, ENTRY_LINE, date, ENTRY, XQ_FORM_ALIGN_MIDDLE);
  add_text (paper->page, SIDE, paper->y, width, ENTRY_LINE, floor, ENTRY, XQ_FORM_ALIGN_END);
  paper->y += ENTRY_LINE + 4;
}

static void
add_plain_head (Paper *paper, const char *title)
{
  const XqPlanProposal *proposal = paper->proposal;
  g_autofree char *text = entry_text (&g_array_index (proposal->facts, XqProposalEntry, 0));

  add_title (paper, title);
  add_text (paper->page, SIDE, paper->y - 6, 400, ENTRY_LINE, text, ENTRY, XQ_FORM_ALIGN_START);
  if (proposal->sample)
    add_banner (paper, PAGE_WIDTH - SIDE - 140, paper->y - 12, 140, 18);
  paper->y += ENTRY_LINE;
}

static void
add_section (Paper *paper, const char *title)
{
  XqFormItem *item;

  paper->y += 10;
  if (paper->y + 100 > PAGE_HEIGHT - BOTTOM)
    new_page (paper);
  item = add_text (paper->page, SIDE, paper->y, PAGE_WIDTH - 2 * SIDE, 18, title, CONTINUED, XQ_FORM_ALIGN_START);
  item->bold = TRUE;
  paper->y += 22;
}

static void
add_signatures (Paper *paper)
{
  static const char *const KEYS[] = { "head", "checked_by", "filled_by", "phone", "sent_date" };
  double width = (PAGE_WIDTH - 2 * SIDE) / G_N_ELEMENTS (KEYS);

  if (paper->y + 30 > PAGE_HEIGHT - BOTTOM)
    new_page (paper);
  paper->y += 12;
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    {
      g_autofree char *text = g_strconcat (xq_form_word (KEYS[i]), "：", NULL);

      add_text (paper->page, SIDE + i * width, paper->y, width, ENTRY_LINE, text, ENTRY, XQ_FORM_ALIGN_START);
    }
}

static void
set_picture (Paper *paper, Picture picture)
{
  Page *page = &g_array_index (paper->pages, Page, paper->pages->len - 1);

  page->picture = picture;
  page->y = paper->y;
  page->height = MIN (PAGE_HEIGHT - BOTTOM - 6 - paper->y, picture == PICTURE_SIZES ? CHART_HEIGHT : PAGE_HEIGHT);
}

static void
lay_out (Paper *paper)
{
  GPtrArray *tables = paper->proposal->tables;
  const XqProposalTable *table;

  new_page (paper);
  add_first_head (paper);
  add_table (paper, g_ptr_array_index (tables, XQ_PROPOSAL_UNITS));
  add_signatures (paper);
  table = g_ptr_array_index (tables, XQ_PROPOSAL_FLOWS);
  new_page (paper);
  add_plain_head (paper, table->title);
  add_table (paper, table);
  table = g_ptr_array_index (tables, XQ_PROPOSAL_RULES);
  new_page (paper);
  add_plain_head (paper, table->title);
  add_table (paper, table);
  table = g_ptr_array_index (tables, XQ_PROPOSAL_FAULTS);
  add_section (paper, table->title);
  add_table (paper, table);
  table = g_ptr_array_index (tables, XQ_PROPOSAL_METRICS);
  new_page (paper);
  add_plain_head (paper, table->title);
  add_table (paper, table);
  table = g_ptr_array_index (tables, XQ_PROPOSAL_SIZES);
  if (paper->y + LEAST_CHART + 38 > PAGE_HEIGHT - BOTTOM)
    new_page (paper);
  add_section (paper, table->title);
  set_picture (paper, PICTURE_SIZES);
  new_page (paper);
  add_plain_head (paper, xq_form_word ("plan_title_map"));
  paper->y += 4;
  set_picture (paper, PICTURE_MAP);
}

/* Page numbers, when it is known how many pages there are; and what the map is, below it. */
static void
add_feet (Paper *paper)
{
  g_autofree char *total = g_strdup_printf ("%u", paper->pages->len);

  for (guint i = 0; i < paper->pages->len; i++)
    {
      const Page *page = &g_array_index (paper->pages, Page, i);
      g_autofree char *n = g_strdup_printf ("%u", i + 1);
      g_autofree char *text = xq_form_words ("page", "n", n, "total", total, NULL);

      add_text (page->items, SIDE, PAGE_HEIGHT - 28, PAGE_WIDTH - 2 * SIDE, 14, text, NOTE, XQ_FORM_ALIGN_MIDDLE);
      if (page->picture == PICTURE_MAP)
        {
          g_autoptr (GString) notes = g_string_new (NULL);

          for (guint k = 0; k < paper->proposal->map_notes->len; k++)
            g_string_append (notes, g_ptr_array_index (paper->proposal->map_notes, k));
          add_text (page->items, SIDE, PAGE_HEIGHT - BOTTOM - 2, PAGE_WIDTH - 2 * SIDE, 12, notes->str, NOTE, XQ_FORM_ALIGN_START);
        }
    }
}

/* ---- Painting ---- */

static gint64 *
list_sizes (const XqPlanScore *score, guint *n)
{
  gint64 *sizes = g_new (gint64, score->units->len + 1);

  *n = 0;
  for (guint i = 0; i < score->units->len; i++)
    if (g_array_index (score->units, XqPlanUnit, i).n_base > 0)
      sizes[(*n)++] = g_array_index (score->units, XqPlanUnit, i).households;
  return sizes;
}

static void
paint_sizes (const XqPlanProposal *proposal, cairo_t *cr, double y, double height)
{
  const XqChartStyle style = { .family = FAMILY };
  const XqHistogramOptions options = { .name = xq_form_word ("plan_plan"), .outline_name = xq_form_word ("plan_today") };
  guint n, n_today;
  g_autofree gint64 *sizes = list_sizes (proposal->comparison->scores[1], &n);
  g_autofree gint64 *today = list_sizes (proposal->comparison->scores[0], &n_today);
  g_autoptr (XqChart) chart = xq_histogram_chart_new (sizes, n, today, n_today, &options);

  cairo_save (cr);
  cairo_translate (cr, SIDE, y);
  cairo_scale (cr, CHART_SCALE, CHART_SCALE);
  xq_chart_draw (chart, cr, (PAGE_WIDTH - 2 * SIDE) / CHART_SCALE, height / CHART_SCALE, &style);
  cairo_restore (cr);
}

/* As a sheet whose letters are as large as those beside it. */
static void
paint_map (const XqPlanProposal *proposal, cairo_t *cr, double y, double height)
{
  const double scale = 0.5;
  double width = PAGE_WIDTH - 2 * SIDE;

  cairo_save (cr);
  cairo_translate (cr, SIDE, y);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  cairo_scale (cr, scale, scale);
  xq_plan_picture_draw (proposal->ground, proposal->scenario, NULL, cr, width / scale, height / scale);
  cairo_restore (cr);
  cairo_rectangle (cr, SIDE, y, width, height);
  cairo_set_source_rgb (cr, 0.33, 0.33, 0.33);
  cairo_set_line_width (cr, INNER_RULE);
  cairo_stroke (cr);
}

typedef struct
{
  XqOutputFile *file;
  GError *error;
} Sink;

static cairo_status_t
take (void *data, const unsigned char *bytes, unsigned int size)
{
  Sink *sink = data;

  if (sink->error == NULL && xq_output_file_write (sink->file, bytes, size, &sink->error))
    return CAIRO_STATUS_SUCCESS;
  return CAIRO_STATUS_WRITE_ERROR;
}

static void
set_metadata (cairo_surface_t *surface, const XqPlanProposal *proposal)
{
  g_autofree char *program = xq_form_words ("notes_program_name", "version", XIAOQU_VERSION, NULL);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, proposal->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT,
                                  proposal->sample ? xq_form_word ("sample_banner")
                                                   : g_array_index (proposal->facts, XqProposalEntry, 0).value);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, program);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, proposal->reporting_unit);
}

static cairo_status_t
paint (const Paper *paper, Sink *sink, GCancellable *cancellable)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (take, sink, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  set_metadata (surface, paper->proposal);
  for (guint i = 0; i < paper->pages->len && cairo_status (cr) == CAIRO_STATUS_SUCCESS; i++)
    {
      const Page *page = &g_array_index (paper->pages, Page, i);

      if (g_cancellable_is_cancelled (cancellable))
        break;
      xq_progress_report (cancellable, i, paper->pages->len);
      xq_form_paint_items (page->items, NULL, cr);
      if (page->picture == PICTURE_SIZES)
        paint_sizes (paper->proposal, cr, page->y, page->height);
      else if (page->picture == PICTURE_MAP)
        paint_map (paper->proposal, cr, page->y, page->height);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  xq_chart_finish_surface (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

gboolean
xq_proposal_pdf_write (XqPlanProposal *proposal, XqOutputFile *file, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) pages = g_array_new (FALSE, TRUE, sizeof (Page));
  Paper paper = { .proposal = proposal, .pages = pages };
  Sink sink = { file, NULL };
  gboolean token;
  cairo_status_t status;

  g_array_set_clear_func (pages, page_clear);
  lay_out (&paper);
  add_feet (&paper);
  token = xq_output_file_begin_limit ();
  status = paint (&paper, &sink, cancellable);
  xq_output_file_end_limit (token);
  if (g_cancellable_is_cancelled (cancellable))
    g_clear_error (&sink.error);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (sink.error != NULL)
    {
      g_propagate_error (error, sink.error);
      return FALSE;
    }
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FAILED, _ ("%s: could not be written: %s"), path,
               cairo_status_to_string (status));
  return FALSE;
}
