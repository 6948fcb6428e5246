#include "xq-personal.h"

#include <string.h>

/* Everything that holds a person's name or telephone number. A test knows the fields that are called name and are not here. */
static const struct
{
  const char *type, *field;
  XqPersonalKind kind;
} personal[] = {
  { "member", "name", XQ_PERSONAL_NAME },
  { "member", "phone", XQ_PERSONAL_PHONE },
  { "post_holder", "name", XQ_PERSONAL_NAME },
  { "post_holder", "phone", XQ_PERSONAL_PHONE },
  { "property_service", "instructor", XQ_PERSONAL_NAME },
  { "points_account", "label", XQ_PERSONAL_LABEL },
};

/* Fields that say what a record is, the best first. */
static const char *const telling[] = { "name",   "title",  "topic", "label", "problem", "party", "firm", "item",
                                       "number", "reason", "post",  "kind",  "role",    "mode",  NULL };

XqPersonalKind
xq_field_get_personal (const XqRecordType *type, int field)
{
  g_return_val_if_fail (field >= 0 && (guint)field < xq_record_type_n_fields (type), XQ_PERSONAL_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    if (strcmp (personal[i].type, type->name) == 0 && strcmp (personal[i].field, type->fields[field].name) == 0)
      return personal[i].kind;
  return XQ_PERSONAL_NONE;
}

gboolean
xq_record_type_is_personal (const XqRecordType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    if (strcmp (personal[i].type, type->name) == 0)
      return TRUE;
  return FALSE;
}

char *
xq_record_format_shown (const XqRecord *record, int field, gboolean full)
{
  XqPersonalKind kind = full ? XQ_PERSONAL_NONE : xq_field_get_personal (xq_record_get_type_of (record), field);
  g_autofree char *text = xq_record_format_field (record, field);

  return kind != XQ_PERSONAL_NONE ? xq_mask (kind, text) : g_steal_pointer (&text);
}

int
xq_record_get_title_field (const XqRecord *record)
{
  const XqRecordType *type = xq_record_get_type_of (record);

  /* A name is told by itself, not by being one. */
  if (type == &XQ_UNIT_NAME_RECORD)
    return xq_record_type_find (type, "value");
  if (type == &XQ_SURVEY_QUESTION)
    return XQ_SURVEY_QUESTION_TEXT;
  for (guint i = 0; telling[i] != NULL; i++)
    {
      int field = xq_record_type_find (type, telling[i]);

      if (field >= 0 && !xq_record_is_null (record, field) && type->fields[field].type != XQ_FIELD_REFERENCE)
        return field;
    }
  for (int i = 0; type->fields[i].name != NULL; i++)
    if ((type->fields[i].type == XQ_FIELD_ENUM || type->fields[i].type == XQ_FIELD_DATE) && !xq_record_is_null (record, i))
      return i;
  return -1;
}

char *
xq_record_get_title (const XqRecord *record, gboolean full)
{
  int field = xq_record_get_title_field (record);

  return field >= 0 ? xq_record_format_shown (record, field, full) : g_strdup ("");
}
