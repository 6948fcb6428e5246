#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  XQ_PILL_PLAIN,   /* grey */
  XQ_PILL_INFO,    /* blue: neutral state, improvement */
  XQ_PILL_OK,      /* green: passed, finished */
  XQ_PILL_WARNING, /* orange: overdue, wrong */
  XQ_PILL_CONTACT, /* ochre: under contact, soon due, sample data */
  XQ_PILL_ACCENT,
  XQ_PILL_OUTLINE,
} XqPillKind;

/** XqPill: a word on a rounded ground, 20 px high, with an optional symbolic icon. Its accessible name is its text. */
#define XQ_TYPE_PILL (xq_pill_get_type ())
G_DECLARE_FINAL_TYPE (XqPill, xq_pill, XQ, PILL, GtkWidget)

GtkWidget *xq_pill_new (XqPillKind kind, const char *text, const char *icon_name);
void xq_pill_set (XqPill *self, XqPillKind kind, const char *text, const char *icon_name);
const char *xq_pill_get_text (XqPill *self);

/** CSS class of @kind ("info", "ok" …), for labels that are styled as pills without the widget. */
const char *xq_pill_kind_class (XqPillKind kind);

G_END_DECLS
