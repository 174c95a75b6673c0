#include "formats/tensors/torch_file.h"

#include <gtest/gtest.h>

#include "formats/pickle/unpickle.h"
#include "formats/zip/writer.h"
#include "tests/formats/scratch_folder.h"
#include "tests/formats/torch_bytes.h"

namespace cortado::formats {
namespace {

using testing::PickleBytesWriter;

Result<NamedTensors> read(const std::vector<std::uint8_t>& bytes) { return parse_torch_file(bytes); }

TEST(TorchFile, TheOlderFormIsRead) {
  const auto tensors = read(testing::older_checkpoint());
  ASSERT_TRUE(tensors) << tensors.error().text();
  ASSERT_EQ(tensors.value().size(), 2u);
  EXPECT_EQ(tensors.value()[0].name, "conv.weight");
  EXPECT_EQ(tensors.value()[0].tensor.shape(), (ir::Shape{2, 3}));
  // Stored transposed: strides (1, 2).
  const float* weight = tensors.value()[0].tensor.data<float>();
  EXPECT_EQ(std::vector<float>(weight, weight + 6), (std::vector<float>{0, 2, 4, 1, 3, 5}));
  EXPECT_EQ(tensors.value()[1].name, "conv.count");
  EXPECT_EQ(tensors.value()[1].tensor.dtype(), DType::i64);
  EXPECT_EQ(tensors.value()[1].tensor.as_int(0), 7);
}

TEST(TorchFile, TheZipFormIsRead) {
  const auto tensors = read(testing::zip_checkpoint());
  ASSERT_TRUE(tensors) << tensors.error().text();
  ASSERT_EQ(tensors.value().size(), 2u);
  EXPECT_EQ(tensors.value()[0].tensor.data<float>()[1], 2.0f);
}

TEST(TorchFile, EveryTruncationIsAnError) {
  const auto bytes = testing::older_checkpoint();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto tensors = read({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)});
    ASSERT_FALSE(tensors) << size;
    EXPECT_EQ(tensors.error().fault, Fault::input);
  }
}

Result<Pickle> run(const PickleBytesWriter& writer) {
  std::span<const std::uint8_t> bytes = writer.bytes();
  return unpickle(bytes);
}

TEST(TorchFile, ErrorsNameTheFile) {
  const testing::ScratchFolder folder;
  const auto tensors = read_torch_file(folder.write("x.pth", {}));
  ASSERT_FALSE(tensors);
  EXPECT_NE(tensors.error().message.find("x.pth"), std::string::npos);
  EXPECT_TRUE(read_torch_file(folder.write("y.pth", testing::older_checkpoint())));
}

TEST(Pickle, NamesOutsideTheListAreRefused) {
  for (const char* name : {"os\nsystem\n", "builtins\neval\n", "torch\nload\n", "numpy.core.multiarray\nscalar\n",
                           "builtins\ngetattr\n", "torch.nn.modules.linear\nLinear\n", "collections\nOrderedDict.x\n"}) {
    const auto pickle = run(PickleBytesWriter().raw("\x80\x02" "c").raw(name).raw("(X\x02").zeros(3).raw("ls" "tR."));
    ASSERT_FALSE(pickle) << name;
    EXPECT_EQ(pickle.error().fault, Fault::input);
    EXPECT_NE(pickle.error().message.find("not read"), std::string::npos) << pickle.error().text();
    EXPECT_NE(pickle.error().hint.find("state_dict"), std::string::npos);
  }
}

TEST(Pickle, TheSameByStackGlobal) {
  const auto pickle = run(PickleBytesWriter().raw("\x80\x04\x8c\x02os\x8c\x06system\x93."));
  ASSERT_FALSE(pickle);
  EXPECT_NE(pickle.error().message.find("os.system"), std::string::npos);
}

TEST(Pickle, PlainDataIsRead) {
  // {'a': [1, -2, True, None], 'b': (0.5, b'xy')} in protocol 4
  PickleBytesWriter writer;
  writer.raw("\x80\x04}\x94(\x8c\x01" "a]\x94(K\x01J\xfe\xff\xff\xff\x88Ne\x8c\x01" "bG").raw("\x3f\xe0").zeros(6);
  writer.raw("C\x02xy\x86u.");
  const auto pickle = run(writer);
  ASSERT_TRUE(pickle) << pickle.error().text();
  const auto* dict = pickle.value().root->get<PickleDict>();
  ASSERT_NE(dict, nullptr);
  ASSERT_EQ(dict->entries.size(), 2u);
  const auto* list = dict->entries[0].second->get<PickleList>();
  ASSERT_NE(list, nullptr);
  ASSERT_EQ(list->items.size(), 4u);
  EXPECT_EQ(*list->items[1]->get<std::int64_t>(), -2);
  EXPECT_TRUE(*list->items[2]->get<bool>());
  EXPECT_TRUE(list->items[3]->is_none());
  const auto* tuple = dict->entries[1].second->get<PickleTuple>();
  ASSERT_NE(tuple, nullptr);
  EXPECT_EQ(*tuple->items[0]->get<double>(), 0.5);
}

TEST(Pickle, AListWithinItselfEndsTheWalk) {
  // l = []; l.append(l), as the content of a zip.
  const PickleBytesWriter writer = std::move(PickleBytesWriter().raw("\x80\x02]q").zeros(1).raw("h").zeros(1).raw("a."));
  ZipWriter zip;
  ASSERT_TRUE(zip.add("archive/data.pkl", writer.bytes()));
  const auto tensors = read(zip.finish());
  ASSERT_FALSE(tensors);
  EXPECT_NE(tensors.error().message.find("nested"), std::string::npos) << tensors.error().text();
}

TEST(Pickle, SharedListsDoNotTakeForEver) {
  PickleBytesWriter writer;
  writer.raw("\x80\x04]\x94");
  for (int level = 0; level < 60; ++level) writer.raw("2\x86");  // (x, x)
  const PickleBytesWriter& done = writer.raw(".");
  ZipWriter zip;
  ASSERT_TRUE(zip.add("archive/data.pkl", done.bytes()));
  EXPECT_FALSE(read(zip.finish()));
}

TEST(Pickle, NonsenseIsAnError) {
  for (const char* text : {"", ".", "}.", "a.", "t.", "h\x01.", "R.", "2.", "(", "b.", "Q.", "u.", "\x93.", "\xff."}) {
    if (std::string(text) == "}.") continue;  // an empty dictionary
    EXPECT_FALSE(run(PickleBytesWriter().raw(text))) << text;
  }
}

}  // namespace
}  // namespace cortado::formats
