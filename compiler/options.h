// What the user can choose about a compilation.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "ops/lowering.h"

namespace cortado::ir {
class Graph;
}

namespace cortado::compiler {

// The element type of a graph input or output as the program's caller sees it.
enum class Io : std::uint8_t { float32, int8, uint8 };

enum class Dialect : std::uint8_t {
  cortex_m,  // ExecuTorch's operators, one call each
  cortado,   // row streams where they can be, the same operators elsewhere
};

// Of the native dialect: what matters most when there is no arena limit.
enum class Optimize : std::uint8_t {
  time,      // the fewest cycles
  ram,       // the least memory, then the fewest cycles
  balanced,  // the fewest cycles within 5/4 of the least memory
};

// Of the native dialect: the inner loops that a firmware which links only its program's needs (ops/loops.h).
enum class Loops : std::uint8_t {
  by_optimize,  // compact with Optimize::ram, else fast
  fast,
  compact,  // the least flash
};

struct CompileOptions {
  ops::Target target;  // see parse_target
  Dialect dialect = Dialect::cortex_m;
  bool require_int8 = false;         // a node that stays in float is an error, unless keep_float names it
  std::set<std::string> keep_float;  // names of nodes or modules ("features.3") that stay in float by choice
  Io io = Io::float32;
  std::map<std::string, Io> io_by_name;  // exceptions, by the name of the input or output; float models only
  bool explicit_layout = false;          // spatial operators in their _nhwc form, with transposes in the graph
  Optimize optimize = Optimize::balanced;
  Loops loops = Loops::by_optimize;
  bool materialise = false;           // native dialect: every tensor whole in memory, operator by operator
  bool input_rows = false;            // native dialect: the first input has no memory, its rows are asked for
  std::size_t arena_limit_bytes = 0;  // 0: no limit

  // Called with the imported graph (pass name "import") and after every pass, for --intermediates.
  std::function<void(std::string_view pass, const ir::Graph&)> observe;
  // Name of the last pass to run; "" runs all.
  std::string stop_after;
};

}  // namespace cortado::compiler
