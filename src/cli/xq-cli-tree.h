#pragma once

#include "xq-cli-output.h"
#include "xq-tree-edit.h"

G_BEGIN_DECLS

/* How the preview of an edit of the tree is told. */

/** "movements", "conflicts", "carries", "notices". */
void xq_cli_tree_add_preview (JsonBuilder *builder, const XqTreePreview *preview);
void xq_cli_tree_print_preview (const XqTreePreview *preview);

G_END_DECLS
