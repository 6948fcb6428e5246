#pragma once

/* A small district for the tests of units, search, coverage and ledger. */

#include "xq-record-table.h"
#include "xq-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  char *path;
  XqStore *store;
  gint64 district, fenghuang, xishan, lanhu, yuepanwan, chaitou;
  gint64 fengrun, jiahe, harbour, lane, twin; /* compounds in force */
  gint64 old_harbour, old_dock;               /* closed, now part of harbour */
  gint64 buildings[3];                        /* of fengrun */
} Fixture;

/**
 * 鄂城区: 凤凰街道 (澜湖社区, 菜园头社区), 西山街道 (月畔湾社区). In 澜湖社区 丰润园小区 (alias 丰润花园; 1栋, 2栋, 10栋), 港务局片
 * (merged from 港务局宿舍 and 装卸队宿舍 on 2023-04-01) and 老港巷片; in 月畔湾社区 嘉禾上城 and a 幸福小区; in 菜园头社区 another
 * 幸福小区. The open period is 2024Q4.
 */
void fixture_set_up (Fixture *fixture, gconstpointer unused);
void fixture_tear_down (Fixture *fixture, gconstpointer unused);

/** Runs @func as a command and fails the test when it fails. */
gpointer fixture_write (Fixture *fixture, XqJobFunc func, gpointer data);
gpointer fixture_read (Fixture *fixture, XqJobFunc func, gpointer data);
/** Runs @func as a command that must fail; returns the error. */
GError *fixture_write_failing (Fixture *fixture, XqJobFunc func, gpointer data);

/** Inserts a unit and returns its id. */
gint64 fixture_add_unit (XqTransaction *tx, gint64 parent, XqLevel level, const char *name, const char *code, const char *from,
                         const char *to);
/** Fails the test with the error when it is set. */
void fixture_assert_no_error (GError *error);

G_END_DECLS
