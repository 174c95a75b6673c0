#include "integrations/executorch/cortado_backend.h"

#include <executorch/runtime/platform/log.h>

#include <new>

#include "stream/stream.h"

namespace cortado::integrations {
namespace {

namespace et = executorch::runtime;

// A delegate between init() and destroy().
struct Delegate {
  et::FreeableBuffer* data = nullptr;
  stream::Blob blob;                 // the same, opened
  void* tables = nullptr;            // for the stream
  stream::Stream* stream = nullptr;  // null: not prepared for these arguments
  std::uint32_t count = 0;
  stream::Argument arguments[stream::max_arguments];
};

et::Error to_error(ErrorCode code) {
  switch (code) {
    case ErrorCode::ok: return et::Error::Ok;
    case ErrorCode::unsupported: return et::Error::DelegateInvalidCompatibility;
    case ErrorCode::missing_operator: return et::Error::OperatorMissing;
    case ErrorCode::invalid_argument: return et::Error::InvalidArgument;
    case ErrorCode::arena_too_small: return et::Error::MemoryAllocationFailed;
    default: return et::Error::InvalidProgram;
  }
}

et::Error refuse(const ErrorReport& report) {
  ET_LOG(Error, "CortadoBackend: %s", report.text());
  return to_error(report.code());
}

// Where the call's tensors are; true when that is where they were.
bool take_arguments(et::Span<et::EValue*> args, Delegate& delegate, ErrorReport& report) {
  bool same = delegate.count == args.size();
  if (args.size() > stream::max_arguments) {
    report.fail(ErrorCode::invalid_program, "the call has too many tensors: ")
        .add(static_cast<std::int64_t>(args.size()));
    return false;
  }
  delegate.count = static_cast<std::uint32_t>(args.size());
  for (std::uint32_t i = 0; i < delegate.count; ++i) {
    if (!args[i]->isTensor()) {
      report.fail(ErrorCode::invalid_program, "argument ").add(std::int64_t{i}).add(" is not a tensor");
      return false;
    }
    const auto& tensor = args[i]->toTensor();
    const stream::Argument now = {tensor.mutable_data_ptr(), tensor.nbytes(), false, nullptr};
    if (now.data == nullptr || reinterpret_cast<std::uintptr_t>(now.data) % 16 != 0) {
      report.fail(ErrorCode::invalid_argument, "the memory of argument ")
          .add(std::int64_t{i})
          .add(" is not 16-aligned: align what the memory manager is given");
      return false;
    }
    same = same && delegate.arguments[i].data == now.data && delegate.arguments[i].bytes == now.bytes;
    delegate.arguments[i] = now;
  }
  return same;
}

}  // namespace

et::Result<et::DelegateHandle*> CortadoBackend::init(et::BackendInitContext& context, et::FreeableBuffer* processed,
                                                     et::ArrayRef<et::CompileSpec>) const {
  ErrorReport report;
  stream::Blob blob;
  if (blob.open(processed->data(), processed->size(), report) != ErrorCode::ok) return refuse(report);
  if (stream::Stream::find_stages(blob, ops::all_stages, report) != ErrorCode::ok) return refuse(report);
  const std::size_t bytes = stream::Stream::table_bytes(blob);
  auto* delegate = context.get_runtime_allocator()->allocateInstance<Delegate>();
  void* tables = context.get_runtime_allocator()->allocate(bytes, alignof(std::max_align_t));
  if (delegate == nullptr || tables == nullptr) {
    report.fail(ErrorCode::arena_too_small, "the method's allocator has no room for tables of ")
        .add(static_cast<std::int64_t>(bytes))
        .add(" bytes");
    return refuse(report);
  }
  new (delegate) Delegate;
  delegate->data = processed;
  delegate->blob = blob;
  delegate->tables = tables;
  return delegate;
}

et::Error CortadoBackend::execute(et::BackendExecutionContext&, et::DelegateHandle* handle,
                                  et::Span<et::EValue*> args) const {
  auto& delegate = *static_cast<Delegate*>(handle);
  ErrorReport report;
  if (!take_arguments(args, delegate, report)) delegate.stream = nullptr;
  if (report.code() != ErrorCode::ok) return refuse(report);
  if (delegate.stream == nullptr)
    delegate.stream = stream::Stream::prepare(delegate.blob, ops::all_stages, delegate.arguments, delegate.count,
                                              delegate.tables, report);
  if (delegate.stream == nullptr) return refuse(report);
  delegate.stream->begin();
  while (delegate.stream->step()) {
  }
  return et::Error::Ok;
}

void CortadoBackend::destroy(et::DelegateHandle* handle) const {
  if (handle != nullptr) static_cast<Delegate*>(handle)->data->Free();
}

et::Error register_cortado_backend() {
  static CortadoBackend backend;
  return et::register_backend({stream::backend_name, &backend});
}

}  // namespace cortado::integrations
