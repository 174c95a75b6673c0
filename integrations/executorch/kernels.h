// Our kernels in ExecuTorch's registry, for the operators that a program calls outside of its row streams.
// Host and target, C++17, no heap.
//
//   #include "model.h"   // written by cortado compile --emit-header
//   CORTADO_EXECUTORCH_KERNELS(MODEL_KERNELS)
//
// in one C++ file. Leave names out that another library registers (aten:: from ExecuTorch's portable kernels, say): the
// registry refuses a name that it has.
#pragma once

#include <executorch/runtime/kernel/kernel_runtime_context.h>
#include <executorch/runtime/kernel/operator_registry.h>

#include "ops/kernel.h"

namespace cortado::integrations {

// Checks and runs one call. Plans and lists lie in the context's temporary memory, some hundred bytes.
void call_kernel(const ops::Kernel& kernel, executorch::runtime::KernelRuntimeContext& context,
                 executorch::runtime::Span<executorch::runtime::EValue*> arguments);

template <const ops::Kernel& kernel>
void call(executorch::runtime::KernelRuntimeContext& context,
          executorch::runtime::Span<executorch::runtime::EValue*> arguments) {
  call_kernel(kernel, context, arguments);
}

}  // namespace cortado::integrations

#define CORTADO_EXECUTORCH_DECLARE(symbol, name) extern const Kernel symbol;
#define CORTADO_EXECUTORCH_ROW(symbol, name) \
  ::executorch::runtime::Kernel(name, ::cortado::integrations::call<::cortado::ops::symbol>),

#define CORTADO_EXECUTORCH_KERNELS(LIST)                                                                        \
  namespace cortado::ops {                                                                                      \
  LIST(CORTADO_EXECUTORCH_DECLARE)                                                                              \
  }                                                                                                             \
  static const ::executorch::runtime::Kernel cortado_kernels[] = {                                              \
      LIST(CORTADO_EXECUTORCH_ROW)::executorch::runtime::Kernel()};                                             \
  static const ::executorch::runtime::Error cortado_kernels_registered =                                        \
      ::executorch::runtime::register_kernels(::executorch::runtime::Span<const ::executorch::runtime::Kernel>( \
          cortado_kernels, sizeof cortado_kernels / sizeof cortado_kernels[0] - 1));
