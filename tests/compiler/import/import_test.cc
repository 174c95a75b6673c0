#include "compiler/import/import.h"

#include <cmath>

#include "ir/text.h"
#include "tests/compiler/import/imported.h"

namespace cortado::compiler {
namespace {

using testing::expect_refused;
using testing::imported;
using testing::Json;
using testing::SmallArchive;
using testing::value_named;

TEST(Import, TheGraphIsThere) {
  const ir::Graph graph = imported(SmallArchive());
  ASSERT_EQ(graph.nodes().size(), 2u);
  const ir::Node& linear = *graph.nodes().front();
  EXPECT_EQ(linear.op, "aten::linear.default");
  EXPECT_EQ(linear.name, "linear");
  EXPECT_EQ(linear.source.text(), "/home/me/net.py:5: return self.fc(x) + self.b (in fc)");
  EXPECT_EQ(graph.inputs.size(), 1u);
  EXPECT_EQ(graph.outputs()[0].name, "add");
  const ir::Value* weight = value_named(graph, "p_w");
  ASSERT_NE(weight, nullptr);
  EXPECT_EQ(weight->kind, ir::ValueKind::constant);
  EXPECT_EQ(weight->source_name, "fc.weight");
  EXPECT_EQ(weight->data.data<float>()[5], 6.0f);
}

TEST(Import, TheSameElementsAreOneConstant) {
  // fc.bias and b are the same storage in SmallArchive.
  const ir::Graph graph = imported(SmallArchive());
  EXPECT_EQ(value_named(graph, "b_b"), nullptr);
  EXPECT_EQ(value_named(graph, "p_b")->users.size(), 2u);
}

TEST(Import, StridesAndOffsetsAreResolved) {
  SmallArchive archive;
  archive.weights["config"]["fc.weight"]["tensor_meta"] = testing::meta(7, {2, 3}, {1, 2});
  archive.weights["config"]["b"] = SmallArchive::payload("weight_0", testing::meta(7, {2}, {0}, 4));
  const ir::Graph graph = imported(archive);
  const float* weight = value_named(graph, "p_w")->data.data<float>();
  EXPECT_EQ(std::vector<float>(weight, weight + 6), (std::vector<float>{1, 3, 5, 2, 4, 6}));
  const float* expanded = value_named(graph, "b_b")->data.data<float>();
  EXPECT_EQ(std::vector<float>(expanded, expanded + 2), (std::vector<float>{5, 5}));
}

TEST(Import, NotANumberIsReadAsItIs) {
  SmallArchive archive;
  archive.members["data/weights/weight_1"] = SmallArchive::floats({std::nanf(""), 1});
  EXPECT_TRUE(std::isnan(value_named(imported(archive), "p_b")->data.data<float>()[0]));
}

TEST(Import, InputsKeepTheirMemoryFormat) {
  SmallArchive archive;
  archive.graph()["tensor_values"]["x"] = testing::meta(7, {4, 3}, {1, 4});
  EXPECT_EQ(imported(archive).inputs[0]->type.dim_order, (std::vector<std::uint8_t>{1, 0}));
}

// --- arguments

TEST(Import, EveryKindOfArgumentHasItsPlace) {
  SmallArchive archive;
  Json& inputs = archive.graph()["nodes"][1]["inputs"];
  const auto add = [&](const char* tag, Json value) {
    inputs.push_back(testing::input(tag, {{tag, std::move(value)}}));
  };
  const Json x = {{"name", "x"}};
  add("as_none", true);
  add("as_tensors", Json::array({x, x}));
  add("as_optional_tensors", Json::array({{{"as_tensor", x}}, {{"as_none", true}}}));
  add("as_optional_tensor", {{"as_none", true}});
  add("as_int", -7);
  add("as_ints", {1, 2});
  add("as_float", "-Infinity");
  add("as_floats", {0.5, 1});
  add("as_bool", true);
  add("as_bools", {true, false});
  add("as_string", "reflect");
  add("as_scalar_type", 12);
  add("as_memory_format", 2);
  add("as_layout", 7);
  add("as_device", {{"type", "cpu"}, {"index", nullptr}});
  add("as_sym_int", {{"as_int", 9}});
  add("as_sym_ints", Json::array({{{"as_int", 3}}}));
  add("as_sym_bool", {{"as_bool", false}});
  add("as_sym_float", {{"as_float", 2.5}});
  const ir::Graph graph = imported(archive);
  const std::string text = ir::to_text(graph, {.sources = false});
  const std::string expected =
      "as_none=none, as_tensors=[%x, %x], as_optional_tensors=[%x, none], as_optional_tensor=none, as_int=-7, "
      "as_ints=[1, 2], as_float=-inf, as_floats=[0.5, 1.0], as_bool=true, as_bools=[true, false], "
      "as_string=\"reflect\", "
      "as_scalar_type=bool, as_memory_format=\"channels_last\", as_layout=\"strided\", as_device=\"cpu\", "
      "as_sym_int=9, "
      "as_sym_ints=[3], as_sym_bool=false, as_sym_float=2.5)";
  EXPECT_NE(text.find(expected), std::string::npos) << text;
}

TEST(Import, ArgumentsWithoutAPlaceAreRefusedByName) {
  const struct {
    const char* tag;
    Json value;
    const char* reason;
  } kinds[] = {
      {"as_graph", {{"name", "g"}}, "is a graph: of control flow only torch.cond is supported"},
      {"as_operator", "add", "is an operator: higher-order operators are not supported"},
      {"as_custom_obj", {{"name", "o"}}, "is a custom object, which is not supported"},
      {"as_complex", {{"real", 0}}, "is a complex number, which is not supported"},
      {"as_strings", {"a"}, "is a list of strings, which is not supported"},
      {"as_nested_tensors", Json::array(), "is a list of lists of tensors, which is not supported"},
      {"as_int_lists", Json::array(), "is a list of lists, which is not supported"},
      {"as_string_to_argument", Json::object(), "is a dictionary, which is not supported"},
      {"as_later_invention", 1, "is of the unknown kind 'as_later_invention'"},
  };
  for (const auto& [tag, value, reason] : kinds) {
    SmallArchive archive;
    archive.graph()["nodes"][1]["inputs"].push_back(testing::input("alpha", {{tag, value}}));
    const std::string place = std::string("argument 'alpha': ") + reason;
    expect_refused(archive, {"node 'add' (aten::add.Tensor)", "net.py:5", place.c_str()});
  }
}

TEST(Import, MalformedArgumentsAreErrors) {
  const Json arguments[] = {
      {{"as_int", 0.5}},
      {{"as_int", 18446744073709551615u}},
      {{"as_ints", {1, "2"}}},
      {{"as_float", "many"}},
      {{"as_bool", 1}},
      {{"as_tensor", 3}},
      {{"as_tensors", 3}},
      {{"as_memory_format", 0}},
      {{"as_device", "cpu"}},
      Json::object(),
      Json::array(),
      nullptr,
      {{"as_int", 1}, {"as_float", 1}},
      {{"as_sym_int", {{"as_name", "nowhere"}}}},
  };
  for (const Json& argument : arguments) {
    SmallArchive archive;
    archive.graph()["nodes"][1]["inputs"].push_back(testing::input("alpha", argument));
    expect_refused(archive, {"argument 'alpha': ", "is malformed: "});
  }
}

// --- buffers that change

TEST(Import, ABufferWrittenInPlaceIsState) {
  SmallArchive archive;
  archive.graph()["nodes"][1] = testing::node(
      "torch.ops.aten.add_.Tensor",
      {testing::input("self", testing::tensor("b_b")), testing::input("other", testing::tensor("p_b"))}, "add");
  // fc.bias is the same storage and was named first: who reads the one sees the other's changes.
  const ir::Graph graph = imported(archive);
  EXPECT_EQ(value_named(graph, "b_b"), nullptr);
  EXPECT_EQ(value_named(graph, "p_b")->kind, ir::ValueKind::state);
  EXPECT_EQ(value_named(graph, "p_w")->kind, ir::ValueKind::constant);
}

TEST(Import, DeclaredMutationsAreKept) {
  SmallArchive archive;
  archive.graph()["tensor_values"]["add"] = testing::meta(7, {2}, {1});
  archive.members["data/weights/weight_2"] = SmallArchive::floats({30, 40});
  archive.weights["config"]["b"] = SmallArchive::payload("weight_2", testing::meta(7, {2}, {1}));
  archive.signature()["output_specs"].push_back(
      {{"buffer_mutation", {{"arg", {{"name", "add"}}}, {"buffer_name", "b"}}}});
  const ir::Graph graph = imported(archive);
  ASSERT_EQ(graph.mutations().size(), 1u);
  EXPECT_EQ(graph.mutations()[0].target->name, "b_b");
  EXPECT_EQ(graph.mutations()[0].target->kind, ir::ValueKind::state);
  EXPECT_EQ(graph.mutations()[0].value->name, "add");
}

TEST(Import, ResultsThatAreNoTensorsAreLeftOut) {
  SmallArchive archive;
  archive.program["graph_module"]["module_call_graph"] =
      Json::array({{{"fqn", ""}, {"signature", {{"in_spec", "[1, {}]"}, {"out_spec", "[1, {}]"}}}}});
  EXPECT_EQ(imported(archive).output_spec, "[1, {}]");
  archive.signature()["output_specs"].push_back({{"user_output", {{"arg", {{"as_none", true}}}}}});
  std::vector<std::string> notices;
  const ir::Graph graph = imported(archive, {.notices = &notices});
  EXPECT_EQ(graph.outputs().size(), 1u);
  EXPECT_EQ(graph.input_spec, "[1, {}]");
  EXPECT_EQ(graph.output_spec, "");
  EXPECT_EQ(notices.size(), 1u);
}

TEST(Import, TrainingOutputsAreRefused) {
  SmallArchive archive;
  archive.signature()["output_specs"].push_back({{"loss_output", {{"arg", {{"name", "add"}}}}}});
  expect_refused(archive, {"loss_output", "eval()"});
}

// --- sizes

SmallArchive with_dynamic_batch() {
  SmallArchive archive;
  const Json symbol = {
      {"as_expr", {{"expr_str", "Symbol('s0', positive=True, integer=True)"}, {"hint", {{"as_int", 4}}}}}};
  for (const char* name : {"x", "linear", "add"}) archive.graph()["tensor_values"][name]["sizes"][0] = symbol;
  archive.graph()["sym_int_values"]["rows"] = symbol;
  Json size = testing::node("torch.ops.aten.sym_size.int", {testing::input("self", testing::tensor("x"))}, "rows");
  size["outputs"] = Json::array({{{"as_sym_int", {{"as_name", "rows"}}}}});
  archive.graph()["nodes"].insert(archive.graph()["nodes"].begin(), size);
  archive.graph()["nodes"][2]["inputs"].push_back(testing::input("alpha", {{"as_sym_int", {{"as_name", "rows"}}}}));
  return archive;
}

TEST(Import, ADynamicSizeBecomesTheExamplesWithANotice) {
  std::vector<std::string> notices;
  const ir::Graph graph = imported(with_dynamic_batch(), {.notices = &notices});
  EXPECT_EQ(graph.inputs[0]->type.shape, (ir::Shape{4, 3}));
  EXPECT_EQ(graph.nodes().size(), 2u);  // the size is a number, no node
  EXPECT_EQ(*std::get_if<std::int64_t>(graph.nodes().back()->find("alpha")), 4);
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_NE(notices[0].find("'x': dimension 0"), std::string::npos) << notices[0];
}

TEST(Import, TheBatchCanBeChosen) {
  std::vector<std::string> notices;
  const ir::Graph graph = imported(with_dynamic_batch(), {.batch = 1, .notices = &notices});
  EXPECT_EQ(graph.inputs[0]->type.shape, (ir::Shape{1, 3}));
  EXPECT_EQ(graph.outputs()[0].value->type.shape, (ir::Shape{1, 2}));
  EXPECT_EQ(*std::get_if<std::int64_t>(graph.nodes().back()->find("alpha")), 1);
  EXPECT_TRUE(notices.empty());
}

TEST(Import, AnotherDynamicDimensionThanTheBatchIsRefusedByName) {
  SmallArchive archive = with_dynamic_batch();
  archive.graph()["tensor_values"]["x"]["sizes"][1] = {
      {"as_expr", {{"expr_str", "Symbol('s1', integer=True)"}, {"hint", {{"as_int", 3}}}}}};
  expect_refused(archive, {"'x': dimension 1 is dynamic", "--batch N"});
}

TEST(Import, ASizeWithoutAnExampleIsRefused) {
  SmallArchive archive = with_dynamic_batch();
  archive.graph()["tensor_values"]["add"]["sizes"][0] = {
      {"as_expr", {{"expr_str", "Symbol('u7', integer=True)"}, {"hint", nullptr}}}};
  expect_refused(archive, {"the size Symbol('u7', integer=True) is dynamic and cannot be computed ahead of time",
                           "without dynamic_shapes"});
}

}  // namespace
}  // namespace cortado::compiler
