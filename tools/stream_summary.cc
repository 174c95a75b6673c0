#include "tools/stream_summary.h"

#include <algorithm>

#include "stream/blob.h"

namespace cortado::tools {
namespace {

std::string stage_name(std::uint32_t id) {
  const std::span stages(ops::all_stages.rows, ops::all_stages.count);
  const auto found =
      std::find_if(stages.begin(), stages.end(), [&](const ops::Stage* stage) { return stage->id == id; });
  return found != stages.end() ? (*found)->name : "stage " + std::to_string(id);
}

SummaryRows rows_of(const stream::Blob& blob, std::uint32_t index) {
  const stream::BufferRecord& buffer = blob.buffer(index);
  SummaryRows rows{.stage = std::nullopt,
                   .argument = buffer.argument,
                   .rows = buffer.layout.rows,
                   .width = buffer.layout.width,
                   .channels = buffer.layout.channels};
  for (std::uint32_t i = 0; i < blob.header().stages; ++i)
    if (blob.stage(i).output == buffer.same_as) rows.stage = i;
  return rows;
}

SummaryStage summary_of(const stream::Blob& blob, const stream::StageRecord& stage) {
  const stream::BufferRecord& output = blob.buffer(stage.output);
  SummaryStage summary{.op = stage_name(stage.stage),
                       .rows = output.layout.rows,
                       .width = output.layout.width,
                       .channels = output.layout.channels,
                       .rows_at_once = output.rows_at_once,
                       .kept_rows = output.layout.slots,
                       .kept_bytes = stream::rows_end(output) - output.offset};
  const auto* constants = reinterpret_cast<const ops::StageConstant*>(blob.data() + stage.parts.constants);
  for (std::uint32_t i = 0; i < stage.parts.constant_count; ++i) summary.constants_bytes += constants[i].bytes;
  for (const std::uint32_t input : stage.input)
    if (input != stream::no_buffer) summary.reads.push_back(rows_of(blob, input));
  return summary;
}

}  // namespace

Result<std::vector<SummaryStage>> summarise_stream(std::span<const std::uint8_t> bytes) {
  struct alignas(16) Unit {
    std::uint8_t bytes[16];
  };
  std::vector<Unit> aligned((bytes.size() + sizeof(Unit) - 1) / sizeof(Unit));  // as blobs are in programs
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<std::uint8_t*>(aligned.data()));
  ErrorReport report;
  stream::Blob blob;
  if (blob.open(aligned.data(), bytes.size(), report) != ErrorCode::ok) return input_error(report.text());
  std::vector<SummaryStage> stages;
  for (std::uint32_t i = 0; i < blob.header().stages; ++i) stages.push_back(summary_of(blob, blob.stage(i)));
  return stages;
}

}  // namespace cortado::tools
