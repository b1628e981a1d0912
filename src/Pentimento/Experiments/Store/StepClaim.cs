using System.Text.Json;
using Pentimento.Foundation.Configuration;

namespace Pentimento.Experiments.Store;

/// <summary>The right to work on a step, until it is disposed or its owner dies.</summary>
internal sealed class StepClaim : IDisposable
{
    private readonly string file;
    private readonly FileStream stream;
    private readonly byte[] owner;
    private readonly Action<StepClaim> forget;
    private readonly Lock gate = new();
    private bool over;

    private StepClaim(string file, FileStream stream, Action<StepClaim> forget)
    {
        (this.file, this.stream, this.forget) = (file, stream, forget);
        owner = JsonSerializer.SerializeToUtf8Bytes(ClaimOwner.New(), Json.Options);
        Renew();
    }

    /// <summary>Creates the claim's file; null where it is there already.</summary>
    public static StepClaim? Create(string file, Action<StepClaim> forget)
    {
        try
        {
            return new(file, new(file, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), forget);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }

    /// <summary>Whether nobody has taken the claim over.</summary>
    public bool Holds => File.Exists(file);

    /// <summary>Says that its owner lives. A claim that was taken over has no file any more, and writing to it changes nothing.</summary>
    public void Renew()
    {
        lock (gate)
        {
            if (over) return;
            stream.Position = 0;
            stream.Write(owner);
            stream.Flush();
        }
    }

    /// <summary>Gives the claim up.</summary>
    public void Withdraw() => Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (over) return;
            over = true;
            stream.Dispose();
            File.Delete(file);
        }

        forget(this);
    }
}
