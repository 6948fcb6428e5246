/* What is laid out: nothing clipped, nothing overlapping, and shapes that follow the rules of the conventions. */

#include <math.h>

#include "chart-fixtures.h"

static void
check_scene (XqChart *chart, double width, double height, const XqChartStyle *style)
{
  g_autoptr (XqChartScene) scene = xq_chart_layout (chart, width, height, style);
  guint n;
  const XqChartText *texts = xq_chart_scene_get_texts (scene, &n);

  for (guint i = 0; i < n; i++)
    {
      XqChartRect box = texts[i].box;

      if (box.x < -0.01 || box.y < -0.01 || box.x + box.width > width + 0.01 || box.y + box.height > height + 0.5)
        g_error ("%s %.0f×%.0f: “%s” at %.1f,%.1f %.1f×%.1f is clipped", G_OBJECT_TYPE_NAME (chart), width, height, texts[i].text,
                 box.x, box.y, box.width, box.height);
      for (guint j = i + 1; j < n; j++)
        {
          /* Touching is no overlap: glyphs are smaller than their box. */
          XqChartRect a = { box.x + 0.5, box.y + 1, box.width - 1, box.height - 2 };

          if (xq_chart_rect_overlaps (&a, &texts[j].box))
            g_error ("%s %.0f×%.0f: “%s” (%.1f,%.1f) overlaps “%s” (%.1f,%.1f)", G_OBJECT_TYPE_NAME (chart), width, height,
                     texts[i].text, box.x, box.y, texts[j].text, texts[j].box.x, texts[j].box.y);
        }
    }
  for (guint i = 0; i < xq_chart_scene_get_n_marks (scene); i++)
    {
      const XqChartMark *mark = xq_chart_scene_get_mark (scene, i);

      g_assert_nonnull (mark->label);
      g_assert_nonnull (mark->value);
      g_assert_cmpfloat (mark->area.x, >=, -8);
      g_assert_cmpfloat (mark->area.x + mark->area.width, <=, width + 8);
      g_assert_cmpfloat (mark->area.y + mark->area.height, <=, height + 8);
    }
}

static void
test_nothing_clips_or_overlaps (void)
{
  static const double widths[] = { 360, 524, 556, 900, 1280, 1860, 3800 };
  static const double scales[] = { 1, 1.25 };
  g_autoptr (GPtrArray) charts = fixture_all ();

  for (guint i = 0; i < charts->len; i++)
    for (guint s = 0; s < G_N_ELEMENTS (scales); s++)
      {
        XqChart *chart = g_ptr_array_index (charts, i);
        XqChartStyle style = { .text_scale = scales[s] };
        double minimum, natural;

        xq_chart_measure (chart, &style, &minimum, &natural);
        g_assert_cmpfloat (natural, >=, minimum);
        for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
          {
            check_scene (chart, widths[w], minimum, &style);
            check_scene (chart, widths[w], natural, &style);
            check_scene (chart, widths[w], MAX (minimum, 268), &style);
            check_scene (chart, widths[w], MAX (minimum, 700), &style);
          }
      }
}

/* The segments of a row, without its mark for the whole row. */
static GPtrArray *
segments_of (XqChartScene *scene, guint row)
{
  GPtrArray *marks = g_ptr_array_new ();

  for (guint i = 0; i < xq_chart_scene_get_n_marks (scene); i++)
    {
      const XqChartMark *mark = xq_chart_scene_get_mark (scene, i);

      if (mark->row == row && strstr (mark->label, " · ") != NULL)
        g_ptr_array_add (marks, (gpointer)mark);
    }
  return marks;
}

static void
test_segments (void)
{
  g_autoptr (XqChart) chart = fixture_coverage (FALSE);
  g_autoptr (XqChartScene) scene = xq_chart_layout (chart, 524, 280, NULL);
  double before = INFINITY;

  for (guint row = 0; row < G_N_ELEMENTS (FIXTURE_STREETS); row++)
    {
      g_autoptr (GPtrArray) segments = segments_of (scene, row);
      const XqChartMark *last = NULL;
      double length;

      g_assert_cmpuint (segments->len, >=, 2);
      for (guint i = 0; i < segments->len; i++)
        {
          const XqChartMark *segment = g_ptr_array_index (segments, i);

          g_assert_cmpfloat (segment->area.width, >=, 7);
          /* One white pixel between neighbours. */
          if (last != NULL)
            g_assert_cmpfloat_with_epsilon (segment->area.x, last->area.x + last->area.width + 1, 1e-6);
          last = segment;
        }
      length = last->area.x + last->area.width - ((const XqChartMark *)g_ptr_array_index (segments, 0))->area.x;
      /* Longest first; the least width of small segments may blur the last pixels. */
      g_assert_cmpfloat (length, <=, before + 15);
      before = length;
    }
}

