#pragma once

#include "xq-indicator.h"
#include "xq-ledger.h"

G_BEGIN_DECLS

/*
 * Which columns each list shows, remembered as text: "compounds:name,kind,…;originals:…;buildings:…". Lists that are not in it
 * show their usual columns; names that no longer are columns are passed over.
 */

/** More columns than this at once make the list slow and narrow. */
#define XQ_LEDGER_MAX_COLUMNS 12

/* What a scheme has of what some columns are about: bits. */
#define XQ_LEDGER_HAS_KIT 1u
#define XQ_LEDGER_HAS_CHECKLISTS 2u
#define XQ_LEDGER_HAS_MECHANISM(mechanism) (4u << (mechanism))
guint xq_ledger_column_choice_ask (const XqScheme *scheme);

/** Columns to show, in their order: const XqLedgerColumn *. @locked: only those that locked periods keep; @has: what the scheme
 * has; @founding_basis: which of the three counts of members is usually shown, as it founds branches (or %NULL). */
GPtrArray *xq_ledger_column_choice_read (const char *setting, XqLedgerKind kind, gboolean locked, guint has,
                                         const char *founding_basis);
/** All that the list can show. */
GPtrArray *xq_ledger_column_choice_list (XqLedgerKind kind, gboolean locked, guint has);
/** @setting with the choice for @kind replaced; %NULL @columns: the usual ones. */
char *xq_ledger_column_choice_write (const char *setting, XqLedgerKind kind, GPtrArray *columns);

G_END_DECLS
