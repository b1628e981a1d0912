namespace Pentimento.Cues;

/// <summary>The region of pixels that is grown from an image's middle half.</summary>
/// <remarks>Adams and Bischof, 1994, "Seeded region growing"; the ends at hard edges are ours.</remarks>
/// <param name="rows">The image's height.</param>
/// <param name="columns">Its width.</param>
/// <param name="standing">(H, W), 0 for the pixels of the ground.</param>
/// <param name="values">(C, H, W), the image.</param>
internal sealed class GrownRegion(int rows, int columns, ArraySegment<float> standing, ArraySegment<float> values)
{
    private readonly Stack<int> pending = new();
    private readonly float[] taken = new float[standing.Count];

    /// <summary>Grows it: (H, W), 1 in the region, else 0.</summary>
    /// <param name="hardEdge">Across neighbours that differ by more in a channel it does not grow.</param>
    /// <param name="smallest">Unless fewer pixels than this hang together behind the edge.</param>
    public float[] Grow(float hardEdge, double smallest)
    {
        for (var row = rows / 4; row < rows - (rows / 4); row++)
        {
            for (var column = columns / 4; column < columns - (columns / 4); column++) Take((row * columns) + column);
        }

        Spread(hardEdge, _ => { });
        var region = (float[])taken.Clone();
        for (var place = 0; place < region.Length; place++)
        {
            if (standing[place] == 0 || taken[place] != 0) continue;
            var (part, touches) = (new List<int>(), false);
            Take(place);
            Spread(float.PositiveInfinity, next => touches |= region[next] != 0, part.Add);
            if (!touches || part.Count >= smallest) continue;
            foreach (var pixel in part) region[pixel] = 1;
        }

        return region;
    }

    /// <summary>Takes all that hangs together with the pending pixels.</summary>
    private void Spread(float hardEdge, Action<int> met, Action<int>? reached = null)
    {
        while (pending.TryPop(out var place))
        {
            reached?.Invoke(place);
            var (row, column) = Math.DivRem(place, columns);
            for (var down = Math.Max(0, row - 1); down <= Math.Min(rows - 1, row + 1); down++)
            {
                for (var right = Math.Max(0, column - 1); right <= Math.Min(columns - 1, column + 1); right++)
                {
                    var next = (down * columns) + right;
                    met(next);
                    if (!Differ(place, next, hardEdge)) Take(next);
                }
            }
        }
    }

    private void Take(int place)
    {
        if (standing[place] == 0 || taken[place] != 0) return;
        taken[place] = 1;
        pending.Push(place);
    }

    private bool Differ(int one, int other, float hardEdge)
    {
        for (var channel = 0; channel < values.Count; channel += standing.Count)
            if (Math.Abs(values[channel + one] - values[channel + other]) > hardEdge) return true;
        return false;
    }
}
