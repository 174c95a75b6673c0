#include "ops/loops.h"

namespace cortado::ops {
namespace {
constexpr bool is_own(LoopId) { return true; }
}  // namespace

CORTADO_DEFINE_LOOPS

}  // namespace cortado::ops
