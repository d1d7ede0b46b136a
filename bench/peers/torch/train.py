"""200 steps of training the MLP, and the bytes that were resident at most."""
import re

import torch

from networks import trainer

torch.set_num_threads(1)
step = trainer("mlp_train")
for _ in range(200):
    step()
with open("/proc/self/status", encoding="utf8") as status:
    print(1024 * int(re.search(r"VmHWM:\s*(\d+)", status.read())[1]))
