// What only the native form has in int8 (normalisations, log_softmax) is there in float models, and float with a
// warning in the operators of ExecuTorch.
#include <gtest/gtest.h>

#include "ir/text.h"
#include "tests/native/float_model.h"
#include "tests/native/run_program.h"

namespace cortado::compiler {
namespace {

// A layer over the channels of an image, groups of channels, and single channels.
constexpr char network[] = R"(graph "forward"
input %x : f32[1, 8, 6, 6]
constant %w : f32[8] = [1.0, 0.5, -0.75, 1.25, 1.5, 0.25, 0.0, 2.0]
constant %b : f32[8] = [0.0, 0.1, -0.2, 0.3, 0.4, -0.5, 0.6, 0.7]
%pixels : f32[1, 6, 6, 8] = aten::permute.default(self=%x, dims=[0, 2, 3, 1])
%layer : f32[1, 6, 6, 8], %mean : f32[1, 6, 6, 1], %rstd : f32[1, 6, 6, 1] = aten::native_layer_norm.default(input=%pixels, normalized_shape=[8], weight=%w, bias=%b, eps=1e-5)
%image : f32[1, 8, 6, 6] = aten::permute.default(self=%layer, dims=[0, 3, 1, 2])
%groups : f32[1, 8, 6, 6] = aten::group_norm.default(input=%image, num_groups=2, weight=%b, bias=%w)
%single : f32[1, 8, 6, 6] = aten::instance_norm.default(input=%groups, weight=none, bias=none, running_mean=none, running_var=none, use_input_stats=true, momentum=0.1, eps=1e-5, cudnn_enabled=false)
%logarithm : f32[1, 8, 6, 6] = aten::_log_softmax.default(self=%single, dim=1, half_to_float=false)
output %logarithm "y"
)";

Result<Compiled> compile_network(const CompileOptions& options) {
  CORTADO_TRY(ir::Graph graph, ir::parse_text(network));
  return compile(std::move(graph), testing::ranges_of_made_up_samples, options);
}

std::vector<ir::Tensor> run(const Compiled& compiled) {
  auto session = testing::load_program(compiled.bytes);
  ops::Random random(1);
  ir::Tensor x(DType::f32, {1, 8, 6, 6});
  for (std::int64_t i = 0; i < x.elements(); ++i) x.mutable_data<float>()[i] = random.unit() * 4 - 2;
  return session ? testing::run_session(*session, {x}) : std::vector<ir::Tensor>();
}

TEST(NativeOperators, AreInt8InTheNativeForm) {
  const auto plain = compile_network({});
  ASSERT_TRUE(plain) << plain.error().text();
  EXPECT_EQ(plain.value().report.float_operators.size(), 4u);
  const std::vector<ir::Tensor> expected = run(plain.value());
  ASSERT_EQ(expected.size(), 1u);
  for (const auto& [optimize, materialise] :
       {std::pair{Optimize::time, false}, std::pair{Optimize::ram, false}, std::pair{Optimize::ram, true}}) {
    CompileOptions options;
    options.dialect = Dialect::cortado;
    options.optimize = optimize;
    options.materialise = materialise;
    options.require_int8 = true;
    const auto native = compile_network(options);
    ASSERT_TRUE(native) << native.error().text();
    const std::vector<ir::Tensor> outputs = run(native.value());
    ASSERT_EQ(outputs.size(), 1u);
    // Statistics in integers and in float may part where a result is half-way between two steps.
    constexpr double step = 10.0 / 255;
    for (std::int64_t i = 0; i < expected[0].elements(); ++i)
      ASSERT_NEAR(outputs[0].as_double(i), expected[0].as_double(i), 2 * step) << i;
  }
}

TEST(NativeOperators, AreRefusedInFloatOnRequest) {
  CompileOptions options;
  options.require_int8 = true;
  const auto plain = compile_network(options);
  ASSERT_FALSE(plain);
  EXPECT_NE(plain.error().message.find("--dialect cortado"), std::string::npos) << plain.error().message;
}

}  // namespace
}  // namespace cortado::compiler
