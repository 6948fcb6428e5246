/* The tabs that are nothing but records: Party members, services, tickets. */

#include "xq-detail-tab.h"

#include <glib/gi18n-lib.h>

#include "xq-person-dialog.h"

typedef struct
{
  XqDetailTab parent_instance;
  GtkWidget *persons, *basis; /* borrowed: children */
} XqMembersTab;
typedef XqDetailTabClass XqMembersTabClass;
typedef struct
{
  XqDetailTab parent_instance;
} XqServicesTab;
typedef XqDetailTabClass XqServicesTabClass;
typedef XqServicesTab XqTicketsTab;
typedef XqServicesTabClass XqTicketsTabClass;

G_DEFINE_TYPE (XqMembersTab, xq_members_tab, XQ_TYPE_DETAIL_TAB)
G_DEFINE_TYPE (XqServicesTab, xq_services_tab, XQ_TYPE_DETAIL_TAB)
G_DEFINE_TYPE (XqTicketsTab, xq_tickets_tab, XQ_TYPE_DETAIL_TAB)

/* Every count works both ways: which of the two it is. */
static void
show_basis (XqMembersTab *self, const XqDetail *detail)
{
  GPtrArray *members = xq_record_sets_get (detail->sets, &XQ_MEMBER);
  guint full = 0, probationary = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < members->len; i++)
    {
      const XqRecord *member = ((XqRecordNode *)g_ptr_array_index (members, i))->record;
      const char *left = xq_record_get_text (member, XQ_MEMBER_VALID_TO);

      if (left != NULL && strcmp (left, detail->working_day) <= 0)
        continue;
      if (g_strcmp0 (xq_record_get_text (member, XQ_MEMBER_STAGE), "full") == 0)
        full++;
      else
        probationary++;
    }
  if (full + probationary > 0)
    text = g_strdup_printf (_ ("Roster: %u full members, %u probationary. Where it has begun it counts, not what is declared."),
                            full, probationary);
  else
    text = g_strdup (_ ("No roster is kept; what is declared on the first tab counts."));
  gtk_label_set_label (GTK_LABEL (self->basis), text);
  gtk_widget_set_visible (self->basis, detail->unit->level == XQ_LEVEL_COMPOUND);
}

static void
xq_members_tab_update (XqDetailTab *tab)
{
  xq_person_bar_show (((XqMembersTab *)tab)->persons, xq_detail_tab_get_context (tab));
  show_basis ((XqMembersTab *)tab, xq_detail_tab_get_detail (tab));
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
  self->basis = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "css-classes",
                              (const char *const[]){ "xq-caption", NULL }, NULL);
  xq_detail_tab_append ((XqDetailTab *)self, self->basis);
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
