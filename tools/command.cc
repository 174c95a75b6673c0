#include "tools/command.h"

#include "tools/console.h"

namespace cortado::tools {

int parse(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& e) {
    return app.exit(e);
  } catch (const CLI::CallForAllHelp& e) {
    return app.exit(e);
  } catch (const CLI::CallForVersion& e) {
    return app.exit(e);
  } catch (const CLI::ParseError& e) {
    return report_error(usage_error(e.what(), "see " + app.get_name() + " --help"));
  }
  return -1;
}

void add_verbosity(CLI::App& app) {
  app.add_flag_callback("--quiet", [] { set_verbosity(Verbosity::quiet); }, "Print results and warnings only");
  app.add_flag_callback("--verbose", [] { set_verbosity(Verbosity::verbose); }, "Print more");
}

CLI::App* add_subcommand(CLI::App& app, const std::string& name, const std::string& description,
                         const std::string& examples) {
  CLI::App* command = app.add_subcommand(name, description);
  command->footer("Examples:\n" + examples);
  add_verbosity(*command);
  return command;
}

}  // namespace cortado::tools
