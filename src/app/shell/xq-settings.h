#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * XqSettings: what the program remembers, shared by all windows. Kept in GSettings where the schema is installed,
 * else in memory only, so that the program runs from a build tree and never aborts over a missing schema.
 *
 * Properties (all notify): "color-scheme" (string: system, light, dark), "text-scale" (int, percent), "actor" (string, ""
 * for the login name), "export-folder" (string, "" for the documents folder), "window-width", "window-height" (int),
 * "window-maximized", "sidebar-shown" (boolean), "page" (string), "ledger-columns" (string, see xq-ledger-column-choice.h),
 * "ledger-pane" (boolean), "persons-allowed" (boolean: persons may be shown unmasked, for a reason).
 */
#define XQ_TYPE_SETTINGS (xq_settings_get_type ())
G_DECLARE_FINAL_TYPE (XqSettings, xq_settings, XQ, SETTINGS, GObject)

/** The program's settings; transfer none. */
XqSettings *xq_settings_get_default (void);

const char *xq_settings_get_actor (XqSettings *self);
/** The folder exports go to: the one chosen, else the documents folder, else the home folder. */
char *xq_settings_dup_export_folder (XqSettings *self);
/** Applies colour scheme and text size to the program, now and when they change. */
void xq_settings_apply (XqSettings *self);

G_END_DECLS
