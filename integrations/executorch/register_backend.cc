// Linked in, it registers the backend before main() runs.
#include "integrations/executorch/cortado_backend.h"

static const executorch::runtime::Error registered = cortado::integrations::register_cortado_backend();
