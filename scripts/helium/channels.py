"""What the kernels that go from channel to channel share: weights stay in registers, results are made while the next sums are.

Sums of four results are in FIRST of frame.py; bias, offset and shift in r5, r7 and r8; the multiplier in q4; lr counts.
"""


def top_bytes(results):
    """The results are the lanes' top bytes then."""
    return [f"vadd.i32 {results},{results},r5", f"vqrdmlash.s32 {results},q4,r7", f"vqshl.s32 {results},r8"]


# Of q7: the lanes' low bytes go to the places q6 from r3 on; r10 bytes further the next ones.
STORE_APART = ["vshr.s32 q7,q7,#24", "vstrb.32 q7,[r3,q6]", "add r3,r3,r10"]


def channel(setup, body, results, next_, left="r12"):
    """setup makes the first sums; next_ goes to the next channel, of which `left` are left."""
    return [*setup, "wls lr,lr,3f", "2:", *body, "le lr,2b", "3:", *results, *next_, f"subs {left},{left},#1"]
