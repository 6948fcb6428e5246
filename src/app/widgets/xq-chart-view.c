#include "xq-chart-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define LEAST_WIDTH 240
#define LEAST_PLAIN_WIDTH 12
#define BUBBLE_PADDING 8
#define BUBBLE_GAP 8
#define BUBBLE_RADIUS 6
#define RING_RADIUS 4
#define BASE_DPI (96.0 * PANGO_SCALE)

struct _XqChartView
{
  GtkWidget parent_instance;

  /* owned */
  XqChart *chart;
  XqChartScene *scene; /* laid out for the present size and style; NULL until needed */
  GskRenderNode *node; /* the scene painted */
  GtkWidget *menu;
  GtkFileChooserNative *chooser;
  PangoLayout *bubble;

  int hovered, focused; /* marks, or −1 */
  gboolean plain, expanded;
};

enum
{
  PROP_CHART = 1,
  PROP_PLAIN,
  PROP_EXPANDED,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
enum
{
  SIGNAL_MARK_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqChartView, xq_chart_view, GTK_TYPE_WIDGET)

/* ---- Scene ---- */

static void
get_style (XqChartView *self, XqChartStyle *style)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  *style = (XqChartStyle){ .dark = adw_style_manager_get_dark (adw_style_manager_get_default ()),
                           .text_scale = dpi > 0 ? dpi / BASE_DPI : 1 };
}

static void
drop_scene (XqChartView *self)
{
  g_clear_pointer (&self->scene, xq_chart_scene_free);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static XqChartScene *
ensure_scene (XqChartView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  XqChartStyle style;

  if (self->scene == NULL && self->chart != NULL && width > 0 && height > 0)
    {
      get_style (self, &style);
      self->scene = xq_chart_layout (self->chart, width, height, &style);
    }
  return self->scene;
}

static const XqChartMark *
get_mark (XqChartView *self, int index)
{
  XqChartScene *scene = ensure_scene (self);

  return scene != NULL && index >= 0 && index < (int)xq_chart_scene_get_n_marks (scene) ? xq_chart_scene_get_mark (scene, index)
                                                                                        : NULL;
}

/* The focused mark, then the whole: a screen reader says what changed first. */
static void
update_accessible (XqChartView *self)
{
  const XqChartMark *mark = get_mark (self, self->focused);
  g_autofree char *summary = NULL, *label = NULL;

  if (self->chart == NULL || self->plain)
    return;
  summary = xq_chart_summarise (self->chart);
  label = mark != NULL ? g_strdup_printf ("%s: %s. %s", mark->label, mark->value, summary) : g_steal_pointer (&summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
set_focused (XqChartView *self, int mark)
{
  if (self->focused == mark)
    return;
  self->focused = mark;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
leads_somewhere (const XqChartMark *mark)
{
  return mark != NULL && (mark->unit != 0 || mark->key != NULL);
}

static void
set_hovered (XqChartView *self, int mark)
{
  if (self->hovered == mark)
    return;
  self->hovered = mark;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), leads_somewhere (get_mark (self, mark)) ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
activate_mark (XqChartView *self, int index)
{
  const XqChartMark *mark = get_mark (self, index);
  g_autofree char *key = NULL;

  if (!leads_somewhere (mark))
    return;
  /* The handler may well replace the chart. */
  key = g_strdup (mark->key);
  g_signal_emit (self, signals[SIGNAL_MARK_ACTIVATED], 0, mark->unit, key);
}

/* ---- Painting ---- */

static void
append_bubble (XqChartView *self, GtkSnapshot *snapshot, const XqChartMark *mark)
{
  const GdkRGBA ground = { 0.08f, 0.08f, 0.08f, 0.92f }, ink = { 1, 1, 1, 1 };
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self)), x, y;
  g_autofree char *label = g_markup_escape_text (mark->label, -1), *value = g_markup_escape_text (mark->value, -1);
  g_autofree char *markup = g_strdup_printf ("<b>%s</b>\n%s", label, value);
  PangoRectangle ink_box, box;
  GskRoundedRect outline;

  if (self->bubble == NULL)
    self->bubble = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_width (self->bubble, (int)MAX (80, width - 2 * BUBBLE_PADDING - 2) * PANGO_SCALE);
  pango_layout_set_wrap (self->bubble, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_markup (self->bubble, markup, -1);
  pango_layout_get_pixel_extents (self->bubble, &ink_box, &box);
  box.width += 2 * BUBBLE_PADDING;
  box.height += 2 * BUBBLE_PADDING - 4;

  /* Above what it is about, else below it; never outside. */
  x = CLAMP (mark->area.x + mark->area.width / 2 - box.width / 2.0, 0, MAX (0, width - box.width));
  y = mark->area.y - box.height - BUBBLE_GAP;
  if (y < 0)
    y = mark->area.y + mark->area.height + BUBBLE_GAP;
  y = CLAMP (y, 0, MAX (0, height - box.height));

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT ((float)x, (float)y, box.width, box.height), BUBBLE_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &ground, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x + BUBBLE_PADDING, (float)y + BUBBLE_PADDING - 2));
  gtk_snapshot_append_layout (snapshot, self->bubble, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
append_highlight (XqChartView *self, GtkSnapshot *snapshot, const XqChartMark *mark)
{
  GskRoundedRect outline;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  color.alpha *= 0.08f;
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float)mark->area.x, (float)mark->area.y, (float)mark->area.width,
                                                        (float)mark->area.height),
                                   3);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
append_ring (XqChartView *self, GtkSnapshot *snapshot, const XqChartMark *mark)
{
  float x = MAX (0, (float)mark->area.x - 2), y = MAX (0, (float)mark->area.y - 2);
  float right = MIN ((float)gtk_widget_get_width (GTK_WIDGET (self)), (float)(mark->area.x + mark->area.width) + 2);
  float bottom = MIN ((float)gtk_widget_get_height (GTK_WIDGET (self)), (float)(mark->area.y + mark->area.height) + 2);
  GskRoundedRect outline;
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_color", &color))
    gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, y, right - x, bottom - y), RING_RADIUS);
  gtk_snapshot_append_border (snapshot, &outline, (float[]){ 2, 2, 2, 2 }, (GdkRGBA[]){ color, color, color, color });
}

