#include "xq-chart-palette.h"

#define RGB(hex)                                                                                                                   \
  {                                                                                                                                \
    ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex)&255) / 255.0, 1.0                                              \
  }
#define RGBA(hex, a)                                                                                                               \
  {                                                                                                                                \
    ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex)&255) / 255.0, a                                                \
  }

static const XqChartPalette light = {
  .card = RGB (0xffffff),
  .ink = RGB (0x333333),
  .dim = RGB (0x5f5f5f),
  .grid = RGB (0xe6e6e6),
  .axis = RGB (0x9a9a9a),
  .rule = RGBA (0x000000, 0.16),
  .own = RGB (0x1f5a93),
  .joint = RGB (0x6199cb),
  .group = RGB (0xd3e4f5),
  .group_edge = RGB (0x6199cb),
  .functional = RGB (0x22a095),
  .contact = RGB (0xb07d12),
  .contact_paper = RGB (0xfbf3dc),
  .none = RGB (0x8a8a8a),
  .on_own = RGB (0xffffff),
  .on_joint = RGB (0x0b2540),
  .on_group = RGB (0x0b2540),
  .on_functional = RGB (0x042a27),
  .own_text = RGB (0x1f5a93),
  .joint_text = RGB (0x2f6a9f),
  .group_text = RGB (0x45688c),
  .functional_text = RGB (0x14665f),
  .contact_text = RGB (0x7a5a00),
  .category = { RGB (0x1f5a93), RGB (0xd3713b), RGB (0x22a095), RGB (0x947ae2), RGB (0x645200), RGB (0x6c054d) },
  .good = RGB (0x1f5a93),
  .bad = RGB (0xc8641b),
  .neutral = RGB (0x8a8a8a),
  .warn_text = RGB (0x8f4a08),
  .ribbon = RGBA (0x1f5a93, 0.16),
  .band = RGBA (0x000000, 0.045),
};

static const XqChartPalette dark = {
  .card = RGB (0x363636),
  .ink = RGB (0xf4f4f4),
  .dim = RGB (0xb8b8b8),
  .grid = RGB (0x484848),
  .axis = RGB (0x8c8c8c),
  .rule = RGBA (0xffffff, 0.18),
  .own = RGB (0x93c9f9),
  .joint = RGB (0x5a91c4),
  .group = RGB (0x3c566f),
  .group_edge = RGB (0x5a91c4),
  .functional = RGB (0x5fc9be),
  .contact = RGB (0xe0b44c),
  .contact_paper = RGB (0x4a422c),
  .none = RGB (0x9a9a9a),
  .on_own = RGB (0x0d2437),
  .on_joint = RGB (0x0a1b29),
  .on_group = RGB (0xffffff),
  .on_functional = RGB (0x04211f),
  .own_text = RGB (0x8cc4f7),
  .joint_text = RGB (0x8cbce6),
  .group_text = RGB (0xa9c6e2),
  .functional_text = RGB (0x7fdcd2),
  .contact_text = RGB (0xe8c766),
  .category = { RGB (0x6fb0ec), RGB (0xc77121), RGB (0xa9ebec), RGB (0xa372bb), RGB (0xfdc755), RGB (0xed97a3) },
  .good = RGB (0x7ab8f0),
  .bad = RGB (0xf2a561),
  .neutral = RGB (0xa8a8a8),
  .warn_text = RGB (0xffb27a),
  .ribbon = RGBA (0x7ab8f0, 0.20),
  .band = RGBA (0xffffff, 0.05),
};

const XqChartPalette *
xq_chart_palette_get (gboolean is_dark)
{
  return is_dark ? &dark : &light;
}

XqChartColour
xq_chart_colour_fade (XqChartColour colour, double alpha)
{
  colour.alpha *= alpha;
  return colour;
}
