"""Kernels for two pixels and four outputs at a time: ops/packed_conv2d/pair_kernels.h says what they compute.

The results of a pair are made while the next pair's products are summed. Registers:

  r1, r3    the two patches            r0 r2 r4 r6       sums of the first pixel, output by output
  r5        weights                    r8 r10 r12 lr     sums of the second
  r7        the former pair's place    q0, q1            weights      q2, q3    vectors of the patches
  r9        pairs left                 q4, q5            the former pair's sums, then results
  r11       out_step                   q6                factors      q7        signs, or offsets of the planes

Where an inner loop follows the first vectors, r9 has the pairs that follow in its upper half and how often the loop runs in
its lower half, r11 counts it, and r1 and r3 stay at the last vector read.
"""
from frame import FIRST, SECOND, function

X, OTHER, OUT, STREAM, STEP, PAIRS, GROUPS, OUT_STEP, GROUP_STEP, PLANES = range(0, 40, 4)  # arguments, on the stack
FRAME = 40
VECTOR, GROUP = 16, 64  # bytes of a vector, and of four outputs' weights for it or of their factors
UNROLLED = 4            # vectors of an inner loop
# Layouts, and the least and the most vectors: planes and the form at_limit have other kernels for fewer, and of many vectors
# results are little.
VECTORS = {"rows": (1, 8), "rows_at_limit": (3, 4), "planes": (3, 8)}

NEXT_PAIR = ["vmov q4[2],q4[0],r0,r4", "vmov q5[2],q5[0],r8,r12", "vmov q4[3],q4[1],r2,r6", "vmov q5[3],q5[1],r10,lr"]


def products(index, is_first, pixel_place, weight_place, weights=("q0", "q1"), pixels=("q2", "q3")):
    """Of vector `index` of both patches with four outputs' weights: pixel_place after a patch's register, weight_place(output)."""
    code = [f"vldrb.u8 {pixels[p]},[{base}{pixel_place}" for p, base in enumerate(("r1", "r3"))]
    name = "vmladav.s8" if is_first else "vmladava.s8"
    for output in range(4):
        weight = weights[(4 * index + output) % len(weights)]
        code += [f"vldrw.u32 {weight},[r5{weight_place(output)}",
                 f"{name} {FIRST[output]},{pixels[0]},{weight}", f"{name} {SECOND[output]},{pixels[1]},{weight}"]
    return code


def results(layout, has_more):
    """Stores what becomes of q4 and q5; the factors lie in front of r5."""
    is_planar, is_rounded = layout == "planes", layout == "rows"
    factor = iter([f"vldrw.u32 q6,[r5,#{at}]" for at in range(-GROUP, 0, VECTOR)])
    both = lambda text: [text.replace("S", "q4"), text.replace("S", "q5")]
    code = [next(factor)] + both("vadd.i32 S,S,q6") + [next(factor)]
    for sums in ("q4", "q5"):
        scaled = f"vqrdmulh.s32 {sums},{sums},q6"
        code += [scaled] if not is_rounded else [f"vshr.s32 q7,{sums},#31", scaled, f"vadd.i32 {sums},{sums},q7"]
    code += [next(factor)] + both("vqadd.s32 S,S,q6") + [next(factor)] + both("vqshl.s32 S,S,q6")
    if has_more:
        code += [f"ldr r11,[sp,#{OUT_STEP}]"]
    if is_planar:  # neighbouring slots: two bytes at once
        return code + ["vsri.32 q5,q4,#8", "vshr.u32 q5,q5,#16", "vstrh.32 q5,[r7,q7]", "add r7,r7,r11"]
    return code + both("vshr.s32 S,S,#24") + ["vstrb.32 q4,[r7]", "add r7,r7,r11", "vstrb.32 q5,[r7]", "add r7,r7,r11"]


def next_group():
    return [f"ldrd r7,r5,[sp,#{OUT}]", f"ldrd r2,r9,[sp,#{STEP}]", f"ldr r3,[sp,#{GROUP_STEP}]", f"ldr r4,[sp,#{GROUPS}]",
            "add r7,r7,r3", f"add r5,r5,r2,lsl #{GROUP // VECTOR // 2}", f"add r5,r5,#{GROUP}", f"strd r7,r5,[sp,#{OUT}]",
            "subs r4,r4,#1", f"str r4,[sp,#{GROUPS}]"]


def begin(layout):
    """Arguments to the stack; q7 of planes."""
    code = ["ldm r0!,{r1-r8}", "stm sp,{r1-r8}", "ldrd r1,r2,[r0]", f"strd r1,r2,[sp,#{GROUP_STEP}]"]
    return code + (["vldrw.u32 q7,[r2]"] if layout == "planes" else [])


