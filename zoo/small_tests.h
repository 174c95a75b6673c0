// The small modules that ExecuTorch's aot_arm_compiler has built in for trying things out.
#pragma once

#include "ir/graph.h"
#include "zoo/weights.h"

namespace cortado::zoo {

Result<ir::Graph> build_qadd(Weights& weights);   // a [13, 3]: a + a
Result<ir::Graph> build_qadd2(Weights& weights);  // a, b [13, 7, 3]: p = a + a, q = b + b, p + q
// w [3, 1, 2], x [3, 5, 2], y [3, 5, 1], z [3, 5, 2]: o1 = w − x, o2 = o1 + y, o2 · z
Result<ir::Graph> build_qops(Weights& weights);
Result<ir::Graph> build_qlinear(Weights& weights);  // x [8, 61]: a linear layer of 37 features

}  // namespace cortado::zoo
