#include "boards/emulator/run.h"

namespace cortado::boards {

Result<CoreRun> run_on_core(const CoreRunOptions& options) {
  CORTADO_CHECK(check_core(options.core));
  return internal_error("running on " + options.core + " is not there yet");
}

}  // namespace cortado::boards
