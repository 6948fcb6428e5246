/*
 * The tabs of what belongs to a property area: the owners' body, and the property service. Both show one section an area
 * with a form of what is in force, or a button that sets it up.
 */

#include "xq-detail-tab.h"

#include <glib/gi18n-lib.h>

#include "xq-detail-rules.h"
#include "xq-record-dialog.h"
#include "xq-record-types.h"

typedef struct {
  XqDetailTab parent_instance;

  char *built;       /* what is built, see signature() */
  GPtrArray *forms;  /* XqRecordForm an area, NULL where nothing is in force; borrowed */
} XqAreaTab;
typedef XqDetailTabClass XqAreaTabClass;

typedef XqAreaTab XqBodyTab;
typedef XqDetailTabClass XqBodyTabClass;
typedef XqAreaTab XqServiceTab;
typedef XqDetailTabClass XqServiceTabClass;

GType xq_area_tab_get_type (void);
G_DEFINE_ABSTRACT_TYPE (XqAreaTab, xq_area_tab, XQ_TYPE_DETAIL_TAB)
G_DEFINE_TYPE (XqBodyTab, xq_body_tab, xq_area_tab_get_type ())
G_DEFINE_TYPE (XqServiceTab, xq_service_tab, xq_area_tab_get_type ())

static gboolean
is_body (XqAreaTab *self)
{
  return G_OBJECT_TYPE (self) == xq_body_tab_get_type ();
}

static const XqRecordType *
type_of (XqAreaTab *self)
{
  return is_body (self) ? &XQ_OWNERS_BODY : &XQ_PROPERTY_SERVICE;
}

static const XqRecord *
record_of (XqAreaTab *self, const XqDetailArea *area)
{
  return is_body (self) ? area->body : area->service;
}

static const int *
fields_of (XqAreaTab *self)
{
  static const int body_fields[] = {
    XQ_OWNERS_BODY_KIND, XQ_OWNERS_BODY_NAME, XQ_OWNERS_BODY_FOUNDED, XQ_OWNERS_BODY_SEATS, XQ_OWNERS_BODY_PARTY_MEMBERS,
    XQ_OWNERS_BODY_BRANCH_COMMITTEE_SEATED, XQ_OWNERS_BODY_PARTY_IN_BRANCH_COMMITTEE, XQ_OWNERS_BODY_LEGAL_ENTITY, XQ_OWNERS_BODY_BANK_ACCOUNT,
    XQ_OWNERS_BODY_TERM_STARTED, XQ_OWNERS_BODY_TERM_YEARS, -1,
  };
  static const int service_fields[] = { XQ_PROPERTY_SERVICE_MODE, XQ_PROPERTY_SERVICE_FIRM, XQ_PROPERTY_SERVICE_FEE, XQ_PROPERTY_SERVICE_COLLECTION,
                                        XQ_PROPERTY_SERVICE_VALID_FROM, XQ_PROPERTY_SERVICE_CONTRACT_END, -1 };

  return is_body (self) ? body_fields : service_fields;
}

static const char *
what_of (XqAreaTab *self)
{
  return is_body (self) ? _ ("Owners' body") : _ ("Property service");
}

/* Setting up: a dialog asks for the record; an area is made where the compound has none. */

typedef struct {
  XqRecord *record;
  gint64 compound, area;
  char *name;
} Founding;

static void
founding_free (gpointer data)
{
  Founding *founding = data;

  g_clear_pointer (&founding->record, xq_record_free);
  g_free (founding->name);
  g_free (founding);
}

static gpointer
founding_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Founding *founding = data;

  if (founding->area == 0)
    {
      g_autoptr (XqRecord) area = xq_record_new (&XQ_PROPERTY_AREA);

      xq_record_set_int (area, XQ_PROPERTY_AREA_UNIT, founding->compound);
      xq_record_set_text (area, XQ_PROPERTY_AREA_NAME, founding->name);
      founding->area = xq_record_insert (tx, area, error);
      if (founding->area == 0)
        return NULL;
    }
  /* The reference to its area is the first field of both types. */
  xq_record_set_int (founding->record, 0, founding->area);
  if (xq_detail_check (founding->record, error))
    xq_record_insert (tx, founding->record, error);
  return NULL;
}

static void
founding_accepted (XqRecord *record, gpointer data)
{
  XqAreaTab *self = data;
  XqDetailTab *tab = data;
  const XqDetail *detail = xq_detail_tab_get_detail (tab);
  Founding *founding;
  g_autofree char *label = NULL;

  if (detail == NULL)
    {
      xq_record_free (record);
      return;
    }
  label = xq_command_label (detail->unit->name, what_of (self));
  founding = g_new0 (Founding, 1);
  founding->record = record;
  founding->compound = detail->unit->id;
  founding->name = g_strdup (detail->unit->name);
  founding->area = *(gint64 *)g_object_get_data (G_OBJECT (self), "founding-area");
  xq_command_run (xq_detail_tab_get_context (tab), label, founding_job, founding, founding_free, GTK_WIDGET (self));
}

