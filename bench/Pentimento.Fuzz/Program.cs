using Pentimento.Fuzz;
using SharpFuzz;

// AFL's side of the fuzzer: build/fuzz.sh instruments the library and starts this. With a file, it is read once, to see a finding again.
if (args.Length is 0 or > 2 || !Readers.All.ContainsKey(args[0]))
{
    Console.Error.WriteLine($"Usage: Pentimento.Fuzz READER [FILE]; readers: {string.Join(", ", Readers.All.Keys)}");
    return 2;
}

if (args.Length == 2) Readers.Try(args[0], File.ReadAllBytes(args[1]));
else
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        Readers.Try(args[0], whole.ToArray());
    });
return 0;
