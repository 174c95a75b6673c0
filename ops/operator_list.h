// What a folder's definition.cc includes: it defines `void add_FOLDER(Registry&)`, which ops/operators.cmake makes the
// registry call. (The declarations of all of them are generated, for the registry alone: a new operator recompiles
// nothing but itself.)
#pragma once

#include "ops/definition.h"
