/* The tabs that are nothing but records: Party members, services, tickets. */

#include "xq-detail-tab.h"

#include "xq-person-dialog.h"

typedef struct {
  XqDetailTab parent_instance;
  GtkWidget *persons; /* borrowed: of the tab of members */
} XqMembersTab;
typedef XqDetailTabClass XqMembersTabClass;
typedef struct {
  XqDetailTab parent_instance;
} XqServicesTab;
typedef XqDetailTabClass XqServicesTabClass;
typedef XqServicesTab XqTicketsTab;
typedef XqServicesTabClass XqTicketsTabClass;

G_DEFINE_TYPE (XqMembersTab, xq_members_tab, XQ_TYPE_DETAIL_TAB)
G_DEFINE_TYPE (XqServicesTab, xq_services_tab, XQ_TYPE_DETAIL_TAB)
G_DEFINE_TYPE (XqTicketsTab, xq_tickets_tab, XQ_TYPE_DETAIL_TAB)

static void
xq_members_tab_update (XqDetailTab *tab)
{
  xq_person_bar_show (((XqMembersTab *)tab)->persons, xq_detail_tab_get_context (tab));
}

static void
xq_members_tab_class_init (XqMembersTabClass *klass)
{
  klass->update = xq_members_tab_update;
}

static void
xq_members_tab_init (XqMembersTab *self)
{
  self->persons = xq_person_bar_new ();
  xq_detail_tab_append ((XqDetailTab *)self, self->persons);
  xq_detail_tab_set_sections ((XqDetailTab *)self, XQ_TAB_MEMBERS);
}

/* Sections update themselves. */
static void
update_nothing (XqDetailTab *tab)
{
}

static void
xq_services_tab_class_init (XqServicesTabClass *klass)
{
  klass->update = update_nothing;
}

static void
xq_services_tab_init (XqServicesTab *self)
{
  xq_detail_tab_set_sections ((XqDetailTab *)self, XQ_TAB_SERVICES);
}

static void
xq_tickets_tab_class_init (XqTicketsTabClass *klass)
{
  klass->update = update_nothing;
}

static void
xq_tickets_tab_init (XqTicketsTab *self)
{
  xq_detail_tab_set_sections ((XqDetailTab *)self, XQ_TAB_TICKETS);
}
