#pragma once

#include "xq-personal.h"
#include "xq-store.h"

G_BEGIN_DECLS

/*
 * 清除个人信息: takes a person out of a document, out of what it holds and of what it has held. The counts stay: a member whose
 * name has been cleared is still a member. It can not be undone. Copies and backups made before still hold the person; so may a
 * disk's own free space.
 */

/** A row that holds, or once held, a name. */
typedef struct
{
  const XqRecordType *type;
  gint64 id;
  gint64 home;   /* the unit it belongs to; 0 where that is not known */
  gboolean gone; /* only the journal still knows it */
} XqPersonRow;

/**
 * Rows whose personal name is, or ever was, @name, whole: of persons called alike all are found, the user says which are meant.
 * Element type XqPersonRow (plain memory). Reads the whole journal.
 */
GArray *xq_person_find (XqTransaction *tx, const char *name, GError **error);

typedef struct
{
  guint rows;    /* whose personal values were cleared */
  guint entries; /* of the journal that were scrubbed */
  guint texts;   /* other texts in which the name was blotted out */
} XqPersonErasure;

/**
 * Clears every personal value of @rows, in the tables and in every changeset of the journal, and blots out the names they bore in
 * the journal's labels and the labels of locked periods; with @everywhere also in every other text of the document, where the same
 * characters may by chance be part of something else. Writes an entry of the journal that says that it was done, not of whom.
 * Within xq_store_write() alone; nothing else may be written by the same command. xq_store_compact() must follow: only then is
 * nothing left in the free space of the file.
 */
gboolean xq_person_erase (XqTransaction *tx, const XqPersonRow *rows, guint n, gboolean everywhere, XqPersonErasure *erasure,
                          GError **error);

/**
 * Within xq_store_write(): the command is entered in the journal although it changes nothing. That persons were shown unmasked, and
 * why, is kept so; the label says it, and must not say of whom.
 */
gboolean xq_person_note_shown (XqTransaction *tx, GError **error);

/**
 * Rewrites the file without free space, and empties its write-ahead log: what has been deleted is in it no more. Takes room for a
 * copy on the disk meanwhile.
 */
gboolean xq_store_compact (XqStore *store, GCancellable *cancellable, GError **error);
void xq_store_compact_async (XqStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean xq_store_compact_finish (XqStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
