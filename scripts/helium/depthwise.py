"""The kernel for two rows of a depthwise convolution: ops/planar_depthwise/two_row_kernel.h says what it computes.

One vector holds all taps of 2 x 2 outputs. Results are made while the next outputs' products are summed. Registers:

  r1        four columns of the plane    r0 r2 r4 r6   sums: row A, row A one column on, row B, row B one column on
  r3        the former outputs' place    q0 q1 q2 q3   their taps
  r5 r7 r8  bias, offset, shift          q4            multiplier
  r9        weights                      q5            four columns
  r10       bytes from outputs to next   q6            where the four outputs lie
  r11       out, of the channel          q7            sums, then results
  r12       channels left                lr            outputs left

At the image's borders, where A and B have biases of their own, q4 holds these and r5 the multiplier. Of narrow rows the taps of
the next column are those of q0 and q2 as well: columns are loaded one by one, to q5 and q3.
"""
from channels import STORE_APART, channel, top_bytes
from frame import FIRST, function, gather

IN, OUT, WEIGHTS, CHANNELS, PAIRS, OUT_STEP, NEXT_PLANE, RAGGED, TURN, PLACES, PRESENT, ZERO_POINT = range(0, 48, 4)
FRAME = 24
FRAME_NEXT, FRAME_RAGGED, FRAME_TURN, FRAME_PAIRS, FRAME_PRESENT, FRAME_ZERO_POINT = range(0, 24, 4)

SUMS = ["vldrb.u8 q5,[r1],#8"] + [f"vmladav.s8 {sum_},q5,q{i}" for i, sum_ in enumerate(FIRST)]
GATHER = gather("q7")
INNER_RESULTS = top_bytes("q7") + STORE_APART
BORDER_RESULTS = ["vadd.i32 q7,q7,q4", "vqrdmulh.s32 q7,q7,r5", "vqadd.s32 q7,q7,r7", "vqshl.s32 q7,r8"] + STORE_APART
FIRST_SUMS = ["mov r3,r11"] + SUMS + GATHER


ARGUMENTS = [
    f"ldr r1,[r0,#{PLACES}]", "vldrw.u32 q6,[r1]", f"ldrd r1,r2,[r0,#{NEXT_PLANE}]", f"strd r1,r2,[sp,#{FRAME_NEXT}]",
    f"ldr r1,[r0,#{TURN}]", f"str r1,[sp,#{FRAME_TURN}]", f"ldrd r1,r10,[r0,#{PAIRS}]", "subs r1,r1,#1",
    f"str r1,[sp,#{FRAME_PAIRS}]", f"ldrd r9,r12,[r0,#{WEIGHTS}]", f"ldrd r1,r11,[r0,#{IN}]",
]
NARROW_SUMS = [code for columns, sums in (("q5", FIRST[::2]), ("q3", FIRST[1::2])) for code in (
    f"vldrb.u8 {columns},[r1],#4", f"vmladav.s8 {sums[0]},{columns},q0", f"vmladav.s8 {sums[1]},{columns},q2")]
LATER = ["vshl.i32 q2,q0,#8", "vsri.32 q2,q0,#24"]
FACTORS = ["ldrd r5,r0,[r9,#-16]", "ldrd r7,r8,[r9,#-8]", "vdup.32 q4,r0"]


class NarrowRows:
    """Inner rows of few columns: there is less to be done for a channel, but more for a column."""

    def __init__(self, schedule):
        self.name = "cortado_depthwise_two_narrow_rows"
        body, before, after = schedule(INNER_RESULTS + NARROW_SUMS + GATHER)
        self.report = [(f"{self.name}: 2 x 2 outputs", len(body), before, after)]
        ragged = schedule(["vldrb.u8 q5,[r1]", "vmladav.s8 r2,q5,q0", "vmladav.s8 r6,q5,q2", "vmov q7[2],q7[0],r2,r6",
                           *top_bytes("q7"), "vshr.s32 q7,q7,#24"])[0] + ["vpst\n  vstrbt.32 q7,[r3,q6]"]
        setup = [f"ldrd r0,lr,[sp,#{FRAME_TURN}]", "vldrw.u32 q0,[r9],#32", "cbz r0,5f", "vrev32.16 q0,q0", "5:",
                 *schedule(LATER + FACTORS + ["mov r3,r11"] + NARROW_SUMS + GATHER)[0]]
        self.lines = function(FRAME, ["movw r1,#0x0f0f", "vmsr p0,r1", *ARGUMENTS], channel(setup, body, INNER_RESULTS, [
            f"ldrd r0,r2,[sp,#{FRAME_NEXT}]", "cbz r2,4f", *ragged, "4:", "add r11,r11,#1", "add r1,r1,r0"]))


