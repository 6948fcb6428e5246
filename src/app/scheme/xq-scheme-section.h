#pragma once

#include "xq-scheme-draft.h"
#include "xq-scheme.h"

G_BEGIN_DECLS

/* What the parts of a scheme are that a district may change, and how each is edited: plain data, no widgets. */

/** How a value is edited. */
typedef enum
{
  XQ_SCHEME_INPUT_TEXT,
  XQ_SCHEME_INPUT_DAY,    /* YYYY-MM-DD */
  XQ_SCHEME_INPUT_NUMBER, /* a whole number */
  XQ_SCHEME_INPUT_POINTS, /* the same; 0: the value is not there */
  XQ_SCHEME_INPUT_FLAG,
  XQ_SCHEME_INPUT_CHOICE,
  XQ_SCHEME_INPUT_NAME, /* what a member of a fixed few is: only shown */
} XqSchemeInput;

/** What is chosen from. */
typedef enum
{
  XQ_SCHEME_CHOICES_NONE,
  XQ_SCHEME_CHOICES_LEVELS,
  XQ_SCHEME_CHOICES_ORGANISATION_KINDS,
  XQ_SCHEME_CHOICES_CONSULTATION_LEVELS,
  XQ_SCHEME_CHOICES_PERIODS, /* "": not kept by period */
  XQ_SCHEME_CHOICES_BASES,
  XQ_SCHEME_CHOICES_GRID_ROLES,
  XQ_SCHEME_CHOICES_TICKET_LEVELS,
  XQ_SCHEME_CHOICES_STATES,
} XqSchemeChoices;

typedef struct
{
  const char *key;   /* of the member; "": the member is the value itself */
  const char *title; /* msgid, or %NULL: as the key is called */
  XqSchemeInput input;
  XqSchemeChoices choices;
  const char *otherwise; /* what is chosen where the value is not there */
} XqSchemeColumn;
#define XQ_SCHEME_MOST_COLUMNS 6

typedef struct
{
  const char *tail;                               /* how the list's path ends */
  const char *title;                              /* msgid of a list that is not alone in its section, or %NULL */
  gboolean ordered;                               /* can be put into another order */
  gboolean settled;                               /* nothing is added and nothing taken out */
  XqSchemeColumn columns[XQ_SCHEME_MOST_COLUMNS]; /* end with a %NULL key */
} XqSchemeListSpec;

/** How the list at @path is edited, or %NULL. */
const XqSchemeListSpec *xq_scheme_list_spec_find (const char *path);

/** A part of the scheme that is shown by itself. */
typedef struct
{
  char *id; /* stays the same while the draft is edited */
  char *title;
  char *description; /* or %NULL */
  char *list;        /* JSON path of the list whose members are counted, or %NULL */
  GStrv fields;      /* JSON paths of single values */
  GStrv lists;       /* JSON paths of lists */
  guint depth;       /* 1: part of the one before */
} XqSchemeSection;
void xq_scheme_section_free (XqSchemeSection *section);

/**
 * The sections of @draft, in their order: what @scheme does not work with is left out. @year is that of the open period: what it
 * and the next one lack in holidays is told. Element type XqSchemeSection.
 */
GPtrArray *xq_scheme_section_list (const XqSchemeDraft *draft, const XqScheme *scheme, int year);
/** Whether the value at the JSON path @path is edited in it. */
gboolean xq_scheme_section_owns (const XqSchemeSection *section, const char *path);

/** What is chosen from: ids, and what they are called. Both %NULL-terminated. */
void xq_scheme_choices_list (const XqSchemeDraft *draft, XqSchemeChoices choices, GStrv *ids, GStrv *labels);
/** How a single value is edited; its choices. */
XqSchemeInput xq_scheme_field_get_input (const char *path, XqSchemeChoices *choices);

G_END_DECLS
