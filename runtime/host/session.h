// Runs .pte files on the host with tensors in logical order: what the tools and the tests use.
//
// The same loader, executor and kernels as on the core.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ir/type.h"
#include "runtime/program.h"
#include "support/result.h"

namespace cortado::runtime {

struct PortInfo {
  std::string name;  // "input_0" when the file has none
  bool is_tensor = true;
  ir::Type type;      // logical shape, dim_order; no quantization (the file does not hold it)
  double number = 0;  // not a tensor: the value the program was compiled for
};

class Session {
 public:
  // `name` is used in messages. Fails with an input error that says what the loader said.
  static Result<Session> load(std::vector<std::uint8_t> program, const std::string& name,
                              const std::string& method = {}, Observer observer = {});
  static Result<Session> load_file(const std::filesystem::path& path, const std::string& method = {},
                                   Observer observer = {});
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  const std::vector<PortInfo>& inputs() const;
  const std::vector<PortInfo>& outputs() const;
  const Sizes& sizes() const;

  // One run. Inputs and outputs in logical row-major order; inputs that are numbers may be left out, all of them or
  // none. An input that does not fit is an input error that names it. State persists from run to run; see reset().
  Result<std::vector<ir::Tensor>> run(const std::vector<ir::Tensor>& inputs);
  void reset();
  Program& program();

 private:
  struct Data;
  explicit Session(std::unique_ptr<Data> data);
  std::unique_ptr<Data> data_;
};

}  // namespace cortado::runtime
