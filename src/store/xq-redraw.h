#pragma once

#include "xq-tree-edit.h"

G_BEGIN_DECLS

/*
 * A re-draw: compounds become others, many to many, by the base units that they hold. As an edit of the tree it is dated,
 * previewed, applied as one command and undone as one; records go where their base unit, building or property area goes, else to
 * the new unit that goes on from theirs. It writes lineage with shares (households of the base units), so that past figures can be
 * read in both divisions.
 *
 * Counts given for a unit are parted among its base units by what is stored of them (largest remainder, the sum kept), else by
 * households, and added up again in the new units. No part counts less than its buildings do. A number given of a divided unit
 * beside a roster, which counts instead, goes nowhere.
 *
 * Conflicts of a new unit, each id with ":" and its index in the re-draw: organisations joint secretaries contacts bodies services
 * grids kind, as of a merger; "covers" (it has parts of units whose organisation goes on elsewhere: one, or the organisation that
 * goes on covering it too), "leading" (organisations that come from another community: new, keep). Of a unit ID that is divided,
 * with the index of the new unit that takes them by default: homes-ID members-ID tickets-ID surveys-ID (organisations at home
 * there, members of no known building, open tickets, running surveys), choices are indices of new units.
 */

/** A unit as it will be. */
typedef struct
{
  char *name, *code; /* code or %NULL; of a unit that goes on %NULL: as it is */
  gint64 continues;  /* the compound of today that goes on as it (each at most once, some of it must be here), 0: a new one */
  gint64 parent;     /* community it hangs under */
  GArray *bases;     /* gint64: rows of base_unit; at least one */
} XqRedrawUnit;

/** XqRedraw: the units of today whose base units are named, all of them, become @units. Those that stay exactly as they are need
 * not be named. */
typedef struct
{
  char *day;           /* YYYY-MM-DD: in the open period */
  GPtrArray *units;    /* XqRedrawUnit */
  GHashTable *choices; /* conflict id → choice id, as of XqTreeEdit */
  GHashTable *places;  /* "record type:id" → index of the unit it goes to (GUINT_TO_POINTER), one that its unit leads to */
} XqRedraw;

XqRedraw *xq_redraw_new (const char *day);
void xq_redraw_free (XqRedraw *redraw);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqRedraw, xq_redraw_free)
/** @bases: gint64 rows. Returns the unit, owned by @redraw. */
XqRedrawUnit *xq_redraw_add (XqRedraw *redraw, const char *name, gint64 continues, gint64 parent, const gint64 *bases, guint n);
void xq_redraw_choose (XqRedraw *redraw, const char *conflict, const char *choice);
/** Has a record (a building is a record of the type "unit") go to the unit at @index, whatever its base unit. */
void xq_redraw_place (XqRedraw *redraw, const XqRecordType *type, gint64 id, guint index);
/** The journal's words for it: "Re-draw 12 compounds into 7". @n_before: as previewed. */
char *xq_redraw_make_label (const XqRedraw *redraw, guint n_before);

/** What becomes of one unit of today or to be: a line of the written proposal's table. */
typedef struct
{
  gint64 before; /* unit of today */
  char *before_name, *after_name, *community;
  guint after;                   /* index into @units of the re-draw */
  gint64 households;             /* that go this way */
  gint64 numerator, denominator; /* the share of the unit of today */
} XqRedrawFlow;

typedef struct
{
  XqTreePreview *tree; /* movements, conflicts, carries, notices */
  GPtrArray *flows;    /* XqRedrawFlow: of the units that differ, by unit of today */
  /* Of those named: units of today, units to be; those that end, are new, go on with other base units, name, code or place, stay as
   * they are. */
  guint n_before, n_after, n_closed, n_new, n_continued, n_unchanged;
} XqRedrawPreview;
void xq_redraw_preview_free (XqRedrawPreview *preview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqRedrawPreview, xq_redraw_preview_free)

/** Writes nothing; may be called in a read transaction. Errors are those of applying it: %XQ_STORE_ERROR_INVALID, NOT_FOUND. */
XqRedrawPreview *xq_redraw_preview (XqTransaction *tx, const XqRedraw *redraw, GError **error);
/** Does it in a write transaction, reports progress. Returns unit ids in the order of @units. Element type gint64. */
GArray *xq_redraw_apply (XqTransaction *tx, const XqRedraw *redraw, GError **error);

G_END_DECLS
