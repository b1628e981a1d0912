namespace Pentimento.Data.Zip;

/// <summary>A long row of bytes made piece by piece, so that nobody ever holds it whole.</summary>
/// <param name="Length">How many bytes there are in all.</param>
/// <param name="PieceLength">How many bytes a piece has; the last may have fewer.</param>
/// <param name="Make">Makes the bytes of one piece.</param>
internal sealed record Pieces(long Length, int PieceLength, PieceMaker Make)
{
    /// <summary>How many pieces there are.</summary>
    public long Count => (Length + PieceLength - 1) / PieceLength;

    /// <summary>Where a piece begins, in bytes.</summary>
    public long StartOf(long piece) => piece * PieceLength;

    /// <summary>How many bytes a piece has.</summary>
    public int LengthOf(long piece) => (int)Math.Min(PieceLength, Length - StartOf(piece));
}

/// <summary>Makes the bytes of one piece; called once for each, in any order, by several threads at once.</summary>
/// <param name="start">Where the piece begins, in bytes.</param>
/// <param name="bytes">Written whole.</param>
internal delegate void PieceMaker(long start, Span<byte> bytes);
