using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pentimento.Foundation.Configuration;

/// <summary>Writes methods of the catalogue as their SPEC, and references as their text, and reads them back.</summary>
internal sealed class TextConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        Catalog.Holds(typeToConvert) || (typeToConvert.Assembly == typeof(TextConverter).Assembly && Scalar.Parsable(typeToConvert));

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? throw new JsonException($"A text was expected for {typeof(T).Name}.");
            try
            {
                return (T?)Binder.Bind(text, typeof(T), typeof(T).Name);
            }
            catch (BadInputException failure)
            {
                throw new JsonException(failure.Message, failure);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Spec.Value(value));
    }
}
