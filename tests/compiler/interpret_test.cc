// The interpreter against PyTorch, on every shared case: the float program and the quantized one.
#include <iostream>

#include "compiler/normalise/passes.h"
#include "tests/compiler/evaluated_case.h"

namespace cortado::compiler {
namespace {

namespace fs = std::filesystem;

// Cases that are refused for a good reason.
bool is_refused(const std::string& name) { return name == "portable_int8__cond"; }

Result<std::vector<ir::Tensor>> run(const fs::path& model, const std::vector<ir::Tensor>& inputs, double& step) {
  CORTADO_TRY(ir::Graph graph, import_model(model));
  CORTADO_CHECK(functionalise(graph));
  for (const ir::Output& output : graph.outputs())
    if (const ir::Node* producer = output.value->producer; producer != nullptr)
      if (const auto* scale = producer->find("scale")) step = std::max(step, std::get<double>(*scale));
  return interpret(graph, testing::inputs_of(graph, inputs));
}

// "" when all outputs are within `relative` of the largest expected number, or within one step of quantization.
std::string verdict(const fs::path& folder, const char* model, const char* outputs, double relative, int steps,
                    bool& exact) {
  auto evaluated = testing::read_case(folder, outputs);
  if (!evaluated) return evaluated.error().text();
  double step = 0;
  const auto results = run(folder / model, evaluated.value().inputs, step);
  if (!results) return results.error().text();
  if (results.value().size() < evaluated.value().expected.size()) return "too few outputs";
  exact = true;
  for (std::size_t i = 0; i < evaluated.value().expected.size(); ++i) {
    const auto difference = testing::compare(results.value()[i], evaluated.value().expected[i]);
    if (!difference) return difference.error().text();
    const auto& [largest, magnitude, differing] = difference.value();
    exact = exact && differing == 0;
    if (largest > relative * magnitude + 1e-6 + step * (steps + 0.01))
      return "output " + std::to_string(i) + ": " + std::to_string(differing) + " of " +
             std::to_string(results.value()[i].elements()) + " differ, the largest by " + std::to_string(largest) +
             " of " + std::to_string(magnitude) + ", a step is " + std::to_string(step);
  }
  return "";
}

// `steps` of quantization: a rounding in the middle of a network may fall the other way, and grow.
void check_interpreted(const char* kind, const char* model, const char* outputs, double relative, int steps = 1) {
  const fs::path folder = testing::shared_folder() / "conformance" / kind;
  CORTADO_SKIP_WITHOUT(folder);
  int passed = 0, exact = 0, total = 0;
  for (const fs::path& file : testing::files_below(folder, ".pt2")) {
    if (file.filename() != model || is_refused(file.parent_path().filename())) continue;
    bool is_exact = false;
    const std::string problem = verdict(file.parent_path(), model, outputs, relative, steps, is_exact);
    EXPECT_EQ(problem, "") << file;
    ++total;
    passed += problem.empty();
    exact += problem.empty() && is_exact;
  }
  std::cout << kind << " " << model << ": " << passed << " of " << total << " agree, " << exact << " in every bit\n";
  EXPECT_GT(total, 0);
}

TEST(Interpret, FloatOperatorsAgreeWithPyTorch) { check_interpreted("operators", "float.pt2", "float_out.npz", 2e-5); }
TEST(Interpret, FloatNetworksAgreeWithPyTorch) { check_interpreted("networks", "float.pt2", "float_out.npz", 2e-5); }
TEST(Interpret, QuantizedOperatorsAgreeWithPyTorch) { check_interpreted("operators", "qdq.pt2", "qdq_out.npz", 1e-5); }
TEST(Interpret, QuantizedNetworksAgreeWithPyTorch) { check_interpreted("networks", "qdq.pt2", "qdq_out.npz", 1e-5, 2); }

}  // namespace
}  // namespace cortado::compiler
