using Pentimento.Experiments.Store;

namespace Pentimento.Tests.Experiments.Store;

/// <summary>Stores of many steps.</summary>
public sealed class ShardedStoreTests
{
    private const string Key = "ab23456789abcdef";

    [Fact]
    public void Of_many_steps_each_lies_in_the_folder_of_its_keys_beginning()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        store.Prepare(RunStore.MostSideBySide + 1);

        store.Attempt("a-b", Key, _ =>
        {
            Assert.Single(Directory.GetFiles(scratch.At("claims/ab")));
            return 1;
        });

        Assert.True(File.Exists(scratch.At($"steps/ab/a-b-{Key}/step.json")));
        using var other = new RunStore(scratch.Folder);
        Assert.True(other.IsSharded);
        Assert.Equal(1, other.Find("a-b", Key)!.Result<int>());
        Assert.True(other.IsFinished(StepRecord.Place("a-b", Key)));
        Assert.Equal("a-b", other.Records().Single().Name);
    }

    [Theory]
    [InlineData(RunStore.MostSideBySide)]
    [InlineData(10)]
    public void Fewer_lie_side_by_side(int steps)
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        store.Prepare(steps);

        store.Attempt("a", Key, _ => 1);

        Assert.True(Directory.Exists(scratch.At($"steps/a-{Key}")));
    }

    [Fact]
    public void A_store_that_is_begun_stays_as_it_is()
    {
        using var scratch = new Scratch();
        using var store = new RunStore(scratch.Folder);
        store.Attempt("a", Key, _ => 1);

        store.Prepare(1_000_000);

        Assert.False(store.IsSharded);
        Assert.NotNull(store.Find("a", Key));
    }
}
