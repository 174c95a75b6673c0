// A small .pt2 made in the test: y = linear(x, w, b) + buffer, in torch.export's own form.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "compiler/import/import.h"
#include "formats/json.h"
#include "formats/zip/writer.h"

namespace cortado::testing {

using formats::Json;

inline Json size_of(std::int64_t value) { return {{"as_int", value}}; }

inline Json meta(int scalar_type, const std::vector<std::int64_t>& sizes, const std::vector<std::int64_t>& strides,
                 std::int64_t offset = 0) {
  Json json = {{"dtype", scalar_type},
               {"sizes", Json::array()},
               {"strides", Json::array()},
               {"requires_grad", false},
               {"device", {{"type", "cpu"}, {"index", nullptr}}},
               {"layout", 7}};
  for (const std::int64_t size : sizes) json["sizes"].push_back(size_of(size));
  for (const std::int64_t stride : strides) json["strides"].push_back(size_of(stride));
  json["storage_offset"] = size_of(offset);
  return json;
}

inline Json tensor(const char* name) { return {{"as_tensor", {{"name", name}}}}; }

inline Json input(const char* name, Json argument) {
  return {{"name", name}, {"arg", std::move(argument)}, {"kind", 1}};
}

inline Json node(const char* target, Json inputs, const char* result) {
  return {{"target", target},
          {"inputs", std::move(inputs)},
          {"outputs", Json::array({tensor(result)})},
          {"metadata",
           {{"stack_trace", "  File \"/home/me/net.py\", line 5, in forward\n    return self.fc(x) + self.b\n"},
            {"nn_module_stack", "L__self__,,net.Net;1,fc,torch.nn.modules.linear.Linear"}}},
          {"name", result}};
}

struct SmallArchive {
  Json program;
  Json weights;
  std::map<std::string, std::string> members;  // without the top folder

  SmallArchive() {
    members = {{"archive_format", "pt2"}, {"archive_version", "0"}, {"byteorder", "little"}};
    members["data/weights/weight_0"] = floats({1, 2, 3, 4, 5, 6});
    members["data/weights/weight_1"] = floats({10, 20});
    weights["config"] = {{"fc.weight", payload("weight_0", meta(7, {2, 3}, {3, 1}))},
                         {"fc.bias", payload("weight_1", meta(7, {2}, {1}))},
                         {"b", payload("weight_1", meta(7, {2}, {1}))}};
    Json& graph = program["graph_module"]["graph"];
    graph["nodes"] = Json::array(
        {node("torch.ops.aten.linear.default",
              {input("input", tensor("x")), input("weight", tensor("p_w")), input("bias", tensor("p_b"))}, "linear"),
         node("torch.ops.aten.add.Tensor", {input("self", tensor("linear")), input("other", tensor("b_b"))}, "add")});
    graph["tensor_values"] = {{"x", meta(7, {4, 3}, {3, 1})},      {"p_w", meta(7, {2, 3}, {3, 1})},
                              {"p_b", meta(7, {2}, {1})},          {"b_b", meta(7, {2}, {1})},
                              {"linear", meta(7, {4, 2}, {2, 1})}, {"add", meta(7, {4, 2}, {2, 1})}};
    program["graph_module"]["signature"] = {
        {"input_specs",
         {{{"parameter", {{"arg", {{"name", "p_w"}}}, {"parameter_name", "fc.weight"}}}},
          {{"parameter", {{"arg", {{"name", "p_b"}}}, {"parameter_name", "fc.bias"}}}},
          {{"buffer", {{"arg", {{"name", "b_b"}}}, {"buffer_name", "b"}, {"persistent", true}}}},
          {{"user_input", {{"arg", tensor("x")}}}}}},
        {"output_specs", Json::array({{{"user_output", {{"arg", tensor("add")}}}}})}};
    program["schema_version"] = {{"major", 8}, {"minor", 20}};
  }

  static std::string floats(const std::vector<float>& values) {
    std::string bytes(values.size() * 4, '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
  }
  static Json payload(const char* path, Json tensor_meta) {
    return {{"path_name", path}, {"is_param", true}, {"use_pickle", false}, {"tensor_meta", std::move(tensor_meta)}};
  }

  Json& graph() { return program["graph_module"]["graph"]; }
  Json& signature() { return program["graph_module"]["signature"]; }

  std::vector<std::uint8_t> bytes() const {
    formats::ZipWriter zip;
    auto all = members;
    all.emplace("models/model.json", program.dump());
    all.emplace("data/weights/model_weights_config.json", weights.dump());
    for (const auto& [name, content] : all)
      EXPECT_TRUE(content == "<none>" || zip.add("net/" + name, as_bytes(content)));
    return zip.finish();
  }

  Result<ir::Graph> import(const compiler::ImportOptions& options = {}) const { return import_bytes(bytes(), options); }

  static Result<ir::Graph> import_bytes(const std::vector<std::uint8_t>& bytes,
                                        const compiler::ImportOptions& options = {}) {
    auto archive = formats::Pt2Archive::parse(bytes);
    if (!archive) return std::move(archive).error();
    return compiler::import_archive(archive.value(), options);
  }

 private:
  static std::span<const std::uint8_t> as_bytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
  }
};

}  // namespace cortado::testing
