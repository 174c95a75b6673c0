#include "formats/images/jpeg.h"

#include <csetjmp>
#include <cstdio>
// libjpeg's headers need what <cstdio> declares.
#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>
#include <string>
#include <vector>

#include "formats/images/size.h"

namespace cortado::formats {
namespace {

using Bytes = std::span<const std::uint8_t>;

// libjpeg reports errors by a call that may not return: it jumps to where setjmp was called, and nothing that needs
// destruction may be made in between.
struct Reader {
  Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { jpeg_destroy_decompress(&jpeg); }

  bool read_header(Bytes bytes);
  bool start();
  bool read_rows(std::uint8_t* to, std::size_t row_bytes);

  jpeg_decompress_struct jpeg = {};
  jpeg_error_mgr errors = {};
  jpeg_progress_mgr progress = {};
  std::jmp_buf failed = {};
  char message[JMSG_LENGTH_MAX] = "not enough memory";
};

Reader& reader_of(j_common_ptr jpeg) { return *static_cast<Reader*>(jpeg->client_data); }

[[noreturn]] void fail(j_common_ptr jpeg) {
  jpeg->err->format_message(jpeg, reader_of(jpeg).message);
  std::longjmp(reader_of(jpeg).failed, 1);
}

// Level −1 is a warning: libjpeg makes up what broken data does not tell. Needless bytes do no harm.
void judge_message(j_common_ptr jpeg, int level) {
  if (level < 0 && jpeg->err->msg_code != JWRN_EXTRANEOUS_DATA && jpeg->err->msg_code != JWRN_MUST_RESYNC) fail(jpeg);
}

// A file of a few kilobytes may hold thousands of scans over the whole picture; real ones have about ten.
void limit_scans(j_common_ptr jpeg) {
  constexpr int most_scans = 100;
  if (jpeg->is_decompressor && reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > most_scans) {
    std::snprintf(reader_of(jpeg).message, JMSG_LENGTH_MAX, "it has more than %d scans", most_scans);
    std::longjmp(reader_of(jpeg).failed, 1);
  }
}

Reader::Reader() {
  jpeg.err = jpeg_std_error(&errors);
  errors.error_exit = fail;
  errors.emit_message = judge_message;
  jpeg.client_data = this;
  progress.progress_monitor = limit_scans;
}

bool Reader::read_header(Bytes bytes) {
  if (setjmp(failed) != 0) return false;
  jpeg_create_decompress(&jpeg);
  jpeg.progress = &progress;
  jpeg_mem_src(&jpeg, bytes.data(), bytes.size());
  jpeg_read_header(&jpeg, TRUE);
  const bool has_four = jpeg.jpeg_color_space == JCS_CMYK || jpeg.jpeg_color_space == JCS_YCCK;
  jpeg.out_color_space = has_four ? JCS_CMYK : JCS_RGB;
  return true;
}

bool Reader::start() {
  if (setjmp(failed) != 0) return false;
  return jpeg_start_decompress(&jpeg) == TRUE;
}

bool Reader::read_rows(std::uint8_t* to, std::size_t row_bytes) {
  if (setjmp(failed) != 0) return false;
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = to + jpeg.output_scanline * row_bytes;
    jpeg_read_scanlines(&jpeg, &row, 1);
  }
  return true;
}

Diagnostic damaged(const Reader& reader) { return input_error(std::string("is a damaged JPEG: ") + reader.message); }

// Light that passes an ink and black; Adobe's programs write how much passes, others how much does not.
std::vector<std::uint8_t> rgb_of_inks(const std::vector<std::uint8_t>& inks, bool is_inverted) {
  constexpr unsigned full = 255;
  std::vector<std::uint8_t> rgb;
  rgb.reserve(inks.size() / 4 * 3);
  const auto passes = [&](std::uint8_t ink) { return is_inverted ? ink : full - ink; };
  for (std::size_t i = 0; i + 3 < inks.size(); i += 4)
    for (std::size_t c = 0; c < 3; ++c)
      rgb.push_back(static_cast<std::uint8_t>((passes(inks[i + c]) * passes(inks[i + 3]) + full / 2) / full));
  return rgb;
}

}  // namespace

bool is_jpeg(Bytes bytes) { return bytes.size() >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF; }

Result<ir::Tensor> decode_jpeg(Bytes bytes) {
  Reader reader;
  if (!reader.read_header(bytes)) return damaged(reader);
  const std::size_t width = reader.jpeg.image_width, height = reader.jpeg.image_height;
  CORTADO_CHECK(check_image_size(width, height, bytes.size()));
  if (!reader.start()) return damaged(reader);
  const auto components = static_cast<std::size_t>(reader.jpeg.output_components);
  std::vector<std::uint8_t> pixels(width * height * components);
  if (!reader.read_rows(pixels.data(), width * components)) return damaged(reader);
  if (components == 4) pixels = rgb_of_inks(pixels, reader.jpeg.saw_Adobe_marker == TRUE);
  ir::Tensor image(DType::u8, {static_cast<std::int64_t>(height), static_cast<std::int64_t>(width), 3});
  std::copy(pixels.begin(), pixels.end(), image.mutable_data<std::uint8_t>());
  return image;
}

}  // namespace cortado::formats
