#include "xq-record.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

typedef struct {
  gboolean present;
  gint64 number;
  char *text;
} Value;

struct _XqRecord
{
  const XqRecordType *type;
  gint64 id;
  gint64 district;
  guint64 origins;
  guint n_values;
  Value values[];
};

G_DEFINE_QUARK (xq-record-error-quark, xq_record_error)

static gboolean
field_holds_text (const XqField *field)
{
  switch (field->type)
    {
    case XQ_FIELD_TEXT:
    case XQ_FIELD_DATE:
    case XQ_FIELD_ENUM:
      return TRUE;
    case XQ_FIELD_INTEGER:
    case XQ_FIELD_BOOLEAN:
    case XQ_FIELD_REFERENCE:
    case XQ_FIELD_MONEY:
    case XQ_FIELD_PERMILLE:
    default:
      return FALSE;
    }
}

static const char *
field_label (const XqField *field)
{
  return g_dgettext (GETTEXT_PACKAGE, field->label);
}

/* Full-width digits and punctuation to ASCII, the separators of thousands and surrounding space away. */
static char *
normalize_number (const char *text)
{
  g_autofree char *folded = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  GString *out = g_string_new (NULL);

  if (folded == NULL)
    return g_string_free (out, FALSE);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x2212) /* the minus sign that we print ourselves */
        g_string_append_c (out, '-');
      else if (c != ',' && !g_unichar_isspace (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/* Reads "12", "12.5", "80%": the value times @scale, exactly; no floating point, so that nothing is lost in rounding. */
static gboolean
parse_scaled (const char *text, int decimals, gint64 *value)
{
  gint64 result = 0;
  int seen = -1; /* decimals seen, -1 before the point */
  gboolean digits = FALSE, negative = FALSE;
  const char *p = text;

  if (*p == '-' || *p == '+')
    negative = *p++ == '-';
  for (; *p != '\0'; p++)
    {
      if (*p == '.' && seen < 0)
        {
          seen = 0;
          continue;
        }
      if (!g_ascii_isdigit (*p))
        return FALSE;
      digits = TRUE;
      if (seen >= decimals)
        {
          if (*p != '0') /* finer than what is kept */
            return FALSE;
          continue;
        }
      if (result > (G_MAXINT64 - 9) / 10)
        return FALSE;
      result = result * 10 + (*p - '0');
      if (seen >= 0)
        seen++;
    }
  if (!digits)
    return FALSE;
  for (int i = MAX (seen, 0); i < decimals; i++)
    {
      if (result > G_MAXINT64 / 10)
        return FALSE;
      result *= 10;
    }
  *value = negative ? -result : result;
  return TRUE;
}

static int
field_decimals (const XqField *field)
{
  switch (field->type)
    {
    case XQ_FIELD_MONEY:
      return 2; /* shown in yuan, kept in fen */
    case XQ_FIELD_PERMILLE:
      return 1; /* shown in percent, kept in thousandths */
    case XQ_FIELD_INTEGER:
    case XQ_FIELD_BOOLEAN:
    case XQ_FIELD_TEXT:
    case XQ_FIELD_DATE:
    case XQ_FIELD_ENUM:
    case XQ_FIELD_REFERENCE:
    default:
      return 0;
    }
}

static char *
format_scaled (gint64 value, int decimals)
{
  gint64 scale = 1;

  for (int i = 0; i < decimals; i++)
    scale *= 10;
  if (value % scale == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value / scale);
  else
    {
      char *text = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, value < 0 ? "-" : "", ABS (value) / scale, decimals,
                                    ABS (value) % scale);
      gsize n = strlen (text);

      while (text[n - 1] == '0')
        text[--n] = '\0';
      return text;
    }
}

static gboolean
check_range (const XqField *field, gint64 value, GError **error)
{
  if ((field->min != 0 || field->max != 0) && (value < field->min || value > field->max))
    {
      g_autofree char *low = format_scaled (field->min, field_decimals (field));
      g_autofree char *high = format_scaled (field->max, field_decimals (field));

      g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_RANGE, _ ("%s must be between %s and %s"), field_label (field), low, high);
      return FALSE;
    }
  return TRUE;
}

static Value *
value_at (const XqRecord *record, int field)
{
  g_assert (record != NULL && field >= 0 && (guint) field < record->n_values);
  return (Value *) &record->values[field];
}

guint
xq_record_type_n_fields (const XqRecordType *type)
{
  guint n = 0;

  while (type->fields[n].name != NULL)
    n++;
  return n;
}

int
xq_record_type_find (const XqRecordType *type, const char *name)
{
  for (int i = 0; type->fields[i].name != NULL; i++)
    if (g_strcmp0 (type->fields[i].name, name) == 0)
      return i;
  return -1;
}

