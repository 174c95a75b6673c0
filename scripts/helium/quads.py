"""Kernels for four pixels and one output at a time: ops/planar_conv2d/quad_kernels.h says what they compute.

Weights stay in registers for all pixels of an output. Results are made while the next pixels' products are summed:

  r1        patches                    r0 r2 r4 r6   sums of four pixels
  r3        the former pixels' place   q0 …          weights
  r5 r7 r8  bias, offset, shift        q4            multiplier
  r9        weights                    q5, q6        vectors of patches (of 16 bytes: q1, q2, too)
  r10       bytes from plane to plane  q7            sums, then results
  r11       out, of the channel        r12           channels left
"""
X, OUT, WEIGHTS, CHANNELS, QUADS, PLANE = range(0, 24, 4)
FRAME, FRAME_X, FRAME_QUADS = 8, 0, 4
FIRST = ("r0", "r2", "r4", "r6")

GATHER = ["vmov q7[2],q7[0],r0,r4", "vmov q7[3],q7[1],r2,r6"]
# The top bytes of the lanes are the results: p0 has their places.
RESULTS = ["vadd.i32 q7,q7,r5", "vqrdmlash.s32 q7,q4,r7", "vqshl.s32 q7,r8", "vpst\n  vstrbt.8 q7,[r3],#16"]


def load(register):
    return f"vldrb.u8 {register},[r1],#16"


def sums(step):
    """Products of four patches of `step` bytes, one behind the other."""
    if step == 24:  # two patches are three vectors, the middle one of both
        code = []
        for p in (0, 2):
            code += [load("q5"), f"vmladav.s8 {FIRST[p]},q5,q0", load("q6"), f"vmladava.s8 {FIRST[p]},q6,q1",
                     f"vmladav.s8 {FIRST[p + 1]},q6,q2", load("q5"), f"vmladava.s8 {FIRST[p + 1]},q5,q3"]
        return code
    registers = ("q5", "q6") if step == 32 else ("q5", "q6", "q1", "q2")
    code = []
    for p in range(4):
        for v in range(step // 16):
            register = registers[(p * step // 16 + v) % len(registers)]
            code += [load(register), f"vmladav{'a' if v else ''}.s8 {FIRST[p]},{register},q{v}"]
    return code


def weights(step):
    if step == 24:  # of byte 0 on, 16 on, 8 bytes before, 8 on
        return ["movs r0,#0", "vldrw.u32 q0,[r9]", "vldrw.u32 q1,[r9,#16]", "vldrw.u32 q2,[r9,#-8]", "vldrw.u32 q3,[r9,#8]",
                "vmov d4,r0,r0"]
    return ["vldrw.u32 q0,[r9]"] + (["vldrw.u32 q1,[r9,#16]"] if step == 32 else [])


class Quads:
    def __init__(self, step, schedule):
        self.name = f"cortado_quads_{step}"
        body, before, after = schedule(RESULTS + sums(step) + GATHER)
        self.report = [(f"{self.name}: 4 pixels", len(body) + 1, before, after)]
        factors = 16 if step == 16 else 32  # where they lie, from the weights on
        first, _, _ = schedule([f"ldrd r5,r0,[r9,#{factors}]", f"ldrd r7,r8,[r9,#{factors + 8}]", "vdup.32 q4,r0",
                                f"ldrd r1,lr,[sp,#{FRAME_X}]", "mov r3,r11"] + sums(step) + GATHER)
        self.lines = [
            "push {r4-r11,lr}", "vpush {d8-d15}", f"sub sp,#{FRAME}", "movw r1,#0x8888", "vmsr p0,r1",
            f"ldrd r1,r11,[r0,#{X}]", f"ldrd r9,r12,[r0,#{WEIGHTS}]", f"ldrd r2,r10,[r0,#{QUADS}]",
            "subs r2,r2,#1", f"strd r1,r2,[sp,#{FRAME_X}]", "subs.w r11,r11,#3",
            "1:", *weights(step), *first, "wls lr,lr,3f", "2:", *body, "le lr,2b",
            "3:", *RESULTS, f"add r9,r9,#{factors + 16}", "add r11,r11,r10", "subs r12,r12,#1", "bne.w 1b",
            f"add sp,#{FRAME}", "vpop {d8-d15}", "pop {r4-r11,pc}",
        ]


def kernels(schedule):
    return [Quads(step, schedule) for step in (16, 24, 32)]


def tables(_):
    return ["#include \"ops/planar_conv2d/quad_kernels.h\""]
