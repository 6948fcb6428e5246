#include "xq-derived.h"
#include "xq-ledger-fixture.h"
#include "xq-pinyin.h"
#include "xq-statement.h"
#include "xq-unit-table.h"

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Which reading comes first is ICU's matter. */
static char *
sort_words (const char *words)
{
  g_auto (GStrv) each = g_strsplit (words, " ", -1);

  qsort (each, g_strv_length (each), sizeof *each, compare_words);
  return g_strjoinv (" ", each);
}

static void
assert_index (const char *name, const char *pinyin, const char *initials)
{
  g_autofree char *p = NULL, *i = NULL;
  g_autofree char *sorted_p = NULL, *sorted_i = NULL;

  xq_pinyin_index (name, &p, &i);
  sorted_p = sort_words (p);
  sorted_i = sort_words (i);
  g_assert_cmpstr (sorted_p, ==, pinyin);
  g_assert_cmpstr (sorted_i, ==, initials);
}

static void
test_pinyin (void)
{
  assert_index ("丰润园", "fengrunyuan", "fry");
  assert_index ("水木清华", "shuimuqinghua", "smqh");
  /* Second readings: every combination, initials only where they differ. */
  assert_index ("长江", "changjiang zhangjiang", "cj zj");
  assert_index ("重长", "chongchang chongzhang zhongchang zhongzhang", "cc cz zc zz");
  /* ü is typed v, by some u */
  assert_index ("绿城", "lucheng lvcheng", "lc");
  assert_index ("SOHO 3期", "soho3qi", "soho3q");
  assert_index ("A-12", "", "");
  assert_index ("", "", "");
}

static void
test_pinyin_is_bounded (void)
{
  g_autofree char *p = NULL, *i = NULL;
  g_auto (GStrv) words = NULL;

  xq_pinyin_index ("长重长重长重长重长重长重", &p, &i);
  words = g_strsplit (p, " ", -1);
  g_assert_cmpuint (g_strv_length (words), <=, 8);
}

static void
test_fold (void)
{
  g_autofree char *a = xq_text_fold (" Ａ１２　栋 ");
  g_autofree char *b = xq_text_fold ("a\n1");
  g_autofree char *c = xq_text_fold ("\xff");

  g_assert_cmpstr (a, ==, "a12栋");
  g_assert_cmpstr (b, ==, "a1");
  g_assert_cmpstr (c, ==, "");
}

static void
assert_before (const char *a, const char *b)
{
  g_autoptr (GBytes) x = xq_collation_key (a);
  g_autoptr (GBytes) y = xq_collation_key (b);

  if (g_bytes_compare (x, y) >= 0)
    g_error ("%s does not sort before %s", a, b);
}

static void
test_collation (void)
{
  assert_before ("2栋", "10栋");
  assert_before ("安居园", "白云里");
  assert_before ("嘉禾上城", "水木清华");
  assert_before ("水泥厂小区", "水泥厂小区二期");
}

typedef struct
{
  const char *text;
  gint64 ids[8]; /* best first, ends with 0 */
} Search;

