# cortado_operator() collects sources and generates, from the one list in ops/operators.cmake,
#   ops/operator_list.h      add_FOLDER() of every operator, and add_all_operators()
#   ops/kernel_table.cc      all_kernels: every kernel, for the host and for a general kernel set on the core
# A wire name's symbol is the name with every character outside [A-Za-z0-9] as '_'.

set(CORTADO_OPERATORS "")
set(CORTADO_WIRE_OPERATORS "")

function(cortado_operator folder)
  set(CORTADO_OPERATORS "${CORTADO_OPERATORS};${folder}" PARENT_SCOPE)
  set(CORTADO_WIRE_OPERATORS "${CORTADO_WIRE_OPERATORS};${ARGN}" PARENT_SCOPE)
endfunction()

function(cortado_generate_operator_list directory)
  set(declarations "")
  set(calls "")
  foreach(folder IN LISTS CORTADO_OPERATORS)
    if(folder)
      string(APPEND declarations "void add_${folder}(Registry& registry);\n")
      string(APPEND calls "  add_${folder}(registry);\n")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT "${directory}/ops/operator_list.h" CONTENT
"// Generated from ops/operators.cmake.
#pragma once
#include \"ops/definition.h\"
namespace cortado::ops {
${declarations}
inline void add_all_operators(Registry& registry) {
${calls}}
}  // namespace cortado::ops
")
  cortado_kernel_table("${directory}/ops/kernel_table.cc" ${CORTADO_WIRE_OPERATORS})
endfunction()

# Writes a kernel table with the given wire operators.
function(cortado_kernel_table file)
  set(declarations "")
  set(rows "")
  set(count 0)
  foreach(wire IN LISTS ARGN)
    if(wire)
      string(REGEX REPLACE "[^A-Za-z0-9]" "_" symbol "${wire}")
      string(APPEND declarations "extern const Kernel ${symbol};\n")
      string(APPEND rows "    &${symbol},\n")
      math(EXPR count "${count}+1")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT "${file}" CONTENT
"// Generated: the kernels of this build.
#include \"ops/kernel_table.h\"
namespace cortado::ops {
${declarations}
namespace {
const Kernel* const rows[] = {
${rows}    nullptr};
}
const KernelTable all_kernels = {rows, ${count}};
}  // namespace cortado::ops
")
endfunction()
