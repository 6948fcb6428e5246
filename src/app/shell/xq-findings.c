#include "xq-findings.h"

/* Until then further changes are waited for: while someone types nothing is read. */
#define DELAY 300 /* ms */
#define TELL_EVERY 10

/* What is known of a district. */
typedef struct
{
  gint64 id;
  XqFindingList *list; /* NULL: not read yet */
  GHashTable *counts;  /* gint64 → XqFindingCounts */
  gboolean stale;
} District;

struct _XqFindings
{
  GObject parent_instance;

  /* owned */
  XqStore *store;
  GPtrArray *districts; /* District; NULL: not known which there are */
  GPtrArray *lists;     /* of those that have been read */
  GArray *touched;      /* gint64: units whose districts have become stale */
  GCancellable *cancellable;
  GError *error;
  gulong changed_id;
  guint delay_id;
  guint stamp;
  guint n_read; /* districts */
  gboolean all_stale;
};

enum
{
  PROP_STAMP = 1,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (XqFindings, xq_findings, G_TYPE_OBJECT)

/* ---- What is asked of the reader thread, and what comes back ---- */

typedef struct
{
  GArray *touched;    /* whose districts are wanted; NULL: none */
  GArray *stale;      /* gint64: known to be stale */
  gboolean all_stale; /* all are */
} Request;

typedef struct
{
  GArray *districts; /* gint64: all there are, in order */
  GArray *stale;     /* gint64: those still to be read */
  gint64 district;   /* read; 0: none */
  XqFindingList *list;
} Reply;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->touched, g_array_unref);
  g_clear_pointer (&request->stale, g_array_unref);
  g_free (request);
}

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_clear_pointer (&reply->districts, g_array_unref);
  g_clear_pointer (&reply->stale, g_array_unref);
  g_clear_pointer (&reply->list, xq_finding_list_unref);
  g_free (reply);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

static gboolean
contains (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* The districts of the units touched. One that is gone was in a district that another of them names. */
static gboolean
add_touched (XqTransaction *tx, const Request *request, GArray *stale, GError **error)
{
  for (guint i = 0; request->touched != NULL && i < request->touched->len; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (XqUnit) unit = xq_unit_load (tx, g_array_index (request->touched, gint64, i), &local);

      if (unit == NULL && !g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (unit != NULL && !contains (stale, unit->district))
        g_array_append_val (stale, unit->district);
    }
  return TRUE;
}

static gpointer
read_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (Reply) reply = g_new0 (Reply, 1);

  reply->districts = xq_finding_list_districts (tx, error);
  if (reply->districts == NULL)
    return NULL;
  reply->stale = g_array_new (FALSE, FALSE, sizeof (gint64));
  /* With a single district there is nothing to find out about the units. */
  if (request->all_stale || reply->districts->len == 1)
    g_array_append_vals (reply->stale, reply->districts->data, reply->districts->len);
  else
    {
      g_array_append_vals (reply->stale, request->stale->data, request->stale->len);
      if (!add_touched (tx, request, reply->stale, error))
        return NULL;
    }
  for (guint i = 0; i < reply->districts->len && reply->district == 0; i++)
    if (contains (reply->stale, g_array_index (reply->districts, gint64, i)))
      reply->district = g_array_index (reply->districts, gint64, i);
  if (reply->district == 0)
    return g_steal_pointer (&reply);
  reply->list = xq_finding_list_read (tx, &(XqFindingQuery){ .unit = reply->district }, error);
  return reply->list != NULL ? g_steal_pointer (&reply) : NULL;
}

/* ---- Taking answers ---- */

static void
district_free (gpointer data)
{
  District *district = data;

  g_clear_pointer (&district->list, xq_finding_list_unref);
  g_clear_pointer (&district->counts, g_hash_table_unref);
  g_free (district);
}

static District *
find_district (XqFindings *self, gint64 id)
{
  for (guint i = 0; self->districts != NULL && i < self->districts->len; i++)
    if (((District *)g_ptr_array_index (self->districts, i))->id == id)
      return g_ptr_array_index (self->districts, i);
  return NULL;
}

/* The districts there are now, with what was known of those that were there before. */
static void
take_districts (XqFindings *self, const Reply *reply)
{
  g_autoptr (GPtrArray) districts = g_ptr_array_new_with_free_func (district_free);

  for (guint i = 0; i < reply->districts->len; i++)
    {
      District *district = g_new0 (District, 1), *known;

      district->id = g_array_index (reply->districts, gint64, i);
      known = find_district (self, district->id);
      if (known != NULL)
        {
          district->list = g_steal_pointer (&known->list);
          district->counts = g_steal_pointer (&known->counts);
        }
      district->stale = contains (reply->stale, district->id) || district->list == NULL;
      g_ptr_array_add (districts, district);
    }
  g_clear_pointer (&self->districts, g_ptr_array_unref);
  self->districts = g_steal_pointer (&districts);
}

static void
notify (XqFindings *self)
{
  g_ptr_array_set_size (self->lists, 0);
  for (guint i = 0; self->districts != NULL && i < self->districts->len; i++)
    {
      const District *district = g_ptr_array_index (self->districts, i);

      if (district->list != NULL)
        g_ptr_array_add (self->lists, xq_finding_list_ref (district->list));
    }
  self->stamp++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAMP]);
}

static void read_next (XqFindings *self);

