#include "ops/host/onednn.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>

#include "ops/host/direct_convolution.h"

namespace cortado::ops {
namespace {

using dnnl::memory;

// oneDNN of Debian threads by OpenMP. Its number of threads is a setting of the calling thread, reachable without
// compiling for OpenMP.
void use_one_thread() {
  thread_local const bool done = [] {
    if (void* function = dlsym(RTLD_DEFAULT, "omp_set_num_threads")) reinterpret_cast<void (*)(int)>(function)(1);
    return true;
  }();
  static_cast<void>(done);
}

const dnnl::engine& engine() {
  static const dnnl::engine cpu(dnnl::engine::kind::cpu, 0);
  return cpu;
}

dnnl::stream& stream() {
  thread_local dnnl::stream own(engine());
  return own;
}

// A compiled convolution and the memory formats that it wants.
struct Compiled {
  dnnl::primitive primitive;
  memory::desc x, weight, bias, y, scratchpad;
  memory::desc plain_x, plain_weight, plain_y;
};

memory::dims with(std::int64_t first, std::int64_t second, const std::vector<std::int64_t>& rest) {
  memory::dims dims = {first, second};
  dims.insert(dims.end(), rest.begin(), rest.end());
  return dims;
}

memory::desc dense(const memory::dims& dims) {
  memory::dims strides(dims.size(), 1);
  for (std::size_t i = dims.size(); i-- > 1;) strides[i - 1] = strides[i] * std::max<std::int64_t>(dims[i], 1);
  return memory::desc(dims, memory::data_type::f32, strides);
}

// The weight as oneDNN counts its dimensions, [groups,] out, in, kernel…, over PyTorch's bytes.
memory::desc plain_weight(const Convolution& c) {
  const std::int64_t out = c.out_channels / c.groups;
  const std::int64_t in = c.in_channels / c.groups;
  memory::dims dims = {c.groups, out, in};
  dims.insert(dims.end(), c.kernel.begin(), c.kernel.end());
  memory::dims strides(dims.size(), 1);
  for (std::size_t i = dims.size() - 1; i > 3; --i) strides[i - 1] = strides[i] * dims[i];
  const std::int64_t kernel = strides[3] * dims[3];
  strides[2] = c.transposed ? kernel * out : kernel;
  strides[1] = c.transposed ? kernel : kernel * in;
  strides[0] = kernel * out * in;
  if (c.groups == 1) {
    dims.erase(dims.begin());
    strides.erase(strides.begin());
  }
  return memory::desc(dims, memory::data_type::f32, strides);
}

memory::desc any(const memory::desc& plain) {
  return memory::desc(plain.dims(), memory::data_type::f32, memory::format_tag::any);
}

template <class Forward>
Compiled compile(const Convolution& c) {
  Compiled compiled;
  compiled.plain_x = dense(with(c.batch, c.in_channels, c.in));
  compiled.plain_y = dense(with(c.batch, c.out_channels, c.out));
  compiled.plain_weight = plain_weight(c);
  compiled.bias = c.has_bias ? dense({c.out_channels}) : memory::desc();
  memory::dims dilation = c.dilation;
  for (std::int64_t& d : dilation) d -= 1;
  const auto algorithm = c.transposed ? dnnl::algorithm::deconvolution_direct : dnnl::algorithm::convolution_direct;
  const typename Forward::desc desc(dnnl::prop_kind::forward_inference, algorithm, any(compiled.plain_x),
                                    any(compiled.plain_weight), compiled.bias, any(compiled.plain_y), c.stride,
                                    dilation, c.pad_low, c.pad_high);
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);  // a primitive serves several threads at once
  const typename Forward::primitive_desc chosen(desc, attributes, engine());
  compiled.primitive = Forward(chosen);
  compiled.x = chosen.src_desc();
  compiled.weight = chosen.weights_desc();
  compiled.y = chosen.dst_desc();
  compiled.scratchpad = chosen.scratchpad_desc();
  return compiled;
}

std::vector<std::int64_t> key_of(const Convolution& c) {
  std::vector<std::int64_t> key = {c.batch, c.in_channels, c.out_channels, c.groups, c.transposed, c.has_bias};
  for (const auto* list : {&c.in, &c.kernel, &c.out, &c.stride, &c.dilation, &c.pad_low, &c.pad_high})
    key.insert(key.end(), list->begin(), list->end());
  return key;
}

struct PackedWeight {
  ir::Tensor source;  // kept, so that its address stays its own
  memory packed;
};

struct Cache {
  std::mutex mutex;
  std::map<std::vector<std::int64_t>, std::shared_ptr<const Compiled>> compiled;
  std::map<std::pair<const void*, const Compiled*>, std::shared_ptr<const PackedWeight>> weights;
  std::size_t weight_bytes = 0;
};
constexpr std::size_t compiled_limit = 1024;
constexpr std::size_t weight_limit_bytes = std::size_t{1} << 29;

Cache& cache() {
  static Cache only;
  return only;
}

std::shared_ptr<const Compiled> compiled_for(const Convolution& c) {
  const std::vector<std::int64_t> key = key_of(c);
  {
    const std::lock_guard lock(cache().mutex);
    if (const auto found = cache().compiled.find(key); found != cache().compiled.end()) return found->second;
  }
  auto compiled = std::make_shared<const Compiled>(c.transposed ? compile<dnnl::deconvolution_forward>(c)
                                                                : compile<dnnl::convolution_forward>(c));
  const std::lock_guard lock(cache().mutex);
  if (cache().compiled.size() >= compiled_limit) {
    cache().weights.clear();  // their keys name compiled convolutions
    cache().weight_bytes = 0;
    cache().compiled.clear();
  }
  return cache().compiled.emplace(key, std::move(compiled)).first->second;
}

memory wrap(const memory::desc& desc, const ir::Tensor& tensor) {
  return memory(desc, engine(), const_cast<std::uint8_t*>(tensor.bytes().data()));
}

memory reordered(memory from, const memory::desc& wanted) {
  if (from.get_desc() == wanted) return from;
  memory to(wanted, engine());
  dnnl::reorder(from, to).execute(stream(), from, to);
  return to;
}

memory packed_weight(const Compiled& compiled, const ir::Tensor& weight, bool is_constant) {
  memory plain = wrap(compiled.plain_weight, weight);
  if (!is_constant || compiled.weight == compiled.plain_weight) return reordered(plain, compiled.weight);
  const std::pair<const void*, const Compiled*> key(weight.bytes().data(), &compiled);
  {
    const std::lock_guard lock(cache().mutex);
    if (const auto found = cache().weights.find(key); found != cache().weights.end()) return found->second->packed;
  }
  auto entry = std::make_shared<const PackedWeight>(PackedWeight{weight, reordered(plain, compiled.weight)});
  stream().wait();
  const std::lock_guard lock(cache().mutex);
  const std::size_t bytes = weight.size_bytes() + compiled.weight.get_size();
  if (cache().weight_bytes + bytes > weight_limit_bytes) {
    cache().weights.clear();
    cache().weight_bytes = 0;
  }
  cache().weight_bytes += bytes;
  return cache().weights.emplace(key, std::move(entry)).first->second->packed;
}

}  // namespace

