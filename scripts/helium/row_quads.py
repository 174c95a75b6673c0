"""Kernels for two outputs of four pixels at a time: ops/packed_conv2d/row_quad_kernels.h says what they compute.

Weights stay in registers for all pixels of two outputs. Registers:

  r1        patches                   r0 r8 r4 r12   sums of the first output, pixel by pixel
  r3        the pixels' place         r2 r10 r6 r0   sums of the second
  r5, r7    bias                      q0 …           weights of the outputs, vector by vector; of 16 bytes multipliers behind them,
  r9, r11   offsets                                  or where the pixels' outputs lie
  lr        fours of pixels left      q4, q5         vectors of patches; then results
                                      q6, q7         sums
"""
from frame import function

SUMS = {0: ("r0", "r2"), 2: ("r4", "r6"), 1: ("r8", "r10"), 3: ("r12", "r0")}  # by pixels, in order
X, QUADS, OUT, PAIRS, FACTORS, WEIGHTS, STEP = range(0, 28, 4)
SHIFT, MULTIPLIER, PLACES, VECTORS, FRAME = 32, 40, 48, 64, 96
VECTOR, FACTOR_BYTES = 16, 64
ORDER = (0, 2, 1, 3)


def products(step):
    """Of four patches of `step` bytes, whose sums are gathered two by two."""
    vectors = step // VECTOR
    code, count = [], 0
    for pixel in ORDER:
        for v in range(vectors):
            at, register = step * pixel + VECTOR * v, f"q{4 + count % 2}"
            count += 1
            if step == 16:  # the first load moves on
                place = "],#64" if at == 0 else f",#{at - 64}]"
            else:  # r1 is `step` bytes before the first patch, then at it, then at the last
                place = f",#{step}]!" if at == 0 else ",#96]!" if (pixel, v) == (3, 0) else f",#{at}]"
            code.append((pixel, v, f"vldrb.u8 {register},[r1{place}", register))
    if step == 32:  # the last load but one, after which r1 is at the last patch
        code[-2], code[-1] = code[-1], code[-2]
    lines = []
    for i, (pixel, v, load, register) in enumerate(code):
        is_first = all(other[0] != pixel for other in code[:i])
        name = "vmladav.s8" if is_first else "vmladava.s8"
        lines += [load] + [f"{name} {SUMS[pixel][o]},{register},q{v * 2 + o}" for o in range(2)]
        if i + 1 in (2 * vectors, 4 * vectors):
            lanes, (a, b) = ("[2]", "[0]") if i + 1 == 2 * vectors else ("[3]", "[1]"), (ORDER[:2] if i + 1 == 2 * vectors else ORDER[2:])
            lines += [f"vmov q{6 + o}{lanes[0]},q{6 + o}{lanes[1]},{SUMS[a][o]},{SUMS[b][o]}" for o in range(2)]
    return lines


def results(step, is_rounded):
    """Stores the two outputs of four pixels, side by side."""
    code = ["vadd.i32 q6,q6,r5", "vadd.i32 q7,q7,r7"]
    first, second = ("q4", "q5") if is_rounded else ("q6", "q7")
    if is_rounded:
        code += [f"ldrd r8,r10,[sp,#{MULTIPLIER}]"]
        for sums, scaled, multiplier, offset in (("q6", "q4", "r8", "r9"), ("q7", "q5", "r10", "r11")):
            code += [f"vshr.s32 {scaled},{sums},#31", f"vadd.i32 {scaled},{scaled},{offset}", f"vqrdmlah.s32 {scaled},{sums},{multiplier}"]
    elif step == 16:
        code += ["vqrdmlash.s32 q6,q2,r9", "vqrdmlash.s32 q7,q3,r11"]
    else:
        code += [f"vldrw.u32 q4,[sp,#{VECTORS}]", f"vldrw.u32 q5,[sp,#{VECTORS + VECTOR}]", "vqrdmlash.s32 q6,q4,r9", "vqrdmlash.s32 q7,q5,r11"]
    places = "q2" if is_rounded and step == 16 else "q6" if is_rounded else "q4"
    code += [f"ldrd r2,r4,[sp,#{SHIFT}]", f"vqshl.s32 {first},r2", f"vqshl.s32 {second},r4", f"vsri.32 {second},{first},#8",
             f"vshr.u32 {second},{second},#16"]
    if places != "q2":
        code += [f"vldrw.u32 {places},[sp,#{PLACES}]"]
    return code + [f"vstrh.32 {second},[r3,{places}]", f"ldr r6,[sp,#{STEP}]", "add r3,r3,r6"]


class RowQuads:
    def __init__(self, step, is_rounded, schedule):
        self.name = f"cortado_quads_rows_{step}{'_rounded' if is_rounded else ''}"
        vectors = step // VECTOR
        group = FACTOR_BYTES + vectors * 4 * VECTOR
        body, before, after = schedule(products(step) + results(step, is_rounded))
        self.report = [(f"{self.name}: 4 pixels", len(body) + 1, before, after)]
        weights = [f"vldrw.u32 q{2 * v + o},[r2,#{4 * VECTOR * v + VECTOR * o}]" for v in range(vectors) for o in range(2)]
        multipliers = [f"strd r4,r6,[sp,#{MULTIPLIER}]"] if is_rounded else ["vdup.32 q2,r4", "vdup.32 q3,r6"] if step == 16 else [
            "vdup.32 q4,r4", "vdup.32 q5,r6", f"vstrw.32 q4,[sp,#{VECTORS}]", f"vstrw.32 q5,[sp,#{VECTORS + VECTOR}]"]
        self.lines = function(FRAME, [
            "ldm r0,{r1-r7}", "vldrw.u32 q2,[r7]", f"vstrw.32 q2,[sp,#{PLACES}]", f"add r7,r5,#{FACTOR_BYTES}",
            *([f"subs r1,#{step}"] if step == 32 else []), f"strd r1,r3,[sp,#{X}]", f"strd r2,r4,[sp,#{OUT}]",
            f"strd r5,r7,[sp,#{FACTORS}]", f"str r6,[sp,#{STEP}]",
        ], [
            f"ldrd r0,r2,[sp,#{FACTORS}]", "ldrd r5,r7,[r0]", "ldrd r4,r6,[r0,#16]", "ldrd r9,r11,[r0,#32]", "ldrd r8,r10,[r0,#48]",
            *weights, f"strd r8,r10,[sp,#{SHIFT}]", *multipliers,
            # The second two outputs of four have their factors 8 bytes further, their weights 32.
            "lsls r8,r0,#28", "ittee mi", f"addmi r0,#{group - 8}", f"addmi r2,#{group - 32}", "addpl r0,#8", "addpl r2,#32",
            f"strd r0,r2,[sp,#{FACTORS}]", f"ldrd r3,r4,[sp,#{OUT}]", "adds r0,r3,#2", "subs r4,#1", f"strd r0,r4,[sp,#{OUT}]",
            f"ldrd r1,lr,[sp,#{X}]", "2:", *body, "le lr,2b", f"ldr r4,[sp,#{PAIRS}]", "cmp r4,#0",
        ])


def kernels(schedule):
    return [RowQuads(step, is_rounded, schedule) for step in (16, 32) for is_rounded in (False, True)]


def tables(_):
    return ["#include \"ops/packed_conv2d/row_quad_kernels.h\""]
