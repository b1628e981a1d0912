using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pentimento.Foundation.Configuration;

/// <summary>Lists and dictionaries of records as others may have written them: an entry that is null is refused where it is read.</summary>
internal sealed class NoNulls : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => EntryOf(typeToConvert) is { IsClass: true };

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(
            (typeToConvert.GetGenericArguments().Length == 1 ? typeof(OfList<>) : typeof(OfDictionary<>)).MakeGenericType(EntryOf(typeToConvert)!))!;

    private static Type? EntryOf(Type type) => type.IsGenericType switch
    {
        true when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => type.GetGenericArguments()[0],
        // Texts by name may be null: a step's outputs are.
        true when type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) && type.GetGenericArguments()[1] != typeof(string) =>
            type.GetGenericArguments()[1],
        _ => null,
    };

    private static JsonException Null() => new("null stands where a value is expected.");

    private sealed class OfList<T> : JsonConverter<IReadOnlyList<T>> where T : class
    {
        public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<List<T?>>(ref reader, options)?.ConvertAll(entry => entry ?? throw Null()) ?? throw Null();

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize<IEnumerable<T>>(writer, value, options);
    }

    private sealed class OfDictionary<T> : JsonConverter<IReadOnlyDictionary<string, T>> where T : class
    {
        public override IReadOnlyDictionary<string, T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<Dictionary<string, T?>>(ref reader, options)?
                .ToDictionary(pair => pair.Key, pair => pair.Value ?? throw Null()) ?? throw Null();

        public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToDictionary(), options);
    }
}
