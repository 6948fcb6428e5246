#pragma once

#include "xq-detail-data.h"
#include "xq-record-command.h"
#include "xq-ticket.h"

G_BEGIN_DECLS

/*
 * What is done to a record of a section, whatever its type: asked for in a form made from the type, with the choices that
 * references and words have, and saved as one named step.
 */

/** Where a record is edited: all are borrowed for the call. */
typedef struct
{
  GtkWidget *widget; /* dialogs stand over it, errors are shown over it; nothing happens once it is gone */
  XqContext *context;
  const XqUnit *unit; /* which the record is to belong to */
  gboolean full;      /* persons are shown */
} XqRecordEdit;

/** Asks for a new record; @owner is what it belongs to, or 0 where that is the unit or is to be chosen. */
void xq_record_edit_add (const XqRecordEdit *edit, const XqRecordType *type, gint64 owner);
/** Asks for @record's values anew. */
void xq_record_edit_change (const XqRecordEdit *edit, const XqRecord *record);
/** Deletes @record and what belongs to it; can be undone. */
void xq_record_edit_delete (const XqRecordEdit *edit, const XqRecord *record);
/** Asks what belongs to the next @step of @ticket (day, department, words), and takes it. */
void xq_record_edit_step (const XqRecordEdit *edit, const XqRecord *ticket, XqTicketStep step);

G_END_DECLS
