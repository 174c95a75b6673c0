// Runs programs on the host, for tests, which fail where loading or running does.
#pragma once

#include <gtest/gtest.h>

#include <optional>

#include "ops/cases.h"
#include "runtime/host/session.h"

namespace cortado::testing {

// Null: it was refused.
inline std::optional<runtime::Session> load_program(const std::vector<std::uint8_t>& program) {
  auto session = runtime::Session::load(program, "test.pte");
  EXPECT_TRUE(session) << session.error().text();
  return session ? std::optional(std::move(session).value()) : std::nullopt;
}

// Bytes of all values, the same for a seed.
inline std::vector<ir::Tensor> random_inputs(const runtime::Session& session, std::uint64_t seed) {
  ops::Random random(seed);
  std::vector<ir::Tensor> inputs;
  for (const auto& port : session.inputs()) {
    ir::Tensor& input = inputs.emplace_back(port.type.dtype, port.type.shape);
    for (std::uint8_t& byte : input.mutable_bytes()) byte = static_cast<std::uint8_t>(random.bits() >> 56);
  }
  return inputs;
}

inline std::vector<ir::Tensor> run_session(runtime::Session& session, const std::vector<ir::Tensor>& inputs) {
  auto outputs = session.run(inputs);
  EXPECT_TRUE(outputs) << outputs.error().text();
  return outputs ? std::move(outputs).value() : std::vector<ir::Tensor>();
}

}  // namespace cortado::testing
