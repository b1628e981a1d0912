using Pentimento.Fuzz;

namespace Pentimento.Tests.Fuzz;

/// <summary>Some thousand damaged files of the corpus, the same ones every time; <c>build/fuzz.sh</c> goes on for as long as one likes.</summary>
public sealed class ReaderFuzzTests
{
    private const int Damages = 300;

    // A reader may keep what a file holds several times over, but no size that only a header claims.
    private const long Memory = 64 << 20;

    public static TheoryData<string> EveryReader => [.. Readers.All.Keys];

    [Theory, MemberData(nameof(EveryReader))]
    public void A_whole_file_is_read(string reader) => Assert.All(Corpus(reader), bytes => Readers.All[reader](bytes));

    [Theory, MemberData(nameof(EveryReader))]
    public void A_damaged_file_is_read_or_refused_in_a_sentence(string reader)
    {
        foreach (var (file, bytes) in Corpus(reader).Index())
        {
            for (var seed = 0; seed < Damages; seed++)
            {
                var damaged = Mutator.Damage(bytes, (ulong)((1000 * file) + seed));
                var before = GC.GetAllocatedBytesForCurrentThread();
                var failure = Record.Exception(() => Readers.Try(reader, damaged));
                Assert.True(failure is null, $"{reader}, file {file}, seed {seed}: {failure}\n{Convert.ToBase64String(damaged)}");
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Memory);
            }
        }
    }

    [Fact]
    public void Every_folder_of_the_corpus_has_its_reader() => Assert.Equal(
        Readers.All.Keys,
        Directory.GetDirectories(Repository.At("bench/Pentimento.Fuzz/Corpus")).Select(folder => Path.GetFileName(folder)).Order());

    private static IEnumerable<byte[]> Corpus(string reader) =>
        Directory.GetFiles(Repository.At($"bench/Pentimento.Fuzz/Corpus/{reader}")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
}
