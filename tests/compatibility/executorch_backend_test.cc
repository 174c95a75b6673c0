// ExecuTorch's released library runs native programs through integrations/executorch, with the bytes of our runtime.
#include "formats/tensors/npz.h"
#include "runtime/host/session.h"
#include "support/atomic_file.h"
#include "tests/compatibility/peer.h"
#include "tests/shared.h"
#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class ExecutorchBackend : public CommandLine {
 protected:
  static Finished call(const std::vector<std::string>& words) {
    return conformance::run_process(words, std::chrono::seconds(600));
  }

  // run_program with our backend, and our kernels for what `header` lists; empty when it does not build.
  std::string build_runner(const std::string& header) {
    const Finished found =
        call({peer_python(), "-c",
              "import importlib.util as u; print(u.find_spec('executorch').submodule_search_locations[0])"});
    EXPECT_TRUE(found.ok()) << found.err;
    const std::string package = found.out.substr(0, found.out.find('\n')), folder = file("runner");
    const Finished configured =
        call({"/usr/bin/env", "cmake", "-S", std::string(CORTADO_SOURCE_DIR) + "/integrations/executorch", "-B", folder,
              "-DCMAKE_PREFIX_PATH=" + package, std::string("-DCORTADO_BUILD=") + CORTADO_BINARY_DIR,
              "-DCORTADO_MODEL_HEADER=" + header});
    EXPECT_TRUE(configured.ok()) << configured.out << configured.err;
    const Finished built = call({"/usr/bin/env", "cmake", "--build", folder});
    EXPECT_TRUE(built.ok()) << built.out << built.err;
    return built.ok() ? folder + "/run_program" : std::string();
  }

  // Runs the program twice on the network's first input, quantized if the program says so, there and here.
  void expect_same_bytes(const std::string& runner, const std::string& program, const std::filesystem::path& inputs) {
    auto session = runtime::Session::load_file(program);
    ASSERT_TRUE(session) << session.error().text();
    auto arrays = formats::read_npz(inputs);
    ASSERT_TRUE(arrays) << arrays.error().text();
    ir::Tensor input = arrays.value().at(0).tensor;
    const runtime::PortInfo& port = session.value().inputs().at(0);
    if (port.type.dtype != input.dtype()) {
      ir::Tensor narrow(port.type.dtype, port.type.shape);
      for (std::size_t i = 0; i < narrow.size_bytes(); ++i)
        narrow.mutable_bytes()[i] = static_cast<std::uint8_t>(input.bytes()[i * 4 + 2]);
      input = std::move(narrow);
    }
    const ir::Tensor in_memory = ir::to_physical(input, port.type.full_dim_order());
    ASSERT_TRUE(write_file_atomically(file("input"), {in_memory.bytes().begin(), in_memory.bytes().end()}));
    const Finished ran = call({runner, program, "2", file("input"), "--", file("output")});
    ASSERT_TRUE(ran.ok()) << ran.out << ran.err;
    const auto theirs = read_file(file("output"));
    ASSERT_TRUE(theirs) << theirs.error().text();
    const auto ours = session.value().run({input});
    ASSERT_TRUE(ours) << ours.error().text();
    const ir::Tensor expected =
        ir::to_physical(ours.value().at(0), session.value().outputs().at(0).type.full_dim_order());
    EXPECT_GT(expected.size_bytes(), 0u);
    EXPECT_TRUE(
        std::equal(theirs.value().begin(), theirs.value().end(), expected.bytes().begin(), expected.bytes().end()));
  }

  std::string compile(const std::filesystem::path& network, const std::string& name, std::vector<std::string> options) {
    std::vector<std::string> words = {"compile", network / "qdq.pt2", "-o", file(name), "--quiet"};
    words.insert(words.end(), options.begin(), options.end());
    const Finished compiled = cortado(words);
    EXPECT_TRUE(compiled.ok()) << compiled.err;
    return file(name);
  }
};

TEST_F(ExecutorchBackend, ItsRuntimeRunsNativePrograms) {
  CORTADO_NEEDS_PEER();
  const auto networks = cortado::testing::shared_folder() / "conformance/networks";
  CORTADO_SKIP_WITHOUT(networks);
  const auto mobilenet = networks / "mobilenet_v2", resnet = networks / "mlperf_resnet8";
  const std::string operators = compile(resnet, "operators.pte", {"--emit-header", file("model.h")});
  const std::string runner = build_runner(file("model.h"));
  ASSERT_FALSE(runner.empty());
  expect_same_bytes(runner, compile(mobilenet, "ram.pte", {"--dialect", "cortado", "--optimize", "ram"}),
                    mobilenet / "inputs.npz");
  expect_same_bytes(runner, compile(mobilenet, "time.pte", {"--dialect", "cortado", "--optimize", "time"}),
                    mobilenet / "inputs.npz");
  expect_same_bytes(runner, compile(mobilenet, "rows.pte", {"--dialect", "cortado", "--input-rows"}),
                    mobilenet / "inputs.npz");
  expect_same_bytes(runner, compile(resnet, "resnet.pte", {"--dialect", "cortado"}), resnet / "inputs.npz");
  expect_same_bytes(runner, operators, resnet / "inputs.npz");
}

// What is not a native program is refused with words, and nothing is run.
TEST_F(ExecutorchBackend, DamagedBlobsAreRefused) {
  CORTADO_NEEDS_PEER();
  const auto resnet = cortado::testing::shared_folder() / "conformance/networks/mlperf_resnet8";
  CORTADO_SKIP_WITHOUT(resnet);
  const std::string runner = build_runner("");
  ASSERT_FALSE(runner.empty());
  const std::string program = compile(resnet, "damaged.pte", {"--dialect", "cortado"});
  auto bytes = read_file(program);
  ASSERT_TRUE(bytes);
  const std::string mark = "CRTD";
  const auto blob = std::search(bytes.value().begin(), bytes.value().end(), mark.begin(), mark.end());
  ASSERT_NE(blob, bytes.value().end());
  blob[4] = 99;  // its version
  ASSERT_TRUE(write_file_atomically(program, bytes.value()));
  const Finished ran = call({runner, program, "1"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("the native program has version 99, this build reads"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace cortado::tests
