#pragma once

#include "xq-tree-edit.h"

G_BEGIN_DECLS

/*
 * A re-draw: compounds become others, many to many, by the base units that they hold. As an edit of the tree it is dated, previewed,
 * applied as one command and undone as one; records go where their base unit, building or property area goes, else to the new unit that
 * goes on from theirs. It writes lineage with shares (households of the base units), so that past figures can be read in both divisions.
 */

/** A unit as it will be. */
typedef struct
{
  char *name, *code; /* code or %NULL */
  gint64 continues;  /* the compound of today that goes on as it (each at most once), 0: a new one */
  gint64 parent;     /* community it hangs under */
  GArray *bases;     /* gint64: rows of base_unit; at least one */
} XqRedrawUnit;

/** XqRedraw: the units of today whose base units are named, all of them, become @units. Those that stay exactly as they are need not be named. */
typedef struct
{
  char *day;           /* YYYY-MM-DD: in the open period */
  GPtrArray *units;    /* XqRedrawUnit */
  GHashTable *choices; /* conflict id → choice id, as of XqTreeEdit */
} XqRedraw;

XqRedraw *xq_redraw_new (const char *day);
void xq_redraw_free (XqRedraw *redraw);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqRedraw, xq_redraw_free)
/** @bases: gint64 rows. Returns the unit, owned by @redraw. */
XqRedrawUnit *xq_redraw_add (XqRedraw *redraw, const char *name, gint64 continues, gint64 parent, const gint64 *bases, guint n);
void xq_redraw_choose (XqRedraw *redraw, const char *conflict, const char *choice);

/** What becomes of one unit of today or to be: a line of the written proposal's table. */
typedef struct
{
  gint64 before;     /* unit of today */
  char *before_name, *after_name, *community;
  guint after;       /* index into @units of the re-draw */
  gint64 households; /* that go this way */
  gint64 numerator, denominator; /* the share of the unit of today */
} XqRedrawFlow;

typedef struct
{
  XqTreePreview *tree; /* movements, conflicts (ids end in ":" and the unit's index where they are of one new unit), carries, notices */
  GPtrArray *flows;    /* XqRedrawFlow */
  guint n_before, n_after, n_closed, n_new, n_continued, n_unchanged;
} XqRedrawPreview;
void xq_redraw_preview_free (XqRedrawPreview *preview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqRedrawPreview, xq_redraw_preview_free)

/** Writes nothing; may be called in a read transaction. Errors are those of applying it: %XQ_STORE_ERROR_INVALID, NOT_FOUND. */
XqRedrawPreview *xq_redraw_preview (XqTransaction *tx, const XqRedraw *redraw, GError **error);
/** Does it in a write transaction, reports progress. Returns unit ids in the order of @units. Element type gint64. */
GArray *xq_redraw_apply (XqTransaction *tx, const XqRedraw *redraw, GError **error);

G_END_DECLS
