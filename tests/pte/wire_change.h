// Changes of a written program's fields that writing would refuse.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "formats/pte/program_generated.h"

namespace cortado::testing {

// Sets a field that the file spells out: one that has another value than the schema's default.
template <class T>
void set_field(const void* table, flatbuffers::voffset_t field, T value) {
  auto* fields = const_cast<flatbuffers::Table*>(static_cast<const flatbuffers::Table*>(table));
  ASSERT_NE(fields->GetAddressOf(field), nullptr) << field;
  flatbuffers::WriteScalar(fields->GetAddressOf(field), value);
}

// Sets an entry of a vector of scalars.
template <class T>
void set_entry(const flatbuffers::Vector<T>* vector, std::uint32_t i, T value) {
  ASSERT_LT(i, vector->size());
  flatbuffers::WriteScalar(const_cast<std::uint8_t*>(vector->Data()) + i * sizeof(T), value);
}

// A vector's length, and nothing else of it.
template <class T>
void set_count(const flatbuffers::Vector<T>* vector, std::uint32_t count) {
  flatbuffers::WriteScalar(const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(vector)), count);
}

// The tables of the first method.
struct Wire {
  explicit Wire(std::vector<std::uint8_t>& file)
      : program(pte::wire::GetProgram(file.data())), plan(program->execution_plan()->Get(0)) {}
  const pte::wire::Tensor* tensor(std::uint32_t value) const { return plan->values()->Get(value)->val_as_Tensor(); }
  const pte::wire::Instruction* instruction(std::uint32_t i) const {
    return plan->chains()->Get(0)->instructions()->Get(i);
  }
  const pte::wire::Program* program;
  const pte::wire::ExecutionPlan* plan;
};

}  // namespace cortado::testing
