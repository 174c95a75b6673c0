#include "formats/zip/reader.h"

#include <zip.h>

#include <algorithm>

namespace cortado::formats {
namespace {

zip_t* handle(void* archive) { return static_cast<zip_t*>(archive); }

Diagnostic open_error(zip_error_t* error) {
  std::string reason = zip_error_strerror(error);
  const bool missing = zip_error_code_zip(error) == ZIP_ER_NOENT || zip_error_code_zip(error) == ZIP_ER_OPEN;
  zip_error_fini(error);
  if (missing) return input_error("cannot be opened: " + reason);
  return input_error("is not a zip file, or is truncated or damaged (" + reason + ")", "copy or export the file again");
}

Diagnostic member_error(std::string_view name, const std::string& reason) {
  return input_error("member '" + std::string(name) + "' " + reason, "the file is damaged: copy or export it again");
}

// Deflate expands no byte to more than 1032: a directory that claims more is wrong, and believing it costs memory.
bool size_is_possible(const zip_stat_t& stat) {
  if (stat.comp_method == ZIP_CM_STORE) return stat.size == stat.comp_size;
  return stat.size / 1032 <= stat.comp_size;
}

}  // namespace

void ZipReader::Closer::operator()(void* archive) const { zip_discard(handle(archive)); }

Result<ZipReader> ZipReader::open(const std::filesystem::path& path) {
  zip_error_t error;
  zip_error_init(&error);
  int code = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (archive == nullptr) {
    zip_error_init_with_code(&error, code);
    return open_error(&error);
  }
  return index(std::unique_ptr<void, Closer>(archive));
}

Result<ZipReader> ZipReader::open(std::span<const std::uint8_t> bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return open_error(&error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr) {
    zip_source_free(source);
    return open_error(&error);
  }
  return index(std::unique_ptr<void, Closer>(archive));
}

Result<ZipReader> ZipReader::index(std::unique_ptr<void, Closer> archive) {
  constexpr zip_int64_t most_members = zip_int64_t{1} << 20;
  const zip_int64_t count = zip_get_num_entries(handle(archive.get()), 0);
  if (count > most_members) return input_error("has " + std::to_string(count) + " members, which is too many");
  if (count <= 0) return input_error("is an empty file");
  ZipReader reader;
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* name = zip_get_name(handle(archive.get()), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
    if (name == nullptr) return input_error("its directory is damaged", "copy or export the file again");
    std::string text = name;
    if (!text.empty() && text.back() != '/') reader.names_.push_back(std::move(text));
  }
  reader.archive_ = std::move(archive);
  return reader;
}

bool ZipReader::contains(std::string_view name) const {
  return zip_name_locate(handle(archive_.get()), std::string(name).c_str(), ZIP_FL_ENC_RAW) >= 0;
}

template <class Container>
Result<Container> ZipReader::read_as(std::string_view name) const {
  zip_t* archive = handle(archive_.get());
  const std::string wanted(name);
  zip_stat_t stat;
  zip_stat_init(&stat);
  const zip_int64_t found = zip_name_locate(archive, wanted.c_str(), ZIP_FL_ENC_RAW);
  if (found < 0) return input_error("member '" + wanted + "' is missing");
  const auto member = static_cast<zip_uint64_t>(found);
  constexpr zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
  if (zip_stat_index(archive, member, 0, &stat) != 0 || (stat.valid & needed) != needed || !size_is_possible(stat))
    return member_error(name, "has an impossible size");

  std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(archive, member, 0), zip_fclose);
  if (file == nullptr) return member_error(name, std::string("cannot be read: ") + zip_strerror(archive));
  Container content;
  if (stat.comp_method == ZIP_CM_STORE) content.reserve(static_cast<std::size_t>(stat.size));
  std::size_t filled = 0;
  while (true) {  // The checksum is compared when the end is read, so read until nothing comes.
    constexpr std::size_t step = std::size_t{1} << 22;
    const auto total = static_cast<std::size_t>(stat.size);
    content.resize(std::min(total, filled + step));
    std::uint8_t beyond;
    void* to = filled < total ? static_cast<void*>(content.data() + filled) : &beyond;
    const std::size_t room = filled < total ? content.size() - filled : 1;
    const zip_int64_t got = zip_fread(file.get(), to, room);
    if (got < 0) return member_error(name, std::string("is damaged: ") + zip_file_strerror(file.get()));
    if (got == 0) break;
    if (filled == total) return member_error(name, "is longer than the directory says");
    filled += static_cast<std::size_t>(got);
  }
  if (filled != content.size()) return member_error(name, "is shorter than the directory says");
  return content;
}

Result<std::vector<std::uint8_t>> ZipReader::read(std::string_view name) const {
  return read_as<std::vector<std::uint8_t>>(name);
}

Result<std::string> ZipReader::read_text(std::string_view name) const { return read_as<std::string>(name); }

}  // namespace cortado::formats
