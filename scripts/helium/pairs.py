"""Kernels for two pixels and four outputs at a time: ops/packed_conv2d/pair_kernels.h says what they compute.

The results of a pair are made while the next pair's products are summed. Registers:

  r1, r3    the two patches            r0 r2 r4 r6       sums of the first pixel, output by output
  r5        weights                    r8 r10 r12 lr     sums of the second
  r11       count of an inner loop     q0, q1            weights      q2, q3    vectors of the patches
  r9        pairs left                 q4, q5            the former pair's sums, then results
  r7        the former pair's place    q6                factors      q7        signs, or offsets of the planes
"""
X, OUT, STREAM, STEP, PAIRS, GROUPS, OUT_STEP, GROUP_STEP, BLOCKS, PLANES = range(0, 40, 4)  # arguments, on the stack
FRAME = 40
FIRST, SECOND = ("r0", "r2", "r4", "r6"), ("r8", "r10", "r12", "lr")
VECTOR, GROUP = 16, 64  # bytes of a vector, and of four outputs' weights for it or of their factors
UNROLLED = 4            # vectors of an inner loop

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


def first_products(count, has_more):
    """Of the first vectors. The last loads of pixels move on: to the last vector read, where more follow, or to the next pair."""
    if has_more:
        order, places = range(count), {count - 1: f",#{VECTOR * (count - 1)}]!"}
    elif count < 4:
        order, places = [*range(1, count), 0], {0: f"],#{2 * VECTOR * count}"}
    else:  # the distance is greater than a load can go
        order = [0, *range(2, count), 1]
        places = {0: f"],#{VECTOR}", 1: f"],#{(2 * count - 1) * VECTOR}"} | {v: f",#{VECTOR * (v - 1)}]" for v in range(2, count)}
    code = []
    for v in order:
        def weight_place(output, v=v):
            is_last = has_more and (v, output) == (count - 1, 3)
            return f",#{GROUP * v + VECTOR * output}]" + ("!" if is_last else "")
        code += products(v, v == order[0], places.get(v, f",#{VECTOR * v}]"), weight_place)
    return code


def results(is_planar):
    """Stores what becomes of q4 and q5; the factors lie in front of r5."""
    factor = iter([f"vldrw.u32 q6,[r5,#{at}]" for at in range(-GROUP, 0, VECTOR)])
    both = lambda text: [text.replace("S", "q4"), text.replace("S", "q5")]
    code = [next(factor)] + both("vadd.i32 S,S,q6") + [next(factor)]
    for sums in ("q4", "q5"):
        scaled = f"vqrdmulh.s32 {sums},{sums},q6"
        code += [scaled] if is_planar else [f"vshr.s32 q7,{sums},#31", scaled, f"vadd.i32 {sums},{sums},q7"]
    code += [next(factor)] + both("vqadd.s32 S,S,q6") + [next(factor)] + both("vqshl.s32 S,S,q6") + both("vshr.s32 S,S,#24")
    code += [f"ldr r11,[sp,#{OUT_STEP}]"]
    for sums in ("q4", "q5"):
        code += [f"vstrb.32 {sums},[r7,q7]" if is_planar else f"vstrb.32 {sums},[r7]", "add r7,r7,r11"]
    return code


