#include "xq-planner-page-private.h"

#include <glib/gi18n-lib.h>

#include "xq-statistics.h"

/* What takes no longer to read is not worth a spinner. */
#define SPINNER_DELAY 300
#define CARD_GAP 4
#define CARD_MARGIN 8

/* Of the map, covered by tools and legend. */
static const GtkBorder MAP_INSETS = { .left = 46, .right = 0, .top = 30, .bottom = 44 };

G_DEFINE_FINAL_TYPE (XqPlannerPage, xq_planner_page, XQ_TYPE_PAGE)

/* ---- The card beside what is chosen ---- */

/* Below what is chosen where there is room, else above, else in the corner. */
static gboolean
place_child (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *place, XqPlannerPage *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (overlay)), height = gtk_widget_get_height (GTK_WIDGET (overlay));
  GdkRectangle box;
  GtkRequisition size;
  gboolean below, above;
  int middle;

  if (child != GTK_WIDGET (self->card))
    return FALSE;
  gtk_widget_get_preferred_size (child, NULL, &size);
  if (!xq_map_view_get_selection_box (self->map, &box))
    box = (GdkRectangle){ 0, 0, width, height };
  below = box.y + box.height + CARD_GAP + size.height < height - CARD_MARGIN && box.y + box.height > 0;
  above = box.y - CARD_GAP - size.height > CARD_MARGIN && box.y < height;
  middle = CLAMP (box.x + box.width / 2, CARD_MARGIN, width - CARD_MARGIN);
  place->width = size.width;
  place->height = size.height;
  place->x = below || above ? middle - size.width / 2 : width - size.width - CARD_MARGIN;
  place->x = CLAMP (place->x, CARD_MARGIN, MAX (width - size.width - CARD_MARGIN, CARD_MARGIN));
  place->y = below   ? box.y + box.height + CARD_GAP
             : above ? box.y - CARD_GAP - size.height
                     : height - size.height - 5 * CARD_MARGIN;
  xq_selection_card_point (self->card, below || above, below, middle - place->x);
  return TRUE;
}

static void
view_changed (XqPlannerPage *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->card)))
    gtk_widget_queue_allocate (GTK_WIDGET (self->overlay));
}

void
xq_planner_page_show_card (XqPlannerPage *self)
{
  XqMapTool tool = xq_map_view_get_tool (self->map);
  g_autoptr (GArray) bases = xq_map_view_get_selection (self->map);

  /* It would lie in the way of what is drawn. */
  if (tool != XQ_MAP_TOOL_SELECT && tool != XQ_MAP_TOOL_LASSO && tool != XQ_MAP_TOOL_PAN)
    g_array_set_size (bases, 0);
  xq_selection_card_show (self->card, self->model, bases);
  gtk_widget_queue_allocate (GTK_WIDGET (self->overlay));
}

/* ---- What is chosen: map and table ---- */

static void
selection_changed (XqPlannerPage *self)
{
  g_autoptr (GArray) bases = NULL, units = NULL;

  if (self->model == NULL)
    return;
  bases = xq_map_view_get_selection (self->map);
  xq_planner_page_show_card (self);
  xq_planner_page_update_actions (self);
  if (self->selecting || self->state == NULL)
    return;
  units = xq_planner_state_list_units (self->state, (const guint *)bases->data, bases->len);
  xq_planner_units_select (self->units, (const int *)units->data, units->len);
}

static void
units_chosen (XqPlannerPage *self, GArray *units)
{
  g_autoptr (GArray) bases = NULL;

  if (self->state == NULL)
    return;
  bases = xq_planner_state_list_bases (self->state, (const int *)units->data, units->len);
  self->selecting = TRUE;
  xq_map_view_set_selection (self->map, (const guint *)bases->data, bases->len);
  self->selecting = FALSE;
}

static void
unit_activated (XqPlannerPage *self, int unit)
{
  g_autoptr (GArray) bases = self->state != NULL ? xq_planner_state_list_bases (self->state, &unit, 1) : NULL;

  if (bases == NULL || bases->len == 0)
    return;
  xq_map_view_set_selection (self->map, (const guint *)bases->data, bases->len);
  xq_map_view_show (self->map, (const guint *)bases->data, bases->len);
}

static void
located (XqPlannerPage *self, GArray *bases)
{
  xq_map_view_set_selection (self->map, (const guint *)bases->data, bases->len);
  xq_map_view_show (self->map, (const guint *)bases->data, bases->len);
}

