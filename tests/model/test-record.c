#include "xq-record-types.h"

static void
test_types (void)
{
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    {
      const XqRecordType *type = XQ_RECORD_TYPES[t];
      guint n = xq_record_type_n_fields (type);

      g_assert_cmpuint (n, <=, XQ_MAX_FIELDS);
      g_assert_true (xq_record_type_by_name (type->name) == type);
      g_assert_cmpint (xq_record_type_find (type, type->parent), >=, 0);
      for (guint i = 0; i < n; i++)
        {
          const XqField *field = &type->fields[i];

          g_assert_cmpint (xq_record_type_find (type, field->name), ==, (int) i);
          g_assert_nonnull (field->label);
          g_assert_true ((field->type == XQ_FIELD_ENUM) == (field->values != NULL));
          g_assert_true ((field->type == XQ_FIELD_REFERENCE) == (field->target != NULL));
          if (field->target != NULL)
            g_assert_nonnull (xq_record_type_by_name (field->target));
        }
    }
}

static void
test_origins (void)
{
  g_autoptr (XqRecord) record = xq_record_new (&XQ_ORGANISATION);
  guint n = xq_record_type_n_fields (&XQ_ORGANISATION);

  for (guint i = 0; i < n; i++)
    g_assert_cmpint (xq_record_get_origin (record, (int) i), ==, XQ_ORIGIN_DECLARED);
  xq_record_set_all_origins (record, XQ_ORIGIN_GENERATED);
  g_assert_cmpint (xq_record_get_origins (record), >, 0);
  xq_record_set_origin (record, XQ_ORGANISATION_NAME, XQ_ORIGIN_REPORTED);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (xq_record_get_origin (record, (int) i), ==, i == XQ_ORGANISATION_NAME ? XQ_ORIGIN_REPORTED : XQ_ORIGIN_GENERATED);
  /* The last pair of a full record must not touch the sign. */
  g_assert_cmpint (xq_origins_all (XQ_ORIGIN_GENERATED), ==, G_GINT64_CONSTANT (0x3fffffffffffffff));
}

