#include "xq-settings.h"

#define SCHEMA_ID "org.xiaoqu.Xiaoqu"

struct _XqSettings {
  GObject parent_instance;

  /* owned */
  GSettings *settings; /* NULL where the schema is not installed */
  char *color_scheme;
  char *actor;
  char *export_folder;
  char *page;
  char *ledger_columns;
  int text_scale;
  int window_width, window_height;
  gboolean window_maximized;
  gboolean sidebar_shown;
  gboolean ledger_pane;
  gboolean persons_allowed;
  int base_dpi; /* gtk-xft-dpi before we scaled it */
};

enum {
  PROP_COLOR_SCHEME = 1,
  PROP_ACTOR,
  PROP_EXPORT_FOLDER,
  PROP_PAGE,
  PROP_LEDGER_COLUMNS,
  PROP_TEXT_SCALE,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  PROP_SIDEBAR_SHOWN,
  PROP_LEDGER_PANE,
  PROP_PERSONS_ALLOWED,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (XqSettings, xq_settings, G_TYPE_OBJECT)

static void
apply_color_scheme (XqSettings *self)
{
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_strcmp0 (self->color_scheme, "light") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_strcmp0 (self->color_scheme, "dark") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
apply_text_scale (XqSettings *self)
{
  GtkSettings *gtk = gtk_settings_get_default ();

  if (gtk == NULL)
    return;
  if (self->base_dpi == 0)
    {
      g_object_get (gtk, "gtk-xft-dpi", &self->base_dpi, NULL);
      if (self->base_dpi <= 0)
        self->base_dpi = 96 * PANGO_SCALE;
    }
  if (self->text_scale != 100)
    g_object_set (gtk, "gtk-xft-dpi", self->base_dpi * self->text_scale / 100, NULL);
  else
    gtk_settings_reset_property (gtk, "gtk-xft-dpi");
}

/* Where no desktop says which font to use, GTK falls back on one without Chinese; the design is drawn in this one. */
static void
apply_font (void)
{
  GtkSettings *gtk = gtk_settings_get_default ();
  g_autofree char *font = NULL;

  if (gtk == NULL)
    return;
  g_object_get (gtk, "gtk-font-name", &font, NULL);
  if (g_strcmp0 (font, "Sans 10") == 0)
    g_object_set (gtk, "gtk-font-name", "Cantarell, Noto Sans CJK SC 11", NULL);
}

static char **
string_field (XqSettings *self, guint prop_id)
{
  switch (prop_id)
    {
    case PROP_COLOR_SCHEME:
      return &self->color_scheme;
    case PROP_ACTOR:
      return &self->actor;
    case PROP_EXPORT_FOLDER:
      return &self->export_folder;
    case PROP_PAGE:
      return &self->page;
    case PROP_LEDGER_COLUMNS:
      return &self->ledger_columns;
    default:
      return NULL;
    }
}

static int *
int_field (XqSettings *self, guint prop_id)
{
  switch (prop_id)
    {
    case PROP_TEXT_SCALE:
      return &self->text_scale;
    case PROP_WINDOW_WIDTH:
      return &self->window_width;
    case PROP_WINDOW_HEIGHT:
      return &self->window_height;
    case PROP_WINDOW_MAXIMIZED:
      return &self->window_maximized;
    case PROP_SIDEBAR_SHOWN:
      return &self->sidebar_shown;
    case PROP_LEDGER_PANE:
      return &self->ledger_pane;
    case PROP_PERSONS_ALLOWED:
      return &self->persons_allowed;
    default:
      return NULL;
    }
}

static void
xq_settings_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  XqSettings *self = XQ_SETTINGS (object);

  if (string_field (self, prop_id) != NULL)
    g_value_set_string (value, *string_field (self, prop_id));
  else if (int_field (self, prop_id) == NULL)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, *int_field (self, prop_id));
  else
    g_value_set_int (value, *int_field (self, prop_id));
}

