// Samples on disk: files and folders of tensors and images, each file one sample or several, read when needed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "formats/images/image.h"
#include "ir/type.h"

namespace cortado::formats {

struct SampleOptions {
  ImageOptions image;
  // The model's inputs. When given, samples are checked against them, integers and floats of other widths are not
  // converted, and a tensor that stacks samples along dimension 0 is cut into them. May be empty.
  std::vector<ir::Type> inputs;
};

// What a file holds:
//   image         one sample of one input (see ImageOptions)
//   .npy          one sample of one input
//   .npz          "input_0", "input_1"…: one sample; "sample_0_input_0"…: several; other names: one sample, file order
//   .pt .pth      a tensor, a tuple, list or dictionary of tensors: one sample, in that order
//   .safetensors  like .npz
class SampleFiles {
 public:
  // Files are taken as given, folders with their files in name order (not those in folders below, hidden ones, or of
  // other kinds). Errors: a path that does not exist, a file of another kind, a folder without samples.
  static Result<SampleFiles> open(const std::vector<std::filesystem::path>& paths, const SampleOptions& options = {});

  std::size_t size() const { return entries_.size(); }
  // "cat.png", "calibration.npz[3]".
  const std::string& name(std::size_t i) const { return entries_[i].name; }
  // One tensor per input of the model. Reads the file; may be called from several threads at once.
  Result<std::vector<ir::Tensor>> sample(std::size_t i) const;

 private:
  struct Entry {
    std::string name;
    std::filesystem::path file;
    std::size_t index = 0;  // which of the file's samples
    std::size_t count = 1;
  };
  SampleOptions options_;
  std::vector<Entry> entries_;
};

}  // namespace cortado::formats
