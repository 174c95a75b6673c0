// A standard test of every wire operator: with one argument changed, a call is refused, or computes something inside
// its buffers. What the loader proves stays true: a tensor's data has the bytes of its sizes.
#include <gtest/gtest.h>

#include <vector>

#include "ops/case_row.h"
#include "ops/kernel_table.h"
#include "tests/ops/operator_name.h"

namespace cortado::ops {
namespace {

// Gives another reader's arguments, the `chosen`-th changed.
class MutatingReader final : public ArgumentReader {
 public:
  MutatingReader(ArgumentReader& inner, std::uint32_t chosen, std::uint64_t seed)
      : inner_(inner), chosen_(chosen), random_(seed) {}

  ErrorCode read(const char* name, Tensor& value) override {
    return changed(name, value, [&] { change(value); });
  }
  ErrorCode read(const char* name, OptionalTensor& value) override { return plain(name, value); }
  ErrorCode read(const char* name, TensorList& value) override { return plain(name, value); }
  ErrorCode read(const char* name, std::int64_t& value) override {
    return changed(name, value, [&] { change(value); });
  }
  ErrorCode read(const char* name, OptionalInt& value) override { return plain(name, value); }
  ErrorCode read(const char* name, double& value) override {
    return changed(name, value, [&] { value = random_.chance(2) ? -value : value * 1e30; });
  }
  ErrorCode read(const char* name, OptionalNumber& value) override { return plain(name, value); }
  ErrorCode read(const char* name, bool& value) override {
    return changed(name, value, [&] { value = !value; });
  }
  ErrorCode read(const char* name, IntList& value) override {
    return changed(name, value, [&] { change(value); });
  }
  ErrorCode read(const char* name, OptionalIntList& value) override { return plain(name, value); }
  ErrorCode read(const char* name, NumberList& value) override { return plain(name, value); }
  ErrorCode read(const char* name, OptionalNumberList& value) override { return plain(name, value); }
  ErrorCode read(const char* name, BoolList& value) override { return plain(name, value); }
  ErrorCode read(const char* name, Scalar& value) override { return plain(name, value); }
  ErrorCode read(const char* name, OptionalScalar& value) override { return plain(name, value); }
  ErrorCode read(const char* name, String& value) override { return plain(name, value); }
  ErrorCode read(const char* name, OptionalString& value) override { return plain(name, value); }
  ErrorCode read(const char* name, OptionalDType& value) override { return plain(name, value); }
  ErrorReport& report() override { return inner_.report(); }

 private:
  template <class T>
  ErrorCode plain(const char* name, T& value) {
    ++position_;
    return inner_.read(name, value);
  }
  template <class T, class Change>
  ErrorCode changed(const char* name, T& value, Change change_value) {
    const ErrorCode code = inner_.read(name, value);
    if (position_++ == chosen_ && code == ErrorCode::ok) change_value();
    return code;
  }

  void change(std::int64_t& value) {
    constexpr std::int64_t extremes[] = {INT64_MIN, INT64_MAX, INT32_MIN, INT32_MAX, -129, -1, 0, 1, 31, 128, 255};
    value = random_.chance(2) ? extremes[random_.between(0, 10)] : value + random_.between(-3, 3);
  }
  // Another type, a dimension shorter or empty, another rank: of no more bytes than there are.
  void change(Tensor& tensor) {
    const std::int32_t way = random_.between(0, tensor.elements() == 0 ? 2 : 3);
    sizes_.assign(tensor.sizes, tensor.sizes + tensor.rank);
    if (way == 0 || sizes_.empty()) {
      tensor.dtype = size_bytes(tensor.dtype) == 1 ? DType::boolean : DType::i8;
    } else if (way == 3) {
      tensor.rank = 0;
    } else {
      std::int32_t& size = sizes_[static_cast<std::size_t>(random_.between(0, tensor.rank - 1))];
      size = way == 1 && size > 0 ? size - 1 : 0;
      tensor.sizes = sizes_.data();
    }
  }
  void change(IntList& list) {
    numbers_.assign(list.values, list.values + list.count);
    if (numbers_.empty() || random_.chance(4))
      numbers_.push_back(1);
    else
      change(numbers_[static_cast<std::size_t>(random_.between(0, static_cast<std::int32_t>(numbers_.size()) - 1))]);
    list.values = numbers_.data();
    list.count = static_cast<std::uint32_t>(numbers_.size());
  }

  ArgumentReader& inner_;
  std::uint32_t chosen_;
  std::uint32_t position_ = 0;
  Random random_;
  std::vector<std::int64_t> numbers_;
  std::vector<std::int32_t> sizes_;
};

// What the changed call is made of: CaseRow::run takes a plain function.
const Kernel* original = nullptr;
std::uint64_t mutation = 0;

ErrorCode prepare_mutated(ArgumentReader& reader, void* plan) {
  MutatingReader mutating(reader, static_cast<std::uint32_t>(mutation % original->arguments), mutation);
  return original->prepare(mutating, plan);
}

class MutatedArguments : public testing::TestWithParam<std::uint32_t> {};

TEST_P(MutatedArguments, AreRefusedOrStayInside) {
  original = all_kernels.rows[GetParam()];
  Kernel mutated = *original;
  mutated.prepare = prepare_mutated;
  std::vector<std::uint8_t> buffer(1 << 20);
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    mutation = seed;
    ErrorReport report;
    CaseBuilder builder(seed, buffer.data(), buffer.size());
    if (!all_cases.rows[GetParam()]->run(builder, &mutated, report)) continue;
    ASSERT_TRUE(builder.guards_intact()) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Operators, MutatedArguments, testing::Range(0u, all_cases.count),
                         [](const auto& test) { return operator_name(test.param); });

}  // namespace
}  // namespace cortado::ops
