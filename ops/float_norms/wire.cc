#include "ops/wire.h"

#include "ops/float_norms/contract.h"

namespace cortado::ops {

void add_float_norms_wire(Registry& registry) {
  const auto add = [&]<class Args>(Args, const Kernel& kernel, std::string_view summary) {
    registry.add(wire_operator<Args>(kernel, summary));
  };
  add(LayerNormArgs{}, aten__native_layer_norm_out, "normalisation over trailing dimensions");
  add(GroupNormArgs{}, aten__native_group_norm_out, "normalisation of groups of channels");
  add(BatchNormArgs{}, aten___native_batch_norm_legit_no_training_out, "normalisation by stored statistics");
  add(OwnBatchNormArgs{}, aten___native_batch_norm_legit_no_stats_out, "normalisation by the batch's own statistics");
}

}  // namespace cortado::ops
