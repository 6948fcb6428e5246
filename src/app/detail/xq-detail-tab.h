#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"
#include "xq-detail-data.h"
#include "xq-record-command.h"
#include "xq-record-form.h"
#include "xq-section-spec.h"

G_BEGIN_DECLS

/** XqDetailTab: what the tabs of the detail pane share: a scrolled column of sections about one unit. */
#define XQ_TYPE_DETAIL_TAB (xq_detail_tab_get_type ())
G_DECLARE_DERIVABLE_TYPE (XqDetailTab, xq_detail_tab, XQ, DETAIL_TAB, GtkWidget)

struct _XqDetailTabClass {
  GtkWidgetClass parent_class;

  /** Shows what xq_detail_tab_get_detail() holds now. Forms whose record is the same stay, so that typing is not disturbed. */
  void (*update) (XqDetailTab *self);
};

/** @detail stays the caller's and must live until the next call. */
void xq_detail_tab_show (XqDetailTab *self, XqContext *context, const XqDetail *detail, gboolean editable);
XqContext *xq_detail_tab_get_context (XqDetailTab *self);
const XqDetail *xq_detail_tab_get_detail (XqDetailTab *self);
gboolean xq_detail_tab_get_editable (XqDetailTab *self);
const char *xq_detail_tab_get_unit_name (XqDetailTab *self);

/* For the tabs */
/** The records of @tab stand below what the tab shows itself; they are updated behind it. Once, when the tab is made. */
void xq_detail_tab_set_sections (XqDetailTab *self, XqTabId tab);
void xq_detail_tab_clear (XqDetailTab *self);
void xq_detail_tab_append (XqDetailTab *self, GtkWidget *widget);
/** A caption over what follows; @button (may be %NULL) stands at its end. */
void xq_detail_tab_append_title (XqDetailTab *self, const char *title, GtkWidget *button);
/** A sentence in the dim colour. */
void xq_detail_tab_append_remark (XqDetailTab *self, const char *text);
/** A box of buttons, each with @label (with mnemonic), calling @clicked (self). */
GtkWidget *xq_detail_tab_append_buttons (XqDetailTab *self);
GtkWidget *xq_detail_tab_add_button (XqDetailTab *self, GtkWidget *box, const char *label, gboolean suggested, GCallback clicked);
/** A form whose values are saved to @target field by field, each as a command named after the field. */
XqRecordForm *xq_detail_tab_append_form (XqDetailTab *self, const XqRecordTarget *target, const int *fields, const char *name);
/** A row that shows a value which is not edited there. */
GtkWidget *xq_detail_value_row (const char *label, const char *value);
void xq_detail_value_row_set (GtkWidget *row, const char *value);

GType xq_basic_tab_get_type (void);
GType xq_organisation_tab_get_type (void);
GType xq_members_tab_get_type (void);
GType xq_body_tab_get_type (void);
GType xq_service_tab_get_type (void);
GType xq_services_tab_get_type (void);
GType xq_tickets_tab_get_type (void);
GType xq_notes_tab_get_type (void);
GType xq_lineage_tab_get_type (void);

G_END_DECLS
