using Pentimento.Data;

namespace Pentimento.Tests.Data;

/// <summary>The layouts in which people keep labelled pictures; each picture here is one grey, by which it is known again.</summary>
public sealed class LayoutTests : IDisposable
{
    private static readonly RunContext Run = RunContext.OnCpu();
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("train", "val", "test")]
    [InlineData("training", "validation", "testing")]
    [InlineData("Train", "valid", "Test")]
    public void Class_folders_lie_within_splits(string train, string val, string test)
    {
        Put(($"{train}/cat/a.png", 1), ($"{train}/dog/b.png", 2), ($"{val}/cat/c.png", 3), ($"{test}/dog/d.png", 4));

        Assert.Equal([(1, "cat"), (2, "dog")], Read(Split.Train));
        Assert.Equal([(3, "cat")], Read(Split.Val));
        Assert.Equal([(4, "dog")], Read(Split.Test));
        Assert.Equal(["cat", "dog"], Set(Split.Test).ClassNames);
    }

    [Fact]
    public void Pictures_deeper_within_a_class_are_of_the_class()
    {
        Put(("cat/indoors/a.png", 1), ("cat/b.jpg.png", 2), ("dog/x/y/c.png", 3));

        Assert.Equal([(2, "cat"), (1, "cat"), (3, "dog")], Read(Split.Test));
        Assert.Equal(["cat/b.jpg.png", "cat/indoors/a.png", "dog/x/y/c.png"], Set(Split.Test).Files);
    }

    [Fact]
    public void A_class_without_a_picture_is_refused()
    {
        Put(("cat/a.png", 1));
        Directory.CreateDirectory(scratch.At("dog"));

        Assert.Contains("dog holds no picture, so it is no class", Refusal(Split.Test));
    }

    [Fact]
    public void A_class_may_be_called_train()
    {
        Put(("bus/a.png", 1), ("train/b.png", 2));

        Assert.Equal([(1, "bus"), (2, "train")], Read(Split.Test));
    }

    [Theory]
    [InlineData("metadata.csv", "file_name,label,place\ntrain/a.png,cat,sea\ntest/b.png,\"dog, old\",land\n")]
    [InlineData("metadata.csv", "place,label,file_name,split\nsea,cat,train/a.png,train\nland,\"dog, old\",test/b.png,test\n")]
    [InlineData("metadata.csv", "img_id,img_filename,y,split,place\n9,train/a.png,cat,0,sea\n8,test/b.png,\"dog, old\",2,land\n")]
    [InlineData("metadata.tsv", "path\tclass\tpartition\tplace\ntrain/a.png\tcat\t0\tsea\ntest/b.png\tdog, old\t2\tland\n")]
    [InlineData("metadata.jsonl", """
        {"file_name":"train/a.png","label":"cat","place":"sea","box":[1,2]}
        {"file_name":"test/b.png","label":"dog, old","place":"land"}
        """)]
    [InlineData(
        "train/metadata.jsonl", """{"file_name":"a.png","label":"cat","place":"sea"}""",
        "test/metadata.jsonl", """{"file_name":"b.png","label":"dog, old","place":"land"}""")]
    [InlineData(
        "train/metadata.csv", "file_name,label,place\na.png,cat,sea\n", "test/metadata.csv", "file_name,place,label\nb.png,land,\"dog, old\"\n")]
    public void Tables_of_every_kind_say_the_same(string table, string text, string other = "", string more = "")
    {
        Put(("train/a.png", 1), ("test/b.png", 2));
        scratch.Write(table, text);
        if (other.Length > 0) scratch.Write(other, more);

        Assert.Equal([(1, "cat")], Read(Split.Train));
        Assert.Equal([(2, "dog, old")], Read(Split.Test));
        Assert.Equal(["test/b.png"], Set(Split.Test).Files);
    }

    [Fact]
    public void Values_have_the_same_numbers_in_every_splits_own_table()
    {
        Put(("train/a.png", 1), ("train/b.png", 2), ("test/c.png", 3));
        scratch.Write("train/metadata.csv", "file_name,label,place\na.png,cat,sea\nb.png,cat,sea\n");
        scratch.Write("test/metadata.csv", "file_name,label,place\nc.png,cat,land\n");

        Assert.Equal([1, 1], Set(Split.Train).AttributeOf("place"));
        Assert.Equal([0], Set(Split.Test).AttributeOf("place"));
        Assert.Equal("land", Set(Split.Test).ValueName("place", 0));
    }

    [Fact]
    public void Any_table_is_understood_once_its_columns_are_named()
    {
        Put(("x/a.png", 1), ("x/b.png", 2));
        var file = scratch.Write("list.csv", "where,diagnosis,fold,name\nx/a.png,ill,dev,n1\nx/b.png,well,test,n2\n");
        var columns = TableColumns.Parse("file=where,label=diagnosis,split=fold");

        Assert.Equal([(1, "ill")], Known(ImageFolder.Read(file, "list", Split.Val, 0, Run, new() { Columns = columns })));
        Assert.Equal("file=where,label=diagnosis,split=fold", columns.ToString());
        Assert.Contains(
            "no column 'diagnose' to be the label; did you mean 'diagnosis'?",
            Assert.Throws<BadInputException>(
                () => ImageFolder.Read(file, "list", Split.Val, 0, Run, new() { Columns = new("where", "diagnose") })).Message);
        Assert.Throws<BadInputException>(() => TableColumns.Parse("file=where,colour=red"));
    }

    [Fact]
    public void A_list_of_files_has_the_classes_of_their_folders_or_those_behind_them()
    {
        Put(("cat/a b.png", 1), ("dog/c.png", 2));

        Assert.Equal([(1, "cat"), (2, "dog")], Listed("cat/a b.png\ndog/c.png\n"));
        Assert.Equal([(1, "old"), (2, "new")], Listed("cat/a b.png old\ndog/c.png\tnew\n"));

        List<(int Grey, string Class)> Listed(string text) =>
            Known(ImageFolder.Read(scratch.Write("list.txt", text), "list", Split.Test, 0, Run));
    }

    [Fact]
    public void Celeba_is_understood_in_both_its_forms_once_the_class_is_named()
    {
        Put(("img_align_celeba/1.png", 1), ("img_align_celeba/2.png", 2), ("img_align_celeba/3.png", 3));
        scratch.Write("list_attr_celeba.txt", "3\nBlond_Hair Male \n1.png -1  1 \n2.png  1 -1 \n3.png  1  1 \n");
        scratch.Write("list_eval_partition.txt", "1.png 0\n2.png 2\n3.png 2\n");
        var options = new PictureOptions { Columns = new(Label: "Blond_Hair") };

        var test = ImageFolder.Read(scratch.Folder, "faces", Split.Test, 0, Run, options);
        File.Delete(scratch.At("list_attr_celeba.txt"));
        scratch.Write("list_attr_celeba.csv", "image_id,Blond_Hair,Male\n1.png,-1,1\n2.png,1,-1\n3.png,1,1\n");
        var again = ImageFolder.Read(scratch.Folder, "faces", Split.Test, 0, Run, options);

        Assert.All([test, again], set => Assert.Equal([1, 1], set.Labels));
        Assert.All([test, again], set => Assert.Equal([0, 1], set.AttributeOf("Male")));
        Assert.All([test, again], set => Assert.Equal([2, 3], Greys(set)));
        Assert.Contains("name one of them with --columns label=Blond_Hair", Refusal(Split.Test));
    }

    [Fact]
    public void Missing_splits_name_those_that_there_are()
    {
        Put(("train/cat/a.png", 1), ("val/cat/b.png", 2));

        Assert.Contains($"holds no test pictures. It holds {scratch.Folder}:train and {scratch.Folder}:val.", Refusal(Split.Test));
    }

    [Fact]
    public void Damaged_pictures_stop_with_their_name_or_are_left_out_and_counted()
    {
        Put(("cat/a.png", 1), ("dog/b.png", 2));
        var whole = File.ReadAllBytes(scratch.At("dog/b.png"));
        scratch.Write("cat/broken.png", whole[..45]);

        Assert.Contains("broken.png is ", Assert.Throws<BadInputException>(() => Set(Split.Test).Pixels.ToArray()).Message);
        var left = ImageFolder.Read(scratch.Folder, "pets", Split.Test, 0, Run, new() { SkipDamaged = true });

        Assert.Equal([(1, "cat"), (2, "dog")], Known(left));
        Assert.Equal(1, left.Skipped);
    }

    [Fact]
    public void Every_form_gives_the_same_pictures_names_and_splits()
    {
        Put(("train/cat/=a, \"ü\".png", 1), ("train/dog/b.png", 2), ("val/dog/c.png", 3), ("test/cat/d.png", 4), ("test/dog/e.png", 5));
        using var other = new Scratch();
        (Split, ImageSet)[] sets =
            [.. Enum.GetValues<Split>().Select(split => (split, Set(split).With("age", [.. Enumerable.Repeat(7L, Set(split).Count)])))];

        ImageFolderWriter.Write(other.At("face"), sets, Run);

        foreach (var (split, set) in sets)
        {
            var read = ImageFolder.Read(other.At("face"), "face", split, 0, Run);
            Npz.Write(other.At("set.npz"), ImageSetFile.ArraysWithNames(set));
            var stored = ImageSetFile.Read(other.At("set.npz"), "set");
            foreach (var one in new[] { read, stored })
            {
                Assert.Equal(Known(set), Known(one));
                Assert.Equal(set.Files, one.Files);
                Assert.Equal(set.AttributeOf("age"), one.AttributeOf("age"));
            }
        }

        Assert.Equal(File.ReadAllBytes(scratch.At("val/dog/c.png")), File.ReadAllBytes(other.At("face/val/dog/c.png")));
        Assert.StartsWith("file_name,label,split,age\n", File.ReadAllText(other.At("face/metadata.csv")));
    }

    private void Put(params (string Place, byte Grey)[] pictures)
    {
        foreach (var (place, grey) in pictures)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(scratch.At(place))!);
            scratch.Write(place, ImageFile.Png([grey, grey, grey, grey], new(2, 2, 1)));
        }
    }

    private ImageSet Set(Split split) => ImageFolder.Read(scratch.Folder, "pets", split, 0, Run);

    private List<(int Grey, string Class)> Read(Split split) => Known(Set(split));

    private string Refusal(Split split) => Assert.Throws<BadInputException>(() => Set(split)).Message;

    private static int[] Greys(ImageSet set) => [.. Enumerable.Range(0, set.Count).Select(at => (int)set.PixelsOf(at)[0])];

    private static List<(int Grey, string Class)> Known(ImageSet set) =>
        [.. Greys(set).Zip(set.Labels.Select(label => set.ValueName("label", label)))];
}
