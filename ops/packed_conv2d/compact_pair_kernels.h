// The loops of pair_kernels.h that stand in for all others of theirs, in little flash, written by
// scripts/helium/compact_pairs.py: cortado_pairs_rows_compact and cortado_pairs_planes_compact. Host and target, C++17.
#pragma once

#include "ops/packed_conv2d/pair_kernels.h"
