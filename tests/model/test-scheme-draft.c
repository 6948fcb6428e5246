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
  g_assert_cmpint (xq_scheme_draft_append (draft, "$.posts"), ==, (int)n);
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
  g_assert_cmpint (xq_scheme_draft_append (draft, "$.departments"), ==, 0);
  g_assert_cmpuint (xq_scheme_draft_get_size (draft, "$.departments"), ==, 1);
}

/* The differences from @before to what @draft says. */
static GPtrArray *
diff (const char *before, XqSchemeDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *after = xq_scheme_draft_to_json (draft);
  GPtrArray *differences = xq_scheme_diff_list (before, after, &error);

  g_assert_no_error (error);
  return differences;
}

static XqSchemeDraft *
draft_of (const char *json)
{
  g_autoptr (GError) error = NULL;
  XqSchemeDraft *draft = xq_scheme_draft_new (json, &error);

  g_assert_no_error (error);
  return draft;
}

/* What a scheme takes from the standard one can be edited; what was not edited is not written. */
static void
test_inherited (void)
{
  static const char json[] = "{\"id\": \"a\", \"name\": \"A\", \"thresholds\": {\"joint_units\": 3}}";
  g_autoptr (XqSchemeDraft) draft = draft_of (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = NULL;
  g_autoptr (XqScheme) standard_scheme = xq_scheme_load_builtin ("standard", NULL);
  g_autoptr (GPtrArray) none = diff (json, draft);
  g_autoptr (GPtrArray) one = NULL;
  g_autofree char *same = xq_scheme_draft_to_json (draft), *after = NULL, *days = NULL;
  const XqSchemeDifference *difference;
  guint n, n_standard;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (strstr (same, "posts"));
  g_assert_null (strstr (same, "holidays"));
  g_assert_null (strstr (same, "grace_days"));
  days = xq_scheme_draft_get (draft, "$.thresholds.grace_days");
  g_assert_cmpstr (days, ==, "90");
  xq_scheme_get_posts (standard_scheme, &n_standard);
  g_assert_cmpuint (xq_scheme_draft_get_size (draft, "$.posts"), ==, n_standard);
  g_assert_cmpint (xq_scheme_draft_append (draft, "$.posts"), ==, (int)n_standard);
  {
    g_autofree char *path = g_strdup_printf ("$.posts[%u].label", n_standard);

    g_assert_true (xq_scheme_draft_set_text (draft, path, "卫生员"));
  }
  g_assert_true (xq_scheme_draft_set_int (draft, "$.thresholds.grace_days", 60));
  after = xq_scheme_draft_to_json (draft);
  scheme = xq_scheme_parse (after, -1, &error);
  g_assert_no_error (error);
  xq_scheme_get_posts (scheme, &n);
  g_assert_cmpuint (n, ==, n_standard + 1);
  g_assert_cmpint (xq_scheme_get_grace_days (scheme), ==, 60);
  g_assert_null (strstr (after, "holidays"));
  one = diff (json, draft);
  g_assert_cmpuint (one->len, ==, 2);
  difference = g_ptr_array_index (one, 0);
  g_assert_cmpstr (difference->path, ==, "$.thresholds.grace_days");
  g_assert_cmpstr (difference->old_text, ==, "90");
  difference = g_ptr_array_index (one, 1);
  g_assert_true (g_str_has_prefix (difference->path, "$.posts[item_1]"));
}

/* Another order is one difference, told in labels; ids do not move with places. */
static void
test_order (void)
{
  g_autofree char *before = NULL, *first = NULL, *item = NULL;
  g_autoptr (XqSchemeDraft) draft = standard (&before);
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (XqScheme) echeng = xq_scheme_load_builtin ("echeng", NULL);
  g_autoptr (XqSchemeDraft) words = draft_of (xq_scheme_get_json (echeng));
  g_autoptr (XqScheme) moved = NULL;
  g_autofree char *json = NULL;
  const XqSchemeDifference *difference;

  g_assert_true (xq_scheme_draft_move (draft, "$.appraisal_grades", 2, 0));
  g_assert_false (xq_scheme_draft_move (draft, "$.appraisal_grades", 4, 0));
  first = xq_scheme_draft_get (draft, "$.appraisal_grades[0].id");
  g_assert_cmpstr (first, ==, "basic");
  differences = diff (before, draft);
  g_assert_cmpuint (differences->len, ==, 1);
  difference = g_ptr_array_index (differences, 0);
  g_assert_cmpstr (difference->path, ==, "$.appraisal_grades");
  g_assert_true (g_str_has_prefix (difference->old_text, "优秀"));
  g_assert_true (g_str_has_prefix (difference->new_text, "基本合格"));
  g_assert_true (xq_scheme_draft_move (draft, "$.appraisal_grades", 0, 2));
  again = diff (before, draft);
  g_assert_cmpuint (again->len, ==, 0);

  /* Items that were words keep the number that records hold. */
  g_assert_true (xq_scheme_draft_move (words, "$.checklists[0].items", 4, 0));
  item = xq_scheme_draft_get (words, "$.checklists[0].items[0].id");
  g_assert_cmpstr (item, ==, "5");
  json = xq_scheme_draft_to_json (words);
  moved = xq_scheme_parse (json, -1, NULL);
  g_assert_nonnull (moved);
  g_assert_cmpstr (xq_scheme_get_checklists (moved, &(guint){ 0 })[0].item_ids[0], ==, "5");
}

/* Ticket levels, grids and states are a few, and states stand in their order. */
static void
test_fixed (void)
{
  g_autofree char *before = NULL, *id = NULL, *state = NULL;
  g_autoptr (XqSchemeDraft) draft = standard (&before);
  g_autoptr (XqScheme) echeng = xq_scheme_load_builtin ("longquanyi", NULL);
  g_autoptr (XqSchemeDraft) lists = draft_of (xq_scheme_get_json (echeng));

  g_assert_false (xq_scheme_draft_can_append (draft, "$.ticket_levels"));
  g_assert_cmpint (xq_scheme_draft_append (draft, "$.ticket_levels"), ==, -1);
  g_assert_true (xq_scheme_draft_remove (draft, "$.ticket_levels", 0));
  g_assert_cmpint (xq_scheme_draft_append (draft, "$.ticket_levels"), ==, 2);
  id = xq_scheme_draft_get (draft, "$.ticket_levels[2].id");
  g_assert_cmpstr (id, ==, "blue");
  /* the second list has “none” and “done” */
  g_assert_cmpint (xq_scheme_draft_append (lists, "$.checklists[1].states"), ==, 1);
  state = xq_scheme_draft_get (lists, "$.checklists[1].states[1].id");
  g_assert_cmpstr (state, ==, "partial");
  g_assert_false (xq_scheme_draft_can_append (lists, "$.checklists[1].states"));
}

/* Every list that is edited: what is added becomes valid by its words, and a flag that is taken back is not written. */
static void
test_members (void)
{
  static const struct
  {
    const char *list, *fields; /* key=value, of numbers with a '#' */
  } cases[] = {
    { "$.posts", "label=卫生员" },
    { "$.departments", "label=示例部门(水务)" },
    { "$.ticket_categories", "label=噪声" },
    { "$.consultation_forms", "label=五方联动" },
    { "$.consultation_parties", "label=辖区单位" },
    { "$.consultation_levels", "label=楼栋" },
    { "$.appraisal_grades", "label=待定" },
    { "$.secretary_paths", "label=联合推荐" },
    { "$.topics", "label=停车(示例)" },
    { "$.organisations", "label=楼道党小组" },
    { "$.grids", "label=总网格;organisation=总网格党委" },
    { "$.checklists", "label=六件套" },
    { "$.checklists[0].items", "label=一套机制" },
    { "$.holidays", "source=办公厅通知" },
    { "$.holidays[5].off", "label=元旦;from=2027-01-01;to=2027-01-03" },
    { "$.holidays[5].worked", "" },
  };
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (XqSchemeDraft) draft = standard (&before);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int place = xq_scheme_draft_append (draft, cases[i].list);
      g_auto (GStrv) fields = g_strsplit (cases[i].fields, ";", -1);

      g_assert_cmpint (place, >=, 0);
      for (guint k = 0; fields[k] != NULL; k++)
        {
          g_auto (GStrv) pair = g_strsplit (fields[k], "=", 2);
          g_autofree char *path = g_strdup_printf ("%s[%d].%s", cases[i].list, place, pair[0]);

          g_assert_true (xq_scheme_draft_set_text (draft, path, pair[1]));
        }
    }
  g_assert_true (xq_scheme_draft_set_text (draft, "$.holidays[5].worked[0]", "2027-01-09"));
  g_assert_true (xq_scheme_draft_set_flag (draft, "$.departments[0].closed", TRUE));
  g_assert_true (xq_scheme_draft_get_flag (draft, "$.departments[0].closed"));
  after = xq_scheme_draft_to_json (draft);
  scheme = xq_scheme_parse (after, -1, &error);
  g_assert_no_error (error);
  g_assert_true (xq_scheme_get_list (scheme, XQ_SCHEME_DEPARTMENTS, &(guint){ 0 })[0].closed);
  g_assert_true (xq_scheme_has_holidays (scheme, 2027));
  g_assert_true (xq_work_calendar_is_worked (xq_scheme_get_work_calendar (scheme), "2027-01-09"));
  g_assert_true (xq_scheme_draft_set_flag (draft, "$.departments[0].closed", FALSE));
  g_free (g_steal_pointer (&after));
  after = xq_scheme_draft_to_json (draft);
  g_assert_null (strstr (after, "closed"));
}

