#include "formats/images/png.h"

#include <png.h>

#include <algorithm>
#include <string>
#include <vector>

#include "formats/images/size.h"

namespace cortado::formats {
namespace {

using Bytes = std::span<const std::uint8_t>;
constexpr std::size_t signature_bytes = 8;

// libpng reports errors by a jump to where setjmp was called: nothing that needs destruction may be made in between.
struct Reader {
  explicit Reader(Bytes bytes) : left(bytes) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }

  bool start();
  bool read_header();
  bool read_rows(std::uint8_t* const* rows);

  Bytes left;
  std::string message = "not enough memory";
  png_structp png = nullptr;
  png_infop info = nullptr;
};

[[noreturn]] void fail(png_structp png, png_const_charp message) {
  static_cast<Reader*>(png_get_error_ptr(png))->message = message;
  png_longjmp(png, 1);
}

void ignore_warning(png_structp, png_const_charp) {}

void take(png_structp png, png_bytep to, png_size_t count) {
  auto& left = static_cast<Reader*>(png_get_io_ptr(png))->left;
  if (count > left.size()) png_error(png, "it is cut off");
  std::copy_n(left.begin(), count, to);
  left = left.subspan(count);
}

bool Reader::start() {
  png = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, fail, ignore_warning);
  info = png != nullptr ? png_create_info_struct(png) : nullptr;
  return info != nullptr;
}

bool Reader::read_header() {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  constexpr png_alloc_size_t most_of_a_chunk = 8 << 20;  // comments, colour profiles: read and dropped
  png_set_chunk_malloc_max(png, most_of_a_chunk);
  png_set_read_fn(png, this, take);
  png_read_info(png, info);
  png_set_expand(png);  // palettes, grey of fewer bits
  png_set_strip_16(png);
  png_set_strip_alpha(png);
  png_set_gray_to_rgb(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  return true;
}

bool Reader::read_rows(std::uint8_t* const* rows) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_read_image(png, const_cast<png_bytepp>(rows));
  return true;
}

Diagnostic damaged(const Reader& reader) { return input_error("is a damaged PNG: " + reader.message); }

}  // namespace

bool is_png(Bytes bytes) {
  return bytes.size() >= signature_bytes && png_sig_cmp(bytes.data(), 0, signature_bytes) == 0;
}

Result<ir::Tensor> decode_png(Bytes bytes) {
  Reader reader(bytes);
  if (!reader.start() || !reader.read_header()) return damaged(reader);
  const std::size_t width = png_get_image_width(reader.png, reader.info);
  const std::size_t height = png_get_image_height(reader.png, reader.info);
  CORTADO_CHECK(check_image_size(width, height, bytes.size()));
  const std::size_t row_bytes = 3 * width;
  if (png_get_rowbytes(reader.png, reader.info) != row_bytes) return damaged(reader);
  ir::Tensor image(DType::u8, {static_cast<std::int64_t>(height), static_cast<std::int64_t>(width), 3});
  std::vector<std::uint8_t*> rows(height);
  for (std::size_t y = 0; y < height; ++y) rows[y] = image.mutable_data<std::uint8_t>() + y * row_bytes;
  if (!reader.read_rows(rows.data())) return damaged(reader);
  return image;
}

}  // namespace cortado::formats
