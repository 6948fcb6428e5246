#include "xq-ledger-cell-view.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "xq-coverage-mark.h"
#include "xq-ledger-legend.h"
#include "xq-trace.h"

#define ROW_HEIGHT 30
#define MARK XQ_LEDGER_SIGN_SIZE
#define BAR_WIDTH 30
#define BAR_HEIGHT 8
#define PILL_HEIGHT 20
#define PILL_PADDING 8

struct _XqLedgerCellView
{
  GtkWidget parent_instance;

  /* borrowed */
  const XqLedgerColumn *column;
  const XqLedgerLook *look;
  GtkListItem *list_item; /* while bound */

  /* owned */
  XqLedgerItem *item;
  PangoLayout *layout; /* NULL: to be made */
  gulong changed_handler;

  guint column_index;
  int index; /* in the row's cells */
  XqCellMarks marks;
};

G_DEFINE_FINAL_TYPE (XqLedgerCellView, xq_ledger_cell_view, GTK_TYPE_WIDGET)

static const XqLedgerCell *
get_cell (XqLedgerCellView *self)
{
  const XqLedgerRow *row = self->item != NULL ? xq_ledger_item_get_row (self->item) : NULL;

  return row != NULL && self->index >= 0 && (guint)self->index < row->n_cells ? &row->cells[self->index] : NULL;
}

/* How a cell's text looks. */
typedef struct
{
  const char *text; /* borrowed, or as @owned */
  char *owned;
  const char *color; /* name, or NULL for the text colour */
  const char *pill;  /* name of its ground's colour; NULL: none */
  gboolean outlined; /* the pill is a line only */
  gboolean bold;
  gboolean small;
  gboolean end; /* right-aligned */
} Text;

static void
set_pill (Text *text, const char *color, const char *pill, gboolean outlined)
{
  text->color = color;
  text->pill = pill;
  text->outlined = outlined;
  text->bold = text->small = TRUE;
}

static void
style_organisation (Text *text, const char *nick)
{
  if (g_strcmp0 (nick, "committee") == 0 || g_strcmp0 (nick, "general_branch") == 0)
    set_pill (text, "xq_info", "xq_info_bg", FALSE);
  else if (g_strcmp0 (nick, "branch") == 0)
    set_pill (text, "xq_dim", "xq_mute_bg", FALSE);
  else if (g_strcmp0 (nick, "contact") == 0)
    set_pill (text, "xq_contact", "xq_contact_bg", FALSE);
  else if (g_strcmp0 (nick, "none") == 0)
    set_pill (text, "xq_warn", "xq_warn_bg", FALSE);
  else
    set_pill (text, "xq_dim", "xq_line_strong", TRUE);
}

static Text
style_text (XqLedgerCellView *self, const XqLedgerCell *cell)
{
  Text text = { .text = cell->text };

  text.end = self->column->type == XQ_LEDGER_CELL_NUMBER;
  if (cell->is_null)
    {
      text.text = "—";
      text.color = "xq_faint";
      return text;
    }
  switch (self->column->type)
    {
    case XQ_LEDGER_CELL_NUMBER:
      if (self->look != NULL && g_strcmp0 (self->column->id, self->look->founding_column) == 0
          && cell->number < self->look->founding_members)
        {
          text.color = "xq_warn";
          text.bold = TRUE;
        }
      break;
    case XQ_LEDGER_CELL_ORGANISATION:
      style_organisation (&text, cell->nick);
      break;
    case XQ_LEDGER_CELL_BODY:
      if (g_strcmp0 (cell->nick, "none") == 0)
        set_pill (&text, "xq_warn", "xq_warn_bg", FALSE);
      else if (cell->number < cell->denominator)
        text.text = text.owned = g_strdup_printf ("%s %d/%d", cell->text, (int)cell->number, (int)cell->denominator);
      break;
    case XQ_LEDGER_CELL_ENUM:
      if (g_strcmp0 (cell->nick, "none") == 0)
        text.color = "xq_dim";
      break;
    case XQ_LEDGER_CELL_SATISFACTION:
      text.small = cell->suppressed;
      text.color = cell->suppressed ? "xq_dim" : NULL;
      /* The heading says what it is; a column of percent signs says nothing. */
      if (!cell->suppressed && g_str_has_suffix (cell->text, "%"))
        text.text = text.owned = g_strndup (cell->text, strlen (cell->text) - 1);
      break;
    case XQ_LEDGER_CELL_TEXT:
      if (strcmp (self->column->id, "community") == 0)
        {
          text.color = "xq_dim";
          /* Under the heading 社区 the name alone will do. */
          if (g_str_has_suffix (cell->text, "社区") && g_utf8_strlen (cell->text, -1) > 2)
            text.text = text.owned = g_strndup (cell->text, strlen (cell->text) - strlen ("社区"));
        }
      else if (strcmp (self->column->id, "name") == 0 && !xq_ledger_item_get_row (self->item)->in_force)
        text.color = "xq_dim";
      else if (strcmp (self->column->id, "street") == 0 || strcmp (self->column->id, "code") == 0)
        text.color = "xq_dim";
      else if (strcmp (self->column->id, "name") == 0 && (self->marks & XQ_CELL_MARK_ROW))
        text.bold = TRUE;
      break;
    case XQ_LEDGER_CELL_DATE:
    case XQ_LEDGER_CELL_KIT:
    default:
      break;
    }
  return text;
}

