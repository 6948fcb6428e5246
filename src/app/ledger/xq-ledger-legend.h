#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** A sign of the ledger's cells. */
typedef enum
{
  XQ_LEDGER_SIGN_THERE,
  XQ_LEDGER_SIGN_MISSING,
  XQ_LEDGER_SIGN_SUPPRESSED,
  XQ_LEDGER_SIGN_SAMPLE
} XqLedgerSign;

/** XqLedgerLegend: one sign with its meaning, for the foot of the list. */
#define XQ_TYPE_LEDGER_LEGEND (xq_ledger_legend_get_type ())
G_DECLARE_FINAL_TYPE (XqLedgerLegend, xq_ledger_legend, XQ, LEDGER_LEGEND, GtkWidget)

GtkWidget *xq_ledger_legend_new (XqLedgerSign sign, const char *label);
void xq_ledger_legend_set_label (XqLedgerLegend *self, const char *label);

/* The signs themselves, drawn by cells too. */
/** Squares of 12 px: @marks has '1' for what is there. */
void xq_ledger_sign_draw_kit (GtkSnapshot *snapshot, GtkWidget *widget, const char *marks, float x, float y);
/** The hatch of 30 × 8 px that stands for figures that are not shown. */
void xq_ledger_sign_draw_suppressed (GtkSnapshot *snapshot, GtkWidget *widget, float x, float y, float width, float height);
/** The dot of sample data, with its centre at @x, @y. */
void xq_ledger_sign_draw_sample (GtkSnapshot *snapshot, GtkWidget *widget, float x, float y);
/** A filled rectangle with round corners. */
void xq_ledger_sign_draw_round (GtkSnapshot *snapshot, float x, float y, float width, float height, float radius,
                                const GdkRGBA *color);
/** A colour of style.css, or the text colour for %NULL and unknown names. */
GdkRGBA xq_ledger_sign_color (GtkWidget *widget, const char *name);

#define XQ_LEDGER_SIGN_SIZE 12
#define XQ_LEDGER_SIGN_GAP 2

G_END_DECLS
