#include "xq-scheme.h"

#include <string.h>

#include "xq-scheme-diff.h"
#include "xq-scheme-draft.h"

static XqSchemeDraft *
standard (char **json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("standard", &error);
  XqSchemeDraft *draft;

  g_assert_no_error (error);
  *json = g_strdup (xq_scheme_get_json (scheme));
  draft = xq_scheme_draft_new (*json, &error);
  g_assert_no_error (error);
  return draft;
}

/* What is edited is read back, by the scheme itself too; the rest stays as it is. */
static void
test_edit (void)
{
  g_autofree char *before = NULL, *after = NULL, *members = NULL, *none = NULL;
  g_autoptr (XqSchemeDraft) draft = standard (&before);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  const XqSchemeDifference *first;

  members = xq_scheme_draft_get (draft, "$.thresholds.founding_members");
  g_assert_cmpstr (members, ==, "3");
  none = xq_scheme_draft_get (draft, "$.nowhere[2].label");
  g_assert_null (none);
  g_assert_true (xq_scheme_draft_set_int (draft, "$.thresholds.founding_members", 5));
  g_assert_true (xq_scheme_draft_set_text (draft, "$.levels.compound", "小区单元"));
  g_assert_false (xq_scheme_draft_set_text (draft, "$.posts[99].label", "x"));
  after = xq_scheme_draft_to_json (draft);
  scheme = xq_scheme_parse (after, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (xq_scheme_get_founding_members (scheme), ==, 5);
  g_assert_cmpstr (xq_scheme_get_level_label (scheme, XQ_LEVEL_COMPOUND), ==, "小区单元");
  differences = xq_scheme_diff_list (before, after, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (differences->len, ==, 2);
  first = g_ptr_array_index (differences, 0);
  g_assert_cmpstr (first->path, ==, "$.levels.compound");
  g_assert_cmpstr (first->old_text, ==, "小区");
  g_assert_cmpstr (first->new_text, ==, "小区单元");
}

/* A new member has all that its kind needs but a label; removed again, nothing is different. */
static void
test_lists (void)
{
  g_autofree char *before = NULL, *after = NULL, *empty = NULL, *same = NULL;
  g_autoptr (XqSchemeDraft) draft = standard (&before);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (XqScheme) scheme = NULL;
  guint n = xq_scheme_draft_get_size (draft, "$.posts");
  g_autofree char *path = g_strdup_printf ("$.posts[%u].label", n);
  g_autoptr (GPtrArray) differences = NULL;

  g_assert_cmpuint (n, >, 0);
  g_assert_true (xq_scheme_draft_append (draft, "$.posts"));
  g_assert_cmpuint (xq_scheme_draft_get_size (draft, "$.posts"), ==, n + 1);
  empty = xq_scheme_draft_to_json (draft);
  g_assert_null (xq_scheme_parse (empty, -1, &refused));
  g_assert_nonnull (strstr (refused->message, "$.posts["));
  g_clear_error (&refused);
  g_assert_true (xq_scheme_draft_set_text (draft, path, "卫生员"));
  after = xq_scheme_draft_to_json (draft);
  scheme = xq_scheme_parse (after, -1, &error);
  g_assert_no_error (error);
  differences = xq_scheme_diff_list (before, after, &error);
  g_assert_cmpuint (differences->len, ==, 1);
  g_assert_cmpstr (((XqSchemeDifference *)g_ptr_array_index (differences, 0))->new_text, ==, "卫生员");
  g_assert_null (((XqSchemeDifference *)g_ptr_array_index (differences, 0))->old_text);
  g_assert_true (xq_scheme_draft_remove (draft, "$.posts", n));
  g_assert_false (xq_scheme_draft_remove (draft, "$.posts", n));
  same = xq_scheme_draft_to_json (draft);
  g_clear_pointer (&differences, g_ptr_array_unref);
  differences = xq_scheme_diff_list (before, same, &error);
  g_assert_cmpuint (differences->len, ==, 0);
  g_assert_true (xq_scheme_draft_append (draft, "$.departments"));
  g_assert_cmpuint (xq_scheme_draft_get_size (draft, "$.departments"), ==, 1);
}

static void
test_bad_json (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_scheme_draft_new ("{", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/scheme-draft/edit", test_edit);
  g_test_add_func ("/model/scheme-draft/lists", test_lists);
  g_test_add_func ("/model/scheme-draft/bad-json", test_bad_json);
  return g_test_run ();
}