XqRecord *
xq_record_new (const XqRecordType *type)
{
  guint n = xq_record_type_n_fields (type);
  XqRecord *record = g_malloc0 (sizeof (XqRecord) + n * sizeof (Value));

  record->type = type;
  record->n_values = n;
  record->origins = (guint64) xq_origins_all (XQ_ORIGIN_DECLARED);
  return record;
}

XqRecord *
xq_record_copy (const XqRecord *record)
{
  XqRecord *copy = xq_record_new (record->type);

  copy->id = record->id;
  copy->district = record->district;
  copy->origins = record->origins;
  for (guint i = 0; i < record->n_values; i++)
    {
      copy->values[i] = record->values[i];
      copy->values[i].text = g_strdup (record->values[i].text);
    }
  return copy;
}

void
xq_record_free (XqRecord *record)
{
  if (record == NULL)
    return;
  for (guint i = 0; i < record->n_values; i++)
    g_free (record->values[i].text);
  g_free (record);
}

const XqRecordType *
xq_record_get_type_of (const XqRecord *record)
{
  return record->type;
}

gint64
xq_record_get_id (const XqRecord *record)
{
  return record->id;
}

void
xq_record_set_id (XqRecord *record, gint64 id)
{
  record->id = id;
}

gint64
xq_record_get_district (const XqRecord *record)
{
  return record->district;
}

void
xq_record_set_district (XqRecord *record, gint64 district)
{
  record->district = district;
}

gboolean
xq_record_is_null (const XqRecord *record, int field)
{
  return !value_at (record, field)->present;
}

gint64
xq_record_get_int (const XqRecord *record, int field)
{
  g_return_val_if_fail (!field_holds_text (&record->type->fields[field]), 0);
  return value_at (record, field)->number;
}

const char *
xq_record_get_text (const XqRecord *record, int field)
{
  g_return_val_if_fail (field_holds_text (&record->type->fields[field]), NULL);
  return value_at (record, field)->text;
}

void
xq_record_set_null (XqRecord *record, int field)
{
  Value *value = value_at (record, field);

  g_clear_pointer (&value->text, g_free);
  value->number = 0;
  value->present = FALSE;
}

void
xq_record_set_int (XqRecord *record, int field, gint64 number)
{
  Value *value = value_at (record, field);

  g_return_if_fail (!field_holds_text (&record->type->fields[field]));
  value->number = number;
  value->present = TRUE;
}

void
xq_record_set_text (XqRecord *record, int field, const char *text)
{
  Value *value = value_at (record, field);

  g_return_if_fail (field_holds_text (&record->type->fields[field]));
  if (value->text != text)
    {
      g_free (value->text);
      value->text = g_strdup (text);
    }
  value->present = text != NULL;
}

gboolean
xq_record_equal_field (const XqRecord *a, const XqRecord *b, int field)
{
  const Value *x = value_at (a, field), *y = value_at (b, field);

  return x->present == y->present && x->number == y->number && g_strcmp0 (x->text, y->text) == 0;
}

XqOrigin
xq_record_get_origin (const XqRecord *record, int field)
{
  (void) value_at (record, field);
  return (XqOrigin) (record->origins >> (2 * field) & 3);
}

void
xq_record_set_origin (XqRecord *record, int field, XqOrigin origin)
{
  (void) value_at (record, field);
  record->origins = (record->origins & ~((guint64) 3 << (2 * field))) | (guint64) origin << (2 * field);
}

void
xq_record_set_all_origins (XqRecord *record, XqOrigin origin)
{
  record->origins = (guint64) xq_origins_all (origin);
}

gint64
xq_record_get_origins (const XqRecord *record)
{
  return (gint64) record->origins;
}

void
xq_record_set_origins (XqRecord *record, gint64 origins)
{
  record->origins = (guint64) origins;
}

gint64
xq_origins_all (XqOrigin origin)
{
  /* 31 pairs, so that the number stays positive. */
  return (gint64) (G_GUINT64_CONSTANT (0x1555555555555555) * (guint64) origin);
}

