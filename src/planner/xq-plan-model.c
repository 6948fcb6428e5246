#include "xq-plan-part.h"

#include <math.h>
#include <string.h>

/* Without contiguity a group may grow to any other atom; beyond this many only to the nearest. */
#define ALL_NEAR 200
#define NEAREST 12

/* ------------------------------------------------------------------------------------------------------------------- order */

static int
compare_ids (gconstpointer a, gconstpointer b, gpointer data)
{
  const XqPlanProblem *problem = data;

  return strcmp (xq_plan_problem_base (problem, *(const guint *)a)->id, xq_plan_problem_base (problem, *(const guint *)b)->id);
}

guint *
xq_plan_rank_ids (const XqPlanProblem *problem)
{
  guint n = problem->base->len;
  g_autofree guint *order = g_new (guint, n);
  guint *rank = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int)n, sizeof (guint), compare_ids, (gpointer)problem);
  for (guint i = 0; i < n; i++)
    rank[order[i]] = i;
  return rank;
}

int *
xq_plan_find_cores (const XqPlanProblem *problem, const guint *rank)
{
  int *core = g_new (int, problem->current_units->len + 1);

  for (guint i = 0; i < problem->current_units->len; i++)
    core[i] = -1;
  for (guint i = 0; i < problem->base->len; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, i), *best;

      if (base->current < 0)
        continue;
      best = core[base->current] < 0 ? NULL : xq_plan_problem_base (problem, (guint)core[base->current]);
      if (best == NULL || base->households > best->households
          || (base->households == best->households && rank[i] < rank[core[base->current]]))
        core[base->current] = (int)i;
    }
  return core;
}

double
xq_plan_polsby_popper (double area, double outline)
{
  if (!(outline > 0) || !(area > 0))
    return 0;
  return MIN (1.0, 4 * G_PI * area / (outline * outline));
}

/* -------------------------------------------------------------------------------------------------------------- union-find */

static guint
find_root (guint *parent, guint node)
{
  while (parent[node] != node)
    {
      parent[node] = parent[parent[node]];
      node = parent[node];
    }
  return node;
}

/* The root is the one of lower rank, so that a set is named by its first id. */
static void
unite (guint *parent, const guint *rank, guint a, guint b)
{
  a = find_root (parent, a);
  b = find_root (parent, b);
  if (a == b)
    return;
  if (rank != NULL ? rank[a] < rank[b] : a < b)
    parent[b] = a;
  else
    parent[a] = b;
}

/* Atom of each base unit: its root. */
static guint *
find_atoms (XqPlanModel *model)
{
  const XqPlanProblem *problem = model->problem;
  const XqPlanRules *rules = &problem->rules;
  guint *parent = g_new (guint, model->n_base);
  g_autofree int *first_locked = g_new (int, problem->locked_groups->len + 1);
  g_autofree int *first_property = g_new (int, problem->property_areas->len + 1);

  memset (first_locked, -1, sizeof (int) * (problem->locked_groups->len + 1));
  memset (first_property, -1, sizeof (int) * (problem->property_areas->len + 1));
  for (guint i = 0; i < model->n_base; i++)
    parent[i] = i;
  for (guint i = 0; i < model->n_base; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, i);

      if (rules->locks && base->locked >= 0)
        {
          if (first_locked[base->locked] >= 0)
            unite (parent, model->rank, (guint)first_locked[base->locked], i);
          else
            first_locked[base->locked] = (int)i;
        }
      if (rules->property_areas && base->property_area >= 0)
        {
          if (first_property[base->property_area] >= 0)
            unite (parent, model->rank, (guint)first_property[base->property_area], i);
          else
            first_property[base->property_area] = (int)i;
        }
    }
  for (guint i = 0; rules->together && i < problem->together->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (problem->together, XqPlanPair, i);

      unite (parent, model->rank, pair->a, pair->b);
    }
  for (guint i = 0; i < model->n_base; i++)
    parent[i] = find_root (parent, i);
  return parent;
}

/* Households and base units of each atom, at its root. */
typedef struct
{
  gint64 households;
  guint n_base;
} Size;

static Size *
find_sizes (const XqPlanModel *model, const guint *atom)
{
  Size *sizes = g_new0 (Size, model->n_base);

  for (guint i = 0; i < model->n_base; i++)
    {
      sizes[atom[i]].households += xq_plan_problem_base (model->problem, i)->households;
      sizes[atom[i]].n_base++;
    }
  return sizes;
}

