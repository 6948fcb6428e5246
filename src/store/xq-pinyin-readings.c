#include "xq-pinyin.h"

/*
 * Characters of place, compound and family names that are commonly read in more than one way, or otherwise than ICU reads
 * them (地 as de, 幢 as chuang). ICU knows one reading a character; what stands here takes its place, and a name is found under
 * each of the readings. In order of code point. 区 is not here: it is read ou as a family name only, and stands in every name.
 */
static const struct
{
  const char *character;
  const char *readings;
} table[] = {
  { "万", "wan mo" },      { "乐", "le yue" },    { "什", "shi shen" },      { "仇", "chou qiu" },    { "仔", "zi zai" },
  { "传", "chuan zhuan" }, { "似", "si" },        { "便", "bian pian" },     { "俞", "yu shu" },      { "六", "liu lu" },
  { "冯", "feng ping" },   { "剥", "bo" },        { "单", "dan shan chan" }, { "卜", "bu bo" },       { "卡", "ka qia" },
  { "厦", "sha xia" },     { "参", "can shen" },  { "句", "ju gou" },        { "召", "zhao shao" },   { "合", "he ge" },
  { "员", "yuan yun" },    { "圈", "quan juan" }, { "圩", "wei xu" },        { "地", "di" },          { "坻", "chi di" },
  { "埔", "pu bu" },       { "堡", "bao pu bu" }, { "塞", "sai se" },        { "壳", "ke qiao" },     { "夹", "jia ga" },
  { "奇", "qi ji" },       { "宿", "su xiu" },    { "尉", "wei yu" },        { "尾", "wei yi" },      { "峙", "zhi shi" },
  { "巷", "xiang hang" },  { "幢", "zhuang" },    { "度", "du duo" },        { "弄", "nong long" },   { "弹", "dan tan" },
  { "强", "qiang jiang" }, { "折", "zhe she" },   { "晟", "sheng cheng" },   { "曾", "zeng ceng" },   { "朝", "chao zhao" },
  { "朴", "pu piao" },     { "柏", "bai bo" },    { "查", "cha zha" },       { "校", "xiao jiao" },   { "模", "mo mu" },
  { "沈", "shen chen" },   { "泊", "bo po" },     { "泌", "mi bi" },         { "泷", "long shuang" }, { "洞", "dong tong" },
  { "浒", "hu xu" },       { "涡", "wo guo" },    { "率", "lv shuai" },      { "畜", "xu" },          { "番", "fan pan" },
  { "的", "de di" },       { "盖", "gai ge" },    { "盛", "sheng cheng" },   { "省", "sheng xing" },  { "着", "zhe zhuo" },
  { "石", "shi dan" },     { "祭", "ji zhai" },   { "禅", "chan shan" },     { "种", "zhong chong" }, { "秘", "mi bi" },
  { "系", "xi ji" },       { "绿", "lv lu" },     { "缪", "miao mu" },       { "翟", "zhai di" },     { "色", "se shai" },
  { "茄", "qie jia" },     { "茜", "qian xi" },   { "荥", "xing ying" },     { "莎", "sha suo" },     { "莘", "xin shen" },
  { "莞", "guan wan" },    { "落", "luo la" },    { "蔚", "wei yu" },        { "薄", "bo bao" },      { "藏", "cang zang" },
  { "蚌", "bang beng" },   { "蛤", "ge ha" },     { "行", "hang xing" },     { "覃", "tan qin" },     { "角", "jiao jue" },
  { "解", "jie xie" },     { "识", "shi zhi" },   { "调", "tiao diao" },     { "贾", "jia gu" },      { "车", "che ju" },
  { "还", "huan hai" },    { "都", "du dou" },    { "重", "chong zhong" },   { "铅", "qian yan" },    { "长", "chang zhang" },
  { "阿", "a e" },         { "陂", "bei pi po" }, { "降", "jiang xiang" },   { "隽", "juan jun" },    { "露", "lu lou" },
  { "颉", "jie xie" },     { "鹄", "hu gu" },     { "龟", "gui qiu jun" },
};

const char *
xq_pinyin_readings (gunichar character)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_utf8_get_char (table[i].character) == character)
      return table[i].readings;
  return NULL;
}
