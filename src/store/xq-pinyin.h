#pragma once

/* Private to the store: how Chinese text is searched for and sorted. No SQL here. Safe to call from any thread. */

#include <glib.h>

G_BEGIN_DECLS

/** @text as it is compared: compatibility forms (full-width letters and digits) resolved, case folded, no white space. */
char *xq_text_fold (const char *text);

/**
 * How @name may be typed on a keyboard without an input method: its syllables without spaces in @pinyin, their first
 * letters in @initials. Where a character has further readings each combination follows after a space (at most eight).
 */
void xq_pinyin_index (const char *name, char **pinyin, char **initials);

/** A key whose bytes sort as people expect names to: Chinese by pinyin, numbers by value (2栋 before 10栋). */
GBytes *xq_collation_key (const char *text);

/** The readings of @character separated by spaces, without tones and with v for ü; %NULL where ICU's will do. See
 * xq-pinyin-readings.c. */
const char *xq_pinyin_readings (gunichar character);

G_END_DECLS
