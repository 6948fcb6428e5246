#include "xq-chart.h"

#include <glib/gi18n-lib.h>

#define NOTE_SIZE 11.5

typedef struct
{
  char *title, *subject, *caption, *empty;
  gboolean sample;
} XqChartPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (XqChart, xq_chart, G_TYPE_OBJECT)
G_DEFINE_QUARK (xq - chart - error - quark, xq_chart_error)

static void
xq_chart_finalize (GObject *object)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (XQ_CHART (object));

  g_free (priv->title);
  g_free (priv->subject);
  g_free (priv->caption);
  g_free (priv->empty);
  G_OBJECT_CLASS (xq_chart_parent_class)->finalize (object);
}

static void
xq_chart_class_init (XqChartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_chart_finalize;
}

static void
xq_chart_init (XqChart *chart)
{
}

const char *
xq_chart_get_title (XqChart *chart)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (chart);

  return priv->title;
}

void
xq_chart_set_title (XqChart *chart, const char *title)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (chart);

  g_free (priv->title);
  priv->title = g_strdup (title);
}

const char *
xq_chart_get_subject (XqChart *chart)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (chart);

  return priv->subject;
}

void
xq_chart_set_subject (XqChart *chart, const char *subject)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (chart);

  g_free (priv->subject);
  priv->subject = g_strdup (subject);
}

const char *
xq_chart_get_caption (XqChart *chart)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (chart);

  return priv->caption;
}

void
xq_chart_set_caption (XqChart *chart, const char *caption)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (chart);

  g_free (priv->caption);
  priv->caption = g_strdup (caption);
}

const char *
xq_chart_get_empty (XqChart *chart)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (chart);

  g_return_val_if_fail (XQ_IS_CHART (chart), NULL);
  return priv->empty != NULL ? priv->empty : _ ("Nothing to show yet");
}

void
xq_chart_set_empty (XqChart *chart, const char *why)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (chart);

  g_return_if_fail (XQ_IS_CHART (chart));
  g_free (priv->empty);
  priv->empty = g_strdup (why);
}

gboolean
xq_chart_get_sample (XqChart *chart)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (chart);

  return priv->sample;
}

void
xq_chart_set_sample (XqChart *chart, gboolean sample)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (chart);

  priv->sample = sample;
}

void
xq_chart_measure (XqChart *chart, const XqChartStyle *style, double *minimum, double *natural)
{
  g_autoptr (XqChartScene) scene = xq_chart_scene_new (0, 0, style);
  double least = 0, wished = 0;

  XQ_CHART_GET_CLASS (chart)->measure (chart, scene, &least, &wished);
  if (minimum != NULL)
    *minimum = least;
  if (natural != NULL)
    *natural = MAX (least, wished);
}

XqChartScene *
xq_chart_layout (XqChart *chart, double width, double height, const XqChartStyle *style)
{
  XqChartScene *scene = xq_chart_scene_new (width, height, style);

  XQ_CHART_GET_CLASS (chart)->layout (chart, scene);
  return scene;
}

void
xq_chart_draw (XqChart *chart, cairo_t *cr, double width, double height, const XqChartStyle *style)
{
  g_autoptr (XqChartScene) scene = xq_chart_layout (chart, width, height, style);

  xq_chart_scene_draw (scene, cr);
}

char *
xq_chart_summarise (XqChart *chart)
{
  XqChartPrivate *priv = xq_chart_get_instance_private (chart);
  g_autofree char *body = XQ_CHART_GET_CLASS (chart)->summarise (chart);
  GString *text = g_string_new (NULL);

  if (priv->title != NULL && priv->subject != NULL)
    g_string_append_printf (text, C_ ("chart", "%s (%s): "), priv->title, priv->subject);
  else if (priv->title != NULL)
    g_string_append_printf (text, C_ ("chart", "%s: "), priv->title);
  g_string_append (text, body);
  if (priv->sample)
    g_string_append (text, _ (" Contains sample data."));
  return g_string_free (text, FALSE);
}

GPtrArray *
xq_chart_tabulate (XqChart *chart)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  XQ_CHART_GET_CLASS (chart)->tabulate (chart, rows);
  return rows;
}

char *
xq_chart_to_tsv (XqChart *chart)
{
  g_autoptr (GPtrArray) rows = xq_chart_tabulate (chart);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      char **cells = g_ptr_array_index (rows, i);

      for (guint j = 0; cells[j] != NULL; j++)
        {
          g_autofree char *cell = g_strdup (cells[j]);

          /* A name may hold anything; a cell may not hold what separates cells. */
          g_strdelimit (cell, "\t\r\n", ' ');
          g_string_append_printf (text, "%s%s", j > 0 ? "\t" : "", cell);
        }
      g_string_append_c (text, '\n');
    }
  if (xq_chart_get_sample (chart))
    g_string_append_printf (text, "%s\n", _ ("Sample data, not to be reported"));
  return g_string_free (text, FALSE);
}

double
xq_chart_add_sample_note (XqChart *chart, XqChartScene *scene, double baseline)
{
  XqChartFont font
      = { .size = NOTE_SIZE, .colour = xq_chart_scene_get_palette (scene)->contact_text, .anchor = XQ_CHART_ANCHOR_END };

  if (!xq_chart_get_sample (chart))
    return 0;
  return xq_chart_scene_add_text (scene, xq_chart_scene_get_width (scene), baseline, &font, _ ("Sample data")).width;
}

void
xq_chart_add_table_row (GPtrArray *rows, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  va_list cells;
  char *cell;

  va_start (cells, rows);
  while ((cell = va_arg (cells, char *)) != NULL)
    {
      g_strv_builder_add (builder, cell);
      g_free (cell);
    }
  va_end (cells);
  g_ptr_array_add (rows, g_strv_builder_end (builder));
}
