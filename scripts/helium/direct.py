"""Kernels for 3 x 3 convolutions: four pixels and two outputs at a time. ops/direct_conv2d/direct_kernels.h says what they
compute.

A vector of weights is read once for four pixels, a column of the input once for all its taps. Registers:

  r1   columns                    r0 r2 r4 r6    sums of the first output, pixel by pixel
  r3   bytes from plane to plane  r8 r10 r12 lr  sums of the second
  r5   weights                    q0 q1 q2 q3    columns; then sums, results
  r7   where they end             q4, q5         weights
  r9   the pixels' place          q6, q7         multipliers; of the form rounded, q6: where the pixels' outputs lie
  r11  a bit for every four pixels left: the first ones that are left shifts it out, the carry then says whether planes are even

The first plane begins the sums; where planes are even, the second follows alone, then two at a time.
"""
from frame import FIRST, SECOND, function, gather

FRAME_FACTORS, FRAME_PLACES, FRAME_ARGUMENTS, FRAME = 0, 32, 48, 104
X, OUT, NEXT_PAIR, QUADS, PLANE, NEXT_QUAD, OUT_STEP, WEIGHTS, BYTES, LEFT_OUT, BLOCKS, ZERO_POINT, OUT_END = range(FRAME_ARGUMENTS, 100, 4)
VECTOR, TAPS, QUAD = 16, 3, 4
STEP = TAPS * 2 * VECTOR  # bytes of weights for 16 channels of a row of taps
BIAS, MULTIPLIER, OFFSET, SHIFT = range(FRAME_FACTORS, FRAME_PLACES, 8)
ALL_SUMS = ",".join(FIRST + SECOND)


def plane_products(stride, is_first=False):
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
            at = VECTOR * (tap * 2 + output)
            moves_on = tap == order[0] and output == 0
            register = f"q{4 + next(weights) % 2}"
            code.append(f"vldrw.u32 {register},[r5],#{STEP}" if moves_on else f"vldrw.u32 {register},[r5,#{at - STEP}]")
            code += [f"{name} {sums[p]},{held[column]},{register}" for p, column in enumerate(columns)]
    return code + ["add r1,r1,r3"]


def results(is_rounded):
    """Stores the two outputs of four pixels, side by side."""
    code = gather("q0") + gather("q1", SECOND)
    code += [f"ldrd r0,r2,[sp,#{BIAS}]", "vadd.i32 q0,q0,r0", "vadd.i32 q1,q1,r2", f"ldrd r4,r6,[sp,#{OFFSET}]"]
    if is_rounded:
        code += [f"ldrd r8,r10,[sp,#{MULTIPLIER}]"]
        for sums, scaled, multiplier, offset in (("q0", "q2", "r8", "r4"), ("q1", "q3", "r10", "r6")):
            code += [f"vshr.s32 {scaled},{sums},#31", f"vadd.i32 {scaled},{scaled},{offset}",
                     f"vqrdmlah.s32 {scaled},{sums},{multiplier}"]
    else:
        code += ["vqrdmlash.s32 q0,q6,r4", "vqrdmlash.s32 q1,q7,r6", f"vldrw.u32 q4,[sp,#{FRAME_PLACES}]"]
    first, second, places = ("q2", "q3", "q6") if is_rounded else ("q0", "q1", "q4")
    code += [f"ldrd r0,r2,[sp,#{SHIFT}]", f"vqshl.s32 {first},r0", f"vqshl.s32 {second},r2", f"vsri.32 {second},{first},#8",
             f"vshr.u32 {second},{second},#16", f"vstrh.32 {second},[r9,{places}]"]
    return code + [f"ldrd r12,lr,[sp,#{NEXT_QUAD}]", "add r1,r1,r12", "add r9,r9,lr", f"ldr r5,[sp,#{WEIGHTS}]", "lsrs.w r11,r11,#1"]


def border_factors():
    """Those of two outputs where a row of taps, r3 bytes from the others' weights, is left out: its zero points go into the bias.
    Factors lie behind the last row of taps."""
    code = ["add r3,r3,r5", f"ldrd r11,r1,[sp,#{BLOCKS}]", "vdup.8 q0,r1", "movs r0,#0", "movs r2,#0", "9:"]
    for v in range(2 * TAPS):
        register = f"q{1 + v % 2}"
        place = f"],#{STEP}" if v == 0 else f",#{VECTOR * v - STEP}]"
        code += [f"vldrw.u32 {register},[r3{place}", f"vmladava.s8 {('r0', 'r2')[v % 2]},q0,{register}"]
    return code + ["subs.w r11,r11,#1", "bne 9b", "mov r11,r0", "mov r1,r2", "cmp r3,r5", "it eq", "moveq r3,r7",
                   f"ldm r3,{{{ALL_SUMS}}}", "add r0,r0,r11", "add r2,r2,r1"]


