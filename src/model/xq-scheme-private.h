#pragma once

/* Private to the scheme: what it holds, and its parser, which is in several files. */

#include "xq-json.h"
#include "xq-scheme.h"

G_BEGIN_DECLS

struct _XqScheme
{
  gatomicrefcount references;
  GStringChunk *strings; /* owns every text below */
  char *json;
  const char *id, *name, *department;
  const char *level_labels[XQ_N_LEVELS];
  const char *founding_basis; /* static, like nicks of enumerations below */
  int thresholds[XQ_N_THRESHOLDS];
  XqPeriodKind period_kind;
  guint64 mechanisms; /* bits */

  const char *kit_label;
  GArray *kit;            /* XqSchemeItem */
  GArray *checklists;     /* XqSchemeChecklist, owning its arrays */
  GPtrArray *backgrounds; /* nicks, %NULL-terminated */
  const char *plan_label, *plan_indicator;
  GArray *targets; /* XqSchemeTarget */

  GArray *lists[XQ_SCHEME_N_LISTS]; /* XqSchemeItem */
  GArray *posts;                    /* XqSchemePost */
  GArray *organisations;            /* XqSchemeOrganisation */
  GArray *grids;                    /* XqSchemeGrid */
  GArray *ticket_levels;            /* XqSchemeTicketLevel */
  GArray *topics;                   /* XqSchemeTopic */
  GArray *holidays;                 /* XqSchemeYear, owning its arrays */
  XqWorkCalendar *calendar;         /* made from them */
  const char *bodies[XQ_N_BODY_RULES];
};

/** @defaults or %NULL: then everything must be said. xq-scheme-parse.c */
XqScheme *xq_scheme_parse_with_defaults (const char *json, gssize length, const XqScheme *defaults, GError **error);

/* What the files of the parser share. Texts go into @scheme. xq-scheme-values.c */

/** Ids are written in files, settings and columns: lower-case letters, digits, - and _. */
gboolean xq_scheme_read_id (XqScheme *scheme, const XqJson *json, const char **id, GError **error);
gboolean xq_scheme_read_text (XqScheme *scheme, const XqJson *json, const char **text, GError **error);
/** A nick of @values; @nick is static. */
gboolean xq_scheme_read_nick (const XqJson *json, const XqEnum *values, const char **nick, GError **error);
gboolean xq_scheme_read_level (const XqJson *json, XqLevel *level, GError **error);
/** A flag that may be left out. */
gboolean xq_scheme_read_flag (const XqJson *json, gboolean *flag, GError **error);
/** A whole number that may be left out. */
gboolean xq_scheme_read_number (const XqJson *json, gint64 min, gint64 max, int *number, GError **error);
gboolean xq_scheme_read_period_kind (const XqJson *json, XqPeriodKind *kind, GError **error);
/** Refuses @id at @json when one of the @n structs at @elements begins with the same id. */
gboolean xq_scheme_check_unique (const XqJson *json, const char *id, gconstpointer elements, guint n, gsize size, GError **error);

/* Sections, each read from the value of its key. */
gboolean xq_scheme_read_checklists (XqScheme *scheme, const XqJson *json, GError **error); /* xq-scheme-checklists.c */
/* xq-scheme-lists.c */
gboolean xq_scheme_read_list (XqScheme *scheme, XqSchemeList list, const XqJson *json, GError **error);
gboolean xq_scheme_read_posts (XqScheme *scheme, const XqJson *json, GError **error);
gboolean xq_scheme_read_organisations (XqScheme *scheme, const XqJson *json, GError **error);
gboolean xq_scheme_read_grids (XqScheme *scheme, const XqJson *json, GError **error);
gboolean xq_scheme_read_ticket_levels (XqScheme *scheme, const XqJson *json, GError **error);
gboolean xq_scheme_read_topics (XqScheme *scheme, const XqJson *json, GError **error);
gboolean xq_scheme_read_bodies (XqScheme *scheme, const XqJson *json, GError **error);
gboolean xq_scheme_read_holidays (XqScheme *scheme, const XqJson *json, GError **error); /* xq-scheme-holidays.c */

/** Empty, to be filled; and the calendar of what it holds. */
GArray *xq_scheme_holidays_new (void);
void xq_scheme_holidays_copy (GArray *target, const GArray *source);
XqWorkCalendar *xq_scheme_holidays_make_calendar (const GArray *holidays, GError **error);

/** The scheme that others take from what they do not say. Lives as long as the program. */
const XqScheme *xq_scheme_get_standard (void);

/** What is done with a section that a scheme does not have. */
typedef enum
{
  XQ_SCHEME_ALWAYS,      /* it must be there */
  XQ_SCHEME_IN_STANDARD, /* it is as in the standard scheme */
  XQ_SCHEME_OPTIONAL,    /* the scheme has no such thing */
} XqSchemeNeed;
/** The keys of a scheme in the order they are read; %NULL past the last. */
const char *xq_scheme_get_key (guint index, XqSchemeNeed *need);

G_END_DECLS
