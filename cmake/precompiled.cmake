# Parsing the standard library, GoogleTest and the option parser was half of the time of a build: they are parsed once.
# That every file includes what it uses is for tests/layers to see.
option(CORTADO_PRECOMPILE "Precompile the headers that most files include" ON)

set(CORTADO_STANDARD_HEADERS <algorithm> <array> <cmath> <cstdint> <cstring> <functional> <limits> <map>
    <memory> <optional> <span> <string> <string_view> <unordered_map> <utility> <vector>)

# What operators, compiler and their tests include nearly everywhere. Found by -I: with paths of this checkout in it, a
# precompiled header that ccache made in another one would be no header of this one's.
set(CORTADO_OPERATOR_HEADERS <ops/operator_list.h> <ops/rewriter.h> <ops/stage_draft.h> <ops/infer.h> <ir/text.h>)

# cortado_precompile(TARGET headers…): TARGET's files find the headers parsed.
function(cortado_precompile target)
  if(CORTADO_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# cortado_reuse_precompiled(TARGET FROM): as FROM, whose compile options TARGET shares.
function(cortado_reuse_precompiled target from)
  if(CORTADO_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${from})
  endif()
endfunction()

# Ten files are compiled as one: their headers' templates are then instantiated once in place of ten times.
# What unnamed namespaces of such files hold must not meet: where names do, the compiler tells of a redefinition.
option(CORTADO_JOIN "Compile several files as one, for a shorter build" ON)

# cortado_join(TARGET)
function(cortado_join target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${CORTADO_JOIN} UNITY_BUILD_BATCH_SIZE 10)
endfunction()
