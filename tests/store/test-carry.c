#include "store-fixture.h"
#include "xq-carry.h"
#include "xq-figures.h"
#include "xq-ledger.h"
#include "xq-snapshot.h"
#include "xq-transaction.h"

#include <sqlite3.h>

/*
 * Past figures in the present division, held against a plain reckoning of our own: random re-draws (mergers into a new unit and
 * into one of those merged, splits that keep a part and that do not, replacements, closings, several on one day, then moves).
 */

#define N_COMMUNITIES 3
#define N_FIRST 9
#define MAX_UNITS 80
#define MAX_LINKS 400
#define N_MEASURES 4
static const char *const MEASURES[] = { "households", "residents", "resident_full_members", "compounds", NULL };
#define COMPOUNDS 3 /* the measure that is not carried */

typedef struct
{
  gint64 id;
  int community;      /* at present */
  int community_then; /* when the periods were locked */
  const char *from, *to;
} Compound;

typedef struct
{
  int from, to; /* indices */
  gint64 numerator, denominator;
  const char *day;
} Redraw;

typedef struct
{
  GRand *random;
  gint64 district, street, communities[N_COMMUNITIES];
  Compound compounds[MAX_UNITS];
  int n;
  Redraw links[MAX_LINKS];
  int n_links;
} World;

static const char *const DAYS[]
    = { "2023-02-10", "2023-05-01", "2023-05-20", "2023-09-30", "2023-11-11", "2024-01-01", "2024-02-29" };
static const XqPeriod PERIODS[] = { { XQ_PERIOD_QUARTER, 2022, 4 },
                                    { XQ_PERIOD_QUARTER, 2023, 1 },
                                    { XQ_PERIOD_QUARTER, 2023, 2 },
                                    { XQ_PERIOD_QUARTER, 2023, 3 },
                                    { XQ_PERIOD_QUARTER, 2023, 4 } };

#define RECKONED PERIODS[3] /* not locked: where units stood then is not known */

static gint64
insert_unit (XqTransaction *tx, gint64 parent, XqLevel level, const char *name, const char *from, const char *to, GError **error)
{
  g_autoptr (XqRecord) unit = xq_record_new (&XQ_UNIT);

  if (parent != 0)
    xq_record_set_int (unit, XQ_UNIT_PARENT, parent);
  xq_record_set_int (unit, XQ_UNIT_LEVEL, level);
  xq_record_set_text (unit, XQ_UNIT_NAME, name);
  xq_record_set_text (unit, XQ_UNIT_VALID_FROM, from);
  xq_record_set_text (unit, XQ_UNIT_VALID_TO, to);
  return xq_record_insert (tx, unit, error);
}

static int
add_compound (World *world, int community, const char *from)
{
  g_assert_cmpint (world->n, <, MAX_UNITS);
  world->compounds[world->n] = (Compound){ .community = community, .community_then = community, .from = from };
  return world->n++;
}

static void
add_link (World *world, int from, int to, gint64 numerator, gint64 denominator, const char *day)
{
  g_assert_cmpint (world->n_links, <, MAX_LINKS);
  world->links[world->n_links++] = (Redraw){ from, to, numerator, denominator, day };
}

/* One in force at random, other than those in @taken, or −1. */
static int
pick (World *world, const gboolean *taken)
{
  int found[MAX_UNITS], n = 0;

  for (int i = 0; i < world->n; i++)
    if (world->compounds[i].to == NULL && !taken[i])
      found[n++] = i;
  return n > 0 ? found[g_rand_int_range (world->random, 0, n)] : -1;
}

static void
merge (World *world, const char *day, gboolean keeps)
{
  gboolean taken[MAX_UNITS] = { FALSE };
  int first = pick (world, taken), into, n = g_rand_int_range (world->random, 1, 4);

  if (first < 0)
    return;
  into = keeps ? first : add_compound (world, world->compounds[first].community, day);
  taken[first] = taken[into] = TRUE;
  add_link (world, first, into, 1, 1, day);
  if (!keeps)
    world->compounds[first].to = day;
  for (; n > 0; n--)
    {
      int other = pick (world, taken);

      if (other < 0)
        break;
      taken[other] = TRUE;
      add_link (world, other, into, 1, 1, day);
      world->compounds[other].to = day;
    }
}

