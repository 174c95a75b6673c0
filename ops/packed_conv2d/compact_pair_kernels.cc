// Written by scripts/helium/generate, all kernels of one generator: change that, not this file.
#include "ops/packed_conv2d/compact_pair_kernels.h"

#if defined(__ARM_FEATURE_MVE)

asm(R"(
.syntax unified
.section .text.cortado_pairs_rows_compact,"ax",%progbits
.global cortado_pairs_rows_compact
.type cortado_pairs_rows_compact,%function
.p2align 3
.thumb_func
cortado_pairs_rows_compact:
  push {r4-r11,lr}
  vpush {d8-d15}
  sub sp,#40
  ldm r0!,{r1-r8}
  stm sp,{r1-r8}
  ldrd r1,r2,[r0]
  strd r1,r2,[sp,#32]
  ldrd r2,r9,[sp,#16]
  cmp r2,#80
  itt ge
  lsrge r9,r9,#16
  addge r9,r9,#1
  str r9,[sp,#20]
  ldrd r7,r5,[sp,#8]
1:
  ldrd r1,r3,[sp,#0]
2:
  ldr r11,[sp,#16]
  vldrb.u8 q2,[r1],#16
  subs r11,r11,#16
  vldrw.u32 q0,[r5],#16
  vmladav.s8 r0,q2,q0
  vldrb.u8 q3,[r3],#16
  vmladav.s8 r8,q3,q0
  vldrw.u32 q1,[r5],#16
  vmladav.s8 r2,q2,q1
  vmladav.s8 r10,q3,q1
  vldrw.u32 q0,[r5],#16
  vmladav.s8 r4,q2,q0
  vmladav.s8 r12,q3,q0
  vldrw.u32 q1,[r5],#16
  vmladav.s8 lr,q3,q1
  vmladav.s8 r6,q2,q1
  beq.n 4f
3:
  vldrb.u8 q2,[r1],#16
  subs r11,r11,#16
  vldrw.u32 q0,[r5],#16
  vmladava.s8 r0,q2,q0
  vldrb.u8 q3,[r3],#16
  vmladava.s8 r8,q3,q0
  vldrw.u32 q1,[r5],#16
  vmladava.s8 r2,q2,q1
  vmladava.s8 r10,q3,q1
  vldrw.u32 q0,[r5],#16
  vmladava.s8 r4,q2,q0
  vmladava.s8 r12,q3,q0
  vldrw.u32 q1,[r5],#16
  vmladava.s8 lr,q3,q1
  vmladava.s8 r6,q2,q1
  bne.n 3b
4:
  vmov q4[2],q4[0],r0,r4
  ldr r5,[sp,#12]
  vmov q4[3],q4[1],r2,r6
  vldrw.u32 q6,[r5,#-64]
  vadd.i32 q4,q4,q6
  vmov q5[2],q5[0],r8,r12
  vshr.s32 q7,q4,#31
  vmov q5[3],q5[1],r10,lr
  vadd.i32 q5,q5,q6
  vldrw.u32 q6,[r5,#-48]
  vqrdmulh.s32 q4,q4,q6
  ldr r11,[sp,#28]
  vadd.i32 q4,q4,q7
  ldr r0,[sp,#16]
  vshr.s32 q7,q5,#31
  vqrdmulh.s32 q5,q5,q6
  vadd.i32 q5,q5,q7
  vldrw.u32 q6,[r5,#-32]
  vqadd.s32 q5,q5,q6
  mov r1,r3
  subs r9,r9,#1
  vqadd.s32 q4,q4,q6
  vldrw.u32 q6,[r5,#-16]
  vqshl.s32 q4,q4,q6
  add r3,r3,r0
  vshr.s32 q4,q4,#24
  vstrb.32 q4,[r7]
  vqshl.s32 q5,q5,q6
  add r7,r7,r11
  vshr.s32 q5,q5,#24
  vstrb.32 q5,[r7]
  add r7,r7,r11
  bne.w 2b
  ldrd r7,r5,[sp,#8]
  ldrd r2,r9,[sp,#16]
  ldr r3,[sp,#32]
  ldr r4,[sp,#24]
  add r7,r7,r3
  add r5,r5,r2,lsl #2
  add r5,r5,#64
  strd r7,r5,[sp,#8]
  subs r4,r4,#1
  str r4,[sp,#24]
  bne.w 1b
  add sp,#40
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_pairs_rows_compact, . - cortado_pairs_rows_compact
.section .text.cortado_pairs_planes_compact,"ax",%progbits
.global cortado_pairs_planes_compact
.type cortado_pairs_planes_compact,%function
.p2align 3
.thumb_func
cortado_pairs_planes_compact:
  push {r4-r11,lr}
  vpush {d8-d15}
  sub sp,#40
  ldm r0!,{r1-r8}
  stm sp,{r1-r8}
  ldrd r1,r2,[r0]
  strd r1,r2,[sp,#32]
  vldrw.u32 q7,[r2]
  ldrd r2,r9,[sp,#16]
  cmp r2,#80
  itt ge
  lsrge r9,r9,#16
  addge r9,r9,#1
  str r9,[sp,#20]
  ldrd r7,r5,[sp,#8]
1:
  ldrd r1,r3,[sp,#0]
2:
  ldr r11,[sp,#16]
  vldrb.u8 q2,[r1],#16
  subs r11,r11,#16
  vldrw.u32 q0,[r5],#16
  vmladav.s8 r0,q2,q0
  vldrb.u8 q3,[r3],#16
  vmladav.s8 r8,q3,q0
  vldrw.u32 q1,[r5],#16
  vmladav.s8 r2,q2,q1
  vmladav.s8 r10,q3,q1
  vldrw.u32 q0,[r5],#16
  vmladav.s8 r4,q2,q0
  vmladav.s8 r12,q3,q0
  vldrw.u32 q1,[r5],#16
  vmladav.s8 lr,q3,q1
  vmladav.s8 r6,q2,q1
  beq.n 4f
3:
  vldrb.u8 q2,[r1],#16
  subs r11,r11,#16
  vldrw.u32 q0,[r5],#16
  vmladava.s8 r0,q2,q0
  vldrb.u8 q3,[r3],#16
  vmladava.s8 r8,q3,q0
  vldrw.u32 q1,[r5],#16
  vmladava.s8 r2,q2,q1
  vmladava.s8 r10,q3,q1
  vldrw.u32 q0,[r5],#16
  vmladava.s8 r4,q2,q0
  vmladava.s8 r12,q3,q0
  vldrw.u32 q1,[r5],#16
  vmladava.s8 lr,q3,q1
  vmladava.s8 r6,q2,q1
  bne.n 3b
4:
  vmov q4[2],q4[0],r0,r4
  vmov q5[2],q5[0],r8,r12
  ldr r5,[sp,#12]
  vmov q4[3],q4[1],r2,r6
  vldrw.u32 q6,[r5,#-64]
  vadd.i32 q4,q4,q6
  vmov q5[3],q5[1],r10,lr
  vadd.i32 q5,q5,q6
  vldrw.u32 q6,[r5,#-48]
  vqrdmulh.s32 q5,q5,q6
  ldr r11,[sp,#28]
  vqrdmulh.s32 q4,q4,q6
  vldrw.u32 q6,[r5,#-32]
  vqadd.s32 q4,q4,q6
  subs r9,r9,#1
  vqadd.s32 q5,q5,q6
  vldrw.u32 q6,[r5,#-16]
  vqshl.s32 q4,q4,q6
  vqshl.s32 q5,q5,q6
  vsri.32 q5,q4,#8
  vshr.u32 q5,q5,#16
  vstrh.32 q5,[r7,q7]
  add r7,r7,r11
  bne.w 2b
  ldrd r7,r5,[sp,#8]
  ldrd r2,r9,[sp,#16]
  ldr r3,[sp,#32]
  ldr r4,[sp,#24]
  add r7,r7,r3
  add r5,r5,r2,lsl #2
  add r5,r5,#64
  strd r7,r5,[sp,#8]
  subs r4,r4,#1
  str r4,[sp,#24]
  bne.w 1b
  add sp,#40
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_pairs_planes_compact, . - cortado_pairs_planes_compact
.text
)");

#endif