static gpointer
search (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Search *wanted = data;
  g_autoptr (GPtrArray) units = xq_unit_search (tx, wanted->text, 8, error);
  guint n = 0;

  while (n < G_N_ELEMENTS (wanted->ids) && wanted->ids[n] != 0)
    n++;
  g_test_message ("search “%s”: %u", wanted->text, units->len);
  g_assert_cmpuint (units->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (((XqUnit *)g_ptr_array_index (units, i))->id, ==, wanted->ids[i]);
  return NULL;
}

static void
test_search (Fixture *f, gconstpointer unused)
{
  Search cases[] = {
    { "fry", { f->fengrun } },
    { "FRY", { f->fengrun } },
    { "fengrun", { f->fengrun } },
    { "feng'run yuan", { f->fengrun } },
    { "ｆｅｎｇｒｕｎ", { f->fengrun } },
    { "runyuan", { f->fengrun } },
    { "yuepanwan", { f->yuepanwan } },
    { "丰润园小区", { f->fengrun } },
    { "润园", { f->fengrun } },
    /* the alias in both readings of 长 and of 乐 */
    { "长乐花园", { f->fengrun } },
    { "changlehuayuan", { f->fengrun } },
    { "zhanglehuayuan", { f->fengrun } },
    { "changyue", { f->fengrun } },
    { "clhy", { f->fengrun } },
    /* code: exact, beginning; not the middle */
    { "420704003004001", { f->jiahe } },
    { "4207040030", { f->yuepanwan, f->jiahe } },
    { "704003", { 0 } },
    { "B-0010", { f->buildings[1] } },
    /* buildings by the beginning of the name, behind everything else, best first */
    { "1栋", { f->buildings[0] } },
    { "1", { f->buildings[0], f->buildings[1] } },
    /* closed units are not found */
    { "宿舍", { 0 } },
    { "gwj", { f->harbour } },
    /* the exact name before what begins with it before what contains it */
    { "凤凰街道", { f->fenghuang } },
    { "", { 0 } },
    { "   ", { 0 } },
    { "%", { 0 } },
    { "zzz", { 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    fixture_read (f, search, &cases[i]);
}

static gpointer
check_limit (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) units = xq_unit_search (tx, "小区", 2, error);
  g_autoptr (GPtrArray) none = xq_unit_search (tx, "小区", 0, error);

  g_assert_cmpuint (units->len, ==, 2);
  g_assert_cmpuint (none->len, ==, 0);
  return NULL;
}

static gpointer
add_many (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;

  /* Far more closed ones than a search asks for at first. */
  for (int i = 0; i < 400; i++)
    {
      g_autofree char *name = g_strdup_printf ("兴隆%d", i);

      fixture_add_unit (tx, f->lanhu, XQ_LEVEL_COMPOUND, name, NULL, NULL, "2020-01-01");
    }
  fixture_add_unit (tx, f->lanhu, XQ_LEVEL_COMPOUND, "兴隆里弄东头", NULL, NULL, NULL);
  return NULL;
}

static gpointer
check_behind_closed (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) units = xq_unit_search (tx, "xinglong", 5, error);

  g_assert_cmpuint (units->len, ==, 1);
  g_assert_cmpstr (((XqUnit *)g_ptr_array_index (units, 0))->name, ==, "兴隆里弄东头");
  return NULL;
}

static void
test_search_limits (Fixture *f, gconstpointer unused)
{
  fixture_read (f, check_limit, NULL);
  fixture_write (f, add_many, f);
  fixture_read (f, check_behind_closed, NULL);
}

static gpointer
verify (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (xq_search_verify (tx, problems, error));
  g_assert_cmpuint (problems->len, ==, GPOINTER_TO_UINT (data));
  return NULL;
}

static gpointer
spoil (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_transaction_execute (tx, "UPDATE search SET pinyin = 'wrong' WHERE level = 3; DELETE FROM search WHERE level = 1", error);
  return NULL;
}

static gpointer
recompute (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_search_recompute (tx, error);
  return NULL;
}

static void
test_verify (Fixture *f, gconstpointer unused)
{
  fixture_read (f, verify, GUINT_TO_POINTER (0));
  fixture_write (f, spoil, NULL);
  fixture_read (f, verify, GUINT_TO_POINTER (8 + 2));
  fixture_write (f, recompute, NULL);
  fixture_read (f, verify, GUINT_TO_POINTER (0));
}

static gpointer
delete_unit (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_record_delete (tx, &XQ_UNIT, *(gint64 *)data, error);
  return NULL;
}

/* Undo brings a deleted unit back into search, alias and all. */
static void
test_delete_and_undo (Fixture *f, gconstpointer unused)
{
  Search gone = { "fry", { 0 } }, back = { "clhy", { f->fengrun } };
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  fixture_write (f, delete_unit, &f->fengrun);
  fixture_read (f, search, &gone);
  fixture_read (f, verify, GUINT_TO_POINTER (0));
  label = xq_store_undo (f->store, NULL, &error);
  g_assert_no_error (error);
  fixture_read (f, search, &back);
  fixture_read (f, verify, GUINT_TO_POINTER (0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/pinyin", test_pinyin);
  g_test_add_func ("/search/pinyin/bounded", test_pinyin_is_bounded);
  g_test_add_func ("/search/fold", test_fold);
  g_test_add_func ("/search/collation", test_collation);
#define ADD(name, func) g_test_add ("/search/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("find", test_search);
  ADD ("limits", test_search_limits);
  ADD ("verify", test_verify);
  ADD ("undo", test_delete_and_undo);
  return g_test_run ();
}
