using Pentimento.Data;
using Pentimento.Networks;

namespace Pentimento.Cli.Verbs;

/// <summary><c>convert FROM TO</c>: images from one format to another.</summary>
internal static class ConvertVerb
{
    private sealed record Result(string File);

    public static Verb Create(Host host)
    {
        var from = new Argument<string>("FROM")
        {
            Description = "A file of IDX images (labels beside it), an npz, a folder of pictures or a built dataset.",
        };
        var to = new Argument<string>("TO")
        {
            Description = "An .npz, a name with -images- and idx3 (labels go beside it), or a new folder of pictures.",
        };
        var verb = new Verb(
            "convert",
            "Converts images (IDX, npz, folders of pictures) and weights (safetensors, pth, npz).",
            """
            A folder of pictures gets a metadata.csv with the columns file, label, split, color and any attributes; it is read back
            the same way. IDX holds grey images only. Weights keep PyTorch's names; a .pth is read without running any code, and written so
            that torch.load(weights_only=True) reads it.

            Examples:
              pentimento convert t10k-images-idx3-ubyte.gz test.npz
              pentimento convert test.npz t10k-images-idx3-ubyte.gz
              pentimento convert data/rg_95z pictures
              pentimento convert photos photos.npz --size 64x64
              pentimento convert model.safetensors model.pth
            """) { from, to };
        verb.SetAction(parsed =>
        {
            var session = new Session(host, parsed);
            return session.Answer(torch: false, run =>
        {
            var (source, target) = (parsed.GetValue(from)!, parsed.GetValue(to)!);
            if (AreWeights(source, target))
            {
                var (weights, metadata) = WeightFile.Read(source);
                WeightFile.Write(target, weights, metadata);
            }
            else
            {
                Conversion.Convert(source, target, session.Library, run);
            }

            return new Result(Path.GetFullPath(target));
        }, (result, output) => output.WriteLine(result.File));
        });
        return verb;
    }

    /// <summary>An npz may hold either; every other ending tells.</summary>
    private static bool AreWeights(params string[] files) => files.Any(file =>
        Path.GetExtension(file).ToLowerInvariant() is not ".npz" and var ending && WeightFile.Endings.Contains(ending));
}
