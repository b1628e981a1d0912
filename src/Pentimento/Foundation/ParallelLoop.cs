using System.Runtime.ExceptionServices;

namespace Pentimento.Foundation;

/// <summary>A parallel for loop over the CPU's cores.</summary>
internal static class ParallelLoop
{
    /// <summary>Runs <paramref name="work"/> for each of 0..<paramref name="count"/>-1; the first exception is rethrown as it is.</summary>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public static void For(int count, int threads, Action<int> work, CancellationToken cancel)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount, CancellationToken = cancel };
        try
        {
            Parallel.For(0, count, options, work);
        }
        catch (AggregateException failures)
        {
            var first = failures.Flatten().InnerExceptions;
            ExceptionDispatchInfo.Throw(first.FirstOrDefault(failure => failure is OperationCanceledException) ?? first[0]);
        }
    }
}
