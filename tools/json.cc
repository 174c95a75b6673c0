#include "tools/json.h"

#include <cstdio>

namespace cortado::tools {

void print_json(const Json& json) {
  const std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace);
  std::printf("%s\n", text.c_str());
}

Json describe(const std::string& name, const ir::Type& type) {
  Json json = {{"name", name}, {"dtype", cortado::name(type.dtype)}, {"shape", type.shape}};
  json["dim_order"] = Json::array();
  for (const std::uint8_t dim : type.full_dim_order()) json["dim_order"].push_back(static_cast<int>(dim));
  return json;
}

Json elements(const ir::Tensor& tensor) {
  Json list = Json::array();
  for (std::int64_t i = 0; i < tensor.elements(); ++i) {
    if (is_float(tensor.dtype()))
      list.push_back(tensor.as_double(i));
    else if (tensor.dtype() == DType::boolean)
      list.push_back(tensor.as_int(i) != 0);
    else
      list.push_back(tensor.as_int(i));
  }
  return list;
}

}  // namespace cortado::tools
