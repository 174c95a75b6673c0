"""Kernels for two pixels and four outputs of patches of any length, in little flash: they stand for all of those of pairs.py.

Arguments and registers are those of pairs.py; r11 counts the bytes of a patch that are left. Nothing of two pairs is mixed, and
every vector of a patch but the first is one turn of a loop.
"""
from frame import function
from pairs import FRAME, NEXT_PAIR, OUT, PAIRS, STEP, STREAM, VECTOR, X, Lines, begin, next_group, products, results

PACKED = 5 * VECTOR  # least bytes of a patch for which the caller packs two counts into one


def vector(is_first):
    place = f"],#{VECTOR}"
    return products(0, is_first, place, lambda _: place) + [f"subs r11,r11,#{VECTOR}"]


class CompactPairs(Lines):
    def __init__(self, layout, schedule):
        super().__init__(f"cortado_pairs_{layout}_compact", schedule)
        self.layout = layout
        self.write()

    def write(self):
        code = begin(self.layout)
        code += [f"ldrd r2,r9,[sp,#{STEP}]", f"cmp r2,#{PACKED}", "itt ge", "lsrge r9,r9,#16", "addge r9,r9,#1",
                 f"str r9,[sp,#{PAIRS}]", f"ldrd r7,r5,[sp,#{OUT}]"]
        self.add(f"ldrd r1,r3,[sp,#{X}]", "2:", f"ldr r11,[sp,#{STEP}]")
        self.add_scheduled("first vector", vector(True))
        self.add("beq.n 4f", "3:")
        self.add_scheduled("vector", vector(False))
        self.add("bne.n 3b", "4:")
        next_ = [] if self.layout == "planes" else ["mov r1,r3", f"ldr r0,[sp,#{STEP}]", "add r3,r3,r0"]
        self.add_scheduled("results", NEXT_PAIR + [f"ldr r5,[sp,#{STREAM}]"] + results(self.layout, True) + next_ + ["subs r9,r9,#1"])
        self.add("bne.w 2b")
        self.add(*next_group())
        self.lines = function(FRAME, code, self.lines)


def kernels(schedule):
    return [CompactPairs(layout, schedule) for layout in ("rows", "planes")]


def tables(_):
    return ["#include \"ops/packed_conv2d/compact_pair_kernels.h\""]
