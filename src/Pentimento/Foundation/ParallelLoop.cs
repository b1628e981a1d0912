using System.Runtime.ExceptionServices;

namespace Pentimento.Foundation;

/// <summary>Work spread over the processor's cores.</summary>
internal static class ParallelLoop
{
    /// <summary>Does <paramref name="work"/> for 0..<paramref name="count"/>-1; the first failure is thrown as it is.</summary>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
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