/* Whether so much may be in one unit with more. */
static gboolean
leaves_room (const XqPlanRules *rules, gint64 households, guint n_base)
{
  return (rules->households_max == 0 || households <= rules->households_max)
         && (rules->max_base_units == 0 || n_base <= (guint)rules->max_base_units);
}

/* Atoms that stay alone: locked ones, those too large for company, and those that break a rule whatever they are put with. */
static gboolean *
find_alone (XqPlanModel *model, const guint *atom, const Size *sizes, gint64 *conflict)
{
  const XqPlanProblem *problem = model->problem;
  gboolean *alone = g_new0 (gboolean, model->n_base);

  for (guint i = 0; i < model->n_base; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, i), *root = xq_plan_problem_base (problem, atom[i]);
      gboolean mixed = problem->rules.containment && base->community != root->community;
      gboolean lock_mixed = problem->rules.locks && base->locked != root->locked;

      if (mixed || lock_mixed)
        conflict[atom[i]] = XQ_PLAN_BREAK_WHOLE;
      if (mixed || (problem->rules.locks && (base->locked >= 0 || root->locked >= 0)))
        alone[atom[i]] = TRUE;
      if (!leaves_room (&problem->rules, sizes[atom[i]].households, sizes[atom[i]].n_base))
        alone[atom[i]] = TRUE;
    }
  for (guint i = 0; problem->rules.apart && i < problem->apart->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (problem->apart, XqPlanPair, i);

      if (atom[pair->a] == atom[pair->b])
        conflict[atom[pair->a]] += XQ_PLAN_BREAK_WHOLE;
    }
  return alone;
}

/* Whether a unit may hold both. */
static gboolean
may_join (const XqPlanModel *model, const guint *atom, const gboolean *alone, const Size *sizes, guint a, guint b)
{
  const Size *one = &sizes[atom[a]], *two = &sizes[atom[b]];

  if (atom[a] == atom[b])
    return TRUE;
  if (alone[atom[a]] || alone[atom[b]])
    return FALSE;
  if (!leaves_room (&model->problem->rules, one->households + two->households, one->n_base + two->n_base))
    return FALSE;
  return !model->problem->rules.containment
         || xq_plan_problem_base (model->problem, a)->community == xq_plan_problem_base (model->problem, b)->community;
}

static void
build_near (XqPlanModel *model, const guint *atom, const gboolean *alone, const Size *sizes)
{
  const GArray *edges = model->problem->edges;
  g_autofree guint *fill = g_new0 (guint, model->n_base + 1);

  model->near_start = g_new0 (guint, model->n_base + 1);
  for (int pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < edges->len; i++)
        {
          const XqPlanEdge *edge = &g_array_index (edges, XqPlanEdge, i);

          if (!xq_plan_problem_edge_is_open (model->problem, edge) || !may_join (model, atom, alone, sizes, edge->a, edge->b))
            continue;
          if (pass == 0)
            {
              model->near_start[edge->a + 1]++;
              model->near_start[edge->b + 1]++;
            }
          else
            {
              model->near[fill[edge->a]++] = edge->b;
              model->near[fill[edge->b]++] = edge->a;
            }
        }
      if (pass == 0)
        {
          for (guint i = 0; i < model->n_base; i++)
            model->near_start[i + 1] += model->near_start[i];
          memcpy (fill, model->near_start, sizeof (guint) * (model->n_base + 1));
          model->near = g_new (guint, model->near_start[model->n_base] + 1);
        }
    }
}

/* ------------------------------------------------------------------------------------------------------------------- pieces */

static void
piece_free (gpointer data)
{
  XqPlanPiece *piece = data;

  g_free (piece->atoms);
  g_free (piece->base);
  g_free (piece->link_start);
  g_free (piece->links);
  g_free (piece->shares);
  g_free (piece->apart_start);
  g_free (piece->apart);
  g_free (piece);
}

