using Pentimento.Cues;
using Pentimento.Data;
using SkiaSharp;
using static TorchSharp.torch;

namespace Pentimento.Tests.Data;

/// <summary>Pictures that say themselves where their objects are.</summary>
public sealed class ImageCoversTests
{
    [Fact]
    public void Alpha_is_the_cover_and_a_ground_is_swapped_behind_it()
    {
        using var scratch = new Scratch();
        // Both halves are grey, so that only alpha tells which is the object.
        Write(scratch.At("photos/a/one.png"), new(90, 90, 90, 255), new(90, 90, 90, 0));
        Write(scratch.At("photos/b/two.png"), new(200, 60, 60, 255), new(60, 60, 200, 0));
        var set = ImageFolder.Read(scratch.At("photos"), "photos", Split.Test, 0, RunContext.OnCpu());
        var covers = ImageCovers.Of(set)!;

        Assert.Equal("the pictures' alpha", covers.Source);
        Assert.Equal((255, 0), (covers.Of(0)[0], covers.Of(0)[7]));

        using var scope = NewDisposeScope();
        var cover = tensor([.. covers.Of(0), .. covers.Of(1)]).view(2, 1, 8, 8).to_type(float32) / 255;
        var images = Pixels.Slice(set, 0, 2);
        var swapped = ((Cue)"background").Swap(images.slice(0, 0, 1, 1), images.slice(0, 1, 2, 1), cover.slice(0, 0, 1, 1), cover.slice(0, 1, 2, 1));

        Assert.Equal(90 / 255f, swapped[0, 2, 0, 0].item<float>(), 1e-4);
        Assert.Equal(200 / 255f, swapped[0, 2, 0, 7].item<float>(), 1e-4);
    }

    [Fact]
    public void A_column_of_masks_comes_first()
    {
        using var scratch = new Scratch();
        Write(scratch.At("photos/one.png"), new(90, 90, 90, 255), new(90, 90, 90, 255));
        Write(scratch.At("photos/two.png"), new(60, 60, 60, 255), new(60, 60, 60, 255));
        Write(scratch.At("photos/masks/one.png"), new(0, 0, 0, 255), new(255, 255, 255, 255));
        Write(scratch.At("photos/masks/two.png"), new(255, 255, 255, 255), new(0, 0, 0, 255));
        File.WriteAllText(scratch.At("photos/metadata.csv"), "file_name,label,mask\none.png,a,masks/one.png\ntwo.png,b,masks/two.png\n");
        var set = ImageFolder.Read(scratch.At("photos"), "photos", Split.Test, 0, RunContext.OnCpu());
        var covers = ImageCovers.Of(set)!;

        Assert.Equal("the column mask", covers.Source);
        Assert.Equal((0, 255), (covers.Of(0)[0], covers.Of(0)[7]));
        Assert.Equal((255, 0), (covers.Of(1)[0], covers.Of(1)[7]));
    }

    [Fact]
    public void Opaque_pictures_and_arrays_say_nothing()
    {
        using var scratch = new Scratch();
        Write(scratch.At("photos/a/one.png"), new(90, 90, 90, 255), new(90, 90, 90, 255));
        Write(scratch.At("photos/b/two.png"), new(60, 60, 60, 255), new(60, 60, 60, 255));

        Assert.Null(ImageCovers.Of(ImageFolder.Read(scratch.At("photos"), "photos", Split.Test, 0, RunContext.OnCpu())));
        Assert.Null(ImageCovers.Of(new("array", new byte[64], [0], [], new(8, 8, 1))));
    }

    /// <summary>Eight by eight pixels, the left half of one colour, the right of another.</summary>
    private static void Write(string file, SKColor left, SKColor right)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var bitmap = new SKBitmap(new SKImageInfo(8, 8, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var at = 0; at < 64; at++) bitmap.SetPixel(at % 8, at / 8, at % 8 < 4 ? left : right);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(file, png.ToArray());
    }
}
