"""The kernel for two rows of a depthwise convolution: ops/planar_depthwise/two_row_kernel.h says what it computes.

One vector holds all taps of 2 x 2 outputs. Results are made while the next outputs' products are summed. Registers:

  r1        four columns of the plane    r0 r2 r4 r6   sums: row A, row A one column on, row B, row B one column on
  r3        the former outputs' place    q0 q1 q2 q3   their taps
  r5 r7 r8  bias, offset, shift          q4            multiplier
  r9        weights                      q5            four columns
  r10       bytes from outputs to next   q6            where the four outputs lie
  r11       out, of the channel          q7            sums, then results
  r12       channels left                lr            outputs left
"""
IN, OUT, WEIGHTS, CHANNELS, PAIRS, OUT_STEP, NEXT_PLANE, RAGGED, TURN_A, TURN_B, PLACES = range(0, 44, 4)
SAVED, FRAME = "{r4-r11,lr}", 24
FRAME_PAIRS, FRAME_NEXT, FRAME_RAGGED, FRAME_TURNS = 0, 4, 8, 16

SUMS = ["vldrb.u8 q5,[r1],#8"] + [f"vmladav.s8 {sum_},q5,q{i}" for i, sum_ in enumerate(("r0", "r2", "r4", "r6"))]
GATHER = ["vmov q7[2],q7[0],r0,r4", "vmov q7[3],q7[1],r2,r6"]
RESULTS = ["vadd.i32 q7,q7,r5", "vqrdmlash.s32 q7,q4,r7", "vqshl.s32 q7,r8", "vshr.s32 q7,q7,#24", "vstrb.32 q7,[r3,q6]",
           "add r3,r3,r10"]


class TwoRows:
    def __init__(self, schedule):
        self.name = "cortado_depthwise_two_rows"
        body, before, after = schedule(RESULTS + SUMS + GATHER)
        self.report = [(f"{self.name}: 2 x 2 outputs", len(body), before, after)]
        self.lines = [
            f"push {SAVED}", "vpush {d8-d15}", f"sub sp,#{FRAME}",
            "movw r1,#0xfff0", "vmsr p0,r1", f"ldr r1,[r0,#{PLACES}]", "vldrw.u32 q6,[r1]",
            f"ldrd r1,r2,[r0,#{TURN_A}]", f"strd r1,r2,[sp,#{FRAME_TURNS}]",
            f"ldrd r1,r2,[r0,#{NEXT_PLANE}]", f"strd r1,r2,[sp,#{FRAME_NEXT}]",
            f"ldrd r1,r10,[r0,#{PAIRS}]", "subs r1,r1,#1", f"str r1,[sp,#{FRAME_PAIRS}]",
            f"ldrd r9,r12,[r0,#{WEIGHTS}]", f"ldrd r1,r11,[r0,#{IN}]",
            "1:", *self.taps(), *self.factors(), f"ldr lr,[sp,#{FRAME_PAIRS}]", "mov r3,r11",
            *SUMS, *GATHER, "wls lr,lr,3f", "2:", *body, "le lr,2b",
            "3:", *RESULTS, f"ldr r0,[sp,#{FRAME_RAGGED}]", "cbz r0,4f",
            "subs r1,r1,#4", "subs r3,r3,r0", *SUMS, *GATHER, *RESULTS[:-1], "subs r1,r1,#4",
            "4:", f"ldr r0,[sp,#{FRAME_NEXT}]", "add r9,r9,#32", "add r11,r11,#1", "add r1,r1,r0", "subs r12,r12,#1", "bne.w 1b",
            f"add sp,#{FRAME}", "vpop {d8-d15}", "pop {r4-r11,pc}",
        ]

    @staticmethod
    def taps():
        """A: columns of taps in the order of a ring whose first slot has the first; B: one slot later. Turned: two more."""
        return ["vldrw.u32 q0,[r9]", f"ldrd r0,r2,[sp,#{FRAME_TURNS}]", "vpst", "vldrbt.u8 q1,[r9,#-4]",
                "vshl.i32 q2,q0,#8", "vshl.i32 q3,q1,#8", "vsri.32 q2,q0,#24", "vsri.32 q3,q1,#24",
                "cbz r0,5f", "vrev32.16 q0,q0", "vrev32.16 q1,q1", "5:", "cbz r2,6f", "vrev32.16 q2,q2", "vrev32.16 q3,q3", "6:"]

    @staticmethod
    def factors():
        return ["ldrd r5,r0,[r9,#16]", "ldrd r7,r8,[r9,#24]", "vdup.32 q4,r0"]


def kernels(schedule):
    return [TwoRows(schedule)]


def tables(all_kernels):
    return ["#include \"ops/planar_depthwise/two_row_kernel.h\""]
