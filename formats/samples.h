// Samples on disk: files and folders of tensors and images, each file one sample or several, read when needed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "formats/images/image.h"
#include "formats/tensors/named_tensor.h"
#include "ir/type.h"

namespace cortado::formats {

struct SampleOptions {
  ImageOptions image;
  // The types of the model's inputs. Samples are made to fit them (formats/fit.h), or refused. Empty: taken as they
  // are.
  std::vector<ir::Type> inputs;
};

// What a file holds:
//   image         one sample of one input (see ImageOptions)
//   .npy          one sample of one input, or several stacked along dimension 0
//   .npz .pt .pth .safetensors
//                 "input_0", "input_1"…: one sample; "sample_0_input_0"…: several; other names: one sample, in the
//                 file's order; each may be stacked like .npy
class SampleFiles {
 public:
  // Files are taken as given, folders with all files in them and below in the order of their paths (not hidden ones, or
  // those of other kinds; links to folders are not followed). Errors: a path that does not exist, a file of another
  // kind, a folder without samples, a tensor that does not fit the model's input.
  static Result<SampleFiles> open(const std::vector<std::filesystem::path>& paths, const SampleOptions& options = {});

  std::size_t size() const { return entries_.size(); }
  // "cat.png", "calibration.npz[3]".
  const std::string& name(std::size_t i) const { return entries_[i].name; }
  // For models with state: sample i does not follow sample i − 1. The samples of a file that holds several are a
  // sequence; so are neighbouring files of one folder that hold one each.
  bool begins_sequence(std::size_t i) const;
  // One tensor per input of the model. May be called from several threads at once.
  Result<std::vector<ir::Tensor>> sample(std::size_t i) const;

 private:
  struct Entry {
    std::string name;
    std::filesystem::path file;
    std::shared_ptr<const std::vector<NamedTensors>> groups;  // the file's content, kept when it holds several samples
    std::size_t group = 0;                                    // which of them
    std::int64_t index = 0;                                   // which of those stacked in it
  };
  Status add(const std::filesystem::path& file);
  Status add_group(const std::filesystem::path& file, const std::shared_ptr<const std::vector<NamedTensors>>& groups,
                   std::size_t group);
  Result<std::vector<ir::Tensor>> fitted(const NamedTensors& tensors, std::int64_t index) const;

  SampleOptions options_;
  std::vector<Entry> entries_;
};

// The samples in a file of tensors, by the names above; the tensors of each in the order of the inputs.
std::vector<NamedTensors> group_samples(NamedTensors tensors);

}  // namespace cortado::formats
