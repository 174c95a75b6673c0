# Toolchain file for firmware: gcc for Arm without an operating system.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
find_program(CORTADO_ARM_GCC arm-none-eabi-gcc)
if(NOT CORTADO_ARM_GCC)
  message(FATAL_ERROR "arm-none-eabi-gcc is not installed. On Debian: apt-get install --no-install-recommends "
                      "gcc-arm-none-eabi libnewlib-arm-none-eabi libstdc++-arm-none-eabi-dev")
endif()
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
# Debian keeps the C++ headers of newlib apart from the compiler's.
file(GLOB CORTADO_CXX_HEADERS /usr/include/newlib/c++/*)
if(CORTADO_CXX_HEADERS)
  list(GET CORTADO_CXX_HEADERS -1 CORTADO_CXX_HEADERS)
  set(CMAKE_CXX_STANDARD_INCLUDE_DIRECTORIES "${CORTADO_CXX_HEADERS}" "${CORTADO_CXX_HEADERS}/arm-none-eabi")
endif()
