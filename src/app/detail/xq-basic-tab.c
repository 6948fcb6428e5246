/* The tab of a unit's own attributes: name and code, what is recorded of the compound or building, declared counts. */

#include "xq-detail-tab.h"

#include <glib/gi18n-lib.h>

#include "xq-record-types.h"

#define N_MEASURES 5

typedef struct {
  XqDetailTab parent_instance;

  /* borrowed: children */
  gint64 unit;
  XqRecordForm *unit_form;
  XqRecordForm *attributes_form;
  GtkWidget *count_rows[N_MEASURES];
} XqBasicTab;
typedef XqDetailTabClass XqBasicTabClass;

static const char *const measures[N_MEASURES] = {
  XQ_MEASURE_RESIDENT_FULL, XQ_MEASURE_RESIDENT_PROBATIONARY, XQ_MEASURE_FORMAL_FULL, XQ_MEASURE_FORMAL_PROBATIONARY, XQ_MEASURE_CHECKED_IN,
};

G_DEFINE_TYPE (XqBasicTab, xq_basic_tab, XQ_TYPE_DETAIL_TAB)

static void
count_entered (XqBasicTab *self, const char *text, XqFieldRow *row)
{
  XqDetailTab *tab = (XqDetailTab *)self;
  const XqDetail *detail = xq_detail_tab_get_detail (tab);
  const char *measure = g_object_get_data (G_OBJECT (row), "measure");
  const XqRecord *count = detail != NULL ? xq_detail_find_count (detail, measure) : NULL;
  XqRecordTarget target = { .type = &XQ_DECLARED_COUNT, .owner_field = XQ_DECLARED_COUNT_UNIT, .preset_field = XQ_DECLARED_COUNT_MEASURE,
                            .preset = measure, .empty_deletes = TRUE };

  if (detail == NULL)
    return;
  target.id = count != NULL ? xq_record_get_id (count) : 0;
  target.owner = detail->unit->id;
  xq_command_set_field (xq_detail_tab_get_context (tab), &target, detail->unit->name, xq_enum_label (&XQ_ENUM_MEASURE, measure), XQ_DECLARED_COUNT_VALUE,
                        text, row);
}

static void
append_counts (XqBasicTab *self)
{
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "css-classes", (const char *const[]){ "xq-fields", NULL }, NULL);

  xq_detail_tab_append_title ((XqDetailTab *)self, _ ("Party members (three counts, never added)"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Party members"), -1);
  for (guint i = 0; i < N_MEASURES; i++)
    {
      GtkWidget *row = xq_field_row_new (&XQ_DECLARED_COUNT, XQ_DECLARED_COUNT_VALUE, xq_enum_label (&XQ_ENUM_MEASURE, measures[i]));

      g_object_set_data (G_OBJECT (row), "measure", (gpointer)measures[i]);
      xq_field_row_set_optional (XQ_FIELD_ROW (row), TRUE);
      g_signal_connect_object (row, "commit", G_CALLBACK (count_entered), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
      self->count_rows[i] = row;
    }
  xq_detail_tab_append ((XqDetailTab *)self, list);
}

static void
build (XqBasicTab *self, const XqDetail *detail)
{
  static const int unit_fields[] = { XQ_UNIT_NAME, XQ_UNIT_CODE, XQ_UNIT_VALID_FROM, -1 };
  XqDetailTab *tab = (XqDetailTab *)self;
  XqRecordTarget unit_target = { .type = &XQ_UNIT, .id = detail->unit->id, .preset_field = -1 };
  XqRecordTarget target = { .owner = detail->unit->id, .preset_field = -1 };

  xq_detail_tab_clear (tab);
  self->unit = detail->unit->id;
  self->attributes_form = NULL;
  memset (self->count_rows, 0, sizeof self->count_rows);
  if (detail->unit->level >= XQ_LEVEL_COMPOUND)
    {
      gboolean compound = detail->unit->level == XQ_LEVEL_COMPOUND;

      target.type = compound ? &XQ_COMPOUND : &XQ_BUILDING;
      target.owner_field = compound ? XQ_COMPOUND_UNIT : XQ_BUILDING_UNIT;
      self->attributes_form = xq_detail_tab_append_form (tab, &target, NULL, _ ("Attributes"));
    }
  if (detail->unit->level == XQ_LEVEL_COMPOUND)
    append_counts (self);
  xq_detail_tab_append_title (tab, _ ("Name and code"), NULL);
  self->unit_form = xq_detail_tab_append_form (tab, &unit_target, unit_fields, _ ("Name and code"));
}

static void
xq_basic_tab_update (XqDetailTab *tab)
{
  XqBasicTab *self = (XqBasicTab *)tab;
  const XqDetail *detail = xq_detail_tab_get_detail (tab);
  gboolean editable = xq_detail_tab_get_editable (tab);

  if (self->unit != detail->unit->id)
    build (self, detail);
  if (self->attributes_form != NULL)
    {
      xq_record_form_set_record (self->attributes_form, detail->attributes);
      xq_record_form_set_editable (self->attributes_form, editable);
    }
  for (guint i = 0; i < N_MEASURES && self->count_rows[i] != NULL; i++)
    {
      xq_field_row_set_record (XQ_FIELD_ROW (self->count_rows[i]), xq_detail_find_count (detail, measures[i]));
      xq_field_row_set_editable (XQ_FIELD_ROW (self->count_rows[i]), editable);
    }
  xq_record_form_set_record (self->unit_form, detail->unit_record);
  xq_record_form_set_editable (self->unit_form, editable);
  /* When a unit came into force is changed by a re-draw, not by typing. */
  xq_field_row_set_editable (xq_record_form_get_row (self->unit_form, XQ_UNIT_VALID_FROM), FALSE);
}

static void
xq_basic_tab_class_init (XqBasicTabClass *klass)
{
  klass->update = xq_basic_tab_update;
}

static void
xq_basic_tab_init (XqBasicTab *self)
{
  xq_detail_tab_set_sections ((XqDetailTab *)self, XQ_TAB_BASIC);
}
