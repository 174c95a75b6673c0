#include "runtime/host/operators_of.h"

#include <algorithm>

#include "ops/stage_loops.h"
#include "stream/stream.h"

namespace cortado::runtime {

std::vector<std::string> operators_of(const Program& program) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (std::uint32_t i = 0; i < program.instruction_count(); ++i) {
    add(program.instruction_name(i));
    const stream::Stream* stages = program.instruction_stream(i);
    if (stages == nullptr) continue;
    for (std::uint32_t s = 0; s < stages->stage_count(); ++s) {
      add(std::string("stage ") + stages->stage_name(s));
      for (const ops::LoopId loop :
           ops::loops_of(stages->stage_id(s), stages->stage_arguments(s), stages->wants_compact_loops()))
        add("loop " + std::string(ops::loop_names[static_cast<int>(loop)].name));
    }
  }
  return names;
}

}  // namespace cortado::runtime
