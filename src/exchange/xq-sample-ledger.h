#pragma once

/*
 * Private to the samples: the rules by which a recipe makes the records that need no thought about the whole district. A rule
 * says what type of record, where they are at home, how many there are, and how each field comes about; records that belong
 * to such a record are made by rules inside the rule.
 *
 *   { "type": "ticket", "at": "compound", "where": { "branch": true }, "homes": 60, "each": [1, 3],
 *     "fields": { "number": { "text": "示例-{n}" }, "raised": { "day": ["2024-01-01", "2024-06-30"] } },
 *     "children": [ { "type": "ticket_event", "chain": true, "fields": { … } } ] }
 *
 * at: district, street, community, compound, building, area. where: branch, organisation, grouped, three_none, published (true or
 * false); mode, body, kinds
 * (lists of nicks); communities (codes); compounds (names); households (at least).
 * How many: "homes" chooses so many of the homes; of each, "each" (a number or a range), "chance" (thousandths of one), or
 * "total" over all of them, by households; one of each where nothing is said; "periods": one at each end of a period from the
 * given one on. A field is a number, a text, true or false, or
 *   {"range": [a, b]}             {"pick": [values], "weights": [numbers]}     {"day": [from, to]}
 *   {"text": "…"}                 with {n} the number of the record, {unit} the home's name, {code} its code
 *   {"share": total, "least": n}  so that all records of the rule come to the total, by households
 *   {"after": field, "days": [a, b]}   a day after that of another field, "^field" of the record it belongs to, "<field" of the
 *                                 record before it in a chain; no value past the end of the history
 *   {"of": field, "permille": [a, b]}  a part of another field ("^field": of the record it belongs to), or of "home.households"
 *   {"home": "organisation"}      or unit, area, body, service, groups, households
 *   {"ref": type, "near": true}   one of those records that rules have made before, of the same community if there is one
 *   {"period": "last_day"}        of the period at hand
 *   and with "chance": thousandths in any of these, otherwise the field stays empty.
 * reported: the fields that were published, or true for all. chain: a record is left out, and those after it, when one of its
 * required days would be past the end of the history.
 */

#include "xq-sample-writer.h"

G_BEGIN_DECLS

/** What a field of a record comes to. */
typedef struct
{
  enum
  {
    XQ_SAMPLE_NO_VALUE,
    XQ_SAMPLE_NUMBER,
    XQ_SAMPLE_TEXT
  } kind;
  gint64 number;
  char *text; /* owned */
} XqSampleValue;

/** What a value may depend on. */
typedef struct
{
  XqSampleWriter *writer;
  XqSampleRandom *random;
  GHashTable *made; /* type name → GArray of XqSampleMade */
  const XqSampleHome *home;
  const XqRecord *record, *parent, *before; /* the one at hand, the one it belongs to, the one before it; or %NULL */
  guint number;
  guint stage;
  guint row, n_rows;     /* among the rule's */
  const gint64 *weights; /* of the rule's rows */
} XqSampleContext;

typedef struct
{
  gint64 id;
  guint community;
} XqSampleMade;

/** Reckons the value that @spec asks for. %FALSE with the writer's error set where it asks for what cannot be. xq-sample-value.c */
gboolean xq_sample_value_reckon (const XqSampleContext *context, const XqJson *spec, XqSampleValue *value);
/** Sets the writer's error at @json's path, unless there is one. Returns %FALSE. */
gboolean xq_sample_ledger_fail (XqSampleWriter *writer, const XqJson *json, const char *message);
/** A number or a range at @json. */
gboolean xq_sample_ledger_read_range (XqSampleWriter *writer, const XqJson *json, gint64 *low, gint64 *high);

G_END_DECLS
