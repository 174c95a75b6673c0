// What the tools say besides their results: to stderr, as much as the user wants.
#pragma once

#include <string>

#include "support/result.h"

namespace cortado::tools {

enum class Verbosity { quiet, normal, verbose };
void set_verbosity(Verbosity verbosity);

void notice(const std::string& text);   // not when quiet
void warning(const std::string& text);  // always: something the user must know
void detail(const std::string& text);   // when verbose
// Prints "error: …" and the hint; returns the exit code.
int report_error(const Diagnostic& error);

// Progress lines: on a terminal only, and not when quiet.
bool show_progress();

}  // namespace cortado::tools
