#include "xq-report-checks.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MOST_PLACES 5 /* named in a row */

struct _XqReportChecks
{
  GtkWidget parent_instance;
  GtkWidget *list;
  guint n_failed;
};

G_DEFINE_FINAL_TYPE (XqReportChecks, xq_report_checks, GTK_TYPE_WIDGET)

static const char *
kind_label (XqReportCheckKind kind)
{
  switch (kind)
    {
    case XQ_REPORT_CHECK_BALANCE:
      return _ ("Balance within the form");
    case XQ_REPORT_CHECK_TOTAL:
      return _ ("Total against indicators");
    case XQ_REPORT_CHECK_INDICATOR:
      return _ ("Rates against indicators");
    }
  g_return_val_if_reached ("");
}

/* Never by colour alone: the icon has a form and a name too. */
static GtkWidget *
make_icon (gboolean passed)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (passed ? "object-select-symbolic" : "dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, passed ? "xq-check-passed" : "xq-check-failed");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  passed ? _ ("Passed") : _ ("Does not balance"), -1);
  return icon;
}

static char *
describe_places (const XqReportCheck *check)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < check->failures->len && i < MOST_PLACES; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *)g_ptr_array_index (check->failures, i));
  if (check->n_failures > MOST_PLACES)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more place", "and %u more places", check->n_failures - MOST_PLACES),
                              check->n_failures - MOST_PLACES);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_rule (const XqReportCheck *check)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *places = describe_places (check);
  gboolean balance = check->kind == XQ_REPORT_CHECK_BALANCE;
  g_autofree char *passed = balance ? g_strdup (check->label) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), balance ? check->rule : check->label);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (!check->passed)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), places);
  else if (passed != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), passed);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_icon (check->passed));
  return row;
}

static GtkWidget *
make_kind (XqReportCheckKind kind, const XqFormTable *table, guint *n_failed)
{
  GtkWidget *expander;
  g_autofree char *subtitle = NULL;
  guint n = 0, failed = 0;

  for (guint i = 0; i < table->checks->len; i++)
    {
      const XqReportCheck *check = g_ptr_array_index (table->checks, i);

      n += check->kind == kind;
      failed += check->kind == kind && !check->passed;
    }
  *n_failed += failed;
  if (n == 0)
    return NULL;
  expander = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), kind_label (kind));
  if (failed == 0)
    subtitle = g_strdup_printf (ngettext ("%u rule, passed", "All %u rules passed", n), n);
  else
    subtitle = g_strdup_printf (ngettext ("%u of %u rules does not hold", "%u of %u rules do not hold", failed), failed, n);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), subtitle);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (expander), make_icon (failed == 0));
  for (guint i = 0; i < table->checks->len; i++)
    {
      const XqReportCheck *check = g_ptr_array_index (table->checks, i);

      if (check->kind == kind)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_rule (check));
    }
  /* What fails is seen without a click. */
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), failed > 0);
  return expander;
}

static void
clear_list (XqReportChecks *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
}

static void
xq_report_checks_dispose (GObject *object)
{
  XqReportChecks *self = XQ_REPORT_CHECKS (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_report_checks_parent_class)->dispose (object);
}

static void
xq_report_checks_class_init (XqReportChecksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_report_checks_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "reportchecks");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
xq_report_checks_init (XqReportChecks *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Checks"), -1);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

GtkWidget *
xq_report_checks_new (void)
{
  return g_object_new (XQ_TYPE_REPORT_CHECKS, NULL);
}

void
xq_report_checks_set_table (XqReportChecks *self, XqFormTable *table)
{
  static const XqReportCheckKind kinds[] = { XQ_REPORT_CHECK_BALANCE, XQ_REPORT_CHECK_TOTAL, XQ_REPORT_CHECK_INDICATOR };

  clear_list (self);
  self->n_failed = 0;
  for (guint i = 0; table != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *row = make_kind (kinds[i], table, &self->n_failed);

      if (row != NULL)
        gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    }
  gtk_widget_set_visible (self->list, gtk_widget_get_first_child (self->list) != NULL);
}

guint
xq_report_checks_get_n_failed (XqReportChecks *self)
{
  return self->n_failed;
}