class TwoRows:
    def __init__(self, is_border, schedule):
        self.name = f"cortado_depthwise_two_{'border' if is_border else 'inner'}_rows"
        results = BORDER_RESULTS if is_border else INNER_RESULTS
        body, before, after = schedule(results + SUMS + GATHER)
        self.report = [(f"{self.name}: 2 x 2 outputs", len(body), before, after)]
        present = [f"ldrd r1,r2,[r0,#{PRESENT}]", f"strd r1,r2,[sp,#{FRAME_PRESENT}]"]
        ragged = schedule(["subs r1,r1,#4", "subs r3,r3,r2", *SUMS, *GATHER, *results[:-1], "subs r1,r1,#4",
                           f"ldr r0,[sp,#{FRAME_NEXT}]"])[0]
        self.lines = function(FRAME, [
            *(present if is_border else ["movw r1,#0xfff0", "vmsr p0,r1"]), *ARGUMENTS,
        ], channel(self.border_setup(schedule) if is_border else self.inner_setup(schedule), body, results, [
            f"ldrd r0,r2,[sp,#{FRAME_NEXT}]", "cbz r2,4f", *ragged, "4:", "add r11,r11,#1", "add r1,r1,r0"]))

    @staticmethod
    def inner_setup(schedule):
        """A: columns of taps in the order of a ring whose first slot has the first; B: one slot later. Turned: both two more."""
        taps = [f"ldrd r0,lr,[sp,#{FRAME_TURN}]", "vldrw.u32 q0,[r9],#32", "vpst\n  vldrbt.u8 q1,[r9,#-36]"]
        turned = ["cbz r0,5f", "vrev32.16 q0,q0", "vrev32.16 q1,q1", "5:"]
        later = ["vshl.i32 q2,q0,#8", "vshl.i32 q3,q1,#8", "vsri.32 q2,q0,#24", "vsri.32 q3,q1,#24"]
        return taps + turned + schedule(later + FACTORS + FIRST_SUMS)[0]

    @staticmethod
    def border_setup(schedule):
        """As inner_setup(), of the taps that are there; biases that count the zero point for the others."""
        taps = [f"ldrd r3,r6,[sp,#{FRAME_PRESENT}]", "vldrw.u32 q7,[r9],#32", "ldrd r7,r8,[r9,#-8]",
                "vldrw.u32 q0,[r3]", "vldrw.u32 q5,[r3,#16]", "vand q0,q0,q7", "vand q5,q5,q7", "ldrd r3,r5,[r9,#-16]",
                "vaddv.s8 r0,q7", "vaddv.s8 r2,q0", "vaddv.s8 r4,q5", "vshl.i32 q2,q5,#8", "subs r2,r0,r2", "subs r4,r0,r4",
                "vsri.32 q2,q5,#24", "mla r2,r6,r2,r3", "mla r4,r6,r4,r3", f"ldrd r0,lr,[sp,#{FRAME_TURN}]",
                "vmov q4[2],q4[0],r2,r4", "vmov q4[3],q4[1],r2,r4"]
        turned = ["cbz r0,5f", "vrev32.16 q0,q0", "vrev32.16 q2,q2", "5:"]
        next_ = ["movs r0,#0", "vmov q1,q0", "vmov q3,q2", "vshlc q1,r0,#32", "vshlc q3,r0,#32"]
        return schedule(taps)[0] + turned + next_ + schedule(FIRST_SUMS)[0]


def kernels(schedule):
    return [TwoRows(is_border, schedule) for is_border in (False, True)] + [NarrowRows(schedule)]


def tables(all_kernels):
    return ["#include \"ops/planar_depthwise/two_row_kernel.h\""]
