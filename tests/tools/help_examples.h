// The examples in a help text.
#pragma once

#include <sstream>

#include "tests/tools/command_line.h"

namespace cortado::tests {

// The lines below "Examples:", without remarks in brackets; a line that begins with an option continues the one before.
inline std::vector<std::string> examples(const std::string& help) {
  std::vector<std::string> list;
  std::istringstream stream(help.substr(std::min(help.size(), help.find("Examples:"))));
  for (std::string line; std::getline(stream, line);) {
    const auto begin = line.find_first_not_of(' ');
    if (begin == std::string::npos || begin == 0) continue;
    line.resize(std::min(line.size(), line.find(" (")));
    if (line[begin] == '-' && !list.empty())
      list.back() += " " + line.substr(begin);
    else
      list.push_back(line.substr(begin));
  }
  return list;
}

inline std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> list;
  for (std::string word; stream >> word;) list.push_back(word);
  return list;
}

}  // namespace cortado::tests
