#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define XQ_APPLICATION_ID "org.xiaoqu.Xiaoqu"

/**
 * XqApplication: `xiaoqu [FILE…] [--page overview|ledger|reports] [--unit U] [--sample ID]`. One process; a window a document.
 */
#define XQ_TYPE_APPLICATION (xq_application_get_type ())
G_DECLARE_FINAL_TYPE (XqApplication, xq_application, XQ, APPLICATION, AdwApplication)

XqApplication *xq_application_new (GApplicationFlags extra_flags);

G_END_DECLS
