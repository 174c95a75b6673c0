#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>

#include "formats/samples.h"

namespace cortado::formats {
namespace {

struct Place {
  std::uint64_t sample = 0;
  std::uint64_t input = 0;
};

bool accept(std::string_view& text, std::string_view token) {
  if (text.substr(0, token.size()) != token) return false;
  text.remove_prefix(token.size());
  return true;
}

bool number(std::string_view& text, std::uint64_t& value) {
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end.ptr - text.data()));
  return true;
}

// "input_3" or "sample_12_input_3", and nothing else.
std::optional<Place> place_of(std::string_view name) {
  Place place;
  if (accept(name, "sample_") && !(number(name, place.sample) && accept(name, "_"))) return std::nullopt;
  if (!accept(name, "input_") || !number(name, place.input) || !name.empty()) return std::nullopt;
  return place;
}

}  // namespace

std::vector<NamedTensors> group_samples(NamedTensors tensors) {
  std::map<std::uint64_t, std::map<std::uint64_t, NamedTensor>> places;
  for (const NamedTensor& entry : tensors) {
    const auto place = place_of(entry.name);
    if (!place) return {std::move(tensors)};
    places[place->sample][place->input] = entry;
  }
  std::vector<NamedTensors> samples;
  for (auto& [sample, inputs] : places) {
    samples.emplace_back();
    for (auto& [input, tensor] : inputs) samples.back().push_back(std::move(tensor));
  }
  return samples;
}

}  // namespace cortado::formats
