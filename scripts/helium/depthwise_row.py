"""The kernels for one row of a depthwise convolution: ops/planar_depthwise/one_row_kernel.h says what they compute.

Registers:

  r1        columns of the plane         r0 r2 r4 r6   sums of four outputs
  r3        the former outputs' place    q0, q1, q2    taps; of 4 slots q1: of columns that follow each other, one column later
  r5 r7 r8  bias, offset, shift          q4            multiplier
  r9        weights                      q3, q5        columns
  r10       bytes from outputs to next   q6            where the four outputs lie
  r11       out, of the channel          q7            sums, then results
  r12       channels left                lr            outputs left
"""
from channels import STORE_APART, channel, top_bytes
from frame import FIRST, function, gather

IN, OUT, WEIGHTS, CHANNELS, QUADS, OUT_STEP, RAGGED_IN, RAGGED_OUT, NEXT_PLANE, ROTATION, PLACES, ORDER = range(0, 48, 4)
FRAME = 24
FRAME_RAGGED_IN, FRAME_RAGGED_OUT, FRAME_NEXT, FRAME_QUADS, FRAME_ROTATIONS = range(0, 20, 4)

GATHER = gather("q7")
RESULTS = top_bytes("q7") + STORE_APART


class FourSlots:
    """A vector is four columns."""
    skip_ragged = ["cbz r2,4f"]

    @staticmethod
    def sums(stride):
        if stride == 1:
            return ["vldrb.u8 q3,[r1],#8", "vmladav.s8 r0,q3,q0", "vmladav.s8 r2,q3,q1",
                    "vldrb.u8 q5,[r1],#8", "vmladav.s8 r4,q5,q0", "vmladav.s8 r6,q5,q1"]
        code = []
        for sum_, columns in zip(FIRST, ("q3", "q5", "q1", "q3")):
            code += [f"vldrb.u8 {columns},[r1],#8", f"vmladav.s8 {sum_},{columns},q0"]
        return code

    taps = ["vldrw.u32 q0,[r9],#32"]
    rotations = [f"ldr r1,[r0,#{ROTATION}]", "sub.w r2,r1,#32", f"strd r1,r2,[sp,#{FRAME_ROTATIONS}]"]

    @staticmethod
    def turn(stride):
        """In the order of the ring's slots, and one column later."""
        turned = [f"ldrd r0,r2,[sp,#{FRAME_ROTATIONS}]", "vmov q5,q0", "vshl.u32 q0,r0", "vshl.u32 q5,r2", "vorr q0,q0,q5"]
        return turned + (["movs r0,#0", "vmov q1,q0", "vshlc q1,r0,#32"] if stride == 1 else [])


class EightSlots:
    """Three vectors are five columns, and zeros: of the weights the second column of eight and those that follow."""
    skip_ragged = ["cmp r2,#0", "beq.w 4f"]

    @staticmethod
    def sums(stride):
        code = []
        for p in (1, 2, 3, 0):
            for v in (1, 2, 0):
                place = f"],#{32 * stride}" if (p, v) == (0, 0) else f",#{8 * stride * p + 16 * v}]"
                columns = "q3" if len(code) % 4 == 0 else "q5"
                code += [f"vldrb.u8 {columns},[r1{place}", f"vmladav{'' if v == 1 else 'a'}.s8 {FIRST[p]},{columns},q{v}"]
        return code

    taps = [f"ldr r0,[sp,#{FRAME_ROTATIONS}]", "vldrw.u32 q7,[r0]", "add.w r2,r9,#8", "vldrb.u8 q0,[r2,q7]", "add.w r0,r9,#24",
            "vldrb.u8 q1,[r0,q7]", "add.w r2,r9,#40", "vldrb.u8 q2,[r2,q7]", "add.w r9,r9,#80"]
    rotations = [f"ldr r1,[r0,#{ORDER}]", f"str r1,[sp,#{FRAME_ROTATIONS}]"]

    @staticmethod
    def turn(_):
        return []  # they were loaded so


class OneRow:
    def __init__(self, name, slots, stride, schedule):
        self.name = f"cortado_depthwise_row{name}_stride_{stride}"
        sums = slots.sums(stride)
        body, before, after = schedule(RESULTS + sums + GATHER)
        self.report = [(f"{self.name}: 4 outputs", len(body), before, after)]
        ragged = [f"ldr r0,[sp,#{FRAME_RAGGED_IN}]",
                  *schedule(["subs r1,r1,r0", "subs r3,r3,r2", *sums, *GATHER, *RESULTS[:-1], f"ldr r0,[sp,#{FRAME_NEXT}]"])[0]]
        self.lines = function(FRAME, [
            f"ldr r2,[r0,#{PLACES}]", "vldrw.u32 q6,[r2]", *slots.rotations,
            f"ldrd r1,r2,[r0,#{RAGGED_IN}]", f"strd r1,r2,[sp,#{FRAME_RAGGED_IN}]",
            f"ldrd r1,r10,[r0,#{QUADS}]", f"ldr r2,[r0,#{NEXT_PLANE}]", "subs r1,r1,#1", f"str r1,[sp,#{FRAME_QUADS}]",
            f"str r2,[sp,#{FRAME_NEXT}]", f"ldrd r9,r12,[r0,#{WEIGHTS}]", f"ldrd r1,r11,[r0,#{IN}]",
        ], channel(self.setup(slots, stride, sums, schedule), body, RESULTS, [
            f"ldrd r2,r0,[sp,#{FRAME_RAGGED_OUT}]", *slots.skip_ragged, *ragged, "4:", "add r11,r11,#1", "add r1,r1,r0"]))

    @staticmethod
    def setup(slots, stride, sums, schedule):
        """The taps in the order of the ring's slots."""
        factors = ["ldrd r5,r3,[r9,#-16]", f"ldr lr,[sp,#{FRAME_QUADS}]", "ldrd r7,r8,[r9,#-8]", "vdup.32 q4,r3"]
        first = ["mov r3,r11"] + sums + GATHER
        return schedule(slots.taps + factors)[0] + slots.turn(stride) + schedule(first)[0]


def kernels(schedule):
    return [OneRow(name, slots, stride, schedule) for name, slots in (("", FourSlots), ("_8", EightSlots)) for stride in (1, 2)]


def tables(_):
    return ["#include \"ops/planar_depthwise/one_row_kernel.h\""]
