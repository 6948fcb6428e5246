#include "xq-section-spec.h"

#include <glib/gi18n-lib.h>

#define AT(level) (1u << XQ_LEVEL_##level)
#define ABOVE (AT (DISTRICT) | AT (STREET) | AT (COMMUNITY))
#define UNITS (AT (COMMUNITY) | AT (COMPOUND))
#define ALL (ABOVE | AT (COMPOUND) | AT (BUILDING))
#define ALWAYS -1

static const XqSectionSpec specs[] = {
  { XQ_TAB_BASIC, &XQ_TARGET, NC_ ("section", "Targets of the plan"), ABOVE, ALWAYS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_BASIC, &XQ_UNIT_NAME_RECORD, NC_ ("section", "Earlier names and codes"), ALL, ALWAYS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_BASIC, &XQ_CONFIRMATION, NC_ ("section", "Confirmed periods"), AT (COMMUNITY), ALWAYS, XQ_EXTRA_NONE, { NULL }, XQ_USE_SHOWN },
  { XQ_TAB_BASIC, &XQ_CORRECTION, NC_ ("section", "Corrections after locking"), ABOVE | AT (COMPOUND), ALWAYS, XQ_EXTRA_NONE, { NULL }, XQ_USE_SHOWN },
  { XQ_TAB_BASIC, &XQ_FINDING_ACKNOWLEDGEMENT, NC_ ("section", "Acknowledged findings"), ALL, ALWAYS, XQ_EXTRA_NONE, { NULL }, XQ_USE_KEPT },

  { XQ_TAB_ORGANISATION, &XQ_ORGANISATION, NC_ ("section", "Party organisations"), ALL, ALWAYS, XQ_EXTRA_TERM, { &XQ_APPROVAL, &XQ_BIG_COMMITTEE_MEMBER } },
  { XQ_TAB_ORGANISATION, &XQ_GRID_ROLE, NC_ ("section", "Grids"), ALL, XQ_MECHANISM_GRIDS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_ORGANISATION, &XQ_POST_HOLDER, NC_ ("section", "Post holders"), ALL, XQ_MECHANISM_POSTS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_ORGANISATION, &XQ_DECLARED_POST, NC_ ("section", "Declared numbers of post holders"), ALL, XQ_MECHANISM_POSTS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_ORGANISATION, &XQ_ORGANISATION_COVER, NC_ ("section", "Covered by"), AT (COMPOUND), ALWAYS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_ORGANISATION, &XQ_CONTACT, NC_ ("section", "Contacts"), AT (COMPOUND), ALWAYS, XQ_EXTRA_NONE, { &XQ_CONTACT_CONFIRMATION } },
  { XQ_TAB_ORGANISATION, &XQ_FOUNDING_EXEMPTION, NC_ ("section", "Exemptions from founding"), AT (COMPOUND), ALWAYS, XQ_EXTRA_NONE, { NULL } },

  { XQ_TAB_MEMBERS, &XQ_MEMBER, NC_ ("section", "Roster of Party members"), AT (COMPOUND) | AT (COMMUNITY) | AT (BUILDING), ALWAYS, XQ_EXTRA_NONE, { &XQ_APPRAISAL } },
  { XQ_TAB_MEMBERS, &XQ_EMPLOYER, NC_ ("section", "Employers"), ABOVE, XQ_MECHANISM_EMPLOYERS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_MEMBERS, &XQ_PAIRING, NC_ ("section", "Pairings"), UNITS, XQ_MECHANISM_PAIRING, XQ_EXTRA_NONE, { NULL } },

  { XQ_TAB_BODY, &XQ_PROPERTY_AREA, NC_ ("section", "Property areas"), AT (COMPOUND), ALWAYS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_BODY, &XQ_OWNERS_BODY, NC_ ("section", "Owners' bodies"), AT (COMPOUND), ALWAYS, XQ_EXTRA_TERM, { &XQ_BODY_EVENT } },
  { XQ_TAB_BODY, &XQ_OWNER_VOTE, NC_ ("section", "Owners' votes"), AT (COMPOUND), XQ_MECHANISM_VOTES, XQ_EXTRA_VOTE, { &XQ_VOTE_BUILDING } },

  { XQ_TAB_SERVICE, &XQ_PROPERTY_SERVICE, NC_ ("section", "Property services"), AT (COMPOUND), ALWAYS, XQ_EXTRA_CONTRACT, { NULL } },
  { XQ_TAB_SERVICE, &XQ_FEE_COLLECTION, NC_ ("section", "Fee collection by period"), AT (COMPOUND), ALWAYS, XQ_EXTRA_FEE, { NULL } },
  { XQ_TAB_SERVICE, &XQ_PUBLIC_INCOME, NC_ ("section", "Public income by period"), AT (COMPOUND), XQ_MECHANISM_PUBLIC_INCOME, XQ_EXTRA_NONE, { NULL } },

  { XQ_TAB_SERVICES, &XQ_SPACE, NC_ ("section", "Spaces and stations"), UNITS, XQ_MECHANISM_STATIONS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_SERVICES, &XQ_ASSOCIATION, NC_ ("section", "Mass organisations and residents' groups"), UNITS, ALWAYS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_SERVICES, &XQ_CONSULTATION, NC_ ("section", "Consultations"), ALL, XQ_MECHANISM_CONSULTATIONS, XQ_EXTRA_NONE, { &XQ_CONSULTATION_PARTY } },
  { XQ_TAB_SERVICES, &XQ_POLL, NC_ ("section", "Polls"), UNITS, XQ_MECHANISM_POLLS, XQ_EXTRA_POLL, { &XQ_POLL_OPTION } },
  { XQ_TAB_SERVICES, &XQ_PROJECT, NC_ ("section", "Livelihood projects"), UNITS, XQ_MECHANISM_PROJECTS, XQ_EXTRA_PROJECT, { &XQ_PROJECT_FUNDING } },
  { XQ_TAB_SERVICES, &XQ_POINTS_ACCOUNT, NC_ ("section", "Points accounts"), UNITS, XQ_MECHANISM_POINTS, XQ_EXTRA_POINTS, { &XQ_POINTS_ENTRY } },
  { XQ_TAB_SERVICES, &XQ_SURVEY, NC_ ("section", "Satisfaction surveys"), ABOVE | AT (COMPOUND), XQ_MECHANISM_SATISFACTION, XQ_EXTRA_NONE, { &XQ_SURVEY_QUESTION } },
  { XQ_TAB_SERVICES, &XQ_SURVEY_TALLY, NC_ ("section", "Answers to surveys"), ALL, XQ_MECHANISM_SATISFACTION, XQ_EXTRA_TALLY, { NULL } },
  { XQ_TAB_SERVICES, &XQ_ACTIVITY, NC_ ("section", "Activities and awards"), ALL, ALWAYS, XQ_EXTRA_NONE, { NULL } },

  { XQ_TAB_TICKETS, &XQ_TICKET, NC_ ("section", "Tickets"), ALL, XQ_MECHANISM_TICKETS, XQ_EXTRA_TICKET, { &XQ_TICKET_EVENT, &XQ_TICKET_DEPARTMENT } },
  { XQ_TAB_TICKETS, &XQ_CONTRADICTION, NC_ ("section", "Contradictions"), ALL, XQ_MECHANISM_CONTRADICTIONS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_TICKETS, &XQ_PETITION_COUNT, NC_ ("section", "Petitions by period"), ALL, XQ_MECHANISM_PETITIONS, XQ_EXTRA_NONE, { NULL } },
  { XQ_TAB_TICKETS, &XQ_DEPARTMENT, NC_ ("section", "Departments"), AT (DISTRICT) | AT (STREET), XQ_MECHANISM_TICKETS, XQ_EXTRA_NONE, { NULL } },
};

