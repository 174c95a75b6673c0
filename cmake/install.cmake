# cmake --install build --prefix PREFIX: the tools, and what firmware projects build with.
set(CORTADO_INSTALL_CORES "" CACHE STRING "Cores to install libraries for; empty: all whose compiler is there")
option(CORTADO_INSTALL_ERROR_TEXTS "Libraries for the cores say errors in words; OFF: by the address of the check, in less flash" ON)
if(NOT CORTADO_INSTALL_ERROR_TEXTS)
  set(without_error_texts --without-error-texts)
endif()
install(TARGETS cortado aot_arm_compiler RUNTIME DESTINATION bin)
install(FILES "${CMAKE_SOURCE_DIR}/cmake/package/cortadoConfig.cmake" "${CMAKE_SOURCE_DIR}/cmake/package/arm-none-eabi.cmake"
        DESTINATION lib/cmake/cortado)
install(CODE "
  execute_process(COMMAND \"$<TARGET_FILE:cortado_libraries>\" ${without_error_texts} \"\${CMAKE_INSTALL_PREFIX}\" ${CORTADO_INSTALL_CORES}
                  RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR \"the libraries for the cores were not installed\")
  endif()")
install(CODE "
  execute_process(COMMAND bash \"${CMAKE_SOURCE_DIR}/scripts/help_pages\" \"$<TARGET_FILE_DIR:cortado>\"
                          \"\${CMAKE_INSTALL_PREFIX}/share\"
                  RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR \"man pages and completions were not written\")
  endif()")
