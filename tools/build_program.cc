#include "tools/build_program.h"

#include <chrono>
#include <cstdio>

#include "compiler/pipeline.h"
#include "ir/text.h"
#include "support/atomic_file.h"
#include "tools/console.h"

namespace cortado::tools {
namespace {

// Writes and prints graphs as the passes leave them. The first error is kept: passes are not stopped by it.
class Observer {
 public:
  Observer(std::filesystem::path folder, std::string print_after, std::string model)
      : folder_(std::move(folder)), print_after_(std::move(print_after)), model_(std::move(model)) {}

  void operator()(std::string_view pass, const ir::Graph& graph) {
    if (pass == print_after_) {
      std::printf("%s", ir::to_text(graph).c_str());
      printed_ = true;
    }
    if (folder_.empty() || !status_) return;
    char number[16];
    std::snprintf(number, sizeof number, "%02d", count_++);
    const std::string text = ir::to_text(graph);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    status_ = write_file_atomically(folder_ / (model_ + "_" + number + "_" + std::string(pass) + ".txt"),
                                    {bytes, text.size()});
  }

  Status finish() const {
    if (!print_after_.empty() && !printed_)
      return usage_error("--print-after " + print_after_ + ": no such pass ran",
                         "--intermediates DIR shows the names of the passes");
    return status_;
  }

 private:
  std::filesystem::path folder_;
  std::string print_after_, model_;
  int count_ = 0;
  bool printed_ = false;
  Status status_;
};

Status make_folder(const std::filesystem::path& folder) {
  if (folder.empty()) return {};
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error && std::filesystem::is_directory(folder)) return {};
  return input_error("cannot make the folder " + folder.string() + (error ? ": " + error.message() : ""));
}

void tell(const compiler::Report& report) {
  for (const std::string& line : report.notices) notice(line);
  if (report.float_operators.empty()) return;
  warning(std::to_string(report.float_operators.size()) + " operators stay in float:");
  for (const auto& node : report.float_operators) notice(to_text(node));
}

}  // namespace

Result<Built> build_program(BuildOptions options) {
  const auto begin = std::chrono::steady_clock::now();
  CORTADO_CHECK(make_folder(options.intermediates));
  CORTADO_TRY(Model model, load_model(options.model));
  Observer observer(options.intermediates, options.print_after, model_name(options.model.model));
  options.compile.observe = [&](std::string_view pass, const ir::Graph& now) { observer(pass, now); };
  Built built;
  built.has_made_up_weights = model.has_made_up_weights;
  const auto ranges_of = [&](const ir::Graph& normalised) {
    return find_ranges(normalised, options.ranges, model.prior);
  };
  auto compiled = compiler::compile(std::move(model.graph), ranges_of, options.compile);
  if (!compiled) return std::move(compiled).error();
  built.compiled = std::move(compiled).value();
  CORTADO_CHECK(observer.finish());
  tell(built.compiled.report);
  built.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return built;
}

}  // namespace cortado::tools