static void
xq_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XqChartView *self = XQ_CHART_VIEW (widget);
  XqChartScene *scene = ensure_scene (self);
  const XqChartMark *hovered = get_mark (self, self->hovered), *focused = get_mark (self, self->focused);

  if (scene == NULL)
    return;
  if (self->node == NULL)
    {
      cairo_t *cr;

      self->node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)));
      cr = gsk_cairo_node_get_draw_context (self->node);
      xq_chart_scene_draw (scene, cr);
      cairo_destroy (cr);
    }
  gtk_snapshot_append_node (snapshot, self->node);
  if (leads_somewhere (hovered))
    append_highlight (self, snapshot, hovered);
  if (focused != NULL && gtk_widget_has_visible_focus (widget))
    append_ring (self, snapshot, focused);
  if (hovered != NULL)
    append_bubble (self, snapshot, hovered);
  else if (focused != NULL && gtk_widget_has_visible_focus (widget))
    append_bubble (self, snapshot, focused);
}

static void
xq_chart_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  XqChartView *self = XQ_CHART_VIEW (widget);
  double least = 0, wished = 0;
  XqChartStyle style;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = self->plain ? LEAST_PLAIN_WIDTH : LEAST_WIDTH;
      return;
    }
  if (self->chart != NULL)
    {
      get_style (self, &style);
      xq_chart_measure (self->chart, &style, &least, &wished);
    }
  *natural = (int)(wished + 0.999);
  *minimum = self->expanded ? *natural : (int)(least + 0.999);
}

static void
xq_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XqChartView *self = XQ_CHART_VIEW (widget);

  if (self->scene != NULL
      && ((int)xq_chart_scene_get_width (self->scene) != width || (int)xq_chart_scene_get_height (self->scene) != height))
    drop_scene (self);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

/* ---- Pointer and keys ---- */

static void
pointer_moved (XqChartView *self, double x, double y)
{
  XqChartScene *scene = ensure_scene (self);

  set_hovered (self, scene != NULL && !self->plain ? xq_chart_scene_hit (scene, x, y) : -1);
}

static void
pointer_left (XqChartView *self)
{
  set_hovered (self, -1);
}

static void
popup_menu (XqChartView *self, double x, double y)
{
  if (self->plain || self->chart == NULL)
    return;
  if (self->menu == NULL)
    {
      g_autoptr (GMenu) menu = g_menu_new (), save = g_menu_new (), copy = g_menu_new ();

      g_menu_append (copy, _ ("Copy as _Table"), "chart.copy-table");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
      g_menu_append (save, _ ("Save as P_NG…"), "chart.save::png");
      g_menu_append (save, _ ("Save as _SVG…"), "chart.save::svg");
      g_menu_append (save, _ ("Save as _PDF…"), "chart.save::pdf");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (save));
      self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  set_hovered (self, -1);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int)x, (int)y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed (XqChartView *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  if (self->plain)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  if (event != NULL && gdk_event_triggers_context_menu (event))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      popup_menu (self, x, y);
    }
}

static void
released (XqChartView *self, int n_press, double x, double y, GtkGesture *gesture)
{
  XqChartScene *scene = ensure_scene (self);
  int mark = scene != NULL ? xq_chart_scene_hit (scene, x, y) : -1;

  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) != GDK_BUTTON_PRIMARY || mark < 0)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  set_focused (self, mark);
  activate_mark (self, mark);
}

