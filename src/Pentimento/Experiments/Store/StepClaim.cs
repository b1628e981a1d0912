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

    private StepClaim(string file, FileStream stream, ClaimOwner owner, Action<StepClaim> forget)
    {
        (this.file, this.stream, this.forget) = (file, stream, forget);
        this.owner = JsonSerializer.SerializeToUtf8Bytes(owner, Json.Options);
    }

    /// <summary>Creates the claim's file; null where it is there already.</summary>
    /// <param name="file">Where.</param>
    /// <param name="owner">Who claims.</param>
    /// <param name="forget">Called when the claim is given up.</param>
    /// <exception cref="IOException">There is no room to say who claims; no file is left that would keep others away.</exception>
    public static StepClaim? Create(string file, ClaimOwner owner, Action<StepClaim> forget)
    {
        if (Open(file) is not { } stream) return null;
        var claim = new StepClaim(file, stream, owner, forget);
        var isSaid = false;
        try
        {
            claim.Write(flushToDisk: false);
            isSaid = true;
            return claim;
        }
        finally
        {
            if (!isSaid) claim.Dispose();
        }
    }

    private static FileStream? Open(string file)
    {
        try
        {
            return new(file, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }

    /// <summary>Whether nobody has taken the claim over.</summary>
    public bool Holds => File.Exists(file);

    /// <summary>Says that its owner lives. A claim that was taken over has no file any more, and writing to it changes nothing.</summary>
    /// <remarks>
    /// Written through to the server, because a network file system may keep a write, and so the file's time, for longer than a lease. Where that
    /// fails, because the disk is full or the file is gone on the server, the claim lapses if the next renewals fail, too.
    /// </remarks>
    public void Renew()
    {
        try
        {
            Write(flushToDisk: true);
        }
        catch (IOException)
        {
            // The work goes on; whoever takes the step over does it again, and the first of both to finish is kept.
        }
    }

    private void Write(bool flushToDisk)
    {
        lock (gate)
        {
            if (over) return;
            stream.Position = 0;
            stream.Write(owner);
            stream.Flush(flushToDisk);
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
            Close();
            File.Delete(file);
        }

        forget(this);
    }

    /// <summary>Closes the file, which may be gone on its server.</summary>
    private void Close()
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
            // What was to be written says only that the owner lives.
        }
    }
}
