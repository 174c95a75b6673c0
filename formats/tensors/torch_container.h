// The containers that torch.save writes: a pickle and the storages that it names.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "formats/pickle/value.h"

namespace cortado::formats {

struct TorchContainer {
  Pickle pickle;
  std::map<std::string, Storage> storages;  // by PickleStorage::key

  Result<ir::Tensor> tensor(const PickleTensor& tensor) const;
};

// The zip form (torch ≥ 1.6) or the older one: magic number, several pickles, then the storages.
// Errors: neither of them, TorchScript, big-endian, and those of the pickle and the zip.
Result<TorchContainer> read_torch_container(std::span<const std::uint8_t> bytes);

}  // namespace cortado::formats
