// Standard tests of every wire operator: a call survives being printed and parsed, and being written into a .pte and
// loaded again, argument by argument; the loaded program computes what the reference does.
#include <gtest/gtest.h>

#include "compiler/emit/emit.h"
#include "compiler/plan/plan.h"
#include "formats/pte/write.h"
#include "ir/text.h"
#include "ir/verify.h"
#include "ops/case_row.h"
#include "ops/kernel_table.h"
#include "runtime/host/session.h"
#include "tests/ops/operator_name.h"
#include "tests/round_trip/recorded_call.h"

namespace cortado {
namespace {

using tests::RecordedCall;

// What the kernel of this program records, and how.
const ops::WireOperator* wire = nullptr;
tests::IsConstant is_constant;
RecordedCall recorded;
ops::Kernel recording;

ErrorCode record(ops::ArgumentReader& reader, void* plan) {
  return tests::prepare_and_record(*wire, reader, plan, is_constant, recorded);
}

const ops::Kernel* const rows[] = {&recording};

}  // namespace

// In place of the library's: the loader finds the one kernel under test, which records what it is given.
namespace ops {
extern const KernelTable all_kernels;
const KernelTable all_kernels = {rows, 1};
}  // namespace ops

namespace {

using ops::operator_name;

Result<runtime::Session> load(const ir::Graph& graph) {
  CORTADO_TRY(const compiler::Plan plan, compiler::plan_memory(graph));
  CORTADO_CHECK(compiler::check_plan(graph, plan));
  CORTADO_TRY(const pte::Program program, compiler::to_program(graph, plan));
  CORTADO_TRY(std::vector<std::uint8_t> bytes, pte::write(program));
  return runtime::Session::load(std::move(bytes), "call.pte");
}

std::string text_of(const ir::Graph& graph) { return ir::to_text(graph, {.data = true}); }

class RoundTrip : public testing::TestWithParam<std::uint32_t> {
 protected:
  void SetUp() override {
    wire = ops::registry().find_wire(cases().name);
    ASSERT_NE(wire, nullptr);
    recording = *wire->kernel;
    recording.prepare = record;
  }
  const ops::CaseRow& cases() const { return *ops::all_cases.rows[GetParam()]; }

  // Case `seed`: its call, and the outputs by the reference. False: skip it.
  bool make(std::uint64_t seed, RecordedCall& call, std::vector<ir::Tensor>& expected) {
    ErrorReport report;
    ops::CaseBuilder builder(seed, buffer_.data(), buffer_.size());
    ops::Kernel only_recording = recording;
    only_recording.run = [](const void*) { return true; };
    // Every other case has its first tensor in the program, as weights are, unless the call writes into it.
    is_constant = [&](std::string_view name, const ops::Tensor& tensor) {
      return tensor.is_constant || (seed % 2 == 0 && wire->outputs > 0 && name == wire->fields[0].name);
    };
    if (!cases().run(builder, &only_recording, report)) return false;
    EXPECT_EQ(report.code(), ErrorCode::ok) << report.text();
    call = std::move(recorded);
    ops::CaseBuilder again(seed, buffer_.data(), buffer_.size());
    if (!cases().run(again, nullptr, report)) return false;
    for (const ops::Tensor& output : call.outputs) expected.push_back(tests::logical_tensor(output));
    return true;
  }

 private:
  std::vector<std::uint8_t> buffer_ = std::vector<std::uint8_t>(1 << 20);
};

TEST_P(RoundTrip, TextAndProgramKeepTheCall) {
  constexpr std::uint64_t wanted = 30;
  std::uint64_t ran = 0;
  for (std::uint64_t seed = 1; seed <= 10 * wanted && ran < wanted; ++seed) {
    RecordedCall call;
    std::vector<ir::Tensor> expected;
    if (!make(seed, call, expected)) continue;
    ++ran;
    const std::string text = text_of(call.graph);
    const auto parsed = ir::parse_text(text);
    ASSERT_TRUE(parsed) << parsed.error().text() << "\n" << text;
    ASSERT_TRUE(ir::verify(parsed.value())) << text;
    ASSERT_EQ(text_of(parsed.value()), text);

    is_constant = [](std::string_view, const ops::Tensor& tensor) { return tensor.is_constant; };
    auto session = load(parsed.value());
    ASSERT_TRUE(session) << session.error().text() << "\n" << text;
    ASSERT_EQ(text_of(recorded.graph), text);

    const auto outputs = session.value().run(call.inputs);
    ASSERT_TRUE(outputs) << outputs.error().text();
    ASSERT_EQ(outputs.value().size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
      ASSERT_TRUE(std::ranges::equal(outputs.value()[i].bytes(), expected[i].bytes())) << "output " << i << "\n"
                                                                                       << text;
  }
  EXPECT_EQ(ran, wanted);
}

INSTANTIATE_TEST_SUITE_P(Operators, RoundTrip, testing::Range(0u, ops::all_cases.count),
                         [](const auto& test) { return operator_name(test.param); });

}  // namespace
}  // namespace cortado
