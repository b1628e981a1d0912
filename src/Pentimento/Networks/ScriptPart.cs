using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>A part of a TorchScript network, whose weights are shown under their names.</summary>
/// <remarks>The script is no registered child: TorchSharp would dispose it, and then ask it for its own children.</remarks>
internal sealed class ScriptPart : nn.Module
{
    // In a list, because TorchSharp registers whatever module it finds in a field.
    private readonly List<jit.ScriptModule> holder;

    /// <summary>Shows a script's weights.</summary>
    public ScriptPart(jit.ScriptModule script) : base(nameof(ScriptPart))
    {
        holder = [script];
        Take();
    }

    private jit.ScriptModule Script => holder[0];

    /// <summary>What the script answers.</summary>
    public Tensor Call(Tensor x) => Script.invoke<Tensor>("forward", x);

    /// <inheritdoc/>
    public override void train(bool train = true)
    {
        base.train(train);
        Script.train(train);
    }

    /// <inheritdoc/>
    public override void eval()
    {
        base.eval();
        Script.eval();
    }

    /// <summary>The script moves too, and its new weights are shown.</summary>
    protected override void _toEpilog(ScalarType? dtype, torch.Device? device, bool non_blocking)
    {
        if (device is not null) Script.to(device);
        if (dtype is { } type) Script.to(type);
        Take();
    }

    private void Take()
    {
        _internal_params.clear();
        _internal_buffers.clear();
        foreach (var (name, parameter) in Script.named_parameters())
        {
            parameter.DetachFromDisposeScope();
            _internal_params[name] = parameter;
        }

        foreach (var (name, buffer) in Script.named_buffers()) _internal_buffers[name] = (buffer.DetachFromDisposeScope(), true);
    }
}
