"""Reads two programs with ExecuTorch's own deserialiser and compares what they call.

usage: compare_plans.py OURS.pte THEIRS.pte [OURS.pte THEIRS.pte …]
Prints, for each pair, "NAME: N calls" and one line a difference. Exit code 1 when there is one.

Equal means: the same operators in the same order, each argument of the same kind and value; constants have the same
bytes; other tensors have the same type, sizes and memory order, and stand for each other everywhere. Where a tensor
lies in memory is each compiler's own affair. Their calls that move nothing (a change of memory order that leaves every
byte where it was, padding by nothing) may be missing from ours; how many are is printed.
"""
import sys

from executorch.exir import schema
from executorch.exir._serialize._program import deserialize_pte_binary


class Plan:
    def __init__(self, path):
        with open(path, "rb") as file:
            program = deserialize_pte_binary(file.read()).program
        self.buffers = program.constant_buffer
        self.plan = program.execution_plan[0]
        self.calls = [step.instr_args for step in self.plan.chains[0].instructions]
        self.latest = {}  # place in memory -> index of the value written there last
        self.written = {item for call in self.calls if isinstance(call, schema.KernelCall) for item in self.results(call)}

    def operator(self, call):
        if not isinstance(call, schema.KernelCall):
            return type(call).__name__
        operator = self.plan.operators[call.op_index]
        return f"{operator.name}.{operator.overload}"

    def value(self, index):
        return self.plan.values[index].val

    def place(self, index):
        where = getattr(self.value(index), "allocation_info", None)
        return where and (where.memory_id, where.memory_offset_high, where.memory_offset_low)

    def results(self, call):
        """What a call writes: its last argument, or the items of that list."""
        return getattr(self.value(call.args[-1]), "items", [call.args[-1]])

    def write(self, call):
        for item in self.results(call):
            self.latest[self.place(item)] = item

    def viewed(self, index):
        """What a view views: it has its place and size and is never written itself. The value itself if it is none."""
        other = self.latest.get(self.place(index), index)
        is_view = index not in self.written and tensor_bytes(self.value(other)) == tensor_bytes(self.value(index))
        return other if is_view else index

    def constant(self, tensor):
        """The bytes of a tensor that is fixed; None for one that is computed or given."""
        if tensor.data_buffer_idx == 0 or tensor.allocation_info is not None:
            return None
        return bytes(self.buffers[tensor.data_buffer_idx].storage)


def plain(plan, value):
    """A value that holds no tensor, as something that can be compared."""
    if isinstance(value, schema.Null):
        return None
    if isinstance(value, schema.IntList):
        return [plan.value(item).int_val for item in value.items]
    for name in ("int_val", "bool_val", "double_val", "string_val", "items"):
        if hasattr(value, name):
            return getattr(value, name)
    raise ValueError(f"a value of kind {type(value).__name__}")


def memory_order(tensor):
    """The order of the dimensions in memory without those of size 1, which have no place in it."""
    return [dim for dim in tensor.dim_order if tensor.sizes[dim] != 1]


def moves_nothing(plan, call):
    """Whether the call's result has the bytes of its first argument."""
    name = plan.operator(call)
    if name == "cortex_m::pad.out":
        return not any(plain(plan, plan.value(call.args[1])) + plain(plan, plan.value(call.args[2])))
    if name != "dim_order_ops::_clone_dim_order.out":
        return False
    return memory_order(plan.value(call.args[0])) == memory_order(plan.value(call.args[-1]))


