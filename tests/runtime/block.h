// Memory of exactly the wanted size, so that the sanitizers see every byte outside.
#pragma once

#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "runtime/program.h"

namespace cortado::testing {

struct Free {
  void operator()(void* block) const { std::free(block); }
};

struct Block {
  std::unique_ptr<void, Free> data;  // 16-aligned, filled with garbage
  std::size_t bytes;

  explicit Block(std::size_t size) : data(std::malloc(size == 0 ? 1 : size)), bytes(size) {
    std::memset(data.get(), 0xC5, size);
  }
  explicit Block(const std::vector<std::uint8_t>& content) : Block(content.size()) {
    if (bytes != 0) std::memcpy(data.get(), content.data(), bytes);
  }
  runtime::Memory memory() const { return {data.get(), bytes}; }
};

}  // namespace cortado::testing