class Lines:
    """Code of a kernel, written piece by piece, and the report of what is scheduled."""

    def __init__(self, name, schedule):
        self.name, self.schedule, self.lines, self.report = name, schedule, [], []

    def add(self, *lines):
        self.lines += lines

    def add_scheduled(self, what, code):
        ordered, before, after = self.schedule(code)
        self.report.append((f"{self.name}: {what}", len(code), before, after))
        self.add(*ordered)


class Pairs(Lines):
    """The kernel for `first` vectors and, where has_more, for multiples of four vectors more."""

    def __init__(self, layout, first, has_more, schedule):
        super().__init__(f"cortado_pairs_{layout}_{first}{'_more' if has_more else ''}", schedule)
        self.layout, self.is_planar, self.first, self.has_more = layout, layout == "planes", first, has_more
        self.write()

    def write(self):
        code = begin(self.layout)
        if not self.has_more:
            code += [f"ldr r11,[sp,#{OUT_STEP}]"]
        code += [f"ldrd r7,r5,[sp,#{OUT}]", f"ldr r9,[sp,#{PAIRS}]"]
        self.add(f"ldrd r1,r3,[sp,#{X}]")
        if self.is_planar and self.has_more:
            self.add(f"subs r1,#{VECTOR}", f"subs r3,#{VECTOR}")
        made = results(self.layout, self.has_more)
        if self.has_more:
            self.add_pairs_with_more(made)
        else:
            self.add_pairs(made)
        self.add_scheduled("results", made)
        self.add(*next_group())
        self.lines = function(FRAME, code, self.lines)

    def add_pairs(self, made):
        rest = NEXT_PAIR + ["subs r9,r9,#1"]
        products_ = self.first_products(self.first)
        self.add_scheduled(f"{self.first} vectors", products_ + rest)
        self.add("beq.w 3f", "2:")
        self.add_scheduled(f"{self.first} vectors and results", made + products_ + rest)
        self.add("bne.w 2b", "3:")

    def add_pairs_with_more(self, made):
        """The first pair's inner loop does all that it can, as there are no results to make."""
        left = self.first - UNROLLED
        count = "lsls.w r11,r9,#16"
        self.add_scheduled(f"{left} vectors", self.first_products(left) + [count, "add.w r11,r11,#0x10000"])
        self.add("b.w 4f", "2:")
        self.add_scheduled(f"{self.first} vectors and results", made + self.first_products(self.first) + [count])
        self.add("beq.w 5f", "4:")
        code = []
        for v in range(UNROLLED):
            code += products(v, False, f",#{VECTOR}]!", lambda _: f",#{VECTOR}]!", ("q0", "q1", "q6"),
                             ("q2", "q3") if v % 2 == 0 else ("q4", "q5"))
        self.add_scheduled(f"{UNROLLED} vectors more", code + ["subs.w r11,r11,#0x10000"])
        self.add("bne 4b", "5:")
        next_ = [f"ldr r5,[sp,#{STREAM}]"] if self.is_planar else [f"ldrd r5,r11,[sp,#{STREAM}]", f"add.w r1,r3,#{VECTOR}", "add r3,r1,r11"]
        self.add(*self.schedule(NEXT_PAIR + next_ + ["subs.w r9,r9,#0x10000"])[0], "bcs.w 2b")

    def first_products(self, count):
        """Of the first vectors. The last loads of pixels move on: to the last vector read, where more follow, or to the next pair."""
        order, places = range(count), {}
        if self.has_more:
            places = {count - 1: f",#{VECTOR * (count - 1)}]!"}
            if self.is_planar:  # the pair follows the former one
                places = places | {0: f",#{VECTOR}]!"}
        elif self.is_planar or count < 4:
            order, places = [*range(1, count), 0], {0: f"],#{VECTOR * count * (1 if self.is_planar else 2)}"}
        else:  # the distance is greater than a load can go
            order = [0, *range(2, count), 1]
            places = {0: f"],#{VECTOR}", 1: f"],#{(2 * count - 1) * VECTOR}"} | {v: f",#{VECTOR * (v - 1)}]" for v in range(2, count)}
        code = []
        for v in order:
            def weight_place(output, v=v):
                is_last = self.has_more and (v, output) == (count - 1, 3)
                return f",#{GROUP * v + VECTOR * output}]" + ("!" if is_last else "")
            code += products(v, v == order[0], places.get(v, f",#{VECTOR * v}]"), weight_place)
        return code


def kernels(schedule):
    return [Pairs(layout, first, first > UNROLLED, schedule)
            for layout, (least, most) in VECTORS.items() for first in range(least, most + 1)]


def tables(_):
    return ["#include \"ops/packed_conv2d/pair_kernels.h\""]
