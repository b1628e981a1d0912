using System.Globalization;
using Pentimento.Scale;

// measure [STEPS]: what the bookkeeping of empty steps costs on this machine, and how many operations it asks of the store.
// known [STEPS]: what it costs to know that so many steps of a store are done.
// simulate [STEPS]: how a cluster of 1 to 10,000 nodes would do on such a store. Figures of docs/scale.md come from here.
// verbs FOLDER COUNTS SIDES COMMAND...: what verbs take as images become more and larger, e.g. verbs grown 1000,4000 28,64 pentimento.
int Number(int at, int usual) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : usual;
switch (args.FirstOrDefault())
{
    case "measure":
        Bookkeeping.Measure(Number(1, 20_000));
        return 0;
    case "known":
        FinishedStore.Measure(Number(1, 1_000_000));
        return 0;
    case "simulate":
        Growth.Print(Number(1, 100_000));
        return 0;
    case "verbs" when args.Length > 4:
        int[] Numbers(string text) => [.. text.Split(',').Select(one => int.Parse(one, CultureInfo.InvariantCulture))];
        new Verbs(args[4..], args[1]).Print(Numbers(args[2]), Numbers(args[3]));
        return 0;
    default:
        Console.Error.WriteLine("measure [STEPS], known [STEPS], simulate [STEPS] or verbs FOLDER COUNTS SIDES COMMAND...");
        return 2;
}
