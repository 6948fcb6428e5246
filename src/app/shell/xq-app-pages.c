#include "xq-app-pages.h"

#include <glib/gi18n-lib.h>

#include "xq-checks-page.h"
#include "xq-history-page.h"
#include "xq-ledger-page.h"
#include "xq-overview-page.h"
#include "xq-periods-page.h"
#include "xq-planner-page.h"
#include "xq-reports-page.h"
#include "xq-scheme-page.h"

const XqAppPage xq_app_pages[] = {
  { "overview", N_ ("Overview"), "view-grid-symbolic", xq_overview_page_get_type },
  { "ledger", N_ ("Ledger"), "view-list-symbolic", xq_ledger_page_get_type },
  { "planner", N_ ("Division"), "mark-location-symbolic", xq_planner_page_get_type },
  { "reports", N_ ("Reports"), "x-office-spreadsheet-symbolic", xq_reports_page_get_type },
  { "checks", N_ ("Review"), "emblem-ok-symbolic", xq_checks_page_get_type },
  { "history", N_ ("History"), "document-open-recent-symbolic", xq_history_page_get_type, TRUE },
  { "periods", N_ ("Period end"), "x-office-calendar-symbolic", xq_periods_page_get_type, TRUE },
  { "scheme", N_ ("Governance scheme"), "document-properties-symbolic", xq_scheme_page_get_type, TRUE },
};
const guint xq_n_app_pages = G_N_ELEMENTS (xq_app_pages);
