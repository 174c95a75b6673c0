"""The kernel for sums of int8 tensors, eight elements at a time: ops/add/eights_kernel.h says what it computes.

  r1 r2 r3  halved, other, out      q0 q1 q2   four elements: halved, then sums; other; scaled
  r4 - r11  factors, in order       q3 q4 q5   the next four; where the output is at its limit q2 is scaled again, q5 its factor
  lr        eights left             q6, q7     factors of other and halved

Rounding takes 1 from what is negative. Numbers have the sign of their products, or these are 0, and a shift that follows
rounds -1 to 0. Where the output's zero point is its lower limit, negative sums end there anyway.
"""


def four(halved, other, scaled, is_at_limit):
    code = [f"vldrb.s32 {halved},[r1],#4", f"vldrb.s32 {other},[r2],#4",
            f"vmlas.s32 {halved},q7,r4", f"vmlas.s32 {other},q6,r5",
            f"vshr.s32 {scaled},{other},#31", f"vqrdmlah.s32 {scaled},{other},r6", f"vrshl.s32 {scaled},r7",
            f"vadd.i32 {halved},{halved},{scaled}"]
    if is_at_limit:
        result = halved
        code += [f"vqrdmlash.s32 {halved},q5,r9"]
    else:
        result = scaled
        code += [f"vshr.s32 {scaled},{halved},#31", f"vadd.i32 {scaled},{scaled},r9", f"vqrdmlah.s32 {scaled},{halved},r8"]
    return code + [f"vqshl.s32 {result},r10", f"vshr.s32 {result},{result},#24", f"vstrb.32 {result},[r3],#4"]


class Add:
    def __init__(self, is_at_limit, schedule):
        self.name = f"cortado_add_eights{'_at_limit' if is_at_limit else ''}"
        body, before, after = schedule(four("q0", "q1", "q2", is_at_limit) + four("q3", "q4", "q2" if is_at_limit else "q5", is_at_limit))
        self.report = [(f"{self.name}: 8 elements", len(body), before, after)]
        self.lines = ["push {r4-r11,lr}", "vpush {d8-d15}", "ldrd r1,r2,[r0,#16]", "vdup.32 q7,r1", "vdup.32 q6,r2",
                      "ldr.w lr,[r0,#12]", "add.w r12,r0,#24", "ldrd r1,r2,[r0]", "ldr r3,[r0,#8]", "ldm r12,{r4-r10}",
                      *(["vdup.32 q5,r8"] if is_at_limit else []),
                      "dls lr,lr", "1:", *body, "le lr,1b", "vpop {d8-d15}", "pop {r4-r11,pc}"]


def kernels(schedule):
    return [Add(is_at_limit, schedule) for is_at_limit in (False, True)]


def tables(_):
    return ["#include \"ops/add/eights_kernel.h\""]
