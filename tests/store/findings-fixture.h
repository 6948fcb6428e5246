#pragma once

/* A small district in which the rules find nothing, and ways to plant faults in it. */

#include "xq-finding-sql.h"
#include "xq-finding.h"
#include "xq-record-table.h"
#include "xq-snapshot.h"
#include "xq-statement.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder, *path;
  XqStore *store;
} Fixture;

/** The working day of the document: its open period is long past. */
#define LAST_DAY "2024-12-31"

/** @scheme: the id of a built-in scheme, or JSON. */
void findings_set_up (Fixture *f, gconstpointer scheme);
void findings_tear_down (Fixture *f, gconstpointer unused);
/** Runs statements as a command; $d is the district. */
void findings_plant (Fixture *f, const char *sql);
/** Undoes what was planted last, if it changed anything. */
void findings_undo (Fixture *f);
XqFindingList *findings_list (Fixture *f, const char *day, const XqRule *rule);
/** Open findings as "rule@unit rule@unit", sorted. */
char *findings_describe (XqFindingList *list);
/** What is found on @day is @expected; @figures (may be %NULL) are those of the first. */
void findings_assert (Fixture *f, const char *day, const XqRule *rule, const char *expected, const char *figures, const char *what);
int findings_compare_texts (gconstpointer a, gconstpointer b);

/* What several tests plant in 甲园, unit 11. */

/* So that the number of those it covers does not matter. */
#define NO_SEATS "UPDATE organisation SET committee_size = NULL WHERE id IN (22, 23);"
#define NO_BRANCH                                                                                                                  \
  "UPDATE organisation SET dissolved = '2024-10-01' WHERE id = 21; UPDATE organisation_cover SET valid_to = '2024-10-01' WHERE "   \
  "id = 31;"
#define MEMBERS(n) "UPDATE declared_count SET value = " #n " WHERE id = 91;"
#define CONTACT(post, decided)                                                                                                     \
  "INSERT INTO contact (id, district, unit, post, decided, origins) VALUES (201, $d, 11, " post ", " decided ", 0);"
#define GROUP(parent)                                                                                                              \
  "INSERT INTO organisation (id, district, unit, parent, kind, name, origins) VALUES (203, $d, 11, " parent                        \
  ", 'group', '第一组', 0);"
#define CONTRACT(day) "UPDATE property_service SET contract_end = '" day "' WHERE id = 61;"

G_END_DECLS
