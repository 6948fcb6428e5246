#include "xq-app-pages.h"

#include <glib/gi18n-lib.h>

#ifdef XQ_HAVE_OVERVIEW
#include "xq-overview-page.h"
#endif
#ifdef XQ_HAVE_LEDGER
#include "xq-ledger-page.h"
#endif
#ifdef XQ_HAVE_REPORTS
#include "xq-reports-page.h"
#endif

const XqAppPage xq_app_pages[] = {
#ifdef XQ_HAVE_OVERVIEW
  { "overview", N_ ("Overview"), "view-grid-symbolic", xq_overview_page_get_type },
#endif
#ifdef XQ_HAVE_LEDGER
  { "ledger", N_ ("Ledger"), "view-list-symbolic", xq_ledger_page_get_type },
#endif
#ifdef XQ_HAVE_REPORTS
  { "reports", N_ ("Reports"), "x-office-spreadsheet-symbolic", xq_reports_page_get_type },
#endif
};
#if defined(XQ_HAVE_OVERVIEW) || defined(XQ_HAVE_LEDGER) || defined(XQ_HAVE_REPORTS)
const guint xq_n_app_pages = G_N_ELEMENTS (xq_app_pages);
#else
const guint xq_n_app_pages = 0;
#endif
