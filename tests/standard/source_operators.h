// Tests that every source operator of the registry gets.
#pragma once

#include <gtest/gtest.h>

#include <cctype>

#include "tests/standard/random_node.h"

namespace cortado::tests {

class SourceOperatorTest : public testing::TestWithParam<const ops::Definition*> {
 protected:
  // visit(node) for random nodes that the operator takes, until it said true `wanted` times. How often it did; at most
  // ten times as many are tried.
  template <class Visit>
  int for_each_node(int wanted, Visit visit) {
    int tried = 0, done = 0;
    for (std::uint64_t seed = 1; seed <= 20'000 && done < wanted && tried < 10 * wanted && !HasFatalFailure(); ++seed) {
      const auto node = random_node(*GetParam(), seed);
      if (!node) continue;
      ++tried;
      done += visit(*node) ? 1 : 0;
    }
    return done;
  }
};

// Those that models bring: what only passes make is left out.
inline auto source_operators() {
  std::vector<const ops::Definition*> definitions = ops::registry().definitions();
  std::erase_if(definitions, [](const ops::Definition* d) { return d->op.starts_with("cortado::"); });
  return testing::ValuesIn(definitions);
}

inline std::string operator_name_of(const testing::TestParamInfo<const ops::Definition*>& info) {
  std::string name(info.param->op);
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

}  // namespace cortado::tests
