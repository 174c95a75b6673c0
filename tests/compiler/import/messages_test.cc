// What the importer says about graphs that contradict themselves or hold what cannot be compiled: one row a message.
#include <functional>

#include "tests/compiler/import/imported.h"

namespace cortado::compiler {
namespace {

using testing::expect_refused;
using testing::input;
using testing::Json;
using testing::meta;
using testing::node;
using testing::SmallArchive;
using testing::tensor;

struct Change {
  std::function<void(SmallArchive&)> make;
  std::vector<const char*> parts;  // of the message
};

Json& graph_of(SmallArchive& archive) { return archive.graph(); }
Json& inputs_of(SmallArchive& archive) { return archive.signature()["input_specs"]; }
Json& outputs_of(SmallArchive& archive) { return archive.signature()["output_specs"]; }

void expect_all_refused(const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    SmallArchive archive;
    change.make(archive);
    expect_refused(archive, change.parts);
  }
}

TEST(ImportMessages, OfTheGraphAsAWhole) {
  expect_all_refused({
      {[](auto& a) { a.program["graph_module"].erase("graph"); }, {"the program holds no graph"}},
      {[](auto& a) { graph_of(a).erase("tensor_values"); }, {"the graph has no types of tensors"}},
      {[](auto& a) { a.signature().erase("input_specs"); }, {"the graph has no list of inputs"}},
      {[](auto& a) { graph_of(a)["nodes"] = 3; }, {"the graph has no list of nodes"}},
      {[](auto& a) { a.signature().erase("output_specs"); }, {"the graph has no list of outputs"}},
  });
}

TEST(ImportMessages, OfInputs) {
  expect_all_refused({
      {[](auto& a) { inputs_of(a)[0] = 1; }, {"an input of the graph's signature is malformed: 1"}},
      {[](auto& a) { inputs_of(a)[0] = {{"token", {{"arg", {{"name", "t"}}}}}}; },
       {"the model orders side effects by tokens, which is not supported"}},
      {[](auto& a) { inputs_of(a)[0] = {{"custom_obj", {{"arg", {{"name", "o"}}}}}}; },
       {"the model takes a custom object, which is not supported"}},
      {[](auto& a) { inputs_of(a)[3]["user_input"]["arg"] = {{"as_int", 3}}; },
       {"an input of the model is no tensor: ", "as_int", "export it as a tensor, or as a constant"}},
      {[](auto& a) { graph_of(a)["tensor_values"]["x"]["layout"] = 1; },
       {"input 'x': a tensor is sparse, or of a layout other than strided", "make it dense before exporting"}},
      {[](auto& a) { graph_of(a)["tensor_values"].erase("p_w"); }, {"the type of tensor 'p_w' is missing"}},
      {[](auto& a) { graph_of(a)["tensor_values"]["x"].erase("sizes"); }, {"input 'x': a tensor's sizes are missing"}},
      {[](auto& a) { graph_of(a)["tensor_values"]["x"]["sizes"] = Json::array({testing::size_of(-1)}); },
       {"input 'x': a tensor's sizes are negative"}},
      {[](auto& a) { graph_of(a)["tensor_values"]["x"] = meta(7, std::vector<std::int64_t>(65, 1), {1}); },
       {"input 'x': a tensor has more than 64 dimensions"}},
      {[](auto& a) { graph_of(a)["tensor_values"]["x"] = meta(7, {4, 3}, {1}); },
       {"input 'x': a tensor's sizes and strides differ in number"}},
      {[](auto& a) { graph_of(a)["tensor_values"]["x"]["dtype"] = 99; }, {"input 'x': the element type 99 is unknown"}},
      {[](auto& a) { graph_of(a)["tensor_values"]["x"]["sizes"][1] = {{"as_expr", 3}}; },
       {"input 'x': a size is malformed: {\"as_expr\":3}"}},
  });
}

TEST(ImportMessages, OfWeights) {
  expect_all_refused({
      {[](auto& a) { a.weights["config"]["fc.weight"].erase("path_name"); },
       {"'fc.weight' in ", "model_weights_config.json: has no 'path_name'"}},
      {[](auto& a) { a.weights["config"]["fc.weight"]["tensor_meta"]["sizes"][0] = {{"as_float", 2.5}}; },
       {"'fc.weight'", "a size is not a number: {\"as_float\":2.5}"}},
      {[](auto& a) { a.weights["config"]["fc.weight"]["tensor_meta"]["dtype"] = 29; },
       {"'fc.weight'", "the element type float8_e4m3fn is not supported"}},
  });
}

TEST(ImportMessages, OfNodes) {
  const char* const where = "node 'add' (aten::add.Tensor), /home/me/net.py:5";
  expect_all_refused({
      {[](auto& a) { graph_of(a)["nodes"][1].erase("target"); }, {"a node of the graph is malformed: {\"inputs\""}},
      {[](auto& a) { graph_of(a)["nodes"][1]["outputs"][0] = {{"as_tensor", 3}}; },
       {"(aten::add.Tensor), /home/me/net.py:5", "a result has no name"}},
      {[](auto& a) { graph_of(a)["nodes"][1]["outputs"][0] = {{"as_int", 3}}; },
       {where, "a result is no tensor: {\"as_int\":3}"}},
      {[](auto& a) { graph_of(a)["nodes"][1]["inputs"][1] = input("other", tensor("later")); },
       {where, "argument 'other': names the tensor 'later', which nothing before it computes"}},
      {[](auto& a) { graph_of(a)["nodes"][1]["inputs"].push_back(input("b", {{"as_sym_bool", {{"as_name", "u"}}}})); },
       {where, "argument 'b': is a condition on dynamic sizes", "without dynamic_shapes"}},
      {[](auto& a) { graph_of(a)["nodes"][1]["inputs"].push_back(input("f", {{"as_sym_float", {{"as_name", "u"}}}})); },
       {where, "argument 'f': is a number computed from dynamic sizes", "without dynamic_shapes"}},
  });
}

TEST(ImportMessages, OfResults) {
  expect_all_refused({
      {[](auto& a) { outputs_of(a).push_back("loss"); }, {"an output of the graph's signature is malformed: \"loss\""}},
      {[](auto& a) { outputs_of(a).push_back({{"user_output", {{"arg", 3}}}}); },
       {"an output of the graph is malformed: {\"arg\":3}"}},
      {[](auto& a) { outputs_of(a).push_back({{"user_output", {{"arg", tensor("later")}}}}); },
       {"an output: names the tensor 'later'"}},
      {[](auto& a) { outputs_of(a).push_back({{"loss_output", {{"arg", {{"name", "add"}}}}}}); },
       {"the graph computes a loss_output, as for training", "model.eval(), without a loss"}},
      {[](auto& a) { outputs_of(a).push_back({{"buffer_mutation", {{"arg", {{"name", "add"}}}}}}); },
       {"a mutation in the graph's signature is malformed: {\"arg\":{\"name\":\"add\"}}"}},
      {[](auto& a) {
         outputs_of(a).push_back({{"buffer_mutation", {{"arg", {{"name", "later"}}}, {"buffer_name", "b"}}}});
       },
       {"the new content of 'b': names the tensor 'later'"}},
      {[](auto& a) {
         outputs_of(a).push_back({{"user_input_mutation", {{"arg", {{"name", "add"}}}, {"user_input_name", "z"}}}});
       },
       {"'z' is changed by the graph but is not one of its inputs"}},
  });
}

// --- torch.cond

// A branch that gives its operand back.
Json branch(Json nodes = Json::array(), const char* result = "t") {
  return {{"as_graph",
           {{"name", "branch"},
            {"graph",
             {{"inputs", Json::array({tensor("t")})},
              {"outputs", Json::array({tensor(result)})},
              {"nodes", std::move(nodes)},
              {"tensor_values",
               {{"t", meta(7, {4, 2}, {2, 1})}, {"r", meta(7, {4, 2}, {2, 1})}, {"s", meta(7, {4}, {1})}}}}}}}};
}

// `add` becomes cond(flag, branches, [linear]), with a truth value that depends on the input.
Json& conditional(SmallArchive& archive) {
  graph_of(archive)["tensor_values"]["flag"] = meta(12, {}, {});
  Json any = node("torch.ops.aten.any.default", {input("self", tensor("linear"))}, "flag");
  Json cond = node("torch.ops.higher_order.cond",
                   {input("", tensor("flag")), input("", branch()), input("", branch()),
                    input("", {{"as_tensors", Json::array({{{"name", "linear"}}})}})},
                   "add");
  graph_of(archive)["nodes"][1] = any;
  graph_of(archive)["nodes"].push_back(cond);
  return graph_of(archive)["nodes"][2]["inputs"];
}

TEST(ImportMessages, AConditionalIsImported) {
  SmallArchive archive;
  conditional(archive);
  EXPECT_EQ(testing::imported(archive).nodes().back()->op, "aten::where.self");
}

Json nested(int depth) {
  if (depth == 0) return branch();
  const Json inner = nested(depth - 1);
  return branch(Json::array({node("torch.ops.higher_order.cond",
                                  {input("", {{"as_bool", true}}), input("", inner), input("", inner),
                                   input("", {{"as_tensors", Json::array({{{"name", "t"}}})}})},
                                  "r")}),
                "r");
}

TEST(ImportMessages, OfConditionals) {
  const char* const where = "node 'add' (higher_order::cond), /home/me/net.py:5";
  const auto on_t = [](const char* target, const char* result) {
    return Json::array({node(target, {input("self", tensor("t"))}, result)});
  };
  expect_all_refused({
      {[](auto& a) { conditional(a)[2] = input("", tensor("x")); }, {where, "it has not two branches"}},
      {[](auto& a) { conditional(a)[0] = input("", tensor("linear")); }, {where, "its condition is no truth value"}},
      {[](auto& a) { conditional(a)[1]["arg"]["as_graph"]["graph"].erase("nodes"); }, {where, "a branch is malformed"}},
      {[&](auto& a) { conditional(a)[1] = input("", branch(on_t("torch.ops.aten.relu_.default", "r"), "r")); },
       {where, "a branch writes into a tensor", "compute a new tensor in the branch"}},
      {[](auto& a) { conditional(a)[1]["arg"]["as_graph"]["graph"]["inputs"][0] = {{"as_int", 1}}; },
       {where, "a branch takes something that is no tensor"}},
      {[](auto& a) { conditional(a)[1] = input("", branch(Json::array(), "later")); },
       {where, "a result of a branch: names the tensor 'later'"}},
      {[](auto& a) { conditional(a)[1]["arg"]["as_graph"]["graph"]["outputs"] = Json::array(); },
       {where, "its branches differ in the number of results"}},
      {[&](auto& a) { conditional(a)[1] = input("", branch(on_t("torch.ops.aten.sum.default", "s"), "s")); },
       {where, "its branches differ in the type of a result"}},
      {[](auto& a) {
         const Json deep = nested(8);
         Json& inputs = conditional(a);
         inputs[1] = inputs[2] = input("", deep);
       },
       {where, "conditions are nested deeper than 8"}},
  });
}

}  // namespace
}  // namespace cortado::compiler
