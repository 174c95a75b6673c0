#include "formats/pt2/write.h"

#include "formats/zip/writer.h"

namespace cortado::formats {
namespace {

Status add_text(ZipWriter& zip, const std::string& member, const std::string& text) {
  return zip.add("model/" + member, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

// One member a constant, and the list of them.
Status add_constants(ZipWriter& zip, const ir::Graph& graph) {
  Json config = Json::object();
  std::size_t count = 0;
  for (const auto& value : graph.values()) {
    if (value->kind != ir::ValueKind::constant) continue;
    const std::string member = "weight_" + std::to_string(count++);
    config[parameter_name(*value)] = {{"path_name", member},
                                      {"is_param", !is_buffer(*value)},
                                      {"use_pickle", false},
                                      {"tensor_meta", tensor_meta(value->type)}};
    CORTADO_CHECK(zip.add("model/data/weights/" + member, value->data.bytes()));
  }
  return add_text(zip, "data/weights/model_weights_config.json", Json{{"config", config}}.dump());
}

}  // namespace

Result<std::vector<std::uint8_t>> write_pt2(const ir::Graph& graph) {
  for (const auto& value : graph.values())
    if (value->kind == ir::ValueKind::state)
      return input_error("a graph with state cannot be written as .pt2: '" + value->name + "'");
  ZipWriter zip;
  CORTADO_CHECK(add_text(zip, "archive_format", "pt2"));
  CORTADO_CHECK(add_text(zip, "archive_version", "0"));
  CORTADO_CHECK(add_text(zip, "byteorder", "little"));
  CORTADO_CHECK(add_text(zip, "models/model.json", exported_program(graph).dump()));
  CORTADO_CHECK(add_constants(zip, graph));
  CORTADO_CHECK(add_text(zip, "data/constants/model_constants_config.json", "{\"config\": {}}"));
  CORTADO_CHECK(add_text(zip, "data/sample_inputs/model.pt", ""));
  CORTADO_CHECK(add_text(zip, ".data/version", "6\n"));
  return zip.finish();
}

}  // namespace cortado::formats