/* Root of the piece of each base unit (an atom's root): by what the rules connect. */
static guint *
find_pieces (XqPlanModel *model, const guint *atom, const gboolean *alone)
{
  const XqPlanProblem *problem = model->problem;
  guint *parent = g_new (guint, model->n_base);

  for (guint i = 0; i < model->n_base; i++)
    parent[i] = i;
  for (guint i = 0; i < model->n_base; i++)
    unite (parent, model->rank, i, atom[i]);
  if (problem->rules.contiguous)
    {
      for (guint i = 0; i < model->n_base; i++)
        for (guint k = model->near_start[i]; k < model->near_start[i + 1]; k++)
          unite (parent, model->rank, i, model->near[k]);
    }
  else
    {
      g_autofree int *first = g_new (int, problem->communities->len + 1);

      memset (first, -1, sizeof (int) * (problem->communities->len + 1));
      for (guint i = 0; i < model->n_base; i++)
        {
          int community = problem->rules.containment ? xq_plan_problem_base (problem, i)->community + 1 : 0;

          if (alone[atom[i]])
            continue;
          if (first[community] >= 0)
            unite (parent, model->rank, (guint)first[community], i);
          else
            first[community] = (int)i;
        }
    }
  for (guint i = 0; i < model->n_base; i++)
    parent[i] = find_root (parent, i);
  return parent;
}

static int
compare_links (gconstpointer a, gconstpointer b)
{
  const XqPlanLink *x = a, *y = b;

  return x->to < y->to ? -1 : x->to > y->to;
}

/* The links of one atom, gathered in @links, with equal ends joined; returns how many are left. */
static guint
join_links (XqPlanLink *links, guint n)
{
  guint kept = 0;

  if (n == 0)
    return 0;
  qsort (links, n, sizeof (XqPlanLink), compare_links);
  for (guint i = 0; i < n; i++)
    if (kept > 0 && links[kept - 1].to == links[i].to)
      {
        links[kept - 1].open += links[i].open;
        links[kept - 1].length += links[i].length;
        links[kept - 1].near |= links[i].near;
      }
    else
      links[kept++] = links[i];
  return kept;
}

typedef struct
{
  double distance;
  guint to;
} Near;

static int
compare_near (gconstpointer a, gconstpointer b)
{
  const Near *x = a, *y = b;

  if (x->distance < y->distance || x->distance > y->distance)
    return x->distance < y->distance ? -1 : 1;
  return x->to < y->to ? -1 : x->to > y->to;
}

/* Without contiguity: links to grow over, to all atoms or the nearest. */
static void
append_near (XqPlanPiece *piece, guint atom, GArray *into)
{
  g_autofree Near *near = g_new (Near, piece->n_atoms);
  guint n = 0;

  for (guint other = 0; other < piece->n_atoms; other++)
    if (other != atom)
      {
        double dx = piece->atoms[other].x - piece->atoms[atom].x, dy = piece->atoms[other].y - piece->atoms[atom].y;

        near[n++] = (Near){ dx * dx + dy * dy, other };
      }
  if (piece->n_atoms > ALL_NEAR)
    {
      qsort (near, n, sizeof (Near), compare_near);
      n = MIN (n, NEAREST);
    }
  for (guint i = 0; i < n; i++)
    {
      XqPlanLink link = { .to = near[i].to, .near = TRUE };

      g_array_append_val (into, link);
    }
}

/* Edges of each base unit, open or not, as indices into the problem's edges. */
typedef struct
{
  guint *start, *edge;
} Incidence;

static Incidence
incidence_new (const XqPlanProblem *problem)
{
  Incidence incidence = { g_new0 (guint, problem->base->len + 1), g_new (guint, 2 * problem->edges->len + 1) };
  g_autofree guint *fill = NULL;

  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);

      incidence.start[edge->a + 1]++;
      incidence.start[edge->b + 1]++;
    }
  for (guint i = 0; i < problem->base->len; i++)
    incidence.start[i + 1] += incidence.start[i];
  fill = g_memdup2 (incidence.start, sizeof (guint) * (problem->base->len + 1));
  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);

      incidence.edge[fill[edge->a]++] = i;
      incidence.edge[fill[edge->b]++] = i;
    }
  return incidence;
}

static void
incidence_clear (Incidence *incidence)
{
  g_free (incidence->start);
  g_free (incidence->edge);
}

