// A command of `cortado`: its options, and what to do when it was the one given.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "support/result.h"

namespace cortado::tools {

struct Command {
  CLI::App* app = nullptr;
  std::function<Status()> run;
};

// Each adds its subcommand to `app`.
Command add_compile(CLI::App& app);
Command add_calibrate(CLI::App& app);
Command add_run(CLI::App& app);
Command add_inspect(CLI::App& app);
Command add_evaluate(CLI::App& app);
Command add_compare(CLI::App& app);
Command add_bench(CLI::App& app);
Command add_operators(CLI::App& app);
Command add_doctor(CLI::App& app);

// Parses; prints help or the error in the command line. Returns an exit code when there is nothing more to do, else -1.
int parse(CLI::App& app, int argc, char** argv);

// --quiet and --verbose.
void add_verbosity(CLI::App& app);

// A subcommand with its examples below the options, each on a line of its own.
CLI::App* add_subcommand(CLI::App& app, const std::string& name, const std::string& description,
                         const std::string& examples);

}  // namespace cortado::tools