static void
split (World *world, const char *day, gboolean keeps)
{
  gboolean taken[MAX_UNITS] = { FALSE };
  int whole = pick (world, taken), n = g_rand_int_range (world->random, 2, 5);

  if (whole < 0)
    return;
  for (int i = 0; i < n; i++)
    {
      int part = i == 0 && keeps ? whole : add_compound (world, g_rand_int_range (world->random, 0, N_COMMUNITIES), day);

      /* Shares need not add up to one, nor have one denominator: they are a ratio. */
      add_link (world, whole, part, g_rand_int_range (world->random, 1, 8), g_rand_boolean (world->random) ? 7 : 12, day);
    }
  if (!keeps)
    world->compounds[whole].to = day;
}

static void
make_history (World *world)
{
  for (int i = 0; i < N_FIRST; i++)
    add_compound (world, i % N_COMMUNITIES, NULL);
  for (guint d = 0; d < G_N_ELEMENTS (DAYS); d++)
    for (int n = g_rand_int_range (world->random, 0, 3); n > 0; n--)
      switch (g_rand_int_range (world->random, 0, 6))
        {
        case 0:
          merge (world, DAYS[d], FALSE);
          break;
        case 1:
          merge (world, DAYS[d], TRUE);
          break;
        case 2:
          split (world, DAYS[d], FALSE);
          break;
        case 3:
          split (world, DAYS[d], TRUE);
          break;
        case 4:
          {
            gboolean taken[MAX_UNITS] = { FALSE };
            int closed = pick (world, taken);

            if (closed >= 0)
              world->compounds[closed].to = DAYS[d];
            break;
          }
        default:
          add_compound (world, g_rand_int_range (world->random, 0, N_COMMUNITIES), DAYS[d]);
          break;
        }
}

static gboolean
insert_compound (XqTransaction *tx, World *world, int index, GError **error)
{
  Compound *compound = &world->compounds[index];
  g_autofree char *name = g_strdup_printf ("%d号院", index);
  g_autoptr (XqRecord) record = xq_record_new (&XQ_COMPOUND);
  g_autoptr (XqRecord) count = xq_record_new (&XQ_DECLARED_COUNT);

  compound->id
      = insert_unit (tx, world->communities[compound->community], XQ_LEVEL_COMPOUND, name, compound->from, compound->to, error);
  if (compound->id == 0)
    return FALSE;
  xq_record_set_int (record, XQ_COMPOUND_UNIT, compound->id);
  xq_record_set_int (record, XQ_COMPOUND_HOUSEHOLDS, g_rand_int_range (world->random, 0, 1000));
  xq_record_set_int (record, XQ_COMPOUND_RESIDENTS, g_rand_int_range (world->random, 0, 3000));
  xq_record_set_int (count, XQ_DECLARED_COUNT_UNIT, compound->id);
  xq_record_set_text (count, XQ_DECLARED_COUNT_MEASURE, XQ_MEASURE_RESIDENT_FULL);
  xq_record_set_int (count, XQ_DECLARED_COUNT_VALUE, g_rand_int_range (world->random, 0, 9));
  return xq_record_insert (tx, record, error) != 0 && xq_record_insert (tx, count, error) != 0;
}

static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  World *world = data;

  world->district = insert_unit (tx, 0, XQ_LEVEL_DISTRICT, "试验区", NULL, NULL, error);
  world->street = insert_unit (tx, world->district, XQ_LEVEL_STREET, "东街道", NULL, NULL, error);
  for (int i = 0; i < N_COMMUNITIES; i++)
    {
      g_autofree char *name = g_strdup_printf ("社区%d", i);

      world->communities[i] = insert_unit (tx, world->street, XQ_LEVEL_COMMUNITY, name, NULL, NULL, error);
    }
  for (int i = 0; i < world->n; i++)
    if (!insert_compound (tx, world, i, error))
      return NULL;
  for (int i = 0; i < world->n_links; i++)
    {
      const Redraw *link = &world->links[i];
      g_autoptr (XqRecord) lineage = xq_record_new (&XQ_LINEAGE);

      xq_record_set_int (lineage, XQ_LINEAGE_PREDECESSOR, world->compounds[link->from].id);
      xq_record_set_int (lineage, XQ_LINEAGE_SUCCESSOR, world->compounds[link->to].id);
      xq_record_set_int (lineage, XQ_LINEAGE_SHARE_NUMERATOR, link->numerator);
      xq_record_set_int (lineage, XQ_LINEAGE_SHARE_DENOMINATOR, link->denominator);
      xq_record_set_text (lineage, XQ_LINEAGE_EFFECTIVE, link->day);
      if (xq_record_insert (tx, lineage, error) == 0)
        return NULL;
    }
  xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 1 }, error);
  return NULL;
}

