// Written by scripts/helium/generate: change the generator, not this file.
#include "ops/planar_depthwise/one_row_kernel.h"

#if defined(__ARM_FEATURE_MVE)

asm(R"(
.syntax unified
.section .text.cortado_depthwise_row_stride_1,"ax",%progbits
.global cortado_depthwise_row_stride_1
.type cortado_depthwise_row_stride_1,%function
.p2align 3
.thumb_func
cortado_depthwise_row_stride_1:
  push {r4-r11,lr}
  vpush {d8-d15}
  sub sp,#32
  ldrd r1,r2,[r0,#44]
  vldrw.u32 q6,[r2]
  sub.w r2,r1,#32
  strd r1,r2,[sp,#24]
  ldrd r1,r2,[r0,#32]
  strd r1,r2,[sp,#16]
  ldrd r1,r2,[r0,#24]
  strd r1,r2,[sp,#8]
  ldrd r1,r10,[r0,#16]
  ldr r2,[r0,#40]
  subs r1,r1,#1
  strd r1,r2,[sp,#0]
  ldrd r9,r12,[r0,#8]
  ldrd r1,r11,[r0,#0]
1:
  vldrw.u32 q0,[r9],#32
  ldrd r5,r3,[r9,#-16]
  ldr r0,[sp,#16]
  ldrd r7,r8,[r9,#-8]
  vdup.32 q4,r3
  cbz r0,5f
  vldrw.u32 q5,[r0]
  ldr r3,[sp,#20]
  vaddv.s8 r0,q0
  vand q0,q0,q5
  vaddv.s8 r2,q0
  subs r0,r0,r2
  mla r5,r3,r0,r5
5:
  ldrd r0,r2,[sp,#24]
  vmov q5,q0
  vshl.u32 q0,r0
  vshl.u32 q5,r2
  vorr q0,q0,q5
  movs r0,#0
  vmov q1,q0
  vshlc q1,r0,#32
  vldrb.u8 q2,[r1],#8
  vmladav.s8 r0,q2,q0
  vldrb.u8 q3,[r1],#8
  vmladav.s8 r4,q3,q0
  ldr lr,[sp,#0]
  vmladav.s8 r2,q2,q1
  vmov q7[2],q7[0],r0,r4
  vmladav.s8 r6,q3,q1
  mov r3,r11
  vmov q7[3],q7[1],r2,r6
  wls lr,lr,3f
2:
  vadd.i32 q7,q7,r5
  vqrdmlash.s32 q7,q4,r7
  vldrb.u8 q2,[r1],#8
  vmladav.s8 r0,q2,q0
  vqshl.s32 q7,r8
  vldrb.u8 q3,[r1],#8
  vmladav.s8 r2,q2,q1
  vshr.s32 q7,q7,#24
  vmladav.s8 r4,q3,q0
  vstrb.32 q7,[r3,q6]
  vmladav.s8 r6,q3,q1
  add r3,r3,r10
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
  ldrd r0,r2,[sp,#8]
  cbz r2,4f
  subs r1,r1,r0
  subs r3,r3,r2
  vldrb.u8 q2,[r1],#8
  vmladav.s8 r0,q2,q0
  vmladav.s8 r2,q2,q1
  vldrb.u8 q3,[r1],#8
  vmladav.s8 r4,q3,q0
  vmladav.s8 r6,q3,q1
  vmov q7[2],q7[0],r0,r4
  vmov q7[3],q7[1],r2,r6
  vadd.i32 q7,q7,r5
  vqrdmlash.s32 q7,q4,r7
  vqshl.s32 q7,r8
  vshr.s32 q7,q7,#24
  vstrb.32 q7,[r3,q6]
4:
  ldr r0,[sp,#4]
  add r11,r11,#1
  add r1,r1,r0
  subs r12,r12,#1
  bne.w 1b
  add sp,#32
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_depthwise_row_stride_1, . - cortado_depthwise_row_stride_1
.section .text.cortado_depthwise_row_stride_2,"ax",%progbits
.global cortado_depthwise_row_stride_2
.type cortado_depthwise_row_stride_2,%function
.p2align 3
.thumb_func
cortado_depthwise_row_stride_2:
  push {r4-r11,lr}
  vpush {d8-d15}
  sub sp,#32
  ldrd r1,r2,[r0,#44]
  vldrw.u32 q6,[r2]
  sub.w r2,r1,#32
  strd r1,r2,[sp,#24]
  ldrd r1,r2,[r0,#32]
  strd r1,r2,[sp,#16]
  ldrd r1,r2,[r0,#24]
  strd r1,r2,[sp,#8]
  ldrd r1,r10,[r0,#16]
  ldr r2,[r0,#40]
  subs r1,r1,#1
  strd r1,r2,[sp,#0]
  ldrd r9,r12,[r0,#8]
  ldrd r1,r11,[r0,#0]
1:
  vldrw.u32 q0,[r9],#32
  ldrd r5,r3,[r9,#-16]
  ldr r0,[sp,#16]
  ldrd r7,r8,[r9,#-8]
  vdup.32 q4,r3
  cbz r0,5f
  vldrw.u32 q5,[r0]
  ldr r3,[sp,#20]
  vaddv.s8 r0,q0
  vand q0,q0,q5
  vaddv.s8 r2,q0
  subs r0,r0,r2
  mla r5,r3,r0,r5
5:
  ldrd r0,r2,[sp,#24]
  vmov q5,q0
  vshl.u32 q0,r0
  vshl.u32 q5,r2
  vorr q0,q0,q5
  vldrb.u8 q2,[r1],#8
  vmladav.s8 r0,q2,q0
  vldrb.u8 q3,[r1],#8
  vmladav.s8 r2,q3,q0
  vldrb.u8 q5,[r1],#8
  vmladav.s8 r4,q5,q0
  vldrb.u8 q2,[r1],#8
  vmladav.s8 r6,q2,q0
  vmov q7[2],q7[0],r0,r4
  mov r3,r11
  ldr lr,[sp,#0]
  vmov q7[3],q7[1],r2,r6
  wls lr,lr,3f
2:
  vadd.i32 q7,q7,r5
  vldrb.u8 q2,[r1],#8
  vqrdmlash.s32 q7,q4,r7
  vldrb.u8 q3,[r1],#8
  vqshl.s32 q7,r8
  vmladav.s8 r0,q2,q0
  vshr.s32 q7,q7,#24
  vmladav.s8 r2,q3,q0
  vldrb.u8 q5,[r1],#8
  vmladav.s8 r4,q5,q0
  vstrb.32 q7,[r3,q6]
  add r3,r3,r10
  vldrb.u8 q2,[r1],#8
  vmladav.s8 r6,q2,q0
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
  ldrd r0,r2,[sp,#8]
  cbz r2,4f
  subs r1,r1,r0
  vldrb.u8 q2,[r1],#8
  subs r3,r3,r2
  vmladav.s8 r0,q2,q0
  vldrb.u8 q3,[r1],#8
  vmladav.s8 r2,q3,q0
  vldrb.u8 q5,[r1],#8
  vmladav.s8 r4,q5,q0
  vldrb.u8 q2,[r1],#8
  vmladav.s8 r6,q2,q0
  vmov q7[2],q7[0],r0,r4
  vmov q7[3],q7[1],r2,r6
  vadd.i32 q7,q7,r5
  vqrdmlash.s32 q7,q4,r7
  vqshl.s32 q7,r8
  vshr.s32 q7,q7,#24
  vstrb.32 q7,[r3,q6]
4:
  ldr r0,[sp,#4]
  add r11,r11,#1
  add r1,r1,r0
  subs r12,r12,#1
  bne.w 1b
  add sp,#32
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_depthwise_row_stride_2, . - cortado_depthwise_row_stride_2
.text
)");

#endif
