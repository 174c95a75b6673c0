// Written by scripts/helium/generate: change the generator, not this file.
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
  ldm r12,{r4-r12}
  dls lr,lr
1:
  vldrb.s32 q0,[r1],#4
  vmlas.s32 q0,q7,r4
  vldrb.s32 q3,[r1],#4
  vqrdmulh.s32 q0,q0,r5
  vldrb.s32 q1,[r2],#4
  vshr.s32 q2,q0,#31
  vmlas.s32 q3,q7,r4
  vadd.i32 q0,q0,q2
  vmlas.s32 q1,q6,r7
  vrshl.s32 q0,r6
  vqrdmulh.s32 q3,q3,r5
  vldrb.s32 q4,[r2],#4
  vshr.s32 q5,q3,#31
  vmlas.s32 q4,q6,r7
  vadd.i32 q3,q3,q5
  vqrdmulh.s32 q1,q1,r8
  vrshl.s32 q3,r6
  vshr.s32 q2,q1,#31
  vadd.i32 q1,q1,q2
  vrshl.s32 q1,r9
  vqrdmulh.s32 q4,q4,r8
  vadd.i32 q0,q0,q1
  vshr.s32 q5,q4,#31
  vqrdmulh.s32 q0,q0,r10
  vadd.i32 q4,q4,q5
  vrshl.s32 q4,r9
  vadd.i32 q3,q3,q4
  vshr.s32 q2,q0,#31
  vqrdmulh.s32 q3,q3,r10
  vadd.i32 q0,q0,q2
  vshr.s32 q5,q3,#31
  vadd.i32 q0,q0,r11
  vqshl.s32 q0,r12
  vadd.i32 q3,q3,q5
  vadd.i32 q3,q3,r11
  vshr.s32 q0,q0,#24
  vqshl.s32 q3,r12
  vstrb.32 q0,[r3],#4
  vshr.s32 q3,q3,#24
  vstrb.32 q3,[r3],#4
  le lr,1b
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_add_eights, . - cortado_add_eights
.text
)");

#endif
