# Parsing the standard library, GoogleTest and the option parser was half of the time of a build: they are parsed once.
# That every file includes what it uses is for tests/layers to see.
option(CORTADO_PRECOMPILE "Precompile the headers that most files include" ON)

set(CORTADO_STANDARD_HEADERS <algorithm> <array> <cmath> <cstdint> <cstring> <functional> <limits> <map>
    <memory> <optional> <span> <string> <string_view> <unordered_map> <utility> <vector>)

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
