#pragma once

#include "xq-detail-data.h"

G_BEGIN_DECLS

/** One line of what is recorded of a unit: what, and the value as shown. */
typedef struct
{
  char *label, *value;
  XqOrigin origin;
  gint64 unit; /* goes there; 0: nowhere */
} XqFactLine;

/** Lines under one heading. */
typedef struct
{
  char *title;
  char *empty;      /* what is said when there are no lines */
  GPtrArray *lines; /* XqFactLine */
} XqFactSection;

void xq_fact_section_free (XqFactSection *section);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqFactSection, xq_fact_section_free)

/** What the overview of a compound or building tells of it, from what the detail pane reads. Element type XqFactSection. */
GPtrArray *xq_fact_section_list (const XqDetail *detail);

G_END_DECLS
