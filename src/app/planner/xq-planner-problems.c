#include "xq-planner-problems.h"

#include <glib/gi18n-lib.h>

/* By kind of violation. */
static const char *const SENTENCES[XQ_PLAN_N_VIOLATIONS] = {
  [XQ_PLAN_UNASSIGNED] = N_ ("Compounds in no unit: %u"),
  [XQ_PLAN_NOT_CONTIGUOUS] = N_ ("Units in several pieces: %u"),
  [XQ_PLAN_ACROSS_BARRIER] = N_ ("Units across a main road or river: %u"),
  [XQ_PLAN_BELOW_FLOOR] = N_ ("Units with too few full members: %u"),
  [XQ_PLAN_HOUSEHOLDS_FEW] = N_ ("Units with too few households: %u"),
  [XQ_PLAN_HOUSEHOLDS_MANY] = N_ ("Units with too many households: %u"),
  [XQ_PLAN_SEVERAL_COMMUNITIES] = N_ ("Units in several communities: %u"),
  [XQ_PLAN_LOCK_CHANGED] = N_ ("Locked units changed: %u"),
  [XQ_PLAN_PROPERTY_SPLIT] = N_ ("Property areas parted: %u"),
  [XQ_PLAN_NOT_TOGETHER] = N_ ("Pairs not together: %u"),
  [XQ_PLAN_NOT_APART] = N_ ("Pairs not apart: %u"),
  [XQ_PLAN_TOO_MANY_BASE] = N_ ("Units of too many compounds: %u"),
};

typedef struct
{
  GtkWidget *row;
  GtkLabel *title;
  GtkWidget *details;
  GtkLabel *sentence, *reason;
} Row;

struct _XqPlannerProblems
{
  GtkWidget parent_instance;

  /* owned by the tree of widgets */
  GtkWidget *box, *fine;
  Row rows[XQ_PLAN_N_VIOLATIONS];

  /* owned */
  XqPlannerModel *model;
  XqPlannerState *state; /* whose violations are shown */
  GCancellable *explaining;
  guint at[XQ_PLAN_N_VIOLATIONS]; /* the next to be shown of a kind */
  int last;                       /* kind gone to last */
};

enum
{
  SIGNAL_LOCATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqPlannerProblems, xq_planner_problems, GTK_TYPE_WIDGET)

/* ---- Going to one ---- */

static const XqPlanViolation *
find_violation (XqPlannerProblems *self, XqPlanViolationKind kind, guint number)
{
  for (guint i = 0, n = 0; self->state != NULL && i < self->state->score->violations->len; i++)
    {
      const XqPlanViolation *violation = g_ptr_array_index (self->state->score->violations, i);

      if (violation->kind == kind && n++ == number)
        return violation;
    }
  return NULL;
}

typedef struct
{
  XqPlannerProblems *self;
  GCancellable *cancellable;
  XqPlanViolationKind kind;
} Asker;

static void
asker_free (Asker *asker)
{
  g_object_unref (asker->self);
  g_object_unref (asker->cancellable);
  g_free (asker);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asker, asker_free)

static void
explained (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asker) asker = data;
  g_autofree char *text = xq_planner_model_explain_finish (XQ_PLANNER_MODEL (source), result, NULL);

  if (g_cancellable_is_cancelled (asker->cancellable) || asker->self->box == NULL)
    return;
  gtk_label_set_label (asker->self->rows[asker->kind].reason,
                       text != NULL && *text != '\0' ? text
                                                     : _ ("A way that keeps every rule exists: draw the units around it anew."));
  gtk_widget_set_visible (GTK_WIDGET (asker->self->rows[asker->kind].reason), TRUE);
}

static void
stop_explaining (XqPlannerProblems *self)
{
  g_cancellable_cancel (self->explaining);
  g_clear_object (&self->explaining);
}

static void
hide_details (XqPlannerProblems *self)
{
  for (guint kind = 0; kind < XQ_PLAN_N_VIOLATIONS; kind++)
    gtk_widget_set_visible (self->rows[kind].details, FALSE);
}

static void
locate (XqPlannerProblems *self, XqPlanViolationKind kind)
{
  const XqPlanViolation *violation = find_violation (self, kind, self->at[kind]);
  g_autofree char *sentence = NULL;
  Row *row = &self->rows[kind];
  Asker *asker;

  if (violation == NULL)
    {
      self->at[kind] = 0;
      violation = find_violation (self, kind, 0);
    }
  if (violation == NULL || violation->base->len == 0)
    return;
  self->at[kind]++;
  self->last = (int)kind;
  hide_details (self);
  sentence = xq_plan_violation_to_text (self->state->problem, violation);
  gtk_label_set_label (row->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (row->reason), FALSE);
  gtk_widget_set_visible (row->details, TRUE);
  stop_explaining (self);
  self->explaining = g_cancellable_new ();
  asker = g_new0 (Asker, 1);
  asker->self = g_object_ref (self);
  asker->cancellable = g_object_ref (self->explaining);
  asker->kind = kind;
  xq_planner_model_explain_async (self->model, g_array_index (violation->base, guint, 0), explained, asker);
  g_signal_emit (self, signals[SIGNAL_LOCATED], 0, violation->base);
}

