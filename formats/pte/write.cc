#include "formats/pte/write.h"

#include <cstring>

#include "formats/pte/check.h"
#include "formats/pte/write_plan.h"

namespace cortado::pte {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

constexpr std::size_t prefix_bytes = 8;   // root reference and identifier
constexpr std::size_t header_bytes = 32;  // "eh00", its length, three sizes

Offset<flatbuffers::Vector<Offset<wire::Buffer>>> write_inline_constants(FlatBufferBuilder& builder,
                                                                         const std::vector<Bytes>& constants) {
  std::vector<Offset<wire::Buffer>> buffers;
  if (!constants.empty()) buffers.push_back(wire::CreateBuffer(builder, builder.CreateVector(Bytes())));  // entry 0
  for (const Bytes& constant : constants) {
    builder.ForceVectorAlignment(constant.size(), 1, 16);
    buffers.push_back(wire::CreateBuffer(builder, builder.CreateVector(constant)));
  }
  return builder.CreateVector(buffers);
}

Offset<wire::SubsegmentOffsets> write_offsets(FlatBufferBuilder& builder, std::uint32_t segment,
                                              const std::vector<std::uint64_t>& offsets) {
  return wire::CreateSubsegmentOffsets(builder, segment, builder.CreateVector(offsets));
}

void write_program(FlatBufferBuilder& builder, const Program& program, const WriteOptions& options,
                   Segments& segments) {
  Offset<wire::SubsegmentOffsets> constant_segment;
  if (!options.inline_constants) {
    std::vector<std::uint64_t> offsets;
    const std::uint32_t segment = segments.add(program.constants, options.constant_alignment, offsets);
    constant_segment = write_offsets(builder, segment, offsets);
  }
  std::vector<Offset<wire::SubsegmentOffsets>> states;
  if (!program.initial_states.empty()) {
    std::vector<std::uint64_t> offsets;
    const std::uint32_t segment = segments.add(program.initial_states, 1, offsets);
    states.push_back(write_offsets(builder, segment, offsets));
  }
  std::vector<Offset<wire::ExecutionPlan>> plans;
  for (const Plan& plan : program.plans) plans.push_back(write_plan(builder, plan, segments));
  std::vector<Offset<wire::NamedData>> named;
  for (const NamedData& data : program.named_data) {
    const auto key = builder.CreateString(data.key);
    named.push_back(wire::CreateNamedData(builder, key, segments.add(data.data)));
  }
  std::vector<Offset<wire::DataSegment>> entries;
  for (const Segment& segment : segments.all())
    entries.push_back(wire::CreateDataSegment(builder, segment.offset_bytes, segment.data.size()));

  const auto all_plans = builder.CreateVector(plans);
  const auto constants =
      write_inline_constants(builder, options.inline_constants ? program.constants : std::vector<Bytes>());
  const auto blobs = builder.CreateVector(std::vector<Offset<wire::BackendDelegateInlineData>>());
  const auto all_segments = builder.CreateVector(entries);
  const auto all_states = states.empty() ? 0 : builder.CreateVector(states);
  const auto all_named = named.empty() ? 0 : builder.CreateVector(named);
  builder.Finish(wire::CreateProgram(builder, program.version, all_plans, constants, blobs, all_segments,
                                     constant_segment, all_states, all_named),
                 wire::ProgramIdentifier());
}

template <class T>
void put(std::vector<std::uint8_t>& bytes, std::size_t position, T value) {
  std::memcpy(bytes.data() + position, &value, sizeof value);
}

// Makes room for the header behind the identifier: every reference but the root's is relative, and 32 keeps alignment.
std::vector<std::uint8_t> with_header(const FlatBufferBuilder& builder, const Segments& segments,
                                      std::uint32_t alignment) {
  const std::uint8_t* table = builder.GetBufferPointer();
  std::vector<std::uint8_t> file(table, table + builder.GetSize());
  if (segments.size_bytes() == 0) return file;  // as ExecuTorch: no data, no header
  file.insert(file.begin() + prefix_bytes, header_bytes, 0);
  std::uint32_t root = 0;
  std::memcpy(&root, file.data(), sizeof root);
  put(file, 0, static_cast<std::uint32_t>(root + header_bytes));
  std::memcpy(file.data() + prefix_bytes, "eh00", 4);
  put(file, prefix_bytes + 4, static_cast<std::uint32_t>(header_bytes));
  const std::uint64_t program_bytes = file.size();
  const std::uint64_t base = aligned(program_bytes, alignment);
  put(file, prefix_bytes + 8, program_bytes);
  put(file, prefix_bytes + 16, base);
  put(file, prefix_bytes + 24, segments.size_bytes());
  for (const Segment& segment : segments.all()) {
    file.resize(base + segment.offset_bytes);
    file.insert(file.end(), segment.data.begin(), segment.data.end());
  }
  return file;
}

bool is_alignment(std::uint32_t value) { return value != 0 && value <= 4096 && (value & (value - 1)) == 0; }

}  // namespace

Result<std::vector<std::uint8_t>> write(const Program& program, const WriteOptions& options) {
  if (!is_alignment(options.constant_alignment) || !is_alignment(options.segment_alignment))
    return internal_error("writing a program: an alignment is not a power of two up to 4096");
  CORTADO_CHECK(check(program));
  std::uint64_t inline_bytes = 0;
  for (const Bytes& constant : program.constants) inline_bytes += options.inline_constants ? constant.size() + 32 : 0;
  if (inline_bytes > std::uint64_t{1} << 30)
    return input_error("the constants take more than 1 GiB, too much for a program with inline constants");
  Segments segments(options.segment_alignment);
  FlatBufferBuilder builder(1 << 16);
  builder.ForceDefaults(false);
  write_program(builder, program, options, segments);
  return with_header(builder, segments, options.segment_alignment);
}

}  // namespace cortado::pte
