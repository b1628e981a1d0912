using Pentimento.Cues;
using Pentimento.Foundation.Configuration;
using static TorchSharp.torch;

namespace Pentimento.Tests.Cues;

/// <summary>What every cue in the catalogue promises. A new one is tested here without a line of its own.</summary>
public sealed class CueContractTests
{
    public static TheoryData<string> Everyone => [.. Catalog.FamilyOf(typeof(Cue)).Members.Select(member => member.Name)];

    [Theory, MemberData(nameof(Everyone))]
    public void An_image_that_is_its_own_donor_stays_as_it_is(string name)
    {
        using var scope = NewDisposeScope();
        var images = Figures.Random(5, 1);

        Assert.True(((Cue)name).Swap(images, images).allclose(images, 1e-4, 1e-4));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Another_donor_changes_the_image_and_pixels_stay_valid(string name)
    {
        using var scope = NewDisposeScope();
        var (images, donors) = (Figures.Random(5, 1), Figures.Random(5, 2));
        var (before, beforeDonors) = (images.data<float>().ToArray(), donors.data<float>().ToArray());

        var swapped = ((Cue)name).Swap(images, donors);

        Assert.Equal(images.shape, swapped.shape);
        Assert.All(swapped.contiguous().data<float>().ToArray(), pixel => Assert.InRange(pixel, 0f, 1f));
        Assert.False(swapped.allclose(images, 1e-3, 1e-3));
        Assert.Equal(before, images.data<float>().ToArray());
        Assert.Equal(beforeDonors, donors.data<float>().ToArray());
    }

    [Theory, MemberData(nameof(Everyone))]
    public void An_image_gets_the_cue_of_its_own_donor_whatever_else_is_in_the_batch(string name)
    {
        using var scope = NewDisposeScope();
        var (images, donors) = (Figures.Random(4, 1), Figures.Random(4, 2));

        var together = ((Cue)name).Swap(images, donors);
        var alone = ((Cue)name).Swap(images.slice(0, 2, 3, 1), donors.slice(0, 2, 3, 1));

        Assert.True(together.slice(0, 2, 3, 1).allclose(alone, 1e-4, 1e-5));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Its_numbers_are_a_row_for_each_image_and_differ_between_images(string name)
    {
        using var scope = NewDisposeScope();

        var numbers = ((Cue)name).Read(Figures.Random(5, 1));

        Assert.Equal(2, numbers.dim());
        Assert.Equal(5, numbers.shape[0]);
        Assert.True(numbers.isfinite().all().item<bool>());
        Assert.False(numbers[0].allclose(numbers[1]));
    }

    [Theory, MemberData(nameof(Everyone))]
    public void It_leaves_one_tensor_behind(string name)
    {
        using var scope = NewDisposeScope();
        var (images, donors) = (Figures.Random(3, 1), Figures.Random(3, 2));
        var before = scope.DisposablesCount;

        ((Cue)name).Swap(images, donors);
        Assert.Equal(before + 1, scope.DisposablesCount);
        ((Cue)name).Read(images);
        Assert.Equal(before + 2, scope.DisposablesCount);
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Images_of_one_colour_give_numbers_too(string name)
    {
        using var scope = NewDisposeScope();
        var (images, donors) = (full([2, 3, 16, 16], 0.5f), Figures.Random(2, 2).slice(2, 0, 16, 1).slice(3, 0, 16, 1));

        Assert.True(((Cue)name).Swap(images, donors).isfinite().all().item<bool>());
        Assert.True(((Cue)name).Swap(donors, images).isfinite().all().item<bool>());
        Assert.True(((Cue)name).Read(images).isfinite().all().item<bool>());
    }

    [Theory, MemberData(nameof(Everyone))]
    public void Grey_images_have_it_too(string name)
    {
        using var scope = NewDisposeScope();
        var (images, donors) = (Figures.Random(3, 1).mean([1], keepdim: true), Figures.Random(3, 2).mean([1], keepdim: true));

        Assert.Equal(images.shape, ((Cue)name).Swap(images, donors).shape);
        Assert.Equal(3, ((Cue)name).Read(images).shape[0]);
    }
}