static PangoLayout *
ensure_layout (XqLedgerCellView *self, const Text *text)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (self->layout != NULL)
    return self->layout;
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text->text);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  if (text->bold || text->small)
    {
      attributes = pango_attr_list_new ();
      if (text->bold)
        pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      if (text->small)
        pango_attr_list_insert (attributes, pango_attr_scale_new (0.9));
      pango_layout_set_attributes (self->layout, attributes);
    }
  return self->layout;
}

static void
draw_border (GtkSnapshot *snapshot, float x, float y, float width, float height, float radius, float line, const GdkRGBA *color)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, y, width, height), radius);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ line, line, line, line },
                              (GdkRGBA[4]){ *color, *color, *color, *color });
}

/* Draws the text from @x on; returns where it ends. */
static float
draw_text (XqLedgerCellView *self, GtkSnapshot *snapshot, const Text *text, float x, float width, float height)
{
  PangoLayout *layout = ensure_layout (self, text);
  GdkRGBA color = xq_ledger_sign_color (GTK_WIDGET (self), text->color);
  float inset = text->pill != NULL ? PILL_PADDING : 0;
  int text_width, text_height;

  pango_layout_set_width (layout, (int)(MAX (0, width - 2 * inset) * PANGO_SCALE));
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  if (text->end)
    x += MAX (0, width - text_width);
  if (text->pill != NULL)
    {
      GdkRGBA ground = xq_ledger_sign_color (GTK_WIDGET (self), text->pill);
      float top = floorf ((height - PILL_HEIGHT) / 2);

      if (text->outlined)
        draw_border (snapshot, x, top, text_width + 2 * inset, PILL_HEIGHT, PILL_HEIGHT / 2.f, 1, &ground);
      else
        xq_ledger_sign_draw_round (snapshot, x, top, text_width + 2 * inset, PILL_HEIGHT, PILL_HEIGHT / 2.f, &ground);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + inset, floorf ((height - text_height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
  return x + text_width + 2 * inset;
}

static float
draw_satisfaction (XqLedgerCellView *self, GtkSnapshot *snapshot, const XqLedgerCell *cell, float x, float height)
{
  float top = floorf ((height - BAR_HEIGHT) / 2);
  GdkRGBA ground = xq_ledger_sign_color (GTK_WIDGET (self), "xq_mute_bg"),
          bar = xq_ledger_sign_color (GTK_WIDGET (self), "xq_cover_joint");

  if (cell->is_null)
    return x;
  if (cell->suppressed)
    xq_ledger_sign_draw_suppressed (snapshot, GTK_WIDGET (self), x, top, BAR_WIDTH, BAR_HEIGHT);
  else
    {
      float filled = (float)BAR_WIDTH * (float)cell->number / (float)cell->denominator;

      xq_ledger_sign_draw_round (snapshot, x, top, BAR_WIDTH, BAR_HEIGHT, 2, &ground);
      xq_ledger_sign_draw_round (snapshot, x, top, MAX (2, filled), BAR_HEIGHT, 2, &bar);
    }
  return x + BAR_WIDTH + 5;
}

static void
draw_marks (XqLedgerCellView *self, GtkSnapshot *snapshot, float width, float height)
{
  GdkRGBA accent = xq_ledger_sign_color (GTK_WIDGET (self), "accent_color"),
          soft = xq_ledger_sign_color (GTK_WIDGET (self), "xq_accent_soft");

  if (self->marks & XQ_CELL_MARK_BLOCK)
    gtk_snapshot_append_color (snapshot, &soft, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (self->marks & XQ_CELL_MARK_CURSOR)
    {
      gboolean focused = gtk_widget_has_focus (GTK_WIDGET (self));

      draw_border (snapshot, 0, 0, width, height, 3, focused ? 2 : 1, &accent);
    }
}

static void
xq_ledger_cell_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XqLedgerCellView *self = XQ_LEDGER_CELL_VIEW (widget);
  const XqLedgerCell *cell = get_cell (self);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  float padding = 6, x = padding;

  draw_marks (self, snapshot, width, height);
  if (cell == NULL)
    {
      /* On its way: a bar where the text will stand. */
      GdkRGBA ground = xq_ledger_sign_color (GTK_WIDGET (self), "xq_mute_bg");

      xq_ledger_sign_draw_round (snapshot, x, floorf (height / 2) - 4, MAX (0, (width - 2 * padding) * 0.6f), 8, 4, &ground);
      return;
    }
  /* Here and not where the content changes: a cell that is made has no window yet. */
  xq_trace_painted (widget, "ledger");
  if (strcmp (self->column->id, "name") == 0 && xq_ledger_item_get_row (self->item)->unit->level == XQ_LEVEL_COMPOUND)
    {
      /* A compound that was closed is covered through the unit it became part of; what is not known has no mark. */
      if (xq_ledger_item_get_row (self->item)->in_force && xq_ledger_item_get_row (self->item)->is_covered_known)
        xq_coverage_mark_snapshot (snapshot, widget, xq_ledger_item_get_row (self->item)->coverage, x,
                                   floorf ((height - MARK) / 2));
      x += MARK + padding;
    }
  if (self->column->type == XQ_LEDGER_CELL_KIT && !cell->is_null)
    xq_ledger_sign_draw_kit (snapshot, widget, cell->text, x, floorf ((height - MARK) / 2));
  else
    {
      Text text = style_text (self, cell);

      if (self->column->type == XQ_LEDGER_CELL_SATISFACTION)
        x = draw_satisfaction (self, snapshot, cell, x, height);
      draw_text (self, snapshot, &text, x, width - padding - x, height);
      g_free (text.owned);
    }
  if (cell->origin == XQ_ORIGIN_GENERATED && !cell->is_null)
    xq_ledger_sign_draw_sample (snapshot, widget, width - 3, 4);
}

static void
xq_ledger_cell_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 24;
      *natural = 48;
    }
  else
    {
      PangoContext *context = gtk_widget_get_pango_context (widget);
      double size = pango_font_description_get_size (pango_context_get_font_description (context)) / (double)PANGO_SCALE;

      if (!pango_font_description_get_size_is_absolute (pango_context_get_font_description (context)))
        size *= pango_cairo_context_get_resolution (context) > 0 ? pango_cairo_context_get_resolution (context) / 72 : 96. / 72;
      *minimum = *natural = MAX (ROW_HEIGHT, (int)ceil (size * 1.5) + 10);
    }
}

static gboolean
xq_ledger_cell_view_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  XqLedgerCellView *self = XQ_LEDGER_CELL_VIEW (widget);
  const XqLedgerCell *cell = get_cell (self);
  g_autofree char *words = NULL;
  g_autofree char *full = NULL;

  if (cell == NULL)
    return FALSE;
  words = xq_ledger_look_describe (self->look, self->column, xq_ledger_item_get_row (self->item), self->index);
  if (cell->origin == XQ_ORIGIN_GENERATED && !cell->is_null)
    full = g_strdup_printf ("%s\n%s", words, xq_enum_label (&XQ_ENUM_ORIGIN, "generated"));
  gtk_tooltip_set_text (tooltip, full != NULL ? full : words);
  return TRUE;
}

