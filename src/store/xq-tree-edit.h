#pragma once

#include "xq-indicator.h"
#include "xq-unit-table.h"

G_BEGIN_DECLS

/*
 * Edits of the tree: new unit, rename, new code, move, close, merge, split. Each is dated, writes lineage where units become
 * others, and takes along what the units hold by the rules of xq-tree-rule.c. A preview says beforehand what will move, what has to
 * be chosen and how past figures are carried; applying is for a write transaction: one command, one journal entry, undoable. Many
 * (a whole re-draw put into force) can be applied in one go.
 *
 * The day of a merger, split or closing lies in the open period (what is locked stays as it was) and not before the units' last
 * re-draw. Locked periods stay as they stood; a reopened one is computed from the records as they now are.
 */

typedef enum
{
  XQ_TREE_ADD,    /* a unit called @name with @code under @parent, from @day (empty: always) */
  XQ_TREE_RENAME, /* the unit is called @name from @day; the old name is kept with its dates unless it was a mistake */
  XQ_TREE_RECODE, /* the same for its code; empty: none */
  XQ_TREE_MOVE,   /* the units hang under @parent, of the level above theirs. At once: where a unit hangs has no date */
  XQ_TREE_CLOSE,  /* the unit ends on @day and nothing takes over */
  XQ_TREE_MERGE,  /* compounds become @survivor, one of them, or a new one called @name */
  XQ_TREE_SPLIT,  /* a compound becomes @parts; it may itself go on as one of them */
  XQ_TREE_REDRAW, /* compounds become others by their base units: made by xq-redraw.h only */
} XqTreeEditKind;

/** A part of a split unit. */
typedef struct
{
  gboolean keeps;                /* the unit itself goes on as this part (one part at most); may get a new name */
  char *name, *code;             /* code or %NULL; of the part that keeps the unit %NULL: as it is called */
  gint64 numerator, denominator; /* its share of what is counted */
} XqTreePart;

/** An edit as the user puts it together. Owns all it holds. */
typedef struct
{
  XqTreeEditKind kind;
  char *day;     /* YYYY-MM-DD */
  GArray *units; /* gint64: what is edited */
  gint64 parent; /* add, move; merge into a new unit: where it hangs, 0: where the main one does */
  char *name, *code;
  gboolean mistake;    /* rename, recode: what it was called was never right and is not kept */
  gint64 survivor;     /* merge: the unit that goes on, 0: a new one */
  gint64 main;         /* merge: whose states count and whose place is taken; 0: the survivor, else that with most households */
  GPtrArray *parts;    /* split: XqTreePart */
  GHashTable *choices; /* conflict id → choice id */
  GHashTable *places;  /* split: "record type:id" → index of the part that it goes to (GUINT_TO_POINTER); else to the main part,
                          that with the greatest share (the first of equals; the one that keeps the unit if there is one) */
  XqOrigin origin;     /* of the new unit's cells; declared by default */
} XqTreeEdit;

XqTreeEdit *xq_tree_edit_new (XqTreeEditKind kind, const char *day);
XqTreeEdit *xq_tree_edit_copy (const XqTreeEdit *edit);
void xq_tree_edit_free (XqTreeEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqTreeEdit, xq_tree_edit_free)
void xq_tree_edit_add_unit (XqTreeEdit *edit, gint64 unit);
void xq_tree_edit_add_part (XqTreeEdit *edit, const char *name, gint64 numerator, gint64 denominator, gboolean keeps);
void xq_tree_edit_choose (XqTreeEdit *edit, const char *conflict, const char *choice);
/** Has a record of the split unit (a building is a record of the type "unit") go to the part at @part. */
void xq_tree_edit_place (XqTreeEdit *edit, const XqRecordType *type, gint64 id, guint part);
/** The journal's words for it: "Merge 3 compounds into “和园”". @subject: name of the unit edited, or %NULL. */
char *xq_tree_edit_make_label (const XqTreeEdit *edit, const char *subject);

/** What moves: one row a record type and destination. */
typedef struct
{
  const XqRecordType *type;
  char *label;     /* what they are: the type's, or "Buildings" and the like */
  const char *how; /* goes along, ends and begins anew … */
  guint count;
  char *to;       /* where to; %NULL: nowhere, it ends or stays */
  GStrv examples; /* names of the first few, never of persons */
} XqTreeMovement;

typedef struct
{
  char *id; /* what is chosen, or a row's */
  char *label;
} XqTreeChoice;

/** What the units do not agree on. Always has a choice made. */
typedef struct
{
  char *id; /* organisations joint secretaries contacts bodies services kind grids covers tickets; of a re-draw see xq-redraw.h */
  char *message;
  GPtrArray *choices; /* XqTreeChoice; one only: to be known */
  char *chosen;       /* id of the choice that holds: the user's, else what is done by default */
} XqTreeConflict;

typedef enum
{
  XQ_TREE_CARRY_KEEP,  /* goes on unchanged */
  XQ_TREE_CARRY_SUM,   /* of merged units added up */
  XQ_TREE_CARRY_SHARE, /* parted by the shares */
  XQ_TREE_CARRY_NONE,  /* exists only in the division of its time */
  XQ_TREE_CARRY_ABOVE, /* of a closed unit: counts at the unit above */
} XqTreeCarryKind;

typedef struct
{
  const XqIndicator *indicator;
  XqTreeCarryKind kind;
} XqTreeCarry;
/** "added up", "parted by share" … */
const char *xq_tree_carry_describe (XqTreeCarryKind kind);

typedef struct
{
  GPtrArray *movements; /* XqTreeMovement */
  GPtrArray *conflicts; /* XqTreeConflict */
  GPtrArray *carries;   /* XqTreeCarry: of the scheme's indicators */
  GPtrArray *notices;   /* char *: what else should be known */
} XqTreePreview;
void xq_tree_preview_free (XqTreePreview *preview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqTreePreview, xq_tree_preview_free)

/**
 * What @edit would do; writes nothing and may be called in a read transaction. Errors say what is wrong with the edit
 * (%XQ_STORE_ERROR_INVALID; %XQ_STORE_ERROR_NOT_FOUND for a unit that is not there) and are the same as those of applying it.
 */
XqTreePreview *xq_tree_edit_preview (XqTransaction *tx, const XqTreeEdit *edit, GError **error);
/** Does it. Returns the units that it leads to: the new, the surviving, the parts in their order. Element type gint64. */
GArray *xq_tree_edit_apply (XqTransaction *tx, const XqTreeEdit *edit, GError **error);
/**
 * Does all of them or none: records are moved for all at once, so that thousands of units take seconds. No unit may be in two of
 * them. @edits: const XqTreeEdit *. Reports progress. Returns the results one after the other.
 */
GArray *xq_tree_edit_apply_all (XqTransaction *tx, const XqTreeEdit *const *edits, guint n_edits, GError **error);

/** Records of a unit that may be placed with a part when it is split: buildings, property areas, organisations … */
typedef struct
{
  const XqRecordType *type;
  gint64 id;
  char *label;
  gint64 households; /* of a building, else 0 */
} XqTreePlaceable;
/** Element type XqTreePlaceable: as of @day, by type and name. */
GPtrArray *xq_tree_edit_list_placeable (XqTransaction *tx, gint64 unit, const char *day, GError **error);

G_END_DECLS
