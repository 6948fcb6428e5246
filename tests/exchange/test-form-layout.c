#include <locale.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "form-fixture.h"
#include "xq-form-layout.h"
#include "xq-form-paint.h"

static XqFormLayout *
make_layout (guint n, XqReportPaper paper, gboolean with_chart)
{
  XqFormSubject subject = form_fixture_subject (xq_form_get_builtin ("coverage", NULL));
  g_autoptr (XqFormTable) table = NULL;

  subject.paper = paper;
  subject.with_chart = with_chart;
  table = form_fixture_coverage (n, &subject);
  return xq_form_layout_new (table);
}

static guint
count_text (const XqFormPage *page, const char *text)
{
  guint n = 0;

  for (guint i = 0; i < page->items->len; i++)
    {
      const XqFormItem *item = &g_array_index (page->items, XqFormItem, i);

      n += item->kind == XQ_FORM_ITEM_TEXT && g_str_has_prefix (item->text, text);
    }
  return n;
}

static const guint counts[] = { 0, 1, 2, 8, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 40, 41, 171, 2000 };

/* Whatever the number of rows: each stands on one page, in order, and the foot once, behind them. */
static void
test_every_row_once (void)
{
  for (guint paper = 0; paper <= 1; paper++)
    for (guint chart = 0; chart <= 1; chart++)
      for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
        {
          g_autoptr (XqFormLayout) layout = make_layout (counts[i], paper, chart);
          guint next = 0, n_tails = 0, n_charts = 0, n_pages = xq_form_layout_get_n_pages (layout);

          for (guint page = 0; page < n_pages; page++)
            {
              const XqFormPageRange *range = xq_form_layout_get_range (layout, page);

              g_assert_cmpuint (range->first, ==, next);
              g_assert_cmpuint (range->last, >=, range->first);
              g_assert_true (page == 0 || n_tails == 0 || range->has_charts);
              next = range->last;
              n_tails += range->has_tail;
              n_charts += range->has_charts;
            }
          g_assert_cmpuint (next, ==, counts[i]);
          g_assert_cmpuint (n_tails, ==, 1);
          g_assert_cmpuint (n_charts, ==, chart && counts[i] > 1 && counts[i] <= XQ_FORM_CHART_MAX_ROWS ? 1 : 0);
        }
}

/* Nothing leaves the paper. */
static void
test_inside (void)
{
  for (guint paper = 0; paper <= 1; paper++)
    for (guint i = 0; i < G_N_ELEMENTS (counts) - 1; i++)
      {
        g_autoptr (XqFormLayout) layout = make_layout (counts[i], paper, TRUE);
        double width, height;

        xq_form_layout_get_page_size (layout, &width, &height);
        for (guint p = 0; p < xq_form_layout_get_n_pages (layout); p++)
          {
            g_autoptr (XqFormPage) page = xq_form_layout_get_page (layout, p);

            for (guint k = 0; k < page->items->len; k++)
              {
                const XqFormItem *item = &g_array_index (page->items, XqFormItem, k);

                g_assert_cmpfloat (item->x, >=, 20);
                g_assert_cmpfloat (item->y, >=, 20);
                g_assert_cmpfloat (item->width, >=, 0);
                g_assert_cmpfloat (item->height, >=, 0);
                g_assert_cmpfloat (item->x + item->width, <=, width - 20);
                g_assert_cmpfloat (item->y + item->height, <=, height - 10);
              }
          }
      }
}

/* The head of the table stands on every page that has rows of it; title, entries and signatures once. */
static void
test_heads (void)
{
  g_autoptr (XqFormLayout) layout = make_layout (171, XQ_REPORT_PAPER_A4, FALSE);
  guint n_pages = xq_form_layout_get_n_pages (layout), signatures = 0, entries = 0;

  g_assert_cmpuint (n_pages, >, 5);
  for (guint p = 0; p < n_pages; p++)
    {
      g_autoptr (XqFormPage) page = xq_form_layout_get_page (layout, p);
      gboolean rows = xq_form_layout_get_range (layout, p)->has_table;

      g_assert_cmpuint (count_text (page, "治理单元数"), ==, rows ? 1 : 0);
      g_assert_cmpuint (count_text (page, "小区（治理单元）党组织覆盖情况统计表"), ==, 1);
      signatures += count_text (page, "填表人：");
      entries += count_text (page, "填报单位（盖章）：");
    }
  g_assert_cmpuint (signatures, ==, 1);
  g_assert_cmpuint (entries, ==, 1);
}

