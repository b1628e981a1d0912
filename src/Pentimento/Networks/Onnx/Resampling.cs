using static TorchSharp.torch;

namespace Pentimento.Networks.Onnx;

/// <summary>Maps in another size: along each axis a matrix says which old values make a new one.</summary>
/// <param name="Mode">nearest, linear or cubic.</param>
/// <param name="Coordinates">Where a new place lies among the old ones.</param>
/// <param name="Nearest">How halves are rounded.</param>
/// <param name="Cubic">The cubic's coefficient.</param>
/// <param name="ExcludesOutside">Whether weights beyond the border are left out instead of given to it.</param>
/// <param name="Antialias">Whether windows widen where maps shrink.</param>
/// <param name="Outside">The value of places that lie outside, where a crop asks for them.</param>
internal sealed record Resampling(
    string Mode, string Coordinates, string Nearest, double Cubic, bool ExcludesOutside, bool Antialias, double Outside)
{
    /// <summary>As Upsample and the first Resize: scales alone, coordinates that begin at the corner.</summary>
    public static Tensor ByScales(OnnxCall call, double[] scales)
    {
        var x = call[0];
        var mode = call.Node.Text("mode", "nearest");
        long[] sizes = [.. x.shape.Select((size, axis) => (long)Math.Floor(size * scales[axis]))];
        call.Fits(sizes);
        var resampling = new Resampling(mode == "bilinear" ? "linear" : mode, "asymmetric", "floor", -0.75, false, false, 0);
        return Enumerable.Range(0, scales.Length).Aggregate(x, (maps, axis) => resampling.Along(maps, axis, sizes[axis], scales[axis], 0, 1)).alias();
    }

    /// <summary>As Resize since opset 11.</summary>
    public static Tensor Of(OnnxCall call)
    {
        var (x, node) = (call[0], call.Node);
        var named = node.Ints("axes") ?? [.. Enumerable.Range(0, (int)x.dim()).Select(axis => (long)axis)];
        long[] axes = [.. named.Select(axis => call.Axis(axis, x.dim()))];
        var scales = call.Numbers(2) is { Length: > 0 } given ? given : null;
        var sizes = call.Whole(3) is { Length: > 0 } asked ? asked : null;
        if (scales is null && sizes is null) throw node.Refusal("lacks both scales and sizes", null);
        if (scales is null) (scales, sizes) = Kept(node.Text("keep_aspect_ratio_policy", "stretch"), axes, x, sizes!);
        sizes ??= [.. axes.Select((axis, at) => (long)Math.Floor(x.shape[axis] * scales[at]))];
        call.Fits(x.shape.Select((size, axis) => Array.IndexOf(axes, axis) is >= 0 and var at ? sizes[at] : size));
        var roi = call.Numbers(1) is { Length: > 0 } region ? region : null;
        var resampling = new Resampling(
            node.Text("mode", "nearest"), node.Text("coordinate_transformation_mode", "half_pixel"),
            node.Text("nearest_mode", "round_prefer_floor"), node.Float("cubic_coeff_a", -0.75), node.Int("exclude_outside", 0) == 1,
            node.Int("antialias", 0) == 1, node.Float("extrapolation_value", 0));
        return Enumerable.Range(0, axes.Length).Aggregate(x, (maps, at) => resampling.Along(
            maps, axes[at], sizes[at], scales[at], roi?[at] ?? 0, roi?[at + axes.Length] ?? 1)).alias();
    }

    private static (double[] Scales, long[] Sizes) Kept(string policy, long[] axes, Tensor x, long[] sizes)
    {
        double[] scales = [.. axes.Select((axis, at) => (double)sizes[at] / x.shape[axis])];
        if (policy == "stretch") return (scales, sizes);
        var scale = policy == "not_larger" ? scales.Min() : scales.Max();
        return ([.. scales.Select(_ => scale)], [.. axes.Select(axis => (long)Math.Round(scale * x.shape[axis], MidpointRounding.AwayFromZero))]);
    }

    private Tensor Along(Tensor x, long axis, long size, double scale, double start, double end)
    {
        var length = x.shape[axis];
        if (size == length && scale == 1 && Coordinates != "tf_crop_and_resize") return x;
        var weights = new float[size, length];
        for (var place = 0; place < size; place++) Fill(weights, place, Place(place, size, length, scale, start, end), length, scale);
        var matrix = tensor(weights, dtype: x.is_floating_point() ? x.dtype : ScalarType.Float32, device: x.device);
        var moved = x.to_type(matrix.dtype).movedim([axis], [x.dim() - 1]).matmul(matrix.t());
        if (Coordinates == "tf_crop_and_resize" && Outside != 0)
        {
            var outside = matrix.sum(1).eq(0).to_type(moved.dtype);
            moved += outside * Outside;
        }

        return moved.movedim([x.dim() - 1], [axis]).to_type(x.dtype);
    }

    private double Place(long place, long size, long length, double scale, double start, double end) => Coordinates switch
    {
        "half_pixel" => ((place + 0.5) / scale) - 0.5,
        "half_pixel_symmetric" => (length / 2.0 * (1 - (size / (scale * length)))) + ((place + 0.5) / scale) - 0.5,
        "pytorch_half_pixel" => size > 1 ? ((place + 0.5) / scale) - 0.5 : 0,
        "align_corners" => size == 1 ? 0 : place * (length - 1) / ((scale * length) - 1),
        "tf_half_pixel_for_nn" => (place + 0.5) / scale,
        "tf_crop_and_resize" => size > 1
            ? (start * (length - 1)) + (place * (end - start) * (length - 1) / (size - 1))
            : 0.5 * (start + end) * (length - 1),
        _ => place / scale,
    };

    private void Fill(float[,] weights, int row, double place, long length, double scale)
    {
        if (Coordinates == "tf_crop_and_resize" && (place < 0 || place > length - 1)) return;
        if (Mode == "nearest")
        {
            weights[row, Math.Clamp((long)Rounded(place), 0, length - 1)] = 1;
            return;
        }

        var stretch = Antialias && scale < 1 ? 1 / scale : 1;
        var reach = (Mode == "cubic" ? 2 : 1) * stretch;
        var taps = new List<(long At, double Weight)>();
        for (var at = (long)Math.Floor(place - reach) + 1; at < place + reach; at++)
        {
            var inside = at >= 0 && at < length;
            if (inside || !(ExcludesOutside || Antialias)) taps.Add((at, Kernel(Math.Abs(at - place) / stretch)));
        }

        var total = taps.Sum(tap => tap.Weight);
        foreach (var (at, weight) in taps) weights[row, Math.Clamp(at, 0, length - 1)] += (float)(weight / total);
    }

    private double Rounded(double place) => Nearest switch
    {
        "floor" => Math.Floor(place),
        "ceil" => Math.Ceiling(place),
        "round_prefer_ceil" => Math.Floor(place + 0.5),
        _ => Math.Ceiling(place - 0.5),
    };

    private double Kernel(double distance)
    {
        if (Mode != "cubic") return Math.Max(0, 1 - distance);
        if (distance <= 1) return ((((Cubic + 2) * distance) - (Cubic + 3)) * distance * distance) + 1;
        return distance < 2 ? ((((((distance - 5) * distance) + 8) * distance) - 4) * Cubic) : 0;
    }
}
