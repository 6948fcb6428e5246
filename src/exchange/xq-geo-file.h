#pragma once

#include <json-glib/json-glib.h>

#include "xq-plan-geometry.h"

G_BEGIN_DECLS

/** Errors of map files. The message says which feature or line, what is wrong with it and what to do. */
#define XQ_GEO_ERROR (xq_geo_error_quark ())
GQuark xq_geo_error_quark (void);
typedef enum
{
  XQ_GEO_ERROR_READ,    /* the file is not there or cannot be read */
  XQ_GEO_ERROR_FORMAT,  /* it is not what it should be */
  XQ_GEO_ERROR_CONTENT, /* a feature or line of it is wrong */
} XqGeoError;

/** Largest file that is read, and most features in it: more is not a map of a district. */
#define XQ_GEO_MAX_BYTES (256u << 20)
#define XQ_GEO_MAX_FEATURES 200000u
#define XQ_GEO_MAX_POINTS 10000000u

/** One feature as it stands in the file. */
typedef struct
{
  char *id;               /* the member "id" as text, or %NULL */
  JsonObject *properties; /* borrowed; %NULL where there are none */
  XqPlanShape *shape;     /* NONE where the geometry is null or empty */
} XqGeoFeature;

/**
 * XqGeoFile: a GeoJSON file (RFC 7946, or with a member "crs" as QGIS writes it): a collection of features, one feature or a
 * bare geometry. What is read can be written again with properties added and all else as it was.
 */
typedef struct _XqGeoFile XqGeoFile;

XqGeoFile *xq_geo_file_read (const char *path, GError **error);
/** From text; @size -1: ends with a NUL. */
XqGeoFile *xq_geo_file_parse (const char *text, gssize size, GError **error);
void xq_geo_file_free (XqGeoFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqGeoFile, xq_geo_file_free)

guint xq_geo_file_get_n (const XqGeoFile *file);
const XqGeoFeature *xq_geo_file_get_feature (const XqGeoFile *file, guint index);
/** Name of the coordinate system that the file gives, or %NULL. */
const char *xq_geo_file_get_crs (const XqGeoFile *file);
/** The shapes of all features, to hand to xq_plan_geometry_new(); borrowed, free the array only. */
const XqPlanShape **xq_geo_file_get_shapes (const XqGeoFile *file);

/** A property as text (numbers as they are written, "" for null), or %NULL where it is absent or no plain value. Free it. */
char *xq_geo_feature_get_text (const XqGeoFeature *feature, const char *property);
/** A property as a whole number that is not negative: a number, or text that is one. */
gboolean xq_geo_feature_get_count (const XqGeoFeature *feature, const char *property, gint64 *value);
/** Whether any feature has the property; else @others tells which there are ("a, b, c"). */
gboolean xq_geo_file_has_property (const XqGeoFile *file, const char *property, char **others);

/** Sets a property of a feature; whole number or text. */
void xq_geo_file_set_int (XqGeoFile *file, guint index, const char *property, gint64 value);
void xq_geo_file_set_text (XqGeoFile *file, guint index, const char *property, const char *value);
/** The file as text, one feature a line. */
GString *xq_geo_file_format (const XqGeoFile *file);

/** Checks a file's size and reads it; UTF-8 without mark. Text in GB 18030, as spreadsheets write it, is converted. */
char *xq_geo_read_text (const char *path, gsize *size, GError **error);

G_END_DECLS
