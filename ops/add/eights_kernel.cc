// Written by scripts/helium/generate, all kernels of one generator: change that, not this file.
#include "ops/add/eights_kernel.h"

#if defined(__ARM_FEATURE_MVE)

asm(R"(
.syntax unified
.section .text.cortado_add_eights,"ax",%progbits
.global cortado_add_eights
.type cortado_add_eights,%function
.p2align 3
.thumb_func
cortado_add_eights:
  push {r4-r11,lr}
  vpush {d8-d15}
  ldrd r1,r2,[r0,#16]
  vdup.32 q7,r1
  vdup.32 q6,r2
  ldr.w lr,[r0,#12]
  add.w r12,r0,#24
  ldrd r1,r2,[r0]
  ldr r3,[r0,#8]
  ldm r12,{r4-r10}
  dls lr,lr
1:
  vldrb.s32 q1,[r2],#4
  vmlas.s32 q1,q6,r5
  vldrb.s32 q4,[r2],#4
  vshr.s32 q2,q1,#31
  vmlas.s32 q4,q6,r5
  vldrb.s32 q0,[r1],#4
  vqrdmlah.s32 q2,q1,r6
  vshr.s32 q5,q4,#31
  vmlas.s32 q0,q7,r4
  vrshl.s32 q2,r7
  vqrdmlah.s32 q5,q4,r6
  vadd.i32 q0,q0,q2
  vldrb.s32 q3,[r1],#4
  vrshl.s32 q5,r7
  vmlas.s32 q3,q7,r4
  vshr.s32 q2,q0,#31
  vadd.i32 q3,q3,q5
  vadd.i32 q2,q2,r9
  vqrdmlah.s32 q2,q0,r8
  vshr.s32 q5,q3,#31
  vadd.i32 q5,q5,r9
  vqshl.s32 q2,r10
  vqrdmlah.s32 q5,q3,r8
  vshr.s32 q2,q2,#24
  vstrb.32 q2,[r3],#4
  vqshl.s32 q5,r10
  vshr.s32 q5,q5,#24
  vstrb.32 q5,[r3],#4
  le lr,1b
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_add_eights, . - cortado_add_eights
.section .text.cortado_add_eights_at_limit,"ax",%progbits
.global cortado_add_eights_at_limit
.type cortado_add_eights_at_limit,%function
.p2align 3
.thumb_func
cortado_add_eights_at_limit:
  push {r4-r11,lr}
  vpush {d8-d15}
  ldrd r1,r2,[r0,#16]
  vdup.32 q7,r1
  vdup.32 q6,r2
  ldr.w lr,[r0,#12]
  add.w r12,r0,#24
  ldrd r1,r2,[r0]
  ldr r3,[r0,#8]
  ldm r12,{r4-r10}
  vdup.32 q5,r8
  dls lr,lr
1:
  vldrb.s32 q1,[r2],#4
  vmlas.s32 q1,q6,r5
  vldrb.s32 q0,[r1],#4
  vmlas.s32 q0,q7,r4
  vldrb.s32 q3,[r1],#4
  vshr.s32 q2,q1,#31
  vqrdmlah.s32 q2,q1,r6
  vldrb.s32 q4,[r2],#4
  vrshl.s32 q2,r7
  vmlas.s32 q4,q6,r5
  vadd.i32 q0,q0,q2
  vqrdmlash.s32 q0,q5,r9
  vshr.s32 q2,q4,#31
  vqrdmlah.s32 q2,q4,r6
  vqshl.s32 q0,r10
  vmlas.s32 q3,q7,r4
  vrshl.s32 q2,r7
  vadd.i32 q3,q3,q2
  vqrdmlash.s32 q3,q5,r9
  vshr.s32 q0,q0,#24
  vstrb.32 q0,[r3],#4
  vqshl.s32 q3,r10
  vshr.s32 q3,q3,#24
  vstrb.32 q3,[r3],#4
  le lr,1b
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_add_eights_at_limit, . - cortado_add_eights_at_limit
.text
)");

#endif
