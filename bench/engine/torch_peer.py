"""PyTorch: python torch_peer.py WORKLOAD plain|channels_last|compile"""

import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from peer import CODE, Weights, noise, pictures, serve

workload, mode = sys.argv[1:]


class Flatten(nn.Module):
    """In the order of the other peers, channels last."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


class Unflatten(nn.Module):
    def forward(self, x):
        return x.view(-1, 4, 4, 256).permute(0, 3, 1, 2)


def convolution(inputs, outputs, bias=True):
    return nn.Conv2d(inputs, outputs, 4, 2, 1, bias=bias)


def doubling(inputs, outputs, bias=True):
    return nn.ConvTranspose2d(inputs, outputs, 4, 2, 1, bias=bias)


def normalization(channels):
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.1)


def encoder(outputs):
    parts = []
    for a, b in ((3, 32), (32, 64), (64, 128), (128, 256)):
        parts += [convolution(a, b), nn.ReLU()]
    return nn.Sequential(*parts, Flatten(), nn.Linear(4096, 256), nn.ReLU(), nn.Linear(256, outputs))


def decoder(inputs):
    parts = [nn.Linear(inputs, 256), nn.ReLU(), nn.Linear(256, 4096), nn.ReLU(), Unflatten()]
    for a, b in ((256, 128), (128, 64), (64, 32)):
        parts += [doubling(a, b), nn.ReLU()]
    return nn.Sequential(*parts, doubling(32, 3), nn.Sigmoid())


def generator():
    parts = [nn.Linear(CODE, 4096, bias=False), Unflatten(), normalization(256), nn.ReLU()]
    for a, b in ((256, 128), (128, 64), (64, 32)):
        parts += [doubling(a, b, bias=False), normalization(b), nn.ReLU()]
    return nn.Sequential(*parts, doubling(32, 3), nn.Sigmoid())


def discriminator():
    parts = [convolution(3, 32), nn.LeakyReLU(0.2)]
    for a, b in ((32, 64), (64, 128), (128, 256)):
        parts += [convolution(a, b, bias=False), normalization(b), nn.LeakyReLU(0.2)]
    return nn.Sequential(*parts, Flatten(), nn.Linear(4096, 1))


def adam(parameters, rate=1e-3, beta=0.9):
    return torch.optim.Adam(parameters, rate, (beta, 0.999), eps=1e-7, fused=mode != "plain")


def together(loss):
    """Steps that make one loss smaller by all weights of the nets."""

    def make_step(*nets):
        optimizer = adam([parameter for net in nets for parameter in net.parameters()])

        def step(x, random):
            optimizer.zero_grad()
            value = loss(*nets, x, random)
            value.backward()
            optimizer.step()
            return value

        return step

    return make_step


def autoencoder_loss(encode, decode, x, random):
    return F.mse_loss(decode(encode(x)), x)


def vae_loss(encode, decode, x, random):
    mean, log_variance = encode(x).chunk(2, 1)
    error = F.mse_loss(decode(mean + random * torch.exp(log_variance / 2)), x)
    divergence = (mean**2 + log_variance.exp() - 1 - log_variance).mean() / 2
    return error + 0.01 * divergence


def gan_step(generate, judge):
    generator_adam = adam(generate.parameters(), 2e-4, 0.5)
    judge_adam = adam(judge.parameters(), 2e-4, 0.5)

    def step(x, random):
        made = generate(random)
        judge_adam.zero_grad()
        loss = F.softplus(-judge(x)).mean() + F.softplus(judge(made.detach())).mean()
        loss.backward()
        judge_adam.step()
        generator_adam.zero_grad()
        judge.requires_grad_(False)
        F.softplus(-judge(made)).mean().backward()
        judge.requires_grad_(True)
        generator_adam.step()
        return loss

    return step


nets, make_step = {
    "autoencoder": (lambda: (encoder(2), decoder(2)), together(autoencoder_loss)),
    "vae": (lambda: (encoder(2 * CODE), decoder(CODE)), together(vae_loss)),
    "gan": (lambda: (generator(), discriminator()), gan_step),
}[workload]
nets = nets()
weights = Weights()
parameters = [parameter for net in nets for parameter in net.parameters()]
with torch.no_grad():
    for net in nets:
        for module in net.modules():
            if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
                out, inner, height, width = module.weight.shape
                module.weight.copy_(torch.from_numpy(weights.next((height, width, inner, out))).permute(3, 2, 0, 1))
            elif isinstance(module, nn.Linear):
                module.weight.copy_(torch.from_numpy(weights.next(module.weight.shape[::-1])).T)
            if getattr(module, "bias", None) is not None:
                module.bias.zero_()
memory_format = torch.contiguous_format if mode == "plain" else torch.channels_last
nets = [net.to(memory_format=memory_format) for net in nets]
step = make_step(*[torch.compile(net) if mode == "compile" else net for net in nets])
batches = [
    (torch.from_numpy(np.transpose(x, (0, 3, 1, 2))).contiguous(memory_format=memory_format), torch.from_numpy(random))
    for x, random in zip(pictures(), noise())
]
count = sum(parameter.numel() for parameter in parameters)
serve(lambda batch: step(*batches[batch]).detach(), count, f"PyTorch {torch.__version__}")
