using System.Text.Json;

namespace Pentimento.Experiments.Store;

/// <summary>A step that is whole on disk.</summary>
/// <param name="record">What the store wrote of it.</param>
/// <param name="folder">Its folder.</param>
/// <param name="result">Its result, JSON.</param>
internal sealed class FinishedStep(StepRecord record, string folder, byte[] result)
{
    /// <summary>What the store wrote of it.</summary>
    public StepRecord Record => record;

    /// <summary>Its folder.</summary>
    public string Folder => folder;

    /// <summary>A file of the step.</summary>
    public string At(string relative) => Path.Combine(folder, relative);

    /// <summary>Its result as it was written.</summary>
    public JsonElement Json => JsonDocument.Parse(result).RootElement;

    /// <summary>Its result.</summary>
    /// <exception cref="BadInputException">It is of another kind.</exception>
    public T Result<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(result, Foundation.Configuration.Json.Options)
                ?? throw new BadInputException($"{At(RunStore.ResultFile)} holds nothing where a run writes a value.");
        }
        catch (JsonException failure)
        {
            throw new BadInputException($"{At(RunStore.ResultFile)} holds something else than a run writes: {failure.Message}", failure);
        }
    }
}
