#pragma once

#include "xq-page.h"

G_BEGIN_DECLS

/**
 * XqChecksPage: what the rules find (疑点) in the unit looked at and all below it: by rule and by unit, with what mends each
 * finding and a way to acknowledge it.
 *
 * Properties: "context" XqContext, "page-actions" GtkWidget for the context bar.
 */
#define XQ_TYPE_CHECKS_PAGE (xq_checks_page_get_type ())
G_DECLARE_FINAL_TYPE (XqChecksPage, xq_checks_page, XQ, CHECKS_PAGE, XqPage)

G_END_DECLS