/* The form of a district's streets on one sheet, with its pictures on A3. */
static void
test_one_page (void)
{
  g_autoptr (XqFormLayout) a4 = make_layout (15, XQ_REPORT_PAPER_A4, FALSE);
  g_autoptr (XqFormLayout) a3 = make_layout (15, XQ_REPORT_PAPER_A3, TRUE);
  g_autoptr (XqFormLayout) few = make_layout (8, XQ_REPORT_PAPER_A4, TRUE);
  double width, height;

  g_assert_cmpuint (xq_form_layout_get_n_pages (a4), ==, 1);
  g_assert_cmpuint (xq_form_layout_get_n_pages (a3), ==, 1);
  g_assert_cmpuint (xq_form_layout_get_n_pages (few), ==, 1);
  g_assert_true (xq_form_layout_get_range (few, 0)->has_charts);
  g_assert_cmpfloat_with_epsilon (xq_form_layout_get_text_size (few), 11.5, 0.01);
  xq_form_layout_get_page_size (a3, &width, &height);
  g_assert_cmpfloat_with_epsilon (width, 1190.55, 0.01);
  g_assert_cmpfloat_with_epsilon (height, 841.89, 0.01);
}

/* The same table, the same pages: the preview and the PDF cannot differ. */
static void
test_deterministic (void)
{
  g_autoptr (XqFormLayout) one = make_layout (23, XQ_REPORT_PAPER_A4, TRUE);
  g_autoptr (XqFormLayout) two = make_layout (23, XQ_REPORT_PAPER_A4, TRUE);

  g_assert_cmpuint (xq_form_layout_get_n_pages (one), ==, xq_form_layout_get_n_pages (two));
  for (guint p = 0; p < xq_form_layout_get_n_pages (one); p++)
    {
      g_autoptr (XqFormPage) a = xq_form_layout_get_page (one, p);
      g_autoptr (XqFormPage) b = xq_form_layout_get_page (two, p);

      g_assert_cmpuint (a->items->len, ==, b->items->len);
      for (guint i = 0; i < a->items->len; i++)
        {
          const XqFormItem *x = &g_array_index (a->items, XqFormItem, i), *y = &g_array_index (b->items, XqFormItem, i);

          g_assert_cmpstr (x->text, ==, y->text);
          g_assert_cmpfloat (x->x, ==, y->x);
          g_assert_cmpfloat (x->y, ==, y->y);
        }
    }
}

/* What was reckoned without fonts holds with them: numbers fit their cells at the size they are meant to have. */
static void
test_estimates (void)
{
  g_autoptr (XqFormLayout) layout = make_layout (15, XQ_REPORT_PAPER_A4, FALSE);
  g_autoptr (XqFormPage) page = xq_form_layout_get_page (layout, 0);
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoLayout) text = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string ("Noto Serif CJK SC");
  guint n = 0;

  for (guint i = 0; i < page->items->len; i++)
    {
      const XqFormItem *item = &g_array_index (page->items, XqFormItem, i);
      int width, height;

      if (item->kind != XQ_FORM_ITEM_TEXT || item->wrap)
        continue;
      pango_font_description_set_absolute_size (font, item->size * PANGO_SCALE);
      pango_font_description_set_weight (font, item->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
      pango_layout_set_font_description (text, font);
      pango_layout_set_text (text, item->text, -1);
      pango_layout_get_size (text, &width, &height);
      if (width > (item->width + 1) * PANGO_SCALE)
        g_error ("“%s” is %.1f wide, its cell %.1f", item->text, (double)width / PANGO_SCALE, item->width);
      n++;
    }
  g_assert_cmpuint (n, >, 200);
  pango_font_description_free (font);
  g_object_unref (context);
}

/* Painting leaves ink on every page and none in the margins. */
static void
test_painted (void)
{
  g_autoptr (XqFormLayout) layout = make_layout (20, XQ_REPORT_PAPER_A4, TRUE);
  double width, height;

  xq_form_layout_get_page_size (layout, &width, &height);
  for (guint p = 0; p < xq_form_layout_get_n_pages (layout); p++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, ceil (width), ceil (height));
      cairo_t *cr = cairo_create (surface);
      const guint8 *data;
      gsize ink = 0, outside = 0;

      xq_form_paint_page (layout, p, cr);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      data = cairo_image_surface_get_data (surface);
      for (int y = 0; y < ceil (height); y++)
        for (int x = 0; x < ceil (width); x++)
          if (data[y * cairo_image_surface_get_stride (surface) + x] > 128)
            {
              ink++;
              outside += x < 38 || x > width - 38 || y < 20 || y > height - 10;
            }
      cairo_surface_destroy (surface);
      g_assert_cmpuint (ink, >, 2000);
      g_assert_cmpuint (outside, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-layout/every-row-once", test_every_row_once);
  g_test_add_func ("/form-layout/inside", test_inside);
  g_test_add_func ("/form-layout/heads", test_heads);
  g_test_add_func ("/form-layout/one-page", test_one_page);
  g_test_add_func ("/form-layout/deterministic", test_deterministic);
  g_test_add_func ("/form-layout/estimates", test_estimates);
  g_test_add_func ("/form-layout/painted", test_painted);
  return g_test_run ();
}
