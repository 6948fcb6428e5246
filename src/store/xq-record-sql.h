#pragma once

/* Private to the store: the statements of a record type's table, made once from its description. */

#include "xq-record-types.h"

G_BEGIN_DECLS

/** A field of another type that refers to this type's rows. */
typedef struct {
  const XqRecordType *type;
  int field;
} XqRecordReference;

/** Columns stand in the order id, district, origins, fields. */
typedef struct {
  char *load;               /* by id */
  char *all;                /* every row by id */
  char *insert;             /* all columns */
  char *update;             /* origins, fields; then id */
  char *remove;             /* by id */
  char *district;           /* district of the row with an id */
  char **list;              /* per reference field, else %NULL: rows by it */
  char **list_ids;          /* per reference field, else %NULL: their ids */
  char **clear;             /* per reference field, else %NULL: sets it null by id */
  char *columns;            /* JSON array of the table's columns in their order */
  guint n_references;       /* who refers to this type */
  XqRecordReference *references;
} XqRecordSql;

/** Never %NULL, for any type of XQ_RECORD_TYPES; thread-safe. */
const XqRecordSql *xq_record_sql_get (const XqRecordType *type);
/** Whether @field is stored as text. */
gboolean xq_field_is_text (const XqField *field);

G_END_DECLS
