// Operators that PyTorch has under two names.
#include <array>

#include "ops/host/rewrites.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

struct Synonym {
  std::string_view op, usual;
};
constexpr std::array<Synonym, 22> synonyms = {{
    {"aten::multiply.Tensor", "aten::mul.Tensor"},
    {"aten::multiply.Scalar", "aten::mul.Scalar"},
    {"aten::divide.Tensor", "aten::div.Tensor"},
    {"aten::divide.Scalar", "aten::div.Scalar"},
    {"aten::divide.Tensor_mode", "aten::div.Tensor_mode"},
    {"aten::subtract.Tensor", "aten::sub.Tensor"},
    {"aten::subtract.Scalar", "aten::sub.Scalar"},
    {"aten::absolute.default", "aten::abs.default"},
    {"aten::negative.default", "aten::neg.default"},
    {"aten::special_expit.default", "aten::sigmoid.default"},
    {"aten::special_erf.default", "aten::erf.default"},
    {"aten::special_exp2.default", "aten::exp2.default"},
    {"aten::special_log1p.default", "aten::log1p.default"},
    {"aten::special_softmax.default", "aten::softmax.int"},
    {"aten::__and__.Tensor", "aten::bitwise_and.Tensor"},
    {"aten::__and__.Scalar", "aten::bitwise_and.Scalar"},
    {"aten::__or__.Tensor", "aten::bitwise_or.Tensor"},
    {"aten::__or__.Scalar", "aten::bitwise_or.Scalar"},
    {"aten::__xor__.Tensor", "aten::bitwise_xor.Tensor"},
    {"aten::__xor__.Scalar", "aten::bitwise_xor.Scalar"},
    {"aten::moveaxis.int", "aten::movedim.int"},
    {"aten::moveaxis.intlist", "aten::movedim.intlist"},
}};

Status rewrite(const Operands& operands, Rewriter& rewriter) {
  for (const Synonym& synonym : synonyms)
    if (synonym.op == operands.node().op) {
      CORTADO_TRY(ir::Node* node, rewriter.add_node(std::string(synonym.usual), operands.node().arguments));
      return rewriter.finish(node->outputs);
    }
  return internal_error("no synonym " + operands.node().op);
}

}  // namespace

void add_synonyms(Registry& registry) {
  for (const Synonym& synonym : synonyms) {
    const Definition* usual = registry.find(synonym.usual);
    if (usual == nullptr) continue;  // a test asks for all
    Definition definition = composed({.op = synonym.op,
                                      .schema = usual->schema,
                                      .summary = usual->summary,
                                      .constraints = usual->constraints,
                                      .infer = usual->infer,
                                      .quantization = in_float("it is said by its usual name before quantization")},
                                     rewrite);
    registry.add(std::move(definition));
  }
}

}  // namespace cortado::ops