/* A double click goes where the unit is. */
static void
base_activated (XqPlannerPage *self, guint base)
{
  if (xq_map_view_get_tool (self->map) == XQ_MAP_TOOL_BRUSH)
    {
      const char *name = self->state != NULL && self->state->scenario->assignment[base] >= 0
                             ? g_ptr_array_index (self->state->names, self->state->scenario->assignment[base])
                             : xq_plan_problem_label (self->state->problem, base);
      g_autofree char *message = g_strdup_printf (_ ("%s grows: space puts the compound under the mark into it"), name);

      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-toast", "s", message);
      return;
    }
  if (self->state != NULL && self->state->scenario->assignment[base] >= 0)
    unit_activated (self, self->state->scenario->assignment[base]);
}

/* ---- What is drawn on the map ---- */

static char *
describe (guint base, gpointer data)
{
  XqPlannerPage *self = data;
  const XqPlanBase *figures;
  g_autofree char *households = NULL, *members = NULL;
  const char *label;
  int unit;

  if (self->state == NULL || base >= self->state->scenario->n_base)
    return g_strdup ("");
  figures = xq_plan_problem_base (self->state->problem, base);
  label = xq_plan_problem_label (self->state->problem, base);
  unit = self->state->scenario->assignment[base];
  households = xq_format_count (figures->households);
  members = xq_format_count (figures->members);
  if (unit < 0)
    return g_strdup_printf (_ ("%s, %s households, %s full members, in no unit"), label, households, members);
  return g_strdup_printf (_ ("%s, %s households, %s full members, of %s"), label, households, members,
                          (const char *)g_ptr_array_index (self->state->names, unit));
}

/* The unit that the brush makes grow (−1: a new one), and what it takes in. FALSE: nothing. */
static gboolean
read_brush (XqPlannerPage *self, const GArray *bases, int *to)
{
  int pressed = xq_map_view_get_pressed (self->map);

  g_array_set_size (self->brush_bases, 0);
  if (self->state == NULL || pressed < 0)
    return FALSE;
  *to = self->state->scenario->assignment[pressed];
  for (guint i = 0; i < bases->len; i++)
    {
      guint base = g_array_index (bases, guint, i);

      if (*to < 0 || self->state->scenario->assignment[base] != *to)
        g_array_append_val (self->brush_bases, base);
    }
  return self->brush_bases->len > 0;
}

static char *
judge (const GArray *bases, gpointer data)
{
  XqPlannerPage *self = data;
  int to;

  return read_brush (self, bases, &to)
             ? xq_planner_model_judge (self->model, (const guint *)self->brush_bases->data, self->brush_bases->len, to)
             : NULL;
}

static void
brushed (XqPlannerPage *self, GArray *bases)
{
  int to;

  if (!read_brush (self, bases, &to))
    return;
  if (to >= 0)
    xq_planner_model_move (self->model, (const guint *)self->brush_bases->data, self->brush_bases->len, to);
  else
    xq_planner_model_separate (self->model, (const guint *)self->brush_bases->data, self->brush_bases->len);
}

/* The one unit chosen; else the one that the line begins or runs in. */
static int
find_unit_below (XqPlannerPage *self, const GArray *line)
{
  g_autoptr (GArray) bases = xq_map_view_get_selection (self->map);
  g_autoptr (GArray) units = xq_planner_state_list_units (self->state, (const guint *)bases->data, bases->len);

  if (units->len == 1)
    return g_array_index (units, int, 0);
  for (guint i = 0; i < line->len; i++)
    {
      const double *point = (const double *)line->data + 2 * ((i + line->len / 2) % line->len);
      int base = xq_map_find (self->state->ground->map, point[0], point[1], 0);

      if (base >= 0 && self->state->scenario->assignment[base] >= 0)
        return self->state->scenario->assignment[base];
    }
  return -1;
}

static void
line_drawn (XqPlannerPage *self, GArray *line)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (XqPlanPoint));
  int unit = self->state != NULL ? find_unit_below (self, line) : -1;

  for (guint i = 0; i < line->len; i++)
    {
      const double *at = (const double *)line->data + 2 * i;
      XqPlanPoint point = { at[0], at[1] };

      g_array_append_val (points, point);
    }
  if (unit >= 0)
    xq_planner_model_split (self->model, unit, 0, (const XqPlanPoint *)points->data, points->len);
  g_action_group_activate_action (G_ACTION_GROUP (self->actions), "tool", g_variant_new_string ("select"));
}

static const XqPlanEdge *
find_edge (const XqPlanProblem *problem, guint a, guint b)
{
  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);

      if (edge->a == MIN (a, b) && edge->b == MAX (a, b))
        return edge;
    }
  return NULL;
}

