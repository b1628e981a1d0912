namespace Pentimento.Fuzz;

/// <summary>Small damages to a file, drawn from a seed: the same seed, the same damage.</summary>
internal static class Mutator
{
    // Numbers at which lengths and offsets go wrong.
    private static readonly byte[][] Edges =
    [
        [0], [0x7F], [0x80], [0xFF], [0xFF, 0xFF], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF],
        [0, 0, 0, 0, 0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "-1"u8.ToArray(), "99999999999"u8.ToArray(), "\0"u8.ToArray(),
        "../"u8.ToArray(), "{"u8.ToArray(), "["u8.ToArray(), ":"u8.ToArray(), "&a *a"u8.ToArray(), "\""u8.ToArray(),
        [0xED, 0xA0, 0x80], "\\ud800"u8.ToArray(), "null"u8.ToArray(),
    ];

    /// <summary>The file with one to six damages.</summary>
    public static byte[] Damage(byte[] file, ulong seed)
    {
        var draws = new Draws(seed);
        var bytes = file.ToList();
        for (var left = 1 + draws.Below(6); left > 0; left--) Step(bytes, file, draws);
        return [.. bytes];
    }

    private static void Step(List<byte> bytes, byte[] file, Draws draws)
    {
        var at = draws.Below(bytes.Count + 1);
        var count = Math.Min(1 + draws.Below(8), bytes.Count - at);
        switch (draws.Below(6))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << draws.Below(8)); break;
            case 1: bytes.RemoveRange(at, count); break;
            case 2: bytes.InsertRange(at, Edges[draws.Below(Edges.Length)]); break;
            case 3:
                var edge = Edges[draws.Below(Edges.Length)];
                for (var place = 0; place < edge.Length && at + place < bytes.Count; place++) bytes[at + place] = edge[place];
                break;
            case 4:
                var from = draws.Below(file.Length + 1);
                bytes.InsertRange(at, file[from..Math.Min(file.Length, from + 1 + draws.Below(64))]);
                break;
            default: bytes.RemoveRange(at, bytes.Count - at); break;
        }
    }

    /// <summary>SplitMix64, so that no draw depends on the runtime.</summary>
    private sealed class Draws(ulong seed)
    {
        private ulong state = seed;

        public int Below(int bound)
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
        }
    }
}
