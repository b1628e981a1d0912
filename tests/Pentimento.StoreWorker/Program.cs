using System.Globalization;
using Pentimento.Experiments;
using Pentimento.Experiments.Store;
using Pentimento.Foundation;

// Works on a store of tiny steps: FOLDER COUNT. Every tenth step needs the one before it.
var (folder, count) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
using var store = new RunStore(folder);
var steps = Enumerable.Range(0, count).Select(at => new ComputedStep(
    $"tiny-{at}",
    at > 0 && at % 10 == 0 ? [$"tiny-{at - 1}"] : [],
    [$"{at}"],
    (_, place, _) =>
    {
        // One file for each time that a step is worked on.
        Directory.CreateDirectory(Path.Combine(folder, "worked"));
        File.WriteAllText(Path.Combine(folder, "worked", $"{at}.{Guid.NewGuid():N}"), "");
        SafeFile.Write(Path.Combine(place, "square.txt"), $"{at * at}");
        Thread.Sleep(2);
        return new { At = at, Square = at * at };
    }));
new Runner(store, RunContext.OnCpu(1)) { Jobs = 2 }.Run([.. steps]);
