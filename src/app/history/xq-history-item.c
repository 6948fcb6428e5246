#include "xq-history-item.h"

#include <glib/gi18n-lib.h>

struct _XqHistoryItem
{
  GObject parent_instance;

  /* owned */
  XqJournalEntry *entry;
};

G_DEFINE_FINAL_TYPE (XqHistoryItem, xq_history_item, G_TYPE_OBJECT)

static void
xq_history_item_finalize (GObject *object)
{
  g_clear_pointer (&XQ_HISTORY_ITEM (object)->entry, xq_journal_entry_free);
  G_OBJECT_CLASS (xq_history_item_parent_class)->finalize (object);
}

static void
xq_history_item_class_init (XqHistoryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_history_item_finalize;
}

static void
xq_history_item_init (XqHistoryItem *self)
{
}

XqHistoryItem *
xq_history_item_new (XqJournalEntry *entry)
{
  XqHistoryItem *self = g_object_new (XQ_TYPE_HISTORY_ITEM, NULL);

  self->entry = entry;
  return self;
}

const XqJournalEntry *
xq_history_item_get_entry (XqHistoryItem *self)
{
  g_return_val_if_fail (XQ_IS_HISTORY_ITEM (self), NULL);
  return self->entry;
}

char *
xq_history_item_dup_title (XqHistoryItem *self)
{
  g_return_val_if_fail (XQ_IS_HISTORY_ITEM (self), NULL);
  if (self->entry->undoes != 0)
    return g_strconcat (_ ("Undo: "), self->entry->label, NULL);
  if (self->entry->redoes != 0)
    return g_strconcat (_ ("Redo: "), self->entry->label, NULL);
  return g_strdup (self->entry->label);
}

static void
append_count (GString *text, const char *format, guint n)
{
  if (n == 0)
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append_printf (text, format, n);
}

char *
xq_history_item_dup_summary (XqHistoryItem *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (XQ_IS_HISTORY_ITEM (self), NULL);
  append_count (text, ngettext ("%u unit", "%u units", self->entry->n_units), self->entry->n_units);
  append_count (text, ngettext ("%u row added", "%u rows added", self->entry->n_added), self->entry->n_added);
  append_count (text, ngettext ("%u row changed", "%u rows changed", self->entry->n_changed), self->entry->n_changed);
  append_count (text, ngettext ("%u row deleted", "%u rows deleted", self->entry->n_deleted), self->entry->n_deleted);
  return g_string_free (text, FALSE);
}

gboolean
xq_history_item_can_be_target (XqHistoryItem *self)
{
  g_return_val_if_fail (XQ_IS_HISTORY_ITEM (self), FALSE);
  return self->entry->undoable && !self->entry->undone && self->entry->undoes == 0 && self->entry->redoes == 0;
}
