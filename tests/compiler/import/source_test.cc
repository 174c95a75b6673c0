#include "compiler/import/source.h"

#include <gtest/gtest.h>

namespace cortado::compiler {
namespace {

const char* const torch_frame =
    "  File \"/opt/env/lib/python3.11/site-packages/torch/_dynamo/functional_export.py\", line 232, in forward\n"
    "    res = self._export_root(*args, **kwargs)\n          ^^^^^^^\n";
const char* const user_frame = "  File \"/home/me/net.py\", line 31, in forward\n    x = self.body(x)\n";
const char* const package_frame =
    "  File \"/opt/env/lib/python3.11/site-packages/timm/models/efficientnet.py\", line 7, in forward\n    x = "
    "self.conv(x)\n";

TEST(Source, TheUsersFrameIsPreferred) {
  const ir::Source source = read_source(std::string(torch_frame) + user_frame + package_frame + torch_frame,
                                        "L__self__,,net.Net;140,body.0,torch.nn.modules.conv.Conv2d");
  EXPECT_EQ(source.file, "/home/me/net.py");
  EXPECT_EQ(source.line, 31);
  EXPECT_EQ(source.code, "x = self.body(x)");
  EXPECT_EQ(source.module, "body.0");
}

TEST(Source, TheInnermostOfTheUsersFramesIsKept) {
  const std::string inner = "  File \"/home/me/net.py\", line 12, in block\n    return self.act(x)\n";
  EXPECT_EQ(read_source(user_frame + inner, "").line, 12);
}

TEST(Source, APackagesFrameIsBetterThanNone) {
  EXPECT_EQ(read_source(std::string(torch_frame) + package_frame, "").line, 7);
  EXPECT_EQ(read_source(torch_frame, "").text(), "");
  EXPECT_EQ(read_source("", "").text(), "");
  EXPECT_EQ(read_source("  File \"<eval_with_key>.57\", line 6, in forward\n    x\n", "").text(), "");
}

TEST(Source, CommasWithinATypeDoNotEndThePath) {
  EXPECT_EQ(read_source("", "k[0, 1],a.b,M.__new__.<locals>.G(x, y)").module, "a.b");
  EXPECT_EQ(read_source("", "nonsense").module, "");
}

TEST(Source, DamagedFramesArePassedOver) {
  EXPECT_EQ(read_source("File \"x.py\nFile \"x.py\", line\nFile \"x.py\", line 99999999999, in f", "").text(), "");
}

}  // namespace
}  // namespace cortado::compiler
