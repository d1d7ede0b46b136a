"""Numbers made from a seed, as bench/numbers.ts makes them."""
import numpy as np
import torch

BITS = 0xFFFFFFFF


def draw(seed, n):
    """Murmur3's finaliser over the indices: n whole numbers below 2**24."""
    h = (np.arange(n, dtype=np.uint64) * 0x9E3779B1 + seed * 0x27D4EB2F) & BITS
    h = ((h ^ (h >> np.uint64(16))) * 0x85EBCA6B) & BITS
    h = ((h ^ (h >> np.uint64(13))) * 0xC2B2AE35) & BITS
    return (h ^ (h >> np.uint64(16))) >> np.uint64(8)


def fill(seed, *shape, scale=1.0):
    """A tensor of numbers in [-scale, scale)."""
    unit = draw(seed, int(np.prod(shape))).astype(np.float64) / 2**24
    return torch.from_numpy((scale * (2 * unit - 1)).astype(np.float32)).reshape(shape)


def randint(seed, n, modulus):
    """A tensor of whole numbers in [0, modulus)."""
    return torch.from_numpy((draw(seed, n) % np.uint64(modulus)).astype(np.int64))


def checksum(y):
    """Sums over a result in row-major order."""
    values = y.detach().reshape(-1).to(torch.float64).numpy()
    weights = np.arange(values.size) * 7919 % 1009 / 1009 - 0.5
    return {
        "n": values.size,
        "sum": float(values.sum()),
        "wsum": float((values * weights).sum()),
        "abs": float(np.abs(values).sum()),
    }
