// cortado calibrate
#include <cstdio>

#include "compiler/calibrate/ranges_file.h"
#include "compiler/compile.h"
#include "tools/command.h"
#include "tools/model.h"
#include "tools/options.h"
#include "tools/ranges.h"

namespace cortado::tools {
namespace {

struct CalibrateOptions {
  ModelOptions model;
  RangesOptions ranges;
  std::string output;
};

// The pipeline up to the pass that asks for ranges.
Status run_calibrate(const CalibrateOptions& options) {
  CORTADO_TRY(Model model, load_model(options.model));
  if (compiler::arrives_quantized(model.graph))
    return input_error(options.model.model + ": is quantized already and needs no ranges",
                       "compile it as it is: cortado compile");
  compiler::CompileOptions compile;
  compile.stop_after = "calibrate";
  compiler::Ranges ranges;
  const auto find = [&](const ir::Graph& normalised) -> Result<compiler::Ranges> {
    CORTADO_TRY(ranges, find_ranges(normalised, options.ranges, model.prior));
    return ranges;
  };
  const auto compiled = compiler::compile(std::move(model.graph), find, compile);
  if (!compiled) return compiled.error();
  CORTADO_CHECK(compiler::write_ranges(ranges, options.output));
  std::printf("%s: ranges of %zu values from %zu samples\n", options.output.c_str(), ranges.values.size(),
              ranges.samples);
  return {};
}

}  // namespace

Command add_calibrate(CLI::App& parent) {
  CLI::App* app = add_subcommand(parent, "calibrate", "Find the ranges of a float model's values from samples",
                                 "  cortado calibrate model.pt2 --calibration samples/ -o ranges.json\n"
                                 "  cortado compile model.pt2 --ranges ranges.json -o model.pte");
  auto options = std::make_shared<CalibrateOptions>();
  add_model_options(*app, options->model);
  add_calibration_options(*app, options->ranges, false);
  app->add_option("-o,--output", options->output, "The file to write; docs/ranges.md describes it")
      ->type_name("ranges.json")
      ->required();
  return {app, [options] { return run_calibrate(*options); }};
}

}  // namespace cortado::tools
