#include "compiler/calibrate/ranges_file.h"

#include <gtest/gtest.h>

#include <locale>

namespace cortado::compiler {
namespace {

Ranges example() {
  Ranges ranges;
  ranges.model = "hash64:0123456789abcdef";
  ranges.samples = 7;
  ranges.values["x"] = {{-1.0 / 3, 0.1}, {-2, 1e-300}};
  ranges.values["odd \"name\"\n\xc3\xa9"] = {{0, 0}, {-5e-324, 1.7976931348623157e308}};
  ranges.channel_means["x"] = {-1, {0.1, -1e17, 3}};
  ranges.gains["relu"] = {1, 1.0 / 3};
  ranges.roundings["conv"] = {0, 1, -1, 26, -26};
  return ranges;
}

TEST(RangesFile, NumbersSurviveExactly) {
  const auto back = ranges_from_json(to_json(example()));
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(back.value(), example());
}

struct DecimalComma : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST(RangesFile, TheLocaleDoesNotMatter) {
  const std::string plain = to_json(example());
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new DecimalComma));
  const std::string written = to_json(example());
  const auto back = ranges_from_json(plain);
  std::locale::global(before);
  EXPECT_EQ(written, plain);
  ASSERT_TRUE(back);
  EXPECT_EQ(back.value(), example());
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(RangesFile, DamageIsNamed) {
  const std::string good = to_json(example());
  const struct {
    std::string text;
    const char* message;
  } cases[] = {
      {good.substr(0, good.size() / 2), "this is not JSON, or only a part of it"},
      {"[]", "\"format\" must be a string"},
      {replaced(good, "\"version\": 1", "\"version\": 2"), "\"version\" must be 1"},
      {replaced(good, "\"samples\": 7", "\"samples\": 0"), "\"samples\" must be a whole number above 0"},
      {replaced(good, "\"samples\": 7", "\"samples\": 1e3"), "\"samples\" must be a whole number above 0"},
      {replaced(good, "\"synthetic\": false", "\"synthetic\": 0"), "\"synthetic\" must be true or false"},
      {replaced(good, "\"relu\": [1,", "\"relu\": [0,"), "the gains of 'relu' must be a list of numbers above 0"},
      {replaced(good, "\"gains\": {", "\"gains\": [1], \"more\": {"), "\"gains\" must be an object"},
      {replaced(good, "\".AaZz\"", "\".A?\""), "the roundings of 'conv' must be a string of letters and dots"},
      {replaced(good, "\".AaZz\"", "[0, 1]"), "the roundings of 'conv' must be a string of letters and dots"},
      {replaced(good, "\"roundings\": {", "\"roundings\": 1, \"more\": {"), "\"roundings\" must be an object"},
      {replaced(good, "[-2, 1e-300]", "[2, 1]"),
       "\"observed\" of value 'x' must be two finite numbers, the smaller first"},
      {replaced(good, "[-2, 1e-300]", "[-2]"),
       "\"observed\" of value 'x' must be two finite numbers, the smaller first"},
      {replaced(good, "[-2, 1e-300]", "[-2, null]"),
       "\"observed\" of value 'x' must be two finite numbers, the smaller first"},
      {replaced(good, "[-2, 1e-300]", "[-2, 1e999]"), "this is not JSON, or only a part of it"},
      {replaced(good, "\"axis\": -1", "\"axis\": 1e9"), "\"axis\" of the means of 'x' must be a small whole number"},
      {replaced(good, "-1e+17", "\"many\""), "\"means\" of 'x' must be a list of finite numbers"},
      {replaced(good, "\"values\": {", "\"values\": 1, \"more\": {"), "\"values\" must be an object"},
      {replaced(good, "\"channel_means\": {", "\"channel_means\": 1, \"more\": {"),
       "\"channel_means\" must be an object"},
  };
  for (const auto& [text, message] : cases) {
    const auto ranges = ranges_from_json(text);
    ASSERT_FALSE(ranges) << text;
    EXPECT_EQ(ranges.error().fault, Fault::input);
    EXPECT_NE(ranges.error().text().find(message), std::string::npos) << ranges.error().text();
  }
}

TEST(RangesFile, EveryCutIsAnError) {
  const std::string good = to_json(example());
  for (std::size_t size = 0; size + 2 < good.size(); ++size)
    EXPECT_FALSE(ranges_from_json(good.substr(0, size))) << size;
}

TEST(RangesFile, WritingNowhereIsAnErrorWithoutAFile) {
  EXPECT_EQ(write_ranges(example(), "/nonexistent/folder/ranges.json").error().message,
            "cannot write /nonexistent/folder/ranges.json");
  EXPECT_FALSE(write_ranges(example(), "/dev/full"));
  EXPECT_EQ(read_ranges("/nonexistent/ranges.json").error().message, "cannot read /nonexistent/ranges.json");
  EXPECT_FALSE(read_ranges("/"));
}

}  // namespace
}  // namespace cortado::compiler
