"""The kernel for sums of int8 tensors, eight elements at a time: ops/add/eights_kernel.h says what it computes.

  r1 r2 r3  self, other, out        q0 q1 q2   four elements: self, then results; other; signs
  r4 - r12  factors, in order       q3 q4 q5   the next four
  lr        eights left             q6, q7     factors of other and self
"""


def four(self, other, signs):
    code = [f"vldrb.s32 {self},[r1],#4", f"vldrb.s32 {other},[r2],#4"]
    for values, factor, offset, multiplier, shift in ((self, "q7", "r4", "r5", "r6"), (other, "q6", "r7", "r8", "r9")):
        code += [f"vmlas.s32 {values},{factor},{offset}", f"vqrdmulh.s32 {values},{values},{multiplier}", f"vshr.s32 {signs},{values},#31",
                 f"vadd.i32 {values},{values},{signs}", f"vrshl.s32 {values},{shift}"]
    return code + [f"vadd.i32 {self},{self},{other}", f"vqrdmulh.s32 {self},{self},r10", f"vshr.s32 {signs},{self},#31",
                   f"vadd.i32 {self},{self},{signs}", f"vadd.i32 {self},{self},r11", f"vqshl.s32 {self},r12",
                   f"vshr.s32 {self},{self},#24", f"vstrb.32 {self},[r3],#4"]


class Add:
    def __init__(self, schedule):
        self.name = "cortado_add_eights"
        body, before, after = schedule(four("q0", "q1", "q2") + four("q3", "q4", "q5"))
        self.report = [(f"{self.name}: 8 elements", len(body), before, after)]
        self.lines = ["push {r4-r11,lr}", "vpush {d8-d15}", "ldrd r1,r2,[r0,#16]", "vdup.32 q7,r1", "vdup.32 q6,r2",
                      "ldr.w lr,[r0,#12]", "add.w r12,r0,#24", "ldrd r1,r2,[r0]", "ldr r3,[r0,#8]", "ldm r12,{r4-r12}",
                      "dls lr,lr", "1:", *body, "le lr,1b", "vpop {d8-d15}", "pop {r4-r11,pc}"]


def kernels(schedule):
    return [Add(schedule)]


def tables(_):
    return ["#include \"ops/add/eights_kernel.h\""]
