// A standard test of every source operator: a random call in float, calibrated on the numbers it is run on, compiles,
// loads and runs, or is refused with a reason; and in int8 it gives what the operator means on the numbers that the
// quantized operands stand for, to so many steps as its folder states (ops/int8_error.h), in float to rounding.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "compiler/calibrate/calibrate.h"
#include "compiler/compile.h"
#include "compiler/interpret/interpreter.h"
#include "ir/clone.h"
#include "ir/text.h"
#include "ops/int8_error.h"
#include "runtime/host/session.h"
#include "tests/standard/source_operators.h"

namespace cortado::tests {
namespace {

using compiler::CompileOptions;

Result<compiler::Compiled> compile(const RandomNode& call, const CompileOptions& options) {
  const compiler::TensorSamples samples({call.inputs});
  compiler::CalibrationOptions calibration;
  calibration.threads = 1;
  calibration.progress = false;
  return compiler::compile(
      ir::clone(call.graph),
      [&](const ir::Graph& normalised) { return compiler::calibrate(normalised, samples, calibration); }, options);
}

// What the typed graph means: every operator on real numbers, its result rounded to the result's parameters.
Result<std::vector<ir::Tensor>> meaning(const RandomNode& call) {
  CompileOptions options;
  options.stop_after = "fuse_activations";
  CORTADO_TRY(const compiler::Compiled typed, compile(call, options));
  return compiler::interpret(typed.graph, call.inputs);
}

// The scale that output `i` is dequantized with, 0 where it is not.
double output_scale(const ir::Graph& lowered, std::size_t i) {
  const ir::Node* producer = lowered.outputs()[i].value->producer;
  if (producer == nullptr || producer->op != "cortex_m::dequantize_per_tensor.out") return 0;
  return std::get<double>(*producer->find("scale"));
}

bool takes_reals(const ir::Graph& graph) {
  return std::any_of(graph.inputs.begin(), graph.inputs.end(),
                     [](const ir::Value* x) { return x->type.dtype == DType::f32; });
}

class Int8 : public SourceOperatorTest {
 protected:
  // False: refused.
  bool check(const RandomNode& call) {
    bool ran = false;
    run(call, ran);
    return ran;
  }

 private:
  void run(const RandomNode& call, bool& ran) {
    const std::string text = ir::to_text(call.graph, {.data = true});
    const auto compiled = compile(call, {});
    if (!compiled) {
      ASSERT_EQ(compiled.error().fault, Fault::input) << compiled.error().text() << "\n" << text;
      return;
    }
    const auto expected = meaning(call);
    ASSERT_TRUE(expected) << expected.error().text() << "\n" << text;
    auto session = runtime::Session::load(compiled.value().bytes, "call.pte");
    ASSERT_TRUE(session) << session.error().text() << "\n" << text;
    const auto outputs = session.value().run(call.inputs);
    ASSERT_TRUE(outputs) << outputs.error().text() << "\n" << text;
    ASSERT_EQ(outputs.value().size(), expected.value().size()) << text;
    for (std::size_t i = 0; i < outputs.value().size(); ++i)
      compare(outputs.value()[i], expected.value()[i], output_scale(compiled.value().graph, i), text);
    ran = true;
  }
  void compare(const ir::Tensor& actual, const ir::Tensor& expected, double scale, const std::string& text) {
    ASSERT_EQ(actual.shape(), expected.shape()) << text;
    ASSERT_EQ(actual.dtype(), expected.dtype()) << text;
    const double steps = ops::int8_error(GetParam()->op).steps;
    for (std::int64_t i = 0; i < actual.elements(); ++i) {
      const double a = actual.as_double(i), e = expected.as_double(i);
      if (a == e || !std::isfinite(e)) continue;  // int8 has no infinities
      const double allowed = scale != 0 ? (steps + 0.01) * scale : 1e-4 * (1 + std::fabs(e));
      ASSERT_LE(std::fabs(a - e), allowed) << a << " instead of " << e << ", scale " << scale << "\n" << text;
    }
  }
};

// ./dev test --thorough: 100 calls of each operator.
TEST_P(Int8, IsTheMeaningOfItsNumbers) {
  bool takes_any = false;
  const int ran = for_each_node(std::getenv("CORTADO_THOROUGH") != nullptr ? 100 : 8, [&](const RandomNode& call) {
    if (!takes_reals(call.graph)) return false;
    takes_any |= call.graph.outputs().size() == 1;
    return check(call);
  });
  const bool has_int8_form = GetParam()->lower != nullptr && GetParam()->op.starts_with("aten::");
  EXPECT_TRUE(ran > 0 || !takes_any || !has_int8_form);
}

INSTANTIATE_TEST_SUITE_P(Operators, Int8, source_operators(), operator_name_of);

}  // namespace
}  // namespace cortado::tests