/* Neighbours are parted, others made neighbours; what was done by hand is taken back. */
static void
linked (XqPlannerPage *self, guint a, guint b)
{
  const XqPlanEdge *edge = self->state != NULL ? find_edge (self->state->problem, a, b) : NULL;

  if (self->state == NULL)
    return;
  if (edge != NULL && (edge->flags & XQ_PLAN_EDGE_CUT) != 0)
    xq_planner_model_set_link (self->model, a, b, XQ_PLAN_EDGE_CUT, FALSE);
  else if (edge != NULL && (edge->flags & XQ_PLAN_EDGE_LINK) != 0)
    xq_planner_model_set_link (self->model, a, b, XQ_PLAN_EDGE_LINK, FALSE);
  else if (edge == NULL || (edge->flags & XQ_PLAN_EDGE_BARRIER) != 0)
    xq_planner_model_set_link (self->model, a, b, XQ_PLAN_EDGE_LINK, TRUE);
  else
    xq_planner_model_set_link (self->model, a, b, XQ_PLAN_EDGE_CUT, TRUE);
}

static void
show_edges (XqPlannerPage *self)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (XqMapEdge));

  for (guint i = 0; i < self->state->problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (self->state->problem->edges, XqPlanEdge, i);
      XqMapEdge shown = { edge->a, edge->b,
                          (edge->flags & XQ_PLAN_EDGE_CUT) != 0       ? XQ_MAP_EDGE_CUT
                          : (edge->flags & XQ_PLAN_EDGE_LINK) != 0    ? XQ_MAP_EDGE_LINK
                          : (edge->flags & XQ_PLAN_EDGE_BARRIER) != 0 ? XQ_MAP_EDGE_BARRIER
                                                                      : XQ_MAP_EDGE_OPEN };

      g_array_append_val (edges, shown);
    }
  xq_map_view_set_edges (self->map, (const XqMapEdge *)edges->data, edges->len);
}

static void
layer_chosen (XqPlannerPage *self)
{
  if (!self->filling && self->model != NULL)
    xq_planner_model_set_layer (self->model, (XqPlanLayer)gtk_drop_down_get_selected (self->layer));
}

/* ---- Showing the model ---- */

static void
show_focus (XqPlannerPage *self)
{
  g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; self->focus != 0 && i < self->state->scenario->n_base; i++)
    if (xq_planner_model_in_focus (self->model, i))
      g_array_append_val (bases, i);
  xq_map_view_show (self->map, (const guint *)bases->data, bases->len);
}

static void
show_map (XqPlannerPage *self)
{
  XqPlannerState *state = self->state;
  gint64 focus = xq_planner_model_get_focus (self->model);
  gboolean other = xq_map_view_get_map (self->map) != state->ground->map;
  XqMapLook *incumbent = xq_planner_model_get_incumbent (self->model), *look = incumbent != NULL ? incumbent : state->look;

  if (other)
    xq_map_view_set_map (self->map, state->ground->map);
  if (xq_map_view_get_look (self->map) != look)
    xq_map_view_set_look (self->map, look);
  xq_map_key_show (self->key, state->ground->map, state->look,
                   state->layer == XQ_PLAN_LAYER_HOUSEHOLDS     ? _ ("Households per unit")
                   : state->layer == XQ_PLAN_LAYER_MEMBERS      ? _ ("Full members per unit")
                   : state->layer == XQ_PLAN_LAYER_SATISFACTION ? _ ("Satisfaction")
                                                                : NULL,
                   state->layer == XQ_PLAN_LAYER_SATISFACTION, state->problem->rules.members_floor);
  if (other || focus != self->focus)
    {
      self->focus = focus;
      show_focus (self);
    }
}

/* One sentence over the map: what is in the way of working on it, or worth knowing. */
static void
show_notice (XqPlannerPage *self)
{
  XqContext *context = xq_page_get_context (XQ_PAGE (self));
  const XqPlanGround *ground = self->state->ground;
  const char *stage = xq_record_get_text (self->state->scenario->record, XQ_PLAN_SCENARIO_STAGE);
  g_autofree char *missing = NULL;
  const char *text = NULL;
  gboolean import = FALSE;

  if (xq_period_is_set (xq_context_get_period (context)))
    text = _ ("A past period is chosen: units are drawn on today's figures, and not while it is.");
  else if (!xq_context_get_editable (context))
    text = _ ("This file is read-only: plans can be looked at and compared.");
  else if (g_strcmp0 (stage, "in_force") == 0)
    text = _ ("This plan is in force. Copy it to go on from it.");
  else if (ground->laid_out)
    {
      text = _ ("There are no boundaries yet: the map is a diagram of who adjoins whom.");
      import = TRUE;
    }
  else if (ground->n_without_shape > 0)
    {
      missing = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u compound has no boundary yet.",
                                              "%u compounds have no boundary yet.", ground->n_without_shape),
                                 ground->n_without_shape);
      text = missing;
      import = TRUE;
    }
  gtk_widget_set_visible (self->notice, text != NULL && !xq_planner_model_get_running (self->model));
  gtk_widget_set_visible (self->notice_import, import);
  gtk_label_set_label (self->notice_text, text != NULL ? text : "");
}

