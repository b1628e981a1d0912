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
    private readonly string root;
    private readonly TimeSpan lease;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly List<StepClaim> held = [];
    private readonly HashSet<string> made = [];

    /// <summary>Opens the claims of a store.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="lease">How long a claim holds without being renewed.</param>
    /// <param name="clock">Wakes up for renewals.</param>
    public StepClaims(string folder, TimeSpan lease, TimeProvider clock)
    {
        (root, this.lease) = (folder, lease);
        timer = clock.CreateTimer(_ => Renew(), null, lease / RenewalsInALease, lease / RenewalsInALease);
    }

    /// <summary>The sub-folder of a step's claims, because a folder with a claim for each of ten thousand workers is listed slowly; by default
    /// none.</summary>
    public Func<string, string> ShardOf { get; init; } = _ => "";

    /// <summary>What the scheduler calls the task that claims; null outside of one.</summary>
    public string? Job { get; init; }

    /// <summary>Claims a step; null where another holds it.</summary>
    /// <param name="step">The step's place.</param>
    /// <param name="hasEnded">Whether an owner is known to have ended, for what its machine alone cannot tell; by default none is.</param>
    public StepClaim? TryTake(string step, Predicate<ClaimOwner>? hasEnded = null)
    {
        lock (gate)
        {
            if (made.Add(FolderOf(step))) Directory.CreateDirectory(FolderOf(step));
        }

        var (last, owner) = Latest(step);
        var isOver = owner is not null && (IsEarlierLife(owner) || hasEnded?.Invoke(owner) == true);
        if (last > 0 && !isOver && !HasLapsed(At(step, last), owner)) return null;
        if (StepClaim.Create(At(step, last + 1), ClaimOwner.New(Job), Forget) is not { } claim) return null;
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

    /// <summary>The steps that are claimed, with their owners; those whose file is being written are left out.</summary>
    public IReadOnlyList<(string Place, ClaimOwner Owner)> All()
    {
        if (!Directory.Exists(root)) return [];
        return
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith('.'))
                .Select(file => (Path.GetFileNameWithoutExtension(file), ClaimOwner.Read(file)))
                .Where(claim => claim.Item2 is not null).Select(claim => (claim.Item1, claim.Item2!)),
        ];
    }

    /// <summary>Whether a claim is of the same task before its scheduler began it again: <c>12_3</c> for <c>12_3r1</c>.</summary>
    private bool IsEarlierLife(ClaimOwner owner) =>
        Job is not null && owner.Job is not null && owner.Job != Job && owner.Job.Split('r')[0] == Job.Split('r')[0] && char.IsDigit(Job[0]);

    private string FolderOf(string step) => Path.Combine(root, ShardOf(step));

    private string At(string step, int number) => Path.Combine(FolderOf(step), $"{step}.{number.ToString(CultureInfo.InvariantCulture)}");

    private (int Number, ClaimOwner? Owner) Latest(string step)
    {
        var number = Directory.EnumerateFiles(FolderOf(step), $"{step}.*")
            .Select(file => int.TryParse(Path.GetExtension(file).AsSpan(1), CultureInfo.InvariantCulture, out var found) ? found : 0)
            .DefaultIfEmpty().Max();
        return (number, number == 0 ? null : ClaimOwner.Read(At(step, number)));
    }

    private bool HasLapsed(string file, ClaimOwner? owner) =>
        owner is { IsGone: true }
        || (File.Exists(file) && Now(Path.GetDirectoryName(file)!) - File.GetLastWriteTimeUtc(file) > lease);

    /// <summary>The file system's time: that of a file which is written now, whatever this machine's clock says.</summary>
    private static DateTime Now(string folder)
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
