using System.Text.Json;
using Pentimento.Experiments.Store;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments;

/// <summary>What decides a store's steps besides its recipe, so that a worker builds the same steps with the same keys.</summary>
/// <param name="Pentimento">The version of this software.</param>
/// <param name="Device">Where tensors live.</param>
internal sealed record StoredContext(string Pentimento, Device Device)
{
    private const string File = "context.json";

    /// <summary>Writes it.</summary>
    public static void Write(RunStore store, Device device) =>
        SafeFile.Write(store.At(File), JsonSerializer.Serialize(new StoredContext(StepKey.Version, device), Json.Options));

    /// <summary>Reads it.</summary>
    /// <exception cref="BadInputException">There is none, or another version of this software began the store.</exception>
    public static StoredContext Read(RunStore store)
    {
        var path = store.At(File);
        Require.That(
            System.IO.File.Exists(path) && System.IO.File.Exists(store.At("recipe.yaml")),
            $"{store.Folder} is no store that workers can share; begin one with sweep, repair, verify or run, and --on.");
        try
        {
            var context = JsonSerializer.Deserialize<StoredContext>(System.IO.File.ReadAllBytes(path), Json.Options);
            Require.That(
                context?.Pentimento == StepKey.Version,
                $"{store.Folder} was begun with pentimento {context?.Pentimento}, and this is {StepKey.Version}; use the same for one store.");
            return context!;
        }
        catch (JsonException failure)
        {
            throw new BadInputException($"{path} holds something else than a run writes: {failure.Message}", failure);
        }
    }
}