static void
found (XqAreaTab *self, gint64 area)
{
  const XqDetail *detail = xq_detail_tab_get_detail ((XqDetailTab *)self);
  XqRecord *record = xq_record_new (type_of (self));

  if (is_body (self))
    {
      xq_record_set_text (record, XQ_OWNERS_BODY_KIND, "owners_committee");
      xq_record_set_text (record, XQ_OWNERS_BODY_FOUNDED, detail->working_day);
    }
  else
    {
      xq_record_set_text (record, XQ_PROPERTY_SERVICE_MODE, "firm");
      xq_record_set_text (record, XQ_PROPERTY_SERVICE_VALID_FROM, detail->working_day);
    }
  g_object_set_data_full (G_OBJECT (self), "founding-area", g_memdup2 (&area, sizeof area), g_free);
  xq_record_dialog_show (GTK_WIDGET (self), is_body (self) ? _ ("Set up an Owners' Body") : _ ("Record the Property Service"), detail->unit->name,
                         is_body (self) ? _ ("_Set Up") : _ ("_Save"), record, fields_of (self), founding_accepted, self);
}

static void
found_clicked (XqAreaTab *self, GtkWidget *button)
{
  found (self, *(gint64 *)g_object_get_data (G_OBJECT (button), "area"));
}

/* Ending */

typedef struct {
  const XqRecordType *type;
  gint64 id;
} Ending;

static gpointer
ending_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Ending *ending = data;
  g_autoptr (XqRecord) record = xq_record_load (tx, ending->type, ending->id, error);
  g_autofree char *day = xq_working_day (tx);
  int from = ending->type == &XQ_OWNERS_BODY ? XQ_OWNERS_BODY_FOUNDED : XQ_PROPERTY_SERVICE_VALID_FROM;

  if (record == NULL)
    return NULL;
  /* What began on the very day has no past worth keeping. */
  if (g_strcmp0 (xq_record_get_text (record, from), day) == 0)
    {
      xq_record_delete (tx, ending->type, ending->id, error);
      return NULL;
    }
  xq_record_set_text (record, ending->type == &XQ_OWNERS_BODY ? XQ_OWNERS_BODY_ENDED : XQ_PROPERTY_SERVICE_VALID_TO, day);
  if (xq_detail_check (record, error))
    xq_record_update (tx, record, FALSE, error);
  return NULL;
}

static void
end_response (XqAreaTab *self, const char *response, GtkWidget *dialog)
{
  XqDetailTab *tab = (XqDetailTab *)self;
  Ending *ending;
  g_autofree char *what = NULL, *label = NULL;

  if (g_strcmp0 (response, "end") != 0 || xq_detail_tab_get_detail (tab) == NULL)
    return;
  ending = g_new0 (Ending, 1);
  ending->type = type_of (self);
  ending->id = *(gint64 *)g_object_get_data (G_OBJECT (dialog), "id");
  what = g_strdup_printf (_ ("%s ended"), what_of (self));
  label = xq_command_label (xq_detail_tab_get_unit_name (tab), what);
  xq_command_run (xq_detail_tab_get_context (tab), label, ending_job, ending, g_free, GTK_WIDGET (self));
}

