# Exports a PyTorch model to a .pt2 file. Run by cortado in the user's Python: MODEL INPUTS STRICT OUTPUT
import importlib.util
import os
import sys

NO_TORCH, BAD_MODEL, EXPORT_FAILED = 101, 102, 103


def stop(code, message):
    sys.stdout.flush()
    print(message, file=sys.stderr)
    sys.exit(code)


def from_source(path):
    spec = importlib.util.spec_from_file_location("cortado_model", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["cortado_model"] = module
    spec.loader.exec_module(module)
    if not hasattr(module, "ModelUnderTest"):
        stop(BAD_MODEL, "it does not define ModelUnderTest (the module) and ModelInputs (a tuple of tensors)")
    return module.ModelUnderTest, getattr(module, "ModelInputs", None)


def load(path):
    if path.endswith(".py"):
        return from_source(path)
    model = torch.load(path, weights_only=False, map_location="cpu")
    if isinstance(model, dict):
        stop(BAD_MODEL, "it holds weights (a dictionary), not a module: save the module itself, or the exported program")
    return model, None


def as_tuple(inputs):
    if isinstance(inputs, list):
        return tuple(inputs)
    return inputs if isinstance(inputs, tuple) else (inputs,)


model_file, inputs_file, strict, output = sys.argv[1:5]
try:
    import torch
except ImportError as error:
    stop(NO_TORCH, str(error))
sys.path.insert(0, os.path.dirname(os.path.abspath(model_file)))

model, inputs = load(model_file)
if inputs_file:
    inputs = torch.load(inputs_file, weights_only=False, map_location="cpu")
if inputs is None:
    stop(BAD_MODEL, "there are no example inputs: define ModelInputs in a .py, or give a .pt with --model-input")
if not isinstance(model, torch.nn.Module):
    stop(BAD_MODEL, "the model is a %s, not a torch.nn.Module" % type(model).__name__)
try:
    model = model.eval().requires_grad_(False)
    exported = torch.export.export(model, as_tuple(inputs), strict=strict == "strict")
except Exception as error:
    stop(EXPORT_FAILED, "%s: %s" % (type(error).__name__, error))
torch.export.save(exported, output)
