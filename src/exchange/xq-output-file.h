#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A file that appears whole or not at all. It is written without a name in the target's folder (O_TMPFILE; where the file
 * system has none, under a hidden name), made durable and put in the place of an older one in one step. Until then the
 * older file is untouched; whatever ends the program, a nameless file is gone.
 */
typedef struct _XqOutputFile XqOutputFile;

/**
 * Errors are %XQ_REPORT_ERROR_TARGET, in words for the user: @path is a folder, its folder is missing or may not be written,
 * or %XQ_REPORT_ERROR_FULL.
 */
XqOutputFile *xq_output_file_new (const char *path, GError **error);
/** Forgets what was written unless it was finished. */
void xq_output_file_free (XqOutputFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqOutputFile, xq_output_file_free)

/** A name under which libraries can open the file for writing and reading. */
const char *xq_output_file_get_name (const XqOutputFile *file);
/** The file itself; owned by @file. */
int xq_output_file_get_fd (const XqOutputFile *file);
gboolean xq_output_file_write (XqOutputFile *file, const void *data, gsize size, GError **error);
/** Makes it durable and gives it its name. @size may be %NULL. */
gboolean xq_output_file_finish (XqOutputFile *file, gint64 *size, GError **error);

/** Sets @error for @path from errno's @code: a full disk, a target that may not be written, anything else. */
void xq_output_file_set_error (GError **error, const char *path, int code);

/**
 * Between the two no signal comes of a file size limit (ulimit -f): writing fails with EFBIG instead of ending the program.
 * For the calling thread; begin gives what end wants.
 */
gboolean xq_output_file_begin_limit (void);
void xq_output_file_end_limit (gboolean token);

G_END_DECLS
