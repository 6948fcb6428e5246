#include "redraw-fixture.h"

#include "xq-snapshot.h"

#define COMPOUND(world, i) g_array_index ((world)->compounds, RedrawCompound, i)

gint64
redraw_insert (XqTransaction *tx, const XqRecordType *type, const char *owner_field, gint64 owner, ...)
{
  g_autoptr (XqRecord) record = xq_record_new (type);
  g_autoptr (GError) error = NULL;
  const char *name;
  va_list arguments;
  gint64 id;

  if (owner_field != NULL)
    xq_record_set_int (record, xq_record_type_find (type, owner_field), owner);
  va_start (arguments, owner);
  while ((name = va_arg (arguments, const char *)) != NULL)
    {
      int field = xq_record_type_find (type, name);

      g_assert_cmpint (field, >=, 0);
      if (type->fields[field].type == XQ_FIELD_REFERENCE)
        xq_record_set_int (record, field, va_arg (arguments, gint64));
      else
        {
          xq_record_parse_field (record, field, va_arg (arguments, const char *), &error);
          g_assert_no_error (error);
        }
    }
  va_end (arguments);
  id = xq_record_insert (tx, record, &error);
  g_assert_no_error (error);
  return id;
}

/* A whole number below @limit, as text. */
static const char *
number (RedrawWorld *world, int limit)
{
  static char texts[8][16];
  static guint next;
  char *text = texts[next++ % G_N_ELEMENTS (texts)];

  g_snprintf (text, sizeof texts[0], "%d", g_rand_int_range (world->random, 0, limit));
  return text;
}

static gboolean
once_in (RedrawWorld *world, int n)
{
  return g_rand_int_range (world->random, 0, n) == 0;
}

static void
add_buildings (XqTransaction *tx, RedrawWorld *world, const RedrawCompound *compound, gboolean roster)
{
  for (guint i = 0; i < compound->n_bases; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u栋", i + 1);
      gint64 building = redraw_insert (tx, &XQ_UNIT, "parent", compound->id, "level", "4", "name", name, NULL);

      if (once_in (world, 4))
        redraw_insert (tx, &XQ_BUILDING, "unit", building, "households", number (world, 80), NULL);
      else
        redraw_insert (tx, &XQ_BUILDING, "unit", building, "households", number (world, 80), "residents", number (world, 200),
                       "base", compound->bases[i], NULL);
      for (int k = g_rand_int_range (world->random, 0, 3); roster && k > 0; k--)
        redraw_insert (tx, &XQ_MEMBER, "residence", building, "stage", "full", NULL);
    }
}

static void
add_people (XqTransaction *tx, RedrawWorld *world, gint64 unit, gint64 organisation, gboolean roster)
{
  static const char *const measures[] = { "resident_full", "resident_probationary", "formal_full", "checked_in" };

  for (guint i = 0; !roster && i < G_N_ELEMENTS (measures); i++)
    if (!once_in (world, 4))
      redraw_insert (tx, &XQ_DECLARED_COUNT, "unit", unit, "measure", measures[i], "value", number (world, 30), NULL);
  for (int i = g_rand_int_range (world->random, 0, 4); roster && i > 0; i--)
    redraw_insert (tx, &XQ_MEMBER, "residence", unit, "stage", once_in (world, 3) ? "probationary" : "full", NULL);
  if (roster && organisation != 0 && once_in (world, 2))
    redraw_insert (tx, &XQ_MEMBER, "residence", unit, "stage", "full", "organisation", organisation, NULL);
  /* A number beside a roster counts for nothing, and must not begin to. */
  if (roster && once_in (world, 2))
    {
      redraw_insert (tx, &XQ_MEMBER, "residence", unit, "stage", "full", NULL);
      redraw_insert (tx, &XQ_DECLARED_COUNT, "unit", unit, "measure", "resident_full", "value", "25", NULL);
    }
  redraw_insert (tx, &XQ_DECLARED_POST, "unit", unit, "post", "building_head", "value", number (world, 9), NULL);
}

