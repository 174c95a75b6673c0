// Every error message has a test: some test expects a text that only this message, or few, can give.
//
// A message is the literals given to an error, with gaps where values go. What a test expects are its own literals. A
// literal stands for a message when it reads like a part of it, gap by gap, and most of the message's letters are in
// it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "tests/layers/source_text.h"
#include "tests/layers/sources.h"

namespace cortado {
namespace {

namespace fs = std::filesystem;
using Pieces = std::vector<std::string>;

struct Message {
  std::string place;  // file:line
  std::string error;  // the function that it is given to
  Pieces pieces;      // what stands between the gaps; a gap may be empty
};

// Functions that make an error of a text, and where the text is: everywhere, or, with a hint behind it, at first.
struct ErrorFunction {
  std::string_view name;
  bool only_first = false;
};
constexpr std::array errors = {ErrorFunction{"input_error", true},
                               ErrorFunction{"usage_error", true},
                               ErrorFunction{"internal_error", true},
                               ErrorFunction{"fail"},
                               ErrorFunction{"damaged"},
                               ErrorFunction{"malformed"},
                               ErrorFunction{"does_not_fit"},
                               ErrorFunction{"bad_arguments"},
                               ErrorFunction{"member_error"}};

// Messages that no test can see, or only one that breaks the machine it runs on.
struct Exception {
  std::string_view file, text, reason;
};
constexpr Exception exceptions[] = {
    {"formats/tensors/torch_file.cc", "its tensors have more than 16 GiB", "it takes that much memory"},
    {"formats/pickle/unpickler.cc", "the pickle has more than 4 million values", "it takes half a gigabyte"},
    {"formats/pte/write.cc", "the constants take more than 1 GiB", "it takes that much memory"},
    {"formats/images/decode.cc", "is larger than 256 MiB", "it takes that much memory"},
    {"formats/zip/reader.cc", "members, which is too many", "more than a million members"},
    {"formats/pte/parse.cc", "there is no memory for the program", "malloc fails"},
    {"runtime/host/session.cc", "there is no memory for the program", "malloc fails"},
    {"runtime/host/session.cc", "the program needs an arena of", "malloc fails"},
    {"runtime/layout.cc", "more memory than can be addressed", "only where addresses have 32 bits"},
    {"formats/samples.cc", ": cannot be read: ", "a folder without permission, which tests as root have"},
    {"formats/samples.cc", "has changed while it was in use", "a race with another program"},
    {"formats/zip/reader.cc", "its directory is damaged", "libzip finds the damage when it opens the file"},
    {"ops/host/volume_pools.cc", "", "the shape rule refuses the same before"},
    {"ops/host/selection.cc", "no kernel moves its elements", "every operator that is lowered so has a kernel"},
    {"compiler/emit/emit.cc", "which is not supported yet", "a build without the operator that writes back"},
    {"boards/emulator/try_core.cc", "in place of 'ready'", "an emulator that is broken"},
    {"boards/emulator/cycles.cc", "llvm-mca-19", "an llvm-mca that is broken"},
    {"boards/firmware/run.cc", "cannot write", "the host's disk is full"},
    {"boards/firmware/run.cc", "the stack is used up", "a guard: the stack's memory faults before"},
};

// Internal errors of these say that a pass broke its own promise: no input does that, and tests of the passes show it.
constexpr std::string_view own_promises[] = {"compiler/", "formats/", "ops/", "ir/", "runtime/", "tools/"};

std::string read_all(const fs::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// "{} must be {}" and "must be {:.3f}" have gaps too.
void add_pieces(std::string_view code, Pieces& pieces) {
  for (const std::string& literal : testing::literals(code)) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < literal.size(); ++at) {
      const std::size_t close = literal[at] == '{' ? literal.find('}', at) : std::string::npos;
      if (close == std::string::npos) continue;
      pieces.push_back(literal.substr(begin, at - begin));
      begin = close + 1;
    }
    pieces.push_back(literal.substr(begin));
  }
}

void add_messages(const std::string& file, const std::string& code, std::vector<Message>& messages) {
  for (const ErrorFunction& error : errors)
    for (std::size_t at = code.find(error.name); at != std::string::npos; at = code.find(error.name, at + 1)) {
      std::size_t end = at + error.name.size();
      if ((at > 0 && is_name(code[at - 1])) || end >= code.size() || code[end] != '(') continue;
      Pieces pieces = {""};
      for (std::string_view argument : testing::call_arguments(code, end, end)) {
        add_pieces(argument, pieces);
        if (error.only_first) break;
      }
      while (code.compare(end, 5, ".add(") == 0 || code.compare(end, 1, "\n") == 0 || code.compare(end, 1, " ") == 0) {
        if (code[end] != '.') {
          ++end;
          continue;
        }
        for (std::string_view argument : testing::call_arguments(code, end + 4, end)) add_pieces(argument, pieces);
      }
      const auto line = std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
      messages.push_back({file + ":" + std::to_string(line), std::string(error.name), std::move(pieces)});
    }
}

std::size_t words(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return is_name(c); }));
}

