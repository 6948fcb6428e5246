#pragma once

#include "xq-record-types.h"
#include "xq-scheme.h"

G_BEGIN_DECLS

/** The tabs of the pane that hold records, by their names. */
typedef enum
{
  XQ_TAB_BASIC,
  XQ_TAB_ORGANISATION,
  XQ_TAB_MEMBERS,
  XQ_TAB_BODY,
  XQ_TAB_SERVICE,
  XQ_TAB_SERVICES,
  XQ_TAB_TICKETS
} XqTabId;

/** How a record of a section is shown besides its fields. */
typedef enum
{
  XQ_EXTRA_NONE,
  XQ_EXTRA_VOTE,     /* result and what is missing, by building */
  XQ_EXTRA_TICKET,   /* its steps and those that may follow */
  XQ_EXTRA_PROJECT,  /* money by source, before and after */
  XQ_EXTRA_FEE,      /* the rate */
  XQ_EXTRA_POINTS,   /* the balance */
  XQ_EXTRA_POLL,     /* shares of the votes */
  XQ_EXTRA_TERM,     /* when the term ends */
  XQ_EXTRA_CONTRACT, /* when the contract ends */
  XQ_EXTRA_TALLY,    /* the share of those who are satisfied, with its interval */
} XqExtra;

/** What can be done to the records of a section where they stand. */
typedef enum
{
  XQ_USE_ENTERED, /* added, changed, deleted */
  XQ_USE_KEPT,    /* made elsewhere (a finding is acknowledged on its page); changed and deleted */
  XQ_USE_SHOWN,   /* made by a rule (locking a period again corrects it); to be read only */
} XqSectionUse;

#define XQ_MOST_CHILD_TYPES 3

/** Records of one type as a part of a tab. */
typedef struct
{
  XqTabId tab;
  const XqRecordType *type;
  const char *title; /* msgid of a plural, context "section" */
  guint levels;      /* bits of XqLevel that have it */
  int mechanism;     /* an XqMechanism that the scheme must have, or -1 */
  XqExtra extra;
  const XqRecordType *children[XQ_MOST_CHILD_TYPES]; /* shown below each record */
  XqSectionUse use;                                  /* what is not entered here is not shown where there is none */
} XqSectionSpec;

/** All of them in the order in which they are shown; *@n is set. */
const XqSectionSpec *xq_section_specs_get (guint *n);
/** Whether a unit of @level has the section in a document of @scheme. What a scheme does not work with is not shown. */
gboolean xq_section_spec_applies (const XqSectionSpec *spec, const XqScheme *scheme, XqLevel level);
/** Whether any section, or a checklist, of @tab applies. */
gboolean xq_section_tab_applies (XqTabId tab, const XqScheme *scheme, XqLevel level);
/** Whether a checklist keeps states for units of @level. */
gboolean xq_section_checklist_applies (const XqSchemeChecklist *checklist, XqLevel level);

G_END_DECLS
