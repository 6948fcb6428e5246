#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Where a map is looked at from: what is in the middle of the view, and pixels a metre. North is up. */
typedef struct
{
  double x, y; /* m, in the middle of the view */
  double scale;
  double width, height; /* pixels */
} XqMapCamera;

void xq_map_camera_to_screen (const XqMapCamera *camera, double x, double y, double *screen_x, double *screen_y);
void xq_map_camera_to_map (const XqMapCamera *camera, double screen_x, double screen_y, double *x, double *y);
/** So that the box fills the view but for @margin pixels on each side. */
void xq_map_camera_fit (XqMapCamera *camera, double low_x, double low_y, double high_x, double high_y, double margin);
/** By @factor, with what is under the point staying there; kept within @least and @most pixels a metre. */
void xq_map_camera_zoom (XqMapCamera *camera, double screen_x, double screen_y, double factor, double least, double most);
void xq_map_camera_pan (XqMapCamera *camera, double dx, double dy);
/** The longest round length (1, 2 or 5 times a power of ten metres) of a bar not wider than @most pixels. */
double xq_map_camera_bar (const XqMapCamera *camera, double most, double *pixels);

G_END_DECLS
