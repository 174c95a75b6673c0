#include "tests/conformance/checks.h"

#include <algorithm>
#include <ranges>

#include "formats/tensors/npy.h"
#include "formats/tensors/npz.h"
#include "tests/conformance/compare.h"
#include "tests/conformance/process.h"

namespace cortado::conformance {
namespace {

using Tensors = std::vector<ir::Tensor>;

Result<Tensors> read_outputs(const std::filesystem::path& npz) {
  CORTADO_TRY(const auto arrays, formats::read_npz(npz));
  Tensors outputs;
  for (std::size_t i = 0;; ++i) {
    const auto found = std::find_if(arrays.begin(), arrays.end(),
                                    [&](const auto& entry) { return entry.name == "output_" + std::to_string(i); });
    if (found == arrays.end()) return outputs;
    outputs.push_back(found->tensor);
  }
}

// The outputs that `cortado run --output` left.
Result<Tensors> read_output_folder(const std::filesystem::path& folder) {
  Tensors outputs;
  for (std::size_t i = 0;; ++i) {
    const auto file = folder / ("output_" + std::to_string(i) + ".npy");
    if (!std::filesystem::exists(file)) return outputs;
    CORTADO_TRY(outputs.emplace_back(), formats::read_npy(file));
  }
}

// Reports are the same wherever the cases lie.
std::string without_folder(std::string text, const std::string& folder) {
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder))
    text.erase(at, folder.size());
  return text;
}

Status run(const Case& test, const Setting& setting, std::vector<std::string> arguments) {
  const std::string what = arguments.front();
  arguments.insert(arguments.begin(), setting.cortado);
  const Finished finished = run_process(arguments, setting.limit, setting.work);
  if (finished.ok()) return {};
  const std::string reason = without_folder(finished.reason(), test.folder.string() + "/");
  return input_error(what + ": " + without_folder(reason, setting.work.string() + "/"));
}

Result<Tensors> run_on(const Case& test, const std::filesystem::path& program, const Setting& setting,
                       const std::string& place) {
  const auto outputs = setting.work / "outputs";
  std::filesystem::remove_all(outputs);
  CORTADO_CHECK(
      run(test, setting,
          {"run", program, "--input", test.folder / "inputs.npz", "--output", outputs, "--on", place, "--quiet"}));
  return read_output_folder(outputs);
}

// Runs `program` on the case's inputs.
Result<Tensors> run_program(const Case& test, const std::filesystem::path& program, const Setting& setting) {
  CORTADO_TRY(auto outputs, run_on(test, program, setting, setting.on));
  if (setting.on == "host") return outputs;
  CORTADO_TRY(const auto expected, run_on(test, program, setting, "host"));
  for (std::size_t i = 0; i < expected.size(); ++i)
    if (i >= outputs.size() || !std::ranges::equal(outputs[i].bytes(), expected[i].bytes()))
      return input_error("output " + std::to_string(i) + " has other bytes on " + setting.on + " than on the host");
  return outputs;
}

Result<Tensors> compile_and_run(const Case& test, const std::string& source, bool calibrate, const Setting& setting) {
  const auto program = setting.work / "program.pte";
  std::vector<std::string> arguments = {"compile",       test.folder / source, "-o",        program,  "--dialect",
                                        setting.dialect, "--target",           test.target, "--quiet"};
  if (test.explicit_layout) arguments.push_back("--explicit-layout");
  if (calibrate) {
    arguments.push_back("--calibration");
    arguments.push_back(test.folder / (test.has("calibration.npz") ? "calibration.npz" : "inputs.npz"));
  }
  CORTADO_CHECK(run(test, setting, arguments));
  return run_program(test, program, setting);
}

// Compares output by output; the first difference is the reason.
template <class F>
Outcome compare(const Result<Tensors>& ours, const Result<Tensors>& reference, F compare_one) {
  if (!ours) return {false, ours.error().message};
  if (!reference) return {false, reference.error().message};
  if (ours.value().size() != reference.value().size())
    return {false,
            std::to_string(ours.value().size()) + " outputs instead of " + std::to_string(reference.value().size())};
  for (std::size_t i = 0; i < ours.value().size(); ++i) {
    const std::string error = compare_one(i, ours.value()[i], reference.value()[i]);
    if (!error.empty()) return {false, "output " + std::to_string(i) + ": " + error};
  }
  return {true, {}};
}