class Direct:
    def __init__(self, stride, is_rounded, schedule):
        self.name = f"cortado_direct_stride_{stride}{'_rounded' if is_rounded else ''}"
        self.report = []

        def ordered(what, code):
            lines, before, after = schedule(code)
            self.report.append((f"{self.name}: {what}", len(code), before, after))
            return lines

        one = plane_products(stride)
        self.lines = function(FRAME, [
            f"add r9,sp,#{FRAME_ARGUMENTS}", "ldm r0!,{r1-r8}", "stm r9!,{r1-r8}", "mov r5,r8", "ldm r0,{r0,r1,r3,r4,r6,r7}",
            "stm r9,{r0,r1,r3,r4,r6}", "mov r9,r2", "vldrw.u32 q6,[r7]", *([] if is_rounded else [f"vstrw.32 q6,[sp,#{FRAME_PLACES}]"]),
        ], [
            f"str r5,[sp,#{WEIGHTS}]", f"ldrd r7,r3,[sp,#{BYTES}]", "add r7,r7,r5", "cbz r3,5f", "b.w 8f",
            "5:", f"ldm r7,{{{ALL_SUMS}}}", "6:", f"stm sp,{{{ALL_SUMS}}}", *([] if is_rounded else ["vdup.32 q6,r4", "vdup.32 q7,r6"]),
            f"ldr r1,[sp,#{X}]", f"ldrd r11,r3,[sp,#{QUADS}]", "lsrs.w r11,r11,#1",
            "2:", *ordered("first plane of 4 pixels", plane_products(stride, True)), "bcs.w 7f",
            "3:", *ordered("two planes", one + one), "4:", "cmp r5,r7", "bne.w 3b",
            *ordered("results", results(is_rounded)), "bne.w 2b",
            f"ldrd r9,r1,[sp,#{OUT}]", f"ldr r0,[sp,#{OUT_END}]", "add r9,r9,#2", "add r5,r5,r1", f"str r9,[sp,#{OUT}]", "cmp r9,r0",
        ], ["7:", *ordered("one plane", one), "b.w 4b", "8:", *border_factors(), "b.w 6b"])


class Columns:
    """The kernel that copies rows into planes. Registers:

      r1   to       r3  rows left         r5  bytes from column to column  r7 r8 r9  columns before, of, behind the row
      r2   rows     r4  bytes to column   r6  vectors of a column          r10       of them left
      r0   vector of the first column     r12 of the next one              q2        the zero point
    """

    def __init__(self):
        self.name, self.report = "cortado_copy_columns", []
        fill = lambda count, label: [f"wls lr,{count},{label + 1}f", f"{label}:", "vstrw.32 q2,[r1],#16", f"le lr,{label}b", f"{label + 1}:"]
        copy = lambda label, first, second: [
            "lsrs.w r11,r8,#1", f"wls lr,r11,{label + 1}f", f"{label}:", *first, *second, "vstrw.32 q0,[r1],#32",
            "vstrw.32 q1,[r1,#-16]", f"le lr,{label}b", f"{label + 1}:"]
        next_ = lambda register: [f"vldrb.u8 {register},[r12]", "add r12,r12,r5"]
        self.lines = [
            "push {r4-r11,lr}", "ldm r0,{r1-r10}", "vdup.8 q2,r10",
            "1:", "ldr r0,[r2],#4", "add r0,r0,r4", "mov r10,r6",
            "2:", "mov r12,r0", *fill("r7", 3), "cmp r6,#1", "beq 11f",
            *copy(5, next_("q0"), next_("q1")),
            "7:", "bcc 8f", "vldrb.u8 q0,[r12]", "vstrw.32 q0,[r1],#16",
            "8:", *fill("r9", 9), "add r0,r0,#16", "subs.w r10,r10,#1", "bne 2b", "subs r3,r3,#1", "bne 1b", "pop {r4-r11,pc}",
            "11:", *copy(12, ["vldrb.u8 q0,[r12],#16"], ["vldrb.u8 q1,[r12],#16"]), "b 7b"]


def kernels(schedule):
    return [Direct(stride, is_rounded, schedule) for stride in (1, 2) for is_rounded in (False, True)] + [Columns()]


def tables(_):
    return ["#include \"ops/direct_conv2d/direct_kernels.h\""]
