#include "xq-unit-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-coverage-bar.h"
#include "xq-coverage-mark.h"

struct _XqUnitRow {
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *mark;
  GtkWidget *texts;
  GtkWidget *name;
  GtkWidget *path; /* NULL in the tree */
  GtkWidget *bar;
  GtkWidget *badge; /* NULL among what a search has found */
  GtkWidget *count;
  XqFindings *findings;
  XqTreeNode *node;
  gulong stamp_id;
};

G_DEFINE_FINAL_TYPE (XqUnitRow, xq_unit_row, GTK_TYPE_WIDGET)

/* The list's own widget has the focus, so it is what is read out. */
static void
name_list_row (XqUnitRow *self, const char *name, const char *description)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));

  while (row != NULL && strcmp (gtk_widget_get_css_name (row), "row") != 0)
    row = gtk_widget_get_parent (row);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* The path without the unit itself and the district: where it is. */
static char *
where_of (const XqUnit *unit)
{
  const char *first = unit->path != NULL ? strchr (unit->path, '/') : NULL;
  const char *last = first != NULL ? strrchr (first + 1, '/') : NULL;
  g_autofree char *middle = NULL;
  g_auto (GStrv) names = NULL;

  if (last == NULL)
    return g_strdup ("");
  middle = g_strndup (first + 1, last - first - 1);
  names = g_strsplit (middle, "/", -1);
  return g_strjoinv (" · ", names);
}

/* How many errors and warnings there are, itself and below: known without asking. */
static void
update_badge (XqUnitRow *self)
{
  guint n = self->node != NULL && self->findings != NULL ? xq_findings_count_urgent (self->findings, xq_tree_node_get_id (self->node)) : 0;
  g_autofree char *number = n > 99 ? g_strdup ("99+") : g_strdup_printf ("%u", n);
  g_autofree char *tooltip = g_strdup_printf (ngettext ("%u finding", "%u findings", n), n);

  if (self->badge == NULL)
    return;
  gtk_widget_set_visible (self->badge, n > 0);
  gtk_label_set_label (GTK_LABEL (self->badge), number);
  gtk_widget_set_tooltip_text (self->badge, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->badge), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
}

static void
update (XqUnitRow *self)
{
  const XqTreeRow *row = xq_tree_node_get_row (self->node);
  gboolean is_compound = row->unit->level == XQ_LEVEL_COMPOUND && self->path == NULL;
  g_autofree char *count = xq_tree_node_dup_count (self->node);

  gtk_label_set_label (GTK_LABEL (self->name), row->unit->name);
  gtk_widget_set_visible (self->mark, is_compound);
  if (is_compound)
    xq_coverage_mark_set_coverage (XQ_COVERAGE_MARK (self->mark), row->coverage);
  if (self->path != NULL)
    {
      g_autofree char *where = where_of (row->unit);

      gtk_label_set_label (GTK_LABEL (self->path), where);
      gtk_widget_set_visible (self->path, *where != '\0');
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), row->unit->path);
      name_list_row (self, row->unit->name, where);
      return;
    }
  gtk_widget_set_visible (self->bar, row->unit->level < XQ_LEVEL_COMPOUND && row->compounds > 0);
  xq_coverage_bar_set (XQ_COVERAGE_BAR (self->bar), row->compounds, row->covered, row->contacted);
  gtk_label_set_label (GTK_LABEL (self->count), count);
  update_badge (self);
  gtk_widget_set_tooltip_text (self->name, row->unit->name);
  name_list_row (self, row->unit->name, count);
}

static void
xq_unit_row_dispose (GObject *object)
{
  XqUnitRow *self = XQ_UNIT_ROW (object);

  xq_unit_row_set_node (self, NULL);
  g_clear_object (&self->findings);
  g_clear_pointer (&self->badge, gtk_widget_unparent);
  g_clear_pointer (&self->mark, gtk_widget_unparent);
  g_clear_pointer (&self->texts, gtk_widget_unparent);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_pointer (&self->count, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_unit_row_parent_class)->dispose (object);
}

static void
xq_unit_row_class_init (XqUnitRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_unit_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "unit-row");
}

static void
xq_unit_row_init (XqUnitRow *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 4);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
xq_unit_row_new (gboolean with_path)
{
  XqUnitRow *self = g_object_new (XQ_TYPE_UNIT_ROW, NULL);

  self->mark = xq_coverage_mark_new (XQ_COVERAGE_NONE);
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  self->texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->texts, TRUE);
  gtk_widget_set_valign (self->texts, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->texts, GTK_WIDGET (self));
  self->name = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->name, "xq-unit-name");
  gtk_box_append (GTK_BOX (self->texts), self->name);
  if (with_path)
    {
      self->path = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
      gtk_widget_add_css_class (self->path, "xq-unit-path");
      gtk_box_append (GTK_BOX (self->texts), self->path);
      return GTK_WIDGET (self);
    }
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "xq-finding-badge");
  gtk_widget_set_valign (self->badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->badge, FALSE);
  gtk_widget_set_parent (self->badge, GTK_WIDGET (self));
  self->bar = xq_coverage_bar_new ();
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  /* Counts of aggregates line up, and with them the bars before them. */
  self->count = g_object_new (GTK_TYPE_LABEL, "xalign", 1.f, "width-chars", 7, NULL);
  gtk_widget_add_css_class (self->count, "xq-unit-count");
  gtk_widget_set_parent (self->count, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
xq_unit_row_set_node (XqUnitRow *self, XqTreeNode *node)
{
  g_return_if_fail (XQ_IS_UNIT_ROW (self));

  if (self->node == node)
    return;
  if (self->node != NULL)
    g_clear_signal_handler (&self->stamp_id, self->node);
  g_set_object (&self->node, node);
  if (node == NULL)
    return;
  self->stamp_id = g_signal_connect_swapped (node, "notify::stamp", G_CALLBACK (update), self);
  update (self);
}

void
xq_unit_row_set_findings (XqUnitRow *self, XqFindings *findings)
{
  g_return_if_fail (XQ_IS_UNIT_ROW (self) && self->findings == NULL);

  self->findings = g_object_ref (findings);
  g_signal_connect_object (findings, "notify::stamp", G_CALLBACK (update_badge), self, G_CONNECT_SWAPPED);
}

XqTreeNode *
xq_unit_row_get_node (XqUnitRow *self)
{
  return self->node;
}
