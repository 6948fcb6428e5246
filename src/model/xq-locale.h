#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Sets the locale and binds the message catalogue. Called first thing in main,
 * before GTK. Where the environment names no usable locale (or C/POSIX) it falls
 * back to C.UTF-8 with LANGUAGE=zh_CN and sets FC_LANG=zh-cn, so that people see
 * Chinese and Chinese glyph forms. XIAOQU_LOCALEDIR overrides where catalogues are.
 */
void xq_locale_init (void);
/** Whether messages come out in Chinese. */
gboolean xq_locale_is_chinese (void);

G_END_DECLS
