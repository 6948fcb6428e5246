#pragma once

#include "xq-record-edit.h"

G_BEGIN_DECLS

/** What a card needs to know of where it stands; borrowed for the call, the rest by whoever keeps the card. */
typedef struct
{
  GtkWidget *host; /* the section that gets clicks: see the signals of xq-record-sections.h */
  const XqDetail *detail;
  const XqScheme *scheme;
  gboolean editable;
  gboolean full;
} XqCardPlace;

/** What is asked of a record by a button of its card. */
typedef enum
{
  XQ_CARD_CHANGE,
  XQ_CARD_DELETE,
  XQ_CARD_ADD_CHILD,
  XQ_CARD_STEP
} XqCardAction;
/** Called with the record, and with the type of a new child or the step of a ticket as @detail. */
typedef void (*XqCardFunc) (GtkWidget *host, XqCardAction action, const XqRecord *record, gconstpointer detail);

/** A card of @node: what it is called and how it stands, its fields, its extra, what belongs to it, and the buttons that edit it.
 */
GtkWidget *xq_record_card_new (const XqCardPlace *place, const XqSectionSpec *spec, const XqRecordNode *node, XqCardFunc func);

/* For xq-record-extra.c */

/** A button with an icon that asks for @action of @record. */
GtkWidget *xq_record_card_button (const XqCardPlace *place, XqCardFunc func, const char *icon_name, const char *name,
                                  XqCardAction action, const XqRecord *record, gconstpointer detail);
/** What a record is called in lists of the pane. */
char *xq_record_card_title (const XqCardPlace *place, const XqRecordNode *node);
/** A line of text, wrapped. */
GtkWidget *xq_record_card_text (const char *text, const char *css_class);

/** Appends what is shown of @node besides its fields. @pills is the box of pills of its heading. %TRUE where its children are shown
 * with it. */
gboolean xq_record_extra_append (const XqCardPlace *place, XqExtra extra, const XqRecordNode *node, GtkWidget *card,
                                 GtkWidget *pills, XqCardFunc func);

G_END_DECLS
