using System.Globalization;

namespace Pentimento.Experiments.Store;

/// <summary>Claims on steps: files that exactly one process can create, and that lapse when their owner no longer renews them.</summary>
/// <remarks>
/// A claim is the file <c>STEP.1</c>. Whoever finds it lapsed does not remove it, because another may be doing the same, but creates <c>STEP.2</c>,
/// which again only one can: the claim with the highest number holds. Times are those that the file system gives, so that machines' clocks may
/// differ.
/// </remarks>
internal sealed class StepClaims : IDisposable
{
    private const int RenewalsInALease = 6;
    private readonly string folder;
    private readonly TimeSpan lease;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly List<StepClaim> held = [];

    /// <summary>Opens the claims of a store.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="lease">How long a claim holds without being renewed.</param>
    /// <param name="clock">Wakes up for renewals.</param>
    public StepClaims(string folder, TimeSpan lease, TimeProvider clock)
    {
        (this.folder, this.lease) = (folder, lease);
        timer = clock.CreateTimer(_ => Renew(), null, lease / RenewalsInALease, lease / RenewalsInALease);
    }

    /// <summary>Claims a step; null where another holds it.</summary>
    public StepClaim? TryTake(string step)
    {
        Directory.CreateDirectory(folder);
        var (last, owner) = Latest(step);
        if (last > 0 && !HasLapsed(At(step, last), owner)) return null;
        if (StepClaim.Create(At(step, last + 1), Forget) is not { } claim) return null;
        // Between the look and the claim others may have finished and begun anew with lower numbers, or taken over with higher ones.
        if (Latest(step).Number > last + 1 || (last > 0 && File.Exists(At(step, last)) && ClaimOwner.Read(At(step, last))?.Token != owner?.Token))
        {
            claim.Withdraw();
            return null;
        }

        for (var older = 1; older <= last; older++) File.Delete(At(step, older));
        lock (gate) held.Add(claim);
        return claim;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        foreach (var claim in Held()) claim.Dispose();
    }

    private string At(string step, int number) => Path.Combine(folder, $"{step}.{number.ToString(CultureInfo.InvariantCulture)}");

    private (int Number, ClaimOwner? Owner) Latest(string step)
    {
        var number = Directory.EnumerateFiles(folder, $"{step}.*")
            .Select(file => int.TryParse(Path.GetExtension(file).AsSpan(1), CultureInfo.InvariantCulture, out var found) ? found : 0)
            .DefaultIfEmpty().Max();
        return (number, number == 0 ? null : ClaimOwner.Read(At(step, number)));
    }

    private bool HasLapsed(string file,
        ClaimOwner? owner) => owner is { IsGone: true } || (File.Exists(file) && Now() - File.GetLastWriteTimeUtc(file) > lease);

    /// <summary>The file system's time.</summary>
    private DateTime Now()
    {
        var probe = Path.Combine(folder, $".now-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "now");
            return File.GetLastWriteTimeUtc(probe);
        }
        finally
        {
            File.Delete(probe);
        }
    }

    private void Renew()
    {
        foreach (var claim in Held()) claim.Renew();
    }

    private StepClaim[] Held()
    {
        lock (gate) return [.. held];
    }

    private void Forget(StepClaim claim)
    {
        lock (gate) held.Remove(claim);
    }
}
