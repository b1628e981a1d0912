using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pentimento.Foundation.Configuration;

/// <summary>JSON serialization of results: indented, names in camel case.</summary>
internal static class Json
{
    /// <summary>The serializer options of every result.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new TextConverter(), new NumberConverter() },
    };

    /// <summary>For results that anybody may have written: what is missing, or null where there must be something, is refused.</summary>
    public static JsonSerializerOptions Reading { get; } = new(Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new NoNulls() },
    };

    private static readonly JsonSerializerOptions OnOneLine = new(Options) { WriteIndented = false };

    /// <summary>Serializes a value on one line, for JSON Lines files.</summary>
    public static string Line(object value) => JsonSerializer.Serialize(value, OnOneLine);
}
