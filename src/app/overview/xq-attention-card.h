#pragma once

#include <gtk/gtk.h>

#include "xq-attention.h"

G_BEGIN_DECLS

/** XqAttentionCard: what wants looking at, the most urgent first, with a chip for each reason. A click goes to the unit. */
#define XQ_TYPE_ATTENTION_CARD (xq_attention_card_get_type ())
G_DECLARE_FINAL_TYPE (XqAttentionCard, xq_attention_card, XQ, ATTENTION_CARD, GtkWidget)

void xq_attention_card_set_list (XqAttentionCard *self, const XqAttentionList *list);

G_END_DECLS
