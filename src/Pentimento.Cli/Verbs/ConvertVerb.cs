using Pentimento.Data;

namespace Pentimento.Cli.Verbs;

/// <summary><c>convert FROM TO</c>: images from one format to another.</summary>
internal static class ConvertVerb
{
    private sealed record Result(string File);

    public static Verb Create(Host host)
    {
        var from = new Argument<string>("FROM") { Description = "A file of IDX images (labels beside it), an npz, a folder of pictures or a built dataset." };
        var to = new Argument<string>("TO") { Description = "An .npz, a name with -images- and idx3 (labels go beside it), or a new folder of pictures." };
        var verb = new Verb("convert", "Converts images between IDX, npz and folders of pictures.",
            """
            A folder of pictures gets a metadata.csv with the columns file, label, split, color and any attributes; it is read back
            the same way. IDX holds grey images only.

            Examples:
              pentimento convert t10k-images-idx3-ubyte.gz test.npz
              pentimento convert test.npz t10k-images-idx3-ubyte.gz
              pentimento convert data/rg_95z pictures
            """) { from, to };
        verb.SetAction(parsed => new Session(host, parsed).Answer(torch: false, run =>
        {
            Conversion.Convert(parsed.GetValue(from)!, parsed.GetValue(to)!, run);
            return new Result(Path.GetFullPath(parsed.GetValue(to)!));
        }, (result, output) => output.WriteLine(result.File)));
        return verb;
    }
}
