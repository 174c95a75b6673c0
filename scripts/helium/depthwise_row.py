"""The kernels for one row of a depthwise convolution: ops/planar_depthwise/one_row_kernel.h says what they compute.

Registers:

  r1        columns of the plane         r0 r2 r4 r6   sums of four outputs
  r3        the former outputs' place    q0, q1        taps, and of columns that follow each other, one column later
  r5 r7 r8  bias, offset, shift          q4            multiplier
  r9        weights                      q2, q3, q5    columns
  r10       bytes from outputs to next   q6            where the four outputs lie
  r11       out, of the channel          q7            sums, then results
  r12       channels left                lr            outputs left
"""
IN, OUT, WEIGHTS, CHANNELS, QUADS, OUT_STEP, RAGGED_IN, RAGGED_OUT, PRESENT, ZERO_POINT, NEXT_PLANE, ROTATION, PLACES = range(0, 52, 4)
FRAME = 32
FRAME_QUADS, FRAME_NEXT, FRAME_RAGGED, FRAME_PRESENT, FRAME_ZERO_POINT, FRAME_ROTATIONS = 0, 4, 8, 16, 20, 24

GATHER = ["vmov q7[2],q7[0],r0,r4", "vmov q7[3],q7[1],r2,r6"]
RESULTS = ["vadd.i32 q7,q7,r5", "vqrdmlash.s32 q7,q4,r7", "vqshl.s32 q7,r8", "vshr.s32 q7,q7,#24", "vstrb.32 q7,[r3,q6]",
           "add r3,r3,r10"]


def sums(stride):
    if stride == 1:
        return ["vldrb.u8 q2,[r1],#8", "vmladav.s8 r0,q2,q0", "vmladav.s8 r2,q2,q1",
                "vldrb.u8 q3,[r1],#8", "vmladav.s8 r4,q3,q0", "vmladav.s8 r6,q3,q1"]
    code = []
    for sum_, columns in zip(("r0", "r2", "r4", "r6"), ("q2", "q3", "q5", "q2")):
        code += [f"vldrb.u8 {columns},[r1],#8", f"vmladav.s8 {sum_},{columns},q0"]
    return code


class OneRow:
    def __init__(self, stride, schedule):
        self.name = f"cortado_depthwise_row_stride_{stride}"
        body, before, after = schedule(RESULTS + sums(stride) + GATHER)
        self.report = [(f"{self.name}: 4 outputs", len(body), before, after)]
        self.lines = [
            "push {r4-r11,lr}", "vpush {d8-d15}", f"sub sp,#{FRAME}",
            f"ldrd r1,r2,[r0,#{ROTATION}]", "vldrw.u32 q6,[r2]", "sub.w r2,r1,#32", f"strd r1,r2,[sp,#{FRAME_ROTATIONS}]",
            f"ldrd r1,r2,[r0,#{PRESENT}]", f"strd r1,r2,[sp,#{FRAME_PRESENT}]",
            f"ldrd r1,r2,[r0,#{RAGGED_IN}]", f"strd r1,r2,[sp,#{FRAME_RAGGED}]",
            f"ldrd r1,r10,[r0,#{QUADS}]", f"ldr r2,[r0,#{NEXT_PLANE}]", "subs r1,r1,#1", f"strd r1,r2,[sp,#{FRAME_QUADS}]",
            f"ldrd r9,r12,[r0,#{WEIGHTS}]", f"ldrd r1,r11,[r0,#{IN}]",
            "1:", *self.setup(stride, schedule), "wls lr,lr,3f", "2:", *body, "le lr,2b",
            "3:", *RESULTS, f"ldrd r0,r2,[sp,#{FRAME_RAGGED}]", "cbz r2,4f",
            *schedule(["subs r1,r1,r0", "subs r3,r3,r2", *sums(stride), *GATHER, *RESULTS[:-1]])[0],
            "4:", f"ldr r0,[sp,#{FRAME_NEXT}]", "add r11,r11,#1", "add r1,r1,r0", "subs r12,r12,#1", "bne.w 1b",
            f"add sp,#{FRAME}", "vpop {d8-d15}", "pop {r4-r11,pc}",
        ]

    @staticmethod
    def setup(stride, schedule):
        """The taps that are there, in the order of the ring's slots; a bias that counts the zero point for the others."""
        factors = ["vldrw.u32 q0,[r9],#32", "ldrd r5,r3,[r9,#-16]", f"ldr r0,[sp,#{FRAME_PRESENT}]", "ldrd r7,r8,[r9,#-8]",
                   "vdup.32 q4,r3"]
        border = ["cbz r0,5f", "vldrw.u32 q5,[r0]", f"ldr r3,[sp,#{FRAME_ZERO_POINT}]", "vaddv.s8 r0,q0",
                  "vand q0,q0,q5", "vaddv.s8 r2,q0", "subs r0,r0,r2", "mla r5,r3,r0,r5", "5:"]
        turned = [f"ldrd r0,r2,[sp,#{FRAME_ROTATIONS}]", "vmov q5,q0", "vshl.u32 q0,r0", "vshl.u32 q5,r2", "vorr q0,q0,q5"]
        next_ = ["movs r0,#0", "vmov q1,q0", "vshlc q1,r0,#32"] if stride == 1 else []
        first = [f"ldr lr,[sp,#{FRAME_QUADS}]", "mov r3,r11"] + sums(stride) + GATHER
        return factors + border + turned + next_ + schedule(first)[0]


def kernels(schedule):
    return [OneRow(stride, schedule) for stride in (1, 2)]


def tables(_):
    return ["#include \"ops/planar_depthwise/one_row_kernel.h\""]
