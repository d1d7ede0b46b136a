"""The networks with parameters from their seeds, and steps of training."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from data import fill, randint


def set_layers(net, seed):
    """Weights and biases within 1/sqrt(fan-in), from seeds counted upwards."""
    for layer in net:
        if isinstance(layer, (nn.Linear, nn.Conv2d)):
            scale = 1 / math.sqrt(layer.weight[0].numel())
            for parameter in (layer.weight, layer.bias):
                parameter.data = fill(seed, *parameter.shape, scale=scale)
                seed += 1
    return net


def mlp():
    linear, relu = nn.Linear, nn.ReLU
    return set_layers(nn.Sequential(linear(784, 256), relu(), linear(256, 256), relu(), linear(256, 10)), 11)


def lenet():
    features = [nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
    features += [nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()]
    head = [nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)]
    return set_layers(nn.Sequential(*features, *head), 31)


BATCH, CONTEXT, WIDTH, HEADS, VOCABULARY = 16, 64, 128, 4, 65


def projection(inputs, outputs, seed):
    layer = nn.Linear(inputs, outputs)
    layer.weight.data = fill(seed, outputs, inputs, scale=1 / math.sqrt(inputs))
    nn.init.zeros_(layer.bias)
    return layer


class Block(nn.Module):
    def __init__(self, seed):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.out = projection(WIDTH, 3 * WIDTH, seed), projection(WIDTH, WIDTH, seed + 1)
        self.fc, self.proj = projection(WIDTH, 4 * WIDTH, seed + 2), projection(4 * WIDTH, WIDTH, seed + 3)
        self.register_buffer("mask", torch.full((CONTEXT, CONTEXT), -1e9).triu(1))

    def attend(self, x):
        parts = self.qkv(x).chunk(3, -1)
        q, k, v = (part.view(BATCH, CONTEXT, HEADS, WIDTH // HEADS).transpose(1, 2) for part in parts)
        scores = q @ k.transpose(-2, -1) * math.sqrt(HEADS / WIDTH) + self.mask
        return self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(BATCH, CONTEXT, WIDTH))

    def forward(self, x):
        x = x + self.attend(self.norm1(x))
        return x + self.proj(F.gelu(self.fc(self.norm2(x)), approximate="tanh"))


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(VOCABULARY, WIDTH, _weight=fill(100, VOCABULARY, WIDTH, scale=0.04))
        self.positions = nn.Parameter(fill(101, CONTEXT, WIDTH, scale=0.04))
        self.blocks = nn.Sequential(Block(200), Block(220))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, VOCABULARY, bias=False)
        self.head.weight.data = fill(300, VOCABULARY, WIDTH, scale=1 / math.sqrt(WIDTH))

    def forward(self, text):
        return self.head(self.norm(self.blocks(self.tokens(text) + self.positions))).flatten(0, 1)


def trainer(name):
    """A step that returns its loss as it was before the update."""
    if name == "gpt_train":
        net = Gpt()
        optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
        x = randint(400, BATCH * CONTEXT, VOCABULARY).view(BATCH, CONTEXT)
        targets = randint(401, BATCH * CONTEXT, VOCABULARY)
    else:
        net = mlp() if name == "mlp_train" else lenet()
        optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
        x = fill(1000, 64, 784) if name == "mlp_train" else fill(1000, 64, 1, 28, 28)
        targets = randint(1001, 64, 10)

    def step():
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), targets)
        loss.backward()
        optimizer.step()
        return loss

    return step
