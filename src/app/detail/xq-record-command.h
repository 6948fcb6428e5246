#pragma once

#include "xq-context.h"
#include "xq-field-row.h"
#include "xq-record-table.h"

G_BEGIN_DECLS

/*
 * Commands of the detail pane: each is one named journal entry, written on the store's writer thread.
 */

/** Which record a form edits, where it may not be there yet: then it is made for its owner with the first value. */
typedef struct {
  const XqRecordType *type;
  gint64 id;             /* 0: the record whose @owner_field is @owner, or a new one */
  int owner_field;
  gint64 owner;
  int preset_field;      /* a field that a new record needs, -1: none */
  const char *preset;    /* its value, static */
  gboolean empty_deletes; /* clearing the value deletes the record */
} XqRecordTarget;

/** "修改 丰润园小区 · 户数" */
char *xq_command_label (const char *unit_name, const char *what);

/** Sets one field from @text. Where it fails @row (may be %NULL) shows why. */
void xq_command_set_field (XqContext *context, const XqRecordTarget *target, const char *unit_name, const char *what, int field, const char *text,
                           XqFieldRow *row);
/** Inserts a new record. Takes @record. Errors are shown as a dialog over @widget. */
void xq_command_insert (XqContext *context, XqRecord *record, const char *label, GtkWidget *widget);
/** Writes all fields of @record. Takes it. */
void xq_command_update (XqContext *context, XqRecord *record, const char *label, GtkWidget *widget);
/** Deletes; no question is asked: it is told with a button that takes it back. */
void xq_command_delete (XqContext *context, const XqRecordType *type, gint64 id, const char *label, GtkWidget *widget);
/** Any other command. Takes @data. */
void xq_command_run (XqContext *context, const char *label, XqJobFunc func, gpointer data, GDestroyNotify data_free, GtkWidget *widget);

G_END_DECLS
