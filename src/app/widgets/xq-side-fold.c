#include "xq-side-fold.h"

#include <adwaita.h>

struct _XqSideFold {
  GtkWidget parent_instance;

  /* owned */
  AdwFlap *flap;
  GtkPackType position;
  int fold_below;
  gboolean reveal_unfolded; /* whether the pane is shown beside the content when there is room */
  gboolean folding;         /* while folding or unfolding: not the user's choice */
};

enum { PROP_CONTENT = 1, PROP_SIDE, PROP_SIDE_POSITION, PROP_FOLD_BELOW, PROP_REVEAL, PROP_FOLDED, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (XqSideFold, xq_side_fold, GTK_TYPE_WIDGET)

/*
 * libadwaita 1.2 divides the animation's velocity by the pane's width: while the pane has not been given one the sliding
 * would run through numbers that are none, and for some frames its content would have no place. Then it appears at once.
 */
static void
reveal_side (XqSideFold *self, gboolean reveal)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  GtkWidget *side = adw_flap_get_flap (self->flap);
  gboolean animated, placed = side != NULL && gtk_widget_get_width (side) > 0;

  g_object_get (settings, "gtk-enable-animations", &animated, NULL);
  if (animated && !placed)
    g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  adw_flap_set_reveal_flap (self->flap, reveal);
  if (animated && !placed)
    g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
}

static void
set_folded (XqSideFold *self, gboolean folded)
{
  if (folded == xq_side_fold_get_folded (self))
    return;
  self->folding = TRUE;
  adw_flap_set_fold_policy (self->flap, folded ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_NEVER);
  reveal_side (self, !folded && self->reveal_unfolded);
  self->folding = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static gboolean
update_folded (gpointer data)
{
  XqSideFold *self = data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (width > 0)
    set_folded (self, width < self->fold_below);
  return G_SOURCE_REMOVE;
}

static void
reveal_changed (XqSideFold *self)
{
  if (!self->folding && !xq_side_fold_get_folded (self))
    self->reveal_unfolded = adw_flap_get_reveal_flap (self->flap);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEAL]);
}

/* The least width is that of the folded state, or the window could never be made narrow enough to fold. */
static void
xq_side_fold_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  XqSideFold *self = XQ_SIDE_FOLD (widget);

  gtk_widget_measure (GTK_WIDGET (self->flap), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      int content_minimum = 0, side_minimum = 0;

      if (adw_flap_get_content (self->flap) != NULL)
        gtk_widget_measure (adw_flap_get_content (self->flap), orientation, -1, &content_minimum, NULL, NULL, NULL);
      if (adw_flap_get_flap (self->flap) != NULL)
        gtk_widget_measure (adw_flap_get_flap (self->flap), orientation, -1, &side_minimum, NULL, NULL, NULL);
      *minimum = MIN (*minimum, MAX (content_minimum, side_minimum));
      *natural = MAX (*natural, *minimum);
    }
}

static void
xq_side_fold_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XqSideFold *self = XQ_SIDE_FOLD (widget);
  int minimum;

  /* Folding changes what the children ask for, which an allocation must not do: the next idle does. */
  if ((width < self->fold_below) != xq_side_fold_get_folded (self))
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_folded, g_object_ref (self), g_object_unref);
  gtk_widget_measure (GTK_WIDGET (self->flap), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (self->flap), MAX (width, minimum), height, baseline, NULL);
}

static void
xq_side_fold_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  XqSideFold *self = XQ_SIDE_FOLD (object);

  switch (prop_id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, adw_flap_get_content (self->flap));
      break;
    case PROP_SIDE:
      g_value_set_object (value, adw_flap_get_flap (self->flap));
      break;
    case PROP_SIDE_POSITION:
      g_value_set_enum (value, self->position);
      break;
    case PROP_FOLD_BELOW:
      g_value_set_int (value, self->fold_below);
      break;
    case PROP_REVEAL:
      g_value_set_boolean (value, xq_side_fold_get_reveal (self));
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, xq_side_fold_get_folded (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xq_side_fold_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  XqSideFold *self = XQ_SIDE_FOLD (object);

  switch (prop_id)
    {
    case PROP_CONTENT:
      xq_side_fold_set_content (self, g_value_get_object (value));
      break;
    case PROP_SIDE:
      xq_side_fold_set_side (self, g_value_get_object (value));
      break;
    case PROP_SIDE_POSITION:
      self->position = g_value_get_enum (value);
      adw_flap_set_flap_position (self->flap, self->position);
      break;
    case PROP_FOLD_BELOW:
      self->fold_below = g_value_get_int (value);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      break;
    case PROP_REVEAL:
      xq_side_fold_set_reveal (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xq_side_fold_dispose (GObject *object)
{
  XqSideFold *self = XQ_SIDE_FOLD (object);

  if (self->flap != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->flap));
  self->flap = NULL;
  G_OBJECT_CLASS (xq_side_fold_parent_class)->dispose (object);
}

static void
xq_side_fold_class_init (XqSideFoldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = xq_side_fold_dispose;
  object_class->get_property = xq_side_fold_get_property;
  object_class->set_property = xq_side_fold_set_property;
  widget_class->measure = xq_side_fold_measure;
  widget_class->size_allocate = xq_side_fold_size_allocate;

  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SIDE_POSITION] = g_param_spec_enum ("side-position", NULL, NULL, GTK_TYPE_PACK_TYPE, GTK_PACK_START, flags);
  properties[PROP_FOLD_BELOW] = g_param_spec_int ("fold-below", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_REVEAL] = g_param_spec_boolean ("reveal", NULL, NULL, TRUE, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "side-fold");
}

static void
xq_side_fold_init (XqSideFold *self)
{
  self->flap = ADW_FLAP (adw_flap_new ());
  self->reveal_unfolded = TRUE;
  self->position = GTK_PACK_START;
  adw_flap_set_fold_policy (self->flap, ADW_FLAP_FOLD_POLICY_NEVER);
  adw_flap_set_swipe_to_open (self->flap, FALSE);
  adw_flap_set_separator (self->flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_widget_set_parent (GTK_WIDGET (self->flap), GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (reveal_changed), self, G_CONNECT_SWAPPED);
}

GtkWidget *
xq_side_fold_new (void)
{
  return g_object_new (XQ_TYPE_SIDE_FOLD, NULL);
}

gboolean
xq_side_fold_get_reveal (XqSideFold *self)
{
  g_return_val_if_fail (XQ_IS_SIDE_FOLD (self), FALSE);
  return adw_flap_get_reveal_flap (self->flap);
}

void
xq_side_fold_set_reveal (XqSideFold *self, gboolean reveal)
{
  g_return_if_fail (XQ_IS_SIDE_FOLD (self));
  reveal_side (self, reveal);
}

gboolean
xq_side_fold_get_folded (XqSideFold *self)
{
  g_return_val_if_fail (XQ_IS_SIDE_FOLD (self), FALSE);
  return adw_flap_get_fold_policy (self->flap) == ADW_FLAP_FOLD_POLICY_ALWAYS;
}

void
xq_side_fold_set_content (XqSideFold *self, GtkWidget *content)
{
  g_return_if_fail (XQ_IS_SIDE_FOLD (self));
  adw_flap_set_content (self->flap, content);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTENT]);
}

void
xq_side_fold_set_side (XqSideFold *self, GtkWidget *side)
{
  g_return_if_fail (XQ_IS_SIDE_FOLD (self));
  adw_flap_set_flap (self->flap, side);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDE]);
}
