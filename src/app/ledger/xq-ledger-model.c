#include "xq-ledger-model.h"

#include <gio/gio.h>

/* Rows of a page: one fetch. */
#define PAGE_SIZE 256
/* Pages kept; a screen shows parts of two. */
#define MAX_PAGES 24
#define INVALID_POSITION G_MAXUINT
/* Rows among which a list view may look for the one it has lost. */
#define MOST_SEARCHED 256

typedef struct
{
  guint index;
  guint n_items;
  XqLedgerItem *items[PAGE_SIZE]; /* owned */
  gboolean loaded;
  gboolean requested;
  guint64 used; /* when it was last asked for */
} Page;

struct _XqLedgerModel
{
  GObject parent_instance;

  /* owned */
  XqStore *store;
  XqLedgerRequest *request; /* of the ids below */
  XqLedgerRequest *wanted;  /* being listed; NULL when nothing is */
  GCancellable *listing;
  GCancellable *fetching;
  GArray *ids;        /* gint64 */
  GHashTable *pages;  /* index → Page */
  GHashTable *known;  /* id → XqLedgerItem that was on the screen at the last reload */
  GPtrArray *columns; /* ids, NULL-terminated */
  GQueue queue;       /* indices of pages to fetch, newest first */
  XqLedgerTotals totals, unfiltered;
  XqLedgerQuery resolved; /* as the ids were listed; borrows from request */
  guint64 clock;
  guint fetch_source;
  gboolean in_flight;
};

enum
{
  PROP_LOADING = 1,
  PROP_N_ITEMS,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
enum
{
  LISTED,
  FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void fetch_next (XqLedgerModel *self);

static void
page_free (Page *page)
{
  for (guint i = 0; i < page->n_items; i++)
    g_object_unref (page->items[i]);
  g_free (page);
}

static GType
xq_ledger_model_get_item_type (GListModel *list)
{
  return XQ_TYPE_LEDGER_ITEM;
}

static guint
xq_ledger_model_list_n_items (GListModel *list)
{
  return XQ_LEDGER_MODEL (list)->ids->len;
}

static void
forget_oldest_page (XqLedgerModel *self, const Page *except)
{
  GHashTableIter iter;
  gpointer value;
  Page *oldest = NULL;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Page *page = value;
      gboolean watched = FALSE;

      if (page == except || (oldest != NULL && page->used >= oldest->used))
        continue;
      for (guint i = 0; i < page->n_items && !watched; i++)
        watched = xq_ledger_item_is_watched (page->items[i]);
      if (!watched)
        oldest = page;
    }
  if (oldest != NULL)
    g_hash_table_remove (self->pages, GUINT_TO_POINTER (oldest->index));
}

static Page *
ensure_page (XqLedgerModel *self, guint index)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (index));

  if (page == NULL)
    {
      guint first = index * PAGE_SIZE;

      page = g_new0 (Page, 1);
      page->index = index;
      page->n_items = MIN (PAGE_SIZE, self->ids->len - first);
      for (guint i = 0; i < page->n_items; i++)
        {
          gint64 id = g_array_index (self->ids, gint64, first + i);
          XqLedgerItem *known = self->known != NULL ? g_hash_table_lookup (self->known, &id) : NULL;

          page->items[i] = known != NULL ? g_object_ref (known) : xq_ledger_item_new (id);
        }
      g_hash_table_insert (self->pages, GUINT_TO_POINTER (index), page);
      if (g_hash_table_size (self->pages) > MAX_PAGES)
        forget_oldest_page (self, page);
    }
  page->used = ++self->clock;
  return page;
}

static gboolean
fetch_from_idle (gpointer data)
{
  XqLedgerModel *self = data;

  self->fetch_source = 0;
  fetch_next (self);
  return G_SOURCE_REMOVE;
}

static void
request_page (XqLedgerModel *self, Page *page)
{
  if (page->requested)
    return;
  page->requested = TRUE;
  g_queue_push_head (&self->queue, GUINT_TO_POINTER (page->index));
  if (self->fetch_source == 0 && !self->in_flight)
    self->fetch_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fetch_from_idle, self, NULL);
}

static gpointer
xq_ledger_model_get_item (GListModel *list, guint position)
{
  XqLedgerModel *self = XQ_LEDGER_MODEL (list);
  Page *page;

  if (position >= self->ids->len)
    return NULL;
  page = ensure_page (self, position / PAGE_SIZE);
  if (!page->loaded)
    request_page (self, page);
  return g_object_ref (page->items[position % PAGE_SIZE]);
}