/* Locks all but one of the past periods: that one is reckoned. */
static gpointer
lock (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (PERIODS); i++)
    if (!xq_period_equal (PERIODS[i], RECKONED) && !xq_snapshot_lock (tx, PERIODS[i], error))
      return NULL;
  return NULL;
}

/* Then some move to another community. */
static gpointer
move (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  World *world = data;

  for (int i = 0; i < world->n; i++)
    if (g_rand_int_range (world->random, 0, 4) == 0)
      {
        g_autoptr (XqRecord) unit = xq_record_load (tx, &XQ_UNIT, world->compounds[i].id, error);

        world->compounds[i].community = g_rand_int_range (world->random, 0, N_COMMUNITIES);
        xq_record_set_int (unit, XQ_UNIT_PARENT, world->communities[world->compounds[i].community]);
        if (!xq_record_update (tx, unit, FALSE, error))
          return NULL;
      }
  return NULL;
}

/* What the reference holds for each compound. */
typedef struct
{
  gint64 values[N_MEASURES];
  gboolean there, redrawn;
} Held;

/* @value in the ratio of @weights[]/@denominators[]: whole parts, then one each in the order of what was cut off. */
static void
part (gint64 value, const Redraw *links, const World *world, int n, gint64 *parts)
{
  __extension__ typedef __int128 Wide;
  Wide common = 1, total = 0;
  Wide weights[16], rests[16];
  gint64 left = value;

  for (int i = 0; i < n; i++)
    common *= links[i].denominator;
  for (int i = 0; i < n; i++)
    total += weights[i] = links[i].numerator * (common / links[i].denominator);
  for (int i = 0; i < n; i++)
    {
      parts[i] = (gint64)(value * weights[i] / total);
      rests[i] = value * weights[i] % total;
      left -= parts[i];
    }
  for (; left > 0; left--)
    {
      int best = -1;

      for (int i = 0; i < n; i++)
        if (best < 0 || rests[i] > rests[best] || (rests[i] == rests[best] && weights[i] > weights[best])
            || (rests[i] == rests[best] && weights[i] == weights[best]
                && world->compounds[links[i].to].id < world->compounds[links[best].to].id))
          best = i;
      parts[best]++;
      rests[best] = -1;
    }
}

static void
carry_one (const World *world, Held *held, int from, const char *day)
{
  Redraw links[16];
  gint64 parts[16];
  Held old = held[from];
  gboolean whole;
  int n = 0, sources = 0;

  for (int i = 0; i < world->n_links; i++)
    if (world->links[i].from == from && g_str_equal (world->links[i].day, day))
      {
        int known = 0;

        while (known < n && links[known].to != world->links[i].to)
          known++;
        if (known < n)
          {
            /* The same way twice: a/b + c/d. */
            links[known].numerator
                = links[known].numerator * world->links[i].denominator + world->links[i].numerator * links[known].denominator;
            links[known].denominator *= world->links[i].denominator;
          }
        else
          links[n++] = world->links[i];
      }
  if (!old.there || (n == 1 && links[0].to == from))
    return;
  for (int i = 0; i < world->n_links; i++)
    if (g_str_equal (world->links[i].day, day) && world->links[i].to == links[0].to && world->links[i].from != from)
      sources++;
  held[from] = (Held){ .there = FALSE };
  whole = n == 1 && sources == 0 && !held[links[0].to].there;
  for (int m = 0; m < N_MEASURES; m++)
    {
      part (old.values[m], links, world, n, parts);
      for (int i = 0; i < n && (whole || m != COMPOUNDS); i++)
        held[links[i].to].values[m] += parts[i];
    }
  for (int i = 0; i < n; i++)
    {
      held[links[i].to].there = TRUE;
      held[links[i].to].redrawn |= old.redrawn || !whole;
    }
}

/* Of those that wait; −1: none does. */
static int
find_lowest (const World *world, const gboolean *waits)
{
  int lowest = -1;

  for (int i = 0; i < world->n; i++)
    if (waits[i] && (lowest < 0 || world->compounds[i].id < world->compounds[lowest].id))
      lowest = i;
  return lowest;
}