/* Differences are told in people's words. */
static void
test_words (void)
{
  g_autofree char *before = NULL;
  g_autoptr (XqSchemeDraft) draft = standard (&before);
  g_autoptr (GPtrArray) differences = NULL;
  static const struct
  {
    const char *path, *part, *old_text, *new_text;
  } expected[] = {
    { "$.period", NULL, "Quarter", "Year" },
    { "$.posts[secretary].label", "Posts", "党支部书记", "书记" },
    { "$.posts[secretary].officer", "书记", "No", "Yes" },
    { "$.ticket_levels[red].respond_days", "红色(紧急)", "1", "2" },
    { "$.holidays[2026]", "Holidays", "2026", NULL },
  };

  g_assert_true (xq_scheme_draft_set_text (draft, "$.period", "year"));
  g_assert_true (xq_scheme_draft_set_text (draft, "$.posts[0].label", "书记"));
  g_assert_true (xq_scheme_draft_set_flag (draft, "$.posts[0].officer", TRUE));
  g_assert_true (xq_scheme_draft_set_int (draft, "$.ticket_levels[2].respond_days", 2));
  g_assert_true (xq_scheme_draft_remove (draft, "$.holidays", 4));
  differences = diff (before, draft);
  g_assert_cmpuint (differences->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < differences->len; i++)
    {
      const XqSchemeDifference *difference = g_ptr_array_index (differences, i);

      g_assert_cmpstr (difference->path, ==, expected[i].path);
      g_assert_true (expected[i].part == NULL || strstr (difference->label, expected[i].part) != NULL);
      g_assert_cmpstr (difference->old_text, ==, expected[i].old_text);
      g_assert_cmpstr (difference->new_text, ==, expected[i].new_text);
    }
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
  g_test_add_func ("/model/scheme-draft/inherited", test_inherited);
  g_test_add_func ("/model/scheme-draft/order", test_order);
  g_test_add_func ("/model/scheme-draft/fixed", test_fixed);
  g_test_add_func ("/model/scheme-draft/members", test_members);
  g_test_add_func ("/model/scheme-draft/words", test_words);
  g_test_add_func ("/model/scheme-draft/bad-json", test_bad_json);
  return g_test_run ();
}
