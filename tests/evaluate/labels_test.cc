#include "compiler/evaluate/labels.h"

#include <gtest/gtest.h>

namespace cortado::compiler {
namespace {

TEST(Labels, FilesClassesAndNames) {
  const auto labels = parse_labels(
      "\xef\xbb\xbf"
      "file,class_index,name\r\n\r\na.png,3,cat\r\n\"b,\"\"1\"\".png\",0,\n");
  ASSERT_TRUE(labels) << labels.error().text();
  ASSERT_EQ(labels.value().size(), 2u);
  EXPECT_EQ(labels.value()[0].file, "a.png");
  EXPECT_EQ(labels.value()[0].class_index, 3);
  EXPECT_EQ(labels.value()[0].class_name, "cat");
  EXPECT_EQ(labels.value()[1].file, "b,\"1\".png");
}

TEST(Labels, MistakesNameTheLine) {
  const struct {
    const char* text;
    const char* message;
  } cases[] = {
      {"", "there are no labels"},
      {"file,class_index\n", "there are no labels"},
      {"a.png,3\n", "line 1: the first line must be \"file,class_index\" or \"file,class_index,name\""},
      {"file,class_index\na.png,3\nb.png,x\n", "line 3: expected a file and a class number, separated by a comma"},
      {"file,class_index\na.png,-1\n", "line 2: expected a file and a class number, separated by a comma"},
      {"file,class_index\na.png,99999999999999999999\n",
       "line 2: expected a file and a class number, separated by a comma"},
      {"file,class_index\n\"a.png,3\n", "line 2: expected a file and a class number, separated by a comma"},
      {"file,class_index\na.png\n", "line 2: expected a file and a class number, separated by a comma"},
      {"file,class_index\n,3\n", "line 2: expected a file and a class number, separated by a comma"},
  };
  for (const auto& [text, message] : cases) {
    const auto labels = parse_labels(text);
    ASSERT_FALSE(labels) << text;
    EXPECT_NE(labels.error().message.find(message), std::string::npos) << labels.error().message;
  }
  EXPECT_EQ(read_labels("/nonexistent.csv").error().message, "cannot read /nonexistent.csv");
}

}  // namespace
}  // namespace cortado::compiler
