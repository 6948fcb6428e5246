#include "xq-attention-card.h"

#include <glib/gi18n-lib.h>

#include "xq-pill.h"
#include "xq-statistics.h"

#define ALL XQ_N_ATTENTION_KINDS /* the chip of everything */

struct _XqAttentionCard
{
  GtkWidget parent_instance;

  /* template */
  GtkLabel *caption, *empty;
  GtkBox *chips;
  GtkStack *stack;
  GtkListView *list;

  /* borrowed: children of chips */
  GtkToggleButton *chip[XQ_N_ATTENTION_KINDS + 1];

  /* owned */
  GPtrArray *items; /* XqAttention, all kinds */
  GListStore *shown;
};

G_DEFINE_FINAL_TYPE (XqAttentionCard, xq_attention_card, GTK_TYPE_WIDGET)

static XqPillKind
pill_kind (XqAttentionKind kind)
{
  switch (kind)
    {
    case XQ_ATTENTION_SHOULD_HAVE:
    case XQ_ATTENTION_CONTACT:
      return XQ_PILL_CONTACT;
    case XQ_ATTENTION_SHORT:
    case XQ_ATTENTION_OTHER:
      return XQ_PILL_WARNING;
    case XQ_ATTENTION_TERM:
    default:
      return XQ_PILL_INFO;
    }
}

/* ---- Rows ---- */

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new (), *title = gtk_label_new (NULL), *place = gtk_label_new (NULL), *due = gtk_label_new (NULL);
  GtkWidget *go = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_widget_add_css_class (icon, "xq-attention-icon");
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (place), 0);
  gtk_label_set_ellipsize (GTK_LABEL (place), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (place, "xq-caption");
  gtk_widget_add_css_class (due, "xq-caption");
  gtk_label_set_xalign (GTK_LABEL (due), 1);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (go, "xq-faint");
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), place);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), xq_pill_new (XQ_PILL_PLAIN, "", NULL));
  gtk_box_append (GTK_BOX (row), due);
  gtk_box_append (GTK_BOX (row), go);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  XqAttention *item = gtk_list_item_get_item (list_item);
  XqAttentionKind kind = xq_attention_get_kind (item);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  GtkWidget *icon = gtk_widget_get_first_child (row), *words = gtk_widget_get_next_sibling (icon);
  GtkWidget *pill = gtk_widget_get_next_sibling (words), *due = gtk_widget_get_next_sibling (pill);
  g_autofree char *name = NULL;

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), xq_attention_kind_icon (kind));
  gtk_widget_set_css_classes (icon, (const char *[]){ "xq-attention-icon", xq_pill_kind_class (pill_kind (kind)), NULL });
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (words)), xq_attention_get_title (item));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (words)), xq_attention_get_subtitle (item));
  xq_pill_set (XQ_PILL (pill), pill_kind (kind), xq_attention_kind_label (kind), NULL);
  gtk_label_set_label (GTK_LABEL (due), xq_attention_get_due (item) != NULL ? xq_attention_get_due (item) : "");
  gtk_widget_set_visible (due, xq_attention_get_due (item) != NULL);
  name = g_strdup_printf ("%s: %s, %s%s%s", xq_attention_kind_label (kind), xq_attention_get_title (item),
                          xq_attention_get_subtitle (item), xq_attention_get_due (item) != NULL ? ", " : "",
                          xq_attention_get_due (item) != NULL ? xq_attention_get_due (item) : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
row_activated (XqAttentionCard *self, guint position)
{
  g_autoptr (XqAttention) item = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-unit", "x", xq_attention_get_unit (item));
}

/* ---- Filter ---- */

static guint
active_chip (XqAttentionCard *self)
{
  for (guint i = 0; i < ALL; i++)
    if (gtk_toggle_button_get_active (self->chip[i]))
      return i;
  return ALL;
}

static void
update_shown (XqAttentionCard *self)
{
  guint wanted = active_chip (self);
  g_autoptr (GPtrArray) matching = g_ptr_array_new ();
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  gboolean at_top = scroll == NULL || gtk_adjustment_get_value (scroll) <= 0;

  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    if (wanted == ALL || xq_attention_get_kind (g_ptr_array_index (self->items, i)) == (XqAttentionKind)wanted)
      g_ptr_array_add (matching, g_ptr_array_index (self->items, i));
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)), matching->pdata, matching->len);
  /* The list holds on to the row it showed first: what is more urgent and has come since would stand above it, unseen. */
  if (at_top && matching->len > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
  gtk_label_set_label (self->empty, wanted == ALL ? _ ("Nothing needs attention") : _ ("None of these"));
  gtk_stack_set_visible_child_name (self->stack, matching->len > 0 ? "list" : "empty");
}

