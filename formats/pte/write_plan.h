// Writes one method: the writer's part that follows the schema table by table. Host.
#pragma once

#include "formats/pte/program_generated.h"
#include "formats/pte/segments.h"

namespace cortado::pte {

// The indices in `plan` are in range (see check.h). Delegates' blobs are added to `segments`.
flatbuffers::Offset<wire::ExecutionPlan> write_plan(flatbuffers::FlatBufferBuilder& builder, const Plan& plan,
                                                    Segments& segments);

}  // namespace cortado::pte
