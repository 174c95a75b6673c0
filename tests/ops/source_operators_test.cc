// Promises that hold for every operator of PyTorch that the registry knows.
#include <gtest/gtest.h>

#include "ops/definition.h"

namespace cortado::ops {
namespace {

// Operators on numbers alone, which become constants, and the marks of quantization, which leave no call.
bool leaves_no_call(const Definition& definition) {
  bool takes_tensors = false;
  for (const Parameter& parameter : definition.schema)
    takes_tensors |= parameter.kind == ParameterKind::tensor || parameter.kind == ParameterKind::tensors ||
                     parameter.kind == ParameterKind::tensor_or_number;
  // A pass of its own makes batch normalisation a part of its layer, or numbers.
  if (definition.op.find("batch_norm.default") != std::string_view::npos) return true;
  return !takes_tensors || definition.op.starts_with("quantized_decomposed::") ||
         definition.op.starts_with("cortado::");
}

TEST(SourceOperators, EveryOneCanBecomeCalls) {
  for (const Definition* definition : registry().definitions()) {
    const bool becomes_calls = definition->lower != nullptr || definition->lower_float != nullptr ||
                               definition->float_form != nullptr || definition->rewrite != nullptr ||
                               definition->reshapes || registry().find_wire(definition->float_kernel) != nullptr;
    EXPECT_TRUE(becomes_calls || leaves_no_call(*definition)) << definition->op;
  }
}

TEST(SourceOperators, SynonymsHaveTheirUsualOperator) {
  for (const char* op :
       {"aten::multiply.Tensor", "aten::__xor__.Scalar", "aten::special_softmax.default", "aten::moveaxis.intlist"})
    EXPECT_NE(registry().find(op), nullptr) << op;
}

TEST(SourceOperators, FloatKernelsAreThere) {
  for (const Definition* definition : registry().definitions())
    if (!definition->float_kernel.empty()) {
      EXPECT_NE(registry().find_wire(definition->float_kernel), nullptr)
          << definition->op << ": " << definition->float_kernel;
    }
}

}  // namespace
}  // namespace cortado::ops