static gboolean
key_pressed (XqChartView *self, guint key, guint code, GdkModifierType state, GtkEventController *controller)
{
  XqChartScene *scene = ensure_scene (self);
  XqChartMove move;
  const XqChartMark *mark;

  if (scene == NULL || self->plain)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      move = XQ_CHART_MOVE_LEFT;
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      move = XQ_CHART_MOVE_RIGHT;
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move = XQ_CHART_MOVE_UP;
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move = XQ_CHART_MOVE_DOWN;
      break;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      move = XQ_CHART_MOVE_FIRST;
      break;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      move = XQ_CHART_MOVE_LAST;
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
      activate_mark (self, self->focused);
      return GDK_EVENT_STOP;
    case GDK_KEY_Menu:
      mark = get_mark (self, self->focused);
      popup_menu (self, mark != NULL ? mark->area.x : 0, mark != NULL ? mark->area.y : 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_F10:
      if ((state & GDK_SHIFT_MASK) == 0)
        return GDK_EVENT_PROPAGATE;
      popup_menu (self, 0, 0);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  set_focused (self, xq_chart_scene_move (scene, self->focused, move));
  return GDK_EVENT_STOP;
}

/* Focus in the chart is focus on one of its marks. */
static gboolean
xq_chart_view_grab_focus (GtkWidget *widget)
{
  XqChartView *self = XQ_CHART_VIEW (widget);
  XqChartScene *scene = ensure_scene (self);

  if (scene != NULL && self->focused < 0)
    set_focused (self, xq_chart_scene_move (scene, -1, XQ_CHART_MOVE_FIRST));
  return GTK_WIDGET_CLASS (xq_chart_view_parent_class)->grab_focus (widget);
}

/* ---- Copy and save ---- */

static void
copy_table (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqChartView *self = XQ_CHART_VIEW (widget);
  g_autofree char *text = NULL;

  if (self->chart == NULL)
    return;
  text = xq_chart_to_tsv (self->chart);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  gtk_widget_activate_action (widget, "win.show-toast", "s", _ ("Copied as a table"));
}

typedef struct
{
  XqChart *chart;
  char *path;
  int width, height;
} SaveRequest;

static void
save_request_free (gpointer data)
{
  SaveRequest *request = data;

  g_object_unref (request->chart);
  g_free (request->path);
  g_free (request);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SaveRequest *request = data;
  GError *error = NULL;

  /* Light whatever the screen is: files are printed and pasted onto white. */
  if (xq_chart_write (request->chart, request->path, request->width, request->height, FALSE, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved (GObject *source, GAsyncResult *result, gpointer data)
{
  XqChartView *self = XQ_CHART_VIEW (source);
  SaveRequest *request = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *name = g_filename_display_basename (request->path), *text = g_strdup_printf (_ ("Saved “%s”"), name);

      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-toast", "s", text);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The chart could not be saved"), error->message);
}

static void
file_chosen (XqChartView *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
  g_autoptr (GTask) task = NULL;
  const char *suffix = g_object_get_data (G_OBJECT (self->chooser), "suffix");
  SaveRequest *request;

  if (file != NULL && self->chart != NULL)
    {
      request = g_new0 (SaveRequest, 1);
      request->chart = g_object_ref (self->chart);
      request->path = g_file_get_path (file);
      if (!g_str_has_suffix (request->path, suffix))
        {
          char *path = g_strconcat (request->path, suffix, NULL);

          g_free (request->path);
          request->path = path;
        }
      xq_chart_get_file_size (self->chart, &request->width, &request->height);
      /* Twice as fine as the screen: for slides and print. */
      request->width *= 2;
      request->height *= 2;
      task = g_task_new (self, NULL, saved, NULL);
      g_task_set_source_tag (task, file_chosen);
      g_task_set_task_data (task, request, save_request_free);
      g_task_run_in_thread (task, save_in_thread);
    }
  g_clear_object (&self->chooser);
}

static void
save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqChartView *self = XQ_CHART_VIEW (widget);
  const char *format = g_variant_get_string (parameter, NULL);
  g_autofree char *suffix = g_strconcat (".", format, NULL), *suggested = NULL;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->chart == NULL || self->chooser != NULL)
    return;
  suggested = g_strdup_printf ("%s %s%s", xq_chart_get_title (self->chart) != NULL ? xq_chart_get_title (self->chart) : _ ("Chart"),
                               xq_chart_get_subject (self->chart) != NULL ? xq_chart_get_subject (self->chart) : "", suffix);
  g_strdelimit (suggested, "/\\:*?\"<>|", '-');
  self->chooser = gtk_file_chooser_native_new (_ ("Save Chart"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_filter_add_suffix (filter, format);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), suggested);
  g_object_set_data_full (G_OBJECT (self->chooser), "suffix", g_steal_pointer (&suffix), g_free);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- Object ---- */

static void
style_changed (XqChartView *self)
{
  drop_scene (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
xq_chart_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  XqChartView *self = XQ_CHART_VIEW (object);

  switch (prop_id)
    {
    case PROP_CHART:
      g_value_set_object (value, self->chart);
      break;
    case PROP_PLAIN:
      g_value_set_boolean (value, self->plain);
      break;
    case PROP_EXPANDED:
      g_value_set_boolean (value, self->expanded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xq_chart_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  XqChartView *self = XQ_CHART_VIEW (object);

  switch (prop_id)
    {
    case PROP_CHART:
      xq_chart_view_set_chart (self, g_value_get_object (value));
      break;
    case PROP_PLAIN:
      self->plain = g_value_get_boolean (value);
      gtk_widget_set_focusable (GTK_WIDGET (self), !self->plain);
      gtk_widget_set_can_target (GTK_WIDGET (self), !self->plain);
      break;
    case PROP_EXPANDED:
      xq_chart_view_set_expanded (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xq_chart_view_dispose (GObject *object)
{
  XqChartView *self = XQ_CHART_VIEW (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->scene, xq_chart_scene_free);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_object (&self->bubble);
  g_clear_object (&self->chart);
  G_OBJECT_CLASS (xq_chart_view_parent_class)->dispose (object);
}

static void
xq_chart_view_class_init (XqChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = xq_chart_view_get_property;
  object_class->set_property = xq_chart_view_set_property;
  object_class->dispose = xq_chart_view_dispose;
  widget_class->measure = xq_chart_view_measure;
  widget_class->size_allocate = xq_chart_view_size_allocate;
  widget_class->snapshot = xq_chart_view_snapshot;
  widget_class->grab_focus = xq_chart_view_grab_focus;

  properties[PROP_CHART] = g_param_spec_object ("chart", NULL, NULL, XQ_TYPE_CHART, flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PLAIN] = g_param_spec_boolean ("plain", NULL, NULL, FALSE, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_EXPANDED] = g_param_spec_boolean ("expanded", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_MARK_ACTIVATED] = g_signal_new ("mark-activated", XQ_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "chart.copy-table", NULL, copy_table);
  gtk_widget_class_install_action (widget_class, "chart.save", "s", save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "chart.copy-table", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "chart");
}

static void
xq_chart_view_init (XqChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new (), *keys = gtk_event_controller_key_new (),
                     *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->hovered = self->focused = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_left), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (style_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi", G_CALLBACK (style_changed), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
xq_chart_view_new (void)
{
  return g_object_new (XQ_TYPE_CHART_VIEW, NULL);
}

XqChart *
xq_chart_view_get_chart (XqChartView *self)
{
  g_return_val_if_fail (XQ_IS_CHART_VIEW (self), NULL);
  return self->chart;
}

/* The mark of the chart shown now that is what @label and @unit named in the last one; else the first. */
static int
find_mark (XqChartView *self, const char *label, gint64 unit)
{
  XqChartScene *scene = ensure_scene (self);

  for (guint i = 0; scene != NULL && i < xq_chart_scene_get_n_marks (scene); i++)
    {
      const XqChartMark *mark = xq_chart_scene_get_mark (scene, i);

      if (mark->focusable && mark->unit == unit && strcmp (mark->label, label) == 0)
        return (int)i;
    }
  return scene != NULL ? xq_chart_scene_move (scene, -1, XQ_CHART_MOVE_FIRST) : -1;
}

void
xq_chart_view_set_chart (XqChartView *self, XqChart *chart)
{
  const XqChartMark *mark;
  g_autofree char *label = NULL;
  gint64 unit = 0;

  g_return_if_fail (XQ_IS_CHART_VIEW (self));
  g_return_if_fail (chart == NULL || XQ_IS_CHART (chart));

  mark = get_mark (self, self->focused);
  if (mark != NULL)
    {
      label = g_strdup (mark->label);
      unit = mark->unit;
    }
  if (!g_set_object (&self->chart, chart))
    return;
  drop_scene (self);
  set_hovered (self, -1);
  /* New figures of the same thing leave the focus where it was. */
  self->focused = label != NULL ? find_mark (self, label, unit) : -1;
  update_accessible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHART]);
}

gboolean
xq_chart_view_get_expanded (XqChartView *self)
{
  g_return_val_if_fail (XQ_IS_CHART_VIEW (self), FALSE);
  return self->expanded;
}

void
xq_chart_view_set_expanded (XqChartView *self, gboolean expanded)
{
  g_return_if_fail (XQ_IS_CHART_VIEW (self));

  if (self->expanded == expanded)
    return;
  self->expanded = expanded;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED]);
}
