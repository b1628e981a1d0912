"""Computes attributions.npz: attribution maps of the first images by the papers' formulas, in float64, with nothing but torch and numpy.

Run in this folder: python3 attributions.py (torch 1.13, numpy 1.24). Targets are (label + 0, 1, 0, 3, ...) so that wrong classes are explained too.
"""
import numpy as np
import torch
import torch.nn.functional as F

W = {k: torch.tensor(v).double() for k, v in np.load("weights.npz").items()}
data = np.load("images.npz")
x = torch.tensor(data["images"][[0, 3, 40, 130, 200, 255]]).double().permute(0, 3, 1, 2) / 255
t = torch.tensor([(int(l) + s) % 10 for l, s in zip(data["labels"][[0, 3, 40, 130, 200, 255]], [0, 1, 0, 3, 0, 7])])


class GuidedRelu(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        ctx.save_for_backward(z)
        return z.clamp(min=0)

    @staticmethod
    def backward(ctx, g):
        (z,) = ctx.saved_tensors
        return g.clamp(min=0) * (z > 0)


def head(x, relu=torch.relu):
    for i in (1, 2, 3):
        x = relu(F.conv2d(x, W[f"conv{i}.weight"], W[f"conv{i}.bias"], padding=1))
        if i < 3:
            x = F.max_pool2d(x, 2)
    return x


def tail(a, relu=torch.relu):
    h = relu(F.linear(F.max_pool2d(a, 2).flatten(1), W["fc1.weight"], W["fc1.bias"]))
    return F.linear(h, W["fc2.weight"], W["fc2.bias"])


def net(x, relu=torch.relu):
    return tail(head(x, relu), relu)


def pick(logits):
    return logits[torch.arange(len(t)), t]


def gradient(f, point):
    point = point.detach().requires_grad_()
    return torch.autograd.grad(pick(f(point)).sum(), point)[0]


out = {"targets": t.numpy()}
A = head(x)
g = gradient(tail, A)
n, c, h, w = A.shape
out["hires-cam"] = (g * A).sum(1)
out["xgrad-cam"] = (((g * A).sum((2, 3)) / (A.sum((2, 3)) + 1e-7))[..., None, None] * A).sum(1)
alpha = g**2 / (2 * g**2 + A.sum((2, 3), keepdim=True) * g**3 + 1e-6)
out["grad-cam++"] = ((alpha * g.clamp(min=0)).sum((2, 3), keepdim=True) * A).sum(1)
out["layer-cam"] = (g.clamp(min=0) * A).sum(1)
out["counterfactual-cam"] = -(g.mean((2, 3), keepdim=True) * A).sum(1)

for name, centered in (("eigen-cam", False), ("eigen-cam:centered=true", True)):
    maps = []
    for a in A.numpy().reshape(n, c, -1):
        m = a.T - a.T.mean(0) if centered else a.T
        p = m @ np.linalg.svd(m, full_matrices=False)[2][0]
        maps.append((p if p @ a.mean(0) >= 0 else -p).reshape(h, w))
    out[name] = torch.tensor(np.stack(maps))

up = F.interpolate(A, size=(28, 28), mode="bilinear", align_corners=False)
lo, hi = up.amin((2, 3), keepdim=True), up.amax((2, 3), keepdim=True)
masks = (up - lo) / (hi - lo + 1e-8)
scores = torch.stack([pick(net(x * masks[:, k : k + 1])) for k in range(c)], 1)
out["score-cam"] = (scores.softmax(1)[..., None, None] * A).sum(1)

y = pick(net(x))
lost = []
for k in range(c):
    B = A.clone()
    B[:, k] = 0
    lost.append(y - pick(tail(B)))
out["ablation-cam"] = ((torch.stack(lost, 1) / y.abs()[:, None])[..., None, None] * A).sum(1)

out["input-gradient"] = gradient(net, x).sum(1)
out["gradient-x-input"] = (x * gradient(net, x)).sum(1)
out["guided-backpropagation"] = gradient(lambda p: net(p, GuidedRelu.apply), x).sum(1)

nodes, weights = np.polynomial.legendre.leggauss(50)
out["integrated-gradients"] = (x * sum(v / 2 * gradient(net, x * (1 + p) / 2) for p, v in zip(nodes, weights))).sum(1)

loss, covered = torch.zeros(n, 28, 28).double(), torch.zeros(28, 28).double()
starts = [0, 3, 6, 9, 12, 15, 18, 21]
for i in starts:
    for j in starts:
        z = x.clone()
        z[:, :, i : i + 7, j : j + 7] = 0.25
        loss[:, i : i + 7, j : j + 7] += (y - pick(net(z)))[:, None, None]
        covered[i : i + 7, j : j + 7] += 1
out["occlusion:fill=0.25"] = loss / covered

np.savez_compressed("attributions.npz", **{k: np.asarray(v, dtype=np.int64 if k == "targets" else np.float32) for k, v in out.items()})
print({k: float(np.abs(np.asarray(v)).max()) for k, v in out.items()}, y)
