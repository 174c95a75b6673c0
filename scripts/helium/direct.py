"""Kernels for 3 x 3 convolutions: four pixels and two outputs at a time. ops/direct_conv2d/direct_kernels.h says what they
compute.

A vector of weights is read once for four pixels, a column of the input once for all its taps. Registers:

  r1   columns                    r0 r2 r4 r6    sums of the first output, pixel by pixel
  r3   bytes from plane to plane  r8 r10 r12 lr  sums of the second
  r5   weights                    q0 q1 q2 q3    columns; then sums, results
  r7   where they end             q4, q5         weights
  r9   the pixels' place          q6, q7         multipliers; of the form rounded, q6: where the pixels' outputs lie
  r11  fours of pixels left
"""
from frame import FIRST, SECOND, function, gather

X, OUT, WEIGHTS, PAIRS, QUADS, BYTES, NEXT, OUT_STEP, PLANE, PLACES = range(0, 40, 4)  # arguments; the first 8 on the stack
FRAME, FRAME_PLACES = 48, 32
VECTOR, TAPS, ROWS, QUAD = 16, 3, 3, 4
STEP = ROWS * TAPS * 2 * VECTOR  # bytes of weights for 16 channels of all taps
BIAS, MULTIPLIER, OFFSET, SHIFT = range(0, 32, 8)
FACTORS = 32


def plane_products(stride, row, is_first=False):
    """One row of taps of 16 channels; columns stay in registers as long as a tap needs them."""
    held, code, weights = {}, [], iter(range(2 * TAPS))
    order = range(TAPS) if stride == 1 else (0, 2, 1)
    for tap in order:
        columns = [stride * p + tap for p in range(QUAD)]
        for column in columns:
            if column in held:
                continue
            register = next(f"q{i}" for i in range(QUAD) if f"q{i}" not in [r for c, r in held.items() if c in columns])
            held = {c: r for c, r in held.items() if r != register} | {column: register}
            code.append(f"vldrw.u32 {register},[r1,#{VECTOR * column}]")
        name = "vmladav.s8" if is_first and tap == order[0] else "vmladava.s8"
        for output, sums in enumerate((FIRST, SECOND)):
            at = VECTOR * ((row * TAPS + tap) * 2 + output)
            moves_on = row == 0 and tap == order[0] and output == 0
            register = f"q{4 + next(weights) % 2}"
            code.append(f"vldrw.u32 {register},[r5],#{STEP}" if moves_on else f"vldrw.u32 {register},[r5,#{at - STEP}]")
            code += [f"{name} {sums[p]},{held[column]},{register}" for p, column in enumerate(columns)]
    return code + ["add r1,r1,r3"]


def results(is_rounded):
    """Stores the two outputs of four pixels, side by side; factors lie at r7."""
    code = gather("q0") + gather("q1", SECOND)
    code += [f"ldrd r0,r2,[r7,#{BIAS}]", "vadd.i32 q0,q0,r0", "vadd.i32 q1,q1,r2", f"ldrd r4,r6,[r7,#{OFFSET}]"]
    if is_rounded:
        code += [f"ldrd r8,r10,[r7,#{MULTIPLIER}]"]
        for sums, scaled, multiplier, offset in (("q0", "q2", "r8", "r4"), ("q1", "q3", "r10", "r6")):
            code += [f"vshr.s32 {scaled},{sums},#31", f"vadd.i32 {scaled},{scaled},{offset}",
                     f"vqrdmlah.s32 {scaled},{sums},{multiplier}"]
    else:
        code += ["vqrdmlash.s32 q0,q6,r4", "vqrdmlash.s32 q1,q7,r6", f"vldrw.u32 q4,[sp,#{FRAME_PLACES}]"]
    first, second, places = ("q2", "q3", "q6") if is_rounded else ("q0", "q1", "q4")
    code += [f"ldrd r0,r2,[r7,#{SHIFT}]", f"vqshl.s32 {first},r0", f"vqshl.s32 {second},r2", f"vsri.32 {second},{first},#8",
             f"vshr.u32 {second},{second},#16", f"vstrh.32 {second},[r9,{places}]"]
    return code + [f"ldrd r12,lr,[sp,#{NEXT}]", "add r1,r1,r12", "add r9,r9,lr", f"ldr r5,[sp,#{WEIGHTS}]", "subs r11,r11,#1"]


class Direct:
    def __init__(self, stride, is_rounded, schedule):
        self.name = f"cortado_direct_stride_{stride}{'_rounded' if is_rounded else ''}"
        self.report = []

        def ordered(what, code):
            lines, before, after = schedule(code)
            self.report.append((f"{self.name}: {what}", len(code), before, after))
            return lines

        constants = [f"vldrw.u32 q6,[sp,#{FRAME_PLACES}]"] if is_rounded else [
            f"ldrd r0,r2,[r7,#{MULTIPLIER}]", "vdup.32 q6,r0", "vdup.32 q7,r2"]
        self.lines = function(FRAME, [
            "ldm r0!,{r1-r8}", "stm sp,{r1-r8}", "ldrd r3,r1,[r0]", "vldrw.u32 q0,[r1]", f"vstrw.32 q0,[sp,#{FRAME_PLACES}]",
        ], [
            f"ldrd r1,r9,[sp,#{X}]", f"ldr r5,[sp,#{WEIGHTS}]", f"ldrd r11,r7,[sp,#{QUADS}]", "add r7,r7,r5", *constants,
            "2:", *ordered("first row of 4 pixels", plane_products(stride, 0, True)),
            "3:", *ordered("two rows", plane_products(stride, 1) + plane_products(stride, 2)), "cmp r5,r7", "beq.w 4f",
            *ordered("first row of 16 channels more", plane_products(stride, 0)), "b.w 3b",
            "4:", *ordered("results", results(is_rounded)), "bne.w 2b",
            f"add r7,r7,#{FACTORS}", f"ldr r0,[sp,#{OUT}]", "adds r0,r0,#2", f"strd r0,r7,[sp,#{OUT}]",
            f"ldr r2,[sp,#{PAIRS}]", "subs r2,r2,#1", f"str r2,[sp,#{PAIRS}]",
        ])


def kernels(schedule):
    return [Direct(stride, is_rounded, schedule) for stride in (1, 2) for is_rounded in (False, True)]


def tables(_):
    return ["#include \"ops/direct_conv2d/direct_kernels.h\""]