static void
read_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqFindings) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Reply) reply = xq_store_read_finish (XQ_STORE (source), result, &error);
  District *district;

  /* A change has come between, or another document: it is asked for again. The answer may have been ready before the change was heard of:
   * taken, it would pass for one to what has changed. */
  if (XQ_STORE (source) != self->store || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  if (reply == NULL)
    {
      self->error = g_steal_pointer (&error);
      notify (self);
      return;
    }
  g_array_set_size (self->touched, 0);
  self->all_stale = FALSE;
  take_districts (self, reply);
  district = find_district (self, reply->district);
  if (district != NULL)
    {
      g_clear_pointer (&district->list, xq_finding_list_unref);
      g_clear_pointer (&district->counts, g_hash_table_unref);
      district->list = g_steal_pointer (&reply->list);
      district->counts = xq_finding_list_count_units (district->list);
      district->stale = FALSE;
    }
  /* With many districts to come not every one of them is worth telling of. */
  if (reply->stale->len <= 1 || self->n_read++ % TELL_EVERY == 0)
    notify (self);
  read_next (self);
}

/* Starts reading where something is stale. */
static void
read_next (XqFindings *self)
{
  g_autoptr (GArray) stale = g_array_new (FALSE, FALSE, sizeof (gint64));
  Request *request;

  for (guint i = 0; self->districts != NULL && i < self->districts->len; i++)
    {
      const District *district = g_ptr_array_index (self->districts, i);

      if (district->stale)
        g_array_append_val (stale, district->id);
    }
  if (self->store == NULL || self->delay_id != 0 || (!self->all_stale && stale->len == 0 && self->touched->len == 0))
    return;
  request = g_new0 (Request, 1);
  request->stale = g_steal_pointer (&stale);
  request->all_stale = self->all_stale;
  request->touched = g_array_copy (self->touched);
  self->cancellable = g_cancellable_new ();
  xq_store_read_async (self->store, read_job, request, request_free, reply_free, self->cancellable, read_done, g_object_ref (self));
}

static gboolean
delay_over (gpointer data)
{
  XqFindings *self = data;

  self->delay_id = 0;
  read_next (self);
  return G_SOURCE_REMOVE;
}

static void
read_soon (XqFindings *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  self->delay_id = g_timeout_add (DELAY, delay_over, self);
}

static void
store_changed (XqFindings *self, GArray *units, guint kinds)
{
  if (units != NULL)
    g_array_append_vals (self->touched, units->data, units->len);
  /* A period that was locked is compared with; the scheme's rules may have changed with it. A command that touched no unit may have
   * changed anything. */
  if ((kinds & XQ_CHANGE_PERIODS) || units == NULL || units->len == 0)
    self->all_stale = TRUE;
  read_soon (self);
}

/* ---- Object ---- */

static void
forget_store (XqFindings *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  if (self->store != NULL)
    g_clear_signal_handler (&self->changed_id, self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->districts, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_array_set_size (self->touched, 0);
}

static void
xq_findings_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_STAMP)
    g_value_set_uint (value, XQ_FINDINGS (object)->stamp);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
xq_findings_finalize (GObject *object)
{
  XqFindings *self = XQ_FINDINGS (object);

  forget_store (self);
  g_ptr_array_unref (self->lists);
  g_array_unref (self->touched);
  G_OBJECT_CLASS (xq_findings_parent_class)->finalize (object);
}

static void
xq_findings_class_init (XqFindingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = xq_findings_get_property;
  object_class->finalize = xq_findings_finalize;
  properties[PROP_STAMP] = g_param_spec_uint ("stamp", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xq_findings_init (XqFindings *self)
{
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_finding_list_unref);
  self->touched = g_array_new (FALSE, FALSE, sizeof (gint64));
}

XqFindings *
xq_findings_new (void)
{
  return g_object_new (XQ_TYPE_FINDINGS, NULL);
}

void
xq_findings_set_store (XqFindings *self, XqStore *store)
{
  g_return_if_fail (XQ_IS_FINDINGS (self));

  if (self->store == store)
    return;
  forget_store (self);
  if (store != NULL)
    {
      self->store = g_object_ref (store);
      self->changed_id = g_signal_connect_swapped (store, "changed", G_CALLBACK (store_changed), self);
      self->all_stale = TRUE;
      read_soon (self);
    }
  notify (self);
}

gboolean
xq_findings_get_ready (XqFindings *self)
{
  g_return_val_if_fail (XQ_IS_FINDINGS (self), FALSE);
  return self->districts != NULL && self->lists->len == self->districts->len;
}

const GError *
xq_findings_get_error (XqFindings *self)
{
  g_return_val_if_fail (XQ_IS_FINDINGS (self), NULL);
  return self->error;
}

GPtrArray *
xq_findings_get_lists (XqFindings *self)
{
  g_return_val_if_fail (XQ_IS_FINDINGS (self), NULL);
  return self->lists;
}

XqFindingCounts
xq_findings_count (XqFindings *self, gint64 unit)
{
  XqFindingCounts sum = { { 0 } };

  g_return_val_if_fail (XQ_IS_FINDINGS (self), sum);
  for (guint i = 0; self->districts != NULL && i < self->districts->len; i++)
    {
      const District *district = g_ptr_array_index (self->districts, i);
      gint64 key = unit != 0 ? unit : district->id;
      const XqFindingCounts *counts = district->counts != NULL ? g_hash_table_lookup (district->counts, &key) : NULL;

      for (guint s = 0; counts != NULL && s < XQ_N_SEVERITIES; s++)
        sum.counts[s] += counts->counts[s];
    }
  return sum;
}

guint
xq_findings_count_urgent (XqFindings *self, gint64 unit)
{
  XqFindingCounts counts = xq_findings_count (self, unit);

  return counts.counts[XQ_SEVERITY_ERROR] + counts.counts[XQ_SEVERITY_WARNING];
}