static void
carry_all (const World *world, Held *held, const char *after)
{
  for (guint d = 0; d < G_N_ELEMENTS (DAYS); d++)
    {
      gboolean waits[MAX_UNITS] = { FALSE };

      if (strcmp (DAYS[d], after) <= 0)
        continue;
      for (int i = 0; i < world->n_links; i++)
        if (g_str_equal (world->links[i].day, DAYS[d]))
          waits[world->links[i].from] = TRUE;
      /* Whoever nobody waiting leads to goes first. */
      for (gboolean more = TRUE; more;)
        {
          more = FALSE;
          for (int from = 0; from < world->n; from++)
            {
              gboolean first = waits[from];

              for (int i = 0; i < world->n_links; i++)
                if (world->links[i].to == from && world->links[i].from != from && g_str_equal (world->links[i].day, DAYS[d]))
                  first = first && !waits[world->links[i].from];
              if (!first)
                continue;
              carry_one (world, held, from, DAYS[d]);
              waits[from] = FALSE;
              more = TRUE;
            }
          /* A part that came back on the same day leads in a circle, which has no first: the lowest id is taken. */
          if (!more && find_lowest (world, waits) >= 0)
            {
              int lowest = find_lowest (world, waits);

              carry_one (world, held, lowest, DAYS[d]);
              waits[lowest] = FALSE;
              more = TRUE;
            }
        }
    }
}

static const XqFigureRow *
find_row (const XqFigureTable *table, gint64 unit)
{
  for (guint i = 0; i < table->rows->len; i++)
    if (((XqFigureRow *)g_ptr_array_index (table->rows, i))->unit->id == unit)
      return g_ptr_array_index (table->rows, i);
  return NULL;
}

static void
compare (const XqFigureRow *row, const Held *held)
{
  g_assert_nonnull (row);
  for (int m = 0; m < N_MEASURES; m++)
    {
      const XqFigure *figure = &row->figures[m];

      if (!held->there)
        g_assert_true (!figure->has_value && !figure->uncarried);
      else if (m == COMPOUNDS && held->redrawn)
        g_assert_true (!figure->has_value && figure->uncarried);
      else
        {
          g_assert_true (figure->has_value && !figure->uncarried);
          g_assert_cmpint (figure->numerator, ==, held->values[m]);
        }
    }
}

static void
add_held (Held *sum, const Held *held)
{
  for (int m = 0; m < N_MEASURES; m++)
    sum->values[m] += held->values[m];
  sum->there |= held->there;
  sum->redrawn |= held->redrawn;
}

/* The ledger in the present division: the same numbers, and nothing where they are not known. */
static void
check_ledger (XqTransaction *tx, const World *world, const Held *held, XqPeriod period, GError **error)
{
  static const char *const columns[] = { "households", "organisation", "body", "community", NULL };
  XqLedgerQuery query = { .kind = XQ_LEDGER_COMPOUNDS, .period = period, .division = XQ_DIVISION_NOW };
  XqLedgerTotals totals;
  g_autoptr (GArray) ids = xq_ledger_list (tx, &query, &totals, error), sizes = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 households = 0;
  guint in_force = 0, there = 0, n = 0;

  g_assert_nonnull (ids);
  rows = xq_ledger_load_rows (tx, &query, (const gint64 *)ids->data, ids->len, columns, error);
  g_assert_nonnull (rows);
  g_assert_cmpuint (rows->len, ==, ids->len);
  for (int i = 0; i < world->n; i++)
    {
      const XqLedgerRow *row = NULL;
      g_autofree char *community = g_strdup_printf ("社区%d", world->compounds[i].community);

      for (guint k = 0; k < rows->len; k++)
        if (((const XqLedgerRow *)g_ptr_array_index (rows, k))->unit->id == world->compounds[i].id)
          row = g_ptr_array_index (rows, k);
      g_assert_cmpint (row != NULL, ==, world->compounds[i].to == NULL);
      if (row == NULL)
        continue;
      in_force++;
      there += held[i].there;
      households += held[i].values[0];
      g_assert_cmpint (row->cells[0].number, ==, held[i].values[0]);
      g_assert_cmpint (row->cells[0].is_null, ==, held[i].values[0] == 0);
      g_assert_cmpint (row->cells[1].is_null, ==, !held[i].there || held[i].redrawn);
      g_assert_cmpint (row->cells[2].is_null, ==, !held[i].there || held[i].redrawn);
      g_assert_cmpint (row->is_covered_known, ==, held[i].there && !held[i].redrawn);
      g_assert_cmpstr (row->cells[3].text, ==, community);
    }
  g_assert_cmpint (totals.rows, ==, in_force);
  g_assert_cmpint (totals.households, ==, households);
  g_assert_cmpint (totals.original_compounds, ==, in_force);
  sizes = xq_figures_compound_sizes_now (tx, 0, period, error);
  g_assert_nonnull (sizes);
  g_assert_cmpuint (sizes->len, ==, there);
  /* Of a part, sorted and filtered. */
  query.unit = world->communities[0];
  query.sort = "households";
  query.filters = &(XqLedgerFilter){ .column = "households", .minimum = 100, .maximum = G_MAXINT64 };
  query.n_filters = 1;
  g_clear_pointer (&ids, g_array_unref);
  ids = xq_ledger_list (tx, &query, NULL, error);
  g_assert_nonnull (ids);
  for (int i = 0; i < world->n; i++)
    n += world->compounds[i].to == NULL && world->compounds[i].community == 0 && held[i].values[0] >= 100;
  g_assert_cmpuint (ids->len, ==, n);
}

