#pragma once

#include "xq-enums.h"

G_BEGIN_DECLS

/**
 * Records are described by data, once: the store reads and writes them, the
 * detail pane builds its forms, the ledger its columns, the history page its
 * old → new, and the exchange its templates from the same description.
 *
 * A record type is one journaled table. Its fields are the table's columns
 * after `id`, `district` and `origins`, which every table has.
 */

typedef enum {
  XQ_FIELD_INTEGER,
  XQ_FIELD_BOOLEAN,   /* stored 0/1 */
  XQ_FIELD_TEXT,
  XQ_FIELD_DATE,      /* text YYYY-MM-DD */
  XQ_FIELD_ENUM,      /* text, one of @values */
  XQ_FIELD_REFERENCE, /* the id of a row of @target */
  XQ_FIELD_MONEY,     /* integer, hundredths: fen (1/100 yuan), or 0.01 m² */
  XQ_FIELD_PERMILLE,  /* integer, 1/1000 */
} XqFieldType;

typedef struct {
  const char *name;      /* column name */
  const char *label;     /* msgid */
  XqFieldType type;
  gboolean required;
  gint64 min, max;       /* inclusive, for integers, money, permille; ignored when both are 0 */
  const char *measure;   /* msgid of the unit of measure, or %NULL */
  const XqEnum *values;  /* for XQ_FIELD_ENUM */
  const char *target;    /* for XQ_FIELD_REFERENCE: the record type's name */
  const char *words;     /* for XQ_FIELD_TEXT: the scheme's list whose ids it holds (posts, ticket_levels, …), or %NULL: any text */
} XqField;

typedef struct {
  const char *name;      /* table name */
  const char *label;     /* msgid */
  const XqField *fields; /* ends with a %NULL name; at most XQ_MAX_FIELDS */
  const char *parent;    /* name of the reference field that says whose it is, or %NULL for the unit itself */
} XqRecordType;

/* Two bits an origin in one 63-bit integer. */
#define XQ_MAX_FIELDS 31

typedef struct _XqRecord XqRecord;

guint xq_record_type_n_fields (const XqRecordType *type);
/** Index of the field called @name, or -1. */
int xq_record_type_find (const XqRecordType *type, const char *name);

/** A new record with every field null, id 0 and every origin %XQ_ORIGIN_DECLARED. */
XqRecord *xq_record_new (const XqRecordType *type);
XqRecord *xq_record_copy (const XqRecord *record);
void xq_record_free (XqRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqRecord, xq_record_free)

const XqRecordType *xq_record_get_type_of (const XqRecord *record);
gint64 xq_record_get_id (const XqRecord *record);
void xq_record_set_id (XqRecord *record, gint64 id);
/** The district the row belongs to; 0 until the store fills it in on insert. */
gint64 xq_record_get_district (const XqRecord *record);
void xq_record_set_district (XqRecord *record, gint64 district);

/* @field is an index of the type's field enumeration, e.g. XQ_COMPOUND_HOUSEHOLDS. */
gboolean xq_record_is_null (const XqRecord *record, int field);
gint64 xq_record_get_int (const XqRecord *record, int field);        /* 0 when null */
const char *xq_record_get_text (const XqRecord *record, int field);  /* %NULL when null */
void xq_record_set_null (XqRecord *record, int field);
void xq_record_set_int (XqRecord *record, int field, gint64 value);
void xq_record_set_text (XqRecord *record, int field, const char *value); /* %NULL sets null */
/** Whether both hold the same value in @field (origins are not compared). */
gboolean xq_record_equal_field (const XqRecord *a, const XqRecord *b, int field);

XqOrigin xq_record_get_origin (const XqRecord *record, int field);
void xq_record_set_origin (XqRecord *record, int field, XqOrigin origin);
void xq_record_set_all_origins (XqRecord *record, XqOrigin origin);
/** The packed origins as they are stored. Field i has bits 2i and 2i+1. */
gint64 xq_record_get_origins (const XqRecord *record);
void xq_record_set_origins (XqRecord *record, gint64 origins);
/** @origin packed for every field. */
gint64 xq_origins_all (XqOrigin origin);

/**
 * Reads what a user typed or pasted into @field: trims, accepts full-width
 * digits, thousands separators, 是/否, translated enum labels and the usual ways
 * to write a date (2024-10-28, 2024/10/28, 2024年10月28日, 20241028). Empty text
 * sets null. Checks required and range. On error nothing is changed and the
 * message says what is wrong and what to write instead.
 */
gboolean xq_record_parse_field (XqRecord *record, int field, const char *text, GError **error);
/** How the value of @field is shown; "" when null. References give their id. */
char *xq_record_format_field (const XqRecord *record, int field);
/** Checks required fields and ranges of the whole record. */
gboolean xq_record_validate (const XqRecord *record, GError **error);

/** Parses the usual ways to write a date into YYYY-MM-DD; %NULL when it is none. */
char *xq_date_parse (const char *text);

#define XQ_RECORD_ERROR (xq_record_error_quark ())
typedef enum {
  XQ_RECORD_ERROR_INVALID,
  XQ_RECORD_ERROR_REQUIRED,
  XQ_RECORD_ERROR_RANGE,
} XqRecordError;
GQuark xq_record_error_quark (void);

G_END_DECLS
