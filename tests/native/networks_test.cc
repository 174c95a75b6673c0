// The native form of every network that compiles computes the bytes that the operators' form computes.
#include <gtest/gtest.h>

#include <cstring>

#include "compiler/compile.h"
#include "compiler/import/import.h"
#include "formats/tensors/npz.h"
#include "tests/native/run_program.h"
#include "tests/shared.h"

namespace cortado::compiler {
namespace {

using Path = std::filesystem::path;

Result<Compiled> compile_native(const Path& model, Optimize optimize, bool materialise, std::size_t limit = 0) {
  CORTADO_TRY(ir::Graph graph, import_model(model));
  CompileOptions options;
  options.dialect = Dialect::cortado;
  options.optimize = optimize;
  options.materialise = materialise;
  options.arena_limit_bytes = limit;
  return compile(std::move(graph), {}, options);
}

Result<Compiled> compile_operators(const Path& model) {
  CORTADO_TRY(ir::Graph graph, import_model(model));
  return compile(std::move(graph), {}, {});
}

std::vector<ir::Tensor> run(const Compiled& compiled, const std::vector<ir::Tensor>& inputs) {
  auto session = testing::load_program(compiled.bytes);
  return session ? testing::run_session(*session, inputs) : std::vector<ir::Tensor>();
}

bool same(const std::vector<ir::Tensor>& a, const std::vector<ir::Tensor>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const ir::Tensor& x, const ir::Tensor& y) {
    return x.shape() == y.shape() && std::equal(x.bytes().begin(), x.bytes().end(), y.bytes().begin(), y.bytes().end());
  });
}

std::vector<ir::Tensor> read_inputs(const Path& npz) {
  std::vector<ir::Tensor> inputs;
  auto arrays = formats::read_npz(npz);
  if (!arrays) return inputs;
  for (const auto& entry : arrays.value()) inputs.push_back(entry.tensor);
  return inputs;
}

// False: the network does not compile in any form.
bool check_network(const Path& folder) {
  const Path model = folder / "qdq.pt2";
  const auto plain = compile_operators(model);
  if (!plain) return false;
  const auto inputs = read_inputs(folder / "inputs.npz");
  const auto expected = run(plain.value(), inputs);
  for (const auto& [optimize, materialise] : {std::pair{Optimize::time, false}, std::pair{Optimize::ram, false},
                                              std::pair{Optimize::balanced, false}, std::pair{Optimize::ram, true}}) {
    const auto native = compile_native(model, optimize, materialise);
    EXPECT_TRUE(native) << native.error().text();
    if (!native) continue;
    if (optimize == Optimize::ram && !materialise) {
      EXPECT_LE(native.value().plan.arena_bytes, plain.value().plan.arena_bytes);
    }
    EXPECT_TRUE(same(run(native.value(), inputs), expected))
        << "optimize " << static_cast<int>(optimize) << (materialise ? ", materialised" : "");
  }
  return true;
}

TEST(Native, NetworksComputeTheSameBytes) {
  const Path networks = testing::shared_folder() / "conformance" / "networks";
  CORTADO_SKIP_WITHOUT(networks);
  int compiled = 0;
  for (const Path& model : testing::files_below(networks, ".pt2")) {
    if (model.filename() != "qdq.pt2") continue;
    SCOPED_TRACE(model.parent_path().filename().string());
    compiled += check_network(model.parent_path()) ? 1 : 0;
  }
  EXPECT_GE(compiled, 30);
}

struct Promise {
  const char* network;
  std::size_t arena_bytes;
};

// What the native form is for: figures as they are, to be lowered when they fall.
TEST(Native, ArenasAreSmall) {
  const Path networks = testing::shared_folder() / "conformance" / "networks";
  CORTADO_SKIP_WITHOUT(networks);
  for (const Promise& promise : {Promise{"mlperf_resnet8", 18'000}, Promise{"mlperf_ds_cnn", 10'240}}) {
    const auto native = compile_native(networks / promise.network / "qdq.pt2", Optimize::ram, false);
    ASSERT_TRUE(native) << native.error().text();
    EXPECT_LE(native.value().plan.arena_bytes, promise.arena_bytes) << promise.network;
  }
}

// A limit is kept, or refused with the least that is possible.
TEST(Native, ArenaLimitsAreKept) {
  const Path model = testing::shared_folder() / "conformance" / "networks" / "mlperf_resnet8" / "qdq.pt2";
  CORTADO_SKIP_WITHOUT(model);
  int kept = 0, refused = 0;
  for (std::size_t limit = 8 << 10; limit <= 64 << 10; limit += 4 << 10) {
    const auto native = compile_native(model, Optimize::time, false, limit);
    if (native) {
      EXPECT_LE(native.value().plan.arena_bytes, limit);
      ++kept;
    } else {
      EXPECT_NE(native.error().message.find(std::to_string(limit)), std::string::npos) << native.error().message;
      EXPECT_EQ(kept, 0) << "a larger limit than one that was kept";
      ++refused;
    }
  }
  EXPECT_GT(kept, 0);
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace cortado::compiler
