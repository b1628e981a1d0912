// Paint a biased canvas, train a network that follows the shortcut, and prove it. Run with: dotnet run examples/train.cs [IMAGES]
#:project ../src/Pentimento/Pentimento.csproj

using Pentimento.Operations;

var images = args.Length > 0 ? int.Parse(args[0]) : 12_000;
using var pentimento = Pentimento.Session.Open(seed: 1);
pentimento.Run(new Train { Data = ["rg_95z"], Limit = images, Training = new() { Objective = "gce", Epochs = 1 }, Out = "lazy.safetensors" });
var audit = pentimento.Audit("lazy.safetensors", "gr_95z", limit: Math.Min(images, 500));
Console.WriteLine($"Another colour changes {audit.FlipRate:P1} of the predictions ({audit.Low:P1} to {audit.High:P1}).");
