# cortado_operator() collects sources and generates, from the one list in ops/operators.cmake,
#   ops/all_operators.h      add_FOLDER() and add_FOLDER_wire() of every folder, and add_all_operators(): for the registry
#   ops/wire_list.h          the kernels that folders define: for wire registrations
#   ops/kernel_table.cc      all_kernels: every kernel, for the host and for a general kernel set on the core
#   ops/case_table.cc        all_cases: their random cases and references, for tests
#   ops/stage_table.cc       all_stages: the stages of row streams, FOLDER_stage of every folder with a stage.cc
#   ops/stage_makers.cc      all_stage_makers: what makes nodes into stages, of every folder with a make_stage.cc
#   ops/channel_rules.cc     all_channel_rules: what operators do channel by channel, of every folder with a channels.cc
#   ops/int8_errors.cc       all_int8_errors: what int8 costs beyond a step, of every folder with an int8_error.cc
# A wire name's symbol is the name with every character outside [A-Za-z0-9] as '_'; its cases are SYMBOL_cases.

set(CORTADO_OPERATORS "")
set(CORTADO_WIRE_OPERATORS "")

function(cortado_operator folder)
  set(CORTADO_OPERATORS "${CORTADO_OPERATORS};${folder}" PARENT_SCOPE)
  set(CORTADO_WIRE_OPERATORS "${CORTADO_WIRE_OPERATORS};${ARGN}" PARENT_SCOPE)
endfunction()

function(cortado_wire_symbol wire result)
  string(REGEX REPLACE "[^A-Za-z0-9]" "_" symbol "${wire}")
  set(${result} "${symbol}" PARENT_SCOPE)
endfunction()

function(cortado_generate_operator_list directory)
  set(declarations "")
  set(rows "")
  set(calls "")
  set(stages "")
  set(makers "")
  set(errors "")
  set(channels "")
  list(REMOVE_DUPLICATES CORTADO_OPERATORS)
  # Configure again when a folder gets its definition or its wire registration.
  file(GLOB parts CONFIGURE_DEPENDS ops/*/definition.cc ops/*/wire.cc ops/*/stage.cc ops/*/make_stage.cc
       ops/*/int8_error.cc ops/*/channels.cc)
  foreach(folder IN LISTS CORTADO_OPERATORS)
    if(folder AND EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/ops/${folder}/definition.cc")
      string(APPEND declarations "void add_${folder}(Registry& registry);\n")
      string(APPEND calls "  add_${folder}(registry);\n")
    endif()
    if(folder AND EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/ops/${folder}/wire.cc")
      string(APPEND declarations "void add_${folder}_wire(Registry& registry);\n")
      string(APPEND calls "  add_${folder}_wire(registry);\n")
    endif()
    if(folder AND EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/ops/${folder}/stage.cc")
      list(APPEND stages "${folder}")
    endif()
    if(folder AND EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/ops/${folder}/make_stage.cc")
      list(APPEND makers "${folder}")
    endif()
    if(folder AND EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/ops/${folder}/int8_error.cc")
      list(APPEND errors "${folder}")
    endif()
    if(folder AND EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/ops/${folder}/channels.cc")
      list(APPEND channels "${folder}")
    endif()
  endforeach()
  foreach(wire IN LISTS CORTADO_WIRE_OPERATORS)
    if(wire)
      cortado_wire_symbol("${wire}" symbol)
      string(APPEND rows "extern const Kernel ${symbol};\n")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT "${directory}/ops/all_operators.h" CONTENT
"// Generated from ops/operators.cmake.
#pragma once
#include \"ops/definition.h\"
namespace cortado::ops {
${declarations}
inline void add_all_operators(Registry& registry) {
${calls}}
}  // namespace cortado::ops
")
  file(CONFIGURE OUTPUT "${directory}/ops/wire_list.h" CONTENT
"// Generated from ops/operators.cmake.
#pragma once
#include \"ops/kernel.h\"
namespace cortado::ops {
${rows}
}  // namespace cortado::ops
")
  cortado_kernel_table("${directory}/ops/kernel_table.cc" ${CORTADO_WIRE_OPERATORS})
  cortado_case_table("${directory}/ops/case_table.cc" ${CORTADO_WIRE_OPERATORS})
  cortado_row_table("${directory}/ops/stage_table.cc" "the stages of this build" "ops/stage.h" Stage _stage all_stages StageTable ${stages})
  cortado_row_table("${directory}/ops/stage_makers.cc" "what makes nodes into stages" "ops/stage_draft.h" StageMaker _stage_maker all_stage_makers StageMakerTable ${makers})
  cortado_row_table("${directory}/ops/int8_errors.cc" "what int8 costs beyond a step" "ops/int8_error.h" Int8ErrorRow _int8_error all_int8_errors Int8ErrorTable ${errors})
  cortado_row_table("${directory}/ops/channel_rules.cc" "what operators do channel by channel" "ops/channel_rule.h" ChannelRule _channel_rule all_channel_rules ChannelRuleTable ${channels})
endfunction()

# Writes a kernel table with the given wire operators.
function(cortado_kernel_table file)
  cortado_row_table("${file}" "the kernels of this build" "ops/kernel_table.h" Kernel "" all_kernels KernelTable ${ARGN})
endfunction()

# Writes the table of their cases.
function(cortado_case_table file)
  cortado_row_table("${file}" "the cases of this build's kernels" "ops/case_row.h" CaseRow _cases all_cases CaseTable ${ARGN})
endfunction()

function(cortado_row_table file what header row_type suffix table table_type)
  set(declarations "")
  set(rows "")
  set(count 0)
  set(wires ${ARGN})
  list(SORT wires COMPARE STRING)
  foreach(wire IN LISTS wires)
    if(wire)
      cortado_wire_symbol("${wire}" symbol)
      string(APPEND declarations "extern const ${row_type} ${symbol}${suffix};\n")
      string(APPEND rows "    &${symbol}${suffix},\n")
      math(EXPR count "${count}+1")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT "${file}" CONTENT
"// Generated: ${what}.
#include \"${header}\"
namespace cortado::ops {
${declarations}
namespace {
const ${row_type}* const rows[] = {
${rows}    nullptr};
}
const ${table_type} ${table} = {rows, ${count}};
}  // namespace cortado::ops
")
endfunction()
