#include "compiler/calibrate/recorded_ranges.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "compiler/quantize/rules.h"
#include "ops/infer.h"
#include "ops/rewriter.h"

namespace cortado::compiler {
namespace {

Interval usual(const ChannelStatistics& statistics) {
  constexpr double deviations = 6;
  Interval all{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (std::size_t c = 0; c < statistics.means.size(); ++c) {
    const double reach = deviations * statistics.deviations[c];
    all = {std::min(all.lo, statistics.means[c] - reach), std::max(all.hi, statistics.means[c] + reach)};
  }
  return all;
}

// Mean and mean square of max(x, 0) for a normal x.
struct Moments {
  double mean, square;
};
Moments rectified(double mean, double deviation) {
  if (deviation <= 0) return {std::max(mean, 0.0), std::max(mean, 0.0) * std::max(mean, 0.0)};
  const double z = mean / deviation;
  const double below = 0.5 * std::erfc(-z / std::numbers::sqrt2);
  const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  return {mean * below + deviation * density,
          (mean * mean + deviation * deviation) * below + mean * deviation * density};
}

// An upper limit is left out of account: little lies above relu6's.
ChannelStatistics after_relu(const ChannelStatistics& x) {
  ChannelStatistics y;
  for (std::size_t c = 0; c < x.means.size(); ++c) {
    const Moments moments = rectified(x.means[c], x.deviations[c]);
    y.means.push_back(moments.mean);
    y.deviations.push_back(std::sqrt(std::max(moments.square - moments.mean * moments.mean, 0.0)));
  }
  return y;
}

ChannelStatistics sum(const ChannelStatistics& a, const ChannelStatistics& b) {
  ChannelStatistics y;
  for (std::size_t c = 0; c < a.means.size(); ++c) {
    y.means.push_back(a.means[c] + b.means[c]);
    y.deviations.push_back(std::hypot(a.deviations[c], b.deviations[c]));
  }
  return y;
}

bool has_same_channels(const ir::Value& a, const ir::Value& b) {
  const ir::Shape& from = a.type.shape;
  const ir::Shape& to = b.type.shape;
  return from.size() >= 2 && to.size() >= 2 && from[0] == to[0] && from[1] == to[1];
}

class Recording {
 public:
  explicit Recording(const RecordedStatistics& recorded) : recorded_(recorded) {}

  void visit(const ir::Node& node) {
    const ir::Value& y = *node.outputs[0];
    if (const auto found = recorded_.find(y.name); found != recorded_.end()) return know(y, found->second);
    const std::vector<ir::Value*> inputs = ir::input_values(node);
    const ChannelStatistics* x = inputs.empty() ? nullptr : find(*inputs[0]);
    if (x == nullptr) return;
    if (const auto clamp = clamp_form(node); clamp && clamp->divisor == 1 && clamp->offset == 0) {
      if (clamp->low == 0.0) statistics_[&y] = after_relu(*x);
      ranges_[&y] = usual(*x);  // its limits are for the caller
    } else if (node.op == "aten::view.default" && has_same_channels(*inputs[0], y)) {
      know(y, *x);
    } else if (node.op == "aten::add.Tensor" && inputs.size() == 2 && inputs[0]->type.shape == inputs[1]->type.shape &&
               ops::operands_of(node).number("alpha") == 1) {
      const ChannelStatistics* other = find(*inputs[1]);
      if (other != nullptr && other->means.size() == x->means.size()) know(y, sum(*x, *other));
    }
  }
  std::map<const ir::Value*, Interval> ranges() && { return std::move(ranges_); }

 private:
  void know(const ir::Value& value, const ChannelStatistics& statistics) {
    ranges_[&value] = usual(statistics);
    statistics_[&value] = statistics;
  }
  const ChannelStatistics* find(const ir::Value& value) const {
    const auto found = statistics_.find(&value);
    return found != statistics_.end() ? &found->second : nullptr;
  }

  const RecordedStatistics& recorded_;
  std::map<const ir::Value*, ChannelStatistics> statistics_;
  std::map<const ir::Value*, Interval> ranges_;
};

}  // namespace

std::map<const ir::Value*, Interval> recorded_ranges(const ir::Graph& graph, const RecordedStatistics& recorded) {
  Recording recording(recorded);
  for (const auto& node : graph.nodes())
    if (!node->outputs.empty()) recording.visit(*node);
  return std::move(recording).ranges();
}

}  // namespace cortado::compiler
