"""PyTorch doing the work: a line of JSON for each workload, written to file descriptor 3."""
import ctypes
import json
import os
import re
import sys

import torch
from torch.nn import functional as F

from data import checksum, fill
from measure import measure
from networks import lenet, mlp, trainer

torch.set_num_threads(1)
MILLION = 1 << 20


def matmul(m, k, n, seeds=(1, 2)):
    a, b = fill(seeds[0], m, k), fill(seeds[1], k, n)
    return lambda: a @ b


def conv(x_shape, w_shape, padding):
    x, w = fill(3, *x_shape), fill(4, *w_shape, scale=0.25)
    return lambda: F.conv2d(x, w, padding=padding)


def add(a, b):
    return lambda: a + b


def unary(run, x=None):
    x = fill(5, MILLION, scale=4.0) if x is None else x
    return lambda: run(x)


def rows(run):
    return unary(run, fill(5, 1024, 1024, scale=4.0))


def layer_norm():
    gain, bias = torch.ones(1024), torch.zeros(1024)
    return rows(lambda x: F.layer_norm(x, (1024,), gain, bias, 1e-5))


WORK = {
    **{f"matmul_{n}": lambda n=n: matmul(n, n, n) for n in (64, 128, 256, 512, 1024)},
    "matmul_64x784x256": lambda: matmul(64, 784, 256),
    "matmul_64x256x10": lambda: matmul(64, 256, 10),
    "conv_lenet1": lambda: conv((32, 1, 28, 28), (6, 1, 5, 5), 2),
    "conv_lenet2": lambda: conv((32, 6, 14, 14), (16, 6, 5, 5), 0),
    "conv_resnet": lambda: conv((8, 64, 56, 56), (64, 64, 3, 3), 1),
    "add_1m": lambda: add(fill(5, MILLION), fill(6, MILLION)),
    "add_bcast": lambda: add(fill(5, 1024, 1024), fill(6, 1024)),
    "relu_1m": lambda: unary(torch.relu),
    "exp_1m": lambda: unary(torch.exp),
    "tanh_1m": lambda: unary(torch.tanh),
    "gelu_1m": lambda: unary(lambda x: F.gelu(x, approximate="tanh")),
    "sum_1m": lambda: unary(torch.sum, fill(5, MILLION)),
    "softmax_1024": lambda: rows(lambda x: torch.softmax(x, 1)),
    "layernorm_1024": layer_norm,
    "add_16": lambda: add(fill(7, 16), fill(8, 16)),
    "matmul_4": lambda: matmul(4, 4, 4, (7, 8)),
    "mlp_fwd_64": lambda: unary(mlp(), fill(1000, 64, 784)),
    "mlp_fwd_1": lambda: unary(mlp(), fill(1000, 1, 784)),
    "lenet_fwd_64": lambda: unary(lenet(), fill(1000, 64, 1, 28, 28)),
}


def blas():
    """The BLAS that is loaded and its kernels, which decide how fast products are."""
    with open("/proc/self/maps", encoding="utf8") as maps:
        found = set(re.findall(r"/\S*(?:blas|mkl|blis)[^/\s]*\.so[^/\s]*", maps.read()))
    kernels = []
    for path in sorted(found):
        core = getattr(ctypes.CDLL(path), "openblas_get_corename", None)
        if core is not None:
            core.restype = ctypes.c_char_p
            kernels.append(f"{path} with {core().decode()} kernels")
    return (kernels or sorted(found) or ["none of its own"])[-1]


def answer(name):
    if name.endswith("_train"):
        step = trainer(name)
        losses = [step().item() for _ in range(10)]
        return {"name": name, "losses": losses, "timing": measure(step)}
    with torch.inference_mode():
        call = WORK[name]()
        return {"name": name, "checksum": checksum(call()), "timing": measure(call)}


def say(line):
    os.write(3, f"{json.dumps(line)}\n".encode())


say({"about": f"PyTorch {torch.__version__}, BLAS loaded: {blas()}"})
for name in sys.argv[1:]:
    try:
        say(answer(name))
    except Exception as error:  # an answer like any other
        say({"name": name, "error": str(error)})