static void
end_clicked (XqAreaTab *self, GtkWidget *button)
{
  const XqDetail *detail = xq_detail_tab_get_detail ((XqDetailTab *)self);
  g_autofree char *body = g_strdup_printf (_ ("%s: it ends on %s. The history stays."), detail->unit->name, detail->working_day);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              is_body (self) ? _ ("End the Owners' Body?") : _ ("End the Property Service?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "end", _ ("_End"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "end", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "id", g_memdup2 (g_object_get_data (G_OBJECT (button), "id"), sizeof (gint64)), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (end_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What is shown */

static void
add_keyed_button (XqAreaTab *self, const char *label, gboolean suggested, GCallback clicked, const char *key, gint64 id)
{
  GtkWidget *box = xq_detail_tab_append_buttons ((XqDetailTab *)self);
  GtkWidget *button = xq_detail_tab_add_button ((XqDetailTab *)self, box, label, suggested, clicked);

  g_object_set_data_full (G_OBJECT (button), key, g_memdup2 (&id, sizeof id), g_free);
}

static void
append_area (XqAreaTab *self, const XqDetailArea *area, gboolean titled, gboolean editable)
{
  XqDetailTab *tab = (XqDetailTab *)self;
  const XqRecord *record = record_of (self, area);
  XqRecordTarget target = { .type = type_of (self), .id = record != NULL ? xq_record_get_id (record) : 0, .preset_field = -1 };

  if (titled)
    xq_detail_tab_append_title (tab, xq_record_get_text (area->area, XQ_PROPERTY_AREA_NAME), NULL);
  if (record != NULL)
    {
      g_ptr_array_add (self->forms, xq_detail_tab_append_form (tab, &target, fields_of (self), what_of (self)));
      if (editable)
        add_keyed_button (self, is_body (self) ? _ ("_End This Body…") : _ ("_End This Service…"), FALSE, G_CALLBACK (end_clicked), "id", target.id);
      return;
    }
  g_ptr_array_add (self->forms, NULL);
  xq_detail_tab_append_remark (tab, is_body (self) ? _ ("No owners' body has been set up.") : _ ("No property service is recorded."));
  if (editable)
    add_keyed_button (self, is_body (self) ? _ ("_Set up Owners' Body…") : _ ("_Record Service…"), TRUE, G_CALLBACK (found_clicked), "area",
                      xq_record_get_id (area->area));
}

static char *
signature (XqAreaTab *self, const XqDetail *detail, gboolean editable)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GINT64_FORMAT "/%d", detail->unit->id, editable);
  for (guint i = 0; i < detail->areas->len; i++)
    {
      const XqDetailArea *area = g_ptr_array_index (detail->areas, i);
      const XqRecord *record = record_of (self, area);

      g_string_append_printf (text, "/%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, xq_record_get_id (area->area), record != NULL ? xq_record_get_id (record) : 0);
    }
  return g_string_free (text, FALSE);
}

static void
build (XqAreaTab *self, const XqDetail *detail, gboolean editable)
{
  XqDetailTab *tab = (XqDetailTab *)self;

  xq_detail_tab_clear (tab);
  g_ptr_array_set_size (self->forms, 0);
  for (guint i = 0; i < detail->areas->len; i++)
    append_area (self, g_ptr_array_index (detail->areas, i), detail->areas->len > 1, editable);
  if (detail->areas->len > 0)
    return;
  xq_detail_tab_append_remark (tab, is_body (self) ? _ ("No owners' body has been set up.") : _ ("No property service is recorded."));
  if (editable)
    add_keyed_button (self, is_body (self) ? _ ("_Set up Owners' Body…") : _ ("_Record Service…"), TRUE, G_CALLBACK (found_clicked), "area", 0);
}

static void
show_advice (XqRecordForm *form, const XqRecord *record)
{
  static const int advised[] = { XQ_OWNERS_BODY_SEATS, XQ_OWNERS_BODY_TERM_YEARS };

  for (guint i = 0; i < G_N_ELEMENTS (advised); i++)
    {
      g_autofree char *advice = xq_detail_advise (record, advised[i], -1);

      xq_field_row_set_advice (xq_record_form_get_row (form, advised[i]), advice);
    }
}

static void
xq_area_tab_update (XqDetailTab *tab)
{
  XqAreaTab *self = (XqAreaTab *)tab;
  const XqDetail *detail = xq_detail_tab_get_detail (tab);
  gboolean editable = xq_detail_tab_get_editable (tab);
  g_autofree char *wanted = signature (self, detail, editable);

  if (g_strcmp0 (self->built, wanted) != 0)
    {
      build (self, detail, editable);
      g_free (self->built);
      self->built = g_steal_pointer (&wanted);
    }
  for (guint i = 0; i < self->forms->len; i++)
    {
      XqRecordForm *form = g_ptr_array_index (self->forms, i);
      const XqRecord *record = record_of (self, g_ptr_array_index (detail->areas, i));

      if (form == NULL)
        continue;
      xq_record_form_set_record (form, record);
      xq_record_form_set_editable (form, editable);
      if (is_body (self))
        show_advice (form, record);
    }
}

static void
xq_area_tab_finalize (GObject *object)
{
  XqAreaTab *self = (XqAreaTab *)object;

  g_free (self->built);
  g_ptr_array_unref (self->forms);
  G_OBJECT_CLASS (xq_area_tab_parent_class)->finalize (object);
}

static void
xq_area_tab_class_init (XqAreaTabClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_area_tab_finalize;
  klass->update = xq_area_tab_update;
}

static void
xq_area_tab_init (XqAreaTab *self)
{
  self->forms = g_ptr_array_new ();
}

static void
xq_body_tab_class_init (XqBodyTabClass *klass)
{
}

static void
xq_body_tab_init (XqBodyTab *self)
{
  xq_detail_tab_set_sections ((XqDetailTab *)self, XQ_TAB_BODY);
}

static void
xq_service_tab_class_init (XqServiceTabClass *klass)
{
}

static void
xq_service_tab_init (XqServiceTab *self)
{
  xq_detail_tab_set_sections ((XqDetailTab *)self, XQ_TAB_SERVICE);
}
