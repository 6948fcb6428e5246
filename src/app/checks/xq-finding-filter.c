#include "xq-finding-filter.h"

#include <string.h>

char *
xq_finding_filter_fold (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *normal = g_utf8_normalize (stripped, -1, G_NORMALIZE_ALL);

  return normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup (stripped);
}

static gboolean
holds (const char *text, const char *wanted)
{
  g_autofree char *folded = text != NULL ? xq_finding_filter_fold (text) : NULL;

  return folded != NULL && strstr (folded, wanted) != NULL;
}

gboolean
xq_finding_filter_matches (const XqFindingFilter *filter, const XqFindingList *list, const XqFinding *finding)
{
  g_autofree char *message = NULL;

  if (filter->acknowledged == xq_finding_is_open (finding) || (filter->rule != NULL && filter->rule != finding->rule)
      || (filter->severity >= 0 && filter->severity != (int)finding->rule->severity)
      || !xq_finding_list_is_below (list, finding, filter->scope) || !xq_finding_list_is_below (list, finding, filter->unit))
    return FALSE;
  if (filter->text == NULL || *filter->text == '\0')
    return TRUE;
  if (holds (finding->unit->path, filter->text) || holds (finding->unit->code, filter->text)
      || holds (xq_rule_get_title (finding->rule), filter->text))
    return TRUE;
  message = xq_finding_format (finding);
  return holds (message, filter->text);
}

XqFindingTally
xq_finding_tally (GPtrArray *lists, gint64 scope)
{
  XqFindingTally tally = { { 0 } };

  for (guint l = 0; l < lists->len; l++)
    {
      const XqFindingList *list = g_ptr_array_index (lists, l);

      for (guint i = 0; xq_finding_list_holds (list, scope) && i < xq_finding_list_get_size (list); i++)
        {
          const XqFinding *finding = xq_finding_list_get (list, i);

          if (!xq_finding_list_is_below (list, finding, scope))
            continue;
          if (!xq_finding_is_open (finding))
            tally.acknowledged++;
          else
            {
              tally.open++;
              tally.severities[finding->rule->severity]++;
            }
        }
    }
  return tally;
}
