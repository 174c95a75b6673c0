"""The bars of docs/performance.md."""
from bars import Bar, draw

MODES = {"ram": "first", "ram, fast loops": "first", "time": "second", "time, compact loops": "second"}  # mode: colour
OURS = [("first", "--optimize ram"), ("second", "--optimize time")]
THEIRS = ("reference", "ExecuTorch 1.5.1 with CMSIS-NN")


def times(reference, ours):
    return f"{ours:,} ({reference / ours:.1f} times fewer)" if ours <= reference else f"{ours:,} ({ours / reference:.1f} times more)"


def instructions(results, reference):
    groups = []
    for network, theirs in reference["models"].items():
        bars = [Bar("ExecuTorch", [(theirs["instructions"], "reference")], f"{theirs['instructions']:,}")]
        bars += [Bar(mode, [(figures["instructions"], MODES[mode])], times(theirs["instructions"], figures["instructions"]))
                 for mode, figures in results[network].items()]
        groups.append((network, bars))
    return draw("Instructions of one run, Cortex-M55", [THEIRS, *OURS], groups)


def memory(results, reference):
    groups = []
    for network, theirs in reference["models"].items():
        total = theirs["arena_bytes"] + theirs["table_bytes"]
        bars = [Bar("ExecuTorch", [(theirs["arena_bytes"], "reference"), (theirs["table_bytes"], "reference_light")], f"{total:,}")]
        for mode, figures in results[network].items():
            ours = figures["arena_bytes"] + figures["table_bytes"]
            parts = [(figures["arena_bytes"], MODES[mode]), (figures["table_bytes"], MODES[mode] + "_light")]
            bars.append(Bar(mode, parts, times(total, ours)))
        groups.append((network, bars))
    legend = [THEIRS, *OURS, ("reference_light", "tables of the loaded program")]
    return draw("Bytes of RAM for activations and tables, Cortex-M55", legend, groups)


def cycles(results):
    groups = []
    for network, modes in results.items():
        bars = []
        for mode, figures in modes.items():
            least, most = figures["modelled_cycles_bound"], figures["modelled_cycles"]
            parts = [(least, MODES[mode]), (most - least, MODES[mode] + "_light")]
            bars.append(Bar(mode, parts, f"{least:,} … {most:,}"))
        groups.append((network, bars))
    legend = [*OURS, ("first_light", "from the best order to the order as it is")]
    return draw("Modelled cycles of one run, Cortex-M55, memories that answer at once", legend, groups)
