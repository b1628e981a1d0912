using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pentimento.Networks;

/// <summary>What is done to images before a network reads them; they come as RGB in [0, 1].</summary>
/// <remarks>
/// As text: steps joined by commas or semicolons. <c>none</c>; <c>imagenet</c>, torchvision's means and deviations; <c>symmetric</c>, [-1, 1] as
/// TensorFlow's; <c>caffe</c>, BGR from 0 to 255 less the mean; or <c>scale=255</c>, <c>bgr</c>, <c>mean=0.5 0.5 0.5</c>, <c>std=0.5 0.5 0.5</c>,
/// <c>size=300</c>, <c>resize=256</c>. Means and deviations are in the network's units and its order of channels.
/// </remarks>
/// <param name="Scale">What pixels in [0, 1] are multiplied with.</param>
/// <param name="Bgr">Whether the network reads blue first.</param>
/// <param name="Mean">What is subtracted, per channel.</param>
/// <param name="Deviation">What is divided by then, per channel.</param>
/// <param name="Size">The side in pixels of the images that come, or 0: <paramref name="Resize"/>, else the network's own.</param>
/// <param name="Resize">The side in pixels to which images are resized before the middle is cut out; 0 for the network's own.</param>
public sealed record Preprocess(
    double Scale = 1,
    bool Bgr = false,
    (double First, double Second, double Third) Mean = default,
    (double First, double Second, double Third)? Deviation = null,
    int Size = 0,
    int Resize = 0) : IParsable<Preprocess>
{
    private const int LargestSide = 4096;

    /// <summary>Nothing.</summary>
    public static Preprocess None { get; } = new();

    /// <summary>torchvision's means and deviations of ImageNet.</summary>
    public static Preprocess Imagenet { get; } = new(Mean: (0.485, 0.456, 0.406), Deviation: (0.229, 0.224, 0.225));

    /// <summary>The usual ones by name, to be tried where nobody says which one a network was trained with.</summary>
    public static IReadOnlyList<(string Name, Preprocess Preprocess)> Usual { get; } =
    [
        ("none", None),
        ("imagenet", Imagenet),
        ("symmetric", new(Mean: (0.5, 0.5, 0.5), Deviation: (0.5, 0.5, 0.5))),
        ("bytes", new(Scale: 255)),
        ("caffe", new(Scale: 255, Bgr: true, Mean: (103.939, 116.779, 123.68))),
    ];

    /// <summary>Reads the text form.</summary>
    /// <exception cref="BadInputException">A step is unknown or a number is none.</exception>
    public static Preprocess Parse(string s, IFormatProvider? provider = null)
    {
        var parts = s.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var steps = new List<string>();
        foreach (var part in parts)
        {
            // mean=0.5,0.5,0.5 is one step, whose numbers were parted.
            if (steps.Count > 0 && double.TryParse(part, CultureInfo.InvariantCulture, out _)) steps[^1] += $" {part}";
            else steps.Add(part);
        }

        return steps.Aggregate(None, (read, step) => read.With(step, s));
    }

    /// <summary>Reads the text form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Preprocess result)
    {
        try
        {
            result = s is null ? null : Parse(s);
        }
        catch (BadInputException)
        {
            result = null;
        }

        return result is not null;
    }

    /// <summary>The text form, which reads back as the same.</summary>
    public override string ToString()
    {
        var usual = Usual.FirstOrDefault(usual => usual.Preprocess == this with { Size = 0, Resize = 0 });
        List<string> steps = [];
        if (usual.Name is { } name && (name != "none" || (Size == 0 && Resize == 0))) steps.Add(name);
        else if (usual.Name is null) steps.AddRange(Spelled());
        if (Size > 0) steps.Add(FormattableString.Invariant($"size={Size}"));
        if (Resize > 0) steps.Add(FormattableString.Invariant($"resize={Resize}"));
        return string.Join(';', steps);
    }

    private IEnumerable<string> Spelled()
    {
        static string Three((double First, double Second, double Third) numbers) =>
            FormattableString.Invariant($"{numbers.First:R} {numbers.Second:R} {numbers.Third:R}");
        if (Scale != 1) yield return FormattableString.Invariant($"scale={Scale:R}");
        if (Bgr) yield return "bgr";
        if (Mean != default) yield return $"mean={Three(Mean)}";
        if (Deviation is { } deviation) yield return $"std={Three(deviation)}";
    }

    private Preprocess With(string step, string whole)
    {
        if (step.Split('=', 2) is [var key, var value])
        {
            var numbers = value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(text => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
            Require.That(
                numbers.Length is 1 or 3 && numbers.All(double.IsFinite),
                $"preprocess: '{step}' in '{whole}' should have one number or three.");
            var three = (numbers[0], numbers[numbers.Length / 2], numbers[^1]);
            return key.ToLowerInvariant() switch
            {
                "scale" => this with { Scale = three.Item1 },
                "mean" => this with { Mean = three },
                "std" => this with { Deviation = Positive(three, step) },
                "size" => this with { Size = Side(three.Item1, step) },
                "resize" => this with { Resize = Side(three.Item1, step) },
                _ => throw Unknown(key),
            };
        }

        if (step.Equals("bgr", StringComparison.OrdinalIgnoreCase)) return this with { Bgr = true };
        var found = Usual.FirstOrDefault(usual => usual.Name.Equals(step, StringComparison.OrdinalIgnoreCase)).Preprocess ?? throw Unknown(step);
        return found with { Size = Size, Resize = Resize };
    }

    private static (double, double, double) Positive((double First, double Second, double Third) numbers, string step)
    {
        Require.That(numbers is { First: > 0, Second: > 0, Third: > 0 }, $"preprocess: '{step}' should have numbers above 0.");
        return numbers;
    }

    private static int Side(double number, string step)
    {
        Require.That(
            number is >= 1 and <= LargestSide && number == Math.Floor(number),
            $"preprocess: '{step}' should be a side of 1 to {LargestSide} pixels.");
        return (int)number;
    }

    private static BadInputException Unknown(string step)
    {
        string[] known = [.. Usual.Select(usual => usual.Name), "bgr", "scale=", "mean=", "std=", "size=", "resize="];
        return new($"preprocess has no step '{step}'; {Names.Suggest(step, known)}");
    }
}
