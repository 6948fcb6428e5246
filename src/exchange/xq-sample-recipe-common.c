/* The part of a recipe that all samples have in common: data/samples/common.json. */

#include <glib/gi18n-lib.h>

#include "xq-sample-reader.h"

static void
read_kinds (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  static const char *const keys[] = { "kind",     "households", "part_households", "per_building", "floors",  "people", "area",
                                      "built",    "members",    "formal",          "checked_in",   "parking", "areas",  "bodies",
                                      "services", "fee",        "collection",      "satisfaction", "early",   "names",  NULL };
  XqJson list;
  guint n = xq_sample_reader_list (reader, root, "kinds", &list);

  for (guint i = 0; i < n && reader->error == NULL; i++)
    {
      XqJson json = xq_json_element (&list, i);
      int index = xq_sample_reader_choice (reader, &json, "kind", &XQ_ENUM_COMPOUND_KIND);
      XqSampleKind *kind;

      xq_sample_reader_check (reader, &json, keys);
      if (index < 0 || recipe->kinds[index].names != NULL)
        {
          xq_sample_reader_fail (reader, &json, "kind", _ ("every kind must be described once"));
          return;
        }
      kind = &recipe->kinds[index];
      kind->households = xq_sample_reader_quantiles (reader, &json, "households");
      kind->part_households = xq_sample_reader_quantiles (reader, &json, "part_households");
      kind->built = xq_sample_reader_quantiles (reader, &json, "built");
      kind->per_building = xq_sample_reader_range (reader, &json, "per_building");
      kind->floors = xq_sample_reader_range (reader, &json, "floors");
      kind->people = xq_sample_reader_range (reader, &json, "people");
      kind->area = xq_sample_reader_range (reader, &json, "area");
      kind->members = xq_sample_reader_range (reader, &json, "members");
      kind->formal = xq_sample_reader_range (reader, &json, "formal");
      kind->checked_in = xq_sample_reader_range (reader, &json, "checked_in");
      kind->parking = xq_sample_reader_range (reader, &json, "parking");
      kind->fee = xq_sample_reader_range (reader, &json, "fee");
      kind->collection = xq_sample_reader_range (reader, &json, "collection");
      xq_sample_reader_weights (reader, &json, "areas", kind->areas, 3);
      xq_sample_reader_weights_by (reader, &json, "bodies", &XQ_ENUM_BODY_KIND, kind->bodies);
      xq_sample_reader_weights_by (reader, &json, "services", &XQ_ENUM_SERVICE_MODE, kind->modes);
      kind->satisfaction = xq_sample_reader_int (reader, &json, "satisfaction", -500, 500);
      kind->early = xq_sample_reader_int (reader, &json, "early", 0, 100);
      kind->names = xq_sample_reader_strings (reader, &json, "names");
    }
  if (reader->error == NULL && n != XQ_SAMPLE_N_KINDS)
    xq_sample_reader_fail (reader, root, "kinds", _ ("every kind must be described once"));
}

static void
read_pools (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  XqJson json = xq_json_member (root, "pools");
  g_autoptr (GList) names = NULL;

  if (reader->error != NULL)
    return;
  if (!xq_json_is_present (&json) || !JSON_NODE_HOLDS_OBJECT (json.node))
    {
      xq_sample_reader_fail (reader, root, "pools", _ ("must be an object {…}"));
      return;
    }
  names = json_object_get_members (json_node_get_object (json.node));
  for (GList *l = names; l != NULL; l = l->next)
    g_hash_table_insert (recipe->pools, g_strdup (l->data), xq_sample_reader_strings (reader, &json, l->data));
}

static void
read_survey_words (XqSampleReader *reader, XqSampleRecipe *recipe, const XqJson *root)
{
  XqJson json = xq_json_member (root, "survey"), list;
  guint n = xq_sample_reader_list (reader, &json, "dimensions", &list);

  recipe->survey_format = xq_sample_reader_text (reader, &json, "name");
  recipe->survey_method = xq_sample_reader_text (reader, &json, "method");
  recipe->overall_text = xq_sample_reader_text (reader, &json, "overall");
  recipe->question_format = xq_sample_reader_text (reader, &json, "question");
  for (guint i = 0; i < n && reader->error == NULL; i++)
    {
      XqJson element = xq_json_element (&list, i);
      XqSampleDimension dimension = { .name = xq_sample_reader_text (reader, &element, "name"),
                                      .offset = xq_sample_reader_int (reader, &element, "offset", -999, 999) };

      g_array_append_val (recipe->dimensions, dimension);
    }
}

void
xq_sample_reader_read_common (XqSampleReader *reader, XqSampleRecipe *recipe)
{
  static const char *const keys[] = { "kinds",
                                      "pools",
                                      "stem_suffixes",
                                      "merged_suffixes",
                                      "posts",
                                      "associations",
                                      "associations_by_kind",
                                      "secretary_backgrounds",
                                      "firms",
                                      "survey",
                                      NULL };
  XqJson root, json;
  g_autoptr (JsonNode) node = xq_sample_reader_parse (reader, "common.json", &root);

  xq_sample_reader_check (reader, &root, keys);
  read_kinds (reader, recipe, &root);
  read_pools (reader, recipe, &root);
  recipe->stem_suffixes = xq_sample_reader_strings (reader, &root, "stem_suffixes");
  recipe->merged_suffixes = xq_sample_reader_strings (reader, &root, "merged_suffixes");
  json = xq_json_member (&root, "posts");
  recipe->residents_posts = xq_sample_reader_strings (reader, &json, "residents");
  recipe->village_posts = xq_sample_reader_strings (reader, &json, "village");
  json = xq_json_member (&root, "associations");
  recipe->mass_names = xq_sample_reader_strings (reader, &json, "mass");
  recipe->resident_names = xq_sample_reader_strings (reader, &json, "resident");
  json = xq_json_member (&root, "associations_by_kind");
  recipe->with_mass = xq_sample_reader_int (reader, &json, "mass", 0, 1000);
  recipe->with_resident = xq_sample_reader_int (reader, &json, "resident", 0, 1000);
  xq_sample_reader_weights_by (reader, &root, "secretary_backgrounds", &XQ_ENUM_SECRETARY_BACKGROUND, recipe->backgrounds);
  json = xq_json_member (&root, "firms");
  recipe->firm_format = xq_sample_reader_text (reader, &json, "name");
  recipe->n_firms = xq_sample_reader_int (reader, &json, "number", 1, 99);
  read_survey_words (reader, recipe, &root);
  if (reader->error != NULL)
    g_prefix_error (&reader->error, "common.json: ");
}
