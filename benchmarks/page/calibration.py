"""What silicon takes beside what the model of cycles says, of the same source code."""
from tables import count, row, table

BEGINNING = """
## The model against silicon

Published cycles of Cortex-M55 parts, all that could be found by layer, beside the model's for the same kernels
(`benchmarks/calibration`). They are CMSIS-NN's, which this project does not use: what is compared is the model, not the kernels.

> {modelled}

Compilers differ, as the retired instructions show where they are told. Silicon's figures have in them what an interpreter does
around a layer.
"""
SUMMARY = """
With weights and activations in memories that answer at once (Apollo510), the model's *most* is {fast} below silicon, by instruction
{by_instruction}. Where memories are not told (Alif E8): {kinds}.
So silicon takes more than the tables above say, most of all where much data is moved for little computing.
"""


def missing(layer):
    """How far the model's most is below silicon."""
    return 1 - layer["modelled_cycles"] / layer["silicon_cycles"]


def missing_by_instruction(layer):
    """The same for cycles by instruction."""
    return 1 - rate(layer["modelled_cycles"], layer["instructions"]) / rate(layer["silicon_cycles"], layer["silicon_instructions"])


def rate(cycles, instructions):
    return cycles / instructions


def span(shares):
    low, high = (f"{100 * share:.0f}" for share in (min(shares), max(shares)))
    return f"{low} %" if low == high else f"{low} to {high} %"


def layer_row(layer, is_counted):
    cells = [f"{layer['kind']}, {layer['layer']}", count(layer["silicon_cycles"]),
             f"{count(layer['modelled_cycles_bound'])} … {count(layer['modelled_cycles'])}", f"{-100 * missing(layer):+.1f} %"]
    if is_counted:
        cells += [f"{count(layer['silicon_instructions'])}, {rate(layer['silicon_cycles'], layer['silicon_instructions']):.2f}",
                  f"{count(layer['instructions'])}, {rate(layer['modelled_cycles'], layer['instructions']):.2f}"]
    return row(*cells)


def board_table(board):
    is_counted = all("silicon_instructions" in layer for layer in board["layers"])
    titles = ["layer", "silicon's cycles", "modelled", "most − silicon"]
    if is_counted:
        titles += ["silicon's instructions, cycles each", "counted instructions, most cycles each"]
    heading = f"\n{board['name']}: {board['measured']} ([source]({board['source']})).\n\n"
    return heading + table(titles, [layer_row(layer, is_counted) for layer in board["layers"]])


def summary(boards):
    fast, slow = boards
    kinds = {}
    for layer in slow["layers"]:
        kinds.setdefault(layer["kind"], []).append(missing(layer))
    return SUMMARY.format(fast=span([missing(layer) for layer in fast["layers"]]),
                          by_instruction=span([missing_by_instruction(layer) for layer in fast["layers"]]),
                          kinds=", ".join(f"{kind} {span(shares)}" for kind, shares in kinds.items()))


def section(silicon):
    return "".join([BEGINNING.format(modelled=silicon["modelled"]), *map(board_table, silicon["boards"]), summary(silicon["boards"])])
