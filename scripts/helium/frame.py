"""What kernels begin and end with, and the registers of their sums."""
FIRST, SECOND = ("r0", "r2", "r4", "r6"), ("r8", "r10", "r12", "lr")


def gather(results, sums=FIRST):
    return [f"vmov {results}[2],{results}[0],{sums[0]},{sums[2]}", f"vmov {results}[3],{results}[1],{sums[1]},{sums[3]}"]


def function(frame_bytes, begin, repeated, aside=()):
    """`repeated` ends with flags set: those of equality end the loop. It jumps to what lies aside."""
    return ["push {r4-r11,lr}", "vpush {d8-d15}", f"sub sp,#{frame_bytes}", *begin, "1:", *repeated, "bne.w 1b",
            f"add sp,#{frame_bytes}", "vpop {d8-d15}", "pop {r4-r11,pc}", *aside]
