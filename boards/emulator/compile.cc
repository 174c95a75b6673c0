#include "boards/emulator/compile.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "boards/emulator/files.h"
#include "boards/emulator/process.h"

namespace cortado::boards {
namespace {

namespace fs = std::filesystem;

// The C++ headers of the target: newest version in Debian's folder, and its part for this core's C library.
Result<std::vector<std::string>> system_includes(const Core& core, const Tools& tools) {
  fs::path newest;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator("/usr/include/newlib/c++", error))
    newest = std::max(newest, entry.path());
  Command ask{tools.linker, {core.flags.begin(), core.flags.end()}};
  ask.arguments.push_back("-mthumb");
  ask.arguments.push_back("-print-multi-directory");
  CORTADO_TRY(const Finished answer, run_process(ask));
  const std::string multilib = answer.output.substr(0, answer.output.find('\n'));
  return std::vector<std::string>{"-isystem", newest.string(),
                                  "-isystem", (newest / "arm-none-eabi" / multilib).string(),
                                  "-isystem", "/usr/include/newlib"};
}

constexpr std::size_t max_shown_bytes = 2000;  // of a compiler's complaints

// Stages that on a core with Helium spend little time outside of their loops in assembly and of their folder's
// loops.cc, and gathering, whose time is that of a few vectors.
bool is_little_of_the_time(const fs::path& source) {
  constexpr std::string_view stages[] = {"add",           "avg_pool2d",       "packed_conv2d",    "packed_depthwise",
                                         "planar_conv2d", "planar_depthwise", "planar_depthwise8"};
  const std::string folder = source.parent_path().filename().string();
  if (source.filename() == "gather.cc") return true;
  return source.filename() == "stage.cc" && std::find(std::begin(stages), std::end(stages), folder) != std::end(stages);
}

// Speed is in the kernels, in what runs between two rows, and, of loading, in what looks at every stage; everything
// else is made as small as can be. References are for tests: let them compile soon.
const char* optimisation(const Core& core, const fs::path& source) {
  if (source.filename().string().starts_with("reference")) return "-O1";
  if (source.string().find("/stream/") != std::string::npos) return source.filename() == "schedule.cc" ? "-O2" : "-Os";
  if (core.compiler == Compiler::clang && is_little_of_the_time(source)) return "-Os";
  return source.string().find("/ops/") != std::string::npos ? "-O3" : "-Oz";
}

}  // namespace

Result<ObjectCompiler> ObjectCompiler::create(const FirmwareSpec& spec, const Tools& tools, SourceTree& tree) {
  const Core& core = *spec.core;
  std::vector<std::string> flags(core.flags.begin(), core.flags.end());
  if (core.compiler == Compiler::clang) flags.push_back("--target=" + std::string(core.clang_target));
  const std::string home = tree.home().string();
  for (const char* flag :
       {"-std=c++17", "-g", "-mthumb", "-fshort-enums", "-ffunction-sections", "-fdata-sections", "-fno-exceptions",
        "-fno-rtti", "-fno-threadsafe-statics", "-fno-unwind-tables", "-fno-asynchronous-unwind-tables",
        "-ffp-contract=off", "-fno-math-errno", "-Wall", "-Wextra"})
    flags.push_back(flag);
  if (!spec.error_texts) flags.push_back(without_error_texts);
  // What functions share would be nobody's place.
  if (!spec.error_texts && core.compiler == Compiler::clang) flags.push_back("-mno-outline");
  flags.push_back("-I" + home);
  flags.push_back("-I" + home + "/boards/" + std::string(core.folder));
  flags.push_back("-ffile-prefix-map=" + home + "=.");
  CORTADO_TRY(const std::vector<std::string> includes, system_includes(core, tools));
  flags.insert(flags.end(), includes.begin(), includes.end());
  CORTADO_TRY(const Finished version, run_process({tools.compiler, {"--version"}}));
  Hash base;
  base.add(version.output);
  for (const std::string& flag : flags) base.add(flag);
  return ObjectCompiler(core, tools, tree, std::move(flags), base);
}

Result<Hash> ObjectCompiler::hash_of(const std::set<std::string>& files) const {
  Hash hash = base_;
  for (const std::string& file : files) hash.add(file).add(tree_->text(file));
  return hash;
}

Result<CompileJob> ObjectCompiler::job(const std::string& source, const fs::path& cache) {
  CORTADO_TRY(const std::set<std::string> files, tree_->includes(source));
  CORTADO_TRY(Hash hash, hash_of(files));
  const fs::path file = tree_->home() / source;
  return CompileJob{file, cache / (hash.add(optimisation(*core_, file)).text() + ".o")};
}

Result<CompileJob> ObjectCompiler::generated(const std::string& name, const std::string& text, const fs::path& cache) {
  CORTADO_TRY(std::set<std::string> files, tree_->includes("ops/kernel.h"));
  for (const char* header : {"ops/case_row.h", "ops/stage.h", "runtime/calls.h", "runtime/kernels.h"}) {
    CORTADO_TRY(const std::set<std::string> more, tree_->includes(header));
    files.insert(more.begin(), more.end());
  }
  CORTADO_TRY(Hash hash, hash_of(files));
  const std::string stem = hash.add(name).add(text).text();
  const fs::path source = cache / (stem + "." + name);
  CORTADO_CHECK(write_text(source, text));
  return CompileJob{source, cache / (stem + ".o")};
}

Status ObjectCompiler::compile(const CompileJob& job) const {
  const fs::path unfinished = job.object.string() + fmt::format(".{}", getpid());
  Command command{tools_->compiler, flags_};
  command.arguments.emplace_back(optimisation(*core_, job.source));
  for (const std::string& word : {std::string("-c"), job.source.string(), std::string("-o"), unfinished.string()})
    command.arguments.push_back(word);
  auto finished = run_process(command);
  std::error_code error;
  if (finished && finished.value().succeeded()) {
    fs::rename(unfinished, job.object, error);
    if (!error) return {};
  }
  fs::remove(unfinished, error);
  if (!finished) return std::move(finished).error();
  return internal_error(fmt::format("{} does not compile for the target:\n{}", job.source.string(),
                                    finished.value().output.substr(0, max_shown_bytes)));
}

Status ObjectCompiler::run(const std::vector<CompileJob>& jobs, const ProgressCallback& progress) const {
  std::vector<const CompileJob*> missing;
  for (const CompileJob& job : jobs) {
    std::error_code ignored;
    if (!fs::exists(job.object, ignored)) missing.push_back(&job);
  }
  std::mutex mutex;
  std::size_t next = 0;
  std::size_t done = 0;
  Status failure;
  const auto work = [&] {
    for (;;) {
      std::unique_lock lock(mutex);
      if (next == missing.size() || !failure) return;
      const CompileJob& job = *missing[next++];
      lock.unlock();
      Status status = compile(job);
      lock.lock();
      if (!status && failure) failure = std::move(status);
      if (progress) progress({"building the firmware", ++done, missing.size()});
    }
  };
  std::vector<std::thread> threads;
  const std::size_t count = std::min<std::size_t>(missing.size(), std::max(1u, std::thread::hardware_concurrency()));
  for (std::size_t i = 0; i < count; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  if (progress && !missing.empty()) progress({});
  return failure;
}

}  // namespace cortado::boards