static void
test_rows_are_sorted (void)
{
  g_autoptr (XqChart) counts = fixture_coverage_many (15, FALSE), shares = fixture_coverage (TRUE);
  g_autoptr (XqChartScene) scene = xq_chart_layout (counts, 600, 400, NULL);
  g_autoptr (XqChartScene) share_scene = xq_chart_layout (shares, 600, 400, NULL);
  gint64 before = G_MAXINT64;

  for (guint i = 0; i < xq_chart_scene_get_n_marks (scene); i++)
    {
      const XqChartMark *mark = xq_chart_scene_get_mark (scene, i);
      gint64 total;

      if (strstr (mark->label, " · ") != NULL)
        continue;
      total = g_ascii_strtoll (mark->value, NULL, 10);
      g_assert_cmpint (total, <=, before);
      before = total;
    }
  /* As shares the fully covered come first. */
  g_assert_cmpstr (xq_chart_scene_get_mark (share_scene, 0)->label, ==, "花湖镇");
}

static void
test_values_only_where_they_fit (void)
{
  g_autoptr (GPtrArray) charts = fixture_all ();

  for (guint c = 0; c < charts->len; c++)
    {
      g_autoptr (XqChartScene) scene = xq_chart_layout (g_ptr_array_index (charts, c), 524, 300, NULL);
      guint n;
      const XqChartText *texts = xq_chart_scene_get_texts (scene, &n);

      if (!XQ_IS_COVERAGE_CHART (g_ptr_array_index (charts, c)))
        continue;
      for (guint i = 0; i < xq_chart_scene_get_n_marks (scene); i++)
        {
          const XqChartMark *mark = xq_chart_scene_get_mark (scene, i);

          if (strstr (mark->label, " · ") == NULL)
            continue;
          /* A text that begins in a segment also ends in it. */
          for (guint t = 0; t < n; t++)
            if (xq_chart_rect_contains (&mark->area, texts[t].box.x + texts[t].box.width / 2,
                                        texts[t].box.y + texts[t].box.height / 2))
              {
                g_assert_cmpfloat (texts[t].box.x, >=, mark->area.x);
                g_assert_cmpfloat (texts[t].box.x + texts[t].box.width, <=, mark->area.x + mark->area.width);
              }
        }
    }
}

