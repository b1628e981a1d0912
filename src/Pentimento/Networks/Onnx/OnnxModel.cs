using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using Google.Protobuf;
using global::Onnx;

namespace Pentimento.Networks.Onnx;

/// <summary>A parsed ONNX file. Two are equal if their graphs are; what their weights are does not matter.</summary>
internal sealed class OnnxModel : IEquatable<OnnxModel>
{
    private const long Largest = int.MaxValue;

    private OnnxModel(ModelProto proto, string name, string folder)
    {
        (Proto, Name, Folder) = (proto, name, folder);
        var imports = proto.OpsetImport.Where(import => import.Domain is "" or "ai.onnx").ToList();
        Require.That(proto.Graph is not null && imports.Count > 0, $"{name} is not an ONNX network: it has no graph or names no operator set.");
        Opset = (int)Math.Clamp(imports[0].Version, 0, int.MaxValue);
        Require.That(
            Opset >= 7,
            $"{name} was written for opset {Opset}; those from 7 on are read: export it again, or convert it with onnx.version_converter.");
    }

    /// <summary>The file's message.</summary>
    public ModelProto Proto { get; }

    /// <summary>The file, for messages.</summary>
    public string Name { get; }

    /// <summary>The folder in which external data may lie; empty where there is none.</summary>
    public string Folder { get; }

    /// <summary>The version of the operator set.</summary>
    public int Opset { get; }

    /// <summary>What the file says of itself.</summary>
    public IReadOnlyDictionary<string, string> Metadata =>
        Proto.MetadataProps.GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value);

    private string Key => field ??= Convert.ToHexString(SHA256.HashData(Structure().ToByteArray()));

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">It is no ONNX file.</exception>
    public static OnnxModel Read(string file)
    {
        Require.That(File.Exists(file), $"There is no file {file}.");
        Require.That(new FileInfo(file).Length < Largest,
            $"{file} is larger than 2 GB, the most that an ONNX file can be; keep its weights in external data.");
        var model = Parse(File.ReadAllBytes(file), file, Path.GetDirectoryName(Path.GetFullPath(file))!);
        SharedTensors.Separate(model.Proto, file);
        return model;
    }

    /// <summary>Takes a message that was built.</summary>
    public static OnnxModel Of(ModelProto proto, string name) => new(proto, name, "");

    /// <summary>The same file with another message.</summary>
    public OnnxModel With(ModelProto proto) => new(proto, Name, Folder);

    /// <summary>Reads a graph without weights from the text in which it travels in other files' headers.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public static OnnxModel Unpack(string text, string file)
    {
        const int Most = 64 << 20;
        Require.That(Base64.IsValid(text), $"{file}: the header's graph is malformed.");
        using var packed = new BrotliStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        try
        {
            var buffer = new byte[1 << 16];
            for (int count; (count = packed.Read(buffer)) > 0;)
            {
                Require.That(bytes.Length + count <= Most, $"{file}: the header's graph unpacks to more than {Most >> 20} MB.");
                bytes.Write(buffer, 0, count);
            }
        }
        catch (Exception failure) when (failure is InvalidOperationException or InvalidDataException)
        {
            throw new BadInputException($"{file}: the header's graph is malformed.", failure);
        }

        return Parse(bytes.ToArray(), file, "");
    }

    /// <summary>The graph without weights as text.</summary>
    public string Pack()
    {
        using var packed = new MemoryStream();
        using (var stream = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true)) Structure().WriteTo(stream);
        return Convert.ToBase64String(packed.ToArray());
    }

    /// <inheritdoc/>
    public bool Equals(OnnxModel? other) => other is not null && (ReferenceEquals(this, other) || Key == other.Key);

    /// <inheritdoc/>
    public override bool Equals(object? other) => Equals(other as OnnxModel);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>The message without the values of weights that learn, whose shapes stay.</summary>
    private ModelProto Structure()
    {
        var copy = new ModelProto(Proto);
        copy.MetadataProps.Clear();
        var plan = new WeightPlan(this);
        foreach (var (place, tensor) in OnnxInitializers.Of(copy.Graph))
        {
            if (!plan.Weights.ContainsKey(place)) continue;
            tensor.RawData = ByteString.Empty;
            tensor.FloatData.Clear();
            tensor.DoubleData.Clear();
            tensor.Int32Data.Clear();
            tensor.ExternalData.Clear();
            tensor.DataLocation = TensorProto.Types.DataLocation.Default;
        }

        return copy;
    }

    private static OnnxModel Parse(byte[] bytes, string name, string folder)
    {
        try
        {
            return new(ModelProto.Parser.ParseFrom(bytes), name, folder);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new BadInputException($"{name} is not an ONNX file: {failure.Message.Split('\n')[0].TrimEnd('.')}.", failure);
        }
    }
}
