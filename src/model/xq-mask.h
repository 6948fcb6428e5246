#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What a personal value is, and so how it is masked. */
typedef enum
{
  XQ_PERSONAL_NONE,
  XQ_PERSONAL_NAME,  /* 张** */
  XQ_PERSONAL_PHONE, /* 138****1234 */
  XQ_PERSONAL_LABEL, /* what something is called, which may be a person's name: masked where it could be one */
} XqPersonalKind;

/**
 * @text as it is shown to who need not know: of a name the first character, of a telephone number the first three and the last four
 * digits, and never all of it. As many stars stand whatever the length, so that it tells nothing. "" for %NULL and empty.
 */
char *xq_mask (XqPersonalKind kind, const char *text);

G_END_DECLS
