#pragma once

#include "xq-record-types.h"
#include "xq-scheme.h"

G_BEGIN_DECLS

/*
 * The words that a text field takes from the scheme (XqField.words): posts, levels of tickets, parties to a consultation … Records
 * hold the word's id; people see and type its label. A word that the scheme does not know is kept and shown as it is.
 */

/**
 * The words that @field of @record may hold, in the scheme's order; of the items of a checklist, those of the checklist that
 * @record names. Element type XqSchemeItem; they live as long as @scheme. Empty where the scheme has none, and for a field without
 * words.
 */
GArray *xq_scheme_list_words (const XqScheme *scheme, const XqRecord *record, int field);
/** What the value of @field is called; "" when null. */
const char *xq_scheme_get_word_label (const XqScheme *scheme, const XqRecord *record, int field);
/** The id of the word whose label or id is @text; @text itself where there is none. */
const char *xq_scheme_match_word (const XqScheme *scheme, const XqRecord *record, int field, const char *text);

/**
 * As xq_record_format_shown(): masked where personal unless @full; words by their labels.
 */
char *xq_scheme_format_field (const XqScheme *scheme, const XqRecord *record, int field, gboolean full);
/** As xq_record_get_title(), words by their labels. */
char *xq_scheme_get_record_title (const XqScheme *scheme, const XqRecord *record, gboolean full);

G_END_DECLS
