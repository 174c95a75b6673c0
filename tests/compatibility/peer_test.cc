// The reference compiler itself reads our programs, plans the same calls, and its runtime computes the same.
#include "tests/compatibility/peer.h"

#include "formats/pte/write.h"
#include "formats/tensors/npy.h"
#include "runtime/host/session.h"
#include "support/atomic_file.h"
#include "tests/runtime/programs.h"
#include "tests/shared.h"
#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class Peer : public CommandLine {};

// From the q/dq graph that the reference lowers, call by call and argument by argument.
TEST_F(Peer, SameCallsFromTheSameGraph) {
  CORTADO_NEEDS_PEER();
  const auto networks = cortado::testing::shared_folder() / "conformance/networks";
  CORTADO_SKIP_WITHOUT(networks);
  std::vector<std::string> pairs;
  for (const std::string name : {"mobilenet_v2", "mobilenet_v3_small", "mlperf_resnet8", "mlperf_ds_cnn",
                                 "mlperf_deep_autoencoder", "efficientnet_lite0_small", "channels_last_input_conv"}) {
    const Finished compiled = cortado({"compile", networks / name / "qdq.pt2", "-o", file(name + ".pte"), "--quiet"});
    ASSERT_TRUE(compiled.ok()) << name << ": " << compiled.err;
    pairs.insert(pairs.end(), {file(name + ".pte"), networks / name / "official.pte"});
  }
  const Finished compared = run_peer("compare_plans.py", pairs);
  EXPECT_TRUE(compared.ok()) << compared.out << compared.err;
  EXPECT_NE(compared.out.find("mobilenet_v2.pte: 66 calls"), std::string::npos) << compared.out;
}

// The comparison sees what differs.
TEST_F(Peer, ComparisonTellsTwoNetworksApart) {
  CORTADO_NEEDS_PEER();
  for (const std::string name : {"a.pte", "b.pte"}) {
    pte::Program program = cortado::testing::two_linears();
    if (name == "b.pte") program.constants[0][0] ^= 1;
    auto bytes = pte::write(program);
    ASSERT_TRUE(bytes) << bytes.error().text();
    ASSERT_TRUE(write_file_atomically(file(name), bytes.value()));
  }
  const Finished compared = run_peer("compare_plans.py", {file("a.pte"), file("a.pte"), file("a.pte"), file("b.pte")});
  EXPECT_EQ(compared.exit_code, 1) << compared.err;
  const std::string difference = "call 0, cortex_m::quantized_linear.out, argument 1: constants of other bytes";
  EXPECT_NE(compared.out.find(difference), std::string::npos) << compared.out;
  EXPECT_EQ(compared.out.find(difference), compared.out.rfind(difference)) << "only b differs: " << compared.out;
}

// The list of its flags that test_tools goes by is what its --help names.
TEST_F(Peer, FlagsAreTheListed) {
  CORTADO_NEEDS_PEER();
  const auto table = [&](const std::string& peer) {
    return conformance::run_process({"/bin/bash", std::string(CORTADO_SOURCE_DIR) + "/scripts/flag_table",
                                     std::string(CORTADO_BINARY_DIR) + "/bin", peer},
                                    std::chrono::seconds(120));
  };
  const Finished live = table(peer_python());
  EXPECT_TRUE(live.ok()) << live.out << live.err;
  EXPECT_EQ(live.out, table("").out);
}

// (x + w) · w with numbers, constants and memory planning of our writer. The released wheel has the portable kernels
// only, none of cortex_m::.
pte::Program add_and_multiply() {
  cortado::testing::PlanBuilder builder;
  const auto x = builder.planned(DType::f32, {2, 3});
  const auto sum = builder.planned(DType::f32, {2, 3});
  const auto product = builder.planned(DType::f32, {2, 3});
  const auto w = builder.constant<float>(DType::f32, {2, 3}, {1, -2, 3.5f, 0.25f, 5, -6});
  builder.call("aten::add", "out", {x, w, builder.integer(1), sum});
  builder.call("aten::mul", "out", {sum, w, product});
  builder.plan().inputs = {x};
  builder.plan().outputs = {product};
  return std::move(builder.program);
}

TEST_F(Peer, ItsRuntimeRunsOurPrograms) {
  CORTADO_NEEDS_PEER();
  const auto x = ir::Tensor::of<float>(DType::f32, {2, 3}, {0.5f, 1, -1.5f, 2, 1e-3f, 4});
  ASSERT_TRUE(formats::write_npy(file("x.npy"), x));
  auto bytes = pte::write(add_and_multiply());
  ASSERT_TRUE(bytes) << bytes.error().text();
  const std::string program = file("program.pte");
  ASSERT_TRUE(write_file_atomically(program, bytes.value()));
  const Finished ran = run_peer("run_program.py", {file("x.npy"), program});
  ASSERT_TRUE(ran.ok()) << ran.err;
  auto session = runtime::Session::load_file(program);
  ASSERT_TRUE(session) << session.error().text();
  auto ours = session.value().run({x});
  auto theirs = formats::read_npy(program + ".npy");
  ASSERT_TRUE(ours && theirs);
  EXPECT_TRUE(std::ranges::equal(ours.value()[0].bytes(), theirs.value().bytes()));
}

}  // namespace
}  // namespace cortado::tests
