#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The pages of a document, in the order of the switcher. Each is a widget with a "context" property. */
typedef struct {
  const char *name;  /* what win.show-page takes */
  const char *title; /* msgid */
  const char *icon_name;
  GType (*get_type) (void);
  gboolean aside; /* not in the switcher: reached through a menu */
} XqAppPage;

extern const XqAppPage xq_app_pages[];
extern const guint xq_n_app_pages;

G_END_DECLS