static void
chip_toggled (GtkToggleButton *chip, XqAttentionCard *self)
{
  if (gtk_toggle_button_get_active (chip))
    update_shown (self);
}

/* ---- Object ---- */

static void
xq_attention_card_dispose (GObject *object)
{
  XqAttentionCard *self = XQ_ATTENTION_CARD (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (xq_attention_card_parent_class)->dispose (object);
}

static void
xq_attention_card_class_init (XqAttentionCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_attention_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/overview/xq-attention-card.ui");
  gtk_widget_class_bind_template_child (widget_class, XqAttentionCard, caption);
  gtk_widget_class_bind_template_child (widget_class, XqAttentionCard, chips);
  gtk_widget_class_bind_template_child (widget_class, XqAttentionCard, stack);
  gtk_widget_class_bind_template_child (widget_class, XqAttentionCard, list);
  gtk_widget_class_bind_template_child (widget_class, XqAttentionCard, empty);
  gtk_widget_class_set_css_name (widget_class, "attention-card");
}

static void
add_chip (XqAttentionCard *self, guint kind)
{
  GtkWidget *chip = gtk_toggle_button_new ();

  gtk_widget_add_css_class (chip, "flat");
  gtk_widget_add_css_class (chip, "xq-chip");
  self->chip[kind] = GTK_TOGGLE_BUTTON (chip);
  if (kind != ALL)
    gtk_toggle_button_set_group (self->chip[kind], self->chip[ALL]);
  gtk_box_append (self->chips, chip);
}

static void
xq_attention_card_init (XqAttentionCard *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->shown = g_list_store_new (XQ_TYPE_ATTENTION);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (row_activated), self);

  add_chip (self, ALL);
  for (guint kind = 0; kind < ALL; kind++)
    add_chip (self, kind);
  gtk_toggle_button_set_active (self->chip[ALL], TRUE);
  for (guint kind = 0; kind <= ALL; kind++)
    g_signal_connect (self->chip[kind], "toggled", G_CALLBACK (chip_toggled), self);
}

void
xq_attention_card_set_list (XqAttentionCard *self, const XqAttentionList *list)
{
  gint64 total = 0;
  g_autofree char *count = NULL, *all = NULL;
  g_autoptr (GString) caption = g_string_new (NULL);

  g_return_if_fail (XQ_IS_ATTENTION_CARD (self));

  g_clear_pointer (&self->items, g_ptr_array_unref);
  for (guint kind = 0; list != NULL && kind < ALL; kind++)
    {
      g_autofree char *number = xq_format_count (list->counts[kind]);
      g_autofree char *label = g_strdup_printf ("%s %s", xq_attention_kind_label ((XqAttentionKind)kind), number);

      total += list->counts[kind];
      gtk_button_set_label (GTK_BUTTON (self->chip[kind]), label);
      gtk_widget_set_visible (GTK_WIDGET (self->chip[kind]), list->known[kind]);
      if (!list->known[kind] && gtk_toggle_button_get_active (self->chip[kind]))
        gtk_toggle_button_set_active (self->chip[ALL], TRUE);
    }
  if (list != NULL)
    self->items = g_ptr_array_ref (list->items);
  count = xq_format_count (total);
  all = g_strdup_printf (_ ("All %s"), count);
  gtk_button_set_label (GTK_BUTTON (self->chip[ALL]), all);
  if (total > 0)
    g_string_printf (caption, _ ("%s items, the most urgent first"), count);
  if (list != NULL && list->n_redrawn > 0)
    {
      g_autofree char *redrawn = xq_format_count (list->n_redrawn);

      if (caption->len > 0)
        g_string_append (caption, " · ");
      g_string_append_printf (caption, _ ("not known of %s that were re-drawn since"), redrawn);
    }
  gtk_label_set_label (self->caption, caption->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->caption), caption->str);
  update_shown (self);
}
