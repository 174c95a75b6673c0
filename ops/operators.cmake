# The only list of operators. One line adds one: cortado_operator(FOLDER WIRE-OPERATORS…), where ops/FOLDER/definition.cc
# defines add_FOLDER(Registry&), and each wire operator names a kernel that the folder defines.
cortado_operator(linear cortex_m::quantized_linear.out)
