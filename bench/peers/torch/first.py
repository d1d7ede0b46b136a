"""From the start of a process to an element of the first product of matrices."""
import torch

print((torch.ones(64, 64) @ torch.ones(64, 64))[0, 0].item())
