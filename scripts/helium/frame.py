"""What kernels begin and end with, and the registers of their sums."""
FIRST, SECOND = ("r0", "r2", "r4", "r6"), ("r8", "r10", "r12", "lr")


def gather(results, sums=FIRST):
    return [f"vmov {results}[2],{results}[0],{sums[0]},{sums[2]}", f"vmov {results}[3],{results}[1],{sums[1]},{sums[3]}"]


def function(frame_bytes, begin, repeated, aside=(), again="bne.w 1b"):
    """`repeated` ends with flags set: those of equality end the loop, if `again` does not say another way. It jumps to what
    lies aside."""
    move = lambda name: [f"{name} sp,#{frame_bytes}"] if frame_bytes else []
    return ["push {r4-r11,lr}", "vpush {d8-d15}", *move("sub"), *begin, "1:", *repeated, again, *move("add"),
            "vpop {d8-d15}", "pop {r4-r11,pc}", *aside]
