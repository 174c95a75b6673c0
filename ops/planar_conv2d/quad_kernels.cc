// Written by scripts/helium/generate: change the generator, not this file.
#include "ops/planar_conv2d/quad_kernels.h"

#if defined(__ARM_FEATURE_MVE)

asm(R"(
.syntax unified
.section .text.cortado_quads_16,"ax",%progbits
.global cortado_quads_16
.type cortado_quads_16,%function
.p2align 3
.thumb_func
cortado_quads_16:
  push {r4-r11,lr}
  vpush {d8-d15}
  sub sp,#8
  movw r1,#0x8888
  vmsr p0,r1
  ldrd r1,r11,[r0,#0]
  ldrd r9,r12,[r0,#8]
  ldrd r2,r10,[r0,#16]
  subs r2,r2,#1
  strd r1,r2,[sp,#0]
  subs.w r11,r11,#3
1:
  vldrw.u32 q0,[r9]
  ldrd r5,r0,[r9,#16]
  mov r3,r11
  ldrd r1,lr,[sp,#0]
  vdup.32 q4,r0
  vldrb.u8 q5,[r1],#16
  ldrd r7,r8,[r9,#24]
  vmladav.s8 r0,q5,q0
  vldrb.u8 q6,[r1],#16
  vmladav.s8 r2,q6,q0
  vldrb.u8 q1,[r1],#16
  vmladav.s8 r4,q1,q0
  vldrb.u8 q2,[r1],#16
  vmladav.s8 r6,q2,q0
  vmov q7[2],q7[0],r0,r4
  vmov q7[3],q7[1],r2,r6
  wls lr,lr,3f
2:
  vadd.i32 q7,q7,r5
  vqrdmlash.s32 q7,q4,r7
  vldrb.u8 q5,[r1],#16
  vmladav.s8 r0,q5,q0
  vldrb.u8 q6,[r1],#16
  vqshl.s32 q7,r8
  vldrb.u8 q1,[r1],#16
  vmladav.s8 r2,q6,q0
  vldrb.u8 q2,[r1],#16
  vmladav.s8 r4,q1,q0
  vpst
  vstrbt.8 q7,[r3],#16
  vmladav.s8 r6,q2,q0
  vmov q7[2],q7[0],r0,r4
  vmov q7[3],q7[1],r2,r6
  le lr,2b
3:
  vadd.i32 q7,q7,r5
  vqrdmlash.s32 q7,q4,r7
  vqshl.s32 q7,r8
  vpst
  vstrbt.8 q7,[r3],#16
  add r9,r9,#32
  add r11,r11,r10
  subs r12,r12,#1
  bne.w 1b
  add sp,#8
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_quads_16, . - cortado_quads_16
.section .text.cortado_quads_24,"ax",%progbits
.global cortado_quads_24
.type cortado_quads_24,%function
.p2align 3
.thumb_func
cortado_quads_24:
  push {r4-r11,lr}
  vpush {d8-d15}
  sub sp,#8
  movw r1,#0x8888
  vmsr p0,r1
  ldrd r1,r11,[r0,#0]
  ldrd r9,r12,[r0,#8]
  ldrd r2,r10,[r0,#16]
  subs r2,r2,#1
  strd r1,r2,[sp,#0]
  subs.w r11,r11,#3
1:
  movs r0,#0
  vldrw.u32 q0,[r9]
  vldrw.u32 q1,[r9,#16]
  vldrw.u32 q2,[r9,#-8]
  vldrw.u32 q3,[r9,#8]
  vmov d4,r0,r0
  ldrd r1,lr,[sp,#0]
  ldrd r5,r0,[r9,#32]
  vldrb.u8 q5,[r1],#16
  vdup.32 q4,r0
  vmladav.s8 r0,q5,q0
  vldrb.u8 q6,[r1],#16
  vmladav.s8 r2,q6,q2
  vldrb.u8 q5,[r1],#16
  vmladava.s8 r2,q5,q3
  vldrb.u8 q5,[r1],#16
  vmladava.s8 r0,q6,q1
  ldrd r7,r8,[r9,#40]
  vmladav.s8 r4,q5,q0
  vldrb.u8 q6,[r1],#16
  vmladav.s8 r6,q6,q2
  vldrb.u8 q5,[r1],#16
  vmladava.s8 r4,q6,q1
  mov r3,r11
  vmladava.s8 r6,q5,q3
  vmov q7[2],q7[0],r0,r4
  vmov q7[3],q7[1],r2,r6
  wls lr,lr,3f
2:
  vldrb.u8 q5,[r1],#16
  vmladav.s8 r0,q5,q0
  vldrb.u8 q6,[r1],#16
  vmladav.s8 r2,q6,q2
  vldrb.u8 q5,[r1],#16
  vmladava.s8 r2,q5,q3
  vadd.i32 q7,q7,r5
  vmladava.s8 r0,q6,q1
  vldrb.u8 q5,[r1],#16
  vqrdmlash.s32 q7,q4,r7
  vldrb.u8 q6,[r1],#16
  vmladav.s8 r4,q5,q0
  vldrb.u8 q5,[r1],#16
  vmladav.s8 r6,q6,q2
  vqshl.s32 q7,r8
  vmladava.s8 r4,q6,q1
  vpst
  vstrbt.8 q7,[r3],#16
  vmladava.s8 r6,q5,q3
  vmov q7[2],q7[0],r0,r4
  vmov q7[3],q7[1],r2,r6
  le lr,2b
3:
  vadd.i32 q7,q7,r5
  vqrdmlash.s32 q7,q4,r7
  vqshl.s32 q7,r8
  vpst
  vstrbt.8 q7,[r3],#16
  add r9,r9,#48
  add r11,r11,r10
  subs r12,r12,#1
  bne.w 1b
  add sp,#8
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_quads_24, . - cortado_quads_24
.section .text.cortado_quads_32,"ax",%progbits
.global cortado_quads_32
.type cortado_quads_32,%function
.p2align 3
.thumb_func
cortado_quads_32:
  push {r4-r11,lr}
  vpush {d8-d15}
  sub sp,#8
  movw r1,#0x8888
  vmsr p0,r1
  ldrd r1,r11,[r0,#0]
  ldrd r9,r12,[r0,#8]
  ldrd r2,r10,[r0,#16]
  subs r2,r2,#1
  strd r1,r2,[sp,#0]
  subs.w r11,r11,#3
1:
  vldrw.u32 q0,[r9]
  vldrw.u32 q1,[r9,#16]
  ldrd r5,r0,[r9,#32]
  ldrd r1,lr,[sp,#0]
  vdup.32 q4,r0
  mov r3,r11
  ldrd r7,r8,[r9,#40]
  vldrb.u8 q5,[r1],#16
  vmladav.s8 r0,q5,q0
  vldrb.u8 q6,[r1],#16
  vmladava.s8 r0,q6,q1
  vldrb.u8 q5,[r1],#16
  vmladav.s8 r2,q5,q0
  vldrb.u8 q6,[r1],#16
  vmladava.s8 r2,q6,q1
  vldrb.u8 q5,[r1],#16
  vmladav.s8 r4,q5,q0
  vldrb.u8 q6,[r1],#16
  vmladava.s8 r4,q6,q1
  vldrb.u8 q5,[r1],#16
  vmladav.s8 r6,q5,q0
  vldrb.u8 q6,[r1],#16
  vmladava.s8 r6,q6,q1
  vmov q7[2],q7[0],r0,r4
  vmov q7[3],q7[1],r2,r6
  wls lr,lr,3f
2:
  vadd.i32 q7,q7,r5
  vldrb.u8 q5,[r1],#16
  vmladav.s8 r0,q5,q0
  vldrb.u8 q6,[r1],#16
  vmladava.s8 r0,q6,q1
  vldrb.u8 q5,[r1],#16
  vqrdmlash.s32 q7,q4,r7
  vldrb.u8 q6,[r1],#16
  vmladav.s8 r2,q5,q0
  vldrb.u8 q5,[r1],#16
  vmladava.s8 r2,q6,q1
  vldrb.u8 q6,[r1],#16
  vqshl.s32 q7,r8
  vmladav.s8 r4,q5,q0
  vldrb.u8 q5,[r1],#16
  vmladava.s8 r4,q6,q1
  vpst
  vstrbt.8 q7,[r3],#16
  vmladav.s8 r6,q5,q0
  vldrb.u8 q6,[r1],#16
  vmladava.s8 r6,q6,q1
  vmov q7[2],q7[0],r0,r4
  vmov q7[3],q7[1],r2,r6
  le lr,2b
3:
  vadd.i32 q7,q7,r5
  vqrdmlash.s32 q7,q4,r7
  vqshl.s32 q7,r8
  vpst
  vstrbt.8 q7,[r3],#16
  add r9,r9,#48
  add r11,r11,r10
  subs r12,r12,#1
  bne.w 1b
  add sp,#8
  vpop {d8-d15}
  pop {r4-r11,pc}
.size cortado_quads_32, . - cortado_quads_32
.text
)");

#endif
