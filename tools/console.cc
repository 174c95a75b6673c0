#include "tools/console.h"

#include <unistd.h>

#include <cstdio>

namespace cortado::tools {
namespace {

Verbosity level = Verbosity::normal;

void say(const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); }

}  // namespace

void set_verbosity(Verbosity verbosity) { level = verbosity; }

void notice(const std::string& text) {
  if (level != Verbosity::quiet) say(text);
}
void warning(const std::string& text) { say("warning: " + text); }
void detail(const std::string& text) {
  if (level == Verbosity::verbose) say(text);
}
int report_error(const Diagnostic& error) {
  say("error: " + error.text());
  if (error.fault == Fault::internal) say("  This is a fault of ours: please report it with the model.");
  return static_cast<int>(error.fault);
}

bool show_progress() { return level != Verbosity::quiet && isatty(STDERR_FILENO) != 0; }

}  // namespace cortado::tools
