#pragma once

#include <gtk/gtk.h>

#include "xq-fact-section.h"

G_BEGIN_DECLS

/** A card that lists what is recorded under one heading, each line with where its value comes from. */
GtkWidget *xq_fact_card_new (const XqFactSection *section);

G_END_DECLS