class Pairs:
    """The kernel for `first` vectors and, where has_more, for multiples of four vectors more."""

    def __init__(self, is_planar, first, has_more, schedule):
        self.is_planar, self.first, self.has_more, self.schedule = is_planar, first, has_more, schedule
        self.name = f"cortado_pairs_{'planes' if is_planar else 'rows'}_{first}{'_more' if has_more else ''}"
        self.lines, self.report = [], []
        self.write()

    def add(self, *lines):
        self.lines += lines

    def add_scheduled(self, what, code):
        ordered, before, after = self.schedule(code)
        self.report.append((f"{self.name}: {what}", len(code), before, after))
        self.add(*ordered)

    def write(self):
        self.add("push {r4-r11,lr}", "vpush {d8-d15}", f"sub sp,#{FRAME}", "ldm r0!,{r1-r8}", "stm sp,{r1-r8}",
                 "ldrd r1,r2,[r0]", f"strd r1,r2,[sp,#{BLOCKS}]")
        if self.is_planar:
            self.add("vldrw.u32 q7,[r2]")
        self.add("1:", f"ldrd r1,r7,[sp,#{X}]", f"ldrd r5,r3,[sp,#{STREAM}]", f"ldr r9,[sp,#{PAIRS}]", "add r3,r3,r1")
        self.add_first_pair()
        self.add("2:")
        code = results(self.is_planar) + first_products(self.first, self.has_more)
        self.add_scheduled(f"{self.first} vectors and results", code)
        self.add("3:")
        self.add_rest()
        self.add("subs r9,r9,#1", "bne.w 2b")
        self.add_scheduled("results", results(self.is_planar))
        self.add_next_group()

    def add_first_pair(self):
        """Without results to make; where vectors follow, the inner loop does all that it can."""
        left = self.first - UNROLLED if self.has_more else self.first
        self.add_scheduled(f"{left} vectors", first_products(left, self.has_more))
        self.add(*([f"ldr r11,[sp,#{BLOCKS}]", "add r11,r11,#1", "b.w 4f"] if self.has_more else ["b.w 3f"]))

    def add_rest(self):
        """The vectors that are left, and on to the next pair."""
        if self.has_more:
            self.add(f"ldr r11,[sp,#{BLOCKS}]", "cmp r11,#0", "beq.w 5f", "4:")
            code = []
            for v in range(UNROLLED):
                code += products(v, False, f",#{VECTOR}]!", lambda _: f",#{VECTOR}]!", ("q0", "q1", "q6"),
                                 ("q2", "q3") if v % 2 == 0 else ("q4", "q5"))
            self.add_scheduled(f"{UNROLLED} vectors more", code)
            self.add("subs r11,r11,#1", "bne 4b", "5:")
        self.add(*NEXT_PAIR)
        if self.has_more:
            self.add(f"ldrd r5,r11,[sp,#{STREAM}]", f"add.w r1,r3,#{VECTOR}", "add r3,r1,r11")

    def add_next_group(self):
        self.add(f"ldrd r0,r1,[sp,#{OUT}]", f"ldr r2,[sp,#{STEP}]", f"ldr r3,[sp,#{GROUP_STEP}]", f"ldr r4,[sp,#{GROUPS}]",
                 "add r0,r0,r3", f"add r1,r1,r2,lsl #{GROUP // VECTOR // 2}", f"add r1,r1,#{GROUP}", f"strd r0,r1,[sp,#{OUT}]",
                 "subs r4,r4,#1", f"str r4,[sp,#{GROUPS}]", "bne.w 1b", f"add sp,#{FRAME}", "vpop {d8-d15}", "pop {r4-r11,pc}")


def kernels(schedule):
    return [Pairs(is_planar, first, first > UNROLLED, schedule)
            for is_planar in (False, True) for first in range(1, 2 * UNROLLED + 1)]


def tables(all_kernels):
    """C++ that gives the kernels to their header."""
    lines = ["#include \"ops/packed_conv2d/pair_kernels.h\"", "", "namespace cortado::ops {", "", "extern \"C\" {"]
    lines += [f"void {kernel.name}(const PairArguments*);" for kernel in all_kernels] + ["}", ""]
    for layout in ("rows", "planes"):
        names = [kernel.name for kernel in all_kernels if kernel.is_planar == (layout == "planes")]
        lines += [f"extern const PairKernel pair_kernels_{layout}[8];",
                  f"const PairKernel pair_kernels_{layout}[8] = {{", *[f"    {name}," for name in names], "};"]
    return lines + ["", "}  // namespace cortado::ops"]
