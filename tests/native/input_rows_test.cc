// Inputs that come by rows: the bytes of inputs in memory, rows asked for in order, and errors where they cannot be.
#include <gtest/gtest.h>

#include <cstring>

#include "runtime/cortado.h"
#include "tests/native/native_program.h"

namespace cortado::compiler {
namespace {

using testing::Bytes;

// Gives rows of an image, and remembers which were asked for.
struct Camera {
  Bytes image;
  std::vector<std::uint32_t> asked;
  static void read(void* context, std::uint32_t row, void* to, std::size_t bytes) {
    auto& camera = *static_cast<Camera*>(context);
    ASSERT_LE((row + 1) * bytes, camera.image.size());
    std::memcpy(to, camera.image.data() + row * bytes, bytes);
    camera.asked.push_back(row);
  }
};

// A program with all that it needs, for the C interface.
class Model {
 public:
  explicit Model(const Bytes& program, const cortado_row_source* rows) {
    file_.resize(program.size() / 16 + 1);
    std::memcpy(file_.data(), program.data(), program.size());
    cortado_options options = {};
    options.program = file_.data();
    options.program_bytes = program.size();
    options.rows = rows;
    cortado_sizes sizes = {};
    if (cortado_measure(&options, &sizes, &error) != CORTADO_OK) return;
    arena_bytes = sizes.arena_bytes;
    arena_.resize(arena_bytes / 16 + 1);
    options.arena = {arena_.data(), arena_bytes};
    cortado_load(&options, &model, &error);
  }
  cortado_tensor input() const {
    cortado_tensor tensor = {};
    EXPECT_EQ(cortado_input(model, 0, &tensor), CORTADO_OK);
    return tensor;
  }
  // All outputs, one after the other.
  Bytes run() {
    Bytes all;
    EXPECT_EQ(cortado_run(model), CORTADO_OK);
    for (std::uint32_t i = 0; i < cortado_output_count(model); ++i) {
      cortado_tensor tensor = {};
      EXPECT_EQ(cortado_output(model, i, &tensor), CORTADO_OK);
      const auto* bytes = static_cast<const std::uint8_t*>(tensor.data);
      all.insert(all.end(), bytes, bytes + tensor.bytes);
    }
    return all;
  }

  cortado_model* model = nullptr;
  cortado_error error = {};
  std::size_t arena_bytes = 0;

 private:
  struct alignas(16) Block {
    std::uint8_t bytes[16];
  };
  std::vector<Block> file_, arena_;
};

TEST(InputRows, ComputeTheSameBytes) {
  std::size_t images = 0, saved = 0;
  for (std::uint64_t seed = 1; seed <= 300 && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("network " + std::to_string(seed));
    if (testing::RandomNetwork(seed).take().nodes().empty()) continue;
    int streams = 0;
    const auto optimize = static_cast<Optimize>(seed % 3);
    Model plain(testing::native_program(seed, optimize, streams), nullptr);
    const Bytes program = testing::native_program(seed, optimize, streams, true);
    Model whole(program, nullptr);
    Camera camera;
    const cortado_row_source source = {0, &camera, Camera::read};
    Model by_rows(program, &source);
    ASSERT_NE(plain.model, nullptr) << plain.error.text;
    ASSERT_NE(whole.model, nullptr) << whole.error.text;
    ASSERT_NE(by_rows.model, nullptr) << by_rows.error.text;
    camera.image.resize(plain.input().bytes);
    ops::Random random(seed);
    for (std::uint8_t& byte : camera.image) byte = static_cast<std::uint8_t>(random.bits() >> 56);
    for (const Model* model : {&plain, &whole})
      std::memcpy(model->input().data, camera.image.data(), camera.image.size());
    EXPECT_EQ(by_rows.input().data, nullptr);
    images += camera.image.size();
    saved += whole.arena_bytes - by_rows.arena_bytes;
    const Bytes expected = plain.run();
    EXPECT_EQ(whole.run(), expected);
    for (int run = 0; run < 2; ++run) {
      camera.asked.clear();
      EXPECT_EQ(by_rows.run(), expected);
      for (std::size_t i = 0; i < camera.asked.size(); ++i) EXPECT_EQ(camera.asked[i], i);
      EXPECT_FALSE(camera.asked.empty());
    }
  }
  EXPECT_GT(saved, images * 9 / 10);  // tables may take the place of a small image
}

TEST(InputRows, AreRefusedWhereTheInputIsInTheArena) {
  int streams = 0;
  Camera camera;
  const cortado_row_source source = {0, &camera, Camera::read};
  const Model planned(testing::native_program(1, Optimize::ram, streams), &source);
  EXPECT_EQ(planned.error.status, CORTADO_INVALID_ARGUMENT);
  EXPECT_STREQ(planned.error.text, "input 0 cannot come by rows: compile the model with --input-rows");
  const cortado_row_source other = {7, &camera, Camera::read};
  const Model none(testing::native_program(1, Optimize::ram, streams, true), &other);
  EXPECT_EQ(none.error.status, CORTADO_INVALID_ARGUMENT);
  EXPECT_STREQ(none.error.text, "there is no input 7 that could come by rows");
}

// A stream can only hand rows to the stage that asks for them in order, and cannot write them.
TEST(InputRows, AreReadByOneStageAlone) {
  using testing::BlobParts;
  Camera camera;
  const cortado_row_source source = {0, &camera, Camera::read};
  const auto error_after = [&](void (*damage)(BlobParts&)) {
    int streams = 0;
    Bytes program = testing::native_program(1, Optimize::ram, streams, true);
    testing::change_blob(program, damage);
    return std::string(Model(program, &source).error.text);
  };
  const std::string twice = error_after([](BlobParts& b) { b.stages[0].input[1] = b.stages[0].input[0]; });
  EXPECT_NE(twice.find("the program reads an input that comes by rows as a whole"), std::string::npos) << twice;
  const std::string written = error_after([](BlobParts& b) {
    stream::BufferRecord& output = b.output_of(0);
    output = {b.buffers[b.stages[0].input[0]].argument, 0, output.same_as, {1, 1, 1, 1, 1, 1, {0, 0}}, 1, 1};
  });
  EXPECT_NE(written.find("a stage writes to a constant"), std::string::npos) << written;
}

}  // namespace
}  // namespace cortado::compiler
