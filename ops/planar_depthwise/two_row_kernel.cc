// Written by scripts/helium/generate, all kernels of one generator: change that, not this file.
#include "ops/planar_depthwise/two_row_kernel.h"

#if defined(__ARM_FEATURE_MVE)

asm(R"(
.syntax unified
.section .text.cortado_depthwise_two_inner_rows,"ax",%progbits
.global cortado_depthwise_two_inner_rows
.type cortado_depthwise_two_inner_rows,%function
.p2align 3
.thumb_func
cortado_depthwise_two_inner_rows:
  push {r4-r11,lr}
  vpush {d8-d15}
  sub sp,#16
  movw r1,#0xfff0
  vmsr p0,r1
  ldr r1,[r0,#36]
  vldrw.u32 q6,[r1]
  ldrd r1,r2,[r0,#24]
  strd r1,r2,[sp,#0]
  ldr r1,[r0,#32]
  str r1,[sp,#8]
  ldrd r1,r10,[r0,#16]
  subs r1,r1,#1
  str r1,[sp,#12]
  ldrd r9,r12,[r0,#8]
  ldrd r1,r11,[r0,#0]
1:
  ldrd r0,lr,[sp,#8]
  vldrw.u32 q0,[r9],#32
  vpst
  vldrbt.u8 q1,[r9,#-36]
  cbz r0,5f
  vrev32.16 q0,q0
  vrev32.16 q1,q1
5:
  vshl.i32 q2,q0,#8
  ldrd r5,r0,[r9,#-16]
  vshl.i32 q3,q1,#8
  vldrb.u8 q5,[r1],#8
  vsri.32 q3,q1,#24
  vmladav.s8 r2,q5,q1
  vsri.32 q2,q0,#24
  vmladav.s8 r4,q5,q2
  vdup.32 q4,r0
  mov r3,r11
  vmladav.s8 r0,q5,q0
  ldrd r7,r8,[r9,#-8]
  vmladav.s8 r6,q5,q3
  vmov q7[2],q7[0],r0,r4
  vmov q7[3],q7[1],r2,r6
  wls lr,lr,3f
2:
  vadd.i32 q7,q7,r5
  vqrdmlash.s32 q7,q4,r7
  vldrb.u8 q5,[r1],#8
  vqshl.s32 q7,r8
  vmladav.s8 r0,q5,q0
  vshr.s32 q7,q7,#24
  vmladav.s8 r4,q5,q2
  vstrb.32 q7,[r3,q6]
  vmladav.s8 r2,q5,q1
  add r3,r3,r10
  vmladav.s8 r6,q5,q3
  vmov q7[2],q7[0],r0,r4
  vmov q7[3],q7[1],r2,r6
  le lr,2b
3:
  vadd.i32 q7,q7,r5
  vqrdmlash.s32 q7,q4,r7
  vqshl.s32 q7,r8
  vshr.s32 q7,q7,#24
  vstrb.32 q7,[r3,q6]
  add r3,r3,r10
  ldrd r0,r2,[sp,#0]
  cbz r2,4f
  subs r1,r1,#4
  subs r3,r3,r2
  vldrb.u8 q5,[r1],#8
  vmladav.s8 r0,q5,q0
  vmladav.s8 r2,q5,q1
  vmladav.s8 r4,q5,q2
  vmladav.s8 r6,q5,q3
  vmov q7[2],q7[0],r0,r4
  vmov q7[3],q7[1],r2,r6
  vadd.i32 q7,q7,r5
  vqrdmlash.s32 q7,q4,r7
  vqshl.s32 q7,r8
  subs r1,r1,#4
  ldr r0,[sp,#0]
  vshr.s32 q7,q7,#24
  vstrb.32 q7,[r3,q6]
4:
  add r11,r11,#1
  add r1,r1,r0
  subs r12,r12,#1
  bne.w 1b
  add sp,#16
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_depthwise_two_inner_rows, . - cortado_depthwise_two_inner_rows
.section .text.cortado_depthwise_two_narrow_rows,"ax",%progbits
.global cortado_depthwise_two_narrow_rows
.type cortado_depthwise_two_narrow_rows,%function
.p2align 3
.thumb_func
cortado_depthwise_two_narrow_rows:
  push {r4-r11,lr}
  vpush {d8-d15}
  ldr r1,[r0,#36]
  vldrw.u32 q6,[r1]
  ldrd r1,r11,[r0,#0]
  movs r2,#0
  vminv.s32 r2,q6
  vsub.i32 q6,q6,r2
  add r11,r11,r2
  ldrd r2,r4,[r0,#16]
  vadd.i32 q5,q6,r4
  vadd.i32 q3,q5,r4
  vsli.32 q6,q5,#16
  ldr r5,[r0,#28]
  cbz r5,6f
  movw r5,#0x0f0f
6:
  vmsr p0,r5
  ldr r3,[r0,#24]
  add r3,r3,r2,lsl #3
  ldrd r9,lr,[r0,#8]
  ldr r0,[r0,#32]
  cmp r0,#0
1:
  vldrw.u32 q0,[r9],#32
  ldrd r5,r0,[r9,#-16]
  ldrd r7,r12,[r9,#-8]
  vshl.i32 q2,q0,#8
  beq.n 5f
  vrev32.16 q0,q0
  vrev32.16 q2,q2
5:
  vldrb.u8 q5,[r1,#0]
  vmladav.s8 r4,q5,q2
  vdup.32 q4,r0
  vmladav.s8 r0,q5,q0
  vldrb.u8 q5,[r1,#16]
  vmladav.s8 r10,q5,q2
  vldrb.u8 q1,[r1,#4]
  vmladav.s8 r6,q1,q2
  vmladav.s8 r8,q5,q0
  vmov q7[2],q7[0],r0,r4
  vmladav.s8 r2,q1,q0
  vldrb.u8 q5,[r1,#8]
  vmladav.s8 r0,q5,q0
  vmov q1[2],q1[0],r8,r10
  vmladav.s8 r4,q5,q2
  vmov q7[3],q7[1],r2,r6
  vldrb.u8 q5,[r1,#12]
  vmladav.s8 r2,q5,q0
  vadd.i32 q7,q7,r5
  vmladav.s8 r6,q5,q2
  vmov q5[2],q5[0],r0,r4
  vmov q5[3],q5[1],r2,r6
  vadd.i32 q5,q5,r5
  vqrdmlash.s32 q7,q4,r7
  vadd.i32 q1,q1,r5
  vqrdmlash.s32 q5,q4,r7
  vqshl.s32 q7,r12
  vqrdmlash.s32 q1,q4,r7
  vqshl.s32 q5,r12
  add r1,r1,r3
  vsri.32 q5,q7,#16
  vqshl.s32 q1,r12
  vshr.s16 q5,q5,#8
  vstrb.16 q5,[r11,q6]
  vshr.s32 q1,q1,#24
  vpst
  vstrbt.32 q1,[r11,q3]
  add r11,r11,#1
  le lr,1b
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_depthwise_two_narrow_rows, . - cortado_depthwise_two_narrow_rows
.text
)");

#endif
