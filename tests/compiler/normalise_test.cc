// Normalisation keeps what a graph computes: every shared program runs before and after.
#include "compiler/normalise/normalise.h"

#include <iostream>
#include <set>

#include "compiler/normalise/passes.h"
#include "ir/text.h"
#include "ops/definition.h"
#include "tests/compiler/evaluated_case.h"

namespace cortado::compiler {
namespace {

namespace fs = std::filesystem;

// Operators that must be gone afterwards, wherever they came from.
const std::set<std::string> not_canonical = {"aten::conv1d.default",
                                             "aten::convolution.default",
                                             "aten::addmm.default",
                                             "aten::mm.default",
                                             "aten::matmul.default",
                                             "aten::reshape.default",
                                             "aten::flatten.using_ints",
                                             "aten::squeeze.dim",
                                             "aten::unsqueeze.default",
                                             "aten::transpose.int",
                                             "aten::t.default",
                                             "aten::dropout.default",
                                             "aten::clone.default",
                                             "aten::contiguous.default",
                                             "aten::batch_norm.default",
                                             "aten::_native_batch_norm_legit_no_training.default",
                                             "aten::relu6.default",
                                             "aten::softmax.int",
                                             "aten::chunk.default",
                                             "aten::split.Tensor",
                                             "aten::unbind.int",
                                             "aten::stack.default",
                                             "aten::lstm.input",
                                             "aten::gru.input",
                                             "aten::scaled_dot_product_attention.default",
                                             "aten::_transformer_encoder_layer_fwd.default",
                                             "aten::zeros.default"};

Result<std::vector<ir::Tensor>> run_normalised(const fs::path& model, const std::vector<ir::Tensor>& inputs,
                                               ir::Graph& graph) {
  CORTADO_TRY(graph, import_model(model));
  CORTADO_CHECK(normalise(graph));
  return interpret(graph, testing::inputs_of(graph, inputs));
}

double largest_step(const ir::Graph& graph) {
  double step = 0;
  for (const ir::Output& output : graph.outputs())
    if (const ir::Node* producer = output.value->producer; producer != nullptr)
      if (const auto* scale = producer->find("scale")) step = std::max(step, std::get<double>(*scale));
  return step;
}

std::string verdict(const fs::path& folder, const char* model, const char* outputs, double relative, int steps) {
  auto evaluated = testing::read_case(folder, outputs);
  if (!evaluated) return evaluated.error().text();
  ir::Graph graph;
  const auto results = run_normalised(folder / model, evaluated.value().inputs, graph);
  if (!results) return results.error().text();
  for (std::size_t i = 0; i < evaluated.value().expected.size(); ++i) {
    const auto difference = testing::compare(results.value()[i], evaluated.value().expected[i]);
    if (!difference) return difference.error().text();
    if (difference.value().largest >
        relative * difference.value().magnitude + 1e-6 + largest_step(graph) * (steps + 0.01))
      return "output " + std::to_string(i) + ": the largest difference is " +
             std::to_string(difference.value().largest) + " of " + std::to_string(difference.value().magnitude);
  }
  for (const auto& node : graph.nodes())
    if (not_canonical.count(node->op) != 0) return node->op + " is still there";
  const std::string once = ir::to_text(graph);
  if (Status again = normalise(graph); !again) return again.error().text();
  return ir::to_text(graph) == once ? "" : "normalising again changes the graph";
}

// `steps` of quantization: a rounding in the middle of a network may fall the other way, and grow.
void check_normalised(const char* kind, const char* model, const char* outputs, double relative, int steps = 1) {
  const fs::path folder = testing::shared_folder() / "conformance" / kind;
  CORTADO_SKIP_WITHOUT(folder);
  int total = 0;
  for (const fs::path& file : testing::files_below(folder, ".pt2")) {
    if (file.filename() != model) continue;
    EXPECT_EQ(verdict(file.parent_path(), model, outputs, relative, steps), "") << file;
    ++total;
  }
  EXPECT_GT(total, 0);
}

// The tolerance has room for folded batch norm and for masks of −16 in place of −∞.
TEST(Normalise, FloatOperatorsKeepTheirMeaning) { check_normalised("operators", "float.pt2", "float_out.npz", 2e-5); }
TEST(Normalise, FloatNetworksKeepTheirMeaning) { check_normalised("networks", "float.pt2", "float_out.npz", 2e-5); }
TEST(Normalise, QuantizedOperatorsKeepTheirMeaning) { check_normalised("operators", "qdq.pt2", "qdq_out.npz", 1e-5); }
TEST(Normalise, QuantizedNetworksKeepTheirMeaning) { check_normalised("networks", "qdq.pt2", "qdq_out.npz", 1e-5, 2); }

}  // namespace
}  // namespace cortado::compiler