static void
xq_ledger_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = xq_ledger_model_get_item_type;
  iface->get_n_items = xq_ledger_model_list_n_items;
  iface->get_item = xq_ledger_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (XqLedgerModel, xq_ledger_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, xq_ledger_model_iface_init))

/* Fetching rows */

typedef struct
{
  XqLedgerRequest *request;
  gint64 root;
  GStrv columns;
  GArray *ids;
  guint page;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  xq_ledger_request_unref (fetch->request);
  g_strfreev (fetch->columns);
  g_array_unref (fetch->ids);
  g_free (fetch);
}

static gpointer
fetch_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fetch *fetch = data;
  XqLedgerQuery query = *xq_ledger_request_get_query (fetch->request);

  query.unit = fetch->root;
  return xq_ledger_load_rows (tx, &query, (const gint64 *)fetch->ids->data, fetch->ids->len, (const char *const *)fetch->columns,
                              error);
}

static void
take_rows (XqLedgerModel *self, Page *page, GPtrArray *rows)
{
  guint r = 0;

  page->loaded = TRUE;
  /* In the order of the ids; one that has gone is not among them. */
  for (guint i = 0; i < page->n_items && r < rows->len; i++)
    {
      XqLedgerRow *row = g_ptr_array_index (rows, r);

      if (row->unit->id != xq_ledger_item_get_id (page->items[i]))
        continue;
      xq_ledger_item_set_row (page->items[i], row);
      r++;
    }
}

/* What a fetch is for: the model may have gone, or show another list. */
typedef struct
{
  XqLedgerModel *self;    /* owned */
  GCancellable *fetching; /* owned: of the list it belongs to */
  guint page;
} FetchContext;

static void
rows_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  FetchContext *context = data;
  XqLedgerModel *self = context->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (context->fetching == self->fetching)
    {
      Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (context->page));

      self->in_flight = FALSE;
      if (page != NULL)
        page->requested = FALSE;
      if (rows != NULL && page != NULL)
        take_rows (self, page, rows);
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, signals[FAILED], 0, error);
      fetch_next (self);
    }
  g_object_unref (context->fetching);
  g_object_unref (context->self);
  g_free (context);
}

static void
fetch_next (XqLedgerModel *self)
{
  FetchContext *context;
  Fetch *fetch;
  Page *page = NULL;

  if (self->in_flight || self->store == NULL || self->request == NULL)
    return;
  /* Pages that were scrolled past and forgotten are not fetched. */
  while (page == NULL && !g_queue_is_empty (&self->queue))
    page = g_hash_table_lookup (self->pages, g_queue_pop_head (&self->queue));
  if (page == NULL)
    return;

  fetch = g_new0 (Fetch, 1);
  fetch->request = xq_ledger_request_ref (self->request);
  fetch->root = self->resolved.unit;
  fetch->columns = g_strdupv ((char **)self->columns->pdata);
  fetch->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), page->n_items);
  for (guint i = 0; i < page->n_items; i++)
    {
      gint64 id = xq_ledger_item_get_id (page->items[i]);

      g_array_append_val (fetch->ids, id);
    }
  context = g_new0 (FetchContext, 1);
  context->self = g_object_ref (self);
  context->fetching = g_object_ref (self->fetching);
  context->page = page->index;
  self->in_flight = TRUE;
  xq_store_read_async (self->store, fetch_job, fetch, (GDestroyNotify)fetch_free, (GDestroyNotify)g_ptr_array_unref, self->fetching,
                       rows_fetched, context);
}

/* Listing ids */

typedef struct
{
  GArray *ids;
  XqLedgerTotals totals, unfiltered;
  gint64 root;
  gint64 focus;
  GPtrArray *rows; /* of the page that is looked at first, so that it stands there at once */
  guint page;
} Listing;

static void
listing_free (Listing *listing)
{
  g_clear_pointer (&listing->ids, g_array_unref);
  g_clear_pointer (&listing->rows, g_ptr_array_unref);
  g_free (listing);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listing, listing_free)

/* All columns a list of @kind can have: const char *, NULL-terminated. */
static GPtrArray *
list_columns (XqLedgerKind kind)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (const XqLedgerColumn *column = xq_ledger_get_columns (); column->id != NULL; column++)
    if (column->kinds & (1u << kind))
      g_ptr_array_add (columns, (gpointer)column->id);
  g_ptr_array_add (columns, NULL);
  return columns;
}

