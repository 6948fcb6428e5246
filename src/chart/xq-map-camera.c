#include "xq-map-camera.h"

#include <math.h>

void
xq_map_camera_to_screen (const XqMapCamera *camera, double x, double y, double *screen_x, double *screen_y)
{
  *screen_x = camera->width / 2 + (x - camera->x) * camera->scale;
  *screen_y = camera->height / 2 - (y - camera->y) * camera->scale;
}

void
xq_map_camera_to_map (const XqMapCamera *camera, double screen_x, double screen_y, double *x, double *y)
{
  *x = camera->x + (screen_x - camera->width / 2) / camera->scale;
  *y = camera->y - (screen_y - camera->height / 2) / camera->scale;
}

void
xq_map_camera_fit (XqMapCamera *camera, double low_x, double low_y, double high_x, double high_y, double margin)
{
  double width = MAX (camera->width - 2 * margin, 1), height = MAX (camera->height - 2 * margin, 1);

  camera->x = (low_x + high_x) / 2;
  camera->y = (low_y + high_y) / 2;
  camera->scale = MIN (width / MAX (high_x - low_x, 1e-6), height / MAX (high_y - low_y, 1e-6));
}

void
xq_map_camera_zoom (XqMapCamera *camera, double screen_x, double screen_y, double factor, double least, double most)
{
  double x, y, after_x, after_y;

  xq_map_camera_to_map (camera, screen_x, screen_y, &x, &y);
  camera->scale = CLAMP (camera->scale * factor, least, most);
  xq_map_camera_to_map (camera, screen_x, screen_y, &after_x, &after_y);
  camera->x += x - after_x;
  camera->y += y - after_y;
}

void
xq_map_camera_pan (XqMapCamera *camera, double dx, double dy)
{
  camera->x -= dx / camera->scale;
  camera->y += dy / camera->scale;
}

double
xq_map_camera_bar (const XqMapCamera *camera, double most, double *pixels)
{
  double longest = most / camera->scale, power = pow (10, floor (log10 (longest)));
  double length = longest >= 5 * power ? 5 * power : longest >= 2 * power ? 2 * power : power;

  *pixels = length * camera->scale;
  return length;
}