char *
xq_date_parse (const char *text)
{
  g_autofree char *plain = normalize_number (text);
  const char *formats[] = { "%4d-%2d-%2d%n", "%4d/%2d/%2d%n", "%4d.%2d.%2d%n", "%4d年%2d月%2d日%n", "%4d%2d%2d%n" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      int year, month, day, end = 0;

      /* Without separators only eight digits are a date. */
      if (i == G_N_ELEMENTS (formats) - 1 && strlen (plain) != 8)
        break;
      if (sscanf (plain, formats[i], &year, &month, &day, &end) == 3 && end > 0 && plain[end] == '\0' && year >= 1000 && month > 0 && day > 0
          && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
        return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
    }
  return NULL;
}

static gboolean
parse_boolean (const char *text, gint64 *value)
{
  const char *yes[] = { "1", "是", "有", "√", "✓", "yes", "true" };
  const char *no[] = { "0", "否", "无", "×", "no", "false" };

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    if (g_ascii_strcasecmp (text, yes[i]) == 0)
      return (*value = 1, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    if (g_ascii_strcasecmp (text, no[i]) == 0)
      return (*value = 0, TRUE);
  return FALSE;
}

static char *
list_labels (const XqEnum *values)
{
  GString *list = g_string_new (NULL);

  for (const XqEnumValue *v = values->values; v->nick != NULL; v++)
    g_string_append_printf (list, "%s%s", list->len > 0 ? _ (", ") : "", g_dgettext (GETTEXT_PACKAGE, v->label));
  return g_string_free (list, FALSE);
}

gboolean
xq_record_parse_field (XqRecord *record, int index, const char *text, GError **error)
{
  const XqField *field = &record->type->fields[index];
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));
  gint64 number = 0;

  (void) value_at (record, index);
  if (!g_utf8_validate (trimmed, -1, NULL))
    {
      g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_INVALID, _ ("%s is not valid text; type it again"), field_label (field));
      return FALSE;
    }
  if (*trimmed == '\0')
    {
      if (field->required)
        {
          g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_REQUIRED, _ ("%s must not be empty"), field_label (field));
          return FALSE;
        }
      xq_record_set_null (record, index);
      return TRUE;
    }

  switch (field->type)
    {
    case XQ_FIELD_TEXT:
      xq_record_set_text (record, index, trimmed);
      return TRUE;

    case XQ_FIELD_DATE:
      {
        g_autofree char *date = xq_date_parse (trimmed);

        if (date == NULL)
          {
            g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_INVALID, _ ("%s: “%s” is no date; write it like 2024-10-28"),
                         field_label (field), trimmed);
            return FALSE;
          }
        xq_record_set_text (record, index, date);
        return TRUE;
      }

    case XQ_FIELD_ENUM:
      {
        const char *nick = xq_enum_match (field->values, trimmed);

        if (nick == NULL)
          {
            g_autofree char *choices = list_labels (field->values);

            g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_INVALID, _ ("%s: “%s” is none of the choices; use one of: %s"),
                         field_label (field), trimmed, choices);
            return FALSE;
          }
        xq_record_set_text (record, index, nick);
        return TRUE;
      }

    case XQ_FIELD_BOOLEAN:
      if (!parse_boolean (trimmed, &number))
        {
          g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_INVALID, _ ("%s: “%s” is neither yes nor no; write 是 or 否"),
                       field_label (field), trimmed);
          return FALSE;
        }
      xq_record_set_int (record, index, number);
      return TRUE;

    case XQ_FIELD_INTEGER:
    case XQ_FIELD_MONEY:
    case XQ_FIELD_PERMILLE:
    case XQ_FIELD_REFERENCE:
    default:
      {
        g_autofree char *plain = normalize_number (trimmed);

        if (field->type == XQ_FIELD_PERMILLE && g_str_has_suffix (plain, "%"))
          plain[strlen (plain) - 1] = '\0';
        if (!parse_scaled (plain, field_decimals (field), &number))
          {
            g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_INVALID,
                         field_decimals (field) > 0 ? _ ("%s: “%s” is no number of that precision; write digits only")
                                                    : _ ("%s: “%s” is no whole number; write digits only"),
                         field_label (field), trimmed);
            return FALSE;
          }
        if (!check_range (field, number, error))
          return FALSE;
        xq_record_set_int (record, index, number);
        return TRUE;
      }
    }
}

char *
xq_record_format_field (const XqRecord *record, int index)
{
  const XqField *field = &record->type->fields[index];
  const Value *value = value_at (record, index);

  if (!value->present)
    return g_strdup ("");
  if (field->type == XQ_FIELD_ENUM)
    return g_strdup (xq_enum_label (field->values, value->text));
  if (field->type == XQ_FIELD_BOOLEAN)
    return g_strdup (value->number != 0 ? _ ("Yes") : _ ("No"));
  if (field_holds_text (field))
    return g_strdup (value->text);
  return format_scaled (value->number, field_decimals (field));
}

gboolean
xq_record_validate (const XqRecord *record, GError **error)
{
  for (guint i = 0; i < record->n_values; i++)
    {
      const XqField *field = &record->type->fields[i];
      const Value *value = &record->values[i];

      if (!value->present)
        {
          if (field->required)
            {
              g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_REQUIRED, _ ("%s must not be empty"), field_label (field));
              return FALSE;
            }
          continue;
        }
      if (field->type == XQ_FIELD_ENUM && xq_enum_index (field->values, value->text) < 0)
        {
          g_set_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_INVALID, _ ("%s: “%s” is none of the choices"), field_label (field),
                       value->text);
          return FALSE;
        }
      if (!field_holds_text (field) && !check_range (field, value->number, error))
        return FALSE;
    }
  return TRUE;
}