static gboolean
load_first_page (Listing *listing, XqTransaction *tx, const XqLedgerQuery *query, GError **error)
{
  g_autoptr (GPtrArray) columns = list_columns (query->kind);
  guint first;

  for (guint i = 0; listing->focus != 0 && i < listing->ids->len; i++)
    if (g_array_index (listing->ids, gint64, i) == listing->focus)
      listing->page = i / PAGE_SIZE;
  first = listing->page * PAGE_SIZE;
  listing->rows = xq_ledger_load_rows (tx, query, (const gint64 *)listing->ids->data + first,
                                       MIN (PAGE_SIZE, listing->ids->len - first), (const char *const *)columns->pdata, error);
  return listing->rows != NULL;
}

static gpointer
list_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const XqLedgerRequest *request = data;
  g_autoptr (Listing) listing = g_new0 (Listing, 1);
  XqLedgerQuery query;

  if (!xq_ledger_request_resolve (request, tx, &query, &listing->focus, error))
    return NULL;
  listing->root = query.unit;
  listing->ids = xq_ledger_list (tx, &query, &listing->totals, error);
  if (listing->ids == NULL || !load_first_page (listing, tx, &query, error))
    return NULL;
  listing->unfiltered = listing->totals;
  if (xq_ledger_request_is_filtered (request))
    {
      query.text = NULL;
      query.filters = NULL;
      query.n_filters = 0;
      if (!xq_ledger_total (tx, &query, &listing->unfiltered, error))
        return NULL;
    }
  return g_steal_pointer (&listing);
}

/* Rows on the screen keep their items, and so their cells until new ones have come. */
static void
remember_items (XqLedgerModel *self)
{
  GHashTable *known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Page *page = value;

      for (guint i = 0; i < page->n_items; i++)
        {
          gint64 id = xq_ledger_item_get_id (page->items[i]);

          if (xq_ledger_item_is_watched (page->items[i]))
            g_hash_table_replace (known, g_memdup2 (&id, sizeof id), g_object_ref (page->items[i]));
        }
    }
  g_clear_pointer (&self->known, g_hash_table_unref);
  self->known = known;
}

/* Puts rows that are still shown into pages again and has them fetched. */
static void
put_back_items (XqLedgerModel *self)
{
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < self->ids->len; i++)
    if (g_hash_table_contains (self->known, &g_array_index (self->ids, gint64, i)))
      ensure_page (self, i / PAGE_SIZE);
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    request_page (self, value);
}

/*
 * A list view takes the widgets of rows that go for rows that come in the same change, but looks for a row that it held on to among
 * all of these, item by item. So it is told first of as many as it shows, and then of the rest.
 */
static void
tell_changed (XqLedgerModel *self, GArray *ids, guint position, guint removed, guint added)
{
  guint first = MIN (added, MOST_SEARCHED);

  if (first < added)
    {
      g_autoptr (GArray) some = g_array_sized_new (FALSE, FALSE, sizeof (gint64), ids->len - added + first);

      g_array_append_vals (some, ids->data, position + first);
      if (ids->len > position + added)
        g_array_append_vals (some, &g_array_index (ids, gint64, position + added), ids->len - position - added);
      g_array_unref (self->ids);
      self->ids = g_array_ref (some);
      g_list_model_items_changed (G_LIST_MODEL (self), position, removed, first);
      remember_items (self);
      g_hash_table_remove_all (self->pages);
      g_queue_clear (&self->queue);
      position += first;
      removed = 0;
      added -= first;
    }
  g_array_unref (self->ids);
  self->ids = g_array_ref (ids);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* The same list read again: tells what has changed as one range, and lets rows outside it be. */
static void
update_ids (XqLedgerModel *self, GArray *ids)
{
  GArray *old = self->ids;
  guint n_old = old->len, prefix = 0, suffix = 0, shorter = MIN (old->len, ids->len);

  while (prefix < shorter && g_array_index (old, gint64, prefix) == g_array_index (ids, gint64, prefix))
    prefix++;
  while (suffix < shorter - prefix
         && g_array_index (old, gint64, old->len - 1 - suffix) == g_array_index (ids, gint64, ids->len - 1 - suffix))
    suffix++;
  remember_items (self);
  g_hash_table_remove_all (self->pages);
  g_queue_clear (&self->queue);
  if (prefix < n_old || prefix < ids->len)
    {
      tell_changed (self, ids, prefix, n_old - prefix - suffix, ids->len - prefix - suffix);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
    }
  put_back_items (self);
}

/* Places that are shown, with their items. */
static GHashTable *
take_slots (XqLedgerModel *self)
{
  GHashTable *slots = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Page *page = value;

      for (guint i = 0; i < page->n_items; i++)
        if (xq_ledger_item_is_watched (page->items[i]))
          g_hash_table_insert (slots, GUINT_TO_POINTER (page->index * PAGE_SIZE + i), g_object_ref (page->items[i]));
    }
  return slots;
}

