#include "xq-checks-side.h"

#include <glib/gi18n-lib.h>

#include "xq-statistics.h"

struct _XqChecksSide
{
  GtkWidget parent_instance;

  /* owned: children */
  GtkWidget *box, *by_rule, *by_unit;
  GtkListBox *list;

  /* owned */
  GPtrArray *lists;
  gint64 scope;
  gboolean acknowledged;
  const XqRule *rule; /* chosen */
  gint64 unit;        /* chosen */
  gboolean filling;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqChecksSide, xq_checks_side, GTK_TYPE_WIDGET)

/* What a row stands for: a rule, a unit, or neither (all). */
typedef struct
{
  const XqRule *rule;
  gint64 unit;
} Choice;

static const Choice *
row_choice (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "choice");
}

static GtkListBoxRow *
add_row (XqChecksSide *self, const char *title, guint count, const XqRule *rule, gint64 unit)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label
      = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.f, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  g_autofree char *number = xq_format_count (count);
  GtkWidget *badge = gtk_label_new (number);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, number);
  Choice *choice = g_new0 (Choice, 1);

  choice->rule = rule;
  choice->unit = unit;
  g_object_set_data_full (G_OBJECT (row), "choice", choice, g_free);
  gtk_widget_add_css_class (label, "xq-report-title");
  gtk_widget_set_tooltip_text (label, rule != NULL ? xq_rule_get_meaning (rule) : title);
  gtk_widget_add_css_class (badge, "xq-count-badge");
  if (rule != NULL && rule->severity != XQ_SEVERITY_NOTICE)
    gtk_widget_add_css_class (badge, rule->severity == XQ_SEVERITY_ERROR ? "error" : "warn");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->list, row);
  return GTK_LIST_BOX_ROW (row);
}

/* Headings stand before the first rule of each group. */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const Choice *choice = row_choice (row), *above = before != NULL ? row_choice (before) : NULL;
  GtkWidget *label;

  if (choice->rule == NULL || (above != NULL && above->rule != NULL && above->rule->group == choice->rule->group))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = g_object_new (GTK_TYPE_LABEL, "label", xq_rule_group_get_label (choice->rule->group), "xalign", 0.f, NULL);
  gtk_widget_add_css_class (label, "xq-checks-heading");
  gtk_list_box_row_set_header (row, label);
}

static gboolean
counts (const XqChecksSide *self, const XqFindingList *list, const XqFinding *finding)
{
  return self->acknowledged != xq_finding_is_open (finding) && xq_finding_list_is_below (list, finding, self->scope);
}

static guint
fill_rules (XqChecksSide *self, guint *numbers)
{
  guint total = 0;

  for (guint l = 0; l < self->lists->len; l++)
    {
      const XqFindingList *list = g_ptr_array_index (self->lists, l);

      for (guint i = 0; xq_finding_list_holds (list, self->scope) && i < xq_finding_list_get_size (list); i++)
        if (counts (self, list, xq_finding_list_get (list, i)))
          {
            numbers[xq_rule_get_index (xq_finding_list_get (list, i)->rule)]++;
            total++;
          }
    }
  return total;
}

/* The units right below the one looked at, by their number of findings. Ids in the order they were met. */
typedef struct
{
  const XqUnit *unit;
  guint count;
} UnitCount;

static int
compare_units (gconstpointer a, gconstpointer b)
{
  const UnitCount *first = a, *second = b;

  return first->count != second->count ? (first->count > second->count ? -1 : 1)
                                       : g_utf8_collate (first->unit->name, second->unit->name);
}

static GArray *
list_units (XqChecksSide *self)
{
  GArray *units = g_array_new (FALSE, FALSE, sizeof (UnitCount));
  g_autoptr (GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal); /* id → index + 1 */

  for (guint l = 0; l < self->lists->len; l++)
    {
      const XqFindingList *list = g_ptr_array_index (self->lists, l);

      for (guint i = 0; xq_finding_list_holds (list, self->scope) && i < xq_finding_list_get_size (list); i++)
        {
          const XqFinding *finding = xq_finding_list_get (list, i);
          const XqUnit *unit = counts (self, list, finding) ? xq_finding_list_get_part (list, finding, self->scope) : NULL;
          guint place;

          if (unit == NULL)
            continue;
          place = GPOINTER_TO_UINT (g_hash_table_lookup (places, &unit->id));
          if (place == 0)
            {
              UnitCount new_unit = { unit, 0 };

              g_array_append_val (units, new_unit);
              place = units->len;
              g_hash_table_insert (places, (gpointer)&unit->id, GUINT_TO_POINTER (place));
            }
          g_array_index (units, UnitCount, place - 1).count++;
        }
    }
  g_array_sort (units, compare_units);
  return units;
}

