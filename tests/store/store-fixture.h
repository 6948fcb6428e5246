#pragma once

/* What the tests of the store share: a folder of their own, documents to work on, ways to look at a file from outside. */

#include <sqlite3.h>

#include "xq-record-table.h"

G_BEGIN_DECLS

/** A new folder under the system's temporary one. */
char *fixture_folder (void);
/** Removes @folder and the files in it, and frees the name. */
void fixture_folder_free (char *folder);

/** A new document in @folder called @name, with one unit of each level down to two buildings. */
XqStore *fixture_create (const char *folder, const char *name);
/** Path of @name in @folder. */
char *fixture_path (const char *folder, const char *name);
/** Names in @folder, sorted, joined by spaces. */
char *fixture_list (const char *folder);

/** Every row of every record table, as text: what must be the same after undoing everything. */
char *fixture_dump (const char *path);
/** The same for the tables named, e.g. "fact rollup search". */
char *fixture_dump_tables (const char *path, const char *tables);
/** One value read by a handle of our own. */
char *fixture_query (const char *path, const char *sql);
/** Runs statements on a file that no store has open. */
void fixture_execute (const char *path, const char *sql);

/** The unit called @name. */
gint64 fixture_unit (XqStore *store, const char *name);

/**
 * A record of @type with random valid values that refers to rows that are there, or %NULL where none can be made.
 * Units get level @level.
 */
XqRecord *fixture_random_record (XqTransaction *tx, const XqRecordType *type, GRand *random, GError **error);
/** Gives some fields of @record other valid values; references and what may never be edited stay. */
void fixture_change_record (XqRecord *record, GRand *random);
/** A row of @type at random, or 0. */
gint64 fixture_random_row (XqTransaction *tx, const XqRecordType *type, GRand *random, GError **error);

/** Blocking write of a function that fails the test when it fails. */
void fixture_write (XqStore *store, const char *label, XqJobFunc func, gpointer data);
gpointer fixture_read (XqStore *store, XqJobFunc func, gpointer data);

/** Makes mounts possible that only this process sees. %FALSE where the system does not let us. Before any thread is started. */
gboolean fixture_enter_private_mounts (void);

G_END_DECLS