/*
 * Another list: the items of places that are shown stay and come to stand for other units, because a view makes all its widgets
 * anew for new items, which takes many times as long.
 */
static void
replace_ids (XqLedgerModel *self, GArray *ids, GPtrArray *rows, guint first_page)
{
  guint n_old = self->ids->len;
  g_autoptr (GHashTable) slots = take_slots (self);
  GHashTableIter iter;
  gpointer key, item;

  g_clear_pointer (&self->known, g_hash_table_unref);
  g_hash_table_remove_all (self->pages);
  g_queue_clear (&self->queue);
  g_array_unref (self->ids);
  self->ids = g_array_ref (ids);

  g_hash_table_iter_init (&iter, slots);
  while (g_hash_table_iter_next (&iter, &key, &item))
    {
      guint position = GPOINTER_TO_UINT (key);
      Page *page;

      if (position >= ids->len)
        continue;
      page = ensure_page (self, position / PAGE_SIZE);
      g_set_object (&page->items[position % PAGE_SIZE], item);
      xq_ledger_item_assign (item, g_array_index (ids, gint64, position), NULL);
    }
  if (rows != NULL && ids->len > 0)
    take_rows (self, ensure_page (self, first_page), rows);
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (!((Page *)item)->loaded)
      request_page (self, item);

  if (ids->len < n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), ids->len, n_old - ids->len, 0);
  else if (ids->len > n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_old, 0, ids->len - n_old);
  if (ids->len != n_old)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

/* What a listing is for. */
typedef struct
{
  XqLedgerModel *self;      /* owned */
  XqLedgerRequest *request; /* owned */
  GCancellable *listing;    /* owned */
} ListContext;

static void
ids_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  ListContext *context = data;
  XqLedgerModel *self = context->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (Listing) listing = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (context->listing == self->listing)
    {
      gboolean same_list = context->request == self->request;

      g_clear_object (&self->listing);
      g_clear_pointer (&self->wanted, xq_ledger_request_unref);
      /* Fetches of the list before are of no use. */
      g_cancellable_cancel (self->fetching);
      g_clear_object (&self->fetching);
      self->fetching = g_cancellable_new ();
      self->in_flight = FALSE;
      if (!same_list)
        {
          g_clear_pointer (&self->request, xq_ledger_request_unref);
          self->request = xq_ledger_request_ref (context->request);
          g_ptr_array_unref (self->columns);
          self->columns = list_columns (xq_ledger_request_get_query (self->request)->kind);
        }
      self->resolved = *xq_ledger_request_get_query (self->request);
      if (listing != NULL)
        {
          self->resolved.unit = listing->root;
          self->totals = listing->totals;
          self->unfiltered = listing->unfiltered;
          if (same_list)
            update_ids (self, listing->ids);
          else
            replace_ids (self, listing->ids, listing->rows, listing->page);
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
          g_signal_emit (self, signals[LISTED], 0, listing->focus);
        }
      else
        {
          g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));

          memset (&self->totals, 0, sizeof self->totals);
          memset (&self->unfiltered, 0, sizeof self->unfiltered);
          replace_ids (self, none, NULL, 0);
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
          g_signal_emit (self, signals[FAILED], 0, error);
        }
    }
  g_object_unref (context->listing);
  xq_ledger_request_unref (context->request);
  g_object_unref (context->self);
  g_free (context);
}

