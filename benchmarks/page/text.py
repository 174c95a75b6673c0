"""docs/performance.md."""
import calibration
from figures import MEMORY_PROFILES, band
from tables import count, row, table

COLUMNS = {  # figure: title
    "instructions": "instructions",
    "load_instructions": "to load",
    "arena_bytes": "arena",
    "table_bytes": "tables",
    "stack_bytes": "stack",
    "program_bytes": "program",
    "kernel_bytes": "kernels",
    "loop_bytes": "inner loops",
    "runtime_bytes": "runtime",
    "board_bytes": "board",
    "smallest_firmware_bytes": "smallest firmware",
}

INTRODUCTION = """# Performance

Native programs (`--dialect cortado --io int8`) on the emulated Cortex-M55. `./dev bench` measures them and compares them with
`benchmarks/results`; `./dev bench --update` takes the new figures and draws this page; `./dev bench page` draws it from the figures
that are there. `./dev bench MODEL --breakdown` tells stages and functions.

## Instructions and memory

Instructions are exact and repeat on every host. RAM is the arena with the whole input inside, then what the runtime's tables need
beside it, then the stack. Flash is the program, kernels (of them the inner loops of row
streams, which `--loops` chooses: [native.md](native.md#inner-loops)), the runtime with the C library, and what is the emulated board's: start-up,
console, files, and what measures, in whose place a product has something else. The smallest firmware is another one, whole:
start-up, runtime, kernels and a `main` that loads the program and runs it, with all checks, without texts of errors
([firmware.md](firmware.md#small-firmware)) and without the program.

"""

REFERENCE = """
The reference, where it was measured (`benchmarks/reference.json`):

> {source}

Our programs take and give int8; converting the input is 0.25 % of the reference's instructions for MobileNetV2.

![Bars: instructions of one run](pictures/instructions.svg)

![Bars: bytes of RAM](pictures/memory.svg)
"""

CYCLES = """
## Cycles

Cycles are modelled, not measured ([firmware.md](firmware.md#timing-on-your-board) has how a board times itself): the executions of every basic block times what llvm-mca's model of the Cortex-M55 takes for it, and a
cycle for each branch that does not end a low-overhead loop. They make a band, least … most: *most* is for the order of the instructions as it
is in the program; *least* is what the busiest unit of the core takes, which no order goes below. Code, arena and stack are taken to
answer at once, as tightly coupled memories do.

![Bars: modelled cycles](pictures/cycles.svg)

Weights may lie in slower memory. *Fetched* are the bytes of the program, constants included, that one run takes from flash if a data
cache of 32 KB is in front of it. They arrive at once, or so many in a cycle of the core: 8 as from on-chip flash behind a bus of
64 bits without wait states, 1 as from a serial flash with eight lines at the core's clock. *Least* is with all of it hidden behind
computing, *most* with nothing hidden.
"""

STREAM = """
## A stream and its rings

The first residual block of a row stream of MobileNetV2 ([native.md](native.md)), drawn from `cortado inspect --json`: a ring keeps the
rows that later stages still need, each strip a row, as wide as it has bytes.

![Stages of a row stream and the rows kept between them](pictures/stream.svg)
"""


def ratio(theirs, ours):
    return f"{theirs / ours:.2f}"


def reference_table(results, reference):
    """How many times more the reference takes."""
    rows = []
    for network, theirs in reference["models"].items():
        for mode, ours in results[network].items():
            ram = ratio(theirs["arena_bytes"] + theirs["table_bytes"], ours["arena_bytes"] + ours["table_bytes"])
            rows.append(row(network, mode, *(ratio(theirs[figure], ours[figure]) for figure in ("instructions", "load_instructions")), ram))
    return table(["the reference takes so many times more", "`--optimize`", "instructions", "to load", "arena and tables"], rows)


def figures_table(results):
    return table(["model", "`--optimize`", *COLUMNS.values()],
                 [row(network, mode, *(count(figures[figure]) for figure in COLUMNS))
                  for network, modes in results.items() for mode, figures in modes.items()])


def cycles_table(results):
    titles = ["model", "`--optimize`", "fetched", *(name for name, _ in MEMORY_PROFILES)]
    return table(titles, [row(network, mode, count(figures["fetched_bytes"]),
                              *(" … ".join(map(count, band(figures, rate))) for _, rate in MEMORY_PROFILES))
                          for network, modes in results.items() for mode, figures in modes.items()])


def page(results, reference, silicon):
    return "".join([INTRODUCTION, figures_table(results), REFERENCE.format(source=reference["source"]), "\n",
                    reference_table(results, reference),
                    CYCLES, "\n", cycles_table(results), calibration.section(silicon), STREAM])