static gboolean
has_text (XqChartScene *scene, const char *part)
{
  guint n;
  const XqChartText *texts = xq_chart_scene_get_texts (scene, &n);

  for (guint i = 0; i < n; i++)
    if (strstr (texts[i].text, part) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_more_rows_than_room (void)
{
  g_autoptr (XqChart) chart = fixture_coverage_many (60, FALSE);
  g_autoptr (XqChartScene) small = xq_chart_layout (chart, 524, 300, NULL), tall = xq_chart_layout (chart, 524, 1400, NULL);
  const XqChartMark *last = xq_chart_scene_get_mark (small, xq_chart_scene_get_n_marks (small) - 1);

  g_assert_cmpstr (last->key, ==, "more");
  g_assert_true (last->focusable);
  for (guint i = 0; i < xq_chart_scene_get_n_marks (tall); i++)
    g_assert_null (xq_chart_scene_get_mark (tall, i)->key);
}

static void
test_worst_rows_stay (void)
{
  g_autoptr (XqChart) chart = fixture_interval_many (60);
  g_autoptr (XqChartScene) small = xq_chart_layout (chart, 524, 300, NULL), tall = xq_chart_layout (chart, 524, 1500, NULL);
  const char *worst = NULL;
  guint n_shown = 0;
  gboolean found = FALSE;

  for (guint i = 0; i < xq_chart_scene_get_n_marks (tall); i++)
    if (strchr (xq_chart_scene_get_mark (tall, i)->value, '%') != NULL)
      worst = xq_chart_scene_get_mark (tall, i)->label;
  for (guint i = 0; i < xq_chart_scene_get_n_marks (small); i++)
    {
      n_shown++;
      found = found || strcmp (xq_chart_scene_get_mark (small, i)->label, worst) == 0;
    }
  g_assert_cmpuint (n_shown, <, 20);
  g_assert_true (found);
}

static void
test_break (void)
{
  g_autoptr (XqChart) chart = fixture_trend (FALSE);
  g_autoptr (XqChartScene) scene = xq_chart_layout (chart, 524, 268, NULL);

  /* Both sides of a re-draw are labelled, and what changed is said. */
  g_assert_true (has_text (scene, "44.7%"));
  g_assert_true (has_text (scene, "61.5%"));
  g_assert_true (has_text (scene, "936 → 545"));
  g_assert_true (has_text (scene, "99.1%"));
  g_assert_false (has_text (scene, "Plan"));
}

static void
test_plan (void)
{
  g_autoptr (XqChart) chart = fixture_trend (TRUE);
  g_autoptr (XqChartScene) scene = xq_chart_layout (chart, 524, 268, NULL);

  g_assert_true (has_text (scene, "40%"));
  g_assert_true (has_text (scene, "75%"));
  g_assert_true (has_text (scene, "100%"));
  g_assert_true (has_text (scene, "98.8%"));
}

/* Whether dark ink lies on the straight line between two points of the plot, a quarter of the way along. */
static gboolean
is_inked (cairo_surface_t *surface, double x, double y)
{
  const guint32 *pixels = (const guint32 *)(gconstpointer)cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface) / 4;

  for (int dy = -1; dy <= 1; dy++)
    {
      guint32 pixel = pixels[((int)y + dy) * stride + (int)x];

      if ((pixel & 255) > (pixel >> 16 & 255) + 40)
        return TRUE;
    }
  return FALSE;
}

static void
test_line_is_broken (void)
{
  g_autoptr (XqChart) chart = fixture_trend (FALSE);
  g_autoptr (XqChartScene) scene = xq_chart_layout (chart, 524, 268, NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 524, 268);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  xq_chart_scene_draw (scene, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (guint i = 1; i < FIXTURE_QUARTERS; i++)
    {
      const XqChartMark *a = xq_chart_scene_get_mark (scene, i - 1), *b = xq_chart_scene_get_mark (scene, i);
      double x = (a->area.x + 3 * b->area.x) / 4 + 7, y = (a->area.y + 3 * b->area.y) / 4 + 7;

      g_assert_cmpint (is_inked (surface, x, y), ==, i != 5);
    }
  cairo_surface_destroy (surface);
}

static void
test_dark_differs (void)
{
  const XqChartPalette *light = xq_chart_palette_get (FALSE), *dark = xq_chart_palette_get (TRUE);

  g_assert_cmpfloat (light->ink.red, <, 0.5);
  g_assert_cmpfloat (dark->ink.red, >, 0.5);
  g_assert_cmpfloat (light->card.red, >, dark->card.red);
}

static void
test_sample_is_said (void)
{
  g_autoptr (GPtrArray) charts = fixture_all ();

  for (guint i = 0; i < charts->len; i++)
    {
      XqChart *chart = g_ptr_array_index (charts, i);
      g_autoptr (XqChartScene) scene = NULL;

      xq_chart_set_sample (chart, TRUE);
      scene = xq_chart_layout (chart, 524, 300, NULL);
      /* Empty charts hold nothing, generated or not. */
      if (xq_chart_scene_get_n_marks (scene) > 0)
        g_assert_true (has_text (scene, "Sample data"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/layout/nothing-clips-or-overlaps", test_nothing_clips_or_overlaps);
  g_test_add_func ("/chart/layout/segments", test_segments);
  g_test_add_func ("/chart/layout/rows-are-sorted", test_rows_are_sorted);
  g_test_add_func ("/chart/layout/values-only-where-they-fit", test_values_only_where_they_fit);
  g_test_add_func ("/chart/layout/more-rows-than-room", test_more_rows_than_room);
  g_test_add_func ("/chart/layout/worst-rows-stay", test_worst_rows_stay);
  g_test_add_func ("/chart/layout/break", test_break);
  g_test_add_func ("/chart/layout/plan", test_plan);
  g_test_add_func ("/chart/layout/line-is-broken", test_line_is_broken);
  g_test_add_func ("/chart/layout/dark-differs", test_dark_differs);
  g_test_add_func ("/chart/layout/sample-is-said", test_sample_is_said);
  return g_test_run ();
}
