#include "xq-context.h"

struct _XqContext {
  GObject parent_instance;

  /* owned */
  XqStore *store;
  XqFindings *findings;
  char *tab; /* asked for, of tab_unit */
  gint64 tab_unit;
  gint64 unit;
  XqPeriod period;
  XqDivision division;
  guint revision;
  gboolean persons_shown;
  gulong changed_id, open_period_id;
};

enum { PROP_STORE = 1, PROP_UNIT, PROP_PERIOD, PROP_DIVISION, PROP_EDITABLE, PROP_REVISION, PROP_PERSONS_SHOWN, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { SIGNAL_PROGRESS_BEGUN, SIGNAL_PROGRESS_ENDED, SIGNAL_TAB_ASKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqContext, xq_context, G_TYPE_OBJECT)

static void
raise_revision (XqContext *self)
{
  self->revision++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVISION]);
}

/* The open period has one division only. */
static void
forget_division (XqContext *self)
{
  if (self->division == XQ_DIVISION_THEN)
    return;
  self->division = XQ_DIVISION_THEN;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIVISION]);
}

/* A period that has become the open one is the open one; its figures are live from now on. */
static void
open_period_changed (XqContext *self)
{
  if (xq_period_is_set (self->period) && xq_period_equal (self->period, xq_store_get_open_period (self->store)))
    {
      self->period = XQ_PERIOD_NONE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERIOD]);
      forget_division (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITABLE]);
  raise_revision (self);
}

static void
forget_store (XqContext *self)
{
  if (self->store == NULL)
    return;
  g_clear_signal_handler (&self->changed_id, self->store);
  g_clear_signal_handler (&self->open_period_id, self->store);
  g_clear_object (&self->store);
}

