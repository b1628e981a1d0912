"""Saves a torchvision network's weights as PyTorch does, and what it answers: torchvision_weights FOLDER NAME."""
import numpy, torch, torchvision
from torch import nn

torch.set_num_threads(1)


def main(folder, name):
    torch.manual_seed(5)
    model = getattr(torchvision.models, name)(num_classes=7)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.normal_(0, 0.1)
    model.eval()
    images = torch.rand(3, 3, 64, 64)
    torch.save(model.state_dict(), f"{folder}/weights.pth")
    torch.save(model, f"{folder}/whole.pth")
    torch.jit.trace(model, images).save(f"{folder}/traced.pt")
    # Values near 0 fall on either side of it in single precision, which gradients show.
    model, images = model.double(), images.double()
    variable = images.clone().requires_grad_()
    logits = model(variable)
    gradient, = torch.autograd.grad(nn.functional.cross_entropy(logits, torch.arange(3)), [variable])
    arrays = {"images": images, "logits": logits, "gradient": gradient}
    numpy.savez(f"{folder}/answers.npz", **{key: value.detach().numpy() for key, value in arrays.items()})
