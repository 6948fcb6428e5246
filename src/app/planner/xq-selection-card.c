#include "xq-selection-card.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "xq-statistics.h"

#define ARROW 9
#define RADIUS 12
#define WIDTH 234

struct _XqSelectionCard
{
  GtkWidget parent_instance;

  /* owned by the tree of widgets */
  GtkWidget *box, *verdict_row, *verdict_icon, *merge, *split, *separate, *lock;
  GtkLabel *title, *households, *members, *verdict;
  GtkMenuButton *more;

  int arrow_x;
  gboolean pointing, below;
};

G_DEFINE_FINAL_TYPE (XqSelectionCard, xq_selection_card, GTK_TYPE_WIDGET)

/* ---- What is said ---- */

typedef struct
{
  gint64 households, members;
  guint n_bases, n_units, n_whole; /* units that are chosen whole */
  guint n_locked;
} Chosen;

static Chosen
sum_up (const XqPlannerState *state, const GArray *bases, const GArray *units)
{
  Chosen chosen = { .n_bases = bases->len, .n_units = units->len };
  g_autofree guint *held = g_new0 (guint, state->scenario->units->len + 1);

  for (guint i = 0; i < bases->len; i++)
    {
      guint index = g_array_index (bases, guint, i);
      const XqPlanBase *base = xq_plan_problem_base (state->problem, index);

      chosen.households += base->households;
      chosen.members += base->members;
      if (state->scenario->assignment[index] >= 0)
        held[state->scenario->assignment[index]]++;
    }
  for (guint i = 0; i < units->len; i++)
    {
      int unit = g_array_index (units, int, i);

      chosen.n_whole += held[unit] == xq_planner_state_get_unit (state, unit)->n_base;
      chosen.n_locked += g_array_index (state->scenario->units, XqScenarioUnit, unit).locked != 0;
    }
  return chosen;
}

static char *
title_of (const XqPlannerState *state, const Chosen *chosen, const GArray *units)
{
  g_autofree char *n_units
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u plan unit", "%u plan units", chosen->n_units), chosen->n_units);
  g_autofree char *n_bases
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u compound", "%u compounds", chosen->n_bases), chosen->n_bases);

  if (chosen->n_units == 1)
    return g_strdup_printf ("%s · %s", (const char *)g_ptr_array_index (state->names, g_array_index (units, int, 0)), n_bases);
  if (chosen->n_units == 0)
    return g_strdup_printf (_ ("In no unit · %s"), n_bases);
  return g_strdup_printf (_ ("Chosen: %s · %s"), n_units, n_bases);
}

/* "in pieces; 203 households too many", of the violations of one unit (or, with @unit negative, of all); NULL where none is. */
static char *
list_broken (const GPtrArray *violations, int unit)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < violations->len; i++)
    {
      const XqPlanViolation *violation = g_ptr_array_index (violations, i);
      g_autofree char *words = unit < 0 || violation->unit == unit ? xq_planner_violation_to_words (violation) : NULL;

      if (words != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? _ ("; ") : "", words);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static const char *
praise (const XqPlannerState *state, gint64 households, gint64 members, gboolean merged)
{
  const XqPlanRules *rules = &state->problem->rules;
  gboolean able = members >= rules->members_floor;
  gboolean limits = rules->households_min > 0 || rules->households_max > 0;
  gboolean within = households >= rules->households_min && (rules->households_max == 0 || households <= rules->households_max);

  if (merged)
    return able && limits && within ? _ ("Merged it can found a branch; households are within limits")
           : able                   ? _ ("Merged it can found a branch")
                                    : _ ("Merged it still needs a contact");
  return able && limits && within ? _ ("It can found a branch; households are within limits")
         : able                   ? _ ("It can found a branch")
                                  : _ ("It needs a contact: too few full members");
}

/* What would become of all units merged, or of the base units by themselves; or what the one unit is now. */
static void
show_verdict (XqSelectionCard *self, XqPlannerState *state, const GArray *bases, const GArray *units, const Chosen *chosen)
{
  g_autofree char *broken = NULL, *sentence = NULL;
  gboolean merged = chosen->n_units > 1, good;
  gint64 households = chosen->households, members = chosen->members;

  if (chosen->n_units == 1 && chosen->n_whole == 1)
    broken = list_broken (state->score->violations, g_array_index (units, int, 0));
  else
    {
      g_autoptr (GArray) all
          = merged ? xq_planner_state_list_bases (state, (const int *)units->data, units->len) : g_array_copy ((GArray *)bases);
      g_autoptr (GPtrArray) violations
          = xq_plan_edit_try (state->edit, (const guint *)all->data, all->len,
                              merged ? g_array_index (units, int, 0) : xq_plan_edit_new_unit (state->edit), NULL);

      broken = list_broken (violations, -1);
      households = members = 0;
      for (guint i = 0; i < all->len; i++)
        {
          households += xq_plan_problem_base (state->problem, g_array_index (all, guint, i))->households;
          members += xq_plan_problem_base (state->problem, g_array_index (all, guint, i))->members;
        }
    }
  good = broken == NULL && members >= state->problem->rules.members_floor;
  if (broken != NULL)
    sentence = g_strdup_printf (merged                                         ? _ ("Merged: %s")
                                : chosen->n_units == 1 && chosen->n_whole == 1 ? _ ("Now: %s")
                                                                               : _ ("By itself: %s"),
                                broken);
  gtk_label_set_label (self->verdict, sentence != NULL ? sentence : praise (state, households, members, merged));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->verdict_icon), good ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (self->verdict_row, good ? "xq-worse" : "xq-better");
  gtk_widget_add_css_class (self->verdict_row, good ? "xq-better" : "xq-worse");
}

