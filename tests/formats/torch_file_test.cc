#include "formats/tensors/torch_file.h"

#include <gtest/gtest.h>

#include "formats/pickle/unpickle.h"
#include "formats/strided.h"
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
  for (const char* name :
       {"os\nsystem\n", "builtins\neval\n", "torch\nload\n", "numpy.core.multiarray\nscalar\n", "builtins\ngetattr\n",
        "torch.nn.modules.linear\nLinear\n", "collections\nOrderedDict.x\n"}) {
    const auto pickle = run(PickleBytesWriter()
                                .raw("\x80\x02"
                                     "c")
                                .raw(name)
                                .raw("(X\x02")
                                .zeros(3)
                                .raw("ls"
                                     "tR."));
    ASSERT_FALSE(pickle) << name;
    EXPECT_EQ(pickle.error().fault, Fault::input);
    EXPECT_NE(pickle.error().message.find("which is not read: only tensors, containers, strings and numbers are"),
              std::string::npos)
        << pickle.error().text();
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
  writer
      .raw(
          "\x80\x04}\x94(\x8c\x01"
          "a]\x94(K\x01J\xfe\xff\xff\xff\x88Ne\x8c\x01"
          "bG")
      .raw("\x3f\xe0")
      .zeros(6);
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
  const PickleBytesWriter writer =
      std::move(PickleBytesWriter().raw("\x80\x02]q").zeros(1).raw("h").zeros(1).raw("a."));
  ZipWriter zip;
  ASSERT_TRUE(zip.add("archive/data.pkl", writer.bytes()));
  const auto tensors = read(zip.finish());
  ASSERT_FALSE(tensors);
  EXPECT_EQ(tensors.error().message, "its containers are nested too deeply");
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

template <class T>
void expect_message(const Result<T>& result, const std::string& message) {
  ASSERT_FALSE(result) << message;
  EXPECT_EQ(result.error().fault, Fault::input);
  EXPECT_NE(result.error().text().find(message), std::string::npos) << result.error().text();
}

TEST(Pickle, NonsenseIsAnError) {
  for (const char* text : {"", ".", "a.", "t.", "h\x01.", "2.", "(", "b.", "Q.", "u.", "\x93.", "R."})
    expect_message(run(PickleBytesWriter().raw(text)), "the pickle is damaged or truncated");
  for (const char* text : {"NNa.", "N(e.", "N(N\x90.", "NNNs.", "N(NNu.", "(Nd.", "NNR.", "NNb.", "NN\x93."})
    expect_message(run(PickleBytesWriter().raw(text)),
                   "the pickle is damaged: an opcode meets a value that it is not for");
  expect_message(run(PickleBytesWriter().raw("\xff.")),
                 "the pickle has the opcode 255, which plain data does not need");
  expect_message(run(PickleBytesWriter().raw("\x80\x09.")), "the pickle is of protocol 9; 1 to 5 are supported");
  expect_message(run(PickleBytesWriter().raw("ctorch.nn.parameter\nParameter\n)R.")),
                 "the pickle calls 'torch.nn.parameter.Parameter', which is no function");
  expect_message(run(PickleBytesWriter().raw("ctorch\ndevice\n)R.")),
                 "the pickle calls 'torch.device' with arguments that do not fit");
  expect_message(run(PickleBytesWriter().raw("NQ.")),
                 "the pickle names an external object that is no storage of a tensor");
}

// ('storage', FloatStorage, key, 'cpu', elements), as torch.save names storages.
void put_storage(PickleBytesWriter& to, const char* key, std::size_t elements, std::string_view rest = "tQ") {
  to.raw("(").string("storage").raw("ctorch\nFloatStorage\n").string(key).string("cpu").integer(elements).raw(rest);
}

TEST(Pickle, StoragesThatContradictThemselvesAreErrors) {
  PickleBytesWriter twice;
  put_storage(twice, "k", 6);
  put_storage(twice, "k", 7);
  expect_message(run(twice), "the pickle describes the storage 'k' in two ways");
  PickleBytesWriter view;
  put_storage(view, "k", 6, "(NNNttQ");
  expect_message(run(view), "the pickle holds a view of a storage in a form that PyTorch stopped writing in 2018");
}

TEST(Pickle, CopyingForEverIsRefused) {
  // A text of 64 KiB, by which a device is named 300 times.
  PickleBytesWriter copies;
  copies.raw("X").zeros(2).byte(1).zeros(1).raw(std::string(65536, 'x')).raw("q").zeros(1);
  for (int i = 0; i < 300; ++i) copies.raw("ctorch\ndevice\nh").zeros(1).raw("\x85R0");
  expect_message(run(copies), "the pickle copies its own content too often");
}

using Members = std::vector<std::pair<std::string, std::vector<std::uint8_t>>>;

std::vector<std::uint8_t> zip_of(const Members& members) {
  ZipWriter zip;
  for (const auto& [name, content] : members) EXPECT_TRUE(zip.add(name, content));
  return zip.finish();
}

TEST(TorchFile, ArchivesOfOtherKindsAreSaid) {
  const auto pickle = testing::checkpoint_pickle(false).bytes();
  const std::vector<std::uint8_t> big = {'b', 'i', 'g'}, short_storage(8, 0);
  expect_message(read(zip_of({{"notes.txt", {}}})),
                 "is a zip file but none that torch.save writes: there is no data.pkl");
  expect_message(read(zip_of({{"m/data.pkl", pickle}, {"m/constants.pkl", {}}})), "is a TorchScript archive");
  expect_message(read(zip_of({{"m/data.pkl", pickle}, {"m/byteorder", big}})),
                 "was written on a big-endian machine, which is not supported");
  expect_message(read(zip_of({{"m/data.pkl", pickle}, {"m/data/k1", short_storage}})),
                 "the storage 'k1' has 8 bytes in place of 24");
  PickleBytesWriter absurd;
  absurd.raw("(")
      .string("storage")
      .raw("ctorch\nFloatStorage\n")
      .string("k")
      .string("cpu")
      .raw("I4611686018427387904\ntQ.");
  expect_message(read(zip_of({{"m/data.pkl", absurd.bytes()}})), "the storage 'k' has an impossible size");
}

// The older form: a number, a version, the machine, the tensors, the keys of their storages, the storages.
std::vector<std::uint8_t> older(std::string_view version, std::string_view machine, const PickleBytesWriter& keys,
                                const std::vector<std::uint8_t>& storages) {
  PickleBytesWriter file;
  file.raw("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.").raw(version).raw(machine);
  std::vector<std::uint8_t> bytes = file.bytes();
  for (const auto& part : {testing::checkpoint_pickle(true).bytes(), keys.bytes(), storages})
    bytes.insert(bytes.end(), part.begin(), part.end());
  return bytes;
}

TEST(TorchFile, DamageOfTheOlderFormIsSaid) {
  constexpr std::string_view version = "M\xe9\x03.", machine = "}.";
  const auto keys = [](const char* key) {
    PickleBytesWriter list;
    list.raw("](").string(key).raw("e.");
    return list;
  };
  PickleBytesWriter no_list, none, big;
  no_list.raw("N.");
  none.raw("].");
  big.raw("}").string("little_endian").raw("\x89s.");
  const std::string big_machine(big.bytes().begin(), big.bytes().end());
  std::vector<std::uint8_t> seven(8 + 24, 0);
  seven[0] = 7;
  expect_message(read({'N', '.'}), "is no file that torch.save writes");
  expect_message(read(older("M\xea\x03.", machine, none, {})), "is of an unknown version of torch.save");
  expect_message(read(older(version, "N.", none, {})), "the description of its machine is damaged");
  expect_message(read(older(version, big_machine, none, {})),
                 "was written on a big-endian machine, which is not supported");
  expect_message(read(older(version, machine, no_list, {})), "the list of its storages is damaged");
  expect_message(read(older(version, machine, keys("k9"), {})), "it holds a storage that nothing names");
  expect_message(read(older(version, machine, keys("k1"), {6, 0})), "it ends within the storage 'k1': it is truncated");
  expect_message(read(older(version, machine, keys("k1"), seven)), "the storage 'k1' has an unexpected size");
  expect_message(read(older(version, machine, none, {})), "tensor 'conv.weight': the storage 'k1' is missing");
}

// A tensor of `sizes` and `strides` over 6 elements.
Result<NamedTensors> tensor_over_six(const std::vector<std::size_t>& sizes, const std::vector<std::size_t>& strides) {
  PickleBytesWriter pickle;
  pickle.raw("\x80\x02");
  testing::put_tensor(pickle, "FloatStorage", "k1", 6, sizes, strides, false);
  return read(testing::zip_checkpoint(pickle.raw(".").bytes()));
}

TEST(TorchFile, TensorsThatDoNotFitTheirStorageAreErrors) {
  expect_message(read(zip_of({{"m/data.pkl", {'}', '.'}}})), "holds no tensor");
  const std::vector<std::uint8_t> storage(8, 0);
  expect_message(materialise({DType::i4, {2}, {1}, 0}, storage), "a tensor of type i4 cannot be in a file");
  expect_message(materialise({DType::f32, {2}, {1}, -1}, storage),
                 "a tensor's sizes, strides or offset are impossible");
  expect_message(tensor_over_six({7}, {1}), "a tensor needs 7 elements of a storage of 6");
  expect_message(tensor_over_six({2}, {1, 1}),
                 "the pickle calls 'torch._utils._rebuild_tensor_v2' with arguments that do not fit");
}

}  // namespace
}  // namespace cortado::formats
