// Which gains make the int8 network better: those that make their readers' results better.
#pragma once

#include "compiler/calibrate/channel_gain.h"
#include "compiler/calibrate/ranges.h"
#include "compiler/calibrate/samples.h"

namespace cortado::compiler {

// `plain` was observed without gains, `gained` with the gains that it holds. What rounding the value to
// int8 does to the depthwise convolutions that read it, activations included, is measured with and without; gains that
// lower the sum of its squares are kept. Independent of `threads`.
Result<Gains> helpful_gains(const ir::Graph& graph, const SampleSource& samples, const Ranges& plain,
                            const Ranges& gained, std::size_t threads, bool progress);

}  // namespace cortado::compiler