static void
test_parse (void)
{
  static const struct
  {
    const XqRecordType *type;
    int field;
    const char *typed, *shown; /* %NULL: refused */
  } cases[] = {
    { &XQ_COMPOUND, XQ_COMPOUND_HOUSEHOLDS, "993", "993" },
    { &XQ_COMPOUND, XQ_COMPOUND_HOUSEHOLDS, " 1,234 ", "1234" },
    { &XQ_COMPOUND, XQ_COMPOUND_HOUSEHOLDS, "１２３", "123" },
    { &XQ_COMPOUND, XQ_COMPOUND_HOUSEHOLDS, "12.0", "12" },
    { &XQ_COMPOUND, XQ_COMPOUND_HOUSEHOLDS, "", "" },
    { &XQ_COMPOUND, XQ_COMPOUND_HOUSEHOLDS, "12.5", NULL },
    { &XQ_COMPOUND, XQ_COMPOUND_HOUSEHOLDS, "-1", NULL },
    { &XQ_COMPOUND, XQ_COMPOUND_HOUSEHOLDS, "1000001", NULL },
    { &XQ_COMPOUND, XQ_COMPOUND_HOUSEHOLDS, "99999999999999999999", NULL },
    { &XQ_COMPOUND, XQ_COMPOUND_HOUSEHOLDS, "about 12", NULL },
    { &XQ_COMPOUND, XQ_COMPOUND_BUILT_YEAR, "1958", "1958" },
    { &XQ_COMPOUND, XQ_COMPOUND_BUILT_YEAR, "58", NULL },
    { &XQ_COMPOUND, XQ_COMPOUND_KIND, "old", "Old compound" },
    { &XQ_COMPOUND, XQ_COMPOUND_KIND, "Old compound", "Old compound" },
    { &XQ_COMPOUND, XQ_COMPOUND_KIND, "castle", NULL },
    { &XQ_COMPOUND, XQ_COMPOUND_THREE_NONE, "是", "Yes" },
    { &XQ_COMPOUND, XQ_COMPOUND_THREE_NONE, "0", "No" },
    { &XQ_COMPOUND, XQ_COMPOUND_THREE_NONE, "maybe", NULL },
    { &XQ_ORGANISATION, XQ_ORGANISATION_FOUNDED, "2023年10月8日", "2023-10-08" },
    { &XQ_ORGANISATION, XQ_ORGANISATION_FOUNDED, "2023/10/08", "2023-10-08" },
    { &XQ_ORGANISATION, XQ_ORGANISATION_FOUNDED, "20231008", "2023-10-08" },
    { &XQ_ORGANISATION, XQ_ORGANISATION_FOUNDED, "2023-02-29", NULL },
    { &XQ_ORGANISATION, XQ_ORGANISATION_FOUNDED, "2024-02-29", "2024-02-29" },
    { &XQ_ORGANISATION, XQ_ORGANISATION_FOUNDED, "2023-10", NULL },
    { &XQ_ORGANISATION, XQ_ORGANISATION_FOUNDED, "2023-10-08x", NULL },
    { &XQ_ORGANISATION, XQ_ORGANISATION_NAME, "", NULL },
    { &XQ_PROPERTY_SERVICE, XQ_PROPERTY_SERVICE_FEE, "0.8", "0.8" },
    { &XQ_PROPERTY_SERVICE, XQ_PROPERTY_SERVICE_FEE, "1.255", NULL },
    { &XQ_PROPERTY_SERVICE, XQ_PROPERTY_SERVICE_FEE, "1.25", "1.25" },
    { &XQ_PROPERTY_SERVICE, XQ_PROPERTY_SERVICE_COLLECTION, "83.5%", "83.5" },
    { &XQ_PROPERTY_SERVICE, XQ_PROPERTY_SERVICE_COLLECTION, "100.1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (XqRecord) record = xq_record_new (cases[i].type);
      g_autoptr (GError) error = NULL;
      gboolean ok = xq_record_parse_field (record, cases[i].field, cases[i].typed, &error);

      if (cases[i].shown == NULL)
        {
          g_assert_false (ok);
          g_assert_nonnull (error);
          g_assert_cmpint (error->domain, ==, XQ_RECORD_ERROR);
          g_assert_true (xq_record_is_null (record, cases[i].field));
        }
      else
        {
          g_autofree char *shown = NULL;

          g_assert_no_error (error);
          g_assert_true (ok);
          shown = xq_record_format_field (record, cases[i].field);
          g_assert_cmpstr (shown, ==, cases[i].shown);
        }
    }
}

static void
test_copy_and_compare (void)
{
  g_autoptr (XqRecord) record = xq_record_new (&XQ_COMPOUND);
  g_autoptr (XqRecord) copy = NULL;

  xq_record_set_int (record, XQ_COMPOUND_UNIT, 7);
  xq_record_set_int (record, XQ_COMPOUND_HOUSEHOLDS, 0);
  xq_record_set_text (record, XQ_COMPOUND_KIND, "old");
  copy = xq_record_copy (record);
  for (int i = 0; i < (int) xq_record_type_n_fields (&XQ_COMPOUND); i++)
    g_assert_true (xq_record_equal_field (record, copy, i));
  /* Null and zero are different things. */
  xq_record_set_null (copy, XQ_COMPOUND_HOUSEHOLDS);
  g_assert_false (xq_record_equal_field (record, copy, XQ_COMPOUND_HOUSEHOLDS));
  xq_record_set_text (copy, XQ_COMPOUND_KIND, "mixed");
  g_assert_false (xq_record_equal_field (record, copy, XQ_COMPOUND_KIND));
}

static void
test_validate (void)
{
  g_autoptr (XqRecord) record = xq_record_new (&XQ_BUILDING);
  g_autoptr (GError) error = NULL;

  g_assert_false (xq_record_validate (record, &error));
  g_assert_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_REQUIRED);
  g_clear_error (&error);
  xq_record_set_int (record, XQ_BUILDING_UNIT, 1);
  g_assert_true (xq_record_validate (record, &error));
  g_assert_no_error (error);
  xq_record_set_int (record, XQ_BUILDING_FLOORS, 201);
  g_assert_false (xq_record_validate (record, &error));
  g_assert_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_RANGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/types", test_types);
  g_test_add_func ("/record/origins", test_origins);
  g_test_add_func ("/record/parse", test_parse);
  g_test_add_func ("/record/copy-and-compare", test_copy_and_compare);
  g_test_add_func ("/record/validate", test_validate);
  return g_test_run ();
}
