// ExecuTorch's interface to row streams: lets its runtime run programs that `cortado compile --dialect cortado` wrote.
// Host and target, C++17, no heap.
//
// Linking register_backend.cc suffices; a firmware without static constructors calls register_cortado_backend() itself,
// before it loads a program.
#pragma once

#include <executorch/runtime/backend/interface.h>

namespace cortado::integrations {

// The delegates of "CortadoBackend". init() proves the blob; what remains, that it fits the tensors of the call, is
// proved by the first execute() and whenever a tensor has moved since. All memory is the method's allocator's: some
// kilobytes of tables, once.
class CortadoBackend final : public executorch::runtime::BackendInterface {
 public:
  bool is_available() const override { return true; }
  executorch::runtime::Result<executorch::runtime::DelegateHandle*> init(
      executorch::runtime::BackendInitContext& context, executorch::runtime::FreeableBuffer* processed,
      executorch::runtime::ArrayRef<executorch::runtime::CompileSpec> compile_specs) const override;
  executorch::runtime::Error execute(executorch::runtime::BackendExecutionContext& context,
                                     executorch::runtime::DelegateHandle* handle,
                                     executorch::runtime::Span<executorch::runtime::EValue*> args) const override;
  void destroy(executorch::runtime::DelegateHandle* handle) const override;
};

// Error::RegistrationAlreadyRegistered when it was called before.
executorch::runtime::Error register_cortado_backend();

}  // namespace cortado::integrations