/* Sums of the atom's base units, its outline, shares and whether it hangs together. */
static void
fill_atom (XqPlanPiece *piece, XqPlanAtom *atom, const Incidence *incidence, const guint *root, GArray *shares)
{
  const XqPlanModel *model = piece->model;
  const XqPlanProblem *problem = model->problem;
  g_autofree guint *parent = g_new (guint, atom->n_base);
  guint pieces = atom->n_base;

  atom->first_share = shares->len;
  for (guint i = 0; i < atom->n_base; i++)
    {
      guint index = piece->base[atom->first_base + i];
      const XqPlanBase *base = xq_plan_problem_base (problem, index);

      atom->households += base->households;
      atom->members += base->members;
      atom->area += base->area;
      atom->outline += base->perimeter;
      atom->x += base->x / atom->n_base;
      atom->y += base->y / atom->n_base;
      parent[i] = i;
      if (base->current >= 0)
        {
          guint k = atom->first_share;

          while (k < shares->len && g_array_index (shares, XqPlanShare, k).current != base->current)
            k++;
          if (k == shares->len)
            {
              XqPlanShare share = { .current = base->current };

              g_array_append_val (shares, share);
            }
          g_array_index (shares, XqPlanShare, k).households += base->households;
          g_array_index (shares, XqPlanShare, k).core |= model->core[base->current] == (int)index;
        }
    }
  atom->n_shares = shares->len - atom->first_share;
  for (guint i = 0; i < atom->n_base && atom->n_base > 1; i++)
    {
      guint index = piece->base[atom->first_base + i];

      for (guint k = incidence->start[index]; k < incidence->start[index + 1]; k++)
        {
          const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, incidence->edge[k]);

          if (edge->a != index || root[edge->b] != root[index])
            continue;
          atom->outline -= 2 * edge->length;
          if (xq_plan_problem_edge_is_open (problem, edge))
            {
              guint j = 0;

              atom->inner_edges++;
              while (piece->base[atom->first_base + j] != edge->b)
                j++;
              if (find_root (parent, i) != find_root (parent, j))
                {
                  unite (parent, NULL, i, j);
                  pieces--;
                }
            }
        }
    }
  atom->in_pieces = pieces > 1;
}

static void
fill_links (XqPlanPiece *piece, const Incidence *incidence, const guint *root, const int *atom_at, const gboolean *alone,
            const Size *sizes)
{
  const XqPlanProblem *problem = piece->model->problem;
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (XqPlanLink));
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (XqPlanLink));

  piece->link_start = g_new0 (guint, piece->n_atoms + 1);
  for (guint a = 0; a < piece->n_atoms; a++)
    {
      const XqPlanAtom *atom = &piece->atoms[a];

      g_array_set_size (own, 0);
      for (guint i = 0; i < atom->n_base; i++)
        {
          guint index = piece->base[atom->first_base + i];

          for (guint k = incidence->start[index]; k < incidence->start[index + 1]; k++)
            {
              const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, incidence->edge[k]);
              guint other = edge->a == index ? edge->b : edge->a;
              XqPlanLink link = { .length = edge->length };

              /* atom_at is of this piece only. */
              if (root[other] == root[index] || atom_at[root[other]] < 0)
                continue;
              link.to = (guint)atom_at[root[other]];
              link.open = xq_plan_problem_edge_is_open (problem, edge);
              link.near = link.open > 0 && may_join (piece->model, root, alone, sizes, index, other);
              g_array_append_val (own, link);
            }
        }
      if (!problem->rules.contiguous)
        append_near (piece, a, own);
      g_array_set_size (own, join_links ((XqPlanLink *)(void *)own->data, own->len));
      g_array_append_vals (links, own->data, own->len);
      piece->link_start[a + 1] = links->len;
    }
  piece->links = g_memdup2 (links->data, sizeof (XqPlanLink) * links->len);
}

static void
fill_apart (XqPlanPiece *piece, const guint *root, const int *atom_at)
{
  const XqPlanProblem *problem = piece->model->problem;
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (XqPlanPair));
  g_autofree guint *fill = NULL;

  for (guint i = 0; problem->rules.apart && i < problem->apart->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (problem->apart, XqPlanPair, i);
      int a = atom_at[root[pair->a]], b = atom_at[root[pair->b]];

      if (a >= 0 && b >= 0 && a != b)
        {
          XqPlanPair atoms = { (guint)a, (guint)b };

          g_array_append_val (pairs, atoms);
        }
    }
  if (pairs->len == 0)
    return;
  piece->apart_start = g_new0 (guint, piece->n_atoms + 1);
  piece->apart = g_new (guint, 2 * pairs->len);
  for (guint i = 0; i < pairs->len; i++)
    {
      piece->apart_start[g_array_index (pairs, XqPlanPair, i).a + 1]++;
      piece->apart_start[g_array_index (pairs, XqPlanPair, i).b + 1]++;
    }
  for (guint a = 0; a < piece->n_atoms; a++)
    piece->apart_start[a + 1] += piece->apart_start[a];
  fill = g_memdup2 (piece->apart_start, sizeof (guint) * (piece->n_atoms + 1));
  for (guint i = 0; i < pairs->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (pairs, XqPlanPair, i);

      piece->apart[fill[pair->a]++] = pair->b;
      piece->apart[fill[pair->b]++] = pair->a;
    }
}

