using static TorchSharp.torch;

namespace Pentimento.Cues;

/// <summary>Parts an image into an object and the ground on which it lies, without labels or masks.</summary>
/// <remarks>
/// The ground is the median colour of the image's border, with the mean distance of the border's pixels from it as its spread. A pixel belongs to the
/// object by as much as it stands out: its distance from the ground beyond twice the spread, divided by the image's largest. Where a digit was
/// painted on one colour, that is exactly the grey from which it was painted; a pixel that is no mixture of that colour and the ground, as where an
/// object of its own colours was laid on it, belongs to the object alone. Where the border is busy, on photographs, no one colour is the ground;
/// then it counts how far a pixel lies from all colours of the border together, in their own spread (Mahalanobis): saliency with the border as its
/// prior, as in Zhu, Liang, Wei and Sun, 2014, "Saliency optimization from robust background detection".
/// </remarks>
internal static class Foreground
{
    private const double Least = 1 / 255.0;

    // A pixel that stands out by less is the ground's. One that stands out by much more, and differs by this from every mixture of ground and
    // object, is the object's alone.
    private const double Object = 0.2;
    private const double Opaque = 0.4;
    private const double Unlike = 0.1;
    private const double Most = 0.5;

    // Above this mean distance from its median colour a border is busy.
    private const double Busy = 0.15;
    private const double LeastVariance = 1e-3;
    private const double UsualDeviations = 2;

    /// <summary>The median colour of the border, float32 (N, C, 1, 1).</summary>
    public static Tensor Ground(Tensor images)
    {
        using var scope = NewDisposeScope();
        var border = Border(images);
        return border.sort(2).Values.select(2, (border.shape[2] - 1) / 2).unsqueeze(2).unsqueeze(3).MoveToOuterDisposeScope();
    }

    /// <summary>How much each pixel belongs to the object, float32 (N, 1, H, W) in [0, 1]; 0 everywhere in an image of one colour.</summary>
    public static Tensor Intensity(Tensor images) => Intensity(images, Ground(images));

    /// <summary>The same for grounds that are known already.</summary>
    public static Tensor Intensity(Tensor images, Tensor ground)
    {
        using var scope = NewDisposeScope();
        var border = Border(images);
        var spread = Spread(border, ground);
        var distance = ((images - ground).abs().amax([1], keepdim: true) - (2 * spread)).clamp(min: 0);
        var busy = spread.gt(Busy);
        if (busy.any().item<bool>()) distance = where(busy, Saliency(images, border), distance);
        var intensity = distance / distance.amax([2, 3], keepdim: true).clamp(min: Least);
        return where(IsOpaque(images, ground, intensity).logical_and(busy.logical_not()), 1, intensity).MoveToOuterDisposeScope();
    }

    /// <summary>The pixels that stand out and are no mixture of the ground and the object's one colour: nothing of the ground shines through
    /// them.</summary>
    private static Tensor IsOpaque(Tensor images, Tensor ground, Tensor intensity)
    {
        var mixture = ground + (intensity * (Color(images, ground, intensity) - ground));
        // What fills most of the image was not laid on the ground: the border is a frame around it.
        var isLaid = intensity.gt(Opaque).to_type(float32).mean([2, 3], keepdim: true).lt(Most);
        return intensity.gt(Opaque).logical_and((images - mixture).abs().amax([1], keepdim: true).gt(Unlike)).logical_and(isLaid);
    }

    /// <summary>Whether the border of each image is busy, so that its object is found by saliency, bool (N).</summary>
    public static Tensor IsBusy(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Spread(Border(images), Ground(images)).gt(Busy).flatten().MoveToOuterDisposeScope();
    }

    /// <summary>The object's colour, float32 (N, C, 1, 1): the one that explains the pixels best as a mixture of it and the ground, by least
    /// squares.</summary>
    public static Tensor Color(Tensor images, Tensor ground, Tensor intensity)
    {
        using var scope = NewDisposeScope();
        var explained = (intensity * (images - ground)).sum([2, 3], keepdim: true);
        return (ground + (explained / intensity.square().sum([2, 3], keepdim: true).clamp(min: Least))).MoveToOuterDisposeScope();
    }

    /// <summary>The image with its object painted over by ground: by what lies on the other side of the image, or else by the ground's
    /// colour.</summary>
    public static Tensor Without(Tensor images, Tensor ground, Tensor intensity)
    {
        using var scope = NewDisposeScope();
        var far = images.flip(2, 3);
        var covering = where(intensity.flip(2, 3) < Object, far, ground.expand_as(images));
        return ((intensity * covering) + ((1 - intensity) * where(intensity < Object, images, ground.expand_as(images)))).MoveToOuterDisposeScope();
    }

    /// <summary>The middle of the object in pixels and its mean square distances from it, float32 (N) each: by row, by column, and their
    /// product.</summary>
    public static (Tensor Row, Tensor Column, Tensor Height, Tensor Width, Tensor Slant) Moments(Tensor intensity)
    {
        using var scope = NewDisposeScope();
        var weight = intensity.squeeze(1) / intensity.sum([1, 2, 3]).clamp(min: Least).view(-1, 1, 1);
        var rows = arange(intensity.shape[2], float32, intensity.device).view(1, -1, 1);
        var columns = arange(intensity.shape[3], float32, intensity.device).view(1, 1, -1);
        var (row, column) = ((weight * rows).sum([1, 2]), (weight * columns).sum([1, 2]));
        var (down, right) = (rows - row.view(-1, 1, 1), columns - column.view(-1, 1, 1));
        return (
            row.MoveToOuterDisposeScope(),
            column.MoveToOuterDisposeScope(),
            (weight * down.square()).sum([1, 2]).MoveToOuterDisposeScope(),
            (weight * right.square()).sum([1, 2]).MoveToOuterDisposeScope(),
            (weight * down * right).sum([1, 2]).MoveToOuterDisposeScope());
    }

    /// <summary>The mean distance of the border's pixels from the ground's colour, (N, 1, 1, 1).</summary>
    private static Tensor Spread(Tensor border, Tensor ground) => (border - ground.squeeze(3)).abs().amax([1]).mean([1]).view(-1, 1, 1, 1);

    /// <summary>How many deviations of the border's colours each pixel lies from their mean, beyond those that a border's pixels usually do.
    /// </summary>
    private static Tensor Saliency(Tensor images, Tensor border)
    {
        var mean = border.mean([2], keepdim: true);
        var centred = border - mean;
        var covariance = (centred.matmul(centred.transpose(1, 2)) / border.shape[2]) + (LeastVariance * eye(images.shape[1], device: images.device));
        var away = images.flatten(2) - mean;
        var distance = (away * linalg.inv(covariance).matmul(away)).sum([1], keepdim: true).clamp(min: 0).sqrt();
        return (distance - UsualDeviations).clamp(min: 0).view(images.shape[0], 1, images.shape[2], images.shape[3]);
    }

    /// <summary>The pixels of the border, (N, C, B).</summary>
    private static Tensor Border(Tensor images)
    {
        var (bottom, right) = (images.shape[2] - 1, images.shape[3] - 1);
        return cat([images.select(2, 0), images.select(2, bottom), images.select(3, 0), images.select(3, right)], 2);
    }
}
