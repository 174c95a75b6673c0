// Attention and the transformer's encoder layer: both are spelled out in products, softmax and sums, so that what is
// inside is quantized too.
#include <array>
#include <cmath>
#include <limits>

#include "ops/host/rewrites.h"
#include "ops/operator_list.h"
#include "ops/softmax/masks.h"

namespace cortado::ops {
namespace {

// What a masked score gets: a softened one in a graph that will be quantized.
float masked_score(const Rewriter& rewriter) {
  return rewriter.graph_is_quantized() ? -std::numeric_limits<float>::infinity() : softmax::masked_score;
}

// [queries, keys], 0 where key ≤ query.
ir::Value* causal_mask(Rewriter& rewriter, std::int64_t queries, std::int64_t keys) {
  ir::Tensor mask(DType::f32, {queries, keys});
  for (std::int64_t q = 0; q < queries; ++q)
    for (std::int64_t k = q + 1; k < keys; ++k) mask.mutable_data<float>()[q * keys + k] = masked_score(rewriter);
  return rewriter.constant("causal_mask", std::move(mask));
}

// Boolean masks: `keep` says whether true means to keep or to hide. Others are added.
Result<ir::Value*> with_mask(Rewriter& rewriter, ir::Value* scores, ir::Value* mask, bool keep) {
  if (mask->type.dtype != DType::boolean) return rewriter.add("aten::add.Tensor", {{"self", scores}, {"other", mask}});
  if (mask->kind == ir::ValueKind::constant) {
    ir::Tensor added(DType::f32, mask->type.shape);
    for (std::int64_t i = 0; i < added.elements(); ++i)
      added.mutable_data<float>()[i] = (mask->data.as_int(i) != 0) == keep ? 0.0f : masked_score(rewriter);
    return rewriter.add("aten::add.Tensor", {{"self", scores}, {"other", rewriter.constant("mask", std::move(added))}});
  }
  ir::Value* hidden = rewriter.number(masked_score(rewriter));
  return rewriter.add("aten::where.self",
                      {{"condition", mask}, {"self", keep ? scores : hidden}, {"other", keep ? hidden : scores}});
}

Result<ir::Value*> scaled(Rewriter& rewriter, ir::Value* x, double factor) {
  return rewriter.add("aten::mul.Tensor", {{"self", x}, {"other", rewriter.number(factor)}});
}

Result<ir::Value*> swapped(Rewriter& rewriter, ir::Value* x) {  // the last two dimensions
  std::vector<std::int64_t> dims(x->type.shape.size());
  for (std::size_t i = 0; i < dims.size(); ++i) dims[i] = static_cast<std::int64_t>(i);
  std::swap(dims[dims.size() - 1], dims[dims.size() - 2]);
  return rewriter.permute(x, dims);
}

struct Attention {
  ir::Value* query = nullptr;  // [..., queries, width]
  ir::Value* key = nullptr;    // [..., keys, width]
  ir::Value* value = nullptr;  // [..., keys, value width]
  ir::Value* mask = nullptr;   // may be null
  bool true_keeps = true;
  bool is_causal = false;
  double scale = 1;
};

// softmax(q · kᵀ · scale + mask) · v; the scale goes to both factors, as in PyTorch.
Result<ir::Value*> attend(Rewriter& rewriter, const Attention& a) {
  CORTADO_TRY(ir::Value* q, scaled(rewriter, a.query, std::sqrt(a.scale)));
  CORTADO_TRY(ir::Value* k, swapped(rewriter, a.key));
  CORTADO_TRY(k, scaled(rewriter, k, std::sqrt(a.scale)));
  CORTADO_TRY(ir::Value* scores, rewriter.add("aten::matmul.default", {{"self", q}, {"other", k}}));
  const ir::Shape& shape = scores->type.shape;
  if (a.is_causal) {
    ir::Value* mask = causal_mask(rewriter, shape[shape.size() - 2], shape.back());
    CORTADO_TRY(scores, rewriter.add("aten::add.Tensor", {{"self", scores}, {"other", mask}}));
  }
  if (a.mask != nullptr) {
    CORTADO_TRY(scores, with_mask(rewriter, scores, a.mask, a.true_keeps));
  }
  CORTADO_TRY(
      ir::Value* weights,
      rewriter.add("aten::_softmax.default", {{"self", scores}, {"dim", std::int64_t{-1}}, {"half_to_float", false}}));
  return rewriter.add("aten::matmul.default", {{"self", weights}, {"other", a.value}});
}

// --- scaled_dot_product_attention
Types infer_sdpa(const Operands& operands) {
  const ir::Shape& q = operands.shape("query");
  const ir::Shape& k = operands.shape("key");
  const ir::Shape& v = operands.shape("value");
  if (q.size() < 2 || k.size() != q.size() || v.size() != q.size())
    return input_error("query, key and value differ in rank");
  if (q.back() != k.back() || k[k.size() - 2] != v[v.size() - 2] || q.back() < 1)
    return input_error("query, key and value do not fit each other");
  for (std::size_t i = 0; i + 2 < q.size(); ++i) {
    if (i + 3 == q.size() && operands.flag("enable_gqa")) continue;  // heads: see heads_divide
    if ((k[i] != q[i] && k[i] != 1) || (v[i] != q[i] && v[i] != 1))
      return input_error("query, key and value differ in their batches");
  }
  ir::Shape shape = q;
  shape.back() = v.back();
  std::vector<ir::Type> types = {plain(operands.real_dtype("query"), shape)};
  if (operands.node().op == "aten::_scaled_dot_product_flash_attention_for_cpu.default")
    types.push_back(plain(DType::f32, {q[0], q.size() > 3 ? q[1] : 1, q[q.size() - 2]}));
  return types;
}

Status rewrite_sdpa(const Operands& operands, Rewriter& rewriter) {
  Attention a{operands.value("query"), operands.value("key"), operands.value("value"), operands.value("attn_mask")};
  a.is_causal = operands.flag("is_causal");
  a.scale = operands.has("scale") ? operands.number("scale")
                                  : 1 / std::sqrt(static_cast<double>(operands.shape("query").back()));
  const ir::Shape& q = operands.shape("query");
  const ir::Shape& k = operands.shape("key");
  if (operands.flag("enable_gqa") && q.size() >= 3 && k[k.size() - 3] != q[q.size() - 3]) {
    const std::int64_t times = q[q.size() - 3] / k[k.size() - 3];
    for (ir::Value** shared : {&a.key, &a.value}) {
      CORTADO_TRY(*shared, rewriter.add("aten::repeat_interleave.self_int",
                                        {{"self", *shared}, {"repeats", times}, {"dim", std::int64_t{-3}}}));
    }
  }
  CORTADO_TRY(ir::Value* y, attend(rewriter, a));
  return rewriter.finish({y});
}

bool no_dropout(const Operands& operands) { return operands.number("dropout_p") == 0; }

bool are_real(const Operands& o) {
  return is_float(o.real_dtype("query")) && is_float(o.real_dtype("key")) && is_float(o.real_dtype("value"));
}

bool scale_is_positive(const Operands& operands) { return !operands.has("scale") || operands.number("scale") > 0; }
bool heads_divide(const Operands& operands) {
  const ir::Shape& q = operands.shape("query");
  const ir::Shape& k = operands.shape("key");
  if (!operands.flag("enable_gqa") || q.size() < 3 || k.size() != q.size()) return true;
  return k[k.size() - 3] > 0 && q[q.size() - 3] % k[k.size() - 3] == 0;
}

Definition sdpa(std::string_view op, std::string_view parameters) {
  return composed({.op = op,
                   .schema = schema(parameters),
                   .summary = "y = softmax(q · kᵀ · scale + mask) · v",
                   .constraints = {{"query, key and value hold real numbers", are_real},
                                   {"there is no dropout: the model is exported for inference", no_dropout},
                                   {"the scale is positive", scale_is_positive},
                                   {"the number of heads of the keys divides that of the queries", heads_divide}},
                   .infer = infer_sdpa,
                   .quantization = in_float("attention is spelled out before quantization")},
                  rewrite_sdpa);
}

// --- the encoder layer of nn.TransformerEncoder and nn.MultiheadAttention's fast path
Result<ir::Value*> linear(Rewriter& rewriter, ir::Value* x, const Operands& operands, std::string_view weight,
                          std::string_view bias) {
  return rewriter.add("aten::linear.default",
                      {{"input", x}, {"weight", operands.value(weight)}, {"bias", operands.value(bias)}});
}

// Self-attention of x [batch, length, width].
Result<ir::Value*> self_attention(const Operands& operands, Rewriter& rewriter, ir::Value* x, std::int64_t heads) {
  const ir::Shape shape = x->type.shape;
  const std::int64_t width = operands.integer("embed_dim") / heads;
  CORTADO_TRY(ir::Value* packed, linear(rewriter, x, operands, "qkv_weight", "qkv_bias"));
  std::array<ir::Value*, 3> parts{};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int64_t start = static_cast<std::int64_t>(i) * operands.integer("embed_dim");
    CORTADO_TRY(ir::Value* part, rewriter.add("aten::slice.Tensor", {{"self", packed},
                                                                     {"dim", std::int64_t{2}},
                                                                     {"start", start},
                                                                     {"end", start + operands.integer("embed_dim")}}));
    CORTADO_TRY(part, rewriter.view(part, {shape[0], shape[1], heads, width}));
    CORTADO_TRY(parts[i], rewriter.permute(part, {0, 2, 1, 3}));
  }
  Attention a{parts[0], parts[1], parts[2]};
  a.scale = 1 / std::sqrt(static_cast<double>(width));
  if (ir::Value* mask = operands.value("mask")) {  // true hides; [length, length], or [batch, length] of keys
    const bool of_keys = operands.has("mask_type") && operands.integer("mask_type") == 1;
    a.true_keeps = false;
    CORTADO_TRY(a.mask, of_keys ? rewriter.view(mask, {shape[0], 1, 1, shape[1]}) : Result<ir::Value*>(mask));
  }
  CORTADO_TRY(ir::Value* y, attend(rewriter, a));
  CORTADO_TRY(y, rewriter.permute(y, {0, 2, 1, 3}));
  CORTADO_TRY(y, rewriter.view(y, {shape[0], shape[1], heads * width}));
  return linear(rewriter, y, operands, "proj_weight", "proj_bias");
}

Result<ir::Value*> layer_norm(const Operands& operands, Rewriter& rewriter, ir::Value* x, std::string_view weight,
                              std::string_view bias) {
  return rewriter.add("aten::layer_norm.default", {{"input", x},
                                                   {"normalized_shape", ir::Shape{x->type.shape.back()}},
                                                   {"weight", operands.value(weight)},
                                                   {"bias", operands.value(bias)},
                                                   {"eps", operands.number("eps")}});
}

Result<ir::Value*> feed_forward(const Operands& operands, Rewriter& rewriter, ir::Value* x) {
  CORTADO_TRY(ir::Value* hidden, linear(rewriter, x, operands, "ffn_weight_1", "ffn_bias_1"));
  CORTADO_TRY(hidden, rewriter.add(operands.flag("use_gelu") ? "aten::gelu.default" : "aten::relu.default",
                                   {{"self", hidden}}));
  return linear(rewriter, hidden, operands, "ffn_weight_2", "ffn_bias_2");
}

Status rewrite_encoder_layer(const Operands& operands, Rewriter& rewriter) {
  const auto attention = [&](ir::Value* x) {
    return self_attention(operands, rewriter, x, operands.integer("num_heads"));
  };
  const auto norm_1 = [&](ir::Value* x) { return layer_norm(operands, rewriter, x, "norm_weight_1", "norm_bias_1"); };
  const auto norm_2 = [&](ir::Value* x) { return layer_norm(operands, rewriter, x, "norm_weight_2", "norm_bias_2"); };
  const auto add = [&](ir::Value* a, ir::Value* b) {
    return rewriter.add("aten::add.Tensor", {{"self", a}, {"other", b}});
  };
  ir::Value* x = operands.value("src");
  if (operands.flag("norm_first")) {
    CORTADO_TRY(ir::Value* normed, norm_1(x));
    CORTADO_TRY(ir::Value* attended, attention(normed));
    CORTADO_TRY(x, add(x, attended));
    CORTADO_TRY(normed, norm_2(x));
    CORTADO_TRY(ir::Value* fed, feed_forward(operands, rewriter, normed));
    CORTADO_TRY(x, add(x, fed));
    return rewriter.finish({x});
  }
  CORTADO_TRY(ir::Value* attended, attention(x));
  CORTADO_TRY(x, add(x, attended));
  CORTADO_TRY(x, norm_1(x));
  CORTADO_TRY(ir::Value* fed, feed_forward(operands, rewriter, x));
  CORTADO_TRY(x, add(x, fed));
  CORTADO_TRY(x, norm_2(x));
  return rewriter.finish({x});
}

// The attention alone, of a tensor with itself; the averaged weights, its second output, are not made.
Status rewrite_multi_head(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(ir::Value* y, self_attention(operands, rewriter, operands.value("query"), operands.integer("num_head")));
  return rewriter.finish({y});
}

template <const std::string_view& heads, const std::string_view& input>
bool shapes_fit(const Operands& operands) {
  const ir::Shape& x = operands.shape(input);
  const std::int64_t width = operands.integer("embed_dim");
  const std::int64_t count = operands.integer(heads);
  return x.size() == 3 && width > 0 && x[2] == width && count > 0 && width % count == 0 &&
         operands.shape("qkv_weight") == ir::Shape{3 * width, width} &&
         operands.shape("proj_weight") == ir::Shape{width, width};
}
constexpr std::string_view num_heads = "num_heads";
constexpr std::string_view num_head = "num_head";
constexpr std::string_view src = "src";
constexpr std::string_view query = "query";

bool attends_to_itself(const Operands& operands) {
  return operands.value("key") == operands.value("query") && operands.value("value") == operands.value("query");
}

}  // namespace

