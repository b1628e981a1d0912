// Attack a network of your own: every attack is a record with a SPEC. Run with: dotnet run examples/attack.cs MODEL [IMAGES]
#:project ../src/Pentimento/Pentimento.csproj

using Pentimento.Operations;

using var pentimento = Pentimento.Session.Open(seed: 1);
foreach (var radius in new[] { "0.025", "0.05", "0.1" })
{
    var images = args.Length > 1 ? int.Parse(args[1]) : 200;
    var attack = new AttackImages { Model = args[0], Data = "rg_95z", Limit = images, Attack = $"pgd:radius={radius}" };
    var result = pentimento.Run(attack);
    Console.WriteLine($"PGD within {radius}: {result.SuccessRate:P1} of {result.Count} right answers turned");
}