void
xq_selection_card_show (XqSelectionCard *self, XqPlannerModel *model, const GArray *bases)
{
  XqPlannerState *state = xq_planner_model_get_state (model);
  g_autoptr (GArray) units = NULL;
  g_autofree char *title = NULL, *households = NULL, *members = NULL;
  Chosen chosen;
  gboolean locked;

  g_return_if_fail (XQ_IS_SELECTION_CARD (self));
  gtk_widget_set_visible (GTK_WIDGET (self), state != NULL && bases->len > 0 && !xq_planner_model_get_running (model));
  if (state == NULL || bases->len == 0)
    return;
  units = xq_planner_state_list_units (state, (const guint *)bases->data, bases->len);
  chosen = sum_up (state, bases, units);
  title = title_of (state, &chosen, units);
  gtk_label_set_label (self->title, title);
  households = xq_format_count (chosen.households);
  members = xq_format_count (chosen.members);
  gtk_label_set_label (self->households, households);
  gtk_label_set_label (self->members, members);
  show_verdict (self, state, bases, units, &chosen);

  gtk_widget_set_visible (self->merge, chosen.n_units > 1);
  gtk_widget_set_visible (self->split, chosen.n_units == 1 && chosen.n_whole == 1);
  gtk_widget_set_visible (self->separate, chosen.n_units == 0 || (chosen.n_units == 1 && chosen.n_whole == 0));
  locked = chosen.n_units > 0 && chosen.n_locked == chosen.n_units;
  gtk_button_set_icon_name (GTK_BUTTON (self->lock), locked ? "changes-allow-symbolic" : "changes-prevent-symbolic");
  gtk_widget_set_tooltip_text (self->lock, locked ? _ ("Unlock: it may change again") : _ ("Lock: it stays as it is"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lock), GTK_ACCESSIBLE_PROPERTY_LABEL, locked ? _ ("Unlock") : _ ("Lock"),
                                  -1);
}

void
xq_selection_card_point (XqSelectionCard *self, gboolean pointing, gboolean below, int x)
{
  if (self->pointing == pointing && self->below == below && self->arrow_x == x)
    return;
  self->pointing = pointing;
  self->below = below;
  self->arrow_x = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
xq_selection_card_get_verdict (XqSelectionCard *self)
{
  return gtk_label_get_label (self->verdict);
}

/* ---- Looks ---- */

static void
xq_selection_card_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XqSelectionCard *self = XQ_SELECTION_CARD (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GdkRGBA ground = { 1, 1, 1, 1 };

  gtk_widget_snapshot_child (widget, self->box, snapshot);
  if (!self->pointing)
    return;
  if (gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "popover_bg_color", &ground))
    {
      graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &all);
      double x = CLAMP (self->arrow_x, RADIUS + ARROW, width - RADIUS - ARROW);

      cairo_move_to (cr, x - ARROW, self->below ? ARROW + 0.5 : height - ARROW - 0.5);
      cairo_line_to (cr, x, self->below ? 0 : height);
      cairo_line_to (cr, x + ARROW, self->below ? ARROW + 0.5 : height - ARROW - 0.5);
      gdk_cairo_set_source_rgba (cr, &ground);
      cairo_fill (cr);
      cairo_destroy (cr);
    }
}

static GtkWidget *
make_button (const char *label, const char *icon, const char *action)
{
  GtkWidget *button = gtk_button_new (), *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "xq-card-button");
  return button;
}

static GtkLabel *
add_figure (GtkWidget *box, const char *measure)
{
  GtkWidget *number = gtk_label_new (NULL), *unit = gtk_label_new (measure);

  gtk_widget_add_css_class (number, "xq-number");
  gtk_widget_add_css_class (unit, "xq-caption");
  gtk_widget_set_valign (unit, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (number, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), unit);
  gtk_widget_set_margin_end (unit, 10);
  return GTK_LABEL (number);
}