static void
update_accessible (XqLedgerCellView *self)
{
  const XqLedgerCell *cell = get_cell (self);
  const char *title = xq_ledger_look_get_title (self->look, self->column);
  g_autofree char *words = NULL;
  g_autofree char *label = NULL;

  if (cell == NULL)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      return;
    }
  words = xq_ledger_look_describe (self->look, self->column, xq_ledger_item_get_row (self->item), self->index);
  label = g_strdup_printf ("%s %s", title, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  cell->origin == XQ_ORIGIN_GENERATED && !cell->is_null
                                      ? xq_enum_label (&XQ_ENUM_ORIGIN, "generated")
                                      : "",
                                  -1);
}

static void
content_changed (XqLedgerCellView *self)
{
  g_clear_object (&self->layout);
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
xq_ledger_cell_view_bind (XqLedgerCellView *self, GtkListItem *list_item, int index, const XqLedgerLook *look)
{
  g_return_if_fail (XQ_IS_LEDGER_CELL_VIEW (self));

  xq_ledger_cell_view_unbind (self);
  self->list_item = list_item;
  self->item = g_object_ref (gtk_list_item_get_item (list_item));
  self->index = index;
  self->look = look;
  self->changed_handler = g_signal_connect_swapped (self->item, "changed", G_CALLBACK (content_changed), self);
  content_changed (self);
}

void
xq_ledger_cell_view_unbind (XqLedgerCellView *self)
{
  if (self->item == NULL)
    return;
  g_clear_signal_handler (&self->changed_handler, self->item);
  g_clear_object (&self->item);
  g_clear_object (&self->layout);
  self->list_item = NULL;
  self->look = NULL;
}

void
xq_ledger_cell_view_set_marks (XqLedgerCellView *self, XqCellMarks marks)
{
  g_return_if_fail (XQ_IS_LEDGER_CELL_VIEW (self));
  if (self->marks == marks)
    return;
  /* The name of the cursor's row is bold. */
  if ((self->marks ^ marks) & XQ_CELL_MARK_ROW)
    g_clear_object (&self->layout);
  self->marks = marks;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
xq_ledger_cell_view_get_position (XqLedgerCellView *self)
{
  return self->list_item != NULL ? gtk_list_item_get_position (self->list_item) : GTK_INVALID_LIST_POSITION;
}

guint
xq_ledger_cell_view_get_column_index (XqLedgerCellView *self)
{
  return self->column_index;
}

static void
xq_ledger_cell_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  XqLedgerCellView *self = XQ_LEDGER_CELL_VIEW (widget);

  GTK_WIDGET_CLASS (xq_ledger_cell_view_parent_class)->css_changed (widget, change);
  g_clear_object (&self->layout);
}

static void
xq_ledger_cell_view_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  XqLedgerCellView *self = XQ_LEDGER_CELL_VIEW (widget);

  GTK_WIDGET_CLASS (xq_ledger_cell_view_parent_class)->system_setting_changed (widget, setting);
  g_clear_object (&self->layout);
  gtk_widget_queue_resize (widget);
}