Outcome against_runtime(const Case& test, const Result<Tensors>& ours) {
  return compare(ours, read_outputs(test.folder / "runtime_out.npz"), [&](std::size_t, const auto& a, const auto& b) {
    return compare_exact(a, b, test.reference_has_float_ops);
  });
}

// What the reference's quantized graph computes when PyTorch runs it.
Outcome against_eager(const Case& test, const std::string& file, const Result<Tensors>& ours) {
  return compare(ours, read_outputs(test.folder / file), [&](std::size_t i, const auto& a, const auto& b) {
    const double scale = i < test.output_scales.size() ? test.output_scales[i] : 0;
    return compare_within(a, b, scale, test.atol, test.qtol, test.rtol);
  });
}

// With which other of the reference's ways to compute the graph our outputs agree, for the reason of a failure.
std::string agreement(const Case& test, const std::string& eager, const Result<Tensors>& ours) {
  const auto same = [&](std::size_t, const auto& a, const auto& b) {
    return compare_exact(a, b, test.reference_has_float_ops);
  };
  if (test.has("cortex_m_out.npz") && compare(ours, read_outputs(test.folder / "cortex_m_out.npz"), same).passed)
    return "; equal to what the reference's operators compute in Python";
  if (test.has("runtime_out.npz") && test.has(eager) && against_eager(test, eager, ours).passed)
    return "; within tolerance of what PyTorch computes from the quantized graph";
  return {};
}

std::optional<Outcome> check_qdq(const Case& test, const Setting& setting) {
  const std::string source = test.has("qdq.pt2") ? "qdq.pt2" : "direct.pt2";
  const std::string eager = test.has("qdq.pt2") ? "qdq_out.npz" : "direct_out.npz";
  if (!test.has(source)) return {};
  if (!test.has("runtime_out.npz") && !test.has(eager)) return {};
  const Result<Tensors> ours = compile_and_run(test, source, false, setting);
  // The reference's runtime decides where it can run its program.
  Outcome outcome = test.has("runtime_out.npz") ? against_runtime(test, ours) : against_eager(test, eager, ours);
  if (!outcome.passed && ours) outcome.reason += agreement(test, eager, ours);
  return outcome;
}

std::optional<Outcome> check_official(const Case& test, const Setting& setting) {
  if (!test.has("official.pte") || !test.has("runtime_out.npz")) return {};
  return against_runtime(test, run_program(test, test.folder / "official.pte", setting));
}

std::optional<Outcome> check_accuracy(const Case& test, const Setting& setting) {
  if (!test.has("float.pt2") || !test.has("float_out.npz")) return {};
  Tensors quantized;
  if (test.has("qdq_out.npz")) {
    auto read = read_outputs(test.folder / "qdq_out.npz");
    if (!read) return Outcome{false, read.error().message};
    quantized = std::move(read).value();
  }
  double largest = 0;
  Outcome outcome = compare(
      compile_and_run(test, "float.pt2", true, setting), read_outputs(test.folder / "float_out.npz"),
      [&](std::size_t i, const auto& a, const auto& b) {
        if (a.shape() == b.shape()) largest = std::max(largest, largest_error_steps(a, b));
        return compare_accuracy(a, b, i < quantized.size() ? &quantized[i] : nullptr, test.reference_has_float_ops);
      });
  if (outcome.passed) outcome.largest_error_steps = largest;
  return outcome;
}

}  // namespace

std::string_view name(Check check) {
  constexpr std::array<std::string_view, 3> names = {"qdq", "official", "float"};
  return names[static_cast<std::size_t>(check)];
}

std::optional<Outcome> run_check(const Case& test, Check check, const Setting& setting) {
  std::error_code error;
  std::filesystem::create_directories(setting.work, error);
  switch (check) {
    case Check::qdq: return check_qdq(test, setting);
    case Check::official: return check_official(test, setting);
    case Check::accuracy: return check_accuracy(test, setting);
  }
  return {};
}

}  // namespace cortado::conformance
