#include "compiler/compile.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/emit/emit.h"
#include "formats/pte/write.h"

namespace cortado::compiler {
namespace {

bool is_kept(const FloatOperator& node, const std::set<std::string>& keep_float) {
  return std::any_of(keep_float.begin(), keep_float.end(), [&](const std::string& name) {
    return node.node == name || node.module == name || node.module.starts_with(name + ".");
  });
}

Status check_float_operators(const Report& report, const CompileOptions& options) {
  if (!options.require_int8) return {};
  std::string list;
  std::size_t count = 0;
  for (const FloatOperator& node : report.float_operators) {
    if (is_kept(node, options.keep_float)) continue;
    ++count;
    list += "\n" + to_text(node);
  }
  if (count == 0) return {};
  return input_error(fmt::format("{} operators would compute in float:{}", count, list),
                     "leave --require-int8 out, or name those that may stay with --keep-float");
}

Status check_stop_after(const std::string& name) {
  const auto passes = pipeline();
  if (name.empty() || std::any_of(passes.begin(), passes.end(), [&](const Pass& pass) { return pass.name == name; }))
    return {};
  std::string names;
  for (const Pass& pass : passes) names += (names.empty() ? "" : ", ") + std::string(pass.name);
  return usage_error(fmt::format("there is no pass '{}'", name), "passes: " + names);
}

}  // namespace

Result<Compiled> compile(ir::Graph imported, const RangesSource& ranges, const CompileOptions& options) {
  CORTADO_CHECK(check_stop_after(options.stop_after));
  Compiled compiled;
  compiled.graph = std::move(imported);
  PassContext context{options, compiled.report, ranges, {}};
  CORTADO_CHECK(run_pipeline(compiled.graph, context));
  if (!options.stop_after.empty()) return compiled;
  CORTADO_CHECK(check_float_operators(compiled.report, options));

  CORTADO_TRY(compiled.plan, plan_memory(compiled.graph));
  CORTADO_CHECK(check_plan(compiled.graph, compiled.plan));
  if (options.arena_limit_bytes != 0 && compiled.plan.arena_bytes > options.arena_limit_bytes)
    return input_error(fmt::format("the model needs an arena of {} bytes, the limit is {}", compiled.plan.arena_bytes,
                                   options.arena_limit_bytes),
                       "raise the limit, or choose a smaller batch or input");
  CORTADO_TRY(const pte::Program program, to_program(compiled.graph, compiled.plan));
  CORTADO_TRY(compiled.bytes, pte::write(program));
  return compiled;
}

}  // namespace cortado::compiler
