namespace Pentimento.Sparse;

/// <summary>The Hungarian algorithm for the linear assignment problem.</summary>
/// <remarks>
/// Kuhn, 1955, "The Hungarian method for the assignment problem"; in the form of shortest augmenting paths with potentials (Jonker and
/// Volgenant, 1987),
/// which takes time of the cube of the size.
/// </remarks>
internal static class Hungarian
{
    /// <summary>Assigns a column to each row such that the summed weight is largest.</summary>
    /// <param name="weight">[rows][columns], no fewer columns than rows.</param>
    public static int[] Assign(float[][] weight)
    {
        var (rows, columns) = (weight.Length, weight[0].Length);
        // Row and column 0 stand for nobody.
        var (rowPotential, columnPotential, owner) = (new double[rows + 1], new double[columns + 1], new int[columns + 1]);
        for (var row = 1; row <= rows; row++)
        {
            var path = new int[columns + 1];
            var free = Search(row, path);
            // The path is walked backwards, each column passing to the row before.
            for (var at = free; at != 0; at = path[at]) owner[at] = owner[path[at]];
        }

        var assigned = new int[rows];
        for (var column = 1; column <= columns; column++)
        {
            if (owner[column] > 0) assigned[owner[column] - 1] = column - 1;
        }

        return assigned;

        int Search(int row, int[] path)
        {
            var (least, used) = (Enumerable.Repeat(double.PositiveInfinity, columns + 1).ToArray(), new bool[columns + 1]);
            owner[0] = row;
            var current = 0;
            do
            {
                used[current] = true;
                var (from, next, step) = (owner[current], 0, double.PositiveInfinity);
                for (var column = 1; column <= columns; column++)
                {
                    if (used[column]) continue;
                    var reduced = -weight[from - 1][column - 1] - rowPotential[from] - columnPotential[column];
                    if (reduced < least[column]) (least[column], path[column]) = (reduced, current);
                    if (least[column] < step) (step, next) = (least[column], column);
                }

                for (var column = 0; column <= columns; column++)
                {
                    if (used[column])
                    {
                        rowPotential[owner[column]] += step;
                        columnPotential[column] -= step;
                    }
                    else least[column] -= step;
                }

                current = next;
            }
            while (owner[current] != 0);
            return current;
        }
    }
}