static gboolean
is_in_force (const Compound *compound, const char *day)
{
  return (compound->from == NULL || strcmp (compound->from, day) <= 0) && (compound->to == NULL || strcmp (compound->to, day) > 0);
}

/* Whether there is anything to choose between. */
static void
check_divisions (XqTransaction *tx, const World *world, XqPeriod period, GError **error)
{
  g_autofree char *last = xq_period_last_day (period);
  gboolean differ = FALSE, two;

  for (int i = 0; i < world->n; i++)
    {
      const Compound *compound = &world->compounds[i];

      differ = differ || is_in_force (compound, last) != (compound->to == NULL)
               || (compound->to == NULL && !xq_period_equal (period, RECKONED) && compound->community != compound->community_then);
    }
  g_assert_true (xq_figures_has_two_divisions (tx, period, &two, error));
  g_assert_cmpint (two, ==, differ);
}

static void
check_period (XqTransaction *tx, const World *world, XqPeriod period, GError **error)
{
  XqFigureQuery query = { .by = XQ_LEVEL_COMPOUND, .period = period, .only = MEASURES };
  g_autoptr (XqFigureTable) then = xq_figures_read (tx, &query, error);
  g_autoptr (XqFigureTable) now = NULL, communities = NULL, top = NULL, top_then = NULL;
  Held held[MAX_UNITS] = { { .there = FALSE } }, sums[N_COMMUNITIES] = { { .there = FALSE } }, all = { .there = FALSE };
  g_autofree char *last = xq_period_last_day (period);
  guint in_force = 0;

  query.by = XQ_LEVEL_NONE;
  top_then = xq_figures_read (tx, &query, error);
  query.division = XQ_DIVISION_NOW;
  top = xq_figures_read (tx, &query, error);
  query.by = XQ_LEVEL_COMMUNITY;
  communities = xq_figures_read (tx, &query, error);
  query.by = XQ_LEVEL_COMPOUND;
  now = xq_figures_read (tx, &query, error);
  g_assert_true (then != NULL && top_then != NULL && top != NULL && communities != NULL && now != NULL);
  for (int i = 0; i < world->n; i++)
    {
      const XqFigureRow *row = find_row (then, world->compounds[i].id);

      held[i].there = row != NULL;
      for (int m = 0; row != NULL && m < N_MEASURES; m++)
        held[i].values[m] = row->figures[m].numerator;
    }
  carry_all (world, held, last);
  check_ledger (tx, world, held, period, error);
  check_divisions (tx, world, period, error);
  for (int i = 0; i < world->n; i++)
    {
      /* The communities themselves were there throughout; what became nothing is theirs. */
      add_held (&sums[world->compounds[i].community], &held[i]);
      if (world->compounds[i].to != NULL)
        g_assert_null (find_row (now, world->compounds[i].id));
      else
        {
          in_force++;
          compare (find_row (now, world->compounds[i].id), &held[i]);
        }
    }
  g_assert_cmpuint (now->rows->len, ==, in_force);
  for (int i = 0; i < N_COMMUNITIES; i++)
    {
      sums[i].there = TRUE;
      compare (find_row (communities, world->communities[i]), &sums[i]);
      add_held (&all, &sums[i]);
    }
  compare (g_ptr_array_index (top->rows, 0), &all);
  /* What may be added up is all there. */
  for (int m = 0; m < COMPOUNDS; m++)
    g_assert_cmpint (((XqFigureRow *)g_ptr_array_index (top->rows, 0))->figures[m].numerator, ==,
                     ((XqFigureRow *)g_ptr_array_index (top_then->rows, 0))->figures[m].numerator);
  for (int i = 0; i < N_COMMUNITIES; i++)
    {
      g_autoptr (GPtrArray) rows = xq_figures_list_rows_now (tx, "households", world->communities[i], FALSE, period, error);
      gint64 sum = 0;

      g_assert_nonnull (rows);
      for (guint k = 0; k < rows->len; k++)
        sum += ((XqFigurePart *)g_ptr_array_index (rows, k))->amount;
      g_assert_cmpint (sum, ==, sums[i].values[0]);
    }
}

