using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pentimento.Foundation.Configuration;

/// <summary>JSON that others wrote, read whole at once: what is wrong with it shows here, and not wherever a part of it is looked at.</summary>
internal static class JsonText
{
    /// <summary>Parses JSON in UTF-8.</summary>
    /// <exception cref="JsonException">It is none, names a property twice, or holds a text that is no Unicode, such as half a surrogate pair.
    /// </exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var root = JsonNode.Parse(json, documentOptions: new() { AllowDuplicateProperties = false });
            Look(root);
            return root;
        }
        catch (InvalidOperationException failure)
        {
            throw new JsonException(failure.Message, failure);
        }
    }

    private static void Look(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject named:
                foreach (var (_, value) in named) Look(value);
                break;
            case JsonArray list:
                foreach (var value in list) Look(value);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }
}