static void
show_running (XqPlannerPage *self)
{
  XqPlannerAdvance advance = xq_planner_model_get_advance (self->model);
  gboolean running = xq_planner_model_get_running (self->model);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->running, running);
  if (!running)
    return;
  text = advance.n_parts > 0
             ? g_strdup_printf (_ ("Part %u of %u · %u units, %u without a branch"), MIN (advance.parts_done + 1, advance.n_parts),
                                advance.n_parts, (guint)advance.units, (guint)advance.unable)
             : g_strdup (_ ("Looking at the rules…"));
  gtk_label_set_label (self->advance, text);
  gtk_progress_bar_set_fraction (self->fraction, CLAMP (advance.fraction, 0, 1));
}

static void
show_words (XqPlannerPage *self)
{
  g_autofree char *outcome = xq_planner_model_dup_outcome (self->model);
  g_autofree char *changes = self->state->n_changes > 0
                                 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u compound moved, not in force",
                                                                 "%u compounds moved, not in force", self->state->n_changes),
                                                    self->state->n_changes)
                                 : g_strdup (_ ("As it is today"));

  gtk_label_set_label (self->outcome, outcome != NULL ? outcome : "");
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), outcome != NULL);
  gtk_label_set_label (self->changes, changes);
}

static gboolean
show_spinner (gpointer data)
{
  XqPlannerPage *self = data;

  self->spinner_id = 0;
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
wait_for_it (XqPlannerPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  if (self->spinner_id == 0)
    self->spinner_id = g_timeout_add (SPINNER_DELAY, show_spinner, self);
}

static void
stop_waiting (XqPlannerPage *self)
{
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  gtk_spinner_stop (self->spinner);
}

static void
show_state (XqPlannerPage *self)
{
  XqPlannerState *state = xq_planner_model_get_state (self->model);

  if (state != self->state)
    {
      g_clear_pointer (&self->state, xq_planner_state_unref);
      self->state = xq_planner_state_ref (state);
      xq_planner_metrics_show (self->metrics, state);
      show_map (self);
      show_edges (self);
    }
  else
    show_map (self);
  show_words (self);
  show_notice (self);
  show_running (self);
  selection_changed (self);
  gtk_stack_set_visible_child_name (self->stack, state->problem->base->len > 0 ? "content" : "nothing");
}

static void
model_changed (XqPlannerPage *self)
{
  switch (xq_planner_model_get_phase (self->model))
    {
    case XQ_PLANNER_READY:
      stop_waiting (self);
      show_state (self);
      break;
    case XQ_PLANNER_FAILED:
      stop_waiting (self);
      adw_status_page_set_description (self->error, xq_planner_model_get_error (self->model));
      gtk_stack_set_visible_child_name (self->stack, "error");
      break;
    case XQ_PLANNER_NOTHING:
    case XQ_PLANNER_READING:
      g_clear_pointer (&self->state, xq_planner_state_unref);
      wait_for_it (self);
      break;
    }
  xq_planner_page_update_actions (self);
}

static void
advanced (XqPlannerPage *self)
{
  if (self->state == NULL)
    return;
  show_map (self);
  show_running (self);
}

static void
failed (XqPlannerPage *self, const char *heading, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", heading, message);
}

static void
xq_planner_page_reload (XqPage *page)
{
  xq_planner_model_update (XQ_PLANNER_PAGE (page)->model);
}

static void
xq_planner_page_context_set (XqPage *page, XqContext *context)
{
  XqPlannerPage *self = XQ_PLANNER_PAGE (page);

  self->model = xq_planner_model_new (context);
  xq_scenario_button_set_model (self->scenario, self->model);
  xq_planner_problems_set_model (self->problems, self->model);
  xq_planner_rules_set_model (self->rules, self->model);
  xq_planner_units_set_model (self->units, self->model);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (model_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "advanced", G_CALLBACK (advanced), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "failed", G_CALLBACK (failed), self, G_CONNECT_SWAPPED);
  xq_page_reload_on (page, "notify::store", "notify::unit", "notify::revision", NULL);
  model_changed (self);
}

/* ---- Object ---- */

static void
xq_planner_page_dispose (GObject *object)
{
  XqPlannerPage *self = XQ_PLANNER_PAGE (object);

  g_clear_handle_id (&self->spinner_id, g_source_remove);
  if (self->map != NULL)
    {
      xq_map_view_set_describe_func (self->map, NULL, NULL);
      xq_map_view_set_judge_func (self->map, NULL, NULL);
      g_signal_handlers_disconnect_by_data (self->overlay, self);
      g_signal_handlers_disconnect_by_data (self->map, self);
    }
  self->map = NULL;
  if (self->model != NULL)
    g_object_run_dispose (G_OBJECT (self->model));
  g_clear_object (&self->model);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->state, xq_planner_state_unref);
  g_clear_pointer (&self->brush_bases, g_array_unref);
  G_OBJECT_CLASS (xq_planner_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, "/org/xiaoqu/Xiaoqu/planner/xq-planner-page.ui");
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, page_actions);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, wide_commands);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, narrow_commands);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, compare);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, apply);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, scenario);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, changes);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, outcome);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, notice_text);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, advance);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, stack);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, panes);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, spinner);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, error);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, fold);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, overlay);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, tools);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, notice);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, notice_import);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, running);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, side);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, tabs);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, layer);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, fraction);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, map);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, key);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, card);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, metrics);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, problems);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, rules);
  gtk_widget_class_bind_template_child (klass, XqPlannerPage, units);
  gtk_widget_class_bind_template_callback (klass, place_child);
  gtk_widget_class_bind_template_callback (klass, view_changed);
  gtk_widget_class_bind_template_callback (klass, selection_changed);
  gtk_widget_class_bind_template_callback (klass, units_chosen);
  gtk_widget_class_bind_template_callback (klass, unit_activated);
  gtk_widget_class_bind_template_callback (klass, located);
  gtk_widget_class_bind_template_callback (klass, base_activated);
  gtk_widget_class_bind_template_callback (klass, brushed);
  gtk_widget_class_bind_template_callback (klass, line_drawn);
  gtk_widget_class_bind_template_callback (klass, linked);
  gtk_widget_class_bind_template_callback (klass, layer_chosen);
}