const XqSectionSpec *
xq_section_specs_get (guint *n)
{
  *n = G_N_ELEMENTS (specs);
  return specs;
}

gboolean
xq_section_spec_applies (const XqSectionSpec *spec, const XqScheme *scheme, XqLevel level)
{
  if ((spec->levels & (1u << level)) == 0)
    return FALSE;
  /* Departments are needed for pairing too. */
  if (spec->type == &XQ_DEPARTMENT && xq_scheme_has_mechanism (scheme, XQ_MECHANISM_PAIRING))
    return TRUE;
  if (spec->type == &XQ_TARGET && !xq_scheme_has_plan (scheme))
    return FALSE;
  return spec->mechanism < 0 || xq_scheme_has_mechanism (scheme, (XqMechanism)spec->mechanism);
}

gboolean
xq_section_checklist_applies (const XqSchemeChecklist *checklist, XqLevel level)
{
  return checklist->n_states > 0 && checklist->level == level;
}

gboolean
xq_section_tab_applies (XqTabId tab, const XqScheme *scheme, XqLevel level)
{
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    if (specs[i].tab == tab && xq_section_spec_applies (&specs[i], scheme, level))
      return TRUE;
  if (tab == XQ_TAB_SERVICES)
    {
      const XqSchemeChecklist *checklists = xq_scheme_get_checklists (scheme, &n);

      for (guint i = 0; i < n; i++)
        if (xq_section_checklist_applies (&checklists[i], level))
          return TRUE;
    }
  return FALSE;
}