// How many letters of pieces `text` takes when it begins `offset` into piece `index`; 0 when it reads otherwise.
std::size_t letters_said(const Pieces& pieces, std::size_t index, std::size_t offset, std::string_view text) {
  const std::string_view rest = std::string_view(pieces[index]).substr(offset);
  if (text.size() <= rest.size()) return rest.substr(0, text.size()) == text ? words(text) : 0;
  if (text.substr(0, rest.size()) != rest) return 0;
  text.remove_prefix(rest.size());
  std::size_t best = 0;
  for (std::size_t next = index + 1; next < pieces.size(); ++next) {
    if (pieces[next].empty()) continue;
    const std::string_view head =
        std::string_view(pieces[next]).substr(0, std::min<std::size_t>(pieces[next].size(), 4));
    for (std::size_t at = text.find(head); at != std::string_view::npos; at = text.find(head, at + 1))
      best = std::max(best, letters_said(pieces, next, 0, text.substr(at)));
  }
  // A value in the last gap may end the text, but it does not begin and end it.
  if (best == 0 && text.size() > 80) return 0;
  return words(rest) + best;
}

bool says(const Message& message, std::string_view text) {
  std::size_t all = 0;
  for (const std::string& piece : message.pieces) all += words(piece);
  for (std::size_t index = 0; index < message.pieces.size(); ++index)
    for (std::size_t offset = 0; offset <= message.pieces[index].size(); ++offset)
      if (letters_said(message.pieces, index, offset, text) * 5 >= all * 3) return true;
  return false;
}

std::string shown(const Message& message) {
  std::string text;
  for (const std::string& piece : message.pieces) text += (text.empty() ? "" : "…") + piece;
  return text;
}

bool stands_for(const Exception& exception, const Message& message) {
  return message.place.starts_with(exception.file) && shown(message).find(exception.text) != std::string::npos;
}

bool is_exception(const Message& message) {
  if (message.error == "internal_error")
    for (std::string_view folder : own_promises)
      if (message.place.starts_with(folder)) return true;
  return std::any_of(std::begin(exceptions), std::end(exceptions),
                     [&](const Exception& exception) { return stands_for(exception, message); });
}

std::vector<Message> all_messages() {
  std::vector<Message> messages;
  for (const char* layer : testing::layers)
    testing::for_each_source(layer, [&](const fs::path& path) {
      add_messages(testing::name_of(path), testing::without_comments(read_all(path)), messages);
    });
  // Without words of their own they are given a text that is made elsewhere.
  std::erase_if(messages, [](const Message& message) {
    std::size_t all = 0;
    for (const std::string& piece : message.pieces) all += words(piece);
    return all < 8;
  });
  return messages;
}

// The literals of all tests, found by any five letters in a row that they have.
class ExpectedTexts {
 public:
  ExpectedTexts() {
    std::set<std::string> texts;
    testing::for_each_source("tests", [&](const fs::path& path) {
      if (path.parent_path() == testing::repository / "tests" / "layers") return;
      for (std::string& literal : testing::literals(testing::without_comments(read_all(path))))
        if (words(literal) >= 6 && literal.size() < 200) texts.insert(std::move(literal));
    });
    texts_.assign(texts.begin(), texts.end());
    for (std::size_t i = 0; i < texts_.size(); ++i)
      for (std::size_t at = 0; at + 5 <= texts_[i].size(); ++at) {
        std::vector<std::size_t>& found = with_[texts_[i].substr(at, 5)];
        if (found.empty() || found.back() != i) found.push_back(i);
      }
  }

  bool any_says(const Message& message) const {
    std::unordered_set<std::size_t> tried;
    for (const std::string& piece : message.pieces)
      for (std::size_t at = 0; at + 5 <= piece.size(); ++at)
        if (const auto found = with_.find(piece.substr(at, 5)); found != with_.end())
          for (const std::size_t i : found->second)
            if (tried.insert(i).second && says(message, texts_[i])) return true;
    return false;
  }

 private:
  std::vector<std::string> texts_;
  std::unordered_map<std::string, std::vector<std::size_t>> with_;
};

TEST(Layers, EveryErrorMessageHasATest) {
  const std::vector<Message> messages = all_messages();
  const ExpectedTexts texts;
  ASSERT_GT(messages.size(), 500u);
  for (const Message& message : messages)
    EXPECT_TRUE(is_exception(message) || texts.any_says(message))
        << message.place << ": no test expects \"" << shown(message) << "\"";
}

// An exception that stands for no message, or for one that has a test by now, is none.
TEST(Layers, EveryExceptionIsNeeded) {
  const std::vector<Message> messages = all_messages();
  const ExpectedTexts texts;
  for (const Exception& exception : exceptions) {
    const bool is_needed = std::any_of(messages.begin(), messages.end(), [&](const Message& message) {
      return stands_for(exception, message) && !texts.any_says(message);
    });
    EXPECT_TRUE(is_needed) << exception.file << ": \"" << exception.text << "\"";
  }
}

}  // namespace
}  // namespace cortado