void add_attention(Registry& registry) {
  registry.add(sdpa("aten::scaled_dot_product_attention.default",
                    "Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0., bool "
                    "is_causal=False, *, float? scale=None, bool enable_gqa=False"));
  registry.add(sdpa("aten::_scaled_dot_product_flash_attention_for_cpu.default",
                    "Tensor query, Tensor key, Tensor value, float dropout_p=0., bool is_causal=False, *, Tensor? "
                    "attn_mask=None, float? scale=None"));
  registry.add(composed(
      {.op = "aten::_transformer_encoder_layer_fwd.default",
       .schema =
           schema("Tensor src, int embed_dim, int num_heads, Tensor qkv_weight, Tensor qkv_bias, Tensor proj_weight, "
                  "Tensor proj_bias, bool use_gelu, bool norm_first, float eps, Tensor norm_weight_1, Tensor "
                  "norm_bias_1, Tensor norm_weight_2, Tensor norm_bias_2, Tensor ffn_weight_1, Tensor ffn_bias_1, "
                  "Tensor ffn_weight_2, Tensor ffn_bias_2, Tensor? mask=None, int? mask_type=None"),
       .summary = "x + attention(x), then x + ffn(x), normalised before or after",
       .constraints = {{"the input is [batch, length, width], the heads divide the width", shapes_fit<num_heads, src>}},
       .infer = [](const Operands& operands) -> Types {
         return one(operands.real_dtype("src"), operands.shape("src"));
       },
       .quantization = in_float("the layer is spelled out before quantization")},
      rewrite_encoder_layer));
  registry.add(composed(
      {.op = "aten::_native_multi_head_attention.default",
       .schema = schema("Tensor query, Tensor key, Tensor value, int embed_dim, int num_head, Tensor qkv_weight, "
                        "Tensor qkv_bias, Tensor proj_weight, Tensor proj_bias, Tensor? mask=None, bool "
                        "need_weights=True, bool average_attn_weights=True, int? mask_type=None"),
       .summary = "self-attention between two linear layers",
       .constraints = {{"the input is [batch, length, width], the heads divide the width", shapes_fit<num_head, query>},
                       {"query, key and value are one tensor", attends_to_itself},
                       {"the attention weights are not asked for",
                        [](const Operands& o) { return !o.flag("need_weights"); }}},
       .infer = [](const Operands& operands) -> Types {
         return std::vector{plain(operands.real_dtype("query"), operands.shape("query")), plain(DType::f32, {0})};
       },
       .quantization = in_float("the layer is spelled out before quantization")},
      rewrite_multi_head));
}

}  // namespace cortado::ops
