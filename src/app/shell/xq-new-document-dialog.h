#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * XqNewDocumentDialog: asks for the name, scheme and place of a new district file.
 * Signal "create" (path, scheme id, name): all three are valid and no file is at the path; the dialog closes itself.
 */
#define XQ_TYPE_NEW_DOCUMENT_DIALOG (xq_new_document_dialog_get_type ())
G_DECLARE_FINAL_TYPE (XqNewDocumentDialog, xq_new_document_dialog, XQ, NEW_DOCUMENT_DIALOG, AdwWindow)

GtkWidget *xq_new_document_dialog_new (GtkWindow *parent);

/** A path in @folder (%NULL: the file's name alone) for a document called @name: characters that file systems refuse are left out. */
char *xq_document_path_for_name (const char *folder, const char *name);

G_END_DECLS
