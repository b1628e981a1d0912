"""Exports small torchvision networks to ONNX with what PyTorch answers: torchvision_export FOLDER OPSET fixed|dynamic NAME."""
import warnings
import numpy, torch, torchvision
from torch import nn
from torch.onnx import TrainingMode
from torchvision.models import convnext, swin_transformer, vgg, vision_transformer

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
CLASSES = 7


class Fresh(nn.Module):
    """Nothing can be fused, scales, shifts and statistics are equal, two convolutions are copies and two are tied."""

    def __init__(self):
        super().__init__()
        self.norms = nn.ModuleList(nn.BatchNorm2d(6) for _ in range(4))
        self.convs = nn.ModuleList([nn.Conv2d(3, 6, 3), *(nn.Conv2d(6, 6, 3, padding=1) for _ in range(3))])
        self.convs[2].load_state_dict(self.convs[1].state_dict())
        self.convs[3].weight = self.convs[1].weight
        self.fc = nn.Linear(6, CLASSES)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = norm(conv(x).relu())
        return self.fc(x.mean((2, 3)))


def small(name):
    models = torchvision.models
    if name == "fresh":
        return Fresh(), 16
    if name == "vit_b_16":
        return vision_transformer.VisionTransformer(32, 8, 2, 4, 32, 64, num_classes=CLASSES), 32
    if name == "swin_t":
        return swin_transformer.SwinTransformer([4, 4], 24, [2, 2], [2, 4], [4, 4], num_classes=CLASSES), 32
    if name == "convnext_tiny":
        blocks = [convnext.CNBlockConfig(16, 32, 2), convnext.CNBlockConfig(32, None, 2)]
        return convnext.ConvNeXt(blocks, num_classes=CLASSES), 32
    if name == "vgg16":
        model = vgg.VGG(vgg.make_layers([size if size == "M" else size // 8 for size in vgg.cfgs["D"]]), num_classes=CLASSES)
        model.avgpool = nn.AdaptiveAvgPool2d(1)
        model.classifier = nn.Sequential(nn.Linear(64, 32), nn.ReLU(True), nn.Dropout(), nn.Linear(32, CLASSES))
        return model, 32
    if name == "alexnet":
        model = models.alexnet(num_classes=CLASSES)
        model.avgpool = nn.AdaptiveAvgPool2d(1)
        model.classifier = nn.Sequential(nn.Dropout(), nn.Linear(256, 32), nn.ReLU(True), nn.Linear(32, CLASSES))
        return model, 96
    if name == "resnet50":
        return models.resnet50(width_per_group=16, num_classes=CLASSES), 64
    if name == "densenet121":
        return models.DenseNet(8, (6, 12, 24, 16), 16, num_classes=CLASSES), 64
    if name == "googlenet":
        return models.googlenet(num_classes=CLASSES, aux_logits=False, init_weights=False), 64
    if name == "inception_v3":
        return models.inception_v3(num_classes=CLASSES, aux_logits=False, init_weights=False), 96
    return getattr(models, name)(num_classes=CLASSES), 64


def stir(model):
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.normal_(0, 0.1)
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    # The exporter merges equal tensors, so none may be equal.
    for parameter in model.parameters():
        parameter.data.add_(0.01 * torch.randn_like(parameter))


def gradients(model, images, labels):
    images = images.clone().requires_grad_()
    logits = model(images)
    parameters = dict(model.named_parameters())
    found = torch.autograd.grad(nn.functional.cross_entropy(logits, labels), [images, *parameters.values()])
    return logits, found[0], dict(zip(parameters, found[1:]))


def main(folder, opset, batch, name):
    torch.manual_seed(len(name))
    model, side = small(name)
    if name != "fresh":
        stir(model)
    model.eval()
    images = torch.rand(4, 3, side, side)
    labels = torch.arange(4) % CLASSES
    axes = {"input": {0: "N"}, "output": {0: "N"}} if batch == "dynamic" else None
    options = dict(opset_version=int(opset), input_names=["input"], output_names=["output"], dynamic_axes=axes)
    torch.onnx.export(model, images[:1], f"{folder}/{name}.onnx", **options)
    # Equal tensors stay apart in files for training alone.
    mode = TrainingMode.EVAL if name == "fresh" else TrainingMode.PRESERVE
    torch.onnx.export(model, images[:1], f"{folder}/{name}-whole.onnx", training=mode,
                      do_constant_folding=False, **options)
    # Activations near 0 fall on either side of it in single precision, which gradients show.
    model, images = model.double(), images.double()
    logits, input_gradient, weights = gradients(model, images, labels)
    arrays = {"images": images, "labels": labels, "logits": logits, "input": input_gradient}
    arrays.update({f"weight/{key}": value for key, value in weights.items()})
    model.train()
    if not any(isinstance(module, torchvision.ops.StochasticDepth) and module.p > 0 for module in model.modules()):
        logits, input_gradient, weights = gradients(model, images, labels)
        arrays.update({"train/logits": logits, "train/input": input_gradient})
        arrays.update({f"train/weight/{key}": value for key, value in weights.items()})
        arrays.update({f"train/{key}": value for key, value in model.named_buffers() if "running" in key})
    numpy.savez(f"{folder}/{name}.npz", **{key: value.detach().numpy() for key, value in arrays.items()})