static gint64
add_organisation (XqTransaction *tx, RedrawWorld *world, gint64 unit, gint64 committee, gint64 joint)
{
  gint64 branch = 0;

  switch (g_rand_int_range (world->random, 0, 4))
    {
    case 0:
      branch = redraw_insert (tx, &XQ_ORGANISATION, "unit", unit, "kind", "branch", "name", "党支部", "parent", committee,
                              "founded", "2020-05-01", NULL);
      redraw_insert (tx, &XQ_ORGANISATION_COVER, "unit", unit, "organisation", branch, "valid_from", "2020-05-01", NULL);
      redraw_insert (tx, &XQ_POST_HOLDER, "unit", unit, "post", "secretary", "organisation", branch, NULL);
      redraw_insert (tx, &XQ_GRID_ROLE, "unit", unit, "role", "micro", "organisation", branch, NULL);
      break;
    case 1:
      redraw_insert (tx, &XQ_ORGANISATION_COVER, "unit", unit, "organisation", joint, NULL);
      break;
    case 2:
      {
        gint64 contact = redraw_insert (tx, &XQ_CONTACT, "unit", unit, "post", "社区副书记", "decided", "2024-01-10", NULL);

        redraw_insert (tx, &XQ_CONTACT_CONFIRMATION, "contact", contact, "confirmed", "2024-10-08", NULL);
        break;
      }
    default:
      break;
    }
  return branch;
}

static void
add_area (XqTransaction *tx, RedrawWorld *world, const RedrawCompound *compound)
{
  guint base = (guint)g_rand_int_range (world->random, 0, (gint32)compound->n_bases);
  gint64 area = once_in (world, 4) ? redraw_insert (tx, &XQ_PROPERTY_AREA, "unit", compound->id, "name", "物业区", NULL)
                                   : redraw_insert (tx, &XQ_PROPERTY_AREA, "unit", compound->id, "name", "物业区", "base",
                                                    compound->bases[base], NULL);

  redraw_insert (tx, &XQ_OWNERS_BODY, "property_area", area, "kind", "owners_committee", "name", "业委会", "founded", "2022-01-01",
                 "seats", "5", NULL);
  redraw_insert (tx, &XQ_PROPERTY_SERVICE, "property_area", area, "mode", "firm", "firm", "甲物业", NULL);
  redraw_insert (tx, &XQ_FEE_COLLECTION, "property_area", area, "period_end", "2024-12-31", "households_due", "50",
                 "households_paid", "40", NULL);
  redraw_insert (tx, &XQ_PUBLIC_INCOME, "unit", compound->id, "property_area", area, "period_end", "2024-12-31", "source",
                 "parking", "income", "12", NULL);
}

static void
add_rest (XqTransaction *tx, RedrawWorld *world, gint64 unit, gint64 question, gint64 department, guint index)
{
  g_autofree char *ticket_number = g_strdup_printf ("2024-%03u", index);
  gint64 ticket;

  redraw_insert (tx, &XQ_ASSOCIATION, "unit", unit, "kind", once_in (world, 2) ? "mass" : "resident", "name", "队", "headcount",
                 number (world, 40), NULL);
  redraw_insert (tx, &XQ_SPACE, "unit", unit, "kind", "service_station", "name", "党群驿站", "area", number (world, 300), NULL);
  redraw_insert (tx, &XQ_SURVEY_TALLY, "unit", unit, "question", question, "very_satisfied", number (world, 50), "satisfied",
                 number (world, 50), "dissatisfied", number (world, 20), NULL);
  redraw_insert (tx, &XQ_NOTE, "unit", unit, "title", "纪实", NULL);
  redraw_insert (tx, &XQ_PAIRING, "unit", unit, "department", department, NULL);
  redraw_insert (tx, &XQ_PETITION_COUNT, "unit", unit, "period_end", "2024-12-31", "batches", number (world, 9), "people",
                 number (world, 30), NULL);
  redraw_insert (tx, &XQ_TARGET, "unit", unit, "indicator", "compound_branch", "due", "2024-12-31", "value", "1", NULL);
  redraw_insert (tx, &XQ_ACTIVITY, "unit", unit, "kind", "activity_day", "name", "党员活动日", "held", "2024-10-03", NULL);
  redraw_insert (tx, &XQ_PROJECT, "unit", unit, "name", "加装电梯", NULL);
  redraw_insert (tx, &XQ_CONSULTATION, "unit", unit, "form", "assembly", "topic", "停车", "held", "2024-10-02", "attendance",
                 number (world, 30), NULL);
  redraw_insert (tx, &XQ_POLL, "unit", unit, "name", "最急", "closed", "2024-11-02", NULL);
  ticket = redraw_insert (tx, &XQ_TICKET, "unit", unit, "number", ticket_number, "title", "路灯不亮", "raised", "2024-10-02", NULL);
  redraw_insert (tx, &XQ_TICKET_EVENT, "ticket", ticket, "ordinal", "1", "kind", "raise", "day", "2024-10-02", NULL);
  if (once_in (world, 2))
    redraw_insert (tx, &XQ_CONTRADICTION, "unit", unit, "ticket", ticket, "title", "停车难", "raised", "2024-10-02", NULL);
}