Result<ir::Tensor> convolve(const Convolution& c, const ir::Tensor& x, const ir::Tensor& weight, const ir::Tensor* bias,
                            bool weight_is_constant) {
  ir::Shape shape = {c.batch, c.out_channels};
  shape.insert(shape.end(), c.out.begin(), c.out.end());
  ir::Tensor y(DType::f32, shape);
  if (y.elements() == 0) return y;
  if (is_pointwise(c) || is_depthwise(c)) {
    const auto run = is_pointwise(c) ? convolve_pointwise : convolve_depthwise;
    run(c, x.data<float>(), weight.data<float>(), bias != nullptr ? bias->data<float>() : nullptr,
        y.mutable_data<float>());
    return y;
  }
  use_one_thread();
  try {
    const std::shared_ptr<const Compiled> compiled = compiled_for(c);
    memory plain_y = wrap(compiled->plain_y, y);
    memory own_y = compiled->y == compiled->plain_y ? plain_y : memory(compiled->y, engine());
    std::unordered_map<int, memory> arguments = {
        {DNNL_ARG_SRC, reordered(wrap(compiled->plain_x, x), compiled->x)},
        {DNNL_ARG_WEIGHTS, packed_weight(*compiled, weight, weight_is_constant)},
        {DNNL_ARG_DST, own_y},
        {DNNL_ARG_SCRATCHPAD, memory(compiled->scratchpad, engine())}};
    if (bias != nullptr) arguments.emplace(DNNL_ARG_BIAS, wrap(compiled->bias, *bias));
    compiled->primitive.execute(stream(), arguments);
    if (compiled->y != compiled->plain_y) dnnl::reorder(own_y, plain_y).execute(stream(), own_y, plain_y);
    stream().wait();
  } catch (const dnnl::error& error) {
    return internal_error(std::string("oneDNN cannot compute this convolution: ") + error.what());
  }
  return y;
}

void multiply_matrices(std::int64_t rows, std::int64_t columns, std::int64_t inner, const float* a, const float* b,
                       bool transpose_b, float* c) {
  if (rows == 0 || columns == 0) return;
  if (inner == 0) {
    std::fill(c, c + rows * columns, 0.0f);
    return;
  }
  use_one_thread();
  dnnl_sgemm('N', transpose_b ? 'T' : 'N', rows, columns, inner, 1.0f, a, inner, b, transpose_b ? inner : columns, 0.0f,
             c, columns);
}

}  // namespace cortado::ops
