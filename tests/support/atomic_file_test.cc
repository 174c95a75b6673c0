#include "support/atomic_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace cortado {
namespace {

namespace fs = std::filesystem;

class AtomicFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "cortado_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  fs::path folder_;
  const std::vector<std::uint8_t> bytes_ = std::vector<std::uint8_t>(100000, 7);
};

TEST_F(AtomicFile, WritesAndReplaces) {
  const fs::path path = folder_ / "model.pte";
  ASSERT_TRUE(write_file_atomically(path, std::vector<std::uint8_t>{1, 2, 3}));
  ASSERT_TRUE(write_file_atomically(path, bytes_));
  const auto read = read_file(path);
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read.value(), bytes_);
  EXPECT_EQ(entries(), 1u);
  EXPECT_NE(fs::status(path).permissions() & fs::perms::owner_write, fs::perms::none);
}

TEST_F(AtomicFile, DoesNotReadMoreThanIsAskedFor) {
  const fs::path path = folder_ / "large";
  ASSERT_TRUE(write_file_atomically(path, bytes_));
  EXPECT_TRUE(read_file(path, 100000));
  const auto read = read_file(path, 99999);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message, "cannot read " + path.string() + ": it has more than 99999 bytes");
}

TEST_F(AtomicFile, FollowsALink) {
  ASSERT_TRUE(write_file_atomically(folder_ / "real", std::vector<std::uint8_t>{1}));
  fs::create_symlink(folder_ / "real", folder_ / "link");
  ASSERT_TRUE(write_file_atomically(folder_ / "link", bytes_));
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(fs::file_size(folder_ / "real"), bytes_.size());
}

TEST_F(AtomicFile, LeavesNothingBehindOnErrors) {
  const auto fails = [&](const fs::path& path) {
    const Status status = write_file_atomically(path, bytes_);
    ASSERT_FALSE(status) << path;
    EXPECT_EQ(status.error().fault, Fault::input);
    EXPECT_NE(status.error().message.find(path.string()), std::string::npos) << status.error().text();
  };
  ASSERT_TRUE(write_file_atomically(folder_ / "file", std::vector<std::uint8_t>{1}));
  fails(folder_);
  fails(folder_ / "none" / "model.pte");
  fails(folder_ / "file" / "model.pte");
  if (fs::exists("/dev/full")) fails("/dev/full");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(AtomicFile, ReadingNamesWhatIsWrong) {
  EXPECT_FALSE(read_file(folder_));
  EXPECT_FALSE(read_file(folder_ / "none"));
  ASSERT_TRUE(write_file_atomically(folder_ / "file", bytes_));
  EXPECT_FALSE(read_file(folder_ / "file", bytes_.size() - 1));
  EXPECT_TRUE(read_file(folder_ / "file", bytes_.size()));
}

}  // namespace
}  // namespace cortado