static void
add_compound (XqTransaction *tx, RedrawWorld *world, guint index, gint64 committee, gint64 joint, gint64 question,
              gint64 department, gboolean roster)
{
  RedrawCompound compound = { .community = world->communities[index % REDRAW_COMMUNITIES],
                              .n_bases = world->plain ? 1 + index % 2 : (guint)g_rand_int_range (world->random, 1, 5) };
  g_autofree char *name = g_strdup_printf ("%u号院", index + 1);
  gint64 branch;

  compound.id = redraw_insert (tx, &XQ_UNIT, "parent", compound.community, "level", "3", "name", name, "code", name, NULL);
  for (guint i = 0; i < compound.n_bases; i++)
    {
      g_autofree char *base = g_strdup_printf ("%s%c区", name, 'A' + (int)i);

      if (compound.n_bases > 1 && !once_in (world, 5))
        compound.bases[i] = redraw_insert (tx, &XQ_BASE_UNIT, "unit", compound.id, "name", base, "households", number (world, 200),
                                           "resident_full", number (world, 9), NULL);
      else
        compound.bases[i] = redraw_insert (tx, &XQ_BASE_UNIT, "unit", compound.id, "name", base, NULL);
    }
  g_array_append_val (world->compounds, compound);
  redraw_insert (tx, &XQ_COMPOUND, "unit", compound.id, "households", number (world, 900), "residents", number (world, 3000),
                 "kind", once_in (world, 2) ? "old" : "commercial", "built_year", "1999", "parking_spaces", number (world, 100),
                 NULL);
  if (world->plain)
    {
      redraw_insert (tx, &XQ_NOTE, "unit", compound.id, "title", "纪实", NULL);
      redraw_insert (tx, &XQ_UNIT, "parent", compound.id, "level", "4", "name", "1栋", NULL);
      return;
    }
  branch = add_organisation (tx, world, compound.id, committee, joint);
  add_people (tx, world, compound.id, branch, roster);
  if (once_in (world, 2))
    add_buildings (tx, world, &compound, roster);
  if (once_in (world, 2))
    add_area (tx, world, &compound);
  add_rest (tx, world, compound.id, question, department, index);
}

typedef struct
{
  RedrawWorld *world;
  guint n;
} Filling;

static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Filling *filling = data;
  RedrawWorld *world = filling->world;
  g_autoptr (GPtrArray) top = xq_record_list (tx, &XQ_UNIT, -1, 0, error);
  gint64 committees[REDRAW_COMMUNITIES], joints[REDRAW_COMMUNITIES], survey, question, department;
  gboolean roster = once_in (world, 2);

  world->district = xq_record_get_id (g_ptr_array_index (top, 0));
  world->street = redraw_insert (tx, &XQ_UNIT, "parent", world->district, "level", "1", "name", "东街道", NULL);
  for (int i = 0; i < REDRAW_COMMUNITIES; i++)
    {
      g_autofree char *name = g_strdup_printf ("社区%d", i);

      world->communities[i] = redraw_insert (tx, &XQ_UNIT, "parent", world->street, "level", "2", "name", name, NULL);
      committees[i]
          = redraw_insert (tx, &XQ_ORGANISATION, "unit", world->communities[i], "kind", "committee", "name", "社区党委", NULL);
      joints[i] = redraw_insert (tx, &XQ_ORGANISATION, "unit", world->communities[i], "kind", "joint_branch", "name", "联合党支部",
                                 "parent", committees[i], NULL);
    }
  department = redraw_insert (tx, &XQ_DEPARTMENT, "unit", world->district, "name", "示例部门", NULL);
  survey = redraw_insert (tx, &XQ_SURVEY, "unit", world->district, "name", "2024年调查", "closed", "2024-09-30", NULL);
  question = redraw_insert (tx, &XQ_SURVEY_QUESTION, "survey", survey, "text", "总体满意吗", "overall", "是", NULL);
  for (guint i = 0; i < filling->n; i++)
    add_compound (tx, world, i, committees[i % REDRAW_COMMUNITIES], joints[i % REDRAW_COMMUNITIES], question, department, roster);
  xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, error);
  return NULL;
}