static void
fill (XqChecksSide *self)
{
  g_autofree guint *numbers = g_new0 (guint, xq_rule_count ());
  guint total = fill_rules (self, numbers);
  gboolean by_unit = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->by_unit));
  GtkListBoxRow *selected, *row;
  GtkWidget *child;
  gboolean found = FALSE;

  self->filling = TRUE;
  while ((child = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))) != NULL)
    gtk_list_box_remove (self->list, child);
  selected = add_row (self, by_unit ? _ ("All units") : _ ("All rules"), total, NULL, 0);
  for (guint i = 0; !by_unit && i < xq_rule_count (); i++)
    {
      /* The chosen one stays, that what is found no more is seen to be so. */
      if (numbers[i] == 0 && self->rule != &XQ_RULES[i])
        continue;
      row = add_row (self, xq_rule_get_title (&XQ_RULES[i]), numbers[i], &XQ_RULES[i], 0);
      if (self->rule == &XQ_RULES[i])
        selected = row;
    }
  if (by_unit)
    {
      g_autoptr (GArray) units = list_units (self);

      for (guint i = 0; i < units->len; i++)
        {
          const UnitCount *unit = &g_array_index (units, UnitCount, i);

          row = add_row (self, unit->unit->name, unit->count, NULL, unit->unit->id);
          found = found || unit->unit->id == self->unit;
          if (unit->unit->id == self->unit)
            selected = row;
        }
    }
  if (by_unit ? !found : FALSE)
    self->unit = 0;
  gtk_list_box_select_row (self->list, selected);
  self->filling = FALSE;
}

static void
row_selected (XqChecksSide *self, GtkListBoxRow *row)
{
  const Choice *choice = row != NULL ? row_choice (row) : NULL;

  if (self->filling || choice == NULL)
    return;
  self->rule = choice->rule;
  self->unit = choice->unit;
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
kind_toggled (XqChecksSide *self)
{
  self->rule = NULL;
  self->unit = 0;
  fill (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
xq_checks_side_dispose (GObject *object)
{
  XqChecksSide *self = XQ_CHECKS_SIDE (object);

  self->filling = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_checks_side_parent_class)->dispose (object);
}

static void
xq_checks_side_finalize (GObject *object)
{
  g_ptr_array_unref (XQ_CHECKS_SIDE (object)->lists);
  G_OBJECT_CLASS (xq_checks_side_parent_class)->finalize (object);
}

static void
xq_checks_side_class_init (XqChecksSideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_checks_side_dispose;
  G_OBJECT_CLASS (klass)->finalize = xq_checks_side_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", XQ_TYPE_CHECKS_SIDE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "checks-side");
}

static void
xq_checks_side_init (XqChecksSide *self)
{
  GtkWidget *toggles = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *scroller;

  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_finding_list_unref);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->by_rule = gtk_toggle_button_new_with_label (_ ("By rule"));
  self->by_unit = gtk_toggle_button_new_with_label (_ ("By unit"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->by_unit), GTK_TOGGLE_BUTTON (self->by_rule));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->by_rule), TRUE);
  gtk_widget_set_hexpand (self->by_rule, TRUE);
  gtk_widget_set_hexpand (self->by_unit, TRUE);
  gtk_widget_add_css_class (toggles, "linked");
  gtk_widget_add_css_class (toggles, "xq-checks-toggles");
  gtk_box_append (GTK_BOX (toggles), self->by_rule);
  gtk_box_append (GTK_BOX (toggles), self->by_unit);
  gtk_box_append (GTK_BOX (self->box), toggles);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "xq-report-list");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "xq-checks-list");
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Rules or units"), -1);
  scroller
      = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "child", self->list, NULL);
  gtk_box_append (GTK_BOX (self->box), scroller);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (row_selected), self);
  g_signal_connect_swapped (self->by_unit, "toggled", G_CALLBACK (kind_toggled), self);
}

void
xq_checks_side_set (XqChecksSide *self, GPtrArray *lists, gint64 scope, gboolean acknowledged)
{
  g_return_if_fail (XQ_IS_CHECKS_SIDE (self));

  g_ptr_array_set_size (self->lists, 0);
  for (guint i = 0; i < lists->len; i++)
    g_ptr_array_add (self->lists, xq_finding_list_ref (g_ptr_array_index (lists, i)));
  self->scope = scope;
  self->acknowledged = acknowledged;
  fill (self);
}

const XqRule *
xq_checks_side_get_rule (XqChecksSide *self)
{
  g_return_val_if_fail (XQ_IS_CHECKS_SIDE (self), NULL);
  return self->rule;
}

gint64
xq_checks_side_get_unit (XqChecksSide *self)
{
  g_return_val_if_fail (XQ_IS_CHECKS_SIDE (self), 0);
  return self->unit;
}

void
xq_checks_side_choose_rule (XqChecksSide *self, const XqRule *rule)
{
  g_return_if_fail (XQ_IS_CHECKS_SIDE (self));

  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->by_rule)))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->by_rule), TRUE);
  self->rule = rule;
  self->unit = 0;
  fill (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}
