using TorchSharp;
using static TorchSharp.torch;

namespace Pentimento.Networks;

/// <summary>A shift of each channel, ReLU, and the maximum of each 2x2 square, in one pass over maps that lie channels-last on a CPU.</summary>
/// <remarks>
/// Maxima, shifts and ReLU commute, so a convolution's bias may come here, where its gradient is the sum of a quarter of the values. Of the maps only
/// the place of each maximum is kept for the gradient. Of equal values the first counts, as in libtorch, and what is not a number stays so.
/// </remarks>
internal sealed class RectifiedPooling : autograd.SingleTensorFunction<RectifiedPooling>
{
    /// <inheritdoc/>
    public override string Name => nameof(RectifiedPooling);

    /// <summary>Whether it can pool such maps: float32 or bfloat16 (N, C, H, W), channels-last, on a CPU.</summary>
    public static bool Takes(Tensor maps) =>
        maps.device_type == DeviceType.CPU && maps.dim() == 4 && (maps.dtype == ScalarType.Float32 || maps.dtype == ScalarType.BFloat16)
        && maps.shape[1] % PoolingKernel.Lanes == 0 && maps.shape[2] > 1 && maps.shape[3] > 1 && maps.permute(0, 2, 3, 1).is_contiguous();

    /// <summary>The pooled maps, (N, C, H/2, W/2), of the maps' dtype.</summary>
    /// <param name="maps">Maps that it takes.</param>
    /// <param name="shift">What is added to each channel, float32 (C), or null.</param>
    public static Tensor Of(Tensor maps, Tensor? shift = null)
    {
        if (is_grad_enabled() && (maps.requires_grad || shift?.requires_grad == true)) return shift is null ? apply(maps) : apply(maps, shift);
        using var scope = NewDisposeScope();
        return PoolingKernel.Maxima(maps, shift, null).MoveToOuterDisposeScope();
    }

    /// <summary>A node that pools what a ReLU answers to maps, and computes these too if a convolution is given.</summary>
    internal static Node Joined(Node? convolution, Node activation, Node pool) => new(
        pool.Name, NodeRole.Other, convolution?.Inputs ?? [activation.Inputs[0]], pool.Outputs, (inputs, network) =>
        {
            var (maps, bias) = (inputs[0]!, (Tensor?)null);
            if (convolution is not null)
            {
                // What does not learn is added by the convolution itself, which costs nothing.
                var filters = is_grad_enabled() ? convolution.Filters!(inputs) : null;
                bias = filters?.Bias?.requires_grad == true ? filters.Bias : null;
                maps = bias is null ? convolution.Run(inputs, network)[0] : filters!.Convolve(maps, filters.Weight.to_type(maps.dtype), null);
            }

            if (Takes(maps)) return [Of(maps, bias)];
            if (bias is not null) maps = maps + bias.to_type(maps.dtype).view(1, -1, 1, 1);
            return [activation.Run([pool.Run([maps], network)[0]], network)[0]];
        });

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        var maps = (Tensor)vars[0];
        var places = empty([maps.shape[0], maps.shape[2] / 2, maps.shape[3] / 2, maps.shape[1]], ScalarType.Int32);
        var pooled = PoolingKernel.Maxima(maps, vars.Length > 1 ? (Tensor)vars[1] : null, places);
        ctx.save_for_backward([places.MoveToOuterDisposeScope()]);
        ctx.save_data("shape", maps.shape);
        ctx.save_data("inputs", vars.Length);
        return pooled.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var (places, shape, hasShift) = (ctx.get_saved_variables()[0], (long[])ctx.get_data("shape"), (int)ctx.get_data("inputs") > 1);
        var (maps, shift) = is_grad_enabled() && grad_output.requires_grad
            ? Differentiable(grad_output, places, shape)
            : PoolingKernel.Spread(grad_output, places, shape, hasShift);
        List<Tensor> gradients = [maps.MoveToOuterDisposeScope()];
        if (hasShift) gradients.Add(shift!.MoveToOuterDisposeScope());
        return gradients;
    }

    /// <summary>The same gradients by libtorch's own operations, for whoever derives them once more.</summary>
    private static (Tensor Maps, Tensor Shift) Differentiable(Tensor gradient, Tensor places, long[] shape)
    {
        var lying = gradient.permute(0, 2, 3, 1);
        var parts = Enumerable.Range(0, 4).Select(place => lying * places.eq(place).to_type(lying.dtype)).ToList();
        var rows = parts.Chunk(2).Select(row => stack(row, dim: 3)).ToList();
        var (height, width) = (shape[2] / 2 * 2, shape[3] / 2 * 2);
        var spread = stack(rows, dim: 2).reshape(shape[0], height, width, shape[1]).permute(0, 3, 1, 2);
        var padded = nn.functional.pad(spread, [0, shape[3] - width, 0, shape[2] - height]);
        return (padded, parts.Aggregate((one, other) => one + other).sum([0, 1, 2]).to_type(ScalarType.Float32));
    }
}