static gpointer
lock (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_lock (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, error);
  return NULL;
}

void
redraw_world_init (RedrawWorld *world, guint seed, guint n, gboolean plain)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("standard", &error);
  Filling filling = { world, n };

  g_assert_no_error (error);
  *world = (RedrawWorld){ .random = g_rand_new_with_seed (seed),
                          .compounds = g_array_new (FALSE, FALSE, sizeof (RedrawCompound)),
                          .folder = fixture_folder (),
                          .plain = plain };
  world->path = fixture_path (world->folder, "a.xiaoqu");
  world->store = xq_store_create (world->path, scheme, "试验区", &error);
  g_assert_no_error (error);
  fixture_write (world->store, "fill", fill, &filling);
  fixture_write (world->store, "lock", lock, NULL);
}

void
redraw_world_clear (RedrawWorld *world)
{
  g_clear_object (&world->store);
  g_clear_pointer (&world->random, g_rand_free);
  g_clear_pointer (&world->compounds, g_array_unref);
  g_clear_pointer (&world->path, g_free);
  fixture_folder_free (world->folder);
}

XqRedraw *
redraw_world_draw (RedrawWorld *world, guint percent, double groups)
{
  XqRedraw *redraw = xq_redraw_new (REDRAW_DAY);
  g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) owners = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) going_on = g_hash_table_new (g_direct_hash, g_direct_equal);
  guint n_taken = 0, n, each;

  for (guint i = 0; i < world->compounds->len; i++)
    {
      const RedrawCompound *compound = &COMPOUND (world, i);

      if ((guint)g_rand_int_range (world->random, 0, 100) >= percent && !(i + 2 >= world->compounds->len && n_taken < 2))
        continue;
      n_taken++;
      g_array_append_vals (bases, compound->bases, compound->n_bases);
      for (guint k = 0; k < compound->n_bases; k++)
        g_array_append_val (owners, i);
    }
  /* Mixed up within a short way, so that neighbours are drawn together. */
  for (guint i = 0; i < bases->len; i++)
    {
      guint way = (guint)g_rand_int_range (world->random, 0, 6), other = MIN (i + way, bases->len - 1);
      gint64 base = g_array_index (bases, gint64, i);
      guint owner = g_array_index (owners, guint, i);

      g_array_index (bases, gint64, i) = g_array_index (bases, gint64, other);
      g_array_index (owners, guint, i) = g_array_index (owners, guint, other);
      g_array_index (bases, gint64, other) = base;
      g_array_index (owners, guint, other) = owner;
    }
  n = MAX (1, (guint)(groups * n_taken));
  each = MAX (1, bases->len / n);
  for (guint i = 0, next; i < bases->len; i = next)
    {
      guint size = redraw->units->len + 1 == n ? bases->len - i : each, owner = g_array_index (owners, guint, i);
      gboolean goes_on = g_rand_int_range (world->random, 0, 3) > 0 && g_hash_table_add (going_on, GUINT_TO_POINTER (owner + 1));
      g_autofree char *name = g_strdup_printf ("新园%u", redraw->units->len);

      next = MIN (i + size, bases->len);
      xq_redraw_add (redraw, goes_on && once_in (world, 2) ? NULL : name, goes_on ? COMPOUND (world, owner).id : 0,
                     once_in (world, 5) ? world->communities[g_rand_int_range (world->random, 0, REDRAW_COMMUNITIES)]
                                        : COMPOUND (world, owner).community,
                     &g_array_index (bases, gint64, i), next - i);
    }
  return redraw;
}