/* @members: base units of the piece in the order of ids. @atom_at is all -1, before and after. */
static XqPlanPiece *
piece_new (const XqPlanModel *model, const GArray *members, const Incidence *incidence, const guint *root, const gboolean *alone,
           const Size *sizes, const gint64 *conflict, int *atom_at)
{
  XqPlanPiece *piece = g_new0 (XqPlanPiece, 1);
  g_autoptr (GArray) shares = g_array_new (FALSE, TRUE, sizeof (XqPlanShare));
  g_autofree guint *fill = NULL;

  piece->model = model;
  piece->n_base = members->len;
  piece->base = g_new (guint, members->len);
  piece->atoms = g_new0 (XqPlanAtom, members->len);
  for (guint i = 0; i < members->len; i++)
    {
      guint of = root[g_array_index (members, guint, i)];

      if (atom_at[of] < 0)
        {
          piece->atoms[piece->n_atoms].conflict = conflict[of];
          atom_at[of] = (int)piece->n_atoms++;
        }
      piece->atoms[atom_at[of]].n_base++;
    }
  fill = g_new0 (guint, piece->n_atoms);
  for (guint a = 1; a < piece->n_atoms; a++)
    piece->atoms[a].first_base = fill[a] = fill[a - 1] + piece->atoms[a - 1].n_base;
  for (guint i = 0; i < members->len; i++)
    {
      guint index = g_array_index (members, guint, i);

      piece->base[fill[atom_at[root[index]]]++] = index;
    }
  for (guint a = 0; a < piece->n_atoms; a++)
    {
      fill_atom (piece, &piece->atoms[a], incidence, root, shares);
      piece->in_pieces |= piece->atoms[a].in_pieces;
      piece->households += piece->atoms[a].households;
      piece->members += piece->atoms[a].members;
    }
  piece->shares = g_memdup2 (shares->data, sizeof (XqPlanShare) * shares->len);
  fill_links (piece, incidence, root, atom_at, alone, sizes);
  fill_apart (piece, root, atom_at);
  for (guint i = 0; i < members->len; i++)
    atom_at[root[g_array_index (members, guint, i)]] = -1;
  return piece;
}

XqPlanModel *
xq_plan_model_new (const XqPlanProblem *problem)
{
  XqPlanModel *model = g_new0 (XqPlanModel, 1);
  guint n = problem->base->len;
  g_autofree guint *atom = NULL, *root = NULL;
  g_autofree gboolean *alone = NULL;
  g_autofree Size *sizes = NULL;
  g_autofree gint64 *conflict = g_new0 (gint64, n);
  g_autofree int *atom_at = g_new (int, n), *piece_at = g_new (int, n);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  Incidence incidence;

  model->problem = problem;
  model->n_base = n;
  model->shapes = xq_plan_problem_has_shapes (problem);
  model->rank = xq_plan_rank_ids (problem);
  model->order = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    model->order[model->rank[i]] = i;
  model->core = xq_plan_find_cores (problem, model->rank);
  atom = find_atoms (model);
  sizes = find_sizes (model, atom);
  alone = find_alone (model, atom, sizes, conflict);
  build_near (model, atom, alone, sizes);
  root = find_pieces (model, atom, alone);
  model->pieces = g_ptr_array_new_with_free_func (piece_free);

  for (guint i = 0; i < n; i++)
    atom_at[i] = piece_at[i] = -1;
  for (guint i = 0; i < n; i++)
    {
      guint index = model->order[i];

      if (piece_at[root[index]] < 0)
        {
          piece_at[root[index]] = (int)members->len;
          g_ptr_array_add (members, g_array_new (FALSE, FALSE, sizeof (guint)));
        }
      g_array_append_val ((GArray *)g_ptr_array_index (members, (guint)piece_at[root[index]]), index);
    }
  incidence = incidence_new (problem);
  for (guint i = 0; i < members->len; i++)
    g_ptr_array_add (model->pieces,
                     piece_new (model, g_ptr_array_index (members, i), &incidence, atom, alone, sizes, conflict, atom_at));
  incidence_clear (&incidence);
  return model;
}

void
xq_plan_model_free (XqPlanModel *model)
{
  if (model == NULL)
    return;
  g_ptr_array_unref (model->pieces);
  g_free (model->rank);
  g_free (model->order);
  g_free (model->core);
  g_free (model->near_start);
  g_free (model->near);
  g_free (model);
}
