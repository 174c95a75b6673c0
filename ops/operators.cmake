# The only list of operators. One line adds one: cortado_operator(FOLDER WIRE-OPERATORS…).
# ops/FOLDER/definition.cc, if any, defines add_FOLDER(Registry&): the source operators.
# ops/FOLDER/wire.cc, if any, defines add_FOLDER_wire(Registry&): the wire operators, each with the kernel and the
# cases that the folder defines under the operator's symbol (cmake/operators.cmake).
cortado_operator(linear cortex_m::quantized_linear.out)
