// What compile() says about models and ranges that cannot be: one row a message.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "compiler/calibrate/fingerprint.h"
#include "compiler/compile.h"
#include "ir/text.h"

namespace cortado::compiler {
namespace {

ir::Graph graph_of(const std::string& body) {
  auto graph = ir::parse_text("graph \"forward\"\n" + body);
  EXPECT_TRUE(graph) << graph.error().text() << "\n" << body;
  return graph ? std::move(graph).value() : ir::Graph();
}

constexpr const char* linear = R"text(input %x : f32[1, 2]
input %i : i64[1]
constant %w "fc.weight" : f32[2, 2] = [1.0, 2.0, 3.0, 4.0]
%y : f32[1, 2] = aten::linear.default(input=%x, weight=%w) from "net.py" 7 "y = fc(x)"
output %y "y"
)text";

// Ranges of −1 … 1 for all values, changed.
RangesSource ranges_with(std::function<void(Ranges&)> change) {
  return [change](const ir::Graph& graph) -> Result<Ranges> {
    Ranges ranges;
    ranges.model = fingerprint(graph);
    ranges.samples = 1;
    for (const auto& value : graph.values()) ranges.values[value->name] = {{-1, 1}, {-1, 1}};
    change(ranges);
    return ranges;
  };
}
RangesSource plain_ranges() {
  return ranges_with([](Ranges&) {});
}

void expect_said(ir::Graph graph, const RangesSource& ranges, const CompileOptions& options,
                 const std::vector<const char*>& parts, Fault fault = Fault::input) {
  const auto compiled = compile(std::move(graph), ranges, options);
  ASSERT_FALSE(compiled) << parts[0];
  EXPECT_EQ(compiled.error().fault, fault);
  for (const char* part : parts)
    EXPECT_NE(compiled.error().text().find(part), std::string::npos) << compiled.error().text();
}

TEST(CompileMessages, OfRanges) {
  const auto said = [](std::function<void(Ranges&)> change, const std::vector<const char*>& parts) {
    expect_said(graph_of(linear), ranges_with(std::move(change)), {}, parts);
  };
  EXPECT_TRUE(compile(graph_of(linear), plain_ranges(), {}));
  expect_said(
      graph_of(linear), {}, {},
      {"the model is in float and there are no ranges to quantize it by", "give calibration samples or a ranges file"});
  said([](Ranges& r) { r.model = "hash64:0"; },
       {"the ranges were measured on another model, or on this one before it changed", "calibrate this model again"});
  said([](Ranges& r) { r.values.erase("x"); }, {"the ranges have no entry for 'x'", "calibrate this model again"});
  said([](Ranges& r) { r.channel_means["x"] = {-1, {0, 0, 0}}; },
       {"the ranges have 3 channel means for 'x', which has another number of channels", "calibrate this model again"});
  said([](Ranges& r) { r.roundings["y"] = {1, 0, 1}; },
       {"the ranges have 3 roundings for 'y', which has 4 weights", "calibrate this model again"});
}

TEST(CompileMessages, OfTheCallersTypes) {
  CompileOptions integer, missing, unsigned_bytes;
  integer.io_by_name["i"] = Io::int8;
  missing.io_by_name["z"] = Io::int8;
  unsigned_bytes.io = Io::uint8;
  expect_said(graph_of(linear), plain_ranges(), integer, {"'i' is i64, it cannot be quantized"}, Fault::usage);
  expect_said(graph_of(linear), plain_ranges(), missing,
              {"the model has no input or output 'z'", "'cortado inspect MODEL' lists them"}, Fault::usage);
  expect_said(graph_of(linear), plain_ranges(), unsigned_bytes, {"'x': uint8 is not supported yet", "use int8"},
              Fault::usage);
}

TEST(CompileMessages, OfWeights) {
  const std::string damaged =
      "input %x : f32[1, 2]\nconstant %w \"fc.weight\" : f32[1, 2] = [1.0, nan]\n"
      "%y : f32[1, 1] = aten::linear.default(input=%x, weight=%w)\noutput %y \"y\"\n";
  expect_said(graph_of(damaged), plain_ranges(), {},
              {"parameter 'fc.weight' holds NaN (element 1)", "a damaged checkpoint"});
}

TEST(CompileMessages, OfWeightsThatAreEmpty) {
  const std::string empty =
      "input %x : f32[1, 0]\nconstant %w : f32[2, 0] = []\n"
      "%y : f32[1, 2] = aten::linear.default(input=%x, weight=%w) from \"net.py\" 7 \"y = fc(x)\"\noutput %y \"y\"\n";
  expect_said(graph_of(empty), plain_ranges(), {},
              {"node 'y' (aten::linear.default) from net.py:7", "its weight is empty"});
}

TEST(CompileMessages, OfInPlaceOperators) {
  const std::string wider =
      "input %x : f32[2]\ninput %z : f32[3, 2]\n%y : f32[3, 2] = aten::add_.Tensor(self=%x, other=%z) from \"net.py\" "
      "7 \"x += z\"\noutput %y \"y\"\n";
  expect_said(graph_of(wider), plain_ranges(), {},
              {"node 'y' (aten::add.Tensor) from net.py:7",
               "the result does not have the shape of the tensor it is written to"});
  ir::Graph silent = graph_of("input %x : f32[2]\noutput %x \"x\"\n");
  silent.append("aten::relu_.default", "y", {{"self", silent.inputs[0]}}, {});
  expect_said(std::move(silent), plain_ranges(), {},
              {"node 'y' (aten::relu.default)", "an in-place operator has no result"});
}

TEST(CompileMessages, OfSavedStatistics) {
  const std::string used =
      "input %x : f32[1, 2, 2, 2]\nconstant %m : f32[2] = [0.0, 0.0]\nconstant %v : f32[2] = [1.0, 1.0]\n"
      "%y : f32[1, 2, 2, 2], %s : f32[2], %t : f32[2] = aten::native_batch_norm.default(input=%x, weight=none, "
      "bias=none, "
      "running_mean=%m, running_var=%v, training=false, momentum=0.1, eps=1e-05) from \"net.py\" 7 \"y = bn(x)\"\n"
      "output %y \"y\"\noutput %s \"s\"\n";
  expect_said(graph_of(used), plain_ranges(), {},
              {" from net.py:7", "the saved statistics of a batch normalisation are used"});
}

TEST(CompileMessages, OfResultsForTraining) {
  const std::string used =
      "input %q : f32[1, 1, 2, 2]\n%y : f32[1, 1, 2, 2], %l : f32[1, 1, 2] = "
      "aten::_scaled_dot_product_flash_attention_for_cpu.default(query=%q, key=%q, value=%q) from \"net.py\" 7 \"y = "
      "attend(q)\"\n"
      "output %y \"y\"\noutput %l \"l\"\n";
  expect_said(graph_of(used), plain_ranges(), {}, {" from net.py:7", "its output 1 cannot be had outside training"});
}

TEST(CompileMessages, OfSizesThatNoProgramHas) {
  const std::string large =
      "input %x : bool[3000000000]\n%y : bool[3000000000] = aten::logical_not.default(self=%x)\noutput %y \"y\"\n";
  expect_said(graph_of(large), plain_ranges(), {}, {"' is too large for the program format"});
}

TEST(CompileMessages, OfExplicitLayout) {
  const std::string quantization = ", scale=0.5, zero_point=0, quant_min=-128, quant_max=127, dtype=i8)\n";
  const auto around = [&](const std::string& call, const char* q, const char* y, const char* shape) {
    return std::string("%") + q + "f : f32" + shape + " = " + call + "\n%" + q + " : i8" + shape +
           " = quantized_decomposed::quantize_per_tensor.default(input=%" + q + "f" + quantization + "%" + y +
           " : f32" + shape + " = quantized_decomposed::dequantize_per_tensor.default(input=%" + q + quantization;
  };
  const std::string scaled =
      "input %x : f32[1, 4, 4, 4]\nconstant %k : i8[4, 1, 1] = [1, 2, 3, 4]\n" +
      around("aten::relu.default(self=%x)", "a", "ar", "[1, 4, 4, 4]") +
      around("aten::max_pool2d.default(self=%ar, kernel_size=[2, 2])", "b", "br", "[1, 4, 2, 2]") +
      "%kr : f32[4, 1, 1] = quantized_decomposed::dequantize_per_tensor.default(input=%k" + quantization +
      around("aten::mul.Tensor(self=%br, other=%kr)", "p", "pr", "[1, 4, 2, 2]") +
      around("aten::max_pool2d.default(self=%pr, kernel_size=[2, 2])", "c", "y", "[1, 4, 1, 1]") + "output %y \"y\"\n";
  CompileOptions options;
  options.explicit_layout = true;
  expect_said(graph_of(scaled), {}, options,
              {"node 'p", "it has no form for explicit layout", "leave the option out for this model"});
}

TEST(CompileMessages, OfInputsThatComeByRows) {
  CompileOptions by_rows;
  by_rows.dialect = Dialect::cortado;
  by_rows.input_rows = true;
  const std::string numbers = "input %i : i64[4]\n%y : i64[4] = aten::neg.default(self=%i)\noutput %y \"y\"\n";
  expect_said(graph_of(numbers), plain_ranges(), by_rows,
              {"the model has no input that could come by rows", "leave --input-rows out"});
  ir::Graph changing = graph_of(linear);
  changing.add_mutation(*changing.inputs[0], *changing.outputs()[0].value);
  expect_said(std::move(changing), plain_ranges(), by_rows,
              {"the input 'x' cannot come by rows: the model changes it", "leave --input-rows out"});
}

}  // namespace
}  // namespace cortado::compiler
