using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pentimento.Foundation.Binding;

namespace Pentimento.Foundation;

/// <summary>How results are written as JSON: names in camel case, readable.</summary>
public static class Json
{
    /// <summary>The one set of options.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new TextConverter(), new NumberConverter() },
    };

    private static readonly JsonSerializerOptions OnOneLine = new(Options) { WriteIndented = false };

    /// <summary>A value as one line, for files of one record a line.</summary>
    public static string Line(object value) => JsonSerializer.Serialize(value, OnOneLine);
}