static void
start_listing (XqLedgerModel *self, XqLedgerRequest *request)
{
  ListContext *context = g_new0 (ListContext, 1);

  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  xq_ledger_request_ref (request);
  g_clear_pointer (&self->wanted, xq_ledger_request_unref);
  self->wanted = request;
  context->self = g_object_ref (self);
  context->request = xq_ledger_request_ref (request);
  context->listing = g_object_ref (self->listing);
  xq_store_read_async (self->store, list_job, xq_ledger_request_ref (request), (GDestroyNotify)xq_ledger_request_unref,
                       (GDestroyNotify)listing_free, self->listing, ids_listed, context);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
stop (XqLedgerModel *self)
{
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  if (self->fetching != NULL)
    g_cancellable_cancel (self->fetching);
  g_clear_object (&self->listing);
  g_clear_object (&self->fetching);
  g_clear_pointer (&self->wanted, xq_ledger_request_unref);
  g_clear_handle_id (&self->fetch_source, g_source_remove);
  g_queue_clear (&self->queue);
  self->in_flight = FALSE;
}

void
xq_ledger_model_load (XqLedgerModel *self, XqStore *store, XqLedgerRequest *request)
{
  g_return_if_fail (XQ_IS_LEDGER_MODEL (self));

  if (store != self->store || store == NULL || request == NULL)
    {
      g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));

      stop (self);
      g_set_object (&self->store, store);
      g_clear_pointer (&self->request, xq_ledger_request_unref);
      g_clear_pointer (&self->known, g_hash_table_unref);
      memset (&self->totals, 0, sizeof self->totals);
      memset (&self->unfiltered, 0, sizeof self->unfiltered);
      replace_ids (self, none, NULL, 0);
    }
  if (store != NULL && request != NULL)
    start_listing (self, request);
}

void
xq_ledger_model_reload (XqLedgerModel *self)
{
  g_return_if_fail (XQ_IS_LEDGER_MODEL (self));

  if (self->wanted != NULL)
    start_listing (self, self->wanted);
  else if (self->request != NULL)
    start_listing (self, self->request);
}

gboolean
xq_ledger_model_get_loading (XqLedgerModel *self)
{
  return self->listing != NULL;
}

XqLedgerRequest *
xq_ledger_model_get_request (XqLedgerModel *self)
{
  return self->request;
}

guint
xq_ledger_model_get_n_items (XqLedgerModel *self)
{
  return self->ids->len;
}

gint64
xq_ledger_model_get_id (XqLedgerModel *self, guint position)
{
  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

const XqLedgerRow *
xq_ledger_model_peek_row (XqLedgerModel *self, guint position)
{
  Page *page;

  if (position >= self->ids->len)
    return NULL;
  page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (position / PAGE_SIZE));
  return page != NULL ? xq_ledger_item_get_row (page->items[position % PAGE_SIZE]) : NULL;
}

guint
xq_ledger_model_find (XqLedgerModel *self, gint64 id)
{
  for (guint i = 0; id != 0 && i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      return i;
  return INVALID_POSITION;
}

const XqLedgerTotals *
xq_ledger_model_get_totals (XqLedgerModel *self)
{
  return &self->totals;
}

const XqLedgerTotals *
xq_ledger_model_get_totals_unfiltered (XqLedgerModel *self)
{
  return &self->unfiltered;
}

const char *const *
xq_ledger_model_get_columns (XqLedgerModel *self)
{
  return (const char *const *)self->columns->pdata;
}

int
xq_ledger_model_column_index (XqLedgerModel *self, const XqLedgerColumn *column)
{
  for (guint i = 0; i + 1 < self->columns->len; i++)
    if (g_ptr_array_index (self->columns, i) == column->id)
      return (int)i;
  return -1;
}

static void
xq_ledger_model_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  XqLedgerModel *self = XQ_LEDGER_MODEL (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->listing != NULL);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->ids->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xq_ledger_model_dispose (GObject *object)
{
  XqLedgerModel *self = XQ_LEDGER_MODEL (object);

  stop (self);
  g_clear_object (&self->store);
  g_clear_pointer (&self->request, xq_ledger_request_unref);
  G_OBJECT_CLASS (xq_ledger_model_parent_class)->dispose (object);
}

static void
xq_ledger_model_finalize (GObject *object)
{
  XqLedgerModel *self = XQ_LEDGER_MODEL (object);

  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  G_OBJECT_CLASS (xq_ledger_model_parent_class)->finalize (object);
}

static void
xq_ledger_model_class_init (XqLedgerModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = xq_ledger_model_get_property;
  object_class->dispose = xq_ledger_model_dispose;
  object_class->finalize = xq_ledger_model_finalize;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[LISTED]
      = g_signal_new ("listed", XQ_TYPE_LEDGER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[FAILED]
      = g_signal_new ("failed", XQ_TYPE_LEDGER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
xq_ledger_model_init (XqLedgerModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)page_free);
  self->columns = g_ptr_array_new ();
  g_ptr_array_add (self->columns, NULL);
  self->fetching = g_cancellable_new ();
  g_queue_init (&self->queue);
}

XqLedgerModel *
xq_ledger_model_new (void)
{
  return g_object_new (XQ_TYPE_LEDGER_MODEL, NULL);
}
