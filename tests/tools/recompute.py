# The figures of `cortado compare --json`, from the tensors of --dump alone: recompute.py REPORT.json DIR [LAYER…]
import array, json, math, pathlib, sys

def npy(path, code):
    data = path.read_bytes()
    return array.array(code, data[10 + int.from_bytes(data[8:10], "little"):])

report, folder = json.load(open(sys.argv[1])), pathlib.Path(sys.argv[2])
layers = [layer for layer in report["layers"] if len(sys.argv) == 3 or layer["name"] in sys.argv[3:]]
for layer in layers:
    signal = noise = product = power = largest = outside = count = 0
    for sample in sorted(folder.iterdir()):
        real = npy(sample / (layer["name"] + ".float.npy"), "f")
        stored = npy(sample / (layer["name"] + ".int8.npy"), "b")
        for x, q in zip(real, stored, strict=True):
            y = (q - layer["zero_point"]) * layer["scale"]
            signal, noise, product, power = signal + x * x, noise + (y - x) ** 2, product + x * y, power + y * y
            largest, count = max(largest, abs(y - x)), count + 1
            steps = x / layer["scale"] + layer["zero_point"]
            outside += steps < -128.5 or steps > 127.5
    expected = {"snr_db": 10 * math.log10(signal / noise), "cosine": product / math.sqrt(signal * power),
                "largest_error": largest, "saturated": outside / count}
    for name, figure in expected.items():
        assert math.isclose(layer[name], figure, rel_tol=1e-9, abs_tol=1e-12), (layer["name"], name, layer[name], figure)
print(len(layers), "layers agree")
