/* What the detail pane checks of records: values in, verdict out. No display. */

#include "xq-detail-rules.h"
#include "xq-locale.h"

static XqRecord *
make_body (gint64 seats, gint64 members, gint64 seated)
{
  XqRecord *body = xq_record_new (&XQ_OWNERS_BODY);

  xq_record_set_text (body, XQ_OWNERS_BODY_KIND, "owners_committee");
  xq_record_set_int (body, XQ_OWNERS_BODY_SEATS, seats);
  xq_record_set_int (body, XQ_OWNERS_BODY_PARTY_MEMBERS, members);
  xq_record_set_int (body, XQ_OWNERS_BODY_PARTY_IN_BRANCH_COMMITTEE, seated);
  return body;
}

static void
test_parts (void)
{
  g_autoptr (XqRecord) good = make_body (7, 4, 4);
  g_autoptr (XqRecord) many = make_body (7, 8, 2);
  g_autoptr (XqRecord) seated = make_body (7, 4, 5);
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_detail_check (good, &error));
  g_assert_no_error (error);
  g_assert_false (xq_detail_check (many, &error));
  g_assert_error (error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_RANGE);
  g_assert_nonnull (strstr (error->message, "8"));
  g_assert_nonnull (strstr (error->message, "7"));
  g_clear_error (&error);
  g_assert_false (xq_detail_check (seated, &error));
  /* Nothing can be said against a number whose whole is not known. */
  xq_record_set_null (many, XQ_OWNERS_BODY_SEATS);
  g_clear_error (&error);
  g_assert_true (xq_detail_check (many, &error));
}

static void
test_order (void)
{
  g_autoptr (XqRecord) organisation = xq_record_new (&XQ_ORGANISATION);
  g_autoptr (XqRecord) service = xq_record_new (&XQ_PROPERTY_SERVICE);
  g_autoptr (GError) error = NULL;

  xq_record_set_text (organisation, XQ_ORGANISATION_FOUNDED, "2021-02-26");
  g_assert_true (xq_detail_check (organisation, NULL));
  xq_record_set_text (organisation, XQ_ORGANISATION_DISSOLVED, "2021-02-26");
  g_assert_true (xq_detail_check (organisation, NULL));
  xq_record_set_text (organisation, XQ_ORGANISATION_DISSOLVED, "2021-02-25");
  g_assert_false (xq_detail_check (organisation, &error));
  g_assert_nonnull (strstr (error->message, "2021-02-25"));
  xq_record_set_text (service, XQ_PROPERTY_SERVICE_VALID_FROM, "2024-01-01");
  xq_record_set_text (service, XQ_PROPERTY_SERVICE_CONTRACT_END, "2023-12-31");
  g_assert_false (xq_detail_check (service, NULL));
}

static gboolean
advises (const XqRecord *record, int field, gint64 full_members)
{
  g_autofree char *advice = xq_detail_advise (record, field, full_members);

  return advice != NULL;
}

static void
test_seats (void)
{
  static const struct {
    gint64 seats;
    gboolean advised;
  } cases[] = { { 3, TRUE }, { 4, TRUE }, { 5, FALSE }, { 6, TRUE }, { 11, FALSE }, { 13, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (XqRecord) body = make_body (cases[i].seats, 0, 0);

      g_assert_cmpint (advises (body, XQ_OWNERS_BODY_SEATS, -1), ==, cases[i].advised);
      /* The rule is of owners' committees only. */
      xq_record_set_text (body, XQ_OWNERS_BODY_KIND, "self_governing");
      g_assert_false (advises (body, XQ_OWNERS_BODY_SEATS, -1));
    }
}

static void
test_committee (void)
{
  g_autoptr (XqRecord) branch = xq_record_new (&XQ_ORGANISATION);

  xq_record_set_text (branch, XQ_ORGANISATION_KIND, "branch");
  xq_record_set_int (branch, XQ_ORGANISATION_COMMITTEE_SIZE, 3);
  g_assert_true (advises (branch, XQ_ORGANISATION_COMMITTEE_SIZE, 6));
  g_assert_false (advises (branch, XQ_ORGANISATION_COMMITTEE_SIZE, 7));
  g_assert_false (advises (branch, XQ_ORGANISATION_COMMITTEE_SIZE, -1));
  xq_record_set_int (branch, XQ_ORGANISATION_COMMITTEE_SIZE, 2);
  g_assert_false (advises (branch, XQ_ORGANISATION_COMMITTEE_SIZE, 6));
  xq_record_set_int (branch, XQ_ORGANISATION_COMMITTEE_SIZE, 8);
  g_assert_true (advises (branch, XQ_ORGANISATION_COMMITTEE_SIZE, 60));
  xq_record_set_int (branch, XQ_ORGANISATION_FUNCTIONAL, 1);
  g_assert_false (advises (branch, XQ_ORGANISATION_COMMITTEE_SIZE, 6));
}

int
main (int argc, char *argv[])
{
  xq_locale_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/parts", test_parts);
  g_test_add_func ("/rules/order", test_order);
  g_test_add_func ("/rules/seats", test_seats);
  g_test_add_func ("/rules/committee", test_committee);
  return g_test_run ();
}
