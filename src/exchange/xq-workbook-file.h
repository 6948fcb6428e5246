#pragma once

#include <xlsxwriter.h>

#include "xq-output-file.h"

G_BEGIN_DECLS

/** A workbook that will be written into @file. %NULL with @error when there is no memory. */
lxw_workbook *xq_workbook_file_new (XqOutputFile *file, GError **error);

/**
 * Closes @book, whatever happens, and checks what was written: libxlsxwriter assembles a workbook from temporary files and
 * does not notice when one of them could not be written in full. @path is for messages. Nothing is printed.
 */
gboolean xq_workbook_file_close (lxw_workbook *book, XqOutputFile *file, const char *path, GError **error);

/** Whether the ZIP file @data holds complete XML parts and nothing else. */
gboolean xq_workbook_file_is_complete (const guint8 *data, gsize size);

G_END_DECLS
