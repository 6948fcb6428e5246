#pragma once

/*
 * What becomes of the records of a unit that is merged, split or closed: one table, for every reference to a unit that a
 * record type has. A record that only belongs to another record (a body to its property area, a step to its ticket) goes with that.
 */

#include "xq-record-types.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_TREE_STAYS,    /* stays with the unit that was, as its history */
  XQ_TREE_FOLLOWS,  /* goes to the successor, unless it had ended before the day; of a split unit to one part, never parted */
  XQ_TREE_RENEWED,  /* ends with the unit that was and begins anew at the successor, the same thing only once */
  XQ_TREE_SUMMED,   /* counts: added up at the successor, parted by share; the unit that was keeps its own as history */
  XQ_TREE_MAIN,     /* states that cannot be added: those of the main unit go to the successor, the others stay as history */
  XQ_TREE_BUILDING, /* is of a building and stays with it */
} XqTreeRuleKind;

typedef struct
{
  const XqRecordType *type;
  const char *field; /* that refers to the unit */
  XqTreeRuleKind kind;
  const char *from, *to; /* since when and until when it stands; NULL: has no such date */
  gboolean ends;         /* ends when its unit is closed and nothing takes over (in @to) */
  gboolean everywhere;   /* RENEWED: of a split unit it goes on for every part, not only for one */
  const char *with;      /* a reference to what it goes with where that moves too */
  const char *due;       /* counted for what ends that day: goes only where it is the day or later */
  const char *keys[3];   /* RENEWED, SUMMED: what makes two of them the same */
  const char *values[7]; /* SUMMED: what is added up and parted */
} XqTreeRule;

/** All rules, those that go with something before that thing. Ends with a %NULL type. */
extern const XqTreeRule XQ_TREE_RULES[];
/** The rule of @type's @field, or %NULL. */
const XqTreeRule *xq_tree_rule_find (const XqRecordType *type, const char *field);
/** What it does, in a few words for people: "goes along". */
const char *xq_tree_rule_describe (XqTreeRuleKind kind);

G_END_DECLS
