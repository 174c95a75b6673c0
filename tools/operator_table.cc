#include "tools/operator_table.h"

#include <fmt/format.h>

#include "ops/int8_error.h"

namespace cortado::tools {
namespace {

std::string int8_form(const ops::Definition& d) {
  using enum ops::OutputRule;
  const auto& rule = d.quantization;
  const bool lowers = d.lower != nullptr || d.reshapes || d.permutation != nullptr || d.clamp_form != nullptr;
  if (d.takes_stored_integers) return "converts between int8 and float";
  if (d.rewrite != nullptr && !lowers && rule.output == float_only) return "as the operators that it is made of";
  switch (rule.output) {
    case float_only:
      return "stays float" + (rule.float_reason.empty() ? std::string() : ": " + std::string(rule.float_reason));
    case observed:
      return rule.fuses_into_producer ? "range from calibration; fused into the operator before it"
                                      : "range from calibration";
    case same_as_input: return "its input's scale and zero point";
    case fixed:
      return fmt::format("scale {:.9g}, zero point {}", rule.fixed.scale.front(), rule.fixed.zero_point.front());
  }
  return {};
}

bool stays_float(const ops::Definition& d) {
  return d.quantization.output == ops::OutputRule::float_only && d.rewrite == nullptr;
}

std::string int8_error(const ops::Definition& d) {
  if (stays_float(d)) return {};
  const ops::Int8Error error = ops::int8_error(d.op);
  return fmt::format("≤ {}{}", error.steps, error.reason.empty() ? "" : fmt::format(": {}", error.reason));
}

std::string order_text(ops::LayoutRule rule) {
  switch (rule) {
    case ops::LayoutRule::contiguous: return "N, C, H, W";
    case ops::LayoutRule::channels_last: return "N, H, W, C";
    case ops::LayoutRule::same: return "any";
  }
  return {};
}

bool may_be_none(ops::Field::Kind kind) {
  using enum ops::Field::Kind;
  for (const auto optional : {optional_tensor, optional_integer, optional_number, optional_int_list,
                              optional_number_list, optional_scalar, optional_string, optional_dtype})
    if (kind == optional) return true;
  return false;
}

// A cell of a table: its separators are escaped.
std::string cell(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c);
  return result;
}

}  // namespace

SourceRow describe(const ops::Definition& d) {
  SourceRow row{std::string(d.op),
                std::string(d.summary),
                int8_form(d),
                int8_error(d),
                order_text(d.layout),
                std::string(d.float_kernel),
                {}};
  for (const auto& constraint : d.constraints) row.constraints.emplace_back(constraint.text);
  return row;
}

WireRow describe(const ops::WireOperator& wire) {
  WireRow row{std::string(wire.name), "", std::string(wire.summary)};
  for (const auto& field : wire.fields)
    row.arguments +=
        (row.arguments.empty() ? "" : ", ") + std::string(field.name) + (may_be_none(field.kind) ? "?" : "");
  return row;
}

std::vector<SourceRow> source_rows(const std::string& part) {
  std::vector<SourceRow> rows;
  for (const ops::Definition* d : ops::registry().definitions())
    if (d->op.find(part) != std::string_view::npos) rows.push_back(describe(*d));
  return rows;
}

std::vector<WireRow> wire_rows(const std::string& part) {
  std::vector<WireRow> rows;
  for (const ops::WireOperator* wire : ops::registry().wire_operators())
    if (wire->name.find(part) != std::string_view::npos) rows.push_back(describe(*wire));
  return rows;
}

std::string operators_page() {
  std::string page =
      "# Operators\n\n"
      "Written by `cortado operators --markdown` from the operators' folders (`ops/`); a test compares.\n\n"
      "## In models\n\n"
      "What `torch.export` may have written, with and without `run_decompositions()`. A range from calibration is the\n"
      "operator's own; where a model came quantized, its own parameters are kept. What stays float is listed when a "
      "model\n"
      "is compiled, and refused with `--require-int8`.\n\n"
      "The error is the largest that `test_standard` sees on random calls: int8 against the meaning of the same "
      "numbers, in\n"
      "steps of the result's scale. How far int8 was from float, with the rounding of the operands, stands in\n"
      "[conformance.md](conformance.md#errors-of-operators).\n\n"
      "| operator | meaning | int8 result | error | memory order | float kernel | constraints "
      "|\n|---|---|---|---|---|---|---|\n";
  for (const SourceRow& row : source_rows("")) {
    std::string constraints;
    for (const std::string& text : row.constraints) constraints += (constraints.empty() ? "" : "; ") + text;
    page += fmt::format("| `{}` | {} | {} | {} | {} | {} | {} |\n", row.op, cell(row.summary), cell(row.int8),
                        cell(row.int8_error), row.order, row.float_kernel.empty() ? "" : "`" + row.float_kernel + "`",
                        cell(constraints));
  }
  page +=
      "\n## In programs\n\n"
      "What a `.pte` may call: ExecuTorch 1.5's names and arguments (`?`: may be None). Each has one kernel for all "
      "cores,\n"
      "Cortex-M0 to M85, that equals its integer reference bit for bit (`tests/ops`, `tests/on_target`).\n\n"
      "| operator | meaning | arguments |\n|---|---|---|\n";
  for (const WireRow& row : wire_rows(""))
    page += fmt::format("| `{}` | {} | {} |\n", row.op, cell(row.summary), row.arguments);
  return page;
}

}  // namespace cortado::tools
