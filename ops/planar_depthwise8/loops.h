// As ops/planar_depthwise/loops.h. Host and target, C++17.
#pragma once

#include "ops/planar_depthwise/loops.h"
