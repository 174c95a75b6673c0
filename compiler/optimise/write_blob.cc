#include <cstddef>
#include <cstring>
#include <map>
#include <string>

#include "compiler/optimise/chain.h"
#include "stream/blob.h"

namespace cortado::compiler {
namespace {

using Bytes = std::vector<std::uint8_t>;

class BlobWriter {
 public:
  BlobWriter(const Chain& chain, stream::LoopChoice loops) : chain_(chain), loops_(loops) {}

  Bytes run() {
    const std::size_t buffers = chain_.buffers.size(), stages = chain_.stages.size();
    bytes_.resize(sizeof(stream::Header) + buffers * sizeof(stream::BufferRecord) +
                  stages * sizeof(stream::StageRecord));
    std::size_t at = sizeof(stream::Header);
    for (const ChainBuffer& buffer : chain_.buffers) {
      put(at, record(buffer));
      at += sizeof(stream::BufferRecord);
    }
    for (const ChainStage& stage : chain_.stages) {
      const stream::StageRecord written = record(stage);
      put(at, written);
      at += sizeof written;
      const std::size_t output = sizeof(stream::Header) + stage.output * sizeof(stream::BufferRecord);
      put(output + offsetof(stream::BufferRecord, rows_at_once), static_cast<std::uint16_t>(stage.rows_at_once));
      put(output + offsetof(stream::BufferRecord, first_rows), static_cast<std::uint16_t>(stage.first_rows));
    }
    stream::Header header = {};
    header.magic = stream::magic;
    header.version = stream::version;
    header.bytes = static_cast<std::uint32_t>(bytes_.size());
    header.arguments = static_cast<std::uint32_t>(chain_.inputs.size() + chain_.outputs.size() +
                                                  (chain_.workspace_bytes != 0 ? 1 : 0));
    header.buffers = static_cast<std::uint32_t>(buffers);
    header.stages = static_cast<std::uint32_t>(stages);
    header.loops = loops_;
    put(0, header);
    return std::move(bytes_);
  }

 private:
  template <class T>
  void put(std::size_t at, const T& value) {
    std::memcpy(bytes_.data() + at, &value, sizeof value);
  }

  // Appends bytes that nothing else holds yet; where they lie.
  std::uint32_t append(const Bytes& content, std::size_t alignment) {
    const std::string key(content.begin(), content.end());
    const auto known = known_.find(key);
    if (known != known_.end() && known->second % alignment == 0) return known->second;
    bytes_.resize((bytes_.size() + alignment - 1) / alignment * alignment);
    const auto at = static_cast<std::uint32_t>(bytes_.size());
    bytes_.insert(bytes_.end(), content.begin(), content.end());
    known_[key] = at;
    return at;
  }
  template <class T>
  std::uint32_t append_values(const std::vector<T>& values) {
    const auto* begin = reinterpret_cast<const std::uint8_t*>(values.data());
    return append(Bytes(begin, begin + values.size() * sizeof(T)), 4);
  }

  static ops::WindowShape record(const ops::Window& window) {
    return {window.kernel, window.stride, window.padding, window.dilation};
  }

  static stream::BufferRecord record(const ChainBuffer& buffer) {
    stream::BufferRecord record = {};
    record.argument = static_cast<std::uint32_t>(buffer.argument);
    record.offset = static_cast<std::uint32_t>(buffer.offset);
    record.same_as = static_cast<std::uint32_t>(buffer.same_as);
    record.layout = {buffer.shape.rows,  buffer.slots,          static_cast<std::int32_t>(buffer.shape.row_bytes()),
                     buffer.shape.width, buffer.shape.channels, buffer.shape.element_bytes,
                     buffer.planes};
    record.rows_at_once = record.first_rows = 1;
    return record;
  }

  stream::StageRecord record(const ChainStage& stage) {
    const ops::StageForm& form = stage.form();
    stream::StageRecord record = {};
    record.stage = form.stage;
    for (std::size_t k = 0; k < ops::max_stage_inputs; ++k)
      record.input[k] = k < stage.inputs.size() ? static_cast<std::uint32_t>(stage.inputs[k]) : stream::no_buffer;
    record.output = static_cast<std::uint32_t>(stage.output);
    record.parts.y = BlobWriter::record(stage.y);
    record.parts.x = BlobWriter::record(stage.x);
    record.parts.pace = stage.pace;
    std::vector<std::int32_t> numbers = form.numbers;
    if (stage.outside) numbers.push_back(*stage.outside);
    record.parts.number_count = static_cast<std::uint8_t>(numbers.size());
    record.parts.numbers = append_values(numbers);
    std::vector<ops::StageConstant> constants;
    for (const Bytes& constant : form.constants)
      constants.push_back({append(constant, 16), static_cast<std::uint32_t>(constant.size())});
    record.parts.constant_count = static_cast<std::uint8_t>(constants.size());
    record.parts.constants = append_values(constants);
    return record;
  }

  const Chain& chain_;
  stream::LoopChoice loops_;
  Bytes bytes_;
  std::map<std::string, std::uint32_t> known_;
};

}  // namespace

std::vector<std::uint8_t> write_blob(const Chain& chain, stream::LoopChoice loops) {
  return BlobWriter(chain, loops).run();
}

}  // namespace cortado::compiler
