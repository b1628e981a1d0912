"""What a user would write instead, in plain PyTorch or with scikit-learn; one line on standard input starts a round, whose seconds are answered."""
import signal

# Ctrl-C goes to both; who started this one ends it.
signal.signal(signal.SIGINT, signal.SIG_IGN)

import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


def cnn3():
    return nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(576, 128), nn.ReLU(), nn.Linear(128, 10))


def digits(count):
    return torch.rand(count, 3, 28, 28), torch.randint(10, (count,))


def stepping(network, images, labels, loss, batch=256):
    optimizer = torch.optim.Adam(network.parameters())

    def step():
        for part, truth in zip(images.split(batch), labels.split(batch)):
            optimizer.zero_grad()
            loss(network(part), truth).backward()
            optimizer.step()
    return step


def train():
    return stepping(cnn3(), *digits(4096), F.cross_entropy)


def irm():
    def loss(logits, labels):
        scale = torch.ones(1, requires_grad=True)
        risk = penalty = 0
        for part, truth in zip(logits.chunk(2), labels.chunk(2)):
            slopes = [torch.autograd.grad(F.cross_entropy(part[at::2] * scale, truth[at::2]), [scale], create_graph=True)[0] for at in (0, 1)]
            risk, penalty = risk + F.cross_entropy(part, truth) / 2, penalty + (slopes[0] * slopes[1]).sum() / 2
        return risk + 100 * penalty
    return stepping(cnn3(), *digits(4096), loss)


def inference():
    network, (images, _) = cnn3().eval(), digits(5000)

    def work():
        with torch.no_grad():
            for part in images.split(500):
                network(part)
    return work


def pgd():
    network, (images, labels) = cnn3().eval(), digits(500)

    def work():
        change = torch.empty_like(images).uniform_(-8 / 255, 8 / 255)
        for _ in range(40):
            seen = (images + change).clamp(0, 1).requires_grad_()
            slope, = torch.autograd.grad(F.cross_entropy(network(seen), labels), [seen])
            change = (change + 2 / 255 * slope.sign()).clamp(-8 / 255, 8 / 255)
    return work


def grad_cam():
    network, (images, labels) = cnn3().eval(), digits(1000)

    def work():
        for part, truth in zip(images.split(250), labels.split(250)):
            maps = network[:8](part)
            logits = network[8:](maps)
            slopes, = torch.autograd.grad(logits.gather(1, truth[:, None]).sum(), [maps])
            seen = F.relu((slopes.mean((2, 3), keepdim=True) * maps).sum(1, keepdim=True))
            F.interpolate(seen, (28, 28), mode='bilinear')
    return work


def visualize():
    network = cnn3().eval()

    def work():
        pictures = (torch.full((64, 3, 28, 28), .5) + .01 * torch.randn(64, 3, 28, 28)).requires_grad_()
        optimizer = torch.optim.Adam([pictures], lr=.05)
        for step in range(64):
            optimizer.zero_grad()
            moved = torch.roll(pictures, (step % 5 - 2, step % 3 - 1), (2, 3))
            flat = (moved[:, :, 1:] - moved[:, :, :-1]).abs().mean() + (moved[:, :, :, 1:] - moved[:, :, :, :-1]).abs().mean()
            (-torch.diagonal(network[:7](moved).mean((2, 3))).sum() + .5 * flat).backward()
            optimizer.step()
            with torch.no_grad():
                pictures.clamp_(0, 1)
    return work


def autoencoder():
    rows = torch.rand(8192, 576)
    encoder, decoder = nn.Linear(576, 2304), nn.Linear(2304, 576)
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=2e-3)

    def work():
        for part in rows.split(4096):
            optimizer.zero_grad()
            values, places = encoder(part).topk(32)
            codes = torch.zeros(len(part), 2304).scatter(1, places, F.relu(values))
            ((decoder(codes) - part) ** 2).sum(1).mean().backward()
            optimizer.step()
            with torch.no_grad():
                decoder.weight /= decoder.weight.norm(dim=0, keepdim=True)
    return work


def information():
    import numpy
    import sklearn
    from sklearn.metrics import mutual_info_score
    values = numpy.random.rand(64, 10_000)
    colors, labels = numpy.random.randint(0, 10, (2, 10_000))
    both = 10 * colors + labels

    def work():
        for channel in values:
            bins = numpy.digitize(channel, numpy.quantile(channel, numpy.arange(1, 10) / 10))
            color, label, all_ = (mutual_info_score(of, bins) for of in (colors, labels, both))
            color, label, all_ - label, all_ - color
    work.name = f'scikit-learn {sklearn.__version__}'
    return work


def resnet18(train=False):
    import torchvision
    network, images = torchvision.models.resnet18(), torch.rand(32, 3, 224, 224)
    if train:
        return stepping(network, images.repeat(4, 1, 1, 1), torch.randint(1000, (128,)), F.cross_entropy, 32)
    network.eval()

    def work():
        with torch.no_grad():
            network(images)
    return work


def resnet18_step():
    return resnet18(train=True)


def main():
    torch.set_num_threads(int(sys.argv[2]))
    work = globals()[sys.argv[1]]()
    # A PyTorch beside a slow BLAS is no measure of PyTorch.
    square, start = torch.rand(1024, 1024), time.perf_counter()
    square @ square
    name = f'PyTorch {torch.__version__}, matrices {2 * 1.024 ** 3 / (time.perf_counter() - start):.0f} GFLOP/s'
    print(getattr(work, 'name', name), flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        work()
        print(time.perf_counter() - start, flush=True)


main()