static void
xq_planner_page_class_init (XqPlannerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_planner_page_dispose;
  XQ_PAGE_CLASS (klass)->context_set = xq_planner_page_context_set;
  XQ_PAGE_CLASS (klass)->reload = xq_planner_page_reload;
  g_type_ensure (XQ_TYPE_MAP_KEY);
  g_type_ensure (XQ_TYPE_MAP_VIEW);
  g_type_ensure (XQ_TYPE_PLANNER_METRICS);
  g_type_ensure (XQ_TYPE_PLANNER_PROBLEMS);
  g_type_ensure (XQ_TYPE_PLANNER_RULES);
  g_type_ensure (XQ_TYPE_PLANNER_UNITS);
  g_type_ensure (XQ_TYPE_SCENARIO_BUTTON);
  g_type_ensure (XQ_TYPE_SELECTION_CARD);
  g_type_ensure (XQ_TYPE_SIDE_FOLD);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "planner-page");
}

static void
fill_layers (XqPlannerPage *self)
{
  g_autoptr (GtkStringList) layers = gtk_string_list_new (NULL);

  /* In the order of XqPlanLayer. */
  gtk_string_list_append (layers, _ ("Colours: units"));
  gtk_string_list_append (layers, _ ("Colours: households"));
  gtk_string_list_append (layers, _ ("Colours: full members"));
  gtk_string_list_append (layers, _ ("Colours: coverage today"));
  gtk_string_list_append (layers, _ ("Colours: satisfaction"));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->layer, G_LIST_MODEL (layers));
  self->filling = FALSE;
}

static void
xq_planner_page_init (XqPlannerPage *self)
{
  self->brush_bases = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_layers (self);
  xq_planner_page_install_actions (self);
  xq_planner_page_make_tools (self);
  xq_page_set_actions (XQ_PAGE (self), self->page_actions);
  xq_map_view_set_whole_units (self->map, TRUE);
  xq_map_view_set_insets (self->map, &MAP_INSETS);
  xq_map_view_set_describe_func (self->map, describe, self);
  xq_map_view_set_judge_func (self->map, judge, self);
}

XqPlannerModel *
xq_planner_page_get_model (XqPlannerPage *self)
{
  g_return_val_if_fail (XQ_IS_PLANNER_PAGE (self), NULL);
  return self->model;
}
