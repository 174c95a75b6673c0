# find_package(cortado REQUIRED COMPONENTS cortex-m4 …) gives, for each core:
#   cortado::CORE              runtime and all kernels, with the core's compile options
#   cortado::CORE-emulator     start-up, console and linker script of the emulated board
#   cortado_CORE_EMULATOR      the command that runs a firmware: append -kernel FILE
# and CORTADO_COMPILER, the program `cortado`. Use it with the toolchain file beside this one:
#   cmake -B build -DCMAKE_TOOLCHAIN_FILE=PREFIX/lib/cmake/cortado/arm-none-eabi.cmake -DCMAKE_PREFIX_PATH=PREFIX
get_filename_component(CORTADO_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(CORTADO_COMPILER "${CORTADO_PREFIX}/bin/cortado")
file(GLOB CORTADO_CORES RELATIVE "${CMAKE_CURRENT_LIST_DIR}/cores" "${CMAKE_CURRENT_LIST_DIR}/cores/*.cmake")
list(TRANSFORM CORTADO_CORES REPLACE "\\.cmake$" "")
foreach(core IN LISTS cortado_FIND_COMPONENTS)
  if(core IN_LIST CORTADO_CORES)
    if(NOT TARGET cortado::${core})
      include("${CMAKE_CURRENT_LIST_DIR}/cores/${core}.cmake")
    endif()
    set(cortado_${core}_FOUND TRUE)
  else()
    set(cortado_FOUND FALSE)
    list(JOIN CORTADO_CORES ", " known)
    set(cortado_NOT_FOUND_MESSAGE
      "no library for '${core}' is installed in ${CORTADO_PREFIX} (there are: ${known}). Run `cortado doctor`, install what it "
      "names, then `cmake --install` again.")
    list(JOIN cortado_NOT_FOUND_MESSAGE "" cortado_NOT_FOUND_MESSAGE)
  endif()
endforeach()
