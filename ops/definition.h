// What an operator is to the compiler: one row per PyTorch operator ("aten::conv2d.default"), written in the
// operator's folder and listed nowhere else. Host.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ops/kernel.h"
#include "ops/operands.h"

namespace cortado::ops {

// The values of a running graph.
class Environment {
 public:
  virtual const ir::Tensor& at(const ir::Value& value) const = 0;

 protected:
  ~Environment() = default;
};

// How the outputs of an operator get their parameters when a float model is quantized.
enum class OutputRule : std::uint8_t {
  float_only,     // stays in float; listed with `float_reason`
  observed,       // own range from calibration
  same_as_input,  // copies the parameters of its first quantized input; all inputs share them (cat)
  fixed,          // `fixed`, whatever the data (softmax)
};

struct QuantizationRule {
  OutputRule output = OutputRule::float_only;
  ir::Quantization fixed = {};
  std::string_view weight = {};      // name of the weight argument, if any
  int weight_axis = 0;               // per-channel axis of the weight
  bool weight_per_channel = true;    // false: one scale for the whole weight
  std::string_view bias = {};        // i32, scale = input scale · weight scale
  int channel_axis = 1;              // with a bias: axis of the input that the weight sums over and of the output
                                     // that the bias is added along; −1 is the last (linear)
  bool fuses_into_producer = false;  // relu and its kin: folded into a producer that `accepts_activation`
  bool accepts_activation = false;
  bool keeps_constants = false;        // constants among the inputs stay f32: lower() makes what it needs of them
  std::string_view float_reason = {};  // float_only: why, for the user
};

// y = clamp(x / divisor + offset, low, high): relu, hardtanh, clamp; hardsigmoid with 6 and 0.5. Such an activation can
// be part of the operator before it, which only has to requantize and clamp differently.
struct ClampForm {
  double divisor = 1;  // above 0
  double offset = 0;
  std::optional<double> low, high;
};

// In which memory orders an operator takes and gives its activations of rank 4. Tensors of other ranks are always
// contiguous. The compiler puts copies where orders differ, and has assigned Type::dim_order to every value by the
// time lower() is called.
enum class LayoutRule : std::uint8_t {
  contiguous,     // logical order only: view, linear, softmax
  channels_last,  // N, H, W, C only: convolutions, pooling
  same,           // any order, the same for all inputs and outputs of rank 4: elementwise, quantize, pad, cat
};

struct Constraint {
  std::string_view text;  // for documentation and messages: "groups divides the number of channels"
  bool (*holds)(const Operands&);
};

class Lowering;
class Rewriter;

struct Definition {
  std::string_view op;            // "aten::conv2d.default"
  std::vector<Parameter> schema;  // PyTorch's names and defaults
  std::string_view summary;       // one line with the equation, for docs/operators.md

  std::vector<Constraint> constraints = {};
  // Types of the outputs from those of the inputs. dim_order and quantization are left empty.
  Result<std::vector<ir::Type>> (*infer)(const Operands&) = nullptr;
  // The operator in float (or on integers and booleans where it takes them). Must agree with PyTorch to rounding.
  Result<std::vector<ir::Tensor>> (*evaluate)(const Operands&, const Environment&) = nullptr;
  // The operator works on the stored integers of quantized values, not on the numbers they stand for: quantize,
  // dequantize. On a typed graph everything else is evaluated on real numbers.
  bool takes_stored_integers = false;
  // In PyTorch the outputs may share memory with the first argument: writing into one changes the other.
  bool is_view = false;
  // Says the same in more usual operators, in place of the node: `Rewriter::finish` with the new outputs. Nothing
  // happens when it does not. Normalisation applies it until nothing changes, so what it makes must be closer to the
  // canonical form (compiler/normalise/normalise.h).
  Status (*rewrite)(const Operands&, Rewriter&) = nullptr;
  QuantizationRule quantization = {};
  LayoutRule layout = LayoutRule::contiguous;
  // For activations that are clamps (`quantization.fuses_into_producer`); nullopt when the limits are not constants.
  std::optional<ClampForm> (*clamp_form)(const Operands&) = nullptr;
  // The output holds the elements of the first argument in the same logical order: view, flatten, squeeze. No
  // instruction is needed where the memory orders agree, so such an operator needs no lower().
  bool reshapes = false;
  // The output holds the elements of the first argument with dimensions permuted: dimension i of the output is
  // dimension permutation[i] of the input. No instruction is needed where the memory orders make it a renaming.
  std::vector<std::int64_t> (*permutation)(const Operands&) = nullptr;
  // Replaces the node, whose values are quantized, by nodes of wire operators.
  Status (*lower)(const Operands&, Lowering&) = nullptr;
  // The wire operator that computes it in float (the fallback), "" if there is none: "aten::exp.out".
  std::string_view float_kernel = {};
  // Calls it, where its arguments or results are not the node's own. Replaces the node, as lower() does.
  Status (*lower_float)(const Operands&, Lowering&) = nullptr;
  // The memory orders that the fallback takes, where they are not `layout`.
  std::optional<LayoutRule> float_layout = std::nullopt;
  // Without such a kernel: the same in operators that have one, by `Rewriter::finish`. It is asked when the node is
  // lowered in float, after values have their memory orders: new nodes of the result's shape take the result's order.
  Status (*float_form)(const Operands&, Rewriter&) = nullptr;
};

// One argument of a wire operator.
struct Field {
  enum class Kind : std::uint8_t {
    tensor,
    optional_tensor,
    tensor_list,
    integer,
    optional_integer,
    number,
    optional_number,
    boolean,
    int_list,
    optional_int_list,
    number_list,
    optional_number_list,
    bool_list,
    scalar,
    optional_scalar,
    string,
    optional_string,
    dtype,
    optional_dtype,
  };
  std::string_view name;
  Kind kind;
};

// A wire operator: what a .pte can call. Derived from the contract; see wire_operator() in ops/wire.h.
struct WireOperator {
  std::string_view name;      // "cortex_m::quantized_conv2d.out"
  std::vector<Field> fields;  // in wire order, outputs last
  std::size_t outputs = 1;    // how many of the last fields are outputs
  const Kernel* kernel = nullptr;
  std::string_view summary = {};
};

class Registry {
 public:
  void add(Definition definition);
  void add(WireOperator wire);
  // Sets Definition::rewrite of definitions that are there.
  void set_rewrite(std::initializer_list<std::string_view> ops, Status (*rewrite)(const Operands&, Rewriter&));
  // The same for Definition::float_form.
  void set_float_form(std::initializer_list<std::string_view> ops, Status (*form)(const Operands&, Rewriter&));
  const Definition* find(std::string_view op) const;         // null: unknown
  const WireOperator* find_wire(std::string_view op) const;  // null: unknown
  // In name order.
  std::vector<const Definition*> definitions() const;
  std::vector<const WireOperator*> wire_operators() const;

 private:
  std::unordered_map<std::string, Definition> definitions_;
  std::unordered_map<std::string, WireOperator> wires_;
};

// All operators of operators.cmake.
const Registry& registry();

}  // namespace cortado::ops