static void
xq_ledger_cell_view_state_flags_changed (GtkWidget *widget, GtkStateFlags before)
{
  GTK_WIDGET_CLASS (xq_ledger_cell_view_parent_class)->state_flags_changed (widget, before);
  if ((gtk_widget_get_state_flags (widget) ^ before) & GTK_STATE_FLAG_FOCUSED)
    gtk_widget_queue_draw (widget);
}

static void
xq_ledger_cell_view_dispose (GObject *object)
{
  xq_ledger_cell_view_unbind (XQ_LEDGER_CELL_VIEW (object));
  G_OBJECT_CLASS (xq_ledger_cell_view_parent_class)->dispose (object);
}

static void
xq_ledger_cell_view_class_init (XqLedgerCellViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_ledger_cell_view_dispose;
  widget_class->measure = xq_ledger_cell_view_measure;
  widget_class->snapshot = xq_ledger_cell_view_snapshot;
  widget_class->query_tooltip = xq_ledger_cell_view_query_tooltip;
  widget_class->css_changed = xq_ledger_cell_view_css_changed;
  widget_class->state_flags_changed = xq_ledger_cell_view_state_flags_changed;
  widget_class->system_setting_changed = xq_ledger_cell_view_system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "ledger-cell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
xq_ledger_cell_view_init (XqLedgerCellView *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->index = -1;
}

GtkWidget *
xq_ledger_cell_view_new (const XqLedgerColumn *column, guint column_index)
{
  XqLedgerCellView *self = g_object_new (XQ_TYPE_LEDGER_CELL_VIEW, NULL);

  self->column = column;
  self->column_index = column_index;
  return GTK_WIDGET (self);
}