static void
xq_context_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  XqContext *self = XQ_CONTEXT (object);

  switch (prop_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_UNIT:
      g_value_set_int64 (value, self->unit);
      break;
    case PROP_PERIOD:
      g_value_take_string (value, xq_period_is_set (self->period) ? xq_period_to_string (self->period) : g_strdup (""));
      break;
    case PROP_DIVISION:
      g_value_set_uint (value, self->division);
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, xq_context_get_editable (self));
      break;
    case PROP_REVISION:
      g_value_set_uint (value, self->revision);
      break;
    case PROP_PERSONS_SHOWN:
      g_value_set_boolean (value, self->persons_shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xq_context_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  XqContext *self = XQ_CONTEXT (object);

  switch (prop_id)
    {
    case PROP_STORE:
      xq_context_set_store (self, g_value_get_object (value));
      break;
    case PROP_UNIT:
      xq_context_set_unit (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xq_context_dispose (GObject *object)
{
  XqContext *self = XQ_CONTEXT (object);

  xq_findings_set_store (self->findings, NULL);
  forget_store (self);
  G_OBJECT_CLASS (xq_context_parent_class)->dispose (object);
}

static void
xq_context_finalize (GObject *object)
{
  g_clear_object (&XQ_CONTEXT (object)->findings);
  g_clear_pointer (&XQ_CONTEXT (object)->tab, g_free);
  G_OBJECT_CLASS (xq_context_parent_class)->finalize (object);
}

static void
xq_context_class_init (XqContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = xq_context_dispose;
  object_class->finalize = xq_context_finalize;
  object_class->get_property = xq_context_get_property;
  object_class->set_property = xq_context_set_property;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, XQ_TYPE_STORE, writable);
  properties[PROP_UNIT] = g_param_spec_int64 ("unit", NULL, NULL, 0, G_MAXINT64, 0, writable);
  properties[PROP_PERIOD] = g_param_spec_string ("period", NULL, NULL, "", readable);
  properties[PROP_DIVISION] = g_param_spec_uint ("division", NULL, NULL, XQ_DIVISION_THEN, XQ_DIVISION_NOW, XQ_DIVISION_THEN, readable);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, FALSE, readable);
  properties[PROP_REVISION] = g_param_spec_uint ("revision", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_PERSONS_SHOWN] = g_param_spec_boolean ("persons-shown", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_PROGRESS_BEGUN] = g_signal_new ("progress-begun", XQ_TYPE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 2, XQ_TYPE_PROGRESS, G_TYPE_STRING);
  signals[SIGNAL_TAB_ASKED] = g_signal_new ("tab-asked", XQ_TYPE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROGRESS_ENDED] = g_signal_new ("progress-ended", XQ_TYPE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 1, XQ_TYPE_PROGRESS);
}

static void
xq_context_init (XqContext *self)
{
  self->findings = xq_findings_new ();
}

XqContext *
xq_context_new (void)
{
  return g_object_new (XQ_TYPE_CONTEXT, NULL);
}

XqStore *
xq_context_get_store (XqContext *context)
{
  g_return_val_if_fail (XQ_IS_CONTEXT (context), NULL);
  return context->store;
}

void
xq_context_set_store (XqContext *context, XqStore *store)
{
  g_return_if_fail (XQ_IS_CONTEXT (context));
  g_return_if_fail (store == NULL || XQ_IS_STORE (store));

  if (context->store == store)
    return;
  forget_store (context);
  context->unit = 0;
  context->period = XQ_PERIOD_NONE;
  xq_context_set_persons_shown (context, FALSE);
  if (store != NULL)
    {
      context->store = g_object_ref (store);
      context->changed_id = g_signal_connect_swapped (store, "changed", G_CALLBACK (raise_revision), context);
      context->open_period_id = g_signal_connect_swapped (store, "notify::open-period", G_CALLBACK (open_period_changed), context);
    }
  xq_findings_set_store (context->findings, store);
  g_object_freeze_notify (G_OBJECT (context));
  forget_division (context);
  g_object_notify_by_pspec (G_OBJECT (context), properties[PROP_STORE]);
  g_object_notify_by_pspec (G_OBJECT (context), properties[PROP_UNIT]);
  g_object_notify_by_pspec (G_OBJECT (context), properties[PROP_PERIOD]);
  g_object_notify_by_pspec (G_OBJECT (context), properties[PROP_EDITABLE]);
  g_object_thaw_notify (G_OBJECT (context));
}

XqFindings *
xq_context_get_findings (XqContext *context)
{
  g_return_val_if_fail (XQ_IS_CONTEXT (context), NULL);
  return context->findings;
}

void
xq_context_ask_tab (XqContext *context, gint64 unit, const char *tab)
{
  g_return_if_fail (XQ_IS_CONTEXT (context));
  g_free (context->tab);
  context->tab = g_strdup (tab);
  context->tab_unit = unit;
  g_signal_emit (context, signals[SIGNAL_TAB_ASKED], 0);
}

char *
xq_context_take_tab (XqContext *context, gint64 unit)
{
  g_return_val_if_fail (XQ_IS_CONTEXT (context), NULL);
  return context->tab_unit == unit ? g_steal_pointer (&context->tab) : NULL;
}

gint64
xq_context_get_unit (XqContext *context)
{
  g_return_val_if_fail (XQ_IS_CONTEXT (context), 0);
  return context->unit;
}

void
xq_context_set_unit (XqContext *context, gint64 unit)
{
  g_return_if_fail (XQ_IS_CONTEXT (context));
  if (context->unit == unit)
    return;
  context->unit = unit;
  g_object_notify_by_pspec (G_OBJECT (context), properties[PROP_UNIT]);
}

XqPeriod
xq_context_get_period (XqContext *context)
{
  g_return_val_if_fail (XQ_IS_CONTEXT (context), XQ_PERIOD_NONE);
  return context->period;
}

void
xq_context_set_period (XqContext *context, XqPeriod period)
{
  g_return_if_fail (XQ_IS_CONTEXT (context));

  if (context->store != NULL && xq_period_is_set (period) && xq_period_equal (period, xq_store_get_open_period (context->store)))
    period = XQ_PERIOD_NONE;
  if (xq_period_is_set (period) == xq_period_is_set (context->period) && (!xq_period_is_set (period) || xq_period_equal (period, context->period)))
    return;
  context->period = period;
  g_object_freeze_notify (G_OBJECT (context));
  if (!xq_period_is_set (period))
    forget_division (context);
  g_object_notify_by_pspec (G_OBJECT (context), properties[PROP_PERIOD]);
  g_object_notify_by_pspec (G_OBJECT (context), properties[PROP_EDITABLE]);
  g_object_thaw_notify (G_OBJECT (context));
}

XqDivision
xq_context_get_division (XqContext *context)
{
  g_return_val_if_fail (XQ_IS_CONTEXT (context), XQ_DIVISION_THEN);
  return context->division;
}

void
xq_context_set_division (XqContext *context, XqDivision division)
{
  g_return_if_fail (XQ_IS_CONTEXT (context));

  if (context->store == NULL || !xq_period_is_set (context->period))
    division = XQ_DIVISION_THEN;
  if (context->division == division)
    return;
  context->division = division;
  g_object_notify_by_pspec (G_OBJECT (context), properties[PROP_DIVISION]);
}

XqPeriod
xq_context_get_units_period (XqContext *context)
{
  g_return_val_if_fail (XQ_IS_CONTEXT (context), XQ_PERIOD_NONE);
  return context->division == XQ_DIVISION_NOW ? XQ_PERIOD_NONE : context->period;
}

guint
xq_context_get_revision (XqContext *context)
{
  g_return_val_if_fail (XQ_IS_CONTEXT (context), 0);
  return context->revision;
}

gboolean
xq_context_get_editable (XqContext *context)
{
  g_return_val_if_fail (XQ_IS_CONTEXT (context), FALSE);
  return context->store != NULL && !xq_store_get_read_only (context->store) && !xq_period_is_set (context->period);
}

gboolean
xq_context_get_persons_shown (XqContext *context)
{
  g_return_val_if_fail (XQ_IS_CONTEXT (context), FALSE);
  return context->persons_shown;
}

void
xq_context_set_persons_shown (XqContext *context, gboolean shown)
{
  g_return_if_fail (XQ_IS_CONTEXT (context));
  if (context->persons_shown == shown)
    return;
  context->persons_shown = shown;
  g_object_notify_by_pspec (G_OBJECT (context), properties[PROP_PERSONS_SHOWN]);
}

void
xq_context_begin_progress (XqContext *context, XqProgress *progress, const char *title)
{
  g_return_if_fail (XQ_IS_CONTEXT (context));
  g_return_if_fail (XQ_IS_PROGRESS (progress));
  g_signal_emit (context, signals[SIGNAL_PROGRESS_BEGUN], 0, progress, title);
}

void
xq_context_end_progress (XqContext *context, XqProgress *progress)
{
  g_return_if_fail (XQ_IS_CONTEXT (context));
  g_return_if_fail (XQ_IS_PROGRESS (progress));
  g_signal_emit (context, signals[SIGNAL_PROGRESS_ENDED], 0, progress);
}