class Comparison:
    def __init__(self, ours, theirs):
        self.ours, self.theirs = ours, theirs
        self.partner = {}  # index of their value -> index of ours
        self.same = {}  # index of their value -> that of the value whose bytes it has
        self.left_out = 0
        self.differences = []

    def their_calls(self):
        """Without those that move nothing, unless ours has them too."""
        ours = {self.ours.operator(call) for call in self.ours.calls}
        kept = []
        for call in self.theirs.calls:
            if self.theirs.operator(call) not in ours and moves_nothing(self.theirs, call):
                self.same[call.args[-1]] = self.same.get(call.args[0], call.args[0])
                self.left_out += 1
            else:
                kept.append(call)
        return kept

    def tensors(self, a_index, b_index, a, b):
        for what, x, y in (
            ("type", a.scalar_type, b.scalar_type),
            ("sizes", list(a.sizes), list(b.sizes)),
            ("memory order", memory_order(a), memory_order(b)),
        ):
            if x != y:
                return f"{what} {x}, theirs {y}"
        a_bytes, b_bytes = self.ours.constant(a), self.theirs.constant(b)
        if (a_bytes is None) != (b_bytes is None):
            return "one is a constant, the other is not"
        if a_bytes is not None:
            count = tensor_bytes(a)
            return None if a_bytes[:count] == b_bytes[:count] else "constants of other bytes"
        b_index = self.same.get(b_index, b_index)
        if self.partner.setdefault(b_index, a_index) not in (a_index, self.ours.viewed(a_index)):
            return "not the tensor that it was before"
        return None

    def argument(self, a_index, b_index):
        a, b = self.ours.value(a_index), self.theirs.value(b_index)
        if type(a) is not type(b):
            return f"{type(a).__name__}, theirs {type(b).__name__}"
        if isinstance(a, schema.Tensor):
            return self.tensors(a_index, b_index, a, b)
        if isinstance(a, (schema.TensorList, schema.OptionalTensorList)):
            if len(a.items) != len(b.items):
                return f"{len(a.items)} tensors, theirs {len(b.items)}"
            return next(filter(None, map(self.argument, a.items, b.items)), None)
        x, y = plain(self.ours, a), plain(self.theirs, b)
        return None if x == y else f"{x}, theirs {y}"

    def call(self, number, a, b):
        name = self.ours.operator(a)
        if name != self.theirs.operator(b):
            self.differences.append(f"call {number} is {name}, theirs {self.theirs.operator(b)}")
            return
        if not isinstance(a, schema.KernelCall):
            return
        if len(a.args) != len(b.args):
            self.differences.append(f"call {number}, {name}: {len(a.args)} arguments, theirs {len(b.args)}")
            return
        for position, (x, y) in enumerate(zip(a.args, b.args)):
            difference = self.argument(x, y)
            if difference:
                self.differences.append(f"call {number}, {name}, argument {position}: {difference}")
        self.ours.write(a)

    def run(self):
        theirs = self.their_calls()
        if len(self.ours.calls) != len(theirs):
            self.differences.append(f"{len(self.ours.calls)} calls, theirs {len(theirs)}")
        for number, (a, b) in enumerate(zip(self.ours.calls, theirs)):
            self.call(number, a, b)
        for kind in ("inputs", "outputs"):
            ours, theirs = getattr(self.ours.plan, kind), getattr(self.theirs.plan, kind)
            if len(ours) != len(theirs):
                self.differences.append(f"{len(ours)} {kind}, theirs {len(theirs)}")
            for number, (x, y) in enumerate(zip(ours, theirs)):
                difference = self.argument(x, y)
                if difference:
                    self.differences.append(f"{kind[:-1]} {number}: {difference}")
        return self.differences


def tensor_bytes(tensor):
    width = {"BYTE": 1, "CHAR": 1, "BOOL": 1, "SHORT": 2, "HALF": 2, "INT": 4, "FLOAT": 4, "LONG": 8, "DOUBLE": 8}
    count = width[tensor.scalar_type.name]
    for size in tensor.sizes:
        count *= size
    return count


def main(paths):
    different = False
    for ours, theirs in zip(paths[::2], paths[1::2]):
        a, b = Plan(ours), Plan(theirs)
        comparison = Comparison(a, b)
        differences = comparison.run()
        different = different or bool(differences)
        print(f"{ours}: {len(a.calls)} calls, {comparison.left_out} of theirs left out")
        for line in differences:
            print(f"  {line}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
