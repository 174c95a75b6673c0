"""Orders straight-line Helium code for the Cortex-M55, with llvm-mca's model of the core as the judge.

The core issues in order; a vector instruction keeps its unit busy for two cycles, so loads, multiplications and additions
that take turns run at one a cycle. schedule() starts from list schedules (longest path first, ties broken at random, always
the same way) and improves the best by moving single instructions as far as dependences allow.
"""
import random
import re
import subprocess

REGISTER = re.compile(r"\b(?:q[0-7]|r1[0-2]|r[0-9]|lr|sp)\b")
LATENCY = {"multiply": 2, "load": 1, "add": 2, "move": 1, "scalar": 1}
MCA = ["llvm-mca-19", "-mtriple=thumbv8.1m.main-none-eabi", "-mcpu=cortex-m55"]


class Instruction:
    """An instruction, or a few that stay together: text, registers read and written, unit."""

    def __init__(self, text):
        self.text = text
        last = text.split("\n")[-1].strip()
        name, _, operands = last.partition(" ")
        registers = REGISTER.findall(operands)
        self.unit = unit_of(name, operands)
        is_store = name.startswith(("vstr", "str"))
        written = 0 if is_store else 2 if name == "ldrd" else 1
        self.writes = set(registers[:written])
        self.reads = set(registers if keeps_destination(name, operands, registers) else registers[written:])
        base = re.search(r"\[(\w+)", operands)
        if base and (operands.endswith("!") or re.search(r"\],", operands)):
            self.writes.add(base.group(1))
        if name.startswith("vidup"):
            self.writes.add(registers[1])
        if name.startswith(("subs", "lsls", "lsrs", "movs")):
            self.writes.add("flags")
        if name.startswith("vldr") and "sp" in self.reads:
            self.reads.discard("sp")


def unit_of(name, operands):
    if name.startswith(("vldr", "vstr")):
        return "load"
    if name.startswith(("vmla", "vqrdm", "vmul")):
        return "multiply"
    if name == "vmov" and "[" in operands:
        return "move"
    return "add" if name.startswith("v") else "scalar"


def keeps_destination(name, operands, registers):
    """Whether the destination is read, too."""
    if name.startswith(("vmladava", "vmlas", "vqrdmlah", "vqrdmlash", "vsri")) or (name == "vmov" and "[" in operands):
        return True
    is_shift_by_register = name.startswith(("vqshl", "vrshl")) and len(registers) == 2 and "#" not in operands
    return is_shift_by_register or (name.startswith(("add", "sub")) and len(registers) == 1)


def dependences(code):
    """For every instruction the earlier ones that must stay before it."""
    before = [set() for _ in code]
    for j, later in enumerate(code):
        for i in range(j):
            earlier = code[i]
            if earlier.writes & (later.reads | later.writes) or earlier.reads & later.writes:
                before[j].add(i)
    return before


def list_schedule(code, before, jitter, chance):
    count = len(code)
    after = [[j for j in range(count) if i in before[j]] for i in range(count)]
    height = [0] * count
    for i in reversed(range(count)):
        steps = [height[j] - (0 if code[i].writes & code[j].reads else 1) for j in after[i]]
        height[i] = LATENCY[code[i].unit] + max(steps, default=0)
    left = {unit: sum(1 for x in code if x.unit == unit) for unit in LATENCY}
    ready_at, free_at, cycle = [0] * count, dict.fromkeys(LATENCY, 0), 0
    order, done = [], set()
    while len(order) < count:
        def stall(i):
            return max(free_at[code[i].unit] - cycle, ready_at[i] - cycle, 0)

        candidates = [i for i in range(count) if i not in done and before[i] <= done]
        best = min(candidates, key=lambda i: (stall(i), -height[i] - left[code[i].unit] / 2 + chance.random() * jitter))
        cycle += stall(best) + 1
        free_at[code[best].unit] = cycle + (1 if code[best].unit in ("multiply", "load", "add") else 0)
        left[code[best].unit] -= 1
        for j in after[best]:
            if code[best].writes & code[j].reads:
                ready_at[j] = max(ready_at[j], cycle - 1 + LATENCY[code[best].unit])
        order.append(best)
        done.add(best)
    return order


def cycles_of(texts, iterations=20):
    """Modelled cycles of each text, run over and over."""
    source = "".join(f"@ LLVM-MCA-BEGIN b{i}\n{text}\n@ LLVM-MCA-END\n" for i, text in enumerate(texts))
    report = subprocess.run(MCA + [f"-iterations={iterations}"], input=source, capture_output=True, text=True)
    totals = [int(total) / iterations for total in re.findall(r"Total Cycles:\s+(\d+)", report.stdout)]
    if len(totals) != len(texts):
        raise RuntimeError(report.stderr[:500])
    return totals


def moved(order, before, chance):
    """The order with one to three instructions elsewhere."""
    order = list(order)
    for _ in range(chance.choice((1, 1, 2, 3))):
        for _ in range(30):
            i = chance.randrange(len(order))
            j = i + chance.choice((-3, -2, -1, 1, 2, 3))
            if not 0 <= j < len(order):
                continue
            x, others = order[i], order[min(i, j):max(i, j) + 1]
            if all(y == x or (x not in before[y] and y not in before[x]) for y in others):
                order.insert(j, order.pop(i))
                break
    return order


def schedule(lines, rounds=8, batch=24):
    """The lines in a better order, and the modelled cycles of the order given and of the one returned."""
    code = [Instruction(line) for line in lines]
    before, chance = dependences(code), random.Random(1)

    def text(order):
        return "\n".join(code[i].text for i in order)

    orders = [list(range(len(code)))]
    orders += [list_schedule(code, before, jitter, chance) for jitter in (0, 1, 2, 3, 4, 6, 8, 1, 2, 3, 4, 6, 8)]
    cycles = cycles_of([text(order) for order in orders])
    first, (best, order) = cycles[0], min(zip(cycles, orders))
    for _ in range(rounds):
        orders = [moved(order, before, chance) for _ in range(batch)]
        challenger = min(zip(cycles_of([text(o) for o in orders]), orders))
        if challenger[0] <= best:
            best, order = challenger
    return [code[i].text for i in order], first, best
