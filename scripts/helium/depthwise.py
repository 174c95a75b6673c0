"""The kernel for two rows of a depthwise convolution: ops/planar_depthwise/two_row_kernel.h says what it computes.

One vector holds all taps of 2 x 2 outputs. Results are made while the next outputs' products are summed. Registers:

  r1        four columns of the plane    r0 r2 r4 r6   sums: row A, row A one column on, row B, row B one column on
  r3        the former outputs' place    q0 q1 q2 q3   their taps
  r5 r7 r8  bias, offset, shift          q4            multiplier
  r9        weights                      q5            four columns
  r10       bytes from outputs to next   q6            where the four outputs lie
  r11       out, of the channel          q7            sums, then results
  r12       channels left                lr            outputs left

Of narrow rows the taps of the next column are those of q0 and q2 as well, and columns are loaded one by one.
"""
from channels import STORE_APART, channel, top_bytes
from frame import FIRST, function, gather

IN, OUT, WEIGHTS, CHANNELS, PAIRS, OUT_STEP, NEXT_PLANE, RAGGED, TURN, PLACES = range(0, 40, 4)
FRAME = 16
FRAME_NEXT, FRAME_RAGGED, FRAME_TURN, FRAME_PAIRS = range(0, 16, 4)

SUMS = ["vldrb.u8 q5,[r1],#8"] + [f"vmladav.s8 {sum_},q5,q{i}" for i, sum_ in enumerate(FIRST)]
GATHER = gather("q7")
RESULTS = top_bytes("q7") + STORE_APART
FIRST_SUMS = ["mov r3,r11"] + SUMS + GATHER


ARGUMENTS = [
    f"ldr r1,[r0,#{PLACES}]", "vldrw.u32 q6,[r1]", f"ldrd r1,r2,[r0,#{NEXT_PLANE}]", f"strd r1,r2,[sp,#{FRAME_NEXT}]",
    f"ldr r1,[r0,#{TURN}]", f"str r1,[sp,#{FRAME_TURN}]", f"ldrd r1,r10,[r0,#{PAIRS}]", "subs r1,r1,#1",
    f"str r1,[sp,#{FRAME_PAIRS}]", f"ldrd r9,r12,[r0,#{WEIGHTS}]", f"ldrd r1,r11,[r0,#{IN}]",
]
FACTORS = ["ldrd r5,r0,[r9,#-16]", "ldrd r7,r8,[r9,#-8]", "vdup.32 q4,r0"]


class NarrowRows:
    """Inner rows of four or five columns, all of a channel's results at once. Registers, where they are others:

      r1   columns of the plane, r3 bytes to the next one       q4        multiplier
      r12  shift                                                q5        columns, then sums of the third and the fourth
      lr   channels left                                        q7, q1    sums of the first two, of the last column
      q6   where eight outputs lie, q3 where the last ones do

    Flags stay as they are from the beginning: equal where taps begin in slot 0.
    """

    def __init__(self, schedule):
        self.name = "cortado_depthwise_two_narrow_rows"
        places = [f"ldr r1,[r0,#{PLACES}]", "vldrw.u32 q6,[r1]", f"ldrd r1,r11,[r0,#{IN}]", "movs r2,#0", "vminv.s32 r2,q6",
                  "vsub.i32 q6,q6,r2", "add r11,r11,r2",  # from the row that lies before the other
                  f"ldrd r2,r4,[r0,#{PAIRS}]", "vadd.i32 q5,q6,r4", "vadd.i32 q3,q5,r4", "vsli.32 q6,q5,#16"]
        begin = [*places, f"ldr r5,[r0,#{RAGGED}]", "cbz r5,6f", "movw r5,#0x0f0f", "6:", "vmsr p0,r5",
                 f"ldr r3,[r0,#{NEXT_PLANE}]", "add r3,r3,r2,lsl #3", f"ldrd r9,lr,[r0,#{WEIGHTS}]", f"ldr r0,[r0,#{TURN}]",
                 "cmp r0,#0"]
        taps = schedule(["vldrw.u32 q0,[r9],#32", "ldrd r5,r0,[r9,#-16]", "ldrd r7,r12,[r9,#-8]", "vshl.i32 q2,q0,#8"])[0]
        code = ["vdup.32 q4,r0"] + self.sums("q5", 0, "r0", "r4") + self.sums("q1", 4, "r2", "r6") + gather("q7")
        code += self.sums("q5", 16, "r8", "r10") + ["vmov q1[2],q1[0],r8,r10"] + self.results("q7")
        code += self.sums("q5", 8, "r0", "r4") + self.sums("q5", 12, "r2", "r6") + ["add r1,r1,r3"] + gather("q5")
        code += self.results("q1") + self.results("q5")
        code += ["vsri.32 q5,q7,#16", "vshr.s16 q5,q5,#8", "vstrb.16 q5,[r11,q6]", "vshr.s32 q1,q1,#24",
                 "vpst\n  vstrbt.32 q1,[r11,q3]", "add r11,r11,#1"]
        body, before, after = schedule(code)
        self.report = [(f"{self.name}: 2 x 5 outputs", len(body), before, after)]
        self.lines = function(0, begin, [*taps, "beq.n 5f", "vrev32.16 q0,q0", "vrev32.16 q2,q2", "5:", *body], again="le lr,1b")

    @staticmethod
    def sums(columns, place, *sums):
        return [f"vldrb.u8 {columns},[r1,#{place}]", f"vmladav.s8 {sums[0]},{columns},q0", f"vmladav.s8 {sums[1]},{columns},q2"]

    @staticmethod
    def results(sums):
        return [f"vadd.i32 {sums},{sums},r5", f"vqrdmlash.s32 {sums},q4,r7", f"vqshl.s32 {sums},r12"]


class TwoRows:
    def __init__(self, schedule):
        self.name = "cortado_depthwise_two_inner_rows"
        body, before, after = schedule(RESULTS + SUMS + GATHER)
        self.report = [(f"{self.name}: 2 x 2 outputs", len(body), before, after)]
        ragged = schedule(["subs r1,r1,#4", "subs r3,r3,r2", *SUMS, *GATHER, *RESULTS[:-1], "subs r1,r1,#4",
                           f"ldr r0,[sp,#{FRAME_NEXT}]"])[0]
        self.lines = function(FRAME, ["movw r1,#0xfff0", "vmsr p0,r1", *ARGUMENTS], channel(self.setup(schedule), body, RESULTS, [
            f"ldrd r0,r2,[sp,#{FRAME_NEXT}]", "cbz r2,4f", *ragged, "4:", "add r11,r11,#1", "add r1,r1,r0"]))

    @staticmethod
    def setup(schedule):
        """A: columns of taps in the order of a ring whose first slot has the first; B: one slot later. Turned: both two more."""
        taps = [f"ldrd r0,lr,[sp,#{FRAME_TURN}]", "vldrw.u32 q0,[r9],#32", "vpst\n  vldrbt.u8 q1,[r9,#-36]"]
        turned = ["cbz r0,5f", "vrev32.16 q0,q0", "vrev32.16 q1,q1", "5:"]
        later = ["vshl.i32 q2,q0,#8", "vshl.i32 q3,q1,#8", "vsri.32 q2,q0,#24", "vsri.32 q3,q1,#24"]
        return taps + turned + schedule(later + FACTORS + FIRST_SUMS)[0]


def kernels(schedule):
    return [TwoRows(schedule), NarrowRows(schedule)]


def tables(all_kernels):
    return ["#include \"ops/planar_depthwise/two_row_kernel.h\""]