static void
check_trends (XqTransaction *tx, const World *world, GError **error)
{
  for (int i = 0; i < world->n; i++)
    for (int m = 0; m < N_MEASURES && world->compounds[i].to == NULL; m++)
      {
        g_autoptr (GPtrArray) points = xq_figures_trend_now (tx, world->compounds[i].id, MEASURES[m], error);

        g_assert_nonnull (points);
        for (guint p = 0; p < points->len; p++)
          {
            const XqTrendPoint *point = g_ptr_array_index (points, p);
            XqFigureQuery query = { .unit = world->compounds[i].id,
                                    .by = XQ_LEVEL_NONE,
                                    .period = point->period,
                                    .only = MEASURES,
                                    .division = XQ_DIVISION_NOW };
            g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);
            const XqFigure *figure;

            g_assert_nonnull (table);
            figure = &((XqFigureRow *)g_ptr_array_index (table->rows, 0))->figures[m];
            g_assert_false (point->breaks);
            g_assert_cmpint (point->compounds, ==, 1);
            g_assert_cmpint (point->figure.has_value, ==, figure->has_value);
            g_assert_cmpint (point->figure.uncarried, ==, figure->uncarried);
            g_assert_cmpint (point->figure.numerator, ==, figure->numerator);
          }
      }
}

static gpointer
check (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const World *world = data;

  for (guint i = 0; i < G_N_ELEMENTS (PERIODS); i++)
    check_period (tx, world, PERIODS[i], error);
  check_trends (tx, world, error);
  return NULL;
}

static void
test_random (void)
{
  guint runs = g_test_slow () ? 200 : 25, first = g_test_rand_int_range (0, 1 << 20);

  for (guint run = 0; run < runs; run++)
    {
      char *folder = fixture_folder ();
      g_autofree char *path = fixture_path (folder, "a.xiaoqu");
      g_autoptr (GRand) random = g_rand_new_with_seed (first + run);
      World world = { .random = random };
      g_autoptr (XqScheme) scheme = NULL;
      g_autoptr (XqStore) store = NULL;
      g_autoptr (GError) error = NULL;

      /* Ids are random too, and of equal shares the lower id comes first. */
      sqlite3_test_control (SQLITE_TESTCTRL_PRNG_SEED, (int)(first + run), NULL);
      g_test_message ("seed %u; the same again: --seed with what the first line says", first + run);
      scheme = xq_scheme_load_builtin ("standard", &error);
      g_assert_no_error (error);
      make_history (&world);
      store = xq_store_create_filled (path, scheme, "试验区", "history", fill, &world, NULL, &error);
      g_assert_no_error (error);
      fixture_write (store, "lock", lock, &world);
      fixture_write (store, "move", move, &world);
      fixture_read (store, check, &world);
      g_assert_true (xq_store_close (store, &error));
      fixture_folder_free (folder);
    }
}

static void
test_weights (void)
{
  const gint64 thirds[] = { 1, 1, 1 }, three[] = { 3, 3, 3 }, mixed[] = { 1, 1, 1 }, of[] = { 2, 3, 6 };
  const gint64 great[] = { 999999937, 1, 500000003 }, primes[] = { 999999937, 999999929, 1000000000 };
  gint64 weights[3];

  xq_carry_weigh (thirds, three, 3, weights);
  g_assert_true (weights[0] == weights[1] && weights[1] == weights[2] && weights[0] > 0);
  xq_carry_weigh (mixed, of, 3, weights);
  g_assert_true (weights[0] == 3 * weights[2] && weights[1] == 2 * weights[2]);
  /* Beyond what a number holds only the ratio is near. */
  xq_carry_weigh (great, primes, 3, weights);
  g_assert_cmpfloat_with_epsilon ((double)weights[2] / (double)weights[0], 0.500000003, 1e-6);
  g_assert_cmpint (weights[1], >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/carry/random", test_random);
  g_test_add_func ("/carry/weights", test_weights);
  return g_test_run ();
}
