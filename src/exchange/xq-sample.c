#include "xq-sample.h"

#include <glib/gi18n-lib.h>

#include "xq-sample-writer.h"
#include "xq-snapshot.h"

#define MOST_DISTRICTS 999 /* what codes and names have digits for */
/* What takes a district as long as writing so many communities. */
#define LOCK_WEIGHT 14   /* locking a period */
#define FINISH_WEIGHT 20 /* what the store derives at the end */

/* Whoever makes it and whenever: a sample is the same to the byte. */
#define SIGNED_BY "示例"
#define SIGNED_AT "2025-01-01T00:00:00Z"
#define LOCKED_AT "T08:00:00Z"
#define DAYS_TO_LOCK 8

static const XqSampleInfo samples[] = {
  { "echeng", "鄂城区", N_ ("936 residential compounds re-drawn into 545 governance units, each with its Party organisation") },
  { "bishan", "璧山区", N_ ("Functional branches in 242 urban compounds; compounds whistle, departments come") },
  { "xianan", "咸安区", N_ ("181 old compounds of three urban sub-districts on the way to full coverage in three years") },
  { "longquanyi", "龙泉驿区", N_ ("2,633 Party organisations of compounds over 3+1 grids; the five-piece set") },
  { "hongan", "红安县", N_ ("301 compounds, 257 branches, 787 groups and 4,735 who serve in six posts") },
  { NULL, NULL, NULL },
};

typedef struct
{
  const XqSampleRecipe *recipe;
  guint districts;
  gint64 done, total; /* steps, for progress */
} Job;

static gboolean
write_districts (XqTransaction *tx, Job *job, GError **error)
{
  for (guint i = 0; i < job->districts; i++)
    {
      g_autoptr (XqSamplePlan) plan = xq_sample_plan_new (job->recipe, i + 1, error);

      if (plan == NULL || !xq_sample_write_district (tx, plan, &job->done, job->total, error))
        return FALSE;
    }
  return TRUE;
}

/* Every record is dated, so the past can be locked when all is there: some days after each period's end. */
static gboolean
lock_past (XqTransaction *tx, Job *job, GError **error)
{
  const XqSampleRecipe *recipe = job->recipe;

  for (guint s = 0; s + 1 < recipe->stages->len; s++)
    {
      const XqSampleStage *stage = xq_sample_stage (recipe, s);
      char day[XQ_SAMPLE_DAY_LENGTH];
      g_autofree char *time = NULL;

      xq_sample_day_format (xq_sample_day_parse (stage->last_day) + DAYS_TO_LOCK, day);
      time = g_strconcat (day, LOCKED_AT, NULL);
      if (xq_transaction_check_cancelled (tx, error) || !xq_transaction_set_signature (tx, SIGNED_BY, time, error)
          || !xq_snapshot_lock (tx, stage->period, error) || !xq_transaction_set_signature (tx, SIGNED_BY, SIGNED_AT, error))
        return FALSE;
      job->done += job->districts * LOCK_WEIGHT;
      xq_transaction_progress (tx, job->done, job->total);
    }
  return TRUE;
}

static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  const XqSampleRecipe *recipe = job->recipe;

  if (xq_transaction_set_signature (tx, SIGNED_BY, SIGNED_AT, error)
      && xq_transaction_set_sample (tx, recipe->id, recipe->source, error) && write_districts (tx, job, error)
      && xq_snapshot_set_open_period (tx, recipe->open_period, error))
    lock_past (tx, job, error);
  return NULL;
}

const XqSampleInfo *
xq_sample_list (void)
{
  return samples;
}

gboolean
xq_sample_create (const char *id, const char *path, guint districts, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqSampleRecipe) recipe = NULL;
  g_autoptr (XqScheme) scheme = NULL;
  g_autoptr (XqStore) store = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  const XqSampleInfo *info = samples;
  Job job;

  g_return_val_if_fail (id != NULL && path != NULL, FALSE);

  while (info->id != NULL && !g_str_equal (info->id, id))
    info++;
  if (info->id == NULL)
    {
      GString *known = g_string_new (NULL);

      for (info = samples; info->id != NULL; info++)
        g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", info->id);
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("There is no sample called “%s”; there are: %s"), id,
                   known->str);
      g_string_free (known, TRUE);
      return FALSE;
    }
  if (districts < 1 || districts > MOST_DISTRICTS)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("A sample has from 1 to %d districts, not %u"), MOST_DISTRICTS,
                   districts);
      return FALSE;
    }

  recipe = xq_sample_recipe_load (id, error);
  if (recipe == NULL)
    return FALSE;
  scheme = xq_scheme_load_builtin (recipe->scheme, error);
  if (scheme == NULL)
    return FALSE;
  job = (Job){ .recipe = recipe, .districts = districts };
  job.total = (gint64)districts * (recipe->communities->len + (recipe->stages->len - 1) * LOCK_WEIGHT + FINISH_WEIGHT);
  name = districts == 1 ? g_strdup (recipe->name) : g_strdup_printf ("%s等%u个区", recipe->name, districts);
  label = g_strdup_printf (_ ("Make the sample %s"), recipe->name);
  store = xq_store_create_filled (path, scheme, name, label, fill, &job, cancellable, error);
  if (store == NULL || !xq_store_close (store, error))
    return FALSE;
  xq_progress_report (cancellable, job.total, job.total);
  return TRUE;
}