static void
xq_settings_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  XqSettings *self = XQ_SETTINGS (object);

  if (string_field (self, prop_id) != NULL)
    {
      char **field = string_field (self, prop_id);

      if (g_strcmp0 (*field, g_value_get_string (value)) == 0)
        return;
      g_free (*field);
      *field = g_value_dup_string (value);
    }
  else if (int_field (self, prop_id) != NULL)
    {
      int *field = int_field (self, prop_id);
      int number = G_VALUE_HOLDS_BOOLEAN (value) ? g_value_get_boolean (value) : g_value_get_int (value);

      if (*field == number)
        return;
      *field = number;
    }
  else
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
xq_settings_constructed (GObject *object)
{
  XqSettings *self = XQ_SETTINGS (object);
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE) : NULL;

  G_OBJECT_CLASS (xq_settings_parent_class)->constructed (object);
  if (schema == NULL)
    return;
  self->settings = g_settings_new (SCHEMA_ID);
  /* A schema older than the program may lack a key; binding one that is not there would abort. */
  for (guint i = 1; i < N_PROPS; i++)
    if (g_settings_schema_has_key (schema, properties[i]->name))
      g_settings_bind (self->settings, properties[i]->name, self, properties[i]->name, G_SETTINGS_BIND_DEFAULT);
}

static void
xq_settings_finalize (GObject *object)
{
  XqSettings *self = XQ_SETTINGS (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->color_scheme, g_free);
  g_clear_pointer (&self->actor, g_free);
  g_clear_pointer (&self->export_folder, g_free);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->ledger_columns, g_free);
  G_OBJECT_CLASS (xq_settings_parent_class)->finalize (object);
}

static void
xq_settings_class_init (XqSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = xq_settings_constructed;
  object_class->finalize = xq_settings_finalize;
  object_class->get_property = xq_settings_get_property;
  object_class->set_property = xq_settings_set_property;

  properties[PROP_COLOR_SCHEME] = g_param_spec_string ("color-scheme", NULL, NULL, "system", flags);
  properties[PROP_ACTOR] = g_param_spec_string ("actor", NULL, NULL, "", flags);
  properties[PROP_EXPORT_FOLDER] = g_param_spec_string ("export-folder", NULL, NULL, "", flags);
  properties[PROP_PAGE] = g_param_spec_string ("page", NULL, NULL, "overview", flags);
  properties[PROP_LEDGER_COLUMNS] = g_param_spec_string ("ledger-columns", NULL, NULL, "", flags);
  properties[PROP_TEXT_SCALE] = g_param_spec_int ("text-scale", NULL, NULL, 75, 200, 100, flags);
  properties[PROP_WINDOW_WIDTH] = g_param_spec_int ("window-width", NULL, NULL, 1, G_MAXINT, 1440, flags);
  properties[PROP_WINDOW_HEIGHT] = g_param_spec_int ("window-height", NULL, NULL, 1, G_MAXINT, 900, flags);
  properties[PROP_WINDOW_MAXIMIZED] = g_param_spec_boolean ("window-maximized", NULL, NULL, FALSE, flags);
  properties[PROP_SIDEBAR_SHOWN] = g_param_spec_boolean ("sidebar-shown", NULL, NULL, TRUE, flags);
  properties[PROP_LEDGER_PANE] = g_param_spec_boolean ("ledger-pane", NULL, NULL, TRUE, flags);
  properties[PROP_PERSONS_ALLOWED] = g_param_spec_boolean ("persons-allowed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xq_settings_init (XqSettings *self)
{
}

XqSettings *
xq_settings_get_default (void)
{
  static XqSettings *settings;

  if (settings == NULL)
    {
      settings = g_object_new (XQ_TYPE_SETTINGS, NULL);
      g_object_add_weak_pointer (G_OBJECT (settings), (gpointer *)&settings);
    }
  return settings;
}

const char *
xq_settings_get_actor (XqSettings *self)
{
  g_return_val_if_fail (XQ_IS_SETTINGS (self), NULL);
  return self->actor != NULL && *self->actor != '\0' ? self->actor : g_get_user_name ();
}

char *
xq_settings_dup_export_folder (XqSettings *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  g_return_val_if_fail (XQ_IS_SETTINGS (self), NULL);
  if (self->export_folder != NULL && *self->export_folder != '\0' && g_file_test (self->export_folder, G_FILE_TEST_IS_DIR))
    return g_strdup (self->export_folder);
  return g_strdup (documents != NULL && g_file_test (documents, G_FILE_TEST_IS_DIR) ? documents : g_get_home_dir ());
}

void
xq_settings_apply (XqSettings *self)
{
  g_return_if_fail (XQ_IS_SETTINGS (self));
  apply_font ();
  apply_color_scheme (self);
  apply_text_scale (self);
  g_signal_connect (self, "notify::color-scheme", G_CALLBACK (apply_color_scheme), NULL);
  g_signal_connect (self, "notify::text-scale", G_CALLBACK (apply_text_scale), NULL);
}
