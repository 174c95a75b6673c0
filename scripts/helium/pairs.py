"""Kernels for two pixels and four outputs at a time: ops/packed_conv2d/pair_kernels.h says what they compute.

The results of a pair are made while the next pair's products are summed. Registers:

  r1, r3    the two patches            r0 r2 r4 r6       sums of the first pixel, output by output
  r5        weights                    r8 r10 r12 lr     sums of the second
  r11       count of an inner loop     q0, q1            weights      q2, q3    vectors of the patches
  r9        pairs left                 q4, q5            the former pair's sums, then results
  r7        the former pair's place    q6                factors      q7        signs, or offsets of the planes
"""
X, OUT, STREAM, PAIRS, GROUPS, STEP, OUT_STEP, GROUP_STEP, BLOCKS, PLANES = range(0, 40, 4)  # arguments, on the stack
FRAME = 40
FIRST, SECOND = ("r0", "r2", "r4", "r6"), ("r8", "r10", "r12", "lr")
VECTOR, GROUP = 16, 64  # bytes of a vector, and of four outputs' weights for it or of their factors
UNROLLED = 4            # vectors of an inner loop

NEXT_PAIR = ["vmov q4[2],q4[0],r0,r4", "vmov q5[2],q5[0],r8,r12", "vmov q4[3],q4[1],r2,r6", "vmov q5[3],q5[1],r10,lr"]


def products(index, is_first=False, moves=True, weights=("q0", "q1"), pixels=("q2", "q3")):
    """Of vector `index` of both patches with four outputs' weights; at offsets, or moving the pointers on."""
    place = (lambda base, at: f"[{base}],#{VECTOR}") if moves else (lambda base, at: f"[{base},#{at}]")
    code = [f"vldrb.u8 {pixels[p]},{place(base, VECTOR * index)}" for p, base in enumerate(("r1", "r3"))]
    name = "vmladav.s8" if is_first else "vmladava.s8"
    for output in range(4):
        weight = weights[(4 * index + output) % len(weights)]
        code += [f"vldrw.u32 {weight},{place('r5', GROUP * index + VECTOR * output)}",
                 f"{name} {FIRST[output]},{pixels[0]},{weight}", f"{name} {SECOND[output]},{pixels[1]},{weight}"]
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
        self.add("1:", f"ldrd r1,r7,[sp,#{X}]", f"ldr r5,[sp,#{STREAM}]", f"ldr r9,[sp,#{PAIRS}]", f"ldr r3,[sp,#{STEP}]",
                 "add r3,r3,r1")
        self.add_first_pair()
        self.add("2:")
        code = []
        for v in range(self.first):
            code += products(v, is_first=v == 0, moves=False)
        self.add_scheduled(f"{self.first} vectors and results", code + results(self.is_planar) + self.moves())
        self.add("3:")
        self.add_rest()
        self.add("subs r9,r9,#1", "bne.w 2b")
        self.add(*results(self.is_planar))
        self.add_next_group()

    def moves(self):
        """Of the patches, behind what is read by offset, or to the next pair."""
        by = VECTOR * self.first * (1 if self.has_more else 2)
        weights = [f"add r5,r5,#{GROUP * self.first}"] if self.has_more else []
        return [f"add r1,r1,#{by}", f"add r3,r3,#{by}"] + weights

    def add_first_pair(self):
        for v in range(self.first):
            self.add(*products(v, is_first=v == 0, moves=False))
        self.add(*self.moves(), "b.w 3f")

    def add_rest(self):
        """The vectors that are left, and on to the next pair."""
        if self.has_more:
            self.add(f"ldr r11,[sp,#{BLOCKS}]", "4:")
            code = []
            for v in range(UNROLLED):
                code += products(v, False, True, ("q0", "q1", "q6"), ("q2", "q3") if v % 2 == 0 else ("q4", "q5"))
            self.add_scheduled(f"{UNROLLED} vectors more", code)
            self.add("subs r11,r11,#1", "bne 4b")
        self.add(*NEXT_PAIR)
        if self.has_more:
            self.add("mov r1,r3", f"ldr r11,[sp,#{STEP}]", f"ldr r5,[sp,#{STREAM}]", "add r3,r3,r11")

    def add_next_group(self):
        self.add(f"ldrd r0,r1,[sp,#{OUT}]", f"ldr r2,[sp,#{STEP}]", f"ldr r3,[sp,#{GROUP_STEP}]", f"ldr r4,[sp,#{GROUPS}]",
                 "add r0,r0,r3", f"add r1,r1,r2,lsl #{GROUP // VECTOR // 2}", f"add r1,r1,#{GROUP}", f"strd r0,r1,[sp,#{OUT}]",
                 "subs r4,r4,#1", f"str r4,[sp,#{GROUPS}]", "bne.w 1b", f"add sp,#{FRAME}", "vpop {d8-d15}", "pop {r4-r11,pc}")


def kernels(schedule):
    return [Pairs(is_planar, first, has_more, schedule)
            for is_planar in (False, True) for has_more in (False, True) for first in range(1, UNROLLED + 1)]


def tables(all_kernels):
    """C++ that gives the kernels to their header."""
    lines = ["#include \"ops/packed_conv2d/pair_kernels.h\"", "", "namespace cortado::ops {", "", "extern \"C\" {"]
    lines += [f"void {kernel.name}(const PairArguments*);" for kernel in all_kernels] + ["}", ""]
    for layout in ("rows", "planes"):
        names = [kernel.name for kernel in all_kernels if kernel.is_planar == (layout == "planes")]
        lines += [f"extern const PairKernel pair_kernels_{layout}[8];",
                  f"const PairKernel pair_kernels_{layout}[8] = {{", *[f"    {name}," for name in names], "};"]
    return lines + ["", "}  // namespace cortado::ops"]