static void
locate_clicked (GtkButton *button, XqPlannerProblems *self)
{
  locate (self, (XqPlanViolationKind)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kind")));
}

gboolean
xq_planner_problems_locate_next (XqPlannerProblems *self)
{
  g_return_val_if_fail (XQ_IS_PLANNER_PROBLEMS (self), FALSE);

  for (int step = 0; self->state != NULL && step <= XQ_PLAN_N_VIOLATIONS; step++)
    {
      int kind = (MAX (self->last, 0) + step) % XQ_PLAN_N_VIOLATIONS;

      /* On to the next kind when all of this one have been seen. */
      if (self->at[kind] < self->state->score->by_kind[kind])
        {
          locate (self, (XqPlanViolationKind)kind);
          return TRUE;
        }
    }
  if (xq_planner_problems_count (self) == 0)
    return FALSE;
  memset (self->at, 0, sizeof self->at);
  self->last = 0;
  return xq_planner_problems_locate_next (self);
}

guint
xq_planner_problems_count (XqPlannerProblems *self)
{
  return self->state != NULL ? self->state->score->n_violations : 0;
}

static void
model_changed (XqPlannerProblems *self)
{
  XqPlannerState *state = xq_planner_model_get_state (self->model);

  if (state == self->state)
    return;
  stop_explaining (self);
  g_clear_pointer (&self->state, xq_planner_state_unref);
  self->state = state != NULL ? xq_planner_state_ref (state) : NULL;
  memset (self->at, 0, sizeof self->at);
  hide_details (self);
  for (guint kind = 0; kind < XQ_PLAN_N_VIOLATIONS; kind++)
    {
      guint n = state != NULL ? state->score->by_kind[kind] : 0;
      g_autofree char *title = NULL;

      gtk_widget_set_visible (self->rows[kind].row, n > 0);
      if (n == 0)
        continue;
      title = g_strdup_printf (g_dgettext (GETTEXT_PACKAGE, SENTENCES[kind]), n);
      gtk_label_set_label (self->rows[kind].title, title);
    }
  gtk_widget_set_visible (self->fine, state != NULL && state->score->n_violations == 0);
}

/* ---- Object ---- */

static GtkWidget *
make_wrapped (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
make_row (XqPlannerProblems *self, guint kind)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *sign = gtk_image_new_from_icon_name ("dialog-warning-symbolic"), *title = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_with_label (_ ("Locate"));
  Row *row = &self->rows[kind];

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "xq-planner-card");
  gtk_widget_add_css_class (sign, "xq-worse");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "xq-small-button");
  gtk_widget_add_css_class (button, "text-button");
  gtk_widget_set_tooltip_text (button, _ ("Show one after the other on the map"));
  g_object_set_data (G_OBJECT (button), "kind", GINT_TO_POINTER (kind));
  g_signal_connect_object (button, "clicked", G_CALLBACK (locate_clicked), self, 0);
  gtk_box_append (GTK_BOX (head), sign);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), button);
  gtk_box_append (GTK_BOX (card), head);

  row->row = card;
  row->title = GTK_LABEL (title);
  row->details = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  row->sentence = GTK_LABEL (make_wrapped (NULL));
  row->reason = GTK_LABEL (make_wrapped ("xq-caption"));
  gtk_box_append (GTK_BOX (row->details), GTK_WIDGET (row->sentence));
  gtk_box_append (GTK_BOX (row->details), GTK_WIDGET (row->reason));
  gtk_box_append (GTK_BOX (card), row->details);
  gtk_widget_set_visible (card, FALSE);
  gtk_box_append (GTK_BOX (self->box), card);
}

static void
make_fine (XqPlannerProblems *self)
{
  GtkWidget *sign = gtk_image_new_from_icon_name ("emblem-ok-symbolic"), *label = gtk_label_new (_ ("Every rule is kept"));

  self->fine = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->fine, "card");
  gtk_widget_add_css_class (self->fine, "xq-planner-card");
  gtk_widget_add_css_class (sign, "xq-better");
  gtk_box_append (GTK_BOX (self->fine), sign);
  gtk_box_append (GTK_BOX (self->fine), label);
  gtk_widget_set_visible (self->fine, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->fine);
}

static void
xq_planner_problems_dispose (GObject *object)
{
  XqPlannerProblems *self = XQ_PLANNER_PROBLEMS (object);

  stop_explaining (self);
  g_clear_object (&self->model);
  g_clear_pointer (&self->state, xq_planner_state_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_planner_problems_parent_class)->dispose (object);
}

static void
xq_planner_problems_class_init (XqPlannerProblemsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_planner_problems_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_LOCATED]
      = g_signal_new ("located", XQ_TYPE_PLANNER_PROBLEMS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
}

static void
xq_planner_problems_init (XqPlannerProblems *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  for (guint kind = 0; kind < XQ_PLAN_N_VIOLATIONS; kind++)
    make_row (self, kind);
  make_fine (self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

void
xq_planner_problems_set_model (XqPlannerProblems *self, XqPlannerModel *model)
{
  g_return_if_fail (XQ_IS_PLANNER_PROBLEMS (self) && self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "changed", G_CALLBACK (model_changed), self, G_CONNECT_SWAPPED);
  model_changed (self);
}