static GMenu *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) units = g_menu_new (), bases = g_menu_new (), links = g_menu_new (), pairs = g_menu_new ();

  g_menu_append (units, _ ("Rename…"), "planner.rename-unit");
  g_menu_append (units, _ ("Split into 2"), "planner.split-into(uint32 2)");
  g_menu_append (units, _ ("Split into 3"), "planner.split-into(uint32 3)");
  g_menu_append (units, _ ("Split into 4"), "planner.split-into(uint32 4)");
  g_menu_append (units, _ ("Split along a line"), "planner.tool::line");
  g_menu_append (units, _ ("Draw anew by program"), "planner.improve");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (units));
  g_menu_append (bases, _ ("Make a unit of its own"), "planner.separate");
  g_menu_append (bases, _ ("Put into the unit beside…"), "planner.move-to");
  g_menu_append (bases, _ ("Take out of the unit"), "planner.take-out");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (bases));
  g_menu_append (links, _ ("Make the two neighbours"), "planner.link");
  g_menu_append (links, _ ("Part the two neighbours"), "planner.cut");
  g_menu_append (links, _ ("Neighbours as they lie"), "planner.unlink");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (links));
  g_menu_append (pairs, _ ("Must stay together"), "planner.together");
  g_menu_append (pairs, _ ("Must stay apart"), "planner.apart");
  g_menu_append (pairs, _ ("Free of each other"), "planner.free");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (pairs));
  return menu;
}

static void
xq_selection_card_dispose (GObject *object)
{
  g_clear_pointer (&XQ_SELECTION_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_selection_card_parent_class)->dispose (object);
}

static void
xq_selection_card_class_init (XqSelectionCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_selection_card_dispose;
  widget_class->snapshot = xq_selection_card_snapshot;
  gtk_widget_class_set_css_name (widget_class, "selection-card");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
make_contents (XqSelectionCard *self)
{
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr (GMenu) menu = make_menu ();

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->title, 22);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "xq-strong");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->title));
  self->households = add_figure (figures, C_ ("plan", "households"));
  self->members = add_figure (figures, C_ ("plan", "full members"));
  gtk_box_append (GTK_BOX (self->box), figures);
  self->verdict_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->verdict_icon = gtk_image_new_from_icon_name ("emblem-ok-symbolic");
  gtk_widget_set_valign (self->verdict_icon, GTK_ALIGN_START);
  self->verdict = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->verdict, TRUE);
  gtk_label_set_wrap_mode (self->verdict, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (self->verdict, 26);
  gtk_label_set_lines (self->verdict, 5);
  gtk_label_set_ellipsize (self->verdict, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->verdict, 0);
  gtk_box_append (GTK_BOX (self->verdict_row), self->verdict_icon);
  gtk_box_append (GTK_BOX (self->verdict_row), GTK_WIDGET (self->verdict));
  gtk_widget_add_css_class (self->verdict_row, "xq-dense");
  gtk_box_append (GTK_BOX (self->box), self->verdict_row);

  self->merge = make_button (_ ("Merge into one unit"), "xq-unite-symbolic", "planner.merge");
  gtk_widget_add_css_class (self->merge, "suggested-action");
  self->split = make_button (_ ("Split in two"), "xq-split-symbolic", "planner.split");
  self->separate = make_button (_ ("Make a unit of its own"), "xq-split-symbolic", "planner.separate");
  self->lock = gtk_button_new_from_icon_name ("changes-prevent-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->lock), "planner.lock");
  self->more = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->more, "view-more-symbolic");
  gtk_menu_button_set_menu_model (self->more, G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->more), _ ("More to do with what is chosen"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("More to do with what is chosen"),
                                  -1);
  gtk_box_append (GTK_BOX (buttons), self->merge);
  gtk_box_append (GTK_BOX (buttons), self->split);
  gtk_box_append (GTK_BOX (buttons), self->separate);
  gtk_box_append (GTK_BOX (buttons), self->lock);
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->more));
  gtk_box_append (GTK_BOX (self->box), buttons);
}

static void
xq_selection_card_init (XqSelectionCard *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "xq-selection-card");
  gtk_widget_set_margin_top (self->box, ARROW);
  gtk_widget_set_margin_bottom (self->box, ARROW);
  gtk_widget_set_size_request (self->box, WIDTH, -1);
  make_contents (self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What is chosen"), -1);
}

GtkWidget *
xq_selection_card_new (void)
{
  return g_object_new (XQ_TYPE_SELECTION_CARD, NULL);
}
