// Python models: exported by the user's Python, whose every misfortune has a message.
#include <chrono>
#include <cstdlib>

#include "tests/compatibility/peer.h"
#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class PythonModel : public CommandLine {
 protected:
  // A stand-in for Python.
  std::string fake_python(const std::string& commands) const {
    write(file("fake_python"), "#!/bin/sh\n" + commands + "\n");
    std::filesystem::permissions(file("fake_python"), std::filesystem::perms::owner_all);
    return file("fake_python");
  }
  Finished compile(const std::string& model, const std::string& python, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"compile", model, "-o", "out.pte", "--python", python});
    return cortado(more);
  }
  void SetUp() override {
    CommandLine::SetUp();
    write(file("net.py"),
          "import torch\n"
          "from parts import features\n"
          "class Net(torch.nn.Module):\n"
          "    def __init__(self):\n"
          "        super().__init__()\n"
          "        self.linear = torch.nn.Linear(features, 4)\n"
          "    def forward(self, x):\n"
          "        return torch.relu(self.linear(x))\n"
          "torch.manual_seed(0)\n"
          "ModelUnderTest = Net()\n"
          "ModelInputs = (torch.randn(2, features),)\n"
          "print('said by the model')\n");
    write(file("parts.py"), "features = 8\n");
  }

  // Python with PyTorch, or "".
  static std::string torch_python() {
    std::vector<std::string> candidates;
    if (const char* given = std::getenv("CORTADO_TEST_PYTHON")) candidates.push_back(given);
    if (const char* environment = std::getenv("VIRTUAL_ENV"))
      candidates.push_back(std::string(environment) + "/bin/python");
    candidates.insert(candidates.end(), {peer_python().string(), "/usr/bin/python3"});
    for (const std::string& python : candidates)
      if (std::filesystem::exists(python) &&
          conformance::run_process({python, "-c", "import torch"}, std::chrono::seconds(60)).ok())
        return python;
    return "";
  }
};

TEST_F(PythonModel, WithoutTorchSaysWhatToRunWhereItIs) {
  expect_error(compile("net.py", fake_python("echo no torch >&2; exit 101")), 1,
               {"net.py: the Python there is has no PyTorch", "fake_python", "--python", "runpy.run_path('net.py')",
                "torch.export.save(torch.export.export(", "'net.pt2')"});
  write(file("net.pth"), "x");
  write(file("x.pt"), "x");
  expect_error(compile("net.pth", fake_python("exit 101"), {"--model-input", "x.pt"}), 1,
               {"torch.load('net.pth', weights_only=False), torch.load('x.pt'"});
  EXPECT_FALSE(std::filesystem::exists(file("out.pte")));
}

TEST_F(PythonModel, WithoutPythonSaysSo) {
  expect_error(compile("net.py", "no/such/python"), 2, {"--python no/such/python: there is no such program"});
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nowhere", 1);
  const Finished finished = cortado({"compile", "net.py", "-o", "out.pte"});
  setenv("PATH", path.c_str(), 1);
  if (std::getenv("VIRTUAL_ENV") == nullptr)
    expect_error(finished, 1, {"net.py: there is no Python to export it with", "torch.export.save"});
}

TEST_F(PythonModel, ACrashIsAMessage) {
  expect_error(compile("net.py", fake_python("echo the last words; kill -SEGV $$")), 1,
               {"net.py: Python", "crashed: Segmentation fault", "the last words"});
}

TEST_F(PythonModel, AHangIsEnded) {
  expect_error(compile("net.py", fake_python("echo half of it; kill -SEGV $$")), 1,
               {"net.py: Python (", ") crashed: Segmentation fault; it had said:\n    half of it"});
  expect_error(compile("net.py", fake_python("exec sleep 100"), {"--python-timeout", "1"}), 1,
               {" took longer than 1 seconds and was ended", "--python-timeout"});
}

TEST_F(PythonModel, WhatItSaysIsShown) {
  expect_error(compile("net.py", fake_python("echo ValueError: seven; exit 1")), 1,
               {"net.py: its code failed in Python", "ValueError: seven"});
  expect_error(compile("net.py", fake_python("echo it is no module; exit 102")), 1, {"net.py: it is no module"});
  expect_error(compile("net.py", fake_python("echo a loop over data; exit 103")), 1,
               {"net.py: torch.export refuses the model", "a loop over data"});
  expect_error(run_tool("aot_arm_compiler", {"-m", "net.py", "-q", "--python", fake_python("exit 103")}), 1,
               {"--non_strict_export may help"});
  expect_error(compile("net.py", fake_python("echo bye; exit 0")), 1,
               {"ended without exporting it", "bye", "sys.exit()"});
  expect_error(compile("missing.py", fake_python("exit 0")), 1, {"missing.py: there is no such file"});
  expect_error(compile("net.py", fake_python("exit 0"), {"--model-input", "no.pt"}), 1,
               {"no.pt: there is no such file"});
}

TEST_F(PythonModel, FromSourceFromAPickleAndFromPt2AreTheSameProgram) {
  const std::string python = torch_python();
  if (python.empty())
    GTEST_SKIP() << "there is no Python with torch: the peer (./dev peer) has it, or CORTADO_TEST_PYTHON names one";
  write(file("save.py"),
        "import torch, net\n"
        "torch.save(net.ModelUnderTest, 'saved.pth')\n"
        "torch.save(net.ModelInputs, 'inputs.pt')\n"
        "torch.export.save(torch.export.export(net.ModelUnderTest.eval(), net.ModelInputs), 'exported.pt2')\n"
        "torch.save(net.ModelUnderTest.state_dict(), 'weights.pth')\n");
  const Finished saved = conformance::run_process({python, "save.py"}, std::chrono::seconds(120), folder());
  ASSERT_TRUE(saved.ok()) << saved.err;
  const auto program = [&](const std::vector<std::string>& model) {
    std::vector<std::string> arguments = {"compile", "-o", "out.pte", "--python", python, "--calibration", "inputs.pt"};
    arguments.insert(arguments.begin() + 1, model.begin(), model.end());
    const Finished finished = cortado(arguments);
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    return read(file("out.pte"));
  };
  const std::string expected = program({"exported.pt2"});
  EXPECT_EQ(program({"net.py"}), expected);
  EXPECT_EQ(program({"saved.pth", "--model-input", "inputs.pt"}), expected);
  expect_error(compile("weights.pth", python, {"--model-input", "inputs.pt"}), 1, {"holds weights", "not a module"});
  expect_error(compile("saved.pth", python), 1, {"no example inputs", "--model-input"});
  write(file("empty.py"), "x = 1\n");
  expect_error(compile("empty.py", python), 1, {"empty.py", "does not define ModelUnderTest"});
  write(file("broken.py"), "raise KeyError('seven')\n");
  expect_error(compile("broken.py", python), 1, {"broken.py: its code failed", "KeyError: 'seven'"});
}

}  // namespace
}  // namespace cortado::tests
