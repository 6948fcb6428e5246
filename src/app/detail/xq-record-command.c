#include "xq-record-command.h"

#include <glib/gi18n-lib.h>

#include "xq-detail-rules.h"
#include "xq-ticket.h"

/* Where a command's error goes. */
typedef struct {
  GtkWidget *widget; /* weak */
  gboolean is_row;
  char *done;        /* told when it is done, with a button that takes it back; or NULL */
} Reporter;

static Reporter *
reporter_new (GtkWidget *widget, gboolean is_row, const char *done)
{
  Reporter *reporter = g_new0 (Reporter, 1);

  reporter->is_row = is_row;
  reporter->done = g_strdup (done);
  g_set_weak_pointer (&reporter->widget, widget);
  return reporter;
}

static void
reporter_free (Reporter *reporter)
{
  g_clear_weak_pointer (&reporter->widget);
  g_free (reporter->done);
  g_free (reporter);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reporter, reporter_free)

static void
command_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Reporter) reporter = data;
  g_autoptr (GError) error = NULL;

  xq_store_write_finish (XQ_STORE (source), result, &error);
  if (error == NULL && reporter->widget != NULL && reporter->done != NULL)
    gtk_widget_activate_action (reporter->widget, "win.show-step", "s", reporter->done);
  if (error == NULL || reporter->widget == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reporter->is_row)
    xq_field_row_set_problem (XQ_FIELD_ROW (reporter->widget), error->message);
  else
    gtk_widget_activate_action (reporter->widget, "win.show-error", "(ss)", _ ("The change was not saved"), error->message);
}

static void
start (XqContext *context, const char *label, XqJobFunc func, gpointer data, GDestroyNotify data_free, GtkWidget *widget, gboolean is_row, const char *done)
{
  g_return_if_fail (xq_context_get_store (context) != NULL);
  xq_store_write_async (xq_context_get_store (context), label, func, data, data_free, NULL, NULL, command_done, reporter_new (widget, is_row, done));
}

char *
xq_command_label (const char *unit_name, const char *what)
{
  /* Translators: a unit, and which of its values is changed, as in 修改 丰润园小区 · 户数 */
  return g_strdup_printf (_ ("Change %s · %s"), unit_name, what);
}

/* One field */

typedef struct {
  XqRecordTarget target;
  int field;
  char *text;
} FieldChange;

static void
field_change_free (gpointer data)
{
  FieldChange *change = data;

  g_free (change->text);
  g_free (change);
}

/* The stored record; a new one of @is_new when there is none yet. NULL on error. */
static XqRecord *
load_target (XqTransaction *tx, const XqRecordTarget *target, gboolean *is_new, GError **error)
{
  XqRecord *record = NULL;

  *is_new = FALSE;
  if (target->id != 0)
    return xq_record_load (tx, target->type, target->id, error);
  if (target->preset_field < 0)
    {
      g_autoptr (GError) local = NULL;

      record = xq_record_find (tx, target->type, target->owner_field, target->owner, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  if (record != NULL)
    return record;
  *is_new = TRUE;
  record = xq_record_new (target->type);
  xq_record_set_int (record, target->owner_field, target->owner);
  if (target->preset_field >= 0)
    xq_record_set_text (record, target->preset_field, target->preset);
  return record;
}

static gpointer
field_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  FieldChange *change = data;
  gboolean is_new;
  g_autoptr (XqRecord) record = load_target (tx, &change->target, &is_new, error);

  if (record == NULL)
    return NULL;
  if (change->target.empty_deletes && *change->text == '\0')
    {
      if (!is_new)
        xq_record_delete (tx, change->target.type, xq_record_get_id (record), error);
      return NULL;
    }
  if (!xq_record_parse_field (record, change->field, change->text, error) || !xq_detail_check (record, error))
    return NULL;
  if (is_new)
    xq_record_insert (tx, record, error);
  else
    xq_record_update (tx, record, FALSE, error);
  return NULL;
}

void
xq_command_set_field (XqContext *context, const XqRecordTarget *target, const char *unit_name, const char *what, int field, const char *text,
                      XqFieldRow *row)
{
  FieldChange *change = g_new0 (FieldChange, 1);
  g_autofree char *label = xq_command_label (unit_name, what);

  change->target = *target;
  change->field = field;
  change->text = g_strdup (text);
  start (context, label, field_job, change, field_change_free, GTK_WIDGET (row), TRUE, NULL);
}

/* Whole records */

static gpointer
insert_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!xq_detail_check (data, error))
    return NULL;
  /* A ticket is there with its first step. */
  if (xq_record_get_type_of (data) == &XQ_TICKET)
    xq_ticket_raise (tx, data, error);
  else
    xq_record_insert (tx, data, error);
  return NULL;
}

static gpointer
update_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  /* Another level of a ticket has other deadlines. */
  if (xq_detail_check (data, error) && xq_record_update (tx, data, FALSE, error) && xq_record_get_type_of (data) == &XQ_TICKET)
    xq_ticket_settle (tx, xq_record_get_id (data), error);
  return NULL;
}

typedef struct {
  const XqRecordType *type;
  gint64 id;
} Deletion;

static gpointer
delete_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Deletion *deletion = data;

  xq_record_delete (tx, deletion->type, deletion->id, error);
  return NULL;
}

void
xq_command_insert (XqContext *context, XqRecord *record, const char *label, GtkWidget *widget)
{
  start (context, label, insert_job, record, (GDestroyNotify)xq_record_free, widget, FALSE, NULL);
}

void
xq_command_update (XqContext *context, XqRecord *record, const char *label, GtkWidget *widget)
{
  start (context, label, update_job, record, (GDestroyNotify)xq_record_free, widget, FALSE, NULL);
}

void
xq_command_delete (XqContext *context, const XqRecordType *type, gint64 id, const char *label, GtkWidget *widget)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->type = type;
  deletion->id = id;
  start (context, label, delete_job, deletion, g_free, widget, FALSE, label);
}

void
xq_command_run (XqContext *context, const char *label, XqJobFunc func, gpointer data, GDestroyNotify data_free, GtkWidget *widget)
{
  start (context, label, func, data, data_free, widget, FALSE, NULL);
}
