#include "compiler/target.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cortado::compiler {
namespace {

struct Core {
  std::string_view name;
  ops::Isa isa;
};

constexpr Core cores[] = {
    {"cortex-m0", ops::Isa::scalar},  {"cortex-m0plus", ops::Isa::scalar}, {"cortex-m3", ops::Isa::scalar},
    {"cortex-m23", ops::Isa::scalar}, {"cortex-m4", ops::Isa::dsp},        {"cortex-m7", ops::Isa::dsp},
    {"cortex-m33", ops::Isa::dsp},    {"cortex-m35p", ops::Isa::dsp},      {"cortex-m55", ops::Isa::mve},
    {"cortex-m85", ops::Isa::mve},
};

constexpr std::string_view int8_suffix = "+int8";

}  // namespace

Result<ops::Target> parse_target(std::string_view name) {
  std::string_view core_name = name;
  if (core_name.ends_with(int8_suffix)) core_name.remove_suffix(int8_suffix.size());
  for (const Core& core : cores)
    if (core.name == core_name) return ops::Target{std::string(core.name), core.isa};
  return usage_error(fmt::format("unknown target '{}'", name),
                     fmt::format("targets: {}", fmt::join(target_names(), ", ")));
}

std::vector<std::string_view> target_names() {
  std::vector<std::string_view> names;
  for (const Core& core : cores) names.push_back(core.name);
  return names;
}

}  // namespace cortado::compiler
