"""The checked-in figures: benchmarks/results, the reference's in benchmarks/reference.json, silicon's in benchmarks/calibration."""
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / "benchmarks" / "results"
REFERENCE = ROOT / "benchmarks" / "reference.json"
CALIBRATION = ROOT / "benchmarks" / "calibration" / "cortex_m55.json"
BLOCK = RESULTS / "blocks" / "mobilenet_v2.json"  # stages of a stream, as `cortado inspect --json` tells them

# Bytes of the program (weights) that a cycle of the core brings from the memory where it lies.
MEMORY_PROFILES = (("at once", None), ("8 bytes a cycle", 8), ("1 byte a cycle", 1))


def results():
    """{network: {mode: figures}}, by name."""
    return {file.stem: json.loads(file.read_text()) for file in sorted(RESULTS.glob("*.json"))}


def reference():
    return json.loads(REFERENCE.read_text())


def calibration():
    return json.loads(CALIBRATION.read_text())


def block():
    return json.loads(BLOCK.read_text())


def residual_block(operators):
    """The stages of the first stream that has a residual addition, from its beginning to there."""
    for operator in operators:
        stages = operator.get("stages", [])
        for place, stage in enumerate(stages):
            if stage["op"] == "add" and any("argument" in rows for rows in stage["reads"]) and any("stage" in rows for rows in stage["reads"]):
                return stages[:place + 1]
    return None


def band(figures, bytes_per_cycle):
    """Modelled cycles (least, most): all of the fetching hidden behind the best order; none behind the order as it is."""
    if bytes_per_cycle is None:
        return figures["modelled_cycles_bound"], figures["modelled_cycles"]
    fetching = -(-figures["fetched_bytes"] // bytes_per_cycle)
    return max(figures["modelled_cycles_bound"], fetching), figures["modelled_cycles"] + fetching
